"""The lesson bias-variance: what computes its figures, and what holds its claims."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import stats

from scenes.bias_variance import beyond, cloud, valley
from scenes.maths.bias_variance import curves, descent, faults
from tests.scenes.harness.table import Claims, Figures, Waivers

HAND = curves.by_hand()
BEFORE, AFTER, WHOLE = faults.mistakes(), faults.mistakes(faults.ONES), faults.mistakes(faults.ALL)
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
    return len(curves.draw(cloud.FIFTY).readings @ curves.fitter(5).T)


def level() -> float:
    """Percent of intervals that hold the true rate, by the normal law."""
    return float(100 * (2 * stats.norm.cdf(faults.Z) - 1))


def prototypes() -> int:
    """Prototypes of a zero in the model that is chosen."""
    _, named = faults.prototypes(*faults.digits(), faults.ALL)
    return int((named == 0).sum())


def apart() -> float:
    """By how many percent the measured error is off the sum of its parts, at most, over twenty seeds."""
    drawn = [curves.draw(seed=seed) for seed in range(20)]
    return 100 * max(
        abs(curves.measured(degree, each) / curves.parts(degree).total - 1)
        for degree in curves.DEGREES
        for each in drawn
    )


def descents() -> int:
    """How many times the test error falls by a tenth or more, from one turn to the next."""
    test = descent.descend().test
    turns = [0, *(1 + np.flatnonzero(np.diff(np.sign(np.diff(test))))), len(test) - 1]
    return sum(bool(test[after] < 0.9 * test[before]) for before, after in pairwise(turns))


def worse() -> int:
    """In how many of the splits the nines fare worse when the ones have two prototypes."""
    found = faults.splits()
    return int((found.ones[:, 9] > found.slices[:, 9]).sum())


def worst() -> int:
    """In how many of the splits the ones are the slice with the most mistakes."""
    return int((faults.splits().slices.argmax(axis=1) == 1).sum())


FIGURES: Figures = {
    "twenty_readings": {
        "twenty": readings,
        "Three curves": lambda: len(fits()),
        "degree one, five": lambda: degree(1),
        "and ten": lambda: degree(2),
        "Degree ten": lambda: degree(2),
        "of the three": lambda: len(fits()),
        "degree five": lambda: curves.best_degree(),
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
        "three": lambda: HAND.error,
    },
    "add_the_noise": {
        "four or": lambda: HAND.readings[0],
        "six": lambda: HAND.readings[1],
        "eight": lambda: HAND.squares.size,
        "to four": lambda: HAND.squares.mean(),
        "Four": lambda: HAND.bias**2 + HAND.variance + HAND.noise,
        "five": lambda: degree(1),
        "ten": lambda: degree(2),
        "three stacks": lambda: len(fits()),
        "two thousand": lambda: len(curves.draw().readings),
        "two percent": apart,
    },
    "complexity": {
        "Three": lambda: len(fits()),
        "twelve": lambda: valley.ALL[-1],
        "five": lambda: curves.best_degree(),
    },
    "two_levers": {
        "twenty readings": lambda: readings(valley.COUNTS[0]),
        "forty": lambda: readings(valley.COUNTS[1]),
        "three hundred and twenty": lambda: readings(valley.COUNTS[2]),
        "five": lambda: curves.best_degree(valley.DOUBLED[0]),
        "seven": lambda: curves.best_degree(valley.DOUBLED[-1]),
    },
    "second_descent": {
        "twenty": readings,
        "thousand": lambda: descent.features(curves.places(), beyond.BEYOND[-1], descent.SHOWN).shape[1],
        "double": descents,
    },
    "learning_curves": {
        "Degree ten": lambda: degree(2),
        "ten percent": lambda: 100 * faults.mean_curves().validation[-1],
        "if ten": lambda: 100 * faults.mean_curves().validation[-1],
        "one percent": lambda: 100 * faults.machine_curves().validation[-1],
    },
    "slices": {
        "ninety-five percent": level,
        "eighteen": worst,
        "twenty": lambda: len(faults.splits().slices),
    },
    "mend": {
        "twenty": lambda: BEFORE.slices[1],
        "all twenty": worse,
        "eight": lambda: AFTER.slices[1],
        "nines: nine": lambda: BEFORE.slices[9],
        "fourteen": lambda: AFTER.slices[9],
        "three": prototypes,
        "seventy-two": lambda: TEST.repaired,
        "eleven": lambda: TEST.broken,
    },
}

CLAIMS: Claims = {
    "one_place": {"nothing is left": "test_by_hand"},
    "slices": {"Ones are worst": "test_twenty_splits_tell_the_same"},
    "mend": {"in all twenty": "test_twenty_splits_tell_the_same"},
}

WAIVERS: Waivers = {}
