"""A folder as a host: for `rsync`, for a web server on the same machine, for what uploads a folder as a site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from publish.report import count, size
from publish.site.content import Content, Contents, write_headers
from publish.site.host import Held, Sent
from publish.step import Objection
from render.core.fault import EnvironmentFault
from render.core.web_file import digits_of
from render.store.digest import digest_file
from render.store.store import describe_refusal

_PAGES_BYTES: Final = 25 * 2**20
"""The largest file that Cloudflare Pages takes."""
_PART: Final = ".mlhub-part"
"""Ends the name of a file that is arriving; what a kill leaves is overwritten by the next run."""


class FolderHost:
    """The folder ``out``; ``base_path`` is the path of the site on its host, from slash to slash."""

    def __init__(self, out: Path, base_path: str) -> None:
        self._out = out
        self._base_path = base_path

    @property
    def name(self) -> str:
        """Its path."""
        return str(self._out)

    @property
    def lanes(self) -> int:
        """One: a disk is no faster for being asked twice."""
        return 1

    def prepare(self, contents: Contents) -> Contents:
        """The files as they are, and ``_headers``."""
        headers = write_headers(contents, self._base_path)
        return {**contents, headers.path: headers}

    def check(self, contents: Contents) -> Iterator[Objection]:
        """Nothing is refused by a folder; hosts that take one have bounds."""
        large = [content for content in contents.values() if content.size > _PAGES_BYTES]
        if large:
            most = max(large, key=lambda content: content.size)
            yield Objection(
                self.name,
                f"{count(len(large), 'file')} over 25 MiB, such as {most.path} with {size(most.size)}, which "
                "Cloudflare Pages refuses; other hosts take them, or set hub.publish.site.media_base",
                fatal=False,
            )

    def tags(self) -> Mapping[str, str]:
        """Size and time of all files below the folder; hidden folders are left out."""
        with self._told():
            tags = {}
            for folder, inner, names in os.walk(self._out):
                inner[:] = [name for name in inner if not name.startswith(".")]
                for file in (Path(folder) / name for name in names if not name.endswith(_PART)):
                    state = file.stat()
                    path = file.relative_to(self._out).as_posix()
                    tags[path] = f"{state.st_size:x}-{state.st_mtime_ns:x}"
            return tags

    def ask(self, path: str) -> Held:
        """The digest of a file; one in its name is believed."""
        with self._told():
            return Held(digits_of(path) or digest_file(self._out / path))

    def read(self, path: str) -> bytes | None:
        """The file's bytes."""
        with self._told():
            file = self._out / path
            return file.read_bytes() if file.is_file() else None

    def put(self, content: Content, sent: Sent) -> None:
        """Put the file by rename: linked, or copied where links cannot be."""
        with self._told():
            target = self._out / content.path
            part = target.with_name(target.name + _PART)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            if isinstance(content.source, bytes):
                part.write_bytes(content.source)
            else:
                _link(content.source, part)
            os.replace(part, target)
            part.unlink(missing_ok=True)  # a rename onto another name of the same file leaves both
            sent(content.size, content.size)

    def remove(self, path: str) -> None:
        """Remove the file, and folders that are empty then."""
        with self._told():
            file = self._out / path
            file.unlink(missing_ok=True)
            for folder in file.parents:
                if folder == self._out or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()

    @property
    def settles(self) -> str:
        """Nothing: what is put is there."""
        return ""

    def settle(self, message: str) -> None:
        """Do nothing."""

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            words = describe_refusal(error, self._out) or f"{error.filename or self._out}: {error.strerror}."
            raise EnvironmentFault(f"{words} What was put stays; the next run goes on from there.") from error


def _link(source: Path, target: Path) -> None:
    """The file ``source`` at ``target`` as well."""
    try:
        target.hardlink_to(source.resolve())
    except OSError:
        shutil.copyfile(source, target)
