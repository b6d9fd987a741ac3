"""What the acts of the lesson share: the 257 dots, their colours, and how a score lights them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np
from manim import ManimColor

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import Lesson
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.anomaly_detection import isolation

PLAIN: Final = ink.chalk
"""The colour of dots that nobody has scored."""
MANY: Final = ink.quiet
"""Of dots in a crowd, which would flash in chalk when the camera moves."""
ORDINARY: Final = ink.faint
"""Of dots with a low score."""
DARK: Final = ink.ground.interpolate(ink.faint, 0.5)
"""Of dots that are out of the game."""
ODD: Final = ink.error
"""Of dots with a high score, of intruders, and of scores."""
ALARM: Final = ink.focus
"""Of whatever draws a line: fences, a threshold, a frontier."""
RULER: Final = ink.first
"""Of means, deviations and quartiles."""
CUT: Final = ink.fourth
"""Of random cuts and path lengths."""
NEAR: Final = ink.second
"""Of neighbours and densities."""
HILL: Final = ink.third
"""Of kernel hills."""
TRUE: Final = ink.truth
"""Of the answer: what is an anomaly in truth."""
DOT: Final = 0.095
BALL: Final = 0.3
"""Radius of a dot in an example by hand."""

READ: Final = pace.LONG + pace.SLOW
"""Seconds for what is looked at or followed in peace."""

maths: Final = words.Formulas({"s": ODD, "h": CUT, "c": CUT, "z": ODD})
"""A formula in the colours of this lesson."""


def quiet_plane(x: tuple[float, float], y: tuple[float, float], place: shot.Region = shot.EDGES) -> Plane:
    """A plane without axes, to the edges of ``place``."""
    plane = place.plane(x, y, x_ticks=[], y_ticks=[], numbers=False)
    plane.frame.set_stroke(opacity=0)
    return plane


def cloud_plane() -> Plane:
    """The plane of the 257 dots, to the edges of the frame."""
    return quiet_plane((-3.75, 4.5), (-3.6, 3.75))


def people_plane() -> Plane:
    """Height and weight of the simulated people."""
    return shot.chart(
        shot.SAFE, (140, 200), (35, 105), x_ticks=[150, 170, 190], y_ticks=[50, 75, 100],
        x_label="height (cm)", y_label="weight (kg)",
    )  # fmt: skip


def blended(low: ManimColor, high: ManimColor, share: float) -> ManimColor:
    """The colour after ``share`` of the way."""
    made: ManimColor = blend(low, high, share, "a colour")
    return made


def paint(dots: Dots, shares: Floats, low: ManimColor = ORDINARY, radius: float = DOT) -> Dots:
    """Light ``dots`` by ``shares`` (n,) from 0 to 1; a brighter one is larger too."""
    tone(dots, shares, low, ODD)
    return dots.redraw(radius=radius * (1 + 0.5 * np.asarray(shares)))


def tone(dots: Dots, shares: Floats, low: ManimColor = DARK, high: ManimColor = MANY) -> Dots:
    """Give ``dots`` colours between ``low`` and ``high`` by ``shares`` (n,) from 0 to 1."""
    for dot, share in zip(dots.submobjects, shares, strict=True):
        dot.set_fill(blended(low, high, float(share)))
    return dots


def light_up(dots: Dots, start: Floats, end: Floats, *, fresh: bool = False, radius: float = DOT) -> Drive:
    """The animation in which the scores of ``dots`` go from ``start`` to ``end``, each (n,) from 0 to 1.

    ``fresh`` dots had no score yet.
    """
    before, after = (start, MANY if fresh else ORDINARY), (end, ORDINARY)
    return glide(partial(paint, dots, radius=radius), before, after, dots)


def span(
    plane: Plane, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Scene units of a part of the plane, across and up: what ``frame.to_region`` takes."""
    low, high = plane.at(np.array([(x[0], y[0]), (x[1], y[1])]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


def around(
    point: Sequence[float] | Floats, x: float, y: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The limits of a box around ``point``, half as wide as ``x`` and half as high as ``y``, in its units."""
    return (float(point[0]) - x, float(point[0]) + x), (float(point[1]) - y, float(point[1]) + y)


class AnomalyDetectionStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """The 257 dots."""
        self.points = isolation.cloud()
        self.lone: Floats = self.points[isolation.LONE]
        self.lone_only = (np.arange(len(self.points)) == isolation.LONE).astype(float)
        self.nobody = np.zeros(len(self.points))
