"""Kernels: lifting points so that a flat cut separates them, and kernel functions that do it without lifting.

Sources: Boser, Guyon & Vapnik, A training algorithm for optimal margin classifiers (COLT 1992), sections 2
and 3; Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 12.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter
from sklearn.datasets import make_circles, make_moons
from sklearn.svm import SVC

from scenes.maths.svm.svm import Street, widest_street

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cloud:
    """Synthetic points (n, 2) without a unit, with their sides (n,), -1 or +1."""

    points: Array
    sides: Array


UNSEEN = 20_000
"""Moons of seed 2 by which what was learnt is judged."""


def core_and_ring(radius: float = 1.0, count: int = 120, seed: int = 0) -> Cloud:
    """A core (side +1) in a ring (side -1) of ``radius``; the lesson trains on these."""
    points, inner = make_circles(count, noise=0.08, factor=0.4, random_state=seed)
    return Cloud(radius * points, np.where(inner == 1, 1.0, -1.0))


def moons(count: int = 200, seed: int = 1) -> Cloud:
    """Two interleaved half moons with noise; the lesson trains on seed 1 and tests on many of seed 2."""
    points, lower = make_moons(count, noise=0.25, random_state=seed)
    return Cloud(points, np.where(lower == 1, 1.0, -1.0))


# --- No line can do it --------------------------------------------------------------------------------------


def accuracy(level: Array, sides: Array) -> float:
    """Share of the points whose level has the sign of their side."""
    return float((level * sides > 0).mean())


def best_straight_line(points: Array, sides: Array) -> tuple[Street, float]:
    """Of all straight lines, one that has the most points on their own side, and the share of those points.

    Every way to cut points in general position is reached from a line through two of them by a hair's turn or
    shift that puts each of the two on either side at will. So the best cut is the best line through two
    points, with both counted as right: n (n - 1) / 2 trials, no optimiser. The line returned is so turned,
    its kerbs without meaning. Raises ``ValueError`` if three points are on one line.
    """
    first, second = np.triu_indices(len(points), 1)
    along = points[second] - points[first]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    level = across @ points.T - (across * points[first]).sum(axis=1, keepdims=True)
    pairs = np.arange(len(first))
    level[pairs, first] = level[pairs, second] = np.nan
    if (level == 0).any():
        raise ValueError("three points on one line: the count by pairs is not exact")
    right = (level * sides > 0).sum(axis=1)
    flip = np.where(right < len(points) - 2 - right, -1.0, 1.0)
    best = int(np.maximum(right, len(points) - 2 - right).argmax())
    line = _nudge(points, sides, int(first[best]), int(second[best]), flip[best] * across[best], level[best])
    return line, accuracy(line.level(points), sides)


def _nudge(points: Array, sides: Array, i: int, j: int, across: Array, level: Array) -> Street:
    """The line through points i and j, moved by less than a hair so that both are right."""
    hair = 0.25 * float(np.nanmin(np.abs(level))) / float(np.abs(points - points[i]).sum(axis=1).max() + 1)
    wanted, ends = hair * sides[[i, j]], points[[i, j]]
    along = ends[1] - ends[0]
    turn = (wanted[1] - wanted[0]) * along / (along @ along)
    w = across + turn
    return Street(w, float(wanted[0] - ends[0] @ w))


# --- Lift, then cut flat ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FlatCut:
    """A flat cut through the bowl: ``street`` with w (3,), held by the rows ``support_vectors``.

    ``alpha`` (n,): the multipliers, above zero for these rows alone.
    """

    street: Street
    support_vectors: Rows
    alpha: Array

    def plane(self, level: float = 0.0) -> tuple[float, Array]:
        """Height at the origin and slopes (2,) of the sheet at ``level``: 0 centre, -1 and +1 kerbs."""
        w = self.street.w
        return float((level - self.street.b) / w[2]), -w[:2] / w[2]

    def circle(self, level: float = 0.0) -> tuple[Array, float]:
        """Centre (2,) and radius of the sheet's cut with the bowl ``z = x^2 + y^2``, dropped to the ground.

        From ``x^2 + y^2 = height + slope @ (x, y)``: all sheets share one centre, ``slope / 2``.
        """
        height, slope = self.plane(level)
        return slope / 2, float(np.sqrt(height + slope @ slope / 4))


def raise_bowl(points: Array) -> Array:
    """Lift each point (x, y) to (x, y, x^2 + y^2)."""
    return np.column_stack([points, (points**2).sum(axis=1)])


def cut_flat(points: Array, sides: Array) -> FlatCut:
    """The widest street between the lifted groups; ``ValueError`` if no plane parts them."""
    fit = widest_street(raise_bowl(points), sides)
    return FlatCut(fit.street, fit.support_vectors, fit.alpha)


def square_products(x: Array, z: Array) -> Array:
    """(6,) what each column of the polynomial feature map of degree 2 adds to the dot product of ``x`` and ``z`` (2,).

    The columns are 1, sqrt(2) x_1, sqrt(2) x_2, x_1^2, sqrt(2) x_1 x_2 and x_2^2; their sum is (x·z + 1)^2.
    """
    (x1, x2), (z1, z2) = x, z
    return np.array([1.0, 2 * x1 * z1, 2 * x2 * z2, (x1 * z1) ** 2, 2 * x1 * x2 * z1 * z2, (x2 * z2) ** 2])


def bowl_kernel(left: Array, right: Array) -> Array:
    """The dot product of two points (..., 2) on the bowl, from the floor: ``p @ q + |p|^2 |q|^2``."""
    return np.asarray((left * right).sum(axis=-1) + (left**2).sum(axis=-1) * (right**2).sum(axis=-1))


def level_by_kernel(cut: FlatCut, cloud: Cloud, points: Array) -> Array:
    """``sum alpha_i y_i k(x_i, x) + b`` of ``points`` (..., 2): the cut through the bowl, and no bowl is built."""
    total = np.full(points.shape[:-1], cut.street.b)
    for row in cut.support_vectors:
        total += cut.alpha[row] * cloud.sides[row] * bowl_kernel(cloud.points[row], points)
    return total


def lift_quadratic(points: Array) -> Array:
    """(x1, x2) to its six products of up to two: the space whose dot product is :func:`polynomial_kernel`, degree 2."""
    x, y = points[..., 0], points[..., 1]
    root = np.sqrt(2.0)
    return np.stack([np.ones_like(x), root * x, root * y, x**2, root * x * y, y**2], axis=-1)


def polynomial_kernel(left: Array, right: Array, degree: int) -> Array:
    """``(p @ q + 1)^degree`` of (..., d) arrays."""
    return np.asarray(((left * right).sum(axis=-1) + 1.0) ** degree)


def product_columns(features: int) -> int:
    """How many products of two there are of so many features, squares included."""
    return features * (features + 1) // 2


def radial_kernel(left: Array, right: Array, gamma: float) -> Array:
    """``exp(-gamma |p - q|^2)`` of (..., d) arrays: 1 where they are one point."""
    return np.asarray(np.exp(-gamma * ((left - right) ** 2).sum(axis=-1)))


def lift_squares(points: Array) -> Array:
    """(x1, x2) to (x1^2, sqrt(2) x1 x2, x2^2): the space whose dot product is :func:`square_kernel`."""
    return np.stack(
        [points[..., 0] ** 2, np.sqrt(2) * points[..., 0] * points[..., 1], points[..., 1] ** 2], axis=-1
    )


def square_kernel(left: Array, right: Array) -> Array:
    """The flat dot product of (..., 2) arrays, squared: the lifted dot product without the lift."""
    return np.asarray((left * right).sum(axis=-1) ** 2)


# --- The street winds ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Winding:
    """Kernel machines at m settings of gamma or degree, seen on a grid.

    ``dial`` (m,): gamma or degree; ``x`` (nx,), ``y`` (ny,): the grid; ``level`` (m, ny, nx): 0 is the centre
    line, -1 and +1 the kerbs; ``support_vectors`` (m, n); ``train_accuracy`` and ``test_accuracy`` (m,).
    """

    dial: Array
    x: Array
    y: Array
    level: Array
    support_vectors: Mask
    train_accuracy: Array
    test_accuracy: Array


def wind_by_gamma(train: Cloud, test: Cloud, gammas: Sequence[float] | Array, x: Array, y: Array) -> Winding:
    """Radial kernel ``exp(-gamma |p - q|^2)`` at each gamma, C = 1."""
    return _wind(np.asarray(gammas, float), [SVC(gamma=float(g)) for g in gammas], train, test, x, y)


def wind_by_degree(train: Cloud, test: Cloud, degrees: Sequence[int], x: Array, y: Array) -> Winding:
    """Polynomial kernel ``(p @ q + 1)^degree`` at each degree, C = 1."""
    models = [SVC(kernel="poly", degree=degree, gamma=1, coef0=1) for degree in degrees]
    return _wind(np.asarray(degrees, float), models, train, test, x, y)


def _wind(dial: Array, models: Sequence[SVC], train: Cloud, test: Cloud, x: Array, y: Array) -> Winding:
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    held = np.zeros((len(models), len(train.points)), dtype=bool)
    for row, model in zip(held, models, strict=True):
        row[model.fit(train.points, train.sides).support_] = True
    return Winding(
        dial=dial,
        x=x,
        y=y,
        level=np.stack([model.decision_function(grid).reshape(len(y), len(x)) for model in models]),
        support_vectors=held,
        train_accuracy=np.array(
            [accuracy(model.decision_function(train.points), train.sides) for model in models]
        ),
        test_accuracy=np.array(
            [accuracy(model.decision_function(test.points), test.sides) for model in models]
        ),
    )


def levels_at(train: Cloud, gamma: float, points: Array) -> Array:
    """The decision function (n,) of the RBF kernel with C = 1 at ``points`` (n, 2)."""
    model = SVC(gamma=gamma).fit(train.points, train.sides)
    return np.asarray(model.decision_function(points))


def half_land(level: Array, side: int, rim: float) -> Array:
    """The part of a landscape ``level`` (ny, nx) that is above zero (``side`` 1) or below it (-1); nan elsewhere.

    It reaches one cell beyond what is farther from zero than ``rim``, where it lies at zero or comes near it.
    """
    there = maximum_filter(side * level > rim, size=3)
    return np.where(there, side * np.maximum(side * level, 0.0), np.nan)
