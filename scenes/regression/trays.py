"""R squared as a share of areas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from manim import DOWN, UP, FadeIn, FadeOut, Mobject, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import BeatClock, chapter
from scenes.kit.line import Polygon
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.regression import least_squares, unseen
from scenes.maths.regression.least_squares import HAND_X, HAND_Y
from scenes.regression.squares import families
from scenes.regression.stage import BIG, DATA, ERROR, GOAL, MODEL, RegressionStage, lay, maths
from scenes.regression.tray import FILL, ErrorSquares, Tray, boxes
from scenes.regression.walk import bowls_end

THICK: Final = 2.0 * LINE
EXPLAINED: Final = GOAL
"""Colour of what the line explains."""
SHARE_WIDE: Final = 6.0
SHARE_TALL: Final = 4.9
SHARE_FLOOR: Final = 0.8
"""The two trays of shares: how wide and tall the whole is, and where it stands."""
MISFIT: Final = -0.06
"""Slope of a line that suits the twelve worse than their mean."""


class Side:
    """Points with a line, its squares, and a tray over the same place, in one half of the frame."""

    def __init__(
        self,
        place: shot.Region,
        points: Floats,
        b: Floats,
        limits: tuple[tuple[float, float], tuple[float, float]],
        tray: tuple[float, float, float, float],
    ) -> None:
        across, up = limits
        self.plane = place.plane(across, up, equal=True, x_ticks=[], y_ticks=[], numbers=False)
        x, y = points.T
        self.dots = self.plane.dots(points, DATA, radius=0.14)
        self.line = lay(self.plane.segment((0, 0), (0, 0), MODEL, THICK), b, across)
        self.squares = ErrorSquares(self.plane, x, y, b)
        self.tray = Tray(self.plane, *tray, self.squares.areas())

    @property
    def picture(self) -> list[Mobject]:
        """Points, line and squares."""
        return [self.plane, self.squares, self.line, self.dots]


def explained_by(tray: Tray, low: float, high: float) -> Polygon:
    """What stands in ``tray`` between two sums of squares: the part that the line has taken away."""
    part = Polygon(tray.plane, color=EXPLAINED, width=LINE, fill=1.3 * FILL)
    return part.redraw(boxes(tray.left, [tray.level(low)], tray.right, tray.level(high))[0])


def grown(part: Polygon, tray: Tray, low: float, high: float) -> Drive:
    """What is explained grows in ``tray`` from the upper of two sums down to the lower one."""

    def stand(now: float) -> Polygon:
        return part.redraw(boxes(tray.left, [tray.level(now)], tray.right, tray.level(high))[0])

    return glide(stand, high - 1e-3 * (high - low), low, part)


class Shares:
    """Two trays as high as the whole: R² of the twelve as fitted, and of each by a line that has not seen it.

    Beside the income there are ``columns`` of noise, from none at first to all.
    """

    def __init__(self, columns: float = float(unseen.NOISE)) -> None:
        room = shot.safe(titled=False)
        self.plane = room.plane((0, 13.2), (0, 6.9), equal=True, x_ticks=[], y_ticks=[], numbers=False)
        self.columns = Value(columns)
        self.shares = np.array([unseen.fitted_shares(), unseen.unseen_shares()])
        self.trays: list[Tray] = []
        self.explained: list[Polygon] = []
        self.names: list[Words] = []
        self.numbers: list[Readout] = []
        for row, (left, text) in enumerate(((0.3, "as fitted"), (6.9, "each left out in turn"))):
            floor, middle = SHARE_FLOOR, left + SHARE_WIDE / 2
            tray = Tray(self.plane, left, left + SHARE_WIDE, floor, floor + SHARE_TALL + 0.2, [0.0])
            part = Polygon(self.plane, color=EXPLAINED, width=LINE, fill=1.3 * FILL)
            share = self.columns.of(self.of_row(row))
            number = Readout(share, 2, "", "$R^2 =$", ink.chalk, 1.3 * ink.HEADLINE, digits=2)
            number.move_to(self.plane.at(middle, floor + 0.72 * SHARE_TALL))
            name = words.headline(text, size=46.0)
            name.next_to(self.plane.at(middle, floor), DOWN, buff=0.2)
            self.trays.append(tray)
            self.explained.append(part)
            self.names.append(name)
            self.numbers.append(number)
        self.count = Readout(self.columns, 0, label="columns of noise:", color=ink.quiet, size=46.0)
        self.count.move_to(self.plane.at(6.6, 6.5))
        self.stand(columns)

    def of_row(self, row: int) -> Callable[[float], float]:
        """:meth:`share` of a row, by the columns of noise."""
        return lambda now: self.share(row, now)

    def share(self, row: int, columns: float) -> float:
        """R² as fitted (row 0) or left out (row 1)."""
        return float(np.interp(columns, range(len(self.shares[row])), self.shares[row]))

    def stand(self, columns: float) -> list[Mobject]:
        """In each tray lies what the line leaves, and above that what it explains."""
        whole = SHARE_WIDE * SHARE_TALL
        for row, (tray, part) in enumerate(zip(self.trays, self.explained, strict=True)):
            tray.pour([(1 - self.share(row, columns)) * whole])
            part.redraw(boxes(tray.left, [tray.level()], tray.right, tray.level(whole))[0])
        return [*self.trays, *self.explained]

    @property
    def all(self) -> list[Mobject]:
        """Everything."""
        return [*self.trays, *self.explained, *self.names, *self.numbers, self.count]


class Trays(RegressionStage):
    """R squared as a share of areas."""

    @chapter("R² is the area that vanished", "R²", goes_on=True)
    def r_squared_is_the_area_that_vanished(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.compare_by_hand()
        self.lay_over()
        self.take_the_twelve()
        self.fall_below_zero()
        self.add_features()
        self.on_unseen_families()

    def compare_by_hand(self) -> None:
        """The flat line's squares, and the best line's, in two trays."""
        before = bowls_end(self)
        self.add(*before)
        points = np.column_stack([HAND_X, HAND_Y])
        limits = (-0.6, 4.6), (-0.25, 4.2)
        tray = (0.5, 3.5, 0.0, 3.0)
        flat = least_squares.flat(HAND_Y)
        upper, below = shot.safe(titled=False).rows(1, 5.6, gap=0.1)
        self.halves = below.columns(1, 1, gap=0.4)
        self.heads = upper.columns(1, 1, gap=0.4)
        self.left = Side(self.halves[0], points, flat, limits, tray)
        self.right = Side(self.halves[1], points, self.hand_best, limits, tray)
        left, right = self.left, self.right
        names = [
            self.heads[0].put(words.headline("the mean", size=ink.POINT)),
            self.heads[1].put(words.headline("the line", MODEL, ink.POINT)),
        ]
        with self.beat("How good is a line? Compare it with a baseline: the mean.") as beat:
            beat.over(FadeOut(*before), FadeIn(*right.picture, names[1]), until="Compare")
            beat.over("baseline", FadeIn(*left.picture, names[0]))
        self.names = names
        sums = [float(side.squares.areas().sum()) for side in (left, right)]
        labels = [
            words.headline(f"TSS = [{sums[0]:g}:focus]"),
            words.headline(f"RSS = [{sums[1]:g}:focus]"),
        ]
        for place, label in zip(self.heads, labels, strict=True):
            place.put(label)
        with self.beat(
            "Around the mean the squares sum to six, the total sum of squares. The line leaves far less."
        ) as beat:
            self.pour(beat, left, names[0], labels[0], "six", "line")
            self.pour(beat, right, names[1], labels[1], "leaves", None)
        self.sums = labels

    def pour(
        self, beat: BeatClock, side: Side, name: Words, label: Words, word: str, until: str | None
    ) -> None:
        """The squares of one side pour into its tray."""
        tray, squares = side.tray, side.squares
        areas = squares.areas()
        tray.slabs.set_opacity(0)
        rim = squares.corners()
        squares.stems.set_stroke(opacity=0)
        beat.at(word, FadeIn(tray.walls), FadeOut(name), FadeIn(label), run_time=pace.QUICK)
        beat.over(
            glide(squares.lie, rim, tray.corners(areas)),
            FadeOut(side.plane, side.line, side.dots),
            until=until,
            least=pace.SLOW,
        )

    def lay_over(self) -> None:
        """The small tray slides over the large one."""
        left, right = self.left, self.right
        sums = [float(side.squares.areas().sum()) for side in (left, right)]
        part = explained_by(left.tray, sums[1], sums[0])
        share = words.headline(f"{1 - sums[1] / sums[0]:g}", size=1.4 * ink.HEADLINE).move_to(part)
        law = maths(
            'R^2 = 1 - {{ "RSS" : rss }} / {{ "TSS" : tss }}', 1.3 * BIG, {"rss": ERROR, "tss": ERROR}
        )
        law.move_to(self.halves[1].middle)
        way = left.plane.at(0, 0) - right.plane.at(0, 0)
        with self.beat("Lay the small tray over the large one: three quarters have vanished.") as beat:
            beat.over(
                right.squares.animate.shift(way),
                right.tray.walls.animate.shift(way),
                FadeOut(self.sums[1]),
                until="three",
                least=pace.SLOW,
            )
            self.play(FadeOut(left.squares), FadeIn(part), run_time=pace.CALM)
            beat.over(
                FadeOut(self.sums[0]),
                FadeIn(share),
                self.frame.to(left.tray.walls, share=0.9),
                least=pace.CALM,
            )
        with self.beat(
            "R squared is the share of the target's variation, around its mean, that the model explains.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                FadeIn(law, self.sums[0]), FadeOut(share), self.frame.back(), until="share", least=pace.CALM
            )
            beat.over(
                grown(part, left.tray, sums[1], sums[0]),
                words.light(law.part("tss"), ink.chalk),
                until="model",
                least=pace.CALM,
            )
            beat.over(FadeIn(share), words.light(law.part("rss"), ink.chalk), least=pace.CALM)
        self.trays_shown = [right.squares, right.tray.walls, left.tray.walls, part, share, self.sums[0]]
        self.share_law = law

    def take_the_twelve(self) -> None:
        """The same for the twelve households, beside their line."""
        x, y = self.twelve.income, self.twelve.food
        self.total = least_squares.rss(x, y, least_squares.flat(y))
        self.picture = picture = families(self, self.best)
        plane, tray = picture.plane, picture.tray
        self.slope = Value(float(self.best[1]))
        self.part = Polygon(plane, color=EXPLAINED, width=LINE, fill=1.3 * FILL)
        top = tray.level(self.total)
        self.mark = plane.segment((tray.left, top), (tray.right, top), ERROR, 2 * LINE, dashed=True)
        middle = (tray.left + tray.right) / 2
        self.tss = words.label("TSS", size=ink.POINT).next_to(plane.at(middle, top), UP, buff=0.08)
        self.slope.draws(self.stand, picture.line, picture.squares, tray, self.part)
        self.read = Readout(
            self.slope.of(lambda slope: 1 - self.left_by(slope) / self.total),
            2,
            "",
            "$R^2 =$",
            size=0.9 * ink.HEADLINE,
            digits=2,
        )
        self.read.move_to(plane.at(12.4, 3.0))
        name = words.headline("coefficient of determination", size=0.84 * ink.POINT)
        self.coefficient_name = name.move_to(plane.at(8.9, 11.05))
        with self.beat("For our families this coefficient of determination is 0.86.") as beat:
            beat.over(
                FadeOut(*self.trays_shown, self.share_law),
                FadeIn(*picture.parts[:2], picture.line, picture.dots, tray, self.part, self.mark, self.tss),
                until="coefficient",
            )
            beat.over(FadeIn(name), until="0.86")
            beat.over(FadeIn(self.read))

    def left_by(self, slope: float) -> float:
        """The RSS of the line of that slope through the mean point."""
        x, y = self.twelve.income, self.twelve.food
        return least_squares.rss(x, y, least_squares.through_mean(x, y, slope))

    def stand(self, slope: float) -> list[Mobject]:
        """The line has ``slope``; in the tray lies what it leaves, and above that what it explains, if anything."""
        x, y = self.twelve.income, self.twelve.food
        moved = self.picture.turn(least_squares.through_mean(x, y, slope))
        tray, left = self.picture.tray, self.left_by(slope)
        tray.pour([*([0.0] * (len(x) - 1)), left])
        low, high = tray.level(min(left, self.total)), tray.level(self.total)
        self.part.redraw(boxes(tray.left, [low], tray.right, high)[0])
        return [*moved, self.part]

    def fall_below_zero(self) -> None:
        """A falling line leaves more than the mean."""
        name = words.headline("a falling line", MODEL, ink.POINT)
        name.move_to(self.picture.plane.at(12.8, 4.9))
        with self.beat(
            "A line that fits worse than the mean leaves more, and R squared falls below zero."
        ) as beat:
            self.play(FadeOut(self.tss), run_time=pace.QUICK)
            beat.over(self.slope.to(MISFIT), FadeIn(name), until="falls", least=pace.LONG)
            beat.over(words.light(self.read))
        self.play(self.slope.to(float(self.best[1])), FadeOut(name), run_time=pace.SLOW)

    def add_features(self) -> None:
        """Columns of noise lower the level on the fitted data."""
        picture, tray = self.picture, self.picture.tray
        sums = unseen.with_noise()
        noise = unseen.noise()
        columns = np.column_stack([self.twelve.income, noise])
        scaled = (columns - columns.min(axis=0)) / np.ptp(columns, axis=0)
        place = shot.Region(-6.3, -2.2, float(picture.plane.at(tray.left, 2.0)[0]) - 0.5, 2.5)
        tables, heads = [], []
        for number, each in enumerate(place.columns(*[1] * columns.shape[1], gap=0.3)):
            cell = (each.width, each.height / len(columns))
            tables.append(each.put(Matrix(scaled[:, [number]], cell, heat=DATA)))
            text, color = ("income", DATA) if number == 0 else ("noise", ink.quiet)
            heads.append(words.label(text, color, ink.POINT).next_to(tables[-1], UP, buff=0.2))
        level = Value(sums[0])

        def pour(left: float) -> list[Mobject]:
            tray.pour([*([0.0] * (len(tray.areas) - 1)), left])
            low, high = tray.level(left), tray.level(self.total)
            self.part.redraw(boxes(tray.left, [low], tray.right, high)[0])
            return [tray, self.part]

        read = Readout(
            level.of(lambda left: 1 - left / self.total), 2, size=1.2 * ink.HEADLINE, digits=2
        ).move_to(picture.plane.at((tray.left + tray.right) / 2, 6.3))
        letter = words.headline("$R^2$", size=1.2 * ink.HEADLINE)
        letter.move_to(picture.plane.at((tray.left + tray.right) / 2, 8.2))
        with self.beat(
            "On the fitted data, a new feature cannot lower it: three columns of pure noise raise it."
        ) as beat:
            self.play(
                FadeOut(*picture.parts[:2], picture.line, picture.dots, self.coefficient_name),
                FadeOut(self.read),
                FadeIn(tables[0], heads[0], letter, read),
                run_time=pace.CALM,
            )
            level.draws(pour, tray, self.part)
            for number, word in enumerate(("three", "noise", "raise"), start=1):
                beat.over(
                    FadeIn(tables[number], heads[number]), level.to(sums[number]), until=word, least=pace.CALM
                )
            beat.over(words.light(read))
        self.leaving = [tray, self.part, self.mark, letter, read, *tables, *heads]

    def on_unseen_families(self) -> None:
        """R² of the twelve as fitted and left out: noise raises the one and lowers the other."""
        shares = Shares(0.0)
        first, second = (
            [shares.trays[row], shares.explained[row], shares.names[row], shares.numbers[row]]
            for row in (0, 1)
        )
        with self.beat(
            "So test on new data: leave out each family in turn, and predict it from the others."
        ) as beat:
            self.play(FadeOut(*self.leaving), FadeIn(*first, shares.count), run_time=pace.CALM)
            beat.over(FadeIn(*second), until="predict")
            beat.over(words.light(shares.numbers[1], ink.chalk))
        shares.columns.draws(shares.stand, *shares.trays, *shares.explained)
        with self.beat("With the noise, that one falls to 0.58. So quote it.") as beat:
            beat.over(words.light(shares.names[1], ink.chalk), until="falls")
            beat.over(shares.columns.to(float(unseen.NOISE), rate_func=linear), until="So", least=pace.SLOW)
            beat.over(words.light(shares.numbers[1]))


def trays_end() -> list[Mobject]:
    """Two trays: as the chapter ends."""
    return Shares().all
