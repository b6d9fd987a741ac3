"""Count bins, not rows; and grow where it pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from manim import (
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
)

from scenes.gradient_boosting.leaf import piles
from scenes.gradient_boosting.stage import (
    LABEL,
    MODEL,
    NEXT,
    RESIDUAL,
    UNSEEN,
    GradientBoostingStage,
    raised,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar import Bars
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import HAIR, LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.unit_chart import UnitChart
from scenes.kit.value import Value
from scenes.maths.gradient_boosting import growth, leaves

ABREAST: Final = 4
"""Rows side by side in a bin."""
TEXTURE: Final = 21
"""Another feature, by which a parent's rows are split."""
DARK: Final = 0.85
"""Opacity of the leaf with the highest value."""


def strips() -> tuple[Floats, Floats, list[Floats]]:
    """Ends (m, 2) of a tick for each value of each of the 30 columns, in scene units, and the gaps of each column."""
    cells = shot.safe(titled=False).rows(0.7, 6, gap=0.2)[1].cells(6, 5, gap=0.3)
    starts, ends, gaps = [], [], []
    for cell, column in zip(cells, leaves.tumours().table.T, strict=True):
        values = np.unique(column)
        share = (values - values[0]) / np.ptp(values)
        across = cell.left + share * cell.width
        starts.append(np.column_stack([across, np.full(len(across), cell.bottom)]))
        ends.append(np.column_stack([across, np.full(len(across), cell.top)]))
        gaps.append((share[1:] + share[:-1]) / 2)
    return np.concatenate(starts), np.concatenate(ends), gaps


def walls(share: float) -> tuple[Floats, Floats]:
    """Ends (30, 2) of the cut in each column, that share of its way along."""
    cells = shot.safe(titled=False).rows(0.7, 6, gap=0.2)[1].cells(6, 5, gap=0.3)
    across = np.array([cell.left + share * cell.width for cell in cells])
    return (
        np.column_stack([across, [cell.bottom for cell in cells]]),
        np.column_stack([across, [cell.top for cell in cells]]),
    )


def stacked() -> Floats:
    """(569, 2): each tumour in its bin, benign ones over the line, malignant ones under it."""
    data = leaves.tumours()
    at = np.searchsorted(leaves.binned().edges, data.column, side="left")
    filled: dict[tuple[int, int], int] = {}
    spots = np.zeros((len(at), 2))
    for row in np.argsort(data.column, kind="stable"):
        key = (int(at[row]), int(data.malignant[row]))
        number = filled.get(key, 0)
        filled[key] = number + 1
        up, along = divmod(number, ABREAST)
        spots[row] = at[row] + (along + 0.5) / ABREAST * 0.8 + 0.1, (up + 0.5) * (-1 if key[1] else 1)
    return spots


def tree_spots(grown: growth.Growth) -> Floats:
    """(m, 2): of each node, its place among the leaves and its level."""
    count = len(grown.values)
    spots = np.zeros((count, 2))
    seat = 0

    def place(node: int, level: int) -> float:
        nonlocal seat
        left, right = (int(each) for each in grown.children[node])
        if left < 0:
            across = float(seat)
            seat += 1
        else:
            across = (place(left, level + 1) + place(right, level + 1)) / 2
        spots[node] = across, -level
        return across

    place(0, 0)
    return spots


