"""Three classes: the learner's weight gets one more logarithm."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.ensembles.stage import SIDES, WRONG, EnsemblesStage, maths
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.maths.ensembles import boosting
from scenes.maths.ensembles.bagging import Rows
from scenes.maths.shared.flower import Measure, irises

KINDS: Final = 3
"""Species, that is K."""
COLORS: Final = (*SIDES, ink.truth)


class Classes(EnsemblesStage):
    """SAMME."""

    @chapter("Three classes: one more logarithm", "AdaBoost with SAMME for classes")
    def three_classes(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        flowers = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
        plane = shot.chart(
            shot.safe(titled=False), (4.1, 8.1), (1.85, 4.55), x_ticks=[5, 6, 7, 8], y_ticks=[2, 3, 4],
            x_label="sepal length, cm", y_label="sepal width, cm",
        )  # fmt: skip
        dots = plane.classes(flowers.points, flowers.species, radius=0.11, colors=COLORS)
        with self.beat(
            "Another data set: irises, three species. Here a guess errs in two cases of three."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.LONG)
        poor = boosting.between(KINDS)
        chart = shot.chart(
            shot.safe(titled=False), (0.1, 0.85), (-1.3, 2.6), x_ticks=[0.2, 0.4, poor, 0.8], y_ticks=[-1, 0, 1, 2],
            x_label="weighted error ε", y_label="learner weight α",
        )  # fmt: skip
        rates = np.linspace(0.12, 0.84, 200)
        two, three = ([boosting.say(rate, count) for rate in rates] for count in (2, KINDS))
        curve = chart.curve(rates, two, ink.focus, 2 * LINE)
        zero = chart.segment((0.1, 0), (0.85, 0), ink.faint, LINE)
        before, after = ((poor, boosting.say(poor, count)) for count in (2, KINDS))
        dot = chart.dots([before], WRONG, radius=0.18)
        low = chart.label(*before, f"{before[1]:.2f}", RIGHT, WRONG, gap=0.35, size=ink.POINT)
        high = chart.label(*after, f"+{after[1]:.2f}", RIGHT, WRONG, gap=0.35, size=ink.POINT)
        with self.beat(
            "A stump that errs six times in ten beats such a guess. Yet its weight is negative."
        ) as beat:
            self.exchange(chart, zero, curve, run_time=pace.BRISK)
            beat.over("Yet", FadeIn(dot, scale=2), FadeIn(low), least=pace.CALM)
        name = words.label("SAMME", ink.focus, ink.HEADLINE)
        shot.SAFE.put(name, UP + RIGHT)
        with self.beat("With K classes, add the logarithm of K minus one: SAMME.") as beat:
            self.play(FadeOut(low), run_time=pace.QUICK)
            beat.over(
                glide(curve.redraw, (rates, np.array(two)), (rates, np.array(three)), curve),
                glide(dot.redraw, np.array([before]), np.array([after]), dot),
                until="SAMME",
                least=pace.SLOW,
            )
            beat.over(FadeIn(name, high), least=pace.BRISK)
        guess = chart.dots([(0.5, 0.0)], ink.chalk, radius=0.18)
        told = chart.label(
            1 - 1 / KINDS,
            0,
            "guessing: 1 − 1/K",
            np.array([-1.0, -1.0, 0.0]),
            ink.chalk,
            gap=0.25,
            size=ink.POINT,
        )
        with self.beat("Its zero moves from one half to guessing: one minus one over K.") as beat:
            self.play(FadeIn(guess), run_time=pace.QUICK)
            beat.over(
                glide(guess.redraw, np.array([(0.5, 0.0)]), np.array([(1 - 1 / KINDS, 0.0)]), guess),
                FadeOut(high),
                until="guessing",
                least=pace.SLOW,
            )
            beat.over(FadeIn(told), least=pace.BRISK)
        law = maths(
            "alpha = ln (1 - epsilon) / epsilon + {{ ln (K - 1) : more }}", ink.HEADLINE, {"more": ink.third}
        )
        law.move_to(chart.at(0.5, 2.05))
        with self.beat(
            "With two classes the new term is zero, and AdaBoost is back.", pause=pace.SLOW
        ) as beat:
            self.play(FadeOut(name, told), run_time=pace.BRISK)
            beat.over(words.write(law), until="AdaBoost", least=pace.SLOW)
            beat.over(
                words.light(law.part("more")),
                glide(curve.redraw, (rates, np.array(three)), (rates, np.array(two)), curve),
                FadeOut(dot, guess),
                least=pace.SLOW,
            )
        self.vote_of_stumps(flowers.points, flowers.species)

    def vote_of_stumps(self, points: Floats, species: Rows) -> None:
        """Three real stumps on the sepals, and the class with the largest sum."""
        plane = shot.chart(
            shot.safe(titled=False), (4.1, 8.1), (1.85, 4.55), x_ticks=[5, 6, 7, 8], y_ticks=[2, 3, 4],
            x_label="sepal length, cm", y_label="sepal width, cm",
        )  # fmt: skip
        boosted = boosting.sepals()
        dots = plane.classes(points, species, radius=0.09, colors=COLORS)
        mesh = plane.mesh(161, 109)
        answers = boosted.votes(mesh.reshape(-1, 2)).argmax(axis=1).reshape(mesh.shape[:2])
        shares = np.eye(KINDS)[answers]
        even = np.full_like(shares, 1 / KINDS)
        field = plane.field(even, COLORS, opacity=0.3, smooth=False)
        cuts, names = VGroup(), VGroup()
        (x0, y0), (x1, y1) = plane.limits
        for number, tree in enumerate(boosted.trees):
            feature, level = boosting.cut_of(tree)
            ends = ((level, y0), (level, y1)) if feature == 0 else ((x0, level), (x1, level))
            cuts.add(plane.segment(ends[0], ends[1], ink.focus, 2 * LINE))
            names.add(
                plane.label(
                    x1,
                    y1 - 0.02 - 0.25 * number,
                    f"stump {number + 1}: α = {boosted.alphas[number]:.2f}",
                    LEFT,
                    ink.focus,
                    gap=0.1,
                    size=ink.AXIS,
                )
            )
        with self.beat("Here are three real stumps on the irises. Each has a positive weight now.") as beat:
            self.exchange(plane, field, dots, run_time=pace.BRISK)
            for cut, name in zip(cuts, names, strict=True):
                self.play(Create(cut), FadeIn(name), run_time=pace.CALM)
            beat.rest()
        with self.beat("The class with the largest sum of weights wins. The rest is as before.") as beat:
            self.play(FadeOut(names), run_time=pace.QUICK)
            beat.over(
                glide(field.redraw, even, shares, field), self.frame.to(dots, share=1.0), least=pace.SLOW
            )
