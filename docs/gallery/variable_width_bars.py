"""Bars whose widths count as well: areas are the terms of an expected value."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.kit.variable_width_bars import VariableWidthBars

SHARES = np.array([0.5, 0.25, 0.125, 0.125])


def ground() -> Plane:
    """Probability across, a value up."""
    return Plane((0, 1), (0, 4), 10.0, 5.0, x_ticks=[0, 0.5, 1], y_ticks=[0, 1, 2, 3, 4])


def terms() -> Mobject:
    """As wide as each outcome is probable, as high as its value: the areas sum to the expected value, 1.75."""
    plane = ground()
    return VGroup(plane, VariableWidthBars(plane, SHARES, -np.log2(SHARES)))


def stacked() -> Mobject:
    """What comes on top of a level, in another colour."""
    plane = ground()
    level = VariableWidthBars(plane, SHARES, np.full(4, 1.75))
    more = VariableWidthBars(plane, SHARES, np.zeros(4), ink.error)
    return VGroup(plane, level, more.redraw(SHARES, np.full(4, 0.625), 1.75))
