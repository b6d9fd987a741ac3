"""The Gaussian process: against scikit-learn; acquisition functions: against Monte Carlo."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel

from scenes.maths.hyperparameter_tuning import search, surrogate
from scenes.maths.hyperparameter_tuning.landscape import GAMMAS, landscape


@pytest.mark.parametrize("lengths", [(0.6, 1.2), (1.0, 0.4)])
def test_the_posterior_is_that_of_scikit_learn(lengths: tuple[float, float]) -> None:
    cells = np.random.default_rng(5).choice(729, 9, replace=False)
    trials, scores = search.PLACES[cells], landscape().scores.ravel()[cells]
    own = surrogate.posterior(trials, scores, search.PLACES, lengths)
    kernel = ConstantKernel(surrogate.SPREAD**2, "fixed") * RBF(lengths, "fixed")
    fit = GaussianProcessRegressor(kernel, alpha=surrogate.JITTER, optimizer=None).fit(
        trials, scores - scores.mean()
    )
    mean, deviation = fit.predict(search.PLACES, return_std=True)
    assert own.mean == pytest.approx(mean + scores.mean(), abs=1e-8)
    assert own.deviation == pytest.approx(deviation, abs=1e-6)


def test_one_trial_by_hand_is_the_posterior_without_noise() -> None:
    hand = surrogate.one_trial(np.array([0.0, 0.6, 6.0]), 0.9, 0.5, 0.4)
    assert hand.mean == pytest.approx([0.9, 0.7426, 0.5], abs=1e-4)
    assert hand.deviation == pytest.approx([0.0, 0.3180, 0.4], abs=1e-4)
    whole = surrogate.posterior(np.array([[0.0]]), np.array([0.9]), np.array([[0.6]]), mean=0.5)
    assert whole.mean[0] == pytest.approx(hand.mean[1], abs=1e-3)
    assert whole.deviation[0] == pytest.approx(hand.deviation[1], abs=1e-3)


def test_expected_improvement_is_that_of_monte_carlo() -> None:
    belief = surrogate.Belief(np.array([0.9, 0.94, 0.97, 0.5]), np.array([0.05, 0.03, 0.01, 0.4]))
    draws = belief.mean + belief.deviation * np.random.default_rng(0).standard_normal((400_000, 4))
    assert surrogate.expected_improvement(belief, 0.95) == pytest.approx(
        np.maximum(draws - 0.95, 0).mean(axis=0), abs=4e-4
    )
    above = draws <= surrogate.upper_bound(belief, 2.0)
    assert above.mean(axis=0) == pytest.approx(0.977, abs=0.002)


def test_the_wider_place_wins_with_the_lower_mean() -> None:
    first, second = [0.90, 0.94, 0.98], [0.955]
    assert np.mean(first) < np.mean(second)
    assert surrogate.by_hand(first, 0.95) == pytest.approx(0.010)
    assert surrogate.by_hand(second, 0.95) == pytest.approx(0.005)


def test_samples_have_mean_and_deviation_of_the_belief() -> None:
    tried = search.nearest(search.PICKED)
    places, scores = GAMMAS[::4, None], landscape().scores[tried, search.SLICE]
    belief = surrogate.posterior(GAMMAS[tried, None], scores, places)
    drawn = surrogate.samples(
        GAMMAS[tried, None], scores, places, np.random.default_rng(1).standard_normal((20_000, len(places)))
    )
    assert drawn.mean(axis=0) == pytest.approx(belief.mean, abs=0.02)
    assert drawn.std(axis=0) == pytest.approx(belief.deviation, abs=0.02)


def test_the_band_closes_at_trials_and_opens_far_away() -> None:
    tried = search.nearest(search.PICKED)
    belief = search.belief_on_slice(tried)
    assert belief.deviation[tried].max() < 0.011
    assert belief.deviation.max() > 0.35
