"""A deep Q-network on the map as a continuous floor, with and without replay and a target network.

Sources: Mnih et al., Human-level control through deep reinforcement learning (Nature, 2015), algorithm 1; Sutton &
Barto (2018), section 11.3 (the deadly triad); Kingma & Ba, Adam (2015).

Trainings of this kind are chaotic: another order of adding within a matrix product would end in other numbers.
After each step weights are rounded to 2⁻²⁶, far below what learning feels and far above rounding errors, so that
every machine walks the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from scenes.maths.reinforcement_learning.gridworld import MOVES, Array, Mask, Rows, World, read_map
from scenes.maths.shared.memo import remembered

DISCOUNT: Final = 0.95
"""γ of a step: a step is half a tile."""
STRIDE: Final = 0.5
"""Tiles a step goes, before noise."""
NOISE: Final = 0.05
"""Standard deviation of where a step ends, in tiles, each way."""
LONGEST: Final = 100
"""Steps after which a trip is broken off."""
HIDDEN: Final = 64
GRAIN: Final = 2.0**-26
"""Weights are whole multiples of this."""

Name = Literal["both", "replay", "target", "neither"]
CURES: Final[dict[Name, tuple[bool, bool]]] = {
    "both": (True, True),
    "replay": (True, False),
    "target": (False, True),
    "neither": (False, False),
}
"""Of each variant: whether it replays old transitions (or learns from the last ones only), and whether it has a
target network."""


@dataclass(frozen=True, slots=True)
class Training:
    """How long and how hard a net learns: ``steps``, each from a ``batch`` of transitions at Adam's ``rate``.

    Every ``copy`` steps the target network is set to the net; every ``look`` steps the net's Q is recorded.
    """

    steps: int = 20_000
    batch: int = 32
    copy: int = 200
    rate: float = 1e-3
    look: int = 200


# --- The map without lines ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Floor:
    """The map as a floor: ``kind`` (rows, columns) is nan in walls, +1 at the flag, -1 in the pit, else 0.

    Positions are (x, y) in tiles from the lower left corner.
    """

    kind: Array

    @property
    def size(self) -> Array:
        """Width and height, (2,)."""
        return np.array(self.kind.shape[::-1], dtype=float)

    def at(self, places: Array) -> Array:
        """What lies at ``places`` (..., 2)."""
        spot = np.clip(np.floor(places), 0, self.size - 1).astype(int)
        return np.asarray(self.kind[len(self.kind) - 1 - spot[..., 1], spot[..., 0]])

    def step(self, places: Array, moves: Rows, noise: Array) -> tuple[Array, Array]:
        """Where ``moves`` (k,) from ``places`` (k, 2) end with ``noise`` (k, 2), and what is paid there (k,)."""
        ways = np.array([(column, -row) for row, column in MOVES]) * STRIDE
        aims = np.clip(places + ways[moves] + noise, 1e-6, self.size - 1e-6)
        ends = np.where(np.isnan(self.at(aims))[:, None], places, aims)
        return ends, self.at(ends)

    def free(self, draws: Array) -> Array:
        """Places (k, 2), uniform over the tiles that are neither wall nor end, from ``draws`` (k, 3) in [0, 1)."""
        open_rows, open_columns = np.nonzero(self.kind == 0)
        tile = (draws[:, 0] * len(open_rows)).astype(int)
        corner = np.column_stack([open_columns[tile], len(self.kind) - 1 - open_rows[tile]])
        return np.asarray(corner + draws[:, 1:])

    def mesh(self, fine: int = 8) -> Array:
        """Places (ny, nx, 2) over the whole floor, ``fine`` a tile, rows going upwards, edges included."""
        nx, ny = (fine * self.size + 1).astype(int)
        x, y = np.meshgrid(np.linspace(0, self.size[0], nx), np.linspace(0, self.size[1], ny))
        return np.stack([x, y], axis=-1)


def read_floor(world: World) -> Floor:
    """The floor of ``world``."""
    kinds = {"#": np.nan, "G": 1.0, "P": -1.0}
    return Floor(np.array([[kinds.get(kind, 0.0) for kind in row] for row in world.rows]))


# --- Nets, several side by side -------------------------------------------------------------------------------


@dataclass(slots=True)
class Nets:
    """v nets 2-64-64-4 with ReLU, side by side: ``flat`` (v, p) holds all weights of each."""

    flat: Array
    size: Array

    @property
    def layers(self) -> list[tuple[Array, Array]]:
        """Weights (v, in, out) and offsets (v, 1, out) of the three layers, as views of ``flat``."""
        return _views(self.flat)

    def q(self, places: Array) -> Array:
        """Q (v, k, 4) at ``places`` (k, 2), the same for all nets, or (v, k, 2)."""
        return self.trace(places)[-1]

    def trace(self, places: Array) -> list[Array]:
        """Scaled places, both hidden layers and Q, each (v, k, ·)."""
        scaled = (places - self.size / 2) / (self.size / 4)
        seen = [np.broadcast_to(scaled, (len(self.flat), *scaled.shape[-2:]))]
        for depth, (weight, offset) in enumerate(self.layers):
            made = np.matmul(seen[-1], weight) + offset
            seen.append(made if depth == 2 else np.maximum(made, 0))
        return seen


def _views(flat: Array) -> list[tuple[Array, Array]]:
    widths, begin, layers = (2, HIDDEN, HIDDEN, 4), 0, []
    for n_in, n_out in pairwise(widths):
        middle, end = begin + n_in * n_out, begin + (n_in + 1) * n_out
        layers.append((flat[:, begin:middle].reshape(-1, n_in, n_out), flat[:, None, middle:end]))
        begin = end
    return layers


def draw_nets(seed: int, count: int, size: Array) -> Nets:
    """``count`` equal nets with He's weights (those of the last layer a tenth as large)."""
    rng = np.random.default_rng(seed)
    nets = Nets(np.zeros((count, 2 * HIDDEN + HIDDEN + HIDDEN**2 + HIDDEN + 4 * HIDDEN + 4)), size)
    for depth, (weight, _) in enumerate(nets.layers):
        n_in, n_out = weight.shape[1:]
        weight[:] = rng.normal(0, np.sqrt(2 / n_in) * (0.1 if depth == 2 else 1.0), (n_in, n_out))
    nets.flat[:] = np.rint(nets.flat / GRAIN) * GRAIN
    return nets


