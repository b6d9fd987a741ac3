"""Support vector machines: the widest street between two groups, and the points that determine it.

A street has the centre line ``w @ x + b = 0`` and the kerbs ``w @ x + b = -1`` and ``+1``; it is ``2 / |w|``
wide, in the unit of the points (cm for the irises). The groups are told apart by ``sides`` (n,), -1 or +1 a
point. Directions are those of the street's normal, in degrees, counter-clockwise from the first axis, towards
side +1.

Sources: Boser, Guyon & Vapnik, A training algorithm for optimal margin classifiers (COLT 1992);
Cortes & Vapnik, Support-vector networks (Machine Learning 20, 1995), sections 2 and 3;
Bennett & Bredensteiner, Duality and geometry in SVM classifiers (ICML 2000);
Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 12.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.spatial import ConvexHull

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]

TOUCH = 1e-7
"""Levels within this distance count as equal: far above rounding, far below the irises' spacing of 0.1 cm."""


@dataclass(frozen=True, slots=True)
class Street:
    """The centre line ``w @ x + b = 0`` with its kerbs at -1 and +1; ``w`` (d,) in 1/cm, ``b`` a number."""

    w: Array
    b: float

    @property
    def width(self) -> float:
        """From kerb to kerb, in the unit of the points."""
        return 2 / float(np.linalg.norm(self.w))

    @property
    def degrees(self) -> float:
        """Direction of the normal of a street in the plane."""
        return float(np.degrees(np.arctan2(self.w[1], self.w[0])))

    def level(self, points: Array) -> Array:
        """``w @ x + b`` (n,): 0 on the centre line, -1 and +1 on the kerbs; the sign is the verdict."""
        return np.asarray(points @ self.w + self.b)


