"""The fog lifts: local and global minimum, saddle point, convexity, and three optimisers from many starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup, linear

from scenes.calculus_optimization.correct import ends_of_moments
from scenes.calculus_optimization.limit import LARGE
from scenes.calculus_optimization.noise import between
from scenes.calculus_optimization.stage import (
    BALL,
    GOAL,
    GRADIENT,
    LAMP,
    OPTIMISERS,
    TILT,
    WRONG,
    CalculusOptimizationStage,
    walked,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Cloud, Dots
from scenes.kit.drive import drive
from scenes.kit.frame import Move
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.walker import Walker
from scenes.kit.words import Words
from scenes.maths.calculus_optimization import landscape, race

ROLLED: Final = 90
"""Steps that are seen: then every ball is nearly at rest."""
TURN: Final = -20 * DEGREES
ALL_LIT: Final = 8.0
"""Radius of light that leaves no fog."""
SIGHT: Final = 1.05
"""How far the ball's lamp reaches here, in units of the toy: the whole hollow is to be seen."""
ROW: Final = 38.0
"""Capitals of what is told beside each map, in pixels."""
DOT: Final = 0.1
"""Radius of a start on a map, in scene units."""
NEAR: Final[Floats] = np.array([1.25, 0.7])
"""Half of what is seen of the map around the saddle."""
SIDE: Final[Floats] = np.array([0.28, -0.06])
"""From the saddle to its name in the close-up."""
LINGER: Final = 40
"""Balls that start across the saddle."""
SEED: Final = 0
"""Of how far apart balls begin across the saddle."""
TRACED: Final = 1.7
"""Half the width of the cut along the ravine, in x."""


def percent(share: float) -> str:
    """A share in whole per cent."""
    return f"{100 * share:.0f} %"


def span(low: float, high: float) -> str:
    """Two shares in whole per cent, or one where they are the same."""
    begin, end = percent(low), percent(high)
    return end if begin == end else f"{begin.removesuffix(' %')}–{end}"


def floor(x: Floats) -> Floats:
    """Heights along the floor of the toy's ravine, at ``x``."""
    return landscape.toy(np.stack([x, 0.5 * np.sin(1.5 * x)], axis=-1))


def tried() -> list[list[float]]:
    """For each kind the shares that reach the deep hollow, with each of the rates that were tried."""
    return [[race.reached(kind, rate) for rate in race.TRIED] for kind in race.KINDS]


def ranges() -> Floats:
    """How far below and above its share (3, 2) each kind comes with the rates that were tried, in per cent."""
    shares = [race.reached(kind) for kind in race.KINDS]
    return 100 * np.array(
        [(max(s - min(t), 0.0), max(max(t) - s, 0.0)) for s, t in zip(shares, tried(), strict=True)]
    )


def in_a_row(texts: Mapping[race.Kind, str]) -> Tag:
    """Words on each kind in its colour, in one row at the upper edge."""
    row = VGroup(*(words.headline(text, OPTIMISERS[kind], size=LARGE) for kind, text in texts.items()))
    return Tag(shot.safe(titled=False).put(row.arrange(RIGHT, buff=0.45), UP))


def both_ways(way: Floats, share: float) -> tuple[Floats, Floats]:
    """Starts and ends (2, 2) of two arrows from the saddle along ``way`` and against it, grown to ``share``."""
    both = np.array([1.0, -1.0])[:, None] * way
    return race.saddle() + 0.08 * share * both, race.saddle() + 0.55 * share * both


def saddle_of(plane: Plane) -> tuple[Dots, Arrows, Arrows]:
    """The saddle point, two arrows uphill from it, and two downhill."""
    saddle = race.saddle()
    _, ways = np.linalg.eigh(curvatures(saddle))
    climbs, falls = Arrows(plane, GRADIENT, 2 * LINE), Arrows(plane, BALL, 2 * LINE)
    climbs.redraw(*both_ways(ways[:, 1], 1.0))
    falls.redraw(*both_ways(ways[:, 0], 1.0))
    return plane.dots([saddle], ink.chalk, "diamond", radius=0.2), climbs, falls


