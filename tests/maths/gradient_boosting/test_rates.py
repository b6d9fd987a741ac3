"""Learning rates: what is told of them holds in each shuffle."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.model_selection import KFold, cross_val_score

from scenes.maths.gradient_boosting import rates


def test_a_large_rate_ends_worse_than_the_mean() -> None:
    found = rates.course(1.0)
    assert (found.unseen[:, -1] > rates.guessing()).all()
    assert (found.best <= 2).all()


def test_small_rates_reach_the_same_with_more_trees() -> None:
    tenth, small = rates.course(0.1), rates.course(0.03)
    assert abs(tenth.least - small.least) < 0.1
    ratio = small.best / tenth.best
    assert (ratio > 3.5).all()
    assert (ratio < 5.2).all()
    assert tenth.least < rates.course(1.0).least - 5


def test_fitted_rows_err_less_with_each_tree() -> None:
    assert (np.diff(rates.course(0.1).fitted, axis=1) < 1e-9).all()


def test_guessing_is_that_of_a_dummy() -> None:
    features, target = rates.patients()
    found = [
        np.sqrt(-cross_val_score(
            DummyRegressor(), features, target, scoring="neg_mean_squared_error",
            cv=KFold(rates.FOLDS, shuffle=True, random_state=seed),
        ).mean())
        for seed in range(rates.SHUFFLES)
    ]  # fmt: skip
    assert rates.guessing() == pytest.approx(np.mean(found))


def test_stopping_is_that_of_scikit_learn() -> None:
    errors = np.array([5, 4, 3, 3.5, 3.2, 2.9, 3.0, 3.1, 3.3, 2.0])
    assert rates.stopped(errors, 3) == (6, 9)
    assert rates.stopped(errors, 4) == (10, 10)
    features, target = rates.patients()
    rest = np.random.default_rng(0).permutation(len(target))
    held, train = rest[:100], rest[100:]
    fit = GradientBoostingRegressor(n_estimators=400, max_depth=2, random_state=0).fit(
        features[train], target[train]
    )
    course = np.array([((target[held] - guess) ** 2).mean() for guess in fit.staged_predict(features[held])])
    best, end = rates.stopped(course, 10)
    assert end == best + 10
    assert course[best - 1] == course[:end].min()


def test_residuals_of_fitted_rows_are_too_small() -> None:
    inside, outside = rates.residuals()
    assert np.sqrt((inside**2).mean()) < 0.85 * np.sqrt((outside**2).mean())
