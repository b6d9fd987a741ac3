"""Three worked cases: tumour measurements with few labels, simulated card payments, and scratched parts.

Sources: W. H. Wolberg, W. N. Street & O. L. Mangasarian, Breast Cancer Wisconsin (Diagnostic), and E. Alpaydin &
C. Kaynak, Optical recognition of handwritten digits, both UCI and as shipped with scikit-learn.  Interval: C. J.
Clopper & E. S. Pearson, Biometrika 26 (1934).  Eighteen malignant cases are hidden among the benign, stolen payments
are simulated, and scratches are drawn, by the authors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.decomposition import PCA
from sklearn.model_selection import KFold

from scenes.maths.anomaly_detection.fences import Floats, beyond
from scenes.maths.anomaly_detection.flows import LARGE, forest, precision_at, standardised
from scenes.maths.anomaly_detection.neighbours import lof
from scenes.maths.shared.memo import remembered

DRAWS: Final = 20
HIDDEN: Final = 18
"""Malignant cases among the benign."""
BUDGET: Final = 10
"""Cases that can be opened a day."""
CASES: Final = 0
"""The draw of the tumours that is shown."""
CONTAMINATIONS: Final = (0.01, 0.05, 0.10)

# -- tumours


@dataclass(frozen=True, slots=True)
class Tumours:
    """Measurements (375, 30) in standard deviations, and which are malignant (375,)."""

    table: Floats
    malignant: NDArray[np.bool_]


@cache
def tumours(seed: int = CASES) -> Tumours:
    """All benign cases, and eighteen malignant ones drawn at random, which are the last."""
    data = load_breast_cancer()
    table, benign = data.data, data.target == 1
    odd = table[~benign]
    chosen = odd[np.random.default_rng(seed).choice(len(odd), HIDDEN, replace=False)]
    both = np.concatenate([table[benign], chosen])
    return Tumours(standardised(both), np.arange(len(both)) >= benign.sum())


@remembered
def tumour_scores(seed: int = CASES) -> Floats:
    """(375,): isolation scores of the cases."""
    return forest(tumours(seed).table, LARGE, seed)


def flagged(scores: Floats, contamination: float) -> NDArray[np.bool_]:
    """Which of ``scores`` (n,) a library flags that is told this share: those above that quantile."""
    return np.asarray(scores > np.quantile(scores, 1 - contamination))


def opened(seed: int = CASES) -> NDArray[np.int_]:
    """(10,): rows of the highest scores, the highest first."""
    return np.argsort(-tumour_scores(seed), kind="stable")[:BUDGET]


@cache
def hits() -> NDArray[np.int_]:
    """(20,): malignant cases among the ten highest scores, draw by draw."""
    return np.array([tumours(seed).malignant[opened(seed)].sum() for seed in range(DRAWS)])


@cache
def contest() -> dict[str, Floats]:
    """Precision at 18, (20,) draws each: by columns beyond their fence, by isolation, LOF, and the largest z."""
    found: dict[str, list[float]] = {"fences": [], "isolation": [], "LOF": [], "z": []}
    for seed in range(DRAWS):
        each = tumours(seed)
        counted = np.sum([beyond(column) for column in each.table.T], axis=0).astype(float)
        scores = counted, tumour_scores(seed), lof(each.table, 20).factors, np.abs(each.table).max(axis=1)
        for name, score in zip(found, scores, strict=True):
            found[name].append(precision_at(score, each.malignant, HIDDEN))
    return {name: np.array(shares) for name, shares in found.items()}


# -- payments

PEOPLE: Final = 100
EACH: Final = 30
"""Payments of each person."""
STOLEN: Final = 15
PAID: Final = 5
"""The draw of the payments that is shown."""
_NORMAL: Final = 1.4826
"""By which a median absolute deviation is the standard deviation of a bell."""


@dataclass(frozen=True, slots=True)
class Payments:
    """Logarithms of the amounts (3000,), who paid (3000,), and which are stolen (3000,)."""

    logs: Floats
    who: NDArray[np.int_]
    stolen: NDArray[np.bool_]

    @property
    def amounts(self) -> Floats:
        """(3000,) in dollars."""
        return np.asarray(np.exp(self.logs))


@cache
def payments(seed: int = PAID) -> Payments:
    """Thirty payments each of a hundred people, fifteen of them stolen, from people who spend little."""
    rng = np.random.default_rng(seed)
    own = rng.normal(3.3, 0.9, PEOPLE)
    who = np.repeat(np.arange(PEOPLE), EACH)
    logs = own[who] + rng.normal(0, 0.45, PEOPLE * EACH)
    rows = rng.choice(np.where(own[who] < 3.3)[0], STOLEN, replace=False)
    logs[rows] = own[who[rows]] + rng.normal(2.4, 0.3, STOLEN)
    stolen = np.zeros(len(logs), dtype=bool)
    stolen[rows] = True
    return Payments(logs, who, stolen)


def robust_z(values: Floats) -> Floats:
    """Distances (n,) from the median, in median absolute deviations made comparable with standard deviations."""
    middle = np.median(values)
    return np.asarray((values - middle) / (_NORMAL * np.median(np.abs(values - middle))))


def own_z(paid: Payments) -> Floats:
    """(3000,): robust z-scores of the logarithms among the payments of the same person."""
    found = np.zeros(len(paid.logs))
    for person in range(PEOPLE):
        rows = paid.who == person
        found[rows] = robust_z(paid.logs[rows])
    return found


def own_distance(paid: Payments) -> Floats:
    """(3000,): distances of the logarithms from the median of the same person, in what is usual for all: the median of
    the persons' own deviations."""
    found, spreads = np.zeros(len(paid.logs)), []
    for person in range(PEOPLE):
        rows = paid.who == person
        found[rows] = paid.logs[rows] - np.median(paid.logs[rows])
        spreads.append(float(np.median(np.abs(found[rows]))))
    return np.asarray(found / (_NORMAL * np.median(spreads)))


