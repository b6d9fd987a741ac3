"""The lesson partial-dependence: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np

from scenes.maths.partial_dependence import diamonds, hand, known, prices
from scenes.maths.partial_dependence.diamonds import CARAT, HIGH, LOW, WIDTH
from tests.scenes.harness.table import Claims, Figures, Waivers


@cache
def samples() -> list[prices.Opinion]:
    """What the model says that learned from each sample."""
    return [prices.opinion(seed) for seed in range(prices.SEEDS)]


def said() -> prices.Opinion:
    """What is drawn."""
    return prices.opinion()


def rise() -> float:
    """How much the partial dependence rises with clarity, mean of all samples."""
    return float(np.mean([each.mean[HIGH] - each.mean[LOW] for each in samples()]))


def gain(group: int) -> float:
    """How much a group of weight gains, mean of all samples."""
    return float(np.mean([each.gains[group] for each in samples()]))


def heavy() -> float:
    """How much the stones above one carat gain, mean of all samples."""
    return float(np.mean([each.fan[each.groups >= 2, HIGH].mean() for each in samples()]))


def worst(model: int) -> float:
    """The price of the worst stone at the end of the grid."""
    quarrel = prices.quarrel()
    return float(quarrel.curves[model, quarrel.worst, -1])


def factors() -> np.ndarray:
    """Percent by which each group's price rises, of a model of log price, mean of all samples."""
    return np.asarray(100 * (np.mean([each.factors for each in samples()], axis=0) - 1))


def far() -> float:
    """Gain that one in twenty of the drawn stones exceeds."""
    return float(np.quantile(said().fan[:, HIGH], 0.95))


FIGURES: Figures = {
    "turn_one_knob": {
        "eight": lambda: said().curves.shape[1],
        "4.9": lambda: said().raw[LOW],
        "2.4 thousand": lambda: 1000 * said().raw[HIGH],
        "0.71": lambda: said().stones[prices.gold(said()), CARAT],
        "0.98": lambda: said().fit,
    },
    "mean_of_the_curves": {
        "Take three": lambda: len(hand.LOW),
        "one, three": lambda: hand.LOW[1],
        "and eight": lambda: hand.LOW[2],
        "is four": lambda: hand.LOW.mean(),
        "five and": lambda: hand.HIGH[1],
        "fourteen": lambda: hand.HIGH[2],
        "is seven": lambda: hand.HIGH.mean(),
        "three hundred": lambda: len(said().curves),
        "2.3 thousand": lambda: 1000 * rise(),
        "about 2.5": lambda: -prices.rises()[:, 1].mean(),
    },
    "tie_the_curves": {
        "six": lambda: (hand.HIGH - hand.LOW)[2],
        "is three": lambda: (hand.HIGH - hand.LOW).mean(),
        "seven": lambda: hand.HIGH.mean(),
        "minus four": lambda: -hand.LOW.mean(),
        "1.3 thousand": lambda: 1000 * np.median(said().fan[:, HIGH]),
        "twenty": lambda: len(said().fan) / (said().fan[:, HIGH] > far()).sum(),
        "7.7": far,
    },
    "fan_is_an_interaction": {
        "0.4 thousand": lambda: 1000 * gain(0),
        "five": heavy,
        "50": lambda: factors().min(),
        "100 percent": lambda: factors().max(),
    },
    "flat_mean": {
        "gains eight": lambda: np.ptp(hand.CROSS[0]),
        "loses eight": lambda: hand.CROSS[1, 0] - hand.CROSS[1, 1],
        "three": lambda: known.crossing_rows(0)[0].shape[1],
        "half": lambda: (known.crossing().rises > 0).mean(),
        "8.6": lambda: known.crossing().rises[known.crossing().above].mean(),
        "8.4": lambda: -known.crossing().rises[~known.crossing().above].mean(),
    },
    "two_knobs": {
        "four corners": lambda: said().corners.size,
        "other three": lambda: said().corners.size - 1,
        "fourth": lambda: said().corners.size,
        "5.7": lambda: said().corners[0, 1] + said().corners[1, 0] - said().corners[0, 0],
        "10.8": lambda: said().corners[1, 1],
        "5.1 thousand": lambda: 1000 * said().post,
        "3.5 percent": lambda: 100 * prices.surface().share,
    },
    "stones_that_do_not_exist": {
        "88 percent": lambda: 100 * prices.quarrel().lonely[-1],
        "five millimetres": lambda: prices.quarrel().stones[prices.quarrel().worst, WIDTH],
        "half": lambda: prices.alone_at(1.0).mean(),
        "ten": lambda: len(prices.quarrels()),
        "14.5 thousand": lambda: 1000 * worst(0),
        "minus 13.5": lambda: worst(1),
    },
    "neighbours_mix_effects": {
        "2.5 thousand": lambda: -1000 * prices.rises()[:, 2].mean(),
        "1.07": lambda: said().weight[LOW],
        "0.49": lambda: said().weight[HIGH],
    },
    "small_steps": {
        "and four": lambda: hand.LOCAL[0][1],
        "is three": lambda: hand.steps()[0],
        "one and three": lambda: hand.LOCAL[1][1],
        "zero, three": lambda: hand.stairs()[0][1],
        "three, five": lambda: hand.stairs()[0][2],
        "1.9 thousand": lambda: -1000 * np.diff(prices.quarrel().rise(0.3, 1.0))[0],
        "0.4": lambda: np.diff([each.rise(0.3, 1.0) for each in prices.quarrel().effects])[0],
        "ten": lambda: len(prices.apart(0.3, 1.0)),
        "3.1": lambda: prices.apart(0.3, 1.0)[:, 0].mean(),
        "0.7": lambda: prices.apart(0.3, 1.0)[:, 1].mean(),
    },
    "truth_is_known": {
        "1.00": lambda: known.rises()[:, 0].mean(),
        "1.90": lambda: known.rises()[:, 3].mean(),
        "1.17": lambda: known.rises()[:, 1].mean(),
    },
    "models_opinion": {
        "12 percent": lambda: 100 * prices.like_the_mean(said()).mean(),
        "2.3 thousand": lambda: 1000 * rise(),
        "0.4": lambda: gain(0),
        "five": heavy,
    },
}

CLAIMS: Claims = {
    "turn_one_knob": {"Only predictions": "test_partial_dependence_of_a_sum_is_its_part"},
    "stones_that_do_not_exist": {
        "the worst": "test_the_shown_stone_is_the_worst",
    },
    "truth_is_known": {"every draw": "test_ale_is_closer_in_every_draw_of_correlated_features"},
}

WAIVERS: Waivers = {}


def test_the_shown_stone_is_the_worst() -> None:
    quarrel = prices.quarrel()
    assert quarrel.curves[1, :, -1].min() == quarrel.curves[1, quarrel.worst, -1] == quarrel.curves[1].min()


def test_ale_tells_the_truth_of_twins_on_average() -> None:
    rises = known.rises().mean(axis=0)
    assert round(float(rises[2]), 2) == round(float(rises[0]), 2) == 1.0


def test_drawn_stones_are_unseen() -> None:
    sample = diamonds.sample()
    assert (said().stones == sample.rows[diamonds.TRAIN : diamonds.TRAIN + diamonds.CURVES]).all()
