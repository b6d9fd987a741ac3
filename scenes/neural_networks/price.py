"""What a wrong guess costs, and how one weight learns to make it cheaper."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, GrowFromEdge, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.review_hints import backdrop
from scenes.kit.value import Value
from scenes.maths.neural_networks import hand, network, perceptron
from scenes.maths.neural_networks.network import SIGMOID, TANH
from scenes.neural_networks.back import ready
from scenes.neural_networks.net import FULL, LARGE, RADIUS, WIDE, WorkedNet
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
BEAD: Final = 0.18
"""Radius of what stands on a curve, in scene units."""
SHOWN: Final = tuple(np.unique(np.geomspace(20, 300, 60).astype(int)).tolist())
"""Steps of a training that are shown: the further it goes, the farther apart."""
NODE: Final = 1.15
"""Radius of a node of the chain, in scene units."""
HEAD: Final = 0.75
"""Scene units over the chain for the names of its nodes."""
TALL: Final = (0.0, 2.05)
"""Lower and upper edge of the picture of a guess and its truth, in its units."""
TINT: Final = 0.35
"""Opacity of bars that words stand in."""
THICK: Final = 0.85
"""Height of a bar of a nudge, in scene units."""
PER_NUDGE: Final = 2.55
"""Scene units for what the weight is moved by."""
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
LEAP: Final = 0.25
"""How far above the chord of a leap its middle is drawn, in units of the loss for each of the weight."""
MORE: Final = 3
"""Further steps of the rate that suits."""


def box(left: float, right: float, bottom: float, top: float) -> Floats:
    """Corners (4, 2) of a bar."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])


def given_to_truth() -> Floats:
    """Probabilities (steps, 4) that the truth of XOR's points was given while two units were trained on them."""
    training = network.fold(SHOWN, network.OPEN_SEED)
    guesses = [
        network.guess(network.forward(layers, perceptron.CORNERS, TANH).outputs)[:, 0]
        for step, layers in zip(training.kept, training.layers, strict=True)
        if step in SHOWN
    ]
    return np.where(perceptron.XOR == 1, guesses, 1 - np.array(guesses))


