"""The tube around the sea's temperature, against its conditions of optimality and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import LeaveOneGroupOut, cross_val_score
from sklearn.svm import SVR

from scenes.maths.svm.tube import (
    costs,
    examples,
    lay_tubes,
    monthly_means,
    on_year,
    pull,
    sea_months,
    years_held_back,
)

MONTHS = sea_months()
EPSILONS = (0.5, 1.0, 2.0)
X = np.linspace(0, 11, 111)


def circle(month: np.ndarray) -> np.ndarray:
    """The months on a circle of twelve around."""
    turn = np.exp(2j * np.pi * np.asarray(month) / 12) * 12 / (2 * np.pi)
    return np.column_stack([turn.real, turn.imag])


def near(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The radial kernel between months."""
    chords = np.abs(np.subtract.outer(circle(one) @ [1, 1j], circle(other) @ [1, 1j]))
    return np.asarray(np.exp(-0.1 * chords**2))


def test_record_is_240_months_in_order():
    assert len(MONTHS.temperature) == 240
    assert (MONTHS.year[0], MONTHS.year[-1]) == (1991, 2010)
    assert MONTHS.month[:13].tolist() == [*range(12), 0]
    assert np.isfinite(MONTHS.temperature).all()
    assert (MONTHS.temperature.min(), MONTHS.temperature.max()) == (19.28, 29.24)


def test_tubes_have_the_counts_that_the_conditions_demand():
    tubes = lay_tubes(MONTHS.month, MONTHS.temperature, EPSILONS, X)
    assert tubes.held.sum(axis=1).tolist() == [139, 65, 25]
    assert (np.abs(tubes.overshoot) > 1e-6).sum(axis=1).tolist() == [132, 58, 19]


def test_tubes_are_those_of_an_exact_program():
    """The dual over 240 coefficients and the primal that it makes have one value: no other tube costs less."""
    between = near(MONTHS.month, MONTHS.month)
    for epsilon in EPSILONS:
        model = SVR(gamma=0.1, C=10, epsilon=epsilon, tol=1e-9).fit(circle(MONTHS.month), MONTHS.temperature)
        beta = np.zeros(len(MONTHS.month))
        beta[model.support_] = model.dual_coef_[0]
        half = beta @ between @ beta / 2
        miss = MONTHS.temperature - between @ beta - model.intercept_[0]
        primal = half + 10 * costs(miss, epsilon).sum()
        dual = MONTHS.temperature @ beta - epsilon * np.abs(beta).sum() - half
        assert abs(beta.sum()) < 1e-9
        assert primal - dual < 1e-6 * primal
        held = lay_tubes(MONTHS.month, MONTHS.temperature, (epsilon,), X).held[0]
        assert held[np.abs(beta) > 1e-6].all()
        assert (np.abs(beta[~held]) < 1e-6).all()
        assert (held & (np.abs(beta) < 1e-6)).sum() == 0


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_only_months_on_the_wall_or_past_it_shape_the_curve(epsilon):
    tubes = lay_tubes(MONTHS.month, MONTHS.temperature, (epsilon,), np.arange(12.0))
    middle = tubes.curve[0][MONTHS.month.astype(int)]
    miss = np.abs(MONTHS.temperature - middle)
    held = tubes.held[0]
    assert miss[held].min() >= epsilon - 1e-6
    assert miss[~held].max() <= epsilon + 1e-6
    np.testing.assert_allclose(np.abs(tubes.overshoot[0]), np.maximum(0, miss - epsilon), atol=1e-6)
    assert (np.sign(tubes.overshoot[0]) * (MONTHS.temperature - middle) >= 0).all()
    alone = lay_tubes(MONTHS.month[held], MONTHS.temperature[held], (epsilon,), X).curve
    whole = lay_tubes(MONTHS.month, MONTHS.temperature, (epsilon,), X).curve
    np.testing.assert_allclose(alone, whole, atol=1e-4)


