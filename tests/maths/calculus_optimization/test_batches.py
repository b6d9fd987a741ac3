"""Mini-batch descent on the diabetes data: against autograd-free differences, least squares, and other code."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

from scenes.maths.calculus_optimization import batches


def half_error(weights: np.ndarray) -> float:
    people = batches.patients()
    return float(0.5 * np.mean((people.measures @ weights - people.outcome) ** 2))


def test_the_data_are_standardised_and_the_best_weights_those_of_scikit_learn() -> None:
    people = batches.patients()
    assert people.measures.shape == (442, 2)
    np.testing.assert_allclose(StandardScaler().fit_transform(people.measures), people.measures, atol=1e-12)
    np.testing.assert_allclose(LinearRegression().fit(people.measures, people.outcome).coef_, people.best())


def test_excess_and_gradient_are_those_of_the_loss() -> None:
    people, weights = batches.patients(), np.array([3.0, -7.0])
    assert people.excess(weights) == pytest.approx(half_error(weights) - half_error(people.best()))
    small = 1e-4 * np.eye(2)
    slopes = [(half_error(weights + by) - half_error(weights - by)) / 2e-4 for by in small]
    np.testing.assert_allclose(people.gradient(weights), slopes, rtol=1e-6)
    np.testing.assert_allclose(people.gradient(weights, np.arange(442)), slopes, rtol=1e-6)


def test_a_mini_batch_gradient_is_right_on_average_but_noisy() -> None:
    people, weights = batches.patients(), np.array([10.0, 10.0])
    rows = np.random.default_rng(1).integers(0, 442, (20_000, batches.BATCH))
    found = people.gradient(np.broadcast_to(weights, (20_000, 2)), rows)
    error = found.std(axis=0) / np.sqrt(20_000)
    assert (np.abs(found.mean(axis=0) - people.gradient(weights)) < 4 * error).all()
    assert (found.std(axis=0) > 10).all()


def test_schedules_begin_and_end_as_told() -> None:
    step, cosine, warm = (batches.rates(name) for name in ("step", "cosine", "warm-up"))
    np.testing.assert_allclose(step[[0, 99, 100, 199, 200, 299]], [0.2, 0.2, 0.04, 0.04, 0.008, 0.008])
    np.testing.assert_allclose(cosine[[0, 150]], [0.2, 0.1])
    assert (np.diff(cosine) < 0).all() and cosine[-1] < 1e-5
    assert warm[0] == pytest.approx(0.2 / 30) and warm[29] == pytest.approx(0.2)
    assert (np.diff(warm[:30]) > 0).all() and (np.diff(warm[30:]) < 0).all()


@pytest.mark.parametrize(
    ("schedule", "first", "percent"),
    [
        ("constant", 0.2, 2.4), ("constant", 0.005, 1.3), ("constant", 0.01, 0.1),
        ("step", 0.2, 0.15), ("cosine", 0.2, 0.2), ("warm-up", 0.2, 0.2),
    ],
)  # fmt: skip
def test_what_is_left_after_300_steps(schedule: batches.Schedule, first: float, percent: float) -> None:
    costs = batches.patients().excess(batches.descend(schedule, first))
    assert 100 * costs[-1].mean() / costs[0, 0] == pytest.approx(percent, abs=0.1)
    assert 100 * costs[-1].std() / np.sqrt(500) / costs[0, 0] < 0.15  # the error of that mean


def test_a_schedule_forgives_a_first_rate_that_is_too_large() -> None:
    constant = [100 * batches.left("constant", rate)[-1] for rate in (0.02, 0.4)]
    cosine = [100 * batches.left("cosine", rate)[-1] for rate in (0.02, 0.4)]
    np.testing.assert_allclose(constant, [0.2, 6.15], atol=0.1)
    np.testing.assert_allclose(cosine, [0.1, 0.3], atol=0.05)


def test_a_constant_rate_picked_afterwards_does_a_little_better() -> None:
    """Than each schedule, run by run on the same draws, by more than three errors of the mean."""
    picked = batches.patients().excess(batches.descend("constant", 0.01))[-1]
    names: tuple[batches.Schedule, ...] = ("step", "cosine", "warm-up")
    for name in names:
        more = batches.patients().excess(batches.descend(name))[-1] - picked
        assert more.mean() > 3 * more.std() / np.sqrt(len(more))


def test_warm_up_gains_nothing_here() -> None:
    gain = batches.left("cosine")[-1] - batches.left("warm-up")[-1]
    assert gain < 0.0005


@pytest.mark.parametrize("parameter", [0, 1])
def test_noisy_gradients_scatter_as_means_of_ten_patients_do(parameter: int) -> None:
    """Around the slope that scikit-learn's best weights leave, as widely as a mean of single slopes."""
    people, count = batches.patients(), 20_000
    fitted = LinearRegression(fit_intercept=False).fit(people.measures, people.outcome)
    off = 0.7 * fitted.predict(people.measures) - people.outcome
    single = off * people.measures[:, parameter]
    spread = single.std() / np.sqrt(batches.BATCH)
    found = batches.noisy_gradients(parameter, count)
    assert found.shape == (count,)
    assert found.mean() == pytest.approx(single.mean(), abs=4 * spread / np.sqrt(count))
    assert found.std() == pytest.approx(spread, rel=0.03)
    neighbours = np.corrcoef(found[:-1], found[1:])[0, 1]
    assert abs(neighbours) < 4 / np.sqrt(count)  # each is drawn anew


def test_noisy_gradients_are_the_same_for_the_same_seed_alone() -> None:
    one, again, other = (batches.noisy_gradients(0, 20, seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, again)
    assert not np.allclose(one, other)
    assert batches.noisy_gradients(0, 20_000, way=1.0).mean() == pytest.approx(0.0, abs=0.5)
