"""A plane cut into rooms by strokes along its axes."""

from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.partition import Cut, Partition
from scenes.kit.plane import Plane


def rooms() -> Mobject:
    """Each cut lies inside a room that there is already; the last one is half made."""
    plane = Plane((0, 10), (0, 8), 6.0, 4.0)
    cuts = {0: Cut(1, 6.0, 1, 2), 1: Cut(0, 3.0, 3, 4), 4: Cut(1, 2.0, 5, 6)}
    fills = {2: (ink.first, 0.4), 3: (ink.second, 0.4), 5: (ink.third, 0.4)}
    return VGroup(plane, Partition(plane, cuts, fills).open_each({0: 1.0, 1: 1.0, 4: 0.5}))
