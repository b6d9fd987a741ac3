"""Bad things in the store: each is told, and nothing is removed because it could not be read."""

from __future__ import annotations

from render.core.fault import Exit
from tests.bad_input.row import Row, Spoil, both, folder, leave, link, remove, write

_STORE = "build/store"
_LESSON = f"{_STORE}/lesson/moving-dot/k1.json"
_SEGMENT = f"{_STORE}/segment/ma/ma1"
_VERIFY, _GC = ("verify",), ("gc", "--keep", "0")

_SPOILT: dict[str, str | bytes] = {
    "empty": "",
    "an empty object": "{}",
    "null": "null",
    "a list": "[]",
    "a number": "7",
    "files that are null": '{"slug": "moving-dot", "key": "k1", "files": null, "made_of": {}}',
    "deep": "[" * 100_000,
    "zeros": b"\0" * 512,
    "no UTF-8": b"\xff\xfe{",
    "cut short": '{"slug": "mov',
    "a number of 5,000 digits": '{"bytes": ' + "9" * 5_000 + "}",
    "of another lesson": '{"slug": "still-square", "key": "k1"}',
}
_KINDS = ("segment", "small", "poster", "speech", "review", "odd")


def _empty_record(text: str | bytes) -> bool:
    """Whether a text is a record, if of nothing: then its file is another than it says."""
    return isinstance(text, str) and text.startswith("{") and text.endswith("}") and "9" * 5_000 not in text


def rows() -> list[Row]:
    """The rows of this kind."""
    lessons = [
        row
        for name, text in _SPOILT.items()
        for row in (
            Row(
                f"the record of a lesson: {name}, verify",
                write(_LESSON, text),
                _VERIFY,
                Exit.JOB_FAILED,
                (_LESSON, "does not read as a record"),
            ),
            Row(
                f"the record of a lesson: {name}, gc",
                write(_LESSON, text),
                _GC,
                Exit.DONE,
                ("1 of them have records that do not read, and stay",),
            ),
        )
    ]
    objects = [
        row
        for kind in _KINDS
        for name, text in _SPOILT.items()
        if kind in ("segment", "odd") or name in ("empty", "an empty object")
        for row in _object(kind, name, text)
    ]
    return [
        *lessons,
        *objects,
        *(
            Row(
                f"a probe: {name}",
                write(f"{_STORE}/probe/moving-dot-silent.json", text),
                _VERIFY,
                Exit.JOB_FAILED,
                ("probe/moving-dot-silent.json", " read"),
            )
            for name, text in _SPOILT.items()
        ),
        *(Row(f"in the way: {name}", spoil, act, code, words) for name, spoil, act, code, words in _PLACES),
    ]


def _object(kind: str, name: str, text: str | bytes) -> list[Row]:
    path = f"{_STORE}/{kind}/zz/zz1"
    spoil = both(write(f"{path}.bin", f"what {kind} holds"), write(f"{path}.json", text))
    is_record = _empty_record(text)
    words = (f"{path}.bin has another SHA-256",) if is_record else (f"{path}.json does not read as a record",)
    found = [Row(f"the record of a {kind}: {name}, verify", spoil, _VERIFY, Exit.JOB_FAILED, words)]
    if not is_record:
        found.append(
            Row(
                f"the record of a {kind}: {name}, gc",
                spoil,
                _GC,
                Exit.DONE,
                ("1 of them have records that do not read",),
            )
        )
    return found


