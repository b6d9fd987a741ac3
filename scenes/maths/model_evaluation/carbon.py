"""CO₂ over Mauna Loa: two models that folds in time and shuffled folds put in a different order.

Sources: Keeling and Whorf (2004), see README.md; C. Bergmeir and J. M. Benítez, On the use of cross-validation for
time series predictor evaluation (Information Sciences 191, 2012).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold, TimeSeriesSplit

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]
Name = Literal["copy", "year", "fit"]

FILE: Final = Path(__file__).parent / "co2.csv"
DAYS: Final = 365.25
"""Days of a year."""
YEARS: Final = 20
"""Test blocks of the split in time."""
WEEKS: Final = 52
"""Weeks of each of them."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """Time (n,) in calendar years, rising, and CO₂ (n,) in ppm."""

    years: Floats
    ppm: Floats

    def __len__(self) -> int:
        return len(self.years)


@cache
def weeks() -> Weeks:
    """All 2,225 weeks that have a value."""
    days, ppm = np.loadtxt(
        FILE, delimiter=",", skiprows=1, converters={0: _day}, encoding="utf-8", unpack=True
    )
    start = np.datetime64("1958-01-01").astype(int)
    return Weeks(np.asarray(1958 + (days - start) / DAYS), np.asarray(ppm))


def _day(text: str) -> float:
    return float(np.datetime64(text).astype(int))


def copy(known: Weeks, asked: Floats) -> Floats:
    """What the nearest known week had (m,) at times ``asked`` (m,); of two as near the earlier one."""
    after = np.clip(np.searchsorted(known.years, asked), 1, len(known) - 1)
    nearer = asked - known.years[after - 1] <= known.years[after] - asked
    return np.asarray(known.ppm[np.where(nearer, after - 1, after)])


def fit(known: Weeks, asked: Floats) -> Floats:
    """A parabola and a yearly wave with its half-year one, by least squares, at times ``asked`` (m,)."""
    weights, *_ = np.linalg.lstsq(_columns(known.years), known.ppm, rcond=None)
    return np.asarray(_columns(asked) @ weights)


def year_before(known: Weeks, asked: Floats) -> Floats:
    """The baseline of seasonal series: what the known week nearest to one year before had (m,)."""
    return copy(known, asked - 1.0)


@cache
def a_week_ahead() -> tuple[float, float]:
    """Mean absolute errors in ppm of copying and of the fit where each week is forecast from all weeks before it.

    Over the weeks of the twenty years of :func:`in_time`; the fit by normal equations of scaled columns.
    """
    table, first = weeks(), int(in_time()[0][1][0])
    columns = _columns(table.years)
    columns = columns / np.abs(columns).max(axis=0)
    products = np.cumsum(columns[:, :, None] * columns[:, None, :], axis=0)
    sums = np.cumsum(columns * table.ppm[:, None], axis=0)
    weights = np.linalg.solve(products[first - 1 : -1], sums[first - 1 : -1, :, None])[:, :, 0]
    fitted = np.sum(weights * columns[first:], axis=1)
    copied = table.ppm[first - 1 : -1]
    return tuple(float(np.abs(said - table.ppm[first:]).mean()) for said in (copied, fitted))  # type: ignore[return-value]


def _columns(years: Floats) -> Floats:
    t = years - 1958
    turns = 2 * np.pi * t
    waves = [np.sin(turns), np.cos(turns), np.sin(2 * turns), np.cos(2 * turns)]
    return np.column_stack([np.ones(len(t)), t, t**2, *waves])


MODELS: Final[dict[Name, Callable[[Weeks, Floats], Floats]]] = {
    "copy": copy,
    "year": year_before,
    "fit": fit,
}


def shuffled() -> list[tuple[Ints, Ints]]:
    """Rows of training and of test in five shuffled folds."""
    return list(KFold(5, shuffle=True, random_state=0).split(weeks().years))


def in_time() -> list[tuple[Ints, Ints]]:
    """Rows of training and of test of twenty years, each after all that is learnt."""
    return list(TimeSeriesSplit(YEARS, test_size=WEEKS).split(weeks().years))


@cache
def errors(model: Name, ordered: bool) -> Floats:
    """Mean absolute errors (folds,) in ppm, on what was held out."""
    table, found = weeks(), []
    for learnt, held in in_time() if ordered else shuffled():
        said = MODELS[model](Weeks(table.years[learnt], table.ppm[learnt]), table.years[held])
        found.append(float(np.abs(said - table.ppm[held]).mean()))
    return np.array(found)
