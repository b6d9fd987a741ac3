"""Rank: the dimensions that survive a map."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import blend, glide
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
"""Middle and unit of the plane on which A x = b is solved."""
MISSED: Final = np.array([1.5, 2.0])
"""A b that the flat map does not reach."""
ONE_OF_MANY: Final = np.array([1.0, 1.0])
"""One of those that land on the point nearest to it."""
STEPS_OFF: Final = 3.0
DOTS: Final = 13
"""So far do they reach on either side of it, and so many are drawn."""
NAMED_AT: Final = (2.2, 1.05)
"""Where the name of the column space begins."""
SPOT: Final = 0.16
"""Scene units of the dots that are b and x."""
RIGHT_MARK: Final = 0.18
"""Units of the mark of a right angle."""
UPPER: Final = shot.Region(shot.SAFE.left, 0.5, 0.0, shot.SAFE.top)
LOWER: Final = shot.Region(0.0, shot.SAFE.bottom, shot.SAFE.right, 0.0)
"""The calm parts of that plane, left of the line that is reached and right of it."""
UNCOVERED: Final = 0.3
"""Opacity of an arrow that lies on another, while both are named."""


class Rank(LinearAlgebraStage):
    """Rank: the dimensions that survive a map."""

    @chapter("Which x lands on b?", "rank as the dimensions that survive", goes_on=True)
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
        self.run_backwards()
        self.reach_one_line()
        self.take_the_nearest()
        self.fall_in_depth()

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

    def run_backwards(self) -> None:
        """A x = b: our own matrix is run backwards, by its inverse."""
        field = wide_plane(*SOLVED)
        sheet = self.solving = grid(field)
        sheet.redraw(self.flat)
        arrows = self.solved_by = VGroup(*basis(sheet))
        x, b = plane.POINT, PUSH @ plane.POINT
        asked = Tag(words.formula("A bold(x) = bold(b)", size=1.3 * ink.pixels(ink.HEADLINE), symbols={}))
        UPPER.put(asked, UP + LEFT)
        with self.beat("Turn the question around. Which x lands on a given b? That is A x equals b.") as beat:
            self.play(
                FadeOut(self.sheet, self.ghost, self.tile, self.arrows),
                FadeIn(sheet, arrows, ghost(field)),
                run_time=pace.CALM,
            )
            beat.over(glide(sheet.redraw, self.flat, PUSH, sheet, arrows), until="Which")
            aim = sheet.dots([x], ink.chalk, radius=SPOT)
            called = letter("bold(b)", ink.chalk).next_to(field.at(b), DOWN + RIGHT, buff=words.GAP)
            beat.over("Which", FadeIn(aim, scale=2), FadeIn(called), until="That")
            beat.over("That", FadeIn(asked))
        found = Tag(
            words.note('$bold(x) = vec(delim: "[", 2, 1)$', size=ink.HEADLINE, colors={"bold(x)": ink.chalk})
        )
        found.next_to(field.at(x), RIGHT, buff=2 * words.GAP)
        with self.beat("Run A backwards: b came from two, one, and from nowhere else: one solution.") as beat:
            beat.over("backwards", move(sheet, PUSH, REST), FadeOut(called), until="two", least=pace.SLOW)
            beat.over("two", FadeIn(found), until="one solution")
            beat.over("one solution", words.light(found.text))
        rule = words.label('$A^(-1) = display(1/(det A)) mat(delim: "[", d, -b; -c, a)$', size=ink.POINT)
        inverse = words.label('$= mat(delim: "[", 1.5, -1; -0.5, 1)$', size=ink.POINT)
        called_so = words.label("inverse", size=ink.POINT)
        plate = Tag(
            VGroup(called_so, VGroup(rule, inverse).arrange(RIGHT, buff=0.25)).arrange(
                DOWN, buff=0.3, aligned_edge=LEFT
            )
        )
        LOWER.put(plate, DOWN + RIGHT)
        with self.beat(
            "What runs a map back is its inverse: swap a and d, negate b and c, divide by the determinant."
        ) as beat:
            self.play(move(sheet, REST, PUSH), FadeOut(found), run_time=pace.CALM)
            beat.over("inverse", FadeIn(plate), move(sheet, PUSH, REST), until="swap")
            beat.over("swap", words.light(rule), until="divide")
            beat.over("divide", words.light(inverse))
        identity = Tag(words.label('$A^(-1) A = I = mat(delim: "[", 1, 0; 0, 1)$', size=ink.POINT))
        LOWER.put(identity, DOWN + RIGHT)
        with self.beat("A and then its inverse: each point is back. That is the identity, I.") as beat:
            beat.over(move(sheet, REST, PUSH), until="each")
            beat.over(move(sheet, PUSH, REST), FadeOut(plate), FadeIn(identity), until="identity")
            beat.over("identity", words.light(identity.text))
        self.leave(aim, identity, asked)
        sheet.free(aim)

    def reach_one_line(self) -> None:
        """The flat map again: no solution or a whole line of them, and the null space."""
        sheet, field, flat = self.solving, self.solving.plane, self.flat
        reached = solving.least_squares(flat, MISSED).reached
        space = field.line((-reached[1], reached[0]), 0.0, color=ink.chalk, width=2 * LINE)
        named = Tag(words.label("column space", size=ink.POINT))
        named.next_to(field.at(NAMED_AT), DOWN + RIGHT, buff=words.GAP)
        aim = field.dots([MISSED], ink.chalk, radius=SPOT)
        called = letter("bold(b)", ink.chalk).next_to(aim, UP, buff=words.GAP)
        verdicts = [
            UPPER.put(Tag(words.note(text, size=ink.HEADLINE)), UP + LEFT)
            for text in ("no solution", "a line of solutions", "null space")
        ]
        with self.beat(
            "Now the flat M again. It reaches one line, its column space. This b lies off it: no solution."
        ) as beat:
            beat.over(move(sheet, REST, flat), until="reaches")
            beat.over("line", Create(space), FadeIn(named), until="This")
            beat.over("This", FadeIn(aim, scale=2), FadeIn(called), until="no")
            beat.over("no", FadeIn(verdicts[0]))
        into = solving.null_space(flat)[0]
        into = into / into[0]
        along = np.linspace(-STEPS_OFF, STEPS_OFF, DOTS)[:, None] * into
        with self.beat("A b on that line has many: a whole line of dots lands on it.") as beat:
            beat.over(
                glide(aim.redraw, MISSED[None], reached[None]),
                FadeOut(called, verdicts[0], named, space),
                move(sheet, flat, REST),
                until="many",
            )
            many = sheet.dots(ONE_OF_MANY + along, ink.chalk, radius=0.12)
            self.play(FadeIn(many, verdicts[1]), run_time=pace.QUICK)
            beat.over("whole", move(sheet, REST, flat), least=pace.SLOW)
        zero = sheet.dots(along, ink.quiet, "square", radius=0.12)
        origin = field.dots([(0.0, 0.0)], ink.quiet, "square", radius=0.2)
        step = sheet.arrows([into], ink.quiet, BOLD)
        same = sheet.arrows([ONE_OF_MANY + into], ink.quiet, BOLD, tail=[ONE_OF_MANY])
        rule = Tag(
            words.label("[$M(bold(x) + bold(n)) = M bold(x) + bold(0) = bold(b)$:chalk]", size=ink.POINT)
        )
        shot.safe(titled=False).put(rule, UP + RIGHT)
        with self.beat(
            "What lands on zero is the null space. Add some of it to a solution: still a solution."
        ) as beat:
            self.play(move(sheet, flat, REST), FadeOut(verdicts[1]), FadeIn(zero), run_time=pace.CALM)
            beat.over(move(sheet, REST, flat), FadeIn(origin), until="null")
            beat.over("null", FadeIn(verdicts[2]), move(sheet, flat, REST), until="Add")
            beat.over("Add", FadeIn(step), until="solution")
            beat.over("solution", FadeIn(same, rule), until="still")
            beat.over(words.light(rule.text))
        name = UPPER.put(Tag(words.note("singular matrix:\nno inverse", size=ink.HEADLINE)), UP + LEFT)
        with self.beat("No map parts these again: M has no inverse. It is a singular matrix.") as beat:
            beat.over(FadeOut(verdicts[2], rule, step, same), move(sheet, REST, flat), until="It")
            beat.over("singular", FadeIn(name))
        self.play(FadeOut(name, many, zero, origin), run_time=pace.QUICK)
        sheet.free(many, zero, step, same)
        self.aim, self.space_ = aim, space

    def take_the_nearest(self) -> None:
        """Least squares: the projection onto the column space, and the residual at a right angle to it."""
        field = self.solving.plane
        aim, space = self.aim, self.space_
        near = solving.least_squares(self.flat, MISSED)
        left = field.segment(near.reached, MISSED, ink.error, 2 * LINE)
        arrow = field.vector((0, 0), near.reached, ink.chalk, BOLD)
        spot = field.dots([near.reached], ink.chalk, radius=SPOT)
        called = letter("bold(b)", ink.chalk).next_to(field.at(MISSED), UP, buff=words.GAP)
        fitted = letter("M hat(bold(x))", ink.chalk).next_to(
            field.at(near.reached), DOWN + RIGHT, buff=words.GAP
        )
        name = UPPER.put(Tag(words.headline("least squares")), UP + LEFT)
        unit = near.reached / np.linalg.norm(near.reached)
        up = near.left / np.linalg.norm(near.left)
        corner = field.segment(
            near.reached + RIGHT_MARK * np.array([-unit, up]),
            near.reached + RIGHT_MARK * np.array([up - unit] * 2),
            ink.chalk,
        )
        with self.beat(
            "And with no solution? Take the point of the column space nearest to b: its projection."
        ) as beat:
            self.play(
                glide(aim.redraw, near.reached[None], MISSED[None]), FadeIn(called, space), run_time=pace.CALM
            )
            beat.over("nearest", Create(left), until="projection")
            beat.over("projection", FadeIn(spot, fitted, arrow))
        rule = words.formula(
            "M^T ({{ bold(b) - M hat(bold(x)) : left }}) = bold(0)",
            {"left": ink.error},
            size=ink.HEADLINE,
            symbols={},
        )
        worked = words.label("[$2 dot (-0.5) + 1 dot 1 = 0$:chalk]", size=ink.POINT)
        plate = Tag(VGroup(rule, worked).arrange(DOWN, buff=0.3, aligned_edge=RIGHT))
        LOWER.put(plate, DOWN + RIGHT)
        with self.beat(
            "What is left, the residual, is orthogonal to the columns. So least squares fits lines to data."
        ) as beat:
            beat.over("residual", words.light(left, ink.chalk), until="orthogonal")
            beat.over("orthogonal", Create(corner), FadeIn(plate), until="least")
            beat.over("least", FadeIn(name), until="fits")
            beat.over(words.light(rule.part("left"), ink.chalk))

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
            Tag(
                words.note(
                    "rank: independent columns\nrank + dim(null space)\n= number of columns", size=ink.POINT
                )
            ),
            UP + RIGHT,
        )
        with self.beat(
            "Rank counts the independent columns; with the null space's dimension, it makes up all columns."
        ) as beat:
            beat.over(space.orbit(-20 * DEGREES), until="with")
            beat.over("with", FadeIn(counts), until="makes")
            beat.over(words.light(counts.text))
        law = COLUMN.put(
            Tag(words.note("square matrix:\ninverse ⇔ det ≠ 0 ⇔ full rank", size=ink.POINT)), UP + RIGHT
        )
        with self.beat(
            "For a square matrix, full rank, a determinant that is not zero, and an inverse come together."
        ) as beat:
            beat.over("full", FadeOut(counts), FadeIn(law), until="come")
            beat.over("come", space.orbit(-8 * DEGREES), words.light(law.text))
