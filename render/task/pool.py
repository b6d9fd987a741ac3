"""Runs tasks on this machine, each in a process of its own, which is forked from one that has imported manim."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Final

from render.task.capacity import PATIENCE, machine_capacity, resident
from render.task.executor import Done, Event, Failed, Progressed, Retried, Started
from render.task.log import bound_log, read_log
from render.task.task import Failure, Inbox, Task, innermost
from render.task.worker import WHERE_SIGNAL, work

_WARM = ["render.task.warm"]
"""Imported once, before the first fork."""
_SURROUNDINGS: Final = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
"""The environment of all workers: nothing that is drawn may depend on the user's."""
_KEPT: Final = re.compile(
    r"PATH|HOME|USER|LOGNAME|TMPDIR|STORE|(?:LD|XDG|AWS|MLHUB|OMP|OPENBLAS|COV|COVERAGE|DASK)_\w+|SSL_CERT_\w+|\w+_CA_BUNDLE"
    r"|\w+_(?:proxy|PROXY)|PYTHON(?:PATH|PYCACHEPREFIX|DONTWRITEBYTECODE|WARNINGS)"
)
"""What they have of it all the same: where things are, and whom to ask."""
_PROJECT: Final = Path(__file__).resolve().parents[2]

TRIES: Final = 3
"""Attempts at a task whose process is ended from outside."""

_LOOK_EVERY = 0.25
"""Seconds between two looks at the memory and the time that workers take."""
_LAST_WORDS = 0.3
"""Seconds in which a process that hangs can write its stack into its log."""
_LEAVING = 10.0
"""Seconds in which a process should end after it has sent its result."""
_REPLACING = 40
"""Times that a process is asked for while a warm process that was killed is not replaced yet.

They are counted, because asking may take long: a busy machine imports manim for a minute before the first answer.
"""
_OUTSIDE = frozenset({-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP, 255})
"""Exit codes of a process that was ended by another.  255: the warm process is gone, which alone knew the code."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A task to be started."""

    task: Task
    memory: int
    """Bytes that its process may hold."""
    number: int = 1
    alone: bool = False
    """Whether it runs with nothing beside it."""


@dataclass(slots=True)
class _Run:
    """An attempt that is under way."""

    attempt: _Attempt
    process: ForkServerProcess
    began: float
    limit: float
    """Seconds after which it hangs."""
    held: int = 0
    most: int = 0
    """Bytes of memory: what it was seen to hold last, and at the most."""
    ended: str = ""
    """Why the pool has ended it: ``time`` or ``memory``; empty while it has not."""
    inbox: Inbox = field(default_factory=Inbox)


