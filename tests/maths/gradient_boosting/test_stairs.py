"""Staircases: the same as scikit-learn's, step by step."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.gradient_boosting import stairs


@pytest.mark.parametrize("rate", [1.0, 0.5])
def test_four_points_as_scikit_learn_boosts_them(rate: float) -> None:
    fit = GradientBoostingRegressor(n_estimators=3, learning_rate=rate, max_depth=1)
    fit.fit(stairs.HAND_X[:, None], stairs.HAND_Y)
    found = stairs.by_hand(rate)
    for steps, told in enumerate(fit.staged_predict(stairs.HAND_X[:, None]), 1):
        np.testing.assert_allclose(found.at(stairs.HAND_X, steps), told)


def test_by_hand_numbers() -> None:
    found = stairs.by_hand()
    np.testing.assert_allclose(found.at(stairs.HAND_X), [3, 7, 15, 15])
    np.testing.assert_allclose(stairs.hand_errors(), [30, 5, 2, 1])
    assert [each.cut for each in found.stumps] == [2.5, 1.5, 2.5]


def test_the_year_is_scikit_learns() -> None:
    data = stairs.sea()
    fit = GradientBoostingRegressor(n_estimators=stairs.STEPS, learning_rate=1.0, max_depth=1)
    fit.fit(data.month[:, None], data.warmth)
    np.testing.assert_allclose(stairs.year().at(data.month), fit.predict(data.month[:, None]))
    assert stairs.errors()[-1] == pytest.approx(1.32562, abs=1e-5)


def test_a_step_says_the_mean_residual_of_its_side() -> None:
    data = stairs.sea()
    rest = data.warmth - data.warmth.mean()
    tree = DecisionTreeRegressor(max_depth=1).fit(data.month[:, None], rest)
    stump = stairs.best_stump(data.month, rest)
    np.testing.assert_allclose(stump.at(data.month), tree.predict(data.month[:, None]))
    assert stairs.errors_of_cuts().min() == pytest.approx(stairs.errors()[1])


def test_each_step_lowers_the_error_on_the_fitted_years() -> None:
    assert (np.diff(stairs.errors()) < 0).all()


def test_a_forest_hardly_misses_a_tree_and_stairs_miss_the_first() -> None:
    data = stairs.sea()
    boosted, averaged = stairs.torn()
    whole = stairs.errors()[-1]
    assert boosted[0] > 3 * whole
    base = stairs.error(data.warmth, stairs.forest().mean(axis=0)[data.month.astype(int)])
    assert np.abs(averaged - base).max() < 0.001 * base
    trees = RandomForestRegressor(stairs.FOREST, random_state=0).fit(data.month[:, None], data.warmth)
    np.testing.assert_allclose(
        trees.predict(np.arange(12.0)[:, None]), stairs.forest().mean(axis=0), atol=0.15
    )


def test_twelve_stumps_come_near_the_months_on_unseen_years() -> None:
    found = stairs.unseen()
    assert (found.twelve < found.one).all()
    assert (found.one < found.mean).all()
    assert (found.months < found.twelve).all()


def test_a_rate_is_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        stairs.boost(stairs.HAND_X, stairs.HAND_Y, 1, 0.0)
