"""The first question: what a split is, how mixed its sides are, and the split that lowers this most."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, linear

from scenes.decision_trees.hunt import Hunt
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import NAMES, Vineyard, X, across
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import SHAPES, Dots
from scenes.kit.drive import Drive, appear, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.decision_trees import by_hand, tree

STOPS: Final = ((0, 3.0), (0, 2.0), (1, 1000.0))
"""Columns and levels at which the stroke stops: none of them is the best split."""
COUNTS_AT: Final = (((1.0, 1400.0), (4.5, 1400.0)), ((4.58, 730.0), (4.58, 1400.0)))
"""Where the counts of yes and no stand, by the column that is split."""
ASKED_AT: Final = 1640.0
"""Proline at which the question stands beside an upright stroke."""
SWEPT: Final = ((0.8, 4.0), (330.0, 1550.0))
"""Flavanoids and proline over which the stroke wanders at first."""
MOST: Final = 0.3
"""The largest decrease that the charts show."""
BACK: Final = 0.35
"""Opacity of wines that are not spoken of."""
BIG: Final = 0.3
"""Radius of a dot that is counted by hand."""
COUNT: Final = 60.0
"""Pixels of the capitals of what is counted."""
BEGUN: Final = 0.25
"""Share of the fall of the bottles that lies behind them in the first picture."""
ASIDE: Final = 0.1
"""Sides of the square of all pairs from it to the dots that stand along it."""
FRAMED: Final = 0.95
"""Scene units left of the square that these take."""
LIFT: Final = 0.35
"""Scene units from the captions to the square of all pairs."""
WEIGHED: Final = 38.0
"""Pixels of capitals beside the square of all pairs."""
DEEP: Final = -0.16
"""How deep the bottles lie under the areas of their sides, in units of impurity."""
HAND: Final = 45.0
"""Pixels of capitals in sums by hand."""
LARGE: Final = 52.0
"""Pixels of capitals that are read while they are worked with."""


def block(left: float, low: float, right: float, high: float) -> Floats:
    """The corners (4, 2) of a rectangle."""
    return np.array([[left, low], [right, low], [right, high], [left, high]])


class Sides(VGroup):
    """How many bottles of each grape answer yes, and how many no, to the question at a stroke."""

    def __init__(self, yard: Vineyard, labels: tree.Rows, column: int, level: float) -> None:
        super().__init__()
        self.yard, self.labels, self.column = yard, labels, column
        self.level = Value(level)
        self.stroke = yard.stroke(column, level)
        self.rows = VGroup()
        self.counted: list[VGroup] = []
        for answer, spot in zip(("yes", "no"), COUNTS_AT[column], strict=True):
            counts = VGroup(
                *(
                    Readout(
                        self.level.of(partial(self.count, answer == "yes", kind)),
                        0,
                        color=ink.CLASSES[kind],
                        size=COUNT,
                        digits=2,
                    )
                    for kind in range(3)
                )
            ).arrange(RIGHT, buff=4.5 * words.GAP)
            counts.move_to(yard.plane.at(*spot))
            name = words.label(answer, ink.quiet).next_to(counts, UP, buff=2 * words.GAP)
            self.counted.append(counts)
            self.rows.add(VGroup(name, counts))
        self.level.draws(lambda now: self.stroke.redraw(*across(column, now)), self.stroke)
        self.add(self.stroke, self.rows)

    def asks(self, level: float) -> words.Words:
        """The question of the stroke, where it stands at ``level``."""
        spot, side = ((level, ASKED_AT), LEFT) if self.column == 0 else ((COUNTS_AT[1][0][0], level), UP)
        return self.yard.label(*spot, f"{NAMES[self.column]} ≤ {level:g}", side, ink.focus)

    def count(self, yes: bool, kind: int, level: float) -> int:
        """Bottles of the ``kind`` on one side."""
        side = (self.yard.points_now[:, self.column] <= level) == yes
        return int((side & (self.labels == kind)).sum())


class Question(DecisionTreesStage):
    """The first question, and the impurity that chooses it."""

    # --- which question first

    @chapter("Which question first?")
    def which_question_first(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        yard = Vineyard(self.points, self.labels)
        stroke = yard.stroke(0, X[0])
        self.add(yard.lines, yard.numbers)

        def sweep(share: float) -> Changed:
            if share < 0.5:
                return (stroke.redraw(*across(0, float(np.interp(2 * share, [0, 1], SWEPT[0])))),)
            return (stroke.redraw(*across(1, float(np.interp(2 - 2 * share, [0, 1], SWEPT[1])))),)

        with self.beat(
            "Three grapes, 178 bottles, two measurements. You may ask one yes-or-no question at a time. "
            "Which question first?"
        ) as beat:
            beat.over(self.fall(yard.wines), until="You", least=pace.LONG)
            self.play(FadeIn(yard.across, yard.up), run_time=pace.QUICK)
            beat.over(drive(sweep, stroke, rate_func=linear))
            self.play(FadeOut(stroke), run_time=pace.QUICK)
        self.think()

        groups = [
            yard.label(*spot, f"grape {kind + 1}", color=ink.CLASSES[kind], size=LARGE)
            for kind, spot in enumerate(((4.4, 1270), (4.6, 640), (0.62, 1050)))
        ]
        feature = [
            words.caption(yard.across, "[feature:focus]", LEFT, gap=2 * words.GAP),
            words.caption(yard.up, "[feature:focus]", RIGHT, gap=2 * words.GAP),
        ]
        with self.beat(
            "These are real Italian wines; colour and shape are the grape, its class. "
            "Each measurement is a feature: flavanoids across, proline up."
        ) as beat:
            beat.at("colour", LaggedStart(*(FadeIn(name) for name in groups), lag_ratio=pace.LAG))
            beat.over(self.swell(yard.wines), until="feature")
            beat.at("feature", FadeIn(*feature))
            beat.at("flavanoids", words.light(yard.across))
            beat.at("proline", words.light(yard.up))

        sides = Sides(yard, self.labels, *STOPS[0])
        asked = words.headline(f"{NAMES[0]} ≤ {STOPS[0][1]:g}", size=LARGE)
        asked.move_to(yard.plane.at(0.1, 1250), aligned_edge=LEFT)
        under = [
            words.caption(asked.part(part), f"[{name}:focus]", DOWN, gap=2 * words.GAP)
            for part, name in ((NAMES[0], "feature"), (f"{STOPS[0][1]:g}", "threshold"))
        ]
        split = words.caption(asked, "[split:focus]", UP, gap=2 * words.GAP, size=LARGE)
        split.align_to(asked, LEFT)
        with self.beat(
            "A split compares one feature with one threshold, yes or no. "
            "Here is one: are there few flavanoids, or many? It is a line on the map."
        ) as beat:
            self.play(FadeOut(*groups, *feature), run_time=pace.QUICK)
            beat.at("split", words.write(asked), FadeIn(split))
            beat.at("feature", FadeIn(under[0]), words.light(asked.part(NAMES[0])))
            beat.at("threshold", FadeIn(under[1]), words.light(asked.part(f"{STOPS[0][1]:g}")))
            sides.level.set(X[0] + 0.05)
            beat.over("many", sides.level.to(STOPS[0][1]), appear(sides.stroke))
        self.count_three_places(yard, sides, VGroup(asked, split, *under))

    def count_three_places(self, yard: Vineyard, sides: Sides, question: VGroup) -> None:
        """The stroke stops in three places, and its sides are counted."""
        asks = [sides.asks(level) for _, level in STOPS[:2]]
        with self.beat(
            "At most the threshold is yes, on the left; above it is no. Count the grapes of each side."
        ) as beat:
            self.play(FadeOut(question), FadeIn(asks[0]), run_time=pace.QUICK)
            beat.at("yes", FadeIn(sides.rows[0][0]))
            beat.at("no", FadeIn(sides.rows[1][0]))
            beat.at("Count", LaggedStart(*(FadeIn(row[1]) for row in sides.rows), lag_ratio=pace.LAG))
        last = Sides(yard, self.labels, *STOPS[2])
        end = last.asks(STOPS[2][1])
        with self.beat("Another threshold, another feature: other counts.") as beat:
            self.play(FadeOut(asks[0]), run_time=pace.QUICK)
            beat.over(sides.level.to(STOPS[1][1]), until="another feature")
            self.play(FadeIn(asks[1]), run_time=pace.QUICK)
            last.level.set(1200.0)
            self.play(FadeOut(sides, asks[1]), FadeIn(last), run_time=pace.BRISK)
            self.play(last.level.to(STOPS[2][1]), run_time=pace.SLOW)
            self.play(FadeIn(end), run_time=pace.QUICK)
        yes = self.points[:, STOPS[2][0]] <= STOPS[2][1]
        whole = np.ones(len(yes))
        one, other = np.where(yes, BACK, 1.0), np.where(yes, 1.0, BACK)
        wines = yard.wines
        with self.beat("A good question makes purer sides. So how pure is a side?") as beat:
            beat.over(
                glide(wines.shade, whole, one, wines),
                words.light(last.counted[1]),
                until="So",
                least=pace.CALM,
            )
            self.play(glide(wines.shade, one, other, wines), words.light(last.counted[0]), run_time=pace.SLOW)
            self.play(glide(wines.shade, other, whole, wines), run_time=pace.BRISK)

    def fall(self, wines: Dots, height: float = 9.0, stagger: float = 4.0) -> Drive:
        """The dots fall to their places, one shortly after the other."""
        ends, radii = wines.centres, wines.radii
        rank = self.rng.permutation(len(ends)) / len(ends)

        def path(share: float) -> Dots:
            now = float(np.interp(share, [0, 1], [BEGUN, 1]))
            each = np.clip(now * (1 + stagger) - stagger * rank, 0, 1)
            return wines.put(ends + (1 - each**0.5)[:, None] * height * UP, radii)

        return drive(path, wines, rate_func=linear)

    def swell(self, wines: Dots) -> Drive:
        """One grape after the other grows and returns to its size."""
        size = wines.radii

        def path(share: float) -> Dots:
            turn = np.clip(3 * share - self.labels, 0, 1)
            return wines.redraw(radius=size * (1 + 0.7 * np.sin(np.pi * turn)))

        return drive(path, wines, rate_func=linear)

    # --- Gini impurity

    @chapter("Gini: how often two draws differ", "Gini impurity of a split", goes_on=True)
    def how_often_two_draws_differ(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.yard = Vineyard(self.points, self.labels)
        sides = Sides(self.yard, self.labels, *STOPS[2])
        asks = sides.asks(STOPS[2][1])
        self.add(self.yard, sides, asks)

        self.draw_two_of_four(sides, asks)
        self.take_squares_from_one()
        self.split_eight()
        self.try_every_threshold()

    def draw_two_of_four(self, sides: Sides, asks: words.Words) -> None:
        """Four dots come forward, and all pairs of them fill a square."""
        wines = self.yard.wines
        room = shot.safe(titled=False)
        self.shot(shot.split(titled=False))
        board, column = room.columns(1, 1.05, gap=0.8)
        side = min(board.width, board.height) - 1.35
        self.square = square = Plane((0, 1), (0, 1), side, side, x_ticks=[], y_ticks=[], numbers=False)
        board.inset(FRAMED, LIFT).put(square, DOWN + LEFT)
        square.frame.set_stroke(opacity=0)
        self.column = column
        four = [int(each) for each in np.flatnonzero(self.labels == 0)[:3]]
        four.append(int(np.flatnonzero(self.labels == 1)[0]))
        start, radii = wines.centres, wines.radii
        end, sizes = start.copy(), radii.copy()
        middles = (np.arange(4) + 0.5) / 4
        end[four] = square.at(np.column_stack([middles, np.full(4, 1 + ASIDE)]))
        sizes[four] = BIG
        self.second = Dots(
            square,
            np.column_stack([np.full(4, -ASIDE), 1 - middles]),
            [ink.CLASSES[0]] * 3 + [ink.CLASSES[1]],
            [SHAPES[0]] * 3 + [SHAPES[1]],
            BIG,
        )
        alone = np.isin(np.arange(len(self.labels)), four)
        name = words.headline("impurity", ink.focus)
        what = words.note("how mixed a group is", ink.quiet, size=LARGE)
        column.stack(name, what)
        with self.beat(
            "How mixed a group is, is its impurity. Take four bottles: three of one grape, one of another."
        ) as beat:
            beat.over(*(words.light(each) for each in sides.counted), until="impurity")
            self.play(
                FadeOut(sides, asks, self.yard.axes),
                glide(wines.shade, np.ones(len(alone)), alone.astype(float), wines),
                FadeIn(name, what),
                run_time=pace.CALM,
            )
            beat.over("four", glide(wines.put, (start, radii), (end, sizes), wines), until="one of")
            self.play(FadeIn(self.second), run_time=pace.BRISK)
        cells = [
            square.polygon(block(x / 4, 1 - (y + 1) / 4, (x + 1) / 4, 1 - y / 4), ink.faint, fill=0.0)
            for y in range(4)
            for x in range(4)
        ]
        eye = square.polygon([(0, 0)] * 4, ink.focus, 7.0)
        differ = by_hand.all_pairs(by_hand.FOUR)

        differing = Value(0.0)
        tally = Readout(differing, 0, label="pairs that differ:", color=ink.focus, size=LARGE, digits=1)
        tally.next_to(what, DOWN, buff=1.2, aligned_edge=LEFT)

        def visit(share: float) -> Changed:
            turn = min(int(share * 16), 15)
            x, y = turn % 4, turn // 4
            eye.redraw(block(x / 4, 1 - (y + 1) / 4, (x + 1) / 4, 1 - y / 4))
            for number, cell in enumerate(cells[: turn + 1]):
                unlike = bool(differ[number // 4, number % 4])
                cell.set_fill(ink.focus if unlike else ink.faint, 0.75 if unlike else 0.25)
            return (eye, *cells, *differing.set(float(differ.ravel()[: turn + 1].sum())))

        with self.beat("Draw one, put it back, draw again. How often do the two differ?") as beat:
            self.play(FadeIn(*cells, tally), run_time=pace.QUICK)
            beat.over(drive(visit, eye, *cells, tally, rate_func=linear), least=pace.LONG)
        count = words.formula(
            f"{{{{{differ.sum()} : unlike}}}} / {{{{{differ.size} : pairs}}}} = {{{{{differ.mean():.3f} : value}}}}",
            {"unlike": ink.focus, "value": ink.focus},
            size=ink.HEADLINE,
        )
        gini = words.headline("Gini impurity", ink.focus, size=LARGE)
        often = words.note("how often two draws,\nwith replacement, differ", ink.quiet, size=WEIGHED)
        column.stack(gini, often, count, gap=0.6)
        with self.beat(
            "Six of the sixteen pairs differ: 0.375. That is the Gini impurity: how often two draws differ.",
            pause=pace.SLOW,
        ) as beat:
            beat.at("Six", FadeOut(eye, name, what, tally), words.write(count))
            unlike = [cells[number] for number in np.flatnonzero(differ)]
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in unlike), lag_ratio=pace.LAG),
                until="That",
            )
            beat.at("Gini", FadeIn(gini, often))
            beat.over(LaggedStart(*(words.light(each, ink.chalk) for each in unlike), lag_ratio=pace.LAG))
        self.cells, self.count, self.often = VGroup(*cells), count, VGroup(gini, often)

    def blocks(self, shares: Floats) -> tuple[Mobject, ...]:
        """The square of all pairs: pairs of one class in its colour on the diagonal, all others bright."""
        ends = np.concatenate([[0.0], np.cumsum(shares)])
        for one, low, high in zip(self.same, ends[:-1], ends[1:], strict=True):
            high = max(float(high), float(low) + 1e-6)
            one.redraw(block(float(low), 1 - high, high, 1 - float(low)))
        return tuple(self.same)

    def take_squares_from_one(self) -> None:
        """The formula grows out of the square, and holds for all bottles."""
        self.shot(shot.formula(titled=False))
        square = self.square
        rest = square.polygon(square.corners, ink.focus, width=0, fill=0.75)
        self.same = [square.polygon([(0, 0)] * 4, color, 3.0, fill=1.0) for color in ink.CLASSES[:3]]
        for one, color in zip(self.same, ink.CLASSES[:3], strict=True):
            one.set_stroke(ink.ground).set_fill(color)
        few = np.array([0.75, 0.25, 0.0])
        all_ = self.counts / self.counts.sum()
        self.blocks(few)
        numbers = words.formula(
            "{{1 : all}} - {{(3/4)^2 : first}} - {{(1/4)^2 : second}} = 0.375",
            {"first": ink.first, "second": ink.second},
            size=HAND,
        )
        rule = words.formula(
            "{{G : gini}} = {{1 : all}} - {{limits(sum)_k p_k^2 : squares}}",
            {"gini": ink.focus},
            size=ink.HEADLINE,
        )
        letters = words.note("$p_k$: share of class $k$", ink.quiet, size=HAND)
        self.column.stack(self.often, rule, letters, numbers, gap=0.25)
        with self.beat(
            "Alike are the squares on the diagonal, one for each grape: its share, squared. Take them from one."
        ) as beat:
            self.play(FadeIn(rest, *self.same), FadeOut(self.cells, self.count), run_time=pace.BRISK)
            self.add(*self.same)
            beat.at("one for", FadeIn(numbers), words.light(self.same[0], ink.chalk))
            beat.at("its share", words.light(numbers.part("second")), words.light(self.same[1], ink.chalk))
            beat.at("Take", words.write(rule), FadeIn(letters))
            beat.rest()
        exact = float(tree.gini(self.counts))
        whole = words.formula(f"G = {{{{{exact:.3f} : value}}}}", {"value": ink.focus}, size=ink.HEADLINE)
        whole.move_to(numbers, aligned_edge=LEFT)
        who = words.note("all 178 bottles", ink.quiet, size=HAND).next_to(
            whole, DOWN, buff=2 * words.GAP, aligned_edge=LEFT
        )
        wines = self.yard.wines
        with self.beat("For our bottles there are three such squares. The rest is 0.658.") as beat:
            self.play(FadeOut(wines, self.second, numbers), run_time=pace.QUICK)
            beat.over(glide(self.blocks, (few,), (all_,), *self.same), until="The rest", least=pace.SLOW)
            beat.at("rest", words.light(rest, ink.chalk), words.write(whole), FadeIn(who))
            beat.rest()

    def split_eight(self) -> None:
        """Two ways to split eight bottles: impurity is height, share is width, and the area is what is left."""
        self.shot(shot.formula(titled=False))
        upper, foot = shot.safe(titled=False).rows(4.4, 1.75, gap=0.1)
        picture, column = upper.columns(2.1, 1, gap=0.5)
        count = int(by_hand.EIGHT.sum())
        board = picture.plane(
            (0, count), (DEEP, 0.58), x_ticks=[], y_ticks=(0, 0.25, 0.5), y_label="impurity, G"
        )
        floor = board.segment((0, 0), (count, 0), ink.chalk)
        kinds = np.repeat(np.arange(2), by_hand.EIGHT)
        dots = board.classes([(0.5 + row, DEEP / 2) for row in range(count)], kinds, radius=BIG)
        areas = [board.polygon(block(0, 0, 1, 1), ink.focus, width=0, fill=0.45) for _ in range(2)]
        stroke = board.segment((0, 0), (0, 1), ink.focus, width=7.0)
        before = float(tree.gini(by_hand.EIGHT))

        def lie(cut: float, low: float, high: float) -> Changed:
            areas[0].redraw(block(0, 0, cut, max(low, 1e-3)))
            areas[1].redraw(block(cut, 0, count, max(high, 1e-3)))
            return (*areas, stroke.redraw((cut, DEEP), (cut, 0.56)))

        cuts = [float(sides[0].sum()) for sides in by_hand.SPLITS]
        states = [(cuts[0], before, before)]
        states += [(cut, *tree.gini(sides).tolist()) for cut, sides in zip(cuts, by_hand.SPLITS, strict=True)]
        lie(*states[0])
        spots = [self.in_sides(sides) for sides in by_hand.SPLITS]
        heights = [
            [
                board.label(middle, height, f"{height:.3g}", UP, gap=0.12, size=HAND)
                for middle, height in ((cut / 2, low), ((cut + count) / 2, high))
            ]
            for cut, low, high in states[1:]
        ]
        told = []
        for sides in by_hand.SPLITS:
            gained = by_hand.gain(sides)
            rows = [
                words.note(f"before: {before:g}", size=1.1 * LARGE),
                words.note(f"after: {before - gained:.3g}", size=1.1 * LARGE),
                words.note(f"gain: [{gained:.3g}:focus]", size=1.1 * LARGE),
            ]
            column.stack(*rows, gap=0.5)
            told.append(rows)
        fall = words.formula(
            'Delta = {{G("parent") : parent}} - {{n_L/n G_L : left}} - {{n_R/n G_R : right}}',
            {"parent": ink.chalk},
            size=1.4 * LARGE,
        )
        foot.inset(0.0, 0.12).put(fall, LEFT + DOWN)
        name = words.headline("impurity decrease,\nor gain", ink.focus, size=HAND)
        name.next_to(told[0][-1], DOWN, buff=0.6, aligned_edge=LEFT)

        def move(row: int, spread: Floats) -> list[Animation]:
            ends = board.at(np.column_stack([spread, np.full(count, DEEP / 2)]))
            return [
                glide(lie, states[row], states[row + 1], *areas, stroke),
                glide(dots.put, (dots.centres, BIG), (ends, BIG), dots),
            ]

        with self.beat(
            "Now split eight bottles, four and four. Each side counts by its share: so take the area, "
            "share times impurity."
        ) as beat:
            self.exchange(board, floor, *areas, dots, told[0][0])
            beat.over(*(words.light(area, ink.chalk) for area in areas), until="Each", least=pace.QUICK)
            self.play(FadeIn(stroke), run_time=pace.QUICK)
            beat.over(*move(0, spots[0]), until="area", least=pace.CALM)
            self.play(FadeIn(*heights[0]), run_time=pace.QUICK)
        with self.beat(
            "How far impurity falls is the impurity decrease, or gain: "
            "G of the parent, less each child's G times its share."
        ) as beat:
            beat.over(FadeIn(told[0][1]), until="decrease")
            self.play(FadeIn(name, told[0][2]), run_time=pace.QUICK)
            beat.at("parent", words.write(fall))
            beat.at("less", words.light(fall.part("left")), words.light(areas[0], ink.chalk))
            beat.at("times", words.light(fall.part("right")), words.light(areas[1], ink.chalk))

        def wrong(row: int) -> Mobject:
            sides = by_hand.SPLITS[row]
            left = spots[row] < cuts[row]
            major = np.where(left, sides[0].argmax(), sides[1].argmax())
            return dots.ring(kinds != major, ink.error, 1.25 * BIG)

        with self.beat(
            "Another split. By mistakes the two tie, two wrong each. "
            "But this one gains more: its left side is pure.",
            pause=pace.SLOW,
        ) as beat:
            ringed = wrong(0)
            self.play(FadeIn(ringed), run_time=pace.QUICK)
            self.play(FadeOut(ringed, *heights[0], *told[0][1:]), run_time=pace.QUICK)
            beat.over(*move(1, spots[1]), until="two wrong", least=pace.CALM)
            ringed = wrong(1)
            beat.over(FadeIn(ringed), until="But", least=pace.QUICK)
            self.play(FadeIn(*heights[1], *told[1][1:]), run_time=pace.QUICK)
            beat.over(words.light(told[1][2], ink.chalk), until="pure", least=pace.QUICK)
            beat.over(FadeOut(ringed))

    def in_sides(self, sides: tree.Rows) -> Floats:
        """Where the bottles, kind after kind, stand when the split has parted them as ``sides`` (2, 2) counts."""
        kinds = np.array([kind for side in sides for kind, many in enumerate(side) for _ in range(many)])
        return np.asarray(np.argsort(kinds, kind="stable") + 0.5)

    # --- all thresholds

    def try_every_threshold(self) -> None:
        """The highest of all decreases is the first question."""
        self.shot(shot.wide())
        hunt = Hunt(self.points, self.labels, tree.gini, MOST)
        for stroke in hunt.strokes:
            self.allow(stroke, hunt.yard.across, "the stroke passes over the name of an axis on its way")
        self.allow(hunt.strokes[0], hunt.yard.up, "the stroke passes over the name of an axis as it sets out")
        with self.beat(
            "Try every threshold between neighbouring values, for every feature; keep the largest decrease."
        ) as beat:
            self.exchange(hunt.yard, hunt.corner, hunt.measure, hunt.strokes[0])
            self.add(hunt.charts[0])
            beat.over(hunt.at.to(1.0, rate_func=linear), until="for every", least=pace.LONG)
            self.play(FadeOut(hunt.strokes[0]), FadeIn(hunt.strokes[1]), run_time=pace.QUICK)
            self.add(hunt.charts[1])
            beat.over(hunt.at.to(2.0, rate_func=linear), least=pace.LONG)
        hunt.is_tracing = False
        stroke, peak, asks = hunt.verdict()
        with self.beat(
            "So the first question is: is proline at most 755? It lowers impurity by 0.252.", pause=pace.SLOW
        ) as beat:
            beat.over(hunt.at.to(hunt.peak), until="at most", least=pace.SLOW)
            beat.at("at most", FadeIn(peak, scale=2), FadeIn(asks, shift=place.NUDGE * UP))
            beat.at("0.252", words.light(hunt.corner))
