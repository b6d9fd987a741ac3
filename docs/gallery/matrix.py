"""A table of cells whose colour is their value."""

import numpy as np
from manim import RIGHT, Group, Mobject

from scenes.kit import ink
from scenes.kit.matrix import Matrix


def weights() -> Mobject:
    """Weights with their numbers, a row framed; and attention as heat, where one row stands out."""
    rng = np.random.default_rng(0)
    signed = Matrix(rng.uniform(-1, 1, (3, 3)), cell=(1.3, 0.8), decimals=2, rows=["a", "b", "c"])
    heat = Matrix(rng.uniform(0, 1, (8, 8)) * np.tri(8), cell=0.42, heat=ink.focus)
    heat.shade(np.where(np.arange(8)[:, None] == 5, 1, 0.4))
    Group(signed, heat).arrange(RIGHT, buff=1.2)
    return Group(signed, signed.frame(1), heat, heat.frame(5))
