"""The orchestrator: probes what changed, plans, draws what is missing on all cores, and publishes.

One failing topic never stops the others; the last good video of a topic stays where it is until a better one
has been verified.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from render.catalog import Topic
from render.executor import Done, Event, Executor, Failed, Opener
from render.fault import Exit, Fault, JobFault
from render.fingerprint import Inputs
from render.interrupt import finishing
from render.manifest import is_whole, read_manifest
from render.outlook import Preview
from render.plan import LessonPlan, Piece, cut, lesson_key, plan_lesson
from render.pool import Pool
from render.probe import Probe
from render.profile import Profile
from render.rehearsal import Rehearsal
from render.review.finding import Finding as Seen
from render.review.gate import Gate, ReviewTask
from render.store import Record, Store, environment_faults, read_json, write_json
from render.voice.task import SpeakTask
from render.wording import Finding, review_words
from render.worker import AssembleTask, ChapterTask, Failure, PosterTask, ProbeTask, Task


class Narrator(Protocol):
    """Tells a person or a machine what happens."""

    def began(self, topics: Sequence[Topic], workers: int) -> None:
        """A run over these topics has begun, with so many workers at the most."""

    def finishing(self) -> None:
        """A first Ctrl-C was heard: what runs is finished.  Called from a signal handler."""

    def planned(self, plan: LessonPlan) -> None:
        """A lesson has been planned; its jobs are about to be drawn."""

    def worded(self, findings: Sequence[Finding]) -> None:
        """What the review of a lesson's words found."""

    def reviewed(self, slug: str, findings: Sequence[Seen], report: Path) -> None:
        """What the review of a lesson found, pictures and words, and the report that shows it."""

    def happened(self, event: Event) -> None:
        """A worker started, progressed, was done or failed."""

    def current(self, slug: str, entry: Record) -> None:
        """A lesson is up to date or has been published: ``entry`` is its line in the manifest."""

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        """A topic has failed and keeps its last good video."""


