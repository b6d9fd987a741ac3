"""What is said, and whatever can say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from render.core.syllable import spoken, syllables
from render.core.timeline import Word


@dataclass(frozen=True, slots=True)
class Speech:
    """What was said: its length and the time of each word, both in seconds from the first sound."""

    seconds: float
    """Until the last sound ends."""
    words: tuple[Word, ...]
    """One for each whitespace-separated word of the text, punctuation attached, in order."""
    sound: Path | None = None
    """A WAV file of ``seconds``, one channel of 16 bits; none for a voice without sound, or where nothing is said."""
    keys: tuple[str, ...] = ()
    """What the store keeps the speech under, parts and whole; none for a voice that keeps nothing."""


class Voice(Protocol):
    """Whatever can say a text.  The same identity and texts give the same speech, on any machine."""

    def identity(self, texts: Iterable[str]) -> str:
        """Name and version, which change whenever the voice would time one of ``texts`` differently."""

    def speak(self, text: str) -> Speech:
        """The speech of ``text``."""

    def unspoken(self, texts: Sequence[str]) -> list[str]:
        """Those of ``texts`` whose speech would have to be made first, each once, in order."""


@dataclass(frozen=True, slots=True)
class SilentPace:
    """A voice without sound: it times words as a calm reader would say them, at about 150 words a minute.

    A word takes as long as its syllables, counted as it would be spoken (``1.397`` is one point three nine
    seven); punctuation adds the pauses.  The pause after the last word belongs to whatever comes next.
    """

    def identity(self, texts: Iterable[str]) -> str:
        """The same for all texts."""
        return "silent/1"

    def speak(self, text: str) -> Speech:
        """The speech of ``text``; zero seconds if it has no words."""
        words: list[Word] = []
        clock = end = 0.0
        for token in text.split():
            said = spoken(token)
            # A free-standing dash is nothing but its pause.
            length = sum(_ONSET + _SYLLABLE * syllables(word) for word in said) or _pause(token)
            end = clock + length
            words.append(Word(token, round(clock, 3), round(end, 3)))
            clock = end + (_pause(token) if said else 0.0)
        return Speech(round(end, 3), tuple(words))

    def unspoken(self, texts: Sequence[str]) -> list[str]:
        """Always empty: nothing has to be made before."""
        return []


_ONSET = 0.09
"""Between one word and the next."""

_SYLLABLE = 0.19

_BREATH = 0.2
"""After , ; : and a dash."""

_STOP = 0.4
"""After a sentence."""

_CLOSING = "\"'”’»)]}"


def _pause(token: str) -> float:
    last = token.rstrip(_CLOSING)[-1:]
    if last and last in ".?!…":
        return _STOP
    return _BREATH if last and last in ",;:—–" else 0.0
