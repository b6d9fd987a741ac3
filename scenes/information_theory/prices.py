"""The price picture: a bar for each outcome, as wide as its probability and as high as its price in bits.

Its area is what the outcome adds to the average price.  As all widths sum to 1, the average is the height of the
level that all areas together would fill.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, RIGHT, UP, ManimColor, VGroup

from scenes.information_theory.stage import LARGE, LETTERS
from scenes.kit import ink, shot, words
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.variable_width_bars import VariableWidthBars
from scenes.maths.information_theory import bits

CELL: Final = 1.5
"""Scene units of a bit upwards, and of an eighth across: both by hand come in such squares."""
FOOT: Final = 0.8
"""Scene units under the bars for the names of the letters."""
BETWEEN: Final = 0.2
"""Scene units between the names of probabilities and what is believed of them."""
EIGHTHS: Final = 8


class PriceChart(VGroup):
    """The four letters: their bars in squares of an eighth of a bit, and their names below.

    ``plane`` runs from 0 to 1 and from 0 to 3 bits, ``bars`` stand on it, ``feet`` name them.  With a list of
    ``beliefs``, what a model takes the probabilities for, these stand below; they are to be added when they are told.
    """

    def __init__(
        self,
        p: npt.ArrayLike = bits.P,
        heights: npt.ArrayLike | None = None,
        beliefs: Sequence[str] = (),
        shares: Sequence[str] = ("1/2", "1/4", "1/8", "1/8"),
        color: ManimColor = ink.truth,
        believed: ManimColor = ink.second,
    ) -> None:
        super().__init__()
        safe = shot.safe(titled=False)
        foot_room = FOOT * (2 if beliefs else 1) - (BETWEEN if beliefs else 0.0)
        self.plane = Plane(
            (0, 1),
            (0, 3),
            EIGHTHS * CELL,
            3 * CELL,
            y_label="bits",
            x_ticks=[],
            y_ticks=(0, 1, 2, 3),
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        shot.Region(safe.left, safe.bottom + foot_room, safe.right, safe.top).put(self.plane, DOWN + RIGHT)
        self.bars = VariableWidthBars(self.plane, p, bits.surprisal(p) if heights is None else heights)
        self.feet = VGroup(
            *(
                words.label(f"{name} {share}", color, LARGE)
                for name, share in zip(LETTERS, shares, strict=True)
            )
        )
        for foot, middle in zip(self.feet, self.bars.middles, strict=True):
            foot.next_to(self.plane.at(middle, 0.0), DOWN, buff=2 * words.GAP)
        self.beliefs = VGroup(
            *(
                words.label(text, believed, LARGE).next_to(foot, DOWN, buff=BETWEEN)
                for text, foot in zip(beliefs, self.feet, strict=bool(beliefs))
            )
        )
        self.seams = self._seams()
        self.add(self.plane, self.bars, self.seams, self.feet)

    def _seams(self) -> Segments:
        """Lines in the ground's colour that part all bars into squares."""
        columns = np.arange(1, EIGHTHS) / EIGHTHS
        rows = np.arange(1, 3)
        starts = [*((x, 0.02) for x in columns), *((0.002, float(y)) for y in rows)]
        ends = [*((x, 4.4) for x in columns), *((0.998, float(y)) for y in rows)]
        return backdrop(self.plane.segment(starts, ends, ink.ground, width=LINE))

    def level(self, height: float) -> Segments:
        """A dashed line across all bars."""
        return self.plane.segment((0.0, height), (1.0, height), ink.focus, width=1.5 * LINE, dashed=True)

    def level_name(self, text: str, height: float, color: ManimColor = ink.focus) -> words.Words:
        """``text`` on such a line, over the first bar."""
        return self.plane.label(0.01, height, text, UP + RIGHT, color, size=ink.POINT)

    def cell(self, column: int, row: int) -> Floats:
        """Place (1, 2) of the middle of a square on the frame, from the lower left."""
        return np.atleast_2d(self.plane.at((column + 0.5) / EIGHTHS, row + 0.5))[:, :2]

    def prices(self, heights: npt.ArrayLike, color: ManimColor) -> Segments:
        """A mark across each bar at its price by another list."""
        ends = np.cumsum(self.bars.widths)
        ys = np.asarray(heights, dtype=float)
        starts, stops = np.column_stack([ends - self.bars.widths, ys]), np.column_stack([ends, ys])
        inset = np.array([0.006, 0.0])
        return self.plane.segment(starts + inset, stops - inset, color, width=3.5 * LINE)
