"""Five points on a line: the mistakes of a stump swell."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import ORIGIN, RIGHT, UP, FadeIn, FadeOut, ManimColor, VGroup

from scenes.ensembles.stage import SIDES, WRONG, EnsemblesStage, maths, radii
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.ensembles import boosting

TINT: Final = 0.16
"""Strength of what a stump says."""
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
        dots = plane.classes(spots, kinds, radii(equal, MEAN), SIDES)
        axis = plane.segment((0.35, 0), (5.65, 0), ink.faint, LINE)
        cut, sides = self.cut_and_sides(plane, first.stump)
        _, halves = self.cut_and_sides(plane, second.stump)
        with self.beat("Averaging left the bias. So what of a learner that is much too simple?") as beat:
            self.add(sides, halves)
            self.play(FadeIn(axis), run_time=pace.QUICK)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.SLOW)
        name = self.head(plane, "stump: one cut", ink.chalk)
        with self.beat(
            "Five points, two classes. One cut is a stump: left it says green, right violet."
        ) as beat:
            beat.over("cut", FadeIn(cut, name), until="left", least=pace.BRISK)
            self.play(sides[0].animate.set_fill(opacity=TINT), run_time=pace.CALM)
            beat.over(sides[1].animate.set_fill(opacity=TINT), least=pace.CALM)
        weak = self.head(plane, "a weak learner", ink.focus)
        with self.beat("Often it is hardly better than guessing: a weak learner.") as beat:
            beat.over("weak", FadeOut(name), FadeIn(weak), least=pace.BRISK)
        with self.beat(
            "Can many of them do better, if each listens to the mistakes of those before?"
        ) as beat:
            beat.over(*(words.light(dot) for dot in dots), until="mistakes", least=pace.SLOW)
            beat.over(self.frame.to(dots[3], dots[4], share=0.6), least=pace.SLOW)
        weights = self.numbers(plane, equal)
        area = self.head(plane, "sample weight = area", ink.chalk)
        with self.beat(
            "Each point carries a sample weight, drawn as its area. At first they are equal."
        ) as beat:
            self.play(FadeOut(weak), self.frame.back(), run_time=pace.CALM)
            beat.over("sample", FadeIn(weights, area, shift=place.NUDGE * UP), least=pace.SLOW)
        head = self.head(plane, f"weighted error ε = {first.error:g}", WRONG)
        ring = dots.ring([4], WRONG)
        with self.beat("This stump gets the last point wrong.") as beat:
            beat.over("last", FadeIn(ring), FadeOut(area), least=pace.BRISK)
        with self.beat(
            "The weight on the wrong points is the weighted error, epsilon. Here it is one fifth."
        ) as beat:
            beat.over(self.frame.to(dots[3], dots[4], weights[4], share=0.5), until="Here", least=pace.SLOW)
            beat.over(self.frame.back(), FadeIn(head), least=pace.SLOW)
        self.learner_weight(first)
        swollen = self.numbers(plane, first.weights)
        told = self.head(plane, "wrong: × 4", WRONG)
        with self.beat(
            "Now multiply the wrong point's weight by e to the alpha, here four, and it swells."
        ) as beat:
            self.exchange(sides, halves, axis, cut, dots, weights, run_time=pace.BRISK)
            raw = equal * np.where(np.arange(5) == 4, 4.0, 1.0)
            beat.over(
                glide(dots.redraw, (spots, radii(equal, MEAN)), (spots, radii(raw, MEAN)), dots),
                FadeOut(weights), FadeIn(told), least=pace.LONG,
            )  # fmt: skip
        with self.beat(
            "Scale the weights to a sum of one: it holds half of the total.", pause=pace.SLOW
        ) as beat:
            beat.over(
                glide(dots.redraw, (spots, radii(raw, MEAN)), (spots, radii(first.weights, MEAN)), dots),
                until="half",
                least=pace.SLOW,
            )
            beat.over(FadeIn(swollen), FadeOut(told), least=pace.BRISK)
        grown = dots.ring([4], WRONG, radius=1.1)
        with self.beat(
            "Why just so much? Because now right and wrong weigh the same: this stump is a coin toss."
        ) as beat:
            beat.over("wrong", FadeIn(grown), least=pace.BRISK)
            beat.over(words.light(swollen[4]), least=pace.CALM)
        with self.beat(
            "So it has no more to say, and the next must do something else. Where would it cut?"
        ) as beat:
            beat.over(self.frame.to(dots[3], dots[4], swollen[4], share=0.6), until="Where", least=pace.SLOW)
            beat.over(
                self.frame.back(), FadeOut(cut, grown), *(side.animate.set_fill(opacity=0.0) for side in sides),
                least=pace.SLOW,
            )  # fmt: skip
        self.think()
        other = plane.segment((first.stump.cut, -2.2), (first.stump.cut, 2.2), ink.chalk, 2 * LINE)
        with self.beat("It swings to the heavy point, and gets that one right.") as beat:
            self.play(FadeIn(other), run_time=pace.QUICK)
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
            beat.over(*(side.animate.set_fill(opacity=TINT) for side in halves), least=pace.CALM)
        with self.beat("Now the first two points are wrong, so these swell in turn.") as beat:
            pair = dots.ring([0, 1], WRONG)
            self.play(FadeIn(pair), FadeOut(swollen), run_time=pace.BRISK)
            self.play(FadeOut(pair), run_time=pace.QUICK)
            beat.over(
                glide(
                    dots.redraw,
                    (spots, radii(first.weights, MEAN)),
                    (spots, radii(second.weights, MEAN)),
                    dots,
                ),
                least=pace.LONG,
            )

    @staticmethod
    def head(plane: Plane, text: str, color: ManimColor) -> words.Words:
        """Words right of the first cut, above the points."""
        return plane.label(boosting.LINE[:3].mean() + 0.65, 1.65, text, RIGHT, color, size=ink.POINT)

    def learner_weight(self, first: boosting.Round) -> None:
        """α over ε, with the stump of the line on it."""
        room = shot.safe(titled=False)
        plane = shot.chart(
            room, (0, 0.85), (-1.4, 3.2), x_ticks=[0, first.error, 0.5],
            x_names={0: "0", first.error: f"{first.error:g}", 0.5: "½"},
            y_ticks=[0, 1, 2, 3], x_label="weighted error ε", y_label="learner weight α",
        )  # fmt: skip
        rates = np.linspace(0.02, 0.8, 200)
        curve = plane.curve(rates, [boosting.say(rate) for rate in rates], ink.focus, 2 * LINE)
        zero = plane.segment((0, 0), (0.85, 0), ink.faint, LINE)
        dot = plane.dots([(first.error, first.alpha)], WRONG, radius=0.17)
        value = plane.label(
            first.error,
            first.alpha,
            f"ln 4 = {first.alpha:.2f}",
            np.array([1.0, 0.6, 0.0]),
            WRONG,
            gap=0.3,
            size=ink.POINT,
        )
        law = maths("alpha = ln (1 - epsilon) / epsilon", ink.HEADLINE)
        law.move_to(plane.at(0.58, 2.4))
        guess = plane.dots([(0.5, 0.0)], ink.chalk, radius=0.17)
        with self.beat("The smaller its error, the larger the learner's weight, alpha.") as beat:
            self.exchange(plane, zero, run_time=pace.BRISK)
            beat.over(glide(curve.reveal, 0.0, 1.0, curve), until="alpha", least=pace.SLOW)
            beat.over(FadeIn(law), least=pace.BRISK)
        with self.beat(
            "Alpha is the logarithm of the right weight over the wrong: four fifths over one fifth."
        ) as beat:
            beat.over(words.light(law), until="four", least=pace.CALM)
            beat.over(FadeIn(dot, value), least=pace.BRISK)
        with self.beat("At one half it is zero: a guess has no say.", pause=pace.SLOW) as beat:
            beat.over("zero", FadeIn(guess), least=pace.CALM)
        with self.beat("Beyond it the weight is negative: one would rather believe the opposite.") as beat:
            beat.over(
                glide(guess.redraw, np.array([(0.5, 0.0)]), np.array([(0.7, boosting.say(0.7))]), guess),
                least=pace.SLOW,
            )

    @staticmethod
    def cut_and_sides(plane: Plane, stump: boosting.Stump) -> tuple[Segments, VGroup]:
        """The cut, and its two sides in the colours of what it says, yet clear."""
        cut = plane.segment((stump.cut, -2.2), (stump.cut, 2.2), ink.chalk, 2 * LINE)
        sides = VGroup()
        for low, high, side in ((0.35, stump.cut, stump.left), (stump.cut, 5.65, -stump.left)):
            corners = [(low, -2.2), (high, -2.2), (high, 2.2), (low, 2.2)]
            sides.add(plane.polygon(corners, SIDES[int(side < 0)], width=0.0, fill=0.0))
        return cut, sides

    @staticmethod
    def numbers(plane: Plane, weights: Floats) -> VGroup:
        """What each point weighs, below it."""
        return VGroup(
            *(
                plane.label(x, -1.2, f"{weight:.3g}", ORIGIN, size=ink.POINT)
                for x, weight in zip(boosting.LINE, weights, strict=True)
            )
        )
