"""Votes, rulers and far-away points, against scikit-learn, counting by hand and exact probabilities."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from sklearn.model_selection import LeaveOneOut, StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scenes.maths.shared.flower import Measure, irises
from scenes.maths.shared.wine import wines
from scenes.maths.svm.neighbour import (
    RULERS,
    borders_of_halves,
    crowd,
    disagreement,
    edge_holding,
    find_flip,
    fold_accuracy,
    leave_one_out,
    map_votes,
    mean_of_nearest,
    measure,
    neighbours,
    standardise,
    unit_ball,
)

FLOWERS = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
POINTS, SPECIES = FLOWERS.points, FLOWERS.species
ODD = np.arange(1, 100, 2)


def untied(count: int = 150) -> tuple[np.ndarray, np.ndarray]:
    """The irises, each moved by up to half a millimetre, so that no two distances are equal."""
    return POINTS + np.random.default_rng(7).uniform(-0.05, 0.05, POINTS.shape), SPECIES


# --- The vote -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("k", "ruler"), [(1, 2.0), (2, 1.0), (5, np.inf), (31, 2.0), (99, 1.0)])
def test_leave_one_out_is_that_of_scikit_learn_where_no_distances_tie(k, ruler):
    points, species = untied()
    model = (
        KNeighborsClassifier(k, p=ruler)
        if np.isfinite(ruler)
        else KNeighborsClassifier(k, metric="chebyshev")
    )
    theirs = cross_val_score(model, points, species, cv=LeaveOneOut()).mean()
    curve = leave_one_out(points, species, [k], ruler)
    assert curve.score[0] == pytest.approx(theirs)
    assert curve.lowest[0] == curve.score[0] == curve.highest[0]


def test_leave_one_out_on_the_irises_rises_and_falls():
    curve = leave_one_out(POINTS, SPECIES, ODD)
    at = {int(k): f"{score:.3f}" for k, score in zip(curve.dial, curve.score, strict=True)}
    assert [at[k] for k in (1, 5, 31, 99)] == ["0.693", "0.767", "0.813", "0.707"]
    assert f"{curve.score.max():.3f}" == at[47] == "0.827"
    assert (curve.lowest <= curve.score).all()
    assert (curve.score <= curve.highest).all()


@pytest.mark.parametrize(
    ("algorithm", "ks"), [("kd_tree", (1, 5, 31, 99)), ("ball_tree", (1, 31)), ("brute", (5,))]
)
def test_every_way_to_break_ties_scores_within_the_bounds(algorithm, ks):
    scores = [
        cross_val_score(
            KNeighborsClassifier(k, algorithm=algorithm), POINTS, SPECIES, cv=LeaveOneOut()
        ).mean()
        for k in ks
    ]
    curve = leave_one_out(POINTS, SPECIES, ks)
    assert (curve.lowest - 1e-12 <= scores).all()
    assert (scores <= curve.highest + 1e-12).all()
    if algorithm == "kd_tree":
        assert [f"{score:.3f}" for score in scores] == ["0.700", "0.747", "0.827", "0.707"]


@pytest.mark.parametrize("seed", [*range(30)])
def test_shares_and_bounds_are_those_of_all_ways_to_break_ties(seed):
    rng = np.random.default_rng(seed)
    points, labels = rng.integers(0, 3, (9, 1)).astype(float), rng.integers(0, 3, 9)
    labels[:3] = [0, 1, 2]
    k = int(rng.integers(1, 8))
    curve = leave_one_out(points, labels, [k])
    can_win, can_lose = 0, 0
    for row in range(9):
        others = np.delete(np.arange(9), row)
        distance = np.abs(points[others, 0] - points[row, 0])
        rim = np.sort(distance)[k - 1]
        inside, tied = others[distance < rim], others[distance == rim]
        ballots = [
            np.bincount(labels[np.r_[inside, list(chosen)].astype(int)], minlength=3)
            for chosen in combinations(tied, k - len(inside))
        ]
        rights = [ballot.argmax() == labels[row] for ballot in ballots]
        can_win, can_lose = can_win + any(rights), can_lose + (not all(rights))
        near = (
            neighbours(points[row], points[others], labels[others], k) if max(labels[others]) == 2 else None
        )
        if near is not None:
            np.testing.assert_allclose(near.share, np.mean(ballots, axis=0) / k)
    assert (curve.lowest[0], curve.highest[0]) == pytest.approx((1 - can_lose / 9, can_win / 9))


@pytest.mark.parametrize("k", [1, 5, 31, 99])
def test_map_is_that_of_scikit_learn_where_no_distances_tie(k):
    points, species = untied()
    x, y = np.linspace(4.1, 8.1, 40), np.linspace(1.9, 4.5, 30)
    votes = map_votes(points, species, [k], x, y)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    model = KNeighborsClassifier(k).fit(points, species)
    assert (votes.verdict[0].ravel() == model.predict(grid)).all()
    np.testing.assert_allclose(votes.share[0].ravel(), model.predict_proba(grid).max(axis=1))


def test_tied_votes_go_to_the_lowest_class():
    votes = map_votes(np.array([[0.0, 0], [2, 0]]), np.array([1, 0]), [2], np.array([0.1]), np.array([0.0]))
    assert (votes.verdict[0, 0, 0], votes.share[0, 0, 0]) == (0, 0.5)


def test_ball_around_a_query_holds_k_flowers():
    near = neighbours(np.array([6.013, 2.907]), POINTS, SPECIES, 9)
    distance = np.linalg.norm(POINTS - [6.013, 2.907], axis=1)
    assert near.reach == pytest.approx(np.sort(distance)[8])
    assert (np.diff(near.distance) >= 0).all()
    np.testing.assert_allclose(near.distance, distance[near.rows], atol=1e-9)
    assert near.verdict == near.share.argmax()


# --- The ruler ----------------------------------------------------------------------------------------------


def test_rulers_measure_by_their_definitions():
    p, q = np.array([[1.0, 2.0]]), np.array([[4.0, -2.0]])
    assert [measure(p, q, ruler)[0, 0] for ruler in RULERS] == [7, 5, 4]
    around = np.linspace(0, 350, 36)
    for ruler in (*RULERS, 1.5, 4.0):
        np.testing.assert_allclose(measure(np.zeros((1, 2)), unit_ball(ruler, around), ruler), 1)


def test_wines_need_one_scale():
    table = wines()
    assert table.measures.shape == (178, 13)
    assert f"{fold_accuracy(table.measures, table.cultivar):.3f}" == "0.663"
    by_ruler = [fold_accuracy(table.measures, table.cultivar, ruler=ruler, scaled=True) for ruler in RULERS]
    assert [f"{score:.3f}" for score in by_ruler] == ["0.961", "0.961", "0.921"]
    assert table.names[table.spread.argmax()] == "proline"
    assert f"{table.spread.max():.0f}" == "314"
    assert table.spread.max() > 20 * np.sort(table.spread)[-2]


def test_fold_accuracy_is_that_of_a_pipeline():
    table = wines()
    model = make_pipeline(StandardScaler(), KNeighborsClassifier(7))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    theirs = cross_val_score(model, table.measures, table.cultivar, cv=folds).mean()
    assert fold_accuracy(table.measures, table.cultivar, k=7, scaled=True) == pytest.approx(theirs)


def test_standardised_columns_have_mean_0_and_deviation_1():
    table = wines().measures
    scaled = standardise(table, table)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), 1)


# --- Far away, all are equal --------------------------------------------------------------------------------


def test_nearest_and_farthest_close_up():
    crowding = crowd((2, 10, 100, 1000))
    assert [f"{ratio:.2f}" for ratio in crowding.ratio] == ["0.02", "0.30", "0.71", "0.90"]
    assert (np.diff(crowding.ratio) > 0).all()
    assert crowding.distance.shape == (4, 500)


def test_crowding_is_that_of_independent_draws():
    rng = np.random.default_rng(0)
    crowding = crowd((1, 2, 3, 10, 30, 100, 300, 1000))
    for dimension, low, high in zip(crowding.dimension, crowding.low, crowding.high, strict=True):
        queries, points = rng.random((20, dimension)), rng.random((500, dimension))
        distance = np.array([np.sqrt(((query - points) ** 2).sum(axis=1)) for query in queries])
        assert low <= np.median(distance.min(axis=1) / distance.max(axis=1)) <= high


def test_mean_squared_distance_of_the_cube_is_a_sixth_of_its_dimensions():
    crowding = crowd((6, 60, 600), queries=1, count=4000)
    rng = np.random.default_rng(0)
    query = rng.random((1, 600))[0]
    for dimension, distance in zip(crowding.dimension, crowding.distance, strict=True):
        expected = ((query[:dimension] - 0.5) ** 2 + 1 / 12).sum()
        assert (distance**2).mean() == pytest.approx(expected, rel=0.02)


def test_dimensions_must_rise():
    with pytest.raises(ValueError, match="rise"):
        crowd((10, 2))


def test_cube_that_holds_one_percent_reaches_almost_everywhere():
    edge = edge_holding(0.01, (2, 10, 100, 1000))
    assert [f"{value:.2f}" for value in edge[:3]] == ["0.10", "0.63", "0.95"]
    assert f"{edge[3]:.3f}" == "0.995"
    np.testing.assert_allclose(edge ** np.array([2, 10, 100, 1000]), 0.01)


# --- The picked flower, the digits ---------------------------------------------------------------


def test_the_flip_is_that_of_scikit_learn():
    place = find_flip(POINTS, SPECIES, (1, 3, 7), np.arange(6.8, 7.01, 0.005), np.arange(2.3, 2.5, 0.005))
    verdicts = [KNeighborsClassifier(k).fit(POINTS, SPECIES).predict([place])[0] for k in (1, 3, 7)]
    assert verdicts == [2, 1, 2]


def test_no_flip_is_told():
    with pytest.raises(ValueError, match="no vote on the whole grid turns"):
        find_flip(POINTS, SPECIES, (1, 3, 7), np.array([4.6]), np.array([3.6]))


def test_borders_of_other_halves_differ_more_for_one_neighbour_than_for_fifteen():
    x, y = np.linspace(3.0, 9.2, 60), np.linspace(1.9, 4.55, 30)
    maps = borders_of_halves(POINTS, SPECIES, (1, 15), x, y)
    few, more = (disagreement(maps[:, at]) for at in (0, 1))
    assert more < 0.07 < 0.09 < few


def test_the_map_of_a_half_is_that_of_scikit_learn():
    x, y = np.linspace(4.013, 8.017, 21), np.linspace(2.011, 4.513, 17)
    (first, *_) = borders_of_halves(POINTS, SPECIES, (1,), x, y, draws=2)
    half = np.random.default_rng(0).permutation(len(POINTS))[:75]
    told = KNeighborsClassifier(1).fit(POINTS[half], SPECIES[half])
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    assert (told.predict(grid) == first[0].ravel()).mean() > 0.98


def test_the_mean_of_the_nearest_is_scikit_learns_regression():
    rng = np.random.default_rng(3)
    points, values, asked = rng.random((40, 2)), rng.random(40), rng.random((7, 2))
    theirs = KNeighborsRegressor(5).fit(points, values).predict(asked)
    np.testing.assert_allclose(mean_of_nearest(asked, points, values, 5), theirs)
    with pytest.raises(ValueError, match="tie"):
        mean_of_nearest(np.zeros((1, 1)), np.array([[1.0], [-1.0], [3.0]]), np.zeros(3), 1)
