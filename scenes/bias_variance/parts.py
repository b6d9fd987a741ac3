"""The error at one moment falls into bias and variance."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, VGroup

from scenes.bias_variance.stage import (
    FIFTY,
    FITTED,
    MEAN,
    OFF,
    TRUE,
    BiasVarianceStage,
    Swarm,
    maths,
    reading_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.bias_variance import curves

CUT: Final = 40
"""Number of the place on the grid at which the cloud is cut."""
BIG: Final = 0.17
WHOLE: Final = ink.fourth
"""The colour of squared distances from the truth."""
LEFTS: Final = (2.4, 6.3, 8.2, 10.1)
"""Where the four predictions stand, from the left."""
MEANS: Final = 13.05
"""Where their mean is written."""
ROWS: Final = (1.62, 1.24, 0.86, 0.48, 0.1)
"""Heights of the lines of sums below them."""
WIDE: Final = 2.6
"""Width of a stack of bricks while there are three."""
DECOMPOSED: Final = (
    'underbrace(bb(E) [ (hat(f) - f)^2 ], {{ "mean squared error" : whole }})'
    ' = underbrace((bb(E) [hat(f)] - f)^2, {{ "bias"^2 : bias }})'
    ' + underbrace(bb(E) [ (hat(f) - bb(E) [hat(f)])^2 ], {{ "variance" : variance }})'
)


def square(left: float, low: float, side: float) -> Floats:
    """(4, 2): corners of a square by its lower left one."""
    return np.array([(left, low), (left + side, low), (left + side, low + side), (left, low + side)])


def signed(value: float) -> str:
    """A whole number with its sign, as it is written."""
    return f"{value:+.0f}".replace("-", "−") if value else "0"


class Parts(BiasVarianceStage):
    """Bias and variance at one moment."""

    @chapter("Bias and variance at one moment")
    def one_place(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = reading_plane()
        stiff = self.many(1)
        swarm = Swarm(plane, stiff, 1.0, 0.0)
        at = float(curves.GRID[CUT])
        here = float(curves.truth(curves.GRID)[CUT])
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        cut = plane.segment((at, -1.2), (at, 1.8), ink.chalk, LINE)
        heights = stiff.curves[:, CUT]
        spots = plane.dots(np.column_stack([np.full(FIFTY, at), heights]), FITTED, radius=0.05)
        target = plane.dots([(at, here)], TRUE, radius=0.12)
        middle = plane.dots([(at, stiff.mean[CUT])], MEAN, radius=0.12)
        with self.beat("How wrong are the stiff curves? Cut their cloud at one moment.") as beat:
            self.play(FadeIn(swarm, true), run_time=pace.QUICK)
            beat.over(
                words.light(swarm.mean, ink.chalk),
                words.light(true, ink.chalk),
                until="Cut",
                least=pace.BRISK,
            )
            beat.over("Cut", Create(cut), least=pace.CALM)
        far = plane.label(at + 0.015, here, "truth", RIGHT, TRUE, size=ink.SMALL)
        meant = plane.label(at - 0.012, 0.04, "mean", LEFT, MEAN, size=ink.SMALL)
        with self.beat("Fifty predictions lie there, their mean, and the truth.") as beat:
            self.play(self.frame.to(spots, target, share=0.62), FadeIn(spots), run_time=pace.SLOW)
            beat.at("mean", FadeIn(middle, meant), run_time=pace.QUICK)
            beat.over("truth", FadeIn(target, far), least=pace.QUICK)
        self.by_hand()

    def hand_plane(self) -> Plane:
        """Heights of the example by hand, and room for sums below; units are equal."""
        place = shot.Region(
            shot.SAFE.left - 0.2, shot.SAFE.bottom, shot.SAFE.right + 0.2, shot.SAFE.top + 0.2
        )
        plane = place.plane((0, 13.7), (0, 6.3), x_ticks=[], y_ticks=[], numbers=False, equal=True)
        plane.frame.set_stroke(opacity=0)
        return plane

    @staticmethod
    def line_of(
        plane: Plane, row: int, name: str, values: Floats, color: ManimColor
    ) -> tuple[VGroup, VGroup]:
        """A line of sums: its name with a number below each prediction, and apart the mean of them."""
        show = signed if row == 3 else "{:.0f}".format
        told = VGroup(plane.label(0.0, ROWS[row], name, RIGHT, color, gap=0.0, size=ink.AXIS))
        told.add(
            *(
                plane.label(left + 0.5, ROWS[row], show(value), ORIGIN, color, size=ink.AXIS)
                for left, value in zip(LEFTS, values, strict=True)
            )
        )
        mean = plane.label(MEANS, ROWS[row], f"{values.mean():.0f}", ORIGIN, color, size=ink.AXIS)
        return told, VGroup(mean)

    def by_hand(self) -> None:
        """Four predictions of one truth: bias, variance, and what they add up to."""
        hand = curves.by_hand()
        self.shot(shot.wide())
        plane = self.hand_plane()
        true = plane.segment((1.7, hand.truth), (12.2, hand.truth), TRUE, LINE, dashed=True)
        mean = plane.segment((1.7, hand.mean), (12.2, hand.mean), MEAN, LINE)
        five = plane.label(12.3, hand.truth, f"truth {hand.truth:g}", RIGHT, TRUE, size=ink.AXIS)
        four = plane.label(12.3, hand.mean, f"mean {hand.mean:g}", RIGHT, MEAN, size=ink.AXIS)
        dots = plane.dots(np.column_stack([LEFTS, hand.predictions]), FITTED, radius=BIG)
        told, mean_told = self.line_of(plane, 0, "prediction", hand.predictions, FITTED)
        numbers = VGroup(
            *(
                plane.label(
                    left - 0.12,
                    value + 0.36 * (value == hand.mean),
                    f"{value:g}",
                    LEFT,
                    FITTED,
                    size=ink.POINT,
                )
                for left, value in zip(LEFTS, hand.predictions, strict=True)
            )
        )
        with self.beat(
            "By hand: the truth is five, and four samples predict two, four, four and six."
        ) as beat:
            self.exchange(true, five, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(words.light(five), until="four", least=pace.QUICK)
            beat.over(
                "four",
                FadeIn(*dots, lag_ratio=pace.LAG),
                FadeIn(*numbers, lag_ratio=pace.LAG),
                FadeIn(*told, lag_ratio=pace.LAG),
                least=pace.LONG,
            )
        reds = [
            plane.polygon(square(left, hand.mean, -hand.bias), OFF, width=LINE, fill=0.6) for left in LEFTS
        ]
        bias, one = self.line_of(plane, 1, "bias²", np.full(4, hand.bias**2), OFF)
        heads = [
            plane.label(1.75, 6.05, text, RIGHT, color, gap=0.0, size=ink.POINT)
            for text, color in (
                (f"bias² = {hand.bias**2:g}", OFF),
                (f"variance = {hand.variance:g}", FITTED),
                (f"mean squared error (MSE) = {hand.error:g}", WHOLE),
            )
        ]
        column = plane.label(MEANS, 2.05, "mean", ORIGIN, ink.chalk, size=ink.AXIS)
        step = plane.vector((4.6, hand.truth), (4.6, hand.mean), OFF)
        minus = plane.label(4.45, 4.5, f"bias {signed(hand.bias)}", LEFT, OFF, size=ink.POINT)
        with self.beat(
            "Their mean is four. From the truth to that mean: this is the bias, minus one. Squared, it is one."
        ) as beat:
            beat.over(Create(mean), FadeIn(four, column, mean_told), until="From", least=pace.CALM)
            beat.over(FadeIn(step, minus), until="Squared", least=pace.CALM)
            self.play(FadeOut(step, minus), *map(FadeIn, reds), run_time=pace.CALM)
            beat.over(FadeIn(bias, one, heads[0]), least=pace.BRISK)
        away = hand.predictions - hand.mean
        blues = [
            plane.polygon(square(left, min(value, hand.mean), abs(off)), FITTED, width=LINE, fill=0.6)
            for left, value, off in zip(LEFTS, hand.predictions, away, strict=True)
            if off
        ]
        variance, two = self.line_of(plane, 2, "deviation²", away**2, FITTED)
        with self.beat(
            "The variance is the average squared distance from that mean: four, zero, zero, four, so two."
        ) as beat:
            self.play(*map(FadeOut, reds), FadeOut(heads[0]), run_time=pace.QUICK)
            beat.over("squared", FadeIn(*blues, lag_ratio=pace.LAG), until="mean", least=pace.CALM)
            beat.over(FadeIn(*variance, lag_ratio=pace.LAG), until="two", least=pace.SLOW)
            self.play(FadeIn(two, heads[1]), run_time=pace.QUICK)
        misses = hand.predictions - hand.truth
        wholes = [
            plane.polygon(square(left, min(value, hand.truth), abs(miss)), WHOLE, width=LINE, fill=0.5)
            for left, value, miss in zip(LEFTS, hand.predictions, misses, strict=True)
        ]
        error, three = self.line_of(plane, 4, "miss²", misses**2, WHOLE)
        with self.beat(
            "The mean squared error is the average squared distance from the truth: three."
        ) as beat:
            self.play(*map(FadeOut, blues), FadeOut(heads[1]), run_time=pace.QUICK)
            beat.over("squared", FadeIn(*wholes, lag_ratio=pace.LAG), until="truth", least=pace.CALM)
            beat.over(FadeIn(*error, lag_ratio=pace.LAG), least=pace.CALM)
            self.play(FadeIn(three, heads[2]), run_time=pace.QUICK)
        self.cross_term(plane, wholes, heads[2])
        self.pour(plane, reds, blues, wholes)
        whole, below = self.shot(shot.formula(titled=False))
        formula = maths(DECOMPOSED, 1.12 * ink.POINT, {"bias": OFF, "variance": FITTED, "whole": WHOLE})
        whole.put(formula)
        law = words.label("E: average over training samples D", ink.chalk, ink.POINT)
        below.put(law, UP)
        with self.beat(
            "In symbols, E averages over training samples. One fit shows you neither part.", pause=pace.LONG
        ) as beat:
            self.exchange(formula, run_time=pace.BRISK)
            beat.over(words.write(law), until="One", least=pace.SLOW)
            beat.over(
                words.light(formula.part("bias")), words.light(formula.part("variance")), least=pace.SLOW
            )

    def cross_term(self, plane: Plane, wholes: list[Polygon], named: words.Words) -> None:
        """Why nothing else remains: what is left of each square averages to zero."""
        hand = curves.by_hand()
        away = hand.predictions - hand.mean
        cross, zero = self.line_of(plane, 3, "2·bias·dev", 2 * hand.bias * away, ink.chalk)
        left = LEFTS[0]
        down = plane.vector((left, hand.truth), (left, hand.mean), OFF, 2 * LINE)
        further = plane.vector((left, hand.mean), (left, hand.predictions[0]), FITTED, 2 * LINE)
        said = VGroup(
            plane.label(left + 0.15, 4.5, f"bias {signed(hand.bias)}", RIGHT, OFF, size=ink.AXIS),
            plane.label(left + 0.15, 3.0, f"deviation {signed(away[0])}", RIGHT, FITTED, size=ink.AXIS),
        )
        with self.beat(
            "Why three? A miss is the bias plus a deviation. Squared, that leaves a cross term."
        ) as beat:
            self.play(*map(FadeOut, wholes), run_time=pace.QUICK)
            beat.over("bias", FadeIn(down, said[0]), until="deviation", least=pace.QUICK)
            beat.over(FadeIn(further, said[1]), FadeOut(named), until="leaves", least=pace.CALM)
            beat.over(FadeIn(*cross, lag_ratio=pace.LAG), least=pace.SLOW)
        last = LEFTS[-1]
        up = plane.vector((last, hand.mean), (last, hand.predictions[-1]), FITTED, 2 * LINE)
        with self.beat(
            "Deviations from a mean average to zero: plus four here, minus four there. So the cross term vanishes."
        ) as beat:
            beat.over(FadeIn(up), until="plus", least=pace.CALM)
            beat.over(words.light(cross[1]), until="minus", least=pace.BRISK)
            beat.over(words.light(cross[-1]), until="So", least=pace.BRISK)
            beat.over(FadeIn(zero), least=pace.BRISK)

    def pour(self, plane: Plane, reds: list[Polygon], blues: list[Polygon], wholes: list[Polygon]) -> None:
        """The squares themselves fill two equal boxes."""
        unit, low = 1.42, 0.3
        left, right = 1.2, 8.2
        hand = curves.by_hand()
        sides = [abs(float(value - hand.mean)) for value in hand.predictions if value != hand.mean]
        froms, tos = [], []
        for number, at in enumerate(LEFTS):
            froms.append(square(at, hand.mean, -hand.bias))
            tos.append(square(left + 2 * unit, low + number * unit, unit))
        for number, (at, value, side) in enumerate(
            zip((LEFTS[0], LEFTS[-1]), (2.0, 4.0), sides, strict=True)
        ):
            froms.append(square(at, value, side))
            tos.append(square(left, low + 2 * number * unit, 2 * unit))
        misses = np.abs(hand.predictions - hand.truth)
        for number, (at, value, miss) in enumerate(zip(LEFTS, hand.predictions, misses, strict=True)):
            froms.append(square(at, min(value, hand.truth), miss))
            corner = (right, low) if number == 0 else (right + (number - 1) * unit, low + 3 * unit)
            tos.append(square(*corner, miss * unit))
        pieces = [*reds, *blues, *wholes]
        for piece, start in zip(pieces, froms, strict=True):
            piece.redraw(start)
        box = plane.polygon(
            [(left, low), (left + 3 * unit, low), (left + 3 * unit, low + 4 * unit), (left, low + 4 * unit)],
            ink.chalk,
            width=LINE,
        )
        parted = plane.label(right + 3 * unit + 0.15, 3.1, "means", RIGHT, size=ink.AXIS)
        equal = plane.label((left + 3 * unit + right) / 2, 3.1, "=", ORIGIN, size=ink.POSTER)
        areas = (sum(side**2 for side in sides), 4 * hand.bias**2, float((misses**2).sum()))
        spots = ((left + unit, 3.1), (left + 2.5 * unit, 3.1), (right + 1.5 * unit, 3.1))
        told, shared = (
            VGroup(
                *(
                    plane.label(*spot, text, ORIGIN, ink.ground, size=size)
                    for spot, text, size in zip(spots, texts, (ink.POINT, ink.AXIS, ink.POINT), strict=True)
                )
            )
            for texts in (
                [
                    f"{name}\n{area:g}"
                    for name, area in zip(("deviation²", "bias²", "miss²"), areas, strict=True)
                ],
                [
                    f"{name}\n{area / 4:g}"
                    for name, area in zip(("variance", "bias²", "MSE"), areas, strict=True)
                ],
            )
        )
        with self.beat(
            "Now move the squares: bias squared and deviation squared fill the same area."
        ) as beat:
            self.exchange(*pieces, run_time=pace.CALM)
            for piece in pieces:
                piece.set_fill(opacity=1.0)
            ways = [
                glide(piece.redraw, start, end) for piece, start, end in zip(pieces, froms, tos, strict=True)
            ]
            beat.over(*ways, until="fill", least=pace.LONG)
            beat.over(FadeIn(box, equal, told), least=pace.BRISK)
        with self.beat("So their mean is bias squared plus variance, and nothing is left.") as beat:
            for number, word in ((1, "bias"), (0, "variance"), (2, "nothing")):
                beat.at(word, FadeOut(told[number]), run_time=pace.QUICK)
                self.play(FadeIn(shared[number]), run_time=pace.QUICK)
            beat.over(words.light(equal), FadeIn(parted), least=pace.BRISK)
