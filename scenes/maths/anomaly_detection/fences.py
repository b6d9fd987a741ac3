"""Two fences for one column: so many standard deviations from the mean, and so many boxes beyond a quartile.

Sources: R. E. Shiffler, Maximum Z scores and outliers, The American Statistician 42 (1988); J. W. Tukey, Exploratory
Data Analysis (1977); P. J. Rousseeuw & M. Hubert, Robust statistics for outlier detection, WIREs Data Mining and
Knowledge Discovery 1 (2011).  Card spending: W. H. Greene, Econometric Analysis, as shipped with statsmodels.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.datasets import ccard

Floats = NDArray[np.float64]

Z_FENCE: Final = 3.0
"""Standard deviations from the mean at which the usual fence stands."""
REACH: Final = 1.5
"""Interquartile ranges from a quartile at which Tukey's fences stand."""
HAND: Final = np.array([8.0, 9.0, 10.0, 11.0, 12.0])
"""Readings of the example by hand."""
STRANGER: Final = 16.0
"""The reading that comes to them."""
DRAWS: Final = 1000
"""Draws over which what is told of one is checked."""
SHOWN: Final = 0
"""The draw that is shown."""
INTRUDERS: Final = ((130.0,), (130.0, 131.0), (130.0, 131.0, 132.0), (130.0, 131.0, 132.0, 133.0, 129.0))
"""Intruders among the readings, step by step."""


def spread(values: ArrayLike) -> tuple[float, float]:
    """Mean and standard deviation (with n - 1) of ``values`` (n,)."""
    given = np.asarray(values, dtype=float)
    return float(given.mean()), float(given.std(ddof=1))


def z_scores(values: ArrayLike, own: ArrayLike | None = None) -> Floats:
    """Distances (n,) of ``values`` from the mean of ``own`` (themselves unless given), in standard deviations."""
    given = np.asarray(values, dtype=float)
    mean, deviation = spread(given if own is None else own)
    return np.asarray((given - mean) / deviation)


def z_fence(values: ArrayLike) -> tuple[float, float]:
    """Where the usual fences of ``values`` (n,) stand: so many standard deviations below and above their mean."""
    mean, deviation = spread(values)
    return mean - Z_FENCE * deviation, mean + Z_FENCE * deviation


def largest_possible(count: int) -> float:
    """The largest z-score that one of ``count`` values can have: (n - 1)/√n (Shiffler 1988)."""
    return (count - 1) / float(np.sqrt(count))


def largest_alike(count: int, alike: int) -> float:
    """The bound below which the z-scores of ``alike`` equal values among ``count`` stay, however far out they lie.

    √((n − m)(n − 1)/(n·m)) for n values, m of them alike, with the sample's standard deviation.
    """
    return float(np.sqrt((count - alike) * (count - 1) / (count * alike)))


def quartiles(values: ArrayLike) -> tuple[float, float, float]:
    """First quartile, median and third quartile, as numpy has them."""
    low, middle, high = np.percentile(np.asarray(values, dtype=float), [25, 50, 75])
    return float(low), float(middle), float(high)


def tukey(values: ArrayLike) -> tuple[float, float]:
    """Lower and upper fence."""
    low, _, high = quartiles(values)
    return low - REACH * (high - low), high + REACH * (high - low)


def beyond(values: ArrayLike) -> NDArray[np.bool_]:
    """Which of ``values`` (n,) lie beyond a Tukey fence of their own."""
    given = np.asarray(values, dtype=float)
    low, high = tukey(given)
    return np.asarray((given < low) | (given > high))


def readings(seed: int = SHOWN, intruders: ArrayLike = ()) -> Floats:
    """Twenty readings around 100, of standard deviation 2, and the ``intruders`` behind them."""
    return np.concatenate(
        [np.random.default_rng(seed).normal(100, 2, 20), np.asarray(intruders, dtype=float)]
    )


@cache
def largest_z(step: int) -> Floats:
    """(1000,): the largest z-score among readings with the intruders of that step, draw by draw."""
    return np.array([z_scores(readings(seed, INTRUDERS[step])).max() for seed in range(DRAWS)])


@cache
def caught(step: int) -> float:
    """The share of draws in which Tukey's fence has all intruders of that step outside."""
    return float(np.mean([beyond(readings(seed, INTRUDERS[step]))[20:].all() for seed in range(DRAWS)]))


def flagged_share(law: str) -> float:
    """Share of a clean population beyond Tukey's fences: of a ``"bell"``, or a ``"log-normal"`` one of σ = 1."""
    of = {"bell": stats.norm(), "log-normal": stats.lognorm(1)}[law]
    low, high = of.ppf([0.25, 0.75])
    out = REACH * (high - low)
    return float(of.cdf(low - out) + of.sf(high + out))


@cache
def spending() -> Floats:
    """(72,): what people spent by credit card on average, dollars a month."""
    return np.asarray(ccard.load_pandas().data["AVGEXP"], dtype=float)


@cache
def bodies() -> Floats:
    """(201, 2): heights (cm) and weights (kg) of 200 simulated people, and one, the last, who is tall and light."""
    rng = np.random.default_rng(4)
    height = rng.normal(170, 9, 200)
    weight = 70 + 1.1 * (height - 170) + rng.normal(0, 4, 200)
    return np.concatenate([np.column_stack([height, weight]), [[184.0, 58.0]]])


def shaped(law: str, places: ArrayLike) -> Floats:
    """Densities (n,) of a clean population at ``places`` (n,), counted in interquartile ranges from its median."""
    of = {"bell": stats.norm(), "log-normal": stats.lognorm(1)}[law]
    low, middle, high = of.ppf([0.25, 0.5, 0.75])
    return np.asarray(of.pdf(middle + (high - low) * np.asarray(places, dtype=float)) * (high - low))


def shaped_fences(law: str) -> tuple[float, float]:
    """Its Tukey fences, counted so."""
    of = {"bell": stats.norm(), "log-normal": stats.lognorm(1)}[law]
    low, middle, high = of.ppf([0.25, 0.5, 0.75])
    return (low - middle) / (high - low) - REACH, (high - middle) / (high - low) + REACH
