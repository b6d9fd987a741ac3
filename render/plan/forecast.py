"""What a render would do: chapter by chapter, with the reason and the seconds that it is expected to take."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from render.core.copy_form import COPIES
from render.core.profile import Profile
from render.plan.dependencies import POSTER
from render.plan.lesson_plan import Job, LessonPlan, Piece
from render.plan.task_times import JOIN, JOIN_COPIES, TaskTimes, copying
from render.store.store import Record, Store, read_json


@dataclass(frozen=True, slots=True)
class LessonForecast:
    """What a render would do for one topic."""

    plan: LessonPlan
    took: Mapping[str, float]
    """Seconds that each piece took the last time, by its name."""
    joins: bool
    """Whether the topic's video would be put together anew."""
    unsaid: int = 0
    """Sentences that have to be said first; until then the plan is the one of the silent pace."""
    copied: tuple[Piece, ...] = ()
    """Chapters of which copies for the public would be made."""
    joins_copies: bool = False
    """Whether those would be joined anew."""

    @property
    def slug(self) -> str:
        """The topic."""
        return self.plan.probe.timeline.slug


@dataclass(frozen=True, slots=True)
class MeanSeconds:
    """How long tasks of one quality took on this machine on average, in seconds; None where there were none."""

    per_picture: float | None
    """For each picture that was drawn and not held."""
    per_poster: float | None
    per_join: float | None
    per_copied_picture: float | None = None
    per_join_of_copies: float | None = None

    @classmethod
    def measured(cls, store: Store, profile: Profile) -> MeanSeconds:
        """The means over everything of that quality in the store."""
        times = TaskTimes(store, profile.name)
        return cls(
            _per_picture(store, "segment", profile),
            times.mean(POSTER),
            times.mean(JOIN),
            _per_picture(store, COPIES[0].chapter, profile),
            times.mean(JOIN_COPIES),
        )


@dataclass(slots=True)
class Forecast:
    """What a render of ``lessons`` would do, and how long ``workers`` processes would take for it."""

    store: Store
    profile: Profile
    workers: int
    lessons: list[LessonForecast] = field(default_factory=list)
    _mean: MeanSeconds | None = field(default=None, init=False)

    def expected(self, lesson: LessonForecast, job: Job) -> float | None:
        """Seconds that a piece should take: those of the last time, else the mean of others, else None."""
        if (known := lesson.took.get(job.piece.name)) is not None:
            return known
        rate = self._measured()
        if job.piece is lesson.plan.poster:
            return rate.per_poster
        return None if rate.per_picture is None else rate.per_picture * max(job.piece.moving, 1)

    def copying(self, lesson: LessonForecast, piece: Piece) -> float | None:
        """Seconds that the copies of a chapter should take, as for :meth:`expected`."""
        if (known := lesson.took.get(copying(piece.name))) is not None:
            return known
        rate = self._measured().per_copied_picture
        return None if rate is None else rate * max(piece.moving, 1)

    def tasks(self, lesson: LessonForecast) -> list[float | None]:
        """Expected seconds of each task of a topic; None for those that nobody has timed."""
        drawn = [self.expected(lesson, job) for job in lesson.plan.jobs]
        if lesson.unsaid:
            drawn.append(None)  # nobody has timed the voice
        if lesson.joins:
            drawn.append(lesson.took.get(JOIN, self._measured().per_join))
        drawn += [self.copying(lesson, piece) for piece in lesson.copied]
        if lesson.joins_copies:
            drawn.append(lesson.took.get(JOIN_COPIES, self._measured().per_join_of_copies))
        return drawn

    def rows(self, *, every: bool) -> Iterator[Record]:
        """A record for each piece that has to be drawn; with ``every`` also for those that are up to date."""
        for lesson in self.lessons:
            jobs = {job.piece.name: job for job in lesson.plan.jobs}
            for piece in (*lesson.plan.pieces, lesson.plan.poster):
                job = jobs.get(piece.name)
                if job or every:
                    yield {
                        "topic": lesson.slug,
                        "unsaid": lesson.unsaid,
                        "task": piece.name,
                        "reason": job.reason if job else None,
                        "changed": list(job.changed) if job else [],
                        "frames": piece.frames,
                        "seconds": self.expected(lesson, job) if job else 0.0,
                    }
            for piece in lesson.copied:
                yield {
                    "topic": lesson.slug,
                    "unsaid": lesson.unsaid,
                    "task": copying(piece.name),
                    "reason": "new",
                    "changed": [],
                    "frames": piece.frames,
                    "seconds": self.copying(lesson, piece),
                }

    def print_json(self, *, every: bool) -> None:
        """One object a line."""
        for row in self.rows(every=every):
            print(json.dumps(row, ensure_ascii=False))

    def print_words(self, *, why: bool) -> None:
        """A line for each topic with something to do, with ``why`` each piece with its reason; then the total."""
        everything: list[float | None] = []
        for lesson in self.lessons:
            tasks = self.tasks(lesson)
            everything += tasks
            if why:
                print("\n".join(self._reasons(lesson)))
            elif tasks:
                print(f"{lesson.slug}: {_to_do(lesson)}, {_length(tasks, self.workers)}")
        busy = sum(bool(self.tasks(lesson)) for lesson in self.lessons)
        if not busy:
            print(f"{_count(len(self.lessons), 'topic')}: up to date")
            return
        drawn = sum(len(lesson.plan.jobs) for lesson in self.lessons)
        print(
            f"{busy} of {_count(len(self.lessons), 'topic')}, {_count(drawn, 'piece')} to draw: "
            f"{_length(everything, self.workers)} with {_count(self.workers, 'worker')}"
        )

    def _reasons(self, lesson: LessonForecast) -> Iterator[str]:
        tasks = self.tasks(lesson)
        yield f"{lesson.slug}: {_to_do(lesson)}" + (f", {_length(tasks, self.workers)}" if tasks else "")
        jobs = {job.piece.name: job for job in lesson.plan.jobs}
        for piece in (*lesson.plan.pieces, lesson.plan.poster):
            job = jobs.get(piece.name)
            if job is None:
                yield f"  {piece.name}: up to date"
                continue
            reason = f"changed: {', '.join(job.changed)}" if job.changed else job.reason
            seconds = self.expected(lesson, job)
            yield f"  {piece.name}: {reason} ({_span(seconds)}, {_count(piece.frames, 'frame')})"
        for piece in lesson.copied:
            seconds = self.copying(lesson, piece)
            yield f"  {copying(piece.name)}: new ({_span(seconds)}, {_count(piece.frames, 'frame')})"

    def _measured(self) -> MeanSeconds:
        if self._mean is None:
            self._mean = MeanSeconds.measured(self.store, self.profile)
        return self._mean


