"""A growing curve: a curve on a small chart of its own, drawn as far as has been reached."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.axis import Range
from scenes.kit.path import Floats
from scenes.kit.plane import Plane


class GrowingCurve(VGroup):
    """The curve through (``xs``, ``ys``), each (n,) with ``xs`` rising or falling, on a ``chart`` of its own.

    It is drawn from its first sample as far as :meth:`reach` has come, with a dot at its end: a score while a dial
    turns, a loss while a model learns.  ``x`` and ``y`` are the chart's limits in data units, ``width`` and
    ``height`` its size in scene units, to stand beside the picture; ``how`` is handed on to :class:`Plane`.
    Raises ``ValueError`` for ``xs`` that turn back.
    """

    def __init__(
        self,
        xs: npt.ArrayLike,
        ys: npt.ArrayLike,
        x: Range,
        y: Range,
        color: ManimColor = ink.focus,
        width: float = 2.9,
        height: float = 2.3,
        **how: Any,
    ) -> None:
        super().__init__()
        self.xs: Floats = np.asarray(xs, dtype=float)
        steps = np.sign(np.diff(self.xs))
        if len(steps) == 0 or (steps != steps[0]).any() or not steps[0]:
            raise ValueError("the samples of a growing curve must rise, or fall, all the way")
        self.chart = Plane(x, y, width, height, **how)
        self.curve = self.chart.curve(self.xs, ys, color, share=0.0)
        self.ys: Floats = np.asarray(ys, dtype=float)
        self.tip = self.chart.dots([(self.xs[0], self.ys[0])], color)
        self.drawn = 0.0
        self.add(self.chart, self.curve, self.tip)

    def reach(self, x: float) -> Self:
        """Draw the curve as far as ``x``, and move the dot there.  Going back moves the dot alone: the curve stays."""
        way = self.xs if self.xs[-1] > self.xs[0] else -self.xs
        place = float(np.interp(x if way is self.xs else -x, way, np.arange(len(way))))
        self.drawn = max(self.drawn, place / (len(way) - 1))
        self.curve.reveal(self.drawn)
        self.tip.redraw(
            [np.array([np.interp(place, np.arange(len(way)), each) for each in (self.xs, self.ys)])]
        )
        return self
