"""The lesson decision-trees: what computes its figures, and what holds its claims."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest
from sklearn.datasets import load_digits

from scenes.decision_trees.bagging import TYPICAL
from scenes.decision_trees.forest import DIGITS, JUDGES, SHORT
from scenes.decision_trees.growing import NEW_BOTTLE
from scenes.decision_trees.overfit import FOLD
from scenes.decision_trees.stage import SPRAY
from scenes.maths.decision_trees import forest, tree
from tests.scenes.harness.table import Claims, Figures, Waivers
from tests.scenes.harness.telling import telling

POINTS, LABELS = tree.bottles()


@cache
def small() -> tree.Tree:
    return tree.grow(POINTS, LABELS, depth=2)


@cache
def full() -> tree.Tree:
    return tree.grow(POINTS, LABELS)


@cache
def pruned() -> dict[int, float]:
    """Accuracy (%) on unseen bottles by the number of leaves."""
    scores = tree.score_prices(POINTS, LABELS, tuple(fold.price for fold in tree.prune(full())))
    return dict(zip(scores.leaves.tolist(), (100 * scores.unseen).tolist(), strict=True))


def unseen(depth: int) -> float:
    depths = (1, 2, 3, 4, 5, 6, 7, 8, 30)
    return 100 * float(tree.score_depths(POINTS, LABELS, depths).unseen[depths.index(depth)])


def bagged(columns: int) -> float:
    return 100 * float(forest.score_bags(POINTS, LABELS, (SPRAY,), columns)[0])


def first_cut(impurity: tree.Impurity = tree.gini) -> tree.Cut:
    return tree.best_cut(POINTS, LABELS, impurity)


def sizes() -> list[int]:
    return [sum(node.counts) for node in small().nodes]


def threshold(which: int) -> float:
    return small().nodes[small().questions[which]].threshold


def gain(which: int) -> float:
    return small().nodes[small().questions[which]].gain


def price(leaves_left: int) -> float:
    return next(fold.price for fold in tree.prune(full()) if fold.leaves == leaves_left)


@cache
def exam() -> tuple[int, int]:
    """Bottles held out, and those of them judged wrong."""
    held = tree.hold_out(POINTS, LABELS, HELD_FOLD)
    return len(held.out), len(held.wrong(POINTS, LABELS))


def error(trees: int) -> float:
    return 100 * float(forest.examine().error[trees - 1])


def first_asks(column: int) -> int:
    return int((forest.spray(POINTS, LABELS, SPRAY).column == column).sum())


def wrong_votes() -> int:
    rows = np.arange(*DIGITS)
    digits = forest.examine()
    return int((digits.vote(JUDGES)[rows] != digits.digit[rows]).sum())


def hands() -> int:
    """How many people wrote the digits: scikit-learn has those of the test set only."""
    found = re.search(r"different (\d+) to the test set", " ".join(load_digits().DESCR.split()))
    assert found
    return int(found.group(1))


FIGURES: Figures = {
    "ask_what_cleans_most": {
        "178": lambda: len(POINTS),
        "three": lambda: len(np.unique(LABELS)),
        "0.658": lambda: tree.gini(tree.tally(LABELS, 3)),
        "755": lambda: first_cut().threshold,
        "0.252": lambda: first_cut().gain,
    },
    "two_rulers": {
        "1.567": lambda: tree.entropy(tree.tally(LABELS, 3)),
        "1.575": lambda: first_cut(tree.entropy).threshold,
        "0.647": lambda: first_cut(tree.entropy).gain,
    },
    "every_stroke_grows_a_branch": {
        "111": lambda: sizes()[small().nodes[0].below],
        "67": lambda: sizes()[small().nodes[0].above],
        "755": lambda: threshold(0),
        "1.235": lambda: threshold(1),
        "2.165": lambda: threshold(2),
        "four": lambda: len(small().leaves),
        "163": lambda: round(178 * tree.accuracy(small(), POINTS, LABELS)),
        "178": lambda: len(POINTS),
    },
    "a_tree_without_a_stop": {
        "26": lambda: len(full().leaves),
        "100": lambda: 100 * tree.accuracy(full(), POINTS, LABELS),
        "three": lambda: 1 + int(np.argmax([unseen(depth) for depth in range(1, 9)])),
        "87": lambda: unseen(3),
        "82": lambda: unseen(30),
        "eighteen": lambda: exam()[0],
        "five": lambda: exam()[1],
    },
    "each_branch_must_earn": {
        "five": lambda: max(pruned(), key=lambda leaves: pruned()[leaves]),
        "87.5": lambda: pruned()[5],
        "three": lambda: len(small().questions),
        "0.061": lambda: price(3) if np.isclose(price(3), gain(2)) else np.nan,
        "0.194": lambda: price(2) if np.isclose(price(2), gain(1)) else np.nan,
        "0.252": lambda: price(1) if np.isclose(price(1), gain(0)) else np.nan,
    },
    "the_tree_changes_its_mind": {
        "178": lambda: len(forest.resample(178, 0)),
        "903": lambda: forest.spray(POINTS, LABELS, 2).threshold[0],
        "two hundred": lambda: len(forest.spray(POINTS, LABELS, SPRAY).column),
        "147": lambda: first_asks(1),
        "53": lambda: first_asks(0),
        "82.4": lambda: unseen(30),
        "85.0": lambda: bagged(2),
        "88.6": lambda: bagged(1),
    },
    "crowds_help_only_if_they_differ": {
        "forty": lambda: forest.crowd(10).said.shape[0],
        "fifty": lambda: forest.crowd(10).said.shape[1],
        "38.3": lambda: forest.crowd(10).variance,
        "4.6": lambda: forest.crowd(10).measured(50),
        "3.9": lambda: forest.crowd(10).floor,
        "2.5": lambda: forest.crowd(4).floor,
        "8.6": lambda: forest.crowd(10).loss,
        "7.9": lambda: forest.crowd(4).loss,
        "8.9": lambda: forest.crowd(2).loss,
    },
    "every_tree_has_unseen_rows": {
        "37": lambda: 100 * forest.examine().missed.mean(),
        "twelve": lambda: len(forest.digit_pictures(np.arange(*DIGITS))[0]),
        "eight": lambda: len(forest.examine().missed[: JUDGES]),
        "two": wrong_votes,
        "18.4": lambda: error(5),
        "3.7": lambda: error(40),
        "three hundred": lambda: len(forest.examine().error),
        "1.9": lambda: error(300),
        "2.3": lambda: 100 * forest.examine().fresh,
        "15": lambda: 100 * forest.examine().alone,
        "thirteen": hands,
    },
    "credit_for_every_clean_cut": {
        "0.252": lambda: gain(0),
        "0.194": lambda: gain(1),
        "0.061": lambda: gain(2),
        "half": lambda: gain(0) / (gain(0) + gain(1) + gain(2)),
        "13": lambda: len(forest.give_credit().names),
        "0.187": lambda: forest.give_credit().mean[0],
        "0.55": lambda: forest.give_credit().shares[:, 0].max(),
        "seventy": lambda: (forest.give_credit().shares[:, 0] == 0).sum(),
        "three hundred": lambda: len(forest.give_credit().shares),
    },
}  # fmt: skip

CLAIMS: Claims = {
    "ask_what_cleans_most": {
        "In the square of all pairs": "test_gini_is_the_chance_that_two_draws_differ",
    },
    "two_rulers": {
        "Gini and entropy always agree": "test_each_ruler_prefers_its_own_question",
    },
    "a_tree_without_a_stop": {
        "until every room holds bottles of one grape only": "100",
    },
    "each_branch_must_earn": {
        "exactly what each of them had gained": "test_the_last_prices_are_the_gains_of_the_first_cuts",
        "the tree without a mistake was not the best one": "87.5",
    },
    "the_tree_changes_its_mind": {
        "Its best first question is another one": "903",
    },
    "crowds_help_only_if_they_differ": {
        "one tree has a variance": "38.3",
    },
    "every_tree_has_unseen_rows": {
        "about 37 percent of all rows": "37",
        "18.4 percent of all votes": "18.4",
        "from only thirteen hands": "thirteen",
    },
    "credit_for_every_clean_cut": {
        "seventy pay it nothing": "seventy",
    },
}

WAIVERS: Waivers = {}


# What is claimed in words


def test_each_ruler_prefers_its_own_question() -> None:
    by_gini, by_bits = first_cut(), first_cut(tree.entropy)
    assert by_gini.column != by_bits.column
    for chosen, other, ruler in ((by_gini, by_bits, tree.gini), (by_bits, by_gini, tree.entropy)):
        assert tree.gain_of(POINTS, LABELS, chosen, ruler) > tree.gain_of(POINTS, LABELS, other, ruler)


def test_the_entropy_cut_frees_a_side_of_each_of_two_grapes() -> None:
    cut = first_cut(tree.entropy)
    assert cut.below[0] == 0 and cut.above[2] == 0


def test_the_new_bottle_goes_yes_then_no_into_a_room_of_grape_two() -> None:
    root = small().nodes[0]
    inner = small().nodes[root.below]
    assert small().way(NEW_BOTTLE) == [0, root.below, inner.above]
    assert small().nodes[inner.above].verdict == 1
    assert np.abs((POINTS - NEW_BOTTLE) / np.ptp(POINTS, axis=0)).sum(axis=1).min() > 0.02


def test_the_wrong_bottles_of_the_exam_fell_into_slivers() -> None:
    held = tree.hold_out(POINTS, LABELS, HELD_FOLD)
    leaves = [held.tree.nodes[held.tree.way(POINTS[row])[-1]] for row in held.wrong(POINTS, LABELS)]
    assert {sum(leaf.counts) for leaf in leaves} == {1, 2}


def test_the_exam_is_one_of_the_harder_ones() -> None:
    wrong = [len(tree.hold_out(POINTS, LABELS, fold).wrong(POINTS, LABELS)) for fold in range(tree.FOLDS)]
    assert wrong[HELD_FOLD] == max(wrong) > np.mean(wrong)


def test_the_digits_are_the_first_dozen_with_a_judge_for_each() -> None:
    begin, end = DIGITS
    judged = np.asarray(forest.examine().missed[:JUDGES].any(axis=0))
    dozens = [start for start in range(0, end, end - begin) if judged[start : start + end - begin].all()]
    assert dozens == [begin]


def test_four_to_six_leaves_are_within_the_error_of_five() -> None:
    scores = tree.score_prices(POINTS, LABELS, tuple(fold.price for fold in tree.prune(full())))
    error = 100 * float(scores.error[scores.leaves.tolist().index(5)])
    assert all(abs(pruned()[leaves] - pruned()[5]) < error for leaves in (4, 6))
    assert abs(bagged(1) - pruned()[5]) < error


def test_the_next_sample_asks_about_flavanoids_and_a_third_stays_out() -> None:
    assert forest.spray(POINTS, LABELS, 2).column.tolist() == [1, 0]
    assert len(set(range(178)) - set(forest.resample(178, 0))) / 178 == pytest.approx(1 / 3, abs=0.03)


def test_bias_grows_as_columns_are_hidden() -> None:
    bias = [forest.crowd(columns).bias for columns in (10, 4, 2)]
    assert bias == sorted(bias)
    floors = [forest.crowd(columns).floor for columns in (10, 4, 2)]
    assert floors == sorted(floors, reverse=True)


def test_the_point_that_is_shown_is_the_typical_one() -> None:
    said = forest.crowd(10).said
    one, mean = said.var(axis=(0, 1)), said.mean(axis=1).var(axis=0)
    away = np.abs(one / one.mean() - 1) + np.abs(mean / mean.mean() - 1)
    assert int(np.argmin(away)) == TYPICAL


def test_credit_of_the_small_tree_is_half_and_half() -> None:
    assert gain(0) / (gain(0) + gain(1) + gain(2)) == pytest.approx(0.5, abs=0.005)
    names = [SHORT.get(name, name) for name in forest.give_credit().names]
    assert names[:3] == ["proline", "colour", "flavanoids"]


def test_the_hook_moves_from_the_first_frame_until_all_is_said() -> None:
    hook = telling("decision-trees").timeline.chapters[0]
    assert hook.plays[0] / 15 >= hook.beats[0].speech
