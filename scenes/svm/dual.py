"""The same optimum from the other side: pushes on the street, hulls and their bridge, and the dual problem."""

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
    rush_into,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.svm import margin, svm
from scenes.svm.margin import LARGE
from scenes.svm.meadow import IRISES, PAIR, Meadow, View, swell
from scenes.svm.stage import BOUNDARY, HELD, SvmStage
from scenes.svm.support import MARGIN_LOW, margin_of

DUAL_SIZE: Final = 66.0
"""Pixels of the capitals of the dual problem: the longest formula, and the point of its shot."""
STEPS: Final = 12
"""Of either solver, that are shown: by then both are within a thousandth of the optimum."""
LOOSE: Final = 0.3
"""How much larger a band is before it snaps."""
PUSH: Final = 1.0
"""Centimetres of arrow for an α of 1."""
DUAL: Final = (
    "max_alpha quad {{ sum_i alpha_i : sum }} - 1/2 sum_i sum_j {{ alpha_i alpha_j y_i y_j : pair }} "
    "{{ bold(x)_i dot bold(x)_j : dot }}"
)
CHARGED: Final = (
    "$display(1/2) norm(bold(w))^2 + {{ alpha sum_i (1 - y_i f(bold(x)_i)) : charge }}$",
    "its least: a [lower bound:focus]",
)
"""What is minimised once breaking a constraint costs α; the two pushes are alike."""
RAISED: Final = (
    "${{ 2 alpha : sum }} - {{ display(1/2) norm(alpha (3, 3) - alpha (1, 1))^2 : less }}$",
    "$= 2 alpha - {{ display(1/2) norm(alpha (2, 2))^2 : less }}$",
)
"""The dual objective of the two points, before it is one of α alone."""
BY_HAND: Final = (
    "$bold(w) = display(1/4) (3, 3) - display(1/4) (1, 1)$",
    "$= (display(1/2), display(1/2))$, so $display(1/2) norm(bold(w))^2 = display(1/4)$",
)
WITH: Final = (
    "with $alpha_i >= 0$: no push is negative",
    "and $display(sum_i alpha_i y_i) = 0$: they balance",
)
MADE: Final = "bold(w) = sum_i alpha_i y_i bold(x)_i"
CELL: Final = (1.25, 0.72)
"""Scene units of a cell of the table of dot products."""
DECIDES: Final = "{{ f(bold(x)) : f }} = sum_i alpha_i y_i {{ bold(x)_i dot bold(x) : dot }} + b"


