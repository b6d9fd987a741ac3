"""The lesson decision-trees: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
import pytest

from scenes.decision_trees import (
    DecisionTrees,
    average,
    credit,
    growing,
    judges,
    overfit,
    pixels,
    question,
    shaken,
    weakest,
)
from scenes.maths.decision_trees import by_hand as hand
from scenes.maths.decision_trees import (
    capped,
    coin,
    digits,
    forest,
    outofbag,
    paired,
    path,
    steps,
    tree,
    wine_forest,
)
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
def pruned() -> dict[int, paired.Model]:
    """The trees of the pruning path, by their leaves."""
    return path.models(POINTS, LABELS)


def unseen(model: paired.Model) -> float:
    """Percent of unseen bottles that it has right."""
    return 100 * paired.score(model).mean


def stopped() -> np.ndarray:
    """For each bottle the share of rounds in which trees of two to four levels have it right."""
    return paired.stopped(overfit.STOPPED)


@cache
def crowd(features: int) -> forest.Crowd:
    """Votes on each asked bottle's own grape, whose splits see so many features."""
    return wine_forest.for_its_grape(wine_forest.crowd(features))


def six_votes() -> np.ndarray:
    """What the trees that are seen one by one call the bottle."""
    return forest.ballots(POINTS, LABELS, POINTS[[shaken.BOTTLE]], shaken.TREES, 2)[:, 0]


def judging() -> np.ndarray:
    """Which of the eight trees never saw the large digit."""
    return forest.examine().missed[: judges.JUDGES, pixels.SHOWN]


def first_cut(impurity: tree.Impurity = tree.gini) -> tree.Cut:
    return tree.best_cut(POINTS, LABELS, impurity)


def gain(which: int) -> float:
    return small().nodes[small().questions[which]].gain


def error(trees: int) -> float:
    return 100 * float(forest.examine().error[trees - 1])


