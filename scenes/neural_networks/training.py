"""Measuring a slope, stepping against it, a thousand times."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import Animation, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, linear

from scenes.kit import ink, place, words
from scenes.kit.dial import Dial
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.network import Network
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.small_multiples import SmallMultiples
from scenes.maths.neural_networks import network
from scenes.maths.neural_networks.network import TANH
from scenes.neural_networks.stage import PAIR, WIRES, NeuralNetworksStage, standing


class Training(NeuralNetworksStage):
    """Measuring a slope, stepping against it, a thousand times."""

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
                return (dial.redraw(self.answer),)

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
        self.reel = ParameterSweep(stops, log=True)
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
        self.verdict.redraw(outputs)
        self.border.redraw(outputs)
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
        panes = SmallMultiples(4, 2, (-1.25, 1.25), (-1.25, 1.25), 2.24, 4.6, gap=0.12)
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
