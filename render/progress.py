"""Telling what happens: a live table on a terminal, plain lines elsewhere, JSON lines for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table as Grid
from rich.text import Text

from render.batch import Narrator
from render.catalog import Topic
from render.executor import Done, Event, Failed, Progressed, Retried, Started
from render.interrupt import tell
from render.plan import LessonPlan
from render.review.finding import Finding as Seen
from render.review.gate import ReviewTask
from render.store import Record
from render.voice.task import SpeakTask
from render.wording import Finding
from render.worker import AssembleTask, ChapterTask, Failure, PosterTask, ProbeTask, Task


class Forecast:
    """Seconds to go, from frames drawn one by one: held frames cost next to nothing.

    Honest means: silent until at least a twentieth of the work is measured.
    """

    def __init__(self) -> None:
        self._total = 0
        self._drawn: dict[tuple[str, str], int] = {}
        self._began: float | None = None

    def expect(self, moving: int) -> None:
        """So many more frames are to be drawn."""
        self._total += moving

    def drawn(self, slug: str, name: str, moving: int) -> None:
        """A task has drawn so many moving frames in all."""
        if self._began is None:
            self._began = time.monotonic()
        self._drawn[slug, name] = moving

    def seconds(self) -> float | None:
        """Seconds to go; none while nothing is known."""
        done = sum(self._drawn.values())
        if self._began is None or done * 20 < self._total or not done:
            return None
        return (time.monotonic() - self._began) * (self._total - done) / done


class PlainLines:
    """A line for everything that happens; what a log keeps."""

    def __init__(self, build: Path) -> None:
        self.build = build
        self.forecast = Forecast()

    def say(self, line: str) -> None:
        """Print one line at once."""
        print(line, flush=True)

    def warn(self, line: str) -> None:
        """The same for what is wrong."""
        print(line, file=sys.stderr, flush=True)

    def began(self, topics: Sequence[Topic], workers: int) -> None:
        """Nothing to tell yet."""

    def finishing(self) -> None:
        tell()

    def planned(self, plan: LessonPlan) -> None:
        slug = plan.probe.timeline.slug
        for job in plan.jobs:
            self.say(f"{slug}: {job.piece.name}: {job.reason}")
            self.forecast.expect(job.piece.moving)

    def worded(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self.warn(f"warning: {finding}")

    def reviewed(self, slug: str, findings: Sequence[Seen], report: Path) -> None:
        for finding in findings:
            self.warn(str(finding))
        errors = sum(finding.severity == "error" for finding in findings)
        self.say(f"{slug}: reviewed: {errors} errors, {len(findings) - errors} warnings: {report}")

    def happened(self, event: Event) -> None:
        match event:
            case Started(task) if task.name in ("probe", "assemble"):
                self.say(f"{task.slug}: {task.name} ...")
            case Retried(task, reason):
                self.say(f"{task.slug}: {task.name}: {reason}; it is tried again")
            case Progressed(task, _, moving, _):
                self.forecast.drawn(task.slug, task.name, moving)
            case Done(ChapterTask() | PosterTask() as task, result):
                self.forecast.drawn(task.slug, task.name, task.piece.moving)
                if "distinct" not in result:
                    return
                left = self.forecast.seconds()
                to_go = f", about {clock(left)} to go" if left else ""
                self.say(
                    f"{task.slug}: {task.name}: {result['frames']} frames in {result['seconds']:.1f} s{to_go}"
                )

    def current(self, slug: str, entry: Record) -> None:
        video = self.build / entry["files"]["video"]["path"]
        self.say(
            f"{slug}: {entry['quality']}, {clock(entry['seconds'])}, {counted(entry['chapters'], 'chapter')}"
        )
        self.say(str(video))

    def reported(self, page: Path) -> None:
        """The run has ended, and ``page`` tells of it."""
        if page.is_file():
            self.say(f"the whole run: {page}")

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        where = f" ({failure.place})" if failure.place else ""
        self.warn(f"{slug}: {task} failed{where}: {failure.message}")
        if failure.trace and not failure.environment:
            self.warn(failure.trace)
        if failure.log:
            self.warn(f"{slug}: {task}: all that it printed: {failure.log}")


@dataclass(slots=True)
class _Row:
    """A task that runs."""

    task: Task
    began: float
    total: int = 0
    """Frames that it draws one by one."""
    frames: int = 0
    moving: int = 0
    memory: int = 0
    again: bool = False
    """Whether it is not its first attempt."""

    def rate(self, now: float) -> float | None:
        """Frames drawn a second; none before the first."""
        return self.moving / (now - self.began) if self.moving and now > self.began else None

    def seconds_left(self, now: float) -> float | None:
        """Seconds to go, told as :class:`Forecast` does: not before a twentieth is measured."""
        rate = self.rate(now)
        return (self.total - self.moving) / rate if rate and self.moving * 20 >= self.total else None


class Table(PlainLines):
    """The lines, and under them a live table: a row for each task that runs, and a line on the whole."""

    def __init__(self, build: Path, console: Console | None = None) -> None:
        super().__init__(build)
        self._console = console or Console()
        self._rows: dict[Path, _Row] = {}
        """By the task's log, which is its own."""
        self._tally = Tally()
        self._heard = False
        self._live = Live(
            console=self._console,
            get_renderable=self.view,
            refresh_per_second=4,
            transient=True,
            redirect_stderr=sys.stderr.isatty(),
        )

    def __enter__(self) -> Table:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def say(self, line: str) -> None:
        self._console.print(line, highlight=False, soft_wrap=True, markup=False)

    def warn(self, line: str) -> None:
        if sys.stderr.isatty():
            self._console.print(line, highlight=False, soft_wrap=True, markup=False, style="red")
        else:
            super().warn(line)

    def began(self, topics: Sequence[Topic], workers: int) -> None:
        super().began(topics, workers)
        self._tally.lessons, self._tally.workers = len(topics), workers

    def finishing(self) -> None:
        self._heard = True  # a signal came: the next picture of the table tells

    def planned(self, plan: LessonPlan) -> None:
        super().planned(plan)
        self._tally.to_draw += len(plan.jobs)

    def happened(self, event: Event) -> None:
        super().happened(event)
        task = event.task
        row = self._rows.get(task.log)
        match event:
            case Started():
                drawn = task.piece.moving if isinstance(task, ChapterTask) else 0
                again = task.log in self._tally.again
                self._rows[task.log] = _Row(task, time.monotonic(), drawn, again=again)
            case Progressed(frames=frames, moving=moving, memory=memory) if row is not None:
                row.frames, row.moving, row.memory = frames, moving, memory or row.memory
            case Done() | Failed() | Retried():
                self._rows.pop(task.log, None)
                if isinstance(event, Done) and isinstance(task, ChapterTask | PosterTask):
                    self._tally.drawn += 1
                if isinstance(event, Retried):
                    self._tally.retries += 1
                    self._tally.again.add(task.log)

    def current(self, slug: str, entry: Record) -> None:
        super().current(slug, entry)
        self._tally.current += 1

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        super().failed(slug, task, failure)
        self._tally.failed += 1

    def view(self) -> Group:
        """The table as it stands now."""
        return Group(self._grid(list(self._rows.values()), time.monotonic()), self._whole())

    def _grid(self, rows: Sequence[_Row], now: float) -> Grid:
        wide = self._console.width >= _WIDE
        grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        # Widths stay as they are, so that nothing jumps from row to row.
        grid.add_column("Topic", no_wrap=True, width=28 if wide else 16)
        grid.add_column("Chapter", no_wrap=True, width=40 if wide else 24)
        grid.add_column("State", no_wrap=True, min_width=13)
        for name, width in (("fps", 4), ("ETA", 5), ("Memory", 6)):
            grid.add_column(name, no_wrap=True, justify="right", min_width=width)
        for row in rows:
            what, does = doing(row.task)
            rate, left = row.rate(now), row.seconds_left(now)
            grid.add_row(
                Text(row.task.slug, "bold"),
                Text(what),
                _state(row, f"{does} again" if row.again else does, wide, now),
                Text(f"{rate:.1f}" if rate and rate < 99.95 else f"{rate:.0f}" if rate else ""),
                Text(clock(left) if left is not None else ""),
                Text(megabytes(row.memory) if row.memory else ""),
            )
        return grid

    def _whole(self) -> Text:
        left = self.forecast.seconds()
        if self._heard:
            head = "Finishing what runs; Ctrl-C again stops now"
        else:
            head = f"all drawn in about {clock(left)}" if left else ""
        return Text(", ".join(part for part in (head, *self._tally.parts()) if part), "dim", no_wrap=True)


