"""Numbers go right through a small network, and blame comes back."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.kit import ink, place, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.network import Network
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.words import Words
from scenes.maths.neural_networks import network
from scenes.maths.neural_networks.network import RELU, SIGMOID, TANH
from scenes.neural_networks.stage import NeuralNetworksStage, standing


class Backpropagation(NeuralNetworksStage):
    """Numbers go right through a small network, and blame comes back."""

    # --- the pass to the right

    def light_up(self, begin: list[Floats], end: list[Floats]) -> Animation:
        """Neurons of the loom go from one light to another."""
        return drive(
            lambda t: (
                self.loom.fire([(1 - t) * a + t * b for a, b in zip(begin, end, strict=True)], 2.5).neurons
            ),
            self.loom.neurons,
        )

    @chapter("Multiply, add, bend", "forward pass with numbers", "ReLU, sigmoid and tanh")
    def multiply_add_bend(self) -> None:
        loom = self.thread()
        self.add(loom, self.weights)
        self.sum_up()
        self.compare_bends()
        self.guess_and_pay()
        self.take_the_bends_away()

    def sum_up(self) -> None:
        """Products meet in each hidden unit, and a bias is added."""
        x, z, dark = self.example.x[0], self.example.passed.sums[0][0], np.zeros(2)
        inputs, upper, both = ([x, each, dark[:1]] for each in (dark, z * [1, 0], z))
        numbers = VGroup(*(self.tell(0, unit, value) for unit, value in enumerate(x)))
        self.units = [self.tell(1, unit, value) for unit, value in enumerate(z)]
        self.sums = [
            words.formula("0.5 dot 1 + 0.5 dot 2 {{- 0.5 : bias}} = {{1 : sum}}", size=ink.SMALL),
            words.formula("-1 dot 1 + 0.5 dot 2 {{- 0.5 : bias}} = {{-0.5 : sum}}", size=ink.SMALL),
        ]
        self.sums[0].next_to(self.loom.neuron(1, 0), UP, buff=0.2)
        self.sums[1].next_to(self.loom.neuron(1, 1), DOWN, buff=0.2)
        with self.beat("Now with numbers. One and two come in, and every wire multiplies.") as beat:
            beat.at("One", self.light_up([dark, dark, dark[:1]], inputs), FadeIn(numbers))
            beat.until("wire")
            self.play(self.run_right(0, 1), run_time=beat.fill() + 0.4)
        with self.beat(
            "In the circle the products meet, and a bias of minus a half joins them: the sum is one."
        ) as beat:
            beat.at("products", words.write(self.sums[0]), run_time=1.6)
            beat.at("sum", self.light_up(inputs, upper), FadeIn(self.units[0]))
        with self.beat("Below, minus one and one cancel, and the bias leaves minus a half.") as beat:
            beat.at("minus", words.write(self.sums[1]), run_time=1.6)
            beat.at("leaves", self.light_up(upper, both), FadeIn(self.units[1]))
        self.numbers = numbers

    def compare_bends(self) -> None:
        """Three bends under one moving sum, each with its slope."""
        self.z = -3.0
        rows = [self.draw_bend(bend, low) for bend, low in ((RELU, 0.0), (SIGMOID, 0.0), (TANH, -1.0))]
        planes, names, marks, slopes, tangents, beads = (list(column) for column in zip(*rows, strict=True))

        for tangent in tangents:
            self.allow(tangent, "faint", "a tangent lies on its curve")

        def slide(begin: float, end: float) -> Animation:
            def path(share: float) -> Changed:
                self.z = begin + (end - begin) * share
                for bend, tangent, bead in zip((RELU, SIGMOID, TANH), tangents, beads, strict=True):
                    here = np.array([self.z, float(bend.of(np.array(self.z)))])
                    way = 1.3 * np.array([1.0, self.slope_of(bend)])
                    bead.redraw([here])
                    tangent.redraw(*np.transpose([here - way, here + way]))
                return (*tangents, *beads)

            return drive(path, rate_func=linear)

        with self.beat(
            "Then each circle bends its sum, and three bends are in use. ReLU cuts off what is negative. "
            "Sigmoid squeezes between zero and one, tanh between minus one and one."
        ) as beat:
            for word, row in (("ReLU", 0), ("Sigmoid", 1), ("tanh", 2)):
                beat.at(word, FadeIn(planes[row], names[row]), Create(marks[row]), run_time=0.8)
        with self.beat(
            "Watch their slopes: at most one, a quarter, and one. That quarter will matter."
        ) as beat:
            slide(-2.4, 0.0).interpolate(0.0)
            self.play(FadeIn(*beads, *tangents, *slopes), run_time=0.5)
            self.play(slide(-2.4, 1e-4), run_time=beat.fill("quarter"))
            self.play(words.light(slopes[1].number))
            beat.until("will")
            self.play(slide(1e-4, 1.0), run_time=beat.fill())
        self.leave(*planes, *names, *marks, *beads, *tangents, *slopes)

    def draw_bend(self, bend: network.Bend, low: float) -> tuple[Plane, Words, Curve, Words, Curve, Dots]:
        """A bend on a small plane in its row, its name, and what will follow the sum that stands now."""
        high = 3.0 if bend is RELU else 1.0
        plane = Plane((-3, 3), (low - 0.25 * (high - low), high), 1.55, 1.2, x_ticks=[0], y_ticks=[low, high])
        row = (RELU, SIGMOID, TANH).index(bend)
        place.aside(plane, top=place.TOP - place.HEAD - 0.3 - 1.9 * row)
        xs = np.linspace(-3, 3, 121)
        name = words.label(bend.name)
        name.move_to(plane.box[2] + (0.3, -0.2, 0), aligned_edge=LEFT)
        slope = words.Readout(partial(self.slope_of, bend), 2, label="slope", size=ink.SMALL)
        slope.next_to(name, DOWN, buff=0.3, aligned_edge=LEFT)
        return (
            plane, name, plane.curve(xs, bend.of(xs), ink.chalk), slope,
            plane.curve([0, 0], [0, 0], ink.focus, 5), plane.dots([(0, 0)], ink.focus, radius=0.07),
        )  # fmt: skip

    def slope_of(self, bend: network.Bend) -> float:
        """How steep a bend is at the sum that stands now."""
        return float(bend.slope(np.array(self.z)))

    def guess_and_pay(self) -> None:
        """ReLU's answers, the output, the guess and its loss."""
        passed, example = self.example.passed, self.example
        x, hidden, out = standing(example)
        before, between, after = [x, passed.sums[0][0], 0 * out], [x, hidden, 0 * out], [x, hidden, out]
        closed, last = self.tell(1, 1, float(hidden[1])), self.tell(2, 0, float(out[0]))
        with self.beat(
            "We take ReLU. One stays one. Minus a half becomes zero: the second circle goes dark."
        ) as beat:
            beat.at("stays", words.light(self.units[0]))
            beat.at(
                "becomes", words.rewrite(self.units[1], closed), self.light_up(before, between), run_time=0.9
            )
        adds = words.formula("2 dot 1 - 1 dot 0 + 0.5 = 2.5", size=ink.SMALL)
        p = words.formula(f"hat(y) = sigma(2.5) = {{{{{example.guess:.3f} : value}}}}", {"value": ink.second})
        truth = words.formula("y = 0")
        loss = words.formula(
            f"cal(L) = -ln(1 - hat(y)) \\ #h(1.15em) = {{{{{example.loss:.3f} : value}}}}",
            {"value": ink.error},
        )
        place.aside(adds, p, truth, loss, gap=0.5)
        with self.beat("The last circle adds two and a half. A sigmoid makes it a guess: 0.924.") as beat:
            self.play(self.run_right(1, 2), run_time=beat.fill("two", least=0.8))
            self.play(self.light_up(between, after), FadeIn(last), words.write(adds), run_time=0.8)
            beat.at("sigmoid", words.write(p), run_time=0.9)
        with self.beat("The truth is zero. So confident, and so wrong: the loss is 2.579.") as beat:
            beat.at("truth", words.write(truth))
            beat.at("loss", words.write(loss), run_time=1.0)
        self.leave(adds, p, truth, loss, *self.sums)
        self.units = [self.units[0], closed, last]

    def take_the_bends_away(self) -> None:
        """Without bends two layers are one."""
        loom, layers = self.loom, self.example.layers
        melted = network.melt(layers)
        goal = loom.centres(2)
        begin = loom.centres(1)
        product = words.formula(
            "mat(0.5, -1; 0.5, 0.5) vec(2, -1) \\ #h(2em) = {{vec(2, 0.5) : one}}", {"one": ink.focus}
        )
        note = words.note("no bends: one ruler again", ink.focus)
        place.aside(product, note, gap=0.6)
        single = Network((2, 1), 8.6, 4.3)
        single.move(0, loom.centres(0)).move(1, goal).weigh([melted.weights])
        numbers = [single.on_wire(words.label(f"{melted.weights[row, 0]:g}"), 0, row, 0) for row in range(2)]

        def melt(share: float) -> Changed:
            loom.move(1, (1 - share) * begin + share * goal)
            return (loom,)

        gone = [self.weights, *self.units]
        lights = standing(self.example), [self.example.x[0], np.zeros(2), np.zeros(1)]
        with self.beat(
            "Take the bends away, and the layers melt together: two matrices multiply into one."
        ) as beat:
            self.play(FadeOut(*gone), self.light_up(*lights), run_time=0.6)
            beat.until("melt")
            self.play(drive(melt), run_time=1.6)
            self.play(FadeOut(loom.wires, loom.neurons[1]), FadeIn(single.wires), run_time=0.5)
            beat.at("multiply", words.write(product), FadeIn(*numbers), run_time=1.0)
        with self.beat(
            "However many layers you stack, one ruler is left. It is the bends that make depth."
        ) as beat:
            beat.at("one", words.write(note))

    # --- the blame to the left

    @chapter(
        "Blame runs left on the same wires",
        "backpropagation on a drawn graph",
        "local gradients flowing back",
    )
    def blame_runs_left(self) -> None:
        self.thread()
        self.numbers = self.tell_all()
        self.add(self.loom, self.weights, self.numbers)
        self.know_one_slope()
        self.multiply_going_left()
        self.share_the_blame()

    def gate(self, unit: int, *texts: str) -> VGroup:
        """Violet words at the gate of a hidden unit: what arrives, the gate's slope, what gets through."""
        row = VGroup(*(words.formula(text, color=ink.fourth, size=ink.SMALL) for text in texts))
        row.arrange(RIGHT, buff=0.14)
        return row.next_to(self.loom.neuron(1, unit), (UP, DOWN)[unit], buff=0.2)

    def know_one_slope(self) -> None:
        """Local slopes, before any chain is made."""
        p = self.example.guess
        self.gates = [
            self.gate(0, f"{2 * p:.3f}", "times 1", f"= {2 * p:.3f}"),
            self.gate(1, f"-{p:.3f}", "times 0", "= 0"),
        ]
        guess = words.formula(f"hat(y) = {p:.3f}")
        truth = words.formula("y = 0")
        loss = Gauge("loss", lambda: self.example.loss, 3, color=ink.error)
        place.aside(guess, truth, loss)
        with self.beat(
            "The guess was 0.924, the truth zero. Which weights are to blame, and how much?"
        ) as beat:
            beat.at("guess", FadeIn(guess))
            beat.at("truth", FadeIn(truth, loss))
        with self.beat(
            "Every stop knows one thing: if what comes in rises a little, how much does what goes out rise? "
            "A wire knows its weight."
        ) as beat:
            beat.at("comes", *(words.light(each) for each in self.numbers[:2]), run_time=1.0)
            beat.at("goes", words.light(self.numbers[-1]), run_time=1.0)
            beat.at(
                "wire",
                LaggedStart(*(words.light(each) for each in self.weights), lag_ratio=0.15),
                run_time=1.5,
            )
        with self.beat("A gate of ReLU knows one when it is open, and zero when it is closed.") as beat:
            beat.at("one", FadeIn(self.gates[0][1], scale=1.4))
            beat.at("zero", FadeIn(self.gates[1][1], scale=1.4))
        self.top = [guess, truth, loss]

    def multiply_going_left(self) -> None:
        """The signal starts at the guess and is multiplied at each stop."""
        p = self.example.guess
        start = words.formula(f"hat(y) - y = {p:.3f}", color=ink.fourth, size=ink.SMALL)
        start.next_to(self.loom.neuron(2, 0), UP, buff=0.2).align_to(self.loom, RIGHT)
        parts = self.example.layers[0].weights[0] * self.example.blame.sums[0][0]
        meeting = words.formula(f"{parts[0]:.3f} + {abs(parts[1]):.0f}", color=ink.fourth, size=ink.SMALL)
        meeting.next_to(self.loom.neuron(0, 0), UP, buff=0.2)
        upper = [np.ones((2, 2), bool), np.array([[True], [False]])]
        lower = [np.ones((2, 2), bool), np.array([[False], [True]])]
        open_gate = [np.array([[True, False], [True, False]]), upper[1]]
        with self.beat(
            "Start at the end. Sigmoid with log loss has a simple slope: guess minus truth, 0.924."
        ) as beat:
            beat.at("guess", words.write(start), run_time=1.0)
        with self.beat(
            "Going left, multiply. Through the wire of two: 1.848. Through the open gate, times one: 1.848."
        ) as beat:
            beat.until("Through")
            self.play(self.run_left(2, 1, upper), run_time=beat.fill("1.848"))
            self.play(FadeIn(self.gates[0][0]), run_time=0.4)
            beat.at("open", words.light(self.gates[0][1]))
            self.play(FadeIn(self.gates[0][2]), run_time=0.4)
        with self.beat(
            "Along the other wire, minus 0.924. But its gate is closed: times zero, and nothing gets through."
        ) as beat:
            self.play(self.run_left(2, 1, lower), run_time=beat.fill("minus"))
            self.play(FadeIn(self.gates[1][0]), run_time=0.4)
            beat.at("zero", words.light(self.gates[1][1]))
            self.play(FadeIn(self.gates[1][2]), run_time=0.4)
        with self.beat(
            "Further left only the open gate speaks. Where two paths meet, their blame adds."
        ) as beat:
            beat.until("open")
            self.play(self.run_left(1, 0, open_gate), run_time=beat.fill("meet"))
            beat.at("adds", FadeIn(meeting))
        self.start = start

    def share_the_blame(self) -> None:
        """Each weight: the signal from the right times the number from the left; then the two formulas."""
        blame = self.blame_numbers()
        violet = {"d": ink.fourth, "n": ink.fourth}
        signal = words.formula(
            '{{bold(delta) : d}} = (W^top {{bold(delta)_"next" : n}}) dot.o f\'(bold(z))', violet
        )
        own = words.formula(
            "(partial cal(L)) / (partial W) = {{bold(delta) : d}} bold(a)^top", {"d": ink.fourth}
        )
        place.under(signal, self.top[2], gap=0.6)
        place.under(own, signal, gap=0.5)
        with self.beat(
            "A weight's own blame is the signal from its right, times the number from its left."
        ) as beat:
            beat.at("signal", words.light(self.gates[0][2]))
            beat.at("number", *(words.light(each) for each in self.numbers[:2]), run_time=0.8)
        with self.beat(
            "1.848 times one, and 1.848 times two: 3.697. "
            "Behind the closed gate, nothing: those weights learn nothing here."
        ) as beat:
            beat.at("one", FadeIn(blame[0], scale=1.4))
            beat.at("3.697", FadeIn(blame[2], scale=1.4))
            beat.at("nothing", FadeIn(blame[1], blame[3], scale=1.4))
            beat.at("learn", FadeIn(blame[4], blame[5]))
        with self.beat(
            "In one line: carry the signal back through the weights, and through the slopes of the gates."
        ) as beat:
            beat.at("carry", words.write(signal), run_time=1.4)
        with self.beat("And each matrix gets signal times input.") as beat:
            beat.at("matrix", words.write(own), run_time=1.2)
