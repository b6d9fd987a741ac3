"""Silhouettes and the adjusted Rand index, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_samples, silhouette_score

from scenes.maths.clustering import agreement, centroids, data

RNG = np.random.default_rng(5)


def test_silhouettes_are_those_of_scikit_learn() -> None:
    points = RNG.normal(size=(70, 3))
    labels = RNG.integers(0, 4, 70)
    np.testing.assert_allclose(agreement.silhouettes(points, labels), silhouette_samples(points, labels))
    alone = np.array([0, 1, 1, 2, 2])
    np.testing.assert_allclose(
        agreement.silhouettes(data.FIVE, alone), silhouette_samples(data.FIVE, alone), atol=1e-12
    )


def test_one_cluster_has_no_silhouette() -> None:
    with pytest.raises(ValueError, match="two clusters"):
        agreement.near_and_far(data.FIVE, np.zeros(5, dtype=np.intp))


def test_the_point_four_by_hand() -> None:
    labels = centroids.by_hand()[-1].labels
    a, b = agreement.near_and_far(data.FIVE, labels)
    assert (a[2], b[2]) == (3.5, 6.0)
    assert agreement.silhouettes(data.FIVE, labels)[2] == pytest.approx(2.5 / 6)


@pytest.mark.parametrize(("of", "best"), [("crowds", 5), ("petals", 2)])
def test_mean_silhouettes(of: str, best: int) -> None:
    found = agreement.mean_silhouettes(of)
    assert found.argmax() + 2 == best
    points = data.crowds()[0] if of == "crowds" else data.petals()
    labels = KMeans(3, n_init=20, random_state=0).fit_predict(points)
    assert found[1] == pytest.approx(silhouette_score(points, labels), abs=2e-3)


def test_adjusted_rand_is_that_of_scikit_learn() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        first, second = rng.integers(0, 4, 60), rng.integers(-1, 3, 60)
        assert agreement.adjusted_rand(first, second) == pytest.approx(adjusted_rand_score(first, second))
    assert agreement.adjusted_rand([0, 0, 1], [5, 5, 2]) == 1.0


def test_by_chance_the_index_is_zero_on_average() -> None:
    known = data.species()
    found = [agreement.adjusted_rand(known, RNG.permutation(known)) for _ in range(400)]
    assert abs(np.mean(found)) < 0.005


def test_the_three_failures() -> None:
    assert agreement.agreement_of_kmeans("wines") == pytest.approx(0.37, abs=0.005)
    assert agreement.agreement_of_kmeans("scaled") == pytest.approx(0.90, abs=0.005)
    unequal = [agreement.agreement_of_kmeans("unequal", seed) for seed in range(20)]
    moons = [agreement.agreement_of_kmeans("moons", seed) for seed in range(20)]
    assert min(unequal) > 0.22 and max(unequal) < 0.35
    assert min(moons) > 0.2 and max(moons) < 0.28


def test_proline_is_nearly_all_of_the_variance() -> None:
    variances = data.bottles()[0].var(axis=0)
    assert variances[-1] / variances.sum() == pytest.approx(0.998, abs=0.0005)


def test_the_drawn_groups_have_more_inertia_than_those_of_k_means_in_each_draw() -> None:
    for seed in range(20):
        drawn, found = agreement.inertia_of_unequal(seed)
        assert drawn > 1.2 * found


def test_wines_in_another_group() -> None:
    assert [int(agreement.wines_elsewhere(scaled).sum()) for scaled in (False, True)] == [53, 6]
    known = np.unique(data.bottles()[1], return_inverse=True)[1]
    assert agreement.adjusted_rand(known, agreement.wine_groups(True)) == pytest.approx(0.897, abs=0.001)


def test_clusters_are_paired_with_known_groups() -> None:
    known, found = np.array([0, 0, 1, 1, 2]), np.array([2, 2, 0, 1, 1])
    assert agreement.paired(known, found).tolist()[:3] == [0, 0, 1]
    assert (agreement.paired(known, known[::-1]) == known).sum() >= 1


def test_the_verdict_on_the_irises_is_that_of_scaled_petals() -> None:
    scaled = data.standardised(data.petals())
    two, three = (
        silhouette_score(scaled, KMeans(count, n_init=10, random_state=0).fit_predict(scaled))
        for count in (2, 3)
    )
    assert two > three
