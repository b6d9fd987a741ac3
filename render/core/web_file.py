"""What whoever serves the site says of its files: type, compression, how long one may be kept.

The server on this machine and every host that the site is published to go by these tables, so that they answer alike.
All paths are relative to the site, with forward slashes.
"""

from __future__ import annotations

import gzip
import re
from pathlib import PurePosixPath
from typing import Final

TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".mp4": "video/mp4",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
"""Content-Type by suffix."""

FOR_GOOD: Final = "public, max-age=31536000, immutable"
"""Cache-Control of a file whose name has the digest of its content."""
ASK_AGAIN: Final = "no-cache"
"""Cache-Control of every other file: kept, and asked about before it is used."""

DIGITS: Final = 12
"""Hexadecimal digits of a file's SHA-256 that stand in its name: 48 bits, for some hundreds of files."""

_NAMED: Final = re.compile(rf"\.([0-9a-f]{{{DIGITS}}})\.\w+$")
_PACKED: Final = frozenset(TYPES) - {".mp4", ".png", ".webp", ".avif", ".woff2"}


def type_of(path: str) -> str:
    """Content-Type of a file; that of mere bytes where its suffix is none of :data:`TYPES`."""
    return TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")


def is_packed(path: str) -> bool:
    """Whether a file is sent compressed; pictures, faces and videos are compressed already."""
    return PurePosixPath(path).suffix.lower() in _PACKED


def pack(content: bytes) -> bytes:
    """``content`` in gzip: the same bytes for the same content."""
    return gzip.compress(content, 6, mtime=0)


def digits_of(path: str) -> str | None:
    """The digits of its content's SHA-256 in a file's name; None for a file that is named otherwise."""
    named = _NAMED.search(path)
    return named[1] if named else None


def lifetime_of(path: str) -> str:
    """Cache-Control of a file."""
    return FOR_GOOD if digits_of(path) else ASK_AGAIN
