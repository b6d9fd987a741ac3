"""Bad notes, and formulas in them that are none."""

from __future__ import annotations

from pathlib import Path

from hub.formula import Formula, FormulaError, set_formulas
from hub.note import hear, read_note
from render.core.fault import Exit, UsageFault
from render.store.rendered import Script
from tests.bad_input.row import Row, folder, link, remove, swap, write
from tests.hub.conftest import timeline

_FILE = "note/lines.yaml"


def _read(project: Path) -> None:
    noted = read_note(project / _FILE)
    hear(noted, Script.model_validate(timeline("lines", "Lines")))
    for index, formula in enumerate(noted.note.formulas):
        try:
            set_formulas([Formula(formula.source, formula.symbols)])
        except FormulaError as error:
            raise UsageFault(str(noted.sheet.mistake(("formulas", index, "source"), str(error)))) from error


_SOURCE = "'hat(y) = {{ a : focus }} x + frac(b, 1)'"
_SWAPS = [
    ("version 2", "version: 1", "version: 2", "version: expected 1"),
    ("an unknown key", "version: 1", "version: 1\ncolour: red", "colour: there is no key colour here"),
    ("no questions", "questions:\n", "question:\n", "did you mean questions?"),
    (
        "an answer that is not there",
        "answer: 2",
        "answer: 3",
        "questions.0.answer: expected the number of an option, 1 to 2, found 3",
    ),
    (
        "an answer of 0",
        "answer: 2",
        "answer: 0",
        "questions.0.answer: expected the number of an option, 1 to 2, found 0",
    ),
    (
        "an answer in words",
        "answer: 2",
        "answer: two",
        "questions.0.answer: expected a whole number, found “two”",
    ),
    ("an answer in parts", "answer: 2", "answer: 2.0", "questions.0.answer: expected a whole number"),
    ("one option", "[One, Two]", "[One]", "questions.0.options: expected 2 or more, found 1"),
    ("six options", "[One, Two]", "[a, b, c, d, e, f]", "questions.0.options: "),
    ("options as text", "[One, Two]", "One", "questions.0.options: expected a list"),
    (
        "a question that is too short",
        "ask: How steep is it in truth?",
        "ask: How?",
        "questions.0.ask: expected 12 characters or more",
    ),
    ("a year to come", "1801", "18010", "sources.0.year: expected 2100 or less"),
    ("a year before print", "1801", "800", "sources.0.year: expected 1600 or more"),
    ("a year in words", "1801", "long ago", "sources.0.year: expected a whole number"),
    (
        "a DOI with its resolver",
        "doi: 10.",
        "doi: https://10.",
        "sources.0.doi: expected a DOI without its resolver",
    ),
    (
        "a link beside a DOI",
        "doi: ",
        'link: "https://x.example", doi: ',
        "sources.0.link: expected no link beside a DOI",
    ),
    (
        "a link that runs",
        "link: https://example.org/photo",
        "link: javascript:alert(1)",
        "credits.0.link: expected an address that starts with",
    ),
    ("an alias twice", "[gap]", "[Residual]", "terms.0.aliases.0: expected something new, found it again"),
    (
        "a chapter that is not there",
        "chapter: chapter_1",
        "chapter: chapter_9",
        "the lesson has no chapter chapter_9; did you mean",
    ),
    (
        "a chapter that is a number",
        "chapter: chapter_1",
        "chapter: 1",
        "chapter: expected text, found the number 1",
    ),
    (
        "words that nobody says",
        "phrase: gap is a residual",
        "phrase: gap was a residual",
        "the chapter does not say “gap was a residual”; the nearest it says is",
    ),
    ("an empty formula", _SOURCE, "''", "formulas.0.source: expected 1 characters or more"),
    (
        "a formula that is too long",
        _SOURCE,
        "'" + "x " * 201 + "'",
        "formulas.0.source: expected 400 characters or fewer, found 402",
    ),
    ("an unknown name in a formula", _SOURCE, "nowhere", "formulas.0.source: unknown variable: nowhere"),
    ("a bracket that stays open in a formula", _SOURCE, "'frac(1, '", "formulas.0.source: unclosed"),
    ("a formula that ends", _SOURCE, "'x $ y'", "formulas.0.source: "),
    (
        "markup in a formula",
        _SOURCE,
        "'#html.elem(\"script\")'",
        "formulas.0.source: expected maths alone, found code",
    ),
    (
        "a file in a formula",
        _SOURCE,
        "'std.read(\"/etc/passwd\")'",
        "formulas.0.source: expected maths alone, found code",
    ),
    (
        "an unknown ink",
        _SOURCE,
        f"{_SOURCE}\n    symbols: {{x: purple}}",
        "formulas.0.symbols.x: expected chalk, quiet",
    ),
    ("symbols in a list", _SOURCE, f"{_SOURCE}\n    symbols: [x]", "formulas.0.symbols: expected a mapping"),
    ("an alias of YAML", "version: 1", "version: &v 1\ncore: *v", "found an alias"),
    ("a key twice", "version: 1", "version: 1\nversion: 1", "written twice"),
]
_WHOLE: list[tuple[str, str | bytes, str]] = [
    ("an empty file", "", ":1:1: note: expected version, core"),
    ("a list", "[]", "note: expected a mapping with the keys"),
    ("no UTF-8", b"version: \xff", ":1:10: expected UTF-8, found the byte 0xff"),
    ("lists 900 deep", "[" * 900, "note: expected lists and mappings at most 32 deep"),
    ("lists 200,000 deep", "[" * 200_000, "note: expected lists and mappings at most 32 deep"),
    ("an escape", "version: \x1b", "found the control character U+001B"),
]


def rows() -> list[Row]:
    """The rows of this kind."""
    return [
        *(
            Row(name, swap(_FILE, old, new), _read, Exit.USAGE, ("lines.yaml:", words), lines=12)
            for name, old, new, words in _SWAPS
        ),
        *(
            Row(name, write(_FILE, text), _read, Exit.USAGE, ("lines.yaml", words))
            for name, text, words in _WHOLE
        ),
        Row(
            "no note",
            remove(_FILE),
            _read,
            Exit.USAGE,
            ("lines.yaml: no such file. A note stands in hub/notes",),
        ),
        Row(
            "no code",
            remove("note/lines.py"),
            _read,
            Exit.USAGE,
            ("lines.py: no such file.", "needs it: the lesson's core"),
        ),
        Row(
            "code that is no UTF-8",
            write("note/lines.py", b"x = '\xff'"),
            _read,
            Exit.USAGE,
            ("lines.py:1:6: expected UTF-8",),
        ),
        Row("a folder", folder(_FILE), _read, Exit.USAGE, ("lines.yaml: cannot be read: Is a directory",)),
        Row("a device", link(_FILE, "/dev/zero"), _read, Exit.USAGE, ("lines.yaml: expected a file",)),
    ]
