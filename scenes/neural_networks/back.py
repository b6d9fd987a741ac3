"""Backpropagation: the chain rule from right to left, along the wires of the worked example."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.kit.network import Masks
from scenes.kit.words import Words
from scenes.maths.neural_networks import hand, network
from scenes.neural_networks.net import WIRES, WorkedNet
from scenes.neural_networks.stage import Net, NeuralNetworksStage, inline, maths, numeral, standing

ALL: Final = np.ones((2, 2), dtype=bool)
ONE: Final = np.ones((1, 1), dtype=bool)
UPPER: Final[Masks] = (ALL, np.array([[True], [False]]))
"""From the output to the upper hidden unit."""
LOWER: Final[Masks] = (ALL, np.array([[False], [True]]))
OPEN: Final[Masks] = (np.array([[True, False], [True, False]]), UPPER[1])
"""From the hidden unit whose gate is open to both inputs."""
_BESIDE: Final = {0: (0.74, 0.74), 1: (0.55, 0.6)}
"""Of its way along a wire, by layer and row, where its slope stands."""
_OVER: Final = ((0, 0, 0), (0, 1, 0))
"""Wires whose slope stands over them: both that lead to the upper hidden unit."""
SLOPE: Final = 44.0
"""Pixels of the capitals of slopes on the net."""
WHOLE: Final = 78.0
"""Pixels of the capitals of formulas that are the picture."""
DERIVED: Final = 68.0
"""Pixels of the capitals of the start of delta."""
CHAINED: Final = (
    "(partial cal(L)) / (partial z) {{ = : is }} "
    "{{ (partial cal(L)) / (partial hat(y)) : outer }} dot {{ (partial hat(y)) / (partial z) : inner }}"
)
FACTORS: Final = "{{ = : is }} {{ - display(1 / hat(y)) : outer }} dot {{ hat(y) (1 - hat(y)) : inner }}"
LEFT_OVER: Final = "{{ = : is }} -(1 - hat(y)) = hat(y) - y"
OTHERWISE: Final = "y = 0: #h(0.5em) display(1 / (1 - hat(y))) dot hat(y) (1 - hat(y)) = hat(y) = hat(y) - y"
MEETING: Final = "(partial cal(L)) / (partial a) = {{ w_1 delta_1 : first }} + {{ w_2 delta_2 : second }}"
START: Final = "{{ bold(delta)^((L)) : here }} = hat(y) - y"
SIGNAL: Final = (
    "{{ bold(delta)^((l)) : here }} = ({{ W^((l+1) top) : carry }} {{ bold(delta)^((l+1)) : next }}) "
    "{{ dot.o : times }} {{ phi.alt'(bold(z)^((l))) : gate }}"
)
SLOPES: Final = (
    "(partial cal(L)) / (partial W^((l))) = {{ bold(delta)^((l)) : here }} {{ bold(a)^((l-1) top) : fed }} "
    "quad quad (partial cal(L)) / (partial bold(b)^((l))) = {{ bold(delta)^((l)) : alone }}"
)


def ready(example: network.Example, decimals: int | None = None) -> tuple[WorkedNet, VGroup]:
    """The net of ``example`` after its forward pass, and the numbers in its neurons: inputs, answers, the guess.

    Its weights are written with ``decimals`` places, or with as few as they have.
    """
    net = WorkedNet(example, decimals=decimals)
    values = [*standing(example)[:-1], np.array([example.guess])]
    net.loom.fire(values, 2.5)
    told = VGroup(
        *(
            net.tell(layer, unit, float(value), 4 if layer == 2 else None)
            for layer, each in enumerate(values)
            for unit, value in enumerate(each)
        )
    )
    return net, told


def told_slope(slope: float) -> str:
    """A slope as it is written on the net: with four digits that count."""
    return numeral(slope, 4 if abs(slope) < 1 else 3) if slope else "0"


def slopes_on(net: WorkedNet, example: network.Example) -> VGroup:
    """The slope of the loss by each weight, violet beside its wire, in the order of WIRES."""
    numbers = VGroup()
    for layer, row, column in WIRES:
        slope = example.blame.weights[layer][row, column]
        number = words.label(told_slope(slope), ink.fourth, size=SLOPE)
        above = (layer, row, column) in _OVER
        numbers.add(net.loom.by_wire(number, layer, row, column, _BESIDE[layer][row], above))
    return numbers


def slopes_of_biases(net: WorkedNet, example: network.Example) -> VGroup:
    """The slope of the loss by each bias, violet beside it."""
    numbers = VGroup()
    found = (*example.blame.bias[0], *example.blame.bias[1])
    for bias, slope, side in zip(net.biases, found, (RIGHT, RIGHT, UP), strict=True):
        number = words.label(told_slope(slope), ink.fourth, size=SLOPE)
        numbers.add(number.next_to(bias, side, buff=0.25))
    return numbers


class Back(NeuralNetworksStage):
    """Backpropagation: the chain rule from right to left, along the wires of the worked example."""

    @chapter(
        "Backpropagation: the same wires, right to left",
        "backpropagation on a drawn graph",
        "local gradients flowing back",
        goes_on=True,
    )
    def backpropagation_on_the_same_wires(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.net, self.values = ready(self.example)
        self.loom = self.net.loom
        self.add(self.net, self.values)
        self.go_back_on_the_wires()
        self.name_local_gradients()
        self.derive_delta()
        self.multiply_to_the_left()
        self.give_each_weight_its_slope()
        self.add_where_paths_meet()
        self.write_it_for_layers()
        self.keep_the_values()

    def beside_unit(self, unit: int, text: str) -> Words:
        """Violet words at a hidden unit, over the upper one or under the lower one, left of its bias."""
        up = DOWN if unit else UP
        made = words.label(text, ink.fourth, size=SLOPE)
        made.next_to(self.loom.neuron(1, unit), up, buff=0.2)
        return made.set_x(self.loom.neuron(1, unit).get_x() - float(made.width) / 2)

    def go_back_on_the_wires(self) -> None:
        """The question, and the way in which it is answered."""
        output = self.loom.neuron(2, 0)
        truth = words.label("truth [1:truth]", size=ink.LABEL).next_to(output, DOWN, buff=0.2)
        name = words.label("[backpropagation:fourth]", size=ink.POINT)
        name.next_to(self.loom.neuron(0, 1), DOWN, buff=0.1).align_to(self.loom, LEFT)
        with self.beat("The guess is 0.1824, the truth is one. Which way should each weight move?") as beat:
            near = (output, self.values[-1], self.net.biases[2], *self.net.weights[4:])
            beat.over(
                "guess",
                FadeIn(truth),
                self.spotlight(*near),
                self.frame.to(output, truth, *self.net.weights[4:], share=0.85),
                until="Which",
                least=pace.SLOW,
            )
            beat.over(
                self.frame.back(),
                self.lights_on(),
                *(words.light(each) for each in self.net.weights),
                least=pace.SLOW,
            )
        with self.beat(
            "Go back along the same wires, from right to left, with the chain rule: backpropagation."
        ) as beat:
            beat.over("back", self.run_left(2, 0), until="chain", least=pace.LONG)
            beat.over("backpropagation", words.write(name), least=pace.BRISK)
        self.named, self.truth_words = name, truth

    def name_local_gradients(self) -> None:
        """A product as a graph: what runs back along each of its edges is multiplied by the other factor."""
        a, w = float(self.example.passed.activations[1][0, 0]), float(self.example.layers[1].weights[0, 0])
        room = shot.safe(titled=False).inset(1.5, 0.5)
        graph = room.put(Net((2, 1, 1), room.width, room.height - 0.9, radius=0.85))
        for wires in graph.wires:
            wires.set_stroke(ink.chalk)
        inside = VGroup(
            *(
                graph.in_neuron(words.label(text, size=ink.HEADLINE), layer, unit)
                for layer, unit, text in (
                    (0, 0, numeral(a)), (0, 1, numeral(w)), (1, 0, "×"), (2, 0, numeral(a * w))
                )
            )
        )  # fmt: skip
        names = VGroup(
            words.label("input", size=ink.POINT).next_to(graph.neuron(0, 0), UP, buff=0.2),
            words.label("weight", size=ink.POINT).next_to(graph.neuron(0, 1), DOWN, buff=0.2),
            words.label("product", size=ink.POINT).next_to(graph.neuron(2, 0), UP, buff=0.2),
        )
        local = words.label("[local gradient:fourth]", size=ink.POINT)
        shot.safe(titled=False).put(local, UP + RIGHT)
        factors = [
            graph.by_wire(
                words.label(f"× ({numeral(w)})", ink.fourth, size=ink.HEADLINE), 0, 0, 0, 0.4, True
            ),
            graph.by_wire(words.label(f"× {numeral(a)}", ink.fourth, size=ink.HEADLINE), 0, 1, 0, 0.4),
        ]
        loom, self.loom = self.loom, graph
        with self.beat(
            "Each operation has a local gradient for each of its inputs. Of a product, it is the other factor."
        ) as beat:
            self.play(
                *map(FadeOut, (self.net, self.values, self.named, self.truth_words)), run_time=pace.QUICK
            )
            beat.over(FadeIn(graph, inside, names), until="local")
            beat.over("local", words.write(local), self.run_left(2, 1), until="other", least=pace.CALM)
            beat.over(*(words.light(each) for each in inside[:2]))
        with self.beat(
            "What comes back goes to the input times the weight, and to the weight times the input."
        ) as beat:
            upper, lower = (np.array([[True], [False]]), ONE), (np.array([[False], [True]]), ONE)
            beat.over(self.run_left(1, 0, upper), FadeIn(factors[0]), until="and to")
            beat.over(self.run_left(1, 0, lower), FadeIn(factors[1]))
        self.loom = loom
        self.graph = (graph, inside, names, local, *factors)

    def derive_delta(self) -> None:
        """Why the slope at the output's sum is guess minus truth."""
        p, y = self.example.guess, float(self.example.truth[0, 0])
        outer, inner = hand.price_slope(p, y), hand.sigmoid_slope(p)
        self.shot(shot.formula(titled=False))
        place = shot.safe(titled=False).inset(0.6, 0.1)
        chain = maths(CHAINED, DERIVED)
        factors, left = (inline(source, DERIVED) for source in (FACTORS, LEFT_OVER))
        *upper, foot = place.rows(5, 5, 3, 4, gap=0.1)
        for row, region in zip((chain, factors, left), upper, strict=True):
            region.put(row, LEFT)
            row.shift((chain.part("is").get_x() - row.part("is").get_x()) * RIGHT)
        otherwise = foot.put(inline(OTHERWISE, ink.POINT), LEFT)
        names = [
            words.label("truth [$y = 1$:truth]: $cal(L) = -ln hat(y)$", size=SLOPE),
            words.label(f"[= {numeral(outer * inner, 4)}:fourth]", size=DERIVED),
        ]
        for name, row in zip(names, (chain, left), strict=True):
            name.set_y(row.get_y()).align_to(place.middle + place.width / 2 * RIGHT, RIGHT)
        with self.beat(
            "Start at the output's sum z: the slope of the loss times the slope of the sigmoid."
        ) as beat:
            self.play(*map(FadeOut, self.graph), run_time=pace.QUICK)
            beat.over(words.write(chain), FadeIn(names[0]), until="loss")
            beat.over("loss", words.light(chain.part("outer")), until="sigmoid")
            beat.over(words.light(chain.part("inner")), words.write(factors), least=pace.CALM)
        with self.beat(
            "The fraction cancels, and guess minus truth is left: minus 0.8176. For y zero it comes out alike."
        ) as beat:
            beat.over(words.light(factors), until="guess minus")
            beat.over("guess minus", words.write(left), until="minus 0.8176")
            beat.over(FadeIn(names[1]), until="For")
            beat.over(words.write(otherwise))
        self.shot(shot.wide())
        self.derived = VGroup(chain, factors, left, otherwise, *names)

    def multiply_to_the_left(self) -> None:
        """Delta starts at the output and is multiplied at each stop."""
        p = self.example.blame.sums[1][0, 0]
        output = self.loom.neuron(2, 0)
        start = inline("hat(y) - y", ink.POINT)
        value = words.label(f"= {numeral(p, 4)}", ink.fourth, size=44.0)
        VGroup(start, value).arrange(RIGHT, buff=0.2)
        group = VGroup(start, value).next_to(self.truth_words, DOWN, buff=0.35)
        group.shift(min(0.0, 6.6 - float(group.get_right()[0])) * RIGHT)
        delta = words.label("[delta δ:fourth]", size=ink.POINT).next_to(group, DOWN, buff=0.25)
        upper = self.beside_unit(0, f"{numeral(p, 4)} · (−2) · 1 = {-2 * p:.3f}")
        lower = self.beside_unit(1, f"{numeral(p, 4)} · 1 · 0 = 0")
        self.gates = VGroup(
            *(
                words.label(f"slope {slope}", ink.fourth, size=SLOPE).next_to(
                    self.loom.neuron(1, unit), side, buff=0.2
                )
                for unit, (slope, side) in enumerate(((1, DOWN), (0, UP)))
            )
        )
        with self.beat("This is delta, the blame of this unit: how the loss changes with its sum.") as beat:
            back = (self.net, self.values, self.truth_words, start, value)
            self.play(FadeOut(self.derived), run_time=pace.QUICK)
            beat.over(*map(FadeIn, back), until="blame", least=pace.BRISK)
            beat.over(words.write(delta), until="how")
            beat.over(words.light(value), output.animate.set_stroke(ink.fourth, width=8))
        with self.beat(
            "The slope of ReLU is one where the sum was positive, and zero where it was not: a closed gate."
        ) as beat:
            beat.at("one", FadeIn(self.gates[0], scale=1.4))
            beat.at("zero", FadeIn(self.gates[1], scale=1.4))
            beat.over(words.light(self.gates[1]), least=pace.QUICK)
        with self.beat(
            "Go left: times the weight, minus two, times ReLU's slope, one. The upper unit's delta is 1.635."
        ) as beat:
            beat.over("left", self.run_left(2, 1, UPPER), until="times", least=pace.SLOW)
            beat.over(words.light(self.net.weights[4], ink.fourth), until="ReLU's")
            beat.over(words.light(self.gates[0]), words.write(upper), until="1.635")
            beat.over(self.loom.neuron(1, 0).animate.set_stroke(ink.fourth, width=8))
        with self.beat("The lower path meets the closed gate: its delta is zero.") as beat:
            beat.over(self.run_left(2, 1, LOWER), until="zero", least=pace.SLOW)
            beat.over(words.light(self.gates[1]), words.write(lower))
        self.deltas = VGroup(start, value, delta, upper, lower)

    def give_each_weight_its_slope(self) -> None:
        """The delta on the right of a wire times the value on its left."""
        self.slopes = slopes_on(self.net, self.example)
        upper = self.deltas[3]
        with self.beat("A weight's slope is the delta on its right times the value on its left.") as beat:
            beat.over("delta", words.light(upper, ink.chalk), until="value", least=pace.BRISK)
            beat.over(
                *(words.light(each) for each in self.values[:2]),
                self.run_left(1, 0, OPEN),
                least=pace.SLOW,
            )
        with self.beat(
            "1.635 times one, and times two: 3.27. Into the closed unit they are zero: "
            "no learning from this example."
        ) as beat:
            beat.over(FadeIn(self.slopes[0], scale=1.4), until="times two")
            beat.over(FadeIn(self.slopes[2], scale=1.4), words.light(self.values[1]), until="closed")
            beat.over(FadeIn(self.slopes[1], self.slopes[3], scale=1.4), until="no learning")
            beat.over(FadeIn(self.slopes[4], self.slopes[5]))

    def add_where_paths_meet(self) -> None:
        """A hidden unit with two successors: delta comes back along both wires."""
        room = shot.safe(titled=False).inset(0.7, 0.2)
        upper, foot = room.rows(5, 2, gap=0.2)
        fork = upper.put(Net((1, 2), upper.width, upper.height, radius=0.9))
        for wires in fork.wires:
            wires.set_stroke(ink.chalk)
        inside = VGroup(
            fork.in_neuron(maths("a", ink.HEADLINE), 0, 0),
            *(fork.in_neuron(maths(f"delta_{unit + 1}", ink.HEADLINE), 1, unit) for unit in range(2)),
            *(fork.on_wire(maths(f"w_{unit + 1}", ink.HEADLINE), 0, 0, unit) for unit in range(2)),
        )
        both = foot.put(maths(MEETING, DERIVED), LEFT)
        self.loom = fork
        with self.beat(
            "A unit may feed several. Delta comes back along each wire, and where paths meet, slopes add."
        ) as beat:
            self.play(
                *map(
                    FadeOut,
                    (self.net, self.values, self.gates, self.deltas, self.truth_words, self.slopes),
                ),
                run_time=pace.QUICK,
            )
            beat.over(FadeIn(fork, inside), until="Delta", least=pace.BRISK)
            beat.over(self.run_left(1, 0), until="where", least=pace.LONG)
            beat.over(words.write(both))
        self.fork = (fork, inside, both)

    def write_it_for_layers(self) -> None:
        """The three lines of backpropagation; the middle one comes from where paths met."""
        self.shot(shot.formula(titled=False))
        start, signal, slopes = inline(START, WHOLE), maths(SIGNAL, WHOLE), maths(SLOPES, WHOLE)
        start.part("here").set_color(ink.fourth)
        rows = shot.safe(titled=False).rows(2, 5, 4, gap=0.1)
        for row, law in zip(rows, (start, signal, slopes), strict=True):
            row.put(law, UP if law is not start else UP + LEFT)
        texts = {
            "here": "this\nlayer",
            "carry": "transposed\nweights",
            "next": "next\nlayer",
            "gate": "slope of the\nactivation",
        }
        notes = {
            part: words.label(text, ink.quiet, size=44.0).next_to(signal.part(part), DOWN, buff=0.3)
            for part, text in texts.items()
        }
        notes["times"] = words.label("entry by entry", ink.quiet, size=44.0).next_to(
            signal.part("times"), UP, buff=0.3
        )
        fed = words.label("what came in", ink.quiet, size=44.0).next_to(slopes, DOWN, buff=0.25)
        fed.set_x(slopes.part("fed").get_x())
        with self.beat(
            "In layers: start with guess minus truth. The weights, transposed, carry delta back; "
            "the activation's slope multiplies it, entry by entry."
        ) as beat:
            self.play(*map(FadeOut, self.fork), run_time=pace.QUICK)
            self.play(FadeIn(start), run_time=pace.QUICK)
            beat.over(words.light(start), until="weights", least=pace.BRISK)
            beat.over(words.write(signal), until="transposed", least=pace.BRISK)
            beat.over(FadeIn(notes["carry"], notes["next"]), until="activation's")
            beat.over(words.light(signal.part("gate")), FadeIn(notes["gate"], notes["here"]), until="entry")
            beat.over(words.light(signal.part("times")), FadeIn(notes["times"]))
        with self.beat(
            "The slope of a weight is delta times what came in; that of a bias is delta itself."
        ) as beat:
            beat.over(words.write(slopes), until="delta", least=pace.BRISK)
            beat.over(words.light(slopes.part("here")), FadeIn(fed), until="bias")
            beat.over(words.light(slopes.part("alone")))
        self.formulas = VGroup(start, signal, slopes, *notes.values(), fed)

    def keep_the_values(self) -> None:
        """The net again, with its slopes: forward values have been needed."""
        self.shot(shot.wide())
        net, told = ready(self.example)
        slopes, biases = slopes_on(net, self.example), slopes_of_biases(net, self.example)
        with self.beat("So training keeps what came in: the forward values.") as beat:
            self.play(FadeOut(self.formulas), run_time=pace.QUICK)
            beat.over(FadeIn(net, told), until="forward", least=pace.BRISK)
            beat.over(*(words.light(each) for each in told), FadeIn(slopes, biases), least=pace.CALM)
