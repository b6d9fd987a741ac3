"""K-means: Lloyd's algorithm, its starts, its inertia, and the cells in which one centroid is the nearest.

Sources: S. P. Lloyd, Least squares quantization in PCM (1982); D. Arthur and S. Vassilvitskii, k-means++: the
advantages of careful seeding (2007); T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning
(2009), section 14.3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans

from scenes.maths.clustering import data
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

STARTS: Final = 1000
"""Starts on the irises, and on the crowds that are drawn."""
SPREAD_SEEDS: Final = tuple(range(10))
"""Seeds of the ten data sets of five crowds over which rates of bad starts are told."""
SPREAD_STARTS: Final = 150
"""Starts on each of them."""
STUCK: Final = 1.01
"""A run has got stuck where its inertia is more than so many times the lowest that was found."""
TENS: Final = 10
"""Runs of which the lowest is kept."""
LONG_WALK: Final = 2
"""Seed of the start on the irises that was picked for its long walk."""
BAD_START: Final = 0
"""Seed of the start on the crowds that gets stuck."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round: ``centroids`` (k, d) as it begins, what each point is assigned to (n,), the inertia after that."""

    centroids: Floats
    labels: Labels
    inertia: float


def squared(points: ArrayLike, centroids: ArrayLike) -> Floats:
    """Squared distances (n, k) from ``points`` (n, d) to ``centroids`` (k, d)."""
    gaps = np.asarray(points, dtype=float)[:, None] - np.asarray(centroids, dtype=float)[None]
    return np.asarray((gaps**2).sum(axis=-1))


def assign(points: ArrayLike, centroids: ArrayLike) -> Labels:
    """The assignment step: for each of ``points`` (n, d) the number of its nearest centroid; (n,)."""
    return np.asarray(squared(points, centroids).argmin(axis=1))


def update(points: Floats, labels: Labels, count: int) -> Floats:
    """The update step: the mean (count, d) of the points of each cluster.

    Raises ``ValueError`` for a cluster without points: K-means needs a rule for these, and this lesson meets none.
    """
    sizes = np.bincount(labels, minlength=count)
    if not sizes.all():
        raise ValueError(f"cluster {int(sizes.argmin())} has no points, so it has no mean")
    return np.array([points[labels == number].mean(axis=0) for number in range(count)])


def inertia(points: ArrayLike, centroids: ArrayLike, labels: Labels) -> float:
    """J, the sum of squared distances from ``points`` (n, d) to the centroids that they are assigned to."""
    gaps = np.asarray(points, dtype=float) - np.asarray(centroids, dtype=float)[labels]
    return float((gaps**2).sum())


def lloyd(points: Floats, start: ArrayLike) -> list[Round]:
    """Rounds of Lloyd's algorithm from the centroids ``start`` (k, d), until a round changes nothing.

    The last two rounds have the same labels.  Raises ``ValueError`` where a cluster loses all its points.
    """
    centroids = np.asarray(start, dtype=float)
    rounds: list[Round] = []
    while True:
        labels = assign(points, centroids)
        rounds.append(Round(centroids, labels, inertia(points, centroids, labels)))
        moved = update(points, labels, len(centroids))
        if np.allclose(moved, centroids):
            return rounds
        centroids = moved


def half_steps(points: Floats, rounds: list[Round]) -> list[float]:
    """Inertia after each assignment and after each update in turn, until the run stops."""
    falls: list[float] = []
    for number, now in enumerate(rounds):
        falls.append(now.inertia)
        if number + 1 < len(rounds):
            falls.append(inertia(points, rounds[number + 1].centroids, now.labels))
    return falls


def random_start(points: Floats, count: int, seed: int) -> Floats:
    """``count`` of the points (count, d), drawn by ``seed``, all equally likely; again where two coincide.

    Some irises have the same petals, and of two centroids on one place the second would get no points.
    """
    rng = np.random.default_rng(seed)
    while True:
        start = points[rng.choice(len(points), count, replace=False)]
        if len(np.unique(start, axis=0)) == count:
            return np.asarray(start)


def chances(points: ArrayLike, centroids: ArrayLike) -> Floats:
    """k-means++: the probability (n,) that a point becomes the next centroid, D²/ΣD²."""
    far = squared(points, centroids).min(axis=1)
    return np.asarray(far / far.sum())


