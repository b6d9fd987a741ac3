"""Local density, and the Local Outlier Factor that compares it with the neighbours'.

Source: M. M. Breunig, H.-P. Kriegel, R. T. Ng & J. Sander, LOF: identifying density-based local outliers, SIGMOD
2000.  Each point has exactly k neighbours here; equal distances are taken in the order of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.maths.anomaly_detection.fences import Floats
from scenes.maths.anomaly_detection.isolation import CROWD, LONE, cloud

LINE: Final = np.array([0.0, 1.0, 2.0, 3.0, 6.0, 20.0, 24.0, 28.0, 32.0])
"""Points of the example by hand."""
ODD: Final = 4
"""The one among them beside the dense group."""
K_LINE: Final = 2
"""Neighbours in that example."""
K: Final = 20
"""Neighbours in two crowds, and of the dots of the lesson."""
BESIDE: Final = 200
"""The row of the dot beside the tight crowd."""
DRAWS: Final = 50
"""Draws of the two crowds over which ranks are taken."""
SHOWN: Final = 2
"""The draw that is shown."""
TWINS: Final = 30
"""How many stand where the lone dot stood alone."""


@dataclass(frozen=True, slots=True)
class Lof:
    """What the Local Outlier Factor is made of: of n points with k neighbours each."""

    neighbours: NDArray[np.intp]
    """(n, k) rows, nearest first."""
    distances: Floats
    """(n, k) to the neighbours."""
    reach: Floats
    """(n, k): reachability distances to the neighbours."""
    factors: Floats
    """(n,)."""

    @property
    def k_distances(self) -> Floats:
        """(n,): distances to the k-th neighbour."""
        return self.distances[:, -1]

    @property
    def densities(self) -> Floats:
        """(n,): one over the mean reachability distance."""
        return np.asarray(1.0 / self.reach.mean(axis=1))


def lof(points: ArrayLike, k: int) -> Lof:
    """The Local Outlier Factor of ``points`` (n,) or (n, d)."""
    given = np.asarray(points, dtype=float)
    given = given.reshape(len(given), -1)
    apart = np.sqrt(((given[:, None] - given[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :k]
    distances = np.take_along_axis(apart, nearest, axis=1)
    reach = np.maximum(distances[:, -1][nearest], distances)
    densities = 1.0 / reach.mean(axis=1)
    factors = densities[nearest].mean(axis=1) / densities
    return Lof(nearest, distances, reach, factors)


def rank(scores: Floats, row: int) -> int:
    """The place of a row, from 1, when the largest score comes first."""
    return int((scores > scores[row]).sum()) + 1


def crowds(seed: int = SHOWN) -> Floats:
    """(202, 2): a tight crowd, a wide one, a dot beside the tight one (row 200), and one off the wide one."""
    rng = np.random.default_rng(seed)
    tight, wide = rng.normal([0, 0], 0.15, (100, 2)), rng.normal([4, 0], 1.0, (100, 2))
    return np.concatenate([tight, wide, [[0.9, 0.9], [4.0, 4.5]]])


@cache
def ranks() -> NDArray[np.int_]:
    """(50, 2): the place of the dot beside the tight crowd by distance to its 20th neighbour, and by LOF."""
    found = []
    for seed in range(DRAWS):
        each = lof(crowds(seed), K)
        found.append((rank(each.k_distances, BESIDE), rank(each.factors, BESIDE)))
    return np.array(found)


@cache
def cloud_factors() -> Floats:
    """(257,): the LOF of the dots of the lesson."""
    return lof(cloud(), K).factors


@cache
def joined() -> Floats:
    """(286, 2): the crowd, and thirty dots in a heap where the lone dot stood."""
    heap = np.random.default_rng(1).normal(0, 0.07, (TWINS, 2)) + cloud()[LONE]
    heap[0] = cloud()[LONE]
    return np.concatenate([cloud()[:CROWD], heap])
