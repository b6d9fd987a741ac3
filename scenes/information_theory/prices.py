"""The price picture: a bar for each outcome, as wide as its probability and as high as its price in bits.

Its area is what the outcome adds to the average price.  As all widths sum to 1, the average is the height of the
level that all areas together would fill.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import Mark, OnPlane
from scenes.kit.path import Floats, loops

GAP: Final = 0.02
"""Scene units between two bars."""


class PriceBars(OnPlane, VGroup):
    """Bars over ``widths`` (n,) set side by side from 0, of ``heights`` (n,) above ``floors`` (0 by default).

    Widths are probabilities, heights prices in bits, both in units of the plane.  ``colors`` are one or n.  A bar that
    is infinitely high is cut at the upper edge of the plane.
    """

    def __init__(
        self,
        plane: Coordinates,
        widths: npt.ArrayLike,
        heights: npt.ArrayLike,
        color: ManimColor | Sequence[ManimColor] = ink.first,
        fill: float = 0.85,
    ) -> None:
        super().__init__()
        self.plane = plane
        count = len(np.asarray(widths))
        colors = [color] * count if isinstance(color, ManimColor) else list(color)
        self.add(*(Mark(plane, color=each, fill=fill) for each in colors))
        self.redraw(widths, heights)

    def redraw(self, widths: npt.ArrayLike, heights: npt.ArrayLike, floors: npt.ArrayLike = 0.0) -> Self:
        """Take on widths, heights and floors (n,)."""
        self.widths: Floats = np.asarray(widths, dtype=float)
        ends = np.cumsum(self.widths)
        lows = np.broadcast_to(np.asarray(floors, dtype=float), ends.shape)
        self.tops: Floats = np.minimum(lows + np.asarray(heights, dtype=float), self.plane.limits[1][1])
        box, (low_limit, high_limit) = self.plane.box, self.plane.limits
        gap = GAP / np.linalg.norm(box[1] - box[0]) * (high_limit[0] - low_limit[0])
        for mark, start, end, low, top in zip(self, ends - self.widths, ends, lows, self.tops, strict=True):
            trim = min(float(gap), (end - start) / 4)
            left, right = start + trim, end - trim
            corners = np.array([[(left, low), (right, low), (right, top), (left, top)]])
            mark.draw(loops(self.plane.at(corners)))
        return self

    @property
    def middles(self) -> Floats:
        """Where the bars stand (n,): the middles of their widths."""
        return np.asarray(np.cumsum(self.widths) - self.widths / 2)
