"""``mlhub reading``: what readers who are not the author need of a lesson, in one folder, and nothing else.

A referee judges a lesson, and an examinee answers questions, from pictures and words alone (docs/authoring.md).
"""

from __future__ import annotations

import argparse
import io
import itertools
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image, ImageDraw

from render.cli.options import add_bounds, add_workers, build_of, catalog_of, topics_of
from render.cli.sheet import PALE, PAPER, PRINT, Sampled, font, page, stamp
from render.core.catalog import SYNONYM, Topic
from render.core.fault import Exit
from render.core.profile import TICKS_PER_SECOND
from render.plan.probe import Probe
from render.plan.rehearsal import Rehearsal
from render.run.batch import Batch, Goal
from render.run.progress import FailureLines, clock
from render.store.store import Record, Store, environment_faults
from render.task.executor import Done
from render.task.pool import Pool
from render.task.task import ProgressChannel, Task
from render.voice import SILENT

FULL: Final = (1920, 1080)
"""Pixels of a frame at full size."""
PHONE: Final = 390
"""Pixels that a video is wide on a phone."""

_STILL, _STEP = (640, 360), (480, 270)
"""Pixels of a still on the sheet, and of a step of a strip."""
_STILLS: Final = 12
"""Stills on a page of the sheet."""
_STEPS: Final = 12
"""Steps of half a second in a strip."""
_STRIPS: Final = 2
"""Strips of a chapter: the stretches in which most of the picture changes."""
_HALF: Final = TICKS_PER_SECOND // 2


@dataclass(frozen=True, slots=True)
class ReadingTask(Task):
    """Draw of one chapter a still of each beat, strips of its main animations, and its richest frame at full size.

    Its result names the files, which lie in ``folder``.
    """

    chapter: str
    folder: Path

    @property
    def name(self) -> str:
        return self.chapter

    def perform(self, progress: ProgressChannel) -> Record:
        from render.draw.renderer import perform, set_canvas
        from render.voice import voice_named

        store = Store(self.build)
        voice = voice_named(self.voice, self.build, self.slug)
        beats: list[Record] = []
        richest = b""

        def keep(picture: Any, seconds: float, text: str) -> None:
            nonlocal richest
            frame = Image.fromarray(np.ascontiguousarray(picture[:, :, :3]))
            path = self._file(f"beat-{len(beats):02d}")
            frame.resize(_STILL, Image.Resampling.LANCZOS).save(path, compress_level=1)
            beats.append({"path": str(path), "seconds": seconds, "text": text})
            packed = io.BytesIO()
            frame.save(packed, "png", compress_level=4)
            richest = max(richest, packed.getvalue(), key=len)  # what compresses least shows most

        with store.scratch() as scratch:
            set_canvas(*FULL, TICKS_PER_SECOND, scratch)
            watching = Sampled(_HALF, _STEP)
            lesson = perform(
                self.module,
                watching,
                voice=voice,
                only=self.chapter,
                listener=lambda _, beat: keep(watching.last, beat.start / TICKS_PER_SECOND, beat.text),
            )
        frame_path = self._file("full")
        frame_path.write_bytes(richest)
        strips = []
        for begin in main_stretches([picture for _, picture in watching.taken], _STEPS, _STRIPS):
            steps: list[Record] = []
            for tick, picture in watching.taken[begin : begin + _STEPS]:
                path = self._file(f"step-{begin:03d}-{len(steps):02d}")
                Image.fromarray(np.ascontiguousarray(picture[:, :, :3])).save(path, compress_level=1)
                steps.append({"path": str(path), "seconds": tick / TICKS_PER_SECOND, "text": ""})
            strips.append(steps)
        (told,) = lesson.told
        return {
            "beats": beats,
            "strips": strips,
            "full": str(frame_path),
            "title": told.title,
            "seconds": told.seconds,
        }

    def _file(self, what: str) -> Path:
        return self.folder / f"{self.slug}-{self.chapter}-{what}.png"


def main_stretches(pictures: Sequence[Any], length: int, most: int) -> list[int]:
    """Where the ``most`` stretches of ``length`` pictures begin, at most, that change most and share no picture.

    Pictures are height × width × channels; what changes between two is the mean difference.  In order.
    """
    small = [np.asarray(picture[::6, ::6, :3], dtype=np.int16) for picture in pictures]
    change = np.array([0.0, *(float(np.abs(b - a).mean()) for a, b in itertools.pairwise(small))])
    found: list[int] = []
    while len(found) < most:
        begins = [
            begin
            for begin in range(max(len(pictures) - length, 0) + 1)
            if all(abs(begin - other) >= length for other in found)
        ]
        if not begins:
            break
        found.append(max(begins, key=lambda begin: float(change[begin + 1 : begin + length].sum())))
    return sorted(found)


