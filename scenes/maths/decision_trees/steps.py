"""Regression trees: leaves that answer with the mean of their numbers.

A split takes away as much squared error as it can; a leaf answers with the mean of the rows in it, so that no answer
lies beyond what was learnt.

Sources: Breiman, Friedman, Olshen & Stone, Classification and Regression Trees (1984), chapter 8; yearly means of the
weekly CO2 record of Mauna Loa (Keeling & Whorf, Scripps Institution, as shipped with statsmodels).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor
from statsmodels.datasets import co2

Array: TypeAlias = NDArray[np.float64]

LAST_LEARNT: Final = 1990
"""The last year that is learnt."""
LEAVES: Final = 8
TREES: Final = 200
NUMBERS: Final = np.array([2.0, 4.0, 9.0, 11.0])
"""What one leaf, and two, answer by hand."""


@dataclass(frozen=True, slots=True)
class Division:
    """Numbers (n,) parted in two: the ``means`` (2,) of both parts and the squared ``error`` that is left."""

    means: Array
    error: float


def squared_error(numbers: Array) -> float:
    """Sum of the squared distances of ``numbers`` (n,) from their mean."""
    return float(((numbers - numbers.mean()) ** 2).sum())


def divide(numbers: Array, at: int) -> Division:
    """Part ``numbers`` (n,) before number ``at``, 1 to n - 1, each part answered by its mean."""
    parts = numbers[:at], numbers[at:]
    return Division(np.array([part.mean() for part in parts]), sum(map(squared_error, parts)))


def best_division(numbers: Array) -> int:
    """The place at which :func:`divide` leaves the least squared error; the first of several."""
    return 1 + int(np.argmin([divide(numbers, at).error for at in range(1, len(numbers))]))


@dataclass(frozen=True, slots=True)
class Record:
    """Yearly means of CO2 at Mauna Loa: ``year`` (n,) and ``level`` (n,) in parts per million."""

    year: Array
    level: Array

    @property
    def learnt(self) -> NDArray[np.bool_]:
        """Which years (n,) are learnt: those up to :data:`LAST_LEARNT`."""
        return np.asarray(self.year <= LAST_LEARNT)


def record() -> Record:
    """The years 1959 to 2001, each the mean of its weeks; weeks that were not measured lie between their neighbours.

    The level swings with the seasons, so that the mean of the measured weeks alone is off where a spring is missing
    (1964), and 1958 begins in spring.
    """
    weeks = co2.load_pandas().data.co2.interpolate("time")
    years = weeks[weeks.index.year > 1958].groupby(lambda week: week.year).mean()
    return Record(years.index.to_numpy(dtype=float), years.to_numpy(dtype=float))


@dataclass(frozen=True, slots=True)
class Staircase:
    """A regression tree of one feature: ``edges`` (k - 1,) between k leaves, rising, and their ``means`` (k,)."""

    edges: Array
    means: Array

    def answer(self, at: Array) -> Array:
        """What the tree says (m,) at the places ``at`` (m,)."""
        return np.asarray(self.means[np.searchsorted(self.edges, at)])

    def path(self, begin: float, end: float) -> Array:
        """Corners (2k, 2) of its graph between ``begin`` and ``end``, which lie outside of all edges."""
        walls = np.concatenate([[begin], np.repeat(self.edges, 2), [end]])
        return np.column_stack([walls, np.repeat(self.means, 2)])


def staircase(year: Array, level: Array, leaves: int = LEAVES) -> Staircase:
    """The tree of at most so many leaves that is grown on ``year`` (n,) and ``level`` (n,), best split first."""
    found = DecisionTreeRegressor(max_leaf_nodes=leaves, random_state=0).fit(year[:, None], level).tree_
    leaf = found.children_left < 0
    edges = np.sort(found.threshold[~leaf])
    middles = np.concatenate([[edges[0] - 1], (edges[:-1] + edges[1:]) / 2, [edges[-1] + 1]])
    answers = found.value[found.apply(middles[:, None].astype(np.float32)), 0, 0]
    return Staircase(np.asarray(edges, dtype=float), np.asarray(answers, dtype=float))


@dataclass(frozen=True, slots=True)
class Ahead:
    """What three models that have learnt up to :data:`LAST_LEARNT` say of each year (n,), in ppm."""

    tree: Array
    forest: Array
    line: Array


def look_ahead(data: Record) -> Ahead:
    """A tree of :data:`LEAVES` leaves, a forest of :data:`TREES` full trees and a straight line, all years told."""
    year, level = data.year[data.learnt], data.level[data.learnt]
    forest = RandomForestRegressor(TREES, random_state=0).fit(year[:, None], level)
    slope, start = np.polyfit(year, level, 1)
    return Ahead(
        staircase(year, level).answer(data.year),
        np.asarray(forest.predict(data.year[:, None])),
        slope * data.year + start,
    )