_PLACES: list[tuple[str, Spoil, tuple[str, ...], Exit, tuple[str, ...]]] = [
    (
        "a folder where a segment should be",
        both(remove(f"{_SEGMENT}.h264"), folder(f"{_SEGMENT}.h264")),
        _VERIFY,
        Exit.JOB_FAILED,
        ("ma1.h264 is not a file",),
    ),
    (
        "a folder where a record should be",
        folder(f"{_SEGMENT}.json"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("ma1.json cannot be read: Is a directory",),
    ),
    (
        "a segment that is gone",
        remove(f"{_SEGMENT}.h264"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("ma1.json is the record of a file that is not there",),
    ),
    (
        "a segment that is a link to nowhere",
        link(f"{_SEGMENT}.h264", "nowhere"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("ma1.h264 is not a file",),
    ),
    (
        "a segment that is a link to itself",
        link(f"{_SEGMENT}.h264", "ma1.h264"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("ma1.h264 is not a file",),
    ),
    (
        "a segment that is something else",
        write(f"{_SEGMENT}.h264", "something else"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("ma1.h264 has another SHA-256",),
    ),
    (
        "a record that is a link to itself",
        link(f"{_SEGMENT}.json", "ma1.json"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("ma1.json cannot be read: Too many levels",),
    ),
    (
        "a lesson's folder that is a file",
        both(remove(f"{_STORE}/lesson/moving-dot/k1"), write(f"{_STORE}/lesson/moving-dot/k1", "x")),
        _VERIFY,
        Exit.JOB_FAILED,
        ("moving-dot.mp4 is missing",),
    ),
    (
        "a lesson's folder that is empty",
        both(remove(f"{_STORE}/lesson/moving-dot/k1"), folder(f"{_STORE}/lesson/moving-dot/k1")),
        _VERIFY,
        Exit.JOB_FAILED,
        ("moving-dot.mp4 is missing",),
    ),
    (
        "a video that is a folder",
        folder(f"{_STORE}/lesson/moving-dot/k1/moving-dot.mp4"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("moving-dot.mp4 is missing",),
    ),
    (
        "a video that was cut",
        write(f"{_STORE}/lesson/moving-dot/k1/moving-dot.mp4", "x"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("moving-dot.mp4 has 1 bytes; expected",),
    ),
    ("a video that is none", leave, _VERIFY, Exit.JOB_FAILED, ("moving-dot.mp4", "breaks its promise")),
    (
        "a store that is a file, gc",
        both(remove(_STORE), write(_STORE, "x")),
        _GC,
        Exit.ENVIRONMENT,
        ("build/store cannot be written. Make", "writable and run again"),
    ),
    (
        "a store that is a file, verify",
        both(remove(_STORE), write(_STORE, "x")),
        _VERIFY,
        Exit.ENVIRONMENT,
        ("build/store cannot be written",),
    ),
    (
        "a store that is a link to itself",
        both(remove(_STORE), link(_STORE, "store")),
        _GC,
        Exit.ENVIRONMENT,
        ("build/store cannot be",),
    ),
    (
        "scratch that is a file",
        both(remove("build/scratch"), write("build/scratch", "x")),
        _GC,
        Exit.ENVIRONMENT,
        ("build/scratch cannot be written",),
    ),
    (
        "a lock that is a folder",
        folder(f"{_STORE}/lock"),
        _GC,
        Exit.ENVIRONMENT,
        ("store/lock cannot be written",),
    ),
    (
        "a lock of runs that is a folder",
        folder(f"{_STORE}/in-use"),
        _GC,
        Exit.ENVIRONMENT,
        ("store/in-use cannot be written",),
    ),
    ("an empty folder of kinds", folder(f"{_STORE}/nothing"), _GC, Exit.DONE, ("freed",)),
    (
        "files in the place of folders",
        both(write(f"{_STORE}/review", "x"), write(f"{_STORE}/speech/zz", "x")),
        _GC,
        Exit.DONE,
        ("freed",),
    ),
    (
        "names with strange letters",
        both(write(f"{_STORE}/segment/zz/[a]*?.json", "{}"), write(f"{_STORE}/segment/zz/[a]*?.bin", "x")),
        _VERIFY,
        Exit.JOB_FAILED,
        ("[a]*?.bin has another SHA-256",),
    ),
    (
        "names in no encoding",
        link(f"{_STORE}/segment/zz/\udcff.json", "\udcff.json"),
        _VERIFY,
        Exit.JOB_FAILED,
        ("cannot be read: Too many levels",),
    ),
    (
        "a link out of the store, gc",
        link(f"{_STORE}/segment/zz/out.bin", "../../../../catalog.yaml"),
        _GC,
        Exit.DONE,
        ("freed",),
    ),
    (
        "a folder of links that lead round, gc",
        both(folder(f"{_STORE}/odd/zz"), link(f"{_STORE}/odd/zz/round", "..")),
        _GC,
        Exit.DONE,
        ("freed",),
    ),
    ("a cache that is a folder", folder(f"{_STORE}/stat-cache"), _GC, Exit.DONE, ("freed",)),
    (
        "a cache of rubbish",
        write(f"{_STORE}/stat-cache", b"\xff\0" * 1000 + b"\n1 2 3\n9 9 9 9 x y\n"),
        _GC,
        Exit.DONE,
        ("freed",),
    ),
    ("remembered mathematics that is a file", write("build/memo", "x"), _GC, Exit.DONE, ("freed",)),
    ("logs that are a file", write("build/log", "x"), _GC, Exit.DONE, ("freed",)),
    (
        "links that are a folder",
        both(link("build/out/moving-dot", "."), folder("build/out/mine")),
        _GC,
        Exit.DONE,
        ("freed",),
    ),
    ("links that are a file", both(remove("build/out"), write("build/out", "x")), _GC, Exit.DONE, ("freed",)),
    (
        "a place for what is moved aside that is a file",
        both(write(f"{_STORE}/corrupt", "x"), write(_LESSON, "{}")),
        ("verify", "--mend"),
        Exit.ENVIRONMENT,
        ("store/corrupt cannot be written",),
    ),
]
