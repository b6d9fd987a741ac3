"""Two stripes, built so that the label is the thin direction: variance is not importance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from scenes.maths.pca import axes
from scenes.maths.pca.axes import Floats

EACH: Final = 100
"""Points of a stripe."""
LONG: Final = 3.0
"""Standard deviation along a stripe."""
THIN: Final = 0.12
"""Standard deviation across a stripe."""
APART: Final = 0.5
"""Distance of a stripe's middle from the cloud's."""
TILT: Final = 20.0
"""Degrees by which the stripes lean."""
SEEDS: Final = 20


@dataclass(frozen=True, slots=True)
class Stripes:
    """``points`` (200, 2) and their ``labels`` (200,), 0 or 1."""

    points: Floats
    labels: NDArray[np.intp]


def stripes(seed: int = 0) -> Stripes:
    """Two long parallel stripes of a hundred points each, leaning by 20 degrees."""
    rng = np.random.default_rng(seed)
    labels = np.repeat([0, 1], EACH)
    along = rng.normal(0.0, LONG, 2 * EACH)
    across = rng.normal(0.0, THIN, 2 * EACH) + np.where(labels == 1, APART, -APART)
    lean = np.column_stack([axes.direction(TILT), axes.direction(TILT + 90.0)])
    return Stripes(np.column_stack([along, across]) @ lean.T, labels.astype(np.intp))


@dataclass(frozen=True, slots=True)
class Found:
    """Of one draw: the ``share`` of variance of the first component, and accuracies in unseen folds on each alone."""

    share: float
    first: float
    second: float


def found(seed: int) -> Found:
    """What a logistic regression reads from the first and from the second component, in five folds."""
    drawn = stripes(seed)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    right = np.zeros(2)
    for train, test in folds.split(drawn.points, drawn.labels):
        known = axes.components(drawn.points[train])
        for which in range(2):
            seen = known.scores(drawn.points[train])[:, [which]]
            unseen = known.scores(drawn.points[test])[:, [which]]
            model = LogisticRegression().fit(seen, drawn.labels[train])
            right[which] += float((model.predict(unseen) == drawn.labels[test]).sum())
    first, second = right / len(drawn.labels)
    return Found(float(axes.components(drawn.points).ratios[0]), float(first), float(second))


def over_seeds() -> tuple[Found, ...]:
    """Twenty draws."""
    return tuple(found(seed) for seed in range(SEEDS))
