"""Searches on the landscape that use their past: by a Gaussian process with expected improvement, and by TPE.

Sources: J. Bergstra, R. Bardenet, Y. Bengio and B. Kégl, NeurIPS 2011, for the tree-structured Parzen estimator; here
two independent hyperparameters, kernels of fixed width.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from scenes.maths.hyperparameter_tuning import surrogate
from scenes.maths.hyperparameter_tuning.chances import TRIALS
from scenes.maths.hyperparameter_tuning.landscape import (
    COSTS,
    EPSILON,
    GAMMAS,
    NEAR,
    Floats,
    Ints,
    landscape,
)
from scenes.maths.shared.memo import remembered

STARTS: Final = 200
LENGTHS: Final = (surrogate.LENGTH, surrogate.LENGTH_COST)
DRAWN: Final = 3
"""Random trials with which the Gaussian process begins."""
DRAWN_TPE: Final = 5
"""Random trials with which TPE begins."""
SLICE: Final = 4
"""Column of the landscape with C = 10, along which the chapters on the surrogate look."""
PICKED: Final = (-5.6, -2.2, -1.2)
"""Powers of ten of gamma with which the search along the slice begins: picked, to be told."""
QUARTER: Final = 0.25
"""Share of trials that TPE calls good."""
WIDTHS: Final = (0.35, 0.6)
"""Of the bumps of the densities, along gamma and C, in powers of ten."""
UNIFORM: Final = 0.1
"""Share of each density that is even over the whole side."""
CANDIDATES: Final = 24

PLACES: Final[Floats] = np.array([(gamma, cost) for gamma in GAMMAS for cost in COSTS])
"""All settings of the landscape, (729, 2)."""


def nearest(gammas: npt.ArrayLike) -> Ints:
    """Rows of the landscape whose gamma is nearest."""
    return np.asarray(np.abs(GAMMAS[None] - np.asarray(gammas, dtype=float)[:, None]).argmin(axis=1))


def along_slice(trials: int, start: npt.ArrayLike = PICKED) -> Ints:
    """Rows (trials,) of the slice in the order of a search by expected improvement."""
    scores = landscape().scores[:, SLICE]
    tried = [int(each) for each in nearest(start)]
    while len(tried) < trials:
        tried.append(next_on_slice(np.array(tried), scores))
    return np.array(tried)


def belief_on_slice(tried: Ints) -> surrogate.Belief:
    """The surrogate at all 81 gammas after these trials."""
    scores = landscape().scores[tried, SLICE]
    return surrogate.posterior(GAMMAS[tried, None], scores, GAMMAS[:, None])


def next_on_slice(tried: Ints, scores: Floats) -> int:
    """The untried row with the highest expected improvement."""
    gain = surrogate.expected_improvement(belief_on_slice(tried), float(scores[tried].max()))
    gain[tried] = -1.0
    return int(gain.argmax())


def gaussian(
    seed: int, trials: int, scores: Floats, lengths: tuple[float, float] = LENGTHS, places: Floats = PLACES
) -> Ints:
    """Cells (trials,) of a map with ``scores`` (m,) at ``places`` (m, 2): three at random, then by improvement."""
    tried = [int(each) for each in np.random.default_rng(seed).choice(len(places), DRAWN, replace=False)]
    while len(tried) < trials:
        belief = surrogate.posterior(places[tried], scores[tried], places, lengths)
        gain = surrogate.expected_improvement(belief, float(scores[tried].max()))
        gain[tried] = -1.0
        tried.append(int(gain.argmax()))
    return np.array(tried)


def good_and_rest(scores: Floats, share: float = QUARTER) -> tuple[Ints, Ints]:
    """Numbers of the best ``share`` of trials, at least one, and of the rest; of equals the first is better."""
    order = np.argsort(-scores, kind="stable")
    count = max(1, int(np.ceil(share * len(scores))))
    return order[:count], order[count:]


def density(at: Floats, trials: Floats, width: float, limits: tuple[float, float]) -> Floats:
    """Density (m,) at places ``at`` (m,) of where ``trials`` (n,) lie: a bump for each, and a tenth spread evenly."""
    bumps = norm.pdf(at[:, None], trials[None], width).mean(axis=1)
    return np.asarray((1 - UNIFORM) * bumps + UNIFORM / (limits[1] - limits[0]))


def parzen(seed: int, trials: int, scores: Floats) -> Ints:
    """Cells (trials,) of the landscape by TPE: five at random, then the largest l / g of 24 candidates from l."""
    random = np.random.default_rng(seed)
    tried = [int(each) for each in random.choice(len(PLACES), DRAWN_TPE, replace=False)]
    sides = ((GAMMAS[0], GAMMAS[-1]), (COSTS[0], COSTS[-1]))
    while len(tried) < trials:
        good, rest = good_and_rest(scores[tried])
        own = PLACES[tried]
        above, below = (
            np.prod(
                [density(PLACES[:, side], own[which, side], WIDTHS[side], sides[side]) for side in (0, 1)],
                axis=0,
            )
            for which in (good, rest)
        )
        chance = above.copy()
        chance[tried] = 0.0
        drawn = random.choice(len(PLACES), CANDIDATES, p=chance / chance.sum())
        tried.append(int(drawn[np.argmax((above / below)[drawn])]))
    return np.array(tried)


@remembered
def paths(kind: str, trials: int, starts: int = STARTS) -> Ints:
    """Cells (starts, trials) of searches with seeds 0, 1, …: ``gaussian`` or ``parzen``."""
    scores = landscape().scores.ravel()
    if kind == "gaussian":
        return np.array([gaussian(seed, trials, scores) for seed in range(starts)])
    if kind == "parzen":
        return np.array([parzen(seed, trials, scores) for seed in range(starts)])
    raise ValueError(f"searches are gaussian or parzen, not {kind}")


def hits(kind: str, trials: int = TRIALS, within: float = NEAR) -> float:
    """Share of 200 searches of which one trial scores at most ``within`` less than the best of the landscape."""
    scores = landscape().scores.ravel()
    return float((scores[paths(kind, trials)].max(axis=1) >= landscape().best - within - EPSILON).mean())
