"""Scores on the same unseen wines, against the library's cross-validation, and what their differences are worth."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import paired, path, tree

POINTS, LABELS = tree.bottles()
FOLDS = RepeatedStratifiedKFold(n_splits=10, n_repeats=5, random_state=0)


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
    assert paired.score(model).mean == pytest.approx(sum(hits) / (5 * len(LABELS)))
    assert paired.score(model).mean == pytest.approx(
        cross_val_score(library, POINTS, LABELS, cv=FOLDS).mean(), abs=0.005
    )


def test_the_forest_is_the_librarys_with_the_number_of_the_fold_as_its_seed() -> None:
    hits = np.zeros(len(LABELS))
    for seed, (seen, unseen) in enumerate(FOLDS.split(POINTS, LABELS)):
        model = RandomForestClassifier(7, max_features=1, random_state=seed).fit(POINTS[seen], LABELS[seen])
        hits[unseen] += model.predict(POINTS[unseen]) == LABELS[unseen]
    found = paired.right(paired.Model("forest", trees=7, features=1))
    assert found == pytest.approx(hits / 5)


def test_each_wine_is_held_out_once_a_round() -> None:
    held = np.bincount(np.concatenate([unseen for _, unseen in paired.parts(POINTS, LABELS)]))
    assert (held == paired.REPEATS).all()


def test_a_difference_is_taken_wine_by_wine() -> None:
    one, other = paired.Model(depth=2), paired.FULL
    found = paired.difference(one, other)
    assert found.mean == pytest.approx(paired.score(one).mean - paired.score(other).mean)
    each = paired.right(one) - paired.right(other)
    assert found.error == pytest.approx(np.sqrt(each.var(ddof=1) / len(each)))
    assert found.error < np.hypot(paired.score(one).error, paired.score(other).error)
    assert not paired.difference(one, one).is_apart


def test_an_estimate_is_apart_from_two_standard_errors_on() -> None:
    assert paired.Estimate(-0.05, 0.02).is_apart and not paired.Estimate(0.05, 0.03).is_apart


def test_the_root_alone_guesses_the_commonest_class() -> None:
    models = path.models(POINTS, LABELS)
    assert sorted(models)[:4] == [1, 2, 3, 4] and max(models) == 26
    assert paired.score(models[1]).mean == pytest.approx(np.bincount(LABELS).max() / len(LABELS))


def test_nested_choice_is_no_better_than_the_best_of_the_path() -> None:
    best = max(paired.score(model).mean for model in path.models(POINTS, LABELS).values())
    assert best - 0.02 < paired.nested().mean() <= best
