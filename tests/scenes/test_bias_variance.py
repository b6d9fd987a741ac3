"""The lesson bias-variance: what computes its figures, and what holds its claims."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import stats

from scenes.bias_variance import beyond, cloud, valley
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
    return len(curves.draw(cloud.FIFTY).readings @ curves.fitter(5).T)


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
    """In how many of ten samples validation error is lowest at degree four, five or six."""
    return float(10 * curves.choices(curves.draw().readings)[4:7].sum())


def chosen(number: int) -> int:
    """The degrees that are chosen most often, in order."""
    return int(np.sort(np.argsort(curves.choices(curves.draw().readings))[-3:])[number])


def descents() -> int:
    """How many times the test error falls by a tenth or more, from one turn to the next."""
    test = np.array([descent.parts(count).total for count in descent.SIZES])
    turns = [0, *(1 + np.flatnonzero(np.diff(np.sign(np.diff(test))))), len(test) - 1]
    return sum(bool(test[after] < 0.9 * test[before]) for before, after in pairwise(turns))


def coefficients(count: int) -> int:
    """Coefficients of a fit, as it is drawn."""
    return int(descent.basis(curves.places(), count).shape[1])


FIGURES: Figures = {
}

CLAIMS: Claims = {
    "one_place": {"nothing is left": "test_by_hand"},
    "slices": {"Ones are worst": "test_twenty_splits_tell_the_same"},
    "mend": {"in all twenty": "test_twenty_splits_tell_the_same"},
}

WAIVERS: Waivers = {}
