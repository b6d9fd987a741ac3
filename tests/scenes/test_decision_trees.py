"""The lesson decision-trees: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.decision_trees import average, credit, judges, shaken, weakest
from scenes.maths.decision_trees import coin, forest, path, steps, tree
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
def pruned() -> path.Scored:
    """Trees of the pruning path, and their accuracy on unseen bottles."""
    return path.scored(POINTS, LABELS, tree.prune(full()))


def unseen(depth: int) -> float:
    depths = (1, 2, 3, 4, 5, 6, 7, 8, 30)
    return 100 * float(tree.score_depths(POINTS, LABELS, depths).unseen[depths.index(depth)])


def bagged() -> float:
    """Percent of unseen bottles that two hundred bagged trees have right."""
    return 100 * float(forest.bag_scores(POINTS, LABELS, (1, shaken.SAMPLES), 2).mean(axis=0)[1])


def first_cut(impurity: tree.Impurity = tree.gini) -> tree.Cut:
    return tree.best_cut(POINTS, LABELS, impurity)


def gain(which: int) -> float:
    return small().nodes[small().questions[which]].gain


def error(trees: int) -> float:
    return 100 * float(forest.examine().error[trees - 1])


def by_hand() -> tuple[list[int], int, int]:
    """What the trees say that never saw the first digit, in their order; what they vote; what the digit is."""
    exam, row = forest.examine(), judges.DIGITS[0]
    fresh = exam.missed[: judges.JUDGES, row]
    said = exam.verdict[: judges.JUDGES, row][fresh].tolist()
    return said, int(exam.vote(judges.JUDGES)[row]), int(exam.digit[row])


def ahead() -> tuple[float, float]:
    """The CO2 of the last year, and what the tree says of it."""
    data = steps.record()
    return float(data.level[-1]), float(steps.look_ahead(data).tree[-1])


FIGURES: Figures = {
    "every_branch_must_earn": {
        "three leaves": lambda: path.by_hand().leaves,
        "0.12": lambda: path.by_hand().saved,
        "0.06": lambda: path.by_hand().price,
        "four leaves": lambda: 1 + len(small().questions),
        "three splits": lambda: len(small().questions),
        "82": lambda: 100 * pruned().of(26),
        "six": lambda: weakest.TIED[0],
        "five": lambda: weakest.TIED[1],
        "or four": lambda: weakest.TIED[2],
        "87": lambda: 100 * pruned().of(5),
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
        "five bottles": lambda: len(shaken.DRAWN),
        "five times": lambda: len(shaken.DRAWN),
        "37": lambda: 100 * (1 - 1 / len(POINTS)) ** len(POINTS),
        "two hundred": lambda: len(forest.spray(POINTS, LABELS, shaken.SAMPLES).column),
        "147": lambda: (forest.spray(POINTS, LABELS, shaken.SAMPLES).column == 1).sum(),
        "82": lambda: unseen(30),
        "85": bagged,
    },
    "averaging_removes": {
        "half of the cases": lambda: (forest.two_errors(alike=False).sum(axis=1) == 0).mean(),
        "half the variance": lambda: (
            forest.two_errors(alike=False).mean(axis=1).var() / forest.two_errors(alike=False).var(axis=0)[0]
        ),
        "three trees": lambda: len(forest.crowd(10).said[0, : average.HAND, average.PLACE]),
        "three answers": lambda: len(set(forest.crowd(10).said[0, : average.HAND, average.PLACE])),
        "fifty": lambda: forest.crowd(10).said.shape[1],
        "38.3": lambda: forest.crowd(10).variance,
        "4.6": lambda: forest.crowd(10).measured(50),
        "four of": lambda: min(average.FEATURES, key=lambda features: forest.crowd(features).loss),
        "ten features": lambda: max(average.FEATURES),
        "89": lambda: 100 * forest.thirteen().tree.mean(),
        "97": lambda: 100 * forest.thirteen().bagging.mean(),
        "98": lambda: 100 * forest.thirteen().forest.mean(),
    },
    "rows_it_never_saw": {
        "eight trees": lambda: judges.JUDGES,
        "five were": lambda: judges.JUDGES - len(by_hand()[0]),
        "three were": lambda: len(by_hand()[0]),
        "these three": lambda: len(by_hand()[0]),
        "vote: three": lambda: by_hand()[0][0],
        "eight,": lambda: by_hand()[0][1],
        "eight, three": lambda: by_hand()[0][2],
        "is three": lambda: by_hand()[1] if by_hand()[1] == by_hand()[2] else np.nan,
        "five trees": lambda: judges.STOPS[0],
        "18": lambda: error(judges.STOPS[0]),
        "1.9": lambda: error(judges.STOPS[-1]),
        "2.1": lambda: 100 * forest.halves().out_of_bag,
        "6.2": lambda: 100 * forest.halves().second,
        "half": lambda: (len(forest.examine().digit) // 2) / len(forest.examine().digit),
    },
    "which_features_did_the_work": {
        "half": lambda: gain(0) / (gain(0) + gain(1) + gain(2)),
        "80": lambda: 100 * coin.RIGHT,
        "0.34": lambda: coin.plant().impurity.mean(axis=0)[0],
        "0.66": lambda: coin.plant().impurity.mean(axis=0)[1],
        "18": lambda: 100 * coin.plant().permutation.mean(axis=0)[0],
    },
}

CLAIMS: Claims = {
    "rows_it_never_saw": {
        "trees that never saw it": "test_a_row_is_judged_by_trees_that_left_it_out",
    },
}

WAIVERS: Waivers = {}


def learnt() -> tuple[np.ndarray, np.ndarray]:
    """The years that are learnt, and their CO2."""
    data = steps.record()
    return data.year[data.learnt], data.level[data.learnt]


# What is claimed in words


def test_the_leaves_that_tie_are_within_one_standard_error() -> None:
    found = pruned()
    best = int(np.argmax(found.unseen))
    assert found.leaves[best] in weakest.TIED
    for leaves in weakest.TIED:
        assert found.of(leaves) > found.unseen[best] - 0.2 * found.error[best]
    assert found.of(2) < found.of(5) - 3 * found.error[best]


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
    assert max(shaken.DRAWN.count(one) for one in shaken.DRAWN) == 2
    assert set(range(1, 6)) - set(shaken.DRAWN) == {3, 5}


def test_the_next_sample_asks_about_another_feature() -> None:
    assert forest.spray(POINTS, LABELS, 2).column.tolist() == [1, 0]


def test_bagging_the_plane_is_within_its_error_of_one_tree() -> None:
    scores = forest.bag_scores(POINTS, LABELS, (1, shaken.SAMPLES), 2)
    assert abs(scores.mean(axis=0)[1] - scores.mean(axis=0)[0]) < scores.std(axis=0).max()
    assert abs(bagged() - unseen(30)) < 3


def test_bias_grows_as_features_are_hidden_and_the_floor_sinks() -> None:
    crowds = [forest.crowd(features) for features in average.FEATURES]
    bias, floors = [crowd.bias for crowd in crowds], [crowd.floor for crowd in crowds]
    assert bias == sorted(bias)
    assert floors == sorted(floors, reverse=True)
    assert floors == pytest.approx([3.9, 2.5, 1.7], abs=0.05)
    assert [crowd.loss for crowd in crowds] == pytest.approx([8.6, 7.9, 8.9], abs=0.05)


def test_each_of_the_four_digits_has_three_judges_and_one_verdict_is_wrong() -> None:
    exam = forest.examine()
    rows = list(judges.DIGITS)
    assert exam.missed[: judges.JUDGES, rows].sum(axis=0).tolist() == [3, 3, 3, 3]
    assert (exam.vote(judges.JUDGES)[rows] != exam.digit[rows]).sum() == 1


def test_ten_folds_say_nearly_what_the_rows_out_of_the_bag_say() -> None:
    assert 100 * forest.examine().fresh == pytest.approx(error(judges.STOPS[-1]), abs=0.5)


def test_the_noise_is_ahead_in_each_run_and_costs_about_nothing_when_shuffled() -> None:
    runs = coin.plant()
    assert (runs.impurity[:, 1] > runs.impurity[:, 0]).all()
    assert abs(runs.permutation.mean(axis=0)[1]) < 0.01 < runs.permutation.mean(axis=0)[0]


def test_four_features_of_the_wines_lead() -> None:
    found = coin.wine_columns()
    names = [credit.SHORT.get(name, name) for name in found.names]
    assert set(names[:4]) == {"proline", "colour", "flavanoids", "alcohol"}
    assert found.mean[3] > 3 * found.mean[4]


def test_each_ruler_prefers_its_own_question() -> None:
    by_gini, by_bits = first_cut(), first_cut(tree.entropy)
    assert by_gini.column != by_bits.column
    for chosen, other, ruler in ((by_gini, by_bits, tree.gini), (by_bits, by_gini, tree.entropy)):
        assert tree.gain_of(POINTS, LABELS, chosen, ruler) > tree.gain_of(POINTS, LABELS, other, ruler)


def test_the_hook_moves_from_the_first_frame_until_all_is_said() -> None:
    hook = telling("decision-trees").timeline.chapters[0]
    assert hook.plays[0] / 15 >= hook.beats[0].speech
