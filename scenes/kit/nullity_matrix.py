"""A nullity matrix: a table of many rows seen from far, in which the cells that hold no record stand out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ImageMobject, ManimColor
from PIL.Image import Resampling

from scenes.kit import ink
from scenes.kit.path import Floats
from scenes.kit.shot import Region

_CELL: Final = 16
"""Parts of a column's width; the last of them is the gap to the next."""
_HOLE: Final = 0.12
"""Strength of a missing cell that does not glow."""
_DARK: Final = 0.25
"""Strength of the least value."""
_LIGHT: Final = 0.65
"""How much stronger the largest is."""


class NullityMatrix(ImageMobject):
    """``shades`` (rows, columns), 0 to 1, as a line of colour a cell over ``area``; what is not finite is missing.

    Each column has its own of ``colors``, by default one for all.  Missing cells are dark until they :meth:`glow`; then
    each is drawn three rows high, to be seen among hundreds.  After the plot of the same name of the package missingno
    (Bilogur 2018).  Raises ``ValueError`` for shades that are no table or beyond 0 and 1, and for other than one color
    a column.
    """

    def __init__(
        self, shades: npt.ArrayLike, area: Region, colors: Sequence[ManimColor] | None = None
    ) -> None:
        table = np.asarray(shades, dtype=float)
        if table.ndim != 2 or 0 in table.shape:
            raise ValueError(f"a nullity matrix has rows and columns, not the shape {table.shape}")
        whole = table[np.isfinite(table)]
        if len(whole) and not (whole.min() >= 0 and whole.max() <= 1):
            raise ValueError(f"shades run from 0 to 1, not from {whole.min():g} to {whole.max():g}")
        hues = np.array([color.to_rgb() for color in colors or [ink.first] * table.shape[1]])
        if len(hues) != table.shape[1]:
            raise ValueError(f"{table.shape[1]} columns have as many colors, not {len(hues)}")
        self.shades = table
        self._ground: Floats = np.array(ink.ground.to_rgb())
        level = _DARK + _LIGHT * np.nan_to_num(table)
        self._colors = self._ground + level[:, :, None] * (hues - self._ground)
        self._holes = ~np.isfinite(table)
        self._seen, self._glow = 1.0, 0.0
        super().__init__(self._paint(), resampling_algorithm=Resampling.NEAREST)
        half = np.array([area.width, area.height, 0.0]) / 2
        self.points = area.middle + half * [[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]]

    @property
    def missing(self) -> npt.NDArray[np.intp]:
        """(columns,): how many cells of each column are missing."""
        return np.asarray(self._holes.sum(axis=0))

    def reveal(self, share: float) -> Self:
        """Show the first ``share``, 0 to 1, of the rows."""
        self._seen = share
        return self._draw()

    def glow(self, share: float) -> Self:
        """Light what is missing by ``share``, 0 to 1."""
        self._glow = share
        return self._draw()

    def _draw(self) -> Self:
        self.pixel_array[:, :, :] = self._paint()
        return self

    def _paint(self) -> npt.NDArray[np.uint8]:
        lit = np.array(ink.focus.to_rgb()) - self._ground
        hole = self._ground + (_HOLE + (1 - _HOLE) * self._glow) * lit
        colors = np.where(self._holes[:, :, None], hole, self._colors)
        if self._glow:
            for row, column in np.argwhere(self._holes):
                low, high = max(row - 1, 0), min(row + 2, len(colors))
                colors[low:high, column] += self._glow * (hole - colors[low:high, column])
        wide = np.repeat(colors, _CELL, axis=1)
        wide[:, np.arange(wide.shape[1]) % _CELL == _CELL - 1] = self._ground
        wide[round(self._seen * len(wide)) :] = self._ground
        solid = np.full((*wide.shape[:2], 1), 255.0)
        return np.concatenate([np.rint(255 * wide), solid], axis=2).astype(np.uint8)
