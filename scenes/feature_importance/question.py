"""The question; and what a cut of a tree removes."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.feature_importance.stage import (
    CHANCE,
    MEASURED,
    FeatureImportanceStage,
    Wires,
    credit,
    maths,
    plate,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.maths.feature_importance import impurity, twenty
from scenes.maths.feature_importance.patients import COIN, TICKET, split

ILL: Final = ink.error
WELL: Final = ink.fourth
SPOTS: Final = ((0.6, 2.5), (-4.2, 0.1), (3.4, 0.1), (1.4, -2.3), (5.3, -2.3))
"""Where the nodes of the tree by hand stand."""


class Question(FeatureImportanceStage):
    """Twelve columns and one prediction; impurity importance."""

    @chapter("Twelve columns, one prediction")
    def twelve_columns(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        wires = Wires()
        with self.beat("Twelve numbers of one patient go into a model. One comes out.") as beat:
            self.play(FadeIn(wires.names[:10], lag_ratio=pace.LAG), run_time=pace.CALM)
            self.play(FadeIn(wires.names[10:], wires.trees), run_time=pace.BRISK)
            beat.over(Create(wires.wires, lag_ratio=pace.LAG), until="One", least=pace.CALM)
            beat.over(Create(wires.arrow), FadeIn(wires.out, shift=place.NUDGE * RIGHT))
        with self.beat("Which of them earned it?") as beat:
            beat.over(words.light(wires.names, run_time=pace.CALM))
        self.think()
        with self.beat(
            "The model is a random forest. It predicts how far the diabetes has gone a year later."
        ) as beat:
            beat.over(self.frame.to(wires.trees, share=0.8), until="It", least=pace.CALM)
            beat.over(self.frame.back(), least=pace.CALM)
        real, made = wires.wires[:TICKET], wires.wires[TICKET:]
        with self.beat(
            "Ten columns are measured. Two we made up: a raffle ticket number and a coin toss."
        ) as beat:
            beat.over(self.spotlight(wires.names[:TICKET], real), until="Two", least=pace.CALM)
            beat.over(self.lights_on(), least=pace.QUICK)
            beat.over(self.frame.to(wires.names[TICKET], wires.names[COIN], share=0.5), least=pace.CALM)
        with self.beat("A fair rule pays these two nothing.") as beat:
            beat.over(*(words.light(wires.names[each]) for each in (TICKET, COIN)), until="nothing")
            beat.over(FadeOut(made), self.frame.back(), least=pace.CALM)
        term = plate("feature importance", UP + RIGHT, ink.focus)
        with self.beat(
            "Feature importance is credit for the model's predictions, shared out among its features."
        ) as beat:
            beat.at("Feature", FadeIn(term))
            beat.over(FadeIn(made), words.light(real), until="shared", least=pace.CALM)
            beat.over(words.light(wires.names), least=pace.CALM)
        score = twenty.kept()["score"]
        meter = self.explained(score)
        with self.beat(
            "On patients it has not seen, the forest explains about 0.42 of the variance. Predicting the mean: zero."
        ) as beat:
            self.exchange(*meter[:2], run_time=pace.BRISK)
            beat.over(FadeIn(meter[2], lag_ratio=pace.LAG), until="Predicting", least=pace.CALM)
            beat.over(FadeIn(meter[3]), least=pace.BRISK)
        with self.beat("So mind this first: a poor model's importances explain a poor model.") as beat:
            beat.over(self.frame.to(meter[2], share=0.7), until="poor", least=pace.CALM)
            beat.over(self.frame.back(), least=pace.CALM)

    def explained(self, score: np.ndarray) -> tuple[Plane, words.Words, Dots, VGroup]:
        """R² of twenty splits on a line from the mean's 0 to 1."""
        plane = shot.chart(
            shot.SAFE, (0, 1), (0, 1), x_ticks=[0, 0.25, 0.5, 0.75, 1], y_ticks=[],
            x_label="share of variance explained on held-out patients, R²",
        )  # fmt: skip
        order = np.argsort(score)
        up = np.empty(len(score))
        up[order] = np.linspace(0.2, 0.75, len(score))
        dots = plane.dots(np.column_stack([score, up]), MEASURED, radius=0.16)
        name = plane.label(0.56, 0.62, "twenty random splits", RIGHT, size=ink.POINT)
        nothing = plane.segment((0.0, 0.0), (0.0, 1.0), ink.quiet, 2 * LINE)
        mean = plane.label(0.01, 0.9, "predicting the mean", RIGHT, ink.quiet, size=ink.POINT)
        return plane, name, dots, VGroup(nothing, mean)

    # --- impurity

    @chapter("A good cut removes impurity", "impurity importance")
    def cut_removes_impurity(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.by_hand()
        self.summed()

    def by_hand(self) -> None:
        """Five ill and five well, parted by two cuts."""
        ground = shot.bare()
        nodes = [self.node(ground, number) for number in range(5)]
        links = [
            ground.segment(
                (SPOTS[a][0], SPOTS[a][1] - 0.55), (SPOTS[b][0], SPOTS[b][1] + 0.75), ink.quiet, LINE
            )
            for a, b in ((0, 1), (0, 2), (2, 3), (2, 4))
        ]
        value = [impurity.gini(counts) for counts in impurity.HAND]
        tags = [
            ground.label(x, y + 0.5, f"{value[number]:.2f}", UP, ink.focus, size=ink.AXIS)
            for number, (x, y) in enumerate(SPOTS)
        ]
        with self.beat("A tree first. Five patients who got worse, five who did not: a mixed node.") as beat:
            beat.over(FadeIn(nodes[0], lag_ratio=pace.LAG), least=pace.CALM)
        gini = maths("G = 1 - sum_c p_c^2", 1.4 * ink.POINT)
        shot.SAFE.put(gini, UP + LEFT)
        with self.beat(
            "Impurity says how mixed it is. Gini impurity is one minus the sum of the squared class shares."
        ) as beat:
            beat.over(self.frame.to(nodes[0], share=0.5), until="Gini", least=pace.CALM)
            beat.over(self.frame.back(), FadeIn(gini), least=pace.CALM)
        with self.beat("Half and half: one, minus a quarter, minus a quarter, is 0.5.") as beat:
            beat.over(words.light(nodes[0]), until="is")
            beat.over(FadeIn(tags[0]), least=pace.BRISK)
        cut_a = ground.label(-2.2, 1.75, "cut on A", LEFT, MEASURED, size=ink.POINT)
        with self.beat("A cut on feature A sends four of the ill to the left. The rest go right.") as beat:
            self.play(Create(links[0]), Create(links[1]), FadeIn(cut_a), run_time=pace.BRISK)
            beat.over(FadeIn(nodes[1], shift=DOWN), until="rest", least=pace.CALM)
            beat.over(FadeIn(nodes[2], shift=DOWN), least=pace.CALM)
        with self.beat("The left one is pure: zero. The right one has 0.28.") as beat:
            beat.at("zero", FadeIn(tags[1]))
            beat.over(FadeIn(tags[2]), least=pace.BRISK)
        drop = maths(f"0.5 - 4/10 dot 0 - 6/10 dot {value[2]:.2f} = {impurity.by_hand()[0]:.2f}", ink.POINT)
        shot.SAFE.put(drop, DOWN + LEFT)
        with self.beat(
            "Weigh both by their rows. The impurity decrease, or gain, is 0.33, and A gets it."
        ) as beat:
            beat.over(words.light(tags[1]), words.light(tags[2]), until="The", least=pace.CALM)
            beat.over(FadeIn(drop), words.light(cut_a), least=pace.CALM)
        cut_b = ground.label(5.0, -1.0, "cut on B", RIGHT, CHANCE, size=ink.POINT)
        with self.beat(
            "A cut on B finishes the right node. It holds six tenths of the rows, so B gets 0.17."
        ) as beat:
            self.play(Create(links[2]), Create(links[3]), FadeIn(cut_b), run_time=pace.BRISK)
            beat.over(FadeIn(nodes[3], shift=DOWN), FadeIn(nodes[4], shift=DOWN), until="so", least=pace.CALM)
            beat.over(FadeIn(tags[3], tags[4]), words.light(cut_b), least=pace.BRISK)
        with self.beat("Two thirds of the credit for A, one third for B.") as beat:
            beat.over(words.light(cut_a), until="one")
            beat.over(words.light(cut_b))

    def node(self, ground: Plane, number: int) -> Dots:
        """The patients of a node by hand, in two rows."""
        ill, well = impurity.HAND[number]
        x, y = SPOTS[number]
        count = ill + well
        wide = min(count, 5)
        spots = [
            (x + 0.42 * (each % wide - (wide - 1) / 2), y + 0.2 - 0.42 * (each // wide))
            for each in range(count)
        ]
        return ground.classes(np.array(spots), np.repeat([0, 1], [ill, well]), 0.17, (ILL, WELL))

    def summed(self) -> None:
        """Credit of a hundred trees, over twenty splits."""
        (room,) = shot.headline().places
        paid = self.paid["impurity"]
        chart = credit(
            room, paid, (0, 0.45), "share of all impurity decreases, 100 trees; mean and spread of 20 splits"
        )
        variance = maths("i = 1/n sum (y - overline(y))^2", 1.4 * ink.POINT)
        shot.SAFE.put(variance)
        with self.beat("Our target is a number, so variance takes the place of Gini impurity.") as beat:
            self.exchange(variance, run_time=pace.BRISK)
            beat.over(words.light(variance), least=pace.CALM)
        with self.beat(
            "Sum each feature's decreases over all trees, and scale them to one: the mean decrease in impurity, MDI."
        ) as beat:
            self.clear_stage(run_time=pace.QUICK)
            beat.over(FadeIn(*map(chart.row, range(12)), lag_ratio=pace.LAG), least=pace.LONG)
            self.add(chart)
        with self.beat(
            "Impurity importance ranks s5, a blood test, and body mass first: 0.29 and 0.28."
        ) as beat:
            beat.over(words.light(chart.row("s5")), until="and", least=pace.CALM)
            beat.over(words.light(chart.row("body mass")), least=pace.CALM)
        with self.beat("It is free: the fit has computed it. That is why libraries show it first.") as beat:
            beat.over(chart.change(chart.values, chart.sorted_places()), least=pace.LONG)

    # --- high cardinality

    @chapter("It pays a raffle ticket", "bias of impurity importance to high cardinality")
    def pays_a_ticket(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        left, right = shot.SAFE.columns(1, 1)
        parts = split(0)
        kinds = (("ticket", TICKET, left), ("coin", COIN, right))
        planes, clouds = [], []
        for name, column, room in kinds:
            x = parts.seen[:, column]
            plane = shot.chart(
                room, (float(x.min()) - 0.12 * np.ptp(x), float(x.max()) + 0.12 * np.ptp(x)), (0, 360),
                x_ticks=[], y_ticks=[100, 200, 300], x_label=name, y_label="outcome",
            )  # fmt: skip
            shaken = x + (
                0.05 * np.ptp(x) * np.random.default_rng(0).uniform(-1, 1, len(x)) if column == COIN else 0
            )
            planes.append(plane)
            clouds.append(plane.dots(np.column_stack([shaken, parts.seen_y]), CHANCE, radius=0.06))
        with self.beat(
            "Look what it pays our two made-up columns. Both know nothing of the outcome."
        ) as beat:
            self.play(FadeIn(*planes), run_time=pace.QUICK)
            beat.over(FadeIn(*clouds), until="Both", least=pace.CALM)
            beat.over(words.light(VGroup(*clouds)), least=pace.CALM)
        sweep = self.scanner(planes[0])
        fixed = planes[1].segment((0.5, 0), (0.5, 360), ink.focus, 2 * LINE)
        with self.beat(
            "The ticket has high cardinality: many distinct values, and 308 places to cut. The coin has one."
        ) as beat:
            self.play(FadeIn(sweep), run_time=pace.QUICK)
            ends = float(parts.seen[:, TICKET].min()), float(parts.seen[:, TICKET].max())
            beat.over(
                glide(lambda x: sweep.redraw((x, 0), (x, 360)), *ends, sweep),
                until="The coin",
                least=pace.LONG,
            )
            beat.over(Create(fixed), least=pace.BRISK)
        self.lucky_cuts()

    def scanner(self, plane: Plane) -> Segments:
        """A cut that can be tried anywhere."""
        return plane.segment((0.0, 0.0), (0.0, 360.0), ink.focus, 2 * LINE)

    def lucky_cuts(self) -> None:
        """How much the best of many cuts takes by luck, and what a forest pays for it."""
        luck = 100 * impurity.lucky()
        plane = shot.chart(
            shot.SAFE, (0, 4.5), (0, 1), y_ticks=[], x_ticks=[0, 1, 2, 3, 4],
            x_label="variance that the best cut takes by luck, in %, of 200 redraws each",
        )  # fmt: skip
        rng = np.random.default_rng(0)
        clouds = [
            plane.dots(
                np.column_stack([luck[:, each], low + 0.26 * rng.uniform(size=len(luck))]),
                CHANCE,
                radius=0.085,
            )
            for each, low in ((0, 0.6), (1, 0.15))
        ]
        names = [
            plane.label(4.4, low, name, LEFT, CHANCE, size=ink.POINT)
            for name, low in (("ticket", 0.72), ("coin", 0.28))
        ]
        with self.beat(
            "The best of all lucky cuts of a ticket takes 1.6 percent of the variance. The coin's takes 0.35."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(FadeIn(clouds[0], names[0], lag_ratio=pace.LAG), until="The coin's", least=pace.CALM)
            beat.over(FadeIn(clouds[1], names[1], lag_ratio=pace.LAG), least=pace.CALM)
        (room,) = shot.headline().places
        chart = credit(
            room, self.paid["impurity"], (0, 0.45), "impurity importance; mean and spread of 20 splits"
        )
        chart.redraw(places=chart.sorted_places())
        below = twenty.below_ticket("impurity")
        with self.beat(
            "Deep trees make such cuts at every level, and count them on rows they have seen."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(words.light(chart.row("ticket")), until="and", least=pace.CALM)
            beat.over(words.light(chart.row("coin")), least=pace.CALM)
        count = words.headline(f"{int(below.min())} to {int(below.max())} of 10 below it", CHANCE)
        shot.SAFE.inset(0.0, 1.2).put(count, DOWN + RIGHT)
        with self.beat(
            "Over twenty splits, the ticket outranks two to seven of ten measured columns. On average five."
        ) as beat:
            beat.over(FadeIn(count), until="On", least=pace.CALM)
            beat.over(
                *(words.light(chart.row(name)) for name in ("s1", "s2", "s3", "s4", "sex")), least=pace.CALM
            )
        with self.beat(
            "So do not rank ids, dates or codes by impurity. Plant a random column as a zero."
        ) as beat:
            beat.over(self.frame.to(chart.row("ticket"), share=0.6), until="Plant", least=pace.CALM)
            beat.over(self.frame.back(), words.light(chart.row("ticket")), least=pace.CALM)
