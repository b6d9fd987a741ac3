"""The band between two kerbs: a margin, a tube, or what lies between two levels of a function."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit.plane import Plane


def straight() -> Mobject:
    """Between w·x + b = ±1."""
    plane = Plane((0, 6), (0, 4), equal=True)
    return VGroup(plane, plane.band((1.2, -0.6), -2.4))


def winding() -> Mobject:
    """The same street, winding along the levels of any function."""
    plane = Plane((-3, 3), (-2, 2), equal=True)
    x, y = np.moveaxis(plane.mesh(), -1, 0)
    return VGroup(plane, plane.band((1, 0), 0).wind(3 * y - 2 * np.sin(1.5 * x)))
