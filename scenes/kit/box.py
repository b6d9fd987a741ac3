"""A box: words, a formula or several things with a line around them, as parts of a model are drawn."""

from __future__ import annotations

from typing import Final

from manim import ManimColor, RoundedRectangle, VGroup, VMobject

from scenes.kit import ink
from scenes.kit.noun import THIN
from scenes.kit.review_hints import belongs

_CORNER: Final = 0.1
_INSIDE: Final = 0.13
"""Opacity of what is between the words and the line."""


class Box(VGroup):
    """``inside``, where it stands, in a box with round corners.

    The box is ``width`` × ``height`` scene units large, or larger where ``inside`` with its ``room`` (left and right,
    above and below) is.  ``stroke`` is the width of its line, ``fill`` the opacity of its ground.  Move and fade the
    box, not what is in it; around things that are shown already, show its ``outline`` alone.
    """

    def __init__(
        self,
        inside: VMobject,
        color: ManimColor = ink.chalk,
        *,
        width: float = 0.0,
        height: float = 0.0,
        room: tuple[float, float] = (0.18, 0.1),
        stroke: float = THIN,
        fill: float = _INSIDE,
    ) -> None:
        super().__init__()
        self.inside = inside
        self.outline = RoundedRectangle(
            corner_radius=_CORNER,
            width=max(width, float(inside.width) + 2 * room[0]),
            height=max(height, float(inside.height) + 2 * room[1]),
            color=color,
            stroke_width=stroke,
            fill_opacity=fill,
        ).move_to(inside)
        self.add(belongs(self.outline, inside), inside)
