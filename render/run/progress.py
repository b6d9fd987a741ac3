"""Reporters that print how a run goes: a live table on a terminal, plain lines elsewhere, JSON lines for machines."""

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

from render.core.catalog import Topic
from render.core.copy_form import COPIES
from render.plan.lesson_plan import LessonPlan, Piece
from render.plan.probe import ProbeTask
from render.plan.speak import SpeakTask
from render.plan.task_times import JOIN, JOIN_COPIES
from render.review.gate import ReviewTask
from render.review.narration import NarrationFinding
from render.review.result import WrittenReview
from render.run.reporter import Reporter
from render.run.tasks import AssembleTask, ChapterTask, CopyTask, JoinCopiesTask, PosterTask
from render.store.manifest import video_path
from render.store.store import Record
from render.task.executor import Done, Event, Failed, Progressed, Retried, Started
from render.task.interrupt import tell_finishing
from render.task.task import Failure, Task


class TimeLeft:
    """Estimates how long a run will still take, from the frames that are drawn one by one (held frames cost nothing).

    It gives no number until a twentieth of the work is done: an earlier one would be a guess.
    """

    def __init__(self) -> None:
        self._total = 0
        self._drawn: dict[tuple[str, str], int] = {}
        self._began: float | None = None

    def expect(self, moving: int) -> None:
        """So many more frames are to be drawn."""
        self._total += moving

    def drawn(self, slug: str, name: str, moving: int) -> None:
        """A task has drawn so many frames one by one, in all."""
        if self._began is None:
            self._began = time.monotonic()
        self._drawn[slug, name] = moving

    def seconds(self) -> float | None:
        """Seconds to go; None while that is not known."""
        done = sum(self._drawn.values())
        if self._began is None or done * 20 < self._total or not done:
            return None
        return (time.monotonic() - self._began) * (self._total - done) / done


class FailureLines(Reporter):
    """Lines on the standard error for what fails, and nothing else: for commands that print a result of their own."""

    def warn(self, line: str) -> None:
        """Print one line at once."""
        print(line, file=sys.stderr, flush=True)

    def finishing(self) -> None:
        tell_finishing()

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        where = f" ({failure.place})" if failure.place else ""
        self.warn(f"{slug}: {task} failed{where}: {failure.message}")
        if failure.trace and not failure.environment:
            self.warn(failure.trace)
        if failure.log:
            self.warn(f"{slug}: {task}: all that it printed: {failure.log}")


