"""Thousands of squares as one mobject: a carpet of yes-or-no answers, each square a bit."""

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


class Squares(Mark):
    """Squares around ``centres`` (n, 3) in scene units, each ``half`` (one or n) wide to either side."""

    def __init__(
        self,
        plane: Coordinates,
        centres: npt.ArrayLike,
        half: npt.ArrayLike,
        color: ManimColor = ink.first,
        fill: float = 0.9,
    ) -> None:
        super().__init__(plane, color=color, fill=fill)
        self.redraw(centres, half)

    def redraw(self, centres: npt.ArrayLike, half: npt.ArrayLike) -> Self:
        """Stand around other ``centres``, with other sizes."""
        self.centres: Floats = np.asarray(centres, dtype=float)
        self.halves: Floats = np.broadcast_to(np.asarray(half, dtype=float), (len(self.centres),))
        return self.draw(loops(self.centres[:, None] + self.halves[:, None, None] * _CORNERS))

    @property
    def state(self) -> tuple[Floats, Floats]:
        """What :meth:`redraw` takes to come back to here."""
        return self.centres, self.halves


class Weave:
    """Places of a carpet in ``region``: row by row from the upper left, ``columns`` in each, ``pitch`` apart."""

    def __init__(self, region: shot.Region, count: int) -> None:
        """As large as ``count`` squares may be in ``region``."""
        columns = int(np.sqrt(count * region.width / region.height))
        while np.ceil(count / columns) * region.width / columns > region.height:
            columns += 1
        self.columns: Final = columns
        self.pitch: Final = region.width / columns
        self.region: Final = region

    def places(self, numbers: npt.ArrayLike) -> Floats:
        """Centres (n, 3) of the squares of these ``numbers``, counted from 0."""
        row, column = np.divmod(np.asarray(numbers), self.columns)
        x = self.region.left + (column + 0.5) * self.pitch
        y = self.region.top - (row + 0.5) * self.pitch
        return np.column_stack([x, y, np.zeros(len(x))])

    @property
    def half(self) -> float:
        """Half the side of a square."""
        return 0.4 * self.pitch
