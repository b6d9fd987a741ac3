"""What the acts of the lesson share: colours, bars of credit, and wires into a forest."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, ManimColor, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.lesson import Lesson
from scenes.kit.line import Segments
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

maths: Final = words.Formulas({})
"""A formula of this lesson, whose letters have no colours."""


def credit(
    place: shot.Region,
    table: Floats,
    limits: tuple[float, float],
    label: str,
    *,
    decimals: int = 2,
    spread: bool = True,
) -> BarChart:
    """A bar for each of the twelve columns: the mean of splits (20, 12), with their standard "
    "deviation as a whisker."""
    chart = BarChart(
        NAMES,
        table.mean(axis=0),
        limits,
        place.width,
        place.height,
        colors=COLORS,
        spread=table.std(axis=0) if spread else None,
        decimals=decimals,
        label=label,
    )
    return place.put(chart)


class Wires:
    """Twelve cells of a patient's row, wires from them into a forest of trees, and what comes out.

    ``widths`` (12,) are the strokes of the wires; without them all are alike.
    """

    def __init__(self, widths: Floats | None = None) -> None:
        ground = shot.bare()
        place = shot.SAFE
        row = split(0).held[0]
        up = np.linspace(place.top - 0.2, place.bottom + 0.4, len(NAMES))
        across = place.left + 3.3
        self.names = VGroup(
            *(
                words.label(f"{name}  {value:.3g}", color).move_to((across, y, 0), aligned_edge=RIGHT)
                for name, value, color, y in zip(NAMES, row, COLORS, up, strict=True)
            )
        )
        self.trees = grove(ground, (-1.6, 2.2), (up[-1] * 0.86, up[0] * 0.86))
        ends = np.column_stack([np.full(len(up), -1.9), np.linspace(up[0], up[-1], len(up)) * 0.75])
        strokes = np.full(len(up), 0.8 * LINE) if widths is None else widths
        self.wires = VGroup(
            *(
                ground.segment((across + 0.15, y), end, color, float(stroke))
                for y, end, color, stroke in zip(up, ends, COLORS, strokes, strict=True)
            )
        )
        said = shapley.of_split(0).said[0]
        self.out = words.headline(f"{said:.0f}", ink.focus, 1.8 * ink.HEADLINE)
        place.put(self.out, RIGHT)
        self.unit = words.caption(self.out, "predicted\nprogress", DOWN, ink.focus, 0.3)
        self.arrow: Segments = ground.segment(
            (2.6, float(self.out.get_y())),
            (float(self.out.get_left()[0]) - 0.2, float(self.out.get_y())),
            ink.focus,
            1.5 * LINE,
        )

    @property
    def all(self) -> VGroup:
        """The whole picture."""
        return VGroup(self.names, self.wires, self.trees, self.arrow, self.out, self.unit)


def grove(ground: Plane, x: tuple[float, float], y: tuple[float, float]) -> Dots:
    """A hundred trees in rows and columns between these limits, in scene units, from the upper left."""
    side = round(TREES**0.5)
    across, up = np.meshgrid(np.linspace(*x, side), np.linspace(y[1], y[0], side))
    return ground.dots(
        np.column_stack([across.ravel(), up.ravel()]), ink.fourth, radius=0.17, shape="triangle"
    )


def plate(text: str, side: Floats, color: ManimColor = ink.focus, size: float = ink.POINT) -> Tag:
    """Words on a plate at an edge or a corner of the picture."""
    return raised(shot.SAFE.put(Tag(words.label(text, color, size)), side))


def tagged(plane: Plane, x: float, y: float, text: str, color: ManimColor = ink.focus) -> Tag:
    """Words on a plate whose middle is a point of the data."""
    return raised(Tag(words.label(text, color, ink.POINT)).move_to(plane.at(x, y)))


def raised(tag: Tag) -> Tag:
    """``tag``, in front of the picture."""
    tag.set_z_index(2)
    return tag


class FeatureImportanceStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """What each rule pays each column on each of twenty splits."""
        self.paid = {rule: twenty.paid(rule) for rule in twenty.RULES}
