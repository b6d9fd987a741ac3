"""Visits to a doctor in a year: 20,190 person-years of the RAND Health Insurance Experiment, and what sums them up.

The counts are the column ``mdvis`` of the data set ``randhie`` of statsmodels, which says of it: "This is in the
public domain."  It is the table of Cameron and Trivedi (2005), from the experiment of Manning et al. (1987), Health
Insurance and the Demand for Medical Care, American Economic Review 77.  Rows are person-years, so a person comes
several times.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]

_TALLY: Final = (
    6308, 3817, 2797, 1884, 1345, 968, 689, 531, 408, 287, 206, 190, 118, 109, 82, 59, 56, 33, 37, 35, 26, 22, 19, 19,
    13, 8, 10, 6, 12, 6, 8, 8, 4, 5, 9, 5, 0, 5, 9, 1, 3, 5, 0, 0, 6, 2, 2, 0, 2, 0, 0, 1, 3, 0, 0, 1, 1, 1, 1, 0, 0, 0,
    1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1,
)  # fmt: skip
"""Person-years with 0, 1, 2, ... 77 visits."""
BY_HAND: Final = (0.0, 0.0, 1.0, 2.0, 7.0)
"""Five years to follow in the head."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Of a whole finite population: nothing is estimated, so the variance divides by n."""

    mean: float
    median: float
    variance: float
    skewness: float
    """The third standardised moment; 0 for what is symmetric."""
    zeros: float
    """Share of values that are 0."""
    count: int
    largest: float

    @property
    def deviation(self) -> float:
        """The standard deviation: the root of the variance."""
        return float(np.sqrt(self.variance))


def tally() -> Ints:
    """How many person-years (78,) had 0, 1, 2, ... visits."""
    return np.array(_TALLY)


@cache
def visits() -> Floats:
    """The 20,190 counts of visits, in rising order; not to be written to."""
    values = np.repeat(np.arange(len(_TALLY), dtype=float), _TALLY)
    values.flags.writeable = False
    return values


def shuffled(seed: int = 1) -> Floats:
    """The counts of visits in an order that chance has made, as they rain."""
    return np.random.default_rng(seed).permutation(visits())


def summary(values: ArrayLike) -> Summary:
    """The summary of a population ``values`` (n,).

    Source: L. Wasserman, All of Statistics (2004), chapter 3.
    """
    given = np.asarray(values, dtype=float)
    mean = float(given.mean())
    away = given - mean
    variance = float((away**2).mean())
    return Summary(
        mean,
        float(np.median(given)),
        variance,
        float((away**3).mean() / variance**1.5),
        float((given == 0).mean()),
        len(given),
        float(given.max()),
    )
