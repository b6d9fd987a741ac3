"""Four Naive Bayes classifiers, and the TF-IDF that is given to them.

Source: A. McCallum and K. Nigam, A comparison of event models for Naive Bayes text classification (1998); J. Rennie,
L. Shih, J. Teevan and D. Karger, Tackling the poor assumptions of Naive Bayes text classifiers (2003).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.maths.naive_bayes.mails import Counts, Ints

Floats = NDArray[np.float64]

ALPHA: Final = 0.1
"""Added to every count, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A classifier: the score of a class is ``prior`` (k,) plus the sum of a mail's values times ``weights`` (k, V)."""

    prior: Floats
    weights: Floats

    def scores(self, counts: Counts) -> Floats:
        """Of each mail and class (n, k): up to a constant of the mail the logarithm of the class's probability."""
        return np.asarray(np.column_stack([counts.sums(row) for row in self.weights]) + self.prior)

    def log_odds(self, counts: Counts) -> Floats:
        """Of two classes: the log-odds (n,) of the second one."""
        return np.asarray(counts.sums(self.word_weights) + (self.prior[1] - self.prior[0]))

    @property
    def word_weights(self) -> Floats:
        """Of two classes: what each value adds to the log-odds (V,)."""
        return np.asarray(self.weights[1] - self.weights[0])

    def classes(self, counts: Counts) -> Ints:
        """The class (n,) with the highest score."""
        return np.asarray(self.scores(counts).argmax(axis=1))


def smoothed(counts: ArrayLike, alpha: float = ALPHA) -> Floats:
    """Shares (k, V) of the words of each class, with ``alpha`` added to every count (k, V).

    θ = (N + α) / (Σ N + αV).  Without smoothing (``alpha`` 0) a word that a class never showed has the share 0.
    """
    table = np.asarray(counts, dtype=float) + alpha
    return np.asarray(table / table.sum(axis=-1, keepdims=True))


def by_class(counts: Counts, y: Ints) -> Floats:
    """Sums (k, V) of the columns over the mails of each class."""
    return np.array([counts.totals(y == kind) for kind in range(int(y.max()) + 1)])


def multinomial(counts: Counts, y: Ints, alpha: float = ALPHA) -> Linear:
    """Multinomial Naive Bayes: each occurrence of a word counts."""
    return Linear(_log_prior(y), np.log(smoothed(by_class(counts, y), alpha)))


def bernoulli(counts: Counts, y: Ints, alpha: float = ALPHA) -> Linear:
    """Bernoulli Naive Bayes: each word of the vocabulary occurs or not.  Give it :meth:`Counts.present`.

    log P(x|c) = Σ log(1 − p) + Σ over words that occur of log p/(1 − p), so it is linear too.
    """
    mails = np.bincount(y)[:, None]
    p = (by_class(counts.present(), y) + alpha) / (mails + 2 * alpha)
    return Linear(_log_prior(y) + np.log1p(-p).sum(axis=1), np.log(p) - np.log1p(-p))


def complement(counts: Counts, y: Ints, alpha: float = ALPHA) -> Linear:
    """Complement Naive Bayes: a class has high scores where the words of all others are rare.  There is no prior."""
    table = by_class(counts, y)
    return Linear(np.zeros(len(table)), -np.log(smoothed(table.sum(axis=0) - table, alpha)))


def _log_prior(y: Ints) -> Floats:
    return np.asarray(np.log(np.bincount(y) / len(y)))


# --- TF-IDF


def idf(documents: ArrayLike, mails: int) -> Floats:
    """ln((1 + n)/(1 + df)) + 1 for words that occur in ``documents`` (V,) of n ``mails``: 1 where it is in all."""
    return np.asarray(np.log((1 + mails) / (1 + np.asarray(documents, dtype=float))) + 1)


def tf_idf(counts: Counts, rarity: Floats) -> Counts:
    """(1 + ln count) times ``rarity`` (V,), then each mail scaled to length 1."""
    values = (1 + np.log(counts.values)) * rarity[counts.columns]
    length = np.sqrt(np.bincount(counts.rows, values**2, counts.shape[0]))
    return Counts(counts.rows, counts.columns, values / length[counts.rows], counts.shape)


def weighed(train: Counts, *others: Counts) -> tuple[Counts, ...]:
    """``train`` and others as TF-IDF; the rarity of words is learned from ``train`` alone."""
    rarity = idf(train.present().totals(), train.shape[0])
    return tuple(tf_idf(each, rarity) for each in (train, *others))


def chi_squared(counts: Counts, y: Ints) -> Floats:
    """Of each column (V,): χ² of its sums over the classes against the sums that the classes' sizes let expect."""
    observed = by_class(counts, y)
    expected = np.bincount(y)[:, None] / len(y) * observed.sum(axis=0)
    return np.asarray(((observed - expected) ** 2 / expected).sum(axis=0))


# --- Gaussian


@dataclass(frozen=True, slots=True)
class Gaussian:
    """Gaussian Naive Bayes: ``means`` and ``variances`` (k, d) of the features in each class, and ``prior`` (k,)."""

    prior: Floats
    means: Floats
    variances: Floats

    def scores(self, X: ArrayLike) -> Floats:
        """log P(c) + Σ log N(x; μ, σ²) of rows ``X`` (n, d), for each class (n, k)."""
        X = np.asarray(X, dtype=float)
        columns = [
            np.log(share)
            - 0.5 * (np.log(2 * np.pi * variance).sum() + ((X - mean) ** 2 / variance).sum(axis=1))
            for share, mean, variance in zip(self.prior, self.means, self.variances, strict=True)
        ]
        return np.column_stack(columns)

    def log_odds(self, X: ArrayLike) -> Floats:
        """Of two classes: the log-odds (n,) of the second one."""
        scores = self.scores(X)
        return np.asarray(scores[:, 1] - scores[:, 0])

    def density(self, kind: int, x: ArrayLike, feature: int = 0) -> Floats:
        """The bell of a class over a feature."""
        mean, variance = self.means[kind, feature], self.variances[kind, feature]
        return np.asarray(
            np.exp(-((np.asarray(x) - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
        )

    def crossings(self) -> Floats:
        """Of one feature and two classes: where both are equally probable, in rising order; none, one or two places.

        Between two bells of unequal variance the log-odds are a parabola.
        """
        (m0, m1), (v0, v1) = self.means[:, 0], self.variances[:, 0]
        square = 0.5 / v0 - 0.5 / v1
        linear = m1 / v1 - m0 / v0
        constant = np.log(self.prior[1] / self.prior[0]) + 0.5 * (np.log(v0 / v1) + m0**2 / v0 - m1**2 / v1)
        found = np.roots([square, linear, constant])
        return np.sort(found[np.isreal(found)].real)


def gaussian(X: ArrayLike, y: Ints, widening: float = 1e-9) -> Gaussian:
    """Means and variances (divided by n) of ``X`` (n, d) in each class; ``widening`` times the largest variance of all
    is added to each, so that none is 0.
    """
    X = np.asarray(X, dtype=float)
    least = widening * X.var(axis=0).max()
    kinds = range(int(y.max()) + 1)
    return Gaussian(
        np.bincount(y) / len(y),
        np.array([X[y == kind].mean(axis=0) for kind in kinds]),
        np.array([X[y == kind].var(axis=0) + least for kind in kinds]),
    )
