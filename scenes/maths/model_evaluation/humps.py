"""How scores of each class are spread: a smooth density on the log-odds of the score, each class its own 100 %."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import gaussian_kde

Floats = NDArray[np.float64]

WIDTH: Final = 0.35
"""Bandwidth of the kernel, as a multiple of the spread of a class."""


def log_odds(score: ArrayLike) -> Floats:
    """ln(s / (1 - s)) of scores between 0 and 1."""
    given = np.asarray(score, dtype=float)
    return np.asarray(np.log(given / (1 - given)))


def density(scores: ArrayLike, grid: ArrayLike) -> Floats:
    """Density (m,) of the log-odds of ``scores`` (n,) at ``grid`` (m,), by Gaussian kernels; its area is 1."""
    return np.asarray(gaussian_kde(log_odds(scores), WIDTH)(np.asarray(grid, dtype=float)))


def copies(positives: int, negatives: int, prevalence: float) -> float:
    """How many times each negative has to stand there, so that this share is positive."""
    return (1 - prevalence) / prevalence * positives / negatives
