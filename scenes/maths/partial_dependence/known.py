"""Made-up cases where it is known what a feature does: curves that cancel, and twins that go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.tree import DecisionTreeRegressor
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from scenes.maths.partial_dependence import curves
from scenes.maths.partial_dependence.curves import Floats
from scenes.maths.shared.memo import remembered

ROWS: Final = 1_000
SHOWN: Final = 200
"""Rows whose curves are drawn in the case that cancels."""
ENDS: Final = np.linspace(-1.0, 1.0, 41)
"""The grid of that case."""
DRAWS: Final = 100
"""Times that the case of two twins is drawn anew."""
PLACES: Final = 41
"""Places of the grid at which curves are compared with the truth."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Curves of x₂ (1000, 41) along :data:`ENDS`, whose slope is of either sign by x₃; ``above`` (1000,): x₃ ≥ 0."""

    curves: Floats
    above: np.ndarray

    @property
    def mean(self) -> Floats:
        """The partial dependence (41,)."""
        return np.asarray(self.curves.mean(axis=0))

    @property
    def rises(self) -> Floats:
        """How much each curve (1000,) grows from one end to the other."""
        return np.asarray(self.curves[:, -1] - self.curves[:, 0])


def crossing_rows(seed: int) -> tuple[Floats, Floats]:
    """Features (1000, 3) and values y = 0.2 x₁ − 5 x₂ + 10 x₂ [x₃ ≥ 0] + noise (1000,)."""
    chance = np.random.default_rng(seed)
    rows = chance.uniform(-1, 1, (ROWS, 3))
    slopes = np.where(rows[:, 2] >= 0, 5, -5)
    return rows, 0.2 * rows[:, 0] + slopes * rows[:, 1] + chance.normal(0, 1, ROWS)


@remembered
def crossing(seed: int = 0) -> Crossing:
    """What boosted trees have learned from :func:`crossing_rows` (Goldstein et al. 2015, section 3)."""
    rows, values = crossing_rows(seed)
    above = rows[:, 2] >= 0
    with threadpool_limits(1):
        model = HistGradientBoostingRegressor(random_state=0).fit(rows, values)
        return Crossing(curves.ice(model.predict, rows, 1, ENDS), above)


@dataclass(frozen=True, slots=True)
class Twins:
    """Effects of x₂ at ``places`` (41,), each with the mean 0: ``truth``, ``pd``, ``ale``, ``marginal``, all (41,)."""

    places: Floats
    truth: Floats
    pd: Floats
    ale: Floats
    marginal: Floats

    def error(self, which: str) -> float:
        """Root of the mean squared distance from the truth of ``pd``, ``ale`` or ``marginal``."""
        said: Floats = getattr(self, which)
        return float(np.sqrt(((said - self.truth) ** 2).mean()))

    def rise(self, which: str) -> float:
        """How much one of the four grows from the first place to the last."""
        said: Floats = getattr(self, which)
        return float(said[-1] - said[0])


def twin_rows(seed: int, tied: bool) -> tuple[Floats, Floats, np.random.Generator]:
    """Features (1000, 2), nearly equal if they are ``tied``, values y = x₁ + x₂² + noise (1000,), and the generator."""
    chance = np.random.default_rng(seed)
    common = chance.uniform(0, 1, ROWS)
    if tied:
        first = common + chance.normal(0, 0.05, ROWS)
        rows = np.column_stack([first, common + chance.normal(0, 0.05, ROWS)])
    else:
        rows = np.column_stack([common, chance.uniform(0, 1, ROWS)]) + chance.normal(0, 0.05, (ROWS, 2))
    return rows, rows[:, 0] + rows[:, 1] ** 2 + chance.normal(0, 0.1, ROWS), chance


@remembered
def twins(seed: int, tied: bool = True) -> Twins:
    """A tree that learned y = x₁ + x₂² from features that are nearly equal, or independent."""
    rows, values, _ = twin_rows(seed, tied)
    tree = DecisionTreeRegressor(min_samples_leaf=5, random_state=0).fit(rows, values)
    low, high = np.quantile(rows[:, 1], [0.02, 0.98])
    places = np.linspace(low, high, PLACES)
    effects = curves.ale(tree.predict, rows, 1)
    said = (
        places**2,
        curves.partial_dependence(tree.predict, rows[:300], 1, places),
        np.interp(places, effects.edges, effects.values),
        np.interp(places, *curves.marginal(tree.predict, rows, 1)),
    )
    return Twins(places, *(each - each.mean() for each in said))


@remembered
def errors(tied: bool = True) -> Floats:
    """Errors (100, 3) of partial dependence, accumulated local effects and the marginal plot, a row a draw."""
    drawn = [twins(seed, tied) for seed in range(DRAWS)]
    return np.array([[each.error(which) for which in ("pd", "ale", "marginal")] for each in drawn])


@remembered
def rises(tied: bool = True) -> Floats:
    """Rises (100, 4) of truth, partial dependence, accumulated local effects and the marginal plot, a row a draw."""
    drawn = [twins(seed, tied) for seed in range(DRAWS)]
    return np.array([[each.rise(which) for which in ("truth", "pd", "ale", "marginal")] for each in drawn])


def mean_twins() -> Twins:
    """The mean of all draws of nearly equal features: places and effects."""
    drawn = [twins(seed) for seed in range(DRAWS)]
    names = ("places", "truth", "pd", "ale", "marginal")
    return Twins(*(np.mean([getattr(each, name) for each in drawn], axis=0) for name in names))
