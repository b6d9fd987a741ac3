"""The grid world with a small coin near the start: how much exploration it takes to find the flag behind it.

Sources: Sutton & Barto, Reinforcement Learning, 2nd ed. (2018), sections 2.2 (ε-greedy) and 6.5 (Q-learning).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from scenes.maths.reinforcement_learning.gridworld import Array, Mask, Rows, World, read_map
from scenes.maths.reinforcement_learning.qlearning import (
    TRIPS,
    Curiosity,
    Run,
    always_greedy,
    learn,
    one_in_ten,
    wander_first,
)
from scenes.maths.shared.memo import remembered

COIN: Final = (4, 2)
"""Row and column of the coin, two moves from the start."""
PRIZE: Final = 0.2
"""What the move onto the coin pays; it ends the episode."""
ALIKE: Final = 2_400
"""Episodes in which ε = 0.1 makes about as many steps as the falling schedule in 200."""


def three_in_ten(trip: int) -> float:
    """Three moves in ten are drawn at random, in every episode."""
    return 0.3


CURIOSITIES: Final[dict[str, Curiosity]] = {
    "greedy": always_greedy,
    "tenth": one_in_ten,
    "three tenths": three_in_ten,
    "falling": wander_first,
}


def lay_coin(world: World, tile: tuple[int, int] = COIN, prize: float = PRIZE) -> World:
    """``world`` with a coin on ``tile``: stepping there pays ``prize`` and ends the episode."""
    spot = world.tile(*tile)
    ends = world.ends.copy()
    ends[spot] = True
    reward = np.where(world.after == spot, prize, world.reward)
    return replace(world, ends=ends, reward=np.where(ends[:, None], 0.0, reward))


def learn_by(name: str, seed: int, trips: int = TRIPS) -> Run:
    """Q-learning on the map with the coin, each episode from the start, exploring as ``name`` has it."""
    return learn(lay_coin(read_map()), seed, CURIOSITIES[name], trips, fixed_start=True)


def greedy_way(world: World, q: Array) -> Rows:
    """Tiles from the start along the best moves of ``q`` (n, 4), to an end or for as many steps as there are tiles."""
    way = [world.start]
    while not world.ends[way[-1]] and len(way) <= len(world.tiles):
        way.append(int(world.after[way[-1], q[way[-1]].argmax()]))
    return np.array(way)


@dataclass(frozen=True, slots=True)
class Search:
    """Runs over several seeds (k): the greedy ``ways`` that they end with, who reaches the ``flag`` or the ``coin`` by
    it (k,), and the ``steps`` made in all (k,)."""

    ways: tuple[Rows, ...]
    flag: Mask
    coin: Mask
    steps: Rows


@remembered
def search(name: str, seeds: int = 20, trips: int = TRIPS) -> Search:
    """Q-learning on the map with the coin by seeds 0 to ``seeds`` - 1, exploring as ``name`` has it."""
    world = lay_coin(read_map())
    runs = [learn_by(name, seed, trips) for seed in range(seeds)]
    ways = tuple(greedy_way(world, run.q[-1]) for run in runs)
    last = np.array([way[-1] for way in ways])
    return Search(ways, last == world.goal, last == world.tile(*COIN), np.array([run.steps for run in runs]))
