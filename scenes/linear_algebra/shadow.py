"""The dot product as a shadow times a length, and what is left of it when lengths are divided out."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Group, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.matrix import Matrix
from scenes.kit.noun import HAIR, LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.linear_algebra import ground
from scenes.linear_algebra.listing import plain_arrow
from scenes.linear_algebra.stage import THREE, LinearAlgebraStage, digit
from scenes.maths.linear_algebra import likeness, linear, picture, plane

CORNER: Final = 0.45
"""Units of the mark of a right angle."""
RAYS: Final = np.arange(-6.4, 10.9, 1.6)[:, None]
"""Units along the line of w at which rays of light fall."""
SKY: Final = 6.6
"""Units above the line of w from which they come."""
ARC: Final = 1.6
"""Units from the origin of the mark of the angle."""
SHADE: Final = 4 * LINE
"""Width of the shadow."""
FLOOR: Final = 0.85
"""Scene units between the captions and the words, below which the axis runs."""
CLEAR: Final = 0.84
"""Size of a formula left of the upright axis as a share of one that is the point."""
RIGHT_ANGLE: Final = 90.0
BEHIND: Final = (-4.0, 3.0)
"""Where x points when its shadow has fallen behind."""
ALIKE: Final = 13
"""Row of another three."""
ZERO: Final = 0
"""Row of a zero."""
TABLE: Final = 0.5
"""Scene units of a cell of a compared digit."""
THUMB: Final = 0.1
"""Scene units of a cell of a digit over the chart."""
NEAREST: Final = 0.4
"""Cosine from which pairs are drawn; few have less."""
MOST: Final = 200e3
"""Pairs that the chart has room for."""
STEM: Final = 14e3
"""Pairs by which a digit stands above its bar."""
LEGEND: Final = (0.79, 163e3)
"""Where it is said which bars are which: a cosine and a number of pairs."""
COUNTED: Final = (0.41, 163e3)
"""Where it is said how many of the near pairs are of the same digit."""
PAIRS: Final = (ink.chalk, ink.quiet)
"""Of pairs of the same digit, and of different digits."""
LONGER: Final = 1.3
"""Times as long becomes a vector whose dot product grows with it."""
DOT: Final = "bold(x) dot bold(w) = inline(sum_i) thin x_i w_i"
BOTH: Final = (
    "bold(x) dot bold(w) &= inline(sum_i) thin x_i w_i \\ &= norm(bold(x)) thin norm(bold(w)) cos theta"
)
COLORS: Final = {
    "bold(x)": ink.chalk,
    "x": ink.chalk,
    "x_i": ink.chalk,
    "bold(w)": ink.third,
    "w": ink.third,
    "w_i": ink.third,
    "theta": ink.chalk,
}
"""Of the two vectors in formulas."""


class Compared:
    """x and w on their plane, the light that falls onto the line of w, and the shadow of x."""

    def __init__(self, field: Plane, x: Arrows) -> None:
        self.plane, self.x = field, x
        w, along = plane.W, plane.W / np.linalg.norm(plane.W)
        self.along, self.up = along, np.array([-along[1], along[0]])
        self.w = field.vector((0, 0), w, ink.third, ground.BOLD)
        self.line = field.line((-w[1], w[0]), 0.0, color=ink.third, width=HAIR)
        self.rays = field.segment(RAYS * along, RAYS * along + SKY * self.up, ink.quiet, HAIR)
        self.rays.set_stroke(opacity=0.55)
        self.edge = field.segment((0, 0), (0, 0), ink.chalk, LINE, dashed=True)
        self.shade = field.segment((0, 0), (0, 0), ink.chalk, SHADE)
        self.arc = field.curve([0, 1], [0, 0], ink.chalk, LINE)
        self.name = ground.letter("bold(x)", ink.chalk).set_z_index(1)
        self.other = ground.letter("bold(w)", ink.third).next_to(field.at(w), DOWN + RIGHT, buff=words.GAP)
        self.degrees = Value(plane.degrees_from_w(plane.X))
        self.length = self.degrees.of(lambda turn: linear.shadow(plane.turned(turn), w))
        self.product = self.degrees.of(lambda turn: plane.products(plane.turned(turn), w).sum())
        self.degrees.draws(self.turn)

    def turn(self, degrees: float) -> Changed:
        """Let x point so many degrees away from w, and light and shadow with it."""
        x = plane.turned(degrees)
        foot = float(linear.shadow(x, plane.W))
        inside = (RAYS[:, 0] * foot > 0) & (np.abs(RAYS[:, 0]) < abs(foot))
        stop = np.where(inside, RAYS[:, 0] / foot if foot else 0.0, 0.0) * float(x @ self.up)
        self.rays.redraw(RAYS * self.along + SKY * self.up, RAYS * self.along + stop[:, None] * self.up)
        self.shade.redraw((0, 0), foot * self.along)
        self.edge.redraw(foot * self.along + SKY * self.up, foot * self.along)
        spread = linear.arrow(np.linspace(0, degrees, 40) + linear.degrees_of(plane.W))
        self.arc.redraw(*(ARC * spread.T))
        self.name.move_to(self.plane.at(1.08 * x))
        return (self.x.redraw((0, 0), x), self.rays, self.edge, self.shade, self.arc, self.name)


def compared() -> tuple[Compared, Mobject, words.Words]:
    """x and w on their plane, the plane's grid, and the column of x."""
    field, sheet, arrow, listed = plain_arrow()
    return Compared(field, arrow), sheet, listed


