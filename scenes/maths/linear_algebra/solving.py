"""A x = b: one solution, none or many, the null space, and the nearest point where there is none.

Source: Strang, Introduction to Linear Algebra, 5th ed. (2016), sections 3.2, 3.3, 4.2 and 4.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scenes.maths.linear_algebra.linear import Array


@dataclass(frozen=True, slots=True)
class Nearest:
    """The point ``reached`` (m,) of a column space that is nearest to b, what is ``left`` of b, and one ``x`` (n,)."""

    x: Array
    reached: Array
    left: Array


def null_space(matrix: ArrayLike) -> Array:
    """(k, n): unit rows at right angles to each other that span what ``matrix`` (m, n) sends to zero; k may be 0."""
    m = np.asarray(matrix, dtype=float)
    _, values, rows = np.linalg.svd(m)
    rank = int((values > 1e-10 * max(1.0, float(values.max(initial=0.0)))).sum())
    return np.asarray(rows[rank:])


def least_squares(matrix: ArrayLike, b: ArrayLike) -> Nearest:
    """The shortest x with the least ‖b - matrix x‖: a solution where there is one, else what comes nearest."""
    m, aim = np.asarray(matrix, dtype=float), np.asarray(b, dtype=float)
    columns, values, rows = np.linalg.svd(m, full_matrices=False)
    kept = values > 1e-10 * values[0]
    x = rows[kept].T @ ((columns[:, kept].T @ aim) / values[kept])
    return Nearest(np.asarray(x), np.asarray(m @ x), np.asarray(aim - m @ x))
