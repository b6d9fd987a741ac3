"""Merges, against scipy and brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from scenes.maths.clustering import agreement, centroids, data, merging

POINTS = np.random.default_rng(2).normal(size=(60, 3))


@pytest.mark.parametrize("how", merging.LINKAGES)
def test_merges_are_those_of_scipy(how: merging.Linkage) -> None:
    ours, reference = merging.merges(POINTS, how), linkage(POINTS, how)
    np.testing.assert_allclose(ours.heights, reference[:, 2])
    np.testing.assert_array_equal(np.sort(ours.pairs), np.sort(reference[:, :2].astype(int)))
    for count in (2, 3, 5):
        theirs = fcluster(reference, count, "maxclust")
        assert agreement.adjusted_rand(theirs, merging.groups(ours, count)) == 1.0


def test_the_five_points_by_hand() -> None:
    np.testing.assert_allclose(merging.hand("single").heights, [1, 2, 3, 5])
    np.testing.assert_allclose(merging.hand("complete").heights, [1, 2, 4, 11])
    assert merging.cut_at(merging.hand("single"), 4.5).tolist() == [0, 0, 0, 1, 1]
    assert merging.cut_at(merging.hand("complete"), 4.5).tolist() == [0, 0, 0, 1, 1]


def test_ward_heights_are_added_inertia() -> None:
    tree = merging.merges(POINTS, "ward")
    before = 0.0
    for count, height in zip(range(len(POINTS) - 1, 0, -1), tree.heights, strict=True):
        labels = merging.groups(tree, count)
        after = centroids.inertia(POINTS, centroids.update(POINTS, labels, count), labels)
        assert height == pytest.approx(np.sqrt(2 * (after - before)), abs=1e-9)
        before = after


@pytest.mark.parametrize("how", merging.LINKAGES)
def test_brackets_stand_on_what_they_join(how: merging.Linkage) -> None:
    tree = merging.petal_tree(how)
    shapes = merging.brackets(tree)
    assert np.all(shapes[:, 1, 1] >= shapes[:, 0, 1] - 1e-12)
    assert np.all(shapes[:, 2, 1] >= shapes[:, 3, 1] - 1e-12)
    assert sorted(merging.leaves(tree)) == list(range(150))


def test_the_petals_longest_gap_leaves_two() -> None:
    for how in merging.LINKAGES:
        heights = merging.petal_tree(how).heights
        top = int(np.diff(heights).argmax())
        assert len(heights) - top == 2
    labels = merging.groups(merging.petal_tree("ward"), 2)
    assert sorted(np.bincount(labels)) == [50, 100]
    assert len(set(labels[data.species() == 0])) == 1


def test_single_linkage_follows_clean_moons_and_at_two_parts_off_a_stray() -> None:
    assert np.all(merging.moon_agreement("single", False) == 1.0)
    assert np.all(np.abs(merging.moon_agreement("single")) < 0.005)
    ward = merging.moon_agreement("ward")
    assert ward.min() > 0.13 and ward.max() < 0.66


def test_at_two_clusters_single_linkage_gives_one_of_them_to_few_points() -> None:
    for seed in range(merging.DRAWS):
        assert np.bincount(merging.moon_groups("single", seed)).min() <= 4
    labels = merging.moon_groups("single")
    alone = np.flatnonzero(labels == np.bincount(labels).argmin())
    assert len(alone) == 1 and data.moons()[1][alone[0]] == -1


def test_some_height_of_the_same_tree_parts_the_moons_in_each_draw() -> None:
    assert np.all(merging.cuts_that_part() > 0)
    assert merging.parts_the_moons(merging.moon_cut())
    assert not merging.parts_the_moons(merging.moon_groups("single"))


def test_single_linkage_chains_over_a_bridge() -> None:
    assert len(data.bridge()) >= 3
    assert not merging.bridged_moons_part()


def test_the_petals_stretch_is_longer_than_most_of_strewn_points() -> None:
    count, share = merging.stretch(merging.petal_tree("ward"))
    assert count == 2 and share == pytest.approx(0.654, abs=0.001)
    strewn = merging.strewn_stretches()
    assert (strewn[:, 0] == 2).mean() > 0.95
    assert strewn[:, 1].mean() == pytest.approx(0.51, abs=0.02)
    assert strewn[:, 1].max() > share


def test_ward_draws_the_root_of_twice_the_added_inertia_of_the_five() -> None:
    tree = merging.hand("ward")
    falls = centroids.elbow_by_hand()
    assert tree.heights[-1] == pytest.approx(np.sqrt(2 * (falls[0] - falls[1])))
    assert tree.heights[-2] == pytest.approx(np.sqrt(2 * (falls[1] - falls[2])))
