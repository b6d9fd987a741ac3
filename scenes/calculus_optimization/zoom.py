"""Close enough, a curve is a line: the question in fog, the derivative by zooming, and a secant that turns."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Mobject, VGroup, linear

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
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.review_hints import backdrop
from scenes.kit.value import Value
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
VIEW: Final = ((-0.1, 6.5), (-9.0, 31.0))
"""Limits along x and y of the view of the square."""
NEAREST: Final = 1e-2
"""The run at which the secant can hardly be told from the tangent."""
HAND: Final = slope.Square()
"""The square by hand."""
RISE: Final = "{{(6 h + h^2) / h : parts}} = {{6 + h : left}}"
LIMIT: Final = "f'(x) = {{lim_(h -> 0) : limit}} frac({{f(x + h) - f(x) : rise}}, {{h : run}})"

BALL_RADIUS: Final = 0.2
"""Of the ball on a curve, in scene units."""


class Secant:
    """The square, a run from three, its rise, and the line through both points, which turns with the run ``h``."""

    def __init__(self, run: float) -> None:
        self.h = Value(run, log=True)
        self.plane = plane = shot.EDGES.plane(*VIEW, x_ticks=[], y_ticks=[])
        plane.frame.set_opacity(0)
        here = (HAND.at, float(slope.square(HAND.at)))
        xs = np.linspace(*VIEW[0], 241)
        self.land = backdrop(plane.area(xs, VIEW[1][0], slope.square(xs), ink.quiet, 0.1))
        self.curve = plane.curve(xs, slope.square(xs), ink.chalk, 1.6 * LINE)
        self.foot = plane.segment(here, here, ink.chalk, 1.6 * LINE)
        self.side = plane.segment(here, here, GRADIENT, 1.6 * LINE)
        self.line = plane.segment(here, here, BALL, 1.6 * LINE)
        self.far = plane.dots([here], ink.chalk, radius=0.14)
        low, high = self.ends(HAND.slope)
        self.tangent = plane.segment(low, high, GRADIENT, 1.6 * LINE, dashed=True)
        self.here = here
        self.h.draws(self.redraw, self.foot, self.side, self.line, self.far)

    def ends(self, steep: float) -> Floats:
        """Where a line of this slope through the point leaves the view, (2, 2)."""
        (low, high), (left, right) = VIEW[1], VIEW[0]
        at, height = HAND.at, HAND.at**2
        xs = np.array([max(left, at + (low - height) / steep), min(right, at + (high - height) / steep)])
        return np.column_stack([xs, height + steep * (xs - at)])

    def redraw(self, h: float) -> list[Mobject]:
        """Show a run of ``h``."""
        x, y = self.here
        self.foot.redraw((x, y), (x + h, y))
        self.side.redraw((x + h, y), (x + h, (x + h) ** 2))
        self.line.redraw(*self.ends(slope.quotient(slope.square, x, h)))
        self.far.redraw([(x + h, (x + h) ** 2)])
        return [self.foot, self.side, self.line, self.far]


def new_ball(window: Window) -> Dots:
    """The ball in the middle of a ``window``."""
    return window.plane.dots([(0.0, 0.0)], BALL, radius=BALL_RADIUS)


def ends_of_zoom(lesson: CalculusOptimizationStage) -> tuple[Secant, VGroup, Dots]:
    """The square with its tangent, the rest of the picture, and the ball: as the chapter of the derivative ends."""
    square = Secant(HAND.runs[1])
    ball = square.plane.dots([square.here], BALL, radius=BALL_RADIUS)
    rest = VGroup(square.land, square.curve, square.foot, square.side, square.far, square.tangent)
    lesson.add(rest, ball)
    return square, rest, ball


class Zoom(CalculusOptimizationStage):
    """The question, and what a slope is."""

    @chapter("Close enough, a curve is a line", "derivative as slope of a zoomed-in curve")
    def close_enough_a_curve_is_a_line(self) -> None:
        self.untitled()
        self.ask()
        self.dive()
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
            beat.over(mountain.drive(close), self.frame.to_region(*near), until="slope", least=pace.LONG)
            beat.over(mountain.drive(wind, rate_func=linear), least=pace.SLOW)
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

    def reckon(self) -> None:
        """Rise over run of the square at three: a secant that turns into the tangent."""
        at, steep = HAND.at, HAND.slope
        secant = Secant(HAND.runs[0])
        plane, run = secant.plane, secant.h
        ball = plane.dots([secant.here], BALL, radius=BALL_RADIUS)
        room = shot.safe(titled=False)
        name = room.put(inline("$f(x) = x^2$", 80.0), UP + LEFT)
        told = VGroup(
            words.Readout(run, 2, label="run h =", size=LARGE, digits=1),
            words.Readout(run.of(lambda h: (at + h) ** 2), 2, label=f"({at:g} + h)² =", size=LARGE, digits=2),
            words.Readout(
                run.of(lambda h: h * slope.quotient(slope.square, at, h)),
                2,
                label="rise",
                color=GRADIENT,
                size=LARGE,
                digits=2,
            ),
            words.Readout(
                run.of(lambda h: slope.quotient(slope.square, at, h)),
                2,
                label="rise ÷ run =",
                size=LARGE,
                color=BALL,
                digits=1,
            ),
        ).arrange(DOWN, buff=0.24, aligned_edge=LEFT)
        told.next_to(name, DOWN, buff=0.5).align_to(name, LEFT)
        nine = words.label(f"$f({at:g}) = {at * at:g}$", size=LARGE).next_to(
            plane.at(*secant.here), DOWN + RIGHT, buff=0.2
        )
        with self.beat("By hand: x squared, at three, is nine.") as beat:
            self.play(
                FadeOut(self.stood, self.hill.picture),
                self.stander.animate.move_to(ball),
                FadeIn(secant.land, secant.curve, name),
                run_time=pace.CALM,
            )
            self.remove(self.stander)
            self.add(ball)
            beat.over("nine", FadeIn(nine))
        with self.beat("Go two to the right, and it rises to 25. Rise over run is eight.") as beat:
            self.play(FadeOut(nine), FadeIn(secant.foot, secant.side, secant.far), run_time=pace.BRISK)
            beat.over(FadeIn(told[0], told[1], told[2]), until="Rise")
            self.play(FadeIn(secant.line, told[3]), run_time=pace.BRISK)
            beat.over(words.light(secant.line, ink.chalk))
            self.bring_to_front(ball)
        with self.beat("A tenth instead: 9.61, so 6.1. The line through both points turns.") as beat:
            beat.over(run.to(HAND.runs[1]), until="line", least=pace.LONG)
            beat.over(words.light(told[3], ink.chalk))
        parts = maths(RISE, 84.0, {"parts": GRADIENT, "left": BALL})
        room.put(parts, DOWN + RIGHT)
        with self.beat(
            "For any run h, the rise is six h, plus h squared. Over h, that leaves six plus h."
        ) as beat:
            beat.over(run.to(1.0), until="six", least=pace.CALM)
            beat.over(FadeIn(parts), until="Over h", least=pace.BRISK)
            beat.over(words.light(parts.part("left"), ink.chalk), run.to(HAND.runs[1]), least=pace.CALM)
        finer = [
            words.Readout(run.of(lambda h: (at + h) ** 2), 4, label=f"({at:g} + h)² =", size=LARGE, digits=2),
            words.Readout(
                run.of(lambda h: h * slope.quotient(slope.square, at, h)),
                4,
                label="rise",
                color=GRADIENT,
                size=LARGE,
                digits=2,
            ),
        ]
        for new, old in zip(finer, told[1:3], strict=True):
            new.move_to(old, aligned_edge=LEFT)
        limit = maths(LIMIT, 66.0, {"rise": GRADIENT})
        rule = inline("$f'(x) = 2x$", 80.0)
        room.put(limit, DOWN + RIGHT)
        rule.next_to(name, RIGHT, buff=0.9)
        with self.beat(
            "As h goes to zero, six is left: the slope of the tangent. This limit is the derivative: for x squared, two"
            " x.",
            pause=pace.BRISK,
        ) as beat:
            self.play(FadeOut(told[1], told[2]), FadeIn(*finer), run_time=pace.QUICK)
            beat.over(run.to(NEAREST), until="slope", least=pace.SLOW)
            self.play(FadeIn(secant.tangent), FadeOut(secant.line), run_time=pace.BRISK)
            beat.over("limit", FadeOut(parts), FadeIn(limit), until="for")
            beat.over(words.write(rule))
        predicted = words.Readout(
            run.of(lambda h: h * steep), 4, label=f"{steep:g} · h =", size=LARGE, color=GRADIENT, digits=1
        )
        predicted.next_to(finer[1], DOWN, buff=0.3).align_to(name, LEFT)
        with self.beat(
            "Slope times a small step predicts the change in height: better, the smaller the step."
        ) as beat:
            self.play(FadeOut(told[3]), FadeIn(predicted), run_time=pace.QUICK)
            beat.over(run.to(1.0), until="change", least=pace.CALM)
            beat.over(run.to(HAND.runs[1]), least=pace.CALM)
            beat.over(words.light(predicted), words.light(finer[1]))
