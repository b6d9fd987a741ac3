"""Decision trees: how they choose their cuts, how they are pruned, and how well they do on rows not seen.

``labels`` (n,) are the classes of the rows, counted from 0. A cut asks whether a column is at most a threshold; yes
goes to ``below``, no to ``above``. Impurities are functions of the counts (..., k) of k classes; those of a tree are
weighted by the share of all rows that reach a node, so that they add up. Trees are grown by scikit-learn's CART;
cuts, gains and prices are computed here.

Sources: Breiman, Friedman, Olshen & Stone, Classification and Regression Trees (1984), chapters 2 to 4 and 8;
Quinlan, Induction of decision trees (Machine Learning 1, 1986);
Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 9.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.shared.wine import wines

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Impurity: TypeAlias = Callable[[NDArray[np.generic]], Array]

COLUMNS: Final = (6, 12)
"""Of the wine table: flavanoids and proline, which it gives without units."""
FOLDS: Final = 10
REPEATS: Final = 5


def bottles() -> tuple[Array, Rows]:
    """Flavanoids and proline (178, 2) of the wines, and which of the three growers made each (178,), 0 to 2."""
    table = wines()
    return table.measures[:, list(COLUMNS)], table.cultivar


# --- How mixed, and what a cut cleans -----------------------------------------------------------------------


def gini(counts: NDArray[np.generic]) -> Array:
    """Chance that two rows drawn with replacement differ: ``1 - sum p_k^2`` (...,) of ``counts`` (..., k)."""
    share = _shares(counts)
    return np.asarray(1 - (share**2).sum(axis=-1))


def entropy(counts: NDArray[np.generic]) -> Array:
    """Entropy in bits of a row's class: ``-sum p_k log2 p_k`` (...,) of ``counts`` (..., k)."""
    share = _shares(counts)
    bits = np.log2(share, out=np.zeros_like(share), where=share > 0)
    return np.asarray(np.abs((share * bits).sum(axis=-1)))


def _shares(counts: NDArray[np.generic]) -> Array:
    each = np.asarray(counts, dtype=float)
    total = each.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(each, total, out=np.zeros_like(each), where=total > 0))


def tally(labels: Rows, classes: int) -> Rows:
    """How many rows each class has (k,)."""
    return np.bincount(labels, minlength=classes)


@dataclass(frozen=True, slots=True)
class Sweep:
    """All cuts of one column, between every two neighbouring values.

    ``threshold`` (m,) rises; ``below`` and ``above`` (m, k): the counts on both sides; ``gain`` (m,): impurity
    before minus impurity after, the sides weighted by their sizes.
    """

    threshold: Array
    below: Rows
    above: Rows
    gain: Array

    @property
    def best(self) -> int:
        """Number of the cut that gains most; the lowest of several."""
        return int(np.argmax(np.round(self.gain, 12)))


def sweep(values: Array, labels: Rows, impurity: Impurity = gini) -> Sweep:
    """All cuts of one column with the ``values`` (n,). Raises ``ValueError`` if all of them are equal."""
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    between = np.flatnonzero(np.diff(ranked) > 0)
    if not len(between):
        raise ValueError("nothing to cut: all values are equal")
    climbing = np.cumsum(np.eye(int(labels.max()) + 1, dtype=np.intp)[labels[order]], axis=0)
    below, all_ = climbing[between], climbing[-1]
    above = all_ - below
    share = below.sum(axis=1) / len(values)
    after = share * impurity(below) + (1 - share) * impurity(above)
    return Sweep((ranked[between] + ranked[between + 1]) / 2, below, above, impurity(all_) - after)


@dataclass(frozen=True, slots=True)
class Cut:
    """The question "is ``column`` at most ``threshold``?", the counts on both sides (k,), and its gain."""

    column: int
    threshold: float
    below: Rows
    above: Rows
    gain: float


