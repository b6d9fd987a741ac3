"""Faults of reading time: more new words at once than a viewer can read, and texts that go too soon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from render.core.profile import TICKS_PER_SECOND
from render.core.timeline import Beat
from render.review.observation import Observation
from render.review.stage import Unit

WORDS_PER_SECOND: Final = 3.5
"""Words of a picture that a viewer reads in a second while listening."""
GLANCE: Final = 0.5
"""Seconds that any text stands, however short."""

_FEW: Final = 4
"""Newly shown words that are taken in at a glance."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?|\S*\d\S*[^\W\d_]\S*")
_SPACING: Final = re.compile(
    r"#\w+\([^()]*\)|\b(?:frac|norm|bold|hat|dot|plus\.minus|quad|sum|cal|sqrt|vec|mat)\b"
)
_RECENT: Final = round(1.5 * TICKS_PER_SECOND)
"""Ticks after which a word that was shown before has to be read anew."""


@dataclass(slots=True, eq=False)
class Showing:
    """A text on the stage, from when to when it can be read: ticks from the start of the chapter."""

    unit: Unit
    name: str
    text: str
    start: int
    end: int
    where: str
    """The play that showed it: ``scenes/svm/margin.py:197``."""
    beat: int

    @property
    def words(self) -> list[str]:
        """The words that have to be read; bare numbers do not count, and four signs of a formula count as a word."""
        kind = getattr(self.unit.mobject, "kind", "")
        plain = _SPACING.sub(" ", self.text)
        words = _WORD.findall(plain)
        if kind == "formula":
            signs = len([sign for sign in plain if not sign.isspace()]) - sum(map(len, words))
            words += ["·"] * (signs // 4)
        return [word.casefold() for word in words]


def examine_reading(
    showings: Sequence[Showing], beats: Sequence[Beat]
) -> Iterator[tuple[Observation, Showing]]:
    """The faults of all ``showings`` of a chapter with these ``beats``, each with the showing that is to blame."""
    for index, beat in enumerate(beats):
        end = beats[index + 1].start if index + 1 < len(beats) else beat.end
        came = [one for one in showings if beat.start <= one.start < end]
        fresh = {id(one): _fresh(one, showings) for one in came}
        words = sum(len(new) for new in fresh.values())
        seconds = (end - beat.start) / TICKS_PER_SECOND
        if words > _FEW and words / seconds > WORDS_PER_SECOND:
            blamed = max(came, key=lambda one: len(fresh[id(one)]))
            message = (
                f"{words} new words in a beat of {seconds:.1f} s, {words / seconds:.1f} a second; "
                f"expected {WORDS_PER_SECOND} at most"
            )
            yield Observation("hurry", blamed.unit, None, words / seconds, WORDS_PER_SECOND, message), blamed
    for one in showings:
        words = len(_fresh(one, showings))
        needed = max(GLANCE, words / WORDS_PER_SECOND)
        stood = (one.end - one.start) / TICKS_PER_SECOND
        if words and stood < needed - 1.5 / TICKS_PER_SECOND and not _goes_on(one, showings):
            message = f"{{what}} stands for {stood:.1f} s; its {words} words need {needed:.1f} s"
            yield Observation("unread", one.unit, None, stood, needed, message), one


def _fresh(one: Showing, showings: Iterable[Showing]) -> list[str]:
    """The words of a text that no other text has shown up to a moment before."""
    known: list[str] = []
    for other in showings:
        earlier = other.start < one.start or (
            other.start == one.start and other is not one and id(other) < id(one)
        )
        if other is not one and earlier and other.end > one.start - _RECENT:
            known += other.words
    fresh = []
    for word in one.words:
        if word in known:
            known.remove(word)
        else:
            fresh.append(word)
    return fresh


def _goes_on(one: Showing, showings: Iterable[Showing]) -> bool:
    """Whether another text takes its words over when it goes."""
    return any(
        other is not one and abs(other.start - one.end) <= _RECENT and set(one.words) <= set(other.words)
        for other in showings
    )
