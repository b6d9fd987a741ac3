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
ASIDE: Final = 0.12
"""Levels by which seen scores stand left of the depth, and unseen ones right of it."""
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
        """Seen and unseen scores by depth; then stopping rules."""
        self.shot(shot.headline())
        seen = [
            100 * tree.accuracy(tree.grow(self.points, self.labels, depth=each), self.points, self.labels)
            for each in DEPTHS
        ]
        scored = [paired.score(paired.Model(depth=each)) for each in DEPTHS[:-1]] + [
            paired.score(paired.FULL)
        ]
        unseen = np.array([100 * each.mean for each in scored])
        error = np.array([100 * each.error for each in scored])
        at = np.arange(1.0, len(DEPTHS) + 1)
        guess = 100 * capped.guessing(self.labels)
        chart = shot.safe(titled=False).plane(
            (0.5, len(DEPTHS) + 3.2),
            (35, 103),
            x_label="depth at which the tree is stopped",
            y_label="right (%); ± standard error",
            x_names={
                **{spot: f"{spot:.0f}" for spot in at[:-1]},
                at[-1]: "none",
                len(DEPTHS) + 2.0: f"leaf ≥ {SMALLEST}",
            },
            y_ticks=(40, 60, 80, 100),
        )
        known = chart.dots(np.column_stack([at - ASIDE, seen]), ink.chalk, radius=0.13)
        fresh = chart.dots(np.column_stack([at + ASIDE, unseen]), ink.truth, radius=0.13)
        bars = [
            chart.stems([x + ASIDE], y - e, y + e, ink.truth, width=4.0)
            for x, y, e in zip(at, unseen, error, strict=True)
        ]
        names = [
            chart.label(2, seen[1], "seen", UP, gap=0.25, size=LARGE),
            chart.label(2, unseen[1] - error[1], "unseen", DOWN, ink.truth, gap=0.2, size=LARGE),
            chart.label(9.8, guess, f"guessing: {guess:.0f} %", UP, ink.quiet, size=LARGE),
        ]
        floor = chart.segment((0.5, guess), (len(DEPTHS) + 3.2, guess), ink.quiet, dashed=True)
        last = [
            chart.label(at[-1], seen[-1], f"{seen[-1]:.0f} %", RIGHT, gap=0.3, size=LARGE),
            chart.label(
                at[-1] + ASIDE, unseen[-1], scores.percent(scored[-1]), DOWN, ink.truth, gap=0.4, size=LARGE
            ),
        ]
        best = paired.stopped(DEPTHS[1:4])
        top = chart.label(
            3,
            unseen[2] - error[2],
            scores.percent(paired.Estimate(best)),
            DOWN + RIGHT,
            ink.truth,
            gap=0.3,
            size=LARGE,
        )
        with self.beat(
            "Stop the tree at each depth. Two to four levels get about 86 percent of unseen bottles; "
            "without a stop, 82."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            self.exchange(chart, floor, names[2])
            beat.over(
                LaggedStart(*(FadeIn(each) for each in known), lag_ratio=pace.LAG),
                FadeIn(names[0]),
                until="Two",
                least=pace.CALM,
            )
            pairs = [VGroup(bar, dot) for bar, dot in zip(bars, fresh, strict=True)]
            self.play(
                LaggedStart(*(FadeIn(each) for each in pairs[:4]), lag_ratio=pace.LAG),
                FadeIn(names[1]),
                run_time=pace.SLOW,
            )
            beat.at("86", FadeIn(top))
            beat.over(
                "without", LaggedStart(*(FadeIn(each) for each in pairs[4:]), lag_ratio=pace.LAG), until="82"
            )
            self.play(FadeIn(last[1]), run_time=pace.QUICK)
        more = paired.Estimate(best - paired.right(paired.FULL))
        rule = VGroup(
            words.headline(f"difference: {scores.gained(more)}", size=LARGE),
            words.label("± standard error, over the bottles", size=READ),
            words.label("beyond two of them: better; else a tie", size=READ),
        ).arrange(DOWN, aligned_edge=LEFT, buff=0.22)
        rule.move_to(chart.at(1.55, 56), aligned_edge=LEFT)
        with self.beat(
            "Is that chance? On the same bottles, the difference is more than two standard errors: "
            "we call it better. Less is a tie.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.light(VGroup(*fresh[1:4]), ink.chalk), until="difference")
            beat.over(FadeIn(rule[0]), until="standard", least=pace.QUICK)
            beat.over(FadeIn(rule[1]), until="better")
            beat.over(FadeIn(rule[2]))
        gap = chart.segment((at[-1] + ASIDE, unseen[-1]), (at[-1] - ASIDE, seen[-1]), ink.error, 6.0)
        over = words.headline("overfitting", ink.error)
        over.move_to(chart.at(8.7, 66))
        with self.beat("Perfect on seen bottles, worse on unseen ones: that is overfitting.") as beat:
            beat.over(FadeOut(rule), FadeIn(last[0]), words.light(known, ink.focus), until="worse")
            beat.over("worse", Create(gap), until="that", least=pace.BRISK)
            beat.over(FadeIn(over, shift=place.NUDGE * UP))
        size = paired.score(paired.Model(leaf=SMALLEST))
        fewer = chart.dots([(len(DEPTHS) + 2, 100 * size.mean)], ink.truth, "diamond", radius=0.18)
        fewer_name = chart.label(
            len(DEPTHS) + 2, 100 * size.mean, scores.percent(size), UP, ink.truth, gap=0.25, size=LARGE
        )
        stops = VGroup(
            words.headline("stopping rules", ink.focus, size=LARGE),
            words.label("depth at most 2 to 4", size=READ),
            words.label(f"or at least {SMALLEST} samples per leaf", size=READ),
        ).arrange(DOWN, aligned_edge=LEFT, buff=0.25)
        stops.move_to(chart.at(4.3, 55))
        with self.beat("Stopping rules help: limit the depth. Or ask for more samples per leaf.") as beat:
            beat.at("Stopping", FadeIn(stops[0]))
            beat.at("limit", FadeIn(stops[1]), *(words.light(each, ink.chalk) for each in fresh[1:4]))
            beat.at("samples", FadeIn(stops[2]), FadeIn(fewer, scale=2), FadeIn(fewer_name))
        heart = FullTree(self.points, self.labels)
        with self.beat(
            "So do not report a tree's training score: it has learnt chance details, noise, by heart."
        ) as beat:
            beat.over(glide(known.shade, 1.0, 0.3, known), until="noise", least=pace.CALM)
        self.exchange(heart.map, heart.vineyard, heart.drawn)
