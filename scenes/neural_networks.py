"""Neural networks: numbers run right along the wires to make a guess, blame for it runs left along the same wires."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    VGroup,
    linear,
    smooth,
)

from scenes.kit import ink, place, words
from scenes.kit.dial import Dial
from scenes.kit.dot import Dots, Shape
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.intent import backdrop
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.line import Curve
from scenes.kit.network import Masks, Network, Pulse
from scenes.kit.panes import Panes
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.reel import Changed, Reel
from scenes.kit.ridge import Ridges
from scenes.kit.trail import Trail
from scenes.kit.words import Words
from scenes.maths import depth, network, perceptron
from scenes.maths.network import RELU, SIGMOID, TANH

WIRES = ((0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 1, 0))
"""Layer, row and column of each wire of the worked example."""
PAIR: tuple[Shape, Shape] = ("disc", "diamond")
"""Shapes of the two classes."""


def corners_of(plane: Plane, labels: perceptron.Ints) -> Dots:
    """The four corners, blue discs for 0 and orange diamonds for 1."""
    return plane.classes(perceptron.CORNERS, labels, radius=0.17, shapes=PAIR)


def corrected(walk: perceptron.Walk, spot: float) -> Floats:
    """Weights (3,) after so many corrections, the last of them in part."""
    before = int(np.clip(spot, 0, len(walk.weights) - 2))
    share = smooth(min(spot - before, 1.0))
    return np.asarray((1 - share) * walk.weights[before] + share * walk.weights[before + 1])


def standing(example: network.Example) -> list[Floats]:
    """What the pass to the right leaves in the neurons of each layer."""
    passed = example.passed
    return [*(each[0] for each in passed.activations), passed.outputs[0]]


class NeuralNetworks(Lesson):
    """From one ruler that cannot cut XOR to twenty layers that start neither silent nor screaming."""

    def stage(self) -> None:
        """The worked example, which the loom of wires carries through the lesson."""
        self.example = network.worked_example()

    def run_right(
        self, begin: float, end: float, only: Masks | None = None, length: float = 0.5
    ) -> Animation:
        """A yellow pulse runs along the wires of the loom, from one layer to another."""
        return self.run(self.loom.pulse(ink.focus, length=length), begin, end, only)

    def run_left(self, begin: float, end: float, only: Masks | None = None, length: float = 0.8) -> Animation:
        """A violet pulse runs back, under the wires."""
        return self.run(self.loom.pulse(ink.fourth, under=True, length=length), begin, end, only)

    def run(self, pulse: Pulse, begin: float, end: float, only: Masks | None) -> Animation:
        """A pulse from one place of the loom to another."""
        self.allow(pulse, "pop", "a pulse comes out of neurons and goes into neurons")
        return drive(lambda t: pulse.go(begin + (end - begin) * t, only), pulse, rate_func=linear)

    # --- one perceptron

    @chapter("One line cannot cut XOR", "one perceptron", "the XOR that one perceptron cannot do")
    def one_line_cannot_cut_xor(self) -> None:
        self.plane = place.picture(
            Plane(
                (-0.6, 1.6),
                (-0.6, 1.6),
                5.2,
                4.6,
                equal=True,
                x_label="input $x_1$",
                y_label="input $x_2$",
                x_ticks=[0, 1],
                y_ticks=[0, 1],
            )
        )
        self.dots = corners_of(self.plane, perceptron.XOR)
        self.ruler = self.plane.line((1.0, 0.0), -0.5)
        self.sides = self.plane.field(np.zeros((64, 64)), opacity=0.2)
        self.lay_ruler(perceptron.turned(0.0, -0.3))
        self.add(self.sides, self.plane, self.ruler, self.dots)
        self.allow(
            self.ruler, "pop", "some corrections throw the ruler out of the picture, and the next one back"
        )

        self.try_every_place()
        self.name_the_perceptron()
        self.learn_and()
        self.walk_in_a_circle()

    def lay_ruler(self, ruler: perceptron.Ruler) -> Changed:
        """The ruler on the stage, and what it answers on either side."""
        self.ruler.lay(ruler.w, ruler.b)
        self.sides.show(np.clip(40 * (self.plane.mesh(64, 64) @ ruler.w + ruler.b), -1, 1))
        return (self.sides, self.ruler)

    def try_every_place(self) -> None:
        """The hook: a ruler through every angle, and never four."""
        shares = np.linspace(0, 1, 600)
        angles, offsets = 2 * np.pi * shares, -0.3 + 0.75 * np.sin(6 * np.pi * shares)
        rulers = [perceptron.turned(*each) for each in zip(angles, offsets, strict=True)]
        right = np.array([ruler.right(perceptron.XOR) for ruler in rulers])
        best = np.maximum.accumulate(right)
        self.row = 0
        gauges = [
            Gauge("right", lambda: right[self.row], 0, "of 4"),
            Gauge("best so far", lambda: best[self.row], 0, "of 4", ink.focus),
        ]
        place.aside(*gauges)

        def turn(begin: float, end: float) -> Animation:
            def path(share: float) -> Changed:
                self.row = round((begin + (end - begin) * share) * (len(shares) - 1))
                return self.lay_ruler(rulers[self.row])

            return drive(path, rate_func=linear)

        with self.beat("Four dots, two colours, one ruler. Can you lay it so that the colours part?") as beat:
            self.play(turn(0.0, 0.45), run_time=beat.fill())
        with self.beat(
            "Turn it, slide it, try every place. It gets three of the four, and never all."
        ) as beat:
            self.play(FadeIn(*gauges), run_time=0.5)
            self.play(turn(0.45, 0.997), run_time=beat.fill("never") + 0.6)
            self.play(gauges[1].light())
        self.leave(*gauges)

    def name_the_perceptron(self) -> None:
        """The ruler's wires, and its weights as the arrow across it."""
        now = perceptron.turned(np.pi / 4, -0.3)
        last = perceptron.turned(2 * np.pi * 0.997, -0.3 + 0.75 * np.sin(6 * np.pi * 0.997))
        unit = Network((2, 1), 3.3, 2.3, radius=0.4).weigh([[[0.8], [0.8]]], 1.0)
        inside = VGroup(
            *(unit.in_neuron(words.formula(f"x_{row + 1}"), 0, row) for row in range(2)),
            unit.in_neuron(words.formula("sum"), 1, 0),
        )
        on_wires = VGroup(*(unit.on_wire(words.formula(f"w_{row + 1}"), 0, row, 0, 0.45) for row in range(2)))
        whole = VGroup(unit, inside, on_wires)
        rule = words.formula("w_1 x_1 + w_2 x_2 + b > 0 ?")
        place.aside(whole, rule, gap=0.5)

        def swing(share: float) -> Changed:
            return self.lay_ruler(
                perceptron.Ruler((1 - share) * last.w + share * now.w, (1 - share) * last.b + share * now.b)
            )

        with self.beat(
            "That ruler is a perceptron. It multiplies each input by a weight, adds them up, "
            "and asks: above zero, or below?"
        ) as beat:
            self.play(drive(swing), run_time=0.9)
            beat.at("multiplies", FadeIn(unit, inside), run_time=0.8)
            beat.at("weight", FadeIn(on_wires))
            beat.at("adds", words.write(rule), run_time=1.0)

        start = np.array([0.35, 0.35 + 0.3 * np.sqrt(2) + 0.3])
        arrow = self.plane.vector(start, start + 0.6 * now.w, ink.fourth, 6)
        with self.beat("Its weights are the arrow across the ruler, and point to the orange side.") as beat:
            beat.at("arrow", Create(arrow), run_time=0.8)
        self.leave(arrow, whole, rule)

    def show_correction(self, walk: perceptron.Walk, spot: float, dots: Dots) -> Changed:
        """The ruler after so many corrections, and a ring around the dot that asks for the one under way."""
        now = corrected(walk, spot)
        row = min(int(spot + 1e-9), len(walk.corner) - 1)
        self.wrong.follow(dots, [int(walk.corner[row])])
        self.wrong.set_stroke(opacity=float(np.clip(4 * min(spot - row, row + 1 - spot), 0, 1)))
        return (*self.lay_ruler(perceptron.Ruler(now[:2], float(now[2]))), self.wrong)

    def learn_and(self) -> None:
        """Rosenblatt's rule comes to an end on the pattern AND."""
        walk = perceptron.correct(perceptron.AND)
        ands = corners_of(self.plane, perceptron.AND)
        self.done = 1.0
        start = corrected(walk, 1.0)
        begin = perceptron.turned(np.pi / 4, -0.3)
        count = Gauge("corrections", lambda: np.floor(self.done + 1e-9), 0, digits=2)
        place.aside(count)

        def reset(share: float) -> Changed:
            w = (1 - share) * begin.w + share * start[:2]
            return self.lay_ruler(perceptron.Ruler(w, float((1 - share) * begin.b + share * start[2])))

        with self.beat(
            "It learns from its mistakes: a wrong dot pulls the arrow towards itself, or pushes it away. "
            "On the pattern AND that ends after ten corrections."
        ) as beat:
            self.play(FadeOut(self.dots), FadeIn(ands), drive(reset), run_time=1.0)
            self.play(FadeIn(count), run_time=0.4)
            self.wrong = ands.ring([])
            beat.until("wrong")

            def learn(share: float) -> Changed:
                self.done = 1 + 9 * share
                return self.show_correction(walk, self.done, ands)

            self.play(drive(learn, rate_func=linear), run_time=beat.fill("ten"))
            self.play(count.light())
        self.play(FadeOut(ands), FadeIn(self.dots), run_time=0.8)
        self.count = count

    def walk_in_a_circle(self) -> None:
        """On XOR the weights come back to where they were."""
        walk = perceptron.correct(perceptron.XOR)
        assert walk.loop is not None
        first, again = walk.loop
        before = corrected(perceptron.correct(perceptron.AND), 10.0)
        start = walk.weights[first]
        self.bias = float(start[2])
        ring = walk.weights[first : again + 1]
        chart = Plane((-1.6, 0.6), (-0.6, 1.6), 2.6, 2.6, x_label="weight $w_1$", y_label="weight $w_2$",
                      x_ticks=[-1, 0], y_ticks=[0, 1])  # fmt: skip
        place.under(chart, self.count, gap=0.45)
        trail = chart.curve(ring[:, 0], ring[:, 1], ink.fourth, share=0.0)
        spot = chart.dots([start[:2]], ink.focus, radius=0.1)
        biases = Gauge("$b$", lambda: self.bias, 0)
        place.under(biases, chart, gap=0.35)

        def reset(share: float) -> Changed:
            now = (1 - share) * before + share * start
            return self.lay_ruler(perceptron.Ruler(now[:2], float(now[2])))

        def circle(begin: float, end: float) -> Animation:
            def path(share: float) -> Changed:
                along = begin + (end - begin) * share
                self.done = first + along
                here = first + along % (again - first)
                now = corrected(walk, here)
                self.bias = float(np.rint(now[2]))
                spot.place([now[:2]])
                trail.reveal(min(along / (again - first), 1.0))
                return (*self.show_correction(walk, here, self.dots), trail, spot)

            return drive(path, rate_func=linear)

        with self.beat(
            "Give it XOR again. Four corrections, and the weights are back where they were."
        ) as beat:
            self.play(drive(reset), run_time=0.9)
            self.done = float(first)
            self.play(FadeIn(chart, spot, biases), run_time=0.6)
            beat.until("Four")
            self.play(circle(0, 4), run_time=max(beat.fill(), 2.6))
        with self.beat("It never settles. It walks in a circle, for ever.") as beat:
            self.play(circle(4, 12), run_time=beat.fill() + 1.6)

    # --- two layers

    @chapter("Two bends fold the corners together", "layers")
    def two_bends_fold_the_corners_together(self) -> None:
        stops = np.unique(np.concatenate([[1], np.geomspace(1, 3001, 120).round()])).astype(int)
        training = network.fold(keep=(stops - 1).tolist())
        self.first, self.last = training.layers[-1]
        plane = place.picture(
            Plane((-1.15, 1.3), (-1.15, 1.3), 5.4, 5.1, equal=True, x_ticks=[-1, 0, 1], y_ticks=[-1, 0, 1])
        )
        self.sheet = Lattice(plane, 0.125, (-0.25, 1.25), (-0.25, 1.25), opacity=0.8)
        colors = [ink.CLASSES[label] for label in perceptron.XOR]
        shapes = [PAIR[label] for label in perceptron.XOR]
        self.dots = self.sheet.dots(perceptron.CORNERS, colors, shapes, 0.15)
        self.add(plane, self.sheet, self.dots)
        self.place_two_rulers(plane, training, Reel(stops, log=True))
        self.fold_the_sheet(plane)
        self.count_good_starts()

    def place_two_rulers(self, plane: Plane, training: network.Training, reel: Reel) -> None:
        """Two units find their rulers by training."""
        pair = [plane.line((1, 0), -9.0, color=color) for color in (ink.third, ink.fourth)]
        steps = np.array([layers[0].weights for layers in training.layers])
        biases = np.array([layers[0].bias for layers in training.layers])
        loss = training.loss[reel.stops.astype(int) - 1]
        gauge = Gauge("loss", lambda: float(reel.mix(loss)), 3, color=ink.error)
        place.aside(gauge)

        def show() -> Changed:
            w, b = reel.mix(steps), reel.mix(biases)
            for unit, line in enumerate(pair):
                line.lay(w[:, unit], float(b[unit]))
            return tuple(pair)

        show()
        with self.beat("So give the dots two rulers, and let them find their places together.") as beat:
            beat.at("two", *(Create(line) for line in pair), run_time=0.9)
            self.play(FadeIn(gauge), run_time=0.4)
            self.play(reel.run(3001.0, show, rate_func=linear), run_time=max(beat.fill(), 2.6))
        self.pair, self.gauge = pair, gauge

    def fold_the_sheet(self, plane: Plane) -> None:
        """The layer carries the sheet, a straight ruler parts it, and both are carried back."""
        layer, last, sheet = self.first, self.last, self.sheet
        along = np.linspace(-0.4, 1.6, 400)
        creases = []
        for unit, color in enumerate((ink.third, ink.fourth)):
            w, b = layer.weights[:, unit], layer.bias[unit]
            rest = np.column_stack([along, -(b + w[0] * along) / w[1]])
            rest = rest[(np.abs(rest - 0.5) <= 0.75).all(axis=1)]
            curve = plane.curve(rest[:, 0], rest[:, 1], color)
            creases.append(sheet.pin(curve, partial(lambda c, r: c.trace(*sheet.at(r).T), curve, rest)))

        def bend(points: Floats) -> Floats:
            return TANH.of(layer(points))

        names = words.formula("bold(a) = tanh(W bold(x) + bold(b))")
        place.under(names, self.gauge, gap=0.5)
        with self.beat(
            "Each answers with a number between minus one and one. Take these two answers as new coordinates."
        ) as beat:
            self.play(FadeIn(*creases), run_time=0.5)
            self.play(FadeOut(*self.pair), run_time=0.5)
            beat.at("new", words.write(names), run_time=0.9)
        with self.beat(
            "Keep your eye on the corners. The paper slides, stretches and bends, and they go along."
        ) as beat:
            self.play(sheet.drive(lambda t: sheet.carry(bend, t)), run_time=max(beat.fill(), 5.0))

        rings = self.dots.ring([0, 3])
        ends = bend(perceptron.CORNERS[[0, 3]])
        spots = [words.formula(f"({x:.2f}, {y:.2f})", color=ink.first, size=ink.SMALL) for x, y in ends]
        place.under(VGroup(*spots).arrange(DOWN, buff=0.3), names, gap=0.5)
        with self.beat(
            "And look: the two blue corners, once opposite, have landed on almost the same spot."
        ) as beat:
            beat.at("blue", FadeIn(rings, scale=1.8))
            beat.at("same", FadeIn(*spots))

        w, b = last.weights[:, 0], float(last.bias[0])
        across = np.linspace(-0.9998, 0.9998, 4000)
        straight = np.column_stack([across, -(b + w[0] * across) / w[1]])
        straight = straight[np.abs(straight[:, 1]) < 0.9998]
        rest = network.unfold(layer, straight)
        cut = plane.curve(straight[:, 0], straight[:, 1], ink.focus, 5)
        with self.beat("Here one straight ruler is enough.") as beat:
            self.play(Create(cut), run_time=beat.fill())
        sheet.pin(cut, lambda: cut.trace(*sheet.at(rest).T))
        with self.beat("Carry it back, and on the old paper it is two cuts.") as beat:
            self.play(FadeOut(rings, *spots, *creases), run_time=0.5)
            self.play(sheet.drive(lambda t: sheet.carry(bend, 1 - t)), run_time=max(beat.fill(), 3.4))
        note = words.note("a layer re-draws space", ink.focus)
        place.under(note, names, gap=0.5)
        with self.beat("That is what a layer does: it re-draws the space for the next one.") as beat:
            beat.at("re-draws", words.write(note))
            beat.rest()
        self.leave(plane, sheet, self.dots, cut, self.gauge, names, note)

    def count_good_starts(self) -> None:
        """The honest limit: a tiny net depends on luck."""
        units = (2, 3, 4, 8)
        solved = np.array([network.count_solved(count) for count in units], dtype=float)
        spots = np.arange(4.0)
        chart = place.picture(
            Plane(
                (-0.6, 3.6),
                (0, 57),
                8.0,
                4.2,
                x_label="hidden units",
                y_label="of 50 random starts, how many solve XOR",
                y_ticks=[0, 25, 50],
                x_names={spot: str(count) for spot, count in zip(spots, units, strict=True)},
            )
        )
        bars = chart.bars(spots, 0.0, thick=0.6)
        values = [
            words.label(f"{count:.0f}").next_to(chart.at(spot, count), UP, buff=0.1)
            for spot, count in zip(spots, solved, strict=True)
        ]
        with self.beat(
            "Not every start finds the fold. From fifty random starts, this tiny net gets there 27 times; "
            "with eight hidden units, fifty of fifty."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.6)
            self.add(bars)
            beat.until("27")
            self.play(drive(lambda t: bars.stand(t * solved * (spots < 1)), bars), run_time=0.7)
            self.play(FadeIn(values[0]), run_time=0.3)
            beat.until("eight")
            self.play(
                drive(lambda t: bars.stand(np.where(spots < 1, solved, t * solved)), bars), run_time=0.9
            )
            self.play(FadeIn(*values[1:]), run_time=0.4)

    # --- the pass to the right

    def thread(self, decimals: int = 1) -> Network:
        """The loom of the worked example, its weights in gaps of its wires."""
        self.loom = place.picture(Network((2, 2, 1), 8.6, 4.3))
        self.loom.weigh([layer.weights for layer in self.example.layers])
        self.weights = VGroup()
        for layer, row, column in WIRES:
            number = words.Readout(partial(self.weight, layer, row, column), decimals, size=ink.SMALL)
            self.weights.add(self.loom.on_wire(number, layer, row, column, 0.3 if layer == 0 else 0.4))
        return self.loom

    def weight(self, layer: int, row: int, column: int) -> float:
        """What a wire of the loom weighs now."""
        return float(self.loom.weights[layer][row, column])

    def tell(self, layer: int, unit: int, value: float) -> Words:
        """A number in a neuron of the loom."""
        return self.loom.in_neuron(words.label(f"{value:g}".replace("-", "−")), layer, unit)

    def tell_all(self) -> VGroup:
        """All numbers that the pass to the right leaves in the neurons, and their light."""
        values = standing(self.example)
        self.loom.fire(values, 2.5)
        return VGroup(
            *(
                self.tell(layer, unit, float(value))
                for layer, each in enumerate(values)
                for unit, value in enumerate(each)
            )
        )

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
                    bead.place([here])
                    tangent.trace(*np.transpose([here - way, here + way]))
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

    def blame_numbers(self) -> VGroup:
        """The slope of the loss along each wire, in violet beside it."""
        slopes = self.example.blame.weights
        numbers = VGroup()
        for layer, row, column in WIRES:
            slope = slopes[layer][row, column]
            number = words.label(f"{slope:.3f}" if slope else "0", ink.fourth)
            share = 0.68 if layer or row == column else 0.8
            # Beside the diagonals there is room on the right only.
            above = layer == 0 and row < column
            numbers.add(self.loom.by_wire(number, layer, row, column, share, above))
        return numbers

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

    # --- measuring and moving

    @chapter("Measuring is not moving")
    def measuring_is_not_moving(self) -> None:
        self.thread(decimals=2)
        self.now = self.example
        blame = self.blame_numbers()
        self.add(self.loom, self.weights, self.tell_live(), blame)
        loss = Gauge("loss", lambda: self.now.loss, 3, color=ink.error)
        guess = Gauge("guess", lambda: self.now.guess, 3, color=ink.second)
        place.aside(loss, guess)
        with self.beat(
            "Backpropagation has not taught anything yet. Look: not one weight has moved."
        ) as beat:
            self.play(FadeIn(loss, guess), run_time=0.6)
            beat.at("not one", *(words.light(each) for each in self.weights), run_time=1.2)
        with self.beat(
            "It has measured. Each violet number is a slope: how the loss answers if that weight moves."
        ) as beat:
            beat.at("violet", *(words.light(each) for each in blame), run_time=1.2)
            beat.at("loss", loss.light())
        self.nudge_by_hand(blame, guess)
        self.count_the_cost()
        self.move_at_last(blame, loss)

    def tell_live(self) -> VGroup:
        """Numbers in the neurons that follow the example as it is now."""
        self.loom.fire(standing(self.now), 2.5)
        return VGroup(
            *(
                self.loom.in_neuron(
                    words.Readout(partial(self.stands, layer, unit), 2, size=ink.SMALL), layer, unit
                )
                for layer, size in enumerate(self.loom.sizes)
                for unit in range(size)
            )
        )

    def stands(self, layer: int, unit: int) -> float:
        """What stands in a neuron now."""
        return float(standing(self.now)[layer][unit])

    def nudge_by_hand(self, blame: VGroup, above: Mobject) -> None:
        """Each weight is moved by a millionth, and the loss answers with the number that lies there."""
        measured = [self.example.nudged(*wire) for wire in WIRES]
        self.answer = 0.0
        dial = Dial("loss change ÷ nudge", (0, 1, 2, 3, 4), width=3.1)
        answer = Gauge("answer", lambda: self.answer, 3, color=ink.focus)
        place.under(dial, above, gap=0.7)
        place.under(answer, dial, gap=0.4)
        nudged = [self.loom.wire(*wire).copy().set_stroke(ink.focus, width=7) for wire in WIRES]

        def swing(begin: float, end: float) -> Animation:
            def path(share: float) -> Changed:
                self.answer = begin + (end - begin) * share
                return (dial.turn(self.answer),)

            return drive(path)

        with self.beat(
            "Check it by hand. Nudge one weight by a millionth. The loss rises by 1.848 millionths: "
            "the very number that was lying there."
        ) as beat:
            self.play(FadeIn(dial, answer), run_time=0.6)
            beat.at("Nudge", FadeIn(nudged[0]), words.light(self.weights[0]))
            beat.at("1.848", swing(0.0, measured[0]))
            beat.at("very", words.light(blame[0]), answer.light(), FadeOut(nudged[0]), run_time=1.0)
        with self.beat("And so do the other five, one after the other, to a billionth.") as beat:
            for row in (2, 1, 3, 4, 5):
                self.play(FadeIn(nudged[row]), swing(self.answer, measured[row]), run_time=0.45)
                self.play(FadeOut(nudged[row]), words.light(blame[row]), run_time=0.5)
            beat.rest()
        self.leave(dial, answer)

    def count_the_cost(self) -> None:
        """One run to the left, whatever the number of weights."""
        with self.beat(
            "By hand that takes a run for every weight. One run right and one run left give all slopes at once, "
            "for less than the price of three runs."
        ) as beat:
            beat.until("One run")
            self.play(self.run_right(0, 2), run_time=1.4)
            beat.until("one run left")
            self.play(self.run_left(2, 0), run_time=1.4)

    def move_at_last(self, blame: VGroup, loss: Gauge) -> None:
        """Gradient descent: a separate step."""
        example = self.example
        rule = words.formula("w arrow.l w - eta (partial cal(L)) / (partial w)")
        rate = words.formula("eta = 0.05")
        place.aside(rule, rate, top=float(loss.get_bottom()[1]) - 1.4, gap=0.4)
        with self.beat(
            "Moving is a second, separate step: every weight goes a little against its slope."
        ) as beat:
            beat.at("second", words.write(rule), FadeIn(rate), run_time=1.0)

        def walk(share: float) -> Changed:
            self.now = example.after(0.05 * share)
            self.loom.weigh([layer.weights for layer in self.now.layers], 2.0)
            return (self.loom.fire(standing(self.now), 2.5),)

        with self.beat("The loss falls from 2.579 to 1.560, and the guess from 0.924 to 0.790.") as beat:
            self.play(FadeOut(blame), run_time=0.5)
            beat.until("falls")
            self.play(drive(walk), run_time=beat.fill("0.790"))
            self.play(loss.light())

    # --- training

    @chapter("A thousand small turns")
    def a_thousand_small_turns(self) -> None:
        self.data = network.spirals()
        stops = np.unique(np.concatenate([[1, 198], np.geomspace(1, 2001, 140).round()])).astype(int)
        self.reel = Reel(stops, log=True)
        self.training = network.unwind(tuple((stops - 1).tolist()))
        box = (-1.25, 1.25)
        self.plane = place.picture(Plane(box, box, 5.5, 5.5, equal=True, x_ticks=[], y_ticks=[]))
        self.mesh = self.plane.mesh(72, 72)
        flat = self.mesh.reshape(-1, 2)
        self.outputs = np.stack(
            [network.forward(layers, flat, TANH).outputs for layers in self.training.layers]
        ).reshape(len(stops), 72, 72)
        self.points = self.plane.classes(self.data.points, self.data.arm, shapes=PAIR)
        self.verdict = self.plane.field(self.outputs[0], largest=3.0, opacity=0.34)
        self.border = self.plane.contour(self.outputs[0])
        self.allow(self.border, "pop", "a border opens where a sum first changes its sign")
        self.loom = Network(network.SPIRAL_SIZES, 3.3, 2.7, radius=0.13, thin=0.6)
        self.loom.weigh(self.weights_at(0), 1.0)
        self.allow(self.loom, "faint", "a faint wire is a small weight")
        self.gauges = [
            Gauge("step", lambda: self.step, 0, digits=4),
            Gauge("right", lambda: 200 * self.training.right[self.step], 0, "of 200", digits=3),
            Gauge("loss", lambda: self.training.loss[self.step], 3, color=ink.error),
        ]
        place.aside(self.loom, *self.gauges, gap=0.4)
        self.add(self.plane.frame, self.points)
        self.step_by_step()
        self.wind_up()
        self.put_together()

    @property
    def step(self) -> int:
        """The step of the training that stands now."""
        return self.training.kept[self.reel.row]

    def weights_at(self, row: int) -> list[Floats]:
        """The weights kept at one stop of the training."""
        return [layer.weights for layer in self.training.layers[row]]

    def paint(self, outputs: Floats) -> Changed:
        """What the network says everywhere, and the border between its answers."""
        self.verdict.show(outputs)
        self.border.show(outputs)
        return (self.verdict, self.border)

    def step_by_step(self) -> None:
        """Right, left, turn: the same for every step."""
        count = network.count_numbers(network.SPIRAL_SIZES)
        with self.beat("Now a toy that fights back: two spirals, interlocked, two hundred points.") as beat:
            beat.at("two spirals", words.light(self.points), run_time=1.2)
            beat.rest()
        with self.beat(f"Two layers of eight tanh units, and {count} weights and biases to turn.") as beat:
            beat.at("layers", FadeIn(self.loom), run_time=0.8)
            beat.at(str(count), FadeIn(*self.gauges))
        with self.beat("Each step is the same. Run right. Run left. Turn every number a little.") as beat:
            self.play(FadeIn(self.verdict, self.border), run_time=0.7)
            self.bring_to_front(self.points)
            beat.until("right")
            self.play(self.run_right(0, 3, length=0.3), run_time=1.0)
            beat.until("left")
            self.play(self.run_left(3, 0, length=0.3), run_time=1.0)
            beat.at("Turn", self.gauges[0].light())

    def wind_up(self) -> None:
        """The border folds while the steps go by."""
        weights = [
            np.stack(each) for each in zip(*map(self.weights_at, range(len(self.outputs))), strict=True)
        ]

        def show() -> Changed:
            self.loom.weigh([self.reel.mix(each) for each in weights], 1.0)
            return (*self.paint(self.reel.mix(self.outputs)), self.loom)

        with self.beat(
            "Again, and again. The border starts almost straight, then bends, and reaches round."
        ) as beat:
            self.play(self.reel.run(198.0, show, rate_func=linear), run_time=beat.fill() + 1.7)
        with self.beat("After 197 steps, 199 of 200 points are right.") as beat:
            beat.at("199", self.gauges[1].light())
        with self.beat("After two thousand all are, and the loss is 0.003.") as beat:
            self.play(self.reel.run(2001.0, show, rate_func=linear), run_time=beat.fill("0.003"))
            self.play(self.gauges[2].light())

    def put_together(self) -> None:
        """What each unit of the last hidden layer adds, one after the other."""
        layers = self.training.layers[-1]
        shares = network.add_up(layers, self.mesh.reshape(-1, 2)).reshape(8, 72, 72)
        bias = float(layers[-1].bias[0])
        sums = bias + np.concatenate([np.zeros((1, 72, 72)), np.cumsum(shares, axis=0)])
        added = np.cumsum(network.add_up(layers, self.data.points), axis=0)
        at_points = bias + np.concatenate([np.zeros((1, len(self.data.points))), added])
        right = ((at_points > 0) == self.data.arm).sum(axis=1)
        self.added = 0
        panes = Panes(4, 2, (-1.25, 1.25), (-1.25, 1.25), 2.24, 4.6, gap=0.12)
        count = Gauge("right", lambda: right[self.added], 0, "of 200", digits=3)
        place.aside(panes, count, gap=0.3)
        fields, frames = panes.fields(shares, largest=3.0), panes.frames
        with self.beat("Who knows the spiral? Nobody. Each unit bends a little of the plane.") as beat:
            self.play(FadeOut(self.loom, *self.gauges), run_time=0.5)
            beat.at("Each", LaggedStart(*(FadeIn(field, frame) for field, frame in zip(fields, frames, strict=True)),
                                        lag_ratio=0.2), run_time=1.6)  # fmt: skip

        def mix(one: Floats, other: Floats) -> Animation:
            return drive(lambda t: self.paint((1 - t) * one + t * other))

        with self.beat("Add them up, one after the other, and the pieces become the border.") as beat:
            self.play(mix(sums[-1], sums[0]), FadeIn(count), run_time=0.7)
            for unit, frame in enumerate(frames):
                self.play(
                    mix(sums[unit], sums[unit + 1]),
                    frame.animate.set_stroke(ink.focus, width=4),
                    run_time=0.55,
                )
                self.added = unit + 1
            self.play(count.light())

    # --- twenty layers, going left

    @chapter("Deep sigmoid stacks go silent", "vanishing gradients layer by layer")
    def deep_sigmoid_stacks_go_silent(self) -> None:
        self.profile = depth.profile("sigmoid", "Xavier")
        self.ladder = Plane(
            (0.2, 20.8),
            (0, 16),
            8.0,
            2.7,
            x_label="layer",
            y_label="size of the blame $partial cal(L) \\/ partial bold(a)$",
            x_ticks=[1, 5, 10, 15, 20],
            y_names={0: "10⁻¹⁶", 4: "10⁻¹²", 8: "10⁻⁸", 12: "10⁻⁴", 16: "1"},
        )
        place.picture(self.ladder).shift(0.7 * DOWN)
        self.floors = np.arange(1.0, depth.DEPTH + 1)
        span = float(self.ladder.at(depth.DEPTH, 0)[0] - self.ladder.at(1, 0)[0])
        self.loom = Network((5,) * depth.DEPTH, span + 0.12, 1.4, radius=0.06, thin=0.6)
        self.loom.weigh([layer.weights[:5, :5] for layer in depth.stack("Xavier")[1:-1]])
        backdrop(self.loom.wires)
        self.loom.move_to((float(self.ladder.at(10.5, 0)[0]), place.TOP - place.HEAD - 0.85, 0))
        self.bars = self.ladder.bars(self.floors, 0.0, ink.fourth)
        self.kept = Gauge("kept per layer", lambda: self.profile.kept, 3, color=ink.fourth)
        self.add(self.loom)
        self.let_digits_in()
        self.measure_the_ladder()
        self.lay_quarters_along()
        self.pay_for_silence()
        self.compare_ladders()

    def let_digits_in(self) -> None:
        """A deep stack, and a real digit going in."""
        pane = Plane((0, 8), (0, 8), 1.5, 1.5, x_ticks=[], y_ticks=[])
        named = words.label("20 layers of 100", ink.quiet)
        place.aside(pane, named, self.kept, gap=0.3)
        picture = pane.field(depth.digits().pictures[0][::-1], (ink.chalk,), 16, 1.0, smooth=False)
        frame = pane.polygon(pane.corners, ink.faint)
        with self.beat(
            "Now deep: twenty layers, a hundred sigmoids in each, of which five are drawn. Handwritten digits go in."
        ) as beat:
            beat.at("hundred", FadeIn(named))
            beat.at("digits", FadeIn(picture, frame))
            self.play(self.run_right(0, 19, length=0.2), run_time=1.8)
        self.entry = [picture, frame, named]

    def height(self, signal: Floats) -> Floats:
        """Decades above the foot of the ladder."""
        return np.asarray(16 + np.log10(signal))

    def measure_the_ladder(self) -> None:
        """The blame going left, and its size at every layer."""
        left = self.loom.pulse(ink.fourth, under=True, length=0.2)
        self.allow(left, "pop", "a pulse comes out of neurons and goes into neurons")
        heights = self.height(self.profile.signal)

        def fall(share: float) -> Changed:
            here = depth.DEPTH * (1 - share)
            left.go(max(here - 1, 0.0))
            return (left, self.bars.stand(np.where(self.floors >= here + 0.001, heights, 0)))

        with self.beat("Before any training, send the blame left, and measure it at every layer.") as beat:
            self.play(FadeIn(self.ladder), run_time=0.6)
            beat.until("measure")
            self.play(drive(fall, rate_func=linear), run_time=max(beat.fill(), 3.2))
        with self.beat(
            "From tick to tick this scale falls ten thousandfold. Each layer passes on 0.238 of what it hears."
        ) as beat:
            beat.at("tick", *(words.light(number) for number in self.ladder.numbers[-5:]), run_time=1.0)
            beat.at("0.238", FadeIn(self.kept))

    def lay_quarters_along(self) -> None:
        """The steepest slope of a sigmoid, nineteen times."""
        xs = np.linspace(-5, 5, 101)
        small = Plane((-5, 5), (0, 1), 2.6, 1.2, x_ticks=[], y_ticks=[0, 1])
        place.under(small, self.kept, gap=0.4)
        curve = small.curve(xs, SIGMOID.of(xs))
        tangent = small.segment((-2, 0), (2, 1), ink.focus, 5)
        stops = depth.DEPTH - 1
        start = float(self.height(self.profile.signal)[-1])
        line = self.ladder.curve(
            [depth.DEPTH, 1], [start, start + stops * np.log10(0.25)], ink.focus, dashed=True, share=0.0
        )
        with self.beat(
            "No accident: a sigmoid's steepest slope is a quarter. Stop after stop, a quarter of a quarter."
        ) as beat:
            self.play(FadeIn(small, curve), run_time=0.5)
            beat.at("steepest", Create(tangent))
            beat.at("Stop", drive(lambda t: line.reveal(t), line), run_time=1.6)
        with self.beat("The first layer hears a million-millionth of what the last one hears.") as beat:
            beat.at("first", words.light(self.loom.neurons[0]), run_time=1.0)
            beat.at("last", words.light(self.loom.neurons[-1]), run_time=1.0)
        self.leave(small, curve, tangent, line)

    def pay_for_silence(self) -> None:
        """A stack that hears nothing learns nothing."""
        self.losses = depth.learn("sigmoid", "Xavier")
        self.trained = 0
        self.trail = Trail(
            np.arange(len(self.losses)), self.losses, (0, 150), (0, 2.6), ink.error, 2.7, 1.3,
            x_label="steps of training", y_label="loss", x_ticks=[0, 150], y_ticks=[0, 1, 2],
        )  # fmt: skip
        place.under(self.trail, self.kept, gap=0.4)
        loss = Gauge("loss", lambda: self.losses[self.trained], 3, color=ink.error)
        guessing = Gauge("pure guessing", lambda: np.log(depth.CLASSES), 3)
        place.aside(loss, guessing)

        def train(share: float) -> Changed:
            self.trained = round(150 * share)
            return (self.trail.reach(150 * share),)

        self.leave(*self.entry)
        with self.beat(
            "So it does not learn. After 150 steps its loss is 2.300. Pure guessing costs 2.303."
        ) as beat:
            self.play(FadeIn(self.trail, loss), run_time=0.6)
            self.play(drive(train, rate_func=linear), run_time=beat.fill("2.300"))
            beat.at("Pure", FadeIn(guessing))
        self.paid = [loss, guessing, self.trail]

    def compare_ladders(self) -> None:
        """Other bends at sensible starts."""
        losses = depth.learn("tanh", "Xavier")
        tanh = self.trail.chart.curve(np.arange(len(losses)), losses, ink.third, share=0.0)
        name = words.label("tanh", ink.third).next_to(self.trail.chart.at(30, 0.35), UP + RIGHT, buff=0.08)

        def train(share: float) -> Changed:
            self.losses, self.trained = losses, round(150 * share)
            return (tanh.reveal(share),)

        def change(bend: str, start: str) -> Animation:
            before, after = self.profile, depth.profile(bend, start)

            def path(share: float) -> Changed:
                self.profile = before if share < 0.5 else after
                low, high = self.height(before.signal), self.height(after.signal)
                return (self.bars.stand((1 - share) * low + share * high),)

            return drive(path)

        with self.beat(
            "With tanh each layer passes on 0.945. The ladder lies flat, and the loss falls to 0.014."
        ) as beat:
            self.play(change("tanh", "Xavier"), run_time=beat.fill("0.945"))
            self.play(self.kept.light())
            beat.at("loss", drive(train, tanh), FadeIn(name), run_time=1.6)
        with self.beat("ReLU passes on 0.979. But all of this holds for weights of a sensible size.") as beat:
            self.play(FadeOut(*self.paid, tanh, name), run_time=0.5)
            self.play(change("ReLU", "He"), run_time=beat.fill("0.979"))
            self.play(self.kept.light())
            beat.rest()

    # --- starting

    @chapter(
        "Start neither silent nor screaming", "zero and too large initial weights", "Xavier initialisation",
        "He initialisation",
    )  # fmt: skip
    def start_neither_silent_nor_screaming(self) -> None:
        self.start_at_zero()
        self.start_all_equal()
        self.start_too_large()
        self.start_as_glorot_says()
        self.start_as_he_says()
        self.remember()

    def start_at_zero(self) -> None:
        """Zero weights teach nothing."""
        self.loom = place.picture(Network((2, 3, 1), 8.0, 4.4))
        self.add(self.loom)
        with self.beat("How large should weights be before learning starts? Zero?") as beat:
            beat.until("before")
            self.play(self.run_right(0, 2), run_time=1.6)
        with self.beat("Then every sum is zero, and every blame as well. No weight will ever move.") as beat:
            beat.until("blame")
            self.play(self.run_left(2, 0), run_time=1.6)

    def start_all_equal(self) -> None:
        """Equal weights stay equal."""
        grown = network.triplets()
        reel = Reel(grown.steps + 1.0, log=True)
        self.size = 0.0

        def weigh() -> Changed:
            weights = reel.mix(grown.weights)
            self.size = float(weights[0, 0])
            return (self.loom.weigh([weights, reel.mix(grown.out)], 3.0).wires,)

        def rise(share: float) -> Changed:
            self.size = 0.5 * share
            return (self.loom.weigh([share * each for each in (grown.weights[0], grown.out[0])], 3.0).wires,)

        heading = words.label("weight from input 1 to", ink.quiet)
        gauges = [Gauge(f"unit {unit}", lambda: self.size, 3) for unit in (1, 2, 3)]
        place.aside(heading, *gauges)
        with self.beat("All equal, at one half? Equal units get equal blame, and take equal steps.") as beat:
            self.play(drive(rise), FadeIn(heading, *gauges), run_time=0.9)
            beat.until("blame")
            self.play(self.run_left(2, 0), run_time=1.4)
        with self.beat(
            "After three thousand steps on XOR, all three say 3.926. Three units, and one idea."
        ) as beat:
            self.play(reel.run(3001.0, weigh, rate_func=linear), run_time=beat.fill("3.926"))
            self.play(*(gauge.light() for gauge in gauges))
        self.leave(self.loom, heading, *gauges)

    def pile_up(self, bend: str, start: str) -> Animation:
        """Ridges rise layer by layer, as the signal goes right."""
        shares = depth.profile(bend, start).histograms(self.edges)
        # Half of ReLU's answers are 0: a spike that would leave the others no height.
        largest = 0.03 if bend == RELU.name else None
        self.ridges = Ridges(self.plane, np.arange(1.0, depth.DEPTH + 1), self.edges)

        def path(share: float) -> Changed:
            reached = np.arange(depth.DEPTH) < depth.DEPTH * share
            return (self.ridges.pile(np.where(reached[:, None], shares, 0.0), largest),)

        return drive(path, rate_func=linear)

    def table(self, bend: str, start: str, last: str = "") -> VGroup:
        """The spread of activations in the first and in the last layer."""
        spread = depth.profile(bend, start).spread
        rows = [
            words.label(f"{bend}: spread of answers", ink.quiet),
            words.note(f"layer 1: {spread[0]:.2f}"),
            words.note(f"layer 20: {last or f'{spread[-1]:.2f}'}"),
        ]
        return VGroup(*rows).arrange(DOWN, buff=0.35, aligned_edge=LEFT)

    def start_too_large(self) -> None:
        """Spread 1: tanh piles up at its ends, ReLU leaves the frame."""
        self.plane = place.picture(
            Plane(
                (0.5, 21),
                (-1.2, 3),
                8.4,
                4.6,
                x_label="layer",
                y_label="answers of 100 units to 512 digits",
                x_ticks=[1, 5, 10, 15, 20],
                y_ticks=[-1, 0, 1, 2, 3],
            )
        )
        self.edges = np.linspace(-1.2, 3, 85)
        tables = [self.table("tanh", "large"), self.table("ReLU", "large", "$4 times 10^16$")]
        place.aside(tables[0])
        place.aside(tables[1])
        with self.beat(
            "Then at random, but large, with a spread of one? Twenty layers of tanh pile up at minus one and one."
        ) as beat:
            self.play(FadeIn(self.plane), run_time=0.6)
            beat.until("Twenty")
            self.play(self.pile_up("tanh", "large"), run_time=max(beat.fill(), 2.6))
            self.play(FadeIn(tables[0]), run_time=0.5)
        with self.beat(
            "ReLU runs off the frame: at layer twenty the spread is a four with sixteen zeros."
        ) as beat:
            self.play(FadeOut(self.ridges, tables[0]), run_time=0.5)
            self.play(self.pile_up("ReLU", "large"), run_time=1.8)
            beat.at("four", FadeIn(tables[1]))
        self.leave(tables[1], self.ridges)

    def start_as_glorot_says(self) -> None:
        """Xavier's start for tanh."""
        self.rule = words.formula('op("Var") w = 2 / (n_"in" + n_"out")')
        self.spread = self.table("tanh", "Xavier")
        place.aside(self.rule, self.spread, gap=0.6)
        with self.beat(
            "A unit adds a hundred terms, so its spread grows tenfold, unless each weight is about a tenth."
        ) as beat:
            beat.until("unless")
            self.play(self.pile_up("tanh", "Xavier"), run_time=max(beat.fill(), 2.6))
        with self.beat(
            "That is Xavier's start, for tanh. The spread narrows slowly, from 0.56 to 0.18."
        ) as beat:
            beat.at("Xavier's", words.write(self.rule), run_time=1.0)
            beat.at("spread", FadeIn(self.spread))

    def start_as_he_says(self) -> None:
        """He's start for ReLU, and what neither promises."""
        he = words.formula('op("Var") w = {{2 : two}} / n_"in"', {"two": ink.focus})
        spread = self.table("ReLU", "He")
        place.aside(he, spread, gap=0.6)
        with self.beat(
            "ReLU cuts half of the signal away, so Kaiming He puts a factor of two back: 0.83 to 0.54."
        ) as beat:
            self.play(FadeOut(self.ridges, self.spread), run_time=0.5)
            self.play(self.pile_up("ReLU", "He"), run_time=beat.fill("Kaiming", least=1.8))
            self.play(words.rewrite(self.rule, he), run_time=0.9)
            beat.at("0.83", FadeIn(spread))
        with self.beat(
            "Both speak of the start alone. What training does later, they do not promise."
        ) as beat:
            beat.at("start", words.light(self.ridges), run_time=1.0)
            beat.rest()
        self.leave(self.plane, self.ridges, he, spread)

    def remember(self) -> None:
        """The picture to keep: yellow going right, violet going left, on the same wires."""
        loom = self.thread()
        whole = VGroup(loom, self.weights, self.tell_all()).move_to(0.15 * DOWN)
        with self.beat("Remember: numbers run right, and make a guess."):
            self.play(FadeIn(whole), run_time=0.6)
            self.play(self.run_right(0, 2), run_time=2.0)
        with self.beat("Blame runs left on the same wires, multiplied at every stop."):
            self.play(self.run_left(2, 0), run_time=2.6)
        with self.beat("Then, and only then, every weight moves a little."):
            self.play(*(words.light(each) for each in self.weights), run_time=1.4)
        with self.beat("How to take those steps well comes next: deep learning optimization."):
            self.play(self.run_right(0, 2), run_time=1.6)
            self.play(self.run_left(2, 0), run_time=1.6)

    def poster(self) -> None:
        """The loom with one pulse right and one left on the same wires."""
        loom = Network((2, 2, 1), 8.4, 5.6, radius=0.8).weigh(
            [layer.weights for layer in self.example.layers]
        )
        passed = self.example.passed
        loom.fire([*(each[0] for each in passed.activations), passed.outputs[0]], 2.0)
        for wires in loom.wires:
            wires.set_stroke(width=11)
        loom.to_edge(RIGHT, buff=0.5)
        right, left = loom.pulse(ink.focus, length=1.0), loom.pulse(ink.fourth, under=True, length=1.0)
        for pulse in (right.go(0.34), left.go(1.5)):
            pulse.set_stroke(width=24, opacity=1)
        text = words.headline("[Forward.:focus]\n[Back.:fourth]\nLearn.", size=1.15 * ink.POSTER)
        text.to_edge(LEFT, buff=0.6)
        self.add(loom, right, left, text)
