"""What the acts of the lesson share."""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.kit import ink, shot, words
from scenes.kit.lesson import Lesson
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.words import Words
from scenes.maths.shared.flower import Measure, irises

KEPT: Final = ink.first
"""The colour of what is kept: shadows, scores, explained variance."""
LOST: Final = ink.error
"""The colour of what is dropped."""
AXIS: Final = ink.focus
"""The colour of a principal axis."""

SYMBOLS: Final = {
    "C": ink.chalk,
    "v": AXIS,
    "l": AXIS,
    "z": KEPT,
}
maths: Final = words.Formulas(SYMBOLS)


def percent(share: float, decimals: int = 0) -> str:
    """A share of 1 as it stands on screen: ``percent(0.285, 1)`` is ``"28.5 %"``."""
    return f"{100 * share:.{decimals}f} %"


def unframed(place: shot.Region, across: tuple[float, float], up: tuple[float, float]) -> Plane:
    """A plane of equal units in ``place``, from ``across[0]`` to ``across[1]``, without frame or numbers."""
    plane = place.plane(across, up, x_ticks=[], y_ticks=[], equal=True)
    plane.frame.set_stroke(opacity=0)
    return plane


def open_plane(unit: float, origin: tuple[float, float] = (0.0, 0.0)) -> Plane:
    """A plane to the edges of the frame: ``unit`` scene units long is one of its own; its ``origin`` in scene units."""
    half = np.array([ink.FRAME_WIDTH, ink.FRAME_HEIGHT]) / 2
    (left, low), (right, high) = (-half - origin) / unit, (half - origin) / unit
    return unframed(shot.EDGES, (left, right), (low, high))


def bracketed(table: Floats) -> str:
    """Typst for a matrix, as it stands in brackets: whole numbers without, others with one decimal."""
    rows = "; ".join(", ".join(f"{round(float(value), 1):g}" for value in row) for row in table)
    return f'mat(delim: "[", column-gap: #0.9em, row-gap: #0.5em, {rows})'


def covariance_of(table: Floats, size: float) -> Words:
    """C and its entries, as a label of ``size``."""
    return words.label(f"$C = {bracketed(table)}$", size=size)


class PcaStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Two and three measures of Fisher's irises, in centimetres."""
        self.leaves = irises((Measure.PETAL_LENGTH, Measure.SEPAL_LENGTH)).points
        self.flowers = irises((Measure.SEPAL_LENGTH, Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points
