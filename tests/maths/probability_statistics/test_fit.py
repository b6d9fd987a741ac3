"""Likelihoods and losses against scipy, scikit-learn and optimisers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats
from sklearn.linear_model import LinearRegression
from sklearn.metrics import log_loss as reference_loss

from scenes.maths.probability_statistics import fit


def test_the_likelihood_of_a_coin_is_highest_at_the_share_of_heads() -> None:
    for heads, tails in ((2, 1), (7, 3), (1, 4)):
        found = optimize.minimize_scalar(
            lambda p, h=heads, t=tails: -fit.coin(p, h, t), bounds=(0, 1), method="bounded"
        )
        assert found.x == pytest.approx(fit.share(heads, tails), abs=1e-4)
    assert fit.coin([0.5, 2 / 3, 0.9]) == pytest.approx([0.125, 4 / 27, 0.081])
    with pytest.raises(ValueError, match="no toss"):
        fit.share(0, 0)


def test_the_likelihood_of_a_coin_is_no_distribution_over_p() -> None:
    ps = np.linspace(0, 1, 10_001)
    assert np.trapezoid(fit.coin(ps), ps) == pytest.approx(1 / 12, abs=1e-6)


def test_densities_are_those_of_scipy() -> None:
    xs = np.linspace(-4, 4, 81)
    np.testing.assert_allclose(fit.normal(xs, 0.3, 1.4), stats.norm.pdf(xs, 0.3, 1.4))
    np.testing.assert_allclose(fit.laplace(xs, 0.3, 1.4), stats.laplace.pdf(xs, 0.3, 1.4))


def test_the_log_likelihood_is_the_sum_of_log_densities() -> None:
    x = fit.sepals()
    for mu, sigma in ((4.5, 0.349), (5.0, 0.5), (5.5, 0.2)):
        assert fit.log_likelihood(x, mu, sigma) == pytest.approx(stats.norm.logpdf(x, mu, sigma).sum())
    grid = fit.log_likelihood(x, np.array([[4.9], [5.0]]), np.array([0.3, 0.4, 0.5]))
    assert grid.shape == (2, 3)


def test_an_optimiser_finds_the_mean_and_the_deviation() -> None:
    x = fit.sepals()
    found = optimize.minimize(
        lambda at: -fit.log_likelihood(x, at[0], np.exp(at[1])), (4.5, 0.0), method="Nelder-Mead"
    )
    assert (found.x[0], np.exp(found.x[1])) == pytest.approx(fit.fitted(x), abs=1e-3)
    assert fit.fitted(x) == pytest.approx(stats.norm.fit(x))
    assert fit.fitted(x) == pytest.approx((5.006, 0.349), abs=5e-4)
    assert fit.log_likelihood(x, np.array([4.5, 5.006, 5.5]), x.std()) == pytest.approx(
        [-70.9, -18.3, -68.4], abs=0.05
    )


def test_losses_are_likelihoods_turned_over() -> None:
    xs = np.linspace(-3, 3, 25)
    np.testing.assert_allclose(fit.squared(xs, 0.5, 1.3), -stats.norm.logpdf(xs, 0.5, 1.3))
    np.testing.assert_allclose(fit.absolute(xs, 0.5, 1.3), -stats.laplace.logpdf(xs, 0.5, 1.3))
    ps = np.array([0.9, 0.1, 0.4])
    for outcome in (0, 1):
        np.testing.assert_allclose(fit.log_loss(outcome, ps), -stats.bernoulli.logpmf(outcome, ps))
    said = np.array([1, 0, 1])
    assert fit.log_loss(said, ps).mean() == pytest.approx(reference_loss(said, ps))


def test_squares_are_least_at_the_mean_and_distances_at_the_median() -> None:
    for x in (np.array(fit.FAMILY), fit.sepals(), np.array([*fit.FAMILY[:-1], 12.0])):
        centres = np.linspace(x.min(), x.max(), 2001)
        assert centres[fit.mean_squares(x, centres).argmin()] == pytest.approx(x.mean(), abs=0.01)
        assert fit.mean_distances(x, np.median(x)) <= fit.mean_distances(x, centres).min() + 1e-12


def test_the_line_is_that_of_least_squares_and_of_normal_noise() -> None:
    points = fit.sepal_pairs()
    reference = LinearRegression().fit(points[:, :1], points[:, 1])
    assert fit.line(points) == pytest.approx((reference.coef_[0], reference.intercept_))
    sigma = fit.misses(points).std()
    found = optimize.minimize(
        lambda at: fit.squared(points[:, 1], at[0] * points[:, 0] + at[1], sigma).sum(), (0.0, 0.0)
    )
    assert found.x == pytest.approx(fit.line(points), abs=1e-3)
