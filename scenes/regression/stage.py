"""What the acts of the lesson share: what is coloured how, charts of one kind, and formulas in these colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypedDict

import numpy as np
import numpy.typing as npt
from manim import ManimColor

from scenes.kit import ink, shot, words
from scenes.kit.axis import Range
from scenes.kit.lesson import Lesson
from scenes.kit.line import Segments
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.maths.regression import engel, least_squares

DATA: Final = ink.first
"""What was observed: dots, features x, targets y."""
MODEL: Final = ink.second
"""What the model says: lines, curves, predictions, coefficients."""
ERROR: Final = ink.focus
"""Residuals, their squares, the tray they are poured into, every loss that is to be made small."""
GOAL: Final = ink.truth
"""The least place: the solved coefficients."""
FENCE: Final = ink.fourth
"""The penalty, lambda, and the fence."""
WRONG: Final = ink.error
"""What breaks; malignant."""
FINE: Final = ink.third
"""What is fine; benign."""

SYMBOLS: Final[Mapping[str, ManimColor]] = {
    "x": DATA,
    "X": DATA,
    "y": DATA,
    "hat(y)": MODEL,
    "b": MODEL,
    "p": MODEL,
    "sigma": MODEL,
    "z": MODEL,
    "e": ERROR,
    "bold(x)": ink.chalk,
    "bold(y)": DATA,
    "hat(bold(y))": MODEL,
    "bold(e)": ERROR,
    "RSS": ERROR,
    "eta": FINE,
    "lambda": FENCE,
    "t": FENCE,
}
"""Colours of symbols; all others are chalk."""
maths: Final = words.Formulas(SYMBOLS)
"""A formula in the colours of this lesson."""

TICK: Final = ink.AXIS
"""Words in a chart are as large as those at its axes."""

BIG: Final = 1.3 * ink.POINT
"""Pixels of the capitals of formulas that are the point."""
HAND_ACROSS: Final = (-0.5, 9.1)
"""Feature values that the plane of the three points shows."""
HAND_UP: Final = (-0.35, 4.25)
HAND_LINE: Final = (-0.5, 4.6)
"""From where to where lines run among the three points."""
HAND_TRAY: Final = (5.6, 8.6)
"""Left and right wall of the tray beside the three points."""
TWELVE_ACROSS: Final = (4.3, 22.9)
"""Incomes (hundreds of francs) that the plane of the twelve shows, and room on its right."""
TWELVE_UP: Final = (2.0, 11.5)
TWELVE_LINE: Final = (4.3, 15.8)
TWELVE_TRAY: Final = (16.4, 22.6)


class Look(TypedDict, total=False):
    """From where a space is looked at: angles in radians, the rest as in its view."""

    tilt: float
    turn: float
    lift: float
    zoom: float


def lay(line: Segments, b: npt.ArrayLike, across: Range) -> Segments:
    """``line`` lies at ŷ = b₀ + b₁x of ``b`` (2,), from the lower to the upper x of ``across``."""
    ends = np.asarray(across, dtype=float)
    points = np.column_stack([ends, least_squares.predicted(ends, b)])
    return line.redraw(points[0], points[1])


class RegressionStage(Lesson):
    """The stage of the lesson, and the two charts that several chapters share."""

    def stage(self) -> None:
        """The twelve households and the three points; each chapter builds what it needs."""
        self.twelve = engel.twelve()
        self.best = least_squares.fit(self.twelve.income, self.twelve.food)
        self.hand_best = least_squares.fit(least_squares.HAND_X, least_squares.HAND_Y)

    def hand_plane(self) -> Plane:
        """The plane of the three points, with room for a tray on its right; both axes have one unit."""
        return chart(
            shot.safe(titled=False),
            HAND_ACROSS,
            HAND_UP,
            equal=True,
            x_ticks=least_squares.HAND_X,
            y_ticks=(1, 2, 3),
            x_label="feature [$x$:first]",
            y_label="target [$y$:first]",
        )

    def twelve_plane(self) -> Plane:
        """The plane of the twelve households, with room for a tray on its right; both axes have one unit."""
        return chart(
            shot.safe(titled=False),
            TWELVE_ACROSS,
            TWELVE_UP,
            equal=True,
            x_label="income (hundred francs)",
            y_label="spent on food (hundred francs)",
            x_ticks=(5, 10, 15),
            y_ticks=(4, 6, 8, 10),
        )
