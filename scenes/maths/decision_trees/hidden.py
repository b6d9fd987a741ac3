"""Splits that see a few columns only, drawn anew for each: the first questions of two levels of such a tree.

Source: Breiman, Random forests (Machine Learning 45, 2001), section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import forest, tree
from scenes.maths.decision_trees.tree import Array, Rows
from scenes.maths.shared.memo import remembered
from scenes.maths.shared.wine import wines


@dataclass(frozen=True, slots=True)
class Look:
    """What one split may see (d,), and the ``column`` that it chooses: the best of these."""

    visible: NDArray[np.bool_]
    column: int


def two_levels(points: Array, labels: Rows, features: int, seed: int) -> tuple[Look, Look, Look]:
    """The root and the two splits below it of a tree on a bootstrap sample; each sees ``features`` columns.

    Raises ``ValueError`` if a side of the root has nothing to split.
    """
    rows = forest.resample(len(points), seed)
    draws = forest.draw_columns(3, points.shape[1], features, seed)
    root = _look(points[rows], labels[rows], draws[0])
    yes = points[rows, root.column] <= root.threshold
    below = _look(points[rows[yes]], labels[rows[yes]], draws[1])
    above = _look(points[rows[~yes]], labels[rows[~yes]], draws[2])
    first, second, third = (
        Look(may, cut.column) for may, cut in zip(draws, (root, below, above), strict=True)
    )
    return first, second, third


def _look(points: Array, labels: Rows, may: NDArray[np.bool_]) -> tree.Cut:
    seen = np.flatnonzero(may)
    cut = tree.best_cut(points[:, seen], labels)
    return tree.Cut(int(seen[cut.column]), cut.threshold, cut.below, cut.above, cut.gain)


@remembered
def first_columns(features: int, trees: int = 200) -> Rows:
    """How often each column (d,) of the wine table is asked first by ``trees`` on bootstrap samples."""
    table = wines()
    asked = np.zeros(table.measures.shape[1], dtype=np.intp)
    for seed in range(trees):
        rows = forest.resample(len(table.measures), seed)
        stump = DecisionTreeClassifier(max_depth=1, max_features=features, random_state=seed)
        asked[stump.fit(table.measures[rows], table.cultivar[rows]).tree_.feature[0]] += 1
    return asked
