"""Adam: two moving averages give each parameter a step of its own."""

from __future__ import annotations

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
from scenes.calculus_optimization.stage import (
    BALL,
    GRADIENT,
    OPTIMISERS,
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


def adam_aslant(steps: int, turned: float = TURNED) -> Floats:
    """Adam's walk (steps + 1, 2) where the valley and the start are turned by so many degrees."""
    turn = rotation(turned)
    bent = turn @ np.diag(landscape.CURVATURES) @ turn.T
    return optimiser.adam(lambda p: p @ bent, turn @ np.array(landscape.VALLEY_START), RATE, steps).walk


def adam_arrival(turned: float = 0.0) -> int:
    """Steps until Adam's loss stays below a hundredth in the valley that is ``turned`` by so many degrees."""
    return optimiser.settled(landscape.valley(adam_aslant(PATIENCE, turned) @ rotation(turned)), BELOW)


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
        valley.squeeze(NARROW)
        slow, fast, told, sight = ends_of_heavy(self, valley)
        self.add(valley.contour, valley.goal, slow, fast, *told)
        self.frame.look(sight.aim())
        with self.beat(
            "With momentum both parameters still share one learning rate. But here the gradient is minus four along x,"
            " and twenty-five along y."
        ) as beat:
            beat.until("both")
            self.play(
                FadeOut(slow, fast, *told),
                FadeIn(ball),
                drive(lambda t: valley.squeeze(NARROW ** (1 - t)), valley.contour),
                run_time=pace.CALM,
            )
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
            y_label="gradient of one weight, mini-batches of the diabetes data",
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
        with self.beat(
            "But in training, each gradient comes from a few random examples, and is noisy. So Adam"
            " keeps two moving averages."
        ) as beat:
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
        head = words.headline("[Adam:fourth]", size=84.0)
        notes = words.label("$epsilon = 10^(-8)$", size=LARGE)
        VGroup(head, formula, notes).arrange(DOWN, buff=0.55)
        shot.safe(titled=False).put(VGroup(head, formula, notes))
        with self.beat(
            "This is Adam: a tiny epsilon keeps it from dividing by zero.", pause=pace.CALM
        ) as beat:
            self.play(
                FadeOut(self.field),
                words.rewrite(self.scaled_law, formula),
                FadeIn(head, notes),
                run_time=pace.SLOW,
            )
            self.shot(shot.formula(titled=False))
            beat.over(words.light(notes), least=pace.SLOW)
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
            "From the same start Adam takes 62 steps: more than gradient descent, and far more than momentum."
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
        steps = adam_arrival(TURNED)
        aslant = valley.walker(adam_aslant(steps), ADAM)
        told = Tag(words.headline(f"[Adam:fourth], valley turned by {TURNED:g}°: {steps} steps", size=52.0))
        self.pin(shot.safe(titled=False).put(told, UP + RIGHT))
        with self.beat(
            "What it saves here is tuning: badly scaled parameters need no rates of their own."
        ) as beat:
            fast.step(0)
            beat.over(walked(fast, last, linear), words.light(names[0].text), least=pace.LONG)
        with self.beat(
            "Turn the valley, so that the axes no longer fit, and it takes 118 at the same rate."
        ) as beat:
            self.play(FadeOut(*others, fast, *names), self.frame.back(), run_time=pace.QUICK)
            beat.over(
                glide(valley.squeeze, (1.0, 0.0), (1.0, TURNED), valley.contour),
                until="axes",
                least=pace.CALM,
            )
            self.play(FadeIn(aslant), run_time=pace.QUICK)
            beat.over(walked(aslant, steps, linear), until="118", least=pace.LONG)
            self.play(FadeIn(told), run_time=pace.QUICK)
        with self.beat("Its learning rate still scales the step: for networks, try 0.001 first.") as beat:
            for walker in others:
                walker.step(len(walker.walk) - 1)
            fast.step(0)
            self.play(FadeOut(aslant, told), run_time=pace.QUICK)
            beat.over(
                glide(valley.squeeze, (1.0, TURNED), (1.0, 0.0), valley.contour),
                sight,
                until="for",
                least=pace.CALM,
            )
            self.play(FadeIn(*others, fast, *names), run_time=pace.QUICK)
            beat.over(walked(fast, last, linear), least=pace.CALM)
