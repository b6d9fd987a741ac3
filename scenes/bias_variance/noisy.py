"""The noise is added, and what is measured is taken apart over the whole second."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.bias_variance.bricks import Bricks
from scenes.bias_variance.parts import WIDE, square
from scenes.bias_variance.stage import (
    FITTED,
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
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.maths.bias_variance import curves

READ: Final = pace.SLOW + pace.QUICK
"""What a formula that is being read stands for after the last word."""
RAIN: Final = 60
"""Fresh readings that fall round the truth."""
HIGHEST: Final = 0.95
"""Where the parts below the sweep are cut."""
TALL_HERE: Final = (-1.1, 1.6)
"""Heights that the cloud above the sweep shows."""
DYES: Final = {"bias": OFF, "variance": FITTED, "noise": NOISY, "whole": UNSEEN}


class Noisy(BiasVarianceStage):
    """The noise is added, and what is measured is taken apart over the whole second."""

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
                glide(
                    bars.redraw,
                    (ends, ends),
                    (ends, np.column_stack([right, measured])),
                ),
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
