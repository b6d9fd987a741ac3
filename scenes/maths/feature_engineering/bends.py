"""Powers and products of columns, with which a linear model draws curves."""

from __future__ import annotations

from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import pearsonr
from sklearn.datasets import load_diabetes, make_circles
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from scenes.maths.shared.memo import remembered

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]

HAND: Final = (2.0, 3.0)
SEEDS: Final = 20


@cache
def rings(seed: int = 0) -> tuple[Floats, Ints]:
    """Points (120, 2) of a ring, label 0, and a core, label 1."""
    points, label = make_circles(120, noise=0.08, factor=0.4, random_state=seed)
    return np.asarray(points), label.astype(np.intp)


@cache
def quadrants(seed: int = 0) -> tuple[Floats, Ints]:
    """Points (300, 2), and whether their two coordinates have one sign, (300,)."""
    points = np.random.default_rng(seed).normal(size=(300, 2))
    return points, (points[:, 0] * points[:, 1] > 0).astype(np.intp)


def quadrant_lean(points: Floats) -> Floats:
    """(...): from −1 to 1, how far a logistic regression on both columns and their product leans to label 1, for
    ``points`` (..., 2).  It is fitted on the drawn quadrants."""
    known, label = quadrants()

    def wide(rows: Floats) -> Floats:
        return np.column_stack([rows, rows[:, 0] * rows[:, 1]])

    model = LogisticRegression().fit(wide(known), label)
    sure = model.predict_proba(wide(points.reshape(-1, 2)))[:, 1]
    return np.asarray(2 * sure - 1).reshape(points.shape[:-1])


def expanded(row: Floats) -> Floats:
    """(5,): x₁, x₂, x₁², x₁x₂, x₂² of ``row`` (2,)."""
    one, two = (float(each) for each in row)
    return np.array([one, two, one**2, one * two, two**2])


def count(columns: int) -> int:
    """Columns of degree one and two that ``columns`` columns make, without the constant."""
    return columns + columns + columns * (columns - 1) // 2


def measures() -> int:
    """Columns of the diabetes patients."""
    return int(load_diabetes().data.shape[1])


def diabetes_shades(rows: int = 60) -> Floats:
    """(rows, 65): ten columns of the first patients, their squares and products, each by its rank from 0 to 1."""
    x = StandardScaler().fit_transform(load_diabetes().data)
    wide = PolynomialFeatures(2, include_bias=False).fit_transform(x)[:rows]
    return np.asarray(wide.argsort(axis=0).argsort(axis=0) / (rows - 1))


def lucky(rows: int = 60) -> Floats:
    """(65,): one where a square or product goes with the label among the first ``rows`` patients, with a p-value under
    0.05, and does not among the others; zero elsewhere."""
    data = load_diabetes()
    wide = PolynomialFeatures(2, include_bias=False).fit_transform(StandardScaler().fit_transform(data.data))
    here, there = (
        np.array([pearsonr(column, label).pvalue for column in table.T])
        for table, label in ((wide[:rows], data.target[:rows]), (wide[rows:], data.target[rows:]))
    )
    new = np.arange(wide.shape[1]) >= data.data.shape[1]
    return np.asarray(new & (here < 0.05) & (there > 0.05), dtype=float)


def lifted_plane() -> tuple[float, float]:
    """Level and accuracy: the height x₁² + x₂² that parts ring and core, fitted by a logistic regression."""
    points, label = rings()
    height = (points**2).sum(axis=1)[:, None]
    model = LogisticRegression(C=100).fit(height, label)
    return float(-model.intercept_[0] / model.coef_[0, 0]), float(model.score(height, label))


@remembered
def ring_scores() -> Floats:
    """(20, 2): cross-validated accuracy of a straight line, and of one on powers and products, by seed."""
    rows = []
    for seed in range(SEEDS):
        points, label = rings(seed)
        cv = StratifiedKFold(5, shuffle=True, random_state=0)
        bent = make_pipeline(PolynomialFeatures(2), LogisticRegression(C=100, max_iter=2000))
        rows.append(
            (
                cross_val_score(LogisticRegression(C=100), points, label, cv=cv).mean(),
                cross_val_score(bent, points, label, cv=cv).mean(),
            )
        )
    return np.array(rows)


@remembered
def quadrant_scores() -> Floats:
    """(20, 3): cross-validated accuracy without and with the product as a column, and of guessing, by seed."""
    rows = []
    for seed in range(SEEDS):
        points, label = quadrants(seed)
        product = np.column_stack([points, points[:, 0] * points[:, 1]])
        rows.append(
            (
                cross_val_score(LogisticRegression(), points, label).mean(),
                cross_val_score(LogisticRegression(), product, label).mean(),
                max(label.mean(), 1 - label.mean()),
            )
        )
    return np.array(rows)


@remembered
def diabetes_scores() -> Floats:
    """(20, 3): held-out R² of 10 columns, of all 65 of degree two, and of these with a ridge penalty, by seed."""
    data = load_diabetes()
    models = (
        make_pipeline(StandardScaler(), LinearRegression()),
        make_pipeline(StandardScaler(), PolynomialFeatures(2, include_bias=False), LinearRegression()),
        make_pipeline(
            StandardScaler(), PolynomialFeatures(2, include_bias=False), StandardScaler(), Ridge(100)
        ),
    )
    rows = []
    for seed in range(SEEDS):
        cv = KFold(10, shuffle=True, random_state=seed)
        rows.append([cross_val_score(m, data.data, data.target, cv=cv, scoring="r2").mean() for m in models])
    return np.array(rows)
