"""Arrows as lists of numbers, and the shadow that one casts on another."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import (
    DOWN,
    Create,
    FadeIn,
    FadeOut,
    VGroup,
)
from manim import linear as evenly

from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.noun import HAIR, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.tile import Tiles
from scenes.linear_algebra.stage import THREE, LinearAlgebraStage, blend, digit
from scenes.maths.linear_algebra import linear, picture

PLACED = (0, 1, 2, 4, 5, 6, 8, 14, 18, 19)
"""Rows of other digits that lie apart on the plane of the two cells below."""
CELLS = (20, 36)
"""Two cells of a digit, counted from 0, that make the axes of a plane."""
COMPARED = (0, 1, 2, 4, 5, 6, 7, 8, 9, 13)
"""Rows of the digits that are compared with the three: one of each other kind, and another three."""


class Vectors(LinearAlgebraStage):
    """Arrows as lists of numbers, and the shadow that one casts on another."""

    edition = 1

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
