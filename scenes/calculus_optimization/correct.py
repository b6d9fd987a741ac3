"""Averages that start empty are too small: the bias correction of Adam."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn, FadeOut, VGroup, linear

from scenes.calculus_optimization.limit import LARGE, Valley, plain
from scenes.calculus_optimization.moments import (
    ADAM,
    FIRST,
    RATE,
    SECOND,
    adam_arrival,
    adam_walk,
    ends_of_rates,
    rule,
)
from scenes.calculus_optimization.stage import BALL, WRONG, CalculusOptimizationStage, maths, walked
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve, Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.words import Words
from scenes.maths.calculus_optimization import optimiser

FILLED: Final = 100
"""Steps over which averages fill."""
ROUGH: Final = 69
"""Steps that are walked without correction: the loss then stays below a hundredth."""
LATER: Final = 5000
"""Steps after which the error at the start is gone."""


def ends_of_moments() -> tuple[Plane, Curve, Curve, Segments, Words]:
    """Adam's step over thousands of steps: chart, curve without correction and with it, what it should be, a name."""
    frame = shot.safe(titled=False)
    steps = fine_steps()
    chart = frame.plane(
        (1, LATER),
        (0, 7.4),
        log_x=True,
        x_ticks=[1, 10, 100, 1000],
        y_ticks=[0, 1, 2, 4, 6],
        x_label="step $t$ (logarithmic)",
        y_label="length of Adam's step, in learning rates $eta$",
        tick_size=40.0,
        name_size=40.0,
    )
    long = optimiser.uncorrected(steps)
    rough = chart.curve(steps, long, WRONG, 2 * LINE)
    fair = chart.curve(steps, np.ones(len(steps)), ADAM, 2 * LINE)
    goal = chart.segment((1, 1), (LATER, 1), BALL, 1.5 * LINE, dashed=True)
    name = chart.label(60, 5.6, "without correction", RIGHT, WRONG, size=LARGE)
    return chart, rough, fair, goal, name


def fine_steps() -> Floats:
    """Steps from the first to the latest that is drawn, dense where a logarithmic axis shows it."""
    return np.unique(np.geomspace(1, LATER, 300).round())


