"""Slopes: difference quotients, tangents, and how far a curve is from its tangent close by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.maths.calculus_optimization.optimiser import descend

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]

HERE: Final = 1.0
"""Where you stand on the hill."""


def hill(x: ArrayLike) -> Floats:
    """The path over the hill: sin 2x + x²/4."""
    given = np.asarray(x, dtype=float)
    return np.asarray(np.sin(2 * given) + given**2 / 4)


def hill_slope(x: ArrayLike) -> Floats:
    """The derivative of :func:`hill`: 2 cos 2x + x/2."""
    given = np.asarray(x, dtype=float)
    return np.asarray(2 * np.cos(2 * given) + given / 2)


def square(x: ArrayLike) -> Floats:
    """x²."""
    return np.asarray(np.asarray(x, dtype=float) ** 2)


@dataclass(frozen=True, slots=True)
class Square:
    """x² by hand: its slope ``at`` a point by ``runs`` that shrink, and a walk down from ``start``."""

    at: float = 3.0
    runs: tuple[float, ...] = (2.0, 0.1)
    start: float = 4.0
    rate: float = 0.3

    @property
    def slope(self) -> float:
        """The derivative 2x where it is found."""
        return 2 * self.at

    def walk(self, steps: int = 3) -> Floats:
        """The walk (steps + 1,) of gradient descent from ``start``."""
        return descend(lambda x: 2 * x, [self.start], self.rate, steps)[:, 0]


def quotient(function: Function, x: float, h: float) -> float:
    """Rise over run of ``function`` from ``x`` to ``x`` + ``h``.  Raises ``ValueError`` for a run of zero.

    Its limit for h → 0 is the derivative.  Source: I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016),
    section 4.3.
    """
    if h == 0:
        raise ValueError("rise over run needs a run; h = 0 has none")
    return float((function(np.array(x + h)) - function(np.array(x))) / h)


def gap(half_width: float, samples: int = 4001) -> float:
    """Largest distance in height between :func:`hill` and its tangent at :data:`HERE`, as a share of ``half_width``.

    It is measured on ``samples`` places of the window from ``HERE`` - ``half_width`` to ``HERE`` + ``half_width``.
    """
    x = HERE + half_width * np.linspace(-1, 1, samples)
    line = hill(HERE) + hill_slope(HERE) * (x - HERE)
    return float(np.abs(hill(x) - line).max() / half_width)


def directional(gradient: ArrayLike, degrees: ArrayLike) -> Floats:
    """Slopes in the directions that are turned by ``degrees`` from the ``gradient`` (2,): |∇f| cos φ."""
    length = float(np.linalg.norm(np.asarray(gradient, dtype=float)))
    return np.asarray(length * np.cos(np.radians(np.asarray(degrees, dtype=float))))


def miss(point: ArrayLike, gradient: ArrayLike, minimum: ArrayLike) -> float:
    """Degrees between steepest descent at ``point`` and the way to the ``minimum``, all (2,)."""
    down = -np.asarray(gradient, dtype=float)
    home = np.asarray(minimum, dtype=float) - np.asarray(point, dtype=float)
    cosine = down @ home / np.linalg.norm(down) / np.linalg.norm(home)
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
