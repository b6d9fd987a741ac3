"""The hunt for the best split: a stroke goes along both axes of the map and leaves its decreases behind."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from scenes.decision_trees.vineyard import NAMES, Vineyard, X, Y, across
from scenes.kit import ink, shot, words
from scenes.kit.dot import Dots
from scenes.kit.line import Segments
from scenes.kit.marginal_chart import MarginalChart
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.decision_trees import tree
from scenes.maths.decision_trees.tree import Rows

CORNERS: Final = np.array([[-5.75, -2.9], [4.55, 1.85]])
"""The map with room for a chart of decreases over it and beside it."""
DEPTH: Final = 1.75
"""Scene units that these charts are deep."""


class Hunt(VGroup):
    """The map, the stroke, and charts of what each split takes from ``impurity``, as far as they have been drawn.

    Where the stroke stands is :attr:`at`: 0 to 1 along the flavanoids, 1 to 2 along the proline.
    """

    def __init__(
        self,
        points: Floats,
        labels: Rows,
        impurity: tree.Impurity,
        most: float,
        name: str = "decrease",
        unit: str = "",
    ) -> None:
        super().__init__()
        self.yard = Vineyard(points, labels, CORNERS)
        self.best = tree.best_cut(points, labels, impurity)
        low, _, high, _ = self.yard.plane.box
        beside = Plane(X, Y, *(high - low)[:2], x_ticks=[], y_ticks=[], numbers=False)
        beside.shift(low - beside.box[0])
        self.swept = [tree.sweep(points[:, column], labels, impurity) for column in (0, 1)]
        self.charts = [
            MarginalChart(beside, column, each.threshold, each.gain, most, ink.focus, DEPTH)
            for column, each in enumerate(self.swept)
        ]
        self.strokes = [
            self.yard.stroke(column, float(each.threshold[0])) for column, each in enumerate(self.swept)
        ]
        self.at = Value(0.0)
        self.is_tracing = True
        self.corner = Readout(self.at.of(self.gained), 3, unit, color=ink.focus, size=ink.HEADLINE)
        self.corner.move_to((shot.SAFE.right, shot.SAFE.top, 0.0), aligned_edge=UP + RIGHT)
        self.measure = words.label(name, ink.quiet)
        self.measure.next_to(self.corner, DOWN, buff=2 * words.GAP, aligned_edge=RIGHT)
        self.at.draws(self.climb, *self.charts, *self.strokes)

    @property
    def peak(self) -> float:
        """Where :attr:`at` is at the best split."""
        levels = self.charts[self.best.column].levels
        return float(self.best.column + (self.best.threshold - levels[0]) / (levels[-1] - levels[0]))

    def level(self, at: float) -> tuple[int, float]:
        """Column and threshold of the stroke."""
        column = int(at > 1)
        levels = self.charts[column].levels
        return column, float(levels[0] + (at - column) * (levels[-1] - levels[0]))

    def gained(self, at: float) -> float:
        """What the split of the bottles at the stroke takes away."""
        column, level = self.level(at)
        swept = self.swept[column]
        below = int((self.yard.points_now[:, column] <= level).sum())
        row = int(np.searchsorted(swept.below.sum(axis=1), below))
        return float(swept.gain[min(row, len(swept.gain) - 1)])

    def climb(self, at: float) -> Changed:
        """Draw the stroke where it is, and the chart as far as it has come."""
        column, level = self.level(at)
        stroke, chart = self.strokes[column].redraw(*across(column, level)), self.charts[column]
        return (stroke, chart.reach(level)) if self.is_tracing else (stroke,)

    def finish(self) -> Hunt:
        """All splits have been tried, and the stroke stands at the best one."""
        for chart in self.charts:
            chart.reach(chart.levels[-1])
        self.is_tracing = False
        self.at.set(self.peak)
        return self

    def verdict(self) -> tuple[Segments, Dots, words.Words]:
        """The best split: its stroke, the peak, and the question in words."""
        column, level = self.best.column, self.best.threshold
        chart = self.charts[column]
        place, side = ((X[1], level), UP + LEFT) if column else ((level, Y[1]), DOWN + RIGHT)
        asks = self.yard.label(*place, f"{NAMES[column]} ≤ {level:.4g}", side, ink.focus)
        return self.strokes[column], chart.dot(level, radius=0.14), asks
