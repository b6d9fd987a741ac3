"""Models of the price of diamonds, and what they say when clarity or weight is forced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from scenes.maths.partial_dependence import curves, diamonds
from scenes.maths.partial_dependence.curves import Effects, Floats
from scenes.maths.partial_dependence.diamonds import CARAT, CLARITIES, CLARITY, DEPTH, HIGH, LOW, WIDTH
from scenes.maths.shared.memo import remembered

SEEDS: Final = 20
"""Samples whose spread is told, the drawn one among them."""
FEW: Final = 10
"""Samples of the comparison of two models."""
GROUPS: Final = (0.0, 0.5, 1.0, 1.5, 9.0)
"""Limits of weight between which groups of stones lie, in carat."""
LIGHT: Final = 0.4
HEAVY: Final = 1.2
"""The weights of the forced corners, in carat."""
GRID: Final = np.linspace(0.3, 2.0, 35)
"""The grid of weight, in carat."""
NEAR: Final = 0.05
"""Carat within which a stone is near a weight."""
APART: Final = 0.5
"""Millimetres of width within which a forced stone has a real one near it."""
JOINED: Final = 150
"""Rows at which Friedman's H statistic is taken."""
SHADES: Final = np.linspace(0.3, 1.6, 14)
"""Weights of the drawn surface, in carat."""


def trees(seed: int = 0) -> HistGradientBoostingRegressor:
    """The boosted trees that price the stones; ``seed`` parts off the rows that tell when to stop."""
    return HistGradientBoostingRegressor(
        max_iter=300, learning_rate=0.08, max_leaf_nodes=16, random_state=seed
    )


