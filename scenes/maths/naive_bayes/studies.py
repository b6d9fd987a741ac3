"""What the classifiers reach on mails that they have not seen: on the split that is shown, and on twenty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenes.maths.naive_bayes import bayes, calibration
from scenes.maths.naive_bayes import classifiers as models
from scenes.maths.naive_bayes.classifiers import Linear
from scenes.maths.naive_bayes.mails import SEED, SPLITS, Ints, Split, split, with_both, with_word
from scenes.maths.shared.memo import remembered

Floats = NDArray[np.float64]

FOUR: Final = ("guaranteed", "free", "credit", "offer")
"""The words of the mail that is weighed; picked, since each of them weighs much."""
VARIANTS: Final = ("Bernoulli", "Multinomial", "Multinomial TF-IDF", "Complement TF-IDF", "Gaussian TF-IDF")
KEPT: Final = 300
"""Columns that the Gaussian variant gets: those with the largest χ²."""
ALPHAS: Final = (1e-10, 0.1, 1.0)
TINY: Final = 1e-6
"""One in a million."""
MENDED: Final = 6
"""Splits on which the claims are mended."""
NEWSLETTER: Final = 1


@cache
def model(seed: int = SEED) -> Linear:
    """Multinomial Naive Bayes of a split."""
    return models.multinomial(split(seed).train, split(seed).train_y)


@cache
def claims(seed: int = SEED) -> Floats:
    """Its log-odds (n,) of the mails held out."""
    return model(seed).log_odds(split(seed).test)


def prior_log_odds() -> float:
    """Of the model that is shown."""
    return float(model().prior[1] - model().prior[0])


def weight(word: str) -> float:
    """What one occurrence of a word adds to the log-odds."""
    return float(model().word_weights[split().words[word]])


def tipped(*words: str) -> float:
    """Log-odds of a mail of these words."""
    return prior_log_odds() + sum(weight(word) for word in words)


@dataclass(frozen=True, slots=True)
class Pair:
    """Of spam and of ham: how many there are, and how many have it."""

    all: tuple[int, int]
    have: tuple[int, int]

    @property
    def shares(self) -> tuple[float, float]:
        """P(word | spam), P(word | ham)."""
        return self.have[0] / self.all[0], self.have[1] / self.all[1]

    @property
    def prior(self) -> float:
        """P(spam)."""
        return self.all[0] / sum(self.all)

    def joint(self, prior: float) -> Floats:
        """P(class, word) (2, 2) under another prior: rows ham and spam, columns with the word and without it."""
        classes = np.array([1 - prior, prior])
        have = np.array(self.shares[::-1])
        return np.asarray(classes[:, None] * np.column_stack([have, 1 - have]))

    def posterior(self, prior: float | None = None) -> float:
        """P(spam | word), of this prior or another."""
        return float(bayes.posterior(self.prior if prior is None else prior, *self.shares))


@cache
def seen(*words: str) -> Pair:
    """Mails to learn from that have all ``words``."""
    part = split()
    spam = part.train_y == 1
    columns = [part.words[word] for word in words]
    sizes = int(spam.sum()), int((~spam).sum())
    if len(columns) == 1:
        return Pair(
            sizes, (with_word(part.train, columns[0], spam), with_word(part.train, columns[0], ~spam))
        )
    return Pair(sizes, (with_both(part.train, columns, spam), with_both(part.train, columns, ~spam)))


def expected(*words: str) -> float:
    """How many spam to learn from would have all ``words`` if these were independent within spam."""
    count = seen(words[0]).all[0]
    return float(count * np.prod([seen(word).shares[0] for word in words]))


def unseen_share(part: Split) -> float:
    """Of the spam held out: the share that has a word which no spam to learn from has."""
    never = part.train.totals(part.train_y == 1) == 0
    return float((part.test.sums(never) > 0)[part.test_y == 1].mean())


def variants(part: Split) -> Floats:
    """Held-out accuracy (5,) of :data:`VARIANTS`."""
    y, test_y = part.train_y, part.test_y
    weighed, tested = models.weighed(part.train, part.test)
    best = np.sort(np.argsort(models.chi_squared(weighed, y))[-KEPT:])
    bells = models.gaussian(weighed.choose(best).dense(), y)
    bernoulli = models.bernoulli(part.train, y).log_odds(part.test.present())
    return np.array(
        [
            bayes.accuracy(test_y, bernoulli),
            bayes.accuracy(test_y, models.multinomial(part.train, y).log_odds(part.test)),
            bayes.accuracy(test_y, models.multinomial(weighed, y).log_odds(tested)),
            bayes.accuracy(test_y, models.complement(weighed, y).log_odds(tested)),
            bayes.accuracy(test_y, bells.log_odds(tested.choose(best).dense())),
        ]
    )


@remembered
def twenty() -> tuple[Floats, Floats, Floats]:
    """Of twenty splits: accuracy (20, 5) of the variants; log loss (20, 3) by :data:`ALPHAS`; and (20, 4) the share
    of spam below one in a million, that of spam above the opposite, how many lie between, and
    :func:`unseen_share`.
    """
    accuracies, losses, shares = [], [], []
    for seed in range(SPLITS):
        part = split(seed)
        accuracies.append(variants(part))
        losses.append(
            [
                bayes.log_loss(
                    part.test_y, models.multinomial(part.train, part.train_y, alpha).log_odds(part.test)
                )
                for alpha in ALPHAS
            ]
        )
        p = bayes.sigmoid(claims(seed))
        low, high = p < TINY, p > 1 - TINY
        shares.append(
            [part.test_y[low].mean(), part.test_y[high].mean(), (~low & ~high).sum(), unseen_share(part)]
        )
    return np.array(accuracies), np.array(losses), np.array(shares)


def guess() -> tuple[float, float, float]:
    """Accuracy, log loss and Brier score of who claims the share of spam of every mail."""
    part = split()
    share, y = part.train_y.mean(), part.test_y
    z = np.full(len(y), bayes.log_odds(share))
    return bayes.accuracy(y, z), bayes.log_loss(y, z), bayes.brier(y, np.full(len(y), share))


# --- three classes

ENTRIES: Final = (("multinomial", 1.0), ("complement", 1.0), ("multinomial", 0.1), ("complement", 0.1))
"""Classifiers on TF-IDF, by name and alpha."""


@remembered
def found() -> Floats:
    """By :data:`ENTRIES` and split (4, 20, 4): the share of ham, newsletters and spam that is found, and macro F1."""
    rows = []
    for seed in range(SPLITS):
        part = split(seed, three=True)
        weighed, tested = models.weighed(part.train, part.test)
        by_name = {"multinomial": models.multinomial, "complement": models.complement}
        guessed = [by_name[name](weighed, part.train_y, alpha).classes(tested) for name, alpha in ENTRIES]
        rows.append([_recalls(part.test_y, said) for said in guessed])
    return np.array(rows).transpose(1, 0, 2)


def _recalls(y: Ints, said: Ints) -> list[float]:
    table = np.zeros((3, 3))
    np.add.at(table, (y, said), 1)
    right = np.diag(table)
    f1 = 2 * right / (table.sum(axis=0) + table.sum(axis=1))
    return [*(right / table.sum(axis=1)), float(f1.mean())]


# --- claims against facts


def in_words(edges: tuple[float, ...]) -> calibration.Bins:
    """Claims of the model that is shown, in bins of claimed probability."""
    return calibration.bins(split().test_y, bayes.sigmoid(claims()), edges)


@cache
def curves(seed: int = SEED) -> tuple[calibration.Platt, calibration.Isotonic]:
    """An S-curve and rising steps over claimed probabilities, from mails that each model has not seen."""
    part = split(seed)
    p = bayes.sigmoid(calibration.out_of_fold(part.train, part.train_y))
    return calibration.platt(p, part.train_y), calibration.isotonic(p, part.train_y)


def mended(seed: int = SEED) -> tuple[Floats, Floats, Floats]:
    """Claimed probabilities (n,) of the mails held out: as they are, by the S-curve, and by the steps."""
    p = bayes.sigmoid(claims(seed))
    sigmoid, steps = curves(seed)
    return p, sigmoid.p(p), steps.p(p)


def scores(seed: int = SEED) -> Floats:
    """(3, 3): log loss, Brier score and accuracy of the claims, as :func:`mended` has them."""
    y = split(seed).test_y
    raw, sigmoid, steps = mended(seed)
    first = [bayes.log_loss(y, claims(seed)), bayes.brier(y, raw), bayes.accuracy(y, claims(seed))]
    rest = [
        [bayes.log_loss_of(y, p), bayes.brier(y, p), float(np.mean((p > 0.5) == (y == 1)))]
        for p in (sigmoid, steps)
    ]
    return np.array([first, *rest])


@remembered
def mended_splits() -> Floats:
    """:func:`scores` of the first six splits, (6, 3, 3)."""
    return np.array([scores(seed) for seed in range(MENDED)])
