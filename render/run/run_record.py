"""What a run came to: every fact that its report tells, gathered from what a batch tells its reporters."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from render.core.catalog import Topic
from render.core.profile import Profile
from render.plan.lesson_plan import Job, LessonPlan
from render.review.narration import NarrationFinding
from render.review.result import WrittenReview
from render.run.progress import doing
from render.run.reporter import Reporter
from render.run.tasks import AssembleTask, ChapterTask, PosterTask
from render.store.store import Record, Store
from render.task.executor import Done, Event, Progressed, Retried, Started
from render.task.task import Failure, Task

VERSION: Final = 1
"""Of ``report.json``."""

COSTLIEST_PLAYS: Final = 12
"""How many lines of scenes a report names: those whose plays cost most."""

RunEnd = Literal["done", "interrupted", "stopped"]


@dataclass(slots=True)
class _Drawing:
    """A chapter or poster that had to be drawn."""

    job: Job
    result: Record | None = None
    seconds: float = 0.0
    memory: int = 0
    attempts: int = 0


@dataclass(slots=True)
class _Lesson:
    """A topic of the run."""

    topic: Topic
    plan: LessonPlan | None = None
    drawings: dict[str, _Drawing] = field(default_factory=dict)
    fetched: int = 0
    entry: Record | None = None
    joined: bool = False
    failed: bool = False
    seen: Counter[str] | None = None
    """Findings of the review by severity; none where nobody looked."""
    page: Path | None = None
    worded: int = 0

    @property
    def state(self) -> str:
        if self.failed:
            return "failed"
        if self.entry is not None:
            return "published" if self.joined else "up to date"
        return "unfinished" if self.plan or self.drawings else "not begun"


@dataclass(slots=True)
class _Work:
    """Tasks of one kind."""

    tasks: int = 0
    seconds: float = 0.0
    memory: int = 0


class RunRecord(Reporter):
    """A reporter that keeps what it is told, for the report of the run."""

    def __init__(self, store: Store, profile: Profile, voice: str) -> None:
        self.ended: RunEnd = "done"
        self.fault = ""
        """The error that stopped the whole run; empty where none did."""
        self._store, self._profile, self._voice = store, profile, voice
        self._lessons: dict[str, _Lesson] = {}
        self._workers = 0
        self._when, self._began = datetime.now(UTC), time.monotonic()
        self._failures: list[Record] = []
        self._retries: list[Record] = []
        self._work: dict[str, _Work] = {}

    def began(self, topics: Sequence[Topic], workers: int) -> None:
        self._lessons = {topic.slug: _Lesson(topic) for topic in topics}
        self._workers = workers

    def planned(self, plan: LessonPlan) -> None:
        lesson = self._lessons[plan.probe.timeline.slug]
        lesson.plan = plan
        lesson.drawings = {job.piece.name: _Drawing(job) for job in plan.jobs}
        there = [piece for piece in (*plan.pieces, plan.poster) if piece.name not in lesson.drawings]
        lesson.fetched = sum(piece.key in self._store.fetched for piece in there)

    def narration_reviewed(self, findings: Sequence[NarrationFinding]) -> None:
        for finding in findings:
            self._lessons[finding.topic].worded += 1

    def reviewed(self, review: WrittenReview) -> None:
        lesson = self._lessons[review.slug]
        lesson.seen, lesson.page = Counter(finding.severity for finding in review.findings), review.page

    def happened(self, event: Event) -> None:
        lesson = self._lessons[event.task.slug]
        drawing = lesson.drawings.get(event.task.name) if _draws(event.task) else None
        match event:
            case Started() if drawing:
                drawing.attempts += 1
            case Progressed(memory=memory) if drawing:
                drawing.memory = max(drawing.memory, memory)
            case Retried(task, reason):
                log = self._from_build(task.log) if task.log.is_file() else None
                self._retries.append({"topic": task.slug, "task": task.name, "reason": reason, "log": log})
            case Done(task, result, seconds, memory):
                work = self._work.setdefault(doing(task)[1], _Work())
                work.tasks += 1
                work.seconds += seconds
                work.memory = max(work.memory, memory)
                lesson.joined |= isinstance(task, AssembleTask)
                if drawing:
                    drawing.result, drawing.seconds = result, seconds
                    drawing.memory = max(drawing.memory, memory)

    def current(self, slug: str, entry: Record) -> None:
        self._lessons[slug].entry = entry

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        self._lessons[slug].failed = True
        self._failures.append(
            {
                "topic": slug,
                "task": task,
                "message": failure.message,
                "place": failure.place,
                "trace": "" if failure.environment else failure.trace.strip(),
                "log": self._from_build(Path(failure.log)) if failure.log else None,
            }
        )

    def to_record(self) -> Record:
        """All of it as plain data, the very content of ``report.json``.

        Times are in seconds, memory and disk in bytes, paths relative to the build folder.  ``cpu`` is processor
        time, ``seconds`` wall clock; ``video`` is the length of what was drawn.
        """
        lessons = [self._lesson_record(lesson) for lesson in self._lessons.values()]
        pieces = [piece for lesson in lessons for piece in lesson["pieces"] if piece["drawn"]]
        plays = [
            {"topic": piece["topic"], "chapter": piece["name"], **play}
            for piece in pieces
            for play in piece["plays"]
        ]
        video = sum(piece["video"] for piece in pieces)
        cpu = sum(piece["cpu"] for piece in pieces)
        return {
            "version": VERSION,
            "began": self._when.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - self._began, 2),
            "ended": self.ended,
            "fault": self.fault,
            "quality": self._profile.name,
            "voice": self._voice,
            "workers": self._workers,
            "lessons": lessons,
            "to_draw": sum(len(lesson["pieces"]) for lesson in lessons),
            "drawn": len(pieces),
            "fetched": sum(lesson["fetched"] for lesson in lessons),
            "up_to_date": sum(lesson["up_to_date"] for lesson in lessons),
            "video": round(video, 3),
            "cpu": round(cpu, 2),
            "cpu_a_second": round(cpu / video, 3) if video else None,
            "memory": max((work.memory for work in self._work.values()), default=0),
            "failures": sorted(self._failures, key=lambda one: (one["topic"], one["task"])),
            "retries": sorted(self._retries, key=lambda one: (one["topic"], one["task"])),
            "slowest": sorted(plays, key=lambda one: (-one["cpu"], one["place"]))[:COSTLIEST_PLAYS],
            "work": [
                {
                    "kind": kind,
                    "tasks": work.tasks,
                    "seconds": round(work.seconds, 2),
                    "memory": work.memory,
                }
                for kind, work in sorted(self._work.items(), key=lambda item: (-item[1].seconds, item[0]))
            ],
            "disk": disk_use(self._store),
        }

    def _lesson_record(self, lesson: _Lesson) -> Record:
        planned = len(lesson.plan.pieces) + 1 if lesson.plan else 0
        entry = lesson.entry
        return {
            "topic": lesson.topic.slug,
            "title": lesson.topic.title,
            "state": lesson.state,
            "seconds": entry["seconds"] if entry else None,
            "video": entry["files"]["video"]["path"] if entry else None,
            "pieces": [self._piece_record(lesson, drawing) for drawing in lesson.drawings.values()],
            "fetched": lesson.fetched,
            "up_to_date": planned - len(lesson.drawings) - lesson.fetched,
            "review": {
                "errors": lesson.seen["error"],
                "warnings": lesson.seen["warning"],
                "page": self._from_build(lesson.page),
            }
            if lesson.seen is not None and lesson.page
            else None,
            "words": lesson.worded,
        }

    def _piece_record(self, lesson: _Lesson, drawing: _Drawing) -> Record:
        piece, result = drawing.job.piece, drawing.result
        video = piece.frames / self._profile.fps if result and "distinct" in result else 0.0
        cpu = result.get("seconds", 0.0) if result else 0.0
        return {
            "topic": lesson.topic.slug,
            "name": piece.name,
            "title": piece.title,
            "reason": drawing.job.reason,
            "drawn": result is not None,
            "attempts": drawing.attempts,
            "seconds": round(drawing.seconds, 2),
            "cpu": cpu,
            "memory": drawing.memory,
            "video": round(video, 3),
            "cpu_a_second": round(cpu / video, 3) if video else None,
            "plays": result.get("plays", []) if result else [],
        }

    def _from_build(self, path: Path) -> str:
        """The path of a file from the build folder, where the report lies."""
        return os.path.relpath(path, self._store.build)


def _draws(task: Task) -> bool:
    return isinstance(task, ChapterTask | PosterTask)


def disk_use(store: Store) -> list[Record]:
    """Files and bytes of each kind of thing in the store, the largest kind first."""
    used = []
    for folder in (path for path in store.root.glob("*") if path.is_dir()):
        sizes = list(_sizes(folder))
        used.append({"kind": folder.name, "files": len(sizes), "bytes": sum(sizes)})
    return sorted(used, key=lambda one: (-one["bytes"], one["kind"]))


def _sizes(folder: Path) -> Iterator[int]:
    """Bytes of every file below a folder; files that are removed meanwhile are left out."""
    for home, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                yield os.lstat(os.path.join(home, name)).st_size  # noqa: PTH118  thousands: a Path costs more
