"""Where the site's files are put: gathered in a scratch folder, named by what they contain, shown all at once."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

DIGITS: Final = 12
"""Hexadecimal digits of a file's SHA-256 that stand in its name: 48 bits, for some hundreds of files."""

_NAMED: Final = re.compile(rf"\.([0-9a-f]{{{DIGITS}}})\.\w+$")

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2


class Shelf:
    """A site in the making.  All paths are relative to the site, with forward slashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, path: str, content: bytes) -> None:
        """Put ``content`` at exactly this path."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def write_named(self, path: str, content: bytes) -> str:
        """Put ``content`` at ``path`` with its digest in the name; returns the path it got."""
        named = _with_digest(path, hashlib.sha256(content).hexdigest())
        self.write(named, content)
        return named

    def link_named(self, path: str, source: Path, sha256: str) -> str:
        """The same for a large file that is already on the disk: linked, or copied where links cannot be.

        ``sha256`` is trusted: who rendered the file measured it.
        """
        named = _with_digest(path, sha256)
        target = self.folder / named
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(source)
        except FileExistsError:
            pass  # two roles of the same content
        except OSError:
            shutil.copy2(source, target)
        return named

    def files(self) -> dict[str, str]:
        """The SHA-256 of every file by its path, in the order of the paths.

        A name that tells its content is believed: large files are not read again.
        """
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder).as_posix()): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    named = _NAMED.search(path.name)
    return named[1] if named else hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def shelf_for(out: Path) -> Iterator[Shelf]:
    """A shelf whose files take the place of the folder ``out`` when the block ends, and never if it fails.

    Whoever reads ``out`` meanwhile sees the whole old site or the whole new one.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    scratch.chmod(0o755)
    try:
        yield Shelf(scratch)
        _put_in_place(scratch, out)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _with_digest(path: str, sha256: str) -> str:
    pure = PurePosixPath(path)
    return str(pure.with_name(f"{pure.stem}.{sha256[:DIGITS]}{pure.suffix}"))


def _put_in_place(scratch: Path, out: Path) -> None:
    """Leaves the new folder at ``out`` and whatever was there at ``scratch``."""
    if not out.exists():
        scratch.rename(out)
    elif not _exchange(scratch, out):
        # No system call swaps two folders here: for an instant there is none.
        aside = scratch.with_name(scratch.name + ".old")
        out.rename(aside)
        scratch.rename(out)
        aside.rename(scratch)


def _exchange(one: Path, other: Path) -> bool:
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
