"""Averages of draws from the visits: how wide and how lopsided their distribution is, measured and predicted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenes.maths.probability_statistics.visits import Summary, summary, visits
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

SIZES: Final = (1, 5, 30, 100)
"""Draws in a sample."""
SAMPLES: Final = 20_000
"""Averages of each size."""
SEEDS: Final = 20
INTERVALS: Final = 20
"""Intervals that are drawn."""
LONG: Final = 1000
"""Draws of a sample whose running mean is followed."""


def averages(n: int, seed: int = 0, samples: int = SAMPLES) -> Floats:
    """The mean of ``n`` draws with replacement from the visits, ``samples`` times (samples,).

    With replacement, so draws are independent and identically distributed by construction.
    """
    return np.asarray(np.random.default_rng(seed).choice(visits(), (samples, n)).mean(axis=1))


def running(samples: int, seed: int = 0) -> Floats:
    """The mean of the first 1, 2, ... :data:`LONG` draws from the visits, of each of ``samples`` (samples, LONG)."""
    drawn = np.random.default_rng(seed).choice(visits(), (samples, LONG))
    return np.asarray(drawn.cumsum(axis=1) / np.arange(1, LONG + 1))


def standard_error(n: int) -> float:
    """σ over root n: the standard deviation of the mean of ``n`` draws.

    Source: L. Wasserman, All of Statistics (2004), theorem 3.17.
    """
    return summary(visits()).deviation / sqrt(n)


def skewness(n: int) -> float:
    """Of the mean of ``n`` draws: that of one draw over root n, since third cumulants of independent terms add up."""
    return summary(visits()).skewness / sqrt(n)


@dataclass(frozen=True, slots=True)
class Measured:
    """Standard deviation and skewness of averages, over seeds: mean and standard deviation of each."""

    deviation: float
    deviation_spread: float
    skewness: float
    skewness_spread: float


@remembered
def measured(n: int, seeds: int = SEEDS) -> Measured:
    """What :data:`SAMPLES` averages of ``n`` draws have, over so many seeds."""
    found: list[Summary] = [summary(averages(n, seed)) for seed in range(seeds)]
    deviations = np.array([one.deviation for one in found])
    skews = np.array([one.skewness for one in found])
    return Measured(
        float(deviations.mean()), float(deviations.std()), float(skews.mean()), float(skews.std())
    )


def intervals(n: int = 100, count: int = INTERVALS, seed: int = 0) -> tuple[Floats, Floats]:
    """The means (count,) of samples of ``n`` draws, and two estimated standard errors of each (count,).

    The standard error is estimated by s / √n, and s divides by n - 1.
    """
    samples = np.random.default_rng(seed).choice(visits(), (count, n))
    return np.asarray(samples.mean(axis=1)), np.asarray(2 * samples.std(axis=1, ddof=1) / sqrt(n))


@remembered
def coverage(n: int = 100, samples: int = SAMPLES, seed: int = 0) -> float:
    """The share of so many such intervals that contain the mean of all visits."""
    means, halves = intervals(n, samples, seed)
    return float((np.abs(means - visits().mean()) <= halves).mean())
