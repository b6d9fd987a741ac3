"""The first question, and the two rulers that choose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from manim import DOWN, LEFT, UP, Animation, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup, linear

from scenes.decision_trees.stage import NAMES, DecisionTreesStage, X, across, cellar, stack
from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lesson import chapter
from scenes.kit.marginal_chart import MarginalChart
from scenes.kit.parameter_sweep import Changed
from scenes.kit.plane import Plane
from scenes.kit.tree import Tree
from scenes.maths.decision_trees import tree

ROLES = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Table:
    """Gains of two cuts by two rulers: ``cells[ruler][cut]``."""

    questions: list[words.Words]
    rulers: list[words.Words]
    cells: list[list[words.Words]]
    colors: tuple[ManimColor, ManimColor] = (ink.focus, ink.fourth)


class Impurity(DecisionTreesStage):
    """The first question, and the two rulers that choose it."""

    # --- the first question

    @chapter("Ask the question that cleans most", "Gini impurity of a split")
    def ask_what_cleans_most(self) -> None:
        self.lay_out_the_first_cut()
        self.add(self.plane, self.wines, self.split, self.stroke)

        self.slide_the_knife()
        self.draw_twice()
        self.trace_the_mountains()

    def lay_out_the_first_cut(self) -> None:
        """A smaller map with room for a mountain at each axis, and a root with two sides that any cut fills."""
        self.plane = cellar(5.2, 3.5)
        self.wines = self.plane.classes(self.points, self.labels, radius=0.065)
        self.split = Tree({0: (1, 2)}, [self.counts, self.counts, np.zeros(3)], 5.4, 1.7)
        self.split.move_to((3.85, 2.3, 0.0), aligned_edge=UP).open(0)
        self.sides = np.array([self.counts, np.zeros(3)])
        self.stroke = self.knife(self.plane, 0, X[0])
        self.cut(0, float(self.points[:, 0].min()) - 0.05)

    def cut(self, column: int, level: float) -> Changed:
        """The knife on the map stands at ``level``, and the two bars hold what it divides."""
        yes = self.points[:, column] <= level
        self.sides = np.array([tree.tally(self.labels[part], 3) for part in (yes, ~yes)])
        for number, side in enumerate(self.sides, 1):
            self.split.fill(number, side)
        self.split.settle(self.split.layout_of([0]))
        return (self.stroke.redraw(*across(column, level)), self.split)

    def turn_knife(self, column: int, level: float) -> Animation:
        """The knife fades, and comes back elsewhere, while bottles change sides."""
        before, old = self.sides.copy(), self.stroke.points.copy()
        yes = self.points[:, column] <= level
        after = np.array([tree.tally(self.labels[part], 3) for part in (yes, ~yes)])

        def path(share: float) -> Changed:
            self.sides = before + share * (after - before)
            for number, side in enumerate(self.sides, 1):
                self.split.fill(number, side)
            self.split.settle(self.split.layout_of([0]))
            if share < 0.5:
                self.stroke.draw(old)
            else:
                self.stroke.redraw(*across(column, level))
            return (self.stroke.set_stroke(opacity=abs(2 * share - 1)), self.split)

        return drive(path, run_time=0.9)

    def gain(self, impurity: tree.Impurity) -> float:
        """What the cut of now gains."""
        weights = self.sides.sum(axis=1) / len(self.labels)
        return float(impurity(self.counts) - weights @ impurity(self.sides))

    def slide_the_knife(self) -> None:
        """The hook: the knife tries both directions."""
        low, high = self.points.min(axis=0), self.points.max(axis=0)

        def slide(share: float) -> Changed:
            if share < 0.5:
                return self.cut(0, low[0] - 0.05 + 2 * share * (high[0] - low[0] + 0.1))
            return self.cut(1, high[1] + 20 - (2 * share - 1) * (high[1] - low[1] + 40))

        with self.beat(
            "Three grapes, 178 bottles, two measurements. You may ask one yes-or-no question at a time. "
            "Which question first?"
        ) as beat:
            self.play(drive(slide, rate_func=linear), run_time=beat.fill())

        with self.beat(
            "These are real Italian wines: flavanoids across, proline up. Each colour is a grape."
        ) as beat:
            self.play(
                drive(lambda t: self.split.open(0, 1 - t), self.split), FadeOut(self.stroke), run_time=0.9
            )
            lights = [words.light(name) for name in self.plane.names]
            beat.at("flavanoids", LaggedStart(*lights, lag_ratio=0.7), run_time=1.7)
            names = self.name_the_grapes()
            coming = [FadeIn(name, shift=0.1 * UP) for name in names]
            beat.at("colour", LaggedStart(*coming, lag_ratio=0.3), run_time=1.0)
        self.leave(*names)

    def name_the_grapes(self) -> list[words.Words]:
        """A name beside each group, where no bottle is."""
        spots = ((1.65, 1450), (4.45, 640), (0.8, 1080))
        return [
            words.label(f"grape {kind + 1}", ink.CLASSES[kind]).move_to(self.plane.at(*spot))
            for kind, spot in enumerate(spots)
        ]

    def draw_twice(self) -> None:
        """Pairs of bottles drawn blindly, and the square that they fill in the long run."""
        pairs = tree.draw_pairs(len(self.labels), 2000)
        differ = self.labels[pairs[:, 0]] != self.labels[pairs[:, 1]]
        share = 100 * np.cumsum(differ) / np.arange(1, len(differ) + 1)
        exact = float(tree.gini(self.counts))
        shown = np.unique(np.geomspace(1, len(differ), 180).astype(int))
        trail = GrowingCurve(
            shown,
            share[shown - 1],
            (1, 2000),
            (0, 100),
            width=2.5,
            height=2.0,
            x_label="pairs drawn",
            y_label="they differ (%)",
            x_ticks=(1, 10, 100, 1000),
            y_ticks=(0, 50, 100),
            log_x=True,
        )
        trail.move_to((0.6, place.FLOOR + 0.08, 0.0), aligned_edge=DOWN + LEFT)
        pair = self.plane.segment(self.points[:0], self.points[:0], ink.focus, width=3)
        rings = self.wines.ring([])

        def draw(way: float) -> Changed:
            turn = int(np.round(len(differ) ** way)) - 1
            one, two = pairs[turn]
            pair.redraw(self.points[one], self.points[two])
            return (pair, rings.follow(self.wines, [one, two]), trail.reach(turn + 1))

        with self.beat(
            "How mixed is this cellar? Draw a bottle blindly, put it back, draw again. How often do the two differ?"
        ) as beat:
            self.play(FadeIn(trail), run_time=0.6)
            beat.until("Draw")
            draw(0.0)
            self.play(FadeIn(pair, rings), run_time=0.4)
            self.play(drive(draw, rate_func=linear), run_time=beat.fill() + 0.6)
        self.leave(pair, rings)

        square = Plane((0, 1), (0, 1), 2.1, 2.1, x_ticks=[], y_ticks=[])
        square.move_to((4.4, 0.6, 0.0), aligned_edge=UP + LEFT)
        ends = np.concatenate([[0.0], np.cumsum(self.counts) / self.counts.sum()])
        corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
        whole = square.polygon(corners, ink.focus, fill=0.16)
        same = [
            square.polygon(low + (high - low) * corners, color, fill=1.0)
            for low, high, color in zip(ends[:-1], ends[1:], ink.CLASSES, strict=False)
        ]
        form = words.formula(
            f"{{{{ G : gini }}}} &= 1 - sum p_k^2 \\ &= {{{{ {exact:.3f} : value }}}}",
            {"gini": ink.focus, "value": ink.focus},
        )
        form.next_to(whole, DOWN, buff=0.25)
        with self.beat(
            "In the square of all pairs, these three squares are pairs of one grape. "
            "The rest is the Gini impurity: 0.658."
        ) as beat:
            beat.at("square", FadeIn(whole))
            for part, word in zip(same, ("three", "pairs of", "grape"), strict=True):
                beat.at(word, FadeIn(part, scale=0.6), run_time=0.4)
            beat.at("rest", words.light(whole), run_time=0.8)
            beat.at("Gini", words.write(form), run_time=0.9)
            beat.at("0.658", words.light(form.part("value")))
        self.leave(trail, whole, form, *same)

    def mountains(self, impurity: tree.Impurity, color: ManimColor, most: float) -> list[MarginalChart]:
        """What every cut gains, over the map and beside it."""
        swept = [tree.sweep(self.points[:, column], self.labels, impurity) for column in (0, 1)]
        return [
            MarginalChart(self.plane, column, each.threshold, each.gain, most, color)
            for column, each in enumerate(swept)
        ]

    def trace_the_mountains(self) -> None:
        """Gains of all cuts along both axes, and the highest."""
        over, beside = self.mountains(tree.gini, ink.focus, 0.3)
        before = tree.gini(self.counts)
        gauges = [
            Gauge("impurity of all", lambda: before, 3),
            Gauge("of the yes side", lambda: tree.gini(self.sides[0]), 3),
            Gauge("of the no side", lambda: tree.gini(self.sides[1]), 3),
            Gauge("weighted fall", lambda: self.gain(tree.gini), 3, color=ink.focus),
        ]
        stack(gauges)
        start = over.levels[0]
        with self.beat(
            "Now slide the knife. Each side has an impurity of its own. Weigh the two by their sizes: "
            "how far has it fallen?"
        ) as beat:
            self.cut(0, start)
            self.play(
                FadeIn(self.stroke, over), drive(lambda t: self.split.open(0, t), self.split), run_time=0.8
            )
            beat.at("Each", FadeIn(*gauges[:3]))
            beat.at("Weigh", FadeIn(gauges[3]))
            self.play(drive(partial(self.climb, over), rate_func=linear), run_time=beat.fill() + 0.8)

        with self.beat("Then slide it along the other axis.") as beat:
            self.play(FadeIn(beside), self.turn_knife(1, beside.levels[0]), run_time=0.8)
            self.play(drive(partial(self.climb, beside), rate_func=linear), run_time=2.6)

        best = tree.best_cut(self.points, self.labels)
        peak = beside.dot(best.threshold)
        name = words.label(question_of(best), ink.focus).next_to(
            self.plane.at(X[1], best.threshold), UP + LEFT, buff=0.12
        )
        with self.beat(
            "The highest peak is here: is proline at most 755? That question makes impurity fall by 0.252."
        ) as beat:
            end = beside.levels[-1]
            self.play(
                drive(lambda t: self.cut(1, end + t * (best.threshold - end))), run_time=beat.fill("here")
            )
            self.play(FadeIn(peak, scale=2), run_time=0.4)
            beat.at("755", FadeIn(name))
            beat.at("0.252", gauges[3].light())

    def climb(self, mountain: MarginalChart, share: float) -> Changed:
        """The knife goes along its axis and leaves a mountain behind."""
        level = mountain.levels[0] + share * (mountain.levels[-1] - mountain.levels[0])
        mountain.reach(level)
        return (*self.cut(mountain.axis, float(level)), mountain)

    # --- the second ruler

    @chapter("Two rulers, two first questions", "entropy of a split", "information gain")
    def two_rulers(self) -> None:
        self.lay_out_the_first_cut()
        old = self.mountains(tree.gini, ink.focus, 0.3)
        best = tree.best_cut(self.points, self.labels)
        self.cut(1, best.threshold)
        for mountain in old:
            mountain.reach(mountain.levels[-1])
        self.add(self.plane, self.wines, self.split, self.stroke, *old)

        self.measure_in_bits(old)
        self.compare_the_rulers(best)

    def measure_in_bits(self, old: Sequence[MarginalChart]) -> None:
        """Entropy, and the mountains of what every answer saves of it."""
        over, beside = self.mountains(tree.entropy, ink.fourth, 0.75)
        entropy = float(tree.entropy(self.counts))
        form = words.formula(
            f"{{{{ H : bits }}}} = - sum p_k log_2 p_k = {{{{ {entropy:.3f} : value }}}}",
            {"bits": ink.fourth, "value": ink.fourth},
        )
        gained = Gauge("information gain", lambda: self.gain(tree.entropy), 3, "bits", ink.fourth, width=5.0)
        stack([form, gained], gap=0.4)
        with self.beat(
            "A second ruler is entropy: the bits that it takes to name a bottle's grape. Here, 1.567."
        ) as beat:
            beat.at("entropy", words.write(form), run_time=1.0)
            beat.at("1.567", words.light(form.part("value")), run_time=0.9)

        thin = [mountain.curve.animate.set_stroke(opacity=0.45) for mountain in old]
        with self.beat(
            "Slide the knife again. The bits that an answer saves are its information gain."
        ) as beat:
            gone = (FadeOut(mountain.body) for mountain in old)
            self.play(*thin, *gone, self.turn_knife(0, over.levels[0]), run_time=0.8)
            self.add(over)
            self.play(drive(partial(self.climb, over), rate_func=linear), run_time=beat.fill("information"))
            self.play(FadeIn(gained), run_time=0.5)
            self.play(self.turn_knife(1, beside.levels[0]), run_time=0.8)
            self.add(beside)
            self.play(drive(partial(self.climb, beside), rate_func=linear), run_time=1.7)
        self.bits, self.gained, self.entropy_words = over, gained, form

    def compare_the_rulers(self, by_gini: tree.Cut) -> None:
        """The two best first cuts, each measured with both rulers."""
        by_bits = tree.best_cut(self.points, self.labels, tree.entropy)
        peak = self.bits.dot(by_bits.threshold)
        with self.beat(
            "Now the highest peak is elsewhere: flavanoids at most 1.575, worth 0.647 bits."
        ) as beat:
            self.play(self.turn_knife(0, self.bits.levels[0]), run_time=0.8)
            low = self.bits.levels[0]
            self.play(
                drive(lambda t: self.cut(0, float(low + t * (by_bits.threshold - low)))),
                run_time=beat.fill("elsewhere"),
            )
            self.play(FadeIn(peak, scale=2), run_time=0.4)
            beat.at("0.647", self.gained.light())

        sides = [
            words.label(", ".join(f"[{count}:{role}]" for count, role in zip(side, ROLES, strict=True)))
            for side in self.sides
        ]
        for number, text in enumerate(sides, 1):
            low, high = self.split.bar(number)
            text.move_to(((low + high)[0] / 2, low[1] - 0.3, 0.0))
        self.play(VGroup(self.entropy_words, self.gained).animate.shift(0.5 * DOWN), run_time=0.5)
        with self.beat("It frees one side of grape one, and the other side of grape three.") as beat:
            beat.at("one side", FadeIn(sides[0], shift=0.1 * UP))
            beat.at("other", FadeIn(sides[1], shift=0.1 * UP))
        self.leave(self.entropy_words, self.gained, *sides)

        table = self.table(by_gini, by_bits)
        with self.beat(
            "People say that Gini and entropy always agree. Here they part at the very first question."
        ) as beat:
            self.play(FadeIn(*table.questions), run_time=0.5)
            for word, column in (("Gini", 0), ("entropy", 1)):
                beat.at(word, FadeIn(table.rulers[column], *table.cells[column]), run_time=0.5)
            beat.until("part")
            for column, cells in enumerate(table.cells):
                self.play(words.tint(cells[column], table.colors[column]), run_time=0.5)

        with self.beat("Neither is wrong. From here on, you cut by Gini.") as beat:
            self.leave(*table.questions, *table.rulers, *table.cells[0], *table.cells[1])
            beat.at("From", self.turn_knife(1, by_gini.threshold), run_time=1.0)

    def table(self, by_gini: tree.Cut, by_bits: tree.Cut) -> Table:
        """Both cuts, each measured with both rulers."""
        cuts, rulers = (by_gini, by_bits), (tree.gini, tree.entropy)
        rows, columns = (-0.55, -1.25), (4.2, 5.75)
        questions = [words.label(question_of(cut), ink.quiet) for cut in cuts]
        for text, y in zip(questions, rows, strict=True):
            text.move_to((0.95, y, 0.0), aligned_edge=LEFT)
        heads = [words.label(name, ink.quiet) for name in ("Gini", "bits")]
        cells: list[list[words.Words]] = []
        for x, head, ruler in zip(columns, heads, rulers, strict=True):
            head.move_to((x, rows[0] + 0.65, 0.0))
            gains = [tree.gain_of(self.points, self.labels, cut, ruler) for cut in cuts]
            cells.append([words.note(f"{gain:.3f}") for gain in gains])
            for cell, y in zip(cells[-1], rows, strict=True):
                cell.move_to((x, y, 0.0))
        return Table(questions, heads, cells)


def question_of(cut: tree.Cut) -> str:
    """What a cut asks."""
    return f"{NAMES[cut.column]} ≤ {cut.threshold:.4g}"
