"""Bricks: stacks of parts, upright on a plane, each stack at its own place of the axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import HAIR, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, loops


class Bricks(OnPlane, VGroup):
    """``parts`` (n, k) of n stacks at ``xs`` (n,) on ``plane``, from its lowest value upwards, in ``colors`` (k).

    ``thick`` is the width of a stack in data units.  Raises ``ValueError`` for parts of another shape, or below 0.
    """

    def __init__(
        self,
        plane: Coordinates,
        xs: npt.ArrayLike,
        parts: npt.ArrayLike,
        colors: Sequence[ManimColor],
        thick: float = 0.8,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.xs: Floats = np.asarray(xs, dtype=float)
        self.thick = thick
        self.add(*(Mark(plane, color=color, fill=1.0) for color in colors))
        for layer in self:
            layer.set_stroke(ink.ground, HAIR)
        self.redraw(parts)

    def redraw(self, parts: npt.ArrayLike, thick: float | None = None) -> Self:
        """Take on other ``parts`` (n, k), and another width; what lies beyond the plane's box is cut."""
        self.thick = self.thick if thick is None else thick
        table = np.asarray(parts, dtype=float)
        if table.shape != (len(self.xs), len(self.submobjects)) or (table < 0).any():
            raise ValueError(f"bricks are {(len(self.xs), len(self.submobjects))} lengths, not {table.shape}")
        edges = np.pad(table.cumsum(axis=1), ((0, 0), (1, 0)))
        left, right = self.xs - self.thick / 2, self.xs + self.thick / 2
        for number, layer in enumerate(self):
            low, high = edges[:, number], edges[:, number + 1]
            corners = np.stack([left, low, right, low, right, high, left, high], axis=-1)
            kept = np.clip(corners.reshape(-1, 2), *self.plane.limits)
            layer.draw(loops(self.plane.at(kept).reshape(-1, 4, 3)) if len(kept) else EMPTY)
        return self
