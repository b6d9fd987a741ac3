"""What a topic's page shows beside the video and cannot be derived: ``hub/notes/<topic>.yaml`` and its code.

A note is written by hand and checked like the catalog: each mistake is told at its line and column.  Chapters are
named as the lesson's script names them, and a term says with which words the lesson defines it, so that the build
finds the second; words that nobody says are a mistake.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from render.core.fault import UsageFault
from render.core.source import Credit, Source
from render.core.yaml_record import (
    Loc,
    Mistake,
    Phrase,
    Sheet,
    Version,
    YamlRecord,
    either,
    read_sheet,
    read_text,
    refuse,
    shape,
)
from render.store.rendered import Chapter, Script, Word

FOLDER: Final = Path(__file__).parent / "notes"

Prose = Annotated[str, Field(min_length=12, max_length=420)]
Role = Literal[
    "chalk",
    "quiet",
    "first",
    "second",
    "third",
    "fourth",
    "focus",
    "error",
    "truth",
    "positive",
    "negative",
]


class Formula(YamlRecord):
    """A formula of the lesson, to be read and copied."""

    name: Phrase = Field(description="What the formula is called.")
    chapter: Phrase = Field(description="Name of the chapter that builds it, as the script has it.")
    source: str = Field(
        min_length=1,
        max_length=400,
        description="The formula in Typst; {{ body : role }} gives a part the ink of a role, as in the lessons.",
    )
    symbols: dict[str, Role] = Field(
        default={},
        description="Ink of symbols that differ from the hub's table: a symbol in Typst, and its role.",
    )
    means: Prose = Field(description="One sentence that says the formula in words.")


class Term(YamlRecord):
    """A word that the lesson defines."""

    term: Phrase = Field(description="The word, as a glossary lists it.")
    means: Prose = Field(description="The definition, one or two sentences that stand alone.")
    aliases: tuple[Phrase, ...] = Field(default=(), description="Other words for the same.")
    chapter: Phrase = Field(description="Name of the chapter that defines it, as the script has it.")
    phrase: Phrase = Field(description="Words spoken in that chapter, where the definition begins.")


class Question(YamlRecord):
    """One question of the three that a viewer may answer."""

    ask: Prose = Field(description="The question.")
    options: tuple[Phrase, ...] = Field(min_length=2, max_length=5, description="The answers to choose from.")
    answer: int = Field(strict=True, description="Which option is right, counted from 1.")
    why: Prose = Field(description="Why it is right, in one or two sentences.")
    chapter: Phrase = Field(description="Name of the chapter that shows it, as the script has it.")


class Core(YamlRecord):
    """The lesson's core in a few lines of Python, which stand in a file of their own beside the note."""

    says: Prose = Field(description="One or two sentences on what the lines do.")
    prints: str = Field(
        min_length=1, max_length=600, description="What they print; a test runs them and compares."
    )


class Note(YamlRecord):
    """All that a page shows beside the video and cannot be derived."""

    version: Version = Field(description="Version of this format.")
    core: Core = Field(description="The lesson's core as code.")
    formulas: tuple[Formula, ...] = Field(
        min_length=1, description="Formulas, in the order in which they appear."
    )
    terms: tuple[Term, ...] = Field(min_length=1, description="Terms that the lesson defines.")
    questions: tuple[Question, ...] = Field(min_length=3, max_length=3, description="Three questions.")
    sources: tuple[Source, ...] = Field(min_length=1, description="What the lesson stands on.")
    credits: tuple[Credit, ...] = Field(default=(), description="Pictures and data by others.")


@dataclass(frozen=True, slots=True)
class Noted:
    """A note as it was written: what it says, its code, and where each thing stands in its file."""

    note: Note
    code: str
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Heard:
    """Where in a lesson the things of its note are; chapters are counted from 0, seconds are those of the video."""

    formulas: tuple[int, ...]
    """Chapter of each formula."""
    terms: tuple[tuple[int, float], ...]
    """Chapter of each term, and the second at which its phrase begins."""
    questions: tuple[int, ...]
    """Chapter of each question."""


def note_path(slug: str, folder: Path = FOLDER) -> Path:
    """File of the note of the topic ``slug``; ``-`` becomes ``_``, as in the names of scenes."""
    return folder / f"{slug.replace('-', '_')}.yaml"


def read_note(path: Path) -> Noted:
    """The note in the file ``path`` and the code beside it.

    Raises :class:`UsageFault` with one line for each mistake: ``hub/notes/svm.yaml:9:5: terms.0.means: ...``.
    """
    text, name = read_text(path, "A note stands in hub/notes, under the name of its topic.")
    sheet, data = read_sheet(text, name, "note", Note)
    note, mistakes = shape(Note, data, sheet)
    mistakes = [*sheet.mistakes, *mistakes, *(_sense(note, sheet) if note else ())]
    if note is None or mistakes:
        raise refuse(mistakes)
    code, _ = read_text(path.with_suffix(".py"), f"{name} needs it: the lesson's core in a few lines.")
    return Noted(note, code, sheet)


