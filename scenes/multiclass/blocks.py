"""Blocks: many rectangles of one kind that are laid anew: bars, a strip, squares."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import ManimColor

from scenes.kit import shot
from scenes.kit.noun import Mark
from scenes.kit.path import Floats, loops

Laid = tuple[Floats, Floats]
"""Lower left corners and sizes, each (n, 2) in scene units."""


class Blocks(Mark):
    """Rectangles in ``color``, laid as ``laid`` has it."""

    def __init__(self, laid: Laid, color: ManimColor) -> None:
        super().__init__(shot.bare(), color=color, fill=0.45, width=0.0)
        self.redraw(*laid)

    def redraw(self, lows: Floats, sizes: Floats) -> Self:
        """Lie with lower left corners at ``lows`` (n, 2), ``sizes`` (n, 2) wide and high, in scene units."""
        flat = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
        corners = lows[:, None] + flat * sizes[:, None]
        return self.draw(loops(np.concatenate([corners, np.zeros((*corners.shape[:2], 1))], axis=2)))


def grid(place: shot.Region, columns: int, rows: int, size: tuple[float, float], count: int) -> Laid:
    """So many blocks of one size, row by row from the upper left, evenly spread over a place."""
    across = place.left + (np.arange(columns) + 0.5) / columns * place.width
    up = place.top - (np.arange(rows) + 0.5) / rows * place.height
    middles = np.array([(x, y) for y in up for x in across])[:count]
    return middles - np.array(size) / 2, np.tile(size, (count, 1)).astype(float)


def strip(left: float, low: float, lengths: Floats, height: float) -> Laid:
    """Blocks of several ``lengths`` (n,) end to end from the left."""
    starts = left + np.concatenate([[0.0], np.cumsum(lengths)[:-1]])
    return (
        np.column_stack([starts, np.full(len(lengths), low)]),
        np.column_stack([0.95 * lengths, np.full(len(lengths), height)]),
    )
