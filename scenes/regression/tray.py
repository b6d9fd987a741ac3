"""A tray into which areas are poured, and the squares on residuals that pour themselves into it."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.line import Polygon, Segments, Stems
from scenes.kit.noun import LINE, THIN, OnPlane
from scenes.kit.path import Floats
from scenes.maths.regression import least_squares

FILL: Final = 0.34
"""Opacity of squares and slabs."""


class Tray(OnPlane, VGroup):
    """An open box on ``plane`` from ``left`` to ``right``, floor at ``bottom``, walls up to ``top`` (data units).

    :meth:`pour` fills it with areas, one slab above the other: in data units squared where both axes of the plane
    have one unit.  Its parts, from behind: ``slabs``, ``walls``.  Raises ``ValueError`` for a tray without width.
    """

    def __init__(
        self,
        plane: Coordinates,
        left: float,
        right: float,
        bottom: float,
        top: float,
        areas: npt.ArrayLike,
        color: ManimColor = ink.focus,
    ) -> None:
        super().__init__()
        if not left < right:
            raise ValueError(f"a tray from {left} to {right} has no width")
        self.plane = plane
        self.left, self.right, self.bottom, self.top = left, right, bottom, top
        self.areas: Floats = np.asarray(areas, dtype=float)
        self.slabs = VGroup(
            *(Polygon(plane, color=color, width=THIN, fill=FILL) for _ in range(len(self.areas)))
        )
        self.walls = Segments(plane, ink.chalk, 1.5 * LINE)
        self.walls.redraw(
            [(left, top), (left, bottom), (right, bottom)], [(left, bottom), (right, bottom), (right, top)]
        )
        self.add(self.slabs, self.walls)
        self.pour(self.areas)

    def pour(self, areas: npt.ArrayLike) -> Self:
        """Hold ``areas`` (n,), as many as at first."""
        self.areas = np.asarray(areas, dtype=float)
        for slab, corners in zip(self.slabs, self.corners(self.areas), strict=True):
            slab.redraw(corners)
        return self

    def level(self, area: float | None = None) -> float:
        """How high (in data units) it stands when it holds ``area``; as it is now without one."""
        held = float(self.areas.sum()) if area is None else area
        return self.bottom + held / (self.right - self.left)

    def corners(self, areas: npt.ArrayLike) -> Floats:
        """Corners (n, 4, 2) in data units of the slabs of ``areas`` (n,), counter-clockwise from the lower left."""
        tops = self.bottom + np.cumsum(np.asarray(areas, dtype=float)) / (self.right - self.left)
        return boxes(self.left, np.append(self.bottom, tops[:-1]), self.right, tops)


def boxes(left: npt.ArrayLike, bottom: npt.ArrayLike, right: npt.ArrayLike, top: npt.ArrayLike) -> Floats:
    """Corners (n, 4, 2) of upright boxes, counter-clockwise from the lower left."""
    x0, y0, x1, y1 = np.broadcast_arrays(left, bottom, right, top)
    return np.stack(
        [np.stack(pair, axis=-1) for pair in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))], axis=1
    ).astype(float)


class ErrorSquares(OnPlane, VGroup):
    """On each residual of the points (``x``, ``y``), both (n,), from the line ``b`` (2,) a square.

    Squares lean towards the mean of ``x``, so that they stay among the points.  They are true squares where both axes
    of ``plane`` have one unit.  Its parts: ``tiles``, ``stems``.
    """

    def __init__(
        self,
        plane: Coordinates,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        b: npt.ArrayLike,
        color: ManimColor = ink.focus,
        fill: float = FILL,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.x, self.y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        self.b: Floats = np.asarray(b, dtype=float)
        self.tiles = VGroup(*(Polygon(plane, color=color, width=THIN, fill=fill) for _ in self.x))
        self.stems = Stems(plane, color, 1.5 * LINE)
        self.add(self.tiles, self.stems)
        self.redraw(b)

    def redraw(self, b: npt.ArrayLike) -> Self:
        """Stand on the residuals from the line of intercept and slope ``b`` (2,)."""
        self.b = np.asarray(b, dtype=float)
        self.stems.redraw(self.x, self.y, least_squares.predicted(self.x, self.b))
        return self.lie(self.corners())

    def lie(self, corners: npt.ArrayLike) -> Self:
        """The tiles take on other ``corners`` (n, 4, 2): on the way to a tray."""
        for tile, rim in zip(self.tiles, np.asarray(corners, dtype=float), strict=True):
            tile.redraw(rim)
        return self

    def corners(self) -> Floats:
        """Corners (n, 4, 2) in data units of the squares, counter-clockwise from the lower left."""
        at = least_squares.predicted(self.x, self.b)
        size = np.abs(self.y - at)
        left = np.where(self.x > self.x.mean(), self.x - size, self.x)
        return boxes(left, np.minimum(self.y, at), left + size, np.maximum(self.y, at))

    def areas(self) -> Floats:
        """(n,): the squared residuals."""
        return np.asarray(least_squares.residuals(self.x, self.y, self.b) ** 2)
