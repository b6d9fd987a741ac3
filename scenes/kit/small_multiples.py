"""Small multiples: many small planes of one look, the panes, in a grid."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import RIGHT, UP, VGroup

from scenes.kit import ink
from scenes.kit.axis import Range
from scenes.kit.field import Field
from scenes.kit.line import Polygon
from scenes.kit.noun import HAIR
from scenes.kit.plane import Plane


class SmallMultiples(VGroup):
    """``rows`` × ``columns`` planes over the same ``x`` and ``y``, numbered in reading order.

    Together they are ``width`` × ``height`` scene units, ``gap`` apart.  They have frames but neither ticks nor
    names; ``how`` is handed on to :class:`Plane`.  ``panes.planes[3]`` is a plane like any
    other: whatever is drawn on it is added to the stage.  Raises ``ValueError`` for a grid without room for its panes.
    """

    def __init__(
        self,
        rows: int,
        columns: int,
        x: Range,
        y: Range,
        width: float,
        height: float,
        gap: float = 0.16,
        **how: Any,
    ) -> None:
        super().__init__()
        wide, high = (width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows
        if min(rows, columns) < 1 or min(wide, high) <= 0:
            raise ValueError(f"{rows} × {columns} panes have no room in {width:g} × {height:g}")
        self.planes = [Plane(x, y, wide, high, x_ticks=[], y_ticks=[], **how) for _ in range(rows * columns)]
        for number, plane in enumerate(self.planes):
            row, column = divmod(number, columns)
            plane.shift(column * (wide + gap) * RIGHT - row * (high + gap) * UP)
        self.frames: list[Polygon] = [
            plane.polygon(plane.corners, ink.faint, width=HAIR) for plane in self.planes
        ]
        self.add(*(VGroup(plane, frame) for plane, frame in zip(self.planes, self.frames, strict=True)))
        self.center()

    def fields(self, values: npt.ArrayLike, **how: Any) -> list[Field]:
        """One field a pane of ``values`` (n, ny, nx) or (n, ny, nx, k), sampled as :meth:`Plane.mesh` does.

        ``how`` is handed on to :meth:`Plane.field`.  Raises ``ValueError`` for more fields than panes.
        """
        samples = np.asarray(values)
        if len(samples) > len(self.planes):
            raise ValueError(f"{len(self.planes)} panes cannot show {len(samples)} fields")
        return [plane.field(each, **how) for plane, each in zip(self.planes, samples, strict=False)]
