"""Double descent, held to scikit-learn, to what a smallest norm is, and to what is measured by drawing."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from scenes.maths.bias_variance import curves, descent

READINGS = curves.draw(20).readings


@pytest.mark.parametrize("count", [5, 20, 200])
def test_ridge_is_scikit_learns(count: int) -> None:
    seen, asked = (descent.basis(x, count) for x in (curves.places(), curves.GRID))
    known = Ridge(alpha=descent.RIDGE, fit_intercept=False).fit(seen, READINGS[0])
    whole, own = descent.fit(READINGS[0], count, descent.RIDGE)
    assert np.allclose(whole, known.predict(asked)) and np.allclose(own, known.predict(seen))


@pytest.mark.parametrize("degree", range(curves.LAST + 1))
def test_up_to_the_end_of_the_u_it_is_the_same_u(degree: int) -> None:
    known, found = curves.parts(degree), descent.parts(degree + 1)
    assert (found.bias, found.variance) == pytest.approx((known.bias, known.variance), rel=1e-4, abs=1e-7)
    assert descent.training_error(degree + 1) == pytest.approx(curves.training_error(degree), rel=1e-4)


def test_many_coefficients_have_the_smallest_norm_among_exact_fits() -> None:
    seen, asked = (descent.basis(x, 40) for x in (curves.places(), curves.GRID))
    whole, own = descent.fit(READINGS[0], 40)
    smallest = seen.T @ np.linalg.solve(seen @ seen.T, READINGS[0])
    assert np.allclose(own, READINGS[0], atol=1e-8)
    assert np.allclose(whole, asked @ smallest, atol=1e-5)
    assert descent.norm(READINGS[0], 40) == pytest.approx(smallest @ smallest, rel=1e-6)


def test_other_fits_are_exact_and_have_larger_weights() -> None:
    at = np.searchsorted(curves.GRID, curves.places())
    others = descent.others(READINGS[0], 40)
    assert others.shape == (3, 201)
    near = np.minimum(np.abs(others[:, at] - READINGS[0]), np.abs(others[:, at - 1] - READINGS[0]))
    weights = np.linalg.lstsq(descent.basis(curves.GRID, 40), others.T, rcond=None)[0]
    assert np.allclose(descent.basis(curves.places(), 40) @ weights, READINGS[0][:, None], atol=1e-6)
    assert ((weights**2).sum(axis=0) > 1.5 * descent.norm(READINGS[0], 40)).all() and np.isfinite(near).all()
    with pytest.raises(ValueError, match="one exact fit"):
        descent.others(READINGS[0], 20)


def test_test_error_peaks_where_the_fit_becomes_exact_and_comes_down_again() -> None:
    total = np.array([descent.parts(count).total for count in descent.SIZES])
    top = descent.SIZES.index(curves.READINGS)
    assert total.argmax() == top and total[top] > 1e6
    assert all(descent.training_error(count) < 1e-9 for count in descent.SIZES[top:])
    assert all(descent.training_error(count) > 1e-3 for count in descent.SIZES[:top])
    assert (np.diff(total[top:]) < 0).all()


def test_the_second_descent_ends_above_the_first_valley() -> None:
    total = [descent.parts(count).total for count in descent.SIZES]
    assert round(min(total), 2) == 0.12 and descent.SIZES[int(np.argmin(total))] == curves.best_degree() + 1
    assert round(total[-1], 2) == 0.15 and min(total[20:]) > 1.2 * min(total)


def test_the_parts_past_the_threshold_are_those_of_many_fits() -> None:
    drawn = curves.draw(4000, seed=2)
    for count in (40, 200):
        known = descent.parts(count)
        fits = drawn.readings @ (descent.basis(curves.FINE, count) @ descent.solver(count)).T
        assert ((fits - curves.truth(curves.FINE)) ** 2).mean() == pytest.approx(
            known.bias + known.variance, rel=0.05
        )


def test_a_little_ridge_leaves_no_peak() -> None:
    soft = np.array([descent.parts(count, descent.RIDGE).total for count in descent.SIZES])
    assert soft[5:].max() < 0.13 and soft[5] < 0.12
    assert soft[-1] > min(descent.parts(count).total for count in descent.SIZES)


def test_weights_are_smaller_past_the_threshold() -> None:
    sample = curves.draw().readings[curves.SHOWN]
    at, past, far = (descent.norm(sample, count) for count in (20, 40, 200))
    assert at > 1e8 and 25 < far < past < 40
