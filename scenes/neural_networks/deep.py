"""Twenty layers before training: how little of delta reaches the first, and what happens then."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear, there_and_back

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.review_hints import backdrop
from scenes.maths.neural_networks import depth
from scenes.neural_networks.stage import BENDS, Net, NeuralNetworksStage, maths

FLOOR: Final = -13
"""Decade at the foot of the ladder."""
HEAD: Final = 0.7
"""Decades above 1 that the ladder has."""
DRAWN: Final = 5
"""Units of each layer that are drawn."""
DULL: Final = 0.5
"""The weight at which a wire of the stack is fully bright: few are."""
READ: Final = (18, 13, 7)
"""Layers whose delta is read, besides the first."""
FIRST: Final = 7
"""Below this number, layers are the first ones."""
CLEAR: Final = 2.3
"""Decades above its dot at which what is left at the first layer is written: clear of line and axis."""
SPOT: Final = 0.13
"""Radius of what is left of delta at a layer, in scene units."""
LAYERS: Final = np.arange(1.0, depth.DEPTH + 1)
SIGNAL: Final = (
    "bold(delta)^((l)) = ({{ W^((l+1) top) : carry }} bold(delta)^((l+1))) "
    "dot.o {{ sigma'(bold(z)^((l))) : gate }}"
)
DESCENT: Final = 2 * pace.LONG
"""Seconds in which the dots go down the ladder."""
NAMES: Final = ("sigmoid", "tanh", "ReLU")
ACROSS: Final = (0.4, 11.0)
"""Factors of the weights that are drawn."""
UPWARD: Final = (0.05, 1.9)
"""Factors of the slopes that are drawn."""


def raised(exponent: int) -> str:
    """A power of ten, for words."""
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def power(value: float) -> str:
    """A number as a digit and a power of ten, for words."""
    exponent = int(np.floor(np.log10(value)))
    if exponent == 0:
        return f"{value:.0f}"
    return f"{value / 10.0**exponent:.0f} · {raised(exponent)}"


def rungs(decades: range) -> dict[float, str]:
    """Names of decades at an axis that counts them."""
    return {float(each): "1" if each == 0 else raised(each) for each in decades}


class FactorPlane:
    """Both parts of the factor by which delta grows a layer: what the weights do, and what the activation's slope does.

    Where they multiply to one runs the line on which delta keeps its size.  ``curves`` are those of sigmoid, tanh and
    ReLU over the size of the weights, ``beads`` stand on them; ``stand`` moves the beads to a gain.
    """

    def __init__(self) -> None:
        self.plane = shot.safe(titled=False).plane(
            ACROSS,
            UPWARD,
            x_label="the weights multiply delta by",
            y_label="the activation's slope multiplies it by",
            x_ticks=(0.5, 1, 2, 5, 10),
            y_ticks=(0.05, 0.1, 0.25, 0.5, 1),
            log_x=True,
            log_y=True,
        )
        xs = np.geomspace(1 / UPWARD[1], ACROSS[1], 60)
        low = np.full_like(xs, UPWARD[0])
        self.vanishing = backdrop(
            self.plane.area(
                np.r_[ACROSS[0], xs], UPWARD[0], np.r_[UPWARD[1], np.maximum(1 / xs, low)], ink.fourth, 0.12
            )
        )
        self.even = self.plane.curve(xs, 1 / xs, ink.focus, width=2.5 * LINE)
        self.ground = VGroup(self.vanishing, self.plane, self.even)
        self.factors = {name: depth.factors(name) for name in NAMES}
        self.curves = {name: self.plane.curve([1, 2], [1, 1], BENDS[name], width=2 * LINE) for name in NAMES}
        self.beads = VGroup(
            *(self.plane.dots([self.at(name, 1.0)], BENDS[name], radius=0.2) for name in NAMES)
        )
        self.stand(0.0)
        one = self.plane.label(2.7, 1 / 2.7, "product 1", DOWN + LEFT, ink.focus, size=ink.POINT)
        fades = self.plane.label(0.43, 0.065, "vanishing gradient", RIGHT, ink.fourth, size=ink.POINT)
        grows = self.plane.label(8.6, 1.2, "exploding gradient", LEFT, ink.focus, size=ink.POINT)
        self.sides = VGroup(one, fades, grows)
        self.names = VGroup(
            *(
                self.plane.label(
                    *self.at(name, depth.GAINS[0]), name, side + RIGHT, BENDS[name], size=ink.POINT
                )
                for name, side in zip(NAMES, (UP, UP, DOWN), strict=True)
            )
        )
        self.ends = VGroup(
            *(
                self.plane.label(
                    *self.at(name, depth.GAINS[-1]),
                    f"× {self.product(name):.1f}",
                    side + LEFT,
                    BENDS[name],
                    gap=0.3,
                )
                for name, side in zip(NAMES, (DOWN, UP, UP), strict=True)
            )
        )

        before, _ = depth.overflow()
        self.remarks = VGroup(
            self.plane.label(2.0, 0.87, "half of the gates: $times sqrt(1 / 2)$", RIGHT, BENDS["ReLU"]),
            self.plane.label(
                10.4,
                1.72,
                f"first loss about {raised(round(np.log10(before)))}, after one step: overflow",
                LEFT,
                BENDS["ReLU"],
            ),
        )

    def product(self, name: str) -> float:
        """The factor a layer at the largest weights."""
        return float(self.factors[name].product[-1])

    def at(self, name: str, gain: float) -> tuple[float, float]:
        """Both factors of an activation where weights have this gain."""
        found = self.factors[name]
        here = np.log(gain)
        ways = (np.interp(here, np.log(depth.GAINS), np.log(each)) for each in (found.weights, found.slopes))
        across, up = np.exp(list(ways))
        return float(across), float(up)

    def stand(self, decade: float) -> Changed:
        """Move the beads to weights of the gain 10 ** ``decade``; their curves come after them from the left."""
        gain = 10.0**decade
        for bead, name in zip(self.beads, NAMES, strict=True):
            here, found = self.at(name, gain), self.factors[name]
            passed = np.array(depth.GAINS) < gain
            passed[0] = True
            xs, ys = np.append(found.weights[passed], here[0]), np.append(found.slopes[passed], here[1])
            self.curves[name].redraw(xs, ys)
            bead.redraw([here])
        return (*self.beads, *self.curves.values())

    def final(self) -> FactorPlane:
        """As it is when the weights have grown."""
        self.stand(1.0)
        return self

    def moving(self) -> VGroup:
        """What moves when the weights grow."""
        return VGroup(*self.curves.values(), self.beads)

    def all(self) -> VGroup:
        """The whole picture."""
        return VGroup(self.ground, self.moving(), self.sides, self.names, self.ends)


class Deep(NeuralNetworksStage):
    """Twenty layers before training: how little of delta reaches the first, and what happens then."""

    @chapter("Below one it vanishes, above one it explodes", "vanishing gradients layer by layer")
    def deep_sigmoid_networks_stop_learning(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.profile = depth.profile("sigmoid", "Xavier")
        self.ladder = shot.safe(titled=False).plane(
            (0.2, 20.8),
            (0, HEAD - FLOOR),
            x_label="layer",
            y_label="size, each mark a hundredfold",
            x_ticks=[1, 5, 10, 15, 20],
            y_names={float(rung - FLOOR): name for rung, name in rungs(range(-12, 1, 2)).items()},
        )
        spots = np.column_stack([LAYERS, self.height(self.profile.left)])[::-1]
        self.way = self.ladder.curve(spots[:, 0], spots[:, 1], ink.fourth, width=1.5 * LINE, share=0.0)
        self.steps = self.ladder.dots(spots, ink.fourth, radius=0.0)
        self.let_digits_in()
        self.go_down_the_ladder()
        self.find_both_factors()
        self.fade_forward()
        self.try_to_train()
        self.part_the_causes()

    def height(self, size: Floats | float) -> Floats:
        """Decades above the foot of the ladder."""
        return np.asarray(np.log10(size) - FLOOR)

    def let_digits_in(self) -> None:
        """A stack of twenty layers through the frame, a digit on its left."""
        pictures = depth.digits().pictures[:4] / 16
        digit = Photo(pictures[0], 2.4, smooth=False)
        body, foot = shot.safe(titled=False).rows(8, 1, gap=0.2)
        left, room = body.columns(1, 4.2, gap=0.4)
        left.put(digit)
        self.loom = Net((DRAWN,) * depth.DEPTH, room.width, room.height, radius=0.15, thin=0.6)
        self.loom.weigh([layer.weights[:DRAWN, :DRAWN] for layer in depth.stack("Xavier")[1:-1]], DULL)
        room.put(self.loom)
        text = foot.put(words.label("20 layers of 100 sigmoid units, five drawn", size=ink.POINT))
        first = self.loom.neurons[0]
        self.add(self.loom.neurons, digit)
        with self.beat("Now go deep: twenty layers of sigmoid units. Handwritten digits go in.") as beat:
            beat.over(
                LaggedStart(*map(FadeIn, self.loom.wires), lag_ratio=pace.LAG),
                FadeIn(text),
                until="Handwritten",
            )
            self.add(self.loom)
            beat.over(words.light(text), self.run_right(0, 19, length=0.25), least=pace.LONG)
        with self.beat(
            "Before any training, send delta back. How much of it reaches the first layer?"
        ) as beat:
            beat.over("send", self.run_left(19, 0, length=0.35), until="first", least=pace.LONG)
            beat.over(first.animate.set_stroke(ink.focus, width=7))
        self.think()
        self.stack = (self.loom, digit, text)

    def go_down_the_ladder(self) -> None:
        """The camera follows what is left of delta from the last layer to the first."""
        tops = self.steps.centres[::-1]
        marks = [
            words.caption(
                tops[layer - 1], power(self.profile.left[layer - 1]), UP + LEFT, ink.fourth, 0.2, ink.POINT
            )
            for layer in READ
        ]
        last = float(self.profile.left[0])
        marks.append(
            self.ladder.label(
                0.6,
                float(self.height(last)) + CLEAR,
                power(last),
                UP + RIGHT,
                ink.fourth,
                gap=0.0,
                size=ink.POINT,
            )
        )

        def fall(share: float) -> Changed:
            reached = np.interp(share, (0, 1), (1, depth.DEPTH))
            come = np.clip(reached - np.arange(depth.DEPTH), 0.0, 1.0)
            return (self.way.reveal(share), self.steps.redraw(None, SPOT * come))

        stops = [(depth.DEPTH - layer) / (depth.DEPTH - 1) for layer in (depth.DEPTH, *READ, 1)]
        with self.beat("Follow the dots to the left, layer by layer, on a logarithmic scale.") as beat:
            self.play(FadeOut(*self.stack), run_time=pace.QUICK)
            self.play(FadeIn(self.ladder), run_time=pace.QUICK)
            for (begin, end), mark in zip(itertools.pairwise(stops), marks, strict=True):
                self.play(
                    glide(fall, begin, end, self.way, self.steps, rate_func=linear),
                    run_time=max(DESCENT * (end - begin), pace.QUICK),
                )
                self.play(FadeIn(mark), run_time=pace.QUICK)
            beat.rest()
        self.marks = VGroup(*marks)

    def find_both_factors(self) -> None:
        """Why: weights times a slope of at most a quarter, at every layer."""
        weights = float(depth.factors("sigmoid", (1.0,)).weights[0])
        signal = maths(SIGNAL, ink.POINT)
        signal.move_to(self.ladder.at(0.7, 13.4), aligned_edge=LEFT + UP)
        rows = VGroup(
            words.label(f"these weights: × {weights:.1f}", size=ink.POINT),
            words.label("sigmoid's slope: × ¼ at most", size=ink.POINT),
            words.label(f"both, measured: [× {self.profile.kept:.2f}:fourth]", size=ink.POINT),
        ).arrange(DOWN, buff=0.3, aligned_edge=RIGHT)
        rows.move_to(self.ladder.at(20.6, 0.7), aligned_edge=RIGHT + DOWN)
        start = float(self.height(self.profile.left)[-1])
        quarter = self.ladder.curve(
            [20, 1], [start, start + 19 * np.log10(0.25)], ink.chalk, width=1.5 * LINE, dashed=True, share=0.0
        )
        self.allow(quarter, "faint", "it begins beside what was measured")
        name = words.note("[vanishing gradient:fourth]", size=ink.POINT)
        name.move_to(self.ladder.at(20.6, 6.6), aligned_edge=RIGHT)
        with self.beat(
            "Why? At each layer delta is multiplied twice: by the weights, and by the slope of the activation."
        ) as beat:
            beat.over(FadeOut(self.marks), words.write(signal), until="weights")
            beat.over("weights", words.light(signal.part("carry")), until="slope")
            beat.over(words.light(signal.part("gate")))
        with self.beat(
            "Here the weights keep its length, and a sigmoid's slope is at most a quarter. "
            "So a layer leaves less than that."
        ) as beat:
            beat.over("weights", FadeIn(rows[0]), until="slope")
            beat.over("slope", FadeIn(rows[1]), until="So")
            beat.over(FadeIn(rows[2]), glide(quarter.reveal, 0.0, 0.16, quarter))
        with self.beat("Nineteen such layers, and next to nothing is left.") as beat:
            beat.over(glide(quarter.reveal, 0.16, 1.0, quarter), least=pace.LONG)
        with self.beat("This is the vanishing gradient: the first layers hardly learn.") as beat:
            beat.over("vanishing", FadeOut(signal, rows), words.write(name), until="first")
            grown = SPOT * (1 + (LAYERS[::-1] < FIRST))
            beat.over(
                glide(self.steps.redraw, (None, SPOT), (None, grown), rate_func=there_and_back),
                least=pace.CALM,
            )
        self.why = VGroup(name, quarter)

    def fade_forward(self) -> None:
        """On the same ladder: what differs from digit to digit, from the first layer to the last; and tanh."""
        across = self.profile.across
        forward = self.ladder.curve(LAYERS, self.height(across), ink.focus, width=1.5 * LINE, share=0.0)
        ends = VGroup(
            self.ladder.label(4.6, 11.2, "spread across digits", RIGHT, ink.focus, gap=0.0, size=ink.POINT),
            self.ladder.label(
                20.6,
                float(self.height(across[-1])) + CLEAR,
                power(across[-1]),
                UP + LEFT,
                ink.focus,
                gap=0.0,
                size=ink.POINT,
            ),
        )
        with self.beat(
            "And forward? What differs between digits shrinks as well: at the last layer they look alike."
        ) as beat:
            beat.over(FadeOut(self.why[1]), FadeIn(ends[0]), until="shrinks")
            beat.over(glide(forward.reveal, 0.0, 1.0, forward), until="at", least=pace.SLOW)
            beat.over(FadeIn(ends[1]))
        other = depth.profile("tanh", "Xavier")
        kept = [
            self.ladder.curve(LAYERS, self.height(each), BENDS["tanh"], width=1.5 * LINE, share=0.0)
            for each in (other.left, other.across)
        ]
        name = self.ladder.label(
            12.8,
            float(self.height(other.left[12])),
            "tanh keeps both",
            UP,
            BENDS["tanh"],
            gap=0.35,
            size=ink.POINT,
        )
        for each in kept:
            self.allow(each, "faint", "both curves of tanh run close to each other")
        with self.beat("Tanh, started alike, keeps both.") as beat:
            beat.over(*(glide(each.reveal, 0.0, 1.0, each) for each in kept), FadeIn(name), least=pace.SLOW)
        self.sent = VGroup(forward, ends, *kept, name)

    def try_to_train(self) -> None:
        """Losses of the two stacks, step after step."""
        losses = depth.learn("sigmoid", "Xavier"), depth.learn("tanh", "Xavier")
        steps = np.arange(len(losses[0]))
        chart = shot.safe(titled=False).plane(
            (0, 150), (0, 2.8), x_label="steps of training, rate 0.1", y_label="loss on the seen digits",
            x_ticks=[0, 50, 100, 150], y_ticks=[0, 1, 2],
        )  # fmt: skip
        guessing = chart.segment((0, np.log(10)), (150, np.log(10)), ink.quiet, dashed=True)
        sigmoid = chart.curve(steps, losses[0], BENDS["sigmoid"], width=2.5 * LINE, share=0.0)
        tanh = chart.curve(steps, losses[1], BENDS["tanh"], width=2.5 * LINE, share=0.0)
        ends = [depth.last_losses(name, "Xavier") for name in NAMES[:2]]
        names = [
            chart.label(75, np.log(10), f"guessing: $ln 10$ = {np.log(10):.3f}", UP, ink.quiet, gap=0.18),
            chart.label(
                150,
                losses[0][-1],
                f"sigmoid, {len(ends[0])} starts: {ends[0].min():.2f} to {ends[0].max():.2f}",
                DOWN + LEFT,
                BENDS["sigmoid"],
                gap=0.2,
                size=ink.POINT,
            ),
            chart.label(
                150,
                losses[1][-1],
                f"tanh: {ends[1].min():.2f} to {ends[1].max():.2f}",
                UP + LEFT,
                BENDS["tanh"],
                gap=0.25,
                size=ink.POINT,
            ),
        ]
        with self.beat("So in training the sigmoid's loss stays where guessing is, and tanh learns.") as beat:
            self.play(FadeOut(self.ladder, self.way, self.steps, self.why[0], self.sent), run_time=pace.QUICK)
            self.play(FadeIn(chart, guessing, names[0]), run_time=pace.QUICK)
            beat.over(glide(sigmoid.reveal, 0.0, 1.0, sigmoid), until="tanh", least=pace.SLOW)
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            beat.over(glide(tanh.reveal, 0.0, 1.0, tanh), least=pace.SLOW)
            self.play(FadeIn(names[2]), run_time=pace.QUICK)
        self.trained = VGroup(chart, guessing, sigmoid, tanh, *names)

    def part_the_causes(self) -> None:
        """Weights and slopes, each with its own axis."""
        self.shot(shot.wide())
        chart = FactorPlane()
        with self.beat(
            "Now for others: across, what the weights do to delta; upwards, what the slope does. "
            "On this line their product is one."
        ) as beat:
            self.play(FadeOut(self.trained), run_time=pace.QUICK)
            beat.over(FadeIn(chart.plane), until="upwards", least=pace.BRISK)
            beat.over(FadeIn(*chart.moving(), chart.names), until="line")
            beat.over(Create(chart.even), FadeIn(chart.sides[0]))
            self.bring_to_front(*chart.moving())
        with self.beat(
            "The sigmoid lies far below: it vanishes. Tanh's slope stays near one. "
            "Of ReLU's gates, about half are closed."
        ) as beat:
            beat.over(FadeIn(chart.vanishing, chart.sides[1]), words.light(chart.names[0]), until="Tanh's")
            self.bring_to_back(chart.vanishing)
            beat.over(words.light(chart.names[1]), until="ReLU's")
            beat.over(words.light(chart.names[2]), FadeIn(chart.remarks[0]))
        with self.beat(
            "Make the weights ten times larger. Sigmoid and tanh saturate: their slopes fall, "
            "and the sigmoid comes near the line."
        ) as beat:
            beat.over("ten", glide(chart.stand, 0.0, 1.0, *chart.moving()), until="near", least=pace.LONG)
            beat.over(FadeIn(chart.ends[0]), words.light(chart.even))
        with self.beat(
            "With ReLU delta grows about sevenfold at each layer: the exploding gradient. "
            "One step, and training overflows."
        ) as beat:
            beat.over(
                FadeIn(chart.ends[1:]), words.light(chart.names[2]), until="exploding", least=pace.BRISK
            )
            beat.over(FadeIn(chart.sides[2]), words.light(chart.ends[2]), until="One")
            beat.over(FadeIn(chart.remarks[1]))
        with self.beat(
            "So below one delta vanishes, above one it explodes. The starting weights have to bring the product to one."
        ) as beat:
            beat.over(FadeOut(chart.remarks), words.light(chart.sides[1]), until="above")
            beat.over(words.light(chart.sides[2]), until="bring")
            beat.over(words.light(chart.sides[0]), words.light(chart.even))
