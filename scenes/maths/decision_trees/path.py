"""The pruning path of a tree, and how well each tree on it does on rows that it has not seen.

Weakest-link pruning folds the branch of least price first, so that the trees on the path are nested. To compare them on
other samples of the data, CART prunes at the geometric mean of two neighbouring steps.

Source: Breiman, Friedman, Olshen & Stone, Classification and Regression Trees (1984), sections 3.3 and 3.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.decision_trees import paired, tree

Array: TypeAlias = NDArray[np.float64]

HAIR: Final = 1e-6
"""Share by which a price is raised, so that rounding does not keep a branch that the price should fold."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with what is below it: its ``cost`` R(t) as a leaf, that of its ``leaves`` together, and their number."""

    cost: float
    below: float
    leaves: int

    @property
    def saved(self) -> float:
        """What the branch saves, R(t) - R(T_t)."""
        return self.cost - self.below

    @property
    def price(self) -> float:
        """What it saves for each leaf more: the alpha at which it folds."""
        return self.saved / (self.leaves - 1)


def seen(grown: tree.Tree, asking: frozenset[int]) -> float:
    """Share of the rows that ``grown`` has learnt which it has right while the nodes ``asking`` are open."""
    ends, right = [0], 0.0
    while ends:
        number = ends.pop()
        node = grown.nodes[number]
        if number in asking:
            ends += [node.below, node.above]
        else:
            right += float(max(node.counts))
    return right / float(sum(grown.nodes[0].counts))


HAND_ROWS: Final = 100
"""Bottles of the table that the branch worked out by hand is part of."""


def hand_counts() -> Array:
    """Counts (5, 2) of that branch: its node, a leaf, an inner node, and that one's two leaves."""
    return np.array([[20.0, 20.0], [0.0, 8.0], [20.0, 12.0], [20.0, 5.0], [0.0, 7.0]])


def hand_costs() -> Array:
    """Costs (5,) of these nodes: Gini impurity times the share of the bottles."""
    counts = hand_counts()
    return np.asarray(tree.gini(counts) * counts.sum(axis=1) / HAND_ROWS)


def by_hand() -> Branch:
    """The branch that can be worked out in the head: it costs less for each leaf more than what is in it."""
    costs = hand_costs()
    return Branch(float(costs[0]), float(costs[[1, 3, 4]].sum()), 3)


def branch(grown: tree.Tree, number: int, asking: frozenset[int]) -> Branch:
    """The branch of node ``number`` while the nodes ``asking`` are open; costs are weighted by the share of rows."""
    inner = [each for each in grown.under(number) if each in asking]
    leaves = 1 + len(inner)
    cost = _cost(grown, number)
    return Branch(cost, cost - sum(grown.nodes[each].gain for each in inner), leaves)


def _cost(grown: tree.Tree, number: int) -> float:
    counts = np.array(grown.nodes[number].counts)
    return float(tree.gini(counts) * counts.sum() / sum(grown.nodes[0].counts))


def between(folds: Sequence[tree.Fold]) -> Array:
    """A price (m,) for each tree of the path: the geometric mean of the step that makes it and the next one.

    The last one, of the root alone, is twice its own.
    """
    prices = np.array([fold.price for fold in folds])
    return np.asarray(np.sqrt(prices * np.append(prices[1:], 4 * prices[-1])))


def models(points: Array, labels: tree.Rows) -> dict[int, paired.Model]:
    """The trees of the path of the full tree on ``points``, by their leaves: pruned at :func:`between`.

    Of steps with as many leaves the later one. A hair is added, so that rounding keeps no branch that should fold.
    """
    folds = tree.prune(tree.grow(points, labels))
    return {
        fold.leaves: paired.Model(price=float(price) * (1 + HAIR))
        for fold, price in zip(folds, between(folds), strict=True)
    }
