"""Examples that can be followed in the head: a handful of rows, and what impurity, entropy and greed make of them.

Counts are (k,) or (m, k) of k classes, as in :mod:`scenes.maths.decision_trees.tree`.
Sources: Breiman et al., CART (1984), chapters 2 and 4; Cover & Thomas, Elements of Information Theory, section 5.1.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenes.maths.decision_trees import tree
from scenes.maths.decision_trees.tree import Array, Rows

FOUR: Final = np.array([3, 1])
"""Four bottles of two grapes."""
EIGHT: Final = np.array([4, 4])
"""Eight bottles of two grapes, to be split."""
SPLITS: Final = (np.array([[3, 1], [1, 3]]), np.array([[2, 0], [2, 4]]))
"""Two ways to split them, with two mistakes each: the counts of both sides."""
GAME: Final = np.array([4, 2, 2])
"""Eight bottles of three grapes, to be guessed."""


def all_pairs(counts: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Of each ordered pair (n, n) of rows, with replacement, whether the two differ in class."""
    labels = np.repeat(np.arange(len(counts)), counts)
    return np.asarray(labels[:, None] != labels[None, :])


def gain(sides: NDArray[np.generic]) -> float:
    """What a split with the counts ``sides`` (2, k) takes from the Gini impurity of both sides together."""
    shares = sides.sum(axis=1) / sides.sum()
    return float(tree.gini(sides.sum(axis=0)) - shares @ tree.gini(sides))


def mistakes(sides: NDArray[np.generic]) -> int:
    """Rows of a split with the counts ``sides`` (2, k) that are not of the majority of their side."""
    return int(sides.sum() - sides.max(axis=1).sum())


def questions_asked(counts: NDArray[np.generic]) -> float:
    """Questions on average until a row's class is known, if each asks for one class, in order, of equal chance or less.

    The last question settles the last two classes.
    """
    share = np.asarray(counts, dtype=float) / np.sum(counts)
    asked = np.minimum(np.arange(len(share)) + 1, len(share) - 1)
    return float(share @ asked)


def corners() -> tuple[Array, Rows]:
    """Four points (4, 2) of two classes (4,) in opposite corners of a square: XOR."""
    return np.array([[1.0, 1.0], [3.0, 3.0], [1.0, 3.0], [3.0, 1.0]]), np.array([0, 0, 1, 1], dtype=np.intp)
