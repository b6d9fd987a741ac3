"""Q-learning in a table, and three schedules of exploration.

Sources: Watkins & Dayan, Q-learning (Machine Learning, 1992); Sutton & Barto (2018), section 6.5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from scenes.maths.reinforcement_learning.gridworld import (
    DISCOUNT,
    Array,
    Rows,
    World,
    iterate_values,
    read_map,
    right_moves,
)
from scenes.maths.shared.memo import remembered

RATE: Final = 0.5
"""α: each update moves a number half of the way to its target."""
TRIPS: Final = 200
LONGEST: Final = 500
"""Steps after which a trip is broken off."""

Curiosity = Callable[[int], float]
"""ε by trip, counted from 1: the share of moves that are drawn at random."""


def always_greedy(trip: int) -> float:
    """Never curious."""
    return 0.0


def one_in_ten(trip: int) -> float:
    """One move in ten is drawn at random, always."""
    return 0.1


def wander_first(trip: int) -> float:
    """All moves at random for 50 trips, then fewer, straight down to one in ten at trip 200."""
    return 1.0 if trip <= 50 else 1.0 - 0.9 * (trip - 50) / 150


SCHEDULES: Final[dict[str, Curiosity]] = {
    "greedy": always_greedy,
    "tenth": one_in_ten,
    "wander": wander_first,
}


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip: ``tiles`` (t + 1,) in the order they were stood on, and the ``moves`` (t,) between them."""

    tiles: Rows
    moves: Rows


@dataclass(frozen=True, slots=True)
class Run:
    """Q-learning from an empty table: ``q`` (trips + 1, n, 4) before the first trip and after each."""

    q: Array
    trips: tuple[Trip, ...]

    @property
    def steps(self) -> int:
        """Moves made in all."""
        return sum(len(trip.moves) for trip in self.trips)


def learn(
    world: World,
    seed: int,
    curiosity: Curiosity = wander_first,
    trips: int = TRIPS,
    rate: float = RATE,
    *,
    fixed_start: bool = False,
) -> Run:
    """Learn Q from ``trips`` that begin on random tiles (at S with ``fixed_start``).

    Q(s, a) ← Q(s, a) + α (r + γ max Q(s', ·) − Q(s, a)); ties between greedy moves are drawn.
    """
    rng = np.random.default_rng(seed)
    q = np.zeros(world.reward.shape)
    tables, made = [q.copy()], list[Trip]()
    for trip in range(1, trips + 1):
        here = world.start if fixed_start else int(rng.choice(world.live))
        tiles, moves = [here], list[int]()
        while not world.ends[here] and len(moves) < LONGEST:
            move = _choose(q[here], curiosity(trip), rng)
            there = int(world.after[here, move])
            target = world.reward[here, move] + DISCOUNT * q[there].max()
            q[here, move] += rate * (target - q[here, move])
            here = there
            tiles.append(here)
            moves.append(move)
        tables.append(q.copy())
        made.append(Trip(np.array(tiles), np.array(moves, dtype=np.intp)))
    return Run(np.array(tables), tuple(made))


def _choose(row: Array, epsilon: float, rng: Generator) -> int:
    """A move: any with probability ε, else one of the best of ``row`` (4,)."""
    if rng.random() < epsilon:
        return int(rng.integers(4))
    return int(rng.choice(np.flatnonzero(row == row.max())))


@dataclass(frozen=True, slots=True)
class Pull:
    """One update: ``old`` becomes ``new``, part of the way to ``target`` = ``reward`` + γ ``ahead``, on a ``trip``."""

    trip: int
    old: float
    reward: float
    ahead: float
    target: float
    new: float


def pulls(world: World, run: Run, tile: int, move: int, rate: float = RATE) -> list[Pull]:
    """The updates of Q(``tile``, ``move``) during ``run`` that changed it, in their order, trips counted from 1."""
    found = []
    for number, (before, trip) in enumerate(zip(run.q[:-1], run.trips, strict=True), start=1):
        q = before.copy()
        for here, taken in zip(trip.tiles[:-1], trip.moves, strict=True):
            ahead = float(q[world.after[here, taken]].max())
            reward = float(world.reward[here, taken])
            target = reward + DISCOUNT * ahead
            old = float(q[here, taken])
            q[here, taken] += rate * (target - old)
            if (here, taken) == (tile, move) and target != old:
                found.append(Pull(number, old, reward, ahead, target, float(q[here, taken])))
    return found


def monte_carlo(world: World, trip: Trip, rate: float = RATE) -> Array:
    """Q (n, 4) from zeros after ``trip``, by every-visit Monte Carlo: Q(s, a) ← Q(s, a) + α (G − Q(s, a)).

    G is the discounted return that followed each move of the trip.  Source: Sutton & Barto (2018), (6.1).
    """
    q = np.zeros(world.reward.shape)
    earned = world.reward[trip.tiles[:-1], trip.moves]
    following = np.zeros(len(earned) + 1)
    for step in range(len(earned))[::-1]:
        following[step] = earned[step] + DISCOUNT * following[step + 1]
    for here, move, seen in zip(trip.tiles[:-1], trip.moves, following[:-1], strict=True):
        q[here, move] += rate * (seen - q[here, move])
    return q


def errors(run: Run, truth: Array) -> Array:
    """Largest |Q − Q*| (trips + 1,) as trips go by."""
    return np.asarray(np.abs(run.q - truth).max(axis=(1, 2)))


@dataclass(frozen=True, slots=True)
class Trial:
    """One schedule over several seeds (k,): the last largest error, right greedy moves, and steps made."""

    error: Array
    right: Rows
    steps: Rows


@remembered
def try_schedule(name: str, seeds: int = 20, trips: int = TRIPS, *, fixed_start: bool = False) -> Trial:
    """Q-learning on the lesson's map with the schedule called ``name``, by seeds 0 to ``seeds`` - 1."""
    world = read_map()
    truth = iterate_values(world).q[-1]
    runs = [learn(world, seed, SCHEDULES[name], trips, fixed_start=fixed_start) for seed in range(seeds)]
    return Trial(
        np.array([errors(run, truth)[-1] for run in runs]),
        np.array([right_moves(world, run.q[-1], truth).sum() for run in runs]),
        np.array([run.steps for run in runs]),
    )
