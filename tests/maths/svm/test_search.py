"""The grid search against scikit-learn's own."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_score
from sklearn.svm import SVC

from scenes.maths.svm import kernel, search

MOONS = kernel.moons()
X, Y = np.linspace(-1.5, 2.5, 7), np.linspace(-1.0, 1.5, 5)


def test_scores_are_those_of_scikit_learns_grid_search():
    theirs = GridSearchCV(
        SVC(),
        {"gamma": list(search.GAMMAS), "C": list(search.PRICES)},
        cv=StratifiedKFold(5, shuffle=True, random_state=0),
    ).fit(MOONS.points, MOONS.sides)
    scores = np.zeros((len(search.GAMMAS), len(search.PRICES)))
    for pair, score in zip(theirs.cv_results_["params"], theirs.cv_results_["mean_test_score"], strict=True):
        scores[search.GAMMAS.index(pair["gamma"]), search.PRICES.index(pair["C"])] = score
    grid = search.search(X, Y)
    np.testing.assert_allclose(grid.score, scores)
    assert grid.level.shape == (3, 4, 5, 7)


def test_levels_are_the_decision_function_of_the_pair():
    grid, places = search.search(X, Y), np.stack(np.meshgrid(X, Y), axis=-1)
    model = SVC(C=10.0, gamma=0.1).fit(MOONS.points, MOONS.sides)
    expected = model.decision_function(places.reshape(-1, 2)).reshape(5, 7)
    np.testing.assert_allclose(grid.level[0, 2], expected)
    np.testing.assert_allclose(search.landscape(0.1, 10.0, X, Y), expected)


def test_a_tour_holds_each_point_back_once_and_scores_as_scikit_learn_does():
    tour = search.tour(1.0, 1.0, X, Y)
    assert np.bincount(tour.fold).tolist() == [40] * 5
    for number in range(5):
        assert np.bincount((MOONS.sides[tour.fold == number] > 0).astype(int)).tolist() == [20, 20]
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    theirs = cross_val_score(SVC(C=1.0, gamma=1.0), MOONS.points, MOONS.sides, cv=folds)
    np.testing.assert_allclose(tour.score, theirs)
    assert tour.mean == pytest.approx(0.94)
    assert tour.error == pytest.approx(stats.sem(theirs))
    seen = tour.fold != 2
    model = SVC(C=1.0, gamma=1.0).fit(MOONS.points[seen], MOONS.sides[seen])
    places = np.stack(np.meshgrid(X, Y), axis=-1).reshape(-1, 2)
    np.testing.assert_allclose(tour.level[2], model.decision_function(places).reshape(5, 7))
    right = [tour.right[tour.fold == number].mean() for number in range(5)]
    np.testing.assert_allclose(right, tour.score)


def test_the_score_on_moons_kept_apart_is_that_of_the_machine_of_all_two_hundred():
    fresh = kernel.moons(kernel.UNSEEN, 2)
    model = SVC(C=1.0, gamma=1.0).fit(MOONS.points, MOONS.sides)
    assert search.kept_apart(1.0, 1.0) == pytest.approx((model.predict(fresh.points) == fresh.sides).mean())
    assert f"{100 * search.kept_apart(1.0, 1.0):.1f}" == "93.6"


def test_the_score_of_the_best_pair_flatters_it():
    score = search.search(X, Y).score
    row, column = np.unravel_index(int(score.argmax()), score.shape)
    assert score.max() > search.kept_apart(search.GAMMAS[row], search.PRICES[column]) + 0.005


def test_the_ridge_stays_when_other_folds_are_dealt():
    for seed in range(1, 4):
        folds = StratifiedKFold(5, shuffle=True, random_state=seed)
        for gamma, price in ((1.0, 1.0), (1.0, 10.0), (10.0, 1.0)):
            score = cross_val_score(SVC(C=price, gamma=gamma), MOONS.points, MOONS.sides, cv=folds).mean()
            assert 0.92 <= score <= 0.96
