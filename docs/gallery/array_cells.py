"""The entries of an array, as a strip of memory and as a table."""

import numpy as np
from manim import DOWN, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.array_cells import ArrayCells


def strip_and_table() -> Mobject:
    """Twelve numbers side by side, and the same as three rows of four, one of them bright."""
    numbers = np.arange(12)
    strip, table = ArrayCells(numbers, 0.9), ArrayCells(numbers, 1.3, 0.9, ink.truth)
    table.put(table.grid(3)).shade(np.where(numbers // 4 == 1, 1.0, 0.35)).dye([5], ink.focus)
    return VGroup(table, strip).arrange(DOWN, buff=0.5)
