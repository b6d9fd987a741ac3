"""Examples by hand against counting and the library."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import by_hand, tree


def test_pairs_that_differ_are_the_gini_impurity() -> None:
    labels = [0, 0, 0, 1]
    unlike = sum(one != other for one, other in product(labels, labels))
    assert by_hand.all_pairs(by_hand.FOUR).sum() == unlike == 6
    assert by_hand.all_pairs(by_hand.FOUR).mean() == tree.gini(by_hand.FOUR) == 0.375


@pytest.mark.parametrize(("row", "gain"), [(0, 0.125), (1, 1 / 6)])
def test_splits_of_eight_are_what_the_library_gains(row: int, gain: float) -> None:
    sides = by_hand.SPLITS[row]
    labels = np.concatenate([np.repeat([0, 1], side) for side in sides])
    values = np.repeat([0.0, 1.0], sides.sum(axis=1))[:, None]
    found = DecisionTreeClassifier(max_depth=1).fit(values, labels).tree_
    weights = found.weighted_n_node_samples / len(labels)
    after = (weights * found.impurity)[1:].sum()
    wrong = (DecisionTreeClassifier(max_depth=1).fit(values, labels).predict(values) != labels).sum()
    assert by_hand.mistakes(sides) == wrong == 2
    assert by_hand.gain(sides) == pytest.approx(gain) == pytest.approx(found.impurity[0] - after)


def test_the_game_takes_its_entropy_in_questions() -> None:
    assert by_hand.questions_asked(by_hand.GAME) == 1.5 == entropy(by_hand.GAME, base=2)
    assert by_hand.questions_asked(np.array([1, 1, 2])) > entropy([1, 1, 2], base=2)


def test_no_split_of_the_corners_gains() -> None:
    points, kinds = by_hand.corners()
    for column in (0, 1):
        assert tree.sweep(points[:, column], kinds).gain == pytest.approx(0)
    assert DecisionTreeClassifier(max_depth=2).fit(points, kinds).score(points, kinds) == 1
