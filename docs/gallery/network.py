"""Layers of neurons, the wires between them, and what runs along the wires."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.network import Network


def forward() -> Mobject:
    """Colour is the sign, width and brightness the size; a pulse is on its way to the right."""
    rng = np.random.default_rng(3)
    net = Network((2, 4, 3, 1), 8.0, 4.0).weigh([rng.normal(0, 1, s) for s in ((2, 4), (4, 3), (3, 1))])
    net.fire([[1.0, -0.6], [0.9, -0.2, 0.5, -1.0], [0.3, 0.0, -0.7], [1.0]])
    return VGroup(net, net.pulse(ink.focus).go(1.4))
