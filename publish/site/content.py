"""The built site as files to be published, with what a host has to say of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import Final

from render.core.web_file import DIGITS, FOR_GOOD, digits_of, is_packed, lifetime_of, pack, type_of
from render.store.digest import digest_file

HEADERS: Final = "_headers"
"""What Cloudflare Pages and Netlify read headers from."""


class Wave(IntEnum):
    """When a file is put: those of a wave in any order, and none before all of the waves before it are there.

    So a page that can be seen names nothing that is not there yet, and no worker keeps a site that is not whole.
    """

    NAMED = 1
    PAGES = 2
    FRONT = 3
    FEEDS = 4
    WORKER = 5

    @property
    def words(self) -> str:
        """What its files are called."""
        return {
            Wave.NAMED: "named files",
            Wave.PAGES: "pages",
            Wave.FRONT: "front",
            Wave.FEEDS: "feeds",
            Wave.WORKER: "worker",
        }[self]


@dataclass(frozen=True, slots=True)
class Content:
    """A file of the site.  ``path`` is relative to the site; ``source`` is where it is, or the content itself."""

    path: str
    source: Path | bytes
    size: int
    """Bytes of its content."""
    digest: str
    """SHA-256 of its content; of a file that is named by its digest the digits in its name."""
    type: str
    cache: str
    encoding: str = ""
    """``gzip`` where a host is given it compressed."""

    @property
    def headers(self) -> str:
        """All headers in one line, to be compared."""
        return "; ".join(part for part in (self.type, self.cache, self.encoding) if part)

    @property
    def is_named(self) -> bool:
        """Whether its name has the digest of its content, so that it never changes."""
        return digits_of(self.path) is not None

    @property
    def wave(self) -> Wave:
        """When it is put."""
        if self.is_named:
            return Wave.NAMED
        if self.path.endswith(".html"):
            return Wave.PAGES if "/" in self.path else Wave.FRONT
        return Wave.WORKER if self.path == "sw.js" else Wave.FEEDS

    def read(self) -> bytes:
        """Its content."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()

    def stored(self) -> bytes:
        """Its content as a host keeps it."""
        return pack(self.read()) if self.encoding else self.read()

    def is_whole(self) -> bool:
        """Whether it is what its digest says."""
        if isinstance(self.source, bytes):
            return True
        return digest_file(self.source).startswith(self.digest)


Contents = Mapping[str, Content]
"""Files of a site by their path."""


def content_of(path: str, source: Path | bytes) -> Content:
    """The file that is to be at ``path`` of the site."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    digest = digits_of(path) or (
        hashlib.sha256(source).hexdigest() if isinstance(source, bytes) else digest_file(source)
    )
    return Content(path, source, size, digest, type_of(path), lifetime_of(path))


def read_site(folder: Path) -> dict[str, Content]:
    """The files of the site in ``folder``, in the order of their paths; none where there is no such folder."""
    files = sorted(file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else []
    return {path: content_of(path, file) for file in files if (path := file.relative_to(folder).as_posix())}


def is_medium(path: str) -> bool:
    """Whether a file is a video, which may be kept elsewhere than the pages."""
    return path.endswith(".mp4")


def packed(contents: Contents) -> dict[str, Content]:
    """The same files as a host keeps them that does not compress itself: texts in gzip."""
    return {
        path: replace(content, encoding="gzip") if is_packed(path) else content
        for path, content in contents.items()
    }


def release_of(contents: Contents) -> str:
    """Digits that name a site by all that is in it."""
    told = "\n".join(f"{path} {content.digest}" for path, content in sorted(contents.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:DIGITS]


def write_headers(paths: Iterable[str], base_path: str) -> Content:
    """``_headers`` for hosts that read their headers from a file: what :mod:`render.core.web_file` says.

    No two of its rules fit one file, because such hosts join what they find twice.
    """
    folders: dict[str, bool] = {}
    fixed = []
    for path in sorted(paths):
        top, slash, _ = path.partition("/")
        if slash:
            folders[top] = folders.get(top, True) and digits_of(path) is not None
        if not digits_of(path) and path.endswith((".atom", ".webmanifest")):
            fixed.append(path)
    rules = [f"{base_path}{top}/*\n  Cache-Control: {FOR_GOOD}\n" for top, named in folders.items() if named]
    rules += [
        f"{base_path}{path}\n  Cache-Control: {lifetime_of(path)}\n  Content-Type: {type_of(path)}\n"
        for path in fixed
    ]
    rules.append(f"{base_path}sw.js\n  Cache-Control: {lifetime_of('sw.js')}\n")
    return content_of(HEADERS, "".join(rules).encode())
