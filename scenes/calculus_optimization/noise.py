"""Mini-batches make slopes noisy: real data, and clouds of runs with constant rates."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, ManimColor, VGroup, linear

from scenes.calculus_optimization.heavy import NARROW, ends_of_heavy
from scenes.calculus_optimization.limit import LARGE, Valley
from scenes.calculus_optimization.stage import BALL, GOAL, CalculusOptimizationStage, walked
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Cloud
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
from scenes.maths.calculus_optimization import batches

FAN: Final = 60
"""Mini-batch gradients that are drawn at the start."""
TRIES: Final = 5
"""Mini-batches of patients that are shown in one sentence."""
PULL: Final = 0.32
"""By how much gradients are drawn shorter than they are."""


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


def between(walks: Floats, at: float) -> Floats:
    """Points (runs, 2) of ``walks`` (steps + 1, runs, 2) after ``at`` steps."""
    at = min(at, len(walks) - 1.0)
    low = min(int(at), len(walks) - 2)
    return np.asarray((1 - at + low) * walks[low] + (at - low) * walks[low + 1])


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


def mini_batch(draw: np.random.Generator) -> npt.NDArray[np.int64]:
    """The patients of one mini-batch, drawn anew."""
    return draw.integers(0, len(batches.patients().outcome), batches.BATCH)


def ends_of_noise() -> tuple[Slope, Cloud, Tag]:
    """The map, the cloud of the smaller rate at its end, and what is left: as the chapter of noise ends."""
    near = Slope()
    calm = near.cloud(batches.descend("constant", batches.LOW)[-1])
    told = left_of(batches.LOW, Value(batches.STEPS), 100 * batches.left("constant", batches.LOW))
    return near, calm, told


class Noise(CalculusOptimizationStage):
    """Gradients from a few examples, and what they do to a constant rate."""

    @chapter("Noisy slopes keep a constant step moving", goes_on=True)
    def noisy_slopes_keep_a_constant_step_moving(self) -> None:
        self.untitled()
        self.show_patients()
        self.fan_of_gradients()
        self.constant_rates()

    def show_patients(self) -> None:
        """442 patients by two measures, of whom ten light up."""
        (frame,) = self.shot(shot.headline())
        valley = Valley(self)
        valley.squeeze(NARROW)
        slow, fast, told, sight = ends_of_heavy(self, valley)
        before = VGroup(valley.contour, valley.goal, slow, fast, *told)
        self.add(valley.contour, valley.goal, slow, fast, *told)
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
            "So far each slope was exact. Now real data, of patients with diabetes: two measures, each with its weight,"
            " predict how far the disease goes."
        ) as beat:
            beat.until("data")
            self.play(FadeOut(before), FadeIn(plane), self.frame.back(), run_time=pace.CALM)
            beat.over(FadeIn(dots), until="two", least=pace.SLOW)
            beat.over(FadeIn(key), until="predict")
            beat.over(words.light(key.text))
        rings = []
        for _ in range(TRIES):
            rows = mini_batch(draw)
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
            Tag(words.headline(f"[{FAN} mini-batches of {batches.BATCH}:focus]", size=LARGE)),
            Tag(words.headline(f"all {len(people.outcome)} patients", size=LARGE)),
        ]
        shot.safe(titled=False).put(VGroup(*names).arrange(DOWN, aligned_edge=RIGHT, buff=0.3), UP + RIGHT)
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
        name = Tag(
            words.headline(
                "[stochastic gradient descent:focus]"
                f"\na step costs {batches.BATCH} gradients, not {len(people.outcome)}",
                size=LARGE,
            )
        )
        shot.safe(titled=False).put(name, RIGHT + DOWN)
        with self.beat(
            "Descent with them is stochastic gradient descent, SGD. A step costs ten gradients, not one for each"
            " patient; but the path is rough."
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
                "With 0.005 they are calm, and end lower. But still they fall: they have not arrived.",
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
