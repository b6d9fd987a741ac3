"""Double descent, held to scikit-learn, to what a smallest norm is, and to other draws."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from scenes.maths.bias_variance import curves, descent

READINGS = curves.draw(20).readings


@pytest.mark.parametrize("count", [5, 20, 200])
def test_ridge_is_scikit_learns(count: int) -> None:
    seen, asked = (descent.features(x, count, 1) for x in (curves.places(), curves.GRID))
    known = Ridge(alpha=descent.RIDGE, fit_intercept=False).fit(seen, READINGS[0])
    whole, own = descent.fit(READINGS[0], count, 1, descent.RIDGE)
    assert np.allclose(whole, known.predict(asked)) and np.allclose(own, known.predict(seen))


def test_few_waves_are_least_squares() -> None:
    seen = descent.features(curves.places(), 8, 2)
    _, own = descent.fit(READINGS[0], 8, 2)
    assert np.allclose(seen.T @ (own - READINGS[0]), 0, atol=1e-10)


def test_many_waves_have_the_smallest_norm_among_exact_fits() -> None:
    seen, asked = (descent.features(x, 100, 3) for x in (curves.places(), curves.GRID))
    whole, own = descent.fit(READINGS[0], 100, 3)
    smallest = seen.T @ np.linalg.pinv(seen @ seen.T) @ READINGS[0]
    assert np.allclose(own, READINGS[0], atol=1e-8)
    assert np.allclose(whole, asked @ smallest, atol=1e-5)
    other = smallest + (np.eye(100) - np.linalg.pinv(seen) @ seen) @ np.ones(100)
    assert np.allclose(seen @ other, READINGS[0], atol=1e-8)
    assert np.linalg.norm(other) > np.linalg.norm(smallest)


@pytest.mark.parametrize("seed", [0, 5000])
def test_test_error_peaks_where_the_fit_becomes_exact_and_falls_below_its_first_valley(seed: int) -> None:
    found = descent.descend(seed)
    top = descent.SIZES.index(curves.READINGS)
    assert found.test.argmax() == top and found.test[top] > 5
    assert (found.training[top:] < 1e-12).all() and (found.training[:top] > 1e-3).all()
    assert found.test[-1] < 0.9 * found.test[:top].min()


@pytest.mark.parametrize("seed", [0, 5000])
def test_a_little_ridge_leaves_no_peak(seed: int) -> None:
    ridge = descent.descend(seed).ridge
    assert (ridge[1:] < ridge[:-1] * 1.03).all() and ridge[-1] < 0.5 * ridge[0]


def test_the_shown_waves_are_in_the_middle_of_twenty() -> None:
    truth, sample = curves.truth(curves.GRID), curves.draw().readings[curves.SHOWN]
    for count in (12, 20, 1000):
        errors = [((descent.fit(sample, count, seed)[0] - truth) ** 2).mean() for seed in range(20)]
        assert 5 <= np.less(errors, errors[descent.SHOWN]).sum() <= 15


def test_weights_grow_smaller_past_the_threshold() -> None:
    norms = []
    for count in (20, 60, 1000):
        seen = descent.features(curves.places(), count, descent.SHOWN)
        norms.append(np.abs(np.linalg.pinv(seen) @ READINGS[0]).max() / np.sqrt(count))
    assert norms[0] > norms[1] > norms[2]


def test_the_second_descent_does_not_reach_the_best_polynomial() -> None:
    assert descent.descend().test[-1] > curves.parts(curves.best_degree()).total