class Grown(GradientBoostingStage):
    """Histograms and leaf-wise growth."""

    @chapter("Count bins, not rows", "LightGBM's histograms")
    def count_bins(self) -> None:
        self.untitled()
        self.each_gap()
        self.into_bins()
        self.sibling()

    def each_gap(self) -> None:
        """All 30 columns, and a cut at each gap."""
        self.shot(shot.gallery(6, 5, titled=False))
        starts, ends, gaps = strips()
        ticks = self.ground.segment(starts, ends, ink.faint, HAIR)
        ticks.set_stroke(opacity=0.8)
        wall = self.ground.segment(*walls(0.0), NEXT, 1.5 * LINE)
        along = Value(0.0)
        along.draws(lambda share: wall.redraw(*walls(share)))
        tried = along.of(lambda share: float(sum((gap <= share).sum() for gap in gaps)))
        readout = words.Readout(tried, 0, "", "cuts tried in 30 columns:", NEXT, ink.POINT, digits=5)
        head = shot.safe(titled=False).rows(0.7, 6, gap=0.2)[0]
        head.put(readout)
        with self.beat(
            "Each gap between two values is a cut to try: 15,310 cuts in this table, for each leaf."
        ) as beat:
            self.play(FadeIn(ticks, readout), run_time=pace.QUICK)
            self.play(Create(wall), run_time=pace.QUICK)
            beat.over(along.to(1.0), least=pace.LONG)
        with self.beat("Neighbouring cuts hardly differ. So why try them all?") as beat:
            cell = shot.safe(titled=False).rows(0.7, 6, gap=0.2)[1].cells(6, 5, gap=0.3)[27]
            beat.over(
                self.frame.to_region(
                    (cell.left - 0.2, cell.right + 0.2), (cell.bottom - 0.3, cell.top + 0.3)
                ),
                until="So",
                least=pace.SLOW,
            )
            beat.over(along.to(0.45), least=pace.SLOW)

    def into_bins(self) -> None:
        """Rows of one column fall into bins."""
        self.shot(shot.wide())
        data, found = leaves.tumours(), leaves.binned()
        room = shot.safe(titled=False)
        top, body = room.rows(0.75, 6, gap=0.1)
        plane = body.plane((0, leaves.FEW), (-10.6, 10.6), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        spots = stacked()
        before = piles(data.column, 1 - data.malignant)
        before = np.column_stack([before[:, 0] / before[:, 0].max() * (leaves.FEW - 0.2), before[:, 1]])
        pitch = float(plane.at(0.8 / ABREAST, 0)[0] - plane.at(0, 0)[0])
        groups = []
        for side, color in ((0, ink.quiet), (1, LABEL)):
            rows = data.malignant == side
            chart = UnitChart(plane, before[rows], 0.38 * pitch, color)
            groups.append((chart, before[rows], spots[rows]))
        rail = plane.segment((0, 0), (leaves.FEW, 0), ink.faint, LINE / 2)
        fences = [
            plane.segment((edge, -10.4), (edge, 10.4), ink.faint, LINE / 2, dashed=True)
            for edge in range(1, leaves.FEW)
        ]
        half = np.full(len(spots), 0.38 * pitch)
        name = top.put(words.label("histogram: G in each of 16 bins", NEXT, ink.POINT), RIGHT)
        with self.beat("Put each feature's values into bins, and sum g and h per bin: a histogram.") as beat:
            self.exchange(
                rail, *(chart for chart, *_ in groups), also=[self.frame.back()], run_time=pace.CALM
            )
            beat.over(
                *(
                    glide(chart.redraw, (one, half[: len(one)]), (two, half[: len(two)]))
                    for chart, one, two in groups
                ),
                FadeIn(*fences, lag_ratio=pace.LAG),
                until="sum",
                least=pace.SLOW,
            )
            bars = plane.bars(np.arange(leaves.FEW) + 0.5, 0 * found.gradient, RESIDUAL, 0.8)
            self.play(
                glide(bars.redraw, 0 * found.gradient, found.gradient / 2, bars),
                *(FadeOut(chart) for chart, *_ in groups),
                run_time=pace.SLOW,
            )
            beat.over(FadeIn(name), least=pace.BRISK)
        wall = plane.segment((1, -10.4), (1, 10.4), NEXT, 2 * LINE)
        with self.beat(
            "Now the edges of the bins are the cuts, and there are 450 of them in the table."
        ) as beat:
            self.play(Create(wall), run_time=pace.QUICK)
            beat.over(drive(self.hops(wall), wall, rate_func=linear), least=pace.LONG)
        exact = leaves.search()
        rows = [leaves.search(bins) for bins in (None, leaves.FEW, leaves.MANY)]
        table = BarChart(
            ["each gap", "16 bins", "255 bins"], [each.cuts for each in rows], (0, 38000), room.width,
            room.height - 0.2, decimals=0, colors=[ink.quiet, NEXT, NEXT], label="cuts that are tried in the table",
        )  # fmt: skip
        room.put(table)
        shares = [
            raised(
                Tag(
                    words.label(
                        f"{100 * each.gain / exact.gain:.0f} % of the best gain", ink.chalk, ink.POINT
                    )
                )
            )
            for each in rows
        ]
        for number, share in enumerate(shares):
            share.set_y(table.bar(number).get_y())
            share.align_to(room.put(words.label("x")).move_to((room.right, 0, 0)), RIGHT)
        with self.beat(
            "They keep 98 percent of the best gain. More bins, the default, lose none of it here."
        ) as beat:
            self.exchange(table, run_time=pace.BRISK)
            self.play(FadeIn(shares[0]), run_time=pace.QUICK)
            self.play(FadeIn(shares[1]), run_time=pace.QUICK)
            beat.over(words.light(shares[1].text), until="More", least=pace.CALM)
            self.play(FadeIn(shares[2]), run_time=pace.QUICK)
            beat.over(words.light(table.row(2)), least=pace.CALM)

    @staticmethod
    def hops(wall: Segments) -> Callable[[float], object]:
        """The cut goes from edge to edge, and rests at each."""

        def hop(share: float) -> object:
            edge = 1 + share * (leaves.FEW - 2)
            whole, part = divmod(edge, 1.0)
            x = whole + float(np.clip(2 * part - 0.5, 0, 1))
            return wall.redraw((x, -10.4), (x, 10.4))

        return hop

    def sibling(self) -> None:
        """Parent minus left is right."""
        self.shot(shot.gallery(3, 1, titled=False))
        data = leaves.tumours()
        low = data.table[:, TEXTURE] < np.median(data.table[:, TEXTURE])
        whole, left = leaves.binned(), leaves.binned(low.astype(float))
        right = leaves.binned((~low).astype(float))
        names, cells = zip(
            *(room.columns(3.6, 9.4, gap=0.3) for room in shot.safe(titled=False).rows(1, 1, 1, gap=0.25)),
            strict=True,
        )
        planes = [
            cell.plane((0, leaves.FEW), (-19, 19), x_ticks=[], y_ticks=[0], numbers=False) for cell in cells
        ]
        for plane in planes:
            plane.frame.set_stroke(opacity=0)
        tags = [
            room.put(words.label(text, color, ink.POINT), LEFT)
            for room, text, color in zip(
                names, ("parent", "− left child", "= right child"), (ink.chalk, ink.chalk, NEXT), strict=True
            )
        ]
        bars = [self.bars_of(plane, NEXT if number == 2 else RESIDUAL) for number, plane in enumerate(planes)]
        nothing = np.zeros(leaves.FEW)
        with self.beat(
            "After a split, count the rows of one child. The other histogram is a subtraction: parent minus left."
        ) as beat:
            self.exchange(planes[0], tags[0], run_time=pace.BRISK)
            self.play(glide(bars[0].redraw, nothing, whole.gradient, bars[0]), run_time=pace.CALM)
            self.play(FadeIn(planes[1], tags[1]), run_time=pace.QUICK)
            beat.over(
                glide(bars[1].redraw, nothing, left.gradient, bars[1]), until="subtraction", least=pace.CALM
            )
            self.play(FadeIn(planes[2], tags[2]), run_time=pace.QUICK)
            self.play(glide(bars[2].redraw, nothing, whole.gradient, bars[2]), run_time=pace.CALM)
            beat.over(glide(bars[2].redraw, whole.gradient, right.gradient), least=pace.SLOW)
        with self.beat(
            "LightGBM is built on this, and XGBoost now does it too. Take fewer bins where it is too slow."
        ) as beat:
            beat.over(words.light(tags[2]), until="XGBoost", least=pace.CALM)
            beat.over(words.light(bars[2], ink.chalk), until="Take", least=pace.SLOW)
            beat.over(words.light(bars[0], ink.chalk), words.light(bars[1], ink.chalk), least=pace.CALM)

    @staticmethod
    def bars_of(plane: Plane, color: ManimColor) -> Bars:
        """Bars of a histogram, all zero."""
        return plane.bars(np.arange(leaves.FEW) + 0.5, np.zeros(leaves.FEW), color, 0.8)

    # --- growth

    @chapter("Grow where it pays", "leaf-wise growth")
    def grow_where_it_pays(self) -> None:
        self.untitled()
        halves = self.shot(shot.split(titled=False))
        views = [
            GrowthView(half, growth.shown(leafwise))
            for half, leafwise in zip(halves, (False, True), strict=True)
        ]
        names = [
            view.head.put(words.label(text, color, ink.POINT))
            for view, text, color in zip(
                views, ("level-wise growth", "leaf-wise growth"), (ink.chalk, NEXT), strict=True
            )
        ]
        with self.beat("A histogram finds the split of one leaf. But which leaf is split next?") as beat:
            self.play(FadeIn(*(view.ground for view in views)), run_time=pace.BRISK)
            for step in (0, 1):
                self.play(*(each for view in views for each in view.split(step)), run_time=pace.CALM)
            beat.rest()
        with self.beat("Split every leaf of a level before the next: level-wise growth.") as beat:
            self.play(FadeIn(names[0]), run_time=pace.QUICK)
            for step in range(2, growth.SHOWN_LEAVES - 1):
                self.play(*views[0].split(step), run_time=pace.BRISK)
            beat.rest()
        with self.beat("Or split the leaf with the largest gain, wherever it is: leaf-wise growth.") as beat:
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            for step in range(2, growth.SHOWN_LEAVES - 1):
                self.play(*views[1].split(step), run_time=pace.BRISK)
            beat.rest()
        with self.beat("As many leaves, but a lopsided tree: it digs where the loss is.") as beat:
            beat.over(self.frame.to(*views[1].nodes, share=0.9), until="digs", least=pace.SLOW)
            beat.over(self.frame.back(), least=pace.SLOW)
        self.slopes()

    def slopes(self) -> None:
        """Twenty draws: level-wise at the left, leaf-wise at the right."""
        many, few = (growth.compared(*size) for size in growth.SIZES)
        sides = {0: "level-wise", 1: "leaf-wise"}
        limits, ticks = ((8.75, 10.45), (8.75, 13.3)), ([9, 9.5, 10], [9, 10, 11, 12, 13])
        self.shot(shot.wide())
        whole = shot.chart(
            shot.safe(titled=False), (-0.15, 1.15), limits[0], x_ticks=[0, 1], x_names=sides, y_ticks=ticks[0],
            y_label=f"unseen mean squared error, {growth.SIZES[0][0]:,} rows",
        )  # fmt: skip
        with self.beat(
            "Does it pay? Here are twenty draws of simulated data, and the error on unseen points."
        ) as beat:
            self.exchange(whole, run_time=pace.BRISK)
            lines = self.pairs(whole, many)
            base = told(f"the mean: {growth.plain():.0f}", UP + RIGHT, ink.quiet)
            beat.over(LaggedStart(*map(Create, lines), lag_ratio=pace.LAG), least=pace.LONG)
        with self.beat(
            "Leaf-wise has the lower one in all draws. Predicting the mean has an error of 24."
        ) as beat:
            beat.over(*(words.light(line, ink.chalk) for line in lines), until="Predicting", least=pace.CALM)
            beat.over(FadeIn(base), least=pace.BRISK)
        self.shot(shot.split(titled=False))
        planes = [
            shot.chart(
                room, (-0.15, 1.15), limit, x_ticks=[0, 1], x_names=sides, y_ticks=tick,
                y_label=f"unseen MSE, {rows:,} rows",
            )
            for room, limit, tick, (rows, _) in zip(
                shot.split(titled=False).places, limits, ticks, growth.SIZES, strict=True
            )
        ]  # fmt: skip
        with self.beat(
            "With few rows and more leaves it wins in nine. Its smallest leaf holds two rows on average: noise."
        ) as beat:
            self.exchange(*planes, *self.pairs(planes[0], many), run_time=pace.CALM)
            lines = self.pairs(planes[1], few)
            beat.over(LaggedStart(*map(Create, lines), lag_ratio=pace.LAG), least=pace.LONG)
        with self.beat("So limit the number of leaves and the rows per leaf, not the depth alone.") as beat:
            worse = [line for line, up in zip(lines, few.leaf > few.level, strict=True) if up]
            beat.over(*(words.light(line) for line in worse), until="rows", least=pace.CALM)
            beat.over(*(words.light(line) for line in worse), least=pace.CALM)
        self.three_habits()

    def three_habits(self) -> None:
        """How each library's trees look."""
        cells = self.shot(shot.gallery(1, 3, titled=False, gap=0.6))
        names, trees, cuts = [], [], []
        for cell, text, leafwise in zip(
            cells, ("LightGBM", "XGBoost", "CatBoost"), (True, False, False), strict=True
        ):
            head, body = cell.rows(1.0, 5.4, gap=0.3)
            names.append(head.put(words.label(text, NEXT if leafwise else ink.chalk, ink.POINT)))
            grown = growth.shown(leafwise)
            spots = tree_spots(grown)
            plane = body.plane(
                (-0.5, growth.SHOWN_LEAVES - 0.5), (float(spots[:, 1].min()) - 0.3, 0.3), x_ticks=[], y_ticks=[],
                numbers=False,
            )  # fmt: skip
            plane.frame.set_stroke(opacity=0)
            nodes = [node for node in grown.order for _ in grown.children[node]]
            ends = [int(child) for node in grown.order for child in grown.children[node]]
            links = plane.segment(spots[nodes], spots[ends], ink.quiet, LINE)
            trees.append(VGroup(links, plane.dots(spots, MODEL, radius=0.16)))
            deep = int(-spots[:, 1].min())
            cuts.append(
                VGroup(
                    *(
                        plane.segment(
                            (-0.4, -level - 0.08),
                            (growth.SHOWN_LEAVES - 0.6, -level - 0.08),
                            NEXT,
                            2 * LINE,
                            dashed=True,
                        )
                        for level in range(deep)
                    )
                )
            )
        cuts[2].set_z_index(-1)
        for tree in trees:
            self.allow(cuts[2], tree, "a cut that a whole level shares runs behind its nodes")
        with self.beat("LightGBM grows leaf-wise. By default XGBoost goes level by level.") as beat:
            self.exchange(*trees, run_time=pace.BRISK)
            self.play(FadeIn(names[0]), run_time=pace.QUICK)
            beat.over(words.light(trees[0], ink.chalk), until="By", least=pace.BRISK)
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            beat.over(words.light(trees[1], ink.chalk), least=pace.BRISK)
        with self.beat("And CatBoost's trees are symmetric: the nodes of a level share one cut.") as beat:
            self.play(FadeIn(names[2]), run_time=pace.QUICK)
            beat.over(Create(cuts[2], lag_ratio=pace.LAG), until="share", least=pace.SLOW)
            beat.over(words.light(trees[2], ink.chalk), least=pace.CALM)

    @staticmethod
    def pairs(plane: Plane, found: growth.Compared) -> list[VGroup]:
        """A line for each draw: green where leaf-wise is better."""
        return [
            VGroup(
                plane.segment(
                    (0, level),
                    (1, leaf),
                    UNSEEN if leaf < level else ink.quiet,
                    LINE if leaf < level else LINE / 1.5,
                )
            )
            for level, leaf in zip(found.level, found.leaf, strict=True)
        ]


class GrowthView:
    """A tree over its partition, split by split, in ``place``."""

    def __init__(self, place: shot.Region, grown: growth.Growth) -> None:
        self.grown = grown
        self.head, above, below = place.rows(0.65, 2.9, 3.1, gap=0.2)
        spots = tree_spots(grown)
        deepest = -float(spots[:, 1].min())
        self.tree = above.plane(
            (-0.5, growth.SHOWN_LEAVES - 0.5), (-deepest - 0.3, 0.3), x_ticks=[], y_ticks=[], numbers=False
        )
        self.tree.frame.set_stroke(opacity=0)
        self.map = below.plane((0, 1), (0, 1), x_ticks=[], y_ticks=[], numbers=False)
        self.map.frame.set_stroke(opacity=0)
        largest = float(grown.values.max())
        self.panes = []
        for box, value in zip(grown.boxes, grown.values, strict=True):
            left, low, right, high = box
            corners = [(left, low), (right, low), (right, high), (left, high)]
            pane = self.map.polygon(
                corners, MODEL, width=LINE / 2, fill=DARK * (0.25 + 0.75 * max(float(value), 0.0) / largest)
            )
            pane.set_stroke(ink.ground)
            self.panes.append(pane)
        self.nodes = [self.tree.dots([spot], MODEL, radius=0.13) for spot in spots]
        self.links = {
            node: [
                self.tree.segment(spots[node], spots[int(child)], ink.quiet, LINE)
                for child in grown.children[node]
            ]
            for node in grown.order
        }
        self.ground = VGroup(self.panes[0], self.nodes[0])

    def split(self, step: int) -> list[Animation]:
        """The animations of that split."""
        node = self.grown.order[step]
        children = [int(child) for child in self.grown.children[node]]
        return [
            *(Create(link) for link in self.links[node]),
            *(FadeIn(self.nodes[child], self.panes[child]) for child in children),
            FadeOut(self.panes[node]),
        ]
