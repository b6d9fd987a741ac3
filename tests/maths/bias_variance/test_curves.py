"""Bias, variance and noise, held to what is measured by drawing, and to numpy's own fits."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from scenes.maths.bias_variance import curves


@pytest.mark.parametrize("degree", curves.DEGREES)
def test_the_parts_add_up_to_the_error_that_is_measured(degree: int) -> None:
    found = [curves.measured(degree, curves.draw(seed=seed)) for seed in range(20)]
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    assert abs(np.mean(found) - curves.parts(degree).total) < 3 * error + 1e-9


@pytest.mark.parametrize("degree", curves.DEGREES)
def test_bias_and_variance_are_those_of_many_fits(degree: int) -> None:
    drawn = curves.draw()
    predicted = drawn.readings @ curves.fitter(degree).T
    exact = curves.parts(degree)
    assert predicted.var(axis=0).mean() == pytest.approx(exact.variance, rel=0.1)
    bias = ((predicted.mean(axis=0) - curves.truth(curves.GRID)) ** 2).mean()
    spread = exact.variance / curves.SAMPLES
    assert bias == pytest.approx(exact.bias, abs=4 * (spread + 2 * np.sqrt(exact.bias * spread)))


@pytest.mark.parametrize("degree", range(10))
def test_a_fit_is_numpys(degree: int) -> None:
    readings = curves.draw(1).readings[0]
    known = np.polynomial.Polynomial.fit(curves.places(), readings, degree)
    assert np.allclose(curves.fitter(degree) @ readings, known(curves.GRID), atol=1e-7)
    assert np.allclose(curves.smoother(degree) @ readings, known(curves.places()), atol=1e-7)


def test_ridge_is_scikit_learns() -> None:
    readings = curves.draw(1).readings[0]
    basis, asked = (
        np.polynomial.chebyshev.chebvander(2 * x - 1, 10)[:, 1:] for x in (curves.places(), curves.GRID)
    )
    known = Ridge(alpha=1.0).fit(basis, readings)
    assert np.allclose(curves.fitter(10, penalty=1.0) @ readings, known.predict(asked))


def test_training_error_is_the_mean_over_samples_and_falls_with_each_degree() -> None:
    drawn = curves.draw(20_000).readings
    exact = [curves.training_error(degree) for degree in range(curves.LAST + 1)]
    for degree in curves.DEGREES:
        seen = ((drawn - drawn @ curves.smoother(degree).T) ** 2).mean()
        assert seen == pytest.approx(exact[degree], rel=0.02)
    assert (np.diff(exact) < 0).all()


def test_bias_never_rises_and_variance_grows_with_the_degree() -> None:
    found = [curves.parts(degree) for degree in range(11)]
    assert (np.diff([each.variance for each in found]) > 0).all()
    assert found[0].bias > found[1].bias > found[5].bias > found[10].bias


def test_more_data_lower_variance_and_leave_bias() -> None:
    assert [round(curves.parts(10, count).variance, 3) for count in (20, 40, 320)] == [0.116, 0.029, 0.003]
    assert curves.parts(1, 320).bias == pytest.approx(curves.parts(1, 20).bias, rel=0.02)
    assert (curves.best_degree(), curves.best_degree(320)) == (5, 7)


def test_by_hand() -> None:
    hand = curves.by_hand()
    assert (hand.bias, hand.variance, hand.error) == (-1.0, 2.0, 3.0)
    assert hand.error == hand.bias**2 + hand.variance
    assert (hand.noise, hand.squares.mean()) == (1.0, 4.0)
    assert hand.squares.mean() == hand.bias**2 + hand.variance + hand.noise


def test_the_parts_of_each_degree_are_those_of_the_plan() -> None:
    totals = [curves.parts(degree).total for degree in range(curves.LAST + 1)]
    known = [0.350, 0.276, 0.215, 0.214, 0.131, 0.121, 0.126, 0.133, 0.145, 0.164, 0.206, 0.320, 0.707]
    assert np.allclose(totals, known, atol=6e-4)
    assert [round(curves.parts(10, penalty=price).total, 3) for price in (0, 1, 100)] == [0.206, 0.130, 0.297]


def test_bootstrap_fits_are_numpys_and_draw_with_replacement() -> None:
    sample = curves.draw(1).readings[0]
    rows = curves.resampled(sample, 3)
    assert rows.shape == (3, 20) and all(len(np.unique(row)) < 20 for row in rows)
    for row, fit in zip(rows, curves.bootstrap_fits(sample, 5, 3), strict=True):
        known = np.polynomial.Polynomial.fit(curves.places()[row], sample[row], 5, domain=[0, 1])
        assert np.allclose(fit, known(curves.GRID), atol=1e-7)


def test_a_draw_with_too_few_places_is_refused() -> None:
    with pytest.raises(ValueError, match="do not determine"):
        curves.bootstrap_fits(np.zeros(6), 5, 20)


def test_the_shown_sample_is_in_the_middle_of_twenty() -> None:
    drawn = curves.draw()
    for degree in curves.DEGREES:
        fits = drawn.readings[:20] @ curves.fitter(degree).T
        errors = ((fits - drawn.fresh[:20]) ** 2).mean(axis=1)
        assert 5 <= (errors < errors[curves.SHOWN]).sum() <= 15


def test_too_high_a_degree_is_refused() -> None:
    with pytest.raises(ValueError, match="do not determine"):
        curves.fitter(20)
