"""What need not be digested again: files that are, to the last mark, as they were when their digest was taken.

A file's size, inode and times of change are noted beside its digest whenever that was taken or the file was just
made.  While they stay, a plan and a run with nothing to do believe the digest; so reading a whole catalog again to
find that nothing has happened is spared.  Whoever uses a file digests it all the same, and ``mlhub verify`` digests
everything: a disk that changes bytes without a trace is found there.

The notes are a cache: a line each, the last one counts, lost or garbled ones mean that a file is digested.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

Marks = tuple[int, int, int, int]
_ROOM: Final = 4
"""Lines to a file noted, beyond which the notes are written anew."""


@dataclass(slots=True)
class Trust:
    """The notes in ``file`` on files under ``home``; may be read and added to by many processes at once."""

    file: Path
    home: Path
    _noted: dict[str, tuple[Marks, str]] | None = field(default=None, init=False)
    _lines: int = field(default=0, init=False)

    def vouches(self, path: Path, sha256: str) -> bool:
        """Whether a file has that digest, as far as can be told without reading it."""
        return self._read().get(self._name(path)) == (marks_of(path), sha256)

    def note(self, path: Path, sha256: str, marks: Marks | None = None) -> None:
        """A file has that digest: it was just made, or had these ``marks`` before it was read.

        Where nothing can be written nothing is noted.
        """
        marks = marks or marks_of(path)
        if marks is None or self._read().get(self._name(path)) == (marks, sha256):
            return
        self._read()[self._name(path)] = (marks, sha256)
        self._append(_line(self._name(path), marks, sha256))

    def doubt(self, path: Path) -> None:
        """A file is not what it was: it is looked at again by the next who asks."""
        if self._read().pop(self._name(path), None):
            self._append(_line(self._name(path), (0, 0, 0, 0), "-"))

    def tidy(self) -> None:
        """Write the notes anew if most of them are outdated."""
        noted = self._read()
        if self._lines <= _ROOM * len(noted) + 100:
            return
        there = {name: content for name, content in noted.items() if marks_of(self.home / name) == content[0]}
        part = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        with suppress(OSError):
            part.write_text("".join(_line(name, *content) for name, content in sorted(there.items())))
            os.replace(part, self.file)

    def _read(self) -> dict[str, tuple[Marks, str]]:
        if self._noted is None:
            self._noted = {}
            with suppress(OSError):
                for line in self.file.read_text(encoding="utf-8", errors="replace").splitlines():
                    self._lines += 1
                    with suppress(ValueError):
                        size, inode, modified, changed, sha256, name = line.split(" ", 5)
                        marks = int(size), int(inode), int(modified), int(changed)
                        self._noted[name] = marks, sha256
        return self._noted

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.home)) if path.is_relative_to(self.home) else str(path)

    def _append(self, line: str) -> None:
        self._lines += 1
        with suppress(OSError), self.file.open("ab") as file:
            file.write(line.encode())


def marks_of(path: Path) -> Marks | None:
    """Size in bytes, inode, and times of change of content and of anything, in nanoseconds; none where no file is."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns


def _line(name: str, marks: Marks, sha256: str) -> str:
    return " ".join([*map(str, marks), sha256, name]) + "\n"
