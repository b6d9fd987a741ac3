"""The error at one place falls into bias and variance; with noise it is the error that is measured."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, Mobject, VGroup

from scenes.bias_variance.bricks import Bricks
from scenes.bias_variance.cloud import FIFTY
from scenes.bias_variance.stage import (
    FITTED,
    MEAN,
    MISS,
    NOISY,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    brick_names,
    brick_plane,
    bricks_of,
    maths,
    reading_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.bias_variance import curves

CUT: Final = 40
"""Number of the place on the grid at which the cloud is cut."""
PLACE: Final = 0.75
"""Where the upright axis of the example by hand stands."""
READ: Final = pace.SLOW + pace.QUICK
"""What a formula that is being read stands for after the last word."""
BIG: Final = 0.17
OFF: Final = ink.fourth
"""The colour of squared distances from the truth."""
DECOMPOSED: Final = (
    'underbrace(bb(E) [ (hat(f) - f)^2 ], {{ "mean squared error" : whole }})'
    ' = underbrace((bb(E) [hat(f)] - f)^2, {{ "bias"^2 : bias }})'
    ' + underbrace(bb(E) [ (hat(f) - bb(E) [hat(f)])^2 ], {{ "variance" : variance }})'
)


def averaged(name: str, areas: Floats) -> str:
    """``name``, and below it the mean of ``areas`` as it is worked out by hand."""
    return f"{name}\n({' + '.join(f'{area:g}' for area in areas)}) / {len(areas)} = {areas.mean():g}"


def squares(plane: Plane, rows: list[tuple[float, float, float]], color: ManimColor) -> list[Polygon]:
    """Squares on ``plane``: each by its left edge, and the two heights between which it stands."""
    return [
        plane.polygon(
            [
                (left, low),
                (left + abs(high - low), low),
                (left + abs(high - low), high),
                (left, high),
            ],
            color,
            width=LINE,
            fill=0.45,
        )
        for left, low, high in rows
    ]


class Parts(BiasVarianceStage):
    """Bias, variance and noise."""

    @chapter("Bias and variance at one place")
    def one_place(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = reading_plane()
        cloud = self.fitted(1, slice(0, FIFTY))
        bundle = Bundle(plane, curves.GRID, cloud, FITTED, middle_color=MEAN).summarise(1.0, 0.0)
        at = float(curves.GRID[CUT])
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        cut = plane.segment((at, -1.2), (at, 1.8), ink.chalk, LINE)
        heights = cloud[:, CUT]
        spots = plane.dots(np.column_stack([np.full(FIFTY, at), heights]), FITTED, radius=0.05)
        target = plane.dots([(at, curves.truth(curves.GRID)[CUT])], TRUE, radius=0.12)
        middle = plane.dots([(at, heights.mean())], MEAN, radius=0.12)
        with self.beat("How wrong is the stiff cloud? Ask at one place.") as beat:
            self.play(FadeIn(bundle, true), run_time=pace.QUICK)
            beat.over("Ask", Create(cut), least=pace.CALM)
        far = plane.label(
            at + 0.015, float(curves.truth(curves.GRID)[CUT]), "truth", RIGHT, TRUE, size=ink.SMALL
        )
        meant = plane.label(at - 0.012, 0.04, "mean", LEFT, MEAN, size=ink.SMALL)
        with self.beat("Fifty predictions lie there, their mean, and the truth.") as beat:
            self.play(self.frame.to(spots, target, share=0.62), FadeIn(spots), run_time=pace.SLOW)
            beat.at("mean", FadeIn(middle, meant), run_time=pace.QUICK)
            beat.over("truth", FadeIn(target, far), least=pace.QUICK)
        self.by_hand()

    def hand_plane(self) -> Plane:
        """Heights of the example by hand, with room for squares beside them; units are equal."""
        return shot.SAFE.plane((0, 12.4), (0.95, 6.8), x_ticks=[], y_ticks=[], numbers=False, equal=True)

    def hand_axis(self, plane: Plane) -> VGroup:
        """Truth, predictions and the axis on which they lie."""
        hand = curves.by_hand()
        plane.frame.set_stroke(opacity=0)
        axis = plane.segment((PLACE, 1.2), (PLACE, 6.6), ink.faint, THIN)
        beside = PLACE + np.array([0, -0.19, 0.19, 0])
        dots = plane.dots(np.column_stack([beside, hand.predictions]), FITTED, radius=BIG)
        numbers = VGroup(
            *(
                plane.label(0.42, value, f"{value:g}", LEFT, FITTED, size=ink.POINT)
                for value in np.unique(hand.predictions)
            )
        )
        numbers.add(plane.label(1.0, hand.predictions[0], "predictions", RIGHT, FITTED, size=ink.AXIS))
        true = plane.segment((PLACE, hand.truth), (12.3, hand.truth), TRUE, LINE, dashed=True)
        mean = plane.segment((PLACE, hand.mean), (12.3, hand.mean), MEAN, LINE)
        return VGroup(axis, dots, numbers, true, mean)

    def hand_truth(self, plane: Plane) -> words.Words:
        """The name of the truth of the example, at the end of its line."""
        truth = curves.by_hand().truth
        return plane.label(12.3, truth, f"truth {truth:g}", UP + LEFT, TRUE, size=ink.POINT)

    def by_hand(self) -> None:
        """Four predictions of one truth: bias, variance, and what they add up to."""
        hand = curves.by_hand()
        plane = self.hand_plane()
        axis, dots, numbers, true, mean = self.hand_axis(plane)
        five = self.hand_truth(plane)
        four = plane.label(1.0, hand.mean, f"mean {hand.mean:g}", DOWN + RIGHT, MEAN, size=ink.POINT)
        with self.beat(
            "By hand: the truth is five, and four samples predict two, four, four and six."
        ) as beat:
            self.exchange(axis, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(Create(true), FadeIn(five), until="four", least=pace.CALM)
            beat.over(
                FadeIn(*dots, lag_ratio=pace.LAG), FadeIn(*numbers, lag_ratio=pace.LAG), least=pace.SLOW
            )
        (red,) = squares(plane, [(2.6, hand.mean, hand.truth)], MISS)
        bias = plane.label(2.7, 5.05, f"bias² = {hand.bias**2:g}", UP, MISS, size=ink.POINT)
        with self.beat(
            "Their mean is four. From the truth to that mean: this is the bias, minus one."
        ) as beat:
            beat.over(Create(mean), FadeIn(four), until="From", least=pace.CALM)
            step = plane.vector((3.1, hand.truth), (3.1, hand.mean), MISS)
            minus = plane.label(
                3.25, 4.5, f"bias {hand.bias:.0f}".replace("-", "−"), RIGHT, MISS, size=ink.POINT
            )
            beat.over(FadeIn(step, minus), least=pace.QUICK)
        with self.beat("Its square has area one.") as beat:
            beat.over(FadeOut(step, minus), FadeIn(red, bias), least=pace.CALM)
            self.play(words.light(bias), run_time=pace.SLOW)
        away = [value for value in hand.predictions if value != hand.mean]
        blues = squares(
            plane, [(4.4, min(value, hand.mean), max(value, hand.mean)) for value in away], FITTED
        )
        variance = plane.label(
            5.0,
            1.95,
            averaged("variance", (hand.predictions - hand.mean) ** 2),
            DOWN,
            FITTED,
            size=ink.AXIS,
        )
        with self.beat("Squares, so that misses above and below do not cancel.") as beat:
            beat.over(words.light(bias), glide(red.set_fill, (MISS, 0.45), (MISS, 0.9)), least=pace.SLOW)
        with self.beat("The variance is the average squared distance from that mean: here two.") as beat:
            beat.over("squared", FadeIn(*blues, lag_ratio=pace.LAG), until="mean", least=pace.CALM)
            beat.over(FadeIn(variance))
            self.play(words.light(variance), run_time=pace.SLOW)
        reds = squares(
            plane,
            [
                (left, min(value, hand.truth), max(value, hand.truth))
                for left, value in zip((8.1, 7.0, 11.2, 8.1), hand.predictions, strict=True)
            ],
            OFF,
        )
        error = plane.label(
            9.6,
            1.95,
            averaged("mean squared error (MSE)", (hand.predictions - hand.truth) ** 2),
            DOWN,
            OFF,
            size=ink.AXIS,
        )
        with self.beat(
            "The mean squared error is the average squared distance from the truth: three."
        ) as beat:
            beat.over("squared", FadeIn(*reds, lag_ratio=pace.LAG), until="truth", least=pace.CALM)
            beat.over(FadeIn(error))
            self.play(words.light(error), run_time=pace.SLOW)
        self.pour(
            plane, [red, *blues, *reds], axis, dots, numbers, true, mean, five, four, bias, variance, error
        )

    def pour(self, plane: Plane, areas: list[Polygon], *others: Mobject) -> None:
        """Areas become bricks, which are as tall together as the error; then why, and the formula."""
        hand = curves.by_hand()
        stacks = [[hand.bias**2, hand.variance, 0.0], [0.0, 0.0, hand.error]]
        room = shot.SAFE.plane((0, 10), (0, 3.6), x_ticks=[], y_ticks=[], numbers=False)
        room.frame.set_stroke(opacity=0)
        bricks = Bricks(room, [3.6, 5.9], 1e-6 * np.array(stacks), (MISS, FITTED, OFF), thick=2.1)
        names = VGroup(
            room.label(2.4, 0.5, f"bias² {hand.bias**2:g}", LEFT, MISS, size=ink.POINT),
            room.label(2.4, 2.0, f"variance {hand.variance:g}", LEFT, FITTED, size=ink.POINT),
            room.label(7.1, 1.5, f"mean squared\nerror {hand.error:g}", RIGHT, OFF, size=ink.POINT),
        )
        with self.beat(
            "Pour the areas together: bias squared plus variance fill it, and nothing is left."
        ) as beat:
            self.exchange(bricks, run_time=pace.QUICK)
            beat.over(
                glide(bricks.redraw, 1e-6 * np.array(stacks), np.array(stacks)), until="fill", least=pace.LONG
            )
            beat.over(FadeIn(*names, lag_ratio=pace.LAG))
            self.play(words.light(names[2]), run_time=pace.SLOW)
        whole, below = self.shot(shot.formula(titled=False))
        formula = maths(DECOMPOSED, 1.08 * ink.POINT, {"bias": MISS, "variance": FITTED, "whole": OFF})
        whole.put(formula)
        law = words.label("E: average over training samples D", ink.chalk, ink.POINT)
        below.put(law, DOWN)
        self.why_nothing_is_left()
        with self.beat(
            "In symbols, E averages over training samples. One fit shows you neither part.", pause=pace.LONG
        ) as beat:
            self.exchange(formula, run_time=pace.BRISK)
            beat.over(words.write(law), until="One", least=pace.SLOW)
            beat.over(
                words.light(formula.part("bias")), words.light(formula.part("variance")), least=pace.SLOW
            )

    def why_nothing_is_left(self) -> None:
        """The square of a miss has a cross term, and it averages to zero."""
        hand = curves.by_hand()
        off = hand.predictions - hand.mean
        parted = words.label("miss = [bias:error] + [deviation:first]", OFF, ink.HEADLINE)
        square = words.label("mean miss² = [bias²:error] + [mean deviation²:first]", OFF, ink.HEADLINE)
        cross = words.label("+ 2 · [bias:error] · [mean deviation:first]", ink.chalk, ink.HEADLINE)
        each = " + ".join(f"{value:.0f}" for value in off)
        zero = maths(f"{each} = {off.sum():.0f}", 1.4 * ink.POINT, color=FITTED)
        parted, square, cross, zero = (
            cell.put(line)
            for cell, line in zip(
                shot.safe(titled=False).rows(1, 1, 1, 1), (parted, square, cross, zero), strict=True
            )
        )
        with self.beat(
            "Why? A miss is the bias plus a deviation from the mean. Square it, and average."
        ) as beat:
            self.exchange(parted, run_time=pace.BRISK)
            beat.over("Square", FadeIn(square), least=pace.BRISK)
            self.play(FadeIn(cross), run_time=pace.BRISK)
        with self.beat("Deviations from a mean average to zero, so the cross term vanishes.") as beat:
            beat.over(words.write(zero), until="cross", least=pace.CALM)
            beat.over(FadeOut(cross), words.light(square), least=pace.SLOW)

    # --- the noise

    @chapter(
        "Add the noise, and it is the error we measure", "bias², variance and noise adding up to the error"
    )
    def add_the_noise(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        hand = curves.by_hand()
        plane = self.hand_plane()
        axis, dots, numbers, true, _ = self.hand_axis(plane)
        five = self.hand_truth(plane)
        fresh = plane.dots([(3.4, value) for value in hand.readings], UNSEEN, "diamond", radius=1.2 * BIG)
        foot = [(3.4, hand.truth)] * 2
        sticks = plane.segment(foot, foot, NOISY, LINE)
        ends = [(3.4, float(value)) for value in hand.readings]
        low, high = hand.readings
        named = plane.label(
            3.9, 6.3, f"tomorrow's readings: {low:g} or {high:g}", RIGHT, UNSEEN, size=ink.POINT
        )
        with self.beat(
            "Tomorrow's reading is not the truth. It falls on four or six, with its own noise."
        ) as beat:
            self.play(FadeIn(axis, dots, numbers, true, five), run_time=pace.QUICK)
            beat.over("four", FadeIn(fresh, named), least=pace.BRISK)
            self.play(glide(sticks.redraw, (foot, foot), (foot, ends)))
        noise = squares(plane, [(3.4, hand.truth, high), (3.4, low, hand.truth)], NOISY)
        law = plane.label(4.8, 4.0, f"noise variance σ² = {hand.noise:g}", RIGHT, NOISY, size=ink.HEADLINE)
        with self.beat(
            "The variance of the noise is one. No model can predict it: the irreducible error."
        ) as beat:
            beat.over(FadeIn(*noise, lag_ratio=pace.LAG), FadeIn(law), until="No", least=pace.CALM)
            named_too = plane.label(4.8, 2.8, "irreducible error", RIGHT, NOISY, size=ink.HEADLINE)
            beat.over("irreducible", FadeIn(named_too))
        grid = self.pairs()
        with self.beat(
            "Take all eight pairs of a prediction and a reading. Their squared distances average to four."
        ) as beat:
            self.exchange(grid[0], run_time=pace.BRISK)
            beat.over(FadeIn(*grid[1], lag_ratio=pace.LAG), until="average", least=pace.LONG)
            beat.over(FadeIn(grid[2]))
        formula = maths(
            'underbrace(bb(E) [ (y - hat(f))^2 ], {{ "expected test error" : whole }})'
            ' = {{ "bias"^2 : bias }} + {{ "variance" : variance }} + {{ sigma^2 : noise }}',
            1.4 * ink.POINT,
            {"bias": MISS, "variance": FITTED, "noise": NOISY, "whole": UNSEEN},
        )
        condition = maths(
            'y = f(x) + epsilon, #h(0.6em) "mean of" epsilon "zero, independent of" D', ink.POINT
        )
        sums = maths(
            f"{{{{ {hand.squares.mean():g} : whole }}}} = {{{{ {hand.bias**2:g} : bias }}}}"
            f" + {{{{ {hand.variance:g} : variance }}}} + {{{{ {hand.noise:g} : noise }}}}",
            1.4 * ink.POINT,
            {"bias": MISS, "variance": FITTED, "noise": NOISY, "whole": UNSEEN},
        )
        self.shot(shot.formula(titled=False))
        law = words.label("bias-variance decomposition", ink.chalk, ink.HEADLINE)
        VGroup(law, formula, sums, condition).arrange(DOWN, buff=0.6)
        shot.safe(titled=False).put(VGroup(law, formula, sums, condition))
        with self.beat("So expected test error is bias squared, plus variance, plus noise.") as beat:
            place = formula.get_center()
            shot.safe(titled=False).put(formula)
            self.exchange(formula, run_time=pace.BRISK)
            for word, part in (("squared", "bias"), ("variance", "variance"), ("noise", "noise")):
                beat.at(word, words.light(formula.part(part)), run_time=pace.CALM)
        with self.beat(
            "Four is one, plus two, plus one: the bias-variance decomposition.", pause=READ
        ) as beat:
            self.play(formula.animate.move_to(place), run_time=pace.CALM)
            beat.over(words.write(sums), until="the", least=pace.SLOW)
            beat.over(FadeIn(law))
        with self.beat(
            "It asks that the noise average to zero, and not depend on the training sample.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(words.write(condition), until="not", least=pace.SLOW)
            beat.rest()
        self.three_stacks()

    def pairs(self) -> tuple[words.Words, VGroup, words.Words]:
        """Eight squared distances, and their mean."""
        hand = curves.by_hand()
        place = shot.safe(titled=False)
        head = words.label("prediction − reading, squared", ink.chalk, ink.POINT)
        place.put(head, UP)
        cells = shot.Region(place.left, place.bottom + 1.3, place.right, place.top - 0.9).cells(4, 2, 0.1)
        made = VGroup()
        rows = [
            (prediction, reading, square)
            for prediction, row in zip(hand.predictions, hand.squares, strict=True)
            for reading, square in zip(hand.readings, row, strict=True)
        ]
        for cell, (prediction, reading, square) in zip(cells, rows, strict=True):
            made.add(cell.put(maths(f"({prediction:.0f} - {reading:.0f})^2 = {square:.0f}", ink.HEADLINE)))
        total = words.label(f"mean of the eight: {hand.squares.mean():g}", UNSEEN, ink.HEADLINE)
        place.put(total, DOWN)
        return head, made, total

    def three_stacks(self) -> None:
        """The cloud and its three bricks, for degrees 1, 5 and 10; then the error that was measured alone."""
        self.shot(shot.wide())
        plane = brick_plane()
        degrees = np.array(curves.DEGREES)
        full = bricks_of(degrees)
        bricks = Bricks(plane, degrees, 1e-6 * full, (MISS, FITTED, NOISY), thick=0.86)
        names = brick_names(plane)
        ground = reading_plane()
        cloud = self.fitted(5, slice(0, FIFTY))
        bundle = Bundle(ground, curves.GRID, cloud, FITTED, middle_color=MEAN).summarise(1.0, 0.0)
        cut = ground.segment((0, -1.2), (0, 1.8), ink.chalk, LINE)
        with self.beat("Back to the clouds. Sweep the cut along the curve, and average the squares.") as beat:
            self.exchange(bundle, run_time=pace.QUICK)
            self.play(FadeIn(cut), run_time=pace.QUICK)
            beat.over(glide(cut.redraw, ((0, -1.2), (0, 1.8)), ((1, -1.2), (1, 1.8))), least=pace.LONG)
        with self.beat("Degrees one, five and ten: three stacks of bricks.") as beat:
            self.exchange(plane, bricks, run_time=pace.BRISK)
            beat.over(glide(bricks.redraw, 1e-6 * full, full), FadeIn(*names), least=pace.LONG)
        measured = [curves.measured(int(degree), self.drawn) for degree in degrees]
        tops = np.full(3, 0.37)
        left, right = degrees - 0.7, degrees + 0.7
        bars = plane.segment(np.column_stack([left, tops]), np.column_stack([right, tops]), UNSEEN, 2 * LINE)
        told = plane.label(
            3.0, 0.405, f"test error of {len(self.drawn.readings):,} refits", RIGHT, UNSEEN, size=ink.POINT
        )
        with self.beat(
            "Now measure by itself the test error of two thousand refits, on fresh readings. It agrees to two percent."
        ) as beat:
            self.play(FadeIn(bars, told), run_time=pace.QUICK)
            beat.over(
                glide(
                    bars.redraw,
                    (np.column_stack([left, tops]), np.column_stack([right, tops])),
                    (np.column_stack([left, measured]), np.column_stack([right, measured])),
                ),
                until="agrees",
                least=pace.LONG,
            )
            beat.rest()
        with self.beat("So ask which brick is tall before you change the model.", pause=pace.SLOW) as beat:
            beat.over(
                FadeOut(bars, told),
                self.frame.to_region(*span(plane, (-0.7, 5.0), (0.0, 0.3))),
                until="before",
                least=pace.SLOW,
            )
            beat.over(self.frame.back(), words.light(names[1]), least=pace.SLOW)
