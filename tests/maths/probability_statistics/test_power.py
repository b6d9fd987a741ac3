"""Errors and power against simulation and brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scenes.maths.probability_statistics import power


def test_levels_and_powers_of_three_sizes() -> None:
    tests = [power.at_level(n) for n in power.SIZES]
    assert [test.cut for test in tests] == [15, 32, 59]
    assert [test.false_positive for test in tests] == pytest.approx([0.021, 0.032, 0.044], abs=5e-4)
    assert [test.power for test in tests] == pytest.approx([0.42, 0.86, 0.99], abs=5e-3)


def test_the_cut_is_the_first_that_keeps_the_level() -> None:
    for n in range(5, 101, 5):
        test = power.at_level(n)
        assert test.false_positive <= power.ALPHA < power.CoinTest(n, test.cut - 1).false_positive
        assert test.miss + test.power == pytest.approx(1)
        assert stats.binomtest(test.cut, n, alternative="greater").pvalue == pytest.approx(
            test.false_positive
        )


def test_simulated_tosses_agree() -> None:
    rng, test, times = np.random.default_rng(0), power.at_level(20), 200_000
    for chance, wanted in ((power.FAIR, test.false_positive), (power.LOADED, test.power)):
        found = (rng.random((times, test.n)) < chance).sum(axis=1) >= test.cut
        assert found.mean() == pytest.approx(wanted, abs=4 * (wanted * (1 - wanted) / times) ** 0.5)


def test_moving_the_line_trades_one_error_for_the_other() -> None:
    tests = [power.CoinTest(20, cut) for cut in range(21)]
    assert (np.diff([test.false_positive for test in tests]) < 0).all()
    assert (np.diff([test.miss for test in tests]) > 0).all()


def test_twenty_true_nulls_give_one_false_positive_on_average() -> None:
    found, exact = power.false_positives(), power.of_rounds()
    assert len(exact) == power.TRIED + 1 and exact.sum() == pytest.approx(1)
    assert np.bincount(found, minlength=3)[:3] / len(found) == pytest.approx(exact[:3], abs=0.015)
    assert 1 - exact[0] == pytest.approx(power.at_least_one())
    assert (found >= 1).mean() > 0.5 and 2e-5 < exact[7:].sum() < 5e-5
    rejected = np.random.default_rng(0).random((100_000, power.TRIED)) < power.ALPHA
    assert rejected.sum(axis=1).mean() == pytest.approx(power.TRIED * power.ALPHA, abs=0.02)
    assert rejected.any(axis=1).mean() == pytest.approx(power.at_least_one(), abs=0.01)
