"""Numbers at bars: those of a chart come when their bar has arrived, those of a tree stand at its nodes."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, ManimColor

from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import drawn_tree, opened
from scenes.kit import ink, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.path import Floats
from scenes.kit.tree import Tree
from scenes.maths.decision_trees import paired, tree

GAP: Final = 0.2
"""Scene units between the end of a bar and its number."""
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


def column_name(name: str) -> str:
    """The name of a column of the wine table, as it is written."""
    return SHORT.get(name, name.replace("_", " "))
