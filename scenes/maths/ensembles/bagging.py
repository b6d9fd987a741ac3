"""Regression trees on a noisy wave: how far they move with the data, and what an average of bootstrap copies changes.

Sources: L. Breiman, Bagging predictors, Machine Learning 24 (1996); T. Hastie, R. Tibshirani & J. Friedman, The
Elements of Statistical Learning (2009), sections 8.7 and 15.2, eq. 15.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.ensembles.voting import Floats
from scenes.maths.shared.memo import remembered

Rows = NDArray[np.intp]

POINTS: Final = 60
"""Points of a data set."""
NOISE: Final = 0.4
"""Standard deviation of a reading around the wave."""
SETS: Final = 100
"""Data sets that are drawn to measure bias and variance."""
TREES: Final = 50
"""Bootstrap trees of an average."""
FINE: Final = np.linspace(0.02, 0.98, 385)
"""Places at which trees are drawn."""
EACH: Final = 4
"""Every so many of them is one of the 97 at which errors are averaged."""
SIZES: Final = (1, 2, 10, 25, 50)
"""Trees of an average whose variance is told."""


def wave(x: Floats) -> Floats:
    """(n,): sin 2πx."""
    return np.asarray(np.sin(2 * np.pi * x))


def draw(seed: int) -> tuple[Floats, Floats]:
    """(60,) places in [0, 1], drawn evenly, and (60,) readings there."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(size=POINTS)
    return x, wave(x) + rng.normal(0, NOISE, POINTS)


def resampled(seed: int, count: int = TREES) -> Rows:
    """(count, 60): rows of bootstrap samples of the data set of that seed, drawn with replacement."""
    rng = np.random.default_rng(seed)
    rng.uniform(size=POINTS)
    rng.normal(0, NOISE, POINTS)  # after the numbers that the data set has taken
    return np.asarray(rng.integers(0, POINTS, (count, POINTS)), dtype=np.intp)


def by_hand() -> tuple[int, ...]:
    """A bootstrap sample of five rows, counted from 1, to follow in the head."""
    return 2, 5, 2, 1, 4


def left_out(n: int) -> float:
    """Chance (1 − 1/n)ⁿ that a row is not in a bootstrap sample of ``n`` of ``n``."""
    return (1 - 1 / n) ** n


def grown(x: Floats, y: Floats, seed: int) -> Floats:
    """(385,): what a full-grown tree of (n,) ``x`` and ``y`` predicts at :data:`FINE`."""
    tree = DecisionTreeRegressor(random_state=seed).fit(x[:, None], y)
    return np.asarray(tree.predict(FINE[:, None]))


@remembered
def single() -> Floats:
    """(100, 385): a full-grown tree of each data set."""
    return np.array([grown(*draw(seed), seed) for seed in range(SETS)])


@remembered
def copies(seed: int, count: int = TREES) -> Floats:
    """(count, 385): a full-grown tree of each bootstrap sample of one data set."""
    x, y = draw(seed)
    return np.array([grown(x[rows], y[rows], number) for number, rows in enumerate(resampled(seed, count))])


@dataclass(frozen=True, slots=True)
class Spread:
    """Means over 97 places of the wave; a variance is that over data sets."""

    bias: float
    """Squared, of a single tree on all points of its data set."""
    variance: float
    """Of such a tree."""
    bagged_bias: float
    """Squared, of an average of 50 bootstrap trees."""
    variances: tuple[float, ...]
    """Of averages of :data:`SIZES` bootstrap trees."""
    tree: float
    """σ²: the variance of one bootstrap tree, mean of the 50."""
    correlation: float
    """ρ: mean covariance of two bootstrap trees of one data set, over σ²."""

    def predicted(self, count: int) -> float:
        """ρσ² + (1 − ρ)σ²/B (ESL eq. 15.1): variance of an average of ``count`` trees."""
        return self.floor + (1 - self.correlation) * self.tree / count

    @property
    def floor(self) -> float:
        """ρσ²: what no number of trees goes below."""
        return self.correlation * self.tree


@remembered
def spread() -> Spread:
    """Bias and variance over the 100 data sets of single trees and of averages."""
    alone = single()[:, ::EACH]
    trees = np.array([copies(seed)[:, ::EACH] for seed in range(SETS)])
    mean = trees.mean(axis=1)
    true = wave(FINE[::EACH])
    off = trees - trees.mean(axis=0)
    squares = (off**2).sum(axis=1)
    shared = float(((off.sum(axis=1) ** 2 - squares).mean()) / (TREES * (TREES - 1)))
    own = float(trees.var(axis=0).mean())
    return Spread(
        bias=float(((alone.mean(axis=0) - true) ** 2).mean()),
        variance=float(alone.var(axis=0).mean()),
        bagged_bias=float(((mean.mean(axis=0) - true) ** 2).mean()),
        variances=tuple(float(trees[:, :count].mean(axis=1).var(axis=0).mean()) for count in SIZES),
        tree=own,
        correlation=shared / own,
    )


@remembered
def pair_errors() -> Floats:
    """(2500, 2): how far two bootstrap trees of one data set are from their mean over data sets, at 25 places each."""
    places = slice(0, None, 4 * EACH)
    both = np.array([copies(seed)[:2, places] for seed in range(SETS)])
    off = both - both.mean(axis=0)
    return np.asarray(off.transpose(0, 2, 1).reshape(-1, 2))
