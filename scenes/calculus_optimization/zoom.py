"""Close enough, a curve is a line: the question in fog, the derivative by zooming, and by hand."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup, linear

from scenes.calculus_optimization.stage import (
    BALL,
    FINE_LEVELS,
    GRADIENT,
    LAMP,
    TILT,
    TURN,
    CalculusOptimizationStage,
    inline,
    maths,
)
from scenes.calculus_optimization.window import Window
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.maths.calculus_optimization import landscape, slope

LARGE: Final = 64.0
"""Capitals of numbers that are the point."""
NEAR: Final = (3.0, 1.0, 0.1, 0.001)
"""Half widths of the window on the hill: the whole hill, and what three dives lead to."""
ALL_LIT: Final = 8.0
"""Radius of light that leaves no fog."""
LENS: Final = (2.6, 1.46)
"""Half of what the camera shows of the fog around the ball, in scene units."""
BREEZE: Final = 0.16
"""Share by which the fog closes in and opens."""
SPAN: Final = 1.4
"""Half widths of the window on the square, in runs."""
HAND: Final = slope.Square()
"""The square by hand."""
LIMIT: Final = "f'(x) = {{lim_(h -> 0) : limit}} frac({{f(x + h) - f(x) : rise}}, {{h : run}})"


BALL_RADIUS: Final = 0.2
"""Of the ball on a curve, in scene units."""


def new_square(half: float) -> tuple[Window, Segments, Segments]:
    """The square around three, with its run and its rise, through a window of ``half`` data units to either side."""
    at, steep = HAND.at, HAND.slope
    square = Window(slope.square, at, half, steep, stretch=steep)
    plane, run = square.plane, square.half.of(lambda half: half / SPAN)
    foot = plane.segment((0, 0), (1 / SPAN, 0), ink.chalk, 1.6 * LINE)
    side = plane.segment((1 / SPAN, 0), (1 / SPAN, 0), GRADIENT, 1.6 * LINE)
    run.draws(
        lambda h: side.redraw((1 / SPAN, 0), (1 / SPAN, slope.quotient(slope.square, at, h) / steep / SPAN))
    )
    return square, foot, side


def new_ball(window: Window) -> Dots:
    """The ball in the middle of a ``window``."""
    return window.plane.dots([(0.0, 0.0)], BALL, radius=BALL_RADIUS)


def ends_of_zoom(lesson: CalculusOptimizationStage) -> tuple[Window, VGroup, Dots]:
    """The square with its tangent, the rest of the picture, and the ball: as the chapter of the derivative ends."""
    square, foot, side = new_square(HAND.runs[1] * SPAN)
    ball = new_ball(square)
    rest = VGroup(square.picture, foot, side, square.tangent)
    lesson.add(rest, ball)
    return square, rest, ball


class Zoom(CalculusOptimizationStage):
    """The question, and what a slope is."""

    @chapter("Close enough, a curve is a line", "derivative as slope of a zoomed-in curve")
    def close_enough_a_curve_is_a_line(self) -> None:
        self.untitled()
        self.ask()
        self.dive()
        self.turn_to_the_corner()
        self.reckon()

    def ask(self) -> None:
        """A mountain, and the fog that comes in until the ball alone is lit."""
        self.shot(shot.wide())
        mountain = self.toy_mountain(height=4.2)
        mountain.look(tilt=TILT, turn=TURN, lift=1.0)
        ground = mountain.ground(FINE_LEVELS, landscape.TOY_START, ALL_LIT)
        ball = self.ball_on(mountain, [landscape.TOY_START, landscape.TOY_START])
        self.add(ground, ball)

        def close(share: float) -> None:
            ground.redraw(radius=ALL_LIT * (LAMP / ALL_LIT) ** share)

        def wind(share: float) -> None:
            ground.redraw(radius=LAMP * (1 - BREEZE * np.sin(3 * np.pi * share) ** 2))

        x, y, _ = ball.ball.get_center()
        near = (x - LENS[0], x + LENS[0]), (y - LENS[1], y + LENS[1])
        with self.beat(
            "You stand on a mountain. Fog comes in, and you feel nothing but the slope under your shoes."
        ) as beat:
            beat.until("Fog")
            beat.over(mountain.drive(close), until="slope", least=pace.LONG)
            beat.over(self.frame.to_region(*near), mountain.drive(wind, rate_func=linear), least=pace.SLOW)
        with self.beat("How do you find the valley?", pause=pace.SLOW) as beat:
            beat.over(mountain.drive(wind, rate_func=linear), least=pace.LONG)
        self.fog = VGroup(ground, *ball)

    def dive(self) -> None:
        """A path over a hill, nearer and nearer, until it is its tangent."""
        self.shot(shot.wide())
        hill = self.hill = Window(slope.hill, slope.HERE, NEAR[0], float(slope.hill_slope(slope.HERE)))
        ball = self.stander = new_ball(hill)
        asked = words.caption(ball, "[slope:second] = ?", UP, size=LARGE, gap=0.4)
        with self.beat("Begin with one path over one hill. How steep is it, right where you stand?") as beat:
            self.play(FadeOut(self.fog), self.frame.back(), run_time=pace.CALM)
            beat.over(FadeIn(hill.picture), FadeIn(ball, scale=2), until="How")
            beat.over("steep", FadeIn(asked, shift=place.NUDGE * DOWN))
        with self.beat("Come closer, and closer still: the curve bends less and less.") as beat:
            self.play(FadeOut(asked), run_time=pace.QUICK)
            beat.over(hill.half.to(NEAR[1]), until="still", least=pace.CALM)
            beat.over(hill.half.to(NEAR[2]), least=pace.SLOW)
        with self.beat("Much closer, and it looks like a straight line.") as beat:
            beat.over(hill.half.to(NEAR[3]), until="straight", least=pace.SLOW)
            beat.over(words.light(hill.curve))
        steep = float(slope.hill_slope(slope.HERE))
        tangent = words.label("[tangent:second]", size=LARGE)
        name = words.label(f"derivative = slope = [{steep:.2f}:second]".replace("-", "−"), size=LARGE)
        shot.safe(titled=False).put(name, DOWN + LEFT)
        tangent.next_to(hill.plane.at(-1.0, -steep), UP + RIGHT, buff=0.25)
        with self.beat(
            "This line is the tangent. Its slope is the derivative: the slope of the curve at one point."
        ) as beat:
            beat.at("tangent", FadeIn(hill.tangent, tangent))
            beat.over("slope", words.light(hill.tangent), until="derivative")
            beat.over("derivative", words.write(name))
        self.stood = VGroup(tangent, name, hill.tangent)

    def turn_to_the_corner(self) -> None:
        """A corner stays a corner."""
        corner = Window(np.abs, 0.0, NEAR[1])
        name = shot.safe(titled=False).put(inline("$f(x) = |x|$", 80.0), LEFT)
        with self.beat(
            "But a corner, the absolute value of x at zero, stays a corner however close you come."
        ) as beat:
            self.play(FadeOut(self.stood, self.hill.picture), run_time=pace.QUICK)
            self.play(FadeIn(corner.picture), run_time=pace.BRISK)
            self.bring_to_front(self.stander)
            beat.over("absolute", FadeIn(name), until="stays")
            beat.over(corner.half.to(NEAR[3]), least=pace.LONG)
        none = words.label("no single slope: [no derivative:error]", size=80.0)
        shot.safe(titled=False).put(none, DOWN)
        sides = corner.plane.segment([(-0.9, 0.9), (0.9, 0.9)], [(0, 0), (0, 0)], ink.error, 2.2 * LINE)
        with self.beat("Left and right have slopes of their own, so there is no derivative.") as beat:
            beat.at("slopes", FadeIn(sides))
            beat.at("no derivative", words.write(none))
            self.bring_to_front(self.stander)
        self.stood = VGroup(none, name, sides, corner.picture)

    def reckon(self) -> None:
        """Rise over run of the square at three, for a tenth and for a hundredth."""
        at, steep = HAND.at, HAND.slope
        square, foot, side = new_square(SPAN)
        plane, run = square.plane, square.half.of(lambda half: half / SPAN)
        across = words.Readout(run, 2, label="run h =", size=LARGE)
        rise = words.Readout(
            run.of(lambda h: h * slope.quotient(slope.square, at, h)),
            4,
            label="rise",
            color=GRADIENT,
            size=LARGE,
        )
        ratio = words.Readout(
            run.of(lambda h: slope.quotient(slope.square, at, h)), 2, label="rise ÷ run =", size=LARGE
        )
        reached = words.Readout(run.of(lambda h: (at + h) ** 2), 2, size=LARGE)
        reached.next_to(plane.at(1 / SPAN, 1 / SPAN), UP + LEFT, buff=0.12)
        across.next_to(plane.at(0, 0), DOWN + RIGHT, buff=0.2)
        rise.next_to(plane.at(1 / SPAN, 0.5 / SPAN), RIGHT, buff=0.25)
        room = shot.safe(titled=False)
        square_name = inline("$f(x) = x^2$", 80.0)
        room.put(square_name, UP + LEFT)
        ratio.next_to(square_name, DOWN, buff=0.45).align_to(square_name, LEFT)
        nine = words.label(f"$f({at:g}) = {at * at:g}$", size=LARGE).next_to(
            plane.at(0, 0), LEFT + UP, buff=0.25
        )
        with self.beat("By hand: x squared, at three, is nine.") as beat:
            self.play(FadeOut(self.stood), run_time=pace.QUICK)
            beat.over(
                FadeIn(square.picture, square_name),
                until="nine",
            )
            beat.over(FadeIn(nine))
            self.bring_to_front(self.stander)
        with self.beat("Go a tenth to the right, and it rises to 9.61. Rise over run: 6.1.") as beat:
            self.play(FadeIn(foot, side), run_time=pace.QUICK)
            beat.over(square.half.to(HAND.runs[0] * SPAN), until="rises", least=pace.SLOW)
            self.play(FadeIn(reached), run_time=pace.QUICK)
            self.play(FadeIn(across, rise), run_time=pace.BRISK)
            beat.over("Rise", FadeIn(ratio))
        with self.beat("A hundredth: 6.01. As the run h shrinks, the slope closes in on six.") as beat:
            beat.over(square.half.to(HAND.runs[1] * SPAN), until="As", least=pace.SLOW)
            beat.over(words.light(ratio))
        limit = maths(LIMIT, 62.0, {"rise": GRADIENT})
        room.put(limit, DOWN + RIGHT)
        rule = inline("$f'(x) = 2x$", 80.0)
        rule.next_to(square_name, DOWN, buff=0.5).align_to(square_name, LEFT)
        with self.beat(
            "Written down: rise over run, in the limit of a run of zero. That limit is the derivative.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(limit), until="rise")
            beat.over(
                words.light(limit.part("rise"), ink.chalk), words.light(side), until="run", least=pace.BRISK
            )
            beat.over(words.light(limit.part("run")), words.light(foot), until="limit", least=pace.BRISK)
            beat.over("limit", words.light(limit.part("limit")), until="That")
            beat.over(FadeIn(square.tangent), FadeOut(nine, reached))
            self.bring_to_front(self.stander)
        with self.beat("For x squared it is two x, so at three it is six.") as beat:
            self.play(FadeOut(ratio), run_time=pace.QUICK)
            beat.over(words.write(rule), until="six")
            beat.over(words.light(square.tangent))
        step = HAND.runs[1]
        predicted = words.label(f"{steep:g} · {step:g} = [{steep * step:.2f}:second]", size=LARGE)
        predicted.next_to(rule, DOWN, buff=0.5).align_to(rule, LEFT)
        with self.beat(
            "Slope times a small step predicts the change in height. That is what we shall build on."
        ) as beat:
            beat.over("Slope", words.light(square.tangent), until="small")
            beat.over("small", words.light(foot), until="predicts")
            beat.over("predicts", FadeIn(predicted), words.light(side), until="That")
            beat.over(words.light(predicted), words.light(rise))
