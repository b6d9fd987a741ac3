"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, interpolate_color

from scenes.kit import ink, place
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import Lesson
from scenes.kit.line import Arrows, StraightLine
from scenes.kit.matrix import Matrix
from scenes.kit.noun import THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.linear_algebra import linear, picture
from scenes.maths.linear_algebra.linear import PUSH

REST = np.eye(2)
"""The matrix of a sheet that nobody touches."""
TILE = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
"""The unit square."""
THREE = 3
"""Row of the digit that the lesson follows: a three."""


def blend(start: Floats, end: Floats, share: float) -> Floats:
    """The matrix on the straight way from ``start`` to ``end``."""
    return np.asarray(start + share * (end - start))


def digit(row: int, cell: float) -> Matrix:
    """A small picture of one of the digits."""
    values = picture.digits().values[row].reshape(picture.SIDE, picture.SIDE)
    return Matrix(values, cell, heat=ink.chalk, largest=picture.WHITE, lines=False)


class LinearAlgebraStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    def stage(self) -> None:
        """The plane of the picture, a unit of the scene to each of its units, and the sheet at rest on it."""
        self.plane = place.picture(Plane((-4.6, 4.6), (-2.8, 2.8), 9.2, 5.6, x_ticks=[], y_ticks=[]))
        self.sheet = Lattice(self.plane, opacity=0.7)
        self.kept = linear.eigen(PUSH)

    def ring(self, sheet: Lattice, radius: float = 1.5) -> list[Arrows]:
        """The ring of arrows, one mobject each, pinned to ``sheet``."""
        return [sheet.arrows(radius * tip, ink.chalk) for tip in linear.ring()]

    def dye(self, arrows: Sequence[Arrows], matrix: Floats, share: float) -> Changed:
        """Arrows that left their line are red by as much as they swung; those that kept it light up."""
        for arrow, swung in zip(arrows, linear.swing(matrix, linear.ring()), strict=True):
            aim = ink.focus if swung < 1e-6 else interpolate_color(ink.chalk, ink.error, min(1, swung / 30))
            arrow.set_fill(
                interpolate_color(ink.chalk, aim, share), opacity=1 - 0.45 * share * (swung > 1e-6)
            )
        return tuple(arrows)

    def kept_lines(self, plane: Plane, width: float = THIN) -> list[StraightLine]:
        """The two lines that the push keeps."""
        return [plane.line((-v[1], v[0]), 0.0, color=ink.focus, width=width) for v in self.kept.vectors]

    def lay(self, start: Floats, end: Floats, sheet: Lattice | None = None) -> Animation:
        """The sheet goes the straight way from one matrix to another."""
        moved = sheet or self.sheet
        return moved.drive(lambda share: moved.redraw(blend(start, end, share)))
