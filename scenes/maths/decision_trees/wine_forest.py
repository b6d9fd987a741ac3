"""Forests on the wines, and what their trees share; forests on halves of the digits, judged twice.

Votes are numbers here, 1 for a grape and 0 against it, so that the variance of one is p (1 - p), at most a quarter, and
that of their mean is the one of the formula ``rho sigma^2 + (1 - rho) sigma^2 / B``.

Sources: Breiman, Bagging predictors (Machine Learning 24, 1996) and Random forests (Machine Learning 45, 2001);
Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., sections 15.3 and 15.4.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

from scenes.maths.decision_trees import forest
from scenes.maths.shared.memo import remembered
from scenes.maths.shared.wine import wines

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]

SETS: Final = 40
"""Training sets: random halves of the bottles that are not asked."""
TREES: Final = 50
"""Trees on each of them."""
KINDS: Final = 3


# --- What trees share ---------------------------------------------------------------------------------------


def asked_rows() -> tuple[Rows, Rows]:
    """Rows of the wine table that are asked, a third of each grape, and those that training sets are drawn from."""
    kinds = wines().cultivar
    rest, asked = train_test_split(np.arange(len(kinds)), test_size=1 / 3, stratify=kinds, random_state=0)
    return np.sort(asked).astype(np.intp), np.sort(rest).astype(np.intp)


@remembered
def crowd(columns: int) -> forest.Crowd:
    """Votes of :data:`TREES` trees on each of :data:`SETS` training sets, for each asked bottle and each grape.

    ``said`` is (sets, trees, 3 q): 1 where the tree names the grape; ``truth`` (3 q,) is 1 for the right one. Each
    split looks at ``columns`` of the 13 columns.
    """
    table = wines()
    asked, rest = asked_rows()
    truth = np.eye(KINDS)[table.cultivar[asked]].ravel()
    said = np.empty((SETS, TREES, len(truth)))
    for seed in range(SETS):
        half, _ = train_test_split(rest, train_size=0.5, stratify=table.cultivar[rest], random_state=seed)
        model = RandomForestClassifier(TREES, max_features=columns, random_state=seed)
        model.fit(table.measures[half], table.cultivar[half])
        for row, each in enumerate(model.estimators_):
            kinds = np.rint(each.predict(table.measures[asked])).astype(int)
            said[seed, row] = np.eye(KINDS)[kinds].ravel()
    return forest.Crowd(said, truth)


def for_its_grape(found: forest.Crowd) -> forest.Crowd:
    """Of each asked bottle the votes on its own grape alone, yes or no: ``said`` is (sets, trees, q)."""
    own = found.truth == 1
    return forest.Crowd(found.said[:, :, own], found.truth[own])


# --- Halves of the digits, the same forests judged twice ----------------------------------------------------


@remembered
def paired_halves(by_writer: bool, seeds: int = 5) -> Array:
    """Errors (seeds, 2) of forests on half of the digits: out of bag, and on the other half.

    The halves are drawn at random, a draw for each seed, or ``by_writer``: the first half of the table, and the
    second, mostly other hands.
    """
    pixels, digit = load_digits(return_X_y=True)
    found = np.empty((seeds, 2))
    for seed in range(seeds):
        order = np.arange(len(digit)) if by_writer else np.random.default_rng(seed).permutation(len(digit))
        seen, rest = np.split(order, [len(order) // 2])
        model = RandomForestClassifier(300, oob_score=True, random_state=seed).fit(pixels[seen], digit[seen])
        found[seed] = 1 - model.oob_score_, 1 - model.score(pixels[rest], digit[rest])
    return found
