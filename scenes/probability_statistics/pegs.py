"""A board of pegs: drops turn left or right at every row, and pile up by their number of right turns."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import Cloud
from scenes.kit.noun import Mark, OnPlane
from scenes.kit.path import EMPTY, Floats
from scenes.kit.review_hints import backdrop
from scenes.probability_statistics.pile import DROP, boxes

_IN_SIGHT: Final = 150
_AIR: Final = 0.3
"""Share of the whole rain that a drop is under way."""
_HOP: Final = 0.35
"""Height of a hop, in rows."""


class Pegs(OnPlane, VGroup):
    """``turns`` (drops, rows) of 0 (left) and 1 (right) at the pegs of a board on ``plane``.

    x is the number of right turns at last, so the first row has its one peg in the middle; the pegs lie between the
    heights ``low`` and ``high``, and bars of shares, ``tall`` for a share of 1, stand on the ground of the plane.
    Its parts are ``pins``, ``bars`` and ``drops``.  Nothing has fallen at first: :meth:`redraw` lets it.
    """

    def __init__(
        self,
        plane: Coordinates,
        turns: npt.ArrayLike,
        low: float,
        high: float,
        tall: float = 1.0,
        color: ManimColor = ink.first,
        radius: float = DROP,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.turns = np.asarray(turns, dtype=int)
        self.rows = self.turns.shape[1]
        self.low, self.high, self.tall = low, high, tall
        self.edges: Floats = np.arange(self.rows + 2) - 0.5
        self.pins = backdrop(Cloud(plane, self.places(), ink.quiet, 0.05, 0.9))
        self.bars = Mark(plane, color=color, fill=0.85)
        self.drops = Cloud(plane, np.zeros((0, 2)), color, radius, 1.0)
        self.add(self.bars, self.pins, self.drops)
        self.redraw(0.0)

    def places(self) -> Floats:
        """Data units (n, 2) of all pegs."""
        return np.array([self.spot(row, rights) for row in range(self.rows) for rights in range(row + 1)])

    def spot(self, row: float, rights: float) -> Floats:
        """Data units (2,) of the place before row ``row`` after so many right turns; the last row is the bins."""
        pitch = (self.high - self.low) / self.rows
        return np.array([rights + (self.rows - row) / 2, self.high - row * pitch])

    def way(self, turns: npt.ArrayLike, samples: int = 8) -> Floats:
        """Data units (m, 2) along the way of one drop that takes these ``turns``, with its hops."""
        given = np.asarray(turns, dtype=int)
        ends = np.linspace(0, len(given), len(given) * samples + 1)
        return self._along(given[None], ends[:, None])[:, 0]

    def redraw(self, fallen: float) -> Self:
        """Show it with this share, 0 to 1, of the drops down."""
        count = len(self.turns)
        begin = np.arange(count) / count * (1 - _AIR)
        way = np.clip((min(max(fallen, 0.0), 1.0) - begin) / _AIR, 0.0, 1.0)
        landed = self.turns[way >= 1].sum(axis=1)
        self.heights: Floats = np.bincount(landed, minlength=self.rows + 1) / count
        self.bars.draw(boxes(self.plane, self.edges, self.tall * self.heights, self.heights > 0))
        air = np.flatnonzero((way > 0) & (way < 1))
        # The same ones from frame to frame, or they would flicker.
        air = air[air % max(1, round(_AIR * count / _IN_SIGHT)) == 0]
        if not len(air):
            self.drops.draw(EMPTY)
            return self
        # Nine tenths of the way among the pegs, then down to the pile.
        among = np.clip(way[air] / 0.9, 0.0, 1.0) * self.rows
        spots = self._along(self.turns[air], among[None])[0]
        down = np.clip((way[air] - 0.9) / 0.1, 0.0, 1.0) ** 2
        tops = self.tall * self.heights[self.turns[air].sum(axis=1)]
        spots[:, 1] -= down * (spots[:, 1] - tops)
        self.drops.redraw(spots)
        return self

    def _along(self, turns: npt.NDArray[np.int_], rows: Floats) -> Floats:
        """Data units (m, n, 2) of n drops after ``rows`` (m, n or 1) of their ways."""
        rights = np.concatenate([np.zeros((len(turns), 1), int), turns.cumsum(axis=1)], axis=1)
        wide = np.broadcast_to(rows, (len(rows), len(turns)))
        whole = np.minimum(wide.astype(int), turns.shape[1] - 1)
        part = wide - whole
        drop = np.arange(len(turns))
        before, after = rights[drop, whole], rights[drop, whole + 1]
        pitch = (self.high - self.low) / self.rows
        across = before + part * (after - before) + (self.rows - wide) / 2
        hop = _HOP * 4 * part * (1 - part)
        up = self.high - (wide - hop) * pitch
        return np.stack([across, up], axis=-1)
