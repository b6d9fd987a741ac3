"""A small chart along one axis of a plane."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.marginal_chart import MarginalChart
from scenes.kit.plane import Plane


def beside() -> Mobject:
    """How good a cut at each place would be, above and beside the plane, drawn as far as :meth:`reach` has come."""
    plane = Plane((0, 10), (0, 8), 6.0, 3.4)
    levels = np.linspace(1, 9, 60)
    over = MarginalChart(plane, 0, levels, np.sin(levels / 3) ** 2, 1.0).reach(6.0)
    right = MarginalChart(plane, 1, 0.8 * levels, np.cos(levels / 4) ** 2, 1.0, ink.fourth).reach(7.0)
    return VGroup(plane, over, over.dot(6.0), right)