def told(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """What the planted coin says of each row, and the class."""
    columns, kind = coin.planted(seed)
    return columns[:, 0], kind


def two_levels(measure: Literal["gini", "entropy"]) -> paired.Model:
    return paired.Model(depth=growing.LEVELS, criterion=measure)


def ahead() -> tuple[float, float]:
    """The CO2 of the last year, and what the tree says of it."""
    data = steps.record()
    return float(data.level[-1]), float(steps.look_ahead(data).tree[-1])


FIGURES: Figures = {
    "which_question_first": {
        "three": lambda: len(np.unique(LABELS)),
        "178": lambda: len(POINTS),
    },
    "how_often_two_draws_differ": {
        "four bottles": lambda: hand.FOUR.sum(),
        "three of": lambda: hand.FOUR.max(),
        "six": lambda: hand.all_pairs(hand.FOUR).sum(),
        "sixteen": lambda: hand.all_pairs(hand.FOUR).size,
        "0.375": lambda: tree.gini(hand.FOUR),
        "three such": lambda: len(np.unique(LABELS)),
        "0.658": lambda: tree.gini(tree.tally(LABELS, 3)),
        "eight": lambda: hand.EIGHT.sum(),
        "four and": lambda: hand.EIGHT.max(),
        "and four": lambda: hand.EIGHT.min(),
        "two wrong": lambda: hand.mistakes(hand.SPLITS[0]),
        "755": lambda: first_cut().threshold,
        "0.252": lambda: first_cut().gain,
    },
    "how_many_questions_are_left": {
        "eight": lambda: hand.GAME.sum(),
        "four": lambda: hand.GAME.max(),
        "half": lambda: hand.GAME.max() / hand.GAME.sum(),
        "1.5": lambda: hand.questions_asked(hand.GAME),
        "87": lambda: unseen(two_levels("gini")),
        "89": lambda: unseen(two_levels("entropy")),
    },
    "one_split_one_branch": {"four": lambda: len(small().leaves)},
    "the_tree_without_a_mistake": {
        "100": lambda: 100 * tree.accuracy(full(), POINTS, LABELS),
        "four": lambda: (
            1 + np.flatnonzero([unseen(paired.Model(depth=each)) > 85.5 for each in range(1, 9)]).max()
        ),
        "about 87": lambda: 100 * stopped().mean(),
        "82": lambda: unseen(paired.FULL),
        "twenty times": lambda: len(paired.score(paired.FULL).each),
    },
    "every_branch_must_earn": {
        "three leaves": lambda: path.by_hand().leaves,
        "0.12": lambda: path.by_hand().saved,
        "0.06": lambda: path.by_hand().price,
        "four leaves": lambda: 1 + len(small().questions),
        "chapter four": lambda: 1 + list(DecisionTrees.claims()).index("one_split_one_branch"),
        "87": lambda: 100 * paired.nested().right.mean(),
        "82": lambda: unseen(paired.FULL),
    },
    "a_leaf_can_hold_a_number": {
        "four": lambda: len(steps.NUMBERS),
        "53": lambda: steps.squared_error(steps.NUMBERS),
        "eight": lambda: len(steps.staircase(*learnt()).means),
        "1990": lambda: learnt()[0][-1],
        "371": lambda: ahead()[0],
        "353": lambda: ahead()[1],
    },
    "shake_the_data": {
        "five": lambda: len(shaken.drawn_by_hand()),
        "37": lambda: 100 * (1 - 1 / len(POINTS)) ** len(POINTS),
        "two hundred": lambda: len(forest.spray(POINTS, LABELS, shaken.SAMPLES).column),
        "147": lambda: (forest.spray(POINTS, LABELS, shaken.SAMPLES).column == 1).sum(),
        "six": lambda: len(six_votes()),
        "84": lambda: unseen(paired.BAGGED),
        "82": lambda: unseen(paired.FULL),
    },
    "averaging_removes": {
        "forty": lambda: len(crowd(13).said),
        "88": lambda: unseen(paired.FOREST),
        "87": lambda: 100 * paired.nested().right.mean(),
        "82": lambda: 100 * digits.rivals()[:, 0].mean(),
        "97": lambda: 100 * digits.rivals()[:, 1].mean(),
    },
    "rows_it_never_saw": {
        "eight": lambda: len(forest.examine().missed[: judges.JUDGES]),
        "three trees": lambda: judging().sum(),
        "five": lambda: len(forest.examine().missed[: judges.STOPS[0]]),
        "two percent": lambda: 100 * outofbag.curves(judges.STOPS)[:, -1].mean(),
        "2.2": lambda: 100 * wine_forest.paired_halves(True)[:, 0].mean(),
        "6.6": lambda: 100 * wine_forest.paired_halves(True)[:, 1].mean(),
    },
    "which_features_did_the_work": {
        "80": lambda: 100 * np.mean([np.equal(*told(seed)) for seed in range(coin.RUNS)]),
        "0.66": lambda: coin.plant().impurity.mean(axis=0)[1],
        "69": lambda: 100 * coin.plant().right.mean(),
        "81": lambda: 100 * coin.plant(credit.LEAF).right.mean(),
        "31": lambda: 100 * coin.plant(credit.LEAF).permutation.mean(axis=0)[0],
    },
}

CLAIMS: Claims = {
    "how_often_two_draws_differ": {
        "Try every threshold": "test_a_sweep_tries_every_gap_once",
    },
    "it_never_looks_two_ahead": {
        "takes the best split now": "test_every_question_is_the_best_of_its_room",
        "may miss the best tree": "test_greed_stops_before_four_corners_that_two_levels_part",
    },
    "the_tree_without_a_mistake": {
        "Perfect on seen bottles": "100",
    },
    "rows_it_never_saw": {
        "never saw it": "test_a_row_is_judged_by_trees_that_left_it_out",
    },
}

WAIVERS: Waivers = {}


def learnt() -> tuple[np.ndarray, np.ndarray]:
    """The years that are learnt, and their CO2."""
    data = steps.record()
    return data.year[data.learnt], data.level[data.learnt]


# What is claimed in words


def test_a_price_that_is_chosen_in_each_turn_does_better_than_the_full_tree_in_all_rounds() -> None:
    chosen = paired.nested()
    assert paired.Estimate(chosen.right - paired.right(paired.FULL)).ahead == paired.ROUNDS
    assert np.median(chosen.leaves) in weakest.SHOWN


def test_pruned_trees_with_too_many_leaves_lose_and_those_with_too_few() -> None:
    found = [unseen(pruned()[leaves]) for leaves in weakest.SHOWN]
    top = int(np.argmax(found))
    assert found[0] < found[top] - 2 and found[-1] < found[-2] < found[top] - 2


def test_each_stopped_tree_is_ahead_of_the_full_one_in_all_rounds() -> None:
    for depth in overfit.STOPPED:
        assert paired.difference(paired.Model(depth=depth), paired.FULL).ahead == paired.ROUNDS
    assert (stopped() > paired.right(paired.FULL)).all()


def test_the_last_prices_are_the_gains_of_the_small_tree() -> None:
    folds = tree.prune(full())
    assert [fold.leaves for fold in folds[-4:]] == [4, 3, 2, 1]
    assert [fold.price for fold in folds[-3:]] == pytest.approx(sorted(gain(row) for row in range(3)))
    assert folds[-4].asking == frozenset(small_in_full())


def small_in_full() -> set[int]:
    """Nodes of the full tree that ask what the small tree asks."""
    asked = {(small().nodes[number].column, small().nodes[number].threshold) for number in small().questions}
    return {
        number
        for number in full().questions
        if full().nodes[number].depth < 2
        and (full().nodes[number].column, full().nodes[number].threshold) in asked
    }


def test_the_forest_stays_as_flat_as_the_tree_and_a_line_comes_closer() -> None:
    data = steps.record()
    said = steps.look_ahead(data)
    late = ~data.learnt
    assert np.ptp(said.tree[late]) == 0 and np.ptp(said.forest[late]) == 0
    assert said.forest[-1] == pytest.approx(said.tree[-1], abs=1)
    away = [float(np.abs(one[late] - data.level[late]).mean()) for one in (said.tree, said.forest, said.line)]
    assert away[2] < min(away[:2]) / 2


def test_some_come_twice_and_some_stay_out() -> None:
    drawn = shaken.drawn_by_hand()
    assert max(drawn.count(one) for one in drawn) == 2
    assert set(range(1, 6)) - set(drawn) == {3, 5}


def test_the_next_sample_asks_about_another_feature() -> None:
    assert forest.spray(POINTS, LABELS, 2).column.tolist() == [1, 0]


def test_bagging_is_a_little_better_than_the_full_tree_and_the_forest_better_than_both() -> None:
    assert paired.difference(paired.BAGGED, paired.FULL).is_apart
    assert 0 < paired.difference(paired.BAGGED, paired.FULL).mean < 0.03
    for other in (paired.FULL, paired.BAGGED):
        found = paired.difference(paired.FOREST, other)
        assert found.is_apart and found.mean > 0


def test_each_tree_is_worse_where_splits_see_fewer_features() -> None:
    assert [crowd(features).variance for features in average.FEATURES] == sorted(
        crowd(features).variance for features in average.FEATURES
    )


def test_forests_that_see_three_features_err_least() -> None:
    loss = {features: crowd(features).loss for features in average.FEATURES}
    assert min(loss, key=lambda features: loss[features]) == 3


def test_forests_settle_near_two_percent() -> None:
    assert 100 * outofbag.curves(judges.STOPS)[:, -1] == pytest.approx(2.0, abs=0.4)


def test_out_of_bag_holds_on_the_other_random_half_and_not_on_other_hands() -> None:
    mixed, writers = (wine_forest.paired_halves(by_writer).mean(axis=0) for by_writer in (False, True))
    assert mixed[1] == pytest.approx(mixed[0], abs=0.003)
    assert (wine_forest.paired_halves(True)[:, 1] > 2 * wine_forest.paired_halves(True)[:, 0]).all()
    assert writers[1] > 2 * writers[0]


def test_no_scheme_of_questions_needs_fewer_than_the_entropy() -> None:
    for counts in (hand.GAME, tree.tally(LABELS, 3), np.array([5, 1, 1, 1]), np.array([9, 1])):
        best, heap = 0.0, sorted(float(each) for each in counts)
        while len(heap) > 1:  # Huffman: the best scheme there is
            joined = heap[0] + heap[1]
            best, heap = best + joined, sorted([*heap[2:], joined])
        entropy = float(tree.entropy(counts))
        assert entropy - 1e-9 <= best / counts.sum() < entropy + 1


def test_one_feature_a_split_has_more_bias_than_it_saves_in_variance() -> None:
    three, one = (crowd(features) for features in average.FEATURES[1:])
    assert one.bias - three.bias > (three.loss - three.bias) - (one.loss - one.bias) > 0
    assert one.loss > three.loss


def test_the_variance_of_a_yes_or_no_vote_is_at_most_a_quarter() -> None:
    for features in average.FEATURES:
        said = crowd(features).said
        share = said.mean(axis=(0, 1))
        assert set(np.unique(said)) == {0.0, 1.0}
        assert crowd(features).variance == pytest.approx((share * (1 - share)).mean())
        assert crowd(features).variance <= 0.25


def test_trees_that_see_fewer_features_vote_less_alike_and_have_a_lower_floor() -> None:
    crowds = [crowd(features) for features in average.FEATURES]
    alike, floors = [each.correlation for each in crowds], [each.floor for each in crowds]
    assert alike == sorted(alike, reverse=True) and floors == sorted(floors, reverse=True)
    assert alike[0] < 0.5  # most of one tree's variance is not shared


def test_each_of_the_four_digits_has_three_judges_and_one_verdict_is_wrong() -> None:
    exam = forest.examine()
    rows = list(judges.DIGITS)
    assert exam.missed[: judges.JUDGES, rows].sum(axis=0).tolist() == [3, 3, 3, 3]
    assert (exam.vote(judges.JUDGES)[rows] != exam.digit[rows]).sum() == 1


def test_ten_folds_say_nearly_what_the_rows_out_of_the_bag_say() -> None:
    assert 100 * forest.examine().fresh == pytest.approx(error(judges.STOPS[-1]), abs=0.5)


def test_the_noise_is_ahead_in_each_run_of_full_trees_and_costs_about_nothing_when_shuffled() -> None:
    full, stopped = coin.plant(), coin.plant(credit.LEAF)
    assert (full.impurity[:, 1] > full.impurity[:, 0]).all()
    assert stopped.impurity.mean(axis=0)[1] > 0.2
    for runs in (full, stopped):
        assert abs(runs.permutation.mean(axis=0)[1]) < 0.01 < runs.permutation.mean(axis=0)[0]


def test_a_twin_answers_for_the_other_and_both_together_are_missed() -> None:
    alone, both = coin.twins(credit.LEAF).mean(axis=0)
    assert alone < 0.6 * both
    assert both == pytest.approx(coin.plant(credit.LEAF).permutation.mean(axis=0)[0], abs=0.02)


def test_flavanoids_lower_impurity_about_as_much_as_proline() -> None:
    assert gain(1) + gain(2) == pytest.approx(gain(0), rel=0.02)


def test_the_six_trees_do_not_agree_on_the_bottle() -> None:
    counts = np.bincount(six_votes(), minlength=3)
    assert counts.max() < len(six_votes())
    assert counts.argmax() == LABELS[shaken.BOTTLE]


def test_one_pruned_tree_comes_close_to_the_forest_on_two_features_and_not_on_many() -> None:
    more = paired.Estimate(paired.right(paired.FOREST) - paired.nested().right)
    assert 0 < more.mean < 0.02
    tree_right, forest_right = digits.rivals().T
    assert tree_right.max() + 0.1 < forest_right.min()


def test_trees_that_grew_on_the_digit_know_it() -> None:
    exam = forest.examine()
    seen = ~judging()
    assert (exam.verdict[: judges.JUDGES, pixels.SHOWN][seen] == exam.digit[pixels.SHOWN]).all()


def test_five_trees_leave_a_digit_about_two_judges() -> None:
    assert forest.examine().missed[: judges.STOPS[0]].sum(axis=0).mean() == pytest.approx(2, abs=0.2)


def test_greed_stops_before_four_corners_that_two_levels_part() -> None:
    points, kinds = hand.corners()
    for column in (0, 1):
        assert tree.sweep(points[:, column], kinds).gain == pytest.approx(0)
    parted = [(x > 2) != (y > 2) for x, y in points]
    assert parted == (kinds == 1).tolist()


def test_entropy_is_ahead_at_two_levels_in_most_rounds_and_not_in_all() -> None:
    found = paired.difference(two_levels("entropy"), two_levels("gini"))
    assert paired.ROUNDS / 2 < found.ahead < paired.ROUNDS and not found.is_apart


def test_five_samples_per_leaf_do_as_well_as_pruning_and_as_a_depth_of_two_to_four() -> None:
    leaf = paired.Model(leaf=overfit.SMALLEST)
    assert weakest.SMALLEST == overfit.SMALLEST
    assert paired.difference(leaf, paired.FULL).is_apart
    assert not paired.Estimate(paired.right(leaf) - paired.nested().right).is_apart
    assert not paired.Estimate(paired.right(leaf) - stopped()).is_apart


def test_the_coin_leads_where_leaves_hold_ten_and_the_forest_is_as_good_as_it() -> None:
    found = coin.plant(credit.LEAF)
    assert (found.impurity[:, 0] > found.impurity[:, 1]).all()
    assert found.right.mean() == pytest.approx(found.alone.mean(), abs=0.01)


def test_the_new_bottle_goes_yes_then_no_into_a_room_of_grape_two() -> None:
    root = small().nodes[0]
    inner = small().nodes[root.below]
    assert small().way(growing.NEW_BOTTLE) == [0, root.below, inner.above]
    assert small().nodes[inner.above].verdict == 1


def test_the_sliver_that_is_shown_has_learnt_two_and_errs() -> None:
    held = tree.hold_out(POINTS, LABELS, overfit.FOLD)
    sliver = capped.find_slivers(held, POINTS, LABELS)[overfit.SHOWN]
    assert len(sliver.learnt) == 2
    assert held.tree.nodes[sliver.leaf].verdict != LABELS[sliver.row]


def test_logarithms_of_proline_keep_the_rooms() -> None:
    points = POINTS.copy()
    points[:, 1] = np.log(points[:, 1])
    again = tree.grow(points, LABELS, depth=growing.LEVELS)
    assert [node.counts for node in again.nodes] == [node.counts for node in small().nodes]
    assert again.judge(points).tolist() == small().judge(POINTS).tolist()


def test_none_of_the_three_stops_is_the_best_split() -> None:
    best = first_cut().gain
    for column, level in question.STOPS:
        yes = POINTS[:, column] <= level
        sides = np.array([tree.tally(LABELS[yes], 3), tree.tally(LABELS[~yes], 3)])
        assert hand.gain(sides) < best


def test_each_ruler_prefers_its_own_question() -> None:
    by_gini, by_bits = first_cut(), first_cut(tree.entropy)
    assert by_gini.column != by_bits.column
    for chosen, other, ruler in ((by_gini, by_bits, tree.gini), (by_bits, by_gini, tree.entropy)):
        assert tree.gain_of(POINTS, LABELS, chosen, ruler) > tree.gain_of(POINTS, LABELS, other, ruler)


def test_the_hook_moves_from_the_first_frame_until_all_is_said() -> None:
    hook = telling("decision-trees").timeline.chapters[0]
    falling, naming, sweeping = hook.plays[:3]
    assert (falling + naming + sweeping) / 15 >= hook.beats[0].speech
