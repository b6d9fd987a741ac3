"""R² of Engel's households where they were fitted and where they were not, and what columns of noise do to it."""

from __future__ import annotations

from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.regression import engel, least_squares

Floats: TypeAlias = NDArray[np.float64]

SHUFFLES: Final = 20
FOLDS: Final = 10
NOISE_SEED: Final = 0
NOISE: Final = 3
"""Columns of noise that are added."""


def fitted_share() -> float:
    """R² of all households on themselves."""
    all_ = engel.households()
    return least_squares.r_squared(all_.income, all_.food, least_squares.fit(all_.income, all_.food))


@cache
def unseen_share() -> tuple[float, float]:
    """Mean and standard deviation, over twenty shuffles, of the R² of ten folds that take turns to be left out."""
    all_ = engel.households()
    found = [least_squares.unseen_r_squared(all_.income, all_.food, FOLDS, seed) for seed in range(SHUFFLES)]
    return float(np.mean(found)), float(np.std(found))


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


def adjusted(noise: int) -> float:
    """Adjusted R² of the twelve households with income and ``noise`` columns: 1 − (1 − R²)(n − 1)/(n − p − 1)."""
    twelve = engel.twelve()
    count, total = len(twelve), least_squares.rss(twelve.income, twelve.food, least_squares.flat(twelve.food))
    return 1 - with_noise()[noise] / total * (count - 1) / (count - noise - 2)
