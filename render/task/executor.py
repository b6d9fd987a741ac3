"""The interface between the orchestrator and what runs its tasks: tasks go in, events come out.

:class:`render.task.pool.Pool` is the executor of one machine.  :class:`render.run.farm.Farm`
is that of several.  Both keep the same promises: every task that was started ends in exactly one :class:`Done` or
:class:`Failed`, whatever becomes of its worker, and a task is tried again only where another attempt may end otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Protocol

from render.store.store import Record
from render.task.task import Failure, Task


@dataclass(frozen=True, slots=True)
class Started:
    """A worker has begun a task."""

    task: Task


@dataclass(frozen=True, slots=True)
class Progressed:
    """A task has finished ``frames`` frames so far, of which ``moving`` were drawn one by one; the rest are held."""

    task: Task
    frames: int
    moving: int
    memory: int = 0
    """Bytes that its worker held when it was last looked at; 0 where nobody looked."""


@dataclass(frozen=True, slots=True)
class Retried:
    """A task was ended through no fault of its own, and will be started again."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """A task has ended well."""

    task: Task
    result: Record
    seconds: float = 0.0
    """Wall-clock time of the attempt that succeeded."""
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
        """Let the running tasks come to their ends and start no others; may be called from a signal handler."""


Opener = Callable[[int | None], Executor]
"""Makes an executor with the given number of workers, or with as many as it finds right for None."""
