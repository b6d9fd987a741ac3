"""Ctrl-C, once and twice: finish what runs, or stop now."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from render.executor import Executor

_TOLD = b"\nFinishing what runs, starting nothing more.  Ctrl-C again stops now.\n"


def tell() -> None:
    """Say on the terminal that a first Ctrl-C was heard."""
    os.write(2, _TOLD)  # print may be interrupted in the middle of itself


@contextmanager
def finishing(executor: Executor, tell: Callable[[], None] = tell) -> Iterator[None]:
    """While ``executor`` works: the first Ctrl-C lets it finish what runs (and calls ``tell``), the second stops.

    Either way the block ends in :class:`KeyboardInterrupt`, at the first Ctrl-C after all that it had to do.
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
