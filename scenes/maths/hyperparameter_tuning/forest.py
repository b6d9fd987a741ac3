"""The map of the page's figure: random trees of some depth make features, and a linear model with price C reads them.

The table (``data/forest.npz``) was computed once by ``scripts/tuning_tables.py``, with all rows of a fold, a third and
a ninth of them, so that Successive Halving can be played.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomTreesEmbedding
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from scenes.maths.hyperparameter_tuning.landscape import DATA, FOLDS, Floats, Ints

ROWS: Final = 400
TREES: Final = 20
DEPTHS: Final = np.arange(1, 13)
COSTS: Final = np.linspace(-3, 3, 13)
"""Powers of ten of C."""
SHARES: Final = (1 / 9, 1 / 3, 1.0)
"""Of the rows of a fold that a model may be trained on."""


def digits() -> tuple[Floats, Ints, Floats, Ints]:
    """Pictures (400, 64) and names (400,) of digits that the figure's search uses; the same of the 1,397 others."""
    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(labels))
    return images[order[:ROWS]], labels[order[:ROWS]], images[order[ROWS:]], labels[order[ROWS:]]


def measure(depth: int) -> tuple[Ints, Ints]:
    """Digits that are right in all held-out folds, (3, 13) by share of rows and C; and among the others, (13,)."""
    images, labels, others, names = digits()
    right = np.zeros((len(SHARES), len(COSTS)), dtype=np.int64)
    away = np.zeros(len(COSTS), dtype=np.int64)
    for seen, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(images, labels):
        for row, share in enumerate(SHARES):
            own = seen[: round(share * len(seen))]
            trees = RandomTreesEmbedding(TREES, max_depth=depth, random_state=0).fit(images[own])
            marked, asked = trees.transform(images[own]), trees.transform(images[held])
            right[row] += [
                int((linear(cost, marked, labels[own]).predict(asked) == labels[held]).sum())
                for cost in COSTS
            ]
    trees = RandomTreesEmbedding(TREES, max_depth=depth, random_state=0).fit(images)
    marked, asked = trees.transform(images), trees.transform(others)
    away[:] = [int((linear(cost, marked, labels).predict(asked) == names).sum()) for cost in COSTS]
    return right, away


def linear(cost: float, features: Floats, labels: Ints) -> LogisticRegression:
    """A logistic regression of at most 200 steps, as it stands then."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=10**cost, max_iter=200).fit(features, labels)


@dataclass(frozen=True, slots=True)
class Forest:
    """``right`` (3, 12, 13): held-out digits of 400 that were read, by share of rows, depth and C; ``unseen`` (12,
    13): those of the 1,397 others, by a model of all 400."""

    right: Ints
    unseen: Ints

    @property
    def scores(self) -> Floats:
        """Cross-validated accuracy (12, 13) with all rows."""
        return np.asarray(self.right[-1] / ROWS)


@cache
def forest() -> Forest:
    """The table that is kept."""
    with np.load(DATA / "forest.npz") as kept:
        return Forest(kept["right"].astype(np.int64), kept["unseen"].astype(np.int64))
