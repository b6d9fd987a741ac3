"""New ideas: terms and formulas of a lesson where they come first, by which a chapter's pace is told.

Words are compared as they are heard: capitals, hyphens, spaces, accents, a possessive and the plural make no
difference, and Greek letters are their names, so that γ on screen, ``gamma`` in a formula and a spoken gamma are one.
A single letter is itself, capital or not; abbreviations keep their capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from render.core.profile import TICKS_PER_SECOND
from render.core.timeline import Chapter

_SIGNS: Final = {"∇": " nabla ", "×": "x", "−": "-", "∂": " partial ", "’": "'"}
_TOKEN: Final = re.compile(r"[^\W_]+\+*")
_PLURALS: Final = {
    "vertices": "vertex", "matrices": "matrix", "indices": "index", "axes": "axis", "hypotheses": "hypothesis",
    "analyses": "analysis", "bases": "basis", "minima": "minimum", "maxima": "maximum", "optima": "optimum",
    "criteria": "criterion", "leaves": "leaf", "halves": "half", "data": "data",
}  # fmt: skip
_ALONE: Final = ("A", "I", "a", "i")
"""Single letters that are words of English."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is compared, and where it stands."""

    plain: str
    """Without accents; Greek letters by name."""
    stem: str
    """In small letters, in the singular."""
    seconds: float = 0.0
    """When it is spoken, from the start of its chapter."""


def tokens(text: str, seconds: float = 0.0) -> list[Token]:
    """The words of ``text``, each spoken at ``seconds``: ε-tube is epsilon and tube."""
    plain = "".join(_SIGNS.get(letter, letter) for letter in text)
    plain = "".join(_named(letter) for letter in unicodedata.normalize("NFKD", plain))
    plain = re.sub(r"'s\b", "", plain).replace("'", "")
    return [Token(word, _singular(word.casefold()), seconds) for word in _TOKEN.findall(plain)]


def _named(letter: str) -> str:
    """A Greek letter as its name, others as they are; no accents."""
    if unicodedata.combining(letter):
        return ""
    if "GREEK" in (name := unicodedata.name(letter, "")):
        word = (
            name.removesuffix(" SYMBOL").split(" WITH ")[0].split(" ")[-1].replace("LAMDA", "LAMBDA").lower()
        )
        return f" {word.capitalize() if 'CAPITAL' in name else word} "
    return letter


@cache
def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|z)es$", word) or word == "biases":
        return word[:-2]
    if word.endswith("s") and len(word) > 3 and not re.search(r"(?:ss|us|is|bias)$", word):
        return word[:-1]
    return word


def find(term: str, said: Sequence[Token]) -> Token | None:
    """Where ``said`` first has ``term``, whether it is written in one word there or in several."""
    wanted = tokens(term)
    joined = "".join(token.stem for token in wanted)
    exact = term if len(term) == 1 or (len(wanted) == 1 and _is_abbreviation(term)) else ""
    for start, first in enumerate(said):
        run = ""
        for token in said[start : start + len(wanted) + 2]:
            run += token.stem
            if len(run) >= len(joined):
                break
        if run == joined and (not exact or _is_exactly(exact, first.plain)):
            return first
    return None


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.isupper()


def _is_exactly(wanted: str, plain: str) -> bool:
    """Whether a single letter or an abbreviation stands there with its capitals: CNNs is CNN, as is no cnn."""
    if len(wanted) == 1 and wanted in _ALONE:
        return False
    names = {token.plain for token in tokens(wanted)}
    return plain in names or plain.removesuffix("s") in names


# What is spoken.


def spoken_words(chapter: Chapter) -> list[Token]:
    """What a chapter says, word by word, with the second from its start at which each begins."""
    return [
        token
        for beat in chapter.beats
        for word in beat.words
        for token in tokens(word.text, beat.start / TICKS_PER_SECOND + word.start)
    ]


def first_spoken(words: Sequence[str], chapter: Chapter) -> float | None:
    """The second at which a chapter first says one of the synonyms ``words``."""
    said = spoken_words(chapter)
    seconds = [found.seconds for word in words if (found := find(word, said))]
    return min(seconds, default=None)


# What comes first.

_LAYOUT: Final = re.compile(r"#\w+\([^()]*\)|&|\\|[\d.,]+")
_QUOTED: Final = re.compile(r'"[^"]*"')
_NAME: Final = re.compile(r"[A-Za-z]+")
_GREEK: Final = frozenset(
    re.findall(
        r"\w+",
        """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi
    chi psi omega nabla partial""",
    )
)
_VALUE: Final = re.compile(r"[\s&]*\w+(?:_\w+)?[\s&]*=[\s&]*[-−+]?[\d.,]+[\s%]*")
"""A symbol and its value."""
_DOES: Final = re.compile(
    r"[=<>≤≥≈+/^∑√−]|\S\s*-|\b(?:frac|sqrt|dot|times|sum|product|integral|approx|prop|arrow|norm|binom|mat|vec)\b"
)


@dataclass(frozen=True, slots=True)
class Idea:
    """A term or a formula where it comes first."""

    chapter: str
    what: str


def is_formula(source: str) -> bool:
    """Whether Typst's ``source`` says something: symbols that a sign joins; not a name, figures, or y = 0."""
    bare = re.sub(r"#\w+\([^()]*\)", "", source)
    quoted = _QUOTED.findall(bare)
    bare = _QUOTED.sub(" ", bare)
    symbols = [name for name in _NAME.findall(bare) if len(name) == 1 or name.lower() in _GREEK]
    if _VALUE.fullmatch(bare):
        return False
    return bool(_DOES.search(bare)) and (bool(symbols) or len(quoted) > 1)


def gist(source: str) -> str:
    """``source`` without figures and layout, by which a formula is known again."""
    return "".join(_LAYOUT.sub("", source).split())


def new_formulas(formulas: Mapping[str, Sequence[str]]) -> Iterator[Idea]:
    """Formulas where they come first; one that adds to an earlier one, or is part of it, is the same.

    ``formulas`` are the texts, as Typst's source, that each chapter shows, in order.
    """
    known: list[str] = []
    for chapter, shown in formulas.items():
        for text in filter(is_formula, shown):
            now = gist(text)
            if not any(now in other or other in now for other in known):
                yield Idea(chapter, text)
            known.append(now)


def new_terms(chapters: Sequence[Chapter], terms: Sequence[Sequence[str]]) -> Iterator[Idea]:
    """The ``terms``, each a row of synonyms, in the chapters that first say them."""
    for words in terms:
        for chapter in chapters:
            if first_spoken(words, chapter) is not None:
                yield Idea(chapter.name, words[0])
                break


def new_ideas(
    chapters: Sequence[Chapter], terms: Sequence[Sequence[str]], formulas: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """By chapter, the ideas that are new in it: terms, then formulas."""
    found = [*new_terms(chapters, terms), *new_formulas(formulas)]
    return {one.name: tuple(idea.what for idea in found if idea.chapter == one.name) for one in chapters}
