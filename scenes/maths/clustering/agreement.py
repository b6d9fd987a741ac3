"""How well points lie in their clusters (silhouette), and how well two groupings agree (adjusted Rand index).

Sources: P. J. Rousseeuw, Silhouettes (1987); L. Hubert and P. Arabie, Comparing partitions (1985).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

from scenes.maths.clustering import centroids, data

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]


def apart(points: ArrayLike) -> Floats:
    """Distances (n, n) between ``points`` (n, d)."""
    return np.asarray(np.sqrt(centroids.squared(points, points)))


def near_and_far(points: Floats, labels: Labels) -> tuple[Floats, Floats]:
    """a and b of each point, (n,) each: mean distance to the others of its own cluster, and to the nearest other one.

    a of a cluster of one point is 0.  Raises ``ValueError`` for fewer than two clusters.
    """
    numbers = np.unique(labels)
    if len(numbers) < 2:
        raise ValueError("a silhouette needs two clusters at least")
    gaps = apart(points)
    sums = np.stack([gaps[:, labels == number].sum(axis=1) for number in numbers], axis=1)
    sizes = np.array([(labels == number).sum() for number in numbers])
    own = np.searchsorted(numbers, labels)
    rows = np.arange(len(points))
    a = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    return np.asarray(a), np.asarray(means.min(axis=1))


def silhouettes(points: Floats, labels: Labels) -> Floats:
    """s = (b − a)/max(a, b) of each point, (n,); 0 for a point that is alone in its cluster."""
    a, b = near_and_far(points, labels)
    alone = np.bincount(labels - labels.min())[labels - labels.min()] == 1
    return np.asarray(np.where(alone, 0.0, (b - a) / np.maximum(a, b)))


def adjusted_rand(known: ArrayLike, found: ArrayLike) -> float:
    """The adjusted Rand index of two groupings (n,): 1 where they agree, 0 on average where they are by chance."""
    first = np.unique(known, return_inverse=True)[1]
    second = np.unique(found, return_inverse=True)[1]
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), 1)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    by_chance = rows * columns / (len(first) * (len(first) - 1) / 2)
    most = (rows + columns) / 2
    return 1.0 if most == by_chance else (both - by_chance) / (most - by_chance)


@cache
def mean_silhouettes(of: str, most: int = 8) -> Floats:
    """(most − 1,): the mean silhouette with 2, 3 ... clusters, of the best run on the ``crowds`` or the ``petals``."""
    points, best = {
        "crowds": (data.crowds()[0], centroids.best_of),
        "petals": (data.petals(), centroids.best_petals),
    }[of]
    return np.array([silhouettes(points, best(count).labels).mean() for count in range(2, most + 1)])


def agreement_of_kmeans(of: str, seed: int = 0) -> float:
    """Adjusted Rand index of the best of ten runs of K-means with the groups that are known.

    ``of``: ``unequal`` crowds or ``moons`` (drawn by ``seed``), ``wines`` in their own units, or ``scaled`` ones.
    """
    if of in ("wines", "scaled"):
        raw, known = data.bottles()
        points, count = (raw if of == "wines" else data.standardised(raw)), 3
    elif of == "unequal":
        (points, known), count = data.unequal(seed), 3
    else:
        points, known = data.moons(seed)
        points, known, count = points[: data.MOON_DOTS], known[: data.MOON_DOTS], 2
    return adjusted_rand(known, centroids.restarts(points, count, 10).labels)


def paired(known: Labels, found: Labels) -> Labels:
    """The clusters ``found`` (n,), renumbered so that as many points as possible have their known group's number."""
    table = np.zeros((int(known.max()) + 1, int(found.max()) + 1))
    np.add.at(table, (known, found), 1)
    groups, clusters = linear_sum_assignment(-table)
    rank = dict(zip(clusters.tolist(), groups.tolist(), strict=True))
    return np.array([rank[number] for number in found.tolist()], dtype=np.intp)


@cache
def wine_groups(scaled: bool) -> Labels:
    """(178,): three clusters of the wines by K-means, in raw units or ``scaled``, numbered as the grape varieties."""
    raw, known = data.bottles()
    points = data.standardised(raw) if scaled else raw
    return paired(np.unique(known, return_inverse=True)[1], centroids.restarts(points, 3, 10).labels)


def wines_elsewhere(scaled: bool) -> NDArray[np.bool_]:
    """(178,): the wines whose cluster is not that of their grape variety."""
    return np.asarray(wine_groups(scaled) != np.unique(data.bottles()[1], return_inverse=True)[1])


@cache
def inertia_of_unequal(seed: int = 0) -> tuple[float, float]:
    """J of the groups that the unequal crowds were drawn in, and J of the best of ten runs of K-means."""
    points, known = data.unequal(seed)
    drawn = centroids.inertia(points, centroids.update(points, known, 3), known)
    return drawn, centroids.restarts(points, 3, 10).inertia
