"""The lesson bias-variance: what computes its figures, and what holds its claims."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import stats
from sklearn.model_selection import StratifiedKFold

from scenes.bias_variance import beyond, stage, valley
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


def prototypes() -> int:
    """Prototypes of a zero in the model that is chosen."""
    _, named = faults.prototypes(*faults.digits(), faults.each(faults.best()))
    return int((named == 0).sum())


def apart() -> float:
    """By how many percent the measured error is off the sum of its parts, at most, over twenty seeds."""
    drawn = [curves.draw(seed=seed) for seed in range(20)]
    return 100 * max(
        abs(curves.measured(degree, each) / curves.parts(degree).total - 1)
        for degree in curves.DEGREES
        for each in drawn
    )


def wins() -> float:
    """Percent of the samples in which degree five has the smallest test error of the three."""
    drawn = curves.draw().readings
    errors = np.array([curves.unseen_errors(degree, drawn) for degree in curves.DEGREES])
    return float(100 * (errors.argmin(axis=0) == 1).mean())


def near() -> float:
    """Percent of samples of which validation error is lowest at degree four, five or six."""
    return float(100 * curves.choices(curves.draw().readings)[4:7].sum())


def chosen(number: int) -> int:
    """The degrees that are chosen most often, in order."""
    return int(np.sort(np.argsort(curves.choices(curves.draw().readings))[-3:])[number])


def descents() -> int:
    """How many times the test error falls by a tenth or more, from one turn to the next."""
    test = np.array([descent.parts(count).total for count in descent.SIZES])
    turns = [0, *(1 + np.flatnonzero(np.diff(np.sign(np.diff(test))))), len(test) - 1]
    return sum(bool(test[after] < 0.9 * test[before]) for before, after in pairwise(turns))


def folds() -> int:
    """Parts of the development set that are held out in turn."""
    rows, _ = faults.halves()
    parts = StratifiedKFold(faults.FOLDS, shuffle=True, random_state=0)
    return len(list(parts.split(rows, faults.digits()[1][rows])))


FIGURES: Figures = {
    "twenty_readings": {
        "twenty": readings,
        "Three polynomials": lambda: len(fits()),
        "degree one, five": lambda: degree(1),
        "and ten": lambda: degree(2),
        "Which of the three": lambda: len(fits()),
        "Degree ten": lambda: degree(2),
        "degree five": lambda: curves.best_degree(),
        "the three to each": lambda: len(fits()),
        "ninety-nine percent": wins,
    },
    "fifty_samples": {
        "twenty": readings,
        "fifty": clouds,
    },
    "one_place": {
        "Fifty": clouds,
        "truth is five": lambda: HAND.truth,
        "four samples": lambda: len(HAND.predictions),
        "two, four": lambda: HAND.predictions[1],
        "four and": lambda: HAND.predictions[2],
        "six": lambda: HAND.predictions[3],
        "mean is four": lambda: HAND.mean,
        "mean: four": lambda: (HAND.predictions[0] - HAND.mean) ** 2,
        "four, so": lambda: (HAND.predictions[3] - HAND.mean) ** 2,
        "truth: three": lambda: HAND.error,
        "Why three": lambda: HAND.error,
        "plus four": lambda: 2 * HAND.bias * (HAND.predictions[0] - HAND.mean),
        "minus four": lambda: 2 * HAND.bias * (HAND.predictions[3] - HAND.mean),
    },
    "add_the_noise": {
        "on four": lambda: HAND.readings[0],
        "six": lambda: HAND.readings[1],
        "truth of five": lambda: HAND.truth,
        "eight": lambda: HAND.squares.size,
        "to four": lambda: HAND.squares.mean(),
        "Four is": lambda: HAND.bias**2 + HAND.variance + HAND.noise,
        "Degree ten": lambda: degree(2),
        "half": lambda: curves.beyond(degree(2)),
        "three": lambda: len(fits()),
        "two thousand": lambda: len(curves.draw().readings),
        "two percent": apart,
    },
    "complexity": {
        "Three": lambda: len(fits()),
        "twelve": lambda: valley.ALL[-1],
        "a fifth": lambda: len(curves.folds()[0]) / readings(),
        "degree four": lambda: chosen(0),
        "five or": lambda: chosen(1),
        "six": lambda: chosen(2),
        "ninety percent": near,
    },
    "two_levers": {
        "twenty readings": lambda: readings(valley.COUNTS[0]),
        "forty": lambda: readings(valley.COUNTS[1]),
        "three hundred and twenty": lambda: readings(valley.COUNTS[2]),
        "five": lambda: curves.best_degree(valley.DOUBLED[0]),
        "seven": lambda: curves.best_degree(valley.DOUBLED[-1]),
    },
    "second_descent": {
        "double": descents,
        "0.15": lambda: descent.parts(beyond.FAR).total,
        "degree five": lambda: curves.best_degree(),
        "0.12": lambda: descent.parts(curves.best_degree() + 1).total,
    },
    "learning_curves": {
        "Degree ten": lambda: degree(2),
        "One half": lambda: len(faults.halves()[1]) / len(faults.digits()[0]),
        "other half": lambda: len(faults.halves()[0]) / len(faults.digits()[0]),
        "nine percent": lambda: 100 * faults.mean_curves().validation[:, -1].mean(),
        "if nine": lambda: 100 * faults.mean_curves().validation[:, -1].mean(),
        "two percent": lambda: 100 * faults.machine_curves().validation[:, -1].mean(),
        "three": lambda: len(curves.Parts.__dataclass_fields__),
    },
    "slices": {
        "five": folds,
        "ninety-five percent": level,
        "ninety percent": lambda: (
            100 * faults.resampled_worst()[[1, 8]].sum() / faults.resampled_worst().sum()
        ),
        "nineteen": lambda: BEFORE.slices[1],
        "eighty-eight": lambda: len(BEFORE.rows),
    },
    "mend": {
        "nineteen": lambda: BEFORE.slices[1],
        "become four": lambda: AFTER.slices[1],
        "twenty": lambda: len(faults.foldings().repair),
        "up to eight": prototypes,
        "at eight": prototypes,
        "With eight": prototypes,
        "a quarter": lambda: TEST.after.sum() / TEST.before.sum(),
        "three": lambda: len(fits()),
    },
}

CLAIMS: Claims = {
    "twenty_readings": {
        "always has the smaller": "test_a_higher_degree_has_the_smaller_training_error_on_every_sample"
    },
    "one_place": {"nothing is left": "test_by_hand"},
    "slices": {"eights are worst": "test_ones_or_eights_are_worst_in_nine_of_ten_resamples"},
}

WAIVERS: Waivers = {}
