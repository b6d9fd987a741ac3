"""Curves of 300 diamonds over clarity and over weight, of which visitors light one."""

from __future__ import annotations

import numpy as np

from scenes.maths.partial_dependence import prices
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


def figure() -> dict[str, object]:
    """``stones`` (300, 6): weight, clarity, colour, cut, width and price; ``names`` of levels; by feature its ``grid``
    (m,), ``curves`` (300, m) and accumulated local effects ``ale`` (m,), less that at the anchor; ``far`` (m, 300) says
    whether a stone that is forced to a weight of the grid has no real one near it."""
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
            "curves": said.curves.round(2),
            "ale": (said.effects - said.effects[LOW]).round(3),
        },
        "weight": {
            "grid": grid.round(2),
            "curves": quarrel.curves[0][:, ::STEP].round(2),
            "ale": (effects - effects[0]).round(3),
        },
        "far": far.astype(int),
    }
