"""A field: a function over a plane as one picture of colours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ImageMobject, ManimColor
from PIL.Image import Resampling

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import OnPlane
from scenes.kit.path import Floats

OPACITY: Final = 0.42
"""Opacity of a field at full value: dots and words on it stay readable."""
_FINE: Final = 3
"""Pixels of the picture between two samples, each way: class borders get smooth without finer samples."""


class Field(OnPlane, ImageMobject):
    """A function painted over exactly the plane's box, sampled as :meth:`Coordinates.mesh` does.

    ``values`` may be

    - real, (ny, nx): two colours for negative and positive, clear at 0, full at ±``largest``; with one colour in
      ``colors``, clear at 0 and below;
    - shares of k classes, (ny, nx, k): the colour of the largest, fading where it is no surer than 1/k;
    - class numbers, (ny, nx) of whole numbers: plain areas.

    ``opacity`` is that of full values.  ``smooth=False`` shows the samples as cells instead of joining them.
    """

    def __init__(
        self,
        plane: Coordinates,
        values: npt.ArrayLike,
        colors: Sequence[ManimColor] = ink.CLASSES,
        largest: float = 1.0,
        opacity: float = OPACITY,
        smooth: bool = True,
    ) -> None:
        self.plane = plane
        real = np.asarray(values)
        two = real.ndim == 2 and real.dtype.kind == "f" and len(colors) > 2
        self.colors = tuple(colors[:2] if two else colors)
        self.largest = largest
        self.full = opacity
        self.smooth = smooth
        super().__init__(self._paint(real), resampling_algorithm=Resampling.BILINEAR)
        self.cover()

    def redraw(self, values: npt.ArrayLike, largest: float | None = None) -> Self:
        """Paint ``values`` of the kind and shape that it was made with; full from now on at ``largest``, if given."""
        if largest is not None:
            self.largest = largest
        picture = self._paint(np.asarray(values))
        self.orig_alpha_pixel_array[...] = picture[:, :, 3]
        # manim keeps an image's opacity, also in the middle of a fade, as its stroke's.
        picture[:, :, 3] = picture[:, :, 3] * self.stroke_opacity
        self.pixel_array[...] = picture
        return self.cover()

    def cover(self) -> Self:
        """Move onto the plane's box after the plane was moved."""
        lower_left, lower_right, upper_right, upper_left = self.plane.box
        self.points = np.array([upper_left, upper_right, lower_left, lower_right])
        return self

    def _paint(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
        """RGBA picture, its first row at the top."""
        if values.dtype.kind in "iub":
            return self._paint_classes(
                values == np.arange(len(self.colors))[:, None, None], by_confidence=False
            )
        if values.ndim == 3:
            return self._paint_classes(values.transpose(2, 0, 1), by_confidence=True)
        return self._paint_scale(values.astype(float))

    def _paint_scale(self, values: Floats) -> npt.NDArray[np.uint8]:
        step = np.clip(self._refine(values) * (127.0 / self.largest) + 127.5, 0, 254).astype(np.uint8)
        scale = _scale(tuple(color.to_hex() for color in self.colors), self.full)
        picture: npt.NDArray[np.uint8] = scale[step[::-1]]
        return picture

    def _paint_classes(
        self, shares: npt.NDArray[np.generic], *, by_confidence: bool
    ) -> npt.NDArray[np.uint8]:
        fine = self._refine(shares.astype(float))[:, ::-1]
        paint = np.array(
            [[*color.to_int_rgb(), round(255 * self.full)] for color in self.colors], dtype=np.uint8
        )
        picture: npt.NDArray[np.uint8] = paint[fine.argmax(axis=0)]
        if by_confidence:
            even = 1.0 / len(fine)
            surer = np.clip((fine.max(axis=0) - even) / (1.0 - even), 0.0, 1.0)
            picture[:, :, 3] = 255 * self.full * surer
        return picture

    def _refine(self, samples: Floats) -> Floats:
        """Samples (..., ny, nx) at the corners of a grid as pixels that fill the grid's box.

        Straight between the samples, or the nearest sample, so that a pixel over a sample shows its value.
        """
        ny, nx = samples.shape[-2:]
        return np.asarray(_weights(ny, self.smooth) @ samples @ _weights(nx, self.smooth).T)


@cache
def _weights(samples: int, smooth: bool) -> Floats:
    """Weights (pixels, samples) by which the samples of one axis make its pixels."""
    pixels = _FINE * (samples - 1)
    at = (np.arange(pixels) + 0.5) / pixels * (samples - 1)
    if not smooth:
        return np.asarray(np.eye(samples)[np.rint(at).astype(int)])
    low = np.minimum(at.astype(int), samples - 2)
    weights = np.zeros((pixels, samples))
    weights[np.arange(pixels), low] = 1 - (at - low)
    weights[np.arange(pixels), low + 1] = at - low
    return weights


@cache
def _scale(colors: tuple[str, ...], full: float) -> npt.NDArray[np.uint8]:
    """RGBA by step: 0 is −largest, 127 zero (clear), 254 largest; one colour serves positive values only."""
    size = np.abs(np.arange(255) - 127) / 127
    low, high = ManimColor(colors[0]).to_int_rgb(), ManimColor(colors[-1]).to_int_rgb()
    scale = np.zeros((255, 4), dtype=np.uint8)
    scale[:128, :3], scale[128:, :3] = low, high
    scale[:, 3] = np.round(255 * full * size)
    if len(colors) == 1:
        scale[:127, 3] = 0
    return scale
