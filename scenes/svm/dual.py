"""The same optimum from the other side: hulls and their bridge, prices on constraints, and the dual problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Group, Mobject, VGroup, rush_from, rush_into

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.svm import margin, svm
from scenes.maths.svm.svm import Rows
from scenes.svm.margin import LARGE
from scenes.svm.meadow import (
    HALF,
    HALF_PAIR,
    IRISES,
    NEW_FLOWER,
    Meadow,
    View,
    as_seen,
    grey_flower,
    halves,
    swell,
)
from scenes.svm.stage import BOUNDARY, HELD, SvmStage
from scenes.svm.support import margin_of

DUAL_SIZE: Final = 66.0
"""Pixels of the capitals of the dual problem: the longest formula, and the point of its shot."""
DECIDES_SIZE: Final = 60.0
"""Pixels of the capitals of w and f as sums."""
STEPS: Final = 12
"""Of either solver, that are shown: by then both are within a thousandth of the optimum."""
LOOSE: Final = 0.3
"""How much larger a band is before it snaps."""
ASIDE: Final = 0.13
"""Centimetres by which w is drawn beside the bridge."""
INWARD: Final = ((UP + RIGHT, words.GAP), (RIGHT, 2 * words.GAP), (DOWN + LEFT, words.GAP))
"""On which side of each support vector, and how far from it, its number stands inside the empty street."""
CHEAP: Final = 0.1
"""An α by hand that is too small: both points stand inside the street."""
DEAR: Final = 0.45
"""One that is too large."""
DUAL: Final = (
    "max_alpha quad {{ sum_i alpha_i : sum }} - 1/2 sum_i sum_j {{ alpha_i alpha_j y_i y_j : pair }} "
    "{{ bold(x)_i dot bold(x)_j : dot }}"
)
DIFFERENCE: Final = "$= alpha (3, 3) - alpha (1, 1)$", "$= alpha (2, 2)$"
CHARGED_SIZE: Final = 46.0
CHARGED: Final = "$display(1/2) norm(bold(w))^2 + {{ alpha sum_i (1 - y_i f(bold(x)_i)) : charge }}$"
"""What is minimised once breaking a constraint costs α; both points have one price.  Its capitals are of that size."""
LEAST: Final = "least over $bold(w), b$: [lower bound:focus]"
RAISED: Final = (
    "${{ 2 alpha : sum }} - {{ display(1/2) norm(alpha (2, 2))^2 : less }} = {{ 2 alpha - 4 alpha^2 : all }}$"
)
"""The dual objective of the two points."""
WITH: Final = (
    "with $alpha_i >= 0$: no price is negative",
    "$display(sum_i alpha_i y_i) = 0$: the classes balance",
)
MADE: Final = "bold(w) = sum_i alpha_i y_i bold(x)_i"
CELL: Final = (1.35, 0.8)
"""Scene units of a cell of the table of dot products."""
SIGN: Final = 1.8
"""How much larger a flower is at its edges."""
DECIDES: Final = "{{ f(bold(x)) : f }} = sum_i alpha_i y_i {{ bold(x)_i dot bold(x) : dot }} + b"


class Dual(SvmStage):
    """The same optimum from the other side: hulls and their bridge, prices on constraints, and the dual problem."""

    @chapter("The same optimum from the other side", "primal and dual in one picture", goes_on=True)
    def the_same_optimum_from_the_other_side(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.field = Meadow(self.points, self.sides, self.fit.street, IRISES)
        self.held = self.fit.support_vectors
        self.field.rings.follow(self.field.flowers, self.held)
        self.snap_bands()
        self.weigh_the_ends()
        self.price_two_points()
        self.meet_in_the_middle()
        self.write_the_dual()
        self.decide_by_few()

    def snap_bands(self) -> None:
        """The hulls of both classes, and the shortest bridge between them."""
        field = self.field
        plane, street = field.plane, field.street
        margin_now = margin_of(self.fit.street.width)
        field.remove(street)
        self.add(street, field, *margin_now)
        hulls = svm.rubber_bands(self.points, self.sides)
        corners = [self.points[rows] for rows in (hulls.minus, hulls.plus)]
        bands = [
            plane.polygon(rim, color, width=LINE, fill=0.12)
            for rim, color in zip(corners, (ink.first, ink.second), strict=True)
        ]
        bridge = svm.shortest_bridge(self.points, self.sides)
        loose = [rim + LOOSE * (rim - rim.mean(axis=0)) for rim in corners]
        for band, rim in zip(bands, loose, strict=True):
            band.redraw(rim)
        snaps = [
            glide(band.redraw, start, end, rate_func=rush_from)
            for band, start, end in zip(bands, loose, corners, strict=True)
        ]
        hull = plane.label(5.9, 4.3, "[convex hull:focus]\nof each class", LEFT, size=ink.POINT)
        with self.beat("Three hold the street. How? Snap a band around each class: its convex hull.") as beat:
            beat.over(swell(field, np.isin(np.arange(len(self.points)), self.held)), until="How")
            beat.at("How", FadeOut(street, *margin_now), run_time=pace.QUICK)
            beat.over("Snap", FadeIn(*bands), until="around")
            beat.over("around", *snaps, until="convex")
            beat.over("convex", words.write(hull))
        span = plane.segment(bridge.plus, bridge.plus, color=BOUNDARY, width=2 * LINE)
        length = Tag(words.label(f"[{bridge.length:.3f} cm:truth]", size=ink.POINT))
        length.next_to(plane.at(*(bridge.plus + bridge.minus) / 2), UP + RIGHT, buff=words.GAP)
        near = VGroup(*(plane.dots([each], BOUNDARY, radius=0.09) for each in (bridge.plus, bridge.minus)))
        with self.beat(
            "The shortest bridge between the hulls is 1.397 long, like the margin, and the street crosses it squarely."
        ) as beat:
            self.add(span)
            beat.over(
                "bridge", glide(span.redraw, (bridge.plus,) * 2, (bridge.plus, bridge.minus)), until="between"
            )
            beat.over("between", FadeOut(hull), self.frame.to(span, share=0.28), until="is", least=pace.SLOW)
            beat.over("is", FadeIn(near, length), until="margin")
            beat.over("margin", words.light(length.text), until="street")
            field.lay(bridge.bisector, 0.0).add_to_back(street)
            beat.over(
                "street",
                self.frame.back(),
                glide(field.lay, (bridge.bisector, 0.0), (bridge.bisector, 1.0)),
                FadeOut(length),
                appear(street),
            )
        self.bridge, self.feet, self.bands = bridge, near, bands
        self.leaving: tuple[Mobject, ...] = (*bands, span, near)

    def weigh_the_ends(self) -> None:
        """Each end of the bridge is a mean of support vectors, so w is a sum of them, weighted by α."""
        field, alpha, bridge = self.field, self.fit.alpha[self.held], self.bridge
        plane, whole = field.plane, float(alpha[-1])
        one, other, _ = self.points[self.held]
        edge = plane.segment(one, other, HELD, width=2 * LINE)
        weights, alphas = (
            [
                Tag(words.label(text, size=LARGE)).next_to(plane.at(*self.points[row]), side, buff=gap)
                for text, row, (side, gap) in zip(texts, self.held, INWARD, strict=True)
            ]
            for texts in (
                [f"{each / whole:.2f}" for each in alpha],
                [f"[{each:.2f}:focus]" for each in alpha],
            )
        )
        beside = self.fit.street.w[::-1] * np.array([-1, 1])
        start = bridge.minus + ASIDE * beside / np.linalg.norm(beside)
        arrow = plane.vector(start, start + self.fit.street.w, ink.fourth, width=2 * LINE)
        times = words.label(f"$bold(w) = {whole:.2f} dot$ [bridge:truth]", size=LARGE)
        made = words.formula(MADE, size=ink.POINT)
        name = words.label("[multipliers:focus] $alpha_i$", size=LARGE)
        column = VGroup(times, made).arrange(DOWN, buff=2.5 * words.GAP, aligned_edge=RIGHT)
        shot.safe(titled=False).put(column, UP + RIGHT)
        name.move_to(times, aligned_edge=UP + RIGHT)
        with self.beat(
            "Each end is a weighted average of support vectors. So w, along the bridge, is a weighted sum: "
            "its weights are the multipliers, alpha."
        ) as beat:
            beat.over(
                *(band.animate.set_stroke(opacity=0.75) for band in self.bands),
                FadeIn(edge),
                words.light(self.feet),
                until="weighted",
            )
            beat.over("weighted", FadeIn(*weights), until="So")
            beat.over("So", Create(arrow), words.write(times), until="weighted")
            beat.over(words.write(made), until="its")
            beat.over("its", FadeOut(*weights, times), until="multipliers")
            beat.over("multipliers", FadeIn(*alphas), words.write(name))
        self.made, self.leaving = made, (*self.leaving, edge, *alphas, arrow, name)

    def price_two_points(self) -> None:
        """By hand: one α for both points, and what it costs to break a constraint."""
        points, y = margin.two_points()
        best = svm.widest_street(points, y)
        quarter = float(best.alpha[0])
        pair = Meadow(points, y, best.street, HALF_PAIR)
        middle = points.mean(axis=0)
        arrow = pair.plane.vector(middle, middle + best.street.w, ink.fourth, width=2 * LINE)
        spots = [
            pair.plane.label(x, y, f"({x:.0f}, {y:.0f})", side, size=LARGE)
            for (x, y), side in zip(points, (DOWN + LEFT, UP + RIGHT), strict=True)
        ]
        price = Value(quarter)

        def press(alpha: float) -> Changed:
            w = margin.made_of(points, y, np.full(2, alpha))
            return pair.steer(w, -float(w @ middle)), arrow.redraw(middle, middle + w)

        split = halves()
        right = split.places[1]
        made = words.formula(MADE, size=DECIDES_SIZE)
        parts = [words.label(each, size=DECIDES_SIZE) for each in DIFFERENCE]
        difference = VGroup(made, *parts)
        difference.arrange(DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        charged = words.label(CHARGED, size=CHARGED_SIZE)
        right.put(VGroup(difference, charged).arrange(DOWN, buff=8 * words.GAP, aligned_edge=LEFT), LEFT)
        field, alone = self.field, np.zeros(len(self.points))
        two, seen, now = self.held[[0, -1]], as_seen(best.street, HALF_PAIR, HALF), field.now
        start, radius = field.flowers.centres, np.full(len(alone), IRISES.radius)
        end, grown = HALF.plane().at(self.points), radius.copy()
        end[two], grown[two], alone[two] = pair.flowers.centres, HALF_PAIR.radius, 1.0

        def go(view: View, w: Floats, b: float, centres: Floats, radii: Floats) -> Mobject:
            field.look(view).steer(w, b).flowers.put(centres, radii)
            return field

        with self.beat("By hand, with one alpha for both points, w is alpha times their difference.") as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            field.rings.follow(field.flowers, [])
            beat.over(
                glide(go, (IRISES, now.w, now.b, start, radius), (HALF, seen.w, seen.b, end, grown), field),
                glide(field.flowers.shade, np.ones(len(alone)), alone),
                words.rewrite(self.made, made),
                until="with",
                least=pace.SLOW,
            )
            self.shot(split)
            self.remove(field, *field.submobjects)
            self.add(pair)
            beat.over(FadeIn(*spots), until="w")
            beat.over("w", Create(arrow), words.write(parts[0]), FadeOut(*spots), until="times")
            price.draws(press)
            beat.over("times", price.to(CHEAP), words.write(parts[1]))
        with self.beat(
            "Let alpha be a price: a constraint may be broken, but each unit of breach costs alpha."
        ) as beat:
            beat.over(words.write(charged), until="broken")
            beat.over("broken", swell(pair, pair.sides < 2), until="each")
            beat.over("each", words.light(charged.part("charge")))
        self.pair_now, self.leaving = pair, (arrow,)
        self.raise_the_bound(price, best, difference, charged)

    def raise_the_bound(self, price: Value, best: svm.Fit, difference: VGroup, charged: words.Words) -> None:
        """The bound of the two points over α, up to where it meets the primal."""
        points, y = margin.two_points()
        right = halves().places[1]
        bound, raised = words.label(LEAST, size=LARGE), words.label(RAISED, size=LARGE)
        top = charged.copy()
        right.put(top, UP + LEFT)
        bound.next_to(top, DOWN, buff=2 * words.GAP, aligned_edge=LEFT)
        raised.move_to(top, aligned_edge=LEFT)
        below = shot.Region(right.left, right.bottom, right.right, float(bound.get_bottom()[1]) - words.GAP)
        chart = below.plane(
            (0, 0.5), (0, 0.34), x_label="price $alpha$", x_ticks=(0, 0.25, 0.5), y_ticks=(0, 0.1, 0.2, 0.3)
        )
        alphas = np.linspace(0, 0.5, 101)
        values = [margin.dual_value(points, y, np.full(2, each)) for each in alphas]
        curve = chart.curve(alphas, values, HELD, 2 * LINE, share=2 * CHEAP)
        spot = chart.dots([(CHEAP, np.interp(CHEAP, alphas, values))], ink.chalk, radius=1.5 * IRISES.radius)
        level = chart.segment((0, best.primal), (0.5, best.primal), BOUNDARY, dashed=True, width=1.5 * LINE)
        primal = chart.label(
            0, best.primal, "primal: least $1/2 norm(bold(w))^2$", UP + RIGHT, BOUNDARY, 2 * words.GAP, LARGE
        )
        reached = Value(CHEAP)

        def trace(alpha: float) -> Changed:
            reached.set(max(reached.value, alpha))
            curve.reveal(2 * reached.value)
            return curve, spot.redraw([(alpha, margin.dual_value(points, y, np.full(2, alpha)))])

        with self.beat(
            "A street without a breach pays no extra. So the cheapest total bounds the primal from below."
        ) as beat:
            self.play(FadeOut(difference), charged.animate.move_to(top), run_time=pace.CALM)
            beat.over(FadeIn(chart, primal), Create(level), until="pays")
            beat.over(words.light(charged.part("charge")), words.light(primal), until="So")
            beat.over("So", FadeIn(curve, spot), words.write(bound), until="bounds")
            beat.over("bounds", words.light(bound), words.light(spot))
        with self.beat(
            "The bound is two alpha minus four alpha squared. It peaks at a quarter, and there meets half of w squared."
        ) as beat:
            self.play(FadeOut(charged), run_time=pace.QUICK)
            beat.over(words.write(raised), until="squared")
            price.draws(trace)
            beat.over("squared", words.light(raised.part("all")), until="It")
            beat.over("It", price.to(DEAR), until="quarter", least=pace.CALM)
            beat.over(price.to(float(best.alpha[0])), until="meets")
            beat.over("meets", words.light(primal), spot.animate.redraw(radius=1.8 * IRISES.radius))
        self.bound = (curve, spot)
        self.leaving = (chart, curve, spot, level, primal, raised, bound, *self.leaving)

    def meet_in_the_middle(self) -> None:
        """From above half of w squared falls, from below the bound climbs; both come to one number."""
        fit, pair = self.fit, self.pair_now
        right = halves().places[1]
        name = words.label("the [dual problem:focus]", size=ink.POINT)
        right.put(name, UP + LEFT)
        gaps = np.geomspace(3.0, 1e-3, STEPS + 1)
        meeting = svm.meet(self.points, self.sides, fit.street, gaps)
        pushing = svm.push_forces(self.points, self.sides)
        steps = ParameterSweep(np.arange(len(gaps)))
        end = float(steps.stops[-1])
        below_name = shot.Region(
            right.left, right.bottom, right.right, float(name.get_bottom()[1]) - words.GAP
        )
        chart = below_name.plane(
            (0, end), (0, 2.6), x_label="steps of two solvers", x_ticks=[0, 4, 8, 12], y_ticks=[0, 1, 2]
        )
        above = chart.curve(steps.stops, meeting.primal, BOUNDARY, 2 * LINE, share=0.0)
        below = chart.curve(steps.stops, pushing.dual[: len(gaps)], HELD, 2 * LINE, share=0.0)
        falls = chart.label(2.0, 2.1, "primal: $1/2 norm(bold(w))^2$", RIGHT, BOUNDARY, size=LARGE)
        climbs = chart.label(end, 0.3, "dual: its bound", LEFT, HELD, size=LARGE)
        narrow = svm.Street(meeting.w[0], float(meeting.b[0]))
        field = self.field = Meadow(self.points, self.sides, narrow, HALF)
        two, seen = self.held[[0, -1]], as_seen(pair.now, HALF_PAIR, HALF)
        centres, radii = field.flowers.centres, np.full(len(self.points), HALF.radius)
        begin, grown, alone = centres.copy(), radii.copy(), np.zeros(len(radii))
        begin[two], grown[two], alone[two] = pair.flowers.centres, HALF_PAIR.radius, 1.0

        def meet(at: float) -> Changed:
            field.steer(steps.mix(meeting.w), float(steps.mix(meeting.b)))
            return field, above.reveal(at / end), below.reveal(at / end)

        level = chart.segment((0, fit.dual), (end, fit.dual), ink.quiet, dashed=True)
        value = chart.label(end, fit.dual, f"[{fit.dual:.3f}:focus]", UP + LEFT, size=ink.POINT)
        with self.beat(
            "Raising the bound is the dual problem. On the irises, too, it climbs until it meets the primal: 1.025."
        ) as beat:
            beat.over(*(words.light(each) for each in self.bound), until="dual")
            beat.over("dual", FadeOut(*self.leaving), until="On")
            self.remove(pair, *pair.submobjects)
            field.flowers.put(begin, grown).shade(alone)
            field.steer(seen.w, seen.b)
            self.add(field)
            beat.over(
                words.write(name),
                glide(field.flowers.put, (begin, grown), (centres, radii)),
                glide(field.flowers.shade, alone, np.ones(len(radii))),
                glide(field.steer, (seen.w, seen.b), (narrow.w, narrow.b)),
                until="it climbs",
                least=pace.SLOW,
            )
            self.play(FadeIn(chart, falls, climbs), run_time=pace.QUICK)
            self.add(above, below)
            steps.draws(meet)
            beat.over(steps.to(end, rate_func=rush_into), until="1.025", least=pace.LONG)
            beat.over("1.025", Create(level), words.write(value))
        alpha = fit.alpha[self.held]
        shares = [
            Tag(words.label(f"{each:.2f}", size=LARGE)).next_to(
                field.plane.at(*self.points[row]), side, buff=gap
            )
            for each, row, (side, gap) in zip(alpha, self.held, INWARD, strict=True)
        ]
        balance = words.label(f"{alpha[0]:.4f} + {alpha[1]:.4f} = {alpha[2]:.4f}", size=LARGE)
        balance.next_to(chart.at(end, 2.3), LEFT, buff=0.0)
        self.allow(balance, "digits", "four decimals, so that the sum is seen to hold")
        zero = words.label("the other 97: $alpha = 0$", size=LARGE)
        zero.next_to(balance, DOWN, buff=2 * words.GAP, aligned_edge=RIGHT)
        with self.beat(
            "Only the support vectors have alpha above zero, and each class adds up to the optimum."
        ) as beat:
            field.rings.follow(field.flowers, self.held)
            rest = np.ones(len(self.points))
            rest[np.setdiff1d(np.arange(len(rest)), self.held)] = 0.12
            beat.over(
                FadeOut(falls, climbs),
                FadeIn(field.rings),
                glide(field.flowers.shade, np.ones(len(rest)), rest),
                until="alpha",
            )
            beat.over("alpha", FadeIn(*shares), words.write(zero), until="each")
            beat.over("each", words.write(balance), until="optimum")
            beat.over("optimum", words.light(value))
        self.leaving = (field, chart, above, below, level, value, name, *shares, balance, zero)

    def write_the_dual(self) -> None:
        """The dual problem, and what of the data it needs."""
        room = shot.safe(titled=False)
        dual = words.formula(DUAL, size=DUAL_SIZE, colors={"sum": HELD})
        conditions = [words.note(each, size=ink.POINT) for each in WITH]
        VGroup(*conditions).arrange(DOWN, buff=4 * words.GAP, aligned_edge=LEFT)
        made = words.formula(MADE, size=ink.POINT)
        decides = words.formula(DECIDES, size=ink.POINT)
        name = words.note(
            "the [decision function:focus]\nsign: the class\nsize: a [score:focus], not a probability",
            size=LARGE,
        )
        below = VGroup(made, decides).arrange(RIGHT, buff=6 * words.GAP)
        asides = [
            words.note("all multipliers", size=LARGE),
            words.note("one for each pair", size=LARGE),
        ]
        for row, side in (
            (dual, UP + LEFT),
            (VGroup(*conditions), DOWN + LEFT),
            (name, DOWN + LEFT),
        ):
            room.put(row, side)
        below.next_to(dual, DOWN, buff=2 * words.GAP, aligned_edge=LEFT)
        for aside, part in zip(asides, ("sum", "pair"), strict=True):
            aside.next_to(dual.part(part), DOWN, buff=3 * words.GAP).set_y(
                dual.get_bottom()[1] - 4 * words.GAP
            )
        products = self.points[self.held] @ self.points[self.held].T
        table = self.table_of(products, self.held)
        heading = words.formula("bold(x)_i dot bold(x)_j", size=ink.POINT, color=ink.focus, symbols={})
        heading.next_to(table, UP, buff=2 * words.GAP)
        with self.beat(
            "In letters: raise the sum of alphas, less a term for each pair of points. "
            "No alpha is negative; the classes balance."
        ) as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            self.shot(shot.formula(titled=False))
            self.play(words.write(dual), run_time=pace.SLOW)
            beat.over(FadeIn(asides[0]), words.light(dual.part("sum")), until="pair")
            beat.over("pair", words.light(dual.part("pair")), FadeIn(asides[1], table, heading), until="No")
            beat.over("No", words.write(conditions[0]), until="the classes")
            beat.over("the classes", words.write(conditions[1]))
        with self.beat("The data enter as dot products only: here are those of the three.") as beat:
            beat.over("dot", words.tint(dual.part("dot"), ink.focus), until="here")
            beat.over("here", words.light(heading))
        with_new = self.points[self.held] @ NEW_FLOWER
        column = self.table_of(with_new[:, None], [])
        score = self.fit.street.level(NEW_FLOWER)
        terms = [
            f"{'+' if self.sides[row] > 0 else '-'} {self.fit.alpha[row]:.4f} dot {each:.2f}"
            for row, each in zip(self.held, with_new, strict=True)
        ]
        rows = [
            words.label(text, size=ink.POINT)
            for text in (
                f"$f = {' '.join(terms[:2])}$",
                f"${terms[2]} - {-self.fit.street.b:.4f}$",
            )
        ]
        rows[1].next_to(name, UP, buff=2 * words.GAP, aligned_edge=LEFT)
        rows[0].next_to(rows[1], UP, buff=1.5 * words.GAP, aligned_edge=LEFT)
        for each in rows:
            self.allow(each, "digits", "four decimals, so that the sum comes to the score")
        verdict = words.label(f"$= {score:+.2f}$: [versicolor:second]", size=ink.POINT)
        verdict.next_to(rows[1], RIGHT, buff=words.GAP)
        with self.beat(
            "Put the weighted sum for w into f, and it needs the same: this is the decision function."
        ) as beat:
            self.play(FadeOut(*conditions, *asides, heading), run_time=pace.QUICK)
            beat.over(words.write(made), until="into")
            beat.over("into", words.write(decides), FadeOut(table), until="needs")
            beat.over("needs", FadeIn(column), words.tint(decides.part("dot"), ink.focus), until="this")
            beat.over("this", *(words.write(each) for each in rows), until="decision")
            beat.over("decision", words.light(decides.part("f")))
        with self.beat("Its sign is the class, its size a score, not a probability.") as beat:
            beat.over(words.write(verdict), until="class")
            beat.over(words.write(name))
        self.leaving = (dual, made, decides, name, column, *rows, verdict)

    def table_of(self, products: Floats, columns: Sequence[int] | Rows) -> Group:
        """Dot products of the three support vectors with ``columns``, or with the new flower where there are none."""
        flowers = self.field.flowers
        largest = 2 * float((self.points[self.held] ** 2).sum(axis=1).max())
        table = Matrix(products, CELL, heat=ink.focus, largest=largest, decimals=2, size=LARGE)
        shot.safe(titled=False).inset(0.0, words.GAP).put(table, DOWN + RIGHT)
        heads = [flowers[row].copy().scale(SIGN) for row in columns] or [grey_flower(IRISES.plane())]
        places = [*((-0.8, at) for at in range(len(heads))), *((at, -0.75) for at in range(len(self.held)))]
        marks = [*heads, *(flowers[row].copy().scale(SIGN) for row in self.held)]
        for mark, place in zip(marks, places, strict=True):
            mark.set_opacity(1.0).move_to(table.at(*place))
        return Group(table, *marks)

    def decide_by_few(self) -> None:
        """What prediction needs."""
        self.shot(shot.wide())
        field = Meadow(self.points, self.sides, self.fit.street, IRISES)
        field.rings.follow(field.flowers, self.held)
        rest = np.ones(len(self.points))
        rest[np.setdiff1d(np.arange(len(rest)), self.held)] = 0.0
        with self.beat("So predicting needs support vectors, alphas and b.") as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            beat.over(FadeIn(field), until="needs")
            beat.over("needs", words.light(field.street.centre), until="support")
            kept = field.plane.label(
                5.9, 4.0, f"[{len(self.held)} of {len(rest)}:focus]\nkeep $f$ as it is", LEFT, size=ink.POINT
            )
            beat.over("support", words.write(kept), swell(field, rest > 0), until="alphas")
            beat.over("alphas", glide(field.flowers.shade, np.ones(len(rest)), rest))
