"""The search index: all that can be found, in one file that a browser fetches when somebody begins to search.

It has all that is said with the time of every word, so that a phrase leads to its own second and not only to its
sentence.  The browser builds its index of it (``hub/web/search.ts``): there are few sentences, and no server is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hub.page import Subject
from render.store.rendered import Beat, Script

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MORE: Final = "~"
"""The sign for as many tenths of a second as the largest digit, to which the next sign is added."""


@dataclass(frozen=True, slots=True)
class Name:
    """Something in a lesson that has a name: a formula or a term."""

    slug: str
    kind: Literal["formula", "term"]
    name: str
    words: str
    """The text to be searched: what it means, and what else it is called."""
    second: float
    """Of the lesson's video."""


def names_of(subject: Subject) -> Iterator[Name]:
    """The formulas and terms of a subject."""
    if subject.notes is None:
        return
    for formula in subject.notes.formulas:
        yield Name(subject.slug, "formula", formula.name, formula.means, float(formula.part.start))
    for term in subject.notes.terms:
        words = " ".join((*term.aliases, term.means))
        yield Name(subject.slug, "term", term.term, words, float(term.start))


def write_index(subjects: Sequence[Subject], scripts: dict[str, Script]) -> bytes:
    """The file as ``hub/web/find.ts`` reads it: ``topics``, ``names``, and a row a beat in each of three columns.

    ``where`` has the beats' topic, chapter and beginning, ``said`` the texts, ``times`` those of the words: like beside
    like packs smaller, by a fourteenth of the whole.  ``scripts`` has the words of every subject that can be watched,
    by slug; of the others, title and blurb can be found.  Times are in tenths of a second.
    """
    topics: list[object] = []
    where: list[tuple[int, int, int]] = []
    said: list[str] = []
    times: list[str] = []
    rows: dict[str, int] = {}
    for subject in subjects:
        row = rows[subject.slug] = len(topics)
        script = scripts.get(subject.slug)
        told = script.chapters if script else ()
        chapters = [[chapter.title, _tenths(chapter.start)] for chapter in told]
        topics.append([subject.link, subject.title, subject.blurb, chapters, subject.state])
        for number, chapter in enumerate(told):
            for beat in chapter.beats:
                where.append((row, number, _tenths(beat.start)))
                said.append(beat.text)
                times.append(word_times(beat))
    named = [
        [rows[one.slug], _tenths(one.second), one.kind, one.name, one.words]
        for subject in subjects
        for one in names_of(subject)
    ]
    record = {"topics": topics, "where": where, "said": said, "times": times, "names": named}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def word_times(beat: Beat) -> str:
    """When each word of a beat begins: tenths of a second after the word before it, a base-62 digit a word.

    The first is counted from the start of the beat.  Empty where the voice counted other words than the text has.
    """
    if [word.text for word in beat.words] != beat.text.split():
        return ""
    digits, before = [], _tenths(beat.start)
    for word in beat.words:
        tenths = max(_tenths(word.start), before)
        more, rest = divmod(tenths - before, len(_DIGITS) - 1)
        digits.append(_MORE * more + _DIGITS[rest])
        before = tenths
    return "".join(digits)


def _tenths(seconds: float) -> int:
    return round(seconds * 10)
