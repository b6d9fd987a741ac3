"""Linear Algebra for ML: one rubber sheet, one matrix, and the few directions that tell what it does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Mobject,
    VGroup,
    interpolate_color,
    smooth,
)
from manim import (
    linear as evenly,
)

from scenes.kit import ink, place, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.line import Arrows, StraightLine
from scenes.kit.matrix import Matrix
from scenes.kit.noun import HAIR, THIN
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.kit.reel import Changed, Reel
from scenes.kit.tag import Tag
from scenes.kit.tile import Tiles
from scenes.kit.trail import Trail
from scenes.maths import linear, picture
from scenes.maths.flower import irises
from scenes.maths.linear import PUSH, SIDEWAYS, UPWARD

REST = np.eye(2)
"""The matrix of a sheet that nobody touches."""
TILE = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
"""The unit square."""
THREE = 3
"""Row of the digit that the lesson follows: a three."""
PLACED = (0, 1, 2, 4, 5, 6, 8, 14, 18, 19)
"""Rows of other digits that lie apart on the plane of the two cells below."""
CELLS = (20, 36)
"""Two cells of a digit, counted from 0, that make the axes of a plane."""
COMPARED = (0, 1, 2, 4, 5, 6, 7, 8, 9, 13)
"""Rows of the digits that are compared with the three: one of each other kind, and another three."""


def blend(start: Floats, end: Floats, share: float) -> Floats:
    """The matrix on the straight way from ``start`` to ``end``."""
    return np.asarray(start + share * (end - start))


def digit(row: int, cell: float) -> Matrix:
    """A small picture of one of the digits."""
    values = picture.digits().values[row].reshape(picture.SIDE, picture.SIDE)
    return Matrix(values, cell, heat=ink.chalk, largest=picture.WHITE, lines=False)


def column(first: str, second: str, color: ManimColor) -> words.Words:
    """Two numbers as a column in brackets."""
    return words.formula(f'{{{{ vec(delim: "[", {first}, {second}) : all }}}}', color=color)


class LinearAlgebra(Lesson):
    """From the arrow to the layer, with one matrix."""

    def stage(self) -> None:
        """The plane of the picture, a unit of the scene to each of its units, and the sheet at rest on it."""
        self.plane = place.picture(Plane((-4.6, 4.6), (-2.8, 2.8), 9.2, 5.6, x_ticks=[], y_ticks=[]))
        self.sheet = Lattice(self.plane, opacity=0.7)
        self.kept = linear.eigen(PUSH)

    def ring(self, sheet: Lattice, radius: float = 1.5) -> list[Arrows]:
        """The ring of arrows, one mobject each, pinned to ``sheet``."""
        return [sheet.arrows(radius * tip, ink.chalk) for tip in linear.ring()]

    def dye(self, arrows: Sequence[Arrows], matrix: Floats, share: float) -> Changed:
        """Arrows that left their line are red by as much as they swung; those that kept it light up."""
        for arrow, swung in zip(arrows, linear.swing(matrix, linear.ring()), strict=True):
            aim = ink.focus if swung < 1e-6 else interpolate_color(ink.chalk, ink.error, min(1, swung / 30))
            arrow.set_fill(
                interpolate_color(ink.chalk, aim, share), opacity=1 - 0.45 * share * (swung > 1e-6)
            )
        return tuple(arrows)

    def kept_lines(self, plane: Plane, width: float = THIN) -> list[StraightLine]:
        """The two lines that the push keeps."""
        return [plane.line((-v[1], v[0]), 0.0, color=ink.focus, width=width) for v in self.kept.vectors]

    def lay(self, start: Floats, end: Floats, sheet: Lattice | None = None) -> Animation:
        """The sheet goes the straight way from one matrix to another."""
        moved = sheet or self.sheet
        return moved.drive(lambda share: moved.lay(blend(start, end, share)))

    # --- vectors

    @chapter("An arrow is a list of numbers", "vectors and what they stand for in ML")
    def an_arrow_is_a_list(self) -> None:
        self.ask_which_arrows_stay()
        tiles = self.read_a_picture()
        self.place_pictures(tiles)
        self.list_other_things()

    def ask_which_arrows_stay(self) -> None:
        """The hook: the sheet is pushed, and two lines keep their arrows."""
        wide = place.picture(Plane((-6.6, 6.6), (-2.8, 2.8), 13.2, 5.6, x_ticks=[], y_ticks=[])).set_x(0)
        sheet = Lattice(wide, opacity=0.7)
        arrows = self.ring(sheet)
        self.add(sheet, *arrows)
        with self.beat(
            "Push on a sheet of rubber, and its points move. Which arrows still point the way they did?"
        ) as beat:
            self.play(self.lay(REST, PUSH, sheet), run_time=beat.fill("Which"))
            self.play(drive(lambda t: self.dye(arrows, PUSH, t)), run_time=beat.fill())

        lines = self.kept_lines(wide)
        with self.beat(
            "Only these, on two lines. Soon you will find them yourself, "
            "and shrink a photograph to a fifth of its numbers."
        ) as beat:
            self.play(*(Create(line) for line in lines), run_time=0.8)
            beat.until("Soon")
            self.play(self.lay(PUSH, REST, sheet), run_time=beat.fill())
        self.leave(sheet, *arrows, *lines)

    def read_a_picture(self) -> Tiles:
        """A handwritten three becomes a list of numbers."""
        values = picture.digits().values[THREE].reshape(picture.SIDE, picture.SIDE)
        middle = np.array([-4.5, -0.1, 0.0])
        tiles = Tiles(values, 0.52, heat=ink.chalk, largest=picture.WHITE)
        tiles.put(tiles.table(middle, 0.52))
        table = Matrix(values, 0.52, heat=ink.chalk, largest=picture.WHITE, decimals=0).move_to(middle)
        ghost = Matrix(values, 0.52, heat=ink.chalk, largest=picture.WHITE).move_to(middle).shade(0.3)
        with self.beat(
            "But what is an arrow? Start with a handwritten three: eight rows of eight cells."
        ) as beat:
            self.play(FadeIn(tiles), run_time=0.8)
            beat.at(
                "eight",
                LaggedStart(*(words.light(tiles[k : k + 8]) for k in range(0, 64, 8)), lag_ratio=0.2),
                run_time=1.8,
            )
        with self.beat("Every cell is a brightness, from 0 to 16."):
            self.play(FadeIn(table), run_time=0.8)

        start, end = tiles.centres, tiles.column((-0.75, -0.1, 0.0), 0.083)
        delay = np.arange(len(end))[:, None] / len(end)

        def read(share: float) -> Mobject:
            own = np.array([[smooth(float(each))] for each in np.clip(3 * share - 2 * delay[:, 0], 0, 1)])
            cell = 0.52 + share * (0.083 - 0.52)
            return tiles.put(start + own * (end - start), cell)

        count = words.label("64 numbers").next_to(np.array([-0.7, -0.1, 0.0]), LEFT, buff=0.25)
        with self.beat("Read row by row, it is one list: sixty-four numbers.") as beat:
            self.add(ghost, tiles, table)
            self.play(FadeOut(table), run_time=0.4)
            self.play(drive(read, rate_func=evenly), run_time=beat.fill() + 0.4)
            self.play(FadeIn(count), run_time=0.4)
        self.count = count
        return tiles

    def place_pictures(self, tiles: Tiles) -> None:
        """Two of the numbers place pictures on a plane."""
        plane = Plane(
            (0, 18), (0, 18), 5.4, 4.4,
            x_label=f"number {CELLS[0] + 1}", y_label=f"number {CELLS[1] + 1}",
            x_ticks=(0, 8, 16), y_ticks=(0, 8, 16),
        )  # fmt: skip
        plane.move_to((3.7, -0.15, 0.0))
        values = picture.digits().values[:, CELLS]
        x, y = values[THREE]
        picked = [tiles[cell].copy().set_stroke(ink.focus, THIN, 1.0) for cell in CELLS]
        for chosen in picked:
            chosen.scale(3).shift(0.5 * RIGHT)
        dots = [plane.dots([spot], ink.focus) for spot in ((x, 0), (0, y))]
        marks = [
            words.label(f"{x:.0f}", ink.focus).next_to(dots[0], UP + LEFT, buff=0.1),
            words.label(f"{y:.0f}", ink.focus).next_to(dots[1], UP + RIGHT, buff=0.1),
        ]
        meet = plane.segment([(x, 0), (0, y)], [(x, y), (x, y)], ink.faint, dashed=True)
        with self.beat(
            "Take just two of them. They place the picture on a plane: 13 across, 12 up. That is an arrow."
        ) as beat:
            self.play(*(FadeIn(chosen, shift=0.4 * RIGHT) for chosen in picked), run_time=0.7)
            beat.until("place")
            self.play(FadeIn(plane), run_time=0.6)
            for word, chosen, dot, mark in zip(("13", "12"), picked, dots, marks, strict=True):
                beat.until(word)
                self.play(
                    chosen.animate.move_to(dot).scale(0.5).set_opacity(0), FadeIn(dot, mark), run_time=0.7
                )
            self.play(Create(meet), run_time=0.5)
            arrow, thumb = self.placed(plane, values, THREE, ink.focus)
            beat.at("arrow", Create(arrow), FadeIn(thumb))

        with self.beat("Other digits, other arrows."):
            pairs = [self.placed(plane, values, row, ink.first) for row in PLACED]
            self.play(FadeOut(meet, *dots, *marks), run_time=0.3)
            self.play(LaggedStart(*(FadeIn(*pair) for pair in pairs), lag_ratio=0.25), run_time=1.8)
            self.add(arrow, *(thumb for _, thumb in pairs), thumb)

        more = words.label("… and 62 more axes", ink.focus).next_to(plane.box[2], UP + LEFT, buff=0.0)
        more.move_to((6.5, float(more.get_y()) + 0.16, 0.0), aligned_edge=RIGHT)
        with self.beat(
            "With all sixty-four, each picture is one arrow, "
            "in a space that nobody can draw but anyone can compute in."
        ) as beat:
            beat.at("sixty-four", words.light(self.count), words.light(tiles), run_time=1.0)
            beat.at("space", FadeIn(more, shift=0.15 * UP))
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.6)

    def placed(self, plane: Plane, values: Floats, row: int, color: ManimColor) -> tuple[Arrows, Matrix]:
        """The arrow of a digit, and its picture at the tip."""
        tip = values[row]
        thumb = digit(row, 0.058)
        return plane.vector((0, 0), tip, color, 2.5), thumb.move_to(plane.at(tip) + 0.3 * (UP + RIGHT))

    def list_other_things(self) -> None:
        """What else is an arrow."""
        flower = Matrix([irises().points[0]], (0.9, 0.6), heat=ink.first, largest=8.0, decimals=1)
        three = picture.digits().values[THREE]
        row = Matrix(three[None], (0.0805, 0.6), heat=ink.chalk, largest=picture.WHITE)
        grey = picture.photograph()
        photo = Photo(grey, 2.0)
        names = [
            words.note(text)
            for text in (
                "a flower: 4 numbers",
                "a digit: 64 numbers",
                f"a photo: {grey.shape[0]} × {grey.shape[1]} numbers",
            )
        ]
        for thing, name, y in zip((flower, row, photo), names, (2.0, 0.75, -1.3), strict=True):
            thing.move_to((0.0, y, 0.0)).align_to(np.array([-5.6, 0, 0]), LEFT)
            name.move_to((0.9, y, 0.0), aligned_edge=LEFT)
        with self.beat(
            "Four measures of a flower, a digit, a whole photograph: whatever you can list can be an arrow."
        ) as beat:
            for word, thing, name in zip(
                ("Four", "digit", "whole"), (flower, row, photo), names, strict=True
            ):
                beat.at(word, FadeIn(thing, name))

    # --- the dot product

    @chapter("The dot product casts a shadow", "dot product as projection and similarity")
    def a_shadow(self) -> None:
        self.cast_a_shadow()
        self.multiply_pictures()
        self.compare_pictures()

    def cast_a_shadow(self) -> None:
        """An arrow turns over the line of another, and its shadow tells the product."""
        plane = place.picture(Plane((-4.1, 5.1), (-1.6, 4.0), 9.2, 5.6, x_ticks=[], y_ticks=[]))
        v = 3.0 * linear.arrow(14.0)
        along, up = linear.arrow(14.0), linear.arrow(104.0)
        base = plane.line((-v[1], v[0]), 0.0, color=ink.faint, width=HAIR)
        arrow_v, arrow_u = plane.vector((0, 0), v, ink.second), plane.vector((0, 0), v, ink.first)
        rays, shade = plane.segment(v, v, ink.faint, HAIR), plane.segment(v, v, ink.focus, 10)
        name_u, name_v = (
            words.formula(f"bold({letter})", color=color, symbols={}, size=ink.TITLE)
            for letter, color in (("u", ink.first), ("v", ink.second))
        )
        name_v.move_to(plane.at(v) + 0.3 * DOWN)
        tag_u = Tag(name_u).set_z_index(1)
        spots = np.linspace(-3.4, 4.0, 38)[:, None]
        self.u = 2.6 * linear.arrow(56.0)

        def turn(degrees: float) -> Changed:
            """Let u point so many degrees away from v."""
            self.u = 2.6 * linear.arrow(14.0 + degrees)
            foot = linear.shadow(self.u, v)
            inside = (spots[:, 0] * foot > 0) & (np.abs(spots[:, 0]) < abs(foot))
            height = np.where(inside, spots[:, 0] / foot if foot else 0.0, 0.0) * float(self.u @ up)
            rays.lay(spots * along + 3.2 * up, spots * along + height[:, None] * up)
            shade.lay((0, 0), foot * along).set_stroke(ink.focus if foot >= 0 else ink.negative)
            tag_u.move_to(plane.at(1.14 * self.u))
            return (arrow_u.point((0, 0), self.u), rays, shade, tag_u)

        gauges = [
            Gauge("shadow of $bold(u)$", lambda: linear.shadow(self.u, v), 2, color=ink.focus, digits=2),
            Gauge("length of $bold(v)$", lambda: np.linalg.norm(v), 2, digits=2),
            Gauge("dot product", lambda: self.u @ v, 2, digits=2),
        ]
        angle = words.formula(
            "bold(u) dot bold(v) = {{ norm(bold(u)) cos theta : shadow }} thin norm(bold(v))",
            {"shadow": ink.focus}, symbols={},
        )  # fmt: skip
        place.aside(*gauges, angle, gap=0.5)
        turn(42.0)
        self.add(base, arrow_v, name_v)
        with self.beat(
            "Two arrows, u and v. Let light fall straight onto the line of v, and u casts a shadow there."
        ) as beat:
            self.play(Create(arrow_u), FadeIn(tag_u), run_time=0.8)
            beat.until("light")
            self.play(Create(rays), run_time=1.2)
            beat.at("shadow", Create(shade))
        with self.beat("The length of the shadow times the length of v: that is the dot product.") as beat:
            for word, gauge in zip(("length", "times", "dot"), gauges, strict=True):
                beat.at(word, FadeIn(gauge))
        with self.beat("Turn u away, and the shadow shrinks. At a right angle it is gone: zero.") as beat:
            self.play(drive(lambda t: turn(42 + 48 * t)), run_time=beat.fill("gone"))
            self.play(gauges[2].light())
        with self.beat(
            "Farther still, and it falls behind: the product is negative. The rule is the cosine of the angle."
        ) as beat:
            self.play(drive(lambda t: turn(90 + 55 * t)), run_time=beat.fill("negative"))
            beat.at("rule", words.write(angle), run_time=0.9)
            self.play(drive(lambda t: turn(145 - 103 * t)), run_time=beat.fill() + 0.4)
        self.leave(base, arrow_u, arrow_v, rays, shade, tag_u, name_v, *gauges, angle)

    def multiply_pictures(self) -> None:
        """Two digits, cell by cell, and one number."""
        one, other = picture.digits().values[[THREE, 13]]
        product = float(one @ other)
        middles = [np.array([x, 0.35, 0.0]) for x in (-4.9, -0.55, 3.8)]
        tables = [
            digit(row, 0.4).move_to(middle) for row, middle in zip((THREE, 13), middles[:2], strict=True)
        ]
        frames = [table.frame(0, 0) for table in tables]
        cells = Tiles(np.zeros((8, 8)), 0.4, heat=ink.focus, largest=256.0)
        cells.put(cells.table(middles[2], 0.4))
        final = cells.centres
        signs = [
            words.formula(sign, size=ink.HEADLINE).move_to((x, 0.35, 0.0))
            for sign, x in (("times", -2.72), ("=", 1.62))
        ]
        number = words.headline(f"{product:,.0f}".replace(",", "\u202f"), ink.focus).move_to(middles[2])

        def walk(share: float) -> Changed:
            """The frames go through the cells in reading order, and leave each product behind."""
            cell = min(64 * share, 63.0)
            for frame in frames:
                frame.go(*divmod(int(cell), picture.SIDE))
            return (cells.show(one * other * np.clip(64 * share - np.arange(64), 0, 1)), *frames)

        with self.beat(
            "In numbers: multiply entry by entry, and add. So it works for pictures too, cell by cell."
        ) as beat:
            self.play(FadeIn(*tables, *signs, *frames, cells), run_time=0.6)
            self.play(drive(walk, rate_func=evenly), run_time=beat.fill("pictures"))
            self.play(FadeOut(*frames), run_time=0.3)
            gather = drive(lambda t: cells.put(final + t * (middles[2] - final), 0.4 * (1 - 0.8 * t)))
            self.play(gather, run_time=1.0)
            self.play(FadeOut(cells), FadeIn(number), run_time=0.5)

        lengths = [float(np.linalg.norm(each)) for each in (one, other)]
        ratio = float(picture.cosine(one, other[None])[0])
        rule = words.formula(
            f"cos theta = frac({product:.0f}, {lengths[0]:.1f} times {lengths[1]:.1f}) "
            f"= {{{{ {ratio:.2f} : value }}}}",
            {"value": ink.focus}, size=ink.TITLE,
        ).move_to((0.0, -2.2, 0.0))  # fmt: skip
        with self.beat(
            "Divide by both lengths, and only the direction counts: a cosine, a similarity, of 0.88."
        ) as beat:
            beat.at("both", words.write(rule), run_time=1.2)
            beat.at("similarity", words.light(rule.part("value")), run_time=1.0)
        self.leave(*tables, *signs, number, rule)

    def compare_pictures(self) -> None:
        """Digits on a ruler of cosines, with all their ink and with the mean taken away."""
        data, rows = picture.digits(), list(COMPARED)
        cosines = [
            picture.cosine(data.values[THREE] - away, data.values[rows] - away) for away in (0.0, data.mean)
        ]
        starts, ends = (np.column_stack([x, self.stack(x)]) for x in cosines)
        ticks = (-0.5, 0, 0.5, 1)
        ruler = Plane(
            (-0.5, 1.1), (0, 4), 12.4, 4.0, x_label="cosine with this three", x_ticks=ticks, y_ticks=[]
        )
        ruler.move_to((0.0, -0.25, 0.0))
        axis = ruler.segment(
            [(-0.5, 0), *((x, -0.06) for x in ticks)], [(1.1, 0), *((x, 0.06) for x in ticks)], ink.faint
        )
        scale = VGroup(axis, ruler.numbers, ruler.names)
        thumbs, itself = [digit(row, 0.1) for row in rows], digit(THREE, 0.1).move_to(ruler.at(1.0, 0.55))
        stems = ruler.stems(starts[:, 0], 0, 0, ink.chalk, THIN)
        pair = {"another three": (rows.index(13), ink.focus), "a zero": (rows.index(0), ink.second)}
        frames = [thumbs[number].frame(color=color) for number, color in pair.values()]
        self.spots = starts

        def stand(share: float) -> Changed:
            self.spots = blend(starts, ends, share)
            for thumb, spot in zip(thumbs, ruler.at(self.spots), strict=True):
                thumb.move_to(spot)
            return (stems.stand(self.spots[:, 0], 0.0, 0.12), *thumbs, *(frame.go() for frame in frames))

        gauges = [
            Gauge(name, partial(lambda number: self.spots[number, 0], number), 2, color=color, digits=2)
            for name, (number, color) in pair.items()
        ]
        for gauge, height in zip(gauges, (2.2, 1.6), strict=True):
            gauge.move_to((-4.6, height, 0.0))
        stand(0.0)
        with self.beat("Another three comes to 0.88. But a zero has 0.62 as well.") as beat:
            self.play(FadeIn(scale, itself), run_time=0.6)
            self.play(FadeIn(stems, *thumbs), run_time=0.6)
            for word, frame, gauge in zip(("another", "zero"), frames, gauges, strict=True):
                beat.at(word, FadeIn(frame, gauge))
        with self.beat(
            "Ink is never negative, so all pictures point alike. Take away the mean picture, "
            "and they spread: 0.57, and −0.16."
        ) as beat:
            beat.until("Take")
            self.play(drive(stand), run_time=beat.fill("0.57"))
            self.play(gauges[0].light())
            beat.at("−0.16", gauges[1].light())
        score = words.headline(f"{100 * picture.named_by_nearest(data):.1f} %")
        meant = words.label(f"of {len(data.kinds):,} digits named rightly", ink.quiet)
        place.under(score, gauges[1], gap=0.5)
        place.under(meant, score, gap=0.2)
        with self.beat(
            "Even with all its ink, the nearest picture names 98.9 percent of 1,797 digits rightly."
        ) as beat:
            self.play(drive(lambda t: stand(1 - t)), run_time=beat.fill("names"))
            beat.at("98.9", FadeIn(score, meant))

    def stack(self, xs: Floats, wide: float = 0.11) -> Floats:
        """Heights (n,) at which pictures over ``xs`` (n,) do not lie on one another."""
        heights = np.zeros(len(xs))
        for here in np.argsort(xs):
            near = [
                heights[there]
                for there in range(len(xs))
                if heights[there] and abs(xs[here] - xs[there]) < wide
            ]
            heights[here] = next(y for y in 0.55 + 0.9 * np.arange(9) if y not in near)
        return heights

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
        ghost = Lattice(self.plane, color=ink.focus, opacity=0.5).lay(PUSH)
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
            sheet.lay(last @ first)
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
        return (self.sheet.lay(matrix),)

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
        trail = Trail(
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

    # --- eigenvectors

    @chapter("Two arrows keep their line", "eigenvectors as directions that only stretch")
    def two_arrows_keep_their_line(self) -> None:
        self.find_them()
        self.relabel_the_sheet()
        self.push_again_and_again()
        self.admit_that_some_have_none()

    def find_them(self) -> None:
        """The ring of the beginning, with the lines that its arrows came from."""
        plane, sheet = self.plane, self.sheet
        spokes = plane.segment(-9 * linear.ring()[:0], 9 * linear.ring()[:0], ink.faint, HAIR)
        tips = linear.ring()
        spokes.lay(0 * tips, 2.6 * tips)
        arrows = self.ring(sheet, 1.25)
        self.add(sheet, spokes, *arrows)

        def push(share: float) -> Changed:
            matrix = blend(REST, PUSH, share)
            sheet.lay(matrix)
            return self.dye(arrows, matrix, share)

        with self.beat("Back to the ring. Thin spokes mark the line of each arrow. Now push.") as beat:
            beat.at("Thin", words.light(spokes), run_time=1.0)
            beat.until("push")
            self.play(sheet.drive(push), run_time=2.0)
        lines = self.kept_lines(plane)
        equation = words.formula(
            "A {{ bold(v) : v }} = {{ lambda : l }} {{ bold(v) : v2 }}",
            {"v": ink.focus, "v2": ink.focus, "l": ink.third}, size=ink.TITLE,
        )  # fmt: skip
        factors = [
            words.formula(
                f'A vec(delim: "[", {x:.0f}, {y:.0f}) = {{{{ {value:g} : l }}}} vec(delim: "[", {x:.0f}, {y:.0f})',
                {"l": ink.third},
            )
            for value, (x, y) in zip(self.kept.values, ((1, 1), (2, -1)), strict=True)
        ]
        place.aside(*factors, equation, gap=0.55)
        with self.beat(
            "Nearly all swing off their spokes. Two lines keep theirs, and there the arrows only stretch."
        ) as beat:
            beat.at("Two", *(Create(line) for line in lines), run_time=0.9)
        with self.beat("One comes out twice as long, the other half as long.") as beat:
            beat.at("twice", words.write(factors[0]), run_time=0.8)
            beat.at("half", words.write(factors[1]), run_time=0.8)
        with self.beat(
            "Such a vector is an eigenvector: the matrix does no more to it than a number, the eigenvalue."
        ) as beat:
            beat.at("eigenvector", words.write(equation), run_time=0.8)
            beat.at("number", words.light(equation.part("l")), run_time=1.0)
        self.leave(spokes, *arrows, equation)
        self.lines, self.factors = lines, factors

    def relabel_the_sheet(self) -> None:
        """A grid along the kept lines needs two numbers only."""
        frame = self.kept.vectors.T
        slanted = Lattice(self.plane, color=ink.focus, opacity=0.55).lay(frame)
        cell = slanted.polygon(TILE)
        steps = slanted.arrows(TILE[[1, 3]], ink.focus, 6)
        values = np.diag(self.kept.values)
        two = words.formula(
            f'mat(delim: "[", {{{{ {values[0, 0]:g} : a }}}}, 0; 0, {{{{ {values[1, 1]:g} : b }}}})',
            {"a": ink.third, "b": ink.third}, size=ink.TITLE,
        )  # fmt: skip
        place.under(two, self.factors[1], gap=0.7)
        with self.beat("Now rule the sheet along these two lines instead.") as beat:
            self.play(self.lay(PUSH, REST), run_time=1.0)
            self.play(FadeOut(self.sheet), FadeIn(slanted), run_time=0.8)
            self.play(FadeIn(cell, steps), run_time=0.6)
        with self.beat(
            "Push again. In this grid nothing slides: one side doubles, the other halves. "
            "The whole push is two numbers, and their product is its determinant."
        ) as beat:
            self.play(
                slanted.drive(lambda t: slanted.lay(blend(REST, PUSH, t) @ frame)),
                run_time=beat.fill("whole"),
            )
            beat.at("two", words.write(two), run_time=0.8)
        self.leave(slanted, cell, steps, two, *self.factors)

    def push_again_and_again(self) -> None:
        """Power iteration, drawn on the circle."""
        way = linear.push_again(PUSH, (1.0, 0.0), 6)
        degrees = linear.degrees_of(way)
        self.angle = 0.0
        arrow = self.plane.vector((0, 0), 2.4 * way[0], ink.chalk, 6)
        rim = self.plane.circle((0, 0), 2.4, ink.faint, HAIR)
        gauge = Gauge("angle", lambda: self.angle, 0, "°", ink.chalk, digits=2)
        place.aside(gauge)
        left = [self.plane.vector((0, 0), 2.4 * v, ink.faint, THIN) for v in way[:-1]]

        def swing(start: float, end: float, share: float) -> Changed:
            self.angle = start + share * (end - start)
            return (arrow.point((0, 0), 2.4 * linear.arrow(self.angle)),)

        with self.beat(
            "Take some other arrow, and push it again and again, back to the same length each time: "
            "27 degrees, 40, 44, 45."
        ) as beat:
            self.play(FadeIn(rim, arrow, gauge), run_time=0.6)
            for number, word in enumerate(("27", "40", "44", "45")):
                beat.until(word)
                self.add(left[number], arrow)
                self.play(
                    FadeIn(left[number]),
                    drive(partial(swing, degrees[number], degrees[number + 1])),
                    run_time=0.6,
                )
        with self.beat(
            "The strongest direction wins, from almost any start. Only on the other line would it stay."
        ) as beat:
            beat.at("strongest", self.glow(self.lines[0]), run_time=1.0)
            beat.at("other", self.glow(self.lines[1]), run_time=1.0)
        self.leave(rim, arrow, gauge, *left[:4], *self.lines)

    def glow(self, line: StraightLine) -> Animation:
        """A line grows thicker for a moment."""
        return drive(lambda t: line.set_stroke(width=THIN + 5 * np.sin(np.pi * t)))

    def admit_that_some_have_none(self) -> None:
        """A quarter turn keeps no line."""
        sheet = Lattice(self.plane, opacity=0.7)
        arrows = self.ring(sheet, 1.9)
        with self.beat("Not every matrix keeps two lines. A quarter turn moves every arrow off its own."):
            self.play(FadeIn(sheet, *arrows), run_time=0.6)

            def turn(share: float) -> Changed:
                sheet.lay(linear.rotation(90 * share))
                return self.dye(arrows, linear.rotation(max(90 * share, 1e-3)), share)

            self.play(sheet.drive(turn), run_time=2.8)

    # --- singular values

    @chapter("Turn, stretch, turn", "SVD as rotate, stretch, rotate")
    def turn_stretch_turn(self) -> None:
        self.plane = place.picture(
            Plane((-3.4, 3.4), (-2.15, 2.15), 9.2, 5.6, equal=True, x_ticks=[], y_ticks=[])
        )
        self.sheet = Lattice(self.plane, opacity=0.7)
        self.steps = linear.take_apart(PUSH)
        self.rim = self.sheet.polygon(linear.circle(), ink.chalk, 4, fill=0.0)
        self.measure_the_longest()
        self.take_three_steps()

    def measure_the_longest(self) -> None:
        """The misunderstanding: the eigenvector is not the direction that grows most."""
        sheet, vector = self.sheet, self.kept.vectors[0]
        eigen = sheet.arrows(vector, ink.focus, 6)
        longest = sheet.arrows(self.steps.longest, ink.third, 6)
        spokes = self.plane.segment(0 * self.steps.longest, 4 * self.steps.longest, ink.third, dashed=True)
        spokes.lay((0, 0), 2.1 * self.steps.longest / self.steps.longest[1])
        line = self.plane.line((-vector[1], vector[0]), 0.0, color=ink.focus, width=HAIR)
        self.add(sheet, self.rim, line, eigen)
        with self.beat(
            "Is the strong eigenvector the direction that grows most? Push a whole circle."
        ) as beat:
            beat.until("Push")
            self.play(self.lay(REST, PUSH), run_time=2.2)
        lengths = [
            Gauge("eigenvector", lambda: np.linalg.norm(PUSH @ vector), 3, color=ink.focus),
            Gauge("longest", lambda: self.steps.stretch[0], 3, color=ink.third),
        ]
        turned = Gauge(
            "turned by",
            lambda: linear.degrees_of(self.steps.longest) - linear.degrees_of(sheet.at(self.steps.longest)),
            0,
            "°",
            digits=2,
        )
        place.aside(*lengths, turned)

        reach = self.plane.circle((0, 0), float(self.kept.values[0]), ink.focus, HAIR)
        with self.beat(
            "It becomes an ellipse. Our eigenvector is 2 long, but the longest arrow reaches 2.065: another one."
        ) as beat:
            beat.at("2", FadeIn(lengths[0]), Create(reach), run_time=0.9)
            beat.at("longest", FadeIn(longest))
            beat.at("2.065", FadeIn(lengths[1]))
        with self.beat(
            "And it did not keep its line: on the way it turned, by 11 degrees. "
            "Longest stretch and kept line are two different questions."
        ) as beat:
            self.play(Create(spokes), FadeIn(turned), run_time=0.6)
            self.play(self.lay(PUSH, REST), run_time=beat.fill("turned"))
            self.play(self.lay(REST, PUSH), run_time=beat.fill("Longest"))
        self.leave(eigen, line, spokes, reach, *lengths, turned, run_time=0.4)
        self.sheet.free(eigen)
        self.longest = longest

    def take_three_steps(self) -> None:
        """The push as a turn, a stretch along the axes and a turn."""
        sheet, steps = self.sheet, self.steps
        ghost = Lattice(self.plane, color=ink.focus, opacity=0.45).lay(PUSH)
        other = sheet.arrows(linear.arrow(90.0 - steps.first), ink.fourth, 6)
        rule = words.formula(
            "A = {{ U : last }} thin {{ Sigma : stretch }} thin {{ V^T : first }}",
            {"stretch": ink.focus}, size=ink.TITLE,
        )  # fmt: skip
        values = [
            Gauge(f"$sigma_{number + 1}$", partial(steps.stretch.__getitem__, number), 3, color=color)
            for number, color in enumerate((ink.third, ink.fourth))
        ]
        place.aside(*values, rule, gap=0.5)

        def step(number: int) -> Animation:
            return sheet.drive(lambda share: sheet.lay(steps.reach(number + share)))

        with self.beat(
            "So take the push apart. First turn the sheet, until the arrow that will be longest lies flat."
        ) as beat:
            self.play(self.lay(PUSH, REST), run_time=beat.fill("turn"))
            self.play(FadeIn(other), run_time=0.4)
            self.play(step(0), run_time=max(beat.fill(), 1.6))
        with self.beat("Stretch along the axes: times 2.065 across, times 0.484 up.") as beat:
            self.play(step(1), run_time=beat.fill("2.065"))
            self.play(FadeIn(values[0]), run_time=0.5)
            beat.at("0.484", FadeIn(values[1]))
        with self.beat("And turn once more. That is our push, exactly.") as beat:
            self.play(step(2), run_time=beat.fill("That"))
            beat.at("exactly", FadeIn(ghost), run_time=0.7)
        with self.beat(
            "Turn, stretch, turn: every matrix can be taken apart like that, perhaps with a flip."
        ) as beat:
            self.play(words.write(rule), FadeOut(ghost), run_time=0.8)
            for word, part in (("stretch", "stretch"), ("every", "last")):
                beat.at(word, words.light(rule.part(part)), run_time=0.8)
        with self.beat(
            "The stretches are its singular values, the largest first, and never negative."
        ) as beat:
            beat.at("singular", *(value.light() for value in values))

    # --- a photograph

    @chapter("A photograph is a stack of plaids", "low-rank approximation of a real image")
    def a_stack_of_plaids(self) -> None:
        grey = picture.photograph()
        self.plaids = picture.weave(grey)
        photo = Photo(grey, 4.5).move_to((-2.0, -0.25, 0.0))
        credit = words.label("photo: vultilion, CC BY 2.0", ink.quiet).next_to(photo, DOWN, buff=0.12)
        with self.beat("A grey photograph is a matrix too: 427 rows and 640 columns of brightness.") as beat:
            self.play(FadeIn(photo, credit), run_time=0.8)
            rows = VGroup(*(words.label(str(size)) for size in grey.shape))
            rows[0].next_to(photo, LEFT, buff=0.2)
            rows[1].next_to(photo, UP, buff=0.2)
            beat.at("427", FadeIn(rows[0]))
            beat.at("640", FadeIn(rows[1]))
        self.leave(rows, run_time=0.4)
        self.unweave(photo, grey)
        self.weave_again(photo)

    def unweave(self, photo: Photo, grey: Floats) -> None:
        """Only the strongest plaid is left: a column times a row."""
        first = self.plaids.keep(1)
        side, top = (self.strip(each) for each in (self.plaids.columns[:, :1], self.plaids.rows[:1]))
        side.next_to(photo, LEFT, buff=0.15)
        top.next_to(photo, UP, buff=0.15)
        with self.beat(
            "So it has singular values. Keep the strongest alone: one column times one row. That is a plaid."
        ) as beat:
            beat.until("strongest")
            self.play(drive(lambda t: photo.show(blend(grey, first, t))), run_time=1.2)
            beat.at("column", FadeIn(side, shift=0.2 * LEFT))
            beat.at("row", FadeIn(top, shift=0.2 * UP))
        self.strips = (side, top)

    def strip(self, values: Floats) -> Photo:
        """A column or a row of a plaid, wide enough to be seen."""
        thick = np.repeat(values / values.max(), 20, axis=0 if len(values) == 1 else 1)
        return Photo(thick, 4.5 * len(thick) / len(self.plaids.columns))

    def weave_again(self, photo: Photo) -> None:
        """Plaid after plaid is added, and the error falls."""
        counts = np.arange(1, 51)
        errors = 100 * self.plaids.error
        whole = photo.values.size
        reel = Reel(counts)
        trail = Trail(
            counts, errors[counts], (0, 52), (0, 42), x_label="plaids", y_label="error (%)",
            x_ticks=(1, 20, 50), y_ticks=(0, 20, 40),
        )  # fmt: skip
        gauges = [
            Gauge("plaids", lambda: counts[reel.row], 0, digits=2),
            Gauge(
                "numbers kept",
                lambda: 100 * self.plaids.stored(int(counts[reel.row])) / whole,
                1,
                "%",
                digits=2,
            ),
            Gauge("error", lambda: errors[counts[reel.row]], 1, "%", ink.focus, digits=2),
        ]
        place.aside(*gauges, trail, gap=0.33)

        def show() -> Changed:
            return (photo.show(self.plaids.keep(reel.value)), trail.reach(reel.value))

        with self.beat(
            "Add the second strongest, and the third. At five, something comes out of the weave."
        ) as beat:
            self.play(FadeIn(*gauges, trail), FadeOut(*self.strips), run_time=0.6)
            for count, word in ((2, "third"), (3, "five"), (5, "comes")):
                self.play(reel.run(count, show), run_time=beat.fill(word))
        with self.beat("At twenty it is a flower, and only 12 percent is missing.") as beat:
            self.play(reel.run(20, show, rate_func=evenly), run_time=beat.fill("12") + 0.6)
            self.play(gauges[2].light())
        with self.beat(
            "Fifty of its 427 plaids: a fifth of the numbers, and an error under 7 percent."
        ) as beat:
            self.play(reel.run(50, show, rate_func=evenly), run_time=beat.fill("fifth"))
            self.play(gauges[1].light())
            beat.at("error", gauges[2].light())
        with self.beat(
            "No other matrix of rank fifty comes closer in squared error. For the eye, JPEG does better."
        ) as beat:
            beat.at("closer", words.light(trail.tip), run_time=1.0)
        with self.beat(
            "Large tables are often like that: most of what they say lies in a few directions."
        ) as beat:
            self.play(reel.run(5, show), run_time=beat.fill("most"))
            self.play(reel.run(50, show), run_time=beat.fill())

    # --- a layer

    @chapter("A layer is a matrix", "why a neural layer is a matrix")
    def a_layer_is_a_matrix(self) -> None:
        self.ask_ten_questions()
        self.fold_the_sheet()
        self.remember()

    def ask_ten_questions(self) -> None:
        """A digit passes under the ten rows of a fitted layer."""
        layer, three = picture.fit_layer(), picture.digits().values[THREE]
        scores = layer.scores(three)
        strength = 0.6 * float(np.abs(layer.weights).max())
        chart = Plane(
            (-0.5, 9.5), (-1.4, 2.0), 12.6, 2.2, y_ticks=[], x_names={kind: str(kind) for kind in range(10)}
        ).move_to((0.0, -1.45, 0.0))
        bars = chart.bars(np.arange(10.0), 0.0, ink.positive, 0.35)
        below = chart.bars(np.arange(10.0), 0.0, ink.negative, 0.35)
        ground = chart.segment((-0.5, 0), (9.5, 0), ink.faint)
        rows = [
            Matrix(row.reshape(picture.SIDE, picture.SIDE), 0.14, largest=strength, lines=False).move_to(
                (chart.at(number, 0)[0], 1.95, 0.0)
            )
            for number, row in enumerate(layer.weights)
        ]
        asked = digit(THREE, 0.11)

        def ask(share: float) -> Changed:
            place_now = -0.9 + 10.2 * share
            asked.move_to((chart.at(place_now, 0)[0], 0.65, 0.0))
            grown = scores * np.clip((place_now - np.arange(10) + 0.25) / 0.5, 0, 1)
            return (asked, bars.stand(np.maximum(grown, 0)), below.stand(np.minimum(grown, 0)))

        with self.beat("Ten pictures, learned from all the digits: blue adds, red takes away.") as beat:
            self.play(LaggedStart(*(FadeIn(row) for row in rows), lag_ratio=0.15), run_time=beat.fill("blue"))
        with self.beat(
            "Our three passes under each, and each asks: how much do you look like me? "
            "The answer is a dot product and a small shift."
        ) as beat:
            ask(0.0)
            self.play(FadeIn(asked, ground, chart.numbers), run_time=0.5)
            self.add(bars, below)
            self.play(drive(ask, rate_func=evenly), run_time=beat.fill() - 0.3)
        best = int(np.argmax(scores))
        value = words.label(f"{scores[best]:.2f}", ink.focus).next_to(
            chart.at(best, scores[best]), RIGHT, buff=0.5
        )
        with self.beat("The loudest answer comes from number three: 1.67.") as beat:
            self.play(FadeOut(asked), run_time=0.4)
            frame = rows[best].frame()
            beat.at("three", FadeIn(frame))
            beat.at("1.67", FadeIn(value))
        rule = words.formula(
            "{{ W : w }} bold(x) + {{ bold(b) : b }}", {"w": ink.fourth, "b": ink.fourth}, size=ink.HEADLINE
        ).move_to((4.9, 0.55, 0.0))
        with self.beat(
            "Ten questions at once: a matrix of ten rows, times one arrow, plus a shift. That is a neural layer."
        ) as beat:
            beat.at("matrix", words.write(rule), run_time=1.0)
            beat.at("shift", words.light(rule.part("b")), run_time=0.8)
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)

    def fold_the_sheet(self) -> None:
        """Two matrices in a row are one; a fold between them is more."""
        sheet = self.sheet
        tile = sheet.polygon(TILE - 0.5, fill=0.25)
        with self.beat("Two such layers in a row? Two matrices make only one.") as beat:
            self.play(FadeIn(sheet, tile), run_time=0.5)
            beat.until("row")
            self.play(self.lay(REST, SIDEWAYS), run_time=1.2)
            self.play(self.lay(SIDEWAYS, PUSH), run_time=1.2)

        def fold(points: Floats) -> Floats:
            return np.asarray(np.maximum(points @ PUSH.T, 0.0))

        with self.beat(
            "So a layer folds the sheet as well: whatever is negative becomes zero. "
            "Without that bend, depth would add nothing."
        ) as beat:
            beat.until("folds")
            self.play(
                sheet.drive(lambda t: sheet.carry(fold, t, start=lambda p: p @ PUSH.T)),
                run_time=beat.fill("Without"),
            )
        self.leave(sheet, tile)

    def remember(self) -> None:
        """The picture to keep: the sheet is pushed, and two arrows stay on their lines."""
        wide = place.picture(Plane((-6.6, 6.6), (-2.8, 2.8), 13.2, 5.6, x_ticks=[], y_ticks=[])).set_x(0)
        sheet = Lattice(wide, opacity=0.7)
        arrows, lines = self.ring(sheet), self.kept_lines(wide)
        self.allow(lines[0], "faint", "it runs along the very arrows that keep it, in their colour")

        def push(share: float) -> Changed:
            matrix = blend(REST, PUSH, share)
            sheet.lay(matrix)
            return self.dye(arrows, matrix, share)

        with self.beat("A matrix moves the whole plane."):
            self.play(FadeIn(sheet, *arrows), run_time=0.6)
            self.play(sheet.drive(push), run_time=1.8)
        with self.beat("Eigenvectors keep their line, and singular vectors carry the stretch.") as beat:
            self.play(*(Create(line) for line in lines), run_time=0.9)
            self.play(sheet.drive(lambda t: push(1 - t)), run_time=beat.fill())
        with self.beat("Learning is choosing the matrix."):
            self.play(sheet.drive(push), run_time=1.8)
        with self.beat("Next: how to choose it when all you feel is a slope. That is calculus."):
            self.play(sheet.drive(lambda t: push((1 + np.cos(2 * np.pi * t)) / 2)), run_time=4.0)

    def poster(self) -> None:
        """The pushed sheet from edge to edge, and the arrows that stay on their lines."""
        width, height = ink.FRAME_WIDTH + 0.2, ink.FRAME_HEIGHT + 0.2
        plane = Plane((-3.2, 3.9), (-2.6, 1.5), width, height, x_ticks=[], y_ticks=[])
        sheet = Lattice(plane, width=4, opacity=0.7)
        arrows = self.ring(sheet, 0.8)
        sheet.lay(PUSH)
        self.dye(arrows, PUSH, 1.0)
        lines = self.kept_lines(plane, 5)
        strong = [
            plane.vector((0, 0), 0.8 * sign * value * v, ink.focus, 9)
            for value, v in zip(self.kept.values, self.kept.vectors, strict=True)
            for sign in (1, -1)
        ]
        text = words.headline("They keep\n[their line:focus]", size=ink.POSTER)
        text.move_to(plane.at(0.5, -1.95))
        self.add(sheet, *lines, *arrows, *strong, Tag(text, 0.8))
