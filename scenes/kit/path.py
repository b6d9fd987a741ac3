"""Paths as arrays: polylines, polygons, dashes and clipping, ready to be a mobject's points.

Manim keeps a path as cubic Bézier curves, four points each, and tells subpaths apart by a gap between the
end of one curve and the start of the next.  The functions here build such arrays in one go, without Manim.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

EMPTY: Final[Floats] = np.zeros((0, 3))
_THIRDS: Final = np.array([0.0, 1 / 3, 2 / 3, 1.0])[:, None]


def pieces(starts: Floats, ends: Floats) -> Floats:
    """Straight pieces from ``starts`` to ``ends``, both (n, 3), as Bézier points (4n, 3)."""
    curves = starts[:, None] + _THIRDS * (ends - starts)[:, None]
    return np.ascontiguousarray(curves.reshape(-1, 3))


def chain(points: Floats) -> Floats:
    """Polyline through ``points`` (n, 3) as Bézier points (4(n−1), 3).

    A point that is not finite interrupts the line.
    """
    starts, ends = points[:-1], points[1:]
    whole = np.isfinite(starts).all(1) & np.isfinite(ends).all(1)
    return pieces(starts[whole], ends[whole])


def loop(points: Floats) -> Floats:
    """Closed polygon through ``points`` (n, 3) as Bézier points (4n, 3)."""
    return pieces(points, np.roll(points, -1, axis=0)) if len(points) else EMPTY


def loops(corners: Floats) -> Floats:
    """m closed polygons of k corners each, (m, k, 3), as Bézier points (4mk, 3)."""
    return pieces(corners.reshape(-1, 3), np.roll(corners, -1, axis=1).reshape(-1, 3))


def dashes(points: Floats, dash: float = 0.12, gap: float = 0.09) -> Floats:
    """The polyline ``points`` (n, 3) in dashes of ``dash`` with ``gap`` between, in scene units.

    Dashes are straight, and the last one is cut where the line ends: a growing line keeps its dashes still.
    """
    if len(points) < 2:
        return EMPTY
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    if not way[-1] > 0:
        return EMPTY
    begin = np.arange(0.0, way[-1], dash + gap)
    stop = np.minimum(begin + dash, way[-1])
    at = [np.column_stack([np.interp(s, way, points[:, axis]) for axis in range(3)]) for s in (begin, stop)]
    return pieces(at[0], at[1])


def clip_pieces(
    starts: Floats, ends: Floats, low: Floats, high: Floats
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Clip straight pieces (n, d) to the box from ``low`` to ``high`` (d,), after Liang and Barsky (1984).

    Returns the clipped starts and ends of the pieces that meet the box, (m, d), and which they were, (n,).
    """
    way = ends - starts
    with np.errstate(divide="ignore", invalid="ignore"):
        to_low, to_high = (low - starts) / way, (high - starts) / way
    still = way == 0
    inside = (starts >= low) & (starts <= high)
    enter = np.where(still, np.where(inside, -np.inf, np.inf), np.minimum(to_low, to_high)).max(
        1, initial=0.0
    )
    leave = np.where(still, np.where(inside, np.inf, -np.inf), np.maximum(to_low, to_high)).min(
        1, initial=1.0
    )
    kept = (enter <= leave) & np.isfinite(way).all(1)
    begin, stop, whole = enter[kept, None], leave[kept, None], way[kept]
    # Whole pieces keep their very ends: neighbours must meet exactly to be one path.
    first = np.where(begin > 0, starts[kept] + begin * whole, starts[kept])
    last = np.where(stop < 1, starts[kept] + stop * whole, ends[kept])
    return first, last, kept


def clip_below(corners: Floats, heights: Floats, level: float) -> tuple[Floats, Floats]:
    """The part of a convex polygon where a linear function is at most ``level``.

    ``corners`` (n, d) have the function values ``heights`` (n,); both are returned for the part.
    (Sutherland and Hodgman 1974.)
    """
    kept: list[Floats] = []
    values: list[float] = []
    for i in range(len(corners)):
        here, there = heights[i - 1], heights[i]
        if (here <= level) != (there <= level):
            share = (level - here) / (there - here)
            kept.append(corners[i - 1] + share * (corners[i] - corners[i - 1]))
            values.append(level)
        if there <= level:
            kept.append(corners[i])
            values.append(float(there))
    return np.array(kept).reshape(-1, corners.shape[1]), np.array(values)
