"""The lesson ensembles: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binom

from scenes.ensembles import floor, votes
from scenes.ensembles.honest import Honest
from scenes.ensembles.moons import Moons
from scenes.ensembles.threads import Threads
from scenes.maths.ensembles import bagging, boosting, forest, graded, stacking, voting
from scenes.maths.shared.flower import irises
from tests.scenes.harness.table import Claims, Figures, Waivers

FIRST = boosting.by_hand()[0]


def right(wrong: tuple[tuple[int, ...], ...]) -> int:
    """Cases of ten that at most one of three models gets wrong."""
    return int((voting.marks(wrong).sum(axis=0) < 2).sum())


def losses() -> np.ndarray:
    """Of the four points by hand."""
    return np.asarray(np.abs(graded.RESIDUALS) / np.abs(graded.RESIDUALS).max())


def half_reached() -> float:
    """Share of three equal votes that the middle one completes to more than a half, less its own half."""
    votes_of = np.ones(len(graded.ANSWERS)) / len(graded.ANSWERS)
    found = graded.weighted_median(graded.ANSWERS, votes_of)[0]
    return float(votes_of[found >= graded.ANSWERS].sum() - votes_of[0] / 2)


def times() -> float:
    """What the wrong weight is multiplied by in the first round by hand."""
    return float(FIRST.weights[4] / FIRST.weights[0])


FIGURES: Figures = {
    "three_models": {
        "Three models": lambda: len(voting.marks(voting.SAME)),
        "right seven": lambda: 10 - voting.marks(voting.SAME).sum(axis=1).max(),
        "times in ten": lambda: voting.marks(voting.SAME).shape[1],
        "the three are": lambda: len(voting.marks(voting.SAME)),
        "three wrong": lambda: voting.marks(voting.SAME)[:, 0].sum(),
        "seven right": lambda: right(voting.SAME),
        "ten right": lambda: right(voting.APART),
        "four cases": lambda: voting.vote_fails(voting.marks(voting.PAIRS)).sum(),
        "six": lambda: right(voting.PAIRS),
        "three would": lambda: len(voting.marks(voting.APART)),
        "seventy-eight": lambda: 100 * binom.sf(1, 3, 0.7),
        "twenty-one": lambda: 2 * len([voting.independent(count, votes.SURE) for count in votes.COUNTS]) - 1,
        "ninety-seven": lambda: 100 * voting.independent(votes.COUNTS[-1], votes.SURE),
    },
    "one_tree": {
        "hundred": lambda: len(bagging.single()),
    },
    "bagged": {
        "Five": lambda: len(bagging.by_hand()),
        "Row three": lambda: np.setdiff1d(np.arange(1, 6), bagging.by_hand())[0],
        "hundred": lambda: len(bagging.single()),
        "fifty": lambda: len(bagging.copies(0)),
        "half": lambda: bagging.spread().variances[-1] / bagging.spread().variances[0],
        "thirty-seven": lambda: 100 * bagging.left_out(10**6),
    },
    "floor": {
        "one half": lambda: floor.halves(1)[0],
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
        "one half": lambda: brentq(boosting.say, 0.2, 0.8),
        "here four": times,
        "half of the": lambda: FIRST.weights[4],
    },
    "sixty_stumps": {
        "four rounds": lambda: int((boosting.shown().weights.max(axis=1) < 0.1).argmin()),
        "Sixty": lambda: len(boosting.shown().trees),
        "nineteen": lambda: 100 * boosting.compared().clean["stump"].bias,
        "six percent": lambda: 100 * boosting.compared().clean["boosted"].bias,
        "eight": lambda: 100 * boosting.compared().clean["bagged trees"].error,
    },
    "three_classes": {
        "three species": lambda: len(set(irises().species.tolist())),
        "of three.": lambda: len(set(irises().species.tolist())),
        "six times": lambda: 10 * boosting.between(3),
        "in ten": lambda: 6 / boosting.between(3),
        "one half": lambda: brentq(boosting.say, 0.2, 0.8),
        "three real": lambda: len(boosting.sepals().trees),
    },
    "regression": {
        "Four": lambda: len(graded.RESIDUALS),
        "one and three": lambda: graded.RESIDUALS[-1],
        "one half": lambda: losses().mean() / (1 - losses().mean()),
        "Three of": lambda: len(graded.ANSWERS),
        "two, three": lambda: graded.ANSWERS[1],
        "and nine": lambda: graded.ANSWERS[2],
        "Here, three": lambda: float(np.median(graded.ANSWERS)),
        "the nine": lambda: graded.ANSWERS[-1],
        "half of": lambda: half_reached(),
        "twenty of": lambda: int((graded.errors().boosted < graded.errors().single).sum()),
        "of twenty": lambda: len(graded.errors().single),
    },
    "wrong_labels": {
        "twenty-nine": lambda: 100 * boosting.compared().shares[:, 20].mean(),
        "eight": lambda: 100 * boosting.compared().clean["boosted"].error,
        "twelve": lambda: 100 * boosting.compared().noisy["boosted"].error,
    },
    "honest_columns": {
        "Five rows": lambda: len(stacking.TRUTH),
        "four hundred and forty-two": lambda: len(stacking.patients()[1]),
        "five folds": lambda: len(set(stacking.fold_of(442).tolist())),
        "Five times": lambda: len(set(stacking.fold_of(442).tolist())),
        "One fold": lambda: (np.bincount(stacking.fold_of(442)) > 0).sum() - 4,
        "one percent": lambda: 100 * stacking.stacked().honest[0],
    },
    "which_one": {
        "six hundred": lambda: len(stacking.six_hundred()[1]),
        "four different": lambda: len(stacking.classifiers()),
        "eleven": lambda: int(stacking.four().wrong.all(axis=0).sum()),
        "all four": lambda: len(stacking.four().wrong),
        "three ways": lambda: len({Threads.bagged, Moons.sixty_stumps, Honest.honest_columns}),
    },
}
CLAIMS: Claims = {
    "floor": {"only the rest": "test_the_floor_by_simulation"},
    "honest_columns": {"gets all the weight": "test_the_leaked_stack_is_the_tree"},
    "which_one": {
        "Only eleven": "eleven",
    },
}
WAIVERS: Waivers = {}
