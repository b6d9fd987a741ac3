"""Python ML Stack: NumPy, Pandas & Matplotlib.

Describe one operation on a whole array, column or group; compiled code runs the loop; look at plots before you model.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT

from scenes.kit import ink, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.viewport import Crop, Viewport
from scenes.maths.python_ml_stack import broadcast, layout
from scenes.python_ml_stack.column import Column
from scenes.python_ml_stack.figures import Figures
from scenes.python_ml_stack.groups import Groups
from scenes.python_ml_stack.joins import Joins
from scenes.python_ml_stack.labelled import Labelled
from scenes.python_ml_stack.masks import Masks
from scenes.python_ml_stack.pairs import Pairs
from scenes.python_ml_stack.speed import Speed
from scenes.python_ml_stack.stretch import Stretch
from scenes.python_ml_stack.strides import Strides
from scenes.python_ml_stack.turn import Turn

POSTER_PART: Final = Crop(405.0, 320.0, 360.0)
"""The foot of the temple, and the begin of its mirrored view."""


class PythonMlStack(Speed, Strides, Stretch, Masks, Labelled, Groups, Joins, Figures, Column, Pairs, Turn):
    """From a photograph that is one block of numbers to a finding in a table of birds.

    - ``speed``: One rule, two speeds.
    - ``strides``: Rows and columns out of one strip.
    - ``stretch``: A one stretches over the other.
    - ``masks``: A comparison answers for each cell.
    - ``labelled``: A table is labelled columns.
    - ``groups``: Split, apply, combine; Wide to read, tidy to compute.
    - ``joins``: A key that repeats multiplies rows.
    - ``figures``: A figure is objects inside objects.
    - ``column``: One column: bins and boxes.
    - ``pairs``: Two columns at once.
    - ``turn``: Split, and the trend turns round; the end.
    """

    def poster(self) -> None:
        """A column and a row that stretch over each other into a table, before a temple in its lake at dusk."""
        dusk = np.rint(0.5 * broadcast.at_dusk(layout.lake(self.photo_bytes))).astype(np.uint8)
        window = Viewport(dusk, shot.EDGES, POSTER_PART)
        left, right = shot.SAFE.columns(1, 1.25)
        total = ArrayCells(broadcast.total().ravel(), 1.3, 1.2, ink.focus, size=64.0, fill=0.55)
        goal = total.grid(3, total.step(right.middle, 0.45, 0.55))
        total.put(goal)
        total.shade(np.tile([1.0, 1.0, 0.75, 0.5], 3))
        column = ArrayCells(broadcast.TENS, 1.3, 1.2, ink.first, size=64.0, fill=0.75)
        row = ArrayCells(broadcast.ONES, 1.3, 1.2, ink.truth, size=64.0, fill=0.75)
        column.put(total.step(goal[::4], -1.15))
        row.put(total.step(goal[:4], 0.0, -1.15))
        text = words.headline("[Stretch,:focus]\ndon't loop", size=1.2 * ink.POSTER)
        left.put(text, LEFT)
        self.add(window, total, column, row, text)
