"""Five points on a line: the mistakes of a stump swell."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, ORIGIN, UP, FadeIn, FadeOut, VGroup

from scenes.ensembles.stage import SIDES, WRONG, EnsemblesStage, maths, radii
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.ensembles import boosting

MEAN: Final = 0.62
"""Radius of a point of mean weight."""


def line_plane() -> Plane:
    """The line of the five points, through the middle of the frame."""
    plane = shot.EDGES.plane((0.35, 5.65), (-2.2, 2.2), x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


class Swelling(EnsemblesStage):
    """A round of AdaBoost by hand."""

    @chapter("The mistakes swell", "weights swelling on the mistakes")
    def swell(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        plane = line_plane()
        first, second = boosting.by_hand()
        spots = np.column_stack([boosting.LINE, 0 * boosting.LINE])
        equal = np.full(len(boosting.LINE), 1 / len(boosting.LINE))
        kinds = (boosting.SIDES < 0).astype(int)
        dots = plane.dots(
            spots, [SIDES[kind] for kind in kinds], [("disc", "square")[kind] for kind in kinds],
            radius=radii(equal, MEAN),
        )  # fmt: skip
        axis = plane.segment((0.35, 0), (5.65, 0), ink.faint, LINE)
        with self.beat("Averaging left the bias. So what of a learner that is much too simple?") as beat:
            self.play(FadeIn(axis), run_time=pace.QUICK)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.SLOW)
        cut, sides = self.drawn(plane, first.stump)
        name = plane.label(first.stump.cut, 1.75, "stump: one cut", UP, size=ink.POINT)
        with self.beat("Five points, two classes. One cut is a stump: left it says green, right violet.") as beat:
            beat.over("cut", FadeIn(cut, name), until="left", least=pace.BRISK)
            self.play(FadeIn(sides[0]), run_time=pace.CALM)
            beat.over(FadeIn(sides[1]), least=pace.CALM)
        weak = plane.label(4, 1.75, "a weak learner", UP, ink.focus, size=ink.POINT)
        with self.beat("Often it is hardly better than guessing: a weak learner.") as beat:
            beat.over("weak", FadeIn(weak), until=None, least=pace.BRISK)
        weights = self.numbers(plane, equal)
        with self.beat("Each point carries a sample weight, its area. At first all are equal.") as beat:
            self.play(FadeOut(name, weak), run_time=pace.QUICK)
            beat.over("sample", FadeIn(weights, shift=place.NUDGE * UP), least=pace.SLOW)
        head = plane.label(3, 1.75, f"weighted error ε = {first.error:g}", UP, WRONG, size=ink.POINT)
        ring = dots.ring([4], WRONG)
        with self.beat(
            "The weight on the wrong points is the weighted error, epsilon. Here one fifth."
        ) as beat:
            self.play(FadeIn(ring), run_time=pace.BRISK)
            beat.over(self.frame.to(ring, share=0.45), until="Here", least=pace.SLOW)
            beat.over(self.frame.back(), FadeIn(head), least=pace.SLOW)
        self.learner_weight(first)
        swollen = self.numbers(plane, first.weights)
        grown = dots.ring([4], WRONG)
        told = plane.label(3, 1.75, "the wrong point × 4, then sum = 1", UP, WRONG, size=ink.POINT)
        with self.beat(
            "Now multiply the wrong point's weight by e to the alpha, here four, and it swells."
        ) as beat:
            self.exchange(axis, cut, sides, dots, weights, run_time=pace.BRISK)
            raw = equal * np.where(np.arange(5) == 4, 4.0, 1.0)
            beat.over(
                glide(dots.redraw, (spots, radii(equal, MEAN)), (spots, radii(raw, MEAN)), dots),
                FadeOut(weights), FadeIn(told), least=pace.LONG,
            )  # fmt: skip
        with self.beat("Scale the weights to a sum of one: it holds half of all weight.", pause=pace.SLOW) as beat:
            beat.over(
                glide(dots.redraw, (spots, radii(raw, MEAN)), (spots, radii(first.weights, MEAN)), dots),
                until="half",
                least=pace.SLOW,
            )
            beat.over(FadeIn(swollen), least=pace.BRISK)
        grown.follow(dots)
        with self.beat("Under the new weights, this stump is a coin toss. The next must do something else.") as beat:
            self.play(FadeOut(told), FadeIn(grown), run_time=pace.BRISK)
            beat.over(self.frame.to(dots[3], dots[4], share=0.6), until="next", least=pace.SLOW)
            beat.over(self.frame.back(), FadeOut(cut, sides, grown), least=pace.SLOW)
        other, halves = self.drawn(plane, second.stump)
        with self.beat("It swings to the heavy point, and gets that one right.") as beat:
            self.add(other)
            beat.over(
                glide(
                    other.redraw,
                    ((first.stump.cut, -2.2), (first.stump.cut, 2.2)),
                    ((second.stump.cut, -2.2), (second.stump.cut, 2.2)),
                    other,
                ),
                until="gets",
                least=pace.SLOW,
            )
            beat.over(FadeIn(halves), least=pace.CALM)
        with self.beat("Now the first two points are wrong, so these swell in turn.") as beat:
            pair = dots.ring([0, 1], WRONG)
            self.play(FadeIn(pair), FadeOut(swollen), run_time=pace.BRISK)
            self.play(FadeOut(pair), run_time=pace.QUICK)
            beat.over(
                glide(
                    dots.redraw, (spots, radii(first.weights, MEAN)), (spots, radii(second.weights, MEAN)), dots
                ),
                least=pace.LONG,
            )

    def learner_weight(self, first: boosting.Round) -> None:
        """α over ε, with the stump of the line on it."""
        room = shot.safe(titled=False)
        plane = shot.chart(
            room, (0, 0.85), (-1.4, 3.2), x_ticks=[0, first.error, 0.5], x_names={0: "0", first.error: f"{first.error:g}", 0.5: "½"},
            y_ticks=[0, 1, 2, 3], x_label="weighted error ε", y_label="learner weight α",
        )  # fmt: skip
        rates = np.linspace(0.02, 0.8, 200)
        curve = plane.curve(rates, [boosting.say(rate) for rate in rates], ink.focus, 2 * LINE)
        zero = plane.segment((0, 0), (0.85, 0), ink.faint, LINE)
        dot = plane.dots([(first.error, first.alpha)], WRONG, radius=0.17)
        value = plane.label(first.error, first.alpha, f"ln 4 = {first.alpha:.2f}", np.array([1.0, 0.6, 0.0]), WRONG, gap=0.3, size=ink.POINT)
        law = maths("alpha = ln (1 - epsilon) / epsilon", ink.HEADLINE)
        law.move_to(plane.at(0.58, 2.4))
        guess = plane.dots([(0.5, 0.0)], ink.chalk, radius=0.17)
        with self.beat("The smaller its error, the larger the learner's weight, alpha.") as beat:
            self.exchange(plane, zero, run_time=pace.BRISK)
            beat.over(glide(curve.reveal, 1.0, 0.0, curve), until="alpha", least=pace.SLOW)
            beat.over(FadeIn(law), least=pace.BRISK)
        with self.beat("For our stump, it is the logarithm of four. At one half it is zero: a guess has no say.", pause=pace.SLOW) as beat:
            self.play(FadeIn(dot, value), run_time=pace.BRISK)
            beat.over("half", FadeIn(guess), least=pace.CALM)

    @staticmethod
    def drawn(plane: Plane, stump: boosting.Stump) -> tuple[VGroup, VGroup]:
        """The cut, and what it says on its two sides."""
        cut = plane.segment((stump.cut, -2.2), (stump.cut, 2.2), ink.chalk, 2 * LINE)
        sides = VGroup()
        for low, high, side in ((0.35, stump.cut, stump.left), (stump.cut, 5.65, -stump.left)):
            corners = [(low, -2.2), (high, -2.2), (high, 2.2), (low, 2.2)]
            sides.add(plane.polygon(corners, SIDES[int(side < 0)], width=0.0, fill=0.16))
        return cut, sides

    @staticmethod
    def numbers(plane: Plane, weights: Floats) -> VGroup:
        """What each point weighs, below it."""
        return VGroup(
            *(
                plane.label(x, -1.05, f"{weight:.3g}", ORIGIN, size=ink.POINT)
                for x, weight in zip(boosting.LINE, weights, strict=True)
            )
        )
