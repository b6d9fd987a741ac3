"""What a winner's score is worth: the luckiest coin, shuffled labels, nested cross-validation, unseen digits.

Sources: S. Varma and R. Simon, BMC Bioinformatics 7 (2006); G. Cawley and N. Talbot, JMLR 11 (2010).  The tables
(``data/shuffled.npz``, ``data/unseen.npz``) were computed once by ``scripts/tuning_tables.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from scipy.stats import binom
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_score
from sklearn.svm import SVC

from scenes.maths.hyperparameter_tuning.landscape import DATA, FOLDS, Floats, Ints, digits, machine

REPEATS: Final = 20
FEW: Final = 60
"""Rows with shuffled labels, half of each of two classes."""
TRIED: Final = 30
"""Settings that each search tries."""
SPLITS: Final = 10
COINS: Final = 20
TOSSES: Final = 10
GRID: Final = (10 ** np.linspace(-4, -2.5, 7), (1, 10))
"""Values of gamma and C of the search whose winner meets unseen digits."""


@dataclass(frozen=True, slots=True)
class Shuffled:
    """Searches on labels without meaning: ``tried`` (20, 30), score of each setting by cross-validation; ``outer``
    (20, 5), score of the inner winner on each outer fold."""

    tried: Floats
    outer: Floats

    @property
    def flat(self) -> Floats:
        """What the winner of each search reports, (20,)."""
        return np.asarray(self.tried.max(axis=1))

    @property
    def nested(self) -> Floats:
        """What nested cross-validation reports of each search, (20,)."""
        return np.asarray(self.outer.mean(axis=1))


@dataclass(frozen=True, slots=True)
class Unseen:
    """Ten splits: the winner's cross-validated score ``chosen``, its accuracy on digits that no search saw,
    ``tuned``, and that of the library's defaults, ``default``; all (10,)."""

    chosen: Floats
    tuned: Floats
    default: Floats


def nothing(seed: int) -> tuple[Floats, Ints, Floats]:
    """Pictures (60, 64), labels (60,) 0 or 1 that are shuffled, and 30 settings (30, 2), powers of ten of gamma, C."""
    images, _ = load_digits(return_X_y=True)
    random = np.random.default_rng(seed)
    own = random.choice(len(images), FEW, replace=False)
    labels = random.permutation(np.repeat([0, 1], FEW // 2))
    pairs = [(random.uniform(-1, 3), random.uniform(-6, -1)) for _ in range(TRIED)]
    return images[own], labels, np.array(pairs)[:, ::-1]


def inner(images: Floats, labels: Ints, settings: Floats, seed: int) -> Floats:
    """Cross-validated score (m,) of each of ``settings`` (m, 2)."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    return np.array([cross_val_score(machine(*each), images, labels, cv=folds).mean() for each in settings])


Search = Callable[[Floats, Ints], int]


def nested(images: Floats, labels: Ints, settings: Floats, seed: int, search: Search | None = None) -> Floats:
    """Accuracy (5,) on each outer fold of the winner of a search on the other rows."""
    find = search or (lambda rows, names: int(inner(rows, names, settings, seed).argmax()))
    scores = []
    for seen, held in StratifiedKFold(FOLDS, shuffle=True, random_state=seed + 100).split(images, labels):
        fit = machine(*settings[find(images[seen], labels[seen])]).fit(images[seen], labels[seen])
        scores.append(fit.score(images[held], labels[held]))
    return np.array(scores)


def trainings(tried: int = TRIED, folds: int = FOLDS, outer: int = FOLDS) -> tuple[int, int]:
    """How many models one search trains, its last fit included, and how many nested cross-validation does."""
    one = tried * folds + 1
    return one, outer * one


def tuned(seed: int) -> tuple[float, float, float]:
    """One split: the winner's cross-validated score, its accuracy on unseen digits, that of the defaults."""
    images, labels, others, names = digits(seed)
    grid = GridSearchCV(
        SVC(), {"gamma": GRID[0], "C": GRID[1]}, cv=StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    ).fit(images, labels)
    return grid.best_score_, grid.score(others, names), SVC().fit(images, labels).score(others, names)


@cache
def shuffled() -> Shuffled:
    """The searches on shuffled labels that are kept."""
    with np.load(DATA / "shuffled.npz") as kept:
        return Shuffled(kept["tried"], kept["outer"])


@cache
def unseen() -> Unseen:
    """The ten splits that are kept."""
    with np.load(DATA / "unseen.npz") as kept:
        return Unseen(kept["chosen"], kept["tuned"], kept["default"])


def luckiest(coins: int = COINS, tosses: int = TOSSES) -> float:
    """Heads of the luckiest of fair ``coins`` on average, each tossed so often; exact."""
    below = binom.cdf(np.arange(tosses), tosses, 0.5) ** coins
    return float((1 - below).sum())


def tossed(seed: int, coins: int = COINS, tosses: int = TOSSES) -> Ints:
    """Heads (1) and tails (0) of fair coins, (coins, tosses)."""
    return np.random.default_rng(seed).integers(0, 2, (coins, tosses))
