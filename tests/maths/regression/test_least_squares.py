"""Least squares with one feature holds against numpy, scikit-learn, statsmodels and sums by hand."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import approx_fprime, minimize
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_predict

from scenes.maths.regression import engel
from scenes.maths.regression import least_squares as ls

ALL = engel.households()
TWELVE = engel.twelve()
X, Y = TWELVE.income, TWELVE.food
DATA = [(X, Y), (ALL.income, ALL.food), (ls.HAND_X, ls.HAND_Y)]


def test_households_are_those_of_statsmodels() -> None:
    table = sm.datasets.engel.load_pandas().data
    np.testing.assert_allclose(ALL.points, table[["income", "foodexp"]].to_numpy())
    assert len(ALL) == 235


def test_the_twelve_are_households() -> None:
    assert len(TWELVE) == engel.COUNT
    assert all(any(np.allclose(100 * point, other) for other in ALL.points) for point in TWELVE.points)


def test_the_seed_is_tenth_of_twenty() -> None:
    shares = [ls.r_squared(s.income, s.food, ls.fit(s.income, s.food)) for s in map(engel.twelve, range(20))]
    assert sum(share > shares[engel.SEED] for share in shares) == 9


@pytest.mark.parametrize(("x", "y"), DATA)
def test_the_fit_is_that_of_others(x: np.ndarray, y: np.ndarray) -> None:
    b = ls.fit(x, y)
    np.testing.assert_allclose(b, np.linalg.lstsq(ls.design(x), y, rcond=None)[0], rtol=1e-8)
    model = LinearRegression().fit(x[:, None], y)
    np.testing.assert_allclose(b, [model.intercept_, model.coef_[0]], rtol=1e-8)
    assert ls.r_squared(x, y, b) == pytest.approx(model.score(x[:, None], y))


@pytest.mark.parametrize(("x", "y"), DATA)
def test_residuals_stand_at_right_angles(x: np.ndarray, y: np.ndarray) -> None:
    left = ls.residuals(x, y, ls.fit(x, y))
    np.testing.assert_allclose(ls.design(x).T @ left / (np.abs(x).max() * np.abs(y).max()), 0, atol=1e-10)


def test_no_other_line_has_a_smaller_sum() -> None:
    least = ls.rss(X, Y, ls.fit(X, Y))
    rng = np.random.default_rng(0)
    assert all(ls.rss(X, Y, ls.fit(X, Y) + rng.normal(0, 0.3, 2)) > least for _ in range(500))
    found = minimize(lambda b: ls.rss(X, Y, b), [0.0, 0.0])
    assert found.fun == pytest.approx(least)


def test_the_sum_is_convex() -> None:
    """Between two lines the sum lies below the straight way between their sums."""
    rng = np.random.default_rng(1)
    for _ in range(200):
        one, other = rng.normal(0, 2, (2, 2))
        share = rng.uniform()
        between = ls.rss(X, Y, share * one + (1 - share) * other)
        assert between <= share * ls.rss(X, Y, one) + (1 - share) * ls.rss(X, Y, other) + 1e-9


def test_by_hand() -> None:
    assert ls.fit(ls.HAND_X, ls.HAND_Y) == pytest.approx([0.5, 0.75])
    np.testing.assert_allclose(ls.residuals(ls.HAND_X, ls.HAND_Y, [0.5, 0.75]), [-0.5, 1, -0.5])
    assert ls.rss(ls.HAND_X, ls.HAND_Y, [2, 0]) == pytest.approx(4 + 1 + 1)
    assert ls.rss(ls.HAND_X, ls.HAND_Y, [0.5, 0.75]) == pytest.approx(0.25 + 1 + 0.25)
    assert ls.r_squared(ls.HAND_X, ls.HAND_Y, [0.5, 0.75]) == pytest.approx(0.75)
    matrix = ls.design(ls.HAND_X)
    np.testing.assert_allclose(matrix.T @ matrix, [[3, 6], [6, 20]])
    np.testing.assert_allclose(matrix.T @ ls.HAND_Y, [6, 18])
    assert ls.flat(ls.HAND_Y) == pytest.approx([2, 0])


def test_a_gap_twice_as_long_costs_four_times() -> None:
    one, two = ls.rss([0], [1], [0, 0]), ls.rss([0], [2], [0, 0])
    assert two == 4 * one


def test_a_feature_that_never_changes_is_refused() -> None:
    with pytest.raises(ValueError, match="never changes"):
        ls.fit([1.0, 1.0], [2.0, 3.0])


def test_a_line_through_the_mean_point() -> None:
    for slope in (-1.0, 0.3):
        b = ls.through_mean(X, Y, slope)
        assert ls.predicted(X.mean(), b) == pytest.approx(Y.mean())
        assert ls.residuals(X, Y, b).sum() == pytest.approx(0)
    best = ls.fit(X, Y)
    np.testing.assert_allclose(ls.through_mean(X, Y, best[1]), best)


def test_the_gradient_is_that_of_differences() -> None:
    at = np.array([0.4, 0.9])
    slope = approx_fprime(at, lambda b: ls.rss(X, Y, b) / (2 * len(X)))
    np.testing.assert_allclose(ls.gradient(X, Y, at), slope, rtol=1e-4)


def test_descent_by_hand_and_to_the_same_line() -> None:
    walk = ls.descend(ls.HAND_X, ls.HAND_Y, 0.1, 200)
    np.testing.assert_allclose(-ls.gradient(ls.HAND_X, ls.HAND_Y, [0, 0]), [2, 6])
    np.testing.assert_allclose(walk[1], [0.2, 0.6])
    np.testing.assert_allclose(walk[2], [0.26, 0.76], atol=1e-9)
    np.testing.assert_allclose(walk[-1], ls.fit(ls.HAND_X, ls.HAND_Y), atol=2e-4)


@pytest.mark.parametrize("x", [ls.HAND_X, X])
def test_above_the_largest_rate_the_steps_diverge(x: np.ndarray) -> None:
    y = Y if x is X else ls.HAND_Y
    limit, best = ls.largest_rate(x), ls.fit(x, y)
    below, above = (
        ls.descend(x, y, share * limit, 3000, best + np.array([0.1, 0.1])) for share in (0.97, 1.03)
    )
    assert np.linalg.norm(below[-1] - best) < 0.1 * np.linalg.norm(below[0] - best) or x is X
    assert ls.rss(x, y, below[-1]) < ls.rss(x, y, below[0])
    assert ls.rss(x, y, above[-1]) > 1e3 * ls.rss(x, y, above[0])


def test_standardised_feature_makes_a_round_bowl() -> None:
    z = ls.standardised(X)
    assert (z.mean(), z.std()) == (pytest.approx(0, abs=1e-12), pytest.approx(1))
    np.testing.assert_allclose(ls.curvatures(z), [1, 1])


def test_lengths_and_angles_stay() -> None:
    rng = np.random.default_rng(2)
    given = rng.normal(size=(4, 3))
    turned = ls.in_plane_of_predictions(given)
    np.testing.assert_allclose(turned @ turned.T, given @ given.T)
    predictions = np.array([[1, 1, 1], [0, 2, 4], [0.5, 2, 3.5]])
    assert ls.in_plane_of_predictions(predictions)[:, 2] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("x", "y"), DATA[:2])
def test_standard_errors_are_those_of_statsmodels(x: np.ndarray, y: np.ndarray) -> None:
    model = sm.OLS(y, sm.add_constant(x)).fit()
    assert ls.usual_error(x, y) == pytest.approx(model.bse[1])
    assert ls.robust_error(x, y) == pytest.approx(model.get_robustcov_results("HC1").bse[1])


def test_the_bootstrap_agrees_with_the_robust_error() -> None:
    robust = ls.robust_error(ALL.income, ALL.food)
    for seed in range(3):
        assert ls.refitted_slopes(ALL.income, ALL.food, 800, seed).std() == pytest.approx(robust, rel=0.08)


def test_spreads_grow_by_income_but_not_on_the_log_scale() -> None:
    wide = ls.spreads(ALL.income, ls.residuals(ALL.income, ALL.food, ls.fit(ALL.income, ALL.food)))
    assert np.all(np.diff(wide) > 0)
    x, y = np.log(ALL.income), np.log(ALL.food)
    even = ls.spreads(x, ls.residuals(x, y, ls.fit(x, y)))
    assert wide[-1] / wide[0] > 4
    assert even.max() / even.min() < 1.4


@pytest.mark.parametrize("seed", range(3))
def test_unseen_r_squared_is_that_of_scikit_learn(seed: int) -> None:
    folds = KFold(10, shuffle=True, random_state=seed)
    said = cross_val_predict(LinearRegression(), ALL.income[:, None], ALL.food, cv=folds)
    expected = 1 - ((ALL.food - said) ** 2).sum() / ((ALL.food - ALL.food.mean()) ** 2).sum()
    assert ls.unseen_r_squared(ALL.income, ALL.food, 10, seed) == pytest.approx(expected)


def test_another_feature_never_lowers_r_squared_where_it_was_fitted() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        noise = rng.normal(size=(len(X), 1))
        fewer = LinearRegression().fit(X[:, None], Y).score(X[:, None], Y)
        more = np.column_stack([X, noise])
        assert LinearRegression().fit(more, Y).score(more, Y) >= fewer - 1e-12


def test_r_squared_can_fall_below_zero() -> None:
    """A line fitted elsewhere may be worse than the mean."""
    assert ls.r_squared(ls.HAND_X, ls.HAND_Y, [3.0, -0.75]) < 0
