"""The notation of words: what an author writes, as Typst markup with a table of its runs.

Words: ``*bold*``, ``_italic_``, ``$maths$``, and ``[the kerb:focus]`` for words in the colour of a role of
:data:`scenes.kit.ink.ROLES`.  A mark counts only where it hugs words as a mark does: ``2 * 3``,
``$5 and $6``, ``snake_case`` and ``[0, 1]`` are shown as they stand, and so is every other character.  A
backslash before ``*``, ``_``, ``$``, ``[`` or ``]`` shows the character itself.

Maths: Typst's, with ``{{ body : label }}`` for parts (``{{w}}`` is labelled ``w``).  Parts may be nested.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

from scenes.kit import ink
from scenes.kit.typeset import CODE, MATHS_START, WORDS_START, Markup, WordsError

MARKS: Final = "*_$[]"
"""The characters that may mean something in words."""


@dataclass(frozen=True, slots=True)
class Run:
    """Type that belongs together: letters of one style, or maths.

    ``labels`` are the parts of a formula that it lies in.  ``role`` names its colour, if it has one of its
    own.  Its ``letters`` stand at ``start`` in the plain text; maths has none.
    """

    labels: frozenset[str] = frozenset()
    role: str = ""
    start: int = -1
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """Markup with its runs (tag i is ``runs[i]``; 0 is what no run claims) and the text as it is read."""

    markup: Markup
    runs: tuple[Run, ...]
    plain: str


def escape(text: str) -> str:
    """``text`` with every mark escaped: for names that come from data."""
    return re.sub(r"[*_$\[\]]", r"\\\g<0>", text)


def words_script(text: str, setup: str = "") -> Script:
    """Words in the notation above; ``setup`` is Typst code that goes first.

    Raises :class:`WordsError` for a role that does not exist, for control characters and for empty words.
    """
    text = unicodedata.normalize("NFC", text).replace("\t", " ")
    if not text.strip():
        raise WordsError("there are no words to show", text)
    for at, character in enumerate(text):
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and character != "\n":
            raise WordsError(f"U+{ord(character):04X} cannot be shown", text, at)
    writer = _Writer(text)
    writer.put(WORDS_START, 0)
    _words(writer, 0, len(text), _Style())
    return writer.script(setup)


def maths_script(source: str) -> Script:
    """A displayed formula.  Raises :class:`WordsError` for a part that is empty or not closed."""
    if not source.strip():
        raise WordsError("there is no formula to show", source)
    writer = _Writer(source)
    writer.put(MATHS_START, 0)
    _maths(writer, 0, len(source), frozenset(), "", inside=False)
    writer.put(" $", len(source) - 1)
    return replace(writer.script(), plain=" ".join("".join(writer.plain).split()))


def code_script(source: str, language: str) -> Script:
    """Program text in the colours of :data:`scenes.kit.ink.CODE`.

    Raises :class:`WordsError` for a language that Pygments does not know.
    """
    source = source.strip("\n").expandtabs(4)
    if not source.strip():
        raise WordsError("there is no program to show", source)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        raise WordsError(f"Pygments knows no language {language!r}", source) from None
    writer = _Writer(source)
    writer.put(WORDS_START, 0)
    at = 0
    for role, tokens in groupby(lex(source, lexer), key=lambda token: _code_role(token[0])):
        text = "".join(value for _, value in tokens)
        _letters(writer, list(zip(text, range(at, at + len(text)), strict=True)), _Style(role=role), "")
        at += len(text)
    return writer.script(
        f'#set text(font: "{CODE}", features: (calt: 0, zero: 0))\n#set par(leading: 0.66em)'
    )


def _code_role(token: _TokenType) -> str:
    for kind, role in (
        (Comment, "comment"),
        (String, "string"),
        (Number, "number"),
        (Keyword, "keyword"),
        (Operator.Word, "keyword"),
        (Name.Builtin, "name"),
        (Name.Function, "name"),
        (Name.Class, "name"),
    ):
        if token in kind:
            return role
    return "plain"


# -- writing Typst


@dataclass(slots=True)
class _Writer:
    """Typst markup as it grows, with the origin of each character."""

    source: str
    body: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=lambda: [Run()])
    plain: list[str] = field(default_factory=list)

    def put(self, text: str, at: int) -> None:
        self.body.append(text)
        self.origin += [at] * len(text)

    def tag(self, run: Run) -> int:
        self.runs.append(run)
        return len(self.runs) - 1

    def script(self, setup: str = "") -> Script:
        markup = Markup("".join(self.body), self.source, tuple(self.origin), setup)
        return Script(markup, tuple(self.runs), "".join(self.plain))


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool = False
    italic: bool = False
    role: str = ""


def _words(writer: _Writer, low: int, high: int, style: _Style) -> None:
    text = writer.source
    letters: list[tuple[str, int]] = []
    at = low
    while at < high:
        character = text[at]
        if character == "\\" and at + 1 < high and text[at + 1] in MARKS:
            letters.append((text[at + 1], at))
            at += 2
            continue
        close = _closing(text, at, high)
        if close is None:
            letters.append((character, at))
            at += 1
            continue
        _letters(writer, letters, style, text)
        letters = []
        if character == "$":
            tag = writer.tag(Run(role=style.role))
            writer.put(f"#tagged({tag})[$", at)
            _maths(writer, at + 1, close, frozenset(), style.role, inside=False)
            writer.put("$]", close)
        elif character == "[":
            colon = text.rindex(":", at, close)
            _words(writer, at + 1, colon, replace(style, role=_role(text, colon + 1, close)))
        else:
            bold, italic = style.bold or character == "*", style.italic or character == "_"
            _words(writer, at + 1, close, replace(style, bold=bold, italic=italic))
        at = close + 1
    _letters(writer, letters, style, text)


def _closing(text: str, at: int, high: int) -> int | None:
    """Where the mark that opens at ``at`` closes; none if it is no mark but a character."""
    mark = text[at]
    if mark == "[":
        return _closing_bracket(text, at, high)
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark not in "*_$" or not after or after.isspace() or after == mark:
        return None
    if mark != "$" and (before.isalnum() or before == mark):
        return None
    for end in range(at + 2, high):
        if text[end] != mark or text[end - 1].isspace() or text[end - 1] == "\\":
            continue
        follows = text[end + 1 : end + 2]
        if not (follows.isdigit() if mark == "$" else follows.isalnum() or follows == mark):
            return end
    return None


def _closing_bracket(text: str, at: int, high: int) -> int | None:
    depth = 0
    for end in range(at, high):
        if text[end - 1 : end] == "\\" and end > at:
            continue
        depth += (text[end] == "[") - (text[end] == "]")
        if not depth:
            return end if re.search(r"[^\[:]:[a-z]+$", text[at:end]) else None
    return None


def _role(text: str, low: int, high: int) -> str:
    name = text[low:high]
    if name in ink.ROLES:
        return name
    near = difflib.get_close_matches(name, ink.ROLES, n=1)
    hint = f"did you mean {near[0]}?" if near else f"roles are {', '.join(ink.ROLES)}"
    raise WordsError(f"no role is called {name!r}; {hint}", text, low, high - low)


def _letters(writer: _Writer, letters: list[tuple[str, int]], style: _Style, quoted: str) -> None:
    """Put letters, with a line break for each newline.

    ``quoted`` is the text in which straight quotes become curly; empty for program text.
    """
    for newline, group in groupby(letters, key=lambda letter: letter[0] == "\n"):
        line = list(group)
        if newline:
            for _, at in line:
                writer.put("#linebreak()", at)
                writer.plain.append("\n")
            continue
        start = sum(map(len, writer.plain))
        text = "".join(character for character, _ in line)
        writer.plain.append(text)
        tag = writer.tag(Run(role=style.role, start=start, letters=text))
        weight = ", weight: 600" if style.bold else ""
        slant = ', style: "italic"' if style.italic else ""
        writer.put(f'#tagged({tag}, text("', line[0][1])
        for character, at in line:
            shown = _curly(character, quoted[at - 1 : at]) if quoted and character in "'\"" else character
            writer.put("\\" + shown if shown in '\\"' else shown, at)
        writer.put(f'"{weight}{slant}))', line[-1][1])


def _curly(quote: str, before: str) -> str:
    opens = not before or before.isspace() or before in "([{-–—/“‘\"'"
    return {"'": "’‘", '"': "”“"}[quote][opens]


# -- maths


def _maths(writer: _Writer, low: int, high: int, labels: frozenset[str], role: str, *, inside: bool) -> None:
    """Put maths; ``inside`` a part, what would divide the arguments of its call is escaped."""
    text, at, depth = writer.source, low, 0
    while at < high:
        character = text[at]
        if text.startswith("{{", at):
            at = _part(writer, at, high, labels, role)
            continue
        width = _width(text, at, high)
        depth += (width == 1) * ((character in "([{") - (character in ")]}"))
        if inside and depth < 0:
            raise WordsError("a part must have its brackets in pairs (\\( stands for a lone one)", text, at)
        divides = character in ",;" or (character == ":" and text[at + 1 : at + 2] != "=")
        if inside and depth == 0 and divides:
            writer.put("\\", at)
        for step in range(width):
            writer.put(text[at + step], at + step)
        writer.plain.append(text[at : at + width])
        at += width
    if inside and depth:
        raise WordsError("a part must have its brackets in pairs (\\( stands for a lone one)", text, high - 1)


def _width(text: str, at: int, high: int) -> int:
    """Characters that must stay together: a string, an escape, or one."""
    if text[at] == "\\" and at + 1 < high:
        return 2
    if text[at] == '"':
        string = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL).match(text, at, high)
        if string is None:
            raise WordsError("these quotes are not closed", text, at)
        return len(string[0])
    return 1


def _part(writer: _Writer, at: int, high: int, labels: frozenset[str], role: str) -> int:
    """Put the part that opens at ``at``; where the text goes on behind it."""
    text = writer.source
    end = _end_of_part(text, at, high)
    found = re.compile(r"(.*?)\s*:\s*([A-Za-z_][\w-]*)\s*$", re.DOTALL).match(text[at + 2 : end])
    body = found[1] if found else text[at + 2 : end]
    label = found[2] if found else body.strip()
    if not body.strip():
        raise WordsError("this part is empty", text, at, end + 2 - at)
    inner = labels | {label}
    tag = writer.tag(Run(labels=inner, role=role))
    glue = " " if text[at - 1 : at].isalnum() else ""  # or Typst would read one long name
    writer.put(f"{glue}tagged(#{tag}, ", at)
    _maths(writer, at + 2, at + 2 + len(body), inner, role, inside=True)
    writer.put(")", end)
    return end + 2


def _end_of_part(text: str, at: int, high: int) -> int:
    depth, end = 0, at
    while end < high:
        if text.startswith("{{", end):
            depth, end = depth + 1, end + 2
        elif text.startswith("}}", end):
            depth, end = depth - 1, end + 2
            if not depth:
                return end - 2
        else:
            end += _width(text, end, high)
    raise WordsError("this part is not closed; it needs }}", text, at, 2)
