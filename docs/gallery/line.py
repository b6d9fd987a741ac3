"""Lines, arrows and areas in data units, each redrawn in place by its verb `redraw`."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.plane import Plane


def curves() -> Mobject:
    """A curve, a dashed line, a ribbon, and stems for what is left over."""
    plane = Plane((0, 6), (-2, 2))
    xs = np.linspace(0, 6, 80)
    at = np.linspace(0.5, 5.5, 9)
    points = np.column_stack([at, np.sin(at) + np.random.default_rng(2).normal(0, 0.4, 9)])
    return VGroup(
        plane,
        plane.area(xs, np.sin(xs) - 0.5, np.sin(xs) + 0.5, ink.first),
        plane.curve(xs, np.sin(xs), ink.first),
        plane.line((0.0, 1.0), 0.0, color=ink.quiet, dashed=True),
        plane.stems(points[:, 0], np.sin(points[:, 0]), points[:, 1]),
        plane.dots(points),
    )


def shapes() -> Mobject:
    """Arrows, segments, outlines, and what lies within a distance by three metrics."""
    plane = Plane((-5, 5), (-3, 3), equal=True, numbers=False)
    balls = [
        plane.ball((x, 1), 1.2, p, color)
        for x, p, color in ((-3, 1, ink.first), (0, 2, ink.second), (3, np.inf, ink.third))
    ]
    return VGroup(
        plane,
        *balls,
        plane.vector((-4, -2.5), (-1, -1.2)),
        plane.segment((0, -2.5), (1, -1), ink.error),
        plane.polygon([(2, -2.5), (4.5, -2.2), (3, -0.8)], ink.fourth, fill=0.2),
    )


def contour() -> Mobject:
    """Where a function that is sampled on the plane takes certain levels."""
    plane = Plane((-3, 3), (-2, 2), equal=True)
    x, y = np.moveaxis(plane.mesh(), -1, 0)
    return VGroup(plane, plane.contour(x**2 / 4 + y**2, (0.3, 1.0, 2.0), ink.second))
