"""Backpropagation: the chain rule from right to left, along the wires of the worked example."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, LaggedStart, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.kit.network import Masks
from scenes.kit.words import Words
from scenes.maths.neural_networks import hand, network
from scenes.neural_networks.net import WIRES, WorkedNet
from scenes.neural_networks.stage import NeuralNetworksStage, inline, maths, numeral, standing, told_in

ALL: Final = np.ones((2, 2), dtype=bool)
UPPER: Final[Masks] = (ALL, np.array([[True], [False]]))
"""From the output to the upper hidden unit."""
LOWER: Final[Masks] = (ALL, np.array([[False], [True]]))
OPEN: Final[Masks] = (np.array([[True, False], [True, False]]), UPPER[1])
"""From the hidden unit whose gate is open to both inputs."""
MEETING: Final[Masks] = (np.array([[True, True], [False, False]]), np.ones((2, 1), dtype=bool))
"""Along two paths to the first input."""
OTHER: Final = (1.0, 4.0)
"""Inputs for which both gates are open."""
_BESIDE: Final = {0: (0.74, 0.74), 1: (0.55, 0.6)}
"""Of its way along a wire, by layer and row, where its slope stands."""
SLOPE: Final = 44.0
"""Pixels of the capitals of slopes on the net."""
WHOLE: Final = 78.0
"""Pixels of the capitals of formulas that are the picture."""
DERIVED: Final = 68.0
"""Pixels of the capitals of the start of delta."""
CHAINED: Final = (
    "(d cal(L)) / (d z) {{ = : is }} "
    "{{ (d cal(L)) / (d hat(y)) : outer }} dot {{ (d hat(y)) / (d z) : inner }}"
)
FACTORS: Final = "{{ = : is }} {{ - display(1 / hat(y)) : outer }} dot {{ hat(y) (1 - hat(y)) : inner }}"
LEFT_OVER: Final = "{{ = : is }} -(1 - hat(y)) = hat(y) - y"
SIGNAL: Final = (
    "{{ bold(delta)^((l)) : here }} = ({{ W^((l+1) top) : carry }} {{ bold(delta)^((l+1)) : next }}) "
    "dot.o {{ phi.alt'(bold(z)^((l))) : gate }}"
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
            net.tell(layer, unit, float(value), 3 if layer == 2 else None)
            for layer, each in enumerate(values)
            for unit, value in enumerate(each)
        )
    )
    return net, told


def told_slope(slope: float) -> str:
    """A slope as it is written on the net."""
    return numeral(slope, 3) if slope else "0"


def slopes_on(net: WorkedNet, example: network.Example) -> VGroup:
    """The slope of the loss by each weight, violet beside its wire, in the order of WIRES."""
    numbers = VGroup()
    for layer, row, column in WIRES:
        slope = example.blame.weights[layer][row, column]
        number = words.label(told_slope(slope), ink.fourth, size=SLOPE)
        above = layer == 0 and row < column
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

    def name_local_gradients(self) -> None:
        """What each node knows before any chain is made."""
        output = self.loom.neuron(2, 0)
        truth = words.label("truth [1:truth]", size=ink.LABEL).next_to(output, DOWN, buff=0.2)
        self.gates = VGroup(
            *(
                words.label(f"slope {slope}", ink.fourth, size=SLOPE).next_to(
                    self.loom.neuron(1, unit), side, buff=0.2
                )
                for unit, (slope, side) in enumerate(((1, DOWN), (0, UP)))
            )
        )
        name = words.label("[backpropagation:fourth]", size=ink.POINT)
        local = words.label("[local gradient:fourth]", size=ink.POINT)
        for each in (name, local):
            each.next_to(self.loom.neuron(0, 1), DOWN, buff=0.1).align_to(self.loom, LEFT)
        with self.beat("The guess is 0.182, the truth is one. Which way should each weight move?") as beat:
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
        with self.beat(
            "Each node contributes one factor, its local gradient. For a wire, that is its weight."
        ) as beat:
            beat.over("local", words.rewrite(name, local), until="wire", least=pace.BRISK)
            beat.over(
                LaggedStart(
                    *(words.light(each, ink.fourth) for each in self.net.weights), lag_ratio=pace.LAG
                ),
            )
        with self.beat(
            "For ReLU it is one where the sum was positive, and zero where it was not: a closed gate."
        ) as beat:
            beat.at("one", FadeIn(self.gates[0], scale=1.4))
            beat.at("zero", FadeIn(self.gates[1], scale=1.4))
            beat.over(words.light(self.gates[1]), least=pace.QUICK)
        self.local, self.truth_words = local, truth

    def derive_delta(self) -> None:
        """Why the slope at the output's sum is guess minus truth."""
        p, y = self.example.guess, float(self.example.truth[0, 0])
        outer, inner = hand.price_slope(p, y), hand.sigmoid_slope(p)
        self.shot(shot.formula(titled=False))
        place = shot.safe(titled=False).inset(0.6, 0.1)
        chain = maths(CHAINED, DERIVED)
        factors, left = (inline(source, DERIVED) for source in (FACTORS, LEFT_OVER))
        for row, region in zip((chain, factors, left), place.rows(5, 5, 3, gap=0.1), strict=True):
            region.put(row, LEFT)
            row.shift((chain.part("is").get_x() - row.part("is").get_x()) * RIGHT)
        names = [
            words.label("truth [$y = 1$:truth]: $cal(L) = -ln hat(y)$", size=SLOPE),
            words.label(f"[= {numeral(outer * inner, 3)}:fourth]", size=DERIVED),
        ]
        for name, row in zip(names, (chain, left), strict=True):
            name.set_y(row.get_y()).align_to(place.middle + place.width / 2 * RIGHT, RIGHT)
        gone = (self.net, self.values, self.gates, self.truth_words, self.local)
        with self.beat(
            "Start at the output's sum z: the slope of the loss times the slope of the sigmoid."
        ) as beat:
            beat.over(*map(FadeOut, gone), words.write(chain), FadeIn(names[0]), until="loss")
            beat.over("loss", words.light(chain.part("outer")), until="sigmoid")
            beat.over(words.light(chain.part("inner")), words.write(factors), least=pace.CALM)
        with self.beat("The guess cancels, and guess minus truth is left: minus 0.818.") as beat:
            beat.over(words.light(factors), until="guess minus")
            beat.over("guess minus", words.write(left), until="minus 0.818")
            beat.over(FadeIn(names[1]))
        self.shot(shot.wide())
        self.derived = VGroup(chain, factors, left, *names)

    def multiply_to_the_left(self) -> None:
        """Delta starts at the output and is multiplied at each stop."""
        p = self.example.blame.sums[1][0, 0]
        output = self.loom.neuron(2, 0)
        start = inline("hat(y) - y", ink.POINT)
        value = words.label(f"= {numeral(p, 3)}", ink.fourth, size=44.0)
        VGroup(start, value).arrange(RIGHT, buff=0.2)
        group = VGroup(start, value).next_to(self.truth_words, DOWN, buff=0.35)
        group.shift(min(0.0, 6.6 - float(group.get_right()[0])) * RIGHT)
        delta = words.label("[delta δ:fourth]", size=ink.POINT).next_to(group, DOWN, buff=0.25)
        upper = self.beside_unit(0, f"{numeral(p, 4)} · (−2) · 1 = {-2 * p:.3f}")
        lower = self.beside_unit(1, f"{numeral(p, 4)} · 1 · 0 = 0")
        with self.beat("This is delta, the blame of this unit: how the loss changes with its sum.") as beat:
            back = (self.net, self.values, self.gates, self.truth_words, start, value)
            beat.over(FadeOut(self.derived), *map(FadeIn, back), until="blame", least=pace.BRISK)
            beat.over(words.write(delta), until="how")
            beat.over(words.light(value), output.animate.set_stroke(ink.fourth, width=8))
        with self.beat(
            "Go left and multiply: times the weight, minus two, times ReLU's slope, one. "
            "The upper unit's delta is 1.635."
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
        self.bias_slopes = slopes_of_biases(self.net, self.example)
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
        """Other inputs open both gates, and two paths bring delta to the first of them."""
        other = network.Example(self.example.layers, np.array([OTHER]), self.example.truth)
        values = [*standing(other)[:-1], np.array([other.guess])]
        again = VGroup(
            *(
                self.net.tell(layer, unit, float(value), 3 if layer == 2 else None)
                for layer, each in enumerate(values)
                for unit, value in enumerate(each)
            )
        )
        old, new = told_in(self.values), told_in(again)
        opened = words.label("slope 1", ink.fourth, size=SLOPE).move_to(self.gates[1])
        before = [*standing(self.example)[:-1], np.array([self.example.guess])]
        both = words.label("[δ · (−2) · ½:fourth] + [δ · 1 · (−1):fourth] = [−2δ:fourth]", size=44.0)
        both.next_to(self.loom.neuron(0, 0), UP, buff=0.12).align_to(self.loom.neuron(0, 0), LEFT)
        parting = VGroup(self.deltas, self.slopes, self.truth_words)
        with self.beat(
            "With other numbers both gates are open, and two paths lead back to the first input. "
            "Where paths meet, slopes add."
        ) as beat:
            beat.over(
                FadeOut(parting),
                *(words.rewrite(old[which], new[which]) for which in range(1, 5)),
                until="both",
                least=pace.CALM,
            )
            beat.over(
                words.rewrite(told_in(self.gates)[1], opened),
                self.net.light_up(before, values),
                until="two",
                least=pace.BRISK,
            )
            beat.over(self.run_left(2, 0, MEETING), until="Where", least=pace.LONG)
            beat.over(words.write(both))
        self.others = VGroup(opened, both, self.gates[0], self.values[0], *again[1:])

    def write_it_for_layers(self) -> None:
        """The two lines of backpropagation; their letters come from the picture."""
        self.shot(shot.formula(titled=False))
        signal, slopes = maths(SIGNAL, WHOLE), maths(SLOPES, WHOLE)
        rows = shot.safe(titled=False).rows(1, 1, gap=0.2)
        rows[0].put(signal), rows[1].put(slopes)
        texts = {
            "here": "this\nlayer",
            "carry": "transposed\nweights",
            "next": "the next\nlayer",
            "gate": "slope of the\nactivation",
        }
        notes = {
            part: words.label(text, ink.quiet, size=44.0).next_to(signal.part(part), DOWN, buff=0.3)
            for part, text in texts.items()
        }
        fed = words.label("what came in", ink.quiet, size=44.0).next_to(slopes, DOWN, buff=0.25)
        fed.set_x(slopes.part("fed").get_x())
        flights = [
            self.fly(source, signal.part(part).get_center())
            for source, part in (
                (self.others[-1], "next"),
                (self.net.weights[4], "carry"),
                (self.net.weights[5], "carry"),
                (self.others[0], "gate"),
                (self.others[2], "gate"),
            )
        ]
        with self.beat(
            "The same for whole layers: the weights, transposed, carry delta back; "
            "the activation's slope multiplies it, entry by entry."
        ) as beat:
            beat.over(FadeOut(self.net, self.others), *flights, until="weights", least=pace.BRISK)
            beat.over(words.write(signal), until="transposed", least=pace.BRISK)
            beat.over(FadeIn(notes["carry"], notes["next"]), until="activation's")
            beat.over(words.light(signal.part("gate")), FadeIn(notes["gate"], notes["here"]), least=pace.CALM)
        with self.beat(
            "And the slopes of the weights are delta times what came in; those of the biases are delta itself."
        ) as beat:
            beat.over(words.write(slopes), until="delta", least=pace.BRISK)
            beat.over(words.light(slopes.part("here")), FadeIn(fed), until="biases")
            beat.over(words.light(slopes.part("alone")))
        self.formulas = VGroup(signal, slopes, *notes.values(), fed)

    def fly(self, source: Mobject, target: np.ndarray) -> Animation:
        """A copy of what stands in the picture goes to where its letter will stand."""
        copy = source.copy()
        self.allow(copy, "pop", "a copy sets out from where its number stands")
        return FadeOut(copy, target_position=target)

    def keep_the_values(self) -> None:
        """The net again, with its slopes: forward values have been needed."""
        self.shot(shot.wide())
        net, told = ready(self.example)
        slopes, biases = slopes_on(net, self.example), slopes_of_biases(net, self.example)
        with self.beat("So training keeps what came in: the forward values.") as beat:
            beat.over(FadeOut(self.formulas), FadeIn(net, told), until="forward", least=pace.BRISK)
            beat.over(*(words.light(each) for each in told), FadeIn(slopes, biases), least=pace.CALM)
