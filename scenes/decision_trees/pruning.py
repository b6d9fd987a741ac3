"""A tree grows, grows too far, and is cut back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, linear, smooth

from scenes.decision_trees.stage import MIDDLE, DecisionTreesStage, bare_tree, diary, rooms
from scenes.kit import ink, place, words
from scenes.kit.dial import Dial
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
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

    # --- the tree

    @chapter("Every stroke grows a branch", "recursive partition beside the growing tree")
    def every_stroke_grows_a_branch(self) -> None:
        self.grown = tree.grow(self.points, self.labels, depth=2)
        self.map, self.tree = rooms(self.plane, self.grown), diary(self.grown)
        self.add(self.map, self.plane, self.wines, self.tree)

        self.grow_three_cuts()
        self.name_the_leaves()
        self.walk_down()

    def stroke_out(self, number: int) -> Animation:
        """The cut runs through its room."""
        return drive(lambda t: self.map.open(number, t), self.map)

    def fly(self, number: int, dip: float = 0.0) -> Animation:
        """A copy of the stroke leaves the map, and lands across the bar that it divides.

        It goes ``dip`` scene units under the straight way, where words stand on that.
        """
        begin, stop = self.map.stroke(number)
        flier = self.plane.segment(begin, stop, ink.focus, width=5)
        low, high = self.tree.bar(number)
        start = self.plane.at(np.array([begin, stop]))
        if np.ptp(start[:, 1]) > np.ptp(start[:, 0]):
            start = start[::-1]
        middle = (low + high)[1] / 2
        end = np.array([[low[0], middle, 0.0], [high[0], middle, 0.0]])

        def path(share: float) -> Changed:
            below = dip * np.sin(np.pi * share) * UP
            here = self.plane.inverse(start + share * (end - start) - below)
            flier.set_stroke(opacity=min(1.0, 4 * (1 - share)))
            return (flier.redraw(here[0], here[1]),)

        return drive(path)

    def branch(self, number: int) -> Animation:
        """The bar opens under its question."""
        return drive(lambda t: self.tree.ask(number, min(1.0, 2 * t)).open(number, t), self.tree)

    def grow_three_cuts(self) -> None:
        """The tree of three questions, stroke by stroke."""
        root, left, right = self.grown.questions
        with self.beat(
            "Make the first cut. Its stroke lifts off the map, and becomes the root of a tree."
        ) as beat:
            beat.at("Make", self.stroke_out(root), run_time=0.9)
            beat.at("lifts", self.fly(root), run_time=1.0)
            beat.at("root", self.branch(root), run_time=1.1)

        sides = [words.label(name, ink.quiet) for name in ("yes", "no")]
        for text, part, side in zip(sides, self.tree.children[root], (LEFT, RIGHT), strict=True):
            # The link will end higher, over its question.
            text.next_to(self.tree.link(part).mean(axis=0) + 0.2 * UP, side + UP, buff=0.1)
        with self.beat("111 bottles answer yes, 67 answer no.") as beat:
            beat.at("yes", FadeIn(sides[0]))
            beat.at("no", FadeIn(sides[1]))

        with self.beat("The next knife works inside one room only: are flavanoids at most 1.235?") as beat:
            beat.at("inside", self.stroke_out(left), run_time=0.9)
            self.play(self.fly(left), run_time=0.9)
            beat.at("flavanoids", self.branch(left), run_time=1.1)

        with self.beat("And the third works inside the other, at 2.165.") as beat:
            beat.at("third", self.stroke_out(right), run_time=0.8)
            self.play(self.fly(right, dip=1.1), run_time=0.9)
            self.play(self.branch(right), run_time=0.9)

    def name_the_leaves(self) -> None:
        """Leaves and what is wrong in them."""
        wrong = np.flatnonzero(self.grown.judge(self.points) != self.labels)
        rings = self.wines.ring(wrong, ink.error)
        leaves = self.grown.leaves

        def tell(share: float) -> Changed:
            for leaf in leaves:
                self.tree.tell(leaf, share)
            return (self.tree,)

        with self.beat(
            "Four rooms are four leaves, named after their majority. That is right for 163 of 178 bottles."
        ) as beat:
            beat.at("four", drive(tell), run_time=0.8)
            beat.at("right", FadeIn(rings, scale=1.2), run_time=0.8)
        self.leave(rings)

    def walk_down(self) -> None:
        """A new bottle goes down the tree while the map zooms into its room."""
        way = self.grown.way(NEW_BOTTLE)
        corners = [box(self.map.room(number)) for number in way]
        lit = self.tree.way(way)
        frame = self.plane.polygon(corners[0], ink.focus, width=5)
        new = self.plane.dots([NEW_BOTTLE], ink.chalk, "diamond", radius=0.15)

        def step(begin: float, end: float) -> Animation:
            def path(share: float) -> Changed:
                here = begin + share * (end - begin)
                row = min(int(here), len(corners) - 2)
                part = here - row
                frame.redraw((1 - part) * corners[row] + part * corners[row + 1])
                return (lit.reveal(max(here / (len(way) - 1), 1e-6)), frame)

            return drive(path)

        with self.beat(
            "A new bottle comes. Is its proline at most 755? Yes. Are its flavanoids at most 1.235? No."
        ) as beat:
            self.play(FadeIn(new, shift=0.8 * DOWN), run_time=0.7)
            self.bring_to_front(new)
            lit.reveal(1e-6)
            beat.at("Is", FadeIn(frame, lit), run_time=0.5)
            beat.at("Yes", step(0, 1), run_time=1.0)
            beat.at("No", step(1, 2), run_time=1.0)
        with self.beat("It is of grape two. To walk down the tree is to zoom into a room.") as beat:
            self.play(drive(lambda t: new.set_fill(ink.chalk.interpolate(ink.second, t)), new), run_time=0.5)
            beat.until("walk")
            self.play(step(2, 0), run_time=0.9)
            self.play(step(0, 2), run_time=1.2)

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

    # --- pruning

    @chapter("Each branch must earn its leaves", "cost-complexity pruning path")
    def each_branch_must_earn(self) -> None:
        grown = tree.grow(self.points, self.labels)
        self.plant(grown, 2.55, grown.questions)
        self.folds = tree.prune(grown)
        self.prices = ParameterSweep(np.array([0.002, 0.5]), log=True)
        self.add(self.map, self.plane, self.wines, self.tree)

        self.put_a_price_on_leaves()
        self.fold_to_five()
        self.fold_to_the_root()
        self.name_the_limits()

    def put_a_price_on_leaves(self) -> None:
        """The cost of a tree: its impurity, and a price for each leaf."""
        cost = words.formula(
            "{{ R(T) : mixed }} + {{ alpha : price }} dot {{ |T| : leaves }}",
            {"mixed": ink.chalk, "price": ink.focus, "leaves": ink.fourth},
        )
        self.dial = Dial("price of a leaf, $alpha$", (0.003, 0.03, 0.3), log=True, width=2.6, value=0.003)
        cost.move_to((-0.15, -0.45, 0.0), aligned_edge=UP + LEFT)
        self.dial.next_to(cost, DOWN, buff=0.4, aligned_edge=LEFT)
        with self.beat(
            "Let every leaf have a price, alpha. A branch may stay if it saves more impurity than its leaves cost."
        ) as beat:
            beat.at("price", FadeIn(self.dial))
            beat.at("saves", words.write(cost), run_time=1.0)
            beat.at("impurity", words.light(cost.part("mixed")), run_time=0.6)
            beat.at("leaves", words.light(cost.part("leaves")), run_time=0.6)
        self.price = Gauge("price now", lambda: self.dial.value, 3, color=ink.focus, width=2.6)
        place.under(self.price, self.dial, gap=0.28)

    def fold(self, row: int) -> Animation:
        """The price rises to where step ``row`` of the path folds its branches."""
        step = self.folds[row]
        begin, end = np.log([max(self.folds[row - 1].price, 0.003), step.price])
        before, after = self.tree.layout, self.tree.layout_of(step.asking)

        def path(share: float) -> Changed:
            shares = {number: 1 - smooth(share) for number in step.folded}
            self.tree.settle(before.toward(after, smooth(share))).open_each(shares)
            self.dial.redraw(float(np.exp(begin + share * (end - begin))))
            changed = (self.tree, self.map.open_each(shares), self.dial.knob)
            return (*changed, self.trail.reach(float(row - 1 + share)))

        return drive(path, rate_func=linear)

    def fold_to_five(self) -> None:
        """From twenty-six leaves to the five that judge best."""
        scores = tree.score_prices(self.points, self.labels, tuple(fold.price for fold in self.folds))
        at = np.arange(float(len(self.folds)))
        best = int(np.argmax(scores.unseen))
        self.trail = GrowingCurve(
            at,
            100 * scores.unseen,
            (0, at[-1]),
            (50, 106),
            width=2.45,
            height=1.45,
            x_label="leaves",
            y_label="unseen, right (%)",
            x_names={row: f"{self.folds[row].leaves}" for row in (0, 5, best, len(at) - 1)},
            y_ticks=(50, 70, 90),
        )
        self.trail.move_to((place.RIGHT_EDGE, place.FLOOR + 0.08, 0.0), aligned_edge=DOWN + RIGHT)
        with self.beat(
            "Raise the price. The branch that saves least for its leaves folds first, and on the map its rooms melt."
        ) as beat:
            self.play(FadeIn(self.trail, self.price), run_time=0.5)
            beat.until("branch")
            for row in range(1, best + 1):
                self.play(self.fold(row), run_time=0.65)

        low, high = (100 * (scores.unseen + sign * scores.error) for sign in (-1, 1))
        band = self.trail.chart.area(at, low, high, ink.focus)
        with self.beat(
            "At five leaves most unseen bottles are judged right, 87.5 percent. "
            "Within the band of error, four or six may be as good."
        ) as beat:
            value = words.label(f"{100 * scores.unseen[best]:.1f} %", ink.focus).next_to(
                self.trail.tip, UP, buff=0.1
            )
            beat.at("87.5", words.light(self.trail.tip), FadeIn(value), run_time=0.8)
            beat.at("band", FadeIn(band), run_time=0.8)

    def fold_to_the_root(self) -> None:
        """The last prices are the gains of the first cuts."""
        four = next(row for row, fold in enumerate(self.folds) if fold.leaves == 4)
        with self.beat("Go on, and your first three cuts are left. One folds at 0.061.") as beat:
            beat.at("first", self.fold(four), run_time=0.8)
            beat.at("0.061", self.fold(four + 1), run_time=0.8)
        with self.beat("The next folds at 0.194.") as beat:
            beat.at("0.194", self.fold(four + 2), run_time=0.8)
        with self.beat("The last at 0.252. That is exactly what each of them had gained.") as beat:
            beat.at("0.252", self.fold(four + 3), run_time=0.8)

    def name_the_limits(self) -> None:
        """Back to five leaves; then a slanted border, which costs a staircase."""
        five = next(fold for fold in self.folds if fold.leaves == 5)
        before, after = self.tree.layout, self.tree.layout_of(five.asking)

        def unfold(share: float) -> Changed:
            shares = dict.fromkeys(five.asking, share)
            self.tree.settle(before.toward(after, share)).open_each(shares)
            self.dial.redraw(0.5 ** (1 - share) * five.price**share)
            return (self.tree, self.map.open_each(shares), self.dial.knob)

        with self.beat("So the tree without a mistake was not the best one.") as beat:
            beat.at("mistake", drive(unfold), run_time=1.8)
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)

        points, labels = tree.slant()
        grown = tree.grow(points, labels)
        square = Plane((0, 1), (0, 1), 4.8, 4.8, x_ticks=[], y_ticks=[])
        square.move_to((-3.4, (place.TOP - place.HEAD + place.FLOOR) / 2, 0.0))
        stairs, steps = rooms(square, grown), bare_tree(grown, 3.4)
        dots = square.classes(points, labels)
        border = square.line((1, 1), -1.0, color=ink.truth, dashed=True)
        order = sorted(grown.questions, key=lambda number: grown.nodes[number].depth)
        count = Gauge(
            "leaves", lambda: 1 + sum(share >= 0.5 for share in steps.opened.values()), 0, digits=2, width=3.0
        )
        count.move_to((MIDDLE, -1.9, 0.0))
        self.map, self.tree = stairs, steps
        with self.beat(
            "Two limits remain. The knife is greedy: it never gives up gain now for a better cut later."
        ) as beat:
            self.play(FadeIn(square, dots, border), run_time=0.8)
            self.add(stairs, square, border, dots)
            beat.until("greedy")
            self.play(FadeIn(steps, count), run_time=0.5)
            self.play(self.open_up(order[:2], steps.layout), run_time=beat.fill())
        with self.beat("And it cuts along the axes only. A slanted border costs it a staircase.") as beat:
            beat.until("slanted")
            self.play(self.open_up(order[2:], steps.layout), run_time=max(beat.fill(), 3.0))
