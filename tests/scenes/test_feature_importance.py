"""The lesson feature-importance: what computes its figures, and what holds its claims."""

from __future__ import annotations

from scenes.maths.feature_importance import impurity, permuted, twenty
from scenes.maths.feature_importance.patients import BLOOD, MASS, NAMES, PRESSURE, SPLITS, TICKET, split
from tests.scenes.harness.table import Claims, Figures, Waivers


def mean(rule: str, column: int) -> float:
    """What a rule pays a column, on average of twenty splits."""
    return float(twenty.paid(rule)[:, column].mean())


FIGURES: Figures = {
    "twelve_columns": {
        "Twelve": lambda: len(NAMES),
        "Ten": lambda: TICKET,
        "0.42": lambda: float(twenty.kept()["score"].mean()),
    },
    "cut_removes_impurity": {
        "Five patients": lambda: impurity.HAND[0][0],
        "five who": lambda: impurity.HAND[0][1],
        "Half and half": lambda: impurity.HAND[0][0] / sum(impurity.HAND[0]),
        "a quarter, minus": lambda: (impurity.HAND[0][0] / sum(impurity.HAND[0])) ** 2,
        "minus a quarter, is": lambda: (impurity.HAND[0][1] / sum(impurity.HAND[0])) ** 2,
        "0.5": lambda: impurity.gini(impurity.HAND[0]),
        "four": lambda: impurity.HAND[1][0],
        "0.28": lambda: impurity.gini(impurity.HAND[2]),
        "0.33": lambda: float(impurity.by_hand()[0]),
        "six tenths": lambda: sum(impurity.HAND[2]) / sum(impurity.HAND[0]),
        "0.17": lambda: float(impurity.by_hand()[1]),
        "Two thirds": lambda: float(impurity.by_hand()[0] / impurity.by_hand().sum()),
        "one third": lambda: float(impurity.by_hand()[1] / impurity.by_hand().sum()),
        "0.29": lambda: mean("impurity", BLOOD),
        "and 0.28": lambda: mean("impurity", MASS),
    },
    "pays_a_ticket": {
        "308": lambda: impurity.cuts(split(0).seen[:, TICKET]),
        "1.6": lambda: 100 * float(impurity.lucky()[:, 0].mean()),
        "0.35": lambda: 100 * float(impurity.lucky()[:, 1].mean()),
        "twenty": lambda: SPLITS,
        "two to": lambda: float(twenty.below_ticket("impurity").min()),
        "seven": lambda: float(twenty.below_ticket("impurity").max()),
        "of ten": lambda: TICKET,
        "average five": lambda: float(twenty.below_ticket("impurity").mean()),
    },
    "shuffle_a_column": {
        "Four rows": lambda: len(permuted.HAND),
        "400": lambda: permuted.by_hand()[0],
        "500": lambda: permuted.by_hand()[1],
        "0.2.": lambda: permuted.by_hand()[2],
        "0.8": lambda: 1 - permuted.by_hand()[2],
        "twenty": lambda: SPLITS,
        "0.42": lambda: float(twenty.kept()["score"].mean()),
        "ten times": lambda: permuted.REPEATS,
        "0.23": lambda: mean("permutation", MASS),
        "0.22": lambda: mean("permutation", BLOOD),
        "0.03": lambda: mean("permutation", PRESSURE),
    },
    "remove_and_refit": {
        "0.22": lambda: mean("permutation", BLOOD),
        "0.05": lambda: mean("drop", BLOOD),
        "0.085": lambda: mean("drop", MASS),
        "0.01": lambda: max(
            abs(mean("drop", each)) for each in range(len(NAMES)) if each not in (MASS, BLOOD)
        ),
    },
    "four_rules": {
        "four rules": lambda: len(twenty.RULES),
    },
}

CLAIMS: Claims = {
    "pays_a_ticket": {
        "Both know nothing": "test_more_places_are_luckier",
    },
}

WAIVERS: Waivers = {}
