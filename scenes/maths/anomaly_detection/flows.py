"""Simulated network flows, among them a swarm: one machine that sweeps the network.

Each flow is the logarithms of the bytes sent and of the hosts contacted.  The swarm was placed between two crowds by
the authors, so that a detector of few neighbours is blind to it.  Forest: scikit-learn's (Liu et al. 2008).
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import IsolationForest

from scenes.maths.anomaly_detection.fences import Floats
from scenes.maths.anomaly_detection.neighbours import lof
from scenes.maths.shared.memo import remembered

ORDINARY: Final = 1200
SWARM: Final = 30
DRAWS: Final = 10
SHOWN: Final = 3
FEW: Final = 20
MANY: Final = 100
"""Neighbours, fewer and more than there are intruders."""
LARGE: Final = 256
SMALL: Final = 64
"""Points that a tree is grown on."""
TREES: Final = 100


def flows(seed: int = SHOWN) -> Floats:
    """(1230, 2): flows of two services, and the swarm, which are the last thirty."""
    rng = np.random.default_rng(seed)
    web = np.column_stack([rng.normal(7, 0.7, 900), rng.normal(1.0, 0.4, 900)])
    copies = np.column_stack([rng.normal(11.5, 0.5, 300), rng.normal(0.6, 0.3, 300)])
    swarm = np.column_stack([rng.normal(9.2, 0.08, SWARM), rng.normal(2.2, 0.08, SWARM)])
    return np.concatenate([web, copies, swarm])


def standardised(points: Floats) -> Floats:
    """``points`` (n, d) with mean 0 and standard deviation 1 in each column."""
    return np.asarray((points - points.mean(axis=0)) / points.std(axis=0))


def precision_at(scores: Floats, odd: NDArray[np.bool_], k: int) -> float:
    """The share of ``odd`` (n,) among the ``k`` highest of ``scores`` (n,); equals come in the order of rows."""
    return float(odd[np.argsort(-scores, kind="stable")[:k]].mean())


def forest(points: Floats, size: int, seed: int) -> Floats:
    """(n,): scores of a forest whose trees are grown on so many of ``points`` (n, d) each."""
    trees = IsolationForest(n_estimators=TREES, max_samples=size, random_state=seed).fit(points)
    return np.asarray(-trees.score_samples(points))


@remembered
def factors(k: int, seed: int = SHOWN) -> Floats:
    """(1230,): LOF of the standardised flows."""
    return lof(standardised(flows(seed)), k).factors


@remembered
def isolation(size: int, seed: int = SHOWN) -> Floats:
    """(1230,): isolation scores of the standardised flows."""
    return forest(standardised(flows(seed)), size, seed)


def swarm() -> NDArray[np.bool_]:
    """(1230,): which flows are the swarm's."""
    return np.arange(ORDINARY + SWARM) >= ORDINARY


@cache
def found() -> dict[str, Floats]:
    """Precision among the thirty highest scores, (10,) draws each, by detector."""
    draws = range(DRAWS)
    largest = [np.abs(standardised(flows(seed))).max(axis=1) for seed in draws]
    scores = {
        "LOF, few": [factors(FEW, seed) for seed in draws],
        "LOF, many": [factors(MANY, seed) for seed in draws],
        "trees, large": [isolation(LARGE, seed) for seed in draws],
        "trees, small": [isolation(SMALL, seed) for seed in draws],
        "z": largest,
    }
    return {
        name: np.array([precision_at(each, swarm(), SWARM) for each in drawn])
        for name, drawn in scores.items()
    }