_WIDE: Final = 110
"""Columns of a terminal in which long names and a bar have room."""
_BAR: Final = 20


@dataclass(slots=True)
class Tally:
    """What a run has come to so far."""

    lessons: int = 0
    current: int = 0
    """Lessons that are up to date."""
    to_draw: int = 0
    drawn: int = 0
    workers: int = 0
    retries: int = 0
    failed: int = 0
    again: set[Path] = field(default_factory=set)
    """Logs of tasks that were tried more than once."""

    def parts(self) -> Iterator[str]:
        """The numbers in words, the empty ones left out."""
        if self.to_draw:
            yield f"{self.drawn} of {self.to_draw} drawn"
        yield f"{self.current} of {counted(self.lessons, 'lesson')}"
        yield counted(self.workers, "worker")
        if self.retries:
            yield counted(self.retries, "retry", "retries")
        if self.failed:
            yield f"{self.failed} failed"


def doing(task: Task) -> tuple[str, str]:
    """The chapter that a task is about (empty for a whole lesson), and what it does."""
    match task:
        case ProbeTask():
            return "", "telling"
        case SpeakTask():
            return "", "speaking"
        case ReviewTask(chapter=chapter):
            return chapter, "looking"
        case AssembleTask():
            return "", "joining"
        case _:
            return task.name, "drawing"


