"""Twenty readings allow many curves, and another twenty other ones: fits as a cloud."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.bias_variance.stage import FITTED, MEAN, MISS, TRUE, BiasVarianceStage, reading_plane
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.maths.bias_variance import curves

FIFTY: Final = 50
"""Samples of the cloud."""
ASKED: Final = slice(10, 200, 12)
"""Places at which a curve is asked about unseen readings."""
DOT: Final = 0.11


class Cloud(BiasVarianceStage):
    """One sample, then fifty."""

    @chapter("Twenty readings allow many curves", "underfitting and overfitting")
    def twenty_readings(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = reading_plane()
        dots = plane.dots(self.sample, ink.chalk, radius=DOT)
        lines = {
            degree: plane.curve(curves.GRID, self.fitted(degree)[0], FITTED, 2 * LINE)
            for degree in curves.DEGREES
        }
        stiff, calm, nervous = lines.values()
        with self.beat("Twenty readings of something that dies away.") as beat:
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("Three curves, the same twenty readings. Which would you trust tomorrow?") as beat:
            beat.over(Create(stiff), Create(calm), Create(nervous), least=pace.LONG)
        self.think()
        names = VGroup(
            *(
                plane.label(0.78, level, f"degree {degree}", RIGHT, FITTED, size=ink.POINT)
                for degree, level in zip(curves.DEGREES, (1.75, 1.45, 1.15), strict=True)
            )
        )
        with self.beat("They are polynomials, of degree one, five and ten.") as beat:
            beat.over(FadeIn(*names, lag_ratio=pace.LAG), least=pace.CALM)
        fresh = np.column_stack([curves.GRID[ASKED], self.drawn.fresh[0][ASKED]])
        unseen = plane.dots(fresh, ink.second, "diamond", radius=DOT)
        told = words.label("test error\n(generalisation error)", ink.second, ink.POINT)
        shot.SAFE.put(told, UP + LEFT)
        with self.beat(
            "Ask each about readings that it has not seen: its test error, or generalisation error."
        ) as beat:
            beat.over(FadeIn(*unseen, lag_ratio=pace.LAG), FadeOut(names), until="its", least=pace.CALM)
            beat.over(FadeIn(told))
        sticks = plane.segment(fresh, fresh, MISS, THIN)
        feet = {
            degree: np.column_stack([fresh[:, 0], self.fitted(degree)[0][ASKED]]) for degree in curves.DEGREES
        }
        under = words.label("underfitting", MISS, ink.HEADLINE)
        shot.SAFE.put(under, DOWN + LEFT)
        with self.beat("The line misses seen and unseen readings alike: underfitting.") as beat:
            self.play(FadeOut(told, calm, nervous), run_time=pace.QUICK)
            beat.over(
                glide(sticks.redraw, (fresh, fresh), (fresh, feet[1])), until="underfitting", least=pace.SLOW
            )
            beat.over(FadeIn(under))
        over = words.label("overfitting", MISS, ink.HEADLINE)
        shot.SAFE.put(over, DOWN + LEFT)
        with self.beat("Degree ten follows the dots, noise included: overfitting.") as beat:
            self.play(FadeOut(stiff, under), FadeIn(nervous), run_time=pace.QUICK)
            beat.over(
                glide(sticks.redraw, (fresh, feet[1]), (fresh, feet[10])),
                until="overfitting",
                least=pace.SLOW,
            )
            beat.over(FadeIn(over), self.frame.to(nervous, share=0.97))
        self.clear_stage()
        self.play(self.frame.back(), run_time=pace.QUICK)
        self.compare_errors()

    def compare_errors(self) -> None:
        """Training and test error of the three, as means over all samples."""
        (room,) = self.shot(shot.headline())
        seen = np.array([curves.training_error(degree) for degree in curves.DEGREES])
        unseen = np.array([curves.parts(degree).total for degree in curves.DEGREES])
        names = [f"degree {degree}" for degree in curves.DEGREES]
        training, test = (
            BarChart(names, values, (0, 0.32), half.width, half.height, decimals=2, label=label, colors=color)
            for values, half, label, color in zip(
                (seen, unseen),
                room.columns(1, 1),
                ("training error", "test error"),
                (ink.quiet, ink.second),
                strict=True,
            )
        )
        for chart, half in zip((training, test), room.columns(1, 1), strict=True):
            half.put(chart)
        with self.beat("Its training error, on the seen dots, is the smallest of the three.") as beat:
            beat.over(glide(training.redraw, 0 * seen, seen), least=pace.SLOW)
        with self.beat(
            "On unseen ones the calm curve wins. So never judge a fit by the points it was fitted to."
        ) as beat:
            beat.over(glide(test.redraw, 0 * unseen, unseen), until="So", least=pace.SLOW)
            beat.over(glide(training.shade, np.ones(3), 0.6 * np.ones(3)), least=pace.BRISK)

    # --- fifty samples

    @chapter("Fifty samples, fifty curves", "refits on resampled data as a cloud of curves")
    def fifty_samples(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = reading_plane()
        clouds = {degree: self.fitted(degree, slice(0, FIFTY)) for degree in curves.DEGREES}
        limits = {degree: cloud.clip(*(np.array([-1.25, 2.0]))) for degree, cloud in clouds.items()}
        bundle = Bundle(plane, curves.GRID, limits[5], FITTED, middle_color=MEAN)
        dots = plane.dots(self.sample, ink.chalk, radius=DOT)
        named = words.label("degree 5", FITTED, ink.HEADLINE)
        shot.SAFE.put(named, UP + RIGHT)
        mean = words.label("mean prediction", MEAN, ink.POINT)
        shot.SAFE.put(mean, DOWN + LEFT)
        bundle.reveal(0)
        with self.beat("Another day, another training sample: twenty new readings, another curve.") as beat:
            self.add(bundle)
            self.play(FadeIn(*dots, named), run_time=pace.QUICK)
            other = [np.column_stack([curves.places(), readings]) for readings in self.drawn.readings[:3]]
            for start, end in zip([self.sample, *other[:2]], other, strict=True):
                self.play(glide(dots.redraw, start, end), run_time=pace.BRISK)
            beat.over(glide(bundle.reveal, 0.0, 3.0), least=pace.CALM)
        with self.beat("Fifty samples, fifty curves. Their average is the mean prediction.") as beat:
            beat.over(glide(bundle.reveal, 3.0, float(FIFTY)), FadeOut(dots), until="Their", least=pace.LONG)
            beat.over(glide(bundle.summarise, (0.0, 0.0), (1.0, 1.0)), FadeIn(mean), least=pace.CALM)
        truth = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        true = words.label("truth", TRUE, ink.POINT)
        true.next_to(mean, RIGHT, buff=0.6)
        stiff = words.label("degree 1", FITTED, ink.HEADLINE)
        shot.SAFE.put(stiff, UP + RIGHT)
        with self.beat("Stiff curves agree with one another, and are wrong together.") as beat:
            beat.over(
                glide(bundle.redraw, limits[5], limits[1]),
                FadeOut(named),
                FadeIn(stiff, truth, true),
                least=pace.LONG,
            )
        loose = words.label("degree 10", FITTED, ink.HEADLINE)
        shot.SAFE.put(loose, UP + RIGHT)
        with self.beat("Flexible ones are right on average, and differ from sample to sample.") as beat:
            beat.over(
                glide(bundle.redraw, limits[1], limits[10]), FadeOut(stiff), FadeIn(loose), least=pace.LONG
            )
        self.play(FadeOut(mean, true, loose), run_time=pace.QUICK)
        self.play(self.frame.to(bundle, share=0.9), run_time=pace.CALM)
