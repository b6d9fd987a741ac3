"""A planted test of feature importance: a coin that tells the class most of the time, and a column of pure noise.

Sources: Strobl, Boulesteix, Zeileis & Hothorn, Bias in random forest variable importance measures (BMC Bioinformatics
8, 2007); Breiman, Random forests (Machine Learning 45, 2001), section 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance

from scenes.maths.shared.memo import remembered

Array: TypeAlias = NDArray[np.float64]

ROWS: Final = 400
"""Half of them are learnt, half are not seen."""
RIGHT: Final = 0.8
"""How often the coin tells the class."""
RUNS: Final = 10
TREES: Final = 100


def planted(seed: int) -> tuple[Array, NDArray[np.intp]]:
    """Columns (400, 2), the coin and the noise, and classes (400,), 0 or 1."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 2, ROWS)
    coin = np.where(rng.random(ROWS) < RIGHT, kind, 1 - kind)
    return np.column_stack([coin, rng.normal(size=ROWS)]), kind.astype(np.intp)


@dataclass(frozen=True, slots=True)
class Runs:
    """Importances (r, 2) of both columns in r runs, by mean decrease in ``impurity`` and by ``permutation``.

    Permutation: the accuracy that is lost on unseen rows when a column is shuffled. ``right`` (r,): the forest's
    accuracy there; ``alone`` (r,): that of who believes the coin.
    """

    impurity: Array
    permutation: Array
    right: Array
    alone: Array


@remembered
def plant(leaf: int = 1) -> Runs:
    """The planted test with forests whose leaves hold ``leaf`` rows at least, each run with data of its own."""
    half = ROWS // 2
    impurity, permutation, right, alone = [], [], [], []
    for seed in range(RUNS):
        columns, kind = planted(seed)
        forest = RandomForestClassifier(TREES, min_samples_leaf=leaf, random_state=seed)
        forest.fit(columns[:half], kind[:half])
        shuffled = permutation_importance(
            forest, columns[half:], kind[half:], n_repeats=10, random_state=seed
        )
        impurity.append(forest.feature_importances_)
        permutation.append(shuffled.importances_mean)
        right.append(forest.score(columns[half:], kind[half:]))
        alone.append(float((columns[half:, 0] == kind[half:]).mean()))
    return Runs(np.array(impurity), np.array(permutation), np.array(right), np.array(alone))


@remembered
def twins(leaf: int) -> Array:
    """Accuracy lost on unseen rows (r, 2) when the coin has an identical twin beside it, in :data:`RUNS` runs.

    Leaves hold ``leaf`` rows at least. First when one of the two is shuffled, on average over both, then when they are
    shuffled in the same order.
    """
    lost = np.empty((RUNS, 2))
    half = ROWS // 2
    for seed in range(RUNS):
        columns, kind = planted(seed)
        columns = columns[:, [0, 0, 1]]
        forest = RandomForestClassifier(TREES, min_samples_leaf=leaf, random_state=seed)
        forest.fit(columns[:half], kind[:half])
        fresh, truth = columns[half:], kind[half:]
        rng = np.random.default_rng(seed)
        falls = []
        for shuffled in ([0], [1], [0, 1]):
            scored = []
            for _ in range(10):
                rows = fresh.copy()
                rows[:, shuffled] = fresh[rng.permutation(len(fresh))][:, shuffled]
                scored.append(forest.score(rows, truth))
            falls.append(forest.score(fresh, truth) - np.mean(scored))
        lost[seed] = np.mean(falls[:2]), falls[2]
    return lost


def thresholds(seed: int = 0) -> NDArray[np.intp]:
    """How many thresholds (2,) the learnt half offers in either column."""
    columns, _ = planted(seed)
    return np.array([len(np.unique(column)) - 1 for column in columns[: ROWS // 2].T])
