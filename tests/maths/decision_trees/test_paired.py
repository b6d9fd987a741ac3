"""Scores on the same unseen wines, against the library's cross-validation, and what their differences are worth."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import paired, path, tree

POINTS, LABELS = tree.bottles()
FOLDS = RepeatedStratifiedKFold(n_splits=10, n_repeats=20, random_state=0)


@pytest.mark.parametrize(
    ("model", "library"),
    [
        (paired.Model(depth=2), DecisionTreeClassifier(max_depth=2, random_state=0)),
        (paired.Model(leaf=5), DecisionTreeClassifier(min_samples_leaf=5, random_state=0)),
        (
            paired.Model(criterion="entropy", depth=2),
            DecisionTreeClassifier(max_depth=2, criterion="entropy", random_state=0),
        ),
    ],
)
def test_trees_score_as_in_the_library(model: paired.Model, library: DecisionTreeClassifier) -> None:
    hits = [
        (library.fit(POINTS[seen], LABELS[seen]).predict(POINTS[unseen]) == LABELS[unseen]).sum()
        for seen, unseen in FOLDS.split(POINTS, LABELS)
    ]
    assert paired.score(model).mean == pytest.approx(sum(hits) / (20 * len(LABELS)))
    assert paired.score(model).mean == pytest.approx(
        cross_val_score(library, POINTS, LABELS, cv=FOLDS).mean(), abs=0.005
    )


def test_the_forest_is_the_librarys_with_the_number_of_the_fold_as_its_seed() -> None:
    hits = np.zeros(20)
    for seed, (seen, unseen) in enumerate(FOLDS.split(POINTS, LABELS)):
        model = RandomForestClassifier(3, max_features=1, random_state=seed).fit(POINTS[seen], LABELS[seen])
        hits[seed // 10] += (model.predict(POINTS[unseen]) == LABELS[unseen]).sum()
    found = paired.right(paired.Model("forest", trees=3, features=1))
    assert found == pytest.approx(hits / len(LABELS))


def test_each_wine_is_held_out_once_a_round() -> None:
    dealt = [unseen for _, unseen in paired.parts(POINTS, LABELS)]
    assert len(dealt) == paired.ROUNDS * paired.FOLDS
    for number in range(paired.ROUNDS):
        once = np.concatenate(dealt[number * paired.FOLDS : (number + 1) * paired.FOLDS])
        assert sorted(once) == list(range(len(LABELS)))


def test_no_two_rounds_deal_the_wines_alike() -> None:
    dealt = {tuple(unseen) for _, unseen in paired.parts(POINTS, LABELS)}
    assert len(dealt) == paired.ROUNDS * paired.FOLDS


def test_a_difference_is_taken_round_by_round() -> None:
    one, other = paired.Model(depth=2), paired.FULL
    found = paired.difference(one, other)
    assert found.mean == pytest.approx(paired.score(one).mean - paired.score(other).mean)
    assert found.each == pytest.approx(paired.right(one) - paired.right(other))
    assert found.ahead == sum(
        mine > its for mine, its in zip(paired.right(one), paired.right(other), strict=True)
    )
    assert not paired.difference(one, one).is_apart


def test_one_is_apart_that_is_ahead_in_all_rounds_but_one() -> None:
    for behind, apart in ((0, True), (1, True), (2, False)):
        each = np.where(np.arange(paired.ROUNDS) < behind, -0.1, 0.01)
        assert paired.Estimate(each).ahead == paired.ROUNDS - behind
        assert paired.Estimate(each).is_apart == paired.Estimate(-each).is_apart == apart


def test_the_root_alone_guesses_the_commonest_class() -> None:
    models = path.models(POINTS, LABELS)
    assert sorted(models)[:4] == [1, 2, 3, 4] and max(models) == 26
    assert paired.score(models[1]).mean == pytest.approx(np.bincount(LABELS).max() / len(LABELS))


def test_nested_choice_is_no_better_than_the_best_of_the_path() -> None:
    best = max(paired.score(model).mean for model in path.models(POINTS, LABELS).values())
    assert best - 0.02 < paired.nested().right.mean() <= best
    assert len(paired.nested().leaves) == paired.ROUNDS * paired.FOLDS
