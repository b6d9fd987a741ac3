"""How far one-episode estimates of a policy gradient scatter, with and without a baseline, for several policies.

Sources: Williams (1992); Sutton & Barto (2018), sections 13.3 and 13.4; Greensmith, Bartlett & Baxter, Variance
reduction techniques for gradient estimates in reinforcement learning (JMLR 5, 2004).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scenes.maths.reinforcement_learning.gridworld import Array, read_map, value_of
from scenes.maths.reinforcement_learning.policy import Bag, gather, reinforce, shares, slope_of
from scenes.maths.shared.memo import remembered

HALF_LEARNT: Final = 25
"""Batches after which the policies are surveyed."""


def one_by_one(theta: Array, bag: Bag, baseline: Array) -> Array:
    """REINFORCE's estimate from each episode of ``bag`` alone, (k, 4n), ``baseline`` (n,) subtracted."""
    episode = np.nonzero(bag.made)[0]
    tiles, moves, back = bag.flat
    weight = back - baseline[tiles]
    slope = np.zeros((len(bag.tile), *theta.shape))
    np.add.at(slope, (episode, tiles, moves), weight)
    total = np.zeros((len(bag.tile), len(theta)))
    np.add.at(total, (episode, tiles), weight)
    slope -= shares(theta) * total[..., None]
    return slope.reshape(len(slope), -1)


@dataclass(frozen=True, slots=True)
class Survey:
    """Of p policies, first without and then with the exact V subtracted: the total ``variance`` (p, 2) of the
    estimates, and the share (p, 2) of them that point ``backward``; estimates of 0 are not counted."""

    variance: Array
    backward: Array


@remembered
def survey(seeds: tuple[int, ...] = (1, 2, 3, 4, 5), count: int = 10_000, many: int = 50_000) -> Survey:
    """``count`` one-episode estimates for each of several half-learnt policies, one a seed.

    What points backward is asked of the mean of ``many`` other episodes.
    """
    world = read_map()
    variance, backward = np.zeros((2, len(seeds), 2))
    for row, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        theta = reinforce(world, rng, HALF_LEARNT, baseline=False).theta[-1]
        value = value_of(world, shares(theta))
        rounds = [slope_of(theta, gather(world, theta, rng, many // 10), value) for _ in range(10)]
        true = np.mean(rounds, axis=0).ravel()
        bag = gather(world, theta, rng, count)
        for column, baseline in enumerate((np.zeros(len(theta)), value)):
            found = one_by_one(theta, bag, baseline)
            variance[row, column] = found.var(axis=0).sum()
            moving = np.abs(found).max(axis=1) > 1e-12
            backward[row, column] = (found[moving] @ true < 0).mean()
    return Survey(variance, backward)
