"""Tables of many rows and columns seen from far."""

import numpy as np
from manim import Mobject
from sklearn.datasets import load_breast_cancer

from scenes.kit import ink, shot
from scenes.kit.heat_map import DivergingMap, HeatMap
from scenes.kit.plane import Plane


def squeezed() -> Mobject:
    """569 tumours in 30 columns; the last ten columns are being squeezed out, and malignant rows are dyed."""
    found = load_breast_cancer()
    order = np.argsort(found.target)
    rank = found.data.argsort(axis=0).argsort(axis=0)[order] / 568
    widths = np.r_[np.ones(20), np.full(10, 0.2)]
    dye = np.repeat((found.target[order] == 0)[:, None], 30, axis=1)
    return HeatMap(rank, shot.SAFE).dyes([ink.second] * 569).redraw(widths=widths, dye=dye)


def pairs() -> Mobject:
    """By how much each of 60 scores beats each of 90 others."""
    rng = np.random.default_rng(1)
    high, low = np.sort(rng.normal(1, 1, 60)), np.sort(rng.normal(0, 1, 90))
    plane = Plane((0, 90), (0, 60), x_ticks=[], y_ticks=[])
    return DivergingMap(plane, high[:, None] - low, ink.first, ink.error, 3.0)
