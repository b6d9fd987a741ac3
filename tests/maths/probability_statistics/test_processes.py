"""The binomial, the Poisson and the normal against scipy, and each against its process."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from scenes.maths.probability_statistics import averages, processes, visits


def test_the_visits_are_those_of_statsmodels() -> None:
    table = sm.datasets.randhie.load_pandas().data["mdvis"].to_numpy()
    np.testing.assert_array_equal(np.sort(table), visits.visits())
    np.testing.assert_array_equal(np.sort(visits.shuffled()), visits.visits())
    assert visits.tally().sum() == len(table)


def test_a_summary_is_that_of_scipy() -> None:
    for values in (visits.visits(), np.array(visits.BY_HAND)):
        found = visits.summary(values)
        assert found.mean == pytest.approx(np.mean(values))
        assert found.variance == pytest.approx(np.var(values))
        assert found.deviation == pytest.approx(np.std(values))
        assert found.skewness == pytest.approx(stats.skew(values))
        assert found.median == np.median(values)
        assert found.zeros == pytest.approx(np.mean(values == 0))


@pytest.mark.parametrize(("n", "p"), [(3, 0.5), (12, 0.5), (12, 0.3), (200, 0.5)])
def test_the_binomial_is_that_of_scipy(n: int, p: float) -> None:
    model = stats.binom(n, p)
    np.testing.assert_allclose(processes.binomial(n, p), model.pmf(np.arange(n + 1)), rtol=1e-9)
    assert processes.binomial_mean(n, p) == pytest.approx(model.mean())
    assert processes.binomial_deviation(n, p) == pytest.approx(model.std())


def test_paths_are_counted_one_by_one() -> None:
    found = processes.paths(3)
    assert len(found) == 8
    np.testing.assert_array_equal(np.bincount(found.sum(axis=1)), processes.ways(3))


@pytest.mark.parametrize("p", [processes.FAIR, processes.TILTED])
def test_drops_through_pegs_are_binomial(p: float) -> None:
    counts = np.bincount(processes.turns(p=p, drops=200_000, seed=8).sum(axis=1), minlength=13)
    exact = processes.binomial(processes.ROWS, p)
    error = np.sqrt(exact * (1 - exact) / 200_000)
    assert (np.abs(counts / 200_000 - exact) < 4 * error + 1e-5).all()


@pytest.mark.parametrize("rate", [0.61, 2.86])
def test_the_poisson_is_that_of_scipy(rate: float) -> None:
    np.testing.assert_allclose(processes.poisson(rate, 40), stats.poisson(rate).pmf(np.arange(41)), rtol=1e-9)


def test_the_binomial_comes_to_the_poisson() -> None:
    near = [abs(processes.none_of(cells, 0.61) - processes.poisson(0.61, 0)[0]) for cells in processes.CELLS]
    assert near == sorted(near, reverse=True)
    assert processes.none_of(10, 0.61) == pytest.approx(stats.binom(10, 0.061).pmf(0))
    gaps = [
        np.abs(stats.binom(cells, 0.61 / cells).pmf(np.arange(5)) - processes.poisson(0.61, 4)).max()
        for cells in processes.CELLS
    ]
    assert gaps == sorted(gaps, reverse=True)


def test_two_dice() -> None:
    assert processes.dice().tolist() == [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]


def test_the_normal_is_that_of_scipy() -> None:
    xs = np.linspace(-4, 6, 51)
    np.testing.assert_allclose(processes.normal(xs, 1.5, 0.7), stats.norm(1.5, 0.7).pdf(xs), rtol=1e-9)
    assert processes.below(0.2, 1.5, 0.7) == pytest.approx(stats.norm(1.5, 0.7).cdf(0.2))
    assert processes.z_score(0.2, 1.5, 0.7) == pytest.approx(stats.zmap([0.2], [0.8, 2.2])[0])
    for sigmas in (1, 2, 3):
        assert processes.within(sigmas) == pytest.approx(2 * stats.norm.cdf(sigmas) - 1)


def test_bars_come_to_the_normal() -> None:
    gaps = []
    for n in (12, 50, 200):
        z, heights = processes.standardised(n)
        assert (heights * np.diff(z)[0]).sum() == pytest.approx(1.0)
        gaps.append(np.abs(heights - stats.norm.pdf(z)).max())
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.001


@pytest.mark.parametrize("n", averages.SIZES)
def test_averages_are_as_wide_and_as_lopsided_as_predicted(n: int) -> None:
    measured = averages.measured(n)
    error = measured.deviation_spread / np.sqrt(averages.SEEDS)
    assert abs(measured.deviation - averages.standard_error(n)) < 4 * error
    error = measured.skewness_spread / np.sqrt(averages.SEEDS)
    assert abs(measured.skewness - averages.skewness(n)) < 4 * error


def test_intervals_contain_the_mean_about_as_often_as_they_say() -> None:
    assert 0.9 < averages.coverage() < averages.coverage(400) < 0.95


def test_variances_of_independent_draws_add_up() -> None:
    sums = 30 * averages.averages(30)
    assert sums.var() == pytest.approx(30 * visits.summary(visits.visits()).variance, rel=0.03)
    means, halves = averages.intervals(40, 500, 2)
    sample = np.random.default_rng(2).choice(visits.visits(), (500, 40))[7]
    assert means[7] == pytest.approx(sample.mean())
    assert halves[7] == pytest.approx(2 * stats.sem(sample))


def test_the_corps_that_are_usually_left_out_fit_less_well() -> None:
    every = np.repeat(np.arange(5), processes.ALL_KICKS)
    assert len(every) == 280 and sum(processes.KICKS) == 200
    assert all(some <= whole for some, whole in zip(processes.KICKS, processes.ALL_KICKS, strict=True))
    kept = processes.kicks()
    assert abs(kept.var() / kept.mean() - 1) < abs(every.var() / every.mean() - 1) < 0.1
