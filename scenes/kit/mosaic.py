"""A mosaic: a unit square cut by one variable into columns, and by a second within each; areas are probabilities.

It is Bayes' theorem as a picture: keep the parts in which something holds, pool them, and let them fill the square::

    mosaic = Mosaic([[2, 1], [1, 5]], columns=["spam", "ham"], rows=["free", "not free"])
    self.play(glide(partial(mosaic.given, "free"), 0.0, 1.0))     # all else leaves
    self.play(glide(partial(mosaic.given, "free"), 1.0, 2.0))     # what is left flows together, as high as P(free)
    self.play(glide(partial(mosaic.given, "free"), 2.0, 3.0))     # and fills the square: P(spam | free)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.coordinates import Coordinates
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.noun import THIN, slowly
from scenes.kit.path import EMPTY, Floats, loop
from scenes.kit.readout import numeral
from scenes.kit.review_hints import belongs

Numbers = Literal["joint", "within"]

_OPACITY: Final = (0.92, 0.26)
"""Of the first and of the last part of a column."""
_GAP: Final = 0.18
"""Scene units between the square and its names, and between a name and the number under it."""
_ROOM: Final = 0.12
"""Scene units that a number needs around it; where there is less, it is not shown."""


class Tile(VGroup):
    """One part: its ``plate``, whose area is a probability, and the number on it."""

    def __init__(self, color: ManimColor, opacity: float) -> None:
        super().__init__()
        self.plate = VMobject(
            stroke_color=ink.ground, stroke_width=THIN, fill_color=color, fill_opacity=opacity
        )
        seen = ink.ground.interpolate(color, opacity)
        letters = max((ink.ground, ink.chalk), key=lambda each: ink.contrast(each, seen))
        self.number = belongs(VMobject(fill_color=letters, fill_opacity=1.0, stroke_width=0), self.plate)
        self.opacity = opacity
        self.text = ""
        self.add(self.plate, self.number)

    @property
    def shown_texts(self) -> tuple[str, ...]:
        """The percentage on it, if one is seen."""
        return (self.text,) if len(self.number.points) and self.number.get_fill_opacity() else ()

    def shade(self, plate: float, number: float) -> Self:
        """Show the plate and the number by these shares of full strength."""
        self.plate.set_fill(opacity=self.opacity * plate).set_stroke(opacity=plate)
        self.number.set_fill(opacity=plate * number)
        return self


class Mosaic(VGroup):
    """The square of ``table`` (m, k), counts or probabilities: ``table[i, j]`` is of column i and of its part j.

    Columns stand from left to right, as wide as they are probable; their parts lie on each other from below, as high as
    they are probable within their column.  ``columns`` and ``rows`` name both; ``colors`` are the columns'.
    ``numbers`` on the parts are their areas (``"joint"``) or their shares of their column (``"within"``), in percent
    with ``decimals`` places; ``None`` leaves them out.  ``width`` and ``height`` are the square's, in scene units.

    Every number is that of what is drawn at the moment; where none would be true, none is shown, nor where it has no
    room.  Raises ``ValueError`` for a table that is none, negative or all 0, and for names that are not as many as
    columns or rows.
    """

    def __init__(
        self,
        table: npt.ArrayLike,
        columns: Sequence[str],
        rows: Sequence[str],
        *,
        width: float = 5.0,
        height: float = 5.0,
        colors: Sequence[ManimColor] = ink.CLASSES,
        numbers: Numbers | None = "joint",
        decimals: int = 0,
        size: float = ink.LABEL,
    ) -> None:
        super().__init__()
        self.joint = _joint(table)
        self.columns, self.rows = list(columns), list(rows)
        if self.joint.shape != (len(self.columns), len(self.rows)):
            raise ValueError(
                f"a table of {self.joint.shape} has no {len(columns)} columns of {len(rows)} rows"
            )
        self.numbers, self.decimals, self.size = numbers, decimals, size
        self.square = Coordinates((0, 1), (0, 1), width, height)
        self._width = width
        strengths = np.linspace(*_OPACITY, len(self.rows)) if len(self.rows) > 1 else np.array(_OPACITY[:1])
        self.tiles = [
            [Tile(color, float(strength)) for strength in strengths]
            for color, _ in zip(colors, columns, strict=False)
        ]
        self.names = [words.label(name, color, size) for name, color in zip(columns, colors, strict=False)]
        self.shares = [VMobject(fill_color=ink.quiet, fill_opacity=1.0, stroke_width=0) for _ in columns]
        self.row_names = [words.label(name, ink.quiet, size) for name in rows]
        self._pulled: Floats = np.zeros((*self.joint.shape, 2))
        self._given: tuple[int, float] = (0, 0.0)
        self.add(self.square, *(tile for column in self.tiles for tile in column))
        self.add(*self.shares, *self.names, *self.row_names)
        self._draw()
        self.center()

    # What it shows

    def redraw(self, table: npt.ArrayLike) -> Self:
        """Show another ``table`` of the same shape; what glides between two tables is a table at every moment.

        Raises ``ValueError`` for another shape and for what is no table.
        """
        joint = _joint(table)
        if joint.shape != self.joint.shape:
            raise ValueError(f"a mosaic of {self.joint.shape} parts cannot show {joint.shape}")
        self.joint = joint
        return self._draw()

    @slowly(redraw)
    def _redraw_slowly(self, table: npt.ArrayLike, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.redraw, self.joint, _joint(table), **(anim_args or {}))

    def given(self, row: str, step: float) -> Self:
        """Keep the parts of ``row`` and leave out all others, in three steps that can be stopped at and taken back.

        From 0 to 1 the others leave.  From 1 to 2 the kept ones flow together, each with the area that it has, into a
        strip as wide as the square and as high as the row is probable.  From 2 to 3 that strip fills the square: the
        widths are the columns' probabilities given the row.  Raises ``ValueError`` for a row that is not there, or one
        of probability 0 beyond step 1, and for a step beyond 0 and 3.
        """
        number = _index(row, self.rows, "rows")
        if not 0 <= step <= 3:
            raise ValueError(f"keeping a row has the steps 0 to 3, not {step}")
        if step > 1 and not self.joint[:, number].sum():
            raise ValueError(f"{row!r} has probability 0: nothing of it can fill the square")
        self._given = (number, float(step))
        return self._draw()

    @slowly(given)
    def _given_slowly(self, row: str, step: float, anim_args: Mapping[str, Any] | None = None) -> Drive:
        now = self._given[1] if self._given[0] == _index(row, self.rows, "rows") else 0.0
        return glide(self.given, (row, now), (row, step), **(anim_args or {}))

    def pull(self, column: str, row: str | None, by: tuple[float, float]) -> Self:
        """Pull a part, or with ``row=None`` a whole column, ``by`` scene units right and up from its place.

        (0, 0) puts it back.  Raises ``ValueError`` for names that are not there.
        """
        one = _index(column, self.columns, "columns")
        two = slice(None) if row is None else _index(row, self.rows, "rows")
        self._pulled[one, two] = by
        return self._draw()

    @slowly(pull)
    def _pull_slowly(
        self,
        column: str,
        row: str | None,
        by: tuple[float, float],
        anim_args: Mapping[str, Any] | None = None,
    ) -> Drive:
        now = self._pulled[
            _index(column, self.columns, "columns"), 0 if row is None else _index(row, self.rows, "rows")
        ]
        return glide(self.pull, (column, row, tuple(map(float, now))), (column, row, by), **(anim_args or {}))

    # Its parts

    def tile(self, column: str, row: str) -> Tile:
        """One part.  Raises ``ValueError`` for names that are not there."""
        return self.tiles[_index(column, self.columns, "columns")][_index(row, self.rows, "rows")]

    def column(self, column: str) -> VGroup:
        """The parts of a column and its name.  Raises ``ValueError`` for a name that is not there."""
        number = _index(column, self.columns, "columns")
        return VGroup(*self.tiles[number], self.names[number], self.shares[number])

    def row(self, row: str) -> VGroup:
        """The parts of all columns where ``row`` holds, and its name.  ``ValueError`` for a name that is not there."""
        number = _index(row, self.rows, "rows")
        return VGroup(*(column[number] for column in self.tiles), self.row_names[number])

    # How it is drawn

    def _draw(self) -> Self:
        kept, step = self._given
        boxes, (left, _, full) = self._boxes(), _steps(step)
        within = self.joint / np.maximum(self.joint.sum(axis=1, keepdims=True), 1e-300)
        for (one, two), area in np.ndenumerate(self.joint):
            tile, (low, high) = self.tiles[one][two], boxes[one, two]
            corners = self.square.at(np.array([low, (high[0], low[1]), high, (low[0], high[1])]))
            corners = corners + np.append(self._pulled[one, two], 0.0)
            tile.plate.points = loop(corners)
            value, seen = area, 1.0
            if self.numbers == "within":
                # Heights are shares of columns only as long as the columns stand.
                value = within[one, two] if left < 0.5 else area
                seen = abs(1 - 2 * left)
            if full:
                value = area if full < 0.5 else area / self.joint[:, kept].sum()
                seen = abs(1 - 2 * full)
            self._write(tile, float(value), corners)
            tile.shade(1.0 if two == kept else 1.0 - left, seen)
        self._name(boxes, within)
        return self

    def _boxes(self) -> Floats:
        """Lower left and upper right corners (m, k, 2, 2) of the parts, in the square's units."""
        kept, step = self._given
        _, pooled, full = _steps(step)
        wide = self.joint.sum(axis=1)
        tall = self.joint / np.maximum(wide[:, None], 1e-300)
        floor = np.cumsum(tall, axis=1) - tall
        boxes = np.zeros((*self.joint.shape, 2, 2))
        boxes[:, :, 0, 0] = (np.cumsum(wide) - wide)[:, None]
        boxes[:, :, 1, 0] = np.cumsum(wide)[:, None]
        boxes[:, :, 0, 1], boxes[:, :, 1, 1] = floor, floor + tall
        if pooled:
            # Heights become equal while areas stay: by Jensen's inequality the widths never need more than the square.
            evidence = self.joint[:, kept].sum()
            heights = (1 - pooled) * tall[:, kept] + pooled * evidence
            widths = self.joint[:, kept] / heights
            starts = (1 - widths.sum()) / 2 + np.cumsum(widths) - widths
            ground = (1 - pooled) * floor[:, kept]
            boxes[:, kept, 0] = np.stack([starts, ground], axis=1)
            tops = ground + heights + full * (1 - evidence)
            boxes[:, kept, 1] = np.stack([starts + widths, tops], axis=1)
        return boxes

    def _scale(self) -> float:
        box = self.square.box
        return float(np.linalg.norm(box[1] - box[0])) / self._width

    def _write(self, tile: Tile, value: float, corners: Floats) -> None:
        text = f"{100 * value:.{self.decimals}f}"
        path = _percent(text, self.size) * self._scale()
        room = np.ptp(corners, axis=0)[:2] - np.ptp(path, axis=0)[:2] - _ROOM
        tile.text = f"{text} %"
        fits = self.numbers is not None and (room > 0).all()
        tile.number.points = corners.mean(axis=0) + path if fits else EMPTY

    def _name(self, boxes: Floats, within: Floats) -> None:
        """Put the names of columns over them and those of rows to the left, apart from each other."""
        kept, step = self._given
        left, pooled, _ = _steps(step)
        scale = self._scale()
        tops = (1 - pooled) + pooled * boxes[:, kept, 1, 1]
        middles = boxes[:, kept, :, 0].mean(axis=1)
        over = self.square.at(np.column_stack([middles, tops])) + np.column_stack(
            [self._pulled[:, -1], np.zeros(len(middles))]
        )
        paths = [
            _percent(f"{100 * share:.{self.decimals}f}", self.size) * scale
            for share in self.joint.sum(axis=1)
        ]
        high = max(float(np.ptp(path[:, 1])) for path in paths) if self.numbers else 0.0
        lift = (high + _GAP) * (1 - left) if self.numbers else 0.0
        sizes = np.array(
            [
                max(float(name.width), float(np.ptp(path[:, 0])))
                for name, path in zip(self.names, paths, strict=True)
            ]
        )
        over[:, 0] = _apart(over[:, 0], sizes + 1.5 * _GAP)
        for name, share, path, place in zip(self.names, self.shares, paths, over, strict=True):
            share.points = place + np.array([0.0, _GAP + high / 2, 0.0]) + path if self.numbers else EMPTY
            share.set_fill(opacity=max(1 - 2 * left, 0.0))
            baseline = float(place[1]) + _GAP + lift
            name.shift((float(place[0]) - float(name.get_x()), baseline - words.baseline(name), 0.0))
        heights = boxes[0, :, :, 1].mean(axis=1)
        edge = self.square.at(
            np.column_stack([np.full(len(heights), boxes[0, kept, 0, 0] if pooled else 0.0), heights])
        )
        edge[:, :2] += np.minimum(self._pulled[0], [0.0, np.inf])
        spread = _apart(edge[:, 1], np.array([float(name.height) + _GAP for name in self.row_names]))
        for number, (name, x, y) in enumerate(zip(self.row_names, edge[:, 0], spread, strict=True)):
            half = name.capital * ink.UNITS_PER_PIXEL / 2
            name.shift((x - _GAP - float(name.get_right()[0]), y - half - words.baseline(name), 0.0))
            name.set_fill(opacity=1.0 if number == kept else 1.0 - left)


