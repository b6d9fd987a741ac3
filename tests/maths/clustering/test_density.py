"""DBSCAN, against scikit-learn and its definitions."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.cluster import DBSCAN
from sklearn.neighbors import NearestNeighbors

from scenes.maths.clustering import agreement, data, density
from scenes.maths.clustering.density import Kind


@pytest.mark.parametrize("eps", [0.05, 0.1, 0.18, 0.25, 0.4])
@pytest.mark.parametrize("seed", [0, 3, 10])
def test_dbscan_is_that_of_scikit_learn(eps: float, seed: int) -> None:
    points = data.moons(seed)[0]
    reference = DBSCAN(eps=eps, min_samples=5).fit(points)
    found = density.dbscan(points, eps, 5)
    core = np.zeros(len(points), dtype=bool)
    core[reference.core_sample_indices_] = True
    np.testing.assert_array_equal(found.kinds == Kind.CORE, core)
    np.testing.assert_array_equal(found.kinds == Kind.NOISE, reference.labels_ < 0)
    assert agreement.adjusted_rand(reference.labels_[core], found.labels[core]) == 1.0


def test_waves_go_along_cores_alone() -> None:
    points, found = data.moons()[0], density.flooded()
    near = agreement.apart(points) <= density.MOON_EPS
    for row in np.flatnonzero(found.waves > 0):
        before = (found.waves == found.waves[row] - 1) & (found.kinds == Kind.CORE)
        assert near[row][before & (found.labels == found.labels[row])].any()


def test_the_five_points_by_hand() -> None:
    found = density.hand()
    assert found.kinds.tolist() == [Kind.BORDER, Kind.CORE, Kind.BORDER, Kind.NOISE, Kind.NOISE]
    assert found.labels.tolist() == [0, 0, 0, -1, -1]


def test_k_distances_are_those_of_scikit_learn() -> None:
    points = data.moons()[0]
    reference = NearestNeighbors(n_neighbors=5).fit(points).kneighbors(points)[0][:, -1]
    np.testing.assert_allclose(density.k_distances(points, 5), np.sort(reference))


def test_the_moons_that_are_drawn() -> None:
    found = density.flooded()
    assert found.count == 2
    assert np.bincount(found.kinds).tolist() == [16, 5, 303]
    assert [density.flooded(eps).count for eps in (0.05, 0.25)] == [7, 1]


def test_the_moons_are_found_in_each_of_twenty_draws() -> None:
    for seed in range(density.DRAWS):
        known = data.moons(seed)[1][: data.MOON_DOTS]
        labels = density.flooded(density.MOON_EPS, seed).labels[: data.MOON_DOTS]
        assert agreement.adjusted_rand(known, labels) >= 0.98


def test_a_wide_epsilon_joins_the_moons() -> None:
    assert [density.moons_joined(eps) for eps in (0.18, 0.25, 0.30)] == [0, 10, 16]


def test_no_epsilon_keeps_both_densities() -> None:
    shares = density.one_epsilon_keeps()
    assert shares.shape == (20, 39)
    assert shares.max() < 0.1
    assert (density.many_densities_keep() >= density.KEPT).sum() == 18


def test_two_densities_that_are_drawn() -> None:
    points, known = data.two_densities()
    fine, coarse = (density.dbscan(points, eps, density.MIN_POINTS).labels for eps in (0.12, 0.16))
    assert np.all(fine[known == 2] < 0)
    assert len({int(label) for label in fine[known < 2] if label >= 0}) == 2
    assert len({int(label) for label in coarse[known < 2] if label >= 0}) == 1


def test_kept_shares_by_hand() -> None:
    known = np.array([0, 0, 0, 0, 1, 1, 1])
    np.testing.assert_allclose(density.kept_shares(known, np.array([0, 0, 0, -1, 1, 1, 2])), [0.75, 2 / 3])
    np.testing.assert_allclose(density.kept_shares(known, np.zeros(7, dtype=np.intp)), [1.0, 0.0])


def test_the_petals_are_two_dense_regions() -> None:
    for eps in np.arange(0.325, 0.61, 0.05):
        assert density.dbscan(data.petals(), eps, density.MIN_POINTS).count == 2
    found = density.flooded_petals().labels
    assert np.all(found[data.species() == 0] == found[data.species() == 0][0])


def test_clusters_are_numbered_from_the_left_and_noise_stays_noise() -> None:
    points = np.array([[5.0, 0.0], [6.0, 0.0], [0.0, 0.0], [3.0, 0.0], [1.0, 0.0]])
    assert density.from_the_left(points, np.array([0, 0, 1, -1, 1])).tolist() == [1, 1, 0, -1, 0]


def test_clusters_remember_their_settings() -> None:
    found = density.hand()
    near = np.sort(agreement.apart(data.FIVE)[found.kinds == Kind.CORE][0])
    assert near[found.min_points - 1] < found.eps < near[found.min_points]


def test_the_five_points_do_not_hang_on_the_rim() -> None:
    gaps = agreement.apart(data.FIVE)
    assert not np.any(np.isclose(gaps, density.HAND_EPS))
    for eps in (3.1, 3.5, 3.9):
        assert (
            density.dbscan(data.FIVE, eps, density.HAND_MIN).kinds.tolist() == density.hand().kinds.tolist()
        )


def test_another_epsilon_finds_other_numbers_of_kinds() -> None:
    assert not np.any(np.isclose(agreement.apart(data.petals()), density.PETAL_EPS))
    assert not np.any(np.isclose(agreement.apart(data.petals()), density.FINE_EPS))
    assert density.flooded_petals().count == 2
    assert density.flooded_petals(density.FINE_EPS).count == 5
    assert int((density.flooded_petals().labels < 0).sum()) == 2


def test_a_chain_of_cores_links_the_moons() -> None:
    chain, points = density.link(0.25), data.moons()[0]
    gaps = agreement.apart(points)
    assert all(gaps[a, b] <= 0.25 for a, b in pairwise(chain))
    assert np.all((gaps[chain] <= 0.25).sum(axis=1) >= density.MIN_POINTS)
    moons = density.flooded().labels
    assert moons[chain[0]] == 0 and moons[chain[-1]] == 1
    with pytest.raises(ValueError, match="no chain"):
        density.link(density.MOON_EPS)


def test_flowers_that_coincide_are_drawn_side_by_side() -> None:
    shown, petals = data.spread_out(), data.petals()
    assert len(np.unique(petals, axis=0)) == 102
    assert len(np.unique(shown.round(6), axis=0)) == 150
    assert np.abs(shown - petals).max() < 0.06
