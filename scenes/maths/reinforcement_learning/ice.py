"""The grid world on ice: a move may go astray to either side.  Its exact answer, and Q-learning there.

Kept apart from ``gridworld`` and ``qlearning``, whose world never slips: with a ``slip`` of 0 and a steady rate this
gives the same results to the last bit, from the same random numbers.

Sources: Sutton & Barto, Reinforcement Learning, 2nd ed. (2018), sections 3.6 and 4.4 (chance inside Bellman's
equation), 2.5 (a pull that shrinks) and 6.5; Watkins & Dayan, Q-learning (Machine Learning, 1992), which wants
Σα = ∞ and Σα² < ∞ of every number; Even-Dar & Mansour, Learning rates for Q-learning (JMLR 5, 2003), why α = N^-w with
w between ½ and 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from scenes.maths.reinforcement_learning.gridworld import DISCOUNT, Array, Rows, World, back_up
from scenes.maths.reinforcement_learning.qlearning import LONGEST, RATE, TRIPS, Curiosity, wander_first

SLIP: Final = 0.2
"""The share of moves that go astray, half of them to the left of what was meant and half to the right."""
FADING: Final = 0.7
"""w of a learning rate N^-w, N being how often this move was made on this tile."""

Rate = Callable[[int], float]
"""α by N, the number of times that this move was made on this tile, this time included."""


def steady(rate: float = RATE) -> Rate:
    """The same α always."""
    return lambda visits: rate


def fading(visits: int) -> float:
    """α = N^-0.7: 1 at the first visit, and less at each next one."""
    return float(visits**-FADING)


def iterate_values(world: World, slip: float = SLIP, discount: float = DISCOUNT) -> Array:
    """Q (n, 4), Bellman's optimality equation with the average over where a move may end, swept until nothing
    changes by 1e-12.

    Raises ``ValueError`` for a ``slip`` outside 0 to 1.
    """
    if not 0 <= slip <= 1:
        raise ValueError(f"a share of moves that slip lies between 0 and 1, not at {slip}")
    q = np.zeros(world.reward.shape)
    while True:
        meant = back_up(world, q.max(axis=1), discount)
        left, right = np.roll(meant, 1, axis=1), np.roll(meant, -1, axis=1)
        after = (1 - slip) * meant + slip / 2 * left + slip / 2 * right
        change = np.abs(after - q).max()
        q = after
        if change < 1e-12:
            return np.asarray(q)


@dataclass(frozen=True, slots=True)
class Trip:
    """``tiles`` (t + 1,) in the order they were stood on; between them the ``moves`` (t,) that were meant, and
    where they ``went`` (t,), a move as well."""

    tiles: Rows
    moves: Rows
    went: Rows


@dataclass(frozen=True, slots=True)
class Run:
    """Q-learning from an empty table: ``q`` (trips + 1, n, 4) before the first trip and after each; ``visits``
    (n, 4), how often each number was updated in all."""

    q: Array
    visits: Rows
    trips: tuple[Trip, ...]


def learn(
    world: World,
    seed: int,
    curiosity: Curiosity = wander_first,
    trips: int = TRIPS,
    rate: Rate | None = None,
    *,
    slip: float = SLIP,
    discount: float = DISCOUNT,
) -> Run:
    """Learn Q from ``trips`` that begin on random tiles, where moves slip; ``rate`` is steady by default.

    What is updated is Q of the move that was meant, towards r + γ max Q(s', ·) of the tile where the trip went on.
    """
    rate = rate or steady()
    rng = np.random.default_rng(seed)
    q = np.zeros(world.reward.shape)
    visits = np.zeros(q.shape, dtype=np.intp)
    tables, made = [q.copy()], list[Trip]()
    for trip in range(1, trips + 1):
        here = int(rng.choice(world.live))
        tiles, moves, went = [here], list[int](), list[int]()
        while not world.ends[here] and len(moves) < LONGEST:
            move = _choose(q[here], curiosity(trip), rng)
            way = go_astray(move, slip, rng)
            there = int(world.after[here, way])
            visits[here, move] += 1
            target = world.reward[here, way] + discount * q[there].max()
            q[here, move] += rate(int(visits[here, move])) * (target - q[here, move])
            here = there
            tiles.append(here)
            moves.append(move)
            went.append(way)
        tables.append(q.copy())
        made.append(Trip(np.array(tiles), np.array(moves, dtype=np.intp), np.array(went, dtype=np.intp)))
    return Run(np.array(tables), visits, tuple(made))


def _choose(row: Array, epsilon: float, rng: Generator) -> int:
    """A move: any with probability ε, else one of the best of ``row`` (4,)."""
    if rng.random() < epsilon:
        return int(rng.integers(4))
    return int(rng.choice(np.flatnonzero(row == row.max())))


def go_astray(move: int, slip: float, rng: Generator) -> int:
    """Where ``move`` goes: to its left or its right with the chance ``slip`` / 2 each.  No dice on dry ground."""
    if slip == 0:
        return move
    fall = rng.random()
    if fall < slip / 2:
        return (move + 3) % 4
    return (move + 1) % 4 if fall < slip else move
