"""Random cuts: how soon a dot is alone, in one tree and in a forest, and the score that is made of it."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.anomaly_detection.stage import (
    BALL,
    CUT,
    DOT,
    MANY,
    ODD,
    PLAIN,
    AnomalyDetectionStage,
    cloud_plane,
    light_up,
    maths,
    quiet_plane,
    span,
    tone,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import HAIR, LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.anomaly_detection import isolation, scores

DIVES: Final = (6, 9)
"""Cuts of a crowd dot after which the camera goes nearer."""
DEEP: Final = (1.0, 1.7, 4.5)
"""By how much dots and lines are finer then."""
LENGTHS: Final = np.arange(1, 25)
"""Path lengths of the histogram."""
SOME: Final = 40
"""Cuts that are drawn at once in the example by hand."""


def cut_line(plane: Plane, step: isolation.Step, low: Floats, high: Floats, width: float) -> Segments:
    """The cut across the cell from ``low`` to ``high``, in which it was made."""
    ends = np.array([low, high])
    ends[:, step.column] = step.place
    return plane.segment(ends[0], ends[1], CUT, width)


class Cuts(AnomalyDetectionStage):
    """Isolation."""

    @chapter("Random cuts isolate the odd one first", "Isolation Forest and its short paths")
    def random_cuts(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.line_by_hand()
        self.lone_cut_off()
        self.dive()
        self.forest()
        self.score()

    def line_by_hand(self) -> None:
        """Five points on a line, and where a cut falls."""
        ground = cloud_plane()
        cloud = ground.dots(self.points, MANY, radius=DOT)
        low, high = ground.limits
        steps = isolation.isolate(self.points, isolation.LONE, isolation.SHOWN, low, high)
        blade = cut_line(ground, steps[0], low, high, 1.5 * LINE)
        with self.beat("Is there a score for all columns at once? Cut the plane at random.") as beat:
            self.play(FadeIn(cloud), run_time=pace.QUICK)
            beat.over("Cut", Create(blade), least=pace.LONG)
        plane = quiet_plane((0.2, 20.8), (-2.6, 2.6))
        values = np.array(isolation.LINE)
        dots = plane.dots(np.column_stack([values, 0 * values]), PLAIN, radius=BALL)
        dots[-1].set_fill(ODD)
        numbers = VGroup(
            *(plane.label(value, 0, f"{value:g}", DOWN, PLAIN, gap=0.5, size=ink.POINT) for value in values)
        )
        rng = np.random.default_rng(isolation.SHOWN)
        places = np.sort(rng.uniform(values[0], values[-1], SOME))
        falls = plane.segment(
            np.column_stack([places, np.full(SOME, 2.2)]),
            np.column_stack([places, np.full(SOME, 0.6)]),
            CUT,
            LINE,
        )
        with self.beat("By hand: five points on a line. A cut falls anywhere between the outer two.") as beat:
            self.exchange(dots, numbers, run_time=pace.BRISK)
            beat.over("cut", Create(falls), least=pace.LONG)
        gap, whole = values[-1] - values[-2], values[-1] - values[0]
        under = plane.segment((values[0], -1.15), (values[-1], -1.15), PLAIN, 2 * LINE)
        part = plane.segment((values[-2], -1.15), (values[-1], -1.15), ODD, 3 * LINE)
        told = plane.label(
            12, -1.25, f"{gap:g} of {whole:g}: chance {100 * gap / whole:.0f} %", DOWN, ODD, size=ink.HEADLINE
        )
        with self.beat(
            "Sixteen of the nineteen units lie before the last. So one cut mostly isolates it.",
            pause=pace.CALM,
        ) as beat:
            beat.over(Create(under), until="units")
            beat.over(Create(part), until="before", least=pace.CALM)
            beat.over(FadeIn(told))
        two = plane.segment([(1.5, 2.4), (2.5, 2.4)], [(1.5, -0.9), (2.5, -0.9)], CUT, 1.5 * LINE)
        with self.beat("The two needs two cuts at least, one on either side.") as beat:
            self.play(FadeOut(told, under, part), run_time=pace.QUICK)
            beat.over(
                self.frame.to(dots.subset(range(4)), two, share=0.9),
                FadeOut(falls),
                until="at",
                least=pace.SLOW,
            )
            beat.over(Create(two), least=pace.CALM)

    def lone_cut_off(self) -> None:
        """Three cuts of the tree that is shown."""
        plane = cloud_plane()
        dots = plane.dots(self.points, MANY, radius=DOT)
        low, high = plane.limits
        steps = isolation.isolate(self.points, isolation.LONE, isolation.SHOWN, low, high)
        lit = np.ones(len(self.points))
        self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
        lines = VGroup()
        with self.beat(
            "In the plane, draw a column at random, then a place, and keep the lone dot's side."
        ) as beat:
            beat.until("then")
            lit, low, high = self.cut(plane, dots, steps[0], lit, low, high, lines, LINE)
        with self.beat("Cut again, and again. After three cuts it is alone.") as beat:
            for step in steps[1:]:
                lit, low, high = self.cut(plane, dots, step, lit, low, high, lines, LINE)
            beat.over(dots[isolation.LONE].animate.set_fill(ODD), least=pace.QUICK)
        named = plane.label(3.45, 1.4, f"path\nlength {len(steps)}", ORIGIN, CUT, size=ink.POINT)
        with self.beat(
            "The number of cuts until a point is alone is its path length.", pause=pace.CALM
        ) as beat:
            beat.over(FadeIn(named), until="until")
            beat.over(self.frame.to_region(*span(plane, (1.0, 4.5), (-1.4, 3.75))), least=pace.LONG)

    def cut(
        self,
        plane: Plane,
        dots: Dots,
        step: isolation.Step,
        lit: Floats,
        low: Floats,
        high: Floats,
        lines: VGroup,
        width: float,
    ) -> tuple[Floats, Floats, Floats]:
        """One cut: its line, and what is cut off grows dark; what is lit then, and the limits of the cell."""
        blade = cut_line(plane, step, low, high, width)
        now = np.zeros(len(lit))
        now[step.rows] = 1.0
        self.play(Create(blade), run_time=pace.QUICK)
        self.play(glide(partial(tone, dots), lit, now, dots), run_time=pace.BRISK)
        lines.add(blade)
        return now, step.low, step.high

    def dive(self) -> None:
        """The same tree around a dot of the crowd."""
        plane = cloud_plane()
        dots = plane.dots(self.points, MANY, radius=DOT)
        row = isolation.middle()
        low, high = plane.limits
        steps = isolation.isolate(self.points, row, isolation.SHOWN, low, high)
        lit, lines = np.ones(len(self.points)), VGroup()
        with self.beat(
            "Now a dot of the crowd, in the same tree. Cell after cell, it still has company."
        ) as beat:
            self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
            for number, step in enumerate(steps[: DIVES[1]]):
                if number == DIVES[0]:
                    self.play(
                        self.frame.to_region(*self.cell(plane, low, high)),
                        dots.animate.redraw(radius=DOT / DEEP[1]),
                        run_time=pace.BRISK,
                    )
                blade = cut_line(plane, step, low, high, LINE / DEEP[number >= DIVES[0]])
                now = np.zeros(len(lit))
                now[step.rows] = 1.0
                self.play(Create(blade), glide(partial(tone, dots), lit, now, dots), run_time=pace.QUICK)
                lit, low, high = now, step.low, step.high
                lines.add(blade)
            beat.rest()
        with self.beat("The fourteenth cut leaves it alone.", pause=pace.CALM) as beat:
            self.play(
                self.frame.to_region(*self.cell(plane, low, high)),
                dots.animate.redraw(radius=DOT / DEEP[2]),
                FadeOut(lines),
                run_time=pace.CALM,
            )
            for step in steps[DIVES[1] :]:
                blade = cut_line(plane, step, low, high, LINE / DEEP[2])
                now = np.zeros(len(lit))
                now[step.rows] = 1.0
                self.play(Create(blade), glide(partial(tone, dots), lit, now, dots), run_time=pace.QUICK)
                lit, low, high = now, step.low, step.high
            self.play(dots[row].animate.set_fill(CUT), run_time=pace.QUICK)

    def cell(
        self, plane: Plane, low: Floats, high: Floats
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        """A cell on the stage."""
        return span(plane, (float(low[0]), float(high[0])), (float(low[1]), float(high[1])))

    def forest(self) -> None:
        """Path lengths in many trees."""
        lone, crowd = isolation.lone_paths(), isolation.crowd_paths()
        plane = shot.chart(
            shot.SAFE, (0.3, LENGTHS[-1] + 0.7), (0, 0.4), x_ticks=[1, 5, 10, 15, 20],
            y_ticks=[0.2, 0.4], y_names={0.2: "20 %", 0.4: "40 %"},
            x_label="path length: cuts until alone", y_label="share of trees",
        )  # fmt: skip
        shares = [np.array([(each == length).mean() for length in LENGTHS]) for each in (lone, crowd)]
        bars = [
            plane.bars(LENGTHS, 0 * share, color, thick=0.8, fill=0.85)
            for share, color in zip(shares, (ODD, PLAIN), strict=True)
        ]
        named = words.label("Isolation Forest", CUT, ink.HEADLINE)
        named.next_to(plane.at(23.5, 0.36), LEFT, buff=0.0)
        names = VGroup(
            plane.label(4.2, 0.28, f"the lone dot: mean {lone.mean():.1f}", RIGHT, ODD, size=ink.POINT),
            plane.label(12.2, 0.15, f"crowd dots: mean {crowd.mean():.1f}", UP, PLAIN, size=ink.POINT),
        )
        with self.beat(
            "One tree is luck. An Isolation Forest is many trees, each made of random cuts."
        ) as beat:
            self.exchange(plane, also=[self.frame.back()], run_time=pace.CALM)
            beat.over(glide(bars[0].redraw, 0 * shares[0], shares[0]), until="many", least=pace.CALM)
            beat.over(FadeIn(names[0], named))
        with self.beat(
            "The lone dot needs about three cuts on average, dots of the crowd about twelve.", pause=pace.CALM
        ) as beat:
            beat.over(words.light(names[0]), until="dots", least=pace.CALM)
            beat.over(glide(bars[1].redraw, 0 * shares[1], shares[1]), FadeIn(names[1]), least=pace.LONG)

    def score(self) -> None:
        """From path lengths to a score, and the dots in its light."""
        count = len(self.points)
        usual = isolation.usual_length(count)
        ratios = np.linspace(0, 2.0, 200)
        plane = shot.chart(
            shot.SAFE, (0, 2), (0, 1.04), x_ticks=[0, 1, 2],
            y_ticks=[0.5, 1], x_label="mean path length / c", y_label="anomaly score",
        )  # fmt: skip
        curve = plane.curve(ratios, 2.0**-ratios, ODD, 2 * LINE)
        rule = maths("s = 2^(- {{ bb(E)[h] : path }} \\/ {{ c(n) : usual }})", 1.6 * ink.POINT)
        rule.next_to(plane.at(1.95, 0.9), LEFT, buff=0.0)
        told = plane.label(1.95, 0.72, f"c({count}) = {usual:.1f}", LEFT, PLAIN, gap=0.0, size=ink.POINT)
        spots = [
            (paths.mean() / usual, float(isolation.score(paths.mean(), count)))
            for paths in (isolation.lone_paths(), isolation.crowd_paths())
        ]
        marks = plane.dots(spots, PLAIN, radius=0.17)
        marks[0].set_fill(ODD)
        names = VGroup(
            plane.label(*spots[0], f"lone dot {spots[0][1]:.2f}", UP + RIGHT, ODD, gap=0.3, size=ink.POINT),
            plane.label(*spots[1], f"crowd {spots[1][1]:.2f}", UP + RIGHT, PLAIN, gap=0.3, size=ink.POINT),
        )
        with self.beat(
            "Divide the mean path by c, the length that chance trees of so many points would need."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(FadeIn(rule, told), until="c")
            beat.over(words.light(rule.part("usual")), least=pace.SLOW)
        with self.beat(
            "The score is two to minus that ratio: short paths come near one.", pause=pace.LONG
        ) as beat:
            beat.over(Create(curve), until="short", least=pace.SLOW)
            beat.over(FadeIn(marks[0], names[0]))
        with self.beat(
            "A path of that length scores a half. Dots of the crowd need a little more: ordinary."
        ) as beat:
            half = plane.segment([(0, 0.5), (1, 0)], [(1, 0.5), (1, 0.5)], PLAIN, HAIR * 2, dashed=True)
            beat.over(Create(half), until="Dots", least=pace.SLOW)
            beat.over(FadeIn(marks[1], names[1]))
        ground = cloud_plane()
        dots = ground.dots(self.points, MANY, radius=DOT)
        shares = scores.brightness(scores.scored("isolation"))
        with self.beat("Our dot scores highest, without a label. That answers the question.") as beat:
            self.exchange(dots, run_time=pace.BRISK)
            beat.over(light_up(dots, self.nobody, shares, fresh=True), until="without", least=pace.LONG)
            beat.over(self.frame.to_region(*span(ground, (-0.9, 4.4), (-0.9, 3.7))), least=pace.SLOW)
        with self.beat("Cuts need no distances and no scaling. But many idle columns waste them.") as beat:
            beat.over(self.frame.back(), least=pace.LONG)
