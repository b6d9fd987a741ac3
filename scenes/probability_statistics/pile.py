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
_LONE: Final = 0.6
"""Share of a drop's radius that one has which lies where a bar would be too low to be seen."""
_AIR: Final = 0.22
"""Share of the whole rain that a value is in the air."""
_GOLDEN: Final = (5**0.5 - 1) / 2
_WIDE: Final = 0.62
"""Share of a bin over which its drops fall side by side."""
_GAP: Final = 0.06
"""Share of a bin that is left free between two bars."""


class Pile(OnPlane, VGroup):
    """``values`` (n,) that rain on ``plane`` in their order, and bars over the bins between ``edges`` (k + 1,).

    A bar counts what has landed in its bin, a value on an edge in the bin above it; what lies outside is left out.
    Its height is the share of *all* n values, or with ``density`` that share per unit of x, or with ``counts`` their
    number.  From ``cut`` on bars are of the color ``tail``.  Its parts are ``bars``, ``beyond`` (the bars from the cut
    on), ``drops``, those in the air, of which about ``most`` are drawn, and ``lone``, a drop at the ground of each bin
    whose bar is lower than a drop.
    Nothing has fallen at first: :meth:`redraw` lets it::

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
        most: int = _IN_SIGHT,
    ) -> None:
        super().__init__()
        self.plane, self._most = plane, most
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
        aside = (np.arange(len(self.values)) * _GOLDEN % 1 - 0.5) * _WIDE
        self._across: Floats = self.values + aside * float(np.diff(self.edges).min())
        (x0, y0), _ = plane.limits
        self._low = float(
            plane.inverse([plane.at(x0, y0) + np.array([0.0, 2 * _LONE * radius, 0.0])])[0, 1] - y0
        )
        self.bars = Mark(plane, color=color, fill=fill)
        self.beyond = Mark(plane, color=tail, fill=fill)
        self.drops = Cloud(plane, np.zeros((0, 2)), color, radius, 1.0)
        self.lone = Cloud(plane, np.zeros((0, 2)), color, _LONE * radius, 1.0)
        self._fallen, self._cut = 0.0, np.inf
        self.add(self.bars, self.beyond, self.lone, self.drops)
        self.redraw(0.0)

    def redraw(self, fallen: float) -> Self:
        """Show it with this share, 0 to 1, of the rain over."""
        self._fallen = float(min(max(fallen, 0.0), 1.0))
        way = self._way(self._fallen)
        heights = self._heights(way >= 1)
        air = np.flatnonzero((way > 0) & (way < 1) & (self._bins >= 0))
        # The same ones from frame to frame, or the rain would flicker.
        air = air[air % max(1, round(_AIR * len(way) / self._most)) == 0]
        top = self.plane.limits[1][1]
        ends = heights[self._bins[air]]
        self.drops.redraw(np.column_stack([self._across[air], top - way[air] ** 2 * (top - ends)]))
        alone = (heights > 0) & (heights < self._low)
        middles = (self.edges[1:] + self.edges[:-1]) / 2
        ground = self.plane.limits[0][1] + self._low / 2
        self.lone.redraw(np.column_stack([middles, np.full(len(middles), ground)])[alone])
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


class Gather(OnPlane, VGroup):
    """A sample that becomes its mean: ``values`` (n,) rise out of a pile on ``plane``, meet, and fall on ``other``.

    ``depths`` (n,) are the heights in the pile, in data units, from which they rise.  Its parts are ``drops``, the
    sample, and ``mean``, one drop, which lies on the ground of ``other`` at last, ``rank`` drops above it.
    """

    def __init__(
        self,
        plane: Coordinates,
        other: Coordinates,
        values: npt.ArrayLike,
        depths: npt.ArrayLike,
        color: ManimColor = ink.first,
        mean: ManimColor = ink.focus,
        *,
        radius: float = 1.6 * DROP,
        rank: int = 0,
    ) -> None:
        super().__init__()
        self.plane = plane
        given = np.asarray(values, dtype=float)
        self._starts: Floats = plane.at(np.column_stack([given, np.asarray(depths, dtype=float)]))
        (_, low), (_, high) = other.limits
        at = float(given.mean())
        self._meet: Floats = other.at(at, high)
        self._land: Floats = other.at(at, low) + np.array([0.0, (2 * rank + 1) * radius, 0.0])
        self.drops = Cloud(plane, np.zeros((0, 2)), color, DROP, 1.0)
        self.mean = Cloud(plane, np.zeros((0, 2)), mean, radius, 1.0)
        self.add(self.drops, self.mean)
        self.redraw(0.0)

    def redraw(self, share: float) -> Self:
        """Show ``share`` of the way, 0 to 1: nothing at 0, and the mean alone at 1."""
        begin = np.linspace(0.0, 0.22, len(self._starts))[:, None]
        rise = np.clip((share - begin) / 0.4, 0.0, 1.0)
        eased = rise**2 * (3 - 2 * rise)
        points = self._starts + eased * (self._meet - self._starts)
        met = share >= 0.62
        self.drops.draw(np.repeat(points, 4, axis=0) if share > 0 and not met else EMPTY)
        fall = np.clip((share - 0.62) / 0.38, 0.0, 1.0) ** 2
        here = self._meet + fall * (self._land - self._meet)
        self.mean.draw(np.repeat(here[None], 4, axis=0) if met else EMPTY)
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
