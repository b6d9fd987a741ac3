"""Bad ledgers of what was published: ``publish.json``."""

from __future__ import annotations

from pathlib import Path

from render.core.fault import Exit
from render.store.ledger import read_ledger
from tests.bad_input.row import Row, folder, link, write

_FILE = "publish.json"


def _read(project: Path) -> None:
    read_ledger(project)


_TEXTS: list[tuple[str, str | bytes, str]] = [
    ("an empty file", "", ":1:1: expected JSON"),
    ("a file cut short", '{"version": 1,\n "youtube": {"vid', ":2:"),
    ("a mark of a merge", "<<<<<<< HEAD\n{}\n", ":1:1: expected JSON, found a mark of a merge"),
    ("no UTF-8", b'{"version": \xff}', ":1:13: expected UTF-8, found the byte 0xff"),
    (
        "lists 100,000 deep",
        '{"version": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "expected lists and mappings at most 32 deep",
    ),
    ("a list", "[]", "ledger: expected a mapping with the keys version, youtube"),
    ("null", "null", "ledger: expected a mapping with the keys version, youtube"),
    ("another version", '{"version": 2}', ":1:13: version: expected 1"),
    ("an unknown key", '{"version": 1, "vimeo": {}}', ":1:16: vimeo: there is no key vimeo here"),
    ("a key twice", '{"version": 1, "version": 1}', "written twice"),
    (
        "a channel that is a list",
        '{"youtube": []}',
        "youtube: expected a mapping with the keys id, videos, playlists",
    ),
    ("videos in a list", '{"youtube": {"videos": []}}', "youtube.videos: expected a mapping"),
    (
        "a video that is null",
        '{"youtube": {"videos": {"svm": null}}}',
        "youtube.videos.svm: expected a mapping",
    ),
    (
        "an id that is a number",
        '{"youtube": {"videos": {"svm": {"id": 7}}}}',
        ":1:39: youtube.videos.svm.id: expected text, found the number 7",
    ),
    (
        "an id that leads away",
        '{"youtube": {"videos": {"svm": {"id": "../x"}}}}',
        "youtube.videos.svm.id: expected an id of letters",
    ),
    (
        "a digest that is short",
        '{"youtube": {"videos": {"svm": {"sha256": "abc"}}}}',
        "youtube.videos.svm.sha256: expected a SHA-256",
    ),
    (
        "captions as text",
        '{"youtube": {"videos": {"svm": {"captions": "en"}}}}',
        "youtube.videos.svm.captions: expected a mapping",
    ),
    (
        "an unknown privacy",
        '{"youtube": {"playlists": {"one": {"id": "a", "privacy": "secret"}}}}',
        "privacy: expected private, unlisted or public, found “secret”",
    ),
    (
        "a moment without a zone",
        '{"youtube": {"videos": {"svm": {"release": {"privacy": "private", "settings": "'
        + "a" * 64
        + '", "at": "2026-11-22T10:00:00"}}}}}',
        "release.at: ",
    ),
    (
        "an upload of no bytes",
        '{"youtube": {"videos": {"svm": {"upload": {"bytes": 0}}}}}',
        "upload.bytes: expected 1 or more",
    ),
]


def rows() -> list[Row]:
    """The rows of this kind."""
    return [
        *(
            Row(name, write(_FILE, text), _read, Exit.USAGE, (_FILE, words), lines=8)
            for name, text, words in _TEXTS
        ),
        Row("a folder", folder(_FILE), _read, Exit.USAGE, ("publish.json: cannot be read: Is a directory",)),
        Row("a device", link(_FILE, "/dev/zero"), _read, Exit.USAGE, ("publish.json: expected a file",)),
        Row(
            "cut short, the site", write(_FILE, "{"), ("hub",), Exit.USAGE, ("publish.json:", "expected JSON")
        ),
    ]
