"""A real classifier diagnosed: learning curves on digits, its mistakes by slice, and what mending repairs and breaks.

Half of the digits is the test set.  It is opened once, by :func:`opened`, for a model that was chosen without it:
learning curves, slices, intervals and the number of prototypes are of the development half alone, by folds of it.

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
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, StratifiedShuffleSplit, cross_val_score, train_test_split
from sklearn.svm import SVC

from scenes.maths.bias_variance.curves import Floats
from scenes.maths.shared.memo import remembered

Kinds = NDArray[np.intp]

FOLDS: Final = 5
FOLDINGS: Final = 20
"""Ways to part the development set into folds, over which counts are checked."""
SIZES: Final = (40, 80, 160, 320, 720)
"""Training examples of the learning curves."""
SPLITS: Final = 20
"""Splits of the development set, over which the learning curves are taken."""
HELD: Final = 178
"""Examples that are held out in each of them."""
ONES: Final[Mapping[int, int]] = {1: 2}
"""Two prototypes for the ones."""
EACH: Final = (1, 2, 3, 5, 8)
"""Numbers of prototypes for each digit that are tried."""
STARTS: Final = 10
"""Of k-means; the tightest result is kept."""
RESAMPLES: Final = 1000
"""Bootstrap samples of the development set."""
LEVEL: Final = 0.95
"""How often an interval is to hold the true rate."""
Z: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)
"""Standard deviations to each side of such an interval."""
PRICES: Final = (0.1, 1.0, 10.0, 100.0)
"""C of the support vector machine that were tried."""
WIDTHS: Final = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""And γ."""
CHOSEN: Final = (10.0, 0.2)
"""C and γ with the lowest validation error."""


@cache
def digits() -> tuple[Floats, Kinds]:
    """(1797, 64) pixels, 0 to 1, and (1797,) kinds."""
    table, kinds = load_digits(return_X_y=True)
    return np.asarray(table / 16.0, dtype=float), kinds.astype(np.intp)


@cache
def halves() -> tuple[Kinds, Kinds]:
    """(898,) and (899,): rows of the development set and of the test set."""
    table, kinds = digits()
    development, test = train_test_split(np.arange(len(table)), test_size=0.5, stratify=kinds, random_state=0)
    return development, test


def k_means(points: Floats, count: int) -> Floats:
    """(count, 64): means of the clusters of ``points`` (n, 64), whose values are whole sixteenths.

    Sums and products are of whole numbers, so that all machines find the same clusters.
    """
    whole = np.rint(16 * points).astype(np.int64)
    rng = np.random.default_rng(0)
    found: list[tuple[float, Floats]] = []
    for _ in range(STARTS):
        sums = whole[rng.choice(len(whole), count, replace=False)]
        sizes = np.ones(count, dtype=np.int64)
        own = np.full(len(whole), -1)
        while True:
            gaps = (sums**2).sum(axis=1) / sizes**2 - 2 * (
                whole @ sums.T
            ) / sizes  # but for the points' own squares
            nearest_ = gaps.argmin(axis=1)
            if (nearest_ == own).all():
                break
            own = nearest_
            for cluster in np.unique(own):
                sums[cluster] = whole[own == cluster].sum(axis=0)
                sizes[cluster] = (own == cluster).sum()
        spread = float((whole**2).sum() - ((sums**2).sum(axis=1) / sizes).sum())
        found.append((round(spread, 3), sums / sizes[:, None] / 16))
    return min(found, key=lambda each: each[0])[1]


def prototypes(table: Floats, kinds: Kinds, counts: Mapping[int, int]) -> tuple[Floats, Kinds]:
    """(m, 64) and (m,): the mean of each kind, or for kinds that ``counts`` names so many means by k-means."""
    found, named = [], []
    for kind in np.unique(kinds):
        own, count = table[kinds == kind], counts.get(int(kind), 1)
        found.append(own.mean(axis=0)[None] if count == 1 else k_means(own, count))
        named.append(np.full(count, kind))
    return np.concatenate(found), np.concatenate(named).astype(np.intp)


def each(count: int) -> Mapping[int, int]:
    """So many prototypes for each digit."""
    return dict.fromkeys(range(10), count)


def nearest(prototypes_: Floats, named: Kinds, asked: Floats) -> Kinds:
    """(n,): the kind of the nearest prototype of each row of ``asked`` (n, 64)."""
    gaps = ((asked[:, None] - prototypes_[None]) ** 2).sum(axis=2)
    return np.asarray(named[gaps.argmin(axis=1)])


def answers(counts: Mapping[int, int], folding: int = 0) -> Kinds:
    """(898,): what the classifier says of development rows that were held out, in five folds."""
    table, kinds = digits()
    rows, _ = halves()
    said = np.empty(len(rows), dtype=np.intp)
    parts = StratifiedKFold(FOLDS, shuffle=True, random_state=folding)
    for train, held in parts.split(table[rows], kinds[rows]):
        known = prototypes(table[rows[train]], kinds[rows[train]], counts)
        said[held] = nearest(*known, table[rows[held]])
    return said


