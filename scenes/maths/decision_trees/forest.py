"""Forests: trees grown on different samples of the rows, and how much variance their mean has left.

A forest resamples its rows for each tree, n of n with replacement, and may hide columns from each cut. Of trees with
variance sigma^2 and correlation rho, the mean of B has the variance ``rho sigma^2 + (1 - rho) sigma^2 / B``.

Sources: Breiman, Bagging predictors (Machine Learning 24, 1996) and Random forests (Machine Learning 45, 2001);
Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., chapter 15 (eq. 15.1, sections 15.3.1,
15.3.2 and 15.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.shared.memo import remembered

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]


# --- Shake the data -----------------------------------------------------------------------------------------


def resample(count: int, seed: int) -> Rows:
    """Rows (count,) drawn with replacement: about 37 % of all rows are not among them."""
    return np.random.default_rng(seed).integers(0, count, count).astype(np.intp)


@dataclass(frozen=True, slots=True)
class Spray:
    """First cuts of trees on resamples: ``column`` (m,) and ``threshold`` (m,) in its unit."""

    column: Rows
    threshold: Array


def spray(points: Array, labels: Rows, count: int) -> Spray:
    """The first question of ``count`` trees, each on a resample of its own (seeds 0, 1, ...)."""
    stumps = [_fit(points, labels, seed, 1).tree_ for seed in range(count)]
    return Spray(
        np.array([stump.feature[0] for stump in stumps], dtype=np.intp),
        np.array([round(float(stump.threshold[0]), 6) for stump in stumps]),
    )


def _fit(
    points: Array, labels: Rows, seed: int, depth: int | None = None, columns: int | None = None
) -> DecisionTreeClassifier:
    rows = resample(len(points), seed)
    model = DecisionTreeClassifier(max_depth=depth, max_features=columns, random_state=seed)
    return model.fit(points[rows], labels[rows])


@remembered
def ballots(points: Array, labels: Rows, asked: Array, count: int, columns: int) -> Rows:
    """The class (count, q) that each of ``count`` full trees gives each of the points ``asked`` (q, d).

    Each tree is grown on a resample of its own; each of its cuts looks at ``columns`` columns, drawn anew.
    """
    trees = [_fit(points, labels, seed, columns=columns) for seed in range(count)]
    return np.array([each.predict(asked) for each in trees], dtype=np.intp)


def poll(votes: Rows, classes: int) -> Array:
    """Shares (q, k) of the classes among ``votes`` (m, q)."""
    return np.stack([(votes == kind).mean(axis=0) for kind in range(classes)], axis=-1)


# --- What averaging takes away ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Crowd:
    """Predictions ``said`` (r, B, q) of B trees, grown on each of r training sets, at q points with ``truth`` (q,).

    All properties are means over the points. The variance is over training sets and over the trees' own random
    choices.
    """

    said: Array
    truth: Array

    @property
    def variance(self) -> float:
        """sigma^2 of one tree."""
        return float(self.said.reshape(-1, self.said.shape[2]).var(axis=0).mean())

    @property
    def correlation(self) -> float:
        """rho: the correlation of two trees that share their training set, over training sets (ESL, 15.4.1)."""
        sets, trees, _ = self.said.shape
        off = self.said - self.said.mean(axis=(0, 1))
        pairs = off.sum(axis=1) ** 2 - (off**2).sum(axis=1)
        return float(pairs.sum(axis=0).mean() / (sets * trees * (trees - 1)) / self.variance)

    @property
    def floor(self) -> float:
        """rho sigma^2: what is left of the variance with any number of trees."""
        return self.correlation * self.variance

    def predicted(self, count: float | Array) -> Array:
        """The variance of the mean of ``count`` trees, by the formula (ESL, eq. 15.1)."""
        return np.asarray(self.floor + (self.variance - self.floor) / count)

    def measured(self, count: int) -> float:
        """The variance of the mean of ``count`` trees over training sets: averaged over disjoint groups of trees."""
        sets, trees, asked = self.said.shape
        groups = trees // count
        means = self.said[:, : groups * count].reshape(sets, groups, count, asked).mean(axis=2)
        return float(((means - self.said.mean(axis=(0, 1))) ** 2).mean())

    @property
    def bias(self) -> float:
        """Squared distance of the mean forest from the truth."""
        return float(((self.said.mean(axis=(0, 1)) - self.truth) ** 2).mean())

    @property
    def loss(self) -> float:
        """Mean squared error of the forest of all B trees against the truth without noise."""
        return float(self._losses.mean())

    @property
    def loss_error(self) -> float:
        """Standard error of :attr:`loss` over training sets."""
        return float(self._losses.std(ddof=1) / np.sqrt(len(self._losses)))

    @property
    def _losses(self) -> Array:
        """Mean squared error (r,) of the forest on each training set."""
        return np.asarray(((self.said.mean(axis=1) - self.truth) ** 2).mean(axis=1))


# --- Rows that a tree has not seen --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutOfBag:
    """The digits, each judged by the trees that never saw it.

    ``missed`` (trees, rows): whether the tree's sample left the row out; ``verdict`` (trees, rows): the digit it
    reads; ``digit`` (rows,): what it is; ``error`` (trees,): share of rows judged wrongly by the first so many
    trees, without the rows that have no judge yet, whose share is ``unjudged`` (trees,). ``fresh``: error of the
    whole forest in ten folds; ``alone``: of a single tree, in the same folds.
    """

    missed: NDArray[np.bool_]
    verdict: Rows
    digit: Rows
    error: Array
    unjudged: Array
    fresh: float
    alone: float

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each tree reads each row rightly (trees, rows)."""
        return np.asarray(self.verdict == self.digit)

    def vote(self, trees: int) -> Rows:
        """Out-of-bag verdicts (rows,): the digit that most of the first ``trees`` trees read that never saw the row.

        Of equal counts it is the lowest digit; -1 where each of these trees saw the row.
        """
        ballots = np.stack([(self.missed & (self.verdict == kind))[:trees].sum(axis=0) for kind in range(10)])
        return np.asarray(np.where(ballots.any(axis=0), ballots.argmax(axis=0), -1), dtype=np.intp)