class _ReadingGoal(Goal):
    """The folder of each topic."""

    def __init__(self, root: Path, store: Store, folder: Path) -> None:
        self._root, self._store, self._folder = root, store, folder
        self._topics: dict[str, tuple[Topic, list[str]]] = {}
        self._drawn: dict[tuple[str, str], Record] = {}
        self._posters: dict[str, bytes] = {}

    def told(self, topic: Topic, probe: Probe) -> list[Task]:
        names = [one.name for one in probe.timeline.chapters]
        self._topics[topic.slug] = topic, names
        where = (self._root, self._store.build, topic.slug, topic.module, SILENT)
        return [
            _PosterTask(*where, folder=self._folder),
            *(ReadingTask(*where, chapter=name, folder=self._folder) for name in names),
        ]

    def done(self, event: Done) -> tuple[Task, ...]:
        match event.task:
            case ReadingTask(slug=slug, chapter=name):
                self._drawn[slug, name] = event.result
            case _PosterTask(slug=slug):
                self._posters[slug] = Path(event.result["path"]).read_bytes()
        return ()

    def write(self) -> None:
        """Lay out the folders of the topics of which all has been drawn, and print where they are."""
        for slug, (topic, names) in self._topics.items():
            told = [self._drawn.get((slug, name)) for name in names]
            if slug in self._posters and all(told):
                folder = self._store.build / "reading" / slug
                lay_out(folder, topic, [one for one in told if one], self._posters[slug])
                print(folder)


@dataclass(frozen=True, slots=True)
class _PosterTask(Task):
    """Draw the poster at full size."""

    folder: Path

    @property
    def name(self) -> str:
        return "poster"

    def perform(self, progress: ProgressChannel) -> Record:
        from render.draw.renderer import draw_poster, set_canvas
        from render.voice import voice_named

        store = Store(self.build)
        path = self.folder / f"{self.slug}-poster.png"
        with store.scratch() as scratch:
            set_canvas(*FULL, TICKS_PER_SECOND, scratch)
            picture = draw_poster(self.module, voice=voice_named(self.voice, self.build, self.slug))
            Image.fromarray(np.ascontiguousarray(picture[:, :, :3])).save(path)
        return {"path": str(path)}


def lay_out(folder: Path, topic: Topic, told: Sequence[Record], poster: bytes) -> None:
    """Write what readers get of a lesson to ``folder``, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("sheet", "strips", "frames", "phone"):
        (folder / name).mkdir(parents=True)
    words = [f"# {topic.title}", ""]
    start, number = 0.0, 0
    for index, chapter in enumerate(told, 1):
        head = f"{index}. {chapter['title']}"
        words += [f"## {stamp(start)} {head} ({chapter['seconds']:.0f} s)", ""]
        beats = chapter["beats"]
        words += [
            f"{stamp(start + beat['seconds'])} [{index}.{at}] {beat['text']}"
            for at, beat in enumerate(beats, 1)
        ]
        words.append("")
        for first in range(0, len(beats), _STILLS):
            shown = [
                {**beat, "text": f"[{index}.{first + at}] {beat['text']}"}
                for at, beat in enumerate(beats[first : first + _STILLS], 1)
            ]
            number += 1
            page(head, shown, start).save(folder / "sheet" / f"{number:02d}.png")
        for steps in chapter["strips"]:
            at = stamp(start + steps[0]["seconds"]).replace(":", "m")
            page(head, steps, start, _STEP).save(folder / "strips" / f"{index:02d}-{at}.png")
        frame = Path(chapter["full"]).read_bytes()
        (folder / "frames" / f"{index:02d}.png").write_bytes(frame)
        _on_phone([beat["path"] for beat in beats], head).save(folder / "phone" / f"{index:02d}.png")
        start += chapter["seconds"]
    (folder / "frames" / "poster.png").write_bytes(poster)
    words.insert(1, f"{clock(start)}, {len(told)} chapters; times are those of the first word of a beat.")
    (folder / "transcript.md").write_text("\n".join(words) + "\n", encoding="utf-8")
    terms = [f"# {topic.title}", "", *(f"- {line.replace(SYNONYM, ', or ')}" for line in topic.terms)]
    (folder / "terms.md").write_text("\n".join(terms) + "\n", encoding="utf-8")


def _on_phone(paths: Sequence[str], head: str) -> Image.Image:
    """Stills as wide as a phone shows them, four in a row."""
    size = PHONE, round(PHONE * 9 / 16)
    gap, columns, top = 16, 4, 48
    rows = -(-len(paths) // columns)
    sheet = Image.new("RGB", (gap + columns * (size[0] + gap), top + rows * (size[1] + gap)), PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((gap, 12), head, font=font(22), fill=PRINT)
    pen.text((sheet.width - 190, 16), f"{PHONE} px wide", font=font(17), fill=PALE)
    for index, path in enumerate(paths):
        row, column = divmod(index, columns)
        with Image.open(path) as still:
            small = still.resize(size, Image.Resampling.LANCZOS)
        sheet.paste(small, (gap + column * (size[0] + gap), top + row * (size[1] + gap)))
    return sheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``mlhub reading``."""
    parser.add_argument("topics", nargs="+", metavar="TOPIC")
    add_workers(parser)
    add_bounds(parser)


def run(options: argparse.Namespace) -> Exit:
    """Write ``build/reading/<slug>/`` for each topic; print where it is."""
    catalog = catalog_of(options)
    topics = topics_of(catalog, options.topics)
    store = Store(build_of(options))
    pool = partial(Pool, memory=options.memory, patience=options.patience)
    with environment_faults(store.build), store.scratch() as scratch:
        goal = _ReadingGoal(options.root, store, scratch)
        rehearsal = Rehearsal(options.root, store, SILENT)
        worst = Batch(rehearsal, [goal], FailureLines(), options.workers, pool).run(topics)
        goal.write()
    return worst