# --- Widen until you touch ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the kerbs of a given centre line can grow: ``minus`` and ``plus`` in the unit of the points.

    ``minus_touch`` and ``plus_touch`` are the rows of the points that stop them.
    """

    minus: float
    plus: float
    minus_touch: int
    plus_touch: int

    @property
    def half(self) -> float:
        """Half the width of the street that grows evenly to both sides."""
        return min(self.minus, self.plus)

    @property
    def first_touch(self) -> int:
        """Row of the point that such a street touches first."""
        return self.minus_touch if self.minus <= self.plus else self.plus_touch


@dataclass(frozen=True, slots=True)
class Turning:
    """The free gap between the groups seen along each of m directions.

    ``degrees`` (m,); ``width`` (m,), negative where the groups overlap; ``touch`` (m, 2), the rows of the
    points that bound the gap, first of side -1, then of side +1.
    """

    degrees: Array
    width: Array
    touch: Rows


def normal(degrees: float | Array) -> Array:
    """Unit vectors (..., 2) in the given directions."""
    angle = np.radians(degrees)
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1)


def turn(points: Array, sides: Array, degrees: Array) -> Turning:
    """The gap between the groups along each of ``degrees`` (m,)."""
    along = normal(degrees) @ points.T
    minus = np.where(sides < 0, along, -np.inf)
    plus = np.where(sides > 0, along, np.inf)
    touch = np.stack([minus.argmax(axis=1), plus.argmin(axis=1)], axis=1)
    return Turning(degrees, plus.min(axis=1) - minus.max(axis=1), touch)


def separating_range(points: Array, sides: Array) -> tuple[float, float]:
    """The open range of directions, in degrees, in which some line separates the groups.

    A normal u separates exactly if ``u @ (p - q) > 0`` for every p of side +1 and q of side -1, so the range
    is the dual cone of these differences. Raises ``ValueError`` if it is empty.
    """
    between = (points[sides > 0][:, None] - points[sides < 0][None]).reshape(-1, 2)
    heading = np.angle(between.mean(axis=0) @ np.array([1, 1j]))
    swing = np.degrees(np.angle(between @ np.array([1, 1j]) * np.exp(-1j * heading)))
    low, high = np.degrees(heading) + swing.max() - 90, np.degrees(heading) + swing.min() + 90
    if low >= high:
        raise ValueError("no line separates these groups: every direction sees them overlap")
    return float(low), float(high)


def widen(points: Array, sides: Array, degrees: float, offset: float) -> Reach:
    """Grow both kerbs from the centre line ``normal @ x = offset`` until each touches a point.

    Raises ``ValueError`` if the line does not separate the groups.
    """
    gap = turn(points, sides, np.array([degrees]))
    minus_touch, plus_touch = (int(row) for row in gap.touch[0])
    u = normal(degrees)
    minus, plus = offset - float(points[minus_touch] @ u), float(points[plus_touch] @ u) - offset
    if min(minus, plus) <= 0:
        raise ValueError(
            f"the line at {degrees:g} degrees and offset {offset:g} does not separate the groups"
        )
    return Reach(minus, plus, minus_touch, plus_touch)


def street_at(points: Array, sides: Array, degrees: float) -> Street:
    """The widest street with the given direction; ``ValueError`` if none fits between the groups."""
    gap = turn(points, sides, np.array([degrees]))
    width = float(gap.width[0])
    if width <= 0:
        raise ValueError(f"no line at {degrees:g} degrees separates the groups: they overlap by {-width:.3f}")
    w = normal(degrees) * 2 / width
    return Street(w, -float(points[gap.touch[0]].mean(axis=0) @ w))


def middle_line(points: Array, sides: Array) -> Street:
    """The perpendicular bisector of the two means, with the even street that fits around it.

    Raises ``ValueError`` if that line does not separate the groups.
    """
    minus, plus = points[sides < 0].mean(axis=0), points[sides > 0].mean(axis=0)
    across = plus - minus
    degrees = float(np.degrees(np.arctan2(across[1], across[0])))
    offset = float((minus + plus) / 2 @ normal(degrees))
    w = normal(degrees) / widen(points, sides, degrees, offset).half
    return Street(w, -offset * float(np.linalg.norm(w)))


# --- The street that is widest, and the points that hold it -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fit:
    """A street with the forces that hold it.

    ``alpha`` (n,): the dual weights, >= 0, with ``w = sum alpha_i side_i x_i`` and ``sum alpha_i side_i =
    0``; ``slack`` (n,): xi, how far each point is past its own kerb, in levels (half widths of the street);
    ``price``: C, infinite when no trespassing is allowed.
    """

    street: Street
    alpha: Array
    slack: Array
    price: float

    @property
    def support_vectors(self) -> Rows:
        """Rows of the points that press on the street (alpha > 0): on their kerb or past it."""
        return np.flatnonzero(self.alpha)

    @property
    def trespassers(self) -> Rows:
        """Rows of the points past their own kerb (xi > 0)."""
        return np.flatnonzero(self.slack > TOUCH)

    @property
    def wrong(self) -> Rows:
        """Rows of the points past the centre line (xi > 1); a point on it is on neither side."""
        return np.flatnonzero(self.slack > 1 + TOUCH)

    @property
    def primal(self) -> float:
        """Objective of the primal problem, to be minimised: ``|w|^2 / 2 + C sum xi``."""
        paid = self.price * float(self.slack.sum()) if self.slack.any() else 0.0
        return float(self.street.w @ self.street.w) / 2 + paid

    @property
    def dual(self) -> float:
        """Objective of the dual problem, to be maximised: ``sum alpha - |w|^2 / 2``, with w made from alpha."""
        return float(self.alpha.sum() - self.street.w @ self.street.w / 2)


def widest_street(points: Array, sides: Array, keep: Rows | None = None) -> Fit:
    """The maximum-margin street of the points in ``keep`` (all by default), in any dimension.

    Solves ``min |w|^2 / 2`` subject to ``side_i (w @ x_i + b) >= 1`` by sequential least squares, then solves
    the conditions of the points found on the kerbs exactly. Rows and ``alpha`` count all the points; those
    that were not kept have no force. Raises ``ValueError`` if the kept points cannot be separated.
    """
    rows = np.arange(len(points)) if keep is None else keep
    signed = sides[rows, None] * np.c_[points[rows], np.ones(len(rows))]
    dimension = points.shape[1]
    shape = np.r_[np.ones(dimension), 0.0]
    found = minimize(
        lambda v: v[:-1] @ v[:-1] / 2,
        np.r_[signed[:, :-1].mean(axis=0), 0.0],
        jac=lambda v: v * shape,
        constraints={"type": "ineq", "fun": lambda v: signed @ v - 1, "jac": lambda v: signed},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    if not found.success:
        raise ValueError("no flat cut separates these groups; allow trespassing with soft_street")
    alpha = np.zeros(len(points))
    pressing = np.flatnonzero(found.multipliers > 1e-7 * found.multipliers.max())
    w_b, alpha[rows[pressing]] = _balance(signed[pressing])
    return Fit(Street(w_b[:-1], float(w_b[-1])), alpha, np.zeros(len(points)), np.inf)


def _balance(signed: Array) -> tuple[Array, Array]:
    """(w, b) and the forces of points all on the kerb; ``signed`` (k, d + 1) has rows side * (x, 1).

    The stationarity conditions and the kerb equations are one linear system, solved without iteration.
    """
    kerb, size = signed.shape
    matrix = np.zeros((size + kerb, size + kerb))
    matrix[: size - 1, : size - 1] = np.eye(size - 1)
    matrix[:size, size:] = -signed.T
    matrix[size:, :size] = signed
    solved = np.linalg.lstsq(matrix, np.r_[np.zeros(size), np.ones(kerb)])[0]
    return solved[:size], solved[size:]


# --- Two rubber bands, one bridge ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bands:
    """Rows of the corners of each group's convex hull, counter-clockwise."""

    minus: Rows
    plus: Rows


