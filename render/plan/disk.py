"""What a lesson reads besides code, by names that a plan compares: the state of each is a digest.

=====================  ================================================================
name                   its state
=====================  ================================================================
``data of scenes/x``   all files in a folder that are not code, by name and content
``scenes/y/``          the names in a folder
``scenes/z.csv``       the content of a file; empty where there is none
``z.py as text``       the content of a source that is read as a text
=====================  ================================================================
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from render.store.digest import digest_file, digest_text

_DATA: Final = "data of "
_TEXT: Final = " as text"
_CODE: Final = (".py", ".pyc")
_KIT: Final = "scenes/kit"
_MATHS: Final = "scenes/maths"
"""A folder of packages, one a topic: what lies in one of them is data of that package, and of no other topic."""
_KEPT: Final = "__pycache__"
"""Where bytecode is kept, and what is derived from code besides."""


def names_of(asked: Iterable[str], imported: Iterable[str]) -> list[str]:
    """Names of all that counts for a lesson that asked for some paths (:mod:`render.task.noting`) and imported files.

    What lies in the folders of the lesson and of its mathematics counts whole, whether it was seen to be read or not.
    """
    homes = {str(PurePosixPath(file).parent) for file in imported if file.startswith("scenes/")}
    homes -= {"scenes", _KIT}
    found = {f"{_DATA}{home}" for home in homes}
    for path in asked:
        if path.endswith("/"):
            found.add(path)
        elif path.endswith(".py"):
            found.add(f"{path}{_TEXT}")
        elif not any(path.startswith(f"{home}/") for home in homes - {_MATHS}):
            found.add(path)
    return sorted(found)


def state_of(root: Path, name: str) -> str:
    """The state of what has this name in the project ``root``."""
    if name.startswith(_DATA):
        folder = name.removeprefix(_DATA)
        return _content(root / folder, whole=folder != _MATHS)
    if name.endswith("/"):
        return digest_text("\n".join(_entries(root / name)))
    return digest_now(root / name.removesuffix(_TEXT))


def digest_now(path: Path) -> str:
    """Digest of a file's bytes; empty where there is none, and that of its name for anything else.

    A file that many lessons read is read once.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if not path.is_file():
        return digest_text(path.name)
    return _digest(path, status.st_size, status.st_mtime_ns, status.st_ino)


@cache
def _digest(path: Path, size: int, changed: int, inode: int) -> str:
    return digest_file(path)


def _content(folder: Path, whole: bool) -> str:
    """Digest of what is no code in ``folder``: in all of it, or in no folder below it."""
    files: list[Path] = []
    for home, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if whole and name != _KEPT]
        files += [Path(home) / name for name in names if not name.endswith(_CODE)]
    return digest_text("".join(f"{file.relative_to(folder)} {digest_now(file)}\n" for file in sorted(files)))


def _entries(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir() if entry.name != _KEPT)
    except (FileNotFoundError, NotADirectoryError):
        return []
