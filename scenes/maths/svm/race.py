"""The widest line against other lines that are fitted to the same few points, on points held out from all.

Shares are of points put on their own side, 0 to 1; guessing has half of them right.  Source of the question: Vapnik,
The Nature of Statistical Learning Theory (1995), section 5.4, where a wide margin bounds the error on new points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.shared.memo import remembered
from scenes.maths.svm.svm import Array, Rows, Street, normal, separating_range, widest_street

TRAINED_ON = 3
"""Flowers of each class that a line is fitted to."""
DRAWS = 200
"""How often they are drawn."""
RIVALS = 50
"""Other separating lines of each draw."""


@dataclass(frozen=True, slots=True)
class Race:
    """Over d draws, each of ``rows`` (d, 2 TRAINED_ON): shares (d,) of held-out flowers on their own side.

    ``widest`` is that of the maximum margin, ``other`` the mean over RIVALS random lines that separate ``rows``, and
    ``nearest_mean`` that of the class whose mean is nearer.
    """

    rows: NDArray[np.int64]
    widest: Array
    other: Array
    nearest_mean: Array


def random_rivals(points: Array, sides: Array, count: int, rng: np.random.Generator) -> tuple[Street, ...]:
    """``count`` lines that separate, as streets without width: tilt uniform over all that do, offset over its gap.

    ``ValueError`` where no line separates ``points`` (n, 2) by ``sides`` (n,).
    """
    low, high = separating_range(points, sides)
    lines = []
    for degrees in rng.uniform(low, high, count):
        w = normal(float(degrees))
        reach = points @ w
        gap = float(reach[sides < 0].max()), float(reach[sides > 0].min())
        lines.append(Street(w, -float(rng.uniform(*gap))))
    return tuple(lines)


def between_means(points: Array, sides: Array) -> Street:
    """Whose centre line lies midway between the means of both classes, square to the way: the nearest-centroid rule."""
    low, high = points[sides < 0].mean(axis=0), points[sides > 0].mean(axis=0)
    w = high - low
    return Street(w, -float(w @ (low + high)) / 2)


def share_right(street: Street, points: Array, sides: Array) -> float:
    """The share of ``points`` (n, 2) that are on their own side of the centre line."""
    return float(np.mean(sides * street.level(points) > 0))


def draw(points: Array, sides: Array, rng: np.random.Generator) -> Rows:
    """TRAINED_ON rows of each class, without repetition: of side -1 first."""
    return np.concatenate(
        [rng.choice(np.flatnonzero(sides == side), TRAINED_ON, replace=False) for side in (-1, 1)]
    )


@remembered
def run(draws: int = DRAWS, rivals: int = RIVALS, seed: int = 0) -> Race:
    """The race on setosa and versicolor, petal length and sepal width in cm as they are drawn."""
    flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
    points, sides, rng = flowers.points, flowers.sides, np.random.default_rng(seed)
    rows, widest, other, nearest_mean = [], np.empty(draws), np.empty(draws), np.empty(draws)
    for at in range(draws):
        rows.append(draw(points, sides, rng))
        out = np.setdiff1d(np.arange(len(points)), rows[-1])
        held_out, truth = points[out], sides[out]
        seen = points[rows[-1]], sides[rows[-1]]
        widest[at] = share_right(widest_street(*seen).street, held_out, truth)
        nearest_mean[at] = share_right(between_means(*seen), held_out, truth)
        other[at] = np.mean(
            [share_right(each, held_out, truth) for each in random_rivals(*seen, rivals, rng)]
        )
    return Race(np.array(rows), widest, other, nearest_mean)
