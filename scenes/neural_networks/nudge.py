"""Measuring is not moving: slopes are checked by nudges, and then the step is taken."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.neural_networks import check, network
from scenes.neural_networks.back import DIGITS, OPEN, measured, ready, slopes_on, told_on, told_slope
from scenes.neural_networks.net import BIAS, FULL, LARGE, SHARES, WIRES
from scenes.neural_networks.stage import NeuralNetworksStage, chalked, maths, numeral, standing, told_in

NUDGE: Final = 1e-3
RATE: Final = 0.05
"""Of the one step that is taken."""
SEATS: Final = np.array([1.0, 2.0, 3.0, 5.0, 6.0, 7.0, 9.0, 10.0, 11.0])
"""Where the nine numbers stand in the chart: unit by unit, weights before the bias."""
DEEP: Final = (64, *[100] * 20, 10)
"""Layers of a net that is large enough to tell what a backward pass costs."""
BLOCK: Final = 0.65
"""Scene units that the work of a forward pass takes."""
BETWEEN: Final = 0.08
"""Scene units between two of them."""
SMALL: Final = 0.4
"""Of their size, what is left of both passes when the step begins."""


def work(sizes: tuple[int, ...] = DEEP) -> float:
    """What a backward pass costs, in forward passes, in multiplications of weights."""
    right, left = network.count_multiplications(sizes)
    return left / right


class Nudge(NeuralNetworksStage):
    """Measuring is not moving: slopes are checked by nudges, and then the step is taken."""

    @chapter("Measuring is not moving", goes_on=True)
    def measuring_is_not_moving(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.net, self.values, self.deltas, self.slopes, self.bias_slopes = measured(self.example)
        self.loom = self.net.loom
        self.add(self.net, self.values, self.deltas, self.slopes, self.bias_slopes)
        self.nudge_one()
        self.nudge_the_others()
        self.count_the_work()
        self.take_the_step()

    def nudge_one(self) -> None:
        """One weight, a thousandth more, and what the loss says."""
        by = Value(0)
        weight = self.net.weights[0]
        start = float(self.example.layers[0].weights[0, 0])
        nudged = words.Readout(by.of(lambda up: start + up), 3, size=LARGE)
        nudged.move_to(weight)
        loss = words.Readout(
            by.of(lambda up: check.nudged(self.example, 0, up).loss), 6, label="loss", size=64.0
        )
        rise = check.rises(self.example, NUDGE)[0]
        risen = words.label(f"rises by [{rise:.5f}:focus]", size=64.0)
        divided = words.label(f"÷ {NUDGE:g} = [{rise / NUDGE:.2f}:focus]", size=64.0)
        self.allow(loss, "digits", "the sixth place is the one that answers to the nudge")
        plate = Tag(VGroup(loss, risen, divided).arrange(DOWN, buff=0.3, aligned_edge=LEFT))
        plate.plate.set_fill(opacity=1.0)
        shot.safe(titled=False).rows(1, 1)[1].put(plate)
        self.pin(plate)
        ends = self.loom.neuron(0, 0), self.loom.neuron(1, 0)
        with self.beat("Nine slopes lie on the net. But the weights are what they were.") as beat:
            beat.over(
                LaggedStart(
                    *(words.light(told_on(each)) for each in self.slopes),
                    *(words.light(each) for each in self.bias_slopes),
                    lag_ratio=pace.LAG,
                ),
                until="But",
            )
            beat.over("weights", *(words.light(each) for each in (*self.net.weights, *self.net.biases)))
        with self.beat("Backpropagation moves no weight. It measures.") as beat:
            beat.over(self.run_left(2, 0, OPEN), least=pace.LONG)
        with self.beat(
            "Check it by hand. Nudge this weight by a thousandth: the loss rises by 0.00147."
        ) as beat:
            self.loom.on_wire(nudged, 0, 0, 0, SHARES[0])
            lit = (
                *ends,
                self.loom.wire(0, 0, 0),
                self.slopes[0],
                self.deltas[0],
                self.values[0],
                self.values[2],
            )
            beat.over(
                self.frame.to(*ends, share=0.85, at=(0.0, 1.35)),
                self.spotlight(*lit),
                FadeOut(
                    *self.net.weights, self.net.biases, *self.deltas[1:], *self.slopes[1:], self.bias_slopes
                ),
                FadeIn(nudged),
                until="Nudge",
                least=pace.SLOW,
            )
            self.play(FadeIn(plate.plate, loss), run_time=pace.QUICK)
            beat.over(by.to(NUDGE), until="0.00147", least=pace.CALM)
            beat.over(FadeIn(risen))
        with self.beat("Divided by the nudge, that is the slope that lay there: a gradient check.") as beat:
            beat.over(FadeIn(divided), until="slope")
            beat.over(words.light(told_on(self.slopes[0])), until="gradient", least=pace.BRISK)
            name = words.label("[gradient check:focus]", size=ink.POINT)
            shot.safe(titled=False).put(name, UP)
            tag = Tag(name)
            self.pin(tag)
            beat.over(FadeIn(tag))
        kept = (self.loom, self.values, self.deltas[0])
        self.close = VGroup(*kept, nudged, plate, tag)

    def nudge_the_others(self) -> None:
        """Nine slopes as bars, and nine nudges that land on them."""
        (frame,) = self.shot(shot.headline())
        frame = shot.Region(frame.left, frame.bottom + 0.8, frame.right, frame.top - 0.65)
        slopes, rises = check.slopes(self.example), check.rises(self.example, NUDGE) / NUDGE
        chart = frame.plane(
            (0.2, 11.8),
            (-4.6, 2.6),
            x_ticks=[],
            y_ticks=(-3, -2, -1, 0, 1, 2),
        )
        feet = [
            chalked(chart.label(seat, -4.6, f"${name}$", DOWN, size=ink.POINT))
            for seat, name in zip(SEATS, ["w_1", "w_2", "b"] * 3, strict=True)
        ]
        bars = chart.bars(SEATS, 0.0, ink.fourth)
        dots = chart.dots(np.column_stack([SEATS, rises]), ink.focus, "diamond", radius=0.2)
        heads = [
            chart.label(seat, 2.6, text, UP, ink.quiet, size=ink.POINT)
            for seat, text in zip(SEATS[1::3], ("upper unit", "lower unit", "output"), strict=True)
        ]
        ground = chart.segment((0.2, 0), (11.8, 0), ink.faint)
        legend = VGroup(
            words.label("slopes of the loss", size=44.0),
            words.label("bars: [backpropagation:fourth]", size=44.0),
            words.label("diamonds: [nudges:focus]", size=44.0),
            words.label("[central difference:focus]", size=44.0),
        ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        legend.move_to(chart.at(4.6, -2.1))
        values = [
            chart.label(seat, slope, told, DOWN if slope < 0 else UP, ink.fourth, gap=0.32, size=44.0)
            for seat, slope, told in zip(
                SEATS,
                slopes,
                [*map(told_slope, slopes[:-1]), told_slope(slopes[-1], DIGITS)],
                strict=True,
            )
        ]
        with self.beat(
            "The other eight agree nearly as well. Nudge up and down, and the error shrinks: the central difference."
        ) as beat:
            found = self.slopes[0]
            self.play(
                FadeOut(self.close),
                self.lights_on(),
                self.frame.back(),
                found.animate.move_to(values[0]),
                FadeIn(chart, ground, *heads, legend[:3]),
                run_time=pace.CALM,
            )
            self.play(
                glide(bars.redraw, 0.0, slopes),
                FadeOut(found),
                FadeIn(*feet, *values),
                run_time=pace.CALM,
            )
            beat.over(
                LaggedStart(*(FadeIn(dot) for dot in dots), lag_ratio=pace.LAG),
                until="central",
                least=pace.SLOW,
            )
            beat.over(FadeIn(legend[3:]))
        self.checked = VGroup(chart, ground, bars, *heads, *feet, legend, *values)
        self.diamonds = dots

    def count_the_work(self) -> None:
        """Forward passes as blocks: two for each number, or one and a backward pass."""
        room = shot.safe(titled=False)
        upper, lower = room.rows(1, 1, gap=0.5)
        count = len(check.numbers(self.example.layers))
        names = [
            words.label("by [nudges:focus]: two passes for each number", size=ink.POINT),
            words.label("by [backpropagation:fourth]: one pass forward, one back", size=ink.POINT),
        ]
        for name, region in zip(names, (upper, lower), strict=True):
            name.move_to((region.left, region.top, 0.0), aligned_edge=LEFT + UP)

        def blocks(region: shot.Region, lengths: list[float], colors: list[ManimColor]) -> VGroup:
            made, x = VGroup(), region.left
            for length, color in zip(lengths, colors, strict=True):
                box = shot.Region(x, region.bottom + 0.1, x + length * BLOCK, region.bottom + 2.0)
                plane = box.plane((0, 1), (0, 1), x_ticks=[], y_ticks=[])
                made.add(plane.polygon(plane.corners, color, fill=0.8))
                x += length * BLOCK + BETWEEN
            return made

        passes = blocks(upper, [1.0] * (2 * count), [ink.focus] * (2 * count))
        both = blocks(lower, [1.0, work()], [ink.focus, ink.fourth])
        tell = words.caption(both[1], "back costs like two forward", RIGHT, gap=0.4, size=ink.POINT)
        with self.beat(
            "But that takes two forward passes for each number, and large nets have millions. "
            "Backpropagation costs about three, for them together."
        ) as beat:
            homes = [each.get_center() for each in passes[::2]]
            self.play(
                FadeOut(self.checked),
                *(dot.animate.move_to(home) for dot, home in zip(self.diamonds, homes, strict=True)),
                run_time=pace.CALM,
            )
            self.play(words.write(names[0]), run_time=pace.QUICK)
            beat.over(
                LaggedStart(*(FadeIn(each, shift=place.NUDGE * LEFT) for each in passes), lag_ratio=pace.LAG),
                until="millions",
            )
            beat.over(FadeOut(self.diamonds), until="Backpropagation")
            beat.over(words.write(names[1]), FadeIn(both[0]), until="about")
            beat.over(FadeIn(both[1], shift=place.NUDGE * RIGHT), until="for them")
            beat.over(FadeIn(tell))
        self.worked, self.both = VGroup(passes, tell, *names), both

    def take_the_step(self) -> None:
        """Gradient descent: the second, separate thing."""
        self.shot(shot.wide())
        net, told = ready(self.example, 2)
        self.loom = net.loom
        after = self.example.after(RATE)
        largest = max(float(np.abs(layer.weights).max()) for layer in self.example.layers)
        share = Value(0)

        def state(done: float) -> network.Example:
            return self.example.after(RATE * done)

        def move(done: float) -> object:
            now = state(done)
            net.loom.weigh([layer.weights for layer in now.layers], largest)
            net.loom.fire([*standing(now)[:-1], np.array([now.guess])], FULL)
            return net.loom

        rule = maths("w arrow.l w - eta thin (partial cal(L)) / (partial w)", LARGE)
        shot.safe(titled=False).put(rule, RIGHT + UP)
        rate = maths(f"eta = {RATE:g}", ink.POINT)
        loss = words.Readout(
            share.of(lambda done: state(done).loss), 2, label="loss", color=ink.error, size=ink.POINT
        )
        output = net.loom.neuron(2, 0)
        loss.next_to(output, DOWN, buff=0.35).align_to(rule, RIGHT)
        rate.next_to(loss, DOWN, buff=0.35, aligned_edge=RIGHT)
        turned = [
            words.label(numeral(after.layers[layer].weights[row, column], 2), size=LARGE).move_to(old)
            for (layer, row, column), old in zip(WIRES, net.weights, strict=True)
        ]
        shifted = [
            words.label(f"$b = {value:.2f}$", size=BIAS).move_to(old)
            for value, old in zip((*after.layers[0].bias, *after.layers[1].bias), net.biases, strict=True)
        ]
        values = [*standing(after)[:-1], np.array([after.guess])]
        new = [net.tell(layer, unit, float(values[layer][unit]), 2) for layer, unit in ((1, 0), (2, 0))]
        slopes, old = slopes_on(net, self.example), told_in(told)
        with self.beat(
            "Moving is a second, separate step. Gradient descent turns each number against its slope."
        ) as beat:
            corner = shot.safe(titled=False)
            self.play(
                FadeOut(self.worked),
                self.both.animate.scale(SMALL).move_to((corner.left, corner.top, 0), aligned_edge=LEFT + UP),
                FadeIn(net, told, loss),
                run_time=pace.CALM,
            )
            beat.over(FadeOut(self.both), FadeIn(slopes), words.write(rule), until="Gradient")
            beat.over(FadeIn(rate), *(words.light(told_on(each), ink.chalk) for each in slopes))
        for each in slopes:
            self.allow(net.loom, told_on(each), "the plate under it fades out with it")
        share.draws(move)
        with self.beat("The loss falls to 1.07.") as beat:
            beat.over(
                share.to(1.0),
                FadeOut(slopes),
                *(words.rewrite(each, text) for each, text in zip(told_in(net.weights), turned, strict=True)),
                *(words.rewrite(each, text) for each, text in zip(told_in(net.biases), shifted, strict=True)),
                words.rewrite(old[2], new[0]),
                words.rewrite(old[4], new[1]),
                least=pace.LONG,
            )
            beat.over(self.run_right(0, 2), words.light(loss), least=pace.SLOW)
