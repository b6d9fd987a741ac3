"""Small steps where the data are: accumulated local effects, and how near they come to a known truth."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.small_multiples import SmallMultiples
from scenes.kit.tag import Tag
from scenes.maths.partial_dependence import hand, known, prices
from scenes.maths.partial_dependence.diamonds import CARAT, HIGH, LOW, WIDTH
from scenes.partial_dependence.stage import (
    KEPT,
    LEVELS,
    LOCAL,
    MEAN,
    NEAR,
    ROWS,
    TRUTH,
    PartialDependenceStage,
    maths,
    over,
    plate,
    price_plane,
    told,
)
from scenes.partial_dependence.support import HIGH_MAP, band_on, map_plane

NUMBER: Final = 17
"""The interval that the camera visits."""
SHOWN: Final = 45
"""Rows of it that are drawn."""
EDGES: Final = np.array([0.0, 1.0, 2.0])
"""Edges of the two intervals that are followed by hand."""
HAND: Final = (-3.9, 6.4)
"""Effects that the example by hand takes."""
PANES: Final = (4, 6)
"""Rows and columns of the gallery of draws."""


def bars_on(plane: Plane) -> VGroup:
    """The local effects of the example by hand, those of an interval from where the sum of its predecessors ends."""
    sums, _ = hand.stairs()
    bars = VGroup()
    for number, values in enumerate(hand.LOCAL):
        starts = np.array([(EDGES[number], sums[number])] * len(values))
        ends = np.array([(EDGES[number] + 1, sums[number] + value) for value in values])
        bars.add(plane.segment(starts, ends, ROWS, 1.5 * LINE))
    return bars


class Steps(PartialDependenceStage):
    """Accumulated local effects."""

    @chapter("Take small steps where the data are", "ALE as the cure")
    def small_steps(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.quarrel = prices.quarrel()
        self.walls()
        self.by_two_intervals()
        self.in_symbols()
        self.both_models()

    def walls(self) -> None:
        """Rows step within their interval."""
        plane = map_plane()
        band = band_on(plane)
        edges = self.quarrel.effects[0].edges
        lines = plane.stems(edges, *HIGH_MAP, LOCAL, THIN)
        term = told(plane, 0.25, 8.75, "intervals of equally many rows", LOCAL, ink.HEADLINE)
        with self.beat(
            "Stay on the data. Cut the axis at quantiles: intervals with equally many rows."
        ) as beat:
            self.play(FadeIn(plane, band), run_time=pace.BRISK)
            beat.over(glide(lines.redraw, (edges, HIGH_MAP[0], HIGH_MAP[0]), (edges, *HIGH_MAP)), until="intervals",
                      least=pace.SLOW)  # fmt: skip
            beat.over(FadeIn(term), least=pace.BRISK)
        interval = prices.walls(NUMBER)
        low, high = interval.low, interval.high
        rows = interval.stones[:SHOWN][:, [CARAT, WIDTH]]
        chosen = int(rows[:, 1].argsort()[len(rows) // 2])
        dots = plane.dots(rows, ROWS, radius=0.04)
        dots.set_z_index(1)
        left, right = (np.column_stack([np.full(len(rows), wall), rows[:, 1]]) for wall in (low, high))
        across = plane.at(np.array([(low - 0.12, 6.35), (high + 0.12, 7.75)]))
        with self.beat(
            "Each row steps from the left wall of its interval to the right wall, no farther."
        ) as beat:
            self.play(
                FadeOut(term), FadeIn(dots),
                self.frame.to_region(*((float(a), float(b)) for a, b in across[:, :2].T)), run_time=pace.SLOW,
            )  # fmt: skip
            self.play(glide(dots.redraw, rows, left), run_time=pace.CALM)
            beat.over(glide(dots.redraw, left, right), least=pace.LONG)
        before, after = interval.said[chosen]
        glow = plane.dots([left[chosen]], MEAN, "ring", radius=0.075)
        glow.set_z_index(2)
        name = over(Tag(words.headline("local effect", LOCAL)))
        self.pin(shot.SAFE.put(name, UP + LEFT))
        sums = [
            over(Tag(words.label(text, MEAN, ink.POINT)))
            for text in (
                f"price {before:.1f}",
                f"price {before:.1f} → {after:.1f}",
                f"= +{after - before:.1f}",
            )
        ]
        for each in sums[:2]:
            each.next_to(name, DOWN, buff=0.15, aligned_edge=LEFT)
        sums[2] = over(Tag(words.headline(f"+{after - before:.1f}", LOCAL)))
        sums[2].next_to(sums[1], DOWN, buff=0.15, aligned_edge=LEFT)
        self.pin(*sums)
        with self.beat("The change of its prediction, from wall to wall, is the local effect.") as beat:
            self.play(glide(dots.redraw, right, left), run_time=pace.BRISK)
            self.play(FadeIn(glow, sums[0]), run_time=pace.QUICK)
            beat.over(
                glide(dots.redraw, left, right), glide(glow.redraw, left[[chosen]], right[[chosen]]),
                until="is the", least=pace.CALM,
            )  # fmt: skip
            beat.over(FadeOut(sums[0]), FadeIn(sums[1], sums[2], name), least=pace.BRISK)
        with self.beat(
            "The width is the same at both walls: in the difference, the width's own effect cancels."
        ) as beat:
            beat.over(
                glide(dots.redraw, right, left), glide(glow.redraw, right[[chosen]], left[[chosen]]),
                until="in the", least=pace.SLOW,
            )  # fmt: skip
            beat.over(
                glide(dots.redraw, left, right), glide(glow.redraw, left[[chosen]], right[[chosen]]),
                least=pace.SLOW,
            )  # fmt: skip

    def by_two_intervals(self) -> None:
        """Two rows in each of two intervals."""
        plane = shot.chart(
            shot.SAFE, (-0.35, 2.6), HAND, x_ticks=[], y_ticks=[-2, 0, 2, 4, 6], x_label="two intervals",
            y_label="effect",
        )  # fmt: skip
        walls = plane.stems(EDGES, *HAND, LOCAL, THIN)
        sums, shifted = hand.stairs()
        stair = plane.curve(EDGES, sums, LOCAL, 2.5 * LINE)
        bars, signs = bars_on(plane), VGroup()
        for number, values in enumerate(hand.LOCAL):
            signs.add(
                VGroup(
                    *(
                        over(Tag(plane.label(EDGES[number] + 1, sums[number] + value, f"+{value:.0f}", LEFT, ROWS,
                                             size=ink.HEADLINE, gap=0.35)))
                        for value in values
                    )
                )
            )  # fmt: skip
        with self.beat(
            "By hand: two rows of the first interval change by two and four. Their mean is three."
        ) as beat:
            self.exchange(plane, walls, also=[self.frame.back()], run_time=pace.CALM)
            beat.over(FadeIn(bars[0], signs[0]), until="Their", least=pace.BRISK)
            beat.over(glide(stair.redraw, (EDGES, sums, 0.0), (EDGES, sums, 0.5)), least=pace.CALM)
        with self.beat(
            "In the second interval one and three: two. Accumulate them: zero, three, five."
        ) as beat:
            self.play(FadeOut(signs[0]), FadeIn(bars[1], signs[1]), run_time=pace.BRISK)
            beat.over(
                glide(stair.redraw, (EDGES, sums, 0.5), (EDGES, sums, 1.0)),
                until="Accumulate",
                least=pace.CALM,
            )
            self.play(FadeOut(signs[1], bars), run_time=pace.QUICK)
            marks = self.marks_of(plane, sums)
            for mark in marks:
                self.play(FadeIn(mark, scale=1.5), run_time=pace.QUICK)
            beat.rest()
        below = self.marks_of(plane, shifted)
        name = told(plane, 0.15, 5.4, "centring", LOCAL, ink.HEADLINE)
        with self.beat("Centring: shift the curve, so that its mean over the data is zero.") as beat:
            self.play(FadeOut(marks), FadeIn(name), run_time=pace.QUICK)
            beat.over(glide(stair.redraw, (EDGES, sums), (EDGES, shifted)), until="zero", least=pace.LONG)
            beat.over(FadeIn(below), least=pace.BRISK)

    def marks_of(self, plane: object, values: object) -> VGroup:
        """Numbers at the walls."""
        heights = np.asarray(values)
        return VGroup(
            *(
                over(Tag(plane.label(wall, height, f"{height:g}".replace("-", "−"), RIGHT + DOWN, MEAN,  # type: ignore[attr-defined]
                                     size=ink.HEADLINE, gap=0.2)))
                for wall, height in zip(EDGES, heights, strict=True)
            )
        )  # fmt: skip

    def in_symbols(self) -> None:
        """The formula, out of its parts."""
        above, below = shot.SAFE.rows(1.75, shot.SAFE.height - 1.75, gap=0.25)
        rule = maths(
            '"ALE"(x) = {{ sum_(k <= k(x)) : sum }} {{ 1/n_k sum_(i in N_k) : mean }} {{ '
            '[hat(f)(z_k, x_C^((i))) - hat(f)(z_(k-1), x_C^((i)))] : local }} {{ - c : shift }}',
            0.88 * ink.POINT,
        )  # fmt: skip
        above.put(rule)
        plane = shot.chart(below, (-0.35, 2.6), HAND, x_ticks=[], y_ticks=[-2, 0, 2, 4, 6])
        walls = plane.stems(EDGES, *HAND, LOCAL, THIN)
        head = over(Tag(words.headline("accumulated local effects, ALE", LOCAL)))
        head.move_to(plane.at(0.02, -2.3), aligned_edge=LEFT)
        sums, shifted = hand.stairs()
        bars, stair = bars_on(plane), plane.curve(EDGES, sums, LOCAL, 2.5 * LINE)
        with self.beat(
            "Accumulated local effects, ALE: the local effect of a row stands in the bracket.",
            pause=pace.BRISK,
        ) as beat:
            self.exchange(plane, walls, head, run_time=pace.BRISK)
            beat.over(FadeIn(rule), until="the local", least=pace.BRISK)
            beat.over(words.light(rule.part("local")), FadeIn(bars), least=pace.CALM)
        with self.beat(
            "Take its mean over the rows of the interval, sum the intervals up to x, then subtract a constant, c."
        ) as beat:
            beat.over(
                words.light(rule.part("mean")), glide(stair.redraw, (EDGES, sums, 0.0), (EDGES, sums, 0.5)),
                FadeOut(head), until="sum", least=pace.CALM,
            )  # fmt: skip
            beat.over(
                words.light(rule.part("sum")), glide(stair.redraw, (EDGES, sums, 0.5), (EDGES, sums, 1.0)),
                until="then", least=pace.CALM,
            )  # fmt: skip
            self.play(FadeOut(bars), run_time=pace.QUICK)
            beat.over(
                words.light(rule.part("shift")), glide(stair.redraw, (EDGES, sums), (EDGES, shifted)),
                least=pace.CALM,
            )  # fmt: skip

    def both_models(self) -> None:
        """Partial dependences and local effects of weight, of two models."""
        quarrel = self.quarrel
        self.shot(shot.wide())
        plane = shot.chart(
            shot.SAFE, (0.25, 1.62), (-1.4, 10.6), x_ticks=[0.5, 1, 1.5], y_ticks=[0, 2, 4, 6, 8, 10],
            x_label="weight (carat)", y_label="rise since 0.3 carat (1,000 $)",
        )  # fmt: skip
        grid = prices.GRID
        pdps = VGroup(
            *(
                plane.curve(grid, each - np.interp(grid[0], grid, each), MEAN, 2 * LINE, dashed=bool(number))
                for number, each in enumerate(quarrel.curves.mean(axis=1))
            )
        )
        ales = VGroup(
            *(
                plane.curve(
                    each.edges[1:], each.values[1:] - np.interp(grid[0], each.edges, each.values), LOCAL, 2 * LINE,
                    dashed=bool(number),
                )
                for number, each in enumerate(quarrel.effects)
            )
        )  # fmt: skip
        apart = abs(float(np.diff(quarrel.rise(0.3, 1.0))[0]))
        local = abs(quarrel.effects[0].rise(0.3, 1.0) - quarrel.effects[1].rise(0.3, 1.0))
        means = prices.apart(0.3, 1.0).mean(axis=0)
        names = VGroup(
            told(plane, 0.29, 9.9, f"PDP: {apart:.1f} apart", MEAN, ink.HEADLINE),
            told(plane, 0.29, 8.4, f"ALE: {local:.1f} apart", LOCAL, ink.HEADLINE),
        )
        most = VGroup(
            told(plane, 0.29, 6.9, f"{prices.FEW} samples, mean: {means[0]:.1f}", MEAN),
            told(plane, 0.29, 5.7, f"{prices.FEW} samples, mean: {means[1]:.1f}", LOCAL),
        )
        one = plane.stems([1.0], -1.4, 10.6, KEPT, THIN, dashed=True)
        styles = told(plane, 0.85, -1.0, "solid: trees, dashed: polynomial", KEPT, ink.AXIS)
        with self.beat(
            "Back to weight, and two models. Up to one carat, their PDPs come to differ by 1.9 thousand."
        ) as beat:
            self.exchange(plane, styles, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(*(glide(each.reveal, 0.0, 1.0) for each in pdps), until="Up to", least=pace.SLOW)
            beat.over(FadeIn(one), FadeIn(names[0]), least=pace.BRISK)
        with self.beat("Their ALE differ by 0.4.") as beat:
            beat.over(*(glide(each.reveal, 0.0, 1.0) for each in ales), until="0.4", least=pace.SLOW)
            beat.over(FadeIn(names[1]), least=pace.QUICK)
        with self.beat("In ten samples, on average, the PDPs are 3.1 apart, the ALE 0.7.") as beat:
            beat.over(words.light(pdps), FadeIn(most[0]), until="the ALE", least=pace.CALM)
            beat.over(words.light(ales), FadeIn(most[1]), least=pace.BRISK)
        low, high = plane.at(np.array([(0.98, 2.2), (1.6, 10.4)]))
        with self.beat(
            "Farther up the ALE part as well: each model divides the credit between weight and width in its own way."
        ) as beat:
            self.play(FadeOut(pdps, names, most, styles), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region((float(low[0]), float(high[0])), (float(low[1]), float(high[1]))),
                until="each model", least=pace.SLOW,
            )  # fmt: skip
            for each in ales:
                self.play(words.light(each), run_time=pace.CALM)
            beat.rest()
        with self.beat(
            "So with correlated features use ALE, and compare models. It is relative to the mean, and has no curves "
            "of single rows."
        ) as beat:
            beat.over(self.frame.back(), FadeOut(one), until="It is", least=pace.SLOW)
            beat.over(*(glide(each.reveal, 0.0, 1.0) for each in ales), FadeIn(styles), least=pace.SLOW)

    # --- where the truth is known

    @chapter("Tested where the truth is known")
    def truth_is_known(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.twins()
        self.gallery_of_draws()
        self.back_to_stones()

    def twins(self) -> None:
        """Two features that are nearly equal, and the effect of one of them."""
        rows, _, _ = known.twin_rows(0, tied=True)
        plane = shot.chart(
            shot.SAFE,
            (-0.2, 1.2),
            (-0.2, 1.2),
            x_ticks=[0, 0.5, 1],
            y_ticks=[0, 0.5, 1],
            x_label="x₁",
            y_label="x₂",
        )
        cloud = plane.dots(rows[::4], ROWS, radius=0.075)
        rule = plate(maths("y = x_1 + x_2^2 + epsilon", 1.3 * ink.POINT), UP + LEFT)
        rule.shift(RIGHT * (plane.at(-0.15, 0) - shot.SAFE.left)[0])
        with self.beat(
            "Is ALE right? Make up data: y is x one plus x two squared, and both are nearly equal."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(*cloud, lag_ratio=pace.LAG), until="both", least=pace.SLOW)
            beat.over(FadeIn(rule), words.light(cloud), least=pace.CALM)
        case = known.mean_twins()
        effects = shot.chart(
            shot.SAFE, (-0.02, 1.1), (-1.05, 1.25), x_ticks=[0, 0.5, 1], y_ticks=[-1, 0, 1], x_label="x₂",
            y_label="effect on y, mean of 100 draws",
        )  # fmt: skip
        lines = {
            name: effects.curve(case.places, getattr(case, name), color, width * LINE)
            for name, color, width in (
                ("truth", TRUTH, 5.0),
                ("marginal", NEAR, 2.2),
                ("pd", MEAN, 2.2),
                ("ale", LOCAL, 1.5),
            )
        }
        with self.beat(
            "So we know the truth about x two: it rises by 1.00. A regression tree learns from the rows."
        ) as beat:
            self.exchange(effects, run_time=pace.BRISK)
            beat.over(glide(lines["truth"].reveal, 0.0, 1.0), until="A regression", least=pace.SLOW)
            name = told(effects, 0.1, 1.05, f"truth +{case.rise('truth'):.2f}", TRUTH, ink.HEADLINE)
            beat.over(FadeIn(name), least=pace.BRISK)
        signs = VGroup(
            told(effects, 0.1, 0.7, f"marginal plot +{case.rise('marginal'):.2f}", NEAR, ink.HEADLINE),
            told(effects, 0.1, 0.35, f"PDP +{case.rise('pd'):.2f}", MEAN, ink.HEADLINE),
            told(effects, 0.1, 0.0, f"ALE +{case.rise('ale'):.2f}", LOCAL, ink.HEADLINE),
        )
        with self.beat(
            "The marginal plot says 1.90: it adds the twin's effect. The PDP says 1.17; ALE, the truth."
        ) as beat:
            self.play(glide(lines["marginal"].reveal, 0.0, 1.0), FadeIn(signs[0]), run_time=pace.SLOW)
            beat.over(
                "The PDP", glide(lines["pd"].reveal, 0.0, 1.0), FadeIn(signs[1]), until="ALE", least=pace.SLOW
            )
            beat.over(glide(lines["ale"].reveal, 0.0, 1.0), FadeIn(signs[2]), least=pace.SLOW)

    def gallery_of_draws(self) -> None:
        """Some draws of each kind."""
        self.shot(shot.gallery(*PANES, titled=False))
        area = shot.SAFE
        panes = SmallMultiples(*PANES, (0.0, 1.05), (-0.8, 1.1), area.width, area.height - 0.9, gap=0.12)
        panes.move_to(area.middle)
        panes.shift((area.bottom - float(panes.get_bottom()[1]) + place.NUDGE) * UP)
        half = PANES[0] * PANES[1] // 2
        groups = []
        for tied in (True, False):
            drawn = VGroup()
            for seed in range(half):
                plane = panes.planes[seed if tied else half + seed]
                case = known.twins(seed, tied)
                for name, color, width in (("truth", TRUTH, 2.5), ("pd", MEAN, 1.0), ("ale", LOCAL, 1.0)):
                    drawn.add(plane.curve(case.places, getattr(case, name), color, width * LINE / 1.6))
            groups.append(drawn)
        heads = [
            plate(words.label(text, ink.chalk, ink.POINT), UP + LEFT)
            for text in (
                f"correlated: ALE closer in {self.closer(True)} of {known.DRAWS}",
                f"independent: PDP closer in {known.DRAWS - self.closer(False)} of {known.DRAWS}",
            )
        ]
        frames = VGroup(*panes.frames)
        self.pin(heads[0])
        with self.beat(
            "One draw may be luck. In every draw, of which you see some here, ALE is closer to the truth."
        ) as beat:
            self.exchange(frames, run_time=pace.BRISK)
            beat.over(FadeIn(*groups[0], lag_ratio=pace.LAG), until="ALE", least=pace.LONG)
            self.play(FadeIn(heads[0]), run_time=pace.QUICK)
            beat.over(self.frame.to(panes.frames[PANES[1] + 2], share=0.6), least=pace.SLOW)
        with self.beat(
            "Without correlation it turns: the PDP is closer in most draws, but both errors are small."
        ) as beat:
            self.play(self.frame.back(), FadeOut(heads[0]), run_time=pace.CALM)
            beat.over(FadeIn(*groups[1], lag_ratio=pace.LAG), FadeIn(heads[1]), least=pace.LONG)

    def closer(self, tied: bool) -> int:
        """Draws in which accumulated local effects are closer to the truth than the partial dependence."""
        errors = known.errors(tied)
        return int((errors[:, 1] < errors[:, 0]).sum())

    def back_to_stones(self) -> None:
        """Partial dependence and local effects of clarity."""
        said = self.said
        self.shot(shot.wide())
        plane = price_plane((-2.3, 3.6), y_label="change since SI2 (1,000 $)", y_ticks=[-2, -1, 0, 1, 2, 3])
        pdp = plane.curve(LEVELS, said.mean - said.mean[LOW], MEAN, 2.5 * LINE)
        ale = plane.curve(LEVELS, said.effects - said.effects[LOW], LOCAL, 2.5 * LINE)
        ends = VGroup(
            told(plane, 0.2, 2.9, f"PDP +{said.mean[HIGH] - said.mean[LOW]:.1f}", MEAN, ink.HEADLINE),
            told(plane, 0.2, 2.0, f"ALE +{said.effects[HIGH] - said.effects[LOW]:.1f}", LOCAL, ink.HEADLINE),
        )
        with self.beat(
            "Back to clarity: here PDP and ALE say nearly the same. It is not tied enough to weight to hurt."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            self.play(glide(pdp.reveal, 0.0, 1.0), FadeIn(ends[0]), run_time=pace.SLOW)
            beat.over(glide(ale.reveal, 0.0, 1.0), FadeIn(ends[1]), least=pace.SLOW)
        with self.beat("So draw both curves. If they differ, ask which forced rows are to blame.") as beat:
            beat.over(words.light(pdp), words.light(ale), until="ask", least=pace.SLOW)
            beat.over(*(glide(each.reveal, 0.0, 1.0) for each in (pdp, ale)), least=pace.SLOW)