@dataclass(frozen=True, slots=True)
class Bridge:
    """The shortest way between the two hulls: from ``minus`` to ``plus``, both (2,).

    ``weights`` (n,), >= 0, sum to 1 over each group: the ends as averages of hull corners.
    """

    minus: Array
    plus: Array
    weights: Array

    @property
    def length(self) -> float:
        """The distance between the hulls."""
        return float(np.linalg.norm(self.plus - self.minus))

    @property
    def bisector(self) -> Street:
        """The street whose kerbs stand at the two ends of the bridge, square to it."""
        across = self.plus - self.minus
        w = across * 2 / (across @ across)
        return Street(w, -float((self.plus + self.minus) / 2 @ w))


def rubber_bands(points: Array, sides: Array) -> Bands:
    """The convex hulls of both groups in the plane, as the rows of their corners."""
    minus, plus = np.flatnonzero(sides < 0), np.flatnonzero(sides > 0)
    return Bands(minus[ConvexHull(points[minus]).vertices], plus[ConvexHull(points[plus]).vertices])


def shortest_bridge(points: Array, sides: Array) -> Bridge:
    """The closest points of two disjoint hulls in the plane, by trying every corner against every edge.

    The closest points of two disjoint polygons always include a corner of one of them, so this is exact. It
    knows nothing of streets: that its length is the width of the widest street is a theorem (Bennett &
    Bredensteiner).
    """
    bands = rubber_bands(points, sides)
    best, shortest = np.zeros(len(points)), np.inf
    for corners, others in ((bands.minus, bands.plus), (bands.plus, bands.minus)):
        start, end = others, np.roll(others, -1)
        edge = points[end] - points[start]
        away = points[corners][:, None] - points[start][None]
        share = np.clip((away * edge).sum(axis=2) / (edge * edge).sum(axis=1), 0, 1)
        distance = np.linalg.norm(away - share[..., None] * edge, axis=2)
        corner, side = np.unravel_index(distance.argmin(), distance.shape)
        if distance[corner, side] < shortest:
            shortest = distance[corner, side]
            best = np.zeros(len(points))
            best[corners[corner]] = 1
            best[start[side]], best[end[side]] = 1 - share[corner, side], share[corner, side]
    return Bridge((best * (sides < 0)) @ points, (best * (sides > 0)) @ points, best)


