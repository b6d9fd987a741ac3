"""Bad manifests: each command that hangs on the manifest is stopped, and the manifest is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from render.core.fault import Exit
from tests.bad_input.row import Row, Spoil, both, folder, link, remove, write

_FILE = "build/manifest.json"
_MEND = "`mlhub verify --mend` writes it anew"
_GC, _RENDER, _HUB = ("gc", "--keep", "0"), ("render", "--quality", "draft"), ("hub",)


def _entry(**changes: object) -> Spoil:
    """Change the entry of the first lesson; a value of ``...`` removes the field."""

    def spoil(project: Path) -> None:
        record = json.loads((project / _FILE).read_text())
        entry = record["lessons"]["moving-dot"]
        record["lessons"]["moving-dot"] = {
            name: value for name, value in {**entry, **changes}.items() if value is not ...
        }
        (project / _FILE).write_text(json.dumps(record))

    return spoil


def _file(**changes: object) -> Spoil:
    """Change what the entry of the first lesson says of its video."""

    def spoil(project: Path) -> None:
        record = json.loads((project / _FILE).read_text())
        video = record["lessons"]["moving-dot"]["files"]["video"]
        record["lessons"]["moving-dot"]["files"]["video"] = {**video, **changes}
        (project / _FILE).write_text(json.dumps(record))

    return spoil


def _lesson(value: Any) -> Spoil:
    """Put something else in the place of the entry of the first lesson."""

    def spoil(project: Path) -> None:
        record = json.loads((project / _FILE).read_text())
        record["lessons"]["moving-dot"] = value
        (project / _FILE).write_text(json.dumps(record))

    return spoil


_TEXTS = [
    ("an empty file", b"", "is not JSON"),
    ("zeros, as after a power cut", b"\0" * 4096, "is not JSON"),
    ("a file cut short", b'{"version": 1, "lessons": {"moving-dot": {"slu', "is not JSON"),
    ("a mark of a merge", b"<<<<<<< HEAD\n{}\n", "is not JSON"),
    ("no UTF-8", b'{"version": 1, "lessons": {"\xff": {}}}', "expected UTF-8"),
    ("a mark of the order of bytes", b"\xef\xbb\xbf{}", "is not JSON"),
    ("lists 100,000 deep", b"[" * 100_000, "is not JSON"),
    ("a number of 5,000 digits", b'{"version": ' + b"9" * 5_000 + b"}", "is not JSON"),
    ("null", b"null", "expected an object with version and lessons"),
    ("a list", b"[]", "expected an object with version and lessons"),
    ("a text", b'"hello"', "expected an object with version and lessons"),
    ("an empty object", b"{}", "expected an object with version and lessons"),
    (
        "lessons that are a list",
        b'{"version": 1, "lessons": []}',
        "expected an object with version and lessons",
    ),
    (
        "lessons that are null",
        b'{"version": 1, "lessons": null}',
        "expected an object with version and lessons",
    ),
    ("no version", b'{"lessons": {}}', "version None, expected 1"),
    ("another version", b'{"version": 2, "lessons": {}}', "version 2, expected 1"),
    ("a version as text", b'{"version": "1", "lessons": {}}', "version '1', expected 1"),
    ("a version that is true", b'{"version": true, "lessons": {}}', "version True, expected 1"),
]

_ENTRIES = [
    ("an entry that is null", _lesson(None), "lessons.moving-dot: "),
    ("an entry that is a list", _lesson([]), "lessons.moving-dot: "),
    ("an entry that is a number", _lesson(7), "lessons.moving-dot: "),
    ("an empty entry", _lesson({}), "lessons.moving-dot.slug: "),
    ("no key", _entry(key=...), "lessons.moving-dot.key: Field required"),
    ("a key that is null", _entry(key=None), "lessons.moving-dot.key: "),
    ("a key that leads away", _entry(key="../../../.."), "lessons.moving-dot.key: "),
    ("an empty key", _entry(key=""), "lessons.moving-dot.key: "),
    (
        "the slug of another",
        _entry(slug="still-square"),
        "lessons.moving-dot.slug: expected 'moving-dot', found 'still-square'",
    ),
    ("a slug that leads away", _entry(slug="../x"), "lessons.moving-dot.slug: "),
    ("seconds as text", _entry(seconds="2"), "lessons.moving-dot.seconds: "),
    ("no seconds at all", _entry(seconds=0), "lessons.moving-dot.seconds: "),
    ("seconds below nothing", _entry(seconds=-1.5), "lessons.moving-dot.seconds: "),
    ("seconds without end", _entry(seconds=float("inf")), "lessons.moving-dot.seconds: "),
    ("a width that is true", _entry(width=True), "lessons.moving-dot.width: "),
    ("a height of 0", _entry(height=0), "lessons.moving-dot.height: "),
    ("no files", _entry(files=...), "lessons.moving-dot.files: Field required"),
    ("files that are null", _entry(files=None), "lessons.moving-dot.files: "),
    ("files in a list", _entry(files=[]), "lessons.moving-dot.files: "),
    ("a file that is null", _entry(files={"video": None}), "lessons.moving-dot.files.video: "),
    (
        "a file without path",
        _entry(files={"video": {}}),
        "lessons.moving-dot.files.video.path: Field required",
    ),
    ("an empty path", _file(path=""), "files.video.path: expected a path inside the build folder"),
    ("a path up", _file(path="../catalog.yaml"), "files.video.path: expected a path inside the build folder"),
    (
        "a path up and down",
        _file(path="store/../../catalog.yaml"),
        "files.video.path: expected a path inside",
    ),
    (
        "a path from the root",
        _file(path="/etc/passwd"),
        "files.video.path: expected a path inside the build folder",
    ),
    (
        "a path with a zero",
        _file(path="store\0x"),
        "files.video.path: expected a path inside the build folder",
    ),
    (
        "a path with a backslash",
        _file(path="..\\x"),
        "files.video.path: expected a path inside the build folder",
    ),
    ("bytes as text", _file(bytes="12"), "files.video.bytes: "),
    ("no bytes", _file(bytes=0), "files.video.bytes: "),
    ("bytes in parts", _file(bytes=1.5), "files.video.bytes: "),
    ("a digest that is short", _file(sha256="abc"), "files.video.sha256: "),
    ("a digest in capitals", _file(sha256="A" * 64), "files.video.sha256: "),
]


def rows() -> list[Row]:
    """The rows of this kind."""
    return [
        *(
            Row(
                f"{name}, {act[0]}",
                write(_FILE, text),
                act,
                Exit.USAGE,
                ("build/manifest.json", words, _MEND),
            )
            for name, text, words in _TEXTS
            for act in (_GC, _RENDER, _HUB)
        ),
        *(
            Row(f"{name}, {act[0]}", spoil, act, Exit.USAGE, ("build/manifest.json: ", words, _MEND))
            for name, spoil, words in _ENTRIES
            for act in (_GC, _RENDER)
        ),
        *(
            Row(f"{name}, verify", spoil, ("verify",), Exit.JOB_FAILED, ("build/manifest.json", words))
            for name, spoil, words in _ENTRIES
        ),
        *(
            Row(
                f"{name}, verify --mend",
                write(_FILE, text),
                ("verify", "--mend"),
                Exit.JOB_FAILED,
                ("build/manifest.json", words, "listed anew"),
            )
            for name, text, words in _TEXTS
        ),
        Row(
            "a folder, gc",
            folder(_FILE),
            _GC,
            Exit.ENVIRONMENT,
            ("build/manifest.json cannot be read: Is a directory",),
        ),
        Row(
            "a folder, verify --mend",
            folder(_FILE),
            ("verify", "--mend"),
            Exit.JOB_FAILED,
            ("build/manifest.json", "listed anew"),
        ),
        Row(
            "a link to itself, gc",
            link(_FILE, "manifest.json"),
            _GC,
            Exit.ENVIRONMENT,
            ("build/manifest.json cannot be read: Too many",),
        ),
        Row(
            "a link to nowhere, gc",
            link(_FILE, "nowhere"),
            _GC,
            Exit.USAGE,
            ("is gone, and lessons are stored", _MEND),
        ),
        Row(
            "gone, gc",
            remove(_FILE),
            _GC,
            Exit.USAGE,
            ("build/manifest.json is gone, and lessons are stored", _MEND),
        ),
        Row(
            "gone, verify --mend",
            remove(_FILE),
            ("verify", "--mend"),
            Exit.JOB_FAILED,
            ("is gone, and lessons are stored; listed anew",),
        ),
        Row(
            "gone with a record spoilt, verify",
            both(remove(_FILE), write("build/store/lesson/moving-dot/k1.json", "{}")),
            ("verify",),
            Exit.JOB_FAILED,
            ("lesson/moving-dot/k1.json does not read as a record",),
        ),
        Row(
            "a lesson that is listed and gone",
            remove("build/store/lesson/moving-dot"),
            ("verify",),
            Exit.JOB_FAILED,
            ("lesson/moving-dot/k1 is listed and missing",),
        ),
    ]
