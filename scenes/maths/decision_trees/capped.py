"""Trees that are stopped early, and trees that are not: how they do on bottles that they have not seen.

All scores are of the same folds: ten, shuffled and stratified, five times over.
Source: Breiman et al., CART (1984), sections 3.4 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from sklearn.model_selection import RepeatedStratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import tree
from scenes.maths.decision_trees.tree import FOLDS, REPEATS, Array, Rows
from scenes.maths.shared.memo import remembered

SLIVER: Final = 2
"""Bottles, at most, in a leaf that is called a sliver."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """Accuracy ``mean`` (m,) at m settings on rows not seen, and ``error`` (m,), the standard error of ten folds."""

    mean: Array
    error: Array


def _score(models: list[DecisionTreeClassifier], points: Array, labels: Rows) -> Unseen:
    parts = list(
        RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=0).split(points, labels)
    )
    each = np.array(
        [[model.fit(points[a], labels[a]).score(points[b], labels[b]) for a, b in parts] for model in models]
    )
    spread = each.reshape(len(models), REPEATS, FOLDS).std(axis=2, ddof=1).mean(axis=1)
    return Unseen(each.mean(axis=1), spread / np.sqrt(FOLDS))


@remembered
def score_depths(
    points: Array, labels: Rows, depths: tuple[int, ...], criterion: Literal["gini", "entropy"]
) -> Unseen:
    """Of trees of at most each of ``depths`` that split by ``criterion``."""
    return _score(
        [DecisionTreeClassifier(max_depth=each, criterion=criterion, random_state=0) for each in depths],
        points,
        labels,
    )


@remembered
def score_leaf_sizes(points: Array, labels: Rows, sizes: tuple[int, ...]) -> Unseen:
    """Of trees whose leaves hold at least each of ``sizes`` rows."""
    return _score(
        [DecisionTreeClassifier(min_samples_leaf=each, random_state=0) for each in sizes], points, labels
    )


@dataclass(frozen=True, slots=True)
class Slivers:
    """Verdicts on held-out rows of all folds by the size of the leaf that gives them: how many, how many of them wrong.

    Each row is judged once a round: ``rows`` of them make the ``landed`` verdicts of small leaves. ``wrong_stopped``:
    how many of these verdicts a tree of few levels has wrong.
    """

    landed: int
    wrong: int
    landed_elsewhere: int
    wrong_elsewhere: int
    wrong_stopped: int
    rows: int


@remembered
def count_in_slivers(points: Array, labels: Rows, most: int = SLIVER, depth: int = 2) -> Slivers:
    """Full trees of all folds, judged on their held-out rows: leaves of at most ``most`` rows against the others.

    Trees of at most ``depth`` levels, on the same rows, are the baseline.
    """
    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=0)
    small, wrong, wrong_stopped, judged = [], [], [], []
    for rest, out in folds.split(points, labels):
        model = DecisionTreeClassifier(random_state=0).fit(points[rest], labels[rest])
        small.append(model.tree_.n_node_samples[model.apply(points[out])] <= most)
        wrong.append(model.predict(points[out]) != labels[out])
        stopped = DecisionTreeClassifier(max_depth=depth, random_state=0).fit(points[rest], labels[rest])
        wrong_stopped.append(stopped.predict(points[out]) != labels[out])
        judged.append(out)
    tiny, missed, baseline = (np.concatenate(each) for each in (small, wrong, wrong_stopped))
    return Slivers(
        int(tiny.sum()),
        int((tiny & missed).sum()),
        int((~tiny).sum()),
        int((~tiny & missed).sum()),
        int((tiny & baseline).sum()),
        len(np.unique(np.concatenate(judged)[tiny])),
    )


def guessing(labels: Rows) -> float:
    """Accuracy of who names the commonest class each time."""
    return float(tree.tally(labels, int(labels.max()) + 1).max() / len(labels))


@remembered
def score_folds(points: Array, labels: Rows) -> Array:
    """Accuracy (10,) of full trees on the held-out tenth, in the first of the five rounds."""
    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=0)
    parts = list(folds.split(points, labels))[:FOLDS]
    return np.array(
        [
            DecisionTreeClassifier(random_state=0).fit(points[a], labels[a]).score(points[b], labels[b])
            for a, b in parts
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
