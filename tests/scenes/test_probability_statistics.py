"""The lesson probability-statistics: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.maths.probability_statistics import averages, fit, power, processes, shuffle, visits
from scenes.maths.probability_statistics.mean_test import MeanTest
from scenes.maths.probability_statistics.screening import Screening
from scenes.maths.shared.flower import irises
from scenes.probability_statistics import alarm, bell, bells, losses, rare, shuffling, slide, wild
from tests.scenes.harness.table import Claims, Figures, Waivers


def all_visits() -> visits.Summary:
    return visits.summary(visits.visits())


def by_hand() -> visits.Summary:
    return visits.summary(visits.BY_HAND)


def draws(n: int) -> float:
    """Draws of a sample, by the spread of its mean."""
    return (all_visits().deviation / averages.standard_error(n)) ** 2


def fenced(number: int) -> int:
    """Cells of a year, by where in it an event may lie."""
    return round(0.5 / float(np.concatenate(processes.years(2000, 50.0, processes.CELLS[number])).min()))


def rung(*, ill: bool) -> float:
    """Share of the ill, or of the well, that get an alarm."""
    sick, alarms = Screening().people()
    return float(alarms[sick == ill].mean())


FIGURES: Figures = {
    "wild_numbers": {
        "more than seventy": lambda: visits.visits()[visits.visits() >= wild.RARE].min(),
        "thirty at random": lambda: wild.drawn(np.random.default_rng(0)).shape[1],
        "Thirty-one": lambda: 100 * all_visits().zeros,
        "five people": lambda: by_hand().count,
        "seven visits": lambda: by_hand().largest,
        "6.8": lambda: by_hand().variance,
        "nearly three": lambda: all_visits().mean,
        "four and a half": lambda: all_visits().deviation,
    },
    "count_successes": {
        "Three rows": lambda: processes.paths(3).shape[1],
        "eight paths": lambda: len(processes.paths(3)),
        "three have one": lambda: processes.ways(3)[1],
        "three choose": lambda: processes.ways(3)[1],
        "Three such": lambda: (processes.paths(3).sum(axis=1) == 1).sum(),
        "three times that": lambda: processes.binomial(3, 0.3)[1] / (0.3 * 0.7**2),
        "twelve rows": lambda: processes.turns().shape[1],
        "two thousand drops": lambda: len(processes.turns()),
        "here six": lambda: processes.binomial_mean(processes.ROWS, processes.FAIR),
        "p be 0.3": lambda: processes.binomial_mean(processes.ROWS, processes.TILTED) / processes.ROWS,
    },
    "many_rare_chances": {
        "ten cells": lambda: fenced(0),
        "two hundred corps": lambda: len(processes.kicks()),
        "six percent": lambda: 100 * processes.poisson(all_visits().mean, 0)[0],
        "thirty-one": lambda: 100 * all_visits().zeros,
        "seven times": lambda: all_visits().variance / all_visits().mean,
    },
    "many_small_pushes": {
        "six pairs": lambda: processes.dice().max(),
        "make seven": lambda: 2 + processes.dice().argmax(),
        "two thirds": lambda: processes.within(1),
        "ninety-five": lambda: 100 * processes.within(2),
        "one hundred and thirty": lambda: (
            bell.TEST[0] + processes.z_score(bell.TEST[2], *bell.TEST[:2]) * bell.TEST[1]
        ),
        "a quarter": lambda: processes.below(0.0, all_visits().mean, all_visits().deviation),
    },
    "averages_gather": {
        "Draw five": lambda: draws(averages.SIZES[1]),
        "of thirty": lambda: draws(averages.SIZES[2]),
        "a hundred: nearly": lambda: draws(averages.SIZES[3]),
        "Four squares": lambda: draws(bells.ADDED),
        "over four": lambda: (averages.standard_error(1) / averages.standard_error(4)) ** 2,
        "ninety-five percent": lambda: 100 * processes.within(2),
        "ninety-three": lambda: 100 * averages.coverage(bells.LEVEL),
    },
    "slide_the_curve": {
        "fifty irises": lambda: len(fit.sepals()),
        "one half": lambda: fit.coin(slide.HALF, 1, 0),
        "0.125": lambda: fit.coin(slide.HALF),
        "two thirds": lambda: fit.share(),
        "5.006": lambda: fit.fitted(fit.sepals())[0],
        "three species": lambda: len(np.unique(irises().species)),
    },
    "turn_the_likelihood_over": {
        "heads 0.9": lambda: np.exp(-fit.log_loss(1, losses.SURE)),
        "0.11": lambda: fit.log_loss(1, losses.SURE),
        "2.30": lambda: fit.log_loss(0, losses.SURE),
    },
    "count_the_alarms": {
        "A thousand people": lambda: Screening().people()[0].size,
        "a hundred": lambda: 1 / Screening().people()[0].mean(),
        "eighty percent": lambda: 100 * rung(ill=True),
        "ten percent": lambda: 100 * rung(ill=False),
        "seven percent": lambda: 100 * Screening().posterior,
    },
    "shuffle_who_improved": {
        "Six tosses,": lambda: shuffle.sequences().shape[1],
        "six heads. Luck": lambda: shuffle.sequences()[-1].sum(),
        "has six": lambda: shuffle.sequences()[-1].sum(),
        "six tails": lambda: (shuffle.sequences()[0] == 0).sum(),
        "eight of": lambda: shuffle.students().seen,
        "of 14": lambda: shuffle.students().plan.sum(),
        "three of": lambda: shuffle.students().table[1, 0],
        "of 18": lambda: (~shuffle.students().plan).sum(),
        "saw eight": lambda: shuffle.students().seen,
        "at eight": lambda: shuffle.students().seen,
        "Two percent": lambda: 100 * shuffle.p_value(),
        "three percent": lambda: 100 * shuffle.p_value(two_sided=True),
        "Thirty-six": lambda: (MeanTest().sigma / MeanTest().error) ** 2,
        "z is two": lambda: MeanTest().z,
        "At five percent": lambda: 100 * power.at_least_one(1),
        "ninety-five percent": lambda: 100 * processes.within(shuffling.BEYOND),
    },
    "be_wrong_in_two_ways": {
        "0.42": lambda: power.at_level(power.SIZES[0]).power,
        "here five percent": lambda: 100 * power.at_least_one(1),
        "Fourteen": lambda: power.at_level(power.SIZES[0]).cut - 1,
        "fifteen": lambda: power.at_level(power.SIZES[0]).cut,
        "of thirty make": lambda: draws(averages.SIZES[2]),
        "a hundred: nearly": lambda: draws(averages.SIZES[3]),
    },
}

CLAIMS: Claims = {
    "many_rare_chances": {"Only the rate lambda": "test_the_binomial_comes_to_the_poisson"},
}

WAIVERS: Waivers = {}


def test_what_is_drawn_as_a_strip_has_no_two_events_in_one_tenth() -> None:
    for row in processes.years(rare.STRIPS, rare.rate(), seed=rare.SEED):
        assert len(set((10 * row).astype(int))) == len(row)


def test_the_lean_falls_with_root_n_and_so_does_the_spread() -> None:
    leans = [averages.measured(n).skewness for n in averages.SIZES]
    assert leans == sorted(leans, reverse=True)
    for n in averages.SIZES[1:]:
        assert np.isclose(averages.measured(n).deviation / averages.standard_error(n), 1, atol=0.01)


def test_few_are_average() -> None:
    assert np.mean(np.abs(visits.visits() - all_visits().mean) < 0.5) < 0.1


def test_the_power_of_a_hundred_tosses_is_nearly_one() -> None:
    assert 0.98 < power.at_level(power.SIZES[-1]).power < 1


def test_at_a_tenth_of_ill_people_nearly_half_of_the_alarms_are_true() -> None:
    ill, alarms = Screening(alarm.PRIORS[-1] / 100).people()
    assert (int((ill & alarms).sum()), int((~ill & alarms).sum())) == (80, 90)


def test_one_result_of_six_tosses_is_six_heads() -> None:
    heads = shuffle.sequences().sum(axis=1)
    assert (heads == shuffle.TOSSES).sum() == 1


def test_corps_that_were_left_out_agree_less() -> None:
    every = visits.summary(np.repeat(np.arange(len(processes.ALL_KICKS)), processes.ALL_KICKS))
    chosen = visits.summary(processes.kicks())
    assert abs(every.variance / every.mean - 1) > abs(chosen.variance / chosen.mean - 1)


def test_whole_heads_reject_a_fair_coin_less_often_than_alpha() -> None:
    test = power.at_level(power.SIZES[0])
    assert test.cut == 15 and test.false_positive < power.ALPHA / 2


def test_running_means_settle_at_the_mean() -> None:
    means = averages.running(400)
    spread = np.abs(means - all_visits().mean).mean(axis=0)
    assert spread[9] > 2 * spread[99] > 4 * spread[999]
    assert (np.abs(averages.running(bells.RUNS)[:, -1] - all_visits().mean) < 0.3).all()


def test_most_intervals_that_miss_lie_low_with_a_small_deviation() -> None:
    means, halves = averages.intervals(bells.LEVEL, averages.SAMPLES)
    missed = np.abs(means - all_visits().mean) > halves
    low = missed & (means < all_visits().mean)
    assert low.sum() > 0.9 * missed.sum()
    assert halves[low].mean() < halves.mean()


def test_a_null_that_is_rejected_lies_outside_the_interval() -> None:
    test = MeanTest()
    assert test.p_value < power.ALPHA
    assert test.seen - shuffling.BEYOND * test.error > test.mu


def test_more_draws_cover_nearer_to_what_was_promised() -> None:
    few, many = (averages.coverage(n) for n in (bells.LEVEL, 4 * bells.LEVEL))
    assert few < many < processes.within(2)
