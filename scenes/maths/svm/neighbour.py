"""Nearest neighbours: the k nearest points vote, and the distance measure (the ruler) decides which those are.

Measured data are full of equal distances (the irises are rounded to the millimetre), and libraries break such
ties by accidents of storage and rounding. Here neighbours at the rim that tie for the last places share these
places evenly: the vote is the mean over all ways to break the tie. Tied votes go to the lowest class, as in
scikit-learn.

Sources: Cover & Hart, Nearest neighbor pattern classification (IEEE Trans. Inf. Theory 13, 1967);
Beyer et al., When is "nearest neighbor" meaningful? (ICDT 1999);
Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 2.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from sklearn.model_selection import StratifiedKFold

from scenes.maths.shared.memo import remembered

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]

RULERS = (1.0, 2.0, np.inf)
"""Exponents p of the distance ``(sum |x_i - y_i|^p)^(1/p)``: L1, L2, L-infinity. Any p >= 1 is a ruler."""


def measure(queries: Array, points: Array, ruler: float = 2.0) -> Array:
    """Distances (q, n), rounded to 1e-9 of the unit so that equals on paper are equals in the machine."""
    return np.asarray(np.round(cdist(queries, points, "minkowski", p=ruler), 9))


def unit_ball(ruler: float, degrees: Array) -> Array:
    """(m, 2) points at distance 1 from the origin in the given directions: diamond, circle, square."""
    u = np.stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], axis=1)
    return np.asarray(u / np.linalg.norm(u, ord=ruler, axis=1, keepdims=True))


# --- The vote -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of one query: ``rows`` (k,) nearest first, ``distance`` (k,), in the unit of the points.

    ``share`` (classes,): their vote, sums to 1; ``verdict``: the class that wins.
    """

    rows: Rows
    distance: Array
    share: Array
    verdict: int

    @property
    def reach(self) -> float:
        """Distance of the k-th neighbour: the radius of the ball that holds the vote."""
        return float(self.distance[-1])


@dataclass(frozen=True, slots=True)
class VoteMap:
    """Verdicts on a grid for m values of k.

    ``k`` (m,); ``x`` (nx,), ``y`` (ny,); ``verdict`` (m, ny, nx), a class; ``share`` (m, ny, nx), the
    winner's vote.
    """

    k: Rows
    x: Array
    y: Array
    verdict: Rows
    share: Array


@dataclass(frozen=True, slots=True)
class ScoreCurve:
    """Accuracy at m settings: ``dial`` (m,), ``score`` (m,), with bounds ``lowest`` and ``highest`` (m,)."""

    dial: Rows
    score: Array
    lowest: Array
    highest: Array


@dataclass(frozen=True, slots=True)
class _Rim:
    """Ballots of q queries for m values of k, by class.

    ``inside`` (m, q, c): nearer than the k-th neighbour; ``tied`` (m, q, c): exactly as far;
    ``places`` (m, q): left for the tied.
    """

    inside: Array
    tied: Array
    places: Array

    @property
    def share(self) -> Array:
        """(m, q, c) votes that sum to 1, tied neighbours sharing their places evenly."""
        votes = self.inside + self.tied * (self.places / self.tied.sum(axis=2))[..., None]
        return np.asarray(votes / votes.sum(axis=2, keepdims=True))


def _count(distance: Array, labels: Rows, ks: Rows, classes: int) -> _Rim:
    """Count the ballots behind all the k at once, from one sort of ``distance`` (q, n)."""
    order = distance.argsort(axis=1, kind="stable")
    ranked = np.take_along_axis(distance, order, axis=1)
    size = ranked.shape[1]
    place = np.arange(size)
    fresh = np.c_[np.ones(len(ranked), dtype=bool), ranked[:, 1:] > ranked[:, :-1]]
    start = np.maximum.accumulate(np.where(fresh, place, 0), axis=1)
    last = np.c_[fresh[:, 1:], np.ones(len(ranked), dtype=bool)]
    end = np.minimum.accumulate(np.where(last, place + 1, size)[:, ::-1], axis=1)[:, ::-1]
    ballots = np.zeros((len(ranked), size + 1, classes))
    np.cumsum(np.eye(classes)[labels[order]], axis=1, out=ballots[:, 1:])
    begin, close = start[:, ks - 1], end[:, ks - 1]
    inside = np.take_along_axis(ballots, begin[..., None], axis=1)
    tied = np.take_along_axis(ballots, close[..., None], axis=1) - inside
    return _Rim(inside.swapaxes(0, 1), tied.swapaxes(0, 1), (ks - begin).T.astype(float))


def _winner(share: Array) -> Rows:
    """The class with the most votes along the last axis; sums that differ by rounding only are tied."""
    return np.asarray(np.round(share, 9).argmax(axis=-1))


