"""A matrix as a move of the plane: columns, products, determinant and rank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, Animation, Create, FadeIn, FadeOut, ManimColor, Mobject, VGroup

from scenes.kit import ink, place, words
from scenes.kit.dot import Dots
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage, blend
from scenes.maths.linear_algebra import linear
from scenes.maths.linear_algebra.linear import PUSH, SIDEWAYS, UPWARD


def column(first: str, second: str, color: ManimColor) -> words.Words:
    """Two numbers as a column in brackets."""
    return words.formula(f'{{{{ vec(delim: "[", {first}, {second}) : all }}}}', color=color)


class Matrices(LinearAlgebraStage):
    """A matrix as a move of the plane: columns, products, determinant and rank."""

    edition = 1

    # --- a matrix

    @chapter(
        "Two arrows decide the whole sheet",
        "a matrix as a move of the whole plane",
        "columns as where the basis lands",
    )
    def two_arrows_decide(self) -> None:
        plane, sheet = self.plane, self.sheet
        basis = self.basis(sheet)
        names = [
            self.follow(sheet, Tag(words.formula(f"bold(e)_{number}", color=color, symbols={})), tip, offset)
            for number, color, tip, offset in (
                (1, ink.first, (1, 0), (0.12, -0.4)), (2, ink.second, (0, 1), (-0.3, 0.22)),
            )
        ]  # fmt: skip
        self.add(sheet, *basis, *names)
        with self.beat(
            "Back to the sheet of rubber. The blue arrow is one step across, and the orange one is one step up."
        ) as beat:
            for word, arrow in zip(("blue", "orange"), basis, strict=True):
                beat.at(word, words.light(arrow), run_time=1.0)
        half = np.array([[1.0, 0.0], [0.5, 1.0]])
        with self.beat(
            "Take the blue tip, and pull it here. Take the orange tip, and pull it there."
        ) as beat:
            self.play(self.lay(REST, half), run_time=beat.fill("orange"))
            self.play(self.lay(half, PUSH), run_time=beat.fill())
        with self.beat(
            "Two arrows, and the whole sheet knew where to go. "
            "Lines stay straight, parallel, evenly spaced, and the middle stays put."
        ) as beat:
            beat.until("Lines")
            self.play(self.lay(PUSH, REST), run_time=beat.fill())

        steps = [
            sheet.arrows([(1, 0), (2, 0)], ink.first, tail=[(0, 0), (1, 0)]),
            sheet.arrows([(2, 1)], ink.second, tail=[(2, 0)]),
        ]
        dot = sheet.dots([(2, 1)], ink.focus, radius=0.11)
        with self.beat("Why? Take any point: two blue steps and one orange step lead to it.") as beat:
            beat.at("point", FadeIn(dot, scale=2))
            beat.at("blue", Create(steps[0]), run_time=0.9)
            beat.at("orange", Create(steps[1]))
            self.add(dot)
        landed = Tag(words.label("(3, 2.5)", ink.focus)).move_to(plane.at(3.85, 2.5))
        with self.beat(
            "Move the sheet, and it is still two blue steps and one orange. It lands at 3 and 2.5."
        ) as beat:
            self.play(self.lay(REST, PUSH), run_time=beat.fill("lands"))
            beat.at("3", FadeIn(landed))
        self.leave(*steps, run_time=0.4)
        self.write_the_matrix(dot)

    def basis(self, sheet: Lattice, unit: float = 1.0) -> list[Arrows]:
        """The two steps of the sheet, blue across and orange up."""
        return [
            sheet.arrows([unit * step], color, 6)
            for step, color in zip(np.eye(2), (ink.first, ink.second), strict=True)
        ]

    def follow(self, sheet: Lattice, tag: Tag, point: Sequence[float], offset: Sequence[float]) -> Tag:
        """``tag`` goes along with a point of the sheet, ``offset`` beside it."""
        at = np.array(point, dtype=float)
        return sheet.pin(tag, lambda: tag.move_to(sheet.plane.at(sheet.at(at) + np.array(offset))))

    def write_the_matrix(self, dot: Dots) -> None:
        """Both landing places slide together, and the product with a point is read from them."""
        plane = self.plane
        ends = [Tag(column("1", "0.5", ink.first)), Tag(column("1", "1.5", ink.second))]
        for tag, spot in zip(ends, ((2.05, 0.3), (1.75, 1.75)), strict=True):
            tag.move_to(plane.at(spot))
        matrix = words.formula(
            'A = mat(delim: "[", {{ 1 : a }}, {{ 1 : c }}; {{ 0.5 : b }}, {{ 1.5 : d }})',
            {"a": ink.first, "b": ink.first, "c": ink.second, "d": ink.second}, size=ink.TITLE,
        )  # fmt: skip
        product = words.formula(
            'A vec(delim: "[", 2, 1) &= 2 {{ vec(delim: "[", 1, 0.5) : one }} '
            '+ 1 {{ vec(delim: "[", 1, 1.5) : two }} \\ '
            '&= {{ vec(delim: "[", 3, 2.5) : sum }}',
            {"one": ink.first, "two": ink.second, "sum": ink.focus},
        )
        place.aside(matrix, product, gap=0.8)
        with self.beat(
            "Write down where the two arrows land, one column each. Side by side, that table is the matrix."
        ) as beat:
            beat.until("where")
            self.play(FadeIn(ends[0]), run_time=0.5)
            self.play(FadeIn(ends[1]), run_time=0.5)
            beat.until("Side")
            for tag, aside in zip(reversed(ends), (0.5, -0.5), strict=True):
                lands = tag.text.animate.move_to(matrix.get_center() + aside * RIGHT)
                self.play(lands, FadeOut(tag.plate), run_time=0.7)
            self.leave(*(tag.text for tag in ends), run_time=0.3)
            self.play(FadeIn(matrix), run_time=0.4)
        with self.beat(
            "And matrix times point means just that: so much of the first column, so much of the second."
        ) as beat:
            self.play(words.write(product), run_time=1.4)
            beat.at("first", words.light(product.part("one")), run_time=0.8)
            beat.at("second", words.light(product.part("two")), run_time=0.8)
            self.play(words.light(product.part("sum")), words.light(dot), run_time=0.9)

    # --- products of matrices

    @chapter("Two slides make one move", "matrix product as composition")
    def two_slides(self) -> None:
        sheet = self.sheet
        basis = self.basis(sheet)
        ghost = Lattice(self.plane, color=ink.focus, opacity=0.5).redraw(PUSH)
        tables = [self.table(matrix) for matrix in (SIDEWAYS, UPWARD, PUSH)]
        place.aside(*tables, gap=0.6)
        self.add(sheet, *basis)
        with self.beat("Slide every row of the sheet sideways, by as much as it is high.") as beat:
            beat.until("sideways")
            self.play(self.lay(REST, SIDEWAYS), run_time=beat.fill() + 0.2)
            self.play(FadeIn(tables[0]), run_time=0.5)
        with self.beat(
            "Then slide every upright line upward, by half of how far it is to the right. It is our matrix again."
        ) as beat:
            self.play(self.lay(SIDEWAYS, PUSH), run_time=beat.fill("far"))
            self.play(FadeIn(tables[1]), run_time=0.5)
            beat.at("matrix", FadeIn(ghost, tables[2]), run_time=0.7)
        with self.beat(
            "Go back, and swap the two: first upward, then sideways. The sheet ends elsewhere."
        ) as beat:
            self.play(self.lay(PUSH, REST), FadeOut(ghost, *tables), run_time=beat.fill("first"))
            self.play(self.lay(REST, UPWARD), run_time=beat.fill("then"))
            self.play(self.lay(UPWARD, SIDEWAYS @ UPWARD), run_time=beat.fill("ends") + 0.3)
        self.leave(sheet, *basis)
        self.set_side_by_side()

    def set_side_by_side(self) -> None:
        """Both orders, and how they are written."""
        orders = [
            ("sideways, then upward", UPWARD, SIDEWAYS, -3.45),
            ("upward, then sideways", SIDEWAYS, UPWARD, 3.45),
        ]
        shown = []
        for text, last, first, x in orders:
            plane = Plane((-3.9, 3.9), (-2.15, 2.15), 5.8, 3.2, equal=True, x_ticks=[], y_ticks=[]).move_to(
                (x, 0.75, 0.0)
            )
            sheet = Lattice(plane, opacity=0.7)
            tile = sheet.polygon(TILE)
            arrows = self.basis(sheet)
            sheet.redraw(last @ first)
            name = words.label(text).next_to(plane.box[:2].mean(axis=0), DOWN, buff=0.15)
            shown.append(
                (VGroup(sheet, tile, *arrows), name, self.product(last, first).move_to((x, -2.05, 0.0)))
            )
        with self.beat("Order matters: here are both ends.") as beat:
            self.play(FadeIn(*(group for group, _, _ in shown)), run_time=0.8)
            beat.at("both", FadeIn(*(name for _, name, _ in shown)))
        left, right = (formula for _, _, formula in shown)
        with self.beat(
            "We write the moves as a product, and read it from right to left: the right one moves first."
        ) as beat:
            beat.at("product", words.write(left), run_time=1.2)
            beat.at("right", words.light(left.part("first")), run_time=0.9)
            self.play(words.light(left.part("last")), run_time=0.9)
            self.play(words.write(right), run_time=1.0)
        with self.beat(
            "Its columns? Send each column of the right one through the left one, and see where it lands."
        ) as beat:
            for number, word in enumerate(("each", "lands")):
                beat.until(word)
                self.play(words.light(left.part(f"in{number}")), run_time=0.8)
                self.play(words.light(left.part(f"out{number}")), run_time=0.8)

    def table(self, matrix: Floats) -> words.Words:
        """A matrix with its columns in the colours of the arrows."""
        rows = "; ".join(f"{{{{ {one:g} : one }}}}, {{{{ {two:g} : two }}}}" for one, two in matrix)
        return words.formula(
            f'mat(delim: "[", {rows})', {"one": ink.first, "two": ink.second}, size=ink.TITLE
        )

    def product(self, last: Floats, first: Floats) -> words.Words:
        """``last`` times ``first``, the columns of the first and of the product in the colours of the arrows."""
        tables = []
        for name, matrix in (("last", last), ("in", first), ("out", last @ first)):
            cells = [
                ", ".join(f"{{{{ {value:g} : {name}{number} }}}}" for number, value in enumerate(row))
                for row in matrix
            ]
            tables.append(f'mat(delim: "[", {"; ".join(cells)})')
        colors = {
            f"{name}{number}": (ink.first, ink.second)[number] for name in ("in", "out") for number in (0, 1)
        }
        last_table, first_table, result = tables
        return words.formula(
            f"{{{{ {last_table} : last }}}} thin {{{{ {first_table} : first }}}} = {result}",
            colors,
            size=ink.TITLE,
        )

    # --- determinant and rank

    @chapter(
        "The determinant is an area",
        "determinant as what happens to area",
        "rank as the dimensions that survive",
    )
    def the_determinant_is_an_area(self) -> None:
        self.matrix = REST
        self.sheet = Lattice(self.plane, x=(-16, 16), y=(-16, 16), opacity=0.7)
        tile = self.sheet.polygon(TILE, fill=0.35)
        basis = self.basis(self.sheet)
        area = Gauge("area", lambda: linear.signed_area(self.matrix), 2, color=ink.focus, digits=2)
        place.aside(area)
        self.add(self.sheet, tile, *basis)
        self.keep_the_area(area)
        self.fall_flat(tile, basis, area)

    def move(self, matrix: Floats) -> Changed:
        """The sheet lies where ``matrix`` takes it, and gauges that look at the matrix follow."""
        self.matrix = matrix
        return (self.sheet.redraw(matrix),)

    def go(self, start: Floats, end: Floats) -> Animation:
        """The sheet goes from one matrix to another, and gauges follow."""
        return self.sheet.drive(lambda share: self.move(blend(start, end, share)))

    def keep_the_area(self, area: Gauge) -> None:
        """Slides keep every area."""
        rule = words.formula("det A = 1 dot 1.5 - 1 dot 0.5 = {{ 1 : value }}", {"value": ink.focus})
        place.under(rule, area, gap=0.6)
        with self.beat(
            "Mark one tile, and slide the rows. Its base and its height stay the same, so its area stays one."
        ) as beat:
            beat.until("slide")
            self.play(self.go(REST, SIDEWAYS), run_time=beat.fill("area"))
            self.play(FadeIn(area), run_time=0.5)
        with self.beat(
            "The second slide keeps it too. So the whole push multiplies areas by one: that is its determinant."
        ) as beat:
            self.play(self.go(SIDEWAYS, PUSH), run_time=beat.fill("So"))
            beat.at("one", area.light())
            beat.at("determinant", words.write(rule), run_time=1.0)
        self.leave(rule)

    def fall_flat(self, tile: Mobject, basis: list[Arrows], area: Gauge) -> None:
        """The orange arrow sinks: area one, zero, minus one."""
        heights = np.linspace(1.5, -0.5, 60)

        def lowered(height: float) -> Floats:
            return np.array([[1.0, 1.0], [0.5, height]])

        areas = [linear.signed_area(lowered(height)) for height in heights]
        trail = GrowingCurve(
            heights, areas, (-0.6, 1.6), (-1.2, 1.2),
            x_label="height of the orange tip", y_label="area", x_ticks=(-0.5, 0.5, 1.5), y_ticks=(-1, 0, 1),
        )  # fmt: skip
        rank = Gauge("rank", lambda: np.linalg.matrix_rank(self.matrix), 0)
        place.aside(area, rank, trail, gap=0.45)
        line = np.linspace(-1.0, 1.5, 6)
        reds = self.sheet.dots(np.column_stack([2 - line, line]), ink.error, radius=0.1)

        def sink(height: float) -> Changed:
            tile.set_color(ink.focus if linear.signed_area(lowered(height)) >= 0 else ink.negative)
            return (*self.move(lowered(height)), trail.reach(height))

        def sinking(start: float, end: float) -> Animation:
            animation = self.sheet.drive(lambda share: sink(start + share * (end - start)))
            animation.changed.append(trail)
            animation.group.add(trail)
            return animation

        with self.beat(
            "Now watch these red points, and lower the tip of the orange arrow. The area falls."
        ) as beat:
            beat.at("red", FadeIn(reds, scale=1.5))
            self.bring_to_front(*basis)
            self.play(FadeIn(trail), run_time=0.5)
            beat.until("lower")
            self.play(sinking(1.5, 0.7), run_time=beat.fill())
        with self.beat(
            "Here the orange arrow lies on the blue one. The whole plane has fallen onto one line: area zero."
        ) as beat:
            self.play(sinking(0.7, 0.5), run_time=beat.fill("line"))
            beat.at("zero", area.light())
        with self.beat(
            "All the red points are now one, and nothing can part them again. There is no way back, no inverse."
        ) as beat:
            ring = reds.ring([0], ink.error, radius=0.3)
            self.play(FadeIn(ring, scale=2), run_time=0.7)
            beat.at("inverse", FadeOut(ring))
        with self.beat("Two dimensions went in, and one survived. That count is the rank.") as beat:
            beat.at("survived", FadeIn(rank))
            self.play(rank.light())
        with self.beat(
            "Lower still, and you see the sheet from behind. Its area counts as negative, but the plane is whole again."
        ) as beat:
            self.play(sinking(0.5, -0.5), run_time=beat.fill("negative"))
            self.play(area.light(), rank.light())
