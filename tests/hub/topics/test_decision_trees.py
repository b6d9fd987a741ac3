"""The figure of decision trees grows in the browser what the lesson grows in Python."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from scenes.figure.decision_trees import figure
from scenes.maths.decision_trees import forest, paired, path, tree
from tests.hub.asking import Ask, Seen, ask_demo

POINTS, LABELS = tree.bottles()
ENTRY = """
import * as tree from "./hub/demos/maths/tree";
import { draw } from "./hub/demos/decision-trees";
const calls: { [name: string]: (...args: any[]) => unknown } = {
  grow: (points, kinds, rows, criterion, depth) => tree.grow(points, kinds, rows, 3, criterion, depth ?? Infinity),
  prune: (grown, price) => [...tree.prune(grown, price)],
  draw,
};
"""


def look(*fragments: str) -> list[Seen]:
    return ask_demo("decision-trees", figure(), *fragments)


@pytest.mark.parametrize("criterion", ["gini", "entropy"])
def test_a_small_tree_is_the_lessons(ask: Ask, criterion: str) -> None:
    (found,) = ask(("grow", POINTS, LABELS, np.arange(len(POINTS)), criterion, 2))
    grown = tree.grow(POINTS, LABELS, 2, criterion)  # type: ignore[arg-type]
    assert [node["column"] for node in found] == [node.column for node in grown.nodes]
    assert [node["counts"] for node in found] == [list(node.counts) for node in grown.nodes]
    for here, there in zip(found, grown.nodes, strict=True):
        if there.asks:
            assert here["threshold"] == pytest.approx(there.threshold, abs=2e-5)
            assert here["gain"] == pytest.approx(there.gain, abs=1e-9)


def test_the_full_tree_makes_no_mistake_and_has_as_many_leaves_as_the_librarys(ask: Ask) -> None:
    (found,) = ask(("grow", POINTS, LABELS, np.arange(len(POINTS)), "gini", None))
    leaves = [node for node in found if node["below"] < 0]
    model = DecisionTreeClassifier(random_state=0).fit(POINTS, LABELS)
    assert abs(len(leaves) - model.get_n_leaves()) <= 1  # equal splits are chosen otherwise
    assert all(max(node["counts"]) == sum(node["counts"]) for node in leaves)


def test_the_pruning_path_ends_as_the_lessons(ask: Ask) -> None:
    folds = tree.prune(tree.grow(POINTS, LABELS))
    prices = path.between(folds)[-6:]
    (found,) = ask(("grow", POINTS, LABELS, np.arange(len(POINTS)), "gini", None))
    kept = ask(*(("prune", found, float(price)) for price in prices))
    assert [len(each) + 1 for each in kept] == [fold.leaves for fold in folds[-6:]]


def test_a_sample_is_drawn_as_the_lesson_draws_it(ask: Ask) -> None:
    for seed in (1, 2, 7):
        assert ask(("draw", len(POINTS), seed))[0] == forest.resample(len(POINTS), seed).tolist()
    assert ask(("draw", 4, 0)) == [[0, 1, 2, 3]]


def test_unseen_bottles_are_judged_as_the_lesson_judges_them() -> None:
    first, two, full, five, resampled = look(
        "", "depth=2", "depth=12", "depth=12&price=0.018", "depth=12&sample=2"
    )
    scores = [paired.score(model).mean for model in (paired.Model(depth=2), paired.FULL)]
    assert first.result["unseen"] == two.result["unseen"] == pytest.approx(scores[0], abs=0.01)
    assert full.result["unseen"] == pytest.approx(scores[1], abs=0.015)
    assert full.result["seen"] == resampled.result["seen"] == 1
    assert two.result["seen"] == pytest.approx(163 / 178)
    pruned = paired.score(path.models(POINTS, LABELS)[5]).mean
    assert len(five.result["leaves"]) == 5
    assert five.result["unseen"] == pytest.approx(pruned, abs=0.015)
    assert resampled.result["out"] == 178 - len(set(forest.resample(178, 2).tolist()))


def test_each_thing_to_be_found_can_be_found() -> None:
    start, entropy, drawn, pruned = look("", "depth=1&criterion=entropy", "sample=1", "depth=12&price=0.018")
    assert start.found == [False, False, False]
    assert [entropy.found[0], drawn.found[1], pruned.found[2]] == [True, True, True]


def test_nonsense_in_an_address_harms_nothing() -> None:
    for seen in look("depth=-4&price=NaN&criterion=none&sample=1e99&x=-1e9&y=NaN", "depth=0&price=0"):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
        assert seen.state["depth"] >= 1