def both_rules() -> words.Words:
    """The dot product by entries, and by norms and angle."""
    rules = words.formula(BOTH, size=ink.POINT, symbols=COLORS)
    return shot.safe(titled=False).inset(0.0, FLOOR).put(rules, DOWN + RIGHT)


class Shadow(LinearAlgebraStage):
    """The dot product, and cosine similarity."""

    @chapter(
        "The dot product: a shadow times a length", "dot product as projection and similarity", goes_on=True
    )
    def shadow_times_a_length(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.both_now, sheet, self.listed = compared()
        self.add(sheet, self.both_now.x, self.listed)
        self.room = shot.safe(titled=False).inset(0.0, FLOOR)
        self.measure_both()
        self.cast_the_shadow()
        self.multiply_by_entries()
        self.add_up_the_shadows()
        self.turn_away()
        self.write_the_cosine()

    def measure_both(self) -> None:
        """The norm of x by Pythagoras, and that of w."""
        pair, field = self.both_now, self.both_now.plane
        x, w = plane.X, plane.W
        legs = field.segment(
            [[0.0, 0.0], [x[0], 0.0]], [[x[0], 0.0], [x[0], x[1]]], ink.chalk, LINE, dashed=True
        )
        sides = (
            field.label(x[0] / 2, 0, f"{x[0]:g}", UP, size=ink.POINT),
            field.label(x[0], x[1] / 2, f"{x[1]:g}", RIGHT, size=ink.POINT),
        )
        second = ground.column([f"{value:g}" for value in w], ink.third)
        second.next_to(pair.other, DOWN, buff=2 * words.GAP)
        self.second = second
        small = CLEAR * ink.pixels(ink.POINT)
        norm = words.note("[norm:chalk]\n[$norm(bold(x)) = sqrt(3^2 + 4^2) = 5$:chalk]", size=small)
        shot.safe(titled=False).put(norm, UP + LEFT)
        other = words.label("[$norm(bold(w)) = sqrt(8^2 + 6^2) = 10$:third]", size=small)
        other.next_to(norm, DOWN, buff=2 * words.GAP)
        other.align_to(norm, LEFT)
        with self.beat(
            "Two vectors, x and w. By Pythagoras x is five long, and w is ten. The length of a vector is its norm."
        ) as beat:
            self.play(FadeIn(pair.name), words.light(self.listed), run_time=pace.CALM)
            beat.over("w", Create(pair.w), FadeIn(second, pair.other), until="Pythagoras")
            beat.over("Pythagoras", Create(legs), FadeIn(*sides), until="five")
            beat.over("five", words.light(pair.x, ink.chalk), until="ten")
            beat.over("ten", words.light(pair.w), until="length")
            beat.over("length", words.write(norm), until="norm")
            beat.over("norm", words.write(other), FadeOut(legs, *sides))
        self.norms = VGroup(norm, other)

    def cast_the_shadow(self) -> None:
        """Light falls straight onto the line of w."""
        pair, field = self.both_now, self.both_now.plane
        foot = plane.projection(plane.X, plane.W)
        x, y = 0.75 * foot
        name = field.label(x, y, "[projection:chalk]", DOWN + RIGHT, size=ink.POINT)
        size = Readout(pair.length, 1, label="[scalar projection:chalk]", size=ink.POINT)
        size.next_to(name, DOWN, buff=2 * words.GAP).align_to(name, LEFT)
        self.shadow_size = size
        with self.beat("Let light fall straight onto the line of w: x casts its shadow, in white.") as beat:
            beat.over(FadeOut(self.listed, self.second, self.norms), Create(pair.line), until="straight")
            beat.over("straight", Create(pair.rays), until="casts")
            beat.over("casts", Create(pair.edge), until="shadow")
            beat.over("shadow", Create(pair.shade))
        with self.beat(
            "As a vector, this shadow is the projection of x on w. Its signed length is the scalar projection."
        ) as beat:
            beat.over(self.frame.to(pair.shade, size, pair.x, pair.name, share=0.88), until="projection")
            beat.over("projection", words.write(name), until="Its")
            beat.over("Its", words.light(pair.shade, ink.chalk), until="scalar")
            beat.over("scalar", FadeIn(size))
        self.play(FadeOut(name), self.frame.back(), run_time=pace.CALM)

    def multiply_by_entries(self) -> None:
        """Shadow times norm, and the same from the entries."""
        pair, size = self.both_now, self.shadow_size
        product = words.label("$4.8 dot 10 = 48$", size=ink.POINT)
        self.room.put(product, DOWN + RIGHT)
        self.worked = product
        with self.beat("This length, 4.8, times the norm of w is 48: their dot product.") as beat:
            beat.over(words.light(size), until="norm")
            beat.over("norm", FadeOut(size), words.light(pair.w), words.light(pair.other.text), until="48")
            beat.over("48", words.write(product), until="dot")
            name = words.label("[dot product:chalk]", size=ink.POINT)
            name.next_to(product, UP, buff=3 * words.GAP).align_to(product, RIGHT)
            beat.over("dot", words.write(name))
        rule = words.formula(DOT, size=ink.POINT, symbols=COLORS)
        rule.next_to(product, UP, buff=3 * words.GAP).align_to(product, RIGHT)
        entries = words.label("$3 dot 8 + 4 dot 6 = 48$", size=ink.POINT).move_to(product, RIGHT)
        with self.beat(
            "Or multiply entry by entry, and add: three times eight, four times six: the same. Why?"
        ) as beat:
            beat.over(FadeOut(name), until="multiply")
            beat.over("multiply", words.write(rule), until="three")
            beat.over("three", words.rewrite(product, entries))
        self.rule, self.worked = rule, entries

    def add_up_the_shadows(self) -> None:
        """Why both agree: the shadows of the components add up, and each is known from the shape of w's triangle."""
        pair, field = self.both_now, self.both_now.plane
        corner, whole = np.array([plane.X[0], 0.0]), plane.projection(plane.X, plane.W)
        foot = plane.projection(corner, plane.W)
        steps = [
            field.vector((0, 0), corner, ink.first, ground.BOLD),
            field.vector(corner, plane.X, ink.second, ground.BOLD),
        ]
        shades = [
            field.segment((0, 0), foot, ink.first, SHADE),
            field.segment(foot, whole, ink.second, SHADE),
        ]
        drop = field.segment(corner, foot, ink.first, LINE, dashed=True)
        sides = [
            field.label(across, up, f"[{value:g}:{role}]", side, size=ink.POINT)
            for across, up, value, role, side in (
                (1.5, 0.0, plane.X[0], "chalk", UP),
                (3.0, 2.95, plane.X[1], "second", LEFT),
                (6.0, 0.0, plane.W[0], "third", UP),
                (8.0, 3.0, plane.W[1], "third", LEFT),
                (5.0, 3.75, np.linalg.norm(plane.W), "third", UP + LEFT),
            )
        ]
        zero = 0.0 * corner
        green = field.polygon(np.array([zero, [plane.W[0], 0.0], plane.W]), ink.third, LINE, 0.14)
        blue = field.polygon(np.array([zero, corner, foot]), ink.first, LINE, 0.4)
        orange = field.polygon(np.array([corner, plane.X, corner + whole - foot]), ink.second, LINE, 0.4)
        for triangle in (green, blue, orange):
            triangle.set_z_index(-1)
        sums = [
            words.label(f"[${text}$:{role}]", size=ink.POINT)
            for text, role in (
                ("2.4 dot 10 = 3 dot 8", "first"),
                ("2.4 dot 10 = 4 dot 6", "second"),
                ("4.8 dot 10 = bold(x) dot bold(w)", "chalk"),
            )
        ]
        shot.safe(titled=False).put(
            VGroup(*sums).arrange(DOWN, buff=2 * words.GAP, aligned_edge=LEFT), UP + LEFT
        )
        with self.beat(
            "Go to x by its components: three across, four up. Their shadows add up to its own."
        ) as beat:
            self.play(FadeOut(self.rule, self.worked, pair.rays), run_time=pace.QUICK)
            beat.over("three", Create(steps[0]), FadeIn(sides[0]), until="four")
            beat.over("four", Create(steps[1]), FadeIn(sides[1]), until="Their")
            beat.over("shadows", Create(drop), Create(shades[0]), until="add")
            beat.over("add", Create(shades[1]))
        with self.beat(
            "The blue triangle has the shape of the green one: its shadow is to three as eight is to ten."
        ) as beat:
            beat.over(FadeIn(blue), until="green")
            beat.over("green", FadeIn(green, sides[2], sides[4]), until="shadow")
            beat.over("shadow", words.light(shades[0]), words.light(sides[0]), until="eight")
            beat.over("eight", words.light(sides[2]), words.light(sides[4]))
        with self.beat("So shadow times ten is three times eight; and likewise, four times six.") as beat:
            beat.over("shadow", words.write(sums[0]), until="likewise")
            beat.over("likewise", FadeOut(blue), FadeIn(orange, sides[3]), words.write(sums[1]), until="six")
            beat.over("six", words.write(sums[2]), FadeOut(orange))
        self.play(
            FadeOut(*sums, *steps, *shades, drop, green, *sides),
            FadeIn(self.rule, pair.rays),
            run_time=pace.BRISK,
        )

    def turn_away(self) -> None:
        """x turns: a right angle, and beyond."""
        pair = self.both_now
        live = Readout(pair.product, 1, label="[$bold(x) dot bold(w) =$:chalk]", size=ink.POINT, digits=3)
        live.move_to(self.worked, aligned_edge=RIGHT)
        zero = words.label("$-3 dot 8 + 4 dot 6 = 0$", size=ink.POINT).move_to(
            self.worked, aligned_edge=RIGHT
        )
        name = words.label("[orthogonal:chalk]", size=ink.POINT)
        name.next_to(self.rule, UP, buff=2 * words.GAP).align_to(self.rule, RIGHT)
        corner = pair.plane.segment(
            CORNER * np.array([pair.along, pair.up]), CORNER * np.array([pair.along + pair.up] * 2), ink.chalk
        )
        with self.beat("Turn x away, and the shadow shrinks.") as beat:
            self.play(FadeIn(live), run_time=pace.QUICK)
            beat.over(pair.degrees.to(60.0), least=pace.LONG)
        with self.beat(
            "At a right angle it is gone. They are orthogonal: their dot product is zero."
        ) as beat:
            beat.over(pair.degrees.to(RIGHT_ANGLE), until="orthogonal")
            beat.over("orthogonal", words.write(name), Create(corner), until="their")
            beat.over("their", FadeOut(live), words.write(zero), until="zero")
            beat.over("zero", words.light(zero), words.light(name))
        with self.beat("Farther still, it falls behind, and the dot product is negative.") as beat:
            self.play(FadeOut(zero, name, corner), FadeIn(live), run_time=pace.QUICK)
            beat.over(pair.degrees.to(plane.degrees_from_w(BEHIND)), until="negative")
            beat.over("negative", words.light(live))
        self.dot_now = live

    def write_the_cosine(self) -> None:
        """The dot product by norms and angle, and as the weighted sum of a model."""
        pair = self.both_now
        both = both_rules()
        rule, live = self.rule, self.dot_now
        angle = ground.letter("theta", ink.chalk).move_to(pair.plane.at(2.5 * linear.arrow(45.0)))
        with self.beat("In general: norm of x, times norm of w, times the cosine of the angle.") as beat:
            beat.over(pair.degrees.to(plane.degrees_from_w(plane.X)), until="norm")
            beat.over(
                "norm",
                words.rewrite(rule, both),
                FadeOut(live),
                words.light(pair.x, ink.chalk),
                words.light(pair.w),
                until="cosine",
            )
            beat.over("cosine", Create(pair.arc), FadeIn(angle))
        name = Tag(
            words.note(
                "[weighted sum:chalk]\n[$bold(w) dot bold(x) = inline(sum_i) thin w_i x_i$:chalk]",
                size=ink.POINT,
            )
        )
        shot.safe(titled=False).put(name, UP + LEFT)
        with self.beat("A model's weighted sum, w dot x, is such a shadow, times the norm of w.") as beat:
            again = plane.degrees_from_w(plane.X)
            beat.over(FadeOut(angle, pair.rays, pair.edge), FadeIn(name), until="shadow")
            beat.over("shadow", pair.degrees.to(again + 20.0), until="times")
            beat.over("times", pair.degrees.to(again))
        self.play(FadeOut(name, pair.arc), run_time=pace.BRISK)

    # --- lengths divided out

    @chapter("Divide by the lengths: similarity", goes_on=True)
    def divide_by_the_lengths(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.both_now, sheet, _ = compared()
        self.rule = both_rules()
        self.add(sheet, self.both_now.x, self.both_now.line, self.both_now.w, self.both_now.shade)
        self.add(self.both_now.name, self.both_now.other, self.rule)
        self.divide_by_both_norms(sheet)
        self.compare_digits()
        self.count_all_pairs()

    def divide_by_both_norms(self, sheet: Mobject) -> None:
        """The cosine of two short vectors."""
        pair = self.both_now
        cosine = words.formula(
            "cos theta = frac(bold(x) dot bold(w), norm(bold(x)) thin norm(bold(w)))",
            size=ink.POINT,
            symbols=COLORS,
        )
        cosine.move_to(self.rule, aligned_edge=RIGHT)
        live = Readout(
            pair.degrees.of(lambda turn: np.cos(np.radians(turn))),
            2,
            label="[$cos theta =$:chalk]",
            size=ink.HEADLINE,
            color=ink.chalk,
            digits=2,
        )
        shot.safe(titled=False).put(live, UP + LEFT)
        name = words.label("[cosine similarity:chalk]", size=ink.POINT)
        name.next_to(cosine, UP, buff=2 * words.GAP).align_to(cosine, RIGHT)

        def stretch(size: float) -> Changed:
            pair.name.move_to(pair.plane.at((size + 0.08) * plane.X))
            return (pair.x.redraw((0, 0), size * plane.X), pair.name)

        with self.beat(
            "Longer vectors have dot products larger in size, even at the same angle. So divide by both norms."
        ) as beat:
            beat.over(glide(stretch, 1.0, LONGER), until="angle")
            beat.over("angle", glide(stretch, LONGER, 1.0), until="divide")
            beat.over("divide", words.rewrite(self.rule, cosine), FadeOut(pair.shade))
        worked = words.label("$= display(48 / (5 dot 10))$", size=ink.POINT)
        worked.next_to(live, DOWN, buff=2 * words.GAP)
        with self.beat(
            "This is the cosine similarity: one for the same direction, zero at a right angle, negative beyond."
        ) as beat:
            self.play(words.write(name), FadeIn(live), words.write(worked), run_time=pace.BRISK)
            beat.over("one for", FadeOut(worked), pair.degrees.to(0.0), until="zero")
            beat.over("zero", pair.degrees.to(RIGHT_ANGLE), until="negative")
            beat.over("negative", pair.degrees.to(plane.degrees_from_w(BEHIND)))
        self.play(FadeOut(cosine, name, live), run_time=pace.QUICK)
        self.set_side_by_side()

    def set_side_by_side(self) -> None:
        """Which of the two to take: the dot product or the cosine."""
        pair = self.both_now
        lines = [
            words.note(text, ink.quiet, size=ink.POINT)
            for text in (
                "length counts: [dot product:chalk]\n[$bold(x) dot bold(w)$:chalk]",
                "direction alone: [cosine:chalk]\n[$bold(x) dot bold(w) \\/ (norm(bold(x)) thin norm(bold(w)))$:chalk]",
            )
        ]
        plates = [Tag(line) for line in lines]
        shot.safe(titled=False).stack(*plates, gap=0.2)
        with self.beat(
            "Should length count? The dot product. Direction alone, as in search? The cosine."
        ) as beat:
            beat.over(pair.degrees.to(plane.degrees_from_w(plane.X)), FadeIn(plates[0]), until="Direction")
            beat.over(FadeIn(plates[1]), words.light(pair.x), words.light(pair.w))

    def compare_digits(self) -> None:
        """Two threes, cell by cell; then a zero in place of one."""
        data = picture.digits().values
        regions = shot.safe(titled=False).rows(4, 2)
        places, below = regions[0].columns(1, 1, 1), regions[1].columns(1, 1, 1)
        both = [(data[THREE] * data[row]).reshape(8, 8) for row in (ALIKE, ZERO)]
        one, other = digit(THREE, TABLE), digit(ALIKE, TABLE)
        product = Matrix(0.0 * both[0], TABLE, heat=ink.chalk, largest=picture.WHITE**2)
        for region, table in zip(places, (one, other, product), strict=True):
            region.put(table)
        frames = [table.frame(0, 0) for table in (one, other, product)]
        share, which = Value(0.0), Value(0.0)

        def walk(gone: float) -> Changed:
            done = np.clip(64 * gone - np.arange(64), 0, 1).reshape(8, 8)
            at = divmod(min(int(64 * gone), 63), picture.SIDE)
            return (product.redraw(done * both[0]), *(frame.redraw(*at) for frame in frames))

        share.draws(walk)
        now = which.of(lambda number: (ALIKE, ZERO)[round(number)])
        norms = [
            Readout(value, 1, label="norm", size=ink.POINT)
            for value in (np.linalg.norm(data[THREE]), now.of(lambda row: np.linalg.norm(data[row])))
        ]
        total = Readout(now.of(lambda row: data[THREE] @ data[row]), 0, label="dot product", size=ink.POINT)
        for region, number in zip(below, (*norms, total), strict=True):
            region.put(number, UP)
        result = Readout(
            now.of(lambda row: likeness.of_pair(THREE, row)),
            2,
            label="[$cos theta =$:chalk]",
            size=ink.HEADLINE,
            color=ink.chalk,
        )
        regions[1].inset(0.0, 0.15).put(result, DOWN)
        with self.beat(
            "Now two handwritten threes. Multiply cell by cell, add up, divide by both norms: 0.88."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(one, other), run_time=pace.BRISK)
            self.shot(shot.gallery(1, 3, titled=False))
            beat.until("Multiply")
            self.play(FadeIn(product, *frames), run_time=pace.QUICK)
            beat.over(share.to(1.0), until="add", least=pace.LONG)
            beat.over("add", FadeIn(total), FadeOut(*frames), until="divide")
            beat.over("divide", FadeIn(*norms), until="0.88")
            beat.at("0.88", FadeIn(result))
        with self.beat("Quite alike? The same three and this zero have 0.62.") as beat:
            beat.over(words.light(result), until="zero")
            self.play(other.change(data[ZERO].reshape(8, 8)), product.change(both[1]), run_time=pace.SLOW)
            which.set(1.0)
            beat.over(words.light(result))

    def count_all_pairs(self) -> None:
        """The cosines of all pairs of digits, counted: of the same digit beside those of two."""
        self.shot(shot.wide())
        counted = [likeness.counts(same) for same in (True, False)]
        chart = shot.safe(titled=False).plane(
            (NEAREST, 1.0), (0, MOST), x_label="cosine similarity of two pictures", y_label="pairs of pictures",
            x_ticks=(0.4, 0.6, 0.8, 1), y_names={50e3: "50,000", 100e3: "100,000", 150e3: "150,000"},
        )  # fmt: skip
        middles = (likeness.EDGES[1:] + likeness.EDGES[:-1]) / 2
        seen = middles > NEAREST
        half = float(np.diff(likeness.EDGES)[0]) / 2
        bars = [
            chart.bars(middles[seen] + side * half / 2, 0.0 * each[seen], color, 0.9 * half, opacity)
            for each, side, color, opacity in zip(counted, (-1, 1), PAIRS, (0.95, 0.6), strict=True)
        ]
        names = words.note("[same digit:chalk]\ndifferent digits", ink.quiet, size=ink.POINT)
        names.next_to(chart.at(*LEGEND), RIGHT, buff=0.0)
        pair = likeness.of_pair(THREE, ALIKE)
        near, base = (100 * likeness.same_from(least) for least in (pair, -1.0))
        share = words.note(
            f"same digit\nfrom {pair:.2f} on: [{near:.0f} %:chalk]\nof all pairs: {base:.0f} %",
            ink.quiet,
            ink.POINT,
        ).next_to(chart.at(*COUNTED), RIGHT, buff=0.0)
        marks: list[Group] = []
        values = VGroup()
        for row, color in zip((ALIKE, ZERO), PAIRS, strict=True):
            found = likeness.of_pair(THREE, row)
            high = max(float(each[int(np.digitize(found, likeness.EDGES)) - 1]) for each in counted)
            thumb = digit(row, THUMB).move_to(chart.at(found, high + STEM), aligned_edge=DOWN)
            stem = chart.stems([found], high, high + STEM, color, 1.5 * LINE)
            value = Tag(words.label(f"{found:.2f}", color, size=ink.POINT)).next_to(thumb, UP, buff=0.1)
            values.add(value.text)
            marks.append(Group(stem, thumb, thumb.frame(color=color), value))
        with self.beat(
            "Is that much? Count pairs: of those that reach it, about nine tenths show the same digit."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(chart), run_time=pace.QUICK)
            grown = [
                glide(bar.redraw, 0.0 * each[seen], each[seen])
                for bar, each in zip(bars, counted, strict=True)
            ]
            beat.over(*grown, FadeIn(names), until="reach", least=pace.SLOW)
            beat.over(FadeIn(marks[0]), until="about")
            beat.over(words.write(share), until="digit")
            beat.over(words.light(share))
        with self.beat(
            "Most pairs of different digits reach the zero's value too. So judge a cosine beside others."
        ) as beat:
            beat.over(FadeIn(marks[1]), FadeOut(share), until="reach")
            beat.over("reach", words.light(bars[1]), until="So")
            beat.over("So", words.light(values))
