"""Out-of-bag error of forests of several seeds, as trees are added.

Source: Breiman, Random forests (Machine Learning 45, 2001), section 3.1.
"""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier

from scenes.maths.decision_trees.tree import Array
from scenes.maths.shared.memo import remembered


@remembered
def curves(stops: tuple[int, ...], seeds: int = 5) -> Array:
    """Out-of-bag error (seeds, m) on the digits of the first ``stops`` (m,) trees, a forest a seed.

    Rows that no tree has left out yet are not counted; trees vote, a vote each.
    """
    pixels, digit = load_digits(return_X_y=True)
    found = np.empty((seeds, len(stops)))
    for seed in range(seeds):
        grown = RandomForestClassifier(max(stops), random_state=seed).fit(pixels, digit)
        votes = np.zeros((len(digit), 10))
        for row, (each, drawn) in enumerate(
            zip(grown.estimators_, grown.estimators_samples_, strict=True), 1
        ):
            fresh = np.setdiff1d(np.arange(len(digit)), drawn)
            votes[fresh, each.predict(pixels[fresh]).astype(int)] += 1
            if row in stops:
                judged = votes.any(axis=1)
                wrong = votes[judged].argmax(axis=1) != digit[judged]
                found[seed, stops.index(row)] = wrong.mean()
    return found