def _state(row: _Row, does: str, wide: bool, now: float) -> Text:
    """What a task does and how far it is; how long it has been at it where that cannot be told."""
    if not row.total:
        return Text.assemble(does, (f" {clock(now - row.began)}", "dim"))
    share = row.moving / row.total
    told = Text.assemble(f"{does:<8}", f"{share:>5.0%}")
    if wide:
        full = round(share * _BAR)
        told.append(f"  {'━' * full}", "cyan").append("━" * (_BAR - full), "bright_black")
    return told


class JsonLines:
    """One JSON object a line, each with an ``event``."""

    def __init__(self, build: Path) -> None:
        self.build = build

    def began(self, topics: Sequence[Topic], workers: int) -> None:
        """Nothing to tell yet."""

    def finishing(self) -> None:
        tell()

    def planned(self, plan: LessonPlan) -> None:
        for job in plan.jobs:
            piece = job.piece
            self._line("planned", slug=piece.slug, task=piece.name, reason=job.reason, frames=piece.frames)

    def worded(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self._line("warning", **asdict(finding))

    def reviewed(self, slug: str, findings: Sequence[Seen], report: Path) -> None:
        self._line("review", slug=slug, report=str(report), findings=[one.to_record() for one in findings])

    def happened(self, event: Event) -> None:
        kind = type(event).__name__.lower()
        more: Record = {}
        match event:
            case Progressed(frames=frames, memory=memory):
                more = {"frames": frames, "memory": memory}
            case Retried(reason=reason):
                more = {"reason": reason}
            case Done(seconds=seconds, memory=memory):
                more = {"seconds": round(seconds, 2), "memory": memory}
        self._line(kind, slug=event.task.slug, task=event.task.name, **more)

    def current(self, slug: str, entry: Record) -> None:
        self._line("current", slug=slug, lesson=entry)

    def reported(self, page: Path) -> None:
        """Who reads JSON lines finds ``report.json`` beside ``page``."""

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        self._line("failure", slug=slug, task=task, **asdict(failure))

    def _line(self, event: str, **fields: Any) -> None:
        print(json.dumps({"event": event, **fields}, ensure_ascii=False), flush=True)


class Chorus:
    """Several narrators, told the same."""

    def __init__(self, *narrators: Narrator) -> None:
        self._narrators = narrators

    def began(self, topics: Sequence[Topic], workers: int) -> None:
        for one in self._narrators:
            one.began(topics, workers)

    def finishing(self) -> None:
        for one in self._narrators:
            one.finishing()

    def planned(self, plan: LessonPlan) -> None:
        for one in self._narrators:
            one.planned(plan)

    def worded(self, findings: Sequence[Finding]) -> None:
        for one in self._narrators:
            one.worded(findings)

    def reviewed(self, slug: str, findings: Sequence[Seen], report: Path) -> None:
        for one in self._narrators:
            one.reviewed(slug, findings, report)

    def happened(self, event: Event) -> None:
        for one in self._narrators:
            one.happened(event)

    def current(self, slug: str, entry: Record) -> None:
        for one in self._narrators:
            one.current(slug, entry)

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        for one in self._narrators:
            one.failed(slug, task, failure)


def counted(count: int, noun: str, many: str = "") -> str:
    """``1 worker``, ``2 workers``."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def megabytes(size: int) -> str:
    """``312 MB``, or ``1.2 GB`` from a thousand on."""
    return f"{size / 1e6:.0f} MB" if size < 999.5e6 else f"{size / 1e9:.1f} GB"


def clock(seconds: float) -> str:
    """Minutes and seconds, as a viewer reads them."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


__all__ = [
    "Chorus",
    "Forecast",
    "JsonLines",
    "Narrator",
    "PlainLines",
    "Table",
    "clock",
    "counted",
    "doing",
    "megabytes",
]
