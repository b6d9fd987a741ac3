"""Rank in three dimensions: a cube of points that falls onto a plane, and onto a line.

Source: Strang, Introduction to Linear Algebra, 5th ed. (2016), chapter 3.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from scenes.maths.linear_algebra.linear import Array

EDGES_OF_CUBE: Final[Array] = np.array(
    [(-1, -1, -1), (1, -1, -1), (1, 1, -1), (-1, 1, -1), (-1, -1, -1), (-1, -1, 1), (1, -1, 1), (1, -1, -1),
     (1, -1, 1), (1, 1, 1), (1, 1, -1), (1, 1, 1), (-1, 1, 1), (-1, 1, -1), (-1, 1, 1), (-1, -1, 1)],
    dtype=float,
)  # fmt: skip
"""(16, 3): a way along the twelve edges of the cube from -1 to 1, some of them twice."""


def cube(side: int = 5) -> Array:
    """(side³, 3): points at even distances in the cube from -1 to 1, layer by layer of x."""
    way = np.linspace(-1.0, 1.0, side)
    return np.stack(np.meshgrid(way, way, way, indexing="ij"), axis=-1).reshape(-1, 3)


def onto(*directions: ArrayLike) -> Array:
    """(3, 3): the map that drops each point at a right angle onto the span of ``directions``, each (3,).

    Raises ``ValueError`` for directions that are not linearly independent.
    """
    frame = np.array(directions, dtype=float).T
    if np.linalg.matrix_rank(frame) < frame.shape[1]:
        raise ValueError(f"{frame.T.tolist()} are not linearly independent")
    return np.asarray(frame @ np.linalg.inv(frame.T @ frame) @ frame.T)
