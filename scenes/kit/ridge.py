"""Ridges: one distribution for each layer, step or group, side by side on a plane and redrawn in place."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import LineJointType, ManimColor

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import Mark
from scenes.kit.path import EMPTY, Floats, loop


class Ridges(Mark):
    """Histograms that rise to the right of upright spines at ``xs`` (n,), over values on the plane's y axis.

    ``edges`` (bins + 1,) are the bins' limits in data units; what lies outside the plane's box is cut.  A ridge of
    full height is ``thick`` data units wide::

        ridges = Ridges(plane, np.arange(20), np.linspace(-1, 1, 41))
        self.play(drive(lambda t: ridges.redraw((1 - t) * before + t * after)))

    Raises ``ValueError`` for edges that do not rise.
    """

    def __init__(
        self,
        plane: Coordinates,
        xs: npt.ArrayLike,
        edges: npt.ArrayLike,
        color: ManimColor = ink.truth,
        thick: float = 0.85,
        fill: float = 0.55,
    ) -> None:
        super().__init__(plane, color=color, width=1.5, fill=fill)
        self.joint_type = LineJointType.ROUND
        self.xs: Floats = np.asarray(xs, dtype=float)
        self.edges: Floats = np.asarray(edges, dtype=float)
        self.thick = thick
        if len(self.edges) < 2 or not (np.diff(self.edges) > 0).all():
            raise ValueError("the edges of a ridge's bins must rise")

    def redraw(self, shares: npt.ArrayLike, largest: float | None = None) -> Self:
        """Show ``shares`` (n, bins), how much lies in each bin of each ridge; empty ridges are not drawn.

        ``largest`` is the share of full height, where fuller bins are cut; by default each ridge is as high as its
        fullest bin, so that ridges compare by shape and place, not by height.
        Raises ``ValueError`` for shares of another shape.
        """
        heights = np.asarray(shares, dtype=float)
        if heights.shape != (len(self.xs), len(self.edges) - 1):
            raise ValueError(
                f"{len(self.xs)} ridges of {len(self.edges) - 1} bins cannot pile {heights.shape}"
            )
        tops = heights.max(axis=1) if largest is None else np.full(len(heights), largest)
        seen = [
            self._outline(x, row / top)
            for x, row, top in zip(self.xs, heights, tops, strict=True)
            if row.any()
        ]
        return self.draw(np.concatenate(seen) if seen else EMPTY)

    def _outline(self, x: float, heights: Floats) -> Floats:
        """The steps of one ridge, closed along its spine."""
        up = np.repeat(self.edges, 2)[1:-1]
        out = x + self.thick * np.repeat(np.minimum(heights, 1.0), 2)
        rim = np.column_stack([np.concatenate([[x], out, [x]]), np.concatenate([up[:1], up, up[-1:]])])
        return loop(self.plane.at(np.clip(rim, *self.plane.limits)))
