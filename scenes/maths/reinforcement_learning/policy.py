"""Policies learned directly on the grid world: REINFORCE with and without a baseline, and PPO.

Sources: Williams, Simple statistical gradient-following algorithms (Machine Learning, 1992); Sutton & Barto (2018),
sections 13.3 and 13.4; Schulman et al., Proximal policy optimization (arXiv 1707.06347), section 3.

As nearly all code does, the estimate drops the weight γ^t on the t-th step (Nota & Thomas, Is the policy gradient a
gradient?, AAMAS 2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from scenes.maths.reinforcement_learning.gridworld import (
    DISCOUNT,
    Array,
    Mask,
    Rows,
    World,
    iterate_values,
    read_map,
    value_of,
)
from scenes.maths.shared.memo import remembered

BAG: Final = 20
"""Trips a bag."""
LONGEST: Final = 60
"""Steps after which a trip is broken off."""
CLIP: Final = 0.2
"""PPO's ε."""
CATCH_UP: Final = 0.3
"""How far the baseline moves to the returns of a new bag."""


def shares(theta: Array) -> Array:
    """π (n, 4): the softmax of each tile's row of ``theta`` (n, 4)."""
    power = np.exp(theta - theta.max(axis=1, keepdims=True))
    return np.asarray(power / power.sum(axis=1, keepdims=True))


def score(world: World, theta: Array) -> float:
    """Exact value of the policy, the mean over the tiles that a trip may start from."""
    return float(value_of(world, shares(theta))[world.live].mean())


@dataclass(frozen=True, slots=True)
class Bag:
    """k trips of at most t steps: ``tile``, ``move``, ``back`` (k, t), and ``made`` (k, t), which steps were made.

    ``back`` is the discounted return from each step on.
    """

    tile: Rows
    move: Rows
    back: Array
    made: Mask

    @property
    def flat(self) -> tuple[Rows, Rows, Array]:
        """Tiles, moves and returns (m,) of all steps made, trip by trip."""
        return self.tile[self.made], self.move[self.made], self.back[self.made]

    def trip(self, row: int) -> Bag:
        """The bag of trip ``row`` alone."""
        one = slice(row, row + 1)
        return Bag(self.tile[one], self.move[one], self.back[one], self.made[one])

    def paid(self, least: int, most: int) -> int:
        """Number of the first trip of ``least`` to ``most`` steps that ends on the flag.

        Raises ``ValueError`` if there is none.
        """
        steps = self.made.sum(axis=1)
        last = self.back[np.arange(len(steps)), steps - 1]
        found = np.flatnonzero((last > 0) & (steps >= least) & (steps <= most))
        if not len(found):
            raise ValueError(f"no trip of {least} to {most} steps reaches the flag")
        return int(found[0])


def gather(world: World, theta: Array, rng: Generator, count: int = BAG) -> Bag:
    """Make ``count`` trips from random tiles by the policy of ``theta``."""
    ladder = shares(theta).cumsum(axis=1)
    here, going = rng.choice(world.live, count), np.ones(count, dtype=bool)
    tile, move = np.zeros((2, count, LONGEST), dtype=np.intp)
    paid, made = np.zeros((count, LONGEST)), np.zeros((count, LONGEST), dtype=bool)
    for step in range(LONGEST):
        moves = np.minimum((rng.random((count, 1)) > ladder[here]).sum(axis=1), 3)
        tile[:, step], move[:, step], made[:, step] = here, moves, going
        paid[:, step] = world.reward[here, moves] * going
        here = np.where(going, world.after[here, moves], here)
        going = going & ~world.ends[here]
        if not going.any():
            break
    back = np.zeros((count, LONGEST + 1))
    for step in reversed(range(LONGEST)):
        back[:, step] = paid[:, step] + DISCOUNT * back[:, step + 1]
    return Bag(tile, move, back[:, :-1], made)


