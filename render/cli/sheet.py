"""``mlhub sheet``: contact sheets of lessons, a still for every beat, without encoding anything."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from render.cli.options import (
    add_bounds,
    add_workers,
    build_of,
    catalog_of,
    parse_chapter,
    parse_seconds,
    topics_of,
)
from render.core.catalog import Topic
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

STILL_SIZE = (640, 360)
"""Pixels of one still."""

_COLUMNS = 4
_GAP = 16
_WORDS = 92
"""Pixels under a still for its words."""
_HEAD = 54
"""Pixels over a chapter for its title."""
PAPER, PRINT, PALE = (24, 30, 44), (232, 237, 244), (154, 167, 186)


@dataclass(frozen=True, slots=True)
class StillsTask(Task):
    """Draw a chapter's stills: one at the end of each beat, or one every ``every`` seconds."""

    chapter: str
    every: float | None
    folder: Path

    @property
    def name(self) -> str:
        return self.chapter

    def perform(self, progress: ProgressChannel) -> Record:
        from render.draw.renderer import perform, renderer_of, set_canvas
        from render.voice import voice_named

        store = Store(self.build)
        voice = voice_named(self.voice, self.build, self.slug)
        shots: list[Record] = []

        def keep(picture: Any, seconds: float, text: str) -> None:
            path = self.folder / f"{self.slug}-{self.chapter}-{len(shots):04d}.png"
            Image.fromarray(np.ascontiguousarray(picture[:, :, :3])).save(path, compress_level=1)
            shots.append({"path": str(path), "seconds": seconds, "text": text})

        with store.scratch() as scratch:
            set_canvas(*STILL_SIZE, TICKS_PER_SECOND, scratch)
            if self.every:
                sampled = Sampled(round(self.every * TICKS_PER_SECOND) or 1)
                lesson = perform(self.module, sampled, voice=voice, only=self.chapter)
                for tick, picture in sampled.taken:
                    keep(picture, tick / TICKS_PER_SECOND, "")
            else:
                lesson = perform(
                    self.module,
                    None,
                    voice=voice,
                    only=self.chapter,
                    listener=lambda lesson, beat: keep(
                        renderer_of(lesson).still(lesson), beat.start / TICKS_PER_SECOND, beat.text
                    ),
                )
        (told,) = lesson.told
        return {"shots": shots, "title": told.title, "seconds": told.seconds}


