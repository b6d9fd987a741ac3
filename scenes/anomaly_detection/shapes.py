"""What a fence assumes: a shape, and columns that can be looked at one by one."""

from __future__ import annotations

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut

from scenes.anomaly_detection.stage import (
    ALARM,
    DOT,
    ODD,
    PLAIN,
    READ,
    RULER,
    AnomalyDetectionStage,
    around,
    people_plane,
    quiet_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.ruler import Ruler
from scenes.maths.anomaly_detection import fences

HIGH = 1.04
"""Density at the top of the picture of shapes."""


class Shapes(AnomalyDetectionStage):
    """Clean populations, card spending, and a pair of columns."""

    @chapter("The fence assumes a shape")
    def shape_assumed(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.populations()
        self.spending()
        self.pairs()

    def populations(self) -> None:
        """A bell becomes a skewed shape under the same rule."""
        plane = quiet_plane((-2.7, 4.9), (-0.15, HIGH))
        xs = np.linspace(-2.7, 4.9, 600)
        bell, skewed = fences.shaped("bell", xs), fences.shaped("log-normal", xs)
        body = plane.area(xs, 0.0, bell, RULER, fill=0.3)
        rim = plane.curve(xs, bell, RULER, 1.5 * LINE)

        def stems(low: float, high: float) -> tuple[Floats, Floats]:
            return np.array([(low, 0.0), (high, 0.0)]), np.array([(low, 0.9), (high, 0.9)])

        def tails(heights: Floats, low: float, high: float) -> tuple[Floats, Floats, Floats]:
            return xs, 0 * xs, np.where((xs < low) | (xs > high), heights, 0.0)

        before, after = fences.shaped_fences("bell"), fences.shaped_fences("log-normal")
        walls = plane.segment(*stems(*before), ALARM, 1.5 * LINE)
        tail = plane.area(*tails(bell, *before), ODD, fill=0.9)
        few = plane.label(
            before[1],
            0.4,
            f"{100 * fences.flagged_share('bell'):.1f} % outside",
            RIGHT,
            ODD,
            gap=0.4,
            size=ink.POINT,
        )
        with self.beat(
            "How many honest values lie beyond such fences? In a bell, less than one percent."
        ) as beat:
            self.play(FadeIn(body, rim), run_time=pace.BRISK)
            beat.over(Create(walls), until="In", least=pace.CALM)
            self.play(FadeIn(tail), run_time=pace.QUICK)
            beat.over(FadeIn(few), least=pace.CALM)
        named = words.label("skewed", RULER, ink.HEADLINE)
        shot.SAFE.put(named, UP + RIGHT)
        with self.beat("Now pull out one long tail: a distribution with one is skewed.") as beat:
            self.play(FadeOut(few), run_time=pace.QUICK)

            def tail_at(heights: Floats, low: float, high: float) -> None:
                tail.redraw(*tails(heights, low, high))

            beat.over(
                glide(body.redraw, (xs, 0.0, bell), (xs, 0.0, skewed)),
                glide(rim.redraw, (xs, bell), (xs, skewed)),
                glide(walls.redraw, stems(*before), stems(*after)),
                glide(tail_at, (bell, *before), (skewed, *after), tail),
                until="skewed",
                least=pace.LONG,
            )
            beat.over(FadeIn(named))
        many = plane.label(
            after[1],
            0.4,
            f"{100 * fences.flagged_share('log-normal'):.1f} % outside",
            RIGHT,
            ODD,
            gap=0.4,
            size=ink.POINT,
        )
        with self.beat(
            "This one is clean, and yet one value in thirteen is flagged.", pause=pace.LONG
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, (0.4, 4.9), (-0.1, 0.5))),
                FadeOut(named),
                until="one",
                least=pace.LONG,
            )
            beat.over(FadeIn(many))

    def spending(self) -> None:
        """Card bills, and their logarithms."""
        spent = fences.spending()
        straight, bent = fences.tukey(spent)[1], float(np.exp(fences.tukey(np.log(spent))[1]))
        over = fences.beyond(spent)
        ruler = Ruler(
            (0, 2000),
            spent,
            12.6,
            colors=[ODD if each else PLAIN for each in over],
            levels=[straight],
            label="spent by card, dollars a month",
            warp=np.log10,
            warp_limits=(5, 5000),
            warped_ticks=[5, 50, 500, 5000],
            radius=0.14,
            jitter=4.6,
        )
        shot.safe(titled=False).put(ruler, ORIGIN)
        with self.beat(
            "Real card bills of seventy-two people have such a tail: four lie beyond the fence."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            self.exchange(ruler, run_time=pace.BRISK)
            beat.over("four", self.spotlight(ruler.dots.subset(over), ruler.levels), least=pace.SLOW)
        with self.beat(
            "Take logarithms, so that equal ratios are equal steps. With a fence drawn anew, none is left outside."
        ) as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            beat.over(glide(ruler.redraw, {"warped": 0.0}, {"warped": 1.0}), until="With", least=READ)
            beat.over(
                glide(ruler.redraw, {"levels": [straight]}, {"levels": [bent]}),
                *(dot.animate.set_fill(PLAIN) for dot in ruler.dots.subset(over)),
                least=pace.CALM,
            )
        with self.beat("So plot the shape before you choose a fence.", pause=pace.SLOW) as beat:
            beat.over(self.spotlight(ruler.dots, ruler.levels), least=pace.SLOW)

    def pairs(self) -> None:
        """Tall and light: ordinary in each column, odd as a pair."""
        people = fences.bodies()
        (left, right), (low, high) = (fences.tukey(column) for column in people.T)
        plane = people_plane()
        dots = plane.dots(people, PLAIN, radius=1.15 * DOT)
        pane = plane.polygon([(left, low), (right, low), (right, high), (left, high)], ALARM, 1.5 * LINE)
        with self.beat("And a fence watches one column at a time. Here are simulated people.") as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            self.exchange(plane, dots, run_time=pace.CALM)
            beat.over(Create(pane), least=pace.SLOW)
        odd = people[-1]
        named = plane.label(odd[0], odd[1], "tall and light", LEFT, ODD, gap=0.25)
        with self.beat(
            "One is tall and light: inside both fences, and yet odd as a pair.", pause=pace.SLOW
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, *around(odd, 15.0, 19.0))),
                dots[-1].animate.set_fill(ODD),
                until="inside",
                least=pace.SLOW,
            )
            beat.over(FadeIn(named))
