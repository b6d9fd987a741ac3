"""Lloyd's algorithm and its starts, against scikit-learn, brute force and definitions."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial import ConvexHull
from sklearn.cluster import KMeans

from scenes.maths.clustering import centroids, data

RNG = np.random.default_rng(11)
CLOUD = RNG.normal(size=(90, 2)) * (2.0, 0.7)


@pytest.mark.parametrize("seed", range(6))
def test_lloyd_ends_where_scikit_learn_ends(seed: int) -> None:
    start = centroids.random_start(CLOUD, 4, seed)
    reference = KMeans(4, init=start, n_init=1, tol=0, algorithm="lloyd").fit(CLOUD)
    end = centroids.lloyd(CLOUD, start)[-1]
    assert end.inertia == pytest.approx(reference.inertia_)
    np.testing.assert_allclose(end.centroids, reference.cluster_centers_, atol=1e-9)


def test_the_stuck_walk_ends_where_scikit_learn_ends() -> None:
    points = data.crowds()[0]
    run = KMeans(5, init=centroids.random_start(points, 5, centroids.BAD_START), n_init=1, tol=0).fit(points)
    assert (
        centroids.stuck_walk()[-1].inertia == pytest.approx(run.inertia_) == pytest.approx(1244.38, abs=0.01)
    )


@pytest.mark.parametrize("seed", range(8))
def test_inertia_never_rises(seed: int) -> None:
    for points in (CLOUD, data.petals(), data.crowds()[0], data.FIVE):
        start = centroids.random_start(points, 3, seed)
        falls = centroids.half_steps(points, centroids.lloyd(points, start))
        assert np.all(np.diff(falls) <= 1e-9)


def test_the_mean_has_the_least_sum_of_squares() -> None:
    mean = CLOUD.mean(axis=0)
    least = centroids.squared(CLOUD, [mean]).sum()
    other = mean + RNG.normal(size=(200, 2))
    assert np.all(centroids.squared(CLOUD, other).sum(axis=0) > least)


def test_by_hand_the_lowest_is_reached() -> None:
    assert centroids.by_hand()[-1].inertia == pytest.approx(centroids.lowest_by_trying(data.FIVE, 2))
    assert [round(each.inertia, 2) for each in centroids.by_hand()] == [173.0, 36.19, 22.75, 10.67]


def test_five_centroids_on_five_points_leave_nothing() -> None:
    np.testing.assert_allclose(centroids.elbow_by_hand(), [94, 32 / 3, 2.5, 0.5, 0])


def test_an_empty_cluster_is_refused() -> None:
    with pytest.raises(ValueError, match="no points"):
        centroids.lloyd(data.FIVE, [[0.0], [100.0]])


def test_random_starts_stand_on_different_places() -> None:
    for seed in range(300):
        start = centroids.random_start(data.petals(), 3, seed)
        assert len(np.unique(start, axis=0)) == 3


def test_chances_go_with_squared_distance() -> None:
    np.testing.assert_allclose(centroids.chances(data.FIVE, [[0.0]]) * 219, [0, 1, 16, 81, 121])


def test_plus_plus_draws_by_these_chances() -> None:
    drawn = np.array([centroids.plus_plus(data.FIVE, 2, seed)[:, 0] for seed in range(6000)])
    after_zero = drawn[drawn[:, 0] == 0][:, 1]
    share = np.array([(after_zero == value).mean() for value in data.FIVE[:, 0]])
    np.testing.assert_allclose(share, centroids.chances(data.FIVE, [[0.0]]), atol=0.05)


def test_cells_hold_just_what_is_nearest() -> None:
    middles = RNG.uniform(-2, 2, (5, 2))
    spots = RNG.uniform(-3, 3, (500, 2))
    nearest = centroids.assign(spots, middles)
    for which in range(5):
        corners = centroids.cell(middles, which, (-3, -3), (3, 3))
        edges = np.roll(corners, -1, axis=0) - corners
        off = spots[:, None] - corners
        inside = np.all(edges[:, 0] * off[..., 1] - edges[:, 1] * off[..., 0] >= -1e-9, axis=1)
        np.testing.assert_array_equal(inside, nearest == which)


def test_cells_are_convex() -> None:
    for count in (2, 3, 6):
        middles = RNG.uniform(-2, 2, (count, 2))
        for which in range(count):
            corners = centroids.cell(middles, which, (-3, -3), (3, 3))
            assert len(ConvexHull(corners).vertices) == len(np.unique(corners.round(9), axis=0))


def test_half_of_the_starts_need_eight_or_fewer() -> None:
    lengths = centroids.walk_lengths()
    assert (lengths <= 8).mean() >= 0.5 > (lengths <= 7).mean()
    assert len(centroids.long_walk()) == 11


@pytest.mark.parametrize("seed", range(20))
def test_no_run_on_the_crowds_beats_the_best(seed: int) -> None:
    reference = KMeans(5, n_init=10, random_state=seed).fit(data.crowds()[0])
    assert reference.inertia_ >= centroids.best_of(5).inertia - 1e-6


def test_plus_plus_gets_stuck_less_often_in_each_draw() -> None:
    random, plus, greedy = (centroids.stuck_shares(how) for how in ("random", "plus", "greedy"))
    assert np.all(plus < random) and np.all(greedy < plus)
    assert greedy.max() <= 0.05 and plus.min() > 0.1


@pytest.mark.parametrize("count", range(1, 6))
def test_the_best_groupings_by_hand_are_runs(count: int) -> None:
    labels = centroids.grouped_by_hand(count)
    best = centroids.inertia(data.FIVE, centroids.update(data.FIVE, labels, count), labels)
    assert best == pytest.approx(centroids.lowest_by_trying(data.FIVE, count))


def test_noise_has_no_bend() -> None:
    curves = (centroids.elbow(), centroids.elbow_of_noise())
    ratios = [np.diff(each)[:-1] / np.diff(each)[1:] for each in curves]
    assert ratios[0][3] > 10  # the fall to five crowds is so much larger than the next one
    assert ratios[1].max() < 3.5


def test_clusters_are_numbered_from_the_left() -> None:
    found = centroids.from_the_left(data.petals(), centroids.best_petals(3).labels)
    means = centroids.update(data.petals(), found, 3)[:, 0]
    assert np.all(np.diff(means) > 0)


def test_a_round_that_changes_the_groups_lowers_inertia() -> None:
    rng = np.random.default_rng(3)
    for seed in range(200):
        points = np.unique(rng.integers(0, 6, (25, 2)), axis=0).astype(float)  # many ties
        try:
            rounds = centroids.lloyd(points, centroids.random_start(points, 3, seed))
        except ValueError:
            continue
        for now, after in pairwise(rounds):
            if not np.array_equal(now.labels, after.labels):
                assert after.inertia < now.inertia - 1e-12


def test_without_squares_the_floor_is_the_median() -> None:
    own = data.FIVE[1:, 0]
    places = np.linspace(0, 12, 2401)
    plain = np.abs(places[:, None] - own).sum(axis=1)
    squares = ((places[:, None] - own) ** 2).sum(axis=1)
    assert places[squares.argmin()] == pytest.approx(own.mean(), abs=0.003)
    assert np.median(places[np.isclose(plain, plain.min())]) == pytest.approx(np.median(own), abs=0.01)


def test_between_the_stuck_run_and_the_best_there_is_a_hill() -> None:
    shares = tuple(np.linspace(-0.5, 1.4, 96))
    heights = centroids.slice_of_inertia(shares)
    at = [int(np.abs(np.array(shares) - share).argmin()) for share in (0.0, 1.0)]
    valleys = [row for row in range(1, 95) if heights[row] < min(heights[row - 1], heights[row + 1])]
    assert valleys == at
    assert heights[at[0]] == pytest.approx(1244.4, abs=0.5)
    assert heights[at[1]] == pytest.approx(338.5, abs=0.5)


def test_of_ten_runs_the_lowest_is_not_stuck() -> None:
    assert centroids.stuck_of_ten("plus").max() == 0.0
    assert centroids.stuck_of_ten("plus").shape == (10,)


def test_the_median_start_needs_eight_assignments() -> None:
    assert np.median(centroids.walk_lengths()) == 8


def test_strewn_points_have_their_sharpest_corner_at_two() -> None:
    falls = np.diff(centroids.elbow_of_noise())
    assert int((falls[:-1] / falls[1:]).argmax()) + 2 == 2
