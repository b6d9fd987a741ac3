"""Copies for the public: what ``mlhub render --copies`` makes of lessons besides their videos.

A lesson's copies are begun when the lesson itself is published, so that it can be watched first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from render.core.catalog import Topic
from render.plan.covered import covered_by
from render.plan.dependencies import Code
from render.plan.lesson_plan import LessonPlan
from render.plan.planner import Planner
from render.plan.probe import Probe
from render.plan.task_times import copying
from render.run.batch import Goal
from render.run.reporter import Reporter
from render.run.tasks import AssembleTask, CopyTask, JoinCopiesTask
from render.store.manifest import is_whole
from render.store.store import Record, Store
from render.task.executor import Done
from render.task.task import Task


@dataclass(slots=True)
class CopyGoal(Goal):
    """The copies of every topic listed beside its video, which :class:`render.run.video_goal.VideoGoal` makes."""

    root: Path
    planner: Planner
    voice: str
    reporter: Reporter
    _code: Code = field(init=False)
    _topics: dict[str, Topic] = field(init=False, default_factory=dict)
    _plans: dict[str, LessonPlan] = field(init=False, default_factory=dict)
    _entries: dict[str, Record] = field(init=False, default_factory=dict)
    """By topic, its line in the manifest."""
    _open: dict[str, set[str]] = field(init=False, default_factory=dict)
    """By topic, the chapters that have still to be copied."""

    @property
    def _store(self) -> Store:
        return self.planner.store

    def prepare(self) -> None:
        """Read the project's code afresh: once, for all lessons."""
        self._code = Code(self.root)

    def told(self, topic: Topic, probe: Probe) -> Iterator[Task]:
        """Begin at once where the lesson is published as it is now."""
        plan = self.planner.plan(probe, self._store.glance)
        self._topics[topic.slug], self._plans[topic.slug] = topic, plan
        if not plan.jobs and (entry := self.planner.listed(plan)) and is_whole(self._store, entry):
            yield from self._copying(topic.slug, entry)

    def done(self, event: Done) -> Iterator[Task]:
        """Begin when the lesson has been published; join when its last chapter has been copied."""
        task = event.task
        match task:
            case AssembleTask():
                yield from self._copying(task.slug, event.result)
            case CopyTask(piece=piece):
                self.planner.times.note(task.slug, task.name, event.seconds)
                self._open[task.slug].discard(piece.name)
                if not self._open[task.slug]:
                    yield self._joining(task.slug)
            case JoinCopiesTask():
                self.planner.times.note(task.slug, task.name, event.seconds)
                self.reporter.copied(task.slug, event.result)

    def _copying(self, slug: str, entry: Record) -> Iterator[Task]:
        """Copy what has to be copied, the longest chapter first."""
        plan, took = self._plans[slug], self.planner.times.of(slug)
        pieces = self.planner.uncopied(plan, self._store.glance)
        self._entries[slug], self._open[slug] = entry, {piece.name for piece in pieces}
        if not pieces and self.planner.is_copied(plan, entry):
            self.reporter.copied(slug, entry)
            return
        self.reporter.copying(pieces)
        covered = covered_by(plan.probe, self._code, self._topics[slug].module) if pieces else {}
        if not pieces:
            yield self._joining(slug)
        for piece in sorted(pieces, key=lambda piece: piece.moving, reverse=True):
            yield CopyTask(
                *self._where(slug),
                piece=piece,
                profile=self.planner.profile,
                last=took.get(copying(piece.name)),
                covered=covered[piece.name],
            )

    def _joining(self, slug: str) -> Task:
        plan = self._plans[slug]
        return JoinCopiesTask(
            *self._where(slug),
            probe=plan.probe.to_record(),
            profile=self.planner.profile,
            pieces=plan.pieces,
            entry=self._entries[slug],
        )

    def _where(self, slug: str) -> tuple[Path, Path, str, str, str]:
        return self.root, self._store.build, slug, self._topics[slug].module, self.voice
