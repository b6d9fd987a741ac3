"""A beam with weights on it, which is level where its support stands at their mean."""

from manim import Mobject, VGroup

from scenes.kit.balance_beam import BalanceBeam
from scenes.kit.plane import Plane


def level() -> Mobject:
    """Five values on their mean: one far value holds four near ones."""
    plane = Plane((-1, 8), (-1, 2), equal=True, y_ticks=[])
    return VGroup(plane, BalanceBeam(plane, (0, 0, 1, 2, 7), (-0.5, 7.5)))


def tilted() -> Mobject:
    """A support beside the mean lets it tilt."""
    plane = Plane((-1, 8), (-1, 2), equal=True, y_ticks=[])
    return VGroup(plane, BalanceBeam(plane, (0, 0, 1, 2, 7), (-0.5, 7.5)).redraw(4))
