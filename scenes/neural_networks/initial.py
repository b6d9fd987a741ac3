"""Where weights start: not at zero, not equal, not too large; and the end of the lesson."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.network import Network
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.neural_networks import depth, network, perceptron
from scenes.maths.neural_networks.network import TANH
from scenes.neural_networks.deep import LAYERS, Ladders, power, rungs
from scenes.neural_networks.fold import STEPS, WINDOW
from scenes.neural_networks.square import PAIR
from scenes.neural_networks.stage import NeuralNetworksStage, inline, maths, numeral

UNITS: Final = 3
"""Hidden units of the net whose weights start alike."""
LARGE: Final = 44.0
"""Pixels of the capitals of numbers on wires."""
FULL: Final = 2.0
"""The weight at which a wire is fully bright."""
WHERE: Final = (0.7, 0.5)
"""Of its way along a wire, by layer, where its weight stands."""
SEED: Final = 3
"""Of the random weights that are drawn."""
TALL: Final = 17
"""Decades that the chart of too large weights shows above 1."""
BROAD: Final = 8.0
"""Spread of the bell of which ReLU keeps the right half: wide enough to be seen."""
VARIANCE: Final = ('"Var" z =', "n", 'dot "Var" w', 'dot "E"(a^2)')
"""Of a sum of n independent products of a weight and an answer, both of mean zero: in parts, as they are spoken of."""
XAVIER: Final = '"Var" w = 2 / (n_"in" + n_"out")'
HE: Final = '"Var" w = 2 / n_"in"'


def bell(xs: Floats, spread: float) -> Floats:
    """The normal density of ``spread`` at ``xs``, its top at one."""
    return np.asarray(np.exp(-((xs / spread) ** 2) / 2))


def bell_of_sum() -> float:
    """Spread of a sum of as many independent terms of spread 1 as a layer is wide."""
    return float(np.sqrt(depth.WIDTH))


class Initial(NeuralNetworksStage):
    """Where weights start: not at zero, not equal, not too large; and the end of the lesson."""

    @chapter(
        "Start neither too small nor too large",
        "zero and too large initial weights",
        "Xavier initialisation",
        "He initialisation",
        goes_on=True,
    )
    def start_neither_too_small_nor_too_large(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.ladders = Ladders().all()
        self.add(self.ladders)
        self.start_at_zero()
        self.start_all_equal()
        self.start_too_large()
        self.count_the_variance()
        self.compare_the_rules()
        self.remember()

    # --- a net of three units

    def start_at_zero(self) -> None:
        """Zero weights: each weight's slope is zero, the output's bias alone learns."""
        zero = tuple(network.Layer(np.zeros(shape), np.zeros(shape[1])) for shape in ((2, UNITS), (UNITS, 1)))
        example = network.worked_example()
        slopes = network.blame(zero, example.x, example.truth, TANH)
        place = shot.safe(titled=False).inset(0.6, 0.25)
        self.loom = Network((2, UNITS, 1), place.width, place.height, radius=0.62)
        place.put(self.loom)
        self.chance = [layer.weights[0] for layer in network.random_layers((2, UNITS, 1), [SEED])]
        self.loom.weigh(self.chance, FULL)
        grown = network.triplets()
        self.sweep = ParameterSweep(grown.steps + 1.0, log=True)
        self.numbers = VGroup(
            *(
                self.loom.on_wire(
                    words.Readout(self.sweep.score(values[:, row, column]), 2, size=LARGE, digits=2),
                    layer,
                    row,
                    column,
                    WHERE[layer],
                )
                for layer, values in enumerate((grown.weights, grown.out))
                for row, column in np.ndindex(values.shape[1:])
            )
        )
        guess = float(network.guess(network.forward(zero, example.x, TANH).outputs)[0, 0])
        told = VGroup(
            *(
                self.loom.in_neuron(words.label(f"{value:g}", size=LARGE), layer, unit)
                for layer, each in enumerate((example.x[0], np.zeros(UNITS), np.array([guess])))
                for unit, value in enumerate(each)
            )
        )
        thrown = np.concatenate([each.ravel() for each in self.chance])
        self.thrown = VGroup(
            *(
                words.label(numeral(weight, 2), size=LARGE).move_to(number)
                for weight, number in zip(thrown, self.numbers, strict=True)
            )
        )
        flat = np.concatenate([each.ravel() for each in slopes.weights])
        nothing = VGroup(
            *(
                words.label(f"{slope:g}", ink.fourth, size=LARGE).move_to(number)
                for slope, number in zip(flat, self.numbers, strict=True)
            )
        )
        output = self.loom.neuron(2, 0)
        bias = words.label(f"bias: [{slopes.bias[1][0]:g}:fourth]", size=LARGE).next_to(output, UP, buff=0.25)
        self.term = words.label("[initialisation:focus]", size=ink.POINT)
        place.inset(0.0, 0.08).put(self.term, LEFT + DOWN)
        zeros = [layer.weights for layer in zero]
        with self.beat(
            "How large should weights be at the start? That choice is the initialisation."
        ) as beat:
            beat.over(FadeOut(self.ladders), FadeIn(self.loom, self.thrown), until="start", least=pace.BRISK)
            beat.over(self.run_right(0, 2), until="initialisation")
            beat.over(words.write(self.term))
        with self.beat(
            "All zero? Then the hidden sums are zero, and so is the slope of each weight. "
            "The bias of the output learns alone."
        ) as beat:
            beat.over(
                glide(self.loom.weigh, (self.chance, FULL), (zeros, FULL)),
                FadeOut(self.thrown),
                FadeIn(told),
                until="slope",
            )
            beat.over(
                self.run_left(2, 0), LaggedStart(*map(FadeIn, nothing), lag_ratio=pace.LAG), until="bias"
            )
            beat.over(FadeIn(bias), output.animate.set_stroke(ink.fourth, width=8))
        self.zero = VGroup(told, nothing, bias)

    def start_all_equal(self) -> None:
        """Equal weights stay equal; random ones break the symmetry."""
        grown, sweep, numbers = network.triplets(), self.sweep, self.numbers
        count = words.Readout(sweep.score(grown.steps), 0, label="XOR, step", digits=4, size=ink.POINT)
        count.move_to(self.term, aligned_edge=LEFT + DOWN)
        zeros = [np.zeros((2, UNITS)), np.zeros((UNITS, 1))]
        begin, end = ([grown.weights[row], grown.out[row]] for row in (0, -1))
        name = words.label("[symmetry breaking:focus]: start at random", size=ink.POINT)
        name.move_to(self.term, aligned_edge=LEFT + DOWN)
        output = self.loom.neuron(2, 0)
        with self.beat("All one half? Equal units get equal slopes, and take equal steps.") as beat:
            beat.over(
                FadeOut(self.zero, self.term),
                output.animate.set_stroke(ink.faint, width=2),
                glide(self.loom.weigh, (zeros, FULL), (begin, FULL)),
                FadeIn(numbers),
                until="slopes",
            )
            beat.over(self.run_left(2, 0), FadeIn(count), least=pace.SLOW)
        states = np.stack(
            [np.hstack([w.ravel(), o.ravel()]) for w, o in zip(grown.weights, grown.out, strict=True)]
        )
        cut = 2 * UNITS
        sweep.mixed(states).draws(
            lambda now: self.loom.weigh([now[:cut].reshape(2, UNITS), now[cut:].reshape(UNITS, 1)], FULL)
        )
        with self.beat(
            "After three thousand steps they are still copies: three units, and one idea."
        ) as beat:
            beat.over(sweep.to(grown.steps[-1] + 1.0, rate_func=linear), until="three units", least=pace.LONG)
            beat.over(*(words.light(number) for number in numbers))
        with self.beat("So start at random: this is symmetry breaking.") as beat:
            beat.over(
                FadeOut(numbers, count),
                glide(self.loom.weigh, (end, FULL), (self.chance, FULL)),
                until="symmetry",
                least=pace.CALM,
            )
            beat.over(words.write(name), FadeIn(self.thrown))
        self.small = VGroup(self.loom, name, self.thrown)

    # --- how large

    def start_too_large(self) -> None:
        """Spread one: the camera pulls out as the answers grow."""
        spread = depth.profile("ReLU", "large").spread
        chart = shot.safe(titled=False).plane(
            (0.2, 20.8),
            (-0.6, TALL + 0.4),
            x_label="layer",
            y_label="spread of a layer's answers, weights of spread 1, ReLU",
            x_ticks=[1, 5, 10, 15, 20],
            y_names=rungs(range(0, TALL, 4)),
        )
        decades = np.log10(spread)
        curve = chart.curve(LAYERS, decades, ink.error, width=2 * LINE, share=0.0)
        dots = chart.dots(np.column_stack([LAYERS, decades]), ink.error, radius=0.12)
        first, last = chart.at(0.2, -0.6), chart.at(5.6, 4.6)
        near = (float(first[0]) - 0.9, float(last[0])), (float(first[1]) - 0.6, float(last[1]))
        ends = [
            chart.label(1.0, float(decades[0]), f"{spread[0]:.1f}", UP, ink.error, gap=0.25),
            chart.label(
                20.0, float(decades[-1]), power(spread[-1]), LEFT, ink.error, gap=0.4, size=ink.POINT
            ),
        ]
        with self.beat(
            "But how large? With a spread of one, each ReLU layer grows its answers about sevenfold."
        ) as beat:
            self.play(FadeOut(self.small), FadeIn(chart), self.frame.to_region(*near), run_time=pace.CALM)
            self.play(FadeIn(dots[0]), FadeIn(ends[0]), run_time=pace.QUICK)
            beat.over(
                glide(curve.reveal, 0.0, 3 / 19, curve, rate_func=linear),
                LaggedStart(*(FadeIn(dot, scale=2) for dot in dots[1:4]), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )
        with self.beat("By the last layer the spread has sixteen zeros.") as beat:
            beat.over(
                glide(curve.reveal, 3 / 19, 1.0, curve, rate_func=linear),
                LaggedStart(*(FadeIn(dot) for dot in dots[4:]), lag_ratio=pace.LAG),
                self.frame.back(),
                least=pace.LONG,
            )
            self.play(FadeIn(ends[1]), run_time=pace.QUICK)
        self.exploded = VGroup(chart, curve, dots, *ends)

    def count_the_variance(self) -> None:
        """A sum of a hundred terms, and what the weights' variance has to be."""
        upper, lower = shot.safe(titled=False).rows(2, 5, gap=0.25)
        self.shot(shot.formula(titled=False))
        left, right = lower.columns(1, 1)
        terms = [inline(part, 64.0) for part in VARIANCE]
        law = VGroup(*terms).arrange(RIGHT, buff=0.22)
        for term in terms[1:]:
            words.align_baseline(term, terms[0])
        upper.put(law)
        xs = np.linspace(-30, 30, 601)
        plane = left.plane(
            (-30, 30), (0, 1.15), x_label="a term, and the sum $z$ of 100", x_ticks=[-20, 0, 20], y_ticks=[]
        )
        one = plane.curve(xs, bell(xs, 1.0), ink.quiet, width=2 * LINE)
        total = plane.curve(xs, bell(xs, 1.0), ink.focus, width=2 * LINE)
        wide = bell_of_sum()
        numbers = VGroup(
            words.label("100 terms of variance 1:"),
            words.label(f"variance [{depth.WIDTH}:focus], spread [{wide:.0f}:focus]", size=ink.POINT),
        ).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        right.put(numbers, LEFT + UP)
        tenth = words.label('$"Var" w = 1 / n$: spread 1', size=ink.POINT).next_to(
            numbers, DOWN, buff=0.35, aligned_edge=LEFT
        )

        def stretch(spread: float) -> object:
            return total.redraw(xs, bell(xs, spread))

        with self.beat("Why? A sum of n independent terms has n times the variance.") as beat:
            beat.over(
                FadeOut(self.exploded),
                FadeIn(plane, one, total),
                *(words.write(term) for term in terms),
                until="has",
                least=pace.BRISK,
            )
            beat.over(glide(stretch, 1.0, wide, total), words.light(law[1]), FadeIn(numbers))
        with self.beat("So let weights have the variance one over n: the sum keeps its spread.") as beat:
            beat.over(words.light(law[2]), words.write(tenth), until="sum")
            beat.over(glide(stretch, wide, 1.0, total))
        rules = [maths(source, 60.0) for source in (XAVIER, HE)]
        heads = [
            words.label(f"[{text}:focus]", size=ink.POINT)
            for text in ("Xavier initialisation", "He initialisation")
        ]
        stack = VGroup(heads[0], rules[0], heads[1], rules[1]).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        right.put(stack, LEFT)
        half = plane.area(xs[xs <= 0], 0.0, bell(xs[xs <= 0], BROAD), ink.error, fill=0.7)
        with self.beat(
            "Backward, one over n out would do. Xavier initialisation lies between the two."
        ) as beat:
            beat.over(FadeOut(numbers, tenth), until="Xavier")
            beat.over(FadeIn(heads[0]), words.write(rules[0]))
        with self.beat(
            "ReLU keeps half of the square. So Kaiming He doubles the variance: He initialisation."
        ) as beat:
            beat.over(FadeOut(one), glide(stretch, 1.0, BROAD, total), until="half")
            beat.over(words.light(law[3]), FadeIn(half), until="So")
            beat.over(FadeIn(heads[1]), words.write(rules[1]))
        self.derived = VGroup(law, plane, half, total, stack)

    def compare_the_rules(self) -> None:
        """Both rules under ReLU, layer by layer."""
        (frame,) = self.shot(shot.headline())
        chart = frame.plane(
            (0.2, 20.8),
            (-3.8, 0.9),
            x_label="layer",
            y_label="spread of a layer's answers under ReLU, one start",
            x_ticks=[1, 5, 10, 15, 20],
            y_names=rungs(range(-3, 1)),
        )
        curves, dots, names = [], [], []
        for start, color in (("Xavier", ink.quiet), ("He", ink.focus)):
            spread = depth.profile("ReLU", start).spread
            decades = np.log10(spread)
            curves.append(chart.curve(LAYERS, decades, color, width=2 * LINE, share=0.0))
            dots.append(chart.dots(np.column_stack([LAYERS, decades]), color, radius=0.11))
            figures = f"{start}: {spread[0]:.2f} to {spread[-1]:.2g}"
            names.append(
                chart.label(
                    16.5,
                    float(decades[15]),
                    figures,
                    UP + LEFT if start == "He" else LEFT + DOWN,
                    color,
                    gap=0.3,
                    size=ink.POINT,
                )
            )
        with self.beat(
            "Under ReLU, Xavier's answers fade, layer by layer. With He initialisation they keep their size."
        ) as beat:
            self.play(FadeOut(self.derived), FadeIn(chart), run_time=pace.QUICK)
            beat.over(
                glide(curves[0].reveal, 0.0, 1.0, curves[0]),
                LaggedStart(*map(FadeIn, dots[0]), lag_ratio=pace.LAG),
                FadeIn(names[0]),
                until="With",
                least=pace.SLOW,
            )
            beat.over(
                glide(curves[1].reveal, 0.0, 1.0, curves[1]),
                LaggedStart(*map(FadeIn, dots[1]), lag_ratio=pace.LAG),
                FadeIn(names[1]),
                least=pace.CALM,
            )
        with self.beat(
            "So He initialisation for ReLU, Xavier for tanh, biases at zero. It is a good start, and no more."
        ) as beat:
            beat.over(words.light(names[1]), until="Xavier")
            beat.over(words.light(names[0]))
        self.compared = VGroup(chart, *curves, *dots, *names)

    # --- the end

    def remember(self) -> None:
        """The four points, the net that moves them, and what is computed on its wires."""
        (frame,) = self.shot(shot.wide())
        upper, lower = shot.safe(titled=False).rows(9, 4, gap=0.25)
        left, middle, right = upper.columns(1, 1.15, 1, gap=0.4)
        floor = frame.plane(
            (frame.left, frame.right),
            (frame.bottom, frame.top),
            equal=True,
            x_ticks=[],
            y_ticks=[],
            numbers=False,
        )
        side = min(left.width, left.height)
        first, last = network.open_fold()
        span = WINDOW[1] - WINDOW[0]

        def lying(points: Floats) -> Floats:
            return np.asarray(left.middle[:2] + side / span * (points - sum(WINDOW) / 2))

        def seated(answers: Floats) -> Floats:
            return np.asarray(right.middle[:2] + side / 2 * answers)

        def folded(points: Floats) -> Floats:
            return seated(TANH.of(first(points)))

        still, sheet = (
            Lattice(floor, STEPS, WINDOW, WINDOW, color, opacity=opacity).warp(lying)
            for color, opacity in ((ink.faint, 0.6), (ink.quiet, 0.9))
        )
        colors = [ink.CLASSES[label] for label in perceptron.XOR]
        shapes = [PAIR[label] for label in perceptron.XOR]
        here, there = (each.dots(perceptron.CORNERS, colors, shapes, 0.24) for each in (still, sheet))
        w, b = last.weights[:, 0], float(last.bias[0])
        home, box = (
            region.put(Plane(limits, limits, side, side, x_ticks=[], y_ticks=[], numbers=False))
            for region, limits in ((left, WINDOW), (right, (-1.0, 1.0)))
        )
        fields = []
        for plane, layers in ((home, (first, last)), (box, (last,))):
            mesh = plane.mesh(64, 64)
            logits = network.forward(layers, mesh.reshape(-1, 2), TANH).outputs
            fields.append(plane.field(logits.reshape(mesh.shape[:2]), largest=0.5, opacity=0.3))
        line = box.line(w, b, color=ink.chalk, width=2 * LINE)
        net = Network((2, 2, 1), middle.width, 0.8 * middle.height, radius=0.45)
        net.weigh([layer.weights for layer in (first, last)])
        middle.put(net)
        self.loom = net
        cells = lower.columns(1, 1, 1, gap=0.3)
        texts = (
            ("forward pass", "bold(a) = phi.alt(W bold(x) + bold(b))", ink.focus),
            (
                "backpropagation",
                "bold(delta) arrow.l (W^top bold(delta)) dot.o phi.alt'(bold(z))",
                ink.fourth,
            ),
            ("gradient descent", "w arrow.l w - eta (partial cal(L)) / (partial w)", ink.chalk),
        )
        laws = []
        for cell, (name, source, color) in zip(cells, texts, strict=True):
            head = words.label(name, color, size=44.0)
            formula = inline(source, 44.0)
            laws.append(cell.put(VGroup(head, formula).arrange(DOWN, buff=0.3), UP))
        with self.beat("No line parts these four points. A hidden layer moves them until one does.") as beat:
            beat.over(
                FadeOut(self.compared), FadeIn(still, here, sheet, there), until="hidden", least=pace.BRISK
            )
            beat.over(
                FadeIn(net),
                sheet.drive(lambda share: sheet.warp(folded, share, lying)),
                until="until",
                least=pace.LONG,
            )
            self.add(*fields)
            self.bring_to_back(*fields)
            beat.over(Create(line), FadeIn(*fields))
        with self.beat(
            "Forward computes. Backpropagation measures. Gradient descent moves.", pause=pace.SLOW
        ) as beat:
            beat.over(self.run_right(0, 2), FadeIn(laws[0]), until="Backpropagation", least=pace.SLOW)
            beat.over(self.run_left(2, 0), FadeIn(laws[1]), until="Gradient", least=pace.SLOW)
            beat.over(FadeIn(laws[2]), *(words.light(law[1]) for law in laws[2:]), least=pace.SLOW)
