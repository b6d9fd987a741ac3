"""Where an entry of an array lies in memory: shapes, strides and what is wasted on the way.

Sources: NumPy manual, *Internal memory layout of an ndarray*; C. R. Harris et al., Array programming with NumPy
(Nature 585, 2020), figure 1.
"""

from __future__ import annotations

from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenes.maths.python_ml_stack.data import Bytes

ROWS: Final = 3
COLUMNS: Final = 4


def block() -> NDArray[np.int64]:
    """(3, 4): the numbers 0 to 11, eight bytes each, row after row."""
    return np.arange(ROWS * COLUMNS, dtype=np.int64).reshape(ROWS, COLUMNS)


def row_major_strides(shape: tuple[int, ...], itemsize: int) -> tuple[int, ...]:
    """Bytes from entry to entry along each axis: the size of an entry times all that is right of the axis."""
    return tuple(itemsize * prod(shape[axis + 1 :]) for axis in range(len(shape)))


def address(index: tuple[int, ...], strides: tuple[int, ...], start: int = 0) -> int:
    """Bytes from the begin of the memory to an entry: ``start`` plus each index times its stride."""
    return start + sum(at * stride for at, stride in zip(index, strides, strict=True))


def column_major(shape: tuple[int, int]) -> NDArray[np.intp]:
    """(n,): the row-major numbers of the entries in the order in which column-major order stores them."""
    return np.arange(shape[0] * shape[1]).reshape(shape).ravel(order="F")


def lake(photo: Bytes) -> Bytes:
    """(2 rows, columns, 3): the photograph, and below it the view that begins at its last row."""
    return np.concatenate([photo, photo[::-1]])


def fetched(wanted: NDArray[np.intp], piece: int) -> NDArray[np.intp]:
    """(m,): numbers of the pieces of ``piece`` neighbours that have to come from memory for the ``wanted`` entries."""
    return np.unique(np.asarray(wanted) // piece)
