"""Charts that are read on a phone."""

from __future__ import annotations

from manim import LEFT, UP

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.svm.margin import LARGE
from scenes.svm.stage import with_large_numbers


def large(plane: Plane) -> Plane:
    """``plane``, the numbers at its ticks as large as other words, and the names of its axes larger still."""
    with_large_numbers(plane)
    low = float(plane.box[0, 1])
    for name in plane.names:
        below = float(name.get_top()[1]) < low
        name.scale(LARGE / ink.pixels(ink.LABEL), about_edge=UP if below else UP + LEFT)
    return plane
