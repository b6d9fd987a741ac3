"""A box with axes, and everything that is drawn in their units."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.plane import Plane


def axes() -> Mobject:
    """Ticks are round numbers, axes have names with units."""
    plane = Plane((0, 12), (0, 1), x_label="time (months)", y_label="share", grid=True)
    months = np.linspace(0, 12, 60)
    return VGroup(plane, plane.curve(months, 1 - np.exp(-months / 4), ink.first))


def logarithms() -> Mobject:
    """Axes by powers of ten, and axes with words in place of numbers."""
    plane = Plane((1e-3, 1e2), (0, 4), 6.0, 3.0, log_x=True, x_label="gamma", y_names={1: "low", 3: "high"})
    return VGroup(plane, plane.dots([(0.01, 1), (1, 3)], ink.focus, radius=0.12))
