"""Landscapes: the ground of a function of two parameters, lit around a place, in fog or as a map."""

import numpy as np
from manim import DEGREES, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.landscape import Landscape, Pointer
from scenes.kit.plane import Plane
from scenes.kit.walker import SolidWalker

LEVELS = 0.1 * np.arange(1, 14) ** 2
START = np.array([-2.4, 1.0])
CURVATURES = np.array([1.0, 6.0])
"""Of the loss, half of x² + 6 y²."""


def fog() -> Mobject:
    """Around the ball the ground is lit; an arrow points uphill."""
    plane = Plane((-4, 4), (-2.2, 2.2), 13, 7, numbers=False)
    land = Landscape(plane, (0, 16), lambda points: 0.5 * points**2 @ CURVATURES, height=4.0)
    ground = land.ground(LEVELS, START, 1.4)
    ball = SolidWalker(land, [START, 0.8 * START], land.over)
    land.look(tilt=50 * DEGREES, turn=-15 * DEGREES, lift=1.0)
    uphill = Pointer(land.plane, ink.second)
    here, there = land.at(land.raised([START, START + 0.12 * START * CURVATURES]))
    return VGroup(ground, ball, uphill.redraw(here, there))


def map_of_it() -> Mobject:
    """Lit wide and seen from above, it is a map."""
    plane = Plane((-4, 4), (-2.2, 2.2), 13, 7, numbers=False)
    land = Landscape(plane, (0, 16), lambda points: 0.5 * points**2 @ CURVATURES, height=4.0)
    return VGroup(land.ground(LEVELS, START, 9.0))
