"""A curve on a small chart of its own, drawn as far as has been reached."""

import numpy as np
from manim import Mobject

from scenes.kit.growing_curve import GrowingCurve


def loss() -> Mobject:
    """A loss while a model learns: 14 of 30 steps are done."""
    steps = np.arange(31.0)
    return GrowingCurve(steps, np.exp(-steps / 8), (0, 30), (0, 1), x_label="step", y_label="loss").reach(14)
