"""A beam with weights on it, which tilts about a support until that stands at their mean."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import Cloud
from scenes.kit.noun import LINE, Mark, OnPlane
from scenes.kit.path import Floats, chain, loop

_TILT: Final = 0.045
"""Radians a unit of distance between mean and support."""
_FOOT: Final = 0.5
"""Height of the support, in data units."""


class BalanceBeam(OnPlane, VGroup):
    """``values`` (n,) as equal weights on a beam between ``ends`` on ``plane``, at height 0; equals are stacked.

    The units of the values are those of x.  Its parts are ``plank``, ``support`` and ``weights``.  It stands on the
    mean at first; :meth:`redraw` sets the support somewhere else.  The beam is level where that is the mean, since
    there the distances to both sides are of one sum, and tilts the more, the farther away it is::

        self.play(glide(beam.redraw, 4.0, 2.0))

    Raises ``ValueError`` without values, and for ends that do not rise.
    """

    def __init__(
        self,
        plane: Coordinates,
        values: npt.ArrayLike,
        ends: tuple[float, float],
        color: ManimColor = ink.first,
        support: ManimColor = ink.focus,
        radius: float = 0.2,
    ) -> None:
        super().__init__()
        if not np.size(values):
            raise ValueError("a beam needs a weight")
        if not ends[0] < ends[1]:
            raise ValueError(f"the ends of a beam have to rise, not {ends}")
        self.plane = plane
        self.values: Floats = np.asarray(values, dtype=float)
        self.ends = ends
        unit = float(np.linalg.norm(plane.at(1, 0) - plane.at(0, 0)))
        self._size = radius / unit
        self._rank = np.array([np.sum(self.values[:i] == each) for i, each in enumerate(self.values)])
        self.plank = Mark(plane, color=ink.chalk, width=2 * LINE)
        self.support = Mark(plane, color=support, fill=1.0)
        self.weights = Cloud(plane, np.zeros((0, 2)), color, radius, 1.0)
        self.add(self.support, self.plank, self.weights)
        self.redraw(float(self.values.mean()))

    def redraw(self, support: float, lifted: float = 0.0) -> Self:
        """Stand on ``support``, a value, with the weights ``lifted`` by data units."""
        angle = -_TILT * (float(self.values.mean()) - support)
        up = (2 * self._rank + 1) * self._size + 0.06 + lifted
        self.weights.redraw(self._turned(np.column_stack([self.values, up]), support, angle))
        ends = self._turned(np.array([[self.ends[0], 0.0], [self.ends[1], 0.0]]), support, angle)
        self.plank.draw(chain(self.plane.at(ends)))
        foot = np.array([[support, 0.0], [support + 0.36, -_FOOT], [support - 0.36, -_FOOT]])
        self.support.draw(loop(self.plane.at(foot)))
        return self

    def _turned(self, points: Floats, support: float, angle: float) -> Floats:
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        middle = np.array([support, 0.0])
        return np.asarray(middle + (points - middle) @ turn)
