"""A digit with fewer numbers: first by keeping pixels, then by adding components to the mean digit."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, UP, FadeIn, FadeOut

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.vector_bars import VectorBars
from scenes.maths.pca import digit
from scenes.pca.stage import KEPT, PcaStage

RUN: Final = 9
"""Digits that run through the bars."""


def picture(row: Floats) -> Floats:
    """(8, 8) of 64 pixels."""
    return row.reshape(digit.SIDE, digit.SIDE)


def tile(row: Floats, side: float) -> ImageGrid:
    """A digit ``side`` scene units wide and high, from 64 pixels; values beyond 0 and 16 are cut."""
    return ImageGrid(bytes_of(row[None]), width=side, height=side)


def bytes_of(rows: Floats) -> Floats:
    """(n, 8, 8), 0 to 1."""
    return np.clip(rows.reshape(-1, digit.SIDE, digit.SIDE) / digit.WHITE, 0.0, 1.0)


class Pixels(PcaStage):
    """Sixty-four numbers, and why ten of them are not enough."""

    @chapter("Many pixels repeat their neighbours")
    def most_pixels_repeat(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        table = digit.values()
        one = table[digit.THREE]
        large = tile(one, shot.SAFE.height)
        shot.SAFE.put(large)
        with self.beat("This digit is sixty-four numbers.") as beat:
            self.play(FadeIn(large), run_time=pace.QUICK)
            beat.over(self.frame.to(large, share=1.05), least=pace.CALM)
        with self.beat("How few would still show it?") as beat:
            beat.over(self.frame.to(large, share=1.25), least=pace.LONG)
        self.think()
        room = shot.safe(titled=False)
        bars = VectorBars(
            one, (0.0, room.bottom, 0.0), room.width, room.height - 1.0, ink.chalk, largest=digit.WHITE
        )
        name = words.label("64 pixels = 64 features", size=ink.POINT)
        shot.SAFE.put(name, UP + LEFT)
        self.play(self.frame.back(), run_time=pace.CALM)
        with self.beat(
            "Each pixel is a feature: one dimension of the data. Here they stand as bars."
        ) as beat:
            beat.over(FadeOut(large), FadeIn(bars, name), until="Here", least=pace.CALM)
            beat.over(words.light(name))
        order = np.flatnonzero(digit.kinds() == digit.kinds()[digit.THREE])[:RUN]
        run = np.concatenate([[one], table[order]])

        def show(share: float) -> VectorBars:
            at = share * (len(run) - 1)
            low = int(at)
            return bars.redraw(run[low] + (at - low) * (run[min(low + 1, len(run) - 1)] - run[low]))

        with self.beat(
            "Let many threes run through. Many pixels side by side rise and fall together: they are correlated."
        ) as beat:
            beat.over(drive(show, bars), least=pace.LONG)
        with self.beat(
            "So fewer numbers may do. Describing the same data with fewer numbers is dimensionality reduction."
        ) as beat:
            beat.over(words.light(name), least=pace.BRISK)
            less = words.label("dimensionality reduction", KEPT, size=ink.POINT)
            less.move_to(name, aligned_edge=LEFT)
            beat.over("dimensionality", FadeOut(name), FadeIn(less))
        self.clear_stage()
        self.keep_ten_pixels(one)

    def keep_ten_pixels(self, one: Floats) -> None:
        """The ten pixels that vary most stay, all others freeze at their mean: the digit is lost."""
        left, right = self.shot(shot.split(titled=False))
        side = min(left.width, left.height)
        whole, few = tile(one, side), tile(one, side)
        left.put(whole)
        right.put(few)
        frozen = digit.pixels_alone()[digit.THREE]
        with self.beat(
            "First idea: keep the ten pixels that vary most, and freeze the others at their mean."
        ) as beat:
            self.play(FadeIn(whole, few), run_time=pace.QUICK)
            beat.over(
                glide(few.redraw, {"images": bytes_of(one[None])}, {"images": bytes_of(frozen[None])}),
                until="mean",
                least=pace.SLOW,
            )
        with self.beat("The digit is lost. We need better numbers than pixels.") as beat:
            beat.over(self.frame.to(whole, few, share=1.05), least=pace.LONG)