class Pool:
    """An executor (:class:`render.task.executor.Executor`) of local processes.

    There are ``workers`` of them at the most, and each may hold ``memory`` bytes; by default as many as there are
    cores, with an equal share of the free memory (:func:`render.task.capacity.machine_capacity`).  Memory is measured
    and not limited by the kernel: manim, numpy and their libraries reserve several times the addresses that they use,
    and Cairo fails in other ways than by :class:`MemoryError` when an address is refused.  A task that takes
    longer than its own allowance, and than ``patience`` seconds, is taken to hang.

    Tried again is only what may pass by itself: a task whose process was ended from outside (the last time with
    nothing beside it), and once, alone and with twice the memory, one that took more than its bound.
    """

    def __init__(
        self, workers: int | None = None, *, memory: int | None = None, patience: float = PATIENCE
    ) -> None:
        self._capacity = machine_capacity(workers, memory)
        self._patience = patience
        self._waiting: deque[_Attempt] = deque()
        self._alone: deque[_Attempt] = deque()
        self._running: dict[Connection, _Run] = {}
        self._finishing = False
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one task, one core
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_WARM)

    @property
    def workers(self) -> int:
        return self._capacity.workers

    def add(self, tasks: Iterable[Task]) -> None:
        """Line up more tasks, first come first served; may be called while events are read."""
        self._waiting.extend(_Attempt(task, self._capacity.memory) for task in tasks)

    def finish(self) -> None:
        """Let what runs come to its end and start nothing more; may be called from a signal handler."""
        self._finishing = True

    def events(self) -> Generator[Event, None, None]:
        """What happens, until nothing is left to do.  Closing the iterator ends the running workers."""
        try:
            while self.busy:
                yield from self.step()
        finally:
            self.stop()

    @property
    def busy(self) -> bool:
        """Whether anything runs, or is to be started."""
        return bool(self._running) or (not self._finishing and bool(self._waiting or self._alone))

    def step(self, seconds: float = _LOOK_EVERY) -> Iterator[Event]:
        """Start what can be started, and give what happens in the next ``seconds``.

        For a caller with a loop of its own, such as the farm; others use :meth:`events`.
        """
        while attempt := self._next():
            yield self._start(attempt)
        for channel in wait(list(self._running), timeout=seconds):
            assert isinstance(channel, Connection)
            if (event := self._hear(channel)) is not None:
                yield event
        self._look()

    def _next(self) -> _Attempt | None:
        """What is to be started now."""
        if self._finishing or len(self._running) >= self.workers:
            return None
        if any(run.attempt.alone for run in self._running.values()):
            return None
        if self._waiting:
            return self._waiting.popleft()
        return self._alone.popleft() if self._alone and not self._running else None

    def _start(self, attempt: _Attempt) -> Started:
        task = attempt.task
        ours, process = self._fork(attempt)
        limit = max(self._patience, task.allowance)
        self._running[ours] = _Run(attempt, process, time.monotonic(), limit)
        return Started(task)

    def _fork(self, attempt: _Attempt) -> tuple[Connection, ForkServerProcess]:
        """A process for an attempt, and the end of the pipe on which it tells."""
        left = _REPLACING
        while True:
            with _deaf(), _surroundings():
                forkserver.ensure_running()
            ours, theirs = self._context.Pipe(duplex=False)
            arguments = (attempt.task, theirs, attempt.number > 1)
            process = self._context.Process(target=work, args=arguments, daemon=True)
            try:
                process.start()
            except (EOFError, ConnectionError):  # the warm process was killed, and maybe not buried yet
                ours.close()
                left -= 1
                if not left:
                    raise
                time.sleep(_LOOK_EVERY)
            else:
                return ours, process
            finally:
                theirs.close()

    def _hear(self, channel: Connection) -> Event | None:
        """What a worker tells; None while it has not told all of it."""
        run = self._running[channel]
        try:
            message = run.inbox.receive(channel)
        except (EOFError, OSError):
            message = "died", None
        if message is None:
            return None
        kind, content = message
        if kind == "progress":
            frames, moving = content
            return Progressed(run.attempt.task, frames, moving, run.held)
        del self._running[channel]
        run.process.join(_LEAVING)
        code = run.process.exitcode
        _kill(run.process)
        channel.close()
        bound_log(run.attempt.task.log)
        return self._ending(run, kind, content, code)

    def _look(self) -> None:
        """Kill the processes that take too much memory or too long; their ends are heard like all others.

        Keep their logs within bounds, too.
        """
        held = resident() if self._running else {}
        for run in self._running.values():
            run.held = held.get(run.process.pid or 0, 0)
            run.most = max(run.most, run.held)
            bound_log(run.attempt.task.log)
            if run.ended:
                continue
            if run.held > run.attempt.memory:
                run.ended = "memory"
                _kill(run.process)
            elif time.monotonic() - run.began > run.limit:
                run.ended = "time"
                with suppress(ProcessLookupError):
                    os.kill(run.process.pid or 0, WHERE_SIGNAL)
                    time.sleep(_LAST_WORDS)
                _kill(run.process)

    def _ending(self, run: _Run, kind: str, content: Any, code: int | None) -> Event:
        """The event for an attempt that has ended; lines up another attempt where that may end otherwise."""
        attempt = run.attempt
        task, number = attempt.task, attempt.number
        if kind == "done":
            return Done(task, content, time.monotonic() - run.began, run.most)
        if kind == "failed":
            return Failed(task, content)
        failed = content or _told(run, code)
        if self._finishing:
            return Failed(task, failed)
        if (kind == "exhausted" or run.ended == "memory") and not attempt.alone:
            self._alone.append(replace(attempt, number=number + 1, alone=True, memory=2 * attempt.memory))
            return Retried(task, failed.message)
        if not run.ended and kind == "died" and code in _OUTSIDE and number < TRIES:
            last = number + 1 == TRIES
            (self._alone if last else self._waiting).append(replace(attempt, number=number + 1, alone=last))
            return Retried(task, failed.message)
        return Failed(task, failed)

    def stop(self) -> None:
        """Kill the running workers at once, and forget the tasks that were lined up."""
        for channel, run in self._running.items():
            _kill(run.process)
            run.process.join()
            channel.close()
        self._running.clear()
        self._waiting.clear()
        self._alone.clear()


def _told(run: _Run, code: int | None) -> Failure:
    """The failure of a process that ended without telling of one."""
    task = run.attempt.task
    log = read_log(task.log)
    frames = re.findall(r'^  File "(.+)", line (\d+) in ', log, re.M)
    place = innermost([(file, int(line)) for file, line in reversed(frames)], task.root)
    if run.ended == "memory":
        bound = run.attempt.memory / 1e6
        message = f"it took {run.most / 1e6:.0f} MB of memory, more than the {bound:.0f} MB it may have"
    elif run.ended == "time":
        message = (
            f"it was not done after {run.limit:.0f} s and was ended: it hangs, or it needs more --patience"
        )
    else:
        message = f"its process ended {_how(code)} before it was done"
        if run.attempt.number > 1:
            message += f", at the attempt {run.attempt.number} too"
    trace = "\n".join(log.splitlines()[1:]) if frames else ""
    return Failure(message, place if frames else None, trace, log=str(task.log) if log else None)


def _how(code: int | None) -> str:
    return f"by signal {-code}" if code and code < 0 else f"with exit code {code}"


def _kill(process: ForkServerProcess) -> None:
    """End a process and whatever it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid or 0, signal.SIGKILL)
        return
    process.kill()  # it had no time yet to lead a group of its own


@contextmanager
def _surroundings() -> Iterator[None]:
    """The environment in which a process that is started in this block lives."""
    before = dict(os.environ)
    kept = {name: value for name, value in before.items() if _KEPT.fullmatch(name)}
    paths = [str(_PROJECT), *filter(None, [before.get("PYTHONPATH")])]
    os.environ.clear()
    os.environ.update(kept | _SURROUNDINGS | {"PYTHONPATH": os.pathsep.join(paths)})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _deaf() -> Iterator[None]:
    """Block Ctrl-C in this block; a process that is started in it has it blocked for good."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
