"""The RSS over all lines through the families: a parabola, then a bowl with one lowest place."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, DOWN, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.space import Space
from scenes.kit.value import Reading, Value
from scenes.kit.words import Words
from scenes.maths.regression import least_squares
from scenes.regression.squares import DOT, THICK, Fitted, families, hand_end
from scenes.regression.stage import ERROR, GOAL, MODEL, TICK, Look, RegressionStage, maths
from scenes.regression.tray import ErrorSquares

TURNS: Final = (0.0, 0.85)
"""Slopes between which the line turns about the mean point."""
BOWL_TURNS: Final = (0.0, 1.19)
"""Slopes over which the bowl stands."""
LIFTS: Final = (-2.4, 2.4)
"""How far above the mean point (hundreds of francs) the bowl's lines run."""
TOP: Final = 78.0
"""The highest sum that the bowl shows."""
UP_LEFT: Final = (0.08, 1.35)
"""Slope and lift of a line whose ball starts high on the wall."""
LOOK: Final[Look] = {"tilt": 66 * DEGREES, "turn": -24 * DEGREES, "lift": 1.0, "zoom": 0.96}
"""From where the bowl is looked at."""


class Bowl:
    """The RSS of the families over slopes and levels of their line, and a ball that stands for ``picture``'s line."""

    def __init__(self, lesson: RegressionStage, picture: Fitted) -> None:
        self.picture = picture
        x, y = picture.x, picture.y
        edge = float(picture.plane.at(15.9, 2.0)[0])
        self.plane = shot.Region(edge + 0.35, -1.75, 6.35, 1.6).plane(
            BOWL_TURNS, LIFTS, x_ticks=[], y_ticks=[], numbers=False
        )
        self.space = Space(self.plane, (0.0, TOP), 3.9)
        self.space.carry(self.plane)
        self.floor = self.space.floor(6)
        (left, low), (right, _) = self.plane.limits
        self.names = [
            words.caption(self.plane.at(0.5 * left + 0.5 * right, low), "slope", DOWN, MODEL, 0.3, TICK),
            words.caption(self.plane.at(right, low), "level of the line", DOWN, MODEL, 0.22, TICK),
        ]
        for name in self.names:
            self.space.carry(name)
        best = float(lesson.best[1])
        least = least_squares.rss(x, y, lesson.best)
        steep = float(((x - x.mean()) ** 2).sum())

        def height(slope: Floats, lift: Floats) -> Floats:
            return np.asarray(least + steep * (slope - best) ** 2 + len(x) * lift**2)

        self.surface = self.space.surface(height, ERROR, fill=0.12, wires=2, shape=(33, 33))
        self.ball = self.space.dots([[best, 0.0, least]], GOAL, radius=0.22)
        self.slope, self.lift = Value(best), Value(0.0)
        self.where = Reading(lambda slope, lift: (slope, lift), self.slope, self.lift)
        self.where.draws(self.roll, self.ball, picture.line, picture.squares, picture.tray)
        self.read = Readout(self.where.of(self.sum), 1, "", "RSS =", ERROR, ink.HEADLINE, digits=2)
        shot.safe(titled=False).put(self.read, UP + RIGHT)

    @property
    def parts(self) -> list[Mobject]:
        """The bowl but its ball."""
        return [self.plane, self.floor, self.surface, *self.names]

    def line(self, at: tuple[float, float]) -> Floats:
        """Intercept and slope (2,) of the line of that slope and lift."""
        slope, lift = at
        return least_squares.through_mean(self.picture.x, self.picture.y, slope, lift)

    def sum(self, at: tuple[float, float]) -> float:
        """The RSS of that line."""
        return least_squares.rss(self.picture.x, self.picture.y, self.line(at))

    def roll(self, at: tuple[float, float]) -> list[Mobject]:
        """The line lies there, with its squares, and the ball on the bowl."""
        return [self.ball.redraw([[*at, self.sum(at)]]), *self.picture.turn(self.line(at))]


