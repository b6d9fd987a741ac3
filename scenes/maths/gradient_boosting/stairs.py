"""Stumps in sequence, each fitted to the residuals of the sum before it; four points by hand, and twenty years of sea.

Source: J. Friedman, Greedy function approximation: a gradient boosting machine, The Annals of Statistics 29 (2001),
algorithms 1 and 2.  Data: sea surface temperature by month off Peru (NOAA, region Niño 1+2), as shipped with
statsmodels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold
from statsmodels.datasets import elnino

from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

SINCE: Final = 1991
"""First year of the record that is shown; the last is 2010."""
STEPS: Final = 12
"""Stumps of the staircase over the year."""
FOLDS: Final = 5
SHUFFLES: Final = 5
FOREST: Final = 50
"""Trees of the forest that is compared."""


@dataclass(frozen=True, slots=True)
class Stump:
    """A tree with one ``cut``: it says ``left`` below it, ``right`` above."""

    cut: float
    left: float
    right: float

    def at(self, x: Floats) -> Floats:
        """(n,): what it says at ``x`` (n,)."""
        return np.where(np.asarray(x) < self.cut, self.left, self.right)

    def times(self, rate: float) -> Stump:
        """The same cut, its values times ``rate``."""
        return Stump(self.cut, rate * self.left, rate * self.right)


@dataclass(frozen=True, slots=True)
class Stairs:
    """A model that is a sum: a constant ``start`` and ``stumps``, each already times its learning rate."""

    start: float
    stumps: tuple[Stump, ...]

    def at(self, x: Floats, steps: int | None = None) -> Floats:
        """(n,): the sum of the start and the first ``steps`` stumps (all, by default) at ``x`` (n,)."""
        total = np.full(np.shape(x), self.start)
        for stump in self.stumps[:steps]:
            total = total + stump.at(x)
        return np.asarray(total)

    def without(self, number: int) -> Stairs:
        """The sum without one of its stumps, counted from 0."""
        return Stairs(self.start, self.stumps[:number] + self.stumps[number + 1 :])


def cuts(x: Floats) -> Floats:
    """Midway between neighbouring values of ``x``."""
    values = np.unique(x)
    return np.asarray((values[1:] + values[:-1]) / 2)


def error(y: Floats, predicted: Floats) -> float:
    """Mean squared error."""
    return float(np.mean((y - predicted) ** 2))


def stump_at(x: Floats, residuals: Floats, cut: float) -> Stump:
    """The stump of that cut: it says the mean residual of each side."""
    below = x < cut
    return Stump(float(cut), float(residuals[below].mean()), float(residuals[~below].mean()))


def best_stump(x: Floats, residuals: Floats) -> Stump:
    """The stump with the least squared error on ``residuals`` (n,) at ``x`` (n,); the first of equals."""
    tried = [stump_at(x, residuals, cut) for cut in cuts(x)]
    left = [error(residuals, stump.at(x)) for stump in tried]
    return tried[int(np.argmin(np.round(left, 12)))]


def boost(x: Floats, y: Floats, steps: int, rate: float = 1.0) -> Stairs:
    """``steps`` stumps, each fitted to the residuals of the sum before it, times ``rate`` (Friedman's algorithm 2).

    Raises ``ValueError`` for a rate that is not above 0.
    """
    if not rate > 0:
        raise ValueError(f"a learning rate is above 0, not {rate}")
    told, total = [], np.full(len(y), y.mean())
    for _ in range(steps):
        told.append(best_stump(x, y - total).times(rate))
        total = total + told[-1].at(x)
    return Stairs(float(y.mean()), tuple(told))


# -- by hand

HAND_X: Final = np.array([1.0, 2.0, 3.0, 4.0])
HAND_Y: Final = np.array([2.0, 8.0, 14.0, 16.0])
HAND_STEPS: Final = 3


def by_hand(rate: float = 1.0) -> Stairs:
    """Three stumps on the four points."""
    return boost(HAND_X, HAND_Y, HAND_STEPS, rate)


def hand_errors() -> Floats:
    """(4,): mean squared error after none, one, two and three stumps."""
    stairs = by_hand()
    return np.array([error(HAND_Y, stairs.at(HAND_X, steps)) for steps in range(HAND_STEPS + 1)])


# -- the sea


@dataclass(frozen=True, slots=True)
class Sea:
    """n months: ``month`` (n,), 0 January to 11 December; ``year`` (n,); ``warmth`` (n,) in °C."""

    month: Floats
    year: Floats
    warmth: Floats


@cache
def sea() -> Sea:
    """The twenty years from 1991 to 2010."""
    table = elnino.load_pandas().data.to_numpy(float)
    table = table[table[:, 0] >= SINCE]
    return Sea(np.tile(np.arange(12.0), len(table)), np.repeat(table[:, 0], 12), table[:, 1:].ravel())


@cache
def year(steps: int = STEPS) -> Stairs:
    """The staircase over the year, at learning rate 1."""
    data = sea()
    return boost(data.month, data.warmth, steps)


def errors(steps: int = STEPS) -> Floats:
    """(steps + 1,): mean squared error on the twenty years that were fitted, in °C²."""
    data, stairs = sea(), year(steps)
    return np.array([error(data.warmth, stairs.at(data.month, count)) for count in range(steps + 1)])


def errors_of_cuts() -> Floats:
    """(11,): mean squared error of the model with one step at each cut of the year, in °C²."""
    data = sea()
    mean = data.warmth.mean()
    rest = data.warmth - mean
    return np.array([error(rest, stump_at(data.month, rest, cut).at(data.month)) for cut in cuts(data.month)])


@dataclass(frozen=True, slots=True)
class Unseen:
    """Mean squared errors on years that were not fitted, in °C²: (shuffles,) each."""

    mean: Floats
    one: Floats
    twelve: Floats
    months: Floats


@remembered
def unseen() -> Unseen:
    """Five shuffles of five folds over the years: the mean, one stump, twelve stumps, the mean of each month."""
    data = sea()
    years = np.unique(data.year)
    told = []
    for seed in range(SHUFFLES):
        found = []
        for fitted, rest in KFold(FOLDS, shuffle=True, random_state=seed).split(years):
            inside, outside = np.isin(data.year, years[fitted]), np.isin(data.year, years[rest])
            x, y, new, truth = (
                data.month[inside],
                data.warmth[inside],
                data.month[outside],
                data.warmth[outside],
            )
            stairs = boost(x, y, STEPS)
            monthly = np.array([y[x == month].mean() for month in range(12)])
            guesses = (stairs.at(new, 0), stairs.at(new, 1), stairs.at(new), monthly[new.astype(int)])
            found.append([error(truth, guess) for guess in guesses])
        told.append(np.mean(found, axis=0))
    return Unseen(*np.array(told).T)


@cache
def forest() -> Floats:
    """(50, 12): what each full tree, on a bootstrap sample of the rows, says of each month.

    A full tree on one whole-numbered feature says the mean of its month.
    """
    data, rng, told = sea(), np.random.default_rng(0), []
    for _ in range(FOREST):
        rows = rng.integers(len(data.month), size=len(data.month))
        x, y = data.month[rows], data.warmth[rows]
        told.append([y[x == month].mean() for month in range(12)])
    return np.array(told)


def torn() -> tuple[Floats, Floats]:
    """Mean squared errors (12,) of the staircase and (50,) of the forest without each one of their trees."""
    data, stairs, trees = sea(), year(), forest()
    month = data.month.astype(int)
    boosted = [error(data.warmth, stairs.without(number).at(data.month)) for number in range(STEPS)]
    averaged = [
        error(data.warmth, np.delete(trees, number, axis=0).mean(axis=0)[month]) for number in range(FOREST)
    ]
    return np.array(boosted), np.array(averaged)
