"""The pruning path against its definition and the library's."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import path, tree

POINTS, LABELS = tree.bottles()


def test_the_branch_by_hand_has_the_costs_of_its_counts() -> None:
    counts = path.hand_counts()
    assert counts[0].tolist() == (counts[1] + counts[2]).tolist()
    assert counts[2].tolist() == (counts[3] + counts[4]).tolist()
    impure = [2 * a * b / (a + b) / path.HAND_ROWS for a, b in counts]
    assert path.hand_costs() == pytest.approx(impure)
    hand = path.by_hand()
    assert (hand.cost, hand.below, hand.leaves) == pytest.approx((0.20, 0.08, 3))
    assert (hand.saved, hand.price) == pytest.approx((0.12, 0.06))


def test_the_weakest_link_by_hand_is_the_whole_branch() -> None:
    costs = path.hand_costs()
    subtrees = {1: costs[0], 2: costs[1] + costs[2], 3: costs[1] + costs[3] + costs[4]}  # all there are
    for alpha in np.linspace(0.0, 0.12, 241):
        charged = {leaves: cost + alpha * leaves for leaves, cost in subtrees.items()}
        cheapest = min(charged.values())
        if abs(alpha - path.by_hand().price) < 1e-9:
            assert (
                charged[1] == pytest.approx(charged[3]) == pytest.approx(cheapest) and charged[2] > cheapest
            )
        else:
            assert min(charged, key=lambda leaves: charged[leaves]) == (3 if alpha < 0.06 else 1)
    inside = path.Branch(float(costs[2]), float(costs[[3, 4]].sum()), 2)
    assert path.by_hand().price < inside.price == pytest.approx(0.07)


def cheapest_subtree(grown: tree.Tree, number: int, alpha: float) -> tuple[float, int]:
    """Of all subtrees below a node, pruned anywhere, the lowest R(T) + alpha |T|, and its leaves; ties: the fewest."""
    node = grown.nodes[number]
    counts = np.array(node.counts)
    total = sum(grown.nodes[0].counts)
    folded = (float(tree.gini(counts) * counts.sum() / total) + alpha, 1)
    if number not in grown.questions:
        return folded
    below, above = (cheapest_subtree(grown, each, alpha) for each in (node.below, node.above))
    opened = (below[0] + above[0], below[1] + above[1])
    return folded if folded[0] <= opened[0] + 1e-12 else opened


def test_each_tree_of_the_path_is_the_cheapest_of_all_at_its_price() -> None:
    grown = tree.grow(POINTS, LABELS)
    folds = tree.prune(grown)
    for fold, price in zip(folds, path.between(folds), strict=True):
        if price > 0:
            assert cheapest_subtree(grown, 0, float(price))[1] == fold.leaves


def test_a_branch_folds_at_its_price() -> None:
    grown = tree.grow(POINTS, LABELS)
    folds = tree.prune(grown)
    for before, step in pairwise(folds):
        for number in step.folded:
            branch = path.branch(grown, number, before.asking)
            assert branch.price == pytest.approx(step.price, abs=1e-9)
            # As good folded as not, when leaves cost that much.
            assert branch.cost + step.price == pytest.approx(branch.below + branch.leaves * step.price)


def test_between_two_steps_the_library_prunes_to_the_same_tree() -> None:
    folds = tree.prune(tree.grow(POINTS, LABELS))
    prices = path.between(folds)
    assert prices[0] == 0 and (np.diff(prices) > 0).all()
    for fold, price in zip(folds[1:], prices[1:], strict=True):
        model = DecisionTreeClassifier(ccp_alpha=price, random_state=0).fit(POINTS, LABELS)
        assert model.get_n_leaves() == fold.leaves


def test_seen_scores_are_those_of_the_librarys_pruned_trees() -> None:
    grown = tree.grow(POINTS, LABELS)
    folds = tree.prune(grown)
    for fold, price in zip(folds, path.between(folds), strict=True):
        model = DecisionTreeClassifier(ccp_alpha=price, random_state=0).fit(POINTS, LABELS)
        assert path.seen(grown, fold.asking) == pytest.approx(model.score(POINTS, LABELS))
