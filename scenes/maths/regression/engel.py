"""Engel's 235 Belgian households: yearly income and what they spent on food, in francs (see ``README.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

SEED: Final = 9
"""Of the sub-sample of twelve: by R² it is tenth of the seeds 0 to 19."""
COUNT: Final = 12
RICHEST: Final = 2000.0
"""Francs of income above which no household is drawn into a sub-sample: two stand apart there."""

_FILE: Final = Path(__file__).parent / "engel.csv"


@dataclass(frozen=True, slots=True)
class Households:
    """``income`` (n,) and ``food`` (n,), what is spent on food, in the same unit."""

    income: Floats
    food: Floats

    def __len__(self) -> int:
        return len(self.income)

    @property
    def points(self) -> Floats:
        """(n, 2): income and food."""
        return np.column_stack([self.income, self.food])


@cache
def households() -> Households:
    """All 235, in francs, in the order of the file."""
    table = np.loadtxt(_FILE, delimiter=",", skiprows=1)
    return Households(table[:, 0], table[:, 1])


@cache
def twelve(seed: int = SEED) -> Households:
    """Twelve households drawn without replacement from those under 2,000 francs of income, in hundreds of francs."""
    all_ = households()
    eligible = np.flatnonzero(all_.income < RICHEST)
    rows = np.sort(np.random.default_rng(seed).choice(eligible, COUNT, replace=False))
    return Households(all_.income[rows] / 100, all_.food[rows] / 100)
