"""What a cut of a tree removes, what a forest sums up, and what it pays to chance."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.feature_importance.stage import (
    CHANCE,
    COLORS,
    MEASURED,
    FeatureImportanceStage,
    credit,
    grove,
    maths,
    plate,
    raised,
    tagged,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.feature_importance import impurity
from scenes.maths.feature_importance.patients import COIN, NAMES, TICKET, Floats, split

ILL: Final = ink.error
WELL: Final = ink.truth
SPOTS: Final = ((0.4, 2.65), (-3.9, 0.15), (3.4, 0.15), (1.8, -2.4), (4.6, -2.4))
"""Where the nodes of the tree by hand stand, in scene units."""


class Cuts(FeatureImportanceStage):
    """Impurity importance, and what it pays a raffle ticket."""

    @chapter("A good cut removes impurity")
    def cut_removes_impurity(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        ground = shot.bare()
        root = ground.classes(_large(2.0, -1.8), np.repeat([0, 1], impurity.HAND[0]), 0.95, (ILL, WELL))
        self.mixed(root)
        nodes, links, tags = self.tree(ground)
        cut_a = ground.label(0.2, 1.3, "cut on A", ORIGIN, MEASURED, size=ink.POINT)
        with self.beat(
            "A good cut makes purer nodes, with fewer surprises. Feature A sends four of the ill to the "
            "left, the rest to the right."
        ) as beat:
            places = np.array([dot.get_center()[:2] for dot in nodes[0]])
            self.play(
                glide(root.redraw, (root.values, root.radii), (places, nodes[0].radii)), run_time=pace.SLOW
            )
            beat.over(
                FadeIn(tags[0], cut_a), self.frame.to(nodes[0], nodes[1], nodes[2], tags[2], share=0.9),
                until="Feature", least=pace.CALM,
            )  # fmt: skip
            beat.over(Create(links[0]), FadeIn(nodes[1], shift=DOWN), until="the rest", least=pace.CALM)
            beat.over(Create(links[1]), FadeIn(nodes[2], shift=DOWN), least=pace.CALM)
        with self.beat("The left node is pure: zero. The right one is still mixed, a little.") as beat:
            beat.over(FadeIn(tags[1]), words.light(nodes[1]), until="The right", least=pace.CALM)
            beat.over(words.light(nodes[2]), until="still", least=pace.CALM)
            beat.over(FadeIn(tags[2]), least=pace.CALM)
        rule = maths("Delta = i - n_L / n thin i_L - n_R / n thin i_R", ink.POINT)
        sum_ = maths(
            f"0.5 - 4/10 dot 0 - 6/10 dot {impurity.gini(impurity.HAND[2]):.2f} = {impurity.by_hand()[0]:.2f}",
            0.9 * ink.POINT,
        )
        low = shot.Region(shot.SAFE.left, shot.SAFE.bottom, 0.8, -0.8)
        upper, lower = low.rows(1, 1)
        upper.put(rule, LEFT)
        lower.put(sum_, LEFT)
        term = plate("impurity decrease (gain)", UP + LEFT, size=ink.AXIS)
        with self.beat(
            "The impurity decrease, or gain, is the node's impurity, minus its children's, each weighted by "
            "its share of rows."
        ) as beat:
            self.play(self.frame.back(), FadeIn(term), run_time=pace.CALM)
            beat.over(words.write(rule), words.light(tags[0]), until="minus", least=pace.CALM)
            beat.over(words.light(tags[1]), words.light(tags[2]), until="weighted", least=pace.CALM)
            beat.over(words.light(nodes[1]), words.light(nodes[2]), least=pace.CALM)
        with self.beat("Here it is 0.33. The cut was on feature A, so feature A earns it.") as beat:
            beat.over(words.write(sum_), until="The", least=pace.CALM)
            beat.over(words.light(cut_a), least=pace.CALM)
        cut_b = ground.label(3.25, -1.4, "cut on B", ORIGIN, MEASURED, size=ink.LABEL)
        other = lower.put(
            maths(
                f"6/10 dot ({impurity.gini(impurity.HAND[2]):.2f} - 0 - 0) = {impurity.by_hand()[1]:.2f}",
                0.9 * ink.POINT,
            ),
            LEFT,
        )
        with self.beat(
            "A cut on feature B makes all nodes pure. But fewer rows get there, so B earns 0.17."
        ) as beat:
            self.play(FadeOut(sum_), Create(links[2]), Create(links[3]), FadeIn(cut_b), run_time=pace.BRISK)
            beat.over(FadeIn(nodes[3]), FadeIn(nodes[4]), until="But", least=pace.CALM)
            beat.over(FadeIn(tags[3], tags[4]), words.write(other), until="so", least=pace.CALM)
            beat.over(words.light(cut_b), least=pace.BRISK)
        bars = BarChart(
            ("A", "B"), impurity.by_hand(), (0, 0.4), low.width, low.height, colors=MEASURED, decimals=2,
            label="impurity decrease", ticks=[],
        )  # fmt: skip
        low.put(bars)
        with self.beat(
            "So A earns more credit than B: it cut well, and it cut early, where many rows are."
        ) as beat:
            self.play(FadeOut(rule, other), FadeIn(bars), run_time=pace.BRISK)
            beat.over(words.light(bars.row("A")), words.light(cut_a), until="it cut", least=pace.CALM)
            beat.over(words.light(nodes[1]), words.light(nodes[2]), until="early", least=pace.CALM)
            beat.over(words.light(root), least=pace.CALM)

    def mixed(self, root: Dots) -> None:
        """Ten patients as large as the picture, and how mixed they are."""
        with self.beat(
            "The first rule looks into the trees. A tree cuts its rows by one column after the other. "
            "Credit good cuts."
        ) as beat:
            beat.over(FadeIn(root, lag_ratio=pace.LAG), until="Credit", least=pace.LONG)
            beat.over(words.light(root), least=pace.BRISK)
        with self.beat("Take one node, before a cut: five of its patients got worse, five did not.") as beat:
            beat.over(words.light(root.subset([*range(5)])), until="five did", least=pace.CALM)
            beat.over(words.light(root.subset([*range(5, 10)])), least=pace.CALM)
        self.add(root)
        term = words.headline("impurity", ink.focus)
        term.move_to(shot.bare().at(-4.4, -0.85))
        gini = maths("G = 1 - sum_c p_c^2", 1.5 * ink.POINT)
        gini.move_to(shot.bare().at(2.0, -0.95))
        ill, well = impurity.HAND[0]
        parts = words.label(
            f"class shares: {ill}/{ill + well} got worse, {well}/{ill + well} did not", ink.chalk, ink.POINT
        ).move_to(shot.bare().at(0.0, -2.75))
        with self.beat(
            "Impurity says how mixed it is. Gini impurity: one minus the sum of the squared class shares."
        ) as beat:
            beat.over(
                glide(root.redraw, (root.values, 0.95), (_large(2.75, 1.05), 0.75)),
                until="mixed",
                least=pace.SLOW,
            )
            beat.over(FadeIn(term), until="Gini", least=pace.QUICK)
            name = words.headline("Gini impurity", ink.focus).move_to(term)
            beat.over(words.rewrite(term, name), until="one", least=pace.BRISK)
            beat.over(words.write(gini), FadeIn(parts), least=pace.CALM)
        with self.beat(
            "That is the chance that two patients drawn from the node are of different classes."
        ) as beat:
            beat.over(words.light(VGroup(root[1], root[8])), until="are", least=pace.CALM)
            beat.over(words.light(VGroup(root[3], root[5])), words.light(gini), least=pace.CALM)
        half = maths("= 1 - (1/2)^2 - (1/2)^2 = 0.5", ink.POINT)
        half.move_to(shot.bare().at(2.2, -2.6))
        with self.beat("Both classes have a share of one half here. So its impurity is 0.5.") as beat:
            beat.over(words.light(root.subset([*range(5)])), until="share", least=pace.CALM)
            beat.over(words.light(root.subset([*range(5, 10)])), until="So", least=pace.CALM)
            self.play(FadeOut(parts), run_time=pace.QUICK)
            beat.over(words.write(half), least=pace.CALM)
        self.leave(name, gini, half, run_time=pace.QUICK)

    def tree(self, ground: Plane) -> tuple[list[Dots], list[Segments], list[words.Words]]:
        """Nodes of the tree by hand, links between them, and their impurities."""
        nodes = [self.node(ground, number) for number in range(len(SPOTS))]
        links = [
            ground.segment(
                (SPOTS[a][0], SPOTS[a][1] - 0.7), (SPOTS[b][0], SPOTS[b][1] + 0.75), ink.quiet, LINE
            )
            for a, b in ((0, 1), (0, 2), (2, 3), (2, 4))
        ]
        tags = []
        for number, dots in enumerate(nodes):
            text = f"{impurity.gini(impurity.HAND[number]):.2f}"
            tags.append(
                words.caption(dots, text, RIGHT, ink.focus, 0.2, ink.POINT if number < 3 else ink.AXIS)
            )
        return nodes, links, tags

    def node(self, ground: Plane, number: int) -> Dots:
        """The patients of a node by hand, in two rows."""
        ill, well = impurity.HAND[number]
        x, y = SPOTS[number]
        count = ill + well
        wide = {10: 5, 4: 2, 1: 1}.get(count, 3)
        rows = -(-count // wide)
        spots = [
            (x + 0.64 * (each % wide - (wide - 1) / 2), y + 0.64 * ((rows - 1) / 2 - each // wide))
            for each in range(count)
        ]
        return ground.classes(np.array(spots), np.repeat([0, 1], [ill, well]), 0.27, (ILL, WELL))

    # --- summed over a forest

    @chapter("Sum it over all trees", "impurity importance")
    def summed_over_trees(self) -> None:
        self.untitled()
        picture, column = self.shot(shot.picture_and_column(4.0, side="left", titled=False))
        trees = grove(
            shot.bare(), (column.left + 0.2, column.right - 0.2), (column.bottom + 0.5, column.top - 0.4)
        )
        running = np.vstack([np.zeros(len(NAMES)), impurity.running()])
        chart = BarChart(
            NAMES, running[0], (0, 0.4), picture.width, picture.height, colors=COLORS, decimals=2,
            label="share of all impurity decreases", ticks=[],
        )  # fmt: skip
        picture.put(chart)
        with self.beat(
            "That was one small tree with two classes. Our forest has a hundred large ones, and its outcome "
            "is a number: how far the disease has gone."
        ) as beat:
            self.play(FadeIn(trees[:1], chart), run_time=pace.BRISK)
            beat.over(FadeIn(trees[1:]), until="and", least=pace.SLOW)
            beat.over(words.light(trees), least=pace.CALM)
        calm = np.mean([chart.spot(0.285, 4.6), chart.spot(0.285, 6.4)], axis=0)
        variance = maths("i = 1/n sum (y - macron(y))^2", 1.1 * ink.POINT).move_to(calm)
        with self.beat(
            "So variance replaces Gini impurity: the mean squared distance of a node's outcomes from their mean."
        ) as beat:
            beat.over(words.write(variance), until="squared", least=pace.CALM)
            beat.over(words.light(trees), until="outcomes", least=pace.CALM)
            beat.over(words.light(variance), least=pace.CALM)

        def grow(share: float) -> tuple[object, object]:
            number = round(share * (len(running) - 1))
            lit = np.where(np.arange(len(trees)) < number, 1.0, 0.25)
            return trees.shade(lit), chart.redraw(values=running[number])

        with self.beat(
            "Add up each feature's decreases, over the cuts of one tree after the other. Scale them to a sum of one."
        ) as beat:
            self.play(FadeOut(variance), run_time=pace.QUICK)
            beat.over(drive(grow, trees, chart), until="Scale", least=pace.LONG)
            beat.over(words.light(chart.row("s5")), words.light(chart.row("body mass")), least=pace.CALM)
        rule = maths('"MDI"_j prop sum_(t "cuts on" j) n_t / n thin Delta_t', 0.78 * ink.POINT).move_to(calm)
        with self.beat(
            "This is impurity importance, or mean decrease in impurity, MDI. A decrease counts by its "
            "node's share of rows."
        ) as beat:
            term = raised(
                Tag(words.label("impurity importance", ink.focus, ink.POINT)).move_to(chart.spot(0.27, 9.6))
            )
            self.play(FadeIn(term), run_time=pace.BRISK)
            beat.over(words.write(rule), until="A decrease", least=pace.CALM)
            beat.over(words.light(rule), least=pace.CALM)
        whole = credit(
            shot.SAFE, self.paid["impurity"], (0, 0.4), "impurity importance; mean and spread of 20 splits"
        )
        with self.beat(
            "On average of twenty splits, a blood test, s5, and body mass lead, with more than a quarter each."
        ) as beat:
            self.shot(shot.wide())
            self.exchange(whole, run_time=pace.BRISK)
            beat.over(words.light(whole.row("s5")), until="and body", least=pace.CALM)
            beat.over(words.light(whole.row("body mass")), least=pace.CALM)
        with self.beat(
            "It is free: the fit has computed it, and libraries show it first. But look who stands in the middle."
        ) as beat:
            for name in ("pressure", "age"):
                self.allow(whole.row(name), "pop", "rows pass each other as the bars are sorted")
            beat.over(whole.change(whole.values, whole.sorted_places()), until="But", least=pace.LONG)
            near = [whole.row(name) for name in ("age", "ticket", "s3")]
            self.play(self.spotlight(*near), run_time=pace.BRISK)
            beat.over(self.frame.to(*near, share=0.8), least=pace.SLOW)

    # --- high cardinality

    @chapter("It pays a raffle ticket", "bias of impurity importance to high cardinality")
    def pays_a_ticket(self) -> None:
        self.untitled()
        places = self.shot(shot.split(titled=False))
        self.six(places)
        parts = split(0)
        planes, clouds = [], []
        for name, column, room in (("ticket", TICKET, places[0]), ("coin", COIN, places[1])):
            x = parts.seen[:, column]
            plane = shot.chart(
                room, (float(x.min()) - 0.12 * np.ptp(x), float(x.max()) + 0.12 * np.ptp(x)), (0, 430),
                x_ticks=[], y_ticks=[100, 200, 300], x_label=name, y_label="outcome",
            )  # fmt: skip
            shaken = x + (
                0.05 * np.ptp(x) * np.random.default_rng(0).uniform(-1, 1, len(x)) if column == COIN else 0
            )
            planes.append(plane)
            clouds.append(plane.dots(np.column_stack([shaken, parts.seen_y]), CHANCE, radius=0.075))
        sweep = planes[0].segment((0.0, 0.0), (0.0, 355.0), ink.focus, 2 * LINE)
        fixed = planes[1].segment((0.5, 0), (0.5, 355), ink.focus, 2 * LINE)
        term = tagged(planes[0], float(np.mean(planes[0].limits, axis=0)[0]), 395, "high cardinality")
        with self.beat(
            "Our ticket has high cardinality: many distinct values, and 308 places to cut. The coin has one."
        ) as beat:
            self.exchange(*planes, *clouds, run_time=pace.BRISK)
            self.play(FadeIn(sweep, term), run_time=pace.QUICK)
            ends = float(parts.seen[:, TICKET].min()), float(parts.seen[:, TICKET].max())
            beat.over(
                glide(lambda x: sweep.redraw((x, 0), (x, 355)), *ends, sweep),
                until="The coin",
                least=pace.LONG,
            )
            beat.over(Create(fixed), least=pace.BRISK)
        self.lucky_cuts()

    def six(self, places: tuple[shot.Region, ...]) -> None:
        """Six outcomes of pure chance, a ticket with five places to cut, and a coin with one."""
        outcomes, ticket, coin = impurity.six()
        means = 100 * impurity.six_at_random().mean(axis=0)
        sides = []
        for room, name, x in ((places[0], "ticket", ticket), (places[1], "coin", coin)):
            plane = shot.chart(
                room, (x.min() - 0.8 * np.ptp(x) / 5, x.max() + 0.8 * np.ptp(x) / 5), (-0.95, 1.15),
                x_ticks=[], y_ticks=[], x_label=name, y_label="outcome",
            )  # fmt: skip
            edges = np.unique(x)
            sides.append(
                (
                    plane,
                    plane.dots(np.column_stack([x, outcomes]), CHANCE, radius=0.26),
                    VGroup(
                        *(
                            plane.segment((at, -0.95), (at, 0.85), ink.quiet, LINE, dashed=True)
                            for at in (edges[1:] + edges[:-1]) / 2
                        )
                    ),
                )
            )
        said = [
            plane.label(
                float(np.mean(plane.limits, axis=0)[0]),
                1.0,
                f"best cut takes {mean:.0f} %",
                ORIGIN,
                ink.focus,
                size=ink.AXIS,
            )
            for (plane, *_), mean in zip(sides, means, strict=True)
        ]
        with self.beat(
            "Take six outcomes of pure chance, and these two columns. Neither can know them."
        ) as beat:
            self.play(FadeIn(sides[0][0], sides[1][0]), run_time=pace.QUICK)
            beat.over(FadeIn(sides[0][1], lag_ratio=pace.LAG), until="and", least=pace.CALM)
            beat.over(FadeIn(sides[1][1], lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("The coin offers one place to cut. The ticket offers five.") as beat:
            beat.over(Create(sides[1][2]), until="The ticket", least=pace.CALM)
            beat.over(Create(sides[0][2], lag_ratio=pace.LAG), least=pace.SLOW)
        with self.beat(
            "The tree takes the best cut. And the best of five lucky ones removes more variance, on average."
        ) as beat:
            beat.over(self.spotlight(*sides[0]), until="And", least=pace.CALM)
            beat.over(self.lights_on(), FadeIn(said[0]), until="removes", least=pace.CALM)
            beat.over(FadeIn(said[1]), least=pace.BRISK)

    def lucky_cuts(self) -> None:
        """How much the best of many cuts takes by luck, and what a forest pays for it."""
        luck = 100 * impurity.lucky()
        plane = shot.chart(
            shot.SAFE, (0, 5.2), (0, 1), y_ticks=[], x_ticks=[0, 1, 2, 3, 4, 5],
            x_label="variance that the best cut takes by luck, in %, of 200 redraws each",
        )  # fmt: skip
        rng = np.random.default_rng(0)
        clouds = [
            plane.dots(_strip(luck[:, each], low, rng), CHANCE, radius=0.085)
            for each, low in ((0, 0.6), (1, 0.12))
        ]
        names = [
            plane.label(
                5.15, low, f"{name}: {luck[:, each].mean():.{1 + each}f} %", LEFT, CHANCE, size=ink.HEADLINE
            )
            for each, (name, low) in enumerate((("ticket", 0.95), ("coin", 0.28)))
        ]
        with self.beat(
            "The best of its lucky cuts takes 1.6 percent of the variance. The coin's takes 0.35."
        ) as beat:
            self.shot(shot.wide())
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(FadeIn(clouds[0], names[0]), until="The coin's", least=pace.CALM)
            beat.over(FadeIn(clouds[1], names[1]), least=pace.CALM)
        chart = credit(
            shot.SAFE, self.paid["impurity"], (0, 0.4), "impurity importance; mean and spread of 20 splits"
        )
        chart.redraw(places=chart.sorted_places())
        with self.beat(
            "Deep trees make such cuts again and again, and they count them on rows that they have seen."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(words.light(chart.row("ticket")), until="and they", least=pace.CALM)
            beat.over(words.light(chart.row("coin")), until="rows", least=pace.CALM)
            beat.over(words.light(chart.row("ticket")), least=pace.CALM)
        count = words.headline("ticket above 5\nof 10 measured,\non average", CHANCE, ink.POINT)
        count.move_to(chart.spot(0.27, 8.0))
        with self.beat("So on average the ticket outranks five of the measured columns.") as beat:
            beat.over(FadeIn(count), until="outranks", least=pace.CALM)
            below = ("s1", "s2", "s3", "s4", "sex")
            beat.over(*(words.light(chart.row(name)) for name in below), least=pace.CALM)
        with self.beat(
            "Do not rank ids, dates or codes by impurity. And plant a random column: whatever is not above "
            "it is noise."
        ) as beat:
            beat.over(words.light(chart.row("age")), until="And", least=pace.CALM)
            near = [chart.row(name) for name in ("age", "ticket", "s3")]
            self.play(self.spotlight(*near), run_time=pace.BRISK)
            beat.over(self.frame.to(*near, share=0.8), until="whatever", least=pace.CALM)
            beat.over(self.frame.back(), self.lights_on(), least=pace.SLOW)


def _large(upper: float, lower: float) -> Floats:
    """(10, 2): five places above and five below, through the whole picture, in scene units."""
    across = np.linspace(-5.4, 5.4, 5)
    return np.array([(x, y) for y in (upper, lower) for x in across])


def _strip(values: Floats, low: float, rng: np.random.Generator) -> Floats:
    """(n, 2): ``values`` (n,) along a strip that begins at the height ``low``."""
    return np.column_stack([values, low + 0.3 * rng.uniform(size=len(values))])
