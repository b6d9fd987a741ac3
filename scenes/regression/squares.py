"""The question, squares on residuals, and the bowl of their sum."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import appear
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.solid import SolidDots
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.regression import least_squares
from scenes.maths.regression.least_squares import HAND_X, HAND_Y
from scenes.regression.stage import (
    BIG,
    DATA,
    ERROR,
    GOAL,
    HAND_LINE,
    HAND_TRAY,
    MODEL,
    TICK,
    TWELVE_LINE,
    TWELVE_TRAY,
    TWELVE_UP,
    Look,
    RegressionStage,
    chart,
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
TURNS: Final = (0.0, 0.85)
"""Slopes between which the line turns about the mean point."""
BOWL_TURNS: Final = (0.0, 1.19)
"""Slopes over which the bowl stands."""
LIFTS: Final = (-2.4, 2.4)
"""How far above the mean point (hundreds of francs) the bowl's lines run."""
TOP: Final = 78.0
"""The highest sum that the bowl shows."""
LOOK: Final[Look] = {"tilt": 64 * DEGREES, "turn": -24 * DEGREES, "lift": 1.0, "zoom": 0.95}
"""From where the bowl is looked at."""


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


def bowl_end(lesson: RegressionStage) -> list[Mobject]:
    """The bowl with the ball at its bottom: as the second chapter ends."""
    bowl = Bowl(lesson)
    bowl.space.look(**LOOK)
    bowl.way.set(1.0)
    return [*bowl.parts, bowl.ball, *bowl.words()]