def _steps(step: float) -> tuple[float, float, float]:
    """How far the others have left, the kept ones are pooled, and fill the square; 0 to 1 each."""
    left, pooled, full = (min(max(step - begin, 0.0), 1.0) for begin in range(3))
    return left, pooled, full


def _percent(text: str, size: float) -> Floats:
    """The path of a percentage around the origin."""
    number, sign = numeral(text, size), words.label("%", size=size)
    sign.shift((0.0, -sign.capital * ink.UNITS_PER_PIXEL / 2 - words.baseline(sign), 0.0))
    mark = np.concatenate([glyph.points for glyph in sign.glyphs])
    mark[:, 0] += number[:, 0].max() - mark[:, 0].min() + 0.25 * sign.capital * ink.UNITS_PER_PIXEL
    path = np.concatenate([number, mark])
    path[:, 0] -= (path[:, 0].min() + path[:, 0].max()) / 2
    return path


def _apart(places: Floats, sizes: Floats) -> Floats:
    """``places`` (n,), rising, moved as little as can be (least squares) so that things of these sizes do not meet."""
    need = np.concatenate([[0.0], np.cumsum((sizes[:-1] + sizes[1:]) / 2)])
    pools: list[list[float]] = []
    for value in places - need:
        pools.append([float(value)])
        while len(pools) > 1 and np.mean(pools[-2]) > np.mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    level = [np.mean(pool) for pool in pools for _ in pool]
    return np.asarray(np.array(level) + need)


def _joint(table: npt.ArrayLike) -> Floats:
    """Probabilities (m, k) that add up to 1."""
    given = np.asarray(table, dtype=float)
    if given.ndim != 2 or not np.isfinite(given).all() or (given < 0).any() or not given.sum():
        raise ValueError("a mosaic needs columns of counts or probabilities that are not all 0")
    return np.asarray(given / given.sum())


def _index(name: str, names: Sequence[str], kind: str) -> int:
    if name not in names:
        raise ValueError(f"the mosaic has the {kind} {', '.join(names)}, and none named {name!r}")
    return list(names).index(name)
