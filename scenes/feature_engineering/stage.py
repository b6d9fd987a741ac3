"""What the acts of the lesson share: what is coloured how, and the noise of the opening question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import ManimColor

from scenes.kit import ink, shot, words
from scenes.kit.heat_map import HeatMap
from scenes.kit.lesson import Lesson
from scenes.kit.path import Floats
from scenes.kit.shot import Region
from scenes.maths.feature_engineering import noise

TRAIN: Final = ink.first
"""Training rows."""
HELD: Final = ink.second
"""Held-out rows, and all rows that are new to a model."""
FIT: Final = ink.focus
"""Numbers that were fitted, and what was chosen."""
LEAK: Final = ink.error
"""What has leaked."""
SOUND: Final = ink.truth
"""What was computed without a leak."""

SYMBOLS: Final[Mapping[str, ManimColor]] = {"mu": FIT, "s": FIT, "c": FIT, "w": FIT}
maths: Final = words.Formulas(SYMBOLS)
"""A formula in the colours of this lesson."""
BIG: Final = 1.25 * ink.POINT
"""Pixels of the capitals of numbers and formulas that are the point."""

WINDOW: Final = 140
"""Columns of the noise that are seen at once."""
EDGE: Final = shot.EDGES.right - 3.76
"""Right edge of the noise."""
COLUMN: Final = 0.6
"""Width of the column of labels, in scene units."""
APART: Final = 0.25
DIM: Final = 0.5
"""Strength of the noise while the camera goes through it."""
FAINT: Final = 0.25
"""Strength of noise that others are to be seen before."""
DYED: Final = 0.75
"""Dye of training and held-out rows."""
CHOSEN: Final = 0.7
"""Dye of chosen columns."""
TAIL: Final = 0.2
"""Grey of tails; heads are white."""


class Noise:
    """The noise: a window on its columns, and the sixty labels beside it; rows stand fold by fold.

    ``wall`` takes up the frame from its left edge, ``labels`` are white for heads and dark for tails.
    Words have the region ``beside``.
    """

    def __init__(self, right: float = EDGE, seed: int = 0) -> None:
        self.fold = noise.folds(seed)
        self.order = np.lexsort((noise.labels(), self.fold))
        self.heads = noise.labels()[self.order] == 1
        safe, edges = shot.safe(titled=False), shot.EDGES
        self.area = Region(edges.left, safe.bottom, right, safe.top)
        # The chosen columns are among those that are seen, spread over the window.
        self.kept = noise.chosen(noise.table(seed), noise.labels())
        others = np.setdiff1d(np.arange(noise.COLUMNS), self.kept)
        self.shown = others[:WINDOW].copy()
        self.slots = np.linspace(3, WINDOW - 4, noise.KEPT).round().astype(int)
        self.shown[self.slots] = self.kept
        self.all: Floats = noise.shades(seed)[self.order]
        self.wall = HeatMap(self.all[:, self.shown], self.area)
        beside = Region(right + APART, safe.bottom, right + APART + COLUMN, safe.top)
        self.labels = HeatMap(np.where(self.heads, 1.0, TAIL)[:, None], beside)
        self.beside = Region(beside.right + APART, safe.bottom, safe.right, safe.top)

    def deal(self, share: float) -> HeatMap:
        """The first ``share`` of the labels lie on the table."""
        dealt = np.arange(noise.ROWS) < share * noise.ROWS
        return self.labels.redraw(strength=dealt[:, None].astype(float))

    def appear(self, share: float) -> HeatMap:
        """The first ``share`` of the rows are there, from the top, in a light in which no zoom flashes."""
        there = np.clip(1.4 * share * noise.ROWS - np.arange(noise.ROWS), 0, 1)
        return self.wall.redraw(strength=DIM * there[:, None])

    def fall(self, before: npt.ArrayLike, after: npt.ArrayLike, share: float) -> HeatMap:
        """The dye goes from ``before`` to ``after`` row by row, from the top, by a ``share``."""
        reached = np.arange(noise.ROWS)[:, None] < share * noise.ROWS
        return self.wall.redraw(dye=np.where(reached, after, before) * np.ones(self.wall.values.shape))

    def pick(self, share: float) -> HeatMap:
        """Column after column, from the left, steps back, or is dyed where it was chosen."""
        reached = np.clip(1.2 * share * WINDOW - np.arange(WINDOW), 0, 1)[None, :]
        kept = self.is_kept()
        return self.wall.redraw(
            strength=1 - (1 - FAINT) * reached * (1 - kept),
            dye=np.broadcast_to(CHOSEN * kept * reached, self.wall.values.shape),
        )

    def row_lit(self, row: int) -> HeatMap:
        """One row is lit."""
        far = np.abs(np.arange(noise.ROWS) - row)[:, None]
        return self.wall.redraw(strength=np.where(far <= 1, 1.0, FAINT))

    def column_lit(self, column: int) -> HeatMap:
        """One column is lit."""
        far = np.abs(np.arange(WINDOW) - column)[None, :]
        return self.wall.redraw(strength=np.where(far <= 1, 1.0, FAINT))

    def is_kept(self) -> Floats:
        """(window,): one where a column was chosen."""
        return np.isin(np.arange(WINDOW), self.slots).astype(float)

    def squeeze(self, share: float) -> HeatMap:
        """The columns that were not chosen are squeezed out by ``share``."""
        kept = self.is_kept()
        return self.wall.redraw(widths=np.where(kept > 0, 1.0, max(1 - share, 1e-6)))

    def band(self, number: int) -> tuple[float, float]:
        """Upper and lower scene height of a fold."""
        size = noise.ROWS // noise.FOLDS
        return self.wall.row(number * size), self.wall.row((number + 1) * size)

    def split(self, held: int) -> HeatMap:
        """Dye the rows of the fold ``held`` as held out, all others as training rows."""
        size = noise.ROWS // noise.FOLDS
        return self.wall.dyes([HELD if row // size == held else TRAIN for row in range(noise.ROWS)])


class FeatureEngineeringStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """Nothing that all chapters need."""


def way(direction: npt.ArrayLike, units: float) -> Floats:
    """So many scene ``units`` in a ``direction``."""
    return np.asarray(direction, dtype=float) * units


def site(x: float, y: float) -> Floats:
    """The scene point (3,) above or below what stands at ``x``, at the height ``y``."""
    return np.array([x, y, 0.0])


def percent(share: float) -> str:
    """``0.933`` as ``93 %``."""
    return f"{100 * share:.0f} %"
