"""Greed: the best split now, and never a look at the split after it."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, Animation, FadeIn, FadeOut, VGroup, linear

from scenes.decision_trees.growing import as_left
from scenes.decision_trees.pair import on_to_the_end
from scenes.decision_trees.question import BACK, LARGE
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import rooms
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import SHAPES, Dots
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.partition import Cut, Partition
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.decision_trees import by_hand, tree

BOARD: Final = (0.2, 3.8)
"""What is seen of the four points, both ways."""
POINT: Final = 0.42
"""Radius of these, in scene units."""
INSIDE: Final = 0.15
"""Scene units between a picture and the captions' place: for strokes and dots on the border."""


class Greedy(DecisionTreesStage):
    """Why the greedy tree need not be the best one of its size."""

    @chapter("Greedy: it never looks two splits ahead", goes_on=True)
    def it_never_looks_two_ahead(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        self.pair, words_there = as_left(self)
        self.add(self.pair.rooms, self.pair.yard, self.pair.tree, words_there)

        self.lay_four_corners(words_there)
        self.part_them_twice()
        self.follow_a_slant()

    def lay_four_corners(self, words_there: VGroup) -> None:
        """Four bottles in the corners of a square: no split gains anything."""
        board, self.column = shot.safe(titled=False).columns(1.1, 1, gap=0.6)
        self.board = square = board.inset(0.0, INSIDE).plane(BOARD, BOARD, x_ticks=[], y_ticks=[], equal=True)
        points, kinds = by_hand.corners()
        wines = self.pair.yard.wines
        chosen = [int(each) for each in np.flatnonzero(self.labels == 0)[:2]]
        chosen += [int(each) for each in np.flatnonzero(self.labels == 1)[:2]]
        start, radii = wines.centres, wines.radii
        end, sizes = start.copy(), radii.copy()
        end[chosen], sizes[chosen] = square.at(points), POINT
        alone = np.isin(np.arange(len(start)), chosen)
        low, high = BOARD
        level = Value(1.4)
        at = {"column": 0}
        stroke = Segments(square, ink.focus, 7.0).redraw((1.4, low), (1.4, high))

        def lie(now: float) -> Changed:
            ends = [(now, low), (now, high)] if at["column"] == 0 else [(low, now), (high, now)]
            return (stroke.redraw(*ends),)

        def count(side: int, kind: int, now: float) -> int:
            yes = points[:, at["column"]] <= now
            return int(((yes if side == 0 else ~yes) & (kinds == kind)).sum())

        def gain(now: float) -> float:
            yes = points[:, at["column"]] <= now
            return by_hand.gain(np.array([tree.tally(kinds[yes], 2), tree.tally(kinds[~yes], 2)]))

        level.draws(lie, stroke)
        sides = VGroup(
            *(
                VGroup(
                    words.label(name, ink.quiet, size=LARGE),
                    *(
                        Readout(
                            level.of(partial(count, side, kind)),
                            0,
                            color=ink.CLASSES[kind],
                            size=ink.HEADLINE,
                        )
                        for kind in range(2)
                    ),
                ).arrange(RIGHT, buff=0.35)
                for side, name in enumerate(("yes", "no"))
            )
        ).arrange(DOWN, aligned_edge=LEFT, buff=0.4)
        readout = Readout(level.of(gain), 3, label="gain", color=ink.focus, size=ink.HEADLINE)
        self.column.stack(sides, readout, gap=0.8)
        self.four = square.classes(points, kinds, radius=POINT)
        with self.beat(
            "Put two bottles of each grape in opposite corners. "
            "Try a split, anywhere: each side keeps one of each. The gain is zero.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(
                FadeOut(words_there, self.pair.tree, self.pair.rooms, self.pair.yard.axes),
                glide(wines.shade, np.ones(len(alone)), alone.astype(float), wines),
                until="of each",
                least=pace.QUICK,
            )
            beat.over(
                glide(wines.put, (start, radii), (end, sizes), wines),
                FadeIn(square),
                until="Try",
                least=pace.CALM,
            )
            self.remove(wines)
            self.add(self.four)
            self.play(FadeIn(stroke, sides), run_time=pace.QUICK)
            beat.over(level.to(2.6, rate_func=linear), until="keeps", least=pace.CALM)
            self.play(FadeOut(stroke), run_time=pace.QUICK)
            at["column"] = 1
            level.set(2.6)
            self.play(FadeIn(stroke), run_time=pace.QUICK)
            beat.over(level.to(1.4, rate_func=linear), FadeIn(readout), least=pace.SLOW)
        self.zero = VGroup(sides, readout, stroke)

    def part_them_twice(self) -> None:
        """Two levels part them; the greedy tree does not see it."""
        square = self.board
        low, high = BOARD
        middle = (low + high) / 2
        first, second = ink.CLASSES[0], ink.CLASSES[1]
        parted = Partition(
            square,
            {0: Cut(0, middle, 1, 2), 1: Cut(1, middle, 3, 4), 2: Cut(1, middle, 5, 6)},
            {3: (first, 0.35), 4: (second, 0.35), 5: (second, 0.35), 6: (first, 0.35)},
            ink.focus,
            6.0,
        )

        def by_height(start: float, end: float) -> Animation:
            return glide(lambda share: parted.open_each({1: share, 2: share}), start, end, parted)

        depth = words.headline("depth", ink.focus)
        what = words.note("the most questions\non a path: here 2", ink.quiet, size=LARGE)
        greedy = words.headline("greedy", ink.focus)
        now = words.note("the best split now,\nnot the best tree", ink.quiet, size=LARGE)
        self.column.stack(depth, what, greedy, now, gap=0.5)
        with self.beat(
            "Yet two levels of splits part them. Two is the depth: the most questions on a path."
        ) as beat:
            self.play(FadeOut(self.zero), run_time=pace.QUICK)
            self.add(parted, self.four)
            beat.over(glide(partial(parted.open, 0), 0.0, 1.0), until="part", least=pace.CALM)
            self.play(by_height(0.0, 1.0), run_time=pace.CALM)
            beat.at("depth", FadeIn(depth, what))
        with self.beat(
            "A tree takes the best split now and never looks ahead: it is greedy. So it may miss the best tree.",
            pause=pace.CALM,
        ) as beat:
            beat.over(by_height(1.0, 0.0), until="greedy", least=pace.SLOW)
            self.play(FadeIn(greedy, now), run_time=pace.BRISK)
            beat.over(words.light(now))
        with self.beat(
            "Then do not stop at a poor first split: grow on, and cut back later.", pause=pace.CALM
        ) as beat:
            beat.over(words.light(greedy, ink.chalk), until="grow")
            beat.over(by_height(0.0, 1.0), least=pace.SLOW)

    def follow_a_slant(self) -> None:
        """A slanted border costs a staircase."""
        self.shot(shot.wide())
        points, labels = tree.slant()
        grown = tree.grow(points, labels)
        land = Plane(
            (0, 1), (0, 1), shot.EDGES.width, shot.EDGES.height, x_ticks=[], y_ticks=[], numbers=False
        )
        land.frame.set_stroke(opacity=0)
        stairs = rooms(land, grown)
        dots = Dots(
            land, points, [ink.CLASSES[each] for each in labels], [SHAPES[each] for each in labels], 0.13
        )
        border = land.line((1, 1), -1.0, color=ink.truth, width=2 * LINE, dashed=True)
        order = sorted(grown.questions, key=lambda number: (grown.nodes[number].depth, number))

        def open_some(reach: float) -> Changed:
            opened = {number: float(np.clip(reach - row, 0, 1)) for row, number in enumerate(order)}
            return (stairs.open_each(opened),)

        with self.beat(
            "What else is hard for it? Splits run along the axes, and this border does not."
        ) as beat:
            self.exchange(dots, run_time=pace.QUICK)
            self.add(stairs, dots)
            beat.over(glide(open_some, 0.0, 1.0, stairs), appear(stairs), until="this", least=pace.CALM)
            beat.over(FadeIn(border))
            self.add(border, dots)
        with self.beat(
            "So a slanted border costs a staircase: the closer it follows, the more steps."
        ) as beat:
            beat.over(
                glide(open_some, float(1), float(5), stairs, rate_func=linear),
                until="closer",
                least=pace.SLOW,
            )
            beat.over(
                glide(open_some, float(5), float(len(order)), stairs, rate_func=linear),
                least=pace.LONG,
            )
        pair, _ = on_to_the_end(self.points, self.labels)
        with self.beat("And when should it stop?") as beat:
            beat.over(glide(dots.shade, 1.0, BACK, dots))
        self.exchange(pair.rooms, pair.yard, pair.tree)
