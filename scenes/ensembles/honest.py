"""Stacking: a meta-learner on columns of predictions, leaked ones and honest ones."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn, VGroup

from scenes.ensembles.stage import ENSEMBLE, SINGLE, WRONG, EnsemblesStage, maths
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.flow import Flow, Lights
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.table import Table
from scenes.maths.ensembles import stacking

NAMES: Final = ("tree", "ridge", "neighbours")
EDGES: Final = (
    ("row", "tree"), ("row", "ridge"), ("row", "neighbours"),
    ("tree", "meta"), ("ridge", "meta"), ("neighbours", "meta"), ("meta", "answer"),
)  # fmt: skip


class Honest(EnsemblesStage):
    """From a column that is too good to one that can be trusted."""

    @chapter(
        "The meta-learner needs honest columns", "stacking with out-of-fold predictions", "the meta-learner"
    )
    def honest_columns(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        room = shot.safe(titled=False)
        flow = Flow(
            EDGES, texts={"row": "a row", "meta": "meta-learner", "answer": "answer"},
            colors=dict.fromkeys(NAMES, SINGLE) | {"meta": ENSEMBLE}, width=room.width, height=room.height * 0.9,
            size=ink.AXIS,
        )  # fmt: skip
        room.put(flow)
        dark: Lights = {}
        first: Lights = dict.fromkeys(NAMES, 1.0)
        last: Lights = {"meta": 1.0}
        with self.beat(
            "So far, the members were of one kind. Now combine different ones: tree, ridge, neighbours."
        ) as beat:
            self.play(FadeIn(flow), run_time=pace.BRISK)
            beat.over("tree", flow.animate.redraw(first), least=pace.BRISK)
        with self.beat("Learn from data how to combine the base learners: stacking.") as beat:
            name = words.label("stacking", ENSEMBLE, ink.HEADLINE)
            room.put(name, UP + RIGHT)
            beat.over("stacking", FadeIn(name), least=pace.BRISK)
        with self.beat(
            "The model whose features are the base learners' predictions is the meta-learner."
        ) as beat:
            beat.over(flow.animate.redraw(last), until="meta-learner", least=pace.CALM)
            beat.over(words.light(name), flow.animate.redraw(dark), least=pace.CALM)
        self.leak(room)
        self.wall(room)
        self.scores(room)
        law = maths(
            "z_i = (hat(f)_1^((-k(i))) (x_i), ..., hat(f)_J^((-k(i))) (x_i)), quad hat(y)_i = g(z_i)",
            ink.POINT,
        )
        below = shot.SAFE.rows(5, 1)[1]
        below.put(law)
        small = Flow(
            EDGES, texts={"row": "new row", "meta": "meta-learner", "answer": "answer"},
            colors=dict.fromkeys(NAMES, SINGLE) | {"meta": ENSEMBLE}, width=room.width, height=4.9, size=ink.AXIS,
        )  # fmt: skip
        shot.SAFE.rows(5, 1)[0].put(small)
        with self.beat(
            "For training, z holds predictions of models that did not see the fold of row i.", pause=pace.CALM
        ) as beat:
            self.exchange(small, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(words.write(law), least=pace.SLOW)
        with self.beat(
            "For a new row, base learners refitted on the whole training set answer, and the meta-learner combines."
        ) as beat:
            beat.over(small.animate.redraw(first), until="meta-learner", least=pace.SLOW)
            beat.over(small.animate.redraw(last), least=pace.CALM)

    def leak(self, room: shot.Region) -> None:
        """Five rows: predictions of rows that were seen, then of rows that were left out."""
        table = Table(
            {"truth": list(stacking.TRUTH), "tree says": list(stacking.SEEN[0]), "ridge says": list(stacking.SEEN[1])},
            index=[f"row {number + 1}" for number in range(len(stacking.TRUTH))],
            decimals={"truth": 0, "tree says": 0, "ridge says": 0}, width=room.width, row_height=0.86, size=ink.POINT,
        )  # fmt: skip
        room.put(table, UP)
        with self.beat(
            "Five rows by hand. Both were trained on these rows. Which column would you trust?"
        ) as beat:
            self.exchange(table, run_time=pace.BRISK)
            beat.over(
                glide(lambda share: table.light(share, column="tree says"), 0.0, 0.5, table), least=pace.SLOW
            )
        self.think()
        with self.beat("The tree repeats the truth: it has memorised its rows.") as beat:
            beat.over(
                glide(lambda share: table.light(share, column="truth", color=ink.truth), 0.0, 0.5, table),
                least=pace.CALM,
            )
        squares = ((stacking.HELD - stacking.TRUTH) ** 2).sum(axis=1)
        told = words.label(f"squared errors: tree {squares[0]:.0f}, ridge {squares[1]:.0f}", WRONG, ink.POINT)
        with self.beat(
            "Now leave each row out of training, and ask again. The tree is far off, ridge as before."
        ) as beat:
            beat.over(
                "ask",
                table.animate.redraw(
                    {"tree says": list(stacking.HELD[0]), "ridge says": list(stacking.HELD[1])}
                ),
                until="far",
                least=pace.SLOW,
            )
            room.put(told, DOWN)
            beat.over(FadeIn(told), least=pace.BRISK)
        found = stacking.stacked()
        weights = self.weights(room)
        with self.beat(
            "With four hundred and forty-two diabetes patients: a meta-learner on such columns weighs its members."
        ) as beat:
            self.exchange(weights, run_time=pace.BRISK)
            beat.over(weights.change(found.leaked), least=pace.LONG)
        with self.beat(
            "The tree gets all the weight. Predictions on rows a model was trained on leak the answer."
        ) as beat:
            lit = np.array([1.0, 0.62, 0.62])
            beat.over(glide(weights.shade, np.ones(3), lit, weights), until="Predictions", least=pace.SLOW)
            beat.over(glide(weights.shade, lit, np.ones(3), weights), least=pace.SLOW)
        leak = words.label("data leakage", WRONG, ink.HEADLINE)
        room.put(leak, RIGHT)
        with self.beat("That is data leakage.") as beat:
            beat.over(FadeIn(leak), least=pace.BRISK)

    def weights(self, room: shot.Region) -> BarChart:
        """Weights of the three members, none yet."""
        chart = BarChart(
            NAMES, np.zeros(3), (0, 1.12), room.width, room.height, decimals=2, colors=SINGLE,
            label="weight in the meta-learner, mean of 50 folds",
        )  # fmt: skip
        return room.put(chart)

    def wall(self, room: shot.Region) -> None:
        """Five folds: the block that is held out of each training, and the column that these blocks make."""
        count = len(np.unique(stacking.fold_of(len(stacking.patients()[1]))))
        above, below = room.rows(count, 2.0, gap=0.3)
        ground = shot.bare()
        across = above.left + (np.arange(count) + 0.5) * above.width / count
        up = above.top - (np.arange(count) + 0.5) * above.height / count
        spots = np.array([(x, y) for y in up for x in across])
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * [
            0.46 * above.width / count,
            0.42 * above.height / count,
        ]
        trained, held = VGroup(), VGroup()
        for number, spot in enumerate(spots):
            row, column = divmod(number, count)
            if row == column:
                held.add(ground.polygon(spot + corners, ink.focus, width=LINE, fill=0.75))
            else:
                trained.add(ground.polygon(spot + corners, ink.quiet, width=0.0, fill=0.35))
        targets = [np.array([x, below.top - 0.55, 0.0]) for x in across]
        with self.beat(
            "So cut the training rows into five folds. One fold is left out, the others train."
        ) as beat:
            self.exchange(*trained[:4], run_time=pace.BRISK)
            beat.over("left", FadeIn(held[0]), until="others", least=pace.BRISK)
            beat.over(self.frame.to(held[0], *trained[:2], share=0.9), least=pace.SLOW)
        with self.beat("Five times, until each fold was left out once.") as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            for row in range(1, count):
                self.play(FadeIn(*trained[4 * row : 4 * row + 4], held[row]), run_time=pace.BRISK)
            beat.rest()
        told = words.label("out-of-fold predictions: an honest column", ink.focus, ink.AXIS)
        below.put(told, DOWN)
        with self.beat(
            "Each row is predicted by models that did not train on it: out-of-fold predictions."
        ) as beat:
            beat.over(
                *(block.animate.move_to(target) for block, target in zip(held, targets, strict=True)),
                until="out-of-fold",
                least=pace.SLOW,
            )
            self.play(FadeIn(told), run_time=pace.BRISK)
            beat.over(*(block.animate.scale(1.06) for block in held), least=pace.CALM)
        found = stacking.stacked()
        weights = self.weights(room)
        with self.beat("On honest columns the weights swing: the tree gets one percent, ridge most.") as beat:
            weights.redraw(found.leaked)
            self.exchange(weights, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(weights.change(found.honest), least=pace.LONG)

    def scores(self, room: shot.Region) -> None:
        """Errors of all on folds that none has seen."""
        found = stacking.stacked()
        order = ("mean", "tree", "leaked", "average", "neighbours", "ridge", "honest")
        texts = (
            "predict the mean",
            "tree",
            "stack, leaked",
            "plain average",
            "neighbours",
            "ridge",
            "stack, out-of-fold",
        )
        values = np.array([found.error(name) for name in order])
        colors = [ink.quiet, SINGLE, WRONG, ENSEMBLE, SINGLE, SINGLE, ENSEMBLE]
        chart = BarChart(
            texts, 0 * values, (0, 93), room.width, room.height, decimals=0, colors=colors,
            label="root mean squared error, unseen patients",
        )  # fmt: skip
        room.put(chart)
        lit = np.array([1.0, 0.62, 1.0, 0.62, 0.62, 0.62, 0.62])
        with self.beat("On unseen patients, the leaked stack is worse than predicting the mean.") as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(chart.change(values), until="worse", least=pace.SLOW)
            beat.over(glide(chart.shade, np.ones(7), lit, chart), least=pace.CALM)
        end = np.array([0.62, 0.62, 0.62, 0.62, 0.62, 1.0, 1.0])
        with self.beat("The honest stack repairs that. Against ridge alone, it is a tie.") as beat:
            beat.over(glide(chart.shade, lit, end, chart), least=pace.SLOW)
