"""What the acts of the lesson share: colours, bars of credit, and wires into a forest."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, ManimColor, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.lesson import Lesson
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.feature_importance import shapley, twenty
from scenes.maths.feature_importance.patients import COIN, NAMES, TICKET, TREES, Floats, split

MEASURED: Final = ink.first
"""The colour of columns that were measured."""
CHANCE: Final = ink.second
"""That of columns that were made up."""
TWIN: Final = ink.third
COLORS: Final = tuple(CHANCE if each in (TICKET, COIN) else MEASURED for each in range(len(NAMES)))

maths: Final = words.Formulas({"i": ink.focus, "phi": ink.focus})
"""A formula in the colours of this lesson."""


def credit(place: shot.Region, table: Floats, limits: tuple[float, float], label: str) -> BarChart:
    """A bar for each of the twelve columns: the mean of splits (20, 12), with their standard deviation as a whisker."""
    chart = BarChart(
        NAMES,
        table.mean(axis=0),
        limits,
        place.width,
        place.height,
        colors=COLORS,
        spread=table.std(axis=0),
        decimals=2,
        label=label,
    )
    return place.put(chart)


class Wires:
    """Twelve cells of a patient's row, wires from them into a forest of trees, and what comes out."""

    def __init__(self) -> None:
        ground = shot.bare()
        place = shot.SAFE
        row = split(0).held[0]
        up = np.linspace(place.top - 0.3, place.bottom + 0.3, len(NAMES))
        across = place.left + 3.3
        self.names = VGroup(
            *(
                words.label(f"{name}  {value:.3g}", color).move_to((across, y, 0), aligned_edge=RIGHT)
                for name, value, color, y in zip(NAMES, row, COLORS, up, strict=True)
            )
        )
        self.trees = self._forest(ground, up)
        ends = np.column_stack([np.full(len(up), -1.9), np.linspace(up[0], up[-1], len(up)) * 0.75])
        self.wires = VGroup(
            *(
                ground.segment((across + 0.15, y), end, color, 0.8 * LINE)
                for y, end, color in zip(up, ends, COLORS, strict=True)
            )
        )
        said = shapley.of_split(0).said[0]
        self.out = words.headline(f"{said:.0f}", ink.focus, 1.8 * ink.HEADLINE)
        self.out.move_to((place.right, up.mean(), 0), aligned_edge=RIGHT)
        self.arrow = ground.segment(
            (3.3, up.mean()), (float(self.out.get_left()[0]) - 0.2, up.mean()), ink.focus, 1.5 * LINE
        )

    def _forest(self, ground: Plane, up: Floats) -> Dots:
        side = round(TREES**0.5)
        x, y = np.meshgrid(np.linspace(-1.6, 2.9, side), np.linspace(up[-1], up[0], side) * 0.86)
        return ground.dots(np.column_stack([x.ravel(), y.ravel()]), ink.fourth, radius=0.17, shape="triangle")

    @property
    def all(self) -> VGroup:
        """The whole picture."""
        return VGroup(self.names, self.wires, self.trees, self.arrow, self.out)


def plate(text: str, side: Floats, color: ManimColor = ink.chalk, size: float = ink.POINT) -> Tag:
    """Words on a plate at an edge or a corner of the picture."""
    tag = shot.SAFE.put(Tag(words.label(text, color, size)), side)
    tag.set_z_index(2)
    return tag


class FeatureImportanceStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """What each rule pays each column on each of twenty splits."""
        self.paid = {rule: twenty.paid(rule) for rule in twenty.RULES}
