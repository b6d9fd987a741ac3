"""What several processes that run tests need, and one of them makes."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

Once = Callable[[str, Callable[[Path], object]], Path]
"""Gives the folder of a name, which what comes with the name has filled."""


def once_in(shared: Path) -> Once:
    """What fills folders in the folder ``shared`` of all processes, each a single time."""

    def fill(name: str, work: Callable[[Path], object]) -> Path:
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = shared / f"{name}.done"
            if not done.exists():
                work(shared / name)
                done.touch()
        return shared / name

    return fill
