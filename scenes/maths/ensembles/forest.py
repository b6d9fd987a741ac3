"""Bagged trees and a random forest on handwritten digits: how right trees and votes are.

Source: L. Breiman, Random forests, Machine Learning 45 (2001).  Digits: E. Alpaydin & C. Kaynak, Optical
recognition of handwritten digits (UCI 1998), as shipped with scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.ensembles.bagging import Rows
from scenes.maths.ensembles.voting import Bools, Floats
from scenes.maths.shared.memo import remembered

Kind = Literal["bagged", "forest"]

TREES: Final = 50
FOLDS: Final = 5
SHUFFLES: Final = 2
PIXELS: Final = 64
OPEN: Final = 8
"""Pixels that a split of the forest may look at: the square root of 64."""


@cache
def digits() -> tuple[Floats, Rows]:
    """(1797, 64) pixels, 0 to 1, and (1797,) digits."""
    table, kinds = load_digits(return_X_y=True)
    return np.asarray(table / 16.0, dtype=float), kinds.astype(np.intp)


@dataclass(frozen=True, slots=True)
class Vote:
    """Accuracies on folds that no tree has seen, over ten folds (two shuffles of five)."""

    one: float
    """Mean of the single trees."""
    vote: float
    """Of the majority of 50."""
    deviation: float
    """Standard deviation of the vote over the folds."""
    correlation: float
    """Mean correlation of two trees' right-or-wrong marks."""
    out_of_bag: float
    """Accuracy on training rows of the vote of trees that did not draw them."""
    marks: Bools
    """(50, 359 or so): whether each tree errs, on the rows of the last fold."""


@remembered
def vote(kind: Kind) -> Vote:
    """Fifty trees of bootstrap samples, each split free to use all pixels (bagged) or a random eighth (forest)."""
    table, kinds = digits()
    one, all_, alike, bag, errs = [], [], [], [], np.zeros((0, 0), dtype=bool)
    for shuffle in range(SHUFFLES):
        for own, held in StratifiedKFold(FOLDS, shuffle=True, random_state=shuffle).split(table, kinds):
            rng = np.random.default_rng(shuffle)
            said = np.zeros((TREES, len(held)), dtype=np.intp)
            outside = np.zeros((len(own), 10))
            for number in range(TREES):
                rows = rng.integers(0, len(own), len(own))
                tree = DecisionTreeClassifier(
                    max_features=None if kind == "bagged" else OPEN, random_state=number
                ).fit(table[own][rows], kinds[own][rows])
                said[number] = tree.predict(table[held])
                unseen = np.setdiff1d(np.arange(len(own)), rows)
                outside[unseen, tree.predict(table[own][unseen])] += 1
            errs = said != kinds[held]
            winner = np.array([np.bincount(column, minlength=10).argmax() for column in said.T])
            one.append(1 - errs.mean())
            all_.append((winner == kinds[held]).mean())
            alike.append(np.corrcoef(errs.astype(float))[np.triu_indices(TREES, 1)].mean())
            bag.append((outside.argmax(axis=1) == kinds[own]).mean())
    return Vote(
        float(np.mean(one)), float(np.mean(all_)), float(np.std(all_)), float(np.mean(alike)),
        float(np.mean(bag)), errs,
    )  # fmt: skip
