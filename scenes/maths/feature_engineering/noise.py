"""Noise that scores: columns chosen with the held-out labels in view, and columns chosen without them.

Ambroise & McLachlan (2002), PNAS 99, 6562; Hastie, Tibshirani & Friedman (2009), section 7.10.2.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline

from scenes.maths.shared.memo import remembered

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]

ROWS: Final = 60
COLUMNS: Final = 5000
KEPT: Final = 20
"""Columns that the selection keeps."""
FOLDS: Final = 5
SEEDS: Final = 20
WIDTHS: Final = (20, 100, 500, 2000, 5000)
"""Numbers of columns to choose from."""
HAND_LABELS: Final = (1, 1, 0, 0)
"""The example by hand: two heads and two tails."""


@cache
def table(seed: int = 0) -> Floats:
    """(60, 5000): independent standard normal numbers."""
    made: Floats = np.random.default_rng(seed).normal(size=(ROWS, COLUMNS))
    made.flags.writeable = False
    return made


def shades(seed: int = 0) -> Floats:
    """(60, 5000): the noise as grey values between 0 and 1, all equally likely."""
    return np.asarray(ndtr(table(seed)))


def labels() -> Ints:
    """(60,): thirty zeros, then thirty ones.  They are dealt, not tossed: as many of either."""
    return np.repeat([0, 1], ROWS // 2).astype(np.intp)


def splitter(seed: int) -> StratifiedKFold:
    """Five folds of twelve rows, half of each label."""
    return StratifiedKFold(FOLDS, shuffle=True, random_state=seed)


@cache
def folds(seed: int = 0) -> Ints:
    """(60,): the number of the fold, from 0, in which each row is held out."""
    place = np.zeros(ROWS, dtype=np.intp)
    for number, (_, held) in enumerate(splitter(seed).split(np.zeros((ROWS, 1)), labels())):
        place[held] = number
    return place


def chosen(x: Floats, y: Ints, keep: int = KEPT) -> Ints:
    """(keep,): the columns of ``x`` (n, p) that part the labels ``y`` (n,) best by the F statistic, best first."""
    score = f_classif(x, y)[0]
    return np.asarray(np.argsort(-score, kind="stable")[:keep])


@remembered
def scores(columns: int = COLUMNS) -> Floats:
    """(20, 2): mean accuracy of five folds, by seed; the columns chosen on all rows, or on the training folds.

    A logistic regression on the twenty best of the first ``columns`` columns of noise.
    """
    found = []
    y = labels()
    for seed in range(SEEDS):
        x = table(seed)[:, :columns]
        cv = splitter(seed)
        best = SelectKBest(f_classif, k=KEPT).fit(x, y).get_support()
        outside = cross_val_score(LogisticRegression(), x[:, best], y, cv=cv).mean()
        model = make_pipeline(SelectKBest(f_classif, k=KEPT), LogisticRegression())
        found.append((outside, cross_val_score(model, x, y, cv=cv).mean()))
    return np.array(found)


def by_width() -> Floats:
    """(widths, 20, 2): :func:`scores` for each of :data:`WIDTHS`."""
    return np.array([scores(width) for width in WIDTHS])


def coins() -> Ints:
    """(4, 16): each pattern of four coins once, a column each."""
    return np.array(list(product((0, 1), repeat=4)), dtype=np.intp).T


def fitting(rows: int) -> Ints:
    """Columns of :func:`coins` that equal the labels by hand on the first ``rows`` of the four rows."""
    y = np.array(HAND_LABELS)
    return np.flatnonzero((coins()[:rows] == y[:rows, None]).all(axis=0))