def push(theta: Array, tiles: Rows, moves: Rows, weights: Array) -> Array:
    """Σ weight · ∇ log π(move | tile), (n, 4), over steps with ``tiles``, ``moves`` and ``weights`` (m,)."""
    slope = np.zeros_like(theta)
    np.add.at(slope, (tiles, moves), weights)
    total = np.bincount(tiles, weights, minlength=len(theta))
    return np.asarray(slope - shares(theta) * total[:, None])


def slope_of(theta: Array, bag: Bag, baseline: Array) -> Array:
    """REINFORCE's estimate (n, 4) of the gradient: a mean over the trips of ``bag``, ``baseline`` (n,) subtracted."""
    tiles, moves, back = bag.flat
    return push(theta, tiles, moves, back - baseline[tiles]) / len(bag.tile)


def expect(baseline: Array, bag: Bag) -> Array:
    """The running mean of returns by tile (n,), moved by ``CATCH_UP`` to those of ``bag``."""
    tiles, _, back = bag.flat
    count = np.bincount(tiles, minlength=len(baseline))
    total = np.bincount(tiles, back, minlength=len(baseline))
    seen = count > 0
    moved = baseline.copy()
    moved[seen] += CATCH_UP * (total[seen] / count[seen] - baseline[seen])
    return moved


# --- REINFORCE ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Climb:
    """A policy as it learns: ``theta`` (bags + 1, n, 4) and its exact ``score`` (bags + 1,)."""

    theta: Array
    score: Array


def reinforce(world: World, rng: Generator, bags: int, step: float = 5.0, *, baseline: bool = True) -> Climb:
    """REINFORCE over ``bags`` bags from the uniform policy; without ``baseline`` returns are taken as they are."""
    theta, expected = [np.zeros(world.reward.shape)], np.zeros(len(world.tiles))
    for _ in range(bags):
        bag = gather(world, theta[-1], rng)
        theta.append(theta[-1] + step * slope_of(theta[-1], bag, expected))
        if baseline:
            expected = expect(expected, bag)
    return Climb(np.array(theta), np.array([score(world, each) for each in theta]))


@dataclass(frozen=True, slots=True)
class Darts:
    """One-trip estimates of one gradient: ``theta`` (n, 4) the policy, ``true`` (4n,) the mean of very many trips.

    ``plain`` and ``less`` (k, 4n) are estimates without and with the exact V subtracted, from the same trips.
    """

    theta: Array
    true: Array
    plain: Array
    less: Array

    def spread(self) -> tuple[float, float]:
        """Total variance of both."""
        return float(self.plain.var(axis=0).sum()), float(self.less.var(axis=0).sum())

    def backward(self) -> tuple[float, float]:
        """Of both, the share of estimates that point against the true gradient; estimates of 0 are not counted."""
        found = []
        for darts in (self.plain, self.less):
            moving = np.abs(darts).max(axis=1) > 1e-12
            found.append(float((darts[moving] @ self.true < 0).mean()))
        return found[0], found[1]

    def seen(self, seed: int = 3) -> tuple[Array, Array, Array]:
        """``plain``, ``less`` (k, 2), ``true`` (2,) in a plane: along the true gradient, and along a random normal."""
        ahead = self.true / np.linalg.norm(self.true)
        across = np.random.default_rng(seed).normal(size=len(ahead))
        across -= (across @ ahead) * ahead
        frame = np.stack([ahead, across / np.linalg.norm(across)], axis=1)
        return self.plain @ frame, self.less @ frame, self.true @ frame


