"""Ridge and lasso: least squares with a price on the size of the weights.

Both minimise RSS + λ · size on standardised features and a centred target, so the intercept is free: ridge with the sum
of squared weights, the lasso with the sum of absolute ones.  Sources: A. Hoerl and R. Kennard, Technometrics 12 (1970);
R. Tibshirani, Journal of the Royal Statistical Society B 58 (1996).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.linear_model import lars_path
from sklearn.model_selection import KFold

from scenes.maths.regression.patients import TWINS, Patients, patients
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]
Fit = Callable[[Floats, Floats, float], Floats]
"""Weights (k,) of centred ``features`` (n, k), ``target`` (n,), and λ."""

BY_HAND: Final = (3.0, 0.5)
"""The least-squares weights of the example by hand, whose two features are orthonormal: its contours are round."""
PAIR: Final = ("s5", "s4")
"""The two features whose contours are drawn: a picked pair."""
FOLDS: Final = 10
SHUFFLES: Final = 20
REFITS: Final = 20
"""Refits of the lasso in which it is seen which twin stays."""
LAMBDAS: Final[tuple[float, ...]] = tuple(float(at) for at in np.geomspace(1, 1e5, 41))
"""Penalties at which unseen patients are scored."""


def soft(values: Floats | float, amount: float) -> Floats:
    """Soft threshold: ``amount`` nearer to zero, and zero at most."""
    given = np.asarray(values, dtype=float)
    return np.asarray(np.sign(given) * np.maximum(np.abs(given) - amount, 0.0))


def ridge_by_hand(penalty: float) -> Floats:
    """Ridge weights (2,) for orthonormal features: a share 1 / (1 + λ) of each."""
    return np.array(BY_HAND) / (1 + penalty)


def lasso_by_hand(penalty: float) -> Floats:
    """Lasso weights (2,) for orthonormal features: λ / 2 off each."""
    return soft(np.array(BY_HAND), penalty / 2)


def within(least: ArrayLike, budget: float) -> Floats:
    """Of the weights (k,) with Σ |b| ≤ ``budget``, those nearest to ``least`` (k,): a soft threshold that spends it."""
    given = np.asarray(least, dtype=float)
    if np.abs(given).sum() <= budget:
        return given
    sizes = np.sort(np.abs(given))[::-1]
    over = (np.cumsum(sizes) - budget) / np.arange(1, len(sizes) + 1)
    return soft(given, float(over[np.flatnonzero(sizes > over)[-1]]))


def ridge(features: Floats, target: Floats, penalty: float) -> Floats:
    """Weights (k,) that minimise RSS + ``penalty`` · Σ b²: (XᵀX + λI)⁻¹ Xᵀy, for centred columns."""
    gram = features.T @ features
    return np.asarray(np.linalg.solve(gram + penalty * np.eye(len(gram)), features.T @ target))


def lasso(features: Floats, target: Floats, penalty: float) -> Floats:
    """Weights (k,) that minimise RSS + ``penalty`` · Σ |b|, for centred columns."""
    return np.asarray(lasso_path(features, target, [penalty])[0])


def lasso_path(features: Floats, target: Floats, penalties: ArrayLike) -> Floats:
    """As :func:`lasso`, (len(penalties), k): the weights run straight between the penalties where one comes or goes.

    Source: B. Efron et al., Least Angle Regression, The Annals of Statistics 32 (2004), section 3.1.
    """
    # scikit-learn minimises RSS / 2n + α Σ |b|.
    alphas, _, corners = lars_path(features, target, method="lasso")
    asked = np.asarray(penalties, dtype=float) / (2 * len(target))
    return np.column_stack([np.interp(asked, alphas[::-1], row[::-1]) for row in corners])


def misses(weights: Floats, names: tuple[str, str] = PAIR) -> Floats:
    """RSS (...) of the patients for two standardised features with ``weights`` (..., 2), the target centred."""
    table = patients()
    features, target = table.pair(names), centred(table)
    gram, shared = features.T @ features, features.T @ target
    given = np.asarray(weights, dtype=float)
    return np.asarray(target @ target - 2 * given @ shared + ((given @ gram) * given).sum(axis=-1))


def pair_fit(method: Fit, penalty: float) -> Floats:
    """Weights (2,) of s5 and s4 alone."""
    table = patients()
    return method(table.pair(PAIR), centred(table), penalty)


@cache
def half_budget() -> float:
    """λ at which the lasso of s5 and s4 spends half of what least squares spends: Σ |b|."""
    whole = float(np.abs(pair_fit(lasso, 0.0)).sum())
    low, high = 0.0, 1e5
    for _ in range(60):
        middle = (low + high) / 2
        spent = float(np.abs(pair_fit(lasso, middle)).sum())
        low, high = (middle, high) if spent > whole / 2 else (low, middle)
    return (low + high) / 2


def centred(table: Patients) -> Floats:
    """The target (n,) less its mean."""
    return np.asarray(table.target - table.target.mean())


@remembered
def paths(lambdas: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Weights of ridge and lasso, each (len(lambdas), 10), for all ten features and rising ``lambdas``."""
    table = patients()
    target = centred(table)
    first = np.array([ridge(table.features, target, each) for each in lambdas])
    return first, lasso_path(table.features, target, lambdas)


