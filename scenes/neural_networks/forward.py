"""The forward pass with numbers on every wire, and the bends between the layers, without which depth is nothing."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.frame import WHOLE
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.shot import bare
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.neural_networks import network
from scenes.maths.neural_networks.network import RELU, SIGMOID, TANH
from scenes.neural_networks.net import BIAS, DARK, FULL, LARGE, SECOND, WIDE, WorkedNet
from scenes.neural_networks.stage import BENDS as COLORS
from scenes.neural_networks.stage import Net, NeuralNetworksStage, inline, maths, standing

BENDS: Final = (RELU, SIGMOID, TANH)
TOLD: Final = (
    "ReLU cuts at zero: its slope is zero below, and one above.",
    "The sigmoid runs from zero to one. Its slope is a quarter at most.",
    "Tanh runs from minus one to one. Its slope is one at most.",
)
"""What is said of each of them."""
NEAR: Final = 3.4
"""The least sum at which a bead stands, clear of the numbers of the axis."""
BESIDE: Final = 1.5
"""A sum at which ReLU's bead stands, clear of the kink."""
SHOWN: Final = (-1.3, 4.15)
"""Activations that are drawn: with sums to the same scale, so that a slope is seen as it is."""
FORMULAS: Final = ("max(0, z)", "frac(1, 1 + e^(-z))", "tanh z")
REACH: Final = 4.0
"""Sums that are drawn, both ways."""
SUMS: Final = (
    "0.7 dot 3 + 1.1 dot 2 {{- 0.3 : bias}} = {{4 : sum}}",
    "-1.2 dot 3 + 0.8 dot 2 {{+ 0.2 : bias}} = {{-1.8 : sum}}",
)
NUMBERS: Final = (
    "mat({{0.7 : w00}}, {{1.1 : w01}}; {{-1.2 : w10}}, {{0.8 : w11}}) vec({{3 : x0}}, {{2 : x1}}) "
    "+ vec({{-0.3 : b0}}, {{0.2 : b1}}) = vec({{4 : z0}}, {{-1.8 : z1}})"
)
PLACES: Final = ("w00", "w10", "w01", "w11")
"""Where the weights of the first layer stand in the matrix, in the order of WIRES: a row for each unit."""
LAYER: Final = (
    "bold(z)^((l)) = W^((l)) bold(a)^((l-1)) + bold(b)^((l)), #h(1em) "
    "{{ bold(a)^((l)) = phi.alt(bold(z)^((l))) : bend }}"
)
DEEP: Final = (2, 3, 3, 3, 3, 1)
"""Neurons of the net whose layers melt together: five matrices."""
SEED: Final = 5
"""Of its weights, picked: with most others tanh bends the border less."""
SPREAD: Final = 1.6
"""Scene units that an input of one takes, where both sides of the border are seen."""
FIELD: Final = (160, 90)
"""Samples of what is said over the whole frame, across and up."""
MELTED: Final = (
    "W^((2)) (W^((1)) bold(x) + bold(b)^((1))) + bold(b)^((2)) = "
    "{{ (W^((2)) W^((1))) : matrix }} bold(x) + {{ (W^((2)) bold(b)^((1)) + bold(b)^((2))) : bias }}"
)


def sums() -> Floats:
    """Sums (n,) at which the bends are drawn."""
    return np.linspace(-REACH, REACH, 201)


def deep_layers() -> network.Layers:
    """The layers that melt together."""
    return tuple(network.Layer(each.weights[0], each.bias[0]) for each in network.random_layers(DEEP, [SEED]))


def melted_net(place: shot.Region, layers: network.Layers, whole: Net | None = None, gone: int = 0) -> Net:
    """The net of ``layers`` in ``place``; or that whose first ``gone`` have melted, over the rest of the ``whole``."""
    first = network.melt(layers[: gone + 1])
    sizes = (DEEP[0], *DEEP[gone + 1 :])
    net = place.put(Net(sizes, place.width - 0.2, place.height - 0.1, radius=0.7))
    net.wide = WIDE
    net.weigh([first.weights, *(each.weights for each in layers[gone + 1 :])])
    if whole is not None:
        net.move(0, whole.centres(0))
        for at in range(1, len(sizes)):
            net.move(at, whole.centres(gone + at))
    return net


