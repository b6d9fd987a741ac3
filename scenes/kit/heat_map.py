"""Heat maps: tables of many rows and columns seen from far, a cell of colour a number.

A table of few cells, with numbers in them, is a :class:`scenes.kit.matrix.Matrix`; one whose holes are what matters a
:class:`scenes.kit.nullity_matrix.NullityMatrix`; a function of two variables a :class:`scenes.kit.field.Field`.
"""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ImageMobject, ManimColor
from PIL.Image import Resampling

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.path import Floats
from scenes.kit.shot import Region

_PIXELS: Final = 1500
"""Of the picture from left to right."""
_DARK: Final = 0.06
"""Strength of the least value."""
_LEAST: Final = 0.28
"""How bright a value is that is a hair from zero, where two colours tell signs apart."""


class HeatMap(ImageMobject):
    """``values`` (rows, columns), 0 to 1, the first row on top, as grey cells over ``area``; its columns may be
    squeezed out of it.

    :meth:`redraw` gives it other values, ``widths`` (columns,) that its columns share the area by, ``strength`` (rows,
    columns) 0 to 1 of its cells, and the ``dye`` (rows, columns) from 0, grey, to 1, in ``colors`` (rows,).  What is
    not named stays.  Raises ``ValueError`` for values that are no table.
    """

    def __init__(self, values: npt.ArrayLike, area: Region) -> None:
        table = np.asarray(values, dtype=float)
        if table.ndim != 2 or 0 in table.shape:
            raise ValueError(f"a heat map has rows and columns, not the shape {table.shape}")
        self.values = table
        self.area = area
        self.widths: Floats = np.ones(table.shape[1])
        self.strength: Floats = np.ones(table.shape)
        self.dye: Floats = np.zeros(table.shape)
        self.hues: Floats = np.tile(np.array(ink.focus.to_rgb()), (table.shape[0], 1))
        super().__init__(self._paint(), resampling_algorithm=Resampling.NEAREST)
        half = np.array([area.width, area.height, 0.0]) / 2
        self.points = area.middle + half * [[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]]

    def redraw(
        self,
        values: npt.ArrayLike | None = None,
        widths: npt.ArrayLike | None = None,
        strength: npt.ArrayLike | None = None,
        dye: npt.ArrayLike | None = None,
    ) -> Self:
        """Show other numbers, in the same place."""
        if values is not None:
            self.values = np.asarray(values, dtype=float)
        if widths is not None:
            self.widths = np.asarray(widths, dtype=float)
        if strength is not None:
            self.strength = np.broadcast_to(np.asarray(strength, dtype=float), self.values.shape)
        if dye is not None:
            self.dye = np.broadcast_to(np.asarray(dye, dtype=float), self.values.shape)
        return self._draw()

    def dyes(self, colors: list[ManimColor]) -> Self:
        """Take ``colors`` (rows,) for what is dyed."""
        self.hues = np.array([color.to_rgb() for color in colors])
        return self._draw()

    def column(self, number: int) -> tuple[float, float]:
        """Left and right edge of a column, in scene units."""
        edges = np.concatenate([[0.0], np.cumsum(self.widths)]) / self.widths.sum()
        left, right = self.area.left + self.area.width * edges[[number, number + 1]]
        return float(left), float(right)

    def row(self, number: float) -> float:
        """Height of the upper edge of a row, in scene units."""
        return self.area.top - self.area.height * number / len(self.values)

    def _draw(self) -> Self:
        picture = self._paint()
        # manim keeps an image's opacity, also in the middle of a fade, as its stroke's.
        picture[:, :, 3] = picture[:, :, 3] * self.stroke_opacity
        self.pixel_array[...] = picture
        return self

    def _paint(self) -> npt.NDArray[np.uint8]:
        edges = np.cumsum(self.widths) / self.widths.sum()
        at = np.searchsorted(edges, (np.arange(_PIXELS) + 0.5) / _PIXELS)
        level = (1 - (1 - _DARK) * (1 - np.clip(self.values, 0, 1))) * self.strength
        ground, chalk = np.array(ink.ground.to_rgb()), np.array(ink.chalk.to_rgb())
        hue = chalk + self.dye[:, :, None] * (self.hues[:, None] - chalk)
        color = (ground + level[:, :, None] * (hue - ground))[:, np.minimum(at, self.values.shape[1] - 1)]
        solid = np.full((*color.shape[:2], 1), 255.0)
        return np.concatenate([np.rint(255 * color), solid], axis=2).astype(np.uint8)


class DivergingMap(ImageMobject):
    """Signed ``values`` (rows, columns) over the whole of a ``plane``, the first row lowest: one pixel a value.

    What is above 0 is ``above``, all else ``below``; the larger, up to ``largest``, the brighter.  Raises
    ``ValueError`` for values that are no table.
    """

    def __init__(
        self, plane: Coordinates, values: npt.ArrayLike, above: ManimColor, below: ManimColor, largest: float
    ) -> None:
        table: Floats = np.asarray(values, dtype=float)[::-1]
        if table.ndim != 2 or 0 in table.shape:
            raise ValueError(f"a diverging map has rows and columns, not the shape {table.shape}")
        bright = np.interp(np.abs(table), (0.0, largest), (_LEAST, 1.0))
        dyes = np.where((table > 0)[..., None], above.to_int_rgb(), below.to_int_rgb())
        ground = np.array(ink.ground.to_int_rgb())
        pixels = np.full((*table.shape, 4), 255, dtype=np.uint8)
        pixels[..., :3] = np.rint(ground + bright[..., None] * (dyes - ground))
        super().__init__(pixels, resampling_algorithm=Resampling.NEAREST)
        self.points = plane.box[[3, 2, 0, 1]]
