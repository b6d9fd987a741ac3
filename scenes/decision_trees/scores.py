"""Numbers at bars: those of a chart come when their bar has arrived, those of a tree stand at its nodes."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, LaggedStart, ManimColor

from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import drawn_tree, opened
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots, Shape
from scenes.kit.path import Floats
from scenes.kit.tree import Tree
from scenes.maths.decision_trees import paired, tree

GAP: Final = 0.2
"""Scene units between the end of a bar and its number."""
TICKED: Final = 38.0
"""Pixels of capitals of the numbers at the axes of a chart."""
LEAN: Final = 0.15
"""Scene units at both sides of a chart for its larger numbers."""
NAMED: Final = 0.65
"""Of the rounds' width, what the names beside them take."""
DOT: Final = 0.13
"""Radius of a score of one round."""
NAME: Final = 52.0
"""Pixels of capitals of a score beside the rounds."""
READ: Final = 42.0
"""Pixels of capitals of what is read in a chart."""
TOGETHER: Final = 4
"""Rounds whose scores are joined at a time."""
SHORT: Final = {
    "color_intensity": "colour",
    "od280/od315_of_diluted_wines": "absorbance",
    "nonflavanoid_phenols": "other phenols",
    "alcalinity_of_ash": "ash alcalinity",
}
"""Names of columns of the wine table that are long."""


def small_tree(lesson: DecisionTreesStage) -> Tree:
    """The tree of four leaves in the left half, with room for words above and below it."""
    left, _ = shot.split(titled=False).places
    grown = tree.grow(lesson.points, lesson.labels, depth=2)
    room = shot.Region(left.left, left.bottom + 0.9, left.right, left.top - 0.6)
    return drawn_tree(grown, room).open_each(opened(grown.questions))


def over(bar: Floats) -> Floats:
    """The scene point (3,) in the middle of the upper edge of a node's ``bar`` (2, 3)."""
    return np.array([bar[:, 0].mean(), bar[1, 1], 0.0])


def under(bar: Floats) -> Floats:
    """The scene point (3,) in the middle of the lower edge of a node's ``bar`` (2, 3)."""
    return np.array([bar[:, 0].mean(), bar[0, 1], 0.0])


def number(
    chart: BarChart,
    row: int,
    value: float,
    decimals: int = 0,
    unit: str = "",
    color: ManimColor = ink.chalk,
    beyond: float = 0.0,
) -> words.Words:
    """``value`` at the end that the bar of a ``row`` will have, or ``beyond`` (data units) it: for whiskers."""
    spot = chart.spot(value + beyond, float(chart.places[row]))
    side = UP if chart.upright else RIGHT
    return words.caption(spot, f"{value:.{decimals}f}{unit}".replace("-", "−"), side, color, GAP, ink.POINT)


def percent(found: paired.Estimate) -> str:
    """A score on unseen bottles, the mean of all rounds."""
    return f"{100 * found.mean:.0f} %"


def gained(found: paired.Estimate) -> str:
    """A difference of two scores on the same bottles, in points, and in how many of the rounds the first is ahead."""
    return f"{100 * found.mean:+.1f}, ahead in {found.ahead} of {len(found.each)}".replace("-", "−")


class Rivals:
    """Two models on the same unseen bottles: a chart of both scores in each of the rounds.

    Each has its :attr:`dots`, and its name with the mean beside them; the second one stands out. ``limits`` are the
    scores that the chart shows, in percent. :attr:`verdict` says in how many rounds the second is ahead.
    """

    def __init__(
        self,
        frame: shot.Region,
        found: tuple[paired.Estimate, paired.Estimate],
        names: tuple[str, str],
        limits: tuple[float, float],
        guess: float,
    ) -> None:
        more = paired.Estimate(found[1].each - found[0].each)
        rounds = len(more.each)
        low, high = limits
        self.chart = frame.inset(LEAN, 0.0).plane(
            (0.3, rounds * (1 + NAMED)),
            limits,
            x_label="shuffle of the bottles",
            y_label="unseen bottles right (%)",
            x_ticks=(1, 10, 20),
            y_ticks=np.arange(5 * np.ceil(low / 5), high, 5).tolist(),
            tick_size=TICKED,
        )
        at = np.arange(1.0, rounds + 1)
        rows = [100 * each.each for each in found]
        looks: tuple[tuple[ManimColor, Shape], ...] = ((ink.quiet, "square"), (ink.truth, "disc"))
        self.dots = [
            Dots(self.chart, np.column_stack([at, row]), [color] * rounds, [shape] * rounds, DOT)
            for row, (color, shape) in zip(rows, looks, strict=True)
        ]
        self.names = [
            self.chart.label(
                rounds + 0.7, 100 * each.mean, f"{name}: {percent(each)}", RIGHT, color, size=NAME
            )
            for each, name, (color, _) in zip(found, names, looks, strict=True)
        ]
        self.stems = [
            self.chart.stems([x], y, y_other, ink.truth if y_other > y else ink.error, width=6.0)
            for x, y, y_other in zip(at, *rows, strict=True)
        ]
        self.verdict = words.headline(f"{names[1]} ahead in {more.ahead} of {rounds}", ink.truth, NAME)
        self.verdict.move_to(self.chart.at(1.0, high), aligned_edge=LEFT + UP)
        self.guess = words.note(f"guessing: {guess:.0f} %", ink.quiet, size=READ)
        self.guess.move_to(self.chart.at(1.0, low + 0.02 * (high - low)), aligned_edge=LEFT + DOWN)

    def compare(self) -> Animation:
        """The animation in which the two scores of each round are joined, a few rounds after the others."""
        return LaggedStart(
            *(FadeIn(*self.stems[row : row + TOGETHER]) for row in range(0, len(self.stems), TOGETHER)),
            lag_ratio=pace.LAG,
        )


def column_name(name: str) -> str:
    """The name of a column of the wine table, as it is written."""
    return SHORT.get(name, name.replace("_", " "))
