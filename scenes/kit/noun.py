"""What every thing drawn on a plane shares: it knows its plane, and redraws in place.

A noun is one mobject for the whole lesson.  Its verb :meth:`redraw` gives it new
numbers and returns it, so that it works at once, under ``.animate`` and inside :func:`scenes.kit.drive.drive`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Self, TypeVar, cast

from manim import ManimColor, Mobject, VMobject, override_animate

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.path import Floats

HAIR: Final = 1.5
"""Stroke of grids and ticks (manim's unit: a hundredth of a scene unit, 1.35 px at 1080 lines)."""
THIN: Final = 2.5
"""Stroke of helpers: kerbs, stems, dashes."""
LINE: Final = 4.0
"""Stroke of what is looked at: curves, boundaries."""

Maker = TypeVar("Maker", bound=Callable[..., object])


def slowly(verb: Callable[..., object]) -> Callable[[Maker], Maker]:
    """Mark the method that makes the animation of ``noun.animate.verb(...)``.

    It is for verbs whose noun keeps more than points, or shows numbers: manim would mix outlines of digits, and leave
    the noun believing that it is as it was.  The method takes what the verb takes, and ``anim_args``.
    """
    return cast("Callable[[Maker], Maker]", override_animate(cast(Any, verb)))


class OnPlane(Mobject):
    """A mobject that lies on a ``plane``.

    A copy of it lies on the same plane.  Where a group is copied that holds the plane before it, its copy lies on
    the copy of the plane.
    """

    plane: Coordinates

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        plane = self.__dict__.pop("plane")
        try:
            copy = super().__deepcopy__(memo)
        finally:
            self.plane = plane
        copy.plane = memo.get(id(plane), plane)
        return copy


class Mark(OnPlane, VMobject):
    """One path of one style on a ``plane``.

    Kinds of it have a :meth:`redraw` that takes data units and ends in :meth:`draw`, which takes scene points.
    """

    def __init__(
        self,
        plane: Coordinates,
        *,
        color: ManimColor = ink.chalk,
        width: float = 0.0,
        opacity: float = 1.0,
        fill: float = 0.0,
    ) -> None:
        """``width`` and ``opacity`` are the stroke's, ``fill`` is the opacity of the inside."""
        super().__init__(
            stroke_color=color,
            stroke_width=width,
            stroke_opacity=opacity,
            fill_color=color,
            fill_opacity=fill,
        )
        self.plane = plane

    def draw(self, points: Floats) -> Self:
        """Replace the path by Bézier ``points`` (4n, 3) in scene units."""
        self.points = points
        return self
