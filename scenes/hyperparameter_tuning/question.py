"""The question, and what a trial is; the grid and its price."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Group, VGroup

from scenes.hyperparameter_tuning.stage import (
    GRID,
    LAND,
    Folds,
    HyperparameterTuningStage,
    come,
    glow,
    label_at,
    maths,
    raised,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.photo import Photo
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.maths.hyperparameter_tuning import chances
from scenes.maths.hyperparameter_tuning.landscape import FOLDS, Floats, digits

GOOD: Final = (6, 4)
"""Cell of the landscape whose setting reads nine in ten."""
BAD: Final = (72, 4)
"""One whose setting reads one in eight."""
SHOWN: Final = (48, 4)
"""The cell of the trial that is opened."""
PAID: Final = ((20, 6), (64, 2), (33, 1), (50, 3))
"""Cells of other trials."""
STRIP: Final = 17
"""Digits that are shown."""
LOWER: Final = shot.Region(shot.SAFE.left, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top - 1.2)
"""Under a line of words at the top."""
KNOBS: Final = 6


def powers() -> Floats:
    """Values that lie evenly on a logarithmic scale, (4,)."""
    return np.asarray(10.0 ** np.arange(4), dtype=float)


def knobs() -> Floats:
    """Numbers of hyperparameters whose grids are priced, (6,)."""
    return np.arange(1.0, KNOBS + 1)


class Question(HyperparameterTuningStage):
    """Hyperparameters, trials and the score as a function."""

    @chapter("Same data, same training")
    def same_training(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.two_columns()
        self.vocabulary()
        self.one_trial()
        self.objective()

    def strip(self) -> Photo:
        """Digits in a row, across the whole frame."""
        images, _, _, _ = digits()
        rows = [np.pad(images[each].reshape(8, 8) / 16, 1) for each in range(STRIP)]
        photo = Photo(np.hstack(rows), 0.82, smooth=False)
        photo.set_width(shot.SAFE.width)
        return shot.SAFE.put(photo, UP)

    def two_columns(self) -> None:
        """One setting reads nine in ten, another one in eight."""
        plain, score = self.plain, self.land.scores
        strip = self.strip()
        lights = [plain.lights([cell], ink.chalk, 0.2) for cell in (GOOD, BAD)]
        tags = [
            label_at(plain, [*each.places[0], each.heights[0]], f"{score[cell]:.2f}", ink.focus, RIGHT)
            for each, cell in zip(lights, (GOOD, BAD), strict=True)
        ]
        self.opening = Group(self.floor, strip, *lights)
        self.lit, self.tags = lights, tags
        with self.beat(
            "A support vector machine reads handwritten digits. With this setting, nine in ten are right."
        ) as beat:
            self.play(FadeIn(self.floor), run_time=pace.QUICK)
            beat.over(FadeIn(strip), until="With", least=pace.SLOW)
            beat.over(glide(lights[0].rise, 0.0, 1.0, lights[0]), until="right", least=pace.SLOW)
            beat.over(FadeIn(tags[0]), least=pace.BRISK)
        with self.beat("With that one, one in eight: hardly better than guessing.") as beat:
            beat.over(glide(lights[1].rise, 0.0, 1.0, lights[1]), until="hardly", least=pace.SLOW)
            beat.over(FadeIn(tags[1]), least=pace.BRISK)
        with self.beat(
            "Same data, same training. How do you find a good setting, if each look costs a training?"
        ) as beat:
            beat.over(glow(tags[0].text), glow(tags[1].text), until="How", least=pace.CALM)
            beat.over(plain.turning(turn=14 * DEGREES), FadeOut(*tags), least=pace.LONG)
        self.strip_of_digits = strip
        self.think()

    def vocabulary(self) -> None:
        """Hyperparameters, and the search space."""
        plain, lights = self.plain, self.lit
        term = told("hyperparameter: chosen before training", UP + LEFT)
        with self.beat(
            "Training fits the parameters of the machine. But two numbers, C and gamma, it takes as given."
        ) as beat:
            beat.over(plain.turning(turn=10 * DEGREES), until="C and", least=pace.SLOW)
            beat.over(FadeIn(self.names[1], self.names[0], lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat(
            "A hyperparameter is a setting that you choose before training; training does not change it.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(FadeOut(self.strip_of_digits), FadeIn(term), until="choose", least=pace.BRISK)
            beat.over(
                glow(self.names[1][0]), glow(self.names[0][0]), until="training does",
                least=pace.CALM,
            )  # fmt: skip
            beat.over(plain.turning(turn=14 * DEGREES), least=pace.CALM)
        with self.beat(
            "C is the price of an error. Gamma sets how far one example reaches. We vary these two, and leave the rest."
        ) as beat:
            beat.over(glow(self.names[1][0]), until="Gamma", least=pace.CALM)
            beat.over(glow(self.names[0][0]), least=pace.SLOW)
        plane = plain.plane
        sheet = plain.sheet(0.0, color=ink.focus, fill=0.3)
        space = told("search space", UP + RIGHT, ink.focus)
        with self.beat(
            "The search space holds the settings that you allow. Each point of this plain is one.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(term), run_time=pace.QUICK)
            beat.over(FadeIn(sheet, space), until="Each", least=pace.SLOW)
            spot = plain.dots([(*plane.mesh(2, 2)[0, 0] + [0.6, 0.6], 0.0)], ink.focus, radius=0.18)
            beat.over(
                glide(spot.redraw, (np.array([[-5.4, -0.4, 0.0]]),), (np.array([[-1.8, 2.4, 0.0]]),), spot),
                least=pace.SLOW,
            )
        self.leave(spot, sheet, space, run_time=pace.QUICK)
        plain.sheets.remove(sheet)
        self.lit = lights

    def one_trial(self) -> None:
        """A column opens: five folds, five trainings, one mean."""
        plain = self.plain
        own = plain.lights([SHOWN], ink.focus, 0.2)
        term = told("trial = evaluation", UP + LEFT, ink.focus)
        with self.beat("One trial: train with one setting and measure its score. Look into one.") as beat:
            beat.over(FadeIn(term), glide(own.rise, 0.0, 1.0, own), until="Look", least=pace.SLOW)
            self.play(FadeOut(term, self.names), run_time=pace.QUICK)
            beat.over(self.frame.to(own, share=0.85), least=pace.SLOW)
        left, right = shot.split(titled=False).places
        folds = Folds(left.inset(0.0, 0.25), FOLDS, FOLDS)
        values = self.land.folds[SHOWN]
        bars = BarChart(
            [f"{each + 1}" for each in range(FOLDS)], values, (0, 1), right.width, right.height, upright=True,
            decimals=3, colors=[LAND] * FOLDS, label="accuracy on the fold held out",
        )  # fmt: skip
        right.put(bars)
        bars.shade(np.arange(FOLDS) < 1)
        with self.beat(
            "Five times, train on four fifths of the digits and score the rest. The mean is 0.983."
        ) as beat:
            self.whole()
            self.exchange(folds.rows[0], bars, run_time=pace.BRISK)
            self.shot(shot.split(titled=False))
            for row, word in ((1, "fifths"), (2, "digits"), (3, "rest"), (4, "mean")):
                beat.over(
                    come(bars, np.arange(FOLDS) < row, np.arange(FOLDS) <= row), FadeIn(folds.rows[row]), until=word,
                    least=pace.QUICK,
                )  # fmt: skip
            level = bars.spot(np.array([values.mean()] * 2), np.array([-0.5, FOLDS - 0.5]))
            mean = shot.bare().segment(level[0, :2], level[1, :2], ink.focus, LINE)
            self.play(Create(mean), run_time=pace.BRISK)
        self.bars, self.folds = bars, folds

    def objective(self) -> None:
        """The score as a function, out of its parts."""
        rule = maths(
            'f({{ lambda : setting }}) = {{ 1/5 : mean }} {{ sum_(k=1)^5 : sum }} {{ "acc"_k (lambda) : fold }}',
            1.85 * ink.HEADLINE,
        )
        LOWER.put(rule)
        name = told("objective function = validation score", UP, LAND, ink.HEADLINE)
        with self.beat(
            "The score, as a function of the setting, is the objective function, or validation score.",
            pause=pace.CALM,
        ) as beat:
            self.exchange(rule, run_time=pace.BRISK)
            self.shot(shot.formula(titled=False))
            beat.over(glow(rule.part("setting")), until="objective", least=pace.CALM)
            beat.over(FadeIn(name), least=pace.CALM)
        with self.beat(
            "Lambda is the setting; acc k, the accuracy on fold k. Sum all five, divide by five."
        ) as beat:
            beat.over(glow(rule.part("setting")), until="acc", least=pace.CALM)
            beat.over(glow(rule.part("fold")), until="Sum", least=pace.CALM)
            beat.over(glow(rule.part("sum")), until="divide", least=pace.CALM)
            beat.over(glow(rule.part("mean")), least=pace.CALM)
        plain = self.plain
        lights = plain.lights([GOOD, BAD, SHOWN, *PAID], ink.chalk, 0.17)
        goal = maths('lambda^* = op("arg max", limits: #true)_(lambda in Lambda) f(lambda)', ink.POINT)
        plate = raised(shot.SAFE.put(Tag(goal), UP + RIGHT))
        with self.beat(
            "We want the setting with the highest score. But we know f where we paid, not between."
        ) as beat:
            self.exchange(self.floor, self.names, run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(FadeIn(plate), until="But", least=pace.CALM)
            beat.over(
                glide(lights.rise, np.zeros(7), np.ones(7), lights), plain.turning(turn=5 * DEGREES),
                least=pace.LONG,
            )  # fmt: skip
        with self.beat(
            "So before the first trial, fix the metric, the folds and the ranges. Then looks can be compared."
        ) as beat:
            beat.over(plain.turning(turn=10 * DEGREES), until="ranges", least=pace.SLOW)
            beat.over(glow(self.names[0][0]), glow(self.names[1][0]), least=pace.CALM)

    # --- the grid

    @chapter("A grid multiplies", "grid search")
    def grid_multiplies(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.two_scales()
        self.nine()
        self.cube()
        self.price()

    def two_scales(self) -> None:
        """Powers of ten on an even line, and on a logarithmic one."""
        safe, bare = shot.SAFE, shot.bare()
        high, low = safe.top - 1.3, safe.bottom + 2.4
        left, right = safe.left + 0.5, safe.right - 0.9
        values = powers()
        even = left + values / values[-1] * (right - left)
        log = left + np.log10(values) / 3 * (right - left)
        lines = VGroup(
            bare.segment((left - 0.3, high), (right + 0.4, high), ink.faint, LINE),
            bare.segment((left - 0.3, low), (right + 0.4, low), ink.faint, LINE),
        )
        middle = (left + right) / 2
        names = [
            bare.label(middle, high, "linear scale", UP, ink.quiet, 0.3, ink.HEADLINE),
            bare.label(middle, low, "logarithmic scale", DOWN, ink.chalk, 1.45, ink.HEADLINE),
        ]
        starts, ends = np.column_stack([even, np.full(4, high)]), np.column_stack([log, np.full(4, low)])
        dots = Dots(bare, starts, ink.focus, radius=0.2)
        threads = bare.segment(starts, ends, ink.faint, THIN)
        numbers = VGroup(
            *(
                bare.label(x, low, f"{value:g}", DOWN, ink.focus, 0.35, ink.HEADLINE)
                for value, x in zip(values, log, strict=True)
            )
        )
        top = bare.label(even[-1], high, "1000", UP, ink.focus, 0.35, ink.HEADLINE)
        crowd = bare.label(left + 0.7, high, "1, 10, 100", UP, ink.focus, 0.35, ink.POINT)
        with self.beat(
            "Where to look first? Many begin with a ruler: a few values of each, evenly spaced."
        ) as beat:
            self.play(FadeIn(lines), run_time=pace.QUICK)
            beat.over(FadeIn(dots, lag_ratio=pace.LAG), FadeIn(top, crowd), until="evenly", least=pace.CALM)
            beat.over(FadeIn(names[0]), glow(lines[0]), least=pace.CALM)
        with self.beat(
            "Evenly on which scale? On a logarithmic scale equal steps multiply: one, ten, a hundred."
        ) as beat:
            beat.over(glow(lines[1]), until="On a", least=pace.CALM)
            beat.over(
                glide(dots.redraw, (starts,), (ends,)),
                FadeIn(threads), until="equal", least=pace.SLOW,
            )  # fmt: skip
            beat.over(FadeIn(names[1]), until="one", least=pace.QUICK)
            beat.over(FadeIn(numbers[0]), until="ten", least=pace.QUICK)
            beat.over(FadeIn(numbers[1]), until="a hundred", least=pace.QUICK)
            beat.over(FadeIn(numbers[2], numbers[3], lag_ratio=pace.LAG), least=pace.BRISK)
        times = VGroup(
            *(
                bare.label((x + other) / 2, low, "× 10", DOWN, ink.chalk, 0.4, ink.POINT)
                for x, other in itertools.pairwise(log)
            )
        )
        with self.beat("C, gamma and learning rates belong on it, since what matters is the factor.") as beat:
            self.play(FadeOut(names[0], top, crowd), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region((log[1] - 2.4, log[2] + 2.4), (low - 2.4, low + 2.7)),
                until="what", least=pace.SLOW,
            )  # fmt: skip
            beat.over(FadeIn(times, lag_ratio=pace.LAG), least=pace.CALM)

    def nine(self) -> None:
        """Three by three settings, seen from above, and their price."""
        picture, column = shot.picture_and_column(4.3, titled=False).places
        plane = shot.chart(
            picture, (-6.3, -0.8), (-1.25, 3.45), x_ticks=[-6, -3.5, -1], y_ticks=[-1, 1, 3],
            x_names={-6: "$10^(-6)$", -1: "$10^(-1)$", -3.5: ""}, y_names={-1: "0.1", 1: "10", 3: "1000"},
            x_label="gamma", y_label="C",
        )  # fmt: skip
        across, up = np.array([-5.2, -3.5, -1.8]), np.array([-0.3, 1.0, 2.3])
        cells = np.array([(x, y) for y in up for x in across])
        lines = VGroup(
            plane.segment([(x, -1.25) for x in across], [(x, 3.3) for x in across], ink.faint, THIN),
            plane.segment([(-6.3, y) for y in up], [(-0.8, y) for y in up], ink.faint, THIN),
        )
        dots = plane.dots(cells, GRID, radius=0.24)
        term = words.headline("grid search", GRID)
        count = [
            words.headline(text, color, ink.HEADLINE)
            for text, color in (
                ("3 × 3 = 9", ink.chalk),
                ("settings", ink.quiet),
                ("× 5 folds", ink.chalk),
                ("45 trainings", ink.focus),
            )
        ]
        column.stack(term, *count, gap=0.62)
        with self.beat("Grid search tries every combination of a few values of each hyperparameter.") as beat:
            self.whole()
            self.exchange(plane, run_time=pace.BRISK)
            self.shot(shot.picture_and_column(4.3, titled=False))
            beat.over(FadeIn(term), Create(lines[0]), until="few", least=pace.CALM)
            beat.over(Create(lines[1]), until="each", least=pace.CALM)
            beat.over(FadeIn(dots, lag_ratio=pace.LAG), least=pace.SLOW)
        with self.beat(
            "Three values of each make nine settings. With five folds, that is 45 trainings."
        ) as beat:
            beat.over(glow(lines[0]), until="nine", least=pace.CALM)
            beat.over(FadeIn(count[0], count[1]), glow(dots), until="With", least=pace.CALM)
            beat.over(FadeIn(count[2]), until="that", least=pace.BRISK)
            beat.over(FadeIn(count[3], scale=1.2), least=pace.BRISK)
        with self.beat("It is simple, it runs in parallel, and anybody can repeat it.") as beat:
            beat.over(
                glide(dots.redraw, {"radius": 0.24}, {"radius": 0.34}, dots),
                until="parallel",
                least=pace.CALM,
            )
            beat.over(glide(dots.redraw, {"radius": 0.34}, {"radius": 0.24}, dots), least=pace.CALM)

    def cube(self) -> None:
        """A third hyperparameter: the sheet is copied into a cube."""
        self.shot(shot.wide())
        room = shot.Region(0.4, -2.5, 5.4, 2.5)
        plane = room.plane((-1.3, 1.3), (-1.3, 1.3), x_ticks=[], y_ticks=[], numbers=False)
        space = Space(plane, (-1.0, 1.0), 4.2)
        spots = np.array([(x, y, z) for z in (-1, 0, 1) for y in (-1, 0, 1) for x in (-1, 0, 1)], dtype=float)
        dots = space.dots(spots, GRID, radius=0.24)
        ends = [
            (a, b)
            for a in spots for b in spots
            if (np.abs(a - b) > 0).sum() == 1 and np.abs(a - b).sum() == 2 and (a < b).any()
        ]  # fmt: skip
        wires = space.curve(
            np.concatenate([np.array([a, b, (np.nan,) * 3]) for a, b in ends]), ink.faint, THIN
        )
        space.look(lift=0.0, zoom=1.0)
        count = told("3 × 3 × 3 = 27", UP + LEFT, GRID, 1.3 * ink.HEADLINE)
        with self.beat(
            "But add one more hyperparameter, with three values: the sheet becomes a cube."
        ) as beat:
            self.exchange(dots, wires, run_time=pace.BRISK)
            beat.over(
                space.turning(tilt=66 * DEGREES, turn=26 * DEGREES, lift=1.0, zoom=1.0),
                until="cube",
                least=pace.LONG,
            )
            beat.over(FadeIn(count), least=pace.BRISK)
        curse = told("the curse of\ndimensionality", LEFT, ink.focus, ink.HEADLINE)
        power = raised(shot.SAFE.put(Tag(maths("k^d", 1.6 * ink.HEADLINE)), DOWN + LEFT))
        with self.beat(
            "With d hyperparameters the points grow as k to the power d: the curse of dimensionality.",
            pause=pace.CALM,
        ) as beat:
            beat.over(space.orbit(40 * DEGREES), until="curse", least=pace.LONG)
            beat.over(FadeIn(curse, power), space.orbit(20 * DEGREES), least=pace.SLOW)

    def price(self) -> None:
        """Trainings by the number of hyperparameters."""
        counts = knobs()
        values = np.array([chances.trainings(chances.SIDE, int(each), FOLDS) for each in counts], dtype=float)
        safe = shot.SAFE
        bars = BarChart(
            [f"{each:.0f}" for each in counts], values, (0, 3700), safe.width, safe.height, upright=True, decimals=0,
            colors=[GRID] * KNOBS, label="trainings, by the number of hyperparameters",
        )  # fmt: skip
        safe.put(bars)
        bars.shade(counts <= 3)
        rule = maths('{{ k^d : points }} dot {{ K : folds }} quad "trainings"', 1.3 * ink.HEADLINE)
        rule.move_to(bars.spot(np.array([2450.0]), np.array([1.6]))[0])
        with self.beat("Times K folds: six hyperparameters with three values cost 3,645 trainings.") as beat:
            self.exchange(bars, run_time=pace.BRISK)
            beat.over(FadeIn(rule), until="six", least=pace.BRISK)
            for last, word in ((4, "three"), (5, "cost")):
                beat.over(come(bars, counts < last, counts <= last), until=word, least=pace.BRISK)
            beat.over(come(bars, counts < KNOBS, counts <= KNOBS), least=pace.CALM)
            beat.over(glow(rule.part("points")), glow(rule.part("folds")), least=pace.CALM)
        with self.beat(
            "So a grid suits one hyperparameter or two. And even there it wastes more than it seems."
        ) as beat:
            beat.over(
                glide(bars.shade, np.ones(KNOBS), np.where(counts <= 2, 1.0, 0.75)), FadeOut(rule),
                self.frame.to(bars.row(0), bars.row(1), share=0.75), until="And", least=pace.SLOW,
            )  # fmt: skip
            beat.over(self.frame.back(), least=pace.SLOW)
