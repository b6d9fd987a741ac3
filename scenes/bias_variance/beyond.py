"""What lies beyond the right end of the U: the interpolation threshold, and a second descent."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, VMobject

from scenes.bias_variance.bricks import Bricks
from scenes.bias_variance.stage import (
    FITTED,
    HELPS,
    NOISY,
    SEEN,
    UNSEEN,
    BiasVarianceStage,
    brick_plane,
    bricks_of,
    maths,
    span,
)
from scenes.bias_variance.valley import ALL, COLORS
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.bias_variance import curves, descent

ON_THE_WAY: Final = (6, 11, 15, curves.READINGS)
"""Numbers of coefficients on the way to as many as there are readings."""
TWICE: Final = 40
"""And past that."""
FAR: Final = descent.SIZES[-1]
HIGH: Final = 60.0
"""Where the chart ends; the peak goes on far above it."""


def below_words() -> Plane:
    """The plane of the readings in the lower part of the frame, so that words above it cross no curve."""
    place = shot.Region(shot.EDGES.left, shot.EDGES.bottom, shot.EDGES.right, shot.EDGES.top - 1.5)
    plane = place.plane((-0.03, 1.03), (-1.25, 1.35), x_ticks=[], y_ticks=[], numbers=False)
    plane.frame.set_stroke(opacity=0)
    return plane


def grouped(value: float) -> str:
    """A norm as it is written: two digits, in billions where it is large."""
    return f"{value / 1e9:.1f} billion" if value > 1e9 else f"{value:.0f}"


class Beyond(BiasVarianceStage):
    """Far past the right end of the axis of complexity."""

    @chapter("What lies past the right end", "double descent")
    def second_descent(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.right_end()
        self.exact()
        self.twice()

    def right_end(self) -> None:
        """The U once more, and the camera at its right end."""
        plane = brick_plane()
        full = bricks_of(ALL)
        bricks = Bricks(plane, ALL, full, COLORS, thick=0.86)
        total = plane.curve(ALL, full.sum(axis=1), UNSEEN, 2 * LINE)
        with self.beat("The U had a right end. What happens if we go on, far past it?") as beat:
            self.play(FadeIn(plane, bricks, total), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*span(plane, (5.6, 12.7), (0.0, 0.56))), least=pace.LONG)

    def fit(self, count: int) -> tuple[Floats, Floats]:
        """The fit of so many coefficients to the sample that is shown, at the grid and at the readings' own places."""
        return descent.fit(self.sample[:, 1], count)

    def exact(self) -> None:
        """The sample fitted by few coefficients, by as many as readings, and by many."""
        plane = below_words()
        dots = plane.dots(self.sample, SEEN, radius=0.13)
        whole, own = self.fit(ON_THE_WAY[0])
        curve = plane.curve(curves.GRID, whole, FITTED, 2 * LINE)
        places = self.sample[:, 0]
        sticks = plane.segment(self.sample, np.column_stack([places, own]), SEEN, LINE)
        names = {
            count: words.headline(f"{count} coefficients", FITTED) for count in (*ON_THE_WAY, TWICE, FAR)
        }
        for name in names.values():
            shot.SAFE.put(name, UP + LEFT)
        named = words.label("interpolation threshold", SEEN, ink.POINT)
        shot.SAFE.put(named, UP + RIGHT)
        with self.beat(
            "With as many coefficients as dots, training error is zero: the interpolation threshold."
        ) as beat:
            self.exchange(
                curve, dots, sticks, names[ON_THE_WAY[0]], also=[self.frame.back()], run_time=pace.BRISK
            )
            for before, count in pairwise(ON_THE_WAY):
                later, seen = self.fit(count)
                self.play(
                    glide(curve.redraw, (curves.GRID, whole), (curves.GRID, later)),
                    glide(
                        sticks.redraw,
                        (self.sample, np.column_stack([places, own])),
                        (self.sample, np.column_stack([places, seen])),
                    ),
                    FadeOut(names[before]),
                    FadeIn(names[count]),
                    run_time=pace.SLOW,
                )
                whole, own = later, seen
            beat.over("interpolation", FadeIn(named))
        with self.beat(
            "There is one exact fit. It has to meet each noisy dot, so its variance explodes."
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, (0.0, 0.46), (-1.0, 0.25))),
                FadeOut(sticks),
                until="variance",
                least=pace.LONG,
            )
            beat.over(words.light(curve, ink.chalk), least=pace.CALM)
        self.smallest(plane, curve, names, named)

    def smallest(
        self,
        plane: Plane,
        curve: VMobject,
        names: dict[int, words.Words],
        named: words.Words,
    ) -> None:
        """Several exact fits, and the one of smallest norm."""
        sample = self.sample[:, 1]
        twice, _ = self.fit(TWICE)
        far, _ = self.fit(FAR)
        others = [plane.curve(curves.GRID, each, NOISY, THIN) for each in descent.others(sample, TWICE)]
        small = plane.curve(curves.GRID, twice, FITTED, 2 * LINE)
        norm = maths('{{ "smallest norm" : word }} #h(0.3em) sum w_j^2', 1.1 * ink.POINT, {"word": ink.chalk})
        shot.SAFE.put(norm, UP + RIGHT)
        with self.beat(
            "With more coefficients than dots, many fits are exact. Take the one whose weights have the smallest norm."
        ) as beat:
            self.play(
                self.frame.back(),
                FadeOut(names[curves.READINGS], named, curve),
                FadeIn(names[TWICE]),
                run_time=pace.CALM,
            )
            beat.over(*map(Create, others), until="Take", least=pace.SLOW)
            beat.over(Create(small), until="smallest", least=pace.CALM)
            beat.over(FadeIn(norm), least=pace.BRISK)
        told = [
            words.label(f"Σ w² = {grouped(descent.norm(sample, count))}", SEEN, ink.POINT)
            for count in (curves.READINGS, TWICE, FAR)
        ]
        for each in told:
            shot.SAFE.put(each, UP + RIGHT)
        with self.beat("Fast polynomials are scaled down, so a small norm keeps the swings small.") as beat:
            self.play(*map(FadeOut, others), FadeOut(norm), FadeIn(told[1]), run_time=pace.BRISK)
            beat.over(words.light(small, ink.chalk), until="small", least=pace.CALM)
            beat.over(
                self.frame.to_region(*span(plane, (0.42, 1.02), (-0.95, 0.85))),
                FadeOut(names[TWICE], told[1]),
                least=pace.SLOW,
            )
        with self.beat("With still more coefficients, the fit is calmer still.") as beat:
            beat.over(
                glide(small.redraw, (curves.GRID, twice), (curves.GRID, far)),
                self.frame.back(),
                least=pace.SLOW,
            )
            self.play(FadeIn(names[FAR], told[2]), run_time=pace.QUICK)

    def twice(self) -> None:
        """Expected test error over the number of coefficients."""
        self.shot(shot.wide())
        sizes = np.array(descent.SIZES, dtype=float)
        found = np.array([descent.parts(count).total for count in descent.SIZES])
        soft = np.array([descent.parts(count, descent.RIDGE).total for count in descent.SIZES])
        top = descent.SIZES.index(curves.READINGS)
        plane = shot.chart(
            shot.SAFE, (1, sizes[-1]), (0.045, HIGH), log_x=True, log_y=True,
            x_ticks=[1, 6, 20, 40, 200], y_ticks=[0.1, 1, 10],
            x_names={1: "1", 6: "6", 20: "20", 40: "40", 200: "200"}, y_names={0.1: "0.1", 1: "1", 10: "10"},
            x_label="coefficients of the polynomial", y_label="expected squared error",
        )  # fmt: skip
        test = plane.curve(sizes, found, UNSEEN, 2 * LINE)
        first = plane.curve(sizes[:13], found[:13], UNSEEN, 2 * LINE)
        threshold = plane.segment((20, 0.045), (20, HIGH), SEEN, LINE, dashed=True)
        peak = plane.label(13, 30, f"peak: {found[top] / 1e6:.0f} million", LEFT, UNSEEN, size=ink.POINT)
        name = plane.label(44, 5, "double\ndescent", RIGHT, UNSEEN, size=ink.HEADLINE)
        with self.beat(
            "So test error falls, explodes at the threshold, and falls again: double descent."
        ) as beat:
            self.exchange(plane, first, run_time=pace.BRISK)
            self.play(FadeIn(threshold), run_time=pace.QUICK)
            beat.over(Create(test), until="double", least=pace.LONG)
            beat.over(FadeIn(name, peak))
        low, end = float(found[:top].min()), float(found[-1])
        level = plane.segment((6, low), (sizes[-1], low), SEEN, LINE, dashed=True)
        valley = VGroup(
            plane.dots([(6, low)], HELPS, "ring", radius=0.24),
            plane.label(2.0, 0.68, f"degree 5: {low:.2f}", RIGHT, HELPS, size=ink.POINT),
        )
        last = VGroup(
            plane.dots([(sizes[-1], end)], UNSEEN, radius=0.16),
            plane.label(sizes[-1], 0.28, f"{end:.2f}", LEFT, UNSEEN, size=ink.HEADLINE),
        )
        with self.beat("Here it ends at 0.15. The first valley, degree five, had 0.12.") as beat:
            beat.over(FadeIn(last), until="first", least=pace.CALM)
            beat.over(Create(level), FadeIn(valley), until="had", least=pace.CALM)
            beat.over(words.light(valley[1], ink.chalk), least=pace.BRISK)
        ridge = plane.curve(sizes, soft, HELPS, 2 * LINE)
        gentle = plane.label(60, 0.108, "with ridge", DOWN, HELPS, size=ink.POINT)
        with self.beat("With a little ridge there is no peak.") as beat:
            self.play(FadeOut(last[1], valley[1]), run_time=pace.QUICK)
            beat.over(Create(ridge), FadeIn(gentle), least=pace.SLOW)
        with self.beat(
            "Large networks have ended below their first valley. So the U is no law: compare both by validation error."
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, (10, 210), (0.03, 20))),
                FadeOut(gentle),
                until="So",
                least=pace.SLOW,
            )
            beat.over(self.frame.back(), until="compare", least=pace.SLOW)
            beat.over(words.light(level), least=pace.BRISK)
