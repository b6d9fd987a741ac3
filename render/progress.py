"""Telling what happens: bars on a terminal, plain lines elsewhere, JSON lines for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from render.batch import Narrator
from render.executor import Done, Event, Failed, Progressed, Retried, Started
from render.plan import LessonPlan
from render.review.finding import Finding as Seen
from render.store import Record
from render.wording import Finding
from render.worker import Failure


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

    def planned(self, plan: LessonPlan) -> None:
        slug = plan.probe.timeline.slug
        for job in plan.jobs:
            self.say(f"{slug}: {job.piece.name}: {job.reason}")
            self.forecast.expect(job.piece.moving)

    def worded(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            print(f"warning: {finding}", file=sys.stderr, flush=True)

    def reviewed(self, slug: str, findings: Sequence[Seen], report: Path) -> None:
        for finding in findings:
            print(finding, file=sys.stderr, flush=True)
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
            case Done(task, result) if "distinct" in result:
                left = self.forecast.seconds()
                to_go = f", about {clock(left)} to go" if left else ""
                self.say(
                    f"{task.slug}: {task.name}: {result['frames']} frames in {result['seconds']:.1f} s{to_go}"
                )

    def current(self, slug: str, entry: Record) -> None:
        video = self.build / entry["files"]["video"]["path"]
        self.say(f"{slug}: {entry['quality']}, {clock(entry['seconds'])}, {entry['chapters']} chapters")
        self.say(str(video))

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        where = f" ({failure.place})" if failure.place else ""
        print(f"{slug}: {task} failed{where}: {failure.message}", file=sys.stderr, flush=True)
        if failure.trace and not failure.environment:
            print(failure.trace, file=sys.stderr, flush=True)
        if failure.log:
            print(f"{slug}: {task}: all that it printed: {failure.log}", file=sys.stderr, flush=True)


class Bars(PlainLines):
    """A bar for each task that runs."""

    def __init__(self, build: Path) -> None:
        super().__init__(build)
        self._console = Console()
        self._frames: dict[str, int] = {}
        self._rows: dict[tuple[str, str], TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"),
            console=self._console,
            transient=True,
        )

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def say(self, line: str) -> None:
        self._progress.console.print(line, highlight=False, soft_wrap=True, markup=False)

    def planned(self, plan: LessonPlan) -> None:
        super().planned(plan)
        slug = plan.probe.timeline.slug
        self._frames.update({f"{slug}: {job.piece.name}": job.piece.frames for job in plan.jobs})

    def happened(self, event: Event) -> None:
        super().happened(event)
        task = event.task
        name = f"{task.slug}: {task.name}"
        row = self._rows.get((task.slug, task.name))
        match event:
            case Started():
                total = self._frames.get(name)
                self._rows[task.slug, task.name] = self._progress.add_task(name, total=total, left="")
            case Progressed(frames=frames) if row is not None:
                left = self.forecast.seconds()
                self._progress.update(
                    row, completed=frames, left=f"all in about {clock(left)}" if left else ""
                )
            case Done() | Failed() | Retried() if row is not None:
                self._progress.remove_task(self._rows.pop((task.slug, task.name)))


class JsonLines:
    """One JSON object a line, each with an ``event``."""

    def __init__(self, build: Path) -> None:
        self.build = build

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

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        self._line("failure", slug=slug, task=task, **asdict(failure))

    def _line(self, event: str, **fields: Any) -> None:
        print(json.dumps({"event": event, **fields}, ensure_ascii=False), flush=True)


def clock(seconds: float) -> str:
    """Minutes and seconds, as a viewer reads them."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


__all__ = ["Bars", "Forecast", "JsonLines", "Narrator", "PlainLines", "clock"]
