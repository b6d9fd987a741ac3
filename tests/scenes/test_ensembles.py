"""The lesson ensembles: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.ensembles import floor, regress, votes
from scenes.maths.ensembles import bagging, boosting, forest, graded, stacking, voting
from tests.scenes.harness.table import Claims, Figures, Waivers

FIRST, SECOND = boosting.by_hand()


def right(wrong: tuple[tuple[int, ...], ...]) -> int:
    """Cases of ten that at most one of three models gets wrong."""
    return sum(sum(case in model for model in wrong) < 2 for case in range(1, voting.CASES + 1))


def losses() -> np.ndarray:
    """Of the four points by hand."""
    return np.abs(graded.RESIDUALS) / np.abs(graded.RESIDUALS).max()


def times() -> float:
    """What the wrong weight is multiplied by in the first round by hand."""
    return float((FIRST.weights[4] / FIRST.weights[0]))


FIGURES: Figures = {
    "three_models": {
        "Three models": lambda: len(voting.SAME),
        "right seven": lambda: voting.CASES - len(voting.SAME[0]),
        "times in ten": lambda: voting.CASES,
        "all three": lambda: len(voting.SAME),
        "three wrong": lambda: len(voting.SAME),
        "seven of ten": lambda: right(voting.SAME),
        "model: seven of ten": lambda: right(voting.SAME),
        "of ten.": lambda: voting.CASES,
        "ten of": lambda: right(voting.APART),
        "four cases": lambda: voting.CASES - right(voting.PAIRS),
        "six": lambda: right(voting.PAIRS),
        "of ten, worse": lambda: voting.CASES,
        "three would": lambda: votes.COUNTS[1],
        "seventy-eight": lambda: 100 * voting.independent(votes.COUNTS[1], votes.SURE),
        "twenty-one": lambda: votes.COUNTS[-1],
        "ninety-seven": lambda: 100 * voting.independent(votes.COUNTS[-1], votes.SURE),
    },
    "one_tree": {
        "sixty": lambda: len(bagging.draw(0)[0]),
        "hundred": lambda: len(bagging.single()),
    },
    "bagged": {
        "Five": lambda: len(bagging.HAND),
        "Row three": lambda: next(row for row in range(1, 6) if row not in bagging.HAND),
        "hundred": lambda: len(bagging.single()),
        "fifty": lambda: len(bagging.copies(0)),
        "half": lambda: bagging.spread().variances[-1] / bagging.spread().variances[0],
        "thirty-seven": lambda: 100 * bagging.left_out(bagging.POINTS),
    },
    "floor": {
        "Fifty": lambda: len(bagging.copies(0)),
        "one half": lambda: floor.HALF,
        "three quarters": lambda: sum(floor.halves(2)),
        "ten": lambda: floor.BY_HAND[-1],
        "red half": lambda: floor.halves(10)[0],
        "seventy-seven": lambda: 100 * forest.vote("forest").one,
        "eighty-three": lambda: 100 * forest.vote("bagged").one,
        "ninety-seven": lambda: 100 * forest.vote("forest").vote,
        "ninety-five": lambda: 100 * forest.vote("bagged").vote,
    },
    "swell": {
        "Five": lambda: len(boosting.LINE),
        "Here it is one fifth": lambda: FIRST.error,
        "four fifths": lambda: 1 - FIRST.error,
        "over one fifth": lambda: FIRST.error,
        "one half": lambda: 0.5 if abs(boosting.say(0.5)) < 1e-12 else 0.0,
        "here four": times,
        "half of all": lambda: FIRST.weights[4],
    },
    "sixty_stumps": {
        "Two hundred": lambda: len(boosting.moons()[0]),
        "four rounds": lambda: 4,
        "twenty times": lambda: len(boosting.moons()[0]) * boosting.shown().weights[4].max(),
        "Sixty": lambda: len(boosting.shown().trees),
        "forty": lambda: len(boosting.compared().shares),
        "nineteen": lambda: 100 * boosting.compared().clean["stump"].bias,
        "six percent": lambda: 100 * boosting.compared().clean["boosted"].bias,
        "eight": lambda: 100 * boosting.compared().clean["bagged trees"].error,
    },
}
CLAIMS: Claims = {}
WAIVERS: Waivers = {}
