"""Scores of trees that are stopped early, against the library's own cross-validation."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import capped, tree

POINTS, LABELS = tree.bottles()
FOLDS = RepeatedStratifiedKFold(n_splits=10, n_repeats=5, random_state=0)


@pytest.mark.parametrize("criterion", ["gini", "entropy"])
def test_depths_score_as_in_the_library(criterion: str) -> None:
    expected = cross_val_score(
        DecisionTreeClassifier(max_depth=2, criterion=criterion, random_state=0), POINTS, LABELS, cv=FOLDS
    )
    found = capped.score_depths(POINTS, LABELS, (2,), criterion)  # type: ignore[arg-type]
    assert found.mean[0] == pytest.approx(expected.mean())


def test_leaf_sizes_score_as_in_the_library() -> None:
    expected = cross_val_score(
        DecisionTreeClassifier(min_samples_leaf=5, random_state=0), POINTS, LABELS, cv=FOLDS
    )
    assert capped.score_leaf_sizes(POINTS, LABELS, (5,)).mean[0] == pytest.approx(expected.mean())


def test_slivers_hold_all_that_is_wrong_in_small_leaves() -> None:
    found = capped.count_in_slivers(POINTS, LABELS)
    assert found.landed + found.landed_elsewhere == 5 * len(POINTS)
    wrong = found.wrong + found.wrong_elsewhere
    assert 1 - wrong / (5 * len(POINTS)) == pytest.approx(
        float(capped.score_depths(POINTS, LABELS, (30,), "gini").mean[0]), abs=0.002
    )
    assert (found.landed, found.wrong, wrong) == (131, 92, 157)


def test_small_trees_are_judged_on_the_bottles_that_land_in_slivers() -> None:
    small, missed = [], []
    for rest, out in FOLDS.split(POINTS, LABELS):
        grown = tree.grow(POINTS[rest], LABELS[rest])
        sizes = [sum(grown.nodes[grown.way(POINTS[row])[-1]].counts) for row in out]
        small += [size <= capped.SLIVER for size in sizes]
        missed += (tree.grow(POINTS[rest], LABELS[rest], depth=2).judge(POINTS[out]) != LABELS[out]).tolist()
    found = capped.count_in_slivers(POINTS, LABELS)
    assert found.landed == sum(small)
    assert found.wrong_stopped == sum(a and b for a, b in zip(small, missed, strict=True))


def test_folds_are_the_first_ten_of_the_library() -> None:
    expected = cross_val_score(DecisionTreeClassifier(random_state=0), POINTS, LABELS, cv=FOLDS)[:10]
    assert capped.score_folds(POINTS, LABELS) == pytest.approx(expected)


def test_a_sliver_is_a_leaf_of_few_learnt_rows_that_judges_a_held_out_one_wrong() -> None:
    held = tree.hold_out(POINTS, LABELS, 2)
    for sliver in capped.find_slivers(held, POINTS, LABELS):
        assert sliver.row in held.out and not np.isin(sliver.learnt, held.out).any()
        assert sum(held.tree.nodes[sliver.leaf].counts) == len(sliver.learnt) <= capped.SLIVER
        assert held.tree.nodes[sliver.leaf].verdict != LABELS[sliver.row]


def test_guessing_is_the_commonest_class() -> None:
    dummy = DummyClassifier(strategy="most_frequent").fit(POINTS, LABELS)
    assert capped.guessing(LABELS) == dummy.score(POINTS, LABELS)
