"""What the dictionaries do not know: ``scenes/lexicon.toml``, the project's own words and how they are said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from render.fault import Place, UsageFault

SYMBOLS = frozenset(
    ';:,.!?—…"()“” \u0303ʣʥʦʨᵝ\uab67AIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋ'
    "ʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ"
)
"""What Kokoro-82M reads: the 114 keys of ``vocab`` in the model's ``config.json`` (hexgrad/Kokoro-82M, Apache-2.0);
its table has 178 rows, and the others belong to no symbol."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word for the English dictionaries.  A capital letter alone is the letter's name."""

    text: str
    tight: bool = False
    """Said in one breath with what comes before, as after a hyphen."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Phonemes as they are."""

    phonemes: str
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon."""

    key: str
    """As it is written in the narration: one word, or several with single spaces."""
    spoken: tuple[tuple[Word | Sound, ...], ...]
    """What is said for each word of the key."""


class Lexicon:
    """The entries, found by what is written.

    A key with a capital stands for itself alone; a key without one stands for any capitals.  The first kind wins.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self._exact: dict[str, Entry] = {}
        self._folded: dict[str, Entry] = {}
        for entry in self.entries:
            plain = entry.key == entry.key.lower()
            (self._folded if plain else self._exact)[entry.key] = entry
        self._longest = max((len(entry.spoken) for entry in self.entries), default=1)
        self._pattern = re.compile(f"{_alternatives(self._exact)}|(?i:{_alternatives(self._folded)})")

    @classmethod
    def load(cls, path: Path, shown: str = "scenes/lexicon.toml") -> Lexicon:
        """The lexicon in the TOML file ``path``, called ``shown`` in errors.

        :raises UsageFault: with file, line and column of the first mistake, or if there is no such file.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise UsageFault(
                f"{shown}: {error.strerror}. Expected the lexicon of the narration there."
            ) from None
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            said, line, column = _where(str(error), text)
            raise UsageFault(f"{Place(shown, line, column)}: {said}") from None
        return cls(_entries(tables, text, shown))

    def find(self, key: str) -> Entry | None:
        """The entry for ``key`` as it is written, of one word or several."""
        return self._exact.get(key) or self._folded.get(key.lower())

    def match(self, text: str, start: int) -> tuple[Entry, int] | None:
        """The longest entry of one word that is written in ``text`` at ``start``, and where it ends.

        An entry never ends inside a word or number: L1 is not found in L10.
        """
        found = self._pattern.match(text, start)
        if found is None:
            return None
        entry = self.find(found[0])
        return None if entry is None else (entry, found.end())

    def phrase(self, words: Sequence[str]) -> Entry | None:
        """The longest entry of several words with which ``words`` begin."""
        for count in range(min(self._longest, len(words)), 1, -1):
            entry = self.find(" ".join(words[:count]))
            if entry is not None:
                return entry
        return None


def _alternatives(keys: Iterable[str]) -> str:
    """A pattern for keys of one word, the longest first; one that matches nothing if there are none."""
    words = sorted((key for key in keys if " " not in key), key=len, reverse=True)
    return "|".join(_bounded(word) for word in words) or "(?!)"


def _bounded(key: str) -> str:
    """A pattern for ``key`` as a whole word, or with the s of a plural or possessive after it."""
    last = "" if not key[-1].isalnum() else r"(?=(?:['’]s|e?s)?(?!\w))" if len(key) > 1 else r"(?!\w)"
    return re.escape(key) + last


def _entries(tables: Mapping[str, object], text: str, shown: str) -> Iterator[Entry]:
    seen: dict[str, Place] = {}
    for heading, table in tables.items():
        if not isinstance(table, dict) or {"say", "phonemes"} & {
            k for k, v in table.items() if isinstance(v, str)
        }:
            raise UsageFault(
                f"{_place(text, shown, heading)}: {heading} stands under no heading. "
                "Expected a [heading] such as [abbreviation] above the entries."
            )
        for key, value in table.items():
            place = _place(text, shown, key)
            folded = key if key != key.lower() else key.lower()
            if folded in seen:
                again = _place(text, shown, key, 1)
                raise UsageFault(f"{again}: {key} is there already, at {seen[folded]}. Keep one of them.")
            seen[folded] = place
            yield _entry(key, value, place)


def _entry(key: str, value: object, place: Place) -> Entry:
    words = key.split()
    if not words or key != " ".join(words):
        raise UsageFault(f"{place}: {key!r} must be words with single spaces between them.")
    expected = f'Expected {{ say = "other English words" }} or {{ phonemes = "..." }} for {key}'
    if not isinstance(value, dict) or len(value) != 1:
        raise UsageFault(f"{place}: {expected}.")
    [(kind, said)] = value.items()
    if kind not in ("say", "phonemes") or not isinstance(said, str) or not said.split():
        raise UsageFault(f"{place}: {expected}, not {kind} = {said!r}.")
    if kind == "phonemes" and (strange := sorted(set(said) - SYMBOLS)):
        raise UsageFault(f"{place}: {' '.join(strange)} in {said} is no phoneme that the voice knows.")
    if kind == "say" and (strange := sorted(set(re.sub(r"[A-Za-z' -]", "", said)))):
        raise UsageFault(f"{place}: say {said!r} must be English words, without {' '.join(strange)}.")
    parts = said.split()
    if len(words) > 1 and len(parts) != len(words):
        raise UsageFault(
            f"{place}: {key} has {len(words)} words and {said!r} has {len(parts)}. Expected one for each, "
            "so that each word on the screen has its time."
        )
    each = [_spoken(part, kind) for part in parts]
    return Entry(key, tuple(each) if len(words) > 1 else (tuple(item for items in each for item in items),))


def _spoken(part: str, kind: str) -> tuple[Word | Sound, ...]:
    if kind == "phonemes":
        return (Sound(part),)
    return tuple(Word(word, tight=place > 0) for place, word in enumerate(part.split("-")) if word)


def _place(text: str, shown: str, key: str, skip: int = 0) -> Place:
    """Where ``key`` is written as a key or as a heading, leaving out the first ``skip`` places."""
    plain = re.escape(key)
    pattern = rf"""^[ \t]*\[?[ \t]*(?P<key>"{plain}"|'{plain}'|{plain})[ \t]*[\]=.]"""
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if not found:
        return Place(shown, 1)
    start = found[min(skip, len(found) - 1)].start("key")
    return Place(shown, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def _where(said: str, text: str) -> tuple[str, int, int]:
    """What tomllib says, without its place, and the place as numbers."""
    found = re.search(r" \(at line (\d+), column (\d+)\)$", said)
    if found:
        return said[: found.start()], int(found[1]), int(found[2])
    return re.sub(r" \(at end of document\)$", "", said), text.count("\n") + 1, 1
