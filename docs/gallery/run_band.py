"""Learning curves of several runs."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.kit.run_band import RunBand


def runs() -> Mobject:
    """A thin line for each run, the band that holds most of them, and their median, up to episode 70."""
    plane = Plane((0, 100), (0, 1.2), x_label="episodes", y_label="reward")
    xs, rng = np.arange(101.0), np.random.default_rng(6)
    paces = rng.uniform(12, 40, (9, 1))
    wobbles = 0.06 * np.sin(xs / rng.uniform(3, 9, (9, 1)))
    return VGroup(
        plane, RunBand(plane, xs, 1 - np.exp(-xs / paces) + wobbles, ink.first, band=True).reach(70)
    )
