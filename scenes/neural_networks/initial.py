"""Where weights start: not at zero, not equal, not too large; and the end of the lesson."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.neural_networks import depth, hand, network, perceptron
from scenes.maths.neural_networks.network import TANH
from scenes.neural_networks.deep import LAYERS, FactorBars
from scenes.neural_networks.fold import STEPS, WINDOW
from scenes.neural_networks.powers import raised
from scenes.neural_networks.square import PAIR, RADIUS
from scenes.neural_networks.stage import Net, NeuralNetworksStage, chalked, inline, maths, numeral

UNITS: Final = 3
"""Hidden units of the net whose weights start alike."""
LARGE: Final = 44.0
"""Pixels of the capitals of numbers on wires."""
FULL: Final = 2.0
"""The weight at which a wire is fully bright."""
WHERE: Final = (0.7, 0.5)
"""Of its way along a wire, by layer, where its weight stands."""
MESH: Final = 64
FAN: Final = (5, 4)
"""Units before and after the one matrix of weights of which each way asks another variance."""
HIDDEN: Final = (-1.25, 1.25)
"""Of both answers of the hidden units: what the last picture shows."""
REACH: Final = 0.34
"""Of the longest arrow that tells which way the loss falls, in answers of the hidden units."""
LAWS: Final = (
    ("forward pass", "bold(a) = phi.alt(W bold(x) + bold(b))", ink.focus),
    ("backpropagation", "bold(delta) arrow.l (W^top bold(delta)) dot.o phi.alt'(bold(z))", ink.fourth),
    ("gradient descent", "w arrow.l w - eta thin (partial cal(L)) / (partial w)", ink.chalk),
)
LAST: Final = 200
"""Epochs of XOR that the end of the lesson shows."""
SEED: Final = 3
"""Of the random weights that are drawn."""
VARIANCE: Final = ('"Var" z =', "n", 'dot "Var" w', 'dot "E"(a^2)')
"""Of a sum of n independent products of a weight and an answer, both of mean zero: in parts, as they are spoken of."""
XAVIER: Final = '"Var" w = 2 / (n_"in" + n_"out")'
HE: Final = '"Var" w = 2 / n_"in"'


def bell(xs: Floats, spread: float) -> Floats:
    """The normal density of ``spread`` at ``xs``, in units of the top of that of spread 1."""
    return np.asarray(np.exp(-((xs / spread) ** 2) / 2) / spread)


def lying(points: Floats) -> Floats:
    """Inputs (n, 2) of the window where the flat sheet has them in the last picture: it reaches from -1 to 1."""
    return np.asarray(2 * (points - np.mean(WINDOW)) / np.ptp(WINDOW))


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
        self.factors = FactorBars().final()
        self.add(self.factors.all())
        self.ask_how_large()
        self.start_at_zero()
        self.start_all_equal()
        self.count_the_variance()
        self.compare_the_rules()
        self.remember()

    def ask_how_large(self) -> None:
        """The question that the picture leaves open."""
        chart = self.factors
        self.term = words.label("[initialisation:focus]", size=ink.POINT)
        self.term.move_to(chart.plane.at(-0.48, -0.55), aligned_edge=LEFT)
        with self.beat(
            "How large should weights start? That choice is the initialisation. What about zero?"
        ) as beat:
            beat.over(words.light(chart.even), words.light(chart.sides[0]), until="That")
            beat.over("initialisation", words.write(self.term), until="What")
            beat.over(words.light(chart.sides[1]))
        self.asked = VGroup(chart.all(), self.term)

    # --- a net of three units

    def start_at_zero(self) -> None:
        """Zero weights: each weight's slope is zero, the output's bias alone learns."""
        zero = tuple(network.Layer(np.zeros(shape), np.zeros(shape[1])) for shape in ((2, UNITS), (UNITS, 1)))
        example = network.worked_example()
        slopes = network.blame(zero, example.x, example.truth, TANH)
        place = shot.safe(titled=False).inset(0.6, 0.25)
        self.loom = Net((2, UNITS, 1), place.width, place.height, radius=0.62)
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
        bias = words.label(f"slope of its bias: [{numeral(slopes.bias[1][0])}:fourth]", size=LARGE)
        shot.safe(titled=False).put(bias, RIGHT + UP)
        self.foot = place.inset(0.0, 0.08)
        zeros = [layer.weights for layer in zero]
        self.loom.weigh(zeros, FULL)
        with self.beat(
            "With tanh or ReLU the hidden answers are zero then, and so is each weight's slope. "
            "Only the output's bias learns."
        ) as beat:
            self.play(FadeOut(self.asked), run_time=pace.QUICK)
            self.play(FadeIn(self.loom, told), run_time=pace.BRISK)
            beat.over(*(words.light(each) for each in told[2:-1]), until="slope")
            beat.over(
                self.run_left(2, 0), LaggedStart(*map(FadeIn, nothing), lag_ratio=pace.LAG), until="bias"
            )
            beat.over(FadeIn(bias), output.animate.set_stroke(ink.fourth, width=8))
        self.zero = VGroup(told, nothing, bias)

    def start_all_equal(self) -> None:
        """Equal weights stay equal; random ones break the symmetry."""
        grown, sweep, numbers = network.triplets(), self.sweep, self.numbers
        count = words.Readout(sweep.score(grown.steps), 0, label="XOR, epoch", digits=4, size=ink.POINT)
        self.foot.put(count, LEFT + DOWN)
        zeros = [np.zeros((2, UNITS)), np.zeros((UNITS, 1))]
        begin, end = ([grown.weights[row], grown.out[row]] for row in (0, -1))
        name = words.label("[symmetry breaking:focus]:\nstart at random", size=ink.POINT)
        self.foot.put(name, RIGHT + DOWN)
        output = self.loom.neuron(2, 0)
        with self.beat("And if all are one half? Equal units get equal slopes, so equal steps.") as beat:
            beat.over(
                FadeOut(self.zero),
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
        with self.beat("After three thousand epochs they are still copies, and XOR stays unsolved.") as beat:
            beat.over(sweep.to(grown.steps[-1] + 1.0, rate_func=linear), until="copies", least=pace.LONG)
            self.play(*(words.light(number) for number in numbers), run_time=pace.BRISK)
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
            (-30, 30), (0, 1.15), x_label="one term; the sum $z$ of 100", x_ticks=[-20, 0, 20], y_ticks=[]
        )
        one = plane.curve(xs, bell(xs, 1.0), ink.quiet, width=2 * LINE)
        total = plane.curve(xs, bell(xs, 1.0), ink.focus, width=2 * LINE)
        wide = bell_of_sum()
        reach = plane.segment((0, 0), (0, 0), ink.focus, width=2.5 * LINE)
        numbers = VGroup(
            words.label("100 terms of size 1:", size=ink.POINT),
            words.label(f"variance [{depth.WIDTH}:focus], size [{wide:.0f}:focus]", size=ink.POINT),
        ).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        right.put(numbers, LEFT + UP)
        tenth = chalked(words.label('$"Var" w = display(1 / n_"in")$: size 1', size=ink.POINT)).next_to(
            numbers, DOWN, buff=0.35, aligned_edge=LEFT
        )

        def stretch(spread: float) -> Changed:
            side = float(bell(np.array(spread), spread))
            return total.redraw(xs, bell(xs, spread)), reach.redraw((-spread, side), (spread, side))

        stretch(1.0)
        with self.beat(
            "How large, then? Weights with mean zero: the variance of their sum is n, times theirs, "
            "times the mean square of the inputs."
        ) as beat:
            self.play(FadeOut(self.small), run_time=pace.QUICK)
            beat.over(
                FadeIn(plane, one, total, reach),
                *(words.write(term) for term in terms),
                until="n times",
                least=pace.BRISK,
            )
            beat.over(
                glide(stretch, 1.0, wide, total, reach), words.light(law[1]), FadeIn(numbers), until="theirs"
            )
            beat.over(words.light(law[2]), until="times the")
            beat.over(words.light(law[3]))
        self.allow(total, "faint", "the sum comes back to lie on the term")
        with self.beat("So give them the variance one over n in: the sum keeps its size.") as beat:
            beat.over(words.light(law[2]), words.write(tenth), until="sum")
            beat.over(glide(stretch, wide, 1.0, total, reach))
        rules = [maths(source, 60.0) for source in (XAVIER, HE)]
        heads = [
            words.label(f"[{text}:focus]", size=ink.POINT)
            for text in ("Xavier initialisation", "He initialisation")
        ]
        upper_half, lower_half = right.rows(1, 1, gap=0.2)
        for half, head, rule in zip((upper_half, lower_half), heads, rules, strict=True):
            half.put(VGroup(head, rule).arrange(DOWN, buff=0.25, aligned_edge=LEFT), LEFT)
        fan, asks = self.spread_a_fan(left)
        with self.beat(
            "On the way back, delta asks for one over n out. Xavier initialisation lies between the two."
        ) as beat:
            beat.over(FadeOut(plane, one, total, reach, numbers, tenth), FadeIn(fan, asks[0]), until="way")
            beat.over("way", self.run_left(1, 0), FadeIn(asks[1]), until="Xavier", least=pace.CALM)
            beat.over(self.run_right(0, 1), FadeIn(heads[0]), words.write(rules[0]))
        before, after = hand.squares()
        board = left.plane(
            (-3, 3), (0, 5.4), x_label="sum $z$", y_label="its square", x_ticks=hand.SUMS, y_ticks=[0, 1, 4]
        )
        kept = hand.SUMS > 0
        stay, go = (
            board.bars(hand.SUMS[which], before[which], color, thick=0.7)
            for which, color in ((kept, ink.focus), (~kept, ink.quiet))
        )
        mean = VGroup(
            words.label(f"mean: {before.mean():.2f}", size=44.0),
            words.label(f"after ReLU: [{after.mean():.2f}:focus]", size=44.0),
        )
        mean.arrange(RIGHT, buff=0.35)
        mean.move_to(board.at(3, 5.3), aligned_edge=UP + RIGHT)
        ghosts = VGroup(
            *(
                board.polygon([(z - 0.35, 0), (z + 0.35, 0), (z + 0.35, top), (z - 0.35, top)], ink.quiet)
                for z, top in zip(hand.SUMS[~kept], before[~kept], strict=True)
            )
        )
        with self.beat("But ReLU puts negative sums to zero: half of the mean square is lost.") as beat:
            self.play(FadeOut(fan, asks), run_time=pace.QUICK)
            beat.over(FadeIn(board, stay, go, ghosts, mean[0]), until="negative", least=pace.BRISK)
            beat.over(glide(go.redraw, before[~kept], after[~kept]), until="half", least=pace.CALM)
            beat.over(FadeIn(mean[1]), words.light(law[3]))
        with self.beat(
            "So Kaiming He takes two over n in, where Xavier, at equal widths, takes one: He initialisation."
        ) as beat:
            beat.over(words.write(rules[1]), until="where")
            beat.over(words.light(law[3]), words.light(law[2]), until="He initialisation")
            beat.over(FadeIn(heads[1]))
        self.derived = VGroup(law, board, stay, go, ghosts, mean, *rules, *heads)

    def spread_a_fan(self, place: shot.Region) -> tuple[Net, VGroup]:
        """One matrix of weights between two layers, and what each way asks of it."""
        room, feet = place.rows(5, 2, gap=0.2)
        self.loom = fan = Net(FAN, room.width, room.height, radius=0.25)
        room.put(fan)
        asks = VGroup(
            *(
                cell.put(words.label(f'$display(1 / n_"{way}")$', color, size=ink.POINT))
                for cell, way, color in zip(
                    feet.columns(1, 1), ("in", "out"), (ink.focus, ink.fourth), strict=True
                )
            )
        )
        return fan, asks

    def compare_the_rules(self) -> None:
        """Both rules under ReLU, layer by layer."""
        (frame,) = self.shot(shot.headline())
        chart = frame.plane(
            (0.2, 20.8),
            (-3.8, 0.9),
            x_names={1: "layer 1", 10: "10", 20: "20"},
            y_names={0: "1", -3: raised(-3)},
            y_label="size of ReLU's answers (standard deviation), 20 starts",
            tick_size=LARGE,
        )
        crowds, names = [], []
        for start, color, side in (("Xavier", ink.quiet, LEFT + DOWN), ("He", ink.focus, UP + LEFT)):
            sizes = depth.spreads("ReLU", start)
            middle = np.median(sizes, axis=0)
            crowd = Bundle(chart, LAYERS, np.log10(sizes), color, middle="median")
            crowds.append(crowd.summarise(middle=1.0).reach(LAYERS[0]))
            figures = f"{start}: {middle[0]:.2f} to {middle[-1]:.2g}"
            names.append(
                chart.label(16.5, float(np.log10(middle[15])), figures, side, color, gap=0.7, size=ink.POINT)
            )
            self.allow(crowd, "faint", "single starts stand behind their median")
        apart = np.median(depth.differences("ReLU", "He"), axis=0)
        fall = chart.curve(LAYERS, np.log10(apart), ink.chalk, width=1.5 * LINE, dashed=True, share=0.0)
        limit = chart.label(
            20.6,
            float(np.log10(apart[-1])),
            f"difference between digits: {apart[0]:.1f} to {apart[-1]:.1f}",
            DOWN + LEFT,
            gap=0.2,
            size=ink.LABEL,
        )
        self.add(*crowds)
        with self.beat(
            "Under ReLU, Xavier's answers fade, layer by layer. With He initialisation they keep their size."
        ) as beat:
            self.play(FadeOut(self.derived), FadeIn(chart), run_time=pace.BRISK)
            beat.over(
                glide(crowds[0].reach, LAYERS[0], LAYERS[-1], crowds[0]),
                FadeIn(names[0]),
                until="With",
                least=pace.SLOW,
            )
            beat.over(
                glide(crowds[1].reach, LAYERS[0], LAYERS[-1], crowds[1]), FadeIn(names[1]), least=pace.CALM
            )
        with self.beat(
            "So He for ReLU, Xavier for tanh, biases at zero. He keeps size; digits still grow alike."
        ) as beat:
            beat.over(words.light(names[1]), until="Xavier")
            beat.over(words.light(names[0]), until="digits")
            beat.over(glide(fall.reveal, 0.0, 1.0, fall), FadeIn(limit), least=pace.CALM)
        self.compared = VGroup(chart, *crowds, *names, fall, limit)

    # --- the end

    def remember(self) -> None:
        """The sheet with the four points, as a hidden layer moves it: at the start, and as it learns."""
        self.shot(shot.wide())
        head, place = shot.safe(titled=False).rows(3, 10, gap=0.2)
        stops = np.unique(np.geomspace(1, LAST + 1, 60).round().astype(int) - 1)
        layers = network.fold(tuple(stops.tolist()), network.OPEN_SEED).layers[: len(stops)]
        sweep = ParameterSweep(stops + 1.0, log=True)
        first, last = ([each[at] for each in layers] for at in (0, 1))
        bends, shifts = np.stack([each.weights for each in first]), np.stack([each.bias for each in first])
        plane = place.put(
            Plane(HIDDEN, HIDDEN, place.width, place.height, x_ticks=[], y_ticks=[], numbers=False)
        )
        levels = np.stack([each(plane.mesh(MESH, MESH).reshape(-1, 2))[:, 0] for each in last])
        levels = levels.reshape(len(stops), MESH, MESH)
        sides = plane.field(levels[0], largest=0.3, opacity=0.34)
        line = plane.contour(levels[0], width=2 * LINE)
        sheet = Lattice(plane, STEPS, WINDOW, WINDOW, ink.quiet, opacity=0.7).warp(lying)
        dots = sheet.dots(
            perceptron.CORNERS,
            [ink.CLASSES[label] for label in perceptron.XOR],
            [PAIR[label] for label in perceptron.XOR],
            RADIUS,
        )

        def moved(points: Floats) -> Floats:
            return TANH.of(points @ sweep.mix(bends) + sweep.mix(shifts))

        def show(_: float) -> Changed:
            now = sweep.mix(levels)
            sheet.warp(moved)
            return (sides.redraw(now), line.redraw(now), sheet, dots)

        tried = plane.line((1.0, 0.0), 0.0, width=2 * LINE)

        def turn(angle: float) -> Changed:
            return (tried.redraw(np.array([np.cos(angle), np.sin(angle)]), 0.0),)

        truth = perceptron.XOR[:, None].astype(float)
        slopes = network.blame(layers[0], perceptron.CORNERS, truth, TANH).activations[1]
        begin = moved(perceptron.CORNERS)
        arrows = plane.vector(
            begin, begin - REACH * slopes / np.abs(slopes).max(), ink.fourth, width=2 * LINE
        )
        laws = [
            cell.put(
                VGroup(words.label(name, color, size=LARGE), inline(source, LARGE)).arrange(DOWN, buff=0.2)
            )
            for cell, (name, source, color) in zip(head.columns(1, 1, 1), LAWS, strict=True)
        ]
        with self.beat(
            "No line parts these four points. A hidden layer moves them: forward computes where to."
        ) as beat:
            self.play(FadeOut(self.compared), FadeIn(sheet, dots), run_time=pace.BRISK)
            self.play(FadeIn(tried), run_time=pace.QUICK)
            self.bring_to_front(dots)
            beat.over(glide(turn, 0.0, np.pi, tried), until="A hidden")
            self.play(FadeOut(tried), run_time=pace.QUICK)
            beat.over(
                FadeIn(laws[0]), sheet.drive(lambda share: sheet.warp(moved, share, lying)), least=pace.LONG
            )
        with self.beat(
            "Backpropagation measures which way the loss falls. "
            "Gradient descent moves the weights, until one line parts the points.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(FadeIn(laws[1], arrows), until="Gradient")
            self.play(FadeOut(arrows), FadeIn(sides, line, laws[2]), run_time=pace.QUICK)
            self.bring_to_back(sides)
            self.bring_to_front(dots)
            sweep.draws(show)
            beat.over(sweep.to(float(stops[-1]) + 1.0, rate_func=linear), least=pace.LONG)
            self.play(words.light(line), run_time=pace.CALM)
