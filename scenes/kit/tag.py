"""A tag: words, or a column of them, on a plate of the ground's colour, so that lines under them do not cross them."""

from __future__ import annotations

from typing import Final

from manim import RoundedRectangle, VGroup, VMobject

from scenes.kit import ink

_RIM: Final = 0.1


class Tag(VGroup):
    """``text``, where it stands, on a plate of ``opacity`` that hides what is drawn before it.

    Move and fade the tag, not the text.
    """

    def __init__(self, text: VMobject, opacity: float = 0.9) -> None:
        super().__init__()
        self.text = text
        self.plate = RoundedRectangle(
            corner_radius=0.07,
            width=float(text.width) + 2 * _RIM,
            height=float(text.height) + 2 * _RIM,
            stroke_width=0,
            stroke_opacity=0,
            fill_color=ink.ground,
            fill_opacity=opacity,
        ).move_to(text)
        self.add(self.plate, text)
