"""Mini-batches make slopes noisy, and schedules shrink the step; then the end."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, ManimColor, VGroup, linear

from scenes.calculus_optimization.balls import ALL_LIT, between, ends_of_balls, one_walk, saddle_of
from scenes.calculus_optimization.limit import LARGE
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
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Cloud
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.kit.walker import Walker
from scenes.kit.words import Readout
from scenes.maths.calculus_optimization import batches, landscape, optimiser, race

FAN: Final = 60
"""Mini-batch gradients that are drawn at the start."""
TRIES: Final = 5
"""Mini-batches of patients that are shown in one sentence."""
PULL: Final = 0.32
"""By how much gradients are drawn shorter than they are."""
NEAR: Final = ((-8.0, 8.5), (49.0, 40.5))
"""Corners of the map's part, in weights, in which the schedules are seen."""
KINDS: Final = {"step": ink.quiet, "cosine": BALL, "warm-up": ink.chalk}
"""Colours of the schedules; constant rates are red."""
TITLES: Final = {"step": "step decay", "cosine": "cosine decay", "warm-up": "warm-up, then cosine"}
HAND: Final = 0.01
"""A constant rate that was picked after all had been tried."""
EARLY: Final = 100
"""First steps of Adam over which it is seen how its second moment settles."""
DRAWS: Final = 20
"""Draws of mini-batches for which that is seen."""
FIRSTS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""First rates over which constant rates and cosine decay are compared."""


def left(schedule: batches.Schedule, first: float = batches.HIGH) -> float:
    """Per cent of the excess loss that is left at the end."""
    return float(100 * batches.left(schedule, first)[-1])


def forgiven(schedule: batches.Schedule) -> Floats:
    """Per cent that is left for each of the first rates."""
    return np.array([100 * batches.left(schedule, first)[-1] for first in FIRSTS])


def usual_sizes() -> Floats:
    """Adam's corrected root of the second moment (draws, steps) over its first steps, while the weights stay."""
    steps = np.arange(1, EARLY + 1)
    rows = [batches.noisy_gradients(0, EARLY, seed=seed) for seed in range(DRAWS)]
    return np.array(
        [np.sqrt(optimiser.moments(row)[1] / optimiser.filled(optimiser.BETA_2, steps)) for row in rows]
    )


class Slope:
    """The loss over the two weights as a map through the whole frame, and clouds of runs on it."""

    def __init__(self, x: tuple[float, float] = (-14.0, 72.0), y: tuple[float, float] = (-2.0, 46.4)) -> None:
        people = batches.patients()
        self.plane: Plane = shot.EDGES.plane(x, y, equal=True, x_ticks=[], y_ticks=[])
        self.plane.frame.set_opacity(0)
        mesh = self.plane.mesh(161, 91)
        levels = 3.0 * np.arange(1, 30) ** 2
        self.contour = self.plane.contour(people.excess(mesh), levels, ink.quiet, THIN)
        self.contour.set_stroke(opacity=0.45)
        self.goal = self.plane.dots([people.best()], GOAL, "diamond", radius=0.17)

    def cloud(self, runs: Floats, color: ManimColor = BALL) -> Cloud:
        """The runs (500, 2) where they are."""
        return Cloud(self.plane, runs, color, 0.045, 0.75)


def left_of(rate: float, at: Value, shares: Floats) -> Tag:
    """A constant ``rate``, and what of the excess loss is left, ``shares`` (steps + 1,), after the steps of ``at``."""

    def left_after(step: float) -> float:
        return float(shares[round(step)])

    told = VGroup(
        words.headline(f"constant [η = {rate:g}:focus]", size=50.0),
        Readout(at.of(round), 0, label=f"{batches.RUNS} runs, step", size=50.0, digits=3),
        Readout(at.of(left_after), 1, unit="% of the start's", label="excess loss", size=50.0, digits=3),
    ).arrange(DOWN, aligned_edge=LEFT, buff=0.25)
    return Tag(shot.safe(titled=False).put(told, RIGHT + DOWN))


