"""One line, what it cannot cut, and two bends that fold the plane."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import DOWN, UP, Animation, Create, FadeIn, FadeOut, VGroup, linear, smooth

from scenes.kit import ink, place, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.network import Network
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.neural_networks import network, perceptron
from scenes.maths.neural_networks.network import TANH
from scenes.neural_networks.stage import PAIR, NeuralNetworksStage


def corners_of(plane: Plane, labels: perceptron.Ints) -> Dots:
    """The four corners, blue discs for 0 and orange diamonds for 1."""
    return plane.classes(perceptron.CORNERS, labels, radius=0.17, shapes=PAIR)


def corrected(walk: perceptron.Walk, spot: float) -> Floats:
    """Weights (3,) after so many corrections, the last of them in part."""
    before = int(np.clip(spot, 0, len(walk.weights) - 2))
    share = smooth(min(spot - before, 1.0))
    return np.asarray((1 - share) * walk.weights[before] + share * walk.weights[before + 1])


class Perceptron(NeuralNetworksStage):
    """One line, what it cannot cut, and two bends that fold the plane."""

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
        self.ruler.redraw(ruler.w, ruler.b)
        self.sides.redraw(np.clip(40 * (self.plane.mesh(64, 64) @ ruler.w + ruler.b), -1, 1))
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
                spot.redraw([now[:2]])
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
        self.place_two_rulers(plane, training, ParameterSweep(stops, log=True))
        self.fold_the_sheet(plane)
        self.count_good_starts()

    def place_two_rulers(self, plane: Plane, training: network.Training, reel: ParameterSweep) -> None:
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
                line.redraw(w[:, unit], float(b[unit]))
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
            creases.append(sheet.pin(curve, partial(lambda c, r: c.redraw(*sheet.at(r).T), curve, rest)))

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
            self.play(sheet.drive(lambda t: sheet.warp(bend, t)), run_time=max(beat.fill(), 5.0))

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
        sheet.pin(cut, lambda: cut.redraw(*sheet.at(rest).T))
        with self.beat("Carry it back, and on the old paper it is two cuts.") as beat:
            self.play(FadeOut(rings, *spots, *creases), run_time=0.5)
            self.play(sheet.drive(lambda t: sheet.warp(bend, 1 - t)), run_time=max(beat.fill(), 3.4))
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
            self.play(drive(lambda t: bars.redraw(t * solved * (spots < 1)), bars), run_time=0.7)
            self.play(FadeIn(values[0]), run_time=0.3)
            beat.until("eight")
            self.play(
                drive(lambda t: bars.redraw(np.where(spots < 1, solved, t * solved)), bars), run_time=0.9
            )
            self.play(FadeIn(*values[1:]), run_time=0.4)
