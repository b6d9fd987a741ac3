"""A fair contest of nearest neighbours and support vector machines: the same flowers, the same noise, the same folds.

Scores are shares of held-out flowers that are named rightly, 0 to 1; a third is guessing.  Source of the question:
Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 2.5 (noise features and k-NN).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_iris
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.svm import SVC

from scenes.maths.shared.memo import remembered
from scenes.maths.svm import neighbour

Array = NDArray[np.float64]

FOLDS = 5
SEEDS = 20
"""Draws of the noise."""


@dataclass(frozen=True, slots=True)
class Contest:
    """At m numbers of noise columns, ``columns`` (m,): mean scores over the draws of the noise, each (m,).

    ``nearest`` is that of k-nearest neighbours at ``k`` (m,), the best of those that were tried, seen from behind;
    ``rbf`` and ``linear`` those of support vector machines with these kernels, C = 1 and gamma as scikit-learn sets
    them, three species one against one.
    """

    columns: NDArray[np.int64]
    k: NDArray[np.int64]
    nearest: Array
    rbf: Array
    linear: Array


def flowers_in_noise(extra: int, seed: int) -> tuple[Array, NDArray[np.intp]]:
    """The standardised irises (150, 4 + ``extra``) with columns of standard normal noise, and their species (150,)."""
    table, kind = load_iris(return_X_y=True)
    noise = np.random.default_rng(seed).normal(size=(len(table), extra))
    return np.column_stack([neighbour.standardise(table, table), noise]), kind.astype(np.intp)


def score(model: SVC, extra: int, seed: int) -> float:
    """Mean score of ``model`` over five stratified folds, those of :func:`scenes.maths.svm.neighbour.fold_accuracy`."""
    table, kind = flowers_in_noise(extra, seed)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    return float(cross_val_score(model, table, kind, cv=folds).mean())


@remembered
def run(columns: Sequence[int], ks: Sequence[int] = (5,)) -> Contest:
    """All three at each number of noise ``columns`` (m,), on the same folds of the same draws."""
    tried = np.array([neighbour.drown(columns, SEEDS, k).score for k in ks])
    best = np.asarray(ks)[tried.argmax(axis=0)]
    rbf, linear = (
        np.array([np.mean([score(model, extra, seed) for seed in range(SEEDS)]) for extra in columns])
        for model in (SVC(), SVC(kernel="linear"))
    )
    return Contest(np.asarray(columns), best, tried.max(axis=0), rbf, linear)
