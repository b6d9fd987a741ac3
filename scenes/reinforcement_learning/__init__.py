"""Reinforcement Learning: values that flow back from one late point, and policies pushed by what they return."""

from __future__ import annotations

from manim import LEFT, RIGHT

from scenes.kit import ink, words
from scenes.reinforcement_learning.bellman import Bellman
from scenes.reinforcement_learning.clip import Clip
from scenes.reinforcement_learning.deep import Deep
from scenes.reinforcement_learning.explore import Explore
from scenes.reinforcement_learning.ground import Ground
from scenes.reinforcement_learning.late import Late
from scenes.reinforcement_learning.push import Push
from scenes.reinforcement_learning.step import Step


class ReinforcementLearning(Late, Bellman, Step, Explore, Deep, Push, Clip):
    """One map, six methods: from one late point to a policy that does not leave its evidence.

    - ``late``: One point, very late; Later counts less.
    - ``bellman``: A policy has a value; Keep the best neighbour.
    - ``step``: Learn from one step; Good news walks backwards.
    - ``explore``: A little curiosity is not enough.
    - ``deep``: A network instead of a table.
    - ``push``: Push what paid; Subtract what you expected.
    - ``clip``: Do not leave your evidence; the end.
    """

    def poster(self) -> None:
        """The map from above, light fading from the flag, the courier in its dark corner."""
        board = Ground(self.world.rows, 9.9, 7.2).to_edge(RIGHT, buff=0.25)
        value = self.sweeps.value[-1][self.live]
        light = board.lights(self.tiles, full=0.95).redraw(((value - 0.36) / 0.64) ** 1.3)
        free = (self.live != self.world.start).astype(float)
        compass = board.compass(self.tiles).redraw(self.angles(self.truth), free)
        courier = board.courier([self.world.tiles[self.world.start]])
        text = words.headline("Good\nnews\n[walks:truth]\nback", size=ink.POSTER)
        text.to_edge(LEFT, buff=0.5)
        self.add(board.rock(), light, board, compass, courier, text)