def wilson(wrong: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a rate by Wilson's score."""
    rate = wrong / of
    scale = 1 + Z**2 / of
    middle = (rate + Z**2 / (2 * of)) / scale
    half = Z * np.sqrt(rate * (1 - rate) / of + Z**2 / (4 * of**2)) / scale
    return float(middle - half), float(middle + half)


@dataclass(frozen=True, slots=True)
class Curves:
    """``training`` and ``validation`` (20, 5): errors of each split at :data:`SIZES` training examples."""

    training: Floats
    validation: Floats


def _splits() -> list[tuple[Kinds, Kinds]]:
    """Rows of the development set to learn from, and rows that are held out."""
    rows, _ = halves()
    parts = StratifiedShuffleSplit(SPLITS, test_size=HELD, random_state=0).split(rows, digits()[1][rows])
    return [(rows[train], rows[held]) for train, held in parts]


@remembered
def mean_curves() -> Curves:
    """Learning curves of the nearest class mean."""
    table, kinds = digits()
    errors = np.empty((2, SPLITS, len(SIZES)))
    for which, (train, held) in enumerate(_splits()):
        for at, size in enumerate(SIZES):
            known = prototypes(table[train[:size]], kinds[train[:size]], {})
            errors[:, which, at] = [
                float((nearest(*known, table[rows]) != kinds[rows]).mean()) for rows in (train[:size], held)
            ]
    return Curves(*errors)


@remembered
def machine_curves() -> Curves:
    """Learning curves of a support vector machine with an RBF kernel, C and γ as they were chosen."""
    table, kinds = digits()
    errors = np.empty((2, SPLITS, len(SIZES)))
    for which, (train, held) in enumerate(_splits()):
        for at, size in enumerate(SIZES):
            rows = train[:size]
            model = SVC(C=CHOSEN[0], gamma=CHOSEN[1]).fit(table[rows], kinds[rows])
            errors[:, which, at] = [
                float((model.predict(table[asked]) != kinds[asked]).mean()) for asked in (rows, held)
            ]
    return Curves(*errors)


@remembered
def machine_errors() -> Floats:
    """(4, 6): validation error of machines by :data:`PRICES` and :data:`WIDTHS`, in folds of the development set."""
    table, kinds = digits()
    rows, _ = halves()
    parts = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    return np.array(
        [
            [
                1 - cross_val_score(SVC(C=price, gamma=width), table[rows], kinds[rows], cv=parts).mean()
                for width in WIDTHS
            ]
            for price in PRICES
        ]
    )


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


@cache
def _mistakes(counts: tuple[tuple[int, int], ...], folding: int) -> Mistakes:
    kinds = digits()[1]
    rows, _ = halves()
    said = answers(dict(counts), folding)
    wrong = said != kinds[rows]
    return Mistakes(rows[wrong], kinds[rows][wrong], said[wrong], np.bincount(kinds[rows], minlength=10))


def mistakes(counts: Mapping[int, int] | None = None, folding: int = 0) -> Mistakes:
    """What the classifier gets wrong on development rows that were held out."""
    return _mistakes(tuple(sorted((counts or {}).items())), folding)


@dataclass(frozen=True, slots=True)
class Foldings:
    """Mistakes in each of twenty foldings: of ``slices`` (20, 10) with one mean a digit, of ``ones`` (20, 10) with two
    prototypes for the ones, in ``all`` (20, 5) by :data:`EACH`; what those for the ones ``repair`` and ``breaks``
    (20,)."""

    slices: Kinds
    ones: Kinds
    all: Kinds
    repair: Kinds
    breaks: Kinds


@remembered
def foldings() -> Foldings:
    """What is told of one folding, for twenty."""
    found = [(mistakes({}, folding), mistakes(ONES, folding)) for folding in range(FOLDINGS)]
    return Foldings(
        np.array([before.slices for before, _ in found]),
        np.array([after.slices for _, after in found]),
        np.array(
            [[len(mistakes(each(k), folding).rows) for k in EACH] for folding in range(FOLDINGS)],
            dtype=np.intp,
        ),
        np.array([len(np.setdiff1d(before.rows, after.rows)) for before, after in found]),
        np.array([len(np.setdiff1d(after.rows, before.rows)) for before, after in found]),
    )


def best() -> int:
    """Prototypes of each digit with the fewest mistakes in the folds of the development set."""
    return EACH[int(foldings().all.mean(axis=0).argmin())]


@cache
def resampled_worst() -> Kinds:
    """(10,): in how many bootstrap samples of the development set each digit has the highest error rate."""
    kinds = digits()[1]
    rows, _ = halves()
    wrong = np.isin(rows, mistakes().rows)
    rng = np.random.default_rng(0)
    found = np.zeros(10, dtype=np.intp)
    for _ in range(RESAMPLES):
        found[resampled_rates(kinds[rows], wrong, rng).argmax()] += 1
    return found


def resampled_rates(kinds: Kinds, wrong: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
    """(10,): error rates of ``kinds`` (n,) in a bootstrap sample of examples, of which some are ``wrong`` (n,)."""
    drawn = rng.integers(0, len(kinds), len(kinds))
    of = np.bincount(kinds[drawn], minlength=10)
    return np.asarray(np.bincount(kinds[drawn][wrong[drawn]], minlength=10) / of)


@dataclass(frozen=True, slots=True)
class Test:
    """The test set, answered ``before`` and ``after`` the model was mended (899,): whether each answer is wrong."""

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


def unseen(counts: Mapping[int, int]) -> Kinds:
    """(899,): what the classifier says of the test set, fitted on the whole development set."""
    table, kinds = digits()
    rows, test = halves()
    return nearest(*prototypes(table[rows], kinds[rows], counts), table[test])


@cache
def opened() -> Test:
    """The test set with one prototype a digit, and with as many as were chosen."""
    kinds = digits()[1][halves()[1]]
    return Test(unseen({}) != kinds, unseen(each(best())) != kinds)
