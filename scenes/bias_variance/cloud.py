"""Twenty readings allow many curves, and another twenty other ones: fits as a cloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, VGroup, VMobject

from scenes.bias_variance.stage import (
    FIFTY,
    FITTED,
    HELPS,
    MEAN,
    OFF,
    SEEN,
    TALL,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    Swarm,
    reading_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.maths.bias_variance import curves

ASKED: Final = 20
"""Fresh readings that are drawn."""
STRIP: Final = 240
"""Samples whose errors are drawn as dots."""
DOT: Final = 0.11
SIDE: Final = (68 * DEGREES, 52 * DEGREES, 0.52, 1.0)
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
        dots = plane.dots(self.sample, SEEN, radius=DOT)
        fits = [
            plane.curve(curves.GRID, self.fitted(degree)[0], FITTED, 2 * LINE) for degree in curves.DEGREES
        ]
        axis = plane.label(0.985, 1.62, "height of a spring,\nover one second", LEFT, SEEN, size=ink.POINT)
        with self.beat(
            "A spring is plucked, and its swing dies away. Here are twenty readings, each a little off."
        ) as beat:
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), FadeIn(axis), until="each", least=pace.LONG)
            beat.over(*(words.light(each, run_time=pace.SLOW) for each in dots[::4]), least=pace.SLOW)
        names = VGroup(
            *(
                self.pointed(plane, degree, f"degree {degree}", at, spot, side)
                for degree, at, spot, side in zip(
                    curves.DEGREES,
                    (0.55, 0.52, 0.94),
                    ((0.58, 0.62), (0.54, -0.68), (0.9, -0.62)),
                    (UP, DOWN, DOWN),
                    strict=True,
                )
            )
        )
        with self.beat("Three polynomials are fitted to them: of degree one, five and ten.") as beat:
            self.play(FadeOut(axis), run_time=pace.QUICK)
            for word, then, fit, name in zip(
                ("Three", "one", "five"), ("one", "five", "ten"), fits, names, strict=True
            ):
                beat.over(word, Create(fit), until=then, least=pace.BRISK)
                self.play(FadeIn(name), run_time=pace.QUICK)
        with self.beat("Which of the three would you trust tomorrow?") as beat:
            beat.over(
                *(fit.animate.set_stroke(width=3 * LINE) for fit in fits), until="trust", least=pace.CALM
            )
            beat.over(*(fit.animate.set_stroke(width=2 * LINE) for fit in fits), least=pace.BRISK)
        self.think()
        _, calm, nervous = fits
        own = {
            degree: np.column_stack([curves.places(), curves.smoother(degree) @ self.sample[:, 1]])
            for degree in curves.DEGREES
        }
        short = plane.segment(self.sample, self.sample, SEEN, LINE)
        told = plane.label(0.93, 1.5, "training error:\nmean of squared misses", LEFT, SEEN, size=ink.POINT)
        with self.beat(
            "Training error is the mean squared miss on the dots that a curve was fitted to."
        ) as beat:
            self.play(FadeOut(names, calm, nervous), run_time=pace.QUICK)
            beat.over(glide(short.redraw, (self.sample, self.sample), (self.sample, own[1])), until="squared")
            beat.over(FadeIn(told), until="dots", least=pace.BRISK)
            beat.over(*(words.light(each, run_time=pace.BRISK) for each in dots), least=pace.BRISK)
        seen = [
            plane.label(
                0.93,
                0.86,
                f"degree {degree}: {curves.seen_errors(degree, self.sample[None, :, 1])[0]:.2f}",
                LEFT,
                SEEN,
                size=ink.HEADLINE,
            )
            for degree in curves.DEGREES
        ]
        with self.beat(
            "A higher degree always has the smaller one, because it contains the lower degrees."
        ) as beat:
            self.play(FadeIn(seen[0]), run_time=pace.QUICK)
            for number, word in ((1, "smaller"), (2, "contains")):
                before, after = curves.DEGREES[number - 1 : number + 1]
                beat.until(word)
                self.play(
                    FadeOut(fits[number - 1], seen[number - 1]),
                    FadeIn(fits[number]),
                    glide(short.redraw, (self.sample, own[before]), (self.sample, own[after])),
                    run_time=pace.SLOW,
                )
                self.play(FadeIn(seen[number]), run_time=pace.QUICK)
            beat.rest()
        self.unseen(plane, fits, short, told, seen[-1])
        self.compare_errors()

    def pointed(
        self,
        plane: Plane,
        degree: int,
        text: str,
        at: float,
        spot: tuple[float, float],
        side: npt.NDArray[np.float64],
    ) -> VGroup:
        """A name at ``spot`` with a line to the curve of that degree ``at`` a moment."""
        height = float(np.interp(at, curves.GRID, self.fitted(degree)[0]))
        return VGroup(
            plane.segment(spot, (at, height), FITTED, THIN),
            plane.label(*spot, text, side, FITTED, size=ink.POINT),
        )

    def fresh(self) -> Floats:
        """(20, 2): unseen readings, and when they are taken."""
        return np.column_stack(
            [self.drawn.where[curves.SHOWN, :ASKED], self.drawn.fresh[curves.SHOWN, :ASKED]]
        )

    def fresh_error(self, degree: int) -> float:
        """Mean squared miss of a fit on them."""
        fresh = self.fresh()
        predicted = curves.predictor(fresh[:, 0], degree) @ self.sample[:, 1]
        return float(((predicted - fresh[:, 1]) ** 2).mean())

    def unseen(self, plane: Plane, fits: Sequence[VMobject], *gone: VMobject) -> None:
        """Fresh readings, and how far each curve is from them."""
        stiff, calm, nervous = fits
        fresh = self.fresh()
        rain = plane.dots(fresh, UNSEEN, "diamond", radius=1.2 * DOT)
        sticks = plane.segment(fresh, fresh, UNSEEN, LINE)
        feet = {
            degree: np.column_stack([fresh[:, 0], curves.predictor(fresh[:, 0], degree) @ self.sample[:, 1]])
            for degree in curves.DEGREES
        }
        asked = plane.label(
            0.985,
            1.5,
            "test error (generalisation error):\nmean, on unseen readings",
            LEFT,
            UNSEEN,
            size=ink.POINT,
        )
        with self.beat(
            "Tomorrow brings unseen readings. The mean squared miss on those is the test error, "
            "or generalisation error."
        ) as beat:
            beat.over(
                FadeIn(*rain, lag_ratio=pace.LAG), FadeOut(nervous, *gone), until="mean", least=pace.CALM
            )
            self.play(FadeIn(calm), run_time=pace.QUICK)
            beat.over(glide(sticks.redraw, (fresh, fresh), (fresh, feet[5])), until="test", least=pace.CALM)
            beat.over(FadeIn(asked), until="generalisation", least=pace.BRISK)
            beat.over(words.light(asked, ink.chalk), least=pace.BRISK)
        under = plane.label(0.985, 1.5, "underfitting", LEFT, OFF, size=ink.HEADLINE)
        with self.beat("The line misses seen and unseen readings alike: underfitting.") as beat:
            self.play(FadeOut(asked, calm), FadeIn(stiff), run_time=pace.QUICK)
            beat.over(
                glide(sticks.redraw, (fresh, feet[5]), (fresh, feet[1])),
                until="underfitting",
                least=pace.SLOW,
            )
            beat.over(FadeIn(under), least=pace.BRISK)
        over = plane.label(0.9, 1.02, "overfitting", LEFT, FITTED, size=ink.POINT)
        with self.beat(
            "Degree ten follows accidents of its own dots, and misses the unseen ones: overfitting."
        ) as beat:
            self.play(FadeOut(stiff, under), FadeIn(nervous), run_time=pace.QUICK)
            beat.over(
                glide(sticks.redraw, (fresh, feet[1]), (fresh, feet[10])), until="misses", least=pace.SLOW
            )
            beat.over(
                self.frame.to_region(*span(plane, (0.5, 1.02), (-0.85, 1.3))),
                until="overfitting",
                least=pace.SLOW,
            )
            beat.over(FadeIn(over), least=pace.BRISK)
        with self.beat("Look at its ends: past the outer dots no reading holds it.") as beat:
            beat.over(
                self.frame.to_region(*span(plane, (0.72, 1.03), (-0.75, 0.75))),
                FadeOut(over),
                least=pace.LONG,
            )

    def compare_errors(self) -> None:
        """Test error of the three: on this sample, and over many."""
        self.shot(shot.wide())
        readings = self.drawn.readings
        plane = shot.chart(
            shot.SAFE, (0.085, 0.6), (0.5, 3.5), log_x=True, x_ticks=[0.1, 0.2, 0.3, 0.5],
            x_names={0.1: "0.1", 0.2: "0.2", 0.3: "0.3", 0.5: "0.5"}, y_ticks=[1, 2, 3],
            y_names={row: f"degree {degree}" for row, degree in zip((3, 2, 1), curves.DEGREES, strict=True)},
            x_label=f"test error, {STRIP} of {len(readings):,} samples",
        )  # fmt: skip
        rng = np.random.default_rng(0)
        errors = {degree: curves.unseen_errors(degree, readings) for degree in curves.DEGREES}
        rows = dict(zip(curves.DEGREES, (3, 2, 1), strict=True))
        first = plane.dots(
            [(self.fresh_error(degree), rows[degree]) for degree in curves.DEGREES],
            UNSEEN,
            "diamond",
            radius=0.24,
        )
        said = VGroup(
            *(
                plane.label(
                    self.fresh_error(degree), rows[degree] + 0.13, f"{self.fresh_error(degree):.2f}", UP, UNSEEN,
                    size=ink.POINT,
                )
                for degree in curves.DEGREES
            )
        )  # fmt: skip
        with self.beat(
            "On this sample degree five has the smallest test error. But that is one draw."
        ) as beat:
            self.exchange(plane, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(
                FadeIn(*first, lag_ratio=pace.LAG),
                FadeIn(*said, lag_ratio=pace.LAG),
                until="But",
                least=pace.SLOW,
            )
            beat.over(*(words.light(each, ink.chalk) for each in said), least=pace.BRISK)
        table = np.array(
            [
                (errors[degree][number], rows[degree] + rng.uniform(-0.3, 0.3))
                for number in range(STRIP)
                for degree in curves.DEGREES
            ]
        )
        table = np.clip(table, 0.086, 3.5)
        whence = np.tile([(self.fresh_error(degree), rows[degree]) for degree in curves.DEGREES], (STRIP, 1))
        cloud = plane.dots(whence, UNSEEN, radius=0.05)
        cloud.set_opacity(0.55)
        with self.beat("So draw many samples, and fit the three to each.") as beat:
            self.play(FadeOut(said), run_time=pace.QUICK)
            self.add(cloud, first)
            beat.over(glide(cloud.redraw, whence, table), least=pace.LONG)
        means = {degree: curves.parts(degree).total for degree in curves.DEGREES}
        bars = plane.segment(
            [(means[degree], rows[degree] - 0.38) for degree in curves.DEGREES],
            [(means[degree], rows[degree] + 0.38) for degree in curves.DEGREES],
            SEEN, 2 * LINE,
        )  # fmt: skip
        told = VGroup(
            *(
                plane.label(
                    means[degree], rows[degree] + 0.34, f"mean {means[degree]:.2f}", UP, SEEN, size=ink.AXIS
                )
                for degree in curves.DEGREES
            )
        )
        won = curves.unseen_errors(5, readings) < np.minimum(errors[1], errors[10])
        best = plane.label(0.21, 2.0, f"smallest in {100 * won.mean():.0f} %", RIGHT, HELPS, size=ink.POINT)
        with self.beat("Degree five has the smallest test error in ninety-nine percent of them.") as beat:
            self.play(FadeOut(first), FadeIn(bars, told), run_time=pace.CALM)
            beat.over(
                self.frame.to_region(*span(plane, (0.062, 0.44), (-0.02, 2.8))),
                until="ninety-nine",
                least=pace.SLOW,
            )
            beat.over(FadeIn(best), least=pace.BRISK)
        with self.beat("So do not judge a fit by the points that it was fitted to.") as beat:
            beat.over(self.frame.back(), until="points", least=pace.SLOW)
            beat.over(*(words.light(each) for each in told), least=pace.CALM)

    # --- fifty samples

    @chapter("Fifty samples, fifty curves", "refits on resampled data as a cloud of curves")
    def fifty_samples(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = reading_plane()
        clouds = {degree: self.many(degree) for degree in curves.DEGREES}
        dots = plane.dots(self.sample, SEEN, radius=DOT)
        own = plane.curve(curves.GRID, self.fitted(5)[0], FITTED, 2 * LINE)
        sample = plane.label(
            0.985, 1.5, "training sample D,\nand its fit of degree 5", LEFT, SEEN, size=ink.POINT
        )
        with self.beat(
            "Tomorrow's spring gives another training sample: twenty new readings, another curve."
        ) as beat:
            self.play(FadeIn(dots, own, sample), run_time=pace.QUICK)
            days = [curves.SHOWN, 0, 1, 2]
            rows = [np.column_stack([curves.places(), self.drawn.readings[day]]) for day in days]
            fits = [self.fitted(5, slice(day, day + 1))[0] for day in days]
            for old in range(3):
                self.play(
                    glide(dots.redraw, rows[old], rows[old + 1]),
                    glide(own.redraw, (curves.GRID, fits[old]), (curves.GRID, fits[old + 1])),
                    run_time=pace.SLOW,
                )
            beat.rest()
        swing = self.lay_on_glass(clouds[5].curves, dots, own, sample)
        swarm = Swarm(plane, clouds[5], 0.0, 0.0)
        mean = plane.label(0.985, 1.66, "mean prediction", LEFT, MEAN, size=ink.POINT)
        with self.beat("Seen from the front they are a cloud. Its average is the mean prediction.") as beat:
            beat.over(*swing, until="cloud", least=pace.LONG)
            self.clear_stage()
            self.add(swarm)
            beat.over(
                "average", glide(swarm.summarise, (0.0, 0.0), (1.0, 0.0)), FadeIn(mean), least=pace.SLOW
            )
        spread = plane.label(0.985, 1.28, "± one standard deviation", LEFT, MEAN, size=ink.POINT)
        with self.beat(
            "The band shows how far the curves spread: one standard deviation to each side."
        ) as beat:
            beat.over(glide(swarm.summarise, (1.0, 0.0), (1.0, 1.0)), until="one", least=pace.CALM)
            beat.over(FadeIn(spread), until="side", least=pace.CALM)
            beat.rest()
        truth = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        true = plane.label(0.985, 1.28, "truth", LEFT, TRUE, size=ink.POINT)
        with self.beat("These readings are simulated, so we know the truth behind them.") as beat:
            beat.over("simulated", Create(truth), FadeIn(true), FadeOut(spread), least=pace.LONG)
        named = {
            degree: plane.label(0.985, 0.86, f"degree {degree}", LEFT, FITTED, size=ink.HEADLINE)
            for degree in curves.DEGREES
        }
        with self.beat("Stiff curves agree with one another, and are wrong together.") as beat:
            beat.over(
                glide(swarm.redraw, clouds[5], clouds[1]), FadeIn(named[1]), until="wrong", least=pace.SLOW
            )
            beat.over(*(words.light(each, ink.chalk) for each in (swarm.mean, truth)), least=pace.CALM)
        with self.beat("Flexible ones are right on average, but differ from sample to sample.") as beat:
            beat.over(
                glide(swarm.redraw, clouds[1], clouds[10]),
                FadeOut(named[1]),
                FadeIn(named[10]),
                until="differ",
                least=pace.SLOW,
            )
            beat.over(
                self.frame.to_region(*span(plane, (0.05, 0.57), (-0.95, 1.28))),
                FadeOut(mean, true, named[10]),
                least=pace.SLOW,
            )
        self.play(FadeOut(truth, swarm), self.frame.back(), run_time=pace.BRISK)
        self.imitate(plane)

    def lay_on_glass(self, cloud: Floats, *before: VMobject) -> tuple[Animation, Animation]:
        """Each sample and its curve on a sheet of its own; returns what brings all sheets into one."""
        floor = Plane(
            (-0.03, 1.03), (0, 1), ink.FRAME_WIDTH, ink.FRAME_WIDTH, x_ticks=[], y_ticks=[], numbers=False
        )
        space = Space(floor, TALL, ink.FRAME_HEIGHT)
        glass = space.curve(np.zeros((2, 3)), ink.faint, HAIR)
        threads = space.curve(np.zeros((2, 3)), FITTED, THIN)
        marks = space.curve(np.zeros((2, 3)), SEEN, 2 * LINE)
        low, high = TALL
        rim = np.array([(0, low), (1, low), (1, high), (0, high), (0, low), (np.nan, np.nan)])
        kept = np.clip(cloud, *TALL)[:, ::4]
        across = np.append(curves.GRID[::4], np.nan)
        when = np.column_stack(
            [curves.places() - 0.004, curves.places() + 0.004, np.full(20, np.nan)]
        ).ravel()

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
            marks.redraw(
                np.concatenate(
                    [
                        np.column_stack([when, np.full(len(when), at), np.repeat(row, 3)])
                        for at, row in zip(deep, self.drawn.readings, strict=False)
                    ]
                )
            )
            space.look(tilt=tilt, turn=turn, zoom=zoom, lift=1.0)
            return glass, threads, marks

        look(*FRONT, 3.0)
        side = words.label(f"{FIFTY} training samples", SEEN, ink.POINT)
        shot.SAFE.put(side, UP + LEFT)
        with self.beat("Do it fifty times, and lay each sample with its curve on a sheet of glass.") as beat:
            self.play(FadeOut(*before), FadeIn(glass, threads, marks), run_time=pace.QUICK)
            beat.over(
                glide(look, (*FRONT, 3.0), (*SIDE, float(FIFTY)), glass, threads, marks),
                FadeIn(side),
                least=pace.LONG,
            )
        return glide(look, (*SIDE, float(FIFTY)), (*FRONT, float(FIFTY)), glass, threads, marks), FadeOut(
            side
        )

    def imitate(self, plane: Plane) -> None:
        """The bootstrap from the one sample."""
        readings = self.drawn.readings[curves.SHOWN]
        draws = curves.resampled(readings, FIFTY)
        times = np.array([np.bincount(rows, minlength=len(readings)) for rows in draws])
        fits, lines = (curves.bootstrap_fits(readings, degree, FIFTY) for degree in (5, 1))
        dots = plane.dots(self.sample, SEEN, radius=DOT)
        bundle = Bundle(plane, curves.GRID, fits, FITTED, middle_color=MEAN).reveal(0)
        name = plane.label(0.92, 1.55, "bootstrap", LEFT, SEEN, size=ink.HEADLINE)
        sizes = DOT * np.sqrt(times)
        plain = np.full(len(readings), DOT)
        with self.beat(
            "You have one sample? The bootstrap imitates the others: draw as many points from it, "
            "with replacement, and refit."
        ) as beat:
            self.add(bundle)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), until="bootstrap", least=pace.BRISK)
            self.play(FadeIn(name), run_time=pace.QUICK)
            for number, start in enumerate([plain, sizes[0]]):
                self.play(
                    glide(dots.redraw, {"radius": start}, {"radius": sizes[number]}),
                    glide(bundle.reveal, float(number), number + 1.0),
                    run_time=pace.SLOW,
                )
            beat.rest()
        with self.beat("A dot that was drawn more often is larger here.") as beat:
            beat.over(
                glide(dots.redraw, {"radius": sizes[1]}, {"radius": sizes[2]}),
                glide(bundle.reveal, 2.0, 3.0),
                least=pace.LONG,
            )
        with self.beat("Where the refits disagree, do not trust the curve.") as beat:
            beat.over(
                glide(bundle.reveal, 3.0, float(FIFTY)),
                glide(dots.redraw, {"radius": sizes[2]}, {"radius": plain}),
                least=pace.LONG,
            )
        lined = plane.label(0.92, 1.15, "lines agree, and miss", LEFT, OFF, size=ink.POINT)
        with self.beat("But agreement can deceive: refitted lines agree, and miss together.") as beat:
            beat.over("refitted", glide(bundle.redraw, fits, lines), FadeIn(lined), least=pace.LONG)