def _judge(
    forest: RandomForestClassifier, pixels: Array, digit: Rows
) -> tuple[NDArray[np.bool_], Rows, Array, Array]:
    """Fit ``forest``; ``missed``, ``verdict``, ``error`` and ``unjudged`` as :class:`OutOfBag` has them."""
    forest.fit(pixels, digit)
    missed = np.ones((len(forest.estimators_), len(digit)), dtype=bool)
    verdict = np.zeros(missed.shape, dtype=np.intp)
    votes = np.zeros((len(digit), 10))
    error, unjudged = np.empty(len(missed)), np.empty(len(missed))
    for row, (tree, seen) in enumerate(zip(forest.estimators_, forest.estimators_samples_, strict=True)):
        missed[row, seen] = False
        verdict[row] = tree.predict(pixels)
        votes[missed[row], verdict[row, missed[row]]] += 1
        judged = votes.any(axis=1)
        error[row] = (votes[judged].argmax(axis=1) != digit[judged]).mean()
        unjudged[row] = 1 - judged.mean()
    return missed, verdict, error, unjudged


@remembered
def examine(trees: int = 300) -> OutOfBag:
    """Out-of-bag error of a forest on the 1797 digits as trees are added (Breiman 2001, section 3.1)."""
    pixels, digit = load_digits(return_X_y=True)
    missed, verdict, error, unjudged = _judge(RandomForestClassifier(trees, random_state=0), pixels, digit)
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    fresh, alone = (
        1 - float(cross_val_score(model, pixels, digit, cv=folds).mean())
        for model in (RandomForestClassifier(trees, random_state=0), DecisionTreeClassifier(random_state=0))
    )
    return OutOfBag(missed, verdict, digit.astype(np.intp), error, unjudged, fresh, alone)


def digit_pictures(rows: Rows) -> tuple[Array, Rows]:
    """Some of the digits as pictures (m, 8, 8) from 0, paper, to 1, ink, and what they are (m,)."""
    pixels, digit = load_digits(return_X_y=True)
    return pixels[rows].reshape(-1, 8, 8) / 16, digit[rows].astype(np.intp)


# --- Columns that a split may see ---------------------------------------------------------------------------


def draw_columns(splits: int, columns: int, visible: int, seed: int = 0) -> NDArray[np.bool_]:
    """Which of the ``columns`` each of some splits may see (splits, columns): ``visible`` of them, drawn anew."""
    rng = np.random.default_rng(seed)
    may = np.zeros((splits, columns), dtype=bool)
    for row in may:
        row[rng.permutation(columns)[:visible]] = True
    return may


# --- Two trees by hand --------------------------------------------------------------------------------------


def two_errors(alike: bool, size: float = 2.0) -> Array:
    """The equally likely errors (m, 2) of two trees that each err by plus or minus ``size``.

    Independently of each other, or always ``alike``.
    """
    pair = np.array([-size, size])
    if alike:
        return np.column_stack([pair, pair])
    return np.array([[one, other] for one in pair for other in pair])
