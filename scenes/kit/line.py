"""Lines and areas on a plane: straight lines, curves, ribbons, stems, arrows, polygons and balls."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import UP, LineJointType, ManimColor

from scenes.kit import contour as level_set
from scenes.kit import ink, words
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import LINE, THIN, Mark
from scenes.kit.path import EMPTY, Floats, chain, clip_pieces, dashes, loop, loops, pieces

_TIP: Final = np.array([0.26, 0.11])
"""Length and half width of an arrow's tip in scene units."""


class StraightLine(Mark):
    """The set w·x + b = level, clipped to the plane's box."""

    def __init__(
        self, plane: Coordinates, color: ManimColor = ink.chalk, width: float = LINE, dashed: bool = False
    ) -> None:
        super().__init__(plane, color=color, width=width)
        self.dashed = dashed

    def redraw(self, w: npt.ArrayLike, b: float, level: float = 0.0) -> Self:
        """Lie where w·x + b = level, with w (2,) and x in data units; empty where that misses the box."""
        ends = self.plane.at(self.plane.crossing(w, b, level))
        return self.draw((dashes if self.dashed else chain)(ends) if len(ends) else EMPTY)


class Segments(Mark):
    """Any number of straight segments of one style."""

    def __init__(
        self, plane: Coordinates, color: ManimColor = ink.chalk, width: float = THIN, dashed: bool = False
    ) -> None:
        super().__init__(plane, color=color, width=width)
        self.dashed = dashed

    def redraw(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> Self:
        """Run from ``starts`` to ``ends``, each (n, 2) or (2,) in data units; n may change."""
        begin = self.plane.at(np.atleast_2d(np.asarray(starts, dtype=float)))
        stop = self.plane.at(np.atleast_2d(np.asarray(ends, dtype=float)))
        return self.draw(_straight(begin, stop, dashed=self.dashed))


class Stems(Mark):
    """Any number of upright segments of one style."""

    def __init__(
        self, plane: Coordinates, color: ManimColor = ink.error, width: float = THIN, dashed: bool = False
    ) -> None:
        super().__init__(plane, color=color, width=width)
        self.dashed = dashed

    def redraw(self, xs: npt.ArrayLike, y0: npt.ArrayLike, y1: npt.ArrayLike) -> Self:
        """Stand at ``xs``, from ``y0`` to ``y1``, each one number or (n,) in data units; n may change."""
        across, low, high = np.broadcast_arrays(np.asarray(xs, dtype=float), np.asarray(y0), np.asarray(y1))
        begin, stop = (self.plane.at(np.column_stack([across, end])) for end in (low, high))
        return self.draw(_straight(begin, stop, dashed=self.dashed))


class Curve(Mark):
    """A curve through samples, clipped to the box; it can be shown up to a share of its way."""

    def __init__(
        self, plane: Coordinates, color: ManimColor = ink.chalk, width: float = LINE, dashed: bool = False
    ) -> None:
        super().__init__(plane, color=color, width=width)
        self.joint_type = LineJointType.ROUND
        self.dashed = dashed
        self.samples: Floats = np.zeros((0, 2))

    def redraw(self, xs: npt.ArrayLike, ys: npt.ArrayLike, share: float = 1.0) -> Self:
        """Run through (xs, ys), each (n,) in data units, shown up to ``share`` of the way (see :meth:`reveal`).

        A value that is not finite interrupts the curve.
        """
        self.samples = np.column_stack([np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)])
        return self.reveal(share)

    def reveal(self, share: float) -> Self:
        """Show the first ``share`` (0 to 1) of the samples, the last piece in part."""
        drawn = self._drawn(share)
        starts, ends = drawn[:-1], drawn[1:]
        starts, ends, _ = clip_pieces(starts, ends, *self.plane.limits)
        if not len(starts):
            return self.draw(EMPTY)
        if not self.dashed:
            return self.draw(pieces(self.plane.at(starts), self.plane.at(ends)))
        # Where the curve leaves the box and comes back, its dashes must not bridge the gap.
        breaks = np.flatnonzero((starts[1:] != ends[:-1]).any(1)) + 1
        runs = [
            np.concatenate([begin[:1], stop])
            for begin, stop in zip(np.split(starts, breaks), np.split(ends, breaks), strict=True)
        ]
        return self.draw(np.concatenate([dashes(self.plane.at(run)) for run in runs]))

    def tip(self, share: float = 1.0) -> Floats:
        """Data units (2,) of where the curve ends when shown up to ``share``."""
        tip: Floats = self._drawn(share)[-1]
        return tip

    def y_at(self, x: float) -> float:
        """y of the whole curve above ``x``, in data units, the first time that it comes there.

        Raises ``ValueError`` where it never does.
        """
        across, up = self.samples.T
        meets = np.flatnonzero(
            (np.minimum(across[:-1], across[1:]) <= x) & (x <= np.maximum(across[:-1], across[1:]))
        )
        for first in meets:
            step = across[first + 1] - across[first]
            share = (x - across[first]) / step if step else 0.0
            y = float((1 - share) * up[first] + share * up[first + 1])
            if np.isfinite(y):
                return y
        raise ValueError(
            f"the curve runs from {np.nanmin(across):g} to {np.nanmax(across):g}; it has no value at {x:g}"
        )

    def label(
        self,
        text: str,
        at: float,
        side: npt.ArrayLike = UP,
        color: ManimColor | None = None,
        gap: float = words.GAP,
        size: float = ink.LABEL,
    ) -> words.Words:
        """``text``, in the curve's colour unless told otherwise, beside the point of the whole curve above x = ``at``.

        ``side`` and ``gap`` are those of :meth:`Plane.label`.  Raises ``ValueError`` where the curve does not come.
        """
        point = self.plane.at(at, self.y_at(at))
        return words.caption(point, text, side, color or self.get_color(), gap, size)

    def _drawn(self, share: float) -> Floats:
        reach = min(max(share, 0.0), 1.0) * (len(self.samples) - 1)
        whole = int(reach)
        drawn = self.samples[: whole + 1]
        if whole < reach:
            step = self.samples[whole + 1] - self.samples[whole]
            drawn = np.concatenate([drawn, self.samples[whole : whole + 1] + (reach - whole) * step])
        return drawn


