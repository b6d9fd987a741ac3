"""AdaBoost.R2: boosting for numbers, whose mistakes are graded from 0 to 1.

Source: H. Drucker, Improving regressors using boosting techniques, ICML (1997), with the linear loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.ensembles.voting import Floats
from scenes.maths.shared.memo import remembered

POINTS: Final = 100
NOISE: Final = 0.3
DEPTH: Final = 4
ROUNDS: Final = 60
SEEDS: Final = range(20)
GRID: Final = np.linspace(0.05, 5.95, 300)
RESIDUALS: Final = np.array([0.0, 0.0, 1.0, 3.0])
"""Of four points, to follow in the head."""
ANSWERS: Final = np.array([2.0, 3.0, 9.0])
"""Of three trees, to follow in the head."""


def bends(x: Floats) -> Floats:
    """(n,): sin x + sin 6x."""
    return np.asarray(np.sin(x) + np.sin(6 * x))


def draw(seed: int, noise: float = NOISE) -> tuple[Floats, Floats]:
    """(100,) places in [0, 6], rising, and (100,) readings there."""
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(0, 6, POINTS))
    return x, bends(x) + rng.normal(0, noise, POINTS)


def losses(residuals: Floats) -> Floats:
    """(n,): |residual| over the largest one, 0 to 1."""
    return np.asarray(np.abs(residuals) / np.abs(residuals).max())


def rate(weights: Floats, loss: Floats) -> float:
    """β = L̄/(1 − L̄), of the weighted mean loss L̄."""
    mean = float(weights @ loss)
    return mean / (1 - mean)


def graded(loss: Floats, beta: float) -> Floats:
    """(n,): factor β^(1 − L) of each weight: β for no loss, 1 for the largest."""
    return np.asarray(beta ** (1 - loss))


def weighted_median(answers: ArrayLike, weights: ArrayLike) -> Floats:
    """(n,): of ``answers`` (n, m), the lowest at which half of the total of ``weights`` (m,) is reached."""
    table, votes = np.atleast_2d(np.asarray(answers, dtype=float)), np.asarray(weights, dtype=float)
    order = table.argsort(axis=1)
    reached = votes[order].cumsum(axis=1)
    first = (reached >= 0.5 * reached[:, -1:]).argmax(axis=1)
    rows = np.arange(len(table))
    return np.asarray(table[rows, order[rows, first]])


@dataclass(frozen=True, slots=True)
class Graded:
    """``answers`` (300, m) at :data:`GRID` of m trees, their ``votes`` ln(1/β) (m,), points' ``weights`` (m + 1, 100),
    and each tree's answers at its own points, ``own`` (100, m)."""

    answers: Floats
    votes: Floats
    weights: Floats
    own: Floats

    def curve(self, rounds: int | None = None) -> Floats:
        """(300,): the weighted median of the first ``rounds`` trees."""
        return weighted_median(self.answers[:, :rounds], self.votes[:rounds])


@remembered
def boost(seed: int, noise: float = NOISE, rounds: int = ROUNDS) -> Graded:
    """AdaBoost.R2 with trees of depth 4, each grown on a sample that is drawn by the weights.

    It ends early where a tree's weighted mean loss reaches one half.
    """
    x, y = draw(seed, noise)
    rng = np.random.default_rng(seed)
    weights = [np.full(POINTS, 1 / POINTS)]
    answers, own, votes = [], [], []
    for _ in range(rounds):
        rows = rng.choice(POINTS, POINTS, p=weights[-1])
        tree = DecisionTreeRegressor(max_depth=DEPTH, random_state=0).fit(x[rows, None], y[rows])
        said = tree.predict(x[:, None])
        loss = losses(said - y)
        if weights[-1] @ loss >= 0.5:
            break
        beta = rate(weights[-1], loss)
        moved = weights[-1] * graded(loss, beta)
        weights.append(moved / moved.sum())
        answers.append(tree.predict(GRID[:, None]))
        own.append(said)
        votes.append(np.log(1 / beta))
    return Graded(np.array(answers).T, np.array(votes), np.array(weights), np.array(own).T)


@dataclass(frozen=True, slots=True)
class Errors:
    """Root mean squared errors (20,) to the truth on the grid, one a data set."""

    mean: Floats
    """Of the mean of the readings."""
    single: Floats
    """Of one tree of depth 4."""
    boosted: Floats
    """Of the weighted median of 60."""
    full: Floats
    """Of one full-grown tree."""


@remembered
def errors(noise: float = NOISE) -> Errors:
    """The four models on the same 20 data sets."""
    found = []
    for seed in SEEDS:
        x, y = draw(seed, noise)
        guesses = [np.full(len(GRID), y.mean())]
        guesses.append(alone(x, y, DEPTH))
        guesses.append(boost(seed, noise).curve())
        guesses.append(alone(x, y, None))
        found.append([np.sqrt(((guess - bends(GRID)) ** 2).mean()) for guess in guesses])
    return Errors(*np.array(found).T)


def alone(x: Floats, y: Floats, depth: int | None) -> Floats:
    """(300,): one tree of that ``depth`` (full-grown for none) of all points."""
    return np.asarray(
        DecisionTreeRegressor(max_depth=depth, random_state=0).fit(x[:, None], y).predict(GRID[:, None])
    )