@dataclass(slots=True)
class Batch:
    """One run over some topics in one quality."""

    root: Path
    store: Store
    profile: Profile
    voice: str
    narrator: Narrator
    forced: bool = False
    workers: int | None = None
    reviews: bool = False
    """Whether lessons are looked at as well, after they have been drawn."""
    opener: Opener = Pool
    """Opens whoever runs the tasks."""
    _executor: Executor = field(init=False)
    _rehearsal: Rehearsal = field(init=False)
    _topics: dict[str, Topic] = field(init=False, default_factory=dict)
    _plans: dict[str, LessonPlan] = field(init=False, default_factory=dict)
    _open: dict[str, set[str]] = field(init=False, default_factory=dict)
    _failures: list[Failure] = field(init=False, default_factory=list)
    _faulty: set[str] = field(init=False, default_factory=set)
    _gate: Gate = field(init=False)
    _looked: dict[str, dict[str, str]] = field(init=False, default_factory=dict)
    """Keys of what is reviewed, by topic and chapter."""
    _unseen: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._rehearsal = Rehearsal(self.root, self.store, self.voice)
        self._gate = Gate(self.root, self.store, self.voice)

    def run(self, topics: Sequence[Topic]) -> Exit:
        """Bring every topic up to date; the exit code tells the worst that happened.

        :data:`Exit.REVIEW` means that everything was rendered, and that the review found errors.
        :class:`KeyboardInterrupt` after a Ctrl-C: at the first one what runs is finished before, at the second not.
        """
        self._executor = self.opener(self.workers)
        self._topics = {topic.slug: topic for topic in topics}
        self.narrator.began(topics, self._executor.workers)
        with environment_faults(self.store.build), self.store.in_use():
            self.store.open()
            self.store.deliver()
            with (
                closing(self._executor.events()) as events,
                finishing(self._executor, self.narrator.finishing),
            ):
                for topic in topics:
                    self._take(topic, partial(self._rehearsal.begin, topic))
                for event in events:
                    self.narrator.happened(event)
                    match event:
                        case Done(task, result, seconds):
                            self._clock(task, seconds)
                            self._done(task, result)
                        case Failed(task, failure):
                            self._fail(task.slug, task.name, failure)
            self.store.trust.tidy()
        if any(failure.environment for failure in self._failures):
            return Exit.ENVIRONMENT
        if self._failures:
            return Exit.JOB_FAILED
        return Exit.REVIEW if self._faulty else Exit.DONE

    def preview(self, topic: Topic) -> Preview:
        """What :meth:`run` would do for one topic; draws and fetches nothing.

        Where nobody can know without telling the lesson it is told, and what it told is kept for the run; else
        nothing is written.  It is never spoken: with sentences that the voice has yet to say, the plan is the one
        of the silent pace.  :class:`JobFault` where the lesson cannot be told.
        """
        unsaid = 0
        probe = self._rehearsal.foresee(topic)
        if probe is None:
            self.store.open()
            probe, unsaid = self._tell(topic)
        plan = self.plan(probe, self.store.holds)
        took = self.took(topic.slug)
        key = lesson_key(probe.timeline, self.profile, plan.pieces, plan.poster)
        listed = read_manifest(self.store.build).get(topic.slug)
        joins = bool(plan.jobs) or self.forced or not listed or listed.get("key") != key
        return Preview(plan, took, joins, unsaid)

    def _tell(self, topic: Topic) -> tuple[Probe, int]:
        """The probe of a lesson and how many of its sentences have to be said before it is exact."""
        executor = self.opener(self.workers)
        outcome = self._rehearsal.begin(topic)
        with closing(executor.events()) as events:
            while not isinstance(outcome, Probe):
                if unsaid := sum(len(task.texts) for task in outcome if isinstance(task, SpeakTask)):
                    return self._rehearsal.words(topic), unsaid
                executor.add(outcome)
                match next((event for event in events if isinstance(event, Done | Failed)), None):
                    case Done(task, result):
                        outcome = self._rehearsal.goes_on(task, result)
                    case Failed(task, failure):
                        raise JobFault(
                            f"{topic.slug}: {task.name} failed: {failure.message}\n{failure.trace}"
                        )
                    case _:
                        raise JobFault(f"{topic.slug}: the rehearsal ended without a probe")
        return outcome, 0

    def plan(self, probe: Probe, has: Callable[[str, str, str], object]) -> LessonPlan:
        """What has to be drawn for a probed lesson; ``has`` tells whether the store has a kind, key and suffix."""
        pieces, poster = cut(probe, self.profile)
        kinds = ("segment", "small") if self.profile.small else ("segment",)
        whole = {piece.key for piece in pieces if all(has(kind, piece.key, ".h264") for kind in kinds)}
        if has("poster", poster.key, ".png"):
            whole.add(poster.key)
        return plan_lesson(
            probe,
            self.profile,
            whole=frozenset(whole),
            last=self._last(probe.timeline.slug),
            forced=self.forced,
        )

    def reads(self, topic: Topic) -> frozenset[str] | None:
        """The project's files that a topic is known to read; none where it has not been told yet."""
        return self._rehearsal.read_files(topic)

    def took(self, slug: str) -> Mapping[str, float]:
        """Seconds that each task of a topic took the last time, by its name."""
        return read_json(self._clock_path(slug)) or {}

    def _take(self, topic: Topic, step: Callable[[], Probe | list[Task]]) -> None:
        """Take a step of a topic's rehearsal, and do what comes of it."""
        try:
            outcome = step()
        except Fault as fault:
            environment = fault.exit == Exit.ENVIRONMENT
            self._fail(topic.slug, "voice", Failure(str(fault), None, "", environment))
            return
        if isinstance(outcome, Probe):
            self._plan(topic, outcome)
        else:
            self._executor.add(outcome)

    def _plan(self, topic: Topic, probe: Probe) -> None:
        plan = self._plans[topic.slug] = self.plan(probe, self.store.glance)
        self.narrator.planned(plan)
        if not self.reviews:
            self.narrator.worded(review_words(probe.timeline, self.root / topic.path, probe.shown))
        self._open[topic.slug] = {job.piece.name for job in plan.jobs}
        longest_first = sorted(plan.jobs, key=lambda job: job.piece.moving, reverse=True)
        took = self.took(topic.slug)
        self._executor.add(
            PosterTask(*self._where(topic), piece=job.piece, files=probe.files)
            if job.piece is plan.poster
            else ChapterTask(
                *self._where(topic),
                piece=job.piece,
                profile=self.profile,
                last=took.get(job.piece.name),
                files=probe.files,
            )
            for job in longest_first
        )
        if not plan.jobs:
            self._assemble(topic.slug)
        if self.reviews:
            self._review(topic, probe)

    def _done(self, task: Task, result: Record) -> None:
        match task:
            case ProbeTask() | SpeakTask():
                self._take(self._topics[task.slug], partial(self._rehearsal.goes_on, task, result))
            case ChapterTask(piece=piece) | PosterTask(piece=piece):
                self._remember(piece)
                self._open[task.slug].discard(piece.name)
                if not self._open[task.slug]:
                    self._assemble(task.slug)
            case AssembleTask():
                self.narrator.current(task.slug, result)
            case ReviewTask():
                self._unseen[task.slug] -= 1
                if not self._unseen[task.slug]:
                    self._report(self._topics[task.slug])

    def _review(self, topic: Topic, probe: Probe) -> None:
        """Line up what has to be looked at, behind what has to be drawn."""
        keys = self._looked[topic.slug] = self._gate.keys(topic, probe)
        tasks = self._gate.tasks(topic, keys)
        self._unseen[topic.slug] = len(tasks)
        self._executor.add(tasks)
        if not tasks:
            self._report(topic)

    def _report(self, topic: Topic) -> None:
        """Tell what was seen of a lesson."""
        from render.review.command import (
            write_review,
            written_review,
        )  # late: most runs that do nothing write none

        probe, keys = self._plans[topic.slug].probe, self._looked[topic.slug]
        written = written_review(self._gate, topic, probe, keys)
        if written is None:
            seen, page = write_review(self._gate, topic, probe, keys)
            written = seen.findings, page
        findings, page = written
        if any(finding.severity == "error" for finding in findings):
            self._faulty.add(topic.slug)
        self.narrator.reviewed(topic.slug, findings, page)

    def _assemble(self, slug: str) -> None:
        plan = self._plans[slug]
        listed = read_manifest(self.store.build).get(slug)
        key = lesson_key(plan.probe.timeline, self.profile, plan.pieces, plan.poster)
        if not self.forced and listed and listed.get("key") == key and is_whole(self.store, listed):
            self.narrator.current(slug, listed)
            return
        task = AssembleTask(
            *self._where(self._topics[slug]),
            probe=plan.probe.to_record(),
            profile=self.profile,
            pieces=plan.pieces,
            poster=plan.poster,
        )
        self._executor.add([task])

    def _fail(self, slug: str, task: str, failure: Failure) -> None:
        self._failures.append(failure)
        self.narrator.failed(slug, task, failure)

    def _where(self, topic: Topic) -> tuple[Path, Path, str, str, str]:
        return self.root, self.store.build, topic.slug, topic.module, self.voice

    def _last_path(self, slug: str) -> Path:
        return self.store.root / "last" / f"{slug}-{self.profile.name}.json"

    def _last(self, slug: str) -> dict[str, Inputs]:
        return read_json(self._last_path(slug)) or {}

    def _remember(self, piece: Piece) -> None:
        with self.store.locked():
            write_json(self._last_path(piece.slug), {**self._last(piece.slug), piece.name: piece.inputs})

    def _clock_path(self, slug: str) -> Path:
        return self.store.root / "clock" / f"{slug}-{self.profile.name}.json"

    def _clock(self, task: Task, seconds: float) -> None:
        """Keep how long a task took: a plan tells it, and a later run takes it to hang when it lasts far longer."""
        if not isinstance(task, ChapterTask | PosterTask | AssembleTask):
            return
        path = self._clock_path(task.slug)
        with self.store.locked():
            write_json(path, {**(read_json(path) or {}), task.name: round(seconds, 2)})