def ends_of_balls(lesson: CalculusOptimizationStage, plane: Plane) -> tuple[Cloud, Floats, Tag, Move]:
    """Balls that started across the saddle at their ends, their walks, its name, and the camera's move to it."""
    spot = race.saddle()
    low, high = plane.at([spot - NEAR, spot + NEAR])
    _, ways = np.linalg.eigh(curvatures(spot))
    draw = np.random.default_rng(SEED)
    begun = spot + np.linspace(-0.6, 0.6, LINGER)[:, None] * ways[:, 1]
    begun += 0.03 * draw.standard_normal((LINGER, 1)) * ways[:, 0]
    walks = race.run("gradient descent", begun)[: ROLLED + 1]
    balls = Cloud(plane, walks[-1], OPTIMISERS["gradient descent"], 0.05, 0.9)
    name = Tag(words.caption(plane.at(*(spot + SIDE)), "saddle point", RIGHT, ink.chalk, size=34.0))
    return balls, walks, name, lesson.frame.to_region((low[0], high[0]), (low[1], high[1]))


def one_walk(kind: race.Kind) -> Floats:
    """The walk of one kind from the picked start, as far as it is seen."""
    return race.run(kind, [landscape.TOY_START])[: ROLLED + 1, 0]


class Balls(CalculusOptimizationStage):
    """The landscape without fog, and who ends where on it."""

    @chapter("One race is no ranking", goes_on=True)
    def three_balls_one_start(self) -> None:
        self.untitled()
        self.lift_the_fog()
        self.name_the_places()
        self.lay_a_chord()
        self.race_three()
        self.race_from_everywhere()

    def lift_the_fog(self) -> None:
        """The ball comes to rest in fog, and the fog lifts."""
        self.shot(shot.close_up())
        self.mountain = mountain = self.toy_mountain()
        mountain.look(tilt=TILT, turn=TURN, lift=1.0)
        walk = one_walk("gradient descent")
        self.ground = ground = self.toy_ground(mountain, radius=SIGHT)
        ball = self.ball_on(mountain, walk)
        around = self.around_the_start()
        before = VGroup(*ends_of_moments())
        self.add(before)
        with self.beat(
            "Back in the fog, the ball comes to rest where the gradient is zero. But where is that?"
        ) as beat:
            beat.until("fog")
            self.play(FadeOut(before), run_time=pace.QUICK)
            self.frame.look(self.frame.to(around, share=1.2).aim())
            self.play(FadeIn(ground, ball), run_time=pace.QUICK)
            beat.over(
                mountain.drive(
                    lambda t: (ball.step(min(t, 1.0) * ROLLED), ground.redraw(middle=ball.position))[0]
                ),
                self.frame.follow(ball.ball),
                until="But",
                least=pace.LONG,
            )
            beat.rest()
        with self.beat("Let the fog lift.") as beat:
            beat.over(
                mountain.drive(lambda t: ground.redraw(radius=SIGHT + (ALL_LIT - SIGHT) * t**2)),
                self.frame.back(),
                least=pace.LONG,
            )
        self.shot(shot.wide())
        with self.beat("From above, the landscape is a map with two hollows.") as beat:
            beat.over(mountain.turning(tilt=0.0, turn=0.0, lift=0.0), least=pace.LONG)
        self.ball = ball

    def around_the_start(self) -> Dots:
        """What the close-up begins with: the lit ground around the start."""
        turn = np.linspace(0, 2 * np.pi, 9)
        rim = np.array(landscape.TOY_START) + 0.8 * LAMP * np.column_stack([np.cos(turn), np.sin(turn)])
        low, high = self.mountain.plane.limits
        points = self.mountain.at(self.mountain.raised(np.clip(rim, low, high)))
        around = self.mountain.plane.dots(rim)
        return around.put(points, around.radii)

    def name_the_places(self) -> None:
        """Two minima and the saddle between them."""
        plane: Plane = self.mountain.plane
        shallow, deep, saddle = race.hollow(race.SHALLOW), race.hollow(race.DEEP), race.saddle()
        rings = [plane.dots([spot], GOAL, "ring", radius=0.34) for spot in (shallow, deep)]
        names = [
            Tag(words.caption(plane.at(*shallow), "local minimum", DOWN, GOAL, gap=0.5, size=LARGE)),
            Tag(words.caption(plane.at(*deep), "global minimum", UP, GOAL, gap=0.5, size=LARGE)),
        ]
        with self.beat(
            "A local minimum is no higher than any point near it. The lowest one is the global minimum."
        ) as beat:
            self.play(FadeIn(rings[0], scale=1.5), FadeIn(names[0]), run_time=pace.BRISK)
            beat.over(words.light(rings[0], ink.chalk), words.light(names[0].text), until="lowest")
            beat.over(FadeIn(rings[1], scale=1.5), until="global")
            beat.over(FadeIn(names[1]))
        cross, climbs, falls = saddle_of(plane)
        _, ways = np.linalg.eigh(curvatures(saddle))
        down, up = ways[:, 0], ways[:, 1]
        name = Tag(
            words.caption(
                plane.at(*(saddle + np.array([0.3, -0.08]))), "saddle point", RIGHT, ink.chalk, size=LARGE
            )
        )
        with self.beat(
            "Between them lies a saddle point: the gradient is zero, uphill one way and downhill another."
        ) as beat:
            beat.over(FadeIn(cross, scale=2), FadeIn(name), until="uphill")
            beat.over(
                glide(climbs.redraw, both_ways(up, 0.0), both_ways(up, 1.0)),
                until="downhill",
                least=pace.CALM,
            )
            beat.over(
                glide(falls.redraw, both_ways(down, 0.0), both_ways(down, 1.0)),
                least=pace.CALM,
            )
        signs = "curvature:  all + minimum    all − maximum    + and − saddle"
        told = Tag(words.headline(signs, size=44.0))
        shot.safe(titled=False).put(told, DOWN)
        with self.beat(
            "Curvature tells them apart: positive in each direction, a minimum; negative, a maximum; mixed, a saddle."
        ) as beat:
            self.play(FadeIn(told), run_time=pace.BRISK)
            beat.over(*(words.light(ring, ink.chalk) for ring in rings), until="mixed")
            beat.over(words.light(cross))
        self.places = VGroup(*rings, *names, cross, name, falls, climbs, told)
        self.saddle = VGroup(*saddle_of(plane))

    def lay_a_chord(self) -> None:
        """A cut along the ravine's floor and a chord; then a convex function."""
        self.chart = chart = shot.EDGES.plane((-2.2, 2.2), (-1.15, 1.0), x_ticks=[], y_ticks=[])
        chart.frame.set_opacity(0)
        xs = np.linspace(-2.05, 2.05, 241)
        curve = chart.curve(xs, floor(xs), ink.chalk, 2 * LINE)
        ends = np.array([-1.25, 1.45])
        chord = chart.segment((ends[0], floor(ends)[0]), (ends[1], floor(ends)[1]), BALL, 1.6 * LINE)
        inner = np.linspace(ends[0], ends[1], 81)
        line = np.interp(inner, ends, floor(ends))
        above = chart.area(inner, line, np.maximum(floor(inner), line), WRONG, 0.5)
        bowl = 0.55 * xs**2 - 0.75
        bowl_ends = np.interp(ends, xs, bowl)
        convex = words.headline("[convex:truth]", size=84.0).move_to(chart.at(0, 0.72))
        not_convex = words.headline("[not convex:error]", size=72.0).move_to(chart.at(0, 0.72))
        with self.beat(
            "Cut along the ravine: two hollows. A straight chord dips below the hill between them."
        ) as beat:
            self.play(FadeOut(self.ground, self.ball, self.places), FadeIn(curve), run_time=pace.CALM)
            beat.over(
                glide(
                    chord.redraw,
                    ((ends[0], floor(ends[:1])[0]), (ends[0], floor(ends[:1])[0])),
                    ((ends[0], floor(ends[:1])[0]), (ends[1], floor(ends[1:])[0])),
                ),
                until="dips",
                least=pace.CALM,
            )
            beat.over(FadeIn(above, not_convex))
        with self.beat(
            "A convex function never rises above a chord of its graph. So each local minimum is global."
        ) as beat:
            self.play(FadeOut(above, not_convex), run_time=pace.QUICK)
            beat.over(
                glide(curve.redraw, (xs, floor(xs)), (xs, bowl)),
                glide(
                    chord.redraw,
                    ((ends[0], floor(ends[:1])[0]), (ends[1], floor(ends[1:])[0])),
                    ((ends[0], bowl_ends[0]), (ends[1], bowl_ends[1])),
                ),
                FadeIn(convex),
                until="chord",
                least=pace.SLOW,
            )
            dot = chart.dots([(0.0, -0.75)], GOAL, "diamond", radius=0.2)
            slide = chart.dots([(ends[0], bowl_ends[0])], BALL, radius=0.2)

            def roll(x: float) -> object:
                return slide.redraw([(x, 0.55 * x**2 - 0.75)])

            beat.over(glide(roll, float(ends[0]), 0.0, slide), FadeIn(dot), least=pace.SLOW)
        self.chorded = VGroup(curve, chord, convex, dot, slide)

    def race_three(self) -> None:
        """The three from the picked start."""
        plane = self.mountain.plane
        start = plane.dots([landscape.TOY_START], BALL, radius=0.17)
        walkers = {kind: Walker(plane, one_walk(kind), OPTIMISERS[kind]) for kind in race.KINDS}
        self.legend = in_a_row({kind: kind for kind in race.KINDS})
        names = self.legend.text
        self.ground.redraw(radius=ALL_LIT)
        with self.beat(
            "Three balls start at one place: gradient descent, momentum, Adam. Which one crosses?"
        ) as beat:
            self.play(FadeOut(self.chorded), FadeIn(self.ground, start), run_time=pace.CALM)
            beat.over("gradient", FadeIn(self.legend.plate, names[0]), until="momentum")
            beat.over(FadeIn(names[1]), until="Adam")
            beat.over(FadeIn(names[2]))
        self.think()
        with self.beat("Momentum rolls over the ridge into the deeper hollow. The other two stay.") as beat:
            self.play(FadeOut(start), FadeIn(*walkers.values()), run_time=pace.QUICK)
            beat.over(
                *(walked(walker, ROLLED, slowing) for walker in walkers.values()),
                least=pace.LONG + pace.LONG,
            )
            beat.rest()
        self.rolled = VGroup(*walkers.values())

    def race_from_everywhere(self) -> None:
        """The three from starts all over the map: each start in the colour of where its ball ends; then as bars."""
        plane = self.mountain.plane
        begun = race.everywhere()
        walks = race.run("gradient descent", begun)
        over = {kind: race.crossed(race.run(kind, begun)) for kind in race.KINDS}
        picked = np.tile(landscape.TOY_START, (len(begun), 1))
        balls = Cloud(plane, picked, BALL, DOT, 0.9)
        ended = VGroup(*self.coloured(walks[-1], over["gradient descent"]))
        others = [VGroup(*self.coloured(begun, over[kind])) for kind in ("Adam", "momentum")]
        tags = {
            kind: Tag(
                words.headline(
                    f"{told_kind(kind)}: [{percent(race.reached(kind))} end in the global minimum:truth]",
                    OPTIMISERS[kind],
                    size=48.0,
                )
            )
            for kind in race.KINDS
        }
        for tag in tags.values():
            shot.safe(titled=False).put(tag, UP + LEFT)
        key = VGroup(
            words.headline("[ends in the global minimum:truth]", size=54.0),
            words.headline("ends in the local minimum", ink.chalk, size=54.0),
        ).arrange(DOWN, buff=0.15, aligned_edge=LEFT)
        method = words.headline("gradient descent", OPTIMISERS["gradient descent"], size=54.0)
        rolling = Tag(shot.safe(titled=False).put(method, UP + RIGHT))
        told = Tag(shot.safe(titled=False).put(key, UP + LEFT))

        def roll(share: float) -> Cloud:
            return balls.redraw(between(walks, share * race.STEPS))

        def rewind(share: float) -> list[Cloud]:
            at = between(walks, share * race.STEPS)
            own = over["gradient descent"]
            return [cloud.redraw(at[chosen]) for cloud, chosen in zip(ended, (~own, own), strict=True)]

        with self.beat(
            "But that start was picked, and the land made up. So start from the whole map."
        ) as beat:
            beat.until("So")
            self.play(FadeOut(self.rolled, self.legend), FadeIn(balls), run_time=pace.QUICK)
            beat.over(glide(balls.redraw, picked, begun), least=pace.SLOW)
        with self.beat(
            "Let gradient descent take them down. Then colour each start by the minimum in which it ends."
        ) as beat:
            beat.over(
                FadeIn(rolling),
                drive(lambda t: roll(min(t, 1.0) ** 3), balls, rate_func=linear),
                until="colour",
                least=pace.SLOW,
            )
            self.play(FadeOut(balls), FadeIn(ended, told), run_time=pace.QUICK)
            beat.over(
                drive(lambda t: rewind((1 - min(t, 1.0)) ** 3), *ended, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat(
            "Gradient descent and Adam reach the global one from about half of the starts, momentum from 62 percent."
        ) as beat:
            self.play(FadeOut(told, rolling), FadeIn(tags["gradient descent"]), run_time=pace.QUICK)
            beat.over(words.light(tags["gradient descent"].text, ink.chalk), until="Adam")
            self.play(
                FadeOut(ended, tags["gradient descent"]), FadeIn(others[0], tags["Adam"]), run_time=pace.CALM
            )
            beat.until("momentum")
            self.play(
                FadeOut(others[0], tags["Adam"]), FadeIn(others[1], tags["momentum"]), run_time=pace.CALM
            )
            beat.over(words.light(tags["momentum"].text, ink.chalk))
        chart, note = self.bars_of_race()
        with self.beat("One race is no ranking: compare many starts, and several rates.") as beat:
            self.play(
                FadeOut(others[1], tags["momentum"], self.ground),
                FadeIn(chart, note),
                run_time=pace.CALM,
            )
            self.shot(shot.headline())
            shares = 100 * np.array([race.reached(kind) for kind in race.KINDS])
            beat.over(glide(chart.redraw, 0 * shares, shares), until="compare", least=pace.SLOW)
            chart.redraw(shares, spread=ranges())
            self.play(words.light(note), *(FadeIn(whisker) for whisker in chart.whiskers), run_time=pace.CALM)
            beat.rest()
        self.spread = VGroup(chart, note)
        self.look_at_the_saddle()

    def coloured(self, spots: Floats, over: npt.NDArray[np.bool_]) -> tuple[Cloud, Cloud]:
        """Those of ``spots`` (n, 2) that end in the local minimum, and those that went ``over`` to the global one."""
        plane = self.mountain.plane
        return (
            Cloud(plane, spots[~over], ink.chalk, 0.6 * DOT, 0.7),
            Cloud(plane, spots[over], GOAL, DOT, 1.0),
        )

    def bars_of_race(self) -> tuple[BarChart, Words]:
        """The shares of the three as bars that have not grown yet, and the settings."""
        free = shot.safe(titled=False)
        top, foot = free.rows(5, 1, gap=0.2)
        chart = BarChart(
            list(race.KINDS),
            np.zeros(3),
            (0.0, 100.0),
            top.width,
            top.height,
            colors=[OPTIMISERS[kind] for kind in race.KINDS],
            label="starts that end in the global minimum (%)",
            ticks=[0, 50, 100],
        )
        top.put(chart)
        rates = race.RATES
        note = words.label(
            f"{len(race.everywhere())} starts, {race.STEPS} steps; η = {rates['gradient descent']:g},"
            f" Adam {rates['Adam']:g}; momentum β = {race.BETA:g}\nwhiskers: range over η from {min(race.TRIED):g} to"
            f" {max(race.TRIED):g}, not tuned",
            size=40.0,
        )
        return chart, foot.put(note)

    def look_at_the_saddle(self) -> None:
        """The camera goes to the saddle, where balls of gradient descent linger before they part."""
        balls, walks, name, sight = ends_of_balls(self, self.mountain.plane)
        balls.redraw(walks[0])
        with self.beat("Near a saddle point, the gradient is small, and descent lingers.") as beat:
            self.play(FadeOut(self.spread), run_time=pace.QUICK)
            self.shot(shot.wide())
            self.play(FadeIn(self.ground, self.saddle), run_time=pace.BRISK)
            beat.over(sight, until="gradient", least=pace.CALM)
            self.play(FadeIn(balls, name), run_time=pace.QUICK)
            beat.over(
                drive(lambda t: balls.redraw(between(walks, slowing(t) * ROLLED)), balls, rate_func=linear),
                least=pace.LONG,
            )


def told_kind(kind: race.Kind) -> str:
    """A kind by name, momentum with its β."""
    return f"{kind}, β = {race.BETA:g}" if kind == "momentum" else kind


def slowing(share: float) -> float:
    """A rate at which the first steps, which are long, are seen longer."""
    return float(min(share, 1.0) ** 1.7)


def curvatures(spot: Floats) -> Floats:
    """The matrix of second derivatives (2, 2) of the toy at ``spot``, by differences of its gradient."""
    return np.array(
        [
            (landscape.toy_gradient(spot + step) - landscape.toy_gradient(spot - step)) / 2e-5
            for step in 1e-5 * np.eye(2)
        ]
    )
