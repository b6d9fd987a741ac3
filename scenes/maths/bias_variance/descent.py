"""Double descent: least squares of smallest norm in ever more random features.

Source: M. Belkin, D. Hsu, S. Ma & S. Mandal, PNAS 116 (2019); T. Hastie, A. Montanari, S. Rosset & R. Tibshirani,
Annals of Statistics 50 (2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scenes.maths.bias_variance.curves import Floats
from scenes.maths.shared.memo import remembered

POINTS: Final = 40
"""Training points."""
SIZES: Final = (2, 5, 10, 20, 30, 36, 40, 44, 50, 60, 80, 120, 200, 400, 1000)
"""Random features that are tried."""
DRAWS: Final = 60
TESTED: Final = 500
DIMENSION: Final = 5
NOISE: Final = 0.3
WIDE: Final = 1.5
"""Standard deviation of a feature's direction, times the root of the dimension."""
RIDGE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Descent:
    """Medians over the draws, for each of :data:`SIZES`: of the mean squared error against the noise-free truth."""

    test: Floats
    training: Floats
    ridge: Floats
    """Test error with a little ridge instead of the smallest norm."""


@remembered
def descend(seed: int = 0) -> Descent:
    """Fits of smallest norm to 40 noisy points; predicting the mean of the truth errs by about 1."""
    rng = np.random.default_rng(seed)
    found: list[list[tuple[float, float, float]]] = []
    for _ in range(DRAWS):
        slope = rng.normal(size=DIMENSION)
        slope /= np.linalg.norm(slope)
        seen, unseen = rng.normal(size=(POINTS, DIMENSION)), rng.normal(size=(TESTED, DIMENSION))
        target = seen @ slope + NOISE * rng.normal(size=POINTS)
        ways = rng.normal(size=(DIMENSION, max(SIZES))) / np.sqrt(DIMENSION) * WIDE
        phases = rng.uniform(0, 2 * np.pi, max(SIZES))
        row = []
        for size in SIZES:
            known, asked = (
                np.cos(each @ ways[:, :size] + phases[:size]) / np.sqrt(size) for each in (seen, unseen)
            )
            exact = np.linalg.lstsq(known, target, rcond=None)[0]
            # Ridge by its dual: as many equations as points.
            soft = known.T @ np.linalg.solve(known @ known.T + RIDGE * np.eye(POINTS), target)
            row.append(
                (
                    float(((asked @ exact - unseen @ slope) ** 2).mean()),
                    float(((known @ exact - target) ** 2).mean()),
                    float(((asked @ soft - unseen @ slope) ** 2).mean()),
                )
            )
        found.append(row)
    test, training, ridge = np.median(np.array(found), axis=0).T
    return Descent(test, training, ridge)
