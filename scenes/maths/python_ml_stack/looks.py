"""What plots show of columns: bins and their counts, quartiles and whiskers, correlations with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from scenes.maths.python_ml_stack import data, groups

Array: TypeAlias = npt.NDArray[np.float64]

Z: Final = 1.96
"""Standard errors to each side that a 95 % interval of a normal variable spans."""
REACH: Final = 1.5
"""Interquartile ranges that a whisker may be long (Tukey 1977)."""

NINE: Final = np.array([2.0, 4.0, 5.0, 6.0, 7.0, 9.0, 10.0, 12.0, 20.0])
"""Nine numbers to be boxed by hand: median 7, quartiles 5 and 10, and 20 lies beyond the whisker that ends at 12."""


@dataclass(frozen=True, slots=True)
class Box:
    """What a box plot draws of a sample, in its units."""

    low: float
    first: float
    median: float
    third: float
    high: float
    outliers: tuple[float, ...]

    @property
    def iqr(self) -> float:
        """The interquartile range: third quartile minus first."""
        return self.third - self.first


@dataclass(frozen=True, slots=True)
class Correlation:
    """Pearson's ``r`` of ``n`` pairs, with its 95 % confidence interval from ``low`` to ``high``."""

    r: float
    n: int
    low: float
    high: float


def column(name: str, species: str | None = None) -> Array:
    """One column of the 342 measured birds, of all or of one species."""
    birds = groups.measured()
    if species is not None:
        birds = birds[birds["species"] == species]
    return np.asarray(birds[name], dtype=float)


def edges(values: Array, count: int | None = None) -> Array:
    """Edges (k + 1,) of the bins of ``values`` (n,): ``count`` equal ones, or those of Freedman and Diaconis.

    Their rule (1981) takes bins of 2 IQR / n^(1/3), or a little narrower, so that they fill the range.
    """
    return np.histogram_bin_edges(values, "fd" if count is None else count)


def box(values: Array) -> Box:
    """Median, quartiles, whiskers to the last values within 1.5 IQR of the box, and the values beyond."""
    first, median, third = (float(each) for each in np.percentile(values, [25, 50, 75]))
    reach = REACH * (third - first)
    within = values[(values >= first - reach) & (values <= third + reach)]
    beyond = values[(values < first - reach) | (values > third + reach)]
    return Box(
        float(within.min()), first, median, third, float(within.max()), tuple(np.sort(beyond).tolist())
    )


def products(x: Array, y: Array) -> Array:
    """(n,) the products (x − x̄)(y − ȳ) whose sum is the upper part of Pearson's r."""
    return np.asarray((x - x.mean()) * (y - y.mean()))


def pearson(x: Array, y: Array) -> float:
    """Pearson's r = Σ(x−x̄)(y−ȳ) / √(Σ(x−x̄)² Σ(y−ȳ)²) of two columns (n,)."""
    return float(products(x, y).sum() / np.sqrt(products(x, x).sum() * products(y, y).sum()))


def correlation(x: Array, y: Array) -> Correlation:
    """Pearson's r with Fisher's interval: tanh(artanh r ± 1.96 / √(n − 3)), for roughly normal pairs."""
    r, n = pearson(x, y), len(x)
    low, high = np.tanh(np.arctanh(r) + np.array([-Z, Z]) / np.sqrt(n - 3))
    return Correlation(r, n, float(low), float(high))


def matrix() -> Array:
    """(4, 4) Pearson's r of each two measures of the 342 birds, in the order of ``data.MEASURES``."""
    columns = [column(name) for name in data.MEASURES]
    return np.array([[pearson(x, y) for y in columns] for x in columns])


def bowl(count: int) -> Array:
    """(count, 2) points of the parabola y = x² from −1 to 1, evenly along x: a curve whose r is zero."""
    x = np.linspace(-1.0, 1.0, count)
    return np.column_stack([x, x**2])


def bills(species: str | None = None) -> tuple[Array, Array]:
    """Bill length and bill depth in mm, of all measured birds or of one species."""
    return column("bill_length_mm", species), column("bill_depth_mm", species)


def line(x: Array, y: Array) -> tuple[float, float]:
    """Slope and intercept of the line with the least squared error of y."""
    slope = float(products(x, y).sum() / products(x, x).sum())
    return slope, float(y.mean() - slope * x.mean())
