"""A partition: a plane cut into rooms by strokes along its axes, each cut inside a room that there is already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.line import Segments
from scenes.kit.noun import THIN, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, loop

Fill = tuple[ManimColor, float]
"""Colour and opacity of a room."""

_CLEAR: Final[Fill] = (ink.chalk, 0.0)


@dataclass(frozen=True, slots=True)
class Cut:
    """A room cut in two where coordinate ``axis`` (0 across, 1 up) is ``level``: rooms ``below`` and ``above``."""

    axis: int
    level: float
    below: int
    above: int


class Partition(OnPlane, VGroup):
    """Rooms by number, 0 being the whole box; ``cuts`` says which are cut, and into which two.

    Nothing is cut at first: :meth:`open` lets a stroke grow through a room while its halves take on their own
    ``fills`` (room to colour and opacity; a room without one is clear), and closes it again.  The numbers may be
    those of a :class:`scenes.kit.tree.Tree`, so that both grow by the same calls.

    Raises ``ValueError`` for a cut that misses its room.
    """

    def __init__(
        self,
        plane: Coordinates,
        cuts: Mapping[int, Cut],
        fills: Mapping[int, Fill] | None = None,
        color: ManimColor = ink.chalk,
        width: float = THIN,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.cuts = dict(cuts)
        self.opened: dict[int, float] = {}
        self._fills: dict[int, Fill] = dict(fills or {})
        self._boxes: dict[int, Floats] = {0: np.array(plane.limits)}
        for number in self._down(0):
            self._divide(number)
        self._rooms = {number: Mark(plane, fill=1.0) for number in self._boxes}
        self.strokes = Segments(plane, color, width, dashed=False)
        self.add(*self._rooms.values(), self.strokes)
        self._draw()

    def _divide(self, number: int) -> None:
        low, high = self._boxes[number]
        cut = self.cuts.get(number)
        if cut is None:
            return
        if not low[cut.axis] < cut.level < high[cut.axis]:
            raise ValueError(f"the cut of room {number} at {cut.level:g} misses it")
        upper, lower = high.copy(), low.copy()
        upper[cut.axis] = lower[cut.axis] = cut.level
        self._boxes[cut.below], self._boxes[cut.above] = np.array([low, upper]), np.array([lower, high])

    # Where things are

    def room(self, number: int) -> Floats:
        """Lower and upper corner (2, 2) of a room, in data units."""
        return self._boxes[number].copy()

    def stroke(self, number: int) -> Floats:
        """Both ends (2, 2), in data units, of the stroke that cuts the room."""
        cut = self.cuts[number]
        ends = self.room(number)
        ends[:, cut.axis] = cut.level
        return ends

    # What changes

    def open(self, number: int, share: float = 1.0) -> Self:
        """Draw ``share`` (0 to 1) of the stroke that cuts the room; 0 takes it back, with all cuts inside."""
        return self.open_each({number: share})

    def open_each(self, shares: Mapping[int, float]) -> Self:
        """As :meth:`open`, for several rooms at once, room to share.  ``ValueError`` for one without a cut."""
        for number, share in shares.items():
            if number not in self.cuts:
                raise ValueError(f"room {number} has no cut")
            self.opened[number] = min(max(share, 0.0), 1.0)
        return self._draw()

    def paint(self, number: int, color: ManimColor, opacity: float) -> Self:
        """Give the room another fill."""
        self._fills[number] = (color, opacity)
        return self._draw()

    def fills(self) -> dict[int, Fill]:
        """Rooms that are seen now, and what they are filled with."""
        return dict(self._seen(0, self._fills.get(0, _CLEAR), 1.0))

    # How it is drawn

    def _draw(self) -> Self:
        seen = self.fills()
        for number, mark in self._rooms.items():
            if number not in seen:
                mark.draw(EMPTY)
                continue
            (x0, y0), (x1, y1) = self._boxes[number]
            color, opacity = seen[number]
            mark.set_fill(color, opacity)
            mark.draw(loop(self.plane.at(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]))))
        drawn = [
            (ends[0], ends[0] + share * (ends[1] - ends[0]))
            for number, share in self._shares(0, 1.0)
            for ends in [self.stroke(number)]
        ]
        starts, stops = np.array(drawn).reshape(-1, 2, 2).swapaxes(0, 1)
        self.strokes.redraw(starts, stops)
        return self

    def _down(self, number: int) -> Iterator[int]:
        yield number
        if number in self.cuts:
            yield from self._down(self.cuts[number].below)
            yield from self._down(self.cuts[number].above)

    def _seen(self, number: int, fill: Fill, share: float) -> Iterator[tuple[int, Fill]]:
        """Rooms that are seen, with their own fill as far as their cut is made, or else what the outer one has."""
        mine = _mixed(fill, self._fills.get(number, _CLEAR), share)
        share = self.opened.get(number, 0.0)
        if not share:
            yield number, mine
            return
        for part in (self.cuts[number].below, self.cuts[number].above):
            yield from self._seen(part, mine, share)

    def _shares(self, number: int, ride: float) -> Iterator[tuple[int, float]]:
        """Cuts that are seen, and how much of their strokes; inside a room that closes they shrink with it."""
        share = ride * self.opened.get(number, 0.0)
        if share:
            yield number, share
            for part in (self.cuts[number].below, self.cuts[number].above):
                yield from self._shares(part, share)


def _mixed(one: Fill, other: Fill, share: float) -> Fill:
    """Between two fills; a clear one lends no colour."""
    opacity = (1 - share) * one[1] + share * other[1]
    weight = share * other[1] / opacity if opacity else share
    return one[0].interpolate(other[0], weight), opacity
