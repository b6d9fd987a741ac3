"""Vectors as bars: each number of a vector is a bar, beside a line from which positive and negative ones part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, RIGHT, ManimColor, VGroup, VMobject

from scenes.kit import ink
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.noun import HAIR, slowly
from scenes.kit.path import Floats, loops, pieces
from scenes.kit.review_hints import backdrop

_THICK: Final = 0.72
"""Of a bar, as a share of its slot."""


class VectorBars(VGroup):
    """Each row of ``values`` (n, m) as m bars along an axis of its own, around its own of ``middles`` (n, 3).

    Axes are ``length`` scene units long, and a bar of ``largest`` reaches ``half`` scene units to its side; larger
    ones are cut there.  Vectors are read from the left, with positive bars upwards, or ``upright`` from the top, with
    positive bars to the right.  One vector may be (m,), at one place (3,).  It may be moved, scaled and turned.

    Raises ``ValueError`` for values that are no table, and for other than one place a vector.
    """

    def __init__(
        self,
        values: npt.ArrayLike,
        middles: npt.ArrayLike,
        length: float,
        half: float,
        color: ManimColor = ink.chalk,
        *,
        largest: float = 2.0,
        upright: bool = False,
    ) -> None:
        super().__init__()
        self.values: Floats = np.atleast_2d(np.asarray(values, dtype=float))
        if self.values.ndim != 2 or 0 in self.values.shape:
            raise ValueError(f"vectors are the rows of a table, not of the shape {self.values.shape}")
        self.half, self.length, self.largest = half, length, largest
        self.axes = [backdrop(VMobject(stroke_color=ink.faint, stroke_width=HAIR)) for _ in self.values]
        self.bars = [
            VMobject(fill_color=color, fill_opacity=1.0, stroke_width=0, stroke_opacity=0)
            for _ in self.values
        ]
        spots = self._places(middles)
        way = length / 2 * (DOWN if upright else RIGHT)
        for spot, axis, bars in zip(spots, self.axes, self.bars, strict=True):
            axis.points = pieces((spot - way)[None], (spot + way)[None])
            self.add(VGroup(axis, bars))
        self._draw()

    @property
    def middles(self) -> Floats:
        """Scene points (n, 3) of the middles of the axes now."""
        return np.array([(axis.points[0] + axis.points[-1]) / 2 for axis in self.axes])

    def redraw(self, values: npt.ArrayLike) -> Self:
        """Show ``values`` of the shape it was made with.  Raises ``ValueError`` for another shape."""
        self.values = self._table(values)
        return self._draw()

    @slowly(redraw)
    def _redraw_slowly(self, values: npt.ArrayLike, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.redraw, self.values, self._table(values), **(anim_args or {}))

    def put(self, middles: npt.ArrayLike) -> Self:
        """Lie around ``middles`` (n, 3), each vector around its own.  Raises ``ValueError`` for another number."""
        ways = self._places(middles) - self.middles
        for vector, way in zip(self.submobjects, ways, strict=True):
            vector.shift(way)
        return self

    @slowly(put)
    def _put_slowly(self, middles: npt.ArrayLike, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.put, self.middles, self._places(middles), **(anim_args or {}))

    def shade(self, strength: npt.ArrayLike) -> Self:
        """Let vectors step back: ``strength`` from 0 to 1, one or (n,)."""
        shares = np.broadcast_to(np.asarray(strength, dtype=float), (len(self.bars),))
        for bars, share in zip(self.bars, shares, strict=True):
            backdrop(bars, float(share) < 1).set_fill(opacity=float(share))
        return self

    def _draw(self) -> Self:
        count = self.values.shape[1]
        slots = (np.arange(count) + 0.5) / count
        sides = slots[:, None] + _THICK / count * np.array([-0.5, 0.5, 0.5, -0.5])
        reach = self.half / self.length * np.clip(self.values / self.largest, -1.0, 1.0)
        for axis, bars, row in zip(self.axes, self.bars, reach, strict=True):
            start, along = axis.points[0], axis.points[-1] - axis.points[0]
            across = np.array([-along[1], along[0], along[2]])
            tall = row[:, None] * np.array([0.0, 0.0, 1.0, 1.0])
            bars.points = loops(start + sides[:, :, None] * along + tall[:, :, None] * across)
        return self

    def _table(self, values: npt.ArrayLike) -> Floats:
        table = np.atleast_2d(np.asarray(values, dtype=float))
        if table.shape != self.values.shape:
            raise ValueError(f"vectors of the shape {self.values.shape} cannot show {table.shape}")
        return table

    def _places(self, middles: npt.ArrayLike) -> Floats:
        spots = np.atleast_2d(np.asarray(middles, dtype=float))
        if spots.shape != (len(self.values), 3):
            raise ValueError(f"{len(self.values)} vectors cannot lie at places of the shape {spots.shape}")
        return spots
