"""Chapters that go on from the one before: do they open on the picture in which it ended, words aside?

usage: python -m tests.scenes.harness.opening svm    what differs, chapter by chapter
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from render.core.catalog import load_catalog
from render.core.profile import TICKS_PER_SECOND
from render.draw.renderer import Picture, Renderer, lesson_class, perform, renderer_of, set_canvas
from render.voice import SILENT, voice_named
from scenes.kit.lesson import Lesson

ROOT: Final = Path(__file__).parents[3]
SIZE: Final = (640, 360)
FAR: Final = 40
"""Difference of a channel (0 to 255) from which two pixels are not the same."""
BOUND: Final = 0.02
"""Share of the frame that may differ: lines that end elsewhere, dots with another rim."""


class _Seen(Exception):
    """The picture was taken; nothing more of the chapter is needed."""


class _Opening(Renderer):
    """Keeps the picture of a chapter before anything is played in it, and stops there."""

    def __init__(self) -> None:
        super().__init__(None)
        self.first: Picture | None = None

    def play(self, scene: Any, *animations: Any, **options: Any) -> None:
        self.first = wordless(scene)
        raise _Seen


@dataclass(slots=True)
class Seam:
    """Where one chapter goes on from the one before."""

    chapter: str
    where: str
    """File and line of the chapter."""
    share: float
    """Of the frame that differs."""
    pictures: tuple[NDArray[np.uint8], NDArray[np.uint8]] = field(repr=False)
    """How the one before ends, and how this one opens."""

    def told(self) -> str:
        """What is wrong with it, in a line; empty where nothing is."""
        if self.share <= BOUND:
            return ""
        return (
            f"{self.where}: {self.chapter} goes on from the chapter before, but {self.share:.1%} of its first picture "
            f"differ from the last one of that; expected {BOUND:.0%} at most: build what stood there, or end on it"
        )


def wordless(lesson: Lesson) -> Picture:
    """The picture of what is on the stage without words, which may have said their say; they are gone from then on."""
    for member in lesson.get_mobject_family_members():
        if getattr(type(member), "is_words", False):
            member.set_opacity(0)
    return renderer_of(lesson).still(lesson)[:, :, :3].copy()


def seams(module: str) -> list[Seam]:
    """Of each chapter that goes on from the one before, how far its first picture is from the last one of that."""
    claims = lesson_class(module).claims()
    names = list(claims)
    found = []
    with TemporaryDirectory() as scratch:
        set_canvas(*SIZE, TICKS_PER_SECOND, Path(scratch))
        for before, name in pairwise(names):
            if not claims[name].goes_on:
                continue
            last = _last(module, before)
            opening = _Opening()
            with suppress(_Seen):
                perform(module, opening, voice=voice_named(SILENT), only=name)
            assert opening.first is not None
            far = np.abs(last.astype(np.int16) - opening.first).max(axis=2) > FAR
            found.append(Seam(name, claims[name].where, float(far.mean()), (last, opening.first)))
    return found


def _last(module: str, chapter: str) -> Picture:
    """The picture in which a chapter ends."""
    return wordless(perform(module, None, voice=voice_named(SILENT), only=chapter))


def main(slug: str) -> None:
    """Print a line of JSON for each seam of a lesson, and keep both pictures of each that does not hold."""
    topic = load_catalog(ROOT / "catalog.yaml").lesson(slug)
    for seam in seams(topic.module):
        row = {"chapter": seam.chapter, "share": round(seam.share, 5), "wrong": seam.told()}
        if row["wrong"]:
            folder = ROOT / "build" / "review" / slug
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{seam.chapter}.opening.png"
            Image.fromarray(np.hstack(seam.pictures)).save(path)
            row["picture"] = str(path)
        print(json.dumps(row))


if __name__ == "__main__":
    main(sys.argv[1])
