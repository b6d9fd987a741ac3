"""Two variables as columns that are cut: areas are joint probabilities."""

import numpy as np
from manim import Mobject
from sklearn.datasets import load_digits

from scenes.kit.spine_plot import SpinePlot

DIGITS = load_digits()
NAMES = [str(kind) for kind in range(10)]
SHADES = np.digitize(DIGITS.data[:, 34], [4, 8, 12])
TABLE = np.histogram2d(SHADES, DIGITS.target, bins=(range(5), range(11)))[0] / len(SHADES)


def dependent() -> Mobject:
    """How dark one pixel is, across, and which digit it is of, up: where it is white, four and six are common."""
    return SpinePlot(TABLE, NAMES, 10.0, 6.0)


def independent() -> Mobject:
    """The same two if they were independent: all columns are cut alike."""
    return SpinePlot(np.outer(TABLE.sum(axis=1), TABLE.sum(axis=0)), NAMES, 10.0, 6.0)
