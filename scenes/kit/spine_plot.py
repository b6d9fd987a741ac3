"""A spine plot of two variables: columns as wide as they are probable, cut as high as their parts are within them.

So areas are joint probabilities, and where the variables are independent, all columns are cut alike.  Many parts are
told apart by two tints of one colour that take turns; :class:`scenes.kit.mosaic.Mosaic` has few parts, each with its
number, and pools what is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import THIN
from scenes.kit.path import Floats, loop
from scenes.kit.review_hints import belongs

_TINTS: Final = (0.35, 0.65)
"""How far the two tints go from the ground to the colour."""
_ROOM: Final = (1.33, 1.53)
"""Heights of its letters from which on the name of a part begins to be seen, and is seen in full."""


class SpinePlot(VGroup):
    """The square of ``table`` (m, k), probabilities that sum to 1: ``table[i, j]`` is of column i and of its part j.

    Columns stand from left to right, their parts from below.  ``names`` (k,) are written in all parts that are high
    enough for them.  ``width`` and ``height`` are the square's, in scene units.

    Raises ``ValueError`` for a table that is none, that is negative, has a column of probability 0, or does not sum to
    1, and for names that are not as many as the parts of a column.
    """

    def __init__(
        self,
        table: npt.ArrayLike,
        names: Sequence[str],
        width: float = 5.0,
        height: float = 5.0,
        color: ManimColor = ink.first,
        size: float = ink.LABEL,
    ) -> None:
        super().__init__()
        joint = _joint(table)
        if joint.shape[1] != len(names):
            raise ValueError(f"columns of {joint.shape[1]} parts have no {len(names)} names")
        self.square = Coordinates((0, 1), (0, 1), width, height)
        tints = [ink.ground.interpolate(color, _TINTS[part % 2]) for part in range(len(names))]
        self.parts = [
            [
                VMobject(stroke_color=ink.ground, stroke_width=THIN, fill_color=tint, fill_opacity=1.0)
                for tint in tints
            ]
            for _ in joint
        ]
        letters = max(
            (ink.ground, ink.chalk), key=lambda each: min(ink.contrast(each, tint) for tint in tints)
        )
        self.names = [
            [
                belongs(words.label(name, letters, size), part)
                for name, part in zip(names, column, strict=True)
            ]
            for column in self.parts
        ]
        self._tall = float(self.names[0][0].height)
        self.add(self.square, *(part for column in self.parts for part in column))
        self.add(*(name for column in self.names for name in column))
        self.redraw(joint)
        self.center()

    def redraw(self, table: npt.ArrayLike) -> Self:
        """Show another ``table`` (m, k) of the same shape.  Raises ``ValueError`` as the plot itself does."""
        joint = _joint(table)
        if joint.shape != (len(self.parts), len(self.names[0])):
            raise ValueError(f"a plot of {len(self.parts)} columns cannot show a table of {joint.shape}")
        self.table: Floats = joint
        wide = joint.sum(axis=1)
        for column, (left, width) in enumerate(zip(np.cumsum(wide) - wide, wide, strict=True)):
            tall = joint[column] / width
            for part, (low, height) in enumerate(zip(np.cumsum(tall) - tall, tall, strict=True)):
                high, right = low + height, left + width
                corners = self.square.at(np.array([(left, low), (right, low), (right, high), (left, high)]))
                self.parts[column][part].points = loop(corners)
                name = self.names[column][part].move_to(corners.mean(axis=0))
                room = float(corners[2, 1] - corners[1, 1]) / self._tall
                name.set_fill(opacity=float(np.interp(room, _ROOM, (0.0, 1.0))))
        return self

    def foot(self, column: int) -> Floats:
        """Scene point (3,) under the middle of a column."""
        wide = self.table.sum(axis=1)
        return self.square.at(float(np.cumsum(wide)[column] - wide[column] / 2), 0.0)


def _joint(table: npt.ArrayLike) -> Floats:
    """``table`` as an array (m, k), if it is a joint distribution whose columns all have some probability."""
    joint = np.asarray(table, dtype=float)
    if joint.ndim != 2 or 0 in joint.shape:
        raise ValueError(f"a spine plot comes from a table, not from the shape {joint.shape}")
    if (joint < 0).any() or not np.isclose(joint.sum(), 1.0) or not joint.sum(axis=1).all():
        raise ValueError("a spine plot has probabilities that sum to 1, and no column without any")
    return joint
