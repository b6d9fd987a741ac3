"""Double descent: the polynomials of the lesson past the degree at which they first fit every reading.

With fewer coefficients than readings the fit is least squares, as before.  With as many there is one exact fit, with
more there are many, of which the one with the smallest weights is taken; a weight w_j stands before T_j / (1 + j), so
that fast polynomials are dear.  All fits are matrices times the readings, so that their parts are exact.

Source: M. Belkin, D. Hsu, S. Ma & S. Mandal, PNAS 116 (2019); T. Hastie, A. Montanari, S. Rosset & R. Tibshirani,
Annals of Statistics 50 (2022).
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.polynomial.chebyshev import chebvander

from scenes.maths.bias_variance import curves
from scenes.maths.bias_variance.curves import Floats

SIZES: Final = (*range(1, 29), 30, 32, 36, 40, 50, 60, 80, 100, 140, 200)
"""Numbers of coefficients that are tried: one more than the degree."""
RIDGE: Final = 0.1
"""The price of a squared weight, where there is one."""


def basis(x: Floats, count: int) -> Floats:
    """(n, count): the scaled polynomials T_j / (1 + j) at ``x`` (n,)."""
    return np.asarray(chebvander(2 * x - 1, count - 1) / (1.0 + np.arange(count)))


@cache
def solver(count: int, penalty: float = 0.0) -> Floats:
    """(count, 20): what makes weights of readings: the smallest that fit best; with a ``penalty`` by ridge."""
    seen = basis(curves.places(), count)
    if penalty:  # by its dual: as many equations as readings
        return np.asarray(seen.T @ np.linalg.inv(seen @ seen.T + penalty * np.eye(len(seen))))
    return np.asarray(np.linalg.pinv(seen, rcond=1e-13))


def fit(readings: Floats, count: int, penalty: float = 0.0) -> tuple[Floats, Floats]:
    """(201,) and (20,): the fit to ``readings`` (20,) at the grid, and at the readings' own places."""
    weights = solver(count, penalty) @ readings
    return basis(curves.GRID, count) @ weights, basis(curves.places(), count) @ weights


def norm(readings: Floats, count: int) -> float:
    """The sum of the squared weights of the fit to ``readings`` (20,)."""
    return float(((solver(count) @ readings) ** 2).sum())


def others(readings: Floats, count: int, how_many: int = 3, seed: int = 0) -> Floats:
    """(k, 201): further fits that meet every reading, with larger weights than the smallest.

    Raises ``ValueError`` for no more coefficients than readings, of which one fit is exact.
    """
    if count <= len(readings):
        raise ValueError(f"{count} coefficients have one exact fit to {len(readings)} readings")
    smallest = solver(count) @ readings
    seen = basis(curves.places(), count)
    free = np.eye(count) - solver(count) @ seen
    added = np.random.default_rng(seed).normal(size=(how_many, count)) @ free.T
    added *= 0.8 * np.linalg.norm(smallest) / np.linalg.norm(added, axis=1, keepdims=True)
    return np.asarray((smallest + added) @ basis(curves.GRID, count).T)


@cache
def parts(count: int, penalty: float = 0.0) -> curves.Parts:
    """Exact parts of the error on fresh readings."""
    predict = basis(curves.FINE, count) @ solver(count, penalty)
    off = predict @ curves.truth(curves.places()) - curves.truth(curves.FINE)
    spread = curves.NOISE**2 * (predict**2).sum(axis=1)
    return curves.Parts(float((off**2).mean()), float(spread.mean()), curves.NOISE**2)


@cache
def training_error(count: int) -> float:
    """Expected squared error on the readings that the fit has seen: exact."""
    own = basis(curves.places(), count) @ solver(count)
    seen = curves.truth(curves.places())
    spread = ((np.eye(len(seen)) - own) ** 2).sum() / len(seen)
    return float(((seen - own @ seen) ** 2).mean() + curves.NOISE**2 * spread)
