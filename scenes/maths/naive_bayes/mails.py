"""5,917 mails as counts of words, and how they are parted into those that are learned from and those held out.

Source of the data: data/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.maths.naive_bayes.distil import DATA, LEAST, unpack

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HELD_OUT: Final = 0.3
"""Share of the mails that nothing is learned from."""
SEED: Final = 10
"""Of the split that is shown: of twenty (seeds 0 to 19) the one nearest to the middle in eight measures."""
SPLITS: Final = 20
HARD: Final = 2
"""The folder of ham that looks like spam: newsletters, mostly."""
SPAM: Final = (3, 4)
"""Folders of spam."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A sparse table of ``shape`` (mails, columns): ``values`` (k,) at ``rows`` and ``columns`` (k,), elsewhere 0."""

    rows: Ints
    columns: Ints
    values: Floats
    shape: tuple[int, int]

    def sums(self, weights: ArrayLike) -> Floats:
        """For each mail (n,) the sum of its values times ``weights`` (columns,)."""
        products = self.values * np.asarray(weights, dtype=float)[self.columns]
        return np.bincount(self.rows, products, self.shape[0]).astype(float)

    def totals(self, members: ArrayLike | None = None) -> Floats:
        """For each column the sum over all mails, or over those where ``members`` (n,) is true."""
        values = self.values if members is None else self.values * np.asarray(members, dtype=float)[self.rows]
        return np.bincount(self.columns, values, self.shape[1]).astype(float)

    def present(self) -> Counts:
        """The same with 1 for every value: whether a word occurs."""
        return Counts(self.rows, self.columns, np.ones(len(self.values)), self.shape)

    def take(self, mails: ArrayLike) -> Counts:
        """The rows ``mails`` (m,), none twice, in that order."""
        mails = np.asarray(mails)
        place = np.full(self.shape[0], -1)
        place[mails] = np.arange(len(mails))
        kept = place[self.rows] >= 0
        order = np.argsort(place[self.rows[kept]], kind="stable")
        rows = place[self.rows[kept]][order]
        return Counts(rows, self.columns[kept][order], self.values[kept][order], (len(mails), self.shape[1]))

    def choose(self, columns: ArrayLike) -> Counts:
        """The ``columns`` (m,) by number, in rising order."""
        chosen = np.asarray(columns)
        place = np.full(self.shape[1], -1)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.columns] >= 0
        return Counts(
            self.rows[kept], place[self.columns[kept]], self.values[kept], (self.shape[0], len(chosen))
        )

    def dense(self) -> Floats:
        """The whole table (n, columns): of few columns only."""
        table = np.zeros(self.shape)
        table[self.rows, self.columns] = self.values
        return table


