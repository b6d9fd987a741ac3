"""Schedules shrink the step; then the end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, ManimColor, VGroup, linear

from scenes.calculus_optimization.balls import ALL_LIT, ends_of_balls, one_walk, saddle_of
from scenes.calculus_optimization.limit import LARGE
from scenes.calculus_optimization.noise import Slope, between
from scenes.calculus_optimization.stage import (
    BALL,
    GOAL,
    GRADIENT,
    OPTIMISERS,
    WRONG,
    CalculusOptimizationStage,
    maths,
    walked,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.walker import Walker
from scenes.maths.calculus_optimization import batches, landscape, optimiser, race

NEAR: Final = ((-8.0, 8.5), (49.0, 40.5))
"""Corners of the map's part, in weights, in which the schedules are seen."""
KINDS: Final[dict[batches.Schedule, ManimColor]] = {"step": ink.quiet, "cosine": BALL, "warm-up": ink.chalk}
"""Colours of the schedules; constant rates are red."""
TITLES: Final = {"step": "step decay", "cosine": "cosine decay", "warm-up": "warm-up, then cosine"}
EARLY: Final = 100
"""First steps of Adam over which it is seen how they settle."""
DRAWS: Final = 20
"""Draws of mini-batches for which that is seen."""
FIRSTS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""First rates over which constant rates and cosine decay are compared."""


def left(schedule: batches.Schedule, first: float = batches.HIGH) -> float:
    """Per cent of the excess loss that is left at the end."""
    return float(100 * batches.left(schedule, first)[-1])


def forgiven(schedule: batches.Schedule) -> Floats:
    """Per cent that is left for each of the first rates."""
    return np.array([100 * batches.left(schedule, first)[-1] for first in FIRSTS])


def first_steps() -> Floats:
    """Adam's corrected ratio of moments (draws, steps) over its first steps, while the weights stay."""
    steps = np.arange(1, EARLY + 1)
    found = []
    for seed in range(DRAWS):
        first, second = optimiser.moments(batches.noisy_gradients(0, EARLY, seed=seed))
        mean = first / optimiser.filled(optimiser.BETA_1, steps)
        found.append(mean / np.sqrt(second / optimiser.filled(optimiser.BETA_2, steps)))
    return np.array(found)


