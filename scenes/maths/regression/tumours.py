"""Logistic regression: 569 tumours, benign or malignant, by what their cells' nuclei look like.

Source of the data: W. N. Street, W. H. Wolberg and O. L. Mangasarian, Nuclear feature extraction for breast tumor
diagnosis, Proc. SPIE 1905 (1993), as kept by scikit-learn.  The file gives no units.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import StratifiedKFold

from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

Used = Literal["radius", "concave", "both"]
"""Features by which tumours are told apart."""

FOLDS: Final = 5
SHUFFLES: Final = 20
RATE: Final = 1.0
"""Learning rate of the descent, on a standardised feature."""


@dataclass(frozen=True, slots=True)
class Tumours:
    """``radius`` and ``concave`` (n,): means of nuclei's radius and share of concave points; ``malignant``: 0 or 1."""

    radius: Floats
    concave: Floats
    malignant: Floats

    @property
    def both(self) -> Floats:
        """Radius and concave points, (n, 2)."""
        return np.column_stack([self.radius, self.concave])


@cache
def tumours() -> Tumours:
    """All 569 of them."""
    data = load_breast_cancer()
    names = list(data.feature_names)
    return Tumours(
        data.data[:, names.index("mean radius")],
        data.data[:, names.index("mean concave points")],
        1.0 - data.target,
    )


