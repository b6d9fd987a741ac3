"""The lesson gradient-boosting: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.gradient_boosting import honest, leaf, shrink
from scenes.maths.gradient_boosting import growth, leaves, losses, ordered, rates, runs, stairs
from tests.scenes.harness.table import Claims, Figures, Waivers


def stump(side: int) -> float:
    """What the first stump by hand says at its left (0) or right (1)."""
    first = stairs.by_hand().stumps[0]
    return (first.left, first.right)[side]


def left_leaf() -> tuple[float, float]:
    """G and H of the left leaf by hand."""
    gradient, hessian = leaves.hand()
    return float(gradient[:2].sum()), float(hessian[:2].sum())


def halved() -> float:
    """Share of the leaf weight that λ leaves, which is also λ's share: by hand."""
    total = left_leaf()
    return float(leaves.weight(*total, leaf.PENALTY) / leaves.weight(*total))


def alone(label: float) -> float:
    """Code of the shop with a single row, if its label is that."""
    labels = ordered.HAND_LABELS.copy()
    labels[honest.ALONE] = label
    return float(ordered.greedy(ordered.HAND_SHOPS, labels)[honest.ALONE])


def unknown() -> float:
    """Code of a row before which no other of its shop stands: the prior."""
    return float(honest.codes(honest.QUEUE)[0])


def guessing_auc() -> float:
    """Mean area under the curve of codes in order, for labels of coin flips."""
    return float(ordered.scores()[:, 2].mean())


def earlier() -> int:
    """Rows of the last row's shop that stand before it."""
    shops = ordered.HAND_SHOPS
    return int((shops[: honest.LAST] == shops[honest.LAST]).sum())


FIGURES: Figures = {
    "one_step": {
        "twenty": lambda: len(np.unique(stairs.sea().year)),
        "5.1": lambda: stairs.errors()[0],
        "1.9": lambda: stairs.errors_of_cuts().min(),
    },
    "what_is_left": {
        "four points": lambda: len(stairs.by_hand().at(stairs.HAND_X)),
        "mean, ten": lambda: stairs.by_hand().start,
        "three cuts": lambda: len(stairs.cuts(stairs.HAND_X)),
        "minus five": lambda: stump(0),
        "plus five": lambda: stump(1),
        "a third": lambda: 1 / len(stairs.by_hand().stumps),
        "thirty": lambda: stairs.hand_errors()[0],
        "five, two": lambda: stairs.hand_errors()[1],
    },
    "twelve_stumps": {
        "5.18": lambda: stairs.unseen().mean.mean(),
        "1.45": lambda: stairs.unseen().twelve.mean(),
        "4.6": lambda: stairs.torn()[0][0],
    },
    "downhill": {
        "eight": lambda: stairs.HAND_Y[losses.PAIR].max(),
        "half the squared": lambda: losses.loss("squared", 1.0, 0.0),
        "minus eight": lambda: losses.downhill("squared", stairs.HAND_Y, stairs.by_hand().start)[0],
        "minus five": lambda: losses.shadow()[0],
        "three stumps": lambda: len(losses.path()) - 1,
    },
    "small_steps": {
        "one half": lambda: stairs.by_hand(shrink.HALF).stumps[0].left / stump(0),
        "600": lambda: rates.course(1.0).unseen.shape[1],
        "0.1": lambda: rates.course(0.1).rate,
        "56.6": lambda: rates.course(0.1).least,
        "0.03": lambda: rates.course(0.03).rate,
        "four times": lambda: np.mean(rates.course(0.03).best / rates.course(0.1).best),
    },
    "parabola": {
        "half the squared": lambda: losses.loss("squared", 1.0, 0.0),
        "eight": lambda: leaves.hand()[0][0],
        "ten": lambda: left_leaf()[0],
        "minus five": lambda: leaves.weight(*left_leaf()),
        "halved": halved,
    },
    "gain": {
        "569": lambda: len(leaves.tumours().table),
        "178.9": lambda: leaves.split().gain,
        "357.9": lambda: runs.first_tree().gain,
    },
    "count_bins": {
        "15,310": lambda: leaves.search().cuts,
        "450": lambda: leaves.search(leaves.FEW).cuts,
        "98 percent": lambda: 100 * leaves.search(leaves.FEW).gain / leaves.search().gain,
    },
    "grow_where_it_pays": {
        "twenty": lambda: len(growth.compared(*growth.SIZES[0]).level),
        "24": growth.plain,
        "nine": lambda: growth.compared(*growth.SIZES[1]).better,
    },
    "own_answer": {
        "label is one half": unknown,
        "0.75": lambda: alone(1.0),
        "0.25": lambda: alone(0.0),
        "is one half for guessing": guessing_auc,
        "0.78": lambda: ordered.scores()[:, 0].mean(),
        "seven": lambda: len(honest.shops()),
        "three": earlier,
    },
    "search_and_stop": {
        "32": lambda: runs.study().pruned,
        "sixty": lambda: len(runs.study().trials),
        "a third": lambda: 1 - runs.study().fitted / (runs.FOLDS * len(runs.study().trials)),
        "56.2": lambda: runs.study().trials[runs.study().best].errors[-1],
        "57.9": lambda: runs.study().default,
        "three folds": lambda: max(len(trial.errors) for trial in runs.study().trials if trial.pruned),
    },
}

CLAIMS: Claims = {
    "one_step": {"The best cut": "test_a_step_says_the_mean_residual_of_its_side"},
    "what_is_left": {"The middle cut is best": "test_by_hand_numbers"},
    "parabola": {"the best value": "test_a_leaf_weight_is_the_bottom_of_its_parabola"},
    "gain": {"The best cut": "test_the_split_is_xgboosts_and_its_gain_twice_ours"},
    "count_bins": {
        "98 percent of the best gain": "98 percent",
        "lose none": "test_bins_keep_most_of_the_gain",
    },
    "grow_where_it_pays": {
        "in all draws": "test_leafwise_is_better_with_many_rows_and_not_with_few",
    },
    "own_answer": {"knows nothing": "test_coin_flips_leak_and_the_queue_does_not"},
}

WAIVERS: Waivers = {}
