"""Bayes' theorem for two classes, in shares, in odds and in log-odds, and what claims of probability cost.

Source: R. O. Duda, P. E. Hart and D. G. Stork, Pattern Classification (2001), sections 2.1 and 2.9.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def posterior(prior: ArrayLike, likelihood: ArrayLike, other: ArrayLike) -> Floats:
    """P(c|w) from P(c), P(w|c) and ``other``, P(w|not c)."""
    prior = np.asarray(prior, dtype=float)
    joint = prior * np.asarray(likelihood, dtype=float)
    return np.asarray(joint / (joint + (1 - prior) * np.asarray(other, dtype=float)))


def prior_for(target: float, likelihood: float, other: float) -> float:
    """The prior from which the posterior is ``target``."""
    odds = target / (1 - target) * other / likelihood
    return odds / (1 + odds)


def odds(p: ArrayLike) -> Floats:
    """p / (1 - p)."""
    p = np.asarray(p, dtype=float)
    return np.asarray(p / (1 - p))


def share(odds: ArrayLike) -> Floats:
    """odds / (1 + odds): the probability that has these odds."""
    odds = np.asarray(odds, dtype=float)
    return np.asarray(odds / (1 + odds))


def log_odds(p: ArrayLike) -> Floats:
    """log(p / (1 - p)), natural."""
    return np.asarray(np.log(odds(p)))


def sigmoid(z: ArrayLike) -> Floats:
    """1 / (1 + e⁻ᶻ), without overflow."""
    z = np.asarray(z, dtype=float)
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1, small) / (1 + small))


def losses(y: ArrayLike, z: ArrayLike) -> Floats:
    """Log loss (n,) of claimed log-odds ``z`` (n,) where the truth is ``y`` (0 or 1): −log of what it was given.

    From log-odds, since a probability that is rounded to 0 or 1 would make it infinite.
    """
    y, z = np.asarray(y), np.asarray(z, dtype=float)
    return np.asarray(np.logaddexp(0, np.where(y == 1, -z, z)))


def log_loss(y: ArrayLike, z: ArrayLike) -> float:
    """The mean of :func:`losses`."""
    return float(losses(y, z).mean())


def log_loss_of(y: ArrayLike, p: ArrayLike) -> float:
    """Log loss of claimed probabilities ``p`` (n,); infinite where one says 0 or 1 and is wrong."""
    p = np.asarray(p, dtype=float)
    given = np.where(np.asarray(y) == 1, p, 1 - p)
    with np.errstate(divide="ignore"):
        return float(-np.log(given).mean())


def brier(y: ArrayLike, p: ArrayLike) -> float:
    """Brier score: the mean of (p − y)².  Source: G. W. Brier, Monthly Weather Review 78 (1950)."""
    return float(np.mean((np.asarray(p, dtype=float) - np.asarray(y)) ** 2))


def accuracy(y: ArrayLike, z: ArrayLike) -> float:
    """Share of cases on the right side of log-odds 0."""
    return float(np.mean((np.asarray(z) > 0) == (np.asarray(y) == 1)))
