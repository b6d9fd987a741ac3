"""From scores to alarms: the line, the budget, and what ten opened cases tell."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.anomaly_detection.stage import (
    ALARM,
    CUT,
    DOT,
    NEAR,
    ODD,
    ORDINARY,
    PLAIN,
    RULER,
    TRUE,
    AnomalyDetectionStage,
    cloud_plane,
    light_up,
    paint,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.anomaly_detection import cases, isolation, scores

BELOW: Final = 10
"""Cases under the line that are opened as well."""


def ranked(values: Floats) -> Floats:
    """(n, 2): the place of each of ``values`` (n,) from the lowest, 0 to 1, and the value."""
    places = np.empty(len(values))
    places[np.argsort(values, kind="stable")] = np.linspace(0.0, 1.0, len(values))
    return np.column_stack([places, values])


def score_plane(low: float, high: float, ticks: list[float]) -> Plane:
    """Scores by rank."""
    return shot.chart(
        shot.SAFE, (-0.02, 1.03), (low, high), x_ticks=[], y_ticks=ticks, y_label="anomaly score",
        x_label="all points, sorted by score"
    )  # fmt: skip


class Budget(AnomalyDetectionStage):
    """Thresholds."""

    @chapter("The score ranks, your budget draws the line", "choosing a threshold with hardly any labels")
    def budget_line(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.easy_line()
        plane, dots = self.contamination()
        self.ten_a_day(plane, dots)
        self.other_draws()
        self.below(plane, dots)
        self.contest()

    def easy_line(self) -> None:
        """Our dots, sorted by score."""
        ground = cloud_plane()
        values = scores.scored("isolation")
        shares = scores.brightness(values)
        plane = score_plane(0.3, 0.9, [0.4, 0.6, 0.8])
        dots = plane.dots(plane.inverse(ground.at(self.points)), PLAIN, radius=DOT)
        paint(dots, shares)
        lone = values[isolation.LONE]
        line = (float(np.sort(values)[-2]) + float(lone)) / 2
        level = plane.segment((-0.02, line), (-0.02, line), ALARM, 1.5 * LINE)
        named = plane.label(0.0, line, "threshold", UP + RIGHT, ALARM, size=ink.POINT)
        with self.beat("A detector gives a score. Who raises the alarm? Line our dots up by score.") as beat:
            self.play(FadeIn(dots), run_time=pace.QUICK)
            beat.over("Line", glide(dots.redraw, dots.values, ranked(values)), FadeIn(plane), least=pace.LONG)
        with self.beat("Scores above the threshold raise an alarm. Here the line is easy to draw.") as beat:
            beat.over(
                glide(level.redraw, ((-0.02, line), (-0.02, line)), ((-0.02, line), (1.03, line))),
                FadeIn(named),
                until="Here",
                least=pace.SLOW,
            )
            beat.over(
                self.frame.to_region(*span(plane, (0.55, 1.03), (0.5, 0.88))), FadeOut(named), least=pace.SLOW
            )

    def contamination(self) -> tuple[Plane, Dots]:
        """Tumours: shares to flag, and one order."""
        values = cases.tumour_scores()
        plane = score_plane(0.34, 0.71, [0.4, 0.5, 0.6, 0.7])
        mixture = words.label(
            f"{len(values)} cases, {cases.HIDDEN} malignant; Isolation Forest", PLAIN, ink.POINT
        )
        shot.SAFE.put(mixture, UP + LEFT)
        self.pin(mixture)
        dots = plane.dots(ranked(values), ORDINARY, radius=0.085)
        with self.beat("Now breast tumours: benign ones, and a few malignant that we have hidden.") as beat:
            self.exchange(plane, dots, also=[self.frame.back()], run_time=pace.CALM)
            beat.over(
                "few",
                FadeIn(mixture),
                self.frame.to_region(*span(plane, (0.5, 1.03), (0.4, 0.7))),
                least=pace.LONG,
            )
        top = 0.7
        level = plane.segment((-0.02, top), (1.03, top), ALARM, 1.5 * LINE)
        steps = [float(np.quantile(values, 1 - share)) for share in cases.CONTAMINATIONS]
        told = [
            words.label(
                f"contamination {100 * share:.0f} %: {int(cases.flagged(values, share).sum())} alarms",
                ALARM,
                ink.POINT,
            )
            for share in cases.CONTAMINATIONS
        ]
        for each in told:
            each.move_to(plane.at(0.4, 0.63))
        with self.beat("Contamination is the share of points that you tell the library to flag.") as beat:
            self.play(self.frame.back(), FadeOut(mixture), run_time=pace.CALM)
            now, shown = top, None
            lit = np.zeros(len(values))
            for number, (step, each, share) in enumerate(zip(steps, told, cases.CONTAMINATIONS, strict=True)):
                after = cases.flagged(values, share).astype(float)
                changes = [
                    glide(level.redraw, ((-0.02, now), (1.03, now)), ((-0.02, step), (1.03, step))),
                    light_up(dots, lit, after, radius=0.085),
                ]
                self.play(*changes, FadeIn(each), *([FadeOut(shown)] if shown else []), run_time=pace.SLOW)
                now, shown, lit = step, each, after
                if number == 0:
                    beat.until("tell")
        with self.beat("It moves the line, not the order.", pause=pace.LONG) as beat:
            beat.over(words.light(told[-1]), least=pace.SLOW)
        self.alarms = VGroup(level, told[-1])
        return plane, dots

    def ten_a_day(self, plane: Plane, dots: Dots) -> None:
        """The ten highest are opened."""
        values, odd = cases.tumour_scores(), cases.tumours().malignant
        order = cases.opened()
        line = (np.sort(values)[-cases.BUDGET] + np.sort(values)[-cases.BUDGET - 1]) / 2
        level = plane.segment((-0.02, line), (1.03, line), ALARM, 1.5 * LINE)
        with self.beat("So ask what you can afford. Say there is time to open ten cases a day.") as beat:
            self.play(FadeOut(self.alarms), run_time=pace.QUICK)
            lit = np.zeros(len(values))
            lit[order] = 1.0
            beat.over(
                Create(level),
                light_up(
                    dots, cases.flagged(values, cases.CONTAMINATIONS[-1]).astype(float), lit, radius=0.085
                ),
                until="time",
                least=pace.CALM,
            )
            beat.over(
                self.frame.to_region(*span(plane, (0.9, 1.015), (0.55, 0.69))),
                dots.animate.redraw(radius=0.035),
                least=pace.LONG,
            )
        right = [int(row) for row in order if odd[row]]
        wrong = [int(row) for row in order if not odd[row]]
        told = words.label(
            f"precision at k = {cases.BUDGET}:\n{len(right)} of {cases.BUDGET}", TRUE, ink.HEADLINE
        )
        shot.SAFE.put(told, UP + LEFT)
        self.pin(told)
        with self.beat("Seven turn out malignant, in this draw.") as beat:
            self.play(*(dots[row].animate.set_fill(PLAIN) for row in wrong), run_time=pace.QUICK)
            beat.over(*(dots[row].animate.set_fill(TRUE) for row in right), least=pace.SLOW)
        with self.beat(
            "Of the k highest scores, the share that is truly anomalous: precision at k.", pause=pace.CALM
        ) as beat:
            beat.over(FadeIn(told), words.light(dots.subset(right), TRUE), least=pace.LONG)
        self.opened = VGroup(level)

    def other_draws(self) -> None:
        """What ten cases tell, and twenty draws."""
        hits = cases.hits()
        shown = int(hits[cases.CASES])
        plane = shot.chart(
            shot.SAFE,
            (0, 1),
            (0, 10.4),
            x_ticks=[0, 0.5, 1],
            y_ticks=[],
            x_label=f"share of malignant cases among the {cases.BUDGET} opened",
        )
        dot = plane.dots([(shown / cases.BUDGET, 8.6)], TRUE, radius=0.26)
        named = plane.label(shown / cases.BUDGET, 8.9, "these ten", UP, TRUE, size=ink.POINT)
        with self.beat("But ten cases of one draw say little about a detector.") as beat:
            self.exchange(plane, dot, also=[self.frame.back()], run_time=pace.CALM)
            beat.over(FadeIn(named), until="little", least=pace.BRISK)
            beat.over(words.light(dot, TRUE), least=pace.CALM)
        column = [int((hits[:number] == each).sum()) for number, each in enumerate(hits)]
        spots = np.column_stack([hits / cases.BUDGET, 0.45 + 0.82 * np.array(column)])
        many = plane.dots(spots, PLAIN, radius=0.2)
        told = plane.label(
            0.02,
            4.6,
            f"{cases.DRAWS} draws of the\nhidden cases",
            RIGHT,
            PLAIN,
            size=ink.POINT,
        )
        with self.beat(
            "Hide other cases, again and again, and four to eight are right.", pause=pace.CALM
        ) as beat:
            beat.over(FadeIn(*many, lag_ratio=pace.LAG), FadeIn(told), until="four", least=pace.LONG)
            beat.over(words.light(named), least=pace.SLOW)

    def below(self, plane: Plane, dots: Dots) -> None:
        """A few cases from below the line."""
        values = cases.tumour_scores()
        order = np.argsort(-values, kind="stable")
        drawn = np.random.default_rng(1).choice(order[cases.BUDGET :], BELOW, replace=False)
        with self.beat(
            "Opened cases are your first labels. Draw many from below the line as well, at random."
        ) as beat:
            dots.redraw(radius=0.085)
            self.exchange(plane, dots, self.opened, also=[self.frame.back()], run_time=pace.CALM)
            rings = dots.ring([int(row) for row in drawn], ALARM, 0.22)
            beat.over("Draw", FadeIn(rings), least=pace.SLOW)
        with self.beat("From these you estimate recall, the share of anomalies that you catch.") as beat:
            beat.over(self.frame.to_region(*span(plane, (0.0, 0.97), (0.35, 0.6))), least=pace.LONG)

    def contest(self) -> None:
        """Four scores on these data, and luck."""
        found = cases.contest()
        names = ("columns beyond a fence", "Isolation Forest", "LOF, k = 20", "largest z-score", "luck")
        means = np.array(
            [*(each.mean() for each in found.values()), cases.HIDDEN / len(cases.tumours().table)]
        )
        spread = np.array([*(each.std() for each in found.values()), 0.0])
        room = shot.safe(titled=False)
        chart = BarChart(
            names, 0 * means, (0, 0.85), room.width, room.height, decimals=2, colors=[RULER, CUT, NEAR, ODD, PLAIN],
            label=f"precision at {cases.HIDDEN}, as many as are hidden: mean ± sd, {cases.DRAWS} draws",
        )  # fmt: skip
        room.put(chart, ORIGIN)
        with self.beat(
            "Keep a simple rule as baseline. Malignant nuclei are large in many ways: count columns beyond a fence."
        ) as beat:
            self.exchange(chart, also=[self.frame.back()], run_time=pace.CALM)
            beat.over(chart.change(means, spread=spread), least=pace.LONG)
        with self.beat(
            "On these data it beats the forest in sixteen draws of twenty.", pause=pace.CALM
        ) as beat:
            beat.over(self.spotlight(chart.row(0), chart.row(1)), least=pace.SLOW)