@remembered
def unseen(method: str, penalties: tuple[float, ...], shuffles: int = SHUFFLES) -> Floats:
    """R² of unseen patients (``shuffles``, len(penalties)), pooled over ten folds.

    ``method`` is "ridge" or "lasso".  Features are standardised by the rows that are fitted; these are nine tenths, and
    so is the penalty.
    """
    table = patients()
    scores = []
    for seed in range(shuffles):
        predicted = np.zeros((len(penalties), len(table.target)))
        for seen, held in KFold(FOLDS, shuffle=True, random_state=seed).split(table.features):
            rows = table.features[seen]
            mean, spread, level = rows.mean(axis=0), rows.std(axis=0), table.target[seen].mean()
            ready, target = (rows - mean) / spread, table.target[seen] - level
            smaller = np.array(penalties) * len(seen) / len(table.target)
            found = (
                lasso_path(ready, target, smaller)
                if method == "lasso"
                else np.array([ridge(ready, target, each) for each in smaller])
            )
            predicted[:, held] = level + found @ ((table.features[held] - mean) / spread).T
        rest = table.target - predicted
        scores.append(1 - (rest**2).sum(axis=1) / (centred(table) @ centred(table)))
    return np.array(scores)


def score_curve(method: str) -> Floats:
    """Mean R² of unseen patients at each of :data:`LAMBDAS`, over 20 shuffles."""
    return np.asarray(unseen(method, LAMBDAS).mean(axis=0))


def scored(penalty: float) -> float:
    """R² of unseen patients for the lasso at a ``penalty`` between those of :data:`LAMBDAS`."""
    return float(np.interp(np.log(penalty), np.log(LAMBDAS), score_curve("lasso")))


@cache
def chosen(method: str) -> float:
    """The λ of :data:`LAMBDAS` with the largest R² of unseen patients."""
    return LAMBDAS[int(score_curve(method).argmax())]


def survivors(count: int) -> tuple[float, tuple[str, ...]]:
    """The smallest λ of a fine row from which the lasso keeps ``count`` of ten features, and their names."""
    row = tuple(float(at) for at in np.geomspace(1, 1e5, 301))
    kept = paths(row)[1] != 0
    at = int(np.flatnonzero(kept.sum(axis=1) == count)[0])
    return row[at], tuple(name for name, stays in zip(patients().names, kept[at], strict=True) if stays)


@remembered
def twins_kept(penalty: float, times: int = REFITS, seed: int = 0) -> NDArray[np.bool_]:
    """Whether the lasso keeps each of the twins (``times``, 2), refitted to bootstrap samples of the patients."""
    table, rng = patients(), np.random.default_rng(seed)
    kept = []
    for _ in range(times):
        rows = rng.integers(0, len(table.target), len(table.target))
        features, target = table.features[rows], table.target[rows]
        found = lasso(features - features.mean(axis=0), target - target.mean(), penalty)
        kept.append([found[table.column(name)] != 0 for name in TWINS])
    return np.array(kept)


def tally(seed: int = 1) -> tuple[int, int, int]:
    """In how many of 20 refits at the chosen λ the lasso keeps the first twin alone, the second alone, and both.

    Of ten seeds the default is a usual one: by turns 13 to 17, 0 to 5, and 0 to 4.
    """
    kept = twins_kept(chosen("lasso"), seed=seed)
    first, second = kept.T
    return int((first & ~second).sum()), int((second & ~first).sum()), int((first & second).sum())
