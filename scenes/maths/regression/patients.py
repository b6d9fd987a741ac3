"""Weights that wobble: 442 patients with diabetes, ten features of which several rebuild each other.

The target is a measure of the disease's progression after a year.  All features are standardised (mean 0, standard
deviation 1, of n), so a weight is the change in prediction for one standard deviation.  Source of the data: B. Efron
et al., Least Angle Regression, The Annals of Statistics 32 (2004), as kept by scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes

from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

REFITS: Final = 400
"""Bootstrap samples that are drawn."""
TWINS: Final = ("s1", "s2")
"""Total cholesterol and low-density lipoprotein (LDL)."""


@dataclass(frozen=True, slots=True)
class Patients:
    """``features`` (n, 10), standardised, their ``names``, and the ``target`` (n,)."""

    names: tuple[str, ...]
    features: Floats
    target: Floats

    def column(self, name: str) -> int:
        """The number of a feature's column; ``ValueError`` for a name that is not there."""
        return self.names.index(name)

    def pair(self, names: tuple[str, str] = TWINS) -> Floats:
        """Two of the features, (n, 2)."""
        return self.features[:, [self.column(name) for name in names]]


@cache
def patients() -> Patients:
    """All 442 of them."""
    data = load_diabetes(as_frame=True, scaled=False)
    raw = data.data.to_numpy(dtype=float)
    standard = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    return Patients(tuple(data.data.columns), standard, data.target.to_numpy(dtype=float))


def weights(features: Floats, target: Floats) -> Floats:
    """Least squares with an intercept: (k + 1,), the intercept first, for ``features`` (n, k), ``target`` (n,)."""
    design = np.column_stack([np.ones(len(features)), features])
    return np.asarray(np.linalg.lstsq(design, target, rcond=None)[0])


def explained(features: Floats, target: Floats) -> float:
    """R² of the least-squares fit of ``target`` (n,) to ``features`` (n, k), on the same rows."""
    fitted = weights(features, target)
    misses = target - fitted[0] - features @ fitted[1:]
    return float(1 - misses @ misses / ((target - target.mean()) @ (target - target.mean())))


def rebuilt(features: Floats) -> Floats:
    """Rⱼ² (k,): how well all other columns of ``features`` (n, k) rebuild each."""
    return np.array(
        [explained(np.delete(features, j, axis=1), features[:, j]) for j in range(features.shape[1])]
    )


def inflation(features: Floats) -> Floats:
    """Variance inflation factors (k,) of the columns of ``features`` (n, k): 1 / (1 - Rⱼ²).

    Source: D. Belsley, E. Kuh and R. Welsch, Regression Diagnostics (1980), section 3.2.
    """
    return inflated(rebuilt(features))


def inflated(shares: Floats | float) -> Floats:
    """The variance inflation factor of a feature of whose variation the others rebuild ``shares``, below 1."""
    return np.asarray(1 / (1 - np.asarray(shares, dtype=float)))


@remembered
def refits(seed: int = 0, penalty: float = 0.0, count: int = REFITS) -> Floats:
    """Weights (``count``, 11), intercept first, of fits to bootstrap samples: as many rows, with replacement.

    ``penalty`` is that of ridge regression; the intercept is free of it.
    Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 9.
    """
    table, rng = patients(), np.random.default_rng(seed)
    design = np.column_stack([np.ones(len(table.target)), table.features])
    fence = penalty * np.diag([0.0, *np.ones(table.features.shape[1])])
    found = []
    for _ in range(count):
        rows = rng.integers(0, len(design), len(design))
        again = design[rows]
        found.append(np.linalg.solve(again.T @ again + fence, again.T @ table.target[rows]))
    return np.array(found)


def twin_weights(seed: int = 0, penalty: float = 0.0) -> Floats:
    """The twins' weights (400, 2) of all refits."""
    table = patients()
    return refits(seed, penalty)[:, [1 + table.column(name) for name in TWINS]]


def central(values: Floats) -> Floats:
    """Both ends (2,) of the central 95 percent of ``values`` (n,)."""
    return np.asarray(np.quantile(values, [0.025, 0.975]))


def prediction_wobble(seed: int = 0) -> float:
    """Standard deviation over the refits of a patient's prediction, the median of all patients."""
    table, fits = patients(), refits(seed)
    predicted = fits[:, :1] + fits[:, 1:] @ table.features.T
    return float(np.median(predicted.std(axis=0)))


def typical_predictions(seed: int = 0) -> Floats:
    """What the refits (400,) predict for the patient whose prediction wobbles as much as the median one's."""
    table, fits = patients(), refits(seed)
    predicted = fits[:, :1] + fits[:, 1:] @ table.features.T
    return np.asarray(predicted[:, int(np.argsort(predicted.std(axis=0))[len(table.target) // 2])])


@remembered
def band(penalties: tuple[float, ...], name: str = TWINS[0], seed: int = 0, count: int = REFITS) -> Floats:
    """The central 95 percent (len(penalties), 2) of one weight over the refits of ridge, at rising ``penalties``.

    Each bootstrap sample is fitted at each penalty; samples are those of :func:`refits`.
    """
    table, rng = patients(), np.random.default_rng(seed)
    design = np.column_stack([np.ones(len(table.target)), table.features])
    free = np.diag([0.0, *np.ones(table.features.shape[1])])
    found = np.empty((count, len(penalties)))
    for row in found:
        rows = rng.integers(0, len(design), len(design))
        again = design[rows]
        gram, shared = again.T @ again, again.T @ table.target[rows]
        row[:] = [np.linalg.solve(gram + each * free, shared)[1 + table.column(name)] for each in penalties]
    return np.quantile(found, [0.025, 0.975], axis=0).T


def copied(first: float, second: float, x: Floats) -> Floats:
    """Predictions for a feature ``x`` that stands in the table twice, with the weights of both copies."""
    return np.asarray(first * x + second * x)