def best_cut(points: Array, labels: Rows, impurity: Impurity = gini) -> Cut:
    """The cut of ``points`` (n, d) that gains most; of equal ones that of the first column.

    Raises ``ValueError`` if all points are equal.
    """
    cuts = []
    varied = np.flatnonzero(np.ptp(points, axis=0) > 0).tolist()
    if not varied:
        raise ValueError("nothing to cut: all points are equal")
    for column in varied:
        swept = sweep(points[:, column], labels, impurity)
        at = swept.best
        cuts.append(
            Cut(column, float(swept.threshold[at]), swept.below[at], swept.above[at], float(swept.gain[at]))
        )
    return max(cuts, key=lambda cut: round(cut.gain, 12))


def gain_of(points: Array, labels: Rows, cut: Cut, impurity: Impurity) -> float:
    """What ``cut`` gains on ``points`` (n, d) by ``impurity``, which may be another than the one that chose it."""
    swept = sweep(points[:, cut.column], labels, impurity)
    return float(swept.gain[np.argmin(np.abs(swept.threshold - cut.threshold))])


# --- The tree -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """One node: ``counts`` (k,) of the rows that reach it, its question if it asks one, and its children.

    ``gain`` is what its question saves of the whole tree's impurity: weighted by the share of rows that reach it.
    """

    number: int
    parent: int
    depth: int
    counts: tuple[int, ...]
    column: int = -1
    threshold: float = np.nan
    below: int = -1
    above: int = -1
    gain: float = 0.0

    @property
    def asks(self) -> bool:
        """Whether it is no leaf."""
        return self.below >= 0

    @property
    def verdict(self) -> int:
        """The class of most of its rows; the lowest of several."""
        return int(np.argmax(self.counts))


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes numbered from the root, 0, down the ``below`` branches first, as scikit-learn does."""

    nodes: tuple[Node, ...]

    @property
    def questions(self) -> list[int]:
        """Numbers of the nodes that ask, parents before children."""
        return [node.number for node in self.nodes if node.asks]

    @property
    def leaves(self) -> list[int]:
        """Numbers of the leaves, from left to right."""
        return [number for number in self.under(0) if not self.nodes[number].asks]

    @property
    def depth(self) -> int:
        """Most questions on the way to a leaf."""
        return max(node.depth for node in self.nodes)

    def under(self, number: int) -> Iterator[int]:
        """The node and all below it, each before its children, ``below`` before ``above``."""
        yield number
        node = self.nodes[number]
        if node.asks:
            yield from self.under(node.below)
            yield from self.under(node.above)

    def way(self, point: Array, among: set[int] | None = None) -> list[int]:
        """Nodes from the root to the leaf that ``point`` (d,) falls into; only nodes ``among`` ask, if given."""
        way = [0]
        while self.nodes[way[-1]].asks and (among is None or way[-1] in among):
            node = self.nodes[way[-1]]
            way.append(node.below if point[node.column] <= node.threshold else node.above)
        return way

    def judge(self, points: Array) -> Rows:
        """The class (n,) of each of ``points`` (n, d)."""
        return np.array([self.nodes[self.way(point)[-1]].verdict for point in points], dtype=np.intp)

    def room(self, number: int, low: Array, high: Array) -> tuple[Array, Array]:
        """Lower and upper corner, each (d,), of the node's part of the box from ``low`` to ``high``."""
        low, high = np.array(low, dtype=float), np.array(high, dtype=float)
        while number:
            parent = self.nodes[self.nodes[number].parent]
            column, at = parent.column, parent.threshold
            if number == parent.below:
                high[column] = min(high[column], at)
            else:
                low[column] = max(low[column], at)
            number = parent.number
        return low, high


