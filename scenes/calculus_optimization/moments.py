"""Adam: two moving averages give each parameter a step of its own."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.calculus_optimization.heavy import NARROW, ends_of_heavy
from scenes.calculus_optimization.limit import (
    BELOW,
    BETAS,
    LARGE,
    PATIENCE,
    RATES,
    Valley,
    arrival,
    plain,
    rotation,
    valley_walk,
)
from scenes.calculus_optimization.noise import ends_of_noise
from scenes.calculus_optimization.stage import (
    BALL,
    GRADIENT,
    OPTIMISERS,
    WRONG,
    CalculusOptimizationStage,
    maths,
    walked,
)
from scenes.kit import ink, pace, shot, words
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
from scenes.maths.calculus_optimization import batches, landscape, optimiser

ADAM: Final = OPTIMISERS["Adam"]
FIRST: Final = OPTIMISERS["momentum"]
"""The first moment m: momentum, as an average."""
SECOND: Final = ADAM
"""The second moment v."""
MOMENTS: Final = {"m": FIRST, "first": FIRST, "v": SECOND, "second": SECOND, "g": GRADIENT}
"""Colours of Adam's letters."""
RATE: Final = 0.1
"""Adam's learning rate in the valley."""
STEPS: Final = 100
SHORT: Final = 20.0
"""By how much gradients are drawn shorter."""
UNIT: Final = 0.95
"""Length on the map of what has size one."""
BEFORE: Final = 2000
"""Noisy gradients before those that are shown: both averages are full by then."""
SHOWN: Final = 100
FIELD: Final = 62.0
"""By how much the field's gradients are drawn shorter."""
EVEN: Final = 0.38
"""Length along x and along y of a step that is scaled, on the map."""
TURNED: Final = 30.0
"""Degrees by which the valley is turned, so that neither axis lies along it."""

GRID: Final[list[float]] = np.geomspace(0.005, 3.0, 81).round(5).tolist()
"""Learning rates over which steps are counted."""
RATE_FROM: Final = 0.006
"""The least rate at which that of gradient descent is drawn."""
ADAM_FROM: Final = 0.02
"""The same for Adam: below it the turned valley takes more than can be shown."""


def first_gradient() -> Floats:
    """The gradient (2,) at the start in the valley."""
    return landscape.valley_gradient(landscape.VALLEY_START)


def scaled() -> Floats:
    """It, each entry divided by the root of its own square."""
    gradient = first_gradient()
    return np.asarray(gradient / np.sqrt(gradient**2))


def noisy() -> tuple[Floats, Floats, Floats]:
    """A hundred noisy gradients, their first moment, and the root of the second, each (100,)."""
    gradients = batches.noisy_gradients(0, BEFORE + SHOWN)
    first, second = optimiser.moments(gradients)
    return gradients[BEFORE:], first[BEFORE:], np.sqrt(second[BEFORE:])


def adam_walk(steps: int = STEPS, corrected: bool = True) -> Floats:
    """Adam's walk (steps + 1, 2) in the valley, with bias correction or without."""
    return optimiser.adam(
        landscape.valley_gradient, landscape.VALLEY_START, RATE, steps, corrected=corrected
    ).walk


def rule(hats: bool = False, size: float = 72.0) -> Words:
    """Adam's three lines."""
    mean, spread = ("hat(m)", "hat(v)") if hats else ("m", "v")
    written = (
        "{{ m : first }} <- beta_1 m + (1 - beta_1) thin g",
        "{{ v : second }} <- beta_2 v + (1 - beta_2) thin g^2",
        f"theta <- theta - eta thin {{{{ {mean} : mean }}}} / ({{{{ sqrt({spread}) : root }}}} + epsilon)",
    )
    return maths(" \\ ".join(written), size, {**MOMENTS, "mean": FIRST, "root": SECOND})


def averages() -> tuple[Tag, Tag]:
    """Adam's first two lines, each on a plate of its own."""
    both = maths(
        "{{ m <- beta_1 m + (1 - beta_1) thin g : one }} \\ {{ v <- beta_2 v + (1 - beta_2) thin g^2 : two }}",
        70.0,
        {"m": FIRST, "v": SECOND, "g": GRADIENT},
    )
    return Tag(both.part("one")), Tag(both.part("two"))


