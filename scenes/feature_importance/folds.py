"""Choosing columns, inside the folds; and the end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Create, FadeIn, FadeOut

from scenes.feature_importance.stage import (
    CHANCE,
    MEASURED,
    FeatureImportanceStage,
    Wires,
    maths,
    plate,
    raised,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.heat_map import HeatMap
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments, Stems
from scenes.kit.noun import LINE
from scenes.kit.run_band import RunBand
from scenes.kit.tag import Tag
from scenes.maths.feature_importance import selected, shapley, twenty
from scenes.maths.feature_importance.patients import BLOOD, MASS, NAMES, PRESSURE, TICKET, Floats

ROWS: Final = 24
"""Patients that the table shows."""
KEPT: Final = 5
"""Columns that recursive feature elimination is shown to keep."""
REAL: Final = 10
ASKED: Final = {
    "impurity": "What did the cuts remove?",
    "permutation": "What does the model use?",
    "drop": "What could we do without?",
    "shap": "What moved this prediction?",
}
TITLES: Final = {
    "impurity": "impurity importance",
    "permutation": "permutation importance",
    "drop": "drop-column importance",
    "shap": "SHAP values, this patient",
}
FOUR: Final = (MASS, BLOOD, PRESSURE, TICKET)


class Columns:
    """A table of thirty columns, with a bar over each, from which columns are squeezed out."""

    def __init__(self) -> None:
        values, _ = selected.train()
        whole = shot.SAFE
        self.area = shot.Region(whole.left, whole.bottom, whole.right, whole.bottom + 3.4)
        self.heat = HeatMap(np.clip(0.5 + values[:ROWS] / 5, 0, 1), self.area)
        ground = shot.bare()
        wide = 0.68 * self.area.width / values.shape[1] * 100
        self.bars = [Stems(ground, color, wide) for color in (MEASURED, CHANCE)]
        self.count = values.shape[1]
        self.widths: Floats = np.ones(self.count)
        self.heights: Floats = np.zeros(self.count)
        self.show(self.widths, self.heights)

    def show(self, widths: Floats, heights: Floats) -> tuple[object, ...]:
        """Share the table by ``widths`` (30,), with bars of ``heights`` (30,), 0 to 1, over its columns."""
        self.widths, self.heights = widths, heights
        self.heat.redraw(widths=np.maximum(widths, 1e-6))
        floor = self.area.top + 0.15
        left = np.concatenate([[0.0], np.cumsum(widths)]) / widths.sum() * self.area.width + self.area.left
        middle = (left[1:] + left[:-1]) / 2
        for bars, part in zip(self.bars, (slice(0, REAL), slice(REAL, None)), strict=True):
            tall = np.where(widths[part] > 0.5, 2.3 * heights[part], 0.0)
            bars.redraw(middle[part], floor, floor + np.maximum(tall, 1e-3))
        return (self.heat, *self.bars)


class Folds(FeatureImportanceStage):
    """Feature selection, and the end."""

    @chapter("Choose columns inside the folds", "selecting features by importance")
    def inside_the_folds(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.three_ways()
        self.leak(*self.few())

    def three_ways(self) -> None:
        """Filter, wrapper, embedded method."""
        columns = Columns()
        ones, flat = np.ones(columns.count), np.zeros(columns.count)
        term = plate("feature selection", UP + LEFT)
        with self.beat(
            "Importance serves feature selection: keep a few columns, drop the rest. Fewer are cheaper to "
            "measure, and easier to explain."
        ) as beat:
            self.play(FadeIn(columns.heat, *columns.bars), run_time=pace.BRISK)
            beat.over(FadeIn(term), until="keep", least=pace.CALM)
            beat.over(words.light(columns.bars[0]), until="Fewer", least=pace.CALM)
            beat.over(
                glide(
                    columns.show,
                    (ones, flat),
                    (ones, 0.25 * np.ones(columns.count)),
                    columns.heat,
                    *columns.bars,
                ),
                least=pace.CALM,
            )
        alone = selected.filtered() / selected.filtered().max()
        ways = [
            plate(text, UP + LEFT)
            for text in ("filter", "wrapper", "recursive feature elimination", "embedded method")
        ]
        with self.beat(
            "A filter scores each column alone, say by correlation: fast, but blind to teams. Blue was "
            "measured, orange is noise that we added."
        ) as beat:
            self.play(FadeOut(term), FadeIn(ways[0]), run_time=pace.BRISK)
            beat.over(
                glide(columns.show, (ones, columns.heights), (ones, alone), columns.heat, *columns.bars),
                until="Blue", least=pace.SLOW,
            )  # fmt: skip
            beat.over(words.light(columns.bars[0]), until="orange", least=pace.BRISK)
            beat.over(words.light(columns.bars[1]), least=pace.BRISK)
        gone = selected.eliminated().astype(int)[: columns.count - KEPT]
        left = np.ones(columns.count)
        left[gone] = 0.0

        def drop(share: float) -> tuple[object, ...]:
            at = share * len(gone)
            heights = 0.6 * np.ones(columns.count)
            for rank, number in enumerate(gone):
                heights[number] *= np.clip(rank + 1 - at, 0.0, 1.0)
            return columns.show(ones, heights)

        with self.beat(
            "A wrapper refits the model on fewer columns. Recursive feature elimination drops the least "
            "important column, refits, and repeats. Ranked by impurity, one of noise survives."
        ) as beat:
            self.play(FadeOut(ways[0]), FadeIn(ways[1]), run_time=pace.BRISK)
            beat.over(
                glide(columns.show, (ones, alone), (ones, 0.6 * ones), columns.heat, *columns.bars),
                until="Recursive", least=pace.QUICK,
            )  # fmt: skip
            self.play(FadeOut(ways[1]), FadeIn(ways[2]), run_time=pace.QUICK)
            beat.over(drive(drop, columns.heat, *columns.bars), until="repeats", least=pace.LONG)
            beat.over(
                glide(
                    columns.show, (ones, 0.6 * left), (left, 0.6 * left), columns.heat, *columns.bars
                ),
                until="one of", least=pace.LONG,
            )  # fmt: skip
            beat.over(words.light(columns.bars[1]), least=pace.CALM)
        kept = selected.embedded() / selected.embedded().max()
        with self.beat(
            "That is thorough, and slow. An embedded method selects while it learns: the lasso leaves most "
            "coefficients at zero, and a forest cuts where it helps."
        ) as beat:
            self.play(FadeOut(ways[2]), FadeIn(ways[3]), run_time=pace.QUICK)
            beat.over(
                glide(columns.show, (left, 0.6 * left), (ones, 0.6 * ones), columns.heat, *columns.bars),
                until="selects", least=pace.LONG,
            )  # fmt: skip
            beat.over(
                glide(columns.show, (ones, 0.6 * ones), (ones, kept), columns.heat, *columns.bars),
                until="at", least=pace.LONG,
            )  # fmt: skip
            beat.over(self.frame.to(*columns.bars, share=0.95), least=pace.CALM)

    def few(self) -> tuple[Segments, words.Words]:
        """R² by the number of columns that are kept."""
        scores = selected.folds()
        sizes = np.log2(selected.SIZES)
        plane = shot.chart(
            shot.SAFE, (-0.1, 5.05), (-0.15, 0.68), x_ticks=[*sizes], y_ticks=[0, 0.2, 0.4, 0.6],
            x_names={float(at): str(size) for at, size in zip(sizes, selected.SIZES, strict=True)},
            x_label="columns kept, ranked in the training part", y_label="R² on held-out folds",
        )  # fmt: skip
        band = RunBand(plane, sizes, scores, MEASURED, band=True)
        here = plane.segment((np.log2(KEPT), -0.15), (np.log2(KEPT), 0.62), ink.focus, LINE, dashed=True)
        five, whole = scores[:, selected.SIZES.index(KEPT)].mean(), scores[:, -1].mean()
        told = plane.label(
            5.0, 0.0, f"5 columns: {five:.2f}, 30: {whole:.2f}", LEFT, ink.focus, size=ink.POINT
        )
        with self.beat(
            "Back to our columns and the noise. Ranked by permutation inside the training part, five "
            "columns do as well as all thirty."
        ) as beat:
            self.exchange(plane, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(
                glide(band.reach, float(sizes[0]) + 0.01, float(sizes[-1]), band),
                until="five",
                least=pace.SLOW,
            )
            beat.over(Create(here), FadeIn(told), least=pace.CALM)
        return here, told

    def leak(self, here: Segments, told: words.Words) -> None:
        """Columns chosen with all rows, and within each fold, on pure chance."""
        outside, inside = selected.leak().T
        plane = shot.chart(
            shot.SAFE, (0.3, 1.0), (0, 1), x_ticks=[0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0], y_ticks=[],
            x_label="accuracy by cross-validation; 20 draws of pure chance",
        )  # fmt: skip
        rng = np.random.default_rng(0)
        spots = [
            np.column_stack([values, low + 0.26 * rng.uniform(size=len(values))])
            for values, low in ((outside, 0.62), (inside, 0.14))
        ]
        before = plane.dots(spots[0], ink.error, radius=0.17)
        within = plane.dots(spots[1], ink.truth, radius=0.17)
        chance = plane.segment((0.5, 0), (0.5, 1), ink.quiet, 2 * LINE, dashed=True)
        name = plane.label(0.495, 0.97, "guessing", LEFT, ink.quiet, size=ink.POINT)
        first = plane.label(0.53, 0.75, "select first,\nthen fold", RIGHT, ink.error, size=ink.POINT)
        then = plane.label(0.765, 0.27, "select inside\neach fold", RIGHT, ink.truth, size=ink.POINT)
        with self.beat(
            "A forest hardly minds the noise. So here the choice saves measuring, not errors."
        ) as beat:
            beat.over(words.light(told), until="So", least=pace.CALM)
            beat.over(words.light(here), words.light(told), least=pace.CALM)
        with self.beat(
            "Now the trap. Sixty patients, two thousand columns of noise, and labels by coin flip. So one "
            "can but guess."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(Create(chance), until="So", least=pace.SLOW)
            beat.over(FadeIn(name), least=pace.BRISK)
        with self.beat(
            "Choose the best columns on all rows, then cross-validate: 91 percent. That looks fine, and is a fake."
        ) as beat:
            beat.over(FadeIn(first), until="then", least=pace.BRISK)
            beat.over(FadeIn(before), until="That", least=pace.CALM)
            beat.over(
                self.spotlight(before, first), self.frame.to(before, first, share=0.85), least=pace.SLOW
            )
        with self.beat(
            "Among so many columns, some fit the labels by chance, those of the held-out rows too."
        ) as beat:
            beat.over(words.light(before), until="those", least=pace.CALM)
            beat.over(words.light(first), least=pace.CALM)
        with self.beat("Choose them inside each fold, without its held-out rows: 50 percent.") as beat:
            self.play(self.frame.back(), self.lights_on(), run_time=pace.CALM)
            beat.over(FadeIn(then), until="without")
            beat.over(FadeIn(within), least=pace.CALM)
        term = raised(Tag(words.headline("data leakage", ink.focus)).move_to(plane.at(0.64, 0.5)))
        with self.beat(
            "To select with the rows that judge is data leakage. So put the selection, and the choice of "
            "how many, into the cross-validated pipeline."
        ) as beat:
            self.play(FadeIn(term), run_time=pace.BRISK)
            beat.over(words.light(before), until="So", least=pace.CALM)
            beat.over(words.light(within), words.light(then), least=pace.CALM)

    # --- the end

    @chapter("Which of them earned it?")
    def which_earned_it(self) -> None:
        self.untitled()
        cells = self.shot(shot.gallery(2, 2, titled=False, gap=0.35))
        charts = []
        for cell, (kind, question) in zip(cells, ASKED.items(), strict=True):
            paid = (shapley.of_split(0).values[0] if kind == "shap" else twenty.paid(kind).mean(axis=0))[
                list(FOUR)
            ]
            head = cell.put(words.headline(question, ink.focus, ink.NOTE), UP)
            room = shot.Region(cell.left, cell.bottom, cell.right, cell.top - 0.6)
            chart = BarChart(
                [NAMES[each] for each in FOUR], np.where(np.abs(paid) < 0.005, 0.0, paid),
                (min(0.0, 1.1 * paid.min()) if kind == "shap" else 0.0, 1.08 * paid.max()),
                room.width, room.height, colors=[CHANCE if each == TICKET else MEASURED for each in FOUR],
                decimals=0 if kind == "shap" else 2, ticks=[],
                label=TITLES[kind],
            )  # fmt: skip
            charts.append((head, room.put(chart)))
        with self.beat(
            "Feature importance: four rules, four questions. What did the cuts remove? What does the model use?"
        ) as beat:
            beat.over(FadeIn(*charts[0]), until="What does", least=pace.CALM)
            beat.over(FadeIn(*charts[1]), least=pace.CALM)
        with self.beat("What could we do without? What moved this one prediction?") as beat:
            beat.over(FadeIn(*charts[2]), until="What moved", least=pace.CALM)
            beat.over(FadeIn(*charts[3]), least=pace.CALM)
        told = shapley.of_split(0).values[0]
        wires = Wires(0.4 * LINE + 0.12 * LINE * np.abs(told))
        rule = maths("f(bold(x)) = phi_0 + sum_i phi_i", 0.75 * ink.POINT)
        tag = raised(shot.SAFE.put(Tag(rule), UP + RIGHT))
        big = wires.wires[MASS], wires.wires[PRESSURE]
        with self.beat("So which number earned it? For this patient, body mass and pressure.") as beat:
            self.shot(shot.wide())
            self.exchange(wires.all, run_time=pace.BRISK)
            beat.over(words.light(wires.out), until="For", least=pace.CALM)
            near = [*big, wires.names[MASS], wires.names[PRESSURE]]
            self.play(self.spotlight(*near), run_time=pace.BRISK)
            beat.over(self.frame.to(*near, share=0.7), least=pace.SLOW)
        with self.beat("For the forest, body mass and s5, by each of the four rules on average.") as beat:
            self.play(self.frame.back(), self.lights_on(), run_time=pace.CALM)
            beat.over(
                words.light(wires.names[MASS]), words.light(wires.names[BLOOD]), until="by", least=pace.CALM
            )
            beat.over(words.light(wires.trees), FadeIn(tag), least=pace.CALM)
        with self.beat(
            "The rest depends on your question, on the rows that you ask, and on the other columns in the table.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(words.light(wires.out), until="on the rows", least=pace.CALM)
            beat.over(words.light(wires.trees), until="and", least=pace.CALM)
            beat.over(*map(words.light, wires.names), least=pace.CALM)
