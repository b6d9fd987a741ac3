"""The same optimum from the other side: hulls and their bridge, a bound that climbs, and the dual problem."""

from __future__ import annotations

from functools import partial
from operator import mul
from typing import Final, TypeVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Mobject,
    VGroup,
    rush_from,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.svm import margin, svm
from scenes.svm.margin import LARGE, TOUCHING
from scenes.svm.meadow import HALF, IRISES, NEW_FLOWER, Meadow, View, grey_flower, halves, swell
from scenes.svm.stage import BOUNDARY, HELD, SvmStage
from scenes.svm.support import margin_of

LOOSE: Final = 0.3
"""How much larger a band is before it snaps."""
ASIDE: Final = 0.13
"""Centimetres by which w is drawn beside the bridge."""
INWARD: Final = (
    (RIGHT, 2.5 * words.GAP, 0.0),
    (RIGHT, 2.5 * words.GAP, 0.0),
    (LEFT, 3.2 * words.GAP, 1.8 * words.GAP),
)
"""On which side of each support vector, how far from it, and how much lower, its number stands in the street."""
WEIGHT: Final = 40.0
"""Capitals of these numbers, in pixels: with their s they end before the middle of the street."""
BEGUN: Final = 0.1
"""Where the level of the bound begins, in s: right of the number at its tick, when it lights up too."""
NEAR: Final = View.on_the_left((2.55, 2.75), 2.2, 0.12)
"""The support vectors and the street between them, beside a chart or formula."""
TILTS: Final = (-45.0, -12.0)
"""Degrees to which the widest street is turned once more, to either side."""
FAR: Final = (np.array([1.5, 4.4]), np.array([5.1, 2.7]))
"""Two corners of the hulls: where the longest of the bridges that are tried ends."""
POOR: Final = 5.0
"""Degrees of a street that is too narrow."""
TOP: Final = 3.4
"""Of half of w squared, on the scale of the bars."""
BAR: Final = (0.0, 1.05)
"""From where to where the bars reach, on a scale of :data:`ACROSS`."""
BETWEEN: Final = 0.05
"""Between the two of them."""
ACROSS: Final = 3.3
SHORT_W: Final = 0.3
"""An s that is too small: w is that many times the bridge."""
LONG_W: Final = 1.7
"""One that is too large."""
ARCH: Final = (0.0, 2.1), (0.0, 1.3)
"""What is seen of s and of the bound over it."""
ALONG: Final = '$bold(w) = {{ s : s }} dot "bridge"$'
GOAL: Final = (
    "${{ limits(max)_alpha : max }} quad {{ display(sum_i) alpha_i : sum }} - "
    "{{ display(1/2) norm(bold(w))^2 : less }}$"
)
"""The dual problem before w is put in."""
PRICED: Final = "$display(1/2) norm(bold(w))^2 + display(sum_i) alpha_i (1 - y_i f(bold(x)_i))$"
"""The width's measure with a price on each rule, from which the dual comes."""
IN_S: Final = '$= {{ 2 s : sum }} - {{ display(1/2) s^2 dot "bridge"^2 : less }}$'
"""The same, of w along one bridge."""
DUAL: Final = (
    "& limits(max)_alpha quad {{ sum_i alpha_i : sum }} \\ & - 1/2 sum_i sum_j "
    "{{ alpha_i alpha_j y_i y_j : pair }} {{ bold(x)_i dot bold(x)_j : dot }}"
)
WITH: Final = "$alpha_i >= 0$,  $display(sum_i alpha_i y_i) = 0$"
MADE: Final = "bold(w) = sum_i alpha_i y_i bold(x)_i"
DECIDES: Final = "{{ f(bold(x)) : f }} = sum_i alpha_i y_i {{ bold(x)_i dot bold(x) : dot }} + b"

W = TypeVar("W", bound=words.Words)


