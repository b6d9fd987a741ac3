"""Three processes and the distributions that they make: pegs, rare chances, and many small pushes.

Each distribution has its formula here, and its process, which draws from it without knowing the formula.
"""

from __future__ import annotations

from itertools import product
from math import comb, erf, exp, factorial, pi, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]

ROWS: Final = 12
"""Rows of pegs."""
DROPS: Final = 2000
"""Drops that fall through them."""
FAIR, TILTED = 0.5, 0.3
"""Probabilities of a right turn."""
KICKS: Final = (109, 65, 22, 3, 1)
"""Corps-years of the Prussian army, of 200, with 0, 1, 2, 3, 4 deaths by the kick of a horse.

Source: L. von Bortkiewicz, Das Gesetz der kleinen Zahlen (1898), ten of fourteen corps, 1875 to 1894: those that
R. A. Fisher took in Statistical Methods for Research Workers (1925).  He left out four of another organization, with
which the Poisson fits less well: :data:`ALL_KICKS` has them.
"""
ALL_KICKS: Final = (144, 91, 32, 11, 2)
"""Corps-years of all fourteen corps, of 280, likewise (``VonBort`` of the R package vcd)."""
CELLS: Final = (10, 100, 1000)
"""Into how many cells a year is cut, ever finer."""


# Pegs: the binomial.


def turns(rows: int = ROWS, p: float = FAIR, drops: int = DROPS, seed: int = 0) -> Ints:
    """Turns (drops, rows) of drops at rows of pegs: 1 to the right, with probability ``p``, or 0 to the left."""
    return (np.random.default_rng(seed).random((drops, rows)) < p).astype(int)


def paths(rows: int) -> Ints:
    """All paths (2 ** rows, rows) through so many rows, by their number of right turns."""
    found = sorted(product((0, 1), repeat=rows), key=lambda way: (sum(way), [-turn for turn in way]))
    return np.array(found)


def ways(rows: int) -> Ints:
    """How many paths (rows + 1,) have 0, 1, ... right turns: the binomial coefficients."""
    return np.array([comb(rows, k) for k in range(rows + 1)])


def binomial(n: int, p: float) -> Floats:
    """P(X = k) (n + 1,) of k successes in ``n`` independent trials with probability ``p`` each.

    Source: G. Casella and R. L. Berger, Statistical Inference (2002), section 3.2.
    """
    k = np.arange(n + 1)
    return np.asarray(ways(n).astype(float) * p**k * (1 - p) ** (n - k))


def binomial_mean(n: int, p: float) -> float:
    """The mean of the binomial."""
    return n * p


def binomial_deviation(n: int, p: float) -> float:
    """The standard deviation of the binomial."""
    return sqrt(n * p * (1 - p))


# Rare chances: the Poisson.


def kicks() -> Floats:
    """Deaths in each of the 200 years of a corps, in an order that chance has made."""
    return np.random.default_rng(3).permutation(np.repeat(np.arange(len(KICKS), dtype=float), KICKS))


def poisson(rate: float, most: int) -> Floats:
    """P(X = k) (most + 1,) of k events where ``rate`` are expected.

    Source: Casella and Berger (2002), section 3.2.
    """
    return np.array([rate**k * exp(-rate) / factorial(k) for k in range(most + 1)])


def none_of(cells: int, rate: float) -> float:
    """P(X = 0) of the binomial with ``cells`` chances and the mean ``rate``."""
    return (1 - rate / cells) ** cells


def geometric(mean: float, count: int) -> Floats:
    """P(X = k) (count,) of k failures before the first success, where ``mean`` of them are expected.

    Source: Casella and Berger (2002), section 3.2.
    """
    p = 1 / (1 + mean)
    return np.asarray(p * (1 - p) ** np.arange(count))


# Small pushes: the normal.


def dice() -> Ints:
    """Ways (11,) in which two dice give 2, 3, ... 12."""
    return np.bincount([one + other for one, other in product(range(1, 7), repeat=2)])[2:]


def normal(x: ArrayLike, mu: float = 0.0, sigma: float = 1.0) -> Floats:
    """The density of the normal distribution at ``x``, per unit of x.

    Source: Casella and Berger (2002), section 3.3.
    """
    z = (np.asarray(x, dtype=float) - mu) / sigma
    return np.asarray(np.exp(-(z**2) / 2) / (sigma * sqrt(2 * pi)))


def within(sigmas: float) -> float:
    """The probability that a normal value lies within so many standard deviations of its mean."""
    return erf(sigmas / sqrt(2))


def below(x: float, mu: float, sigma: float) -> float:
    """The probability that a normal value lies below ``x``."""
    return (1 + erf((x - mu) / (sigma * sqrt(2)))) / 2


def standardised(n: int, p: float = FAIR) -> tuple[Floats, Floats]:
    """Counts k of the binomial as z (n + 1,), and its probabilities per unit of z (n + 1,).

    Bars of these heights, a unit of k wide, have the area 1, and come to lie under the standard normal.
    """
    deviation = binomial_deviation(n, p)
    z = (np.arange(n + 1) - binomial_mean(n, p)) / deviation
    return np.asarray(z, dtype=float), np.asarray(binomial(n, p) * deviation)


def z_score(x: float, mu: float, sigma: float) -> float:
    """How many standard deviations ``x`` lies above the mean."""
    return (x - mu) / sigma


def years(count: int, rate: float, cells: int = CELLS[-1], seed: int = 0) -> list[Floats]:
    """When events happen (k,), from 0 to 1, in each of ``count`` years: in each cell with the same small chance."""
    hits = np.random.default_rng(seed).random((count, cells)) < rate / cells
    return [(np.flatnonzero(row) + 0.5) / cells for row in hits]
