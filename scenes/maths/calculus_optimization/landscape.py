"""The two landscapes of the lesson as functions of two parameters, with their gradients.

Points are arrays (..., 2) of (x, y), without units.  The valley is the quadratic with curvatures 1 and 25; the toy has
two hollows with a pass between them, on the floor of a bent ravine.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

CURVATURES: Final = (1.0, 25.0)
"""Of the valley, along x and along y: the eigenvalues of its Hessian."""
VALLEY_START: Final = (-4.0, 1.0)
"""Where walks in the valley start."""
VALLEY_MINIMUM: Final = (0.0, 0.0)
"""The one place where the valley's gradient is zero."""
TOY_START: Final = (-2.0, 0.8)
"""Where walks over the toy start: on the wall of its shallow hollow."""
WALL: Final = 4.0
"""Half of the curvature of the toy across its ravine."""


def valley(points: ArrayLike) -> Floats:
    """Heights (...) of f = (x² + 25 y²) / 2 at ``points`` (..., 2)."""
    p = np.asarray(points, dtype=float)
    return np.asarray(0.5 * (p**2 @ np.array(CURVATURES)))


def valley_gradient(points: ArrayLike) -> Floats:
    """Gradients (..., 2) of :func:`valley` at ``points`` (..., 2): (x, 25 y)."""
    return np.asarray(np.asarray(points, dtype=float) * np.array(CURVATURES))


def toy(points: ArrayLike) -> Floats:
    """Heights (...) of x⁴/4 - 0.6 x² - 0.15 x + 4 (y - sin(1.5 x) / 2)² at ``points`` (..., 2)."""
    p = np.asarray(points, dtype=float)
    x, y = p[..., 0], p[..., 1]
    return np.asarray(x**4 / 4 - 0.6 * x**2 - 0.15 * x + WALL * (y - 0.5 * np.sin(1.5 * x)) ** 2)


def toy_gradient(points: ArrayLike) -> Floats:
    """Gradients (..., 2) of :func:`toy` at ``points`` (..., 2)."""
    p = np.asarray(points, dtype=float)
    x, y = p[..., 0], p[..., 1]
    off = y - 0.5 * np.sin(1.5 * x)
    along = x**3 - 1.2 * x - 0.15 - 2 * WALL * off * 0.75 * np.cos(1.5 * x)
    return np.stack([along, 2 * WALL * off], axis=-1)