def slope_of(nets: Nets, places: Array, moves: Rows, targets: Array) -> Array:
    """Gradient (v, p) of the mean Huber loss (δ = 1) of Q(place, move) against ``targets``.

    ``places`` (v, k, 2), ``moves`` (v, k), ``targets`` (v, k).
    """
    trace = nets.trace(places)
    taken = np.arange(4) == moves[..., None]
    wrong = np.clip(trace[-1] - targets[..., None], -1, 1) * taken / moves.shape[1]
    slope = np.empty_like(nets.flat)
    for depth, (weight, offset) in reversed(list(enumerate(_views(slope)))):
        weight[:] = np.matmul(trace[depth].swapaxes(1, 2), wrong)
        offset[:] = wrong.sum(axis=1, keepdims=True)
        if depth:
            wrong = np.matmul(wrong, nets.layers[depth][0].swapaxes(1, 2)) * (trace[depth] > 0)
    return slope


class _Adam:
    """Adam's two running means for ``Nets.flat``; β 0.9 and 0.999."""

    def __init__(self, flat: Array, rate: float) -> None:
        self.mean, self.square, self.rate, self.step = np.zeros_like(flat), np.zeros_like(flat), rate, 0

    def descend(self, flat: Array, slope: Array) -> None:
        """Take one step in place, and round to the grain."""
        self.step += 1
        self.mean += 0.1 * (slope - self.mean)
        self.square += 0.001 * (slope * slope - self.square)
        size = self.rate / (1 - 0.9**self.step)
        flat -= size * self.mean / (np.sqrt(self.square / (1 - 0.999**self.step)) + 1e-8)
        np.rint(flat / GRAIN, out=flat)
        flat *= GRAIN


# --- Learning -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Painting:
    """Q of v nets, called ``names``, recorded at m steps of their training.

    ``step`` (m,); ``value`` (m, v, ny, nx) is max Q over :meth:`Floor.mesh`; ``largest`` (m, v) its maximum where a
    trip goes on, outside of walls, flag and pit; ``q`` (v, n, 4) the last Q at the middle of each tile of the world;
    ``batch`` (v, b, 2) the places in each net's last batch; ``stroll`` (s, 2) the first places of the first net;
    ``reached`` (v,) the share of 500 new trips with the greedy policy that reach the flag.
    """

    names: tuple[Name, ...]
    step: Rows
    value: Array
    largest: Array
    q: Array
    batch: Array
    stroll: Array
    reached: Array

    def row(self, name: Name) -> int:
        """Number of the net called ``name``."""
        return self.names.index(name)


