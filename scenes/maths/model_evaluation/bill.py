"""Prices on errors choose the threshold.

Source: C. Elkan, The foundations of cost-sensitive learning (IJCAI 2001): with calibrated probabilities and right
decisions that cost nothing, call positive from c_FP / (c_FP + c_FN) on.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import train_test_split

from scenes.maths.model_evaluation import digits, metrics
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

MISS: Final = 10.0
"""Price of a false negative; a false positive costs one."""
HALVINGS: Final = 20
SURE: Final = 0.3
"""A score of which calibration is told."""


def bills(positive: ArrayLike, scores: ArrayLike, miss: float = MISS) -> tuple[Floats, Floats]:
    """Thresholds (m,), falling, at which decisions change, and what the errors cost at each."""
    truth = np.asarray(positive, dtype=bool)
    walk = metrics.roc(truth, scores)
    missed = truth.sum() * (1 - walk.tpr)
    alarms = (~truth).sum() * walk.fpr
    return walk.thresholds, np.asarray(miss * missed + alarms)


def best(positive: ArrayLike, scores: ArrayLike, miss: float = MISS) -> float:
    """The threshold with the smallest bill; of several the highest."""
    thresholds, costs = bills(positive, scores, miss)
    return float(thresholds[int(np.argmin(costs))])


def rule(miss: float = MISS, alarm: float = 1.0) -> float:
    """The threshold for calibrated probabilities, c_FP / (c_FP + c_FN)."""
    return alarm / (alarm + miss)


@remembered
def halvings(miss: float = MISS, count: int = HALVINGS) -> Floats:
    """Bills (count, 3) on the one half of all pictures: at the threshold chosen on the other half, at 0.5, by the rule.

    Halves are random and stratified.
    """
    whole = digits.everything()
    found = []
    for seed in range(count):
        choose, pay = train_test_split(
            np.arange(len(whole)), test_size=0.5, random_state=seed, stratify=whole.positive
        )
        chosen = best(whole.positive[choose], whole.scores[choose], miss)
        found.append(
            [
                metrics.counts(whole.positive[pay], whole.scores[pay], t).bill(miss)
                for t in (chosen, 0.5, rule(miss))
            ]
        )
    return np.array(found)


def reliability(bins: int = 10) -> tuple[Floats, Floats]:
    """Mean scores (bins,) of all pictures in equal ranges of the score, and the share (bins,) of positives in each."""
    whole = digits.everything()
    which = np.minimum((whole.scores * bins).astype(int), bins - 1)
    count = np.bincount(which, minlength=bins)
    return np.bincount(which, whole.scores, bins) / count, np.bincount(which, whole.positive, bins) / count


def calibrated(score: float = SURE, count: int = 10) -> list[bool]:
    """Which of ``count`` cases of one ``score`` are positive where scores are calibrated: the first ones."""
    return [number < round(score * count) for number in range(count)]


def log_loss(truth: bool, probability: ArrayLike) -> Floats:
    """Minus the logarithm of the ``probability`` that was given to what is so."""
    given = np.asarray(probability, dtype=float)
    return np.asarray(-np.log(given if truth else 1 - given))
