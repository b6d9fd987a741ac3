"""Backpropagation: the chain rule from right to left, along the wires of the worked example."""

from __future__ import annotations

from typing import Any, Final, cast

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    VGroup,
    VMobject,
    there_and_back,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.kit.network import Masks
from scenes.kit.tag import Tag
from scenes.kit.words import Words
from scenes.maths.neural_networks import hand, network
from scenes.neural_networks.net import FULL, RADIUS, WIDE, WIRES, WorkedNet
from scenes.neural_networks.stage import Net, NeuralNetworksStage, inline, maths, numeral, standing, told_in

ALL: Final = np.ones((2, 2), dtype=bool)
ONE: Final = np.ones((1, 1), dtype=bool)
UPPER: Final[Masks] = (ALL, np.array([[True], [False]]))
"""From the output to the upper hidden unit."""
LOWER: Final[Masks] = (ALL, np.array([[False], [True]]))
OPEN: Final[Masks] = (np.array([[True, False], [True, False]]), UPPER[1])
"""From the output to both inputs, through the unit whose gate is open."""
UNITS: Final = ((1, 0), (1, 1), (2, 0))
"""Layer and number of the units that have a delta."""
SHARE: Final = {0: 0.74, 1: 0.68}
"""Of its way along a wire, by layer, where its slope stands."""
SLOPE: Final = 44.0
"""Pixels of the capitals of slopes on the net."""
DIGITS: Final = 4
"""Decimals of the output's delta: as many as the guess has."""
LAW: Final = 62.0
"""Pixels of the capitals of formulas under the net that they speak of."""
FURTHER: Final = (6.2, 2.45, 0.0)
"""Where a second output would stand, in scene units: clear of the bias of the first."""
BACK: Final = (0.66, (0.0, 0.8))
"""How large the net is while a formula stands under it, and where its middle is seen."""
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
    net.loom.fire(values, FULL)
    told = VGroup(
        *(
            net.tell(layer, unit, float(value), DIGITS if layer == 2 else None)
            for layer, each in enumerate(values)
            for unit, value in enumerate(each)
        )
    )
    return net, told


def told_slope(slope: float, decimals: int = 2) -> str:
    """A slope as it is written on the net."""
    return numeral(slope, decimals) if slope else "0"


def deltas_on(net: WorkedNet, example: network.Example) -> VGroup:
    """The deltas, violet in the lower half of the neurons: of both hidden units and of the output."""
    hidden, (last,) = example.blame.sums[0][0], example.blame.sums[1][0]
    return VGroup(
        *(net.tell_delta(1, unit, told_slope(delta)) for unit, delta in enumerate(hidden)),
        net.tell_delta(2, 0, told_slope(last, DIGITS)),
    )


def slopes_on(net: WorkedNet, example: network.Example) -> VGroup:
    """The slope of the loss by each weight, a violet tag on its wire, in the order of WIRES."""
    tags = VGroup()
    for layer, row, column in WIRES:
        slope = example.blame.weights[layer][row, column]
        start, stop = (ends[row * net.loom.sizes[layer + 1] + column] for ends in net.loom.ends(layer))
        tag = Tag(words.label(told_slope(slope), ink.fourth, size=SLOPE), opacity=1.0)
        tags.add(tag.move_to(start + SHARE[layer] * (stop - start)))
    return tags


def told_on(tag: Mobject) -> VMobject:
    """What stands on a tag, to be lit."""
    return cast(Tag, tag).text


def slopes_of_biases(net: WorkedNet, example: network.Example) -> VGroup:
    """The slope of the loss by each bias, violet beside it."""
    numbers = VGroup()
    found = (*example.blame.bias[0], *example.blame.bias[1])
    for bias, slope, decimals, side in zip(
        net.biases, found, (2, 2, DIGITS), (RIGHT, RIGHT, UP), strict=True
    ):
        number = words.label(told_slope(slope, decimals), ink.fourth, size=SLOPE)
        numbers.add(number.next_to(bias, side, buff=0.25))
    return numbers


