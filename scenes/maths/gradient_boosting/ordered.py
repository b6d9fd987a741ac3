"""Categories coded by their labels: with the own row, and in order; and residuals in order.

Source: L. Prokhorenkova et al., CatBoost: unbiased boosting with categorical features, NeurIPS 2018, sections 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.metrics import roc_auc_score

from scenes.maths.gradient_boosting.stairs import Floats, boost
from scenes.maths.shared.memo import remembered

Whole = NDArray[np.intp]

PRIOR: Final = 0.5
"""Mean label that is expected of a category that nothing is known of; it counts as one row."""
ROWS: Final = 2000
SHOPS: Final = 500
DRAWS: Final = 20


def greedy(categories: Whole, labels: Floats, prior: float = PRIOR) -> Floats:
    """(n,): (sum of the labels of the category + prior)/(count + 1), the own row included."""
    count = int(categories.max()) + 1
    sums, rows = np.bincount(categories, labels, count), np.bincount(categories, minlength=count)
    return np.asarray(((sums + prior) / (rows + 1))[categories])


def in_order(categories: Whole, labels: Floats, order: ArrayLike, prior: float = PRIOR) -> Floats:
    """(n,): as :func:`greedy`, but of the rows that come before in ``order`` (n,) alone (section 3.2, a = 1)."""
    count = int(categories.max()) + 1
    sums, rows, told = np.zeros(count), np.zeros(count), np.zeros(len(labels))
    for row in np.asarray(order):
        own = categories[row]
        told[row] = (sums[own] + prior) / (rows[own] + 1)
        sums[own] += labels[row]
        rows[own] += 1
    return told


# -- by hand

HAND_SHOPS: Final = np.array([0, 1, 0, 2, 0, 1, 0], dtype=np.intp)
"""Seven rows, in the order in which they stand in the queue: shop A four times, B twice, C once."""
HAND_LABELS: Final = np.array([1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0])
NAMES: Final = "ABC"


def hand_order() -> Whole:
    """The queue: the rows as they stand."""
    return np.arange(len(HAND_SHOPS), dtype=np.intp)


# -- coin flips


@dataclass(frozen=True, slots=True)
class Flips:
    """2,000 coin-flip ``labels`` of random shops, their codes with the own row, in order, and those of new rows."""

    labels: Floats
    own: Floats
    queue: Floats
    new_labels: Floats
    new: Floats

    @property
    def scores(self) -> Floats:
        """(3,): area under the ROC curve of the codes with the own row, of those on new rows, of those in order."""
        return np.array(
            [
                roc_auc_score(self.labels, self.own),
                roc_auc_score(self.new_labels, self.new),
                roc_auc_score(self.labels, self.queue),
            ]
        )


def flips(seed: int) -> Flips:
    """One draw; the prior is the mean label."""
    rng = np.random.default_rng(seed)
    shops, labels = rng.integers(SHOPS, size=ROWS), rng.integers(2, size=ROWS).astype(float)
    new_shops, new_labels = rng.integers(SHOPS, size=ROWS), rng.integers(2, size=ROWS).astype(float)
    prior = float(labels.mean())
    sums, rows = np.bincount(shops, labels, SHOPS), np.bincount(shops, minlength=SHOPS)
    told = ((sums + prior) / (rows + 1))[new_shops]
    return Flips(
        labels,
        greedy(shops, labels, prior),
        in_order(shops, labels, rng.permutation(ROWS), prior),
        new_labels,
        np.asarray(told),
    )


@remembered
def scores() -> Floats:
    """(20, 3): areas under the ROC curve of twenty draws, as :attr:`Flips.scores` has them."""
    return np.array([flips(seed).scores for seed in range(DRAWS)])


# -- residuals in order

LINE_ROWS: Final = 12


def line() -> tuple[Floats, Floats, Whole]:
    """Places and values (12,) of rows on a line, a bend and noise, and the order in which they come."""
    rng = np.random.default_rng(4)
    x = np.linspace(0.4, 9.6, LINE_ROWS)
    y = 5 + 3 * np.sin(0.75 * x) + rng.normal(0, 1.3, LINE_ROWS)
    return x, y, rng.permutation(LINE_ROWS).astype(np.intp)


def honest(steps: int = 3) -> tuple[Floats, Floats]:
    """(12,) each: residuals in the model of all rows, and in that of the rows before; 0 before there is one."""
    x, y, order = line()
    own = y - boost(x, y, steps).at(x)
    told = np.zeros(LINE_ROWS)
    for place, row in enumerate(order):
        before = order[:place]
        if place > 1:
            told[row] = y[row] - boost(x[before], y[before], steps).at(x[row : row + 1])[0]
        elif place:
            told[row] = y[row] - y[before].mean()
    return own, told