def bowl_end(lesson: RegressionStage) -> list[Mobject]:
    """The best line and the ball at the bottom of the bowl: as the second chapter ends."""
    picture = families(lesson, lesson.best)
    bowl = Bowl(lesson, picture)
    bowl.space.look(**LOOK)
    term = least_term(picture)
    return [
        picture.plane,
        picture.squares,
        picture.line,
        picture.dots,
        *bowl.parts,
        bowl.ball,
        bowl.read,
        term,
    ]


def least_term(picture: Fitted) -> Words:
    """The name of what is done, over the families."""
    term = words.headline("ordinary least squares, [OLS:focus]", size=0.84 * ink.POINT)
    return term.move_to(picture.plane.at(10.4, 11.05))


class Lowest(RegressionStage):
    """The RSS over slopes and levels of the line, and its lowest place."""

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
        self.formula = maths('"RSS" = scripts(sum)_i e_i^2', ink.POINT).move_to(plane.at(8.0, 10.8))
        self.allow(squares, self.formula, "a square's corner passes under it while the line turns")
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
        sizes = np.array([self.absolute(each) for each in slopes])
        scale = (levels[0] - tray.bottom) / sizes[0]
        corners = plane.curve(across, tray.bottom + scale * sizes, ink.quiet, THICK, share=0.0)
        turns = (y - y.mean()) / (x - x.mean())
        bends = [each for each in turns if low < each < high]
        kinks = plane.dots(
            [
                (
                    float(np.interp(each, slopes, across)),
                    tray.bottom + scale * self.absolute(float(each)),
                )
                for each in bends
            ],
            ink.quiet,
            radius=0.6 * DOT,
        )
        named = words.label("absolute\nvalues", ink.quiet, ink.POINT).move_to(plane.at(20.9, 8.6))
        with self.beat(
            "Why squares? Absolute values make corners, where no slope can be set to zero."
        ) as beat:
            beat.over(words.light(curve, ink.chalk), until="Absolute")
            self.add(corners)
            beat.over(
                glide(corners.reveal, 0.0, 1.0, corners, rate_func=linear),
                FadeIn(named),
                until="where",
                least=pace.SLOW,
            )
            beat.over(FadeIn(kinks))
        self.leaving = [self.mean, curve, bead, floor, name, corners, kinks, named]

    def absolute(self, slope: float) -> float:
        """The sum of the residuals' sizes under the line of that slope about the mean point."""
        x, y = self.twelve.income, self.twelve.food
        return float(np.abs(least_squares.residuals(x, y, least_squares.through_mean(x, y, slope))).sum())

    def open_the_bowl(self) -> None:
        """The parabola becomes a bowl, and a ball rolls to its bottom, as the line comes to rest."""
        picture, best = self.picture, float(self.best[1])
        bowl = Bowl(self, picture)
        bowl.space.look(tilt=88 * DEGREES, turn=0.0, lift=1.0, zoom=1.0)
        term = least_term(picture)
        with self.beat("Now move the line up and down as well. The parabola becomes a bowl.") as beat:
            self.play(FadeOut(*self.leaving, self.formula), FadeIn(*bowl.parts[:-1], bowl.ball, bowl.read))
            beat.over(bowl.lift.to(1.9), until="The", least=pace.CALM)
            beat.over(bowl.space.turning(**LOOK), bowl.lift.to(-1.2), least=pace.SLOW)
            self.play(FadeIn(bowl.names[1]), run_time=pace.QUICK)
        slope, lift = UP_LEFT
        with self.beat("From any side it is downhill to one bottom. Such a bowl is called convex.") as beat:
            beat.over(bowl.slope.to(slope), bowl.lift.to(lift), until="downhill", least=pace.CALM)
            beat.over(bowl.slope.to(best), bowl.lift.to(0.0), least=pace.LONG)
        with self.beat(
            "Ordinary least squares picks that line: the one with the smallest sum of squared residuals."
        ) as beat:
            beat.over(FadeIn(term), until="picks")
            beat.over(
                *(words.light(tile, ink.chalk) for tile in picture.squares.tiles),
                until="smallest",
                least=pace.SLOW,
            )
            beat.over(words.light(bowl.ball, ink.chalk), words.light(bowl.read, ink.chalk))