def _per_picture(store: Store, kind: str, profile: Profile) -> float | None:
    """Seconds of each picture that differs from the one before, over all objects of a kind and quality."""
    seconds, pictures = 0.0, 0
    for path in (store.root / kind).glob("??/*.json"):
        record = read_json(path) or {}
        took, drawn = record.get("seconds"), record.get("distinct")
        if record.get("profile") == profile.name and isinstance(took, int | float) and isinstance(drawn, int):
            seconds += took
            pictures += drawn
    return seconds / pictures if pictures else None


def makespan(seconds: Iterable[float], workers: int) -> float:
    """Seconds until ``workers`` processes have done tasks of these ``seconds``, the longest first."""
    ends = [0.0] * max(1, workers)
    for each in sorted(seconds, reverse=True):
        heapq.heapreplace(ends, ends[0] + each)
    return max(ends)


def _to_do(lesson: LessonForecast) -> str:
    jobs, pieces = len(lesson.plan.jobs), len(lesson.plan.pieces) + 1
    if lesson.unsaid:
        return f"{_count(lesson.unsaid, 'sentence')} to say, then at most {pieces} to draw"
    parts = []
    if jobs:
        parts.append(f"{jobs} of {pieces} to draw")
    elif lesson.joins:
        parts.append("nothing to draw, to be joined anew")
    if lesson.copied:
        parts.append(f"{len(lesson.copied)} of {pieces - 1} to copy")
    elif lesson.joins_copies:
        parts.append("copies to be joined anew")
    return ", ".join(parts) or "up to date"


def _length(tasks: Sequence[float | None], workers: int) -> str:
    """How long tasks take together, in words; "at least" where the time of some is not known."""
    known = [seconds for seconds in tasks if seconds is not None]
    if len(known) == len(tasks):
        return _span(makespan(known, workers))
    if not known:
        return _span(None)
    return f"at least {_span(makespan(known, workers)).removeprefix('about ')} ({len(tasks) - len(known)} unknown)"


def _span(seconds: float | None) -> str:
    if seconds is None:
        return "time unknown"
    if seconds < 90:
        return f"about {seconds:.0f} s"
    if seconds < 5400:
        return f"about {seconds / 60:.0f} min"
    return f"about {seconds / 3600:.1f} h"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
