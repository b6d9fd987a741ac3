"""Balls that walk downhill, step by given step: over contours, and down a surface."""

import numpy as np
from manim import DEGREES, LEFT, RIGHT, UP, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.noun import HAIR
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.kit.walker import SolidWalker, Walker

CURVATURES = np.array([1.0, 12.0])
"""Of a ravine, along and across: the loss is half of x² + 12 y², and its gradient (x, 12 y)."""
SGD = np.array([(1 - 0.14 * CURVATURES) ** k * [-4.4, 1.7] for k in range(13)])
"""Gradient descent with the rate 0.14: each step shrinks x by 0.86, and turns y by -0.68."""
ALONG = np.array([(1 - 0.06 * CURVATURES) ** k * [4.4, -1.7] for k in range(13)])
"""The same with the rate 0.06, from the other side."""


def arrows() -> Mobject:
    """Three steps of gradient descent are taken; the arrow of the fourth, square to the contour, is there."""
    plane = Plane((-5, 5), (-2.1, 2.1), 12.5, 5.3, numbers=False, equal=True)
    grid = plane.mesh(160, 80)
    contours = plane.contour(0.5 * grid**2 @ CURVATURES, 0.3 * np.arange(1, 11) ** 2, ink.faint, HAIR)
    return VGroup(plane, contours, Walker(plane, SGD, ink.first, arrows=True).step(3.35))


def optimisers() -> Mobject:
    """Two rates, after eight steps each: the larger bounces from wall to wall, the smaller creeps along the floor."""
    plane = Plane((-5, 5), (-2.1, 2.1), 12.5, 5.3, numbers=False, equal=True)
    grid = plane.mesh(160, 80)
    contours = plane.contour(0.5 * grid**2 @ CURVATURES, 0.3 * np.arange(1, 11) ** 2, ink.faint, HAIR)
    fast = Walker(plane, SGD, ink.first, name="rate 0.14", side=RIGHT + UP)
    slow = Walker(plane, ALONG, ink.second, name="rate 0.06", side=LEFT + UP)
    return VGroup(plane, contours, slow.step(8), fast.step(8))


def surface() -> Mobject:
    """The same walk down the ravine itself."""
    plane = Plane((-5, 5), (-2.1, 2.1), 8.6, 4.2, numbers=False)
    space = Space(plane, (0, 30), height=3.2)
    parts = space.floor(), space.surface(lambda x, y: (x**2 + 12 * y**2) / 2, ink.quiet, shape=(33, 33))
    ball = SolidWalker(space, SGD, lambda x, y: (x**2 + 12 * y**2) / 2, ink.focus).step(4.5)
    space.look(tilt=58 * DEGREES, turn=32 * DEGREES, lift=1.0)
    return VGroup(*parts, ball)
