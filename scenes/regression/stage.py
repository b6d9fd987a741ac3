"""What the acts of the lesson share: what is coloured how, charts of one kind, and formulas in these colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from manim import ManimColor

from scenes.kit import ink, shot, words
from scenes.kit.axis import Range
from scenes.kit.lesson import Lesson
from scenes.kit.plane import Plane
from scenes.kit.words import Words

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
    "RSS": ERROR,
    "eta": FINE,
    "lambda": FENCE,
    "t": FENCE,
}
"""Colours of symbols; all others are chalk."""

TICK: Final = 40.0
"""Pixels of numbers at axes and of the axes' names."""


def chart(place: shot.Region, x: Range, y: Range, **options: Any) -> Plane:
    """A plane that takes up ``place``, with numbers that a phone shows."""
    given: dict[str, Any] = {"tick_size": TICK, "name_size": TICK}
    return place.plane(x, y, **(given | options))


def bare(place: shot.Region) -> Plane:
    """The plane of a picture that fills ``place``, without axes: places on it are scene points."""
    return place.plane(
        (place.left, place.right),
        (place.bottom, place.top),
        equal=True,
        x_ticks=[],
        y_ticks=[],
        numbers=False,
    )


def maths(
    source: str,
    size: ink.Size | float = ink.POINT,
    colors: Mapping[str, ManimColor] | None = None,
    color: ManimColor = ink.chalk,
) -> Words:
    """A formula in the colours of this lesson."""
    return words.formula(source, colors, size, color, SYMBOLS)


class RegressionStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Nothing stands there yet: each chapter builds what it needs."""
