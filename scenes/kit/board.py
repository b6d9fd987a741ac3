"""A board: a grid world seen from above, with its values, its policy, and an agent that walks on it.

A board is a plane of one unit a tile, so that whatever a plane can draw (dots, fields, arrows) lies on it too.  Tiles
are named by (row, column) from the upper left; moves are counted north, east, south, west::

    board = Board(("..G", ".#.", "S.P"))
    light = board.lights(tiles).redraw(values)
    courier = board.courier(way)
    self.play(drive(lambda t: courier.walk(t * 12), courier))
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.dot import Dots
from scenes.kit.noun import HAIR, LINE, THIN, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, loop, loops, pieces
from scenes.kit.plane import Plane

MOVES: Final = np.array([(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)])
"""North, east, south, west, as ways across and up."""
TURNS: Final = np.pi / 2 * np.array([1.0, 0.0, -1.0, 2.0])
"""The same as angles in radians, from the east, counter-clockwise."""
_SEAM: Final = 0.03
"""Share of a tile that a light leaves free at each of its sides."""
_COURIER: Final = 0.17
"""Radius of a courier, in tiles."""
_LEAST: Final = 0.004
"""Opacity below which a light is not drawn at all."""


class Board(Plane):
    """The grid world drawn by ``rows``: ``#`` a wall, ``G`` a flag, ``P`` a pit, anything else an open tile.

    It is as large as ``width`` and ``height`` allow with square tiles.  Raises ``ValueError`` for rows of unequal
    length, or none.
    """

    def __init__(self, rows: Sequence[str], width: float = 8.2, height: float = 5.6) -> None:
        if len({len(row) for row in rows}) != 1:
            raise ValueError("a board needs rows, all of one length")
        super().__init__((0, len(rows[0])), (0, len(rows)), width, height, x_ticks=(), y_ticks=(), equal=True)
        self.remove(self.frame, self.grid, self.numbers, self.names)
        self.rows = tuple(rows)
        self.walls = Mark(self, color=ink.faint, fill=0.55).draw(self._squares("#", 0.0))
        self.lines = Mark(self, color=ink.faint, width=HAIR, opacity=0.8).draw(self._squares("", 0.0))
        self.flag, self.pit = self._drawn_flag(), self._drawn_pit()
        self.add(self.walls, self.lines, self.pit, self.flag)

    @property
    def unit(self) -> float:
        """Width of a tile now, in scene units."""
        return float(np.linalg.norm(self._sides()[1])) / len(self.rows[0])

    def spot(self, tiles: npt.ArrayLike) -> Floats:
        """Data units (..., 2) of the middles of ``tiles`` (..., 2), rows and columns; fractions lie between."""
        where = np.asarray(tiles, dtype=float)
        return np.stack([where[..., 1] + 0.5, len(self.rows) - 0.5 - where[..., 0]], axis=-1)

    def middle(self, tiles: npt.ArrayLike) -> Floats:
        """Scene points (..., 3) of the middles of ``tiles`` (..., 2)."""
        return self.at(self.spot(tiles))

    # What lies on it

    def lights(self, tiles: npt.ArrayLike, full: float = 0.5) -> Lights:
        """A square light on each of ``tiles`` (n, 2), dark until it is redrawn; ``full`` is its largest opacity."""
        middles = self.spot(tiles)
        half = 0.5 - _SEAM
        square = half * np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
        return Lights(self, middles[:, None] + square, full)

    def wedges(self, tiles: npt.ArrayLike, full: float = 0.95) -> Lights:
        """Four triangular lights on each of ``tiles`` (n, 2), one for each move, dark until values (n, 4) come."""
        half, tip = 0.5 - _SEAM, 0.03
        corners = [
            (tip * way, half * way + (half - 2 * tip) * side, half * way - (half - 2 * tip) * side)
            for way, side in zip(MOVES, MOVES[[1, 2, 3, 0]], strict=True)
        ]
        outlines = self.spot(tiles)[:, None, None] + np.array(corners)
        return Lights(self, outlines.reshape(-1, 3, 2), full, rim=0.4)

    def compass(self, tiles: npt.ArrayLike, color: ManimColor = ink.chalk) -> Compass:
        """An arrow on each of ``tiles`` (n, 2), of no length until it is redrawn."""
        return Compass(self, self.spot(tiles), color)

    def fans(self, tiles: npt.ArrayLike, color: ManimColor = ink.fourth, *, outlined: bool = False) -> Fans:
        """Four sectors on each of ``tiles`` (n, 2), one for each move, empty until chances (n, 4) come."""
        return Fans(self, self.spot(tiles), color, outlined)

    def figures(self, tiles: npt.ArrayLike, decimals: int = 2) -> Figures:
        """A number on each of ``tiles`` (n, 2), unseen until :meth:`Figures.shade` shows it."""
        return Figures(self, self.spot(tiles), decimals)

    def courier(self, way: npt.ArrayLike, color: ManimColor = ink.focus) -> Agent:
        """An agent on the first of the tiles ``way`` (t + 1, 2), which :meth:`Agent.walk` moves along them."""
        return Agent(self, way, color)

    def thread(self, way: npt.ArrayLike, color: ManimColor = ink.focus) -> Thread:
        """The way over the tiles ``way`` (t + 1, 2) as a line, of no length until :meth:`Thread.reach`."""
        return Thread(self, way, color)

    def edge(self, tiles: npt.ArrayLike, color: ManimColor = ink.focus, width: float = LINE) -> Edge:
        """A square around each of ``tiles`` (n, 2)."""
        return Edge(self, color=color, width=width).redraw(tiles)

    # How the board itself is drawn

    def _tiles(self, kind: str) -> Floats:
        """Tiles (n, 2) of ``kind``, or all that are no wall."""
        return np.array(
            [
                (r, c)
                for r, row in enumerate(self.rows)
                for c, what in enumerate(row)
                if (what == kind if kind else what != "#")
            ],
            dtype=float,
        ).reshape(-1, 2)

    def _squares(self, kind: str, seam: float) -> Floats:
        square = (0.5 - seam) * np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
        return loops(self.at(self.spot(self._tiles(kind))[:, None] + square))

    def _drawn_flag(self) -> VGroup:
        pole = Mark(self, color=ink.chalk, width=LINE)
        cloth = Mark(self, color=ink.truth, fill=1.0)
        spots = self.spot(self._tiles("G"))
        foot, top = (self.at(spots + np.array([-0.17, end])) for end in (-0.3, 0.32))
        pole.draw(pieces(foot, top))
        cut = np.array([(-0.16, 0.32), (0.27, 0.16), (-0.16, 0.0)])
        cloth.draw(loops(self.at(spots[:, None] + cut)))
        return VGroup(cloth, pole)

    def _drawn_pit(self) -> VGroup:
        pits = VGroup()
        for spot in self.spot(self._tiles("P")):
            for radius, fill in ((0.3, 0.35), (0.19, 0.7)):
                around = np.linspace(0, 2 * np.pi, 40, endpoint=False)
                rim = spot + radius * np.column_stack([np.cos(around), np.sin(around)])
                pits.add(Mark(self, color=ink.negative, width=THIN, fill=fill).draw(loop(self.at(rim))))
        return pits


class Lights(OnPlane, VGroup):
    """Patches that show values: blue above 0 and red below, the brighter the larger.

    ``outlines`` (m, k, 2) are their corners in data units, ``full`` is the opacity at full brightness, ``rim`` that
    of a thin line around each.  They are dark until they are redrawn.
    """

    def __init__(self, plane: Plane, outlines: Floats, full: float, rim: float = 0.0) -> None:
        super().__init__()
        self.plane, self.full = plane, full
        self.values: Floats = np.zeros(len(outlines))
        for outline in outlines:
            patch = VMobject(fill_color=ink.positive, fill_opacity=0.0, stroke_color=ink.faint)
            patch.set_stroke(width=HAIR if rim else 0.0, opacity=rim)
            patch.points = loop(plane.at(outline))
            self.add(patch)

    def redraw(self, values: npt.ArrayLike, largest: float = 1.0) -> Self:
        """Show ``values`` of any shape, as many as there are patches; full brightness from ±``largest`` on.

        Raises ``ValueError`` for another number of values.
        """
        wanted = np.asarray(values, dtype=float).ravel()
        if len(wanted) != len(self.submobjects):
            raise ValueError(f"{len(self.submobjects)} lights cannot show {len(wanted)} values")
        # A root lets small values be seen while large ones still differ.
        shine = self.full * np.minimum(np.abs(wanted) / largest, 1.0) ** 0.7
        shine[shine < _LEAST] = 0.0
        hues = np.array([ink.positive.to_rgb(), ink.negative.to_rgb()])
        for patch, hue, opacity in zip(self.submobjects, hues[(wanted < 0).astype(int)], shine, strict=True):
            patch.fill_rgbas = np.array([[*hue, opacity]])
        self.values = wanted
        return self


class Compass(Mark):
    """Arrows of one style in the middles of tiles, each turned by its own angle."""

    def __init__(self, plane: Plane, spots: Floats, color: ManimColor) -> None:
        super().__init__(plane, color=color, fill=1.0)
        self.spots = spots

    def redraw(self, angles: npt.ArrayLike, sizes: npt.ArrayLike = 1.0) -> Self:
        """Point along ``angles`` (n,), in radians from the east, counter-clockwise, as long as ``sizes`` (0 to 1)."""
        turn = np.asarray(angles, dtype=float)
        size = np.broadcast_to(np.asarray(sizes, dtype=float), turn.shape)
        seen = size > 1e-3
        if not seen.any():
            return self.draw(EMPTY)
        ahead = np.stack([np.cos(turn), np.sin(turn)], axis=1)[seen, None] * size[seen, None, None]
        aside = ahead[..., ::-1] * (-1.0, 1.0)
        outline = self.spots[seen, None] + _ARROW[:, :1] * ahead + _ARROW[:, 1:] * aside
        return self.draw(loops(self.plane.at(outline)))


_ARROW: Final = np.array(
    [
        (-0.27, 0.035),
        (0.07, 0.035),
        (0.07, 0.125),
        (0.29, 0.0),
        (0.07, -0.125),
        (0.07, -0.035),
        (-0.27, -0.035),
    ]
)
"""Outline of an arrow to the east: along and across, in tiles."""


def turned(old: npt.ArrayLike, new: npt.ArrayLike, share: float) -> Floats:
    """Angles (n,) in radians, ``share`` (0 to 1) of the way from ``old`` to ``new`` (n,), each by the shorter turn."""
    begin = np.asarray(old, dtype=float)
    way = np.asarray(new, dtype=float) - begin
    return np.asarray(begin + share * ((way + np.pi) % (2 * np.pi) - np.pi))


class Fans(Mark):
    """Four sectors a tile, whose areas are the chances of the four moves: one path for all."""

    def __init__(self, plane: Plane, spots: Floats, color: ManimColor, outlined: bool) -> None:
        super().__init__(plane, color=color, width=THIN if outlined else 0.0, fill=0.0 if outlined else 0.9)
        self.spots = spots
        angles = TURNS[:, None] + np.radians(np.linspace(-42, 42, 9))
        rim = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        self._sector = np.concatenate([np.zeros((4, 1, 2)), rim], axis=1)

    def redraw(self, chances: npt.ArrayLike) -> Self:
        """Show ``chances`` (n, 4) from 0 to 1, moves in the order of :data:`MOVES`."""
        reach = 0.46 * np.sqrt(np.asarray(chances, dtype=float))
        outline = self.spots[:, None, None] + reach[..., None, None] * self._sector
        return self.draw(loops(self.plane.at(outline[reach > 0.01])))


class Figures(OnPlane, VGroup):
    """A number in the middle of each tile."""

    def __init__(self, plane: Plane, spots: Floats, decimals: int) -> None:
        super().__init__()
        self.plane = plane
        self.values: Floats = np.zeros(len(spots))
        for row, spot in enumerate(spots):
            number = words.Readout(partial(self._value, row), decimals, size=ink.LABEL)
            self.add(number.freeze().move_to(plane.at(spot)))
        self.shade(0.0)

    def _value(self, row: int) -> float:
        return float(self.values[row])

    def redraw(self, values: npt.ArrayLike) -> Self:
        """Show ``values`` (n,)."""
        self.values[:] = values
        for number in self.submobjects:
            number.refresh()
        return self

    def shade(self, opacity: npt.ArrayLike) -> Self:
        """Take on ``opacity`` (0 to 1), one or (n,)."""
        for number, share in zip(
            self.submobjects, np.broadcast_to(opacity, (len(self.submobjects),)), strict=True
        ):
            number.set_fill(opacity=float(share))
        return self


class Agent(Dots):
    """A disc that hops along the tiles of ``way`` (t + 1, 2), rows and columns."""

    def __init__(self, plane: Board, way: npt.ArrayLike, color: ManimColor) -> None:
        self.way: Floats = np.asarray(way, dtype=float)
        super().__init__(plane, plane.spot(self.way[:1]), color, radius=_COURIER * plane.unit)
        self.board = plane

    def take(self, way: npt.ArrayLike) -> Self:
        """Stand on the first of the tiles of another ``way`` (t + 1, 2), along which it walks from now on."""
        self.way = np.asarray(way, dtype=float)
        return self.walk(0.0)

    def walk(self, steps: float) -> Self:
        """Stand where the first ``steps`` moves of the way lead; with a fraction, in the middle of a hop.

        A move that does not leave its tile is a hop on the spot.
        """
        here = min(int(steps), max(len(self.way) - 2, 0))
        share = min(max(steps - here, 0.0), 1.0) if len(self.way) > 1 else 0.0
        there = self.way[min(here + 1, len(self.way) - 1)]
        spot = self.board.spot((1 - share) * self.way[here] + share * there)
        return self.redraw([spot + np.array([0.0, 0.16 * np.sin(np.pi * share)])])


class Thread(Mark):
    """A way over tiles as a thin line.

    It passes each tile a little beside the middle, elsewhere each time, so that no pass hides another.
    """

    def __init__(self, plane: Board, way: npt.ArrayLike, color: ManimColor) -> None:
        super().__init__(plane, color=color, width=HAIR, opacity=0.55)
        self.board = plane
        self.redraw(way)

    def redraw(self, way: npt.ArrayLike, steps: float = 0.0) -> Self:
        """Run over the tiles of ``way`` (t + 1, 2), drawn as far as the first ``steps`` moves."""
        # Multiples of two irrationals fill the square evenly (Roberts 2018).
        count = np.arange(len(np.asarray(way)))[:, None]
        astray = (count * (0.7548776662, 0.5698402910) + 0.5) % 1 - 0.5
        self.spots: Floats = self.board.spot(way) + 0.55 * astray
        return self.reach(steps)

    def reach(self, steps: float) -> Self:
        """Draw the first ``steps`` moves of the way; with a fraction, the last of them in part."""
        whole = int(np.clip(steps, 0, len(self.spots) - 1))
        drawn = self.spots[: whole + 1]
        if whole < min(steps, len(self.spots) - 1):
            part = (1 - (steps - whole)) * self.spots[whole] + (steps - whole) * self.spots[whole + 1]
            drawn = np.concatenate([drawn, part[None]])
        seen = self.plane.at(drawn)
        return self.draw(pieces(seen[:-1], seen[1:]))


class Edge(Mark):
    """Squares around tiles, one path for all."""

    plane: Board

    def redraw(self, tiles: npt.ArrayLike) -> Self:
        """Lie around ``tiles`` (n, 2), or one (2,)."""
        square = (0.5 - _SEAM) * np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
        around = self.plane.spot(np.atleast_2d(np.asarray(tiles, dtype=float)))
        return self.draw(loops(self.plane.at(around[:, None] + square)))
