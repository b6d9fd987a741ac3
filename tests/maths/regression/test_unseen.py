"""R² where a line was fitted and where it was not: against scikit-learn and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import KFold, cross_val_predict

from scenes.maths.regression import engel, least_squares, unseen


def noisy(count: int) -> np.ndarray:
    """Incomes of the twelve beside the first ``count`` columns of noise."""
    twelve = engel.twelve()
    noise = np.random.default_rng(unseen.NOISE_SEED).normal(size=(len(twelve), unseen.NOISE))
    return np.column_stack([twelve.income, noise[:, :count]])


def test_the_share_of_fitted_households() -> None:
    all_ = engel.households()
    model = LinearRegression().fit(all_.income[:, None], all_.food)
    assert unseen.fitted_share() == pytest.approx(model.score(all_.income[:, None], all_.food))


def test_the_share_of_unseen_households() -> None:
    all_, found = engel.households(), []
    for seed in range(unseen.SHUFFLES):
        folds = KFold(unseen.FOLDS, shuffle=True, random_state=seed)
        said = cross_val_predict(LinearRegression(), all_.income[:, None], all_.food, cv=folds)
        found.append(r2_score(all_.food, said))
    assert unseen.unseen_share() == pytest.approx((np.mean(found), np.std(found)))


def test_noise_never_raises_the_rss_and_adjusted_r_squared_charges_for_it() -> None:
    """With no column of noise the sum is that of the line by itself."""
    twelve, sums = engel.twelve(), unseen.with_noise()
    assert sums[0] == pytest.approx(
        least_squares.rss(twelve.income, twelve.food, least_squares.fit(twelve.income, twelve.food))
    )
    assert (np.diff(sums) <= 0).all()
    for count in range(unseen.NOISE + 1):
        fitted = sm.OLS(twelve.food, sm.add_constant(noisy(count))).fit()
        assert sums[count] == pytest.approx(fitted.ssr)
        assert unseen.adjusted(count) == pytest.approx(fitted.rsquared_adj)
