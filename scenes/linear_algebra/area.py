"""The determinant: what a map does to area."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.frame import WHOLE
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.linear_algebra.ground import basis, ghost, grid, move, wide_plane
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage
from scenes.linear_algebra.wide import LETTER, beside, staying
from scenes.maths.linear_algebra import linear
from scenes.maths.linear_algebra.cutting import cut_away
from scenes.maths.linear_algebra.linear import PUSH

MIDDLE: Final = (1.95, 0.95)
UNIT: Final = 2.3
"""Scene units to one of the plane's."""
AT_LEFT: Final = (-3.4, 0.5)
"""Where the camera brings what stands beside words."""
FLAT: Final = 0.5
"""How high the second column's tip stands when it lies on the line of the first."""
SUNK: Final = -0.5
"""How low it sinks."""
COLUMN: Final = shot.Region(1.0, -2.5, shot.SAFE.right, shot.SAFE.top)
CORNER: Final = shot.Region(shot.SAFE.left, 1.5, 0.0, shot.SAFE.top)
LAW: Final = (
    'det mat(delim: "[", {{ a : a }}, {{ b : b }}; {{ c : c }}, {{ d : d }})'
    " = {{ a : a }} {{ d : d }} - {{ b : b }} {{ c : c }}"
)
COLUMNS: Final = {"a": ink.first, "c": ink.first, "b": ink.second, "d": ink.second}


def lowered(height: float) -> Floats:
    """Our matrix (2, 2) with its second column's tip at this height."""
    return np.array([[PUSH[0, 0], PUSH[0, 1]], [PUSH[1, 0], height]])


