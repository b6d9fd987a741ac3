"""What is derived from a source file, kept beside Python's bytecode of it.

It is found again under a digest of all that it was made from, wherever the file lies: a copy of a project that has its
``__pycache__`` finds it too.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any


def find(source: str, suffix: str, digest: bytes) -> Any:
    """What is kept of the file ``source`` under ``digest``; None where there is nothing of it."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        record = _place(source, suffix).read_bytes()
        if record[: len(digest)] == digest:
            return marshal.loads(record[len(digest) :])
    return None


def keep(source: str, suffix: str, digest: bytes, made: Any, *, always: bool = False) -> None:
    """Keep ``made``, of what :mod:`marshal` can write, where Python would keep bytecode, or ``always``.

    As with Python's, what cannot be kept is made again.
    """
    if sys.dont_write_bytecode and not always:
        return
    place = _place(source, suffix)
    part = place.with_name(f"{place.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        part.write_bytes(digest + marshal.dumps(made))
        part.replace(place)


def _place(source: str, suffix: str) -> Path:
    return Path(cache_from_source(source)).with_suffix(suffix)
