"""The question: 257 dots, one of which does not fit."""

from __future__ import annotations

from typing import Final

from manim import LEFT, UP, FadeIn, FadeOut

from scenes.anomaly_detection.stage import (
    DOT,
    MANY,
    ODD,
    READ,
    AnomalyDetectionStage,
    cloud_plane,
    light_up,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.maths.anomaly_detection import scores

ELSEWHERE: Final = ((-3.0, 2.9), (3.4, -2.6), (-2.9, -2.6), (0.6, 3.3))
"""Places where no dot is."""


class Opening(AnomalyDetectionStage):
    """All dots in chalk, and the words for what is asked."""

    @chapter("One of these dots does not fit")
    def one_does_not_fit(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = cloud_plane()
        dots = plane.dots(self.points, MANY, radius=DOT)
        with self.beat(
            "One of these two hundred and fifty-seven dots does not belong.", pause=pace.SLOW
        ) as beat:
            beat.over(FadeIn(dots), least=pace.LONG)
        with self.beat("You saw it at once. How would a machine find it, when nothing is labelled?") as beat:
            beat.over(self.frame.to_region(*span(plane, (-1.4, 4.5), (-1.3, 3.75))), least=READ)
        self.think()
        named = plane.label(
            self.lone[0], self.lone[1], "anomaly, or outlier", LEFT, ink.chalk, gap=0.25, size=ink.POINT
        )
        with self.beat(
            "A point that does not fit the pattern of the rest is an anomaly, or outlier."
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, (-1.0, 4.45), (-1.1, 3.7))),
                until="anomaly",
                least=pace.LONG,
            )
            beat.over(FadeIn(named))
        unsupervised = words.label("unsupervised:\nno labels", ink.chalk, ink.HEADLINE)
        shot.SAFE.put(unsupervised, UP + LEFT)
        with self.beat("No label says which dots are odd: the detection is unsupervised.") as beat:
            beat.over(self.frame.back(), FadeOut(named), least=READ)
            beat.over(FadeIn(unsupervised))
        others = plane.dots(ELSEWHERE, ODD, "ring", radius=1.6 * DOT)
        with self.beat("Odd ones are rare, and the next may lie somewhere new.") as beat:
            beat.over("next", FadeIn(*others, lag_ratio=pace.LAG), least=pace.SLOW)
            self.play(FadeOut(others), run_time=pace.BRISK)
        score = words.label("anomaly score: the higher, the odder", ODD, ink.POINT)
        shot.SAFE.put(score, UP + LEFT)
        shares = {each: scores.brightness(scores.scored(each)) for each in scores.DETECTORS}
        with self.beat(
            "A detector gives each point an anomaly score: the higher, the odder.", pause=pace.SLOW
        ) as beat:
            self.play(FadeOut(unsupervised), run_time=pace.QUICK)
            beat.over(
                FadeIn(score), light_up(dots, self.nobody, shares["isolation"], fresh=True), least=pace.LONG
            )
        with self.beat("A score does not yet say yes or no. It ranks the points.") as beat:
            beat.over(
                self.frame.to_region(*span(plane, (-1.0, 4.45), (-0.9, 3.7))), FadeOut(score), least=pace.LONG
            )
        with self.beat(
            "Five detectors follow, then worked cases. Each catches something, and misses something."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.SLOW)
            now = shares["isolation"]
            for each in scores.DETECTORS:
                self.play(light_up(dots, now, shares[each]), run_time=pace.SLOW)
                now = shares[each]
