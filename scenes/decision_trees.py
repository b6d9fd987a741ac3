"""Decision trees and random forest: cut with the question that cleans most, fold back what does not pay, then vote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    VGroup,
    linear,
    smooth,
)

from scenes.kit import ink, place, words
from scenes.kit.dial import Dial
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.line import Segments
from scenes.kit.margin import Margin
from scenes.kit.panes import Panes
from scenes.kit.partition import Cut, Partition
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.reel import Changed, Reel
from scenes.kit.trail import Trail
from scenes.kit.tree import Layout, Tree
from scenes.maths import forest, tree

NAMES = ("flavanoids", "proline")
X, Y = (0.2, 5.3), (230.0, 1730.0)
"""What the map shows of both columns; the table gives them without units."""
NEW_BOTTLE = np.array([2.45, 605.0])
"""A bottle that walks down the tree: in the room of the second grape, off the others."""
SPRAY = 200
"""Samples of the cellar, and trees that vote on it."""
TYPICAL = 154
"""The point of the noisy data where variance, of one tree and of fifty, is nearest to its mean over all points."""
DIGITS, JUDGES = (12, 24), 8
"""The digits whose judges are shown, by rows of the table, and how many trees: the first dozen in which each has a
judge among so many."""
SHORT = {"color_intensity": "colour", "od280/od315_of_diluted_wines": "OD280"}
"""Names of columns for an axis."""
HELD_FOLD = 3
"""Which of the ten folds the exam in slow motion takes: chosen, of the three with most mistakes, because all of its
mistakes fall into slivers. The lesson therefore calls it one of the harder ones."""
MIDDLE = 3.0
"""Where the tree beside the map has its middle."""


def cellar(width: float = 5.0, height: float = 4.2) -> Plane:
    """The map of the wines, at the left."""
    plane = Plane(X, Y, width, height, x_label=NAMES[0], y_label=NAMES[1], y_ticks=(500, 1000, 1500))
    plane.move_to((place.LEFT_EDGE, place.FLOOR + 0.08, 0.0), aligned_edge=DOWN + LEFT)
    return plane


def diary(grown: tree.Tree, width: float = 6.2, height: float = 4.6, top: float = 2.55) -> Tree:
    """``grown`` as a tree of bars at the right, nothing of it open yet."""
    drawn = Tree(
        {number: (grown.nodes[number].below, grown.nodes[number].above) for number in grown.questions},
        [node.counts for node in grown.nodes],
        width,
        height,
        questions={number: question(grown.nodes[number]) for number in grown.questions},
        values={number: f"{sum(grown.nodes[number].counts)}" for number in grown.leaves},
    )
    return drawn.move_to((MIDDLE, top, 0.0), aligned_edge=UP)


def bare_tree(grown: tree.Tree, height: float, width: float = 6.2, top: float = 2.55) -> Tree:
    """``grown`` as a tree of bars without words."""
    drawn = Tree(
        {number: (grown.nodes[number].below, grown.nodes[number].above) for number in grown.questions},
        [node.counts for node in grown.nodes],
        width,
        height,
    )
    return drawn.move_to((MIDDLE, top, 0.0), aligned_edge=UP)


def question(node: tree.Node) -> str:
    """What the node asks, as it is written at the tree."""
    return f"{NAMES[node.column]} ≤ {node.threshold:.4g}"


def rooms(plane: Plane, grown: tree.Tree, opacity: float = 0.27) -> Partition:
    """The same tree as cuts of the map; each room has the colour of its majority."""
    return Partition(
        plane,
        {
            number: Cut(node.column, node.threshold, node.below, node.above)
            for number, node in ((number, grown.nodes[number]) for number in grown.questions)
        },
        {node.number: (ink.CLASSES[node.verdict], opacity) for node in grown.nodes if node.number},
    )


ROLES = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Table:
    """Gains of two cuts by two rulers: ``cells[ruler][cut]``."""

    questions: list[words.Words]
    rulers: list[words.Words]
    cells: list[list[words.Words]]
    colors: tuple[ManimColor, ManimColor] = (ink.focus, ink.fourth)


def box(room: Floats) -> Floats:
    """The corners (4, 2) of a room, given by two of them."""
    (x0, y0), (x1, y1) = room
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


class DecisionTrees(Lesson):
    """From the first question about a wine to the vote of three hundred trees."""

    def stage(self) -> None:
        """The wines on their map."""
        self.points, self.labels = tree.bottles()
        self.counts = tree.tally(self.labels, 3)
        self.plane = cellar()
        self.wines = self.plane.classes(self.points, self.labels)

    def knife(self, plane: Plane, column: int, level: float) -> Segments:
        """A stroke across the whole map."""
        return plane.segment(*across(column, level), color=ink.focus, width=5)

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
        return (self.stroke.lay(*across(column, level)), self.split)

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
                self.stroke.lay(*across(column, level))
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
        trail = Trail(
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
            pair.lay(self.points[one], self.points[two])
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

    def mountains(self, impurity: tree.Impurity, color: ManimColor, most: float) -> list[Margin]:
        """What every cut gains, over the map and beside it."""
        swept = [tree.sweep(self.points[:, column], self.labels, impurity) for column in (0, 1)]
        return [
            Margin(self.plane, column, each.threshold, each.gain, most, color)
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

    def climb(self, mountain: Margin, share: float) -> Changed:
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

    def measure_in_bits(self, old: Sequence[Margin]) -> None:
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

    # --- the tree

    @chapter("Every stroke grows a branch", "recursive partition beside the growing tree")
    def every_stroke_grows_a_branch(self) -> None:
        self.grown = tree.grow(self.points, self.labels, depth=2)
        self.map, self.tree = rooms(self.plane, self.grown), diary(self.grown)
        self.add(self.map, self.plane, self.wines, self.tree)

        self.grow_three_cuts()
        self.name_the_leaves()
        self.walk_down()

    def stroke_out(self, number: int) -> Animation:
        """The cut runs through its room."""
        return drive(lambda t: self.map.open(number, t), self.map)

    def fly(self, number: int, dip: float = 0.0) -> Animation:
        """A copy of the stroke leaves the map, and lands across the bar that it divides.

        It goes ``dip`` scene units under the straight way, where words stand on that.
        """
        begin, stop = self.map.stroke(number)
        flier = self.plane.segment(begin, stop, ink.focus, width=5)
        low, high = self.tree.bar(number)
        start = self.plane.at(np.array([begin, stop]))
        if np.ptp(start[:, 1]) > np.ptp(start[:, 0]):
            start = start[::-1]
        middle = (low + high)[1] / 2
        end = np.array([[low[0], middle, 0.0], [high[0], middle, 0.0]])

        def path(share: float) -> Changed:
            below = dip * np.sin(np.pi * share) * UP
            here = self.plane.inverse(start + share * (end - start) - below)
            flier.set_stroke(opacity=min(1.0, 4 * (1 - share)))
            return (flier.lay(here[0], here[1]),)

        return drive(path)

    def branch(self, number: int) -> Animation:
        """The bar opens under its question."""
        return drive(lambda t: self.tree.ask(number, min(1.0, 2 * t)).open(number, t), self.tree)

    def grow_three_cuts(self) -> None:
        """The tree of three questions, stroke by stroke."""
        root, left, right = self.grown.questions
        with self.beat(
            "Make the first cut. Its stroke lifts off the map, and becomes the root of a tree."
        ) as beat:
            beat.at("Make", self.stroke_out(root), run_time=0.9)
            beat.at("lifts", self.fly(root), run_time=1.0)
            beat.at("root", self.branch(root), run_time=1.1)

        sides = [words.label(name, ink.quiet) for name in ("yes", "no")]
        for text, part, side in zip(sides, self.tree.children[root], (LEFT, RIGHT), strict=True):
            # The link will end higher, over its question.
            text.next_to(self.tree.link(part).mean(axis=0) + 0.2 * UP, side + UP, buff=0.1)
        with self.beat("111 bottles answer yes, 67 answer no.") as beat:
            beat.at("yes", FadeIn(sides[0]))
            beat.at("no", FadeIn(sides[1]))

        with self.beat("The next knife works inside one room only: are flavanoids at most 1.235?") as beat:
            beat.at("inside", self.stroke_out(left), run_time=0.9)
            self.play(self.fly(left), run_time=0.9)
            beat.at("flavanoids", self.branch(left), run_time=1.1)

        with self.beat("And the third works inside the other, at 2.165.") as beat:
            beat.at("third", self.stroke_out(right), run_time=0.8)
            self.play(self.fly(right, dip=1.1), run_time=0.9)
            self.play(self.branch(right), run_time=0.9)

    def name_the_leaves(self) -> None:
        """Leaves and what is wrong in them."""
        wrong = np.flatnonzero(self.grown.judge(self.points) != self.labels)
        rings = self.wines.ring(wrong, ink.error)
        leaves = self.grown.leaves

        def tell(share: float) -> Changed:
            for leaf in leaves:
                self.tree.tell(leaf, share)
            return (self.tree,)

        with self.beat(
            "Four rooms are four leaves, named after their majority. That is right for 163 of 178 bottles."
        ) as beat:
            beat.at("four", drive(tell), run_time=0.8)
            beat.at("right", FadeIn(rings, scale=1.2), run_time=0.8)
        self.leave(rings)

    def walk_down(self) -> None:
        """A new bottle goes down the tree while the map zooms into its room."""
        way = self.grown.way(NEW_BOTTLE)
        corners = [box(self.map.room(number)) for number in way]
        lit = self.tree.way(way)
        frame = self.plane.polygon(corners[0], ink.focus, width=5)
        new = self.plane.dots([NEW_BOTTLE], ink.chalk, "diamond", radius=0.15)

        def step(begin: float, end: float) -> Animation:
            def path(share: float) -> Changed:
                here = begin + share * (end - begin)
                row = min(int(here), len(corners) - 2)
                part = here - row
                frame.lay((1 - part) * corners[row] + part * corners[row + 1])
                return (lit.reveal(max(here / (len(way) - 1), 1e-6)), frame)

            return drive(path)

        with self.beat(
            "A new bottle comes. Is its proline at most 755? Yes. Are its flavanoids at most 1.235? No."
        ) as beat:
            self.play(FadeIn(new, shift=0.8 * DOWN), run_time=0.7)
            self.bring_to_front(new)
            lit.reveal(1e-6)
            beat.at("Is", FadeIn(frame, lit), run_time=0.5)
            beat.at("Yes", step(0, 1), run_time=1.0)
            beat.at("No", step(1, 2), run_time=1.0)
        with self.beat("It is of grape two. To walk down the tree is to zoom into a room.") as beat:
            self.play(drive(lambda t: new.set_fill(ink.chalk.interpolate(ink.second, t)), new), run_time=0.5)
            beat.until("walk")
            self.play(step(2, 0), run_time=0.9)
            self.play(step(0, 2), run_time=1.2)

    # --- too much of it

    def plant(self, grown: tree.Tree, height: float, opening: Iterable[int]) -> None:
        """The map and the tree of ``grown``, open as far as the nodes ``opening``, without words."""
        self.grown = grown
        self.map = rooms(self.plane, grown)
        self.tree = bare_tree(grown, height)
        shares = dict.fromkeys(opening, 1.0)
        self.map.open_each(shares)
        self.tree.open_each(shares).settle(self.tree.layout_of(shares))

    def open_up(self, order: Sequence[int], full: Layout, lag: float = 3.0) -> Animation:
        """The questions in ``order`` are asked, one shortly after the other, while the tree spreads out."""
        start = self.tree.layout

        def path(share: float) -> Changed:
            now = share * (len(order) - 1 + lag)
            shares = {each: smooth(float(np.clip((now - row) / lag, 0, 1))) for row, each in enumerate(order)}
            self.tree.settle(start.toward(full, smooth(share))).open_each(shares)
            return (self.tree, self.map.open_each(shares))

        return drive(path, rate_func=linear)

    @chapter("A tree without a stop memorises", "overfitting of a deep tree")
    def a_tree_without_a_stop(self) -> None:
        grown = tree.grow(self.points, self.labels)
        by_depth = sorted(grown.questions, key=lambda number: grown.nodes[number].depth)
        self.plant(grown, 2.75, by_depth[:3])
        self.add(self.map, self.plane, self.wines, self.tree)

        self.cut_to_the_end(by_depth[3:])
        self.score_every_depth()
        self.drop_what_was_held_out()

    def cut_to_the_end(self, order: Sequence[int]) -> None:
        """From four leaves to twenty-six."""
        full = self.tree.layout_of()
        with self.beat(
            "Nothing has told the knife to stop. Cut on, until every room holds bottles of one grape only."
        ) as beat:
            beat.until("Cut")
            self.play(self.open_up(order, full), run_time=beat.fill() + 1.9)

    def score_every_depth(self) -> None:
        """Right answers on bottles seen and unseen, as the depth is let grow."""
        depths = (1, 2, 3, 4, 5, 6, 7, 8, 30)
        scores = tree.score_depths(self.points, self.labels, depths)
        at = np.arange(1.0, len(depths) + 1)
        chart = Plane(
            (0.6, 9.4),
            (60, 102),
            4.9,
            1.25,
            x_label="depth: questions in a row",
            y_label="judged right (%)",
            x_names={**{spot: f"{spot:.0f}" for spot in at[:-1]}, at[-1]: "any"},
            y_ticks=(60, 80, 100),
        )
        chart.move_to((MIDDLE, place.FLOOR + 0.08, 0.0), aligned_edge=DOWN)
        seen = chart.curve(at, 100 * scores.seen, ink.chalk, share=0.0)
        unseen = chart.curve(at, 100 * scores.unseen, ink.focus, share=0.0)
        names = [words.label("seen", ink.chalk), words.label("unseen", ink.focus)]
        names[0].next_to(chart.at(5.2, 100 * scores.seen[4]), UP + LEFT, buff=0.1)
        names[1].next_to(chart.at(6, 100 * scores.unseen[5]), DOWN, buff=0.12)
        with self.beat("26 leaves, and no mistake: 100 percent of the bottles that it has seen.") as beat:
            self.play(FadeIn(chart), run_time=0.6)
            self.add(seen)
            self.play(drive(seen.reveal, seen), run_time=beat.fill("100"))
            beat.at("seen", FadeIn(names[0]), run_time=0.5)

        with self.beat(
            "Is that the best tree? On unseen bottles, three questions in a row reach 87 percent. "
            "Without a limit it is 82."
        ) as beat:
            beat.until("unseen")
            self.add(unseen)
            self.play(drive(lambda t: unseen.reveal(t * 2 / 8), unseen), FadeIn(names[1]), run_time=1.2)
            best, last = (
                chart.dots([(spot, 100 * scores.unseen[row])], ink.focus, radius=0.1)
                for spot, row in ((3, 2), (9, 8))
            )
            values = [
                words.label(f"{100 * scores.unseen[row]:.0f} %", ink.focus).next_to(dot, DOWN, buff=0.08)
                for dot, row in ((best, 2), (last, 8))
            ]
            beat.at("87", FadeIn(best, scale=2), FadeIn(values[0]), run_time=0.5)
            beat.until("Without")
            self.play(drive(lambda t: unseen.reveal((2 + 6 * t) / 8), unseen), run_time=beat.fill("82"))
            self.play(FadeIn(last, scale=2), FadeIn(values[1]), run_time=0.5)

    def drop_what_was_held_out(self) -> None:
        """One of the ten folds in slow motion: a tree without eighteen bottles, and where these land."""
        held = tree.hold_out(self.points, self.labels, HELD_FOLD)
        wrong = held.wrong(self.points, self.labels)
        old = self.map, self.tree
        self.plant(held.tree, 2.75, held.tree.questions)
        away = np.zeros(len(self.points))
        away[held.out] = 1.0

        def drop(share: float) -> Changed:
            points = self.points.copy()
            points[held.out, 1] += (1 - share) * 250
            self.wines.place(points, radius=np.where(away > 0, 0.12, 0.05))
            return (self.wines.shade(np.where(away > 0, share, 0.3)),)

        with self.beat(
            "Look at one of the harder exams. Eighteen bottles were kept away while this tree was grown. Now they land."
        ) as beat:
            self.play(drive(lambda t: self.wines.shade(1 - t * np.where(away > 0, 1, 0.7))), run_time=0.8)
            self.add(self.map, self.plane, self.wines)
            self.play(FadeOut(*old), FadeIn(self.map, self.tree), run_time=0.9)
            beat.until("Now")
            self.play(drive(drop), run_time=1.4)

        rings = self.wines.ring(wrong, ink.error)
        slivers = [held.tree.way(self.points[row])[-1] for row in wrong]
        walls = [self.plane.polygon(box(self.map.room(number)), ink.error, width=5) for number in slivers]
        ways = [self.tree.way([self.grown.nodes[number].parent, number], ink.error) for number in slivers]
        with self.beat(
            "Five of them are judged wrong, each in a sliver that was cut around one or two bottles."
        ) as beat:
            beat.at("Five", FadeIn(rings, scale=1.5))
            beat.until("sliver")
            for way in ways:
                way.reveal(1.0)
            self.play(*(Create(wall) for wall in walls), FadeIn(*ways), run_time=1.2)
        rest = np.setdiff1d(np.arange(len(self.points)), held.out)
        learnt = [row for row in rest if held.tree.way(self.points[row])[-1] in slivers]
        with self.beat("The deep tree has learnt those few bottles by heart, not the grape.") as beat:
            beat.at("those", self.wines.subset(learnt).animate.set_opacity(1), run_time=0.5)
            self.play(FadeIn(self.wines.ring(learnt, ink.chalk), scale=1.6), run_time=0.7)

    # --- pruning

    @chapter("Each branch must earn its leaves", "cost-complexity pruning path")
    def each_branch_must_earn(self) -> None:
        grown = tree.grow(self.points, self.labels)
        self.plant(grown, 2.55, grown.questions)
        self.folds = tree.prune(grown)
        self.prices = Reel(np.array([0.002, 0.5]), log=True)
        self.add(self.map, self.plane, self.wines, self.tree)

        self.put_a_price_on_leaves()
        self.fold_to_five()
        self.fold_to_the_root()
        self.name_the_limits()

    def put_a_price_on_leaves(self) -> None:
        """The cost of a tree: its impurity, and a price for each leaf."""
        cost = words.formula(
            "{{ R(T) : mixed }} + {{ alpha : price }} dot {{ |T| : leaves }}",
            {"mixed": ink.chalk, "price": ink.focus, "leaves": ink.fourth},
        )
        self.dial = Dial("price of a leaf, $alpha$", (0.003, 0.03, 0.3), log=True, width=2.6, value=0.003)
        cost.move_to((-0.15, -0.45, 0.0), aligned_edge=UP + LEFT)
        self.dial.next_to(cost, DOWN, buff=0.4, aligned_edge=LEFT)
        with self.beat(
            "Let every leaf have a price, alpha. A branch may stay if it saves more impurity than its leaves cost."
        ) as beat:
            beat.at("price", FadeIn(self.dial))
            beat.at("saves", words.write(cost), run_time=1.0)
            beat.at("impurity", words.light(cost.part("mixed")), run_time=0.6)
            beat.at("leaves", words.light(cost.part("leaves")), run_time=0.6)
        self.price = Gauge("price now", lambda: self.dial.value, 3, color=ink.focus, width=2.6)
        place.under(self.price, self.dial, gap=0.28)

    def fold(self, row: int) -> Animation:
        """The price rises to where step ``row`` of the path folds its branches."""
        step = self.folds[row]
        begin, end = np.log([max(self.folds[row - 1].price, 0.003), step.price])
        before, after = self.tree.layout, self.tree.layout_of(step.asking)

        def path(share: float) -> Changed:
            shares = {number: 1 - smooth(share) for number in step.folded}
            self.tree.settle(before.toward(after, smooth(share))).open_each(shares)
            self.dial.turn(float(np.exp(begin + share * (end - begin))))
            changed = (self.tree, self.map.open_each(shares), self.dial.knob)
            return (*changed, self.trail.reach(float(row - 1 + share)))

        return drive(path, rate_func=linear)

    def fold_to_five(self) -> None:
        """From twenty-six leaves to the five that judge best."""
        scores = tree.score_prices(self.points, self.labels, tuple(fold.price for fold in self.folds))
        at = np.arange(float(len(self.folds)))
        best = int(np.argmax(scores.unseen))
        self.trail = Trail(
            at,
            100 * scores.unseen,
            (0, at[-1]),
            (50, 106),
            width=2.45,
            height=1.45,
            x_label="leaves",
            y_label="unseen, right (%)",
            x_names={row: f"{self.folds[row].leaves}" for row in (0, 5, best, len(at) - 1)},
            y_ticks=(50, 70, 90),
        )
        self.trail.move_to((place.RIGHT_EDGE, place.FLOOR + 0.08, 0.0), aligned_edge=DOWN + RIGHT)
        with self.beat(
            "Raise the price. The branch that saves least for its leaves folds first, and on the map its rooms melt."
        ) as beat:
            self.play(FadeIn(self.trail, self.price), run_time=0.5)
            beat.until("branch")
            for row in range(1, best + 1):
                self.play(self.fold(row), run_time=0.65)

        low, high = (100 * (scores.unseen + sign * scores.error) for sign in (-1, 1))
        band = self.trail.chart.area(at, low, high, ink.focus)
        with self.beat(
            "At five leaves most unseen bottles are judged right, 87.5 percent. "
            "Within the band of error, four or six may be as good."
        ) as beat:
            value = words.label(f"{100 * scores.unseen[best]:.1f} %", ink.focus).next_to(
                self.trail.tip, UP, buff=0.1
            )
            beat.at("87.5", words.light(self.trail.tip), FadeIn(value), run_time=0.8)
            beat.at("band", FadeIn(band), run_time=0.8)

    def fold_to_the_root(self) -> None:
        """The last prices are the gains of the first cuts."""
        four = next(row for row, fold in enumerate(self.folds) if fold.leaves == 4)
        with self.beat("Go on, and your first three cuts are left. One folds at 0.061.") as beat:
            beat.at("first", self.fold(four), run_time=0.8)
            beat.at("0.061", self.fold(four + 1), run_time=0.8)
        with self.beat("The next folds at 0.194.") as beat:
            beat.at("0.194", self.fold(four + 2), run_time=0.8)
        with self.beat("The last at 0.252. That is exactly what each of them had gained.") as beat:
            beat.at("0.252", self.fold(four + 3), run_time=0.8)

    def name_the_limits(self) -> None:
        """Back to five leaves; then a slanted border, which costs a staircase."""
        five = next(fold for fold in self.folds if fold.leaves == 5)
        before, after = self.tree.layout, self.tree.layout_of(five.asking)

        def unfold(share: float) -> Changed:
            shares = dict.fromkeys(five.asking, share)
            self.tree.settle(before.toward(after, share)).open_each(shares)
            self.dial.turn(0.5 ** (1 - share) * five.price**share)
            return (self.tree, self.map.open_each(shares), self.dial.knob)

        with self.beat("So the tree without a mistake was not the best one.") as beat:
            beat.at("mistake", drive(unfold), run_time=1.8)
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)

        points, labels = tree.slant()
        grown = tree.grow(points, labels)
        square = Plane((0, 1), (0, 1), 4.8, 4.8, x_ticks=[], y_ticks=[])
        square.move_to((-3.4, (place.TOP - place.HEAD + place.FLOOR) / 2, 0.0))
        stairs, steps = rooms(square, grown), bare_tree(grown, 3.4)
        dots = square.classes(points, labels)
        border = square.line((1, 1), -1.0, color=ink.truth, dashed=True)
        order = sorted(grown.questions, key=lambda number: grown.nodes[number].depth)
        count = Gauge(
            "leaves", lambda: 1 + sum(share >= 0.5 for share in steps.opened.values()), 0, digits=2, width=3.0
        )
        count.move_to((MIDDLE, -1.9, 0.0))
        self.map, self.tree = stairs, steps
        with self.beat(
            "Two limits remain. The knife is greedy: it never gives up gain now for a better cut later."
        ) as beat:
            self.play(FadeIn(square, dots, border), run_time=0.8)
            self.add(stairs, square, border, dots)
            beat.until("greedy")
            self.play(FadeIn(steps, count), run_time=0.5)
            self.play(self.open_up(order[:2], steps.layout), run_time=beat.fill())
        with self.beat("And it cuts along the axes only. A slanted border costs it a staircase.") as beat:
            beat.until("slanted")
            self.play(self.open_up(order[2:], steps.layout), run_time=max(beat.fill(), 3.0))

    # --- a crowd

    @chapter(
        "Shake the cellar, and the tree changes its mind", "Random Forest as bagged, de-correlated trees"
    )
    def the_tree_changes_its_mind(self) -> None:
        self.add(self.plane, self.wines)

        self.shake_the_cellar()
        self.grow_a_tree_on_each()
        self.hide_a_column()

    def shake_the_cellar(self) -> None:
        """Resamples of the bottles, and the first cut of a tree on each."""
        spray = forest.spray(self.points, self.labels, SPRAY)
        knife = self.knife(self.plane, int(spray.column[0]), float(spray.threshold[0]))
        cuts = np.array(
            [across(int(c), float(t)) for c, t in zip(spray.column, spray.threshold, strict=True)]
        )
        thin = self.plane.segment(cuts[:0, 0], cuts[:0, 1], ink.focus, width=2)
        thin.set_stroke(opacity=0.35)
        now = np.ones(len(self.points))

        def shake(seed: int) -> Animation:
            before = now.copy()
            now[:] = np.bincount(forest.resample(len(self.points), seed), minlength=len(self.points))
            after = now.copy()

            def path(share: float) -> Changed:
                times = (1 - share) * before + share * after
                self.wines.place(radius=0.075 * np.sqrt(np.maximum(times, 0.7)))
                return (self.wines.shade(np.clip(times, 0.14, 1)),)

            return drive(path)

        with self.beat(
            "Sample the cellar: draw 178 bottles, and put each one back. Some come twice, and a third stays out."
        ) as beat:
            beat.at("draw", shake(0), run_time=1.4)
        with self.beat(
            "Its best first question is another one: proline at most 903. The next sample asks about flavanoids."
        ) as beat:
            beat.at("question", FadeIn(knife), run_time=0.6)
            beat.until("next")
            thin.lay(cuts[:1, 0], cuts[:1, 1])
            self.add(thin, self.wines, knife)
            self.play(shake(1), FadeOut(knife), run_time=0.8)
            knife.lay(*cuts[1])
            self.play(FadeIn(knife), run_time=0.5)

        gauges = [self.asking(column) for column in (1, 0)]
        self.asked = np.bincount(spray.column[:2], minlength=2)
        stack(gauges, top=2.2, left=0.7)

        def pour(share: float) -> Changed:
            count = round(2 + share * (SPRAY - 2))
            self.asked = np.bincount(spray.column[:count], minlength=2)
            return (thin.lay(cuts[:count, 0], cuts[:count, 1]),)

        with self.beat(
            "Of two hundred samples, 147 first ask about proline, 53 about flavanoids: a nervous expert."
        ) as beat:
            self.play(FadeOut(knife), FadeIn(*gauges), run_time=0.5)
            self.play(drive(pour, rate_func=linear), run_time=max(beat.fill("147"), 2.0))
            self.play(gauges[0].light())
            beat.at("53", gauges[1].light())
        self.play(FadeOut(thin, *gauges), shake_back(self.wines, now), run_time=0.7)

    def asking(self, column: int) -> Gauge:
        """How many first questions are about a column."""
        self.asked = np.zeros(2, dtype=int)
        return Gauge(f"ask about {NAMES[column]}", lambda: self.asked[column], 0, digits=3, width=4.6)

    def grow_a_tree_on_each(self) -> None:
        """Twelve of two hundred full trees as little maps, and the vote of all on the large one."""
        mesh = self.plane.mesh()
        asked = mesh.reshape(-1, 2)
        shape = (*mesh.shape[:2], 3)
        self.votes = [forest.ballots(self.points, self.labels, asked, SPRAY, columns) for columns in (2, 1)]
        self.panes = Panes(3, 4, X, Y, 6.2, 4.0)
        self.panes.move_to((MIDDLE, 2.55, 0.0), aligned_edge=UP)
        self.little = self.panes.fields(self.votes[0][:12].reshape(12, *shape[:2]), opacity=0.6)
        field = self.plane.field(forest.poll(self.votes[0][:1], 3).reshape(shape), opacity=0.5)
        scores = 100 * forest.score_bags(self.points, self.labels, (1, SPRAY), 2)
        self.vote_field, self.shape = field, shape
        self.voters, self.score = 1, 0.0
        gauges = [
            Gauge("trees that vote", lambda: self.voters, 0, digits=3, width=6.2),
            Gauge("unseen bottles right", lambda: self.score, 1, "%", ink.focus, width=6.2),
        ]
        stack(gauges, top=-1.85, left=-0.1)

        with self.beat(
            "So do not trust one. Grow a full tree on each sample, with a map of its own."
        ) as beat:
            coming = [
                FadeIn(little, pane) for little, pane in zip(self.little, self.panes.submobjects, strict=True)
            ]
            beat.at("Grow", LaggedStart(*coming, lag_ratio=0.15), run_time=2.6)

        def count(share: float) -> Changed:
            self.voters = round(SPRAY**share)
            return (field.show(forest.poll(self.votes[0][: self.voters], 3).reshape(shape)),)

        with self.beat("Then let them vote: slivers fade, and borders get soft.") as beat:
            self.add(field, self.plane, self.wines)
            self.play(FadeIn(field, gauges[0]), run_time=0.7)
            self.play(drive(count, rate_func=linear), run_time=beat.fill() + 1.0)
        alone = 100 * float(tree.score_depths(self.points, self.labels, (30,)).unseen[0])
        self.score = alone
        with self.beat("A single full tree judges 82.4 percent of unseen bottles right.") as beat:
            beat.at("82.4", FadeIn(gauges[1]))
        with self.beat("Two hundred votes reach 85.0.") as beat:
            rise = drive(lambda t: self.rate(alone + t * (scores[1] - alone)), gauges[1])
            self.play(rise, run_time=beat.fill("85.0"))
        self.vote_gauges = gauges

    def rate(self, score: float) -> None:
        """The score that is shown."""
        self.score = score

    def hide_a_column(self) -> None:
        """The same trees, when every cut may look at one column only."""
        shape, before = self.shape, self.score
        after = 100 * float(forest.score_bags(self.points, self.labels, (SPRAY,), 1)[0])
        others = self.panes.fields(self.votes[1][:12].reshape(12, *shape[:2]), opacity=0.6)
        polls = [forest.poll(votes, 3).reshape(shape) for votes in self.votes]

        def show(share: float) -> Changed:
            self.score = before + share * (after - before)
            return (self.vote_field.show((1 - share) * polls[0] + share * polls[1]),)

        with self.beat(
            "Now make them differ more. At every cut, hide one of the two measurements, drawn by chance."
        ) as beat:
            beat.until("hide")
            self.add(*others, *self.panes.submobjects)
            self.play(FadeOut(*self.little), FadeIn(*others), run_time=1.4)
        with self.beat(
            "Their vote reaches 88.6. Sampled rows and hidden columns make a random forest."
        ) as beat:
            self.play(drive(show), run_time=beat.fill("88.6") + 0.4)
            self.play(self.vote_gauges[1].light())
        with self.beat("The pruned tree is about as good. But here nobody had to choose a price.") as beat:
            beat.at("good", self.vote_gauges[1].light(), run_time=0.8)

    # --- why they must differ

    @chapter("Crowds help only if they differ", "variance reduction by averaging trees")
    def crowds_help_only_if_they_differ(self) -> None:
        self.crowds = {columns: forest.crowd(columns) for columns in (10, 4, 2)}
        self.watch_the_mean()
        self.split_the_variance()
        self.pay_with_bias()

    def watch_the_mean(self) -> None:
        """What fifty trees say at one place, for forty training sets."""
        said = self.crowds[10].said[:, :, TYPICAL]
        sets, trees = said.shape
        off = said - said.mean()
        chart = place.picture(
            Plane(
                (0, sets + 1),
                (-26, 26),
                x_label="training sets",
                y_label="away from their mean",
                x_ticks=(1, 10, 20, 30, 40),
                y_ticks=(-20, 0, 20),
            )
        )
        at = np.repeat(np.arange(1.0, sets + 1), trees)
        cloud = chart.cloud(np.zeros((0, 2)), ink.first, radius=0.03, opacity=0.75)
        means = chart.dots(
            np.column_stack([np.arange(1.0, sets + 1), off.mean(axis=1)]), ink.focus, radius=0.085
        )
        self.add(chart)

        def fill(share: float) -> Changed:
            count = round(share * sets * trees)
            return (cloud.place(np.column_stack([at[:count], off.ravel()[:count]])),)

        with self.beat(
            "Why must they differ? Take noisy data whose truth is known, forty training sets of it, "
            "and fifty trees on each."
        ) as beat:
            beat.until("noisy")
            self.add(cloud)
            self.play(drive(fill, rate_func=linear), run_time=beat.fill() + 0.5)
        one, mean = words.note("one tree", ink.first), words.note("mean of fifty", ink.focus)
        place.aside(one, mean)
        with self.beat("A blue dot is what one tree says about one place.") as beat:
            beat.at("blue", FadeIn(one))
        with self.beat(
            "A yellow dot is the mean of fifty. What each errs alone has cancelled. What they share has not."
        ) as beat:
            beat.at(
                "yellow",
                FadeIn(means, mean),
                drive(lambda t: cloud.set_stroke(opacity=0.75 - 0.4 * t), cloud),
            )
            beat.at("share", words.light(mean))
        self.play(FadeOut(chart, cloud, means, one, mean), run_time=0.5)

    def split_the_variance(self) -> None:
        """Variance of the mean of B trees: the shared part as a floor, the rest shrinking on it."""
        counts = np.array([1, 2, 5, 10, 25, 50])
        at = np.arange(1.0, len(counts) + 1)
        chart = place.picture(
            Plane(
                (0.4, 6.6),
                (0, 45),
                x_label="trees $B$ in the mean",
                y_label="variance of the mean",
                x_names={spot: f"{count}" for spot, count in zip(at, counts, strict=True)},
                y_ticks=(0, 10, 20, 30, 40),
            )
        )
        crowd = self.crowds[10]
        whole = chart.bars(at, 0.0, ink.first)
        floor = chart.bars(at, 0.0, ink.error)
        measured = chart.dots(
            np.column_stack([at, [crowd.measured(int(count)) for count in counts]]),
            ink.chalk,
            "ring",
            radius=0.1,
        )
        self.variance, self.fifty, self.low = crowd.variance, crowd.measured(50), crowd.floor
        form = words.formula(
            "{{ rho sigma^2 : floor }} + {{ (1 - rho) sigma^2 \\/ B : rest }}",
            {"floor": ink.error, "rest": ink.first},
        )
        gauges = [
            Gauge("one tree, $sigma^2$", lambda: self.variance, 1),
            Gauge("mean of fifty", lambda: self.fifty, 1),
            Gauge("floor, $rho sigma^2$", lambda: self.low, 1, color=ink.error),
        ]
        place.aside(form, *gauges)

        def stand(one: forest.Crowd, other: forest.Crowd, share: float) -> Changed:
            def mixed(left: Floats | float, right: Floats | float) -> Floats:
                return np.asarray((1 - share) * np.asarray(left) + share * np.asarray(right))

            self.variance = float(mixed(one.variance, other.variance))
            self.fifty, self.low = (
                float(mixed(one.measured(50), other.measured(50))),
                float(mixed(one.floor, other.floor)),
            )
            whole.stand(mixed(one.predicted(counts), other.predicted(counts)))
            floor.stand(np.full(len(at), self.low))
            tops = [mixed(one.measured(int(count)), other.measured(int(count))) for count in counts]
            return (whole, floor, measured.place(np.column_stack([at, tops])))

        with self.beat(
            "Over all places, one tree has a variance of 38.3. The mean of fifty still has 4.6."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.5)
            beat.until("one tree")
            self.play(FadeIn(measured[0], gauges[0], scale=1.2), run_time=0.5)
            coming = [FadeIn(dot, scale=2) for dot in measured[1:]]
            self.play(LaggedStart(*coming, lag_ratio=0.3), run_time=beat.fill("4.6"))
            self.play(FadeIn(gauges[1]), run_time=0.5)

        with self.beat("Two parts give these dots. The blue one is divided by the number of trees.") as beat:
            self.add(whole, floor, measured)
            beat.until("parts")
            self.play(
                drive(
                    lambda t: (
                        whole.stand(t * crowd.predicted(counts)),
                        floor.stand(np.full(len(at), t * crowd.floor)),
                    )
                ),
                words.write(form),
                run_time=1.4,
            )
            beat.at("blue", words.light(form.part("rest"), ink.first), run_time=0.9)

        with self.beat(
            "The red one is what trees have in common: rho is their correlation. No crowd gets below 3.9."
        ) as beat:
            beat.at("red", words.light(form.part("floor"), ink.focus), run_time=0.9)
            beat.at("3.9", FadeIn(gauges[2]))

        with self.beat(
            "So make them share less: let every cut look at only four of ten columns. The floor sinks to 2.5."
        ) as beat:
            beat.until("four")
            self.play(drive(lambda t: stand(crowd, self.crowds[4], t)), run_time=max(beat.fill("2.5"), 1.5))
            self.play(gauges[2].light())
        self.play(FadeOut(chart, whole, floor, measured, form, *gauges), run_time=0.5)

    def pay_with_bias(self) -> None:
        """Squared bias and variance of the forest for ten, four and two columns."""
        at = np.arange(1.0, 4.0)
        crowds = list(self.crowds.values())
        chart = place.picture(
            Plane(
                (0.3, 3.7),
                (0, 10),
                x_label="columns that a cut may look at",
                y_label="squared error of fifty trees",
                x_names={spot: f"{columns}" for spot, columns in zip(at, self.crowds, strict=True)},
                y_ticks=(0, 5, 10),
            )
        )
        bias = np.array([each.bias for each in crowds])
        loss = np.array([each.loss for each in crowds])
        whole = chart.bars(at, bias, ink.second, thick=0.5)
        low = chart.bars(at, 0.0, ink.fourth, thick=0.5)
        names = [words.note("variance", ink.second), words.note("bias²", ink.fourth)]
        place.aside(*names)
        totals = [
            words.label(f"{value:.1f}").next_to(chart.at(spot, value), UP, buff=0.12)
            for spot, value in zip(at, loss, strict=True)
        ]
        whole.stand(0.0)
        with self.beat(
            "That has a price. Trees that may not look lean further from the truth: their bias grows."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.5)
            self.add(whole, low)
            beat.until("Trees")
            self.play(drive(lambda t: low.stand(t * bias)), run_time=beat.fill("bias"))
            self.play(FadeIn(names[1]), run_time=0.5)
        with self.beat(
            "Now put the variance on top: 8.6 with ten columns, 7.9 with four, 8.9 with two. "
            "Hide too much, and you lose."
        ) as beat:
            self.play(drive(lambda t: whole.stand(bias + t * (loss - bias))), FadeIn(names[0]), run_time=1.2)
            for word, total in zip(("8.6", "7.9", "8.9"), totals, strict=True):
                beat.at(word, FadeIn(total, scale=1.3), run_time=0.5)

    # --- the exam

    @chapter("Every tree has rows it never saw", "out-of-bag evaluation")
    def every_tree_has_unseen_rows(self) -> None:
        self.exam = forest.examine()
        self.lay_out_judges()
        self.count_the_votes()
        self.add_trees()

    def lay_out_judges(self) -> None:
        """Twelve digits, eight trees, and who met whom."""
        rows = np.arange(*DIGITS)
        pictures, self.kinds = forest.digit_pictures(rows)
        count = len(rows)
        self.panes = Panes(1, count, (0, 1), (0, 1), 9.4, 9.4 / count - 0.13, gap=0.14)
        self.panes.move_to((0.6, 2.35, 0.0), aligned_edge=UP)
        self.pictures = self.panes.fields(pictures[:, ::-1], colors=[ink.chalk], opacity=1.0, smooth=False)
        across_ = [float(plane.box[:, 0].mean()) for plane in self.panes.planes]
        self.board = Plane((0, 1), (0, 1), 9.4, 3.2, x_ticks=[], y_ticks=[])
        self.board.move_to((0.6, 1.45, 0.0), aligned_edge=UP)
        heights = np.linspace(1.3, -1.55, JUDGES)
        spots = np.array([[[x, y, 0.0] for x in across_] for y in heights])
        self.cells = self.board.inverse(spots)[..., :2]
        self.missed = self.exam.missed[:JUDGES, rows]
        self.right = self.exam.right[:JUDGES, rows]
        seen = self.board.dots(self.cells[~self.missed], ink.faint, "square", radius=0.055)
        names = [
            words.label(f"tree {row + 1}", ink.quiet).move_to((-4.75, y, 0.0), aligned_edge=RIGHT)
            for row, y in enumerate(heights)
        ]
        self.add(*self.pictures, *self.panes.frames)
        with self.beat(
            "Take twelve handwritten digits, and eight trees of a forest. "
            "A grey square is a digit that the tree was grown on."
        ) as beat:
            beat.at("eight", LaggedStart(*(FadeIn(name) for name in names), lag_ratio=0.1), run_time=1.0)
            beat.at("grey", FadeIn(seen), run_time=0.8)
        self.seen_dots, self.tree_names = seen, names

    def count_the_votes(self) -> None:
        """Only trees that missed a digit judge it."""
        marks = [
            self.board.dots(self.cells[self.missed & self.right], ink.third, radius=0.1),
            self.board.dots(self.cells[self.missed & ~self.right], ink.error, "cross", radius=0.1),
        ]
        free = self.board.dots(self.cells[self.missed], ink.chalk, "ring", radius=0.1)
        with self.beat("The rings are the others: about 37 percent of all rows never met the tree.") as beat:
            beat.at("rings", FadeIn(free), self.seen_dots.animate.shade(0.45), run_time=0.8)
            beat.at("never", words.light(free), run_time=0.9)
        with self.beat(
            "So let those trees alone judge a digit. A green dot reads it right, a red cross does not."
        ) as beat:
            beat.at("green", FadeIn(marks[0]), FadeOut(free), run_time=0.7)
            beat.at("red", FadeIn(marks[1]), run_time=0.6)

        vote = self.exam.vote(JUDGES)[np.arange(*DIGITS)]
        verdicts = [
            words.note(f"{read}", ink.third if read == kind else ink.error).move_to(
                (float(plane.box[:, 0].mean()), -2.3, 0.0)
            )
            for plane, read, kind in zip(self.panes.planes, vote, self.kinds, strict=True)
        ]
        name = words.label("their vote", ink.quiet).move_to((-4.75, -2.3, 0.0), aligned_edge=RIGHT)
        with self.beat(
            "Each column votes, and two of twelve votes are wrong. "
            "No judge had seen its case: that is out-of-bag evaluation."
        ) as beat:
            beat.at("column", LaggedStart(*(FadeIn(each) for each in verdicts), lag_ratio=0.15), run_time=1.6)
            beat.at("judge", FadeIn(name), run_time=0.4)
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)

    def add_trees(self) -> None:
        """The error of the vote as trees are added, beside a single tree and ten folds."""
        exam = self.exam
        trees = np.arange(1, len(exam.error) + 1)
        chart = place.picture(
            Plane(
                (4, 300),
                (0, 20),
                x_label="trees in the forest",
                y_label="votes that are wrong (%)",
                x_names={5: "5", 10: "10", 20: "20", 40: "40", 80: "80", 300: "300"},
                y_ticks=(0, 5, 10, 15, 20),
                log_x=True,
            )
        )
        curve = chart.curve(trees[4:], 100 * exam.error[4:], ink.focus, share=0.0)
        lines = [
            chart.segment((4, 100 * level), (300, 100 * level), color, dashed=True)
            for level, color in ((exam.alone, ink.quiet), (exam.fresh, ink.truth))
        ]
        names = [
            words.label(f"a single tree, ten folds: {100 * exam.alone:.0f} %", ink.quiet)
            .next_to(lines[0], UP, buff=0.1)
            .align_to(lines[0], RIGHT),
            words.label(f"the forest, ten folds: {100 * exam.fresh:.1f} %", ink.truth)
            .move_to(chart.at(9, 0))
            .next_to(chart.at(4.2, 100 * exam.fresh), UP + RIGHT, buff=0.1),
        ]
        tip = chart.dots([(5, 100 * exam.error[4])], ink.focus, radius=0.09)
        self.drawn = 0
        gauge = Gauge(
            "out-of-bag error", lambda: 100 * exam.error[self.drawn + 4], 1, "%", ink.focus, digits=2
        )
        place.aside(gauge)

        def reach(count: int) -> Animation:
            begin, end = self.drawn, count - 5

            def path(share: float) -> Changed:
                row = (begin + 5) ** (1 - share) * (end + 5) ** share - 5
                self.drawn = round(row)
                curve.reveal(row / (len(trees) - 5))
                return (curve, tip.place([curve.tip(row / (len(trees) - 5))]))

            return drive(path, rate_func=linear)

        with self.beat(
            "With five trees, 18.4 percent of all votes are wrong, since few judges sit on a case."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.5)
            beat.at("five", FadeIn(gauge), FadeIn(tip, scale=2), run_time=0.6)
            self.add(curve, tip)
        with self.beat("With forty, it is 3.7.") as beat:
            self.play(reach(40), run_time=max(beat.fill("3.7"), 1.2))
        with self.beat("With three hundred, 1.9.") as beat:
            self.play(reach(300), run_time=max(beat.fill("1.9"), 1.2))
            self.play(gauge.light(), run_time=0.6)
        with self.beat(
            "Ten folds, ten times the work, say 2.3 for the forest, and 15 for a single tree."
        ) as beat:
            beat.at("2.3", Create(lines[1]), FadeIn(names[1]), run_time=0.8)
            beat.at("15", Create(lines[0]), FadeIn(names[0]), run_time=0.8)
        with self.beat(
            "Adding trees does not overfit: the vote settles. "
            "But rows must be independent, and these digits come from only thirteen hands."
        ) as beat:
            beat.at("settles", words.light(tip), run_time=1.0)
            beat.at("independent", gauge.light(), run_time=1.0)

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
                return (text, bars.stand(mixed))

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
            self.play(drive(lambda t: bars.stand(t * mean)), run_time=1.4)
            for word, value in zip(("0.187", "colour", "flavanoids"), values, strict=True):
                beat.at(word, FadeIn(value), run_time=0.4)
        with self.beat(
            "The whiskers are the spread over trees. One pays proline 0.55, and seventy pay it nothing."
        ) as beat:
            self.play(FadeOut(*values), run_time=0.4)
            beat.until("whiskers")
            self.add(whiskers)
            self.play(
                drive(lambda t: whiskers.stand(at, np.maximum(mean - t * spread, 0), mean + t * spread)),
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

    def poster(self) -> None:
        """The map in four rooms, and the same three strokes as a tree."""
        grown = tree.grow(self.points, self.labels, depth=2)
        shares = dict.fromkeys(grown.questions, 1.0)
        plane = Plane(X, Y, 7.2, ink.FRAME_HEIGHT + 0.2, x_ticks=[], y_ticks=[])
        plane.move_to((-ink.FRAME_WIDTH / 2, 0.0, 0.0), aligned_edge=LEFT)
        parts = rooms(plane, grown, opacity=0.5).open_each(shares)
        parts.strokes.set_stroke(width=8)
        wines = plane.classes(self.points, self.labels, radius=0.12)
        drawn = bare_tree(grown, 2.1, width=4.9).open_each(shares).scale(1.2)
        drawn.links.set_stroke(ink.chalk, width=6)
        root = parts.stroke(0)[0]
        drawn.shift(plane.at(root) - drawn.bar(0).mean(axis=0))
        drawn.set_x(0.5 * ink.FRAME_WIDTH / 2 + 0.1)
        low, high = drawn.bar(0)
        glow = plane.segment(
            root, plane.inverse(np.array([low[0], (low + high)[1] / 2, 0.0])), ink.focus, width=14
        )
        text = words.headline("Cut. Then\n[cut again:focus]", size=ink.POSTER)
        text.move_to((3.65, 1.7, 0.0))
        self.add(parts, glow, wines, drawn, text)


def shake_back(wines: Dots, times: Floats) -> Animation:
    """Every bottle is there once again."""
    before = times.copy()

    def path(share: float) -> Changed:
        now = (1 - share) * before + share
        wines.place(radius=0.075 * np.sqrt(np.maximum(now, 0.7)))
        return (wines.shade(np.clip(now, 0.14, 1)),)

    return drive(path)


def across(column: int, level: float) -> tuple[Floats, Floats]:
    """Both ends of the stroke that cuts the whole map at ``level``."""
    ends = np.array([[X[0], Y[0]], [X[1], Y[1]]])
    ends[:, column] = level
    return ends[0], ends[1]


def question_of(cut: tree.Cut) -> str:
    """What a cut asks."""
    return f"{NAMES[cut.column]} ≤ {cut.threshold:.4g}"


def stack(
    rows: Sequence[Gauge | words.Words], top: float = 0.2, left: float = 1.15, gap: float = 0.3
) -> None:
    """``rows`` under the first tree, left edges in line."""
    for row in rows:
        row.move_to((left, top, 0.0), aligned_edge=UP + LEFT)
        top = float(row.get_bottom()[1]) - gap
