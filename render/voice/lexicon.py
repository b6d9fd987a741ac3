"""What the dictionaries do not know: the project's own words and how they are said, in ``scenes/lexicon``.

``shared.toml`` has the words of all lessons, ``<topic>.toml`` those that one lesson alone says (``_`` for each ``-`` of
its slug).  A lesson is said by these two, so that what one lesson teaches the voice changes nothing that another says;
but in all files a word has one reading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from render.core.fault import Place, UsageFault
from render.core.yaml_record import read_text

SYMBOLS = frozenset(
    ';:,.!?—…"()“” \u0303ʣʥʦʨᵝ\uab67AIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋ'
    "ʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ"
)
"""What Kokoro-82M reads: the 114 keys of ``vocab`` in the model's ``config.json`` (hexgrad/Kokoro-82M, Apache-2.0);
its table has 178 rows, and the others belong to no symbol."""

SHARED: Final = "shared"
"""The name of the file whose words all lessons say."""
_FOLDER: Final = "scenes/lexicon"


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

    def __init__(
        self, entries: Iterable[Entry] = (), topic: str = SHARED, elsewhere: Mapping[str, str] | None = None
    ) -> None:
        self.entries = tuple(entries)
        self.file = file_of(topic)
        """Where a word of these lessons is taught."""
        self.elsewhere = dict(elsewhere or {})
        """Words that only other lessons say, and the file that teaches each."""
        self._exact: dict[str, Entry] = {}
        self._folded: dict[str, Entry] = {}
        for entry in self.entries:
            plain = entry.key == entry.key.lower()
            (self._folded if plain else self._exact)[entry.key] = entry
        self._longest = max((len(entry.spoken) for entry in self.entries), default=1)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(f"{_alternatives(self._exact)}|(?i:{_alternatives(self._folded)})")

    @classmethod
    def load(cls, folder: Path, topic: str = SHARED) -> Lexicon:
        """What the lesson of ``topic`` (such as ``linear_algebra``) is said by: the shared words and its own.

        A topic without a file of its own has the shared words alone.

        :raises UsageFault: as :func:`read_lexicons` does.
        """
        files = read_lexicons(folder)
        own = {entry.key: entry for name in (SHARED, topic) for entry in files.get(name, ())}
        elsewhere = {
            entry.key: file_of(name)
            for name, entries in files.items()
            for entry in entries
            if entry.key not in own
        }
        return cls(own.values(), topic, elsewhere)

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


def file_of(topic: str) -> str:
    """The file of the words that the lesson of ``topic`` says, relative to the project."""
    return f"{_FOLDER}/{topic}.toml"


def read_lexicons(folder: Path) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of every file of ``folder`` by its name without ``.toml``, those of all lessons first.

    :raises UsageFault: with file, line and column of the first mistake, with both places of a word that two files read
        differently, or if the words of all lessons are missing.
    """
    paths = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != SHARED, path.stem))
    if not paths or paths[0].stem != SHARED:
        raise UsageFault(
            f"{file_of(SHARED)}: No such file. Expected the words of all lessons and how they are pronounced there."
        )
    try:
        status = [path.stat() for path in paths]
        return _read(tuple(paths), tuple((one.st_size, one.st_mtime_ns, one.st_ino) for one in status))
    except OSError as error:
        raise UsageFault(f"{error.filename}: {error.strerror}.") from None


@cache
def _read(paths: Sequence[Path], status: object) -> Mapping[str, tuple[Entry, ...]]:
    """The files at ``paths``, read once while their ``status`` is the same."""
    known: dict[str, tuple[Entry, _Source]] = {}
    files: dict[str, tuple[Entry, ...]] = {}
    for path in paths:
        source = _Source(file_of(path.stem), read_text(path, "It was there a moment ago.")[0])
        files[path.stem] = tuple(_entries(source))
        for entry in files[path.stem]:
            first, other = known.setdefault(entry.key, (entry, source))
            if first.spoken != entry.spoken:
                raise UsageFault(
                    f"{source.place(entry.key)}: {entry.key} is read otherwise at {other.place(entry.key)}. "
                    "Expected one reading of a word in all files: make them the same."
                )
    return files


