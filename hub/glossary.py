"""The glossary: the terms that all lessons define, in alphabetical order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from hub.page import Entry, Subject


@dataclass(frozen=True, slots=True)
class Defined:
    """A term with the subject whose lesson defines it."""

    entry: Entry
    subject: Subject

    @property
    def anchor(self) -> str:
        """The id of its element on the page, which no other term has."""
        return f"{self.subject.slug}-{'-'.join(_folded(self.entry.term).split())}"


def shelve_terms(subjects: Iterable[Subject]) -> tuple[tuple[str, tuple[Defined, ...]], ...]:
    """Every term under its first letter, both in the order of the alphabet, and signs and figures first (``#``)."""
    terms = [
        Defined(entry, subject) for subject in subjects if subject.notes for entry in subject.notes.terms
    ]
    terms.sort(key=lambda term: (_letter(term) != "#", _folded(term.entry.term), term.subject.slug))
    return tuple((letter, tuple(group)) for letter, group in groupby(terms, key=_letter))


def _letter(term: Defined) -> str:
    first = _folded(term.entry.term)[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


def _folded(text: str) -> str:
    """``text`` as an alphabet compares it: without case and accents, with words of letters and figures only."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