def plus_plus(points: Floats, count: int, seed: int) -> Floats:
    """A start (count, d) by k-means++: the first point at random, each next one by :func:`chances`."""
    rng = np.random.default_rng(seed)
    picked = [points[rng.integers(len(points))]]
    while len(picked) < count:
        picked.append(points[rng.choice(len(points), p=chances(points, picked))])
    return np.array(picked)


def restarts(points: Floats, count: int, times: int = 30) -> Round:
    """The last round of the run with the lowest inertia of ``times`` runs, started by k-means++ of seeds 0, 1 ..."""
    ends = [lloyd(points, plus_plus(points, count, seed))[-1] for seed in range(times)]
    return min(ends, key=lambda end: end.inertia)


def lowest_by_trying(points: Floats, count: int) -> float:
    """The lowest inertia of all groupings of a few ``points`` (n, d) into ``count`` clusters: every one is tried."""
    found = np.inf
    for groups in product(range(count), repeat=len(points)):
        labels = np.array(groups)
        if len(set(groups)) == count:
            found = min(found, inertia(points, update(points, labels, count), labels))
    return float(found)


def from_the_left(points: Floats, labels: Labels) -> Labels:
    """The same clusters (n,), numbered by the first coordinate of their means."""
    count = int(labels.max()) + 1
    rank = np.empty(count, dtype=np.intp)
    rank[np.argsort(update(points, labels, count)[:, 0])] = np.arange(count)
    return rank[labels]


def in_line(before: Floats, after: Floats) -> Floats:
    """``after`` (k, d) in the order that lies nearest to ``before`` (at most k, d); those that are new come last."""
    rows, columns = linear_sum_assignment(squared(before, after))
    new = [number for number in range(len(after)) if number not in columns]
    return after[[*columns[np.argsort(rows)], *new]]


def cell(centroids: ArrayLike, which: int, low: ArrayLike, high: ArrayLike) -> Floats:
    """Corners (m, 2) of the Voronoi cell of one of ``centroids`` (k, 2) within the box from ``low`` to ``high``.

    The box is cut by the half-plane that is nearer to this centroid than to each other one; a set cut from a box by
    half-planes is convex.
    """
    middle = np.asarray(centroids, dtype=float)
    (x0, y0), (x1, y1) = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    for other in range(len(middle)):
        if other == which or not len(corners):
            continue
        normal = middle[other] - middle[which]
        offset = (middle[other] ** 2).sum() - (middle[which] ** 2).sum()
        beyond = 2 * corners @ normal - offset
        kept: list[Floats] = []
        for here, there, a, b in zip(
            corners, np.roll(corners, -1, axis=0), beyond, np.roll(beyond, -1), strict=True
        ):
            if a <= 0:
                kept.append(here)
            if (a < 0 < b) or (b < 0 < a):
                kept.append(here + (there - here) * a / (a - b))
        corners = np.array(kept) if kept else np.empty((0, 2))
    return corners


# -- the runs that are told


@cache
def by_hand() -> list[Round]:
    """Two centroids on the five points, which start on the points 0 and 1."""
    return lloyd(data.FIVE, data.FIVE[:2])


@cache
def long_walk() -> list[Round]:
    """Three centroids on the irises, from the start that was picked for its long walk."""
    return lloyd(data.petals(), random_start(data.petals(), 3, LONG_WALK))


@cache
def stuck_walk() -> list[Round]:
    """Five centroids on the crowds that are drawn, from a random start that gets stuck."""
    points = data.crowds()[0]
    return lloyd(points, random_start(points, 5, BAD_START))


@cache
def best_of(count: int) -> Round:
    """The best of many runs on the crowds that are drawn."""
    return restarts(data.crowds()[0], count)


@cache
def best_petals(count: int) -> Round:
    """The best of many runs on the irises."""
    return restarts(data.petals(), count)


@remembered
def walk_lengths() -> Floats:
    """(1000,): assignments until a run on the irises stops, from :data:`STARTS` random starts, seeds 0 ..."""
    points = data.petals()
    return np.array(
        [len(lloyd(points, random_start(points, 3, seed))) for seed in range(STARTS)], dtype=float
    )