def polynomial() -> Pipeline:
    """The second model: a polynomial of third degree in all features."""
    return make_pipeline(StandardScaler(), PolynomialFeatures(3), LinearRegression())


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the boosted trees, which see all but width, say of clarity; prices in thousand dollars.

    ``fit`` is R² on unseen stones, ``error`` the root of the mean squared error there, ``spread`` the standard
    deviation of their prices.  ``stones`` (300, 6) and ``price`` (300,) are those whose ``curves`` (300, 8) are drawn,
    ``logs`` (300, 8) the curves of a model of log price, ``fit_logs`` its R².  ``effects`` (8,) are accumulated local
    effects of the levels, ``marginal`` (8,) mean predictions and ``raw`` (8,) mean prices of the stones of a level,
    ``weight`` (8,) their mean weight in carat, ``counts`` (8,) how many they are; all of the stones learned from.
    ``corners`` (2, 2) is the partial dependence on weight (:data:`LIGHT`, :data:`HEAVY`) and clarity (low, high).
    """

    fit: float
    error: float
    spread: float
    stones: Floats
    price: Floats
    curves: Floats
    logs: Floats
    fit_logs: float
    effects: Floats
    marginal: Floats
    raw: Floats
    weight: Floats
    counts: Floats
    corners: Floats

    @property
    def mean(self) -> Floats:
        """The partial dependence (8,) on clarity."""
        return np.asarray(self.curves.mean(axis=0))

    @property
    def fan(self) -> Floats:
        """The centred curves (300, 8), anchored at the level :data:`LOW`."""
        return curves.centred(self.curves, LOW)

    @property
    def log_fan(self) -> Floats:
        """The centred curves (300, 8) of log price."""
        return curves.centred(self.logs, LOW)

    @property
    def groups(self) -> npt.NDArray[np.intp]:
        """The group (300,) of weight of each drawn stone, from 0."""
        return np.asarray(np.digitize(self.stones[:, CARAT], GROUPS[1:-1]), dtype=np.intp)

    @property
    def gains(self) -> Floats:
        """Mean rise (4,) from the level :data:`LOW` to :data:`HIGH` in each group of weight."""
        return self._means(self.fan)

    @property
    def factors(self) -> Floats:
        """By what the price is multiplied on the same way, (4,), the geometric mean of each group."""
        return np.exp(self._means(self.log_fan))

    @property
    def post(self) -> float:
        """What the corners have beyond a sum of two effects."""
        return float(self.corners[1, 1] - self.corners[0, 1] - self.corners[1, 0] + self.corners[0, 0])

    def _means(self, fan: Floats) -> Floats:
        return np.array([fan[self.groups == group, HIGH].mean() for group in range(len(GROUPS) - 1)])


@remembered
def opinion(seed: int = 0) -> Opinion:
    """What the trees say that learned from the sample of ``seed``."""
    drawn = diamonds.sample(seed)
    seen, unseen, stones = (rows[:, : DEPTH + 1] for rows in (drawn.train, drawn.test, drawn.drawn))
    levels = np.arange(len(CLARITIES), dtype=float)
    with threadpool_limits(1):
        model = trees(seed).fit(seen, drawn.train_price)
        log_model = trees(seed).fit(seen, np.log(drawn.train_price))
        said = model.predict(unseen)
        own = [seen[:, CLARITY] == level for level in levels]
        priced = model.predict(seen)
        corners = [(weight, level) for weight in (LIGHT, HEAVY) for level in (LOW, HIGH)]
        return Opinion(
            fit=model.score(unseen, drawn.test_price),
            error=float(np.sqrt(((said - drawn.test_price) ** 2).mean())),
            spread=float(drawn.test_price.std()),
            stones=drawn.drawn,
            price=drawn.drawn_price,
            curves=curves.ice(model.predict, stones, CLARITY, levels),
            logs=curves.ice(log_model.predict, stones, CLARITY, levels),
            fit_logs=log_model.score(unseen, np.log(drawn.test_price)),
            effects=curves.ale_levels(model.predict, seen, CLARITY, len(CLARITIES)),
            marginal=np.array([priced[rows].mean() for rows in own]),
            raw=np.array([drawn.train_price[rows].mean() for rows in own]),
            weight=np.array([seen[rows, CARAT].mean() for rows in own]),
            counts=np.array([float(rows.sum()) for rows in own]),
            corners=curves.joint(model.predict, stones, (CARAT, CLARITY), corners).reshape(2, 2),
        )


@remembered
def rises() -> Floats:
    """Rises (20, 3) from :data:`LOW` to :data:`HIGH`: partial dependence, raw means, marginal plot; a row a sample."""
    every = [opinion(seed) for seed in range(SEEDS)]
    return np.array(
        [[line[HIGH] - line[LOW] for line in (each.mean, each.raw, each.marginal)] for each in every]
    )


def gold(said: Opinion) -> int:
    """The stone that the lesson follows: the first drawn one of 0.70 to 0.72 carat."""
    weight = said.stones[:, CARAT]
    return int(np.flatnonzero((weight >= 0.70) & (weight <= 0.72))[0])


def like_the_mean(said: Opinion, within: float = 0.5) -> npt.NDArray[np.bool_]:
    """Whether the rise of a drawn stone (300,) is ``within`` that many thousand dollars of the mean rise."""
    gains = said.fan[:, HIGH]
    return np.asarray(abs(gains - gains.mean()) < within)


@dataclass(frozen=True, slots=True)
class Surface:
    """Partial dependence on weight and clarity: ``heights`` (8, 14), clarity by :data:`SHADES` of weight.

    ``alone`` are the partial dependences on clarity (8,) and on weight (14,), ``mean`` the mean prediction;
    ``share`` is Friedman's H² at :data:`JOINED` rows, ``support`` (2, 2) how many of the stones learned from are near
    each forced corner.
    """

    heights: Floats
    alone: tuple[Floats, Floats]
    mean: float
    share: float
    support: Floats


@remembered
def surface(seed: int = 0) -> Surface:
    """The surface of the trees that learned from the sample of ``seed``."""
    drawn = diamonds.sample(seed)
    seen, stones = drawn.train[:, : DEPTH + 1], drawn.drawn[:, : DEPTH + 1]
    levels = np.arange(len(CLARITIES), dtype=float)
    with threadpool_limits(1):
        model = trees().fit(seen, drawn.train_price)
        places = np.stack(np.meshgrid(SHADES, levels), axis=-1).reshape(-1, 2)
        rows = stones[:JOINED]
        near = [
            (abs(seen[:, CARAT] - weight) < NEAR) & (seen[:, CLARITY] == level)
            for weight in (LIGHT, HEAVY)
            for level in (LOW, HIGH)
        ]
        return Surface(
            heights=curves.joint(model.predict, stones, (CARAT, CLARITY), places).reshape(len(levels), -1),
            alone=(
                curves.partial_dependence(model.predict, stones, CLARITY, levels),
                curves.partial_dependence(model.predict, stones, CARAT, SHADES),
            ),
            mean=float(model.predict(stones).mean()),
            share=curves.h_squared(
                curves.joint(model.predict, stones, (CARAT, CLARITY), rows[:, [CARAT, CLARITY]]),
                curves.partial_dependence(model.predict, stones, CARAT, rows[:, CARAT]),
                curves.partial_dependence(model.predict, stones, CLARITY, rows[:, CLARITY]),
            ),
            support=np.array([float(rows.sum()) for rows in near]).reshape(2, 2),
        )


@remembered
def shares() -> Floats:
    """Friedman's H² (20,) of weight and clarity, one a sample."""
    return np.array([surface(seed).share for seed in range(SEEDS)])