class Price(NeuralNetworksStage):
    """What a wrong guess costs, and how one weight learns to make it cheaper."""

    # --- the loss

    @chapter("What a wrong guess costs")
    def what_a_wrong_guess_costs(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.net = WorkedNet(self.example)
        values = standing(self.example)
        self.net.loom.fire(values, FULL)
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
            x_ticks=(-5, round(logit, 6), 0, 5),
            y_ticks=(0, 0.5, 1),
        )
        zs = np.linspace(-FAR, FAR, 241)
        curve = plane.curve(zs, SIGMOID.of(zs), ink.second, width=1.5 * LINE)
        bead = plane.dots([(logit, 0)], ink.focus, radius=BEAD)
        up = plane.segment((logit, 0), (logit, 0), ink.focus, width=LINE)
        p = self.example.guess

        def rise(height: float) -> Changed:
            return bead.redraw([(logit, height)]), up.redraw((logit, 0.0), (logit, height))

        guess = words.label(f"$hat(y) = {p:.4f}$", ink.second, size=ink.POINT)
        guess.next_to(plane.at(-FAR, 0.55), RIGHT, buff=4 * words.GAP)
        name = words.label("[sigmoid output:focus]", size=LARGE).next_to(
            guess, UP, buff=2 * words.GAP, aligned_edge=LEFT
        )
        loom, value = self.net.loom, self.shown[-1]
        output = loom.neuron(2, 0)
        with self.beat("What does that logit mean? A sigmoid at the output tells.") as beat:
            beat.over(words.light(value), until="A", least=pace.CALM)
            # One by one: a group that fades would be drawn over the neuron that stays.
            rest = (*loom.wires, *loom.neurons[:2], *self.net.weights, *self.net.biases, *self.shown[:-1])
            place = plane.at(logit, 0.0)
            self.play(
                *map(FadeOut, rest),
                output.animate.scale(BEAD / RADIUS).move_to(place).set_fill(ink.focus).set_stroke(ink.focus),
                value.animate.next_to(place, UP, buff=0.3),
                FadeIn(plane),
                run_time=pace.CALM,
            )
            self.add(bead)
            beat.over(Create(curve), FadeOut(output, value), least=pace.BRISK)
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
        self.gone, self.guessed = VGroup(plane, curve, up, name, truth, label, name_of_loss), (bead, guess)

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
        bead = plane.dots([(0, 0)], ink.focus, radius=BEAD)
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
            "The truth was given 0.1824. For a class, minus its logarithm is the log loss, or cross-entropy: 1.70."
        ) as beat:
            here = plane.at(share, float(hand.price(np.array(share))))
            before, guess = self.guessed
            self.play(
                FadeOut(self.gone),
                before.animate.move_to(here),
                guess.animate.move_to(given, aligned_edge=LEFT),
                FadeIn(plane),
                run_time=pace.BRISK,
            )
            self.remove(before)
            self.add(bead)
            beat.over("given", FadeOut(guess), FadeIn(given), Create(curve), until="minus")
            beat.over("minus", Create(drop), until="log")
            beat.over("log", FadeIn(loss), words.write(name))
        with self.beat("Sure and right costs almost nothing, sure and wrong without bound.") as beat:
            beat.over(p.to(SURE), until="sure and wrong", least=pace.SLOW)
            beat.over("wrong", p.to(NEARLY_NONE), least=pace.SLOW)
        self.stand, self.bead = (given, loss, name, plane), (bead, drop)

    def write_the_loss(self) -> None:
        """Both cases in one formula."""
        given, loss, name, plane = self.stand
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
        shares = given_to_truth()
        step = ParameterSweep(np.arange(len(shares)))
        beads = plane.dots(np.ones((shares.shape[1], 2)), ink.focus, radius=BEAD)
        level = plane.segment((0, 1), (1, 1), ink.error, width=LINE, dashed=True)

        def lie(given_now: Floats) -> Changed:
            losses = hand.price(given_now)
            mean = float(losses.mean())
            return beads.redraw(np.column_stack([given_now, losses])), level.redraw((0, mean), (1, mean))

        step.mixed(shares).draws(lie)
        whole = inline("cal(L) = display(1 / n) sum_i cal(L)_i", ink.HEADLINE)
        whole.next_to(plane.at(CALM, 2.6), RIGHT)
        called = words.label("loss of the data: the [mean:focus]", size=LARGE)
        called.next_to(whole, DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        with self.beat(
            "Over many examples, the loss is the mean of theirs. To learn is to make it small.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(given, loss, law, cases, *self.bead), FadeIn(beads), run_time=pace.BRISK)
            beat.over(words.write(whole), until="mean")
            beat.over(FadeIn(level, called), until="learn")
            beat.over("learn", step.to(step.stops[-1], rate_func=linear), least=pace.LONG)

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
        row.wide = WIDE
        row.weigh([[[hand.START]], [[1.0]]], hand.START)
        shot.Region(whole.left, whole.bottom, whole.right, whole.top - HEAD).put(row, UP)
        self.below = shot.Region(
            whole.left, whole.bottom, whole.right, float(row.get_bottom()[1]) - 2 * words.GAP
        )
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
        plane = self.below.plane((0, 7.4), TALL, equal=True, x_ticks=[], y_ticks=[], numbers=False)
        guess, real = wire.guess(hand.START), wire.y
        bars = VGroup(
            *(
                VGroup(
                    plane.polygon(box(*spans), color, fill=TINT),
                    plane.label(*at, text, ORIGIN, size=LARGE),
                )
                for spans, color, at, text in (
                    ((0, guess, 1.2, 1.95), ink.second, (2.5, 1.57), f"guess {guess:g}"),
                    ((0, real, 0.25, 1.0), ink.truth, (2.5, 0.62), f"truth {real:g}"),
                    ((real, guess, 0.1, 1.1), ink.error, ((real + guess) / 2, 0.6), "$1^2 = 1$"),
                )
            )
        )
        self.add(row, names, law, weight)
        with self.beat(
            "How should a weight move, so that the loss falls? Take just one wire first: two times three gives six."
        ) as beat:
            beat.over(words.light(names[2]), until="Take")
            beat.over("two", FadeIn(numbers[0]), until="three")
            beat.over("three", words.light(weight), until="six")
            beat.over(FadeIn(numbers[1]), GrowFromEdge(bars[0][0], LEFT), FadeIn(bars[0][1]))
        with self.beat(
            "The truth is five. For a number, not a class, the loss is the error squared: one."
        ) as beat:
            beat.over(FadeIn(truth), GrowFromEdge(bars[1][0], LEFT), FadeIn(bars[1][1]), until="For")
            beat.over("loss", words.light(law), until="squared")
            beat.over(FadeIn(bars[2]), FadeIn(numbers[2]))
        self.row, self.numbers, self.weight = VGroup(row, names, law, truth), numbers, weight
        self.bars = bars

    def multiply_slopes(self) -> None:
        """A nudge, and what it does along the chain."""
        w, numbers = self.w, self.numbers
        chain, values = maths(CHAIN, size=ink.HEADLINE), maths(CHAINED, size=ink.HEADLINE)
        room = self.below
        values.next_to(room.inset(0.0, words.GAP).put(chain, DOWN), RIGHT, buff=1.2)
        VGroup(chain, values).set_x(room.middle[0])
        for part in ("whole", "outer", "inner"):
            values.part(part).set_color(ink.focus)
        slots, nudges = room.rows(1, 1, 1, gap=0.2), VGroup()
        moves = NUDGE * np.cumprod([1.0, self.wire.x, self.wire.by_guess(hand.START)])
        for slot, move, color, text in zip(
            slots,
            moves,
            (ink.chalk, ink.second, ink.error),
            ("$w$: {}", "guess: {}", "loss: {}"),
            strict=True,
        ):
            middle = slot.middle[1]
            stripe = shot.Region(
                slot.left, middle - THICK / 2, slot.left + PER_NUDGE * move / NUDGE, middle + THICK / 2
            ).plane((0, 1), (0, 1), x_ticks=[], y_ticks=[], numbers=False)
            bar = stripe.polygon(stripe.corners, color, fill=TINT)
            told = chalked(words.label(text.format(f"{move:g}"), size=LARGE))
            nudges.add(VGroup(bar, told.next_to(bar.get_left(), RIGHT, buff=0.25)))
        sides = [
            chalked(words.label(text, ink.focus, size=LARGE))
            for text in ("$times 2$, for $x = 2$", "$times 2$, for $2 (hat(y) - y) = 2$")
        ]
        sides[0].next_to(nudges[1], RIGHT, buff=0.4)
        sides[1].next_to(nudges[2].get_right(), LEFT, buff=0.3)
        with self.beat("Nudge w up a little. The guess moves twice as far, for x is two.") as beat:
            self.play(FadeOut(self.bars), run_time=pace.QUICK)
            beat.over(
                GrowFromEdge(nudges[0][0], LEFT),
                FadeIn(nudges[0][1]),
                words.light(self.weight),
                until="guess",
            )
            beat.over(
                "guess",
                w.to(hand.START + NUDGE),
                GrowFromEdge(nudges[1][0], LEFT),
                FadeIn(nudges[1][1]),
                until="for",
            )
            beat.over(words.write(sides[0]))
        with self.beat("And the loss moves twice as far again, for its own slope there is two.") as beat:
            beat.over(
                words.light(numbers[2]),
                GrowFromEdge(nudges[2][0], LEFT),
                FadeIn(nudges[2][1]),
                until="for",
                least=pace.CALM,
            )
            beat.over(words.write(sides[1]))
        name = words.label("[chain rule:focus]", size=LARGE)
        name.next_to(chain, UP, buff=words.GAP, aligned_edge=LEFT)
        with self.beat(
            "Together, four times as far: along a chain, slopes multiply. That is the chain rule.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(FadeOut(*sides, nudges), w.to(hand.START), FadeIn(values), until="along")
            beat.over("along", words.write(chain), until="That", least=pace.CALM)
            beat.over(words.write(name), words.light(chain))
        self.gone = VGroup(self.row, self.numbers, chain, values, name)

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
            self.play(
                FadeOut(self.gone),
                self.weight.animate.next_to(plane.at(hand.START, 0.0), UP, buff=words.GAP),
                FadeIn(plane),
                run_time=pace.CALM,
            )
            beat.over(Create(curve), until="At")
            beat.over("three", FadeOut(self.weight), FadeIn(bead, tangent), until="slope")
            beat.over("slope", FadeIn(slope), until="climbs")
            beat.over(words.light(slope))
        with self.beat(
            "So step the other way: gradient descent. Take from w its slope times eta, the learning rate."
        ) as beat:
            beat.over("gradient", words.write(descent), until="Take")
            beat.over("Take", words.write(step), until="learning", least=pace.CALM)
            beat.over(words.write(learning), words.light(step.part("rate")))
        path = wire.descend(hand.START, hand.RATE, 1 + MORE)
        self.plane, self.curve, self.jumper = plane, curve, bead
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
            first = self.leap(path[0], path[1])
            beat.over(words.light(board[1]))
        with self.beat("Each new step finds a smaller slope, and is shorter.") as beat:
            self.play(
                self.frame.to_region(
                    *((low, high) for low, high in zip(*(each[:2] for each in valley), strict=True))
                ),
                plane.names.animate.set_opacity(0.0),
                FadeOut(first),
                run_time=pace.CALM,
            )
            ways = VGroup(*(self.leap(*ends, pace.BRISK) for ends in itertools.pairwise(path[1:])))
        self.board, self.tangent, self.rate, self.names = board, tangent, rate, names
        self.step, self.ways = step, ways

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
            "Choose eta too small, and it crawls. Too large, and it leaps across and climbs. "
            "It is the first thing to set."
        ) as beat:
            self.play(
                w.to(hand.START),
                self.frame.back(),
                self.plane.names.animate.set_opacity(1.0),
                FadeOut(self.rate, self.ways),
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
            beat.over("It is", words.light(self.names[1]), words.light(high))
        self.rate = high

    def leap(self, here: float, there: float, run_time: float = pace.SLOW) -> Curve:
        """The weight goes to another in one step, and the bead flies; returns the way, drawn over the curve."""
        ends = [np.array([w, float(self.wire.loss(w))]) for w in (here, there)]
        shares = np.linspace(0, 1, 41)
        chord = ends[0] + shares[:, None] * (ends[1] - ends[0])
        chord[:, 1] += abs(there - here) * LEAP * 4 * shares * (1 - shares)
        way = self.plane.curve(chord[:, 0], chord[:, 1], ink.focus, width=LINE, dashed=True, share=0.0)

        def fly(share: float) -> Changed:
            spot = [np.interp(share, shares, chord[:, axis]) for axis in (0, 1)]
            return self.jumper.redraw([spot]), way.reveal(share)

        self.play(drive(fly, self.jumper, way), run_time=run_time)
        self.w.set(there)
        return way

    def go_to_all_wires(self) -> None:
        """A slope for each weight: the gradient."""
        net, told = ready(self.example)
        leaving = VGroup(self.plane, self.curve, self.leaps, self.rate, self.names[1], self.board)
        name = words.label("[gradient:focus]: over many examples, the mean of theirs", size=LARGE)
        shot.safe(titled=False).put(name, UP + LEFT)
        with self.beat(
            "A net has such a slope for each of its weights and biases. Together they are the gradient; "
            "over many examples, the mean of theirs. How can we find it at once?",
            pause=pace.SLOW,
        ) as beat:
            self.play(
                FadeOut(leaving),
                self.jumper.animate.next_to(net.weights[0], UP, buff=words.GAP),
                FadeIn(net, told),
                run_time=pace.CALM,
            )
            self.play(FadeOut(self.jumper), run_time=pace.QUICK)
            beat.over("each", *(words.light(each) for each in net.weights), until="biases")
            beat.over("biases", *(words.light(each) for each in net.biases), until="gradient")
            beat.over("gradient", words.write(name), until="How")
            beat.over(FadeOut(name))