class Squares(RegressionStage):
    """The question, squares on residuals, and the bowl of their sum."""

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
        with self.beat("First, take three points that you can follow by hand.") as beat:
            self.add(picture.dots)
            beat.over(FadeOut(self.cloud, self.wide_plane), until="three")
            beat.over(FadeIn(plane), glide(picture.dots.redraw, start, end))

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
        with self.beat(
            "A linear model predicts y hat: an intercept plus a coefficient times each feature.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(Create(line), FadeIn(self.model), until="y hat")
            beat.over(FadeIn(VGroup(*rest)), until="intercept")
            beat.over(FadeIn(said[0], up, names[0]), until="coefficient")
            beat.over(FadeIn(said[1]), until="feature")
            beat.over(FadeIn(said[2]))
        with self.beat("With one feature, that coefficient is the slope.") as beat:
            beat.over(Create(step), FadeIn(one), words.light(said[1]), until="slope")
            beat.over(FadeIn(names[1]))
        self.leave(up, step, one, *names, run_time=pace.QUICK)
        self.remove(*rest, *said)
        self.add(formula)
        self.formula = formula

        def go(b: Floats) -> Segments:
            return lay(line, b, HAND_LINE)

        with self.beat("Lay it flat, at two.") as beat:
            beat.over(glide(go, np.array(FIRST), least_squares.flat(HAND_Y), line))

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
                FadeOut(self.formula, self.model),
                until="residual",
            )
            beat.over(FadeIn(name, formula), until="observed")
            beat.over(words.light(formula.part("observed")), until="predicted")
            beat.over(words.light(formula.part("predicted")))
        with self.beat("Below the line it is negative: minus two. Above it, plus one, twice.") as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.at("minus two", FadeIn(sizes[0]))
            beat.at("plus one", FadeIn(*sizes[1:]))
        zero = words.headline("$-2 + 1 + 1 = 0$", ERROR, BIG).move_to(plane.at(HAND_FORMULA[0], 1.4))
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
        with self.beat("So square them: hang a square on each gap.") as beat:
            beat.until("hang")
            self.bring_to_back(squares)
            beat.over(
                FadeOut(*self.sizes, self.stems, self.zero),
                glide(squares.lie, closed, full),
                appear(squares),
                least=pace.SLOW,
            )
        with self.beat(
            "This gap is twice as long as that one, and its square is four times as large."
        ) as beat:
            beat.over(self.frame.to(big, small, share=0.95), until="twice", least=pace.SLOW)
            beat.over(FadeIn(areas[1]), until="its square")
            beat.over(Create(cuts), until="four")
            beat.over(FadeOut(cuts), FadeIn(areas[0]))
        with self.beat("So one far miss, an outlier, counts for many near ones.") as beat:
            beat.over(words.light(areas[0]), until="many")
            beat.over(self.frame.back(), FadeIn(areas[2]), least=pace.SLOW)
        self.areas = areas

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
                FadeOut(*self.areas),
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
        with self.beat("Now tilt the line, and watch the tray.") as beat:
            beat.over("tilt", self.turned.to(1.0), least=pace.LONG)
        with self.beat("The squares have shrunk, and 1.5 is left in the tray.") as beat:
            beat.over(
                *(words.light(tile, ink.chalk) for tile in picture.squares.tiles),
                until="left",
                least=pace.CALM,
            )
            beat.over(words.light(self.number, ink.chalk))

    # --- the bowl

    @chapter("The sum has one lowest place", "OLS as least squares of areas", goes_on=True)
    def the_sum_has_one_lowest_place(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.back_to_twelve()
        self.turn_the_line()
        self.trace_the_parabola()
        self.open_the_bowl()

    def back_to_twelve(self) -> None:
        """From three points to twelve households with a flat line."""
        before, number, formula = hand_end(self)
        self.add(*before.parts, number, formula)
        flat = least_squares.flat(self.twelve.food)
        self.picture = picture = families(self, flat)
        plane = picture.plane
        squares = picture.squares
        full = squares.corners()
        closed = full.copy()
        closed[:, :, 0] = squares.x[:, None]
        self.slope = Value(0.0)
        x, y = self.twelve.income, self.twelve.food
        left = self.slope.of(lambda slope: least_squares.rss(x, y, least_squares.through_mean(x, y, slope)))
        self.number = Readout(left, 1, color=ERROR, size=ink.HEADLINE, digits=2)
        self.lift_number()
        self.formula = maths('"RSS" = scripts(sum)_i e_i^2', ink.POINT).move_to(plane.at(7.0, 10.75))
        areas = squares.areas()
        picture.tray.pour(np.zeros(len(areas)))
        with self.beat("Twelve families again, and a flat line at their mean.") as beat:
            beat.over(FadeOut(*before.parts, number, formula), FadeIn(plane, picture.dots), until="flat")
            beat.over(Create(picture.line))
        flying = ErrorSquares(plane, squares.x, squares.y, flat)
        flying.stems.set_stroke(opacity=0)
        with self.beat("The sum of the squared residuals is the residual sum of squares, the RSS.") as beat:
            self.play(FadeIn(squares.stems), run_time=pace.QUICK)
            self.bring_to_back(squares)
            beat.over(glide(squares.lie, closed, full), FadeIn(picture.tray), until="residual sum")
            beat.over(
                appear(flying),
                glide(flying.lie, full, picture.tray.corners(areas)),
                FadeIn(self.formula),
                least=pace.SLOW,
            )
            picture.tray.pour(areas)
            self.remove(flying)
            self.play(FadeIn(self.number), run_time=pace.QUICK)

    def lift_number(self) -> Readout:
        """The number stands above the level."""
        tray = self.picture.tray
        middle = (tray.left + tray.right) / 2
        self.number.next_to(self.picture.plane.at(middle, tray.level()), UP, buff=0.12)
        return self.number

    def turn_the_line(self) -> None:
        """The line turns about the mean point, and the level goes with it."""
        picture, (x, y) = self.picture, (self.twelve.income, self.twelve.food)
        mean = picture.plane.dots([(x.mean(), y.mean())], MODEL, "diamond", radius=0.2)
        self.mean = mean

        def turn(slope: float) -> list[Mobject]:
            return [*picture.turn(least_squares.through_mean(x, y, slope)), self.lift_number()]

        self.slope.draws(turn, picture.line, picture.squares, picture.tray, self.number)
        with self.beat(
            "Turn the line about the mean point. Some squares grow, others shrink, and the level tells the sum."
        ) as beat:
            beat.at("mean point", FadeIn(mean, scale=2))
            beat.over(self.slope.to(TURNS[1], rate_func=linear), until="level", least=pace.LONG)
            beat.over(self.slope.to(0.2), least=pace.SLOW)

    def trace_the_parabola(self) -> None:
        """The level, drawn over the slope."""
        picture, tray = self.picture, self.picture.tray
        plane = picture.plane
        low, high = TURNS
        slopes = np.linspace(low, high, 121)
        across = np.linspace(tray.left, tray.right, 121)
        x, y = self.twelve.income, self.twelve.food
        sums = np.array([least_squares.rss(x, y, least_squares.through_mean(x, y, each)) for each in slopes])
        levels = np.array([tray.level(each) for each in sums])
        curve = plane.curve(across, levels, ERROR, THICK, share=0.0)
        bead = plane.dots([(across[0], levels[0])], ERROR, radius=1.3 * DOT)
        floor = plane.segment((tray.left, tray.bottom), (tray.right, tray.bottom), ink.chalk, LINE)
        name = words.headline("slope $b_1$", MODEL, ink.POINT)
        name.next_to(plane.at(0.3 * tray.left + 0.7 * tray.right, tray.bottom), DOWN, buff=0.18)

        def follow(slope: float) -> Dots:
            at = (slope - low) / (high - low)
            sum_ = least_squares.rss(x, y, least_squares.through_mean(x, y, slope))
            return bead.redraw([(tray.left + at * (tray.right - tray.left), tray.level(sum_))])

        with self.beat("Draw that level above each slope: a parabola.") as beat:
            beat.over(self.slope.to(low), until="above", least=pace.BRISK)
            self.play(FadeOut(tray, self.number), FadeIn(floor, name, bead), run_time=pace.CALM)
            self.add(curve)
            self.bring_to_front(bead)
            self.slope.draws(follow, bead)
            beat.over(
                self.slope.to(high, rate_func=linear),
                glide(curve.reveal, 0.0, 1.0, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat("It is smooth, with one lowest place. There the squares are smallest in all.") as beat:
            beat.over(self.slope.to(self.best[1]), until="There", least=pace.SLOW)
            beat.over(*(words.light(tile, ink.chalk) for tile in picture.squares.tiles), least=pace.CALM)
        self.leaving = [*picture.parts[:2], picture.line, picture.dots, self.mean, curve, bead, floor, name]

    def open_the_bowl(self) -> None:
        """The parabola becomes a bowl, and a ball rolls to its bottom."""
        bowl = Bowl(self)
        bowl.space.look(tilt=88 * DEGREES, turn=0.0, lift=1.0, zoom=1.0)
        term, read = bowl.words()
        with self.beat("Now move the line up and down as well. The parabola becomes a bowl.") as beat:
            self.play(FadeOut(*self.leaving, self.formula), FadeIn(*bowl.parts), run_time=pace.CALM)
            beat.over(bowl.space.turning(**LOOK), least=pace.LONG)
        with self.beat(
            "A bowl like this is called convex: from any side, it is downhill to one bottom."
        ) as beat:
            self.play(FadeIn(bowl.ball, read), run_time=pace.QUICK)
            beat.over("downhill", bowl.way.to(1.0), least=pace.LONG)
        with self.beat(
            "Ordinary least squares picks that line: the one with the smallest sum of squared residuals."
        ) as beat:
            beat.over(FadeIn(term), until="picks")
            beat.over(bowl.space.orbit(16 * DEGREES), least=pace.SLOW)
        with self.beat("If no feature is a mix of the others, that lowest line is unique.") as beat:
            beat.over(bowl.space.orbit(-16 * DEGREES), least=pace.SLOW)


class Bowl:
    """The RSS of the twelve households over slopes and lifts of the line at the mean, and a ball on it."""

    def __init__(self, lesson: RegressionStage) -> None:
        x, y = lesson.twelve.income, lesson.twelve.food
        self.x, self.y = x, y
        self.plane = chart(
            shot.Region(-3.0, -1.9, 5.3, 2.5),
            BOWL_TURNS,
            LIFTS,
            x_ticks=[],
            y_ticks=[],
        )
        self.space = Space(self.plane, (0.0, TOP), 4.6)
        self.space.carry(self.plane)
        self.floor = self.space.floor(8)
        (left, low), (right, _) = self.plane.limits
        self.names = [
            words.caption(self.plane.at((left + right) / 2, low), "slope", DOWN, ink.chalk, 0.3, TICK),
            words.caption(self.plane.at(right, 0.0), "height", RIGHT, ink.chalk, 0.2, TICK),
        ]
        for name in self.names:
            self.space.carry(name)
        best = lesson.best[1]
        least = least_squares.rss(x, y, lesson.best)
        steep = float(((x - x.mean()) ** 2).sum())

        def height(slope: Floats, lift: Floats) -> Floats:
            return np.asarray(least + steep * (slope - best) ** 2 + len(x) * lift**2)

        self.surface = self.space.surface(height, ERROR, fill=0.12, wires=2, shape=(41, 41))
        self.height = height
        self.path = np.array([[0.0, 0.0], [best, 0.0]])
        self.ball = self.space.dots([[0.0, 0.0, TOP]], GOAL, radius=0.26)
        self.way = Value(0.0)
        self.way.draws(self.roll, self.ball)

    @property
    def parts(self) -> list[Mobject]:
        """What is seen but the ball."""
        return [self.plane, self.floor, self.surface, *self.names]

    def words(self) -> tuple[Words, Readout]:
        """The term and the sum where the ball is, beside the bowl."""
        term = words.headline("ordinary\nleast squares\n[OLS:focus]", size=ink.POINT)
        shot.safe(titled=False).put(term, UP + LEFT)
        read = Readout(self.way.of(lambda _: self.sum()), 1, "", "RSS =", ERROR, ink.POINT, digits=2)
        return term, read.next_to(term, DOWN, buff=0.5).align_to(term, LEFT)

    def at(self) -> Floats:
        """Slope and lift (2,) where the ball is."""
        return np.asarray(blend(self.path[0], self.path[1], self.way.value))

    def sum(self) -> float:
        """The RSS there."""
        slope, lift = self.at()
        return least_squares.rss(self.x, self.y, least_squares.through_mean(self.x, self.y, slope, lift))

    def roll(self, _: float) -> SolidDots:
        """The ball lies where it has come to."""
        slope, lift = self.at()
        return self.ball.redraw([[slope, lift, self.sum()]])