@cache
def thefts() -> Floats:
    """(20, 2): precision among the top fifteen by amount, and by one's own robust z-score, draw by draw."""
    found = []
    for seed in range(DRAWS):
        paid = payments(seed)
        found.append([precision_at(each, paid.stolen, STOLEN) for each in (paid.amounts, own_z(paid))])
    return np.array(found)


# -- parts

LEARNT: Final = 100
"""Good parts that the model learns from."""
BAD: Final = 20
"""Scratched ones among the new."""
PICTURES: Final = 10
"""Principal components."""
MARK: Final = 0.95
"""The share of good parts that a threshold lets pass, as it is aimed at."""
PARTS: Final = 4
"""The draw of the parts that is shown."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Pictures (n, 8, 8), 0 to 16: ``learnt`` are good, of the ``new`` the last twenty are scratched."""

    learnt: Floats
    new: Floats
    scratched: NDArray[np.bool_]


@cache
def parts(seed: int = PARTS) -> Parts:
    """Zeros as parts, twenty of them with a stroke of four pixels inverted."""
    data = load_digits()
    zeros = data.images[data.target == 0]
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(zeros))
    learnt, new = zeros[order[:LEARNT]], zeros[order[LEARNT:]]
    bad = new[:BAD].copy()
    for each in bad:
        start, upright = rng.integers(1, 5), rng.integers(0, 2)
        for step in range(4):
            spot = (start + step, 2 + step) if upright else (2 + step, start + step)
            each[spot] = 16 - each[spot]
    shown = np.concatenate([new[BAD:], bad])
    return Parts(learnt, shown, np.arange(len(shown)) >= len(shown) - BAD)


def _model(learnt: Floats) -> PCA:
    return PCA(PICTURES, svd_solver="full").fit(learnt.reshape(len(learnt), -1))


def redrawn(learnt: Floats, shown: Floats) -> Floats:
    """(n, 8, 8): pictures ``shown`` (n, 8, 8) as mixes of the mean and ten pictures learnt from ``learnt``."""
    model = _model(learnt)
    flat = shown.reshape(len(shown), -1)
    return np.asarray(model.inverse_transform(model.transform(flat))).reshape(shown.shape)


def errors(learnt: Floats, shown: Floats) -> Floats:
    """(n,): reconstruction errors, the sums of squared differences over the pixels."""
    return np.asarray(((shown - redrawn(learnt, shown)) ** 2).sum(axis=(1, 2)))


@cache
def thresholds(seed: int = PARTS) -> tuple[float, float]:
    """The 95 % marks of the errors on parts learnt from, and on parts held out in five folds."""
    learnt = parts(seed).learnt
    held = [
        errors(learnt[train], learnt[test])
        for train, test in KFold(5, shuffle=True, random_state=0).split(learnt)
    ]
    seen = errors(learnt, learnt)
    return float(np.quantile(seen, MARK)), float(np.quantile(np.concatenate(held), MARK))


@cache
def alarms() -> Floats:
    """(20, 2, 2): shares of good and of scratched parts beyond either threshold, draw by draw."""
    found = []
    for seed in range(DRAWS):
        each = parts(seed)
        missed = errors(each.learnt, each.new)
        found.append(
            [
                [(missed[kind] > at).mean() for kind in (~each.scratched, each.scratched)]
                for at in thresholds(seed)
            ]
        )
    return np.array(found)
