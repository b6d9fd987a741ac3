"""Linear scores of several classes as planes over a map: each lies in front of what it hides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final, Self

import numpy as np
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.dot import Dots
from scenes.kit.noun import HAIR, LINE, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, loop, pieces
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.maths.multiclass import regions
from scenes.maths.multiclass.schemes import Lines

_SECTORS: Final = 8
"""Cells of the map at most, between the lines in which planes meet."""
_VEIL: Final = 0.24
"""Opacity of a plane above the floor through which others are seen."""
_FULL: Final = 0.62
"""Of the highest one, once it hides the others."""
_FLOOR: Final = 0.12
_FALL: Final = 1.2
_REACH: Final = 9.0
"""Height to which a needle goes, and depth, in units of the scores."""

Pose = tuple[float, float, float, float, float]
"""Tilt and turn (radians), lift, zoom, and how much the highest plane hides the others (0 to 1)."""


class Planes(OnPlane, VGroup):
    """Heights w·x + b of ``lines`` over the floor of ``plane``, in ``colors``; under the floor where they are negative.

    ``dots`` lie on the floor.  ``unit`` is the scene units of a height of one.  Flat (lift 0, seen from above) a plane
    is the curtain of its line.
    """

    def __init__(
        self, plane: Plane, lines: Lines, colors: Sequence[ManimColor], dots: Dots, unit: float = 0.3
    ) -> None:
        super().__init__()
        self.plane = plane
        self.space = Space(plane, (0.0, 1.0), unit)
        self.colors = list(colors)
        count = _SECTORS * len(self.colors)
        self.under, self.over = (
            VGroup(*(Mark(plane, color=ink.chalk, fill=1.0) for _ in range(count))) for _ in range(2)
        )
        self.floor = Mark(plane, color=ink.faint, width=HAIR, fill=_FLOOR)
        self.dots = dots
        dots.set_z_index(0)
        self.spots: Floats = dots.values
        self.size: Floats = dots.radii
        self.edges = VGroup(*(Mark(plane, color=color, width=1.5 * LINE) for color in self.colors))
        self.needle = Mark(plane, color=ink.chalk, width=1.2 * LINE)
        self.beads = Dots(plane, np.zeros((len(self.colors), 2)), self.colors, radius=0.001)
        self.place: Floats = np.zeros(2)
        self.reach = 0.0
        self.pose: Pose = (0.0, 0.0, 0.0, 1.0, 0.0)
        self.lines = lines
        self.add(self.under, self.floor, self.dots, self.edges, self.over, self.needle, self.beads)
        self.look(*self.pose)

    def look(self, tilt: float, turn: float, lift: float, zoom: float, solid: float) -> Self:
        """Be seen from elsewhere; ``solid`` says how much the highest plane hides the others."""
        self.pose = (tilt, turn, lift, zoom, solid)
        self.space.look(tilt=tilt, turn=turn, lift=lift, zoom=zoom)
        return self._draw()

    def redraw(self, weights: Floats, offsets: Floats) -> Self:
        """Take on other planes, ``weights`` (k, 2) and ``offsets`` (k,)."""
        self.lines = Lines(weights, offsets)
        return self._draw()

    def stab(self, x: float, y: float, reach: float) -> Self:
        """Let the needle stand at a place of the map, through ``reach`` (0 to 1) of its length, with beads."""
        self.place, self.reach = np.array([x, y]), reach
        return self._draw()

    def bead(self, number: int) -> Floats:
        """Scene point (3,) at which the needle meets a plane."""
        height = self.lines.scores(self.place[None])[0, number]
        return np.asarray(self._at(np.array([[*self.place, height]]))[0])

    def _at(self, points: Floats) -> Floats:
        """Scene points (n, 3), lower as the planes rise, so that they stay in the middle of the picture."""
        fall = _FALL * self.space.lift * np.sin(self.space.tilt)
        return np.asarray(self.space.at(points) - [0.0, fall, 0.0])

    def _draw(self) -> Self:
        plane, zoom = self.plane, self.space.zoom
        corners = plane.corners
        self.floor.draw(loop(self._at(np.column_stack([corners, np.zeros(4)]))))
        self.floor.set_fill(opacity=_FLOOR * (1 - self.pose[4]))  # a map from above has no floor
        centres = self._at(np.column_stack([self.spots, np.zeros(len(self.spots))]))
        self.dots.put(centres, self.size * zoom)
        for group, sign in ((self.under, -1.0), (self.over, 1.0)):
            found = self._pieces(sign)
            for number, mark in enumerate(group):
                if number >= len(found):
                    mark.draw(EMPTY)
                    continue
                path, color, fill = found[number]
                mark.set_fill(color, opacity=fill)
                mark.draw(loop(path))
        for number, edge in enumerate(self.edges):
            edge.draw(self._edge(number))
            edge.set_stroke(opacity=1 - 0.8 * self.pose[4])
        heights = self.lines.scores(self.place[None])[0]
        ends = np.array([[*self.place, -_REACH], [*self.place, -_REACH + 2 * _REACH * self.reach]])
        low, high = self._at(ends)
        self.needle.draw(pieces(low[None], high[None]) if self.reach > 0 else EMPTY)
        shown = np.abs(heights) < _REACH
        beads = self._at(np.column_stack([np.tile(self.place, (len(heights), 1)), heights]))
        self.beads.put(beads, np.where(shown, 0.17 * self.reach, 1e-3))
        return self

    def _edge(self, number: int) -> Floats:
        weights, offset = self.lines.weights[number], float(self.lines.offsets[number])
        if not weights.any():
            return EMPTY
        ends = self.plane.crossing(weights, offset)
        if len(ends) < 2:
            return EMPTY
        begin, stop = self._at(np.column_stack([ends, np.zeros(2)]))
        return pieces(begin[None], stop[None])

    def _pieces(self, sign: float) -> list[tuple[Floats, ManimColor, float]]:
        """Outlines (n, 3) on the scene of what lies above (1) or under (−1) the floor, hindmost first."""
        weights, offsets = self.lines.weights, self.lines.offsets
        solid = self.pose[4]
        both = list(combinations(range(len(offsets)), 2))
        sectors = regions.cells(
            np.array([weights[one] - weights[other] for one, other in both]),
            np.array([offsets[one] - offsets[other] for one, other in both]),
            self.plane.corners,
        )
        middles = np.array([each.corners.mean(axis=0) for each in sectors])
        depth = self.space.seen(self.space.solid(np.column_stack([middles, np.zeros(len(middles))])))[1]
        found = []
        for at in np.argsort(depth):
            order = np.argsort(self.lines.scores(middles[at][None])[0])
            for rank, own in enumerate(order):
                part = regions.part(sectors[at].corners, sign * weights[own], sign * float(offsets[own]))
                if len(part) < 3:
                    continue
                highest = rank == len(order) - 1
                full = _FULL * highest
                veil = _VEIL * (sign > 0)
                outline = self._at(np.column_stack([part, part @ weights[own] + offsets[own]]))
                found.append((outline, self.colors[own], veil + solid * (full - veil)))
        return found[: len(self.under)]
