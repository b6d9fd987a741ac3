"""A column is shuffled, or dropped."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.feature_importance.stage import (
    CHANCE,
    MEASURED,
    FeatureImportanceStage,
    Wires,
    credit,
    maths,
    plate,
    raised,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.tag import Tag
from scenes.maths.feature_importance import permuted, twenty
from scenes.maths.feature_importance.patients import BLOOD, Floats, Rows

LOST: Final = (-0.04, 0.29)
"""R² that bars of a loss have room for."""
SCALE: Final = "R² lost on held-out patients; mean and spread of 20 splits"
CELL: Final = 1.2 * ink.POINT


class Shuffle(FeatureImportanceStage):
    """Permutation and drop-column importance."""

    @chapter("Shuffle a column, watch the score", "permutation importance")
    def shuffle_a_column(self) -> None:
        self.untitled()
        left, right = self.shot(shot.split(titled=False))
        self.four_rows(left, right)
        rule = maths('"PI"_j = {{ s : base }} - {{ 1/K sum_(k=1)^K s_(k,j) : shuffled }}', 2.3 * ink.POINT)
        shot.SAFE.put(rule)
        under = [
            words.caption(rule.part(part), text, side, ink.focus, 0.7, ink.POINT)
            for part, text, side in (
                ("base", "baseline score", UP),
                ("shuffled", "mean score of K shuffles", DOWN),
            )
        ]
        with self.beat(
            "In a formula: the baseline score, minus the mean score of K shuffles. It takes chance out."
        ) as beat:
            self.shot(shot.formula(titled=False))
            self.exchange(rule, run_time=pace.BRISK)
            beat.over(FadeIn(under[0]), words.light(rule.part("base")), until="minus", least=pace.BRISK)
            beat.over(FadeIn(under[1]), words.light(rule.part("shuffled")), least=pace.CALM)
        chart = credit(shot.SAFE, self.paid["permutation"], LOST, SCALE)
        chart.redraw(places=chart.sorted_places())
        with self.beat(
            "Now our forest, on held-out patients. Body mass costs 0.23, s5 about as much, pressure a little."
        ) as beat:
            self.shot(shot.wide())
            self.clear_stage(run_time=pace.QUICK)
            beat.over(FadeIn(chart), until="Body", least=pace.CALM)
            beat.over(words.light(chart.row("body mass")), until="s5")
            beat.over(words.light(chart.row("s5")), until="pressure")
            beat.over(words.light(chart.row("pressure")), least=pace.BRISK)
        seen = twenty.kept()["permutation seen ticket"].mean()
        paid = raised(
            Tag(words.label(f"ticket on training rows: {seen:.2f}", CHANCE, ink.POINT)).move_to(
                chart.spot(0.17, 9.0)
            )
        )
        with self.beat(
            "The ticket gets zero, within its spread. A bar below zero is noise, not harm."
        ) as beat:
            near = [chart.row(name) for name in ("coin", "ticket", "age")]
            self.play(self.spotlight(*near), run_time=pace.BRISK)
            beat.over(self.frame.to(*near, share=0.8), until="A bar", least=pace.CALM)
            beat.over(words.light(chart.row("ticket")), until="not", least=pace.CALM)
            beat.over(self.frame.back(), self.lights_on(), least=pace.SLOW)
        with self.beat(
            "On training rows it would still be paid. So use held-out rows, and repeat the shuffles."
        ) as beat:
            beat.over(FadeIn(paid), until="So", least=pace.CALM)
            beat.over(words.light(paid.text), least=pace.CALM)
        term = raised(Tag(words.label("model-agnostic", ink.focus, ink.POINT)).move_to(chart.spot(0.2, 5.0)))
        with self.beat("It needs predictions alone, whatever the model: it is model-agnostic.") as beat:
            self.play(FadeOut(paid), run_time=pace.QUICK)
            beat.over(
                words.light(chart.row("body mass")),
                words.light(chart.row("s5")),
                until="it is",
                least=pace.CALM,
            )
            beat.over(FadeIn(term), least=pace.CALM)

    def four_rows(self, left: shot.Region, right: shot.Region) -> None:
        """Four outcomes that are predicted exactly, and a shuffled column."""
        truth, order = permuted.HAND, permuted.HAND_ORDER
        heads = [words.label(name, ink.quiet, ink.AXIS) for name in ("column x", "prediction", "truth")]
        across = np.linspace(left.left + 0.9, left.right - 0.7, 3)
        up = np.linspace(left.top - 1.5, left.bottom + 0.5, 4)
        for head, x in zip(heads, across, strict=True):
            head.move_to((x, float(left.top), 0), aligned_edge=UP)
        cells = [
            words.headline(f"{1 + each}", MEASURED, CELL).move_to((across[0], up[each], 0))
            for each in range(4)
        ]
        said = [
            words.headline(f"{truth[each]:.0f}", ink.focus, CELL).move_to((across[1], up[each], 0))
            for each in range(4)
        ]
        real = [
            words.headline(f"{truth[each]:.0f}", ink.chalk, CELL).move_to((across[2], up[each], 0))
            for each in range(4)
        ]
        plane = shot.chart(
            right, (0.3, 4.7), (-11, 56), x_ticks=[1, 2, 3, 4], y_ticks=[10, 20, 30, 40],
            x_label="row", y_label="outcome",
        )  # fmt: skip
        at = np.arange(1.0, 5.0)
        dots = plane.dots(np.column_stack([at, truth]), ink.chalk, radius=0.2)
        rings = plane.dots(np.column_stack([at, truth]), ink.focus, radius=0.24, shape="ring")
        sticks = plane.segment(
            np.column_stack([at, truth]), np.column_stack([at, truth]), ink.error, 2 * LINE
        )
        with self.beat(
            "Impurity counts rows that the model has seen. Ask otherwise: what would its score lose without a column?"
        ) as beat:
            self.play(FadeIn(plane, *heads), run_time=pace.QUICK)
            beat.over(FadeIn(*cells, lag_ratio=pace.LAG), until="Ask", least=pace.CALM)
            beat.over(FadeIn(*real, dots, lag_ratio=pace.LAG), until="without", least=pace.CALM)
            beat.over(*(words.light(cell) for cell in cells), least=pace.CALM)
        score = plane.label(0.5, 51, "R² = 1", RIGHT, ink.focus, size=ink.HEADLINE)
        with self.beat("Four rows, each predicted exactly from one column. R squared is one.") as beat:
            beat.over(FadeIn(*said, rings, lag_ratio=pace.LAG), until="R squared", least=pace.CALM)
            beat.over(FadeIn(score), least=pace.BRISK)
        with self.beat(
            "The fitted model stays as it is. Shuffle the cells of its column: each row gets the cell of another."
        ) as beat:
            beat.over(*(words.light(each) for each in said), until="Shuffle", least=pace.CALM)
            beat.over(self.moved(cells, across[0], up, order), least=pace.LONG)
        self.add(sticks)
        fallen = permuted.by_hand()[2]
        low = plane.label(0.5, 51, f"R² = {fallen:.1f}", RIGHT, ink.focus, size=ink.HEADLINE)
        with self.beat("The predictions follow the wrong cells. R squared falls to 0.2.") as beat:
            beat.over(
                self.moved(said, across[1], up, order),
                rings.animate.redraw(np.column_stack([at, truth[order]])),
                sticks.animate.redraw(np.column_stack([at, truth]), np.column_stack([at, truth[order]])),
                FadeOut(score),
                until="R squared",
                least=pace.SLOW,
            )
            beat.over(FadeIn(low), least=pace.BRISK)
        name = plane.label(2.5, -8.5, f"permutation importance: {1 - fallen:.1f}", UP, ink.focus)
        with self.beat(
            "What the score loses is the column's permutation importance, or mean decrease in accuracy: here 0.8."
        ) as beat:
            self.play(self.spotlight(plane, dots, rings, sticks, low), run_time=pace.BRISK)
            beat.over(words.light(sticks), words.light(low), until="permutation", least=pace.BRISK)
            beat.over(FadeIn(name), until="mean", least=pace.BRISK)
            beat.over(self.frame.to(plane, low, name, share=0.95), least=pace.CALM)
        self.play(self.frame.back(), self.lights_on(), run_time=pace.SLOW)

    def moved(self, cells: list[words.Words], x: float, up: Floats, order: Rows) -> Drive:
        """Each cell goes to the row that it is given, on a bow of its own."""

        def go(heights: Floats, turn: float) -> list[words.Words]:
            for cell, height, goal in zip(cells, heights, ends, strict=True):
                bow = 0.5 * np.sin(turn) * np.sign(goal - height)
                cell.move_to((x + bow, height, 0))
            return cells

        ends = np.empty(len(up))
        ends[order] = up
        return glide(go, (up, 0.0), (ends, np.pi), *cells)

    @chapter("Remove it and refit", "drop-column importance")
    def remove_and_refit(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        wires = Wires()
        own = VGroup(wires.names[BLOOD], wires.wires[BLOOD])
        with self.beat("Shuffling asks what this model uses. But what could we do without?") as beat:
            self.play(FadeIn(wires.names, wires.wires, wires.trees, wires.arrow), run_time=pace.QUICK)
            beat.over(words.light(wires.wires), until="But", least=pace.CALM)
            beat.over(words.light(own), least=pace.CALM)
        term = plate("drop-column\nimportance", UP + RIGHT)
        again = wires.trees.copy()
        with self.beat(
            "Drop-column importance, or leave one covariate out: remove the column, refit, compare the scores."
        ) as beat:
            self.play(FadeIn(term), run_time=pace.BRISK)
            self.play(self.spotlight(own), run_time=pace.BRISK)
            beat.over(self.frame.to(own, share=0.45), until="remove", least=pace.CALM)
            beat.over(FadeOut(own, shift=LEFT), until="refit", least=pace.BRISK)
            beat.over(
                self.frame.back(), self.lights_on(), FadeOut(wires.trees), until="compare", least=pace.CALM
            )
            beat.over(FadeIn(again), least=pace.SLOW)
        rule = maths('"DC"_j = s("all") - s("without" j)', ink.POINT)
        dropped = self.paid["drop"]
        chart = credit(shot.SAFE, self.paid["permutation"], LOST, SCALE)
        chart.redraw(places=chart.sorted_places())
        rule.move_to(chart.spot(0.2, 6.5))
        with self.beat("These are the permutation bars. Refitted, s5 falls from 0.22 to 0.05.") as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(words.light(chart.row("s5")), until="Refitted", least=pace.CALM)
            beat.over(chart.change(dropped.mean(axis=0), spread=dropped.std(axis=0)), least=pace.SLOW)
            self.play(FadeIn(rule), run_time=pace.BRISK)
        with self.beat(
            "The blood tests are related, so the others stand in. Beside body mass and s5, no bar clears its spread."
        ) as beat:
            beat.over(*self.lit(chart, "s1", "s2", "s3", "s4", "s6"), until="Beside", least=pace.CALM)
            beat.over(self.spotlight(chart.row("body mass"), chart.row("s5")), until="no", least=pace.CALM)
            beat.over(self.lights_on(), *self.lit(chart, "pressure", "s6", "sex"), least=pace.CALM)
        with self.beat("It takes one fit a feature. Ask it before you stop measuring something.") as beat:
            self.allow(chart.row("pressure"), "pop", "rows pass each other as the bars are sorted")
            beat.over(chart.change(chart.values, chart.sorted_places()), until="Ask", least=pace.SLOW)
            beat.over(words.light(rule), least=pace.CALM)

    def lit(self, chart: BarChart, *names: str) -> list[object]:
        """Rows of a chart light up."""
        return [words.light(chart.row(name)) for name in names]
