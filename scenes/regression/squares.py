"""The question, and squares on residuals."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    VGroup,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.regression import least_squares
from scenes.maths.regression.least_squares import HAND_X, HAND_Y
from scenes.regression.stage import (
    BIG,
    DATA,
    ERROR,
    HAND_LINE,
    HAND_TRAY,
    MODEL,
    TICK,
    TWELVE_LINE,
    TWELVE_TRAY,
    TWELVE_UP,
    RegressionStage,
    lay,
    maths,
)
from scenes.regression.tray import ErrorSquares, Tray

THICK: Final = 2.0 * LINE
DOT: Final = 0.14
"""Radius of a point in scene units."""
GUESSES: Final = ((9.5, -0.3), (1.5, 0.35), (-2.6, 1.05), (3.4, 0.4))
"""Intercepts and slopes of lines that run through the cloud one after the other."""
FIRST: Final = (0.8, 0.6)
"""Of the line on which intercept and slope are named."""
PICKED: Final = 2
"""The household at which feature and target are read."""
TAKEN: Final = (1, 7, 6)
"""Households whose dots become the three points."""
RESIDUAL: Final = 50.0
"""Pixels of the capitals of what a residual is."""
HAND_FORMULA: Final = (7.25, 3.75)
"""Where the formula stands over the three points."""
HAND_NUMBER: Final = (7.1, 2.5)
"""Where the sum stands in their tray."""


class Fitted:
    """Points with a line, a square on each residual, and the tray that holds the squares."""

    def __init__(
        self,
        plane: Plane,
        points: Floats,
        b: npt.ArrayLike,
        across: tuple[float, float],
        tray: tuple[float, float, float, float],
    ) -> None:
        self.plane, self.across = plane, across
        self.x, self.y = points.T
        self.b: Floats = np.asarray(b, dtype=float)
        self.dots = plane.dots(points, DATA, radius=DOT)
        self.line = lay(plane.segment((0, 0), (0, 0), MODEL, THICK), self.b, across)
        self.squares = ErrorSquares(plane, self.x, self.y, self.b)
        self.tray = Tray(plane, *tray, self.squares.areas())

    @property
    def parts(self) -> list[Mobject]:
        """Everything, from behind."""
        return [self.plane, self.squares, self.tray, self.line, self.dots]

    def turn(self, b: npt.ArrayLike) -> list[Mobject]:
        """Another line: its squares and the tray follow."""
        self.b = np.asarray(b, dtype=float)
        lay(self.line, self.b, self.across)
        self.squares.redraw(self.b)
        self.tray.pour(self.squares.areas())
        return [self.line, self.squares, self.tray]

    def sum(self) -> float:
        """The sum of the squares."""
        return least_squares.rss(self.x, self.y, self.b)


def hand(lesson: RegressionStage, b: npt.ArrayLike) -> Fitted:
    """The three points."""
    points = np.column_stack([HAND_X, HAND_Y])
    return Fitted(lesson.hand_plane(), points, b, HAND_LINE, (*HAND_TRAY, 0.0, 3.0))


def families(lesson: RegressionStage, b: npt.ArrayLike) -> Fitted:
    """The twelve households; the tray holds what the flat line leaves."""
    plane = lesson.twelve_plane()
    floor = TWELVE_UP[0]
    return Fitted(plane, lesson.twelve.points, b, TWELVE_LINE, (*TWELVE_TRAY, floor, floor + 8.9))


def hand_end(lesson: RegressionStage) -> tuple[Fitted, Readout, Words]:
    """The three points with their best line: as the first chapter ends."""
    picture = hand(lesson, lesson.hand_best)
    number = Readout(picture.sum(), 1, color=ERROR, size=ink.HEADLINE, digits=2)
    number.move_to(picture.plane.at(*HAND_NUMBER))
    return picture, number, told(picture.plane)


def told(plane: Plane) -> Words:
    """What a residual is, above the tray of the three points."""
    text = "[residual $e$:focus] =\n[observed:first] − [predicted:second]"
    return words.headline(text, size=RESIDUAL / 1.25).move_to(plane.at(*HAND_FORMULA))


def alone(plane: Plane, source: str) -> Words:
    """A formula on the right of the three points, as long as there is no tray."""
    return maths(source, BIG).move_to(plane.at(HAND_FORMULA[0], 3.2))


class Squares(RegressionStage):
    """The question, and squares on residuals."""

    @chapter("Each miss carries a square")
    def each_miss_carries_a_square(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.ask()
        self.take_three()
        self.name_the_line()
        self.name_the_misses()
        self.hang_squares()
        self.pour_them()
        self.tilt_the_line()

    # --- the question

    def ask(self) -> None:
        """Twelve households, and a bar that swings through them."""
        self.wide_plane = plane = chart(
            shot.safe(titled=False),
            (4.6, 16.2),
            (2.6, 10.9),
            x_label="income (hundred francs)",
            y_label="spent on food (hundred francs)",
            x_ticks=(6, 8, 10, 12, 14, 16),
            y_ticks=(4, 6, 8, 10),
        )
        self.cloud = dots = plane.dots(self.twelve.points, DATA, radius=1.2 * DOT)
        self.bar = bar = plane.segment((0, 0), (0, 0), MODEL, THICK)
        across = plane.limits[0][0], plane.limits[1][0]
        ways = [np.array(guess) for guess in GUESSES]

        def swing(b: Floats) -> Segments:
            return lay(bar, b, across)

        with self.beat(
            "Twelve families, their income, and what they spend on food. Many lines run through."
            " Which one should you draw?"
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.BRISK)
            beat.over(LaggedStart(*(FadeIn(dot, scale=2) for dot in dots), lag_ratio=pace.LAG), until="Many")
            swing(ways[0])
            beat.over(Create(bar), until="lines")
            beat.over(glide(swing, ways[0], ways[1], bar), until="Which", least=pace.SLOW)
            beat.over(glide(swing, ways[1], ways[2], bar))
        self.play(glide(swing, ways[2], ways[3], bar), run_time=pace.SLOW)
        self.think()
        x, y = self.twelve.points[PICKED]
        foot, side = (x, plane.limits[0][1]), (plane.limits[0][0], y)
        down = plane.segment((x, y), foot, DATA, LINE, dashed=True)
        left = plane.segment((x, y), side, DATA, LINE, dashed=True)
        feature = Tag(
            words.headline("feature [$x$:first]", DATA, ink.POINT).next_to(plane.at(*foot), UP + RIGHT)
        )
        target = Tag(
            words.headline("target [$y$:first]", DATA, ink.POINT).next_to(plane.at(*side), DOWN + RIGHT)
        )
        with self.beat(
            "Income is the feature: what we know. Food is the target: what we predict from it."
        ) as beat:
            self.play(FadeOut(bar), run_time=pace.QUICK)
            beat.at("feature", Create(down), FadeIn(feature))
            beat.at("target", Create(left), FadeIn(target))
        self.leave(down, left, feature, target, run_time=pace.QUICK)

    def take_three(self) -> None:
        """Three dots move on a plane of their own."""
        self.picture = picture = hand(self, FIRST)
        plane = picture.plane
        start = plane.inverse(self.wide_plane.at(self.twelve.points[list(TAKEN)]))
        end = np.column_stack([HAND_X, HAND_Y])
        picture.dots.redraw(start)
        listed = words.headline("$(0, 0)$\n$(2, 3)$\n$(4, 3)$", DATA, BIG).move_to(plane.at(7.0, 2.0))
        with self.beat("First, take three points that you can follow by hand.") as beat:
            self.add(picture.dots)
            beat.over(FadeOut(self.cloud, self.wide_plane), until="three")
            beat.over(FadeIn(plane, listed), glide(picture.dots.redraw, start, end))
        self.listed = listed

    def name_the_line(self) -> None:
        """Intercept and slope on the line, and the formula of it."""
        picture, (intercept, slope) = self.picture, FIRST
        plane, line = picture.plane, picture.line
        formula = alone(plane, "hat(y)_i = {{ b_0 : intercept }} + {{ b_1 : slope }} {{ x_i : feature }}")
        self.model = words.headline("linear model", size=ink.POINT).next_to(formula, UP, buff=0.35)
        said = formula.part("intercept"), formula.part("slope"), formula.part("feature")
        rest = [part for part in formula if all(part not in each.get_family() for each in said)]
        up = plane.vector((0, 0), (0, intercept), MODEL, LINE)
        names = [Tag(words.headline(text, MODEL, ink.POINT)) for text in ("intercept $b_0$", "slope $b_1$")]
        names[0].next_to(plane.at(0, intercept / 2), RIGHT, buff=0.2)
        step = plane.segment(
            [(2, intercept + 2 * slope), (3, intercept + 2 * slope)],
            [(3, intercept + 2 * slope), (3, intercept + 3 * slope)],
            MODEL,
            LINE,
        )
        names[1].next_to(plane.at(3, intercept + 2.5 * slope), RIGHT, buff=0.2)
        one = Tag(words.label("1 unit of $x$", size=TICK).next_to(plane.at(2.5, intercept + 2 * slope), DOWN))
        with self.beat("A linear model predicts the target along a straight line: y hat.") as beat:
            self.play(FadeOut(self.listed), run_time=pace.QUICK)
            beat.over(Create(line), FadeIn(self.model), until="straight")
            beat.over(FadeIn(VGroup(*rest, *said)))
        with self.beat("The intercept is its prediction where x is zero.") as beat:
            beat.over(FadeIn(up, names[0]), words.light(said[0], ink.chalk), until="where")
            beat.over(words.light(names[0].text, ink.chalk))
        with self.beat("The slope is the coefficient of x: what one more unit of it adds.") as beat:
            beat.over(FadeIn(names[1]), *(words.light(each, ink.chalk) for each in said[1:]), until="what")
            beat.over(Create(step), FadeIn(one))
        self.leave(up, step, one, *names, run_time=pace.QUICK)
        self.remove(*rest, *said)
        self.add(formula)
        self.formula = formula

        def go(b: Floats) -> Segments:
            return lay(line, b, HAND_LINE)

        values = words.headline("$b_0 = 2$     $b_1 = 0$", MODEL, BIG).move_to(plane.at(HAND_FORMULA[0], 1.6))
        with self.beat("Lay it flat, at two.") as beat:
            beat.over(glide(go, np.array(FIRST), least_squares.flat(HAND_Y), line), FadeIn(values))
        self.values = values

    def name_the_misses(self) -> None:
        """The flat line, and what it leaves."""
        picture, plane = self.picture, self.picture.plane
        flat = least_squares.flat(HAND_Y)
        left = least_squares.residuals(HAND_X, HAND_Y, flat)
        formula = words.headline(
            "[residual $e$:focus] =\n[observed:first] − [predicted:second]", size=RESIDUAL
        )
        formula.move_to(plane.at(HAND_FORMULA[0], 3.0))
        stems = plane.stems(HAND_X, HAND_Y, HAND_Y, ERROR, 1.5 * LINE)
        name = Tag(words.headline("residual", ERROR, ink.POINT)).next_to(plane.at(0, 1), RIGHT, buff=0.2)
        sizes = [
            Tag(words.headline(f"${value:+g}$", ERROR, ink.POINT)).next_to(
                plane.at(x, y - value / 2), RIGHT, buff=0.15
            )
            for x, y, value in zip(HAND_X, HAND_Y, left, strict=True)
        ]
        with self.beat("What it misses is the residual: observed minus predicted.", pause=pace.SLOW) as beat:
            self.add(stems)
            beat.over(
                glide(stems.redraw, (HAND_X, HAND_Y, HAND_Y), (HAND_X, HAND_Y, np.full(3, flat[0]))),
                FadeOut(self.formula, self.model, self.values),
                until="residual",
            )
            beat.over(FadeIn(name, formula), until="observed")
            beat.over(words.light(formula.part("observed")), until="predicted")
            beat.over(words.light(formula.part("predicted")))
        with self.beat("Below the line it is negative: minus two. Above it, plus one, twice.") as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.at("minus two", FadeIn(sizes[0]))
            beat.at("plus one", FadeIn(*sizes[1:]))
        zero = words.headline("$-2 + 1 + 1 = 0$", ERROR, BIG).move_to(plane.at(HAND_FORMULA[0], 1.3))
        with self.beat("Just add them, and they cancel to zero, although the line fits badly.") as beat:
            beat.over(*(words.light(size.text, ink.chalk) for size in sizes), until="cancel", least=pace.CALM)
            beat.over(FadeIn(zero), until="although")
        self.zero = zero
        picture.turn(flat)
        self.stems, self.sizes, self.formula = stems, sizes, formula

    def hang_squares(self) -> None:
        """A true square on each gap, seen from near."""
        picture, plane = self.picture, self.picture.plane
        squares = picture.squares
        full = squares.corners()
        closed = full.copy()
        closed[:, :, 0] = squares.x[:, None]
        big, small = squares.tiles[0], squares.tiles[1]
        (x0, y0), (x1, y1) = full[0][0], full[0][2]
        cuts = plane.segment(
            [((x0 + x1) / 2, y0), (x0, (y0 + y1) / 2)],
            [((x0 + x1) / 2, y1), (x1, (y0 + y1) / 2)],
            ERROR,
            LINE,
        )
        areas = [
            words.headline(f"{area:g}", ERROR, ink.HEADLINE).move_to(tile)
            for area, tile in zip(squares.areas(), squares.tiles, strict=True)
        ]
        powers = words.headline("$(-2)^2$     $1^2$     $1^2$", ERROR, BIG)
        powers.move_to(plane.at(HAND_FORMULA[0], 1.3))
        with self.beat("So square them: hang a square on each gap.") as beat:
            beat.until("hang")
            self.bring_to_back(squares)
            beat.over(
                FadeOut(*self.sizes, self.stems, self.zero),
                FadeIn(powers),
                glide(squares.lie, closed, full),
                appear(squares),
                least=pace.SLOW,
            )
        with self.beat(
            "This gap is twice as long as that one, and its square is four times as large."
        ) as beat:
            self.play(FadeOut(plane.numbers, plane.names), run_time=pace.QUICK)
            beat.over(
                self.frame.to(big, small, share=0.95),
                until="twice",
                least=pace.SLOW,
            )
            beat.over(FadeIn(areas[1]), until="its square")
            beat.over(Create(cuts), until="four")
            beat.over(FadeOut(cuts), FadeIn(areas[0]))
        with self.beat("So one far miss counts for many near ones.") as beat:
            beat.over(self.frame.back(), FadeIn(areas[2]), words.light(areas[0]), least=pace.CALM)
        self.play(FadeIn(plane.numbers, plane.names), run_time=pace.QUICK)
        self.areas, self.powers = areas, powers

    def pour_them(self) -> None:
        """The squares pour into the tray."""
        picture = self.picture
        squares, tray = picture.squares, picture.tray
        areas = squares.areas()
        self.turned = Value(0.0)
        flat, best = least_squares.flat(HAND_Y), self.hand_best
        left = self.turned.of(lambda share: least_squares.rss(HAND_X, HAND_Y, blend(flat, best, share)))
        number = Readout(left, 1, color=ERROR, size=ink.HEADLINE, digits=2)
        number.move_to(picture.plane.at(*HAND_NUMBER))
        flying = ErrorSquares(picture.plane, HAND_X, HAND_Y, squares.b)
        flying.stems.set_stroke(opacity=0)
        tray.pour(np.zeros(3))
        with self.beat("Pour the squares into one tray: four, one and one make six.") as beat:
            beat.over(
                FadeIn(tray),
                FadeOut(*self.areas, self.powers),
                self.formula.animate.scale(1 / 1.25).move_to(picture.plane.at(*HAND_FORMULA)),
                until="tray",
            )
            beat.over(
                appear(flying),
                glide(flying.lie, squares.corners(), tray.corners(areas)),
                until="six",
                least=pace.LONG,
            )
            tray.pour(areas)
            self.remove(flying)
            self.play(FadeIn(number), run_time=pace.QUICK)
        self.number = number

    def tilt_the_line(self) -> None:
        """The line tilts, and the level falls."""
        picture = self.picture
        flat, best = least_squares.flat(HAND_Y), self.hand_best
        self.turned.draws(
            lambda share: picture.turn(blend(flat, best, share)),
            picture.line,
            picture.squares,
            picture.tray,
        )
        with self.beat("Now tilt the line, and watch the tray: 1.5 is left.") as beat:
            beat.over("tilt", self.turned.to(1.0), until="1.5", least=pace.LONG)
            beat.over(
                *(words.light(tile, ink.chalk) for tile in picture.squares.tiles),
                words.light(self.number, ink.chalk),
                least=pace.CALM,
            )
