"""Searches that use their past: against straight re-implementations, and the scoreboard of the lesson."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import gaussian_kde, norm

from scenes.maths.hyperparameter_tuning import chances, search, surrogate
from scenes.maths.hyperparameter_tuning.landscape import COSTS, GAMMAS, NEAR, landscape


def test_the_slice_is_searched_as_the_lesson_tells() -> None:
    rows = search.along_slice(10)
    assert GAMMAS[rows[3:]] == pytest.approx([-2.875, -3.6875, -4.625, -4.1875, -6.0, -5.25, -3.25])
    assert landscape().scores[rows[3:], search.SLICE] == pytest.approx(
        [0.978, 0.977, 0.960, 0.962, 0.365, 0.940, 0.982], abs=6e-4
    )
    assert landscape().scores[:, search.SLICE].max() == pytest.approx(0.9833, abs=5e-5)


def test_each_trial_has_the_highest_expected_improvement_of_all_untried() -> None:
    scores = landscape().scores.ravel()
    path = search.gaussian(7, 9, scores)
    for count in range(search.DRAWN, 9):
        tried = path[:count]
        belief = surrogate.posterior(search.PLACES[tried], scores[tried], search.PLACES, search.LENGTHS)
        z = (belief.mean - scores[tried].max()) / belief.deviation
        gain = belief.deviation * (z * norm.cdf(z) + norm.pdf(z))
        gain[tried] = -1
        assert gain[path[count]] == pytest.approx(gain.max())


def test_searches_hit_as_often_as_told() -> None:
    assert search.hits("gaussian") == pytest.approx(0.78, abs=0.011)
    assert search.hits("parzen") == pytest.approx(0.755, abs=0.016)
    assert chances.random_hits(NEAR) == pytest.approx(0.553, abs=1e-3)
    assert chances.grid_hits(NEAR) == pytest.approx(0.407, abs=1e-3)


def test_other_length_scales_hit_from_seven_to_eight_in_ten() -> None:
    scores = landscape().scores.ravel()
    goal = landscape().best - NEAR - 1e-9
    for lengths in ((1.0, 1.0), (0.4, 0.8)):
        met = [scores[search.gaussian(seed, 9, scores, lengths)].max() >= goal for seed in range(60)]
        assert 0.6 < np.mean(met) < 0.9


def test_no_search_tries_a_setting_twice() -> None:
    for kind in ("gaussian", "parzen"):
        assert all(len(set(path.tolist())) == 9 for path in search.paths(kind, 9))


def test_a_density_is_one_in_all_and_that_of_scipy() -> None:
    trials = np.array([-4.0, -3.2, -2.9])
    fine = np.linspace(-14, 8, 20_001)
    found = search.density(fine, trials, 0.35, (GAMMAS[0], GAMMAS[-1]))
    bumps = gaussian_kde(trials, bw_method=0.35 / trials.std(ddof=1))(fine)
    assert found == pytest.approx(0.9 * bumps + 0.1 / 5, abs=1e-9)
    inside = (fine >= -6) & (fine <= -1)
    assert np.trapezoid(found[inside], fine[inside]) == pytest.approx(1, abs=0.01)


def test_the_best_quarter_is_good() -> None:
    good, rest = search.good_and_rest(np.array([0.1, 0.9, 0.5, 0.9, 0.2, 0.3, 0.4, 0.6]))
    assert good.tolist() == [1, 3]
    assert sorted([*good, *rest]) == list(range(8))
    assert len(COSTS) * len(GAMMAS) == len(search.PLACES)


def test_when_tpe_misses_it_misses_by_more() -> None:
    scores, best = landscape().scores.ravel(), landscape().best
    behind = {kind: best - scores[search.paths(kind, 9)].max(axis=1) for kind in ("gaussian", "parzen")}
    missed = {kind: lost[lost > NEAR + 1e-9] for kind, lost in behind.items()}
    assert missed["parzen"].mean() > 3 * missed["gaussian"].mean()
    assert np.median(missed["parzen"]) > np.median(missed["gaussian"])


def test_the_top_is_nearly_level_along_c_beyond_small_values() -> None:
    table = landscape().scores
    top = table[(GAMMAS >= -4.5) & (GAMMAS <= -2.5)]
    assert np.ptp(top[:, COSTS >= 0], axis=1).max() <= 0.06
    assert np.ptp(top[:, COSTS >= 0.5], axis=1).max() <= 0.021
    assert np.ptp(table[:, COSTS >= 0], axis=0).min() > 0.8