@remembered
def paint(seed: int = 1, lesson: Training = Training(), names: tuple[Name, ...] = tuple(CURES)) -> Painting:
    """Train the variants ``names`` on the lesson's map, side by side, with the same random numbers for all."""
    world = read_map()
    floor = read_floor(world)
    rng = np.random.default_rng(seed)
    curious, moves = rng.random(lesson.steps), rng.integers(4, size=lesson.steps)
    noise = NOISE * rng.standard_normal((lesson.steps, 2))
    starts = floor.free(rng.random((lesson.steps + 1, 3)))
    shake = rng.random((lesson.steps, lesson.batch))

    count = len(names)
    nets, teachers = (draw_nets(seed, count, floor.size) for _ in range(2))
    adam = _Adam(nets.flat, lesson.rate)
    memory = _Memory(lesson.steps, count)
    shaken, taught = (np.array([CURES[name][cure] for name in names]) for cure in (0, 1))
    each, here, age = np.arange(count), np.repeat(starts[:1], count, axis=0), np.zeros(count, dtype=int)
    looks: list[Array] = []
    mesh = floor.mesh()
    for step in range(lesson.steps):
        move = np.full(count, moves[step])
        if curious[step] >= max(0.1, 1 - step / (0.5 * lesson.steps)):
            move = nets.q(here[:, None])[:, 0].argmax(axis=1)
        there, paid = floor.step(here, move, np.broadcast_to(noise[step], (count, 2)))
        memory.keep(step, here, move, there, paid)
        age += 1
        over = (paid != 0) | (age >= LONGEST)
        here, age = np.where(over[:, None], starts[step + 1], there), np.where(over, 0, age)
        if step >= lesson.batch:
            last = np.arange(step - lesson.batch + 1, step + 1)
            rows = np.where(shaken[:, None], (shake[step] * (step + 1)).astype(int), last)
            targets = memory.targets(rows, nets, teachers, taught)
            slope = slope_of(
                nets, memory.here[each[:, None], rows], memory.move[each[:, None], rows], targets
            )
            adam.descend(nets.flat, slope)
        if (step + 1) % lesson.copy == 0:
            teachers.flat[:] = nets.flat
        if (step + 1) % lesson.look == 0:
            looks.append(nets.q(mesh.reshape(-1, 2)).max(axis=2).reshape(count, *mesh.shape[:2]))
    value = np.array(looks)
    middles = np.column_stack([world.tiles[:, 1] + 0.5, len(world.rows) - 0.5 - world.tiles[:, 0]])
    return Painting(
        names=names,
        step=np.arange(lesson.look, lesson.steps + 1, lesson.look),
        value=value.astype(np.float32),
        largest=np.where(floor.at(mesh) == 0, value, -np.inf).max(axis=(2, 3)),
        q=nets.q(middles),
        batch=memory.here[each[:, None], rows],
        stroll=memory.here[0, :100],
        reached=_try_out(floor, nets),
    )


class _Memory:
    """Transitions of v nets: arrays (v, steps, ...)."""

    def __init__(self, steps: int, count: int) -> None:
        self.here, self.there = np.zeros((count, steps, 2)), np.zeros((count, steps, 2))
        self.move, self.paid = np.zeros((count, steps), dtype=int), np.zeros((count, steps))

    def keep(self, step: int, here: Array, move: Rows, there: Array, paid: Array) -> None:
        self.here[:, step], self.there[:, step] = here, there
        self.move[:, step], self.paid[:, step] = move, paid

    def targets(self, rows: Rows, nets: Nets, teachers: Nets, taught: Mask) -> Array:
        """r + γ max Q (v, k) of the transitions ``rows`` (v, k); Q is the teacher's where a net has one."""
        each = np.arange(len(rows))[:, None]
        judge = Nets(np.where(taught[:, None], teachers.flat, nets.flat), nets.size)
        ahead = judge.q(self.there[each, rows]).max(axis=2)
        paid = self.paid[each, rows]
        return np.asarray(paid + DISCOUNT * np.where(paid != 0, 0.0, ahead))


def _try_out(floor: Floor, nets: Nets, tries: int = 500, steps: int = 60) -> Array:
    """Share (v,) of greedy tries from fresh places that reach the flag within ``steps``."""
    rng = np.random.default_rng(99)
    start, noise = floor.free(rng.random((tries, 3))), NOISE * rng.standard_normal((steps, tries, 2))
    reached = []
    for row in range(len(nets.flat)):
        net, here, paid = Nets(nets.flat[row : row + 1], nets.size), start, np.zeros(tries)
        for step in range(steps):
            there, now = floor.step(here, net.q(here)[0].argmax(axis=1), noise[step])
            here, paid = np.where(paid[:, None] != 0, here, there), np.where(paid != 0, paid, now)
        reached.append((paid > 0).mean())
    return np.array(reached)
