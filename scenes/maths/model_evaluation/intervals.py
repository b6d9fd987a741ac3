"""How far metrics would move with other pictures: a bootstrap of the pictures, scores as they are.

Source: B. Efron and R. J. Tibshirani, An introduction to the bootstrap (1993), chapter 13: percentile intervals.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from scenes.maths.model_evaluation import digits, metrics
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]
Name = Literal["precision", "recall", "f1", "auc"]

DRAWS: Final = 1000
NAMES: Final[tuple[Name, ...]] = ("precision", "recall", "f1", "auc")
COVERED: Final = 0.95
"""Share of the draws that an interval covers, its middle ones."""


@remembered
def draws(threshold: float = 0.5, count: int = DRAWS) -> Floats:
    """Precision, recall and F1 at a ``threshold``, and AUC (count, 4), each of as many pictures, drawn anew."""
    whole = digits.everything()
    rng = np.random.default_rng(0)
    found = []
    for _ in range(count):
        rows = rng.integers(0, len(whole), len(whole))
        truth, scores = whole.positive[rows], whole.scores[rows]
        now = metrics.counts(truth, scores, threshold)
        walk = metrics.roc(truth, scores)
        found.append([now.precision, now.recall, now.f1, float(np.trapezoid(walk.tpr, walk.fpr))])
    return np.array(found)


def interval(name: Name) -> tuple[float, float]:
    """The middle 95 % of the draws of a metric."""
    column = draws()[:, NAMES.index(name)]
    low, high = np.quantile(column, [(1 - COVERED) / 2, (1 + COVERED) / 2])
    return float(low), float(high)
