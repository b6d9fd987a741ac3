"""A marginal chart: a small chart along one axis of a plane, with a value for each place on that axis."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.dot import Dots
from scenes.kit.noun import THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane

_AWAY: Final = 0.12
"""Between the plane and the chart, in scene units."""


class MarginalChart(VGroup):
    """The curve of ``values`` (n,) over rising places ``levels`` (n,) on an ``axis`` of a plane.

    Axis 0 is x, and the chart stands on top of the plane; axis 1 is y, and it stands at the right.  Values count
    from the plane's edge outwards, ``most`` being ``depth`` scene units away.  The curve is drawn as far as
    :meth:`reach` has come.  Raises ``ValueError`` for levels that do not rise.
    """

    def __init__(
        self,
        plane: Plane,
        axis: int,
        levels: npt.ArrayLike,
        values: npt.ArrayLike,
        most: float,
        color: ManimColor = ink.focus,
        depth: float = 0.85,
    ) -> None:
        super().__init__()
        self.axis = axis
        self.levels: Floats = np.asarray(levels, dtype=float)
        self.values: Floats = np.asarray(values, dtype=float)
        self.color_of = color
        if not (np.diff(self.levels) > 0).all():
            raise ValueError("the levels of a marginal chart must rise")
        (x0, y0), (x1, y1) = plane.limits
        low, across, _, up = plane.box
        if axis == 0:
            box = Plane((x0, x1), (0, most), float((across - low)[0]), depth, x_ticks=[], y_ticks=[])
            box.shift(up + np.array([0.0, _AWAY, 0.0]) - box.box[0])
        else:
            box = Plane((0, most), (y0, y1), depth, float((up - low)[1]), x_ticks=[], y_ticks=[])
            box.shift(across + np.array([_AWAY, 0.0, 0.0]) - box.box[0])
        box.frame.set_stroke(opacity=0)  # the plane's own edge is its ground
        self.chart = box
        self.curve = box.curve(*self._pair(self.levels, self.values), color, width=THIN, share=0.0)
        self.body = box.polygon(np.zeros((0, 2)), color, width=0, fill=0.25)
        self.add(self.chart, self.body, self.curve)

    def reach(self, level: float) -> Self:
        """Draw the curve from the first level as far as ``level``."""
        place = float(np.interp(level, self.levels, np.arange(len(self.levels))))
        share = place / (len(self.levels) - 1)
        self.curve.reveal(share)
        whole = int(place) + 1
        tip = self.curve.tip(share)
        rim = np.concatenate([np.column_stack(self._pair(self.levels[:whole], self.values[:whole])), [tip]])
        feet = rim[[-1, 0]].copy()
        feet[:, 1 - self.axis] = 0.0
        self.body.redraw(np.concatenate([rim, feet]))
        return self

    def dot(self, level: float, radius: float = 0.09) -> Dots:
        """A dot on the curve at ``level``; ``radius`` in scene units."""
        value = float(np.interp(level, self.levels, self.values))
        return self.chart.dots([self._pair(level, value)], self.color_of, radius=radius)

    def _pair(self, levels: npt.ArrayLike, values: npt.ArrayLike) -> tuple[Floats, Floats]:
        """(x, y) of the chart: the level runs along the plane's axis."""
        pair = np.asarray(levels, dtype=float), np.asarray(values, dtype=float)
        return pair if self.axis == 0 else (pair[1], pair[0])
