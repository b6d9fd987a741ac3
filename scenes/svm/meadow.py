"""Points with their street as one picture that may lie anywhere: across the whole frame, or in half of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, ManimColor, VGroup, there_and_back

from scenes.kit import ink, shot, words
from scenes.kit.axis import Range
from scenes.kit.dot import SHAPES, Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.line import Segments
from scenes.kit.path import Floats, pieces
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.street import Street as Band
from scenes.maths.svm.svm import Street
from scenes.svm.stage import BOUNDARY, HELD

Bools = npt.NDArray[np.bool_]

NEW_FLOWER: Final = np.array([2.42, 2.62])
"""Petal length and sepal width (cm) of a flower whose class each line guesses anew."""
NAMED: Final = 42.0
"""Pixels of the capitals of the names of axes within a picture, and of their numbers."""
_TICK: Final = 0.09
"""Scene units of a tick."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of the data that is seen, ``x`` by ``y`` in data units, and the box of the stage that it fills."""

    x: Range
    y: Range
    left: float
    bottom: float
    width: float
    height: float
    radius: float
    """Of a dot, in scene units."""

    @classmethod
    def across_the_frame(cls, middle: tuple[float, float], unit: float, radius: float = 0.11) -> View:
        """From edge to edge, ``unit`` scene units a data unit both ways, with ``middle`` in the frame's middle."""
        across, up = ink.FRAME_WIDTH / 2 / unit, ink.FRAME_HEIGHT / 2 / unit
        return cls(
            (middle[0] - across, middle[0] + across),
            (middle[1] - up, middle[1] + up),
            -ink.FRAME_WIDTH / 2,
            -ink.FRAME_HEIGHT / 2,
            ink.FRAME_WIDTH,
            ink.FRAME_HEIGHT,
            radius,
        )

    @classmethod
    def on_the_left(cls, middle: tuple[float, float], unit: float, radius: float = 0.1) -> View:
        """As :meth:`across_the_frame`, but in the left half of the frame."""
        across, up = (ink.FRAME_WIDTH - shot.GUTTER) / 4 / unit, ink.FRAME_HEIGHT / 2 / unit
        return cls(
            (middle[0] - across, middle[0] + across),
            (middle[1] - up, middle[1] + up),
            -ink.FRAME_WIDTH / 2,
            -ink.FRAME_HEIGHT / 2,
            2 * across * unit,
            ink.FRAME_HEIGHT,
            radius,
        )

    def plane(self) -> Plane:
        """Its coordinates; nothing of them needs to be drawn."""
        made = Plane(self.x, self.y, self.width, self.height, x_ticks=[], y_ticks=[], numbers=False)
        return made.shift(np.array([self.left, self.bottom, 0.0]) - made.box[0])


IRISES: Final = View.across_the_frame((2.85, 3.0), 2.15)
"""Petal length across, sepal width up, both in cm."""
PAIR: Final = View.across_the_frame((3.74, 1.6), 1.6, 0.15)
"""The two points that are solved by hand."""
HALF: Final = View.on_the_left((3.04, 3.1), 1.55)
"""The irises, beside something else of equal right."""


def halves() -> shot.Shot:
    """The left half of the frame to its edges, for :data:`HALF`, and the calm part beside it, for a chart or words."""
    left, right = shot.EDGES.columns(1, 1)
    return shot.Shot(
        "wide", (left, shot.Region(right.left, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top))
    )


