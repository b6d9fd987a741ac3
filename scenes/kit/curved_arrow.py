"""A curved arrow: from one thing to another, bowed so that it does not run through what lies between."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import LineJointType, ManimColor, VMobject

from scenes.kit import ink
from scenes.kit.noun import LINE
from scenes.kit.path import chain

_STEPS: Final = 25
"""Points of a bowed line."""
_HEAD: Final = 0.24
"""Scene units of an arrow's head."""


class CurvedArrow(VMobject):
    """An arrow from ``start`` to ``end`` (3,), scene points, bowed by ``bow`` scene units to its left.

    Without a bow it is straight; a negative one bows to the right.  On a plane, in data units, arrows are
    :class:`scenes.kit.line.Arrows`.  Raises ``ValueError`` where both ends are one point.
    """

    def __init__(
        self,
        start: npt.ArrayLike,
        end: npt.ArrayLike,
        bow: float = 0.0,
        color: ManimColor = ink.focus,
        width: float = LINE,
    ) -> None:
        super().__init__(stroke_color=color, stroke_width=width)
        self.joint_type = LineJointType.ROUND
        self.redraw(start, end, bow)

    def redraw(self, start: npt.ArrayLike, end: npt.ArrayLike, bow: float = 0.0) -> Self:
        """Go from and to other points."""
        begin, stop = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
        way = stop - begin
        length = float(np.linalg.norm(way))
        if not length > 0:
            raise ValueError("an arrow that ends where it starts has no direction")
        left = np.array([-way[1], way[0], 0.0]) / length
        middle = (begin + stop) / 2 + 2 * bow * left
        share = np.linspace(0.0, 1.0, _STEPS)[:, None]
        points = (1 - share) ** 2 * begin + 2 * share * (1 - share) * middle + share**2 * stop
        toward = stop - middle
        toward = toward / float(np.linalg.norm(toward))
        side = np.array([-toward[1], toward[0], 0.0])
        head = min(_HEAD, 0.6 * length)
        tail = stop - head * toward
        wings = np.array([tail + 0.45 * head * side, stop, tail - 0.45 * head * side])
        self.points = np.concatenate([chain(points), chain(wings)])
        return self
