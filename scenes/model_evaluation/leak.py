"""Data leakage: shuffled folds choose the wrong model of a series; folds in time choose the right one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, ManimColor, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
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
NAMES: Final[Mapping[carbon.Name, str]] = {"copy": "copy", "year": "last year", "fit": "fit"}
COLORS: Final[Mapping[carbon.Name, ManimColor]] = {"copy": ink.quiet, "year": ink.quiet, "fit": ink.chalk}
SCALED: Final = tuple(range(1988, 2001))
"""Years whose means are scaled."""
ROWS: Final = 3
"""Bars of models that have room."""
MOST: Final = 1.9
"""The largest error that is shown."""
TEXT: Final = 2.5
"""Scene units of the names beside bars."""
PLATE: Final = 0.2
"""How much of its colour the ground of a patient has."""
NEAR: Final = (1985.0, 1985.9)
"""Years in which the camera sees single weeks."""


class Bars(VGroup):
    """Mean absolute errors as lying bars in a ``place``, under a heading: :attr:`rows` of name, bar and number."""

    def __init__(self, place: shot.Region, head: str, values: Mapping[carbon.Name, float]) -> None:
        super().__init__()
        top, *parts = place.rows(*[1] * (ROWS + 1), gap=0.12)
        self.head = words.headline(f"MAE (ppm), {head}", ink.quiet, ink.AXIS)
        self.head.move_to(top.middle).align_to((top.left, 0, 0), LEFT)
        self.rows: dict[carbon.Name, VGroup] = {}
        self.bars: dict[carbon.Name, Polygon] = {}
        self.parts = dict(zip(values, parts, strict=False))
        ground = shot.bare()
        for name, value in values.items():
            part = self.parts[name]
            text = words.label(NAMES[name], COLORS[name], ink.POINT)
            text.move_to((part.left, part.middle[1], 0), aligned_edge=LEFT)
            bar = ground.polygon(self._box(name, value), COLORS[name], fill=0.75)
            number = words.headline(f"{value:.2f}", COLORS[name], ink.POINT).next_to(bar, RIGHT, buff=0.2)
            self.rows[name], self.bars[name] = VGroup(text, bar, number), bar
        self.add(self.head, *self.rows.values())

    def _box(self, name: carbon.Name, value: float) -> Floats:
        part = self.parts[name]
        start = part.left + TEXT
        end = start + value / MOST * (part.width - TEXT - 1.3)
        return corners(start, part.bottom + 0.08, end, part.top - 0.08)

    def grow(self, name: carbon.Name, value: float) -> Mobject:
        """Let a bar stand for this ``value``; its number stays."""
        return self.bars[name].redraw(self._box(name, value))


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

        ahead = plane.polygon(box(points[-1, 0], points[-1, 0] + 1, PPM[0] + 20, PPM[1]), HELD, fill=0.3)
        asked = plane.label(
            points[-1, 0] - 0.4, PPM[0] + 22, "a year ahead?", UP + LEFT, HELD, 0.0, ink.POINT
        )
        with self.beat("Other data now: carbon dioxide over Mauna Loa. Forecast it a year ahead.") as beat:
            uncover(YEARS[0] + 0.2)
            self.add(every, veil, plane)
            beat.over(
                glide(uncover, YEARS[0] + 0.2, YEARS[1] - 0.01, veil, rate_func=linear),
                until="Forecast",
                least=pace.LONG,
            )
            self.remove(veil)
            beat.over(FadeIn(ahead, asked))
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
            self.play(FadeOut(names, ahead, asked), run_time=pace.QUICK)
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
        with self.beat(
            "Data leakage: the model was built, or chosen, with something that it will not have in use."
        ) as beat:
            beat.over(*shown(plate), until="built")
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
        found: dict[carbon.Name, float] = {
            name: float(carbon.errors(name, False).mean()) for name in ("copy", "fit")
        }
        self.bars = bars = self.error_bars("shuffled folds", found)
        with self.beat("In shuffled folds copying has 0.40, the fit 0.65. Copying wins.") as beat:
            self.play(FadeIn(bars.head), run_time=pace.QUICK)
            beat.over(FadeIn(bars.rows["copy"]), until="the fit")
            beat.over(FadeIn(bars.rows["fit"]), until="Copying")
            beat.over(lit(bars.rows["copy"]))

    def error_bars(self, head: str, values: Mapping[carbon.Name, float]) -> Bars:
        """A heading, and a bar with its number for each model, in the calm part of the chart: above the curve."""
        low, high = self.plane.at(YEARS[0] + 1.0, 345.5), self.plane.at(1986.5, PPM[1] - 0.5)
        place = shot.Region(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        return Bars(place, head, values)

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

        errors = {name: carbon.errors(name, True) for name in carbon.MODELS}
        bars = self.error_bars("a year ahead", {name: float(each.mean()) for name, each in errors.items()})
        wins = errors["fit"] < errors["copy"]
        low = PPM[0] + 2.5
        marks = VGroup(
            *(
                plane.dots(
                    [(float(air.years[held].mean()), low)],
                    ink.chalk if won else ink.faint,
                    "disc" if won else "square",
                    radius=0.1 if won else 0.06,
                )
                for won, (_, held) in zip(wins, splits, strict=True)
            )
        )
        told = plane.label(
            float(air.years[splits[0][1]][0]) - 0.4, low, "the fit wins:", LEFT, ink.chalk, 0.1
        )

        def stand(row: float) -> list[Mobject]:
            now = min(round(row), len(splits) - 1)
            learnt, held = splits[now]
            for name in ("copy", "fit"):
                bars.grow(name, float(errors[name][: now + 1].mean()))
            for number, mark in enumerate(marks):
                mark.set_opacity(float(number <= now))
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
        flat = plane.curve(asked, carbon.copy(known, asked), ink.chalk, 2.2, dashed=True)
        bent = plane.curve(asked, carbon.fit(known, asked), ink.chalk, 2.2)
        near = plane.polygon(
            box(asked[0] - 1.0, asked[-1] + 0.35, air.ppm[held].min() - 2.6, air.ppm[held].max() + 1.6)
        )
        size = 11.5
        names = VGroup(
            plane.label(
                asked[-1] + 0.03, float(carbon.copy(known, asked)[-1]), "copy", RIGHT, ink.chalk, 0.02, size
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
        with self.beat("Now copying errs twice as much as the fit, which wins in 18 of 20 years.") as beat:
            self.play(self.frame.back(), FadeOut(flat, bent, names), run_time=pace.SLOW)
            stand(0.0)
            shown_now = [bars.head, *(bars.rows[name][:2] for name in ("copy", "fit"))]
            self.play(FadeIn(*shown_now, told, marks), run_time=pace.QUICK)
            growing = [wall, past, test, future, marks, *(bars.rows[name][1] for name in ("copy", "fit"))]
            beat.over(glide(stand, 0.0, 19.0, *growing, rate_func=linear), until="wins", least=pace.LONG)
            beat.over(FadeIn(*(bars.rows[name][2] for name in ("copy", "fit"))))
        with self.beat(
            "A fairer baseline copies the same week of last year. The fit still beats it."
        ) as beat:
            beat.over(FadeIn(bars.rows["year"]), until="The fit")
            beat.over(lit(bars.rows["fit"]))
        with self.beat("For a forecast a year ahead, the leak had chosen the wrong model.") as beat:
            beat.over(lit(bars.head), until="leak")
            beat.over(lit(bars.rows["copy"]))
        soon = carbon.a_week_ahead()
        week = self.error_bars("a week ahead", {"copy": soon[0], "fit": soon[1]})
        with self.beat("For a week ahead, copying would win without any leak.") as beat:
            beat.over(FadeOut(bars), FadeIn(week), until="win")
            beat.over(lit(week.rows["copy"]))
        self.series = VGroup(plane, past, future, test, wall, week, told, marks)

    def other_leaks(self) -> None:
        """Two more leaks: a patient on both sides, and a scaler that has seen all rows."""
        left, right = self.shot(shot.split(titled=False))
        plane = shot.bare()
        fold = VGroup()
        for place in (left, right):
            x = place.left + 0.62 * place.width
            fold.add(plane.segment((x, place.bottom + 0.35), (x, place.top - 1.05), THRESHOLD, THICK))
        heads = VGroup(
            words.headline("GroupKFold", ink.chalk, ink.POINT),
            words.headline("Pipeline", ink.chalk, ink.POINT),
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
        columns = [left.left + left.width * share for share in (0.14, 0.44, 0.81)]
        ys = [left.bottom + 0.85 + 1.45 * row for row in range(3)]
        spots = [(columns[0], ys[2]), (columns[1], ys[2]), (columns[0], ys[1]), (columns[0], ys[0])]
        spots += [(columns[2], ys[1]), (columns[2], ys[0])]
        people, discs = VGroup(), []
        for letter, spot, color in zip("BCADAE", spots, [ink.quiet] * 4 + [HELD] * 2, strict=True):
            disc = plane.circle(spot, 0.52, color, THICK, 1.0)
            disc.set_fill(blend(ink.ground, color, PLATE), 1.0)
            discs.append(disc)
            people.add(VGroup(disc, words.headline(letter, ink.chalk, ink.POINT).move_to((*spot, 0.0))))
        there = people[4]
        bond = plane.segment((columns[0] + 0.6, ys[1]), (columns[2] - 0.6, ys[1]), WRONG, THICK)
        every = carbon.weeks()
        whole = np.floor(every.years)
        means = np.array([every.ppm[whole == year].mean() for year in SCALED])
        edge = 0.62
        inner = shot.Region(right.left, right.bottom + 0.4, right.right, right.top - 2.0)
        chart = inner.plane((0, 1), (means.min() - 2, means.max() + 2), x_ticks=[], y_ticks=[], numbers=False)
        chart.frame.set_stroke(opacity=0)
        count = round(edge * len(means))
        xs = np.concatenate(
            [np.linspace(0.05, edge - 0.07, count), np.linspace(edge + 0.08, 0.95, len(means) - count)]
        )
        rows = chart.classes(
            np.column_stack([xs, means]),
            np.arange(len(means)) >= count,
            0.16,
            (ink.quiet, HELD),
            ("square", "square"),
        )
        scale = chart.segment((0, means.mean()), (1, means.mean()), WRONG, THICK)
        named = chart.label(0.02, means.mean(), "mean", UP + RIGHT, ink.chalk, 0.12, ink.AXIS)

        def fall(level: float, end: float) -> list[Mobject]:
            scale.redraw((0, level), (end, level))
            foot = chart.at(0.02, level)
            named.next_to(foot, UP, buff=0.12).align_to(foot, LEFT)
            return [scale, named]

        with self.beat("A patient seen twice leaks too: GroupKFold keeps each within a fold.") as beat:
            self.play(
                FadeOut(self.series),
                FadeIn(fold[0], people, heads[0], sides[:2]),
                run_time=pace.BRISK,
            )
            beat.over(FadeIn(bond), until="GroupKFold")
            moved = discs[4].animate.set_stroke(ink.quiet).set_fill(blend(ink.ground, ink.quiet, PLATE))
            self.play(FadeOut(bond), moved, run_time=pace.QUICK)
            beat.over(there.animate.move_to((columns[1], ys[1], 0.0)))
        with self.beat(
            "A scaler fitted on test rows leaks as well: fit it inside the training folds."
        ) as beat:
            self.play(FadeIn(fold[1], rows, heads[1], sides[2:]), run_time=pace.QUICK)
            beat.over(FadeIn(scale, named), until="fit it")
            beat.over(
                glide(
                    fall, (float(means.mean()), 1.0), (float(means[:count].mean()), edge - 0.02), scale, named
                ),
                words.tint(scale, ink.chalk),
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
