"""One distribution for each layer, step or group, side by side."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit.plane import Plane
from scenes.kit.ridge import Ridges


def layers() -> Mobject:
    """Activations of six layers, whose spread grows until they are stuck at the ends."""
    plane = Plane((0, 6), (-1.2, 1.2), x_label="layer", y_label="activation")
    rng, edges = np.random.default_rng(5), np.linspace(-1.2, 1.2, 49)
    spreads = (0.1, 0.3, 0.6, 1.0, 1.6, 3.0)
    shares = [np.histogram(np.tanh(rng.normal(0, spread, 4000)), edges)[0] for spread in spreads]
    return VGroup(plane, Ridges(plane, np.arange(6), edges).redraw(shares))
