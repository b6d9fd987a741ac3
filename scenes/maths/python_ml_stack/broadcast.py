"""Broadcasting: which shapes fit, and what the stretched arrays are.

Source: NumPy manual, *Broadcasting*, general rules; Harris et al. (Nature 585, 2020), figure 1d.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenes.maths.python_ml_stack.data import Bytes

TENS: Final = np.array([0, 10, 20], dtype=np.int64)
ONES: Final = np.array([1, 2, 3, 4], dtype=np.int64)
DUSK: Final = np.array([1.1, 0.8, 0.6])
"""What red, green and blue are multiplied with as the sun goes down."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Two sizes that face each other, and the size that comes out; nothing where they do not fit.

    A size that was not there is 1; ``missing`` says which of the two it was.
    """

    one: int
    other: int
    missing: tuple[bool, bool]

    @property
    def result(self) -> int | None:
        """Equal sizes stay; a size of 1 stretches to the other; all else does not fit."""
        if self.one == self.other or self.other == 1:
            return self.one
        return self.other if self.one == 1 else None


def compare(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[Axis, ...]:
    """The axes of two shapes, compared from the right, in the order of the result (from the left)."""
    count = max(len(one), len(other))
    lacks = [count - len(shape) for shape in (one, other)]
    padded = [(1,) * lack + shape for lack, shape in zip(lacks, (one, other), strict=True)]
    return tuple(
        Axis(a, b, (number < lacks[0], number < lacks[1]))
        for number, (a, b) in enumerate(zip(*padded, strict=True))
    )


def joined(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape of the result; nothing where an axis does not fit."""
    sizes = [axis.result for axis in compare(one, other)]
    return None if None in sizes else tuple(size for size in sizes if size is not None)


def column() -> NDArray[np.int64]:
    """(3, 1): 0, 10, 20, one below the other."""
    return TENS[:, None]


def row() -> NDArray[np.int64]:
    """(1, 4): 1, 2, 3, 4 side by side."""
    return ONES[None, :]


def stretched() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Both as views of (3, 4): the stride along the stretched axis is 0, so nothing is copied."""
    one, other = np.broadcast_arrays(column(), row())
    return one, other


def total() -> NDArray[np.int64]:
    """(3, 4): their sum, which has memory of its own."""
    return column() + row()


def at_dusk(photo: Bytes, share: float = 1.0) -> Bytes:
    """The photograph (rows, columns, 3) times three numbers (3,), cut at 255 and put back into bytes.

    With a ``share`` below 1 the numbers are so much of the way from 1 to :data:`DUSK`.
    """
    light = 1 + share * (DUSK - 1)
    return np.asarray(np.rint(np.clip(photo * light, 0, 255)), dtype=np.uint8)