def sigmoid(z: ArrayLike) -> Floats:
    """1 / (1 + e⁻ᶻ)."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(z, dtype=float))))


def log_odds(p: ArrayLike) -> Floats:
    """log(p / (1 - p)), for p between 0 and 1."""
    given = np.asarray(p, dtype=float)
    return np.asarray(np.log(given / (1 - given)))


def chance(odds: ArrayLike) -> Floats:
    """The probability whose odds, p / (1 - p), are these."""
    given = np.asarray(odds, dtype=float)
    return np.asarray(given / (1 + given))


def losses(labels: ArrayLike, p: ArrayLike) -> Floats:
    """Log loss of each: minus the logarithm of the probability that ``p`` (of class 1) gives to the true class."""
    truth, given = np.asarray(labels, dtype=float), np.asarray(p, dtype=float)
    return np.asarray(-np.log(np.where(truth == 1, given, 1 - given)))


def line(features: Floats, labels: Floats) -> Floats:
    """Least squares (k + 1,) of labels 0 and 1, intercept first, on ``features`` (n, k) or (n,)."""
    return np.asarray(np.linalg.lstsq(design(features), labels, rcond=None)[0])


def design(features: Floats) -> Floats:
    """A column of ones before ``features``, (n, k) or (n,)."""
    return np.column_stack([np.ones(len(features)), features])


def fit(features: Floats, labels: Floats, penalty: float = 0.0) -> Floats:
    """Logistic regression (k + 1,), intercept first, by Newton's method: the largest likelihood.

    Columns are standardised while it runs.  Raises ``ValueError`` where it does not settle, as for classes that can be
    parted without a mistake.  Source: ESL (2009), section 4.4.1.
    """
    columns = features.reshape(len(labels), -1)
    mean, spread = columns.mean(axis=0), columns.std(axis=0)
    rows = design((columns - mean) / spread)
    now = np.zeros(rows.shape[1])
    fence = penalty * np.diag([0.0, *np.ones(columns.shape[1])])
    for _ in range(60):
        p = sigmoid(rows @ now)
        slope = rows.T @ (p - labels) + fence @ now
        try:
            step = np.linalg.solve((rows * (p * (1 - p))[:, None]).T @ rows + fence, slope)
        except np.linalg.LinAlgError:
            break
        now = now - step
        if np.abs(step).max() < 1e-10:
            raw = now[1:] / spread
            return np.array([now[0] - raw @ mean, *raw])
        if np.abs(now).max() > 1e3:
            break
    raise ValueError("the weights do not settle: the classes can be parted without a mistake, or nearly so")


@cache
def by_radius() -> Floats:
    """Intercept and weight (2,) for the radius alone, fitted to all tumours."""
    return fit(tumours().radius, tumours().malignant)


@cache
def by_both() -> Floats:
    """Intercept and weights (3,) for radius and concave points, fitted to all tumours."""
    return fit(tumours().both, tumours().malignant)


def probability(radius: ArrayLike) -> Floats:
    """The probability that a tumour of this radius is malignant, as fitted."""
    b0, b1 = by_radius()
    return sigmoid(b0 + b1 * np.asarray(radius, dtype=float))


def even() -> float:
    """The radius at which both classes get one half."""
    b0, b1 = by_radius()
    return float(-b0 / b1)


def parted(gap: float) -> NDArray[np.bool_]:
    """Which tumours (n,) are left without those within ``gap`` of even odds, or beyond on the wrong side."""
    table = tumours()
    return np.where(table.malignant == 1, table.radius > even() + gap, table.radius < even() - gap)


@cache
def penalised(gap: float, penalty: float = 1.0) -> Floats:
    """Intercept and weight (2,) of a penalised fit to the tumours that :func:`parted` leaves."""
    table, left = tumours(), parted(gap)
    return fit(table.radius[left], table.malignant[left], penalty)


def slid(shifts: Floats) -> tuple[Floats, Floats]:
    """Mean log loss and mean squared error of p, (n,) each, where the S is slid along the radius by ``shifts`` (n,)."""
    table, (b0, b1) = tumours(), by_radius()
    p = sigmoid(b0 + b1 * (table.radius[None] - shifts[:, None]))
    squares = (table.malignant[None] - p) ** 2
    return losses(table.malignant[None], p).mean(axis=1), np.asarray(squares.mean(axis=1))


def costliest() -> int:
    """The number of the tumour with the largest log loss."""
    return int(losses(tumours().malignant, probability(tumours().radius)).argmax())


def descend(steps: int, rate: float = RATE) -> Floats:
    """Gradient descent on the mean log loss: intercepts and weights (steps + 1, 2) of the radius as it is measured.

    It starts where each tumour gets one half, runs on the standardised radius, and steps by ``rate`` times
    -Xᵀ(p - y) / n.
    """
    table = tumours()
    mean, spread = table.radius.mean(), table.radius.std()
    rows = design((table.radius - mean) / spread)
    way = [np.zeros(2)]
    for _ in range(steps):
        p = sigmoid(rows @ way[-1])
        way.append(way[-1] - rate * rows.T @ (p - table.malignant) / len(rows))
    found = np.array(way)
    slopes = found[:, 1] / spread
    return np.column_stack([found[:, 0] - slopes * mean, slopes])


@remembered
def unseen(which: Used, shuffles: int = SHUFFLES) -> Floats:
    """Accuracy and mean log loss (``shuffles``, 2) of unseen tumours, five stratified folds each, by these features."""
    table = tumours()
    features = {"radius": table.both[:, :1], "concave": table.both[:, 1:], "both": table.both}[which]
    found = []
    for seed in range(shuffles):
        p = np.zeros(len(features))
        for seen, held in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(
            features, table.malignant
        ):
            p[held] = sigmoid(design(features[held]) @ fit(features[seen], table.malignant[seen]))
        found.append([np.mean((p >= 0.5) == table.malignant), losses(table.malignant, p).mean()])
    return np.array(found)


def guess() -> tuple[float, float]:
    """Accuracy and mean log loss of one answer for all: always benign, and always the share of malignant ones."""
    share = float(tumours().malignant.mean())
    return max(share, 1 - share), float(
        losses(tumours().malignant, np.full(len(tumours().malignant), share)).mean()
    )


def counts(threshold: float) -> tuple[int, int]:
    """Malignant tumours that are missed, and benign ones called malignant, of all that were fitted.

    By radius and concave points, called malignant from a probability of ``threshold``.
    """
    p = sigmoid(design(tumours().both) @ by_both())
    called, truth = p >= threshold, tumours().malignant == 1
    return int((truth & ~called).sum()), int((~truth & called).sum())
