"""A bar chart: named values as bars, which may be sorted anew, stacked of parts, and set end to end as a waterfall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, RIGHT, UP, ManimColor, Square, VGroup, VMobject, smooth

from scenes.kit import ink, words
from scenes.kit.axis import Range
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import blend
from scenes.kit.noun import HAIR, THIN
from scenes.kit.path import EMPTY, Floats, loop, pieces
from scenes.kit.readout import numeral
from scenes.kit.slots import GAP, Slots

_THICK: Final = 0.68
"""Of a bar, as a share of its slot."""
_CAP: Final = 0.24
"""Of a whisker's ends, as a share of the slot."""
_AWAY: Final = 0.3
"""Of a change: the share in which numbers fade out, and that in which the new ones come."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a chart shows; arrays have a row for each bar."""

    table: Floats
    """Values (n, k) of the parts, in data units."""
    places: Floats
    starts: Floats
    spread: Floats
    strength: Floats


class BarChart(Slots):
    """A bar for each of ``names``, from 0 to its value: one below the other or, ``upright``, side by side.

    ``values`` are (n,) or, for bars stacked of k parts that are not negative, (n, k).  ``limits`` are the lowest and
    the highest value of the axis; bars are cut there.  ``colors`` are one for all, one a bar, or one a part; ``parts``
    names the parts above the chart.  ``decimals`` writes each value (a stack's sum) at the end of its bar, with a plus
    where ``sign`` says so; there are ticks where it does not, or by ``ticks``.  ``spread`` is drawn as a whisker
    around the end: a distance (n,) to both sides, or two (n, 2), below and above.

    Numbers follow what is drawn, which suits bars that grow; where a value between two is none, :meth:`change` takes
    the numbers away and writes the new ones when they are reached.  A bar keeps its name and colour wherever it goes.
    Width and height are those of the whole, in scene units.

    Raises ``ValueError`` for values, colours or spreads that do not fit the names, and as :class:`Slots` does.
    """

    def __init__(
        self,
        names: Sequence[str],
        values: npt.ArrayLike,
        limits: Range,
        width: float = 12.0,
        height: float = 5.4,
        *,
        upright: bool = False,
        colors: ManimColor | Sequence[ManimColor] = ink.first,
        parts: Sequence[str] = (),
        spread: npt.ArrayLike | None = None,
        decimals: int | None = None,
        sign: bool = False,
        label: str = "",
        ticks: Sequence[float] | None = None,
    ) -> None:
        table = np.asarray(values, dtype=float)
        self.stacked: Final = table.ndim == 2
        self.count: Final = table.shape[1] if self.stacked else 1
        self.decimals, self.sign = decimals, sign
        if parts and len(parts) != self.count:
            raise ValueError(f"{self.count} parts cannot have {len(parts)} names")
        capital = ink.LABEL * ink.UNITS_PER_PIXEL
        super().__init__(
            names,
            limits,
            width,
            height,
            upright=upright,
            label=label,
            ticks=() if ticks is None and decimals is not None else ticks,
            ends=self._ends(limits, upright),
            head=capital + 2.5 * GAP if parts else 0.0,
        )
        self._wide = float(np.ptp(self.box[:, 0]))
        dyes = self._dyes(colors)
        self.bars = [VGroup(*(_part(color) for color in row)) for row in dyes]
        self.whiskers = [VMobject(stroke_color=ink.chalk, stroke_width=THIN) for _ in names]
        self.figures = [VMobject(fill_color=ink.chalk, fill_opacity=1.0, stroke_width=0) for _ in names]
        self.links = VMobject(stroke_color=ink.quiet, stroke_width=HAIR, stroke_opacity=0.0)
        self.legend = self._legend(parts, [row[0] for row in dyes] if not self.stacked else dyes[0])
        table = self._table(table)
        self._state = _State(
            table,
            np.arange(len(names), dtype=float),
            np.zeros(len(names)),
            self._whisker(spread),
            np.ones(len(names)),
        )
        # Where two bars pass, the shorter one is in front.
        for number in np.argsort(-np.abs(table).sum(axis=1), kind="stable"):
            self.add(self.bars[number])
        self.add(self.links, *self.whiskers, *self.figures, self.legend)
        self._draw(self._state)
        self.center()

    # What it shows

    def redraw(
        self,
        values: npt.ArrayLike | None = None,
        places: npt.ArrayLike | None = None,
        starts: npt.ArrayLike | None = None,
        spread: npt.ArrayLike | None = None,
    ) -> Self:
        """Take on ``values``, shaped as at first, or any of what follows; the rest stays as it is drawn.

        ``places`` (n,) are the slots of the bars (see :meth:`sorted_places`), fractions on the way; ``starts`` (n,)
        are the values at which bars begin.
        """
        now = self._state
        return self._draw(
            replace(
                now,
                table=now.table if values is None else self._table(values),
                places=now.places if places is None else self._row(places, "places"),
                starts=now.starts if starts is None else self._row(starts, "starts"),
                spread=now.spread if spread is None else self._whisker(spread),
            )
        )

    def cascade(self, share: float = 1.0, totals: Iterable[int | str] = ()) -> Self:
        """Set the bars end to end in the order of their places: a waterfall; ``share`` (0 to 1) of the way to it.

        Bars named in ``totals`` begin at 0: the one with which the sum begins, and those that show what it has come
        to.  Raises ``ValueError`` for such a one that is not the sum of those before it.
        """
        table, places = self._state.table, self._state.places
        standing = {self.number_of(which) for which in totals}
        starts, reached = np.zeros(len(table)), 0.0
        for rank, number in enumerate(np.argsort(places)):
            value = float(table[number].sum())
            if number in standing:
                if rank and not np.isclose(value, reached, rtol=1e-6, atol=1e-9):
                    name = self.slot_names[number]
                    raise ValueError(f"{name} is {value:g}, and the bars before it come to {reached:g}")
                reached = value
            else:
                starts[number] = reached
                reached += value
        self.links.set_stroke(opacity=max(0.0, 2 * share - 1))
        return self.redraw(starts=share * starts)

    def change(
        self,
        values: npt.ArrayLike,
        places: npt.ArrayLike | None = None,
        spread: npt.ArrayLike | None = None,
        *,
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Drive:
        """An animation from what is drawn now to ``values`` (and ``places``, and ``spread``); numbers wait for them.

        They fade out as the bars leave, and the new ones come as the bars arrive: no frame has one between the two.
        """
        start = self._state
        end = replace(
            start,
            table=self._table(values),
            places=start.places if places is None else self._row(places, "places"),
            spread=start.spread if spread is None else self._whisker(spread),
        )

        def path(share: float) -> BarChart:
            near = (start, 1 - share / _AWAY) if share < 0.5 else (end, 1 - (1 - share) / _AWAY)
            return self._draw(blend(start, end, share), *near)

        return drive(path, self, run_time=run_time, rate_func=rate_func)

    def shade(self, strength: npt.ArrayLike) -> Self:
        """Let bars step back, with their names and numbers: ``strength`` from 0 to 1, one or (n,)."""
        return self._draw(
            replace(self._state, strength=np.broadcast_to(strength, (len(self.bars),)).astype(float))
        )

    @property
    def values(self) -> Floats:
        """Values (n,), or (n, k) of stacks, in data units, as they are drawn now."""
        table = self._state.table.copy()
        return table if self.stacked else table[:, 0]

    @property
    def places(self) -> Floats:
        """Slots (n,) in which the bars are now, in the order of the names."""
        return self._state.places.copy()

    @property
    def starts(self) -> Floats:
        """Values (n,) at which the bars begin now."""
        return self._state.starts.copy()

    @property
    def shown_texts(self) -> tuple[str, ...]:
        """The numbers at the bars, as they can be read now."""
        shown = zip(self._written, self.figures, strict=True)
        return tuple(text for text, figure in shown if text and figure.fill_rgbas[0, 3] > 0.5)

    # Its parts

    def bar(self, which: int | str) -> VGroup:
        """The bar of that name or number, one mobject a part."""
        return self.bars[self.number_of(which)]

    def row(self, which: int | str) -> VGroup:
        """All that belongs to one bar: its name, the bar, its whisker and its number."""
        number = self.number_of(which)
        return VGroup(self.names[number], self.bars[number], self.whiskers[number], self.figures[number])

    def end(self, which: int | str) -> Floats:
        """Scene point (3,) in the middle of the end of a bar."""
        number = self.number_of(which)
        now = self._state
        end = now.starts[number] + now.table[number].sum()
        return self.spot(np.clip(end, *self.value_limits), now.places[number])

    def sorted_places(self, values: npt.ArrayLike | None = None, *, descending: bool = True) -> Floats:
        """Places (n,) of the bars sorted by ``values`` (n,) or by what is drawn; equals keep their order."""
        keys = self._state.table.sum(axis=1) if values is None else self._row(values, "values")
        places = np.zeros(len(keys))
        order = np.lexsort((self._state.places, -keys if descending else keys))
        places[order] = np.arange(len(keys))
        return places

    # How it is drawn

    def _draw(self, state: _State, told: _State | None = None, share: float = 1.0) -> Self:
        """``told`` is the state whose values are written, if it is another, and ``share`` how strongly."""
        before, self._state = self._state.places, state
        low, high = self.value_limits
        totals, places = state.table.sum(axis=1), state.places
        edges = state.starts[:, None] + np.pad(state.table.cumsum(axis=1), ((0, 0), (1, 0)))
        clear = state.strength * self._clearances(places, np.abs(totals))
        said = (told or state).table.sum(axis=1)
        self._written = ["" if self.decimals is None else self._text(float(value)) for value in said]
        for number, bar in enumerate(self.bars):
            for part, (begin, end) in zip(bar, pairwise(edges[number]), strict=True):
                part.points = self._body(begin, end, places[number])
                _set_opacity(part.fill_rgbas, state.strength[number])
            tips = edges[number, -1] + state.spread[number] * [-1, 1]
            self.whiskers[number].points = self._whisker_path(tips, places[number])
            _set_opacity(self.whiskers[number].stroke_rgbas, state.strength[number])
            side = -1 if totals[number] < 0 else 1
            outer = float(np.clip(tips[0] if side < 0 else tips[1], low, high))
            self.figures[number].points = self._figure(self._written[number], outer, places[number], side)
            _set_opacity(self.figures[number].fill_rgbas, clear[number] * min(max(share, 0.0), 1.0))
            if places[number] != before[number]:
                self.names[number].shift(self.spot(low, places[number]) - self.spot(low, before[number]))
            for glyph in self.names[number].glyphs:
                _set_opacity(glyph.fill_rgbas, clear[number])
        self.links.points = self._links(places, edges)
        return self

    def _body(self, begin: float, end: float, place: float) -> Floats:
        """A part of a bar, cut at the axis' limits; a path of 16 points also where nothing is left of it."""
        low, high = self.value_limits
        ends, half = np.clip([begin, end, end, begin], low, high), _THICK / 2
        return loop(self.spot(ends, place + np.array([-half, -half, half, half])))

    def _whisker_path(self, tips: Floats, place: float) -> Floats:
        (low, high), half = np.clip(tips, *self.value_limits), _CAP / 2
        if tips[0] == tips[1]:
            return np.repeat(self.spot([low], place), 4, axis=0)  # nothing, at its place
        starts, stops = [(low, place)], [(high, place)]
        for tip, cut in zip((low, high), tips, strict=True):
            if tip == cut:  # a whisker that leaves the axis has no end there
                starts.append((tip, place - half))
                stops.append((tip, place + half))
        return pieces(self.spot(*np.array(starts).T), self.spot(*np.array(stops).T))

    def _figure(self, text: str, outer: float, place: float, side: int) -> Floats:
        if not text:
            return EMPTY
        scale = float(np.linalg.norm(self.box[1] - self.box[0])) / self._wide
        path = scale * numeral(text)
        size = np.ptp(path, axis=0)
        way = UP if self.upright else RIGHT
        room = float(size[1 if self.upright else 0]) / 2 + scale * GAP * 0.8
        return path + self.spot(outer, place) + side * room * way

    def _links(self, places: Floats, edges: Floats) -> Floats:
        order = np.argsort(places)
        levels = np.clip(edges[order[:-1], -1], *self.value_limits)
        half = _THICK / 2
        return pieces(
            self.spot(levels, places[order[:-1]] + half), self.spot(levels, places[order[1:]] - half)
        )

    def _text(self, value: float) -> str:
        return f"{value:{'+' if self.sign else ''}z.{self.decimals}f}".replace("-", "−")

    def _clearances(self, places: Floats, lengths: Floats) -> Floats:
        """How much of its words each bar may show (n,): where two pass, those of the shorter one give way."""
        apart = np.abs(places[:, None] - places[None, :])
        np.fill_diagonal(apart, np.inf)
        longer = lengths[None, :] > lengths[:, None]
        longer |= (lengths[None, :] == lengths[:, None]) & (
            np.arange(len(places)) < np.arange(len(places))[:, None]
        )
        nearest = np.where(longer, apart, np.inf).min(axis=1)
        # Nearer than 0.72 of a slot letters may touch.
        return np.asarray(np.clip((nearest - 0.72) / 0.2, 0.0, 1.0))

    # What it is given

    def _table(self, values: npt.ArrayLike) -> Floats:
        table = np.asarray(values, dtype=float)
        wanted = (len(self.slot_names), self.count) if self.stacked else (len(self.slot_names),)
        if table.shape != wanted or not np.isfinite(table).all():
            raise ValueError(f"expected finite values of shape {wanted}, one a name, not {table.tolist()}")
        if self.count > 1 and (table < 0).any():
            raise ValueError(f"parts of a stack are not negative: {table.min():g}")
        return table.reshape(len(self.slot_names), self.count)

    def _row(self, given: npt.ArrayLike, what: str) -> Floats:
        row = np.asarray(given, dtype=float)
        if row.shape != (len(self.slot_names),):
            raise ValueError(
                f"expected {len(self.slot_names)} {what}, one a name, not an array of {row.shape}"
            )
        return row

    def _whisker(self, spread: npt.ArrayLike | None) -> Floats:
        if spread is None:
            return np.zeros((len(self.slot_names), 2))
        ways = np.asarray(spread, dtype=float)
        both = np.column_stack([ways, ways]) if ways.ndim == 1 else ways
        if both.shape != (len(self.slot_names), 2) or not (both >= 0).all():
            raise ValueError(
                f"a spread is (n,) or (n, 2) distances that are not negative, not {ways.tolist()}"
            )
        return both

    def _dyes(self, colors: ManimColor | Sequence[ManimColor]) -> list[list[ManimColor]]:
        rows = len(self.slot_names)
        given = (
            [colors] * (self.count if self.stacked else rows)
            if isinstance(colors, ManimColor)
            else list(colors)
        )
        wanted = self.count if self.stacked else rows
        if len(given) != wanted:
            raise ValueError(f"expected one colour, or {wanted}, not {len(given)}")
        return [given] * rows if self.stacked else [[color] for color in given]

    def _ends(self, limits: Range, upright: bool) -> tuple[float, float]:
        """Scene units that numbers take beyond the lower and the upper limit."""
        if self.decimals is None:
            return 0.0, 0.0
        room = []
        for limit in limits:
            size = np.ptp(numeral(self._text(limit)), axis=0)
            room.append(float(size[1 if upright else 0]) + 1.2 * GAP)
        return room[0] if limits[0] < 0 else 0.0, room[1]

    def _legend(self, parts: Sequence[str], colors: Sequence[ManimColor]) -> VGroup:
        legend = VGroup()
        for name, color in zip(parts, colors, strict=False):
            side = ink.LABEL * ink.UNITS_PER_PIXEL
            text = words.label(name)
            swatch = Square(side, stroke_width=0, fill_color=color, fill_opacity=1.0)
            text.next_to(swatch, RIGHT, buff=GAP * 0.8)
            text.shift((0.0, float(swatch.get_bottom()[1]) - words.baseline(text), 0.0))
            legend.add(VGroup(swatch, text))
        if len(legend):
            legend.arrange(RIGHT, buff=0.6, aligned_edge=DOWN)
            corner = self._outline.points[[0, -1]].max(axis=0)[1]
            legend.next_to((self.box[3, 0], corner, 0.0), DOWN + RIGHT, buff=0.0)
            for item in legend:
                item.shift((0.0, float(legend[0][0].get_bottom()[1] - item[0].get_bottom()[1]), 0.0))
        return legend


def _part(color: ManimColor) -> VMobject:
    return VMobject(fill_color=color, fill_opacity=1.0, stroke_color=ink.ground, stroke_width=HAIR)


def _set_opacity(rgbas: npt.NDArray[np.float64], share: float) -> None:
    """Most keep theirs from one picture to the next, and setting it by manim is slow."""
    if rgbas[0, 3] != share:
        rgbas[:, 3] = share
