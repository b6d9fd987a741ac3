"""The plane lifted into the third dimension and turned."""

import numpy as np
from manim import DEGREES, Mobject, VGroup, VMobject

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.kit.space import Space


def bowl() -> Mobject:
    """A surface with dots on it over the floor that was the picture before, and the curve where a sheet cuts it."""
    plane = Plane((-2, 2), (-2, 2), 5, 5, numbers=False)
    space = Space(plane, (0, 4), height=3.0)
    points = np.random.default_rng(4).uniform(-1.6, 1.6, (40, 2))
    raised = np.column_stack([points, (points**2).sum(1) / 2])
    bowl = space.surface(lambda x, y: (x**2 + y**2) / 2)
    dots = space.dots(raised, ink.focus)
    turn = np.linspace(0, 2 * np.pi, 60)
    cut = np.column_stack([np.sqrt(2) * np.cos(turn), np.sqrt(2) * np.sin(turn), np.ones(60)])
    things: list[VMobject] = [
        space.floor(),
        space.sheet(1.0),
        bowl,
        dots,
        space.ring(dots, [0, 1]),
        space.drop(raised[:2]),
        space.curve(cut),
    ]
    space.look(tilt=65 * DEGREES, turn=30 * DEGREES, lift=1.0)
    return VGroup(*things)
