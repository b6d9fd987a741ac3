"""Rank: the dimensions that survive a map."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DEGREES, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.linear_algebra.area import COLUMN, CORNER, FLAT, MIDDLE, UNIT, lowered
from scenes.linear_algebra.ground import basis, column, ghost, grid, move, wide_plane
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage
from scenes.maths.linear_algebra import depth, linear
from scenes.maths.linear_algebra.linear import PUSH

REST3: Final = np.eye(3)
"""The map that leaves the cube a cube."""
PILES: Final = (0.6, 1.6, 2.4)
"""Sums x + y of the points that land together."""
SIDEWAYS_ON: Final[dict[str, Any]] = {"tilt": 66 * DEGREES, "turn": -22 * DEGREES, "lift": 1.0}
"""How the cube is looked at."""
SLOPE: Final = ((1.0, 0.0, 0.35), (0.0, 1.0, 0.25))
"""Two directions in the plane onto which it falls."""
HOUSES: Final = 40
UNCOVERED: Final = 0.3
"""Opacity of an arrow that lies on another, while both are named."""


def two_units() -> Plane:
    """Where lengths stand that were measured in metres and in feet."""
    return shot.safe(titled=False).plane(
        (0, 5), (0, 16.5), x_label="length (metres)", y_label="the same length (feet)",
        x_ticks=(1, 2, 3, 4), y_ticks=(5, 10, 15),
    )  # fmt: skip


class Rank(LinearAlgebraStage):
    """Rank: the dimensions that survive a map."""

    @chapter("What became one stays one", "rank as the dimensions that survive", goes_on=True)
    def what_became_one(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.plane = wide_plane(MIDDLE, UNIT)
        self.sheet, self.ghost = grid(self.plane), ghost(self.plane)
        self.tile = self.sheet.polygon(TILE, ink.focus, LINE, 0.3)
        self.arrows = VGroup(*basis(self.sheet))
        self.flat = lowered(FLAT)
        self.sheet.redraw(self.flat)
        self.read = CORNER.put(
            Tag(Readout(linear.signed_area(self.flat), 2, label="$det M =$", size=ink.HEADLINE, digits=2)),
            UP + LEFT,
        )
        self.add(self.sheet, self.ghost, self.tile, self.arrows, self.read)
        self.ask_the_columns()
        self.land_together()
        self.undo()
        self.fall_in_depth()
        self.say_it_twice()

    def ask_the_columns(self) -> None:
        """Both columns are one: linearly dependent."""
        texts = [[f"{value:g}".replace("0.5", "1/2") for value in each] for each in self.flat.T]
        columns = VGroup(
            *(
                column(text, color, ink.HEADLINE)
                for text, color in zip(texts, (ink.first, ink.second), strict=True)
            )
        ).arrange(RIGHT, buff=0.6)
        plate = Tag(columns)
        name = Tag(words.note("no [linear\nindependence:focus]", size=ink.POINT))
        shot.Region(-6.6, -3.0, 0.0, 2.4).put(plate, UP + LEFT)
        name.next_to(plate, RIGHT, buff=4 * words.GAP)
        with self.beat("Both columns now lie on one line, and the whole plane with them.") as beat:
            beat.over(FadeIn(plate), self.arrows[1].animate.set_fill(opacity=UNCOVERED), until="whole")
            beat.over(
                "whole", words.light(self.tile, ink.chalk), self.arrows[1].animate.set_fill(opacity=1.0)
            )
        with self.beat(
            "Linear independence: no column is a sum of multiples of the others. These two lack it."
        ) as beat:
            beat.over(words.light(columns), until="These", least=pace.LONG)
            beat.over("These", FadeIn(name))
        self.play(FadeOut(plate, name, self.read), run_time=pace.QUICK)

    def land_together(self) -> None:
        """Points that lie apart land on one spot."""
        rows = [
            np.column_stack([along, total - along])
            for total in PILES
            for along in [np.linspace(-0.7, 2.2, 7)]
        ]
        colors = [ink.fourth, ink.third, ink.focus]
        with self.beat("Points of one colour start apart, and land on one spot.") as beat:
            beat.over(FadeOut(self.tile), move(self.sheet, self.flat, REST), until="colour", least=pace.CALM)
            piles = [
                self.sheet.dots(row, color, radius=0.13) for row, color in zip(rows, colors, strict=True)
            ]
            beat.over(FadeIn(*piles), until="land")
            beat.over("land", move(self.sheet, REST, self.flat), least=pace.LONG)
        spots = [pile[0] for pile in piles]
        name = CORNER.put(Tag(words.note("no inverse: a [singular matrix:focus]", size=ink.POINT)), UP + LEFT)
        with self.beat("An inverse undoes a map. This one has none: it is a singular matrix.") as beat:
            beat.over(
                self.frame.to(*spots, share=0.5),
                *(words.light(spot, ink.chalk) for spot in spots),
                until="This",
            )
            beat.over(self.frame.back(), until="singular")
            beat.over("singular", FadeIn(name), words.light(self.arrows))
            beat.over(words.light(name.text))
        self.play(FadeOut(name, *piles), run_time=pace.QUICK)
        self.sheet.free(*piles)

    def undo(self) -> None:
        """Our own matrix, and the one that undoes it."""
        rule = Tag(words.label('$A^(-1) = display(1/(det A)) mat(delim: "[", d, -b; -c, a)$', size=ink.POINT))
        inverse = Tag(words.label('$= mat(delim: "[", 1.5, -1; -0.5, 1)$', size=ink.POINT))
        identity = Tag(words.label('$A^(-1) A = I = mat(delim: "[", 1, 0; 0, 1)$', size=ink.POINT))
        COLUMN.stack(rule, inverse, gap=0.3)
        identity.move_to(rule, aligned_edge=UP + LEFT)
        with self.beat(
            "Our own A keeps both dimensions. To invert it, swap a and d, negate b and c, divide by the determinant."
        ) as beat:
            beat.over(glide(self.sheet.redraw, self.flat, PUSH, self.sheet, self.arrows), until="To")
            self.play(FadeIn(self.tile, rule), run_time=pace.QUICK)
            beat.over("swap", words.light(rule.text), until="divide")
            beat.over("divide", FadeIn(inverse))
        with self.beat(
            "Run A, then its inverse, and each point is back. Together they are the identity, I."
        ) as beat:
            beat.over("then", move(self.sheet, PUSH, REST), until="Together")
            beat.over("Together", FadeOut(rule, inverse), FadeIn(identity), until="identity")
            beat.over("identity", words.light(identity.text))

    def fall_in_depth(self) -> None:
        """A cube of points falls onto a plane, and the plane onto a line."""
        floor = shot.EDGES.plane((-2.7, 2.7), (-1.5, 1.5), equal=True, x_ticks=[], y_ticks=[], numbers=False)
        unit = float(floor.at(1, 0)[0] - floor.at(0, 0)[0])
        space = Space(floor, z=(-1.5, 1.5), height=3.0 * unit)
        points = depth.cube()
        layers = np.array_split(points, 5)
        colors = [ink.fourth, ink.chalk, ink.third, ink.chalk, ink.focus]
        crowd = [space.dots(layer, color, radius=0.1) for layer, color in zip(layers, colors, strict=True)]
        space.look(**SIDEWAYS_ON)
        ranks = [CORNER.put(Tag(words.headline(f"rank {rank}", ink.focus)), UP + LEFT) for rank in (3, 2, 1)]
        plane, line = depth.onto(*SLOPE), depth.onto(SLOPE[0])

        def fall(start: Floats, end: Floats, share: float) -> None:
            matrix = blend(start, end, share)
            for dots, layer in zip(crowd, layers, strict=True):
                dots.redraw(layer @ matrix.T)

        with self.beat(
            "Now in depth. The dimensions that survive a map are its rank. Three, while the cube stays a cube."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(*crowd), run_time=pace.BRISK)
            beat.over(space.orbit(24 * DEGREES), until="rank", least=pace.SLOW)
            beat.over("rank", FadeIn(ranks[0]), space.orbit(10 * DEGREES))
        (a, b) = SLOPE[0][2], SLOPE[1][2]
        sheet = space.sheet(0.0, a, b, ink.quiet, 0.14)
        with self.beat("It falls onto a plane: rank two. The plane falls onto a line: rank one.") as beat:
            self.play(appear(sheet), run_time=pace.QUICK)
            beat.over(space.drive(lambda t: fall(REST3, plane, t)), until="rank", least=pace.SLOW)
            beat.over("two", FadeOut(ranks[0]), FadeIn(ranks[1]), until="The plane")
            beat.over(space.drive(lambda t: fall(plane, line, t)), until="one", least=pace.SLOW)
            beat.over("one", FadeOut(ranks[1]), FadeIn(ranks[2]))
        law = Tag(words.note("square matrix:\n[inverse ⇔ det ≠ 0 ⇔ full rank:focus]", size=ink.POINT))
        COLUMN.put(law, UP + RIGHT)
        with self.beat(
            "It is the largest number of independent columns: one for our flat map. For a square matrix, "
            "full rank, a determinant that is not zero, and an inverse come together."
        ) as beat:
            beat.over(space.orbit(-20 * DEGREES), until="For")
            beat.over("full", FadeIn(law), until="come")
            beat.over("come", space.orbit(-8 * DEGREES), words.light(law.text))

    def say_it_twice(self) -> None:
        """Two columns of data that say the same."""
        exact = depth.both_units(HOUSES, 0.0)
        plane = two_units()
        dots = plane.dots(exact, ink.chalk, radius=0.12)
        note = Tag(words.note(f"1 × metres\n= {1 / depth.FEET:.3f} × feet", size=ink.POINT))
        note.move_to(plane.at(0.3, 15.8), aligned_edge=LEFT + UP)
        with self.beat(
            "Two columns that say the same, metres and feet, leave regression without one answer: it may weigh either."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(plane, dots), run_time=pace.BRISK)
            beat.over("leave", FadeIn(note), until="it")
            beat.over("it", words.light(note.text))
