"""What is told how a run goes, to print it, to show it on a page, or to keep it for the report of the run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from render.core.catalog import Topic
from render.plan.lesson_plan import LessonPlan, Piece
from render.review.narration import NarrationFinding
from render.review.result import WrittenReview
from render.store.store import Record
from render.task.executor import Event
from render.task.task import Failure


class Reporter:
    """Is told how a run goes.  This one does nothing; others override the methods that they need."""

    def began(self, topics: Sequence[Topic], workers: int) -> None:
        """A run over these topics has begun, with so many workers at the most."""

    def finishing(self) -> None:
        """A first Ctrl-C was heard: what runs is finished.  Called from a signal handler."""

    def planned(self, plan: LessonPlan) -> None:
        """A lesson has been planned; its jobs are about to be drawn."""

    def narration_reviewed(self, findings: Sequence[NarrationFinding]) -> None:
        """What the review of a lesson's words has found, where its pictures are not reviewed."""

    def reviewed(self, review: WrittenReview) -> None:
        """What the review of a lesson has found, in pictures and words."""

    def happened(self, event: Event) -> None:
        """A task was started, progressed, was done or failed, or is tried again."""

    def current(self, slug: str, entry: Record) -> None:
        """A lesson is up to date or has been published: ``entry`` is its line in the manifest."""

    def copying(self, pieces: Sequence[Piece]) -> None:
        """Copies for the public are about to be made of these chapters of a lesson, which has been published."""

    def copied(self, slug: str, entry: Record) -> None:
        """A lesson's copies for the public are up to date or have been joined: ``entry`` lists them."""

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        """A topic has failed and keeps its last good video."""

    def reported(self, page: Path) -> None:
        """The run has ended, and the report of it is ``page``, if it could be written."""


class Reporters(Reporter):
    """Several reporters, told the same in turn."""

    def __init__(self, *reporters: Reporter) -> None:
        self._reporters = reporters

    def began(self, topics: Sequence[Topic], workers: int) -> None:
        for reporter in self._reporters:
            reporter.began(topics, workers)

    def finishing(self) -> None:
        for reporter in self._reporters:
            reporter.finishing()

    def planned(self, plan: LessonPlan) -> None:
        for reporter in self._reporters:
            reporter.planned(plan)

    def narration_reviewed(self, findings: Sequence[NarrationFinding]) -> None:
        for reporter in self._reporters:
            reporter.narration_reviewed(findings)

    def reviewed(self, review: WrittenReview) -> None:
        for reporter in self._reporters:
            reporter.reviewed(review)

    def happened(self, event: Event) -> None:
        for reporter in self._reporters:
            reporter.happened(event)

    def current(self, slug: str, entry: Record) -> None:
        for reporter in self._reporters:
            reporter.current(slug, entry)

    def copying(self, pieces: Sequence[Piece]) -> None:
        for reporter in self._reporters:
            reporter.copying(pieces)

    def copied(self, slug: str, entry: Record) -> None:
        for reporter in self._reporters:
            reporter.copied(slug, entry)

    def failed(self, slug: str, task: str, failure: Failure) -> None:
        for reporter in self._reporters:
            reporter.failed(slug, task, failure)

    def reported(self, page: Path) -> None:
        for reporter in self._reporters:
            reporter.reported(page)