@dataclass(frozen=True, slots=True)
class _Source:
    """A file of the lexicon as it is written."""

    shown: str
    text: str

    def place(self, key: str, skip: int = 0) -> Place:
        """Where ``key`` is written as a key or as a heading, leaving out the first ``skip`` places."""
        plain = re.escape(key)
        pattern = rf"""^[ \t]*\[?[ \t]*(?P<key>"{plain}"|'{plain}'|{plain})[ \t]*[\]=.]"""
        found = list(re.finditer(pattern, self.text, re.MULTILINE))
        if not found:
            return Place(self.shown, 1)
        start = found[min(skip, len(found) - 1)].start("key")
        return Place(self.shown, self.text.count("\n", 0, start) + 1, start - self.text.rfind("\n", 0, start))


def _entries(source: _Source) -> Iterator[Entry]:
    seen: set[str] = set()
    for heading, table in _tables(source).items():
        if not isinstance(table, dict) or {"say", "phonemes"} & {
            k for k, v in table.items() if isinstance(v, str)
        }:
            raise UsageFault(
                f"{source.place(heading)}: {heading} stands under no heading. "
                "Expected a [heading] such as [abbreviation] above the entries."
            )
        for key, value in table.items():
            if key in seen:
                raise UsageFault(
                    f"{source.place(key, 1)}: {key} is there already, at {source.place(key)}. Keep one of them."
                )
            seen.add(key)
            try:
                yield _entry(key, value)
            except ValueError as error:
                raise UsageFault(f"{source.place(key)}: {error}") from None


def _tables(source: _Source) -> Mapping[str, object]:
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        said, line, column = _where(str(error), source.text)
        raise UsageFault(f"{Place(source.shown, line, column)}: {said}. Expected TOML.") from None
    except RecursionError:
        raise UsageFault(
            f"{source.shown}:1:1: expected headings and entries, found deeper nesting."
        ) from None


def _entry(key: str, value: object) -> Entry:
    """The entry ``key`` = ``value``; :class:`ValueError` says in words what is wrong with it."""
    words = key.split()
    if not words or key != " ".join(words):
        raise ValueError(f"{key!r} must be words with single spaces between them.")
    expected = f'Expected {{ say = "other English words" }} or {{ phonemes = "..." }} for {key}'
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError(f"{expected}.")
    [(kind, said)] = value.items()
    if kind not in ("say", "phonemes") or not isinstance(said, str) or not said.split():
        raise ValueError(f"{expected}, not {kind} = {said!r}.")
    if kind == "phonemes" and (strange := sorted(set(said) - SYMBOLS)):
        raise ValueError(f"{' '.join(strange)} in {said} is no phoneme that the voice knows.")
    if kind == "say" and (strange := sorted(set(re.sub(r"[A-Za-z' -]", "", said)))):
        raise ValueError(f"say {said!r} must be English words, without {' '.join(strange)}.")
    parts = said.split()
    if len(words) > 1 and len(parts) != len(words):
        raise ValueError(
            f"{key} has {len(words)} words and {said!r} has {len(parts)}. Expected one for each, "
            "so that each word on the screen has its time."
        )
    each = [_spoken(part, kind) for part in parts]
    return Entry(key, tuple(each) if len(words) > 1 else (tuple(item for items in each for item in items),))


def _spoken(part: str, kind: str) -> tuple[Word | Sound, ...]:
    if kind == "phonemes":
        return (Sound(part),)
    return tuple(Word(word, tight=place > 0) for place, word in enumerate(part.split("-")) if word)


def _where(said: str, text: str) -> tuple[str, int, int]:
    """What tomllib says, without its place, and the place as numbers."""
    found = re.search(r" \(at line (\d+), column (\d+)\)$", said)
    if found:
        return said[: found.start()], int(found[1]), int(found[2])
    return re.sub(r" \(at end of document\)$", "", said), text.count("\n") + 1, 1
