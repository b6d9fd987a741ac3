"""Reinforcement Learning: good news walks backwards from the flag, through tables, nets and habits."""

from __future__ import annotations

from manim import LEFT, RIGHT

from scenes.kit import ink, words
from scenes.reinforcement_learning.bellman import Bellman
from scenes.reinforcement_learning.ground import Ground
from scenes.reinforcement_learning.late import Late
from scenes.reinforcement_learning.policy_gradient import PolicyGradient
from scenes.reinforcement_learning.q_learning import QLearning
from scenes.reinforcement_learning.step import Step


class ReinforcementLearning(Late, Bellman, Step, QLearning, PolicyGradient):
    """One map, six ideas: from one point, very late, to a policy that does not leave its evidence.

    - ``mdp``: One point, very late; Worth borrows from its neighbour.
    - ``q_learning``: Good news walks backwards; The greedy never find out; A net stands on its own wet paint.
    - ``policy_gradient``: Push what paid, on average; Do not leave your evidence; Light from the goal.
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
