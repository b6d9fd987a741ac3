"""A viewport: a colour photograph of which a part is seen, near or far, panned and zoomed inside its place.

The camera of a lesson (:mod:`scenes.kit.frame`) goes nearer to all that is on stage; a viewport goes nearer to the
photograph alone, and samples it anew, so that from near each pixel is a sharp square::

    view = Viewport(photo, shot.EDGES)
    self.play(glide(view.look, view.crop, Crop(row=101.5, column=204, rows=3.375)))    # until pixels are squares
    self.play(drive(lambda share: view.redraw(brightened(photo, share))))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ImageMobject
from PIL import Image
from PIL.Image import Resampling, Transform

from scenes.kit import ink
from scenes.kit.path import Floats
from scenes.kit.shot import Region

Bytes = npt.NDArray[np.uint8]

_LINES: Final = 1080
"""Pixels of the picture up the height of the frame."""
_SQUARES: Final = 8.0
"""From so many picture pixels across a pixel of the photograph on, it is a square; before, they blend."""


@dataclass(frozen=True, slots=True)
class Crop:
    """What of a photograph is seen: ``row`` and ``column`` of the middle, in pixels, and how many ``rows`` there are.

    Rows count down from the upper edge, columns from the left; the width follows from the place that it fills.
    Raises ``ValueError`` where ``rows`` is not positive.
    """

    row: float
    column: float
    rows: float

    def __post_init__(self) -> None:
        if not self.rows > 0:
            raise ValueError(f"a crop of a photograph has a positive number of rows, not {self.rows}")

    def toward(self, other: Crop, share: float) -> Crop:
        """The crop after ``share`` of the way: sizes change evenly to the eye, and one point keeps its place."""
        if share in (0.0, 1.0):
            return (self, other)[int(share)]
        rows = self.rows * (other.rows / self.rows) ** share
        still = abs(other.rows - self.rows) < 1e-9
        along = share if still else (rows - self.rows) / (other.rows - self.rows)
        return Crop(
            self.row + along * (other.row - self.row),
            self.column + along * (other.column - self.column),
            rows,
        )


class Viewport(ImageMobject):
    """``pixels`` (rows, columns, 3), bytes, seen through ``place`` (scene units): of ``crop``, or all rows that fit.

    Beyond the photograph it is the ground.  For grey values as they are see :class:`scenes.kit.photo.Photo`, for many
    small pictures :class:`scenes.kit.image_grid.ImageGrid`.  Raises ``ValueError`` for what is no table of RGB bytes.
    """

    def __init__(self, pixels: Bytes, place: Region, crop: Crop | None = None) -> None:
        self.pixels = _checked(pixels)
        down = round(place.height / ink.FRAME_HEIGHT * _LINES)
        self._size = (round(down * place.width / place.height), down)
        rows = min(pixels.shape[0], pixels.shape[1] * place.height / place.width)
        self.crop = crop or Crop(pixels.shape[0] / 2, pixels.shape[1] / 2, rows)
        super().__init__(self._paint(), resampling_algorithm=Resampling.BILINEAR)
        half = np.array([place.width, place.height, 0.0]) / 2
        self.points = place.middle + half * [[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]]

    def look(self, crop: Crop) -> Self:
        """Look at another ``crop`` of the photograph."""
        self.crop = crop
        return self._draw()

    def redraw(self, pixels: Bytes) -> Self:
        """Show other ``pixels``.  Raises ``ValueError`` for another shape."""
        table = _checked(pixels)
        if table.shape != self.pixels.shape:
            raise ValueError(f"a viewport on {self.pixels.shape} cannot show {table.shape}")
        self.pixels = table
        return self._draw()

    def at(self, row: float, column: float) -> Floats:
        """Scene point (3,) of a place in the photograph, counted in pixels from its upper left corner."""
        across = self.points[1] - self.points[0]
        down = self.points[2] - self.points[0]
        x = (column - self.crop.column) / self._columns + 0.5
        y = (row - self.crop.row) / self.crop.rows + 0.5
        return np.asarray(self.points[0] + x * across + y * down)

    def whole_pixels(self) -> list[tuple[int, int]]:
        """Rows and columns of the pixels that are seen whole, row by row."""
        spans = (
            range(
                max(int(np.ceil(middle - size / 2 - 1e-6)), 0),
                min(int(np.floor(middle + size / 2 + 1e-6)), count),
            )
            for middle, size, count in zip(
                (self.crop.row, self.crop.column),
                (self.crop.rows, self._columns),
                self.pixels.shape,
                strict=False,
            )
        )
        rows, columns = spans
        return [(row, column) for row in rows for column in columns]

    @property
    def _columns(self) -> float:
        """Columns of the photograph that are seen."""
        return self.crop.rows * self._size[0] / self._size[1]

    def _draw(self) -> Self:
        self.pixel_array[:, :, :3] = self._paint()[:, :, :3]
        return self

    def _paint(self) -> Bytes:
        crop, wide = self.crop, self._columns
        box = (
            crop.column - wide / 2,
            crop.row - crop.rows / 2,
            crop.column + wide / 2,
            crop.row + crop.rows / 2,
        )
        how = Resampling.NEAREST if self._size[1] / crop.rows >= _SQUARES else Resampling.BICUBIC
        seen = Image.fromarray(self.pixels).transform(
            self._size, Transform.EXTENT, box, how, fillcolor=tuple(int(c) for c in ink.ground.to_int_rgb())
        )
        solid = np.full((self._size[1], self._size[0], 1), 255, np.uint8)
        return np.concatenate([np.asarray(seen), solid], axis=2)


def _checked(pixels: npt.ArrayLike) -> Bytes:
    table = np.asarray(pixels)
    if table.dtype != np.uint8 or table.ndim != 3 or table.shape[2] != 3 or 0 in table.shape:
        raise ValueError(
            f"a viewport shows bytes (rows, columns, 3), not {table.dtype} of the shape {table.shape}"
        )
    return np.ascontiguousarray(table)
