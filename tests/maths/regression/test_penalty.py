"""Ridge and lasso: against scikit-learn, the conditions of their least places, and brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.linear_model import Lasso, LinearRegression, Ridge
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scenes.maths.regression import patients, penalty

TABLE = patients.patients()
TARGET = penalty.centred(TABLE)


def test_ridge_is_that_of_scikit_learn_and_solves_copies() -> None:
    np.testing.assert_allclose(
        penalty.ridge(TABLE.features, TARGET, 20.0),
        Ridge(alpha=20.0, fit_intercept=False).fit(TABLE.features, TARGET).coef_,
    )
    x = np.linspace(-1, 1, 9)
    first, second = penalty.ridge(np.column_stack([x, x]), 2 * x, 0.1)
    assert first == pytest.approx(second)


@pytest.mark.parametrize("strength", [1.0, 300.0, 1000.0, 4420.0, 30_000.0])
def test_lasso_meets_the_conditions_of_its_least_place(strength: float) -> None:
    """Where a weight is not zero the slope of the RSS balances λ; where it is, the slope is at most λ."""
    found = penalty.lasso(TABLE.features, TARGET, strength)
    slope = 2 * TABLE.features.T @ (TARGET - TABLE.features @ found)
    kept = found != 0
    np.testing.assert_allclose(slope[kept], strength * np.sign(found[kept]), rtol=1e-6)
    assert (np.abs(slope[~kept]) <= strength + 1e-6).all()
    reference = Lasso(alpha=strength / (2 * len(TARGET)), fit_intercept=False, tol=1e-12, max_iter=1_000_000)
    np.testing.assert_allclose(found, reference.fit(TABLE.features, TARGET).coef_, atol=1e-4)


def test_by_hand_ridge_takes_a_share_and_lasso_an_amount() -> None:
    """Brute force on the RSS of orthonormal features: |b - (3, 0.5)|²."""
    least = np.array(penalty.BY_HAND)
    grid = np.stack(np.meshgrid(np.linspace(-1, 4, 1001), np.linspace(-1, 4, 1001)), axis=-1)
    rss = ((grid - least) ** 2).sum(axis=-1)
    for found, costs in (
        (penalty.ridge_by_hand(1.0), rss + (grid**2).sum(axis=-1)),
        (penalty.lasso_by_hand(2.0), rss + 2 * np.abs(grid).sum(axis=-1)),
    ):
        np.testing.assert_allclose(grid.reshape(-1, 2)[costs.argmin()], found, atol=0.006)
    np.testing.assert_allclose(penalty.ridge_by_hand(1.0), [1.5, 0.25])
    np.testing.assert_allclose(penalty.lasso_by_hand(2.0), [2.0, 0.0])
    assert (penalty.ridge_by_hand(1e4) != 0).all()


def test_contours_touch_the_fence_where_the_penalised_sum_is_least() -> None:
    """Of all weights with no larger size, the touching ones have the smallest RSS."""
    for method, power, strength in (
        (penalty.ridge, 2, 1000.0),
        (penalty.lasso, 1, penalty.half_budget()),
    ):
        found = penalty.pair_fit(method, strength)
        turn = np.linspace(0, 2 * np.pi, 20_001)
        rim = np.column_stack([np.cos(turn), np.sin(turn)])
        rim *= np.linalg.norm(found, power) / np.linalg.norm(rim, power, axis=1, keepdims=True)
        assert penalty.misses(found) <= penalty.misses(rim).min() * (1 + 1e-7)


def test_real_pair() -> None:
    whole, half = penalty.pair_fit(penalty.lasso, 0.0), penalty.pair_fit(penalty.lasso, penalty.half_budget())
    np.testing.assert_allclose(whole, LinearRegression().fit(TABLE.pair(penalty.PAIR), TARGET).coef_)
    assert np.abs(half).sum() == pytest.approx(np.abs(whole).sum() / 2)
    assert half[1] == 0 and (penalty.pair_fit(penalty.ridge, 1000.0) > 1).all()
    found = minimize(lambda b: penalty.misses(b) + 1000 * b @ b, [0.0, 0.0]).x
    np.testing.assert_allclose(found, penalty.pair_fit(penalty.ridge, 1000.0), atol=1e-2)


def test_ridge_keeps_all_ten_and_lasso_lets_go() -> None:
    ridge, lasso = penalty.paths(penalty.LAMBDAS)
    assert (ridge != 0).all()
    counts = (lasso != 0).sum(axis=1)
    assert counts[0] == 10 and counts[-1] == 0
    np.testing.assert_allclose(ridge[-1], 0, atol=0.3)
    third = lasso[:, TABLE.column("s3")] != 0
    assert third[0] and not third.all()
    away = np.flatnonzero(~third)
    assert (third[away[0] :]).any(), "s3 leaves and comes back"


def test_unseen_scores_are_those_of_a_pipeline() -> None:
    model = make_pipeline(StandardScaler(), Ridge(alpha=20.0 * 0.9))
    predicted = cross_val_predict(
        model, TABLE.features, TABLE.target, cv=KFold(10, shuffle=True, random_state=0)
    )
    reference = 1 - ((TABLE.target - predicted) ** 2).sum() / (TARGET @ TARGET)
    assert penalty.unseen("ridge", (20.0,), 1)[0, 0] == pytest.approx(reference, abs=1e-4)


def test_the_penalty_hardly_improves_prediction() -> None:
    """By 0.001 at most over least squares, for either method at its own best λ."""
    plain = penalty.unseen("ridge", (0.0,)).mean()
    for method in ("ridge", "lasso"):
        assert abs(penalty.score_curve(method).max() - plain) < 0.0015
    kept = (penalty.lasso(TABLE.features, TARGET, 4420.0) != 0).sum()
    assert kept == 5


def test_at_one_size_the_touch_has_the_least_rss() -> None:
    """On a circle the penalty is the same, so the RSS decides; by hand, for orthonormal features."""
    least = np.array(penalty.BY_HAND)
    for strength in (0.5, 1.0, 9.0):
        found = penalty.ridge_by_hand(strength)
        turn = np.linspace(0, 2 * np.pi, 3601)
        rim = np.linalg.norm(found) * np.column_stack([np.cos(turn), np.sin(turn)])
        assert ((found - least) ** 2).sum() <= ((rim - least) ** 2).sum(axis=1).min() + 1e-9


def test_the_corner_holds_while_least_squares_move() -> None:
    """With λ = 2 each start (3, y), |y| ≤ 1, ends at (2, 0)."""
    for height in np.linspace(-1, 1, 9):
        np.testing.assert_allclose(penalty.soft(np.array([3.0, height]), 1.0), [2.0, 0.0], atol=1e-12)


def test_within_a_budget_of_two_the_touch_leaves_the_corner_above_one() -> None:
    """Brute force on the rim of the diamond; the touch is the corner as long as the data's second weight is ≤ 1."""
    share = np.linspace(0, 2, 4001)
    rim = np.column_stack([2 - share, share])
    for height in (0.0, 0.5, 1.0, 1.5, 2.0):
        least = np.array([3.0, height])
        nearest = rim[((rim - least) ** 2).sum(axis=1).argmin()]
        np.testing.assert_allclose(penalty.within(least, 2.0), nearest, atol=1e-3)
    np.testing.assert_allclose(penalty.within([0.5, 0.5], 2.0), [0.5, 0.5])


def test_ridge_paths_cross_zero_and_none_stays() -> None:
    ridge = penalty.paths(tuple(float(at) for at in np.geomspace(1, 1e5, 301)))[0]
    crossed = (np.sign(ridge) != np.sign(ridge[0])).any(axis=0)
    assert crossed.sum() >= 2 and (ridge != 0).all()


def test_which_twin_stays_is_unstable() -> None:
    """Pooled over ten seeds of 20 refits; the one that is shown lies between the others."""
    assert penalty.tally() == (15, 3, 2)
    all_of = np.array([penalty.tally(seed) for seed in range(10)])
    assert (all_of.min(axis=0) <= penalty.tally()).all() and (all_of.max(axis=0) >= penalty.tally()).all()
    first, second, both = all_of.mean(axis=0)
    assert 12 < first < 17 and 2 < second < 4 and 1 < both < 3


def test_four_survivors() -> None:
    at, names = penalty.survivors(4)
    assert set(names) == {"bmi", "bp", "s3", "s5"}
    assert (penalty.lasso(TABLE.features, TARGET, at) != 0).sum() == 4
