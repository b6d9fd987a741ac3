"""The error at one moment falls into bias and variance; with noise it is the error that is measured."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, VGroup

from scenes.bias_variance.bricks import Bricks
from scenes.bias_variance.stage import (
    FIFTY,
    FITTED,
    MEAN,
    NOISY,
    OFF,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    Swarm,
    brick_plane,
    brick_values,
    bricks_of,
    maths,
    reading_plane,
    span,
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
READ: Final = pace.SLOW + pace.QUICK
"""What a formula that is being read stands for after the last word."""
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
RAIN: Final = 60
"""Fresh readings that fall round the truth."""
DECOMPOSED: Final = (
    'underbrace(bb(E) [ (hat(f) - f)^2 ], {{ "mean squared error" : whole }})'
    ' = underbrace((bb(E) [hat(f)] - f)^2, {{ "bias"^2 : bias }})'
    ' + underbrace(bb(E) [ (hat(f) - bb(E) [hat(f)])^2 ], {{ "variance" : variance }})'
)
HIGHEST: Final = 0.95
"""Where the parts below the sweep are cut."""
TALL_HERE: Final = (-1.1, 1.6)
"""Heights that the cloud above the sweep shows."""
DYES: Final = {"bias": OFF, "variance": FITTED, "noise": NOISY, "whole": UNSEEN}


def square(left: float, low: float, side: float) -> Floats:
    """(4, 2): corners of a square by its lower left one."""
    return np.array([(left, low), (left + side, low), (left + side, low + side), (left, low + side)])


def signed(value: float) -> str:
    """A whole number with its sign, as it is written."""
    return f"{value:+.0f}".replace("-", "−") if value else "0"


class Parts(BiasVarianceStage):
    """Bias, variance and noise."""

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
        told, shared = (VGroup(*(plane.label(*spot, text, ORIGIN, ink.ground, size=size) for spot, text,
            size in zip(spots, texts, (ink.POINT, ink.AXIS, ink.POINT), strict=True))) for texts in ([
            f"{name}\n{area:g}" for name, area in zip(("deviation²", "bias²", "miss²"), areas,
            strict=True)], [f"{name}\n{area / 4:g}" for name, area in zip(("variance", "bias²", "MSE"),
            areas, strict=True)],))  # fmt: skip
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

    # --- the noise

    @chapter("What no model predicts completes the sum", "bias², variance and noise adding up to the error")
    def add_the_noise(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        ground = reading_plane()
        true = ground.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        where, fresh = self.drawn.where[0, :RAIN], self.drawn.fresh[0, :RAIN]
        rain = ground.dots(np.column_stack([where, fresh]), UNSEEN, "diamond", radius=0.12)
        feet = np.column_stack([where, curves.truth(where)])
        sticks = ground.segment(feet, feet, NOISY, LINE)
        name = ground.label(0.985, 1.5, "noise", LEFT, NOISY, size=ink.HEADLINE)
        with self.beat("Tomorrow's readings are not the truth. Each has noise of its own.") as beat:
            self.play(FadeIn(true), run_time=pace.QUICK)
            beat.over(FadeIn(*rain, lag_ratio=pace.LAG), until="Each", least=pace.SLOW)
            ends = np.column_stack([where, fresh])
            beat.over(glide(sticks.redraw, (feet, feet), (feet, ends)), FadeIn(name), least=pace.SLOW)
        self.noise_by_hand()
        self.pairs()
        self.sum_up()
        self.sweep()
        self.three_stacks()

    def noise_by_hand(self) -> None:
        """Two readings round a truth, and their squares."""
        hand = curves.by_hand()
        plane = shot.safe(titled=False).plane(
            (0, 6.6), (3.45, 6.55), x_ticks=[], y_ticks=[], numbers=False, equal=True
        )
        plane.frame.set_stroke(opacity=0)
        low, high = (float(value) for value in hand.readings)
        line = plane.segment((0.1, hand.truth), (6.5, hand.truth), TRUE, 2 * LINE, dashed=True)
        five = plane.label(0.1, hand.truth, f"truth {hand.truth:g}", UP + RIGHT, TRUE, size=ink.POINT)
        spots = [(1.7, high), (1.7, low)]
        readings = plane.dots(spots, UNSEEN, "diamond", radius=0.26)
        named = VGroup(
            *(
                plane.label(1.55, value, f"{value:g}", LEFT, UNSEEN, size=ink.HEADLINE)
                for value in (high, low)
            )
        )
        grays = [
            plane.polygon(square(1.7, bottom, 1.0), NOISY, width=LINE, fill=0.6)
            for bottom in (hand.truth, low)
        ]
        law = plane.label(
            3.0, 5.6, f"noise variance σ²\n(1 + 1) / 2 = {hand.noise:g}", RIGHT, NOISY, size=ink.HEADLINE
        )
        with self.beat(
            "By hand: they fall on four or six, round a truth of five. So the variance of the noise is one."
        ) as beat:
            self.exchange(line, five, run_time=pace.BRISK)
            beat.over(
                "four", FadeIn(*readings, lag_ratio=pace.LAG), FadeIn(*named, lag_ratio=pace.LAG), until="So"
            )
            beat.over(FadeIn(*grays, lag_ratio=pace.LAG), until="one", least=pace.CALM)
            self.play(FadeIn(law), run_time=pace.BRISK)
        fixed = plane.label(3.0, 4.3, "irreducible error", RIGHT, NOISY, size=ink.HEADLINE)
        with self.beat("No model can predict it: it is the irreducible error.") as beat:
            beat.over(*(words.light(each, ink.chalk) for each in grays), until="irreducible", least=pace.CALM)
            beat.over(FadeIn(fixed), least=pace.BRISK)

    def pairs(self) -> None:
        """Eight squared distances as areas, and their mean."""
        hand = curves.by_hand()
        self.shot(shot.gallery(2, 4, titled=False))
        place = shot.safe(titled=False)
        room = shot.Region(place.left + 1.9, place.bottom, place.right - 2.4, place.top - 0.75)
        cells = room.cells(2, 4, 0.12)
        ground = shot.bare()
        unit = min(cells[0].width, cells[0].height) / 4
        heads, areas, told = VGroup(), [], VGroup()
        for number, prediction in enumerate(hand.predictions):
            heads.add(
                ground.label(
                    cells[number].middle[0],
                    place.top - 0.3,
                    f"{prediction:g}",
                    ORIGIN,
                    FITTED,
                    size=ink.POINT,
                )
            )
        for row, reading in enumerate(hand.readings[::-1]):
            heads.add(
                ground.label(
                    place.left + 1.55,
                    cells[4 * row].middle[1],
                    f"{reading:g}",
                    ORIGIN,
                    UNSEEN,
                    size=ink.POINT,
                )
            )
        for row, squares in enumerate(hand.squares.T[::-1]):
            for cell, area in zip(cells[4 * row : 4 * row + 4], squares, strict=True):
                side = unit * float(np.sqrt(area))
                corner = cell.middle[:2] - side / 2
                if side:
                    areas.append(
                        ground.polygon(
                            square(float(corner[0]), float(corner[1]), side), UNSEEN, width=LINE, fill=0.55
                        )
                    )
                told.add(words.label(f"{area:g}", ink.chalk, ink.POINT).move_to(cell.middle))
        names = VGroup(
            ground.label(place.right, place.top - 0.3, "predictions", LEFT, FITTED, gap=0.0, size=ink.AXIS),
            ground.label(place.left, room.middle[1], "readings", RIGHT, UNSEEN, gap=0.0, size=ink.AXIS),
        )
        total = ground.label(
            place.right, room.middle[1], f"{hand.squares.sum():g} / {hand.squares.size}\n= {hand.squares.mean():g}",
            LEFT, UNSEEN, gap=0.0, size=ink.HEADLINE,
        )  # fmt: skip
        with self.beat(
            "Take all eight pairs of a prediction and a reading. Their squared distances average to four."
        ) as beat:
            self.exchange(heads, names, run_time=pace.BRISK)
            beat.over(
                FadeIn(*areas, lag_ratio=pace.LAG),
                FadeIn(*told, lag_ratio=pace.LAG),
                until="average",
                least=pace.LONG,
            )
            beat.over(FadeIn(total), least=pace.BRISK)

    def sum_up(self) -> None:
        """The sum by name, in figures, and what it asks for."""
        hand = curves.by_hand()
        formula = maths(
            'underbrace(bb(E) [ (y - hat(f))^2 ], {{ "expected test error" : whole }})'
            ' = {{ "bias"^2 : bias }} + {{ "variance" : variance }} + {{ sigma^2 : noise }}',
            1.45 * ink.POINT,
            DYES,
        )
        condition = maths(
            'y = f(x) + epsilon, #h(0.6em) "mean of" epsilon "zero, independent of" D', ink.POINT
        )
        sums = maths(
            f"{{{{ {hand.squares.mean():g} : whole }}}} = {{{{ {hand.bias**2:g} : bias }}}}"
            f" + {{{{ {hand.variance:g} : variance }}}} + {{{{ {hand.noise:g} : noise }}}}",
            1.45 * ink.POINT,
            DYES,
        )
        self.shot(shot.formula(titled=False))
        law = words.label("bias-variance decomposition", ink.chalk, ink.HEADLINE)
        stack = VGroup(law, formula, sums, condition).arrange(DOWN, buff=0.6)
        shot.safe(titled=False).put(stack)
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
            "It holds for squared error, if the noise averages to zero and does not depend on the training sample.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(words.write(condition), until="training", least=pace.SLOW)
            beat.rest()

    def sweep(self) -> None:
        """Bias², variance and noise at each moment, below the cloud: of degree 1, then of degree 10."""
        self.shot(shot.wide())
        above, below = shot.EDGES.inset(0.15, 0.2).rows(1.0, 1.25, gap=0.05)
        ground = above.plane((-0.03, 1.03), TALL_HERE, x_ticks=[], y_ticks=[], numbers=False)
        plane = below.plane((-0.03, 1.03), (0, HIGHEST), x_ticks=[], y_ticks=[], numbers=False)
        for each in (ground, plane):
            each.frame.set_stroke(opacity=0)
        true = ground.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 1.5 * LINE, dashed=True)
        stiff, wild = self.many(1), self.many(10)
        swarm = Swarm(ground, stiff, 1.0, 0.0)
        x = curves.GRID
        levels = {}
        for degree in (1, 10):
            bias, variance = curves.profile(x, degree)
            noise = np.full(len(x), curves.NOISE**2)
            stacked = np.array([0 * x, bias, bias + variance, bias + variance + noise])
            levels[degree] = np.minimum(stacked, HIGHEST)
        layers = [plane.area(x[:2], 0.0, 0.0, color, fill=0.95) for color in (OFF, FITTED, NOISY)]
        cut = plane.segment((0, 0), (0, 1.0), ink.chalk, LINE)

        def reach(share: float) -> tuple[object, ...]:
            count = max(2, round(share * (len(x) - 1)) + 1)
            for number, layer in enumerate(layers):
                layer.redraw(x[:count], levels[1][number, :count], levels[1][number + 1, :count])
            top = ground.at(float(x[count - 1]), TALL_HERE[1])
            foot = plane.at(float(x[count - 1]), 0.0)
            cut.redraw(plane.inverse(foot), plane.inverse(top))
            return (*layers, cut)

        def become(mixed: Floats) -> None:
            for number, layer in enumerate(layers):
                layer.redraw(x, mixed[number], mixed[number + 1])

        reach(0.0)
        named = VGroup(
            *(ground.label(0.9, 1.25, f"degree {each}", LEFT, FITTED, size=ink.HEADLINE) for each in (1, 10))
        )
        names = VGroup(
            plane.label(0.445, 0.2, "bias²", ORIGIN, ink.ground, size=ink.POINT),
            plane.label(0.74, 0.62, "error at each moment", ORIGIN, UNSEEN, size=ink.POINT),
        )
        with self.beat(
            "Sweep the cut along the stiff curves: bias squared, variance and noise at each moment."
        ) as beat:
            self.exchange(swarm, true, named[0], *layers, cut, run_time=pace.BRISK)
            beat.over(glide(reach, 0.0, 1.0, *layers, cut), FadeIn(names), least=pace.LONG)
        with self.beat(
            "Degree ten has hardly any bias. But more than half of its variance lies past the outer dots."
        ) as beat:
            self.play(FadeOut(cut, names, named[0]), FadeIn(named[1]), run_time=pace.QUICK)
            beat.over(
                glide(swarm.redraw, stiff, wild),
                glide(become, levels[1], levels[10], *layers),
                until="half",
                least=pace.SLOW,
            )
            ends = VGroup(
                *(
                    plane.polygon([(a, 0.0), (b, 0.0), (b, HIGHEST), (a, HIGHEST)], ink.chalk, width=LINE)
                    for a, b in ((-0.02, float(curves.places()[0])), (float(curves.places()[-1]), 1.02))
                )
            )
            beat.over(FadeIn(ends), until="past", least=pace.BRISK)
            beat.over(*(words.light(each) for each in ends), least=pace.BRISK)

    def three_stacks(self) -> None:
        """The three bricks of degrees 1, 5 and 10; then the error that was measured alone."""
        self.shot(shot.wide())
        plane = brick_plane()
        degrees = np.array(curves.DEGREES)
        full = bricks_of(degrees)
        bricks = Bricks(plane, degrees, 1e-6 * full, (OFF, FITTED, NOISY), thick=WIDE)
        values = brick_values(plane, degrees, full)
        with self.beat("Averaged over the whole second, they make three stacks.") as beat:
            self.exchange(plane, bricks, run_time=pace.BRISK)
            beat.over(glide(bricks.redraw, 1e-6 * full, full), until="stacks", least=pace.SLOW)
            self.play(FadeIn(values), run_time=pace.BRISK)
        measured = [curves.measured(int(degree), self.drawn) for degree in degrees]
        left, right = degrees - 0.58 * WIDE, degrees + 0.58 * WIDE
        ends = np.column_stack([left, measured])
        bars = plane.segment(ends, ends, UNSEEN, 2 * LINE)
        told = plane.label(
            12.6, 0.41, f"test error of {len(self.drawn.readings):,} refits", LEFT, UNSEEN, size=ink.POINT
        )
        with self.beat(
            "Now measure test error apart, of two thousand refits on fresh readings. "
            "It differs by at most two percent."
        ) as beat:
            self.play(FadeIn(bars, told), run_time=pace.QUICK)
            beat.over(
                glide(bars.redraw, (ends, ends), (ends, np.column_stack([right, measured]))),
                until="differs",
                least=pace.LONG,
            )
            beat.over(words.light(told), least=pace.BRISK)
        with self.beat("So ask which brick is tall before you change the model.", pause=pace.BRISK) as beat:
            beat.over(
                FadeOut(bars, told),
                self.frame.to_region(*span(plane, (-0.7, 6.4), (0.0, 0.3))),
                until="before",
                least=pace.SLOW,
            )
            beat.over(self.frame.back(), least=pace.SLOW)
