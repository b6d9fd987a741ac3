"""Scales: three rulers under one outlier, and a ruler whose equal steps are ratios."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.feature_engineering.stage import (
    BIG,
    FIT,
    LEAK,
    SOUND,
    TRAIN,
    FeatureEngineeringStage,
    percent,
    site,
    way,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.shot import Region
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.feature_engineering import scales
from scenes.maths.regression import engel
from scenes.maths.shared.wine import wines

UNITS: Final = (-1.75, 2.75)
"""Scaled units that the three rulers show."""
NEAR: Final = 5.0
"""The last value before it runs off."""
NAMES: Final = {"standard": "standardisation", "min-max": "min-max scaling", "robust": "robust scaling"}
PARTS: Final = {
    "standard": "(x − mean) ÷ standard deviation",
    "min-max": "(x − smallest) ÷ range",
    "robust": "(x − median) ÷ interquartile range",
}
BESIDE: Final = {"standard": -0.5, "min-max": 0.5}
"""Where on two rulers there is room to tell how wide the four values are."""
MEASURES: Final = ("proline", "flavanoids")
GROWERS: Final = (ink.third, ink.fourth, ink.chalk)
INCOMES: Final = (500, 1000, 2000, 4000)
FOODS: Final = (250, 500, 1000, 2000)


class Rulers(FeatureEngineeringStage):
    """Scaling and the logarithm."""

    # --- three rulers

    @chapter("One outlier, three rulers", "standard, min-max and robust scaling under an outlier")
    def one_outlier_three_rulers(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.see_the_widest_rule()
        self.lay_three_rulers()

    def see_the_widest_rule(self) -> None:
        """Wines by two measures in the same unit lie on a line, until each is scaled."""
        cloud = Wines()
        raw, inside, _ = scales.wine_scores().mean(axis=0)
        told = [
            Tag(words.headline(f"five neighbours: {percent(each)}", color, size=BIG))
            for each, color in ((raw, LEAK), (inside, SOUND))
        ]
        measures = wines().measures.shape[1]
        base = f"{measures} measures, mean of 20 splits; guessing {percent(scales.wine_guess())}"
        guess = Tag(words.label(base, ink.quiet))
        safe = shot.safe(titled=False)
        for tag in told:
            safe.put(tag, UP + LEFT)
        guess.next_to(told[0], DOWN, buff=0.1).align_to(told[0], LEFT)
        with self.beat(
            "Even good numbers can drown. These are wines of three growers, in raw units: "
            "proline goes to the hundreds, flavanoids stay in single digits."
        ) as beat:
            beat.over(
                LaggedStart(
                    *(FadeIn(dot, shift=place.NUDGE * DOWN) for dot in cloud.dots), lag_ratio=pace.LAG
                ),
                until="proline",
                least=pace.SLOW,
            )
            beat.at("proline", FadeIn(cloud.names[0]))
            beat.at("flavanoids", FadeIn(cloud.names[1]))
        with self.beat(
            "Distances add up the columns, so the widest one rules. "
            "Five nearest neighbours are 70 percent right. With each column on one scale, 96."
        ) as beat:
            beat.over(words.light(cloud.names[0], LEAK), until="Five")
            beat.at("70", FadeIn(told[0], guess))
            beat.over(
                "With each",
                glide(cloud.stretch, 0.0, 1.0, cloud.dots, cloud.names),
                until="96",
                least=pace.SLOW,
            )
            self.play(FadeOut(told[0]), FadeIn(told[1]), run_time=pace.BRISK)

    def lay_three_rulers(self) -> None:
        """The same five values by three rules, and one that runs off."""
        rule = words.headline("(x − centre) ÷ width", ink.chalk, size=1.5 * ink.HEADLINE)
        rule.move_to(shot.safe(titled=False).middle)
        with self.beat(
            "To scale: take away a centre, and divide by a width. But which ones? There are three usual answers."
        ) as beat:
            self.shot(shot.formula(titled=False))
            self.exchange(rule)
            beat.at("centre", words.tint(rule.part("centre"), FIT))
            beat.at("width", words.tint(rule.part("width"), FIT))
            beat.over("three", words.light(rule, FIT), least=pace.CALM)
        rows = Rows()
        with self.beat(
            "Standardisation, the z-score, takes the mean and the standard deviation: the mean becomes zero. "
            "Min-max scaling takes the smallest value and the range: values run from zero to one."
        ) as beat:
            rows.open("standard", 0.0)
            self.shot(shot.wide())
            self.exchange(rows.row("standard"))
            self.play(FadeIn(rows.parts["standard"]), run_time=pace.QUICK)
            beat.over(glide(partial(rows.open, "standard"), 0.0, 1.0), until="Min-max", least=pace.SLOW)
            rows.open("min-max", 0.0)
            self.play(FadeIn(rows.row("min-max")), run_time=pace.BRISK)
            self.play(FadeIn(rows.parts["min-max"]), run_time=pace.QUICK)
            beat.over(glide(partial(rows.open, "min-max"), 0.0, 1.0), least=pace.SLOW)
        with self.beat(
            "Robust scaling takes the median, and the interquartile range, "
            "in which the middle half of the values lies.",
            pause=pace.SLOW,
        ) as beat:
            rows.open("robust", 0.0)
            self.play(FadeIn(rows.row("robust")), run_time=pace.BRISK)
            self.play(FadeIn(rows.parts["robust"]), run_time=pace.QUICK)
            beat.over(glide(partial(rows.open, "robust"), 0.0, 1.0), until="in which", least=pace.CALM)
            beat.over(FadeIn(rows.half), least=pace.BRISK)
        last = Value(NEAR)
        last.draws(rows.run)
        with self.beat(
            "Now one of the five values runs off to 100: an outlier. "
            "On two rulers the other four shrink into a spot.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(rows.half), run_time=pace.QUICK)
            outlier = rows.planes["standard"].label(2.0, 0, "outlier", UP + RIGHT, LEAK, 0.2, ink.AXIS)
            beat.over("runs", last.to(scales.by_hand()[-1]), until="On two", least=pace.LONG)
            self.play(
                *(words.light(rows.lines[rule][1], LEAK) for rule in ("standard", "min-max")),
                run_time=pace.CALM,
            )
            beat.over(FadeIn(rows.tells, outlier), least=pace.BRISK)
        with self.beat(
            "Median and quartiles do not feel how far it is, so robust scaling keeps the four apart. "
            "The outlier itself stays far out."
        ) as beat:
            self.play(FadeOut(rows.tells, outlier), run_time=pace.QUICK)
            beat.over(last.to(scales.by_hand()[-1] / 3), until="so robust", least=pace.CALM)
            beat.over(last.to(scales.by_hand()[-1]), until="keeps", least=pace.CALM)
            beat.over(words.light(rows.lines["robust"][1], SOUND), until="The outlier")
            beat.over(FadeIn(rows.gone, shift=place.NUDGE * RIGHT), least=pace.BRISK)
        with self.beat(
            "Scale for distances, penalties and gradient descent. "
            "Trees do not care: a split asks for the order alone.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.light(rows.titles), least=pace.SLOW)

    # --- logarithm

    @chapter("On a log scale, ratios are steps", "log features")
    def ratios_are_steps(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        fan = Fan()
        raw, logged = scales.skews()
        with self.beat(
            "Scaling moves a column, but keeps its shape. These are Belgian households: "
            "many small incomes, few huge ones. "
            "One tail is long: that is skew."
        ) as beat:
            self.play(FadeIn(fan.frame, fan.ticks, fan.names), run_time=pace.QUICK)
            beat.over(
                LaggedStart(*(FadeIn(dot, shift=place.NUDGE * DOWN) for dot in fan.dots), lag_ratio=pace.LAG),
                until="many",
                least=pace.SLOW,
            )
            beat.over(glide(fan.only, 0.0, 1.0, fan.dots), until="One tail", least=pace.CALM)
            skew = Tag(words.headline(f"skew {raw:.1f}", LEAK)).move_to(fan.head, aligned_edge=LEFT + UP)
            beat.at("skew", FadeIn(skew))
        hand = ByHand()
        with self.beat(
            "The log transform makes equal ratios equal steps. Each of these is ten times the last; "
            "their logarithms are zero, one, two, three."
        ) as beat:
            term = words.headline("log transform", FIT, size=1.2 * ink.HEADLINE)
            term.move_to(site(0, shot.safe(titled=False).top - 0.5))
            self.exchange(hand.all, term)
            beat.over("equal ratios", FadeIn(hand.ratios), until="Each", least=pace.QUICK)
            beat.over(
                "Each", glide(hand.bend, 0.0, 1.0, hand.all, hand.ratios), until="logarithms", least=pace.SLOW
            )
            beat.over(
                LaggedStart(*(FadeIn(each, shift=place.NUDGE * UP) for each in hand.logs), lag_ratio=pace.LAG)
            )
        with self.beat(
            "Bend both axes like this, and the fan of the households becomes an even band."
        ) as beat:
            fan.light()
            self.exchange(fan.frame, fan.ticks, fan.names, fan.dots)
            beat.over(glide(fan.bend, 0.0, 1.0, fan.dots, fan.ticks), least=pace.LONG)
            after = Tag(words.headline(f"skew {logged:.1f}", SOUND)).move_to(fan.head, aligned_edge=LEFT + UP)
            self.play(FadeIn(after), run_time=pace.BRISK)
        line = fan.line()
        slope = Tag(words.headline(f"+1 % income: +{scales.elasticity():.2f} % food", SOUND, size=BIG))
        slope.move_to(fan.foot, aligned_edge=RIGHT + DOWN)
        with self.beat(
            "A straight line fits, and it speaks in ratios: each percent more income goes with 0.86 percent more food."
        ) as beat:
            beat.over(glide(line.reveal, 0.0, 1.0), until="each percent", least=pace.SLOW)
            beat.over(words.light(line, ink.chalk), until="0.86")
            beat.at("0.86", FadeIn(slope, scale=1.1))
        plain, logs, mean = scales.food_errors().mean(axis=0)
        error = Tag(words.headline(f"error {plain:.0f} → {logs:.0f} francs", FIT, size=BIG)).move_to(
            fan.foot, aligned_edge=RIGHT + DOWN
        )
        guess = Tag(words.label(f"20 shuffles; guessing the mean: {mean:.0f}", ink.quiet))
        guess.next_to(error, UP, buff=0.05).align_to(error, RIGHT)
        with self.beat(
            "On held-out households the error falls a little too. "
            "So where a column is positive, skewed and a matter of ratios, try the logarithm."
        ) as beat:
            self.play(FadeOut(slope), run_time=pace.QUICK)
            beat.at("error", FadeIn(error, guess))
            beat.over(words.light(error.text, ink.chalk), until="So")
            beat.over("positive", words.light(line, ink.chalk), words.light(after.text, ink.chalk))


class Wines:
    """The wines by proline and flavanoids, both in one unit, or each in its own standard deviation."""

    def __init__(self) -> None:
        data = wines()
        columns = [data.names.index(name) for name in MEASURES]
        raw = data.measures[:, columns]
        self.z = (raw - raw.mean(axis=0)) / raw.std(axis=0)
        self.flat = np.column_stack([self.z[:, 0], (raw[:, 1] - raw[:, 1].mean()) / raw[:, 0].std()])
        self.plane = shot.safe(titled=False).plane((-2.6, 3.4), (-2.6, 3.6), x_ticks=[], y_ticks=[])
        self.plane.frame.set_stroke(opacity=0)
        self.dots = self.plane.classes(self.flat, data.cultivar, 0.1, GROWERS)
        self.names = VGroup(
            self.plane.label(-2.5, -2.45, "proline →", RIGHT + UP, ink.quiet, 0.1, BIG),
            self.plane.label(2.4, 0.15, "flavanoids ↑", UP, ink.quiet, 0.1, BIG),
        )
        self.names[0].move_to(self.plane.at(0.4, -0.45))

    def stretch(self, share: float) -> list[object]:
        """Each column goes to its own scale."""
        self.dots.redraw(blend(self.flat, self.z, share))
        start, end = np.array([[0.4, -0.45], [2.4, 0.5]]), np.array([[1.9, -2.3], [-1.65, 1.7]])
        for name, a, b in zip(self.names, start, end, strict=True):
            name.move_to(self.plane.at(*blend(a, b, share)))
        return [self.dots, self.names]


class Rows:
    """Five values on three rulers of one unit, each with what it subtracts and divides by."""

    def __init__(self) -> None:
        safe = shot.safe(titled=False)
        self.rules = tuple(NAMES)
        self.planes, self.lines, self.parts = {}, {}, {}
        titles = []
        for rule, room in zip(self.rules, safe.rows(1, 1, 1, gap=0.2), strict=True):
            right = Region(room.left, room.bottom, room.right, room.top)
            plane = right.plane(UNITS, (-1.0, 1.9), x_ticks=[], y_ticks=[])
            plane.frame.set_stroke(opacity=0)
            axis = VGroup(
                plane.segment((UNITS[0], 0), (UNITS[1], 0), ink.faint, LINE),
                *(plane.segment((at, -0.12), (at, 0.12), ink.quiet, LINE) for at in (-1, 0, 1, 2)),
                *(
                    plane.label(at, -0.12, f"{at}".replace("-", "−"), DOWN, ink.quiet, 0.24, ink.AXIS)
                    for at in (-1, 0, 1, 2)
                ),
            )
            values = scales.scaled(scales.with_outlier(NEAR), rule)
            dots = plane.dots(np.column_stack([values, 0 * values]), TRAIN, radius=0.2)
            dots[4].set_fill(LEAK)
            title = words.headline(NAMES[rule], FIT, size=BIG)
            title.move_to(plane.at(UNITS[0], 1.25), aligned_edge=LEFT)
            titles.append(title)
            part = words.headline(PARTS[rule], ink.chalk, size=ink.AXIS)
            part.next_to(title, RIGHT, buff=0.5)
            words.align_baseline(part, title)
            self.planes[rule], self.parts[rule] = plane, part
            self.lines[rule] = (axis, VGroup(*dots[:4]), dots, title)
        self.titles = VGroup(*titles)
        robust = self.planes["robust"]
        self.half = robust.segment((-0.5, 0.55), (0.5, 0.55), SOUND, 4 * LINE)
        ends = {rule: scales.scaled(scales.by_hand(), rule)[:4] for rule in BESIDE}
        self.tells = VGroup(
            *(
                self.planes[rule].label(
                    BESIDE[rule], 0, f"{np.ptp(four):.2f} wide", DOWN, LEAK, 0.3, ink.AXIS
                )
                for rule, four in ends.items()
            )
        )
        last = float(scales.scaled(scales.by_hand(), "robust")[4])
        self.gone = robust.label(UNITS[1], 0, f"{last:.1f} →", UP + LEFT, LEAK, 0.2, ink.POINT)

    def row(self, rule: str) -> VGroup:
        """A ruler without what it subtracts and divides by."""
        axis, _, dots, title = self.lines[rule]
        return VGroup(axis, dots, title)

    def open(self, rule: str, share: float) -> VGroup:
        """The values of a ruler go from its zero to their places, by a ``share``."""
        values = share * scales.scaled(scales.with_outlier(NEAR), rule)
        self.lines[rule][2].redraw(np.column_stack([values, 0 * values]))
        return self.lines[rule][2]

    def run(self, last: float) -> list[object]:
        """The last value is ``last``; what leaves the ruler is not seen."""
        changed: list[object] = []
        for rule in self.rules:
            values = scales.scaled(scales.with_outlier(last), rule)
            dots = self.lines[rule][2]
            dots.redraw(np.column_stack([np.minimum(values, UNITS[1] + 0.6), 0 * values]))
            changed.append(dots)
        return changed


class Fan:
    """Engel's households, income across and food up, on axes that bend from linear to logarithmic."""

    def __init__(self) -> None:
        safe = shot.safe(titled=False)
        self.data = engel.households()
        area = Region(safe.left + 1.35, safe.bottom + 1.1, safe.right, safe.top - 0.75)
        self.plane = area.plane((0, 1), (0, 1), x_ticks=[], y_ticks=[])
        self.frame = self.plane
        self.low = np.array([300.0, 200.0])
        self.high = np.array([5100.0, 2150.0])
        self.share = 0.0
        self.dots = self.plane.dots(self.spots(self.data.points), TRAIN, radius=0.07)
        self.ticks = VGroup(
            *(words.tick(f"{number:,}", ink.quiet, ink.AXIS) for number in (*INCOMES, *FOODS))
        )
        self.names = VGroup(
            words.label("income (francs a year)", ink.quiet, ink.AXIS),
            words.label("spent on food (francs)", ink.quiet, ink.AXIS),
        )
        self.names[0].move_to(site(area.middle[0], safe.bottom + 0.25))
        self.names[1].move_to(site(safe.left, safe.top - 0.3), aligned_edge=LEFT)
        self.head = self.plane.box[3] + way(RIGHT, 0.3) + way(DOWN, 0.1)
        self.foot = self.plane.box[1] + way(UP, 0.3)
        self.bend(0.0)

    def spots(self, points: Floats) -> Floats:
        """Where ``points`` (n, 2) in francs lie in the box, as it is bent now."""
        linear = (points - self.low) / (self.high - self.low)
        logs = np.log(points / self.low) / np.log(self.high / self.low)
        return np.asarray(blend(linear, logs, self.share))

    def bend(self, share: float) -> list[object]:
        """Bend both axes by a ``share``."""
        self.share = share
        self.dots.redraw(self.spots(self.data.points))
        across = self.spots(np.column_stack([INCOMES, np.full(len(INCOMES), self.low[1])]))
        up = self.spots(np.column_stack([np.full(len(FOODS), self.low[0]), FOODS]))
        for tick, spot in zip(self.ticks[: len(INCOMES)], across, strict=True):
            tick.next_to(self.plane.at(spot[0], 0), DOWN, buff=0.15)
        for tick, spot in zip(self.ticks[len(INCOMES) :], up, strict=True):
            tick.next_to(self.plane.at(0, spot[1]), LEFT, buff=0.12)
        return [self.dots, self.ticks]

    def only(self, share: float) -> object:
        """The households fall onto the axis of income, by a ``share``."""
        spots = self.spots(self.data.points)
        spots[:, 1] *= 1 - 0.94 * share
        return self.dots.redraw(spots)

    def light(self) -> object:
        """All households back at their places."""
        return self.bend(0.0)

    def line(self) -> Curve:
        """The straight line of the logarithms."""
        x = np.array([380.0, 4900.0])
        slope, intercept = np.polyfit(np.log(self.data.income), np.log(self.data.food), 1)
        points = np.column_stack([x, np.exp(intercept + slope * np.log(x))])
        across, up = self.spots(points).T
        return self.plane.curve(across, up, SOUND, 2 * LINE)


