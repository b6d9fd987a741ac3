"""Scores of trees that are stopped early, against the library's own cross-validation."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import capped, tree

POINTS, LABELS = tree.bottles()
FOLDS = RepeatedStratifiedKFold(n_splits=10, n_repeats=20, random_state=0)


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
