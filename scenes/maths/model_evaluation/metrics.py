"""What counts decisions: the four outcomes, the metrics made of them, and the curves of a moving threshold.

Sources: T. Fawcett, An introduction to ROC analysis (Pattern Recognition Letters 27, 2006); J. A. Hanley and B. J.
McNeil, The meaning and use of the area under a ROC curve (Radiology 143, 1982); J. Davis and M. Goadrich, The
relationship between precision-recall and ROC curves (ICML 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """A confusion matrix of two classes: how many decisions had each of the four outcomes."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def total(self) -> int:
        """All decisions."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def called(self) -> int:
        """Decisions for the positive class."""
        return self.tp + self.fp

    @property
    def positives(self) -> int:
        """What is positive."""
        return self.tp + self.fn

    @property
    def negatives(self) -> int:
        """What is negative."""
        return self.fp + self.tn

    @property
    def accuracy(self) -> float:
        """Share of decisions that are right."""
        return (self.tp + self.tn) / self.total

    @property
    def precision(self) -> float:
        """Of what is called positive, the share that is.  ``ZeroDivisionError`` where nothing is called."""
        return self.tp / self.called

    @property
    def recall(self) -> float:
        """Of the positives, the share that is found: the true positive rate."""
        return self.tp / self.positives

    @property
    def false_positive_rate(self) -> float:
        """Of the negatives, the share that is called positive."""
        return self.fp / self.negatives

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN)."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn)

    @property
    def swapped(self) -> Counts:
        """The same decisions when the other class is the positive one."""
        return Counts(self.tn, self.fn, self.fp, self.tp)

    def bill(self, miss: float, alarm: float = 1.0) -> float:
        """What the errors cost at these prices of a false negative and a false positive."""
        return miss * self.fn + alarm * self.fp


def counts(positive: ArrayLike, scores: ArrayLike, threshold: float) -> Counts:
    """Outcomes where ``scores`` (n,) at or above the ``threshold`` are called positive; ``positive`` (n,) is so."""
    truth = np.asarray(positive, dtype=bool)
    called = np.asarray(scores) >= threshold
    return Counts(
        int((truth & called).sum()),
        int((~truth & called).sum()),
        int((truth & ~called).sum()),
        int((~truth & ~called).sum()),
    )


def macro_f1(found: Counts) -> float:
    """Mean of the F1 of both classes."""
    return (found.f1 + found.swapped.f1) / 2


def micro_f1(found: Counts) -> float:
    """F1 of the counts of both classes, added up."""
    other = found.swapped
    return Counts(found.tp + other.tp, found.fp + other.fp, found.fn + other.fn, found.tn + other.tn).f1


@dataclass(frozen=True, slots=True)
class Curve:
    """Rates (m,) at every threshold at which they change, from none called to all called."""

    thresholds: Floats
    """Falling; the first is infinite, where nothing is called."""
    fpr: Floats
    tpr: Floats

    def precision(self, prevalence: float) -> Floats:
        """Precision (m,) where this share is positive, by Bayes; not a number where nothing is called."""
        right = prevalence * self.tpr
        called = right + (1 - prevalence) * self.fpr
        return np.asarray(np.divide(right, called, out=np.full(len(called), np.nan), where=called > 0))

    def average_precision(self, prevalence: float) -> float:
        """Sum of the precisions, each weighted by the recall that it adds."""
        return float(np.sum(np.diff(self.tpr) * self.precision(prevalence)[1:]))

    def at(self, threshold: float) -> tuple[float, float]:
        """False and true positive rate where scores at or above the ``threshold`` are called positive."""
        row = int(np.sum(self.thresholds >= threshold)) - 1
        return float(self.fpr[row]), float(self.tpr[row])

    def precision_at(self, threshold: float, prevalence: float) -> float:
        """Precision at a ``threshold`` where this share is positive."""
        fpr, tpr = self.at(threshold)
        return prevalence * tpr / (prevalence * tpr + (1 - prevalence) * fpr)


def roc(positive: ArrayLike, scores: ArrayLike) -> Curve:
    """The walk of a threshold down the ``scores`` (n,): one row for each score that differs, and one before all.

    A row for every score, also where the curve goes straight on.  Raises ``ValueError`` where one class is missing.
    """
    truth, given = np.asarray(positive, dtype=bool), np.asarray(scores, dtype=float)
    if truth.all() or not truth.any():
        raise ValueError("a ROC curve needs positives and negatives")
    order = np.argsort(-given, kind="stable")
    ends = np.append(np.diff(given[order]) != 0, True)
    hits, alarms = np.cumsum(truth[order])[ends], np.cumsum(~truth[order])[ends]
    return Curve(
        np.concatenate([[np.inf], given[order][ends]]),
        np.concatenate([[0.0], alarms / (~truth).sum()]),
        np.concatenate([[0.0], hits / truth.sum()]),
    )


def duels(positive: ArrayLike, scores: ArrayLike) -> Floats:
    """By how much each positive outscores each negative (positives, negatives), both with the highest score first."""
    truth, given = np.asarray(positive, dtype=bool), np.asarray(scores, dtype=float)
    return np.asarray(np.sort(given[truth])[::-1][:, None] - np.sort(given[~truth])[::-1][None])


def auc(positive: ArrayLike, scores: ArrayLike) -> float:
    """The share of pairs of a positive and a negative that the positive wins; a tie is half a win."""
    margins = duels(positive, scores)
    return float((margins > 0).mean() + (margins == 0).mean() / 2)


def steps(xs: ArrayLike, ys: ArrayLike) -> tuple[Floats, Floats]:
    """The curve (xs, ys), each (m,), as a staircase (2m - 1,) that goes up or down before it goes on.

    For precision over recall: each precision holds for the recall that it adds (Davis and Goadrich 2006).
    """
    across, up = np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)
    return np.repeat(across, 2)[:-1], np.repeat(up, 2)[1:]