class Area(LinearAlgebraStage):
    """The determinant: what a map does to area."""

    @chapter("How much larger does it get?", "determinant as what happens to area")
    def how_much_larger(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.plane = wide_plane(MIDDLE, UNIT)
        self.sheet = grid(self.plane)
        self.tile = self.sheet.polygon(TILE, ink.chalk, LINE, 0.3)
        self.mark = self.sheet.polygon(LETTER, ink.chalk, 0.0, 1.0)
        self.arrows = VGroup(*basis(self.sheet))
        self.sheet.redraw(PUSH)
        self.add(self.sheet, ghost(self.plane), self.tile, self.mark, self.arrows)
        self.cut_the_box()
        self.name_it()
        self.let_it_sink()
        self.fall_flat()

    def cut_the_box(self) -> None:
        """The slanted tile is what remains of its box."""
        cut = cut_away(PUSH)
        corners = cut.box * TILE
        box = self.plane.polygon(corners, ink.chalk, LINE)
        with self.beat("The map has slanted this square. Has its area grown, or shrunk?") as beat:
            self.play(move(self.sheet, PUSH, REST), run_time=pace.CALM)
            beat.over("slanted", move(self.sheet, REST, PUSH), until="area", least=pace.SLOW)
            beat.over("area", self.frame.to(box, share=0.84, at=AT_LEFT))
        zoom = self.frame.sight.zoom
        name = partial(self.plane.label, size=ink.pixels(ink.POINT) / zoom)
        sides = VGroup(Tag(name(1.0, 0.0, "2", DOWN)), Tag(name(2.0, 1.0, "2", RIGHT)))
        sums = VGroup(
            Tag(words.headline(f"the box: {cut.box.prod():g}")),
            Tag(words.headline(f"cut away: {cut.areas.sum():g}", ink.error)),
            Tag(words.headline(f"left: {cut.left:g}", ink.chalk)),
        )
        COLUMN.stack(*sums, gap=0.7)
        beside(self.frame.sight, sums)
        with self.beat("Put it into a box, two by two: area four.") as beat:
            beat.over("box", Create(box), until="two")
            beat.over("two", FadeIn(sides), until="area")
            beat.over("area", FadeIn(sums[0]))
        pieces = [self.plane.polygon(piece, ink.error, 2.0, 0.35) for piece in cut.pieces]
        ways = [piece.mean(axis=0) - cut.tile.mean(axis=0) for piece in cut.pieces]
        areas = [
            Tag(name(float(piece[:, 0].mean()), float(piece[:, 1].mean()), f"{area:g}", ORIGIN), 0.6)
            for piece, area in zip(cut.pieces, cut.areas, strict=True)
        ]
        parts = [VGroup(piece, area) for piece, area in zip(pieces, areas, strict=True)]
        with self.beat("Cut away two rectangles and four triangles: three in all.") as beat:
            beat.over(FadeIn(parts[1], parts[4]), until="four")
            beat.over("four", FadeIn(*(parts[row] for row in (0, 2, 3, 5))), until="three")
            beat.over("three", FadeIn(sums[1]))
        unit = float(np.linalg.norm(self.plane.at(1, 0) - self.plane.at(0, 0)))
        with self.beat("One is left: the area is what it was.") as beat:
            beat.over(
                *(
                    part.animate.shift(0.35 * unit * np.array([*way, 0.0])).set_opacity(0.0)
                    for part, way in zip(parts, ways, strict=True)
                ),
                FadeOut(sides),
                until="left",
                least=pace.SLOW,
            )
            self.remove(*parts)
            beat.over("left", FadeIn(sums[2]), until="what")
            beat.over("what", words.light(self.tile, ink.chalk))
        self.box, self.sums = box, sums

    def name_it(self) -> None:
        """The determinant, and its formula in letters."""
        name = Tag(words.note("the [determinant:chalk]:\nthe signed\nfactor of area", size=ink.POINT))
        law = Tag(words.formula(LAW, COLUMNS, size=ink.POINT))
        COLUMN.stack(name, law, gap=1.0)
        beside(self.frame.sight, VGroup(name, law))
        with self.beat(
            "The factor by which a map multiplies areas, with a sign, is its determinant. Here it is one."
        ) as beat:
            beat.over(FadeOut(self.sums, self.box), until="multiplies")
            beat.over("determinant", FadeIn(name), until="Here")
            beat.over("Here", words.light(self.tile, ink.chalk))
        with self.beat("Call the columns a, c and b, d. The same cuts leave a d minus b c.") as beat:
            beat.over(FadeIn(law), until="a")
            beat.over("a", words.light(self.arrows[0], ink.chalk), until="b")
            beat.over("b", words.light(self.arrows[1], ink.chalk), until="leave")
            beat.over("leave", words.light(law.text))
        self.name, self.law = name, law

    def let_it_sink(self) -> None:
        """The second column sinks through the line of the first: area one, zero, minus one."""
        height = Value(PUSH[1, 1])
        area = height.of(lambda h: linear.signed_area(lowered(h)))
        read = Tag(Readout(area, 2, label="$det M =$", size=ink.HEADLINE, digits=2))

        def sink(h: float) -> Changed:
            seen = ink.chalk if linear.signed_area(lowered(h)) >= 0 else ink.error
            self.tile.set_color(seen)
            self.mark.set_fill(seen)
            self.sheet.redraw(lowered(h))
            return (self.sheet, *self.sheet.pinned)

        height.draws(sink)
        with self.beat("Another matrix, M: let its orange column sink.") as beat:
            beat.over(
                self.frame.back(),
                staying(self.frame, WHOLE, self.name, self.law),
                until="sink",
                least=pace.SLOW,
            )
            CORNER.put(read, UP + LEFT)
            beat.over("sink", FadeIn(read), height.to(1.2))
        with self.beat("The area falls, to a half, and to zero: flat.") as beat:
            beat.over(height.to(1.0), until="zero")
            beat.over("zero", height.to(FLAT), least=pace.SLOW)
        with self.beat("Deeper still, minus one: flipped, with the letter seen from behind.") as beat:
            beat.over(height.to(SUNK), until="flipped", least=pace.LONG)
            beat.over("flipped", words.light(self.mark))
        self.height, self.read = height, read

    def fall_flat(self) -> None:
        """The question of the next chapter, on the flat grid."""
        with self.beat("But what does a map lose whose determinant is zero?") as beat:
            self.play(FadeOut(self.law, self.name, self.mark), run_time=pace.QUICK)
            self.sheet.free(self.mark)
            beat.over(self.height.to(FLAT), least=pace.LONG)
