"""Which features did the work, and the picture to keep."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, ManimColor, linear

from scenes.decision_trees import scores
from scenes.decision_trees.pair import HEAD, SLIM
from scenes.decision_trees.shaken import READ, Ballot
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import NAMES, TREE, Vineyard, drawn_tree, opened, rooms
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import HAIR, LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.decision_trees import coin, tree

LEAF: Final = 10
"""Rows that a leaf holds at least in the forest that is stopped."""
LAND: Final = np.array([[shot.EDGES.left, shot.EDGES.bottom], [0.1, shot.EDGES.top]])
"""Lower left and upper right corner of the last map, which leaves the right to its tree."""
HALVES: Final = (1.15, 1)
"""Shares of the height of what stands beside it: the pruned tree, and the names under it."""


class Credit(DecisionTreesStage):
    """Which features did the work, and the picture to keep."""

    @chapter("Which features did the work?", "feature importance in a forest", goes_on=True)
    def which_features_did_the_work(self) -> None:
        self.untitled()
        self.whiskers_now: dict[BarChart, Floats] = {}
        self.add_up_the_decreases()
        self.plant_a_coin()
        self.shuffle_a_column()
        self.give_the_coin_a_twin()
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
            "Add up the impurity decreases of a feature, each times its share of the bottles."
        ) as beat:
            beat.over(FadeIn(*gains.values()), until="each")
            beat.over(FadeIn(chart))
        root, below, above = grown.questions
        with self.beat(
            "Proline has one large decrease, flavanoids two smaller ones: together about as much."
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
        at = kind[:learnt] / 2 + self.rng.uniform(0.03, 0.47, learnt)
        jitter = np.column_stack([self.rng.uniform(-0.22, 0.22, learnt), np.zeros(learnt)])
        self.places = at
        self.column_values = columns[:learnt] + jitter
        ranges = ((-0.6, 1.6), (-3.2, 3.2))
        titles = (f"coin: right {100 * coin.RIGHT:.0f} %", "pure noise")
        self.planes: list[Plane] = []
        self.dots: list[Dots] = []
        for column, (half, limits, title) in enumerate(zip(halves, ranges, titles, strict=True)):
            plane = half.plane(
                (0, 1),
                limits,
                x_names={0.25: "class A", 0.75: "class B"},
                y_names={},
                y_label=title,
                tick_size=scores.TICKED,
            )
            dots = plane.classes(
                np.column_stack([at, self.column_values[:, column]]),
                kind[:learnt],
                radius=0.085,
                colors=(ink.chalk, ink.quiet),
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
        alone = 100 * coin.plant(LEAF).alone.mean()
        told = self.beside(chart, 0, f"forest {100 * planted.right.mean():.0f} %\ncoin alone {alone:.0f} %")
        with self.beat("Ask a forest: by impurity, the noise gets 0.66, and the coin the rest!") as beat:
            self.exchange(chart)
            beat.over(self.grow(chart, impurity, spread, (1,)), until="0.66", least=pace.BRISK)
            beat.over(FadeIn(numbers[1]), until="coin", least=pace.QUICK)
            beat.over(self.grow(chart, impurity, spread, (0, 1)), least=pace.BRISK)
            self.play(FadeIn(numbers[0], told), run_time=pace.BRISK)
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
        with self.beat("Noise offers many thresholds, and decreases are counted on seen rows.") as beat:
            self.exchange(*self.planes, *self.dots)
            beat.over(Create(lines[0]), FadeIn(counts[0]), until="thresholds", least=pace.BRISK)
            beat.over(FadeIn(lines[1], counts[1]), until="decreases", least=pace.BRISK)
            beat.over(words.light(counts[1]))
        self.planted = planted
        self.stop_the_trees()

    def stop_the_trees(self) -> None:
        """The same forests with more rows in a leaf: importance, and the score on unseen rows."""
        full, stopped = self.planted, coin.plant(LEAF)
        before, after = full.impurity.mean(axis=0), stopped.impurity.mean(axis=0)
        spread = stopped.impurity.std(axis=0)
        chart = self.whiskered(
            ["coin", "noise"],
            after,
            (0, 0.85),
            f"mean decrease in impurity; at least {LEAF} samples per leaf, {coin.RUNS} runs",
            ink.chalk,
        )
        numbers = [scores.number(chart, row, value, 2, beyond=spread[row]) for row, value in enumerate(after)]
        right = [100 * found.right.mean() for found in (full, stopped)]
        told = self.beside(
            chart,
            1,
            f"forest {right[0]:.0f} % → [{right[1]:.0f} %:truth]\ncoin alone {100 * stopped.alone.mean():.0f} %",
        )
        with self.beat(
            "Ask for more samples per leaf: the coin leads, and the forest rises from 69 percent to 81."
        ) as beat:
            self.exchange(chart)
            start = {"values": before, "spread": full.impurity.std(axis=0)}
            beat.over(
                glide(chart.redraw, start, {"values": after, "spread": spread}),
                until="leads",
                least=pace.CALM,
            )
            self.play(FadeIn(*numbers), run_time=pace.QUICK)
            beat.over(words.write(told))

    def beside(self, chart: BarChart, row: int, text: str) -> words.Words:
        """Scores on unseen rows, at the right of the bar of a ``row``."""
        told = words.note(f"unseen rows right:\n{text}", size=READ)
        return told.move_to((shot.SAFE.right, chart.row(row).get_center()[1], 0.0), aligned_edge=RIGHT)

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

        self.shot(shot.split(titled=False))
        kept = words.label("values move, classes stay", ink.focus, size=READ)
        kept.move_to(self.planes[0].at(0.5, 1.42))
        with self.beat(
            "Yet the noise keeps a share. So shuffle one unseen column: "
            "the fall of the score is its permutation importance."
        ) as beat:
            self.exchange(*self.planes, *self.dots, kept)
            beat.over(shuffled(0), until="the fall", least=pace.SLOW)
            beat.over(shuffled(1), least=pace.SLOW)
        stopped = 100 * coin.plant(LEAF).permutation
        lost, spread = stopped.mean(axis=0), stopped.std(axis=0)
        chart = self.whiskered(
            ["coin", "noise"],
            lost,
            (-4, 42),
            f"permutation importance: points lost on unseen rows; leaves of {LEAF} or more",
            ink.truth,
        )
        numbers = [
            scores.number(chart, row, value, int(abs(value) < 1), beyond=spread[row] + max(-value, 0))
            for row, value in enumerate(lost)
        ]
        with self.beat("In this last forest, the coin loses 31 points, and the noise about zero.") as beat:
            self.exchange(chart)
            beat.over(self.grow(chart, lost, spread, (0,)), until="31", least=pace.BRISK)
            beat.over(FadeIn(numbers[0]), until="noise", least=pace.QUICK)
            beat.over(self.grow(chart, lost, spread, (0, 1)), until="zero", least=pace.BRISK)
            beat.over(FadeIn(numbers[1]))

    def give_the_coin_a_twin(self) -> None:
        """Two columns that say the same: what is lost when one of them is shuffled, and when both are."""
        twins = 100 * coin.twins(LEAF)
        lost, spread = twins.mean(axis=0), twins.std(axis=0)
        chart = self.whiskered(
            ["one twin\nshuffled", "both\ntogether"],
            lost,
            (-4, 42),
            f"points lost on unseen rows; mean and SD of {len(twins)} runs",
            ink.truth,
        )
        numbers = [scores.number(chart, row, value, beyond=spread[row]) for row, value in enumerate(lost)]
        with self.beat(
            "Give the coin a twin: shuffle one, and the other answers. So shuffle correlated features together."
        ) as beat:
            self.exchange(chart)
            beat.over("shuffle", self.grow(chart, lost, spread, (0,)), until="correlated", least=pace.CALM)
            self.play(FadeIn(numbers[0]), run_time=pace.QUICK)
            beat.over(self.grow(chart, lost, spread, (0, 1)), until="together", least=pace.CALM)
            beat.over(FadeIn(numbers[1]))
        told = words.note("importance\nis not cause", ink.focus, size=ink.POINT)
        told.move_to((shot.SAFE.right, chart.row(0).get_center()[1], 0.0), aligned_edge=RIGHT)
        with self.beat("So trust permutation on held-out rows, and do not read it as cause.") as beat:
            beat.over(words.light(numbers[1]), until="do")
            beat.over(FadeIn(told))

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
        """The first split on the map and in the tree, the tree that memorises, the pruned one, and the forest."""
        self.shot(shot.wide())
        full = tree.grow(self.points, self.labels)
        small = tree.grow(self.points, self.labels, depth=2)
        yard = Vineyard(self.points, self.labels, LAND)
        yard.remove(yard.axes)
        order = sorted(full.questions, key=lambda number: (full.nodes[number].depth, number))
        deep = order[len(small.questions) :]
        parts = rooms(yard.plane, full)
        stroke = yard.stroke(small.nodes[0].column, small.nodes[0].threshold, width=9.0)
        upper, lower = TREE.rows(*HALVES, gap=0.45)
        read = drawn_tree(small, upper, head=HEAD)
        learnt = drawn_tree(full, TREE, head=HEAD, bulk=SLIM).open_each(opened(order))
        names = [
            words.headline(f"[{text}:focus]", size=ink.POINT)
            for text in ("impurity decrease", "pruning", "bootstrap samples", "random features", "out-of-bag")
        ]
        upper.put(names[0], LEFT + UP)
        lower.stack(*names[1:], gap=0.32)

        def ask(share: float) -> Changed:
            read.open_each({0: share}), parts.open_each({0: share})
            return read, parts

        with self.beat("So which question first? The one that lowers impurity most.") as beat:
            self.exchange(parts, yard, read)
            beat.over("one", drive(ask), Create(stroke), until="lowers", least=pace.CALM)
            beat.over(FadeIn(names[0]))

        def ask_all(share: float) -> Changed:
            parts.open_each(dict.fromkeys(order[1:], share))
            return (parts,)

        def fold(share: float) -> Changed:
            parts.open_each(dict.fromkeys(deep, 1 - share))
            return (parts,)

        with self.beat("Ask on to the end, and the tree memorises: so prune.") as beat:
            self.play(
                FadeOut(read), FadeIn(learnt), drive(ask_all), run_time=beat.fill("so", least=pace.SLOW)
            )
            read.open_each(opened(small.questions))
            beat.over(FadeOut(learnt), FadeIn(read, names[1]), drive(fold), least=pace.SLOW)
        ballot = Ballot(yard, self.points, self.labels, 1)
        with self.beat(
            "And average trees that err differently: bootstrap samples, random features, "
            "and out-of-bag rows that judge them.",
            pause=pace.SLOW,
        ) as beat:
            self.add(ballot.field), self.bring_to_front(yard, stroke)
            self.play(FadeOut(parts), FadeIn(ballot.field), run_time=pace.BRISK)
            beat.over(drive(ballot.count, rate_func=linear), until="bootstrap", least=pace.SLOW)
            for name, word in zip(names[2:], ("random", "and out-of-bag", None), strict=True):
                beat.over(FadeIn(name), until=word, least=pace.QUICK)
            self.play(words.light(stroke, ink.chalk), run_time=pace.CALM)
