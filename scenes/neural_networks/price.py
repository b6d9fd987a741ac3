"""What a wrong guess costs, and how one weight learns to make it cheaper."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.frame import WHOLE
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.readout import Readout
from scenes.kit.review_hints import backdrop
from scenes.kit.value import Value
from scenes.maths.neural_networks import hand
from scenes.maths.neural_networks.network import SIGMOID
from scenes.neural_networks.back import ready
from scenes.neural_networks.net import LARGE, WorkedNet
from scenes.neural_networks.stage import Net, NeuralNetworksStage, chalked, inline, maths, numeral, standing

FAR: Final = 6.0
"""Logits that are drawn, both ways."""
DEAREST: Final = 4.2
"""Losses that are drawn."""
LEAST: Final = 0.015
"""The smallest probability of the truth that is drawn: its loss is at the upper edge."""
CALM: Final = 0.36
"""Probability right of which words stand over the curve."""
NEARLY_NONE: Final = 0.02
"""Probability of the truth for a guess that is sure and wrong."""
SURE: Final = 0.97
"""Probability of the truth for a guess that is sure and right."""
LOG_LOSS: Final = "cal(L) = {{ -y ln hat(y) : yes }} {{ - (1 - y) ln(1 - hat(y)) : no }}"
CHAIN: Final = (
    "{{ frac(partial cal(L), partial w) : whole }} = "
    "{{ frac(partial cal(L), partial hat(y)) : outer }} dot {{ frac(partial hat(y), partial w) : inner }}"
)
CHAINED: Final = "{{ 4 : whole }} = {{ 2 : outer }} dot {{ 2 : inner }}"
STEP: Final = "w &arrow.l w - {{ eta : rate }} thin {{ frac(partial cal(L), partial w) : slope }}"
NODE: Final = 1.3
"""Radius of a node of the chain, in scene units."""
NUDGE: Final = 0.01
"""By which the weight is moved to see what follows."""
SEEN: Final = ((1.35, 3.65), (-0.35, 4.3))
"""Weights and losses that are drawn."""
VALLEY: Final = ((1.9, -0.35), (3.1, 2.0))
"""Lower left and upper right of where the camera goes, weight and loss."""
SLOWLY: Final = 6
"""Steps of the rate that crawls."""
WILDLY: Final = 2
"""Steps of the rate that diverges, before it leaves the picture."""
LEAP: Final = 0.3
"""How far above the chord of a leap its middle is drawn, in units of the loss."""
MORE: Final = 3
"""Further steps of the rate that suits."""


class Price(NeuralNetworksStage):
    """What a wrong guess costs, and how one weight learns to make it cheaper."""

    # --- the loss

    @chapter("What a wrong guess costs")
    def what_a_wrong_guess_costs(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.net = WorkedNet(self.example)
        values = standing(self.example)
        self.net.loom.fire(values, 2.5)
        self.shown = VGroup(
            *(
                self.net.tell(at, unit, float(value))
                for at, each in enumerate(values)
                for unit, value in enumerate(each)
            )
        )
        self.add(self.net, self.shown)
        self.squeeze_the_logit()
        self.price_the_truth()
        self.write_the_loss()

    def squeeze_the_logit(self) -> None:
        """The logit becomes a probability."""
        logit = float(self.example.passed.outputs[0, 0])
        plane = shot.safe(titled=False).plane(
            (-FAR, FAR),
            (-0.06, 1.12),
            x_label="logit $z$",
            y_label="probability of yes",
            x_ticks=(-5, logit, 0, 5),
            y_ticks=(0, 0.5, 1),
        )
        zs = np.linspace(-FAR, FAR, 241)
        curve = plane.curve(zs, SIGMOID.of(zs), ink.second, width=1.5 * LINE)
        bead = plane.dots([(logit, 0)], ink.focus, radius=0.18)
        up = plane.segment((logit, 0), (logit, 0), ink.focus, width=LINE)
        p = self.example.guess

        def rise(height: float) -> Changed:
            return bead.redraw([(logit, height)]), up.redraw((logit, 0.0), (logit, height))

        guess = words.label(f"$hat(y) = {p:.4f}$", ink.second, size=ink.POINT)
        guess.next_to(plane.at(-FAR, 0.55), RIGHT, buff=4 * words.GAP)
        name = words.label("[sigmoid output:focus]", size=LARGE).next_to(
            guess, UP, buff=2 * words.GAP, aligned_edge=LEFT
        )
        output = self.net.loom.neuron(2, 0)
        with self.beat("What does that logit mean? A sigmoid at the output tells.") as beat:
            self.play(FadeOut(self.net.weights, self.net.biases[:2], self.shown[:-1]), run_time=pace.QUICK)
            beat.over(self.frame.to(output, self.net.biases[2], share=0.5), until="A", least=pace.SLOW)
            self.play(FadeOut(self.net.biases[2], self.shown[-1], self.net.loom), run_time=pace.QUICK)
            self.frame.look(WHOLE)
            beat.over(FadeIn(plane, curve, bead), least=pace.BRISK)
        with self.beat(
            "It turns it into 0.1824. This sigmoid output is read as the probability of yes."
        ) as beat:
            beat.over(glide(rise, 0.0, p), until="0.1824", least=pace.CALM)
            beat.over(FadeIn(guess), until="This")
            beat.over("sigmoid", words.write(name), until="probability")
            beat.over(words.light(guess))
        truth = plane.segment((-FAR, 1.0), (FAR, 1.0), ink.truth, width=3 * LINE)
        label = plane.label(-FAR, 1.0, "truth: $y = 1$", DOWN + RIGHT, size=LARGE, gap=0.3)
        name_of_loss = words.label("[loss:error]: one number", size=LARGE).next_to(
            plane.at(0.4, 0.25), RIGHT, buff=4 * words.GAP
        )
        with self.beat(
            "But the truth y is yes: one. How wrong is that guess? One number says it: the loss."
        ) as beat:
            beat.over("truth", Create(truth), words.write(label), until="How")
            beat.over("How", words.light(guess), until="loss")
            beat.over("loss", words.write(name_of_loss))
        self.gone = VGroup(plane, curve, bead, up, guess, name, truth, label, name_of_loss)

    def price_the_truth(self) -> None:
        """Minus the logarithm of the probability that the truth was given."""
        share = self.example.guess
        plane = shot.safe(titled=False).plane(
            (0, 1),
            (0, DEAREST),
            x_label="probability given to the truth",
            y_label="loss",
            x_ticks=(0, 0.5, 1),
            y_ticks=(0, 1, 2, 3, 4),
        )
        ps = np.geomspace(LEAST, 1.0, 300)
        curve = plane.curve(ps, hand.price(ps), ink.error, width=1.5 * LINE)
        p = Value(share, log=True)
        bead = plane.dots([(0, 0)], ink.focus, radius=0.18)
        drop = plane.segment((0, 0), (0, 0), ink.focus, width=LINE)
        self.allow(drop, "faint", "where the loss is nearly zero it has no length")
        p.draws(
            lambda now: (
                bead.redraw([(now, float(hand.price(np.array(now))))]),
                drop.redraw((now, 0.0), (now, float(hand.price(np.array(now))))),
            )
        )
        loss = Readout(
            p.of(lambda now: float(hand.price(np.array(now)))), 2, "", "loss", ink.error, ink.HEADLINE
        )
        loss.next_to(plane.at(CALM, 2.3), RIGHT)
        given = Readout(p, 4, "", "truth was given", size=LARGE)
        given.next_to(loss, UP, buff=3 * words.GAP, aligned_edge=LEFT)
        name = words.note("[log loss:focus], or cross-entropy", size=LARGE)
        name.next_to(loss, DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        with self.beat(
            "The truth was given a probability of 0.1824. Minus its logarithm is the log loss, or cross-entropy: 1.70."
        ) as beat:
            self.play(FadeOut(self.gone), run_time=pace.QUICK)
            beat.over(FadeIn(plane, bead), until="probability")
            beat.over("probability", FadeIn(given), Create(curve), until="Minus")
            beat.over("Minus", Create(drop), until="log")
            beat.over("log", FadeIn(loss), words.write(name))
        with self.beat(
            "Sure and right costs almost nothing. Sure and wrong costs most, and towards zero the curve has no end."
        ) as beat:
            beat.over(p.to(SURE), until="Sure and wrong", least=pace.SLOW)
            beat.over("wrong", p.to(NEARLY_NONE), least=pace.SLOW)
        self.stand = (given, loss, name, plane)
        self.p = p

    def write_the_loss(self) -> None:
        """Both cases in one formula."""
        _, loss, name, plane = self.stand
        law = inline(LOG_LOSS, ink.POINT)
        law.next_to(plane.at(1.0, DEAREST), LEFT + DOWN, buff=0)
        cases = VGroup(
            words.note("$y = 1$:  $-ln hat(y)$", size=LARGE),
            words.note("$y = 0$:  $-ln(1 - hat(y))$", size=LARGE),
        )
        cases.arrange(RIGHT, buff=1.0).next_to(loss, DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        with self.beat(
            "In one formula: if y is one, the first term is left; if y is zero, the second.", pause=pace.SLOW
        ) as beat:
            beat.over(FadeOut(name), words.write(law), until="if", least=pace.CALM)
            beat.over("first", words.light(law.part("yes")), FadeIn(cases[0]), until="if y is zero")
            beat.over("second", words.light(law.part("no")), FadeIn(cases[1]))
        with self.beat(
            "To learn is to make this loss, over many examples, small.",
            pause=pace.CALM,
        ) as beat:
            beat.over(self.p.to(0.9), least=pace.LONG)

    # --- one wire

    @chapter("One wire: slope, chain, step")
    def one_wire(self) -> None:
        self.untitled()
        self.wire = hand.Wire()
        self.w = Value(hand.START)
        self.follow_the_chain()
        self.multiply_slopes()
        self.step_downhill()
        self.try_other_rates()
        self.go_to_all_wires()

    def follow_the_chain(self) -> None:
        """Input, weight, guess and loss in a row."""
        wire, w = self.wire, self.w
        self.shot(shot.close_up())
        whole = shot.safe(titled=False)
        row = Net((1, 1, 1), whole.width - 0.2, 2 * NODE, radius=NODE)
        row.weigh([[[hand.START]], [[1.0]]], hand.START)
        whole.put(row)
        numbers = VGroup(
            row.in_neuron(words.label(numeral(wire.x), size=ink.HEADLINE), 0, 0),
            row.in_neuron(Readout(w.of(wire.guess), 2, size=ink.HEADLINE), 1, 0),
            row.in_neuron(Readout(w.of(lambda now: float(wire.loss(now))), 2, size=ink.HEADLINE), 2, 0),
        )
        weight = row.on_wire(chalked(Readout(w, 2, "", "$w =$", size=LARGE)), 0, 0, 0)
        law = row.on_wire(inline("(hat(y) - y)^2", LARGE), 1, 0, 0)
        names = VGroup(
            *(
                inline(name, ink.POINT).next_to(row.neuron(at, 0), UP, buff=2 * words.GAP)
                for at, name in enumerate(("x", "hat(y) = w x", "cal(L)"))
            )
        )
        truth = words.label(f"truth [$y = {wire.y:g}$:truth]", size=LARGE)
        truth.next_to(law, DOWN, buff=3 * words.GAP)
        self.add(row, names, law, weight)
        with self.beat(
            "How should a weight move, so that the loss falls? Take just one wire first: two times three gives six."
        ) as beat:
            beat.over(words.light(names[2]), until="Take")
            beat.over("two", FadeIn(numbers[0]), until="three")
            beat.over("three", words.light(weight), until="six")
            beat.over(FadeIn(numbers[1]))
        with self.beat("The truth is five. For a number, the loss is the error squared: one.") as beat:
            beat.over(FadeIn(truth), until="For")
            beat.over("loss", words.light(law), until="one")
            beat.over(FadeIn(numbers[2]))
        self.row, self.numbers, self.weight = VGroup(row, names, law, truth), numbers, weight

    def multiply_slopes(self) -> None:
        """A nudge, and what it does along the chain."""
        w, numbers = self.w, self.numbers
        chain, values = maths(CHAIN, size=ink.HEADLINE), maths(CHAINED, size=ink.HEADLINE)
        room, rows = shot.safe(titled=False), VGroup(self.row, self.numbers, self.weight)
        rise = room.top - float(self.row.get_top()[1])
        values.next_to(room.inset(0.0, words.GAP).put(chain, DOWN), RIGHT, buff=1.2)
        VGroup(chain, values).set_x(room.middle[0])
        for part in ("whole", "outer", "inner"):
            values.part(part).set_color(ink.focus)
        sides = [
            chalked(words.label(text, ink.focus, size=LARGE))
            for text in ("$times 2$, for $x = 2$", "$times 2$, for $2 (hat(y) - y) = 2$")
        ]
        row = self.row[0]
        for each, above in zip(sides, (row.wire(0, 0, 0), row.wire(1, 0, 0)), strict=True):
            each.next_to(row, DOWN, buff=2 * words.GAP).match_x(above)
        with self.beat("Nudge w up a little. The guess moves twice as far, for x is two.") as beat:
            beat.over(words.light(self.weight), until="guess")
            beat.over("guess", w.to(hand.START + NUDGE), words.light(numbers[1]), until="for")
            beat.over(words.write(sides[0]))
        with self.beat("And the loss moves twice as far again, for its own slope there is two.") as beat:
            beat.over(words.light(numbers[2]), until="for", least=pace.CALM)
            beat.over(words.write(sides[1]), w.to(hand.START))
        name = words.label("[chain rule:focus]", size=LARGE)
        name.next_to(chain, UP, buff=words.GAP, aligned_edge=LEFT)
        with self.beat(
            "Together, four times as far: along a chain, slopes multiply. That is the chain rule.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(FadeOut(*sides), rows.animate.shift(rise * UP), FadeIn(values), until="along")
            beat.over("along", words.write(chain), until="That", least=pace.CALM)
            beat.over(words.write(name), words.light(chain))
        self.gone = VGroup(self.row, self.numbers, self.weight, chain, values, name)

    def step_downhill(self) -> None:
        """The loss over the weight, its tangent, and a step against it."""
        wire, w = self.wire, self.w
        self.shot(shot.wide())
        plane = shot.safe(titled=False).plane(
            *SEEN,
            x_label="weight $w$",
            y_label="loss",
            x_ticks=(1.5, 2, 2.5, 3, 3.5),
            y_ticks=(0, 1, 2, 3, 4),
        )
        for each in plane.names:
            backdrop(chalked(each))  # the frame may cut it when it goes nearer
        ws = np.linspace(*SEEN[0], 200)
        curve = plane.curve(ws, wire.loss(ws), ink.error, width=1.5 * LINE)
        bead = plane.dots([(0, 0)], ink.focus, radius=0.2)
        tangent = plane.segment((0, 0), (0, 0), ink.focus, width=1.5 * LINE)

        def stand(now: float) -> Changed:
            here, way = np.array([now, float(wire.loss(now))]), 0.22 * np.array([1.0, wire.slope(now)])
            return bead.redraw([here]), tangent.redraw(here - way, here + way)

        w.draws(stand)
        slope = Readout(w.of(wire.slope), 1, "", "slope", ink.focus, LARGE, digits=2)
        slope.next_to(plane.at(3.12, 1.0), RIGHT, buff=4 * words.GAP)
        step = inline(STEP, ink.HEADLINE)
        step.next_to(plane.at(2.5, 4.2), DOWN, buff=0)
        descent = words.label("[gradient descent:focus]", size=LARGE)
        learning = words.label("[learning rate:focus] $eta$", size=LARGE)
        names = VGroup(descent, learning)
        names.arrange(DOWN, buff=2 * words.GAP).next_to(step, DOWN, buff=4 * words.GAP)
        with self.beat(
            "Here is the loss for each w. At three its slope is four: it climbs to the right."
        ) as beat:
            self.play(FadeOut(self.gone), run_time=pace.QUICK)
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(Create(curve), until="At")
            beat.over("three", FadeIn(bead, tangent), until="slope")
            beat.over("slope", FadeIn(slope), until="climbs")
            beat.over(words.light(slope))
        with self.beat(
            "So step the other way: gradient descent. Take from w its slope times eta, the learning rate."
        ) as beat:
            beat.over("gradient", words.write(descent), until="Take")
            beat.over("Take", words.write(step), until="learning", least=pace.CALM)
            beat.over(words.write(learning), words.light(step.part("rate")))
        path = wire.descend(hand.START, hand.RATE, 1 + MORE)
        rate = words.label(f"$eta = {hand.RATE:g}$", size=LARGE)
        rate.next_to(plane.at(SEEN[0][0], 0.7), RIGHT, buff=3 * words.GAP)
        board = VGroup(
            chalked(Readout(w, 2, "", "$w =$", size=LARGE)),
            Readout(w.of(lambda now: float(wire.loss(now))), 2, "", "loss", ink.error, LARGE),
        )
        board.arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT)
        board.next_to(plane.at(SEEN[0][1], 0.55), LEFT, buff=0)
        self.pin(step, names, rate, board)
        valley = [plane.at(*corner) for corner in VALLEY]
        with self.beat("With eta a tenth, w goes from three to 2.6, and the loss from one to 0.04.") as beat:
            self.play(FadeOut(slope), FadeIn(rate), run_time=pace.QUICK)
            beat.over(FadeIn(board), until="three")
            beat.over(w.to(path[1]), until="loss", least=pace.SLOW)
            beat.over(words.light(board[1]))
        with self.beat("Each new step finds a smaller slope and is shorter, until it comes to rest.") as beat:
            self.play(
                self.frame.to_region(
                    *((low, high) for low, high in zip(*(each[:2] for each in valley), strict=True))
                ),
                plane.names.animate.set_opacity(0.0),
                run_time=pace.CALM,
            )
            for stop in path[2:]:
                self.play(w.to(stop), run_time=pace.BRISK)
        self.board = board
        self.plane, self.bead, self.tangent, self.rate, self.names = plane, bead, tangent, rate, names
        self.step, self.curve = step, curve

    def try_other_rates(self) -> None:
        """Too small crawls, too large diverges."""
        wire, w = self.wire, self.w
        low, high = (
            words.label(f"$eta = {rate:g}$", size=LARGE).move_to(self.rate)
            for rate in (hand.SLOW_RATE, hand.WILD_RATE)
        )
        self.pin(low, high)
        leaps = self.leaps = VGroup()
        with self.beat(
            "Choose eta too small, and it crawls. Too large, and it leaps across and climbs."
        ) as beat:
            self.play(
                w.to(hand.START),
                self.frame.back(),
                self.plane.names.animate.set_opacity(1.0),
                FadeOut(self.rate),
                FadeIn(low),
                run_time=pace.BRISK,
            )
            for stop in wire.descend(hand.START, hand.SLOW_RATE, SLOWLY)[1:]:
                self.play(w.to(stop), run_time=pace.QUICK)
            beat.until("large")
            self.play(
                w.to(hand.START),
                FadeOut(low, self.tangent, self.step, self.names[0]),
                FadeIn(high),
                run_time=pace.QUICK,
            )
            stops = wire.descend(hand.START, hand.WILD_RATE, WILDLY)
            for here, there in itertools.pairwise(stops):
                leaps.add(self.leap(float(here), float(there)))
            self.play(*(words.light(each) for each in self.board), run_time=pace.QUICK)
        self.rate = high
        with self.beat("The learning rate is the first thing to set when you train.") as beat:
            beat.over(words.light(self.names[1]), words.light(self.rate))

    def leap(self, here: float, there: float) -> Curve:
        """The weight goes to another in one step, over the valley; returns the leap, drawn over the curve."""
        ends = [np.array([w, float(self.wire.loss(w))]) for w in (here, there)]
        shares = np.linspace(0, 1, 41)
        chord = ends[0] + shares[:, None] * (ends[1] - ends[0])
        chord[:, 1] += LEAP * 4 * shares * (1 - shares)
        way = self.plane.curve(chord[:, 0], chord[:, 1], ink.focus, width=LINE, dashed=True, share=0.0)

        self.play(glide(way.reveal, 0.0, 1.0, way), self.w.to(there), run_time=pace.SLOW)
        return way

    def go_to_all_wires(self) -> None:
        """A slope for each weight: the gradient."""
        net, told = ready(self.example)
        leaving = VGroup(self.plane, self.curve, self.bead, self.leaps, self.rate, self.names[1], self.board)
        name = words.label("[gradient:focus]", size=LARGE)
        shot.safe(titled=False).put(name, UP + LEFT)
        with self.beat(
            "A net has such a slope for each of its weights. Together they are the gradient. "
            "How can we find them at once?",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(leaving), run_time=pace.QUICK)
            beat.over(FadeIn(net, told), until="each")
            beat.over("each", *(words.light(each) for each in net.weights), until="Together")
            beat.over("gradient", words.write(name), *(words.light(each) for each in net.biases), until="How")
            beat.over(FadeOut(name))
