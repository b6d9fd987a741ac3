"""Tiles: the cells of a table as squares that move one by one: into a list, onto each other, back into the table."""

from __future__ import annotations

from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, VMobject, interpolate_color

from scenes.kit import ink
from scenes.kit.noun import HAIR
from scenes.kit.path import Floats, loop
from scenes.kit.review_hints import backdrop

_CORNERS: Final = np.array([[-0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.5, -0.5, 0.0], [-0.5, -0.5, 0.0]])


class Tiles(VGroup):
    """The cells of ``values`` (rows, columns), read row by row, as squares that :meth:`put` moves.

    They look like the cells of a :class:`scenes.kit.matrix.Matrix` with the same ``heat`` and ``largest``, and
    can take its place: blue above 0 and red below, or from the ground to ``heat``.  ``cell`` is a side in scene
    units.  Raises ``ValueError`` for values that are no table.
    """

    def __init__(
        self,
        values: npt.ArrayLike,
        cell: float = 0.5,
        *,
        heat: ManimColor | None = None,
        largest: float = 1.0,
    ) -> None:
        super().__init__()
        table = np.asarray(values, dtype=float)
        if table.ndim != 2 or 0 in table.shape:
            raise ValueError(f"tiles come from a table, not from the shape {table.shape}")
        self.shape: tuple[int, int] = (table.shape[0], table.shape[1])
        self.heat, self.largest = heat, largest
        self.centres: Floats = np.zeros((table.size, 3))
        self.side = cell
        self.add(
            *(
                backdrop(VMobject(stroke_color=ink.faint, stroke_width=HAIR, stroke_opacity=0.55))
                for _ in range(table.size)
            )
        )
        self.redraw(table).put(self.table((0.0, 0.0, 0.0), cell), cell)

    def redraw(self, values: npt.ArrayLike) -> Self:
        """Show ``values``, as many as there are tiles, in any shape, read row by row."""
        self.values: Floats = np.asarray(values, dtype=float).ravel()
        for tile, value in zip(self.submobjects, self.values, strict=True):
            tile.set_fill(self._color(float(value)), opacity=1.0)
        return self

    def put(self, centres: npt.ArrayLike, cell: float | None = None) -> Self:
        """Move each tile to its own of ``centres`` (n, 3), scene points; ``cell`` is their side from now on."""
        spots = np.asarray(centres, dtype=float)
        if spots.shape != self.centres.shape:
            raise ValueError(f"{len(self.centres)} tiles cannot be put on {len(spots)} places")
        self.centres, self.side = spots, self.side if cell is None else cell
        for tile, centre in zip(self.submobjects, spots, strict=True):
            tile.points = loop(centre + self.side * _CORNERS)
        return self

    def table(self, middle: npt.ArrayLike, cell: float) -> Floats:
        """Centres (n, 3) of the tiles as the table that they come from, around ``middle`` (3,)."""
        rows, columns = np.indices(self.shape).reshape(2, -1)
        return _around(middle, cell * (columns - (self.shape[1] - 1) / 2), cell * rows[::-1])

    def column(self, middle: npt.ArrayLike, cell: float) -> Floats:
        """Centres (n, 3) of the tiles as one list from top to bottom, around ``middle`` (3,)."""
        count = len(self.submobjects)
        return _around(middle, np.zeros(count), cell * np.arange(count)[::-1])

    def row(self, middle: npt.ArrayLike, cell: float) -> Floats:
        """Centres (n, 3) of the tiles as one list from left to right, around ``middle`` (3,)."""
        count = len(self.submobjects)
        return _around(middle, cell * (np.arange(count) - (count - 1) / 2), np.zeros(count))

    def _color(self, value: float) -> ManimColor:
        if self.heat is None:
            return ink.signed(value, self.largest)
        return interpolate_color(ink.ground, self.heat, float(np.clip(value / self.largest, 0.0, 1.0)))


def _around(middle: npt.ArrayLike, x: npt.NDArray[Any], y: npt.NDArray[Any]) -> Floats:
    """Places (n, 3) at heights ``y`` above the lowest, moved so that the heights' middle is ``middle``."""
    places = np.column_stack([x, y - (y.max() + y.min()) / 2, np.zeros(len(x))])
    return np.asarray(np.asarray(middle, dtype=float) + places)