class Dual(SvmStage):
    """The same optimum from the other side: pushes on the street, hulls and their bridge, and the dual problem."""

    @chapter("The same optimum from the other side", "primal and dual in one picture", goes_on=True)
    def the_same_optimum_from_the_other_side(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.field = Meadow(self.points, self.sides, self.fit.street, IRISES)
        self.held = self.fit.support_vectors
        self.field.rings.follow(self.field.flowers, self.held)
        self.ask_how_hard()
        self.solve_two_points()
        self.meet_in_the_middle()
        self.snap_bands()
        self.write_the_dual()
        self.decide_by_few()

    def pushes_at(self, alpha: Floats) -> tuple[Floats, Floats]:
        """Tails and tips (n, 2) of arrows as long as ``alpha`` (n,), which end at their flowers."""
        toward = -self.sides[:, None] * self.fit.street.w / np.linalg.norm(self.fit.street.w)
        strong = alpha > 0.02
        tips = self.points[strong]
        return tips - PUSH * (alpha[:, None] * toward)[strong], tips

    def ask_how_hard(self) -> None:
        """The three push on the street."""
        field = self.field
        margin_now = margin_of(self.fit.street.width)
        self.add(field, *margin_now)
        push = field.plane.vector(*self.pushes_at(0 * self.fit.alpha), HELD, width=2 * LINE)

        def lean(share: float) -> Mobject:
            return push.redraw(*self.pushes_at(share * self.fit.alpha))

        name = words.note("[multiplier:focus] $alpha_i$:\nhow hard $i$ pushes", size=LARGE)
        shot.safe(titled=False).inset(0.0, MARGIN_LOW).put(name, UP + RIGHT)
        with self.beat(
            "The three push on the street. How hard each pushes is its multiplier, alpha."
        ) as beat:
            self.add(push)
            beat.over(
                FadeOut(*margin_now),
                swell(field, np.isin(np.arange(len(self.points)), self.held)),
                until="push",
            )
            beat.over("push", drive(lean, push), until="multiplier")
            beat.over(
                "multiplier",
                words.write(name),
                drive(lambda t: lean(1 - 0.6 * np.sin(2 * np.pi * t) ** 2), push),
            )
        self.leaving: tuple[Mobject, ...] = (name, push)

    def solve_two_points(self) -> None:
        """By hand: one α for both points."""
        split = shot.split(titled=False)
        left, right = split.places
        points, y = margin.two_points()
        best = svm.widest_street(points, y)
        plane = left.plane((0, 4.6), (0, 4.3), x_label="$x_1$", y_label="$x_2$", equal=True)
        pair = Meadow(points, y, best.street, View.of(plane, PAIR.radius))
        upper, lower = right.rows(1.6, 1)
        chart = upper.plane(
            (0, 0.5), (0, 0.38), x_label="$alpha$", x_ticks=(0, 0.25, 0.5), y_ticks=(0, 0.1, 0.2, 0.3)
        )
        alphas = np.linspace(0, 0.5, 101)
        values = [margin.dual_value(points, y, np.full(2, each)) for each in alphas]
        curve = chart.curve(alphas, values, HELD, 1.5 * LINE, share=0.0)
        spot = chart.dots([(0, 0)], ink.chalk, radius=IRISES.radius)
        middle = points.mean(axis=0)
        push, reached = Value(0.04), Value(0.0)

        def press(alpha: float) -> Changed:
            w = margin.made_of(points, y, np.full(2, alpha))
            value = margin.dual_value(points, y, np.full(2, alpha))
            reached.set(max(reached.value, alpha))
            curve.reveal(2 * reached.value)
            return pair.steer(w, -float(w @ middle)), curve, spot.redraw([(alpha, value)])

        field, alone = self.field, np.zeros(len(self.points))
        start, radius = field.flowers.centres, np.full(len(alone), IRISES.radius)
        end, grown = start.copy(), radius.copy()
        two = self.held[[0, -1]]
        end[two], grown[two], alone[two] = pair.flowers.centres, PAIR.radius, 1.0
        total = words.label("$2 alpha - 4 alpha^2$", HELD, size=ink.POINT)
        total.move_to(chart.at(0.25, 0.1))
        charged = [words.label(each, size=LARGE) for each in CHARGED]
        lower.put(VGroup(*charged).arrange(DOWN, buff=2 * words.GAP, aligned_edge=LEFT), UP + LEFT)
        least = chart.segment((0, best.primal), (0.5, best.primal), BOUNDARY, dashed=True)
        primal = chart.label(
            0, best.primal, "primal: least $1/2 norm(bold(w))^2$", UP + RIGHT, BOUNDARY, 2.5 * words.GAP
        )
        raised, bent = (words.label(each, size=LARGE) for each in RAISED)
        lower.put(VGroup(raised, bent).arrange(DOWN, buff=words.GAP, aligned_edge=LEFT), UP + LEFT)
        with self.beat("By hand: the two points, with one alpha for both.") as beat:
            field.rings.follow(field.flowers, [])
            beat.over(
                FadeOut(*self.leaving, field.street),
                glide(field.flowers.shade, np.ones(len(alone)), alone),
                glide(field.flowers.put, (start, radius), (end, grown)),
                FadeIn(plane),
                until="with",
                least=pace.SLOW,
            )
            self.shot(split)
            self.remove(field, *field.submobjects)
            push.draws(press)
            self.add(pair)
            beat.over(FadeIn(pair.street, chart, spot))
            self.add(curve)
        with self.beat(
            "A push is the price of breaking its constraint: the least total bounds half of w squared from below."
        ) as beat:
            beat.over(words.write(charged[0]), until="price")
            beat.over("price", words.light(charged[0].part("charge")), until="least")
            beat.over("least", words.write(charged[1]), until="half")
            beat.over("half", Create(least), words.write(primal))
        with self.beat(
            "So raise that bound, two alpha minus four alpha squared. It peaks where alpha is a quarter."
        ) as beat:
            self.play(FadeOut(*charged), run_time=pace.QUICK)
            beat.over(words.write(raised), push.to(0.08), until="two")
            beat.over("two", words.light(raised.part("sum")), until="minus")
            beat.over("minus", words.light(raised.part("less")), words.write(bent), until="squared")
            beat.over("squared", words.write(total), words.light(bent.part("less")), until="It")
            beat.over("It", push.to(0.45), until="peaks", least=pace.CALM)
            beat.over("peaks", push.to(0.25), until="alpha is")
            beat.over("alpha is", words.light(least), spot.animate.redraw(radius=2 * IRISES.radius))
        made = [words.label(each, size=LARGE) for each in BY_HAND]
        VGroup(*made).arrange(DOWN, buff=words.GAP, aligned_edge=LEFT)
        lower.put(VGroup(*made), UP + LEFT)
        origin = np.zeros(2)
        quarter = best.alpha[1] * points[1]
        one = plane.vector(origin, quarter, ink.second, width=1.5 * LINE)
        beside = np.array([0.12, -0.12])
        other = plane.vector(quarter + beside, best.street.w + beside, ink.first, width=1.5 * LINE)
        arrow = plane.vector(origin, best.street.w, ink.fourth, width=2 * LINE)
        with self.beat(
            "Then w is that share of one point minus that share of the other. Half of w squared is the peak."
        ) as beat:
            self.play(FadeOut(raised, bent), run_time=pace.QUICK)
            beat.over(Create(one), words.write(made[0]), until="minus")
            beat.over("minus", Create(other), until="Half")
            beat.over("Half", FadeIn(arrow), FadeOut(one, other), words.write(made[1]), until="is the")
            beat.over("is the", words.light(primal), words.light(made[1]))
        self.leaving = (plane, pair, chart, curve, spot, total, least, primal, *made, arrow)

    def snap_bands(self) -> None:
        """The hulls of both classes, and the shortest bridge between them."""
        field = Meadow(self.points, self.sides, self.fit.street, IRISES)
        self.field = field
        field.remove(field.street)
        plane = field.plane
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
        with self.beat("Now snap a band around each class: its convex hull.") as beat:
            self.shot(shot.wide())
            beat.over(FadeOut(*self.leaving), FadeIn(field), until="snap")
            beat.over("snap", FadeIn(*bands), until="band")
            beat.over("band", *snaps, until="convex")
            beat.over("convex", words.write(hull))
        span = plane.segment(bridge.plus, bridge.plus, color=BOUNDARY, width=2 * LINE)
        length = Tag(words.label(f"[{bridge.length:.3f} cm:truth]", size=ink.POINT))
        length.next_to(plane.at(*(bridge.plus + bridge.minus) / 2), UP + RIGHT, buff=words.GAP)
        with self.beat(
            "The shortest bridge between the hulls is 1.397 long, and the street crosses it squarely."
        ) as beat:
            self.add(span)
            near = VGroup(
                *(plane.dots([each], BOUNDARY, radius=0.09) for each in (bridge.plus, bridge.minus))
            )
            beat.over(
                "bridge", glide(span.redraw, (bridge.plus,) * 2, (bridge.plus, bridge.minus)), until="between"
            )
            beat.over("between", FadeOut(hull), self.frame.to(span, share=0.34), until="is", least=pace.SLOW)
            beat.over("is", FadeIn(near, length), until="street")
            field.lay(bridge.bisector, 0.0).add_to_back(field.street)
            beat.over(
                "street",
                self.frame.back(),
                glide(field.lay, (bridge.bisector, 0.0), (bridge.bisector, 1.0)),
                FadeOut(length),
                appear(field.street),
            )
        self.weigh_the_ends(bands, span, near)
        self.leaving = (*bands, span, near, *self.leaving, field)

    def weigh_the_ends(self, bands: Sequence[Mobject], bridge: Segments, ends: VGroup) -> None:
        """Each end of the bridge is a mean of support vectors, weighted by α over its sum."""
        field, alpha = self.field, self.fit.alpha[self.held]
        plane, whole = field.plane, float(alpha[-1])
        one, other, _ = self.points[self.held]
        edge = plane.segment(one, other, HELD, width=2 * LINE)
        shares = [
            Tag(words.label(f"{each / whole:.2f}")).next_to(
                plane.at(*self.points[row]), side, buff=3 * words.GAP
            )
            for each, row, side in zip(alpha, self.held, (UP + RIGHT, RIGHT, DOWN), strict=True)
        ]
        rule = words.label("$alpha$ over its sum", size=LARGE)
        sums = [
            words.label(f"{each:.2f} / {whole:.2f} = {each / whole:.2f}", size=LARGE) for each in alpha[:2]
        ]
        column = VGroup(rule, *sums).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT)
        times = words.label(f"$bold(w) = {whole:.2f} dot$ [bridge:truth]", size=LARGE)
        bound = words.label(f"bound: $2 dot {whole:.2f} - display(1/2) norm(bold(w))^2$", size=LARGE)
        raised = VGroup(times, bound).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT)
        for each in (column, raised):
            shot.safe(titled=False).put(each, UP + RIGHT)
        with self.beat(
            "Each end is a weighted average of support vectors: the weights are alphas over their sum."
        ) as beat:
            field.rings.follow(field.flowers, self.held)
            beat.over(
                *(band.animate.set_stroke(opacity=0.75) for band in bands),
                FadeIn(field.rings),
                FadeIn(edge),
                words.light(ends),
                until="weights",
            )
            beat.over("weights", words.write(rule), FadeIn(*shares, *sums))
        with self.beat(
            "So w is that sum times the bridge: the shorter the bridge, the higher the bound."
        ) as beat:
            self.play(FadeOut(column), run_time=pace.QUICK)
            beat.over(words.write(times), until="shorter")
            beat.over("shorter", words.light(bridge), until="higher")
            beat.over("higher", words.write(bound))
        self.leaving = (edge, *shares, times, bound)

    def meet_in_the_middle(self) -> None:
        """From above half of w squared falls, from below the bound climbs; both come to one number."""
        split = shot.split(titled=False)
        left, right = split.places
        field, fit = Meadow(self.points, self.sides, self.fit.street, IRISES), self.fit
        plane = left.plane(
            (0.2, 5.3), (0.9, 5.2), x_label="petal length (cm)", y_label="sepal width (cm)", equal=True
        )
        gaps = np.geomspace(3.0, 1e-3, STEPS + 1)
        meeting = svm.meet(self.points, self.sides, fit.street, gaps)
        pushing = svm.push_forces(self.points, self.sides)
        steps = ParameterSweep(np.arange(len(gaps)))
        end = float(steps.stops[-1])
        chart = right.plane(
            (0, end),
            (0, 2.6),
            x_label="steps of two solvers",
            y_label="objective",
            x_ticks=[0, 4, 8, 12],
            y_ticks=[0, 1, 2],
        )
        above = chart.curve(steps.stops, meeting.primal, BOUNDARY, 1.5 * LINE, share=0.0)
        below = chart.curve(steps.stops, pushing.dual[: len(gaps)], HELD, 1.5 * LINE, share=0.0)
        falls = chart.label(2.0, 2.1, "primal: $1/2 norm(bold(w))^2$ falls", RIGHT, BOUNDARY, size=LARGE)
        climbs = chart.label(end, 0.3, "dual: the bound climbs", LEFT, HELD, size=LARGE)
        narrow = svm.Street(meeting.w[0], float(meeting.b[0]))
        push = plane.vector(self.points[:0], self.points[:0], HELD, width=1.5 * LINE)

        def meet(at: float) -> Changed:
            push.redraw(*self.pushes_at(steps.mix(pushing.alpha[: len(gaps)])))
            field.steer(steps.mix(meeting.w), float(steps.mix(meeting.b)))
            return field, push, above.reveal(at / end), below.reveal(at / end)

        best = fit.primal
        level = chart.segment((0, best), (end, best), ink.chalk, dashed=True)
        self.allow(level, "faint", "it lies on the two curves that meet in it")
        value = chart.label(end, best, f"[{best:.3f}:focus]", UP + LEFT, size=ink.POINT)
        name = chart.label(end, 0.68, "the [dual problem:focus]", LEFT)
        with self.beat(
            "On the irises, half of w squared falls, the bound climbs, and both stop at 1.025: the same optimum."
        ) as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            self.shot(split)
            field.look(View.of(plane)).lay(narrow)
            beat.over(FadeIn(plane, chart, field), until="half")
            self.add(above, below, push)
            steps.draws(meet)
            beat.over(
                steps.to(end, rate_func=rush_into),
                words.write(falls),
                words.write(climbs),
                until="1.025",
                least=pace.LONG,
            )
            beat.over("1.025", Create(level), words.write(value))
        with self.beat("Raising the bound is the dual problem.") as beat:
            beat.over(words.light(push), words.light(climbs), until="dual")
            beat.over("dual", words.write(name))
        alpha = fit.alpha[self.held]
        tails, _ = self.pushes_at(fit.alpha)
        tails[1] = self.points[self.held[1]]  # its arrow is as short as its ring is wide
        aside = (UP + LEFT, words.GAP), (DOWN, 2 * words.GAP), (DOWN, words.GAP)
        forces = VGroup(
            *(
                Tag(words.label(f"{force:.2f}")).next_to(plane.at(*tail), side, buff=gap)
                for force, tail, (side, gap) in zip(alpha, tails, aside, strict=True)
            )
        )
        balance = words.label(f"{alpha[0]:.2f} + {alpha[1]:.2f} = {alpha[2]:.2f}", size=ink.POINT)
        balance.next_to(chart.at(end, 2.1), LEFT, buff=0.0)
        zero = words.label("the other 97: $alpha = 0$", size=LARGE).next_to(balance, DOWN, buff=3 * words.GAP)
        with self.beat("Only the support vectors have alpha above zero, and their pushes balance.") as beat:
            field.rings.follow(field.flowers, self.held)
            rest = np.ones(len(self.points))
            rest[np.setdiff1d(np.arange(len(rest)), self.held)] = 0.12
            beat.over(
                FadeOut(falls, climbs),
                FadeIn(field.rings),
                glide(field.flowers.shade, np.ones(len(rest)), rest),
                until="alpha",
            )
            beat.over("alpha", FadeIn(forces), words.write(zero), until="balance")
            beat.over("balance", words.write(balance), words.light(push))
        self.leaving = (plane, field, chart, above, below, level, value, name, *forces, balance, zero, push)

    def write_the_dual(self) -> None:
        """The dual problem, and what of the data it needs."""
        room = shot.safe(titled=False)
        dual = words.formula(DUAL, size=DUAL_SIZE, colors={"sum": HELD})
        conditions = [words.note(each, size=ink.POINT) for each in WITH]
        VGroup(*conditions).arrange(DOWN, buff=4 * words.GAP, aligned_edge=LEFT)
        made = words.formula(MADE, size=ink.POINT)
        decides = words.formula(DECIDES, size=ink.POINT)
        name = words.note(
            "the [decision function:focus]: its sign is the class,\n"
            "its size a [score:focus], not a probability",
            size=LARGE,
        )
        below = VGroup(made, decides).arrange(RIGHT, buff=8 * words.GAP)
        asides = [words.note("all pushes"), words.note("one term for each pair of points")]
        for row, side in (
            (dual, UP + LEFT),
            (VGroup(*conditions), DOWN + LEFT),
            (below, LEFT),
            (name, DOWN + LEFT),
        ):
            room.put(row, side)
        for aside, part in zip(asides, ("sum", "pair"), strict=True):
            aside.next_to(dual.part(part), DOWN, buff=3 * words.GAP).set_y(
                dual.get_bottom()[1] - 4 * words.GAP
            )
        with self.beat(
            "Raise the sum of alphas, less a term for each pair of points. "
            "No alpha is negative; both sides balance."
        ) as beat:
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            self.shot(shot.formula(titled=False))
            beat.over(words.write(dual), FadeIn(asides[0]), until="pair")
            beat.over("pair", words.light(dual.part("pair")), FadeIn(asides[1]), until="No")
            beat.over("No", words.write(conditions[0]), until="both")
            beat.over("both", words.write(conditions[1]))
        table = self.products_of_the_held()
        with self.beat("The data enter as dot products only: here are those of the three.") as beat:
            beat.over("dot", words.tint(dual.part("dot"), ink.focus), until="here")
            beat.over("here", FadeIn(table))
        with self.beat(
            "w is a weighted sum of support vectors. So f is one too: the decision function."
        ) as beat:
            self.play(FadeOut(*conditions, *asides, table), run_time=pace.QUICK)
            beat.over(words.write(made), until="So")
            beat.over("So", words.write(decides), until="decision")
            beat.over("decision", words.light(decides.part("f")), words.tint(decides.part("dot"), ink.focus))
        with self.beat("Its sign is the class, its size a score, not a probability.") as beat:
            beat.over(words.write(name))
        self.leaving = (dual, made, decides, name)

    def products_of_the_held(self) -> Group:
        """Dot products of the three support vectors, each by each, with the flowers at its edges."""
        points, flowers = self.points[self.held], self.field.flowers
        products = points @ points.T
        table = Matrix(products, CELL, heat=ink.focus, largest=2 * products.max(), decimals=1, size=LARGE)
        shot.safe(titled=False).inset(0.0, words.GAP).put(table, DOWN + RIGHT)
        sides = [
            flowers[row].copy().set_opacity(1.0).move_to(table.at(*place))
            for at, row in enumerate(self.held)
            for place in ((at, -0.75), (-0.8, at))
        ]
        name = words.formula("bold(x)_i dot bold(x)_j", size=ink.POINT, color=ink.focus, symbols={})
        name.next_to(table, UP, buff=5 * words.GAP)
        return Group(table, *sides, name)

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
