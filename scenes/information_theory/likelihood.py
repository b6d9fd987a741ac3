"""The likelihood of a few digits: their probabilities as a product, and the bits of these as a sum."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import Group, VGroup

from scenes.information_theory.stage import LARGE
from scenes.kit import ink, shot, words
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.maths.information_theory import classifier

COUNT: Final = 4
"""Digits that are shown."""
ROWS: Final = (1.6, 1.6, 0.75, 2.5)
"""Heights of the formula, of the digits, of their probabilities and of their bits."""
MOST: Final = 4.0
"""Bits up to which bars are drawn."""


class Likelihood(Group):
    """The first unseen digits: ``photos``, ``factors`` below them, their ``product``, and their bits as ``bars``."""

    def __init__(self, training: classifier.Training, at: int) -> None:
        shares: Floats = training.given[at, np.arange(COUNT), training.truth[:COUNT]]
        self.prices: Floats = np.asarray(-np.log2(shares))
        _, upper, middle, lower = shot.safe(titled=False).rows(*ROWS, gap=0.08)
        cells, under = upper.columns(*[1] * (COUNT + 1), gap=0.2), middle.columns(*[1] * (COUNT + 1), gap=0.2)
        self.photos = Group(
            *(
                cell.put(Photo(classifier.images()[row], upper.height, smooth=False))
                for row, cell in zip(training.rows[:COUNT], cells, strict=False)
            ),
            cells[-1].put(words.headline("…")),
        )
        self.factors = VGroup(
            *(
                cell.put(words.headline(f"{share:.2f}", ink.second))
                for share, cell in zip(shares, under, strict=False)
            ),
            *(
                words.headline("·").move_to((one.middle + other.middle) / 2)
                for one, other in itertools.pairwise(under)
            ),
            under[-1].put(words.headline("…", ink.second)),
        )
        self.product = lower.put(
            words.headline(f"the first {COUNT}: {np.prod(shares):.4f}", ink.second),
        )
        self.plane = shot.Region(lower.left, lower.bottom, lower.right, lower.top).plane(
            (-0.5, COUNT + 0.5), (0, MOST), y_label="bits", x_ticks=[], y_ticks=(0, 2, 4), tick_size=ink.LABEL,
            name_size=LARGE,
        )  # fmt: skip
        middles = [float(self.plane.inverse(cell.middle)[0]) for cell in cells[:COUNT]]
        self.bars = self.plane.bars(middles, np.zeros(COUNT), ink.first, 0.62)
        self.names = VGroup(
            *(
                words.label(f"{price:.1f}", ink.ground, LARGE).move_to(self.plane.at(x, price / 2))
                for x, price in zip(middles, self.prices, strict=True)
            )
        )
        mean = float(self.prices.mean())
        self.level = self.plane.segment(
            (-0.5, mean), (COUNT + 0.5, mean), ink.focus, width=1.5 * LINE, dashed=True
        )
        super().__init__(self.photos, self.factors, self.plane, self.bars, self.level)
