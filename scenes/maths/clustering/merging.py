"""Agglomerative clustering: the two closest clusters are merged, again and again, and a tree keeps the record.

Sources: J. H. Ward, Hierarchical grouping to optimize an objective function (1963); G. N. Lance and W. T. Williams,
A general theory of classificatory sorting strategies (1967); The Elements of Statistical Learning, section 14.3.12.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from scenes.maths.clustering import data
from scenes.maths.clustering.agreement import adjusted_rand, apart
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]
Linkage = Literal["single", "complete", "average", "ward"]

LINKAGES: Final[tuple[Linkage, ...]] = ("single", "complete", "average", "ward")
DRAWS: Final = 20
STREWN: Final = 200
"""Sets of strewn points whose trees are compared with that of the irises."""
SHOWN_STREWN: Final = 1
"""The one that is drawn."""
MOON_CUT: Final = 0.2
"""A height at which the tree of the moons and their strays holds one moon each."""
WHOLE: Final = 0.95
"""The share of a moon that has to hang together to be found."""


@dataclass(frozen=True, slots=True)
class Merges:
    """``pairs`` (n − 1, 2): which two clusters each merge joins, points being 0 to n − 1 and merges n, n + 1 ...;
    ``heights`` (n − 1,): how far apart they were, by the linkage.
    """

    pairs: Labels
    heights: Floats

    @property
    def count(self) -> int:
        """How many points there are."""
        return len(self.heights) + 1


def merges(points: Floats, linkage: Linkage) -> Merges:
    """All merges of ``points`` (n, d), in order.

    Distances between clusters follow the formula of Lance and Williams.  Ward heights are √(2·added inertia), so
    that two points merge at their distance.
    """
    count = len(points)
    gaps = apart(points)
    np.fill_diagonal(gaps, np.inf)
    sizes = np.ones(count)
    names = np.arange(count)
    pairs, heights = np.empty((count - 1, 2), dtype=np.intp), np.empty(count - 1)
    for step in range(count - 1):
        a, b = sorted(divmod(int(gaps.argmin()), count))
        height = gaps[a, b]
        pairs[step], heights[step] = sorted((names[a], names[b])), height
        merged = _merged(linkage, gaps[a], gaps[b], height, sizes[a], sizes[b], sizes)
        merged[[a, b]] = np.inf
        merged[~np.isfinite(gaps[a]) & ~np.isfinite(gaps[b])] = np.inf
        gaps[a], gaps[:, a] = merged, merged
        gaps[b], gaps[:, b] = np.inf, np.inf
        sizes[a] += sizes[b]
        names[a] = count + step
    return Merges(pairs, heights)


def _merged(
    linkage: Linkage, to_a: Floats, to_b: Floats, height: float, a: float, b: float, sizes: Floats
) -> Floats:
    """Distances (n,) of all clusters from the one that ``a`` and ``b`` points make together."""
    if linkage == "single":
        return np.minimum(to_a, to_b)
    if linkage == "complete":
        return np.maximum(to_a, to_b)
    if linkage == "average":
        return np.asarray((a * to_a + b * to_b) / (a + b))
    with np.errstate(invalid="ignore"):
        squares = ((a + sizes) * to_a**2 + (b + sizes) * to_b**2 - sizes * height**2) / (a + b + sizes)
    return np.asarray(np.sqrt(np.where(np.isfinite(squares), np.maximum(squares, 0), np.inf)))


def groups(tree: Merges, count: int) -> Labels:
    """The clusters (n,) that are left after all merges but the last ``count`` − 1, numbered from the leftmost leaf."""
    owner = np.arange(tree.count + len(tree.heights))
    for step, (a, b) in enumerate(tree.pairs[: tree.count - count]):
        owner[owner == owner[a]] = tree.count + step
        owner[owner == owner[b]] = tree.count + step
    points = owner[: tree.count]
    rank = {name: number for number, name in enumerate(dict.fromkeys(points[leaves(tree)].tolist()))}
    return np.array([rank[name] for name in points.tolist()], dtype=np.intp)


def cut_at(tree: Merges, height: float) -> Labels:
    """The clusters (n,) that a cut at ``height`` leaves: merges above it are undone."""
    return groups(tree, tree.count - int((tree.heights <= height).sum()))


def members(tree: Merges) -> list[list[int]]:
    """Points of each point and merge, in the order in which the tree draws them: the earliest point stands left."""
    found = [[number] for number in range(tree.count)]
    for pair in tree.pairs:
        left, right = sorted((found[one] for one in pair), key=min)
        found.append(left + right)
    return found


def leaves(tree: Merges) -> Labels:
    """(n,): points from left to right, so that no two brackets cross."""
    return np.array(members(tree)[-1], dtype=np.intp)


def brackets(tree: Merges, places: Floats | None = None) -> Floats:
    """Corners (n − 1, 4, 2) of the brackets: left foot, left top, right top, right foot.

    ``places`` (n,) are where the points stand across; unless given, one unit apart in the order of :func:`leaves`.
    """
    count = tree.count
    x = np.empty(count + len(tree.heights))
    y = np.zeros_like(x)
    if places is None:
        x[leaves(tree)] = np.arange(count)
    else:
        x[:count] = places
    found = np.empty((len(tree.heights), 4, 2))
    for step, (pair, height) in enumerate(zip(tree.pairs, tree.heights, strict=True)):
        a, b = sorted(pair, key=lambda one: x[one])
        found[step] = (x[a], y[a]), (x[a], height), (x[b], height), (x[b], y[b])
        x[count + step], y[count + step] = (x[a] + x[b]) / 2, height
    return found


@cache
def hand(linkage: Linkage) -> Merges:
    """The five points."""
    return merges(data.FIVE, linkage)


@cache
def petal_tree(linkage: Linkage) -> Merges:
    """The 150 irises."""
    return merges(data.petals(), linkage)


@cache
def moon_groups(linkage: Linkage, seed: int = data.SHOWN_MOONS, strays: bool = True) -> Labels:
    """Two clusters of the moons, with their strays (324,) or without (300,)."""
    points = data.moons(seed)[0]
    return groups(merges(points if strays else points[: data.MOON_DOTS], linkage), 2)


@remembered
def moon_agreement(linkage: Linkage, strays: bool = True) -> Floats:
    """(20,): adjusted Rand index of two clusters with the moons, over the 300 dots of the moons, for 20 draws."""
    found = []
    for seed in range(DRAWS):
        known = data.moons(seed)[1][: data.MOON_DOTS]
        found.append(adjusted_rand(known, moon_groups(linkage, seed, strays)[: data.MOON_DOTS]))
    return np.array(found)


def stretch(tree: Merges) -> tuple[int, float]:
    """How many clusters the longest stretch without merges leaves, and how long it is, as a share of the tree."""
    gaps = np.diff(tree.heights)
    longest = int(gaps.argmax())
    return len(tree.heights) - longest, float(gaps[longest] / tree.heights[-1])


@cache
def strewn_tree(seed: int = SHOWN_STREWN) -> Merges:
    """The tree, by Ward, of points that are strewn over the box of the petals."""
    return merges(data.strewn(seed), "ward")


@remembered
def strewn_stretches() -> Floats:
    """(200, 2): what :func:`stretch` says of :data:`STREWN` such trees."""
    return np.array([stretch(strewn_tree(seed)) for seed in range(STREWN)], dtype=float)


def moon_cut(height: float = MOON_CUT, seed: int = data.SHOWN_MOONS) -> Labels:
    """The clusters (324,) of the moons and their strays that a cut of the single-linkage tree at ``height`` leaves."""
    return cut_at(merges(data.moons(seed)[0], "single"), height)


def parts_the_moons(labels: Labels, seed: int = data.SHOWN_MOONS) -> bool:
    """Whether of each moon :data:`WHOLE` or more lie in one of the clusters ``labels`` (324,), and not in the same."""
    known = data.moons(seed)[1]
    counts = [np.bincount(labels[known == moon]) for moon in (0, 1)]
    whole = all(each.max() >= WHOLE * each.sum() for each in counts)
    return whole and counts[0].argmax() != counts[1].argmax()


@remembered
def cuts_that_part() -> Floats:
    """(20,): for 20 draws of the moons with strays, how many heights of the single-linkage tree part them."""
    found = []
    for seed in range(DRAWS):
        tree = merges(data.moons(seed)[0], "single")
        cuts = [cut_at(tree, float(height)) for height in tree.heights]
        found.append(sum(parts_the_moons(labels, seed) for labels in cuts))
    return np.array(found, dtype=float)


def bridged_moons_part() -> bool:
    """Whether any height of the single-linkage tree parts the clean moons with a bridge of dots between them."""
    clean = data.moons()[0][: data.MOON_DOTS]
    tree = merges(np.vstack([clean, data.bridge()]), "single")
    known = data.moons()[1][: data.MOON_DOTS]
    for height in tree.heights:
        labels = cut_at(tree, float(height))[: data.MOON_DOTS]
        counts = [np.bincount(labels[known == moon]) for moon in (0, 1)]
        if (
            all(each.max() >= WHOLE * each.sum() for each in counts)
            and counts[0].argmax() != counts[1].argmax()
        ):
            return True
    return False
