"""A landscape: a function of two parameters as land, such as a loss, whose ground is seen as far as a light reaches.

Contour lines lie at their heights and fade with the distance from the middle of the light.  When the light widens, the
fog lifts; seen from above, the same ground is a map.  Nouns of a space stand on it, such as a
:class:`scenes.kit.walker.SolidWalker`::

    land = Landscape(plane, (-1, 8), loss, height=4.2)
    ground = land.ground(levels, middle=start, radius=0.5)
    ball = SolidWalker(land, descend(start, rate), land.over)
    self.play(land.drive(lambda t: ground.redraw(radius=0.5 + 8 * t)))   # the fog lifts
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, color_gradient

from scenes.kit import contour, ink
from scenes.kit.axis import Range
from scenes.kit.noun import THIN, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, loop, pieces
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.space import Space
from scenes.kit.view import Ranks

DISCS: Final = 11
"""Discs that lie one in the other; together they are the light's glow."""
RINGS: Final = 12
"""Steps in which lines fade."""
GLOW: Final = 0.3
"""Opacity in the middle of the light."""
FINE: Final = (121, 161)
"""Samples (ny, nx) of which contour lines are found."""
LOW: Final = ink.truth
"""Contour lines in the deep."""
HIGH: Final = ink.quiet
"""Contour lines on the heights."""

Heights = Callable[[Floats], Floats]
"""Heights (...) of points (..., 2)."""


