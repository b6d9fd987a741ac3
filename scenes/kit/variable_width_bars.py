"""Bars whose widths count as well as their heights: a variable-width bar chart, in which areas are what is added up.

Where widths are probabilities and heights values, an area is a term of the expected value, and the level to which all
areas together would fill the picture is the expected value itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink, shot
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import Mark, OnPlane
from scenes.kit.path import Floats, loops

_GAP: Final = 0.02
"""Scene units that a bar keeps from its ends, or a quarter of its width where that is less."""


class VariableWidthBars(OnPlane, VGroup):
    """Bars over ``widths`` (n,) set side by side from 0, of ``heights`` (n,), both in units of the plane.

    ``color`` is one or n, ``fill`` the opacity.  A bar that is higher than ``ceiling`` (the upper edge of the frame) is
    cut there.  Raises ``ValueError`` for widths or heights below 0 and for colours that are not as many as the bars.
    """

    def __init__(
        self,
        plane: Coordinates,
        widths: npt.ArrayLike,
        heights: npt.ArrayLike,
        color: ManimColor | Sequence[ManimColor] = ink.first,
        fill: float = 0.95,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.ceiling = float(plane.inverse(np.array([0.0, shot.EDGES.top, 0.0]))[1])
        count = len(np.asarray(widths))
        colors = [color] * count if isinstance(color, ManimColor) else list(color)
        if len(colors) != count:
            raise ValueError(f"{count} bars have one colour or as many, not {len(colors)}")
        self.add(*(Mark(plane, color=each, fill=fill) for each in colors))
        self.redraw(widths, heights)

    def redraw(self, widths: npt.ArrayLike, heights: npt.ArrayLike, floors: npt.ArrayLike = 0.0) -> Self:
        """Take on widths and heights (n,), and stand on ``floors`` (one or n)."""
        wide, tall = np.asarray(widths, dtype=float), np.asarray(heights, dtype=float)
        if (wide < 0).any() or (tall < 0).any():
            raise ValueError("bars have widths and heights of 0 or more")
        self.widths: Floats = wide
        ends = np.cumsum(wide)
        lows = np.broadcast_to(np.asarray(floors, dtype=float), ends.shape)
        self.tops: Floats = np.minimum(lows + tall, self.ceiling)
        box, (low_limit, high_limit) = self.plane.box, self.plane.limits
        gap = _GAP / np.linalg.norm(box[1] - box[0]) * (high_limit[0] - low_limit[0])
        for mark, start, end, low, top in zip(self, ends - wide, ends, lows, self.tops, strict=True):
            trim = min(float(gap), (end - start) / 4)
            left, right = start + trim, end - trim
            corners = np.array([[(left, low), (right, low), (right, top), (left, top)]])
            mark.draw(loops(self.plane.at(corners)))
        return self

    def paint(self, widths: npt.ArrayLike, heights: npt.ArrayLike, color: ManimColor) -> Self:
        """As :meth:`redraw`, all in another colour."""
        for mark in self:
            mark.set_fill(color)
        return self.redraw(widths, heights)

    @property
    def middles(self) -> Floats:
        """Where the bars stand (n,): the middles of their widths."""
        return np.asarray(np.cumsum(self.widths) - self.widths / 2)
