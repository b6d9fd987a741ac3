"""Many small pushes: the normal, its density, and the z-score."""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import Mark
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.probability_statistics import processes, visits
from scenes.probability_statistics import rare
from scenes.probability_statistics.pile import Pile, boxes
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MODEL,
    SPREAD,
    ProbabilityStatisticsStage,
    chart,
    maths,
    rim,
)

NAME: Final = 46.0
"""Pixels of the capitals of names in the picture."""
RAINING: Final = pace.LONG + pace.BRISK
"""Seconds at least in which the rows grow."""
PUSHES: Final = 200
"""Rows of pegs in the end."""
REACH: Final = 4.0
"""Standard deviations that the charts go to both sides."""
TEST: Final = (100.0, 15.0, 130.0)
"""Mean, standard deviation and one value of a scale that is made so."""
_XS: Final = np.linspace(-REACH, REACH, 321)


class Bell(ProbabilityStatisticsStage):
    """The normal distribution."""

    @chapter("Many small pushes: the normal", "the Normal and the process that makes it", goes_on=True)
    def many_small_pushes(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.two_dice()
        self.more_rows()
        self.slide_and_spread()
        self.within_sigmas()
        self.score()
        self.no_bell()

    def two_dice(self) -> None:
        """Thirty-six pairs by their sum: one way to two, six ways to seven."""
        frame = shot.safe(titled=False)
        plane = chart(frame, (1.4, 12.6), (0, 6.1), x_label="sum of two dice", x_ticks=range(2, 13))
        pairs = sorted(product(range(1, 7), repeat=2), key=sum)
        tiles, texts = VGroup(), VGroup()
        height = dict.fromkeys(range(2, 13), 0)
        for one, other in pairs:
            x, y = one + other, height[one + other]
            height[x] += 1
            corners = [(x - 0.46, y + 0.05), (x + 0.46, y + 0.05), (x + 0.46, y + 0.97), (x - 0.46, y + 0.97)]
            tiles.add(plane.polygon(corners, DATA, width=3, fill=0.35))
            texts.add(plane.label(x, y + 0.51, f"{one}+{other}", ORIGIN, size=38.0))
        both = VGroup(*(VGroup(tile, text) for tile, text in zip(tiles, texts, strict=True)))
        before = rare.as_it_ends(self)
        self.add(before)
        with self.beat(
            "Two dice. One pair makes two; six pairs make seven: the middle has more ways."
        ) as beat:
            self.play(FadeOut(before), FadeIn(plane), run_time=pace.BRISK)
            beat.over(
                LaggedStart(*(FadeIn(each) for each in both), lag_ratio=pace.LAG),
                until="six",
                least=pace.LONG,
            )
            seven = [number for number, pair in enumerate(pairs) if sum(pair) == 7]
            self.play(*(tiles[number].animate.set_stroke(MEAN, 7) for number in seven), run_time=pace.CALM)
            beat.over(*(words.light(texts[number]) for number in seven))
        self.clear_stage()

    def more_rows(self) -> None:
        """Bars of more and more rows become thin, and lie under one curve."""
        frame = shot.safe(titled=False)
        self.plane = chart(
            frame,
            (-REACH, REACH),
            (0, 0.46),
            x_ticks=range(-3, 4),
            x_label="standard deviations from the mean",
        )
        plane = self.plane
        rows = Value(2, log=True)
        bars = Mark(plane, color=DATA, fill=0.85)
        rows.draws(lambda count: bars.draw(_bars(plane, round(count))))
        live = Readout(rows.of(round), 0, "pushes", color=DATA, size=60.0, digits=3)
        frame.inset(1.0, 0.0).put(live, UP + LEFT)
        curve = plane.curve(_XS, processes.normal(_XS), MODEL, width=8)
        self.term = words.headline("normal = Gaussian", MODEL, 60.0)
        frame.put(self.term, UP + RIGHT)
        with self.beat(
            "Back to the pegs: each row pushes a drop left or right. "
            "Add up ever more, in standard deviations from the mean."
        ) as beat:
            self.play(FadeIn(plane), FadeIn(bars), FadeIn(live), run_time=pace.QUICK)
            beat.over(rows.to(PUSHES), until="standard", least=RAINING)
            beat.over(words.light(live, ink.chalk))
        with self.beat(
            "The bars thin out under one curve: the normal distribution, or Gaussian. "
            "It arises where many small independent effects add up."
        ) as beat:
            (x, y, _) = plane.at(1.0, 0.24)
            beat.over("curve", Create(curve), until="normal")
            # The words of the axis leave first: the frame would carry them over the captions.
            self.play(plane.names.animate.set_opacity(0), run_time=pace.QUICK)
            self.play(self.frame.to_region((x - 3.2, x + 3.2), (y - 1.8, y + 1.8)), run_time=pace.SLOW)
            beat.at("Gaussian", self.frame.back(), FadeIn(self.term), run_time=pace.SLOW)
            beat.over(
                "arises",
                bars.animate.set_fill(opacity=0.0),
                FadeOut(live),
                plane.names.animate.set_opacity(1),
            )
        self.remove(bars)
        self.curve = curve

    def slide_and_spread(self) -> None:
        """Areas are probabilities; μ slides the curve and σ spreads it, at area one."""
        plane, curve = self.plane, self.curve
        frame = shot.safe(titled=False)
        area = plane.area(_XS, 0, 0, MODEL, fill=0.32)

        def fill(ends: tuple[float, float]) -> Mark:
            xs = np.linspace(*ends, 80)
            return area.redraw(xs, 0, processes.normal(xs))

        term = words.headline("probability density", MODEL, 60.0)
        frame.inset(0.35, 0.0).put(term, UP + LEFT)
        with self.beat(
            "For continuous values the curve is a probability density: area under it is probability."
        ) as beat:
            beat.at("density", FadeIn(term))
            beat.over(
                "area", glide(lambda a, b: fill((a, b)), (-0.1, 0.1), (-REACH, REACH), area), least=pace.LONG
            )
        wide = chart(frame, (-REACH, REACH), (0, 1.4), x_ticks=range(-3, 4), y_ticks=[0, 1])
        filled = wide.area(_XS, 0, 0, MODEL, fill=0.32)
        line = wide.curve(_XS, processes.normal(_XS), MODEL, width=8)

        stem = plane.segment((0, 0), (0, 0), MEAN, width=7)
        reach = plane.segment((0, 0), (0, 0), SPREAD, width=9)
        mu, sigma = maths("mu", ink.HEADLINE), maths("sigma", ink.HEADLINE)

        def shape(centre: float, width: float) -> tuple[Mobject, ...]:
            ys = processes.normal(_XS, centre, width)
            top, side = (float(processes.normal(at, 0, width)) for at in (0.0, width))
            mu.move_to(plane.at(centre - 0.28, 0.04))
            sigma.move_to(plane.at(centre + 0.5 * width, side + 0.03))
            return (
                area.redraw(_XS, 0, ys),
                curve.redraw(_XS, ys),
                stem.redraw((centre, 0), (centre, top)),
                reach.redraw((centre, side), (centre + width, side)),
                mu,
                sigma,
            )

        def narrow(width: float) -> tuple[Mark, ...]:
            ys = processes.normal(_XS, 0, width)
            return filled.redraw(_XS, 0, ys), line.redraw(_XS, ys)

        narrow(1.0)
        rule = maths(
            "f(x) = {{ 1 / (sigma sqrt(2 pi)) : factor }} thin e^(-{{ (x - mu)^2 : away }} \\/ (2 sigma^2))",
            60.0,
        )
        frame.inset(0.3, 0.0).put(rule, UP + LEFT)
        mark = wide.segment((-REACH, 1), (REACH, 1), ink.quiet, dashed=True)
        with self.beat("Mu centres the curve, and sigma spreads it.") as beat:
            # The numbers are no standard deviations where sigma is not one.
            self.play(FadeOut(term, self.term), plane.names.animate.set_opacity(0), run_time=pace.QUICK)
            shape(0.0, 1.0)
            self.play(FadeIn(stem, mu), run_time=pace.QUICK)
            self.play(glide(shape, (0.0, 1.0), (1.3, 1.0), area, curve, stem, mu), run_time=pace.SLOW)
            beat.at("sigma", FadeIn(reach, sigma))
            moving = area, curve, stem, mu, reach, sigma
            beat.over(glide(shape, (1.3, 1.0), (1.3, 1.2), *moving), least=pace.SLOW)
        with self.beat(
            "Its formula squares the distance of x from mu, in sigmas: the farther, the lower. "
            "The factor makes the area one."
        ) as beat:
            self.play(words.write(rule), glide(shape, (1.3, 1.2), (1.3, 1.0), *moving), run_time=pace.SLOW)
            beat.over("distance", words.light(rule.part("away")), until="The factor")
            beat.over(words.light(rule.part("factor")), rim(curve, 14.0))
        with self.beat("So where sigma is small the density exceeds one, though no area does.") as beat:
            self.play(FadeOut(rule, plane, *moving), FadeIn(wide, filled, line), run_time=pace.CALM)
            self.play(FadeIn(mark), run_time=pace.QUICK)
            beat.over(glide(narrow, 1.0, 0.3, filled, line), until="exceeds", least=pace.LONG)
            beat.over(words.light(mark))
        self.leave(wide, filled, line, mark)
        curve.redraw(_XS, processes.normal(_XS))
        plane.names.set_opacity(1)

    def within_sigmas(self) -> None:
        """Two thirds within one sigma, 95 percent within two."""
        plane = self.plane
        self.shot(shot.close_up())
        shares = [100 * processes.within(sigmas) for sigmas in (1, 2)]
        areas = [self.under(-sigmas, sigmas, fill) for sigmas, fill in ((2, 0.2), (1, 0.26))]
        heights = (0.24, 0.07)
        texts = [
            plane.label(0, height, f"{share:.0f} %", ORIGIN, size=66.0)
            for height, share in zip(heights, shares, strict=True)
        ]
        arms = [
            plane.segment((-sigmas, height - 0.03), (sigmas, height - 0.03), SPREAD, width=7)
            for sigmas, height in zip((1, 2), heights, strict=True)
        ]
        self.play(FadeIn(plane), FadeIn(self.curve), run_time=pace.BRISK)
        with self.beat(
            "About two thirds lie within one sigma of the mean, and ninety-five percent within two."
        ) as beat:
            beat.at("two thirds", FadeIn(areas[1]), FadeIn(texts[0]))
            self.play(Create(arms[0]), run_time=pace.BRISK)
            beat.at("ninety-five", FadeIn(areas[0]), FadeIn(texts[1]))
            self.play(Create(arms[1]), run_time=pace.BRISK)
        self.leave(*texts, *arms, *areas)

    def under(self, low: float, high: float, fill: float) -> Mark:
        """The area under the standard normal."""
        xs = np.linspace(low, high, 120)
        return self.plane.area(xs, 0, processes.normal(xs), MODEL, fill=fill)

    def score(self) -> None:
        """A value on a scale of its own, in standard deviations."""
        plane, (mean, deviation, value) = self.plane, TEST
        score = processes.z_score(value, mean, deviation)
        scale = VGroup(
            *(
                plane.label(z, 0.0, f"{mean + z * deviation:.0f}", DOWN, DATA, gap=0.54, size=46.0)
                for z in range(-3, 4)
            )
        )
        stem = plane.segment((score, 0.0), (score, 0.27), DATA, width=9)
        reach = VGroup(
            *(plane.vector((at, 0.1), (at + 1, 0.1), SPREAD, width=8) for at in range(round(score)))
        )
        rule = maths("z = (x - mu) / sigma", 1.1 * ink.POINT)
        with_numbers = words.label(
            f"$display(z = ({value:.0f} - {mean:.0f}) / {deviation:.0f} = {score:.0f})$", size=1.1 * ink.POINT
        )
        frame = shot.safe(titled=False)
        for each in (rule, with_numbers):
            frame.put(each, UP + RIGHT)
        term = words.headline("z-score", SPREAD)
        frame.inset(0.35, 0.0).put(term, UP + LEFT)
        with self.beat("On a made-up scale: is a score of one hundred and thirty much?") as beat:
            beat.over(FadeOut(plane.names), FadeIn(scale, lag_ratio=pace.LAG), until="score")
            self.play(Create(stem), run_time=pace.BRISK)
            beat.over(words.light(scale[-2]))
        with self.beat(
            "The z-score says how many standard deviations, sigma, a value x lies from the mean: "
            "here two, and few lie farther out."
        ) as beat:
            beat.at("z-score", FadeIn(term))
            beat.over(words.write(rule), until="standard")
            beat.over("standard", Create(reach), until="here")
            self.play(words.rewrite(rule, with_numbers), run_time=pace.CALM)
            beat.over(FadeIn(self.under(score, REACH, 0.6)))
        self.clear_stage()

    def no_bell(self) -> None:
        """A bell does not fit everything."""
        found = visits.summary(visits.visits())
        plane, pile, curve, wrong = no_bell(self)
        share = 100 * processes.below(0.0, found.mean, found.deviation)
        told = plane.label(-5.5, 0.07, f"{share:.0f} %", UP, ink.error, size=ink.HEADLINE)
        with self.beat(
            "So check before you use it. The visits' bell puts more than a quarter below zero."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(
                appear(pile),
                glide(pile.redraw, 0.0, 1.0, rate_func=linear),
                until="The visits",
                least=pace.SLOW,
            )
            self.play(Create(curve), run_time=pace.SLOW)
            beat.at("quarter", FadeIn(wrong, shift=place.NUDGE * UP), FadeIn(told))


def _bars(plane: Plane, count: int) -> Floats:
    """Outlines of the bars of the binomial with so many trials, as z."""
    z, heights = processes.standardised(count)
    half = float(z[1] - z[0]) / 2
    edges = np.append(z - half, z[-1] + half)
    inside = (edges[1:] > -REACH) & (edges[:-1] < REACH)
    return boxes(plane, edges, heights, inside)


def no_bell(lesson: ProbabilityStatisticsStage) -> tuple[Plane, Pile, Curve, Mark]:
    """The visits under the bell with their mean and spread: chart, pile, bell, and what of it is below zero."""
    found = visits.summary(visits.visits())
    plane = chart(
        shot.safe(titled=False),
        (-10.5, 16.5),
        (0, 0.34),
        x_label="visits to a doctor in a year",
        x_ticks=range(-10, 16, 5),
    )
    pile = lesson.source(plane)
    xs, below = np.linspace(-10.5, 16.5, 200), np.linspace(-10.5, 0.0, 80)
    curve = plane.curve(xs, processes.normal(xs, found.mean, found.deviation), MODEL, width=8)
    wrong = plane.area(below, 0, processes.normal(below, found.mean, found.deviation), ink.error, fill=0.7)
    return plane, pile, curve, wrong


def as_it_ends(lesson: ProbabilityStatisticsStage) -> VGroup:
    """The picture in which the chapter ends."""
    plane, pile, curve, wrong = no_bell(lesson)
    return VGroup(plane, pile.redraw(1.0), curve, wrong)
