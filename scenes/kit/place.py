"""Where things stand: the picture takes two thirds, words stand beside it, captions keep the bottom."""

from __future__ import annotations

from typing import Final, TypeVar

from manim import DOWN, LEFT, UP, Mobject

from scenes.kit import ink

M = TypeVar("M", bound=Mobject)

LEFT_EDGE: Final = -ink.FRAME_WIDTH / 2 + ink.MARGIN
RIGHT_EDGE: Final = ink.FRAME_WIDTH / 2 - ink.MARGIN
TOP: Final = ink.FRAME_HEIGHT / 2 - ink.MARGIN
FLOOR: Final = -ink.FRAME_HEIGHT / 2 + ink.CAPTION_BAND
"""Lowest height above the captions."""
HEAD: Final = 0.75
"""Height that the chapter's title takes."""
ASIDE: Final = 3.15
"""Where the column of words begins."""
ASIDE_WIDTH: Final = RIGHT_EDGE - ASIDE
NUDGE: Final = 0.1
"""How far something slides to its place as it comes: ``FadeIn(name, shift=place.NUDGE * UP)``."""


def picture(mobject: M) -> M:
    """The picture, in the middle of its two thirds; it should be at most 9.2 wide and 5.8 high."""
    mobject.move_to(((LEFT_EDGE + ASIDE - 0.4) / 2, (TOP - HEAD + FLOOR) / 2, 0.0))
    return mobject


def aside(*rows: Mobject, top: float = TOP - HEAD - 0.3, gap: float = 0.45) -> None:
    """Stack ``rows`` in the column beside the picture, left edges in line, the first at height ``top``."""
    for row in rows:
        row.move_to((ASIDE, top, 0.0), aligned_edge=UP + LEFT)
        top = float(row.get_bottom()[1]) - gap


def under(mobject: Mobject, above: Mobject, gap: float = 0.3) -> Mobject:
    """``mobject`` under ``above``, left edges in line."""
    return mobject.next_to(above, DOWN, buff=gap, aligned_edge=LEFT)