def field() -> tuple[Floats, Floats, Floats]:
    """Places (n, 2) all over the valley, gradient descent's steps there, and the same scaled to like size."""
    spots = np.array(
        [(x, y) for x in (-4.4, -3.3, -2.2, -1.1, 1.1, 2.2, 3.3, 4.4) for y in (-1.9, -1.15, -0.4, 0.4, 1.15)]
    )
    slopes = landscape.valley_gradient(spots)
    return spots, -slopes / FIELD, -EVEN * slopes / np.sqrt(slopes**2)


@cache
def adam_arrival(turned: float = 0.0, rate: float = RATE, by: float = 1.0) -> int:
    """Steps until Adam's loss stays below a hundredth in the valley that is ``turned`` by so many degrees.

    ``by`` is how many times as large the units are in which x is measured.
    """
    turn, curvatures = rotation(turned), np.array(landscape.CURVATURES) * [by**2, 1.0]
    bent = turn @ np.diag(curvatures) @ turn.T
    walk = optimiser.adam(lambda p: p @ bent, turn @ np.array(landscape.VALLEY_START), rate, PATIENCE).walk
    return optimiser.settled(0.5 * (walk @ turn) ** 2 @ curvatures, BELOW)


@cache
def descent_steps(rate: float) -> int:
    """The same for gradient descent in the valley as it is."""
    return optimiser.settled(landscape.valley(valley_walk(rate, PATIENCE)), BELOW)


def ends_of_adam(lesson: CalculusOptimizationStage, valley: Valley) -> tuple[VGroup, Walker, list[Tag], Move]:
    """The walks of gradient descent and momentum and that of Adam in the valley, their pinned names, Adam's first
    and how it is counted last, and the move of the camera to where they are."""
    others = VGroup(
        *(
            valley.walker(valley_walk(RATES[1], arrival(beta), beta), OPTIMISERS[kind]).step(arrival(beta))
            for kind, beta in (("gradient descent", BETAS[0]), ("momentum", BETAS[1]))
        )
    )
    fast = valley.walker(adam_walk(adam_arrival()), ADAM).step(adam_arrival())
    names = [
        Tag(words.headline(f"[{kind}:{color}]: {steps} steps", size=52.0))
        for kind, color, steps in (
            ("Adam", "fourth", adam_arrival()),
            ("gradient descent", "first", arrival(BETAS[0])),
            (f"momentum, β = {plain(BETAS[1])}", "third", arrival(BETAS[1])),
        )
    ]
    shot.safe(titled=False).put(VGroup(*names).arrange(DOWN, aligned_edge=RIGHT, buff=0.15), UP + RIGHT)
    counted = words.label(
        f"until the loss stays below {BELOW:g}; η = {plain(RATE)} for Adam, {plain(RATES[1])} for the others",
        ink.chalk,
        size=40.0,
    )
    names.append(Tag(shot.safe(titled=False).put(counted, DOWN)))
    lesson.pin(*names)
    low, high = valley.plane.at([(-4.6, -1.4), (1.0, 1.6)])
    return others, fast, names, lesson.frame.to_region((low[0], high[0]), (low[1], high[1]))


def ends_of_rates() -> tuple[Words, Words]:
    """Adam's usual learning rate, and what to do with it: as the chapter of its moments ends."""
    first = words.headline(f"[Adam:fourth]  [η = {plain(optimiser.Usual().rate)}:focus]", size=170.0)
    then = words.label("in networks first, then larger and smaller", size=58.0)
    shot.safe(titled=False).put(VGroup(first, then).arrange(DOWN, buff=0.6))
    return first, then


