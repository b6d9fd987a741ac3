"""The lesson bias-variance: what computes its figures, and what holds its claims."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import stats

from scenes.bias_variance import stage, valley
from scenes.maths.bias_variance import curves, descent, faults
from tests.scenes.harness.table import Claims, Figures, Waivers

HAND = curves.by_hand()
BEFORE, AFTER = faults.mistakes(), faults.mistakes(faults.ONES)
TEST = faults.opened()


def fits() -> dict[int, curves.Floats]:
    """The three polynomials of the lesson, by their degree."""
    readings = curves.draw(1).readings[0]
    return {degree: curves.fitter(degree) @ readings for degree in curves.DEGREES}


def degree(number: int) -> int:
    """The degree of one of the three."""
    return sorted(fits())[number]


def readings(count: int = curves.READINGS) -> int:
    """Readings of a sample of that size, as it is drawn."""
    return int(curves.draw(1, count).readings.shape[1])


def clouds() -> int:
    """Samples of the cloud, as they are drawn."""
    return len(curves.draw(stage.FIFTY).readings @ curves.fitter(5).T)


def level() -> float:
    """Percent of intervals that hold the true rate, by the normal law."""
    return float(100 * (2 * stats.norm.cdf(faults.Z) - 1))


def wins() -> float:
    """Percent of samples on which degree five has the smallest test error of the three."""
    errors = [curves.unseen_errors(degree, curves.draw().readings) for degree in curves.DEGREES]
    return float(100 * (np.argmin(errors, axis=0) == 1).mean())


def apart() -> float:
    """By how many percent the measured error is off the sum of its parts, at most, over twenty seeds."""
    drawn = [curves.draw(seed=seed) for seed in range(20)]
    return 100 * max(
        abs(curves.measured(degree, each) / curves.parts(degree).total - 1)
        for degree in curves.DEGREES
        for each in drawn
    )


def held() -> float:
    """The share of a sample that is held out."""
    return float(np.mean([len(rows) for rows in curves.folds()]) / curves.READINGS)


def near() -> float:
    """How often of ten validation error chooses degree 4, 5 or 6."""
    return float(10 * curves.choices(curves.draw().readings)[4:7].sum())


def descents() -> int:
    """How many times the test error falls by a tenth or more, from one turn to the next."""
    test = np.array([descent.parts(count).total for count in descent.SIZES])
    turns = [0, *(1 + np.flatnonzero(np.diff(np.sign(np.diff(test))))), len(test) - 1]
    return sum(bool(test[after] < 0.9 * test[before]) for before, after in pairwise(turns))


def new_ones() -> int:
    """Of the new mistakes, how many are taken for ones."""
    return int((~np.isin(AFTER.rows, BEFORE.rows) & (AFTER.said == 1)).sum())


def breaking() -> int:
    """In how many foldings two prototypes for the ones break something."""
    return int((faults.foldings().breaks > 0).sum())


def worst() -> float:
    """How often of ten, in bootstrap samples, ones or eights are the slice with the highest error rate."""
    return float(10 * faults.resampled_worst()[[1, 8]].sum() / faults.RESAMPLES)


def valley_of(counts: tuple[int, ...]) -> int:
    """Coefficients, of those numbers, with the smallest expected test error."""
    return min(counts, key=lambda count: descent.parts(count).total)


FIGURES: Figures = {
    "twenty_readings": {
        "twenty": readings,
        "Three": lambda: len(fits()),
        "the three": lambda: len(fits()),
        "degree one, five": lambda: degree(1),
        "and ten": lambda: degree(2),
        "Degree ten": lambda: degree(2),
        "sample degree five": lambda: curves.best_degree(),
        "Degree five": lambda: curves.best_degree(),
        "two thousand": lambda: len(curves.draw().readings),
        "ninety-nine percent": wins,
    },
    "fifty_samples": {
        "twenty": readings,
        "fifty": clouds,
    },
    "one_place": {
        "Fifty": clouds,
        "five": lambda: HAND.truth,
        "four samples": lambda: len(HAND.predictions),
        "two, four": lambda: HAND.predictions[1],
        "four and": lambda: HAND.predictions[2],
        "six": lambda: HAND.predictions[3],
        "mean is four": lambda: HAND.mean,
        "mean: four": lambda: (HAND.predictions[0] - HAND.mean) ** 2,
        "zero, four": lambda: (HAND.predictions[3] - HAND.mean) ** 2,
        "three": lambda: HAND.error,
        "plus four": lambda: 2 * HAND.bias * (HAND.predictions[0] - HAND.mean),
        "minus four": lambda: 2 * HAND.bias * (HAND.predictions[3] - HAND.mean),
    },
    "add_the_noise": {
        "four or": lambda: HAND.readings[0],
        "six": lambda: HAND.readings[1],
        "truth of five": lambda: HAND.truth,
        "eight": lambda: HAND.squares.size,
        "to four": lambda: HAND.squares.mean(),
        "Four": lambda: HAND.bias**2 + HAND.variance + HAND.noise,
        "ten": lambda: degree(2),
        "half": lambda: curves.beyond(10),
        "three stacks": lambda: len(fits()),
        "two thousand": lambda: len(curves.draw().readings),
        "two percent": apart,
    },
    "complexity": {
        "Three": lambda: len(fits()),
        "twelve": lambda: valley.ALL[-1],
        "fifth": held,
        "four": lambda: int(np.sort(np.argsort(-curves.choices(curves.draw().readings))[:3])[0]),
        "five": lambda: int(np.sort(np.argsort(-curves.choices(curves.draw().readings))[:3])[1]),
        "six": lambda: int(np.sort(np.argsort(-curves.choices(curves.draw().readings))[:3])[2]),
        "nine of ten": near,
        "of ten": lambda: 10,
    },
    "two_levers": {
        "twenty readings": lambda: readings(valley.COUNTS[0]),
        "forty": lambda: readings(valley.COUNTS[1]),
        "three hundred and twenty": lambda: readings(valley.COUNTS[2]),
        "five": lambda: curves.best_degree(valley.DOUBLED[0]),
        "seven": lambda: curves.best_degree(valley.DOUBLED[-1]),
    },
    "second_descent": {
        "forty": lambda: descent.basis(curves.places(), 40).shape[1],
        "two hundred": lambda: descent.basis(curves.places(), descent.SIZES[-1]).shape[1],
        "double": descents,
        "zero point one five": lambda: descent.parts(descent.SIZES[-1]).total,
        "degree five": lambda: valley_of(descent.SIZES) - 1,
        "zero point one two": lambda: descent.parts(valley_of(descent.SIZES)).total,
    },
    "learning_curves": {
        "Degree ten": lambda: degree(2),
        "nine percent": lambda: 100 * faults.mean_curves().validation[:, -1].mean(),
        "if nine": lambda: 100 * faults.mean_curves().validation[:, -1].mean(),
        "half": lambda: len(faults.halves()[1]) / len(faults.digits()[1]),
        "two percent": lambda: 100 * faults.machine_curves().validation[:, -1].mean(),
    },
    "slices": {
        "five folds": lambda: faults.FOLDS,
        "ninety-five percent": level,
        "nine of ten": worst,
        "of ten": lambda: 10,
        "nineteen": lambda: BEFORE.slices[1],
        "eighty-eight": lambda: len(BEFORE.rows),
    },
    "mend": {
        "nineteen": lambda: BEFORE.slices[1],
        "become four": lambda: AFTER.slices[1],
        "eighteen": lambda: len(np.setdiff1d(BEFORE.rows, AFTER.rows)),
        "five are new": lambda: len(np.setdiff1d(AFTER.rows, BEFORE.rows)),
        "Four of": new_ones,
        "the five": lambda: len(np.setdiff1d(AFTER.rows, BEFORE.rows)),
        "twenty other": breaking,
        "twenty foldings": lambda: len(faults.foldings().all),
        "eight": faults.best,
        "eighty-one": lambda: TEST.repaired,
        "six": lambda: TEST.broken,
        "our three": lambda: len(fits()),
        "degree five": lambda: curves.best_degree(),
    },
}

CLAIMS: Claims = {
    "twenty_readings": {
        "always has the smaller": "test_a_higher_degree_has_the_smaller_training_error_on_every_sample",
        "nothing holds it": "test_half_of_the_variance_of_degree_ten_lies_beyond_the_outer_readings",
    },
    "fifty_samples": {"agreement is no proof": "test_a_bootstrapped_line_agrees_and_is_wrong"},
    "one_place": {"nothing is left": "test_by_hand"},
    "slices": {"ones or eights are worst": "test_ones_or_eights_are_worst_in_nine_of_ten_resamples"},
}

WAIVERS: Waivers = {}
