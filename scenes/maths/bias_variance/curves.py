"""Polynomials through noisy readings of a known truth: their error on unseen readings, and the parts that it has.

The truth is a dying vibration on [0, 1]; readings lie at fixed, evenly spaced places, with normal noise that is drawn
anew for each training sample.  Fresh readings, which no fit sees, lie at places drawn evenly at random from [0, 1].
Expectations are taken over training samples, fresh places and fresh noise.  Fits are least squares in Chebyshev
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
"""Places at which curves are drawn."""
FINE: Final = (np.arange(1000) + 0.5) / 1000
"""Middles of narrow parts of [0, 1], over which errors are averaged: end points would weigh too much."""
SAMPLES: Final = 2000
"""Training samples that are drawn to measure."""
FRESH: Final = 200
"""Fresh readings of each."""
SHOWN: Final = 10
"""Number of the training sample that is shown: of the first twenty the nearest to the middle by all its errors."""
FOLDS: Final = 5
"""Parts of a sample that are held out in turn."""


def truth(x: Floats) -> Floats:
    """(n,): the dying vibration 2 e^(−3x) sin 9x."""
    return np.asarray(2 * np.exp(-3 * x) * np.sin(9 * x))


def places(count: int = READINGS) -> Floats:
    """(count,): the middles of equal parts of [0, 1], at which readings are taken."""
    return np.asarray((np.arange(count) + 0.5) / count)


@dataclass(frozen=True, slots=True)
class Drawn:
    """``readings`` (samples, n) at :func:`places`; ``fresh`` (samples, 200) at ``where`` (samples, 200)."""

    readings: Floats
    where: Floats
    fresh: Floats


def draw(samples: int = SAMPLES, count: int = READINGS, noise: float = NOISE, seed: int = 0) -> Drawn:
    """Training samples, and for each of them fresh readings at random places."""
    rng = np.random.default_rng(seed)
    readings = truth(places(count)) + noise * rng.normal(size=(samples, count))
    where = rng.uniform(size=(samples, FRESH))
    return Drawn(readings, where, truth(where) + noise * rng.normal(size=where.shape))


@cache
def fitter(degree: int, count: int = READINGS, penalty: float = 0.0) -> Floats:
    """(201, count): what predicts at :data:`GRID` from readings; with a ``penalty`` λ by ridge, the constant is free.

    Raises ``ValueError`` for a degree that the readings do not determine.
    """
    return predictor(GRID, degree, count, penalty)


def predictor(x: Floats, degree: int, count: int = READINGS, penalty: float = 0.0) -> Floats:
    """(..., count): what predicts at ``x`` (...) from readings; see :func:`fitter`."""
    if not penalty and degree >= count:
        raise ValueError(f"{count} readings do not determine a polynomial of degree {degree}")
    return np.asarray(chebvander(2 * x - 1, degree) @ solver(degree, count, penalty))


def smoother(degree: int, count: int = READINGS, penalty: float = 0.0) -> Floats:
    """(count, count): what predicts at the readings' own places."""
    return np.asarray(chebvander(2 * places(count) - 1, degree) @ solver(degree, count, penalty))


