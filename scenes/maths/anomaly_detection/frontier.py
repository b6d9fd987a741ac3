"""A One-Class SVM: hills that grow from support vectors, and the water below which a point is outside.

Source: B. Schölkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola & R. C. Williamson, Estimating the support of a
high-dimensional distribution, Neural Computation 13 (2001); proposition 3 has the bounds by ν.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.svm import OneClassSVM

from scenes.maths.anomaly_detection.fences import Floats
from scenes.maths.anomaly_detection.isolation import cloud
from scenes.maths.anomaly_detection.neighbours import crowds

HAND: Final = np.array([*(0.4 * np.arange(9)), 7.0])
"""Points on a line of the small example: a crowd and a lone one."""
NU_HAND: Final = 0.35
NU: Final = 0.1
GAMMA: Final = 0.2
"""Of the example by hand and of the two crowds: wide enough that no frontier has a hole."""
GAMMAS: Final = (0.2, 2.0, 8.0)
"""From wide hills to narrow ones."""
_EDGE: Final = 1e-6
"""What lies below the water by no more is on the shore."""


def hills(places: ArrayLike, feet: ArrayLike, gamma: float = 0.5) -> Floats:
    """Heights (n, m) over ``places`` (n,) or (n, d) of kernel hills on ``feet`` (m,) or (m, d): e^(-γ·distance²)."""
    here, there = (np.asarray(each, dtype=float) for each in (places, feet))
    here, there = here.reshape(len(here), -1), there.reshape(len(there), -1)
    return np.asarray(np.exp(-gamma * ((here[:, None] - there[None]) ** 2).sum(axis=2)))


@dataclass(frozen=True, slots=True)
class Frontier:
    """A One-Class SVM that has been trained: the sum of weighted hills, less the water ρ."""

    feet: Floats
    """(m, d): support vectors."""
    weights: Floats
    """(m,): α of the support vectors; they sum to 1."""
    rho: float
    gamma: float
    nu: float
    """The share of points that may lie outside at most."""
    rows: tuple[int, ...]
    """Rows of the support vectors among the points of the training."""

    def heights(self, points: ArrayLike) -> Floats:
        """(n,): the weighted hills over ``points`` (n, d)."""
        return np.asarray(hills(points, self.feet, self.gamma) @ self.weights)

    def over(self, x: ArrayLike, y: ArrayLike) -> Floats:
        """As :meth:`heights`, for arrays x and y of one shape."""
        across, up = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
        return self.heights(np.column_stack([across.ravel(), up.ravel()])).reshape(across.shape)

    def outside(self, points: ArrayLike) -> NDArray[np.bool_]:
        """Which of ``points`` (n, d) lie below the water."""
        return np.asarray(self.heights(points) - self.rho < -_EDGE * self.weights.max())


def train(points: Floats, nu: float = NU, gamma: float = GAMMA) -> Frontier:
    """The One-Class SVM of ``points`` (n, d)."""
    machine = OneClassSVM(nu=nu, gamma=gamma, tol=1e-10).fit(points)
    dual = machine.dual_coef_[0]
    total = float(dual.sum())
    return Frontier(
        feet=machine.support_vectors_,
        weights=np.asarray(dual / total),
        rho=float(-machine.intercept_[0] / total),
        gamma=gamma,
        nu=nu,
        rows=tuple(int(row) for row in machine.support_),
    )


@cache
def by_hand() -> Frontier:
    """The machine of :data:`HAND`."""
    return train(HAND[:, None], NU_HAND, GAMMA)


@cache
def around_crowds(gamma: float = GAMMA) -> Frontier:
    """The frontier around two crowds."""
    return train(crowds(), NU, gamma)


@cache
def around_cloud() -> Frontier:
    """The frontier around the dots of the lesson."""
    return train(cloud(), 0.05, 0.1)
