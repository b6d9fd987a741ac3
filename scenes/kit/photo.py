"""A photograph as the table of grey values that it is."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ImageMobject
from PIL.Image import Resampling

from scenes.kit import ink

_BLACK: Final = np.array([4, 6, 10])
_WHITE: Final = np.array(ink.chalk.to_int_rgb())


class Photo(ImageMobject):
    """Grey ``values`` (rows, columns), 0 black to 1 white, the first row on top, ``height`` scene units high.

    Values beyond 0 and 1 are shown as 0 and 1.  Cells are as wide as they are high, and blend at their borders;
    ``smooth=False`` shows each as a square.  For signed values, or cells with numbers in them, see
    :class:`scenes.kit.matrix.Matrix`.  Raises ``ValueError`` for values that are no table or not finite.
    """

    def __init__(self, values: npt.ArrayLike, height: float, *, smooth: bool = True) -> None:
        self.values = _grey(values)
        filtering = Resampling.BICUBIC if smooth else Resampling.NEAREST
        super().__init__(self._paint(), resampling_algorithm=filtering)
        rows, columns = self.values.shape
        half = np.array([height * columns / rows, height, 0.0]) / 2
        self.points = half * [[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]]

    def redraw(self, values: npt.ArrayLike) -> Self:
        """Show other ``values`` in the same place.  Raises ``ValueError`` for another shape."""
        table = _grey(values)
        if table.shape != self.values.shape:
            raise ValueError(f"a photo of {self.values.shape} cells cannot show {table.shape}")
        self.values = table
        self.pixel_array[:, :, :3] = self._paint()[:, :, :3]
        return self

    def _paint(self) -> npt.NDArray[np.uint8]:
        share = np.clip(self.values, 0.0, 1.0)[:, :, None]
        color = np.rint(_BLACK + share * (_WHITE - _BLACK)).astype(np.uint8)
        return np.concatenate([color, np.full((*self.values.shape, 1), 255, np.uint8)], axis=2)


def _grey(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or 0 in table.shape or not np.isfinite(table).all():
        raise ValueError(f"a photo has rows and columns of finite numbers, not the shape {table.shape}")
    return table
