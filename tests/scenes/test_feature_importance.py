"""The lesson feature-importance: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeClassifier

from scenes.feature_importance import cuts
from scenes.feature_importance.folds import KEPT
from scenes.maths.feature_importance import impurity, permuted, selected, shapley, twenty
from scenes.maths.feature_importance.patients import (
    BLOOD,
    MASS,
    NAMES,
    PRESSURE,
    TICKET,
    grown,
    split,
    table,
    twinned,
)
from tests.scenes.harness.table import Claims, Figures, Waivers

SMALL = shapley.small()
FIRST = shapley.of_split(0)


def mean(rule: str, column: int) -> float:
    """What a rule pays a column, on average of twenty splits."""
    return float(twenty.paid(rule)[:, column].mean())


def hand(both: bool) -> float:
    """The prediction by hand with both features known, or with neither: what the other one and the shares lead to."""
    shares = shapley.by_orders(shapley.HAND, 2).sum()
    return float(shapley.HAND[frozenset()] + shares if both else shapley.HAND[frozenset({0, 1})] - shares)


def columns() -> int:
    """Columns of a patient, as the forest sees them."""
    return int(grown(split(0)).n_features_in_)


def kinds(number: int) -> NDArray[np.int_]:
    """Ill and well in a node of the tree that scikit-learn grows on the ten patients by hand."""
    rows = np.array([[0, 0]] * 2 + [[0, 1]] * 2 + [[1, 0]] + [[1, 1]] * 5, dtype=float)
    inner = DecisionTreeClassifier(random_state=0).fit(rows, [0] * 5 + [1] * 5).tree_
    counts: NDArray[np.int_] = np.rint(inner.value[number, 0] * inner.n_node_samples[number]).astype(int)
    assert tuple(counts) == impurity.HAND[number]
    return counts


def score() -> float:
    """R² on held-out rows, on average of twenty splits."""
    return float(twenty.kept()["score"].mean())


def enough() -> int:
    """The fewest columns that score no less than all thirty, on average of the folds."""
    means = selected.folds().mean(axis=0)
    return next(size for size, each in zip(selected.SIZES, means - 0.005, strict=True) if each >= means[-1])


def leaked(way: int) -> float:
    """Percent right by cross-validation: columns chosen first (0), inside the folds (1)."""
    return float(100 * selected.leak()[:, way].mean())


def rules() -> int:
    """Rules whose table is kept."""
    return len({name.split()[0] for name in twenty.kept()} & {"impurity", "permutation", "drop", "shap"})


FIGURES: Figures = {
    "twelve_columns": {
        "Twelve": columns,
        "Ten": lambda: table()[0].shape[1],
        "0.42": score,
    },
    "cut_removes_impurity": {
        "five of its": lambda: kinds(0)[0],
        "five did": lambda: kinds(0)[1],
        "one half": lambda: kinds(0)[0] / kinds(0).sum(),
        "0.5": lambda: impurity.gini(impurity.HAND[0]),
        "four": lambda: kinds(1)[0],
        "0.33": lambda: impurity.by_hand()[0],
        "0.17": lambda: impurity.by_hand()[1],
    },
    "summed_over_trees": {
        "a hundred": lambda: len(grown(split(0)).estimators_),
        "twenty": lambda: len(twenty.paid("impurity")),
        "a quarter": lambda: min(mean("impurity", BLOOD), mean("impurity", MASS)),
    },
    "pays_a_ticket": {
        "six": lambda: len(impurity.six()[0]),
        "offers five": lambda: impurity.cuts(impurity.six()[1]),
        "best of five": lambda: impurity.cuts(impurity.six()[1]),
        "308": lambda: impurity.cuts(split(0).seen[:, TICKET]),
        "1.6": lambda: 100 * impurity.lucky()[:, 0].mean(),
        "0.35": lambda: 100 * impurity.lucky()[:, 1].mean(),
        "outranks five": lambda: round(float(twenty.below_ticket("impurity").mean())),
    },
    "shuffle_a_column": {
        "Four rows": lambda: len(permuted.HAND),
        "0.2.": lambda: permuted.by_hand()[2],
        "0.8": lambda: 1 - permuted.by_hand()[2],
        "0.23": lambda: mean("permutation", MASS),
    },
    "remove_and_refit": {
        "0.22": lambda: mean("permutation", BLOOD),
        "0.05": lambda: mean("drop", BLOOD),
    },
    "fair_split": {
        "150": lambda: hand(both=False),
        "230": lambda: hand(both=True),
        "four": lambda: len(shapley.coalitions(2)),
        "40": lambda: shapley.marginals(shapley.HAND, (0, 1))[0],
        "60": lambda: shapley.marginals(shapley.HAND, (1, 0))[0],
        "50": lambda: shapley.by_orders(shapley.HAND, 2)[0],
    },
    "four_axioms": {
        "three features": lambda: SMALL.tree.n_features_in_,
        "Eight": lambda: len(SMALL.game),
        "Six paths": lambda: len(shapley.all_orders(3)),
        "by six": lambda: sum(shapley.walked(3, 0).values()),
        "58": lambda: SMALL.values[0],
        "30": lambda: SMALL.values[1],
        "22": lambda: -SMALL.values[2],
        "Four Shapley": lambda: len(shapley.axioms()),
        "all four": lambda: len(shapley.axioms()),
    },
    "shares_add_up": {
        "153": lambda: FIRST.base,
        "244": lambda: FIRST.said[0],
        "66": lambda: FIRST.values[0, MASS],
        "22": lambda: FIRST.values[0, PRESSURE],
    },
    "four_rules": {
        "0.23": lambda: mean("permutation", MASS),
        "0.06": lambda: twenty.twin("permutation")[:, 0].mean(),
    },
    "inside_the_folds": {
        "five": lambda: enough(),
        "thirty": lambda: selected.noisy()[0].shape[1],
        "Sixty": lambda: selected.drawn(0)[0].shape[0],
        "two thousand": lambda: selected.drawn(0)[0].shape[1],
        "91": lambda: leaked(0),
        "50": lambda: leaked(1),
    },
    "which_earned_it": {
        "four rules": rules,
        "four questions": rules,
        "of the four": rules,
    },
}

CLAIMS: Claims = {
    "cut_removes_impurity": {"all nodes pure": "test_the_last_nodes_by_hand_are_pure"},
    "pays_a_ticket": {
        "takes the best cut": "test_the_best_cut_is_that_of_a_stump",
        "best of five": "test_more_places_are_luckier",
        "best of its lucky": "1.6",
    },
    "shuffle_a_column": {"predicted exactly": "test_the_shuffle_by_hand"},
    "fair_split": {"over all orders": "test_orders_and_weights_agree"},
    "four_axioms": {"Only the Shapley value": "test_only_the_shapley_value_has_all_four"},
    "shares_add_up": {"all SHAP values": "test_shares_add_up_for_each_patient"},
    "four_rules": {"perfectly correlated": "test_twins_are_perfectly_correlated"},
    "inside_the_folds": {"as well as all thirty": "test_five_columns_do_as_well_as_thirty"},
}

WAIVERS: Waivers = {}


def test_the_last_nodes_by_hand_are_pure() -> None:
    assert len(cuts.SPOTS) == len(impurity.HAND)
    assert [impurity.gini(impurity.HAND[number]) for number in (1, 3, 4)] == [0, 0, 0]


def test_twins_are_perfectly_correlated() -> None:
    rows = twinned(split(0)).held
    assert np.corrcoef(rows[:, MASS], rows[:, -1])[0, 1] == pytest.approx(1)


def test_neither_ticket_nor_coin_of_six_knows_the_outcomes() -> None:
    """They are fixed before outcomes are drawn; the coin has as many of either side."""
    outcomes, ticket, coin = impurity.six()
    assert len(outcomes) == len(set(ticket.tolist())) == 6
    assert coin.sum() == 3


def test_s5_leads_in_the_forest_and_hardly_moves_the_first_patient() -> None:
    assert NAMES[int(twenty.paid("shap").mean(axis=0).argmax())] == "s5"
    assert abs(FIRST.values[0, BLOOD]) < 0.05 * FIRST.values[0, MASS]


def test_beside_body_mass_and_s5_no_bar_clears_its_spread_when_dropped() -> None:
    paid = twenty.paid("drop")
    clears = paid.mean(axis=0) > paid.std(axis=0) + 0.002
    assert set(np.flatnonzero(clears)) == {MASS, BLOOD}


def test_body_mass_adds_more_once_pressure_is_known() -> None:
    for game in (shapley.HAND, SMALL.game):
        alone = game[frozenset({0})] - game[frozenset()]
        assert game[frozenset({0, 1})] - game[frozenset({1})] > alone


def test_of_equal_shares_an_interaction_is_split_evenly() -> None:
    together = {frozenset(): 0.0, frozenset({0}): 0.0, frozenset({1}): 0.0, frozenset({0, 1}): 1.0}
    assert shapley.by_orders(together, 2) == pytest.approx([0.5, 0.5])


def test_one_column_of_noise_survives_elimination_by_impurity() -> None:
    survivors = selected.eliminated()[-KEPT:].astype(int)
    assert (survivors >= table()[0].shape[1]).sum() == 1
