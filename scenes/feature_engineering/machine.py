"""The pipeline: all steps and the model as one estimator, and the end of the lesson."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.feature_engineering.stage import (
    BIG,
    DYED,
    FIT,
    HELD,
    LEAK,
    SOUND,
    TRAIN,
    FeatureEngineeringStage,
    Noise,
    percent,
    site,
    way,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.box import Box
from scenes.kit.drive import drive
from scenes.kit.flow import Flow
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.tag import Tag
from scenes.maths.feature_engineering import noise, pipe

EDGES: Final = (
    ("numbers", "median"),
    ("words", "most\nfrequent"),
    ("median", "standardise"),
    ("most\nfrequent", "one-hot"),
    ("standardise", "linear\nmodel"),
    ("one-hot", "linear\nmodel"),
)
CODE: Final = """prep = ColumnTransformer([
    ("num", number_steps, NUMBERS),
    ("cat", word_steps, WORDS)])
pipe = Pipeline([
    ("prep", prep),
    ("model", LinearRegression())])
cross_val_score(pipe, X, y, cv=5)"""
STEPS: Final = ("median", "most\nfrequent", "standardise", "one-hot")
SIZE: Final = 44.0
"""Pixels of the capitals in blocks."""


class Machine(FeatureEngineeringStage):
    """Pipeline and ColumnTransformer."""

    @chapter("Build the wall into the machine", "a scikit-learn Pipeline", "ColumnTransformer")
    def build_the_wall_in(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.lay_the_pipes()
        self.write_it_down()
        self.move_the_wall()
        self.come_back_to_the_noise()

    def lay_the_pipes(self) -> None:
        """Numbers and words through their own steps, and one fit."""
        safe = shot.safe(titled=False)
        flow = Flow(
            EDGES,
            groups={"ColumnTransformer": STEPS, "Pipeline": (*STEPS, "linear\nmodel")},
            colors=dict.fromkeys(STEPS, FIT) | {"linear\nmodel": FIT},
            width=safe.width,
            height=6.2,
            size=SIZE,
        )
        safe.put(flow)
        inner, outer = flow.frames["ColumnTransformer"], flow.frames["Pipeline"]
        for frame, color in ((inner, SOUND), (outer, ink.chalk)):
            frame.title.set_color(color)
            frame.box.set_stroke(color, 2 * LINE / 2, 1.0)
        steps = [flow.blocks[name] for name in STEPS]
        blocks = VGroup(*steps)
        self.frame.look(self.frame.to(blocks, share=0.92).aim())
        with self.beat(
            "Median, mean, categories: each of these steps estimates something, so each must stay behind the wall. "
            "How, without a slip?"
        ) as beat:
            beat.over(
                LaggedStart(*(FadeIn(each, scale=1.1) for each in blocks), lag_ratio=pace.LAG),
                until="so each",
            )
            beat.over(*(words.light(each) for each in steps), until="How")
        sources = VGroup(flow.blocks["numbers"], flow.blocks["words"])
        with self.beat(
            "A ColumnTransformer sends numbers and words of a penguin table through their own steps: "
            "holes in words get the most frequent one."
        ) as beat:
            beat.at("ColumnTransformer", FadeIn(inner), self.frame.back())
            self.play(FadeIn(sources), run_time=pace.QUICK)
            into = [flow.arrows[edge] for edge in EDGES[:4]]
            beat.over(LaggedStart(*map(FadeIn, into), lag_ratio=pace.LAG), until="holes", least=pace.BRISK)
            beat.over("most", words.light(flow.blocks["most\nfrequent"]))
        with self.beat(
            "A Pipeline joins steps and model into one estimator. "
            "Its fit takes the training side through them, one by one."
        ) as beat:
            model = flow.blocks["linear\nmodel"]
            beat.at("Pipeline", FadeIn(outer, model, *(flow.arrows[edge] for edge in EDGES[4:])))
            self.remove(*blocks, inner, outer, sources, model)
            self.add(flow)
            beat.over(
                LaggedStart(*(words.light(each) for each in (*steps, model)), lag_ratio=pace.LAG),
                until="estimator",
            )
            ground = shot.bare()
            tokens = [ground.dots([(0, 0)], TRAIN, radius=0.24) for _ in range(2)]
            told = words.headline("fit", TRAIN, size=BIG)
            told.move_to(outer.box.get_corner(UP + RIGHT)).shift(way(DOWN + LEFT, 0.55) + way(LEFT, 0.3))
            beat.at("fit", FadeIn(told))
            beat.over(
                flow.travel(tokens[0], "numbers", "median", "standardise", "linear\nmodel", light=False),
                flow.travel(tokens[1], "words", "most\nfrequent", "one-hot", "linear\nmodel", light=False),
                least=pace.LONG,
            )
        with self.beat(
            "New rows are transformed by the numbers that were fitted, and then predicted."
        ) as beat:
            self.remove(*tokens)
            later = [ground.dots([(0, 0)], HELD, radius=0.24) for _ in range(2)]
            after = words.headline("transform", HELD, size=BIG)
            after.move_to(told, aligned_edge=RIGHT)
            self.play(FadeOut(told), FadeIn(after), run_time=pace.BRISK)
            beat.over(
                flow.travel(later[0], "numbers", "median", "standardise", "linear\nmodel", light=False),
                flow.travel(later[1], "words", "most\nfrequent", "one-hot", "linear\nmodel", light=False),
                least=pace.LONG,
            )
            self.remove(*later)

    def write_it_down(self) -> None:
        """The same in scikit-learn."""
        code = words.code(CODE, size=1.15 * ink.POINT)
        shot.safe(titled=False).put(code)
        with self.beat(
            "In scikit-learn, steps and model stand in lists. "
            "Cross-validate the pipeline, not the model alone."
        ) as beat:
            self.shot(shot.formula(titled=False))
            self.exchange(code)
            beat.over(words.light(code.lines(1, 3), SOUND), until="model", least=pace.BRISK)
            beat.over(words.light(code.lines(4, 6), ink.chalk), until="Cross-validate", least=pace.BRISK)
            beat.over(words.light(code.line(7), FIT), least=pace.SLOW)

    def move_the_wall(self) -> None:
        """Five folds, and what the steps fit in each; the errors."""
        board = Folds()
        with self.beat(
            "In each fold the steps are fitted anew: another mean, another most frequent word."
        ) as beat:
            self.shot(shot.wide())
            self.exchange(board.strips, board.heads)
            for number, row in enumerate(board.rows):
                row_in = FadeIn(row, shift=place.NUDGE * RIGHT)
                if number == 0:
                    beat.at("fitted", row_in)
                else:
                    self.play(row_in, run_time=pace.QUICK)
            beat.over(words.light(board.means, ink.chalk), least=pace.BRISK)
        ours, alone, mean = pipe.errors().mean(axis=0)
        safe = shot.safe(titled=False)
        chart = BarChart(
            ["guess the mean", "numbers alone", "whole pipeline"],
            [mean, alone, ours],
            (0, 760),
            safe.width,
            safe.height - 0.4,
            colors=[ink.faint, HELD, SOUND],
            decimals=0,
            label="body mass of held-out penguins: mean error in grams, 20 shuffles",
        )
        safe.put(chart)
        with self.beat(
            "It errs by 238 grams; without the words by 315. Guessing the mean errs far more."
        ) as beat:
            start = np.zeros(3)
            chart.redraw([0, 0, 0])
            self.exchange(chart)
            beat.over(
                glide(chart.redraw, (start,), (np.array([mean, alone, ours]),)),
                until="without",
                least=pace.SLOW,
            )
            beat.over(words.light(chart.figures[1]), until="Guessing")
            beat.over(words.light(chart.figures[0]))

    def come_back_to_the_noise(self) -> None:
        """The noise once more, through a pipeline."""
        picture = Noise()
        wall = picture.wall
        picture.split(0)
        outside, inside = noise.scores().mean(axis=0)
        score = Tag(words.headline(percent(inside), SOUND, size=2.6 * ink.HEADLINE), 0.92)
        score.move_to(picture.area.middle + way(UP, 1.15))
        shape = wall.values.shape
        with self.beat("And the noise, through a pipeline: fifty percent, as it should be.") as beat:
            self.exchange(wall, picture.labels)
            beat.over(drive(partial(picture.fall, 0.0, DYED), wall), until="fifty")
            self.play(FadeIn(score, scale=1.2), run_time=pace.BRISK)
        steps = VGroup(
            *(
                Box(words.headline(text, color, size=BIG), color, room=(0.3, 0.22), fill=0.0)
                for text, color in ((f"select {noise.KEPT}", FIT), ("model", FIT))
            )
        ).arrange(RIGHT, buff=1.2)
        steps.move_to(picture.area.middle + way(DOWN, 1.75))
        plates = VGroup(*(Tag(step.copy(), 0.95) for step in steps))
        name = Tag(words.headline("Pipeline", ink.chalk, size=BIG), 0.95).next_to(plates, UP, buff=0.12)
        rim = words.mark(VGroup(plates, name), "box", ink.chalk)
        sides = VGroup(
            Tag(words.headline("transform", HELD, size=BIG), 0.95).move_to(
                site(picture.area.left + 2.2, sum(picture.band(0)) / 2)
            ),
            Tag(words.headline("fit", TRAIN, size=BIG), 0.95).move_to(site(picture.area.left + 0.95, -0.4)),
        )
        names = [
            picture.beside.put(words.headline("held\nout", HELD, size=BIG), LEFT).set_y(
                sum(picture.band(0)) / 2
            ),
            picture.beside.put(words.headline("train", TRAIN, size=BIG), LEFT),
        ]
        with self.beat(
            "How was it ninety-three percent right? It had seen the answers: data leakage.", pause=pace.QUICK
        ) as beat:
            asked = Tag(words.headline(f"{percent(outside)}: leak", LEAK, size=1.6 * ink.HEADLINE), 0.92)
            asked.move_to(picture.area.middle + way(DOWN, 1.0))
            self.play(FadeIn(asked), run_time=pace.BRISK)
            beat.over("seen", drive(picture.deal, picture.labels, rate_func=linear), least=pace.SLOW)
        with self.beat(
            "Whatever estimates something, fit on the training folds, and transform the rest. "
            "A pipeline does it for you."
        ) as beat:
            self.play(FadeOut(asked), run_time=pace.QUICK)
            beat.over("fit", FadeIn(sides[1], names[1]), until="transform", least=pace.QUICK)
            beat.at("transform", FadeIn(sides[0], names[0]))
            beat.at("pipeline", FadeIn(rim, plates, name))
            self.play(*(words.light(each.text) for each in (*sides, name)), run_time=pace.SLOW)
            self.play(
                glide(wall.redraw, {"strength": np.ones(shape)}, {"strength": np.full(shape, 0.55)}),
                run_time=pace.LONG,
            )


class Folds:
    """Five fits, a line each: where the wall stands, and what was fitted."""

    def __init__(self) -> None:
        safe = shot.safe(titled=False)
        fits = pipe.by_fold()
        ground = shot.bare()
        tall = (safe.height - 1.0) / len(fits)
        left, right = safe.left, safe.left + 5.6
        cell = (right - left) / pipe.FOLDS
        self.strips, self.rows = VGroup(), []
        means = VGroup()
        for number, fitted in enumerate(fits):
            y = safe.top - 1.0 - tall * (number + 0.5)
            half = 0.36 * tall
            strip = VGroup()
            for part in range(pipe.FOLDS):
                x = left + cell * part
                color = HELD if part == number else TRAIN
                corners = [
                    (x + 0.04, y - half),
                    (x + cell - 0.04, y - half),
                    (x + cell - 0.04, y + half),
                    (x + 0.04, y + half),
                ]
                strip.add(ground.polygon(corners, color, LINE / 2, 0.75))
            self.strips.add(strip)
            mean = words.headline(f"{fitted.mean:.1f} mm", FIT, size=BIG).move_to(site(right + 2.3, y))
            frequent = words.headline(fitted.frequent, FIT, size=BIG).move_to(site(right + 5.6, y))
            means.add(mean)
            self.rows.append(VGroup(mean, frequent))
        self.means = means
        top = safe.top - 0.45
        self.heads = VGroup(
            words.headline("folds", ink.quiet, size=SIZE).move_to(site(left, top), aligned_edge=LEFT),
            words.headline("mean flipper", ink.quiet, size=SIZE).move_to(site(right + 2.3, top)),
            words.headline("frequent sex", ink.quiet, size=SIZE).move_to(site(right + 5.6, top)),
        )
