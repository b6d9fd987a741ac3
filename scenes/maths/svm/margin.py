"""The margin by hand and in numbers: two points, tilts of one line, refits while points leave, the dual objective.

Points are (n, d) in the unit of the data (cm for the irises), ``sides`` (n,) are -1 or +1; :mod:`scenes.maths.svm.svm`
has the streets and their solvers.  Sources: Cortes & Vapnik, Support-vector networks (Machine Learning 20, 1995),
section 2; Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., sections 4.5.2 and 12.2.
"""

from __future__ import annotations

import numpy as np

from scenes.maths.svm.svm import Array, Rows, Street, street_at, widest_street


def two_points() -> tuple[Array, Array]:
    """The pair that is solved by hand: (1, 1) of side -1 and (3, 3) of side +1; points (2, 2), sides (2,)."""
    return np.array([[1.0, 1.0], [3.0, 3.0]]), np.array([-1.0, 1.0])


def errors(street: Street, points: Array, sides: Array) -> int:
    """How many points lie on the wrong side of the centre line, or on it."""
    return int((sides * street.level(points) <= 0).sum())


def tilted(points: Array, sides: Array, degrees: Array) -> tuple[Street, ...]:
    """The widest street at each of ``degrees`` (m,); ``ValueError`` for a tilt that does not separate."""
    return tuple(street_at(points, sides, float(each)) for each in degrees)


def room(street: Street, points: Array) -> float:
    """From the centre line to the nearest of ``points``: how far each of them may shift before one reaches the line."""
    return float(np.abs(street.level(points)).min() / np.linalg.norm(street.w))


def scaled(street: Street, factor: float) -> Street:
    """The same centre line written with ``factor`` times w and b, not zero: its margin lines move."""
    return Street(factor * street.w, factor * street.b)


def steps_across(street: Street) -> float:
    """How many times w leads from one margin line to the other: t = 2 / ‖w‖², since t w adds t ‖w‖² to w·x + b."""
    return 2 / float(street.w @ street.w)


def walk_across(street: Street, start: Array, steps: int) -> Array:
    """Points (steps + 1, d) from ``start`` (d,) on the margin line of -1, a w apart."""
    return np.asarray(start + np.arange(steps + 1)[:, None] * street.w)


def farthest_first(street: Street, points: Array, held: Rows) -> Rows:
    """The rows that are not ``held``, by their distance from the centre line, the farthest first."""
    rest = np.setdiff1d(np.arange(len(points)), held)
    return rest[np.argsort(-np.abs(street.level(points[rest])), kind="stable")]


def refits(points: Array, sides: Array, leaving: Rows) -> tuple[Street, ...]:
    """The maximum-margin street before the first and after each of the rows ``leaving`` (m,) has left: m + 1."""
    rows = np.arange(len(points))
    return tuple(
        widest_street(points, sides, np.setdiff1d(rows, leaving[:gone])).street
        for gone in range(len(leaving) + 1)
    )


def dual_value(points: Array, sides: Array, alpha: Array) -> float:
    """Σ αᵢ - ½ Σᵢ Σⱼ αᵢ αⱼ yᵢ yⱼ xᵢ·xⱼ for multipliers ``alpha`` (n,)."""
    signed = alpha * sides
    return float(alpha.sum() - signed @ (points @ points.T) @ signed / 2)


def made_of(points: Array, sides: Array, alpha: Array) -> Array:
    """w (d,) = Σ αᵢ yᵢ xᵢ."""
    return np.asarray((alpha * sides) @ points)


def bridge_bound(length: float) -> float:
    """What a bridge between the hulls that is ``length`` long says ½‖w‖² is at least.

    Its ends are weighted means of either class. Multipliers in these proportions, s for each class, have the sum 2s
    and a w that is s times the bridge, so their dual objective 2s - ½ (s length)² is largest at s = 2 / length², where
    it is 2 / length² too. A street lies between the hulls, so it is never wider than a bridge is long. Source: Bennett
    & Bredensteiner, Duality and geometry in SVM classifiers (ICML 2000), section 2.
    """
    return 2 / length**2


def scale_of(length: float) -> float:
    """s, by which the shortest bridge between the hulls, ``length`` long, is stretched to be w: 2 / length².

    Its ends lie on the margin lines, so f differs by w · bridge = s length² = 2 between them.
    """
    return 2 / length**2


def across(street: Street, point: Array) -> tuple[Array, Array]:
    """Where the perpendicular through ``point`` (d,) meets the margin lines of -1 and +1, both (d,)."""
    level = float(street.w @ point + street.b)
    low, high = (point + (aim - level) / float(street.w @ street.w) * street.w for aim in (-1.0, 1.0))
    return np.asarray(low), np.asarray(high)
