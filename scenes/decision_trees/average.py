"""What averaging takes away and what it leaves, and the random forest that leaves less."""

from __future__ import annotations

from typing import Any, Final

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
    VMobject,
    linear,
)

from scenes.decision_trees import scores
from scenes.decision_trees.pixels import Rivals
from scenes.decision_trees.shaken import FIELD, Ballot, contested, hang, wine_map
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import opened, rooms
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
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
DIM: Final = 0.2
"""Opacity of a feature that a split does not see."""
READ: Final = 44.0
"""Pixels of the capitals of names."""
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
        self.write_the_law()
        self.hide_features()
        self.lower_the_floor()
        self.weigh_bias()
        self.compare_with_one_tree()
        self.turn_to_many_features()

    def average_by_hand(self) -> None:
        """Two trees that err by plus or minus two: independently, and alike."""
        halves = self.shot(shot.split(titled=False))
        planes, pairs, means, names = [], [], [], []
        for half, alike, title in zip(halves, (False, True), ("independent", "alike"), strict=True):
            errors = forest.two_errors(alike)
            count = len(errors)
            plane = half.inset(0.0, 0.1).plane(
                (0.4, count + 0.6),
                (-3.4, 3),
                x_names={},
                y_names={-2: "−2", 0: "0", 2: "+2"},
                y_label=f"errors, {title}",
                tick_size=scores.TICKED,
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
        (frame,) = self.shot(shot.headline())
        crowd = self.crowds[FEATURES[0]]
        at = np.arange(1.0, len(COUNTS) + 1)
        self.chart = chart = frame.plane(
            (0.4, len(COUNTS) + 0.6),
            (0, 0.15),
            x_names={spot: f"$B$ = {count}" for spot, count in zip(at, COUNTS, strict=True)},
            y_names={},
            y_label=f"variance of a vote, mean of {crowd.said.shape[2]} bottles",
            tick_size=scores.TICKED,
        )
        predicted = np.array([float(crowd.predicted(count)) for count in COUNTS])
        whole = chart.bars(at, 0.0, ink.fourth, fill=PALE)
        floor = chart.bars(at, 0.0, ink.fourth)
        values = self.values_over([crowd.measured(count) for count in COUNTS])
        law = words.formula(VARIANCE, {"shared": ink.fourth}, size=1.3 * ink.pixels(ink.POINT))
        law.move_to((frame.right, frame.top, 0.0), aligned_edge=RIGHT + UP)
        with self.beat(
            "Over forty training sets of wines, one tree's vote on unseen bottles has the variance sigma squared."
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
        floors = words.note(
            f"floor: [{crowd.floor:.3f}:fourth]\n$rho$ = {crowd.floor / crowd.variance:.2f}", size=ink.POINT
        )
        floors.next_to(law, DOWN, buff=0.5, aligned_edge=LEFT)
        with self.beat("What they share, rho sigma squared, stays: it is a floor.") as beat:
            beat.over(
                glide(floor.redraw, 0.0, crowd.floor),
                words.light(law.part("shared")),
                until="floor",
                least=pace.SLOW,
            )
            beat.over(words.write(floors), least=pace.CALM)
        self.law, self.floors = law, floors
        self.bars = whole, floor

    def values_over(self, variances: list[float]) -> list[words.Words]:
        """Over each bar its variance; the first is that of one tree."""
        texts = [f"$sigma^2$ = {variances[0]:.3f}", *(f"{value:.3f}" for value in variances[1:])]
        return [
            self.chart.label(spot, value, text, UP, gap=0.2, size=ink.POINT)
            for spot, (value, text) in enumerate(zip(variances, texts, strict=True), 1)
        ]

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
        name = words.headline("[random forest:focus]", size=ink.HEADLINE)
        name.move_to((frame.left, frame.top, 0.0), aligned_edge=LEFT + UP)
        seen = words.note(f"max_features: {FEATURES[1]} of {FEATURES[0]},\nabout the square root", size=READ)
        seen.move_to((frame.right, frame.top, 0.0), aligned_edge=RIGHT + UP)
        opens = [hidden.first_columns(features) for features in FEATURES[:2]]
        trees = int(opens[0].sum())
        strong = int(opens[0].argmax())
        same, fewer = (
            words.note(f"{scores.column_name(table.names[strong])} asked first: {text}", size=READ)
            for text in (
                f"{opens[0][strong]} of {trees} bagged trees",
                f"{opens[0][strong]} of {trees} bagged trees, here [{opens[1][strong]}:focus]",
            )
        )
        for each in (same, fewer):
            each.move_to((frame.left, frame.bottom, 0.0), aligned_edge=LEFT + DOWN)
        with self.beat(
            "A strong feature opens tree after tree. So each split sees a random few features, max_features."
        ) as beat:
            self.exchange(*(each[0] for each in sees), *links)
            beat.at("tree", FadeIn(same))
            hidden_below = [cell.animate.set_fill(ink.faint, DIM) for each in sees[1:] for cell in each[0]]
            beat.until("So")
            self.play(*narrow(looks[0], sees[0][0]), *hidden_below, FadeIn(sees[0][1]), run_time=pace.CALM)
            beat.at("max_features", FadeIn(seen))
            best = scores.column_name(table.names[looks[0].column])
            beat.over(words.light(sees[0][1].part(best), ink.chalk), least=pace.CALM)
        with self.beat(
            "The next splits draw anew. Many such trees, each on a bootstrap sample: a random forest."
        ) as beat:
            beat.over(
                *narrow(looks[1], sees[1][0]),
                *narrow(looks[2], sees[2][0]),
                *(FadeIn(each[1]) for each in sees[1:]),
                until="Many",
                least=pace.CALM,
            )
            beat.at("random", words.write(name))
            beat.over(words.rewrite(same, fewer), least=pace.CALM)

    def seen_by(self, look: hidden.Look, where: shot.Region) -> VGroup:
        """A bright square for each feature; names of those that the split sees, in yellow what it takes."""
        cells = Tiles(np.ones((1, len(look.visible))), CELL, heat=ink.chalk)
        cells.put(cells.table((0.0, 0.0, 0.0), CELL * 1.1), CELL)
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
        pair = [self.crowds[features] for features in FEATURES[:2]]
        whole, floor = self.bars
        lows = [crowd.floor for crowd in pair]
        alike = [crowd.floor / crowd.variance for crowd in pair]
        ahead = [np.array([float(crowd.predicted(count)) for count in COUNTS]) for crowd in pair]
        after = self.values_over(ahead[1].tolist())
        floors = words.note(
            f"floor: [{lows[0]:.3f}:fourth] → [{lows[1]:.3f}:fourth]\n$rho$ = {alike[0]:.2f} → {alike[1]:.2f}",
            size=ink.POINT,
        )
        floors.move_to(self.floors, aligned_edge=LEFT + UP)
        sees = words.note(f"splits see [{FEATURES[1]} of {FEATURES[0]}:focus]", size=ink.POINT)
        sees.next_to(floors, DOWN, buff=0.4, aligned_edge=LEFT)
        with self.beat(
            "Now each tree gets worse: its variance rises. But they err less alike, and the floor sinks."
        ) as beat:
            self.exchange(self.chart, whole, floor, self.law, self.floors, sees)
            middle = ahead[0] * [0, 1, 1] + ahead[1] * [1, 0, 0]
            beat.over(glide(whole.redraw, ahead[0], middle), until="rises", least=pace.CALM)
            self.play(FadeIn(after[0]), run_time=pace.QUICK)
            beat.over(
                glide(whole.redraw, middle, ahead[1]),
                glide(floor.redraw, lows[0], lows[1]),
                until="floor",
                least=pace.CALM,
            )
            beat.over(words.rewrite(self.floors, floors), FadeIn(*after[1:]), least=pace.SLOW)

    def weigh_bias(self) -> None:
        """Squared error of forests whose splits see all, some and one of the features: bias and variance."""
        (frame,) = self.shot(shot.headline())
        crowds = [self.crowds[features] for features in FEATURES]
        parts = np.array([[crowd.bias, crowd.loss - crowd.bias] for crowd in crowds])
        errors = np.array([crowd.loss_error for crowd in crowds])
        sums = BarChart(
            [f"{features} of {FEATURES[0]}" for features in FEATURES],
            0 * parts,
            (0, 0.09),
            frame.width,
            frame.height - 0.2,
            colors=[ink.chalk, ink.fourth],
            parts=["bias, squared", "variance of the forest"],
            spread=0 * errors,
            ticks=(),
            label="squared error of the vote, by features that a split sees; ± standard error",
        )
        frame.put(sums)
        totals = [
            scores.number(sums, row, float(part.sum()), 3, beyond=errors[row])
            for row, part in enumerate(parts)
        ]
        with self.beat(
            "How far the average forest is from the truth is its bias. "
            "With one feature a split, it grows: hide some."
        ) as beat:
            self.exchange(sums)
            beat.over(glide(sums.redraw, 0 * parts, parts * [1, 0]), until="bias", least=pace.CALM)
            whole = {"values": parts, "spread": errors}
            beat.over(
                glide(sums.redraw, {"values": parts * [1, 0], "spread": 0 * errors}, whole),
                until="one",
                least=pace.BRISK,
            )
            self.play(FadeIn(*totals), run_time=pace.QUICK)
            beat.over(words.light(totals[2]), until="hide", least=pace.BRISK)
            beat.over(words.light(totals[1]))

    # --- the map again

    def compare_with_one_tree(self) -> None:
        """The forest on the wide map, then one pruned tree, with their scores on the same unseen bottles."""
        self.shot(shot.wide())
        yard = wine_map(self.points, self.labels)
        ballot = Ballot(yard, self.points, self.labels, 1)
        small = tree.grow(self.points, self.labels, depth=2)
        parts = rooms(yard.plane, small, FIELD).open_each(opened(small.questions))
        more = paired.Estimate(paired.right(paired.FOREST) - paired.nested().right)
        pruned = scores.percent(paired.Estimate(paired.nested().right))
        rows = [
            Tag(words.note(text, size=READ), opacity=1.0)
            for text in (
                f"bagging: {scores.percent(paired.score(paired.BAGGED))}",
                f"random forest: [{scores.percent(paired.score(paired.FOREST))}:truth]",
                f"pruned tree: [{pruned}:truth]\nbehind in {more.ahead} of {len(more.each)}",
            )
        ]
        hang(*rows)
        with self.beat(
            "Back to the map, with one random feature a split. Bagging had less: the random forest has 88 percent."
        ) as beat:
            self.exchange(ballot.field, yard)
            beat.over(drive(ballot.count, rate_func=linear), until="Bagging", least=pace.LONG)
            self.play(FadeIn(rows[0]), run_time=pace.QUICK)
            beat.at("random forest", FadeIn(rows[1]))
            beat.over(words.light(rows[1].text, ink.chalk))
        with self.beat("But on two features one pruned tree comes close: 87.", pause=pace.CALM) as beat:
            self.add(parts), self.bring_to_front(yard, *rows[:2])
            self.play(FadeOut(ballot.field), FadeIn(parts), run_time=pace.SLOW)
            beat.over(FadeIn(rows[2]), until="87")
            beat.over(words.light(rows[2].text, ink.chalk))

    def turn_to_many_features(self) -> None:
        """Handwritten digits: one pruned tree and a forest, where there are 64 features."""
        self.shot(shot.split(titled=False))
        rivals = Rivals()
        with self.beat(
            "A forest pays where features are many. Of digits, each pixel a feature, "
            "one pruned tree has 82 percent, the forest 97."
        ) as beat:
            self.exchange(rivals.photo)
            beat.at("pixel", FadeIn(rivals.name))
            self.play(FadeIn(rivals.chart), run_time=pace.QUICK)
            self.add(*rivals.bars)
            beat.over(rivals.grow(0), rivals.grow(1), until="82")
            self.play(FadeIn(rivals.ranges[0], *rivals.numbers[:2]), run_time=pace.QUICK)
            beat.over(rivals.grow(2), until="97")
            self.play(FadeIn(rivals.ranges[1], rivals.numbers[2]), run_time=pace.QUICK)
        with self.beat("So with few features, read one pruned tree. With many, take a forest.") as beat:
            beat.over(words.light(rivals.numbers[1], ink.focus), until="With many")
            beat.over(words.light(rivals.numbers[2], ink.focus))


def narrow(look: hidden.Look, cells: VMobject) -> list[Any]:
    """The squares of the features that a split does not see go dark; the one that it takes turns yellow."""
    return [
        cell.animate.set_fill(
            ink.focus if column == look.column else ink.chalk if visible else ink.faint,
            1.0 if visible else DIM,
        )
        for column, (cell, visible) in enumerate(zip(cells, look.visible, strict=True))
    ]
