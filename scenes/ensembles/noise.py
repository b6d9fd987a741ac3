"""Wrong labels among the moons: boosting gives them weight."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, FadeIn, FadeOut

from scenes.ensembles.stage import ENSEMBLE, WRONG, EnsemblesStage, moon_dots, moon_plane, radii
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.maths.ensembles import boosting

LAST: Final = boosting.AFTER[-1]


class Noise(EnsemblesStage):
    """Label noise."""

    @chapter("A wrong label stays a mistake")
    def wrong_labels(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        plane = moon_plane()
        points, labels = boosting.moons()
        noisy, which = boosting.flipped(labels, 0)
        boosted = boosting.shown_flipped()
        clean = moon_dots(plane, points, labels, boosted.weights[0])
        dots = moon_dots(plane, points, noisy, boosted.weights[0])
        rings = dots.ring([int(number) for number in which], WRONG)
        count = words.label(f"{len(which)} of {len(labels)} flipped", WRONG, ink.POINT)
        shot.SAFE.put(count, UP + RIGHT)
        with self.beat("Back to the moons. What if some labels are wrong? We flip a few of them.") as beat:
            self.play(FadeIn(clean), run_time=pace.BRISK)
            beat.until("flip")
            self.play(FadeOut(clean), FadeIn(dots), run_time=pace.BRISK)
            beat.over(FadeIn(rings, count), least=pace.BRISK)
        name = words.label("label noise", WRONG, ink.HEADLINE)
        shot.SAFE.put(name, UP + RIGHT)
        with self.beat(
            "Wrong labels in the training data are label noise. Boosting takes them for hard cases."
        ) as beat:
            beat.over("label noise", FadeOut(count), FadeIn(name), until="Boosting", least=pace.BRISK)
            before = 0
            self.play(FadeOut(rings), run_time=pace.QUICK)
            for stop in boosting.AFTER[1:]:
                self.play(
                    glide(
                        dots.redraw,
                        (points, radii(boosted.weights[before])),
                        (points, radii(boosted.weights[stop])),
                        dots,
                    ),
                    run_time=pace.CALM,
                )
                before = stop
            rings.follow(dots)
            beat.over(FadeIn(rings), least=pace.BRISK)
        with self.beat("The mislabelled points have swollen, round after round.") as beat:
            beat.over(self.frame.to(dots, share=1.0), FadeOut(name), least=pace.SLOW)
        shares = 100 * boosting.compared().shares.mean(axis=0)
        chart = shot.chart(
            shot.safe(titled=False), (0, 22.5), (0, 36), x_ticks=[0, 5, 10, 20], y_ticks=[0, 10, 20, 30],
            x_label="rounds", y_label="share of the weight on wrong labels, %; mean of 40 data sets",
        )  # fmt: skip
        curve = chart.curve(np.arange(LAST + 1), shares[: LAST + 1], WRONG, 2.5 * LINE)
        end = chart.label(LAST, shares[LAST], f"{shares[LAST]:.0f} %", UP, WRONG, gap=0.25, size=ink.POINT)
        with self.beat("A few wrong labels take twenty-nine percent of the weight, on average.") as beat:
            self.exchange(chart, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(glide(curve.reveal, 0.0, 1.0, curve), until="average", least=pace.LONG)
            beat.over(FadeIn(end))
        found = boosting.compared()
        room = shot.safe(titled=False)
        names = [
            "60 boosted stumps, clean",
            "with wrong labels",
            "30 bagged full trees, clean",
            "with wrong labels ",
        ]
        kinds = ("boosted", "bagged trees")
        values = [100 * table[kind].error for kind in kinds for table in (found.clean, found.noisy)]
        bars = BarChart(
            names, np.zeros(4), (0, 13.8), room.width, room.height, decimals=0,
            colors=[ENSEMBLE, WRONG, ENSEMBLE, WRONG], label="error on unseen points, %",
        )  # fmt: skip
        room.put(bars)
        with self.beat(
            "The error rises from eight to twelve percent. Bagged full trees suffer as much: they memorise too."
        ) as beat:
            self.exchange(bars, run_time=pace.BRISK)
            beat.over(bars.change([*values[:2], 0, 0]), until="Bagged", least=pace.SLOW)
            beat.over(bars.change(values), least=pace.SLOW)
        again = moon_dots(plane, points, noisy, boosted.weights[LAST])
        with self.beat(
            "So inspect the heaviest points: hard cases, or wrong labels. Choose the rounds on unseen data."
        ) as beat:
            self.exchange(again, run_time=pace.BRISK)
            top = np.argsort(boosted.weights[LAST])[-6:]
            marks = again.ring([int(number) for number in top], ink.focus)
            beat.over(FadeIn(marks), least=pace.BRISK)
