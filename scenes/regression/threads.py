"""Coefficient paths."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve, Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import chart
from scenes.kit.value import Value
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
TINTS: Final = {"bmi": MODEL, "s5": GOAL, "bp": DATA, "s1": WRONG, "s2": FENCE, "s3": FINE, "sex": ink.quiet}
"""Threads that are named."""
RIDGE: Final = 20.0
"""λ of ridge at which the wobble is told."""
SCORES: Final = (0.0, 0.56)
"""R² that is shown."""


class PathChart:
    """Ten weights against λ, drawn as far as a playhead."""

    def __init__(self, place: shot.Region, method: int, *, x_label: str = "penalty λ") -> None:
        names = patients.patients().names
        self.plane: Plane = chart(
            place,
            (LAMBDAS[0], LAMBDAS[-1]),
            HEIGHTS,
            log_x=True,
            x_label=x_label,
            y_label="weight",
            x_ticks=(1, 10, 100, 1000, 10_000, 100_000),
            y_ticks=(-40, -20, 0, 20, 40),
        )
        self.paths: Floats = np.asarray(penalty.paths(LAMBDAS)[method])
        self.ground = self.plane.segment((LAMBDAS[0], 0), (LAMBDAS[-1], 0), ink.faint, LINE / 2)
        self.curves = [
            self.plane.curve(LAMBDAS, self.paths[:, row], TINTS.get(name, ink.faint), 1.6 * LINE)
            for row, name in enumerate(names)
        ]
        self.head: Segments = self.plane.segment(
            (LAMBDAS[0], HEIGHTS[0]), (LAMBDAS[0], HEIGHTS[1]), ink.chalk, LINE
        )
        self.share = 1.0

    @property
    def parts(self) -> VGroup:
        """Everything but the playhead."""
        return VGroup(self.plane, self.ground, *self.curves)

    def reveal(self, share: float) -> list[Curve | Segments]:
        """Draw the threads up to ``share`` of the way, with the playhead there."""
        self.share = share
        at = self.penalty(share)
        self.head.redraw((at, HEIGHTS[0]), (at, HEIGHTS[1]))
        return [self.head, *(curve.reveal(share) for curve in self.curves)]

    def mix(self, paths: Floats) -> list[Curve]:
        """The threads run through other weights (len(LAMBDAS), 10)."""
        return [curve.redraw(LAMBDAS, paths[:, row], self.share) for row, curve in enumerate(self.curves)]

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


def threads_end() -> PathChart:
    """The lasso's threads through the whole frame: as the chapter ends."""
    picture = PathChart(shot.safe(titled=False), 1)
    picture.curves = [
        curve.redraw(LAMBDAS, picture.paths[:, row]) for row, curve in enumerate(picture.curves)
    ]
    return picture


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
        self.draw_lasso()
        self.cross_validate()

    def draw_ridge(self, fields: VGroup) -> None:
        """Ridge's threads; all fade together."""
        self.paths = picture = PathChart(shot.safe(titled=False), 0)
        picture.reveal(0.0)
        for curve in picture.curves:
            self.allow(curve, "pop", "threads grow from nothing")
        name = words.headline("ridge", FENCE, ink.HEADLINE).move_to(picture.plane.at(22_000, 33))
        term = words.headline("coefficient path", MODEL, ink.POINT).move_to(picture.plane.at(3000, -33))
        law = maths("b = (X^T X + {{ lambda I : fence }})^(-1) X^T y", BIG)
        law.move_to(picture.plane.at(2000, -33))
        labels = VGroup(
            *(
                picture.plane.label(
                    LAMBDAS[0],
                    float(picture.paths[0, patients.patients().column(each)])
                    + (0.8 if each == "s5" else -0.8),
                    each,
                    RIGHT + (UP if each == "s5" else DOWN),
                    TINTS[each],
                    0.1,
                    40.0,
                )
                for each in ("s1", "bmi", "s5")
            )
        )
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
            self.play(FadeIn(labels, term, picture.head), run_time=pace.QUICK)
            beat.over(
                glide(picture.reveal, 0.0, 0.5, picture.head, *picture.curves, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat("Under ridge they all fade, and none of these reaches zero.") as beat:
            beat.over(
                glide(picture.reveal, 0.5, 1.0, picture.head, *picture.curves, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat(
            "Ridge has a closed form. The added lambda makes it solvable, even for copied columns.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(term), run_time=pace.QUICK)
            beat.over(words.write(law), until="added")
            beat.over(words.light(law.part("fence"), ink.chalk))
        first = picture.where(RIDGE)
        calm = float(picture.paths[round(first * (len(LAMBDAS) - 1)), 4])
        spot = picture.plane.dots([(RIDGE, calm)], TINTS["s1"], radius=0.17)
        with self.beat(
            "Cholesterol, a wobbly twin, calms first: at this lambda its wobble is less than a fifth."
        ) as beat:
            self.play(FadeOut(law), run_time=pace.QUICK)
            beat.over(
                glide(picture.head.redraw, self.upright(1.0), self.upright(first), picture.head),
                self.spotlight(picture.curves[4], labels[0], picture.head, picture.plane),
                self.frame.to(labels[0], spot, share=0.55),
                FadeIn(spot),
                until="at this",
                least=pace.SLOW,
            )
            beat.over(self.lights_on(), self.frame.back(), FadeOut(spot), least=pace.CALM)
        self.name, self.thread_names = name, labels

    def upright(self, share: float) -> tuple[tuple[float, float], tuple[float, float]]:
        """Both ends of the playhead there."""
        at = self.paths.penalty(share)
        return (at, HEIGHTS[0]), (at, HEIGHTS[1])

    def draw_lasso(self) -> None:
        """The threads become the lasso's, which reach zero mostly one by one."""
        picture = self.paths
        before, after = penalty.paths(LAMBDAS)
        name = words.headline("lasso", FENCE, ink.HEADLINE).move_to(self.name)
        with self.beat("The same weights under lasso.") as beat:
            beat.over(
                glide(picture.mix, before, after, *picture.curves),
                glide(
                    picture.head.redraw, self.upright(picture.where(RIDGE)), self.upright(1.0), picture.head
                ),
                FadeOut(self.name, self.thread_names),
                FadeIn(name),
                least=pace.SLOW,
            )
        picture.paths = np.asarray(after)
        share = Value(0.0)
        count = Readout(
            share.of(picture.kept), 0, label="weights not zero:", color=FENCE, size=58.0, digits=2
        )
        count.move_to(picture.plane.at(3000, -37))
        sparse = words.headline("sparsity", FENCE).move_to(picture.plane.at(3000, -24))
        with self.beat(
            "One after another they reach zero, and their features leave. Many zeros: that is sparsity."
        ) as beat:
            self.play(
                glide(picture.reveal, 1.0, 0.0, picture.head, *picture.curves),
                FadeIn(count),
                run_time=pace.CALM,
            )
            share.draws(picture.reveal, picture.head, *picture.curves)
            beat.over(share.to(0.8, rate_func=linear), until="Many", least=pace.LONG)
            beat.over(share.to(1.0, rate_func=linear), FadeIn(sparse))
        self.play(FadeOut(count, name, sparse), run_time=pace.QUICK)

    def cross_validate(self) -> None:
        """The R² of unseen patients under the threads."""
        upper, lower = shot.safe(titled=False).rows(3, 2, gap=0.25)
        big, small = self.paths, PathChart(upper, 1, x_label="")
        small.curves = [curve.redraw(LAMBDAS, small.paths[:, row]) for row, curve in enumerate(small.curves)]
        strip = chart(
            lower,
            (LAMBDAS[0], LAMBDAS[-1]),
            SCORES,
            log_x=True,
            x_label="penalty λ",
            y_label="$R^2$, unseen",
            x_ticks=(1, 10, 100, 1000, 10_000, 100_000),
            y_ticks=(0, 0.49),
        )
        scores = strip.curve(penalty.LAMBDAS, penalty.score_curve("lasso"), ERROR, 2 * LINE)
        best = penalty.chosen("lasso")
        mark = VGroup(
            strip.segment((best, SCORES[0]), (best, SCORES[1]), GOAL, LINE, dashed=True),
            small.plane.segment((best, HEIGHTS[0]), (best, HEIGHTS[1]), GOAL, LINE, dashed=True),
        )
        with self.beat(
            "Choose lambda by cross-validation: fit most patients, score the rest, take turns."
        ) as beat:
            self.play(FadeOut(big.parts, big.head), FadeIn(small.parts), FadeIn(strip), run_time=pace.SLOW)
            beat.over(glide(scores.reveal, 0.0, 1.0, scores, rate_func=linear), least=pace.LONG)
        with self.beat(
            "The best lambda here scores 0.49 on unseen patients. So does lambda zero: it steadies the weights."
        ) as beat:
            beat.over(FadeIn(mark), until="So")
            beat.over(mark.animate.set_color(ink.chalk), until="steadies")
            beat.over(mark.animate.set_color(GOAL))
        end = threads_end()
        with self.beat("But between near twins, which one the lasso keeps is arbitrary.") as beat:
            beat.over(
                FadeOut(small.parts, strip, scores, mark),
                FadeIn(end.parts),
                until="arbitrary",
                least=pace.SLOW,
            )
            twins = words.headline("[s1:error] or [s2:fourth]?", size=ink.HEADLINE).move_to(
                end.plane.at(8000, -28)
            )
            self.play(
                *(end.curves[row].animate.set_stroke(width=3.5 * LINE) for row in (4, 5)),
                FadeIn(twins),
                run_time=pace.BRISK,
            )
            beat.over(
                *(end.curves[row].animate.set_stroke(width=1.6 * LINE) for row in (4, 5)), FadeOut(twins)
            )
