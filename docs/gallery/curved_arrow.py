"""Arrows between things that stand anywhere."""

from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.array_cells import ArrayCells
from scenes.kit.curved_arrow import CurvedArrow


def strides() -> Mobject:
    """A jump to the next entry above a strip of memory, and a longer one, bowed to its other side, below it."""
    strip = ArrayCells(range(6), 1.2)
    tops, feet = (strip.step(strip.centres, 0.0, side) for side in (-0.5, 0.5))
    near = CurvedArrow(tops[0], tops[1], 0.35)
    far = CurvedArrow(feet[0], feet[4], -0.3, ink.truth)
    return VGroup(strip, near, far)
