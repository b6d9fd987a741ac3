"""A real classifier diagnosed: learning curves on digits, its mistakes by slice, and what mending repairs and breaks.

Source of the digits: E. Alpaydin & C. Kaynak, Optical recognition of handwritten digits (UCI 1998), as shipped with
scikit-learn.  Interval: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, StratifiedShuffleSplit, train_test_split
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from scenes.maths.bias_variance.curves import Floats
from scenes.maths.shared.memo import remembered

Kinds = NDArray[np.intp]

SEED: Final = 16
"""Of the split that lies nearest the middle of twenty."""
FOLDS: Final = 5
SIZES: Final = (40, 80, 160, 320, 640, 1347)
"""Training examples of the learning curves."""
SPLITS: Final = 20
"""Splits over which what is told of one is checked, and over which the learning curves of the class means are taken."""
TRIALS: Final = 10
"""Splits of the learning curves of the support vector machine."""
ONES: Final[Mapping[int, int]] = {1: 2}
"""Two prototypes for the ones."""
ALL: Final[Mapping[int, int]] = dict.fromkeys(range(10), 3)
"""Three for each digit."""
LEVEL: Final = 0.95
"""How often an interval is to hold the true rate."""
Z: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)
"""Standard deviations to each side of such an interval."""


@cache
def digits() -> tuple[Floats, Kinds]:
    """(1797, 64) pixels, 0 to 1, and (1797,) kinds."""
    table, kinds = load_digits(return_X_y=True)
    return np.asarray(table / 16.0, dtype=float), kinds.astype(np.intp)


@cache
def halves(seed: int = SEED) -> tuple[Kinds, Kinds]:
    """(898,) and (899,): rows of the development set and of the test half."""
    table, kinds = digits()
    development, test = train_test_split(
        np.arange(len(table)), test_size=0.5, stratify=kinds, random_state=seed
    )
    return development, test


def prototypes(table: Floats, kinds: Kinds, counts: Mapping[int, int]) -> tuple[Floats, Kinds]:
    """(m, 64) and (m,): the mean of each kind, or for kinds that ``counts`` names so many means by k-means."""
    found, named = [], []
    with threadpool_limits(1):  # many threads take minutes for so few points
        for kind in np.unique(kinds):
            own, count = table[kinds == kind], counts.get(int(kind), 1)
            middles = (
                own.mean(axis=0)[None]
                if count == 1
                else KMeans(count, n_init=5, random_state=0).fit(own).cluster_centers_
            )
            found.append(middles)
            named.append(np.full(count, kind))
    return np.concatenate(found), np.concatenate(named).astype(np.intp)


def nearest(prototypes_: Floats, named: Kinds, asked: Floats) -> Kinds:
    """(n,): the kind of the nearest prototype of each row of ``asked`` (n, 64)."""
    gaps = ((asked[:, None] - prototypes_[None]) ** 2).sum(axis=2)
    return np.asarray(named[gaps.argmin(axis=1)])


def answers(counts: Mapping[int, int], seed: int = SEED) -> Kinds:
    """(898,): what the classifier says of development rows that were held out, in five folds."""
    table, kinds = digits()
    rows, _ = halves(seed)
    said = np.empty(len(rows), dtype=np.intp)
    for train, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(table[rows], kinds[rows]):
        known = prototypes(table[rows[train]], kinds[rows[train]], counts)
        said[held] = nearest(*known, table[rows[held]])
    return said


def unseen(counts: Mapping[int, int], seed: int = SEED) -> Kinds:
    """(899,): what it says of the test half, fitted on the whole development set."""
    table, kinds = digits()
    rows, test = halves(seed)
    return nearest(*prototypes(table[rows], kinds[rows], counts), table[test])


def wilson(wrong: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a rate by Wilson's score."""
    rate = wrong / of
    scale = 1 + Z**2 / of
    middle = (rate + Z**2 / (2 * of)) / scale
    half = Z * np.sqrt(rate * (1 - rate) / of + Z**2 / (4 * of**2)) / scale
    return float(middle - half), float(middle + half)


