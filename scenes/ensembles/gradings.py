"""AdaBoost.R2: mistakes of a number are graded, and the answer is a weighted median."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import RIGHT, UP, Create, FadeIn, FadeOut

from scenes.ensembles.stage import ENSEMBLE, SINGLE, WRONG, EnsemblesStage, maths, radii
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.ensembles import graded

SHOWN: Final = 0
"""The data set that is drawn."""
STOPS: Final = (0, 1, 3, 10)
"""Rounds after which the weights are shown."""
HEAVY: Final = (1.0, 1.0, 3.0)
"""Votes of the three answers by hand, after equal ones."""


def bend_plane() -> Plane:
    """The bends to the edges of the frame, without numbers."""
    plane = shot.EDGES.plane((-0.15, 6.15), (-2.75, 3.0), x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


class Gradings(EnsemblesStage):
    """From residuals to a median."""

    @chapter("Regression: graded mistakes", "AdaBoost.R2 for regression")
    def regression(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = bend_plane()
        x, y = graded.draw(SHOWN)
        boosted = graded.boost(SHOWN)
        points = np.column_stack([x, y])
        feet = np.column_stack([x, boosted.own[:, 0]])
        dots = plane.dots(points, ink.chalk, radius=0.08)
        tree = plane.curve(graded.GRID, boosted.answers[:, 0], SINGLE, 2 * LINE)
        sticks = plane.segment(points, points, WRONG, THIN)
        with self.beat("And numbers? Here is another wave, with more bends, and one small tree.") as beat:
            self.play(FadeIn(dots), run_time=pace.QUICK)
            beat.over(Create(tree), least=pace.LONG)
        with self.beat("A prediction of a number is not right or wrong. It is off by something.") as beat:
            beat.over("off", glide(sticks.redraw, (points, points), (points, feet), sticks), least=pace.SLOW)
        self.grades()
        weights = boosted.weights
        with self.beat(
            "On the wave, the points that are far off swell, and the next tree goes after them."
        ) as beat:
            plain = plane.dots(points, ink.chalk, radius=radii(weights[0], 0.085))
            self.exchange(plain, run_time=pace.BRISK)
            for last, stop in pairwise(STOPS):
                self.play(
                    glide(
                        plain.redraw,
                        (points, radii(weights[last], 0.085)),
                        (points, radii(weights[stop], 0.085)),
                        plain,
                    ),
                    run_time=pace.SLOW,
                )
            heavy = int(np.argmax(weights[STOPS[-1]]))
            beat.over(self.frame.to(plain[heavy], share=0.13), least=pace.SLOW)
        self.median()
        self.result(plane, points)

    def grades(self) -> None:
        """Four residuals, their losses, and the factors of their weights."""
        room = shot.safe(titled=False)
        above, below = room.rows(5.2, 1.5, gap=0.25)
        loss = graded.losses(graded.RESIDUALS)
        equal = np.full(len(loss), 1 / len(loss))
        beta = graded.rate(equal, loss)
        factors = graded.graded(loss, beta)
        names = [f"point {number + 1}" for number in range(len(loss))]
        residuals, grades, times = (
            BarChart(
                names, values, limits, above.width, above.height, decimals=decimals, colors=color, label=label
            )
            for values, limits, decimals, color, label in (
                (graded.RESIDUALS, (0, 3.4), 0, WRONG, "off by"),
                (loss, (0, 1.13), 2, WRONG, "loss L: off by / the largest"),
                (factors, (0, 1.13), 2, ink.focus, "factor of the weight"),
            )
        )
        for chart in (residuals, grades, times):
            above.put(chart)
        with self.beat("Four points by hand: off by zero, zero, one and three.") as beat:
            self.exchange(residuals, run_time=pace.BRISK)
            beat.over(glide(residuals.shade, np.full(4, 0.62), np.ones(4), residuals), least=pace.CALM)
        name = words.label("AdaBoost.R2", ink.focus, ink.POINT)
        room.put(name, UP + RIGHT)
        with self.beat("AdaBoost R2: for regression, the loss is graded from zero to one.") as beat:
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.over("graded", FadeOut(residuals), FadeIn(grades), least=pace.BRISK)
            beat.over(words.light(name), least=pace.CALM)
        law = maths(
            "beta = overline(L) / (1 - overline(L)) = (1\\/3) / (2\\/3) = 1/2 quad quad w_i arrow.l w_i beta^(1 - L_i)",
            ink.POINT,
        )
        below.put(law)
        with self.beat(
            "The mean loss, divided by what is left to one, makes beta: one half.", pause=pace.CALM
        ) as beat:
            beat.over("mean", words.write(law), until="beta", least=pace.SLOW)
            beat.over(words.light(law), least=pace.CALM)
        with self.beat(
            "A point without loss is multiplied by beta. The one farthest off keeps its weight. "
            "Then they are normalised."
        ) as beat:
            self.play(FadeOut(grades, name), FadeIn(times), run_time=pace.BRISK)
            lit = np.array([1.0, 1.0, 0.62, 0.62])
            beat.over(glide(times.shade, np.ones(4), lit, times), until="farthest", least=pace.CALM)
            beat.over(glide(times.shade, lit, np.array([0.62, 0.62, 0.62, 1.0]), times), least=pace.CALM)

    def median(self) -> None:
        """Three answers with weights, and where half of the total is reached."""
        line = shot.chart(
            shot.safe(titled=False), (0.4, 10.6), (-1, 1), x_ticks=[2, 3, 9], y_ticks=[], x_label="answer of a tree",
        )  # fmt: skip
        line.frame.set_stroke(opacity=0)
        spots = np.column_stack([graded.ANSWERS, 0 * graded.ANSWERS])
        base = line.segment((0.4, 0), (10.6, 0), ink.faint, LINE)
        size = 0.52
        equal, heavy = np.ones(3), np.array(HEAVY)
        dots = line.dots(spots, SINGLE, radius=size)
        found = [float(graded.weighted_median(graded.ANSWERS, votes)[0]) for votes in (equal, heavy)]
        cut = line.segment((found[0], -1), (found[0], 1), ENSEMBLE, 2.5 * LINE)
        name = line.label(6, 0.5, "weighted median", UP, ENSEMBLE, size=ink.HEADLINE)
        with self.beat(
            "In the end, the trees do not average. Three of them say two, three and nine."
        ) as beat:
            self.exchange(line, base, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over("Three", FadeIn(*dots, lag_ratio=pace.LAG), least=pace.SLOW)
        with self.beat(
            "The answer at which half of the total weight is reached: the weighted median. Here, three."
        ) as beat:
            beat.over(Create(cut), until="weighted", least=pace.CALM)
            beat.over(FadeIn(name), least=pace.BRISK)
        with self.beat("If the nine weighs more than the others together, it carries the answer.") as beat:
            beat.over(
                glide(dots.redraw, (spots, size * np.sqrt(equal)), (spots, size * np.sqrt(heavy)), dots),
                until="carries",
                least=pace.SLOW,
            )
            beat.over(
                glide(cut.redraw, ((found[0], -1), (found[0], 1)), ((found[1], -1), (found[1], 1)), cut),
                least=pace.CALM,
            )

    def result(self, plane: Plane, points: Floats) -> None:
        """The boosted curve, and errors over twenty data sets."""
        boosted = graded.boost(SHOWN)
        dots = plane.dots(points, ink.chalk, radius=0.07)
        many = plane.curve(graded.GRID, boosted.curve(), ENSEMBLE, 2 * LINE)
        true = plane.curve(graded.GRID, graded.bends(graded.GRID), ink.truth, 1.5 * LINE, dashed=True)
        with self.beat("Many small trees in sequence come near the dashed truth.") as beat:
            self.exchange(dots, true, run_time=pace.BRISK)
            beat.over(Create(many), least=pace.LONG)
        found = graded.errors()
        room = shot.safe(titled=False)
        values = [float(each.mean()) for each in (found.mean, found.single, found.full, found.boosted)]
        chart = BarChart(
            ["predict the mean", "one depth-4 tree", "one full tree", f"{graded.ROUNDS} depth-4 trees, R2"],
            np.zeros(4), (0, 1.15),
            room.width, room.height, decimals=2, colors=[ink.quiet, SINGLE, SINGLE, ENSEMBLE],
            label=f"root mean squared error to the truth, {len(found.mean)} data sets",
        )  # fmt: skip
        room.put(chart)
        with self.beat("That beats the single small tree in twenty of twenty data sets.") as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(chart.change(values), least=pace.SLOW)
        with self.beat(
            "For squared loss, people today take gradient boosting. R2 shows the idea of graded mistakes."
        ) as beat:
            beat.over(
                glide(chart.shade, np.ones(4), np.array([0.62, 0.62, 0.62, 1.0]), chart), least=pace.SLOW
            )
