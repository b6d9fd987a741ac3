"""Full trees on bottles that they have not seen: turn by turn, and leaf by leaf.

Source: Breiman et al., CART (1984), sections 3.4 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import paired, tree
from scenes.maths.decision_trees.tree import Array, Rows
from scenes.maths.shared.memo import remembered

SLIVER: Final = 2
"""Bottles, at most, in a leaf that is called a sliver."""


def guessing(labels: Rows) -> float:
    """Accuracy of who names the commonest class each time."""
    return float(tree.tally(labels, int(labels.max()) + 1).max() / len(labels))


@remembered
def score_folds(points: Array, labels: Rows) -> Array:
    """Accuracy (10,) of full trees on the held-out tenth, in the first of the rounds."""
    return np.array(
        [
            DecisionTreeClassifier(random_state=0).fit(points[a], labels[a]).score(points[b], labels[b])
            for a, b in paired.parts(points, labels)[: paired.FOLDS]
        ]
    )


@dataclass(frozen=True, slots=True)
class Sliver:
    """A leaf around few bottles: its ``leaf`` number, the rows ``learnt`` (m,) in it, and ``row``, held out, wrong."""

    leaf: int
    learnt: Rows
    row: int


def find_slivers(held: tree.Held, points: Array, labels: Rows, most: int = SLIVER) -> list[Sliver]:
    """Leaves of at most ``most`` rows into which a held-out row falls and is judged wrong, in the order of rows."""
    rest = np.setdiff1d(np.arange(len(points)), held.out)
    leaves = np.array([held.tree.way(points[row])[-1] for row in rest])
    found = []
    for row in held.wrong(points, labels):
        leaf = held.tree.way(points[row])[-1]
        learnt = rest[leaves == leaf]
        if len(learnt) <= most:
            found.append(Sliver(leaf, learnt, int(row)))
    return found
