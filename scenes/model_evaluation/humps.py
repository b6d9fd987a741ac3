"""Two humps: how the scores of both classes are spread, to both sides of an upright axis, cut by a threshold."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
from manim import DOWN, VGroup

from scenes.kit import ink, shot
from scenes.kit.line import Polygon, Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.model_evaluation import digits
from scenes.maths.model_evaluation import humps as spread
from scenes.model_evaluation.stage import NEGATIVE, POSITIVE, THICK, THRESHOLD

SHOWN: Final = (-9.2, 4.6)
"""Log-odds that are shown."""
TICKS: Final = (0.001, 0.01, 0.1, 0.5, 0.9)
"""Scores that are written at the axis."""
MOST: Final = 0.29
"""Density at the edge of the picture."""
NAMES: Final = 0.75
"""Scene units below for the names of the classes."""
STEPS: Final = 240
BRIGHT: Final = 0.85
PALE: Final = 0.3


class Humps(VGroup):
    """Positives to the right, negatives to the left, each its own 100 %; :meth:`cut` is the threshold, as a score.

    What lies at or above it is bright.  :attr:`plane` has densities across, and log-odds upwards, named by scores.
    """

    def __init__(self, region: shot.Region, tick: float = ink.AXIS, name: float = ink.POINT) -> None:
        super().__init__()
        room = shot.Region(region.left, region.bottom + NAMES, region.right, region.top)
        ticks = {float(spread.log_odds(score)): f"{score:g}" for score in TICKS}
        self.plane: Plane = room.plane(
            (-MOST, MOST),
            SHOWN,
            x_ticks=[],
            y_names=ticks,
            y_label="score",
            tick_size=tick,
            name_size=tick,
        )
        whole = digits.everything()
        self.grid: Floats = np.linspace(*SHOWN, STEPS)
        self.heights = [
            sign * spread.density(whole.scores[group], self.grid)
            for sign, group in ((1, whole.positive), (-1, ~whole.positive))
        ]
        self.above, self.below = (
            VGroup(
                *(Polygon(self.plane, color=color, width=LINE, fill=fill) for color in (POSITIVE, NEGATIVE))
            )
            for fill in (BRIGHT, PALE)
        )
        self.axis = self.plane.segment((0, SHOWN[0]), (0, SHOWN[1]), ink.faint, LINE)
        self.line = Segments(self.plane, THRESHOLD, THICK)
        self.names = VGroup()
        for text, color, across in (("others", NEGATIVE, -MOST / 2), ("eights", POSITIVE, MOST / 2)):
            self.names.add(self.plane.label(across, SHOWN[0], text, DOWN, color, 0.16, name))
        self.add(self.plane, self.names, self.below, self.above, self.axis, self.line)
        self.cut(0.5)

    def cut(self, score: float) -> Self:
        """Call what has this score or more."""
        at = float(np.clip(spread.log_odds(score), *SHOWN))
        for heights, above, below in zip(self.heights, self.above, self.below, strict=True):
            edge = float(np.interp(at, self.grid, heights))
            upper, lower = self.grid > at, self.grid < at
            above.redraw(_outline(np.append(at, self.grid[upper]), np.append(edge, heights[upper])))
            below.redraw(_outline(np.append(self.grid[lower], at), np.append(heights[lower], edge)))
        self.line.redraw((-MOST, at), (MOST, at))
        return self


def _outline(up: Floats, across: Floats) -> Floats:
    """The rim (n + 2, 2) of what lies between the axis and the density."""
    rim = np.column_stack([across, up])
    return np.concatenate([[(0.0, up[0])], rim, [(0.0, up[-1])]])
