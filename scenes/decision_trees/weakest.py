"""The price of a leaf: which branches of a full tree are worth keeping."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, LaggedStart, VGroup, rush_from

from scenes.decision_trees import scores
from scenes.decision_trees.growing import as_left
from scenes.decision_trees.question import block
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import HALF, PAST, TREE, Vineyard, drawn_tree, opened, rooms
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.tree import Tree
from scenes.kit.value import Value
from scenes.maths.decision_trees import paired, path, tree

SHOWN: Final = (26, 18, 11, 8, 6, 5, 4, 3, 2, 1)
"""Trees of the path that are scored, by their leaves."""
MARK: Final = 0.16
"""Radius of a score."""
HEAD: Final = 1.0
"""Scene units over the tree for a line of words."""
LINE_FOOT: Final = 0.75
"""Scene units under the tree for one line of words."""
SMALLEST: Final = 5
"""Bottles that a leaf holds at least, where size stops the tree."""
READ: Final = 46.0
"""Pixels of capitals of what is worked out by hand."""
SCALE: Final = 2.6
"""Of the branch that is worked out by hand."""
TILT: Final = 0.22
"""How far the seesaw's ends are from level while nothing is charged, in shares of its height."""
LOAD: Final = 0.16
"""Half the side of what a branch saves, on the seesaw."""
COST: Final = "{{ R_alpha (T) : whole }} = {{ R(T) : mixed }} + {{ alpha : price }} {{ |T| : leaves }}"
"""The cost of a tree T with |T| leaves."""
PRICE: Final = "{{ alpha : price }} < frac({{ R(t) - R(T_t) : saved }}, {{ |T_t| - 1 : extra }})"
"""While the branch below node t is worth its price."""


def hand_branch(room: shot.Region) -> Tree:
    """The branch that is worked out by hand, with its three leaves."""
    drawn = Tree(
        {0: (1, 2), 2: (3, 4)}, path.hand_counts(), room.width / SCALE, room.height / SCALE, gap=0.15
    )
    for each in drawn.past:
        each.set_fill(opacity=PAST)
    return room.put(drawn.scale(SCALE).open_each({0: 1.0, 2: 1.0}))


class FullTree:
    """The tree without a mistake beside its map, as chapters end and begin with it."""

    def __init__(self, points: Floats, labels: tree.Rows) -> None:
        self.grown = tree.grow(points, labels)
        self.vineyard = Vineyard(points, labels, HALF)
        self.vineyard.across.set_color(ink.chalk), self.vineyard.up.set_color(ink.chalk)
        self.map = rooms(self.vineyard.plane, self.grown).open_each(opened(self.grown.questions))
        self.drawn = drawn_tree(self.grown, foot=LINE_FOOT, head=HEAD).open_each(opened(self.grown.questions))


