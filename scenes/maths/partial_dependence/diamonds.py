"""53,779 diamonds with weight, quality, size and price, and the samples of them that models learn from.

The table is that of ggplot2 (H. Wickham, 2016), prices of 2008 or before; ``data/README.md`` tells how it was packed.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from scenes.maths.partial_dependence.curves import Floats

CLARITIES: Final = ("I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF")
"""Levels of clarity, the purest last."""
COLOURS: Final = ("J", "I", "H", "G", "F", "E", "D")
"""Levels of colour, the whitest last."""
CUTS: Final = ("Fair", "Good", "Very Good", "Premium", "Ideal")
"""Levels of cut, the best last."""
PACKED: Final = ("carat", "clarity", "colour", "cut", "depth", "width", "price")
"""Columns of the packed table; levels are counted from 0."""
UNITS: Final = (0.01, 1.0, 1.0, 1.0, 0.1, 0.01, 0.001)
"""What a step of each column is: carat, levels, percent, millimetres, thousand dollars."""

CARAT, CLARITY, COLOUR, CUT, DEPTH, WIDTH = range(6)
"""Columns of the features."""
LOW: Final = CLARITIES.index("SI2")
HIGH: Final = CLARITIES.index("VVS1")
"""The levels between which a rise is told: below and above them, stones are rare."""

TRAIN: Final = 20_000
TEST: Final = 2_000
CURVES: Final = 300
"""Rows that a model learns from, unseen rows, and the first of these, whose curves are drawn."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows drawn from the table: features (n, 6) and prices (n,) in thousand dollars."""

    rows: Floats
    price: Floats

    @property
    def train(self) -> Floats:
        """Features (20000, 6) to learn from."""
        return self.rows[:TRAIN]

    @property
    def train_price(self) -> Floats:
        """Prices (20000,) to learn from."""
        return self.price[:TRAIN]

    @property
    def test(self) -> Floats:
        """Unseen features (2000, 6)."""
        return self.rows[TRAIN:]

    @property
    def test_price(self) -> Floats:
        """Unseen prices (2000,)."""
        return self.price[TRAIN:]

    @property
    def drawn(self) -> Floats:
        """The first 300 unseen rows (300, 6), whose curves are drawn."""
        return self.test[:CURVES]

    @property
    def drawn_price(self) -> Floats:
        """Their prices (300,)."""
        return self.test_price[:CURVES]


def unpacked(stream: bytes) -> Floats:
    """The table (n, 7) of a packed ``stream``, in the units of :data:`UNITS`."""
    halves = np.frombuffer(lzma.decompress(stream), dtype=np.uint8).reshape(2, len(PACKED), -1).astype(int)
    return np.asarray((halves[0] + 256 * halves[1]).T / np.round(1 / np.array(UNITS)))


@cache
def table() -> Floats:
    """All stones (53779, 7), columns as in :data:`PACKED`."""
    stones = unpacked((Path(__file__).parent / "data" / "diamonds.xz").read_bytes())
    stones.setflags(write=False)
    return stones


def sample(seed: int = 0) -> Sample:
    """22,000 stones without replacement: those of ``DataFrame.sample(22000, random_state=seed)``."""
    stones = table()
    chosen = np.random.RandomState(seed).choice(len(stones), TRAIN + TEST, replace=False)
    return Sample(stones[chosen, :-1], stones[chosen, -1])
