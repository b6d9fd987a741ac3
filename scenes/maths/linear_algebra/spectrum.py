"""Where eigenvalues come from: the determinant of a matrix less a multiple of the identity.

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
