"""Double descent: the readings of the lesson fitted by ever more random waves, by the weights of smallest norm.

Each wave is a cosine of random frequency and phase.  With fewer waves than readings the fit is least squares, with as
many there is one exact fit, with more there are many, of which the one with the smallest weights is taken.

Source: M. Belkin, D. Hsu, S. Ma & S. Mandal, PNAS 116 (2019); T. Hastie, A. Montanari, S. Rosset & R. Tibshirani,
Annals of Statistics 50 (2022); A. Rahimi & B. Recht, NIPS 20 (2007), on random features.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scenes.maths.bias_variance import curves
from scenes.maths.bias_variance.curves import Floats
from scenes.maths.shared.memo import remembered

SIZES: Final = (2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 26, 32, 40, 60, 100, 200, 400, 1000)
"""Numbers of waves that are tried."""
DRAWS: Final = 200
"""Pairs of a training sample and a set of waves."""
FAST: Final = 36.0
"""Standard deviation of a wave's frequency, in radians over the whole interval."""
RIDGE: Final = 0.1
"""The price of a weight, where there is one."""
SHOWN: Final = 9
"""Seed of the waves that are shown: in the middle of the first twenty by their errors."""


def features(x: Floats, count: int, seed: int) -> Floats:
    """(n, count): the first ``count`` waves of a seed at ``x`` (n,), over the root of their number."""
    rng = np.random.default_rng(seed)
    frequencies = FAST * rng.normal(size=max(SIZES))[:count]
    phases = rng.uniform(0, 2 * np.pi, max(SIZES))[:count]
    return np.asarray(np.cos(np.outer(x, frequencies) + phases) / np.sqrt(count))


def fit(readings: Floats, count: int, seed: int, penalty: float = 0.0) -> tuple[Floats, Floats]:
    """(201,) and (n,): the fit of smallest norm to ``readings`` (n,) at the grid, and at the readings' own places.

    With a ``penalty`` it is ridge.
    """
    seen, asked = (features(x, count, seed) for x in (curves.places(len(readings)), curves.GRID))
    if penalty:  # by its dual: as many equations as readings
        weights = seen.T @ np.linalg.solve(seen @ seen.T + penalty * np.eye(len(readings)), readings)
    else:
        weights = np.linalg.lstsq(seen, readings, rcond=None)[0]
    return np.asarray(asked @ weights), np.asarray(seen @ weights)


@dataclass(frozen=True, slots=True)
class Descent:
    """Medians over the draws, for each of :data:`SIZES`: squared errors on fresh readings, and on seen ones."""

    test: Floats
    training: Floats
    ridge: Floats
    """Test error with a little ridge instead of the smallest norm."""


@remembered
def descend(seed: int = 0) -> Descent:
    """Errors of fits to samples of twenty readings, each with waves of its own."""
    truth, fresh = curves.truth(curves.GRID), curves.NOISE**2
    found = np.empty((3, DRAWS, len(SIZES)))
    for draw, readings in enumerate(curves.draw(DRAWS, seed=seed).readings):
        for at, count in enumerate(SIZES):
            exact, own = fit(readings, count, seed + draw)
            soft, _ = fit(readings, count, seed + draw, RIDGE)
            found[:, draw, at] = [
                ((exact - truth) ** 2).mean() + fresh,
                ((own - readings) ** 2).mean(),
                ((soft - truth) ** 2).mean() + fresh,
            ]
    return Descent(*np.median(found, axis=1))
