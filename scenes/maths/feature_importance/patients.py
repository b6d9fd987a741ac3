"""442 diabetes patients, two columns of pure chance, and the random forest that all rules of the lesson judge.

Source: B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least angle regression, Annals of Statistics 32 (2004).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import train_test_split

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

NAMES: Final = (
    "age", "sex", "body mass", "pressure", "s1", "s2", "s3", "s4", "s5", "s6", "ticket", "coin",
)  # fmt: skip
"""Of the twelve columns: ten that were measured (s1 to s6 in the blood), and two that were made up."""
MASS: Final = NAMES.index("body mass")
PRESSURE: Final = NAMES.index("pressure")
BLOOD: Final = NAMES.index("s5")
TICKET: Final = NAMES.index("ticket")
COIN: Final = NAMES.index("coin")
TREES: Final = 100
SPLITS: Final = 20
"""Random splits of the patients over which figures are averaged."""
HELD_OUT: Final = 0.3
"""Share of the patients that a model does not see."""
POUNDS: Final = 0.2048
"""Pounds a square foot that are one kilogram a square metre."""


@cache
def table() -> tuple[Floats, Floats]:
    """(442, 10) measures of patients, and (442,) scores of how far the disease has gone a year later."""
    data = load_diabetes(scaled=False)
    return np.asarray(data.data, dtype=float), np.asarray(data.target, dtype=float)


@dataclass(frozen=True, slots=True)
class Split:
    """Columns and outcomes of patients that are seen, and of those that are held out."""

    seen: Floats
    seen_y: Floats
    held: Floats
    held_y: Floats

    def without(self, *columns: int) -> Split:
        """The same rows without these columns."""
        return Split(
            np.delete(self.seen, columns, 1), self.seen_y, np.delete(self.held, columns, 1), self.held_y
        )


def split(seed: int) -> Split:
    """309 seen and 133 held out of twelve columns; ticket and coin are drawn anew for each ``seed``."""
    measures, progress = table()
    rng = np.random.default_rng(100 + seed)
    n = len(measures)
    whole = np.c_[measures, rng.permutation(n).astype(float), rng.integers(0, 2, n)]
    seen, held, seen_y, held_y = train_test_split(whole, progress, test_size=HELD_OUT, random_state=seed)
    return Split(seen, seen_y, held, held_y)


def twinned(parts: Split) -> Split:
    """With a thirteenth column: body mass once more, in pounds a square foot."""

    def twin(rows: Floats) -> Floats:
        return np.column_stack([rows, rows[:, MASS] * POUNDS])

    return Split(twin(parts.seen), parts.seen_y, twin(parts.held), parts.held_y)


def grown(parts: Split) -> RandomForestRegressor:
    """The forest of 100 full-grown trees on the rows that are seen."""
    return RandomForestRegressor(TREES, random_state=0).fit(parts.seen, parts.seen_y)


def explained(truth: Floats, said: Floats) -> float:
    """R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: the share of variance that predictions explain; both (n,)."""
    return float(1 - ((truth - said) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())
