"""Four points at the corners of a square that runs through the frame, a line through them, and what each side says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, UP, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.dot import Dots, Shape
from scenes.kit.field import Field
from scenes.kit.frame import Sight
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.maths.neural_networks import perceptron
from scenes.neural_networks.stage import maths

PAIR: Final[tuple[Shape, Shape]] = ("disc", "diamond")
"""Shapes of the classes no and yes."""
RADIUS: Final = 0.34
"""Of a point, in scene units."""
SIDE: Final = 4.3
"""Scene units of the square's side."""
_REACH: Final = (2.5, 1.1)
"""Data units from the middle of the square to the edges of what is drawn: farther than any frame shows."""
STEP: Final = 0.12
"""Data units from the boundary at which a side has its full colour: nearly at once."""
_MESH: Final = (100, 44)
_MIDDLE: Final = np.array([0.5, 0.5])


def corner_dots(plane: Plane, labels: perceptron.Ints, radius: float = RADIUS) -> Dots:
    """The four corners: blue discs for no, orange diamonds for yes."""
    colors = [ink.CLASSES[int(label)] for label in labels]
    return Dots(plane, perceptron.CORNERS, colors, [PAIR[int(label)] for label in labels], radius)


class Square:
    """The corners with their ``labels`` (4,), in the middle of the frame or of ``place``, and what lies around."""

    def __init__(
        self, labels: perceptron.Ints, place: shot.Region | None = None, reach: tuple[float, float] = _REACH
    ) -> None:
        (across, up), middle = reach, (place or shot.safe(titled=False)).middle
        self.plane = Plane(
            (0.5 - across, 0.5 + across),
            (0.5 - up, 0.5 + up),
            2 * across * SIDE,
            2 * up * SIDE,
            x_ticks=[],
            y_ticks=[],
            numbers=False,
        )
        self.plane.shift(middle - self.plane.at(*_MIDDLE))
        self.sides = self.plane.field(np.zeros(_MESH[::-1]), largest=STEP, opacity=0.3)
        self.line = self.plane.line((1, 0), -0.5, width=2 * LINE)
        corners = perceptron.CORNERS[[0, 1, 3, 2]]
        self.edges = backdrop(self.plane.polygon(corners, ink.faint))
        self.dots = corner_dots(self.plane, labels)
        self._level: Floats = np.zeros(_MESH[::-1])
        self._mesh = self.plane.mesh(*_MESH)

    def lie(self, w: Floats, b: float) -> Changed:
        """Let the line be w·x + b = 0, w (2,); returns what changed."""
        self.line.redraw(w, b)
        self._level = (self._mesh @ w + b) / max(float(np.linalg.norm(w)), 1e-9)
        self.sides.redraw(self._level)
        return (self.sides, self.line)

    def lie_at(self, weights: Sequence[float] | Floats) -> Changed:
        """As :meth:`lie`, by w₁, w₂ and b (3,)."""
        given = np.asarray(weights, dtype=float)
        return self.lie(given[:2], float(given[2]))

    def soften(self, width: float) -> Field:
        """Let each side have its full colour only ``width`` data units from the line."""
        return self.sides.redraw(self._level, width)

    def names(self) -> VGroup:
        """The coordinates of the points, over and under them."""
        return VGroup(
            *(
                Tag(
                    self.plane.label(
                        x, y, f"({x:.0f}, {y:.0f})", UP if y else DOWN, gap=RADIUS + 3 * words.GAP
                    )
                )
                for x, y in perceptron.CORNERS
            )
        )

    def axes(self) -> VGroup:
        """The names of the inputs, under the square and left of it."""
        below = maths("x_1").next_to(self.plane.at(0.5, 0), DOWN, buff=2 * words.GAP)
        beside = maths("x_2").next_to(self.plane.at(0, 0.5), LEFT, buff=2 * words.GAP)
        return VGroup(below, beside)


ASIDE: Final = (-3.3, (shot.SAFE.bottom + shot.SAFE.top) / 2)
"""Where the camera brings the square when words stand right of it."""
PANEL: Final = shot.Region(0.7, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top)
"""Where they stand then."""
KEPT: Final = SIDE / (ink.FRAME_HEIGHT - ink.CAPTION_BAND)
"""Share of the picture that the square has when the camera only goes aside."""


def aside() -> Sight:
    """What is seen when the camera has gone aside."""
    (x, y, _), (left, up) = shot.safe(titled=False).middle, ASIDE
    return Sight(x - left, y - up, 1.0)
