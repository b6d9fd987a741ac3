"""Data leakage: shuffled folds choose the wrong model of a series; folds in time choose the right one."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.maths.model_evaluation import carbon
from scenes.model_evaluation.plates import gone, shown
from scenes.model_evaluation.stage import (
    HELD,
    THICK,
    THRESHOLD,
    WRONG,
    ModelEvaluationStage,
    lit,
)

YEARS: Final = (1957.4, 2003.2)
PPM: Final = (309.0, 377.0)
DOT: Final = 0.035
BRIGHT: Final = 0.9
PALE: Final = 0.25
"""Strength of dots, also while the camera moves among them: so they do not flicker."""
SHOWN: Final = 9
"""The test year that is looked at: of the twenty the one whose difference of errors is the middle one."""
NEAR: Final = (1985.0, 1985.9)
"""Years in which the camera sees single weeks."""


class Leak(ModelEvaluationStage):
    """Data leakage: shuffled folds choose the wrong model of a series; folds in time choose the right one."""

    @chapter("What if rows are neighbours?", "leakage between folds", "TimeSeriesSplit")
    def a_leak_chooses_the_wrong_model(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.air = carbon.weeks()
        self.strew_the_tests()
        self.score_both()
        self.walk_the_wall()
        self.other_leaks()

    def strew_the_tests(self) -> None:
        """The series, two models, and test weeks strewn among training weeks."""
        air = self.air
        self.plane = plane = shot.chart(
            shot.safe(titled=False),
            YEARS,
            PPM,
            x_ticks=(1960, 1970, 1980, 1990, 2000),
            y_ticks=(320, 340, 360),
            y_label="CO₂ (ppm)",
        )
        points = np.column_stack([air.years, air.ppm])
        learnt, held = carbon.shuffled()[0]
        every = plane.cloud(points, ink.quiet, DOT, BRIGHT)
        tests = plane.cloud(points[held], HELD, 1.3 * DOT, BRIGHT)
        veil = plane.polygon(box(*YEARS, *PPM), ink.ground, fill=1.0)
        veil.set_stroke(opacity=0)

        def uncover(start: float) -> object:
            return veil.redraw(box(start, YEARS[1], PPM[0] + 0.2, PPM[1]))

        with self.beat("Other data now: carbon dioxide over Mauna Loa, week by week.") as beat:
            uncover(YEARS[0] + 0.2)
            self.add(every, veil, plane)
            beat.over(
                glide(uncover, YEARS[0] + 0.2, YEARS[1] - 0.01, veil, rate_func=linear), least=pace.LONG
            )
            self.remove(veil)
        names = VGroup(
            words.headline("copy: the nearest known week", ink.chalk, ink.POINT),
            words.headline("fit: a parabola and a yearly wave", ink.chalk, ink.POINT),
        ).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        names.move_to(plane.at(YEARS[0] + 1.2, PPM[1] - 2), aligned_edge=UP + LEFT)
        with self.beat("Two models compete. One copies the nearest known week.") as beat:
            beat.over(FadeIn(names[0]), least=pace.CALM)
        with self.beat("The other fits a parabola and a yearly wave.") as beat:
            beat.over(FadeIn(names[1]), least=pace.CALM)
        near = plane.polygon(box(*NEAR, 341.5, 349.5))
        inside = (points[held, 0] > NEAR[0]) & (points[held, 0] < NEAR[1])
        arrows = VGroup()
        for x, y in points[held][inside]:
            other = points[learnt][np.argmin(np.abs(points[learnt, 0] - x))]
            arrows.add(plane.segment(other, (x, y), ink.chalk, 2.0))
        with self.beat("Shuffled folds strew the test weeks among the training weeks.") as beat:
            self.play(FadeOut(names), run_time=pace.QUICK)
            self.play(every.animate.set_stroke(opacity=PALE), run_time=pace.QUICK)
            self.play(self.frame.to(near, share=0.9), run_time=pace.LONG)
            beat.over(every.animate.set_stroke(opacity=BRIGHT), FadeIn(tests))
        with self.beat(
            "Each has a neighbour in training, days away. Copying that looks like forecasting."
        ) as beat:
            beat.over(FadeIn(arrows), until="Copying", least=pace.CALM)
            beat.over(lit(arrows))
        misses = VGroup()
        for x, y in points[held][inside]:
            other = points[learnt][np.argmin(np.abs(points[learnt, 0] - x))]
            misses.add(plane.segment((x, other[1]), (x, y), WRONG, 2.4))
        name = Tag(words.headline("MAE: mean absolute error", WRONG, ink.HEADLINE), 0.95)
        shot.safe(titled=False).put(name, UP)
        self.pin(name)
        with self.beat("MAE, the mean absolute error, is the average size of an error.") as beat:
            beat.over(FadeOut(arrows), FadeIn(misses), *shown(name), until="average")
            beat.over(lit(misses, ink.chalk))
        self.play(*gone(name), run_time=pace.QUICK)
        term = words.headline("data leakage", WRONG, 1.3 * ink.HEADLINE)
        plate = Tag(shot.safe(titled=False).put(term, UP), 0.95)
        self.pin(plate)
        with self.beat("Data leakage: training knows something that it will not know in use.") as beat:
            beat.over(*shown(plate), until="knows")
            self.play(
                FadeOut(misses),
                every.animate.set_stroke(opacity=PALE),
                tests.animate.set_stroke(opacity=PALE),
                run_time=pace.QUICK,
            )
            self.play(self.frame.back(), run_time=pace.LONG)
            beat.over(every.animate.set_stroke(opacity=BRIGHT), tests.animate.set_stroke(opacity=BRIGHT))
        self.play(*gone(plate), run_time=pace.QUICK)
        self.series_dots, self.tests, self.points = every, tests, points

    def score_both(self) -> None:
        """Bars of the mean absolute errors of both models in shuffled folds."""
        corner = self.corner()
        found = [carbon.errors(name, False).mean() for name in ("copy", "fit")]
        self.bars = bars = self.error_bars(corner, found)
        with self.beat("In shuffled folds copying has 0.40, the fit 0.65. Copying wins.") as beat:
            self.play(FadeIn(bars[0]), run_time=pace.QUICK)
            beat.over(FadeIn(bars[1]), until="the fit")
            beat.over(FadeIn(bars[2]), until="Copying")
            beat.over(lit(bars[1]))

    def corner(self) -> shot.Region:
        """The calm part of the chart: above the curve, on the left."""
        low = self.plane.at(YEARS[0] + 1.0, 347.0)
        high = self.plane.at(1985.0, PPM[1] - 0.5)
        return shot.Region(float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def error_bars(self, place: shot.Region, values: list[float]) -> VGroup:
        """A heading, and a bar with its number for each model."""
        head, *rows = place.rows(1, 1, 1, gap=0.1)
        group = VGroup(
            words.headline("MAE (ppm), unseen weeks", ink.quiet, ink.AXIS)
            .move_to(head.middle)
            .align_to((head.left, 0, 0), LEFT)
        )
        for name, value, row in zip(("copy", "fit"), values, rows, strict=True):
            plane = shot.bare(row)
            text = words.label(name, ink.chalk, ink.POINT)
            text.move_to((row.left, row.middle[1], 0), aligned_edge=LEFT)
            start = row.left + 1.45
            end = start + value / 2.0 * (row.width - 3.0)
            bar = plane.polygon(
                np.array(
                    [
                        (start, row.bottom + 0.1),
                        (end, row.bottom + 0.1),
                        (end, row.top - 0.1),
                        (start, row.top - 0.1),
                    ]
                ),
                WRONG,
                fill=0.75,
            )
            number = words.headline(f"{value:.2f}", ink.chalk, ink.POINT)
            number.next_to(bar, RIGHT, buff=0.2)
            group.add(VGroup(text, bar, number))
        return group

    def walk_the_wall(self) -> None:
        """A wall walks year by year: what lies behind it trains, the year before it tests."""
        plane, air, points = self.plane, self.air, self.points
        splits = carbon.in_time()
        wall = plane.stems([air.years[splits[0][1][0]]], *PPM, THRESHOLD, THICK)
        past = plane.cloud(points[splits[0][0]], ink.quiet, DOT, 0.9)
        future = plane.cloud(points[splits[0][0][-1] :], ink.faint, DOT, 0.35)
        test = plane.cloud(points[splits[0][1]], HELD, 1.5 * DOT, 1.0)
        term = words.headline("TimeSeriesSplit", ink.chalk, ink.HEADLINE)
        term.move_to(plane.at(YEARS[0] + 1.2, PPM[1] - 1.0), aligned_edge=UP + LEFT)

        def stand(row: float) -> list[object]:
            learnt, held = splits[min(round(row), len(splits) - 1)]
            wall.redraw([air.years[held[0]]], *PPM)
            return [
                wall,
                past.redraw(points[learnt]),
                test.redraw(points[held]),
                future.redraw(points[held[-1] :] if held[-1] < len(points) - 1 else points[-1:]),
            ]

        with self.beat("Would it in use? Then only the past is known.") as beat:
            self.play(
                FadeOut(self.bars, self.tests, self.series_dots),
                FadeIn(past, future, test),
                run_time=pace.BRISK,
            )
            beat.over(FadeIn(wall), least=pace.CALM)
        with self.beat("TimeSeriesSplit trains on the past, tests on what follows, and moves on.") as beat:
            beat.over(FadeIn(term), until="past")
            beat.over(lit(test), until="and moves")
            beat.over(
                glide(stand, 0.0, float(SHOWN), wall, past, test, future, rate_func=linear), least=pace.LONG
            )
        learnt, held = splits[SHOWN]
        known = carbon.Weeks(air.years[learnt], air.ppm[learnt])
        asked = air.years[held]
        flat = plane.curve(asked, carbon.copy(known, asked), WRONG, 2.2)
        bent = plane.curve(asked, carbon.fit(known, asked), ink.chalk, 2.2)
        near = plane.polygon(
            box(asked[0] - 1.0, asked[-1] + 0.35, air.ppm[held].min() - 2.6, air.ppm[held].max() + 1.6)
        )
        size = 11.5
        names = VGroup(
            plane.label(
                asked[-1] + 0.03, float(carbon.copy(known, asked)[-1]), "copy", RIGHT, WRONG, 0.02, size
            ),
            plane.label(
                asked[-1] + 0.03, float(carbon.fit(known, asked)[-1]), "fit", RIGHT, ink.chalk, 0.02, size
            ),
        )
        with self.beat(
            "A year ahead, the nearest known week stays the same: copying is flat. The fit bends on."
        ) as beat:
            self.play(FadeOut(term), self.frame.to(near, share=1.0), run_time=pace.SLOW)
            flat.reveal(0.0)
            bent.reveal(0.0)
            self.add(flat, bent)
            beat.over(glide(flat.reveal, 0.0, 1.0), FadeIn(names[0]), until="The", least=pace.CALM)
            beat.over(glide(bent.reveal, 0.0, 1.0), FadeIn(names[1]), least=pace.CALM)
        found = [carbon.errors(name, True).mean() for name in ("copy", "fit")]
        bars = self.error_bars(self.corner(), found)
        with self.beat("Now copying errs twice as much, and the fit wins in 18 of 20 years.") as beat:
            self.play(self.frame.back(), FadeOut(flat, bent, names), run_time=pace.SLOW)
            beat.over(
                FadeIn(bars),
                glide(stand, float(SHOWN), 19.0, wall, past, test, future, rate_func=linear),
                until="and",
            )
            beat.over(lit(bars[2]))
        with self.beat("The ranking has turned over. The leak had chosen the wrong model.") as beat:
            beat.over(lit(bars[1]), until="leak")
            beat.over(lit(bars[2]))
        self.series = VGroup(plane, past, future, test, wall, bars)

    def other_leaks(self) -> None:
        """Two more leaks: a patient on both sides, and a scaler that has seen all rows."""
        left, right = self.shot(shot.split(titled=False))
        plane = shot.bare()
        fold = VGroup()
        for place in (left, right):
            x = place.left + 0.62 * place.width
            fold.add(plane.segment((x, place.bottom + 0.35), (x, place.top - 1.05), THRESHOLD, THICK))
        heads = VGroup(
            words.headline("one patient, one fold", ink.chalk, ink.POINT),
            words.headline("scale inside training", ink.chalk, ink.POINT),
        )
        for head, place in zip(heads, (left, right), strict=True):
            place.put(head, UP)
        sides = VGroup(
            *(
                plane.label(
                    place.left + share * place.width,
                    place.top - 1.35,
                    text,
                    np.zeros(3),
                    color,
                    0.0,
                    ink.AXIS,
                )
                for place in (left, right)
                for text, color, share in (("training", ink.quiet, 0.3), ("test", HELD, 0.81))
            )
        )
        columns = [left.left + left.width * share for share in (0.14, 0.44, 0.72, 0.9)]
        ys = [left.bottom + 0.85 + 1.5 * row for row in range(3)]
        others = plane.classes(
            [(columns[0], ys[2]), (columns[1], ys[2]), (columns[2], ys[0]), (columns[3], ys[0])],
            [0, 0, 1, 1],
            0.5,
            (ink.quiet, HELD),
        )
        visits = plane.dots([(columns[0], ys[1]), (columns[2], ys[1])], ink.chalk, "triangle", 0.55)
        bond = plane.segment((columns[0] + 0.6, ys[1]), (columns[2] - 0.6, ys[1]), WRONG, THICK)
        grid = [
            (right.left + right.width * (k + 0.5) / 8, right.bottom + 0.9 + j * 0.75)
            for k in range(8)
            for j in range(5)
        ]
        rows = plane.classes(
            grid, [k >= 5 for k in range(8) for _ in range(5)], 0.2, (ink.quiet, HELD), ("square", "square")
        )
        edge = right.left + 0.62 * right.width
        low, high = right.bottom + 0.5, right.bottom + 4.3
        over = plane.polygon(corners(right.left, low, right.right, high), WRONG, THICK)
        only = corners(right.left, low, edge - 0.12, high)
        with self.beat("A patient seen twice leaks too: keep each within a fold.") as beat:
            self.play(
                FadeOut(self.series),
                FadeIn(fold[0], others, visits, heads[0], sides[:2]),
                run_time=pace.BRISK,
            )
            beat.over(FadeIn(bond), until="keep")
            spots = visits.values.copy()
            moved = spots.copy()
            moved[1] = (columns[1], ys[1])
            beat.over(glide(visits.redraw, spots, moved), FadeOut(bond))
        with self.beat("So does a scaler fitted on test rows too: fit it inside the training folds.") as beat:
            beat.over(FadeIn(fold[1], rows, heads[1], over, sides[2:]), until="fit")
            beat.over(
                glide(over.redraw, corners(right.left, low, right.right, high), only),
                words.tint(over, ink.chalk),
                least=pace.SLOW,
            )
        with self.beat("Split as the model will be used.") as beat:
            beat.over(*(lit(each) for each in heads), lit(fold))


def box(left: float, right: float, bottom: float, top: float) -> Floats:
    """Corners (4, 2) of an upright box of years and ppm."""
    return corners(left, bottom, right, top)


def corners(left: float, bottom: float, right: float, top: float) -> Floats:
    """Corners (4, 2) of an upright box."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
