"""What a voice says in one breath: a sentence, and where in it each word sounds.

Sentences are said one by one, so that changing one leaves the others as they were, to the sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from render.voice.model import LONGEST, RATE, UNIT
from render.voice.pronounce import Said

EARLY: Final = 0.05
"""Seconds by which sound comes before the network's own count.

Measured at 236 words after a pause: with it, the time of nine in ten lies from 20 ms before the onset to 55 ms after.
"""
_SHORT: Final = 20
"""Phonemes of a sentence too short to be said alone: by itself it comes out some 2 dB louder than its neighbours."""

_ENDS: Final = ".?!…"
_BREATHS: Final = ",;:—"
_CLOSING: Final = ')”"'
_PUNCTUATION: Final = frozenset(_ENDS + _BREATHS + _CLOSING + "(“ ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are said together.  At least one of them sounds."""

    said: tuple[Said, ...]

    @property
    def phonemes(self) -> str:
        """What the network reads."""
        return " ".join(word.phonemes for word in self.said if word.phonemes)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Where in :attr:`phonemes` each word begins and ends to sound.

        A dash is its pause, and a word of which nothing is said an empty place after the word before it.
        """
        end = 0
        for word in self.said:
            if not word.phonemes:
                yield end, end
                continue
            begin = end + 1 if end else 0
            end = begin + len(word.phonemes)
            sounding = [at for at in range(len(word.phonemes)) if word.phonemes[at] not in _PUNCTUATION]
            if sounding:
                yield begin + sounding[0], begin + sounding[-1] + 1
            else:
                yield begin, end

    def times(self, units: Sequence[int], lead: int, samples: int) -> list[tuple[float, float]]:
        """Start and end of each word in seconds.

        ``units`` are the lengths that the network told, ``lead`` the samples cut off before the first sound and
        ``samples`` those that were kept.
        """
        edges = [0, *accumulate(units)]
        length = samples / RATE

        def second(phoneme: int) -> float:
            return min(max((edges[phoneme + 1] * UNIT - lead) / RATE - EARLY, 0.0), length)

        return [(second(begin), second(end)) for begin, end in self.spans()]


def phrases(said: Sequence[Said]) -> list[Phrase]:
    """The sentences of a text; none if nothing of it sounds.

    A very short sentence is said together with the next, the last one together with the one before.  What is too
    long for the network is cut at the latest breath in time, or else between two words.
    """
    found: list[Phrase] = []
    for sentence in _sentences(said):
        phrase = Phrase(sentence)
        if found and _unfit(found[-1]) and len(found[-1].phonemes) + len(phrase.phonemes) < LONGEST:
            found[-1] = Phrase(found[-1].said + sentence)
        else:
            found.append(phrase)
    if len(found) > 1 and _unfit(found[-1]) and len(found[-2].phonemes) + len(found[-1].phonemes) < LONGEST:
        last = found.pop()
        found[-1] = Phrase(found[-1].said + last.said)
    if len(found) == 1 and not _sounds(found[0].said):
        return []
    return [part for phrase in found for part in _fitting(phrase)]


def _unfit(phrase: Phrase) -> bool:
    return len(phrase.phonemes) < _SHORT or not _sounds(phrase.said)


def _sounds(said: Sequence[Said]) -> bool:
    return any(symbol not in _PUNCTUATION for word in said for symbol in word.phonemes)


def _sentences(said: Sequence[Said]) -> Iterator[tuple[Said, ...]]:
    begin = 0
    for place, word in enumerate(said, 1):
        if word.phonemes.rstrip(_CLOSING)[-1:] in tuple(_ENDS):
            yield tuple(said[begin:place])
            begin = place
    if begin < len(said):
        yield tuple(said[begin:])


def _fitting(phrase: Phrase) -> Iterator[Phrase]:
    """``phrase`` in parts of :data:`LONGEST` phonemes at the most."""
    rest = phrase.said
    while len(Phrase(rest).phonemes) > LONGEST:
        room = [place for place in range(1, len(rest)) if len(Phrase(rest[:place]).phonemes) <= LONGEST]
        breaths = [
            place for place in room if rest[place - 1].phonemes.rstrip(_CLOSING)[-1:] in tuple(_BREATHS)
        ]
        cut = (breaths or room)[-1]
        yield Phrase(rest[:cut])
        rest = rest[cut:]
    yield Phrase(rest)
