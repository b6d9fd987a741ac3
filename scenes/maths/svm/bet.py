"""The bet on a wide margin, put to the test: few flowers teach, the others judge, many times.

Each draw takes two flowers of each class.  Judged are the widest street between these four, and one line that puts all
four right and is drawn evenly: its direction from all directions, its offset from all offsets, and taken anew until it
makes no error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scenes.maths.shared.memo import remembered
from scenes.maths.svm import svm

Array: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]

DRAWS: Final = 200
OF_EACH: Final = 2
"""Flowers of each class that teach."""
_TRIES: Final = 4096
"""Lines that are drawn at once."""


@dataclass(frozen=True, slots=True)
class Bet:
    """Of m draws: the rows ``taught`` (m, 4), a line by ``normal`` (m, 2), of length 1, and ``offset`` (m,) in the
    points' unit, and the widest ``streets``; ``line`` and ``widest`` (m,) are the shares of the other points that they
    put right."""

    taught: Rows
    normal: Array
    offset: Array
    streets: tuple[svm.Street, ...]
    line: Array
    widest: Array


def free_line(points: Array, sides: Array, rng: np.random.Generator) -> tuple[Array, float]:
    """A line without an error on ``points`` (n, 2) of ``sides`` (n,), ±1: its unit normal (2,) and its offset.

    Even among all such lines in the measure of integral geometry, d(direction) d(offset): by rejection.
    """
    reach = float(np.linalg.norm(points, axis=1).max())
    while True:
        angle = rng.uniform(0, 2 * np.pi, _TRIES)
        offset = rng.uniform(-reach, reach, _TRIES)
        normal = np.column_stack([np.cos(angle), np.sin(angle)])
        right = ((normal @ points.T - offset[:, None]) * sides > 0).all(axis=1)
        if right.any():
            first = int(np.argmax(right))
            return normal[first], float(offset[first])


@remembered
def bet(points: Array, sides: Array, draws: int = DRAWS) -> Bet:
    """All ``draws``, of seeds 0, 1, ..., on ``points`` (n, 2) of ``sides`` (n,), ±1."""
    taught, normals, offsets, streets, line, widest = [], [], [], [], [], []
    for seed in range(draws):
        rng = np.random.default_rng(seed)
        rows = np.concatenate(
            [rng.choice(np.flatnonzero(sides == side), OF_EACH, replace=False) for side in (-1, 1)]
        )
        others = np.setdiff1d(np.arange(len(sides)), rows)
        normal, offset = free_line(points[rows], sides[rows], rng)
        street = svm.widest_street(points, sides, rows).street
        taught.append(rows)
        normals.append(normal)
        offsets.append(offset)
        streets.append(street)
        line.append(np.mean((points[others] @ normal - offset) * sides[others] > 0))
        widest.append(np.mean(street.level(points[others]) * sides[others] > 0))
    return Bet(
        np.array(taught),
        np.array(normals),
        np.array(offsets),
        tuple(streets),
        np.array(line),
        np.array(widest),
    )
