"""One pruned tree and a forest on the handwritten digits: 64 features, and the same random halves for both.

Sources: Breiman, Random forests (Machine Learning 45, 2001); Cawley & Talbot, On over-fitting in model selection (JMLR
11, 2010): the price of the pruned tree is chosen on what is learnt alone.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees.tree import Array
from scenes.maths.shared.memo import remembered

HALVES: Final = 20
"""Random halves that are learnt; the other half is judged."""
PRICES: Final = 10
"""Prices of a leaf that the pruned tree is chosen from, spread over the path of its half."""


def halves(seed: int) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Pixels (n, 64) and digits (n,) of a random half, and those of the other one."""
    pixels, digit = load_digits(return_X_y=True)
    seen, unseen = np.split(np.random.default_rng(seed).permutation(len(digit)), [len(digit) // 2])
    return (pixels[seen], digit[seen]), (pixels[unseen], digit[unseen])


def guessing(count: int = HALVES) -> float:
    """The share of the unseen halves that the commonest digit of the learnt ones has right."""
    found = []
    for seed in range(count):
        (_, learnt), (_, asked) = halves(seed)
        found.append(float((asked == np.bincount(learnt).argmax()).mean()))
    return float(np.mean(found))


def prices(pixels: Array, digit: Array) -> Array:
    """Prices between steps of the pruning path; the lowest leaves the full tree."""
    path = DecisionTreeClassifier(random_state=0).cost_complexity_pruning_path(pixels, digit)
    steps = np.unique(np.maximum(path.ccp_alphas, 0.0))
    between = np.sqrt(steps[:-1] * steps[1:])
    return np.asarray(between[np.linspace(0, len(between) - 1, PRICES).astype(int)])


@remembered
def rivals(count: int = HALVES) -> Array:
    """Accuracy (count, 2) on the unseen half of one pruned tree and of a forest of 200 trees, by halves.

    The tree's price is chosen by five folds of the learnt half; a split of the forest sees 8 of the 64 pixels.
    """
    right = np.empty((count, 2))
    for seed in range(count):
        seen, unseen = halves(seed)
        pruned = GridSearchCV(
            DecisionTreeClassifier(random_state=0),
            {"ccp_alpha": prices(*seen)},
            cv=StratifiedKFold(5, shuffle=True, random_state=0),
        )
        forest = RandomForestClassifier(200, max_features="sqrt", random_state=seed)
        right[seed] = pruned.fit(*seen).score(*unseen), forest.fit(*seen).score(*unseen)
    return right
