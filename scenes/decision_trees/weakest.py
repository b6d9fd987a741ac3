"""The price of a leaf: which branches of a full tree are worth keeping."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, VGroup, rush_from

from scenes.decision_trees import scores
from scenes.decision_trees.growing import as_left
from scenes.decision_trees.question import block
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import HALF, ROOM, TREE, Vineyard, drawn_tree, opened, rooms
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.tree import Tree
from scenes.kit.value import Value
from scenes.maths.decision_trees import paired, path, tree

SHOWN: Final = (26, 18, 11, 8, 6, 5, 4, 3, 2, 1)
"""Trees of the path that are scored, by their leaves."""
TIED: Final = (6, 5, 4)
"""Leaves of the trees that do best, which the folds cannot tell apart."""
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
        as_leaf = words.caption(scores.over(bars[0]), f"R = {hand.cost:.2f}", UP)
        parts = [
            words.caption(scores.under(bars[number]), f"{costs[number]:.2f}", DOWN) for number in (1, 3, 4)
        ]
        rows = [
            words.note(
                f"impurity {mixed:g} × share {share:g}:\nR = [{hand.cost:.2f}:chalk]", ink.quiet, size=READ
            ),
            words.note(f"with {hand.leaves} leaves: R = [{hand.below:.2f}:chalk]", ink.quiet, size=READ),
            words.note(
                f"saves [{hand.saved:.2f}:chalk]\nfor {hand.leaves - 1} leaves more", ink.quiet, size=READ
            ),
            words.note(f"branch: [{hand.price:.2f} a leaf:focus]", size=ink.POINT),
        ]
        right.stack(*rows, gap=0.7)
        inside = path.inside_by_hand()
        clear = np.array(
            [bars[2][:, 0].max() - 0.6, bars[2][1, 1], 0.0]
        )  # of the link to the middle of the bar
        part = words.caption(clear, f"{inside.cost:.2f}", UP)
        within = [
            words.note(
                f"split inside:\n{inside.cost:.2f} − {inside.below:.2f} = [{inside.price:.2f} a leaf:chalk]",
                ink.quiet,
                size=ink.POINT,
            ),
            words.note("weakest link:\n[the whole branch:focus]", size=ink.POINT),
        ]
        within[0].next_to(rows[3], UP, buff=0.7, aligned_edge=LEFT)
        within[1].next_to(within[0], UP, buff=0.7, aligned_edge=LEFT)
        with self.beat(
            "Take one branch. The cost of a node, R, is its impurity times its share of the bottles."
        ) as beat:
            self.exchange(self.hand)
            beat.over("cost", words.write(as_leaf), words.write(rows[0]), until="share")
            beat.over(words.light(as_leaf))
        with self.beat("With three leaves below, the cost is less.") as beat:
            beat.over("three", FadeIn(*parts, shift=place.NUDGE * DOWN), until="cost")
            beat.over("cost", words.write(rows[1]))
        with self.beat("So the branch saves 0.12, for two leaves more: 0.06 each.") as beat:
            beat.at("saves", words.write(rows[2]))
            beat.over("each", words.write(rows[3]), least=pace.CALM)
        with self.beat(
            "The split inside it saves more for its one leaf. So the whole branch is the weakest link."
        ) as beat:
            self.play(FadeOut(as_leaf, *rows[:3], parts[0]), FadeIn(part), run_time=pace.QUICK)
            beat.over("inside", words.light(part), *(words.light(each) for each in parts[1:]), until="more")
            beat.over("more", words.write(within[0]), until="So", least=pace.BRISK)
            beat.at("whole", words.light(rows[3], ink.chalk))
            beat.over("weakest", words.write(within[1]))
        self.play(FadeOut(part, *parts[1:]), run_time=pace.QUICK)
        self.saving, self.column = VGroup(rows[3], *within), right

    def charge_for_leaves(self) -> None:
        """A price for each leaf rises until the branch is not worth it: a seesaw of the price and the saving."""
        hand = path.by_hand()
        column = self.column
        cost = words.formula(COST, {"price": ink.focus}, size=1.15 * ink.pixels(ink.POINT))
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
        self.gains: dict[int, Tag] = {}
        count = Value(float(self.folds[0].leaves))
        leaves = Readout(count, 0, label="leaves:", size=ink.POINT, digits=2)
        readout.move_to((TREE.left, shot.SAFE.top, 0.0), aligned_edge=LEFT + UP)
        leaves.move_to((TREE.right, shot.SAFE.top, 0.0), aligned_edge=RIGHT + UP)
        self.leaf_count, self.leaves = count, leaves
        with self.beat(
            "On the real tree, raise alpha from zero. The weakest link folds first: cost-complexity pruning."
        ) as beat:
            self.exchange(self.map, self.vineyard, self.drawn, readout, leaves)
            name = words.label("[cost-complexity pruning:focus]")
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
        (x0, y0), (x1, y1) = self.map.room(0)
        one = Polygon(self.vineyard.plane, color=ink.CLASSES[self.grown.nodes[0].verdict], width=0)
        one.set_fill(one.get_color(), opacity=0.0).redraw([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])

        def color(opacity: float) -> Changed:
            return (one.set_fill(opacity=opacity),)

        last = [self.folds[four + step].folded[0] for step in (1, 2, 3)]
        with self.beat("Its three splits fold one by one, the one that saves least first.") as beat:
            self.gains = {
                number: Tag(
                    words.label(f"{'saves ' * (number == 0)}[{self.grown.nodes[number].gain:.3f}:focus]")
                )
                for number in last
            }
            self.hang_gains()
            beat.over(FadeOut(very), FadeIn(*self.gains.values()), until="three")
            for step, number in enumerate(last, 1):
                if number == last[-1]:
                    self.bring_to_back(one)
                    self.fold(four + step, pace.CALM, glide(color, 0.0, ROOM, one))
                else:
                    self.fold(four + step, pace.CALM)
                self.play(words.light(readout), FadeOut(self.gains.pop(number)), run_time=pace.BRISK)
        self.gains = {}

    def hang_gains(self) -> Changed:
        """Each gain over the bar of its split, wherever that is now."""
        for number, text in self.gains.items():
            text.next_to(scores.over(self.drawn.bar(number)), UP, buff=0.0)
        return tuple(self.gains.values())

    def fold(self, row: int, seconds: float, *others: Animation) -> None:
        """The price rises to where step ``row`` of the path folds its branches."""
        step, before = self.folds[row], self.folds[row - 1].leaves

        def unfold(share: float) -> Changed:
            shares = dict.fromkeys(step.folded, share)
            count = self.leaf_count.set(step.leaves if share < 0.5 else before)
            return (self.drawn.open_each(shares), self.map.open_each(shares), *count, *self.hang_gains())

        self.play(
            glide(self.drawn.settle, self.drawn.layout, self.drawn.layout_of(step.asking)),
            glide(unfold, 1.0, 0.0, self.drawn, self.map, self.leaves, *self.gains.values()),
            self.alpha.to(step.price, rate_func=rush_from),
            *others,
            run_time=seconds,
        )

    def choose_alpha(self) -> None:
        """Scores on unseen bottles of the trees of the path, and what guessing gives."""
        models = path.models(self.points, self.labels)
        found = [paired.score(models[leaves]) for leaves in SHOWN]
        unseen = np.array([100 * each.mean for each in found])
        at = np.arange(float(len(SHOWN)))
        (frame,) = self.shot(shot.headline())
        chart = frame.plane(
            (-0.5, len(SHOWN) - 0.5),
            (30, 100),
            x_label="leaves of the pruned tree: α grows to the right",
            y_label="bottles right (%)",
            x_names={spot: f"{leaves}" for spot, leaves in zip(at, SHOWN, strict=True)},
            y_ticks=(40, 60, 80, 100),
        )
        dots = chart.dots(np.column_stack([at, unseen]), ink.truth, radius=0.16)
        guess = chart.segment((-0.5, unseen[-1]), (len(SHOWN) - 0.5, unseen[-1]), ink.quiet, dashed=True)
        guessing = chart.label(1.5, unseen[-1], f"guessing: {unseen[-1]:.0f} %", UP, ink.quiet, size=READ)

        def value(leaves: int) -> words.Words:
            row = SHOWN.index(leaves)
            side = DOWN + RIGHT * (row == 0)
            return chart.label(
                at[row], unseen[row], scores.percent(found[row]), side, ink.truth, gap=0.45, size=READ
            )

        nested = paired.nested()
        honest = words.note(
            f"α chosen in each turn: [{scores.percent(paired.Estimate(nested))}:truth]\n"
            f"over the full tree: {scores.gained(paired.Estimate(nested - paired.right(paired.FULL)))}",
            size=READ,
        )
        honest.move_to(chart.at(at[0] - 0.3, 58), aligned_edge=LEFT)
        unseen_name = chart.label(
            at[0] - 0.3, unseen[0], "unseen", UP + RIGHT, ink.truth, gap=0.75, size=READ
        )
        with self.beat(
            "Cross-validation chooses alpha. The full tree has 82 percent of unseen bottles right."
        ) as beat:
            beat.until("alpha")
            self.exchange(chart, guessing, guess)
            beat.over("full", FadeIn(dots[0], scale=2), FadeIn(value(26), unseen_name))
        tied = [SHOWN.index(leaves) for leaves in TIED]
        with self.beat(
            "With six, five or four leaves it is about 87: a tie, and better than the full tree. Take the smallest."
        ) as beat:
            beat.over(*(FadeIn(dots[row], scale=2) for row in range(1, tied[0])), until="six")
            for word, row in zip(("six", "five", "four"), tied, strict=True):
                beat.at(word, FadeIn(dots[row], scale=2), run_time=pace.QUICK)
            band = chart.area([tied[0] - 0.4, tied[-1] + 0.4], 84, 90, ink.truth)
            beat.over("87", FadeIn(band), FadeIn(value(5)), until="Take")
            self.play(words.light(dots[tied[-1]], ink.chalk), run_time=pace.QUICK)
            beat.over(
                *(FadeIn(dots[row], scale=2) for row in range(tied[-1] + 1, len(SHOWN))), FadeIn(value(2))
            )
        with self.beat(
            "But the winner of many tries is flattered. Choose alpha afresh in each turn, "
            "on learnt bottles alone: 87 again."
        ) as beat:
            beat.over(words.light(band, ink.chalk), until="Choose")
            beat.over(*(words.light(dot, ink.chalk) for dot in dots), until="87")
            beat.over(FadeIn(honest))
        near = [dots[row] for row in tied]
        sized = scores.percent(paired.score(paired.Model(leaf=SMALLEST)))
        same = words.note(f"at least {SMALLEST} samples per leaf: [{sized}:truth]", size=READ)
        same.move_to(chart.at(at[0] - 0.3, 60), aligned_edge=LEFT)
        with self.beat("So grow fully, then prune. Or tune the leaf size: here that does as well.") as beat:
            self.play(FadeOut(honest), run_time=pace.QUICK)
            beat.over(words.light(dots[0], ink.chalk), until="prune", least=pace.QUICK)
            beat.over(words.light(near[-1], ink.chalk), until="Or", least=pace.QUICK)
            beat.over(words.write(same))
        pair, told = as_left(self)
        self.exchange(pair.rooms, pair.yard, pair.tree, told)
