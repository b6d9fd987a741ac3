"""Averaging has a floor, and a random forest lowers it."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.ensembles.stage import ENSEMBLE, SINGLE, WRONG, EnsemblesStage, Marks, maths
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.unit_chart import UnitChart
from scenes.maths.ensembles import bagging, forest

HALF: Final = 0.5
"""Correlation of the trees that are averaged by hand; their variance is one."""
BY_HAND: Final = (1, 2, 10)
"""Trees of an average by hand."""
CASES: Final = 30
"""Digits that are shown of the fold."""
ROWS: Final = 25
"""Trees that are shown of the fifty."""
LOOKS: Final = 4
"""Splits whose open pixels are shown."""


def halves(count: float) -> tuple[float, float]:
    """ρσ² and (1 − ρ)σ²/B of that many trees by hand."""
    return HALF, (1 - HALF) / count


class Floor(EnsemblesStage):
    """From the variance that stays to trees that share less."""

    @chapter("Averaging has a floor", "Random Forest as bagging")
    def floor(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        room = shot.safe(titled=False)
        found = bagging.spread()
        plane = shot.chart(
            room, (0.9, 60), (0, 0.18), log_x=True, x_ticks=[1, 2, 10, 50],
            x_names={1: "1", 2: "2", 10: "10", 50: "50"}, y_ticks=[0, 0.05, 0.1, 0.15],
            x_label="trees in the average, B", y_label="variance of the average",
        )  # fmt: skip
        seen = plane.dots(np.column_stack([bagging.SIZES, found.variances]), ENSEMBLE, radius=0.17)
        with self.beat("More trees, and yet the variance has stopped falling. Why?") as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(*seen, lag_ratio=pace.LAG), least=pace.SLOW)
        pairs = bagging.pair_errors()
        square = shot.chart(
            room, (-3.3, 1.7), (-1.45, 1.45), x_ticks=[-1, 0, 1], y_ticks=[-1, 0, 1],
            x_label="error of one bootstrap tree", y_label="error of another, same data set",
        )  # fmt: skip
        cloud = square.cloud(pairs, SINGLE, radius=0.045, opacity=0.55)
        rho = square.label(
            -3.2, 0.75, f"correlation\nρ = {found.correlation:.2f}", RIGHT, WRONG, size=ink.HEADLINE
        )
        with self.beat("Trees of one data set share its points, so they share errors too.") as beat:
            self.exchange(square, run_time=pace.BRISK)
            beat.over(FadeIn(cloud), least=pace.SLOW)
        with self.beat("Rho is the correlation of two trees' errors.", pause=pace.SLOW) as beat:
            beat.over(FadeIn(rho), least=pace.BRISK)
            beat.over(words.light(rho), least=pace.SLOW)
        self.halving(room)
        law = maths(
            '"Var" hat(f) = {{ rho sigma^2 : shared }} + {{ ((1 - rho) sigma^2) / B : rest }}',
            ink.HEADLINE,
            {"shared": WRONG, "rest": ENSEMBLE},
        )
        law.move_to(plane.at(14, 0.155))
        sizes = np.geomspace(1, 58, 80)
        curve = plane.curve(sizes, [found.predicted(count) for count in sizes], ENSEMBLE, 2 * LINE)
        low = plane.segment((0.9, found.floor), (60, found.floor), WRONG, 2 * LINE, dashed=True)
        with self.beat(
            "Sigma squared is the variance of one tree. The shared part stays, only the rest is divided by B.",
            pause=pace.SLOW + pace.BRISK,
        ) as beat:
            self.exchange(plane, seen, law, run_time=pace.BRISK)
            beat.over("shared", Create(low), words.light(law.part("shared")), until="only", least=pace.CALM)
            beat.over(Create(curve), words.light(law.part("rest")), least=pace.SLOW)
        with self.beat("On the wave, this predicts what we measured.") as beat:
            beat.over(*(words.light(dot) for dot in seen), least=pace.SLOW)
        with self.beat("Averaging removes what the trees do not share. So let them share less.") as beat:
            beat.over(FadeOut(law), self.frame.to(*seen[2:], share=0.75), least=pace.SLOW)
        self.random_forest(room)

    def halving(self, room: shot.Region) -> None:
        """Stacked bars of what is shared and what is not."""
        names = [*(f"{count} tree{'s' * (count > 1)}" for count in BY_HAND), "without end"]
        counts = np.array([*BY_HAND, np.inf])
        parts = np.array([halves(count) for count in counts])
        chart = BarChart(
            names, np.maximum(parts, 1e-9), (0, 1.12), room.width, room.height, decimals=2,
            colors=[WRONG, ENSEMBLE], parts=["shared", "not shared"],
        )  # fmt: skip
        room.put(chart)
        shown = [(np.arange(4) < count).astype(float) for count in range(5)]
        chart.shade(shown[0])
        with self.beat(
            "Say that a tree's variance is one, and rho one half. With two trees, part of the rest is gone."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(glide(chart.shade, shown[0], shown[1], chart), until="With", least=pace.CALM)
            beat.over(glide(chart.shade, shown[1], shown[2], chart), least=pace.SLOW)
        with self.beat("With more trees, the blue part melts away. The red part stays.") as beat:
            self.play(glide(chart.shade, shown[2], shown[3], chart), run_time=pace.SLOW)
            beat.over(glide(chart.shade, shown[3], shown[4], chart), until="red", least=pace.SLOW)
            beat.over(glide(chart.shade, shown[4], np.array([0.62, 0.62, 0.62, 1.0]), chart), least=pace.CALM)

    def random_forest(self, room: shot.Region) -> None:
        """Which pixels a split may look at, and what the forest's trees do to the vote."""
        above, below = room.rows(7, 1, gap=0.15)
        table, _ = forest.digits()
        pair = ImageGrid(
            np.repeat(table[:1].reshape(1, 8, 8), 2, axis=0), width=above.width, height=above.height
        )
        above.put(pair)
        images = [pair.image(0), pair.image(1)]
        names = VGroup(
            *(
                words.label(text, color, ink.AXIS).move_to((float(image.get_center()[0]), below.middle[1], 0))
                for image, text, color in zip(
                    images,
                    (
                        f"bagged: all {forest.PIXELS} pixels",
                        f"random forest: {forest.OPEN} of {forest.PIXELS}",
                    ),
                    (ink.chalk, ink.focus),
                    strict=True,
                )
            )
        )
        side = float(images[1].height) / 8
        corner = images[1].get_corner(UP + LEFT)
        spots = np.array(
            [(corner[0] + (x + 0.5) * side, corner[1] - (y + 0.5) * side) for y in range(8) for x in range(8)]
        )
        rng = np.random.default_rng(0)
        closed = []
        for _ in range(LOOKS):
            hidden = np.ones(forest.PIXELS)
            hidden[rng.choice(forest.PIXELS, forest.OPEN, replace=False)] = 0
            closed.append(hidden * side * 0.49)
        veil = UnitChart(shot.bare(), spots, 0.0, ink.ground, 0.97)
        rim = UnitChart(shot.bare(), spots, 0.0, ink.focus, 0.0)
        rim.set_stroke(ink.focus, LINE)
        with self.beat(
            "Back to many features: the pixels of a digit. A bagged tree may split at each of them."
        ) as beat:
            self.exchange(pair, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over("bagged", FadeIn(names[0]), least=pace.CALM)
        with self.beat(
            "Bagged trees that see a random subset of features at each split: a random forest."
        ) as beat:
            self.play(FadeIn(names[1]), run_time=pace.CALM)
            self.add(veil, rim)
            opened = [np.where(hidden > 0, 0.0, side * 0.45) for hidden in closed]
            last, shown = np.zeros(forest.PIXELS), np.zeros(forest.PIXELS)
            for hidden, free in zip(closed, opened, strict=True):
                self.play(
                    glide(veil.redraw, (spots, last), (spots, hidden), veil),
                    glide(rim.redraw, (spots, shown), (spots, free), rim),
                    run_time=pace.SLOW,
                )
                last, shown = hidden, free
            beat.rest()
        left, right = above.columns(1, 1, gap=0.7)
        found = [forest.vote("bagged"), forest.vote("forest")]
        walls = [
            Marks(half, each.marks[:ROWS, :CASES]) for half, each in zip((left, right), found, strict=True)
        ]
        heads = [
            words.label(f"{name}: one tree {100 * each.one:.0f} % right", ink.chalk, ink.AXIS)
            for name, each in zip(("bagged", "forest"), found, strict=True)
        ]
        ends = [
            words.label(f"{name}: vote of {forest.TREES} {100 * each.vote:.0f} %", ENSEMBLE, ink.AXIS)
            for name, each in zip(("bagged", "forest"), found, strict=True)
        ]
        for half, pair_of in zip((left, right), zip(heads, ends, strict=True), strict=True):
            for each in pair_of:
                each.move_to((half.middle[0], below.middle[1], 0))
        with self.beat(
            "Each row is one of the trees, each column a digit not seen in training; red is wrong."
        ) as beat:
            self.exchange(walls[0], heads[0], run_time=pace.BRISK)
            beat.over("red", FadeIn(walls[1]), least=pace.CALM)
        with self.beat(
            "A forest's tree is worse: right in seventy-seven instead of eighty-three percent."
        ) as beat:
            self.play(self.spotlight(walls[1]), run_time=pace.QUICK)
            beat.over(FadeIn(heads[1]), least=pace.CALM)
        with self.beat(
            "Yet its vote is better, ninety-seven instead of ninety-five: its trees agree less.",
            pause=pace.SLOW,
        ) as beat:
            self.play(self.lights_on(), FadeOut(*heads), FadeIn(*ends), run_time=pace.BRISK)
            beat.over("agree", self.spotlight(walls[0], *ends), least=pace.CALM)
        with self.beat(
            "In the bagged trees you see columns of red: shared mistakes, which no vote repairs."
        ) as beat:
            beat.over(walls[0].animate.scale(1.04), until="which", least=pace.SLOW)
            beat.over(words.light(ends[0]), least=pace.CALM)
        with self.beat(
            "More trees do not overfit, they stop helping. Tune the number of features instead."
        ) as beat:
            beat.over(words.light(ends[1]), until="Tune", least=pace.SLOW)
            beat.over(self.lights_on(), least=pace.CALM)
