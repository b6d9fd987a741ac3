"""A column is shuffled, or dropped; and twins through four rules."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn

from scenes.feature_importance.stage import (
    MEASURED,
    TWIN,
    FeatureImportanceStage,
    credit,
    maths,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import Drive
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.maths.feature_importance import permuted, twenty
from scenes.maths.feature_importance.patients import MASS

LOST: Final = (-0.06, 0.32)
"""R² that bars of a loss have room for."""
SCALE: Final = "R² lost on held-out patients; mean and spread of 20 splits"

TITLES: Final = {
    "impurity": "impurity",
    "shap": "mean |SHAP|",
    "permutation": "permutation",
    "drop": "drop-column",
}


class Shuffle(FeatureImportanceStage):
    """Permutation and drop-column importance; twins."""

    @chapter("Shuffle a column, watch the score", "permutation importance")
    def shuffle_a_column(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.four_rows()
        (room,) = shot.headline().places
        chart = credit(room, self.paid["permutation"], LOST, SCALE)
        with self.beat(
            "The forest's baseline score, the mean of twenty splits, is 0.42. Now shuffle each column ten times."
        ) as beat:
            self.clear_stage(run_time=pace.BRISK)
            beat.over(FadeIn(*map(chart.row, range(12)), lag_ratio=pace.LAG), least=pace.LONG)
            self.add(chart)
        with self.beat("Body mass costs 0.23, s5 0.22, pressure 0.03.") as beat:
            beat.over(words.light(chart.row("body mass")), until="s5")
            beat.over(words.light(chart.row("s5")), until="pressure")
            beat.over(words.light(chart.row("pressure")), least=pace.BRISK)
        with self.beat("The ticket's is zero within its spread: chance is paid nothing.") as beat:
            beat.over(words.light(chart.row("ticket")), until="chance", least=pace.CALM)
            beat.over(self.frame.to(chart.row("ticket"), share=0.6), least=pace.CALM)
        with self.beat("A bar below zero is noise, not harm. Read bars with their spread.") as beat:
            beat.over(self.frame.back(), least=pace.CALM)
        with self.beat(
            "This needs predictions alone, so it is model-agnostic. Use held-out rows, and repeat."
        ) as beat:
            beat.over(chart.change(chart.values, chart.sorted_places()), least=pace.LONG)

    def four_rows(self) -> None:
        """Four outcomes that are predicted exactly, and a shuffled column."""
        truth, order = permuted.HAND, permuted.HAND_ORDER
        plane = shot.chart(
            shot.SAFE, (0.3, 4.7), (0, 48), x_ticks=[1, 2, 3, 4], y_ticks=[10, 20, 30, 40],
            x_label="row", y_label="outcome",
        )  # fmt: skip
        at = np.arange(1.0, 5.0)
        real = plane.dots(np.column_stack([at, truth]), MEASURED, radius=0.2)
        said = plane.dots(np.column_stack([at, truth]), ink.focus, radius=0.2, shape="ring")
        sticks = plane.segment(
            np.column_stack([at, truth]), np.column_stack([at, truth]), ink.error, 2 * LINE
        )
        with self.beat("What would the model lose without its column? Four rows, predicted exactly.") as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(real, lag_ratio=pace.LAG), until="predicted", least=pace.CALM)
            beat.over(FadeIn(said), least=pace.BRISK)
        with self.beat("The fitted model stays as it is. Shuffle the cells of its column.") as beat:
            self.play(FadeIn(sticks), run_time=pace.QUICK)
            beat.over(
                said.animate.redraw(np.column_stack([at, truth[order]])),
                sticks.animate.redraw(np.column_stack([at, truth]), np.column_stack([at, truth[order]])),
                least=pace.LONG,
            )
        errors, around, left = permuted.by_hand()
        sum_ = maths(f"R^2 = 1 - {errors:.0f}/{around:.0f} = {left:.1f}", ink.POINT)
        shot.SAFE.inset(2.0, 0.0).put(sum_, UP + LEFT)
        with self.beat(
            "The squared errors are 400, those of the mean 500. The score falls from one to 0.2."
        ) as beat:
            beat.over(words.light(sticks), until="The score", least=pace.CALM)
            beat.over(FadeIn(sum_), least=pace.BRISK)
        name = words.headline(f"permutation importance {1 - left:.1f}", ink.focus, ink.POINT)
        shot.SAFE.inset(0.0, 1.5).put(name, DOWN + RIGHT)
        with self.beat(
            "What the score loses is the column's permutation importance, or mean decrease in accuracy: 0.8."
        ) as beat:
            beat.over(FadeIn(name), until="mean", least=pace.BRISK)
            beat.over(words.light(sum_), words.light(name), least=pace.CALM)

    @chapter("Remove it and refit", "drop-column importance")
    def remove_and_refit(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        (room,) = shot.headline().places
        dropped = self.paid["drop"]
        chart = credit(room, self.paid["permutation"], LOST, SCALE)
        chart.redraw(places=chart.sorted_places())
        with self.beat("Shuffling asks what this model uses. What could we do without?") as beat:
            self.play(FadeIn(chart), run_time=pace.QUICK)
            beat.over(words.light(chart.bar("s5")), until="What could", least=pace.CALM)
            beat.over(words.light(chart.bar("body mass")), least=pace.CALM)
        with self.beat(
            "Drop-column importance, or leave one covariate out: remove the column, refit, compare the scores."
        ) as beat:
            beat.over(words.light(chart.row("pressure")), until="remove", least=pace.CALM)
            beat.over(chart.change(dropped.mean(axis=0), spread=dropped.std(axis=0)), least=pace.LONG)
        with self.beat("s5 had 0.22. Dropped, it costs 0.05: other blood tests stand in.") as beat:
            beat.over(self.frame.to(chart.row("s5"), chart.row("body mass"), share=0.8), until="other")
            beat.over(self.frame.back(), least=pace.CALM)
        with self.beat("Body mass costs 0.085; all others are within 0.01 of zero.") as beat:
            beat.over(words.light(chart.row("body mass")), until="all", least=pace.CALM)
            beat.over(words.light(chart.row("s6")), words.light(chart.row("ticket")), least=pace.CALM)
        with self.beat("It takes one fit a feature. Ask it before you stop measuring something.") as beat:
            beat.over(chart.change(chart.values, chart.sorted_places()), least=pace.LONG)

    @chapter("Twins: four rules, four answers", "correlated features sharing or stealing credit")
    def four_rules(self) -> None:
        self.untitled()
        self.shot(shot.gallery(2, 2, titled=False))
        cells = shot.safe(titled=False).cells(2, 2, 0.6)
        charts = [self.twins(cell, rule) for cell, rule in zip(cells, TITLES, strict=True)]
        with self.beat(
            "Now body mass stands in the table twice, in two units. Perfectly correlated features."
        ) as beat:
            beat.over(FadeIn(*charts, lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("The mean score does not change. But who gets the credit?") as beat:
            beat.over(*(words.light(chart.row(0)) for chart in charts), least=pace.CALM)
        self.think()
        first = [charts[0], charts[1]]
        with self.beat(
            "Impurity and SHAP share it. One twin takes each cut, and over the forest it evens out."
        ) as beat:
            beat.over(
                *(self.parted(c, r) for c, r in zip(first, TITLES, strict=False)),
                until="One",
                least=pace.SLOW,
            )
            beat.over(words.light(first[0].row(1)), words.light(first[0].row(2)), least=pace.CALM)
        last, rules = charts[2:], tuple(TITLES)[2:]
        with self.beat("Permutation and drop-column lose it: without one twin, the other stands in.") as beat:
            beat.over(
                *(self.parted(c, r) for c, r in zip(last, rules, strict=True)),
                until="without",
                least=pace.SLOW,
            )
            beat.over(self.frame.to(last[0], share=1.0), least=pace.CALM)
        with self.beat("Shuffle both together, a grouped permutation, and it is all back.") as beat:
            beat.over(last[0].change(self.pays("permutation", grouped=True)), least=pace.SLOW)
        with self.beat("So cluster correlated features first: one bar for a cluster.") as beat:
            beat.over(self.frame.back(), least=pace.CALM)

    def pays(self, rule: str, grouped: bool = False) -> np.ndarray:
        """(3,): what a rule pays body mass alone, and each twin; both twins the same if they are shuffled together."""
        alone = twenty.paid(rule)[:, MASS].mean()
        if grouped:
            both = twenty.kept()[f"twin {rule} both"].mean()
            return np.array([alone, both, both])
        return np.array([alone, *twenty.twin(rule).mean(axis=0)])

    def twins(self, cell: shot.Region, rule: str) -> BarChart:
        """Body mass alone, and no twin yet."""
        alone = self.pays(rule)[0]
        chart = BarChart(
            ("alone", "kg/m²", "lb/ft²"), (alone, 0, 0), (-0.05 * alone, 1.25 * alone), cell.width, cell.height,
            colors=(MEASURED, MEASURED, TWIN), decimals=1 if rule == "shap" else 3,
            label=TITLES[rule], ticks=[],
        )  # fmt: skip
        return cell.put(chart)

    def parted(self, chart: BarChart, rule: str) -> Drive:
        """The twins get theirs."""
        return chart.change(self.pays(rule))
