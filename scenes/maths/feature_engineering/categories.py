"""Words as numbers: the month as one number, as twelve columns, as an angle.

Sea surface temperatures off Peru: NOAA, El Niño 1+2, as shipped with statsmodels (public domain).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LinearRegression
from statsmodels import datasets

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]

SINCE: Final = 1991
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CODINGS: Final = ("alphabetical", "calendar", "one-hot", "cyclic")
COLOURS: Final = ("red", "green", "blue")
SIZES: Final = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Sea:
    """Mean sea temperature of a month: ``month`` (n,) 0 to 11, ``year`` (n,), ``degrees`` (n,) Celsius."""

    month: Ints
    year: Ints
    degrees: Floats


@cache
def sea() -> Sea:
    """All months from 1991 on that were measured."""
    table = datasets.elnino.load_pandas().data
    rows = table[table.iloc[:, 0] >= SINCE]
    degrees = rows.iloc[:, 1:].to_numpy(float)
    month = np.tile(np.arange(12), len(rows))
    year = np.repeat(rows.iloc[:, 0].to_numpy().astype(np.intp), 12)
    known = ~np.isnan(degrees.ravel())
    return Sea(month[known].astype(np.intp), year[known], degrees.ravel()[known])


def alphabet() -> Ints:
    """(12,): the place, from 0, of each month of the calendar among the twelve in the order of the alphabet."""
    return np.argsort(np.argsort(np.array([name.upper() for name in MONTHS]))).astype(np.intp)


def one_hot(codes: Ints, size: int) -> Floats:
    """(n, size): one where the code of the row holds, zero elsewhere."""
    return np.eye(size)[codes]


def cyclic(codes: Ints | Floats, size: int) -> Floats:
    """(n, 2): cosine and sine of the code's angle on a circle of ``size`` steps."""
    turn = 2 * np.pi * np.asarray(codes) / size
    return np.column_stack([np.cos(turn), np.sin(turn)])


def coded(coding: str, month: Ints) -> Floats:
    """The columns (n, k) that a ``coding`` makes of ``month`` (n,).  Raises ``ValueError`` for an unknown one."""
    if coding == "alphabetical":
        return alphabet()[month][:, None].astype(float)
    if coding == "calendar":
        return month[:, None].astype(float)
    if coding == "one-hot":
        return one_hot(month, 12)
    if coding == "cyclic":
        return cyclic(month, 12)
    raise ValueError(f"{coding!r} is none of {', '.join(CODINGS)}")


def fitted(coding: str, fine: Floats | None = None) -> Floats:
    """(12,): what a linear regression on the columns of a ``coding`` predicts for each month, fitted on all rows.

    With ``fine`` (m,) months and fractions, for the codings that take them: calendar and cyclic.
    """
    data = sea()
    model = LinearRegression().fit(coded(coding, data.month), data.degrees)
    asked = np.arange(12) if fine is None else fine
    return np.asarray(model.predict(coded(coding, np.asarray(asked))))


@cache
def r_squared(coding: str) -> float:
    """R² of the pooled predictions when each year is held out in turn."""
    data = sea()
    x = coded(coding, data.month)
    guess = np.empty(len(x))
    for year in np.unique(data.year):
        held = data.year == year
        guess[held] = LinearRegression().fit(x[~held], data.degrees[~held]).predict(x[held])
    rest = ((data.degrees - guess) ** 2).sum()
    return float(1 - rest / ((data.degrees - data.degrees.mean()) ** 2).sum())


def distances(points: Floats) -> Floats:
    """(k, k): Euclidean distances between codes (k, d)."""
    return np.asarray(np.linalg.norm(points[:, None] - points[None], axis=-1))
