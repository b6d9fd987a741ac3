"""Impurity importance: held to scikit-learn and to brute force."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from scenes.maths.feature_importance import impurity
from scenes.maths.feature_importance.patients import COIN, TICKET, grown, split


def test_the_tree_by_hand_is_one_of_scikit_learn() -> None:
    rows = np.array([[0, 0]] * 2 + [[0, 1]] * 2 + [[1, 0]] + [[1, 1]] * 5, dtype=float)
    ill = np.array([1] * 5 + [0] * 5)
    tree = DecisionTreeClassifier(random_state=0).fit(rows, ill)
    credit = tree.tree_.compute_feature_importances(normalize=False)
    np.testing.assert_allclose(credit, impurity.by_hand())
    np.testing.assert_allclose(impurity.by_hand() / impurity.by_hand().sum(), [2 / 3, 1 / 3])


def test_gini_is_the_chance_that_two_draws_differ() -> None:
    for counts in impurity.HAND:
        labels = np.repeat([0, 1], counts)
        assert impurity.gini(counts) == pytest.approx((labels[:, None] != labels[None, :]).mean())


def test_children_have_to_be_the_rows_of_their_parent() -> None:
    with pytest.raises(ValueError, match="are not the rows"):
        impurity.decrease((5, 5), (4, 0), (2, 5))


def test_importance_of_trees_is_scikit_learns() -> None:
    forest = grown(split(0))
    for tree in forest.estimators_[:5]:
        np.testing.assert_allclose(impurity.of_tree(tree), tree.feature_importances_)
    mean = np.mean([impurity.of_tree(tree) for tree in forest.estimators_], axis=0)
    np.testing.assert_allclose(mean, forest.feature_importances_)


def test_the_best_cut_is_that_of_a_stump() -> None:
    parts = split(3)
    for column in range(parts.seen.shape[1]):
        x, y = parts.seen[:, column], parts.seen_y
        stump = DecisionTreeRegressor(max_depth=1).fit(x[:, None], y)
        assert impurity.best_cut(x, y) == pytest.approx(stump.score(x[:, None], y))


def test_a_ticket_has_many_places_to_cut_and_a_coin_one() -> None:
    parts = split(0)
    assert impurity.cuts(parts.seen[:, TICKET]) == len(parts.seen) - 1
    assert impurity.cuts(parts.seen[:, COIN]) == 1
    assert impurity.best_cut(np.ones(5), np.arange(5.0)) == 0


def test_more_places_are_luckier() -> None:
    ticket, coin = impurity.lucky().T
    assert ticket.mean() > 4 * coin.mean()
    assert (ticket > coin).mean() > 0.9
    six_ticket, six_coin = impurity.six_at_random().T
    assert six_ticket.mean() > 2 * six_coin.mean()


def test_the_forests_importance_grows_tree_by_tree() -> None:
    forest, running = grown(split(0)), impurity.running()
    np.testing.assert_allclose(running[0], forest.estimators_[0].feature_importances_)
    np.testing.assert_allclose(running[-1], forest.feature_importances_)
    np.testing.assert_allclose(running.sum(axis=1), 1)
