"""The end: one picture that answers the question."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, Create, FadeIn, VGroup

from scenes.anomaly_detection.stage import (
    CUT,
    DOT,
    HILL,
    MANY,
    NEAR,
    READ,
    RULER,
    TRUE,
    AnomalyDetectionStage,
    cloud_plane,
    light_up,
    maths,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.maths.anomaly_detection import fences, frontier, isolation, neighbours, scores


class Last(AnomalyDetectionStage):
    """All scores on the dots of the beginning."""

    @chapter("Score each point, then rank")
    def the_end(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = cloud_plane()
        dots = plane.dots(self.points, MANY, radius=DOT)
        (left, right), (low, high) = (fences.tukey(column) for column in self.points.T)
        pane = plane.polygon([(left, low), (right, low), (right, high), (left, high)], RULER, LINE)
        cuts = VGroup()
        floor, ceiling = plane.limits
        for step in isolation.isolate(self.points, isolation.LONE, isolation.SHOWN, *plane.limits):
            ends = np.array([floor, ceiling])
            ends[:, step.column] = step.place
            cuts.add(plane.segment(ends[0], ends[1], CUT, LINE))
            floor, ceiling = step.low, step.high
        near = neighbours.lof(self.points, neighbours.K).neighbours[isolation.LONE][:5]
        threads = plane.segment(np.tile(self.lone, (len(near), 1)), self.points[near], NEAR, THIN)
        found = frontier.around_cloud()
        shore = plane.contour(found.over(*np.moveaxis(plane.mesh(181, 121), -1, 0)), found.rho, HILL, LINE)
        names = VGroup(
            plane.label(-2.4, 2.3, "IQR fence", RIGHT, RULER, gap=0.0),
            plane.label(2.6, -2.2, "path length", RIGHT, CUT, gap=0.0, size=ink.POINT),
            plane.label(1.95, 3.08, "LOF", LEFT, NEAR, gap=0.0, size=ink.POINT),
            plane.label(-2.4, -2.6, "One-Class SVM", RIGHT, HILL, gap=0.0),
        )
        rule = maths("s = 2^(- bb(E)[h] \\/ c(n))", 1.2 * ink.POINT)
        rule.next_to(plane.at(-3.44, 3.02), RIGHT, buff=0.0)
        with self.beat(
            "How does a machine find the dot that does not belong?", pause=pace.SLOW + pace.CALM
        ) as beat:
            self.play(FadeIn(dots), run_time=pace.BRISK)
            beat.over(self.frame.to_region(*span(plane, (-2.2, 4.5), (-2.2, 3.75))), least=pace.LONG)
            self.play(self.frame.back(), run_time=pace.LONG)
        with self.beat(
            "It scores each point: by fences, by random cuts, by local density, or by a frontier."
        ) as beat:
            steps = ("fences", "random", "local", "frontier")
            for word, drawn, name in zip(steps, (pane, cuts, threads, shore), names, strict=True):
                beat.at(word, Create(drawn), FadeIn(name), run_time=pace.SLOW)
        with self.beat(
            "No label is needed for that. Then rank the scores, and let your own budget set the threshold.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                light_up(dots, self.nobody, scores.brightness(scores.scored("isolation")), fresh=True),
                least=pace.LONG,
            )
        with self.beat(
            "The lone dot needed about three cuts on average, the crowd twelve. That is how one of them sees it.",
            pause=READ,
        ) as beat:
            beat.over(FadeIn(rule), words.light(cuts), until="the crowd", least=pace.SLOW)
            beat.over(words.light(rule), until="That", least=pace.SLOW)
            beat.over(FadeIn(dots.ring(isolation.LONE, TRUE)), least=pace.SLOW)
