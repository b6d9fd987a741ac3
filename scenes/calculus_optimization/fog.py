"""Step, feel, step again: gradient descent in the fog, and by hand."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, VGroup

from scenes.calculus_optimization.links import net_of_paths
from scenes.calculus_optimization.stage import (
    BALL,
    FINE_LEVELS,
    GRADIENT,
    LAMP,
    STEP,
    CalculusOptimizationStage,
    inline,
    maths,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.landscape import Pointer
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.calculus_optimization import landscape, optimiser, slope

RULE: Final = "{{theta : here}} <- {{theta : there}} - {{eta : rate}} {{nabla f(theta) : slope}}"
BIG: Final = 64.0
"""Capitals of words over the picture."""
TOLD: Final = 54.0
"""Capitals of slope and step."""
RATE: Final = 0.05
"""Learning rate in the fog."""
STEPS: Final = 24
"""Of the walk in the fog."""
DRAWN: Final = 0.05
"""Data units of the fog's ground for a slope of one."""
LENS: Final = 2.3
"""How near the fog is seen."""
HAND: Final = slope.Square()
"""The walk by hand, on x²."""
HANDS: Final = 6
"""Steps of the walk by hand."""
VIEW: Final = (5.4, 3.04)
"""Half of what the camera shows around the ball, in scene units."""


