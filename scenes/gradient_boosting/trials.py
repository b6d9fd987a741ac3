"""Search, and stop the hopeless: Optuna's study of boosting; and the end."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.gradient_boosting.stage import (
    EDGES,
    MODEL,
    NEXT,
    RESIDUAL,
    UNSEEN,
    GradientBoostingStage,
    at_spot,
    maths,
    months_of,
    raised,
    sea_plane,
    sea_spots,
    span,
    stair,
    told,
    year_values,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.unit_chart import UnitChart
from scenes.maths.gradient_boosting import runs, stairs

AXES: Final = (
    ("learning_rate", "learning rate", (0.01, 0.5), True),
    ("num_leaves", "leaves", (2, 31), False),
    ("min_child_samples", "rows per leaf", (5, 60), False),
    ("n_estimators", "trees", (20, 300), True),
)
"""The axes of the search space: setting, name, limits, and whether its scale is that of logarithms."""
RANDOM: Final = 10
"""Trials that Optuna draws at random before it learns from them."""
EXAMPLE: Final = 12
"""The trial whose end is shown."""
FLOOR, CEILING = 54.5, 75.0
"""Limits of the errors."""
CALM: Final = (15.7, 34.0)
"""Limits of the last picture, °C: words stand over and under the year."""


def heights() -> Floats:
    """(60, 4): where each trial crosses each axis, 0 at its foot and 1 at its head."""
    told_ = []
    for trial in runs.study().trials:
        row = []
        for key, _, (low, high), logarithmic in AXES:
            value = float(trial.settings[key])
            ends = (low, high, value)
            small, large, here = np.log(ends) if logarithmic else ends
            row.append((here - small) / (large - small))
        told_.append(row)
    return np.array(told_)


def fold_plane() -> Plane:
    """Errors fold by fold."""
    return shot.chart(
        shot.safe(titled=False), (0.8, 5.3), (FLOOR, CEILING), x_ticks=[1, 2, 3, 4, 5], y_ticks=[55, 60, 65, 70, 75],
        x_label="folds that were fitted", y_label="mean error so far (RMSE), patients",
    )  # fmt: skip


class Trials(GradientBoostingStage):
    """Optuna, and what to keep of it all."""

    @chapter(
        "Search, and stop the hopeless", "Optuna search space for boosting", "Optuna pruning for boosting"
    )
    def search_and_stop(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.space()
        self.prune()
        self.what_came_of_it()
        self.end()

    def space(self) -> None:
        """Four axes, and trials as lines through them."""
        room = shot.safe(titled=False)
        plane = room.plane((-0.52, 3.4), (-0.17, 1.31), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        rails, heads, ends = [], [], []
        for number, (_, name, (low, high), logarithmic) in enumerate(AXES):
            rails.append(plane.segment((number, 0), (number, 1), ink.quiet, LINE))
            heads.append(plane.label(number, 1.17, name, UP, ink.chalk, gap=0.0, size=ink.POINT))
            foot = f"{low:g}, log" if logarithmic else f"{low:g}"
            ends.append(
                VGroup(
                    plane.label(number, 1.0, f"{high:g}", UP, ink.quiet, gap=0.15, size=ink.AXIS),
                    plane.label(number, 0.0, foot, DOWN, ink.quiet, gap=0.28, size=ink.AXIS),
                )
            )
        for head in heads[1:]:
            words.align_baseline(head, heads[0])
        with self.beat("Each library has settings. Which values of them should be tried?") as beat:
            self.play(*map(Create, rails), run_time=pace.BRISK)
            beat.over(FadeIn(*heads, lag_ratio=pace.LAG), until="tried", least=pace.CALM)
            beat.over(words.light(heads[0]), words.light(heads[2]), least=pace.QUICK)
        space = raised(Tag(words.headline("search space", NEXT)).move_to(plane.at(1.5, 0.5)))
        with self.beat(
            "The allowed ranges of the hyperparameters are the search space, an axis for each."
        ) as beat:
            beat.over(FadeIn(*ends, lag_ratio=pace.LAG), until="search", least=pace.SLOW)
            self.play(FadeIn(space), run_time=pace.QUICK)
            beat.over(*(words.light(rail) for rail in rails), least=pace.CALM)
        with self.beat(
            "Rate and trees have a log scale, so that small values get as much room as large ones."
        ) as beat:
            beat.over(words.tint(ends[0], NEXT), until="trees", least=pace.BRISK)
            beat.over(words.tint(ends[3], NEXT), until="small", least=pace.CALM)
            beat.over(words.light(rails[0]), words.light(rails[3]), least=pace.CALM)
        trials = Bundle(plane, np.arange(4.0), heights(), MODEL, lit_color=NEXT)
        trials.reveal(0)
        with self.beat("A trial is one line through the axes. The first ones are drawn at random.") as beat:
            self.play(FadeOut(space), run_time=pace.QUICK)
            self.add(trials)
            beat.over(glide(trials.reveal, 0.0, 1.0, trials), until="first", least=pace.SLOW)
            beat.over(glide(trials.reveal, 1.0, float(RANDOM)), least=pace.SLOW)
        with self.beat("After that, Optuna's sampler tries more where earlier trials did well.") as beat:
            beat.over(
                glide(trials.reveal, float(RANDOM), float(len(heights()))), until="well", least=pace.LONG
            )
            beat.over(trials.animate.light(runs.study().best), least=pace.CALM)

    def prune(self) -> None:
        """The median pruner stops a trial."""
        study = runs.study()
        plane = fold_plane()
        first = [
            plane.curve(
                1.0 + np.arange(len(trial.errors)), trial.errors, ink.faint if trial.pruned else UNSEEN, LINE
            )
            for trial in study.trials[:RANDOM]
        ]
        with self.beat("Each trial is fitted fold by fold. A line is the mean of its errors so far.") as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(LaggedStart(*map(Create, first), lag_ratio=pace.LAG), least=pace.LONG)
        middle = [study.middle(EXAMPLE, fold) for fold in range(runs.FOLDS)]
        median = plane.curve(1.0 + np.arange(runs.FOLDS), middle, ink.chalk, 2.5 * LINE, dashed=True)
        named = at_spot(plane, 0.95, 55.7, "median of earlier ones", ink.chalk, ink.AXIS)
        errors = study.trials[EXAMPLE].errors
        bad = plane.curve(1.0 + np.arange(len(errors)), errors, NEXT, 2.5 * LINE)
        cross = plane.dots([(len(errors), errors[-1])], NEXT, "cross", radius=0.28)
        cross.set_z_index(3)
        name = told("pruning: median pruner", UP + RIGHT, NEXT, ink.POINT)
        self.allow(median, "faint", "the median lies among the lines whose middle it is")
        with self.beat(
            "Pruning: a median pruner stops a trial that is worse than the median of earlier ones at that fold."
        ) as beat:
            self.pin(name)
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.over(Create(bad), until="worse", least=pace.CALM)
            beat.over(Create(median), FadeIn(named), until="at", least=pace.CALM)
            self.play(FadeIn(cross, scale=1.6), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*span(plane, (0.8, 3.5), (53.8, 71.5))), least=pace.SLOW)
        with self.beat("So a hopeless trial ends after two or three folds.") as beat:
            self.play(self.frame.back(), FadeOut(named), FadeOut(median), run_time=pace.BRISK)
            beat.over(*(self.one_by_one(plane, pruned) for pruned in (True, False)), least=pace.LONG)
        self.folds_saved()

    @staticmethod
    def one_by_one(plane: Plane, pruned: bool) -> Animation:
        """The later trials, one after the other: those that were stopped, or the others."""
        starts, ends, numbers = [], [], []
        trials = runs.study().trials
        for number, trial in enumerate(trials):
            if number >= RANDOM and number != EXAMPLE and trial.pruned == pruned:
                path = np.column_stack([1.0 + np.arange(len(trial.errors)), trial.errors])
                starts.append(path[:-1])
                ends.append(path[1:])
                numbers.append(np.full(len(path) - 1, number))
        first, last, when = np.concatenate(starts), np.concatenate(ends), np.concatenate(numbers)
        lines = plane.segment(first, first, ink.faint if pruned else UNSEEN, LINE)

        def come(count: float) -> object:
            return lines.redraw(first, np.where((when < count)[:, None], last, first))

        return glide(come, float(RANDOM), float(len(trials)), lines)

    def folds_saved(self) -> None:
        """Trials by folds: which were fitted."""
        study = runs.study()
        room = shot.safe(titled=False)
        head, body = room.rows(0.8, 5.8, gap=0.2)
        count = len(study.trials)
        # Two blocks of thirty trials, one above the other.
        half = count // 2
        plane = body.plane((-0.5, half - 0.5), (-11.7, 0.2), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        spots, done = [], []
        for number, trial in enumerate(study.trials):
            for fold in range(runs.FOLDS):
                spots.append((number % half, -0.5 - fold - 6.2 * (number // half)))
                done.append(fold < len(trial.errors))
        points, fitted = np.array(spots), np.array(done)
        size = 0.42 * min(
            float(plane.at(1, 0)[0] - plane.at(0, 0)[0]), float(plane.at(0, 0)[1] - plane.at(0, -1)[1])
        )
        lit = UnitChart(plane, points[fitted], np.zeros(int(fitted.sum())), MODEL)
        saved = UnitChart(plane, points[~fitted], size, ink.faint, 0.45)
        text = words.label("each column a trial, each square a fold", ink.quiet, ink.AXIS)
        head.put(text, LEFT)

        def fill(share: float) -> object:
            here = np.where(np.arange(len(lit.points_shown)) < share * len(lit.points_shown), size, 0.0)
            return lit.redraw(points[fitted], here)

        with self.beat(
            "In this study it stopped 32 of sixty trials, and saved nearly a third of the fits."
        ) as beat:
            self.exchange(text, saved, run_time=pace.BRISK)
            self.add(lit)
            beat.over(drive(fill, lit), until="saved", least=pace.LONG)
            beat.over(words.light(saved), least=pace.CALM)

    def what_came_of_it(self) -> None:
        """The errors of the trials that were not stopped, and that of the default."""
        study = runs.study()
        whole = [(number, trial.errors[-1]) for number, trial in enumerate(study.trials) if not trial.pruned]
        plane = shot.chart(
            shot.safe(titled=False), (-2, 62), (52.5, 68), x_ticks=[0, 20, 40, 60], y_ticks=[55, 60, 65],
            x_label="trial",
            y_label="mean error of five folds (RMSE)",
        )  # fmt: skip
        dots = plane.dots(whole, UNSEEN, radius=0.14)
        default = plane.segment((-2, study.default), (62, study.default), ink.quiet, LINE, dashed=True)
        named = plane.label(
            62, study.default, f"default {study.default:.1f}", UP + LEFT, ink.quiet, gap=0.15, size=ink.POINT
        )
        named.align_to(plane.at(62, 0), RIGHT)
        low = float(study.trials[study.best].errors[-1])
        ring = plane.dots([(study.best, low)], NEXT, "ring", radius=0.3)
        best = plane.label(
            study.best - 1.5, low - 0.35, f"lowest {low:.1f}", LEFT + DOWN, NEXT, gap=0.1, size=ink.POINT
        )
        with self.beat("The lowest error is 56.2, against 57.9 with LightGBM's default settings.") as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), until="against", least=pace.SLOW)
            self.play(FadeIn(ring, scale=1.5), FadeIn(best), run_time=pace.QUICK)
            beat.over(Create(default), FadeIn(named), least=pace.CALM)
        with self.beat(
            "But it was chosen on these folds: optimistic. Score it once, on rows that the search has not used."
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, (22, 62), (52.5, 61))), until="optimistic", least=pace.SLOW
            )
            beat.over(words.light(best, ink.chalk), until="Score", least=pace.BRISK)
            beat.over(self.frame.back(), least=pace.SLOW)
        with self.beat(
            "Tune leaves, rows per leaf and lambda, and treat the rate and the number of trees as a pair."
        ) as beat:
            beat.over(words.light(dots, ink.chalk), until="rate", least=pace.CALM)
            beat.over(words.light(ring), words.light(default), least=pace.CALM)

    # --- the end

    def end(self) -> None:
        """The stairs over the year, and what makes them."""
        plane = sea_plane(*CALM)
        spots = sea_spots()
        values = [year_values(steps) for steps in range(stairs.STEPS + 1)]
        cloud = plane.cloud(spots, ink.quiet, radius=0.065)
        model = plane.curve(*stair(EDGES, values[0]), MODEL, 2.5 * LINE)
        model.set_z_index(1)
        misses = plane.stems(spots[:, 0], months_of(values[0]), spots[:, 1], RESIDUAL, LINE / 2)
        law = maths("{{ F_m : sum }} = F_(m-1) + {{ eta f_m : step }}", 1.4 * ink.POINT)
        law.move_to(plane.at(2.5, 32.0))
        names = [
            plane.label(8.6, level, text, ORIGIN, color, size=ink.AXIS)
            for level, text, color in (
                (32.8, "residual: negative gradient", RESIDUAL),
                (30.6, "weak learner × learning rate", NEXT),
                (28.4, "early stopping", UNSEEN),
            )
        ]
        libraries = [
            plane.label(-0.5, level, text, RIGHT, ink.chalk, gap=0.0, size=ink.AXIS)
            for level, text in (
                (20.9, "XGBoost: gain of g, h"),
                (18.9, "LightGBM: bins, leaf-wise"),
                (16.9, "CatBoost: ordered"),
            )
        ]

        def grow(one: int) -> tuple[Animation, Animation]:
            """One more stump."""
            old, new = values[one], values[one + 1]
            return (
                glide(model.redraw, stair(EDGES, old), stair(EDGES, new)),
                glide(
                    misses.redraw,
                    (spots[:, 0], months_of(old), spots[:, 1]),
                    (spots[:, 0], months_of(new), spots[:, 1]),
                ),
            )

        with self.beat(
            "XGBoost adds a gain from two derivatives, LightGBM bins and leaf-wise growth, CatBoost an order of rows."
        ) as beat:
            self.exchange(plane, misses, model, cloud, run_time=pace.BRISK)
            beat.over(FadeIn(libraries[0]), until="LightGBM", least=pace.BRISK)
            beat.over(FadeIn(libraries[1]), until="CatBoost", least=pace.BRISK)
            beat.over(FadeIn(libraries[2]), *grow(0), least=pace.BRISK)
        with self.beat(
            "How do many weak steps learn the curve? Each takes a small step down the gradient that the sum has left."
        ) as beat:
            come = {4: FadeIn(law), 6: FadeIn(names[1]), 8: FadeIn(names[0])}
            for number in range(1, 9):
                self.play(*grow(number), *([come[number]] if number in come else []), run_time=pace.BRISK)
            beat.rest()
        with self.beat("It goes on until unseen data say stop.", pause=pace.SLOW) as beat:
            for number in range(9, stairs.STEPS):
                self.play(*grow(number), run_time=pace.QUICK)
            beat.over(FadeIn(names[2]), words.light(law.part("step")), least=pace.BRISK)
