"""The cells of an array: numbers or words in boxes that move one by one, from a strip of memory to a table and back.

They have one size and lie where they are :meth:`put <ArrayCells.put>`; :meth:`grid <ArrayCells.grid>` says where the
cells of a table lie, :meth:`step <ArrayCells.step>` where their neighbours would::

    strip = ArrayCells(range(12), 1.1)
    table = strip.grid(3, middle)
    self.play(glide(strip.put, strip.centres, table))          # the strip folds into three rows
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink, words
from scenes.kit.box import Box
from scenes.kit.noun import THIN
from scenes.kit.path import Floats


class ArrayCells(VGroup):
    """A box of ``width`` × ``height`` scene units for each of ``entries``, side by side until they are :meth:`put`.

    ``height`` is the width where it is not given, ``size`` the height of capitals in pixels, ``fill`` the opacity of a
    box.  For a table with named columns see :class:`scenes.kit.table.Table`, for one in brackets or as colours
    :class:`scenes.kit.matrix.Matrix`.  Raises ``ValueError`` for no entries.
    """

    def __init__(
        self,
        entries: Iterable[object],
        width: float,
        height: float | None = None,
        color: ManimColor = ink.first,
        *,
        size: float = ink.POINT,
        fill: float = 0.2,
    ) -> None:
        self.wide, self.tall = width, width if height is None else height
        self.boxes = [
            Box(
                words.label(words.escape(str(entry)), size=size),
                color,
                width=self.wide,
                height=self.tall,
                stroke=THIN,
                fill=fill,
            )
            for entry in entries
        ]
        if not self.boxes:
            raise ValueError("cells of an array need at least one entry")
        super().__init__(*self.boxes)
        self.fill, self.shown = fill, np.ones(len(self.boxes))
        self.put(self.grid(1))

    @property
    def centres(self) -> Floats:
        """Scene points (n, 3) of the middles."""
        return np.array([box.outline.get_center() for box in self.boxes])

    def put(self, centres: npt.ArrayLike) -> Self:
        """Move each box to its own of ``centres`` (n, 3), scene points.  Raises ``ValueError`` for another number."""
        spots = np.asarray(centres, dtype=float)
        if spots.shape != (len(self.boxes), 3):
            raise ValueError(f"{len(self.boxes)} cells cannot be put on places of the shape {spots.shape}")
        for box, centre in zip(self.boxes, spots, strict=True):
            box.shift(centre - box.outline.get_center())
        return self

    def grid(self, rows: int, middle: npt.ArrayLike = (0.0, 0.0, 0.0), gap: float = 0.0) -> Floats:
        """Centres (n, 3) of the boxes as ``rows`` rows, row by row, ``gap`` apart, around ``middle`` (3,).

        Raises ``ValueError`` where the boxes do not fill so many rows.
        """
        count = len(self.boxes)
        if rows < 1 or count % rows:
            raise ValueError(f"{count} cells are no {rows} rows of one length")
        columns = count // rows
        row, column = np.divmod(np.arange(count), columns)
        x = (column - (columns - 1) / 2) * (self.wide + gap)
        y = ((rows - 1) / 2 - row) * (self.tall + gap)
        return np.asarray(np.asarray(middle, dtype=float) + np.column_stack([x, y, 0 * x]))

    def step(self, points: npt.ArrayLike, right: float = 0.0, down: float = 0.0) -> Floats:
        """``points`` (n, 3) or (3,), so many boxes farther to the right, and down."""
        return np.asarray(
            np.asarray(points, dtype=float) + np.array([right * self.wide, -down * self.tall, 0.0])
        )

    def shade(self, strength: npt.ArrayLike) -> Self:
        """Show each box at ``strength``, 0 to 1, one or (n,)."""
        self.shown = np.broadcast_to(np.asarray(strength, dtype=float), (len(self.boxes),)).copy()
        for box, share in zip(self.boxes, self.shown, strict=True):
            box.outline.set_stroke(opacity=share).set_fill(opacity=share * self.fill)
            box.inside.set_fill(opacity=share)
        return self

    def dye(self, which: Sequence[int], color: ManimColor, fill: float | None = None) -> Self:
        """Give the boxes ``which`` another ``color``, and the opacity ``fill``."""
        for number in which:
            box = self.boxes[number]
            strength = self.shown[number]
            box.outline.set_stroke(color)
            box.outline.set_fill(color, opacity=strength * (self.fill if fill is None else fill))
        return self
