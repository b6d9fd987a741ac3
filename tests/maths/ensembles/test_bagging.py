"""Bagging and the floor of an average, against simulations and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.ensembles import bagging


def test_a_full_grown_tree_repeats_its_points() -> None:
    x, y = bagging.draw(3)
    tree = DecisionTreeRegressor(random_state=3).fit(x[:, None], y)
    assert tree.predict(x[:, None]) == pytest.approx(y)
    assert bagging.single()[3] == pytest.approx(tree.predict(bagging.FINE[:, None]))


def test_a_bootstrap_tree_sees_its_rows_alone() -> None:
    x, y = bagging.draw(5)
    rows = bagging.resampled(5)[7]
    tree = DecisionTreeRegressor(random_state=7).fit(x[rows, None], y[rows])
    assert bagging.copies(5)[7] == pytest.approx(tree.predict(bagging.FINE[:, None]))


def test_error_to_the_truth_is_bias_squared_plus_variance() -> None:
    found = bagging.spread()
    fits = bagging.single()[:, :: bagging.EACH]
    error = ((fits - bagging.wave(bagging.FINE[:: bagging.EACH])) ** 2).mean()
    assert found.bias + found.variance == pytest.approx(error)


def test_variance_follows_the_law_of_the_floor() -> None:
    found = bagging.spread()
    assert found.variances[-1] == pytest.approx(found.predicted(bagging.TREES))
    for count, variance in zip(bagging.SIZES, found.variances, strict=True):
        assert variance == pytest.approx(found.predicted(count), rel=0.03)


def test_bias_is_hardly_touched() -> None:
    found = bagging.spread()
    assert abs(found.bias - found.bagged_bias) < 0.01 * found.variance


def test_the_floor_by_simulation() -> None:
    rng = np.random.default_rng(0)
    shared, own = rng.normal(size=(200_000, 1)), rng.normal(size=(200_000, 10))
    trees = np.sqrt(0.5) * shared + np.sqrt(0.5) * own
    assert trees.mean(axis=1).var() == pytest.approx(0.55, rel=0.02)


def test_rows_left_out() -> None:
    rng = np.random.default_rng(0)
    seen = [len(np.unique(rng.integers(0, 60, 60))) for _ in range(5000)]
    assert bagging.left_out(60) == pytest.approx(1 - np.mean(seen) / 60, rel=0.02)
    assert bagging.left_out(10_000) == pytest.approx(np.exp(-1), rel=1e-3)


def test_two_trees_of_one_data_set_err_alike() -> None:
    pairs = bagging.pair_errors()
    assert np.corrcoef(pairs.T)[0, 1] == pytest.approx(bagging.spread().correlation, abs=0.05)