@remembered
def throw_darts(count: int = 1000, many: int = 50_000, seed: int = 1) -> Darts:
    """``count`` estimates for the policy after 25 bags of REINFORCE without a baseline.

    The true gradient is the mean over ``many`` trips.
    """
    world, rng = read_map(), np.random.default_rng(seed)
    theta = reinforce(world, rng, 25, baseline=False).theta[-1]
    value = value_of(world, shares(theta))
    rounds = [slope_of(theta, gather(world, theta, rng, many // 10), value) for _ in range(10)]
    bags = [gather(world, theta, rng, 1) for _ in range(count)]
    plain = np.array([slope_of(theta, bag, np.zeros(len(theta))).ravel() for bag in bags])
    less = np.array([slope_of(theta, bag, value).ravel() for bag in bags])
    return Darts(theta, np.mean(rounds, axis=0).ravel(), plain, less)


# --- PPO ------------------------------------------------------------------------------------------------------


def clipped(ratio: Array, advantage: Array, clip: float = CLIP) -> Array:
    """PPO's objective of single steps: min(ρ A, clip(ρ, 1 − ε, 1 + ε) A), of the shape of both."""
    held = np.clip(ratio, 1 - clip, 1 + clip)
    return np.minimum(ratio * advantage, held * advantage)


def still_pays(ratio: Array, advantage: Array, clip: float = CLIP) -> Mask:
    """Where :func:`clipped` still changes with the ratio: everywhere but where the clip takes the minimum."""
    return np.asarray(~(((advantage > 0) & (ratio > 1 + clip)) | ((advantage < 0) & (ratio < 1 - clip))))


@dataclass(frozen=True, slots=True)
class Drift:
    """PPO, bag by bag: ``climb``, and the passes over the first bag in detail.

    ``theta`` (passes + 1, n, 4) and the ratios new / old of the bag's steps, ``ratio`` (passes + 1, m), after each
    pass; ``advantage`` (m,) of those steps.
    """

    climb: Climb
    theta: Array
    ratio: Array
    advantage: Array


def ppo(
    world: World, seed: int, bags: int = 40, passes: int = 10, step: float = 30.0, clip: float | None = CLIP
) -> Drift:
    """Full-bag gradient steps on the clipped objective, or on ρ A alone when ``clip`` is none.

    Advantages are returns less the running baseline, standardised in each bag.  Raises ``ValueError`` for no bags.
    """
    if bags < 1:
        raise ValueError("PPO needs a bag to learn from")
    rng = np.random.default_rng(seed)
    theta, expected = [np.zeros(world.reward.shape)], np.zeros(len(world.tiles))
    for number in range(bags):
        bag = gather(world, theta[-1], rng)
        path, ratio, gain = _climb_bag(theta[-1], bag, expected, passes, step, clip)
        if number == 0:
            first = path, ratio, gain
        theta.append(path[-1])
        expected = expect(expected, bag)
    climb = Climb(np.array(theta), np.array([score(world, each) for each in theta]))
    return Drift(climb, *first)


def _climb_bag(
    theta: Array, bag: Bag, expected: Array, passes: int, step: float, clip: float | None
) -> tuple[Array, Array, Array]:
    """Policies and ratios after each pass over ``bag``, and the advantages of its steps."""
    tiles, moves, back = bag.flat
    gain = back - expected[tiles]
    gain = (gain - gain.mean()) / (gain.std() + 1e-8)
    old = shares(theta)[tiles, moves]
    path, ratio = [theta], [np.ones(len(old))]
    for _ in range(passes):
        pays = np.ones(len(old)) if clip is None else still_pays(ratio[-1], gain, clip)
        path.append(path[-1] + step * push(path[-1], tiles, moves, ratio[-1] * gain * pays / len(old)))
        ratio.append(shares(path[-1])[tiles, moves] / old)
    return np.array(path), np.array(ratio), gain


@dataclass(frozen=True, slots=True)
class Contest:
    """Scores (seeds, bags + 1) of three ways to learn, and the ``best`` there is."""

    clipped: Array
    free: Array
    plain: Array
    best: float


@remembered
def compete(seeds: int = 20, bags: int = 40, passes: int = 10) -> Contest:
    """PPO with and without its clip, and REINFORCE with a baseline, on as many trips, by seeds 0 to ``seeds`` - 1."""
    world = read_map()
    runs = {
        clip: np.array([ppo(world, seed, bags, passes, clip=clip).climb.score for seed in range(seeds)])
        for clip in (CLIP, None)
    }
    plain = [reinforce(world, np.random.default_rng(seed), bags).score for seed in range(seeds)]
    return Contest(runs[CLIP], runs[None], np.array(plain), best_score(world))


def best_score(world: World) -> float:
    """The mean value of the best policy."""
    return float(iterate_values(world).value[-1][world.live].mean())
