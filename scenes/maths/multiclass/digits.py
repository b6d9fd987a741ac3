"""Support vector machines on handwritten digits, as scikit-learn's library combines them.

Source: C.-C. Chang and C.-J. Lin, LIBSVM, ACM Transactions on Intelligent Systems and Technology 2 (2011), section 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import SVC

from scenes.maths.multiclass.cost import GAMMA
from scenes.maths.multiclass.regions import Bools, Floats
from scenes.maths.multiclass.schemes import Labels, pairs
from scenes.maths.shared.memo import remembered

PAIR: Final = (3, 8)
"""The two digits whose fence is shown."""
SHUFFLES: Final = 5
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Fence:
    """One pair's machine of a ``price`` C: ``rows`` of its digits, ``scores``, which are support ``vectors``."""

    price: float
    rows: Labels
    scores: Floats
    vectors: Bools


def digits() -> tuple[Floats, Labels]:
    """Pixels (1797, 64) from 0 to 1, and the digit that each picture shows."""
    images, labels = load_digits(return_X_y=True)
    return np.asarray(images / 16), labels.astype(np.intp)


def fence(price: float = 1.0) -> Fence:
    """The support vector machine of :data:`PAIR` alone; positive scores are for the second digit."""
    images, labels = digits()
    rows = np.flatnonzero(np.isin(labels, PAIR))
    fit = SVC(gamma=GAMMA, C=price).fit(images[rows], labels[rows] == PAIR[1])
    held = np.zeros(len(rows), dtype=bool)
    held[fit.support_] = True
    return Fence(price, rows, np.asarray(fit.decision_function(images[rows])), held)


@remembered
def pool(price: float = 1.0) -> tuple[Labels, NDArray[np.int_], NDArray[np.int_]]:
    """Of the 45 machines of ``SVC`` on all digits: the rows of all support vectors (s,), how many machines each holds
    (s,), and how many support vectors each machine has (45,), in the order of pairs."""
    images, labels = digits()
    fit = SVC(gamma=GAMMA, C=price).fit(images, labels)
    weights = np.asarray(fit.dual_coef_) != 0
    owner = labels[fit.support_]
    counts = []
    for first, second in pairs(10):
        # Of a vector of class c the column holds its weights against the other classes, in their order.
        counts.append(weights[second - 1, owner == first].sum() + weights[first, owner == second].sum())
    return fit.support_.astype(np.intp), weights.sum(axis=0), np.array(counts)


def wall(columns: int, share: float = 1.0) -> Floats:
    """All support vectors of the pool side by side, 8 × 8 pixels each, from 0 to 1: the most held first.

    Each is as bright as the ``share`` has it: at 0 all alike, at 1 by how many machines hold it."""
    images, _ = digits()
    rows, held, _ = pool()
    order = np.argsort(-held, kind="stable")
    lit = (1 - share) + share * (held[order] / 9) ** 0.6
    down = -(-len(rows) // columns)
    tiles = np.zeros((down * columns, 8, 8))
    tiles[: len(rows)] = images[rows[order]].reshape(-1, 8, 8) * lit[:, None, None]
    return np.asarray(tiles.reshape(down, columns, 8, 8).swapaxes(1, 2).reshape(down * 8, columns * 8))


def unseen(scheme: Literal["rest", "pairs"], price: float) -> float:
    """Accuracy on unseen folds, mean of all shuffles."""
    return float(trials(scheme, price).mean())


@remembered
def trials(scheme: Literal["rest", "pairs"], price: float) -> Floats:
    """Accuracy on unseen folds (5,), of each shuffle."""
    images, labels = digits()
    machine = SVC(gamma=GAMMA, C=price)
    model = machine if scheme == "pairs" else OneVsRestClassifier(machine)
    found = [
        cross_val_score(
            model, images, labels, cv=StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
        ).mean()
        for seed in range(SHUFFLES)
    ]
    return np.array(found)
