"""Polynomials through noisy readings of a known truth: their error on unseen readings, and the parts that it has.

The truth is a dying vibration on [0, 1]; readings lie at fixed, evenly spaced places, with normal noise that is drawn
anew for each training sample.  Expectations are taken over training samples.  Fits are least squares in Chebyshev
polynomials, so that what a fit predicts is a matrix times the readings, and bias and variance are exact.

Sources: S. Geman, E. Bienenstock & R. Doursat, Neural Computation 4 (1992); T. Hastie, R. Tibshirani & J. Friedman, The
Elements of Statistical Learning (2009), sections 7.2 and 7.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.polynomial.chebyshev import chebvander
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

READINGS: Final = 20
"""Points of a training sample."""
NOISE: Final = 0.3
"""Standard deviation of a reading."""
DEGREES: Final = (1, 5, 10)
"""The three polynomials that the lesson follows."""
LAST: Final = 12
"""The highest degree that is tried."""
GRID: Final = np.linspace(0.0, 1.0, 201)
"""Places at which errors are averaged."""
SAMPLES: Final = 2000
"""Training samples that are drawn to measure."""
SHOWN: Final = 14
"""Number of the training sample that is shown: in the middle of the first twenty by its errors."""


def truth(x: Floats) -> Floats:
    """(n,): the dying vibration 2 e^(−3x) sin 9x."""
    return np.asarray(2 * np.exp(-3 * x) * np.sin(9 * x))


def places(count: int = READINGS) -> Floats:
    """(count,): the middles of equal parts of [0, 1], at which readings are taken."""
    return np.asarray((np.arange(count) + 0.5) / count)


@dataclass(frozen=True, slots=True)
class Drawn:
    """``readings`` (samples, n) at :func:`places`; ``fresh`` (samples, 201) at :data:`GRID`, with other noise."""

    readings: Floats
    fresh: Floats


def draw(samples: int = SAMPLES, count: int = READINGS, noise: float = NOISE, seed: int = 0) -> Drawn:
    """Training samples, and as many sets of fresh readings that no fit sees."""
    rng = np.random.default_rng(seed)
    readings = truth(places(count)) + noise * rng.normal(size=(samples, count))
    return Drawn(readings, truth(GRID) + noise * rng.normal(size=(samples, len(GRID))))


@cache
def fitter(degree: int, count: int = READINGS, penalty: float = 0.0) -> Floats:
    """(201, count): what predicts at :data:`GRID` from readings; with a ``penalty`` λ by ridge, the constant is free.

    Raises ``ValueError`` for a degree that the readings do not determine.
    """
    if not penalty and degree >= count:
        raise ValueError(f"{count} readings do not determine a polynomial of degree {degree}")
    return np.asarray(chebvander(2 * GRID - 1, degree) @ _solver(degree, count, penalty))


def smoother(degree: int, count: int = READINGS, penalty: float = 0.0) -> Floats:
    """(count, count): what predicts at the readings' own places."""
    return np.asarray(chebvander(2 * places(count) - 1, degree) @ _solver(degree, count, penalty))


def _solver(degree: int, count: int, penalty: float) -> Floats:
    basis = chebvander(2 * places(count) - 1, degree)
    price = penalty * np.eye(degree + 1)
    price[0, 0] = 0.0
    return np.asarray(
        np.linalg.pinv(basis) if not penalty else np.linalg.solve(basis.T @ basis + price, basis.T)
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the expected squared error on fresh readings, averaged over :data:`GRID`."""

    bias: float
    """Squared."""
    variance: float
    noise: float

    @property
    def total(self) -> float:
        """Expected test error."""
        return self.bias + self.variance + self.noise


def parts(degree: int, count: int = READINGS, noise: float = NOISE, penalty: float = 0.0) -> Parts:
    """Exact parts of the error of a fit: nothing is drawn."""
    predict = fitter(degree, count, penalty)
    off = predict @ truth(places(count)) - truth(GRID)
    return Parts(float((off**2).mean()), float(noise**2 * (predict**2).sum(axis=1).mean()), float(noise**2))


def training_error(degree: int, count: int = READINGS, noise: float = NOISE) -> float:
    """Expected squared error on the readings that the fit has seen: exact."""
    own = smoother(degree, count)
    seen = truth(places(count))
    return float(((seen - own @ seen) ** 2).mean() + noise**2 * (1 - (degree + 1) / count))


def measured(degree: int, drawn: Drawn, penalty: float = 0.0) -> float:
    """Mean squared error of fits to ``drawn.readings`` on ``drawn.fresh``, which they have not seen."""
    predict = fitter(degree, drawn.readings.shape[1], penalty)
    return float(((drawn.readings @ predict.T - drawn.fresh) ** 2).mean())


def best_degree(count: int = READINGS, noise: float = NOISE) -> int:
    """The degree up to :data:`LAST` with the smallest expected test error."""
    return int(np.argmin([parts(degree, count, noise).total for degree in range(LAST + 1)]))


def resampled(sample: Floats, draws: int, seed: int = 0) -> NDArray[np.intp]:
    """(draws, n): rows of bootstrap samples: as many as there are in ``sample`` (n,), drawn with replacement."""
    return np.random.default_rng(seed).integers(0, len(sample), size=(draws, len(sample)))


def bootstrap_fits(sample: Floats, degree: int, draws: int, seed: int = 0) -> Floats:
    """(draws, 201): fits of that degree to bootstrap samples of the readings ``sample`` (n,) at :func:`places`.

    Raises ``ValueError`` where a draw has too few different places for the degree.
    """
    basis, x = chebvander(2 * GRID - 1, degree), 2 * places(len(sample)) - 1
    fits = []
    for rows in resampled(sample, draws, seed):
        if len(np.unique(rows)) <= degree:
            raise ValueError(
                f"{len(np.unique(rows))} places do not determine a polynomial of degree {degree}"
            )
        fits.append(basis @ np.linalg.lstsq(chebvander(x[rows], degree), sample[rows], rcond=None)[0])
    return np.array(fits)


@dataclass(frozen=True, slots=True)
class ByHand:
    """Predictions (4,) of a ``truth``, and ``readings`` (2,) around it, whose error is parted on paper."""

    predictions: Floats
    truth: float
    readings: Floats

    @property
    def mean(self) -> float:
        """Mean prediction."""
        return float(self.predictions.mean())

    @property
    def bias(self) -> float:
        """From the truth to the mean prediction."""
        return self.mean - self.truth

    @property
    def variance(self) -> float:
        """Mean squared distance from the mean prediction."""
        return float(self.predictions.var())

    @property
    def error(self) -> float:
        """Mean squared distance from the truth."""
        return float(((self.predictions - self.truth) ** 2).mean())

    @property
    def noise(self) -> float:
        """Mean squared distance of readings from the truth."""
        return float(((self.readings - self.truth) ** 2).mean())

    @property
    def squares(self) -> Floats:
        """(4, 2): squared distances of all pairs of a prediction and a reading."""
        return np.asarray((self.predictions[:, None] - self.readings[None]) ** 2)


def by_hand() -> ByHand:
    """Four predictions, 2, 4, 4 and 6, of a truth of 5, and readings of 4 and 6."""
    return ByHand(np.array([2.0, 4.0, 4.0, 6.0]), 5.0, np.array([4.0, 6.0]))
