"""A grid world and its exact answers: value iteration, the value of a policy, the shortest ways.

Sources: Sutton & Barto, Reinforcement Learning, 2nd ed. (2018), sections 3.5 to 3.6 (Bellman equations), 4.1
(policy evaluation) and 4.4 (value iteration).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Mask: TypeAlias = NDArray[np.bool_]

MAP: Final = ("......G", ".##.#P.", ".#...#.", ".#.#...", "S..#...")
"""The lesson's map: # is a wall, G the flag (+1), P the pit (-1), S a tile to measure ways from."""
MOVES: Final = ((-1, 0), (0, 1), (1, 0), (0, -1))
"""North, east, south, west as steps of (row, column): the order of every array over moves."""
DISCOUNT: Final = 0.9


@dataclass(frozen=True, slots=True)
class World:
    """A deterministic map of n tiles, numbered row by row without its walls.

    ``tiles`` (n, 2) are rows and columns; ``after`` (n, 4) is the tile that each move leads to (a bump leads
    nowhere); ``reward`` (n, 4) is what the move pays; ``ends`` (n,) marks flag and pit, where a trip is over.
    ``start`` is the tile marked S.
    """

    tiles: Rows
    after: Rows
    reward: Array
    ends: Mask
    start: int
    rows: tuple[str, ...]

    @property
    def live(self) -> Rows:
        """Numbers of the tiles from which one can move."""
        return np.flatnonzero(~self.ends)

    @property
    def goal(self) -> int:
        """Number of the flag's tile."""
        return next(i for i, (row, column) in enumerate(self.tiles) if self.rows[row][column] == "G")

    def tile(self, row: int, column: int) -> int:
        """Number of the tile at ``row`` and ``column``.  Raises ``KeyError`` for a wall or outside."""
        found = np.flatnonzero((self.tiles == (row, column)).all(axis=1))
        if not len(found):
            raise KeyError(f"no open tile at row {row}, column {column}")
        return int(found[0])


def read_map(rows: Sequence[str] = MAP) -> World:
    """The world drawn by ``rows``.  Raises ``ValueError`` for rows of unequal length or no S or no G."""
    text = "".join(rows)
    if len({len(row) for row in rows}) != 1 or text.count("S") != 1 or text.count("G") != 1:
        raise ValueError("a map has rows of one length, one S and one G")
    tiles = [(r, c) for r, row in enumerate(rows) for c, kind in enumerate(row) if kind != "#"]
    number = {tile: i for i, tile in enumerate(tiles)}
    kinds = np.array([rows[r][c] for r, c in tiles])
    after = np.array(
        [[number.get((r + dr, c + dc), i) for dr, dc in MOVES] for i, (r, c) in enumerate(tiles)]
    )
    ends = np.isin(kinds, ("G", "P"))
    pays = (kinds == "G").astype(float) - (kinds == "P")
    reward = np.where(ends[:, None], 0.0, pays[after])
    return World(np.array(tiles), after, reward, ends, int(np.flatnonzero(kinds == "S")[0]), tuple(rows))


# --- The exact answers ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sweeps:
    """Value iteration: ``q`` (k + 1, n, 4) after each sweep, from all zeros, the last two equal."""

    q: Array

    @property
    def value(self) -> Array:
        """V (k + 1, n): the best of each tile's moves."""
        return np.asarray(self.q.max(axis=2))

    @property
    def count(self) -> int:
        """Sweeps until one changed nothing, that one included."""
        return len(self.q) - 1


def back_up(world: World, value: Array, discount: float = DISCOUNT) -> Array:
    """Q (n, 4) from V (n,) of the tiles behind: r + γ V(s'); zero where a trip is over."""
    backed = world.reward + discount * np.where(world.ends, 0.0, value)[world.after]
    return np.asarray(np.where(world.ends[:, None], 0.0, backed))


def iterate_values(world: World, discount: float = DISCOUNT) -> Sweeps:
    """Bellman's optimality equation, swept over all tiles at once until nothing changes by more than 1e-12."""
    q = [np.zeros(world.reward.shape)]
    while len(q) < 2 or np.abs(q[-1] - q[-2]).max() >= 1e-12:
        q.append(back_up(world, q[-1].max(axis=1), discount))
    return Sweeps(np.array(q))


def value_of(world: World, policy: Array, discount: float = DISCOUNT) -> Array:
    """V (n,) of ``policy`` (n, 4), shares of the moves: Bellman's equation of a policy, solved as it is linear."""
    share = np.where(world.ends[:, None], 0.0, policy)  # nobody moves on from flag or pit: they are worth 0
    step = np.zeros((len(share), len(share)))
    for move in range(4):
        np.add.at(step, (np.arange(len(share)), world.after[:, move]), share[:, move])
    return np.asarray(
        np.linalg.solve(np.eye(len(share)) - discount * step, (share * world.reward).sum(axis=1))
    )


def leaning(q: Array, share: float) -> Array:
    """A policy (n, 4): the first best move by ``q`` (n, 4) with probability ``share``, else any of the four."""
    return np.asarray(share * np.eye(4)[q.argmax(axis=1)] + (1 - share) / 4)


def best_moves(q: Array) -> Mask:
    """Which moves (n, 4) are as good as the tile's best, within 1e-9."""
    return np.asarray(q >= q.max(axis=1, keepdims=True) - 1e-9)


def right_moves(world: World, q: Array, truth: Array) -> Mask:
    """For each live tile, (m,): is the first greedy move of ``q`` (n, 4) one of the best by ``truth`` (n, 4)?"""
    live = world.live
    return np.asarray(best_moves(truth)[live, q[live].argmax(axis=1)])


def shortest_way(world: World, start: int) -> list[int]:
    """Tiles from ``start`` to the flag by a shortest way that keeps out of the pit, by breadth first.

    Raises ``ValueError`` if there is none.
    """
    came: dict[int, int] = {start: start}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == world.goal:
            way = [here]
            while way[-1] != start:
                way.append(came[way[-1]])
            return way[::-1]
        for move, there in enumerate(world.after[here]):
            if there not in came and world.reward[here, move] >= 0:
                came[int(there)] = here
                queue.append(int(there))
    raise ValueError(f"no way from tile {start} to the flag")
