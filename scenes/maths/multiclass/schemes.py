"""Several yes-or-no classifiers that name one of K classes: one-vs-rest and one-vs-one, on simulated blobs.

Sources: C. Bishop, Pattern Recognition and Machine Learning (2006), section 4.1.2; T. Hastie and R. Tibshirani,
Classification by pairwise coupling, Annals of Statistics 26 (1998).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import make_blobs
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from scenes.maths.multiclass import regions
from scenes.maths.multiclass.regions import Bools, Cell, Floats
from scenes.maths.shared.memo import remembered

Labels = NDArray[np.intp]

RADIUS: Final = 3.0
"""Distance of each blob's centre from the middle of the ring."""
SPREAD: Final = 1.0
"""Standard deviation of a blob, each way."""
EACH: Final = 60
"""Points of a blob."""
DRAWS: Final = 20
"""Draws over which shares of the map are averaged."""
SEEDS: Final = {3: 0, 4: 0, 5: 3, 6: 0}
"""The draw that is shown, by the number of classes."""


@dataclass(frozen=True, slots=True)
class Lines:
    """m straight boundaries w·x + b = 0: ``weights`` (m, d), ``offsets`` (m,); yes where w·x + b is positive."""

    weights: Floats
    offsets: Floats

    def scores(self, points: Floats) -> Floats:
        """w·x + b (n, m) of ``points`` (n, d)."""
        return np.asarray(points @ self.weights.T + self.offsets)


def blobs(classes: int, seed: int | None = None) -> tuple[Floats, Labels]:
    """Points (60·K, 2) of K normal blobs evenly on a ring, and their classes; by default the draw that is shown."""
    turns = 2 * np.pi * np.arange(classes) / classes
    centres = RADIUS * np.column_stack([np.cos(turns), np.sin(turns)])
    points, labels = make_blobs(
        EACH * classes,
        centers=centres,
        cluster_std=SPREAD,
        random_state=SEEDS[classes] if seed is None else seed,
    )
    return points, labels.astype(np.intp)


def margin_line(points: Floats, yes: Bools, price: float = 1.0) -> tuple[Floats, float]:
    """Weights (d,) and offset of the linear support vector machine, C = ``price``, that tells ``yes`` from the rest."""
    fit = SVC(kernel="linear", C=price).fit(points, yes)
    return np.asarray(fit.coef_[0], dtype=float), float(fit.intercept_[0])


def one_vs_rest(points: Floats, labels: Labels, price: float = 1.0) -> Lines:
    """K boundaries, class k against all other points (yes: class k)."""
    found = [margin_line(points, labels == own, price) for own in np.unique(labels)]
    return Lines(np.array([each[0] for each in found]), np.array([each[1] for each in found]))


def pairs(classes: int) -> list[tuple[int, int]]:
    """All pairs i < j of so many classes."""
    return list(combinations(range(classes), 2))


def one_vs_one(points: Floats, labels: Labels, price: float = 1.0) -> Lines:
    """K(K−1)/2 boundaries in the order of :func:`pairs`, fitted to the points of two classes (yes: the first)."""
    found = []
    for first, second in pairs(len(np.unique(labels))):
        own = (labels == first) | (labels == second)
        found.append(margin_line(points[own], labels[own] == first, price))
    return Lines(np.array([each[0] for each in found]), np.array([each[1] for each in found]))


def softmax(points: Floats, labels: Labels, price: float = 10.0) -> Lines:
    """K linear logits of multinomial logistic regression, trained together (scikit-learn's C = ``price``)."""
    fit = LogisticRegression(C=price, max_iter=5000, tol=1e-8).fit(points, labels)
    return Lines(np.asarray(fit.coef_, dtype=float), np.asarray(fit.intercept_, dtype=float))


def feet(lines: Lines, points: Floats) -> Floats:
    """The nearest place (n, 2) of any boundary to each of ``points`` (n, 2)."""
    sizes = np.linalg.norm(lines.weights, axis=1)
    away = lines.scores(points) / sizes
    near = np.abs(away).argmin(axis=1)
    normals = (lines.weights / sizes[:, None])[near]
    return np.asarray(points - away[np.arange(len(points)), near, None] * normals)


def claims(lines: Lines) -> list[tuple[Cell, int]]:
    """The cells between K one-vs-rest boundaries, each with the number of classes that claim it."""
    return [(cell, int(cell.yes.sum())) for cell in regions.cells(lines.weights, lines.offsets)]


def tally(yes: Bools, classes: int) -> NDArray[np.int_]:
    """Votes (n, K) of pairwise answers (n, K(K−1)/2), in the order of :func:`pairs`; yes is a vote for the first."""
    votes = np.zeros((len(yes), classes), dtype=int)
    for number, (first, second) in enumerate(pairs(classes)):
        votes[np.arange(len(yes)), np.where(yes[:, number], first, second)] += 1
    return votes


def sums(lines: Lines, points: Floats, classes: int) -> Floats:
    """(n, K): scores of all pairwise boundaries at ``points`` (n, 2), added for the first of a pair, taken off for the
    second: what scikit-learn breaks ties by."""
    found = np.zeros((len(points), classes))
    for number, (first, second) in enumerate(pairs(classes)):
        score = lines.scores(points)[:, number]
        found[:, first] += score
        found[:, second] -= score
    return found


def votes(lines: Lines, classes: int, whole: Floats = regions.MAP) -> list[tuple[Cell, NDArray[np.int_]]]:
    """The cells of ``whole`` between pairwise boundaries, each with its votes (K,)."""
    found = regions.cells(lines.weights, lines.offsets, whole)
    return [(cell, tally(cell.yes[None], classes)[0]) for cell in found]


def is_tie(counts: NDArray[np.int_]) -> bool:
    """Whether two or more classes have the most votes."""
    return bool((counts == counts.max()).sum() > 1)


def tie() -> Cell:
    """The piece of the map of three classes in which each has one vote."""
    lines = one_vs_one(*blobs(3))
    (found,) = [cell for cell, counts in votes(lines, 3) if is_tie(counts)]
    return found


def point_shares(classes: int) -> Floats:
    """(20, 3): shares of the points that no class claims, one, several, by :func:`one_vs_rest`; of each draw."""
    found = np.zeros((DRAWS, 3))
    for seed in range(DRAWS):
        points, labels = blobs(classes, seed)
        claimed = (one_vs_rest(points, labels).scores(points) > 0).sum(axis=1)
        found[seed] = [np.mean(claimed == 0), np.mean(claimed == 1), np.mean(claimed > 1)]
    return found


@remembered
def shares(classes: int) -> Floats:
    """(20, 4): shares of the map that no class claims, one, several; and where votes tie; of each draw."""
    whole = regions.area(regions.MAP)
    found = np.zeros((DRAWS, 4))
    for seed in range(DRAWS):
        points, labels = blobs(classes, seed)
        for cell, count in claims(one_vs_rest(points, labels)):
            found[seed, min(count, 2)] += regions.area(cell.corners) / whole
        for cell, counts in votes(one_vs_one(points, labels), classes):
            found[seed, 3] += is_tie(counts) * regions.area(cell.corners) / whole
    return found
