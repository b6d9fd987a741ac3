"""Gradients and Hessians, leaf weights, and the gain of a split; bins instead of rows.

Sources: T. Chen & C. Guestrin, XGBoost: a scalable tree boosting system, KDD 2016, equations 5 to 7; G. Ke et al.,
LightGBM: a highly efficient gradient boosting decision tree, NIPS 2017, algorithm 1.  Data: W. Street, W. Wolberg &
O. Mangasarian (1993), 569 tumours of the breast, as kept by scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit
from sklearn.datasets import load_breast_cancer

from scenes.maths.gradient_boosting.stairs import HAND_X, HAND_Y, Floats, cuts

COLUMN: Final = 27
"""Worst concave points."""
START: Final = 0.5
"""Probability with which the first round begins."""
LAMBDA: Final = 1.0
"""As XGBoost has it unless it is told otherwise."""
FEW: Final = 16
"""Bins of the example."""
MANY: Final = 255
"""Bins that LightGBM takes unless it is told otherwise."""


def weight(gradient: ArrayLike, hessian: ArrayLike, penalty: float = 0.0) -> Floats:
    """w* = −G/(H + λ), the weight of a leaf (Chen & Guestrin, equation 5)."""
    return np.asarray(-np.asarray(gradient) / (np.asarray(hessian) + penalty))


def depth(gradient: ArrayLike, hessian: ArrayLike, penalty: float = 0.0) -> Floats:
    """½G²/(H + λ): how far a leaf's parabola lies below 0 at its bottom."""
    return np.asarray(np.asarray(gradient) ** 2 / (np.asarray(hessian) + penalty) / 2)


def parabola(gradient: float, hessian: float, steps: ArrayLike, penalty: float = 0.0) -> Floats:
    """G w + ½(H + λ)w², the change of loss by a leaf weight w."""
    w = np.asarray(steps, dtype=float)
    return np.asarray(gradient * w + (hessian + penalty) * w**2 / 2)


def gains(x: Floats, gradient: Floats, hessian: Floats, penalty: float, at: Floats) -> Floats:
    """(k,): the gain of splitting rows ``x`` (n,) below each cut ``at`` (k,) (Chen & Guestrin, equation 7, γ = 0)."""
    order = np.argsort(x, kind="stable")
    left = np.searchsorted(x[order], at, side="left")
    slopes, bends = (np.concatenate([[0.0], np.cumsum(each[order])]) for each in (gradient, hessian))
    low = depth(slopes[left], bends[left], penalty)
    high = depth(slopes[-1] - slopes[left], bends[-1] - bends[left], penalty)
    return np.asarray(low + high - depth(slopes[-1], bends[-1], penalty))


# -- by hand

HAND_START: Final = float(HAND_Y.mean())


def hand() -> tuple[Floats, Floats]:
    """g = F − y and h = 1 of the four points, (4,) each, where the model is their mean."""
    return HAND_START - HAND_Y, np.ones(len(HAND_Y))


def hand_gains(penalty: float = 0.0) -> Floats:
    """(3,): gains of the cuts 1.5, 2.5 and 3.5."""
    return gains(HAND_X, *hand(), penalty, cuts(HAND_X))


# -- a sure row, and an unsure one


def curved(odds: ArrayLike) -> Floats:
    """h = p(1 − p), the second derivative of the log loss at log-odds ``odds``."""
    p = expit(np.asarray(odds, dtype=float))
    return np.asarray(p * (1 - p))


def taylor(label: float, odds: float, steps: ArrayLike) -> Floats:
    """The parabola that touches the log loss of a row at log-odds ``odds``, ``steps`` away from there."""
    here = float(np.logaddexp(0.0, odds) - label * odds)
    return np.asarray(here + parabola(float(expit(odds)) - label, float(curved(odds)), steps))


# -- tumours


@dataclass(frozen=True, slots=True)
class Tumours:
    """``table`` (569, 30), ``malignant`` (569,), 1 or 0; ``gradient`` and ``hessian`` (569,) of the first round."""

    table: Floats
    malignant: Floats
    gradient: Floats
    hessian: Floats

    @property
    def column(self) -> Floats:
        """(569,): the column that is split."""
        return np.asarray(self.table[:, COLUMN])


@cache
def tumours() -> Tumours:
    """scikit-learn's, with malignant as 1."""
    table, benign = load_breast_cancer(return_X_y=True)
    malignant = 1.0 - benign
    return Tumours(table, malignant, START - malignant, np.full(len(table), START * (1 - START)))


@dataclass(frozen=True, slots=True)
class Split:
    """A ``cut``, its ``gain``, and of the two leaves (2,): sums ``gradient`` and ``hessian``, and their ``weights``."""

    cut: float
    gain: float
    gradient: Floats
    hessian: Floats
    weights: Floats


@cache
def split() -> Split:
    """The best cut of the column."""
    data = tumours()
    tried = cuts(data.column)
    found = gains(data.column, data.gradient, data.hessian, LAMBDA, tried)
    cut = float(tried[found.argmax()])
    below = data.column < cut
    gradient, hessian = (
        np.array([each[below].sum(), each[~below].sum()]) for each in (data.gradient, data.hessian)
    )
    return Split(cut, float(found.max()), gradient, hessian, weight(gradient, hessian, LAMBDA))


# -- bins


def edges(values: Floats, bins: int) -> Floats:
    """Inner edges between ``bins`` bins of about as many rows each; fewer where values repeat."""
    return np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1]))


@dataclass(frozen=True, slots=True)
class Search:
    """How many ``cuts`` were tried in 30 columns, and the best ``gain`` of them."""

    cuts: int
    gain: float


@cache
def search(bins: int | None = None) -> Search:
    """The best first split of the tumours: at each gap between values, or at the edges of ``bins`` bins."""
    data = tumours()
    count, best = 0, 0.0
    for column in data.table.T:
        tried = cuts(column) if bins is None else np.nextafter(edges(column, bins), np.inf)
        count += len(tried)
        best = max(best, float(gains(column, data.gradient, data.hessian, LAMBDA, tried).max()))
    return Search(count, best)


@dataclass(frozen=True, slots=True)
class Bins:
    """Of one column: inner ``edges`` (b − 1,), and per bin (b,) the sums ``gradient`` and ``hessian``."""

    edges: Floats
    gradient: Floats
    hessian: Floats


def binned(rows: Floats | None = None, bins: int = FEW) -> Bins:
    """Sums of the column's bins, of all tumours or of those where ``rows`` (569,) is true; edges are those of all."""
    data = tumours()
    inner = edges(data.column, bins)
    at = np.searchsorted(inner, data.column, side="left")
    kept = np.ones(len(at), dtype=bool) if rows is None else rows.astype(bool)
    slopes, bends = (
        np.asarray(np.bincount(at[kept], each[kept], len(inner) + 1), dtype=float)
        for each in (data.gradient, data.hessian)
    )
    return Bins(inner, slopes, bends)
