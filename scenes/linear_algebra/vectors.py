"""Arrows as lists of numbers, and the shadow that one casts on another."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Mobject,
    VGroup,
    smooth,
)
from manim import linear as evenly

from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.matrix import Matrix
from scenes.kit.noun import HAIR, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.tile import Tiles
from scenes.linear_algebra.stage import REST, THREE, LinearAlgebraStage, blend, digit
from scenes.maths.linear_algebra import linear, picture
from scenes.maths.linear_algebra.linear import PUSH
from scenes.maths.shared.flower import irises

PLACED = (0, 1, 2, 4, 5, 6, 8, 14, 18, 19)
"""Rows of other digits that lie apart on the plane of the two cells below."""
CELLS = (20, 36)
"""Two cells of a digit, counted from 0, that make the axes of a plane."""
COMPARED = (0, 1, 2, 4, 5, 6, 7, 8, 9, 13)
"""Rows of the digits that are compared with the three: one of each other kind, and another three."""


class Vectors(LinearAlgebraStage):
    """Arrows as lists of numbers, and the shadow that one casts on another."""

    edition = 1

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
            rays.redraw(spots * along + 3.2 * up, spots * along + height[:, None] * up)
            shade.redraw((0, 0), foot * along).set_stroke(ink.focus if foot >= 0 else ink.negative)
            tag_u.move_to(plane.at(1.14 * self.u))
            return (arrow_u.redraw((0, 0), self.u), rays, shade, tag_u)

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
                frame.redraw(*divmod(int(cell), picture.SIDE))
            return (cells.redraw(one * other * np.clip(64 * share - np.arange(64), 0, 1)), *frames)

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
            return (stems.redraw(self.spots[:, 0], 0.0, 0.12), *thumbs, *(frame.redraw() for frame in frames))

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
