"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

import numpy as np
from manim import LEFT, VGroup

from scenes.kit import ink, place, words
from scenes.kit.board import MOVES, TURNS, Board
from scenes.kit.lesson import Lesson
from scenes.kit.line import Arrows
from scenes.kit.path import Floats
from scenes.maths.reinforcement_learning import gridworld, qlearning
from scenes.maths.reinforcement_learning.gridworld import Rows
from scenes.reinforcement_learning.ground import ASIDE, ERROR, MIDDLE, RIM, VALUE, Ground, on_rock

SEED = 9
"""Of the Q-learning run that the lesson tells."""
CENTRES = (-4.58, 0.0, 4.58)
"""Of three boards side by side."""


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
        self.board = place.picture(Board(self.world.rows))  # of the first edition

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
                ("−1", ERROR, (1, 5), (-0.33, -0.36)),
            )
        )
        return paid, lost

    def written(self, text: str, y: float, size: ink.Size | float = ink.POINT) -> words.Words:
        """Words on the rock in the close-up, at that height of the picture."""
        return on_rock(words.note(text, size=size).move_to((ASIDE, y, 0.0), aligned_edge=LEFT), RIM)

    def four_arrows(self, tile: Rows) -> Arrows:
        """The four moves of ``tile``."""
        spot = self.board.spot(tile)
        return self.board.vector(spot + 0.22 * MOVES, spot + 0.62 * MOVES, ink.fourth)

    def answer(self) -> Answer:
        """The small map of the true worth, on its place in the column."""
        return Answer(self)


class Answer(VGroup):
    """The truth, folded away: a small board with its light and its arrows, under its name."""

    def __init__(self, lesson: ReinforcementLearningStage) -> None:
        super().__init__()
        self.board = Board(lesson.world.rows, 2.9, 2.9)
        self.name_words = words.label("true worth", ink.truth)
        place.aside(self.name_words, self.board, gap=0.15)
        light = self.board.lights(lesson.tiles).redraw(lesson.sweeps.value[-1][lesson.live])
        compass = self.board.compass(lesson.tiles).redraw(lesson.angles(lesson.truth))
        self.add(light, self.board, compass, self.name_words)
