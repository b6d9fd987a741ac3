"""Level sets of a sampled function: marching squares over whole arrays, linked into paths.

The cells are classified in numpy; only the walk along the found crossings is a Python loop.
(Lorensen and Cline 1987, in two dimensions; saddles are settled by the mean of the four corners.)
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.kit.path import Floats

# Crossings of a cell by its corner code (bit 0: row j, column i; then counter-clockwise, rows upwards).
# Sides: 0 lower, 1 right, 2 upper, 3 left.  Each crossing runs with the larger values on its left.
_CROSSINGS: Final[dict[int, tuple[tuple[int, int], ...]]] = {
    1: ((0, 3),),
    2: ((1, 0),),
    3: ((1, 3),),
    4: ((2, 1),),
    6: ((2, 0),),
    7: ((2, 3),),
    8: ((3, 2),),
    9: ((0, 2),),
    11: ((1, 2),),
    12: ((3, 1),),
    13: ((0, 1),),
    14: ((3, 0),),
}
_SADDLES: Final[dict[tuple[int, bool], tuple[tuple[int, int], ...]]] = {
    (5, False): ((0, 3), (2, 1)),
    (5, True): ((0, 1), (2, 3)),
    (10, False): ((1, 0), (3, 2)),
    (10, True): ((3, 0), (1, 2)),
}


def contours(values: Floats, level: float) -> list[Floats]:
    """Paths along which the bilinear samples ``values`` (ny, nx) equal ``level``.

    Each path is (n, 2) in grid coordinates (column, row); a closed one ends where it began.
    Larger values lie on the left of the way along a path.
    """
    above = values > level
    code = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    rows, columns = np.nonzero((code > 0) & (code < 15))
    if not len(rows):
        return []
    code = code[rows, columns]
    follower: dict[int, int] = {}
    sides = _side_ids(rows, columns, values.shape)
    for number, crossings in _CROSSINGS.items():
        cells = code == number
        for begin, end in crossings:
            follower.update(zip(sides[begin][cells].tolist(), sides[end][cells].tolist(), strict=True))
    middle = values[:-1, :-1] + values[:-1, 1:] + values[1:, 1:] + values[1:, :-1]
    joined = middle[rows, columns] > 4 * level
    for (number, above_middle), crossings in _SADDLES.items():
        cells = (code == number) & (joined == above_middle)
        for begin, end in crossings:
            follower.update(zip(sides[begin][cells].tolist(), sides[end][cells].tolist(), strict=True))
    return [_crossing_points(np.array(path), values, level) for path in _walks(follower)]


def regions_below(values: Floats, level: float) -> list[Floats]:
    """Closed paths around the regions where ``values`` (ny, nx) are at most ``level``, along the border too.

    All turn the same way round (clockwise), so that filling them together by winding number paints the
    regions, and filling them with ``regions_below`` of a lower level reversed paints what lies between.
    """
    wall = 1e6 * (1.0 + float(np.abs(values).max()) + abs(level))
    walled = np.pad(values, 1, constant_values=wall)
    high = np.array(values.shape[::-1]) - 1.0
    return [np.clip(path - 1.0, 0.0, high) for path in contours(walled, level)]


def _side_ids(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, ...]) -> list[np.ndarray]:
    """Numbers of each cell's lower, right, upper and left side: the same for both cells that share one."""
    ny, nx = shape
    across = rows * nx + columns
    upright = ny * nx + across
    return [across, upright + 1, across + nx, upright]


def _walks(follower: dict[int, int]) -> list[list[int]]:
    """Chains of ``follower``: first those with loose ends, then the closed ones."""
    ends = set(follower.values())
    paths = []
    for begin in [side for side in follower if side not in ends]:
        path = [begin]
        while path[-1] in follower:
            path.append(follower.pop(path[-1]))
        paths.append(path)
    while follower:
        begin, step = follower.popitem()
        path = [begin, step]
        while path[-1] != begin:
            path.append(follower.pop(path[-1]))
        paths.append(path)
    return paths


def _crossing_points(path: np.ndarray, values: Floats, level: float) -> Floats:
    ny, nx = values.shape
    upright, cell = path >= ny * nx, path % (ny * nx)
    row, column = cell // nx, cell % nx
    here = values[row, column]
    there = values[np.where(upright, row + 1, row), np.where(upright, column, column + 1)]
    share = (level - here) / (there - here)
    return np.column_stack([column + np.where(upright, 0.0, share), row + np.where(upright, share, 0.0)])
