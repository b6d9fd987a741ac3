"""The lesson multiclass: what computes its figures, and what holds its claims."""

from __future__ import annotations

from typing import Literal

import numpy as np
from sklearn.datasets import load_digits, load_iris
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import SVC

from scenes.kit import shot
from scenes.maths.multiclass import cost, digits, flowers, logits, schemes
from scenes.multiclass import claims, machines, price, question, together
from tests.maths.multiclass.test_regions import grid
from tests.scenes.harness.table import Claims, Figures, Waivers

IRIS, KIND = load_iris(return_X_y=True)
POWERS = np.exp(logits.HAND)


def kinds() -> int:
    """Kinds of iris."""
    return len(np.unique(KIND))


def blobs(classes: int) -> int:
    """Simulated classes, as they are drawn."""
    return len(np.unique(schemes.blobs(classes)[1]))


def claimed(classes: int, seed: int) -> float:
    """Percent of the map with exactly one claim, on a grid of places."""
    lines = schemes.one_vs_rest(*schemes.blobs(classes, seed))
    return float(100 * ((lines.scores(grid()[::3]) > 0).sum(axis=1) == 1).mean())


def one_name(classes: int) -> float:
    """The same, mean of all draws."""
    return float(np.mean([claimed(classes, seed) for seed in range(schemes.DRAWS)]))


def named_in(classes: int, seed: int) -> float:
    """Percent of a draw's points that exactly one class claims, by scikit-learn's own combination."""
    points, labels = schemes.blobs(classes, seed)
    fit = OneVsRestClassifier(SVC(kernel="linear")).fit(points, labels)
    return float(100 * np.mean(np.sum([each.predict(points) for each in fit.estimators_], axis=0) == 1))


def named(classes: int) -> float:
    """The same, mean of all draws."""
    return float(np.mean([named_in(classes, seed) for seed in range(schemes.DRAWS)]))


def held() -> int:
    """Versicolor that scikit-learn's one-vs-rest of linear machines names so, of all flowers."""
    scaled = (IRIS[:, 2:] - IRIS[:, 2:].mean(axis=0)) / IRIS[:, 2:].std(axis=0)
    fit = OneVsRestClassifier(SVC(kernel="linear")).fit(scaled, KIND)
    return int((fit.predict(scaled)[KIND == flowers.MIDDLE] == flowers.MIDDLE).sum())


def ties(classes: int, seed: int) -> float:
    """Percent of the map on which votes tie, on a grid of places."""
    votes = schemes.tally(schemes.one_vs_one(*schemes.blobs(classes, seed)).scores(grid()) > 0, classes)
    return float(100 * ((votes == votes.max(axis=1, keepdims=True)).sum(axis=1) > 1).mean())


def tied(classes: int) -> float:
    """The same, mean of all draws."""
    return float(np.mean([ties(classes, seed) for seed in range(schemes.DRAWS)]))


def said_no() -> int:
    """Flowers that the linear machine of versicolor calls the rest."""
    scaled = (IRIS[:, 2:] - IRIS[:, 2:].mean(axis=0)) / IRIS[:, 2:].std(axis=0)
    fit = SVC(kernel="linear").fit(scaled, KIND == flowers.MIDDLE)
    return int((~fit.predict(scaled)).sum())


def found(scheme: flowers.Scheme) -> float:
    """Percent of versicolor that is found on unseen flowers."""
    return float(100 * flowers.folds(scheme)[:, 1].mean())


def right(scheme: flowers.Scheme) -> float:
    """Accuracy on unseen flowers."""
    return float(flowers.folds(scheme)[:, 0].mean())


def many() -> int:
    """Classes of the example, as they are drawn."""
    return len(price.ring(shot.SAFE, price.MANY, 1.0))


def fences(classes: int) -> int:
    """Fences of so many classes, as they are drawn."""
    return len(schemes.pairs(classes))


def digit(which: int) -> int:
    """The smaller (0) or the larger (1) of the digits whose fence is shown."""
    shown = np.unique(digits.digits()[1][digits.fence().rows])
    return int(shown[which])


def vectors() -> int:
    """Support vectors of scikit-learn's machine on all digits."""
    images, labels = load_digits(return_X_y=True)
    return len(SVC(gamma=cost.GAMMA).fit(images / 16, labels).support_)


def each_holds() -> float:
    """Fences that a support vector holds, on average."""
    images, labels = load_digits(return_X_y=True)
    fit = SVC(gamma=cost.GAMMA).fit(images / 16, labels)
    return float((fit.dual_coef_ != 0).sum() / len(fit.support_))


def wrong(scheme: Literal["rest", "pairs"]) -> float:
    """Percent of unseen digits that are named wrong, at C = 1."""
    return 100 * (1 - digits.unseen(scheme, 1.0))


