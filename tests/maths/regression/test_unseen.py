"""R² where a line was fitted and where it was not: against scikit-learn and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import LeaveOneOut, cross_val_predict

from scenes.maths.regression import engel, least_squares, unseen


def noisy(count: int) -> np.ndarray:
    """Incomes of the twelve beside the first ``count`` columns of noise."""
    twelve = engel.twelve()
    noise = np.random.default_rng(unseen.NOISE_SEED).normal(size=(len(twelve), unseen.NOISE))
    return np.column_stack([twelve.income, noise[:, :count]])


def test_noise_raises_the_fitted_share_and_lowers_the_unseen_one() -> None:
    """Each family is predicted by a refit to the eleven others."""
    food = engel.twelve().food
    fitted, left_out = unseen.fitted_shares(), unseen.unseen_shares()
    for count in range(unseen.NOISE + 1):
        columns = noisy(count)
        said = cross_val_predict(LinearRegression(), columns, food, cv=LeaveOneOut())
        assert left_out[count] == pytest.approx(r2_score(food, said))
        assert fitted[count] == pytest.approx(LinearRegression().fit(columns, food).score(columns, food))
    assert (np.diff(fitted) > 0).all() and (np.diff(left_out) < 0).all()


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
