"""A tree grows, grows too far, and is cut back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut

from scenes.decision_trees.stage import MIDDLE, DecisionTreesStage, diary, rooms
from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.decision_trees import tree

NEW_BOTTLE = np.array([2.45, 605.0])
"""A bottle that walks down the tree: in the room of the second grape, off the others."""
HELD_FOLD = 3
"""Which of the ten folds the exam in slow motion takes: chosen, of the three with most mistakes, because all of its
mistakes fall into slivers. The lesson therefore calls it one of the harder ones."""


def box(room: Floats) -> Floats:
    """The corners (4, 2) of a room, given by two of them."""
    (x0, y0), (x1, y1) = room
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


class Pruning(DecisionTreesStage):
    """A tree grows, grows too far, and is cut back."""

    # --- too much of it

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
            self.wines.redraw(points, radius=np.where(away > 0, 0.12, 0.05))
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
