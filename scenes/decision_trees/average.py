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
)

from scenes.decision_trees import scores
from scenes.decision_trees.greedy import INSIDE
from scenes.decision_trees.grove import Forest
from scenes.decision_trees.shaken import Ballot, bagged_tag, wine_map, with_error
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar import Bars
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.tile import Tiles
from scenes.maths.decision_trees import forest, wine_forest

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
        self.crowds = {
            features: wine_forest.for_its_grape(wine_forest.crowd(features)) for features in FEATURES
        }
        self.average_by_hand()
        self.ask_at_one_place()
        self.write_the_law()
        self.hide_features()
        self.weigh_bias()
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
            over = words.note("of errors, over training sets", ink.quiet)
            over.next_to(name, DOWN, buff=0.2, aligned_edge=RIGHT)
            beat.over(words.write(names[1]), until="correlation")
            beat.over(words.write(name), FadeIn(over))

    # --- one place

    def ask_at_one_place(self) -> None:
        """How many of one, five and fifty trees name the grape of one bottle, on each training set."""
        (frame,) = self.shot(shot.headline())
        crowd = self.crowds[FEATURES[0]]
        sets = len(crowd.said)
        chart = frame.plane(
            (0.5, len(COUNTS) + 0.5),
            (-0.06, 1.06),
            x_label="trees that vote, $B$; one unseen bottle, picked near a border",
            y_label=f"share of votes for its grape; a dot a training set, {sets} of them",
            x_names={spot: f"{count}" for spot, count in enumerate(COUNTS, 1)},
            y_ticks=(0, 0.5, 1),
        )
        strewn = self.rng.permutation(np.linspace(-SPREAD, SPREAD, sets))
        shares = [crowd.said[:, :count, BOTTLE].mean(axis=1) for count in COUNTS]
        dots = [
            chart.dots(np.column_stack([spot + strewn, share]), ink.fourth, radius=0.13)
            for spot, share in enumerate(shares, 1)
        ]
        means = [
            chart.segment((spot - SPREAD, share.mean()), (spot + SPREAD, share.mean()), ink.chalk, width=LINE)
            for spot, share in enumerate(shares, 1)
        ]
        with self.beat(
            "See it on the wines. Draw forty training sets, grow trees on each, and ask them about one bottle."
        ) as beat:
            beat.until("Draw")
            self.exchange(chart)
            beat.over(LaggedStart(*(FadeIn(dot, scale=2) for dot in dots[0]), lag_ratio=pace.LAG))
        with self.beat(
            "One tree votes yes or no. The share of five trees scatters less, of many less still. Some scatter stays."
        ) as beat:
            beat.over(Create(means[0]), until="five")
            for before, after, mean, word in zip(
                dots[:-1], dots[1:], means[1:], ("many", "Some"), strict=True
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
        sets, _, bottles = crowd.said.shape
        at = np.arange(1.0, len(COUNTS) + 1)
        chart = picture.plane(
            (0.4, len(COUNTS) + 0.6),
            (0, 0.15),
            x_label="trees that vote, $B$",
            y_label=f"variance of the vote over {sets} training sets",
            x_names={spot: f"{count}" for spot, count in zip(at, COUNTS, strict=True)},
            y_ticks=(0, 0.05, 0.1, 0.15),
        )
        predicted = np.array([float(crowd.predicted(count)) for count in COUNTS])
        whole = chart.bars(at, 0.0, ink.fourth, fill=PALE)
        floor = chart.bars(at, 0.0, ink.fourth)
        measured = [crowd.measured(count) for count in COUNTS]
        values = [
            chart.label(spot, value, text, UP, gap=0.2)
            for spot, value, text in zip(
                at,
                measured,
                (f"$sigma^2$ = {measured[0]:.3f}", *(f"{value:.3f}" for value in measured[1:])),
                strict=True,
            )
        ]
        asked = words.note(f"mean of {bottles}\nunseen bottles", ink.quiet)
        asked.move_to(chart.at(len(COUNTS) + 0.5, 0.1), aligned_edge=RIGHT)
        law = words.formula(VARIANCE, {"shared": ink.fourth}, size=ink.POINT)
        column.put(law, LEFT + UP)
        with self.beat(
            "Over sixty bottles, one tree's vote has the variance sigma squared. "
            "The part that trees do not share shrinks with their number, B."
        ) as beat:
            self.exchange(chart, asked)
            self.add(whole, floor)

            def rise(heights: Floats) -> Bars:
                return whole.redraw(heights)

            beat.over(
                glide(rise, predicted * [0, 0, 0], predicted * [1, 0, 0], whole),
                until="sigma",
                least=pace.BRISK,
            )
            self.play(FadeIn(values[0]), run_time=pace.QUICK)
            beat.over("The part", words.write(law), until="shrinks", least=pace.BRISK)
            beat.over(
                words.light(law.part("own")),
                glide(rise, predicted * [1, 0, 0], predicted, whole),
                least=pace.CALM,
            )
            self.play(FadeIn(*values[1:]), run_time=pace.QUICK)
        rho = crowd.floor / crowd.variance
        floors = words.note(f"floor: [{crowd.floor:.3f}:fourth], ρ = {rho:.2f}", size=ink.POINT)
        floors.next_to(law, DOWN, buff=0.8, aligned_edge=LEFT)
        with self.beat("The part that they share, rho sigma squared, stays: it is a floor.") as beat:
            beat.over(
                glide(floor.redraw, 0.0, crowd.floor),
                words.light(law.part("shared")),
                until="floor",
                least=pace.SLOW,
            )
            beat.over(words.write(floors), least=pace.CALM)
        self.law, self.column, self.floors = law, column, floors
        self.bars, self.measured, self.chart = (whole, floor), values, chart

    def hide_features(self) -> None:
        """Each split may see a random few features: less correlation, a lower floor."""
        pair = [self.crowds[features] for features in FEATURES[:2]]
        lows = [crowd.floor for crowd in pair]
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
        ahead = [np.array([float(crowd.predicted(count)) for count in COUNTS]) for crowd in pair]
        at = np.arange(1.0, len(COUNTS) + 1)
        after = [
            self.chart.label(spot, value, f"{value:.3f}", UP, gap=0.2)
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
        """What hiding nearly all features costs in bias, against what it saves in variance."""
        (frame,) = self.shot(shot.headline())
        crowds = [self.crowds[features] for features in FEATURES[1:]]
        parts = np.array([[crowd.bias, crowd.loss - crowd.bias] for crowd in crowds])
        sums = BarChart(
            [f"{features} of {FEATURES[0]}" for features in FEATURES[1:]],
            0 * parts,
            (0, 0.09),
            frame.width,
            frame.height - 0.2,
            colors=[ink.chalk, ink.fourth],
            parts=["bias, squared", "variance of the forest"],
            ticks=(0, 0.04, 0.08),
            label="squared error of the vote, by the features that a split sees",
        )
        frame.put(sums)
        totals = [scores.number(sums, row, float(part.sum()), 3) for row, part in enumerate(parts)]
        with self.beat(
            "How far the average forest is from the truth is its bias. Hide all but one feature, and the bias grows."
        ) as beat:
            self.exchange(sums)
            beat.over(glide(sums.redraw, 0 * parts, parts * [1, 0]), until="grows", least=pace.SLOW)
            beat.over(glide(sums.redraw, parts * [1, 0], parts), least=pace.CALM)
            self.play(FadeIn(*totals), run_time=pace.QUICK)

    # --- the wines again

    def name_the_wines(self) -> None:
        """One tree, bagged trees, a forest and a linear model on all thirteen features, on the same folds."""
        (frame,) = self.shot(shot.headline())
        found = forest.thirteen()
        each = 100 * np.array([found.tree, found.bagging, found.forest, forest.straight_by_thirteen()])
        guess = 100 * float(np.bincount(self.labels).max()) / len(self.labels)
        names = ("one tree", "bagging", "random forest", "linear model")
        chart = frame.inset(0.0, INSIDE).plane(
            (0.5, len(each) + 0.6),
            (81, 102),
            y_label=f"unseen bottles right (%), ± standard error; guessing: {guess:.0f}",
            x_ticks=(),
            y_ticks=(85, 90, 95, 100),
        )
        at = np.arange(1.0, len(each) + 1)
        dots = [
            chart.dots(np.column_stack([np.full(len(row), spot), row]), ink.focus, radius=0.15)
            for spot, row in zip(at, each, strict=True)
        ]
        lines = [
            [
                chart.segment((at[step], before), (at[step + 1], after), ink.quiet)
                for before, after in zip(each[step], each[step + 1], strict=True)
            ]
            for step in range(len(each) - 1)
        ]
        named = [chart.label(spot, 81.3, name, UP, gap=0.0) for spot, name in zip(at, names, strict=True)]
        for name in named[1:]:
            words.align_baseline(name, named[0])
        numbers = []
        for spot, row in zip(at, each, strict=True):
            end, side = (row.min(), DOWN) if spot == 1 else (row.max(), UP)
            text = with_error(row.mean(), len(self.labels))
            numbers.append(chart.label(spot, end, text, side, ink.focus, gap=0.25, size=ink.POINT))
        with self.beat(
            "With their thirteen features, one tree has 89 percent of unseen wines right. "
            "Bagging does better, and a forest has 98. A linear model has as many."
        ) as beat:
            self.exchange(chart, *named)
            beat.over(FadeIn(dots[0]), until="unseen", least=pace.CALM)
            beat.over(FadeIn(numbers[0]), until="Bagging")
            for row, until in ((1, "a forest"), (2, "A linear"), (3, None)):
                beat.over(*map(Create, lines[row - 1]), FadeIn(dots[row]), until=until, least=pace.CALM)
                self.play(FadeIn(numbers[row]), run_time=pace.QUICK)
        choices = [
            chart.label(at[row], 83.2, f"[{text}:focus]", UP, gap=0.0)
            for row, text in ((0, "to be read"), (2, "bent borders"), (3, "straight borders"))
        ]
        with self.beat(
            "So take one pruned tree to be read, a linear model where borders are straight, "
            "and a forest where they bend."
        ) as beat:
            beat.over("tree", FadeIn(choices[0]), words.light(dots[0], ink.chalk), until="linear")
            beat.over(FadeIn(choices[2]), words.light(dots[3], ink.chalk), until="forest")
            beat.over(FadeIn(choices[1]), words.light(dots[2], ink.chalk), least=pace.BRISK)
            beat.rest()
            self.exchange(Forest().standing())
