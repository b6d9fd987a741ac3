"""Bars in data units."""

from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.plane import Plane


def bars() -> Mobject:
    """Bars from 0, upwards and downwards, that stand up anew when their heights change."""
    plane = Plane((0, 6), (-1, 2), 6.0, 3.4, x_names={1: "age", 2: "fare", 3: "class", 4: "deck", 5: "sex"})
    return VGroup(plane, plane.bars([1, 2, 3, 4, 5], [-0.4, 0.7, -0.8, 0.2, 1.8], ink.first))
