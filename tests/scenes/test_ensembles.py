"""The lesson ensembles: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.ensembles import classes, floor, regress, votes
from scenes.maths.ensembles import bagging, boosting, forest, graded, stacking, voting
from scenes.maths.shared.flower import irises
from tests.scenes.harness.table import Claims, Figures, Waivers

FIRST = boosting.by_hand()[0]


def right(wrong: tuple[tuple[int, ...], ...]) -> int:
    """Cases of ten that at most one of three models gets wrong."""
    return sum(sum(case in model for model in wrong) < 2 for case in range(1, voting.CASES + 1))


def losses() -> np.ndarray:
    """Of the four points by hand."""
    return np.abs(graded.RESIDUALS) / np.abs(graded.RESIDUALS).max()


def times() -> float:
    """What the wrong weight is multiplied by in the first round by hand."""
    return float(FIRST.weights[4] / FIRST.weights[0])


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
    "three_classes": {
        "three species": lambda: len(set(irises().species.tolist())),
        "of three.": lambda: len(set(irises().species.tolist())),
        "six times": lambda: 10 * classes.POOR,
        "in ten": lambda: 10 if boosting.say(classes.POOR, 3) > 0 else 0,
        "one half": lambda: 0.5 if abs(boosting.say(0.5)) < 1e-12 else 0.0,
        "three real": lambda: len(boosting.sepals().trees),
    },
    "regression": {
        "Four": lambda: len(graded.RESIDUALS),
        "one and three": lambda: graded.RESIDUALS[-1],
        "one third": lambda: losses().mean(),
        "two thirds": lambda: 1 - losses().mean(),
        "one half": lambda: losses().mean() / (1 - losses().mean()),
        "Three of": lambda: len(graded.ANSWERS),
        "two, three": lambda: graded.ANSWERS[1],
        "and nine": lambda: graded.ANSWERS[2],
        "Here, three": lambda: float(np.median(graded.ANSWERS)),
        "the nine": lambda: graded.ANSWERS[-1],
        "three trees": lambda: regress.HEAVY[-1],
        "Sixty": lambda: graded.boost(regress.SHOWN).answers.shape[1],
        "twenty of": lambda: int((graded.errors().boosted < graded.errors().single).sum()),
        "of twenty": lambda: len(graded.errors().single),
    },
    "wrong_labels": {
        "twenty of": lambda: int((boosting.flipped(boosting.moons()[1], 0)[0] != boosting.moons()[1]).sum()),
        "two hundred": lambda: len(boosting.moons()[0]),
        "Ten percent": lambda: 100 * boosting.compared().shares[:, 0].mean(),
        "twenty-nine": lambda: 100 * boosting.compared().shares[:, 20].mean(),
        "eight": lambda: 100 * boosting.compared().clean["boosted"].error,
        "twelve": lambda: 100 * boosting.compared().noisy["boosted"].error,
    },
    "honest_columns": {
        "Five rows": lambda: len(stacking.TRUTH),
        "four hundred and forty-two": lambda: len(stacking.patients()[1]),
        "five folds": lambda: stacking.FOLDS,
        "Five times": lambda: stacking.FOLDS,
        "one percent": lambda: 100 * stacking.stacked().honest[0],
    },
    "which_one": {
        "six hundred": lambda: len(stacking.six_hundred()[1]),
        "four different": lambda: len(stacking.classifiers()),
        "eleven": lambda: int(stacking.four().wrong.all(axis=0).sum()),
        "all four": lambda: len(stacking.four().wrong),
    },
}
CLAIMS: Claims = {}
WAIVERS: Waivers = {}