class Forward(NeuralNetworksStage):
    """The forward pass with numbers on every wire, and the bends between the layers."""

    # --- to the right

    @chapter("The forward pass, with numbers", "forward pass with numbers")
    def the_forward_pass_with_numbers(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.net = WorkedNet(self.example)
        self.loom = self.net.loom
        self.add(self.net)
        self.sum_up()
        self.clamp_and_go_on()
        self.write_the_layer()
        self.run_once_more()

    def sum_up(self) -> None:
        """Products meet in each hidden unit, and a bias is added."""
        net, example = self.net, self.example
        x, z = example.x[0], example.passed.sums[0][0]
        dark, came = list(DARK), [x, *DARK[1:]]
        upper, both = [x, z * [1, 0], DARK[2]], [x, z, DARK[2]]
        self.inputs = VGroup(*(net.tell(0, unit, float(value)) for unit, value in enumerate(x)))
        names = VGroup(*(net.symbol(0, unit, f"x_{unit + 1}") for unit in range(2)))
        told = self.units = [net.tell(1, unit, float(value)) for unit, value in enumerate(z)]
        sums = [maths(source) for source in SUMS]
        for unit, (each, side) in enumerate(zip(sums, (UP, DOWN), strict=True)):
            neuron = self.loom.neuron(1, unit)
            each.next_to(neuron, side, buff=words.GAP).align_to(neuron.get_center(), RIGHT)
            each.shift(max(0.0, shot.SAFE.left - float(each.get_left()[0])) * RIGHT)
        with self.beat(
            "Now with numbers: on the left, three and two come in. Each wire multiplies by its weight."
        ) as beat:
            beat.over(
                LaggedStart(*(words.light(each) for each in net.weights), lag_ratio=pace.LAG), until="three"
            )
            beat.over("three", net.light_up(dark, came), FadeIn(self.inputs, names), until="Each")
            beat.over(
                "Each",
                self.run_right(0, 1),
                *(words.light(each) for each in net.weights[:4]),
                least=pace.SLOW,
            )
        with self.beat("The upper unit adds its two products and its bias: the sum is four.") as beat:
            beat.over("adds", words.write(sums[0]), until="bias", least=pace.CALM)
            beat.over("bias", words.light(net.biases[0]), words.light(sums[0].part("bias")), until="sum")
            beat.over("sum", net.light_up(came, upper), FadeIn(told[0]), words.light(sums[0].part("sum")))
        with self.beat("The lower unit does the same: its sum is minus 1.8.") as beat:
            beat.over(words.write(sums[1]), until="sum", least=pace.CALM)
            beat.over("sum", words.light(net.biases[1]), words.light(sums[1].part("bias")), until="minus")
            beat.over("minus", net.light_up(upper, both), FadeIn(told[1]), words.light(sums[1].part("sum")))
        self.sums, self.names, self.now = sums, names, both

    def clamp_and_go_on(self) -> None:
        """ReLU's answers, and the output's sum."""
        net, example, told = self.net, self.example, self.units
        x, hidden, logit = standing(example)
        after = [x, hidden, DARK[2]]
        clamp = maths('"ReLU": #h(0.3em) max(0, z)', size=BIAS)
        clamp.next_to(self.loom.neuron(1, 0), UP, buff=words.GAP)
        clamp.align_to(self.loom.neuron(1, 0).get_center(), RIGHT)
        closed = net.tell(1, 1, float(hidden[1]))
        with self.beat(
            "Then each unit bends its sum by ReLU: what is positive stays, for the rest it puts zero. Four, and zero."
        ) as beat:
            beat.over(FadeOut(*self.sums), until="ReLU")
            beat.over("ReLU", words.write(clamp), until="positive")
            beat.over("positive", words.light(told[0]), until="rest")
            beat.over("rest", words.rewrite(told[1], closed), net.light_up(self.now, after))
        last = maths("-0.6 dot 4 + 0.5 dot 0 \\ + 0.9 = {{-1.5 : sum}}", size=SECOND)
        output = self.loom.neuron(2, 0)
        value = net.tell(2, 0, float(logit[0]))
        name = words.label("[logit:focus] $z$", size=LARGE).next_to(
            output, DOWN, buff=3 * words.GAP, aligned_edge=RIGHT
        )
        last.next_to(name, DOWN, buff=words.GAP, aligned_edge=RIGHT)
        with self.beat(
            "The output unit adds up again: minus one and a half. This last sum is called the logit."
        ) as beat:
            beat.over(self.run_right(1, 2), FadeOut(clamp), until="adds")
            beat.over("adds", words.write(last), until="minus")
            beat.over("minus", net.light_up(after, [x, hidden, logit]), FadeIn(value), until="logit")
            beat.over(
                "logit",
                words.write(name),
                words.light(value),
            )
        self.units = [told[0], closed, value]
        self.gone = VGroup(last, name)
        self.now = [x, hidden, logit]

    def write_the_layer(self) -> None:
        """The numbers of the first layer leave their wires and become a matrix; then the general formula."""
        net = self.net
        upper, lower = shot.safe(titled=False).inset(0.3, 0.6).rows(1, 1)
        numbers, general = maths(NUMBERS, size=ink.HEADLINE), maths(LAYER)
        shot.safe(titled=False).put(numbers)
        lower.put(general)
        first = inline("bold(a)^((0)) = bold(x)", LARGE)
        first.next_to(general, DOWN, buff=4 * words.GAP)
        flying = [*net.weights[:4], *self.inputs, *net.biases[:2]]
        names = (*PLACES, "x0", "x1", "b0", "b1")
        homes = [each.get_center() for each in flying]
        # One by one: a group that fades would be drawn over the numbers that stay.
        rest = (self.loom, *net.weights[4:], net.biases[2], *self.names, *self.units, *self.gone)
        with self.beat(
            "In matrices: one row of W for each unit, times what came in, plus the biases, makes the sums z."
        ) as beat:
            self.shot(shot.formula())
            self.play(*map(FadeOut, rest), run_time=pace.BRISK)
            ways = [
                each.animate.move_to(numbers.part(name)) for each, name in zip(flying, names, strict=True)
            ]
            self.play(*ways[: len(PLACES)], run_time=pace.BRISK)
            self.play(*ways[len(PLACES) :], run_time=pace.BRISK)
            self.play(FadeOut(*flying), FadeIn(numbers), run_time=pace.QUICK)
            for each, home in zip(flying, homes, strict=True):
                each.move_to(home)
            beat.over("row", words.light(numbers.part("w00")), words.light(numbers.part("w01")), until="unit")
            beat.over(
                "unit", words.light(numbers.part("w10")), words.light(numbers.part("w11")), until="came"
            )
            beat.over(
                "came", words.light(numbers.part("x0")), words.light(numbers.part("x1")), until="biases"
            )
            beat.over(
                "biases", words.light(numbers.part("b0")), words.light(numbers.part("b1")), until="sums"
            )
            beat.over("sums", words.light(numbers.part("z0")), words.light(numbers.part("z1")))
        with self.beat(
            "Then the bend, phi, makes the activations a. They go into the next layer, for each layer l. "
            "The inputs x are layer zero.",
            pause=pace.SLOW,
        ) as beat:
            rise = upper.middle - numbers.get_center()
            beat.over(numbers.animate.shift(rise), words.write(general), until="activations", least=pace.CALM)
            beat.over(
                FadeOut(numbers), self.frame.to(general, first, share=0.92), until="next", least=pace.CALM
            )
            beat.over(words.light(general.part("bend")), until="inputs")
            beat.over(words.write(first))
        self.layer = VGroup(general, first)

    def run_once_more(self) -> None:
        """The whole way, at once."""
        x, hidden, _ = self.now
        self.loom.fire(DARK, FULL)
        self.shot(shot.wide())
        with self.beat(
            "From inputs to output, layer by layer: that is the forward pass. It took six weights, three biases.",
            pause=pace.LONG,
        ) as beat:
            name = words.label("[forward pass:focus]", size=LARGE)
            shot.safe(titled=False).put(name, UP + LEFT)
            self.play(
                FadeOut(self.layer),
                self.frame.back(),
                FadeIn(self.loom, self.net.weights, self.net.biases, self.inputs, self.names),
                run_time=pace.BRISK,
            )
            self.play(self.net.light_up(DARK, [x, *DARK[1:]]), run_time=pace.QUICK)
            self.play(self.run_right(0, 1), run_time=pace.CALM)
            self.play(
                self.net.light_up([x, *DARK[1:]], [x, hidden, DARK[2]]),
                FadeIn(*self.units[:2]),
                run_time=pace.QUICK,
            )
            self.play(self.run_right(1, 2), words.write(name), run_time=pace.CALM)
            self.play(
                self.net.light_up([x, hidden, DARK[2]], self.now), FadeIn(self.units[2]), run_time=pace.QUICK
            )
            beat.over("six", *(words.light(each) for each in self.net.weights), until="three")
            beat.over(*(words.light(each) for each in self.net.biases))

    # --- bends

    @chapter("A bend between the layers", "ReLU, sigmoid and tanh", goes_on=True)
    def a_bend_between_the_layers(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        net = WorkedNet(self.example)
        values = standing(self.example)
        net.loom.fire(values, FULL)
        told = VGroup(
            *(
                net.tell(at, unit, float(value))
                for at, each in enumerate(values)
                for unit, value in enumerate(each)
            )
        )
        names = VGroup(*(net.symbol(0, unit, f"x_{unit + 1}") for unit in range(2)))
        self.loom, self.before = (
            net.loom,
            VGroup(net.weights, net.biases, names, *told[:2], *told[3:], told[2]),
        )
        self.add(net, told, names)
        self.compare_bends()
        self.watch_their_slopes()
        self.melt_five_layers()

    def compare_bends(self) -> None:
        """From inside a unit to three curves."""
        picture, column = shot.picture_and_column(3.9, titled=False).places
        plane = picture.plane(
            (-REACH, REACH),
            SHOWN,
            equal=True,
            x_label="sum $z$",
            y_label="activation",
            x_ticks=(-REACH, -2, 0, 2, REACH),
            y_ticks=(-1, 0, 1, 2, 3, 4),
        )
        xs, curves, names = sums(), [], []
        for cell, bend, formula in zip(column.rows(4, 5, 4, gap=0.3), BENDS, FORMULAS, strict=True):
            color = COLORS[bend.name]
            curves.append(plane.curve(xs, bend.of(xs), color, width=2 * LINE))
            name = VGroup(words.headline(bend.name, color, ink.POINT), inline(formula, ink.POINT))
            name.arrange(DOWN, buff=2 * words.GAP, aligned_edge=LEFT)
            names.append(cell.put(name, UP + LEFT))
        ground = plane.segment((-REACH, 0.0), (REACH, 0.0), ink.faint)
        unit = self.loom.neuron(1, 0)
        term = words.label("[activation function:focus] $phi.alt$", size=LARGE)
        shot.safe(titled=False).put(term, UP)
        self.pin(term)
        with self.beat(
            "Why bend a sum? The curve that a unit puts on it is its activation function."
        ) as beat:
            self.play(FadeOut(self.before[:-1]), run_time=pace.QUICK)
            beat.over(self.frame.to(unit, share=0.6), until="curve", least=pace.SLOW)
            beat.over("activation", words.write(term))
        self.picture, self.ground, self.term = plane, ground, term
        self.curves, self.bend_names = curves, names

    def watch_their_slopes(self) -> None:
        """One curve after the other, each with a bead and its tangent: ReLU's bead keeps clear of the kink."""
        plane = self.picture
        colors = [COLORS[bend.name] for bend in BENDS]
        tangents = [plane.curve([0, 0], [0, 0], ink.focus, width=1.5 * LINE) for _ in BENDS]
        beads = [plane.dots([(0, 0)], color, radius=0.17) for color in colors]
        for tangent in tangents:
            self.allow(tangent, "faint", "a tangent lies on its curve")
        places = [Value(-NEAR) for _ in BENDS]

        def slope(bend: network.Bend, z: float) -> float:
            return float(bend.slope(np.array(z)))

        def slide(which: int, z: float) -> Changed:
            bend = BENDS[which]
            here, steep = np.array([z, float(bend.of(np.array(z)))]), slope(bend, z)
            way = 1.1 / np.hypot(1.0, steep) * np.array([1.0, steep])
            beads[which].redraw([here])
            tangents[which].redraw(*np.transpose([here - way, here + way]))
            return (tangents[which], beads[which])

        for which, at in enumerate(places):
            at.draws(partial(slide, which))
        slopes = [
            Readout(value.of(partial(slope, bend)), 2, "", "slope", color=ink.focus, size=LARGE)
            for bend, value in zip(BENDS, places, strict=True)
        ]
        for read, name in zip(slopes, self.bend_names, strict=True):
            read.next_to(name, DOWN, buff=2 * words.GAP, aligned_edge=LEFT)
        kink = plane.label(0.0, 0.0, "at 0: 0, by convention", UP + LEFT, ink.quiet, gap=0.25)
        self.shot(shot.picture_and_column(3.9, titled=False))
        for which, (text, ends) in enumerate(zip(TOLD, (BESIDE, 0.0, 0.0), strict=True)):
            with self.beat(text) as beat:
                if not which:
                    self.play(FadeOut(self.before[-1], self.loom, self.term), run_time=pace.QUICK)
                    self.frame.look(WHOLE)
                    self.play(FadeIn(plane, self.ground), run_time=pace.QUICK)
                beat.over(FadeIn(self.bend_names[which]), Create(self.curves[which]), until="slope")
                self.play(FadeIn(beads[which], tangents[which], slopes[which]), run_time=pace.QUICK)
                if not which:
                    self.play(FadeIn(kink), run_time=pace.QUICK)
                beat.over(places[which].to(ends), least=pace.SLOW)
            if not which:
                self.leave(kink, run_time=pace.QUICK)
        flat = plane.label(REACH, 1.0, "saturation", DOWN + LEFT, ink.focus, gap=0.4, size=LARGE)
        with self.beat(
            "Where a curve is flat, there is saturation: moving the sum hardly moves the activation."
        ) as beat:
            beat.over(
                *(each.to(NEAR, rate_func=linear) for each in places[1:]), until="saturation", least=pace.SLOW
            )
            beat.over("saturation", FadeIn(flat), *(words.light(each) for each in slopes[1:]))
        gate = plane.label(-0.55 * REACH, 0.0, "closed gate", UP, ink.focus, size=LARGE, gap=0.4)
        with self.beat("And a ReLU whose sum is negative passes no slope: a closed gate.") as beat:
            beat.over(places[0].to(-NEAR), FadeOut(flat), until="closed", least=pace.SLOW)
            beat.over("closed", FadeIn(gate), words.light(slopes[0]), least=pace.CALM)
        default = plane.label(-0.35 * REACH, 2.6, "[ReLU:third]: a good default", ORIGIN, size=LARGE)
        with self.beat("Above zero it does not saturate, and it is cheap: a good default.") as beat:
            beat.over(places[0].to(NEAR), FadeOut(gate), until="cheap", least=pace.SLOW)
            beat.over("good", words.write(default))
        self.gone = VGroup(
            plane, self.ground, *self.curves, *self.bend_names, *tangents, *beads, *slopes, default
        )

    def melt_five_layers(self) -> None:
        """Without bends five matrices are one, pair by pair; with bends between them the border bends."""
        upper, lower = shot.safe(titled=False).rows(7, 1, gap=0.2)
        layers = deep_layers()
        deep = melted_net(upper, layers)
        names = VGroup(
            *(
                inline(f"W^(({at + 1}))", ink.HEADLINE).move_to(
                    ((deep.centres(at)[0] + deep.centres(at + 1)[0])[0] / 2, lower.middle[1], 0.0)
                )
                for at in range(len(layers))
            )
        )
        melted = lower.put(inline(MELTED, SECOND))
        with self.beat("Take the bends out of five layers. What is left of each layer is a matrix.") as beat:
            self.shot(shot.wide())
            self.play(FadeOut(self.gone), run_time=pace.QUICK)
            beat.over(FadeIn(deep), until="What")
            beat.over(
                LaggedStart(*map(FadeIn, names), lag_ratio=pace.LAG), self.run_through(deep), least=pace.SLOW
            )
        with self.beat(
            "Matrices multiply into one: W two times W one is again a matrix, and the biases become one bias."
        ) as beat:
            beat.over(words.light(names[0]), words.light(names[1]), until="W two", least=pace.CALM)
            beat.over("W two", FadeOut(names), words.write(melted), until="again", least=pace.CALM)
            wires = deep.wires[0]
            for gone in range(1, len(layers)):
                merged = melted_net(upper, layers, deep, gone)
                told = [words.light(melted.part("matrix"))] if gone == 1 else []
                self.play(
                    FadeOut(wires, deep.neurons[gone], deep.wires[gone]),
                    FadeIn(merged.wires[0]),
                    *told,
                    run_time=pace.CALM if gone == 1 else pace.BRISK,
                )
                wires = merged.wires[0]
            beat.over(words.light(melted.part("bias")))
        left = VGroup(wires, deep.neurons[0], deep.neurons[-1])
        (frame,) = self.shot(shot.wide())
        plane = bare(frame)
        mesh = plane.mesh(*FIELD) / SPREAD
        points = mesh.reshape(-1, 2)
        w = network.melt(layers).weights[:, 0]
        straight = (mesh @ w) / np.linalg.norm(w)
        bent = network.forward(layers, points, TANH).outputs.reshape(straight.shape)
        border = plane.line(w, 0.0, width=2 * LINE)
        sides = plane.field(straight, largest=0.05, opacity=0.3)
        name = Tag(words.label("the same weights, [tanh:focus] between", size=LARGE))
        shot.safe(titled=False).put(name, RIGHT + DOWN)
        with self.beat(
            "However many layers, one straight line is left. It is the bend that makes depth count.",
            pause=pace.SLOW,
        ) as beat:
            self.add(sides)
            self.bring_to_back(sides)
            self.play(FadeIn(sides), run_time=pace.BRISK)
            beat.over(FadeOut(left, melted), Create(border), until="It", least=pace.CALM)
            beat.over("bend", FadeOut(border), FadeIn(name), glide(sides.redraw, (straight,), (bent,)))

    def run_through(self, net: Net) -> Animation:
        """A yellow pulse through all layers of another net than the loom."""
        return self.run(net.pulse(ink.focus), 0, len(net.wires), None)
