"""Runs tasks on all cores, each in a process of its own that is forked from a warm one."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Any

from render.store import Record
from render.worker import Failure, Task, work

_WARM = ["manim", "numpy", "scipy.optimize", "sklearn.svm", "sklearn.neighbors", "av", "typst"]
"""Imported once, before the first fork.  Nothing of the project: a probe must see what a scene itself imports."""


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


@dataclass(frozen=True, slots=True)
class Done:
    """A task has ended well."""

    task: Task
    result: Record


@dataclass(frozen=True, slots=True)
class Failed:
    """A task has ended badly; the others go on."""

    task: Task
    failure: Failure


Event = Started | Progressed | Done | Failed


class Pool:
    """``workers`` processes at the most; as many as there are cores unless told otherwise."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))
        self._waiting: deque[Task] = deque()
        self._running: dict[Connection, tuple[Task, ForkServerProcess]] = {}
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one task, one core
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_WARM)

    def add(self, tasks: Iterable[Task]) -> None:
        """Line up more tasks, first come first served; may be called while events are read."""
        self._waiting.extend(tasks)

    def events(self) -> Generator[Event, None, None]:
        """What happens, until nothing is left to do.  Closing the iterator ends the running workers."""
        try:
            while self._waiting or self._running:
                while self._waiting and len(self._running) < self.workers:
                    yield self._start(self._waiting.popleft())
                for channel in wait(list(self._running)):
                    assert isinstance(channel, Connection)
                    yield self._hear(channel)
        finally:
            self._stop()

    def _start(self, task: Task) -> Started:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=work, args=(task, theirs), daemon=True)
        process.start()
        theirs.close()
        self._running[ours] = (task, process)
        return Started(task)

    def _hear(self, channel: Connection) -> Event:
        task, process = self._running[channel]
        try:
            kind, content = channel.recv()
        except (EOFError, OSError):
            kind, content = "died", None
        if kind == "progress":
            return Progressed(task, *content)
        del self._running[channel]
        channel.close()
        process.join()
        return _ending(task, kind, content, process.exitcode)

    def _stop(self) -> None:
        for channel, (_, process) in self._running.items():
            process.terminate()
            process.join()
            channel.close()
        self._running.clear()
        self._waiting.clear()


def _ending(task: Task, kind: str, content: Any, code: int | None) -> Event:
    if kind == "done":
        return Done(task, content)
    if kind == "failed":
        return Failed(task, content)
    how = f"by signal {-code}" if code and code < 0 else f"with exit code {code}"
    return Failed(task, Failure(f"its process ended {how} before it was done", None, ""))
