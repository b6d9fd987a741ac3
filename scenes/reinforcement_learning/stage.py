"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

import numpy as np
from manim import LEFT

from scenes.kit import ink, words
from scenes.kit.board import TURNS
from scenes.kit.lesson import Lesson
from scenes.kit.path import Floats
from scenes.maths.reinforcement_learning import gridworld, qlearning
from scenes.maths.reinforcement_learning.gridworld import Rows
from scenes.reinforcement_learning.ground import ASIDE, ERROR, MIDDLE, RIM, VALUE, Ground, on_rock

SEED = 9
"""Of the Q-learning run that the lesson tells."""


class ReinforcementLearningStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    def stage(self) -> None:
        """The map to the edges of the frame, what is known of it by the maths, and nobody on it."""
        self.world = gridworld.read_map()
        self.live = self.world.live
        self.tiles = self.world.tiles[self.live]
        self.sweeps = gridworld.iterate_values(self.world)
        self.truth = self.sweeps.q[-1]
        self.learnt = qlearning.learn(self.world, SEED)
        self.ground = Ground(self.world.rows).move_to(MIDDLE)
        self.rock = self.ground.rock()

    def row(self, *tile: int) -> int:
        """Number of an open tile among those from which one can move."""
        return int(np.flatnonzero(self.live == self.world.tile(*tile))[0])

    def angles(self, q: Floats) -> Floats:
        """Angle of the best move on each live tile, by ``q`` (n, 4)."""
        return np.asarray(TURNS[q[self.live].argmax(axis=1)])

    def far_way(self) -> tuple[Rows, Floats]:
        """Tiles (t + 1, 2) of a shortest way from the far corner, and the return (t,) from each but the last."""
        tiles = self.world.tiles[gridworld.shortest_way(self.world, self.world.start)]
        return tiles, np.asarray(gridworld.DISCOUNT ** np.arange(len(tiles) - 1.0)[::-1])

    def prizes(self) -> tuple[words.Words, words.Words]:
        """What flag and pit pay, written on their tiles."""
        paid, lost = (
            words.label(text, color).move_to(self.ground.at(self.ground.spot(tile) + np.array(aside)))
            for text, color, tile, aside in (
                ("+1", VALUE, (0, 6), (0.29, -0.33)),
                ("−1", ERROR, (1, 5), (0.34, -0.36)),
            )
        )
        self.allow(paid, "margin", "it stands on the flag's tile, and that at the edge of the map")
        return paid, lost

    def written(self, text: str, y: float, size: ink.Size | float = ink.POINT) -> words.Words:
        """Words on the rock in the close-up, at that height of the picture."""
        return on_rock(words.note(text, size=size), RIM, ASIDE, y, LEFT)
