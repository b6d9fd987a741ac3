"""569 tumours by their radius: a bell for each class, and what becomes of the claims when the column is copied.

Source of the data: W. N. Street, W. H. Wolberg and O. L. Mangasarian, Nuclear feature extraction for breast tumor
diagnosis, Proc. SPIE 1905 (1993), as kept by scikit-learn.  The file gives no units.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_breast_cancer

from scenes.maths.naive_bayes import bayes
from scenes.maths.naive_bayes.classifiers import Gaussian, gaussian
from scenes.maths.naive_bayes.mails import Ints, folds
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

FEATURES: Final = ("mean radius", "mean texture")
COPIES: Final = (1, 2, 5, 10)
"""How often the column of the radius stands in the table."""
PARTS: Final = 10
SHUFFLES: Final = 20


@cache
def tumours() -> tuple[Floats, Ints]:
    """Radius and texture (n, 2), and 0 for malignant, 1 for benign (n,)."""
    data = load_breast_cancer()
    columns = [list(data.feature_names).index(name) for name in FEATURES]
    return data.data[:, columns], data.target.astype(np.int64)


@cache
def bells(features: int = 1) -> Gaussian:
    """Gaussian Naive Bayes of the first ``features`` on all tumours."""
    X, y = tumours()
    return gaussian(X[:, :features], y)


def held_out(copies: int, shuffle: int, features: int = 1) -> Floats:
    """Log-odds (n,) of benign, each by a model that has not seen the tumour; columns stand ``copies`` times."""
    X, y = tumours()
    table = np.tile(X[:, :features], copies)
    part = folds(y, PARTS, shuffle)
    z = np.empty(len(y))
    for number in range(PARTS):
        out = part == number
        z[out] = gaussian(table[~out], y[~out]).log_odds(table[out])
    return z


@remembered
def copied() -> Floats:
    """By copies and shuffle (4, 20, 2): accuracy and log loss."""
    _, y = tumours()
    rows = [[held_out(copies, shuffle) for shuffle in range(SHUFFLES)] for copies in COPIES]
    return np.array([[(bayes.accuracy(y, z), bayes.log_loss(y, z)) for z in shuffles] for shuffles in rows])


def guess() -> tuple[float, float]:
    """Accuracy and log loss of who always claims the share of benign tumours."""
    _, y = tumours()
    return float(y.mean()), bayes.log_loss(y, np.full(len(y), bayes.log_odds(y.mean())))
