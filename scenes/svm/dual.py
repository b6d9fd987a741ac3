"""The same optimum from the other side: hulls, their shortest bridge, and the dual problem."""

from __future__ import annotations

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
NEAR: Final = View.on_the_left((2.55, 2.75), 2.2, 0.12)
"""The support vectors and the street between them, beside a chart or formula."""
TILTS: Final = (-45.0, -12.0)
"""Degrees to which the widest street is turned once more, to either side."""
FAR: Final = (np.array([1.5, 4.4]), np.array([5.1, 2.7]))
"""Two corners of the hulls: where the longest of the bridges that are tried ends."""
POOR: Final = 5.0
"""Degrees of a street that is too narrow."""
TOP: Final = 4.0
"""Centimetres on the scale of the bars."""
BAR: Final = (0.0, 1.05)
"""From where to where the bars reach, on a scale of :data:`ACROSS`."""
BETWEEN: Final = 0.05
"""Between the two of them."""
ACROSS: Final = 3.3
SHORT_W: Final = 0.5
"""An s that is too small: w is that many times the bridge."""
LONG_W: Final = 1.7
"""One that is too large."""
ALONG: Final = '"bridge" = display(sum_i alpha_i y_i bold(x)_i)'
GOAL: Final = "limits(min)_alpha quad display(1/2 norm(sum_i alpha_i y_i bold(x)_i)^2)"
"""The dual problem before its square is multiplied out."""
DUAL: Final = (
    "& limits(min)_alpha quad 1/2 sum_i sum_j \\ & "
    "{{ alpha_i alpha_j y_i y_j : pair }} {{ bold(x)_i dot bold(x)_j : dot }}"
)
WITH: Final = "$alpha_i >= 0$, in each class: sum 1"
MADE: Final = "bold(w) = s sum_i alpha_i y_i bold(x)_i"
DECIDES: Final = "{{ f(bold(x)) : f }} = s display(sum_i) alpha_i y_i {{ bold(x)_i dot bold(x) : dot }} + b"

W = TypeVar("W", bound=words.Words)


