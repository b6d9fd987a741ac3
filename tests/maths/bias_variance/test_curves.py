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
    predicted = curves.draw().readings @ curves.predictor(curves.FINE, degree).T
    exact = curves.parts(degree)
    assert predicted.var(axis=0).mean() == pytest.approx(exact.variance, rel=0.1)
    bias = ((predicted.mean(axis=0) - curves.truth(curves.FINE)) ** 2).mean()
    spread = exact.variance / curves.SAMPLES
    assert bias == pytest.approx(exact.bias, abs=4 * (spread + 2 * np.sqrt(exact.bias * spread)))


@pytest.mark.parametrize("degree", range(curves.LAST + 1))
def test_the_average_over_places_is_that_of_an_exact_rule(degree: int) -> None:
    nodes, weights = np.polynomial.legendre.leggauss(64)
    off, spread = curves.profile((nodes + 1) / 2, degree)
    exact = curves.parts(degree)
    assert exact.bias == pytest.approx(weights @ off / 2, abs=1e-5)
    assert exact.variance == pytest.approx(weights @ spread / 2, rel=1e-3)


def test_half_of_the_variance_of_degree_ten_lies_beyond_the_outer_readings() -> None:
    nodes, weights = np.polynomial.legendre.leggauss(64)
    x = (nodes + 1) / 2
    first, last = curves.places()[0], curves.places()[-1]
    inside = first + (last - first) * x
    _, whole = curves.profile(x, 10)
    _, inner = curves.profile(inside, 10)
    share = 1 - (last - first) * (weights @ inner) / (weights @ whole)
    assert curves.beyond(10) == pytest.approx(share, abs=0.005) and 0.5 < share < 0.55
    assert curves.beyond(5) < 0.25


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
    assert [round(curves.parts(10, count).variance, 3) for count in (20, 40, 320)] == [0.097, 0.027, 0.003]
    assert curves.parts(1, 320).bias == pytest.approx(curves.parts(1, 20).bias, rel=0.02)
    assert (curves.best_degree(), curves.best_degree(320)) == (5, 7)


def test_by_hand() -> None:
    hand = curves.by_hand()
    assert (hand.bias, hand.variance, hand.error) == (-1.0, 2.0, 3.0)
    assert hand.error == hand.bias**2 + hand.variance
    assert (hand.noise, hand.squares.mean()) == (1.0, 4.0)
    assert hand.squares.mean() == hand.bias**2 + hand.variance + hand.noise


def test_the_parts_of_each_degree_are_as_told() -> None:
    totals = [curves.parts(degree).total for degree in range(curves.LAST + 1)]
    known = [0.351, 0.275, 0.211, 0.210, 0.130, 0.120, 0.125, 0.131, 0.141, 0.156, 0.187, 0.267, 0.528]
    assert np.allclose(totals, known, atol=6e-4)
    assert [round(curves.parts(10, penalty=price).total, 3) for price in (0, 1, 100)] == [0.187, 0.129, 0.298]


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


def first_errors(degree: int, drawn: curves.Drawn, fresh: int = 20) -> curves.Floats:
    """(20,): errors of the first twenty samples on as many fresh readings."""
    found = []
    for readings, where, asked in zip(drawn.readings[:20], drawn.where, drawn.fresh, strict=False):
        fit = np.polynomial.Polynomial.fit(curves.places(), readings, degree, domain=[0, 1])
        found.append(((fit(where[:fresh]) - asked[:fresh]) ** 2).mean())
    return np.array(found)


def test_the_shown_sample_is_the_nearest_to_the_middle_of_twenty() -> None:
    drawn = curves.draw()
    errors = [first_errors(degree, drawn) for degree in curves.DEGREES]
    errors += [curves.seen_errors(degree, drawn.readings[:20]) for degree in curves.DEGREES]
    off = np.abs(np.argsort(np.argsort(errors, axis=1), axis=1) - 9.5).max(axis=0)
    assert off.argmin() == curves.SHOWN and off.min() < 5
    assert [round(float(each[curves.SHOWN]), 2) for each in errors[:3]] == [0.28, 0.12, 0.21]


def test_degree_five_has_the_smaller_test_error_in_99_of_100_samples() -> None:
    readings = curves.draw(4000, seed=7).readings
    five, ten = (curves.unseen_errors(degree, readings) for degree in (5, 10))
    assert (five < ten).mean() == pytest.approx(0.99, abs=0.01)
    assert five.mean() == pytest.approx(curves.parts(5).total, rel=0.01)
    assert ten.mean() == pytest.approx(curves.parts(10).total, rel=0.03)


def test_a_higher_degree_has_the_smaller_training_error_on_every_sample() -> None:
    readings = curves.draw(500, seed=8).readings
    errors = [curves.seen_errors(degree, readings) for degree in range(curves.LAST + 1)]
    assert (np.diff(errors, axis=0) <= 1e-12).all()


def test_validation_errors_are_numpys() -> None:
    readings = curves.draw(1, seed=3).readings[0]
    errors = np.empty(20)
    for held in curves.folds():
        kept = np.setdiff1d(np.arange(20), held)
        fit = np.polynomial.Polynomial.fit(curves.places()[kept], readings[kept], 6, domain=[0, 1])
        errors[held] = (fit(curves.places()[held]) - readings[held]) ** 2
    assert curves.validation_errors(readings[None])[6, 0] == pytest.approx(errors.mean(), rel=1e-6)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_folds_choose_the_valley_or_its_neighbour_in_nine_of_ten_samples(seed: int) -> None:
    found = curves.choices(curves.draw(seed=seed).readings)
    assert found[4:7].sum() == pytest.approx(0.9, abs=0.03) and found.argmax() == 5


def test_spread_of_the_bootstrap_is_from_two_thirds_to_less_than_twice_the_true_one() -> None:
    readings = curves.draw(20).readings
    _, spread = curves.profile(curves.GRID, 5)
    ratios = [
        np.median(curves.bootstrap_fits(sample, 5, 200, seed).std(axis=0) / np.sqrt(spread))
        for seed, sample in enumerate(readings)
    ]
    assert 0.6 < min(ratios) < 0.75 and 1.5 < max(ratios) < 2


def test_a_bootstrapped_line_agrees_and_is_wrong() -> None:
    fits = curves.bootstrap_fits(curves.draw().readings[curves.SHOWN], 1, 50)
    off = np.abs(fits.mean(axis=0) - curves.truth(curves.GRID))
    assert np.median(off) > 2 * np.median(fits.std(axis=0))


def test_too_high_a_degree_is_refused() -> None:
    with pytest.raises(ValueError, match="do not determine"):
        curves.fitter(20)
