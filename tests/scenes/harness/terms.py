"""Terms: whether a lesson speaks, writes and defines the words of its field that the catalog names.

They are compared as :mod:`render.review.idea` has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from hub.note import Note, Term, note_path, read_note
from render.review.idea import find, first_spoken, tokens
from tests.scenes.harness.fault import Fault
from tests.scenes.harness.table import Lesson
from tests.scenes.harness.telling import ROOT, Stage

SOON: Final = 10.0
"""Seconds within which a term is written, before or after it is first spoken in the chapter that defines it."""

# What is spoken, written and defined.


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