class Weakest(DecisionTreesStage):
    """The price of a leaf: which branches of a full tree are worth keeping."""

    @chapter("Every branch must earn its leaves", "cost-complexity pruning path", goes_on=True)
    def every_branch_must_earn(self) -> None:
        self.plant_the_full_tree()
        self.price_one_branch()
        self.charge_for_leaves()
        self.fold_the_weakest()
        self.choose_alpha()

    def plant_the_full_tree(self) -> None:
        """The map and the tree without a mistake, and the camera at one of its twigs."""
        self.untitled()
        self.shot(shot.split(titled=False))
        full = FullTree(self.points, self.labels)
        self.grown, self.vineyard, self.map, self.drawn = full.grown, full.vineyard, full.map, full.drawn
        self.folds = tree.prune(self.grown)
        self.allow(
            self.map, self.vineyard.up, "a split's stroke passes between two letters of an axis's name"
        )
        self.add(self.map, self.vineyard, self.drawn)
        weak = self.folds[1].folded[0]
        deepest = max(self.grown.under(weak), key=lambda number: self.grown.nodes[number].depth)
        down = [deepest]
        while down[-1] != weak:
            down.append(self.grown.nodes[down[-1]].parent)
        twig = self.drawn.way(down[::-1])
        with self.beat("So many leaves, most of them slivers. Which branches are worth keeping?") as beat:
            beat.over(glide(twig.reveal, 0.0, 1.0), until="Which", least=pace.SLOW)
            beat.over(words.light(twig, ink.chalk))

    # --- by hand

    def price_one_branch(self) -> None:
        """What a branch saves, and for how many leaves more."""
        left, right = self.shot(shot.split(titled=False))
        _, under, _ = left.rows(1, 9, 1, gap=0.1)
        self.hand = hand_branch(under)
        hand, costs = path.by_hand(), path.hand_costs()
        counts = path.hand_counts()[0]
        mixed, share = float(tree.gini(counts)), float(counts.sum()) / path.HAND_ROWS
        bars = [self.hand.bar(number) for number in range(5)]
        as_leaf = words.caption(scores.over(bars[0]), f"R = {hand.cost:.2f}", UP, size=ink.POINT)
        parts = [
            words.caption(scores.under(bars[number]), f"{costs[number]:.2f}", DOWN, size=READ)
            for number in (1, 3, 4)
        ]
        rows = [
            words.note(f"impurity {mixed:g}\n× share {share:g}", ink.quiet, size=ink.POINT),
            words.note(f"one leaf: R = [{hand.cost:.2f}:chalk]", ink.quiet, size=ink.POINT),
            words.note(f"{hand.leaves} leaves: R = [{hand.below:.2f}:chalk]", ink.quiet, size=ink.POINT),
            words.note(
                f"saves [{hand.saved:.2f}:chalk]\nfor {hand.leaves - 1} leaves more",
                ink.quiet,
                size=ink.POINT,
            ),
            words.headline(f"{hand.price:.2f} a leaf", ink.focus),
        ]
        right.stack(*rows, gap=0.6)
        with self.beat(
            "Take one branch. The cost of a node, R, is its impurity times its share of the bottles."
        ) as beat:
            self.exchange(self.hand)
            beat.over("cost", words.write(as_leaf), until="impurity")
            beat.over("impurity", words.write(rows[0]), until="bottles")
            beat.over(words.write(rows[1]))
        with self.beat("With three leaves below, the cost is less.") as beat:
            beat.over("three", FadeIn(*parts, shift=place.NUDGE * DOWN), until="cost")
            beat.over("cost", words.write(rows[2]))
        with self.beat("So the branch saves 0.12, for two leaves more: 0.06 each.", pause=pace.CALM) as beat:
            beat.at("saves", words.write(rows[3]))
            beat.over("each", words.write(rows[4]), least=pace.CALM)
        self.saving, self.column = VGroup(as_leaf, *parts, *rows), right

    def charge_for_leaves(self) -> None:
        """A price for each leaf rises until the branch is not worth it: a seesaw of the price and the saving."""
        hand = path.by_hand()
        column = self.column
        cost = words.formula(COST, {"price": ink.focus}, size=1.1 * ink.pixels(ink.POINT))
        costs = words.note("$R(T)$: cost of all leaves\n$|T|$: how many they are", size=READ)
        column.stack(cost, costs, gap=0.6)
        with self.beat(
            "Now charge a price for each leaf, alpha. The tree should keep its cost low, leaves included."
        ) as beat:
            self.play(FadeOut(self.saving), run_time=pace.QUICK)
            beat.over("price", words.write(cost), until="cost", least=pace.SLOW)
            beat.over("cost", words.light(cost.part("mixed")), FadeIn(costs), until="leaves")
            beat.over("leaves", words.light(cost.part("leaves")), least=pace.CALM)
        price = words.formula(PRICE, {"price": ink.focus}, size=1.15 * ink.pixels(ink.POINT))
        branch = words.note("$T_t$: the branch below node $t$", size=READ)
        column.stack(price, branch, gap=0.5)
        alpha = Value(0.0)
        low = shot.Region(column.left, column.bottom, column.right, float(branch.get_bottom()[1]) - 0.3)
        board = Plane((-1, 1), (0, 1), low.width, low.height, x_ticks=[], y_ticks=[], numbers=False)
        board.frame.set_stroke(opacity=0)
        low.put(board)
        beam = board.segment((-0.8, 0.55), (0.8, 0.55), ink.chalk, width=8.0)
        foot = board.polygon([(-0.09, 0.3), (0.09, 0.3), (0, 0.54)], ink.quiet, fill=1.0)
        loads = [board.polygon(block(0, 0, 0.1, 0.1), color, fill=0.9) for color in (ink.focus, ink.chalk)]

        def tilt(now: float) -> Changed:
            down = TILT * (1 - now / hand.price)
            ends = [(side, 0.55 - np.sign(side) * down) for side in (-0.8, 0.8)]
            for load, (x, y), weight in zip(loads, ends, (now, hand.price), strict=True):
                half = LOAD * np.sqrt(max(weight, 1e-4) / hand.price)
                tall = 2 * half * low.width / 2 / low.height
                load.redraw(block(x - half, y + 0.02, x + half, y + 0.02 + tall))
            return (beam.redraw(*ends), *loads)

        alpha.draws(tilt, beam, *loads)
        readout = Readout(alpha, 2, label="α =", color=ink.focus, size=ink.POINT)
        readout.move_to(board.at(-0.62, 0.08))
        saves = words.note(f"saves {hand.price:.2f} a leaf", size=READ).move_to(board.at(0.4, 0.08))
        with self.beat(
            "A branch is worth its price while alpha stays below what it saves for each leaf more."
        ) as beat:
            self.play(FadeOut(cost, costs), run_time=pace.QUICK)
            beat.over("worth", words.write(price), FadeIn(branch), until="alpha")
            self.play(FadeIn(beam, foot, *loads, readout, saves), run_time=pace.QUICK)
            beat.over(alpha.to(hand.price / 2), until="saves", least=pace.BRISK)
            beat.over("saves", words.light(price.part("saved")), words.light(saves), until="leaf")
            beat.over(words.light(price.part("extra")))
        layouts = self.hand.layout_of((0, 2)), self.hand.layout_of(())

        def unfold(share: float) -> Tree:
            return self.hand.open_each({0: share, 2: share})

        with self.beat("Raise alpha. At 0.06 the branch no longer pays, and folds into one leaf.") as beat:
            beat.over(alpha.to(hand.price), until="branch")
            beat.over("branch", words.light(readout, ink.chalk), until="folds", least=pace.QUICK)
            beat.over(
                "folds",
                glide(self.hand.settle, *layouts),
                glide(unfold, 1.0, 0.0, self.hand),
                least=pace.SLOW,
            )

    # --- the whole path

    def fold_the_weakest(self) -> None:
        """Alpha rises, and the real tree folds, the weakest branch first; on the map rooms melt."""
        self.shot(shot.split(titled=False))
        self.alpha = Value(0.001, log=True)
        readout = Readout(self.alpha, 3, label="α =", color=ink.focus, size=ink.POINT)
        count = Value(float(self.folds[0].leaves))
        leaves = Readout(count, 0, label="leaves:", size=ink.POINT, digits=2)
        readout.move_to((TREE.left, shot.SAFE.top, 0.0), aligned_edge=LEFT + UP)
        leaves.move_to((TREE.right, shot.SAFE.top, 0.0), aligned_edge=RIGHT + UP)
        self.leaf_count, self.leaves = count, leaves
        with self.beat(
            "On the real tree, raise alpha from zero. "
            "The weakest link, the branch that saves least for each leaf, folds first: cost-complexity pruning."
        ) as beat:
            self.exchange(self.map, self.vineyard, self.drawn, readout, leaves)
            name = words.label("[cost-complexity pruning:focus]", size=READ)
            name.move_to((TREE.left, TREE.bottom, 0.0), aligned_edge=LEFT + DOWN)
            for row in range(1, 5):
                self.fold(row, pace.BRISK)
            beat.until("cost-complexity")
            self.fold(5, pace.BRISK, words.write(name))
        four = next(row for row, fold in enumerate(self.folds) if fold.leaves == 4)
        very = words.label("[the tree of chapter four:focus]", size=READ)
        very.move_to((TREE.left, TREE.bottom, 0.0), aligned_edge=LEFT + DOWN)
        with self.beat(
            "Branch after branch folds, and on the map rooms melt. "
            "Four leaves are left: the very tree of chapter four."
        ) as beat:
            rows = range(6, four + 1)
            for at, row in enumerate(rows):
                self.fold(row, max(beat.fill("Four") / (len(rows) - at), pace.CALM))
            self.play(FadeOut(name), FadeIn(very), run_time=pace.QUICK)
            beat.over(words.light(self.drawn, ink.chalk), least=pace.QUICK)

    def fold(self, row: int, seconds: float, *others: Animation) -> None:
        """The price rises to where step ``row`` of the path folds its branches."""
        step, before = self.folds[row], self.folds[row - 1].leaves

        def unfold(share: float) -> Changed:
            shares = dict.fromkeys(step.folded, share)
            count = self.leaf_count.set(step.leaves if share < 0.5 else before)
            return (self.drawn.open_each(shares), self.map.open_each(shares), *count)

        self.play(
            glide(self.drawn.settle, self.drawn.layout, self.drawn.layout_of(step.asking)),
            glide(unfold, 1.0, 0.0, self.drawn, self.map, self.leaves),
            self.alpha.to(step.price, rate_func=rush_from),
            *others,
            run_time=seconds,
        )

    def choose_alpha(self) -> None:
        """Unseen bottles by the size of the pruned tree, and the tree whose price is chosen inside each turn."""
        models = path.models(self.points, self.labels)
        unseen = np.array([100 * paired.score(models[leaves]).mean for leaves in SHOWN])
        nested = paired.nested()
        chosen, full = paired.Estimate(nested.right), paired.score(paired.FULL)
        most = int(np.median(nested.leaves))
        at = np.arange(float(len(SHOWN)))
        (frame,) = self.shot(shot.headline())
        end = len(SHOWN) - 0.5
        chart = frame.inset(scores.LEAN, 0.0).plane(
            (-0.6, end),
            (33, 102),
            x_label="leaves of the pruned tree: α grows to the right",
            y_label="unseen bottles right (%)",
            x_names={spot: f"{leaves}" for spot, leaves in zip(at, SHOWN, strict=True)},
            y_ticks=(40, 60, 80, 100),
            tick_size=scores.TICKED,
        )
        dots = chart.dots(np.column_stack([at, unseen]), ink.truth, radius=MARK)
        guess = chart.segment((-0.6, unseen[-1]), (end, unseen[-1]), ink.quiet, dashed=True)
        guessing = chart.label(1.1, unseen[-1], f"guessing: {unseen[-1]:.0f} %", UP, ink.quiet, size=READ)
        row = SHOWN.index(most)
        pick = chart.dots([(at[row], 100 * chosen.mean)], ink.focus, "diamond", radius=2 * MARK)
        more = paired.Estimate(chosen.each - full.each)
        told = VGroup(
            words.headline(f"pruned: {scores.percent(chosen)}", ink.focus),
            words.label(f"ahead in {more.ahead} of {len(more.each)} shuffles", size=READ),
        ).arrange(DOWN, buff=0.3)
        told.next_to(chart.at(at[row], 100 * chosen.mean), DOWN, buff=0.5)
        start = chart.label(
            at[0] - 0.2,
            unseen[0],
            f"full: {scores.percent(full)}",
            DOWN + RIGHT,
            ink.truth,
            gap=0.4,
            size=ink.POINT,
        )
        with self.beat(
            "But which alpha? Score the pruned trees on unseen bottles: too many leaves lose, and too few."
        ) as beat:
            self.exchange(chart, guessing, guess)
            beat.over(
                LaggedStart(*(FadeIn(dot, scale=2) for dot in dots), lag_ratio=pace.LAG), least=pace.SLOW
            )
        with self.beat(
            "Cross-validation chooses it, afresh inside each turn: the pruned tree gets 87 percent, the full one 82.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(glide(dots.shade, 1.0, 0.45, dots), until="pruned")
            beat.over(FadeIn(pick, scale=2), until="87", least=pace.QUICK)
            self.play(FadeIn(told[0]), run_time=pace.QUICK)
            beat.at("full", FadeIn(start), words.light(dots[0], ink.chalk))
            beat.over(FadeIn(told[1]))
        sized = scores.percent(paired.score(paired.Model(leaf=SMALLEST)))
        same = words.label(f"at least {SMALLEST} samples per leaf: [{sized}:truth]", size=READ)
        same.move_to(chart.at(3.0, 57))
        with self.beat("So grow fully, then prune. Or tune the leaf size: here that does as well.") as beat:
            beat.over(words.light(start, ink.chalk), until="prune", least=pace.QUICK)
            beat.over(words.light(told[0], ink.chalk), until="Or", least=pace.QUICK)
            self.play(FadeOut(told[1]), run_time=pace.QUICK)
            beat.over(words.write(same))
        pair, words_there = as_left(self)
        self.exchange(pair.rooms, pair.yard, pair.tree, words_there)