class Area(Mark):
    """The area between two curves over the same xs, clipped to the box."""

    def redraw(self, xs: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike) -> Self:
        """Fill between ``lower`` and ``upper``, each one number or (n,), along ``xs`` (n,), in data units."""
        across, low, high = np.broadcast_arrays(
            np.asarray(xs, dtype=float), np.asarray(lower), np.asarray(upper)
        )
        rim = np.concatenate([np.column_stack([across, low]), np.column_stack([across, high])[::-1]])
        bottom, top = self.plane.limits
        return self.draw(loop(self.plane.at(np.clip(rim, bottom, top))))


class Arrows(Mark):
    """Any number of arrows of one style.  Tips keep their size; an arrow shorter than its tip shrinks it."""

    def __init__(self, plane: Coordinates, color: ManimColor = ink.focus, width: float = LINE) -> None:
        super().__init__(plane, color=color, fill=1.0)
        self.half = width / 200

    def redraw(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> Self:
        """Point from ``starts`` to ``ends``, each (n, 2) or (2,) in data units; n may change."""
        begin = self.plane.at(np.atleast_2d(np.asarray(starts, dtype=float)))
        stop = self.plane.at(np.atleast_2d(np.asarray(ends, dtype=float)))
        return self.draw(loops(_arrow_outlines(begin, stop, self.half)))


class Polygon(Mark):
    """A closed outline through points, such as the hull of a class."""

    def redraw(self, points: npt.ArrayLike) -> Self:
        """Run around ``points`` (n, 2) in data units, in their order."""
        return self.draw(loop(self.plane.at(np.asarray(points, dtype=float))))


class Ball(Mark):
    """All points within a distance of a centre, by the metric L1, L2, L∞ or any Lp between."""

    def redraw(self, center: npt.ArrayLike, radius: float, p: float = 2.0) -> Self:
        """Reach ``radius`` around ``center`` (2,) in data units; ``p`` from 1 (diamond) to inf (square)."""
        rim = np.asarray(center, dtype=float) + radius * unit_circle(p)
        return self.draw(loop(self.plane.at(rim)))


class Contour(Mark):
    """Lines along which a sampled function takes given values."""

    def __init__(
        self,
        plane: Coordinates,
        levels: npt.ArrayLike = 0.0,
        color: ManimColor = ink.chalk,
        width: float = LINE,
        dashed: bool = False,
    ) -> None:
        super().__init__(plane, color=color, width=width)
        self.joint_type = LineJointType.ROUND
        self.dashed = dashed
        self.levels = np.atleast_1d(np.asarray(levels, dtype=float))

    def redraw(self, values: npt.ArrayLike, levels: npt.ArrayLike | None = None) -> Self:
        """Lie where ``values`` (ny, nx) take the levels, which are ``levels`` from now on, if given.

        Values are sampled as :meth:`Coordinates.mesh` does.
        """
        if levels is not None:
            self.levels = np.atleast_1d(np.asarray(levels, dtype=float))
        samples = np.asarray(values, dtype=float)
        draw = dashes if self.dashed else chain
        paths = [
            draw(self.plane.on_grid(path, samples.shape))
            for level in self.levels
            for path in level_set.contours(samples, float(level))
        ]
        return self.draw(np.concatenate(paths) if paths else EMPTY)


def unit_circle(p: float, samples: int = 128) -> Floats:
    """Points (samples, 2) at Lp distance 1 from the origin; a multiple of 8 samples has the corners among them."""
    turn = np.linspace(0.0, 2 * np.pi, samples, endpoint=False)
    way = np.column_stack([np.cos(turn), np.sin(turn)])
    way /= np.abs(way).max(1, keepdims=True)  # powers of what is at most 1 cannot overflow
    circle: Floats = way / np.linalg.norm(way, ord=p, axis=1, keepdims=True)
    return circle


def _straight(starts: Floats, ends: Floats, *, dashed: bool) -> Floats:
    """Segments between scene points, both (n, 3), as Bézier points."""
    if not dashed:
        return pieces(starts, ends)
    drawn = [dashes(np.stack(pair)) for pair in zip(starts, ends, strict=True)]
    return np.concatenate(drawn) if drawn else EMPTY


def _arrow_outlines(starts: Floats, ends: Floats, half: float) -> Floats:
    """Outlines (n, 7, 3) of arrows with shafts of half width ``half``."""
    way = ends - starts
    length = np.linalg.norm(way, axis=1, keepdims=True)
    ahead = np.divide(way, length, out=np.zeros_like(way), where=length > 0)
    aside = ahead[:, [1, 0, 2]] * [-1.0, 1.0, 0.0]
    scale = np.minimum(1.0, length / (1.25 * _TIP[0]))
    neck = ends - scale * _TIP[0] * ahead
    shaft, barb = scale * half * aside, scale * _TIP[1] * aside
    return np.stack(
        [starts + shaft, neck + shaft, neck + barb, ends, neck - barb, neck - shaft, starts - shaft], axis=1
    )
