"""R² of twelve households where they were fitted and where they were not, and what columns of noise do to it."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.regression import engel, least_squares

Floats: TypeAlias = NDArray[np.float64]

NOISE_SEED: Final = 0
NOISE: Final = 3
"""Columns of noise that are added."""


def noise() -> Floats:
    """(12, ``NOISE``): the columns of noise, of standard normal numbers."""
    return np.random.default_rng(NOISE_SEED).normal(size=(engel.COUNT, NOISE))


def with_noise() -> list[float]:
    """RSS of the twelve households with no, one, two ... columns of noise beside the income, refitted each time."""
    twelve = engel.twelve()
    columns = np.column_stack([least_squares.design(twelve.income), noise()])
    sums = []
    for count in range(NOISE + 1):
        used = columns[:, : 2 + count]
        left = twelve.food - used @ np.linalg.lstsq(used, twelve.food, rcond=None)[0]
        sums.append(float(left @ left))
    return sums


def fitted_shares() -> Floats:
    """R² (``NOISE`` + 1,) of the twelve on themselves, with no, one, two ... columns of noise beside the income."""
    food = engel.twelve().food
    return 1 - np.array(with_noise()) / least_squares.rss(food, food, least_squares.flat(food))


def unseen_shares() -> Floats:
    """As :func:`fitted_shares`, each family predicted by a fit to the eleven others."""
    twelve = engel.twelve()
    columns = np.column_stack([least_squares.design(twelve.income), noise()])
    around = twelve.food - twelve.food.mean()
    found = []
    for count in range(NOISE + 1):
        used = columns[:, : 2 + count]
        hat = used @ np.linalg.pinv(used)
        # A residual over one minus its leverage is what a fit without that row leaves of it.
        left = (twelve.food - hat @ twelve.food) / (1 - np.diag(hat))
        found.append(1 - left @ left / (around @ around))
    return np.array(found)


def adjusted(noise: int) -> float:
    """Adjusted R² of the twelve households with income and ``noise`` columns: 1 − (1 − R²)(n − 1)/(n − p − 1)."""
    twelve = engel.twelve()
    count, total = len(twelve), least_squares.rss(twelve.income, twelve.food, least_squares.flat(twelve.food))
    return 1 - with_noise()[noise] / total * (count - 1) / (count - noise - 2)
