"""Rank, the inverse, and what a map that has none loses."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.linear_algebra.area import CORNER, FLAT, MIDDLE, UNIT, lowered
from scenes.linear_algebra.ground import BOLD, basis, ghost, grid, letter, move, wide_plane
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage
from scenes.maths.linear_algebra import depth, linear, plane, solving
from scenes.maths.linear_algebra.linear import PUSH

REST3: Final = np.eye(3)
"""The map that leaves the cube a cube."""
SIDEWAYS_ON: Final[dict[str, Any]] = {"tilt": 66 * DEGREES, "turn": -22 * DEGREES, "lift": 1.0, "zoom": 0.86}
"""How the cube is looked at."""
SLOPE: Final = ((1.0, 0.0, 0.35), (0.0, 1.0, 0.25))
"""Two directions in the plane onto which it falls."""
SOLVED: Final = ((0.9, 0.6), 1.75)
"""Middle and unit of the plane on which A x = y is solved."""
MISSED: Final = np.array([0.6, -0.6])
"""A y that the flat map does not reach."""
ONE_OF_MANY: Final = np.array([0.5, 0.5])
"""One of those that land on one point of its line."""
STEPS_OFF: Final = 2.0
DOTS: Final = 9
"""So far do they reach on either side of it, and so many are drawn."""
HALF: Final = 2.1
"""Units of the two planes on either side of the origin."""
FIBRES: Final = (ink.chalk, ink.third, ink.fourth)
"""Of lines that land on a point each, the null space first."""
NAMED: Final = (0.35, 1.1)
"""Where it is said how many solutions the reached y has."""
LOWER_BY: Final = (0.0, -0.4)
"""How far under the point that is not reached this is said."""
ALONG: Final = 1.5
"""So far goes the solution that walks along its line."""
LETTERS: Final = ("bold(x)", "bold(y)")
"""In the headings."""
AXES: Final = (ink.first, ink.second, ink.third)
"""Of the three columns of a map of space."""
SPOT: Final = 0.16
"""Scene units of the dots that are y and x."""
LARGE: Final = 0.22
"""Scene units of one that is spoken of among others."""
UPPER: Final = shot.Region(shot.SAFE.left, 0.5, 0.0, shot.SAFE.top)
LOWER: Final = shot.Region(0.0, shot.SAFE.bottom, shot.SAFE.right, 0.0)
"""The calm parts of that plane, left of the line that is reached and right of it."""
UNCOVERED: Final = 0.3
"""Opacity of an arrow that lies on another, while both are named."""


class Rank(LinearAlgebraStage):
    """Rank, the inverse, and what a map that has none loses."""

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
        rows = "; ".join(", ".join(f"{value:g}" for value in row) for row in self.flat)
        columns = words.note(f'$M = mat(delim: "[", column-gap: #0.9em, {rows})$', ink.chalk, ink.HEADLINE)
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
        """A cube falls onto a plane, and the plane onto a line; three arrows are the columns of the map."""
        floor = shot.EDGES.plane((-2.7, 2.7), (-1.5, 1.5), equal=True, x_ticks=[], y_ticks=[], numbers=False)
        unit = float(floor.at(1, 0)[0] - floor.at(0, 0)[0])
        space = Space(floor, z=(-1.5, 1.5), height=3.0 * unit)
        points = depth.cube(3)
        crowd = space.dots(points, ink.quiet, radius=0.09)
        rim = space.curve(depth.EDGES_OF_CUBE, ink.chalk, LINE)
        columns = [
            space.curve([0 * tip, tip], color, 2 * BOLD) for tip, color in zip(REST3, AXES, strict=True)
        ]
        tips = [space.dots([tip], color, radius=0.17) for tip, color in zip(REST3, AXES, strict=True)]
        space.look(**SIDEWAYS_ON)
        ranks = [
            CORNER.put(
                Tag(
                    VGroup(
                        words.headline(f"rank {rank}", ink.chalk),
                        words.note(f"{rank} independent\ncolumn{'s' * (rank > 1)}", size=ink.POINT),
                    ).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
                ),
                UP + LEFT,
            )
            for rank in (3, 2, 1)
        ]
        flatter, line = depth.onto(*SLOPE), depth.onto(SLOPE[0])

        def fall(start: Floats, end: Floats, share: float) -> None:
            matrix = blend(start, end, share).T
            crowd.redraw(points @ matrix)
            rim.redraw(depth.EDGES_OF_CUBE @ matrix)
            for edge, head, tip in zip(columns, tips, matrix, strict=True):
                edge.redraw([0 * tip, tip])
                head.redraw([tip])

        with self.beat(
            "The rank of a map is the dimension of what it reaches: three, while this cube stays a cube."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(crowd, rim, *columns, *tips), run_time=pace.BRISK)
            beat.over(space.orbit(24 * DEGREES), until="three", least=pace.CALM)
            beat.over("three", FadeIn(ranks[0]), space.orbit(10 * DEGREES))
        (a, b) = SLOPE[0][2], SLOPE[1][2]
        sheet = space.sheet(0.0, a, b, ink.quiet, 0.14)
        with self.beat(
            "On a plane, two columns make the third: rank two. On a line, one makes the others: rank one."
        ) as beat:
            self.play(appear(sheet), run_time=pace.QUICK)
            beat.over(space.drive(lambda t: fall(REST3, flatter, t)), until="rank", least=pace.SLOW)
            beat.over("two", FadeOut(ranks[0]), FadeIn(ranks[1]), until="On a line")
            beat.over(space.drive(lambda t: fall(flatter, line, t)), until="rank one", least=pace.SLOW)
            beat.over("rank one", FadeOut(ranks[1]), FadeIn(ranks[2]), space.orbit(-10 * DEGREES))

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
        with self.beat("Can a fall be undone? Ask our A first: which x lands on this y?") as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(sheet, *arrows, ghost(field)), run_time=pace.CALM)
            beat.over(FadeIn(asked), until="which")
            beat.over("which", FadeIn(aim, scale=2), FadeIn(called))
        found = Tag(
            words.note('$bold(x) = vec(delim: "[", 2, 1)$', size=ink.HEADLINE, colors={"bold(x)": ink.chalk})
        )
        found.next_to(field.at(x), RIGHT, buff=2 * words.GAP)
        with self.beat("Run A backwards: y came from two, one, and from nowhere else: one solution.") as beat:
            beat.over("backwards", move(sheet, PUSH, REST), FadeOut(called), until="two", least=pace.SLOW)
            beat.over("two", FadeIn(found), until="one solution")
            beat.over("one solution", words.light(found.text))
        entries = "; ".join(", ".join(f"{value:g}" for value in row) for row in np.linalg.inv(PUSH).round(9))
        named = Tag(words.label(f'inverse $A^(-1) = mat(delim: "[", {entries})$', size=ink.POINT))
        identity = Tag(words.label('$A^(-1) A = I = mat(delim: "[", 1, 0; 0, 1)$', size=ink.HEADLINE))
        LOWER.put(identity, DOWN + RIGHT)
        named.next_to(identity, UP, buff=0.0).align_to(identity, RIGHT)
        with self.beat(
            "The map that runs A back is its inverse. Together they leave each point: the identity, I."
        ) as beat:
            self.play(move(sheet, REST, PUSH), FadeOut(found), run_time=pace.CALM)
            beat.over(move(sheet, PUSH, REST), FadeIn(named), until="Together")
            beat.over("Together", move(sheet, REST, PUSH), until="leave")
            beat.over("leave", move(sheet, PUSH, REST), until="identity")
            beat.over("identity", FadeIn(identity))
        self.leave(aim, asked, named, identity)
        sheet.free(aim)

    def lose_a_line(self) -> None:
        """The flat map has no inverse: what it came from and what it reaches, side by side."""
        sheet, flat = self.solving, self.flat
        name = UPPER.put(
            Tag(words.note("[singular matrix:chalk]:\n$det M = 0$, no inverse", size=ink.POINT)), UP + LEFT
        )
        with self.beat(
            "The flat M has no inverse. It is a singular matrix: its determinant is zero."
        ) as beat:
            beat.over(move(sheet, REST, flat), until="It is", least=pace.SLOW)
            beat.over("singular", FadeIn(name), until="determinant")
            beat.over("determinant", words.light(name.text))
        self.show_both_planes()

    def show_both_planes(self) -> None:
        """Where x lives, with a line of them for each y; and where y lives, with the one line that is reached."""
        both = shot.split(titled=False)
        heads, boxes = zip(*(place.rows(1, 7.5, gap=0.1) for place in both.places), strict=True)
        source, goal = (
            box.plane(*[(-HALF, HALF)] * 2, equal=True, x_ticks=[], y_ticks=[], numbers=False)
            for box in boxes
        )
        flat, into = self.flat, solving.null_space(self.flat)[0]
        into = into / into[0]
        along = np.linspace(-STEPS_OFF, STEPS_OFF, DOTS)[:, None] * into
        starts = (0 * ONE_OF_MANY, ONE_OF_MANY, -ONE_OF_MANY)
        left, right = grid(source), grid(goal)
        titles = [
            head.put(
                words.note(text, size=ink.POINT, colors={one: ink.chalk for one in LETTERS if one in text}),
                LEFT,
            )
            for text, head in zip(
                ("where $bold(x)$ lives", "where $bold(y) = M bold(x)$ lands"), heads, strict=True
            )
        ]
        lines, dots, falling = [], [], []
        for start, color in zip(starts, FIBRES, strict=True):
            fibre = start + along
            fibre = fibre[(np.abs(fibre) <= HALF).all(axis=1)]
            lines.append(source.segment(fibre[0], fibre[-1], color, LINE))
            dots.append(source.dots(fibre, color, radius=0.1))
            falling.append(right.dots(fibre, color, radius=0.14))
        reached = goal.line((-flat[1, 0], flat[0, 0]), 0.0, color=ink.quiet, width=2 * LINE)
        reached.set_z_index(-1)
        corners = [
            shot.Region(*box.at([-HALF, -HALF])[:2], *box.at([HALF, HALF])[:2]) for box in (source, goal)
        ]
        column_space = corners[1].put(Tag(words.label("[column space:chalk]", size=ink.POINT)), DOWN + RIGHT)
        null_space = corners[0].put(Tag(words.label("[null space:chalk]", size=ink.POINT)), DOWN + LEFT)
        with self.beat(
            "On the left, what goes in; on the right, what comes out: a line, the column space."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(left, titles[0], *lines, *dots), run_time=pace.BRISK)
            self.shot(both)
            beat.over("right", FadeIn(right, titles[1], *falling), until="what comes")
            beat.over(move(right, REST, flat), until="column", least=pace.SLOW)
            beat.over("column", Create(reached), FadeIn(column_space))
        zero = goal.dots([(0.0, 0.0)], FIBRES[0], radius=LARGE)
        with self.beat("What lands on zero is the null space: here, a line as well.") as beat:
            beat.over(self.spotlight(lines[0], dots[0], falling[0]), until="null")
            beat.over("null", FadeIn(null_space, zero))
        missed = goal.dots([MISSED], ink.error, radius=SPOT)
        verdicts = [
            words.note(text, color, size=ink.POINT).move_to(goal.at(spot))
            for text, spot, color in (
                ("infinitely many", NAMED, FIBRES[1]),
                ("no solution", MISSED + LOWER_BY, ink.error),
            )
        ]
        with self.beat(
            "The green line lands on one point: that y has infinitely many solutions. "
            "Off the column space, y has none.",
            pause=pace.BRISK,
        ) as beat:
            self.play(FadeOut(zero), run_time=pace.QUICK)
            beat.over(self.spotlight(lines[1], dots[1], falling[1]), until="infinitely")
            beat.over("infinitely", FadeIn(verdicts[0]), until="Off")
            beat.over("Off", self.lights_on(), FadeIn(missed, scale=2), until="none")
            beat.over("none", FadeIn(verdicts[1]))
        weights = source.dots([ONE_OF_MANY], FIBRES[1], radius=LARGE)
        fit = goal.dots([flat @ ONE_OF_MANY], FIBRES[1], radius=LARGE)
        answers = [
            head.put(words.note(text, size=ink.POINT), LEFT)
            for text, head in zip(("a line of [weights:chalk]", "one [fit:chalk]"), heads, strict=True)
        ]

        def walk(steps: float) -> Changed:
            return (weights.redraw([ONE_OF_MANY + steps * into]),)

        with self.beat(
            "If two data columns say the same, a regression has a whole line of solutions."
        ) as beat:
            self.play(
                FadeOut(*verdicts, missed, *titles), FadeIn(weights, fit, *answers), run_time=pace.BRISK
            )
            beat.over(
                self.spotlight(lines[1], dots[1], falling[1], weights, fit, *answers), until="regression"
            )
            beat.over("regression", glide(walk, 0.0, ALONG), until="whole")
            beat.over("whole", glide(walk, ALONG, -ALONG), least=pace.CALM)
