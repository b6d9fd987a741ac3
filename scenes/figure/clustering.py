"""Irises, crowds and moons that visitors group by centroids, by density and by merges."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data, density, merging

Floats = npt.NDArray[np.float64]

MOST: Final = 7
"""Centroids that can be set."""
TREES: Final[tuple[merging.Linkage, ...]] = ("ward", "single")
"""Linkages whose trees can be cut."""
BRANCHES: Final = 12
"""Branches of a tree that are shown; what merges below them stays together."""
RUNS: Final = 60
"""Runs of which the lowest inertia is kept."""
DIGITS: Final = 4
"""Digits of coordinates: a petal has one, and a moon of a ten thousandth is wide enough."""


def told() -> dict[str, Floats]:
    """The points (n, 2) of each data set, as the lesson has them."""
    return {"irises": data.petals(), "crowds": data.crowds()[0], "moons": data.moons()[0]}


def clouds() -> dict[str, Floats]:
    """The same points, from the left, as the page knows them."""
    return {name: points[order(points)].round(DIGITS) for name, points in told().items()}


def order(points: Floats) -> npt.NDArray[np.intp]:
    """Rows of ``points`` (n, 2) from the left."""
    return np.lexsort((points[:, 1], points[:, 0]))


def top_of(points: Floats, linkage: merging.Linkage) -> dict[str, object]:
    """The top of a tree: ``branches`` (n,), the branch of each point; ``pairs`` (11, 2), the merges of branches and
    of earlier merges; ``heights`` (11,)."""
    tree = merging.merges(points, linkage)
    branches = merging.groups(tree, BRANCHES)
    first = tree.count - BRANCHES
    names: dict[int, int] = {}
    for number, rows in enumerate(merging.members(tree)):
        if number < tree.count + first:
            names[number] = int(branches[rows[0]])
    for step in range(first, len(tree.heights)):
        names[tree.count + step] = BRANCHES + step - first
    pairs = [[names[int(a)], names[int(b)]] for a, b in tree.pairs[first:]]
    return {"branches": branches, "pairs": pairs, "heights": tree.heights[first:].round(DIGITS)}


def figure() -> dict[str, object]:
    """For each data set its ``points`` (n, 2) from the left, ``least`` (7,), the lowest inertia that was found with 1,
    2 ... centroids, and a tree by ``ward`` and by ``single`` linkage; ``starts``, centroids (k, 2) that the lesson
    begins with; ``eps`` and ``minimum``, the settings of DBSCAN on the moons, and ``petalEps`` on the irises."""
    sets: dict[str, object] = {}
    whole = told()
    for name, points in clouds().items():
        least = [kmeans.restarts(whole[name], count, RUNS).inertia for count in range(1, MOST + 1)]
        trees: dict[str, object] = {linkage: top_of(points, linkage) for linkage in TREES}
        sets[name] = {"points": points, "least": np.round(least, 3), **trees}
    crowds = data.crowds()[0]
    starts = {
        "walk": kmeans.long_walk()[0].centroids,
        "stuck": kmeans.random_start(crowds, 5, kmeans.BAD_START).round(DIGITS),
        "far": kmeans.plus_plus(crowds, 5, 0).round(DIGITS),
    }
    return {
        "sets": sets,
        "starts": starts,
        "eps": density.MOON_EPS,
        "minimum": density.MIN_POINTS,
        "petalEps": density.PETAL_EPS,
    }
