"""The tube around the sea's temperature, against its conditions of optimality and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error
from sklearn.preprocessing import OneHotEncoder
from sklearn.svm import SVR

from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm.tube import costs, examples, later_years, lay_tubes, sea_months, straight_tube

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
    assert tubes.support_vectors.sum(axis=1).tolist() == [140, 67, 27]
    assert (np.abs(tubes.overshoot) > 1e-6).sum(axis=1).tolist() == [130, 59, 20]


def test_default_tolerance_stops_one_month_short():
    counts = [
        len(SVR(gamma=0.1, C=10, epsilon=epsilon).fit(MONTHS.month[:, None], MONTHS.temperature).support_)
        for epsilon in EPSILONS
    ]
    exact = lay_tubes(MONTHS.month, MONTHS.temperature, EPSILONS, X).support_vectors.sum(axis=1)
    assert counts == [139, 66, 28]
    assert np.abs(exact - counts).tolist() == [1, 1, 1]


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_only_months_on_the_wall_or_past_it_shape_the_curve(epsilon):
    tubes = lay_tubes(MONTHS.month, MONTHS.temperature, (epsilon,), np.arange(12.0))
    middle = tubes.curve[0][MONTHS.month.astype(int)]
    miss = np.abs(MONTHS.temperature - middle)
    held = tubes.support_vectors[0]
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


def test_on_later_years_the_tube_beats_a_line_and_ties_with_the_monthly_means():
    found = later_years(np.arange(12.0))
    early = MONTHS.year < found.since
    assert early.sum() == (~early).sum() == 120
    month = MONTHS.month[:, None]
    kinds = OneHotEncoder().fit_transform(month)
    for model, table, error in (
        (SVR(gamma=0.1, C=10, epsilon=1.0, tol=1e-9), month, found.tube),
        (LinearRegression(), month, found.line),
        (LinearRegression(fit_intercept=False), kinds, found.means),
    ):
        told = model.fit(table[early], MONTHS.temperature[early]).predict(table[~early])
        assert error == pytest.approx(mean_absolute_error(MONTHS.temperature[~early], told), abs=1e-6)
    assert [f"{error:.2f}" for error in (found.tube, found.means, found.line)] == ["0.69", "0.70", "1.24"]
    assert abs(found.tube - found.means) < 0.02
    np.testing.assert_allclose(np.diff(found.straight), np.diff(found.straight)[0])


def test_the_line_loses_wherever_the_record_is_cut():
    for since in range(1998, 2008):
        found = later_years(np.arange(12.0), since)
        assert found.tube < 0.75 * found.line


def test_no_line_near_the_straight_tube_costs_less():
    flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.VERSICOLOR,)).points
    tube = straight_tube(flowers)

    def cost(slope: float, level: float) -> float:
        miss = flowers[:, 1] - slope * flowers[:, 0] - level
        return slope**2 / 2 + 10 * float(costs(miss, tube.epsilon).sum())

    best = cost(tube.slope, tube.level)
    for turn in (-0.02, 0.0, 0.02):
        for shift in (-0.02, 0.0, 0.02):
            assert best <= cost(tube.slope + turn, tube.level + shift) + 1e-6
    assert (np.abs(tube.over(flowers)) <= 1 + 1e-6).sum() > 40
