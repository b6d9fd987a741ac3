"""The numbers of vectors as bars."""

import numpy as np
from manim import DOWN, RIGHT, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.vector_bars import VectorBars


def embeddings() -> Mobject:
    """Three vectors of twelve numbers; one steps back, and one stands upright."""
    numbers = np.random.default_rng(4).normal(size=(3, 12))
    rows = VectorBars(numbers[:2], [0.6 * DOWN, 0.6 * -DOWN], 5.0, 0.45, ink.second).shade([1.0, 0.3])
    return VGroup(rows, VectorBars(numbers[2], 4 * RIGHT, 3.6, 0.7, upright=True))
