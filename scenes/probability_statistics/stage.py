"""What the acts of the lesson share: its colours, its charts, the source pile, and formulas in its colours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import numpy as np
from manim import Animation, ManimColor, there_and_back

from scenes.kit import ink, shot, words
from scenes.kit.lesson import Lesson
from scenes.kit.plane import Plane
from scenes.maths.probability_statistics import visits
from scenes.probability_statistics.pile import Pile

DATA: Final = ink.first
"""What was seen or drawn: drops, piles, x."""
MODEL: Final = ink.fourth
"""What a model says, and its parameters: exact bars, outlines, densities, p and lambda."""
MEAN: Final = ink.focus
"""The mean, averages, and the bell that averages gather into."""
SPREAD: Final = ink.third
"""Standard deviations and standard errors."""
WRONG: Final = ink.error
"""Where model and data part; tails and errors."""

SYMBOLS: Final[Mapping[str, ManimColor]] = {
    "x": DATA,
    "k": DATA,
    "mu": MEAN,
    "macron(X)": MEAN,
    "overline(X)": MEAN,
    "sigma": SPREAD,
    "p": MODEL,
    "lambda": MODEL,
    "theta": MODEL,
    "hat(theta)": MODEL,
    "alpha": WRONG,
    "beta": ink.second,
}
"""Colours of symbols; all others are chalk."""
maths: Final = words.Formulas(SYMBOLS)
"""A formula in the colours of this lesson."""

chart: Final = partial(shot.chart, y_ticks=[])
"""A plane with numbers that a phone shows; without ticks of y unless they are given."""
MOST_VISITS: Final = 40
"""Where the chart of the visits ends on the right: all but one in five hundred lie before it."""


def rim(mark: Any, width: float = 5.0) -> Animation:
    """An animation: a white rim comes around what is drawn, which keeps its size and its colour, and goes."""
    shown: Animation = (
        mark.animate(rate_func=there_and_back).set_stroke(ink.chalk, width=width, opacity=1.0).build()
    )
    return shown


def swell(cloud: Any, share: float = 1.3) -> Animation:
    """An animation: dots grow in their colour, and shrink again."""
    wide = share * cloud.get_stroke_width()
    shown: Animation = cloud.animate(rate_func=there_and_back).set_stroke(width=wide).build()
    return shown


class ProbabilityStatisticsStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    def stage(self) -> None:
        """The visits to a doctor, in the order in which they rain."""
        self.visits = visits.shuffled()

    def source(self, plane: Plane, **options: Any) -> Pile:
        """The pile of all visits on ``plane``: heights are shares, bars are centred on whole numbers."""
        top = int(np.floor(plane.limits[1][0]))
        return Pile(plane, self.visits, np.arange(-0.5, top + 1), DATA, **options)
