"""What a model says when a feature is forced: curves, their mean, their interaction, and accumulated local effects.

Sources: partial dependence, J. Friedman, Greedy function approximation: a gradient boosting machine, Annals of
Statistics 29 (2001), section 8.2; individual curves, A. Goldstein, A. Kapelner, J. Bleich and E. Pitkin, Journal of
Computational and Graphical Statistics 24 (2015); the H statistic, J. Friedman and B. Popescu, Annals of Applied
Statistics 2 (2008), section 8.1; accumulated local effects, D. Apley and J. Zhu, Journal of the Royal Statistical
Society B 82 (2020).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Predict: TypeAlias = Callable[[Floats], Floats]
"""A model: predictions (n,) of rows (n, d)."""


def ice(predict: Predict, rows: Floats, column: int, grid: npt.ArrayLike) -> Floats:
    """Predictions (n, m) of ``rows`` (n, d) with the feature in ``column`` forced to each value of ``grid`` (m,)."""
    values = np.asarray(grid, dtype=float)
    forced = np.repeat(rows, len(values), axis=0)
    forced[:, column] = np.tile(values, len(rows))
    return np.asarray(predict(forced)).reshape(len(rows), len(values))


def partial_dependence(predict: Predict, rows: Floats, column: int, grid: npt.ArrayLike) -> Floats:
    """The mean (m,) over ``rows`` of the curves of :func:`ice`, on ``grid`` (m,)."""
    return np.asarray(ice(predict, rows, column, grid).mean(axis=0))


def joint(predict: Predict, rows: Floats, columns: tuple[int, int], values: npt.ArrayLike) -> Floats:
    """Partial dependence (m,) on two features, both forced: ``values`` (m, 2) of the features in ``columns``."""
    means = []
    for pair in np.asarray(values, dtype=float):
        forced = rows.copy()
        forced[:, list(columns)] = pair
        means.append(predict(forced).mean())
    return np.array(means)


def centred(curves: Floats, anchor: int) -> Floats:
    """Curves (n, m) less what each is at grid point ``anchor``: all are 0 there."""
    return curves - curves[:, [anchor]]


def h_squared(both: Floats, one: Floats, other: Floats) -> float:
    """Friedman's H²: the share of the variance of ``both`` (m,) that the sum of ``one`` and ``other`` leaves.

    All three are partial dependences at the same m rows of data: on two features, and on each of them alone.
    """
    joint_, first, second = (part - part.mean() for part in (both, one, other))
    return float(((joint_ - first - second) ** 2).sum() / (joint_**2).sum())


@dataclass(frozen=True, slots=True)
class Effects:
    """Accumulated local effects at the ``edges`` (k + 1,) of k intervals.

    ``steps`` (k,) are the mean local effects, ``counts`` (k,) the rows of each interval, ``values`` (k + 1,) the sums
    of steps, shifted so that their mean over the rows is 0.
    """

    edges: Floats
    steps: Floats
    counts: npt.NDArray[np.int64]
    values: Floats

    def rise(self, start: float, end: float) -> float:
        """How much the effect grows from ``start`` to ``end``, values of the feature."""
        low, high = np.interp([start, end], self.edges, self.values)
        return float(high - low)


def edges_of(feature: Floats, parts: int) -> Floats:
    """Edges (k + 1,) of ``parts`` intervals with equally many of the values (n,): fewer intervals if values repeat."""
    return np.unique(np.quantile(feature, np.linspace(0, 1, parts + 1)))


def interval_of(feature: Floats, edges: Floats) -> npt.NDArray[np.int64]:
    """The number (n,) of the interval in which each value (n,) lies, its right edge included."""
    return np.clip(np.searchsorted(edges, feature, "left") - 1, 0, len(edges) - 2)


def accumulated(steps: Floats, counts: npt.NDArray[np.int64]) -> Floats:
    """Sums (k + 1,) of ``steps`` (k,), shifted so that their mean over the rows is 0; rows lie mid-interval."""
    sums = np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(sums - ((sums[1:] + sums[:-1]) / 2 * counts).sum() / counts.sum())


def ale(predict: Predict, rows: Floats, column: int, parts: int = 20) -> Effects:
    """Accumulated local effects of the feature in ``column``: ``parts`` intervals of as many ``rows`` (n, d) each."""
    edges = edges_of(rows[:, column], parts)
    at = interval_of(rows[:, column], edges)
    low, high = rows.copy(), rows.copy()
    low[:, column], high[:, column] = edges[at], edges[at + 1]
    counts = np.bincount(at, minlength=len(edges) - 1)
    sums = np.bincount(at, predict(high) - predict(low), len(edges) - 1)
    steps = sums / np.maximum(counts, 1)
    return Effects(edges, steps, counts, accumulated(steps, counts))


def ale_levels(predict: Predict, rows: Floats, column: int, levels: int) -> Floats:
    """Accumulated local effects (levels,) of an ordered feature with levels 0, 1, …; the lowest level has 0.

    The rows of two neighbouring levels all step from the lower one to the higher.
    """
    steps = []
    for level in range(1, levels):
        near = rows[(rows[:, column] == level - 1) | (rows[:, column] == level)]
        low, high = ice(predict, near, column, [level - 1, level]).T
        steps.append((high - low).mean())
    return np.concatenate([[0.0], np.cumsum(steps)])


def marginal(predict: Predict, rows: Floats, column: int, parts: int = 20) -> tuple[Floats, Floats]:
    """The marginal plot in ``parts`` intervals: mean value (k,) of the feature, and mean prediction (k,), of each."""
    feature = rows[:, column]
    at = interval_of(feature, edges_of(feature, parts))
    said = predict(rows)
    each = [at == number for number in range(at.max() + 1)]
    return np.array([feature[own].mean() for own in each]), np.array([said[own].mean() for own in each])
