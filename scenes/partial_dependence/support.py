"""Forced rows leave the data; and real rows alone mix what goes together."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Cloud
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.partial_dependence import diamonds, prices
from scenes.maths.partial_dependence.curves import Floats
from scenes.maths.partial_dependence.diamonds import CARAT, CLARITY, HIGH, LOW, WIDTH
from scenes.partial_dependence.stage import (
    FORCED,
    KEPT,
    LEVELS,
    MEAN,
    NEAR,
    NOWHERE,
    ROWS,
    PartialDependenceStage,
    maths,
    over,
    plate,
    price_plane,
    scattered,
    sizes,
    told,
)

WIDE: Final = (0.15, 2.45)
"""Carat that the map shows."""
MIDDLE: Final = 1.0
"""A weight in the middle of the map, in carat."""
HIGH_MAP: Final = (3.5, 9.1)
"""Millimetres that it shows."""


def map_plane(place: shot.Region = shot.SAFE) -> Plane:
    """Weight across, width up."""
    return shot.chart(
        place, WIDE, HIGH_MAP, x_ticks=[0.5, 1, 1.5, 2], y_ticks=[4, 5, 6, 7, 8, 9], x_label="weight (carat)",
        y_label="width (mm)",
    )  # fmt: skip


def band_points() -> Floats:
    """Weight and width (m, 2) of the stones learned from, each pair once, the lightest first."""
    pairs = np.unique(diamonds.sample().train[:, [CARAT, WIDTH]], axis=0)
    return np.asarray(pairs[pairs[:, 0] < WIDE[1]])


def band_on(plane: Plane, radius: float = 0.035) -> Cloud:
    """The stones on the map."""
    return plane.cloud(band_points(), ROWS, radius=radius, opacity=0.75)


class Support(PartialDependenceStage):
    """Where there are no data; and the cure one thinks of first."""

    @chapter("Some stones do not exist", "extrapolation into places with no data")
    def stones_that_do_not_exist(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.quarrel = prices.quarrel()
        self.leave_the_band()
        self.two_models()
        self.under_the_curve()

    def leave_the_band(self) -> None:
        """Forced stones slide off the data."""
        plane, quarrel = map_plane(), self.quarrel
        points = band_points()
        band = band_on(plane)
        with self.beat("Now the models see the width too. Each dot is a stone to learn from.") as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(
                drive(lambda share: band.redraw(points[: 1 + round(share * (len(points) - 1))]), band),
                least=pace.LONG,
            )
        tied = told(plane, 0.3, 8.3, f"correlated features:  $r$ = {quarrel.tied:.2f}", ROWS, ink.HEADLINE)
        with self.beat("Who knows the weight nearly knows the width: they are correlated features.") as beat:
            beat.over(words.light(band), until="correlated", least=pace.SLOW)
            beat.over(FadeIn(tied), least=pace.BRISK)
        real = quarrel.stones[:, [CARAT, WIDTH]]
        weight = float(prices.GRID[-1])
        forced = np.column_stack([np.full(len(real), weight), real[:, 1]])
        dots = plane.dots(real, FORCED, radius=0.1)
        with self.beat(
            "Partial dependence forces the weight of each drawn stone, here to two carats."
        ) as beat:
            self.play(FadeIn(dots), run_time=pace.BRISK)
            beat.over(glide(dots.redraw, real, forced), least=pace.LONG)
        alone = prices.alone_at(weight)
        hollow = plane.dots(forced[alone], NOWHERE, radius=0.1)
        share = told(plane, 0.3, 8.3, f"{100 * alone.mean():.0f} % alone", NOWHERE, ink.HEADLINE)
        within = told(plane, 0.3, 7.55, f"no real stone within {prices.APART} mm", NOWHERE, ink.AXIS)
        with self.beat("Most of them leave the data: 88 percent have no real stone near them.") as beat:
            beat.over(FadeOut(tied), FadeIn(hollow), until="percent", least=pace.CALM)
            beat.over(FadeIn(share, within), words.light(hollow, NOWHERE), least=pace.CALM)
        half = prices.alone_at(MIDDLE)
        middle = np.column_stack([np.full(len(real), MIDDLE), real[:, 1]])
        fewer = plane.dots(middle[half], NOWHERE, radius=0.1)
        small = told(plane, 1.12, 4.6, f"{100 * half.mean():.0f} % alone", NOWHERE, ink.HEADLINE)
        with self.beat("Forced to one carat, it is still about half of them.") as beat:
            self.play(FadeOut(hollow, share, within), run_time=pace.QUICK)
            self.play(glide(dots.redraw, forced, middle), run_time=pace.CALM)
            beat.over(FadeIn(fewer, small), least=pace.CALM)
        worst = quarrel.worst
        ring = plane.dots([forced[worst]], NOWHERE, "ring", radius=0.3)
        name = over(Tag(words.label(f"2 carat, {real[worst, 1]:.1f} mm", NOWHERE, ink.HEADLINE)))
        self.pin(shot.SAFE.put(name, DOWN + LEFT))
        with self.beat("Two carats, but five millimetres wide: no such stone is there.") as beat:
            self.play(FadeOut(small, fewer), glide(dots.redraw, middle, forced), run_time=pace.BRISK)
            self.play(FadeIn(ring, scale=3), FadeIn(hollow), run_time=pace.QUICK)
            beat.over(self.frame.to(ring, share=0.16, at=(2.5, -1.4)), until="no such", least=pace.SLOW)
            self.play(FadeIn(name), run_time=pace.BRISK)
        term = over(Tag(words.headline("extrapolation", NOWHERE)))
        self.pin(term.move_to(plane.at(0.3, 8.3), aligned_edge=LEFT))
        with self.beat("To ask a model where it has seen no data is extrapolation.") as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.over(self.frame.back(), until="no data", least=pace.SLOW)
            beat.over(FadeIn(term), words.light(hollow, NOWHERE), least=pace.BRISK)

    def two_models(self) -> None:
        """Two models price one stone along the grid."""
        quarrel, worst = self.quarrel, self.quarrel.worst
        plane = shot.chart(
            shot.SAFE, (0.25, 2.35), (-17.5, 17.5), x_ticks=[0.5, 1, 1.5, 2], y_ticks=[-15, -10, -5, 0, 5, 10, 15],
            x_label="forced weight (carat)", y_label="price (1,000 $)",
        )  # fmt: skip
        zero = plane.segment((0.25, 0.0), (2.35, 0.0), KEPT, THIN)
        trees = plane.curve(prices.GRID, quarrel.curves[0, worst], ROWS, 2 * LINE)
        cubic = plane.curve(prices.GRID, quarrel.curves[1, worst], ROWS, 2 * LINE, dashed=True)
        own = plane.dots([(quarrel.stones[worst, CARAT], quarrel.real[0, worst])], ROWS, radius=0.18)
        inside = abs(quarrel.stones[:, CARAT] - prices.GRID.mean()) < np.ptp(prices.GRID) / 2
        spots = [np.column_stack([quarrel.stones[:, CARAT], each])[inside] for each in quarrel.real]
        pairs = [
            plane.dots(spots[0], ROWS, radius=0.1),
            plane.dots(spots[1], MEAN, "ring", radius=0.11),
        ]
        names = VGroup(
            told(plane, 0.45, 14.6, f"boosted trees  $R^2$ {quarrel.fit[0]:.2f}", ROWS),
            told(plane, 0.45, -12.4, f"cubic polynomial  $R^2$ {quarrel.fit[1]:.2f}", ROWS),
        )
        with self.beat(
            "Now two models, trees and a cubic polynomial, which are equally good on unseen stones."
        ) as beat:
            self.exchange(plane, zero, run_time=pace.BRISK)
            beat.over("trees", FadeIn(names[0]), FadeIn(pairs[0]), until="cubic", least=pace.BRISK)
            beat.over(FadeIn(names[1]), FadeIn(pairs[1]), least=pace.BRISK)
        gap = told(plane, 0.45, -6.5, f"real stones: {quarrel.apart_real:.1f} apart", MEAN, ink.HEADLINE)
        with self.beat("On real stones they nearly agree: the mean difference is small.") as beat:
            beat.over(words.light(pairs[1]), until="the mean", least=pace.BRISK)
            beat.over(FadeIn(gap), least=pace.BRISK)
        ends = [
            over(Tag(plane.label(2.0, curve[worst, -1], text, side, NOWHERE, size=ink.HEADLINE, gap=0.3)))
            for curve, side, text in (
                (quarrel.curves[0], UP + LEFT, f"{quarrel.curves[0, worst, -1]:.1f}"),
                (quarrel.curves[1], LEFT, f"−{abs(quarrel.curves[1, worst, -1]):.1f}"),
            )
        ]
        ends[0].next_to(plane.at(2.0, quarrel.curves[0, worst, -1]), RIGHT)
        with self.beat(
            "Force the weight of that stone. At two carats, one says 14.5 thousand, the other minus 13.5."
        ) as beat:
            self.play(FadeOut(gap, *pairs), FadeIn(own, scale=3), run_time=pace.BRISK)
            beat.over(
                glide(trees.reveal, 0.0, 1.0), glide(cubic.reveal, 0.0, 1.0), until="one", least=pace.LONG
            )
            self.play(FadeIn(ends[0]), run_time=pace.QUICK)
            beat.over("minus", FadeIn(ends[1]), least=pace.BRISK)
        source = maths(
            '"PD"({{ x_S : s }}) = 1/n sum_(i=1)^n hat(f)({{ x_S : s }}, {{ x_C^((i)) : far }})', ink.POINT
        )
        rule = plate(source, UP)
        with self.beat(
            "It is the worst of the drawn stones; but in each of ten samples, one is priced below zero."
        ) as beat:
            beat.over(words.light(cubic), until="in each", least=pace.CALM)
            beat.over(words.light(ends[1].text, NOWHERE), FadeOut(names), least=pace.CALM)
        with self.beat("And partial dependence averages over such stones too.") as beat:
            beat.over(FadeIn(rule), until="averages", least=pace.BRISK)
            beat.over(words.light(source.part("far"), NOWHERE), words.light(cubic), least=pace.CALM)

    def under_the_curve(self) -> None:
        """The means of both models over the rows that there are."""
        quarrel = self.quarrel
        plane = shot.chart(
            shot.SAFE, (0.25, 2.35), (-1.6, 15.0), x_ticks=[0.5, 1, 1.5, 2], y_ticks=[0, 5, 10, 15],
            x_label="forced weight (carat)", y_label="price (1,000 $)",
        )  # fmt: skip
        means = quarrel.curves.mean(axis=1)
        trees = plane.curve(prices.GRID, means[0], MEAN, 2 * LINE)
        cubic = plane.curve(prices.GRID, means[1], MEAN, 2 * LINE, dashed=True)
        weights = np.sort(quarrel.stones[:, CARAT])
        weights = weights[(weights > plane.limits[0][0] + prices.NEAR) & (weights < plane.limits[1][0])]
        ticks = plane.stems(weights, -1.6, -0.4, ROWS, THIN)
        ghosts = [
            plane.curve(prices.GRID, each, KEPT, LINE, dashed=bool(number))
            for number, each in enumerate(means)
        ]
        names = VGroup(
            told(plane, 1.15, 4.6, "solid: PDP of trees"),
            told(plane, 1.15, 2.8, "dashed: PDP of polynomial"),
        )
        with self.beat(
            "As if weight and width were independent: so the two curves part at both ends, where stones are "
            "forced farthest."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(
                glide(trees.reveal, 0.0, 1.0), glide(cubic.reveal, 0.0, 1.0), until="stones", least=pace.LONG
            )
            beat.over(FadeIn(names), least=pace.BRISK)
        term = told(plane, 1.25, 0.9, "data support: a rug plot", ROWS)
        with self.beat(
            "Draw the data support under the curve: a rug plot, a tick for each real row."
        ) as beat:
            beat.over(
                drive(lambda share: ticks.redraw(weights[: 1 + round(share * (len(weights) - 1))], -1.6, -0.4), ticks),
                until="a rug", least=pace.SLOW,
            )  # fmt: skip
            beat.over(FadeIn(term), least=pace.BRISK)
        with self.beat("And where there are few, fade the curve, and do not read it.") as beat:
            self.play(FadeIn(*ghosts), run_time=pace.QUICK)
            beat.over(
                glide(trees.redraw, (prices.GRID, means[0], 1.0), (prices.GRID, means[0], 0.7)),
                glide(cubic.redraw, (prices.GRID, means[1], 1.0), (prices.GRID, means[1], 0.7)), FadeOut(names),
                until="and do", least=pace.SLOW,
            )  # fmt: skip
            beat.over(words.light(ticks), least=pace.CALM)

    # --- real rows alone

    @chapter("Averaging neighbours mixes effects")
    def neighbours_mix_effects(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        said = self.said
        plane = price_plane((0, 26.4), y_ticks=[0, 5, 10, 15])
        dots = plane.dots(scattered(said), ROWS, radius=0.075)
        columns = [
            dots.subset(np.flatnonzero(said.stones[:, CLARITY] == level)) for level in range(len(LEVELS))
        ]
        line = plane.curve(LEVELS, said.marginal, NEAR, 2 * LINE)
        line.set_z_index(2)
        marks = plane.dots(np.column_stack([LEVELS, said.marginal]), NEAR, "diamond", radius=0.18)
        marks.set_z_index(2)
        head = told(plane, 0.0, 24.4, "real stones, not forced", ROWS)
        with self.beat(
            "Forced rows leave the data. So why not use real stones alone, those that have the value?"
        ) as beat:
            self.play(FadeIn(plane, head), run_time=pace.BRISK)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.LONG)
        with self.beat(
            "For each clarity, average the predictions of its own stones, as they are, without forcing."
        ) as beat:
            self.play(dots.animate.shade(0.6), run_time=pace.QUICK)
            for number, column in enumerate(columns):
                self.play(
                    words.light(column, NEAR, run_time=pace.BRISK), FadeIn(marks[number]), run_time=pace.BRISK
                )
            beat.rest()
        term = told(plane, 0.0, 24.4, "marginal plot: a conditional mean", NEAR)
        with self.beat("This conditional mean, drawn over the values, is the marginal plot.") as beat:
            beat.over(glide(line.reveal, 0.0, 1.0), FadeOut(head), until="is the", least=pace.SLOW)
            beat.over(FadeIn(term), least=pace.BRISK)
        source = maths('{{ M : near }}({{ x_S : s }}) = "E"[hat(f)(X) | X_S = {{ x_S : s }}]', ink.POINT)
        rule = over(Tag(source)).next_to(term, DOWN, buff=0.15, aligned_edge=LEFT)
        with self.beat(
            "M is the mean of the predictions, given that the feature has this value.", pause=pace.CALM
        ) as beat:
            self.play(FadeIn(rule), run_time=pace.BRISK)
            for number, column in enumerate(columns):
                self.play(words.light(column, NEAR), words.light(marks[number]), run_time=pace.QUICK)
            beat.over(words.light(source.part("near")), words.light(line), least=pace.BRISK)
        fall = told(plane, 4.6, 17.6, f"−{abs(prices.rises()[:, 2].mean()):.1f}", NEAR, ink.HEADLINE)
        with self.beat(
            "But it is the picture of the beginning: from SI2 to VVS1 it falls by about 2.5 thousand dollars."
        ) as beat:
            beat.over(FadeOut(term, rule), glide(line.reveal, 0.0, 1.0), until="from", least=pace.SLOW)
            self.play(FadeIn(fall), run_time=pace.QUICK)
            beat.over(words.light(marks[LOW]), words.light(marks[HIGH]), least=pace.CALM)
        bars = plane.stems(LEVELS, 20.3, 20.3, KEPT, 16 * LINE)
        tops = 20.3 + 3.2 * said.weight
        title = told(plane, 1.7, 25.2, "mean weight (carat)", KEPT)
        figures = VGroup(
            *(
                over(
                    Tag(
                        plane.label(level, tops[level], f"{said.weight[level]:.2f}", UP, KEPT, size=ink.POINT)
                    )
                )
                for level in (LOW, HIGH)
            )
        )
        with self.beat(
            "Look at the weights: a stone of SI2 has 1.07 carat on average, one of VVS1 0.49."
        ) as beat:
            self.play(FadeIn(title), run_time=pace.QUICK)
            beat.over(
                glide(bars.redraw, (LEVELS, 20.3, np.full(len(LEVELS), 20.3)), (LEVELS, 20.3, tops)),
                glide(dots.redraw, {"radius": 0.075}, {"radius": sizes(said)}), until="a stone", least=pace.SLOW,
            )  # fmt: skip
            beat.over(FadeIn(figures), least=pace.BRISK)
        mixed = told(plane, 1.6, 17.4, "confounding by correlated features", NEAR)
        with self.beat(
            "The plot mixes the effect of clarity with that of weight: confounding by correlated features."
        ) as beat:
            beat.over(FadeOut(fall), FadeIn(mixed), words.light(line), until="confounding", least=pace.SLOW)
            beat.over(words.light(bars), least=pace.SLOW)
        with self.beat("A PDP leaves the data. The marginal plot stays on them, and confounds.") as beat:
            beat.over(
                self.frame.to(marks[LOW], marks[HIGH], share=0.62),
                FadeOut(mixed),
                until="The marginal",
                least=pace.SLOW,
            )
            beat.over(self.frame.back(), least=pace.SLOW)
        with self.beat(
            "A plain mean of prices by group, as at the beginning, mixes effects in just the same way."
        ) as beat:
            beat.over(glide(line.reveal, 0.0, 1.0), until="mixes", least=pace.SLOW)
            beat.over(words.light(line), words.light(bars), least=pace.CALM)
