"""Folders for what is being made, which are swept up when their process has died before it was done."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

SCRATCH: Final = "scratch"
"""The folder of an output folder in which things are made."""
_LOCK: Final = ".lock"
"""Ending of the file that is locked while the folder beside it is in use."""


class Scratch:
    """The folder ``root``, in which everybody who makes something has a folder of their own for a while."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def hold(self) -> Iterator[Path]:
        """A new folder for what is being made, removed when the block ends.

        It is held by a lock of the kernel on the file beside it, which ends with its process, in whatever way: so
        everybody who shares the disk can tell whether it is in use, also from another container.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        folder, lock = self._claim()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            _lock_of(folder).unlink(missing_ok=True)
            os.close(lock)

    def _claim(self) -> tuple[Path, int]:
        """A new folder, and the open file by which it is held."""
        while True:
            folder = self.root / f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
            lock = os.open(_lock_of(folder), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
            if _holds(lock, _lock_of(folder)):
                folder.mkdir()
                return folder, lock
            os.close(lock)  # a sweep came between the two steps

    def sweep(self) -> None:
        """Remove the folders that nobody holds."""
        for path in self.root.glob(f"*{_LOCK}"):
            with suppress(OSError):  # gone meanwhile, or of another user
                lock = os.open(path, os.O_RDWR)
                try:
                    if _holds(lock, path):
                        shutil.rmtree(path.with_suffix(""), ignore_errors=True)
                        path.unlink(missing_ok=True)
                finally:
                    os.close(lock)
        for folder in self.root.glob("*"):
            if folder.is_dir() and not _lock_of(folder).exists():
                shutil.rmtree(folder, ignore_errors=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}{_LOCK}")


def _holds(lock: int, path: Path) -> bool:
    """Lock an open file, unless another holds it; whether it is held now and still has the name ``path``."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(lock), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False