@cache
def solver(degree: int, count: int = READINGS, penalty: float = 0.0) -> Floats:
    """(degree + 1, count): what makes coefficients of readings."""
    basis = chebvander(2 * places(count) - 1, degree)
    price = penalty * np.eye(degree + 1)
    price[0, 0] = 0.0
    return np.asarray(
        np.linalg.pinv(basis) if not penalty else np.linalg.solve(basis.T @ basis + price, basis.T)
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the expected squared error on fresh readings, averaged over [0, 1]."""

    bias: float
    """Squared."""
    variance: float
    noise: float

    @property
    def total(self) -> float:
        """Expected test error."""
        return self.bias + self.variance + self.noise


def profile(x: Floats, degree: int, count: int = READINGS, penalty: float = 0.0) -> tuple[Floats, Floats]:
    """(n,) and (n,): squared bias and variance of a fit at each of ``x`` (n,)."""
    predict = predictor(x, degree, count, penalty)
    off = predict @ truth(places(count)) - truth(x)
    return np.asarray(off**2), np.asarray(NOISE**2 * (predict**2).sum(axis=1))


def parts(degree: int, count: int = READINGS, noise: float = NOISE, penalty: float = 0.0) -> Parts:
    """Exact parts of the error of a fit: nothing is drawn."""
    off, spread = profile(FINE, degree, count, penalty)
    return Parts(float(off.mean()), float((noise / NOISE) ** 2 * spread.mean()), float(noise**2))


def beyond(degree: int, count: int = READINGS) -> float:
    """The share of a fit's variance that lies beyond the outermost readings."""
    _, spread = profile(FINE, degree, count)
    first, *_, last = places(count)
    inside = (first <= FINE) & (last >= FINE)
    return float(spread[~inside].sum() / spread.sum())


def training_error(degree: int, count: int = READINGS, noise: float = NOISE) -> float:
    """Expected squared error on the readings that the fit has seen: exact."""
    own = smoother(degree, count)
    seen = truth(places(count))
    return float(((seen - own @ seen) ** 2).mean() + noise**2 * (1 - (degree + 1) / count))


def measured(degree: int, drawn: Drawn, penalty: float = 0.0) -> float:
    """Mean squared error of fits to ``drawn.readings`` on ``drawn.fresh``, which they have not seen."""
    coefficients = drawn.readings @ solver(degree, drawn.readings.shape[1], penalty).T
    predicted = np.einsum("sfd,sd->sf", chebvander(2 * drawn.where - 1, degree), coefficients)
    return float(((predicted - drawn.fresh) ** 2).mean())


def seen_errors(degree: int, readings: Floats) -> Floats:
    """(samples,): training error of the fit to each of ``readings`` (samples, n)."""
    own = readings @ smoother(degree, readings.shape[1]).T
    return np.asarray(((own - readings) ** 2).mean(axis=1))


def unseen_errors(degree: int, readings: Floats, noise: float = NOISE) -> Floats:
    """(samples,): expected squared error of the fit to each of ``readings`` (samples, n) on a fresh reading."""
    fits = readings @ predictor(FINE, degree, readings.shape[1]).T
    return np.asarray(((fits - truth(FINE)) ** 2).mean(axis=1) + noise**2)


def best_degree(count: int = READINGS, noise: float = NOISE) -> int:
    """The degree up to :data:`LAST` with the smallest expected test error."""
    return int(np.argmin([parts(degree, count, noise).total for degree in range(LAST + 1)]))


def folds(count: int = READINGS) -> list[NDArray[np.intp]]:
    """Rows of :data:`FOLDS` parts of a sample, drawn once at random."""
    return np.array_split(np.random.default_rng(0).permutation(count), FOLDS)


def validation_errors(readings: Floats) -> Floats:
    """(13, samples): validation error of each degree on each of ``readings`` (samples, n), by five folds.

    Each part is held out once, and predicted by a fit to the rest.
    """
    x = 2 * places(readings.shape[1]) - 1
    errors = np.empty((LAST + 1, *readings.shape))
    for degree in range(LAST + 1):
        basis = chebvander(x, degree)
        for held in folds(readings.shape[1]):
            kept = np.setdiff1d(np.arange(readings.shape[1]), held)
            predict = basis[held] @ np.linalg.pinv(basis[kept])
            errors[degree][:, held] = (readings[:, kept] @ predict.T - readings[:, held]) ** 2
    return np.asarray(errors.mean(axis=2))


def choices(readings: Floats) -> Floats:
    """(13,): the share of ``readings`` (samples, n) for which validation error is lowest at each degree."""
    found = validation_errors(readings).argmin(axis=0)
    return np.asarray(np.bincount(found, minlength=LAST + 1) / len(readings))


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
