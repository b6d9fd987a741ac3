"""The bottles on which visitors of the site grow trees of their own."""

from __future__ import annotations

import numpy as np
from sklearn.model_selection import RepeatedStratifiedKFold

from scenes.maths.decision_trees import tree


def figure() -> dict[str, object]:
    """``points`` (178, 2), flavanoids and proline; ``kinds`` (178,), the grape of each, from 0.

    ``folds`` (5, 178): in which of the lesson's ten folds each bottle is held out, in each of five repeats.
    """
    points, kinds = tree.bottles()
    folds = np.zeros((tree.REPEATS, len(points)), dtype=int)
    parts = RepeatedStratifiedKFold(n_splits=tree.FOLDS, n_repeats=tree.REPEATS, random_state=0)
    for number, (_, out) in enumerate(parts.split(points, kinds)):
        folds[number // tree.FOLDS, out] = number % tree.FOLDS
    return {"points": points, "kinds": kinds, "folds": folds}
