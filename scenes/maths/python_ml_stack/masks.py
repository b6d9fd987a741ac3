"""Comparisons that answer for each cell, and reductions that fold an axis away.

Source: NumPy manual, *Boolean array indexing* and *Reductions*.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenes.maths.python_ml_stack import layout
from scenes.maths.python_ml_stack.data import Bytes

HAND: Final = np.array([7, 9, 3, 8], dtype=np.int64)
LIMIT: Final = 4
BRIGHT: Final = 200
"""Above it the blue of a pixel is called bright."""
PAINT: Final = np.array([40, 70, 150], dtype=np.uint8)
"""The red, green and blue that are assigned."""


def threshold(line: str) -> int:
    """The number that ``line``, a comparison on screen, asks to be exceeded."""
    return int(line.rsplit(">", 1)[1])


def hand_mask() -> NDArray[np.bool_]:
    """(4,): which of the four numbers are above the limit."""
    return np.asarray(HAND > LIMIT)


def hand_jumps() -> NDArray[np.intp]:
    """(2,): bytes from each entry that is picked to the next."""
    return np.asarray(HAND.itemsize * np.diff(np.flatnonzero(hand_mask())))


def bright(photo: Bytes) -> NDArray[np.bool_]:
    """(rows, columns): which pixels have more blue than :data:`BRIGHT`."""
    return np.asarray(photo[:, :, 2] > BRIGHT)


def shown(photo: Bytes, rows: int, faint: float = 0.22) -> Bytes:
    """The photograph with the mask over it down to row ``rows``: where it is false, ``faint`` of the light."""
    now = photo.copy()
    part = now[:rows]
    part[~bright(photo)[:rows]] = np.rint(part[~bright(photo)[:rows]] * faint).astype(np.uint8)
    return now


def centred(axis: int) -> NDArray[np.float64]:
    """(3, 4): the block of 0 to 11 minus its means along ``axis``."""
    block = layout.block()
    return np.asarray(block - block.mean(axis=axis, keepdims=True))


def painted(photo: Bytes, share: float, faint: float = 0.22) -> Bytes:
    """The masked picture on its way to the one in which the mask has assigned a colour."""
    start = shown(photo, len(photo), faint).astype(float)
    end = photo.copy()
    end[bright(photo)] = PAINT
    return np.asarray(np.rint(start + share * (end - start)), dtype=np.uint8)
