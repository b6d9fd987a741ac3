"""Two variables as columns that are cut: areas are joint probabilities."""

import numpy as np
from manim import Mobject
from sklearn.datasets import load_digits

from scenes.kit.spine_plot import SpinePlot

DIGITS = load_digits()
NAMES = [str(kind) for kind in range(10)]


def counted() -> np.ndarray:
    """Share of each shade of one pixel, in four steps, with each digit (4, 10)."""
    shade = np.digitize(DIGITS.data[:, 34], [4, 8, 12])
    table = np.zeros((4, 10))
    np.add.at(table, (shade, DIGITS.target), 1.0)
    return np.asarray(table / table.sum())


def dependent() -> Mobject:
    """How dark one pixel is, across, and which digit it is of, up: where it is white, four and six are common."""
    return SpinePlot(counted(), NAMES, 10.0, 6.0)


def independent() -> Mobject:
    """The same two if they were independent: all columns are cut alike."""
    table = counted()
    return SpinePlot(np.outer(table.sum(axis=1), table.sum(axis=0)), NAMES, 10.0, 6.0)