def grow(
    points: Array,
    labels: Rows,
    depth: int | None = None,
    impurity: Literal["gini", "entropy"] = "gini",
    price: float = 0.0,
    seed: int = 0,
) -> Tree:
    """The greedy tree on ``points`` (n, d), at most ``depth`` deep, pruned at ``price`` (CART, chapters 2 and 3).

    ``seed`` chooses among equal cuts. Thresholds are rounded to 1e-6 of their column's unit.
    """
    model = DecisionTreeClassifier(max_depth=depth, criterion=impurity, ccp_alpha=price, random_state=seed)
    found = model.fit(points, labels).tree_
    parents, depths = {0: -1}, {0: 0}
    measure = gini if impurity == "gini" else entropy
    counts = np.rint(found.value[:, 0] * found.weighted_n_node_samples[:, None]).astype(int)
    weighted = measure(counts) * counts.sum(axis=1) / len(points)
    nodes = []
    for number in range(found.node_count):
        below, above = int(found.children_left[number]), int(found.children_right[number])
        mixed = tuple(int(count) for count in counts[number])
        if below < 0:
            nodes.append(Node(number, parents[number], depths[number], mixed))
            continue
        for child in (below, above):
            parents[child], depths[child] = number, depths[number] + 1
        gain = float(weighted[number] - weighted[below] - weighted[above])
        column, threshold = int(found.feature[number]), round(float(found.threshold[number]), 6)
        nodes.append(
            Node(number, parents[number], depths[number], mixed, column, threshold, below, above, gain)
        )
    return Tree(tuple(nodes))


def accuracy(tree: Tree, points: Array, labels: Rows) -> float:
    """Share of ``points`` (n, d) that fall into leaves of their own class."""
    return float((tree.judge(points) == labels).mean())


# --- Pruning ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fold:
    """One step of the pruning: at ``price`` the branches ``folded`` become leaves and ``leaves`` are left.

    ``asking``: numbers of the nodes that still ask afterwards.
    """

    price: float
    folded: tuple[int, ...]
    asking: frozenset[int]
    leaves: int


def prices(tree: Tree, asking: set[int] | frozenset[int]) -> dict[int, float]:
    """Of each node in ``asking`` the price alpha, ``(R(t) - R(T_t)) / (leaves - 1)`` (CART, section 3.3).

    That is the impurity that its branch saves per extra leaf. R is the weighted Gini impurity; a node that is not in
    ``asking`` counts as a leaf.
    """
    found = {}
    for number in asking:
        branch = [each for each in tree.under(number) if each in asking and _reached(tree, each, asking)]
        found[number] = sum(tree.nodes[each].gain for each in branch) / len(branch)
    return found


def _reached(tree: Tree, number: int, asking: set[int] | frozenset[int]) -> bool:
    while number:
        number = tree.nodes[number].parent
        if number not in asking:
            return False
    return True


def prune(tree: Tree) -> list[Fold]:
    """Fold the cheapest branch, again and again, until the root is a leaf: weakest-link pruning (CART, 3.3).

    Branches of one price fold together. The first step, at price 0, folds nothing that helps.
    """
    asking = set(tree.questions)
    folds = [Fold(0.0, (), frozenset(asking), len(asking) + 1)]
    while asking:
        priced = prices(tree, asking)
        price = min(priced.values())
        folded = sorted(number for number, each in priced.items() if each <= price + 1e-12)
        asking -= {each for number in folded for each in tree.under(number)}
        folds.append(Fold(price, tuple(folded), frozenset(asking), len(asking) + 1))
    return folds


# --- How it does on what it has not seen --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """A tree grown without some rows: the rows ``out`` (m,), the ``tree`` on all the others."""

    out: Rows
    tree: Tree

    def wrong(self, points: Array, labels: Rows) -> Rows:
        """Rows among those held out that fall into a leaf of another class."""
        return np.asarray(self.out[self.tree.judge(points[self.out]) != labels[self.out]])


def hold_out(points: Array, labels: Rows, fold: int, folds: int = FOLDS, seed: int = 0) -> Held:
    """Hold out number ``fold`` of the shuffled, stratified ``folds``, and grow a full tree on the others."""
    parts = list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(points, labels))
    rest, out = parts[fold]
    return Held(out.astype(np.intp), grow(points[rest], labels[rest]))


def slant(count: int = 200, seed: int = 0) -> tuple[Array, Rows]:
    """Points (count, 2) of the unit square, and whether each lies over the falling diagonal (count,), 0 or 1."""
    points = np.random.default_rng(seed).random((count, 2))
    return points, (points.sum(axis=1) > 1).astype(np.intp)