@remembered
def ends(how: str, seed: int = data.SHOWN_CROWDS, times: int = STARTS) -> Floats:
    """(times,): the inertia at which runs on five crowds stop, started ``random``, ``plus`` or ``greedy``.

    ``greedy`` is k-means++ as scikit-learn has it, which tries several candidates a step.  Raises ``KeyError`` for
    another way to start.
    """
    points = data.crowds(seed)[0]

    def greedy(number: int) -> float:
        run = KMeans(5, init="k-means++", n_init=1, tol=0, random_state=number).fit(points)
        return float(run.inertia_)

    ways: dict[str, Callable[[int], float]] = {
        "random": lambda number: lloyd(points, random_start(points, 5, number))[-1].inertia,
        "plus": lambda number: lloyd(points, plus_plus(points, 5, number))[-1].inertia,
        "greedy": greedy,
    }
    return np.array([ways[how](number) for number in range(times)])


def stuck_share(how: str, seed: int = data.SHOWN_CROWDS, times: int = STARTS) -> float:
    """Share of runs on five crowds that end more than 1 % above the lowest inertia that was found."""
    found = ends(how, seed, times)
    lowest = restarts(data.crowds(seed)[0], 5).inertia
    return float((found > STUCK * lowest).mean())


@remembered
def stuck_shares(how: str) -> Floats:
    """(10,): the share of runs that get stuck, on each of ten draws of the five crowds."""
    return np.array([stuck_share(how, seed, SPREAD_STARTS) for seed in SPREAD_SEEDS])


def tens(how: str, seed: int) -> Floats:
    """(15,): the lowest inertia of each ten runs on the crowds drawn by ``seed``."""
    return np.asarray(ends(how, seed, SPREAD_STARTS).reshape(-1, TENS).min(axis=1))


@remembered
def stuck_of_ten(how: str) -> Floats:
    """(10,): of runs in tens on each of ten draws of the five crowds, the share of tens whose lowest is still stuck."""
    shares = []
    for seed in SPREAD_SEEDS:
        lowest = restarts(data.crowds(seed)[0], 5).inertia
        shares.append(float((tens(how, seed) > STUCK * lowest).mean()))
    return np.array(shares)


@cache
def crossing() -> tuple[Floats, Floats]:
    """Centroids (5, 2) where the shown run is stuck, and the best ones in the order that lies nearest to them."""
    stuck, best = stuck_walk()[-1].centroids, best_of(5).centroids
    return stuck, best[linear_sum_assignment(squared(stuck, best))[1]]


def on_the_way(share: float) -> Floats:
    """Centroids (5, 2) at a ``share`` of the straight way from the stuck ones to the best."""
    stuck, best = crossing()
    return np.asarray(stuck + share * (best - stuck))


@cache
def slice_of_inertia(shares: tuple[float, ...]) -> Floats:
    """(n,): inertia on the straight way from the stuck centroids (share 0) to the best ones (1), points reassigned."""
    points = data.crowds()[0]
    return np.array([squared(points, on_the_way(share)).min(axis=1).sum() for share in shares])


@remembered
def elbow(most: int = 6) -> Floats:
    """(most,): the lowest inertia found on the crowds with 1, 2 ... centroids."""
    return np.array([best_of(count).inertia for count in range(1, most + 1)])


@cache
def best_noise(count: int) -> Round:
    """The best of ten runs on points without groups."""
    return restarts(data.noise(), count, 10)


@remembered
def elbow_of_noise(most: int = 6) -> Floats:
    """(most,): the lowest inertia found on points without groups, with 1, 2 ... centroids."""
    return np.array([best_noise(count).inertia for count in range(1, most + 1)])


@cache
def grouped_by_hand(count: int) -> Labels:
    """(5,): the grouping of the five points into ``count`` clusters with the lowest inertia; numbered from the left."""
    found, best = np.inf, np.zeros(len(data.FIVE), dtype=np.intp)
    for groups in product(range(count), repeat=len(data.FIVE)):
        labels = np.array(groups)
        if len(set(groups)) == count and list(groups) == sorted(groups):
            here = inertia(data.FIVE, update(data.FIVE, labels, count), labels)
            if here < found:
                found, best = here, labels
    return best


@cache
def elbow_by_hand() -> Floats:
    """(5,): the lowest inertia of the five points with 1, 2 ... 5 centroids; every grouping was tried."""
    return np.array([lowest_by_trying(data.FIVE, count) for count in range(1, len(data.FIVE) + 1)])
