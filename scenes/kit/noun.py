"""What every thing drawn on a plane shares: it knows its plane, and redraws in place.

A noun is one mobject for the whole lesson.  Its verbs (``lay``, ``trace``, ``place``, ``show``) give it new
numbers and return it, so that they work at once, under ``.animate`` and inside
:func:`scenes.kit.drive.drive`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from manim import ManimColor, Mobject, VMobject

from scenes.kit import ink
from scenes.kit.path import Floats

if TYPE_CHECKING:
    from scenes.kit.plane import Plane

HAIR: Final = 1.5
"""Stroke of grids and ticks (manim's unit: a hundredth of a scene unit, 1.35 px at 1080 lines)."""
THIN: Final = 2.5
"""Stroke of helpers: kerbs, stems, dashes."""
LINE: Final = 4.0
"""Stroke of what is looked at: curves, boundaries."""


class OnPlane(Mobject):
    """A mobject that keeps its plane: a copy of it alone lies on the same plane, not on a copy of that.

    In a copied group that holds the plane as well, things after the plane lie on the plane's copy.
    """

    plane: Plane

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        plane = self.__dict__.pop("plane")
        try:
            copy = super().__deepcopy__(memo)
        finally:
            self.plane = plane
        copy.plane = memo.get(id(plane), plane)
        return copy


class Mark(OnPlane, VMobject):
    """One path of one style on a plane."""

    def __init__(
        self,
        plane: Plane,
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
