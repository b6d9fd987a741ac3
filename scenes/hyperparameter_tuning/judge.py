"""What a winner's score is worth, nested cross-validation, and the end."""

from __future__ import annotations

from typing import Final, cast

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, AnimationGroup, Create, FadeIn, FadeOut, VGroup

from scenes.hyperparameter_tuning.chance import PLACED, SEED
from scenes.hyperparameter_tuning.stage import (
    GRID,
    LAND,
    LOSER,
    MODEL,
    PARZEN,
    POSE,
    RANDOM,
    Folds,
    HyperparameterTuningStage,
    axis_names,
    come,
    glow,
    maths,
    plain_of,
    raised,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.hyperparameter_tuning import chances, honest, search
from scenes.maths.hyperparameter_tuning.landscape import FOLDS, Floats, landscape

TOSS: Final = 1
"""Seed of the coins."""
AGAIN: Final = 4
"""Seed of the second toss of the luckiest."""
TRUTH: Final = 0.5
"""Accuracy of whatever is trained on shuffled labels of two equal classes."""


def stacked(values: Floats, step: float) -> Floats:
    """Places (n, 2) of dots that are piled where ``values`` are equal."""
    heights = np.zeros(len(values))
    for at, value in enumerate(values):
        heights[at] = (np.abs(values[:at] - value) < 0.008).sum()
    return np.column_stack([values, step * (heights + 0.5)])


def misread() -> tuple[float, float, float]:
    """Digits in a thousand that are misread: by the score that chose, by the tuned machine and by the defaults."""
    table = honest.unseen()
    chosen, tuned, default = (
        1000 * float(1 - each.mean()) for each in (table.chosen, table.tuned, table.default)
    )
    return chosen, tuned, default


class Judge(HyperparameterTuningStage):
    """Selection bias and nested cross-validation."""

    @chapter("The winner's score is too good")
    def too_good(self) -> None:
        self.untitled()
        places = self.shot(shot.gallery(4, 5, titled=False))
        tosses = honest.tossed(TOSS)
        heads = tosses.sum(axis=1)
        lucky = int(heads.argmax())
        bare = shot.bare()
        coins, counts, rows = VGroup(), VGroup(), VGroup()
        for place, toss in zip(places, tosses, strict=True):
            spot = (place.left + 0.75, place.middle[1])
            coins.add(bare.circle(spot, 0.62, ink.chalk, LINE, 0.08))
            counts.add(words.headline(str(toss.sum()), ink.chalk).move_to((*spot, 0)))
            marks = np.array(
                [
                    (place.left + 1.6 + 0.2 * (at % 5), place.middle[1] + 0.15 - 0.3 * (at // 5))
                    for at in range(honest.TOSSES)
                ]
            )
            rows.add(Dots(bare, marks, [ink.chalk if each else ink.faint for each in toss], radius=0.085))
        with self.beat(
            "Now a trap. Toss twenty fair coins, each of them equally often, and count the heads."
        ) as beat:
            self.play(FadeIn(coins), run_time=pace.QUICK)
            beat.over(FadeIn(rows, lag_ratio=pace.LAG), until="count", least=pace.SLOW)
            beat.over(FadeIn(counts), least=pace.CALM)
        again = honest.tossed(AGAIN)[lucky]
        second = Dots(
            bare,
            cast(Dots, rows[lucky]).values,
            [ink.chalk if each else ink.faint for each in again],
            radius=0.085,
        )
        number = words.headline(str(again.sum()), LAND).move_to(counts[lucky])
        with self.beat(
            "The luckiest shows eight heads, as on average. Is it a good coin? Toss it again: five."
        ) as beat:
            beat.over(
                self.spotlight(coins[lucky], counts[lucky], rows[lucky]), words.tint(counts[lucky], LOSER),
                until="Is", least=pace.CALM,
            )  # fmt: skip
            beat.over(self.frame.to(coins[lucky], rows[lucky], share=0.5), until="Toss", least=pace.SLOW)
            beat.over(FadeOut(rows[lucky], counts[lucky]), FadeIn(second, number), least=pace.CALM)
        piles = self.coin_chart()
        order = np.argsort(heads, kind="stable")
        spots = stacked(heads[order].astype(float), 0.13)
        dots = Dots(piles, spots, [LOSER if each == lucky else ink.chalk for each in order], radius=0.26)
        middle = piles.segment(
            (honest.TOSSES / 2, 0), (honest.TOSSES / 2, 1.14), LAND, 1.5 * LINE, dashed=True
        )
        top = float(heads[lucky])
        back = piles.vector((top, 0.16), (again.sum() + 0.15, 1.08), LOSER, 2 * LINE)
        with self.beat(
            "Among many coins one is lucky. Toss that one again, and it falls back to the middle."
        ) as beat:
            self.play(self.lights_on(), self.frame.back(), run_time=pace.BRISK)
            self.exchange(piles, dots, run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(glow(dots[-1]), until="Toss", least=pace.CALM)
            beat.over(Create(middle), FadeIn(back), least=pace.CALM)
        term = told("selection bias = optimism", UP + RIGHT, LOSER, ink.POINT)
        chart = self.dots_chart()
        table = honest.shuffled()
        flat = chart.dots(stacked(np.sort(table.flat), 0.21), LOSER, radius=0.24)
        with self.beat(
            "The best of many noisy scores is too high: selection bias, or optimism.", pause=pace.CALM
        ) as beat:
            beat.over(self.frame.to(dots[-1], back, share=0.6), until="selection", least=pace.SLOW)
            self.pin(term)
            beat.over(FadeIn(term), self.frame.back(), least=pace.SLOW)
        truth = chart.segment((TRUTH, 0), (TRUTH, 1), LAND, 1.5 * LINE, dashed=True)
        name = chart.label(TRUTH, 0.93, "truth 0.50", LEFT, LAND, 0.2, ink.HEADLINE)
        with self.beat(
            "A search does the same. Shuffle the labels of two classes: nothing can be learned, the truth is 0.5."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(Create(truth), until="the truth", least=pace.SLOW)
            beat.over(FadeIn(name), least=pace.BRISK)
        mean = chart.segment((table.flat.mean(), 0), (table.flat.mean(), 1), LOSER, 1.5 * LINE)
        tag = chart.label(table.flat.mean(), 0.93, "winner 0.57", RIGHT, LOSER, 0.2, ink.HEADLINE)
        with self.beat(
            "Cross-validate many settings on few rows: the winner reports 0.57 on average, pure optimism."
        ) as beat:
            beat.over(FadeIn(flat, lag_ratio=pace.LAG), until="0.57", least=pace.SLOW)
            beat.over(Create(mean), FadeIn(tag), least=pace.CALM)
        with self.beat(
            "The more settings you try, and the fewer rows you have, the larger the bias grows."
        ) as beat:
            beat.over(glow(flat, LOSER), until="the fewer", least=pace.CALM)
            beat.over(glow(mean), glow(tag), least=pace.CALM)
        with self.beat("So the score that chose may not judge.") as beat:
            beat.over(self.frame.to(flat, share=0.8), least=pace.SLOW)
            self.play(self.frame.back(), run_time=pace.SLOW)

    def coin_chart(self) -> Plane:
        """Coins by their heads."""
        return shot.chart(
            shot.SAFE, (1.5, 10), (0, 1.16), x_ticks=[2, 4, 5, 6, 8, 10], y_ticks=[], x_label="heads in ten tosses",
        )  # fmt: skip

    def dots_chart(self) -> Plane:
        """Scores of twenty searches on an axis."""
        return shot.chart(
            shot.SAFE, (0.3, 0.74), (0, 1.02), x_ticks=[0.3, 0.4, 0.5, 0.6, 0.7], y_ticks=[],
            x_label="reported accuracy; 20 searches, 30 settings, 60 rows",
        )  # fmt: skip

    # --- nested

    @chapter("Search inside, judge outside", "nested cross-validation as the honest score")
    def judge_outside(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.loops()
        self.results()
        self.end()

    def loops(self) -> None:
        """One outer row with the search inside; then all five."""
        safe = shot.SAFE
        row = shot.Region(safe.left, safe.top - 1.5, safe.right, safe.top)
        outer = Folds(row, 1, FOLDS)
        cells = row.columns(*[1] * FOLDS, gap=0.08)
        box = shot.Region(cells[1].left, safe.bottom + 0.1, cells[-1].right, row.bottom - 1.05)
        inner = Folds(box.inset(0.25, 0.2), FOLDS, FOLDS, held=MODEL)
        bare = shot.bare()
        frame = bare.polygon(
            [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)],
            MODEL,
            LINE,
        )
        heads = [
            bare.label(cells[0].middle[0], row.bottom, "outer loop", DOWN, LAND, 0.2, ink.POINT),
            bare.label(box.left, box.top, "inner loop: the whole search", UP + RIGHT, MODEL, 0.15, ink.POINT),
        ]
        arrow = bare.vector(
            (box.left, box.middle[1]), (cells[0].middle[0], row.bottom - 0.75), LAND, 2 * LINE
        )
        score = bare.label(cells[0].middle[0], box.middle[1], "score", DOWN, LAND, 0.6, ink.POINT)
        called = bare.label(
            cells[0].middle[0], safe.bottom, "nested\ncross-\nvalidation", UP, ink.focus, 0.1, ink.POINT
        )
        with self.beat(
            "Nested cross-validation: an inner loop searches, an outer loop scores its winner."
        ) as beat:
            self.play(FadeIn(outer, called), run_time=pace.QUICK)
            beat.over(FadeIn(frame, heads[1]), until="searches", least=pace.BRISK)
            beat.over(FadeIn(*inner.rows, lag_ratio=pace.LAG), until="scores", least=pace.SLOW)
            beat.over(FadeIn(heads[0]), glow(outer.held[0]), least=pace.CALM)
        with self.beat(
            "The outer loop holds one part out. On the rest the inner loop runs the whole search, on its own folds."
        ) as beat:
            beat.over(glow(outer.held[0]), until="On the", least=pace.CALM)
            self.play(FadeOut(heads[0], called), run_time=pace.QUICK)
            beat.over(self.frame.to(frame, heads[1], share=0.9), until="whole", least=pace.SLOW)
            beat.over(
                AnimationGroup(*(glow(each) for each in inner.held), lag_ratio=pace.LAG), least=pace.SLOW
            )
        with self.beat(
            "Its winner is trained on the rest, and scored once outside. Then the next part is held out."
        ) as beat:
            beat.over(self.frame.back(), until="scored", least=pace.SLOW)
            beat.over(FadeIn(arrow, score), until="Then", least=pace.BRISK)
            blocks = outer.rows[0]
            beat.over(
                FadeOut(arrow, score), blocks[0].animate.set_fill(ink.quiet, opacity=0.4),
                blocks[1].animate.set_fill(LAND, opacity=0.95), least=pace.CALM,
            )  # fmt: skip
            self.play(
                AnimationGroup(*(glow(each) for each in inner.held), lag_ratio=pace.LAG), run_time=pace.CALM
            )
        with self.beat(
            "So the search does not see the rows that judge it. Each fold may crown another winner."
        ) as beat:
            beat.over(
                blocks[1].animate.set_fill(ink.quiet, opacity=0.4), blocks[2].animate.set_fill(LAND, opacity=0.95),
                AnimationGroup(*(glow(each) for each in inner.held), lag_ratio=pace.LAG), until="Each",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(
                blocks[2].animate.set_fill(ink.quiet, opacity=0.4), blocks[3].animate.set_fill(LAND, opacity=0.95),
                least=pace.CALM,
            )  # fmt: skip
        left = shot.Region(safe.left, safe.bottom, safe.left + 4.9, safe.top)
        right = shot.Region(safe.left + 5.3, safe.bottom, safe.right, safe.top)
        folds = Folds(left, FOLDS, FOLDS)
        rule = maths(
            '1/K {{ sum_(k=1)^K : sum }} {{ "acc" : judge }}({{ "search"(D_(-k)) : inside }}; {{ D_k : outside }})',
            1.05 * ink.POINT,
        )
        right.put(rule)
        cost = VGroup(
            words.headline("one search: 151", MODEL, ink.POINT),
            words.headline("nested: 5 × 151 = 755", LAND, ink.POINT),
        )
        for line, side in zip(cost, (UP, DOWN), strict=True):
            right.put(line, side)
        with self.beat(
            "The mean of the five is the honest score. D minus k is what is left when D k is held out.",
            pause=pace.CALM,
        ) as beat:
            self.exchange(folds, run_time=pace.BRISK)
            self.shot(shot.formula(titled=False))
            beat.over(FadeIn(rule), until="D minus", least=pace.CALM)
            beat.over(glow(rule.part("inside")), until="D k", least=pace.CALM)
            beat.over(glow(rule.part("outside")), *(glow(each) for each in folds.held), least=pace.CALM)
        self.shot(shot.split(titled=False))
        with self.beat("The price: one search is 151 trainings, and five outer folds make it 755.") as beat:
            beat.over(FadeIn(cost[0]), until="and five", least=pace.CALM)
            beat.over(
                FadeIn(cost[1]),
                AnimationGroup(*(glow(each) for each in folds.held), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )

    def results(self) -> None:
        """On shuffled labels, and on real ones."""
        chart = shot.chart(
            shot.SAFE, (0.3, 0.74), (0, 2.05), x_ticks=[0.3, 0.4, 0.5, 0.6, 0.7], y_ticks=[],
            x_label="accuracy reported on shuffled labels: 20 repeats, 60 rows",
        )  # fmt: skip
        table = honest.shuffled()
        truth = chart.segment((TRUTH, 0), (TRUTH, 2.05), LAND, 1.5 * LINE, dashed=True)
        upper = stacked(np.sort(table.flat), 0.14) + np.array([0.0, 1.08])
        flat = chart.dots(upper, LOSER, radius=0.16)
        nested = chart.dots(stacked(np.sort(table.nested), 0.14), ink.chalk, radius=0.16)
        names = [
            chart.label(0.3, 1.85, "own score: 0.57", RIGHT, LOSER, 0.1, ink.POINT),
            chart.label(0.3, 0.85, "nested: 0.49", RIGHT, ink.chalk, 0.1, ink.POINT),
        ]
        with self.beat(
            "On the shuffled labels the winner's own score flattered. Nested, the mean is 0.49: noisy, but honest."
        ) as beat:
            self.exchange(chart, truth, flat, names[0], run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(glow(flat), until="Nested", least=pace.CALM)
            beat.over(FadeIn(nested, lag_ratio=pace.LAG), FadeIn(names[1]), least=pace.SLOW)
        with self.beat(
            "It scores the procedure. The model that you ship comes from one more search, on all rows."
        ) as beat:
            beat.over(self.frame.to(nested, share=0.85), until="The model", least=pace.SLOW)
            beat.over(self.frame.back(), least=pace.SLOW)
        values = np.array(misread())
        (room,) = shot.headline().places
        bars = BarChart(
            ["tuned: score that chose", "tuned: unseen", "defaults: unseen"], values, (0, 25),
            room.width, room.height, decimals=0, colors=[LOSER, LAND, ink.quiet],
            label="misread in 1,000 digits, mean of 10 splits",
        )  # fmt: skip
        room.put(bars)
        bars.shade([1.0, 0.0, 0.0])
        with self.beat("With many rows, one untouched test set does it, and the optimism is small.") as beat:
            self.exchange(bars, run_time=pace.BRISK)
            self.shot(shot.headline())
            beat.over(come(bars, [1, 0, 0], [1, 1, 0]), least=pace.SLOW)
        with self.beat(
            "Here, over ten splits, the tuned machine makes a quarter fewer errors on unseen digits than the defaults."
        ) as beat:
            beat.over(glow(bars.bars[1], LAND), until="than", least=pace.SLOW)
            beat.over(come(bars, [1, 1, 0], [0.6, 1, 1]), least=pace.CALM)

    def end(self) -> None:
        """The landscape, four searchers, and the line of the beginning."""
        plain = plain_of(10.6, 5.0, 2.7, raised_by=0.15)
        names_of_sides = axis_names(plain)
        plain.look(tilt=POSE[0], turn=POSE[1], lift=1.0)
        terrain = plain.terrain()
        shape = landscape().scores.shape
        cells = [
            chances.placements()[PLACED].cells,
            chances.random_cells(SEED),
            np.array([divmod(int(each), shape[1]) for each in search.paths("gaussian", chances.TRIALS)[0]]),
            np.array([divmod(int(each), shape[1]) for each in search.paths("parzen", chances.TRIALS)[0]]),
        ]
        colors = (GRID, RANDOM, MODEL, PARZEN)
        lights = [plain.lights(own, color, 0.13) for own, color in zip(cells, colors, strict=True)]
        names = VGroup(
            *(
                words.headline(text, color, ink.LABEL * 1.3)
                for text, color in zip(("grid", "random", "surrogate", "l / g"), colors, strict=True)
            )
        ).arrange(RIGHT, buff=0.55)
        plate = raised(shot.SAFE.put(Tag(names, 0.85), UP + LEFT))
        goal = maths('lambda^* = op("arg max", limits: #true)_(lambda in Lambda) f(lambda)', 0.95 * ink.POINT)
        rule = raised(shot.SAFE.put(Tag(goal, 0.85), UP + RIGHT))
        with self.beat("How do you find a good setting, if each look costs a training?") as beat:
            self.exchange(terrain, names_of_sides, run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(plain.turning(turn=14 * DEGREES), FadeIn(rule), least=pace.SLOW)
        with self.beat("Spread your looks where hyperparameters matter. Let a model place the next.") as beat:
            beat.over(FadeIn(plate[0], names[:2]), FadeIn(lights[0], lights[1]), until="Let", least=pace.SLOW)
            beat.over(FadeIn(names[2:]), FadeIn(lights[2], lights[3]), least=pace.CALM)
        last = told("stop losers early: rungs — judge outside: outer loop", DOWN, ink.focus, ink.POINT)
        with self.beat("Stop losers early, and judge outside.", pause=pace.SLOW) as beat:
            self.play(FadeOut(names_of_sides), FadeIn(last), run_time=pace.QUICK)
            beat.over(plain.turning(turn=4 * DEGREES), least=pace.LONG)