FIGURES: Figures = {
    "one_line": {
        "hundred and fifty": lambda: len(IRIS),
        "three kinds": kinds,
        "three or more": kinds,
    },
    "against_the_rest": {
        "Three kinds": kinds,
        "three questions": lambda: len(flowers.rest().offsets),
        "five simulated": lambda: blobs(5),
        "Five classes": lambda: blobs(5),
        "five lines": lambda: len(schemes.one_vs_rest(*schemes.blobs(5)).offsets),
        "ten": lambda: cost.rest(question.TEN, question.ROWS).models,
        "nine": lambda: cost.rest(question.TEN, question.ROWS).rows / question.ROWS - 1,
    },
    "ambiguous_regions": {
        "Five curtains": lambda: len(schemes.one_vs_rest(*schemes.blobs(5)).offsets),
        "three classes": lambda: blobs(3),
        "98 percent": lambda: named(3),
        "Five on": lambda: blobs(5),
        "63 percent": lambda: named(5),
        "only 20": lambda: one_name(5),
    },
    "highest_score": {
        "the three": lambda: len(schemes.one_vs_rest(*schemes.blobs(3)).offsets),
        "0.8": lambda: logits.calibrated(claims.GIVEN, claims.CASES).mean(),
        "eight": lambda: logits.calibrated(claims.GIVEN, claims.CASES).sum(),
        "in ten": lambda: len(logits.calibrated(claims.GIVEN, claims.CASES)),
    },
    "class_in_the_middle": {
        "hundred and fifty": said_no,
        "two in three": lambda: 2 * len(KIND) / (KIND != flowers.MIDDLE).sum(),
        "39": held,
        "the fifty": lambda: int((KIND == flowers.MIDDLE).sum()),
        "0.92": lambda: right("rest"),
        "0.96": lambda: min(right("squares"), right("kernel")),
    },
    "one_against_one": {
        "95": lambda: found("pairs"),
        "75": lambda: found("rest"),
        "0.96": lambda: right("pairs"),
        "five simulated": lambda: blobs(5),
        "ten fences": lambda: fences(5),
    },
    "votes_can_tie": {
        "three classes": lambda: blobs(3),
        "with five": lambda: blobs(5),
        "0.2 percent": lambda: max(tied(3), tied(5)),
        "80 percent": lambda: 100 - one_name(5),
    },
    "count_the_rows": {
        "ten": many,
        "forty-five": lambda: fences(many()),
        "a fifth": lambda: cost.pairs(price.MANY, price.EACH).rows / cost.rest(price.MANY, price.EACH).rows,
        "five times": lambda: many() * many() ** 2 / (fences(many()) * 2**2),
        "7,200": lambda: cost.measured().rows[-1],
        "four times": lambda: cost.measured().ratio[-1],
    },
    "in_the_library": {
        "tenfold": lambda: digits.fence(machines.PRICES[1]).price / digits.fence(machines.PRICES[0]).price,
        "823": vectors,
        "three on average": each_holds,
        "1.8": lambda: wrong("pairs"),
        "3.0": lambda: wrong("rest"),
    },
    "train_together": {
        "hand: three": lambda: len(logits.HAND),
        "six": lambda: POWERS[0],
        "three and one": lambda: POWERS[1],
        "ten": lambda: POWERS.sum(),
        "all three logits": lambda: len(logits.HAND),
        "0.6": lambda: POWERS[together.TRUE] / POWERS.sum(),
        "0.51": lambda: np.log(POWERS.sum()) - logits.HAND[together.TRUE],
        "all three": lambda: len(logits.trained()[-1].offsets),
        "96": lambda: 100 * np.mean([right("squares"), right("pairs"), right("softmax")]),
        "in a hundred": lambda: 100 * flowers.folds("pairs").shape[0] / (flowers.SHUFFLES * flowers.FOLDS),
    },
    "which_one_when": {
        "Three plans": lambda: len((flowers.rest(), flowers.one_vs_one(), flowers.softmax())),
        "a three": lambda: digit(0),
        "an eight": lambda: digit(1),
    },
}

CLAIMS: Claims = {
    "against_the_rest": {
        "all n flowers": "test_models_and_rows_are_those_that_are_trained",
        "all others": "test_one_vs_rest_is_that_of_scikit_learn",
        "all n rows": "test_models_and_rows_are_those_that_are_trained",
    },
    "ambiguous_regions": {"only 20": "test_shares_are_those_of_a_fine_grid"},
    "highest_score": {
        "all are negative": "test_the_middle_is_claimed_by_no_class_and_is_nearest_to_the_third"
    },
    "class_in_the_middle": {"no to all": "test_the_linear_machine_claims_no_flower_for_versicolor"},
    "count_the_rows": {"all rows": "test_models_and_rows_are_those_that_are_trained"},
    "in_the_library": {
        "Only points": "test_support_vectors_alone_fix_the_boundary",
        "All its fences": "test_the_pool_counts_each_machine_as_it_is_alone",
    },
    "train_together": {"trained all three": "test_the_descent_falls_to_where_scikit_learn_is"},
}

WAIVERS: Waivers = {}