class Meadow(VGroup):
    """Points (n, 2) of two classes, the street between them, and rings, seen in a :class:`View`."""

    def __init__(self, points: Floats, sides: Floats, street: Street, view: View) -> None:
        super().__init__()
        self.plane = view.plane()
        self.view = view
        self.points_now: Floats = np.array(points, dtype=float)
        self.sides = np.asarray(sides)
        self.now, self.half = street, 1.0
        kinds = (self.sides > 0).astype(int)
        self.flowers = Dots(
            self.plane,
            points,
            [ink.CLASSES[kind] for kind in kinds],
            [SHAPES[kind] for kind in kinds],
            view.radius,
        )
        self.street = Band(self.plane, BOUNDARY)
        self.rings = self.flowers.ring([], HELD)
        self.add(self.street, self.flowers, self.rings)
        self.lay(street)

    def look(self, view: View) -> Self:
        """Lie where ``view`` says."""
        self.view, self.plane = view, view.plane()
        marks = (self.street.body, self.street.lower, self.street.upper, self.street.centre)
        for noun in (self.flowers, self.street, self.rings, *marks):
            noun.plane = self.plane
        self.flowers.redraw(self.points_now, view.radius)
        self.rings.follow(self.flowers)
        return self.lay(self.now, self.half)

    def lay(self, street: Street, half: float = 1.0) -> Self:
        """Let the street be this one, its margin lines at ±``half``."""
        self.now, self.half = street, half
        self.street.redraw(street.w, street.b, half)
        return self

    def steer(self, w: Floats, b: float, half: float = 1.0) -> Self:
        """As :meth:`lay`, by w (2,) and b: to be glided between two streets."""
        return self.lay(Street(np.asarray(w), float(b)), half)

    def carry(self, points: Floats) -> Self:
        """Move the points to ``points`` (n, 2), rings with them."""
        self.points_now = np.asarray(points, dtype=float)
        self.flowers.redraw(self.points_now)
        self.rings.follow(self.flowers)
        return self


def as_seen(street: Street, there: View, here: View) -> Street:
    """The street of the data of ``there`` as one of the data of ``here``, where it covers the same of the stage."""
    across = (there.x[1] - there.x[0]) / there.width * here.width / (here.x[1] - here.x[0])
    origin = here.plane().at(0.0, 0.0)
    (shift,) = there.plane().inverse(origin[None])
    return Street(street.w * across, street.b + float(street.w @ shift))


class InnerAxes(VGroup):
    """Axes within a picture that runs to the edges, from ``origin`` on; numbers stand where no line has to pass."""

    def __init__(
        self,
        plane: Plane,
        origin: tuple[float, float],
        ends: tuple[float, float],
        ticks: tuple[Sequence[float], Sequence[float]],
        names: tuple[str, str],
        numbered: tuple[Collection[float], Collection[float]],
    ) -> None:
        super().__init__()
        (x0, y0), (x1, y1) = origin, ends
        self.lines = plane.segment([origin, origin], [(x1, y0), (x0, y1)], ink.faint)
        marks = [((x, y0), DOWN) for x in ticks[0]] + [((x0, y), LEFT) for y in ticks[1]]
        spots = plane.at(np.array([spot for spot, _ in marks]))
        ways = np.array([side for _, side in marks])
        self.ticks = Segments(plane, ink.faint).draw(pieces(spots, spots + _TICK * ways))
        self.numbers = VGroup(
            *(
                words.tick(f"{spot[int(side[0] != 0)]:g}", size=NAMED).next_to(
                    plane.at(*spot), side, buff=2 * _TICK
                )
                for spot, side in marks
                if spot[int(side[0] != 0)] in numbered[int(side[0] != 0)]
            )
        )
        self.across = words.label(names[0], ink.quiet, NAMED)
        self.across.next_to(plane.at(x1, y0), UP + LEFT, buff=_TICK)
        self.up = words.label(names[1], ink.quiet, NAMED)
        self.up.next_to(plane.at(x0, y1), RIGHT, buff=_TICK)
        backdrop(self.across), backdrop(self.up)  # the frame may cut them when it goes nearer
        self.add(backdrop(self.lines), backdrop(self.ticks), self.numbers)


def iris_axes(plane: Plane) -> InnerAxes:
    """Those of the irises in :data:`IRISES`."""
    return InnerAxes(
        plane,
        (-0.05, 1.8),
        (5.9, 4.25),
        ([1, 2, 3, 4, 5], [2, 3, 4]),
        ("petal length (cm)", "sepal\nwidth\n(cm)"),
        numbered=((4, 5), (3, 4)),
    )


def grey_flower(plane: Plane, color: ManimColor = ink.quiet) -> Dots:
    """The flower whose class is asked for."""
    return plane.dots([NEW_FLOWER], color, "diamond", radius=2 * IRISES.radius)


def swell(meadow: Meadow, which: Bools) -> Drive:
    """An animation: the chosen flowers grow, and return to their size."""
    size = meadow.view.radius

    def grow(share: float) -> Dots:
        return meadow.flowers.redraw(radius=np.where(which, size * (1 + 0.7 * share), size))

    return drive(grow, rate_func=there_and_back)
