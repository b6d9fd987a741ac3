"""The projection in three dimensions, and the normal equations."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, RIGHT, UP, Create, FadeIn, FadeOut, Mobject

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.regression import least_squares
from scenes.maths.regression.least_squares import HAND_X, HAND_Y
from scenes.regression.bowl import bowl_end
from scenes.regression.room import Room
from scenes.regression.squares import hand
from scenes.regression.stage import BIG, DATA, ERROR, MODEL, RegressionStage, maths

FLOOR: Final = ((-0.5, 5.1), (-0.7, 3.5))
"""How much of the plane of predictions is shown."""
CEILING: Final = 1.7
START: Final = {"tilt": 62 * DEGREES, "turn": -36 * DEGREES, "lift": 1.0, "zoom": 1.06}
TRIED: Final = ((1.2, 0.15), (0.2, 1.05), (1.9, 0.35))
"""Intercepts and slopes whose predictions are tried."""


class Arrows:
    """The room of the three points: each column is an arrow, the plane of predictions is its floor."""

    def __init__(self, lesson: RegressionStage) -> None:
        (low_u, high_u), (low_v, high_v) = FLOOR
        self.plane = shot.Region(-5.6, -3.0, 5.6, 3.6).plane(
            (low_u, high_u), (low_v, high_v), equal=True, x_ticks=[], y_ticks=[], numbers=False
        )
        unit = float((self.plane.box[1] - self.plane.box[0])[0]) / (high_u - low_u)
        self.room = room = Room(self.plane, (0.0, CEILING), CEILING * unit)
        room.look(**START)
        self.best = lesson.hand_best
        columns = least_squares.in_plane_of_predictions([HAND_Y, np.ones(3), HAND_X])
        self.y, self.one, self.x = columns
        zero = np.zeros(3)
        self.floor = room.floor(9)
        self.sheet = room.sheet(0.0, color=MODEL, fill=0.08)
        self.arrow_y = room.arrow(zero, self.y, DATA, 0.06)
        self.arrow_one = room.arrow(zero, self.one, ink.chalk)
        self.arrow_x = room.arrow(zero, self.x, ink.chalk)
        self.arrow_hat = room.arrow(zero, self.one, MODEL, 0.06)
        self.arrow_e = room.arrow(self.one, self.y, ERROR, 0.06)
        self.name_y = self.named("bold(y)", self.y, (0.4, 0.1, 0))
        self.name_one = self.named("bold(1)", self.one, (0.42, 0.0, 0))
        self.name_x = self.named("bold(x)", self.x, (0.42, 0.0, 0))
        self.name_hat = self.named("hat(bold(y))", self.shadow, (-0.3, -0.6, 0))
        self.name_e = self.named("bold(e)", (self.shadow + self.y) / 2, (0.4, 0.0, 0))

    def named(self, source: str, point: Floats, offset: tuple[float, float, float]) -> Words:
        """A letter beside a point of the room."""
        letter = maths(source, BIG)
        return self.room.name(letter, point, offset)

    @property
    def shadow(self) -> Floats:
        """Where the best prediction ends."""
        return self.said(self.best)

    def said(self, b: Floats) -> Floats:
        """Where the prediction of intercept and slope ``b`` (2,) ends."""
        return np.asarray(b[0] * self.one + b[1] * self.x)

    def predict(self, b: Floats) -> list[Mobject]:
        """The prediction of ``b`` (2,), and the residual from there."""
        tip = self.said(b)
        return [self.arrow_hat.redraw(np.zeros(3), tip), self.arrow_e.redraw(tip, self.y)]


def solution() -> list[Words]:
    """The rows of the last picture: normal equations, and what solves them."""
    rows = [
        maths("X^T X b = X^T y", 1.4 * BIG),
        maths("b = {{ (X^T X)^(-1) : inverse }} X^T y", 1.9 * BIG),
    ]
    top, bottom = shot.safe(titled=False).rows(1, 1.25)
    top.put(rows[0])
    bottom.put(rows[1])
    return rows


class Shadow(RegressionStage):
    """The projection in three dimensions, and the normal equations."""

    @chapter("The best line's residuals stand at right angles", "normal equations", goes_on=True)
    def residuals_stand_at_right_angles(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.make_an_arrow()
        self.span_the_plane()
        self.drop_the_shadow()
        self.multiply_by_hand()
        self.solve_them()

    def make_an_arrow(self) -> None:
        """The three targets are one arrow."""
        before = bowl_end(self)
        self.add(*before)
        picture = hand(self, self.hand_best)
        column = words.headline("[$bold(y)$:first] $= vec(0, 3, 3)$", size=1.4 * BIG)
        column.move_to(picture.plane.at(7.0, 2.0))
        plane = picture.plane
        reads = plane.segment(
            np.column_stack([HAND_X, HAND_Y]),
            [(plane.limits[0][0], y) for y in HAND_Y],
            DATA,
            LINE,
            dashed=True,
        )
        with self.beat("Why just there? Ask the three points again.") as beat:
            beat.over(FadeOut(*before), FadeIn(plane, picture.dots), until="three")
            beat.over(Create(picture.line))
        self.arrows = arrows = Arrows(self)
        for each in (arrows.name_one, arrows.name_x, arrows.name_hat, arrows.name_e, arrows.name_y):
            self.allow(arrows.arrow_hat, each, "the prediction turns past the letters while it is mixed")
            for mark in (arrows.floor, arrows.sheet):
                self.allow(mark, each, "the grid of the floor runs under the letters that stand on it")
        arrows.room.look(zoom=1.4)
        with self.beat("Their targets, a column of three numbers, are one arrow in space: y.") as beat:
            beat.over(Create(reads), FadeIn(column), until="are")
            self.play(FadeOut(plane, picture.dots, picture.line, reads), run_time=pace.QUICK)
            beat.over(
                glide(arrows.arrow_y.redraw, (np.zeros(3), 0.02 * arrows.y), (np.zeros(3), arrows.y)),
                FadeOut(column, target_position=arrows.name_y),
                FadeIn(arrows.name_y),
                least=pace.SLOW,
            )

    def span_the_plane(self) -> None:
        """Ones and x, and the floor that their mixtures fill."""
        arrows = self.arrows
        zero = np.zeros(3)
        ways = [np.array(each) for each in TRIED]
        arrows.predict(ways[0])
        with self.beat("The model has columns as well: ones for the intercept, and the feature x.") as beat:
            beat.over(
                "ones",
                glide(arrows.arrow_one.redraw, (zero, 0.02 * arrows.one), (zero, arrows.one)),
                FadeIn(arrows.name_one),
                until="feature",
            )
            beat.over(
                glide(arrows.arrow_x.redraw, (zero, 0.02 * arrows.x), (zero, arrows.x)), FadeIn(arrows.name_x)
            )
        with self.beat(
            "Mix the two in any amounts, and you stay on one plane. It holds each possible prediction."
        ) as beat:
            beat.over(
                FadeIn(arrows.floor, arrows.sheet), arrows.room.turning(zoom=START["zoom"]), until="stay"
            )
            self.play(FadeIn(arrows.arrow_hat), run_time=pace.QUICK)
            hat = arrows.arrow_hat

            def mix(b: Floats) -> Mobject:
                return hat.redraw(np.zeros(3), arrows.said(b))

            beat.over(glide(mix, ways[0], ways[1], hat), until="possible", least=pace.CALM)
            beat.over(glide(mix, ways[1], ways[2], hat), least=pace.CALM)

    def drop_the_shadow(self) -> None:
        """The nearest point of the plane lies straight below."""
        arrows = self.arrows
        size = Value(0.0)
        start, best = np.array(TRIED[2]), arrows.best
        arrows.predict(start)
        size.draws(lambda share: arrows.predict(blend(start, best, share)), arrows.arrow_hat, arrows.arrow_e)
        sum_ = size.of(lambda share: least_squares.rss(HAND_X, HAND_Y, blend(start, best, share)))
        read = Readout(sum_, 1, "", "$norm(bold(e))^2 =$ RSS $=$", ERROR, BIG, digits=2)
        shot.safe(titled=False).put(read, UP + RIGHT)
        with self.beat(
            "From the prediction to y runs the arrow of residuals. Its squared length is the RSS."
        ) as beat:
            self.add(arrows.arrow_e)
            beat.over(
                drive(
                    lambda t: arrows.arrow_e.redraw(
                        arrows.said(start),
                        arrows.said(start) + max(t, 0.02) * (arrows.y - arrows.said(start)),
                    ),
                    arrows.arrow_e,
                ),
                until="Its",
            )
            beat.over(FadeIn(read))
        with self.beat("Where is it shortest? Straight below y, in its shadow.") as beat:
            beat.over("Straight", size.to(1.0), FadeIn(arrows.name_hat), least=pace.SLOW)
        foot = arrows.shadow
        up = arrows.y - foot
        lines = arrows.room.segments(
            [foot - 0.9 * self.unit(way) for way in (arrows.one, arrows.x)],
            [foot + 0.9 * self.unit(way) for way in (arrows.one, arrows.x)],
            ink.chalk,
            LINE / 2,
        )
        corners = [arrows.room.corner(foot, up, way, 0.24) for way in (-arrows.one, arrows.x)]
        with self.beat("There the residuals stand upright: at right angles to the ones, and to x.") as beat:
            self.play(FadeIn(arrows.name_e), run_time=pace.QUICK)
            beat.over(arrows.room.orbit(-40 * DEGREES), until="right", least=pace.LONG)
            beat.over(
                FadeIn(lines), self.frame.to(arrows.arrow_e, lines, share=0.48), until="ones", least=pace.CALM
            )
            beat.over(FadeIn(corners[0]), until="x", least=pace.BRISK)
            self.play(FadeIn(corners[1]), run_time=pace.BRISK)
        self.play(FadeOut(*corners, lines), self.frame.back(), run_time=pace.CALM)
        self.read = read

    @staticmethod
    def unit(way: Floats) -> Floats:
        """The direction of ``way`` (3,)."""
        return np.asarray(way / np.linalg.norm(way))

    def multiply_by_hand(self) -> None:
        """Right angles are sums of products that are zero."""
        zero_one = words.headline("[$bold(e)$:focus] $dot bold(1) = -0.5 + 1 - 0.5 =$ [$0$:focus]", size=BIG)
        zero_x = words.headline(
            "[$bold(e)$:focus] $dot$ [$bold(x)$:chalk] $= 0 dot (-0.5) + 2 dot 1 + 4 dot (-0.5) =$ [$0$:focus]",
            size=BIG,
        )
        column = words.headline("[$bold(e)$:focus] $= vec(-0.5, 1, -0.5)$", size=BIG)
        others = [
            words.headline(text, size=BIG)
            for text in ("$bold(1) = vec(1, 1, 1)$", "$bold(x) = vec(0, 2, 4)$")
        ]
        short = maths("X^T e = 0", 1.9 * BIG)
        room = shot.safe(titled=False)
        rows = room.rows(1.7, 1, 1)
        for each, each_place in zip((column, *others), rows[0].columns(1, 1, 1), strict=True):
            each_place.put(each)
        rows[1].put(zero_one)
        rows[2].put(zero_x)
        term = words.headline("normal equations", size=1.5 * ink.HEADLINE)
        with self.beat("By hand, the residuals are minus a half, one, and minus a half.") as beat:
            self.clear_stage(run_time=pace.BRISK)
            beat.over(FadeIn(column), until="one", least=pace.BRISK)
            beat.over(FadeIn(*others))
        with self.beat(
            "A right angle means: multiply entry by entry, add, and get zero. With x as well."
        ) as beat:
            beat.over("multiply", FadeIn(zero_one), until="With")
            beat.over(FadeIn(zero_x), words.light(zero_one, ink.chalk), least=pace.CALM)
        room.rows(1, 1.3)[0].put(term)
        matrix = words.headline("[$X$:first] $= mat(1, 0; 1, 2; 1, 4)$", size=1.2 * BIG)
        left, right = room.rows(1, 1.3)[1].columns(1, 1)
        left.put(matrix)
        right.put(short)
        with self.beat(
            "These are the normal equations: the residuals are orthogonal to each feature, and sum to zero."
        ) as beat:
            beat.over(FadeOut(column, *others), FadeIn(term), until="residuals")
            beat.over(words.light(zero_x, ink.chalk), until="sum", least=pace.CALM)
            beat.over(words.light(zero_one, ink.chalk), least=pace.CALM)
        across = words.headline(
            "$mat(1, 1, 1; 0, 2, 4)$ [$vec(-0.5, 1, -0.5)$:focus] $= vec(0, 0)$", size=BIG
        )
        right.put(across, RIGHT)
        with self.beat(
            "Put both columns into one matrix X. Laid on its side, it takes both products at once.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeOut(zero_one, zero_x), FadeIn(matrix), until="Laid")
            beat.over(FadeIn(across), until="both products", least=pace.CALM)
            beat.over(FadeOut(across), FadeIn(short))
        self.short_form = term, short, matrix

    def solve_them(self) -> None:
        """Two linear equations for two unknowns."""
        term, short, matrix_shown = self.short_form
        rows = solution()
        room = shot.safe(titled=False)
        top, bottom = room.rows(1, 1.25)
        inner = maths("X^T {{ (y - X b) : left }} = 0", 1.4 * BIG, {"left": ERROR})
        top.put(inner)
        matrix = least_squares.design(HAND_X)
        (a, b), (_, c) = matrix.T @ matrix
        right = matrix.T @ HAND_Y
        sides = words.headline(
            f"$mat({a:.0f}, {b:.0f}; {b:.0f}, {c:.0f})$ [$vec(b_0, b_1)$:second] "
            f"$= vec({right[0]:.0f}, {right[1]:.0f})$",
            size=1.2 * BIG,
        )
        solved = words.headline(
            f"[$b_0 = {self.hand_best[0]:g}$:second]\n\n[$b_1 = {self.hand_best[1]:g}$:second]",
            size=1.2 * BIG,
        )
        places = bottom.columns(1.7, 1)
        places[0].put(sides)
        places[1].put(solved)
        sums = words.headline(
            "[$x$:first]$: 0 + 2 + 4 = 6$\n[$x^2$:first]$: 0 + 4 + 16 = 20$\n"
            "[$y$:first]$: 0 + 3 + 3 = 6$\n[$x y$:first]$: 0 + 6 + 12 = 18$",
            size=ink.POINT,
        )
        places[1].put(sums)
        with self.beat("The residuals are y minus X b. Put that in for e.") as beat:
            beat.over(FadeOut(term), words.rewrite(short, inner), least=pace.CALM)
            beat.over(words.light(inner.part("left"), ink.chalk))
        with self.beat("Multiply out: X transpose X b equals X transpose y.", pause=pace.CALM) as beat:
            beat.over(words.rewrite(inner, rows[0]), least=pace.CALM)
        with self.beat("Each entry is a sum over the three points.") as beat:
            beat.over(FadeOut(matrix_shown), FadeIn(sides), until="sum")
            beat.over(FadeIn(sums))
        with self.beat("Two equations, two unknowns: solve them, and there is our line.") as beat:
            beat.over(words.light(sides, ink.chalk), until="solve")
            beat.over(FadeOut(sums), FadeIn(solved))
        with self.beat("Where no column is a mix of the others, this inverse gives b.") as beat:
            beat.over(FadeOut(sides, solved), FadeIn(rows[1]), until="this", least=pace.CALM)
            beat.over(words.light(rows[1].part("inverse")))
