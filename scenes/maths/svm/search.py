"""Grid search: C and gamma of a radial kernel tried in pairs, each scored by cross-validation.

Sources: Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 7.10 (cross-validation);
Hsu, Chang & Lin, A practical guide to support vector classification (2003), section 3.2 (powers, the ridge).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import SVC

from scenes.maths.shared.memo import remembered
from scenes.maths.svm import kernel

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]

PRICES: Final = tuple(10.0**power for power in range(-1, 3))
"""The tried values of C."""
GAMMAS: Final = tuple(10.0**power for power in range(-1, 2))
"""The tried values of gamma, per squared unit of the moons."""
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Grid:
    """A radial machine for each pair of ``gamma`` (g,) and ``price`` (c,), on the 200 moons.

    ``level`` (g, c, ny, nx): its decision function on the mesh; ``score`` (g, c): mean share of right verdicts on the
    folds that were held back.
    """

    price: Array
    gamma: Array
    level: Array
    score: Array


@dataclass(frozen=True, slots=True)
class Tour:
    """One pair, five times: ``fold`` (n,) is the fold of each point, from 0; ``level`` (5, ny, nx) and ``score`` (5,)
    those of the machine that has not seen that fold; ``right`` (n,): whether it puts the point on its own side."""

    fold: Rows
    level: Array
    score: Array
    right: NDArray[np.bool_]

    @property
    def mean(self) -> float:
        """The cross-validated score."""
        return float(self.score.mean())

    @property
    def error(self) -> float:
        """The standard error of that mean, over the folds."""
        return float(self.score.std(ddof=1) / np.sqrt(len(self.score)))


def deal(sides: Array) -> Rows:
    """(n,) a fold, 0 to 4, for each point, with as many of either side in each (shuffled, seed 0)."""
    fold = np.zeros(len(sides), dtype=np.intp)
    parts = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(sides[:, None], sides)
    for number, (_, held) in enumerate(parts):
        fold[held] = number
    return fold


def machine(gamma: float, price: float) -> SVC:
    """The machine of a pair, not fitted yet."""
    return SVC(C=price, gamma=gamma)


def held_out(points: Array, sides: Array, gamma: float, price: float) -> Array:
    """(5,) share of right verdicts on each fold, by a machine that was trained on the other four."""
    fold = deal(sides)
    return np.array(
        [
            machine(gamma, price)
            .fit(points[fold != number], sides[fold != number])
            .score(points[fold == number], sides[fold == number])
            for number in range(FOLDS)
        ]
    )


@remembered
def search(x: Array, y: Array) -> Grid:
    """All pairs on the 200 moons; levels are sampled at ``x`` (nx,) and ``y`` (ny,)."""
    moons = kernel.moons()
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    level = np.array(
        [
            [
                machine(gamma, price).fit(moons.points, moons.sides).decision_function(places)
                for price in PRICES
            ]
            for gamma in GAMMAS
        ]
    )
    score = np.array(
        [[held_out(moons.points, moons.sides, gamma, price).mean() for price in PRICES] for gamma in GAMMAS]
    )
    return Grid(
        np.array(PRICES),
        np.array(GAMMAS),
        level.reshape(len(GAMMAS), len(PRICES), len(y), len(x)),
        score,
    )


@remembered
def tour(gamma: float, price: float, x: Array, y: Array) -> Tour:
    """Each fold of the 200 moons held back in turn; levels are sampled at ``x`` (nx,) and ``y`` (ny,)."""
    moons = kernel.moons()
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    fold = deal(moons.sides)
    level, right = [], np.zeros(len(fold), dtype=bool)
    for number in range(FOLDS):
        held = fold == number
        fitted = machine(gamma, price).fit(moons.points[~held], moons.sides[~held])
        level.append(fitted.decision_function(places).reshape(len(y), len(x)))
        right[held] = fitted.predict(moons.points[held]) == moons.sides[held]
    return Tour(fold, np.array(level), held_out(moons.points, moons.sides, gamma, price), right)


@remembered
def kept_apart(gamma: float, price: float) -> float:
    """Share of right verdicts on moons that no fold held, by the machine of a pair trained on all 200."""
    moons, fresh = kernel.moons(), kernel.moons(kernel.UNSEEN, 2)
    return float(machine(gamma, price).fit(moons.points, moons.sides).score(fresh.points, fresh.sides))


@remembered
def landscape(gamma: float, price: float, x: Array, y: Array) -> Array:
    """(ny, nx) decision function of one pair, trained on all 200 moons, at ``x`` (nx,) and ``y`` (ny,)."""
    moons = kernel.moons()
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    level = machine(gamma, price).fit(moons.points, moons.sides).decision_function(places)
    return np.asarray(level.reshape(len(y), len(x)))
