"""Two number lines, one for training rows and one for held-out rows, with a wall between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, UP, ManimColor, VGroup

from scenes.feature_engineering.stage import BIG, FIT, HELD, TRAIN
from scenes.kit import ink, shot, words
from scenes.kit.dot import Dots
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane

LIMITS: Final = (-34.0, 108.0)
UPPER: Final = 3.1
"""Height of the training line, in units of the plane; the held-out line lies at 1, the wall between them."""
LOWER: Final = 1.0
WALL: Final = 1.95
SPOT: Final = 0.2
"""Radius of a value's dot."""
BESIDE: Final = 56.0
"""Pixels of the capitals of values."""


class Tracks:
    """Values on two lines: ``train`` above, ``held`` below, each with its number beside its dot."""

    def __init__(self, train: Sequence[float], held: Sequence[float]) -> None:
        self.plane: Plane = shot.safe(titled=False).plane(LIMITS, (0.0, 4.4), x_ticks=[], y_ticks=[])
        self.plane.frame.set_stroke(opacity=0)
        self.lines = VGroup(
            self.plane.segment((LIMITS[0], UPPER), (LIMITS[1], UPPER), ink.faint, LINE),
            self.plane.segment((LIMITS[0], LOWER), (LIMITS[1], LOWER), ink.faint, LINE),
        )
        self.ticks = VGroup(*(self.tick(height) for height in (UPPER, LOWER)))
        self.wall: Segments = self.plane.segment((LIMITS[0], WALL), (LIMITS[1], WALL), ink.chalk, 4 * LINE)
        self.train = self.plane.dots(np.array([(x, UPPER) for x in train]).reshape(-1, 2), TRAIN, radius=SPOT)
        self.held = self.plane.dots(np.array([(x, LOWER) for x in held]).reshape(-1, 2), HELD, radius=SPOT)
        self.train_numbers = self.numbers(train, UPPER, TRAIN)
        self.held_numbers = self.numbers(held, LOWER, HELD)
        self.names = VGroup(
            self.plane.label(LIMITS[0], UPPER + 0.75, "training", UP, TRAIN, size=BIG),
            self.plane.label(LIMITS[0], LOWER - 0.4, "held out", DOWN, HELD, size=BIG),
        )
        for name in self.names:
            name.align_to(self.lines, LEFT)

    def tick(self, height: float) -> VGroup:
        """A stroke at zero and its number."""
        stroke = self.plane.segment((0, height - 0.1), (0, height + 0.1), ink.quiet, LINE)
        return VGroup(stroke, self.plane.label(0, height - 0.1, "0", DOWN, ink.quiet, size=BESIDE))

    def numbers(self, values: Sequence[float], height: float, color: ManimColor) -> VGroup:
        """The values above their dots."""
        return VGroup(*(self.plane.label(x, height, signed(x), UP, color, 0.34, BESIDE) for x in values))

    def pointer(self, value: float, height: float, text: str, color: ManimColor = FIT) -> VGroup:
        """A mark under a line at ``value``, with its name."""
        tip = self.plane.vector((value, height - 0.62), (value, height - 0.08), color, 2 * LINE)
        return VGroup(tip, words.caption(tip, text, DOWN, color, 0.1, BIG))


def signed(value: float) -> str:
    """A number with a true minus sign."""
    return f"{value:g}".replace("-", "−")


def shifted(dots: Dots, by: float) -> Floats:
    """Where the dots are, ``by`` farther to the right, in data units."""
    return np.asarray(dots.values + np.array([by, 0.0]))
