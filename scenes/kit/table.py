"""A table of data: named columns of numbers, words, truths and holes, in rows that move, part, leave and come back.

A row is one mobject from first to last: it is sorted, dealt to a second table, dropped and taken back, and a dot of a
scatter plot that becomes a row stays the dot that it was::

    table = Table({"age": [22, None, 35], "class": ["third", "first", "second"], "survived": [False, True, True]})
    self.play(table.animate.sit([2, 0, 1]))                             # the rows change places
    self.play(glide(partial(table.part, [2]), 0.0, 1.0))                # the last row goes to a table of its own
    self.play(table.change(1, "age", 28.5))                             # a hole is filled
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, Self

import numpy as np
import numpy.typing as npt
from manim import CapStyleType, LineJointType, ManimColor, VGroup, VMobject, interpolate_color, smooth

from scenes.kit import ink, words
from scenes.kit.dot import Dots, Which, numbers_of
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import glide
from scenes.kit.noun import HAIR, LINE, THIN, slowly
from scenes.kit.path import Floats, chain, loop, pieces
from scenes.kit.readout import numeral
from scenes.kit.review_hints import backdrop

Entry = float | str | bool | None
"""What a cell may hold; ``None`` and NaN are missing."""
Columns = Mapping[str, Sequence[Entry] | npt.NDArray[Any]]
"""Names of columns with their entries."""
Kind = Literal["number", "word", "truth"]
Side = Literal["right", "below"]

_PAD: Final = 0.26
"""Scene units between a column's edge and what stands in it."""
_ROW: Final = 0.66
_GAP: Final = 0.7
"""Scene units between two tables side by side; one below the other are a row apart."""
_BULLET: Final = 0.55
"""Width of the room that dots take before the rows."""
_LIT: Final = 0.24
"""Opacity of what is lit."""
_DECIMALS: Final = 3
_TICK: Final = 0.3
"""Width of the room of a tick."""
_DASH: Final = 0.2
"""Scene units from dash to dash around a hole."""
_YES: Final = np.array([(-0.45, 0.0, 0.0), (-0.1, -0.4, 0.0), (0.5, 0.4, 0.0)])
_NO: Final = np.array([(-0.35, 0.0, 0.0), (0.35, 0.0, 0.0)])
_KINDS: Final = {"number": "numbers", "word": "words", "truth": "truths"}
_SEAM: Final = 0.015
"""Scene units that a row leaves free above and below, where the rules are."""
_RULE: Final = 0.45
"""Opacity of the line under a row."""


class Cell(VGroup):
    """One cell: a ``plate`` that can be lit, and on it a number, a word, a tick or a dash for a truth, or a hole."""

    def __init__(self, entry: Entry, box: Floats, column: _Column, size: float) -> None:
        super().__init__()
        self.column, self.size, self.tall = column, size, float(np.ptp(box[:, 1]))
        self.strength = 1.0
        self.plate = backdrop(
            VMobject(stroke_width=0, stroke_opacity=0, fill_color=ink.focus, fill_opacity=0)
        )
        self.plate.points = loop(box)
        self.entry: Entry = None
        self.content: VMobject = VMobject()
        self.add(self.plate, self.content)
        self.write(entry)

    @property
    def shown_texts(self) -> tuple[str, ...]:
        """The number in the cell, if it holds one."""
        return (self.column.text(self.entry),) if isinstance(self.entry, float) else ()

    def write(self, entry: Entry) -> Self:
        """Hold another ``entry``.  Raises ``ValueError`` for one of another kind than the column's."""
        self.entry = self.column.checked(entry)
        corner, right, foot = self.plate.points[0], self.plate.points[3], self.plate.points[-4]
        across, down = right - corner, foot - corner
        _fade(self.content, 0.0)  # manim goes on drawing what was there when a play began
        self.content = self.column.drawn(self.entry, self.size, self.tall)
        # It is drawn for a plate that was not scaled since.
        self.content.scale(float(np.linalg.norm(across)) / self.column.width, about_point=np.zeros(3))
        self.content.shift(corner + down / 2 + self.column.anchor(self.entry) * across)
        self.submobjects = [self.plate, self.content]
        return self.shade(self.strength)

    def shade(self, strength: float) -> Self:
        """Show what it holds at ``strength``, 0 to 1."""
        self.strength = strength
        _fade(self.content, strength)
        return self


