"""Curves of 300 diamonds over clarity and over weight, of which visitors light one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenes.maths.partial_dependence import prices
from scenes.maths.partial_dependence.curves import Floats
from scenes.maths.partial_dependence.diamonds import (
    CARAT,
    CLARITIES,
    CLARITY,
    COLOUR,
    COLOURS,
    CUT,
    CUTS,
    LOW,
    WIDTH,
)

STEP = 2
"""Every second value of the lesson's grid of weight."""


def tens(curves: Floats) -> npt.NDArray[np.int64]:
    """Thousand dollars as whole tens of dollars, each less the one before it in its curve: these take less room."""
    whole = (100 * curves).round().astype(np.int64)
    return np.column_stack([whole[:, :1], whole[:, 1:] - whole[:, :-1]])


def figure() -> dict[str, object]:
    """What visitors move, in as little room as it takes.

    ``stones`` (300, 6): weight, clarity, colour, cut, width and price; ``names`` of levels; by feature its ``grid``
    (m,), ``curves`` (300, m) as :func:`tens` has them, and accumulated local effects ``ale`` (m,), less that at the
    anchor; ``far`` (m,) are strings of 300 digits: 1 for a stone that, forced to a weight of the grid, has no real one
    near it.
    """
    said, quarrel = prices.opinion(), prices.quarrel()
    stones = np.column_stack([said.stones[:, [CARAT, CLARITY, COLOUR, CUT, WIDTH]], said.price])
    grid = prices.GRID[::STEP]
    effects = np.interp(grid, quarrel.effects[0].edges, quarrel.effects[0].values)
    far = np.array([prices.alone_at(float(weight)) for weight in grid])
    return {
        "stones": stones.round(3),
        "names": {"clarity": list(CLARITIES), "colour": list(COLOURS), "cut": list(CUTS)},
        "clarity": {
            "grid": np.arange(len(CLARITIES)),
            "curves": tens(said.curves),
            "ale": (said.effects - said.effects[LOW]).round(3),
        },
        "weight": {
            "grid": grid.round(2),
            "curves": tens(quarrel.curves[0][:, ::STEP]),
            "ale": (effects - effects[0]).round(3),
        },
        "far": ["".join(map(str, row)) for row in far.astype(int)],
    }
