"""Numbers in boxes that move one by one: a tape of memory, the table that it is read as, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Self, TypeVar

import numpy as np
import numpy.typing as npt
from manim import ManimColor, Mobject, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.box import Box
from scenes.kit.drive import Drive, drive
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats, chain

M = TypeVar("M", bound=Mobject)

_SWING: Final = 0.14
"""Scene units to each side of what is jarred."""
_STEPS: Final = 25
"""Points of a bowed line."""
_HEAD: Final = 0.24
"""Scene units of an arrow's head."""


class Cells(VGroup):
    """A box of ``width`` × ``height`` scene units for each of ``texts``, side by side until they are :meth:`put`."""

    def __init__(
        self,
        texts: Iterable[object],
        width: float,
        height: float | None = None,
        color: ManimColor = ink.first,
        *,
        size: float = ink.POINT,
        fill: float = 0.2,
    ) -> None:
        self.wide, self.tall = width, width if height is None else height
        self.boxes = [
            Box(
                words.label(words.escape(str(text)), size=size),
                color,
                width=self.wide,
                height=self.tall,
                stroke=THIN,
                fill=fill,
            )
            for text in texts
        ]
        super().__init__(*self.boxes)
        self.fill, self.shown = fill, np.ones(len(self.boxes))
        self.put(self.grid(1))

    @property
    def centres(self) -> Floats:
        """Scene points (n, 3) of the middles."""
        return np.array([box.outline.get_center() for box in self.boxes])

    def put(self, centres: npt.ArrayLike) -> Self:
        """Move each box to its own of ``centres`` (n, 3), scene points."""
        for box, centre in zip(self.boxes, np.asarray(centres, dtype=float), strict=True):
            box.shift(centre - box.outline.get_center())
        return self

    def grid(self, rows: int, middle: npt.ArrayLike = (0.0, 0.0, 0.0), gap: float = 0.0) -> Floats:
        """Centres (n, 3) of the boxes as ``rows`` rows, row by row, around ``middle`` (3,)."""
        columns = len(self.boxes) // rows
        row, column = np.divmod(np.arange(len(self.boxes)), columns)
        x = (column - (columns - 1) / 2) * (self.wide + gap)
        y = ((rows - 1) / 2 - row) * (self.tall + gap)
        return np.asarray(np.asarray(middle, dtype=float) + np.column_stack([x, y, 0 * x]))

    def step(self, points: npt.ArrayLike, right: float = 0.0, down: float = 0.0) -> Floats:
        """``points`` (n, 3) or (3,), so many boxes farther to the right, and down."""
        return np.asarray(
            np.asarray(points, dtype=float) + np.array([right * self.wide, -down * self.tall, 0.0])
        )

    def shade(self, strength: npt.ArrayLike) -> Self:
        """Show each box at ``strength``, 0 to 1, one or (n,)."""
        self.shown = np.broadcast_to(np.asarray(strength, dtype=float), (len(self.boxes),)).copy()
        for box, share in zip(self.boxes, self.shown, strict=True):
            box.outline.set_stroke(opacity=share).set_fill(opacity=share * self.fill)
            box.inside.set_fill(opacity=share)
        return self

    def dye(self, which: Sequence[int], color: ManimColor, fill: float | None = None) -> Self:
        """Give boxes another ``color``."""
        for number in which:
            box = self.boxes[number]
            strength = self.shown[number]
            box.outline.set_stroke(color)
            box.outline.set_fill(color, opacity=strength * (self.fill if fill is None else fill))
        return self


class Hop(VMobject):
    """An arrow from ``start`` to ``end`` (3,), scene points, bowed by ``bow`` scene units to its left."""

    def __init__(
        self, start: npt.ArrayLike, end: npt.ArrayLike, bow: float = 0.0, color: ManimColor = ink.focus
    ) -> None:
        super().__init__(stroke_color=color, stroke_width=LINE)
        self.redraw(start, end, bow)

    def redraw(self, start: npt.ArrayLike, end: npt.ArrayLike, bow: float = 0.0) -> Self:
        """Go from and to other points."""
        begin, stop = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
        way = stop - begin
        left = np.array([-way[1], way[0], 0.0]) / max(float(np.linalg.norm(way)), 1e-9)
        middle = (begin + stop) / 2 + 2 * bow * left
        share = np.linspace(0.0, 1.0, _STEPS)[:, None]
        points = (1 - share) ** 2 * begin + 2 * share * (1 - share) * middle + share**2 * stop
        toward = stop - middle if bow else way
        toward = toward / max(float(np.linalg.norm(toward)), 1e-9)
        side = np.array([-toward[1], toward[0], 0.0])
        tail = stop - _HEAD * toward
        wings = np.array([tail + 0.45 * _HEAD * side, stop, tail - 0.45 * _HEAD * side])
        self.points = np.concatenate([chain(points), chain(wings)])
        return self


def jar(mobject: M) -> Drive:
    """An animation: ``mobject`` shakes from side to side, and comes to rest where it was."""
    home = mobject.get_center()

    def path(share: float) -> M:
        swing = _SWING * np.sin(6 * np.pi * share) * np.cos(np.pi * share / 2)
        return mobject.move_to(home + np.array([swing, 0.0, 0.0]))

    return drive(path, mobject)
