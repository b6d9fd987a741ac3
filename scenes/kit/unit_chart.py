"""A unit chart: equal squares, each of which stands for one thing, thousands of them as one mobject.

They lie in rows and columns (a waffle chart), beside what they count, or wherever a count sends them::

    field = Waffle(region, 821)
    chart = UnitChart(plane, field.places(range(821)), field.half)
    self.play(glide(chart.redraw, chart.state, (field.places(order), field.half)))
"""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor

from scenes.kit import ink, shot
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import Mark
from scenes.kit.path import Floats, loops

_CORNERS: Final = np.array([(-1.0, -1.0, 0.0), (1.0, -1.0, 0.0), (1.0, 1.0, 0.0), (-1.0, 1.0, 0.0)])
_SHARE: Final = 0.8
"""Of the distance between two squares of a waffle that a square takes."""


class UnitChart(Mark):
    """Squares around ``points`` (n, 2) in data units, each ``half`` (one or n) scene units wide to either side.

    One of half 0 is there, and not seen: so squares can be more or fewer without another mobject.  ``fill`` is the
    opacity of all.  Raises ``ValueError`` for points that are no pairs, and for as many halves as fit neither.
    """

    def __init__(
        self,
        plane: Coordinates,
        points: npt.ArrayLike,
        half: npt.ArrayLike,
        color: ManimColor = ink.first,
        fill: float = 0.9,
    ) -> None:
        super().__init__(plane, color=color, fill=fill)
        self.redraw(points, half)

    def redraw(self, points: npt.ArrayLike, half: npt.ArrayLike) -> Self:
        """Stand around other ``points``, with other sizes."""
        spots, halves = np.asarray(points, dtype=float), np.asarray(half, dtype=float)
        if spots.ndim != 2 or spots.shape[1] != 2:
            raise ValueError(f"squares stand around points (n, 2), not {spots.shape}")
        if halves.shape not in {(), (len(spots),)}:
            raise ValueError(f"{len(spots)} squares have one size or as many, not {halves.shape}")
        self.points_shown: Floats = spots
        self.halves: Floats = np.broadcast_to(halves, (len(spots),))
        return self.draw(loops(self.plane.at(spots)[:, None] + self.halves[:, None, None] * _CORNERS))

    @property
    def state(self) -> tuple[Floats, Floats]:
        """What :meth:`redraw` takes to come back to here: points (n, 2) and halves (n,)."""
        return self.points_shown, self.halves


class Waffle:
    """Places of ``count`` squares in ``region``, as large as they can be: row by row from the upper left.

    ``columns`` are in each row, ``pitch`` scene units apart.  Raises ``ValueError`` for no squares.
    """

    def __init__(self, region: shot.Region, count: int) -> None:
        if count < 1:
            raise ValueError(f"a waffle has at least one square, not {count}")
        columns = max(1, int(np.sqrt(count * region.width / region.height)))
        while np.ceil(count / columns) * region.width / columns > region.height:
            columns += 1
        self.columns: Final = columns
        self.pitch: Final = region.width / columns
        self.region: Final = region

    def places(self, numbers: npt.ArrayLike) -> Floats:
        """Middles (n, 2), in scene units, of the squares of these ``numbers``, counted from 0."""
        row, column = np.divmod(np.asarray(numbers), self.columns)
        x = self.region.left + (column + 0.5) * self.pitch
        y = self.region.top - (row + 0.5) * self.pitch
        return np.column_stack([x, y])

    @property
    def half(self) -> float:
        """Half the side of a square."""
        return _SHARE * self.pitch / 2
