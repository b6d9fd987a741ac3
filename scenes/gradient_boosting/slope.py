"""A residual is a downhill arrow: function space, its bowl, and other losses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut

from scenes.gradient_boosting.stage import (
    HAND_EDGES,
    LABEL,
    MODEL,
    NEXT,
    POINT,
    RESIDUAL,
    GradientBoostingStage,
    at_spot,
    hand_dots,
    hand_plane,
    maths,
    numbers,
    rest_plane,
    signed,
    stair,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import blend, glide
from scenes.kit.landscape import Landscape
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.solid import SolidCurve, SolidDots
from scenes.kit.walker import SolidWalker
from scenes.maths.gradient_boosting import losses, stairs

TOP: Final = 52.0
"""Losses above this are not drawn."""
LEVELS: Final = (1, 4, 9, 16, 25, 34, 45)
"""Contour lines of the bowl."""
ODDS: Final = np.array([-2.6, -0.9, 0.7, 2.2])
"""Log-odds of four rows, before."""
SIDES: Final = np.array([0.0, 1.0, 0.0, 1.0])
"""Their labels."""


def bowl_plane() -> Plane:
    """Two predictions, to equal units."""
    return shot.chart(
        shot.safe(titled=False), (-6.4, 14.6), (0.5, 11.5), x_ticks=[-5, 0, 5, 10], y_ticks=[2, 4, 6, 8, 10],
        equal=True,
        x_label="F₁, prediction for row 1", y_label="F₂, prediction for row 2",
    )  # fmt: skip


def height(points: Floats) -> Floats:
    """Losses (...) of points (..., 2) of function space."""
    return losses.bowl(points[..., 0], points[..., 1])


def chance(odds: Floats) -> Floats:
    """Probabilities p (n,) of log-odds."""
    return -losses.downhill("log", 0.0, odds)


class Slope(GradientBoostingStage):
    """Gradient descent in function space."""

    @chapter("A residual is a downhill arrow", "gradient descent in function space")
    def downhill(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        start, aim = losses.path()[0], stairs.HAND_Y[:2]
        self.two_rows()
        plane = bowl_plane()
        model = plane.dots([(10, 1.3), (-5.6, 10)], MODEL, radius=POINT)
        with self.beat("Give each prediction an axis of its own: that is function space.") as beat:
            self.exchange(plane, model, run_time=pace.BRISK)
            beat.over(
                words.light(plane.names[0]), words.light(plane.names[1]), until="function", least=pace.CALM
            )
            beat.over(
                FadeIn(at_spot(plane, -0.5, 4.2, "function space", NEXT, ink.HEADLINE)),
                glide(model.redraw, np.array([(10, 1.3), (-5.6, 10)]), np.array([start, start])),
                least=pace.SLOW,
            )
        goal = plane.dots([aim], LABEL, radius=POINT)
        names = [
            plane.label(start[0], start[1], "model", RIGHT, MODEL, gap=0.45, size=ink.POINT),
            plane.label(aim[0], aim[1], "labels", LEFT, LABEL, gap=0.45, size=ink.POINT),
        ]
        with self.beat("One point of it is a whole model. The labels are a point too.") as beat:
            beat.over(FadeIn(names[0]), until="labels", least=pace.CALM)
            beat.over(FadeIn(goal, names[1], scale=1.3), least=pace.CALM)
        self.bowl(start)
        self.derivative()
        self.arrow_and_leaf(start, aim)
        self.walk_down()
        self.other_losses()

    def two_rows(self) -> None:
        """The first two of the four points."""
        plane = hand_plane(shot.safe(titled=False))
        dots = hand_dots(plane)
        flat = stairs.by_hand().at(stairs.HAND_X, 0)
        model = plane.curve(*stair(HAND_EDGES, flat), MODEL, 2.5 * LINE)
        sticks = plane.stems(stairs.HAND_X[:2], flat[:2], flat[:2], RESIDUAL, 2 * LINE)
        with self.beat(
            "Why does it help to fit residuals? Look at the first two points, with labels two and eight."
        ) as beat:
            self.play(FadeIn(plane, dots), run_time=pace.BRISK)
            self.play(Create(model), run_time=pace.CALM)
            beat.over(
                glide(
                    sticks.redraw,
                    (stairs.HAND_X[:2], flat[:2], flat[:2]),
                    (stairs.HAND_X[:2], flat[:2], stairs.HAND_Y[:2]),
                    sticks,
                ),
                until="first",
                least=pace.CALM,
            )
            beat.over(self.frame.to(dots[0], dots[1], sticks, share=0.9), least=pace.SLOW)
        self.play(self.frame.back(), run_time=pace.BRISK)

    def land(self) -> Landscape:
        """The bowl over function space, on a floor whose axes are named."""
        (x0, x1), (y0, y1) = (-6.4, 14.6), (0.5, 11.5)
        plane = shot.EDGES.inset(1.0, 0.4).plane(
            (x0, x1), (y0, y1), x_ticks=[], y_ticks=[], numbers=False, equal=True
        )
        land = Landscape(plane, (0.0, TOP), height, height=5.6)
        land.carry(plane)
        self.axes = [
            plane.label(8.5, 3.7, "F₁", UP, ink.quiet, size=ink.POINT),
            plane.label(-5.4, 7.6, "F₂", RIGHT, ink.quiet, size=ink.POINT),
        ]
        for name in self.axes:
            land.carry(name)
        return land

    def bowl(self, start: Floats) -> None:
        """The loss rises as a bowl."""
        land = self.land()
        plane = land.plane
        floor = land.floor(10)
        for axis in self.axes:
            self.allow(floor, axis, "the names of the axes lie on the floor")
        surface = land.surface(land.over, MODEL, 0.14, 2, (27, 37))
        spots = np.array([[*start, 0.0], [*stairs.HAND_Y[:2], 0.0]])
        dots = [land.dots(spots[:1], MODEL, radius=POINT), land.dots(spots[1:], LABEL, radius=POINT)]
        land.look(lift=0.0)
        name = told("loss function", UP + RIGHT, RESIDUAL, ink.HEADLINE)
        with self.beat("The loss function gives the cost of a wrong prediction.") as beat:
            self.exchange(plane, floor, surface, *dots, *self.axes, run_time=pace.BRISK)
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.over(
                land.turning(tilt=58 * DEGREES, turn=-14 * DEGREES, lift=1.0, zoom=0.9), least=pace.SLOW
            )
        with self.beat(
            "We take half the squared error, summed over the rows: a bowl, and the labels are its bottom."
        ) as beat:
            up = np.array([[*start, float(height(start))]])
            beat.over(land.drive(self.climb(dots[0], spots[:1], up)), until="bowl", least=pace.SLOW)
            beat.over(land.orbit(40 * DEGREES), least=pace.LONG)
        way = land.raised(np.linspace(start, stairs.HAND_Y[:2], 30))
        line = land.curve(way[:1], RESIDUAL, 2.5 * LINE)
        steep = told("negative gradient", UP + RIGHT, RESIDUAL, ink.HEADLINE)
        with self.beat(
            "Where does it go down? The direction of steepest descent is the negative gradient."
        ) as beat:
            self.add(line)
            self.play(land.orbit(-22 * DEGREES), run_time=pace.SLOW)
            beat.over(land.drive(self.lengthen(line, way)), FadeOut(name), until="negative", least=pace.SLOW)
            beat.over(FadeIn(steep))

    @staticmethod
    def climb(dots: SolidDots, start: Floats, end: Floats) -> Callable[[float], object]:
        """Dots rise from one place to another."""
        return lambda share: dots.redraw(blend(start, end, share))

    @staticmethod
    def lengthen(line: SolidCurve, way: Floats) -> Callable[[float], object]:
        """A curve grows along its way."""
        return lambda share: line.redraw(way[: 2 + round(share * (len(way) - 2))])

    def derivative(self) -> None:
        """The derivative of half the squared error."""
        loss = maths("{{ L = 1/2 (y - F)^2 : loss }}", 1.5 * ink.HEADLINE)
        slope = maths(
            "{{ L = 1/2 (y - F)^2 : loss }}, quad - (partial L) / (partial F) = {{ y - F : rest }}",
            1.12 * ink.HEADLINE,
        )
        for each in (loss, slope):
            shot.safe(titled=False).put(each)
        with self.beat("For one row, half the squared error. What is minus its derivative by F?") as beat:
            self.exchange(loss, run_time=pace.BRISK)
            self.shot(shot.formula(titled=False))
            beat.over(words.light(loss.part("loss")), until="What", least=pace.CALM)
            beat.rest()
        with self.beat("It is y minus F: the residual.", pause=pace.SLOW) as beat:
            beat.over(words.rewrite(loss, slope), until="residual", least=pace.CALM)
            beat.over(words.light(slope.part("rest")), least=pace.CALM)

    def arrow_and_leaf(self, start: Floats, aim: Floats) -> None:
        """From above: the arrow, its parts, and the nearest thing that a leaf can do."""
        self.shot(shot.wide())
        plane = bowl_plane()
        mesh = plane.mesh(160, 90)
        rings = plane.contour(height(mesh), LEVELS, ink.faint, LINE / 2)
        dots = [plane.dots([start], MODEL, radius=POINT), plane.dots([aim], LABEL, radius=POINT)]
        arrow = plane.vector(start, start, RESIDUAL, 2.5 * LINE)
        across = plane.segment(start, start, RESIDUAL, LINE, dashed=True)
        down = plane.segment((2, 10), (2, 10), RESIDUAL, LINE, dashed=True)
        parts = [
            at_spot(plane, 5.5, 10.75, "−8", RESIDUAL),
            at_spot(plane, 0.55, 9.1, "−2", RESIDUAL),
        ]
        with self.beat(
            "So the residuals, minus eight and minus two, are the two parts of the downhill arrow."
        ) as beat:
            self.exchange(plane, rings, *dots, run_time=pace.BRISK)
            beat.over(
                "minus",
                glide(across.redraw, (start, start), (start, np.array([2.0, 10.0])), across),
                FadeIn(parts[0]),
                until="and",
                least=pace.CALM,
            )
            self.play(
                glide(down.redraw, (np.array([2.0, 10.0]), np.array([2.0, 10.0])), (np.array([2.0, 10.0]), aim), down),
                FadeIn(parts[1]), run_time=pace.CALM,
            )  # fmt: skip
            beat.over(glide(arrow.redraw, (start, start), (start, aim), arrow), least=pace.SLOW)
        diagonal = plane.segment((0.5, 0.5), (11.5, 11.5), NEXT, LINE, dashed=True)
        both = plane.label(7.4, 6.7, "both rows in one leaf", RIGHT, NEXT, gap=0.3, size=ink.AXIS)
        with self.beat(
            "A tree cannot follow each arrow. One leaf moves its rows alike: along this diagonal."
        ) as beat:
            self.play(FadeOut(*parts, across, down), run_time=pace.QUICK)
            beat.over(words.light(arrow, ink.chalk), until="One", least=pace.CALM)
            beat.over(Create(diagonal), FadeIn(both), least=pace.SLOW)
        landing = start + losses.shadow()
        step = plane.vector(start, start, NEXT, 2.5 * LINE)
        drop = plane.segment(aim, aim, ink.chalk, LINE, dashed=True)
        with self.beat(
            "It takes the nearest step to the arrow that it can: the mean of both, minus five."
        ) as beat:
            beat.over(glide(drop.redraw, (aim, aim), (aim, landing), drop), until="arrow", least=pace.SLOW)
            beat.over(
                glide(step.redraw, (start, start), (start, landing), step), FadeOut(both), least=pace.SLOW
            )

    def walk_down(self) -> None:
        """The real stumps walk down the bowl."""
        land = self.land()
        floor = land.floor(10)
        for axis in self.axes:
            self.allow(floor, axis, "the names of the axes lie on the floor")
        surface = land.surface(land.over, MODEL, 0.12, 2, (27, 37))
        goal = land.dots([[*stairs.HAND_Y[:2], 0.0]], LABEL, radius=POINT)
        walker = SolidWalker(land, losses.path(), land.over, NEXT)
        land.look(tilt=50 * DEGREES, turn=-20 * DEGREES, lift=1.0, zoom=0.9)
        name = told("gradient descent in function space", UP + RIGHT, NEXT, ink.POINT)
        with self.beat(
            "The three stumps go down the bowl, step by step: gradient descent in function space."
        ) as beat:
            self.exchange(land.plane, floor, surface, goal, walker, *self.axes, run_time=pace.BRISK)
            for step in (1, 2, 3):
                self.play(walker.animate.step(step), run_time=pace.SLOW)
            beat.until("gradient")
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.over(land.orbit(24 * DEGREES), least=pace.SLOW)

    def other_losses(self) -> None:
        """Absolute error, log loss, and the general rule."""
        xs = stairs.HAND_X
        rest = rest_plane(shot.safe(titled=False))
        before, after = (losses.downhill(kind, stairs.HAND_Y, 10.0) for kind in ("squared", "absolute"))
        zero = rest.segment((0.4, 0), (4.6, 0), ink.faint, LINE)
        sticks = rest.stems(xs, 0 * xs, before, RESIDUAL, 3 * LINE)
        said = [numbers(rest, signed(each)) for each in (before, after)]
        with self.beat(
            "Another loss has other arrows. For the absolute error they are plus or minus one."
        ) as beat:
            self.exchange(rest, zero, sticks, said[0], run_time=pace.BRISK)
            beat.until("absolute")
            self.play(FadeOut(said[0]), run_time=pace.QUICK)
            beat.over(
                glide(sticks.redraw, (xs, 0 * xs, before), (xs, 0 * xs, after)), until="plus", least=pace.CALM
            )
            beat.over(FadeIn(said[1]))
        plane = shot.chart(
            shot.safe(titled=False), (-4.4, 4.4), (-0.1, 1.1), x_ticks=[-4, -2, 0, 2, 4], y_ticks=[0, 0.5, 1],
            x_label="F, the log-odds", y_label="probability p",
        )  # fmt: skip
        grid = np.linspace(-4.4, 4.4, 160)
        curve = plane.curve(grid, chance(grid), MODEL, 2 * LINE)
        dots = plane.dots(np.column_stack([ODDS, SIDES]), LABEL, radius=POINT)
        gaps = plane.stems(ODDS, chance(ODDS), SIDES, RESIDUAL, 2.5 * LINE)
        name = plane.label(-4.2, 0.62, "arrow: y − p", RIGHT, RESIDUAL, size=ink.HEADLINE)
        with self.beat(
            "For yes or no, F is the log-odds, p the probability, and the arrow is y minus p."
        ) as beat:
            self.exchange(plane, dots, run_time=pace.BRISK)
            beat.over(Create(curve), until="arrow", least=pace.SLOW)
            self.add(gaps, dots)
            beat.over(
                glide(gaps.redraw, (ODDS, chance(ODDS), chance(ODDS)), (ODDS, chance(ODDS), SIDES)),
                FadeIn(name),
                least=pace.SLOW,
            )
        rule = maths(
            "{{ r_(i m) : rest }} = - lr({{ (partial L(y_i, F)) / (partial F) : slope }} bar)_(F = F_(m-1)(x_i))",
            1.3 * ink.HEADLINE,
        )
        room = shot.safe(titled=False)
        room.put(rule)
        name = room.put(words.headline("pseudo-residuals", RESIDUAL), DOWN)
        with self.beat(
            "These are pseudo-residuals. So, whatever the loss: fit the next tree to its negative gradient.",
            pause=pace.SLOW,
        ) as beat:
            self.exchange(rule, name, run_time=pace.BRISK)
            self.shot(shot.formula(titled=False))
            beat.over(words.light(rule.part("rest")), until="whatever", least=pace.CALM)
            beat.over(words.light(rule.part("slope")), least=pace.CALM)
