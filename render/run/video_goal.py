"""Lessons drawn chapter by chapter, put together and published: what ``mlhub render`` brings topics to.

The last good video of a topic stays where it is until a better one has been verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from render.core.catalog import Topic
from render.plan.covered import covered_by
from render.plan.dependencies import POSTER, Code
from render.plan.lesson_plan import LessonPlan
from render.plan.planner import Planner
from render.plan.probe import Probe
from render.run.batch import Goal
from render.run.reporter import Reporter
from render.run.tasks import AssembleTask, ChapterTask, PosterTask
from render.store.manifest import is_whole, mend_links
from render.store.store import Store
from render.task.executor import Done
from render.task.task import Task


@dataclass(slots=True)
class VideoGoal(Goal):
    """Every topic published in the quality of ``planner``, told in ``voice``; ``root`` is the project's folder."""

    root: Path
    planner: Planner
    voice: str
    reporter: Reporter
    _topics: dict[str, Topic] = field(init=False, default_factory=dict)
    _plans: dict[str, LessonPlan] = field(init=False, default_factory=dict)
    _code: Code = field(init=False)
    _open: dict[str, set[str]] = field(init=False, default_factory=dict)
    """By topic, the pieces that have still to be drawn."""

    @property
    def _store(self) -> Store:
        return self.planner.store

    def prepare(self) -> None:
        """Read the manifest, so that one that does not read is told before anything is drawn; send to the shared store
        what an earlier run could not; read the project's code afresh."""
        self._code = Code(self.root)
        mend_links(self._store)
        self._store.deliver()

    def told(self, topic: Topic, probe: Probe) -> Iterator[Task]:
        """Draw what has to be drawn, the longest chapter first."""
        plan = self.planner.plan(probe, self._store.glance)
        self._topics[topic.slug], self._plans[topic.slug] = topic, plan
        self._open[topic.slug] = {job.piece.name for job in plan.jobs}
        self.reporter.planned(plan)
        yield from self._drawing(topic, plan)
        if not plan.jobs:
            yield from self._joining(topic.slug)

    def done(self, event: Done) -> Iterator[Task]:
        """Put a lesson together when its last piece has been drawn."""
        task = event.task
        match task:
            case ChapterTask(piece=piece) | PosterTask(piece=piece):
                self.planner.times.note(task.slug, task.name, event.seconds)
                self.planner.note(piece)
                self._open[task.slug].discard(piece.name)
                if not self._open[task.slug]:
                    yield from self._joining(task.slug)
            case AssembleTask():
                self.planner.times.note(task.slug, task.name, event.seconds)
                self.reporter.current(task.slug, event.result)

    def _drawing(self, topic: Topic, plan: LessonPlan) -> Iterator[Task]:
        took = self.planner.times.of(topic.slug)
        covered = covered_by(plan.probe, self._code, topic.module) if plan.jobs else {}
        for job in sorted(plan.jobs, key=lambda job: job.piece.moving, reverse=True):
            if job.piece is plan.poster:
                yield PosterTask(*self._where(topic), piece=job.piece, covered=covered[POSTER])
            else:
                yield ChapterTask(
                    *self._where(topic),
                    piece=job.piece,
                    profile=self.planner.profile,
                    last=took.get(job.piece.name),
                    covered=covered[job.piece.name],
                )

    def _joining(self, slug: str) -> Iterator[Task]:
        """Put a lesson together, unless that very lesson is published and whole."""
        plan = self._plans[slug]
        if (entry := self.planner.listed(plan)) and is_whole(self._store, entry):
            self.reporter.current(slug, entry)
            return
        yield AssembleTask(
            *self._where(self._topics[slug]),
            probe=plan.probe.to_record(),
            profile=self.planner.profile,
            pieces=plan.pieces,
            poster=plan.poster,
        )

    def _where(self, topic: Topic) -> tuple[Path, Path, str, str, str]:
        return self.root, self._store.build, topic.slug, topic.module, self.voice
