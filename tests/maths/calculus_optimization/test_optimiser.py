"""Gradient descent, momentum and Adam: against closed forms, and against what was measured by other code."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import lfilter
from sklearn.neural_network import MLPRegressor

from scenes.maths.calculus_optimization import optimiser

CURVATURES = np.array([1.0, 25.0])
START = np.array([-4.0, 1.0])


def gradient(points: np.ndarray) -> np.ndarray:
    return np.asarray(CURVATURES * points)


def losses(walk: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * (walk**2 @ CURVATURES))


@pytest.mark.parametrize("rate", [0.004, 0.06, 0.082])
def test_descent_on_a_quadratic_is_its_closed_form(rate: float) -> None:
    walk = optimiser.descend(gradient, START, rate, 100)
    powers = (1 - rate * CURVATURES) ** np.arange(101)[:, None]
    np.testing.assert_allclose(walk, powers * START, rtol=1e-9)


def test_the_largest_rate_parts_those_that_converge_from_those_that_do_not() -> None:
    limit = optimiser.largest_rate(CURVATURES.max())
    assert limit == pytest.approx(0.08)
    assert losses(optimiser.descend(gradient, START, 0.99 * limit, 2000))[-1] < 1e-6
    assert losses(optimiser.descend(gradient, START, 1.01 * limit, 2000))[-1] > 1e6
    rolled = optimiser.largest_rate(CURVATURES.max(), 0.8)
    assert losses(optimiser.roll(gradient, START, 0.99 * rolled, 0.8, 2000))[-1] < 1e-6
    assert losses(optimiser.roll(gradient, START, 1.01 * rolled, 0.8, 2000))[-1] > 1e6


def test_momentum_steps_along_the_faded_sum_of_all_gradients() -> None:
    """An independent filter adds up the gradients that were met."""
    walk = optimiser.roll(gradient, START, 0.06, 0.8, 40)
    sums = lfilter([1.0], [1.0, -0.8], gradient(walk[:-1]), axis=0)
    np.testing.assert_allclose(np.diff(walk, axis=0), -0.06 * sums, atol=1e-12)
    np.testing.assert_allclose(optimiser.running_sums([1, -1, 1, -1], 0.5), [1, -0.5, 0.75, -0.625])
    np.testing.assert_allclose(optimiser.running_sums([1, 1, 1, 1], 0.5), [1, 1.5, 1.75, 1.875])
    assert optimiser.running_sums([1.0] * 500, 0.9)[-1] == pytest.approx(1 / (1 - 0.9))
    with pytest.raises(ValueError, match="beta"):
        optimiser.roll(gradient, START, 0.06, 1.0, 3)


def test_adams_first_step_is_as_long_as_the_rate_in_each_coordinate() -> None:
    first = optimiser.adam(gradient, START, 0.1, 1)
    np.testing.assert_allclose(first.walk[1] - START, -0.1 * np.sign(gradient(START)), rtol=1e-8)
    np.testing.assert_allclose(first.gradients, [[-4.0, 25.0]])


def test_adam_is_its_moments() -> None:
    """The moments by an independent filter, and the steps from them as the paper has it."""
    kept = optimiser.adam(gradient, START, 0.1, 60)
    count = np.arange(1, 61)[:, None]
    first = lfilter([0.1], [1.0, -0.9], kept.gradients, axis=0)
    second = lfilter([0.001], [1.0, -0.999], kept.gradients**2, axis=0)
    np.testing.assert_allclose(kept.first, first, atol=1e-12)
    np.testing.assert_allclose(kept.second, second, atol=1e-12)
    mean, size = first / (1 - 0.9**count), np.sqrt(second / (1 - 0.999**count))
    np.testing.assert_allclose(np.diff(kept.walk, axis=0), -0.1 * mean / (size + 1e-8), atol=1e-12)


def test_without_correction_the_steps_are_too_long_for_hundreds_of_steps() -> None:
    constant = optimiser.adam(
        lambda points: np.full_like(points, 7.0), np.zeros(1), 0.1, 600, corrected=False
    )
    times = -np.diff(constant.walk[:, 0]) / 0.1
    np.testing.assert_allclose(times, optimiser.uncorrected(np.arange(1, 601)), rtol=1e-6)
    assert times[0] == pytest.approx(3.16, abs=0.005)
    assert times.argmax() + 1 == 12 and times.max() == pytest.approx(6.57, abs=0.005)
    assert times[99] == pytest.approx(3.24, abs=0.01)
    assert (times[:300] > 1.9).all()
    right = optimiser.adam(lambda points: np.full_like(points, 7.0), np.zeros(1), 0.1, 600)
    np.testing.assert_allclose(-np.diff(right.walk[:, 0]), 0.1, rtol=1e-6)


def test_settled_is_the_first_step_after_the_last_high_one() -> None:
    assert optimiser.settled([3, 1, 0.5, 2, 0.5, 0.2], 1) == 4
    assert optimiser.settled([0.5, 0.2], 1) == 0
    with pytest.raises(ValueError, match="stay"):
        optimiser.settled([0.5, 3], 1)
    found = [
        optimiser.settled(losses(optimiser.roll(gradient, START, 0.06, beta, 400)), 0.01)
        for beta in (0.0, 0.5, 0.8, 0.95)
    ]
    assert found == [55, 24, 34, 153]


def test_moments_are_those_of_an_independent_filter_and_of_adam_itself() -> None:
    given = np.random.default_rng(4).normal(3.0, 20.0, 500)
    first, second = optimiser.moments(given)
    np.testing.assert_allclose(first, lfilter([0.1], [1.0, -0.9], given), atol=1e-12)
    np.testing.assert_allclose(second, lfilter([0.001], [1.0, -0.999], given**2), atol=1e-12)
    kept = optimiser.adam(gradient, START, 0.1, 30)
    for axis in (0, 1):
        first, second = optimiser.moments(kept.gradients[:, axis])
        np.testing.assert_allclose(first, kept.first[:, axis], atol=1e-12)
        np.testing.assert_allclose(second, kept.second[:, axis], atol=1e-12)


def test_moments_of_one_value_fill_as_their_closed_form() -> None:
    first, second = optimiser.moments(np.full(200, -3.0))
    count = np.arange(1, 201)
    np.testing.assert_allclose(first, -3.0 * (1 - 0.9**count), rtol=1e-10)
    np.testing.assert_allclose(second, 9.0 * (1 - 0.999**count), rtol=1e-10)


def test_usual_settings_are_the_defaults_of_scikit_learn() -> None:
    usual, theirs = optimiser.Usual(), MLPRegressor().get_params()
    assert (usual.rate, usual.beta) == (theirs["learning_rate_init"], theirs["momentum"])
    ours = (optimiser.BETA_1, optimiser.BETA_2, optimiser.EPSILON)
    assert ours == (theirs["beta_1"], theirs["beta_2"], theirs["epsilon"])
