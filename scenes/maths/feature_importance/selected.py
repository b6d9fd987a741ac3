"""Choosing columns by their importance: how few do as well as all, and what a choice outside of the folds pretends.

Sources: C. Ambroise and G. McLachlan, Selection bias in gene extraction, PNAS 99 (2002); I. Guyon, J. Weston,
S. Barnhill and V. Vapnik, Gene selection for cancer classification using support vector machines, Machine Learning 46
(2002).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LassoCV, LogisticRegression
from sklearn.model_selection import RepeatedKFold, StratifiedKFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline

from scenes.maths.feature_importance.patients import Floats, explained, table
from scenes.maths.shared.memo import remembered

KEPT: Final = Path(__file__).parent / "selected.csv"
"""Scores by fold, made by ``scripts/importance_table.py``."""
SIZES: Final = (1, 2, 3, 4, 5, 7, 10, 15, 30)
"""How many columns are kept."""
NOISE: Final = 20
"""Columns of noise beside the ten that were measured."""
FOLDS: Final = 20
PATIENTS: Final = 60
GENES: Final = 2000
CHOSEN: Final = 20
DRAWS: Final = 20


def noisy() -> tuple[Floats, Floats]:
    """(442, 30) measures and noise, and (442,) outcomes."""
    measures, progress = table()
    return np.c_[measures, np.random.default_rng(0).normal(size=(len(measures), NOISE))], progress


def fold(number: int) -> Floats:
    """(9,): R² on one fold with the best columns of :data:`SIZES`, ranked by permutation within the training part."""
    columns, progress = noisy()
    seen, held = list(RepeatedKFold(n_splits=5, n_repeats=4, random_state=0).split(columns))[number]

    def forest() -> RandomForestRegressor:
        return RandomForestRegressor(60, min_samples_leaf=3, random_state=0)

    fitted, judged = train_test_split(seen, test_size=0.3, random_state=number)
    first = forest().fit(columns[fitted], progress[fitted])
    ranked = permutation_importance(first, columns[judged], progress[judged], n_repeats=8, random_state=0)
    order = np.argsort(-ranked.importances_mean)
    scores = []
    for size in SIZES:
        best = order[:size]
        model = forest().fit(columns[seen][:, best], progress[seen])
        scores.append(explained(progress[held], model.predict(columns[held][:, best])))
    return np.array(scores)


@cache
def folds() -> Floats:
    """(20, 9): kept scores of :func:`fold`."""
    with KEPT.open(encoding="utf-8", newline="") as file:
        return np.array([[float(cell) for cell in each] for each in list(csv.reader(file))[1:]])


def train() -> tuple[Floats, Floats]:
    """(353, 30) columns, each with mean 0 and deviation 1, and (353,) outcomes of the first fold's training part."""
    columns, progress = noisy()
    seen, _ = next(RepeatedKFold(n_splits=5, n_repeats=4, random_state=0).split(columns))
    part = columns[seen]
    return (part - part.mean(axis=0)) / part.std(axis=0), progress[seen]


def filtered() -> Floats:
    """(30,): size of each column's correlation with the outcome: a filter."""
    columns, progress = train()
    return np.asarray(np.abs(columns.T @ (progress - progress.mean())) / (len(columns) * progress.std()))


@remembered
def eliminated() -> Floats:
    """(30,): the columns by number in the order in which recursive feature elimination drops them; a wrapper."""
    columns, progress = train()
    left = list(range(columns.shape[1]))
    gone: list[int] = []
    while left:
        forest = RandomForestRegressor(60, min_samples_leaf=3, random_state=0).fit(columns[:, left], progress)
        gone.append(left.pop(int(forest.feature_importances_.argmin())))
    return np.array(gone, dtype=float)


def embedded() -> Floats:
    """(30,): sizes of the coefficients that the lasso keeps on standardised columns, with a penalty by five folds."""
    columns, progress = train()
    return np.asarray(np.abs(LassoCV(cv=5, random_state=0).fit(columns, progress).coef_))


def drawn(seed: int) -> tuple[Floats, Floats]:
    """(60, 2000) columns of noise, and (60,) labels of which half are 1."""
    noise = np.random.default_rng(seed).normal(size=(PATIENTS, GENES))
    return noise, np.repeat([0.0, 1.0], PATIENTS // 2)


@remembered
def leak() -> Floats:
    """(20, 2): accuracy of five folds on coin-flip labels: columns chosen with all rows, and within each fold."""
    told = []
    for seed in range(DRAWS):
        noise, labels = drawn(seed)
        parts = StratifiedKFold(5, shuffle=True, random_state=seed)
        model = LogisticRegression(max_iter=1000)
        chosen = SelectKBest(f_classif, k=CHOSEN).fit_transform(noise, labels)
        whole = make_pipeline(SelectKBest(f_classif, k=CHOSEN), LogisticRegression(max_iter=1000))
        told.append(
            [
                cross_val_score(model, chosen, labels, cv=parts).mean(),
                cross_val_score(whole, noise, labels, cv=parts).mean(),
            ]
        )
    return np.array(told)
