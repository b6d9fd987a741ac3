"""A colour photograph in a window that looks at a part of it: near enough, its pixels are squares."""

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
_UNITS: Final = 8.0
"""Scene units up it."""
_SQUARES: Final = 8.0
"""From so many picture pixels across a pixel of the photograph on, it is a square; before, they blend."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a photograph is seen: ``row`` and ``column`` of the middle, and how many ``rows`` there are."""

    row: float
    column: float
    rows: float

    def toward(self, other: Part, share: float) -> Part:
        """After ``share`` of the way: sizes change evenly to the eye, and one point keeps its place."""
        if share in (0.0, 1.0):
            return (self, other)[int(share)]
        rows = self.rows * (other.rows / self.rows) ** share
        still = abs(other.rows - self.rows) < 1e-9
        along = share if still else (rows - self.rows) / (other.rows - self.rows)
        return Part(
            self.row + along * (other.row - self.row),
            self.column + along * (other.column - self.column),
            rows,
        )


class Window(ImageMobject):
    """``pixels`` (rows, columns, 3) bytes seen through ``place``: of ``part``, by default all rows that fit.

    Beyond the photograph it is the ground.
    """

    def __init__(self, pixels: Bytes, place: Region, part: Part | None = None) -> None:
        self.pixels = np.ascontiguousarray(pixels)
        down = round(place.height / _UNITS * _LINES)
        self._size = (round(down * place.width / place.height), down)
        rows = min(pixels.shape[0], pixels.shape[1] * place.height / place.width)
        self.part = part or Part(pixels.shape[0] / 2, pixels.shape[1] / 2, rows)
        super().__init__(self._paint(), resampling_algorithm=Resampling.BILINEAR)
        half = np.array([place.width, place.height, 0.0]) / 2
        self.points = place.middle + half * [[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]]

    def look(self, part: Part) -> Self:
        """Look at another part of the photograph."""
        self.part = part
        return self._draw()

    def show(self, pixels: Bytes) -> Self:  # type: ignore[override]
        """Show other pixels.  Raises ``ValueError`` for another shape."""
        if pixels.shape != self.pixels.shape:
            raise ValueError(f"a window on {self.pixels.shape} cannot show {pixels.shape}")
        self.pixels = np.ascontiguousarray(pixels)
        return self._draw()

    def at(self, row: float, column: float) -> Floats:
        """Scene point (3,) of a place in the photograph, counted in pixels from its upper left corner."""
        across = self.points[1] - self.points[0]
        down = self.points[2] - self.points[0]
        x = (column - self.part.column) / (self.part.rows * self._size[0] / self._size[1]) + 0.5
        y = (row - self.part.row) / self.part.rows + 0.5
        return np.asarray(self.points[0] + x * across + y * down)

    def cells(self) -> list[tuple[int, int]]:
        """Rows and columns of the pixels that are seen whole."""
        wide = self.part.rows * self._size[0] / self._size[1]
        rows = range(int(np.ceil(self.part.row - self.part.rows / 2 - 1e-6)), self.pixels.shape[0])
        columns = range(int(np.ceil(self.part.column - wide / 2 - 1e-6)), self.pixels.shape[1])
        return [
            (row, column)
            for row in rows
            if row + 1 <= self.part.row + self.part.rows / 2 + 1e-6
            for column in columns
            if column + 1 <= self.part.column + wide / 2 + 1e-6
        ]

    def _draw(self) -> Self:
        self.pixel_array[:, :, :3] = self._paint()[:, :, :3]
        return self

    def _paint(self) -> Bytes:
        part = self.part
        wide = part.rows * self._size[0] / self._size[1]
        box = (
            part.column - wide / 2,
            part.row - part.rows / 2,
            part.column + wide / 2,
            part.row + part.rows / 2,
        )
        how = Resampling.NEAREST if self._size[1] / part.rows >= _SQUARES else Resampling.BICUBIC
        seen = Image.fromarray(self.pixels).transform(
            self._size, Transform.EXTENT, box, how, fillcolor=tuple(int(c) for c in ink.ground.to_int_rgb())
        )
        return np.concatenate(
            [np.asarray(seen), np.full((self._size[1], self._size[0], 1), 255, np.uint8)], axis=2
        )
