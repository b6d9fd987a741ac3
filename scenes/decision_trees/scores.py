"""Bars that grow while nobody reads a number off them: each number comes when its bar has arrived."""

from __future__ import annotations

from manim import RIGHT, UP, ManimColor

from scenes.kit import ink, words
from scenes.kit.bar_chart import BarChart

GAP = 0.2
"""Scene units between the end of a bar and its number."""


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
