"""Two learning curves tell which part rules; then the mistakes of a real classifier, slice by slice."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.bias_variance.cloud import DOT, FIFTY
from scenes.bias_variance.stage import (
    DIM,
    FITTED,
    MEAN,
    MISS,
    NOISY,
    SEEN,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    reading_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.bundle import Bundle
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.bias_variance import curves, faults

COUNTS: Final = (15, 20, 30, 40, 80, 160, 320)
"""Readings of a sample, along the learning curves of the polynomials."""


class Diagnosis(BiasVarianceStage):
    """What can be seen where the truth is unknown."""

    @chapter("Read the two learning curves", "learning curves and how to read them")
    def learning_curves(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        ground = reading_plane()
        bundle = Bundle(ground, curves.GRID, self.fitted(5, slice(0, FIFTY)), FITTED, middle_color=MEAN)
        true = ground.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        dots = ground.dots(self.sample, ink.chalk, radius=DOT)
        with self.beat("With real data the truth is unknown, and you have one sample.") as beat:
            self.play(FadeIn(bundle, true, dots), run_time=pace.QUICK)
            beat.over("unknown", FadeOut(true), until="one", least=pace.CALM)
            beat.over(FadeOut(bundle), least=pace.CALM)
        single = self.error_chart(shot.safe(titled=False))
        drawn = self.pair(single, 10)
        names = VGroup(
            single.label(22, 0.26, "validation error", RIGHT, UNSEEN, size=ink.POINT),
            single.label(45, 0.03, "training error", RIGHT, SEEN, size=ink.POINT),
        )
        title = single.label(60, 0.31, "learning curves", RIGHT, ink.chalk, size=ink.HEADLINE)
        with self.beat(
            "Then draw learning curves: both errors, against the number of training examples."
        ) as beat:
            self.exchange(single, run_time=pace.BRISK)
            beat.over("both", *map(Create, drawn), FadeIn(names, title), least=pace.LONG)
        with self.beat(
            "Few examples are easy to fit, so training error starts low. Validation error falls."
        ) as beat:
            beat.over(self.frame.to(names[1], share=0.45), until="Validation", least=pace.SLOW)
            beat.over(self.frame.back(), words.light(names[0]), least=pace.SLOW)
        sides = shot.safe(titled=False).columns(1, 1, gap=0.5)
        self.shot(shot.split(titled=False))
        planes = [self.error_chart(side) for side in sides]
        pairs = [self.pair(plane, degree) for plane, degree in zip(planes, (1, 10), strict=True)]
        with self.beat(
            "Here are the curves of two of our polynomials. Which of them wants more data?"
        ) as beat:
            self.exchange(*planes, *pairs[1], run_time=pace.BRISK)
            beat.over(*map(Create, pairs[0]), least=pace.LONG)
        self.think()
        high = planes[0].label(24, 0.16, "degree 1\nhigh bias", RIGHT, MISS, size=ink.POINT)
        floor = [
            plane.segment((13, curves.NOISE**2), (400, curves.NOISE**2), NOISY, LINE, dashed=True)
            for plane in planes
        ]
        noise = planes[0].label(150, 0.085, "noise σ²", DOWN, NOISY, size=ink.AXIS)
        with self.beat(
            "Degree one: both meet, far above the noise. That is high bias, and more data will hardly help."
        ) as beat:
            self.play(self.spotlight(planes[0], *pairs[0]), run_time=pace.QUICK)
            beat.over(*map(Create, floor), FadeIn(noise), until="That", least=pace.SLOW)
            beat.over(FadeIn(high), least=pace.BRISK)
            beat.rest()
        wide = planes[1].label(26, 0.25, "degree 10\nhigh variance", RIGHT, FITTED, size=ink.POINT)
        few, many = (
            ((count, curves.training_error(10, count)), (count, curves.parts(10, count).total))
            for count in (COUNTS[1], COUNTS[-1])
        )
        gap = planes[1].segment(*few, FITTED, 2 * LINE)
        with self.beat(
            "Degree ten: a wide gap that closes. That is high variance, and more data helps."
        ) as beat:
            self.play(self.spotlight(planes[1], *pairs[1], floor[1]), run_time=pace.QUICK)
            beat.over("wide", Create(gap), until="closes", least=pace.CALM)
            beat.over(
                glide(gap.redraw, few, many),
                until="That",
                least=pace.SLOW,
            )
            beat.over(FadeIn(wide), FadeOut(gap), least=pace.BRISK)
            beat.rest()
        self.play(self.lights_on(), run_time=pace.QUICK)
        self.real_curves(sides)

    @staticmethod
    def error_chart(place: shot.Region) -> Plane:
        """Expected squared error by the number of readings."""
        return shot.chart(
            place, (13, 400), (0, 0.34), log_x=True, x_ticks=[20, 80, 320],
            x_names={20: "20", 80: "80", 320: "320"}, y_ticks=[0, 0.1, 0.2, 0.3],
            x_label="training examples", y_label="expected squared error",
        )  # fmt: skip

    def pair(self, plane: Plane, degree: int) -> tuple[Curve, Curve]:
        """Expected training and validation error of a degree, over :data:`COUNTS`."""
        training = [curves.training_error(degree, count) for count in COUNTS]
        unseen = [curves.parts(degree, count).total for count in COUNTS]
        return plane.curve(COUNTS, training, SEEN, 2 * LINE), plane.curve(COUNTS, unseen, UNSEEN, 2 * LINE)

    def real_curves(self, sides: tuple[shot.Region, ...]) -> None:
        """Two classifiers of handwritten digits."""
        titles = ("A: nearest mean, error in %", "B: SVM, error in %")
        whole = self.digit_chart(shot.safe(titled=False), f"{titles[0]}, mean of {faults.SPLITS} splits")
        planes = [self.digit_chart(side, title) for side, title in zip(sides, titles, strict=True)]
        mean, machine = faults.mean_curves(), faults.machine_curves()
        first, *drawn = (
            (
                plane.curve(faults.SIZES, 100 * found.training, SEEN, 2 * LINE),
                plane.curve(faults.SIZES, 100 * found.validation, UNSEEN, 2 * LINE),
            )
            for plane, found in ((whole, mean), (planes[0], mean), (planes[1], machine))
        )
        top, *ends = (
            plane.label(
                700,
                100 * found.validation[-1] + 1.5,
                f"{100 * found.validation[-1]:.0f} %",
                UP,
                UNSEEN,
                size=ink.POINT,
            )
            for plane, found in ((whole, mean), (planes[0], mean), (planes[1], machine))
        )
        with self.beat(
            "Now real handwritten digits. Model A keeps one mean image a digit, and answers with the nearest."
        ) as beat:
            self.exchange(whole, run_time=pace.BRISK)
            beat.over("Model", *map(Create, first), least=pace.LONG)
        with self.beat("Its curves meet at about ten percent. That is high bias, if ten is high.") as beat:
            self.play(FadeIn(top), run_time=pace.BRISK)
            beat.over(self.frame.to_region(*span(whole, (150, 1500), (6, 26))), least=pace.SLOW)
        with self.beat("It is: model B, a support vector machine, comes to one percent.") as beat:
            self.exchange(*planes, *drawn[0], ends[0], also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(*map(Create, drawn[1]), until="one", least=pace.LONG)
            beat.over(FadeIn(ends[1]))
        with self.beat(
            "B makes no errors in training, and its gap is still closing: more data would help it."
        ) as beat:
            beat.over(self.spotlight(planes[1], *drawn[1], ends[1]), until="gap", least=pace.BRISK)
            beat.over(words.light(drawn[1][1]), until="more", least=pace.SLOW)
            beat.over(words.light(ends[1]), least=pace.CALM)
        self.play(self.lights_on(), run_time=pace.QUICK)
        with self.beat("So draw these two curves before you buy data.") as beat:
            beat.over(words.light(ends[0]), words.light(ends[1]), least=pace.SLOW)

    @staticmethod
    def digit_chart(place: shot.Region, name: str) -> Plane:
        """Errors on digits by the number of training examples."""
        return shot.chart(
            place, (36, 1500), (0, 42), log_x=True, x_ticks=[40, 200, 1000],
            x_names={40: "40", 200: "200", 1000: "1,000"}, y_ticks=[0, 10, 20, 30, 40],
            x_label="training examples", y_label=name,
        )  # fmt: skip

    # --- slices

    @chapter("An average hides who is failed", "slicing errors", "finding the group that fails")
    def slices(self) -> None:
        self.untitled()
        self.shot(shot.gallery(1, 1, titled=False))
        place = shot.safe(titled=False)
        table, _ = faults.digits()
        found = faults.mistakes()
        wall = ImageGrid(table[found.rows].reshape(-1, 8, 8), width=place.width, height=place.height)
        place.put(wall)
        with self.beat(
            "Back to model A, on digits that it has not seen. Whom does its average error hide?"
        ) as beat:
            late = 4 * np.arange(len(found.rows)) / len(found.rows)
            wall.shade(0.0)
            self.add(wall)
            beat.over(drive(lambda share: wall.shade(np.clip(5 * share - late, 0, 1)), wall), least=pace.LONG)
        with self.beat(
            "These are its mistakes. Error analysis looks at them, and not at their number alone."
        ) as beat:
            near = wall.subset([15, 24, 54, 63])
            beat.over(self.frame.to(*near, share=0.95), least=pace.LONG)
        columns = wall.groups(found.kinds, "rows")
        heads = wall.headings(columns, ink.chalk, ink.POINT)
        named = words.label(
            f"error analysis:\n{len(found.rows)} mistakes of {found.of.sum()}, by slice", ink.chalk, ink.POINT
        )
        place.rows(5.6, 2, 2.4, gap=0.0)[1].put(named, RIGHT)
        with self.beat(
            "Sort them by digit. Each group is a slice, or subgroup, with an error rate of its own."
        ) as beat:
            self.play(glide(wall.shade, 1.0, 0.3), self.frame.back(), run_time=pace.CALM)
            self.play(wall.animate.redraw(columns), run_time=pace.LONG)
            self.play(glide(wall.shade, 0.3, 1.0), FadeIn(heads), run_time=pace.CALM)
            beat.over(FadeIn(named))
        self.rates(place, found)
        self.ones(place, found)

    def rates(self, place: shot.Region, found: faults.Mistakes) -> None:
        """Error rates by digit, with their intervals."""
        rates, _, spread = self.rates_of(faults.SEED)
        digits = [str(digit) for digit in range(10)]
        colors = [MISS if digit in "18" else NOISY for digit in digits]
        chart = BarChart(
            digits, 0 * rates, (0, 36), place.width, place.height, upright=True, colors=colors,
            label="error rate of each digit, %", ticks=[0, 10, 20, 30], spread=0 * spread,
        )  # fmt: skip
        place.put(chart)
        told = VGroup(
            *(
                plane_label(chart, digit, f"{found.slices[digit]} of {found.of[digit]}", rates[digit])
                for digit in (0, 1, 8)
            )
        )
        with self.beat(
            "The ones are mistaken most often, the eights nearly so, and zeros hardly ever."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(chart.change(rates), until="zeros", least=pace.SLOW)
            beat.over(FadeIn(told), least=pace.BRISK)
        said = words.label(f"{100 * faults.LEVEL:g} % confidence interval", ink.chalk, ink.POINT)
        place.put(said, UP + RIGHT)
        self.play(FadeOut(told), run_time=pace.QUICK)
        with self.beat("A slice is small, so draw its confidence interval.") as beat:
            beat.over("confidence", chart.change(rates, spread=spread), FadeIn(said), least=pace.SLOW)
        with self.beat("It is built so that ninety-five percent of such ranges hold the true rate.") as beat:
            strength = np.full(10, DIM)
            strength[1] = 1.0
            beat.over(glide(chart.shade, np.ones(10), strength), least=pace.SLOW)
        with self.beat(
            "And the highest of several bars is high partly by chance. So check other splits."
        ) as beat:
            self.play(glide(chart.shade, strength, np.ones(10)), run_time=pace.BRISK)
            for seed in range(3):
                self.play(chart.change(*self.rates_of(seed)), run_time=pace.SLOW)
        worst = faults.splits().slices.argmax(axis=1)
        again = words.label(f"ones worst in {(worst == 1).sum()} of {len(worst)} splits", MISS, ink.POINT)
        place.put(again, UP + RIGHT)
        with self.beat("Ones are worst in eighteen of twenty: that is no accident of one split.") as beat:
            self.play(FadeOut(said), FadeIn(again), chart.change(rates, spread=spread), run_time=pace.SLOW)
            beat.over(glide(chart.shade, np.ones(10), strength), least=pace.SLOW)

    @staticmethod
    def rates_of(seed: int) -> tuple[Floats, None, Floats]:
        """Percent of mistakes by digit in another split, no places, and how far the intervals reach."""
        found = faults.mistakes(seed=seed)
        rates = 100 * found.rates
        ends = [faults.wilson(int(wrong), int(of)) for wrong, of in zip(found.slices, found.of, strict=True)]
        return rates, None, np.abs(100 * np.array(ends) - rates[:, None])

    def ones(self, place: shot.Region, found: faults.Mistakes) -> None:
        """The mistaken ones, and the mean to which they are compared."""
        table, kinds = faults.digits()
        left, right = place.columns(1.6, 1, gap=0.6)
        rows = found.rows[found.kinds == 1]
        wrong = ImageGrid(table[rows].reshape(-1, 8, 8), width=place.width, height=place.height)
        place.put(wrong)
        full = wrong.grid(columns=7)
        five = wrong.grid(columns=5)
        shrink = min(1.0, left.width / float(np.ptp(five.centres[:, 0]) + five.heights.max()))
        aside = replace(
            five,
            centres=shrink * five.centres + [left.middle[0] - place.middle[0], 0.0],
            heights=shrink * five.heights,
        )
        wrong.redraw(full)
        own, _ = faults.halves()
        mean = faults.prototypes(table[own], kinds[own], {})[0][1]
        model = ImageGrid(mean.reshape(1, 8, 8), width=right.width, height=right.height - 1.4)
        right.put(model)
        name = words.caption(model, "the mean one", DOWN, MEAN, size=ink.POINT)
        with self.beat("Look at the pictures: people write a one in several ways.") as beat:
            self.exchange(wrong, run_time=pace.BRISK)
            beat.over(glide(wrong.shade, np.full(len(rows), 0.5), np.ones(len(rows))), least=pace.SLOW)
        with self.beat("But model A has one mean image for them: a blur.") as beat:
            self.play(wrong.animate.redraw(aside), run_time=pace.CALM)
            beat.over(FadeIn(model, name), least=pace.BRISK)
        share = words.label(f"at most\n{len(rows)} of {len(found.rows)}", MISS, ink.HEADLINE)
        with self.beat(
            "A mend of this slice removes its own mistakes at most. Other slices may gain or lose."
        ) as beat:
            right.put(share)
            self.play(FadeOut(model, name), FadeIn(share), run_time=pace.BRISK)
            beat.over(self.frame.to(wrong, share, share=0.94), least=pace.SLOW)


def plane_label(chart: BarChart, digit: int, text: str, rate: float) -> words.Words:
    """``text`` on top of the bar of a digit whose rate is ``rate``."""
    return words.caption(chart.spot(rate, digit), text, UP, size=ink.AXIS)
