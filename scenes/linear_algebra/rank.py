"""Rank: the dimensions that survive a map."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import blend
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.linear_algebra.area import COLUMN, CORNER, FLAT, MIDDLE, UNIT, lowered
from scenes.linear_algebra.ground import BOLD, basis, column, ghost, grid, letter, move, wide_plane
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage
from scenes.maths.linear_algebra import depth, linear, plane, solving
from scenes.maths.linear_algebra.linear import PUSH

REST3: Final = np.eye(3)
"""The map that leaves the cube a cube."""
PILES: Final = (0.6, 1.6, 2.4)
"""Sums x + y of the points that land together."""
SIDEWAYS_ON: Final[dict[str, Any]] = {"tilt": 66 * DEGREES, "turn": -22 * DEGREES, "lift": 1.0}
"""How the cube is looked at."""
SLOPE: Final = ((1.0, 0.0, 0.35), (0.0, 1.0, 0.25))
"""Two directions in the plane onto which it falls."""
SOLVED: Final = ((0.9, 0.6), 1.75)
"""Middle and unit of the plane on which A x = y is solved."""
MISSED: Final = np.array([1.5, 2.0])
"""A y that the flat map does not reach."""
ONE_OF_MANY: Final = np.array([1.0, 1.0])
"""One of those that land on one point of its line."""
STEPS_OFF: Final = 3.0
DOTS: Final = 13
"""So far do they reach on either side of it, and so many are drawn."""
SPOT: Final = 0.16
"""Scene units of the dots that are y and x."""
UPPER: Final = shot.Region(shot.SAFE.left, 0.5, 0.0, shot.SAFE.top)
LOWER: Final = shot.Region(0.0, shot.SAFE.bottom, shot.SAFE.right, 0.0)
"""The calm parts of that plane, left of the line that is reached and right of it."""
UNCOVERED: Final = 0.3
"""Opacity of an arrow that lies on another, while both are named."""


class Rank(LinearAlgebraStage):
    """Rank: the dimensions that survive a map."""

    @chapter("Which x lands on y?", "rank as the dimensions that survive", goes_on=True)
    def what_became_one(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.plane = wide_plane(MIDDLE, UNIT)
        self.sheet, self.ghost = grid(self.plane), ghost(self.plane)
        self.tile = self.sheet.polygon(TILE, ink.chalk, LINE, 0.3)
        self.arrows = VGroup(*basis(self.sheet))
        self.flat = lowered(FLAT)
        self.sheet.redraw(self.flat)
        self.read = CORNER.put(
            Tag(Readout(linear.signed_area(self.flat), 2, label="$det M =$", size=ink.HEADLINE, digits=2)),
            UP + LEFT,
        )
        self.add(self.sheet, self.ghost, self.tile, self.arrows, self.read)
        self.ask_the_columns()
        self.fall_in_depth()
        self.run_backwards()
        self.lose_a_line()

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
        name = Tag(words.note("no [linear\nindependence:chalk]", size=ink.POINT))
        shot.Region(-6.6, -3.0, 0.0, 2.4).put(plate, UP + LEFT)
        name.next_to(plate, RIGHT, buff=4 * words.GAP)
        with self.beat("Both columns now lie on one line, and the whole plane with them.") as beat:
            beat.over(FadeIn(plate), self.arrows[1].animate.set_fill(opacity=UNCOVERED), until="whole")
            beat.over(
                "whole", words.light(self.tile, ink.chalk), self.arrows[1].animate.set_fill(opacity=1.0)
            )
        with self.beat(
            "Linear independence: no column is a linear combination of the others. These two lack it."
        ) as beat:
            beat.over(words.light(columns), until="These", least=pace.LONG)
            beat.over("These", FadeIn(name))
        self.play(FadeOut(plate, name, self.read), run_time=pace.QUICK)

    def fall_in_depth(self) -> None:
        """A cube of points falls onto a plane, and the plane onto a line."""
        floor = shot.EDGES.plane((-2.7, 2.7), (-1.5, 1.5), equal=True, x_ticks=[], y_ticks=[], numbers=False)
        unit = float(floor.at(1, 0)[0] - floor.at(0, 0)[0])
        space = Space(floor, z=(-1.5, 1.5), height=3.0 * unit)
        points = depth.cube()
        layers = np.array_split(points, 5)
        colors = [ink.quiet, ink.chalk, ink.quiet, ink.chalk, ink.quiet]
        crowd = [space.dots(layer, color, radius=0.1) for layer, color in zip(layers, colors, strict=True)]
        space.look(**SIDEWAYS_ON)
        ranks = [CORNER.put(Tag(words.headline(f"rank {rank}", ink.chalk)), UP + LEFT) for rank in (3, 2, 1)]
        flatter, line = depth.onto(*SLOPE), depth.onto(SLOPE[0])

        def fall(start: Floats, end: Floats, share: float) -> None:
            matrix = blend(start, end, share)
            for dots, layer in zip(crowd, layers, strict=True):
                dots.redraw(layer @ matrix.T)

        with self.beat(
            "The dimensions that survive a map are its rank: three, while this cube stays a cube."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(*crowd), run_time=pace.BRISK)
            beat.over(space.orbit(24 * DEGREES), until="rank", least=pace.CALM)
            beat.over("rank", FadeIn(ranks[0]), space.orbit(10 * DEGREES))
        (a, b) = SLOPE[0][2], SLOPE[1][2]
        sheet = space.sheet(0.0, a, b, ink.quiet, 0.14)
        with self.beat("It falls onto a plane: rank two. The plane falls onto a line: rank one.") as beat:
            self.play(appear(sheet), run_time=pace.QUICK)
            beat.over(space.drive(lambda t: fall(REST3, flatter, t)), until="rank", least=pace.SLOW)
            beat.over("two", FadeOut(ranks[0]), FadeIn(ranks[1]), until="The plane")
            beat.over(space.drive(lambda t: fall(flatter, line, t)), until="one", least=pace.SLOW)
            beat.over("one", FadeOut(ranks[1]), FadeIn(ranks[2]))
        counts = COLUMN.put(
            Tag(words.note("[rank:chalk]: number of\nindependent columns", size=ink.POINT)), UP + RIGHT
        )
        with self.beat("The rank is also the number of independent columns.") as beat:
            beat.over(space.orbit(-20 * DEGREES), FadeIn(counts))

    def run_backwards(self) -> None:
        """A x = y: our own matrix is run backwards, by its inverse."""
        field = wide_plane(*SOLVED)
        sheet = self.solving = grid(field)
        sheet.redraw(PUSH)
        arrows = basis(sheet)
        x, y = plane.POINT, PUSH @ plane.POINT
        asked = Tag(words.formula("A bold(x) = bold(y)", size=1.3 * ink.pixels(ink.HEADLINE), symbols={}))
        UPPER.put(asked, UP + LEFT)
        aim = sheet.dots([x], ink.chalk, radius=SPOT)
        called = letter("bold(y)", ink.chalk).next_to(field.at(y), DOWN + RIGHT, buff=words.GAP)
        with self.beat(
            "Can what fell be raised again? Ask it of A first: which x lands on a given y? A x equals y."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(sheet, *arrows, ghost(field)), run_time=pace.CALM)
            beat.over(words.light(arrows[0]), words.light(arrows[1]), until="which")
            beat.over("which", FadeIn(aim, scale=2), FadeIn(called), until="A x")
            beat.over("A x", FadeIn(asked))
        found = Tag(
            words.note('$bold(x) = vec(delim: "[", 2, 1)$', size=ink.HEADLINE, colors={"bold(x)": ink.chalk})
        )
        found.next_to(field.at(x), RIGHT, buff=2 * words.GAP)
        with self.beat("Run A backwards: y came from two, one, and from nowhere else: one solution.") as beat:
            beat.over("backwards", move(sheet, PUSH, REST), FadeOut(called), until="two", least=pace.SLOW)
            beat.over("two", FadeIn(found), until="one solution")
            beat.over("one solution", words.light(found.text))
        named = LOWER.put(Tag(words.label("inverse [$A^(-1)$:chalk]", size=ink.HEADLINE)), DOWN + RIGHT)
        identity = Tag(words.label('$A^(-1) A = I = mat(delim: "[", 1, 0; 0, 1)$', size=ink.HEADLINE))
        LOWER.put(identity, DOWN + RIGHT)
        with self.beat(
            "What runs a map back is its inverse. "
            "A, and then its inverse: each point is back. That is the identity, I."
        ) as beat:
            self.play(move(sheet, REST, PUSH), FadeOut(found), run_time=pace.CALM)
            beat.over(move(sheet, PUSH, REST), FadeIn(named), until="and then")
            beat.over("and then", move(sheet, REST, PUSH), until="each")
            beat.over("each", move(sheet, PUSH, REST), until="identity")
            beat.over("identity", FadeOut(named), FadeIn(identity))
        self.leave(aim, asked)
        sheet.free(aim)
        self.undone = identity

    def lose_a_line(self) -> None:
        """The flat map has no inverse: its null space is lost, and with it what x was."""
        sheet, field, flat = self.solving, self.solving.plane, self.flat
        rule = words.label('$A^(-1) = display(1/(det A)) mat(delim: "[", d, -b; -c, a)$', size=ink.HEADLINE)
        plate = LOWER.put(Tag(rule), DOWN + RIGHT)
        name = UPPER.put(
            Tag(words.note("[singular matrix:chalk]:\n$det M = 0$, no inverse", size=ink.POINT)), UP + LEFT
        )
        with self.beat(
            "It divides by the determinant, and M's is zero. M has no inverse: it is a singular matrix."
        ) as beat:
            beat.over(FadeOut(self.undone), FadeIn(plate), until="determinant")
            beat.over("determinant", words.light(rule, ink.chalk), until="M's")
            beat.over("M's", move(sheet, REST, flat), until="singular", least=pace.SLOW)
            beat.over("singular", FadeOut(plate), FadeIn(name))
        into = solving.null_space(flat)[0]
        into = into / into[0]
        along = np.linspace(-STEPS_OFF, STEPS_OFF, DOTS)[:, None] * into
        zero = sheet.dots(along, ink.quiet, "square", radius=0.12)
        origin = field.dots([(0.0, 0.0)], ink.quiet, "square", radius=0.2)
        lost = UPPER.put(Tag(words.note("[null space:chalk]", size=ink.HEADLINE)), UP + LEFT)
        with self.beat("So what is lost? What lands on zero is the null space: here, a line.") as beat:
            self.play(move(sheet, flat, REST), run_time=pace.CALM)
            self.play(FadeOut(name), FadeIn(zero), run_time=pace.QUICK)
            beat.over(move(sheet, REST, flat), FadeIn(origin), until="null", least=pace.CALM)
            beat.over("null", FadeIn(lost), move(sheet, flat, REST))
        self.count_solutions(into, along)
        counts = Tag(words.note("rank + dim(null space)\n= number of columns\n$1 + 1 = 2$", size=ink.POINT))
        UPPER.put(counts, UP + LEFT)
        with self.beat(
            "The dimensions that survive and those that are lost make up the columns: here, one and one."
        ) as beat:
            beat.over(words.light(self.reached_line), until="lost")
            beat.over("lost", FadeOut(self.solved, self.reached_line), move(sheet, flat, REST), until="make")
            beat.over("make", FadeOut(lost), FadeIn(counts), words.light(zero))

    def count_solutions(self, into: Floats, along: Floats) -> None:
        """The flat map reaches a y on one line from many x, and a y off that line from none."""
        sheet, field, flat = self.solving, self.solving.plane, self.flat
        reached = flat @ ONE_OF_MANY
        self.reached_line = field.line((-reached[1], reached[0]), 0.0, color=ink.chalk, width=2 * LINE)
        self.reached_line.set_z_index(-1)
        many = sheet.dots(ONE_OF_MANY + along, ink.chalk, radius=0.12)
        step = sheet.arrows([into], ink.quiet, BOLD)
        same = sheet.arrows([ONE_OF_MANY + into], ink.quiet, BOLD, tail=[ONE_OF_MANY])
        missed = field.dots([MISSED], ink.chalk, radius=SPOT)
        called = [
            letter("bold(y)", ink.chalk).next_to(field.at(spot), side, buff=words.GAP)
            for spot, side in ((reached, DOWN + RIGHT), (MISSED, UP))
        ]
        verdicts = [
            Tag(words.note(text, size=ink.POINT)).next_to(tag, RIGHT, buff=words.GAP)
            for text, tag in zip(("many solutions", "no solution"), called, strict=True)
        ]
        with self.beat(
            "Add it to a solution, and both land on the same y: many solutions. A y off this line has none."
        ) as beat:
            self.play(FadeIn(step, many), run_time=pace.QUICK)
            beat.over(FadeIn(same), until="land")
            beat.over("land", move(sheet, REST, flat), FadeOut(step, same), until="y")
            beat.over("y", FadeIn(called[0]), until="many")
            beat.over("many", FadeIn(verdicts[0]), until="off")
            beat.over(
                "off", FadeIn(missed, scale=2), FadeIn(called[1]), Create(self.reached_line), until="none"
            )
            beat.over("none", FadeIn(verdicts[1]))
        sheet.free(step, same, many)
        self.solved = VGroup(many, missed, *called, *verdicts)
