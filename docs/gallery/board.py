"""A grid world seen from above."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit.board import Board

ROWS = ("...G", ".#.P", "S...")
OPEN = [(r, c) for r, row in enumerate(ROWS) for c, tile in enumerate(row) if tile != "#"]
WAY = [(2, 0), (1, 0), (0, 0), (0, 1), (0, 2), (0, 3)]


def values() -> Mobject:
    """Values as light, a policy as arrows, and an agent on its way."""
    board = Board(ROWS)
    light = board.lights(OPEN).redraw(np.linspace(-1, 1, len(OPEN)))
    arrows = board.compass(OPEN).redraw(np.linspace(0, np.pi, len(OPEN)))
    return VGroup(light, board, arrows, board.thread(WAY).reach(3.5), board.courier(WAY).walk(3.5))


def chances() -> Mobject:
    """Values of moves as wedges, their chances as sectors, numbers, and a tile with an edge."""
    board, rng = Board(ROWS), np.random.default_rng(1)
    left, right = OPEN[:5], OPEN[5:]
    wedges = board.wedges(left).redraw(rng.uniform(-1, 1, (len(left), 4)))
    fans = board.fans(right).redraw(rng.dirichlet(np.ones(4), len(right)))
    return VGroup(
        wedges, board, fans, board.figures(left).redraw(rng.uniform(-1, 1, len(left))), board.edge(OPEN[6])
    )
