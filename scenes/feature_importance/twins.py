"""The same measurement twice, through four rules."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import UP, FadeIn, FadeOut

from scenes.feature_importance.stage import MEASURED, TWIN, FeatureImportanceStage, tagged
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.plane import Plane
from scenes.maths.feature_importance import twenty
from scenes.maths.feature_importance.patients import MASS, Floats, split, twinned

TITLES: Final = {
    "impurity": "impurity",
    "shap": "mean |SHAP|",
    "permutation": "permutation",
    "drop": "drop-column",
}
UNITS: Final = ("kg/m²", "lb/ft²")


class Twins(FeatureImportanceStage):
    """Correlated features share credit, or lose it."""

    @chapter("Twins: four rules, four answers", "correlated features sharing or stealing credit")
    def four_rules(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane, dots, one, other = self.scatter()
        term = tagged(plane, 29.0, 8.9, "correlated features")
        with self.beat(
            "Now add a twin: body mass again, in other units. They are perfectly correlated features."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(dots), until="They", least=pace.SLOW)
            beat.over(FadeIn(term), least=pace.CALM)
        cells = shot.safe(titled=False).cells(2, 2, 0.35)
        charts, heads = [], []
        for cell, rule in zip(cells, TITLES, strict=True):
            chart, head = self.twins(cell, rule)
            charts.append(chart)
            heads.append(head)
        with self.beat("The mean score of the forest does not change. But who gets the credit now?") as beat:
            self.shot(shot.gallery(2, 2, titled=False))
            self.exchange(*charts, *heads, run_time=pace.BRISK)
            beat.over(*(words.light(chart.row(0)) for chart in charts), least=pace.CALM)
        self.think()
        with self.beat(
            "Impurity and SHAP let the twins share it: a cut takes one or the other, and over the forest it "
            "evens out."
        ) as beat:
            beat.over(
                self.parted(charts[0]),
                self.parted(charts[1]),
                until="a cut",
                least=pace.SLOW,
            )
            beat.over(
                words.light(charts[0].row(1)), words.light(charts[1].row(1)), until="or", least=pace.BRISK
            )
            beat.over(words.light(charts[0].row(2)), words.light(charts[1].row(2)), least=pace.CALM)
        with self.beat(
            "Permutation and drop-column lose it: when one twin is gone, the other stands in. Each steals "
            "the other's credit."
        ) as beat:
            beat.over(
                self.parted(charts[2]),
                self.parted(charts[3]),
                until="when",
                least=pace.SLOW,
            )
            beat.over(self.spotlight(charts[2], charts[3], heads[2], heads[3]), until="Each", least=pace.CALM)
            beat.over(*(words.light(charts[2].row(each)) for each in (1, 2)), least=pace.CALM)
        mixed = np.random.default_rng(2).permutation(len(one))
        strange = tagged(plane, 27.0, 8.9, "patients who cannot exist")
        with self.beat(
            "And to shuffle one twin makes patients who cannot exist, with two different body masses."
        ) as beat:
            self.shot(shot.wide())
            self.exchange(plane, dots, also=[self.lights_on()], run_time=pace.BRISK)
            beat.over(dots.animate.redraw(np.column_stack([one, other[mixed]])), until="who", least=pace.SLOW)
            beat.over(FadeIn(strange), until="with", least=pace.BRISK)
            beat.over(words.light(dots), least=pace.CALM)
        group = tagged(plane, 27.0, 8.9, "grouped permutation")
        with self.beat(
            "Grouped permutation shuffles both twins together. They stay twins, and the credit is back."
        ) as beat:
            self.play(FadeOut(strange), FadeIn(group), run_time=pace.BRISK)
            beat.over(dots.animate.redraw(np.column_stack([one, other])), until="They", least=pace.SLOW)
            whole = self.back()
            self.exchange(whole, run_time=pace.BRISK)
            beat.over(words.light(whole.row(3)), least=pace.CALM)
        with self.beat(
            "Shuffled alone, a twin falls from 0.23 to 0.06. So find clusters of correlated features first: "
            "one bar for a cluster."
        ) as beat:
            near = [whole.row(1), whole.row(2)]
            self.play(self.spotlight(*near), run_time=pace.BRISK)
            beat.over(self.frame.to(*near, share=0.85), until="So", least=pace.CALM)
            beat.over(self.frame.back(), self.lights_on(), until="one", least=pace.CALM)
            beat.over(words.light(whole.row(3)), least=pace.CALM)

    def scatter(self) -> tuple[Plane, Dots, Floats, Floats]:
        """Body mass in two units, of the patients that are held out."""
        rows = twinned(split(0)).held
        one, other = rows[:, MASS], rows[:, -1]
        plane = shot.chart(
            shot.SAFE, (17, 44), (3.4, 9.4), x_ticks=[20, 30, 40], y_ticks=[4, 6, 8],
            x_label="body mass in kg/m²", y_label="body mass in lb/ft²",
        )  # fmt: skip
        return plane, plane.dots(np.column_stack([one, other]), TWIN, radius=0.11), one, other

    def pays(self, rule: str) -> Floats:
        """(3,): what a rule pays body mass alone, and each twin."""
        alone = twenty.paid(rule)[:, MASS].mean()
        return np.array([alone, *np.maximum(twenty.twin(rule).mean(axis=0), 0.0)])

    def twins(self, cell: shot.Region, rule: str) -> tuple[BarChart, words.Words]:
        """Body mass alone, and no twin yet; with the name of the rule."""
        alone = self.pays(rule)[0]
        head = cell.put(words.headline(TITLES[rule], ink.chalk, ink.POINT), UP)
        room = shot.Region(cell.left, cell.bottom, cell.right, cell.top - 0.75)
        chart = BarChart(
            ("alone", *UNITS), self.pays(rule), (0, 1.05 * alone), room.width, room.height,
            colors=(MEASURED, MEASURED, TWIN), decimals=1 if rule == "shap" else 2, ticks=[],
        )  # fmt: skip
        return room.put(chart.shade((1.0, 0.0, 0.0))), head

    def back(self) -> BarChart:
        """Permutation importance of body mass alone, of each twin, and of both shuffled together."""
        both = twenty.kept()["twin permutation both"].mean()
        chart = BarChart(
            ("alone", *UNITS, "both together"), (*self.pays("permutation"), both), (0, 0.25),
            shot.SAFE.width, shot.SAFE.height, colors=(MEASURED, MEASURED, TWIN, ink.focus), decimals=2,
            label="permutation importance of body mass, mean of 20 splits", ticks=[],
        )  # fmt: skip
        return shot.SAFE.put(chart)

    def parted(self, chart: BarChart) -> Drive:
        """The animation in which the twins get theirs."""
        return glide(chart.shade, (np.array([1.0, 0.0, 0.0]),), (np.ones(3),))
