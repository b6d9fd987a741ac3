"""Terms: whether a lesson speaks, writes and defines the words of its field that the catalog names.

Words are compared as they are heard: capitals, hyphens, spaces, accents, a possessive and the plural make no
difference, and Greek letters are their names, so that γ on screen, ``gamma`` in a formula and a spoken gamma are one.
A single letter is itself, capital or not; abbreviations keep their capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from hub.note import Note, Term, note_path, read_note
from render.core.profile import TICKS_PER_SECOND
from render.core.timeline import Chapter
from tests.scenes.harness.debt import Fault
from tests.scenes.harness.table import Lesson
from tests.scenes.harness.telling import ROOT, Stage

SOON: Final = 10.0
"""Seconds within which a term is written, before or after it is first spoken in the chapter that defines it."""

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


# What is spoken, written and defined.


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


def chapter_of(words: Sequence[str], lesson: Lesson) -> str | None:
    """The chapter that first says one of the synonyms ``words``."""
    chapters = lesson.telling.timeline.chapters
    return next((each.name for each in chapters if first_spoken(words, each) is not None), None)


def is_written(words: Sequence[str], stage: Stage, at: float) -> bool:
    """Whether one of the synonyms ``words`` can be read within :data:`SOON` of the second ``at``."""
    return any(
        written.start - SOON <= at <= written.end + SOON
        and any(find(word, tokens(written.text)) for word in words)
        for written in stage.written
    )


def entry_for(words: Sequence[str], entries: Sequence[Term]) -> Term | None:
    """The entry of a note's ``terms`` that defines one of the synonyms ``words``."""

    def key(word: str) -> str:
        return "".join(token.stem for token in tokens(word))

    keys = {key(word) for word in words}
    return next((one for one in entries if keys & {key(word) for word in (one.term, *one.aliases)}), None)


def unspoken(lesson: Lesson) -> Iterator[Fault]:
    """Terms that are never said."""
    for words in lesson.telling.topic.synonyms:
        if chapter_of(words, lesson) is None:
            yield Fault(words[0], f"{lesson.telling.topic.path}: no chapter says “{' or '.join(words)}”.")


def unwritten(lesson: Lesson) -> Iterator[Fault]:
    """Terms that are said, and not to be read at about the same time where they are defined."""
    entries = entries_of(lesson)
    for words in lesson.telling.topic.synonyms:
        if (first := chapter_of(words, lesson)) is None:
            continue
        entry = entry_for(words, entries)
        name = entry.chapter if entry and entry.chapter in lesson.telling.chapters else first
        chapter, stage = next(
            (chapter, stage) for chapter, stage in lesson.telling.staged() if chapter.name == name
        )
        if (at := first_spoken(words, chapter)) is None:
            words_ = f"the note defines “{words[0]}” in chapter {name}, which does not say it; chapter {first} does."
            yield Fault(words[0], f"{_file(lesson)}: {words_}")
        elif not is_written(words, stage, at):
            yield Fault(
                words[0],
                f"{lesson.telling.chapters[name].where}: chapter {name} says “{words[0]}” at {at:.1f} s "
                "of its own time; "
                f"write it on screen within {SOON:g} s of that.",
            )


def undefined(lesson: Lesson) -> Iterator[Fault]:
    """Terms that the note does not define."""
    entries = entries_of(lesson)
    for words in lesson.telling.topic.synonyms:
        if entry_for(words, entries) is None:
            called = f"no entry of terms is called “{' or '.join(words)}”, nor has it as an alias."
            yield Fault(words[0], f"{_file(lesson)}: {called}")


def entries_of(lesson: Lesson) -> tuple[Term, ...]:
    """What the note of a lesson defines; nothing where it has none yet."""
    path = note_path(lesson.slug)
    return _read(path).terms if path.exists() else ()


@cache
def _read(path: Path) -> Note:
    return read_note(path).note


def _file(lesson: Lesson) -> str:
    return str(note_path(lesson.slug).relative_to(ROOT))
