"""The worked example, against scipy's differences and against scikit-learn's step of stochastic gradient descent."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from sklearn.linear_model import SGDRegressor

from scenes.maths.calculus_optimization import chain

LINE = chain.Line()


def test_slopes_are_what_differences_measure() -> None:
    def loss(p: np.ndarray) -> float:
        return float((p[0] * LINE.x + p[1] - LINE.y) ** 2)

    measured = approx_fprime(np.array([LINE.w, LINE.b]), loss, 1e-7)
    np.testing.assert_allclose([LINE.slope_w, LINE.slope_b], measured, rtol=1e-5)
    assert LINE.measured() == pytest.approx(LINE.slope_w)


def test_a_step_is_that_of_scikit_learn() -> None:
    # Its squared error is half of ours, so its rate is twice ours.
    model = SGDRegressor(learning_rate="constant", eta0=2 * LINE.rate, penalty=None, shuffle=False)
    model.coef_, model.intercept_ = np.array([LINE.w]), np.array([LINE.b])
    model.partial_fit(np.array([[LINE.x]]), np.array([LINE.y]))
    after = LINE.stepped()
    assert (after.w, after.b) == pytest.approx((model.coef_[0], model.intercept_[0]))
    assert after.loss < LINE.loss


def test_all_numbers_of_the_example_differ() -> None:
    shown = [LINE.x, LINE.w, LINE.b, LINE.y, LINE.product, LINE.prediction, LINE.error, LINE.loss]
    shown += [LINE.shared, LINE.slope_w]
    assert len(set(shown)) == len(shown)
