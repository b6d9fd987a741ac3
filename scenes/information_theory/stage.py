"""What the acts of the lesson share: colours, planes, and the four letters that are worked by hand.

One colour means one thing: teal is what happens (p), orange what a model believes (q), blue is a price in bits and the
entropy, red what a wrong price costs on top; yellow is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from manim import ManimColor

from scenes.kit import ink, shot, words
from scenes.kit.lesson import Lesson
from scenes.kit.plane import Plane
from scenes.kit.words import Words

SYMBOLS: Final[Mapping[str, ManimColor]] = {
    "p": ink.truth,
    "q": ink.second,
    "H": ink.first,
    "D": ink.error,
    "y": ink.truth,
}
"""Colours of symbols: what happens, what is believed, bits, and the excess; all others are chalk."""
LETTERS: Final = ("a", "b", "c", "d")
"""The alphabet that is worked by hand."""


def bare(frame: shot.Region) -> Plane:
    """The plane of a picture that fills ``frame``, without axes: places on it are scene points."""
    plane = frame.plane(
        (frame.left, frame.right),
        (frame.bottom, frame.top),
        x_ticks=[],
        y_ticks=[],
        numbers=False,
    )
    plane.frame.set_stroke(opacity=0)
    return plane


def maths(
    source: str,
    size: ink.Size | float = ink.POINT,
    colors: Mapping[str, ManimColor] | None = None,
    color: ManimColor = ink.chalk,
) -> Words:
    """A formula in the colours of this lesson."""
    return words.formula(source, colors, size, color, SYMBOLS)


class InformationTheoryStage(Lesson):
    """The stage of the lesson: every chapter builds its own picture."""

    def stage(self) -> None:
        """Nothing is shared but colours and nouns."""
