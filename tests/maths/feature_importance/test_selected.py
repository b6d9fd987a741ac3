"""Three ways to choose columns: held to scikit-learn and to numpy."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_selection import RFE, r_regression

from scenes.maths.feature_importance import selected


def test_a_filter_is_the_correlation_of_each_column_alone() -> None:
    columns, progress = selected.train()
    np.testing.assert_allclose(selected.filtered(), np.abs(r_regression(columns, progress)))


def test_recursive_elimination_is_scikit_learns() -> None:
    columns, progress = selected.train()
    forest = RandomForestRegressor(60, min_samples_leaf=3, random_state=0)
    theirs = RFE(forest, n_features_to_select=25).fit(columns, progress)
    assert set(np.flatnonzero(~theirs.support_)) == set(selected.eliminated()[:5].astype(int))
    assert sorted(selected.eliminated().astype(int)) == list(range(30))


def test_the_lasso_keeps_some_columns_and_drops_others() -> None:
    kept = selected.embedded() > 0
    assert 2 <= kept.sum() < 30
    assert kept[[2, 8]].all()  # body mass and s5
