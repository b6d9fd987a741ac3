"""Along a chain, rates multiply; backwards, and shared: the chain rule and backpropagation on one graph."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    LaggedStart,
    VGroup,
    linear,
)

from scenes.calculus_optimization.arrow import ends_of_arrow
from scenes.calculus_optimization.stage import BALL, GRADIENT, WRONG, CalculusOptimizationStage, inline, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.computational_graph import ComputationalGraph
from scenes.kit.flow import Edge
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.network import Network
from scenes.kit.tag import Tag
from scenes.kit.words import Words
from scenes.maths.calculus_optimization import chain

BIG: Final = 64.0
"""Capitals of formulas below the graph."""
PLACES: Final[Mapping[str, tuple[float, float]]] = {
    "w": (-6.3, 1.9),
    "x": (-6.3, -1.0),
    "×": (-4.3, 0.45),
    "b": (-1.7, 3.1),
    "+": (-1.7, 0.45),
    "y": (1.45, 3.1),
    "−": (1.45, 0.45),
    "²": (4.35, 0.45),
    "L": (6.5, 0.45),
}
"""Where the nodes stand, in scene units, in the order in which they come."""
WX, XX, XP, BP, PM, YM, MS, SL = EDGES = (
    ("w", "×"),
    ("x", "×"),
    ("×", "+"),
    ("b", "+"),
    ("+", "−"),
    ("y", "−"),
    ("−", "²"),
    ("²", "L"),
)
"""The edges of the graph of a prediction w x + b, its error against y, and its square."""
FORK: Final = ("w", "x", "b", "+", "y", "−")
"""Nodes that the camera goes to where the way back forks."""
AT_FORK: Final = (1.6, 0.0)
"""Where their middle is seen, so that no other node is cut by the frame."""
SIGNS: Final[Mapping[str, str]] = {"²": "$square^2$", **{name: f"${name}$" for name in "wxbyL"}}
"""What stands in a node, where it is not its name."""
CHAIN: Final = (
    "{{(partial L) / (partial w) : whole}} = {{(partial L) / (partial hat(y)) : outer}} dot"
    " {{(partial hat(y)) / (partial w) : inner}} = {{2 e : slope}} dot {{x : input}}"
    " = {{6 dot 2 : digits}} = 12"
)
BOTH: Final[Mapping[str, tuple[float, float]]] = {
    "a": (-4.6, 0.0),
    "p": (0.0, 2.0),
    "q": (0.0, -2.0),
    "L": (4.6, 0.0),
}
"""Where a unit, the two that it leads to, and the loss stand."""
TWO_PATHS: Final = (("a", "p"), ("p", "L"), ("a", "q"), ("q", "L"))
"""The edges of both paths, the upper one first."""
FACTORS: Final = (2, 3, 4, 1)
"""Their local derivatives."""
NODE: Final = 0.54
"""Radius of a node, in scene units."""
FORMULA: Final = 74.0
"""Capitals of formulas below the graph that are the point."""
STEPPED: Final = 58.0
"""Capitals of the steps of two parameters, side by side."""
COUNTED: Final = 48.0
"""Capitals of what nudging and backpropagation cost."""
LAYERS: Final = (5, 7, 7, 7, 1)
"""Of the net in which light runs back."""


def new_graph() -> ComputationalGraph:
    """The graph, dark and without values."""
    return ComputationalGraph(PLACES, EDGES, texts=SIGNS, colors={"L": WRONG}, open_at="L", radius=NODE)


def net_of_paths() -> tuple[Network, shot.Region]:
    """The net in which light runs back, and the room below it: as the chapter of backpropagation ends."""
    upper, lower = shot.safe(titled=False).rows(4, 1, gap=0.4)
    net = Network(LAYERS, upper.width, upper.height, radius=0.26)
    upper.put(net)
    rng = np.random.default_rng(1)
    net.weigh([rng.uniform(0.4, 1.0, pair) for pair in pairwise(LAYERS)])
    for layer in net.wires:
        layer.set_stroke(ink.faint)
    return net, lower


def chain_rule() -> tuple[Words, Words]:
    """The chain rule with the numbers of the graph, and its name, where they stand."""
    rule = maths(CHAIN, 60.0, {"outer": GRADIENT, "inner": GRADIENT, "whole": GRADIENT})
    shot.safe(titled=False).put(rule, DOWN + RIGHT).shift(place.NUDGE * UP)
    name = words.label("[chain rule:second]", size=90.0)
    shot.safe(titled=False).put(name, UP + RIGHT)
    return rule, name


class Links(CalculusOptimizationStage):
    """The chain rule, and backpropagation."""

    def values(self, graph: ComputationalGraph, line: chain.Line) -> dict[Edge, Words]:
        """What a forward pass leaves on the arrows."""
        shown = {
            WX: f"{line.w:g}",
            XX: f"{line.x:g}",
            XP: f"{line.product:g}",
            BP: f"{line.b:g}",
            PM: f"$hat(y) = {line.prediction:g}$",
            YM: f"{line.y:g}",
            MS: f"$e = {line.error:g}$",
            SL: f"{line.loss:g}",
        }
        made = {edge: graph.value(edge, text, below=edge == XX) for edge, text in shown.items()}
        for each in made.values():
            for glyph in each.family_members_with_points():
                glyph.set_fill(ink.chalk)
        return made

    # --- the chain rule

    @chapter("Along a chain, rates multiply", "the chain rule", goes_on=True)
    def along_a_chain_rates_multiply(self) -> None:
        self.untitled()
        self.name_the_loss()
        self.pass_forward()
        self.nudge()
        self.multiply()

    def name_the_loss(self) -> None:
        """The arrow is the gradient; that of a model has the slopes of a loss."""
        self.shot(shot.close_up())
        room = shot.safe(titled=False)
        land = ends_of_arrow(self)
        new = Tag(
            inline(
                "$nabla L = (display((partial L) / (partial w)), display((partial L) / (partial b)))$", 76.0
            )
        )
        room.put(new, UP + RIGHT)
        loss = Tag(words.headline("[loss L:error] = squared error", size=BIG))
        where = Tag(words.headline("position = [weights:focus]     height = [loss L:error]", size=BIG))
        for each in (where, loss):
            room.put(each, DOWN)
        self.pin(where, new, loss)
        with self.beat("For a model, your position is its weights, and the height is its loss.") as beat:
            beat.over(FadeIn(where), until="height", least=pace.BRISK)
            beat.over(words.light(where.text))
        with self.beat(
            "The gradient of a model collects the slopes of its loss: one for each weight, one for each bias."
        ) as beat:
            beat.over(FadeIn(new), until="one", least=pace.CALM)
            beat.over(words.light(new.text, GRADIENT))
        with self.beat("The loss is the number to make small: here, the squared error.") as beat:
            beat.over(words.light(where.text), until="here")
            beat.over(FadeOut(where), FadeIn(loss))
        self.opening = VGroup(land, new, loss)

    def pass_forward(self) -> None:
        """The graph is built, and values pass along it."""
        self.shot(shot.wide())
        line = self.line = chain.Line()
        graph = self.graph = new_graph()
        values = self.values(graph, line)
        self.shown = values
        room = shot.safe(titled=False)
        name = room.put(words.label("computational graph", size=90.0), DOWN)
        model = room.put(inline("$hat(y) = w x + b$", FORMULA), DOWN + LEFT)
        squared = room.put(inline("$L = e^2 = (hat(y) - y)^2$", FORMULA), DOWN + RIGHT)
        for glyph in VGroup(model, squared).family_members_with_points():
            glyph.set_fill(ink.chalk)
        self.pin(model, squared)
        with self.beat(
            "Draw each operation as a node, and pass values along: a computational graph."
        ) as beat:
            self.play(FadeOut(self.opening), run_time=pace.QUICK)
            self.frame.look(self.frame.back().aim())
            beat.over(
                LaggedStart(*(FadeIn(graph.nodes[each]) for each in PLACES), lag_ratio=pace.LAG),
                LaggedStart(*(FadeIn(each) for each in graph.arrows.values()), lag_ratio=pace.LAG),
                until="computational",
            )
            beat.over(words.write(name))
        with self.beat("Now x and y are data: an input and its target.") as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.over(words.light(graph.nodes["x"][-1]), until="target", least=pace.BRISK)
            beat.over(words.light(graph.nodes["y"][-1]))
        with self.beat(
            "The weight five times the input two, plus the bias one: the prediction is eleven."
        ) as beat:
            for word, edge in (("five", WX), ("two", XX), ("plus", XP), ("bias", BP)):
                beat.at(word, FadeIn(values[edge], shift=place.NUDGE * RIGHT), run_time=pace.QUICK)
            beat.at("prediction", FadeIn(model), run_time=pace.QUICK)
            beat.at("eleven", FadeIn(values[PM], shift=place.NUDGE * RIGHT))
        with self.beat(
            "The target is eight. So the error is three, and the loss, its square, is nine."
        ) as beat:
            for word, edge in (("eight", YM), ("three", MS)):
                beat.at(word, FadeIn(values[edge], shift=place.NUDGE * RIGHT))
            beat.at("loss", FadeIn(squared), run_time=pace.QUICK)
            beat.at("nine", FadeIn(values[SL], shift=place.NUDGE * RIGHT))
        self.signs = VGroup(model, squared)

    def nudge(self) -> None:
        """A nudge of the weight rides to the loss."""
        graph, line = self.graph, self.line
        moved = line.nudged(line.nudge)
        token = graph.token(WX, BALL)
        for passed in (graph, *self.shown.values()):
            self.allow(token, passed, "the nudge passes through the operations")
        changes = [
            Tag(graph.derivative(edge, f"+{change:.2g}", ink.focus))
            for edge, change in (
                (WX, moved.w - line.w),
                (PM, moved.prediction - line.prediction),
                (SL, moved.loss - line.loss),
            )
        ]
        rates = [graph.local("×", f"× {line.x:g}"), graph.local("²", f"× {line.shared:g}")]
        with self.beat("How does this weight change the loss? Nudge it by a hundredth.") as beat:
            self.play(FadeOut(self.signs), run_time=pace.QUICK)
            beat.over(
                self.frame.to(graph.group(*FORK), share=0.9, at=AT_FORK), until="Nudge", least=pace.SLOW
            )
            beat.over(FadeIn(token, scale=2), FadeIn(changes[0]))
        with self.beat("The prediction moves by x times that, and x is two.") as beat:
            beat.over(graph.travel(token, WX, XP), until="and", least=pace.SLOW)
            beat.over(FadeIn(rates[0]), words.light(self.shown[XX]))
        with self.beat(
            "The error moves just as much. Its square has the slope two e, so it moves about six times that."
        ) as beat:
            beat.over(self.frame.back(), FadeIn(changes[1], self.signs), until="Its", least=pace.SLOW)
            self.bring_to_front(token)
            beat.over(graph.travel(token, PM, MS), until="two", least=pace.BRISK)
            beat.over(graph.travel(token, SL), FadeIn(rates[1]), until="six", least=pace.CALM)
            beat.over(FadeIn(changes[2]), FadeOut(token))
        self.changes, self.rates = changes, rates

    def multiply(self) -> None:
        """The rates multiply: the chain rule."""
        rule, name = chain_rule()
        with self.beat("So a small change of w counts two times six at the loss.") as beat:
            beat.over("two", words.light(self.rates[0].text, ink.chalk), until="six")
            beat.over(words.light(self.rates[1].text, ink.chalk))
        with self.beat(
            "This is the chain rule: along a chain of functions, the derivatives multiply.", pause=pace.QUICK
        ) as beat:
            self.play(FadeOut(*self.changes, self.signs), FadeIn(name), run_time=pace.QUICK)
            beat.over(FadeIn(rule), until="derivatives")
            beat.over(words.light(rule.part("outer"), ink.chalk), words.light(rule.part("inner"), ink.chalk))
        with self.beat(
            "The slope of the loss with respect to the prediction, times that of the prediction with respect to w."
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
        self.ruled = VGroup(rule, name)

    # --- backpropagation

    @chapter("Backwards, and shared", "backpropagation as the chain rule", goes_on=True)
    def backwards_and_shared(self) -> None:
        self.untitled()
        self.sweep_back()
        self.step_down()
        self.grow()

    def sweep_back(self) -> None:
        """Derivatives run back from the loss; the shared factor is computed once."""
        self.shot(shot.wide())
        graph, line = self.graph, self.line = new_graph(), chain.Line()
        self.shown = self.values(graph, line)
        ended = VGroup(
            graph.local("×", f"× {line.x:g}"), graph.local("²", f"× {line.shared:g}"), *chain_rule()
        )
        for edge in (WX, XP, PM, MS, SL):
            graph.arrow(edge).light(1.0)
        self.add(graph, *self.shown.values(), ended)
        token = graph.token(WX, ink.focus)
        back = {
            edge: Tag(graph.derivative(edge, text))
            for edge, text in (
                (MS, f"{line.shared:g}"),
                (PM, f"{line.shared:g}"),
                (XP, f"{line.shared:g}"),
                (WX, f"{line.slope_w:g}"),
                (BP, f"{line.slope_b:g}"),
            )
        }
        outer = graph.local("²", "2e")
        light = graph.token(SL, GRADIENT, back=True)
        twin = graph.token(BP, GRADIENT, back=True)
        for passing in (token, light, twin):
            for passed in (graph, *self.shown.values(), *back.values()):
                self.allow(passing, passed, "what is passed on goes through the operations")
        fork = graph.group(*FORK)
        room = shot.safe(titled=False)
        kept = inline("$hat(y) = w x + b quad quad L = e^2 = (hat(y) - y)^2$", FORMULA)
        for glyph in kept.family_members_with_points():
            glyph.set_fill(ink.chalk)
        room.put(kept, DOWN)
        passed_on = maths(
            "{{ (partial L) / (partial e) = 2 e = 6 : first }} quad quad {{ (partial L) / (partial hat(y)) = 6 dot 1"
            " = 6 : second }}",
            FORMULA,
            {"first": GRADIENT, "second": GRADIENT},
        )
        room.put(passed_on, DOWN)
        with self.beat(
            "The forward pass computes the loss, and its values are kept. Now go backwards."
        ) as beat:
            self.play(FadeOut(ended), FadeIn(kept), run_time=pace.CALM)
            beat.over(graph.travel(token, WX, XP, PM, MS, SL), until="Now", least=pace.SLOW)
            self.remove(token)
            beat.over(
                *(glide(graph.arrow(edge).light, 1.0, 0.0) for edge in (WX, XP, PM, MS, SL)),
                FadeIn(light, scale=2),
                least=pace.CALM,
            )
        with self.beat(
            "The slope at the error is two e: six. The minus passes it to the prediction times one, the plus too."
        ) as beat:
            beat.over(
                graph.travel(light, SL, back=True, light=False), FadeOut(kept), until="two", least=pace.BRISK
            )
            beat.over(
                graph.travel(light, MS, back=True, light=False),
                FadeIn(back[MS], outer, passed_on.part("first")),
                until="minus",
                least=pace.BRISK,
            )
            beat.over(
                graph.travel(light, PM, back=True, light=False),
                FadeIn(back[PM], passed_on.part("second")),
                least=pace.CALM,
            )
        with self.beat(
            "Here the way forks. To the bias, times one: six. To the weight, times the kept x: twelve."
        ) as beat:
            beat.over(
                self.frame.to(fork, share=0.9, at=AT_FORK),
                FadeOut(passed_on.part("first"), passed_on.part("second")),
                until="bias",
                least=pace.CALM,
            )
            beat.at(
                "bias",
                graph.travel(twin, BP, back=True, light=False),
                FadeIn(back[BP]),
                run_time=pace.SLOW,
            )
            beat.over(
                "weight",
                graph.travel(light, XP, back=True, light=False),
                FadeIn(back[XP]),
                until="times",
            )
            beat.over(
                graph.travel(light, WX, back=True, light=False),
                FadeIn(back[WX]),
                words.light(self.shown[XX]),
                least=pace.CALM,
            )
        name = words.label("[backpropagation:second]", size=90.0)
        self.pin(shot.safe(titled=False).put(name, DOWN))
        with self.beat(
            "Backpropagation applies the chain rule from the loss backwards, and computes each shared factor once."
        ) as beat:
            beat.over(self.frame.back(), FadeIn(name), FadeOut(light, twin, outer), until="computes")
            beat.over(
                words.light(back[MS].text, ink.chalk),
                words.light(back[PM].text, ink.chalk),
                words.light(back[XP].text, ink.chalk),
            )
        self.back, self.named = back, name

    def step_down(self) -> None:
        """A step against both derivatives, and the loss that is left."""
        graph, line, after = self.graph, self.line, self.line.stepped()
        fresh = self.values(graph, after)
        room = shot.safe(titled=False)
        taken = [
            maths(
                f"{name} <- {old:g} - {line.rate:g} dot {{{{{slope:g} : slope}}}} = {new:g}",
                STEPPED,
                {"slope": GRADIENT},
            )
            for name, old, slope, new in (
                ("w", line.w, line.slope_w, after.w),
                ("b", line.b, line.slope_b, after.b),
            )
        ]
        room.put(taken[0], DOWN + LEFT)
        room.put(taken[1], DOWN + RIGHT)
        for edge in (XP, PM, MS, SL):
            for old in (self.shown[edge], self.back.get(edge)):
                if old is not None:
                    self.allow(old, "contrast", "it is of the weights before the step, and steps back")
        with self.beat(
            "Now move the weight and the bias by a small share of their slopes, downhill."
        ) as beat:
            stale = [self.shown[edge].animate.set_opacity(0.2) for edge in (XP, PM, MS, SL)]
            fading = [self.back[edge].animate.set_opacity(0.2) for edge in (XP, PM, MS)]
            self.play(FadeOut(self.named), *stale, *fading, run_time=pace.QUICK)
            for word, edge, rule in (("weight", WX, taken[0]), ("bias", BP, taken[1])):
                beat.at(
                    word,
                    FadeIn(rule),
                    words.rewrite(self.shown[edge], fresh[edge]),
                    words.light(self.back[edge].text, ink.chalk),
                    run_time=pace.CALM,
                )
        token = graph.token(WX, ink.focus)
        for passed in (graph, *self.shown.values(), *fresh.values()):
            self.allow(token, passed, "the forward pass goes through the operations")
        with self.beat(
            "Run forward again: the error is smaller, and the loss is down from nine to 2.25."
        ) as beat:
            self.play(FadeOut(*self.back.values()), FadeIn(token), run_time=pace.QUICK)
            for word, edge, way in (
                ("forward", XP, (WX, XP)),
                ("error", PM, (PM,)),
                ("smaller", MS, (MS,)),
                ("loss", SL, (SL,)),
            ):
                beat.until(word)
                self.play(
                    graph.travel(token, *way, light=False),
                    words.rewrite(self.shown[edge], fresh[edge]),
                    run_time=pace.CALM,
                )
            beat.over(words.light(fresh[SL], WRONG), FadeOut(token))
        self.taken = VGroup(*taken)
        self.shown = {**fresh, **{edge: self.shown[edge] for edge in (XX, YM)}}

    def grow(self) -> None:
        """Two paths from one unit whose derivatives add; then a net, and what a sweep back through it costs."""
        net, lower = net_of_paths()
        back, ahead = net.pulse(GRADIENT, length=0.8), net.pulse(ink.focus, length=0.8)
        last = float(len(LAYERS) - 1)
        fork = ComputationalGraph(
            BOTH, TWO_PATHS, colors={"L": WRONG}, open_at="L", radius=NODE, texts={"L": "$L$"}
        )
        local = [
            fork.value(edge, f"× {factor}", GRADIENT, below=number > 1)
            for number, (edge, factor) in enumerate(zip(TWO_PATHS, FACTORS, strict=True))
        ]
        upper_path, lower_path = chain.along(*FACTORS[:2]), chain.along(*FACTORS[2:])
        sums = [
            words.label(f"[{FACTORS[0]} · {FACTORS[1]} = {upper_path}:second]", size=BIG),
            words.label(f"[{FACTORS[2]} · {FACTORS[3]} = {lower_path}:second]", size=BIG),
            words.label(f"[{upper_path} + {lower_path} = {upper_path + lower_path}:second]", size=BIG),
        ]
        for text, at in zip(sums, ((0.0, 3.35), (0.0, -2.8), (-5.1, 1.25)), strict=True):
            text.move_to(fork.plane.at(*at))
        lights = [fork.token(edge, GRADIENT, back=True) for edge in (TWO_PATHS[1], TWO_PATHS[3])]
        for light in lights:
            for passed in (fork, *local):
                self.allow(light, passed, "what is passed on goes through the operations")
        with self.beat(
            "In a network many paths lead to the loss. Along each, multiply: six, and four. Over paths, add."
        ) as beat:
            self.play(
                FadeOut(self.graph, *self.shown.values(), self.taken),
                FadeIn(fork, *local),
                run_time=pace.CALM,
            )
            self.play(*(FadeIn(light, scale=2) for light in lights), run_time=pace.QUICK)
            beat.until("multiply")
            self.play(
                *(
                    fork.travel(light, *edges, back=True, light=False)
                    for light, edges in zip(
                        lights, ((TWO_PATHS[1], TWO_PATHS[0]), (TWO_PATHS[3], TWO_PATHS[2])), strict=True
                    )
                ),
                run_time=pace.SLOW,
            )
            beat.at("six", FadeIn(sums[0]), run_time=pace.QUICK)
            beat.at("four", FadeIn(sums[1]), run_time=pace.QUICK)
            beat.over("add", FadeIn(sums[2], scale=1.2), FadeOut(*lights))
        nudges, sweeps = chain.count_runs(chain.count_weights(chain.WIDE))
        upper, below = lower.rows(1, 1, gap=0.1)
        runs = upper.put(words.label(f"nudging: {nudges:,} runs".replace(",", " "), size=COUNTED))
        sweep = below.put(
            words.label(
                f"[backpropagation: {sweeps} sweep back, the price of a few runs:second]", size=COUNTED
            )
        )
        with self.beat(
            "For a million weights, nudging needs a run for each. Backpropagation needs one sweep back, at"
            " the price of a few runs."
        ) as beat:
            self.play(FadeOut(fork, *local, *sums), FadeIn(net), run_time=pace.CALM)
            beat.over(
                FadeIn(runs),
                glide(ahead.go, 0.0, last, ahead, rate_func=linear),
                until="Backpropagation",
                least=pace.CALM,
            )
            beat.over(FadeIn(sweep), glide(back.go, last, 0.0, back, rate_func=linear), least=pace.SLOW)
