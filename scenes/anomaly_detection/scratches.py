"""Parts off a line: what good ones look like, and what cannot be redrawn."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.anomaly_detection.stage import (
    ALARM,
    DOT,
    HILL,
    MANY,
    ODD,
    PLAIN,
    TRUE,
    AnomalyDetectionStage,
    cloud_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.maths.anomaly_detection import cases, isolation


class Scratches(AnomalyDetectionStage):
    """Manufacturing defects."""

    @chapter("Learn only the good parts", "manufacturing defects as a worked case")
    def good_parts(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.clean()
        self.redrawing()
        self.two_lines()

    def clean(self) -> None:
        """Our dots without the odd one, then good parts."""
        ground = cloud_plane()
        dots = ground.dots(self.points, MANY, radius=DOT)
        dots[isolation.LONE].set_fill(ODD)
        with self.beat("So far the odd one sat among the points that we learned from.") as beat:
            self.play(FadeIn(dots), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*span(ground, (-1.6, 4.45), (-1.2, 3.7))), least=pace.LONG)
        named = words.label("novelty detection", HILL, ink.HEADLINE)
        shot.SAFE.put(named, UP + LEFT)
        with self.beat("Training on clean data and testing new parts is novelty detection.") as beat:
            beat.over(self.frame.back(), FadeOut(dots[isolation.LONE]), until="novelty", least=pace.LONG)
            beat.over(FadeIn(named))
        place = shot.safe(titled=False)
        good = ImageGrid(cases.parts().learnt / 16, width=place.width, height=place.height)
        place.put(good)
        with self.beat("The good parts here are handwritten zeros, eight pixels wide.") as beat:
            self.exchange(good, run_time=pace.CALM)
            beat.over(good.animate.enlarge(7), until="zeros", least=pace.SLOW)
            beat.over(good.animate.enlarge(7, 0.0), least=pace.SLOW)

    def redrawing(self) -> None:
        """A scratched part, its redrawing, and the difference."""
        each = cases.parts()
        missed = cases.errors(each.learnt, each.new) * each.scratched
        row = int(np.argsort(missed)[-cases.BAD // 2])
        part = each.new[row] / 16
        again = np.clip(cases.redrawn(each.learnt, each.new[row : row + 1])[0] / 16, 0, 1)
        miss = np.abs(part - again)
        cells = shot.Region(shot.SAFE.left, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top - 0.9).columns(
            1, 1, 1, gap=0.3
        )
        shown = [
            ImageGrid(picture[None], width=cell.width, height=cell.width)
            for picture, cell in zip(
                (part, again, np.dstack([miss, 0.3 * miss, 0.3 * miss])), cells, strict=True
            )
        ]
        for picture, cell in zip(shown, cells, strict=True):
            cell.put(picture)
        names = VGroup(
            *(
                words.label(name, color, ink.POINT).next_to(picture, UP, buff=0.2)
                for name, color, picture in zip(
                    ("a new part", "redrawn"), (PLAIN, HILL), shown[:2], strict=True
                )
            )
        )
        with self.beat("A new part comes, with a scratch that we drew.") as beat:
            self.exchange(shown[0], names[0], run_time=pace.CALM)
            beat.over("scratch", self.frame.to(shown[0], names[0], share=0.86), least=pace.SLOW)
        with self.beat("Ten pictures, learned from the good parts by PCA, are mixed to redraw it.") as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(FadeIn(shown[1], names[1]), least=pace.LONG)
        with self.beat(
            "The mix knows no scratches. What the model cannot redraw is the reconstruction error.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(shown[2]), until="What", least=pace.CALM)
            error = words.label("reconstruction error", ODD, 1.1 * ink.LABEL).next_to(shown[2], UP, buff=0.2)
            beat.over(FadeIn(error), self.spotlight(shown[2]), least=pace.SLOW)

    def two_lines(self) -> None:
        """Thresholds from parts that were seen, and from parts that were not."""
        each = cases.parts()
        seen, new = cases.errors(each.learnt, each.learnt), cases.errors(each.learnt, each.new)
        lines = cases.thresholds()
        plane = shot.chart(
            shot.SAFE,
            (25, 1900),
            (0, 13.5),
            log_x=True,
            x_ticks=[30, 100, 300, 1000],
            x_names={tick: f"{tick:,}" for tick in (30, 100, 300, 1000)},
            y_ticks=[],
            x_label="reconstruction error",
        )

        def piled(values: np.ndarray, ground: float) -> np.ndarray:
            kinds = (np.log(values) / np.log(1.06)).astype(int)
            order = np.array([int((kinds[:at] == kinds[at]).sum()) for at in range(len(values))])
            return np.column_stack([values, ground + 0.5 * order])

        learnt = plane.dots(piled(seen, 7.4), HILL, radius=0.11)
        fresh = plane.dots(piled(new, 0.35), PLAIN, radius=0.11)
        level = plane.segment((lines[0], 0), (lines[0], 0), ALARM, 1.5 * LINE)
        told = plane.label(240, 11.0, "parts that it learned from", RIGHT, HILL, size=ink.POINT)
        with self.beat("Where is the line? Let ninety-five percent of the training parts pass.") as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            self.exchange(plane, learnt, told, run_time=pace.CALM)
            beat.over(
                glide(level.redraw, ((lines[0], 0), (lines[0], 0)), ((lines[0], 0), (lines[0], 13.0))),
                least=pace.SLOW,
            )
        honest = plane.label(240, 6.8, "new parts: good", RIGHT, PLAIN, size=ink.POINT)
        false = [100 * value for value in cases.alarms()[:, :, 0].mean(axis=0)]
        spread = [100 * value for value in cases.alarms()[:, :, 0].std(axis=0)]
        alarm = [
            plane.label(
                240,
                4.2,
                f"false alarms {value:.0f} ± {wide:.0f} %,\nmean of {cases.DRAWS} draws",
                RIGHT,
                ALARM,
                size=ink.POINT,
            )
            for value, wide in zip(false, spread, strict=True)
        ]
        good = np.flatnonzero(~each.scratched)
        bad = np.flatnonzero(each.scratched)
        with self.beat(
            "But parts it has seen look too good. Of new good parts, nearly one in four raises an alarm."
        ) as beat:
            beat.over(FadeIn(fresh.subset(good), honest), until="nearly", least=pace.SLOW)
            beat.over(FadeIn(alarm[0]))
        with self.beat(
            "Set the line on other parts, held out from the learning, and false alarms fall to five percent.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                glide(level.redraw, ((lines[0], 0), (lines[0], 13.0)), ((lines[1], 0), (lines[1], 13.0))),
                until="false",
                least=pace.LONG,
            )
            beat.over(FadeOut(alarm[0]), FadeIn(alarm[1]))
        with self.beat("The scratched ones lie far beyond: both lines catch nearly all of them.") as beat:
            fresh.subset(bad).set_fill(TRUE)
            beat.over(FadeIn(fresh.subset(bad)), until="both", least=pace.SLOW)
            beat.over(self.spotlight(fresh.subset(bad), level), least=pace.SLOW)
