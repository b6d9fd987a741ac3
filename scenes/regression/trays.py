"""R squared as a share of areas."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn, FadeOut, Mobject

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import Drive, appear
from scenes.kit.glide import glide
from scenes.kit.lesson import BeatClock, chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.regression import least_squares, unseen
from scenes.maths.regression.least_squares import HAND_X, HAND_Y
from scenes.regression.stage import BIG, DATA, ERROR, GOAL, MODEL, RegressionStage, lay, maths
from scenes.regression.tray import FILL, ErrorSquares, Tray, boxes
from scenes.regression.walk import bowls_end

THICK: Final = 2.0 * LINE
EXPLAINED: Final = GOAL
"""Colour of what the line explains."""
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
    """Two trays as high as the whole: R² on families that were fitted, and on unseen ones."""

    def __init__(self) -> None:
        room = shot.safe(titled=False)
        self.plane = room.plane((0, 13.2), (0, 6.9), equal=True, x_ticks=[], y_ticks=[], numbers=False)
        self.parts: list[Mobject] = []
        self.numbers: list[Words] = []
        self.growth: list[Drive] = []
        wide, floor, tall = 6.0, 0.8, 5.7
        for left, share, text in (
            (0.3, unseen.fitted_share(), "235 families, fitted"),
            (6.9, unseen.unseen_share()[0], "not seen: ±0.01 (20 shuffles)"),
        ):
            whole = wide * tall
            tray = Tray(self.plane, left, left + wide, floor, floor + tall + 0.2, [(1 - share) * whole])
            part = Polygon(self.plane, color=EXPLAINED, width=LINE, fill=1.3 * FILL)
            part.redraw(boxes(left, [tray.level()], left + wide, tray.level(whole))[0])
            number = words.headline(f"$R^2 =$ {share:.2f}", ink.chalk, 1.5 * ink.HEADLINE).move_to(part)
            name = words.headline(text, size=44.0)
            name.next_to(self.plane.at(left + wide / 2, floor), DOWN, buff=0.2)
            self.parts += [tray, part, name]
            self.numbers.append(number)
            self.growth.append(grown(part, tray, tray.areas.sum(), whole))

    @property
    def all(self) -> list[Mobject]:
        """Everything."""
        return [*self.parts, *self.numbers]


class Trays(RegressionStage):
    """R squared as a share of areas."""

    @chapter("R² is the area that vanished", "R²", goes_on=True)
    def r_squared_is_the_area_that_vanished(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.compare_by_hand()
        self.lay_over()
        self.take_the_twelve()
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
        with self.beat(
            "How good is a line? Compare it with a baseline that knows no feature: the mean."
        ) as beat:
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
        with self.beat(
            "Lay the small tray over the large one. What is left uncovered has vanished: three quarters."
        ) as beat:
            beat.over(
                right.squares.animate.shift(way),
                right.tray.walls.animate.shift(way),
                FadeOut(self.sums[1]),
                until="What",
                least=pace.SLOW,
            )
            self.play(FadeOut(left.squares), FadeIn(part), run_time=pace.CALM)
            beat.over(
                "three",
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
        """The same for the twelve households."""
        x, y = self.twelve.income, self.twelve.food
        self.total = least_squares.rss(x, y, least_squares.flat(y))
        place = shot.safe(titled=False).columns(1.1, 1, gap=0.4)[0]
        plane = place.plane((0.3, 8.3), (1.7, 12.3), x_ticks=[], y_ticks=[], numbers=False)
        self.level = Value(least_squares.rss(x, y, self.best))
        self.tray = tray = Tray(plane, 0.6, 6.8, 2.0, 12.2, [self.level.value])
        self.part = Polygon(plane, color=EXPLAINED, width=LINE, fill=1.3 * FILL)
        self.mark = plane.segment(
            (0.4, tray.level(self.total)), (7.0, tray.level(self.total)), ERROR, 2 * LINE, dashed=True
        )
        self.level.draws(self.stand, self.tray, self.part)
        self.read = Readout(
            self.level.of(lambda left: 1 - left / self.total),
            2,
            "",
            "$R^2 =$",
            size=1.4 * ink.HEADLINE,
            digits=2,
        )
        self.read.next_to(self.share_law, DOWN, buff=0.7)
        name = words.headline("coefficient of determination", size=44.0)
        name.next_to(self.share_law, UP, buff=0.7)
        tss = words.label("TSS", size=ink.POINT).next_to(
            plane.at(7.0, tray.level(self.total)), RIGHT, buff=0.15
        )
        self.tss = tss
        with self.beat("For our families this coefficient of determination is 0.86.") as beat:
            beat.over(
                FadeOut(*self.trays_shown), FadeIn(tray, self.part, self.mark, tss), until="coefficient"
            )
            beat.over(FadeIn(name), until="0.86")
            beat.over(FadeIn(self.read))
        self.coefficient_name = name

    def stand(self, left: float) -> list[Mobject]:
        """The tray holds ``left``; the rest of the total is explained, if there is any."""
        tray = self.tray
        tray.pour([left])
        low, high = tray.level(min(left, self.total)), tray.level(self.total)
        self.part.redraw(boxes(tray.left, [low], tray.right, high)[0])
        return [tray, self.part]

    def add_features(self) -> None:
        """Columns of noise lower the level on the fitted data; unseen data may raise it above the total."""
        sums = unseen.with_noise()
        with self.beat(
            "On the fitted data, another feature cannot lower it, not even a column of noise."
        ) as beat:
            for left in sums[1:4]:
                beat.over(self.level.to(left), until=None if left == sums[3] else "even", least=pace.CALM)
        adjusted = unseen.adjusted(len(sums) - 1)
        fair = words.headline(f"adjusted $R^2 =$ {adjusted:.2f}", size=0.95 * ink.HEADLINE).move_to(self.read)
        with self.beat("Adjusted R squared charges for each feature.") as beat:
            beat.over(FadeOut(self.read), FadeIn(fair), until="each", least=pace.CALM)
        self.play(FadeOut(fair), FadeIn(self.read), self.level.to(sums[0]), run_time=pace.CALM)
        x, y = self.twelve.income, self.twelve.food
        misfit = least_squares.rss(x, y, least_squares.through_mean(x, y, MISFIT))
        with self.beat("On new data it can even fall below zero: then the mean predicts better.") as beat:
            beat.over(self.level.to(misfit), until="then", least=pace.SLOW)
            beat.over(words.light(self.read))

    def on_unseen_families(self) -> None:
        """R² of all households, fitted and unseen."""
        shares = Shares()
        with self.beat("On the whole survey it is 0.83, where it was fitted.") as beat:
            self.play(
                FadeOut(
                    self.tray,
                    self.part,
                    self.mark,
                    self.tss,
                    self.read,
                    self.share_law,
                    self.coefficient_name,
                ),
                run_time=pace.CALM,
            )
            self.play(FadeIn(shares.parts[0], shares.parts[2]), run_time=pace.CALM)
            self.add(shares.parts[1])
            beat.over(shares.growth[0], appear(shares.parts[1]), until="0.83", least=pace.CALM)
            self.play(FadeIn(shares.numbers[0]), run_time=pace.QUICK)
        with self.beat(
            "Predict each family by a line that has not seen it, and it is 0.80. Quote that one."
        ) as beat:
            self.play(FadeIn(shares.parts[3], shares.parts[5]), run_time=pace.BRISK)
            self.add(shares.parts[4])
            beat.over(shares.growth[1], appear(shares.parts[4]), until="0.80")
            beat.over(FadeIn(shares.numbers[1]), until="Quote")
            beat.over(words.light(shares.numbers[1]))


def trays_end() -> list[Mobject]:
    """Two trays: as the chapter ends."""
    return Shares().all
