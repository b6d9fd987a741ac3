"""Golden stills: key frames of a lesson, held to those that a person looked at and blessed.

A lesson's stills are ``tests/scenes/golden/<slug>/poster.png`` and ``<chapter>.<beat>.png``, the picture that
stands at the end of that beat (counted from 1): the folder is the list.  They are small, and drawn without
words, so that another wording breaks none of them.

A still must be as good as the blessed one to the eye (structural similarity, mean over the picture), and away
from edges no pixel may differ at all (see :func:`tests.golden.differ`): similarity alone would not miss one dot
of a hundred, and pixels alone would let every edge of the picture move a little.

    python -m tests.still scenes.svm FOLDER poster which_line_would_you_trust.3

draws those stills into ``FOLDER`` (all that there are when none is named), in a process that draws one size only.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Self

import numpy as np

from render.core.profile import TICKS_PER_SECOND
from render.core.speech import SilentPace
from render.core.timeline import Beat
from render.draw.renderer import Renderer, lesson_class, perform, renderer_of, set_canvas
from scenes.kit.glyph import Glyph
from scenes.kit.lesson import Lesson
from tests.golden import Look, Picture, differ, load, save, show_beside

ROOT: Final = Path(__file__).parents[1]
STILLS: Final = Path(__file__).parent / "scenes" / "golden"
"""Where blessed stills are kept, a folder a lesson."""
WIDTH: Final = 480
HEIGHT: Final = 270
LIKENESS: Final = 0.995
"""Least structural similarity to the blessed still; 1 is the same picture."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When a still is drawn: at the end of a ``beat`` (from 1) of a ``chapter``; the poster has neither."""

    chapter: str = ""
    beat: int = 0

    def __str__(self) -> str:
        return f"{self.chapter}.{self.beat}" if self.chapter else "poster"

    @classmethod
    def named(cls, name: str) -> Self:
        """The moment that is written ``poster``, ``chapter.3`` or ``chapter/3``; :class:`ValueError` otherwise."""
        if name == "poster":
            return cls()
        if not (found := re.fullmatch(r"([a-z_][a-z0-9_]*)[./]([1-9][0-9]*)", name)):
            raise ValueError(f"{name!r} is no still: expected poster or CHAPTER/BEAT, beats counted from 1")
        return cls(found[1], int(found[2]))


POSTER: Final = Moment()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Stills of a lesson as they are now, and what it has."""

    beats: dict[str, int]
    """The lesson's chapters in order, each with its number of beats."""
    pictures: dict[Moment, Picture]

    def has(self, moment: Moment) -> bool:
        """Whether the lesson has such a moment."""
        return moment == POSTER or moment.beat <= self.beats.get(moment.chapter, 0)

    def richest(self, chapter: str) -> Moment:
        """The beat of ``chapter``, among those drawn, whose picture has most in it; the first of equals."""
        return max(
            (moment for moment in self.pictures if moment.chapter == chapter),
            key=lambda moment: edge_energy(self.pictures[moment]),
        )


# Drawing


def draw(module: str, moments: Collection[Moment] = ()) -> Drawing:
    """The stills of a lesson at ``moments`` (all when empty), drawn in a process of their own.

    Raises ``RuntimeError`` with what the process had to say when the lesson cannot be told.
    """
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.still", module, folder, *map(str, moments)],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{module} cannot be told:\n{done.stderr}")
        pictures = {Moment.named(path.stem): load(path) for path in sorted(Path(folder).glob("*.png"))}
        return Drawing(json.loads(done.stdout.splitlines()[-1]), pictures)


def draw_here(module: str, moments: Collection[Moment] = ()) -> Drawing:
    """The same in this process, whose canvas has been set; each chapter is told alone, its plays skipped.

    A chapter of which nothing is asked for is not told, and counts no beats.
    """
    beats: dict[str, int] = {}
    pictures: dict[Moment, Picture] = {}
    for chapter in lesson_class(module).claims():
        seen: list[Moment] = []

        def look(lesson: Lesson, beat: Beat, chapter: str = chapter, seen: list[Moment] = seen) -> None:
            seen.append(Moment(chapter, len(seen) + 1))
            if not moments or seen[-1] in moments:
                pictures[seen[-1]] = without_words(lesson)

        if not moments or any(moment.chapter == chapter for moment in moments):
            perform(module, None, voice=SilentPace(), only=chapter, listener=look)
        beats[chapter] = len(seen)
    if not moments or POSTER in moments:
        lesson = lesson_class(module)(renderer=Renderer(), voice=SilentPace())
        lesson.set_stage("poster")
        lesson.poster()
        pictures[POSTER] = without_words(lesson)
    return Drawing(beats, pictures)


def without_words(lesson: Lesson) -> Picture:
    """The picture that the lesson shows now, but for its words."""
    renderer = renderer_of(lesson)
    letters = [member for member in lesson.get_mobject_family_members() if isinstance(member, Glyph)]
    renderer.static_image = None
    renderer.update_frame(lesson, excluded_mobjects=letters)
    return np.ascontiguousarray(renderer.get_frame()[:, :, :3], dtype=np.uint8)


def edge_energy(picture: Picture) -> float:
    """How much there is to see: mean step (levels of 0 to 255) between neighbouring pixels, down and across."""
    grey = picture.mean(axis=2)
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())


# Comparing


