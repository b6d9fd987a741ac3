"""A window on a curve that comes nearer: it fills the frame, and shows less and less of the curve, enlarged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink, shot
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.review_hints import backdrop
from scenes.kit.value import Value

ASPECT: Final = ink.FRAME_WIDTH / ink.FRAME_HEIGHT
"""Half the width of the window, in half heights."""
SAMPLES: Final = 601
"""Of the curve, along the window."""
SCALES: Final = 4
"""Grids of powers of ten that can be seen on the way."""


class Window:
    """``function`` around ``x``, seen through a window ``half`` data units to either side of it, of half its height.

    Heights are ``stretch`` times as many data units as widths.  ``half`` is a value that moves by factors: all that is
    drawn follows it.  With a ``slope`` there is a ``tangent``, dashed.
    """

    def __init__(
        self,
        function: Callable[[Floats], Floats],
        x: float,
        half: float,
        slope: float | None = None,
        stretch: float = 1.0,
        filled: bool = True,
    ) -> None:
        self.function, self.x, self.slope, self.stretch = function, x, slope, stretch
        self.height = float(function(np.array(x)))
        self.half = Value(half, log=True)
        self.plane = shot.EDGES.plane((-ASPECT, ASPECT), (-1.0, 1.0), x_ticks=[], y_ticks=[])
        none = np.zeros(2)
        self.grids = VGroup(
            *(backdrop(self.plane.segment(none[None], none[None], ink.faint, HAIR)) for _ in range(SCALES))
        )
        self.land = backdrop(self.plane.area(none, none, none, ink.quiet, 0.10 * filled))
        self.curve = self.plane.curve(none, none, ink.chalk, 1.6 * LINE)
        self.tangent = self.plane.curve(none, none, ink.second, 1.2 * LINE, dashed=True)
        self.picture = VGroup(self.grids, self.land, self.curve)
        self.half.draws(self.redraw, self.grids, self.land, self.curve, self.tangent)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the curve's data lies in the window, in half heights from its middle."""
        half = self.half.value
        return (x - self.x) / half, (y - self.height) / half / self.stretch

    def at(self, x: float, y: float) -> Floats:
        """Scene point (3,) of a point of the curve's data."""
        return self.plane.at(*self.seen(x, y))

    def redraw(self, half: float) -> list[Mobject]:
        """Show as much as ``half`` says."""
        across = np.linspace(-ASPECT, ASPECT, SAMPLES)
        up = (self.function(self.x + half * across) - self.height) / half / self.stretch
        self.curve.redraw(across, up)
        self.land.redraw(across, np.minimum(up, -1.0), np.clip(up, -1.0, 1.0))
        if self.slope is not None:
            ends = np.array([-ASPECT, ASPECT])
            self.tangent.redraw(ends, ends * self.slope / self.stretch)
        coarse = int(np.ceil(np.log10(half)))
        for number, grid in enumerate(self.grids):
            step = 10.0 ** (coarse - number) / half
            lines = step * np.arange(-np.floor(ASPECT / step), np.floor(ASPECT / step) + 1)
            level = lines[np.abs(lines) < 1.0]
            if len(lines) > 60:
                lines, level = lines[:0], level[:0]
            starts = np.concatenate(
                [
                    np.column_stack([lines, np.full(len(lines), -1.0)]),
                    np.column_stack([np.full(len(level), -ASPECT), level]),
                ]
            )
            ends = np.concatenate(
                [
                    np.column_stack([lines, np.full(len(lines), 1.0)]),
                    np.column_stack([np.full(len(level), ASPECT), level]),
                ]
            )
            grid.redraw(starts, ends)
            grid.set_stroke(opacity=float(np.clip(0.45 * np.log10(step * 25), 0.0, 0.45)), width=THIN / 2)
        return [self.grids, self.land, self.curve, self.tangent]
