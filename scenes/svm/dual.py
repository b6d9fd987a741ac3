"""The same optimum from the other side: hulls and their bridge, a bound that climbs, and the dual problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    VGroup,
    rush_from,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.svm import margin, svm
from scenes.svm.margin import LARGE, TOUCHING
from scenes.svm.meadow import HALF, IRISES, NEW_FLOWER, PAIR, Meadow, View, grey_flower, halves, swell
from scenes.svm.soft import own_line
from scenes.svm.stage import BOUNDARY, HELD, SvmStage, with_large_numbers
from scenes.svm.support import margin_of

DUAL_SIZE: Final = 66.0
"""Pixels of the capitals of the dual problem: the longest formula, and the point of its shot."""
LOOSE: Final = 0.3
"""How much larger a band is before it snaps."""
ASIDE: Final = 0.13
"""Centimetres by which w is drawn beside the bridge."""
INWARD: Final = ((UP + RIGHT, words.GAP), (RIGHT, 2 * words.GAP), (DOWN + LEFT, words.GAP))
"""On which side of each support vector, and how far from it, its number stands inside the empty street."""
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
ACROSS: Final = 3.3
CHEAP: Final = 0.12
"""An α by hand that is too small: both points stand inside the cheapest street."""
DEAR: Final = 0.4
"""One that is too large."""
BY_HAND: Final = (-0.9, 4.9), (-0.3, 4.3)
"""What is seen of the two points and of their streets, in their units."""
TOTAL: Final = (
    "${{ display(1/2) norm(bold(w))^2 : less }} + "
    "{{ display(sum_i) alpha_i : sum }} {{ (1 - y_i f(bold(x)_i)) : past }}$"
)
"""Half of w squared, and what points pay for standing past their margin lines."""
GOAL: Final = (
    "${{ limits(max)_alpha : max }} quad {{ display(sum_i) alpha_i : sum }} - "
    "{{ display(1/2) norm(bold(w))^2 : less }}$"
)
"""The dual problem before w is put in: the smallest total at these prices."""
DUAL: Final = (
    "max_alpha quad {{ sum_i alpha_i : sum }} - 1/2 sum_i sum_j {{ alpha_i alpha_j y_i y_j : pair }} "
    "{{ bold(x)_i dot bold(x)_j : dot }}"
)
WITH: Final = "with $alpha_i >= 0$,  $display(sum_i alpha_i y_i) = 0$"
MADE: Final = "bold(w) = sum_i alpha_i y_i bold(x)_i"
CELL: Final = (1.5, 0.9)
"""Scene units of a cell of the table of dot products."""
SIGN: Final = 1.8
"""How much larger a flower is at its edges."""
DECIDES: Final = "{{ f(bold(x)) : f }} = sum_i alpha_i y_i {{ bold(x)_i dot bold(x) : dot }} + b"


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
        self.find_the_bound_in_alphas()
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

        with self.beat("Turning has found this street. But how can we be sure that none is wider?") as beat:
            street.draws(turn)
            beat.over(tilt.to(TILTS[0]), until="how", least=pace.CALM)
            beat.over("how", tilt.to(TILTS[1]), until="none", least=pace.SLOW)
            beat.over("none", tilt.to(best.degrees), least=pace.CALM)

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
        chart = with_large_numbers(
            halves().places[1].plane((0, ACROSS), (0, TOP), x_ticks=[], y_ticks=[0, 1, 2])
        )
        poor = svm.street_at(self.points, self.sides, POOR)
        tilt, short = Value(POOR), Value(0.0)
        low, high = BAR

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

        def hang(at: float) -> Changed:
            values[0].next_to(chart.at(high, at), UP + RIGHT, buff=1.5 * words.GAP)
            return bars[0].redraw([(low, TOP), (high, TOP), (high, at), (low, at)]), values[0]

        def rise(at: float) -> Changed:
            values[1].next_to(chart.at(high, at), DOWN + RIGHT, buff=1.5 * words.GAP)
            lower.next_to(values[1], DOWN, buff=1.5 * words.GAP, aligned_edge=LEFT)
            floor = float(chart.at(0.0, 0.0)[1]) + words.GAP
            VGroup(values[1], lower).shift(max(0.0, floor - float(lower.get_bottom()[1])) * UP)
            return bars[1].redraw([(low, 0.0), (high, 0.0), (high, at), (low, at)]), values[1], lower

        def widen(degrees: float) -> Changed:
            field.lay(svm.street_at(self.points, self.sides, degrees))
            return (field.street,)

        def shorten(share: float) -> Changed:
            self.span_ends = ends_at(share)
            return (self.span.redraw(*self.span_ends),)

        primal.draws(hang)
        dual.draws(rise)
        self.span_ends = self.middles
        upper = VGroup(
            words.label("primal: $display(1/2) norm(bold(w))^2$", BOUNDARY, LARGE),
            words.label('$= 2 \\/ "width"^2$', BOUNDARY, LARGE),
        ).arrange(DOWN, buff=words.GAP, aligned_edge=LEFT)
        upper.next_to(chart.at(high, TOP), DOWN + RIGHT, buff=1.5 * words.GAP)
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
        field, alpha, bridge = self.field, self.fit.alpha[self.held], self.bridge
        best = self.fit.street
        plane = IRISES.plane()
        one, other, _ = self.points[self.held]
        edge = plane.segment(one, other, HELD, width=2 * LINE)
        near = VGroup(*(plane.dots([each], HELD, radius=0.11) for each in (bridge.plus, bridge.minus)))
        alphas = [
            Tag(words.label(f"[{each:.2f}:focus]", size=ink.POINT)).next_to(
                plane.at(*self.points[row]), side, buff=gap
            )
            for each, row, (side, gap) in zip(alpha, self.held, INWARD, strict=True)
        ]
        arrow = self.w_beside_the_bridge()
        made = words.formula(MADE, size=ink.POINT)
        name = words.label("[multipliers:focus] $alpha_i$", size=ink.POINT)
        room = shot.safe(titled=False)
        room.put(VGroup(made, name).arrange(DOWN, buff=2.5 * words.GAP, aligned_edge=RIGHT), UP + RIGHT)
        balance = words.label(f"{alpha[0]:.2f} + {alpha[1]:.2f} = {alpha[2]:.2f}", size=LARGE)
        zero = words.label("the other 97: $alpha = 0$", size=LARGE)
        room.put(VGroup(zero, balance).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT), DOWN + RIGHT)
        with self.beat(
            "Each end is a weighted average of support vectors. So w, along the bridge, is a weighted sum of them: "
            "its weights are the multipliers, alpha."
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
            beat.over(FadeIn(edge, near), self.frame.to(edge, self.span, share=0.6), until="So")
            beat.over("So", self.frame.back(), until="bridge")
            beat.over("bridge", Create(arrow), until="sum")
            beat.over("sum", words.write(made), until="its")
            beat.over("its", FadeIn(*alphas), until="multipliers")
            beat.over("multipliers", words.write(name))
        rest = np.where(self.are_held, 1.0, 0.2)
        with self.beat(
            "Only the support vectors have alpha above zero, and both classes weigh the same."
        ) as beat:
            beat.over(
                glide(field.flowers.shade, np.ones(len(rest)), rest),
                *(band.animate.set_fill(opacity=0.0) for band in self.bands),
                words.write(zero),
                until="both",
            )
            beat.over("both", words.write(balance), *(words.light(each.text) for each in alphas))
        self.made = made
        self.leaving = (field, field.street, *self.bands, self.span, edge, near, *alphas, arrow)
        self.beside_made = (name, zero, balance)

    def w_beside_the_bridge(self) -> Arrows:
        """The arrow w along the shortest bridge, a little beside it, in the wide view."""
        best = self.fit.street
        beside = best.w[::-1] * np.array([-1, 1])
        start = self.bridge.minus + ASIDE * beside / np.linalg.norm(beside)
        return IRISES.plane().vector(start, start + best.w, ink.fourth, width=2 * LINE)

    def find_the_bound_in_alphas(self) -> None:
        """By hand, over the one α of two points: the cheapest street at a price, and what it comes to in all."""
        points, y = margin.two_points()
        best = svm.widest_street(points, y).street
        room = shot.safe(titled=False)
        total, goal = (words.label(each, size=DUAL_SIZE) for each in (TOTAL, GOAL))
        for each in (total, goal):
            room.put(each, UP + LEFT)
        top = float(total.get_bottom()[1]) - 2 * words.GAP
        left, right = shot.Region(room.left, room.bottom, room.right, top).columns(1, 1)
        plane = left.plane(*BY_HAND, equal=True, x_ticks=[], y_ticks=[])
        plane.remove(plane.frame)
        pair = plane.classes(points, (y > 0).astype(int), radius=PAIR.radius)
        street = plane.band(best.w, best.b, color=BOUNDARY)
        past = plane.segment(points, points, ink.error, width=2 * LINE)
        chart = with_large_numbers(
            right.plane(
                (0, 0.5),
                (0, 0.34),
                x_label="$alpha$ of both points",
                y_label="total",
                x_names={0: "0", 0.25: "0.25", 0.5: "0.5"},
                y_names={0.25: "0.25"},
            )
        )
        alphas = np.linspace(0, 0.5, 101)
        values = [margin.dual_value(points, y, np.full(2, each)) for each in alphas]
        curve = chart.curve(alphas, values, HELD, 2 * LINE, share=2 * CHEAP)
        spot = chart.dots([(CHEAP, np.interp(CHEAP, alphas, values))], ink.chalk, radius=1.5 * IRISES.radius)
        lowest = chart.label(
            CHEAP, float(np.interp(CHEAP, alphas, values)), "cheapest\ntotal", DOWN + RIGHT, HELD
        )
        height = float(best.w @ best.w) / 2
        level = chart.segment((0, height), (0.5, height), BOUNDARY, dashed=True, width=1.5 * LINE)
        primal = chart.label(0, height, "primal", UP + RIGHT, BOUNDARY, 1.5 * words.GAP, LARGE)
        price, reached = Value(CHEAP), Value(CHEAP)

        def lay(w: Floats, b: float) -> Changed:
            now = svm.Street(np.asarray(w), float(b))
            past.redraw(points, own_line(now, points, y))
            return street.redraw(now.w, now.b), past

        def grow(alpha: float) -> Changed:
            reached.set(max(reached.value, alpha))
            curve.reveal(2 * reached.value)
            spot.redraw([(alpha, margin.dual_value(points, y, np.full(2, alpha)))])
            return (*lay(*cheapest(alpha)), curve, spot)

        def cheapest(alpha: float) -> tuple[Floats, float]:
            w = margin.made_of(points, y, np.full(2, alpha))
            return w, -float(points.mean(axis=0) @ w)

        honest = best.w, best.b
        prices = [
            Tag(plane.label(x, up, "$alpha$", side, ink.focus, 3 * words.GAP, ink.POINT), opacity=1.0)
            for (x, up), side in zip(points.tolist(), (LEFT, RIGHT), strict=True)
        ]
        with self.beat(
            "What is the bound in alphas? Let alpha be a price: "
            "each point pays for how far it stands past its margin line."
        ) as beat:
            beat.over(FadeOut(*self.leaving, *self.beside_made, self.made), until="Let")
            self.shot(shot.formula(titled=False))
            beat.over("Let", FadeIn(pair, street, chart), Create(level), FadeIn(primal), until="price")
            beat.over("price", FadeIn(*prices), until="pays")
            self.add(past)
            beat.over(
                "pays",
                glide(lay, honest, cheapest(CHEAP), street, past, pair),
                words.write(total),
                until="past",
            )
            beat.over("past", words.light(total.part("past")), words.light(past, ink.error))
        with self.beat(
            "A street that keeps them out pays no extra, so the cheapest total is a lower bound."
        ) as beat:
            beat.over(glide(lay, cheapest(CHEAP), honest, street, past, pair), until="so", least=pace.SLOW)
            beat.over("so", words.light(level), words.light(primal), until="cheapest")
            beat.over(
                "cheapest",
                glide(lay, honest, cheapest(CHEAP), street, past, pair),
                FadeIn(curve, spot, lowest),
                least=pace.SLOW,
            )
        with self.beat(
            "It is the sum of alphas less half of w squared. Raise alpha until both points keep out: "
            "there it meets the primal.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(words.rewrite(total, goal), FadeOut(lowest), until="Raise", least=pace.CALM)
            price.draws(grow)
            beat.over("Raise", price.to(DEAR), until="both", least=pace.SLOW)
            beat.over(
                "both", price.to(2 / float((points[1] - points[0]) @ (points[1] - points[0]))), until="there"
            )
            beat.over("there", words.light(level), words.light(primal), words.light(goal.part("max")))
        self.leaving = (plane, pair, street, past, *prices, chart, curve, spot, level, primal)
        self.goal = goal

    def write_the_dual(self) -> None:
        """The dual problem, and what of the data it needs."""
        room = shot.safe(titled=False)
        dual = words.formula(DUAL, size=DUAL_SIZE, colors={"sum": HELD})
        room.put(dual, UP + LEFT)
        made = words.formula(MADE, size=ink.POINT)
        conditions = words.label(WITH, size=ink.POINT)
        below = shot.Region(room.left, room.bottom, room.right, float(dual.get_bottom()[1]) - words.GAP)
        rows = VGroup(made, conditions).arrange(DOWN, buff=5 * words.GAP, aligned_edge=LEFT)
        below.columns(1, 1)[0].put(rows, LEFT)
        table = self.table_of(self.points[self.held] @ self.points[self.held].T)
        heading = words.formula("bold(x)_i dot bold(x)_j", size=DUAL_SIZE, color=ink.focus, symbols={})
        heading.next_to(table, UP, buff=2 * words.GAP)
        with self.beat(
            "Put in the sum for w: now the data enter as dot products only.", pause=pace.SLOW
        ) as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            beat.over(words.write(made), until="w")
            beat.over(
                "w", words.rewrite(self.goal, dual), words.write(conditions), until="data", least=pace.SLOW
            )
            beat.over("data", FadeIn(table, heading), until="dot")
            beat.over("dot", words.tint(dual.part("dot"), ink.focus), words.light(heading))
        self.leaving = (made, conditions, table, heading, dual)

    def table_of(self, products: Floats) -> Group:
        """Dot products of the three support vectors with each other."""
        flowers = self.field.flowers
        largest = 2 * float((self.points[self.held] ** 2).sum(axis=1).max())
        table = Matrix(products, CELL, heat=ink.focus, largest=largest, decimals=1, size=ink.POINT)
        shot.safe(titled=False).inset(0.0, words.GAP).put(table, DOWN + RIGHT)
        places: Sequence[tuple[float, float]] = [
            *((-0.8, at) for at in range(len(self.held))),
            *((at, -0.75) for at in range(len(self.held))),
        ]
        marks = [flowers[row].copy().scale(SIGN) for row in (*self.held, *self.held)]
        for mark, place in zip(marks, places, strict=True):
            mark.set_opacity(1.0).move_to(table.at(*place))
        return Group(table, *marks)

    def decide_by_few(self) -> None:
        """What prediction needs."""
        self.shot(shot.wide())
        field = Meadow(self.points, self.sides, self.fit.street, IRISES)
        field.rings.follow(field.flowers, self.held)
        plane = field.plane
        decides = words.formula(DECIDES, size=ink.POINT)
        shot.safe(titled=False).put(decides, DOWN + RIGHT)
        grey = grey_flower(plane, ink.second)
        three = self.points[self.held]
        ways = plane.segment(np.repeat(NEW_FLOWER[None], len(three), axis=0), three, ink.focus, width=LINE)
        few = words.label(f"[{len(self.held)} of {len(self.points)}:focus]\nkeep $f$ as it is", size=LARGE)
        shot.safe(titled=False).put(few, UP + RIGHT)
        with self.beat(
            "So does f, with the three. To predict, keep them, their alphas and b: the rest may go."
        ) as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            beat.over(FadeIn(field, grey), words.write(decides), until="three")
            beat.over(
                "three",
                words.tint(decides.part("dot"), ink.focus),
                Create(ways),
                until="keep",
                least=pace.BRISK,
            )
            beat.over("keep", swell(field, self.are_held), words.write(few), until="rest")
            beat.over(
                "rest",
                glide(field.flowers.shade, np.ones(len(self.are_held)), self.are_held.astype(float)),
                FadeOut(ways, grey),
            )
