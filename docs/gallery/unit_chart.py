"""Squares that each stand for one thing."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink, shot
from scenes.kit.plane import Plane
from scenes.kit.unit_chart import UnitChart, Waffle


def ground(frame: shot.Region) -> Plane:
    """A plane without axes, on which places are those of the scene."""
    across, up = (frame.left, frame.right), (frame.bottom, frame.top)
    plane = frame.plane(across, up, x_ticks=[], y_ticks=[], numbers=False)
    plane.frame.set_stroke(opacity=0)
    return plane


def people() -> Mobject:
    """Of a thousand people 50 are tested positive, and ten of these are ill."""
    frame = shot.safe()
    field, plane = Waffle(frame, 1000), ground(frame)
    parts = (range(10), range(10, 50), range(50, 1000))
    colors = (ink.error, ink.focus, ink.first)
    charts = [
        UnitChart(plane, field.places(part), field.half, color)
        for part, color in zip(parts, colors, strict=True)
    ]
    return VGroup(plane, *charts)


def heights() -> Mobject:
    """The same kind of squares as columns: one for each of 8, 12, 5 and 15 things."""
    plane = ground(shot.safe())
    spots = [
        (1.2 * bar - 2, 0.4 * row - 2.5) for bar, tall in enumerate((8, 12, 5, 15)) for row in range(tall)
    ]
    return VGroup(plane, UnitChart(plane, np.array(spots), 0.17, ink.truth))
