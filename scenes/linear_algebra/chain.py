"""One linear map after another is the matrix product."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Swap, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.linear_algebra import ground
from scenes.linear_algebra.landing import COLUMNS, LOW_LEFT, MIDDLE, PUSHED, UNIT
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage
from scenes.maths.linear_algebra import plane
from scenes.maths.linear_algebra.linear import PUSH, SIDEWAYS, UPWARD

LESS: Final = 0.37
"""Share of the picture that the columns take, so that there is room above them to move to."""
NEAR: Final = 0.85
"""Share of the picture that both tiles take when they are held against each other."""
TILES: Final = (-1.4, 0.2)
"""Where the camera has them, between the words."""
FOLLOWED: Final = np.array([0.5, 1.0])
"""A vector that goes through both shears."""
WORKED: Final = (
    '& mat(delim: "[", {{ 0.5 : l }}, {{ 1 : r }}) vec(delim: "[", {{ 1 : t }}, {{ 1 : b }})'
    " \\ &= {{ 0.5 : l2 }} dot {{ 1 : t2 }} + {{ 1 : r2 }} dot {{ 1 : b2 }} = {{ 1.5 : all }}"
)
"""One entry of the matrix product."""
LAID_DOWN: Final = (
    '$bold(w)^T bold(x) = mat(delim: "[", 8, 6) vec(delim: "[", 3, 4)$\n$= 48 = bold(w) dot bold(x)$'
)
"""The dot product of chapter 2 as a matrix product."""


def table(name: str, matrix: Floats) -> Tag:
    """``matrix`` (2, 2) over its ``name``, its columns in the colours of the basis, on a plate."""
    rows = "; ".join(f"{{{{ {one:g} : one }}}}, {{{{ {two:g} : two }}}}" for one, two in matrix)
    entries = words.formula(
        f'mat(delim: "[", row-gap: #0.4em, column-gap: #0.8em, {rows})',
        {"one": ink.first, "two": ink.second},
        size=ink.POINT,
        symbols={},
    )
    return Tag(VGroup(entries, words.caption(entries, f"${name}$", DOWN, size=ink.POINT)))


def product(*names: str) -> list[Tag]:
    """Two matrices and what they make, by name, one beside the other: last, first, product."""
    made = dict(zip(("C", "B", "C B", "B C"), (UPWARD, SIDEWAYS, *plane.both_orders()), strict=True))
    last, first, both = (table("A" if name == "C B" else name, made[name]) for name in names)
    equal = Tag(words.label("$=$", size=ink.POINT))
    row = VGroup(last, first, equal, both).arrange(RIGHT, buff=words.GAP, aligned_edge=DOWN)
    equal.set_y(float(both.text[0].get_y()))
    shot.safe(titled=False).put(row, UP + RIGHT)
    return [last, first, equal, both]


def target(sheet: Lattice) -> Lattice:
    """The grid under A, as a place to be hit."""
    return Lattice(sheet.plane, color=ink.chalk, width=1.5 * HAIR, opacity=0.4).redraw(PUSH)


class Chain(LinearAlgebraStage):
    """Two shears in a row, the matrix product, and the other order."""

    @chapter("One map after another", "matrix product as composition", goes_on=True)
    def one_map_after_another(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        field = ground.wide_plane(MIDDLE, UNIT)
        self.sheet_now = ground.grid(field)
        self.columns_now = ground.basis(self.sheet_now)
        self.sheet_now.redraw(PUSH)
        self.free_room = shot.safe(titled=False)
        self.ghost_before = ground.ghost(field)
        self.add(self.ghost_before, self.sheet_now, *self.columns_now)
        self.take_it_apart()
        self.send_columns_through()
        self.swap_the_order()

    def take_it_apart(self) -> None:
        """Two shears land where A lands."""
        net = self.sheet_now
        self.hit = target(net)
        second, first, *self.result = product("C", "B", "C B")
        self.pin(second, first, *self.result)
        name = Tag(words.label("[shear:chalk]", size=ink.POINT))
        self.free_room.put(name, UP + LEFT)
        with self.beat("Can simpler maps build this one? Keep its grid as the goal, and go back.") as beat:
            beat.over(words.light(self.columns_now[0]), words.light(self.columns_now[1]), until="Keep")
            beat.over("Keep", FadeIn(self.hit), until="go")
            beat.over("go", ground.move(net, PUSH, REST), FadeOut(self.ghost_before), least=pace.SLOW)
        with self.beat("First slide each row sideways, in proportion to its height: a shear, B.") as beat:
            beat.over("slide", ground.move(net, REST, SIDEWAYS), until="shear", least=pace.SLOW)
            beat.over("shear", FadeIn(name, first))
        with self.beat(
            "Then slide everything upward, by half its distance to the right: another shear, C."
        ) as beat:
            beat.over("slide", ground.move(net, SIDEWAYS, PUSH), until="another", least=pace.SLOW)
            beat.over("another", words.light(name.text), FadeIn(second))
        self.b_table, self.c_table, self.shear_name = first, second, name

    def send_columns_through(self) -> None:
        """The product by its columns, and by its entries."""
        net, field = self.sheet_now, self.sheet_now.plane
        result = self.result
        called = Tag(words.note("[matrix product:chalk]\n[composition:chalk]", size=ink.POINT))
        self.free_room.put(called, UP + LEFT)
        with self.beat("Hit. One map after another, a composition, is the matrix product: A is C B.") as beat:
            beat.over(words.light(self.hit.axes, ink.chalk), until="One")
            beat.over("One", FadeOut(self.shear_name), FadeIn(called), until="A is")
            beat.over("A is", FadeIn(*result))
        self.follow_one_vector(called)
        starts = [
            Tag(ground.column([f"{value:g}" for value in column], color), 1.0)
            for column, color in zip(SIDEWAYS.T, (ink.first, ink.second), strict=True)
        ]
        ends = [
            Tag(ground.column([f"{value:g}" for value in column], color), 1.0)
            for column, color in zip(PUSH.T, (ink.first, ink.second), strict=True)
        ]
        for tags, matrix in ((starts, SIDEWAYS), (ends, PUSH)):
            for tag, tip in zip(tags, REST, strict=True):
                tag.next_to(field.at(matrix @ tip), RIGHT, buff=words.GAP)
        with self.beat(
            "How to compute it? Send the columns of B through C: they land on A's columns."
        ) as beat:
            self.play(
                ground.move(net, PUSH, SIDEWAYS),
                self.frame.to(*self.columns_now, share=LESS, at=LOW_LEFT),
                run_time=pace.SLOW,
            )
            beat.over(FadeIn(*starts), until="through")
            beat.over("through", ground.move(net, SIDEWAYS, PUSH), FadeOut(*starts), until="A's")
            beat.over(FadeIn(*ends), *(words.light(each) for each in self.columns_now))
            self.play(self.frame.back(), words.light(result[-1].text), run_time=pace.CALM)
        worked = Tag(
            words.formula(
                WORKED, dict.fromkeys(("t", "b", "t2", "b2"), ink.second), size=ink.POINT, symbols={}
            )
        )
        self.free_room.put(worked, UP + LEFT)
        part = worked.text.part
        with self.beat("Each entry is a dot product: a row of C with a column of B.") as beat:
            beat.over(FadeOut(*ends), FadeIn(worked), until="row")
            beat.over("row", words.light(part("l")), words.light(part("r")), until="column")
            beat.over("column", words.light(part("t")), words.light(part("b")))
        self.flip_across_the_diagonal(worked)

    def flip_across_the_diagonal(self, worked: Tag) -> None:
        """The transpose, and the dot product written with it."""
        flipped = words.formula(PUSHED, COLUMNS, size=ink.HEADLINE, symbols={})
        low, high = flipped.part("b"), flipped.part("c")
        name = words.label("[transpose:chalk]", size=ink.POINT)
        before, after = (
            words.label(f"[$A{mark}$:chalk]", size=ink.HEADLINE).next_to(flipped, RIGHT, buff=2 * words.GAP)
            for mark in ("", "^T")
        )
        name.next_to(after, RIGHT, buff=3 * words.GAP)
        plate = Tag(VGroup(flipped, before, name), opacity=1.0)
        self.free_room.put(plate, UP + LEFT)
        after.move_to(before, aligned_edge=DOWN + LEFT)
        laid = Tag(words.note(LAID_DOWN, size=ink.POINT, colors={"bold(w)": ink.third, "bold(x)": ink.chalk}))
        self.free_room.put(laid, UP + RIGHT)
        with self.beat(
            "Flip A across its diagonal, rows made columns: the transpose. So w dot x is w transposed x."
        ) as beat:
            self.play(
                FadeOut(worked, self.b_table, self.c_table, *self.result), FadeIn(plate), run_time=pace.QUICK
            )
            beat.over(
                Swap(low, high),
                FadeOut(before),
                FadeIn(after),
                until="transpose",
                least=pace.SLOW,
            )
            beat.over("transpose", words.light(name), until="So")
            beat.over("So", FadeIn(laid))
        for grid in (self.sheet_now, self.hit):
            self.allow(after, grid, "it leaves with its plate, through which the grid comes back")
        self.leave(plate, after, laid)

    def follow_one_vector(self, called: Tag) -> None:
        """Why the right matrix goes first: it meets the vector."""
        net = self.sheet_now
        rule = Tag(words.label("[$(C B) bold(x) = C (B bold(x))$:chalk]", size=ink.HEADLINE))
        self.free_room.put(rule, UP + LEFT)
        one = net.arrows([FOLLOWED], ink.chalk, ground.BOLD)
        stops = [FOLLOWED, SIDEWAYS @ FOLLOWED, PUSH @ FOLLOWED]
        names = [
            ground.letter(text, ink.chalk).next_to(net.plane.at(stop), side, buff=words.GAP)
            for text, stop, side in zip(
                ("bold(x)", "B bold(x)", "C B bold(x)"), stops, (UP, RIGHT, RIGHT), strict=True
            )
        ]
        left = [net.plane.vector((0, 0), stop, ink.quiet, THIN) for stop in stops[:2]]
        with self.beat(
            "Why does B stand on the right? It meets x first: C B times x is C times B x."
        ) as beat:
            self.play(FadeOut(called), ground.move(net, PUSH, REST), run_time=pace.CALM)
            beat.over(FadeIn(one, names[0]), until="meets")
            self.add(left[0], one)
            beat.over("meets", ground.move(net, REST, SIDEWAYS), words.light(self.b_table.text), until="C B")
            self.add(left[1], one)
            self.play(FadeIn(rule, names[1]), run_time=pace.QUICK)
            beat.over(
                ground.move(net, SIDEWAYS, PUSH), words.light(self.c_table.text), until="B x", least=pace.SLOW
            )
            self.play(FadeIn(names[2]), run_time=pace.QUICK)
        self.play(FadeOut(rule, one, *names, *left), run_time=pace.QUICK)
        net.free(one)

    def swap_the_order(self) -> None:
        """The same two shears the other way round."""
        net = self.sheet_now
        _, swapped = plane.both_orders()
        other = product("B", "C", "B C")
        goal = self.result[-1]
        other[-1].next_to(goal, DOWN, buff=2 * words.GAP).align_to(goal, RIGHT)
        gaps = net.plane.segment(PUSH.T, swapped.T, ink.error, ground.BOLD, dashed=True)
        aim = net.plane.polygon(TILE @ PUSH.T, ink.chalk, LINE)
        tile = net.polygon(TILE, ink.chalk, THIN, 0.2)
        unequal = Tag(words.label("$C B != B C$", size=ink.HEADLINE))
        self.free_room.put(unequal, UP + LEFT)
        self.pin(other[-1], unequal)
        with self.beat("Now swap them: C first, then B. Will they reach the same grid?") as beat:
            self.play(FadeOut(self.hit), FadeIn(aim), run_time=pace.QUICK)
            beat.over(ground.move(net, PUSH, REST), FadeIn(tile), until="then")
            beat.over(ground.move(net, REST, UPWARD), least=pace.SLOW)
        with self.beat("They miss it. Order matters: C B is not B C.") as beat:
            beat.over(
                ground.move(net, UPWARD, swapped),
                self.frame.to(aim, gaps, share=NEAR, at=TILES),
                until="Order",
                least=pace.SLOW,
            )
            beat.over("Order", Create(gaps), FadeIn(unequal), until="not")
            beat.over("not", FadeIn(goal, other[-1]))
