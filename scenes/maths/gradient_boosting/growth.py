"""Trees that grow level by level, and leaf by leaf, to as many leaves.

Sources: G. Ke et al., LightGBM: a highly efficient gradient boosting decision tree, NIPS 2017; H. Shi, Best-first
decision tree learning, University of Waikato (2007).  Data: J. Friedman's first test function, as scikit-learn's
``make_friedman1`` has it: ten features of which five matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from sklearn.datasets import make_friedman1
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.gradient_boosting.stairs import Floats
from scenes.maths.shared.memo import remembered

DRAWS: Final = 20
UNSEEN: Final = 5000
SHOWN_LEAVES: Final = 8
SIZES: Final = ((2000, 8), (200, 16))
"""Rows and leaves of the two comparisons."""


def grown(leafwise: bool, leaves: int) -> DecisionTreeRegressor:
    """A tree of ``leaves`` leaves: the one with the largest gain first, or all of a level (a power of two)."""
    if leafwise:
        return DecisionTreeRegressor(max_leaf_nodes=leaves, random_state=0)
    return DecisionTreeRegressor(max_depth=int(np.log2(leaves)), random_state=0)


@dataclass(frozen=True, slots=True)
class Compared:
    """(draws,) each: unseen mean squared errors of both, and the rows of the smallest leaf of the leaf-wise tree."""

    level: Floats
    leaf: Floats
    smallest: Floats

    @property
    def better(self) -> int:
        """Draws in which the leaf-wise tree has the lower error."""
        return int((self.leaf < self.level).sum())


@remembered
def compared(rows: int, leaves: int) -> Compared:
    """Twenty draws of training sets with noise of variance 1, and noise-free unseen points."""
    told = []
    for seed in range(DRAWS):
        x, y = make_friedman1(rows, noise=1, random_state=seed)
        new, truth = make_friedman1(UNSEEN, noise=0, random_state=1000 + seed)
        level, leaf = (grown(kind, leaves).fit(x, y) for kind in (False, True))
        counts = np.bincount(leaf.apply(x))
        told.append(
            [*(((truth - tree.predict(new)) ** 2).mean() for tree in (level, leaf)), counts[counts > 0].min()]
        )
    return Compared(*np.array(told).T)


@cache
def plain() -> float:
    """Mean squared error of who predicts the mean of the noise-free values: their variance."""
    return float(make_friedman1(100_000, noise=0, random_state=0)[1].var())


# -- two features, to be seen


@dataclass(frozen=True, slots=True)
class Growth:
    """A tree over two features, split by split: boxes (s + 1 states) and how its nodes hang together.

    ``boxes`` (m, 4) left, low, right, high of each node; ``values`` (m,); ``children`` (m, 2), −1 at leaves; ``order``
    are the nodes in the order in which they are split.
    """

    boxes: Floats
    values: Floats
    children: Floats
    order: tuple[int, ...]


@cache
def plot() -> tuple[Floats, Floats]:
    """Points (800, 2) of the unit square and what is to be learned of them: 10 sin(π x₁ x₂) and noise."""
    x, y = make_friedman1(800, noise=1, random_state=1)
    flat = np.asarray(x[:, :2])
    return flat, np.asarray(y - 20 * (x[:, 2] - 0.5) ** 2 - 10 * x[:, 3] - 5 * x[:, 4])


@cache
def shown(leafwise: bool, leaves: int = SHOWN_LEAVES) -> Growth:
    """The tree of ``leaves`` leaves over the two features, and the order of its splits.

    A leaf-wise tree splits the leaf with the largest gain first; a level-wise one goes level by level.
    """
    points, values = plot()
    tree = grown(leafwise, leaves).fit(points, values).tree_
    boxes = np.zeros((tree.node_count, 4))
    boxes[0] = (0, 0, 1, 1)
    levels = np.zeros(tree.node_count, dtype=int)
    children = np.column_stack([tree.children_left, tree.children_right])
    waiting, order = [0], []
    while waiting:
        open_ = [node for node in waiting if children[node, 0] >= 0]
        if not open_:
            break
        gain = {
            node: tree.weighted_n_node_samples[node] * tree.impurity[node]
            - sum(tree.weighted_n_node_samples[each] * tree.impurity[each] for each in children[node])
            for node in open_
        }
        node = (
            max(open_, key=lambda each: gain[each])
            if leafwise
            else min(open_, key=lambda each: (levels[each], boxes[each, 0], boxes[each, 1]))
        )
        order.append(node)
        waiting.remove(node)
        axis, cut = int(tree.feature[node]), float(tree.threshold[node])
        for side, child in enumerate(children[node]):
            boxes[child] = boxes[node]
            boxes[child, axis + 2 * (1 - side)] = cut
            levels[child] = levels[node] + 1
            waiting.append(int(child))
    return Growth(boxes, np.asarray(tree.value[:, 0, 0]), children.astype(float), tuple(order))
