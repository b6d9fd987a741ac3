"""What lies beyond the right end of the U: random waves, the interpolation threshold, and a second descent."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut

from scenes.bias_variance.bricks import Bricks
from scenes.bias_variance.cloud import DOT
from scenes.bias_variance.stage import (
    FITTED,
    HELPS,
    MISS,
    NOISY,
    SEEN,
    UNSEEN,
    BiasVarianceStage,
    brick_plane,
    bricks_of,
    span,
)
from scenes.bias_variance.valley import ALL, COLORS
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.bias_variance import curves, descent

FEW: Final = 12
"""Waves of the first fit."""
UP_TO: Final = (14, 16, 18, curves.READINGS)
"""Numbers of waves on the way to as many as there are readings."""
BEYOND: Final = (26, 60, descent.SIZES[-1])
"""And past that."""


def below_words() -> Plane:
    """The plane of the readings in the lower part of the frame, so that words above it cross no curve."""
    place = shot.Region(shot.EDGES.left, shot.EDGES.bottom, shot.EDGES.right, shot.EDGES.top - 1.5)
    plane = place.plane((-0.03, 1.03), (-1.25, 1.35), x_ticks=[], y_ticks=[], numbers=False)
    plane.frame.set_stroke(opacity=0)
    return plane


class Beyond(BiasVarianceStage):
    """Far past the right end of the axis of complexity."""

    @chapter("Past the peak, a second descent", "double descent")
    def second_descent(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.right_end()
        self.waves()
        self.twice()

    def right_end(self) -> None:
        """The U once more, and the camera at its right end."""
        plane = brick_plane()
        full = bricks_of(ALL)
        bricks = Bricks(plane, ALL, full, COLORS, thick=0.86)
        bricks.set_opacity(0.3)
        total = plane.curve(ALL, full.sum(axis=1), UNSEEN, 2 * LINE)
        with self.beat("The U had a right end. What if we go on, far past it?") as beat:
            self.play(FadeIn(plane, bricks, total), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*span(plane, (7.3, 12.7), (0.0, 0.42))), least=pace.LONG)

    def waved(self, count: int) -> tuple[Floats, Floats]:
        """The fit of so many waves to the sample that is shown, at the grid and at the readings' own places."""
        return descent.fit(self.sample[:, 1], count, descent.SHOWN)

    def waves(self) -> None:
        """The sample fitted by few waves, by as many as readings, and by many."""
        plane = below_words()
        dots = plane.dots(self.sample, SEEN, radius=DOT)
        single = [
            plane.curve(curves.GRID, 0.5 * np.sqrt(3) * each, NOISY, LINE)
            for each in descent.features(curves.GRID, 3, descent.SHOWN).T
        ]
        with self.beat(
            "The same twenty readings, now fitted by sums of random waves, as many as we like."
        ) as beat:
            self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over("random", *map(Create, single), least=pace.LONG)
        whole, own = self.waved(FEW)
        curve = plane.curve(curves.GRID, whole, FITTED, 2 * LINE)
        sticks = plane.segment(self.sample, np.column_stack([self.sample[:, 0], own]), MISS, LINE)
        names = {count: words.headline(f"{count:,} waves", FITTED) for count in (FEW, UP_TO[-1], BEYOND[-1])}
        for name in names.values():
            shot.SAFE.put(name, UP + LEFT)
        with self.beat("With few waves the sum misses most of the dots.") as beat:
            self.play(FadeOut(*single), run_time=pace.QUICK)
            beat.over(Create(curve), FadeIn(names[FEW]), until="misses", least=pace.CALM)
            beat.over(FadeIn(sticks))
        named = words.label("interpolation threshold", ink.chalk, ink.HEADLINE)
        shot.SAFE.put(named, UP + RIGHT)
        with self.beat(
            "With as many waves as dots, training error reaches zero: this is the interpolation threshold."
        ) as beat:
            self.play(FadeOut(names[FEW]), run_time=pace.QUICK)
            for count in UP_TO:
                later, seen = self.waved(count)
                self.play(
                    glide(curve.redraw, (curves.GRID, whole), (curves.GRID, later)),
                    glide(
                        sticks.redraw,
                        (self.sample, np.column_stack([self.sample[:, 0], own])),
                        (self.sample, np.column_stack([self.sample[:, 0], seen])),
                    ),
                    run_time=pace.CALM,
                )
                whole, own = later, seen
            self.play(FadeIn(names[UP_TO[-1]]), run_time=pace.QUICK)
            beat.over("interpolation", FadeIn(named))
        with self.beat(
            "There is one exact fit. It has to meet each noisy dot, and no choice is left."
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, (0.05, 0.6), (-0.95, 0.6))),
                FadeOut(sticks),
                least=pace.LONG,
            )
        norm = words.label("smallest norm", ink.chalk, ink.HEADLINE)
        shot.SAFE.put(norm, UP + RIGHT)
        with self.beat(
            "Beyond, many fits are exact. Take the one whose weights have the smallest norm."
        ) as beat:
            beat.over(self.frame.back(), FadeOut(names[UP_TO[-1]], named), until="smallest", least=pace.CALM)
            beat.over(FadeIn(norm))
        with self.beat(
            "A thousand waves share the work, so each weight is small, and the fit calms."
        ) as beat:
            for count in BEYOND:
                later, _ = self.waved(count)
                self.play(glide(curve.redraw, (curves.GRID, whole), (curves.GRID, later)), run_time=pace.SLOW)
                whole = later
            beat.over(FadeIn(names[BEYOND[-1]]))

    def twice(self) -> None:
        """Test error over the number of waves, over many samples."""
        found = descent.descend()
        sizes = np.array(descent.SIZES, dtype=float)
        top = descent.SIZES.index(curves.READINGS)
        plane = shot.chart(
            shot.SAFE, (2, sizes[-1]), (0.01, 20), log_x=True, log_y=True,
            x_ticks=[2, 20, 100, 1000], y_ticks=[0.01, 0.1, 1, 10],
            x_names={2: "2", 20: "20", 100: "100", 1000: "1,000"},
            x_label="number of random waves", y_label=f"squared error, median of {descent.DRAWS} samples and waves",
        )  # fmt: skip
        training = plane.curve(sizes[:top], found.training[:top], SEEN, 2 * LINE)
        test = plane.curve(sizes, found.test, UNSEEN, 2 * LINE)
        threshold = plane.segment((sizes[top], 0.01), (sizes[top], 20), NOISY, LINE, dashed=True)
        seen = plane.label(2.3, 0.035, "training error", RIGHT, SEEN, size=ink.POINT)
        unseen = plane.label(2.3, 0.7, "test error", RIGHT, UNSEEN, size=ink.POINT)
        name = plane.label(24, 8, "double descent", RIGHT, UNSEEN, size=ink.HEADLINE)
        with self.beat(
            "Over many samples, test error falls, explodes at the threshold, and falls again: double descent."
        ) as beat:
            self.exchange(plane, threshold, seen, unseen, run_time=pace.BRISK)
            beat.over(Create(training), Create(test), until="double", least=pace.LONG)
            beat.over(FadeIn(name))
        valley = float(found.test[:top].min())
        low = plane.segment(
            (sizes[found.test[:top].argmin()], valley), (sizes[-1], valley), UNSEEN, LINE, dashed=True
        )
        with self.beat(
            "Here it ends below its first valley, yet not below the polynomial of degree five."
        ) as beat:
            self.play(FadeOut(seen, unseen), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*span(plane, (8, 1000), (0.045, 9))), Create(low), least=pace.SLOW)
        ridge = plane.curve(sizes, found.ridge, HELPS, 2 * LINE)
        soft = plane.label(150, found.ridge[-1], "with a little ridge", DOWN, HELPS, size=ink.POINT)
        with self.beat("With a little regularisation there is no peak.") as beat:
            self.play(self.frame.back(), FadeOut(low), run_time=pace.CALM)
            beat.over(Create(ridge), FadeIn(soft, seen, unseen), least=pace.LONG)
        with self.beat("Big networks often live on the right. So do not read the U as a law.") as beat:
            self.play(FadeOut(name, seen, unseen), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*span(plane, (13, 1000), (0.03, 12))), least=pace.LONG)
