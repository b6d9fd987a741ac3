"""A matrix: a table of cells whose colour is their value, for images, weights and scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from manim import (
    LEFT,
    UP,
    Group,
    ImageMobject,
    ManimColor,
    Mobject,
    VGroup,
    VMobject,
    interpolate_color,
    smooth,
)
from PIL.Image import Resampling

from scenes.kit import ink, words
from scenes.kit.drive import Drive, drive
from scenes.kit.noun import HAIR, LINE
from scenes.kit.path import EMPTY, Floats, loop, pieces
from scenes.kit.readout import numeral
from scenes.kit.review_hints import backdrop

_LINED: Final = 0.12
"""Cells smaller than this (scene units) have no lines between them: the lines would hide them."""
_ROOM: Final = 0.92
"""Share of a cell's width that its number may take."""
_GAP: Final = 0.16


class Matrix(Group):
    """Cells in rows and columns, row 0 on top, coloured by their values.

    ``values`` (rows, columns) follow the signed colour law, blue above 0 and red below, full brightness at
    ±``largest``; with ``heat`` they run from 0, the ground, to ``largest``, the colour ``heat``.  A value that is
    not finite leaves its cell empty.  ``cell`` is a cell's width and height in scene units, one for both or a pair.
    ``decimals`` writes the values into the cells.  ``rows`` and ``columns`` are names, left of and above the table.

    The cells are one picture and all numbers two paths, so that 64 × 64 cells cost as little as 4 × 4.  Raises
    ``ValueError`` for values that are no table, for names that are not as many as rows or columns, and for
    numbers that are wider than their cells.
    """

    def __init__(
        self,
        values: npt.ArrayLike,
        cell: float | tuple[float, float] = 0.5,
        *,
        heat: ManimColor | None = None,
        largest: float = 1.0,
        decimals: int | None = None,
        size: float = ink.LABEL,
        rows: Sequence[str] = (),
        columns: Sequence[str] = (),
        lines: bool = True,
    ) -> None:
        super().__init__()
        table = _table(values)
        self.values: Floats = table
        self.heat, self.largest, self.decimals, self.size = heat, largest, decimals, size
        self.strength: Floats = np.ones(table.shape)
        width, height = cell if isinstance(cell, tuple) else (cell, cell)
        self.cells = ImageMobject(self._paint(), resampling_algorithm=Resampling.NEAREST)
        half = np.array([table.shape[1] * width, table.shape[0] * height, 0.0]) / 2
        self.cells.points = half * [[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]]
        self._wide = 2 * float(half[0])
        lined = lines and min(width, height) >= _LINED
        self.lines = VMobject(stroke_color=ink.faint, stroke_width=HAIR, stroke_opacity=0.55)
        self.lines.points = self._ruled(inside=lined)
        self.bright, self.dark = (_numbers(color) for color in (ink.chalk, ink.ground))
        self.row_names, self.column_names = self._named(rows, 0), self._named(columns, 1)
        # Dark cells are meant: brightness is size.
        backdrop(self.cells)
        backdrop(self.lines)
        self.add(self.cells, self.lines, self.bright, self.dark, self.row_names, self.column_names)
        self._write()

    # What it shows

    def redraw(self, values: npt.ArrayLike, largest: float | None = None) -> Self:
        """Show ``values`` of the shape it was made with; full brightness at ``largest`` from now on, if given.

        Raises ``ValueError`` for another shape.
        """
        table = _table(values)
        if table.shape != self.values.shape:
            raise ValueError(f"a matrix of {self.values.shape} cells cannot show {table.shape}")
        self.values = table
        self.largest = self.largest if largest is None else largest
        return self._draw()

    @property
    def shown_texts(self) -> tuple[str, ...]:
        """The numbers in the cells."""
        if self.decimals is None:
            return ()
        written = self.values[np.isfinite(self.values)]
        return tuple(f"{value:z.{self.decimals}f}".replace("-", "−") for value in written)

    def shade(self, strength: npt.ArrayLike) -> Self:
        """Let cells step back: ``strength`` 0 to 1, one, or as many as there are cells (rows, columns)."""
        self.strength = np.broadcast_to(np.asarray(strength, dtype=float), self.values.shape).copy()
        return self._draw()

    def change(
        self,
        values: npt.ArrayLike,
        largest: float | None = None,
        *,
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Drive:
        """An animation from the values that it shows when this is called to ``values``.

        A cell that is or becomes empty does so in the middle of the way.
        """
        start, end = self.values, _table(values)
        scale = (self.largest, self.largest if largest is None else largest)

        def path(share: float) -> Mobject:
            nearer = start if share < 0.5 else end
            mixed = np.where(np.isfinite(start) & np.isfinite(end), start + share * (end - start), nearer)
            return self.redraw(mixed if share < 1 else end, scale[0] + share * (scale[1] - scale[0]))

        with np.errstate(invalid="ignore"):
            return drive(path, self, run_time=run_time, rate_func=rate_func)

    # Where things are

    def at(self, row: float, column: float) -> Floats:
        """Scene point (3,) of the middle of a cell; halves lie on the lines between cells."""
        corner, across, down = self._sides()
        rows, columns = self.values.shape
        return np.asarray(corner + (column + 0.5) / columns * across + (row + 0.5) / rows * down)

    def box(self, row: int | None = None, column: int | None = None) -> Floats:
        """Corners (4, 3), scene points, of a cell, a whole row or column, or the table, clockwise from the upper left.

        Negative numbers count from the end.
        """
        rows, columns = self.values.shape
        top, bottom = (0, rows - 1) if row is None else (row % rows,) * 2
        left, right = (0, columns - 1) if column is None else (column % columns,) * 2
        return np.array(
            [
                self.at(top - 0.5, left - 0.5),
                self.at(top - 0.5, right + 0.5),
                self.at(bottom + 0.5, right + 0.5),
                self.at(bottom + 0.5, left - 0.5),
            ]
        )

    def frame(
        self, row: int | None = None, column: int | None = None, color: ManimColor = ink.focus
    ) -> Frame:
        """A frame that points at a cell, a row, a column, or the whole table; :meth:`Frame.redraw` moves it."""
        return Frame(self, color).redraw(row, column)

    # How it is drawn

    def _sides(self) -> tuple[Floats, Floats, Floats]:
        """The upper left corner, and from there the upper and the left side."""
        points = self.cells.points
        return points[0], points[1] - points[0], points[2] - points[0]

    def _draw(self) -> Self:
        picture = self._paint()
        self.cells.orig_alpha_pixel_array[...] = picture[:, :, 3]
        # manim keeps an image's opacity, also in the middle of a fade, as its stroke's.
        picture[:, :, 3] = picture[:, :, 3] * self.cells.stroke_opacity
        self.cells.pixel_array[...] = picture
        self._write()
        return self

    def _paint(self) -> npt.NDArray[np.uint8]:
        """RGBA (rows, columns, 4): the value is the colour's opacity on the ground."""
        share, low = self._shares()
        full = [(self.heat or color).to_int_rgb() for color in (ink.positive, ink.negative)]
        picture = np.zeros((*share.shape, 4), dtype=np.uint8)
        picture[:, :, :3] = np.array(full)[low.astype(int)]
        picture[:, :, 3] = np.rint(255 * share * self.strength)
        return picture

    def _shares(self) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Size of each value as a share of the largest, 0 where there is none, and where it is negative."""
        known = np.nan_to_num(self.values, nan=0.0, posinf=0.0, neginf=0.0)
        shares = np.clip(known / self.largest, 0.0 if self.heat is not None else -1.0, 1.0)
        return np.abs(shares), shares < 0

    def _write(self) -> None:
        """Numbers in ink on dark cells, in the ground's colour on bright ones."""
        if self.decimals is None:
            return
        wide = float(np.linalg.norm(self._sides()[1]))
        scale, room = wide / self._wide, _ROOM * self._wide / self.values.shape[1]
        share, low = self._shares()
        turns = [_turning((self.heat or color).to_hex()) for color in (ink.positive, ink.negative)]
        lit = share * self.strength > np.where(low, turns[1], turns[0])
        paths: tuple[list[Floats], list[Floats]] = ([], [])
        for (row, column), value in np.ndenumerate(self.values):
            if not np.isfinite(value):
                continue
            text = f"{value:z.{self.decimals}f}".replace("-", "−")
            path = numeral(text, self.size)
            if (span := float(np.ptp(path[:, 0]))) > room:
                raise ValueError(f"{text} is {span:.2f} wide, and its cell has room for {room:.2f}")
            paths[int(lit[row, column])].append(self.at(row, column) + scale * path)
        for mobject, path_parts in zip((self.bright, self.dark), paths, strict=True):
            mobject.points = np.concatenate(path_parts) if path_parts else EMPTY

    def _ruled(self, *, inside: bool) -> Floats:
        rows, columns = self.values.shape
        rim = loop(self.box())
        if not inside:
            return rim
        starts = [self.at(row - 0.5, -0.5) for row in range(1, rows)]
        ends = [self.at(row - 0.5, columns - 0.5) for row in range(1, rows)]
        starts += [self.at(-0.5, column - 0.5) for column in range(1, columns)]
        ends += [self.at(rows - 0.5, column - 0.5) for column in range(1, columns)]
        between = pieces(np.array(starts).reshape(-1, 3), np.array(ends).reshape(-1, 3))
        return np.concatenate([rim, between])

    def _named(self, names: Sequence[str], axis: int) -> VGroup:
        if names and len(names) != self.values.shape[axis]:
            kind = ("rows", "columns")[axis]
            raise ValueError(f"{self.values.shape[axis]} {kind} cannot have {len(names)} names")
        made = [words.label(name, color=ink.quiet) for name in names]
        for place, name in enumerate(made):
            if axis == 0:
                name.next_to(self.at(place, -0.5), LEFT, buff=_GAP)
            else:
                words.align_baseline(name.next_to(self.at(-0.5, place), UP, buff=_GAP), made[0])
        return VGroup(*made)


class Frame(VMobject):
    """A frame around a cell, a row, a column or the whole of a ``matrix``."""

    def __init__(self, matrix: Matrix, color: ManimColor) -> None:
        super().__init__(stroke_color=color, stroke_width=LINE)
        self.matrix = matrix

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        memo[id(self.matrix)] = memo.get(id(self.matrix), self.matrix)  # a copy points into the same matrix
        return super().__deepcopy__(memo)

    def redraw(self, row: float | None = None, column: float | None = None) -> Self:
        """Lie around a cell, a row or a column; numbers between whole ones lie between them."""
        rows, columns = self.matrix.values.shape
        (top, tall) = (0.0, rows) if row is None else (row % rows, 1)
        (left, wide) = (0.0, columns) if column is None else (column % columns, 1)
        corners = [(top, left), (top, left + wide), (top + tall, left + wide), (top + tall, left)]
        self.points = loop(np.array([self.matrix.at(r - 0.5, c - 0.5) for r, c in corners]))
        return self


def _numbers(color: ManimColor) -> VMobject:
    return VMobject(fill_color=color, fill_opacity=1.0, stroke_width=0.0)


def _table(values: npt.ArrayLike) -> Floats:
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or 0 in table.shape:
        raise ValueError(f"a matrix has rows and columns, not the shape {table.shape}")
    return table


@cache
def _turning(color: str) -> float:
    """Share of ``color`` on the ground above which the ground's colour reads better on it than chalk."""
    shares = np.linspace(0, 1, 101)
    cells = [interpolate_color(ink.ground, ManimColor(color), float(share)) for share in shares]
    better = [ink.contrast(ink.ground, cell) > ink.contrast(ink.chalk, cell) for cell in cells]
    return float(shares[better.index(True)]) if True in better else 1.0