def alone_at(weight: float, seed: int = 0) -> npt.NDArray[np.bool_]:
    """Whether each drawn stone (300,), forced to ``weight``, has no real one near: of that weight and its own width."""
    drawn = diamonds.sample(seed)
    widths = drawn.train[abs(drawn.train[:, CARAT] - weight) < NEAR, WIDTH]
    return np.asarray(abs(drawn.drawn[:, [WIDTH]] - widths).min(axis=1) > APART)


@dataclass(frozen=True, slots=True)
class Quarrel:
    """Two models that see width too, first the trees and then the polynomial; weight is forced along :data:`GRID`.

    ``fit`` (2,) is R² on unseen stones, ``real`` (2, 300) are prices of the drawn stones as they are, ``curves``
    (2, 300, 35) those with forced weights.  ``effects`` are accumulated local effects of weight; ``tied`` is the
    correlation of weight and width.  ``lonely`` (35,) is the share of the drawn stones that, forced to a weight of the
    grid, have no real stone of that weight within :data:`APART` mm of their width.
    """

    fit: Floats
    stones: Floats
    price: Floats
    real: Floats
    curves: Floats
    effects: tuple[Effects, Effects]
    tied: float
    lonely: Floats

    def apart(self, weight: float) -> float:
        """Mean difference of the two models, over the stones, where all are forced to about ``weight``."""
        at = int(abs(GRID - weight).argmin())
        return float(abs(self.curves[0, :, at] - self.curves[1, :, at]).mean())

    @property
    def apart_real(self) -> float:
        """Mean difference of the two models on the stones as they are."""
        return float(abs(self.real[0] - self.real[1]).mean())

    @property
    def worst(self) -> int:
        """The drawn stone that the polynomial prices lowest where all are forced to the last weight of the grid."""
        return int(self.curves[1, :, -1].argmin())

    def rise(self, start: float, end: float) -> Floats:
        """How the two partial dependences (2,) grow from weight ``start`` to ``end``, in carat."""
        means = self.curves.mean(axis=1)
        return np.array([np.diff(np.interp([start, end], GRID, mean))[0] for mean in means])


@remembered
def quarrel(seed: int = 0) -> Quarrel:
    """The two models that learned from the sample of ``seed``."""
    drawn = diamonds.sample(seed)
    seen, stones = drawn.train, drawn.drawn
    lonely = [alone_at(float(weight), seed).mean() for weight in GRID]
    with threadpool_limits(1):
        models = [model.fit(seen, drawn.train_price) for model in (trees(), polynomial())]
        first, second = (curves.ale(model.predict, seen, CARAT) for model in models)
        return Quarrel(
            fit=np.array([model.score(drawn.test, drawn.test_price) for model in models]),
            stones=stones,
            price=drawn.drawn_price,
            real=np.array([model.predict(stones) for model in models]),
            curves=np.array([curves.ice(model.predict, stones, CARAT, GRID) for model in models]),
            effects=(first, second),
            tied=float(np.corrcoef(seen[:, CARAT], seen[:, WIDTH])[0, 1]),
            lonely=np.array(lonely),
        )


def quarrels() -> list[Quarrel]:
    """The two models, learned from each of :data:`FEW` samples."""
    return [quarrel(seed) for seed in range(FEW)]


def apart(start: float, end: float) -> Floats:
    """How far the two models are apart in the rise from weight ``start`` to ``end``: of PDP and of ALE, (10, 2)."""
    return np.array(
        [
            [
                abs(float(np.diff(each.rise(start, end))[0])),
                abs(each.effects[0].rise(start, end) - each.effects[1].rise(start, end)),
            ]
            for each in quarrels()
        ]
    )


@dataclass(frozen=True, slots=True)
class Walls:
    """Stones (m, 6) of one interval of weight, and what the trees ``said`` (m, 2) of them at its two walls."""

    low: float
    high: float
    stones: Floats
    said: Floats


@remembered
def walls(number: int, seed: int = 0) -> Walls:
    """All stones that the trees learned from in interval ``number`` of the accumulated local effects of weight."""
    drawn = diamonds.sample(seed)
    edges = quarrel(seed).effects[0].edges
    stones = drawn.train[curves.interval_of(drawn.train[:, CARAT], edges) == number]
    with threadpool_limits(1):
        model = trees().fit(drawn.train, drawn.train_price)
        said = curves.ice(model.predict, stones, CARAT, edges[number : number + 2])
    return Walls(float(edges[number]), float(edges[number + 1]), stones, said)
