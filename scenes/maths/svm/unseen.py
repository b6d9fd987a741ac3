"""Scores of support vector machines on data that they have not seen: by folds held back, and on fresh samples.

All are shares of points that are put on their own side, 0 to 1.  What is random is repeated over seeds, and all
settings of one table see the same splits and the same samples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from scenes.maths.shared import wine
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.shared.memo import remembered
from scenes.maths.svm import kernel

Array: TypeAlias = NDArray[np.float64]

PRICES = (0.01, 0.1, 1.0, 10.0, 100.0, 1000.0)
"""The values of C that are tried on versicolor and virginica."""
GAMMAS = tuple(float(gamma) for gamma in np.geomspace(0.01, 100.0, 17))
"""Four to a factor of ten, with 0.1, 1, 10 and 100 among them."""
RAW_GAMMAS = tuple(float(gamma) for gamma in np.geomspace(1e-7, 10.0, 9))
"""What is tried on wines in raw units beside the gamma of the library."""
SEEDS = tuple(range(10, 30))
"""Of the twenty training sets of moons."""


@dataclass(frozen=True, slots=True)
class Scores:
    """At m settings and over s training sets: shares (m, s) of the ``seen`` and of ``unseen`` points that are right."""

    seen: Array
    unseen: Array


@remembered
def soft_margin_scores(prices: Sequence[float] = PRICES) -> Array:
    """(m,) mean shares of unseen flowers right at each C: versicolor and virginica, linear, 20 times 10 folds.

    Petal length and sepal width in cm, as they are drawn.  Guessing has half of them right.
    """
    flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.VERSICOLOR, Species.VIRGINICA))
    folds = RepeatedStratifiedKFold(n_splits=10, n_repeats=20, random_state=0)
    return np.array(
        [
            cross_val_score(SVC(kernel="linear", C=price), flowers.points, flowers.sides, cv=folds).mean()
            for price in prices
        ]
    )


def _over_moons(models: Sequence[Callable[[], SVC]], seeds: Sequence[int]) -> Scores:
    fresh = kernel.moons(kernel.UNSEEN, 2)
    seen, unseen = np.empty((2, len(models), len(seeds)))
    for column, seed in enumerate(seeds):
        cloud = kernel.moons(seed=seed)
        for row, make in enumerate(models):
            model = make().fit(cloud.points, cloud.sides)
            seen[row, column] = model.score(cloud.points, cloud.sides)
            unseen[row, column] = model.score(fresh.points, fresh.sides)
    return Scores(seen, unseen)


@remembered
def gamma_scores(gammas: Sequence[float] = GAMMAS, seeds: Sequence[int] = SEEDS) -> Scores:
    """The RBF kernel with C = 1 at each gamma, on 200 moons of each seed; unseen are 20,000 others."""
    return _over_moons([partial(SVC, gamma=gamma) for gamma in gammas], seeds)


@remembered
def degree_scores(degrees: Sequence[int] = (1, 3, 5), seeds: Sequence[int] = SEEDS) -> Scores:
    """The polynomial kernel with C = 1 at each degree, on 200 moons of each seed; unseen are 20,000 others."""
    return _over_moons(
        [partial(SVC, kernel="poly", degree=degree, gamma=1, coef0=1) for degree in degrees], seeds
    )


@dataclass(frozen=True, slots=True)
class WineScores:
    """Mean shares of unseen wines right: in ``raw`` units, ``standardised``, and by guessing the ``majority``.

    ``raw_gamma`` and ``scaled_gamma`` are what the library sets from all the table; ``raw_best`` is the best score in
    raw units at one of :data:`RAW_GAMMAS`.
    """

    raw: float
    standardised: float
    majority: float
    raw_gamma: float
    scaled_gamma: float
    raw_best: float


@remembered
def wine_scores(names: Sequence[str], kinds: Sequence[int]) -> WineScores:
    """An SVM of two ``kinds`` by the measures of these names alone, 10 times 5 folds; scaled by each training part.

    The RBF kernel as scikit-learn sets it, on both sides: C = 1, and gamma by the number of columns and their variance.
    """
    wines = wine.wines()
    chosen = np.isin(wines.cultivar, kinds)
    table = wines.measures[chosen][:, [wines.names.index(name) for name in names]]
    kind = wines.cultivar[chosen]
    folds = RepeatedStratifiedKFold(n_splits=5, n_repeats=10, random_state=0)
    raw, scaled = (
        float(cross_val_score(model, table, kind, cv=folds).mean())
        for model in (SVC(), make_pipeline(StandardScaler(), SVC()))
    )
    best = max(float(cross_val_score(SVC(gamma=gamma), table, kind, cv=folds).mean()) for gamma in RAW_GAMMAS)
    majority = float(np.bincount(kind).max() / len(kind))
    columns = len(names)  # of variance one when they are standardised
    return WineScores(raw, scaled, majority, float(1 / (columns * table.var())), 1 / columns, best)
