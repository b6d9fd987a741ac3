"""Bars: upright bars on a plane, which begin at 0."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import Mark
from scenes.kit.path import Floats, loops


class Bars(Mark):
    """Upright bars of one style over ``xs`` (n,) in data units; one path for all.

    ``thick`` is their width in data units, ``fill`` the opacity of their inside.
    """

    def __init__(
        self,
        plane: Coordinates,
        xs: npt.ArrayLike,
        color: ManimColor = ink.first,
        thick: float = 0.7,
        fill: float = 1.0,
    ) -> None:
        super().__init__(plane, color=color, fill=fill)
        self.xs: Floats = np.asarray(xs, dtype=float)
        self.thick = thick

    def redraw(self, heights: npt.ArrayLike) -> Self:
        """Reach from 0 to ``heights``, one or (n,) in data units, down for those below 0; cut at the box's edge."""
        tops = np.broadcast_to(np.asarray(heights, dtype=float), self.xs.shape)
        left, right = self.xs - self.thick / 2, self.xs + self.thick / 2
        ground = np.zeros_like(tops)
        corners = np.stack([left, ground, right, ground, right, tops, left, tops], axis=-1)
        kept = np.clip(corners.reshape(-1, 2), *self.plane.limits)
        return self.draw(loops(self.plane.at(kept).reshape(-1, 4, 3)))
