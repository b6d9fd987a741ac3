"""Impurity, what a cut removes of it, the importance that this sums up to, and what pure chance is paid by it.

Sources: L. Breiman, J. Friedman, R. Olshen and C. Stone, Classification and Regression Trees (1984); C. Strobl,
A.-L. Boulesteix, A. Zeileis and T. Hothorn, Bias in random forest variable importance measures, BMC Bioinformatics 8
(2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.feature_importance.patients import Floats, grown, split
from scenes.maths.shared.memo import remembered

HAND: Final = ((5, 5), (4, 0), (1, 5), (1, 0), (0, 5))
"""Ill and well in the nodes of a tree to follow in the head: the root, its left and right, and the right one's two."""
REDRAWS: Final = 200


def gini(counts: npt.ArrayLike) -> float:
    """Gini impurity 1 − Σ p² of a node with ``counts`` (k,) of each class."""
    share = np.asarray(counts, dtype=float)
    share = share / share.sum()
    return float(1 - (share**2).sum())


def decrease(parent: Sequence[int], left: Sequence[int], right: Sequence[int]) -> float:
    """i(t) − (n_L/n_t) i(t_L) − (n_R/n_t) i(t_R), by Gini, of class counts.

    Raises ``ValueError`` for children that are not the parent's rows.
    """
    if (np.add(left, right) != np.asarray(parent)).any():
        raise ValueError(f"children {tuple(left)} and {tuple(right)} are not the rows of {tuple(parent)}")
    n = sum(parent)
    return gini(parent) - sum(left) / n * gini(left) - sum(right) / n * gini(right)


def by_hand() -> Floats:
    """(2,): credit of the two features of the tree of :data:`HAND`: decreases times the nodes' shares of rows."""
    root, left, right, low, high = HAND
    return np.array([decrease(root, left, right), sum(right) / sum(root) * decrease(right, low, high)])


def of_tree(tree: DecisionTreeRegressor) -> Floats:
    """(d,): decreases of variance, times each node's share of rows, by the feature that cuts; scaled to a sum of 1."""
    inner = tree.tree_
    credit = np.zeros(inner.n_features)
    rows, mixed = inner.weighted_n_node_samples, inner.impurity
    for node in np.flatnonzero(inner.children_left >= 0):
        left, right = inner.children_left[node], inner.children_right[node]
        gain = rows[node] * mixed[node] - rows[left] * mixed[left] - rows[right] * mixed[right]
        credit[inner.feature[node]] += gain / rows[0]
    return np.asarray(credit / credit.sum())


def best_cut(x: Floats, y: Floats) -> float:
    """Largest share of the variance of ``y`` (n,) that one cut of ``x`` (n,) removes; 0 with none."""
    order = np.argsort(x, kind="stable")
    return float(gains(x[order], y[order]).max(initial=0.0))


def gains(x: Floats, y: Floats) -> Floats:
    """(m,): share of the variance of ``y`` (n,) that each possible cut of a rising ``x`` (n,) removes."""
    n = len(y)
    left = np.arange(1, n)
    sums = np.cumsum(y)[:-1]
    gain = (sums**2 / left + (y.sum() - sums) ** 2 / (n - left) - y.sum() ** 2 / n) / (n * y.var())
    return np.asarray(gain[x[1:] > x[:-1]])


def cuts(x: Floats) -> int:
    """How many places ``x`` (n,) offers to cut: its distinct values less one."""
    return len(np.unique(x)) - 1


@remembered
def running() -> Floats:
    """(100, 12): importance in the forest of the first split after its first tree, its first two, and so on."""
    each = np.array([of_tree(tree) for tree in grown(split(0)).estimators_])
    return np.asarray(each.cumsum(axis=0) / np.arange(1, len(each) + 1)[:, None])


@remembered
def lucky() -> Floats:
    """(200, 2): share of the seen outcomes' variance that the best cut of a new ticket, of a new coin takes."""
    outcomes = split(0).seen_y
    rng = np.random.default_rng(0)
    n = len(outcomes)
    return np.array(
        [
            [
                best_cut(rng.permutation(n).astype(float), outcomes),
                best_cut(rng.integers(0, 2, n).astype(float), outcomes),
            ]
            for _ in range(REDRAWS)
        ]
    )


def six() -> tuple[Floats, Floats, Floats]:
    """Six outcomes of pure chance (6,), with a ticket and a coin that know nothing of them: a case of those below."""
    outcomes = np.random.default_rng(0).normal(size=6)
    return outcomes, np.arange(6.0), np.array([0.0, 1.0, 1.0, 0.0, 0.0, 1.0])


@remembered
def six_at_random(draws: int = 2000) -> Floats:
    """(draws, 2): the best cut's share of variance among six random outcomes, of a ticket and of a coin."""
    rng = np.random.default_rng(0)
    coin = np.repeat([0.0, 1.0], 3)
    taken = []
    for _ in range(draws):
        outcomes = rng.normal(size=6)
        taken.append([best_cut(np.arange(6.0), outcomes), best_cut(coin, outcomes)])
    return np.array(taken)