class Shrink(CalculusOptimizationStage):
    """Noise, schedules, and the end."""

    @chapter("Noisy slopes keep a constant step moving", goes_on=True)
    def noisy_slopes_keep_a_constant_step_moving(self) -> None:
        self.untitled()
        self.show_patients()
        self.fan_of_gradients()
        self.constant_rates()

    def show_patients(self) -> None:
        """442 patients by two measures, of whom ten light up."""
        (frame,) = self.shot(shot.headline())
        mountain = self.toy_mountain()
        ground = self.toy_ground(mountain, one_walk("gradient descent")[-1], ALL_LIT)
        balls, _, told, sight = ends_of_balls(self, mountain.plane)
        before = VGroup(ground, *saddle_of(mountain.plane), balls, told)
        self.add(before)
        self.frame.look(sight.aim())
        people = batches.patients()
        plane = frame.plane(
            (-2.6, 3.8),
            (-2.9, 3.3),
            x_ticks=[],
            y_ticks=[],
            x_label="body mass index (standardised)",
            y_label="blood fat: log of triglycerides (standardised)",
            name_size=44.0,
        )
        reach = np.clip((people.outcome - people.outcome.min()) / np.ptp(people.outcome), 0.08, 1)
        dots = plane.dots(people.measures, ink.chalk, radius=0.05 + 0.13 * reach)
        key = Tag(
            words.label(f"{len(people.outcome)} patients\ndot size: how far the disease went", size=44.0)
        )
        shot.safe(titled=False).inset(0.0, 0.9).put(key, RIGHT + DOWN)
        draw = np.random.default_rng(0)
        with self.beat(
            "Now real data, of patients with diabetes. Two measures, each with its weight, are to predict how far"
            " the disease goes."
        ) as beat:
            beat.until("data")
            self.play(FadeOut(before), FadeIn(plane), self.frame.back(), run_time=pace.CALM)
            beat.over(FadeIn(dots), until="Two", least=pace.SLOW)
            beat.over(FadeIn(key), until="predict")
            beat.over(words.light(key.text))
        rings = []
        for _ in range(TRIES):
            rows = draw.integers(0, len(people.outcome), batches.BATCH)
            rings.append(dots.ring(sorted(set(rows.tolist())), BALL))
        name = Tag(
            words.headline(f"[mini-batch gradient:focus]\n{batches.BATCH} random patients", size=LARGE)
        )
        shot.safe(titled=False).inset(0.0, 0.9).put(name, RIGHT + DOWN)
        with self.beat(
            "A mini-batch gradient averages over a few random examples, not the whole data, drawn anew each step."
        ) as beat:
            self.play(
                dots.animate.set_opacity(0.4), FadeOut(key), FadeIn(name, rings[0]), run_time=pace.BRISK
            )
            for old, new in pairwise(rings[:TRIES]):
                self.play(FadeOut(old), FadeIn(new), run_time=pace.BRISK)
        self.patients = VGroup(plane, dots, name, rings[-1])

    def fan_of_gradients(self) -> None:
        """Many mini-batch gradients at the start, and the one over all patients."""
        self.shot(shot.wide())
        self.map = Slope()
        people, plane = batches.patients(), self.map.plane
        rows = np.random.default_rng(1).integers(0, len(people.outcome), (FAN, batches.BATCH))
        start = np.zeros(2)
        noisy = -PULL * people.gradient(np.zeros((FAN, 2)), rows)
        true = -PULL * people.gradient(start)
        fan = Arrows(plane, BALL, LINE)
        fan.set_opacity(0.4)
        bold = Arrows(plane, ink.chalk, 3 * LINE)
        ball = plane.dots([start], BALL, radius=0.2)
        names = [
            Tag(plane.label(27, 4.4, "downhill, by mini-batches", RIGHT, BALL, size=LARGE)),
            Tag(
                words.caption(
                    plane.at(27, 10.4),
                    "downhill, by all patients",
                    RIGHT,
                    ink.chalk,
                    size=LARGE,
                )
            ),
        ]
        with self.beat(
            "On the map of the two weights, here are many at the start, turned downhill. On average"
            " they are right, but each is noisy."
        ) as beat:
            self.play(
                FadeOut(self.patients), FadeIn(self.map.contour, self.map.goal, ball), run_time=pace.CALM
            )
            beat.over(
                glide(fan.redraw, (0 * noisy, 0 * noisy), (0 * noisy, noisy)),
                FadeIn(names[0]),
                until="average",
                least=pace.SLOW,
            )
            beat.over(glide(bold.redraw, (start, start), (start, true)), FadeIn(names[1]))
        one = batches.descend("constant", batches.HIGH)[:61, 0]
        walker = Walker(plane, one, BALL)
        name = Tag(words.headline("[stochastic gradient descent:focus]", size=LARGE))
        shot.safe(titled=False).put(name, RIGHT + DOWN)
        with self.beat(
            "Descent with them is stochastic gradient descent, SGD: cheap steps, a rough path."
        ) as beat:
            self.play(FadeOut(fan, bold, *names, ball), FadeIn(walker, name), run_time=pace.BRISK)
            beat.over(walked(walker, 60, linear), least=pace.LONG + pace.SLOW)
        self.one = VGroup(walker, name)

    def constant_rates(self) -> None:
        """Five hundred runs with one constant rate, and with a smaller one."""
        before = self.one
        for rate, text in (
            (
                batches.HIGH,
                "Now many such runs. With a constant rate of 0.2, the noise keeps them moving. Their excess"
                " loss, above the least, stops falling.",
            ),
            (
                batches.LOW,
                "With 0.005 they are calm, and end lower, at 1.3 percent. But still they fall: they have not arrived.",
            ),
        ):
            walks = batches.descend("constant", rate)
            shares = 100 * batches.left("constant", rate)
            cloud, at = self.map.cloud(walks[0]), Value(0)
            plate = left_of(rate, at, shares)

            def stand(step: float, w: Floats = walks, c: Cloud = cloud) -> Cloud:
                return c.redraw(between(w, step))

            with self.beat(text) as beat:
                self.play(FadeOut(before), FadeIn(cloud, plate), run_time=pace.BRISK)
                at.draws(stand)
                beat.over(at.to(batches.STEPS, rate_func=linear), least=pace.LONG + pace.LONG)
            before = VGroup(cloud, plate)

    # --- schedules

    @chapter("A shrinking step forgives", "learning-rate schedules", goes_on=True)
    def a_shrinking_step_forgives(self) -> None:
        self.untitled()
        self.run_schedules()
        self.why_warm_up()
        self.compare_schedules()
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
        calm = near.cloud(batches.descend("constant", batches.LOW)[-1])
        told = left_of(batches.LOW, Value(batches.STEPS), 100 * batches.left("constant", batches.LOW))
        self.add(near.contour, near.goal, calm, told)
        wild = batches.descend("constant", batches.HIGH)
        cloud = near.cloud(wild[0])
        low, high = near.plane.at(NEAR)
        texts: dict[batches.Schedule, str] = {
            "step": "Step decay lowers it in jumps. At each of them the cloud draws together.",
            "cosine": "Cosine decay lowers it smoothly, along a cosine, down to zero.",
            "warm-up": "Warm-up raises the learning rate from near zero over the first steps.",
        }
        name = Tag(words.headline("[learning-rate schedule:focus]", size=LARGE))
        shot.safe(titled=False).put(name, UP + RIGHT)
        self.pin(plate, eta, name)
        with self.beat(
            "Far from the goal the slope is clear: take large steps. Near it, noise is most of what is left."
        ) as beat:
            beat.until("goal")
            self.play(FadeOut(calm, told), FadeIn(cloud), run_time=pace.BRISK)
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
        """Adam's corrected root of the second moment over its first steps, in many draws: right in size, but noisy."""
        frame = shot.safe(titled=False)
        chart = frame.plane(
            (1, EARLY),
            (0, 62),
            x_ticks=[1, 50, 100],
            y_ticks=[0, 20, 40, 60],
            x_label="step $t$",
            y_label=f"Adam's usual size of a gradient, $sqrt(hat(v))$, in {DRAWS} draws",
            tick_size=40.0,
            name_size=40.0,
        )
        steps = np.arange(1, EARLY + 1)
        sizes = usual_sizes()
        curves = [chart.curve(steps, row, OPTIMISERS["Adam"], LINE, share=0.0) for row in sizes]
        for curve in curves:
            curve.set_stroke(opacity=0.75)
        with self.beat(
            "There, Adam's sizes rest on few gradients. One that is too small by chance makes the step too long."
        ) as beat:
            self.play(FadeOut(self.scheduled), FadeIn(chart), self.frame.back(), run_time=pace.CALM)
            self.shot(shot.headline())
            beat.over(
                *(glide(curve.reveal, 0.0, 0.3, rate_func=linear) for curve in curves),
                until="One",
                least=pace.SLOW,
            )
            beat.over(*(glide(curve.reveal, 0.3, 1.0, rate_func=linear) for curve in curves), least=pace.LONG)
        self.scheduled = VGroup(chart, *curves)

    def compare_schedules(self) -> None:
        """What of the excess loss is left at the end, of constant rates and schedules, as sorted bars."""
        rows: list[tuple[batches.Schedule, float, str, ManimColor]] = [
            ("constant", batches.HIGH, f"constant {batches.HIGH:g}", WRONG),
            ("constant", batches.LOW, f"constant {batches.LOW:g}", WRONG),
            ("warm-up", batches.HIGH, "warm-up, then cosine", KINDS["warm-up"]),
            ("cosine", batches.HIGH, "cosine decay", KINDS["cosine"]),
            ("step", batches.HIGH, "step decay", KINDS["step"]),
            ("constant", HAND, f"constant {HAND:g}", WRONG),
        ]
        values = np.array([left(kind, first) for kind, first, _, _ in rows])
        free = shot.safe(titled=False)
        chart = BarChart(
            [name for _, _, name, _ in rows],
            0 * values,
            (0.0, 2.6),
            free.width - 1.2,
            free.height,
            colors=[color for *_, color in rows],
            label="excess loss left (% of the start's), mean of 500 runs",
            ticks=[0, 1, 2],
        )
        free.put(chart)
        ends = [
            words.label(f"{value:.2f}", ink.chalk, size=48.0).next_to(
                chart.spot(value, place), RIGHT, buff=0.15
            )
            for place, value in enumerate(values)
        ]

        def grown(*numbers: int) -> Floats:
            return np.where(np.isin(np.arange(len(rows)), numbers), values, 0.0)

        shown = (grown(), grown(0, 1), grown(0, 1, 2, 3), grown(0, 1, 2, 3, 4), grown(*range(6)))
        with self.beat(
            "The constant rate of 0.2 leaves 2.4 percent of the excess loss. The schedules leave less than a tenth of"
            " that, and step decay least."
        ) as beat:
            self.play(FadeOut(self.scheduled), FadeIn(chart), self.frame.back(), run_time=pace.CALM)
            self.shot(shot.headline())
            self.play(glide(chart.redraw, shown[0], shown[1]), run_time=pace.CALM)
            beat.over(FadeIn(*ends[:2]), until="schedules", least=pace.QUICK)
            self.play(glide(chart.redraw, shown[1], shown[2]), run_time=pace.CALM)
            beat.over(FadeIn(*ends[2:4]), until="and step", least=pace.QUICK)
            self.play(glide(chart.redraw, shown[2], shown[3]), run_time=pace.BRISK)
            beat.over(FadeIn(ends[4]), least=pace.QUICK)
        with self.beat("A constant 0.01, picked afterwards, leaves less still. So why a schedule?") as beat:
            self.play(glide(chart.redraw, shown[3], shown[4]), run_time=pace.CALM)
            beat.over(FadeIn(ends[5]), until="So", least=pace.QUICK)
            beat.over(words.light(chart.names[5]))
        self.compared = VGroup(chart, *ends)

    def forgive(self) -> None:
        """What is left over first rates, with and without a schedule: where it helps and where it harms."""
        frame = shot.safe(titled=False)
        chart = frame.plane(
            (0.0045, 1.15),
            (0.06, 20),
            log_x=True,
            log_y=True,
            x_ticks=list(FIRSTS),
            y_ticks=[0.1, 1, 10],
            x_label="first learning rate (logarithmic)",
            y_label="excess loss (% of start's, logarithmic), mean of 500 runs",
            tick_size=40.0,
            name_size=40.0,
        )
        constant, cosine = forgiven("constant"), forgiven("cosine")
        pair = [
            (
                chart.curve(FIRSTS, each, color, 2 * LINE, share=0.0),
                chart.dots(np.column_stack([FIRSTS, each]), color, radius=0.12),
                chart.label(FIRSTS[-1], each[-1], name, RIGHT, color, size=48.0, gap=0.25),
            )
            for each, color, name in ((constant, WRONG, "constant"), (cosine, KINDS["cosine"], "cosine"))
        ]
        with self.beat("It forgives a first rate that is too large.") as beat:
            self.play(FadeOut(self.compared), FadeIn(chart), run_time=pace.CALM)
            beat.over(
                *(glide(curve.reveal, 0.0, 1.0) for curve, _, _ in pair),
                *(FadeIn(dots) for _, dots, _ in pair),
                least=pace.SLOW,
            )
            self.play(*(FadeIn(name) for *_, name in pair), run_time=pace.QUICK)
        worse = Arrows(chart, ink.chalk, 2 * LINE)
        told = words.label(f"{constant[0]:.1f} → {cosine[0]:.0f} %", ink.chalk, size=48.0)
        told.next_to(chart.at(0.0078, 9.0), RIGHT, buff=0.0)
        with self.beat(
            "One that is too small it makes worse. So start a schedule rather high than low."
        ) as beat:
            beat.over(
                glide(
                    worse.redraw,
                    ((FIRSTS[0], constant[0]), (FIRSTS[0], constant[0] * 1.01)),
                    ((FIRSTS[0], constant[0]), (FIRSTS[0], cosine[0])),
                ),
                FadeIn(told),
                until="So",
                least=pace.CALM,
            )
            beat.over(words.light(pair[1][0], ink.chalk), words.light(pair[1][2], ink.chalk))
        self.forgiving = VGroup(chart, worse, told, *(each for row in pair for each in row))

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
        kinds = VGroup(*(words.headline(kind, OPTIMISERS[kind], size=48.0) for kind in race.KINDS))
        kinds.arrange(RIGHT, buff=0.45)
        names = [
            Tag(
                words.caption(
                    plane.at(*(start + np.array([0.25, 0.38]))), "gradient", RIGHT, GRADIENT, size=44.0
                )
            ),
            Tag(plane.label(-1.55, 0.66, "learning rate: scales the step", RIGHT, BALL, size=44.0)),
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
                least=pace.LONG,
            )
