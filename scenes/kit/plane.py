"""The plane: two axes with their units, and everything that can be drawn in their coordinates.

A scene says what lies where in data units (``plane.dots(points, ink.first)``); the plane knows where that
is on the screen, also after it was shifted or scaled.  What it draws lies beside it, not in it: add what is
to be seen, and group it with the plane to move both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, UP, ManimColor, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.axis import Range, number_texts, round_ticks
from scenes.kit.bar import Bars
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import RADIUS, SHAPES, Cloud, Dots, Shape
from scenes.kit.field import OPACITY, Field
from scenes.kit.line import Area, Arrows, Ball, Contour, Curve, Polygon, Segments, Stems, StraightLine
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.path import Floats, pieces
from scenes.kit.review_hints import backdrop
from scenes.kit.street import Street

_TICK: Final = 0.08
_GAP: Final = 0.14


class Plane(Coordinates):
    """A box with a frame on its left and below, ticks, numbers, and the axes' names with their units.

    ``width`` and ``height`` are the box's, without numbers and names, in scene units; unless given, those of a
    chapter's picture.
    ``equal`` gives both axes the same units, so that right angles look right; the box then shrinks in one
    direction to fit.  Ticks are chosen by the 1-2-5 rule unless given; an empty sequence leaves them out,
    ``numbers=False`` their numbers only.
    ``x_names`` and ``y_names`` put words in place of numbers: ``x_names={0: "Jan", 3: "Apr"}``.
    ``tick_size`` is the height of their capitals and of the numbers', in pixels of a 1080-line picture, ``name_size``
    that of the axes' names: numbers that are read on a phone too want ``ink.LABEL``.

    Raises ``ValueError`` for an empty range, or one that is not positive on a logarithmic axis.
    """

    def __init__(
        self,
        x: Range,
        y: Range,
        width: float = 8.6,
        height: float = 4.55,
        *,
        x_label: str = "",
        y_label: str = "",
        x_ticks: Sequence[float] | None = None,
        y_ticks: Sequence[float] | None = None,
        x_names: Mapping[float, str] | None = None,
        y_names: Mapping[float, str] | None = None,
        numbers: bool = True,
        tick_size: float = ink.SMALL,
        name_size: float = ink.LABEL,
        equal: bool = False,
        grid: bool = False,
        log_x: bool = False,
        log_y: bool = False,
    ) -> None:
        super().__init__(x, y, width, height, equal=equal, log_x=log_x, log_y=log_y)
        _, across, up = self._sides()
        spans = float(across[0]), float(up[1])
        ticks = [
            round_ticks(limits, log, span) if given is None else [float(tick) for tick in given]
            for given, limits, log, span in (
                (x_names if x_ticks is None else x_ticks, x, log_x, spans[0]),
                (y_names if y_ticks is None else y_ticks, y, log_y, spans[1]),
            )
        ]
        texts = [
            number_texts(spots, log) if given is None else [given.get(spot, "") for spot in spots]
            for spots, given, log in zip(ticks, (x_names, y_names), self.logarithmic, strict=True)
        ]
        self.grid = backdrop(self._drawn_grid(*ticks) if grid else VMobject())
        self.frame = self._drawn_frame(*ticks)
        self.numbers = self._drawn_numbers(ticks, texts, tick_size) if numbers else VGroup()
        self.names = self._drawn_names(x_label, y_label, name_size)
        self.add(self.grid, self.frame, self.numbers, self.names)
        self.center()

    # Points

    def dots(
        self,
        points: npt.ArrayLike,
        color: ManimColor = ink.chalk,
        shape: Shape = "disc",
        radius: float | npt.ArrayLike = RADIUS,
    ) -> Dots:
        """Data points (n, 2), each a mobject of its own; ``radius`` in scene units, one or (n,)."""
        return Dots(self, points, color, shape, radius)

    def classes(
        self,
        points: npt.ArrayLike,
        labels: npt.ArrayLike,
        radius: float | npt.ArrayLike = RADIUS,
        colors: Sequence[ManimColor] = ink.CLASSES,
        shapes: Sequence[Shape] = SHAPES,
    ) -> Dots:
        """Data points (n, 2) of several classes, in the order of their rows.

        ``labels`` (n,) number the classes from 0: each takes the colour and the shape of its number.
        Raises ``ValueError`` for a label that has no colour or no shape.
        """
        kinds = np.asarray(labels)
        known = range(min(len(colors), len(shapes)))
        if strange := sorted({*kinds.tolist()} - {*known}):
            raise ValueError(f"classes are numbered 0 to {known[-1]}, not {strange}")
        return Dots(self, points, [colors[int(k)] for k in kinds], [shapes[int(k)] for k in kinds], radius)

    def cloud(
        self, points: npt.ArrayLike, color: ManimColor = ink.chalk, radius: float = 0.03, opacity: float = 0.8
    ) -> Cloud:
        """Hundreds or thousands of points (n, 2) as one mobject; ``radius`` in scene units."""
        return Cloud(self, points, color, radius, opacity)

    # Lines

    def line(
        self,
        w: npt.ArrayLike,
        b: float,
        level: float = 0.0,
        color: ManimColor = ink.chalk,
        width: float = LINE,
        dashed: bool = False,
    ) -> StraightLine:
        """The set w·x + b = level, clipped to the box."""
        return StraightLine(self, color, width, dashed).redraw(w, b, level)

    def segment(
        self,
        p: npt.ArrayLike,
        q: npt.ArrayLike,
        color: ManimColor = ink.chalk,
        width: float = THIN,
        dashed: bool = False,
    ) -> Segments:
        """The segment from ``p`` to ``q``, each (2,); or n segments at once, each (n, 2).  Not clipped."""
        return Segments(self, color, width, dashed).redraw(p, q)

    def stems(
        self,
        xs: npt.ArrayLike,
        y0: npt.ArrayLike,
        y1: npt.ArrayLike,
        color: ManimColor = ink.error,
        width: float = THIN,
        dashed: bool = False,
    ) -> Stems:
        """Upright segments at ``xs`` (n,) from ``y0`` to ``y1``, each one number or (n,)."""
        return Stems(self, color, width, dashed).redraw(xs, y0, y1)

    def curve(
        self,
        xs: npt.ArrayLike,
        ys: npt.ArrayLike,
        color: ManimColor = ink.chalk,
        width: float = LINE,
        dashed: bool = False,
        share: float = 1.0,
    ) -> Curve:
        """The curve through (``xs``, ``ys``), each (n,), clipped to the box; ``share`` of it is shown."""
        return Curve(self, color, width, dashed).redraw(xs, ys, share)

    def bars(
        self,
        xs: npt.ArrayLike,
        heights: npt.ArrayLike,
        color: ManimColor = ink.first,
        thick: float = 0.7,
        fill: float = 1.0,
    ) -> Bars:
        """Upright bars over ``xs`` (n,) from 0 to ``heights`` (n,), ``thick`` data units wide."""
        return Bars(self, xs, color, thick, fill).redraw(heights)

    def vector(
        self, start: npt.ArrayLike, end: npt.ArrayLike, color: ManimColor = ink.focus, width: float = LINE
    ) -> Arrows:
        """An arrow from ``start`` to ``end``, each (2,); or n arrows at once, each (n, 2)."""
        return Arrows(self, color, width).redraw(start, end)

    def polygon(
        self,
        points: npt.ArrayLike,
        color: ManimColor = ink.chalk,
        width: float = THIN,
        fill: float = 0.0,
    ) -> Polygon:
        """The closed outline through ``points`` (n, 2); ``fill`` is the opacity of its inside."""
        return Polygon(self, color=color, width=width, fill=fill).redraw(points)

    def ball(
        self,
        center: npt.ArrayLike,
        radius: float,
        p: float = 2.0,
        color: ManimColor = ink.chalk,
        width: float = THIN,
        fill: float = 0.0,
    ) -> Ball:
        """What lies within ``radius`` data units of ``center`` by the Lp metric.

        A diamond for p = 1, a circle for 2, a square for ``np.inf``, and what lies between.
        """
        return Ball(self, color=color, width=width, fill=fill).redraw(center, radius, p)

    def circle(
        self,
        center: npt.ArrayLike,
        radius: float,
        color: ManimColor = ink.chalk,
        width: float = THIN,
        fill: float = 0.0,
    ) -> Ball:
        """The circle of ``radius`` data units around ``center``; round to the eye where units are equal."""
        return self.ball(center, radius, 2.0, color, width, fill)

    # Areas

    def band(
        self, w: npt.ArrayLike, b: float, half: float = 1.0, color: ManimColor = ink.chalk, fill: float = 0.10
    ) -> Street:
        """The street between w·x + b = ±half, with kerbs and centre line."""
        return Street(self, color, fill).redraw(w, b, half)

    def area(
        self,
        xs: npt.ArrayLike,
        lower: npt.ArrayLike,
        upper: npt.ArrayLike,
        color: ManimColor = ink.chalk,
        fill: float = 0.2,
    ) -> Area:
        """The ribbon between ``lower`` and ``upper``, each one number or (n,), along ``xs`` (n,)."""
        return Area(self, color=color, fill=fill).redraw(xs, lower, upper)

    def field(
        self,
        values: npt.ArrayLike,
        colors: Sequence[ManimColor] = ink.CLASSES,
        largest: float = 1.0,
        opacity: float = OPACITY,
        smooth: bool = True,
    ) -> Field:
        """A function over the whole box as one picture, ``values`` sampled as :meth:`mesh` does; see :class:`Field`."""
        return Field(self, values, colors, largest, opacity, smooth)

    def contour(
        self,
        values: npt.ArrayLike,
        levels: npt.ArrayLike = 0.0,
        color: ManimColor = ink.chalk,
        width: float = LINE,
        dashed: bool = False,
    ) -> Contour:
        """Where a function sampled as :meth:`mesh` does, (ny, nx), takes each of ``levels``."""
        return Contour(self, levels, color, width, dashed).redraw(values)

    # Words

    def label(
        self,
        x: float,
        y: float,
        text: str,
        side: npt.ArrayLike = UP,
        color: ManimColor = ink.chalk,
        gap: float = words.GAP,
        size: float = ink.LABEL,
    ) -> words.Words:
        """``text`` beside the data point (``x``, ``y``): on its ``side`` (``UP``, ``DOWN + LEFT`` ...), ``gap``
        scene units away, or on it (``ORIGIN``)."""
        return words.caption(self.at(x, y), text, side, color, gap, size)

    # How the plane itself is drawn

    def _drawn_frame(self, x_ticks: list[float], y_ticks: list[float]) -> VMobject:
        origin, across, up = self._sides()
        (x0, y0), _ = self.limits
        below = [self.at(x, y0) for x in x_ticks]
        beside = [self.at(x0, y) for y in y_ticks]
        starts = np.array([origin + up, origin, *below, *beside])
        ends = np.array(
            [origin, origin + across, *(p + _TICK * DOWN for p in below), *(p + _TICK * LEFT for p in beside)]
        )
        return _lines(pieces(starts, ends), HAIR, 1.0)

    def _drawn_grid(self, x_ticks: list[float], y_ticks: list[float]) -> VMobject:
        (x0, y0), (x1, y1) = self.limits
        starts = [self.at(x, y0) for x in x_ticks if x != x0] + [self.at(x0, y) for y in y_ticks if y != y0]
        ends = [self.at(x, y1) for x in x_ticks if x != x0] + [self.at(x1, y) for y in y_ticks if y != y0]
        return _lines(pieces(np.array(starts).reshape(-1, 3), np.array(ends).reshape(-1, 3)), HAIR, 0.35)

    def _drawn_numbers(self, ticks: list[list[float]], texts: list[list[str]], size: float) -> VGroup:
        (x0, y0), _ = self.limits
        numbers = VGroup()
        places = self.at(np.array(ticks[0]), y0), self.at(x0, np.array(ticks[1]))
        for spots, names, side in zip(places, texts, (DOWN, LEFT), strict=True):
            for place, text in zip(spots, names, strict=True):
                if text:
                    number = words.tick(text, size=size)
                    numbers.add(number.next_to(place + _TICK * side, side, buff=_GAP / 2))
        return numbers

    def _drawn_names(self, x_label: str, y_label: str, size: float) -> VGroup:
        """The y name stands on top of its axis, level: turned words are slow to read."""
        names = VGroup()
        origin, across, up = self._sides()
        if x_label:
            name = words.label(x_label, ink.quiet, size)
            name.next_to(VGroup(self.frame, self.numbers), DOWN, buff=_GAP).set_x((origin + across / 2)[0])
            names.add(name)
        if y_label:
            name = words.label(y_label, ink.quiet, size)
            names.add(
                name.next_to(origin + up, UP, buff=_GAP * 1.5).align_to(
                    VGroup(self.frame, self.numbers), LEFT
                )
            )
        return names


def _lines(points: Floats, width: float, opacity: float) -> VMobject:
    lines = VMobject(stroke_color=ink.faint, stroke_width=width, stroke_opacity=opacity)
    lines.points = points
    return lines
