"""Slopes, against sympy-free references: closed forms, scipy and brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.differentiate import derivative

from scenes.maths.calculus_optimization import slope
from scenes.maths.calculus_optimization.landscape import VALLEY_MINIMUM, VALLEY_START, valley, valley_gradient


def test_the_hill_has_the_slope_that_scipy_measures() -> None:
    x = np.linspace(-3, 5, 33)
    np.testing.assert_allclose(slope.hill_slope(x), derivative(slope.hill, x).df, atol=1e-8)
    assert slope.hill_slope(slope.HERE) == pytest.approx(-0.332, abs=5e-4)


@pytest.mark.parametrize("h", [1.0, 0.1, 0.01, -0.3])
def test_rise_over_run_of_a_square_is_two_x_and_the_run(h: float) -> None:
    assert slope.quotient(slope.square, slope.Square().at, h) == pytest.approx(slope.Square().slope + h)


def test_the_walk_by_hand_is_the_closed_form() -> None:
    by_hand = slope.Square()
    assert by_hand.walk() == pytest.approx(by_hand.start * (1 - 2 * by_hand.rate) ** np.arange(4))


def test_no_run_has_no_slope() -> None:
    with pytest.raises(ValueError, match="needs a run"):
        slope.quotient(slope.square, 3.0, 0.0)


def test_a_corner_has_two_slopes() -> None:
    assert slope.quotient(np.abs, 0.0, 1e-9) == 1.0
    assert slope.quotient(np.abs, 0.0, -1e-9) == -1.0


def test_the_gap_to_the_tangent_shrinks_with_the_window() -> None:
    assert [slope.gap(h) for h in (1.0, 0.1, 0.01)] == pytest.approx([1.49, 0.16, 0.016], rel=0.03)
    bend = abs(-4 * np.sin(2 * slope.HERE) + 0.5)
    assert slope.gap(1e-4) == pytest.approx(bend * 1e-4 / 2, rel=1e-3)


def test_slopes_by_direction_are_those_that_steps_measure() -> None:
    point = np.array(VALLEY_START)
    gradient = valley_gradient(point)
    start = np.arctan2(gradient[1], gradient[0])
    for degrees in np.arange(0.0, 360.0, 15.0):
        turn = start + np.radians(degrees)
        ahead = 1e-6 * np.array([np.cos(turn), np.sin(turn)])
        rise = (valley(point + ahead) - valley(point - ahead)) / 2e-6
        assert slope.directional(gradient, degrees) == pytest.approx(rise, abs=1e-4)


def test_steepest_descent_misses_the_minimum() -> None:
    gradient = valley_gradient(VALLEY_START)
    angle = np.arctan2(4 * -1 - -25 * 4, 4 * 4 + 25 * 1)
    assert slope.miss(VALLEY_START, gradient, VALLEY_MINIMUM) == pytest.approx(np.degrees(angle))
