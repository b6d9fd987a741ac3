"""Ctrl-C: the first one finishes what runs, the second one stops at once."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from render.task.executor import Executor

_TOLD = b"\nFinishing what runs, starting nothing more.  Ctrl-C again stops now.\n"


def tell_finishing() -> None:
    """Say on the terminal that a first Ctrl-C was heard."""
    os.write(2, _TOLD)  # print may be interrupted in the middle of itself


@contextmanager
def interruptible(executor: Executor, tell: Callable[[], None] = tell_finishing) -> Iterator[None]:
    """In this block the first Ctrl-C tells ``executor`` to finish what runs, and calls ``tell``; the second one stops.

    In both cases :class:`KeyboardInterrupt` is raised: after a first Ctrl-C when the block has ended, at a second one
    at once.  Only the main thread hears signals; in others nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are not ours to hear
        return
    heard = False

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal heard
        if heard:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # stopping takes a moment, and must not be stopped
            raise KeyboardInterrupt
        heard = True
        executor.finish()
        tell()

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt
