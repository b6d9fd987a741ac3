"""The tree without a mistake: what it has learnt by heart, and how that is found out."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.decision_trees import scores
from scenes.decision_trees.pair import FIRST, on_to_the_end
from scenes.decision_trees.question import BACK, LARGE, block
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import RADII, TREE, WIDE, Vineyard, rooms
from scenes.decision_trees.weakest import FullTree
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import SHAPES, Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.decision_trees import capped, paired, tree

FOLD: Final = 2
"""The tenth that is held out while the camera looks at one sliver: picked because its sliver can be seen."""
SHOWN: Final = 1
"""Which of the slivers in which it errs."""
NEAR: Final = 0.05
"""Radius of a wine while the camera is at a sliver."""
DEPTHS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 30)
"""Depths at which trees are stopped; the last stops none."""
FALL: Final = np.array([0.0, 2.0, 0.0])
"""Scene units that a held-out bottle falls."""
STOPPED: Final = (2, 3, 4)
"""Depths that are compared with no stop."""
LIMITS: Final = (77.5, 92.0)
"""Scores that the comparison shows, in percent."""
RING: Final = 0.18
"""Radius of a score."""
OFF: Final = 0.07
"""Scene units between a bar and the ring around it."""
READ: Final = 42.0
"""Pixels of the capitals of what is read in a chart."""
SMALLEST: Final = 5
"""Samples per leaf, at least, of the tree that is stopped so."""


class Overfit(DecisionTreesStage):
    """Overfitting, cross-validation, stopping rules."""

    @chapter("The tree without a mistake", "overfitting of a deep tree", goes_on=True)
    def the_tree_without_a_mistake(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.split_to_the_end()
        self.hold_out_each_tenth()
        self.look_into_a_sliver()
        self.let_the_depth_grow()

    def split_to_the_end(self) -> None:
        """From four leaves to a leaf for each handful."""
        pair, order = on_to_the_end(self.points, self.labels)
        grown = pair.grown
        self.allow(pair.rooms, pair.yard.up, "a split's stroke passes between two letters of an axis's name")
        self.add(pair.rooms, pair.yard, pair.tree)
        count = words.headline(f"{len(grown.leaves)} leaves")
        seen = words.headline(f"seen: [{100 * tree.accuracy(grown, self.points, self.labels):.0f} %:chalk]")
        for each in (count, seen):
            TREE.put(each, DOWN)
        with self.beat(
            "No rule has told the tree to stop. Split on, until each leaf holds bottles of one grape."
        ) as beat:
            beat.over(words.light(pair.yard.across), until="Split")
            beat.over(pair.opening(order[FIRST:], pair.tree.layout_of()), until="one", least=pace.LONG)
            self.play(FadeIn(count), run_time=pace.QUICK)
        with self.beat(
            "On the bottles that it has seen it is right 100 percent of the time. Is it the best tree?"
        ) as beat:
            beat.over(self.swell_across(pair.yard.wines), until="100")
            self.play(FadeOut(count), run_time=pace.QUICK)
            self.play(FadeIn(seen), run_time=pace.QUICK)
        self.think()
        self.pair, self.seen = pair, seen

    def swell_across(self, wines: Dots) -> Drive:
        """All dots grow from left to right and return to their size."""
        size, across = wines.radii, self.points[:, 0] / self.points[:, 0].max()

        def path(share: float) -> Dots:
            turn = np.clip(2 * share - across, 0, 1)
            return wines.redraw(radius=size * (1 + 0.8 * np.sin(np.pi * turn)))

        return drive(path, wines, rate_func=linear)

    def hold_out_each_tenth(self) -> None:
        """Ten turns of cross-validation, and their scores."""
        turned = 100 * capped.score_folds(self.points, self.labels)
        turns = len(turned)
        room = shot.safe(titled=False)
        ribbon = Plane(
            (-2.2, turns + 2.2), (-1.2, turns), room.width, room.height, x_ticks=[], y_ticks=[], numbers=False
        )
        ribbon.frame.set_stroke(opacity=0)
        ribbon.move_to(room.middle)
        heights = range(turns - 1, -1, -1)
        tenths = [
            [
                ribbon.polygon(
                    block(x + 0.04, y + 0.12, x + 0.96, y + 0.88),
                    ink.truth if x == row else ink.faint,
                    width=0,
                    fill=0.95 if x == row else 0.45,
                )
                for x in range(turns)
            ]
            for row, y in enumerate(heights)
        ]
        cells = VGroup(*(VGroup(*each) for each in tenths))
        held_out = [each[row] for row, each in enumerate(tenths)]
        names = VGroup(
            *(
                words.label(f"turn {row + 1}", ink.quiet).move_to(
                    ribbon.at(-0.2, y + 0.5), aligned_edge=RIGHT
                )
                for row, y in enumerate(heights)
            )
        )
        scored = [
            words.label(f"{score:.0f} %", ink.truth, size=LARGE).move_to(
                ribbon.at(turns + 0.3, y + 0.5), aligned_edge=LEFT
            )
            for score, y in zip(turned, heights, strict=True)
        ]
        results = VGroup(*scored)
        held = words.note("[held out:truth], learnt from", size=READ)
        held.move_to(ribbon.at(0, -0.6), aligned_edge=LEFT)
        name = words.headline("cross-validation", ink.focus, size=READ)
        name.move_to(ribbon.at(turns, -0.6), aligned_edge=RIGHT)
        with self.beat(
            "Ask bottles that it has not seen. "
            "Hold out one part after the other, learn on the rest, score: cross-validation.",
        ) as beat:
            self.exchange(names)
            self.play(
                LaggedStart(*(FadeIn(row) for row in cells), lag_ratio=pace.LAG), run_time=beat.fill("Hold")
            )
            beat.over(
                "Hold",
                LaggedStart(*(words.light(cell, ink.chalk) for cell in held_out), lag_ratio=pace.LAG),
                FadeIn(held),
                until="score",
            )
            beat.over(
                "score",
                LaggedStart(*(FadeIn(each) for each in results), lag_ratio=pace.LAG),
                until="cross-validation",
                least=pace.CALM,
            )
            self.play(FadeIn(name, shift=place.NUDGE * UP), run_time=pace.BRISK)
            self.play(
                LaggedStart(*(words.light(each, ink.chalk) for each in scored), lag_ratio=pace.LAG),
                run_time=pace.SLOW,
            )

    def look_into_a_sliver(self) -> None:
        """One leaf around two bottles, and what lands in it."""
        self.shot(shot.close_up())
        held = tree.hold_out(self.points, self.labels, FOLD)
        sliver = capped.find_slivers(held, self.points, self.labels)[SHOWN]
        rest = np.setdiff1d(np.arange(len(self.points)), held.out)
        yard = Vineyard(self.points[rest], self.labels[rest], WIDE)
        parts = rooms(yard.plane, held.tree)
        parts.open_each(dict.fromkeys(held.tree.questions, 1.0))
        (x0, y0), (x1, y1) = parts.room(sliver.leaf)
        walls = Polygon(yard.plane, color=ink.focus, width=8.0).redraw(block(x0, y0, x1, y1))
        kind = int(self.labels[sliver.row])
        lands = Dots(yard.plane, [self.points[sliver.row]], ink.CLASSES[kind], SHAPES[kind], NEAR)
        cross = Dots(yard.plane, [self.points[sliver.row]], ink.error, "cross", 1.7 * NEAR)
        start = lands.centres + FALL
        with self.beat(
            "Take one turn, and one leaf of its tree, picked to show it: cut around two bottles."
        ) as beat:
            self.exchange(parts, yard)
            smaller = glide(
                yard.wines.put, (yard.wines.centres, RADII[0]), (yard.wines.centres, NEAR), yard.wines
            )
            self.play(
                glide(yard.wines.shade, 1.0, BACK, yard.wines),
                yard.numbers.animate.set_opacity(0.0),
                FadeIn(walls),
                run_time=pace.BRISK,
            )
            beat.over("leaf", smaller, self.frame.to(walls, share=0.75), until="cut", least=pace.LONG)
            self.play(glide(yard.wines.shade, BACK, 1.0, yard.wines), run_time=pace.QUICK)
            learnt = [int(np.flatnonzero(rest == row)[0]) for row in sliver.learnt]
            beat.over(self.swell_some(yard.wines, learnt))
        with self.beat(
            "A held-out bottle lands in it, and is judged wrong. The tree has learnt two bottles, not the grape."
        ) as beat:
            self.add(lands)
            beat.over(
                glide(lands.put, (start, NEAR), (lands.centres, 1.8 * NEAR)), until="judged", least=pace.CALM
            )
            self.play(FadeIn(cross, scale=2), run_time=pace.QUICK)
            beat.over("learnt", self.swell_some(yard.wines, learnt))

    def swell_some(self, wines: Dots, rows: list[int]) -> Drive:
        """The dots ``rows`` grow and return to their size."""
        size = wines.radii
        which = np.isin(np.arange(len(size)), rows)

        def path(share: float) -> Dots:
            return wines.redraw(radius=size * (1 + which * abs(np.sin(2 * np.pi * share))))

        return drive(path, wines, rate_func=linear)

    def let_the_depth_grow(self) -> None:
        """Seen and unseen scores by depth."""
        (frame,) = self.shot(shot.headline())
        seen = [
            100 * tree.accuracy(tree.grow(self.points, self.labels, depth=each), self.points, self.labels)
            for each in DEPTHS
        ]
        full = paired.score(paired.FULL)
        scored = [paired.score(paired.Model(depth=each)) for each in DEPTHS[:-1]] + [full]
        unseen = np.array([100 * each.mean for each in scored])
        at = np.arange(1.0, len(DEPTHS) + 1)
        guess = 100 * capped.guessing(self.labels)
        chart = frame.inset(scores.LEAN, 0.0).plane(
            (0.5, len(DEPTHS) + 2.2),
            (35, 103),
            x_label="depth at which the tree is stopped",
            y_label="right (%)",
            x_names={**{spot: f"{spot:.0f}" for spot in at[:-1]}, at[-1]: "none"},
            y_ticks=(40, 60, 80, 100),
            tick_size=scores.TICKED,
        )
        known = chart.dots(np.column_stack([at, seen]), ink.chalk, radius=RING)
        fresh = chart.dots(np.column_stack([at, unseen]), ink.truth, radius=RING)
        names = [
            chart.label(4.5, seen[4], "seen", UP, gap=0.3, size=LARGE),
            chart.label(5.6, unseen[5], "unseen", DOWN, ink.truth, gap=0.3, size=LARGE),
            chart.label(0.6, guess, f"guessing: {guess:.0f} %", UP + RIGHT, ink.quiet, size=READ),
        ]
        floor = chart.segment((0.5, guess), (len(DEPTHS) + 2.2, guess), ink.quiet, dashed=True)
        last = [
            chart.label(at[-1], value, f"{value:.0f} %", RIGHT, color, gap=0.45, size=ink.HEADLINE)
            for value, color in ((seen[-1], ink.chalk), (unseen[-1], ink.truth))
        ]
        best = paired.Estimate(paired.stopped(STOPPED))
        top = chart.label(3, unseen[3], scores.percent(best), DOWN, ink.truth, gap=0.45, size=ink.HEADLINE)
        with self.beat(
            "Stop the tree at each depth. Two to four levels get about 87 percent of unseen bottles; "
            "without a stop, 82."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.SLOW)
            self.exchange(chart, floor, names[2])
            beat.over(
                LaggedStart(*(FadeIn(each) for each in known), lag_ratio=pace.LAG),
                FadeIn(names[0]),
                until="Two",
                least=pace.CALM,
            )
            self.play(
                LaggedStart(*(FadeIn(each) for each in fresh[:4]), lag_ratio=pace.LAG),
                FadeIn(names[1]),
                run_time=pace.SLOW,
            )
            beat.at("87", FadeIn(top))
            beat.over(
                "without", LaggedStart(*(FadeIn(each) for each in fresh[4:]), lag_ratio=pace.LAG), until="82"
            )
            self.play(FadeIn(last[1]), run_time=pace.QUICK)
        gap = chart.segment((at[-1], unseen[-1] + 2), (at[-1], seen[-1] - 2), ink.error, 8.0)
        over = words.headline("overfitting", ink.error)
        over.move_to(chart.at(8.0, 62))
        with self.beat(
            "Perfect on seen bottles, worse on unseen ones: that is overfitting.", pause=pace.CALM
        ) as beat:
            beat.over(FadeIn(last[0]), words.light(known, ink.focus), until="worse")
            beat.over("worse", Create(gap), until="that", least=pace.BRISK)
            beat.over(FadeIn(over, shift=place.NUDGE * UP))
        self.stop_early(frame, best, full, guess)

    def stop_early(
        self, frame: shot.Region, best: paired.Estimate, full: paired.Estimate, guess: float
    ) -> None:
        """Stopping rules, and whether chance makes them win."""
        rivals = scores.Rivals(frame, (full, best), ("no stop", "depth 2–4"), LIMITS, guess)
        with self.beat(
            "Is that chance? Shuffle the bottles twenty times: the stopped trees win each time."
        ) as beat:
            self.exchange(rivals.chart, rivals.guess, rivals.dots[0], rivals.names[0])
            beat.over(FadeIn(rivals.dots[1], rivals.names[1]), until="stopped", least=pace.BRISK)
            beat.over(rivals.compare(), until="each", least=pace.SLOW)
            self.play(FadeIn(rivals.verdict), run_time=pace.QUICK)
        self.name_the_rules()

    def name_the_rules(self) -> None:
        """On the full tree: where a depth would stop it, and which leaves are too small."""
        self.shot(shot.split(titled=False))
        heart = FullTree(self.points, self.labels)
        grown, drawn = heart.grown, heart.drawn
        self.allow(
            heart.map, heart.vineyard.up, "a split's stroke passes between two letters of an axis's name"
        )
        board = Plane((0, 1), (0, 1), TREE.width, TREE.height, x_ticks=[], y_ticks=[], numbers=False)
        board.move_to(TREE.middle)
        rows = [
            next(
                float(drawn.bar(node.number)[:, 1].mean())
                for node in grown.nodes
                if node.depth == STOPPED[1] + below
            )
            for below in (0, 1)
        ]
        y = board.inverse(np.array([[0.0, sum(rows) / 2, 0.0]]))[0, 1]
        limit = board.segment((0, y), (1, y), ink.focus, 8.0)
        small = [number for number in grown.leaves if sum(grown.nodes[number].counts) < SMALLEST]
        rings = VGroup(*(self.around(board, drawn.bar(number)) for number in small))
        name = words.headline("stopping rules", ink.focus, size=LARGE)
        TREE.put(name, UP)
        rules = [
            TREE.put(words.label(text, size=READ), DOWN)
            for text in ("limit the depth", f"at least {SMALLEST} samples per leaf")
        ]
        with self.beat("Stopping rules help: limit the depth. Or ask for more samples per leaf.") as beat:
            self.exchange(heart.map, heart.vineyard, drawn, name)
            beat.at("limit", FadeIn(rules[0]), Create(limit))
            beat.at("samples", FadeOut(rules[0], limit), FadeIn(rules[1]))
            beat.over(FadeIn(rings), least=pace.BRISK)
        right = 100 * tree.accuracy(grown, self.points, self.labels)
        score = words.headline(f"seen: {right:.0f} %")
        TREE.inset(0.0, 0.12).put(score, DOWN)  # clear of the captions while it lights up
        with self.beat(
            "So do not report a tree's training score: it has learnt chance details, noise, by heart."
        ) as beat:
            self.play(FadeOut(name, rules[1], rings), FadeIn(score), run_time=pace.BRISK)
            beat.over(words.light(score, ink.error), until="chance")
            beat.over(self.swell_across(heart.vineyard.wines))
        self.play(FadeOut(score), run_time=pace.QUICK)

    @staticmethod
    def around(board: Plane, bar: Floats) -> Polygon:
        """A ring around a node's ``bar`` (2, 3)."""
        (x0, y0), (x1, y1) = board.inverse(bar + np.array([[-1, -1, 0], [1, 1, 0]]) * OFF)[:, :2]
        return board.polygon(block(x0, y0, x1, y1), ink.error, 4.0)
