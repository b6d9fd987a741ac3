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
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    VGroup,
    linear,
)

from scenes.decision_trees import scores
from scenes.decision_trees.grove import Forest
from scenes.decision_trees.shaken import READ, SAMPLES, Ballot, bagged_tag, wine_map
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import WIDE, Vineyard
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar import Bars
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import drive
from scenes.kit.field import Field
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.tile import Tiles
from scenes.maths.decision_trees import forest, wine_forest
from scenes.maths.decision_trees.wine_forest import per_bottle

BOTTLE: Final = 12
"""The asked bottle whose votes are drawn: picked because it lies near a border."""
COUNTS: Final = (1, 5, 50)
"""Trees in a mean."""
FEATURES: Final = (13, 3, 1)
"""Of thirteen, those that a split may see: all, about the square root, one."""
SPREAD: Final = 0.34
"""Places to either side over which the votes of training sets are strewn, so that all are seen."""
PALE: Final = 0.45
"""Opacity of what averaging takes away."""
SPLITS: Final = 3
"""Splits whose visible features are drawn."""
CELL: Final = 0.38
"""Side of the square that stands for a feature, in scene units."""
MAPS: Final = (
    np.array([[-5.8, -2.2], [-0.35, 2.75]]),
    np.array([[0.95, -2.2], [6.55, 2.75]]),
)
"""Lower left and upper right corners of the maps of bagged trees and of a random forest."""
VARIANCE: Final = '"Var" = {{ rho sigma^2 : shared }} + {{ frac(1 - rho, B) sigma^2 : own }}'
"""Of the mean of B trees, each of variance sigma squared."""


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
        self.crowds = {features: wine_forest.crowd(features) for features in FEATURES}
        self.average_by_hand()
        self.ask_at_one_place()
        self.write_the_law()
        self.hide_features()
        self.weigh_bias()
        self.go_back_to_the_map()
        self.name_the_wines()

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
            level = plane.segment((0.4, 0), (count + 0.6, 0), ink.truth, width=LINE)
            spots = np.arange(1.0, count + 1)
            both = [
                plane.dots(np.column_stack([spots + side, errors[:, tree]]), ink.chalk, radius=0.16)
                for tree, side in enumerate((-0.16, 0.16))
            ]
            centre = np.column_stack([spots, errors.mean(axis=1)])
            mean = plane.dots(centre, ink.focus, "diamond", radius=0.24)
            text = f"variance of the mean: [{errors.mean(axis=1).var():g}:fourth]"
            names.append(words.label(text).move_to(plane.at((count + 1) / 2, -2.85)))
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
                for tree, (each, side) in enumerate(zip(both, (-0.16, 0.16), strict=True))
            ]

        vineyard = wine_map(self.points, self.labels)
        ballot = Ballot(vineyard, self.points, self.labels)
        ballot.count(1.0)
        tag = bagged_tag(self.points, self.labels)
        self.add(ballot.field, vineyard, tag)
        with self.beat(
            "Why? Suppose each of two trees errs by plus two or by minus two: independently, or alike."
        ) as beat:
            beat.until("Suppose")
            self.exchange(*planes)
            dots = [both for each, _, _ in pairs for both in each]
            beat.over(
                *(LaggedStart(*map(FadeIn, each), lag_ratio=pace.LAG) for each in dots),
                until="independently",
            )
            beat.over(*(words.light(each) for each in pairs[0][0]), until="or alike", least=pace.QUICK)
            beat.over(*(words.light(each) for each in pairs[1][0]))
        with self.beat(
            "Independent errors often cancel: the mean scatters less, and its variance is smaller."
        ) as beat:
            beat.over("errors", *meet(0), FadeIn(means[0]), until="variance", least=pace.SLOW)
            beat.over(words.write(names[0]))
        with self.beat("Equal errors do not cancel. How alike trees err is their correlation, rho.") as beat:
            beat.over(*meet(1), FadeIn(means[1]), until="How", least=pace.SLOW)
            name = words.headline("[correlation $rho$:focus]", size=ink.POINT)
            name.move_to((halves[1].right, halves[1].top, 0.0), aligned_edge=RIGHT + UP)
            beat.over(words.write(names[1]), until="correlation")
            beat.over(words.write(name))

    # --- one place

    def ask_at_one_place(self) -> None:
        """How many of one, five and fifty trees name the grape of one bottle, on each training set."""
        (frame,) = self.shot(shot.headline())
        crowd = self.crowds[FEATURES[0]]
        sets = len(crowd.said)
        chart = frame.plane(
            (0.5, len(COUNTS) + 0.5),
            (-0.06, 1.06),
            x_label="trees that vote, $B$",
            y_label=f"share of votes for its grape; a dot a training set, {sets} of them",
            x_names={spot: f"{count}" for spot, count in enumerate(COUNTS, 1)},
            y_ticks=(0, 0.5, 1),
        )
        strewn = self.rng.permutation(np.linspace(-SPREAD, SPREAD, sets))
        shares = [wine_forest.right_votes(crowd, BOTTLE, count) for count in COUNTS]
        dots = [
            chart.dots(np.column_stack([spot + strewn, share]), ink.fourth, radius=0.13)
            for spot, share in enumerate(shares, 1)
        ]
        means = [
            chart.segment((spot - SPREAD, share.mean()), (spot + SPREAD, share.mean()), ink.chalk, width=LINE)
            for spot, share in enumerate(shares, 1)
        ]
        with self.beat(
            "Take the wines with thirteen features. Draw many training sets, and ask trees about one bottle."
        ) as beat:
            beat.until("Draw")
            self.exchange(chart)
            beat.over(LaggedStart(*(FadeIn(dot, scale=2) for dot in dots[0]), lag_ratio=pace.LAG))
        with self.beat(
            "One tree says yes or no. The share of five trees scatters less, of many less still; some scatter stays."
        ) as beat:
            beat.over(Create(means[0]), until="five")
            for before, after, mean, word in zip(
                dots[:-1], dots[1:], means[1:], ("many", "some"), strict=True
            ):
                spots = before.centres, after.centres
                self.add(after)
                move = glide(after.put, (spots[0], 0.13), (spots[1], 0.13), after)
                beat.over(move, Create(mean), until=word, least=pace.SLOW)
            beat.over(words.light(dots[-1], ink.chalk))

    # --- the law

    def write_the_law(self) -> None:
        """Variance of the mean of one, five and fifty trees, as two parts."""
        picture, column = self.shot(shot.picture_and_column(column=5.6, titled=False))
        crowd = self.crowds[FEATURES[0]]
        at = np.arange(1.0, len(COUNTS) + 1)
        chart = picture.plane(
            (0.4, len(COUNTS) + 0.6),
            (0, 0.3),
            x_label="trees that vote, $B$",
            y_label="variance of the vote, asked bottles",
            x_names={spot: f"{count}" for spot, count in zip(at, COUNTS, strict=True)},
            y_ticks=(0, 0.1, 0.2, 0.3),
        )
        predicted = per_bottle(np.array([float(crowd.predicted(count)) for count in COUNTS]))
        whole = chart.bars(at, 0.0, ink.fourth, fill=PALE)
        floor = chart.bars(at, 0.0, ink.fourth)
        measured = per_bottle(np.array([crowd.measured(count) for count in COUNTS]))
        values = [
            chart.label(spot, value, text, UP, gap=0.2)
            for spot, value, text in zip(
                at,
                measured,
                (f"$sigma^2$ = {measured[0]:.2f}", *(f"{value:.2f}" for value in measured[1:])),
                strict=True,
            )
        ]
        law = words.formula(VARIANCE, {"shared": ink.fourth}, size=ink.POINT)
        column.put(law, LEFT + UP)
        with self.beat(
            "Over the asked bottles, one tree has a variance, sigma squared, of 0.22. The vote of fifty still has 0.03."
        ) as beat:
            self.exchange(chart)
            self.add(whole, floor)

            def rise(heights: Floats) -> Bars:
                return whole.redraw(heights)

            beat.over(
                glide(rise, predicted * [0, 0, 0], predicted * [1, 0, 0], whole),
                words.write(law),
                until="0.22",
                least=pace.BRISK,
            )
            self.play(FadeIn(values[0]), run_time=pace.QUICK)
            beat.over(
                glide(rise, predicted * [1, 0, 0], predicted, whole),
                until="0.03",
                least=pace.CALM,
            )
            beat.over(FadeIn(*values[1:]))
        rho = crowd.floor / crowd.variance
        low = float(per_bottle(crowd.floor))
        floors = words.note(f"floor: [{low:.3f}:fourth], ρ = {rho:.2f}", size=ink.POINT)
        floors.next_to(law, DOWN, buff=0.8, aligned_edge=LEFT)
        with self.beat(
            "The second part shrinks with the number of trees, B. The shared part, rho sigma squared, is a floor."
        ) as beat:
            beat.over(words.light(law.part("own")), until="number", least=pace.BRISK)
            beat.over(*(words.light(each, ink.focus) for each in values[1:]), until="The shared")
            beat.over(
                glide(floor.redraw, 0.0, low),
                words.light(law.part("shared")),
                until="floor",
                least=pace.SLOW,
            )
            beat.over(words.write(floors))
        self.law, self.column, self.floors = law, column, floors
        self.bars, self.measured, self.chart = (whole, floor), values, chart

    def hide_features(self) -> None:
        """Each split may see a random few features: less correlation, a lower floor, more bias."""
        calm, old = self.crowds[FEATURES[1]], self.crowds[FEATURES[0]]
        lows = [float(per_bottle(crowd.floor)) for crowd in (old, calm)]
        whole, floor = self.bars
        floors = words.note(f"floor: [{lows[0]:.3f}:fourth] → [{lows[1]:.3f}:fourth]", size=ink.POINT)
        floors.move_to(self.floors, aligned_edge=LEFT)
        name = words.headline("[random forest:focus]", size=ink.POINT)
        seen = words.note(f"max_features: {FEATURES[1]} of {FEATURES[0]},\na row for each split")
        may = forest.draw_columns(SPLITS, *FEATURES[:2])
        cells = Tiles(np.ones(may.shape), CELL, heat=ink.focus)
        cells.put(cells.table((0.0, 0.0, 0.0), CELL * 1.1), CELL)
        for cell, visible in zip(cells, may.ravel(), strict=True):
            cell.set_fill(ink.focus if visible else ink.faint, 1.0 if visible else 0.25)
        rows = [VGroup(*cells[row * FEATURES[0] : (row + 1) * FEATURES[0]]) for row in range(SPLITS)]
        strong = VGroup(*(row[int(may.sum(axis=0).argmin())] for row in rows))
        below: Mobject = floors
        for each, gap in ((name, 0.4), (seen, 0.25), (cells, 0.3)):
            each.next_to(below, DOWN, buff=gap, aligned_edge=LEFT)
            below = each
        ahead = [
            per_bottle(np.array([float(crowd.predicted(count)) for count in COUNTS])) for crowd in (old, calm)
        ]
        chart = self.chart
        at = np.arange(1.0, len(COUNTS) + 1)
        after = [
            chart.label(spot, value, f"{value:.2f}", UP, gap=0.2)
            for spot, value in zip(at, ahead[1], strict=True)
        ]
        with self.beat(
            "So grow a random forest: bagging, and each split sees max_features of the features, drawn at random."
        ) as beat:
            beat.over("random forest", words.write(name), until="each")
            beat.over("each", words.write(seen), FadeIn(rows[0]), until="of", least=pace.BRISK)
            beat.over(LaggedStart(*map(FadeIn, rows[1:]), lag_ratio=pace.LAG))
        with self.beat(
            "A strong feature no longer opens tree after tree. So they err less alike, and the floor sinks."
        ) as beat:
            beat.over("strong", words.light(strong, ink.chalk), until="So")
            self.play(FadeOut(*self.measured, self.floors), run_time=pace.QUICK)
            beat.over(
                glide(whole.redraw, ahead[0], ahead[1]),
                glide(floor.redraw, lows[0], lows[1]),
                until="floor",
                least=pace.CALM,
            )
            beat.over(FadeIn(*after, floors), least=pace.BRISK)

    def weigh_bias(self) -> None:
        """What hidden features cost in bias, against what they save in variance."""
        (frame,) = self.shot(shot.headline())
        crowds = [self.crowds[features] for features in FEATURES]
        parts = per_bottle(np.array([[crowd.bias, crowd.loss - crowd.bias] for crowd in crowds]))
        sums = BarChart(
            [f"{features} of {FEATURES[0]}" for features in FEATURES],
            0 * parts,
            (0, 0.16),
            frame.width,
            frame.height - 0.2,
            colors=[ink.chalk, ink.fourth],
            parts=["bias, squared", "variance of the forest"],
            ticks=(0, 0.05, 0.1, 0.15),
            label="squared error of the vote; features that a split may see",
        )
        frame.put(sums)
        totals = [scores.number(sums, row, float(part.sum()), 3) for row, part in enumerate(parts)]
        with self.beat(
            "How far the average forest is from the truth is its bias. Hide all but one, and it grows."
        ) as beat:
            self.exchange(sums)
            beat.over(glide(sums.redraw, 0 * parts, parts * [1, 0]), least=pace.SLOW)
        with self.beat("Add the variance: three features a split do best here.") as beat:
            beat.over(glide(sums.redraw, parts * [1, 0], parts), until="three", least=pace.SLOW)
            beat.over(FadeIn(*totals), until="best")
            beat.over(words.light(totals[1]))

    # --- the wines again

    def go_back_to_the_map(self) -> None:
        """On the map with two features: trees that see both at each split, and trees that see one of them."""
        self.shot(shot.split(titled=False))
        yards = [wine_map(self.points, self.labels), Vineyard(self.points, self.labels, MAPS[1])]
        yards[1].across.set_color(ink.chalk), yards[1].up.set_color(ink.chalk)
        ballots = [
            Ballot(yard, self.points, self.labels, columns)
            for yard, columns in zip(yards, (2, 1), strict=True)
        ]
        scored = [
            100 * forest.bag_scores(self.points, self.labels, (1, SAMPLES), columns).mean(axis=0)
            for columns in (2, 1)
        ]
        heads, feet = [], []
        alike = [forest.alike(self.points, self.labels, columns) for columns in (2, 1)]
        for ((left, _), _), text, (_, many), rho in zip(
            MAPS, ("bagging: both seen", "forest: one, drawn anew"), scored, alike, strict=True
        ):
            head = words.note(text, size=READ)
            heads.append(head.move_to((left, shot.SAFE.top, 0.0), aligned_edge=LEFT + UP))
            foot = words.note(f"{SAMPLES} trees: [{many:.0f} %:focus], ρ = {rho:.2f}", size=READ)
            feet.append(foot.move_to((left, shot.SAFE.bottom, 0.0), aligned_edge=LEFT + DOWN))
        field = ballots[0].field
        ballots[0].count(1.0)

        def lay(corners: Floats) -> tuple[Vineyard, Field]:
            return yards[0].lie(corners), field.cover()

        with self.beat(
            "Let each split on our map see one feature, drawn at random: "
            "the forest has 89 percent, more than bagging."
        ) as beat:
            self.exchange(field, yards[0])
            beat.over(glide(lay, (WIDE,), (MAPS[0],), yards[0], field), until="see", least=pace.CALM)
            self.play(FadeIn(ballots[1].field, yards[1], *heads), run_time=pace.BRISK)
            beat.over(drive(ballots[1].count, rate_func=linear), until="89", least=pace.SLOW)
            self.play(FadeIn(feet[1]), run_time=pace.QUICK)
            beat.over(FadeIn(feet[0]))

    def name_the_wines(self) -> None:
        """One tree, bagged trees and a forest on all thirteen features of the wines, on the same folds."""
        (frame,) = self.shot(shot.headline())
        head, body = frame.rows(1, 9, gap=0.2)
        found = forest.thirteen()
        each = 100 * np.array([found.tree, found.bagging, found.forest])
        guess = 100 * float(np.bincount(self.labels).max()) / len(self.labels)
        names = ("one tree", "bagging", "random forest")
        chart = body.plane(
            (0.6, len(each) + 0.7),
            (84, 101),
            y_label=f"unseen bottles right (%); a line a round of ten folds; guessing {guess:.0f}",
            x_names=dict(enumerate(names, 1)),
            y_ticks=(85, 90, 95, 100),
        )
        at = np.arange(1.0, len(each) + 1)
        dots = [
            chart.dots(np.column_stack([np.full(len(row), spot), row]), ink.focus, radius=0.13)
            for spot, row in zip(at, each, strict=True)
        ]
        lines = [
            [
                chart.segment((at[step], before), (at[step + 1], after), ink.quiet)
                for before, after in zip(each[step], each[step + 1], strict=True)
            ]
            for step in range(len(each) - 1)
        ]
        numbers = [
            chart.label(spot, row.max(), f"{row.mean():.0f} %", UP, ink.focus, gap=0.25, size=ink.POINT)
            for spot, row in zip(at, each, strict=True)
        ]
        with self.beat(
            "On the whole table, one tree has 89 percent of unseen bottles right. "
            "Bagging does better, and a forest has 98."
        ) as beat:
            self.exchange(chart)
            beat.over(FadeIn(dots[0]), until="unseen", least=pace.CALM)
            beat.over(FadeIn(numbers[0]), until="Bagging")
            beat.over(*map(Create, lines[0]), FadeIn(dots[1]), until="a forest", least=pace.BRISK)
            self.play(FadeIn(numbers[1]), run_time=pace.QUICK)
            beat.over(*map(Create, lines[1]), FadeIn(dots[2]), least=pace.CALM)
            self.play(FadeIn(numbers[2]), run_time=pace.QUICK)
        rule = words.note("start with max_features = [√p:focus] of p features", size=READ)
        head.put(rule, LEFT)
        with self.beat("Start with the square root of their number, and some hundreds of trees.") as beat:
            beat.over("square", words.write(rule), until="some", least=pace.BRISK)
            beat.over(words.light(rule), least=pace.CALM)
        choices = [
            chart.label(at[row], 85.2, text, UP, gap=0.0, size=READ)
            for row, text in ((0, "to be read"), (2, "noise, interactions"))
        ]
        straight = words.note(
            f"[linear model:focus]: trends, slanted borders; here {100 * forest.straight():.0f} % too",
            size=READ,
        )
        head.put(straight, LEFT)
        with self.beat(
            "Take one pruned tree to be read, a forest for noise and interactions, "
            "a linear model for trends and slanted borders."
        ) as beat:
            beat.over("tree", FadeIn(choices[0]), FadeOut(rule), until="forest", least=pace.QUICK)
            beat.over(FadeIn(choices[1]), until="linear")
            beat.over(words.write(straight), least=pace.BRISK)
            beat.rest()
            self.exchange(Forest().standing())
