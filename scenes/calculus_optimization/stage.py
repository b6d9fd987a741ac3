"""What the acts of the lesson share: its landscapes, in fog and as maps, and what is coloured how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DEGREES, ManimColor, linear

from scenes.kit import ink, shot, words
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.landscape import Ground, Landscape
from scenes.kit.lesson import Lesson
from scenes.kit.line import Contour
from scenes.kit.noun import HAIR
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.walker import SolidWalker, Walker
from scenes.kit.words import Words
from scenes.maths.calculus_optimization import landscape

BALL: Final = ink.focus
"""The ball: where you stand, θ."""
GRADIENT: Final = ink.second
"""Slopes, derivatives and the gradient."""
STEP: Final = ink.focus
"""The step that is taken, and the learning rate η which sets its length."""
GOAL: Final = ink.truth
"""The minimum."""
WRONG: Final = ink.error
"""Losses, and what goes wrong."""
OPTIMISERS: Final[Mapping[str, ManimColor]] = {
    "gradient descent": ink.first,
    "momentum": ink.third,
    "Adam": ink.fourth,
}
"""Colours of the three where they are compared; a ball alone is yellow."""

SYMBOLS: Final[Mapping[str, ManimColor]] = {
    "x": ink.chalk,
    "y": ink.chalk,
    "w": ink.chalk,
    "b": ink.chalk,
    "hat(y)": ink.chalk,
    "theta": BALL,
    "eta": BALL,
    "nabla": GRADIENT,
    "L": WRONG,
}
"""Colours of symbols in this lesson."""
maths: Final = words.Formulas(SYMBOLS)
"""A formula in the colours of this lesson."""

TOY_LEVELS: Final[Floats] = -0.6 + 0.035 * np.arange(2.0, 17.0) ** 2
"""Heights of the toy's contour lines."""
FINE_LEVELS: Final[Floats] = -0.6 + 0.035 * np.arange(1.5, 17.0, 0.5) ** 2
"""Heights of the toy's contour lines where it is seen from near by or as land."""
VALLEY_LEVELS: Final[Floats] = 0.35 * np.arange(1.0, 17.0) ** 2
"""Heights of the valley's contour lines."""
HALF: Final = 2.9
"""Half of the height of the valley's map, in its units."""
LAMP: Final = 0.78
"""How far you see in the fog, in units of the toy."""
TILT: Final = 52 * DEGREES
"""How steeply landscapes are looked at."""
TURN: Final = -20 * DEGREES
"""From which side they are looked at."""


def inline(text: str, size: ink.Size | float = ink.LABEL, color: ManimColor = ink.chalk) -> Words:
    """Words with maths in them, coloured as this lesson colours symbols and not as others do."""
    shown = words.label(text, color, size)
    other = {
        ink.SYMBOLS[name].to_hex() for name in ("x", "w", "y", "hat(y)") if ink.SYMBOLS[name] != GRADIENT
    }
    for glyph in shown.family_members_with_points():
        if glyph.get_fill_color().to_hex() in other:
            glyph.set_fill(color)
    return shown


def walked(walker: Walker, steps: float, rate_func: Callable[[float], float] = linear) -> Drive:
    """``walker`` goes on to where ``steps`` steps have led, and never beyond its last."""
    last = float(len(walker.walk) - 1)

    def go(at: float) -> Walker:
        return walker.step(min(at, last))

    return glide(go, float(walker.steps), float(steps), walker, rate_func=rate_func)


class CalculusOptimizationStage(Lesson):
    """The stage of the lesson: each chapter builds the landscape that it needs."""

    def stage(self) -> None:
        """Nothing stands there yet."""

    # The toy: two hollows, in fog or not

    def toy_mountain(self, region: shot.Region = shot.EDGES, height: float = 3.6) -> Landscape:
        """The toy with its two hollows, as a plane without axes that fills ``region``, seen from above."""
        plane = region.plane((-2.6, 2.6), (-1.45, 1.45), equal=True, x_ticks=[], y_ticks=[])
        mountain = Landscape(plane, (-0.8, 7.5), landscape.toy, height)
        mountain.look(lift=0.0)
        return mountain

    def toy_around(self, middle: npt.ArrayLike, nearer: float = 1.9) -> Landscape:
        """The same lifted and tilted, ``nearer`` to the eye, with the ground at ``middle`` (2,) in mid-frame."""
        out = (nearer - 1) / 2
        region = shot.EDGES.inset(-out * shot.EDGES.width, -out * shot.EDGES.height)
        view = {"tilt": TILT, "turn": TURN, "lift": 1.0}
        mountain = self.toy_mountain(region, 3.6 * nearer)
        mountain.look(**view)
        mountain.plane.shift(-mountain.at(mountain.raised(middle))[0])
        return Landscape(mountain.plane, mountain.z, landscape.toy, mountain.height).look(**view)

    def toy_ground(
        self, mountain: Landscape, middle: npt.ArrayLike = landscape.TOY_START, radius: float = LAMP
    ) -> Ground:
        """The toy's ground, lit around ``middle``; a radius of 8 lights all of it."""
        return mountain.ground(TOY_LEVELS, middle, radius)

    def ball_on(self, mountain: Landscape, walk: npt.ArrayLike, color: ManimColor = BALL) -> SolidWalker:
        """A ball that goes the steps ``walk`` (n + 1, 2) on the mountain's ground."""
        ball = SolidWalker(mountain, walk, mountain.over, color)
        ball.stem.set_stroke(opacity=0)
        return ball

    # The valley, curvatures 1 and 25, as a map

    def valley_map(
        self, region: shot.Region = shot.EDGES, x: tuple[float, float] = (-5.2, 5.2), half: float = HALF
    ) -> tuple[Plane, Contour]:
        """A map of the valley without axes that fills ``region``, equal units both ways, and its contour lines."""
        plane = region.plane(x, (-half, half), equal=True, x_ticks=[], y_ticks=[])
        mesh = plane.mesh(241, 141)
        return plane, plane.contour(landscape.valley(mesh), VALLEY_LEVELS, ink.faint, HAIR)
