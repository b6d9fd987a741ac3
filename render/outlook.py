"""What a render would do, told: chapter by chapter with the reason and the seconds it is expected to take."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from render.plan import Job, LessonPlan
from render.profile import Profile
from render.store import Record, Store, read_json

JOIN = "assemble"
"""The name under which a topic's clock has the seconds that joining took."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a render would do for one topic."""

    plan: LessonPlan
    took: Mapping[str, float]
    """Seconds that each piece took the last time, by its name."""
    joins: bool
    """Whether the topic's video would be put together anew."""
    unsaid: int = 0
    """Sentences that have to be said first; until then the plan is the one of the silent pace."""

    @property
    def slug(self) -> str:
        """The topic."""
        return self.plan.probe.timeline.slug


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast pieces of one quality were drawn on this machine; none where none was."""

    per_picture: float | None
    """Seconds for each picture that is not merely held."""
    per_poster: float | None
    per_join: float | None

    @classmethod
    def measured(cls, store: Store, profile: Profile) -> Rate:
        """From everything of that quality in the store."""
        seconds, pictures = 0.0, 0
        for path in (store.root / "segment").glob("??/*.json"):
            record = read_json(path) or {}
            if record.get("profile") == profile.name and "seconds" in record:
                seconds += record["seconds"]
                pictures += record["distinct"]
        clocks = [read_json(path) or {} for path in (store.root / "clock").glob(f"*-{profile.name}.json")]
        return cls(
            seconds / pictures if pictures else None,
            _mean(clock["poster"] for clock in clocks if "poster" in clock),
            _mean(clock[JOIN] for clock in clocks if JOIN in clock),
        )


@dataclass(slots=True)
class Outlook:
    """What a render of some topics would do, and how long ``workers`` processes would be at it."""

    store: Store
    profile: Profile
    workers: int
    previews: list[Preview] = field(default_factory=list)
    _rate: Rate | None = field(default=None, init=False)

    def expected(self, preview: Preview, job: Job) -> float | None:
        """Seconds that a piece is expected to take: those of the last time, else by the rate of others; else none."""
        if (known := preview.took.get(job.piece.name)) is not None:
            return known
        rate = self._measured()
        if job.piece is preview.plan.poster:
            return rate.per_poster
        return None if rate.per_picture is None else rate.per_picture * max(job.piece.moving, 1)

    def tasks(self, preview: Preview) -> list[float | None]:
        """Expected seconds of everything that has to be done for a topic."""
        drawn = [self.expected(preview, job) for job in preview.plan.jobs]
        if preview.unsaid:
            drawn.append(None)  # nobody has timed the voice
        if not preview.joins:
            return drawn
        return [*drawn, preview.took.get(JOIN, self._measured().per_join)]

    def rows(self, *, every: bool) -> Iterator[Record]:
        """A record for each piece to draw; with ``every`` also for those that are up to date."""
        for preview in self.previews:
            jobs = {job.piece.name: job for job in preview.plan.jobs}
            for piece in (*preview.plan.pieces, preview.plan.poster):
                job = jobs.get(piece.name)
                if job or every:
                    yield {
                        "topic": preview.slug,
                        "unsaid": preview.unsaid,
                        "task": piece.name,
                        "reason": job.reason if job else None,
                        "changed": list(job.changed) if job else [],
                        "frames": piece.frames,
                        "seconds": self.expected(preview, job) if job else 0.0,
                    }

    def print_json(self, *, every: bool) -> None:
        """One object a line."""
        for row in self.rows(every=every):
            print(json.dumps(row, ensure_ascii=False))

    def print_words(self, *, why: bool) -> None:
        """A line for each topic with something to do, with ``why`` each piece with its reason; then the total."""
        everything: list[float | None] = []
        for preview in self.previews:
            tasks = self.tasks(preview)
            everything += tasks
            if why:
                print("\n".join(self._reasons(preview)))
            elif tasks:
                print(f"{preview.slug}: {_to_do(preview)}, {_length(tasks, self.workers)}")
        busy = sum(bool(self.tasks(preview)) for preview in self.previews)
        if not busy:
            print(f"{_count(len(self.previews), 'topic')}: up to date")
            return
        drawn = sum(len(preview.plan.jobs) for preview in self.previews)
        print(
            f"{busy} of {_count(len(self.previews), 'topic')}, {_count(drawn, 'piece')} to draw: "
            f"{_length(everything, self.workers)} with {_count(self.workers, 'worker')}"
        )

    def _reasons(self, preview: Preview) -> Iterator[str]:
        tasks = self.tasks(preview)
        yield f"{preview.slug}: {_to_do(preview)}" + (f", {_length(tasks, self.workers)}" if tasks else "")
        jobs = {job.piece.name: job for job in preview.plan.jobs}
        for piece in (*preview.plan.pieces, preview.plan.poster):
            job = jobs.get(piece.name)
            if job is None:
                yield f"  {piece.name}: up to date"
                continue
            reason = f"changed: {', '.join(job.changed)}" if job.changed else job.reason
            seconds = self.expected(preview, job)
            yield f"  {piece.name}: {reason} ({_span(seconds)}, {_count(piece.frames, 'frame')})"

    def _measured(self) -> Rate:
        if self._rate is None:
            self._rate = Rate.measured(self.store, self.profile)
        return self._rate


def makespan(seconds: Iterable[float], workers: int) -> float:
    """Seconds until ``workers`` that take the longest task first have done all of them."""
    ends = [0.0] * max(1, workers)
    for each in sorted(seconds, reverse=True):
        heapq.heapreplace(ends, ends[0] + each)
    return max(ends)


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return sum(known) / len(known) if known else None


def _to_do(preview: Preview) -> str:
    jobs, pieces = len(preview.plan.jobs), len(preview.plan.pieces) + 1
    if preview.unsaid:
        return f"{_count(preview.unsaid, 'sentence')} to say, then at most {pieces} to draw"
    if jobs:
        return f"{jobs} of {pieces} to draw"
    return "nothing to draw, to be joined anew" if preview.joins else "up to date"


def _length(tasks: Sequence[float | None], workers: int) -> str:
    """How long tasks take together; said to be at least so long where some of them are not known."""
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