def compare(old: Picture, new: Picture) -> str:
    """How two stills differ beyond what edges explain, in words with the figures; empty when they do not."""
    complaint = differ(old, new)
    if old.shape != new.shape:
        return complaint
    similarity = likeness(old, new)
    if similarity >= LIKENESS and not complaint:
        return ""
    figure = f"similarity {similarity:.4f}, {LIKENESS} is needed"
    return f"{figure}; {complaint or 'no pixel away from edges differs'}"


def likeness(old: Picture, new: Picture) -> float:
    """Structural similarity of two pictures of one size (Wang et al. 2004), mean over pixels and channels."""
    from skimage.metrics import structural_similarity  # late: who only draws stills needs none of it

    return float(structural_similarity(old, new, channel_axis=2, data_range=255))


def blessed(slug: str) -> dict[Moment, Path]:
    """The blessed stills of a lesson; ``ValueError`` for a file whose name is that of no still."""
    return {Moment.named(path.stem): path for path in sorted((STILLS / slug).glob("*.png"))}


def complaints(slug: str, module: str) -> list[str]:
    """All that keeps a lesson's stills from being those that were blessed: a line for each, and how to bless."""
    old = blessed(slug)
    if not old:
        return [
            f"{slug} has no golden still; look at it (make sheet TOPIC={slug}), "
            f"and bless its stills with: {_command(slug)}"
        ]
    new = draw(module, old)
    return [*unblessed(slug, (*new.beats, "poster"), old), *differences(slug, new, old)]


def unblessed(slug: str, pieces: Iterable[str], old: Mapping[Moment, Path]) -> list[str]:
    """A line for each of a lesson's ``pieces``, chapters or the poster, of which ``old`` has no still."""
    seen = {moment.chapter or "poster" for moment in old}
    return [
        f"{slug}: {'the poster' if piece == 'poster' else f'chapter {piece}'} has no golden still; "
        f"bless one with: {_command(slug, [piece])}"
        for piece in pieces
        if piece not in seen
    ]


def differences(slug: str, new: Drawing, old: Mapping[Moment, Path]) -> list[str]:
    """A line for each still of ``old`` that a lesson, as it is drawn now, has no more or shows otherwise."""
    found = []
    for moment, path in old.items():
        if not new.has(moment):
            found.append(f"{path}: {slug} has no such beat any more; delete it")
        elif difference := compare(load(path), new.pictures[moment]):
            beside = show_beside(f"{slug}/{moment}", load(path), new.pictures[moment])
            kin = [str(other).replace(".", "/") for other in sorted(old) if other.chapter == moment.chapter]
            found.append(
                f"{path}: {difference}; old, new, difference in {beside}: "
                f"look at it, and bless it with: {_command(slug, kin)}"
            )
    return found


def _command(slug: str, names: Iterable[str] = ()) -> str:
    return " ".join(("python scripts/bless.py --lesson", slug, *names))


# Blessing


def bless(slug: str, module: str, names: Collection[str] = ()) -> list[Look]:
    """Draw stills of a lesson and keep them; what changed is shown beside the old.

    A name is ``poster``, ``chapter/beat`` or ``chapter``, which means the beat whose picture has most in it.
    The stills of a chapter that is named are replaced by those named.  With no name, what is blessed is drawn
    again, chapters that have no still get their richest, and what the lesson no longer has is deleted.
    Raises ``ValueError`` for a name that means nothing in this lesson.
    """
    drawing, old = draw(module), blessed(slug)
    wanted = _named(drawing, names) if names else _kept(drawing, old)
    chapters = {moment.chapter for moment in wanted}
    looks = [_bless(STILLS / slug / f"{moment}.png", drawing.pictures[moment]) for moment in sorted(wanted)]
    for moment, path in old.items():
        if moment not in wanted and (moment.chapter in chapters or not drawing.has(moment)):
            path.unlink()
            looks.append(Look(str(moment), "deleted"))
    return looks


def _named(drawing: Drawing, names: Iterable[str]) -> set[Moment]:
    wanted = set()
    for name in names:
        moment = drawing.richest(name) if name in drawing.beats else Moment.named(name)
        if not drawing.has(moment):
            chapters = ", ".join(f"{chapter} ({beats})" for chapter, beats in drawing.beats.items())
            raise ValueError(f"{name}: the lesson has no such beat; chapters and their beats: {chapters}")
        wanted.add(moment)
    return wanted


def _kept(drawing: Drawing, old: Iterable[Moment]) -> set[Moment]:
    wanted = {POSTER, *(moment for moment in old if drawing.has(moment))}
    seen = {moment.chapter for moment in wanted}
    return wanted | {drawing.richest(chapter) for chapter in drawing.beats if chapter not in seen}


def _bless(path: Path, new: Picture) -> Look:
    if not path.exists():
        return Look(path.stem, "new", save(path, new))
    old = load(path)
    if np.array_equal(old, new):
        return Look(path.stem, "unchanged")
    change = compare(old, new) or "edges only"
    beside = show_beside(f"{path.parent.name}/{path.stem}", old, new)
    save(path, new)
    return Look(path.stem, change, beside)


def main(module: str, folder: Path, names: Collection[str]) -> None:
    """Draw into ``folder`` and print the lesson's chapters with their numbers of beats."""
    with TemporaryDirectory() as scratch:
        set_canvas(WIDTH, HEIGHT, TICKS_PER_SECOND, Path(scratch))
        drawing = draw_here(module, [Moment.named(name) for name in names])
    for moment, picture in drawing.pictures.items():
        save(folder / f"{moment}.png", picture)
    print(json.dumps(drawing.beats))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