class Landscape(Space):
    """A space over ``plane`` whose ground is ``heights``, a function of points (..., 2) in data units.

    ``z`` are the limits of the heights that are shown, in data units; what lies above the upper one is left out.
    ``height`` is how far apart they are in scene units.  Raises ``ValueError`` for an empty range of heights.
    """

    plane: Plane

    def __init__(self, plane: Plane, z: Range, heights: Heights, height: float = 3.0) -> None:
        super().__init__(plane, z, height)
        self.heights = heights

    def over(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Floats:
        """Heights as the nouns of a space want them: of x and y."""
        return self.heights(np.stack(np.broadcast_arrays(x, y), axis=-1))

    def raised(self, points: npt.ArrayLike) -> Floats:
        """Points (n, 3) on the ground over ``points`` (n, 2)."""
        flat = np.atleast_2d(np.asarray(points, dtype=float))
        return np.column_stack([flat, self.heights(flat)])

    def ground(self, levels: npt.ArrayLike, middle: npt.ArrayLike, radius: float) -> Ground:
        """The ground with contour lines at ``levels``, lit around ``middle`` (2,) as far as ``radius`` (data units).

        Raises ``ValueError`` where no level is met on the plane, and for a radius that is not positive.
        """
        return self._keep(Ground(self, levels)).redraw(middle, radius)


class Ground(OnPlane, VGroup):
    """What is lit of a ``land``: a ``glow``, and the contour ``lines`` at ``levels``, coloured from low to high.

    It is made by :meth:`Landscape.ground`.  The glow ends at 1.15 radii; a line is half as bright about half a radius
    from the middle.
    """

    is_one: Final = True

    def __init__(self, land: Landscape, levels: npt.ArrayLike) -> None:
        super().__init__()
        self.plane = land.plane
        self.view = land
        self.middle: Floats = np.zeros(2)
        self.radius = 1.0
        each = np.atleast_1d(np.asarray(levels, dtype=float))
        values = land.heights(self.plane.mesh(FINE[1], FINE[0]))
        (low_x, low_y), (high_x, high_y) = self.plane.limits
        scale = np.array([high_x - low_x, high_y - low_y]) / [FINE[1] - 1, FINE[0] - 1]
        starts, ends, kinds = [], [], []
        for number, level in enumerate(each):
            for path in contour.contours(values, float(level)):
                way = np.array([low_x, low_y]) + path * scale
                way = np.column_stack([way, np.full(len(way), level)])
                starts.append(way[:-1])
                ends.append(way[1:])
                kinds.append(np.full(len(way) - 1, number))
        if not starts:
            raise ValueError(f"no contour line of the {len(each)} levels lies on the plane")
        self.starts, self.ends = np.concatenate(starts), np.concatenate(ends)
        self.kinds = np.concatenate(kinds)
        self.shades = 4
        """Colours of lines, from low to high."""
        self.shade = np.minimum(self.kinds * self.shades // len(each), self.shades - 1)
        self.glow = VGroup(*(Mark(self.plane, color=ink.quiet, fill=GLOW / DISCS) for _ in range(DISCS)))
        self.lines = VGroup(
            *(
                Mark(self.plane, color=shade, width=THIN)
                for shade in color_gradient((LOW, HIGH), self.shades)
                for _ in range(RINGS)
            )
        )
        self.add(backdrop(self.glow), self.lines)

    def redraw(self, middle: npt.ArrayLike | None = None, radius: float | None = None) -> Self:
        """Be lit around ``middle`` (2,) as far as ``radius``, both in data units.

        Raises ``ValueError`` for a radius that is not positive.
        """
        if middle is not None:
            self.middle = np.asarray(middle, dtype=float)
        if radius is not None:
            if radius <= 0:
                raise ValueError(f"light reaches some way; its radius cannot be {radius:g}")
            self.radius = float(radius)
        self.project()
        self.view.arrange()
        return self

    def project(self) -> None:
        """Draw glow and lines as seen now."""
        (low, high), top = self.plane.limits, self.view.z[1]
        turn = np.linspace(0, 2 * np.pi, 73)[:-1]
        round_ = np.column_stack([np.cos(turn), np.sin(turn)])
        for number, disc in enumerate(self.glow):
            share = (number + 1) / DISCS
            rim = np.clip(self.middle + 1.15 * self.radius * share * round_, low, high)
            raised = self.view.raised(rim)
            raised[:, 2] = np.minimum(raised[:, 2], top)
            disc.points = loop(self.view.at(raised))
        middles = (self.starts + self.ends)[:, :2] / 2
        far = np.linalg.norm(middles - self.middle, axis=1) / self.radius
        ring = np.floor(far * RINGS / 1.5).astype(int)
        seen = (self.starts[:, 2] * self.view.lift <= top) & (ring < RINGS)  # from above, all is seen
        begins, stops = self.view.at(self.starts), self.view.at(self.ends)
        for number, mark in enumerate(self.lines):
            shade, band = divmod(number, RINGS)
            chosen = seen & (self.shade == shade) & (ring == band)
            mark.points = pieces(begins[chosen], stops[chosen]) if chosen.any() else EMPTY
            mark.set_stroke(opacity=float(np.exp(-2.2 * ((band + 0.5) / RINGS * 1.5) ** 2)))

    def ranks(self) -> Ranks:
        """Glow under lines, both under what stands on the ground."""
        paths = [*self.glow, *self.lines]
        return [(0.0, -1e3 + number, path) for number, path in enumerate(paths)]


class Pointer(Mark):
    """An arrow between two scene points, such as the slope at a place of a lifted landscape.

    Its shaft is ``half`` scene units wide to either side.  It is empty until it is redrawn.
    """

    def __init__(self, plane: Plane, color: ManimColor, half: float = 0.07) -> None:
        super().__init__(plane, color=color, fill=1.0)
        self.half = half

    def redraw(self, start: npt.ArrayLike, end: npt.ArrayLike) -> Self:
        """Run from ``start`` to ``end``, both (3,), in scene units; without length nothing is drawn."""
        return self.draw(pointed(start, end, self.half))


def pointed(start: npt.ArrayLike, end: npt.ArrayLike, half: float) -> Floats:
    """Points of a path round an arrow between two scene points (3,); its shaft is ``half`` wide to either side.

    The tip keeps its size, and shrinks with an arrow that is shorter; without length the path is empty.
    """
    begin, stop = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    way = stop - begin
    length = float(np.linalg.norm(way))
    if length < 1e-6:
        return EMPTY
    ahead = way / length
    aside = np.array([-ahead[1], ahead[0], 0.0])
    tip = min(6 * half, 0.7 * length)
    neck = stop - tip * ahead
    shaft, barb = half * aside, 0.5 * tip * aside
    return loop(
        np.array([begin + shaft, neck + shaft, neck + barb, stop, neck - barb, neck - shaft, begin - shaft])
    )
