"""The street: a band between two kerbs with a centre line: straight, along a curve, or along levels of a function."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import LineJointType, ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.contour import contours, regions_below
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import LINE, THIN, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, chain, clip_below, clip_pieces, loop, pieces


class Street(OnPlane, VGroup):
    """A band with two kerbs and a centre line, clipped to the box.

    It can be straight (:meth:`redraw`), run along a curve (:meth:`run_along`) or wind along the levels of any
    function (:meth:`wind`).  To change from one form into another, wind along a mixture of the two functions:

        drive(lambda t: street.wind((1 - t) * straight + t * curved))
    """

    def __init__(self, plane: Coordinates, color: ManimColor = ink.chalk, fill: float = 0.10) -> None:
        super().__init__()
        self.plane = plane
        self.body = Mark(plane, color=color, fill=fill)
        self.lower = Mark(plane, color=color, width=THIN, opacity=0.75)
        self.upper = Mark(plane, color=color, width=THIN, opacity=0.75)
        self.centre = Mark(plane, color=color, width=LINE)
        for line in (self.lower, self.upper, self.centre):
            line.joint_type = LineJointType.ROUND
        self.add(self.body, self.lower, self.upper, self.centre)

    @property
    def kerbs(self) -> VGroup:
        """Both kerbs, to be lit up or faded; they stay parts of the street."""
        return VGroup(self.lower, self.upper)

    def redraw(self, w: npt.ArrayLike, b: float, half: float = 1.0) -> Self:
        """Lie straight: kerbs at w·x + b = ±half, centre at 0, with w (2,) and x in data units."""
        plane = self.plane
        normal = np.asarray(w, dtype=float)
        corners = plane.corners
        part, heights = clip_below(corners, corners @ normal + b, half)
        part, _ = clip_below(part, -heights, half)
        self.body.draw(loop(plane.at(part)) if len(part) else EMPTY)
        for line, level in ((self.lower, -half), (self.upper, half), (self.centre, 0.0)):
            line.draw(chain(plane.at(plane.crossing(normal, b, level))))
        return self

    def run_along(self, xs: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike) -> Self:
        """Run along ``xs`` (n,) between ``lower`` and ``upper`` (n,), centre half-way: a tube."""
        plane = self.plane
        across, low, high = np.broadcast_arrays(
            np.asarray(xs, dtype=float), np.asarray(lower), np.asarray(upper)
        )
        rim = np.concatenate([np.column_stack([across, low]), np.column_stack([across, high])[::-1]])
        self.body.draw(loop(plane.at(np.clip(rim, *plane.limits))))
        for line, ys in ((self.lower, low), (self.upper, high), (self.centre, (low + high) / 2)):
            way = np.column_stack([across, ys])
            starts, ends, _ = clip_pieces(way[:-1], way[1:], *plane.limits)
            line.draw(pieces(plane.at(starts), plane.at(ends)))
        return self

    def wind(self, values: npt.ArrayLike, half: float = 1.0) -> Self:
        """Wind where ``values`` (ny, nx) lie between ±half, sampled as :meth:`Coordinates.mesh` does."""
        plane = self.plane
        samples = np.asarray(values, dtype=float)
        rims = regions_below(samples, half) + [rim[::-1] for rim in regions_below(samples, -half)]
        self.body.draw(_joined([chain(plane.on_grid(rim, samples.shape)) for rim in rims]))
        for line, level in ((self.lower, -half), (self.upper, half), (self.centre, 0.0)):
            line.draw(_joined([chain(plane.on_grid(way, samples.shape)) for way in contours(samples, level)]))
        return self


def _joined(paths: list[Floats]) -> Floats:
    return np.concatenate(paths) if paths else EMPTY