class Moments(CalculusOptimizationStage):
    """Adam's two moments."""

    @chapter("Adam gives each parameter its step", "both moments of Adam", goes_on=True)
    def adam_gives_each_parameter_its_step(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.scale_one_gradient()
        self.average_many()
        self.update_averages()
        self.scale_the_field()
        self.write_adam()
        self.walk_with_adam()

    def scale_one_gradient(self) -> None:
        """Two unequal slopes at the start become steps of one length."""
        self.valley = valley = Valley(self)
        plane, here = valley.plane, np.array(landscape.VALLEY_START)
        gradient = first_gradient()
        ball = plane.dots([here], BALL, radius=0.16)
        parts = [Arrows(plane, color, 2.4 * LINE) for color in (GRADIENT, GRADIENT)]
        spots = [(here + gradient * axis / SHORT) for axis in np.eye(2)]
        equal = [(here + UNIT * scaled() * axis) for axis in np.eye(2)]
        texts = [
            Tag(words.caption(plane.at(*(spot + aside)), plain(number), side, color, size=52.0))
            for spot, number, aside, side, color in (
                (spots[0], gradient[0], (-0.12, 0.0), LEFT, GRADIENT),
                (spots[1], gradient[1], (0.12, -0.25), RIGHT, GRADIENT),
            )
        ]
        ones = [
            Tag(words.caption(plane.at(*(spot + aside)), plain(number), side, color, size=52.0))
            for spot, number, aside, side, color in (
                (equal[0], scaled()[0], (0.35, 0.2), UP, GRADIENT),
                (equal[1], scaled()[1], (0.12, -0.25), RIGHT, GRADIENT),
            )
        ]
        near = plane.at([(-5.15, -0.38), (0.35, 2.48)])
        noise, calm, told = ends_of_noise()
        before = VGroup(noise.contour, noise.goal, calm, told)
        self.add(before)
        with self.beat(
            "Back in the valley, both parameters share one learning rate. But the gradient is minus four along x, and"
            " twenty-five along y."
        ) as beat:
            self.play(FadeOut(before), FadeIn(valley.contour, valley.goal, ball), run_time=pace.CALM)
            beat.over(
                self.frame.to_region((near[0, 0], near[1, 0]), (near[0, 1], near[1, 1])),
                until="But",
                least=pace.SLOW,
            )
            beat.over(glide(parts[0].redraw, (here, here), (here, spots[0])), until="minus")
            self.play(FadeIn(texts[0]), run_time=pace.QUICK)
            beat.over(glide(parts[1].redraw, (here, here), (here, spots[1])), until="twenty-five")
            beat.over(FadeIn(texts[1]))
        with self.beat("Divide each by its own size: minus one, and one. Now both count alike.") as beat:
            beat.over(
                *(
                    glide(part.redraw, (here, spot), (here, even))
                    for part, spot, even in zip(parts, spots, equal, strict=True)
                ),
                FadeOut(*texts),
                until="minus one",
                least=pace.SLOW,
            )
            beat.over(FadeIn(ones[0]), until="and one")
            beat.over(FadeIn(ones[1]))
        step, turned = Arrows(plane, BALL, 2.4 * LINE), Arrows(plane, BALL, 1.6 * LINE)
        two = np.array([here, here])
        end = here - UNIT * scaled()
        name = Tag(words.headline("[Adam:fourth]\nan adaptive method", size=72.0))
        shot.safe(titled=False).put(name, RIGHT + UP)
        self.pin(name)
        with self.beat("Adam, an adaptive method, scales the step of each parameter separately.") as beat:
            beat.over(
                glide(turned.redraw, (two, np.array(equal)), (two, 2 * two - equal)),
                FadeOut(*ones, *parts),
                FadeIn(name),
                until="separately",
                least=pace.CALM,
            )
            beat.over(glide(step.redraw, (here, here), (here, end)))
        self.arrows = VGroup(ball, turned, step, name)

    def average_many(self) -> None:
        """A hundred noisy gradients of one parameter and both averages of them."""
        gradients, first, root = noisy()
        (frame,) = self.shot(shot.headline())
        chart: Plane = frame.plane(
            (0.2, SHOWN + 0.8),
            (-75, 50),
            x_ticks=[],
            y_ticks=[-50, 0, 50],
            x_label="step",
            y_label="gradient of one weight, from ten patients each",
            tick_size=40.0,
            name_size=40.0,
        )
        steps = np.arange(1, SHOWN + 1)
        zero = chart.segment((0.2, 0), (SHOWN + 0.8, 0), ink.faint)
        bars = chart.bars(steps, np.zeros(SHOWN), GRADIENT, 0.5, fill=0.75)
        mean = chart.curve(steps, first, FIRST, 2 * LINE, share=0.0)
        lower, upper = (chart.curve(steps, side * root, SECOND, 2 * LINE, share=0.0) for side in (-1, 1))
        names = [
            Tag(words.label("first moment $m$", FIRST, size=LARGE)),
            Tag(words.label("root of the second moment $v$", SECOND, size=LARGE)),
        ]
        names[0].move_to(chart.at(21, -62))
        names[1].next_to(chart.at(SHOWN, float(root[-1])), UP, buff=0.12).align_to(chart.at(SHOWN, 0), RIGHT)
        with self.beat("But mini-batch gradients are noisy. So Adam keeps two moving averages.") as beat:
            self.play(
                FadeOut(self.arrows, self.valley.contour, self.valley.goal),
                FadeIn(chart, zero),
                self.frame.back(),
                run_time=pace.SLOW,
            )
            beat.over(
                drive(
                    lambda t: bars.redraw(gradients * np.clip(t * SHOWN - np.arange(SHOWN), 0, 1)),
                    bars,
                    rate_func=linear,
                ),
                least=pace.LONG,
            )
        with self.beat(
            "The first moment m is a moving average of the gradient: momentum as an average, not"
            " a sum. Noise is damped."
        ) as beat:
            self.play(FadeIn(names[0]), bars.animate.set_opacity(0.35), run_time=pace.QUICK)
            beat.over(glide(mean.reveal, 0.0, 1.0, rate_func=linear), least=pace.LONG)
        with self.beat(
            "The second moment is a moving average of the squared gradient. Its root tells the usual size."
        ) as beat:
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            beat.over(
                glide(lower.reveal, 0.0, 1.0, rate_func=linear),
                glide(upper.reveal, 0.0, 1.0, rate_func=linear),
                least=pace.LONG,
            )
        self.noise, self.moment_names = (chart, zero, bars, mean, lower, upper), names

    def update_averages(self) -> None:
        """On the picture: what one new gradient does to each average."""
        chart, names = self.noise[0], self.moment_names
        steps, values = np.arange(1, SHOWN + 1), noisy()
        tip, on, above = (
            chart.dots([(1, each[0])], color, radius=0.16)
            for each, color in zip(values, (GRADIENT, FIRST, SECOND), strict=True)
        )
        pull = chart.segment((1, values[1][0]), (1, values[0][0]), GRADIENT, 1.5 * LINE)

        def ride(step: float) -> list[Mobject]:
            new, mean, root = (float(np.interp(step, steps, each)) for each in values)
            tip.redraw([(step, new)])
            on.redraw([(step, mean)])
            above.redraw([(step, root)])
            return [tip, on, above, pull.redraw((step, mean), (step, new))]

        laws = averages()
        laws[0].move_to(names[0], aligned_edge=LEFT)
        laws[1].move_to(names[1], aligned_edge=RIGHT + DOWN)
        told = [
            Tag(maths(f"beta_{number} = {plain(beta)}", 70.0, {}))
            for number, beta in enumerate((optimiser.BETA_1, optimiser.BETA_2), 1)
        ]
        for value, law, side in zip(told, laws, (RIGHT, LEFT), strict=True):
            value.next_to(law, side, buff=0.6)
        ride(1.0)
        with self.beat("Each keeps most of itself and takes in a little of the new gradient.") as beat:
            self.play(
                FadeOut(*names),
                FadeIn(*laws, pull, tip, on, above),
                run_time=pace.QUICK,
            )
            beat.over(
                glide(ride, 1.0, 10.0, rate_func=linear),
                words.light(laws[0].text),
                until="takes",
                least=pace.CALM,
            )
            beat.over(
                glide(ride, 10.0, 26.0, rate_func=linear),
                words.light(laws[1].text),
                least=pace.CALM,
            )
        with self.beat("Beta one fades like momentum's: 0.9. Beta two is 0.999, so v is slower.") as beat:
            beat.over(
                FadeIn(told[0]),
                glide(ride, 26.0, 45.0, rate_func=linear),
                until="beta two",
                least=pace.CALM,
            )
            beat.over(
                FadeIn(told[1]),
                glide(ride, 45.0, 64.0, rate_func=linear),
                until="so",
                least=pace.CALM,
            )
            beat.over(glide(ride, 64.0, float(SHOWN), rate_func=linear), least=pace.SLOW)
        self.averages = VGroup(*self.noise, pull, tip, on, above, *laws, *told)

    def scale_the_field(self) -> None:
        """All over the valley: steps along the slope, of unlike size, become steps of like size."""
        self.shot(shot.wide())
        valley, (spots, steps, even) = self.valley, field()
        arrows = Arrows(valley.plane, BALL, 1.5 * LINE)
        arrows.redraw(spots, spots)
        name = Tag(words.headline("gradient descent", OPTIMISERS["gradient descent"], size=72.0))
        scaled_step = maths(
            "theta <- theta - eta thin {{ m : mean }} / {{ sqrt(v) : root }}",
            72.0,
            {"mean": FIRST, "root": SECOND},
        )
        law = Tag(scaled_step)
        for each in (name, law):
            shot.safe(titled=False).put(each, UP)
        with self.beat(
            "Divide the first by the root of the second: if gradients stay, steep and flat"
            " directions get steps of about eta."
        ) as beat:
            self.play(FadeOut(self.averages), FadeIn(valley.contour, valley.goal, name), run_time=pace.BRISK)
            beat.over(
                glide(arrows.redraw, (spots, spots), (spots, spots + steps)), until="root", least=pace.CALM
            )
            self.play(FadeOut(name), FadeIn(law), run_time=pace.QUICK)
            beat.over(words.light(scaled_step.part("root")), until="steep", least=pace.QUICK)
            beat.over(
                glide(arrows.redraw, (spots, spots + steps), (spots, spots + even)),
                until="steps",
                least=pace.SLOW,
            )
            beat.rest()
        self.field, self.scaled_law = VGroup(valley.contour, valley.goal, arrows, law.plate), scaled_step

    def write_adam(self) -> None:
        """The whole rule, in three lines."""
        formula = rule()
        head = words.headline("[Adam:fourth], not yet corrected", size=84.0)
        notes = words.label("$epsilon = 10^(-8)$", size=LARGE)
        VGroup(head, formula, notes).arrange(DOWN, buff=0.55)
        shot.safe(titled=False).put(VGroup(head, formula, notes))
        with self.beat(
            "This is Adam, before a last correction. A tiny epsilon prevents division by zero.",
            pause=pace.CALM,
        ) as beat:
            self.play(
                FadeOut(self.field),
                words.rewrite(self.scaled_law, formula),
                FadeIn(head, notes),
                run_time=pace.SLOW,
            )
            self.shot(shot.formula(titled=False))
            beat.until("epsilon")
            beat.over(words.light(notes), least=pace.CALM)
        self.rule = VGroup(head, formula, notes)

    def walk_with_adam(self) -> None:
        """Adam and gradient descent from one start in the valley."""
        self.shot(shot.wide())
        valley = self.valley
        others, fast, names, sight = ends_of_adam(self, valley)
        for walker in (*others, fast):
            walker.step(0)
        last = adam_arrival()
        with self.beat(
            "From the same start the corrected Adam takes 62 steps: more than gradient descent, far more than momentum."
        ) as beat:
            self.play(
                FadeOut(self.rule), FadeIn(valley.contour, valley.goal, *others, fast), run_time=pace.CALM
            )
            self.play(FadeIn(*names[:1], names[3]), sight, run_time=pace.CALM)
            beat.over(
                *(walked(walker, last, linear) for walker in (*others, fast)),
                until="gradient",
                least=pace.LONG,
            )
            beat.at("gradient", FadeIn(names[1]))
            beat.at("momentum", FadeIn(names[2]))
        self.race = VGroup(*others, fast, *names)
        self.narrower()
        self.over_rates()

    def narrower(self) -> None:
        """The three in the far narrower valley: Adam with its rate as it was, the others tuned again."""
        valley = self.valley
        slow, heavy, told, sight = ends_of_heavy(self, valley)
        walk = adam_walk(adam_arrival(by=NARROW))
        fast = valley.walker(walk, ADAM)
        for walker in (slow, heavy):
            walker.step(0)
        shown = Tag(
            words.headline(
                f"[Adam:fourth], η = {plain(RATE)} as before: {adam_arrival(by=NARROW)} steps",
                ink.chalk,
                size=48.0,
            )
        )
        shown.next_to(told[1], UP, buff=0.15).align_to(told[1], LEFT)
        self.pin(shown)
        with self.beat(
            "In the far narrower valley it takes 62 again, at the same rate: how an axis is scaled does not matter."
        ) as beat:
            self.play(FadeOut(self.race), self.frame.back(), run_time=pace.BRISK)
            beat.over(
                drive(lambda t: valley.squeeze(NARROW**t), valley.contour),
                FadeIn(told[0]),
                until="it takes",
                least=pace.CALM,
            )
            self.play(FadeIn(slow, heavy, fast), sight, run_time=pace.BRISK)
            beat.over(
                walked(slow, len(walk) - 1, linear),
                walked(heavy, len(walk) - 1, linear),
                walked(fast, len(walk) - 1, linear),
                until="at the",
                least=pace.CALM,
            )
            self.play(FadeIn(shown, *told[1:]), run_time=pace.QUICK)
            beat.rest()
        self.race = VGroup(slow, heavy, fast, shown, *told)

    def over_rates(self) -> None:
        """Steps over learning rates: gradient descent, Adam, and Adam in the valley turned."""
        chart = shot.safe(titled=False).plane(
            (0.002, 4.0),
            (0, 690),
            log_x=True,
            x_ticks=[0.01, 0.1, 1],
            y_ticks=[0, 200, 400, 600],
            x_label="learning rate (logarithmic)",
            y_label=f"steps until the loss stays below {BELOW:g}, first valley",
            tick_size=44.0,
            name_size=44.0,
        )
        plain_rates = [
            rate for rate in GRID if RATE_FROM <= rate < optimiser.largest_rate(max(landscape.CURVATURES))
        ]
        adam_rates = [rate for rate in GRID if rate >= ADAM_FROM]
        rows = [
            (plain_rates, [descent_steps(rate) for rate in plain_rates], OPTIMISERS["gradient descent"]),
            (adam_rates, [adam_arrival(rate=rate) for rate in adam_rates], ADAM),
            (adam_rates, [adam_arrival(TURNED, rate) for rate in adam_rates], ink.chalk),
        ]
        curves = [chart.curve(rates, counts, color, 2 * LINE, share=0.0) for rates, counts, color in rows]
        limit = chart.segment((rows[0][0][-1], 0), (rows[0][0][-1], 300), WRONG, 1.5 * LINE, dashed=True)
        names = [
            chart.label(0.0022, 60, "gradient descent", RIGHT, OPTIMISERS["gradient descent"], size=52.0),
            chart.label(1.0, 20, "Adam", UP, ADAM, size=52.0),
            chart.label(0.04, 420, f"Adam, valley turned by {TURNED:g}°", RIGHT, ink.chalk, size=52.0),
        ]
        names[1].move_to(chart.at(1.3, 140))
        past = chart.label(0.088, 290, "diverges past 0.08", RIGHT, WRONG, size=44.0)
        with self.beat("Nor is its own rate so touchy: gradient descent diverges past 0.08.") as beat:
            self.play(
                FadeOut(self.race, self.valley.contour, self.valley.goal),
                FadeIn(chart),
                self.frame.back(),
                run_time=pace.CALM,
            )
            self.shot(shot.headline())
            beat.over(glide(curves[1].reveal, 0.0, 1.0), FadeIn(names[1]), until="gradient", least=pace.CALM)
            beat.over(glide(curves[0].reveal, 0.0, 1.0), FadeIn(names[0]), until="past", least=pace.CALM)
            beat.over(FadeIn(limit, past))
        with self.beat(
            "Turn the valley, so that the axes no longer fit: a small rate then takes longer, a larger one does not."
        ) as beat:
            beat.over(FadeIn(names[2]), until="a small", least=pace.CALM)
            beat.over(glide(curves[2].reveal, 0.0, 1.0), least=pace.LONG)
        first, then = ends_of_rates()
        with self.beat("For networks, try 0.001 first, then larger and smaller.") as beat:
            self.play(FadeOut(chart, *curves, limit, *names, past), run_time=pace.QUICK)
            self.shot(shot.headline())
            beat.over(FadeIn(first, scale=1.2), until="first")
            beat.over(FadeIn(then))
