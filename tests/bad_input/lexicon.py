"""Bad files of ``scenes/lexicon``."""

from __future__ import annotations

from pathlib import Path

from render.core.fault import Exit
from render.voice.lexicon import read_lexicons
from tests.bad_input.row import Row, both, folder, link, remove, write

_FILE = "scenes/lexicon/dot.toml"


def _read(project: Path) -> None:
    read_lexicons(project / "scenes" / "lexicon")


_TEXTS: list[tuple[str, str | bytes, str]] = [
    ("no TOML", "[word", "dot.toml:1:"),
    ("an entry without value", "[word]\ndotty =\n", "dot.toml:2:"),
    ("a key twice", '[word]\ndotty = { say = "dot" }\ndotty = { say = "dot" }\n', "dot.toml:3:"),
    (
        "a word twice under two headings",
        '[a]\ndotty = { say = "dot" }\n[b]\ndotty = { say = "dot" }\n',
        "dot.toml:4:1: dotty is there already, at scenes/lexicon/dot.toml:2:1. Keep one",
    ),
    (
        "no heading",
        'dotty = { say = "dot" }\n',
        "dot.toml:1:1: dotty stands under no heading. Expected a [heading]",
    ),
    ("a text", '[word]\ndotty = "dot"\n', 'dot.toml:2:1: Expected { say = "other English words" }'),
    ("a number", "[word]\ndotty = 7\n", "dot.toml:2:1: Expected { say"),
    ("a list", '[word]\ndotty = ["dot"]\n', "dot.toml:2:1: Expected { say"),
    ("nothing to say", '[word]\ndotty = { say = "" }\n', "dot.toml:2:1: Expected { say"),
    ("blanks to say", '[word]\ndotty = { say = "  " }\n', "dot.toml:2:1: Expected { say"),
    ("a number to say", "[word]\ndotty = { say = 7 }\n", "dot.toml:2:1: Expected { say"),
    ("an unknown kind", '[word]\ndotty = { sing = "dot" }\n', "dot.toml:2:1: Expected { say"),
    ("two kinds", '[word]\ndotty = { say = "dot", phonemes = "d" }\n', "dot.toml:2:1: Expected { say"),
    ("no kind", "[word]\ndotty = {}\n", "dot.toml:2:1: Expected { say"),
    (
        "digits to say",
        '[word]\ndotty = { say = "dot 2" }\n',
        "dot.toml:2:1: say 'dot 2' must be English words, without 2",
    ),
    (
        "an unknown phoneme",
        '[word]\ndotty = { phonemes = "d%t" }\n',
        "dot.toml:2:1: % in d%t is no phoneme that the voice knows",
    ),
    (
        "another number of words",
        '[word]\n"dot way" = { say = "dot" }\n',
        "dot.toml:2:1: dot way has 2 words and 'dot' has 1. Expected one for each",
    ),
    (
        "two spaces",
        '[word]\n"dot  way" = { say = "dot way" }\n',
        "dot.toml:2:1: 'dot  way' must be words with single spaces",
    ),
    ("an empty key", '[word]\n"" = { say = "dot" }\n', "'' must be words with single spaces"),
    (
        "another reading than elsewhere",
        '[word]\nXGBoost = { say = "boost" }\n',
        "is read otherwise at scenes/lexicon/shared.toml:",
    ),
    (
        "no UTF-8",
        b'[word]\ndotty = { say = "d\xfft" }\n',
        "dot.toml:2:19: expected UTF-8, found the byte 0xff",
    ),
    (
        "lists 50,000 deep",
        "[word]\ndotty = " + "[" * 50_000,
        "dot.toml:1:1: expected headings and entries, found deeper nesting",
    ),
    ("a zero byte", "[word]\n\0", "dot.toml:2:1"),
    (
        "more bytes than anybody writes",
        "#" + "x" * 4_000_000,
        "dot.toml: expected at most 4,000,000 bytes, found 4,000,001",
    ),
]


def rows() -> list[Row]:
    """The rows of this kind."""
    return [
        *(
            Row(name, write(_FILE, text), _read, Exit.USAGE, ("scenes/lexicon/", words))
            for name, text, words in _TEXTS
        ),
        Row(
            "no words of all lessons",
            remove("scenes/lexicon/shared.toml"),
            _read,
            Exit.USAGE,
            ("scenes/lexicon/shared.toml: No such file. Expected the words",),
        ),
        Row(
            "no folder",
            remove("scenes/lexicon"),
            _read,
            Exit.USAGE,
            ("scenes/lexicon/shared.toml: No such file",),
        ),
        Row("a folder", folder(_FILE), _read, Exit.USAGE, ("dot.toml: cannot be read: Is a directory",)),
        Row("a link to nowhere", link(_FILE, "nowhere"), _read, Exit.USAGE, ("dot.toml: No such file",)),
        Row(
            "a device",
            link(_FILE, "/dev/zero"),
            _read,
            Exit.USAGE,
            ("dot.toml: expected a file, found something else",),
        ),
        Row(
            "a file in the folder's place",
            both(remove("scenes/lexicon"), write("scenes/lexicon", "x")),
            _read,
            Exit.USAGE,
            ("scenes/lexicon/shared.toml: No such file",),
        ),
    ]