class Row(VGroup):
    """One row: its ``cells``, left of them its ``index``, under them a ``rule``; maybe a ``dot`` that it once was."""

    def __init__(
        self, cells: Sequence[Cell], index: words.Words | None, back: VMobject, rule: VMobject
    ) -> None:
        super().__init__(back, rule, *cells)
        self.cells, self.index, self.rule = list(cells), index, rule
        self.dot: VMobject | None = None
        if index is not None:
            self.add(index)

    def shade(self, strength: float) -> Self:
        """Show all that stands in it at ``strength``, 0 to 1."""
        if self.dot is not None:
            _fade(self.dot, strength)
        return self.unveil(strength)

    def unveil(self, strength: float) -> Self:
        """As :meth:`shade`, but for the dot."""
        for cell in self.cells:
            cell.shade(strength)
        if self.index is not None:
            _fade(self.index, strength)
        self.rule.set_stroke(opacity=_RULE * strength)
        return self


class Table(VGroup):
    """Rows under a header; row 0 is the first one on seat 0, the uppermost.

    ``columns`` are names with their entries, all of one length: numbers stand with their points in line, words at the
    left, truths as a tick or a dash, and what is missing is a hole.  ``index`` names the rows.  ``decimals`` by column
    are as many as its values need, at most 3, unless given.  With ``width`` (scene units) the columns are stretched to
    it; ``row_height`` is a row's.  ``bullets`` keeps room before the rows for the dots of :meth:`gather`.

    Raises ``ValueError`` for no rows, columns of unequal length, a column of two kinds, an index that is not as long
    as the columns, and a ``width`` that is too narrow.
    """

    def __init__(
        self,
        columns: Columns,
        *,
        index: Sequence[str] = (),
        decimals: Mapping[str, int] | None = None,
        width: float | None = None,
        row_height: float = _ROW,
        bullets: bool = False,
        size: float = ink.LABEL,
    ) -> None:
        super().__init__()
        entries = {name: _entries(column) for name, column in columns.items()}
        count = _count(entries, index)
        heads = {name: words.label(name, color=ink.quiet, size=size) for name in entries}
        names = [words.label(name, color=ink.quiet, size=size) for name in index]
        self._columns = {
            name: _Column(name, column, (decimals or {}).get(name), float(heads[name].width), size)
            for name, column in entries.items()
        }
        self._margin = (_BULLET if bullets else 0.0) + max(
            (each.width + 2 * _PAD for each in names), default=0.0
        )
        self._stretch(width)
        self.names = list(entries)
        across, tall = self._margin + sum(each.width for each in self._columns.values()), row_height
        # Never drawn: from its corner one scene unit to the right and one row down, wherever the table was moved.
        self._anchor = VMobject(stroke_width=0, stroke_opacity=0)
        self._anchor.points = chain(np.array([[1.0, 0, 0], [0, 0, 0], [0, -tall, 0]]))
        self._width, self._tall = across, tall
        self.header = self._drawn_header(heads)
        self.second = self.header.copy()
        self.rows = [
            self._drawn_row(
                {name: column[row] for name, column in entries.items()}, names[row] if names else None, size
            )
            for row in range(count)
        ]
        self._places: Floats = np.zeros((count + 2, 2))
        self.seats: Floats = np.arange(count, dtype=float)
        self._apart: tuple[npt.NDArray[np.bool_], float, Side] = (np.zeros(count, bool), 0.0, "right")
        self._kept: tuple[npt.NDArray[np.bool_], float] = (np.ones(count, bool), 0.0)
        self.add(self._anchor, self.header, self.second, *self.rows)
        self._settle()
        self.center()

    # What it shows

    def redraw(self, columns: Columns) -> Self:
        """Hold other entries in the columns that are named, in the same rows.

        Numbers that glide are shown as they are on their way; under ``.animate`` a cell that changes fades out, and
        shows its new entry when it comes back.  Raises ``ValueError`` for an unknown column, another number of rows,
        and an entry of another kind than its column's.
        """
        for cell, entry in self._changes(columns):
            cell.write(entry)
        return self

    @slowly(redraw)
    def _redraw_slowly(self, columns: Columns, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return self._turning(self._changes(columns), **(anim_args or {}))

    def change(
        self,
        row: int,
        column: str,
        entry: Entry,
        *,
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Drive:
        """An animation: one cell's entry fades out, and its new ``entry`` fades in; no entry between is shown."""
        cell = self.cell(row, column)
        return self._turning([(cell, cell.column.checked(entry))], run_time=run_time, rate_func=rate_func)

    # Its parts

    def row(self, row: int) -> Row:
        """The row of that number, wherever it is now.  Raises ``ValueError`` where there is none."""
        if not -len(self.rows) <= row < len(self.rows):
            raise ValueError(f"the table has rows 0 to {len(self.rows) - 1}, and no row {row}")
        return self.rows[row]

    def cell(self, row: int, column: str) -> Cell:
        """One cell.  Raises ``ValueError`` for a row or a column that is not there."""
        return self.row(row).cells[self._number(column)]

    def column(self, column: str) -> VGroup:
        """A column's name and its cells.  Raises ``ValueError`` for a column that is not there."""
        number = self._number(column)
        return VGroup(self.header[number], *(row.cells[number] for row in self.rows))

    def light(
        self,
        share: float = 1.0,
        *,
        row: int | None = None,
        column: str | None = None,
        color: ManimColor = ink.focus,
    ) -> Self:
        """Light a cell, a row, a column with its name, or all cells by ``share`` of full light; 0 puts it out."""
        number = None if column is None else self._number(column)
        if row is None:
            for header in (self.header, self.second):
                for name in header[:-1] if number is None else header[number]:
                    name.set_fill(interpolate_color(ink.quiet, color, share))
        for each in self.rows if row is None else [self.row(row)]:
            for cell in each.cells if number is None else [each.cells[number]]:
                cell.plate.set_fill(color, _LIT * share)
        return self

    # Where its rows are

    def sit(self, seats: npt.ArrayLike) -> Self:
        """Row number i moves to seat ``seats[i]`` (n,), 0 the uppermost; between whole ones it is under way."""
        self.seats = np.broadcast_to(np.asarray(seats, dtype=float), (len(self.rows),)).copy()
        return self._settle()

    @slowly(sit)
    def _sit_slowly(self, seats: npt.ArrayLike, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.sit, self.seats.copy(), np.asarray(seats, dtype=float), **(anim_args or {}))

    def part(self, which: Which, share: float = 1.0, side: Side = "right") -> Self:
        """The rows ``which`` go to a table of their own by ``share`` of the way, and the others close their ranks.

        It has a header of its own (:attr:`second`), on the ``side``; both together stay in the middle of where the
        table was.  0 brings the rows back.
        """
        self._apart = (self._mask(which), share, side)
        return self._settle()

    @slowly(part)
    def _part_slowly(
        self,
        which: Which,
        share: float = 1.0,
        side: Side = "right",
        anim_args: Mapping[str, Any] | None = None,
    ) -> Drive:
        now = self._apart[1] if np.array_equal(self._mask(which), self._apart[0]) else 0.0
        return glide(self.part, (which, now, side), (which, share, side), **(anim_args or {}))

    def keep(self, which: Which, share: float = 1.0) -> Self:
        """All rows but ``which`` leave in the first half of ``share``; those kept close their ranks in the second."""
        self._kept = (self._mask(which), share)
        return self._settle()

    @slowly(keep)
    def _keep_slowly(
        self, which: Which, share: float = 1.0, anim_args: Mapping[str, Any] | None = None
    ) -> Drive:
        now = self._kept[1] if np.array_equal(self._mask(which), self._kept[0]) else 0.0
        return glide(self.keep, (which, now), (which, share), **(anim_args or {}))

    # Dots that become rows

    def spots(self) -> Floats:
        """Scene points (n, 3) before each row, where its dot belongs; needs ``bullets``."""
        corner, right, down = self._sides()
        at = self._places[2:] + np.array([_BULLET / 2, 1.5])
        return np.asarray(corner + at[:, :1] * right + at[:, 1:] * down)

    def adopt(self, dots: Dots) -> Self:
        """Take ``dots``, one a row, to the rows: they move and fade with them.  ``ValueError`` for another number."""
        if len(dots) != len(self.rows):
            raise ValueError(f"{len(dots)} dots cannot become {len(self.rows)} rows")
        for row, dot in zip(self.rows, dots.submobjects, strict=True):
            row.dot = dot
            row.add(dot)
        return self

    def gather(
        self, dots: Dots, *, run_time: float = 1.0, rate_func: Callable[[float], float] = smooth
    ) -> Drive:
        """An animation: each of ``dots`` goes before its row, which appears as it arrives; rows come one by one.

        The dots belong to the rows from then on.  Raises ``ValueError`` for dots that are not as many as the rows.
        """
        if len(dots) != len(self.rows):
            raise ValueError(f"{len(dots)} dots cannot become {len(self.rows)} rows")
        start, radii, count = dots.centres, dots.radii, len(self.rows)
        late = self.seats.argsort().argsort() / max(count - 1, 1)
        self.adopt(dots)

        def path(share: float) -> object:
            way = np.clip(1.6 * share - 0.6 * late, 0.0, 1.0)
            for row, gone in zip(self.rows, way, strict=True):
                row.unveil(float(max(3 * gone - 2, 0.0)))
            _fade(self.header, min(2 * share, 1.0))
            dots.put(start + way[:, None] * (self.spots() - start), radii)
            return self

        return drive(path, self, run_time=run_time, rate_func=rate_func)

    # How it is drawn

    def _sides(self) -> tuple[Floats, Floats, Floats]:
        """The upper left corner, and from there a scene unit to the right and a row down, as the table stands now."""
        points = self._anchor.points
        return points[3], points[0] - points[3], points[7] - points[3]

    def _stretch(self, width: float | None) -> None:
        needed = self._margin + sum(column.width for column in self._columns.values())
        if width is None:
            return
        if width < needed:
            raise ValueError(f"a table {width:.2f} wide is too narrow: its columns need {needed:.2f}")
        for column in self._columns.values():
            column.spare = (width - needed) / len(self._columns)
            column.width += column.spare

    def _boxes(self, top: float) -> dict[str, Floats]:
        """Corners (4, 3) of the cells of a row whose upper edge is at ``top``, from the upper left."""
        left, boxes = self._margin, {}
        for name, column in self._columns.items():
            x = np.array([left, left + column.width, left + column.width, left])
            y = top - self._tall * np.array([0, 0, 1, 1])
            boxes[name] = np.column_stack([x, y, np.zeros(4)])
            left += column.width
        return boxes

    def _drawn_header(self, heads: Mapping[str, words.Words]) -> VGroup:
        for (name, head), box in zip(heads.items(), self._boxes(0.0).values(), strict=True):
            column = self._columns[name]
            across = box[1] - box[0]
            words.align_baseline(_standing(head, column.kind).shift(box.mean(0)), next(iter(heads.values())))
            head.shift(column.anchor(0.0 if column.kind == "number" else "") * across - across / 2)
        line = backdrop(VMobject(stroke_color=ink.faint, stroke_width=THIN))
        line.points = pieces(np.array([[0.0, -self._tall, 0]]), np.array([[self._width, -self._tall, 0]]))
        return VGroup(*heads.values(), line)

    def _drawn_row(self, entries: Mapping[str, Entry], name: words.Words | None, size: float) -> Row:
        top, foot = -self._tall, -2 * self._tall
        cells = [Cell(entries[of], box, self._columns[of], size) for of, box in self._boxes(top).items()]
        # Rows that pass each other do not show through.
        back = backdrop(VMobject(stroke_width=0, stroke_opacity=0, fill_color=ink.ground, fill_opacity=1.0))
        inner = np.array([top - _SEAM, foot + _SEAM])
        back.points = loop(
            np.column_stack([self._width * np.array([0, 1, 1, 0]), inner[[0, 0, 1, 1]], np.zeros(4)])
        )
        rule = backdrop(VMobject(stroke_color=ink.faint, stroke_width=HAIR, stroke_opacity=_RULE))
        rule.points = pieces(np.array([[0.0, foot, 0]]), np.array([[self._width, foot, 0]]))
        if name is not None:
            room = self._margin - name.width - _PAD
            _standing(name, "word").shift(((room if room > _BULLET else _PAD), (top + foot) / 2, 0.0))
        return Row(cells, name, back, rule)

    def _settle(self) -> Self:
        """Put the headers and all rows where seats, parting and keeping have them."""
        places, fades = self._wanted()
        _, right, down = self._sides()
        moved = (places - self._places) @ np.stack([right, down])
        for mobject, way in zip([self.header, self.second, *self.rows], moved, strict=True):
            mobject.shift(way)
        self._places = places
        for row, fade in zip(self.rows, fades, strict=True):
            row.shade(float(fade))
        _fade(self.second, max(2 * self._apart[1] - 1, 0.0))
        return self

    def _wanted(self) -> tuple[Floats, Floats]:
        """Places (2 + n, 2) of both headers and the rows, in scene units across and rows down, and rows' strengths."""
        (apart, share, side), (kept, leaving) = self._apart, self._kept
        gone, closing = min(2 * leaving, 1.0), max(2 * leaving - 1, 0.0)
        everybody = np.ones(len(self.rows), dtype=bool)
        rank = self._ranked(kept) - self._ranked(everybody)
        seats = np.where(kept, self.seats + closing * rank, self.seats)
        inside = [
            (1 - closing) * self._ranked(group) + closing * self._ranked(group & kept)
            for group in (apart, ~apart)
        ]
        ranks = np.where(apart, *inside)
        # Sideways first, so that no row passes another one, then up.
        aside, up = (smooth(float(np.clip(part, 0, 1))) for part in (share / 0.6, (share - 0.45) / 0.55))
        second, first = np.zeros(2), np.zeros(2)
        if side == "right":
            half = (self._width + _GAP) / 2
            first[0], second[0] = -half * aside, half * aside
        else:
            stand = (1 - closing) * np.sum(~apart) + closing * np.sum(~apart & kept)
            first[1], second[1] = -0.75 * up, stand + 0.75
        rows = np.column_stack([np.zeros(len(seats)), seats + up * (ranks - seats)])
        if side == "right":
            rows += np.where(apart[:, None], second, first)
        else:
            rows[:, 1] += up * np.where(apart, second[1], -0.75)
        return np.vstack([first, second, rows]), np.where(kept, 1.0, 1.0 - gone)

    def _ranked(self, group: npt.NDArray[np.bool_]) -> Floats:
        """How many rows of ``group`` sit above each row (n,); a row that passes another one counts in part."""
        above = np.clip(self.seats[:, None] - self.seats + 0.5, 0.0, 1.0)
        np.fill_diagonal(above, 0.0)
        return np.asarray(above[:, group].sum(axis=1))

    def _mask(self, which: Which) -> npt.NDArray[np.bool_]:
        mask = np.zeros(len(self.rows), dtype=bool)
        mask[numbers_of(which, len(self.rows))] = True
        return mask

    def _number(self, column: str) -> int:
        if column not in self.names:
            raise ValueError(f"the table has the columns {', '.join(self.names)}, and none named {column!r}")
        return self.names.index(column)

    def _changes(self, columns: Columns) -> list[tuple[Cell, Entry]]:
        """Cells whose entries differ from what is given, with their new ones."""
        changes = []
        for name, given in columns.items():
            number, entries = self._number(name), _entries(given)
            if len(entries) != len(self.rows):
                raise ValueError(f"{name!r} has {len(entries)} entries for {len(self.rows)} rows")
            for row, entry in zip(self.rows, entries, strict=True):
                new = self._columns[name].checked(entry)
                if new != row.cells[number].entry:
                    changes.append((row.cells[number], new))
        return changes

    def _turning(self, changes: Sequence[tuple[Cell, Entry]], **timing: Any) -> Drive:
        states = [(cell, cell.entry, entry, cell.strength) for cell, entry in changes]

        def path(share: float) -> object:
            for cell, old, new, strength in states:
                entry = old if share < 0.5 else new
                if cell.entry != entry:
                    cell.write(entry)
                cell.shade(strength * abs(1 - 2 * share))
            return self

        return drive(path, *([cell for cell, _ in changes] if changes else [self]), **timing)


class _Stroke(VMobject):
    """A mark that is drawn by its line alone."""


class _Column:
    """How the entries of a column are drawn."""

    def __init__(
        self, name: str, entries: Sequence[Entry], decimals: int | None, head: float, size: float
    ) -> None:
        self.name = name
        known = [entry for entry in entries if entry is not None]
        self.kind: Kind = _kind(known[0]) if known else "word"
        self.width = 2 * _PAD + head
        self.spare = 0.0
        """What it is wider than it needs."""
        for entry in known:
            self.checked(entry)
        self.decimals = _needed(known) if decimals is None and self.kind == "number" else decimals or 0
        if self.kind == "number":
            drawn = [float(np.ptp(numeral(self.text(entry), size)[:, 0])) for entry in known]
        elif self.kind == "word":
            drawn = [float(words.label(str(entry), size=size).width) for entry in known]
        else:
            drawn = [_TICK]
        self.width = max(self.width, 2 * _PAD + max(drawn, default=0.0))

    def checked(self, entry: Entry) -> Entry:
        """``entry`` as the column holds it; ``ValueError`` for one of another kind."""
        plain = _plain(entry)
        if plain is not None and _kind(plain) != self.kind:
            raise ValueError(f"column {self.name!r} holds {_KINDS[self.kind]}, and {entry!r} is none")
        return plain

    def text(self, entry: Entry) -> str:
        """A number as it is written."""
        return f"{entry:z.{self.decimals}f}".replace("-", "−")

    def anchor(self, entry: Entry) -> float:
        """Share of the width at which the origin of what is drawn lies."""
        if entry is None or self.kind == "truth":
            return 0.5
        # Numbers keep away from the words of the next column.
        return 1 - (_PAD + self.spare / 2) / self.width if self.kind == "number" else _PAD / self.width

    def drawn(self, entry: Entry, size: float, tall: float) -> VMobject:
        """``entry``, level with the origin: a number ends there, a word begins there, all else lies around it."""
        if entry is None:
            hole = _Stroke(stroke_color=ink.faint, stroke_width=THIN)
            hole.points = _dashed_box(self.width / 2 - _PAD / 2, 0.34 * tall)
            return hole
        if self.kind == "word":
            return _standing(words.label(str(entry), size=size), "word")
        if self.kind == "number":
            number = VMobject(fill_color=ink.chalk, fill_opacity=1.0, stroke_width=0.0)
            number.points = numeral(self.text(entry), size)
            return number.shift((-_advance(self.text(entry), size) / 2, 0.0, 0.0))
        mark = _Stroke(stroke_color=ink.chalk if entry else ink.faint, stroke_width=LINE)
        mark.joint_type = LineJointType.ROUND
        mark.points = chain(_TICK * (_YES if entry else _NO))
        return mark.set_cap_style(CapStyleType.ROUND)


def _standing(name: words.Words, kind: Kind) -> words.Words:
    """``name`` with its capitals' middle level with the origin, and beginning, ending or centred there by ``kind``."""
    half = name.capital * ink.UNITS_PER_PIXEL / 2
    edge = {"word": name.get_left(), "number": name.get_right(), "truth": name.get_center()}[kind]
    name.shift((-float(edge[0]), -words.baseline(name) - half, 0.0))
    return name


def _dashed_box(half_width: float, half_height: float) -> Floats:
    """A rectangle in dashes, with a corner at each of its corners."""
    corners = np.array([(-1, 1, 0), (1, 1, 0), (1, -1, 0), (-1, -1, 0)]) * (half_width, half_height, 0.0)
    sides = []
    for corner, following in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        count = max(round(float(np.linalg.norm(following - corner)) / _DASH), 2)
        middles = np.arange(count + 1) / count
        ends = np.clip(np.stack([middles - 0.28 / count, middles + 0.28 / count]), 0.0, 1.0)
        starts, stops = corner + ends[..., None] * (following - corner)
        sides.append(pieces(starts, stops))
    return np.concatenate(sides)


def _advance(text: str, size: float) -> float:
    """Width of the room that a number takes, in scene units; all digits have the same."""
    one, two, broken = (float(np.ptp(numeral(each, size)[:, 0])) for each in ("0", "00", "0.0"))
    points = text.count(".")
    return (len(text) - points) * (two - one) + points * (broken - two)


def _fade(mobject: VMobject, strength: float) -> None:
    """Show it at ``strength``, whatever it was shown at."""
    for each in mobject.family_members_with_points():
        each.set_stroke(opacity=strength)
        if not isinstance(each, _Stroke):
            each.set_fill(opacity=strength)


def _entries(column: Sequence[Entry] | npt.NDArray[Any]) -> list[Entry]:
    return [_plain(entry) for entry in column]


def _plain(entry: Any) -> Entry:
    """An entry as Python has it: numbers are floats, and NaN is ``None``."""
    if entry is None or isinstance(entry, str):
        return entry
    if isinstance(entry, (bool, np.bool_)):
        return bool(entry)
    if isinstance(entry, (int, float, np.number)):
        return None if np.isnan(entry) else float(entry)
    raise ValueError(f"a cell holds a number, a word, a truth or None, not {entry!r}")


def _kind(entry: Entry) -> Kind:
    return "truth" if isinstance(entry, bool) else "word" if isinstance(entry, str) else "number"


def _needed(numbers: Sequence[Entry]) -> int:
    """Decimals after which nothing of ``numbers`` is lost, at most three."""
    for places in range(_DECIMALS):
        if all(abs(round(float(number), places) - float(number)) < 1e-9 for number in numbers if number):
            return places
    return _DECIMALS


def _count(entries: Mapping[str, Sequence[Entry]], index: Sequence[str]) -> int:
    lengths = {name: len(column) for name, column in entries.items()}
    if not lengths or not all(lengths.values()):
        raise ValueError("a table needs columns with rows")
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns of one table have as many rows as each other, not {lengths}")
    count = next(iter(lengths.values()))
    if index and len(index) != count:
        raise ValueError(f"{count} rows cannot have {len(index)} names")
    return count
