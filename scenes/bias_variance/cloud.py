"""Twenty readings allow many curves, and another twenty other ones: fits as a cloud."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, VGroup, VMobject

from scenes.bias_variance.stage import (
    DIM,
    FITTED,
    MEAN,
    MISS,
    SEEN,
    TALL,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    reading_plane,
    span,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.maths.bias_variance import curves

FIFTY: Final = 50
"""Samples of the cloud."""
ASKED: Final = slice(10, 200, 12)
"""Places at which a curve is asked about unseen readings."""
DOT: Final = 0.11
SIDE: Final = (68 * DEGREES, 52 * DEGREES, 0.54, 1.0)
"""Tilt, turn, zoom and how far the sheets stand apart, seen from the side."""
FRONT: Final = (90 * DEGREES, 0.0, 1.0, 0.0)
"""The same, seen from the front, where all sheets lie in one."""


class Cloud(BiasVarianceStage):
    """One sample, then fifty."""

    @chapter("Twenty readings allow many curves", "underfitting and overfitting")
    def twenty_readings(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = reading_plane()
        dots = plane.dots(self.sample, ink.chalk, radius=DOT)
        stiff, calm, nervous = (
            plane.curve(curves.GRID, self.fitted(degree)[0], FITTED, 2 * LINE) for degree in curves.DEGREES
        )
        with self.beat("Readings of something that dies away, each of them a little off.") as beat:
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("Three curves, the same twenty readings. Which would you trust tomorrow?") as beat:
            beat.over(Create(stiff), Create(calm), Create(nervous), least=pace.LONG)
        self.think()
        names = VGroup(
            *(
                plane.label(x, y, f"degree {degree}", side, FITTED, size=ink.POINT)
                for degree, x, y, side in zip(
                    curves.DEGREES, (0.47, 0.43, 0.955), (0.12, -0.74, 1.45), (UP, LEFT, LEFT), strict=True
                )
            )
        )
        with self.beat("They are polynomials, of degree one, five and ten.") as beat:
            for word, name in zip(("one", "five", "ten"), names, strict=True):
                beat.at(word, FadeIn(name, shift=place.NUDGE * UP), run_time=pace.QUICK)
        own = np.column_stack([curves.places(), curves.smoother(5) @ self.drawn.readings[curves.SHOWN]])
        short = plane.segment(self.sample, self.sample, MISS, THIN)
        told = plane.label(
            0.42, 1.25, "training error\nmean (miss²) on seen dots", RIGHT, ink.chalk, size=ink.POINT
        )
        with self.beat(
            "Training error is the mean squared miss on the dots that a curve was fitted to."
        ) as beat:
            self.play(FadeOut(names, stiff, nervous), run_time=pace.BRISK)
            beat.over(glide(short.redraw, (self.sample, self.sample), (self.sample, own)), until="dots")
            beat.over(FadeIn(told))
        fresh = np.column_stack([curves.GRID[ASKED], self.drawn.fresh[curves.SHOWN][ASKED]])
        unseen = plane.dots(fresh, UNSEEN, "diamond", radius=1.2 * DOT)
        sticks = plane.segment(fresh, fresh, MISS, THIN)
        feet = {
            degree: np.column_stack([fresh[:, 0], self.fitted(degree)[0][ASKED]]) for degree in curves.DEGREES
        }
        asked = plane.label(
            0.36,
            1.35,
            "test error (generalisation error)\nmean (miss²) on unseen readings",
            RIGHT,
            UNSEEN,
            size=ink.POINT,
        )
        with self.beat(
            "Tomorrow brings unseen readings. The mean squared miss on those is the test error, "
            "or generalisation error.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                FadeIn(*unseen, lag_ratio=pace.LAG), FadeOut(short, told), until="mean", least=pace.CALM
            )
            beat.over(glide(sticks.redraw, (fresh, fresh), (fresh, feet[5])), until="test", least=pace.CALM)
            beat.over(FadeIn(asked))
        under = words.label("underfitting", MISS, ink.HEADLINE)
        shot.SAFE.put(under, UP + RIGHT)
        with self.beat(
            "The line misses seen and unseen readings alike: underfitting.", pause=pace.SLOW
        ) as beat:
            self.play(FadeOut(asked, calm), FadeIn(stiff), run_time=pace.QUICK)
            beat.over(
                glide(sticks.redraw, (fresh, feet[5]), (fresh, feet[1])),
                until="underfitting",
                least=pace.SLOW,
            )
            beat.over(FadeIn(under))
        over = plane.label(0.94, 1.6, "overfitting", LEFT, MISS, size=ink.HEADLINE)
        with self.beat(
            "Degree ten runs after what is off in the dots: overfitting.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(stiff, under), FadeIn(nervous), run_time=pace.QUICK)
            beat.over(
                glide(sticks.redraw, (fresh, feet[1]), (fresh, feet[10])),
                until="overfitting",
                least=pace.SLOW,
            )
            beat.over(FadeIn(over))
        with self.beat("Its swings belong to these very dots, and tomorrow brings other ones.") as beat:
            beat.over(self.frame.to(sticks, share=0.97), FadeOut(over), least=pace.LONG)
        self.compare_errors()

    def compare_errors(self) -> None:
        """Training and test error of the three, as means over all samples."""
        (room,) = self.shot(shot.headline())
        seen = np.array([curves.training_error(degree) for degree in curves.DEGREES])
        unseen = np.array([curves.parts(degree).total for degree in curves.DEGREES])
        names = [f"degree {degree}" for degree in curves.DEGREES]
        above, below = room.rows(1, 1, gap=0.35)
        large, training, test = (
            BarChart(names, values, (0, 0.29), half.width, half.height, decimals=2, label=label, colors=color)
            for values, half, label, color in (
                (0 * seen, room, "training error, mean over many samples", SEEN),
                (seen, above, "training error, mean over many samples", SEEN),
                (0 * unseen, below, "test error, mean over many samples", UNSEEN),
            )
        )
        room.put(large)
        above.put(training)
        below.put(test)
        with self.beat(
            "Its training error is the smallest of the three: a higher degree contains the lower ones."
        ) as beat:
            self.exchange(large, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(large.change(seen), until="higher", least=pace.SLOW)
        with self.beat("But on unseen readings, degree five wins.", pause=pace.CALM) as beat:
            self.exchange(training, test, run_time=pace.BRISK)
            beat.over(test.change(unseen), least=pace.SLOW)
        with self.beat("So do not judge a fit by the points that it was fitted to.", pause=pace.SLOW) as beat:
            beat.over(glide(training.shade, np.ones(3), DIM * np.ones(3)), least=pace.SLOW)

    # --- fifty samples

    @chapter("Fifty samples, fifty curves", "refits on resampled data as a cloud of curves")
    def fifty_samples(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = reading_plane()
        clouds = {degree: self.fitted(degree, slice(0, FIFTY)) for degree in curves.DEGREES}
        dots = plane.dots(self.sample, ink.chalk, radius=DOT)
        own = plane.curve(curves.GRID, self.fitted(5)[0], FITTED, 2 * LINE)
        sample = plane.label(0.42, 1.4, "training sample D", RIGHT, ink.chalk, size=ink.POINT)
        with self.beat("Another day, another training sample: twenty new readings, another curve.") as beat:
            self.play(FadeIn(dots, own, sample), run_time=pace.QUICK)
            days = [curves.SHOWN, 0, 1, 2]
            rows = [np.column_stack([curves.places(), self.drawn.readings[day]]) for day in days]
            fits = [self.fitted(5, slice(day, day + 1))[0] for day in days]
            for old in range(3):
                self.play(
                    glide(dots.redraw, rows[old], rows[old + 1]),
                    glide(own.redraw, (curves.GRID, fits[old]), (curves.GRID, fits[old + 1])),
                    run_time=pace.SLOW if old == 2 else pace.CALM,
                )
        swing = self.lay_on_glass(clouds[5], dots, own, sample)
        bundle = Bundle(plane, curves.GRID, clouds[5], FITTED, middle_color=MEAN)
        mean = plane.label(0.42, 1.3, "mean prediction", RIGHT, MEAN, size=ink.POINT)
        with self.beat("Seen from the front they are a cloud. Its average is the mean prediction.") as beat:
            beat.over(*swing, until="cloud", least=pace.LONG)
            there = list(self.mobjects)
            self.add(bundle)
            self.play(*map(FadeOut, there), run_time=pace.QUICK)
            beat.over(
                "average", glide(bundle.summarise, (0.0, 0.0), (1.0, 0.0)), FadeIn(mean), least=pace.SLOW
            )
        spread = plane.label(0.98, 0.66, "one standard deviation", UP + LEFT, MEAN, size=ink.POINT)
        with self.beat("The band shows how far they spread: one standard deviation to each side.") as beat:
            beat.over(glide(bundle.summarise, (1.0, 0.0), (1.0, 1.0)), until="one", least=pace.CALM)
            beat.over(FadeIn(spread))
        truth = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        true = plane.label(0.42, 1.0, "truth", RIGHT, TRUE, size=ink.POINT)
        with self.beat(
            "We made these readings ourselves, so we know the truth behind them.", pause=pace.SLOW
        ) as beat:
            beat.over("know", Create(truth), FadeIn(true), FadeOut(spread), least=pace.SLOW)
        named = {degree: words.label(f"degree {degree}", FITTED, ink.HEADLINE) for degree in curves.DEGREES}
        for name in named.values():
            name.move_to(plane.at(0.42, 1.64), aligned_edge=LEFT)
        with self.beat("Stiff curves agree with one another, and are wrong together.") as beat:
            beat.over(glide(bundle.redraw, clouds[5], clouds[1]), FadeIn(named[1]), least=pace.LONG)
        with self.beat("Flexible ones are right on average, and differ from sample to sample.") as beat:
            beat.over(
                glide(bundle.redraw, clouds[1], clouds[10]),
                FadeOut(named[1]),
                FadeIn(named[10]),
                until="differ",
                least=pace.LONG,
            )
            beat.over(
                self.frame.to_region(*span(plane, (0.53, 1.0), (-0.62, 0.82))),
                FadeOut(mean, true, named[10]),
                least=pace.SLOW,
            )
        self.play(FadeOut(truth, bundle), self.frame.back(), run_time=pace.BRISK)
        self.imitate(plane)

    def lay_on_glass(self, cloud: Floats, *before: VMobject) -> tuple[Animation, Animation]:
        """Each sample's curve on a sheet of its own; returns what brings all sheets into one."""
        floor = Plane(
            (-0.03, 1.03), (0, 1), ink.FRAME_WIDTH, ink.FRAME_WIDTH, x_ticks=[], y_ticks=[], numbers=False
        )
        space = Space(floor, TALL, ink.FRAME_HEIGHT)
        glass = space.curve(np.zeros((2, 3)), ink.faint, HAIR)
        threads = space.curve(np.zeros((2, 3)), FITTED, THIN)
        low, high = TALL
        rim = np.array([(0, low), (1, low), (1, high), (0, high), (0, low), (np.nan, np.nan)])
        kept = np.clip(cloud, *TALL)[:, ::4]
        across = np.append(curves.GRID[::4], np.nan)

        def look(tilt: float, turn: float, zoom: float, apart: float, count: float) -> tuple[VMobject, ...]:
            deep = np.linspace(0.5 - apart / 2, 0.5 + apart / 2, len(cloud))[: int(count)]
            glass.redraw(
                np.concatenate(
                    [np.column_stack([rim[:, 0], np.full(len(rim), at), rim[:, 1]]) for at in deep]
                )
            )
            threads.redraw(
                np.concatenate(
                    [
                        np.column_stack([across, np.full(len(across), at), np.append(way, np.nan)])
                        for at, way in zip(deep, kept, strict=False)
                    ]
                )
            )
            space.look(tilt=tilt, turn=turn, zoom=zoom, lift=1.0)
            return glass, threads

        look(*FRONT, 3.0)
        side = words.label(f"{FIFTY} training samples", ink.chalk, ink.POINT)
        shot.SAFE.put(side, UP + LEFT)
        with self.beat("Do it fifty times, and lay each sample on its own sheet of glass.") as beat:
            self.play(FadeOut(*before), FadeIn(glass, threads), run_time=pace.QUICK)
            beat.over(
                glide(look, (*FRONT, 3.0), (*SIDE, float(FIFTY)), glass, threads),
                FadeIn(side),
                least=pace.LONG,
            )
        return glide(look, (*SIDE, float(FIFTY)), (*FRONT, float(FIFTY)), glass, threads), FadeOut(side)

    def imitate(self, plane: Plane) -> None:
        """The bootstrap from the one sample."""
        readings = self.drawn.readings[curves.SHOWN]
        draws = curves.resampled(readings, FIFTY)
        times = np.array([np.bincount(rows, minlength=len(readings)) for rows in draws])
        fits = curves.bootstrap_fits(readings, 5, FIFTY)
        dots = plane.dots(self.sample, ink.chalk, radius=DOT)
        bundle = Bundle(plane, curves.GRID, fits, FITTED, middle_color=MEAN).reveal(0)
        name = plane.label(0.42, 1.4, "bootstrap", RIGHT, ink.chalk, size=ink.HEADLINE)
        with self.beat("You have one sample? The bootstrap imitates the others.") as beat:
            self.add(bundle)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), until="bootstrap", least=pace.BRISK)
            beat.over(FadeIn(name), least=pace.BRISK)
        sizes = DOT * np.sqrt(times)
        plain = np.full(len(readings), DOT)
        with self.beat(
            "From your one sample draw as many points as it has, with replacement, and refit. "
            "A dot that is drawn more often grows."
        ) as beat:
            for number, start in enumerate([plain, sizes[0], sizes[1]]):
                self.play(
                    glide(dots.redraw, {"radius": start}, {"radius": sizes[number]}),
                    glide(bundle.reveal, float(number), number + 1.0),
                    run_time=pace.SLOW,
                )
            beat.rest()
        with self.beat(
            "Where the refits disagree, do not trust the curve. Where they agree, they may be wrong together."
        ) as beat:
            beat.over(
                glide(bundle.reveal, 3.0, float(FIFTY)),
                glide(dots.redraw, {"radius": sizes[2]}, {"radius": plain}),
                least=pace.LONG,
            )
