"""Many curves with their mean and a band: over seeds, over samples, over people."""

import numpy as np
from manim import Mobject, VGroup
from numpy.polynomial.chebyshev import chebvander

from scenes.kit import ink
from scenes.kit.bundle import Bundle
from scenes.kit.plane import Plane

XS = np.linspace(0, 1, 101)


X = (np.arange(20) + 0.5) / 20
READINGS = 2 * np.exp(-3 * X) * np.sin(9 * X) + np.random.default_rng(0).normal(scale=0.3, size=(50, 20))
FITS = READINGS @ np.linalg.pinv(chebvander(2 * X - 1, 10)).T @ chebvander(2 * XS - 1, 10).T
"""Polynomials of degree ten through fifty samples of twenty readings, at XS."""


def samples() -> Mobject:
    """Fifty polynomials of degree ten, fitted to fifty samples: their mean and one standard deviation about it."""
    plane = Plane((0, 1), (-1, 2), 12, 5, x_label="time", y_label="reading")
    bundle = Bundle(plane, XS, FITS, middle_color=ink.focus).summarise(middle=1.0, band=1.0)
    return VGroup(plane, bundle, bundle.middle.label("mean", 0.27, [0.8, 1, 0], gap=0.4))


def seeds() -> Mobject:
    """Learning curves of thirty seeds, grown as far as epoch 70, with their median and the middle 80 percent."""
    rng, epochs = np.random.default_rng(3), np.arange(101.0)
    noise = np.cumsum(rng.normal(scale=0.012, size=(30, 101)), axis=1)
    losses = 0.25 + 0.75 * np.exp(-epochs / rng.uniform(10, 40, (30, 1))) + noise
    plane = Plane((0, 100), (0, 1.2), 12, 5, x_label="epochs", y_label="validation loss")
    bundle = Bundle(plane, epochs, losses, ink.second, middle="median", band=(10, 90))
    return VGroup(plane, bundle.summarise(1.0, 1.0).reach(70))


def one() -> Mobject:
    """One of fifty is lit, and the others step back."""
    plane = Plane((0, 1), (-1, 2), 12, 5, x_label="time", y_label="reading")
    bundle = Bundle(plane, XS, FITS).light(14)
    return VGroup(plane, bundle, bundle.lit.label("sample 14", 0.36, [-1, -0.5, 0], gap=0.35))
