"""A function over a whole plane, as one picture of colours."""

import numpy as np
from manim import Group, Mobject

from scenes.kit.plane import Plane


def verdicts() -> Mobject:
    """What a model says everywhere: two colours for two sides, clear where it is not sure."""
    plane = Plane((-3, 3), (-2, 2), equal=True)
    x, y = np.moveaxis(plane.mesh(), -1, 0)
    values = np.tanh(x * y + np.sin(2 * x))
    return Group(plane.field(values), plane, plane.contour(values))
