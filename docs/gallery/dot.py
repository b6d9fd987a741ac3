"""Data points: each of them can move, be ringed or step back."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.maths.shared.flower import Measure, irises


def classes() -> Mobject:
    """Classes differ in colour and shape; some dots are ringed, all others step back."""
    flowers = irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH))
    plane = Plane((0.5, 7.5), (0, 2.8), x_label="petal length (cm)", y_label="petal width (cm)")
    dots = plane.classes(flowers.points, flowers.species)
    few = [44, 70, 118]
    return VGroup(plane, dots.only(few, 0.4), dots.ring(few))


def cloud() -> Mobject:
    """Thousands of points as one mobject."""
    plane = Plane((-3, 3), (-3, 3), 5, 4, numbers=False)
    return VGroup(plane, plane.cloud(np.random.default_rng(1).normal(0, 0.9, (2000, 2)), ink.truth))
