"""Bagging, Boosting & Stacking: what is true.

An example that runs, to be replaced by what the lesson computes: pure functions that know nothing of pictures.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

START: Final = (1.2, 2.4)
"""Petal length and petal width (cm) of the first guess."""
RATE: Final = 0.08
"""Share of the slope that a step goes."""


def cost(points: Floats, centre: ArrayLike) -> float:
    """Mean squared distance of ``points`` (n, d) from ``centre`` (d,), in squared units of the points."""
    return float(((points - np.asarray(centre, dtype=float)) ** 2).sum(axis=1).mean())


def descend(points: Floats, start: ArrayLike, rate: float = RATE, steps: int = 40) -> Floats:
    """Gradient descent on :func:`cost`: the way (steps + 1, d) from ``start`` towards the mean of ``points`` (n, d).

    Each step shrinks the distance to the mean by the factor ``1 - 2 * rate``.  Raises ``ValueError`` for a rate
    outside (0, 1), where the way does not settle.  Source: S. Boyd and L. Vandenberghe, Convex Optimization
    (2004), section 9.3.
    """
    if not 0 < rate < 1:
        raise ValueError(f"descent with a rate of {rate} does not settle; it must lie between 0 and 1")
    way = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        gradient = 2 * (way[-1] - points.mean(axis=0))
        way.append(way[-1] - rate * gradient)
    return np.array(way)
