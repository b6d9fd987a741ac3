"""Scales of columns: three ways to subtract a centre and divide by a width, and the logarithm.

Engel (1857), after Koenker & Bassett (1982); wines of Aeberhard & Forina.
"""

from __future__ import annotations

from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import skew
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scenes.maths.regression import engel
from scenes.maths.shared.memo import remembered
from scenes.maths.shared.wine import wines

Floats: TypeAlias = NDArray[np.float64]

HAND: Final = (1.0, 2.0, 3.0, 4.0, 100.0)
RULES: Final = ("min-max", "standard", "robust")
SEEDS: Final = 20
NEIGHBOURS: Final = 5


def centre_and_width(values: Floats, rule: str) -> tuple[float, float]:
    """What a ``rule`` subtracts from ``values`` (n,), and by what it divides.  ``ValueError`` for an unknown rule.

    ``standard``: mean and standard deviation (of n); ``min-max``: smallest value and range; ``robust``: median and
    interquartile range.
    """
    x = np.asarray(values, dtype=float)
    if rule == "standard":
        return float(x.mean()), float(x.std())
    if rule == "min-max":
        return float(x.min()), float(np.ptp(x))
    if rule == "robust":
        low, middle, high = np.percentile(x, [25, 50, 75])
        return float(middle), float(high - low)
    raise ValueError(f"{rule!r} is none of {', '.join(RULES)}")


def scaled(values: Floats, rule: str) -> Floats:
    """``values`` (n,) without the centre of the ``rule``, in its widths."""
    centre, width = centre_and_width(values, rule)
    return (np.asarray(values, dtype=float) - centre) / width


def by_hand() -> Floats:
    """(5,): the values by hand, the outlier last."""
    return np.array(HAND)


def with_outlier(last: float) -> Floats:
    """(5,): the values by hand with another ``last`` one."""
    return np.array([*HAND[:-1], last])


def decades(count: int = 4) -> Floats:
    """(count,): 1, 10, 100 and so on."""
    return np.asarray(10.0 ** np.arange(count))


def neighbours() -> KNeighborsClassifier:
    """Five nearest neighbours."""
    return KNeighborsClassifier(NEIGHBOURS)


@remembered
def wine_scores() -> Floats:
    """(20, 3): cross-validated accuracy of five neighbours by seed: raw, standardised in the folds, and outside."""
    data = wines()
    x, y = data.measures, data.cultivar
    rows = []
    for seed in range(SEEDS):
        cv = StratifiedKFold(5, shuffle=True, random_state=seed)
        raw = cross_val_score(neighbours(), x, y, cv=cv).mean()
        inside = make_pipeline(StandardScaler(), neighbours())
        before = StandardScaler().fit_transform(x)
        rows.append(
            (
                raw,
                cross_val_score(inside, x, y, cv=cv).mean(),
                cross_val_score(neighbours(), before, y, cv=cv).mean(),
            )
        )
    return np.array(rows)


def wine_guess() -> float:
    """Accuracy of always naming the most frequent grower."""
    counts = np.bincount(wines().cultivar)
    return float(counts.max() / counts.sum())


def skews() -> tuple[float, float]:
    """Skewness of the incomes of Engel's households, and of their logarithms (adjusted for n, as pandas has it)."""
    income = engel.households().income
    return float(skew(income, bias=False)), float(skew(np.log(income), bias=False))


def elasticity() -> float:
    """Slope of log food on log income: percent of food that go with one percent of income."""
    data = engel.households()
    return float(np.polyfit(np.log(data.income), np.log(data.food), 1)[0])


def spread_ratio(logged: bool) -> float:
    """Standard deviation of residuals in the richer half over that in the poorer half."""
    data = engel.households()
    x, y = (np.log(data.income), np.log(data.food)) if logged else (data.income, data.food)
    rest = y - np.polyval(np.polyfit(x, y, 1), x)
    poor = data.income < np.median(data.income)
    return float(rest[~poor].std() / rest[poor].std())


@cache
def food_errors() -> Floats:
    """(20, 3): mean absolute error in francs on held-out households: line, line of logarithms, guessing the mean."""
    data = engel.households()
    x, y = data.income[:, None], data.food
    rows = []
    for seed in range(SEEDS):
        cv = KFold(10, shuffle=True, random_state=seed)
        line = cross_val_predict(LinearRegression(), x, y, cv=cv)
        logs = np.exp(cross_val_predict(LinearRegression(), np.log(x), np.log(y), cv=cv))
        mean = cross_val_predict(LinearRegression(), np.zeros_like(x), y, cv=cv)
        rows.append([np.abs(each - y).mean() for each in (line, logs, mean)])
    return np.array(rows)
