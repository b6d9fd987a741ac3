"""Decision trees against scikit-learn, brute force and closed forms."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import entropy as scipy_entropy
from sklearn.feature_selection import mutual_info_classif
from sklearn.metrics import mutual_info_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import tree

POINTS, LABELS = tree.bottles()


def slow_gain(points: np.ndarray, labels: np.ndarray, column: int, threshold: float) -> Fraction:
    """Gini gain of one cut, counted row by row in exact fractions."""

    def impurity(part: np.ndarray) -> Fraction:
        same = sum(int(one == other) for one in part for other in part)
        return 1 - Fraction(same, len(part) ** 2)

    yes = points[:, column] <= threshold
    after = sum(Fraction(len(part), len(labels)) * impurity(part) for part in (labels[yes], labels[~yes]))
    return impurity(labels) - after


# Impurity


def draw_pairs(count: int, draws: int) -> np.ndarray:
    """Draw one of ``count`` rows, put it back, draw again, ``draws`` times: the rows (draws, 2)."""
    return np.random.default_rng(0).integers(0, count, (draws, 2))


def test_gini_is_the_chance_that_two_draws_differ() -> None:
    one, two = draw_pairs(len(LABELS), 40_000).T
    differ = LABELS[one] != LABELS[two]
    exact = float(tree.gini(tree.tally(LABELS, 3)))
    assert exact == pytest.approx(float((LABELS[:, None] != LABELS[None]).mean()), abs=1e-12)
    assert abs(differ.mean() - exact) < 3 * np.sqrt(exact * (1 - exact) / len(differ))


@pytest.mark.parametrize("counts", [[59, 71, 48], [1, 0, 0], [5, 5], [0, 14, 48], [1, 2, 3, 4]])
def test_entropy_is_in_bits(counts: list[int]) -> None:
    assert tree.entropy(np.array(counts)) == pytest.approx(scipy_entropy(counts, base=2), abs=1e-12)


def test_no_rows_have_no_impurity() -> None:
    assert tree.gini(np.zeros(3)) == 1 and tree.entropy(np.zeros(3)) == 0


def test_many_nodes_are_measured_at_once() -> None:
    counts = np.array([[59, 71, 48], [2, 67, 42]])
    for impurity in (tree.gini, tree.entropy):
        assert impurity(counts) == pytest.approx([float(impurity(row)) for row in counts])


# Cuts


@pytest.mark.parametrize("column", [0, 1])
def test_a_sweep_tries_every_gap_once(column: int) -> None:
    collected = tree.sweep(POINTS[:, column], LABELS)
    values = np.unique(POINTS[:, column])
    np.testing.assert_allclose(collected.threshold, (values[1:] + values[:-1]) / 2)
    for at in (0, 40, collected.best, len(collected.threshold) - 1):
        yes = POINTS[:, column] <= collected.threshold[at]
        assert collected.below[at].tolist() == np.bincount(LABELS[yes], minlength=3).tolist()
        assert collected.above[at].tolist() == np.bincount(LABELS[~yes], minlength=3).tolist()
        assert collected.gain[at] == pytest.approx(
            float(slow_gain(POINTS, LABELS, column, collected.threshold[at])), abs=1e-12
        )


def test_information_gain_is_mutual_information() -> None:
    cut = tree.best_cut(POINTS, LABELS, tree.entropy)
    answer = POINTS[:, cut.column] <= cut.threshold
    assert cut.gain == pytest.approx(mutual_info_score(answer, LABELS) / np.log(2), abs=1e-12)
    assert mutual_info_classif(answer[:, None], LABELS, discrete_features=True)[0] / np.log(
        2
    ) == pytest.approx(cut.gain)


@pytest.mark.parametrize(("name", "impurity"), [("gini", tree.gini), ("entropy", tree.entropy)])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_best_cut_is_the_librarys_first_question(name: str, impurity: tree.Impurity, seed: int) -> None:
    rows = np.random.default_rng(seed).choice(len(POINTS), 100, replace=False)
    points, labels = POINTS[rows], LABELS[rows]
    stump = DecisionTreeClassifier(criterion=name, max_depth=1, random_state=0).fit(points, labels).tree_
    cut = tree.best_cut(points, labels, impurity)
    assert cut.column == stump.feature[0]
    assert cut.threshold == pytest.approx(stump.threshold[0], abs=1e-6)


def test_the_two_rulers_ask_different_first_questions() -> None:
    by_gini, by_bits = (tree.best_cut(POINTS, LABELS, each) for each in (tree.gini, tree.entropy))
    assert (by_gini.column, by_gini.threshold) == (1, 755.0)
    assert (by_bits.column, round(by_bits.threshold, 3)) == (0, 1.575)
    assert by_gini.below.tolist() == [2, 67, 42] and by_gini.above.tolist() == [57, 4, 6]
    assert by_bits.below.tolist() == [0, 14, 48] and by_bits.above.tolist() == [59, 57, 0]


def test_what_is_all_equal_cannot_be_cut() -> None:
    with pytest.raises(ValueError, match="nothing to cut"):
        tree.sweep(np.ones(4), np.array([0, 1, 0, 1]))


# Trees


@pytest.fixture(scope="module")
def full() -> tree.Tree:
    return tree.grow(POINTS, LABELS)


def test_every_question_is_the_best_of_its_room(full: tree.Tree) -> None:
    reach: dict[int, list[int]] = {node.number: [] for node in full.nodes}
    for row, point in enumerate(POINTS):
        for number in full.way(point):
            reach[number].append(row)
    for node in full.nodes:
        rows = np.array(reach[node.number])
        assert np.bincount(LABELS[rows], minlength=3).tolist() == list(node.counts)
        if node.asks:
            best = tree.best_cut(POINTS[rows], LABELS[rows])
            assert node.gain == pytest.approx(best.gain * len(rows) / len(POINTS), abs=1e-12)


def test_a_tree_judges_as_the_library_does(full: tree.Tree) -> None:
    low, high = POINTS.min(axis=0), POINTS.max(axis=0)
    asked = np.random.default_rng(3).uniform(low, high, (400, 2))
    model = DecisionTreeClassifier(random_state=0).fit(POINTS, LABELS)
    assert full.judge(asked).tolist() == model.predict(asked).tolist()
    assert tree.accuracy(full, POINTS, LABELS) == 1.0


def test_rooms_tile_the_box_and_hold_what_falls_into_them(full: tree.Tree) -> None:
    low, high = np.array([0.0, 200.0]), np.array([5.4, 1750.0])
    rooms = {leaf: full.room(leaf, low, high) for leaf in full.leaves}
    area = sum(float(np.prod(upper - lower)) for lower, upper in rooms.values())
    assert area == pytest.approx(float(np.prod(high - low)))
    for point in POINTS:
        lower, upper = rooms[full.way(point)[-1]]
        assert (lower < point).all() and (point <= upper).all()


def test_a_point_on_the_threshold_answers_yes(full: tree.Tree) -> None:
    root = full.nodes[0]
    assert full.way(np.array([3.0, root.threshold]))[1] == root.below


def test_a_way_may_stop_early(full: tree.Tree) -> None:
    assert full.way(POINTS[0], among=set()) == [0]
    assert len(full.way(POINTS[0], among={0})) == 2


# Pruning


def test_the_path_is_the_librarys(full: tree.Tree) -> None:
    path = DecisionTreeClassifier(random_state=0).cost_complexity_pruning_path(POINTS, LABELS)
    folds = tree.prune(full)
    assert [fold.price for fold in folds] == pytest.approx(path.ccp_alphas.tolist(), abs=1e-12)
    for fold, impurity in zip(folds, path.impurities, strict=True):
        left = [node for node in full.nodes if node.number == 0 or node.parent in fold.asking]
        ends = [node for node in left if node.number not in fold.asking]
        assert len(ends) == fold.leaves
        cost = sum(float(tree.gini(np.array(node.counts))) * sum(node.counts) for node in ends) / len(POINTS)
        assert cost == pytest.approx(impurity, abs=1e-12)


def test_the_last_prices_are_the_gains_of_the_first_cuts(full: tree.Tree) -> None:
    small = tree.grow(POINTS, LABELS, depth=2)
    gains = sorted(small.nodes[number].gain for number in small.questions)
    assert [fold.price for fold in tree.prune(full)][-3:] == pytest.approx(gains, abs=1e-12)


def test_each_fold_is_what_pruning_at_its_price_leaves(full: tree.Tree) -> None:
    folds = tree.prune(full)
    for fold, after in zip(folds[1:], [*folds[2:], None], strict=True):
        upper = after.price if after else fold.price + 0.1
        pruned = tree.grow(POINTS, LABELS, price=(fold.price + upper) / 2)
        assert len(pruned.leaves) == fold.leaves


def test_what_is_held_out_is_not_learnt() -> None:
    held = tree.hold_out(POINTS, LABELS, 0)
    rest = np.setdiff1d(np.arange(len(POINTS)), held.out)
    assert sum(held.tree.nodes[0].counts) == len(rest)
    assert tree.accuracy(held.tree, POINTS[rest], LABELS[rest]) == 1.0
    wrong = held.wrong(POINTS, LABELS)
    assert set(wrong) <= set(held.out)
    assert len(wrong) == (held.tree.judge(POINTS[held.out]) != LABELS[held.out]).sum() > 0