class ByHand:
    """1, 10, 100 and 1,000 on a line that bends."""

    def __init__(self) -> None:
        self.plane = shot.safe(titled=False).plane((-0.06, 1.1), (-1.6, 1.6), x_ticks=[], y_ticks=[])
        self.plane.frame.set_stroke(opacity=0)
        self.values = scales.decades()
        self.axis = self.plane.segment((-0.06, 0), (1.1, 0), ink.faint, LINE)
        self.dots = self.plane.dots(np.zeros((len(self.values), 2)), TRAIN, radius=0.22)
        self.texts = VGroup(*(words.headline(f"{each:,.0f}", ink.chalk, size=BIG) for each in self.values))
        self.logs = VGroup(
            *(
                self.plane.label(at / 3, 0, str(at), DOWN, SOUND, 0.45, 1.4 * ink.HEADLINE)
                for at in range(len(self.values))
            )
        )
        self.ratios = VGroup(*(words.headline("× 10", FIT, size=BIG) for _ in self.values[1:]))
        self.all = VGroup(self.axis, self.dots, self.texts)
        self.bend(0.0)

    def bend(self, share: float) -> list[object]:
        """Bend the line by a ``share``."""
        linear = self.values / self.values[-1]
        logs = np.log10(self.values) / np.log10(self.values[-1])
        at = blend(linear, logs, share)
        self.dots.redraw(np.column_stack([at, 0 * at]))
        lifts = blend(np.array([0.0, 0.55, 1.1, 0.0]), np.zeros(4), share)
        for text, x, lift in zip(self.texts, at, lifts, strict=True):
            text.next_to(self.plane.at(x, lift / 2), UP, buff=0.4)
        for ratio, (a, b), high in zip(self.ratios, pairwise(at), (0, 1, 2), strict=True):
            ratio.move_to(
                self.plane.at((a + b) / 2, 0) + site(0.0, blend(-0.55 - 0.85 * (2 - high), -0.55, share))
            )
        return [self.all, self.ratios]
