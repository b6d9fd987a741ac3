"""Twenty layers before training: how little of delta reaches the first, and what happens then."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    LaggedStart,
    VGroup,
    interpolate_color,
    linear,
    there_and_back,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.review_hints import backdrop
from scenes.maths.neural_networks import depth
from scenes.neural_networks.powers import LARGE, power, raised
from scenes.neural_networks.stage import BENDS, Net, NeuralNetworksStage, maths

FLOOR: Final = -13
"""Decade at the foot of the ladder."""
HEAD: Final = 0.7
"""Decades above 1 that the ladder has."""
DRAWN: Final = 5
"""Units of each layer that are drawn."""
DULL: Final = 0.5
"""The weight at which a wire of the stack is fully bright: few are."""
FIRST: Final = 7
"""Below this number, layers are the first ones."""
CLEAR: Final = 2.3
"""Decades above its dot at which what is left at the first layer is written: clear of line and axis."""
SPOT: Final = 0.15
"""Radius of a unit of the stack, and of what is left of delta at a layer, in scene units."""
LAYERS: Final = np.arange(1.0, depth.DEPTH + 1)
SIGNAL: Final = (
    "bold(delta)^((l)) = ({{ W^((l+1) top) : carry }} bold(delta)^((l+1))) "
    "dot.o {{ sigma'(bold(z)^((l))) : gate }}"
)
NAMES: Final = ("sigmoid", "tanh", "ReLU")
DECADES: Final = (-0.8, 0.95)
"""Decades below and above one that the bars have."""
SUM: Final = 46.0
"""Pixels of the capitals of a product and its factors."""


class FactorBars:
    """The factor by which delta grows a layer, weights times slope of the activation, a bar for each of three.

    Bars stand on the line at one, or hang from it; they are as long as the logarithm of the factor.  ``sweep`` is the
    size of the weights, from what keeps delta's size to ten times as large.
    """

    def __init__(self) -> None:
        place = shot.safe(titled=False)
        above, foot = place.rows(5, 2, gap=0.15)
        self.plane = above.plane((-0.5, 2.5), DECADES, x_ticks=[], y_ticks=[], numbers=False)
        self.sweep = ParameterSweep(depth.GAINS, log=True)
        self.factors = [depth.factors(name) for name in NAMES]
        self.even = self.plane.segment((-0.5, 0), (2.5, 0), ink.focus, width=2.5 * LINE)
        self.vanishing = backdrop(
            self.plane.area(np.array([-0.5, 2.5]), DECADES[0], np.zeros(2), ink.fourth, 0.12)
        )
        self.bars = VGroup(
            *(self.plane.bars([at], 0.0, BENDS[name], thick=0.42) for at, name in enumerate(NAMES))
        )
        for bar, found in zip(self.bars, self.factors, strict=True):
            self.sweep.mixed(np.log10(found.product)).draws(bar.redraw)
        self.names, self.sums = VGroup(), VGroup()
        for cell, name, found in zip(foot.columns(1, 1, 1, gap=0.3), NAMES, self.factors, strict=True):
            upper, lower = cell.rows(1, 1, gap=0.1)
            self.names.add(upper.put(words.label(name, BENDS[name], size=ink.POINT)))
            parts = [
                words.Readout(self.sweep.score(values), 2, unit, digits=1, size=SUM, color=color)
                for values, unit, color in (
                    (found.weights, "×", ink.chalk),
                    (found.slopes, "≈", ink.chalk),
                    (found.product, "", ink.focus),
                )
            ]
            self.sums.add(lower.put(VGroup(*parts).arrange(RIGHT, buff=0.14)))
        top = DECADES[1] - 0.14
        self.head = self.plane.label(-0.48, top, "a layer: weights × slope", RIGHT, gap=0.0, size=ink.POINT)
        self.sides = VGroup(
            self.plane.label(-0.48, 0.0, "1: delta keeps its size", UP + RIGHT, ink.focus, size=LARGE),
            self.plane.label(2.48, -0.55, "vanishing gradient", LEFT, ink.fourth, gap=0.0, size=ink.POINT),
        )
        self.exploding = self.plane.label(
            -0.48, top - 0.3, "exploding gradient", RIGHT, ink.focus, gap=0.0, size=ink.POINT
        )
        self.gates = self.plane.label(
            2.0, 0.06, "half of the gates\nclosed: $times sqrt(1 / 2)$", UP, BENDS["ReLU"], size=LARGE
        )

    def final(self) -> FactorBars:
        """As it is when the weights have grown."""
        self.sweep.set(depth.GAINS[-1])
        return self

    def all(self) -> VGroup:
        """The whole picture."""
        return VGroup(
            self.vanishing, self.bars, self.even, self.names, self.sums, self.head, self.sides, self.exploding
        )


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
            x_names={1: "layer 1", 10: "10", 20: "20"},
            y_names={float(rung - FLOOR): raised(rung) if rung else "1" for rung in (-12, -6, 0)},
            y_label="size, on a logarithmic scale",
            tick_size=LARGE,
        )
        spots = np.column_stack([LAYERS, self.height(self.profile.left)])[::-1]
        self.way = self.ladder.curve(spots[:, 0], spots[:, 1], ink.fourth, width=1.5 * LINE, share=0.0)
        self.steps = self.ladder.dots(spots, ink.fourth, radius=SPOT)
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
        """A stack of twenty layers through the frame, a digit on its left; delta comes back and is dark soon."""
        pictures = depth.digits().pictures[:4] / 16
        digit = Photo(pictures[0], 2.4, smooth=False)
        body, foot = shot.safe(titled=False).rows(8, 1, gap=0.2)
        left, room = body.columns(1, 4.2, gap=0.4)
        left.put(digit)
        self.loom = Net((DRAWN,) * depth.DEPTH, room.width, room.height, radius=SPOT, thin=0.6)
        self.loom.weigh([layer.weights[:DRAWN, :DRAWN] for layer in depth.stack("Xavier")[1:-1]], DULL)
        room.put(self.loom)
        text = foot.put(words.label("20 layers of 100 sigmoid units, five drawn", size=ink.POINT))
        light = foot.put(words.label("brightness: the size of [delta:fourth]", size=ink.POINT))
        self.places = np.array([self.loom.centres(layer) for layer in range(depth.DEPTH)])
        self.add(self.loom.neurons, digit)

        def shine(reached: float) -> Changed:
            come = np.clip(LAYERS - reached, 0.0, 1.0)
            return self.lie(self.places, come * self.profile.left)

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
            beat.over(FadeOut(text), FadeIn(light), until="send")
            beat.over(
                "send",
                self.run_left(19, 0, length=0.35),
                glide(shine, 20.0, 0.0, self.loom.neurons, rate_func=linear),
                until="first",
                least=pace.LONG,
            )
        self.stack = (self.loom.wires, digit, light)

    def lie(self, centres: Floats, light: Floats) -> Changed:
        """The units of each layer at scene points ``centres`` (20, units, 3), lit by so much violet (20,)."""
        for column, spots, share in zip(self.loom.neurons, centres, light, strict=True):
            for unit, spot in zip(column, spots, strict=True):
                unit.move_to(spot)
                unit.set_fill(interpolate_color(ink.ground, ink.fourth, share), 1.0)
                unit.set_stroke(interpolate_color(ink.faint, ink.fourth, share))
        return (self.loom.neurons,)

    def go_down_the_ladder(self) -> None:
        """Each column of units drops onto the axis, as high as what is left of delta there."""
        last = float(self.profile.left[0])
        goal = np.repeat(self.steps.centres[::-1][:, None], DRAWN, axis=1)
        self.mark = self.ladder.label(3.4, 0.7, power(last), RIGHT, ink.fourth, gap=0.0, size=ink.HEADLINE)
        with self.beat("Soon it is too dark to see. So measure it, on a logarithmic scale.") as beat:
            beat.over(words.light(self.loom.neurons[-4:], ink.fourth), until="So")
            beat.over(
                FadeOut(*self.stack),
                FadeIn(self.ladder),
                glide(
                    self.lie,
                    (self.places, self.profile.left),
                    (goal, np.ones(depth.DEPTH)),
                    self.loom.neurons,
                ),
                until="logarithmic",
                least=pace.LONG,
            )
            self.remove(self.loom.neurons)
            self.add(self.steps)
            for each in (self.loom.neurons, self.steps):
                self.allow(each, "pop", "a dot takes the place of the units that lie on it")
            beat.over(glide(self.way.reveal, 0.0, 1.0, self.way), least=pace.SLOW)
            self.play(FadeIn(self.mark), run_time=pace.BRISK)

    def find_both_factors(self) -> None:
        """Why: weights times a slope of at most a quarter, at every layer."""
        weights = float(depth.factors("sigmoid", (1.0,)).weights[0])
        signal = maths(SIGNAL, ink.POINT)
        signal.move_to(self.ladder.at(0.7, 13.2), aligned_edge=LEFT + UP)
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
            "Why? Each layer multiplies delta twice: by its weights, and by the slope of its activation."
        ) as beat:
            beat.over(words.write(signal), until="weights")
            beat.over("weights", words.light(signal.part("carry")), until="slope")
            beat.over(words.light(signal.part("gate")))
        with self.beat("Here the weights keep its size, and a sigmoid's slope is at most a quarter.") as beat:
            beat.over("weights", FadeIn(rows[0]), until="slope")
            beat.over("slope", FadeIn(rows[1]))
            self.play(FadeIn(rows[2]), run_time=pace.BRISK)
        with self.beat("Layer after layer of this, and next to nothing is left.") as beat:
            beat.over(glide(quarter.reveal, 0.0, 1.0, quarter), least=pace.LONG)
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
            self.ladder.label(
                3.7, 11.35, "difference between digits", RIGHT, ink.focus, gap=0.0, size=ink.POINT
            ),
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
            "And forward? The difference between digits shrinks as well: at the last layer they look alike."
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
            15.0,
            float(self.height(other.left[14])),
            "tanh loses far less",
            UP,
            BENDS["tanh"],
            gap=0.35,
            size=ink.POINT,
        )
        for each in kept:
            self.allow(each, "faint", "both curves of tanh run close to each other")
        with self.beat("Tanh, started alike, loses far less.") as beat:
            beat.over(*(glide(each.reveal, 0.0, 1.0, each) for each in kept), FadeIn(name), least=pace.SLOW)
        self.sent = VGroup(self.mark, forward, ends, *kept, name)

    def try_to_train(self) -> None:
        """Losses of the two stacks, step after step."""
        losses = depth.learn("sigmoid", "Xavier"), depth.learn("tanh", "Xavier")
        steps = np.arange(len(losses[0]))
        ends = [depth.last_losses(name, "Xavier") for name in NAMES[:2]]
        chart = shot.safe(titled=False).plane(
            (0, 150),
            (0, 2.8),
            x_names={0: "0", 75: "75", 150: "150 steps"},
            y_names={0: "0", 1: "1", 2: "2"},
            y_label=f"training loss, {len(ends[0])} starts, one learning rate: 0.1",
            tick_size=LARGE,
        )
        guessing = chart.segment((0, np.log(10)), (150, np.log(10)), ink.quiet, dashed=True)
        sigmoid = chart.curve(steps, losses[0], BENDS["sigmoid"], width=2.5 * LINE, share=0.0)
        tanh = chart.curve(steps, losses[1], BENDS["tanh"], width=2.5 * LINE, share=0.0)
        names = [
            chart.label(
                75, np.log(10), f"guessing: $ln 10$ = {np.log(10):.2f}", UP, ink.quiet, gap=0.18, size=LARGE
            ),
            chart.label(
                150,
                losses[0][-1],
                f"sigmoid: {ends[0].min():.2f} to {ends[0].max():.2f}",
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
        with self.beat(
            "Trained at one rate, the sigmoid's loss stays where guessing is, and tanh learns."
        ) as beat:
            gone = (self.ladder, self.way, self.steps, self.why[0], self.sent)
            self.play(FadeOut(*gone), FadeIn(chart), run_time=pace.BRISK)
            beat.over(FadeIn(guessing, names[0]), until="sigmoid's")
            beat.over(glide(sigmoid.reveal, 0.0, 1.0, sigmoid), until="tanh", least=pace.SLOW)
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            beat.over(glide(tanh.reveal, 0.0, 1.0, tanh), least=pace.SLOW)
            self.play(FadeIn(names[2]), run_time=pace.QUICK)
        self.trained = VGroup(chart, guessing, sigmoid, tanh, *names)

    def part_the_causes(self) -> None:
        """Weights times slope, a bar for each activation, against the line at one."""
        self.shot(shot.wide())
        chart = FactorBars()
        lines = [float(np.log10(found.product[0])) for found in chart.factors]

        def grow(at: int) -> Drive:
            return glide(chart.bars[at].redraw, 0.0, lines[at], chart.bars[at])

        for bar in chart.bars:
            bar.redraw(0.0)
        with self.beat(
            "So one number counts: weights times slope. The sigmoid's lies far below one, and delta vanishes."
        ) as beat:
            self.play(FadeOut(self.trained), FadeIn(chart.even, chart.sides[0]), run_time=pace.BRISK)
            beat.over(FadeIn(chart.head, chart.names[0]), until="weights")
            beat.over(FadeIn(chart.sums[0], lag_ratio=pace.LAG), until="lies")
            self.add(chart.bars[0])
            self.bring_to_front(chart.even)
            beat.over(grow(0), FadeIn(chart.vanishing), until="vanishes", least=pace.CALM)
            beat.over(FadeIn(chart.sides[1]))
            self.bring_to_back(chart.vanishing)
        with self.beat("Tanh's slope stays near one. Of ReLU's gates, about half are closed.") as beat:
            beat.over(grow(1), FadeIn(chart.names[1], chart.sums[1]), until="Of")
            beat.over(grow(2), FadeIn(chart.names[2], chart.sums[2], chart.gates), until="half")
            beat.over(words.light(chart.gates))
            self.bring_to_front(chart.even)
        with self.beat(
            "Make weights ten times larger. Sigmoid and tanh saturate: their slopes fall, "
            "and the sigmoid nears one."
        ) as beat:
            beat.over(FadeOut(chart.gates), words.light(chart.head), until="ten")
            beat.over("ten", chart.sweep.to(depth.GAINS[-1]), until="and the", least=pace.LONG)
            beat.over(words.light(chart.sums[0]), words.light(chart.even))
        with self.beat(
            "Tanh's delta now grows. ReLU's grows about sevenfold at each layer: the exploding gradient."
        ) as beat:
            beat.over(words.light(chart.sums[1]), until="ReLU's")
            beat.over(words.light(chart.sums[2]), until="exploding")
            beat.over(words.write(chart.exploding))
        with self.beat(
            "So below one delta vanishes, above one it explodes. Start near one, and without saturation."
        ) as beat:
            beat.over(words.light(chart.sides[1]), until="above")
            beat.over(words.light(chart.exploding), until="Start")
            beat.over(words.light(chart.sides[0]), words.light(chart.even))