def test_an_error_costs_what_is_beyond_epsilon():
    np.testing.assert_allclose(costs([0.4, -1.0, 1.7, -1.7], 1.0), [0, 0, 0.7, 0.7])
    assert (costs(np.linspace(-0.5, 0.5, 11), 0.5) == 0).all()


def test_examples_lie_inside_on_and_outside_the_tube():
    found = examples()
    assert [f"{example.over:.1f}" for example in found] == ["0.4", "-1.0", "-1.7"]
    model = SVR(gamma=0.1, C=10, epsilon=1.0, tol=1e-9).fit(circle(MONTHS.month), MONTHS.temperature)
    for example in found:
        row = example.row
        error = MONTHS.temperature[row] - model.predict(circle(MONTHS.month[row : row + 1]))[0]
        assert example.over == pytest.approx(error, abs=1e-6)
    held = set(model.support_.tolist())
    assert [example.row in held for example in found] == [False, True, True]


def least_squares(month: np.ndarray, temperature: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Least squares in the radial kernel, by its normal equations."""
    mean = temperature.mean()
    alpha = np.linalg.solve(near(month, month) + np.eye(len(month)) / 20, temperature - mean)
    return np.asarray(near(asked, month) @ alpha + mean)


def test_least_squares_follows_one_reading_all_the_way_and_the_tube_stops():
    """Whichever of the 24 months is moved: its multiplier is at most C, so the tube's middle comes to rest."""
    asked = np.arange(12.0)
    for row in range(24):
        told = pull(row, np.array([29.0, 32.0, 35.0]), asked)
        np.testing.assert_allclose(told.tube[2], told.tube[0], atol=1e-4)
        steps = np.abs(np.diff(told.squares, axis=0)).max(axis=1)
        assert steps.min() > 0.4 and steps[1] == pytest.approx(steps[0])
        read = told.months.temperature.copy()
        read[row] = 35.0
        np.testing.assert_allclose(told.squares[2], least_squares(told.months.month, read, asked), atol=1e-8)
        model = SVR(gamma=0.1, C=10, epsilon=1.0, tol=1e-9).fit(circle(told.months.month), read)
        np.testing.assert_allclose(told.tube[2], model.predict(circle(asked)), atol=1e-6)
        assert model.dual_coef_[0][list(model.support_).index(row)] == pytest.approx(10)


def test_december_meets_january():
    apart = np.linalg.norm(on_year(np.array([0.0])) - on_year(np.array([11.0, 1.0])), axis=1)
    assert apart[0] == pytest.approx(apart[1]) and 0.98 < apart[0] < 1
    ends = lay_tubes(MONTHS.month, MONTHS.temperature, EPSILONS, np.array([0.0, 12.0])).curve
    np.testing.assert_allclose(ends[:, 0], ends[:, 1])


def test_on_years_held_back_the_tube_and_the_monthly_means_are_alike():
    told = years_held_back()
    options = {"groups": MONTHS.year, "cv": LeaveOneGroupOut(), "scoring": "neg_mean_absolute_error"}
    model = SVR(gamma=0.1, C=10, epsilon=1.0, tol=1e-9)
    np.testing.assert_allclose(
        told.tube, -cross_val_score(model, circle(MONTHS.month), MONTHS.temperature, **options), atol=1e-6
    )
    columns = np.eye(12)[MONTHS.month.astype(int)]
    line = LinearRegression(fit_intercept=False)
    np.testing.assert_allclose(told.mean, -cross_val_score(line, columns, MONTHS.temperature, **options))
    np.testing.assert_allclose(monthly_means(MONTHS), line.fit(columns, MONTHS.temperature).coef_)
    assert (f"{told.tube.mean():.2f}", f"{told.mean.mean():.2f}") == ("0.83", "0.85")
    apart = told.tube - told.mean
    assert abs(apart.mean()) < 2 * apart.std(ddof=1) / np.sqrt(len(apart))
