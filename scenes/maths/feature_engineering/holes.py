"""Holes and how they are filled: by a mean, by a median, by the other columns in rounds.

van Buuren & Groothuis-Oudshoorn (2011), Journal of Statistical Software 45(3); Rubin (1976), Biometrika 63, 581.
"""

from __future__ import annotations

from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_breast_cancer
from sklearn.experimental import enable_iterative_imputer  # noqa: F401  the imputer is imported with its leave
from sklearn.impute import IterativeImputer
from sklearn.linear_model import BayesianRidge, LinearRegression

from scenes.maths.shared.memo import remembered

Floats: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]

TRAIN: Final = (20.0, 30.0, 40.0, 50.0)
"""The training values by hand."""
HELD: Final = 95.0
"""The held-out value by hand."""
HAND: Final = (20.0, 30.0, 100.0)
"""The values beside a hole, by hand."""
PAIRS: Final = ((1.0, 2.0), (2.0, 4.0), (3.0, 6.0), (4.0, np.nan), (np.nan, 10.0))
"""Two columns by hand, with a hole in each."""
COLUMNS: Final = (0, 2, 3, 6)
"""Mean radius, perimeter, area and concavity."""
NAMES: Final = ("radius", "perimeter", "area", "concavity")
SHARE: Final = 0.25
"""Of the cells are removed."""
ROUNDS: Final = 8
SEEDS: Final = 20
DRAWS: Final = 20


def training(*, leaked: bool = False) -> Floats:
    """(4,): the training values by hand, or (5,) with the held-out one among them."""
    return np.array([*TRAIN, HELD] if leaked else TRAIN)


def beside() -> Floats:
    """(3,): the values beside a hole, by hand."""
    return np.array(HAND)


@cache
def tumours() -> Floats:
    """(569, 4): the logarithms of four measures of tumours, each with mean 0 and standard deviation 1.

    Source: Breast Cancer Wisconsin (Wolberg, Street & Mangasarian 1993), as shipped with scikit-learn.
    """
    logs = np.log(load_breast_cancer().data[:, list(COLUMNS)] + 1e-3)
    made: Floats = (logs - logs.mean(axis=0)) / logs.std(axis=0)
    made.flags.writeable = False
    return made


@cache
def mask(seed: int = 0) -> Mask:
    """(569, 4): which cells are missing: a quarter of them, at random; no row loses all."""
    holes = np.random.default_rng(seed).random(tumours().shape) < SHARE
    holes[holes.all(axis=1)] = False
    return np.asarray(holes)


def mean_filled(x: Floats, holes: Mask) -> Floats:
    """``x`` (n, p) with the mean of the known values of its column in each of the ``holes`` (n, p)."""
    known = np.where(holes, np.nan, x)
    return np.where(holes, np.nanmean(known, axis=0), x)


def turns(x: Floats, holes: Mask, rounds: int = ROUNDS, order: tuple[int, ...] | None = None) -> Floats:
    """(1 + rounds · columns, n, p): the table after each turn, the first filled with means.

    A turn predicts the missing cells of one column from the other columns, by least squares on the rows where the
    column is known.  One turn for each column of ``order`` (all, from the left) is a round.
    """
    filled = mean_filled(x, holes)
    path = [filled.copy()]
    sequence = tuple(range(x.shape[1])) if order is None else order
    for _ in range(rounds):
        for column in sequence:
            others = [other for other in range(x.shape[1]) if other != column]
            gone = holes[:, column]
            model = LinearRegression().fit(filled[~gone][:, others], filled[~gone, column])
            filled[gone, column] = model.predict(filled[gone][:, others])
            path.append(filled.copy())
    return np.array(path)


@cache
def hand_turns(rounds: int = ROUNDS) -> Floats:
    """(1 + 2 · rounds, 5, 2): the pairs by hand; the second column is predicted first."""
    pairs = np.array(PAIRS)
    return turns(pairs, np.isnan(pairs), rounds, (1, 0))


def hand_line(filled: Floats, column: int) -> tuple[float, float]:
    """Slope and intercept by which ``column`` of the five pairs ``filled`` (5, 2) is predicted from the other."""
    known = ~np.isnan(np.array(PAIRS)[:, column])
    slope, intercept = np.polyfit(filled[known, 1 - column], filled[known, column], 1)
    return float(slope), float(intercept)


def error(filled: Floats, truth: Floats, holes: Mask) -> float:
    """Root mean squared error of the filled cells, in standard deviations of their columns."""
    return float(np.sqrt(((filled - truth)[holes] ** 2).mean()))


def correlation(filled: Floats) -> float:
    """Pearson's correlation of the first two columns: radius and perimeter."""
    return float(np.corrcoef(filled[:, 0], filled[:, 1])[0, 1])


@remembered
def rounds_of(seed: int = 0) -> Floats:
    """(1 + rounds, 569, 4): the tumours after each round, the first filled with means."""
    return turns(tumours(), mask(seed))[:: len(COLUMNS)]


@remembered
def curves() -> tuple[Floats, Floats]:
    """Over twenty sets of holes: errors (20, 1 + rounds), and correlations of mean and last fills (20, 2)."""
    errors, likeness = [], []
    for seed in range(SEEDS):
        path = rounds_of(seed)
        errors.append([error(each, tumours(), mask(seed)) for each in path])
        likeness.append((correlation(path[0]), correlation(path[-1])))
    return np.array(errors), np.array(likeness)


@remembered
def draws(seed: int = 0) -> Floats:
    """(20, 569, 4): twenty tables whose holes are drawn at random from what their columns' regressions predict."""
    known = np.where(mask(seed), np.nan, tumours())
    found = [
        IterativeImputer(
            BayesianRidge(), max_iter=10, random_state=each, sample_posterior=True, imputation_order="roman"
        ).fit_transform(known)
        for each in range(DRAWS)
    ]
    return np.array(found)


def complete(seed: int = 0) -> float:
    """Share of the rows without a hole."""
    return float((~mask(seed).any(axis=1)).mean())
