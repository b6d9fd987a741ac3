"""What publishing consists of, as values: steps with their reasons and costs, objections, and what a target is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from publish.publication import Publication
from render.core.fault import Exit, Fault


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step takes: calls of the target's API, units of its quota, uploads of a video, bytes sent or written."""

    calls: int = 0
    units: int = 0
    uploads: int = 0
    bytes: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.calls + other.calls,
            self.units + other.units,
            self.uploads + other.uploads,
            self.bytes + other.bytes,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do that is whole in itself: done or not done, and recorded when it is done.

    ``subject`` is the slug of a topic or of a section, or a word for the target as a whole; ``kind`` is the target's
    word for what is done, ``part`` what tells apart two steps of one kind and subject, such as a language.
    """

    subject: str
    kind: str
    words: str
    """What is done: ``upload the video``."""
    reason: str
    """Why: ``new``, ``changed``, ..."""
    cost: Cost = Cost()
    part: str = ""
    needs: frozenset[str] = frozenset()
    """Kinds of earlier steps of the same subject without which this one is not begun."""


@dataclass(frozen=True, slots=True)
class Day:
    """What of a plan is done on one day: ``steps`` are in order, ``start`` is when its quota begins."""

    start: datetime
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done, in order, and what is left alone although it might be expected."""

    steps: tuple[Step, ...]
    notices: tuple[str, ...] = ()
    """Why something is left alone, a sentence each that begins with the slug."""
    days: tuple[Day, ...] = ()
    """The steps by the days that a quota spreads them over; empty where there is no quota."""
    summary: tuple[str, ...] = ()
    """What stands for the steps, a line each, where there are too many to be told one by one."""

    @property
    def cost(self) -> Cost:
        """All of it."""
        return sum((step.cost for step in self.steps), Cost())


@dataclass(frozen=True, slots=True)
class Objection:
    """What the target would refuse or punish.  ``subject`` is a slug, or a word for the whole."""

    subject: str
    words: str
    """What is wrong, and what to do, in one line."""
    fatal: bool = True
    """Whether nothing is published before it is mended; what is not fatal is worth a look."""

    def __str__(self) -> str:
        return f"{'error' if self.fatal else 'warning'}: {self.subject}: {self.words}"


class StepFault(Fault):
    """A step could not be done; steps that do not need it go on."""

    exit = Exit.JOB_FAILED


class Halt(Fault):
    """Nothing more can be done now; what was done is recorded.  ``until`` is when it can go on, where that is known."""

    exit = Exit.JOB_FAILED

    def __init__(self, words: str, until: datetime | None = None) -> None:
        super().__init__(words)
        self.until = until


@dataclass(slots=True)
class Outcome:
    """How a run went."""

    done: list[Step] = field(default_factory=list)
    failed: list[tuple[Step, str]] = field(default_factory=list)
    """Steps that could not be done, with why."""
    left: list[Step] = field(default_factory=list)
    """Steps that were not begun: they need one that failed, or the run had to stop."""
    halted: Fault | None = None
    """What stopped the run, if anything did."""

    @property
    def exit(self) -> Exit:
        """The exit code of the run."""
        if self.halted is not None:
            return self.halted.exit
        return Exit.JOB_FAILED if self.failed or self.left else Exit.DONE


class Listener(Protocol):
    """Who is told how a run goes."""

    def begins(self, step: Step) -> None:
        """A step begins."""

    def says(self, subject: str, words: str) -> None:
        """Something worth knowing has happened."""

    def sent(self, step: Step, bytes_sent: int, of: int) -> None:
        """So many bytes of a long step have arrived."""

    def ends(self, step: Step, words: str) -> None:
        """A step is done; ``words`` say what came of it, such as an address."""

    def fails(self, step: Step, words: str) -> None:
        """A step could not be done."""


class Target(Protocol):
    """Where lessons are published.  Every step may be begun again after a kill at any moment."""

    def plan(self, publications: Sequence[Publication]) -> Plan:
        """What would bring the target up to date.  Writes nothing."""

    def check(self, publications: Sequence[Publication]) -> Iterator[Objection]:
        """All that the target would refuse or punish, before a byte is sent."""

    def open(
        self, publications: Sequence[Publication], listener: Listener
    ) -> AbstractContextManager[Callable[[Step], str]]:
        """Make ready, look at what is there and record it; gives what does a step and returns what came of it.

        A plan made afterwards knows what was found.  Doing a step raises :class:`StepFault` if only this step has
        failed, any other :class:`Fault` if nothing more can be done.
        """