class Dual(SvmStage):
    """The same optimum from the other side: hulls, their shortest bridge, and the dual problem."""

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
        """The street widens and the bridge shortens until one is as wide as the other is long: both in centimetres."""
        field, fit, best = self.field, self.fit, self.bridge
        chart = (
            halves()
            .places[1]
            .plane((0, ACROSS), (0, TOP), x_ticks=[], y_ticks=[0, 1, 2, 3], tick_size=ink.LABEL)
        )
        poor = svm.street_at(self.points, self.sides, POOR)
        tilt, short = Value(POOR), Value(0.0)
        low, high = BAR
        first, second = ((low + high + side * BETWEEN) / 2 for side in (-1, 1))

        def ends_at(share: float) -> tuple[Floats, Floats]:
            one, other = blend(self.middles, (best.minus, best.plus), share)
            return one, other

        def length_at(share: float) -> float:
            one, other = ends_at(share)
            return float(np.linalg.norm(other - one))

        width = tilt.of(lambda t: svm.street_at(self.points, self.sides, t).width)
        length = short.of(length_at)
        bars = [chart.polygon([(low, 0.0)] * 4, color, LINE, 0.45) for color in (BOUNDARY, HELD)]
        values = [
            Readout(source, 3, "cm", size=ink.HEADLINE, color=color)
            for source, color in ((width, BOUNDARY), (length, HELD))
        ]
        primal = words.label("[primal problem:focus]:\nwiden the street", size=LARGE)
        dual = words.label("[dual problem:focus]:\nshorten the bridge", size=LARGE)
        lower, upper = words.label("street", BOUNDARY, LARGE), words.label("bridge", HELD, LARGE)

        def hang(at: float) -> Changed:
            values[0].next_to(chart.at(high, at), DOWN + RIGHT, buff=1.5 * words.GAP)
            for each in (lower, primal):
                each.next_to(values[0], DOWN, buff=1.5 * words.GAP, aligned_edge=LEFT)
            floor = float(chart.at(0.0, 0.0)[1]) + words.GAP
            VGroup(values[0], lower).shift(max(0.0, floor - float(lower.get_bottom()[1])) * UP)
            return (
                bars[0].redraw([(low, 0.0), (first, 0.0), (first, at), (low, at)]),
                values[0],
                lower,
                primal,
            )

        def rise(at: float) -> Changed:
            values[1].next_to(chart.at(high, at), UP + RIGHT, buff=1.5 * words.GAP)
            for each in (upper, dual):
                each.next_to(values[1], UP, buff=1.5 * words.GAP, aligned_edge=LEFT)
            return (
                bars[1].redraw([(second, 0.0), (high, 0.0), (high, at), (second, at)]),
                values[1],
                upper,
                dual,
            )

        def widen(degrees: float) -> Changed:
            field.lay(svm.street_at(self.points, self.sides, degrees))
            return (field.street,)

        def shorten(share: float) -> Changed:
            self.span_ends = ends_at(share)
            return (self.span.redraw(*self.span_ends),)

        width.draws(hang)
        length.draws(rise)
        self.span_ends = self.middles
        now = field.now
        moved = (field, field.street, *self.bands, self.span)
        with self.beat("So no street is wider than any bridge is long.") as beat:
            self.play(FadeOut(self.hull), run_time=pace.QUICK)
            field.rings.follow(field.flowers, [])
            beat.over(
                glide(self.seen_in, (IRISES, now.w, now.b), (HALF, poor.w, poor.b), *moved),
                until="wider",
                least=pace.CALM,
            )
            self.shot(halves())
            self.play(FadeIn(chart), run_time=pace.QUICK)
            beat.over(FadeIn(*bars, *values, lower, upper))
        with self.beat(
            "Widening the street is the primal problem; shortening the bridge is the dual problem.",
            pause=pace.BRISK,
        ) as beat:
            tilt.draws(widen)
            short.draws(shorten)
            beat.over(tilt.to(fit.street.degrees), until="primal", least=pace.SLOW)
            beat.over("primal", words.rewrite(lower, primal), until="shortening")
            beat.over("shortening", short.to(1.0), until="dual", least=pace.SLOW)
            beat.over("dual", words.rewrite(upper, dual))
        level = chart.segment((0, best.length), (ACROSS, best.length), ink.focus, dashed=True)
        with self.beat("They meet, so none is wider.", pause=pace.CALM) as beat:
            beat.over(Create(level), *map(words.light, values), until="none")
            field.rings.follow(field.flowers, self.held)
            beat.over("none", FadeIn(field.rings), words.light(self.span), least=pace.CALM)
        self.leaving: tuple[Mobject, ...] = (chart, *bars, *values, primal, dual, level)

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
        name = words.label("[multipliers:focus] $alpha_i >= 0$", size=ink.POINT)
        balance = words.label(f"{shares[0]} + {shares[1]} = 1", size=ink.POINT)
        zero = words.label("the other 97: $alpha_i = 0$", size=LARGE)
        room = shot.safe(titled=False)
        room.put(VGroup(name, balance).arrange(DOWN, buff=2.5 * words.GAP, aligned_edge=RIGHT), UP + RIGHT)
        room.put(zero, DOWN + RIGHT)
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
        rest = np.where(self.are_held, 1.0, 0.2)
        with self.beat(
            "The weights are the multipliers, alpha. In each class they add up to one, "
            "and only the support vectors have alpha above zero."
        ) as beat:
            beat.over(
                *(words.tint(each, ink.focus) for each in weights),
                words.write(name),
                until="In",
                least=pace.CALM,
            )
            beat.over(words.write(balance), *map(words.light, weights), until="only")
            beat.over(
                "only",
                glide(field.flowers.shade, np.ones(len(rest)), rest),
                *(band.animate.set_fill(opacity=0.0) for band in self.bands),
                words.write(zero),
            )
        self.edge, self.tips, self.dimmed = edge, near, rest
        self.leaving = (*self.bands, name, zero, balance)
        self.weights = weights

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
        """w is the bridge times the scale at which the margin lines reach the nearest points."""
        field, bridge, best = self.field, self.bridge, self.fit.street
        column = halves().places[1]
        top = margin.scale_of(bridge.length)
        along, made = words.label(f"${ALONG}$", size=ink.POINT), words.formula(MADE, size=ink.POINT)
        s = Value(SHORT_W)
        size = Readout(s, 2, label="$s =$", size=ink.POINT)
        nearest = Readout(s.of(lambda now: now / top), 2, label="$f$ at the nearest:", size=LARGE)
        rows = VGroup(along, made, size, nearest).arrange(DOWN, buff=3.5 * words.GAP, aligned_edge=LEFT)
        column.put(rows, LEFT)
        self.arrow = IRISES.plane().vector(*self.w_at(SHORT_W), ink.fourth, width=2 * LINE)
        with self.beat("So the bridge is the sum of alpha times y times x.") as beat:
            self.play(FadeOut(*self.leaving, *self.weights), run_time=pace.QUICK)
            beat.over(
                glide(
                    self.stretched_in,
                    (IRISES, SHORT_W),
                    (NEAR, SHORT_W),
                    field,
                    field.street,
                    self.span,
                    self.edge,
                    self.tips,
                    self.arrow,
                ),
                glide(field.flowers.shade, self.dimmed, self.are_held.astype(float)),
                until="sum",
                least=pace.CALM,
            )
            self.shot(halves())
            beat.over("sum", words.write(along), words.light(self.span))

        def move(now: float) -> Changed:
            field.lay(margin.scaled(best, now / top))
            return field.street, self.arrow.redraw(*self.w_at(now))

        s.draws(move)
        with self.beat(
            "Vector w points along it, stretched by a scale, s, until f is one at the nearest points."
        ) as beat:
            s.set(SHORT_W)
            beat.over(FadeIn(self.arrow), words.write(made), until="stretched", least=pace.CALM)
            beat.at("stretched", FadeIn(size, nearest), run_time=pace.QUICK)
            beat.over(s.to(LONG_W), until="f", least=pace.CALM)
            beat.over(s.to(top), until="nearest", least=pace.CALM)
            beat.over("nearest", words.light(nearest), words.light(field.street.kerbs))
        self.leaving = (along, made, size, nearest)

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
        goal, dual = words.label(f"${GOAL}$", size=ink.POINT), words.formula(DUAL, size=ink.POINT)
        conditions = words.label(WITH, size=LARGE)
        head = words.label("the [dual problem:focus]", size=ink.POINT)
        rows = VGroup(head, dual, conditions).arrange(DOWN, buff=4 * words.GAP, aligned_edge=LEFT)
        column.put(rows, LEFT)
        goal.move_to(dual, aligned_edge=LEFT)
        three = self.points[self.held]
        pairs = plane.segment(three, np.roll(three, -1, axis=0), ink.focus, width=1.5 * LINE)
        with self.beat("So the dual problem asks for the alphas of the shortest bridge.") as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            beat.over(words.write(head), words.write(goal), until="alphas", least=pace.CALM)
            beat.over(words.write(conditions), words.light(self.span))
        with self.beat(
            "Multiply out its square: the data enter as dot products only.", pause=pace.SLOW
        ) as beat:
            beat.over(words.rewrite(goal, dual), until="data", least=pace.SLOW)
            beat.over(
                "data",
                FadeOut(self.arrow, self.span, self.edge, self.tips),
                Create(pairs),
                until="dot",
            )
            beat.over("dot", words.tint(dual.part("dot"), ink.focus), words.light(dual.part("dot")))
        self.leaving = (dual, conditions, head, pairs)

    def decide_by_few(self) -> None:
        """What prediction needs."""
        field = self.field
        plane = IRISES.plane()
        decides = words.label(f"${DECIDES}$", size=ink.POINT)
        shot.safe(titled=False).put(decides, DOWN + RIGHT)
        grey = grey_flower(plane, ink.second)
        three = self.points[self.held]
        ways = plane.segment(np.repeat(NEW_FLOWER[None], len(three), axis=0), three, ink.focus, width=LINE)
        few = words.label(
            f"[{len(self.held)} of {len(self.points)}:focus]\nkeep $f$ as it is", size=ink.POINT
        )
        shot.safe(titled=False).put(few, UP + RIGHT)
        with self.beat(
            "So does f. To predict, keep the three, their alphas, s and b: the rest may go."
        ) as beat:
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
