"""The files of a site in the making: gathered in a scratch folder, named by their content, published all at once."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from render.core.web_file import DIGITS, digits_of
from render.store.disk import exchange
from render.store.scratch import SCRATCH, Scratch


class Shelf:
    """The folder in which a site is made.  All paths are relative to the site, with forward slashes.

    ``media`` is the address at which pages look for videos, with a slash at the end; empty where they lie with them.
    """

    def __init__(self, folder: Path, media: str = "") -> None:
        self.folder = folder
        self._media = media

    def address(self, path: str) -> str:
        """How pages name the file at ``path``: a full address for a video that is looked for elsewhere."""
        return self._media + path if path.endswith(".mp4") else path

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

        Returns how pages name it (:meth:`address`).  ``sha256`` is trusted: who rendered the file measured it.
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
        return self.address(named)

    def files(self) -> dict[str, str]:
        """The SHA-256 of every file by its path, in the order of the paths.

        That of a file whose name has its digest is taken from the name, so that large files are not read again.
        """
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder).as_posix()): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    return digits_of(path.name) or hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def shelf_for(out: Path, media: str = "") -> Iterator[Shelf]:
    """A :class:`Shelf` whose files take the place of the folder ``out`` when the block ends, and never if it fails.

    Whoever reads ``out`` meanwhile sees the whole old site or the whole new one.  It is made in the output folder's
    scratch, from which whoever comes next, ``mlhub gc`` too, takes what a killed process has left.
    """
    scratch = Scratch(out.parent / SCRATCH)
    scratch.sweep()
    with scratch.hold() as folder:
        made = folder / "site"
        made.mkdir()
        made.chmod(0o755)
        yield Shelf(made, media)
        _put_in_place(made, out)


def _with_digest(path: str, sha256: str) -> str:
    pure = PurePosixPath(path)
    return str(pure.with_name(f"{pure.stem}.{sha256[:DIGITS]}{pure.suffix}"))


def _put_in_place(made: Path, out: Path) -> None:
    """Move the folder ``made`` to ``out``; what was there is left beside where it was made, in scratch."""
    if not out.exists():
        made.rename(out)
    elif not exchange(made, out):
        # No system call swaps two folders here: for an instant there is none.
        out.rename(made.with_name("before"))
        made.rename(out)
