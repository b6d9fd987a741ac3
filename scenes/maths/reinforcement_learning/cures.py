"""What the cures of a deep Q-network are worth, over all seeds, and what a random walk reaches.

Sources: Mnih et al., Human-level control through deep reinforcement learning (Nature, 2015), extended data table 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scenes.maths.reinforcement_learning.dqn import CURES, NOISE, Name, Training, paint, read_floor
from scenes.maths.reinforcement_learning.gridworld import Array, Rows, read_map
from scenes.maths.shared.memo import remembered

SEEDS: Final = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Ablation:
    """Trainings by seed and variant: the share of new tries that ``reached`` the flag (k, 4), and the ``largest`` Q at
    each of m looks (k, m, 4), taken at ``step`` (m,)."""

    names: tuple[Name, ...]
    reached: Array
    largest: Array
    step: Rows

    def of(self, name: Name) -> Array:
        """The percentages (k,) of the variant called ``name``."""
        return np.asarray(100 * self.reached[:, self.names.index(name)])

    def peak(self, name: Name) -> Array:
        """The largest Q (k,) that each training of the variant called ``name`` has come to."""
        return np.asarray(self.largest[:, :, self.names.index(name)].max(axis=1))


@remembered
def ablate(seeds: tuple[int, ...] = SEEDS) -> Ablation:
    """All variants, by the same seeds."""
    paintings = [paint(seed) for seed in seeds]
    return Ablation(
        tuple(CURES),
        np.array([painting.reached for painting in paintings]),
        np.array([painting.largest for painting in paintings]),
        paintings[0].step,
    )


@dataclass(frozen=True, slots=True)
class Outbreak:
    """The first steps of a training with replay and without a target network: max Q over the floor's mesh, ``value``
    (m, ny, nx), and its maximum where an episode goes on, ``largest`` (m,), at ``step`` (m,)."""

    step: Rows
    value: Array
    largest: Array


@remembered
def break_out(seed: int = 1, every: int = 10, steps: int = 200) -> Outbreak:
    """The training of :func:`dqn.paint`, looked at ``every`` so many of its first ``steps``."""
    painting = paint(seed, Training(look=every), ("replay",))
    first = painting.step <= steps
    return Outbreak(painting.step[first], painting.value[first, 0], painting.largest[first, 0])


@remembered
def random_walk(tries: int = 20_000, steps: int = 60, seed: int = 99) -> float:
    """The share of random walks from fresh places that reach the flag within ``steps``, as trained nets are tried."""
    floor, rng = read_floor(read_map()), np.random.default_rng(seed)
    here, paid = floor.free(rng.random((tries, 3))), np.zeros(tries)
    for _ in range(steps):
        noise = NOISE * rng.standard_normal((tries, 2))
        there, now = floor.step(here, rng.integers(4, size=tries), noise)
        here, paid = np.where(paid[:, None] != 0, here, there), np.where(paid != 0, paid, now)
    return float((paid > 0).mean())
