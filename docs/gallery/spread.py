"""Learning curves of several runs."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.kit.spread import Spread


def runs() -> Mobject:
    """A thread for each run, the band that holds most of them, and the middle one, up to step 70."""
    plane = Plane((0, 100), (0, 1.2), x_label="episodes", y_label="reward")
    xs, rng = np.arange(101.0), np.random.default_rng(6)
    paces = rng.uniform(12, 40, (9, 1))
    wobbles = 0.06 * np.sin(xs / rng.uniform(3, 9, (9, 1)))
    return VGroup(plane, Spread(plane, xs, 1 - np.exp(-xs / paces) + wobbles, ink.first, band=True).reach(70))
