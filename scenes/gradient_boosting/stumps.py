"""Twelve stumps, one after the other, and how a forest differs."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.gradient_boosting.remainder import WIDE
from scenes.gradient_boosting.stage import (
    EDGES,
    MODEL,
    NEXT,
    RESIDUAL,
    UNSEEN,
    GradientBoostingStage,
    months_of,
    raised,
    sea_plane,
    sea_spots,
    span,
    stair,
    told,
    year_values,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.tag import Tag
from scenes.maths.gradient_boosting import stairs

THREADS: Final = 12
"""Trees of the forest that are drawn."""


class Stumps(GradientBoostingStage):
    """Twelve stumps, one after the other, and how a forest differs."""

    # --- the year

    @chapter("Twelve stumps, and the year appears")
    def twelve_stumps(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane, dots, coming = self.dots_come()
        spots = sea_spots()
        values = np.array([year_values(steps) for steps in range(stairs.STEPS + 1)])
        sweep = ParameterSweep(np.arange(stairs.STEPS + 1))
        model = plane.curve(*stair(EDGES, values[0]), MODEL, WIDE)
        coming_next = plane.curve(*stair(EDGES, values[0]), NEXT, LINE, dashed=True)
        misses = plane.stems(spots[:, 0], months_of(values[0]), spots[:, 1], RESIDUAL, LINE / 2)
        model.set_z_index(1)
        count = words.Readout(
            sweep.score(np.arange(stairs.STEPS + 1)), 0, "", "stumps", MODEL, ink.POINT, digits=2
        )
        error = words.Readout(sweep.score(stairs.errors()), 2, "°C²", "error", RESIDUAL, ink.POINT)
        column = VGroup(count, error).arrange(DOWN, buff=0.3, aligned_edge=RIGHT)
        board = raised(shot.safe(titled=False).put(Tag(column), UP + RIGHT))
        with self.beat("Back to the sea, with the same recipe: residuals, stump, add.") as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(coming, until="residuals", least=pace.CALM)
            self.play(Create(model), run_time=pace.CALM)
            self.add(misses, model, dots)
            beat.over(
                glide(
                    misses.redraw,
                    (spots[:, 0], months_of(values[0]), months_of(values[0])),
                    (spots[:, 0], months_of(values[0]), spots[:, 1]),
                ),
                least=pace.CALM,
            )
        sweep.draws(
            lambda _: (
                model.redraw(*stair(EDGES, sweep.mix(values))),
                coming_next.redraw(*stair(EDGES, values[min(int(sweep.place + 0.999), stairs.STEPS)])),
                misses.redraw(spots[:, 0], months_of(sweep.mix(values)), spots[:, 1]),
            )
        )
        with self.beat("A stump is fitted to the drops, and added. Then the next, and the next.") as beat:
            self.play(FadeIn(board, coming_next), run_time=pace.QUICK)
            for stop in (1, 2, 3):
                self.play(sweep.to(stop), run_time=pace.SLOW)
            beat.rest()
        with self.beat("Each one corrects the sum before it, and step by step the year appears.") as beat:
            for stop in range(4, stairs.STEPS + 1):
                self.play(sweep.to(stop), run_time=pace.BRISK)
            beat.rest()
        with self.beat("The drops shrink, and the stairs lie close to the middle of each month.") as beat:
            self.play(FadeOut(board, coming_next), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region(*span(plane, (-0.5, 5.0), (21.6, 29.8))), until="middle", least=pace.SLOW
            )
            beat.over(self.frame.back(), least=pace.SLOW)
        self.on_unseen_years()
        self.no_forest()

    def on_unseen_years(self) -> None:
        """Errors on years that were not fitted."""
        found = stairs.unseen()
        room = shot.safe(titled=False)
        rows = [found.mean, found.one, found.twelve, found.months]
        values = [float(each.mean()) for each in rows]
        chart = BarChart(
            ["the mean", "one stump", "twelve stumps", "mean of each month"], [0.0, *values[1:]], (0, 6.2), room.width,
            room.height, decimals=2, colors=[ink.quiet, UNSEEN, UNSEEN, ink.quiet],
            label="mean squared error on unseen years, °C²; five shuffles",
        )  # fmt: skip
        room.put(chart)
        shades = [np.array([float(row < shown) for row in range(4)]) for shown in range(1, 5)]
        chart.shade(shades[0])
        with self.beat("Test it on years that were not fitted. There the mean errs by 5.18.") as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(chart.change(values), least=pace.SLOW)
        with self.beat(
            "One stump helps much. The whole staircase reaches 1.45, close to the mean of each month."
        ) as beat:
            beat.over(glide(chart.shade, shades[0], shades[1]), until="whole", least=pace.CALM)
            self.play(glide(chart.shade, shades[1], shades[2]), run_time=pace.CALM)
            beat.over(glide(chart.shade, shades[2], shades[3]), least=pace.CALM)
        with self.beat(
            "So many weak steps learn the curve because each one corrects the sum of the others."
        ) as beat:
            beat.over(
                glide(chart.shade, np.ones(4), np.array([0.62, 0.62, 1.0, 0.62])),
                until="because",
                least=pace.CALM,
            )
            beat.over(
                glide(chart.shade, np.array([0.62, 0.62, 1.0, 0.62]), np.array([0.62, 1.0, 1.0, 0.62])),
                least=pace.CALM,
            )

    def no_forest(self) -> None:
        """A tree less in a forest, and in the stairs."""
        plane = sea_plane()
        trees, steps = stairs.forest()[:THREADS], year_values(stairs.STEPS)
        average = stairs.forest().mean(axis=0)
        less = np.delete(stairs.forest(), 0, axis=0).mean(axis=0)
        threads = [plane.curve(*stair(EDGES, tree), ink.faint, LINE / 2) for tree in trees]
        middle = plane.curve(*stair(EDGES, average), MODEL, WIDE)
        name = told("a random forest: averaged", UP + RIGHT)
        with self.beat(
            "Is this a forest, where more trees are safer? No. A forest averages trees that stand alone."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(FadeIn(*threads, lag_ratio=pace.LAG), until="averages", least=pace.CALM)
            self.allow(middle, "faint", "the average lies on the trees that it averages")
            beat.over(Create(middle), FadeIn(name), least=pace.CALM)
        out = plane.curve(*stair(EDGES, trees[0]), NEXT, LINE)
        with self.beat("Take one of them out, and the average hardly moves.") as beat:
            self.play(FadeIn(out), run_time=pace.QUICK)
            self.allow(
                out, "pop", "it comes where the average and its threads are, and leaves through the top"
            )
            self.play(
                glide(out.redraw, stair(EDGES, trees[0]), stair(EDGES, trees[0] + 12)), run_time=pace.SLOW
            )
            beat.over(glide(middle.redraw, stair(EDGES, average), stair(EDGES, less)), least=pace.CALM)
        torn = stairs.year().without(0).at(np.arange(12.0))
        stairs_ = plane.curve(*stair(EDGES, steps), MODEL, WIDE)
        first = plane.curve(*stair(EDGES, year_values(1)), NEXT, WIDE)
        spots = sea_spots()
        cloud = plane.cloud(spots, ink.quiet, radius=0.065)
        boards = [
            told(f"boosting, error {cost:.1f} °C²", UP + RIGHT, MODEL)
            for cost in (stairs.errors()[-1], stairs.torn()[0][0])
        ]
        with self.beat(
            "Here each tree stands on those before it. Take out the first, and the error is 4.6: the curve tears."
        ) as beat:
            self.play(
                *(FadeOut(each) for each in (*threads, middle, out, name)), FadeIn(cloud, stairs_, boards[0]),
                run_time=pace.BRISK,
            )  # fmt: skip
            self.play(FadeIn(first), run_time=pace.BRISK)
            self.allow(first, "pop", "it leaves through the top of the picture, and comes back there")
            self.play(
                glide(first.redraw, stair(EDGES, year_values(1)), stair(EDGES, year_values(1) + 12)),
                run_time=pace.CALM,
            )
            self.play(
                glide(stairs_.redraw, stair(EDGES, steps), stair(EDGES, torn)), FadeOut(boards[0]),
                run_time=pace.SLOW,
            )  # fmt: skip
            beat.over(FadeIn(boards[1]), least=pace.BRISK)
        with self.beat(
            "So boosted trees are trained in sequence, and an early one cannot be dropped."
        ) as beat:
            self.play(
                glide(first.redraw, stair(EDGES, year_values(1) + 12), stair(EDGES, year_values(1))),
                FadeOut(boards[1]),
                run_time=pace.CALM,
            )
            self.play(
                glide(stairs_.redraw, stair(EDGES, torn), stair(EDGES, steps)),
                FadeOut(first),
                run_time=pace.SLOW,
            )
            beat.over(FadeIn(boards[0]), least=pace.BRISK)
