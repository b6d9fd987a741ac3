"""The test of a mean against a simulation and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scenes.maths.probability_statistics.mean_test import MeanTest


def test_p_is_both_tails_of_the_normal() -> None:
    for seen in (95.0, 101.0, 105.0, 112.0):
        test = MeanTest(seen)
        assert test.p_value == pytest.approx(2 * stats.norm.sf(abs(test.z)))


def test_means_of_36_scores_lie_so_far_out_as_often_as_p_says() -> None:
    test, rounds = MeanTest(), 100_000
    means = np.random.default_rng(0).normal(test.mu, test.sigma, (rounds, test.n)).mean(axis=1)
    far = np.abs(means - test.mu) >= test.seen - test.mu
    assert far.mean() == pytest.approx(test.p_value, abs=4 * (test.p_value / rounds) ** 0.5)
    assert (test.error, test.z) == (2.5, 2.0)