@dataclass(frozen=True, slots=True)
class Corpus:
    """``counts`` of all mails, the ``folder`` (n,) of each, and the columns of the named ``words``."""

    counts: Counts
    folder: Ints
    words: dict[str, int]

    @property
    def spam(self) -> Ints:
        """1 for spam, 0 for ham (n,)."""
        return np.isin(self.folder, SPAM).astype(np.int64)

    @property
    def kinds(self) -> Ints:
        """0 for ham, 1 for newsletters that look like spam, 2 for spam (n,)."""
        return np.asarray(np.where(np.isin(self.folder, SPAM), 2, self.folder == HARD)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Split:
    """Counts and classes of the mails that are learned from and of those held out.

    Columns are the words that occur in five or more of the former; ``words`` gives the columns of the named ones.
    """

    train: Counts
    train_y: Ints
    test: Counts
    test_y: Ints
    words: dict[str, int]

    @property
    def vocabulary(self) -> int:
        """How many columns there are."""
        return self.train.shape[1]


@cache
def corpus() -> Corpus:
    """All mails, with all words that occur in five or more of them."""
    with np.load(DATA / "mails.npz") as kept:
        steps, counts, mails = (unpack(kept[name]) for name in ("steps", "counts", "mails"))
        folder = kept["folders"].astype(np.int64)
    rows = np.repeat(np.arange(len(mails)), mails)
    ends = np.cumsum(steps)
    before = np.concatenate([[0], ends[np.cumsum(mails)[:-1] - 1]])  # what the mails above come to
    columns = ends - np.repeat(before, mails) - 1
    shape = len(mails), int(columns.max()) + 1
    words = json.loads((DATA / "words.json").read_text(encoding="utf-8"))
    return Corpus(Counts(rows, columns, counts.astype(float), shape), folder, words)


@cache
def split(seed: int = SEED, three: bool = False) -> Split:
    """Seven tenths to learn from, three held out, shares of the classes kept; ``three`` are :attr:`Corpus.kinds`."""
    whole = corpus()
    classes = whole.kinds if three else whole.spam
    train, test = parted(classes, seed)
    learned = whole.counts.take(train)
    columns = np.flatnonzero(learned.present().totals() >= LEAST)
    place = {int(column): number for number, column in enumerate(columns)}
    words = {word: place[column] for word, column in whole.words.items() if column in place}
    return Split(
        learned.choose(columns),
        classes[train],
        whole.counts.take(test).choose(columns),
        classes[test],
        words,
    )


def parted(classes: Ints, seed: int, held_out: float = HELD_OUT) -> tuple[Ints, Ints]:
    """Rows to learn from and rows held out, at random with the shares of ``classes`` (n,) kept.

    The very rows, in the very order, of scikit-learn's ``train_test_split(stratify=classes, random_state=seed)``.
    """
    rng = np.random.RandomState(seed)
    sizes = np.bincount(classes)
    out = int(np.ceil(held_out * len(classes)))
    learned = _shares(sizes, len(classes) - out, rng)
    tested = _shares(sizes - learned, out, rng)
    train: list[int] = []
    test: list[int] = []
    for number, size in enumerate(sizes):
        members = np.flatnonzero(classes == number)[rng.permutation(size)]
        train += members[: learned[number]].tolist()
        test += members[learned[number] : learned[number] + tested[number]].tolist()
    return rng.permutation(train), rng.permutation(test)


def _shares(sizes: Ints, total: int, rng: np.random.RandomState) -> Ints:
    """``total`` parted as ``sizes`` are, in whole numbers; the largest remainders are rounded up, ties at random."""
    wanted = sizes / sizes.sum() * total
    given: Ints = np.floor(wanted).astype(np.int64)
    rest, left = wanted - given, total - int(given.sum())
    for value in np.sort(np.unique(rest))[::-1]:
        if left <= 0:
            break
        (equal,) = np.where(rest == value)
        chosen = rng.choice(equal, size=min(len(equal), left), replace=False)
        given[chosen] += 1
        left -= len(chosen)
    return given


def folds(classes: Ints, count: int, seed: int | None = None) -> Ints:
    """For each row (n,) the fold, from 0, in which it is held out, with the shares of ``classes`` (n,) kept.

    As scikit-learn's ``StratifiedKFold(count)`` has it, shuffled by ``seed`` or in the order of the rows.
    """
    rng = None if seed is None else np.random.RandomState(seed)
    _, seen, numbers = np.unique(classes, return_index=True, return_inverse=True)
    ranks = np.argsort(np.argsort(seen))[numbers]  # classes by their first row
    kinds = len(seen)
    ordered = np.sort(ranks)
    sizes = np.array([np.bincount(ordered[fold::count], minlength=kinds) for fold in range(count)])
    found = np.empty(len(classes), dtype=np.int64)
    for kind in range(kinds):
        given = np.arange(count).repeat(sizes[:, kind])
        if rng is not None:
            rng.shuffle(given)
        found[ranks == kind] = given
    return found


def with_word(part: Counts, column: int, members: ArrayLike) -> int:
    """How many of the mails where ``members`` (n,) is true have the word of ``column``."""
    return int(np.asarray(members, dtype=bool)[part.rows[part.columns == column]].sum())


def with_both(part: Counts, columns: Iterable[int], members: ArrayLike) -> int:
    """How many of the mails where ``members`` (n,) is true have the words of all ``columns``."""
    inside = np.asarray(members, dtype=bool).copy()
    for column in columns:
        has = np.zeros(part.shape[0], dtype=bool)
        has[part.rows[part.columns == column]] = True
        inside &= has
    return int(inside.sum())
