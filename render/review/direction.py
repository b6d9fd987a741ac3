"""Direction: how far the picture fills the frame, how long it stands still, where the camera goes, in which shots.

A chapter is measured by itself: at the end of every beat what is lit (without backdrop, title, what is pinned and what
is dimmed), and over every half-second whether the picture has changed.  What is asked of it says
:func:`examine_direction`.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from render.core.profile import TICKS_PER_SECOND
from render.core.spoken_number import heavy_numbers
from render.core.timeline import Beat, Chapter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_BOX: Final = 0.55
"""Least median, over the beats of a chapter, of the share of the frame that the box of its picture takes."""
FULL: Final = 0.60
"""Share of the frame from which a beat has a full picture."""
COLUMNS: Final = 16
ROWS: Final = 9
"""Cells of the grid on which it is counted how much of the frame is touched."""
STIR: Final = 0.0001
"""Share of the picture that has to change within half a second; what changes less of it stands still, or drifts."""

_READ: Final = frozenset({"formula"})
"""Shots whose picture is read, and may stand."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How far the frame is filled as a beat ends: shares of it, 0 to 1."""

    box: float
    """Of the box around the picture."""
    cells: float
    """Of the cells of a grid of :data:`COLUMNS` × :data:`ROWS` that the picture touches."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the frame."""

    seconds: float
    """From the start of the chapter."""
    target: str
    """What it goes to, as a person would call it; ``the stage`` where that is the whole or a region of it."""
    word: str
    """The word that is spoken as it begins; empty in a pause."""


@dataclass(frozen=True, slots=True)
class Direction:
    """How a chapter is directed."""

    fills: tuple[Fill, ...]
    """One of each beat."""
    still: int
    """Half-seconds in which nothing stirs."""
    halves: int
    """All half-seconds but those of formulas that are read and of marked pauses."""
    moves: tuple[Move, ...]
    shots: tuple[str, ...]
    """In the order in which they are taken."""
    numbers: int
    """Spoken numbers but small counts."""
    seconds: float
    """Length of the chapter."""
    formulas: tuple[str, ...] = ()
    """Those that are shown, as Typst's source, in the order in which they come."""
    ideas: int = 0
    """Terms and formulas that are new in it; they are known where the whole lesson is (:mod:`render.review.idea`)."""

    @property
    def box(self) -> float:
        """Median share of the frame that the box of the picture takes."""
        return median(fill.box for fill in self.fills)

    @property
    def cells(self) -> float:
        """Median share of the cells that the picture touches."""
        return median(fill.cells for fill in self.fills)

    @property
    def full(self) -> float:
        """Share of the beats whose picture takes :data:`FULL` of the frame."""
        return sum(fill.box >= FULL for fill in self.fills) / len(self.fills)

    @property
    def stillness(self) -> float:
        """Share of the half-seconds in which nothing stirs."""
        return self.still / self.halves if self.halves else 0.0

    @property
    def numbers_a_minute(self) -> float:
        """Spoken numbers but small counts."""
        return 60 * self.numbers / self.seconds

    @property
    def ideas_a_minute(self) -> float:
        """New terms and formulas."""
        return 60 * self.ideas / self.seconds

    def to_record(self) -> dict[str, Any]:
        """Plain data that :meth:`from_record` reads back."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Direction:
        """What :meth:`to_record` wrote."""
        return cls(
            **{
                **record,
                "fills": tuple(Fill(**one) for one in record["fills"]),
                "moves": tuple(Move(**one) for one in record["moves"]),
                "shots": tuple(record["shots"]),
                "formulas": tuple(record["formulas"]),
            }
        )


def together(directions: Sequence[Direction]) -> Direction:
    """Several chapters as one: what the table says of the lesson."""
    return Direction(
        fills=tuple(fill for one in directions for fill in one.fills),
        still=sum(one.still for one in directions),
        halves=sum(one.halves for one in directions),
        moves=tuple(move for one in directions for move in one.moves),
        shots=tuple(shot for one in directions for shot in one.shots),
        numbers=sum(one.numbers for one in directions),
        seconds=sum(one.seconds for one in directions),
        formulas=tuple(formula for one in directions for formula in one.formulas),
        ideas=sum(one.ideas for one in directions),
    )


def fill_of(drawn: NDArray[np.bool_]) -> Fill:
    """How far pixels (height × width) that are ``drawn`` on fill the frame."""
    import numpy as np  # late: who reads what was measured needs none

    if not drawn.any():
        return Fill(0.0, 0.0)
    height, width = drawn.shape
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    box = (rows[-1] + 1 - rows[0]) * (columns[-1] + 1 - columns[0]) / drawn.size
    down, across = np.nonzero(drawn)
    cells = np.unique(down * ROWS // height * COLUMNS + across * COLUMNS // width)
    return Fill(round(float(box), 4), round(len(cells) / (ROWS * COLUMNS), 4))


def half_second(number: int) -> int:
    """The tick of a chapter at which its half-second of that ``number``, from 0, begins."""
    return number * TICKS_PER_SECOND // 2


def still_halves(
    stirs: Sequence[float], shots: Sequence[tuple[int, str]], pauses: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """How many half-seconds stand still, and of how many: without formulas that are read and marked pauses.

    ``stirs`` has for each half-second the share of the picture that changes in it, ``shots`` by which tick each begins.
    """
    begins = [tick for tick, _ in shots]
    counted = []
    for number, stir in enumerate(stirs):
        start, end = half_second(number), half_second(number + 1)
        shot = shots[bisect.bisect_right(begins, start) - 1][1] if begins and begins[0] <= start else ""
        if shot not in _READ and not any(begin < end and start < stop for begin, stop in pauses):
            counted.append(stir)
    return sum(stir < STIR for stir in counted), len(counted)


def word_at(tick: int, beats: Sequence[Beat]) -> str:
    """The word that is spoken at a ``tick`` of the chapter, or was last in its beat; empty before one and in pauses."""
    for beat in beats:
        if beat.start <= tick < beat.end:
            seconds = (tick - beat.start + 0.5) / TICKS_PER_SECOND
            spoken = [word.text for word in beat.words if word.start <= seconds]
            return spoken[-1].strip(".,;:?!…") if spoken else ""
    return ""


def spoken_numbers(chapter: Chapter) -> int:
    """Numbers that a listener has to keep: all that are spoken but small counts."""
    return sum(len(heavy_numbers(beat.text)) for beat in chapter.beats)


@dataclass(frozen=True, slots=True)
class Weakness:
    """What is wrong with the direction of a whole chapter; ``kind`` is a key of the rules of findings."""

    kind: str
    figure: float
    bound: float
    message: str


def examine_direction(direction: Direction) -> Iterator[Weakness]:
    """The faults of a chapter as a whole."""
    if direction.box < LEAST_BOX:
        yield Weakness(
            "unfilled",
            round(direction.box, 4),
            LEAST_BOX,
            f"the box of the picture takes {direction.box:.0%} of the frame, the median of "
            f"{len(direction.fills)} beats; expected {LEAST_BOX:.0%} at least",
        )
