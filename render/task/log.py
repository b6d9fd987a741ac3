"""The logs of tasks: all that a worker prints, as far as anybody would read it.

A worker and its children write into their log themselves, so that their last words are there when they crash.  Who
watches over them keeps the log within bounds meanwhile; one log back is kept beside it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

LOG_MOST: Final = 2_000_000
"""Bytes of a log; of a longer one the beginning and the end are kept."""
LOG_READ: Final = 200_000
"""Bytes of a log that are read to tell of a failure."""
_HEAD: Final = 20_000
"""Bytes of the beginning that are kept; it names the task and its process."""


def rotate_log(log: Path) -> None:
    """Make room for a new log; the one that is there is kept as ``….log.1``, in place of an older one.

    Who is still writing it goes on doing so there.
    """
    with suppress(FileNotFoundError):
        os.replace(log, log.with_name(f"{log.name}.1"))


def bound_log(log: Path, most: int = LOG_MOST) -> None:
    """Cut a log that has more than ``most`` bytes to its beginning and its end; others may be writing it."""
    try:
        if log.stat().st_size <= most:
            return
        with log.open("r+b") as file:
            head = file.read(_HEAD)
            tail = _tail(log, most // 4)
            file.truncate(len(head))  # so that it stays in front, whoever writes meanwhile
        with log.open("ab") as file:  # as everybody does who writes it
            file.write(b"\n[... what stood here was left out: the log was too long ...]\n" + tail)
    except OSError:
        return  # it is gone, or the disk is full: the next look tries again


def read_log(log: Path) -> str:
    """The end of a log, or all of it; empty where there is none."""
    try:
        return _tail(log, LOG_READ).decode(errors="replace")
    except OSError:
        return ""


def _tail(log: Path, most: int) -> bytes:
    with log.open("rb") as file:
        file.seek(max(file.seek(0, os.SEEK_END) - most, 0))
        return file.read(most)
