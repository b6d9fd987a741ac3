"""Coefficient paths."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, UP, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Area, Curve, Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.regression import patients, penalty
from scenes.regression.fence import fence_end
from scenes.regression.stage import (
    BIG,
    DATA,
    ERROR,
    FENCE,
    FINE,
    GOAL,
    MODEL,
    WRONG,
    RegressionStage,
    maths,
)

LAMBDAS: Final[tuple[float, ...]] = tuple(float(at) for at in np.geomspace(1, 1e5, 301))
"""Penalties at which the threads are drawn."""
HEIGHTS: Final = (-43.0, 43.0)
"""Weights that are shown."""
TINTS: Final = {"bmi": MODEL, "s5": GOAL, "bp": DATA, "s1": WRONG, "s2": FENCE, "s3": FINE}
"""Threads that are named."""
NAMES: Final = {
    "bmi": "body mass",
    "s5": "triglycerides",
    "bp": "blood pressure",
    "s1": "cholesterol",
    "s2": "LDL",
    "s3": "HDL",
}
BANDS: Final[tuple[float, ...]] = tuple(float(at) for at in np.geomspace(1, 1e5, 61))
"""Penalties at which the refits are drawn."""
BAND_HEIGHTS: Final = (-80.0, 24.0)
"""Weights of cholesterol that are shown."""
BEFORE: Final = 0.28
NOTHING: Final = 0.5
"""Where the chart of the band begins, and where in it no penalty at all is drawn."""
SCORES: Final = (-0.03, 0.56)
"""R² that is shown."""
KEPT: Final = 4
"""Features at which the lasso is stopped."""


def penalty_chart(
    place: shot.Region,
    heights: tuple[float, float],
    y_label: str,
    y_ticks: tuple[float, ...],
    x_label: str = "penalty λ",
    first: float = LAMBDAS[0],
) -> Plane:
    """A chart over the penalty on a logarithmic scale, from ``first`` on."""
    return chart(
        place,
        (first, LAMBDAS[-1]),
        heights,
        log_x=True,
        x_label=x_label,
        y_label=y_label,
        x_ticks=(1, 10, 100, 1000, 10_000, 100_000),
        y_ticks=y_ticks,
    )


class PathChart:
    """Ten weights against λ, drawn as far as a playhead."""

    def __init__(self, place: shot.Region, method: int) -> None:
        names = patients.patients().names
        self.plane: Plane = penalty_chart(place, HEIGHTS, "weight", (-40, -20, 0, 20, 40))
        self.paths: Floats = np.asarray(penalty.paths(LAMBDAS)[method])
        self.ground = self.plane.segment((LAMBDAS[0], 0), (LAMBDAS[-1], 0), ink.quiet, LINE)
        self.curves = [
            self.plane.curve(
                LAMBDAS,
                self.paths[:, row],
                TINTS.get(name, ink.faint),
                (2 if name in TINTS else 1) * LINE,
            )
            for row, name in enumerate(names)
        ]
        self.head: Segments = self.plane.segment(
            (LAMBDAS[0], HEIGHTS[0]), (LAMBDAS[0], HEIGHTS[1]), ink.chalk, LINE
        )

    def reveal(self, share: float) -> list[Curve | Segments]:
        """Draw the threads up to ``share`` of the way, with the playhead there."""
        at = self.penalty(share)
        self.head.redraw((at, HEIGHTS[0]), (at, HEIGHTS[1]))
        return [self.head, *self.thread(share)]

    def thread(self, share: float) -> list[Curve]:
        """Draw the threads up to ``share`` of the way."""
        return [curve.reveal(share) for curve in self.curves]

    def penalty(self, share: float) -> float:
        """λ at the playhead."""
        return float(LAMBDAS[0] * (LAMBDAS[-1] / LAMBDAS[0]) ** share)

    def kept(self, share: float) -> int:
        """How many of ten weights are not zero at the playhead."""
        row = round(share * (len(LAMBDAS) - 1))
        return int((self.paths[row] != 0).sum())

    def where(self, strength: float) -> float:
        """The share of the way at which λ is ``strength``."""
        return float(np.log(strength / LAMBDAS[0]) / np.log(LAMBDAS[-1] / LAMBDAS[0]))

    def name(self, each: str, at: float, lift: float, size: float = 44.0) -> Words:
        """The name of a thread over (or under, for a negative ``lift``) its weight at λ = ``at``."""
        row = self.paths[round(self.where(at) * (len(LAMBDAS) - 1))]
        text = words.headline(NAMES[each], TINTS[each], size)
        return text.move_to(
            self.plane.at(at, float(row[patients.patients().column(each)]) + lift), aligned_edge=LEFT
        )


class Scores:
    """The R² of unseen patients against λ of the lasso, with its best, no penalty, and the λ of four features."""

    def __init__(self) -> None:
        scores = np.asarray(penalty.score_curve("lasso"))
        self.best, self.highest = penalty.chosen("lasso"), float(scores.max())
        self.plane = plane = penalty_chart(
            shot.safe(titled=False),
            SCORES,
            "$R^2$ on unseen patients",
            (0, 0.25, 0.49),
            "penalty λ of the lasso",
        )
        self.curve = plane.curve(penalty.LAMBDAS, scores, ERROR, 2.5 * LINE)
        self.level = plane.segment(
            (LAMBDAS[0], self.highest), (LAMBDAS[-1], self.highest), ink.quiet, LINE, dashed=True
        )
        self.spots = [
            plane.dots([(at, float(score))], color, radius=0.19)
            for at, score, color in (
                (self.best, self.highest, GOAL),
                (penalty.LAMBDAS[2], scores[2], ink.chalk),
            )
        ]
        self.told = words.headline(f"λ = {self.best:.0f}: {self.highest:.2f}", GOAL, ink.POINT).move_to(
            plane.at(0.8 * self.best, 0.42)
        )
        self.plain = words.headline(f"λ → 0: {scores[0]:.2f}", ink.chalk, ink.HEADLINE)
        self.plain.move_to(plane.at(1.4, 0.42), aligned_edge=LEFT)
        fewest = penalty.survivors(KEPT)[0]
        score = penalty.scored(fewest)
        self.few = VGroup(
            plane.dots([(fewest, score)], FENCE, radius=0.19),
            words.headline(f"four: {score:.2f}", FENCE, ink.POINT).move_to(plane.at(fewest, 0.34)),
        )

    @property
    def parts(self) -> VGroup:
        """Everything, from behind."""
        return VGroup(self.plane, self.level, self.curve, *self.spots, self.told, self.plain, self.few)


class Threads(RegressionStage):
    """Coefficient paths."""

    @chapter("Tighten it, and features leave", "coefficient paths", goes_on=True)
    def tighten_it_and_features_leave(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        left, right = fence_end()
        fields = VGroup(
            *(
                part
                for f in (left, right)
                for part in (f.plane, f.axes, f.fence, f.rings, f.reach, f.best, f.touch)
            )
        )
        self.add(fields)
        self.draw_ridge(fields)
        self.watch_the_band()
        self.draw_lasso()
        self.cross_validate()

    def draw_ridge(self, fields: VGroup) -> None:
        """Ridge's threads; all fade, and some cross zero on their way."""
        self.paths = picture = PathChart(shot.safe(titled=False), 0)
        picture.reveal(0.0)
        for curve in picture.curves:
            self.allow(curve, "pop", "threads grow from nothing")
        name = words.headline("ridge", FENCE, ink.HEADLINE).move_to(picture.plane.at(22_000, 33))
        term = words.headline("coefficient path", MODEL, ink.POINT).move_to(picture.plane.at(3000, -33))
        law = maths("b = (X^T X + {{ lambda I : fence }})^(-1) X^T y", BIG)
        law.move_to(picture.plane.at(1800, -31))
        labels = VGroup(picture.name("s5", 1.15, 6.0), picture.name("s1", 1.15, -7.0))
        with self.beat(
            "Now tighten the fence. A coefficient path draws each coefficient against the penalty."
        ) as beat:
            beat.over(
                FadeOut(fields),
                FadeIn(picture.plane, picture.ground, name),
                until="A coefficient",
                least=pace.SLOW,
            )
            self.shot(shot.wide())
            self.add(*picture.curves)
            self.play(FadeIn(labels, term), run_time=pace.QUICK)
            beat.over(
                glide(picture.thread, 0.0, 0.5, *picture.curves, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat("Under ridge they all fade. Some swing through zero, but none stays there.") as beat:
            beat.over(
                glide(picture.thread, 0.5, 1.0, *picture.curves, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat(
            "With centred columns, without the ones, ridge has a closed form, solvable even for copies.",
        ) as beat:
            self.play(FadeOut(term), run_time=pace.QUICK)
            beat.over(words.write(law), until="solvable")
            beat.over(words.light(law.part("fence"), ink.chalk))
        self.ridge_parts = VGroup(picture.plane, picture.ground, name, labels, law)

    def watch_the_band(self) -> None:
        """One path through the whole frame, in the band of its bootstrap refits."""
        picture, row = self.paths, patients.patients().column("s1")
        wide = penalty_chart(
            shot.safe(titled=False),
            BAND_HEIGHTS,
            "weight of cholesterol, ridge",
            (-75, -50, -25, 0),
            first=BEFORE,
        )
        ground = wide.segment((BEFORE, 0), (LAMBDAS[-1], 0), ink.quiet, LINE)
        ends = patients.central(patients.twin_weights()[:, 0])
        plain = VGroup(
            wide.segment((NOTHING, float(ends[0])), (NOTHING, float(ends[1])), ERROR, 4 * LINE),
            words.headline("λ = 0", ERROR, 44.0).next_to(wide.at(NOTHING, float(ends[1])), UP, buff=0.15),
        )
        thread, rest = picture.curves[row], [c for c in picture.curves if c is not picture.curves[row]]
        before = picture.paths[:, row]
        points = picture.plane.inverse(wide.at(np.column_stack([LAMBDAS, before])))
        low, high = patients.band(BANDS).T
        band: Area = wide.area(np.array(BANDS), low, high, ERROR, 0.3)
        middle = (low + high) / 2
        named = words.headline(f"95 % of {patients.REFITS} refits", ERROR, ink.POINT).move_to(
            wide.at(2600, -22)
        )
        falls = words.headline("less variance", ink.chalk, ink.HEADLINE).move_to(wide.at(1500, -38))
        drifts = words.headline("more bias", ink.chalk, ink.HEADLINE).move_to(wide.at(1500, -53))
        with self.beat("Refit on bootstrap samples: cholesterol's weight fills a band.") as beat:
            beat.over(
                FadeOut(self.ridge_parts, *rest),
                FadeIn(wide, ground, plain),
                glide(thread.redraw, (np.array(LAMBDAS), before), (points[:, 0], points[:, 1])),
                until="fills",
                least=pace.SLOW,
            )
            self.add(band, thread)
            beat.over(appear(band), glide(band.redraw, (BANDS, middle, middle), (BANDS, low, high)))
            self.play(FadeIn(named), run_time=pace.QUICK)
        scan: Segments = wide.segment((1.0, float(low[0])), (1.0, float(high[0])), ink.chalk, 3 * LINE)
        logs = np.log(BANDS)

        def measure(share: float) -> Segments:
            at = share * logs[-1]
            edges = [float(np.interp(at, logs, side)) for side in (low, high)]
            return scan.redraw((np.exp(at), edges[0]), (np.exp(at), edges[1]))

        with self.beat(
            "A larger lambda narrows it: less variance. But the weight drifts to zero, and that is bias."
        ) as beat:
            self.play(FadeIn(scan), run_time=pace.QUICK)
            beat.over(glide(measure, 0.0, 0.45, scan), until="less", least=pace.SLOW)
            self.play(FadeIn(falls), run_time=pace.QUICK)
            beat.over(glide(measure, 0.45, 0.9, scan), until="and that", least=pace.CALM)
            beat.over(FadeIn(drifts))
        self.band_parts = VGroup(wide, ground, plain, band, named, falls, drifts, scan, thread)

    def draw_lasso(self) -> None:
        """The lasso's threads, which reach zero one after another; it stops where four are left."""
        self.paths = picture = PathChart(shot.safe(titled=False), 1)
        picture.reveal(0.0)
        for curve in picture.curves:
            self.allow(curve, "pop", "threads grow from nothing")
        name = words.headline("lasso", FENCE, ink.HEADLINE).move_to(picture.plane.at(22_000, 33))
        strength, left = penalty.survivors(KEPT)
        stop = picture.where(strength)
        share = Value(0.0)
        count = Readout(share.of(picture.kept), 0, label="features left:", color=FENCE, size=46.0, digits=2)
        count.move_to(picture.plane.at(650, -36))
        sparse = words.headline("sparsity", FENCE, ink.POINT).move_to(picture.plane.at(650, -25))
        labels = VGroup(picture.name("s1", 1.15, 5.5))
        gone = Tag(picture.name("s2", 330.0, 9.2), 0.6)
        spots = {"bmi": 29.0, "s5": 19.5, "bp": 8.5, "s3": -8.0}
        stay = VGroup(
            *(
                words.headline(NAMES[each], TINTS[each], 44.0).move_to(
                    picture.plane.at(1.15 * strength, spots[each]), aligned_edge=LEFT
                )
                for each in left
            )
        )
        with self.beat(
            "Under lasso they reach zero one after another, and their features leave.",
        ) as beat:
            self.play(
                FadeOut(self.band_parts), FadeIn(picture.plane, picture.ground, name), run_time=pace.BRISK
            )
            self.add(*picture.curves)
            self.play(FadeIn(count, picture.head), run_time=pace.QUICK)
            share.draws(picture.reveal, picture.head, *picture.curves)
            beat.over(share.to(0.4 * stop, rate_func=linear), until="one after", least=pace.SLOW)
            beat.over(share.to(stop, rate_func=linear), FadeIn(labels), least=pace.SLOW)
        with self.beat("Stop, to look, where four are left. Many zeros: that is sparsity.") as beat:
            beat.over(
                FadeIn(stay, gone),
                FadeOut(name),
                self.frame.to(stay, gone, count, share=0.85, at=(0.0, 0.7)),
                until="Many",
                least=pace.CALM,
            )
            self.play(self.frame.back(), run_time=pace.BRISK)
            beat.over(FadeIn(sparse))
        self.previous = VGroup(
            picture.plane, picture.ground, picture.head, *picture.curves, labels, stay, gone, count, sparse
        )

    def cross_validate(self) -> None:
        """The R² of unseen patients against λ, through the whole frame."""
        picture = Scores()
        plane, curve = picture.plane, picture.curve
        mark = plane.segment((picture.best, 0.0), (picture.best, picture.highest), GOAL, LINE, dashed=True)
        curve.reveal(0.0)
        with self.beat(
            "Choose lambda by cross-validation: fit most patients, score the rest, take turns."
        ) as beat:
            self.play(FadeOut(self.previous), FadeIn(plane), run_time=pace.BRISK)
            self.add(curve)
            beat.over(glide(curve.reveal, 0.0, 1.0, curve, rate_func=linear), least=pace.LONG)
        with self.beat(
            "The best scores 0.49. So does no penalty: here it hardly helps predictions. With four, it is 0.46.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeIn(mark, picture.spots[0]), FadeIn(picture.told), run_time=pace.QUICK)
            beat.over(words.light(picture.told, ink.chalk), until="no penalty")
            beat.over(FadeIn(picture.level, picture.spots[1], picture.plain), until="With")
            beat.over(FadeIn(picture.few), FadeOut(mark))


def threads_end() -> Scores:
    """The scores of unseen patients: as the chapter ends."""
    return Scores()