class PlainLines(FailureLines):
    """A line for everything that happens; what a log keeps."""

    def __init__(self, build: Path) -> None:
        self.build = build
        self.time_left = TimeLeft()

    def say(self, line: str) -> None:
        """Print one line at once, of what is not wrong."""
        print(line, flush=True)

    def planned(self, plan: LessonPlan) -> None:
        slug = plan.probe.timeline.slug
        for job in plan.jobs:
            self.say(f"{slug}: {job.piece.name}: {job.reason}")
            self.time_left.expect(job.piece.moving)

    def narration_reviewed(self, findings: Sequence[NarrationFinding]) -> None:
        for finding in findings:
            self.warn(f"warning: {finding}")

    def reviewed(self, review: WrittenReview) -> None:
        for finding in review.findings:
            self.warn(str(finding))
        errors = sum(finding.severity == "error" for finding in review.findings)
        warnings = len(review.findings) - errors
        self.say(f"{review.slug}: reviewed: {errors} errors, {warnings} warnings: {review.page}")

    def happened(self, event: Event) -> None:
        match event:
            case Started(task) if task.name in ("probe", JOIN, JOIN_COPIES):
                self.say(f"{task.slug}: {task.name} ...")
            case Retried(task, reason):
                self.say(f"{task.slug}: {task.name}: {reason}; it is tried again")
            case Progressed(task, _, moving, _):
                self.time_left.drawn(task.slug, task.name, _work(task, moving))
            case Done(CopyTask() as task, result):
                self.time_left.drawn(task.slug, task.name, _work(task, task.piece.moving))
                self._tell(task, result)
            case Done(ChapterTask() | PosterTask() as task, result):
                self.time_left.drawn(task.slug, task.name, task.piece.moving)
                if "distinct" in result:
                    self._tell(task, result)

    def _tell(self, task: Task, result: Record) -> None:
        left = self.time_left.seconds()
        to_go = f", about {clock(left)} to go" if left else ""
        self.say(f"{task.slug}: {task.name}: {result['frames']} frames in {result['seconds']:.1f} s{to_go}")

    def current(self, slug: str, entry: Record) -> None:
        video = video_path(self.build, slug, entry)
        self.say(
            f"{slug}: {entry['quality']}, {clock(entry['seconds'])}, {counted(entry['chapters'], 'chapter')}"
        )
        self.say(str(video))

    def copying(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            self.time_left.expect(COPY_WORK * piece.moving)

    def copied(self, slug: str, entry: Record) -> None:
        for form in COPIES:
            copy = entry["files"][form.role]
            self.say(f"{slug}: {form.height}p, {copy['bytes'] / 1e6:.1f} MB: {self.build / copy['path']}")

    def reported(self, page: Path) -> None:
        if page.is_file():
            self.say(f"the whole run: {page}")


COPY_WORK: Final = 3
"""Pictures that are drawn and encoded in the time in which one is copied, about."""


def _work(task: Task, moving: int) -> int:
    """What ``moving`` pictures of a task count for the time that is left."""
    return COPY_WORK * moving if isinstance(task, CopyTask) else moving


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
        """Seconds to go; None until a twentieth is done, as in :class:`TimeLeft`."""
        rate = self.rate(now)
        return (self.total - self.moving) / rate if rate and self.moving * 20 >= self.total else None


class Table(PlainLines):
    """The lines, and under them a live table: a row for each task that runs, and a line on the whole."""

    def __init__(self, build: Path, console: Console | None = None) -> None:
        super().__init__(build)
        self._console = console or Console()
        self._rows: dict[Path, _Row] = {}
        """By the path of the task's log, which no other task has."""
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

    def copying(self, pieces: Sequence[Piece]) -> None:
        super().copying(pieces)
        self._tally.to_copy += len(pieces)

    def happened(self, event: Event) -> None:
        super().happened(event)
        task = event.task
        row = self._rows.get(task.log)
        match event:
            case Started():
                drawn = task.piece.moving if isinstance(task, ChapterTask | CopyTask) else 0
                again = task.log in self._tally.again
                self._rows[task.log] = _Row(task, time.monotonic(), drawn, again=again)
            case Progressed(frames=frames, moving=moving, memory=memory) if row is not None:
                row.frames, row.moving, row.memory = frames, moving, memory or row.memory
            case Done() | Failed() | Retried():
                self._rows.pop(task.log, None)
                if isinstance(event, Done) and isinstance(task, ChapterTask | PosterTask):
                    self._tally.drawn += 1
                if isinstance(event, Done) and isinstance(task, CopyTask):
                    self._tally.copied += 1
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
        left = self.time_left.seconds()
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
    """What a run has done so far, counted."""

    lessons: int = 0
    current: int = 0
    """Lessons that are up to date."""
    to_draw: int = 0
    drawn: int = 0
    to_copy: int = 0
    copied: int = 0
    workers: int = 0
    retries: int = 0
    failed: int = 0
    again: set[Path] = field(default_factory=set)
    """Logs of tasks that were tried more than once."""

    def parts(self) -> Iterator[str]:
        """The counts in words, without those that are zero."""
        if self.to_draw:
            yield f"{self.drawn} of {self.to_draw} drawn"
        if self.to_copy:
            yield f"{self.copied} of {self.to_copy} copied"
        yield f"{self.current} of {counted(self.lessons, 'lesson')}"
        yield counted(self.workers, "worker")
        if self.retries:
            yield counted(self.retries, "retry", "retries")
        if self.failed:
            yield f"{self.failed} failed"


def doing(task: Task) -> tuple[str, str]:
    """The chapter that a task is about (empty for a whole lesson), and what it does, such as ``drawing``."""
    match task:
        case ProbeTask():
            return "", "telling"
        case SpeakTask():
            return "", "speaking"
        case ReviewTask(chapter=chapter):
            return chapter, "looking"
        case CopyTask(piece=piece):
            return piece.name, "copying"
        case AssembleTask() | JoinCopiesTask():
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


class JsonLines(Reporter):
    """One JSON object a line, each with an ``event``."""

    def finishing(self) -> None:
        tell_finishing()

    def planned(self, plan: LessonPlan) -> None:
        for job in plan.jobs:
            piece = job.piece
            self._line("planned", slug=piece.slug, task=piece.name, reason=job.reason, frames=piece.frames)

    def narration_reviewed(self, findings: Sequence[NarrationFinding]) -> None:
        for finding in findings:
            self._line("warning", **asdict(finding))

    def reviewed(self, review: WrittenReview) -> None:
        findings = [finding.to_record() for finding in review.findings]
        self._line("review", slug=review.slug, report=str(review.page), findings=findings)

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

    def copied(self, slug: str, entry: Record) -> None:
        self._line("copied", slug=slug, lesson=entry)

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        self._line("failure", slug=slug, task=task, **asdict(failure))

    def _line(self, event: str, **fields: Any) -> None:
        print(json.dumps({"event": event, **fields}, ensure_ascii=False), flush=True)


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
