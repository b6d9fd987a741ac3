"""Scores on wines that a model has not seen, and the difference of two models on the same wines.

One scheme of folds holds for all of them: ten, shuffled and stratified, twenty times over. Each wine is held out once
a round, so that a model has one score for each round; their mean is its score. Two models are compared round by round,
on the same folds: by how much one has more wines right, and in how many of the rounds it is ahead. That is how far the
verdict hangs on how the wines were dealt out; other wines it does not speak of.

Sources: Bouckaert & Frank, Evaluating the replicability of significance tests for comparing learning algorithms (PAKDD
2004); Cawley & Talbot, On over-fitting in model selection (JMLR 11, 2010), for :func:`nested`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RepeatedStratifiedKFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.shared.memo import remembered
from scenes.maths.shared.wine import wines

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]

FOLDS: Final = 10
ROUNDS: Final = 20
"""Times that the wines are dealt out to the folds anew; the same for all models."""
MAP: Final = (6, 12)
"""Columns of the wine table that are drawn as a map: flavanoids and proline."""
APART: Final = 19
"""Of the rounds, in how many of them one model is ahead at the least if it counts as better; below, two models tie."""


@dataclass(frozen=True, slots=True)
class Model:
    """What is scored: a tree, ``trees`` of them on bootstrap samples, or a line, by the two columns of the map.

    ``features``: how many of the columns each split sees (all, if ``None``); ``depth``, ``leaf``, ``price`` and
    ``criterion`` as in scikit-learn.
    """

    kind: Literal["tree", "forest", "line"] = "tree"
    depth: int | None = None
    leaf: int = 1
    price: float = 0.0
    criterion: Literal["gini", "entropy"] = "gini"
    trees: int = 200
    features: int | None = None

    def fresh(self, seed: int) -> ClassifierMixin:
        """The model, not yet fitted; ``seed`` is the number of the fold, and a single tree's is 0."""
        if self.kind == "line":
            return make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
        if self.kind == "forest":
            return RandomForestClassifier(self.trees, max_features=self.features, random_state=seed)
        return DecisionTreeClassifier(
            max_depth=self.depth,
            min_samples_leaf=self.leaf,
            ccp_alpha=self.price,
            criterion=self.criterion,
            random_state=0,
        )


def table() -> tuple[Array, Rows]:
    """The wines by the two columns of the map (n, 2), and their grapes (n,)."""
    found = wines()
    return found.measures[:, list(MAP)], found.cultivar


def parts(points: Array, labels: Rows) -> list[tuple[Rows, Rows]]:
    """Rows that are learnt, and rows held out, of the ten folds of each round."""
    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=ROUNDS, random_state=0)
    return list(folds.split(points, labels))


@remembered
def right(model: Model) -> Array:
    """For each round (r,) the share of the wines whose grape the model names, each unseen by it."""
    points, labels = table()
    hits = np.zeros(ROUNDS)
    for seed, (seen, unseen) in enumerate(parts(points, labels)):
        fitted = model.fresh(seed).fit(points[seen], labels[seen])
        hits[seed // FOLDS] += (fitted.predict(points[unseen]) == labels[unseen]).sum()
    return hits / len(labels)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Trees whose price is chosen afresh in each turn: their score in each round, ``right`` (r,), and their ``leaves``.

    ``leaves`` (t,) are of all turns, ten a round.
    """

    right: Array
    leaves: Rows


@remembered
def nested() -> Chosen:
    """As :func:`right`, of trees whose price is chosen afresh in each fold, by ten folds of what is learnt there.

    Prices are those between the steps of the path of the tree on the fold's rows; of equal ones the highest, which
    leaves the smallest tree.
    """
    points, labels = table()
    hits, leaves = np.zeros(ROUNDS), []
    for number, (seen, unseen) in enumerate(parts(points, labels)):
        path = DecisionTreeClassifier(random_state=0).cost_complexity_pruning_path(points[seen], labels[seen])
        steps = np.unique(np.maximum(path.ccp_alphas, 0.0))
        prices = np.sqrt(steps[:-1] * steps[1:])
        inner = list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(points[seen], labels[seen]))
        correct = np.zeros(len(prices))
        for row, price in enumerate(prices):
            for learnt, judged in inner:
                model = DecisionTreeClassifier(ccp_alpha=price, random_state=0)
                model.fit(points[seen][learnt], labels[seen][learnt])
                correct[row] += (model.predict(points[seen][judged]) == labels[seen][judged]).sum()
        best = prices[np.flatnonzero(correct == correct.max())[-1]]
        chosen = DecisionTreeClassifier(ccp_alpha=best, random_state=0).fit(points[seen], labels[seen])
        hits[number // FOLDS] += (chosen.predict(points[unseen]) == labels[unseen]).sum()
        leaves.append(chosen.get_n_leaves())
    return Chosen(hits / len(labels), np.array(leaves, dtype=np.intp))


@dataclass(frozen=True, slots=True)
class Estimate:
    """What ``each`` round (r,) has: a score, or the difference of two."""

    each: Array

    @property
    def mean(self) -> float:
        """Over the rounds."""
        return float(self.each.mean())

    @property
    def ahead(self) -> int:
        """In how many rounds it is above zero: one model has more of the same wines right than the other."""
        return int((self.each > 0).sum())

    @property
    def is_apart(self) -> bool:
        """Whether the same model is ahead in at least :data:`APART` of the rounds."""
        return max(self.ahead, int((self.each < 0).sum())) >= APART


def score(model: Model) -> Estimate:
    """How many of the unseen wines it has right, as a share."""
    return Estimate(right(model))


def answers(model: Model, asked: Array) -> Rows:
    """The grape (q,) that the model, fitted to all wines, names at each of the points ``asked`` (q, d)."""
    return np.asarray(model.fresh(0).fit(*table()).predict(asked), dtype=np.intp)


def difference(one: Model, other: Model) -> Estimate:
    """By how much ``one`` has more of the same wines right than the ``other``, round by round."""
    return Estimate(right(one) - right(other))


def stopped(depths: tuple[int, ...]) -> Array:
    """For each round (r,) the share of the wines that a tree has right, on average over trees stopped at ``depths``."""
    return np.asarray(np.mean([right(Model(depth=depth)) for depth in depths], axis=0))


FULL: Final = Model()
"""The full tree on the map."""
BAGGED: Final = Model("forest")
FOREST: Final = Model("forest", features=1)
"""On the map: each split sees one of the two features."""
LINE: Final = Model("line")
"""Logistic regression: straight borders."""
