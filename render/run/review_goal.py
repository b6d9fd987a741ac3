"""Lessons reviewed: by their words alone, or picture by picture with a report, as ``mlhub review`` does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from render.core.catalog import Topic
from render.core.fault import Exit, UsageFault
from render.plan.probe import Probe
from render.review.gate import Gate, ReviewTask
from render.review.narration import review_words
from render.run.batch import Goal
from render.run.reporter import Reporter
from render.task.executor import Done
from render.task.task import Task


@dataclass(slots=True)
class NarrationGoal(Goal):
    """The words of every topic reviewed, as soon as it has been told; ``root`` is the project's folder."""

    root: Path
    reporter: Reporter

    def told(self, topic: Topic, probe: Probe) -> tuple[Task, ...]:
        """Review the words; that takes no task."""
        findings = review_words(probe.timeline, self.root, probe.shown)
        self.reporter.narration_reviewed(findings)
        return ()


@dataclass(slots=True)
class _Look:
    """A topic that is being looked at."""

    topic: Topic
    probe: Probe
    keys: Mapping[str, str]
    """Of what is seen of each chapter."""
    left: int
    """Chapters that have still to be looked at."""


@dataclass(slots=True)
class ReviewGoal(Goal):
    """The pictures and words of every topic reviewed by ``gate``, or those of one ``chapter``; a report of each.

    Its exit code is :data:`Exit.REVIEW` when an error was found, and with ``strict`` for a warning too.
    """

    gate: Gate
    reporter: Reporter
    chapter: str | None = None
    strict: bool = False
    exit: Exit = field(init=False, default=Exit.DONE)
    _looks: dict[str, _Look] = field(init=False, default_factory=dict)

    def told(self, topic: Topic, probe: Probe) -> Iterator[Task]:
        """Look at the chapters that have changed; :class:`UsageFault` where there is no such chapter."""
        keys = self.gate.keys(topic, probe)
        if self.chapter is not None and self.chapter not in keys:
            names = ", ".join(keys)
            raise UsageFault(f"{topic.slug}: no chapter {self.chapter!r}; its chapters are {names}")
        wanted = {name: key for name, key in keys.items() if self.chapter in (None, name)}
        tasks = self.gate.tasks(topic, wanted)
        self._looks[topic.slug] = _Look(topic, probe, keys, len(tasks))
        if not tasks:
            self._report(topic.slug)
        yield from tasks

    def done(self, event: Done) -> tuple[Task, ...]:
        """Report when the last chapter has been looked at."""
        if isinstance(event.task, ReviewTask):
            look = self._looks[event.task.slug]
            look.left -= 1
            if not look.left:
                self._report(event.task.slug)
        return ()

    def _report(self, slug: str) -> None:
        from render.review.written import update_report  # late: runs that review nothing need none of it

        look = self._looks.pop(slug)
        review = update_report(self.gate, look.topic, look.probe, look.keys, chapter=self.chapter)
        if any(self.strict or finding.severity == "error" for finding in review.findings):
            self.exit = Exit.REVIEW
        self.reporter.reviewed(review)
