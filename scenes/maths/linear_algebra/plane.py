"""Dot products, projections and products of matrices, small enough to be followed by hand.

Vectors are arrays (n,), matrices (m, n).  Source: Strang, Introduction to Linear Algebra, 5th ed. (2016), sections
1.2, 2.4 and 4.2.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from scenes.maths.linear_algebra.linear import SIDEWAYS, UPWARD, Array, arrow

X: Final[Array] = np.array([3.0, 4.0])
W: Final[Array] = np.array([8.0, 6.0])
"""Two vectors, of norm 5 and 10."""
POINT: Final[Array] = np.array([2.0, 1.0])
"""The point that the lesson's matrix is applied to by hand."""
OTHER: Final[Array] = np.array([-1.0, 1.0])
"""What is added to it."""


def products(u: ArrayLike, v: ArrayLike) -> Array:
    """(n,): entry times entry; their sum is the dot product."""
    return np.asarray(np.asarray(u, dtype=float) * np.asarray(v, dtype=float))


def projection(u: ArrayLike, v: ArrayLike) -> Array:
    """(n,): the point of the line of ``v`` that is nearest to ``u``, (u·v / ‖v‖²) v.

    Raises ``ValueError`` for a ``v`` of length zero, which has no line.
    """
    one, other = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    square = float(other @ other)
    if not square:
        raise ValueError("the zero vector has no line to project onto")
    return np.asarray(one @ other / square * other)


def turned(degrees: float) -> Array:
    """(2,): a vector as long as :data:`X`, so many degrees counter-clockwise from :data:`W`."""
    start = float(np.degrees(np.arctan2(W[1], W[0])))
    return np.asarray(np.linalg.norm(X) * arrow(start + degrees))


def degrees_from_w(u: ArrayLike) -> float:
    """Degrees counter-clockwise from :data:`W` to ``u`` (2,), 0 to 360."""
    x, y = np.asarray(u, dtype=float)
    return float(np.degrees(np.arctan2(y, x) - np.arctan2(W[1], W[0])) % 360.0)


def half_way(matrix: ArrayLike, count: int) -> list[Array]:
    """``matrix`` (2, 2) applied to the basis one vector after the other: rest, first column moved, ``count`` columns.

    Raises ``ValueError`` for a count of columns that the matrix does not have.
    """
    m = np.asarray(matrix, dtype=float)
    if not 0 <= count <= m.shape[1]:
        raise ValueError(f"{count} columns of a matrix that has {m.shape[1]}")
    return [np.where(np.arange(m.shape[1]) < moved, m, np.eye(len(m))) for moved in range(count + 1)]


def both_orders() -> tuple[Array, Array]:
    """C B and B C, each (2, 2), of the two shears: sideways B, upward C."""
    return UPWARD @ SIDEWAYS, SIDEWAYS @ UPWARD