# --- From one side widen, from the other push ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pushing:
    """The dual problem solved step by step from zero forces, each step changing the forces of two points.

    ``alpha`` (m, n), the forces before the first and after every step; ``dual`` (m,), the dual objective, never
    falling; ``pair`` (m - 1, 2), the rows of the two points.
    """

    alpha: Array
    dual: Array
    pair: Rows


def push_forces(points: Array, sides: Array, price: float = np.inf, tolerance: float = 1e-12) -> Pushing:
    """Climb the dual by sequential minimal optimisation with the most violating pair.

    Each step raises the forces of two points, one of each kind of pull, as far as the dual rises and the
    bounds ``0 <= alpha <= price`` allow; the balance ``sum alpha_i side_i = 0`` holds at every step. Raises
    ``ValueError`` if the forces grow without end: then no street separates the groups at this price. Source:
    Platt, Fast training of SVMs (1999), with the working set of Keerthi et al. (Neural Computation 13, 2001).
    """
    force, trail, pairs = np.zeros(len(points)), [np.zeros(len(points))], []
    for _ in range(20_000):
        pull = sides - points @ ((force * sides) @ points)
        more, less = _urge(pull, force, sides, price)
        i, j = int(more.argmax()), int(less.argmin())
        if more[i] - less[j] < tolerance:
            break
        apart = points[i] - points[j]
        room = [
            price - force[i] if sides[i] > 0 else force[i],
            price - force[j] if sides[j] < 0 else force[j],
        ]
        step = min((more[i] - less[j]) / float(apart @ apart), *room) if apart.any() else min(room)
        force[i], force[j] = force[i] + sides[i] * step, force[j] - sides[j] * step
        if not np.isfinite(force).all():
            raise ValueError("the forces grow without end: two points of different sides coincide")
        trail.append(force.copy())
        pairs.append((i, j))
    else:
        raise ValueError("the forces do not settle: no flat cut separates these groups")
    alpha = np.array(trail)
    pushed = (alpha * sides) @ points
    return Pushing(alpha, alpha.sum(axis=1) - (pushed**2).sum(axis=1) / 2, np.array(pairs, dtype=np.intp))


def _urge(pull: Array, force: Array, sides: Array, price: float) -> tuple[Array, Array]:
    """``pull`` where ``side * force`` may still grow (else -inf), and where it may still shrink (else +inf).

    The forces are optimal exactly if no entry of the first exceeds one of the second; b lies between them.
    """
    more = np.where((sides > 0) & (force < price) | (sides < 0) & (force > 0), pull, -np.inf)
    less = np.where((sides < 0) & (force < price) | (sides > 0) & (force > 0), pull, np.inf)
    return more, less


# --- A price for trespassing --------------------------------------------------------------------------------


def soft_street(points: Array, sides: Array, price: float) -> Fit:
    """The street that trades width for trespassing at ``price`` (C) for each level past the kerb.

    Minimises ``|w|^2 / 2 + C sum xi_i`` with ``xi_i = max(0, 1 - side_i (w @ x_i + b))`` (Cortes & Vapnik,
    section 3) by :func:`push_forces`: libsvm rounds its kernel to single precision, which at C = 100 leaves a
    duality gap of 0.03. Where the best ``b`` is a whole interval (no point stands on a kerb), the middle of
    it is taken. The forces of coinciding points of one side are shared evenly, which makes them unique.
    """
    alpha = push_forces(points, sides, price).alpha[-1]
    w = (alpha * sides) @ points
    more, less = _urge(sides - points @ w, alpha, sides, price)
    street = Street(w, float(more.max() + less.min()) / 2)
    _, twin, twins = np.unique(np.c_[points, sides], axis=0, return_inverse=True, return_counts=True)
    alpha = (np.bincount(twin, weights=alpha) / twins)[twin]
    return Fit(street, alpha, np.maximum(0, 1 - sides * street.level(points)), price)


def price_dial(points: Array, sides: Array, prices: Sequence[float] | Array) -> tuple[Fit, ...]:
    """One :func:`soft_street` for each price."""
    return tuple(soft_street(points, sides, float(price)) for price in prices)