def _sense(note: Note, sheet: Sheet) -> Iterator[Mistake]:
    """What a shape cannot tell."""
    for index, question in enumerate(note.questions):
        count = len(question.options)
        if not 1 <= question.answer <= count:
            words = f"expected the number of an option, 1 to {count}, found {question.answer}"
            yield sheet.mistake(("questions", index, "answer"), words)
    for index, source in enumerate(note.sources):
        if source.doi and source.link:
            yield sheet.mistake(("sources", index, "link"), "expected no link beside a DOI; keep the DOI")
    seen: dict[str, Loc] = {}
    for index, term in enumerate(note.terms):
        for loc, word in [
            (("terms", index, "term"), term.term),
            *((("terms", index, "aliases", number), alias) for number, alias in enumerate(term.aliases)),
        ]:
            first = seen.setdefault(word.casefold(), loc)
            if first is not loc:
                yield sheet.mistake(
                    loc, f"expected something new, found it again; first at {sheet.place(first)}"
                )


def hear(noted: Noted, script: Script) -> Heard:
    """Where a lesson says what its note tells of.

    Raises :class:`UsageFault` with one line for each chapter that is not there and each phrase that is not spoken,
    which names what is nearest to it.
    """
    mistakes: list[Mistake] = []
    note, sheet = noted.note, noted.sheet

    def chapter(loc: Loc, name: str) -> int | None:
        names = [chapter.name for chapter in script.chapters]
        if name in names:
            return names.index(name)
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"expected {either(names)}"
        mistakes.append(sheet.mistake((*loc, "chapter"), f"the lesson has no chapter {name}; {hint}"))
        return None

    terms: list[tuple[int, float]] = []
    for index, term in enumerate(note.terms):
        loc: Loc = ("terms", index)
        if (number := chapter(loc, term.chapter)) is None:
            continue
        if (second := find_phrase(script.chapters[number], term.phrase)) is None:
            words = f"the chapter does not say “{term.phrase}”; {_nearest(script, number, term.phrase)}"
            mistakes.append(sheet.mistake((*loc, "phrase"), words))
        else:
            terms.append((number, second))
    formulas = [chapter(("formulas", index), one.chapter) for index, one in enumerate(note.formulas)]
    questions = [chapter(("questions", index), one.chapter) for index, one in enumerate(note.questions)]
    if mistakes:
        raise refuse(mistakes)
    return Heard(
        formulas=tuple(number for number in formulas if number is not None),
        terms=tuple(terms),
        questions=tuple(number for number in questions if number is not None),
    )


def find_phrase(chapter: Chapter, phrase: str) -> float | None:
    """The second at which a chapter begins to say ``phrase``; None if it does not.

    Case, punctuation and accents make no difference.
    """
    sought = [sound(word) for word in phrase.split()]
    words = [word for beat in chapter.beats for word in beat.words]
    sounds = [sound(word.text) for word in words]
    for start in range(len(words) - len(sought) + 1):
        if sounds[start : start + len(sought)] == sought:
            return words[start].start
    return None


def sound(word: str) -> str:
    """``word`` as far as it can be heard: ``support`` for ``“Support,``."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return re.sub(r"[^\w%°√γεα-]+", "", plain)


def _nearest(script: Script, number: int, phrase: str) -> str:
    """What is nearest to a phrase that is not spoken: in another chapter to the letter, or in its own alike."""
    for other in script.chapters:
        if find_phrase(other, phrase) is not None:
            return f"chapter {other.name} does"
    length = len(phrase.split())
    words: Sequence[Word] = [word for beat in script.chapters[number].beats for word in beat.words]
    runs = [
        " ".join(word.text for word in words[start : start + length])
        for start in range(max(len(words) - length + 1, 1))
    ]
    return f"the nearest it says is “{difflib.get_close_matches(phrase, runs, n=1, cutoff=0.0)[0]}”"


def read_notes(slugs: Sequence[str], folder: Path = FOLDER) -> dict[str, Noted]:
    """The notes of those topics that have one; all mistakes of all of them in one :class:`UsageFault`."""
    notes, faults = {}, []
    for slug in slugs:
        path = note_path(slug, folder)
        if path.exists():
            try:
                notes[slug] = read_note(path)
            except UsageFault as fault:
                faults.append(str(fault))
    if faults:
        raise UsageFault("\n".join(faults))
    return notes
