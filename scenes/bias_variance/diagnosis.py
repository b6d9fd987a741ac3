"""Two learning curves tell which part rules; then the mistakes of a real classifier, slice by slice."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.bias_variance.stage import (
    FITTED,
    MEAN,
    NOISY,
    OFF,
    SEEN,
    TRUE,
    UNSEEN,
    BiasVarianceStage,
    Swarm,
    reading_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.maths.bias_variance import curves, faults

COUNTS: Final = (15, 20, 30, 40, 80, 160, 320)
"""Readings of a sample, along the learning curves of the polynomials."""
FEWER: Final = (10, 12, *COUNTS)
"""And along that of one sample, of degree 5."""
RAGGED: Final = 3
"""Seed of that sample."""
WALL: Final = (8, 20)
"""Rows and columns of digits that are shown, of which the right half is of the test set."""
OTHERS: Final = 4
"""Bootstrap samples of the development set whose error rates are drawn."""


class Diagnosis(BiasVarianceStage):
    """What can be seen where the truth is unknown."""

    @chapter("Read the two learning curves", "learning curves and how to read them")
    def learning_curves(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        ground = reading_plane()
        swarm = Swarm(ground, self.many(5))
        true = ground.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 2 * LINE, dashed=True)
        dots = ground.dots(self.sample, SEEN, radius=0.13)
        with self.beat(
            "With real data the truth is unknown, and there is one sample. No brick can be measured."
        ) as beat:
            self.play(FadeIn(swarm, true, dots), run_time=pace.QUICK)
            beat.over("unknown", FadeOut(true), until="one", least=pace.CALM)
            beat.over(FadeOut(swarm), until="brick", least=pace.CALM)
            beat.over(*(words.light(each, run_time=pace.BRISK) for each in dots), least=pace.BRISK)
        self.one_sample()
        sides = shot.safe(titled=False).columns(1, 1, gap=0.5)
        self.shot(shot.split(titled=False))
        planes = [self.error_chart(side, (13, 400)) for side in sides]
        pairs = [self.pair(plane, degree) for plane, degree in zip(planes, (1, 10), strict=True)]
        with self.beat(
            "Here are the curves of two other degrees, averaged over many samples. Which of them wants more data?"
        ) as beat:
            self.exchange(*planes, run_time=pace.BRISK)
            beat.over(*map(Create, pairs[0]), until="averaged", least=pace.CALM)
            beat.over(*map(Create, pairs[1]), until="Which", least=pace.CALM)
            beat.rest()
        self.think()
        self.read(planes, pairs)
        self.digits_at_last()
        self.real_curves(sides)

    def one_sample(self) -> None:
        """The two errors of one sample that grows, and what they are on average."""
        single = self.error_chart(shot.safe(titled=False), (9, 400))
        ragged = []
        for count in FEWER:
            drawn = curves.draw(1, count, seed=RAGGED)
            fit = curves.predictor(drawn.where[0, :20], 5, count) @ drawn.readings[0]
            ragged.append(
                (curves.seen_errors(5, drawn.readings)[0], ((fit - drawn.fresh[0, :20]) ** 2).mean())
            )
        rough = [
            single.curve(FEWER, values, color, 1.5 * LINE)
            for values, color in zip(np.array(ragged).T, (SEEN, UNSEEN), strict=True)
        ]
        names = VGroup(
            single.label(21, 0.2, "validation error", RIGHT, UNSEEN, size=ink.POINT),
            single.label(45, 0.03, "training error", RIGHT, SEEN, size=ink.POINT),
        )
        title = single.label(60, 0.31, "learning curves", RIGHT, SEEN, size=ink.HEADLINE)
        with self.beat(
            "But you can draw learning curves: both errors, against the number of training examples."
        ) as beat:
            self.exchange(single, run_time=pace.BRISK)
            beat.over("draw", FadeIn(title), until="both", least=pace.BRISK)
            beat.over(*map(Create, rough), FadeIn(names), least=pace.LONG)
        smooth = self.pair(single, 5, FEWER)
        with self.beat("Of one sample they are ragged. Averaged over many, they are smooth.") as beat:
            beat.over(*(words.light(each, ink.chalk) for each in rough), until="Averaged", least=pace.CALM)
            beat.over(
                *map(Create, smooth),
                *(each.animate.set_stroke(opacity=0.35) for each in rough),
                least=pace.SLOW,
            )
        with self.beat("A few examples are easy to fit, so training error starts low.") as beat:
            beat.over(
                self.frame.to_region(*span(single, (8.4, 42), (-0.024, 0.18))),
                FadeOut(names),
                least=pace.LONG,
            )
        with self.beat("With more of them it climbs, and validation error falls.") as beat:
            beat.over(self.frame.back(), FadeIn(names), until="validation", least=pace.SLOW)
            beat.over(words.light(smooth[1], ink.chalk), least=pace.BRISK)

    def read(self, planes: list[Plane], pairs: list[tuple[Curve, Curve]]) -> None:
        """High bias and high variance."""
        high = planes[0].label(24, 0.16, "degree 1\nhigh bias", RIGHT, OFF, size=ink.POINT)
        floor = [
            plane.segment((13, curves.NOISE**2), (400, curves.NOISE**2), NOISY, LINE, dashed=True)
            for plane in planes
        ]
        noise = planes[0].label(150, 0.085, "noise σ²", DOWN, NOISY, size=ink.AXIS)
        with self.beat(
            "Degree one: both meet, far above the noise, because a line cannot bend. "
            "That is high bias, and more data will hardly help."
        ) as beat:
            self.play(self.spotlight(planes[0], *pairs[0]), run_time=pace.QUICK)
            beat.over(*map(Create, floor), FadeIn(noise), until="That", least=pace.SLOW)
            beat.over(FadeIn(high), until="more", least=pace.BRISK)
            beat.over(*(words.light(each, OFF) for each in pairs[0]), least=pace.CALM)
        wide = planes[1].label(30, 0.25, "degree 10\nhigh variance", RIGHT, FITTED, size=ink.POINT)
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
            beat.over(FadeIn(wide), FadeOut(gap), until="more", least=pace.BRISK)
            beat.over(*(words.light(each, FITTED) for each in pairs[1]), least=pace.CALM)
        self.play(self.lights_on(), run_time=pace.QUICK)

    @staticmethod
    def error_chart(place: shot.Region, span_: tuple[float, float]) -> Plane:
        """Squared error by the number of readings."""
        return shot.chart(
            place, span_, (0, 0.34), log_x=True, x_ticks=[20, 80, 320],
            x_names={20: "20", 80: "80", 320: "320"}, y_ticks=[0, 0.1, 0.2, 0.3],
            x_label="training examples", y_label="squared error",
        )  # fmt: skip

    def pair(self, plane: Plane, degree: int, counts: tuple[int, ...] = COUNTS) -> tuple[Curve, Curve]:
        """Expected training and validation error of a degree, over some numbers of readings."""
        training = [curves.training_error(degree, count) for count in counts]
        unseen = [curves.parts(degree, count).total for count in counts]
        return plane.curve(counts, training, SEEN, 2 * LINE), plane.curve(counts, unseen, UNSEEN, 2 * LINE)

    def digits_at_last(self) -> None:
        """The digits, half of which are locked away; and the ten means by which model A answers."""
        table, kinds = faults.digits()
        rows, test = faults.halves()
        down, across = WALL
        place = shot.safe(titled=False)
        room = shot.Region(place.left, place.bottom + 0.95, place.right, place.top)
        which = np.concatenate(
            [
                np.concatenate(
                    [
                        rows[row * across : row * across + across // 2],
                        test[row * across : row * across + across // 2],
                    ]
                )
                for row in range(down)
            ]
        )
        wall = ImageGrid(table[which].reshape(-1, 8, 8), width=room.width, height=room.height)
        room.put(wall)
        wall.redraw(wall.grid(columns=across))
        locked = np.tile(np.arange(across) >= across // 2, down)
        names = VGroup(
            words.label(f"development set: {len(rows)}", SEEN, ink.POINT),
            words.label(f"test set: {len(test)}", UNSEEN, ink.POINT),
        )
        for name, half in zip(names, place.columns(1, 1), strict=True):
            half.put(name, DOWN)
        self.shot(shot.gallery(1, 1, titled=False))
        with self.beat("Now real handwritten digits. One half is locked away: the test set.") as beat:
            wall.shade(0.0)
            self.exchange(names[1], run_time=pace.BRISK)
            self.add(wall)
            beat.over(wall.animate.shade(1.0), until="locked", least=pace.CALM)
            beat.over(wall.animate.shade(np.where(locked, 0.12, 1.0)), least=pace.CALM)
        with self.beat("On the other half, the development set, we look, choose and mend.") as beat:
            beat.over("development", FadeIn(names[0]), until="look", least=pace.BRISK)
            for word, then in (("look", "choose"), ("choose", "mend")):
                beat.over(word, words.light(names[0], ink.chalk), until=then, least=pace.QUICK)
            beat.over(words.light(names[0]), least=pace.BRISK)
        means = faults.prototypes(table[rows], kinds[rows], {})[0].reshape(-1, 8, 8)
        model = ImageGrid(means, width=place.width, height=place.height)
        place.put(model)
        with self.beat("Model A keeps one mean image of each digit, and answers with the nearest.") as beat:
            model.shade(0.0)
            self.play(FadeOut(wall, names), run_time=pace.CALM)
            self.add(model)
            late = np.arange(10) / 5
            beat.over(
                drive(lambda share: model.shade(np.clip(3 * share - late, 0, 1)), model),
                until="answers",
                least=pace.SLOW,
            )
            beat.over(model.animate.frame([4], MEAN), least=pace.CALM)

    def real_curves(self, sides: tuple[shot.Region, ...]) -> None:
        """Two classifiers of handwritten digits."""
        self.shot(shot.split(titled=False))
        titles = ("A: nearest mean, error in %", "B: SVM, error in %")
        planes = [self.digit_chart(side, title) for side, title in zip(sides, titles, strict=True)]
        found = (faults.mean_curves(), faults.machine_curves())
        drawn, bands, ends = [], [], []
        for plane, each in zip(planes, found, strict=True):
            bands.append(
                VGroup(
                    *(
                        plane.area(
                            faults.SIZES,
                            100 * np.clip(errors.mean(axis=0) - errors.std(axis=0), 0, 1),
                            100 * (errors.mean(axis=0) + errors.std(axis=0)),
                            color,
                            fill=0.25,
                        )
                        for errors, color in ((each.training, SEEN), (each.validation, UNSEEN))
                    )
                )
            )
            drawn.append(
                [
                    plane.curve(faults.SIZES, 100 * errors.mean(axis=0), color, 2 * LINE)
                    for errors, color in ((each.training, SEEN), (each.validation, UNSEEN))
                ]
            )
            last = 100 * float(each.validation[:, -1].mean())
            ends.append(plane.label(680, last + 2.2, f"{last:.1f} %", UP + LEFT, UNSEEN, size=ink.POINT))
        spread = planes[0].label(740, 27, "bands: ± 1 sd\nof 20 splits", LEFT, SEEN, size=ink.AXIS)
        with self.beat("Its curves meet at about nine percent. That is high bias, if nine is high.") as beat:
            self.exchange(planes[0], run_time=pace.BRISK)
            beat.over(*map(Create, drawn[0]), until="That", least=pace.SLOW)
            beat.over(FadeIn(bands[0], spread, ends[0]), least=pace.BRISK)
        with self.beat("It is: model B, a support vector machine, comes below two percent.") as beat:
            self.play(FadeIn(planes[1]), run_time=pace.BRISK)
            beat.over(*map(Create, drawn[1]), until="two", least=pace.SLOW)
            beat.over(FadeIn(bands[1], ends[1]), least=pace.BRISK)
        aside = (planes[0], *drawn[0], bands[0], spread, ends[0])
        with self.beat("Its validation error is still falling, so more data would help.") as beat:
            beat.over(self.frame.to(planes[1], share=0.98), FadeOut(*aside), until="more", least=pace.SLOW)
            beat.over(words.light(drawn[1][1], ink.chalk), least=pace.BRISK)
        with self.beat(
            "For class errors the three parts do not simply add up. There, bias and variance are a diagnosis."
        ) as beat:
            beat.over(self.frame.back(), FadeIn(*aside), until="There", least=pace.SLOW)
            beat.over(*(words.light(each, ink.chalk) for pair in drawn for each in pair), least=pace.CALM)
        with self.beat("So draw these two curves before you buy data.") as beat:
            beat.over(words.light(ends[0], ink.chalk), words.light(ends[1], ink.chalk), least=pace.SLOW)

    @staticmethod
    def digit_chart(place: shot.Region, name: str) -> Plane:
        """Errors on digits by the number of training examples."""
        return shot.chart(
            place, (36, 800), (0, 30), log_x=True, x_ticks=[40, 160, 720],
            x_names={40: "40", 160: "160", 720: "720"}, y_ticks=[0, 10, 20, 30],
            x_label="training examples", y_label=name,
        )  # fmt: skip

    # --- slices

    @chapter("An average can hide a failing group", "slicing errors", "finding the group that fails")
    def slices(self) -> None:
        self.untitled()
        self.shot(shot.gallery(1, 1, titled=False))
        place = shot.safe(titled=False)
        table, _ = faults.digits()
        found = faults.mistakes()
        lower = shot.Region(place.left, place.bottom, place.right, place.top - 0.85)
        wall = ImageGrid(table[found.rows].reshape(-1, 8, 8), width=lower.width, height=lower.height)
        lower.put(wall)
        title = words.label("error analysis", UNSEEN, ink.HEADLINE)
        place.put(title, UP)
        with self.beat(
            "Model A was trained in five folds of the development set. These held-out digits it got wrong."
        ) as beat:
            late = 4 * np.arange(len(found.rows)) / len(found.rows)
            wall.shade(0.0)
            self.add(wall)
            beat.over(drive(lambda share: wall.shade(np.clip(5 * share - late, 0, 1)), wall), least=pace.LONG)
        with self.beat(
            "Error analysis looks at the mistakes themselves, and not at their number alone."
        ) as beat:
            self.play(FadeIn(title), run_time=pace.BRISK)
            beat.over(
                self.frame.to(*wall.subset([19, 24, 64, 69]), share=0.98), until="number", least=pace.LONG
            )
            beat.rest()
        columns = wall.groups(found.kinds, "rows")
        heads = wall.headings(columns, ink.chalk, ink.POINT)
        named = words.label(f"{len(found.rows)} mistakes\nof {found.of.sum()}, by slice", SEEN, ink.POINT)
        place.rows(5.6, 2, 2.4, gap=0.0)[1].put(named, RIGHT)
        with self.beat(
            "Sort them by digit. Each group is a slice, or subgroup, with an error rate of its own."
        ) as beat:
            self.play(glide(wall.shade, 1.0, 0.3), FadeOut(title), self.frame.back(), run_time=pace.CALM)
            self.play(wall.animate.redraw(columns), run_time=pace.LONG)
            self.play(glide(wall.shade, 0.3, 1.0), FadeIn(heads), run_time=pace.CALM)
            beat.over(FadeIn(named))
        self.rates(found)
        self.ones(place, found)

    def rates(self, found: faults.Mistakes) -> None:
        """Error rates by digit, with their intervals; then those of bootstrap samples."""
        self.shot(shot.wide())
        plane = shot.chart(
            shot.SAFE, (-0.6, 9.6), (0, 36), x_ticks=range(10), y_ticks=[0, 10, 20, 30],
            x_label="digit", y_label="error rate in %",
        )  # fmt: skip
        digits = np.arange(10)
        rates = 100 * found.rates
        bars = plane.bars(digits, 0 * rates, UNSEEN, thick=0.7)
        told = VGroup(
            *(
                plane.label(
                    digit,
                    rates[digit] + 0.3,
                    f"{found.slices[digit]} of {found.of[digit]}",
                    UP,
                    SEEN,
                    size=ink.AXIS,
                )
                for digit in (0, 1, 8)
            )
        )
        with self.beat(
            "The ones are mistaken most often, the eights nearly so, and zeros hardly ever."
        ) as beat:
            self.exchange(plane, bars, run_time=pace.BRISK)
            beat.over(glide(bars.redraw, 0 * rates, rates), until="eights", least=pace.SLOW)
            beat.over(FadeIn(told[1]), until="zeros", least=pace.BRISK)
            beat.over(FadeIn(told[0], told[2]), least=pace.BRISK)
        ends = 100 * np.array(
            [faults.wilson(int(wrong), int(of)) for wrong, of in zip(found.slices, found.of, strict=True)]
        )
        whiskers = plane.stems(digits, rates, rates, SEEN, 1.5 * LINE)
        said = plane.label(
            4.5, 32.5, f"{100 * faults.LEVEL:g} % confidence interval", UP, SEEN, size=ink.POINT
        )
        with self.beat(
            "A slice is small, so draw its confidence interval. "
            "Of many such ranges, ninety-five percent hold the true rate."
        ) as beat:
            self.play(FadeOut(told), run_time=pace.QUICK)
            beat.over(
                "draw",
                glide(whiskers.redraw, (digits, rates, rates), (digits, ends[:, 0], ends[:, 1])),
                FadeIn(said),
                until="Of",
                least=pace.CALM,
            )
            beat.over(words.light(whiskers, UNSEEN), until="hold", least=pace.CALM)
            beat.over(words.light(said), least=pace.BRISK)
        rng = np.random.default_rng(0)
        rows, _ = faults.halves()
        kinds, wrong = faults.digits()[1][rows], np.isin(rows, found.rows)
        again = plane.label(4.5, 32.5, "bootstrap samples", UP, SEEN, size=ink.POINT)
        with self.beat(
            "And the highest of several bars is high partly by chance. So bootstrap the development set."
        ) as beat:
            beat.until("chance")
            self.play(FadeOut(whiskers, said), FadeIn(again), run_time=pace.QUICK)
            now = rates
            for _ in range(OTHERS):
                then = 100 * faults.resampled_rates(kinds, wrong, rng)
                self.play(glide(bars.redraw, now, then), run_time=pace.CALM)
                now = then
        self.worst()

    def worst(self) -> None:
        """How often each digit is the worst, in many bootstrap samples."""
        worst = 100 * faults.resampled_worst() / faults.RESAMPLES
        plane = shot.chart(
            shot.SAFE, (-0.6, 9.6), (0, 60), x_ticks=range(10), y_ticks=[0, 20, 40, 60],
            x_label="digit with the highest error rate", y_label="% of 1,000 bootstrap samples",
        )  # fmt: skip
        bars = plane.bars(np.arange(10), 0 * worst, UNSEEN, thick=0.7)
        told = VGroup(
            *(
                plane.label(digit, worst[digit] + 0.5, f"{worst[digit]:.0f} %", UP, SEEN, size=ink.POINT)
                for digit in (1, 8, 9)
            )
        )
        with self.beat(
            "In about ninety percent of resamples, ones or eights are worst. Which of the two stays open."
        ) as beat:
            self.exchange(plane, bars, run_time=pace.BRISK)
            beat.over(glide(bars.redraw, 0 * worst, worst), until="worst", least=pace.SLOW)
            self.play(FadeIn(told), run_time=pace.QUICK)
            beat.over(words.light(told[0]), words.light(told[1]), least=pace.BRISK)

    def ones(self, place: shot.Region, found: faults.Mistakes) -> None:
        """The mistaken ones, by what they are taken for, and the mean to which they are compared."""
        self.shot(shot.gallery(1, 1, titled=False))
        table, kinds = faults.digits()
        own = found.kinds == 1
        rows, said = found.rows[own], found.said[own]
        wrong = ImageGrid(table[rows].reshape(-1, 8, 8), width=place.width, height=place.height - 0.9)
        shot.Region(place.left, place.bottom, place.right, place.top - 0.9).put(wrong)
        full = wrong.grid(columns=7)
        grouped = wrong.groups(said, "rows")
        wrong.redraw(full)
        head = words.label("ones, by what they are taken for", UNSEEN, ink.POINT)
        place.put(head, UP)
        heads = wrong.headings(grouped, UNSEEN, ink.HEADLINE)
        with self.beat("Look at the ones: they are taken for nines, twos and eights.") as beat:
            wrong.shade(0.0)
            self.exchange(head, run_time=pace.BRISK)
            self.add(wrong)
            self.play(glide(wrong.shade, 0.0, 1.0), run_time=pace.QUICK)
            beat.over(wrong.animate.redraw(grouped), until="nines", least=pace.SLOW)
            beat.over(FadeIn(heads), least=pace.BRISK)
        left, right = place.columns(1, 1.45, gap=0.7)
        dev, _ = faults.halves()
        mean = faults.prototypes(table[dev], kinds[dev], {})[0][1]
        model = ImageGrid(mean.reshape(1, 8, 8), width=left.width, height=left.height - 0.9)
        shot.Region(left.left, left.bottom + 0.9, left.right, left.top).put(model)
        name = words.caption(model, "the mean one", DOWN, MEAN, size=ink.POINT)
        ways = ImageGrid(table[rows][:16].reshape(-1, 8, 8), width=right.width, height=right.height)
        right.put(ways)
        ways.redraw(ways.grid(columns=4))
        with self.beat(
            "People write a one in several ways, and model A has one mean for them: a blur."
        ) as beat:
            ways.shade(0.0)
            self.play(FadeOut(wrong, head, heads), run_time=pace.BRISK)
            self.add(ways)
            late = 2 * np.arange(16) / 16
            beat.over(
                drive(lambda share: ways.shade(np.clip(3 * share - late, 0, 1)), ways),
                until="model",
                least=pace.SLOW,
            )
            beat.over(FadeIn(model, name), least=pace.BRISK)
        share = words.label(f"{own.sum()} of {len(found.rows)}", UNSEEN, ink.POSTER)
        left.put(share)
        with self.beat(
            "A mend of the ones removes at most their own: nineteen, of eighty-eight mistakes."
        ) as beat:
            beat.over("removes", FadeOut(model, name), FadeIn(share), until="eighty-eight", least=pace.CALM)
            beat.over(words.light(share), least=pace.CALM)
        with self.beat("So sort slices by what could be won, and not by their rate alone.") as beat:
            beat.over(self.frame.to(ways, share, share=0.97), until="rate", least=pace.SLOW)
            beat.over(ways.animate.shade(0.4), least=pace.BRISK)
