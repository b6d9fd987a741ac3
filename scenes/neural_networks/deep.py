"""Twenty layers before training: how little of delta reaches the first, and what happens then."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.network import Network
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.neural_networks import depth
from scenes.neural_networks.stage import NeuralNetworksStage, maths

FLOOR: Final = -16
"""Decade at the foot of the ladder."""
DRAWN: Final = 5
"""Units of each layer that are drawn."""
DULL: Final = 0.5
"""The weight at which a wire of the stack is fully bright: few are."""
READ: Final = (19, 14, 8, 1)
"""Layers whose gradient is read."""
NEAR: Final = (6.4, 3.15)
"""Scene units across and up that the camera sees as it goes down the ladder."""
LAYERS: Final = np.arange(1.0, depth.DEPTH + 1)
SIGNAL: Final = (
    "bold(delta)^((l)) = (W^((l+1) top) bold(delta)^((l+1))) dot.o {{ sigma'(bold(z)^((l))) : gate }}"
)
DESCENT: Final = 2 * pace.LONG
"""Seconds that the camera takes to go down the ladder."""
WIDE: Final = 16
"""Decades above and below 1 that the tall ladder shows."""


def raised(exponent: int) -> str:
    """A power of ten, for words."""
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def power(value: float) -> str:
    """A number as a digit and a power of ten, for words."""
    exponent = int(np.floor(np.log10(value)))
    return f"{value / 10.0**exponent:.0f} · {raised(exponent)}"


def rungs(decades: range) -> dict[float, str]:
    """Names of decades at an axis that counts them."""
    return {float(each): "1" if each == 0 else raised(each) for each in decades}


def tall_ladder(region: shot.Region) -> Plane:
    """The ladder from 10⁻¹⁶ to 10¹⁶ over twenty layers."""
    return region.plane(
        (0.2, 20.8),
        (-WIDE - 1, WIDE + 1),
        x_label="layer",
        y_label="size of the gradient $partial cal(L) \\/ partial bold(a)$, before training",
        x_ticks=[1, 5, 10, 15, 20],
        y_names=rungs(range(-WIDE, WIDE + 1, 8)),
    )


class Ladders:
    """Three gradients on the tall ladder: under sigmoid, tanh and too large weights."""

    def __init__(self) -> None:
        self.plane = tall_ladder(shot.safe(titled=False))
        level = self.plane.segment((0.2, 0.0), (20.8, 0.0), ink.faint)
        self.ground = VGroup(self.plane, level)
        rows = (
            ("sigmoid", "Xavier", ink.fourth, "vanishing gradient: sigmoid", 5.5, DOWN + RIGHT),
            ("tanh", "Xavier", ink.third, "tanh: keeps its size", 6.0, DOWN),
            ("ReLU", "large", ink.error, "exploding gradient:\nReLU, weights of spread 1", 9.0, UP + RIGHT),
        )
        self.curves, self.names = [], []
        for bend, start, color, text, at, side in rows:
            decades = np.log10(depth.profile(bend, start).signal)
            curve = self.plane.curve(LAYERS[::-1], decades[::-1], color, width=2.5 * LINE)
            self.curves.append(curve)
            self.names.append(curve.label(text, at, side, gap=0.2, size=ink.POINT))

    def all(self) -> VGroup:
        """The whole picture."""
        return VGroup(self.ground, *self.curves, *self.names)


class Deep(NeuralNetworksStage):
    """Twenty layers before training: how little of delta reaches the first, and what happens then."""

    @chapter("Deep sigmoid networks stop learning", "vanishing gradients layer by layer")
    def deep_sigmoid_networks_stop_learning(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.profile = depth.profile("sigmoid", "Xavier")
        self.ladder = shot.safe(titled=False).plane(
            (0.2, 20.8),
            (0, -FLOOR),
            x_label="layer",
            y_label="size of the gradient $partial cal(L) \\/ partial bold(a)$, before training",
            x_ticks=[1, 5, 10, 15, 20],
            y_names={float(rung - FLOOR): name for rung, name in rungs(range(FLOOR, 1, 4)).items()},
        )
        self.bars = self.ladder.bars(LAYERS, 0.0, ink.fourth, thick=1.0)
        self.let_digits_in()
        self.go_down_the_ladder()
        self.find_the_quarter()
        self.look_forward()
        self.try_to_train()
        self.pull_out()

    def height(self, size: Floats) -> Floats:
        """Decades above the foot of the ladder."""
        return np.asarray(np.log10(size) - FLOOR)

    def let_digits_in(self) -> None:
        """A stack of twenty layers through the frame, a digit on its left."""
        pictures = depth.digits().pictures[:4] / 16
        digit = Photo(pictures[0], 2.4, smooth=False)
        body, foot = shot.safe(titled=False).rows(8, 1, gap=0.2)
        left, room = body.columns(1, 4.2, gap=0.4)
        left.put(digit)
        self.loom = Network((DRAWN,) * depth.DEPTH, room.width, room.height, radius=0.15, thin=0.6)
        self.loom.weigh([layer.weights[:DRAWN, :DRAWN] for layer in depth.stack("Xavier")[1:-1]], DULL)
        room.put(self.loom)
        text = foot.put(words.label("20 layers of 100 sigmoid units, five drawn", size=ink.POINT))
        self.allow(self.loom, "faint", "a faint wire is a small weight, and most are")
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
        """The camera follows the tops of the bars from the last layer to the first."""
        heights = self.height(self.profile.signal)
        tops = self.ladder.at(np.column_stack([LAYERS, heights]))
        across, up = NEAR
        marks = [
            words.caption(tops[layer - 1], power(self.profile.signal[layer - 1]), UP, ink.fourth, gap=0.5)
            for layer in READ
        ]

        def region(layer: int) -> tuple[tuple[float, float], tuple[float, float]]:
            x, y = float(tops[layer - 1][0]), float(tops[layer - 1][1])
            x, y = min(x + 1.4, 6.9 - across / 2), max(y - 0.4, -2.9 + up / 2)
            return (x - across / 2, x + across / 2), (y - up / 2, y + up / 2)

        def fall(share: float) -> Changed:
            here = depth.DEPTH + 1 - depth.DEPTH * share
            return (self.bars.redraw(heights * np.clip(LAYERS + 1 - here, 0.0, 1.0)),)

        self.low = region(1)
        with self.beat(
            "Follow the tops: layer by layer it shrinks. And mind the scale, which is logarithmic."
        ) as beat:
            self.play(FadeOut(*self.stack), FadeIn(self.ladder), run_time=pace.QUICK)
            self.play(self.frame.to_region(*region(20)), FadeIn(marks[0]), run_time=pace.CALM)
            self.play(
                drive(fall, self.bars, rate_func=linear),
                self.frame.to_region(*region(1), rate_func=linear),
                LaggedStart(*(FadeIn(mark) for mark in marks[1:]), lag_ratio=pace.LAG),
                run_time=DESCENT,
            )
            beat.over(self.frame.back(), least=pace.SLOW)
        self.marks = VGroup(*marks)

    def find_the_quarter(self) -> None:
        """Why: a slope of at most a quarter, at every layer."""
        signal = maths(SIGNAL, ink.POINT)
        signal.move_to(self.ladder.at(0.7, 15.3), aligned_edge=LEFT + UP)
        product = words.label("¼ · ¼ · ¼ = 1/64,   $(1\\/4)^20 approx 10^(-12)$", size=ink.POINT)
        product.next_to(signal, DOWN, buff=0.5, aligned_edge=LEFT)
        start = float(self.height(self.profile.signal)[-1])
        quarter = self.ladder.curve(
            [20, 1], [start, start + 19 * np.log10(0.25)], ink.chalk, width=1.5 * LINE, dashed=True, share=0.0
        )
        name = words.note(
            f"[vanishing gradient:fourth]\nmeasured: {self.profile.kept:.2f} a layer", size=ink.POINT
        )
        name.move_to(product, aligned_edge=LEFT + UP)
        with self.beat(
            "Here is why. Each layer multiplies by the slope of its activation: for a sigmoid, at most a quarter."
        ) as beat:
            beat.over(FadeOut(self.marks), words.write(signal), until="slope")
            beat.over("slope", words.light(signal.part("gate")), until="quarter")
            beat.over(glide(quarter.reveal, 0.0, 0.16, quarter))
        with self.beat("Twenty such factors multiply to less than a million-millionth.") as beat:
            beat.over(glide(quarter.reveal, 0.16, 1.0, quarter), words.write(product), least=pace.LONG)
        with self.beat("This is the vanishing gradient: the first layers hardly learn.") as beat:
            beat.over("vanishing", FadeOut(product), words.write(name), until="first")
            beat.over(self.frame.to_region(*self.low), least=pace.SLOW)
        self.why = VGroup(signal, name, quarter)

    def look_forward(self) -> None:
        """The forward signal fades as well: digits look alike."""
        across = self.height(self.profile.across)
        line = self.ladder.curve(LAYERS, across, ink.focus, width=2.5 * LINE, share=0.0)
        name = words.caption(
            self.ladder.at(6.4, 13.9), "forward: how much\ndigits differ", RIGHT, ink.focus, size=ink.POINT
        )
        last = Tag(
            self.ladder.label(
                20.3, float(across[-1]), power(self.profile.across[-1]), UP + LEFT, ink.focus, gap=0.5
            ),
            opacity=1.0,
        )
        with self.beat(
            "The forward signal fades too: at the last layer, different digits look alike."
        ) as beat:
            beat.over(self.frame.back(), FadeOut(self.why), FadeIn(name), until="fades", least=pace.BRISK)
            beat.over(glide(line.reveal, 0.0, 1.0, line), until="look", least=pace.CALM)
            beat.over(FadeIn(last))
        self.forward = VGroup(line, name, last)

    def try_to_train(self) -> None:
        """Losses of the two stacks, step after step."""
        losses = depth.learn("sigmoid", "Xavier"), depth.learn("tanh", "Xavier")
        steps = np.arange(len(losses[0]))
        chart = shot.safe(titled=False).plane(
            (0, 150), (0, 2.8), x_label="steps of training, rate 0.1", y_label="loss on the seen digits",
            x_ticks=[0, 50, 100, 150], y_ticks=[0, 1, 2],
        )  # fmt: skip
        guessing = chart.segment((0, np.log(10)), (150, np.log(10)), ink.quiet, dashed=True)
        sigmoid = chart.curve(steps, losses[0], ink.fourth, width=2.5 * LINE, share=0.0)
        tanh = chart.curve(steps, losses[1], ink.third, width=2.5 * LINE, share=0.0)
        names = [
            chart.label(75, np.log(10), f"guessing: $ln 10$ = {np.log(10):.3f}", UP, ink.quiet, gap=0.18),
            chart.label(
                150,
                losses[0][-1],
                f"sigmoid: {losses[0][-1]:.3f}",
                DOWN + LEFT,
                ink.fourth,
                gap=0.2,
                size=ink.POINT,
            ),
            chart.label(
                150,
                losses[1][-1],
                f"tanh: {losses[1][-1]:.3f}",
                UP + LEFT,
                ink.third,
                gap=0.25,
                size=ink.POINT,
            ),
        ]
        with self.beat("So the loss stays where guessing is. Tanh, started alike, learns.") as beat:
            self.play(
                FadeOut(self.ladder, self.bars, self.forward),
                FadeIn(chart, guessing, names[0]),
                run_time=pace.BRISK,
            )
            beat.over(glide(sigmoid.reveal, 0.0, 1.0, sigmoid), until="Tanh", least=pace.SLOW)
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            beat.over(glide(tanh.reveal, 0.0, 1.0, tanh), least=pace.SLOW)
            self.play(FadeIn(names[2]), run_time=pace.QUICK)
        self.trained = VGroup(chart, guessing, sigmoid, tanh, *names)

    def pull_out(self) -> None:
        """Three gradients on one ladder of thirty-two decades."""
        ladders = Ladders()
        for curve in ladders.curves:
            curve.reveal(0.0)
        with self.beat(
            "This holds for weights of this size. Tanh keeps its gradient at the same start."
        ) as beat:
            beat.over(FadeOut(self.trained), FadeIn(ladders.ground), until="weights", least=pace.BRISK)
            beat.over(
                *(glide(curve.reveal, 0.0, 1.0, curve) for curve in ladders.curves[:2]),
                FadeIn(*ladders.names[:2]),
                least=pace.SLOW,
            )
        with self.beat("With large weights the product grows instead: the exploding gradient.") as beat:
            beat.over(
                "large",
                glide(ladders.curves[2].reveal, 0.0, 1.0, ladders.curves[2]),
                until="exploding",
                least=pace.SLOW,
            )
            beat.over(FadeIn(ladders.names[2]))
        with self.beat(
            "So deep networks want an activation that does not saturate, and a well chosen start."
        ) as beat:
            beat.over(words.light(ladders.names[1]), words.light(ladders.curves[1]), until="start")
            beat.over(*(words.light(name) for name in (ladders.names[0], ladders.names[2])))
