"""Looking: a contact sheet of a lesson, a still for every beat, without encoding anything."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from render.catalog import Topic
from render.executor import Done, Failed
from render.fault import Exit
from render.pool import Pool
from render.probe import Probe
from render.profile import TICKS_PER_SECOND
from render.progress import clock
from render.store import Record, Store, environment_faults
from render.worker import ProbeTask, Report, Task

STILL = (640, 360)
"""Pixels of one still."""

_COLUMNS = 4
_GAP = 16
_WORDS = 92
"""Pixels under a still for its words."""
_HEAD = 54
"""Pixels over a chapter for its title."""
_PAPER, _PRINT, _PALE = (24, 30, 44), (232, 237, 244), (154, 167, 186)


@dataclass(frozen=True, slots=True)
class StillsTask(Task):
    """Draw a chapter's stills: one at the end of each beat, or one every ``every`` seconds."""

    chapter: str
    every: float | None
    folder: Path

    @property
    def name(self) -> str:
        return self.chapter

    def perform(self, report: Report) -> Record:
        from render.easel import easel_of, perform, set_canvas
        from render.voice import voice_named

        store = Store(self.build)
        voice = voice_named(self.voice, self.build)
        shots: list[Record] = []

        def keep(picture: Any, seconds: float, text: str) -> None:
            path = self.folder / f"{self.slug}-{self.chapter}-{len(shots):04d}.png"
            Image.fromarray(np.ascontiguousarray(picture[:, :, :3])).save(path, compress_level=1)
            shots.append({"path": str(path), "seconds": seconds, "text": text})

        with store.scratch() as scratch:
            set_canvas(*STILL, TICKS_PER_SECOND, scratch)
            if self.every:
                sampled = _Sampled(round(self.every * TICKS_PER_SECOND) or 1)
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
                        easel_of(lesson).still(lesson), beat.start / TICKS_PER_SECOND, beat.text
                    ),
                )
        (told,) = lesson.told
        return {"shots": shots, "title": told.title, "seconds": told.seconds}


class _Sampled:
    """A sink that keeps a picture every so many ticks (a canvas of 15 frames a second draws one a tick)."""

    def __init__(self, every: int) -> None:
        self.taken: list[tuple[int, Any]] = []
        self._every, self._tick = every, 0

    def show(self, picture: Any, repeat: int = 1, changed: Any = None) -> None:
        due = range(-(-self._tick // self._every) * self._every, self._tick + repeat, self._every)
        if due:
            kept = picture.copy()
            self.taken.extend((tick, kept) for tick in due)
        self._tick += repeat


def make_sheets(
    root: Path,
    store: Store,
    topics: Sequence[Topic],
    *,
    voice: str = "silent",
    chapter: str | None = None,
    every: float | None = None,
    pool: Pool,
) -> Exit:
    """Write ``build/review/<slug>/sheet.png`` and a page for each chapter; prints where they are.

    With ``chapter`` that chapter's page alone; with ``every`` a still each so many seconds instead of each beat.
    """
    worst = Exit.DONE
    where = {topic.slug: (root, store.build, topic.slug, topic.module, voice) for topic in topics}
    chapters: dict[str, list[str]] = {}
    told: dict[tuple[str, str], Record] = {}
    with environment_faults(store.build), store.scratch() as scratch, closing(pool.events()) as events:

        def look(slug: str, names: list[str]) -> None:
            chapters[slug] = names
            pool.add(StillsTask(*where[slug], chapter=name, every=every, folder=scratch) for name in names)

        for topic in topics:
            if chapter:
                look(topic.slug, [chapter])
            else:
                pool.add([ProbeTask(*where[topic.slug], title=topic.title)])
        for event in events:
            match event:
                case Done(ProbeTask() as task, result):
                    timeline = Probe.from_record(result).timeline
                    look(task.slug, [one.name for one in timeline.chapters])
                case Done(StillsTask() as task, result):
                    told[task.slug, task.chapter] = result
                case Failed(task, failure):
                    worst = Exit.JOB_FAILED
                    at = f" ({failure.place})" if failure.place else ""
                    print(f"{task.slug}: {task.name} failed{at}: {failure.message}", file=sys.stderr)
                    print(failure.trace, file=sys.stderr)
        for slug, names in chapters.items():
            _write_pages(
                store.build / "review" / slug, slug, [told.get((slug, name)) for name in names], names
            )
    return worst


def _write_pages(folder: Path, slug: str, told: Sequence[Record | None], names: Sequence[str]) -> None:
    """A page for each chapter that was drawn, and the sheet of them all when none is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    pages: list[Image.Image] = []
    start = 0.0
    for name, chapter in zip(names, told, strict=True):
        if chapter is None:
            continue
        head = f"{chapter['title']}   ·   {chapter['seconds']:.0f} s   ·   {name}"
        page = _page(head, chapter["shots"], start)
        start += chapter["seconds"]
        page.save(folder / f"{name}.png")
        print(folder / f"{name}.png")
        pages.append(page)
    if len(pages) == len(names) > 1:
        sheet = Image.new(
            "RGB", (max(page.width for page in pages), sum(page.height for page in pages)), _PAPER
        )
        top = 0
        for page in pages:
            sheet.paste(page, (0, top))
            top += page.height
        sheet.save(folder / "sheet.png")
        print(f"{slug}: {clock(start)}, {len(pages)} chapters")
        print(folder / "sheet.png")


def _page(head: str, shots: Sequence[Record], offset: float) -> Image.Image:
    width, height = STILL
    columns = min(_COLUMNS, max(len(shots), 2))
    rows = -(-len(shots) // columns)
    words = _WORDS if any(shot["text"] for shot in shots) else 28
    page = Image.new("RGB", (_GAP + columns * (width + _GAP), _HEAD + rows * (height + words + _GAP)), _PAPER)
    pen = ImageDraw.Draw(page)
    pen.text((_GAP, 14), head, font=_font(26), fill=_PRINT)
    for index, shot in enumerate(shots):
        row, column = divmod(index, columns)
        left, top = _GAP + column * (width + _GAP), _HEAD + row * (height + words + _GAP)
        with Image.open(shot["path"]) as still:
            page.paste(still, (left, top))
        pen.text((left, top + height + 4), _stamp(offset + shot["seconds"]), font=_font(17), fill=_PALE)
        lines = "\n".join(textwrap.wrap(shot["text"], 62)[:3])
        pen.multiline_text((left + 66, top + height + 4), lines, font=_font(18), fill=_PRINT, spacing=5)
    return page


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(__file__).parent.parent / "scenes/kit/fonts/Inter-Regular.ttf", size)


def _stamp(seconds: float) -> str:
    """Minutes, seconds and tenths."""
    minutes, rest = divmod(round(seconds * 10), 600)
    return f"{minutes}:{rest // 10:02d}.{rest % 10}"
