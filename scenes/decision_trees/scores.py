"""Numbers at bars: those of a chart come when their bar has arrived, those of a tree stand at its nodes."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, ManimColor

from scenes.kit import ink, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.path import Floats

GAP = 0.2
"""Scene units between the end of a bar and its number."""


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
