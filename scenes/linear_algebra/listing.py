"""The question of the lesson, and what a vector is."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup, smooth
from manim import linear as evenly

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.tile import Tiles
from scenes.linear_algebra import ground
from scenes.linear_algebra.stage import REST, THREE, LinearAlgebraStage, digit
from scenes.maths.linear_algebra import linear, picture, plane
from scenes.maths.linear_algebra.linear import PUSH
from scenes.maths.shared.flower import irises

HOOK: Final = 1.45
"""Scene units to a unit of the plane of the question."""
RADIUS: Final = 1.6
"""Units of the arrows of the ring."""
CELL: Final = 0.84
"""Scene units of a cell of the large digit."""
WIDE: Final = 26.0
"""How many times as wide as high a number of the poured column is."""
COMBINING: Final = ((0.6, 0.85), 2.3)
"""Middle and unit of the plane on which two vectors are combined."""
SHARES: Final = ((1.0, 1.0), (1.4, 0.4), (-0.6, 0.8), (1.0, 1.0))
"""How much of either vector their linear combinations take, one after the other."""
COMBINED: Final = "s {{ bold(p) : first }} + t {{ bold(q) : second }}"
SHADES: Final = {"first": ink.first, "second": ink.second}
HOUSE: Final = (5, 120, 1974, 2)
"""Rooms, square metres, year built, floors: a house that is made up."""


class Listing(LinearAlgebraStage):
    """The question of the lesson, and what a vector is."""

    @chapter("Anything you can list is a vector", "vectors and what they stand for in ML")
    def anything_you_can_list(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.ask_which_arrows_stay()
        self.combine_two()
        self.list_other_things(self.pour_a_digit())

    def ask_which_arrows_stay(self) -> None:
        """The hook, and the one arrow that stays of it: two across, one up."""
        field = ground.wide_plane((0.0, 0.0), HOOK)
        sheet = ground.grid(field)
        arrows = ground.ring(sheet, RADIUS)
        table = Tag(
            words.formula(
                'mat(delim: "[", row-gap: #0.5em, column-gap: #0.8em, 1, 1; 0.5, 1.5)', size=ink.POINT
            ),
            0.75,
        )
        shot.safe(titled=False).put(table, UP + LEFT)
        traces = ground.spokes(field)
        self.add(sheet, *arrows)
        with self.beat(
            "Four numbers tell each point of this plane where to go. "
            "Which arrows still point the way they did?"
        ) as beat:
            self.play(FadeIn(table), Create(traces), run_time=pace.SLOW)
            self.add(*arrows)
            beat.over(ground.move(sheet, REST, PUSH), until="Which", least=pace.LONG)
            beat.over(ground.move(sheet, PUSH, REST), until="point", least=pace.SLOW)
            beat.over(ground.move(sheet, REST, PUSH), least=pace.SLOW)
        self.think()

        tip = plane.POINT
        one = field.vector((0, 0), RADIUS * linear.arrow(18.0), ink.chalk, ground.BOLD)
        legs = field.segment(
            [[0.0, 0.0], [tip[0], 0.0]], [[tip[0], 0.0], [tip[0], tip[1]]], ink.chalk, LINE, dashed=True
        )
        across = field.label(1.0, 0, "2 across", DOWN)
        up = field.label(tip[0], 0.5, "1 up", RIGHT)
        with self.beat("Keep that question. Take one arrow: two across, one up.") as beat:
            beat.over(ground.move(sheet, PUSH, REST), FadeOut(table, traces), until="one")
            stays = arrows[1]
            sheet.free(stays)
            self.play(
                *(FadeOut(each) for each in arrows if each is not stays),
                glide(stays.redraw, ((0, 0), RADIUS * linear.arrow(18.0)), ((0, 0), tip)),
                self.frame.to(legs, share=0.42, at=(-3.6, 0.2)),
                run_time=pace.SLOW,
            )
            one.redraw((0, 0), tip)
            self.play(FadeIn(one), FadeOut(stays), run_time=pace.QUICK)
            beat.at("two", Create(legs), FadeIn(across))
            beat.at("one up", FadeIn(up))
        listed = Tag(ground.column(["2", "1"], ink.chalk, ink.HEADLINE), 1.0)
        name, part, size = (
            Tag(words.label(text, size=ink.POINT))
            for text in ("[vector:chalk]", "[components:chalk] 2 and 1", "[dimension:chalk] 2")
        )
        column = VGroup(listed, name, part, size).arrange(DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        shot.safe(titled=False).columns(3, 2)[1].put(column, LEFT)
        self.pin(column)
        with self.beat(
            "A list of numbers, drawn as an arrow, is a vector. "
            "Each number is a component; their count is the dimension."
        ) as beat:
            beat.over(FadeIn(listed), until="drawn")
            beat.over("drawn", words.light(one), until="vector")
            beat.over("vector", FadeIn(name), until="Each")
            beat.over("Each", words.light(across), words.light(up), until="component")
            beat.over("component", FadeIn(part), until="count")
            beat.over("dimension", FadeIn(size))
        self.play(FadeOut(column, legs, across, up), self.frame.back(), run_time=pace.CALM)
        self.plain_sheet, self.one = sheet, one

    def combine_two(self) -> None:
        """Two vectors are added and stretched; what they reach is their span."""
        field = ground.wide_plane(*COMBINING)
        sheet = ground.grid(field)
        p, q = plane.POINT, plane.OTHER
        other = field.vector((0, 0), q, ink.second, ground.BOLD)
        steps = field.vector((0, 0), p, ink.first, ground.BOLD).set_z_index(1)
        moved = field.vector((0, 0), q, ink.second, ground.BOLD).set_z_index(1)
        total = field.vector((0, 0), p + q, ink.chalk, ground.BOLD)
        letters = [
            Tag(words.label(f"[${text}$:{color}]", size=ink.POINT)).next_to(
                field.at(tip), side, buff=words.GAP
            )
            for text, tip, side, color in (
                ("bold(p)", p, RIGHT, "first"),
                ("bold(q)", q, LEFT, "second"),
                ("bold(p) + bold(q)", p + q, LEFT, "chalk"),
            )
        ]
        whole = shot.safe(titled=False)
        added = Tag(
            VGroup(
                ground.column(["2", "1"], ink.first, ink.HEADLINE),
                words.headline("+"),
                ground.column(["-1", "1"], ink.second, ink.HEADLINE),
                words.headline("="),
                ground.column(["1", "2"], ink.chalk, ink.HEADLINE),
            ).arrange(RIGHT, buff=0.25)
        )
        whole.put(added, DOWN + RIGHT)
        with self.beat("Two vectors add tip to tail, and entry by entry.") as beat:
            self.play(
                FadeOut(self.plain_sheet, self.one),
                FadeIn(sheet, steps, other, *letters[:2]),
                run_time=pace.BRISK,
            )
            beat.over("add", glide(moved.redraw, (0 * p, q), (p, p + q)), until="and")
            beat.over("and", Create(total), FadeIn(added, letters[2]))
        rule = words.formula(COMBINED, SHADES, size=ink.HEADLINE, symbols={})
        name = words.label("linear combination", size=ink.POINT)
        plate = Tag(VGroup(rule, name).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT))
        whole.put(plate, UP + RIGHT)

        def mix(now: Floats) -> tuple[Mobject, ...]:
            first, second = now[:, None] * np.array([p, q])
            return (
                steps.redraw((0, 0), first),
                moved.redraw(first, first + second),
                total.redraw((0, 0), first + second),
            )

        with self.beat(
            "A number stretches a vector, or reverses it. Stretch and add: that is a linear combination."
        ) as beat:
            self.play(FadeOut(*letters, added, other), run_time=pace.QUICK)
            shares = [np.array(each) for each in SHARES]
            for word, end, start, now in zip(
                ("stretches", "reverses", "Stretch"), ("reverses", "Stretch", "linear"), shares[:-1], shares[1:],
                strict=True,
            ):  # fmt: skip
                beat.over(word, glide(mix, start, now), until=end)
            beat.over("linear", FadeIn(plate))
        reached = Lattice(field, color=ink.chalk, width=ground.GRID, opacity=0.6)
        reached.redraw(np.column_stack([p, q]))
        spanned = Tag(words.headline("span"))
        whole.put(spanned, UP + LEFT)
        line = field.line((-p[1], p[0]), 0.0, color=ink.chalk, width=2 * LINE)
        with self.beat(
            "The span is what such combinations reach: here, the whole plane. Two on one line span just that line."
        ) as beat:
            beat.over("span", FadeIn(spanned), until="reach")
            beat.over("reach", FadeIn(reached), until="Two")
            beat.over(
                "Two",
                FadeOut(reached, total, plate),
                glide(moved.redraw, (p, p + q), (0 * p, -p)),
                until="span just",
            )
            beat.over("span just", Create(line))
        self.play(FadeOut(sheet, steps, moved, line, spanned), run_time=pace.BRISK)

    def pour_a_digit(self) -> Tiles:
        """A handwritten three becomes one column of 64 numbers."""
        values = picture.digits().values[THREE].reshape(picture.SIDE, picture.SIDE)
        whole = shot.safe(titled=False)
        left, right = whole.columns(1, 1)
        tiles = Tiles(values, CELL, heat=ink.chalk, largest=picture.WHITE)
        first, start = tiles.table(whole.middle, CELL), tiles.table(left.middle, CELL)
        tiles.put(first)
        shown = Matrix(values, CELL, heat=ink.chalk, largest=picture.WHITE, decimals=0, size=ink.POINT)
        shown.move_to(whole.middle)
        trace = digit(THREE, CELL).move_to(left.middle).shade(0.25)
        low = left.height / tiles.values.size
        end = tiles.column(right.columns(1, 1)[0].middle, low)
        late = np.arange(len(end))[:, None] // picture.SIDE / picture.SIDE

        def pour(share: float) -> Mobject:
            own = np.array([[smooth(float(each))] for each in np.clip(2 * share - late[:, 0], 0, 1)])
            tiles.put(start + own * (end - start), 1.0)
            for tile, gone in zip(tiles, own[:, 0], strict=True):
                high = blend(CELL, low, float(gone))
                tile.stretch(blend(CELL, WIDE * low, float(gone)), 0).stretch(high, 1)
            return tiles

        with self.beat("A handwritten three is a list as well: 64 cells, each a brightness.") as beat:
            beat.over(FadeIn(tiles), until="list")
            beat.over("list", FadeIn(shown))
        count = words.headline("64", size=ink.HEADLINE).next_to(end.mean(axis=0), RIGHT, buff=1.8)
        unit = words.caption(count, "numbers", DOWN)
        with self.beat("Pour row after row into one column: the picture as a vector.") as beat:
            self.play(FadeOut(shown, run_time=pace.QUICK), glide(tiles.put, first, start), run_time=pace.CALM)
            self.add(trace, tiles)
            beat.over(drive(pour, rate_func=evenly), until="vector", least=pace.LONG)
            beat.at("vector", FadeIn(count, unit))
        self.poured = VGroup(count, unit)
        self.trace = trace
        return tiles

    def list_other_things(self, tiles: Tiles) -> None:
        """Other lists of numbers, and the arrow again."""
        places = shot.safe(titled=False).columns(1, 1)
        flower, house = (
            Matrix(
                np.array(values, dtype=float)[:, None],
                (3.2, 1.45),
                heat=ink.chalk,
                largest=most,
                decimals=places_,
                size=ink.HEADLINE,
            )
            for values, most, places_ in ((irises().points[0], 40.0, 1), (HOUSE, 9000.0, 0))
        )
        lists = [flower, house]
        names = [words.label(text, size=ink.POINT) for text in ("a flower", "a house (invented)")]
        for one, name, region in zip(lists, names, places[:2], strict=True):
            region.put(one, DOWN + RIGHT)
            name.next_to(one, UP, buff=2 * words.GAP, aligned_edge=RIGHT)
        rows = [
            ("sepal length", "sepal width", "petal length", "petal width"),
            ("rooms", "m²", "built", "floors"),
        ]
        parts = VGroup(
            *(
                words.caption(one.box(number)[[0, 3]].mean(axis=0), text, LEFT, ink.quiet, size=ink.NOTE)
                for one, texts in zip(lists, rows, strict=True)
                for number, text in enumerate(texts)
            )
        )
        with self.beat(
            "Four measures of a flower, the figures of a house: a list of numbers is a vector."
        ) as beat:
            self.play(
                FadeOut(tiles, self.trace, self.poured),
                FadeIn(flower, names[0], *parts[:4]),
                run_time=pace.BRISK,
            )
            beat.until("figures")
            beat.over("figures", FadeIn(house, names[1], *parts[4:]), until="list")
        _, sheet, arrow, listed = plain_arrow()
        with self.beat("An arrow to think with, a column to compute with.") as beat:
            self.play(FadeOut(*lists, *names, parts), FadeIn(sheet), run_time=pace.CALM)
            beat.over(Create(arrow), until="column")
            beat.over("column", words.write(listed), until="compute")
            beat.over("compute", words.light(listed), words.light(arrow))


def plain_arrow() -> tuple[Plane, Mobject, Arrows, words.Words]:
    """The plane on which vectors are compared, its grid, the vector x on it and its column."""
    field = ground.wide_plane((1.95, 3.2), 0.95)
    arrow = field.vector((0, 0), plane.X, ink.chalk, ground.BOLD)
    listed = ground.column([f"{value:g}" for value in plane.X], ink.chalk)
    listed.next_to(field.at(plane.X), LEFT + UP, buff=2 * words.GAP)
    return field, ground.quiet_grid(field), arrow, listed