@dataclass(frozen=True, slots=True)
class Curves:
    """``training`` and ``validation`` (6,): mean errors at :data:`SIZES` training examples."""

    training: Floats
    validation: Floats


@remembered
def mean_curves() -> Curves:
    """Learning curves of the nearest class mean, over 20 splits with 450 held out."""
    table, kinds = digits()
    errors = np.empty((2, len(SIZES), SPLITS))
    for at, size in enumerate(SIZES):
        splits = StratifiedShuffleSplit(SPLITS, train_size=size, test_size=450, random_state=0)
        for which, (train, held) in enumerate(splits.split(table, kinds)):
            known = prototypes(table[train], kinds[train], {})
            errors[:, at, which] = [
                float((nearest(*known, table[rows]) != kinds[rows]).mean()) for rows in (train, held)
            ]
    return Curves(*errors.mean(axis=2))


@remembered
def machine_curves() -> Curves:
    """Learning curves of a support vector machine with an RBF kernel (C = 10, γ = 0.5), over 10 splits of 25 %."""
    table, kinds = digits()
    errors = np.empty((2, len(SIZES), TRIALS))
    for which, (train, held) in enumerate(
        StratifiedShuffleSplit(TRIALS, test_size=0.25, random_state=0).split(table, kinds)
    ):
        for at, size in enumerate(SIZES):
            rows = train[:size]
            model = SVC(C=10, gamma=0.5).fit(table[rows], kinds[rows])
            errors[:, at, which] = [
                float((model.predict(table[each]) != kinds[each]).mean()) for each in (rows, held)
            ]
    return Curves(*errors.mean(axis=2))


@dataclass(frozen=True, slots=True)
class Mistakes:
    """``rows`` (m,) of the digits that are taken for others, their ``kinds`` (m,) and what was ``said`` (m,)."""

    rows: Kinds
    kinds: Kinds
    said: Kinds
    of: Kinds
    """(10,): examples of each digit."""

    @property
    def slices(self) -> Kinds:
        """(10,): mistakes of each digit."""
        return np.bincount(self.kinds, minlength=10)

    @property
    def rates(self) -> Floats:
        """(10,): error rate of each digit."""
        return np.asarray(self.slices / self.of)


def mistakes(counts: Mapping[int, int] | None = None, seed: int = SEED) -> Mistakes:
    """What the classifier gets wrong on development rows that were held out."""
    kinds = digits()[1]
    rows, _ = halves(seed)
    said = answers(counts or {}, seed)
    wrong = said != kinds[rows]
    return Mistakes(rows[wrong], kinds[rows][wrong], said[wrong], np.bincount(kinds[rows], minlength=10))


@dataclass(frozen=True, slots=True)
class Test:
    """The test half, answered ``before`` and ``after`` it was mended (899,): whether each answer is wrong."""

    before: NDArray[np.bool_]
    after: NDArray[np.bool_]

    @property
    def repaired(self) -> int:
        """Mistakes that are none any more."""
        return int((self.before & ~self.after).sum())

    @property
    def broken(self) -> int:
        """New mistakes."""
        return int((~self.before & self.after).sum())


def opened(seed: int = SEED) -> Test:
    """The test half with one prototype a digit, and with three."""
    kinds = digits()[1][halves(seed)[1]]
    return Test(unseen({}, seed) != kinds, unseen(ALL, seed) != kinds)


@dataclass(frozen=True, slots=True)
class Splits:
    """Of each of the twenty splits: ``slices`` (20, 10) and ``ones`` (20, 10), mistakes by digit before and after
    the ones are given two prototypes; ``before`` and ``after`` (20,), mistakes on the test half."""

    slices: Kinds
    ones: Kinds
    before: Kinds
    after: Kinds


@remembered
def splits() -> Splits:
    """All that is told of one split, for twenty."""
    tests = [opened(seed) for seed in range(SPLITS)]
    return Splits(
        np.array([mistakes(seed=seed).slices for seed in range(SPLITS)]),
        np.array([mistakes(ONES, seed).slices for seed in range(SPLITS)]),
        np.array([test.before.sum() for test in tests]),
        np.array([test.after.sum() for test in tests]),
    )
