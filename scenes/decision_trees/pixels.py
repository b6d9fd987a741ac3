"""A handwritten digit, large, and beside it how many of them one pruned tree and a forest have right."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, UP, Animation, VGroup

from scenes.decision_trees import scores
from scenes.kit import ink, shot, words
from scenes.kit.glide import glide
from scenes.kit.photo import Photo
from scenes.maths.decision_trees import digits, forest

SHOWN: Final = 918
"""The row of the table that is drawn."""
FOOT: Final = 0.7
"""Scene units under the digit for what it is."""
READ: Final = 44.0
"""Pixels of the capitals of what stands under it."""
NEXT: Final = 0.7
"""Scene units between the digit and what stands beside it."""


class Digit:
    """The digit at the left of the frame, and the region beside it."""

    def __init__(self) -> None:
        whole = shot.safe(titled=False)
        picture, _ = forest.digit_pictures(np.array([SHOWN]))
        self.photo = Photo(picture[0], whole.height - FOOT, smooth=False)
        whole.put(self.photo, LEFT + UP)
        self.beside = shot.Region(
            float(self.photo.get_right()[0]) + NEXT, whole.bottom, whole.right, whole.top
        )
        pixels = picture[0].size
        self.name = whole.put(words.note(f"{pixels} pixels: {pixels} features", size=READ), LEFT + DOWN)


class Rivals(Digit):
    """Bars of guessing, of the pruned tree and of the forest on unseen halves, over random halves of the digits."""

    def __init__(self) -> None:
        super().__init__()
        right = 100 * digits.rivals()
        guess = 100 * digits.guessing()
        self.heights = np.array([guess, *right.mean(axis=0)])
        spots = np.arange(1.0, len(self.heights) + 1)
        chart = self.beside.plane(
            (0.45, len(spots) + 0.55),
            (0, 122),
            x_names=dict(zip(spots, ("guessing", "one tree,\npruned", "random\nforest"), strict=True)),
            y_names={},
            y_label=f"unseen digits right:\nmean and range of {len(right)} halves",
            tick_size=scores.TICKED,
        )
        self.chart = chart
        colors = (ink.faint, ink.chalk, ink.truth)
        read = (ink.quiet, *colors[1:])
        self.bars = [chart.bars([spot], 0.0, color) for spot, color in zip(spots, colors, strict=True)]
        ends = [guess, *right.max(axis=0)]
        self.ranges = [
            chart.stems([spot], [low], [high], ink.focus, width=6.0)
            for spot, low, high in zip(spots[1:], right.min(axis=0), right.max(axis=0), strict=True)
        ]
        self.numbers = [
            chart.label(spot, end, f"{height:.0f} %", UP, color, gap=0.15, size=ink.HEADLINE)
            for spot, end, height, color in zip(spots, ends, self.heights, read, strict=True)
        ]

    def grow(self, which: int) -> Animation:
        """One of the bars grows to what was measured."""
        return glide(self.bars[which].redraw, 0.0, float(self.heights[which]))

    def standing(self) -> VGroup:
        """All of it."""
        for bar, height in zip(self.bars, self.heights, strict=True):
            bar.redraw(float(height))
        return VGroup(self.chart, *self.bars, *self.ranges, *self.numbers)
