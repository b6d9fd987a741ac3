"""The map on which everything happens, in the colours of the lesson."""

from __future__ import annotations

from typing import Final, Self, TypeVar

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, ManimColor, Mobject

from scenes.kit import ink, shot
from scenes.kit.board import Agent, Board, Fans, Lights, Thread
from scenes.kit.frame import SAFE, Frame, Move, Sight
from scenes.kit.noun import Mark
from scenes.kit.path import Floats, loops
from scenes.kit.review_hints import backdrop

M = TypeVar("M", bound=Mobject)

VALUE: Final = ink.truth
"""What is worth something: values of states and of actions, and the flag that they come from."""
ACTION: Final = ink.focus
"""How likely an action is, and which is taken."""
ERROR: Final = ink.error
"""The pit, what is worth less than nothing, and how far off a number is."""
COURIER: Final = ink.chalk
"""The agent's figure, and its way."""
LARGE: Final = 44.0
"""Pixels of the capitals of words on the rock, where there is room."""
HOME: Final = (1, 6)
"""The tile below the flag, row and column: what is shown of one tile is shown here."""
ASIDE: Final = -1.8
"""Where words begin on the rock in the close-up, in scene units of a frame at rest."""
ROCK: Final = 0.26
"""Opacity of walls, and of what lies around the map."""


MIDDLE: Final = (2.0, 0.1, 0.0)
"""Scene point of the map's middle where it fills the frame, with words on the rock left of it."""
WORDS: Final = shot.Region(shot.SAFE.left, shot.SAFE.bottom + 0.3, -3.2, shot.SAFE.top)
"""The rock where words stand."""
RIM: Final = Sight(8.3, 1.4, 1.7)
"""Where the camera is at the tiles around the one below the flag, with rock right of them."""
TOP: Final = Sight(4.386, 3.805, 2.1)
"""Where it is at the last four tiles of the top row, with rock above them."""


def go_to(frame: Frame, sight: Sight) -> Move:
    """The animation that brings the camera to ``sight``."""
    across, up = np.array(SAFE) / sight.zoom
    return frame.to_region((sight.x + across[0], sight.x + across[1]), (sight.y + up[0], sight.y + up[1]))


def spot_in(sight: Sight, across: float, up: float) -> Floats:
    """Scene point (3,) that ``sight`` shows at this place of a frame at rest."""
    return np.array([sight.x + across / sight.zoom, sight.y + up / sight.zoom, 0.0])


def on_rock(thing: M, sight: Sight, across: float, up: float, side: npt.ArrayLike = ORIGIN) -> M:
    """``thing`` as large as in a frame at rest, its ``side`` where ``sight`` shows that place."""
    thing.scale(1 / sight.zoom).move_to(spot_in(sight, across, up), aligned_edge=np.asarray(side))
    return thing


class Ground(Board):
    """The map with values in teal, probabilities in yellow, and a chalk agent on it."""

    def __init__(self, rows: tuple[str, ...], width: float = 9.8, height: float = 7.0) -> None:
        super().__init__(rows, width, height)
        self.walls.set_fill(opacity=ROCK)

    def lights(self, tiles: npt.ArrayLike, full: float = 0.52) -> Glow:
        """As on any board, in the colour of values."""
        known = super().lights(tiles, full)
        return Glow(self, corners_of(known), full)

    def wedges(self, tiles: npt.ArrayLike, full: float = 0.95) -> Glow:
        """As on any board, in the colour of values."""
        known = super().wedges(tiles, full)
        return Glow(self, corners_of(known), full, rim=0.4)

    def fans(self, tiles: npt.ArrayLike, color: ManimColor = ACTION, *, outlined: bool = False) -> Fans:
        """As on any board, in the colour of probabilities."""
        return super().fans(tiles, color, outlined=outlined)

    def courier(self, way: npt.ArrayLike, color: ManimColor = COURIER) -> Agent:
        """The agent, on the first of the tiles ``way`` (t + 1, 2)."""
        return super().courier(way, color)

    def thread(self, way: npt.ArrayLike, color: ManimColor = COURIER) -> Thread:
        """The way of the agent, of no length yet."""
        return super().thread(way, color)

    def rock(self) -> Mark:
        """What lies around the map, as far as the camera comes."""
        outer = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) * (13.0, 6.2)
        corners = self.at(np.array([(1, 1), (1, 0), (0, 0), (0, 1)]) * (len(self.rows[0]), len(self.rows)))
        frame = np.array([np.column_stack([outer, np.zeros(4)]), corners])
        return backdrop(Mark(self, color=ink.faint, fill=ROCK).draw(loops(frame)))


class Glow(Lights):
    """Patches that show values: teal above 0 and red below, the brighter the larger."""

    def redraw(self, values: npt.ArrayLike, largest: float = 1.0) -> Self:
        """Show ``values`` of any shape, as many as there are patches; full brightness from ±``largest`` on."""
        super().redraw(values, largest)
        hue = VALUE.to_rgb()
        for patch, value in zip(self.submobjects, self.values, strict=True):
            if value >= 0:
                patch.fill_rgbas[:, :3] = hue
        return self


def corners_of(lights: Lights) -> Floats:
    """Corners (m, k, 2) in data units of the patches of ``lights``."""
    return np.array([lights.plane.inverse(patch.points[::4]) for patch in lights.submobjects])
