"""Exclusive or: four points that no line parts, until a matrix and ReLU have moved them.

Source: Goodfellow, Bengio & Courville, Deep Learning (2016), section 6.1; another pair of weights.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from scenes.maths.linear_algebra.linear import Array

SAME: Final[Array] = np.array([[0.0, 0.0], [1.0, 1.0]])
"""Inputs that are alike: 0."""
UNLIKE: Final[Array] = np.array([[1.0, 0.0], [0.0, 1.0]])
"""Inputs of which just one is on: 1."""
WEIGHTS: Final[Array] = np.array([[1.0, -1.0], [-1.0, 1.0]])
"""First layer, without bias: it sends both of the alike inputs to zero."""
OUT: Final[Array] = np.array([1.0, 1.0])
OFFSET: Final = -0.5
"""Second layer: positive for what is unlike."""


def relu(points: ArrayLike) -> Array:
    """Each negative entry set to zero, of any shape."""
    return np.asarray(np.maximum(np.asarray(points, dtype=float), 0.0))


def hidden(points: ArrayLike) -> Array:
    """(n, 2): what the first layer and ReLU make of ``points`` (n, 2)."""
    return relu(np.asarray(points, dtype=float) @ WEIGHTS.T)


def score(points: ArrayLike) -> Array:
    """(n,): what both layers make of ``points`` (n, 2), above zero for those that are unlike."""
    return np.asarray(hidden(points) @ OUT + OFFSET)
