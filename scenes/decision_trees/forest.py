"""The forest's own exam, and the columns that earn its credit."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, LaggedStart, smooth

from scenes.decision_trees.stage import NAMES, SPRAY, DecisionTreesStage, diary
from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed
from scenes.kit.plane import Plane
from scenes.maths.decision_trees import forest, tree

DIGITS, JUDGES = (12, 24), 8
"""The digits whose judges are shown, by rows of the table, and how many trees: the first dozen in which each has a
judge among so many."""
SHORT = {"color_intensity": "colour", "od280/od315_of_diluted_wines": "OD280"}
"""Names of columns for an axis."""


class Forest(DecisionTreesStage):
    """The forest's own exam, and the columns that earn its credit."""

    # --- credit

    @chapter("Credit for every clean cut", "feature importance in a forest")
    def credit_for_every_clean_cut(self) -> None:
        self.grown = tree.grow(self.points, self.labels, depth=2)
        self.add_up_the_gains()
        self.ask_the_forest()
        self.remember()

    def add_up_the_gains(self) -> None:
        """Gains of the small tree fly from its nodes into one bar a column."""
        drawn = diary(self.grown)
        for number in self.grown.questions:
            drawn.open(number).ask(number)
        chart = Plane(
            (0.4, 2.6),
            (0, 0.3),
            4.6,
            3.9,
            y_label="gain",
            x_names={1.0: NAMES[1], 2.0: NAMES[0]},
            y_ticks=(0, 0.1, 0.2, 0.3),
        )
        chart.move_to((place.LEFT_EDGE, place.FLOOR + 0.3, 0.0), aligned_edge=DOWN + LEFT)
        heights = np.zeros(2)
        bars = chart.bars(np.array([1.0, 2.0]), heights, ink.first, thick=0.5)
        self.add(chart, drawn, bars)
        root, left, right = self.grown.questions
        with self.beat(
            "Which measurement did the work? Pay the gain of every cut to the column that it asked."
        ):
            gains = {}
            for number in self.grown.questions:
                low, high = drawn.bar(number)
                gains[number] = words.label(f"{self.grown.nodes[number].gain:.3f}", ink.focus)
                # Under the outer end of its bar, clear of the links.
                side = LEFT if number == left else RIGHT
                gains[number].next_to(low, DOWN, buff=0.15).align_to(low if side is LEFT else high, side)
            self.play(LaggedStart(*(FadeIn(text) for text in gains.values()), lag_ratio=0.4), run_time=1.5)

        def pay(number: int) -> Animation:
            node, text = self.grown.nodes[number], gains[number]
            side = 0 if node.column == 1 else 1
            start, before = text.get_center(), heights[side]
            heights[side] += node.gain
            now = heights.copy()
            end = chart.at(1.0 + side, now[side]) + 0.3 * UP

            def path(share: float) -> Changed:
                text.move_to(start + share * (end - start))
                mixed = now.copy()
                mixed[side] = before + smooth(float(np.clip(3 * share - 2, 0, 1))) * node.gain
                return (text, bars.redraw(mixed))

            return drive(path)

        with self.beat(
            "Proline gets 0.252. Flavanoids get 0.194 and 0.061: half of the credit each."
        ) as beat:
            self.leave(drawn, run_time=0.5)
            beat.at("0.252", pay(root), run_time=1.0)
            beat.at("0.194", pay(left), run_time=1.0)
            self.play(FadeOut(gains[left]), run_time=0.3)
            beat.at("0.061", pay(right), run_time=1.0)
            shares = 100 * heights / heights.sum()
            halves = [
                words.label(f"{share:.0f} %").move_to(text)
                for share, text in zip(shares, (gains[root], gains[right]), strict=True)
            ]
            beat.at("half", FadeOut(gains[root], gains[right]), FadeIn(*halves), run_time=0.6)
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)

    def ask_the_forest(self) -> None:
        """Importance by a forest on all thirteen columns, with the spread over its trees."""
        credit = forest.give_credit()
        shown = 6
        at = np.arange(1.0, shown + 1)
        chart = place.picture(
            Plane(
                (0.4, shown + 0.6),
                (0, 0.6),
                x_label="the six strongest of 13 columns",
                y_label="importance: share of all gains",
                x_names={spot: SHORT.get(name, name) for spot, name in zip(at, credit.names, strict=False)},
                y_ticks=(0, 0.2, 0.4, 0.6),
            )
        )
        mean, spread = credit.mean[:shown], credit.spread[:shown]
        bars = chart.bars(at, 0.0, ink.first, thick=0.55)
        whiskers = chart.stems(at[:0], 0, 0, ink.chalk)
        values = [
            words.label(f"{value:.3f}", ink.first).next_to(chart.at(spot, value), UP, buff=0.1)
            for spot, value in zip(at[:3], mean, strict=False)
        ]
        with self.beat(
            "Now ask three hundred trees on all 13 columns. Proline leads with 0.187, then come colour and flavanoids."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.6)
            self.add(bars)
            self.play(drive(lambda t: bars.redraw(t * mean)), run_time=1.4)
            for word, value in zip(("0.187", "colour", "flavanoids"), values, strict=True):
                beat.at(word, FadeIn(value), run_time=0.4)
        with self.beat(
            "The whiskers are the spread over trees. One pays proline 0.55, and seventy pay it nothing."
        ) as beat:
            self.play(FadeOut(*values), run_time=0.4)
            beat.until("whiskers")
            self.add(whiskers)
            self.play(
                drive(lambda t: whiskers.redraw(at, np.maximum(mean - t * spread, 0), mean + t * spread)),
                run_time=1.0,
            )
            most = credit.shares[:, 0].max()
            top = chart.dots([(1, most)], ink.focus, radius=0.08)
            name = words.label(f"one tree: {most:.2f}", ink.focus).next_to(top, RIGHT, buff=0.15)
            beat.at("One", FadeIn(top, name), run_time=0.5)
        with self.beat(
            "But gains are counted on bottles already seen, "
            "and a column with many values has more chances to look good."
        ) as beat:
            beat.at("already", bars.animate.set_fill(opacity=0.45), run_time=0.8)
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)

    def remember(self) -> None:
        """The picture to keep: map and tree grow side by side and are pruned, then the crowd's soft map."""
        full = tree.grow(self.points, self.labels)
        order = sorted(full.questions, key=lambda number: full.nodes[number].depth)
        five = next(fold for fold in tree.prune(full) if fold.leaves == 5)
        self.plant(full, 4.6, [])
        mesh = self.plane.mesh()
        votes = forest.ballots(self.points, self.labels, mesh.reshape(-1, 2), SPRAY, 1)
        soft = self.plane.field(forest.poll(votes, 3).reshape(*mesh.shape[:2], 3), opacity=0.5)
        with self.beat("Cut where it cleans most, and cut again.") as beat:
            self.play(FadeIn(self.plane, self.wines, self.tree), run_time=0.6)
            self.add(self.map, self.plane, self.wines, self.tree)
            self.play(self.open_up(order[:3], self.tree.layout_of(order[:3])), run_time=beat.fill())
            self.play(self.open_up(order[3:], self.tree.layout_of()), run_time=1.8)
        with self.beat("Fold back what was only learnt by heart.") as beat:
            folded = [number for number in order if number not in five.asking]
            before, after = self.tree.layout, self.tree.layout_of(five.asking)

            def fold(share: float) -> Changed:
                shares = dict.fromkeys(folded, 1 - share)
                self.tree.settle(before.toward(after, share)).open_each(shares)
                return (self.tree, self.map.open_each(shares))

            self.play(drive(fold), run_time=max(beat.fill(), 2.0))
        with self.beat("And where one tree is nervous, let a crowd of different ones vote.") as beat:
            beat.until("crowd")
            self.add(soft, self.plane, self.wines)
            self.play(FadeIn(soft), FadeOut(self.map), run_time=1.2)
        missed = np.flatnonzero(
            [
                full.nodes[full.way(point, set(five.asking))[-1]].verdict != label
                for point, label in zip(self.points, self.labels, strict=True)
            ]
        )
        with self.beat(
            "Next come trees that do not vote, but repair what the last one missed: gradient boosting."
        ) as beat:
            beat.at("repair", FadeIn(self.wines.ring(missed), scale=1.4), run_time=0.8)
