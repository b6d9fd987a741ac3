"""How well a model fits data: likelihoods of a coin and of a normal curve, and the losses that they are turned over.

Sources: G. Casella and R. L. Berger, Statistical Inference, 2nd edition (2002), sections 6.3 and 7.2.2;
C. M. Bishop, Pattern Recognition and Machine Learning (2006), sections 1.2.4, 1.2.5 and 3.1.1.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.maths.shared.flower import Measure, Species, irises

Floats = NDArray[np.float64]

TOSSES: Final = (2, 1)
"""Heads and tails of the example by hand."""
FAMILY: Final = (0.0, 0.0, 1.0, 2.0, 7.0)
"""Five yearly counts of visits to a doctor, the example by hand of the first chapter."""


def sepals() -> Floats:
    """Sepal lengths (50,) of Iris setosa, in cm, in the order of Fisher's table."""
    return irises((Measure.SEPAL_LENGTH,), (Species.SETOSA,)).points[:, 0]


def sepal_pairs() -> Floats:
    """Sepal lengths and widths (50, 2) of Iris setosa, in cm."""
    return irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA,)).points


def petals() -> Floats:
    """Petal lengths (150,) of all three species, in cm."""
    return irises((Measure.PETAL_LENGTH,)).points[:, 0]


# --- a coin


def coin(p: ArrayLike, heads: int = TOSSES[0], tails: int = TOSSES[1]) -> Floats:
    """Likelihood of a chance ``p`` of heads, where tosses came in one order: p^heads (1 − p)^tails."""
    chance = np.asarray(p, dtype=float)
    return np.asarray(chance**heads * (1 - chance) ** tails)


def share(heads: int = TOSSES[0], tails: int = TOSSES[1]) -> float:
    """The chance of heads at which :func:`coin` is highest: the share of heads.  ``ValueError`` for no toss."""
    if heads + tails < 1:
        raise ValueError("no toss was made: no chance fits best")
    return heads / (heads + tails)


# --- densities


def normal(x: ArrayLike, mu: ArrayLike = 0.0, sigma: ArrayLike = 1.0) -> Floats:
    """Density of the normal distribution of mean ``mu`` and standard deviation ``sigma``, per unit of ``x``."""
    z = (np.asarray(x, dtype=float) - np.asarray(mu, dtype=float)) / np.asarray(sigma, dtype=float)
    return np.asarray(np.exp(-(z**2) / 2) / (np.asarray(sigma) * np.sqrt(2 * np.pi)))


def laplace(x: ArrayLike, mu: ArrayLike = 0.0, b: float = 1.0) -> Floats:
    """Density of the Laplace distribution around ``mu``, of scale ``b``, per unit of ``x``."""
    return np.asarray(np.exp(-np.abs(np.asarray(x, dtype=float) - mu) / b) / (2 * b))


def log_likelihood(x: Floats, mu: ArrayLike, sigma: ArrayLike) -> Floats:
    """Log-likelihood of independent ``x`` (n,) under normal curves: shaped as ``mu`` and ``sigma`` together.

    Natural logarithm; ``x``, ``mu`` and ``sigma`` in one unit.
    """
    centre, spread = np.broadcast_arrays(np.asarray(mu, dtype=float), np.asarray(sigma, dtype=float))
    squares = x.var() + (x.mean() - centre) ** 2
    return np.asarray(-len(x) * (np.log(spread * np.sqrt(2 * np.pi)) + squares / (2 * spread**2)))


def fitted(x: Floats) -> tuple[float, float]:
    """Maximum likelihood estimates of a normal's μ and σ: the mean, and the deviation that divides by n."""
    return float(x.mean()), float(x.std())


# --- losses


def squared(x: ArrayLike, mu: ArrayLike, sigma: float = 1.0) -> Floats:
    """Negative log-likelihood of ``x`` under a normal: squared error over 2σ², and a constant."""
    miss = np.asarray(x, dtype=float) - mu
    return np.asarray(miss**2 / (2 * sigma**2) + np.log(sigma * np.sqrt(2 * np.pi)))


def absolute(x: ArrayLike, mu: ArrayLike, b: float = 1.0) -> Floats:
    """Negative log-likelihood of ``x`` under a Laplace distribution: absolute error over b, and a constant."""
    return np.asarray(np.abs(np.asarray(x, dtype=float) - mu) / b + np.log(2 * b))


def log_loss(y: ArrayLike, p: ArrayLike) -> Floats:
    """Negative log-likelihood of an outcome ``y`` (1 or 0) under a coin whose chance of 1 is ``p``."""
    chance, outcome = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    return np.asarray(-(outcome * np.log(chance) + (1 - outcome) * np.log(1 - chance)))


def mean_squares(x: ArrayLike, centre: ArrayLike) -> Floats:
    """Mean squared distance of ``x`` (n,) from each ``centre``, shaped as ``centre``."""
    return np.asarray(((np.asarray(x, dtype=float)[:, None] - np.ravel(centre)) ** 2).mean(axis=0)).reshape(
        np.shape(centre)
    )


def mean_distances(x: ArrayLike, centre: ArrayLike) -> Floats:
    """Mean distance of ``x`` (n,) from each ``centre``, shaped as ``centre``."""
    return np.asarray(np.abs(np.asarray(x, dtype=float)[:, None] - np.ravel(centre)).mean(axis=0)).reshape(
        np.shape(centre)
    )


def line(points: Floats) -> tuple[float, float]:
    """Slope and intercept of the line of least squares through ``points`` (n, 2)."""
    x, y = points.T
    slope = float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())
    return slope, float(y.mean() - slope * x.mean())


def misses(points: Floats) -> Floats:
    """Residuals (n,) of ``points`` (n, 2) from their :func:`line`."""
    slope, intercept = line(points)
    return np.asarray(points[:, 1] - slope * points[:, 0] - intercept)
