"""What averaging takes away and what it leaves, and the random forest that leaves less."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    LaggedStart,
    VGroup,
    linear,
)

from scenes.decision_trees import scores
from scenes.decision_trees.grove import Forest
from scenes.decision_trees.shaken import FIELD, Ballot, contested, verdicts
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import Vineyard, opened, rooms
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tile import Tiles
from scenes.maths.decision_trees import forest, hidden, paired, tree, wine_forest
from scenes.maths.shared.wine import wines

COUNTS: Final = (1, 5, 50)
"""Trees in a mean."""
FEATURES: Final = (13, 3, 1)
"""Of thirteen, those that a split may see: all, about the square root, one."""
PALE: Final = 0.45
"""Opacity of what averaging takes away."""
DRAWN: Final = 3
"""The seed of the tree whose three splits are drawn."""
CELL: Final = 0.4
"""Side of the square that stands for a feature, in scene units."""
READ: Final = 44.0
"""Pixels of the capitals of names."""
VARIANCE: Final = '"Var" = {{ rho sigma^2 : shared }} + {{ frac(1 - rho, B) sigma^2 : own }}'
"""Of the mean of B trees, each of variance sigma squared."""
MAPS: Final = (0.95, 4.5, 1.5)
"""Shares of the height that three maps leave to their names, take, and leave to their scores."""


class Average(DecisionTreesStage):
    """What averaging takes away and what it leaves, and the random forest that leaves less."""

    @chapter(
        "Averaging removes only what trees do not share",
        "variance reduction by averaging trees",
        "Random Forest as bagged, de-correlated trees",
        goes_on=True,
    )
    def averaging_removes(self) -> None:
        self.untitled()
        self.crowds = {
            features: wine_forest.for_its_grape(wine_forest.crowd(features)) for features in FEATURES
        }
        self.average_by_hand()
        self.write_the_law()
        self.hide_features()
        self.lower_the_floor()
        self.weigh_bias()
        self.lay_three_maps()

    def average_by_hand(self) -> None:
        """Two trees that err by plus or minus two: independently, and alike."""
        halves = self.shot(shot.split(titled=False))
        planes, pairs, means, names = [], [], [], []
        for half, alike, title in zip(halves, (False, True), ("independent", "alike"), strict=True):
            errors = forest.two_errors(alike)
            count = len(errors)
            lot = shot.Region(half.left, half.bottom + 0.15, half.right, half.top)
            plane = lot.plane(
                (0.4, count + 0.6), (-3.4, 3), y_label=f"errors, {title}", x_ticks=(), y_ticks=(-2, 0, 2)
            )
            level = plane.segment((0.4, 0), (count + 0.6, 0), ink.quiet, width=LINE)
            spots = np.arange(1.0, count + 1)
            both = [
                plane.dots(np.column_stack([spots + side, errors[:, tree]]), ink.chalk, radius=0.2)
                for tree, side in enumerate((-0.2, 0.2))
            ]
            centre = np.column_stack([spots, errors.mean(axis=1)])
            mean = plane.dots(centre, ink.focus, "diamond", radius=0.24)
            text = f"variance of the mean: [{errors.mean(axis=1).var():g}:fourth]"
            names.append(words.label(text, size=READ).move_to(plane.at((count + 1) / 2, -2.85)))
            planes.append(VGroup(plane, level))
            pairs.append((both, errors, spots))
            means.append(mean)

        def meet(which: int) -> list[Animation]:
            both, errors, spots = pairs[which]
            centre = errors.mean(axis=1)
            return [
                glide(
                    each.redraw,
                    np.column_stack([spots + side, errors[:, tree]]),
                    np.column_stack([spots + 0 * side, centre]),
                )
                for tree, (each, side) in enumerate(zip(both, (-0.2, 0.2), strict=True))
            ]

        self.add(*contested(self).everything)
        with self.beat(
            "Suppose that each of two trees errs by plus two or by minus two: independently, or alike."
        ) as beat:
            beat.until("errs")
            self.exchange(*planes)
            dots = [both for each, _, _ in pairs for both in each]
            beat.over(
                *(LaggedStart(*map(FadeIn, each), lag_ratio=pace.LAG) for each in dots),
                until="independently",
            )
            beat.over(*(words.light(each) for each in pairs[0][0]), until="or alike", least=pace.QUICK)
            beat.over(*(words.light(each) for each in pairs[1][0]))
        with self.beat("Independent errors often cancel, so the variance of their mean is smaller.") as beat:
            beat.over("errors", *meet(0), FadeIn(means[0]), until="variance", least=pace.SLOW)
            beat.over(words.write(names[0]))
        with self.beat("Equal errors do not cancel. How alike trees err is their correlation, rho.") as beat:
            beat.over(*meet(1), FadeIn(means[1]), until="How", least=pace.SLOW)
            name = words.headline("[correlation $rho$:focus]", size=ink.POINT)
            name.move_to((halves[1].right, halves[1].top, 0.0), aligned_edge=RIGHT + UP)
            beat.over(words.write(names[1]), until="correlation")
            beat.over(words.write(name))

    # --- the law

    def write_the_law(self) -> None:
        """Variance of the mean of one, five and fifty trees, as two parts."""
        picture, column = self.shot(shot.picture_and_column(column=5.6, titled=False))
        crowd = self.crowds[FEATURES[0]]
        at = np.arange(1.0, len(COUNTS) + 1)
        self.chart = chart = picture.plane(
            (0.1, len(COUNTS) + 0.6),
            (0, 0.15),
            x_label="trees that vote, $B$",
            y_label=f"variance, mean of {crowd.said.shape[2]} bottles",
            x_names={spot: f"{count}" for spot, count in zip(at, COUNTS, strict=True)},
            y_ticks=(0, 0.05, 0.1, 0.15),
        )
        predicted = np.array([float(crowd.predicted(count)) for count in COUNTS])
        whole = chart.bars(at, 0.0, ink.fourth, fill=PALE)
        floor = chart.bars(at, 0.0, ink.fourth)
        measured = [crowd.measured(count) for count in COUNTS]
        values = [
            chart.label(spot, value, text, UP, gap=0.2, size=READ)
            for spot, value, text in zip(
                at,
                measured,
                (f"$sigma^2$ = {measured[0]:.3f}", *(f"{value:.3f}" for value in measured[1:])),
                strict=True,
            )
        ]
        law = words.formula(VARIANCE, {"shared": ink.fourth}, size=ink.POINT)
        column.put(law, LEFT + UP)
        with self.beat(
            "On the wines: draw forty training sets, and grow trees on each. "
            "One tree's vote on unseen bottles has the variance sigma squared.",
        ) as beat:
            self.exchange(chart)
            self.add(whole, floor)
            beat.over(
                glide(whole.redraw, predicted * [0, 0, 0], predicted * [1, 0, 0]),
                until="sigma",
                least=pace.BRISK,
            )
            self.play(FadeIn(values[0]), run_time=pace.QUICK)
        with self.beat("In a vote, what trees do not share shrinks with their number, B.") as beat:
            beat.over(words.write(law), until="shrinks", least=pace.BRISK)
            beat.over(
                words.light(law.part("own")),
                glide(whole.redraw, predicted * [1, 0, 0], predicted),
                least=pace.CALM,
            )
            self.play(FadeIn(*values[1:]), run_time=pace.QUICK)
        rho = crowd.floor / crowd.variance
        floors = words.note(f"floor: [{crowd.floor:.3f}:fourth]\n$rho$ = {rho:.2f}", size=ink.POINT)
        floors.next_to(law, DOWN, buff=0.8, aligned_edge=LEFT)
        with self.beat("What they share, rho sigma squared, stays: it is a floor.") as beat:
            beat.over(
                glide(floor.redraw, 0.0, crowd.floor),
                words.light(law.part("shared")),
                until="floor",
                least=pace.SLOW,
            )
            beat.over(words.write(floors), least=pace.CALM)
        self.law, self.column, self.floors = law, column, floors
        self.bars, self.measured = (whole, floor), values

    # --- the forest

    def hide_features(self) -> None:
        """One tree of a forest: what each of its first three splits may see, and which of these it takes."""
        (frame,) = self.shot(shot.headline())
        table = wines()
        looks = hidden.two_levels(table.measures, table.cultivar, FEATURES[1], DRAWN)
        top, low = frame.inset(0.0, 0.2).rows(1.25, 1, gap=0.7)
        halves = low.columns(1, 1, gap=0.6)
        sees = [self.seen_by(look, where) for look, where in zip(looks, (top, *halves), strict=True)]
        board = Plane((0, 1), (0, 1), frame.width, frame.height, x_ticks=[], y_ticks=[], numbers=False)
        board.frame.set_stroke(opacity=0)
        board.move_to(frame.middle)
        foot = board.inverse(np.asarray(sees[0].get_bottom()))[:2]
        heads = [board.inverse(np.asarray(each.get_top()))[:2] + np.array([0, 0.015]) for each in sees[1:]]
        links = [board.segment(foot - np.array([0, 0.015]), head, ink.quiet) for head in heads]
        unseen = []
        for each in sees[1:]:
            cells = each[0].copy()
            for cell in cells:
                cell.set_fill(ink.faint, 0.2)
            unseen.append(cells)
        name = words.headline("[random forest:focus]", size=ink.HEADLINE)
        name.move_to((frame.left, frame.top, 0.0), aligned_edge=LEFT + UP)
        seen = words.note(f"max_features: {FEATURES[1]} of {FEATURES[0]},\nabout the square root", size=READ)
        seen.move_to((frame.right, frame.top, 0.0), aligned_edge=RIGHT + UP)
        opens = [hidden.first_columns(features) for features in FEATURES[:2]]
        trees = int(opens[0].sum())
        same = words.note(
            f"commonest first question: {opens[0].max()} of {trees} bagged trees, here [{opens[1].max()}:focus]",
            size=READ,
        )
        same.move_to((frame.left, frame.bottom, 0.0), aligned_edge=LEFT + DOWN)
        with self.beat(
            "So let trees share less. Each split sees a random few features, max_features, and asks about one of these."
        ) as beat:
            self.exchange(sees[0][0], *links, *unseen)
            self.play(FadeIn(sees[0][1]), run_time=pace.QUICK)
            beat.at("max_features", FadeIn(seen))
            best = scores.column_name(table.names[looks[0].column])
            beat.over(words.light(sees[0][1].part(best), ink.chalk), least=pace.CALM)
        with self.beat(
            "The next splits draw anew. Many such trees, each on a bootstrap sample: a random forest."
        ) as beat:
            beat.over(
                LaggedStart(*map(FadeIn, sees[1:]), lag_ratio=pace.LAG),
                until="Many",
                least=pace.SLOW,
            )
            beat.over("random", words.write(name))
        with self.beat("A strong feature no longer opens tree after tree.") as beat:
            beat.over(words.write(same), least=pace.SLOW)

    def seen_by(self, look: hidden.Look, where: shot.Region) -> VGroup:
        """A square for each feature, those that the split sees bright, and their names; what it takes in yellow."""
        cells = Tiles(np.ones((1, len(look.visible))), CELL, heat=ink.chalk)
        cells.put(cells.table((0.0, 0.0, 0.0), CELL * 1.1), CELL)
        for column, (cell, visible) in enumerate(zip(cells, look.visible, strict=True)):
            color = ink.focus if column == look.column else ink.chalk
            cell.set_fill(color if visible else ink.faint, 1.0 if visible else 0.2)
        names = [scores.column_name(name) for name in wines().names]
        told = words.label(
            ", ".join(
                f"[{names[column]}:focus]" if column == look.column else names[column]
                for column in np.flatnonzero(look.visible)
            ),
            size=READ,
        )
        told.next_to(cells, DOWN, buff=0.2)
        return where.put(VGroup(cells, told))

    def lower_the_floor(self) -> None:
        """Each tree is worse, and yet less is left of the variance of many."""
        self.shot(shot.picture_and_column(column=5.6, titled=False))
        pair = [self.crowds[features] for features in FEATURES[:2]]
        whole, floor = self.bars
        lows = [crowd.floor for crowd in pair]
        ahead = [np.array([float(crowd.predicted(count)) for count in COUNTS]) for crowd in pair]
        at = np.arange(1.0, len(COUNTS) + 1)
        after = [
            self.chart.label(spot, value, text, UP, gap=0.2, size=READ)
            for spot, value, text in zip(
                at,
                ahead[1],
                (f"$sigma^2$ = {ahead[1][0]:.3f}", *(f"{value:.3f}" for value in ahead[1][1:])),
                strict=True,
            )
        ]
        sees = words.note(f"splits see [{FEATURES[1]} of {FEATURES[0]}:focus]", size=ink.POINT)
        floors = words.note(
            f"floor: [{lows[0]:.3f}:fourth] → [{lows[1]:.3f}:fourth]\n$rho$ = {lows[1] / pair[1].variance:.2f}",
            size=ink.POINT,
        )
        floors.move_to(self.floors, aligned_edge=LEFT + UP)
        sees.next_to(floors, DOWN, buff=0.8, aligned_edge=LEFT)
        with self.beat(
            "Now each tree gets worse: its variance rises. But they err less alike, and the floor sinks."
        ) as beat:
            self.exchange(self.chart, whole, floor, self.law, self.floors, sees)
            middle = ahead[0] * [0, 1, 1] + ahead[1] * [1, 0, 0]
            beat.over(glide(whole.redraw, ahead[0], middle), until="rises", least=pace.CALM)
            self.play(FadeIn(after[0]), run_time=pace.QUICK)
            self.play(FadeOut(self.floors), run_time=pace.QUICK)
            beat.over(
                glide(whole.redraw, middle, ahead[1]),
                glide(floor.redraw, lows[0], lows[1]),
                until="floor",
                least=pace.CALM,
            )
            beat.over(FadeIn(*after[1:], floors), least=pace.BRISK)

    def weigh_bias(self) -> None:
        """Squared error of forests whose splits see all, some and one of the features: bias and variance."""
        (frame,) = self.shot(shot.headline())
        crowds = [self.crowds[features] for features in FEATURES]
        parts = np.array([[crowd.bias, crowd.loss - crowd.bias] for crowd in crowds])
        sums = BarChart(
            [f"{features} of {FEATURES[0]}" for features in FEATURES],
            0 * parts,
            (0, 0.09),
            frame.width,
            frame.height - 0.2,
            colors=[ink.chalk, ink.fourth],
            parts=["bias, squared", "variance of the forest"],
            ticks=(0, 0.04, 0.08),
            label="squared error of the votes, by features that a split sees",
        )
        frame.put(sums)
        totals = [scores.number(sums, row, float(part.sum()), 3) for row, part in enumerate(parts)]
        with self.beat(
            "How far the average forest is from the truth is its bias. "
            "See one random feature a split, and bias grows: hide some, not nearly all."
        ) as beat:
            self.exchange(sums)
            beat.over(glide(sums.redraw, 0 * parts, parts * [1, 0]), until="bias", least=pace.CALM)
            beat.over(glide(sums.redraw, parts * [1, 0], parts), until="See", least=pace.BRISK)
            self.play(FadeIn(*totals), run_time=pace.QUICK)
            beat.over(words.light(totals[2]), until="hide", least=pace.BRISK)
            beat.over(words.light(totals[1]))

    # --- the map again

    def lay_three_maps(self) -> None:
        """A full tree, bagged trees and a forest on the map, with their scores on the same unseen bottles."""
        cells = self.shot(shot.gallery(1, 3, titled=False, gap=0.35))
        tops, maps, foots = zip(*(cell.rows(*MAPS, gap=0.15) for cell in cells), strict=True)
        yards = [
            Vineyard(self.points, self.labels, np.array([[lot.left, lot.bottom], [lot.right, lot.top]]))
            for lot in maps
        ]
        for yard in yards:
            yard.remove(yard.axes)
        full = tree.grow(self.points, self.labels)
        solid = rooms(yards[0].plane, full, FIELD).open_each(opened(full.questions))
        ballots = [
            Ballot(yard, self.points, self.labels, see) for yard, see in zip(yards[1:], (2, 1), strict=True)
        ]
        fields = [solid, *(ballot.field for ballot in ballots)]
        models = (paired.FULL, paired.BAGGED, paired.FOREST)
        heads = [
            top.put(words.note(text, size=READ), LEFT + UP)
            for top, text in zip(
                tops,
                ("full tree", "bagging: splits\nsee both features", "random forest:\none, drawn for each"),
                strict=True,
            )
        ]
        feet = [
            foot.put(words.headline(scores.percent(paired.score(model)), ink.truth), LEFT + UP)
            for foot, model in zip(foots, models, strict=True)
        ]
        gains = [
            foot.put(words.note(scores.gained(paired.difference(model, paired.FULL)), size=READ), LEFT + DOWN)
            for foot, model in zip(foots[1:], models[1:], strict=True)
        ]
        against = foots[0].put(words.note("gain over it:", ink.quiet, size=READ), LEFT + DOWN)
        with self.beat(
            "Back to the map, and its two features. The full tree had 82 percent of unseen bottles, bagging 85."
        ) as beat:
            self.exchange(solid, yards[0], heads[0])
            self.play(FadeIn(feet[0]), run_time=pace.QUICK)
            beat.until("bagging")
            self.play(FadeIn(fields[1], yards[1], heads[1]), run_time=pace.QUICK)
            beat.over(drive(ballots[0].count, rate_func=linear), least=pace.CALM)
            self.play(FadeIn(feet[1], gains[0], against), run_time=pace.QUICK)
        with self.beat(
            "Now each split sees one of the two, drawn at random. The random forest has 89.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeIn(fields[2], yards[2], heads[2]), run_time=pace.QUICK)
            beat.over(drive(ballots[1].count, rate_func=linear), until="89", least=pace.LONG)
            beat.over(FadeIn(feet[2], gains[1]))
        line = verdicts(yards[0], lambda asked: paired.answers(paired.LINE, asked))
        rival = tops[0].put(words.note("linear model:\nstraight borders", size=READ), LEFT + UP)
        tie = foots[0].put(words.headline(scores.percent(paired.score(paired.LINE)), ink.truth), LEFT + UP)
        even = foots[0].put(words.note("a tie with the forest", size=READ), LEFT + DOWN)
        with self.beat(
            "But here a linear model, of straight borders, ties with it. "
            "So compare with a simple model, and keep one pruned tree to be read."
        ) as beat:
            beat.until("linear")
            self.play(
                FadeOut(solid, heads[0], feet[0], against, *gains),
                FadeIn(line, rival, tie),
                run_time=pace.CALM,
            )
            self.bring_to_front(yards[0])
            beat.over(FadeIn(even), until="So", least=pace.BRISK)
            beat.over(words.light(tie), words.light(feet[2], ink.chalk))
        self.exchange(Forest().standing())