def neighbours(query: Array, points: Array, labels: Rows, k: int, ruler: float = 2.0) -> Neighbours:
    """Grow a ball around ``query`` (d,) until it holds k points, and let them vote.

    Where points tie for the last places, ``rows`` shows the first of them in the table; the vote counts them
    all.
    """
    distance = measure(query[None], points, ruler)
    rows = distance[0].argsort(kind="stable")[:k]
    share = _count(distance, labels, np.array([k]), int(labels.max()) + 1).share[0, 0]
    return Neighbours(rows, distance[0, rows], share, int(_winner(share)))


def mean_of_nearest(queries: Array, points: Array, values: Array, k: int) -> Array:
    """(q,) k-NN regression: the mean of the ``values`` (n,) of the k ``points`` (n, d) nearest to each query (q, d).

    Raises ``ValueError`` where points tie for the last places, as the mean would depend on their order.
    """
    distance = measure(queries, points)
    order = distance.argsort(axis=1, kind="stable")
    ranked = np.take_along_axis(distance, order, axis=1)
    if k < len(points) and (ranked[:, k] == ranked[:, k - 1]).any():
        raise ValueError(f"points tie for the last of {k} places")
    return np.asarray(values[order[:, :k]].mean(axis=1))


def map_votes(
    points: Array, labels: Rows, ks: Sequence[int] | Rows, x: Array, y: Array, ruler: float = 2.0
) -> VoteMap:
    """Ask the neighbours at each point of a grid, for each of ``ks`` (m,)."""
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    k = np.asarray(ks, dtype=np.intp)
    share = _count(measure(grid, points, ruler), labels, k, int(labels.max()) + 1).share
    shape = (len(k), len(y), len(x))
    return VoteMap(k, x, y, _winner(share).reshape(shape), share.max(axis=2).reshape(shape))


