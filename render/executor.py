"""The seam between the orchestrator and whoever works for it: tasks go in, events come out.

:class:`render.pool.Pool` is the executor of one machine.  Another one keeps the same promises: every task that was
started ends in exactly one :class:`Done` or :class:`Failed`, whatever becomes of its worker, and nothing but what
may pass by itself is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Protocol

from render.store import Record
from render.worker import Failure, Task


@dataclass(frozen=True, slots=True)
class Started:
    """A worker has taken a task."""

    task: Task


@dataclass(frozen=True, slots=True)
class Progressed:
    """A task has drawn so many frames in all, ``moving`` of them one by one."""

    task: Task
    frames: int
    moving: int
    memory: int = 0
    """Bytes that its worker held when it was last looked at; 0 where nobody looked."""


@dataclass(frozen=True, slots=True)
class Retried:
    """A task has ended through no fault of its own, and will be started again."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """A task has ended well."""

    task: Task
    result: Record
    seconds: float = 0.0
    """Of wall clock, from the start of the attempt that succeeded."""
    memory: int = 0
    """Bytes that its worker held at the most; 0 where nobody looked."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A task has ended badly; the others go on."""

    task: Task
    failure: Failure


Event = Started | Progressed | Retried | Done | Failed


class Executor(Protocol):
    """Runs tasks, several at once."""

    @property
    def workers(self) -> int:
        """How many tasks run at once at the most."""

    def add(self, tasks: Iterable[Task]) -> None:
        """Line up more tasks, first come first served; may be called while events are read."""

    def events(self) -> Generator[Event, None, None]:
        """What happens, until nothing is left to do.  Closing the iterator ends the running tasks at once."""

    def finish(self) -> None:
        """Let what runs come to its end and start nothing more; may be called from a signal handler."""


Opener = Callable[[int | None], Executor]
"""Opens an executor of so many workers, or of as many as it finds right."""
