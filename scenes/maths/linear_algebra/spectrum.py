"""Where eigenvalues come from, and what they do to an arrow that a matrix is applied to again and again.

Source: Strang, Introduction to Linear Algebra, 5th ed. (2016), chapter 6.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from scenes.maths.linear_algebra.linear import Array, signed_area


def shifted(matrix: ArrayLike, value: float) -> Array:
    """(2, 2): the matrix less ``value`` times the identity."""
    return np.asarray(matrix, dtype=float) - value * np.eye(2)


def characteristic(matrix: ArrayLike, values: ArrayLike) -> Array:
    """(n,): the determinant of ``matrix`` (2, 2) less each of ``values`` (n,) times the identity."""
    return np.array([signed_area(shifted(matrix, float(value))) for value in np.atleast_1d(values)])


def lengths(matrix: ArrayLike, start: ArrayLike, times: int) -> Array:
    """(times + 1,): the length of ``start`` (2,) after 0, 1, … ``times`` applications of ``matrix``."""
    m, v = np.asarray(matrix, dtype=float), np.asarray(start, dtype=float)
    found = [float(np.linalg.norm(v))]
    for _ in range(times):
        v = m @ v
        found.append(float(np.linalg.norm(v)))
    return np.array(found)
