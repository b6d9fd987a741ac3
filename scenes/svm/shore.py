"""The line on which a decision function is zero, as a way of points."""

from __future__ import annotations

import numpy as np

from scenes.kit.contour import contours
from scenes.kit.path import Floats
from scenes.kit.plane import Plane


def longest_shore(plane: Plane, level: Floats) -> Floats:
    """Points (n, 2), in data units and from left to right, of the longest line on which ``level`` (ny, nx) is zero."""
    low, high = plane.limits
    path = max(
        contours(level, 0.0), key=lambda way: float(np.linalg.norm(np.diff(way, axis=0), axis=1).sum())
    )
    spots: Floats = low + path * (high - low) / (np.array(level.shape[::-1]) - 1)
    return spots if spots[0, 0] < spots[-1, 0] else spots[::-1]


def unrolled(path: Floats, count: int) -> Floats:
    """``path`` (n, 2) by ``count`` points at equal steps along it."""
    along = np.concatenate([[0.0], np.linalg.norm(np.diff(path, axis=0), axis=1).cumsum()])
    at = np.linspace(0.0, along[-1], count)
    return np.column_stack([np.interp(at, along, values) for values in path.T])
