"""Values that pile up in bins."""

import numpy as np
from manim import Mobject, VGroup
from scipy import stats

from scenes.kit import ink
from scenes.kit.histogram import Histogram
from scenes.kit.plane import Plane

RNG = np.random.default_rng(0)
FLIPPERS = RNG.permutation(np.concatenate([RNG.normal(190, 6, 90), RNG.normal(216, 7, 70)]))
SCORES = np.concatenate([RNG.normal(-1.5, 1.3, 900), RNG.normal(2, 1.2, 300)])
LABELS = np.repeat([0, 1], [900, 300])


def falling() -> Mobject:
    """Each value falls at its own x, and settles in its bin."""
    plane = Plane((170, 240), (0, 30), 12.0, 5.2, x_label="flipper (mm)", y_label="birds")
    return VGroup(plane, Histogram(plane, FLIPPERS, np.arange(172, 240, 5.0)).redraw(fallen=0.65))


def bars() -> Mobject:
    """The pile has turned into bars; a density estimated from the values, in the units of the counts."""
    plane = Plane((170, 240), (0, 30), 12.0, 5.2, x_label="flipper (mm)", y_label="birds")
    histogram = Histogram(plane, FLIPPERS, np.arange(172, 240, 5.0)).redraw(fallen=1.0, solid=1.0)
    return VGroup(plane, histogram, histogram.fit(stats.gaussian_kde(FLIPPERS), color=ink.chalk))


def threshold() -> Mobject:
    """Two groups, each its own 100 %; the threshold counts the values of each on its two sides."""
    plane = Plane((-6, 6), (0, 0.5), 12.0, 5.2, x_label="score", y_label="density")
    histogram = Histogram(plane, SCORES, np.linspace(-6, 6, 37), LABELS, density=True).redraw(1.0, 1.0, 1.0)
    return VGroup(plane, histogram.cut(0.7))


def mirrored() -> Mobject:
    """Two groups back to back."""
    plane = Plane((-6, 6), (-50, 110), 12.0, 5.2, x_label="score", y_ticks=[0])
    histogram = Histogram(plane, SCORES, np.linspace(-6, 6, 37), LABELS, mirrored=True)
    return VGroup(plane, histogram.redraw(1.0, 1.0, 1.0))