class Sampled:
    """A sink that keeps the last picture, and one every so many ticks; a canvas of 15 frames a second draws one a tick.

    ``taken`` are those with their ticks, shrunk to ``size`` (width, height) where one is given.
    """

    def __init__(self, every: int, size: tuple[int, int] | None = None) -> None:
        self.taken: list[tuple[int, Any]] = []
        self.last: Any = None
        self._every, self._size, self._tick = every, size, 0

    def show(self, picture: Any, repeat: int = 1, changed: Any = None) -> None:
        self.last = picture.copy()
        due = range(-(-self._tick // self._every) * self._every, self._tick + repeat, self._every)
        if due:
            kept = _shrunk(picture, self._size) if self._size else self.last
            self.taken.extend((tick, kept) for tick in due)
        self._tick += repeat


def _shrunk(picture: Any, size: tuple[int, int]) -> Any:
    frame = Image.fromarray(np.ascontiguousarray(picture[:, :, :3]))
    return np.asarray(frame.resize(size, Image.Resampling.BOX))


class _SheetGoal(Goal):
    """A still of every beat of every topic, or one each ``every`` seconds; of one ``chapter``, or of all."""

    def __init__(
        self, root: Path, store: Store, folder: Path, chapter: str | None, every: float | None
    ) -> None:
        self.needs_probe = chapter is None
        self._root, self._store, self._folder = root, store, folder
        self._chapter, self._every = chapter, every
        self._chapters: dict[str, list[str]] = {}
        self._drawn: dict[tuple[str, str], Record] = {}

    def begin(self, topic: Topic) -> list[StillsTask]:
        """One chapter needs no telling of the others, which may not be fit to be told yet."""
        return self._stills(topic, [self._chapter]) if self._chapter else []

    def told(self, topic: Topic, probe: Probe) -> list[StillsTask]:
        return [] if self._chapter else self._stills(topic, [one.name for one in probe.timeline.chapters])

    def done(self, event: Done) -> tuple[Task, ...]:
        if isinstance(event.task, StillsTask):
            self._drawn[event.task.slug, event.task.chapter] = event.result
        return ()

    def write(self) -> None:
        """Write the pages of what was drawn, and print where they are."""
        for slug, names in self._chapters.items():
            drawn = [self._drawn.get((slug, name)) for name in names]
            _write_pages(self._store.build / "review" / slug, slug, drawn, names)

    def _stills(self, topic: Topic, names: list[str]) -> list[StillsTask]:
        self._chapters[topic.slug] = names
        where = (self._root, self._store.build, topic.slug, topic.module, SILENT)
        return [StillsTask(*where, chapter=name, every=self._every, folder=self._folder) for name in names]


def _write_pages(folder: Path, slug: str, told: Sequence[Record | None], names: Sequence[str]) -> None:
    """A page for each chapter that was drawn, and the sheet of them all when none is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    pages: list[Image.Image] = []
    start = 0.0
    for name, chapter in zip(names, told, strict=True):
        if chapter is None:
            continue
        head = f"{chapter['title']}   ·   {chapter['seconds']:.0f} s   ·   {name}"
        drawn = page(head, chapter["shots"], start)
        start += chapter["seconds"]
        drawn.save(folder / f"{name}.png")
        print(folder / f"{name}.png")
        pages.append(drawn)
    if len(pages) == len(names) > 1:
        sheet = Image.new("RGB", (max(one.width for one in pages), sum(one.height for one in pages)), PAPER)
        top = 0
        for one in pages:
            sheet.paste(one, (0, top))
            top += one.height
        sheet.save(folder / "sheet.png")
        print(f"{slug}: {clock(start)}, {len(pages)} chapters")
        print(folder / "sheet.png")


def page(
    head: str, shots: Sequence[Record], offset: float, size: tuple[int, int] = STILL_SIZE
) -> Image.Image:
    """Stills (``path``, ``seconds`` from ``offset``, ``text``) of ``size`` pixels under ``head``, four in a row."""
    width, height = size
    columns = min(_COLUMNS, max(len(shots), 2))
    rows = -(-len(shots) // columns)
    words = _WORDS if any(shot["text"] for shot in shots) else 28
    paper = Image.new("RGB", (_GAP + columns * (width + _GAP), _HEAD + rows * (height + words + _GAP)), PAPER)
    pen = ImageDraw.Draw(paper)
    pen.text((_GAP, 14), head, font=font(26), fill=PRINT)
    for index, shot in enumerate(shots):
        row, column = divmod(index, columns)
        left, top = _GAP + column * (width + _GAP), _HEAD + row * (height + words + _GAP)
        with Image.open(shot["path"]) as still:
            paper.paste(still, (left, top))
        pen.text((left, top + height + 4), stamp(offset + shot["seconds"]), font=font(17), fill=PALE)
        lines = "\n".join(textwrap.wrap(shot["text"], 62)[:3])
        pen.multiline_text((left + 66, top + height + 4), lines, font=font(18), fill=PRINT, spacing=5)
    return paper


def font(size: int) -> ImageFont.FreeTypeFont:
    """The kit's letters, ``size`` pixels high."""
    return ImageFont.truetype(Path(__file__).parents[2] / "scenes/kit/fonts/Inter-Regular.ttf", size)


def stamp(seconds: float) -> str:
    """Minutes, seconds and tenths."""
    minutes, rest = divmod(round(seconds * 10), 600)
    return f"{minutes}:{rest // 10:02d}.{rest % 10}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``mlhub sheet``."""
    parser.add_argument("topics", nargs="+", metavar="TOPIC")
    parser.add_argument("--chapter", type=parse_chapter, help="this chapter alone")
    parser.add_argument(
        "--every",
        type=parse_seconds,
        metavar="SECONDS",
        help="a still every so many seconds instead of every beat",
    )
    add_workers(parser)
    add_bounds(parser)


def run(options: argparse.Namespace) -> Exit:
    """Write ``build/review/<slug>/sheet.png`` and a page for each chapter, or for one; print where they are."""
    catalog = catalog_of(options)
    topics = topics_of(catalog, options.topics)
    store = Store(build_of(options))
    pool = partial(Pool, memory=options.memory, patience=options.patience)
    with environment_faults(store.build), store.scratch() as scratch:
        goal = _SheetGoal(options.root, store, scratch, options.chapter, options.every)
        rehearsal = Rehearsal(options.root, store, SILENT)
        worst = Batch(rehearsal, [goal], FailureLines(), options.workers, pool).run(topics)
        goal.write()
    return worst
