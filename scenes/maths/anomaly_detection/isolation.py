"""Random cuts, path lengths, and the score that is made of them.

Source: F. T. Liu, K. M. Ting & Z.-H. Zhou, Isolation Forest, ICDM 2008.  Trees here are grown until each point is
alone; a library stops them early and adds the mean length of what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.ensemble import IsolationForest

from scenes.maths.anomaly_detection.fences import Floats, bodies
from scenes.maths.shared.memo import remembered

CROWD: Final = 256
"""Dots of the crowd."""
LONE: Final = CROWD
"""The row of the one that does not belong."""
SHOWN: Final = 3
"""Seed of the tree that is shown."""
TREES: Final = 100
"""Trees of the forest."""
LINE: Final = np.array([1.0, 2.0, 3.0, 4.0, 20.0])
"""Points of the example by hand."""


@cache
def cloud() -> Floats:
    """(257, 2): the dots of the lesson: a crowd of two independent bells, and the lone dot, the last."""
    crowd = np.random.default_rng(7).normal(0, 1, (CROWD, 2))
    return np.concatenate([crowd, [[3.9, 3.3]]])


def middle() -> int:
    """The row of the dot nearest to the crowd's middle."""
    return int((cloud()[:CROWD] ** 2).sum(axis=1).argmin())


@dataclass(frozen=True, slots=True)
class Step:
    """A cut across ``column`` 0 or 1 at ``place``, and what it leaves of the cell of a point."""

    column: int
    place: float
    rows: NDArray[np.int_]
    """(k,): the points that share the cell afterwards."""
    low: Floats
    """(2,): the cell's lower limits afterwards."""
    high: Floats
    """(2,): its upper ones."""


def isolate(
    points: Floats, row: int, seed: int, low: ArrayLike = -np.inf, high: ArrayLike = np.inf
) -> list[Step]:
    """The cuts until the point of that ``row`` is alone; the first cell lies between ``low`` and ``high``.

    A column is drawn at random, and a place between the least and the greatest value that the cell has there.
    """
    rng = np.random.default_rng(seed)
    rows = np.arange(len(points))
    floor, ceiling = (
        np.broadcast_to(np.asarray(side, dtype=float), points.shape[1:]).copy() for side in (low, high)
    )
    found: list[Step] = []
    while len(rows) > 1:
        least, greatest = points[rows].min(axis=0), points[rows].max(axis=0)
        column = int(rng.integers(points.shape[1]))
        place = float(rng.uniform(least[column], greatest[column]))
        left = bool(points[row, column] < place)
        rows = rows[(points[rows, column] < place) == left]
        (ceiling if left else floor)[column] = place
        found.append(Step(column, place, rows, floor.copy(), ceiling.copy()))
    return found


@remembered
def lone_paths() -> NDArray[np.int_]:
    """(1000,): cuts until the lone dot is alone, in as many trees."""
    return np.array([len(isolate(cloud(), LONE, seed)) for seed in range(1000)])


@remembered
def body_ranks() -> NDArray[np.int_]:
    """(20,): rank of the one who is tall and light among the people, by forests of scikit-learn's, 200 trees each."""
    people = bodies()
    found = [
        -IsolationForest(n_estimators=200, random_state=seed).fit(people).score_samples(people)
        for seed in range(20)
    ]
    return np.array([(each >= each[-1]).sum() for each in found])


@remembered
def crowd_paths() -> NDArray[np.int_]:
    """(2000,): cuts until a dot of the crowd, drawn at random, is alone, in as many trees."""
    rows = [int(np.random.default_rng(10**6 + seed).integers(CROWD)) for seed in range(2000)]
    return np.array([len(isolate(cloud(), row, seed)) for seed, row in enumerate(rows)])


def usual_length(count: int) -> float:
    """c(n): the mean path length over n points whose order is random, 2·H(n-1) - 2(n-1)/n (Liu et al., eq. 1)."""
    harmonic = float(np.sum(1.0 / np.arange(1, count)))
    return 2 * harmonic - 2 * (count - 1) / count


def score(length: ArrayLike, count: int) -> Floats:
    """2 to minus the ratio of a mean path ``length`` to c(n), 0 to 1."""
    return np.asarray(2.0 ** (-np.asarray(length, dtype=float) / usual_length(count)))


def depths(points: Floats, seed: int) -> NDArray[np.int_]:
    """(n,): cuts until each point is alone, in one tree."""
    rng = np.random.default_rng(seed)
    found = np.zeros(len(points), dtype=int)
    open_cells = [np.arange(len(points))]
    while open_cells:
        rows = open_cells.pop()
        if len(rows) < 2:
            continue
        found[rows] += 1
        column = int(rng.integers(points.shape[1]))
        place = rng.uniform(points[rows, column].min(), points[rows, column].max())
        below = points[rows, column] < place
        open_cells += [rows[below], rows[~below]]
    return found


@remembered
def forest_scores() -> Floats:
    """(257,): scores of all dots by a forest of full trees."""
    lengths = np.mean([depths(cloud(), seed) for seed in range(TREES)], axis=0)
    return score(lengths, len(cloud()))
