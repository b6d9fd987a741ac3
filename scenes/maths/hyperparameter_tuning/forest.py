"""The map of the page's figure: random trees of some depth make features, and a linear model with price C reads them.

The table (``data/forest.npz``) was computed once by ``scripts/tuning_tables.py``, with all rows of a fold, a third and
a ninth of them, so that Successive Halving can be played.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomTreesEmbedding
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from scenes.maths.hyperparameter_tuning import surrogate
from scenes.maths.hyperparameter_tuning.landscape import DATA, EPSILON, FOLDS, NEAR, Floats, Ints

ROWS: Final = 400
TREES: Final = 20
DEPTHS: Final = np.arange(1, 13)
COSTS: Final = np.linspace(-3, 3, 13)
"""Powers of ten of C."""
SHARES: Final = (1 / 9, 1 / 3, 1.0)
"""Of the rows of a fold that a model may be trained on."""


def digits() -> tuple[Floats, Ints, Floats, Ints]:
    """Pictures (400, 64) and names (400,) of digits that the figure's search uses; the same of the 1,397 others."""
    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(labels))
    return images[order[:ROWS]], labels[order[:ROWS]], images[order[ROWS:]], labels[order[ROWS:]]


def measure(depth: int) -> tuple[Ints, Ints]:
    """Digits that are right in all held-out folds, (3, 13) by share of rows and C; and among the others, (13,)."""
    images, labels, others, names = digits()
    right = np.zeros((len(SHARES), len(COSTS)), dtype=np.int64)
    away = np.zeros(len(COSTS), dtype=np.int64)
    for seen, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(images, labels):
        for row, share in enumerate(SHARES):
            own = seen[: round(share * len(seen))]
            trees = RandomTreesEmbedding(TREES, max_depth=depth, random_state=0).fit(images[own])
            marked, asked = trees.transform(images[own]), trees.transform(images[held])
            right[row] += [
                int((linear(cost, marked, labels[own]).predict(asked) == labels[held]).sum())
                for cost in COSTS
            ]
    trees = RandomTreesEmbedding(TREES, max_depth=depth, random_state=0).fit(images)
    marked, asked = trees.transform(images), trees.transform(others)
    away[:] = [int((linear(cost, marked, labels).predict(asked) == names).sum()) for cost in COSTS]
    return right, away


def linear(cost: float, features: Floats, labels: Ints) -> LogisticRegression:
    """A logistic regression of at most 200 steps, as it stands then."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=10**cost, max_iter=200).fit(features, labels)


@dataclass(frozen=True, slots=True)
class Forest:
    """``right`` (3, 12, 13): held-out digits of 400 that were read, by share of rows, depth and C; ``unseen`` (12,
    13): those of the 1,397 others, by a model of all 400."""

    right: Ints
    unseen: Ints

    @property
    def scores(self) -> Floats:
        """Cross-validated accuracy (12, 13) with all rows."""
        return np.asarray(self.right[-1] / ROWS)


@cache
def forest() -> Forest:
    """The table that is kept."""
    with np.load(DATA / "forest.npz") as kept:
        return Forest(kept["right"].astype(np.int64), kept["unseen"].astype(np.int64))


# --- searching it, as the figure does

TRIALS: Final = 9
"""What each search may spend, in trainings of all rows."""
STARTS: Final = 20
"""Starts that the figure offers: all placements of the grid, or seeds."""
STEP: Final = 4
"""Cells between two values of the grid, along both sides."""
LENGTHS: Final = (2.5, 1.2)
"""Length scales of the Gaussian process along depth and C."""
DRAWN: Final = 3
SETTINGS: Final = 27

Paid = list[tuple[int, int]]
"""Cells in the order in which they are paid for, each with the number of its share of rows."""


def places() -> Floats:
    """Depth and power of ten of C (156, 2) of each cell, row by row."""
    return np.array([(depth, cost) for depth in DEPTHS for cost in COSTS], dtype=float)


def shuffled(seed: int, count: int) -> list[int]:
    """So many cells, drawn without replacement: the first of a shuffle (Fisher and Yates)."""
    random = np.random.default_rng(seed)
    left = list(range(len(DEPTHS) * len(COSTS)))
    for at in range(count):
        other = at + int(random.integers(len(left) - at))
        left[at], left[other] = left[other], left[at]
    return left[:count]


def by_grid(start: int) -> Paid:
    """Three depths and three values of C, ``STEP`` cells apart; ``start`` (0 to 19) says where they lie."""
    first, second = divmod(start % STARTS, len(COSTS) - 2 * STEP)
    return [
        ((first + STEP * row) * len(COSTS) + second + STEP * column, len(SHARES) - 1)
        for row in range(3)
        for column in range(3)
    ]


def by_random(start: int) -> Paid:
    """Nine cells, each drawn independently of what the others scored."""
    return [(cell, len(SHARES) - 1) for cell in shuffled(start, TRIALS)]


def by_model(start: int) -> Paid:
    """Three random cells, then those with the highest expected improvement."""
    scores, all_places = forest().scores.ravel(), places()
    tried = shuffled(start, DRAWN)
    while len(tried) < TRIALS:
        belief = surrogate.posterior(all_places[tried], scores[tried], all_places, LENGTHS)
        gain = surrogate.expected_improvement(belief, float(scores[tried].max()))
        gain[tried] = -1.0
        tried.append(int(gain.argmax()))
    return [(cell, len(SHARES) - 1) for cell in tried]


def by_halving(start: int) -> Paid:
    """27 random cells on a ninth of the rows, the best 9 on a third, the best 3 on all."""
    alive = np.array(shuffled(start, SETTINGS))
    found: Paid = []
    for share in range(len(SHARES)):
        found += [(int(cell), share) for cell in alive]
        scores = forest().right[share].ravel()[alive]
        alive = alive[np.argsort(-scores, kind="stable")[: len(alive) // 3]]
    return found


SEARCHES: Final[Mapping[str, Callable[[int], Paid]]] = {
    "grid": by_grid,
    "random": by_random,
    "bayes": by_model,
    "halving": by_halving,
}


def best(paid: Paid) -> float:
    """Highest score of what was trained on all rows."""
    scores = forest().scores.ravel()
    return float(max(scores[cell] for cell, share in paid if share == len(SHARES) - 1))


def hits(search: str, starts: int) -> float:
    """Share of so many starts from which a search comes within 0.005 of the best of the map."""
    goal = forest().scores.max() - NEAR - EPSILON
    return float(np.mean([best(SEARCHES[search](start)) >= goal for start in range(starts)]))
