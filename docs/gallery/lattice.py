"""The grid of a rubber sheet that a map of the plane moves, with what is pinned to it."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.lattice import Lattice
from scenes.kit.plane import Plane


def sheared() -> Mobject:
    """A matrix moves the whole plane; its columns are where the arrows land."""
    plane = Plane((-4, 4), (-3, 3), equal=True, numbers=False)
    sheet = Lattice(plane)
    tile = sheet.polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    arrows = sheet.arrows([(1, 0)], ink.first), sheet.arrows([(0, 1)], ink.second)
    sheet.redraw([[1.5, 1.0], [0.2, 1.2]])
    return VGroup(plane, sheet, tile, *arrows)


def bent() -> Mobject:
    """Any map carries the sheet: here what a layer of two neurons does to the plane."""
    plane = Plane((-1.6, 1.6), (-1.2, 1.2), equal=True, numbers=False)
    sheet = Lattice(plane, 0.2)
    sheet.warp(lambda x: np.tanh(1.6 * x @ np.array([[1.0, 0.4], [-0.5, 1.0]])))
    return VGroup(plane, sheet)
