"""What the acts of the lesson share: colours, planes, and the four letters that are worked by hand.

One colour means one thing: teal is what happens (p), orange what a model believes (q), blue is a price in bits and the
entropy, red what a wrong price costs on top; yellow is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from manim import ManimColor

from scenes.kit import ink, shot, words
from scenes.kit.lesson import Lesson
from scenes.kit.line import Curve
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.maths.information_theory import bits

SYMBOLS: Final[Mapping[str, ManimColor]] = {
    "p": ink.truth,
    "q": ink.second,
    "H": ink.first,
    "D": ink.error,
    "y": ink.truth,
}
"""Colours of symbols: what happens, what is believed, bits, and the excess; all others are chalk."""
maths: Final = words.Formulas(SYMBOLS)
"""A formula in the colours of this lesson."""
LETTERS: Final = ("a", "b", "c", "d")
"""The alphabet that is worked by hand."""
LARGE: Final = 46.0
"""Pixels of the capitals of what is named in a picture."""
MOST: Final = 10.5
"""Bits up to which the curve of surprise is drawn."""
DOT: Final = 0.17
"""Radius of a dot on a curve, in scene units."""


def surprise_plane() -> Plane:
    """Probability across, bits up, through the whole frame."""
    return shot.safe(titled=False).plane(
        (0, 1),
        (0, MOST),
        x_label="probability $p$",
        y_label="bits",
        x_ticks=(0, 0.25, 0.5, 0.75, 1),
        y_ticks=(0, 2, 4, 6, 8, 10),
        tick_size=ink.LABEL,
        name_size=LARGE,
    )


def surprise_curve(plane: Plane) -> Curve:
    """The information content of each probability."""
    ps = np.geomspace(2.0**-MOST, 1.0, 400)
    return plane.curve(ps, bits.surprisal(ps), ink.first, width=1.6 * LINE)


class InformationTheoryStage(Lesson):
    """The stage of the lesson: every chapter builds its own picture."""

    def stage(self) -> None:
        """Nothing is shared but colours and nouns."""
