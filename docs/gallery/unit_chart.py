"""Squares that each stand for one thing."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink, shot
from scenes.kit.unit_chart import UnitChart, Waffle

FRAME = shot.safe()
PLANE = FRAME.plane(
    (FRAME.left, FRAME.right), (FRAME.bottom, FRAME.top), x_ticks=[], y_ticks=[], numbers=False
)


def people() -> Mobject:
    """Of a thousand people 50 are tested positive, and ten of these are ill."""
    field = Waffle(FRAME, 1000)
    parts = (range(10), range(10, 50), range(50, 1000))
    colors = (ink.error, ink.focus, ink.first)
    return VGroup(
        UnitChart(PLANE, field.places(part), field.half, color)
        for part, color in zip(parts, colors, strict=True)
    )


def heights() -> Mobject:
    """The same kind of squares as columns: one for each of 8, 12, 5 and 15 things."""
    spots = [
        (1.2 * bar - 2, 0.4 * row - 2.5) for bar, tall in enumerate((8, 12, 5, 15)) for row in range(tall)
    ]
    return UnitChart(PLANE, np.array(spots), 0.17, ink.truth)
