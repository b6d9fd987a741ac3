"""Twenty layers: gradients that vanish, and starts that keep them alive."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lesson import chapter
from scenes.kit.network import Network
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.ridge import Ridges
from scenes.maths.neural_networks import depth, network
from scenes.maths.neural_networks.network import RELU, SIGMOID
from scenes.neural_networks.stage import NeuralNetworksStage


class Depth(NeuralNetworksStage):
    """Twenty layers: gradients that vanish, and starts that keep them alive."""

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
            return (left, self.bars.redraw(np.where(self.floors >= here + 0.001, heights, 0)))

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
        self.trail = GrowingCurve(
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
                return (self.bars.redraw((1 - share) * low + share * high),)

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
        reel = ParameterSweep(grown.steps + 1.0, log=True)
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
            return (self.ridges.redraw(np.where(reached[:, None], shares, 0.0), largest),)

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
