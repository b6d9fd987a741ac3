"""Which features did the work, and the picture to keep."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, LaggedStart, ManimColor, linear

from scenes.decision_trees import scores
from scenes.decision_trees.shaken import DEEPEST, READ, Ballot, with_error
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import NAMES, WIDE, Vineyard, opened, rooms
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import HAIR, LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.decision_trees import capped, coin, forest, path, tree, wine_forest

LEADING: Final = 6
"""Columns of the wine table whose importances are drawn."""
LOW: Final = 0.1
"""Share of the runs that lie below the lines of these, and above."""
SHORT: Final = {"color_intensity": "colour", "od280/od315_of_diluted_wines": "absorbance"}
"""Names of columns for an axis."""
VOTERS: Final = 200
"""Trees whose votes make the soft map."""
ROWS: Final = (0.8, 5.0, 3.8)
"""Shares of the height that the last four maps leave to their names, take, and leave to their scores."""
LAW: Final = '"Var" = {{ rho sigma^2 : shared }} + frac(1 - rho, B) sigma^2'
"""Of the mean of B trees."""


class Credit(DecisionTreesStage):
    """Which features did the work, and the picture to keep."""

    @chapter("Which features did the work?", "feature importance in a forest", goes_on=True)
    def which_features_did_the_work(self) -> None:
        self.untitled()
        self.whiskers_now: dict[BarChart, Floats] = {}
        self.add_up_the_decreases()
        self.plant_a_coin()
        self.shuffle_a_column()
        self.rank_the_wine()
        self.remember()

    # --- by hand

    def add_up_the_decreases(self) -> None:
        """Decreases of the small tree's splits fly into a bar a feature."""
        left, right = self.shot(shot.split(titled=False))
        grown = tree.grow(self.points, self.labels, depth=2)
        drawn = scores.small_tree(self)
        gains = {}
        for number in grown.questions:
            node = grown.nodes[number]
            text = words.label(f"{NAMES[node.column]}{chr(10) if number else ' '}[{node.gain:.3f}:focus]")
            text.next_to(scores.over(drawn.bar(number)), UP, buff=2 * words.GAP)
            gains[number] = Tag(text, opacity=1.0)
        totals = np.zeros(2)
        for number in grown.questions:
            totals[1 - grown.nodes[number].column] += grown.nodes[number].gain
        chart = BarChart(
            ["proline", "flavanoids"],
            0 * totals,
            (0, 0.3),
            right.width,
            right.height - 0.9,
            upright=True,
            ticks=(),
        )
        chart.bars[0].set_color(ink.chalk), chart.bars[1].set_color(ink.chalk)
        right.put(chart, UP)
        self.add(drawn)
        heights = np.zeros(2)

        def pay(number: int) -> list[Animation]:
            node, text = grown.nodes[number], gains[number]
            side = 1 - node.column
            before = heights.copy()
            heights[side] += node.gain
            after = heights.copy()
            return [words.light(text.text, ink.chalk), glide(chart.redraw, before, after)]

        with self.beat(
            "Add up the impurity decreases of all splits on one feature, times their shares."
        ) as beat:
            beat.over(FadeIn(*gains.values()), until="splits")
            beat.over(FadeIn(chart))
        root, below, above = grown.questions
        with self.beat(
            "Proline has one large decrease, flavanoids two smaller ones: half of the sum each."
        ) as beat:
            beat.over(*pay(root), until="flavanoids", least=pace.CALM)
            beat.over(*pay(below), until="smaller", least=pace.CALM)
            self.play(*pay(above), run_time=pace.CALM)
            self.play(
                *(FadeIn(scores.number(chart, side, total, 3)) for side, total in enumerate(totals)),
                run_time=pace.QUICK,
            )
            shares = 100 * totals / totals.sum()
            halves = [
                words.caption(chart.names[side], f"[{share:.0f} %:focus]", DOWN, gap=0.3, size=ink.POINT)
                for side, share in enumerate(shares)
            ]
            words.align_baseline(halves[1], halves[0])
            beat.over(FadeIn(*halves))
        name = words.headline("[mean decrease in impurity:focus]", size=ink.POINT)
        name.move_to((left.left, left.bottom, 0.0), aligned_edge=LEFT + DOWN)
        with self.beat(
            "Averaged over a forest: the mean decrease in impurity, a feature importance."
        ) as beat:
            beat.over("mean", words.write(name), until="feature")
            beat.over(*(words.light(each, ink.chalk) for each in halves), least=pace.CALM)

    # --- the planted test

    def plant_a_coin(self) -> None:
        """A column that is right most of the time, one of noise, and what impurity makes of them."""
        halves = self.shot(shot.split(titled=False))
        columns, kind = coin.planted(0)
        learnt = coin.ROWS // 2
        at = self.rng.uniform(0.06, 0.94, learnt)
        jitter = np.column_stack([self.rng.uniform(-0.22, 0.22, learnt), np.zeros(learnt)])
        self.places = at
        self.column_values = columns[:learnt] + jitter
        ranges = ((-0.6, 1.6), (-3.2, 3.2))
        titles = (f"coin: right {100 * coin.RIGHT:.0f} %", "pure noise")
        self.planes: list[Plane] = []
        self.dots: list[Dots] = []
        for column, (half, limits, title) in enumerate(zip(halves, ranges, titles, strict=True)):
            plane = half.plane(
                (0, 1), limits, x_ticks=(), y_ticks=(), y_label=title, x_label="a dot a row, a colour a class"
            )
            dots = plane.classes(
                np.column_stack([at, self.column_values[:, column]]),
                kind[:learnt],
                radius=0.085,
                colors=(ink.chalk, ink.truth),
            )
            self.planes.append(plane)
            self.dots.append(dots)
        with self.beat(
            "Test it. One column is a coin that tells the class 80 percent of the time, the other is pure noise."
        ) as beat:
            self.exchange(self.planes[0])
            beat.over(FadeIn(self.dots[0]), until="coin", least=pace.BRISK)
            beat.over("80", words.light(self.dots[0], ink.focus), until="the other")
            self.play(FadeIn(self.planes[1]), run_time=pace.QUICK)
            beat.over(FadeIn(self.dots[1]))
        planted = coin.plant()
        impurity, spread = planted.impurity.mean(axis=0), planted.impurity.std(axis=0)
        ahead = int((planted.impurity[:, 1] > planted.impurity[:, 0]).sum())
        chart = self.whiskered(
            ["coin", "noise"],
            impurity,
            (0, 0.85),
            f"mean decrease in impurity; noise ahead in {ahead} of {len(planted.impurity)} runs",
            ink.chalk,
        )
        numbers = [
            scores.number(chart, row, value, 2, beyond=spread[row]) for row, value in enumerate(impurity)
        ]
        with self.beat(
            "Ask a forest which of them matters: by impurity the coin gets 0.34, and the noise 0.66!"
        ) as beat:
            self.exchange(chart)
            beat.over(self.grow(chart, impurity, spread, (0,)), until="0.34", least=pace.BRISK)
            beat.over(FadeIn(numbers[0]), until="noise", least=pace.QUICK)
            beat.over(self.grow(chart, impurity, spread, (0, 1)), until="0.66", least=pace.BRISK)
            beat.over(FadeIn(numbers[1]))
        self.shot(shot.split(titled=False))
        lines = [
            plane.segment(
                np.column_stack([np.zeros(len(levels)), levels]),
                np.column_stack([np.ones(len(levels)), levels]),
                ink.focus,
                width=width,
            )
            for plane, levels, width in zip(
                self.planes,
                (np.array([0.5]), self.between(columns[:learnt, 1])),
                (1.5 * LINE, HAIR),
                strict=True,
            )
        ]
        counts = [
            words.label(f"[{count} threshold{'s' if count > 1 else ''}:focus]", size=ink.POINT)
            for count in coin.thresholds()
        ]
        for half, count in zip(halves, counts, strict=True):
            count.move_to((half.right, half.top, 0.0), aligned_edge=RIGHT + UP)
        with self.beat(
            "Noise with many values offers many thresholds, and decreases are counted on seen rows."
        ) as beat:
            self.exchange(*self.planes, *self.dots)
            beat.over(Create(lines[0]), FadeIn(counts[0]), until="thresholds", least=pace.BRISK)
            beat.over(FadeIn(lines[1], counts[1]), until="decreases", least=pace.BRISK)
            beat.over(words.light(counts[1]))
        self.play(FadeOut(*lines, *counts), run_time=pace.BRISK)
        self.planted = planted

    def between(self, values: Floats) -> Floats:
        """The thresholds (m,) halfway between neighbouring ``values``."""
        ranked = np.unique(values)
        return np.asarray((ranked[:-1] + ranked[1:]) / 2)

    def shuffle_a_column(self) -> None:
        """Values of a column change places, and the accuracy on unseen rows falls."""
        order = self.rng.permutation(len(self.places))

        def shuffled(column: int) -> object:
            dots, values = self.dots[column], self.column_values[:, column]
            before = np.column_stack([self.places, values])
            return glide(dots.redraw, before, np.column_stack([self.places, values[order]]))

        with self.beat(
            "So shuffle one unseen column. The fall of the score is its permutation importance."
        ) as beat:
            beat.over("shuffle", shuffled(0), until="The", least=pace.SLOW)
            beat.over("fall", shuffled(1), least=pace.SLOW)
        lost = 100 * self.planted.permutation.mean(axis=0)
        spread = 100 * self.planted.permutation.std(axis=0)
        chart = self.whiskered(
            ["coin", "noise"],
            lost,
            (-4, 24),
            "permutation importance: points of accuracy lost on unseen rows",
            ink.focus,
        )
        numbers = [
            scores.number(chart, row, value, int(abs(value) < 1), beyond=spread[row] - min(value, 0))
            for row, value in enumerate(lost)
        ]
        with self.beat("Now the coin loses 18 points, and the noise about zero.") as beat:
            self.exchange(chart)
            beat.over(self.grow(chart, lost, spread, (0,)), until="18", least=pace.BRISK)
            beat.over(FadeIn(numbers[0]), until="noise", least=pace.QUICK)
            beat.over(self.grow(chart, lost, spread, (0, 1)), until="zero", least=pace.BRISK)
            beat.over(FadeIn(numbers[1]))
        self.give_the_coin_a_twin()

    def give_the_coin_a_twin(self) -> None:
        """Two columns that say the same: what is lost when one of them is shuffled, and when both are."""
        twins = 100 * coin.twins()
        lost, spread = twins.mean(axis=0), twins.std(axis=0)
        chart = self.whiskered(
            ["one twin\nshuffled", "both\ntogether"],
            lost,
            (-4, 26),
            "points of accuracy lost on unseen rows (mean and SD of 10 runs)",
            ink.focus,
        )
        numbers = [scores.number(chart, row, value, beyond=spread[row]) for row, value in enumerate(lost)]
        with self.beat(
            "Give the coin a twin. Shuffle one, and the other still answers: shuffle correlated features together."
        ) as beat:
            self.exchange(chart)
            beat.over("Shuffle", self.grow(chart, lost, spread, (0,)), until="correlated", least=pace.CALM)
            self.play(FadeIn(numbers[0]), run_time=pace.QUICK)
            beat.over(self.grow(chart, lost, spread, (0, 1)), until="together", least=pace.CALM)
            beat.over(FadeIn(numbers[1]))

    def rank_the_wine(self) -> None:
        """Permutation importance of the wine table's columns."""
        found = wine_forest.importances()
        shares, lost = 100 * found.impurity, 100 * found.permutation
        order = np.argsort(-np.median(lost, axis=0), kind="stable")[:LEADING]
        (frame,) = self.shot(shot.headline())
        halves = frame.columns(1.35, 1, gap=0.4)
        limits = (-13, 23), (-2, 13)
        labels = ("mean decrease in impurity (% of sum)", "permutation: points lost, unseen")
        charts = [
            half.plane(span, (0.4, LEADING + 0.6), x_label=label, x_ticks=ticks, y_ticks=[])
            for half, span, label, ticks in zip(
                halves, limits, labels, ((0, 10, 20), (0, 5, 10)), strict=True
            )
        ]
        rows = [
            (LEADING - place, column, SHORT.get(found.names[column], found.names[column]))
            for place, column in enumerate(order)
        ]
        names = [
            words.label(name, size=READ).move_to(charts[0].at(limits[0][0] + 0.5, y), aligned_edge=LEFT)
            for y, _, name in rows
        ]
        ranges, medians = [], []
        for chart, table, color in zip(charts, (shares, lost), (ink.chalk, ink.focus), strict=True):
            low, middle, high = np.quantile(table, (LOW, 0.5, 1 - LOW), axis=0)
            ranges.append(
                [chart.segment((low[column], y), (high[column], y), color, 7.0) for y, column, _ in rows]
            )
            medians.append([chart.dots([(middle[column], y)], color, radius=0.2) for y, column, _ in rows])
        spread = words.label(f"dot: median\nof {wine_forest.RUNS} splits\nline: 10 to 90 %", ink.quiet)
        spread.move_to(charts[1].at(limits[1][1] - 0.2, 2.0), aligned_edge=RIGHT)
        with self.beat(
            "Now rank the features of the wines, over many splits. By either measure the same four lead."
        ) as beat:
            self.exchange(*charts, *names)
            beat.over(*map(FadeIn, medians[0]), *map(Create, ranges[0]), until="either", least=pace.CALM)
            beat.over(*map(FadeIn, medians[1]), *map(Create, ranges[1]), FadeIn(spread), least=pace.CALM)
        with self.beat("So trust permutation on held-out rows, and do not read it as cause.") as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in medians[1]), until="do")
            beat.over(*(words.light(name) for name in names))

    def whiskered(
        self, names: Sequence[str], values: Floats, span: tuple[float, float], label: str, color: ManimColor
    ) -> BarChart:
        """The frame as one chart, a bar and a whisker for each of ``values`` (n,), that :meth:`grow` lets grow."""
        (frame,) = self.shot(shot.headline())
        none = 0 * values
        size = frame.width, frame.height - 0.3
        chart = BarChart(names, none, span, *size, colors=color, spread=none, ticks=(), label=label)
        return frame.put(chart)

    def grow(self, chart: BarChart, values: Floats, spread: Floats, rows: Collection[int]) -> Animation:
        """The bars of ``rows`` grow to their values, with their whiskers; the others stay away."""
        shown = np.isin(np.arange(len(values)), list(rows))
        start = {"values": chart.values.reshape(-1), "spread": self.whiskers_now.get(chart, 0 * spread)}
        self.whiskers_now[chart] = spread * shown
        return glide(chart.redraw, start, {"values": values * shown, "spread": spread * shown})

    # --- the end

    def remember(self) -> None:
        """Four trees on the same map, with their scores on unseen bottles: what was asked at first is answered."""
        self.shot(shot.wide())
        full = tree.grow(self.points, self.labels)
        trees = [
            tree.grow(self.points, self.labels, depth=1),
            full,
            tree.grow(self.points, self.labels, depth=2),
        ]
        depths = 100 * tree.score_depths(self.points, self.labels, (1, DEEPEST)).unseen
        pruned = 100 * path.scored(self.points, self.labels, tree.prune(full)).of(len(trees[2].leaves))
        voted = 100 * float(forest.bag_scores(self.points, self.labels, (1, VOTERS), 1).mean(axis=0)[1])
        guess = 100 * capped.guessing(self.labels)
        cells = shot.safe(titled=False).cells(1, 4, gap=0.3)
        tops, maps, foots = zip(*(cell.rows(*ROWS, gap=0.2) for cell in cells), strict=True)
        boxes = [np.array([[lot.left, lot.bottom], [lot.right, lot.top]]) for lot in maps]
        yards = [Vineyard(self.points, self.labels, WIDE)]
        yards += [Vineyard(self.points, self.labels, box) for box in boxes[1:]]
        for yard in yards[1:]:
            yard.remove(yard.axes)
        parts = [
            rooms(yard.plane, grown).open_each(opened(grown.questions))
            for yard, grown in zip(yards, trees, strict=False)
        ]
        yards[0].carry(parts[0])
        ballot = Ballot(yards[3], self.points, self.labels, 1)
        heads, feet, names = [], [], []
        for upper, lower, text, score, name in zip(
            tops,
            foots,
            ("one split", "full tree", "pruned tree", "random forest"),
            (*depths, pruned, voted),
            ("impurity\ndecrease", "overfitting", "pruning", "bootstrap,\nrandom features,\nout-of-bag"),
            strict=True,
        ):
            heads.append(upper.put(words.note(text, size=READ), LEFT + UP))
            foot = lower.put(words.headline(with_error(score, len(self.labels)), size=ink.POINT), LEFT + UP)
            feet.append(foot)
            names.append(words.note(f"[{name}:focus]").next_to(foot, DOWN, buff=0.25, aligned_edge=LEFT))
        law = words.formula(LAW, {"shared": ink.fourth}, size=0.85 * ink.pixels(ink.POINT))
        foots[2].put(law, RIGHT + DOWN)
        rival = 100 * float(forest.straight(self.points, self.labels).mean())
        note = words.note(f"unseen; guessing {guess:.0f},\nlinear model {rival:.0f} %", ink.quiet)
        foots[0].put(note, LEFT + DOWN)
        stroke = yards[0].stroke(trees[0].nodes[0].column, trees[0].nodes[0].threshold)
        yards[0].carry_stroke(stroke, trees[0].nodes[0].column, trees[0].nodes[0].threshold)
        with self.beat("So which question first? The one that lowers impurity most.") as beat:
            self.exchange(yards[0])
            beat.over("one", Create(stroke), until="lowers", least=pace.BRISK)
            self.play(FadeOut(yards[0].axes), FadeIn(parts[0]), run_time=pace.QUICK)
            yards[0].remove(yards[0].axes)
            self.add(parts[0], yards[0], stroke)
            beat.over(yards[0].glide_to(boxes[0]), least=pace.CALM)
            others = [parts[1], yards[1], parts[2], yards[2], ballot.field, yards[3]]
            self.play(FadeIn(*others, *heads, feet[0], names[0], note), run_time=pace.BRISK)
            self.add(*others)
        with self.beat("Ask on to the end, and the tree memorises: so prune.") as beat:
            beat.over(words.light(heads[1]), until="tree", least=pace.QUICK)
            beat.over(FadeIn(feet[1], names[1]), until="so", least=pace.QUICK)
            beat.over(words.light(heads[2]), FadeIn(feet[2], names[2]), least=pace.QUICK)
        with self.beat(
            "And average trees that err differently: bootstrap samples, random features, "
            "and out-of-bag rows that judge them.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(
                drive(ballot.count, rate_func=linear), words.write(law), until="bootstrap", least=pace.SLOW
            )
            beat.over(FadeIn(names[3]), until="out-of-bag", least=pace.QUICK)
            self.play(FadeIn(feet[3]), run_time=pace.BRISK)
            beat.over(LaggedStart(*(words.light(foot, ink.focus) for foot in feet), lag_ratio=pace.LAG))