class Fog(CalculusOptimizationStage):
    """The answer to the question: gradient descent."""

    @chapter("Step, feel, step again", "gradient descent", goes_on=True)
    def step_feel_step_again(self) -> None:
        self.untitled()
        self.walk_in_fog()
        self.write_the_rule()
        self.walk_by_hand()

    def walk_in_fog(self) -> None:
        """Arrow, step, arrow."""
        self.shot(shot.close_up())
        self.way = optimiser.descend(landscape.toy_gradient, landscape.TOY_START, RATE, STEPS)
        self.mountain = self.toy_around(landscape.TOY_START, LENS)
        self.ground = self.mountain.ground(FINE_LEVELS, landscape.TOY_START, LAMP)
        self.ball = self.ball_on(self.mountain, self.way)
        self.uphill = Pointer(self.mountain.plane, GRADIENT)
        self.downhill = Pointer(self.mountain.plane, STEP)
        net, _ = net_of_paths()
        self.add(net)
        with self.beat(
            "Back in the fog. What your feet feel is the gradient: an arrow that points uphill."
        ) as beat:
            self.play(FadeOut(net), FadeIn(self.ground, self.ball), run_time=pace.CALM)
            self.add(self.uphill, self.downhill)
            beat.over("gradient", self.point(self.uphill, 0, DRAWN), least=pace.SLOW)
        with self.beat("Turn it round, and take a step downhill.") as beat:
            beat.over(self.point(self.downhill, 0, -RATE), until="take")
            beat.over(*self.step(0, 1), least=pace.SLOW)
        with self.beat("Feel again. Step again.") as beat:
            beat.over(self.point(self.uphill, 1, DRAWN), self.point(self.downhill, 1, -RATE), until="Step")
            beat.over(*self.step(1, 2), least=pace.CALM)
        name = Tag(words.label("[gradient descent:focus]", size=80.0))
        shot.safe(titled=False).put(name, UP + RIGHT)
        self.pin(name)
        with self.beat("Gradient descent repeats this one move: a step against the gradient.") as beat:
            beat.over(FadeIn(name), self.point(self.uphill, 2, DRAWN), until="repeats")
            for at in (2, 3):
                self.play(self.point(self.downhill, at, -RATE), run_time=pace.QUICK)
                self.play(*self.step(at, at + 1), run_time=pace.CALM)
                self.play(self.point(self.uphill, at + 1, DRAWN), run_time=pace.QUICK)
        self.method = name

    def spot(self, at: Floats) -> Floats:
        """Scene point (3,) of the ground over ``at`` (2,)."""
        return np.asarray(self.mountain.at(self.mountain.raised(at))[0])

    def point(self, pointer: Pointer, step: int, scale: float) -> Animation:
        """``pointer`` grows along the gradient after ``step`` steps, ``scale`` data units for a slope of one."""
        here = self.way[step]
        slope_here = landscape.toy_gradient(here)

        def grow(share: float) -> Pointer:
            return pointer.redraw(self.spot(here), self.spot(here + share * scale * slope_here))

        return glide(grow, 0.0, 1.0, pointer)

    def step(self, start: int, end: int) -> tuple[Animation, Animation]:
        """The ball goes from one step to another, with its light and the camera; its arrows go."""

        def go(share: float) -> None:
            self.ball.step(np.interp(share, (0, 1), (start, end)))
            self.ground.redraw(self.ball.position)
            here = self.spot(self.ball.position)
            self.uphill.redraw(here, here)
            self.downhill.redraw(here, self.spot(self.way[end]) if end == start + 1 else here)

        x, y, _ = self.spot(self.way[end])
        wide, high = VIEW
        return self.mountain.drive(go), self.frame.to_region((x - wide, x + wide), (y - high, y + high))

    def write_the_rule(self) -> None:
        """Each part of the rule lights up with what it means."""
        rule = maths(RULE, 92.0, {"slope": GRADIENT})
        plate = Tag(rule)
        shot.safe(titled=False).put(plate, DOWN + RIGHT)
        self.pin(plate)
        with self.beat(
            "Theta is where you stand: the parameters. The gradient of f at theta is what you feel."
        ) as beat:
            beat.at("Theta", FadeIn(plate), FadeOut(self.method))
            beat.over(
                words.light(rule.part("there"), ink.chalk),
                words.light(rule.part("here"), ink.chalk),
                until="gradient",
            )
            beat.over(words.light(rule.part("slope"), ink.chalk), self.point(self.uphill, 4, DRAWN))
        with self.beat(
            "The learning rate eta multiplies the gradient to give the step. So where it is steep, steps are long.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.light(rule.part("rate"), ink.chalk), until="multiplies", least=pace.CALM)
            beat.over(self.point(self.downhill, 4, -RATE), until="So")
            beat.over(*self.step(4, 5), least=pace.CALM)
        self.law_of_steps = plate

    def walk_by_hand(self) -> None:
        """x squared from four, with a rate of 0.3."""
        self.shot(shot.wide())
        walk = HAND.walk(HANDS)
        plane = shot.EDGES.plane((-5.2, 5.2), (-3.6, 18.5), x_ticks=[], y_ticks=[])
        xs = np.linspace(-5.2, 5.2, 301)
        bowl = plane.curve(xs, slope.square(xs), ink.chalk, 1.6 * LINE)
        floor = plane.segment((-5.2, 0), (5.2, 0), ink.faint, LINE / 2)
        ball = plane.dots([(walk[0], walk[0] ** 2)], BALL, radius=0.2)
        feet = plane.stems(walk[:3], 0, slope.square(walk[:3]), ink.quiet, dashed=True)
        names = [Tag(plane.label(x, 0, f"{x:.3g}", DOWN, size=48.0, gap=0.3)) for x in walk[:3]]
        move = Pointer(plane, STEP)
        title = inline("$f(x) = x^2$", BIG)
        told = [self.told_of(float(x)) for x in walk[:2]]
        column = VGroup(title, *told[0]).arrange(DOWN, buff=0.32, aligned_edge=LEFT)
        shot.safe(titled=False).put(column, UP)
        for old, new in zip(*told, strict=True):
            new.move_to(old, aligned_edge=LEFT)
        tangent = plane.curve(xs, xs, GRADIENT, 1.2 * LINE)

        def lie(x: float) -> object:
            return tangent.redraw(xs, x * x + 2 * x * (xs - x))

        def settle(x: float) -> list[object]:
            return [ball.redraw([(x, x * x)]), lie(x)]

        def grow(number: int) -> Animation:
            foot, land = plane.at(walk[number], 0), plane.at(walk[number + 1], 0)
            return glide(move.redraw, (foot, foot), (foot, land), move)

        lie(float(walk[0]))
        with self.beat("By hand: x squared, from four. The slope, two x, is eight.") as beat:
            gone = (self.law_of_steps, self.ground, self.ball, self.uphill, self.downhill)
            self.play(FadeOut(*gone), self.frame.back(), run_time=pace.CALM)
            beat.over(FadeIn(bowl, floor, ball, title), until="four")
            self.play(FadeIn(feet, names[0]), run_time=pace.QUICK)
            beat.over("slope", FadeIn(tangent, told[0][0]))
            self.bring_to_front(ball)
        with self.beat("With a rate of 0.3 the step is 2.4, against the slope. You land at 1.6.") as beat:
            beat.over(FadeIn(told[0][1]), until="against")
            self.play(grow(0), run_time=pace.CALM)
            beat.over(
                "land",
                self.roll(plane, ball, walk[0], walk[1]),
                FadeOut(tangent),
                FadeIn(names[1]),
                least=pace.CALM,
            )
        with self.beat("The slope is smaller there, so the next step is shorter, and so on.") as beat:
            lie(float(walk[1]))
            self.play(
                FadeIn(tangent),
                *(words.rewrite(a, b) for a, b in zip(*told, strict=True)),
                run_time=pace.CALM,
            )
            beat.over(grow(1), until="and", least=pace.BRISK)
            beat.over(
                self.roll(plane, ball, walk[1], walk[2]),
                FadeOut(tangent),
                FadeIn(names[2]),
                least=pace.CALM,
            )
        now = Value(walk[2])
        fallen = words.Readout(now.of(slope.square), 4, label="f(x) =", size=BIG)
        said = words.label("little gain\nin many steps: stop", size=BIG)
        fallen.next_to(title, DOWN, buff=0.5).align_to(title, LEFT)
        said.next_to(fallen, DOWN, buff=0.35).align_to(title, LEFT)
        with self.beat("Set the learning rate first. Stop when many steps in a row bring little.") as beat:
            now.draws(settle)
            self.play(FadeOut(move, *told[1]), FadeIn(tangent, fallen), run_time=pace.QUICK)
            self.bring_to_front(ball)
            for x in walk[3:]:
                self.play(now.to(x), run_time=pace.BRISK)
            beat.until("many")
            self.play(FadeIn(said), run_time=pace.BRISK)
            beat.over(words.light(said))

    def told_of(self, x: float) -> tuple[Words, Words]:
        """Slope and step at ``x``, as words."""
        return (
            inline(f"slope [$2 x = {2 * x:g}$:second]", TOLD),
            inline(
                f"step [$eta dot 2 x = {HAND.rate:g} dot {2 * x:g} = {HAND.rate * 2 * x:.3g}$:focus]", TOLD
            ),
        )

    def roll(self, plane: Plane, ball: Dots, start: float, end: float) -> Animation:
        """The ball goes along the bowl."""

        def go(x: float) -> Dots:
            return ball.redraw([(x, x * x)])

        return glide(go, float(start), float(end), ball)
