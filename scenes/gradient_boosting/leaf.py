"""A parabola for every leaf, and the gain that decides a split."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.gradient_boosting.stage import (
    BEND,
    FEE,
    LABEL,
    NEXT,
    RESIDUAL,
    GradientBoostingStage,
    maths,
    raised,
    signed,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.unit_chart import UnitChart
from scenes.kit.value import Value
from scenes.maths.gradient_boosting import leaves, losses, stairs

REACH: Final = np.linspace(-2.6, 2.6, 60)
"""How far the touching parabola is drawn, in log-odds."""
WEIGHTS: Final = np.linspace(-12.2, 4.6, 120)
"""Leaf weights of the close-up."""
BOTH: Final = np.linspace(-12.0, 12.0, 120)
"""Leaf weights of the two bowls."""
PENALTY: Final = 2.0
"""The λ by hand."""
PILE: Final = 110
"""Piles in which tumours stand."""
PILED: Final = 0.3
"""End of their axis."""
LOW, HIGH = -11.0, 23.0
"""Limits of their heights."""


def piles(values: Floats, sides: Floats, count: int = PILE) -> Floats:
    """(n, 2): each row in a pile with its neighbours, over the line where its side is 1, and under it where it is 0."""
    slot = np.minimum((values / PILED * count).astype(int), count - 1)
    spots = np.zeros((len(values), 2))
    filled: dict[tuple[int, int], int] = {}
    for row in np.argsort(values, kind="stable"):
        key = (int(slot[row]), int(sides[row]))
        filled[key] = filled.get(key, 0) + 1
        spots[row] = (slot[row] + 0.5) / count * PILED, (filled[key] - 0.5) * (1 if sides[row] else -1)
    return spots


class Leaf(GradientBoostingStage):
    """Leaf weights and gain."""

    @chapter("A parabola for every leaf", "regularised leaf scores")
    def parabola(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.touch()
        self.shot(shot.close_up())
        self.sum_up()
        self.penalised()

    def touch(self) -> None:
        """A parabola touches the log loss of one row."""
        plane = shot.chart(
            shot.safe(titled=False), (-5, 5), (-0.6, 5.4), x_ticks=[-4, -2, 0, 2, 4], y_ticks=[0, 2, 4],
            x_label="F, the log-odds", y_label="loss of one row, y = 1",
        )  # fmt: skip
        grid = np.linspace(-5, 5, 160)
        curve = plane.curve(grid, losses.loss("log", 1.0, grid), ink.chalk, 2 * LINE)
        odds = Value(-2.2)
        touching = plane.curve(odds.value + REACH, leaves.taylor(1.0, odds.value, REACH), BEND, 2.5 * LINE)
        slope = plane.curve(REACH, REACH, RESIDUAL, 2 * LINE)
        spot = plane.dots([(0.0, 0.0)], NEXT, radius=0.17)

        def redraw(here: float) -> tuple[object, ...]:
            level = float(losses.loss("log", 1.0, here))
            steep = -float(losses.downhill("log", 1.0, here))
            return (
                touching.redraw(here + REACH, leaves.taylor(1.0, here, REACH)),
                slope.redraw(here + REACH / 2, level + steep * REACH / 2),
                spot.redraw([(here, level)]),
            )

        odds.draws(redraw)
        names = [
            plane.label(-1.7, row, text, RIGHT, color, size=ink.AXIS)
            for row, text, color in (
                (5.0, "second-order Taylor expansion", BEND),
                (4.3, "slope: gradient g", RESIDUAL),
                (3.6, "bend: Hessian h = p (1 − p)", BEND),
            )
        ]
        self.allow(touching, "faint", "the parabola lies on the loss that it replaces")
        self.allow(slope, "faint", "the tangent lies on the loss")
        with self.beat("How much should a leaf add? Here is the loss of one row whose label is one.") as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(Create(curve), until="label", least=pace.SLOW)
            beat.over(FadeIn(spot), least=pace.CALM)
        with self.beat(
            "Replace it by a parabola that touches it: the second-order Taylor expansion."
        ) as beat:
            beat.over(Create(touching), until="touches", least=pace.SLOW)
            self.play(odds.to(-1.0), run_time=pace.CALM)
            beat.over(FadeIn(names[0]), least=pace.BRISK)
        with self.beat("Its slope is the gradient, g: the first derivative of the loss by F.") as beat:
            beat.over(Create(slope), until="gradient", least=pace.CALM)
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            beat.over(odds.to(-2.6), least=pace.SLOW)
        with self.beat(
            "Its bend is the Hessian, h: the second derivative. An unsure row bends most."
        ) as beat:
            self.play(FadeOut(slope), run_time=pace.QUICK)
            beat.over(FadeIn(names[2]), until="second", least=pace.BRISK)
            beat.over(odds.to(0.0), least=pace.SLOW)
        with self.beat("For yes or no, it is p times one minus p.") as beat:
            beat.over(words.light(names[2], ink.chalk), until="times", least=pace.CALM)
            beat.over(odds.to(0.8), least=pace.CALM)
        with self.beat("And a row of which the model is sure is nearly flat.") as beat:
            beat.over(odds.to(2.4), least=pace.SLOW)

    def leaf_plane(self) -> Plane:
        """Change of loss by leaf weight."""
        return shot.chart(
            shot.safe(titled=False), (-12.4, 4.6), (-41, 33), x_ticks=[-10, -5, 0], y_ticks=[-25, 0, 25],
            x_label="w, what the leaf adds", y_label="change of the loss",
        )  # fmt: skip

    def sum_up(self) -> None:
        """Two rows by hand: their parabolas add up."""
        plane = self.leaf_plane()
        gradient, hessian = (each[:2] for each in leaves.hand())
        total, bend = float(gradient.sum()), float(hessian.sum())
        rows = [leaves.parabola(float(g), float(h), WEIGHTS) for g, h in zip(gradient, hessian, strict=True)]
        whole = leaves.parabola(total, bend, WEIGHTS)
        zero = plane.segment((-12.4, 0), (4.6, 0), ink.faint, LINE / 2)
        curves = [plane.curve(WEIGHTS, row, BEND, LINE) for row in rows]
        both = plane.curve(WEIGHTS, rows[0], BEND, 3 * LINE)
        names = [
            plane.label(-3.0, 25 - 8 * number, f"g = {g:g}, h = {h:g}", ORIGIN, BEND, size=ink.AXIS)
            for number, (g, h) in enumerate(zip(gradient, hessian, strict=True))
        ]
        with self.beat(
            "Now the left leaf by hand, with half the squared error. Its two rows have gradients, F minus y."
        ) as beat:
            self.exchange(plane, zero, run_time=pace.BRISK)
            beat.over(Create(curves[0]), until="gradients", least=pace.SLOW)
            beat.over(Create(curves[1]), least=pace.CALM)
        with self.beat("They are eight and two. The Hessian of each is one.") as beat:
            beat.over(FadeIn(names[0]), until="two", least=pace.QUICK)
            beat.over(FadeIn(names[1]), until="Hessian", least=pace.QUICK)
            beat.over(words.light(curves[0], ink.chalk), words.light(curves[1], ink.chalk), least=pace.CALM)
        sums = plane.label(-3.6, 23, f"G = {total:g}, H = {bend:g}", ORIGIN, ink.chalk, size=ink.POINT)
        with self.beat("Sum them over the leaf: capital G is ten, and capital H is two.") as beat:
            self.play(FadeIn(both), run_time=pace.QUICK)
            beat.over(glide(both.redraw, (WEIGHTS, rows[0]), (WEIGHTS, whole)), until="G", least=pace.SLOW)
            beat.over(FadeOut(*names), FadeIn(sums), least=pace.CALM)
        best = float(leaves.weight(total, bend))
        ball = plane.dots([(0.0, 0.0)], NEXT, radius=0.2)

        def roll(share: float) -> object:
            here = share * best
            return ball.redraw([(here, float(leaves.parabola(total, bend, here)))])

        name = plane.label(best, -33, "leaf weight w", ORIGIN, NEXT, size=ink.POINT)
        with self.beat("At the bottom lies the best value for this leaf, its leaf weight, w.") as beat:
            self.play(FadeIn(ball), FadeOut(*curves), run_time=pace.BRISK)
            beat.over(drive(roll, ball), until="leaf weight", least=pace.SLOW)
            beat.over(FadeIn(name), least=pace.BRISK)
        newton = plane.vector((0, 0), (0, 0), NEXT, 2 * LINE)
        term = plane.label(0.4, -12, "Newton step", RIGHT, NEXT, size=ink.POINT)
        with self.beat("Jumping from zero to the bottom of the parabola is a Newton step.") as beat:
            bottom = np.array([best, float(leaves.parabola(total, bend, best))])
            beat.over(
                glide(newton.redraw, (np.zeros(2), np.zeros(2)), (np.zeros(2), bottom), newton),
                until="Newton",
                least=pace.SLOW,
            )
            beat.over(FadeIn(term), least=pace.BRISK)
            beat.over(FadeOut(sums), self.frame.to(ball, name, term, share=0.75), least=pace.SLOW)
        self.shot(shot.formula(titled=False))
        law = "{{ sum_i (g_i w + 1/2 h_i w^2) : rows }} &= {{ G w + 1/2 H w^2 : sums }}"
        parts = maths(law, ink.HEADLINE)
        rule = maths(law + " \\ w^* &= {{ -G / H : best }}", ink.HEADLINE)
        for each in (parts, rule):
            shot.safe(titled=False).put(each)
        with self.beat("In symbols: the rows' parabolas, summed over the leaf.") as beat:
            self.exchange(parts, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(words.light(parts.part("rows")), until="summed", least=pace.CALM)
            beat.over(words.light(parts.part("sums")), least=pace.CALM)
        with self.beat(
            "The lowest point is at minus G over H: minus five, the mean residual.", pause=pace.CALM
        ) as beat:
            beat.over(words.rewrite(parts, rule), until="minus", least=pace.CALM)
            beat.over(words.light(rule.part("best")), least=pace.CALM)

    def penalised(self) -> None:
        """λ lifts the sides and pulls the bottom to zero."""
        self.shot(shot.close_up())
        plane = self.leaf_plane()
        gradient, hessian = (float(each[:2].sum()) for each in leaves.hand())
        penalty = Value(0.0)
        curve = plane.curve(WEIGHTS, leaves.parabola(gradient, hessian, WEIGHTS), BEND, 3 * LINE)
        ghost = plane.curve(
            WEIGHTS, leaves.parabola(gradient, hessian, WEIGHTS), ink.faint, LINE, dashed=True
        )
        ball = plane.dots([(-5.0, -25.0)], NEXT, radius=0.2)
        drop = plane.segment((-5.0, -25.0), (-5.0, 0.0), NEXT, LINE, dashed=True)
        zero = plane.segment((-12.4, 0), (4.6, 0), ink.faint, LINE / 2)

        def redraw(here: float) -> tuple[object, ...]:
            w = float(leaves.weight(gradient, hessian, here))
            low = -float(leaves.depth(gradient, hessian, here))
            return (
                curve.redraw(WEIGHTS, leaves.parabola(gradient, hessian, WEIGHTS, here)),
                ball.redraw([(w, low)]),
                drop.redraw((w, low), (w, 0.0)),
            )

        penalty.draws(redraw)
        column = VGroup(
            words.label("regularisation", FEE, ink.POINT),
            words.Readout(penalty, 1, "", "λ =", FEE, ink.POINT),
            words.Readout(
                penalty.of(lambda each: float(leaves.weight(gradient, hessian, each))),
                1,
                "",
                "w =",
                NEXT,
                ink.POINT,
            ),
        ).arrange(DOWN, buff=0.25)
        board = raised(Tag(column)).move_to(plane.at(-2.5, 19.5))
        with self.beat("But where H is small, the leaf jumps far, on the word of a few rows.") as beat:
            self.exchange(plane, zero, ghost, curve, drop, ball, run_time=pace.BRISK)
            beat.over(self.frame.to(ball, drop, share=0.7), until="word", least=pace.SLOW)
            beat.over(self.frame.back(), least=pace.SLOW)
        with self.beat(
            "Lambda penalises large leaf weights: regularisation. It adds a cost for a large w."
        ) as beat:
            self.play(FadeIn(board), run_time=pace.QUICK)
            beat.over(penalty.to(0.7), until="regularisation", least=pace.SLOW)
            self.play(words.light(column[0], ink.chalk), run_time=pace.QUICK)
            beat.over(penalty.to(1.3), least=pace.CALM)
        with self.beat(
            "The bowl narrows, and its bottom moves to zero. At lambda two the weight is halved."
        ) as beat:
            beat.over(penalty.to(PENALTY), until="At", least=pace.SLOW)
            beat.over(self.frame.to(ball, drop, board, share=0.9), least=pace.SLOW)
        self.shot(shot.formula(titled=False))
        rule = maths("w^* = - G / (H + {{ lambda : fee }})", 1.6 * ink.HEADLINE)
        shot.safe(titled=False).put(rule)
        with self.beat(
            "So lambda stands beside H. Raise it when leaves hold few rows.", pause=pace.SLOW
        ) as beat:
            self.exchange(rule, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(words.light(rule.part("fee")), until="few", least=pace.CALM)
            beat.rest()

    # --- gain

    @chapter("Gain decides the split", "XGBoost's gain from gradients and Hessians")
    def gain(self) -> None:
        self.untitled()
        self.two_bowls()
        self.gain_formula()
        self.slide_the_cut()

    def two_bowls(self) -> None:
        """Each side of a cut has a bowl."""
        above, below = shot.safe(titled=False).rows(1.35, 5.2, gap=0.25)
        self.shot(shot.split(titled=False))
        strip = above.plane((0.4, 4.6), (-1, 1), x_ticks=[], y_ticks=[], numbers=False)
        strip.frame.set_stroke(opacity=0)
        residuals = stairs.HAND_Y - leaves.HAND_START
        rail = strip.segment((0.4, -0.45), (4.6, -0.45), ink.faint, LINE)
        dots = strip.dots(np.column_stack([stairs.HAND_X, np.full(4, -0.45)]), LABEL, radius=0.17)
        said = [
            strip.label(float(x), 0.5, text, ORIGIN, RESIDUAL, size=ink.POINT)
            for x, text in zip(stairs.HAND_X, signed(residuals), strict=True)
        ]
        gradient, hessian = leaves.hand()
        cuts = stairs.cuts(stairs.HAND_X)
        table = np.array(
            [
                [
                    (gradient[rows].sum(), hessian[rows].sum())
                    for rows in (cut > stairs.HAND_X, cut < stairs.HAND_X)
                ]
                for cut in cuts
            ]
        )
        planes = [
            shot.chart(
                room, (-11, 11), (-36, 24), x_ticks=[-10, -5, 0, 5, 10], y_ticks=[-25, 0], x_label="w",
                y_label=name,
            )
            for room, name in zip(below.columns(1, 1, gap=0.7), ("left leaf", "right leaf"), strict=True)
        ]  # fmt: skip
        zeros = [plane.segment((-11, 0), (11, 0), ink.faint, LINE / 2) for plane in planes]
        sweep = ParameterSweep(cuts)
        bowls = [plane.curve(BOTH, 0 * BOTH, BEND, 2.5 * LINE) for plane in planes]
        depths = [plane.segment((0, 0), (0, 0), NEXT, 3 * LINE) for plane in planes]
        wall = strip.segment((1.5, -1), (1.5, 0.0), NEXT, 2 * LINE)

        def redraw(cut: float) -> tuple[object, ...]:
            found = sweep.mix(table)
            for bowl, depth, (g, h) in zip(bowls, depths, found, strict=True):
                w = float(leaves.weight(g, h))
                bowl.redraw(BOTH, leaves.parabola(g, h, BOTH))
                depth.redraw((w, 0.0), (w, -float(leaves.depth(g, h))))
            return (*bowls, *depths, wall.redraw((cut, -1), (cut, 0.0)))

        sweep.draws(redraw)
        redraw(float(cuts[0]))
        with self.beat("Where should a tree cut? Each side becomes a leaf, with a bowl of its own.") as beat:
            self.play(FadeIn(rail, dots, *said), run_time=pace.BRISK)
            self.play(Create(wall), FadeIn(*planes, *zeros), run_time=pace.CALM)
            beat.over(*map(Create, bowls), least=pace.CALM)
        with self.beat("How deep a bowl is, that is the loss which its leaf saves.") as beat:
            beat.over(Create(depths[0]), until="that", least=pace.CALM)
            beat.over(Create(depths[1]), least=pace.CALM)
        readout = words.Readout(sweep.score(leaves.hand_gains()), 1, "", "gain", NEXT, ink.POINT)
        board = raised(Tag(readout))
        board.move_to(planes[1].at(4.5, 17))
        with self.beat("Move the cut: one bowl sinks, the other rises.") as beat:
            self.play(FadeIn(board), run_time=pace.QUICK)
            beat.over(sweep.to(3.5), least=pace.LONG)
        with self.beat("The gain of a split: the loss that it saves, left plus right minus before.") as beat:
            beat.over(words.light(board.text), until="left", least=pace.CALM)
            beat.over(words.light(depths[0], ink.chalk), until="right", least=pace.CALM)
            beat.over(words.light(depths[1], ink.chalk), least=pace.CALM)
        with self.beat("The largest gain wins: here, the middle cut.") as beat:
            beat.over(sweep.to(2.5), until="here", least=pace.SLOW)
            beat.over(self.frame.to(*planes, share=0.95), least=pace.SLOW)

    def gain_formula(self) -> None:
        """The formula, part by part."""
        self.shot(shot.formula(titled=False))
        start = maths(
            '"gain" = 1/2 [{{ G_L^2 / (H_L + lambda) + G_R^2 / (H_R + lambda) : after }}]', ink.POINT
        )
        whole = maths(
            '"gain" = 1/2 [{{ G_L^2 / (H_L + lambda) + G_R^2 / (H_R + lambda) : after }} '
            "{{ - (G_L + G_R)^2 / (H_L + H_R + lambda) : before }}] {{ - gamma : fee }}",
            ink.POINT,
        )
        for each in (start, whole):
            shot.safe(titled=False).put(each)
        with self.beat("A depth is G squared, over H plus lambda. Take left plus right.") as beat:
            self.exchange(start, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(words.light(start.part("after")), least=pace.CALM)
        with self.beat(
            "Minus the same before the split. And gamma is a fee: a gain below it makes no split.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(words.rewrite(start, whole), until="And", least=pace.CALM)
            beat.over(words.light(whole.part("fee"), ink.chalk), least=pace.CALM)

    def slide_the_cut(self) -> None:
        """569 tumours: the gain at each cut of one feature."""
        self.shot(shot.wide())
        data, best = leaves.tumours(), leaves.split()
        above, below = shot.safe(titled=False).rows(2.6, 4.0, gap=0.2)
        chart = shot.chart(
            above, (0, 0.3), (0, 200), x_ticks=[], y_ticks=[0, 100], y_label="gain of the cut",
        )  # fmt: skip
        base = shot.Region(float(chart.box[0, 0]), below.bottom, float(chart.box[1, 0]), below.top)
        heap = base.plane((0, 0.3), (LOW, HIGH), x_ticks=[], y_ticks=[], numbers=False)
        heap.frame.set_stroke(opacity=0)
        spots = piles(data.column, 1 - data.malignant)
        half = 0.9 * float(heap.at(0, 1)[1] - heap.at(0, 0)[1]) / 2
        groups = [
            UnitChart(heap, spots[data.malignant == side], half, color)
            for side, color in ((1, LABEL), (0, ink.quiet))
        ]
        rail = heap.segment((0, 0), (0.3, 0), ink.faint, LINE / 2)
        names = [
            heap.label(0.3, -8.4, "malignant: g = −½", LEFT, LABEL, size=ink.AXIS),
            heap.label(0.3, 12, "benign: g = +½", LEFT, ink.quiet, size=ink.AXIS),
        ]
        with self.beat("Now 569 tumours, sorted by one feature: the dents in their outline.") as beat:
            self.exchange(rail, *groups, run_time=pace.BRISK)
            beat.over(FadeIn(chart), least=pace.SLOW)
        with self.beat("Benign rows have positive gradients, malignant ones negative.") as beat:
            beat.over(FadeIn(names[1]), words.light(groups[1]), until="malignant", least=pace.CALM)
            beat.over(FadeIn(names[0]), words.light(groups[0]), least=pace.CALM)
        tried = stairs.cuts(data.column)
        found = leaves.gains(data.column, data.gradient, data.hessian, leaves.LAMBDA, tried)
        curve = chart.curve(tried, found, NEXT, 2 * LINE)
        wall = self.ground.segment(
            self.upright(chart, heap, 0.0)[0], self.upright(chart, heap, 0.0)[1], NEXT, LINE
        )

        for name in names:
            self.allow(wall, name, "the cut slides over the rows and their names")

        def slide(share: float) -> tuple[object, ...]:
            here = share * (len(tried) - 1)
            x = float(np.interp(here, np.arange(len(tried)), tried))
            return curve.reveal(share), wall.redraw(*self.upright(chart, heap, x))

        with self.beat(
            "Slide the cut along. The gain rises as the two kinds come apart, and falls again."
        ) as beat:
            beat.over(drive(slide, curve, wall), least=pace.LONG)
        top = chart.dots([(best.cut, best.gain)], NEXT, radius=0.18)
        value = chart.label(best.cut, best.gain, f"{best.gain:.1f}", RIGHT, NEXT, gap=0.35, size=ink.POINT)
        printed = chart.label(
            0.195,
            140,
            f"printed: {2 * best.gain:.1f}",
            RIGHT,
            ink.chalk,
            gap=0.3,
            size=ink.AXIS,
        )
        with self.beat(
            "The best cut has a gain of 178.9. XGBoost prints 357.9, since it leaves out the factor before the bracket."
        ) as beat:
            beat.over(
                glide(
                    wall.redraw,
                    self.upright(chart, heap, float(tried[-1])),
                    self.upright(chart, heap, best.cut),
                ),
                until="gain",
                least=pace.CALM,
            )
            beat.over(FadeIn(top, value), FadeOut(*names), until="XGBoost", least=pace.BRISK)
            self.play(FadeIn(printed), run_time=pace.QUICK)
            beat.over(self.frame.to(top, value, curve, share=0.95), least=pace.SLOW)
        lost = UnitChart(self.ground, self.strays(heap, 0.15), half, NEXT)
        tag = told("missing values: both sides are tried", UP + RIGHT, NEXT, ink.AXIS)
        with self.beat(
            "Rows whose value is missing are tried on both sides, and the larger gain decides."
        ) as beat:
            self.play(self.frame.back(), FadeOut(value, printed), FadeIn(lost, tag), run_time=pace.BRISK)
            state = np.full(len(lost.points_shown), half)
            beat.over(
                glide(lost.redraw, (self.strays(heap, 0.15), state), (self.strays(heap, 0.05), state)),
                until="both",
                least=pace.CALM,
            )
            beat.over(
                glide(lost.redraw, (self.strays(heap, 0.05), state), (self.strays(heap, 0.25), state)),
                least=pace.CALM,
            )

    @staticmethod
    def upright(chart: Plane, heap: Plane, x: float) -> tuple[Floats, Floats]:
        """Scene points (2,) at which the cut begins and ends."""
        return np.asarray(heap.at(x, LOW)[:2]), np.asarray(chart.at(x, 200)[:2])

    @staticmethod
    def strays(heap: Plane, x: float) -> Floats:
        """Scene points (12, 2) of rows without a value, around ``x``."""
        spots = np.array(
            [(x + 0.004 * column, -7.5 + 1.1 * row) for row in range(3) for column in range(-2, 2)]
        )
        return np.asarray(heap.at(spots)[:, :2])