def measured(example: network.Example) -> tuple[WorkedNet, VGroup, VGroup, VGroup, VGroup]:
    """The net with all that both passes have left on it: values, deltas, slopes of weights and of biases."""
    net, told = ready(example)
    for number, (layer, unit) in zip(told[2:], UNITS, strict=True):
        number.next_to(net.loom.neuron(layer, unit).get_center(), UP, buff=words.GAP)
    return net, told, deltas_on(net, example), slopes_on(net, example), slopes_of_biases(net, example)


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
        made = words.label(text, ink.fourth, size=SLOPE)
        made.next_to(self.loom.neuron(1, unit), DOWN if unit else UP, buff=0.15)
        return made.set_x(self.loom.neuron(1, unit).get_x() - float(made.width) / 2)

    def go_back_on_the_wires(self) -> None:
        """The question, and the way in which it is answered."""
        output = self.loom.neuron(2, 0)
        truth = words.label("truth [1:truth]", size=SLOPE).next_to(output, DOWN, buff=0.2)
        name = words.label("[backpropagation:fourth]", size=ink.POINT)
        name.next_to(self.loom.neuron(0, 1), DOWN, buff=0.1).align_to(self.loom, LEFT)
        with self.beat("The guess is 0.1824, the truth is one. Which way should each weight move?") as beat:
            beat.over("guess", words.light(self.values[-1]), until="truth")
            beat.over("truth", FadeIn(truth), until="Which")
            beat.over(LaggedStart(*(words.light(each) for each in self.net.weights), lag_ratio=pace.LAG))
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
        graph = Net((2, 1, 1), room.width, room.height - 0.9, radius=RADIUS)
        graph.wide = WIDE
        room.put(graph.weigh([[[1.0], [1.0]], [[1.0]]]))
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
                words.label(f"× ({numeral(w)})", ink.fourth, size=ink.HEADLINE), 0, 0, 0, 0.55, True
            ),
            graph.by_wire(words.label(f"× {numeral(a)}", ink.fourth, size=ink.HEADLINE), 0, 1, 0, 0.55),
        ]
        loom, self.loom = self.loom, graph
        with self.beat(
            "Each operation has a local gradient for each of its inputs. Of a product, it is the other factor."
        ) as beat:
            self.play(
                *map(FadeOut, (self.net, self.values, self.named, self.truth_words)),
                FadeIn(graph, inside, names),
                run_time=pace.BRISK,
            )
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
            words.label("sigmoid with log loss", size=SLOPE),
            words.label(f"[= {numeral(outer * inner, DIGITS)}:fourth]", size=DERIVED),
        ]
        for name, row in zip(names, (chain, factors, left), strict=True):
            name.set_y(row.get_y()).align_to(place.middle + place.width / 2 * RIGHT, RIGHT)
        with self.beat(
            "Start at the output's sum z: the slope of the loss times the slope of the sigmoid."
        ) as beat:
            self.play(*map(FadeOut, self.graph), FadeIn(names[0]), run_time=pace.BRISK)
            beat.over(words.write(chain), until="loss")
            beat.over("loss", words.light(chain.part("outer")), until="sigmoid")
            beat.over(words.light(chain.part("inner")), words.write(factors), least=pace.CALM)
        with self.beat(
            "The fraction cancels, and guess minus truth is left: minus 0.8176. For y zero it comes out alike."
        ) as beat:
            beat.over(words.light(factors), until="guess minus")
            beat.over("guess minus", words.write(left), FadeIn(names[1]), until="minus 0.8176")
            beat.over(FadeIn(names[2]), until="For")
            beat.over(words.write(otherwise))
        self.shot(shot.wide())
        self.derived, self.minus = VGroup(chain, factors, left, otherwise, *names[:2]), names[2]

    def multiply_to_the_left(self) -> None:
        """Delta starts at the output and is multiplied at each stop."""
        p, w = (float(each[0, 0]) for each in (self.example.blame.sums[1], self.example.layers[1].weights))
        start = inline(START, ink.POINT).next_to(self.truth_words, DOWN, buff=0.3)
        start.part("here").set_color(ink.fourth)
        start.shift(min(0.0, shot.SAFE.right - float(start.get_right()[0])) * RIGHT)
        delta = words.label("[delta δ:fourth]", size=ink.POINT).next_to(start, DOWN, buff=0.25)
        upper = self.beside_unit(0, f"{numeral(p, DIGITS)} · ({numeral(w)}) · 1 = {p * w:.2f}")
        lower = self.beside_unit(1, f"{numeral(p, DIGITS)} · 0.5 · 0 = 0")
        deltas = self.deltas = deltas_on(self.net, self.example)
        self.gates = VGroup(
            *(
                words.label(f"slope {slope}", ink.fourth, size=SLOPE).next_to(
                    self.loom.neuron(1, unit), side, buff=0.2
                )
                for unit, (slope, side) in enumerate(((1, DOWN), (0, UP)))
            )
        )

        def raise_value(at: int) -> Any:
            middle = self.loom.neuron(*UNITS[at]).get_center()
            return self.values[2 + at].animate.next_to(middle, UP, buff=words.GAP)

        with self.beat("This is delta, the blame of this unit: how the loss changes with its sum.") as beat:
            self.play(FadeOut(self.derived), run_time=pace.QUICK)
            self.play(FadeIn(self.net, self.values), run_time=pace.QUICK)
            self.bring_to_front(self.minus)
            beat.over(
                raise_value(2), words.rewrite(self.minus, told_in(deltas)[2]), until="blame", least=pace.CALM
            )
            beat.over(words.write(delta), FadeIn(start, self.truth_words), until="how")
            beat.over(words.light(deltas[2], ink.chalk))
        with self.beat(
            "The slope of ReLU is one where the sum was positive, and zero where it was not: a closed gate."
        ) as beat:
            beat.at("one", FadeIn(self.gates[0], scale=1.4))
            beat.at("zero", FadeIn(self.gates[1], scale=1.4))
            beat.over(words.light(self.gates[1]), least=pace.QUICK)
        with self.beat(
            "Go left: times the weight, minus 0.6, times ReLU's slope, one. The upper unit's delta is 0.49."
        ) as beat:
            beat.over("left", self.run_left(2, 1, UPPER), until="times", least=pace.SLOW)
            beat.over(words.light(self.net.weights[4], ink.fourth), until="ReLU's")
            beat.over(words.light(self.gates[0]), words.write(upper), until="0.49")
            beat.over(raise_value(0), FadeIn(deltas[0]))
        with self.beat("The lower path meets the closed gate: its delta is zero.") as beat:
            beat.over(self.run_left(2, 1, LOWER), FadeOut(upper), until="zero", least=pace.SLOW)
            beat.over(words.light(self.gates[1]), words.write(lower), raise_value(1), FadeIn(deltas[1]))
        self.reckoned = (lower, start, delta)

    def give_each_weight_its_slope(self) -> None:
        """The delta on the right of a wire times the value on its left, one wire at a time."""
        slopes = self.slopes = slopes_on(self.net, self.example)
        for at in (0, 2):
            self.allow(self.net, told_on(slopes[at]), "the plate under it fades in with it")

        def lit(*at: int) -> list[Any]:
            wires: list[Any] = [self.loom.wire(*WIRES[number]) for number in at]
            return [each.animate(rate_func=there_and_back).set_stroke(ink.fourth, width=14) for each in wires]

        with self.beat("A weight's slope is the delta on its right times the value on its left.") as beat:
            self.play(*map(FadeOut, (*self.reckoned, self.gates, self.truth_words)), run_time=pace.QUICK)
            beat.over("delta", words.light(self.deltas[2], ink.chalk), *lit(4), until="value")
            beat.over(words.light(self.values[2]), until="left")
            beat.over(FadeIn(slopes[4:], scale=1.4))
        with self.beat(
            "0.49 times three is 1.47; times two, 0.98. Into the closed unit they are zero: "
            "no learning from this example."
        ) as beat:
            beat.over(
                words.light(self.deltas[0], ink.chalk), words.light(self.values[0]), *lit(0), until="1.47"
            )
            beat.over(FadeIn(slopes[0], scale=1.4), until="times two")
            beat.over("times two", words.light(self.values[1]), *lit(2), until="0.98")
            beat.over(FadeIn(slopes[2], scale=1.4), until="closed")
            beat.over(words.light(self.deltas[1], ink.chalk), *lit(1, 3), until="zero")
            beat.over(FadeIn(slopes[1], slopes[3], scale=1.4))

    def add_where_paths_meet(self) -> None:
        """A second output, for a moment: delta comes back to the upper unit along both wires."""
        hidden, output = self.loom.neuron(1, 0).get_center(), self.loom.neuron(2, 0).get_center()
        fork = Net((1, 2), 4.0, 4.5, radius=RADIUS)
        fork.wide = WIDE
        fork.weigh([[[1.0, 1.0]]]).move(0, np.array([hidden])).move(1, np.array([output, FURTHER]))
        second = VGroup(
            fork.wire(0, 0, 1),
            fork.neuron(1, 1),
            fork.in_neuron(maths("delta_2", ink.HEADLINE), 1, 1),
            fork.on_wire(inline("w_2", ink.HEADLINE), 0, 0, 1, 0.62),
        )
        fork.wire(0, 0, 0).gaps.extend(self.loom.wire(1, 0, 0).gaps)
        both = shot.safe(titled=False).put(maths(MEETING, LAW), DOWN)
        self.pin(both)
        share, at = BACK
        loom, self.loom = self.loom, fork
        with self.beat(
            "A unit may feed several. Delta comes back along each wire, and where paths meet, slopes add.",
            pause=pace.CALM,
        ) as beat:
            self.play(self.frame.to(loom, share=share, at=at), FadeIn(second), run_time=pace.CALM)
            beat.over("Delta", self.run_left(1, 0), until="where", least=pace.LONG)
            beat.over(words.write(both), words.light(self.deltas[0], ink.chalk))
        self.loom, self.fork = loom, (second, both)

    def write_it_for_layers(self) -> None:
        """Both laws of backpropagation, each factor of them pointed at on the net."""
        place = shot.safe(titled=False)
        signal, slopes = (place.put(maths(source, LAW), DOWN) for source in (SIGNAL, SLOPES))
        note = words.label("⊙: entry by entry", ink.quiet, size=SLOPE)
        signal.next_to(place.put(note, DOWN), UP, buff=0.25)
        self.bias_slopes = slopes_of_biases(self.net, self.example)
        self.pin(signal, slopes, note)
        net, deltas = self.net, self.deltas
        with self.beat(
            "In layers: the weights, transposed, carry delta back; "
            "the activation's slope multiplies it, entry by entry."
        ) as beat:
            self.play(*map(FadeOut, self.fork), run_time=pace.QUICK)
            beat.over(words.write(signal), until="weights", least=pace.BRISK)
            beat.over(
                "weights",
                *(words.light(each, ink.fourth) for each in (signal.part("carry"), *net.weights[4:])),
                until="carry",
            )
            beat.over(
                words.light(signal.part("next")),
                words.light(deltas[2], ink.chalk),
                self.run_left(2, 1, UPPER),
                until="activation's",
                least=pace.CALM,
            )
            beat.over(words.light(signal.part("gate")), FadeIn(self.gates), until="entry")
            beat.over(
                *(words.light(signal.part(part)) for part in ("times", "here")),
                *(words.light(each, ink.chalk) for each in deltas[:2]),
                FadeIn(note),
            )
        with self.beat(
            "The slope of a weight is delta times what came in; that of a bias is delta itself."
        ) as beat:
            self.play(FadeOut(signal, note, self.gates), run_time=pace.QUICK)
            beat.over(words.write(slopes), until="delta", least=pace.BRISK)
            beat.over(
                "delta", words.light(slopes.part("here")), words.light(deltas[0], ink.chalk), until="what"
            )
            beat.over(
                words.light(slopes.part("fed")),
                *(words.light(each) for each in self.values[:2]),
                *(words.light(told_on(self.slopes[at]), ink.chalk) for at in (0, 2)),
                until="bias",
            )
            beat.over(words.light(slopes.part("alone")), FadeIn(self.bias_slopes))
        self.formulas = slopes

    def keep_the_values(self) -> None:
        """The whole net again: forward values have been needed."""
        with self.beat("So training keeps what came in: the forward values.") as beat:
            self.play(FadeOut(self.formulas), run_time=pace.QUICK)
            beat.over(self.frame.back(), until="forward", least=pace.CALM)
            beat.over(*(words.light(each) for each in self.values))
