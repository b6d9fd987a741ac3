"""Descent by mini-batches on real data, with learning rates that stay or shrink.

442 diabetes patients (B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least angle regression, 2004; shipped with
scikit-learn, BSD licence).  Two standardised measures predict how far the disease has come a year later, centred; the
loss is half the mean squared error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.datasets import load_diabetes

from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]
Schedule = Literal["constant", "step", "cosine", "warm-up"]

MEASURES: Final = ("bmi", "s5")
"""Body mass index, and the logarithm of the serum triglycerides."""
BATCH: Final = 10
STEPS: Final = 300
RUNS: Final = 500
HIGH: Final = 0.2
"""The first rate of the schedules, and the constant one that is too large."""
LOW: Final = 0.005
"""The constant one that is too small."""
WARM: Final = 30
"""Steps of warm-up."""
PARTS: Final = 3
"""Of equal length in which step decay is constant."""
DROP: Final = 5
"""By how much it divides the rate at each jump."""


@dataclass(frozen=True, slots=True)
class Patients:
    """``measures`` (442, 2), standardised, and ``outcome`` (442,), centred."""

    measures: Floats
    outcome: Floats

    def best(self) -> Floats:
        """The two weights of the least loss."""
        return np.asarray(np.linalg.lstsq(self.measures, self.outcome, rcond=None)[0])

    def curvatures(self) -> Floats:
        """The matrix (2, 2) of second derivatives of the loss: the same everywhere."""
        return np.asarray(self.measures.T @ self.measures / len(self.outcome))

    def excess(self, weights: ArrayLike) -> Floats:
        """How much more than the least loss ``weights`` (..., 2) cost (...), on all patients."""
        apart = np.asarray(weights) - self.best()
        return np.asarray(0.5 * np.einsum("...i,ij,...j->...", apart, self.curvatures(), apart))

    def gradient(self, weights: ArrayLike, rows: ArrayLike | None = None) -> Floats:
        """The gradient (..., 2) at ``weights`` (..., 2) over the patients of ``rows`` (..., k), or over all."""
        weights = np.asarray(weights, dtype=float)
        if rows is None:
            return np.asarray((weights - self.best()) @ self.curvatures())
        some, outcome = self.measures[np.asarray(rows)], self.outcome[np.asarray(rows)]
        errors = np.einsum("...ki,...i->...k", some, weights) - outcome
        return np.asarray(np.einsum("...ki,...k->...i", some, errors) / errors.shape[-1])


@cache
def patients() -> Patients:
    """All of them."""
    data = load_diabetes(scaled=False)
    columns = [data.feature_names.index(name) for name in MEASURES]
    measures = data.data[:, columns]
    return Patients(
        (measures - measures.mean(axis=0)) / measures.std(axis=0), data.target - data.target.mean()
    )


def rates(schedule: Schedule, first: float = HIGH, steps: int = STEPS) -> Floats:
    """The learning rate (steps,) at each step of a ``schedule`` that begins at, or warms up to, ``first``.

    Step decay divides it by :data:`DROP` at each third; cosine decay is ½ η₀ (1 + cos(π t / T)).  Source: I. Loshchilov
    and F. Hutter, SGDR: stochastic gradient descent with warm restarts (2017); P. Goyal et al., Accurate, large
    minibatch SGD (2017), section 2.2, for the warm-up.
    """
    count = np.arange(steps)
    if schedule == "constant":
        return np.full(steps, first)
    if schedule == "step":
        return np.asarray(first / float(DROP) ** (PARTS * count // steps))
    warm = WARM if schedule == "warm-up" else 0
    down = first / 2 * (1 + np.cos(np.pi * np.maximum(count - warm, 0) / (steps - warm)))
    return np.asarray(down * np.minimum((count + 1) / warm, 1.0) if warm else down)


@remembered
def descend(
    schedule: Schedule, first: float = HIGH, runs: int = RUNS, steps: int = STEPS, seed: int = 0
) -> Floats:
    """Stochastic gradient descent: the weights (steps + 1, runs, 2) from zero, with batches drawn with replacement.

    All schedules draw the same patients of a ``seed``.
    """
    people, draw = patients(), np.random.default_rng(seed)
    walk = [np.zeros((runs, 2))]
    for rate in rates(schedule, first, steps):
        rows = draw.integers(0, len(people.outcome), (runs, BATCH))
        walk.append(walk[-1] - rate * people.gradient(walk[-1], rows))
    return np.array(walk)


def left(schedule: Schedule, first: float = HIGH, runs: int = RUNS) -> Floats:
    """Share (steps + 1,) of the excess loss at the start that is left after each step, in the mean of all runs."""
    costs = patients().excess(descend(schedule, first, runs)).mean(axis=1)
    return np.asarray(costs / costs[0])


def noisy_gradients(parameter: int, count: int, way: float = 0.7, seed: int = 0) -> Floats:
    """Mini-batch gradients (count,) of one ``parameter``, 0 or 1, at a share ``way`` of the way from zero to the best.

    The weights stay where they are, so that what changes is the noise alone.
    """
    people, draw = patients(), np.random.default_rng(seed)
    rows = draw.integers(0, len(people.outcome), (count, BATCH))
    return people.gradient(np.tile(way * people.best(), (count, 1)), rows)[:, parameter]
