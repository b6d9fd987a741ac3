"""Four methods on the same moons in the same noise: each is tuned by folds of its training part, and judged on others.

Columns of standard normal noise are added to the two coordinates, the same columns for all methods; all columns are
standardised by the training part.  Source: Hastie, Tibshirani & Friedman, The Elements of Statistical Learning,
2nd ed., sections 2.5 (dimensions) and 7.10 (folds).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from scenes.maths.shared.memo import remembered

Array: TypeAlias = NDArray[np.float64]

NOISE: Final = (0, 4, 16, 64)
"""Columns of noise that are added."""
DRAWS: Final = 20
SEEN, UNSEEN = 200, 2000
"""Points of each draw that are trained on, and others that judge."""
FLAT: Final = (0.001, 0.01, 0.1, 1.0, 10.0)
"""The C that are tried for both straight methods."""
METHODS: Final[Mapping[str, tuple[Any, dict[str, list[Any]]]]] = {
    "linear SVM": (SVC(kernel="linear"), {"C": [*FLAT]}),
    "RBF SVM": (SVC(), {"C": [0.1, 1.0, 10.0, 100.0], "gamma": [1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0]}),
    "k-NN": (KNeighborsClassifier(), {"n_neighbors": [1, 3, 5, 9, 15, 31, 61]}),
    "logistic regression": (LogisticRegression(max_iter=2000), {"C": [*FLAT]}),
}
"""Each with the settings of which five folds of the training part choose."""


@dataclass(frozen=True, slots=True)
class Duel:
    """``score`` (methods, m, draws): shares of unseen moons right, in m numbers of ``noise`` columns (m,)."""

    noise: NDArray[np.intp]
    score: Array


def draw(seed: int, extra: int) -> tuple[Array, Array, Array, Array]:
    """A draw of seen and of unseen moons with ``extra`` noise columns: points and labels, 0 or 1, of each.

    With fewer columns the draw has the first of the same noise.
    """
    rng = np.random.default_rng(seed)
    sets: list[Array] = []
    for count, offset in ((SEEN, 10), (UNSEEN, 1000)):
        points, lower = make_moons(count, noise=0.25, random_state=offset + seed)
        sets += [np.column_stack([points, rng.normal(size=(count, max(NOISE)))[:, :extra]]), lower]
    return sets[0], sets[1], sets[2], sets[3]


def tuned(method: str) -> GridSearchCV:
    """A method, standardised, that tunes itself by five folds of what it is fitted to."""
    model, settings = METHODS[method]
    return GridSearchCV(
        Pipeline([("scale", StandardScaler()), ("model", model)]),
        {f"model__{name}": values for name, values in settings.items()},
        cv=StratifiedKFold(5, shuffle=True, random_state=0),
    )


@remembered
def duel(noise: Sequence[int] = NOISE, draws: int = DRAWS) -> Duel:
    """All methods on the same draws; chance has half of the points right."""
    score = np.empty((len(METHODS), len(noise), draws))
    for seed in range(draws):
        for column, extra in enumerate(noise):
            points, labels, fresh, truth = draw(seed, extra)
            for row, method in enumerate(METHODS):
                score[row, column, seed] = tuned(method).fit(points, labels).score(fresh, truth)
    return Duel(np.asarray(noise, dtype=np.intp), score)
