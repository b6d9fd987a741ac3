"""One split, one branch: the map is cut, and the tree grows."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, Animation, FadeIn, FadeOut, LaggedStart, VGroup, there_and_back

from scenes.decision_trees.pair import Pair, in_words
from scenes.decision_trees.question import BACK, LARGE
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import HALF, TREE, WIDE
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import appear, drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import pieces
from scenes.maths.decision_trees import tree

NEW_BOTTLE: Final = np.array([2.45, 605.0])
"""Flavanoids and proline of a bottle that walks down the tree."""
LEVELS: Final = 2
"""Depth of the small tree."""


class Growing(DecisionTreesStage):
    """Recursive partitioning: map and tree."""

    @chapter("One split, one branch", "recursive partition beside the growing tree", goes_on=True)
    def one_split_one_branch(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        grown = tree.grow(self.points, self.labels, depth=LEVELS)
        self.pair = pair = Pair(self.points, self.labels, grown, WIDE)
        root = grown.nodes[0]
        stroke = pair.yard.stroke(root.column, root.threshold)
        self.add(pair.yard, stroke)

        self.plant_the_root(stroke)
        self.split_again()
        self.walk_down()
        self.come_back()
        self.stretch_the_axis()

    def plant_the_root(self, stroke: Segments) -> None:
        """The stroke flies over and becomes the root."""
        pair = self.pair
        pair.yard.carry_stroke(stroke, self.pair.grown.nodes[0].column, self.pair.grown.nodes[0].threshold)
        pair.tree.settle(pair.tree.layout_of([]))
        low, high = pair.tree.bar(0)
        flyer = stroke.copy()
        asks = pair.asks(0)
        root = words.label("the first: the [root:focus]").next_to(
            (low[0], low[1], 0.0), DOWN + RIGHT, buff=words.GAP
        )
        node = words.label("each question: a [node:focus]").next_to(
            root, DOWN, buff=2 * words.GAP, aligned_edge=LEFT
        )
        name = words.headline("decision tree", ink.focus, size=LARGE)
        TREE.put(name, DOWN)
        with self.beat(
            "Let this split begin a decision tree. Each question is a node, and the first is the root.",
            pause=pace.LONG,
        ) as beat:
            beat.over(pair.yard.glide_to(HALF), until="decision", least=pace.LONG)
            flyer.draw(stroke.points.copy())
            self.play(appear(flyer), run_time=pace.QUICK)
            top = pieces(np.array([[low[0], high[1], 0.0]]), np.array([high]))
            self.play(glide(flyer.draw, (stroke.points.copy(),), (top,)), FadeIn(name), run_time=pace.LONG)
            self.play(FadeIn(pair.tree), run_time=pace.BRISK)
            self.bring_to_front(flyer)
            beat.at("node", FadeIn(asks, node))
            beat.at("root", FadeIn(root), words.light(asks.text))
        self.root, self.name, self.flyer, self.stroke = VGroup(root, node), name, flyer, stroke
        self.asked = {0: asks}

    def split_again(self) -> None:
        """Both sides are split, and the leaves answer."""
        pair = self.pair
        self.add(pair.rooms, pair.yard, self.stroke)
        full = pair.tree.layout_of()
        left, right = pair.grown.questions[1:]
        room = pair.outline(left)
        for name in (pair.yard.across, pair.yard.up):
            self.allow(room, name, "the outline of a room passes over the name of an axis")
        halves = VGroup(
            *(pair.yard.label(4.5, level, text, size=LARGE) for level, text in ((560, "yes"), (1450, "no")))
        )
        with self.beat(
            "Yes, the lower part, goes left; no goes right. The bars show which grapes arrive, and how many."
        ) as beat:
            beat.over(words.light(self.root[0]), until="no goes")
            self.play(FadeOut(self.root, self.flyer), run_time=pace.QUICK)
            beat.over(pair.opening([0], pair.tree.layout_of([0])), until="The bars", least=pace.SLOW)
            ways = self.yes_and_no()
            self.play(FadeIn(ways, halves), run_time=pace.QUICK)
            amounts = VGroup(pair.amounts(left), pair.amounts(right))
            beat.at("how many", FadeIn(amounts))
        how = words.headline("recursive partitioning", ink.focus, size=LARGE)
        TREE.put(how, DOWN)
        with self.beat(
            "Then split each part again, for itself alone: recursive partitioning. "
            "The left one asks about flavanoids, and so does the right.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(amounts, ways, halves, self.stroke), run_time=pace.QUICK)
            self.play(pair.opening([], full), FadeOut(self.name), run_time=pace.BRISK)
            beat.at("recursive", FadeIn(how))
            beat.until("left")
            self.play(FadeIn(room), run_time=pace.QUICK)
            self.asked[left] = pair.asks(left)
            beat.at("left", pair.opening([left]), FadeIn(self.asked[left]), run_time=pace.LONG)
            self.asked[right] = pair.asks(right)
            corners = pair.corners(left), pair.corners(right)
            beat.at("so", glide(room.redraw, (corners[0],), (corners[1],)), run_time=pace.CALM)
            self.play(pair.opening([right]), FadeIn(self.asked[right]), run_time=pace.LONG)
            self.play(FadeOut(room), run_time=pace.QUICK)
        leaves = pair.grown.leaves
        answers = [pair.answers(number) for number in leaves]
        named = words.headline("a [leaf:focus] answers with its majority", size=40.0)
        TREE.put(named, DOWN)
        with self.beat("A leaf does not ask: it answers with its majority.", pause=pace.LONG) as beat:
            beat.at("leaf", FadeOut(how), FadeIn(named))
            beat.over(
                LaggedStart(*(FadeIn(each, shift=place.NUDGE * DOWN) for each in answers), lag_ratio=pace.LAG)
            )
        boxes = [pair.outline(number) for number in leaves]
        with self.beat(
            "And each leaf is one room of the map: four leaves, four rooms. Tree and map say the same.",
            pause=pace.LONG,
        ) as beat:
            beat.over(
                LaggedStart(*(FadeIn(each, rate_func=there_and_back) for each in boxes), lag_ratio=pace.LAG),
                until="four",
                least=pace.LONG,
            )
            for answer, box in zip(answers, boxes, strict=True):
                seconds = max(beat.fill() / (len(boxes) - answers.index(answer)), pace.CALM)
                self.play(words.light(answer), FadeIn(box, rate_func=there_and_back), run_time=seconds)
            self.remove(*boxes)
        self.answers, self.note = answers, named

    def yes_and_no(self) -> VGroup:
        """What the links of the root answer."""
        links = [self.pair.tree.link(number).mean(axis=0) for number in self.pair.tree.children[0]]
        return VGroup(
            *(
                words.caption(link, text, side, ink.quiet)
                for link, text, side in zip(links, ("yes", "no"), (LEFT, RIGHT), strict=True)
            )
        )

    def walk_down(self) -> None:
        """A new bottle goes down the tree while its room closes in on it."""
        pair = self.pair
        way = pair.grown.way(NEW_BOTTLE)
        lit = pair.tree.way(way)
        frame = pair.outline(0)
        for name in (pair.yard.across, pair.yard.up):
            self.allow(frame, name, "the outline of a room passes over the name of an axis")
        new = Dots(pair.yard.plane, [NEW_BOTTLE], ink.chalk, "diamond", radius=0.2)
        corners = [pair.corners(number) for number in way]

        def step(row: int) -> Animation:
            def path(share: float) -> Changed:
                lit.reveal(max((row + share) / (len(way) - 1), 1e-6))
                return (lit, frame.redraw(blend(corners[row], corners[row + 1], share)))

            return drive(path, lit, frame)

        with self.beat("A new bottle comes. Which grape does the tree say?") as beat:
            beat.at("new", FadeIn(new, scale=3), run_time=pace.CALM)
        self.think()
        with self.beat(
            "Its proline is low: yes. Its flavanoids are not: no. So it is grape two: the walk has led into one room.",
            pause=pace.SLOW,
        ) as beat:
            lit.reveal(1e-6)
            self.play(FadeIn(frame, lit), run_time=pace.QUICK)
            self.bring_to_front(*self.asked.values())
            beat.at("yes", step(0), run_time=pace.SLOW)
            beat.at("no", step(1), run_time=pace.SLOW)
            kind = pair.grown.nodes[way[-1]].verdict
            answer = self.answers[pair.grown.leaves.index(way[-1])]
            beat.at("grape", new.animate.set_fill(ink.CLASSES[kind]), words.light(answer))
            beat.until("walk")
            wines = pair.yard.wines
            beat.over(
                FadeOut(self.note),
                pair.yard.across.animate.set_opacity(0.0),
                glide(wines.shade, 1.0, BACK, wines),
                until="led",
                least=pace.QUICK,
            )
            beat.over(self.frame.to(frame, share=0.86), least=pace.LONG)
        self.walker = new, frame, lit

    def come_back(self) -> None:
        """The camera goes back to the whole, and the tree is read from top to bottom."""
        pair = self.pair
        wines = pair.yard.wines
        root, below, above = (self.asked[number].text for number in pair.grown.questions)
        with self.beat(
            "So a small tree can be read aloud: little proline, more flavanoids: grape two. "
            "Much proline, more flavanoids: grape one.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(*self.walker), run_time=pace.QUICK)
            beat.over(
                self.frame.back(),
                pair.yard.across.animate.set_opacity(1.0),
                glide(wines.shade, BACK, 1.0, wines),
                until="read",
                least=pace.SLOW,
            )
            for said, asks, answer in (("little", below, 1), ("Much", above, 3)):
                beat.at(said, words.light(root), run_time=pace.CALM)
                beat.at("more", words.light(asks), run_time=pace.CALM)
                self.play(words.light(self.answers[answer]), run_time=pace.CALM)

    def stretch_the_axis(self) -> None:
        """Proline on logarithms: the splits part the same bottles, each between the same two."""
        yard = self.pair.yard

        def stretch(share: float) -> Changed:
            return (yard.lie(HALF, share), self.pair.rooms)

        with self.beat(
            "And no feature needs scaling. Stretch proline to logarithms: the tree parts the same bottles."
        ) as beat:
            beat.until("Stretch")
            scale = words.caption(yard.up, "[logarithmic:focus]", RIGHT, gap=2 * words.GAP)
            self.play(FadeIn(scale), run_time=pace.QUICK)
            beat.over(glide(stretch, 0.0, 1.0, yard, self.pair.rooms), until="parts", least=pace.LONG)
            self.play(FadeOut(scale), run_time=pace.QUICK)
            beat.over(glide(stretch, 1.0, 0.0, yard, self.pair.rooms), least=pace.LONG)


def as_left(lesson: DecisionTreesStage) -> tuple[Pair, VGroup]:
    """The small tree with its words beside the map, as the chapter leaves them."""
    pair = Pair(
        lesson.points, lesson.labels, tree.grow(lesson.points, lesson.labels, depth=LEVELS)
    ).open_all()
    return pair, in_words(pair)
