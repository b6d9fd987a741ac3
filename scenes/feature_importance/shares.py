"""A fair split of one prediction: Shapley values, their axioms, and SHAP values."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, linear

from scenes.feature_importance.stage import (
    CHANCE,
    COLORS,
    MEASURED,
    TWIN,
    FeatureImportanceStage,
    Wires,
    credit,
    maths,
    plate,
    raised,
    tagged,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.feature_importance import shapley
from scenes.maths.feature_importance.patients import MASS, NAMES, PRESSURE, TICKET, Floats, split

NOW: Final = ink.focus
"""Whose share is counted: body mass."""
LIGHTS: Final = ("mass", "pressure", "s5")
"""Short names of the features of the small tree."""


class Shares(FeatureImportanceStage):
    """Shapley and SHAP values."""

    @chapter("A fair split of one prediction", "SHAP values as a fair split of one prediction")
    def fair_split(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        wires = Wires()
        whole, one = plate("global\nimportance", UP + RIGHT), plate("local\nexplanation", UP + RIGHT)
        with self.beat(
            "So far each rule gave a global importance, for many patients together. A local explanation is "
            "about one of them."
        ) as beat:
            self.play(FadeIn(wires.names, wires.wires, wires.trees), run_time=pace.QUICK)
            beat.over(FadeIn(whole), until="for", least=pace.QUICK)
            beat.over(words.light(wires.trees), until="A local", least=pace.CALM)
            beat.over(FadeOut(whole), FadeIn(wires.arrow, wires.out, wires.unit), until="is", least=pace.CALM)
            beat.over(FadeIn(one), words.light(wires.names), least=pace.CALM)
        with self.beat(
            "A bar for the forest cannot tell why this one patient got this prediction, and not the average."
        ) as beat:
            beat.over(words.light(wires.out), words.light(wires.unit), until="why", least=pace.CALM)
            beat.over(words.light(wires.wires), least=pace.CALM)
        plane, spots, dots = self.square()
        known = [plane.label(*each) for each in _NAMED]
        with self.beat(
            "Round numbers first, with two features. With no feature known a model predicts 150, with body "
            "mass and pressure 230."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(FadeIn(dots[0], known[0]), until="with body", least=pace.CALM)
            beat.over(FadeIn(dots[3], known[3]), least=pace.CALM)
        term = tagged(plane, 0.32, 236, "coalition")
        with self.beat(
            "A coalition is a set of features whose values are known. Here are four of them."
        ) as beat:
            self.play(FadeIn(term), run_time=pace.BRISK)
            beat.over(FadeIn(dots[1], known[1]), until="features", least=pace.BRISK)
            beat.over(FadeIn(dots[2], known[2]), until="Here", least=pace.BRISK)
            beat.over(*(words.light(each) for each in known), least=pace.CALM)
        edges = [
            plane.segment(spots[a], spots[b], color, 2 * LINE)
            for a, b, color in ((0, 1, NOW), (1, 3, ink.quiet), (0, 2, ink.quiet), (2, 3, NOW))
        ]
        gains = [
            plane.label(0.46, 171, "+40", UP + LEFT, NOW, size=ink.POINT),
            plane.label(1.6, 202, "+60", DOWN + RIGHT, NOW, size=ink.POINT),
        ]
        joined = tagged(plane, 0.45, 236, "marginal contribution")
        with self.beat(
            "A marginal contribution is what a feature adds to the coalition that it joins."
        ) as beat:
            self.play(FadeOut(term), FadeIn(joined), run_time=pace.BRISK)
            beat.over(Create(edges[0]), words.light(known[0]), until="coalition", least=pace.CALM)
            beat.over(words.light(known[1]), words.light(edges[0]), least=pace.CALM)
        walker = plane.dots(spots[:1], ink.chalk, radius=0.13)
        with self.beat(
            "If body mass comes first, it adds 40. If it comes after pressure, it adds 60."
        ) as beat:
            self.play(FadeIn(walker), run_time=pace.QUICK)
            beat.over(
                glide(walker.redraw, (spots[:1],), (spots[1:2],)),
                FadeIn(gains[0]),
                until="If it",
                least=pace.CALM,
            )
            self.play(glide(walker.redraw, (spots[1:2],), (spots[3:],)), FadeIn(edges[1]), run_time=pace.CALM)
            self.play(walker.animate.redraw(spots[:1]), FadeIn(edges[2]), run_time=pace.BRISK)
            self.play(glide(walker.redraw, (spots[:1],), (spots[2:3],)), run_time=pace.CALM)
            beat.over(
                Create(edges[3]),
                glide(walker.redraw, (spots[2:3],), (spots[3:],)),
                FadeIn(gains[1]),
                least=pace.CALM,
            )
        with self.beat("So its worth depends on who came before it. What is a fair share, then?") as beat:
            beat.over(words.light(gains[0]), words.light(edges[0]), until="who", least=pace.CALM)
            beat.over(words.light(gains[1]), words.light(edges[3]), least=pace.CALM)
        self.think()
        with self.beat(
            "Game theory has an answer, for players who win a prize together and share it."
        ) as beat:
            beat.over(words.light(known[1]), words.light(dots[1]), until="players", least=pace.CALM)
            beat.over(words.light(known[2]), words.light(dots[2]), until="together", least=pace.CALM)
            beat.over(words.light(known[3]), words.light(dots[3]), least=pace.CALM)
        shares = shapley.by_orders(shapley.HAND, 2)
        low = shapley.HAND[frozenset()]
        ribbons = [
            plane.area((2.95, 3.2), low, low + shares[0], NOW, 1.0),
            plane.area((2.95, 3.2), low + shares[0], low + shares.sum(), ink.quiet, 1.0),
        ]
        tags = [
            plane.label(2.9, low + shares[0] / 2, f"mass {shares[0]:.0f}", LEFT, NOW, size=ink.POINT),
            plane.label(
                2.9, low + shares[0] + 10, f"pressure {shares[1]:.0f}", LEFT, ink.chalk, size=ink.POINT
            ),
        ]
        value = tagged(plane, 0.32, 236, "Shapley value")
        with self.beat(
            "Which order is right? None is, so take the mean over all orders: the Shapley value. Body mass gets 50."
        ) as beat:
            self.play(FadeOut(walker, joined), run_time=pace.BRISK)
            beat.over(words.light(gains[0]), words.light(gains[1]), until="the Shapley", least=pace.CALM)
            beat.over(FadeIn(value), until="Body", least=pace.BRISK)
            beat.over(Create(ribbons[0]), FadeIn(tags[0]), least=pace.CALM)
        with self.beat(
            "Pressure gets the rest, by the same rule. Both shares together are the whole difference, and "
            "the order no longer matters."
        ) as beat:
            beat.over(words.light(edges[1]), words.light(edges[2]), until="by", least=pace.CALM)
            beat.over(Create(ribbons[1]), FadeIn(tags[1]), until="Both", least=pace.CALM)
            beat.over(self.frame.to(*ribbons, *tags, known[3], share=1.0), until="the whole", least=pace.SLOW)
            beat.over(self.frame.back(), least=pace.CALM)

    def square(self) -> tuple[Plane, Floats, list[Dots]]:
        """Four coalitions of two features by the prediction that they lead to."""
        plane = shot.chart(
            shot.SAFE, (-0.45, 3.35), (130, 246), x_names={0: "nothing", 1: "one feature", 2: "both"},
            x_ticks=[0, 1, 2], y_ticks=[150, 170, 190, 210, 230], y_label="prediction",
        )  # fmt: skip
        spots = np.array(
            [
                (len(known), shapley.HAND[known])
                for known in (frozenset(), frozenset({0}), frozenset({1}), frozenset({0, 1}))
            ]
        )
        return plane, spots, [plane.dots(spots[[each]], ink.chalk, radius=0.2) for each in range(4)]

    # --- axioms

    @chapter("Four axioms make it fair")
    def four_axioms(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.eight()
        self.axioms()

    def eight(self) -> None:
        """Coalitions of three features of a real tree, and the six paths through them."""
        small = shapley.small()
        plane = shot.chart(
            shot.SAFE, (-0.55, 4.35), (62, 252), x_ticks=[0, 1, 2, 3], y_ticks=[120, 160, 200, 240],
            x_label="features known", y_label="prediction",
        )  # fmt: skip
        every = shapley.coalitions(3)
        spot = {known: np.array([len(known), small.game[known]]) for known in every}
        steps = [(known, known | {each}, each) for known in every for each in range(3) if each not in known]
        web = plane.segment(
            np.array([spot[a] for a, _, who in steps if who]), np.array([spot[b] for _, b, who in steps if who]),
            ink.faint, LINE,
        )  # fmt: skip
        own = [(a, b) for a, b, who in steps if who == 0]
        walked = shapley.walked(3, 0)
        lines = [plane.segment(spot[a], spot[b], NOW, (0.8 + 1.2 * walked[a]) * LINE) for a, b in own]
        dots = plane.dots(np.array([spot[known] for known in every]), ink.chalk, radius=0.17)
        names = [self.named(plane, known, spot[known]) for known in every]
        with self.beat(
            "Now a real tree with three features, and our patient. Eight coalitions, each with its prediction."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(dots, lag_ratio=pace.LAG), until="Eight", least=pace.SLOW)
            beat.over(FadeIn(*names, lag_ratio=pace.LAG), FadeIn(web), least=pace.CALM)
        orders = shapley.all_orders(3)
        ways = np.array([[spot[frozenset(order[:step])] for step in range(4)] for order in orders])
        walkers = plane.dots(ways[:, 0], ink.focus, radius=0.12)

        def walk(share: float) -> Dots:
            step = min(int(3 * share), 2)
            part = 3 * share - step
            return walkers.redraw(ways[:, step] + part * (ways[:, step + 1] - ways[:, step]))

        counts = [
            raised(
                Tag(words.label(f"{walked[a]}", NOW, ink.POINT), 1.0).move_to(
                    plane.at(*((spot[a] + spot[b]) / 2))
                )
            )
            for a, b in own
        ]
        figures = [each.text for each in counts]
        for line, count in zip(lines, figures, strict=True):
            self.allow(line, count, "the count stands on a plate on its step")
        with self.beat(
            "An order is a path from left to right. Six paths: how many take each step of body mass?"
        ) as beat:
            self.play(FadeIn(walkers), run_time=pace.QUICK)
            beat.over(drive(walk, walkers, rate_func=linear), until="how", least=pace.LONG)
            beat.over(FadeOut(walkers), *(Create(line) for line in lines), until="step", least=pace.CALM)
            beat.over(FadeIn(*counts), least=pace.CALM)
        rule = maths(
            "phi_i = sum_(S subset.eq N without {i}) {{ (|S|! thin (M - |S| - 1)!) / M! : weight }} "
            "{{ (v(S union {i}) - v(S)) : gain }}",
            0.86 * ink.POINT,
        )
        rule.move_to(plane.at(1.75, 84))
        with self.beat("Divided by six, these counts are the weights of the Shapley formula.") as beat:
            beat.over(*map(words.light, figures), until="weights", least=pace.CALM)
            beat.over(words.write(rule), least=pace.CALM)
        with self.beat(
            "Weight times marginal contribution, summed over coalitions. v is the prediction, S the coalition "
            "before, M the number of features."
        ) as beat:
            beat.over(
                words.light(rule.part("weight")),
                *map(words.light, figures),
                until="marginal",
                least=pace.BRISK,
            )
            beat.over(words.light(rule.part("gain")), *map(words.light, lines), until="v is", least=pace.CALM)
            beat.over(words.light(dots), until="S the", least=pace.CALM)
            beat.over(*(words.light(each.text) for each in names), least=pace.CALM)
        level = np.concatenate([[small.game[frozenset()]], small.game[frozenset()] + small.values.cumsum()])
        bars = [
            plane.area((3.5 + 0.27 * each, 3.7 + 0.27 * each), level[each : each + 2].min(),
                       level[each : each + 2].max(),
                       NOW if each == 0 else ink.quiet, 1.0)
            for each in range(3)
        ]  # fmt: skip
        told = [
            plane.label(3.6 + 0.27 * each, high, text, side, NOW if each == 0 else ink.chalk)
            for each, (text, high, side) in enumerate(
                zip(
                    (f"{value:+.0f}".replace("-", "−") for value in small.values),
                    (level[1], level[2], level[3]),
                    (LEFT, UP, DOWN),
                    strict=True,
                )
            )
        ]
        told[0].next_to(plane.at(3.47, float(np.mean(level[:2]))), LEFT, buff=words.GAP)
        with self.beat(
            "Body mass moves this prediction up by 58, pressure by 30. A low s5 pulls it down by 22."
        ) as beat:
            beat.over(Create(bars[0]), FadeIn(told[0]), until="pressure", least=pace.CALM)
            beat.over(Create(bars[1]), FadeIn(told[1]), until="A low", least=pace.CALM)
            beat.over(Create(bars[2]), FadeIn(told[2]), until="pulls", least=pace.CALM)
            beat.over(self.spotlight(*bars, *told), self.frame.to(*bars, *told, share=0.7), least=pace.SLOW)
        with self.beat(
            "Body mass adds more once pressure is known: an interaction. Shapley splits it evenly, and does "
            "not show it."
        ) as beat:
            beat.over(self.frame.back(), self.lights_on(), until="once", least=pace.CALM)
            beat.over(*(words.light(line) for line in lines), until="Shapley", least=pace.CALM)
            beat.over(words.light(bars[0]), words.light(bars[1]), least=pace.CALM)

    def named(self, plane: Plane, known: frozenset[int], at: Floats) -> Tag:
        """The name of a coalition beside its dot, on a plate."""
        text = " + ".join(LIGHTS[each] for each in sorted(known)) or "nothing"
        if len(known) == 3:
            text = "all"
        low = {frozenset({1}), frozenset({2}), frozenset({1, 2}), frozenset()}
        side = DOWN if known in low else UP
        return raised(Tag(plane.label(float(at[0]), float(at[1]), text, side, ink.chalk, 0.3), 1.0))

    def axioms(self) -> None:
        """Four small games, one for each axiom."""
        cells = self.shot(shot.gallery(2, 2, titled=False, gap=0.35))
        games = shapley.axioms()
        looks = {
            "efficiency": ((NOW, ink.quiet, ink.chalk), ("mass", "pressure", "together")),
            "symmetry": ((MEASURED, TWIN), ("kg/m²", "lb/ft²")),
            "dummy": ((MEASURED, CHANCE), ("mass", "ticket")),
            "linearity": ((ink.fourth, ink.fourth, ink.chalk), ("tree 1", "tree 2", "sum")),
        }
        charts: list[BarChart] = []
        heads: list[words.Words] = []
        for cell, (name, (colors, bars)) in zip(cells, looks.items(), strict=True):
            head = words.headline(name, ink.focus, ink.POINT)
            cell.put(head, UP)
            if len(heads) % 2:
                words.align_baseline(head, heads[-1])
            room = shot.Region(cell.left, cell.bottom, cell.right, cell.top - 0.75)
            charts.append(
                room.put(
                    BarChart(
                        bars,
                        games[name],
                        (0, 100),
                        room.width,
                        room.height,
                        colors=colors,
                        decimals=0,
                        ticks=[],
                    )
                )
            )
            heads.append(head)
        with self.beat(
            "But why should we call that fair? Four Shapley axioms. Efficiency: the shares add up to the "
            "whole difference."
        ) as beat:
            axioms = words.headline("Shapley axioms", ink.focus)
            axioms.move_to(shot.SAFE.middle)
            self.exchange(axioms, run_time=pace.BRISK)
            beat.over(words.light(axioms), until="Efficiency", least=pace.CALM)
            self.play(FadeOut(axioms), FadeIn(*heads), run_time=pace.BRISK)
            beat.over(FadeIn(charts[0]), least=pace.CALM)
        with self.beat("Symmetry: features that add the same get the same, like twins do.") as beat:
            beat.over(words.light(heads[1]), until="features", least=pace.QUICK)
            beat.over(FadeIn(charts[1]), until="get", least=pace.BRISK)
            beat.over(words.light(charts[1].row(0)), words.light(charts[1].row(1)), least=pace.BRISK)
        with self.beat("Dummy: a feature that adds zero to each coalition gets zero.") as beat:
            beat.over(words.light(heads[2]), until="a feature", least=pace.QUICK)
            beat.over(FadeIn(charts[2]), until="gets", least=pace.BRISK)
            beat.over(words.light(charts[2].row(1)), least=pace.BRISK)
        with self.beat(
            "Linearity: for a sum of trees, shares add. So a forest's shares are the mean of its trees'."
        ) as beat:
            beat.over(words.light(heads[3]), until="for", least=pace.QUICK)
            beat.over(FadeIn(charts[3]), until="So", least=pace.CALM)
            beat.over(words.light(charts[3].row(2)), least=pace.CALM)
        with self.beat(
            "Only the Shapley value keeps all four. So take it where shares must be defended, say for a loan."
        ) as beat:
            beat.over(*(words.light(head) for head in heads), until="So", least=pace.CALM)
            beat.over(self.spotlight(charts[0], heads[0]), until="say", least=pace.CALM)
            beat.over(self.lights_on(), least=pace.CALM)

    # --- SHAP

    @chapter("The shares add up to the prediction", "SHAP values and their sum")
    def shares_add_up(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.unknown()
        chart = self.waterfall()
        self.swarm(chart)

    def unknown(self) -> None:
        """What a tree predicts where it does not know the feature of its cut."""
        small = shapley.small()
        _, cut, *rows = shapley.path(small.tree, small.row)[0]
        parts = split(0)
        goes = parts.seen[:, NAMES.index("s5")] <= cut
        plane = shot.chart(
            shot.SAFE, (0, 3), (0, 420), x_names={0.75: f"s5 low: {rows[0]} rows", 2.25: f"s5 high: {rows[1]} rows"},
            x_ticks=[0.75, 2.25], y_ticks=[100, 200, 300], y_label="outcome",
        )  # fmt: skip
        rng = np.random.default_rng(0)
        shaken = np.where(goes, 0.75, 2.25) + rng.uniform(-0.55, 0.55, len(goes))
        dots = plane.dots(np.column_stack([shaken, parts.seen_y]), ink.fourth, radius=0.075)
        sides = [parts.seen_y[goes].mean(), parts.seen_y[~goes].mean()]
        means = [
            plane.segment((x - 0.6, y), (x + 0.6, y), ink.chalk, 2 * LINE)
            for x, y in zip((0.75, 2.25), sides, strict=True)
        ]
        base = small.game[frozenset()]
        line = plane.segment((0, base), (3, base), ink.focus, 2 * LINE, dashed=True)
        name = tagged(plane, 1.5, base + 30, "base value")
        term = tagged(plane, 1.5, 390, "SHAP value")
        with self.beat(
            "SHAP, short for Shapley additive explanations: a SHAP value is a feature's Shapley value for "
            "one prediction."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(dots), until="a SHAP", least=pace.SLOW)
            beat.over(FadeIn(term), least=pace.CALM)
        with self.beat(
            "But what does a tree predict without knowing s5? It takes both branches, weighted by their rows."
        ) as beat:
            beat.over(words.light(dots), until="It", least=pace.CALM)
            beat.over(Create(means[0]), until="branches", least=pace.BRISK)
            beat.over(Create(means[1]), until="weighted", least=pace.BRISK)
            beat.over(Create(line), least=pace.CALM)
        with self.beat(
            "With no feature known at all, that is the base value: the average prediction."
        ) as beat:
            beat.over(FadeIn(name), until="the average", least=pace.CALM)
            beat.over(words.light(line), *map(words.light, means), least=pace.CALM)

    def waterfall(self) -> BarChart:
        """From the base value to the first patient's prediction."""
        told = shapley.of_split(0)
        shown = [MASS, PRESSURE, NAMES.index("s5"), TICKET]
        rest = float(np.delete(told.values[0], shown).sum())
        names = ("base value", *(NAMES[each] for each in shown), "eight others", "prediction")
        values = np.array([told.base, *told.values[0, shown], rest, told.said[0]])
        chart = BarChart(
            names, values, (0, 275), shot.SAFE.width, shot.SAFE.height, decimals=0,
            colors=(ink.quiet, *(COLORS[each] for each in shown), MEASURED, ink.focus),
            label="prediction for this patient", ticks=[0, 100, 200],
        )  # fmt: skip
        shot.SAFE.put(chart)
        totals = ("base value", "prediction")
        with self.beat(
            "From the base value, 153, the SHAP values lead to this patient's 244. Body mass adds 66, pressure 22."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(words.light(chart.row("base value")), until="the SHAP", least=pace.QUICK)
            beat.over(glide(chart.cascade, (0.0, totals), (1.0, totals)), until="Body", least=pace.SLOW)
            beat.over(words.light(chart.row("body mass")), until="pressure", least=pace.CALM)
            beat.over(words.light(chart.row("pressure")), least=pace.CALM)
        with self.beat(
            "And s5, which leads in the forest, hardly matters for this patient: global is not local."
        ) as beat:
            beat.over(words.light(chart.row("s5")), until="hardly", least=pace.CALM)
            small = ("s5", "ticket", "eight others")
            self.play(self.spotlight(*map(chart.row, small)), run_time=pace.BRISK)
            beat.over(self.frame.to(*map(chart.bar, small), share=0.5), until="global", least=pace.CALM)
            beat.over(self.frame.back(), self.lights_on(), least=pace.SLOW)
        rule = maths("f(bold(x)) = phi_0 + sum_i phi_i", 1.1 * ink.POINT)
        rule.move_to(chart.spot(92, 2.3))
        with self.beat(
            "They add up for each patient: the base value plus all SHAP values is the prediction. "
            "Efficiency, or local accuracy."
        ) as beat:
            beat.over(words.write(rule), until="the base", least=pace.CALM)
            beat.over(words.light(chart.row("base value")), until="all", least=pace.CALM)
            beat.over(
                *(words.light(chart.row(each)) for each in range(1, 6)), until="is the", least=pace.CALM
            )
            beat.over(words.light(chart.row("prediction")), words.light(rule), least=pace.CALM)
        term = raised(Tag(words.label("TreeSHAP", ink.focus, ink.POINT)).move_to(chart.spot(92, 4.2)))
        with self.beat(
            "That would take thousands of coalitions. TreeSHAP gets the same values for trees without a list of them."
        ) as beat:
            beat.over(*map(words.light, map(chart.row, range(1, 6))), until="TreeSHAP", least=pace.CALM)
            beat.over(FadeIn(term), until="without", least=pace.BRISK)
            beat.over(words.light(chart.row("prediction")), least=pace.CALM)
        return chart

    def swarm(self, before: BarChart) -> None:
        """SHAP values of all patients that are held out, and the mean of their sizes."""
        told = shapley.of_split(0)
        order = np.argsort(told.mean_absolute)
        plane = shot.chart(
            shot.SAFE, (-58, 80), (-0.7, 11.7), x_ticks=[-50, 0, 50], y_ticks=[*range(12)],
            y_names={rank: NAMES[column] for rank, column in enumerate(order)},
            x_label=f"SHAP values of {len(told.said)} held-out patients",
        )  # fmt: skip
        rng = np.random.default_rng(0)
        rows = [
            plane.cloud(
                np.column_stack([told.values[:, column], rank + 0.3 * rng.uniform(-1, 1, len(told.said))]),
                COLORS[column], 0.065, 0.85,
            )
            for rank, column in enumerate(order)
        ]  # fmt: skip
        zero = plane.segment((0, -0.7), (0, 11.7), ink.faint, LINE)
        chart = credit(
            shot.SAFE.inset(0.0, 0.08),
            self.paid["shap"],
            (0, 34),
            "mean |SHAP|; mean and spread of 20 splits",
            decimals=1,
        )
        chart.redraw(places=chart.sorted_places())
        term = words.headline("mean absolute SHAP", ink.focus, ink.POINT).move_to(chart.spot(19, 7.0))
        with self.beat(
            "Each dot is a patient of one split. Body mass and s5 push some predictions up, and others down."
        ) as beat:
            self.exchange(plane, zero, run_time=pace.BRISK)
            beat.over(FadeIn(*rows[:-2], lag_ratio=pace.LAG), until="Body", least=pace.SLOW)
            beat.over(FadeIn(*rows[-2:], lag_ratio=pace.LAG), least=pace.SLOW)
        with self.beat("Their mean absolute SHAP value is a global importance again.") as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(FadeIn(term), least=pace.CALM)
        with self.beat(
            "The ticket is paid a little: SHAP explains what the model does, and the model has learnt the ticket."
        ) as beat:
            near = [chart.row(name) for name in ("s2", "ticket", "sex")]
            self.play(self.spotlight(*near, term), run_time=pace.BRISK)
            beat.over(*map(words.light, near), until="and", least=pace.CALM)
            beat.over(words.light(chart.row("ticket")), least=pace.CALM)
        with self.beat("So it explains a prediction, right or wrong, and not the disease.") as beat:
            beat.over(self.lights_on(), until="and", least=pace.CALM)
            beat.over(words.light(chart.row("body mass")), words.light(chart.row("s5")), least=pace.CALM)


_NAMED: Final = (
    (0.0, 147.0, "150", DOWN, ink.chalk, words.GAP, ink.POINT),
    (0.97, 191.0, "body mass: 190", UP + LEFT, ink.chalk, words.GAP, ink.POINT),
    (1.03, 169.0, "pressure: 170", DOWN + RIGHT, ink.chalk, words.GAP, ink.POINT),
    (2.0, 233.0, "both: 230", UP, ink.chalk, words.GAP, ink.POINT),
)
"""Coalitions by hand as they are written: where, and on which side."""