class Correct(CalculusOptimizationStage):
    """How Adam's averages begin fairly."""

    @chapter("Averages that start empty are too small", "bias correction in Adam", goes_on=True)
    def averages_that_start_empty_are_too_small(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.step_without_correction()
        self.fill_both()
        self.first_by_hand()
        self.correct_the_bias()

    def step_without_correction(self) -> None:
        """Adam as it ended, and the same without its correction: the first steps are too long."""
        valley = Valley(self)
        first, then = ends_of_rates()
        low, high = valley.plane.at([(-4.4, -1.9), (2.6, 2.05)])
        self.add(first, then)
        rough = valley.walker(adam_walk(ROUGH, corrected=False), WRONG)
        fair = valley.walker(adam_walk(adam_arrival()), ADAM)
        kept = Tag(words.headline(f"[Adam:fourth], η = {plain(RATE)}: {adam_arrival()} steps", size=LARGE))
        name = Tag(words.headline(f"[without correction:error]: {ROUGH} steps", size=LARGE))
        shot.safe(titled=False).put(
            VGroup(kept, name).arrange(DOWN, aligned_edge=RIGHT, buff=0.2), UP + RIGHT
        )
        self.pin(kept, name)
        with self.beat(
            "Both averages start at zero. Without a correction, the first steps are too long: it flies past, and"
            " must come back."
        ) as beat:
            beat.until("averages")
            self.play(
                FadeOut(first, then),
                FadeIn(valley.contour, valley.goal, fair, kept),
                self.frame.to_region((low[0], high[0]), (low[1], high[1])),
                run_time=pace.CALM,
            )
            beat.over(FadeIn(name, rough), until="Without")
            beat.over(
                walked(rough, ROUGH, linear),
                walked(fair, ROUGH, linear),
                least=pace.LONG,
            )
        self.rough = VGroup(valley.contour, valley.goal, rough, fair, kept, name)

    def fill_both(self) -> None:
        """How full both averages are."""
        (frame,) = self.shot(shot.headline())
        self.chart = chart = frame.plane(
            (0, FILLED),
            (0, 1.12),
            x_ticks=[0, 50, 100],
            y_ticks=[0, 1],
            x_label="step $t$",
            y_label="share that has filled",
            tick_size=40.0,
            name_size=40.0,
        )
        steps = np.arange(0, FILLED + 1)
        mean = chart.curve(steps, optimiser.filled(optimiser.BETA_1, steps), FIRST, 2 * LINE, share=0.0)
        square = chart.curve(steps, optimiser.filled(optimiser.BETA_2, steps), SECOND, 2 * LINE, share=0.0)
        full = chart.segment((0, 1), (FILLED, 1), ink.faint, dashed=True)
        names = [
            chart.label(26, 0.8, "first moment $m$", RIGHT, FIRST, size=LARGE),
            chart.label(52, 0.17, "second moment $v$", RIGHT, SECOND, size=LARGE),
        ]
        with self.beat(
            "Let the gradient stay the same. Then m is soon full, and v fills a hundred times more slowly."
        ) as beat:
            self.play(FadeOut(self.rough), FadeIn(chart, full), self.frame.back(), run_time=pace.CALM)
            self.play(FadeIn(*names), run_time=pace.QUICK)
            beat.over(
                glide(mean.reveal, 0.0, 1.0, rate_func=linear),
                glide(square.reveal, 0.0, 1.0, rate_func=linear),
                until="hundred",
                least=pace.LONG,
            )
            beat.over(words.light(names[1]))
        self.filling = VGroup(chart, mean, square, full, *names)

    def first_by_hand(self) -> None:
        """The ratio after one step, which ought to be one; then both averages divided by what has filled."""
        m, v = optimiser.moments([1.0])
        first, second = plain(float(m[0])), plain(float(v[0]))
        rows = [
            words.label(f"$m = {first} thin g quad quad v = {second} thin g^2$", size=80.0),
            words.label(f"$m / sqrt(v) = {first} / sqrt({second}) =$", size=96.0),
        ]
        long = words.label(f"[{float(optimiser.uncorrected(1)):.2f}:error]", size=96.0)
        ratio = VGroup(rows[1], long).arrange(RIGHT, buff=0.35)
        law = maths(
            "{{ hat(m) : mean }} = m / {{ 1 - beta_1^t : one }} quad quad {{ hat(v) : root }} = v /"
            " {{ 1 - beta_2^t : two }}",
            72.0,
            {"mean": FIRST, "root": SECOND, "m": FIRST, "v": SECOND},
        )
        done = words.label(
            f"$hat(m) = ({first} thin g) / {first} = g quad hat(v) = ({second} thin g^2) / {second} = g^2$",
            size=56.0,
        )
        name = words.headline("[bias correction:focus]", size=84.0)
        room, right = shot.safe(titled=False).columns(2.6, 1, gap=0.5)
        tanks = right.plane((0.4, 2.6), (0, 1.15), x_ticks=[], y_ticks=[0, 1], tick_size=40.0)
        rim = tanks.segment((0.4, 1), (2.6, 1), ink.faint, dashed=True)
        filled = [tanks.bars([place], [0.0], color, 0.7) for place, color in ((1.0, FIRST), (2.0, SECOND))]
        under = [
            tanks.label(place, 1.0, name, UP, color, size=LARGE)
            for place, name, color in ((1.0, "$m$", FIRST), (2.0, "$v$", SECOND))
        ]
        shares = float(m[0]), float(v[0])
        room.put(VGroup(rows[0], ratio).arrange(DOWN, buff=1.1))
        with self.beat(
            "The first step by hand: m over the root of v should be one. It is more than three."
        ) as beat:
            self.play(FadeOut(self.filling), run_time=pace.QUICK)
            self.shot(shot.formula(titled=False))
            self.play(FadeIn(tanks, rim, *under, *filled), run_time=pace.QUICK)
            beat.over(
                words.write(rows[0]),
                *(
                    glide(each.redraw, np.zeros(1), np.array([share]))
                    for each, share in zip(filled, shares, strict=True)
                ),
                until="m over",
                least=pace.CALM,
            )
            beat.over(words.write(rows[1]), until="more", least=pace.SLOW)
            beat.over(FadeIn(long, scale=1.2))
        room.put(VGroup(name, law, done).arrange(DOWN, buff=0.65))
        with self.beat(
            "Bias correction divides each average by the share that has filled so far, one minus beta to the t."
        ) as beat:
            self.play(FadeIn(name), FadeOut(rows[0], ratio), run_time=pace.CALM)
            beat.over(words.write(law), until="share", least=pace.SLOW)
            beat.over(words.light(law.part("one")), words.light(law.part("two")))
        with self.beat("After the first step that is g, and g squared: their ratio has size one.") as beat:
            beat.over(
                words.write(done),
                *(
                    glide(each.redraw, np.array([share]), np.ones(1))
                    for each, share in zip(filled, shares, strict=True)
                ),
                until="ratio",
                least=pace.SLOW,
            )
            beat.over(words.light(done))
        self.by_hand = VGroup(name, law, done, tanks, rim, *filled, *under)

    def correct_the_bias(self) -> None:
        """Adam as it is used; and the step over thousands of steps, without its correction and with it."""
        hatted = shot.safe(titled=False).put(rule(hats=True, size=92.0))
        with self.beat("With both corrected, this is Adam.", pause=pace.CALM) as beat:
            self.play(FadeOut(self.by_hand), FadeIn(hatted), run_time=pace.CALM)
            beat.over(words.light(hatted.part("mean")), words.light(hatted.part("root")))
        chart, rough, fair, goal, name = ends_of_moments()
        rough.reveal(0.0)
        steps = fine_steps()
        times = optimiser.uncorrected(steps)
        with self.beat(
            "Without it the step is at worst more than six times as long, and it comes back slowly."
        ) as beat:
            self.play(FadeOut(hatted), FadeIn(chart, goal), run_time=pace.CALM)
            self.shot(shot.headline())
            beat.over(
                glide(rough.reveal, 0.0, 1.0, rate_func=linear),
                FadeIn(name),
                until="slowly",
                least=pace.SLOW,
            )
            beat.over(words.light(rough, ink.chalk))
        fair.redraw(steps, times)
        with self.beat("Corrected, while the gradient stays, it is right from the first on.") as beat:
            self.play(FadeIn(fair), run_time=pace.QUICK)
            beat.over(
                glide(fair.redraw, (steps, times, 1.0), (steps, np.ones(len(steps)), 1.0)),
                until="first",
                least=pace.SLOW,
            )
            beat.rest()
