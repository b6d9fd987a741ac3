"""What a matrix sends to zero.

Source: Strang, Introduction to Linear Algebra, 5th ed. (2016), section 3.2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from scenes.maths.linear_algebra.linear import Array


def null_space(matrix: ArrayLike) -> Array:
    """(k, n): unit rows at right angles to each other that span what ``matrix`` (m, n) sends to zero; k may be 0."""
    m = np.asarray(matrix, dtype=float)
    _, values, rows = np.linalg.svd(m)
    rank = int((values > 1e-10 * max(1.0, float(values.max(initial=0.0)))).sum())
    return np.asarray(rows[rank:])
