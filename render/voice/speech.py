"""What is said, and whatever can say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from render.timeline import Word


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
    """Whatever can say a text.  The same identity and text give the same speech, on any machine."""

    @property
    def identity(self) -> str:
        """Name and version, which change whenever the voice would time some text differently."""

    def speak(self, text: str) -> Speech:
        """The speech of ``text``."""

    def unspoken(self, texts: Sequence[str]) -> list[str]:
        """Those of ``texts`` whose speech would have to be made first, each once, in order."""
