"""Bars: heights to be compared, on one plane and from one ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor

from scenes.kit.noun import Mark
from scenes.kit.path import Floats, loops

if TYPE_CHECKING:
    from scenes.kit.plane import Plane


class Bars(Mark):
    """Upright bars of one style, side by side: one path for all."""

    def __init__(self, plane: Plane, xs: Floats, color: ManimColor, thick: float, fill: float) -> None:
        super().__init__(plane, color=color, fill=fill)
        self.xs = xs
        self.thick = thick

    def stand(self, heights: npt.ArrayLike) -> Self:
        """Reach from 0 to ``heights`` (n,) in data units, down for those below 0; cut at the box's edge."""
        tops = np.broadcast_to(np.asarray(heights, dtype=float), self.xs.shape)
        left, right = self.xs - self.thick / 2, self.xs + self.thick / 2
        ground = np.zeros_like(tops)
        corners = np.stack([left, ground, right, ground, right, tops, left, tops], axis=-1)
        kept = np.clip(corners.reshape(-1, 2), *self.plane.limits)
        return self.draw(loops(self.plane.at(kept).reshape(-1, 4, 3)))
