"""Along a chain, rates multiply; backwards, and shared: the chain rule and backpropagation on one graph."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Dot,
    FadeIn,
    FadeOut,
    LaggedStart,
    Succession,
    VGroup,
    linear,
)

from scenes.calculus_optimization.graph import Graph
from scenes.calculus_optimization.stage import BALL, GRADIENT, WRONG, CalculusOptimizationStage, inline, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.network import Network
from scenes.kit.tag import Tag
from scenes.kit.words import Words
from scenes.maths.calculus_optimization import chain

BIG: Final = 64.0
"""Capitals of formulas below the graph."""
MAIN: Final = ("×", "+", "−", "²", "L")
"""Nodes on the way from the product to the loss."""
CHAIN: Final = (
    "{{(partial L) / (partial w) : whole}} = {{(partial L) / (partial hat(y)) : outer}} dot"
    " {{(partial hat(y)) / (partial w) : inner}} = {{2 e : slope}} dot {{x : input}}"
    " = {{6 dot 2 : digits}} = 12"
)
COUNTED: Final = 50.0
"""Capitals of what nudging and backpropagation cost."""
TITLED: Final = (6.5, 0.75)
"""Where the vanishing gradient is named, in links and what is left."""
LAYERS: Final = (5, 7, 7, 7, 1)
"""Of the net in which light runs back."""


class Links(CalculusOptimizationStage):
    """The chain rule, and backpropagation."""

    def values(self, graph: Graph, line: chain.Line) -> dict[str, Words]:
        """What a forward pass leaves on the arrows."""
        shown = {
            "w×": f"{line.w:g}",
            "x×": f"{line.x:g}",
            "×+": f"{line.product:g}",
            "b+": f"{line.b:g}",
            "+−": f"$hat(y) = {line.prediction:g}$",
            "y−": f"{line.y:g}",
            "−²": f"$e = {line.error:g}$",
            "²L": f"{line.loss:g}",
        }
        made = {name: graph.over(name, text) for name, text in shown.items()}
        for each in made.values():
            for glyph in each.family_members_with_points():
                glyph.set_fill(ink.chalk)
        return made

    def ride(self, graph: Graph, token: Dot, *names: str) -> Animation:
        """``token`` goes along the arrows ``names``, which light up as it passes."""
        ways = [graph.ends(name) for name in names]
        stops = np.array([ways[0][0], *(end for way in ways for end in way)])
        arrows = [graph.arrows[name] for name in names]

        def go(share: float) -> None:
            place = share * (len(stops) - 1)
            token.move_to(np.array([np.interp(place, np.arange(len(stops)), side) for side in stops.T]))
            for number, arrow in enumerate(arrows):
                arrow.light(float(np.clip(place - 2 * number, 0.0, 1.0)))

        return drive(go, token, *arrows, rate_func=linear)

    # --- the chain rule

    @chapter("Along a chain, rates multiply", "the chain rule")
    def along_a_chain_rates_multiply(self) -> None:
        self.untitled()
        self.name_the_loss()
        self.pass_forward()
        self.nudge()
        self.multiply()
        self.vanish()

    def name_the_loss(self) -> None:
        """The components of the gradient are slopes of a loss."""
        self.shot(shot.formula(titled=False))
        room = shot.safe(titled=False)
        old = inline(
            "$nabla f = (display((partial f) / (partial x)), display((partial f) / (partial y)))$", 120.0
        )
        new = inline(
            "$nabla L = (display((partial L) / (partial w)), display((partial L) / (partial b)))$", 120.0
        )
        room.put(old)
        room.put(new)
        loss = words.label("[loss L:error]: the number to make small", size=BIG)
        room.put(loss, DOWN)
        self.add(old)
        with self.beat(
            "The gradient of a model collects the slopes of its loss: one by each weight, one by each bias."
        ) as beat:
            beat.over(words.rewrite(old, new), least=pace.SLOW)
        with self.beat("The loss is the number to make small: here, the squared error.") as beat:
            beat.over(words.write(loss), words.light(new))
        self.opening = VGroup(new, loss)

    def pass_forward(self) -> None:
        """The graph is built, and values pass along it."""
        self.shot(shot.wide())
        line = self.line = chain.Line()
        graph = self.graph = Graph()
        values = self.values(graph, line)
        self.shown = values
        parts = [[graph.nodes[name]] for name in ("w", "x")]
        for arrow in ("w×", "x×", "×+", "b+", "+−", "y−", "−²", "²L"):
            parts[-1].append(graph.arrows[arrow])
        name = words.label("computational graph", size=80.0)
        shot.safe(titled=False).put(name, DOWN + RIGHT)
        with self.beat(
            "Draw each operation as a node, and pass values along: a computational graph."
        ) as beat:
            self.play(FadeOut(self.opening), run_time=pace.QUICK)
            beat.over(
                LaggedStart(
                    *(FadeIn(graph.nodes[each]) for each in ("w", "x", "×", "b", "+", "y", "−", "²", "L")),
                    lag_ratio=pace.LAG,
                ),
                LaggedStart(*(FadeIn(each) for each in graph.arrows.values()), lag_ratio=pace.LAG),
                until="computational",
            )
            beat.over(words.write(name))
        with self.beat(
            "The weight five times the input two, plus the bias one: the prediction is eleven."
        ) as beat:
            for word, arrow in (("five", "w×"), ("two", "x×"), ("plus", "×+"), ("bias", "b+")):
                beat.at(word, FadeIn(values[arrow], shift=place.NUDGE * RIGHT), run_time=pace.QUICK)
            beat.at("eleven", FadeIn(values["+−"], shift=place.NUDGE * RIGHT))
        with self.beat(
            "The target is eight. So the error is three, and the loss, its square, is nine."
        ) as beat:
            for word, arrow in (("eight", "y−"), ("three", "−²"), ("nine", "²L")):
                beat.at(word, FadeIn(values[arrow], shift=place.NUDGE * RIGHT))
        self.sign = name

    def nudge(self) -> None:
        """A nudge of the weight rides to the loss."""
        graph, line = self.graph, self.line
        moved = line.nudged(line.nudge)
        token = Dot(graph.ends("w×")[0], radius=0.2, color=BALL)
        for passed in (graph, *self.shown.values()):
            self.allow(token, passed, "the nudge passes through the operations")
        changes = [
            Tag(graph.under(arrow, f"+{change:.2g}", ink.focus))
            for arrow, change in (
                ("w×", moved.w - line.w),
                ("+−", moved.prediction - line.prediction),
                ("²L", moved.loss - line.loss),
            )
        ]
        rates = [graph.rate("×", f"× {line.x:g}"), graph.rate("²", f"× {line.shared:g}")]
        with self.beat("How does this weight change the loss? Nudge it by a hundredth.") as beat:
            self.play(FadeOut(self.sign), run_time=pace.QUICK)
            beat.over(
                self.frame.to(graph.outer("w", "x", "b", "+", "−"), share=0.9), until="Nudge", least=pace.SLOW
            )
            beat.over(FadeIn(token, scale=2), FadeIn(changes[0]))
        with self.beat("The prediction moves by x times that, and x is two.") as beat:
            beat.over(self.ride(graph, token, "w×", "×+"), until="and", least=pace.SLOW)
            beat.over(FadeIn(rates[0]))
        with self.beat(
            "From there the error moves just as much, and its square about six times that: two e."
        ) as beat:
            beat.over(
                self.frame.back(),
                FadeIn(changes[1]),
                until="square",
                least=pace.LONG,
            )
            self.bring_to_front(token)
            beat.over(self.ride(graph, token, "+−", "−²", "²L"), until="two", least=pace.SLOW)
            beat.over(FadeIn(rates[1], changes[2]))
        self.changes, self.rates, self.token = changes, rates, token

    def multiply(self) -> None:
        """The rates multiply: the chain rule."""
        rule = maths(CHAIN, 62.0, {"outer": GRADIENT, "inner": GRADIENT, "whole": GRADIENT})
        shot.safe(titled=False).put(rule, DOWN + LEFT)
        plate = Tag(rule.shift(place.NUDGE * UP))
        name = words.label("[chain rule:second]", size=80.0)
        shot.safe(titled=False).put(name, UP + RIGHT)
        with self.beat("So a small change of w counts two times six at the loss.") as beat:
            beat.over(FadeOut(self.token), until="two", least=pace.BRISK)
            beat.over(*(words.light(each.text, ink.chalk) for each in self.rates))
        with self.beat(
            "This is the chain rule: along a chain of functions, the derivatives multiply.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(*self.changes), FadeIn(name), run_time=pace.QUICK)
            beat.over(FadeIn(plate, shift=place.NUDGE * UP), until="derivatives")
            beat.over(words.light(rule.part("outer"), ink.chalk), words.light(rule.part("inner"), ink.chalk))
        with self.beat(
            "Slope of the loss by the prediction, times slope of the prediction by the weight."
        ) as beat:
            beat.over(
                words.light(rule.part("outer"), ink.chalk),
                words.light(rule.part("slope")),
                words.light(self.rates[1].text, ink.chalk),
                until="times",
            )
            beat.over(
                words.light(rule.part("inner"), ink.chalk),
                words.light(rule.part("input")),
                words.light(self.rates[0].text, ink.chalk),
            )
        self.ruled = VGroup(*plate, name)

    def vanish(self) -> None:
        """Ten links of a half."""
        (whole,) = self.shot(shot.headline())
        left = np.array(chain.Deep().left)
        plane = whole.plane(
            (-0.6, len(left)),
            (0, 1.08),
            x_label="links of the chain",
            x_ticks=range(0, len(left), 2),
            y_ticks=[0, 1],
            tick_size=44.0,
            name_size=44.0,
        )
        bars = plane.bars(np.arange(len(left)), 0.0, GRADIENT)
        name = words.label("vanishing gradient", size=80.0)
        name.move_to(plane.at(*TITLED))
        last = plane.label(len(left) - 1, left[-1], f"{left[-1]:.3f}", UP, GRADIENT, size=BIG)
        each = words.label(f"each link × {chain.Deep().rate:g}", GRADIENT, size=BIG).next_to(
            name, DOWN, buff=0.4
        )
        with self.beat(
            "Small factors make the product tiny. Link after link of one half, and almost nothing is left."
        ) as beat:
            self.play(
                FadeOut(self.graph, *self.shown.values(), *self.rates, self.ruled),
                FadeIn(plane),
                run_time=pace.BRISK,
            )
            steps = [np.where(np.arange(len(left)) <= k, left, 0.0) for k in range(len(left))]
            beat.over(
                Succession(
                    *(
                        glide(bars.redraw, a, b, bars)
                        for a, b in zip([0 * left, *steps], steps, strict=False)
                    ),
                ),
                FadeIn(each),
                until="nothing",
                least=pace.LONG,
            )
            beat.over(FadeIn(last))
        with self.beat("That is the vanishing gradient. Watch for it in deep networks.") as beat:
            beat.over(words.write(name), words.light(last))

    # --- backpropagation

    @chapter("Backwards, and shared", "backpropagation as the chain rule")
    def backwards_and_shared(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.sweep_back()
        self.step_down()
        self.grow()

    def sweep_back(self) -> None:
        """Derivatives run back from the loss; the shared factor is computed once."""
        graph, line = self.graph, self.line = Graph(), chain.Line()
        self.shown = self.values(graph, line)
        self.add(graph, *self.shown.values())
        token = Dot(graph.ends("w×")[0], radius=0.16, color=ink.chalk)
        self.allow(token, graph, "the forward pass goes through the operations")
        names = ("w×", "×+", "+−", "−²", "²L")
        back = {
            arrow: Tag(graph.under(arrow, text))
            for arrow, text in (
                ("−²", f"{line.shared:g}"),
                ("+−", f"{line.shared:g}"),
                ("×+", f"{line.shared:g}"),
                ("w×", f"{line.slope_w:g}"),
                ("b+", f"{line.slope_b:g}"),
            )
        }
        with self.beat("The forward pass computes the loss. Now go backwards.") as beat:
            beat.over(self.ride(graph, token, *names), until="Now", least=pace.SLOW)
            self.remove(token)
            beat.over(*(glide(graph.arrows[name].light, 1.0, 0.0) for name in names))
        light = Dot(graph.spots["L"], radius=0.2, color=GRADIENT)
        for passed in (graph, self.shown["+−"]):
            self.allow(light, passed, "the derivative goes back through the operations")
        with self.beat(
            "The slope at the error is two e: six. The minus and the plus pass it on as it is."
        ) as beat:
            beat.over(glide(light.move_to, graph.spots["L"], graph.spots["²"]), until="two")
            beat.over(
                glide(light.move_to, graph.spots["²"], graph.spots["−"]), FadeIn(back["−²"]), until="minus"
            )
            beat.over(glide(light.move_to, graph.spots["−"], graph.spots["+"]), FadeIn(back["+−"]))
        twin = light.copy()
        self.allow(twin, graph, "the derivative goes back through the operations")
        with self.beat(
            "Here the way forks. To the bias, times one: six. To the weight, times x: twelve."
        ) as beat:
            beat.at(
                "bias",
                glide(twin.move_to, graph.spots["+"], graph.spots["b"]),
                FadeIn(back["b+"]),
                run_time=pace.SLOW,
            )
            beat.over(
                "weight",
                glide(light.move_to, graph.spots["+"], graph.spots["×"]),
                FadeIn(back["×+"]),
                until="times",
            )
            beat.over(
                glide(light.move_to, graph.spots["×"], graph.spots["w"]), FadeIn(back["w×"]), least=pace.CALM
            )
        name = Tag(words.label("[backpropagation:second]", size=80.0))
        shot.safe(titled=False).put(name, DOWN + LEFT)
        shared = words.label("used twice, computed once", ink.quiet, size=48.0)
        shot.safe(titled=False).put(shared, DOWN + RIGHT)
        with self.beat(
            "Backpropagation applies the chain rule from the loss backwards, and computes each shared factor once."
        ) as beat:
            beat.over(FadeIn(name), FadeOut(light, twin), until="computes")
            beat.over(words.light(back["+−"].text, ink.chalk), FadeIn(Tag(shared)))
        self.back, self.named, self.note = back, name, shared

    def step_down(self) -> None:
        """A step against both derivatives, and the loss that is left."""
        graph, after = self.graph, self.line.stepped()
        fresh = self.values(graph, after)
        taken = words.label(f"number − {self.line.rate:g} · [slope:second]", size=COUNTED)
        shot.safe(titled=False).put(taken, DOWN + RIGHT)
        with self.beat("Now move the weight and the bias a little against their slopes.") as beat:
            self.play(FadeOut(self.note), FadeIn(taken), run_time=pace.QUICK)
            beat.over(
                *(words.rewrite(self.shown[arrow], fresh[arrow]) for arrow in ("w×", "b+")),
                *(words.light(self.back[arrow].text, ink.chalk) for arrow in ("w×", "b+")),
                least=pace.SLOW,
            )
        with self.beat(
            "Run forward again: the error is smaller, and the loss is down from nine to 2.25."
        ) as beat:
            for word, arrow in (("forward", "×+"), ("again", "+−"), ("error", "−²"), ("loss", "²L")):
                beat.at(word, words.rewrite(self.shown[arrow], fresh[arrow]), run_time=pace.CALM)
            beat.over(words.light(fresh["²L"], WRONG))
        self.note = taken
        self.shown = {**fresh, **{name: self.shown[name] for name in ("x×", "y−")}}

    def grow(self) -> None:
        """A net in which light runs back: paths that meet, and what a sweep costs."""
        upper, lower = shot.safe(titled=False).rows(4, 1, gap=0.4)
        net = Network(LAYERS, upper.width, upper.height, radius=0.26)
        upper.put(net)
        rng = np.random.default_rng(1)
        net.weigh([rng.uniform(0.4, 1.0, pair) for pair in pairwise(LAYERS)])
        for layer in net.wires:
            layer.set_stroke(ink.faint)
        back, ahead = net.pulse(GRADIENT, length=0.8), net.pulse(ink.focus, length=0.8)
        for pulse in (back, ahead):
            self.allow(pulse, "pop", "a pulse comes out of neurons and goes into neurons")
        last = float(len(LAYERS) - 1)
        unit, wires = net.neuron(1, 3), [net.wire(1, 3, column) for column in range(LAYERS[2])]
        add = net.in_neuron(words.label("[+:second]", size=56.0), 1, 3)
        with self.beat(
            "In a network many paths lead to the loss. Where paths meet, their derivatives add."
        ) as beat:
            self.play(
                FadeOut(self.graph, *self.shown.values(), *self.back.values(), self.named, self.note),
                FadeIn(net),
                run_time=pace.CALM,
            )
            beat.over(glide(back.go, last, 1.0, back, rate_func=linear), until="Where", least=pace.SLOW)
            beat.over(
                *(each.animate.set_stroke(GRADIENT, width=7) for each in wires),
                unit.animate.set_stroke(GRADIENT, width=8),
                until="add",
            )
            self.play(FadeIn(add, scale=2), run_time=pace.QUICK)
        nudges, sweeps = chain.count_runs(chain.count_weights(chain.WIDE))
        left, right = lower.columns(1, 1)
        runs = left.put(words.label(f"nudging: {nudges:,} runs".replace(",", " "), size=COUNTED), LEFT)
        sweep = right.put(words.label(f"[backpropagation: {sweeps} sweep:second]", size=COUNTED), RIGHT)
        with self.beat(
            "For a million weights, nudging needs as many runs. Backpropagation needs one backward sweep."
        ) as beat:
            quiet = (each.animate.set_stroke(ink.faint, width=2) for each in wires)
            self.play(FadeOut(add), unit.animate.set_stroke(ink.faint, width=3), *quiet, run_time=pace.QUICK)
            beat.over(glide(ahead.go, 0.0, last, ahead, rate_func=linear), until="nudging", least=pace.CALM)
            beat.over(
                FadeIn(runs),
                glide(ahead.go, 0.0, last, ahead, rate_func=linear),
                until="Backpropagation",
                least=pace.CALM,
            )
            beat.over(FadeIn(sweep), glide(back.go, last, 0.0, back, rate_func=linear), least=pace.SLOW)
        line = self.line
        up, down = line.w + line.nudge, line.w - line.nudge
        check = inline(f"$(L({up:g}) - L({down:g})) / {2 * line.nudge:g} = {line.measured():g}$", 76.0)
        lower.put(check)
        self.allow(check, "digits", "two losses that differ in the last place")
        one = net.wire(0, 2, 3)
        with self.beat(
            "Still, nudge a few weights to check a gradient that you wrote by hand. For our w it agrees."
        ) as beat:
            self.play(FadeOut(runs, sweep), run_time=pace.QUICK)
            beat.over(one.animate.set_stroke(ink.focus, width=9), until="check")
            beat.over(FadeIn(check), until="agrees")
            beat.over(words.light(check))
