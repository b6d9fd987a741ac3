"""Rain and the pile that it makes: very many values fall, each at its own x, and bars count those that have landed."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import Cloud
from scenes.kit.line import Curve
from scenes.kit.noun import LINE, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, loops

DROP: Final = 0.075
"""Radius of a drop in scene units."""
_IN_SIGHT: Final = 260
"""More drops than these are not seen in the air at once."""
_AIR: Final = 0.22
"""Share of the whole rain that a value is in the air."""
_GAP: Final = 0.06
"""Share of a bin that is left free between two bars."""


class Pile(OnPlane, VGroup):
    """``values`` (n,) that rain on ``plane`` in their order, and bars over the bins between ``edges`` (k + 1,).

    A bar counts what has landed in its bin, a value on an edge in the bin above it; what lies outside is left out.
    Its height is the share of *all* n values, or with ``density`` that share per unit of x, or with ``counts`` their
    number.  From ``cut`` on bars are of the color ``tail``.  Its parts are ``bars``, ``beyond`` (the bars from the cut
    on) and ``drops``, those in the air.  Nothing has fallen at first: :meth:`redraw` lets it::

        self.play(glide(pile.redraw, 0.0, 1.0))

    Raises ``ValueError`` for edges that do not rise.
    """

    def __init__(
        self,
        plane: Coordinates,
        values: npt.ArrayLike,
        edges: npt.ArrayLike,
        color: ManimColor = ink.first,
        tail: ManimColor = ink.error,
        *,
        density: bool = False,
        counts: bool = False,
        radius: float = DROP,
        fill: float = 0.85,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.values: Floats = np.asarray(values, dtype=float)
        self.edges: Floats = np.asarray(edges, dtype=float)
        if not (np.diff(self.edges) > 0).all():
            raise ValueError(f"edges have to rise, not {self.edges.tolist()}")
        bins = np.searchsorted(self.edges, self.values, "right") - 1
        bins[self.values == self.edges[-1]] -= 1
        bins[(bins < 0) | (bins >= len(self.edges) - 1)] = -1
        self._bins = bins
        unit = np.ones(len(self.edges) - 1)
        if not counts:
            unit = unit / len(self.values)
        if density:
            unit = unit / np.diff(self.edges)
        self._unit: Floats = unit
        self.bars = Mark(plane, color=color, fill=fill)
        self.beyond = Mark(plane, color=tail, fill=fill)
        self.drops = Cloud(plane, np.zeros((0, 2)), color, radius, 1.0)
        self._fallen, self._cut = 0.0, np.inf
        self.add(self.bars, self.beyond, self.drops)
        self.redraw(0.0)

    def redraw(self, fallen: float) -> Self:
        """Show it with this share, 0 to 1, of the rain over."""
        self._fallen = float(min(max(fallen, 0.0), 1.0))
        way = self._way(self._fallen)
        heights = self._heights(way >= 1)
        air = np.flatnonzero((way > 0) & (way < 1) & (self._bins >= 0))
        air = air[:: max(1, -(-len(air) // _IN_SIGHT))]
        top = self.plane.limits[1][1]
        ends = heights[self._bins[air]]
        self.drops.redraw(np.column_stack([self.values[air], top - way[air] ** 2 * (top - ends)]))
        return self._draw(heights)

    def cut(self, at: float) -> Self:
        """Let bars that begin at ``at`` or above it, in data units, take the colour of the tail; inf for none."""
        self._cut = float(at)
        return self._draw(self.heights())

    def heights(self) -> Floats:
        """Heights (k,) of the bars now, in units of y."""
        return self._heights(self._way(self._fallen) >= 1)

    def outline(self, heights: npt.ArrayLike, color: ManimColor = ink.fourth, width: float = LINE) -> Curve:
        """The outline of bars of ``heights`` (k,) over the same bins: what a model says of them."""
        return steps(self.plane, self.edges, heights, color, width)

    def _way(self, fallen: float) -> Floats:
        """How far each value has fallen (n,), 0 to 1."""
        begin = np.arange(len(self.values)) / max(len(self.values), 1) * (1 - _AIR)
        return np.clip((fallen - begin) / _AIR, 0.0, 1.0)

    def _heights(self, landed: npt.NDArray[np.bool_]) -> Floats:
        chosen = landed & (self._bins >= 0)
        counted = np.bincount(self._bins[chosen], minlength=len(self._unit))
        return np.asarray(counted * self._unit)

    def _draw(self, heights: Floats) -> Self:
        beyond = self.edges[:-1] >= self._cut
        for mark, which in ((self.bars, ~beyond), (self.beyond, beyond)):
            mark.draw(boxes(self.plane, self.edges, heights, which & (heights > 0)))
        return self


def boxes(
    plane: Coordinates, edges: Floats, heights: npt.ArrayLike, which: npt.NDArray[np.bool_] | None = None
) -> Floats:
    """Outlines of bars from 0 to ``heights`` (k,) between ``edges`` (k + 1,), cut at the box; those of a mask alone."""
    up = np.asarray(heights, dtype=float)
    kept = np.ones(len(up), bool) if which is None else which
    if not kept.any():
        return EMPTY
    air = _GAP * np.diff(edges) / 2
    left, right, top = (edges[:-1] + air)[kept], (edges[1:] - air)[kept], up[kept]
    ground = np.zeros_like(top)
    corners = np.stack([left, ground, right, ground, right, top, left, top], axis=-1).reshape(-1, 2)
    return loops(plane.at(np.clip(corners, *plane.limits)).reshape(-1, 4, 3))


def steps(
    plane: Coordinates,
    edges: npt.ArrayLike,
    heights: npt.ArrayLike,
    color: ManimColor = ink.fourth,
    width: float = LINE,
) -> Curve:
    """The outline of bars of ``heights`` (k,) between ``edges`` (k + 1,), from the ground and back to it."""
    return Curve(plane, color, width).redraw(*stairs(edges, heights))


def stairs(edges: npt.ArrayLike, heights: npt.ArrayLike) -> tuple[Floats, Floats]:
    """xs and ys (2k + 2,) of that outline: what its curve is redrawn with."""
    across = np.repeat(np.asarray(edges, dtype=float), 2)
    up = np.concatenate([[0.0], np.repeat(np.asarray(heights, dtype=float), 2), [0.0]])
    return across, up