class Dual(SvmStage):
    """The same optimum from the other side: hulls and their bridge, a bound that climbs, and the dual problem."""

    @chapter("The same optimum from the other side", "primal and dual in one picture", goes_on=True)
    def the_same_optimum_from_the_other_side(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.held = self.fit.support_vectors
        self.are_held = np.isin(np.arange(len(self.points)), self.held)
        self.field = Meadow(self.points, self.sides, self.fit.street, IRISES)
        self.field.rings.follow(self.field.flowers, self.held)
        self.doubt_it()
        self.snap_bands()
        self.close_the_gap()
        self.weigh_the_ends()
        self.find_the_scale()
        self.write_the_dual()
        self.decide_by_few()

    def doubt_it(self) -> None:
        """The street turns once more: what is tried proves nothing of what is not."""
        field, best = self.field, self.fit.street
        tilt = Value(best.degrees)
        street = tilt.of(lambda degrees: svm.street_at(self.points, self.sides, degrees))
        self.doubted = VGroup(*margin_of(street.of(lambda now: now.width)))
        field.remove(field.street)
        self.add(field.street, field, self.doubted)
        self.bridge = svm.shortest_bridge(self.points, self.sides)

        def turn(now: svm.Street) -> Changed:
            field.rings.follow(field.flowers, self.sides * now.level(self.points) < 1 + TOUCHING)
            field.lay(now)
            return field.street, field.rings

        with self.beat("But how can we be sure that no street is wider?") as beat:
            street.draws(turn)
            beat.over(tilt.to(TILTS[0]), until="sure", least=pace.CALM)
            beat.over(tilt.to(TILTS[1]), until="wider", least=pace.SLOW)
            beat.over(tilt.to(best.degrees), least=pace.CALM)

    def snap_bands(self) -> None:
        """The hulls of both classes, and bridges between them."""
        field, plane = self.field, self.field.plane
        hulls = svm.rubber_bands(self.points, self.sides)
        self.corners = [self.points[rows] for rows in (hulls.minus, hulls.plus)]
        self.bands = [
            plane.polygon(rim, color, width=LINE, fill=0.12)
            for rim, color in zip(self.corners, (ink.first, ink.second), strict=True)
        ]
        loose = [rim + LOOSE * (rim - rim.mean(axis=0)) for rim in self.corners]
        for band, rim in zip(self.bands, loose, strict=True):
            band.redraw(rim)
        snaps = [
            glide(band.redraw, start, end, rate_func=rush_from)
            for band, start, end in zip(self.bands, loose, self.corners, strict=True)
        ]
        self.middles = tuple(self.points[self.sides == side].mean(axis=0) for side in (-1, 1))
        self.span = plane.segment(self.middles[0], self.middles[0], HELD, width=2.5 * LINE)
        hull = words.label("[convex hull:focus]\nof each class", size=ink.POINT)
        shot.safe(titled=False).put(hull, UP + RIGHT)
        with self.beat(
            "Snap a band around each class: its convex hull. Any bridge between the hulls has to cross the street."
        ) as beat:
            beat.over("Snap", FadeIn(*self.bands), FadeOut(self.doubted), until="around")
            beat.over("around", *snaps, until="convex")
            beat.over("convex", words.write(hull), until="Any")
            self.add(self.span)
            beat.over("Any", glide(self.span.redraw, (self.middles[0],) * 2, self.middles), until="between")
            beat.over("between", glide(self.span.redraw, self.middles, FAR), until="cross")
            beat.over("cross", glide(self.span.redraw, FAR, self.middles), words.light(field.street.body))
        self.hull = hull

    def seen_in(self, view: View, w: Floats, b: float) -> Changed:
        """The field in ``view`` with this street, and hulls and bridge with it."""
        self.field.look(view).steer(w, b)
        for each in (*self.bands, self.span):
            each.plane = self.field.plane
        for band, rim in zip(self.bands, self.corners, strict=True):
            band.redraw(rim)
        return (self.field, self.field.street, *self.bands, self.span.redraw(*self.span_ends))

    def close_the_gap(self) -> None:
        """A wider street lowers half of w squared, a shorter bridge raises its bound, until they meet."""
        field, fit, best = self.field, self.fit, self.bridge
        chart = (
            halves()
            .places[1]
            .plane((0, ACROSS), (0, TOP), x_ticks=[], y_ticks=[0, 1, 2], tick_size=ink.LABEL)
        )
        poor = svm.street_at(self.points, self.sides, POOR)
        tilt, short = Value(POOR), Value(0.0)
        low, high = BAR
        first, second = ((low + high + side * BETWEEN) / 2 for side in (-1, 1))

        def ends_at(share: float) -> tuple[Floats, Floats]:
            one, other = blend(self.middles, (best.minus, best.plus), share)
            return one, other

        def bound_at(share: float) -> float:
            one, other = ends_at(share)
            return margin.bridge_bound(float(np.linalg.norm(other - one)))

        primal = tilt.of(lambda t: margin.primal_value(svm.street_at(self.points, self.sides, t).width))
        dual = short.of(bound_at)
        bars = [chart.polygon([(low, 0.0)] * 4, color, LINE, 0.45) for color in (BOUNDARY, HELD)]
        values = [
            Readout(source, 3, size=ink.HEADLINE, color=color)
            for source, color in ((primal, BOUNDARY), (dual, HELD))
        ]

        lower = words.label('bound: $2 \\/ "bridge"^2$', HELD, LARGE)
        upper = VGroup(
            words.label("primal: $display(1/2) norm(bold(w))^2$", BOUNDARY, LARGE),
            words.label('$= 2 \\/ "width"^2$', BOUNDARY, LARGE),
        ).arrange(DOWN, buff=words.GAP, aligned_edge=LEFT)

        def hang(at: float) -> Changed:
            values[0].next_to(chart.at(high, at), UP + RIGHT, buff=1.5 * words.GAP)
            upper.next_to(values[0], UP, buff=1.5 * words.GAP, aligned_edge=LEFT)
            return bars[0].redraw([(low, 0.0), (first, 0.0), (first, at), (low, at)]), values[0], upper

        def rise(at: float) -> Changed:
            values[1].next_to(chart.at(high, at), DOWN + RIGHT, buff=1.5 * words.GAP)
            lower.next_to(values[1], DOWN, buff=1.5 * words.GAP, aligned_edge=LEFT)
            floor = float(chart.at(0.0, 0.0)[1]) + words.GAP
            VGroup(values[1], lower).shift(max(0.0, floor - float(lower.get_bottom()[1])) * UP)
            return bars[1].redraw([(second, 0.0), (high, 0.0), (high, at), (second, at)]), values[1], lower

        def widen(degrees: float) -> Changed:
            field.lay(svm.street_at(self.points, self.sides, degrees))
            return (field.street,)

        def shorten(share: float) -> Changed:
            self.span_ends = ends_at(share)
            return (self.span.redraw(*self.span_ends),)

        primal.draws(hang)
        dual.draws(rise)
        self.span_ends = self.middles
        now = field.now
        moved = (field, field.street, *self.bands, self.span)
        with self.beat(
            "So no street is wider than any bridge is long. That bounds half of w squared from below."
        ) as beat:
            self.play(FadeOut(self.hull), run_time=pace.QUICK)
            field.rings.follow(field.flowers, [])
            beat.over(
                glide(self.seen_in, (IRISES, now.w, now.b), (HALF, poor.w, poor.b), *moved),
                until="long",
                least=pace.SLOW,
            )
            self.shot(halves())
            self.play(FadeIn(chart), run_time=pace.QUICK)
            beat.over(FadeIn(bars[0], values[0], upper), until="bounds")
            beat.over("bounds", FadeIn(bars[1], values[1], lower))
        with self.beat(
            "Widen the street, and the primal falls. Shorten the bridge, and its bound climbs.",
            pause=pace.CALM,
        ) as beat:
            tilt.draws(widen)
            short.draws(shorten)
            beat.over(tilt.to(fit.street.degrees), until="Shorten", least=pace.LONG)
            beat.over("Shorten", short.to(1.0), least=pace.LONG)
        level = chart.segment((0, fit.dual), (ACROSS, fit.dual), ink.focus, dashed=True)
        name = words.label("the [dual problem:focus]:\nraise the bound", size=LARGE)
        name.next_to(chart.at(high, 0.0), UP + RIGHT, buff=1.5 * words.GAP)
        with self.beat(
            "They meet, so none is wider. Raising the bound is the dual problem.", pause=pace.CALM
        ) as beat:
            beat.over(Create(level), *map(words.light, values), until="none")
            field.rings.follow(field.flowers, self.held)
            beat.over("none", FadeIn(field.rings), words.light(self.span), until="Raising")
            beat.over("Raising", words.rewrite(lower, name), until="dual")
            beat.over("dual", words.light(name), least=pace.CALM)
        self.leaving: tuple[Mobject, ...] = (chart, *bars, *values, upper, name, level)

    def weigh_the_ends(self) -> None:
        """Each end of the bridge is a mean of support vectors, so w is a sum of them, weighted by α."""
        field, bridge = self.field, self.bridge
        best = self.fit.street
        plane = IRISES.plane()
        one, other, _ = self.points[self.held]
        edge = plane.segment(one, other, HELD, width=2 * LINE)
        near = plane.dots([bridge.plus, bridge.minus], HELD, radius=0.11)
        shares = [f"{each:.2f}" if each < 1 else "1" for each in bridge.weights[self.held]]
        weights = [self.at_flower(plane, words.label(each, size=WEIGHT), k) for k, each in enumerate(shares)]
        alphas = [
            self.at_flower(plane, words.label(f"[{each}:focus] $s$", size=WEIGHT), k)
            for k, each in enumerate(shares)
        ]
        arrow = plane.vector(*self.w_at(float(self.fit.alpha.sum()) / 2), ink.fourth, width=2 * LINE)
        along, made = words.label(ALONG, size=ink.POINT), words.formula(MADE, size=ink.POINT)
        name = words.label("[multipliers:focus] $alpha_i$", size=ink.POINT)
        room = shot.safe(titled=False)
        room.put(VGroup(made, name).arrange(DOWN, buff=2.5 * words.GAP, aligned_edge=RIGHT), UP + RIGHT)
        along.move_to(made, aligned_edge=RIGHT)
        balance = words.label(f"{shares[0]} $s$ + {shares[1]} $s$ = $s$", size=ink.POINT)
        zero = words.label("the other 97: $alpha_i = 0$", size=LARGE)
        room.put(VGroup(zero, balance).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT), DOWN + RIGHT)
        with self.beat(
            "Each end of this bridge is a weighted average: here of two setosa, there of one versicolor."
        ) as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            self.shot(shot.wide())
            beat.over(
                glide(
                    self.seen_in,
                    (HALF, best.w, best.b),
                    (IRISES, best.w, best.b),
                    field,
                    field.street,
                    *self.bands,
                    self.span,
                ),
                until="weighted",
                least=pace.CALM,
            )
            beat.over("weighted", FadeIn(edge, near), until="here")
            beat.over("here", *map(words.write, weights[:2]), until="there")
            beat.over("there", words.write(weights[2]))
        with self.beat("w points along it: so w is the bridge times some s.") as beat:
            beat.over(Create(arrow), until="so")
            beat.over("so", words.write(along), until="some")
            beat.over("some", words.light(along.part("s")))
        with self.beat("Times s, the weights become the multipliers, alpha.") as beat:
            beat.over(
                *(words.rewrite(old, new) for old, new in zip(weights, alphas, strict=True)),
                until="multipliers",
            )
            beat.over("multipliers", words.write(name), words.rewrite(along, made), least=pace.SLOW)
        rest = np.where(self.are_held, 1.0, 0.2)
        with self.beat(
            "Each class adds up to s: both push alike, so the street stays. "
            "Only the support vectors have alpha above zero."
        ) as beat:
            beat.over(words.write(balance), *map(words.light, alphas), until="both")
            beat.over(words.light(field.street.kerbs), until="Only")
            beat.over(
                "Only",
                glide(field.flowers.shade, np.ones(len(rest)), rest),
                *(band.animate.set_fill(opacity=0.0) for band in self.bands),
                words.write(zero),
            )
        self.arrow, self.edge, self.tips, self.dimmed = arrow, edge, near, rest
        self.leaving = (*self.bands, *alphas, made, name, zero, balance)

    def at_flower(self, plane: Plane, number: W, k: int) -> W:
        """``number`` beside the support vector ``k``, inside the street."""
        side, gap, lower = INWARD[k]
        number.next_to(plane.at(*self.points[self.held[k]]), side, buff=gap).shift(lower * DOWN)
        return number

    def w_at(self, scale: float) -> tuple[Floats, Floats]:
        """Where an arrow begins and ends that is ``scale`` times the shortest bridge, a little beside it."""
        bridge = self.bridge.plus - self.bridge.minus
        start = self.bridge.minus + ASIDE * bridge[::-1] * np.array([-1, 1]) / np.linalg.norm(bridge)
        return start, start + scale * bridge

    def find_the_scale(self) -> None:
        """The sum of alphas less half of w squared over s: a parabola, whose top is the bound of the bridge."""
        field, bridge = self.field, self.bridge
        column = halves().places[1]
        goal, in_s = (words.label(each, size=ink.POINT) for each in (GOAL, IN_S))
        rows = VGroup(goal, in_s).arrange(DOWN, buff=1.5 * words.GAP, aligned_edge=LEFT)
        column.put(rows, UP + LEFT)
        priced = words.label(PRICED, size=LARGE)
        priced.move_to(goal, aligned_edge=UP + LEFT)
        in_s.shift(float(goal.part("sum").get_left()[0] - in_s.part("sum").get_left()[0]) * RIGHT)
        chart = shot.Region(
            column.left, column.bottom, column.right, float(rows.get_bottom()[1]) - 2 * words.GAP
        ).plane(*ARCH, x_label="$s$", x_ticks=[0, 1, 2], y_ticks=[0, 1], tick_size=ink.LABEL)
        top = margin.bridge_bound(bridge.length)
        tried = np.linspace(0, 2 * top, 101)
        curve = chart.curve(tried, margin.bound_at(tried, bridge.length), HELD, 2 * LINE)
        s = Value(SHORT_W)
        spot = chart.dots([(SHORT_W, 0.0)], ink.focus, radius=1.5 * IRISES.radius)
        level = chart.segment((BEGUN, top), (ARCH[0][1], top), BOUNDARY, dashed=True, width=1.5 * LINE)
        told = f'bound: $2 \\/ "bridge"^2 = {top:.3f}$'
        name = chart.label(0, top, told, UP + RIGHT, BOUNDARY, 2.5 * words.GAP, LARGE)
        peak = chart.label(top, 0, f"$s =$ {top:.2f}", UP + RIGHT, ink.focus, 2 * words.GAP, ink.POINT)
        drop = chart.segment((top, 0), (top, top), ink.focus, dashed=True)
        with self.beat(
            "How large is s? Put a price, alpha, on each rule. "
            "At the cheapest w and b, the sum of alphas less half of w squared is left: a parabola in s."
        ) as beat:
            self.play(
                FadeOut(*self.leaving),
                glide(field.flowers.shade, self.dimmed, self.are_held.astype(float)),
                run_time=pace.QUICK,
            )
            beat.over(
                glide(
                    self.stretched_in,
                    (IRISES, top),
                    (NEAR, SHORT_W),
                    field,
                    field.street,
                    self.span,
                    self.edge,
                    self.tips,
                    self.arrow,
                ),
                until="price",
                least=pace.CALM,
            )
            self.shot(halves())
            beat.over("price", words.write(priced), until="cheapest")
            beat.over("cheapest", words.light(priced), until="sum")
            alphas = [
                self.at_flower(
                    NEAR.plane(),
                    Readout(s.of(partial(mul, float(share))), 2, size=LARGE, color=ink.focus),
                    k,
                )
                for k, share in enumerate(bridge.weights[self.held])
            ]
            beat.over("sum", words.rewrite(priced, goal), FadeIn(*alphas), until="is")
            self.play(FadeIn(chart, spot), words.write(in_s), run_time=pace.CALM)
            self.add(curve, spot)

            def move(now: float) -> Changed:
                start, end = self.w_at(now)
                at = float(margin.bound_at(np.array(now), bridge.length))
                return self.arrow.redraw(start, end), spot.redraw([(now, at)])

            s.draws(move)
            beat.over(drive(lambda share: curve.reveal(share), curve), s.to(LONG_W), least=pace.LONG)
        with self.beat(
            "Its top, at 1.03, is the bound of this bridge. So maximising over alpha gives the best bound: the dual.",
            pause=pace.CALM,
        ) as beat:
            beat.over("top", s.to(top), until="1.03", least=pace.SLOW)
            beat.over("1.03", Create(drop), FadeIn(peak), until="bound")
            beat.over("bound", Create(level), words.write(name), until="So")
            beat.over(words.light(goal.part("max")), words.light(level), until="dual")
            beat.over("dual", words.light(goal, run_time=pace.SLOW))
        self.goal = goal
        self.leaving = (chart, curve, spot, level, name, peak, drop, in_s)
        self.alphas = alphas

    def stretched_in(self, view: View, scale: float) -> Changed:
        """The street in ``view`` with the bridge, and the arrow w, which is ``scale`` times the bridge."""
        field, bridge = self.field.look(view), self.bridge
        for each in (self.span, self.edge, self.tips, self.arrow):
            each.plane = field.plane
        self.span.redraw(bridge.minus, bridge.plus)
        self.edge.redraw(*self.points[self.held[:2]])
        self.tips.redraw([bridge.plus, bridge.minus])
        self.arrow.redraw(*self.w_at(scale))
        return (field, field.street, self.span, self.edge, self.tips, self.arrow)

    def write_the_dual(self) -> None:
        """The dual problem, and what of the data it needs."""
        column, plane = halves().places[1], self.field.plane
        dual = words.formula(DUAL, size=ink.POINT, colors={"sum": HELD})
        conditions = words.label(WITH, size=ink.POINT)
        rows = VGroup(dual, conditions).arrange(DOWN, buff=4 * words.GAP, aligned_edge=LEFT)
        column.put(rows, LEFT)
        three = self.points[self.held]
        pairs = plane.segment(three, np.roll(three, -1, axis=0), ink.focus, width=1.5 * LINE)
        with self.beat(
            "Put in the sum for w: now the data enter as dot products only.", pause=pace.SLOW
        ) as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            beat.over(words.rewrite(self.goal, dual), words.write(conditions), until="data", least=pace.SLOW)
            beat.over(
                "data",
                FadeOut(self.arrow, self.span, self.edge, self.tips, *self.alphas),
                Create(pairs),
                until="dot",
            )
            beat.over("dot", words.tint(dual.part("dot"), ink.focus), words.light(dual.part("dot")))
        self.leaving = (dual, conditions, pairs)

    def decide_by_few(self) -> None:
        """What prediction needs."""
        field = self.field
        plane = IRISES.plane()
        decides = words.formula(DECIDES, size=ink.POINT)
        shot.safe(titled=False).put(decides, DOWN + RIGHT)
        grey = grey_flower(plane, ink.second)
        three = self.points[self.held]
        ways = plane.segment(np.repeat(NEW_FLOWER[None], len(three), axis=0), three, ink.focus, width=LINE)
        few = words.label(
            f"[{len(self.held)} of {len(self.points)}:focus]\nkeep $f$ as it is", size=ink.POINT
        )
        shot.safe(titled=False).put(few, UP + RIGHT)
        with self.beat("So does f. To predict, keep the three, their alphas and b: the rest may go.") as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            self.shot(shot.wide())
            self.play(
                glide(field.look, NEAR, IRISES),
                glide(field.flowers.shade, self.are_held.astype(float), np.ones(len(self.are_held))),
                run_time=pace.CALM,
            )
            beat.over(FadeIn(grey), words.write(decides), until="To")
            beat.over("To", words.tint(decides.part("dot"), ink.focus), Create(ways), until="keep")
            beat.over("keep", swell(field, self.are_held), words.write(few), until="rest")
            beat.over(
                "rest",
                glide(field.flowers.shade, np.ones(len(self.are_held)), self.are_held.astype(float)),
                FadeOut(ways, grey),
            )
