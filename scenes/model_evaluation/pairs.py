"""All pairs of a positive and a negative as one picture: who wins by how much."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import ImageMobject, ManimColor
from PIL.Image import Resampling

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.path import Floats

_LEAST: Final = 0.28
"""How bright a pair is that is won or lost by a hair."""


class Pairs(ImageMobject):
    """``margins`` (rows, columns) over the whole of a ``plane``, the first row lowest: one pixel a pair.

    Won pairs (above 0) are ``won``, all others ``lost``; the larger the margin, up to ``largest``, the brighter.
    """

    def __init__(
        self, plane: Coordinates, margins: npt.ArrayLike, won: ManimColor, lost: ManimColor, largest: float
    ) -> None:
        table: Floats = np.asarray(margins, dtype=float)[::-1]
        bright = np.interp(np.abs(table), (0.0, largest), (_LEAST, 1.0))
        dyes = np.where((table > 0)[..., None], won.to_int_rgb(), lost.to_int_rgb())
        ground = np.array(ink.ground.to_int_rgb())
        pixels = np.full((*table.shape, 4), 255, dtype=np.uint8)
        pixels[..., :3] = np.rint(ground + bright[..., None] * (dyes - ground))
        super().__init__(pixels, resampling_algorithm=Resampling.NEAREST)
        self.points = plane.box[[3, 2, 0, 1]]
