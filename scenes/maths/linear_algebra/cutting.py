"""The area of a slanted tile, by cutting it out of the box around it.

Source: Strang, Introduction to Linear Algebra, 5th ed. (2016), section 5.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scenes.maths.linear_algebra.linear import Array


@dataclass(frozen=True, slots=True)
class Cut:
    """A slanted tile in its box, which has a corner at the origin.

    ``box`` (2,) is width and height; ``tile`` (4, 2) its corners; ``pieces`` are what is cut away, corners (k, 2)
    each, in the order triangle, rectangle, triangle below the tile and the same above it.
    """

    box: Array
    tile: Array
    pieces: tuple[Array, ...]

    @property
    def areas(self) -> Array:
        """(6,): those of the pieces."""
        return np.array([polygon_area(piece) for piece in self.pieces])

    @property
    def left(self) -> float:
        """What remains of the box: the area of the tile."""
        return float(self.box.prod() - self.areas.sum())


def polygon_area(corners: ArrayLike) -> float:
    """Area inside the outline through ``corners`` (k, 2), positive counter-clockwise (the shoelace formula)."""
    x, y = np.asarray(corners, dtype=float).T
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)


def cut_away(matrix: ArrayLike) -> Cut:
    """The image of the unit square in its box, and the box's other pieces.

    Raises ``ValueError`` unless all entries are positive and the first column lies clockwise of the second: only then
    do the pieces lie as they are told.
    """
    m = np.asarray(matrix, dtype=float)
    (a, b), (c, d) = m
    if not ((m > 0).all() and a * d > b * c):
        raise ValueError(f"{m.tolist()} does not cut its box into a tile and six pieces around it")
    w, h = a + b, c + d
    outlines = (
        [(0, 0), (a, 0), (a, c)],
        [(a, 0), (w, 0), (w, c), (a, c)],
        [(a, c), (w, c), (w, h)],
        [(0, 0), (b, d), (0, d)],
        [(0, d), (b, d), (b, h), (0, h)],
        [(b, d), (w, h), (b, h)],
    )
    return Cut(
        np.array([w, h]),
        np.array([(0, 0), (a, c), (w, h), (b, d)]),
        tuple(np.array(each, dtype=float) for each in outlines),
    )
