"""The life of a worker process: it does one task and ends.

It is forked from a warm process that has imported manim already.  It writes into a scratch folder of its own, publishes
to the store, tells its parent how far it is, and ends when its parent is gone.  Whatever it or a library prints goes to
the log of its task.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import select
import signal
import sys
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection

from render.task.log import rotate_log
from render.task.noting import noting
from render.task.task import ProgressChannel, Task, failure_of

WHERE_SIGNAL = signal.SIGUSR1
"""The signal at which a worker writes its stack into its log."""

_RUBBISH = 50_000
"""New objects after which Python's garbage collector runs."""


def work(task: Task, channel: Connection, again: bool = False) -> None:
    """Do ``task`` and tell of it on ``channel``; ``again`` when this is not the first attempt at it."""
    os.setpgid(0, 0)  # what it starts ends with it, and a terminal's Ctrl-C reaches neither
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the orchestrator's to hear
    threading.Thread(target=_end_with, args=(channel.fileno(),), daemon=True).start()
    sys.path.insert(0, str(task.root))
    progress = ProgressChannel(channel)
    _print_to(os.devnull)  # a log may not be possible, and the terminal is the orchestrator's
    try:
        _keep_log(task, again)
        # What was imported never dies, and a lesson makes much that lives long: rubbish is looked for less often.
        gc.freeze()
        gc.set_threshold(_RUBBISH)
        with noting(task.root, task.build):
            result = task.perform(progress)
    except BaseException as error:
        told = failure_of(error, task.root, task.build)
        with contextlib.suppress(OSError):  # the disk may be full
            print(told.trace, file=sys.stderr, flush=True)
        kept = str(task.log) if task.log.is_file() else None
        kind = "exhausted" if isinstance(error, MemoryError) else "failed"
        progress.send(kind, replace(told, log=kept))
        raise SystemExit(1) from None
    progress.send("done", result)


def _end_with(channel: int) -> None:
    """End this process and all that it has started when the other end of its pipe is closed."""
    poll = select.poll()
    poll.register(channel, 0)  # the error that a pipe without a reader has is told unasked
    poll.poll()
    os.killpg(0, signal.SIGKILL)


def _keep_log(task: Task, again: bool) -> None:
    """Send what this process and its children print to the task's log, and its stack when it crashes or is asked."""
    task.log.parent.mkdir(parents=True, exist_ok=True)
    if not again:
        rotate_log(task.log)
    _print_to(task.log)
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    faulthandler.enable()
    faulthandler.register(WHERE_SIGNAL)
    print(f"{task.slug}: {task.name}, process {os.getpid()}, {time.strftime('%Y-%m-%d %H:%M:%S')}")


def _print_to(path: str | os.PathLike[str]) -> None:
    """Send what this process and its children print to the end of a file."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)
