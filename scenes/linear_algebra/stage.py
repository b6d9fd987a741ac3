"""What the acts of the lesson share."""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.kit import ink
from scenes.kit.lesson import Lesson
from scenes.kit.matrix import Matrix
from scenes.maths.linear_algebra import linear, picture
from scenes.maths.linear_algebra.linear import PUSH

REST: Final = np.eye(2)
"""The matrix of a grid that has not moved."""
TILE: Final = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
"""The unit square."""
THREE: Final = 3
"""Row of the digit that the lesson follows: a three."""


def digit(row: int, cell: float) -> Matrix:
    """One of the digits, by its row in the file, ``cell`` scene units to a cell."""
    values = picture.digits().values[row].reshape(picture.SIDE, picture.SIDE)
    return Matrix(values, cell, heat=ink.chalk, largest=picture.WHITE, lines=False)


class LinearAlgebraStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """The two lines that the lesson's matrix keeps."""
        self.kept = linear.eigen(PUSH)
