"""Making sure that what was written is on the disk, and stays there when the power fails.

A rename shows a reader the old file or the new one, never a part; but after a power cut a disk may know the new name
and not the new content, or the one of two renames that came later.  So the content is flushed before a file is
renamed, and its folder after.
"""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2


def flush(path: Path) -> None:
    """Have a file's content, or a folder's list of names, on the disk before this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(folder: Path) -> None:
    """:func:`flush` a folder of files and all that is in it."""
    for path in sorted(folder.rglob("*")):
        flush(path)
    flush(folder)


def flush_names(path: Path, top: Path) -> None:
    """:func:`flush` every folder that stands above ``path``, up to the one that holds ``top``.

    Afterwards ``path`` is found under its name, whichever of the folders were made just now.
    """
    for folder in path.parents:
        flush(folder)
        if folder == top.parent:
            break


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step (Linux, ``renameat2``); False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if done == 0:
        return True
    error = ctypes.get_errno()
    if error in (errno.EINVAL, errno.ENOSYS, errno.EPERM):  # a file system that cannot
        return False
    raise OSError(error, os.strerror(error), str(other))