@remembered
def borders_of_halves(
    points: Array, labels: Rows, ks: Sequence[int], x: Array, y: Array, draws: int = 8
) -> Rows:
    """(draws, m, ny, nx) verdicts on a grid for each of ``ks`` (m,), each draw asking another half of the points.

    The halves are drawn without repetition, by seeds 0, 1, ...; how much their maps differ is the variance of the
    method.  Source: Hastie, Tibshirani & Friedman, section 7.3 (bias and variance of nearest neighbours).
    """
    maps = []
    for seed in range(draws):
        half = np.random.default_rng(seed).permutation(len(points))[: len(points) // 2]
        maps.append(map_votes(points[half], labels[half], ks, x, y).verdict)
    return np.array(maps)


def disagreement(maps: Rows) -> float:
    """The mean share of the grid that two of ``maps`` (n, ny, nx) tell differently."""
    pairs = [(one != two).mean() for at, one in enumerate(maps) for two in maps[:at]]
    return float(np.mean(pairs))


def leave_one_out(points: Array, labels: Rows, ks: Sequence[int] | Rows, ruler: float = 2.0) -> ScoreCurve:
    """Let the other n - 1 points vote on each point, for each of ``ks`` (m,), all below n.

    ``lowest`` and ``highest`` bound what any way of breaking equal distances can score.
    """
    k = np.asarray(ks, dtype=np.intp)
    distance = measure(points, points, ruler)
    np.fill_diagonal(distance, np.inf)
    rim = _count(distance, labels, k, int(labels.max()) + 1)
    best = (_winner(rim.share) == labels).mean(axis=1)
    return ScoreCurve(k, best, *_bounds(rim, labels))


def _bounds(rim: _Rim, labels: Rows) -> tuple[Array, Array]:
    """Lowest and highest share of right verdicts over all ways to hand the rim's places to the tied."""
    classes = rim.tied.shape[2]
    own = np.broadcast_to(labels, rim.places.shape)[..., None]
    others = np.arange(classes) != own
    first = np.take_along_axis(rim.inside, own, axis=2)[..., 0]
    reserve = np.take_along_axis(rim.tied, own, axis=2)[..., 0]
    tie_lost = (np.arange(classes) < own).astype(float)  # a tied vote goes to the lower class

    # At best the own class takes all the places it can, and the others can be held below it with the rest.
    most = first + np.minimum(reserve, rim.places)
    room = np.where(others, np.minimum(rim.tied, most[..., None] - tie_lost - rim.inside), 0)
    spill = rim.places - np.minimum(reserve, rim.places)
    can_win = (room >= 0).all(axis=2) & (room.sum(axis=2) >= spill)

    # At worst a rival takes all it can, then the third parties, and the own class only what is left over.
    left = np.maximum(0, rim.places - np.where(others, rim.tied, 0).sum(axis=2))
    rival = rim.inside + np.minimum(rim.tied, rim.places[..., None])
    can_lose = (others & (rival + tie_lost > (first + left)[..., None])).any(axis=2)
    return (~can_lose).mean(axis=1), can_win.mean(axis=1)


def standard_error(share: float, count: int) -> float:
    """How far a share of ``count`` verdicts strays by chance: its standard error, by the binomial law."""
    return float(np.sqrt(share * (1 - share) / count))


# --- The ruler ----------------------------------------------------------------------------------------------


def find_flip(points: Array, labels: Rows, ks: Sequence[int], x: Array, y: Array) -> Array:
    """A point (2,) of the grid ``x`` (nx,) × ``y`` (ny,) whose Euclidean vote turns at each of ``ks`` (m,).

    Of such points, which are picked cases, it is the one whose narrowest gap behind the k-th neighbour is largest; its
    neighbours stand on spots of their own.  Raises ``ValueError`` if no grid point is left.
    """
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    distance = measure(grid, points)
    ranked = np.sort(distance, axis=1)
    k = np.asarray(ks, dtype=np.intp)
    share = _count(distance, labels, k, int(labels.max()) + 1).share
    verdict, votes = _winner(share), np.sort(share, axis=2)
    gap = (ranked[:, k] - ranked[:, k - 1]).min(axis=1)
    last = int(k.max())
    apart = np.array([len(np.unique(points[row[:last]], axis=0)) == last for row in distance.argsort(axis=1)])
    clear = (votes[..., -1] > votes[..., -2] + 1e-9).all(axis=0)
    fit = (verdict[1:] != verdict[:-1]).all(axis=0) & clear & apart & (gap > 0)
    if not fit.any():
        raise ValueError(f"no vote on the whole grid turns at each of k = {[*ks]}")
    return np.asarray(grid[np.where(fit, gap, -1.0).argmax()])


def standardise(points: Array, by: Array) -> Array:
    """``points`` with the column means of ``by`` taken off, in units of its standard deviations."""
    return np.asarray((points - by.mean(axis=0)) / by.std(axis=0))


def fold_accuracy(
    points: Array, labels: Rows, k: int = 5, ruler: float = 2.0, scaled: bool = False, seed: int = 0
) -> float:
    """Mean accuracy over five stratified folds (shuffled by ``seed``); scaled by the training part of each."""
    folds = StratifiedKFold(5, shuffle=True, random_state=seed).split(points, labels)
    scores = []
    for train, test in folds:
        known, asked = points[train], points[test]
        if scaled:
            known, asked = standardise(known, known), standardise(asked, known)
        rim = _count(measure(asked, known, ruler), labels[train], np.array([k]), int(labels.max()) + 1)
        scores.append((_winner(rim.share[0]) == labels[test]).mean())
    return float(np.mean(scores))


# --- Far away, all are equal --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Crowding:
    """Distances among uniform points of the unit cube, for m numbers of dimensions.

    ``dimension`` (m,); ``ratio`` (m,): nearest over farthest, median over the queries; ``low`` and ``high``
    (m,): its quartiles; ``distance`` (m, n): of all the points from the first query.
    """

    dimension: Rows
    ratio: Array
    low: Array
    high: Array
    distance: Array


def crowd(dimensions: Sequence[int] | Rows, queries: int = 200, count: int = 500, seed: int = 0) -> Crowding:
    """Distances from ``queries`` points to ``count`` others in each of ``dimensions`` (m,), which must rise.

    The points are the same throughout: each number of dimensions reads their first so many coordinates, so that
    distances grow smoothly (Beyer et al. 1999). Raises ``ValueError`` for dimensions that do not rise.
    """
    dimension = np.asarray(dimensions, dtype=np.intp)
    if (np.diff(dimension, prepend=0) <= 0).any():
        raise ValueError("dimensions must rise from 1 or more")
    rng = np.random.default_rng(seed)
    asked, points = rng.random((queries, dimension[-1])), rng.random((count, dimension[-1]))
    gained = [
        cdist(asked[:, low:high], points[:, low:high], "sqeuclidean")
        for low, high in zip([0, *dimension[:-1]], dimension, strict=True)
    ]
    distance = np.sqrt(np.cumsum(gained, axis=0))
    low, ratio, high = np.quantile(distance.min(axis=2) / distance.max(axis=2), [0.25, 0.5, 0.75], axis=1)
    return Crowding(dimension, ratio, low, high, distance[:, 0])


def edge_holding(share: float, dimensions: Sequence[int] | Rows) -> Array:
    """Edge (m,) of the cube that holds ``share`` of the unit cube's volume (ESL, section 2.5)."""
    return np.asarray(share ** (1 / np.asarray(dimensions, dtype=float)))
