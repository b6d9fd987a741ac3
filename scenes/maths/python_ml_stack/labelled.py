"""Labels and holes: what pandas adds to arrays.

Source: W. McKinney, Python for Data Analysis (3rd edition, 2022), chapters 5 and 7.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenes.maths.python_ml_stack import data


def one() -> pd.Series[int]:
    """Three numbers with the labels a, b, c."""
    return pd.Series([1, 2, 3], index=["a", "b", "c"])


def other() -> pd.Series[int]:
    """Three numbers with other labels: two of them the same, in another order."""
    return pd.Series([10, 20, 30], index=["c", "a", "d"])


def aligned() -> pd.Series[float]:
    """Their sum, matched by label; NaN where one of them lacks the label."""
    return one() + other()


def first_masses(rows: int = 5) -> pd.Series[float]:
    """Body masses in g of the first birds, one of them missing."""
    return data.penguins()["body_mass_g"].head(rows)


def missing() -> pd.Series[int]:
    """How many entries are missing in each column."""
    return data.penguins().isna().sum()


def incomplete() -> int:
    """Rows in which something is missing."""
    return int(data.penguins().isna().any(axis=1).sum())


def shades() -> NDArray[np.float64]:
    """(344, 8): each column from 0 to 1, words by the order of their kinds; NaN where a value is missing."""
    birds = data.penguins()
    columns = []
    for name in birds:
        column = birds[name]
        values = column.to_numpy(float) if column.dtype.kind in "if" else _codes(column)
        low, high = np.nanmin(values), np.nanmax(values)
        columns.append((values - low) / (high - low))
    return np.column_stack(columns)


def _codes(words: pd.Series[str]) -> NDArray[np.float64]:
    kinds = sorted(words.dropna().unique())
    return np.array([kinds.index(word) if isinstance(word, str) else np.nan for word in words], dtype=float)
