"""Support vector regression: a tube around a curve, inside which errors cost nothing.

Source: Smola & Schölkopf, A tutorial on support vector regression (Statistics and Computing 14, 2004),
section 1. Data: sea surface temperature by month off Peru (NOAA, region Niño 1+2), as shipped with
statsmodels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.kernel_ridge import KernelRidge
from sklearn.svm import SVR
from statsmodels.datasets import elnino

from scenes.maths.shared.memo import remembered

Array: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]

GAMMA: Final = 0.1
"""Of the radial kernel, per month², the year laid on a circle."""
PRICE: Final = 10
"""The C of the tubes."""


@dataclass(frozen=True, slots=True)
class SeaMonths:
    """n months: ``month`` (n,) 0 January to 11 December; ``year`` (n,); ``temperature`` (n,) in °C."""

    month: Array
    year: Array
    temperature: Array


@dataclass(frozen=True, slots=True)
class Tubes:
    """Tubes of m half widths around fitted curves.

    ``epsilon`` (m,) in °C; ``x`` (nx,) in months; ``curve`` (m, nx) in °C, the middle of the tube;
    ``held`` (m, n): the points on the wall or beyond it, which alone can be support vectors; ``overshoot`` (m, n) in
    °C: how far past the wall a point is, positive above the tube, negative below, 0 inside.
    """

    epsilon: Array
    x: Array
    curve: Array
    held: Mask
    overshoot: Array


def sea_months(since: int = 1991) -> SeaMonths:
    """The record from January of ``since`` to December 2010."""
    table = elnino.load_pandas().data.to_numpy(float)
    table = table[table[:, 0] >= since]
    return SeaMonths(np.tile(np.arange(12.0), len(table)), np.repeat(table[:, 0], 12), table[:, 1:].ravel())


def medians(months: SeaMonths) -> Array:
    """(12,) the median temperature of each calendar month, in °C."""
    return np.array([np.median(months.temperature[months.month == month]) for month in range(12)])


def on_year(month: Array) -> Array:
    """(n, 2) where each ``month`` (n,) stands on a circle of twelve months around, so that December meets January."""
    radius = 6 / np.pi
    return radius * np.column_stack([np.cos(month / radius), np.sin(month / radius)])


@remembered
def lay_tubes(month: Array, temperature: Array, epsilons: Sequence[float] | Array, x: Array) -> Tubes:
    """A tube of each half width in ``epsilons`` (m,) along the points, seen at ``x`` (nx,) in months.

    Support vector regression with a radial kernel on the circle of the year, gamma 0.1 per month², C = 10.

    Solved to 1e-9: the library's own default of 1e-3 stops a point or two short.  Points are counted by where they
    lie, to within 1e-6 °C, as multipliers are no sure sign: where two readings of a month are alike, or exactly a
    tube's width apart, only the sum of their multipliers is determined.
    """
    models = [SVR(gamma=GAMMA, C=PRICE, epsilon=float(epsilon), tol=1e-9) for epsilon in epsilons]
    for model in models:
        model.fit(on_year(month), temperature)
    wall = np.asarray(epsilons, float)
    miss = temperature - np.stack([model.predict(on_year(month)) for model in models])
    held = np.abs(miss) > wall[:, None] - 1e-6
    return Tubes(
        epsilon=wall,
        x=x,
        curve=np.stack([model.predict(on_year(x)) for model in models]),
        held=held,
        overshoot=np.where(held, np.sign(miss) * np.maximum(0, np.abs(miss) - wall[:, None]), 0.0),
    )


@dataclass(frozen=True, slots=True)
class Pull:
    """One reading of n months is moved: what two losses in one kernel make of it, at m places, all in °C.

    ``row`` is that of the moved reading, ``reading`` (m,) where it goes; ``tube`` (m, nx) is the middle of a tube with
    ``epsilon`` of 1 °C, ``squares`` (m, nx) the curve of least squares with the same kernel and the same price.
    """

    months: SeaMonths
    row: int
    reading: Array
    tube: Array
    squares: Array


@remembered
def pull(row: int, readings: Array, x: Array, since: int = 2009, epsilon: float = 1.0) -> Pull:
    """The months from ``since`` on, that of ``row`` reading each of ``readings`` (m,); curves at ``x`` (nx,) in months.

    Least squares minimises 1/2 |w|^2 + C sum (y - f)^2, which is ridge regression with a penalty of 1/(2C), around
    the mean.
    """
    sea = sea_months(since)
    here, asked = on_year(sea.month), on_year(x)
    middles, curves = [], []
    for reading in readings:
        read = sea.temperature.copy()
        read[row] = reading
        mean = float(read.mean())
        tube = SVR(gamma=GAMMA, C=PRICE, epsilon=epsilon, tol=1e-9).fit(here, read)
        ridge = KernelRidge(kernel="rbf", gamma=GAMMA, alpha=1 / (2 * PRICE)).fit(here, read - mean)
        middles.append(tube.predict(asked))
        curves.append(mean + ridge.predict(asked))
    return Pull(sea, row, readings, np.array(middles), np.array(curves))


def costs(errors: Array | Sequence[float], epsilon: float) -> Array:
    """(n,) what ``errors`` (n,) cost: nothing up to ``epsilon``, then as much as is beyond it; all in °C."""
    return np.asarray(np.maximum(0.0, np.abs(np.asarray(errors, dtype=float)) - epsilon))


@dataclass(frozen=True, slots=True)
class Example:
    """A month of the record: its number ``row``, and how far it lies ``over`` the middle of the tube, in °C."""

    row: int
    over: float


@remembered
def examples(wanted: tuple[float, ...] = (0.4, -1.0, -1.7), epsilon: float = 1.0) -> tuple[Example, ...]:
    """Of July to December, the months whose error is nearest to each of the ``wanted`` ones, in °C: picked cases."""
    sea = sea_months()
    middle = lay_tubes(sea.month, sea.temperature, (epsilon,), np.arange(12.0)).curve[0]
    error = sea.temperature - middle[sea.month.astype(int)]
    late = np.flatnonzero(sea.month > 5)
    rows = [int(late[np.abs(error[late] - each).argmin()]) for each in wanted]
    return tuple(Example(row, float(error[row])) for row in rows)


@dataclass(frozen=True, slots=True)
class Unseen:
    """Mean absolute errors in °C on years held back, one after the other, by n years: (n,) of the middle of the
    ``tube``, and of the plain ``mean`` of each calendar month in the other years."""

    tube: Array
    mean: Array


def monthly_means(sea: SeaMonths) -> Array:
    """(12,) the mean temperature of each calendar month, in °C."""
    return np.array([sea.temperature[sea.month == month].mean() for month in range(12)])


@remembered
def years_held_back(epsilon: float = 1.0) -> Unseen:
    """Each year of the record is judged by what the others teach; ``epsilon`` in °C."""
    sea = sea_months()
    tubes, means = [], []
    for year in np.unique(sea.year):
        rest = sea.year != year
        others = SeaMonths(sea.month[rest], sea.year[rest], sea.temperature[rest])
        read = sea.temperature[~rest]
        curve = lay_tubes(others.month, others.temperature, (epsilon,), sea.month[~rest]).curve[0]
        tubes.append(np.abs(read - curve).mean())
        means.append(np.abs(read - monthly_means(others)[sea.month[~rest].astype(int)]).mean())
    return Unseen(np.array(tubes), np.array(means))