class Shrink(CalculusOptimizationStage):
    """Schedules, and the end."""

    # --- schedules

    @chapter("A shrinking step forgives", "learning-rate schedules", goes_on=True)
    def a_shrinking_step_forgives(self) -> None:
        self.untitled()
        self.run_schedules()
        self.why_warm_up()
        self.forgive()
        self.last_picture()

    def run_schedules(self) -> None:
        """Each schedule as a curve with a playhead, and its runs on the map."""
        self.shot(shot.wide())
        self.map = near = Slope()
        strip = Plane((0, batches.STEPS), (0, 0.23), 11.6, 1.75, x_ticks=[], y_ticks=[])
        plate = Tag(strip, opacity=0.92)
        shot.Region(shot.SAFE.left + 0.3, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.bottom + 1.8).put(
            plate
        )
        eta = words.label("[η:focus]", size=LARGE).next_to(strip, LEFT, buff=0.25)
        steps = np.arange(batches.STEPS)
        mountain = self.toy_mountain()
        ground = self.toy_ground(mountain, one_walk("gradient descent")[-1], ALL_LIT)
        balls, _, told, sight = ends_of_balls(self, mountain.plane)
        before = VGroup(ground, *saddle_of(mountain.plane), balls, told)
        self.add(before)
        self.frame.look(sight.aim())
        wild = batches.descend("constant", batches.HIGH)
        cloud = near.cloud(wild[0])
        low, high = near.plane.at(NEAR)
        texts: dict[batches.Schedule, str] = {
            "step": "Step decay lowers it in jumps. At each of them the cloud draws together, and the loss drops.",
            "cosine": "Cosine decay lowers it smoothly, along a cosine, down to zero.",
            "warm-up": "Warm-up raises the learning rate from near zero over the first steps.",
        }
        name = Tag(words.headline("[learning-rate schedule:focus]", size=LARGE))
        shot.safe(titled=False).put(name, UP + RIGHT)
        self.pin(plate, eta, name)
        with self.beat(
            "Back to mini-batches. Far from the goal, take large steps. Near it, noise is most of what is left."
        ) as beat:
            self.play(
                FadeOut(before), FadeIn(near.contour, near.goal, cloud), self.frame.back(), run_time=pace.CALM
            )
            beat.over(
                drive(lambda t: cloud.redraw(between(wild, 12 * t)), cloud, rate_func=linear),
                until="Near",
                least=pace.CALM,
            )
            beat.over(
                drive(lambda t: cloud.redraw(between(wild, 12 + 40 * t)), cloud, rate_func=linear),
                self.frame.to_region((low[0], high[0]), (low[1], high[1])),
                least=pace.CALM,
            )
        with self.beat("A learning-rate schedule changes the rate as training goes on.") as beat:
            beat.over(
                FadeIn(name),
                drive(lambda t: cloud.redraw(between(wild, 52 + 30 * t)), cloud, rate_func=linear),
                until="changes",
            )
            beat.over(
                FadeIn(plate, eta),
                drive(lambda t: cloud.redraw(between(wild, 82 + 30 * t)), cloud, rate_func=linear),
            )
        old = VGroup(name)
        for kind, text in texts.items():
            rates, walks = batches.rates(kind), batches.descend(kind)
            curve = strip.curve(steps, rates, KINDS[kind], 2 * LINE, share=0.0)
            head = Tag(words.headline(TITLES[kind], KINDS[kind], size=64.0))
            shot.safe(titled=False).put(head, UP + RIGHT)
            dot = strip.dots([(0, rates[0])], BALL, radius=0.14)
            self.pin(head, curve, dot)

            def go(
                share: float, w: Floats = walks, c: object = curve, d: object = dot, r: Floats = rates
            ) -> list[object]:
                at = min(share, 1.0) * (batches.STEPS - 1)
                c.reveal(share)  # type: ignore[attr-defined]
                d.redraw([(at, float(np.interp(at, steps, r)))])  # type: ignore[attr-defined]
                return [cloud.redraw(between(w, at + 1)), c, d]

            with self.beat(text) as beat:
                coming = [head, curve, dot]
                self.play(FadeOut(old), FadeIn(*coming), run_time=pace.BRISK)
                beat.over(drive(go, rate_func=linear), least=pace.LONG + pace.LONG)
            old = VGroup(*coming)
        self.scheduled = VGroup(near.contour, near.goal, cloud, plate, eta, old)

    def why_warm_up(self) -> None:
        """Adam's corrected step over its first steps, in many draws: at first full, and as noisy as one gradient."""
        frame = shot.safe(titled=False)
        chart = frame.plane(
            (0, EARLY),
            (-1.5, 1.5),
            x_ticks=[1, 50, 100],
            y_ticks=[-1, 0, 1],
            x_label="step $t$",
            y_label=f"Adam's step of one weight, in η: {DRAWS} draws",
            tick_size=44.0,
            name_size=44.0,
        )
        steps = np.arange(1, EARLY + 1)
        sizes = -first_steps()
        curves = [chart.curve(steps, row, OPTIMISERS["Adam"], LINE, share=0.0) for row in sizes]
        zero = chart.segment((0, 0), (EARLY, 0), ink.faint)
        begun = chart.dots(np.column_stack([np.ones(DRAWS), sizes[:, 0]]), BALL, radius=0.16)
        wrong = int((sizes[:, 0] < 0).sum())
        names = [
            chart.label(12, 1.28, f"{DRAWS - wrong} draws: towards the minimum", RIGHT, GOAL, size=52.0),
            chart.label(12, -1.2, f"{wrong} draws: away from it", RIGHT, WRONG, size=52.0),
        ]
        for curve in curves:
            curve.set_stroke(opacity=0.75)
        with self.beat(
            "Adam's first step has full length, whichever way one noisy gradient points: in six of twenty draws,"
            " wrongly."
        ) as beat:
            self.play(FadeOut(self.scheduled), FadeIn(chart, zero), self.frame.back(), run_time=pace.CALM)
            self.shot(shot.headline())
            self.play(FadeIn(begun, scale=1.5), run_time=pace.BRISK)
            beat.over(FadeIn(names[0]), until="in six")
            beat.over(FadeIn(names[1]))
        left_here = [left(kind) for kind in ("cosine", "warm-up")]
        told = words.label(
            f"SGD: cosine leaves {left_here[0]:.2f} %, with warm-up {left_here[1]:.2f} %", size=44.0
        )
        told.next_to(chart.at(8, -1.2), RIGHT, buff=0.0)
        with self.beat(
            "Large networks, with random starting weights, often need warm-up. In this bowl it does not help."
        ) as beat:
            beat.over(
                *(glide(curve.reveal, 0.0, 1.0, rate_func=linear) for curve in curves),
                FadeOut(names[1]),
                until="In this",
                least=pace.LONG,
            )
            beat.over(FadeIn(told))
        self.scheduled = VGroup(chart, zero, begun, *curves, names[0], told)

    def forgive(self) -> None:
        """What is left over first rates, with and without a schedule: the best of each, and the rest."""
        frame = shot.safe(titled=False)
        chart = frame.plane(
            (0.003, 4.0),
            (0.02, 40),
            log_x=True,
            log_y=True,
            x_ticks=[0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8],
            y_ticks=[0.1, 1, 10],
            x_label="first learning rate (logarithmic)",
            y_label=f"excess loss left (%), {batches.RUNS} runs, ± 4–11 % of it",
            tick_size=44.0,
            name_size=40.0,
        )
        constant, cosine = forgiven("constant"), forgiven("cosine")
        pair = [
            (
                chart.curve(FIRSTS, each, color, 2 * LINE, share=0.0),
                chart.dots(np.column_stack([FIRSTS, each]), color, radius=0.12),
                chart.label(FIRSTS[-1], each[-1], name, RIGHT, color, size=54.0, gap=0.25),
            )
            for each, color, name in ((constant, WRONG, "constant"), (cosine, KINDS["cosine"], "cosine"))
        ]
        spots = [(FIRSTS[int(each.argmin())], float(each.min())) for each in (constant, cosine)]
        rings = [chart.dots([spot], ink.chalk, "ring", radius=0.3) for spot in spots]
        told = [
            chart.label(*spot, f"{spot[1]:.2f} %", side, color, size=54.0, gap=0.4)
            for spot, side, color in zip(spots, (LEFT, DOWN), (WRONG, KINDS["cosine"]), strict=True)
        ]
        with self.beat(
            "Does a schedule pay? The best constant rate leaves 0.12 percent of the excess loss; the best"
            " cosine decay, 0.10."
        ) as beat:
            self.play(FadeOut(self.scheduled), FadeIn(chart), run_time=pace.CALM)
            beat.over(
                *(glide(curve.reveal, 0.0, 1.0) for curve, _, _ in pair),
                *(FadeIn(dots) for _, dots, _ in pair),
                until="best",
                least=pace.CALM,
            )
            self.play(*(FadeIn(name) for *_, name in pair), FadeIn(rings[0], told[0]), run_time=pace.QUICK)
            beat.over("best cosine", FadeIn(rings[1], told[1]))
        gap = Arrows(chart, ink.chalk, 2 * LINE)
        place = FIRSTS.index(batches.HIGH)
        high, low = float(constant[place]), float(cosine[place])
        tenth = chart.label(
            batches.HIGH,
            float(np.sqrt(high * low)),
            f"{high:.1f} → {low:.1f} %",
            RIGHT,
            ink.chalk,
            size=54.0,
            gap=0.3,
        )
        with self.beat(
            "And it forgives a first rate that is too large: at 0.2, it leaves less than a tenth."
        ) as beat:
            beat.until("at 0.2")
            beat.over(
                glide(
                    gap.redraw,
                    ((batches.HIGH, high), (batches.HIGH, 0.99 * high)),
                    ((batches.HIGH, high), (batches.HIGH, low)),
                ),
                FadeIn(tenth),
                least=pace.CALM,
            )
        worse = Arrows(chart, ink.chalk, 2 * LINE)
        grown = words.label(f"{constant[0]:.1f} → {cosine[0]:.0f} %", ink.chalk, size=54.0)
        grown.next_to(chart.at(0.0078, 11.0), RIGHT, buff=0.0)
        with self.beat("One that is too small it makes worse. So in this bowl, start rather high.") as beat:
            beat.over(
                glide(
                    worse.redraw,
                    ((FIRSTS[0], constant[0]), (FIRSTS[0], constant[0] * 1.01)),
                    ((FIRSTS[0], constant[0]), (FIRSTS[0], cosine[0])),
                ),
                FadeIn(grown),
                until="So",
                least=pace.CALM,
            )
            beat.over(words.light(pair[1][0], ink.chalk), words.light(pair[1][2], ink.chalk))
        self.forgiving = VGroup(
            chart, worse, gap, tenth, grown, *rings, *told, *(each for row in pair for each in row)
        )

    # --- the end

    def last_picture(self) -> None:
        """The landscape without fog, three trails, and the concepts by name."""
        self.shot(shot.wide())
        mountain = self.toy_mountain()
        ground = self.toy_ground(mountain, radius=ALL_LIT)
        plane = mountain.plane
        walkers = [Walker(plane, one_walk(kind), OPTIMISERS[kind]) for kind in race.KINDS]
        start = np.array(landscape.TOY_START)
        gradient = landscape.toy_gradient(start)
        uphill = gradient / np.linalg.norm(gradient)
        arrow = plane.vector(start, start + 0.5 * uphill, GRADIENT, 2 * LINE)
        rule = Tag(maths("theta <- theta - eta nabla f(theta)", 84.0))
        shot.safe(titled=False).put(rule, DOWN + RIGHT)
        shallow, deep, saddle = race.hollow(race.SHALLOW), race.hollow(race.DEEP), race.saddle()
        x, y, _ = plane.at(*shallow)
        around = (x - 4.6, x + 4.6), (y - 2.6, y + 2.6)
        kinds = VGroup(*(words.headline(kind, OPTIMISERS[kind], size=48.0) for kind in race.KINDS))
        kinds.arrange(RIGHT, buff=0.45)
        names = [
            Tag(
                words.caption(
                    plane.at(*(start + np.array([0.25, 0.38]))), "gradient", RIGHT, GRADIENT, size=44.0
                )
            ),
            Tag(shot.safe(titled=False).put(words.label("η: learning rate", BALL, size=48.0), DOWN + LEFT)),
            Tag(shot.safe(titled=False).put(kinds, UP + RIGHT)),
            Tag(words.caption(plane.at(*shallow), "local minimum", DOWN + LEFT, GOAL, gap=0.35, size=44.0)),
            Tag(words.caption(plane.at(*deep), "global minimum", UP, GOAL, gap=0.5, size=44.0)),
            Tag(
                words.caption(
                    plane.at(*(saddle + np.array([0.08, -0.1]))),
                    "saddle point",
                    DOWN + RIGHT,
                    ink.chalk,
                    size=44.0,
                )
            ),
        ]
        cross = plane.dots([saddle], ink.chalk, "diamond", radius=0.16)
        with self.beat(
            "How do you find a valley in fog? You step against the gradient, again and again."
        ) as beat:
            self.play(FadeOut(self.forgiving), FadeIn(ground, arrow), run_time=pace.CALM)
            self.play(FadeIn(names[0]), run_time=pace.QUICK)
            self.add(*walkers)
            beat.over(*(walked(walker, 12, linear) for walker in walkers), least=pace.LONG)
            self.play(FadeIn(rule), run_time=pace.QUICK)
        with self.beat(
            "The learning rate scales the step; momentum and Adam shape it; a schedule shrinks it."
        ) as beat:
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            beat.over(words.light(rule.text.part("eta")), until="momentum")
            self.play(FadeIn(names[2]), run_time=pace.QUICK)
            beat.over(
                *(walked(walker, 90, linear) for walker in walkers),
                until="a schedule",
                least=pace.SLOW,
            )
            beat.over(words.light(rule.text.part("eta")), least=pace.BRISK)
        with self.beat("Whether the valley is the deepest, the fog does not tell.") as beat:
            beat.over(FadeOut(*names[:3], arrow), FadeIn(*names[3:], cross), until="fog")
            beat.over(
                glide(ground.redraw, (start, ALL_LIT), (shallow, 1.1)),
                FadeOut(*names[3:], cross, *walkers[1:], rule),
                self.frame.to_region(*around),
                least=pace.LONG,
            )
