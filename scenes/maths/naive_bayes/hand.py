"""What can be followed in the head: nine mails, a bag of words, three mails for TF-IDF, three bags, two bells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.maths.naive_bayes import bayes
from scenes.maths.naive_bayes.classifiers import Linear, idf, smoothed
from scenes.maths.naive_bayes.mails import Counts, Ints

Floats = NDArray[np.float64]

SAY: Final = (
    (("free",), ("free", "offer"), ("offer",)),
    (("free",), ("offer",), ("offer",), ("lunch",), ("lunch",), ("lunch",)),
)
"""What each of nine mails says, of spam and of ham."""
MAILS: Final = np.array([len(rows) for rows in SAY])
"""Spam and ham among the nine."""
HAVE: Final = {
    word: np.array([sum(word in said for said in rows) for rows in SAY])
    for word in ("free", "offer", "lunch")
}
"""How many of them have a word, of spam and of ham."""
HAVE_ALL: Final = np.array([*HAVE.values()])
BAG: Final = {"free": 3, "offer": 2, "buy": 1, "lunch": 0}
"""Words in all the spam, by hand: six of them."""
ALPHA: Final = 1.0
BAGS: Final = np.array([80, 16, 4])
"""Words in the bags of three classes."""
THREE: Final = {"the": 3, "credit": 1}
"""How many of three mails have a word."""
BELLS: Final = (0.0, 4.0)
"""Means of two bells of deviation 1."""
AT: Final = 1.0
"""A measurement between them."""
TIMES: Final = 4.0
"""How many times as common in spam a word is that is counted again and again."""

CALLED: Final = 10
"""Mails of which one probability is claimed."""
CLAIM: Final = 0.8
"""That probability."""


def prior_odds() -> float:
    """Spam against ham among the nine."""
    return float(MAILS[0] / MAILS[1])


def ratio(word: str) -> float:
    """The likelihood ratio of a word: its share of spam over its share of ham."""
    spam, ham = HAVE[word] / MAILS
    return float(spam / ham)


def posterior_odds(*words: str) -> float:
    """Odds of spam after reading ``words``, each as if it stood alone within a class."""
    return float(prior_odds() * np.prod([ratio(word) for word in words]))


def kept(word: str) -> Floats:
    """Shares (2,) of spam and ham among the mails that have the word."""
    return np.asarray(HAVE[word] / HAVE[word].sum())


def shares(alpha: float = ALPHA) -> dict[str, float]:
    """Shares of the bag's words, with ``alpha`` added to each count."""
    return dict(zip(BAG, smoothed(np.array([*BAG.values()], dtype=float), alpha).tolist(), strict=True))


VOCABULARY: Final = tuple(HAVE)
MAIL: Final = ("free", "free", "offer")
"""A mail to be weighed by hand."""


def counted() -> Floats:
    """How often each word of the vocabulary is in the mail (3,)."""
    return np.array([MAIL.count(word) for word in VOCABULARY], dtype=float)


def by_hand(make: Callable[[Counts, Ints, float], Linear]) -> Linear:
    """A classifier that has learned from the nine mails."""
    table = np.array([[said.count(word) for word in VOCABULARY] for rows in reversed(SAY) for said in rows])
    rows, columns = np.nonzero(table)
    y = np.repeat([0, 1], MAILS[::-1])
    return make(Counts(rows, columns, table[rows, columns].astype(float), table.shape), y, ALPHA)


def bernoulli_terms() -> Floats:
    """What each word of the vocabulary adds to the log-odds of the mail (3,), present or absent."""
    spam, ham = ((HAVE_ALL[:, side] + ALPHA) / (MAILS[side] + 2 * ALPHA) for side in (0, 1))
    there = counted() > 0
    return np.asarray(np.where(there, np.log(spam / ham), np.log((1 - spam) / (1 - ham))))


def three() -> int:
    """How many mails these are."""
    return max(THREE.values())


def called_spam() -> int:
    """How many of the mails that are called by one claim are spam if it is calibrated."""
    return round(CALLED * CLAIM)


def rarity() -> dict[str, float]:
    """IDF of the words of the three mails."""
    return {word: float(idf(count, three())) for word, count in THREE.items()}


def bell(x: ArrayLike, mean: float) -> Floats:
    """The normal curve of deviation 1 around ``mean``."""
    return np.asarray(np.exp(-((np.asarray(x, dtype=float) - mean) ** 2) / 2) / np.sqrt(2 * np.pi))


def bell_log_ratio(x: ArrayLike = AT) -> Floats:
    """log N(x; 0, 1) − log N(x; 4, 1): half the difference of the squared distances."""
    x = np.asarray(x, dtype=float)
    return np.asarray(((x - BELLS[1]) ** 2 - (x - BELLS[0]) ** 2) / 2)


def again(times: int) -> float:
    """The probability after the same word is counted ``times`` times, from even odds."""
    return float(bayes.share(TIMES**times))
