"""Digests of files that need not be taken again: those of files that were not touched since.

Whenever a file is made or digested, its digest is noted together with what ``stat`` says of it: size, inode, and the
times at which its content and anything else of it were changed.  As long as these are the same, a plan, and a run with
nothing to do, take the noted digest for the file's own, instead of reading gigabytes to find that nothing has changed.
Code that uses a file digests it all the same, and so does ``mlhub verify`` with every file, which finds a disk that
changes bytes without a trace.

The file of the cache has a line for each digest; the last line of a file counts.  A line that is missing or does not
read only means that a file is digested once more.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FileStat = tuple[int, int, int, int]
_ROOM: Final = 4
"""Lines for each noted file on average, above which the cache is written anew."""


@dataclass(slots=True)
class StatCache:
    """The cache in ``file``, for files under ``home``.  Many processes may read it and add to it at once."""

    file: Path
    home: Path
    _noted: dict[str, tuple[FileStat, str]] | None = field(default=None, init=False)
    _lines: int = field(default=0, init=False)

    def vouches(self, path: Path, sha256: str) -> bool:
        """Whether that digest was noted for a file, and ``stat`` says the same of it as then; reads no file."""
        return self._read().get(self._name(path)) == (stat_of(path), sha256)

    def note(self, path: Path, sha256: str, stat: FileStat | None = None) -> None:
        """Note the digest of a file.

        ``stat`` is what :func:`stat_of` said before the file was read; by default it is asked now, which is right for a
        file that was just made.  Where the cache cannot be written nothing is noted.
        """
        stat = stat or stat_of(path)
        if stat is None or self._read().get(self._name(path)) == (stat, sha256):
            return
        self._read()[self._name(path)] = (stat, sha256)
        self._append(_line(self._name(path), stat, sha256))

    def doubt(self, path: Path) -> None:
        """Forget the digest of a file, which was found to be another."""
        if self._read().pop(self._name(path), None):
            self._append(_line(self._name(path), (0, 0, 0, 0), "-"))

    def tidy(self) -> None:
        """Write the cache anew if most of its lines are outdated."""
        noted = self._read()
        if self._lines <= _ROOM * len(noted) + 100:
            return
        there = {name: content for name, content in noted.items() if stat_of(self.home / name) == content[0]}
        part = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        with suppress(OSError):
            part.write_text("".join(_line(name, *content) for name, content in sorted(there.items())))
            os.replace(part, self.file)

    def _read(self) -> dict[str, tuple[FileStat, str]]:
        if self._noted is None:
            self._noted = {}
            with suppress(OSError):
                for line in self.file.read_text(encoding="utf-8", errors="replace").splitlines():
                    self._lines += 1
                    with suppress(ValueError):
                        size, inode, modified, changed, sha256, name = line.split(" ", 5)
                        stat = int(size), int(inode), int(modified), int(changed)
                        self._noted[name] = stat, sha256
        return self._noted

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.home)) if path.is_relative_to(self.home) else str(path)

    def _append(self, line: str) -> None:
        self._lines += 1
        with suppress(OSError), self.file.open("ab") as file:
            file.write(line.encode())


def stat_of(path: Path) -> FileStat | None:
    """Size in bytes, inode, and the times in nanoseconds at which a file's content, and anything of it, was changed.

    None where there is no file.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns


def _line(name: str, stat: FileStat, sha256: str) -> str:
    return " ".join([*map(str, stat), sha256, name]) + "\n"
