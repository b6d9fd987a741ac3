"""The tube around the sea's temperature, against its conditions of optimality and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error
from sklearn.svm import SVR

from scenes.maths.svm.tube import (
    STUCK,
    costs,
    examples,
    later_years,
    lay_tubes,
    sea_months,
    spoil,
    stuck_rows,
)

MONTHS = sea_months()
EPSILONS = (0.5, 1.0, 2.0)
X = np.linspace(0, 11, 111)


def test_record_is_240_months_in_order():
    assert len(MONTHS.temperature) == 240
    assert (MONTHS.year[0], MONTHS.year[-1]) == (1991, 2010)
    assert MONTHS.month[:13].tolist() == [*range(12), 0]
    assert np.isfinite(MONTHS.temperature).all()
    assert (MONTHS.temperature.min(), MONTHS.temperature.max()) == (19.28, 29.24)


def test_tubes_have_the_counts_that_the_conditions_demand():
    tubes = lay_tubes(MONTHS.month, MONTHS.temperature, EPSILONS, X)
    assert tubes.held.sum(axis=1).tolist() == [141, 67, 27]
    assert (np.abs(tubes.overshoot) > 1e-6).sum(axis=1).tolist() == [130, 59, 20]


def test_tubes_are_those_of_an_exact_program():
    """The dual over 240 coefficients and the primal that it makes have one value: no other tube costs less."""
    between = np.exp(-0.1 * np.subtract.outer(MONTHS.month, MONTHS.month) ** 2)
    for epsilon in EPSILONS:
        model = SVR(gamma=0.1, C=10, epsilon=epsilon, tol=1e-9).fit(MONTHS.month[:, None], MONTHS.temperature)
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
        assert (held & (np.abs(beta) < 1e-6)).sum() == (1 if epsilon == 0.5 else 0)


def test_default_tolerance_stops_one_month_short():
    counts = [
        len(SVR(gamma=0.1, C=10, epsilon=epsilon).fit(MONTHS.month[:, None], MONTHS.temperature).support_)
        for epsilon in EPSILONS
    ]
    exact = lay_tubes(MONTHS.month, MONTHS.temperature, EPSILONS, X).held.sum(axis=1)
    assert counts == [139, 66, 28]
    assert np.abs(exact - counts).tolist() == [2, 1, 1]


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
    model = SVR(gamma=0.1, C=10, epsilon=1.0, tol=1e-9).fit(MONTHS.month[:, None], MONTHS.temperature)
    for example in found:
        row = example.row
        error = MONTHS.temperature[row] - model.predict([[MONTHS.month[row]]])[0]
        assert example.over == pytest.approx(error, abs=1e-6)
    held = set(model.support_.tolist())
    assert [example.row in held for example in found] == [False, True, True]


def least_squares(month: np.ndarray, temperature: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Least squares in the radial kernel, by its normal equations."""
    between = np.exp(-0.1 * np.subtract.outer(month, month) ** 2)
    mean = temperature.mean()
    alpha = np.linalg.solve(between + np.eye(len(month)) / 20, temperature - mean)
    return np.asarray(np.exp(-0.1 * np.subtract.outer(asked, month) ** 2) @ alpha + mean)


def judged(stuck: list[int]) -> tuple[float, float]:
    """The errors of tube and least squares on the later years, by scikit-learn and by hand."""
    early = MONTHS.year < 2001
    read = MONTHS.temperature.copy()
    read[stuck] = 29.0
    month, temperature, asked = MONTHS.month[early], read[early], MONTHS.month[~early]
    model = SVR(gamma=0.1, C=10, epsilon=1.0, tol=1e-9).fit(month[:, None], temperature)
    truth = MONTHS.temperature[~early]
    return (
        mean_absolute_error(truth, model.predict(asked[:, None])),
        mean_absolute_error(truth, least_squares(month, temperature, asked)),
    )


def test_on_later_years_the_tube_ties_with_least_squares_until_readings_stick():
    assert (MONTHS.year < 2001).sum() == (MONTHS.year >= 2001).sum() == 120
    early = MONTHS.year < 2001
    for stuck, shown in (([], ["0.69", "0.70", "0.65"]), (stuck_rows()[0].tolist(), None)):
        found = later_years(np.arange(12.0), stuck=stuck)
        np.testing.assert_allclose((found.tube, found.squares), judged(stuck), atol=1e-6)
        read = np.where(np.isin(np.arange(120), stuck), STUCK, MONTHS.temperature[:120])
        typical = [np.median(read[MONTHS.month[early] == month]) for month in range(12)]
        told = np.abs(np.take(typical, MONTHS.month[~early].astype(int)) - MONTHS.temperature[~early]).mean()
        assert found.medians == pytest.approx(told)
        errors = [f"{error:.2f}" for error in (found.tube, found.squares, found.medians)]
        assert shown is None or errors == shown
        assert found.guess > 1.5
        np.testing.assert_allclose(
            found.curve, least_squares(MONTHS.month[early], read, np.arange(12.0)), atol=1e-8
        )


def test_stuck_readings_are_drawn_from_all_early_months():
    draws = stuck_rows()
    assert draws.shape == (100, 10)
    assert all(len(set(rows.tolist())) == 10 for rows in draws)
    assert (MONTHS.year[draws] < 2001).all()
    assert set(MONTHS.month[draws].ravel()) == set(range(12))


def test_wherever_readings_stick_least_squares_suffers_more():
    told = spoil(np.arange(12.0))
    assert (told.tube + 0.05 < told.squares).all()
    means = [each.mean() for each in (told.squares, told.tube, told.medians)]
    assert [f"{error:.2f}" for error in means] == ["0.96", "0.74", "0.70"]
    assert told.squares.std() / 10 < 0.01
