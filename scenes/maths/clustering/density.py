"""DBSCAN: clusters are dense regions, parted by sparse ones.

Sources: M. Ester, H.-P. Kriegel, J. Sander and X. Xu, A density-based algorithm for discovering clusters (1996);
E. Schubert and others, DBSCAN revisited, revisited (2017); R. Campello, D. Moulavi and J. Sander, Density-based
clustering based on hierarchical density estimates (2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN

from scenes.maths.clustering import centroids, data
from scenes.maths.clustering.agreement import apart
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

HAND_EPS, HAND_MIN = 3.5, 3
"""Epsilon and minPts for the five points."""
MOON_EPS, MIN_POINTS = 0.18, 5
"""Epsilon and minPts for the moons."""
PETAL_EPS: Final = 0.35
"""Epsilon (cm) for the irises; no two of them are so far apart."""
FINE_EPS: Final = 0.21
"""A smaller one, that tells them into more clusters."""
DRAWS: Final = 20
"""Draws over which a failure is counted."""
EPSILONS: Final = tuple(np.round(np.arange(0.04, 1.5601, 0.04), 2))
"""The epsilons that are tried on two densities."""
SHOWN: Final = 0
"""The draw of two densities that is drawn."""
KEPT: Final = 0.8
"""The share of each crowd that has to be kept together."""


class Kind(IntEnum):
    """What a point is for DBSCAN."""

    NOISE = 0
    BORDER = 1
    CORE = 2


@dataclass(frozen=True, slots=True)
class Flood:
    """``labels`` (n,): the cluster, −1 for noise; ``kinds`` (n,), of :class:`Kind`; ``waves`` (n,): steps from the
    first core of its cluster along the chain of cores, −1 for noise; and the settings that made it.
    """

    labels: Labels
    kinds: Labels
    waves: Labels
    eps: float
    min_points: int

    @property
    def count(self) -> int:
        """How many clusters there are."""
        return int(self.labels.max()) + 1


def dbscan(points: Floats, eps: float, min_points: int, first: tuple[int, ...] = ()) -> Flood:
    """DBSCAN on ``points`` (n, d), by a breadth-first search.  A point counts itself in its neighbourhood.

    Clusters start at the cores ``first``, then in the order of the points.  A border point in reach of two clusters
    belongs to the one that comes first.
    """
    near = apart(points) <= eps
    core = near.sum(axis=1) >= min_points
    labels = np.full(len(points), -1, dtype=np.intp)
    waves = np.full(len(points), -1, dtype=np.intp)
    number = 0
    for start in (*first, *range(len(points))):
        if not core[start] or labels[start] >= 0:
            continue
        labels[start], waves[start] = number, 0
        shore = np.array([start])
        wave = 0
        while len(shore):
            wave += 1
            reached = near[shore[core[shore]]].any(axis=0) & (labels < 0)
            labels[reached], waves[reached] = number, wave
            shore = np.flatnonzero(reached)
        number += 1
    kinds = np.where(core, Kind.CORE, np.where(labels >= 0, Kind.BORDER, Kind.NOISE)).astype(np.intp)
    return Flood(labels, kinds, waves, eps, min_points)


def k_distances(points: Floats, k: int) -> Floats:
    """(n,): distance of each point to its ``k``-th nearest, itself counted as the first, from the smallest."""
    return np.sort(np.sort(apart(points), axis=1)[:, k - 1])


def kept_shares(known: Labels, found: Labels) -> Floats:
    """For each known group the share that lies in one found cluster of its own.

    A cluster is a group's own where most of the cluster comes from it; noise (−1) is no cluster.
    """
    shares = []
    for group in np.unique(known):
        best = 0.0
        for cluster in np.unique(found[found >= 0]):
            inside = known[found == cluster]
            if (inside == group).mean() > 0.5:
                best = max(best, float((inside == group).sum() / (known == group).sum()))
        shares.append(best)
    return np.array(shares)


def from_the_left(points: Floats, labels: Labels) -> Labels:
    """The same clusters (n,), numbered by the first coordinate of their means; noise (−1) stays noise."""
    found, inside = labels.copy(), labels >= 0
    found[inside] = centroids.from_the_left(points[inside], labels[inside])
    return found


@cache
def hand() -> Flood:
    """The five points."""
    return dbscan(data.FIVE, HAND_EPS, HAND_MIN)


@cache
def flooded(eps: float = MOON_EPS, seed: int = data.SHOWN_MOONS) -> Flood:
    """The moons and their strays; the first cluster starts at the leftmost core, the next at the rightmost."""
    points = data.moons(seed)[0]
    core = (apart(points) <= eps).sum(axis=1) >= MIN_POINTS
    order = [int(row) for row in np.argsort(points[:, 0]) if core[row] and row < data.MOON_DOTS]
    return dbscan(points, eps, MIN_POINTS, (order[0], order[-1]) if order else ())


@cache
def flooded_petals(eps: float = PETAL_EPS) -> Flood:
    """The irises."""
    return dbscan(data.petals(), eps, MIN_POINTS)


@cache
def link(eps: float, seed: int = data.SHOWN_MOONS) -> Labels:
    """Points of a shortest chain of cores at ``eps`` from one moon to the other, as they are at :data:`MOON_EPS`.

    Raises ``ValueError`` where no chain joins them.
    """
    points, moons = data.moons(seed)[0], flooded(MOON_EPS, seed).labels
    gaps = apart(points)
    near = gaps <= eps
    core = np.flatnonzero(near.sum(axis=1) >= MIN_POINTS)
    cost = np.where(near, gaps, np.inf)
    done = np.where(moons == 0, 0.0, np.inf)
    done[np.setdiff1d(np.arange(len(points)), core)] = np.inf
    before = np.full(len(points), -1, dtype=np.intp)
    left = set(core.tolist())
    while left:
        here = min(left, key=lambda row: done[row])
        if not np.isfinite(done[here]):
            break
        if moons[here] == 1:
            chain = [here]
            while before[chain[-1]] >= 0:
                chain.append(int(before[chain[-1]]))
            return np.array(chain[::-1])
        left.discard(here)
        for row in left:
            if done[here] + cost[here, row] < done[row]:
                done[row], before[row] = done[here] + cost[here, row], here
    raise ValueError(f"no chain of cores joins the moons at {eps}")


@remembered
def moons_joined(eps: float) -> int:
    """In how many of 20 draws most of both moons are one cluster at ``eps``."""
    joined = 0
    for seed in range(DRAWS):
        points, known = data.moons(seed)
        labels = dbscan(points, eps, MIN_POINTS).labels
        most = [np.bincount(labels[(known == moon) & (labels >= 0)]).argmax() for moon in (0, 1)]
        joined += int(most[0] == most[1])
    return joined


@remembered
def one_epsilon_keeps() -> Floats:
    """(20, 39): the least share of a crowd that is kept, for 20 draws of two densities and each epsilon."""
    found = np.empty((DRAWS, len(EPSILONS)))
    for seed in range(DRAWS):
        points, known = data.two_densities(seed)
        for column, eps in enumerate(EPSILONS):
            found[seed, column] = kept_shares(known, dbscan(points, eps, MIN_POINTS).labels).min()
    return found


@remembered
def many_densities() -> Labels:
    """(20, 450): the clusters that HDBSCAN finds in 20 draws of two densities, −1 for noise."""
    model = HDBSCAN(min_cluster_size=15, copy=True)
    return np.array([model.fit_predict(data.two_densities(seed)[0]) for seed in range(DRAWS)], dtype=np.intp)


def many_densities_keep() -> Floats:
    """(20,): the least share of a crowd that HDBSCAN keeps, for 20 draws of two densities."""
    return np.array(
        [
            kept_shares(data.two_densities(seed)[1], labels).min()
            for seed, labels in enumerate(many_densities())
        ]
    )
