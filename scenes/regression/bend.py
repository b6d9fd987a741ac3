"""Log-odds and the sigmoid."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows, Curve
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare, chart
from scenes.kit.tag import Tag
from scenes.maths.regression import tumours
from scenes.regression.stage import BIG, ERROR, FINE, MODEL, WRONG, RegressionStage, maths
from scenes.regression.threads import threads_end

RADII: Final = (6.0, 29.0)
"""Radii that are shown."""
CHANCES: Final = (-0.42, 1.85)
"""Heights that the straight line needs."""
LOG_ODDS: Final = (-9.5, 16.0)
"""Log-odds that are shown."""
ODDS: Final = (1, 3, 9)
"""Odds, to one, of the example by hand."""
WORDS: Final = ("means", "three", "nine")
"""Words at which the probability of the example is written."""
SAMPLES: Final = 200
THICK: Final = 2.2 * LINE
SPREAD: Final = 0.045
"""How far a tumour may stand from 0 or 1, so that many can be seen."""
SPOT: Final = 0.062
"""Radius of a tumour in scene units."""
NARROW: Final = (-0.12, 1.14)
"""Chances that are shown once all lies between 0 and 1."""


def heights() -> Floats:
    """Where each tumour is drawn: at 0 or 1, and a little off it so that many can be seen."""
    return np.asarray(
        tumours.tumours().malignant
        + np.random.default_rng(0).uniform(-SPREAD, SPREAD, len(tumours.tumours().malignant))
    )


class Patients:
    """The tumours over their radius on a plane, and one curve."""

    def __init__(self, up_to: tuple[float, float]) -> None:
        table = tumours.tumours()
        self.plane: Plane = chart(
            shot.safe(titled=False),
            RADII,
            up_to,
            x_label="mean radius of the nuclei",
            y_label="probability of malignant",
            x_ticks=(10, 15, 20, 25),
            y_ticks=(0, 0.5, 1),
        )
        points = np.column_stack([table.radius, heights()])
        ill = table.malignant == 1
        self.benign = self.plane.cloud(points[~ill], FINE, SPOT, 0.75)
        self.malignant = self.plane.cloud(points[ill], WRONG, SPOT, 0.75)
        self.levels = VGroup(
            *(self.plane.segment((RADII[0], at), (RADII[1], at), ink.faint, LINE / 2) for at in (0, 1))
        )
        self.xs: Floats = np.linspace(*RADII, SAMPLES)
        self.curve: Curve = self.plane.curve(self.xs, tumours.probability(self.xs), MODEL, THICK)

    @property
    def parts(self) -> VGroup:
        """Everything, from behind."""
        return VGroup(self.plane, self.levels, self.benign, self.malignant, self.curve)


def bend_end() -> Patients:
    """The S over all tumours: as the chapter ends."""
    return Patients(NARROW)


class Bend(RegressionStage):
    """Log-odds and the sigmoid."""

    @chapter("Bend the line into a probability", "sigmoid", goes_on=True)
    def bend_the_line_into_a_probability(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.lay_a_line()
        self.count_odds()
        self.bend()
        self.read_the_weight()

    def lay_a_line(self) -> None:
        """A straight line over tumours leaves the scale of probabilities."""
        tally = threads_end()
        picture = Patients(CHANCES)
        b0, b1 = tumours.line(tumours.tumours().radius, tumours.tumours().malignant)
        straight = b0 + b1 * picture.xs
        self.add(tally.parts)
        curve = picture.curve
        names = VGroup(
            Tag(picture.plane.label(24.5, 0.0, "benign", DOWN, FINE, 0.2, ink.POINT)),
            Tag(picture.plane.label(9.0, 1.0, "malignant", UP, WRONG, 0.3, ink.POINT)),
        )
        high = float(b0 + b1 * tumours.tumours().radius.max())
        end = (float(tumours.tumours().radius.max()), high)
        tip = picture.plane.dots([end], ERROR, radius=0.17)
        told = picture.plane.label(*end, f"{100 * high:.0f} %", LEFT + UP, ERROR, 0.2, ink.HEADLINE)
        beyond = VGroup(
            picture.plane.area([*RADII], 1.0, CHANCES[1], ERROR, 0.1),
            picture.plane.area([*RADII], CHANCES[0], 0.0, ERROR, 0.1),
        )
        share = float(tumours.tumours().malignant.mean())
        answers = [
            words.headline(text, ink.chalk, ink.HEADLINE).move_to(picture.plane.at(17.5, level + 0.2))
            for level, text in enumerate(("no: 0", "yes: 1"))
        ]
        with self.beat("What if the target is no number, but a yes or no?") as beat:
            beat.over(
                FadeOut(tally.parts), FadeIn(picture.plane, picture.levels), until="a yes", least=pace.SLOW
            )
            beat.over(FadeIn(answers[1]), until="or no")
            beat.over(FadeIn(answers[0]))
        with self.beat(
            "Tumours, by the mean radius of their nuclei: benign is zero, malignant is one."
        ) as beat:
            beat.over("benign", FadeIn(picture.benign, names[0]), FadeOut(answers[0]), until="malignant")
            beat.over(FadeIn(picture.malignant, names[1]), FadeOut(answers[1]))
        with self.beat(
            "Least squares lays a straight line. Read as a probability, it reaches 177 percent."
        ) as beat:
            self.add(curve)
            beat.over(
                appear(curve),
                glide(curve.redraw, (picture.xs, 0 * straight + share), (picture.xs, straight)),
                until="Read",
                least=pace.LONG,
            )
            beat.over(FadeIn(beyond), until="reaches")
            self.play(FadeIn(tip, scale=2), run_time=pace.QUICK)
            beat.over(FadeIn(told))
        self.tumour_picture, self.straight = picture, straight
        self.leave(picture.parts, names, beyond, tip, told)

    # --- by hand

    def count_odds(self) -> None:
        """Three probabilities as odds, and their logarithms as equal steps."""
        self.shot(shot.gallery(1, 3, titled=False))
        upper, lower = shot.safe(titled=False).rows(3, 1.25, gap=0.3)
        bars = chart(upper, (-0.6, 2.6), (0, 1.12), x_ticks=[], y_ticks=(0, 1), y_label="$p$")
        ps = tumours.chance(ODDS)
        whole = bars.bars([0, 1, 2], [1, 1, 1], ink.faint, 0.62, 0.35)
        given = bars.bars([0, 1, 2], [0, 0, 0], MODEL, 0.62)
        names = VGroup(
            *(
                bars.label(spot, float(p), f"{p:g}", DOWN, ink.ground, 0.15, ink.HEADLINE)
                for spot, p in enumerate(ps)
            )
        )
        odds = VGroup(
            *(
                bars.label(spot + 0.32, float(p), f"{each} : 1", RIGHT, ERROR, 0.12, 58.0)
                for spot, (each, p) in enumerate(zip(ODDS, ps, strict=True))
            )
        )
        axis = lower.plane((-0.45, 3.1), (-0.7, 1.0), x_ticks=[], y_ticks=[], numbers=False)
        logs = tumours.log_odds(ps)
        ruler = axis.segment((-0.4, 0), (3.0, 0), ink.chalk, LINE)
        spots = [axis.dots([(float(z), 0)], MODEL, radius=0.17) for z in logs]
        zs = [axis.label(float(z), 0, f"{z:.1f}", DOWN, MODEL, 0.3, 58.0) for z in logs]
        hops = [axis.vector((float(a), 0.4), (float(b), 0.4), ERROR) for a, b in pairwise(logs)]
        term = lower.put(words.headline("log-odds (logit)", MODEL, ink.POINT), UP + RIGHT)
        rule = lower.put(words.headline(r"[odds:focus]  =  $p \/ (1 - p)$", size=BIG))
        with self.beat("Speak of odds instead: p over one minus p.") as beat:
            self.play(FadeIn(bars, whole), run_time=pace.BRISK)
            beat.over(words.write(rule), least=pace.LONG)
        heights = np.zeros(3)
        steps = (
            "By hand: one to one means one of two.",
            "Three to one, three of four.",
            "Nine to one, nine of ten.",
        )
        for number, text in enumerate(steps):
            with self.beat(text) as beat:
                after = heights.copy()
                after[number] = ps[number]
                if not number:
                    self.add(given)
                beat.over(glide(given.redraw, heights, after), FadeIn(odds[number]), until=WORDS[number])
                beat.over(FadeIn(names[number]))
                heights = after
        with self.beat(
            "Each time the odds grow by the same factor, three. "
            "So their logarithm grows by equal steps: the log-odds, or logit."
        ) as beat:
            beat.over(
                words.light(odds[1], ink.chalk), words.light(odds[2], ink.chalk), FadeOut(rule), until="So"
            )
            self.play(
                FadeIn(ruler), *(FadeIn(s, z) for s, z in zip(spots, zs, strict=True)), run_time=pace.BRISK
            )
            beat.over(FadeIn(*hops), until="the log-odds")
            beat.over(FadeIn(term))
        self.leave(bars, whole, given, names, odds, ruler, *spots, *zs, *hops, term)
        self.give_room()

    def give_room(self) -> None:
        """Where a probability, the odds and their logarithm end, one below the other."""
        region = shot.safe(titled=False)
        plane = bare(region)
        left, right = region.left + 4.2, region.right - 0.4
        zero = left + 0.42 * (right - left)
        one = zero + 1.7
        levels = [float(row.middle[1]) for row in region.rows(1, 1, 1)]
        names = [
            words.headline(text, color, ink.HEADLINE).move_to((region.left, level, 0.0), aligned_edge=LEFT)
            for text, color, level in zip(
                ("probability", "odds", "log-odds"), (MODEL, ERROR, MODEL), levels, strict=True
            )
        ]

        def ray(end: float, level: float, color: ManimColor) -> Arrows:
            return plane.vector((zero, level), (end, level), color, 3 * LINE)

        rays = [
            VGroup(plane.segment((zero, levels[0]), (one, levels[0]), MODEL, 3 * LINE)),
            VGroup(ray(right, levels[1], ERROR)),
            VGroup(ray(left, levels[2], MODEL), ray(right, levels[2], MODEL)),
        ]
        stops = [
            VGroup(
                *(plane.stems([at], level - 0.35, level + 0.35, ink.chalk, 2 * LINE) for at in ends),
                *(
                    plane.label(at, level, f"{number}", DOWN, ink.chalk, 0.45, ink.POINT)
                    for number, at in enumerate(ends)
                ),
            )
            for level, ends in zip(levels, ((zero, one), (zero,), ()), strict=True)
        ]
        with self.beat(
            "A probability ends at zero and one, odds at zero. Log-odds have no end, and nor has a line."
        ) as beat:
            self.play(FadeIn(names[0], rays[0], stops[0]), run_time=pace.BRISK)
            beat.over(FadeIn(names[1], rays[1], stops[1]), until="Log-odds")
            beat.over(FadeIn(names[2]), *(Create(each) for each in rays[2]), until="and nor")
            beat.over(words.light(names[2], ink.chalk))
        self.leave(*names, *rays, *stops[:2])

    # --- the bend

    def bend(self) -> None:
        """The line of the log-odds is squeezed into the S."""
        self.shot(shot.wide())
        plane = chart(
            shot.safe(titled=False),
            RADII,
            LOG_ODDS,
            x_label="mean radius of the nuclei",
            y_label="log-odds",
            x_ticks=(10, 15, 20, 25),
            y_ticks=(-5, 0, 5, 10),
        )
        picture = bend_end()
        xs = picture.xs
        b0, b1 = tumours.by_radius()
        line = b0 + b1 * xs
        straight = plane.curve(xs, line, MODEL, THICK)
        level = plane.segment((RADII[0], 0), (RADII[1], 0), ink.faint, LINE / 2)
        law = words.headline("[log-odds:second] = $b_0 + b_1 x$", size=BIG).move_to(plane.at(12.6, 12.2))
        term = words.headline("logistic regression", MODEL).move_to(plane.at(22.5, -5))
        with self.beat(
            "Logistic regression models the log-odds of a class as a linear function.", pause=pace.CALM
        ) as beat:
            self.play(FadeIn(plane, level), FadeIn(term), run_time=pace.BRISK)
            beat.over(words.write(law), until="linear")
            beat.over(Create(straight), words.light(law, ink.chalk))
        squeeze = maths("p = {{ sigma(z) : s }} = 1 / (1 + e^(-z))", BIG, {"e": ink.chalk}).move_to(
            picture.plane.at(23.2, 0.2)
        )
        name = words.headline("sigmoid", MODEL).next_to(squeeze, UP, buff=0.4)
        curve = picture.curve
        asked = picture.plane.inverse(plane.at(np.column_stack([xs, line])))
        low, high = picture.plane.limits[0][1], picture.plane.limits[1][1]
        asked[:, 1] = np.clip(asked[:, 1], low, high)
        with self.beat(
            "Now turn the log-odds, z, back into a probability: the sigmoid bends the line, between zero and one.",
            pause=pace.CALM,
        ) as beat:
            self.play(
                FadeOut(law, term, plane, level), FadeIn(picture.plane, picture.levels), run_time=pace.BRISK
            )
            curve.redraw(asked[:, 0], asked[:, 1])
            self.add(curve)
            self.remove(straight)
            beat.over(words.write(squeeze), FadeIn(name), until="bends")
            beat.over(
                glide(curve.redraw, (asked[:, 0], asked[:, 1]), (xs, tumours.probability(xs))),
                least=pace.LONG,
            )
        z, p = (float(each[1]) for each in (tumours.log_odds(tumours.chance(ODDS)), tumours.chance(ODDS)))
        radius = (z - b0) / b1
        spot = picture.plane.dots([(radius, p)], ERROR, radius=0.17)
        by_hand = words.headline(
            f"$sigma({z:.1f}) = display(1 / (1 + {np.exp(-z):.2f})) = {p:g}$", size=ink.POINT
        )
        by_hand.move_to(picture.plane.at(22.8, 0.15))
        higher = picture.plane.at(0, 0.27) - picture.plane.at(0, 0.0)
        with self.beat("By hand: log-odds of 1.1 give three quarters.") as beat:
            beat.over(VGroup(squeeze, name).animate.shift(higher), FadeIn(spot, scale=2), until="give")
            beat.over(FadeIn(by_hand))
        self.play(FadeOut(spot), FadeIn(picture.benign, picture.malignant), run_time=pace.BRISK)
        self.bent, self.squeezed = picture, (squeeze, name, by_hand)

    def read_the_weight(self) -> None:
        """Odds of one, and one unit further."""
        picture, (squeeze, *rest) = self.bent, self.squeezed
        plane, even = picture.plane, tumours.even()
        after = float(tumours.probability(even + 1))
        steps = VGroup(
            plane.segment((even, 0), (even, 0.5), ERROR, LINE, dashed=True),
            plane.segment((even + 1, 0), (even + 1, after), ERROR, LINE, dashed=True),
        )
        dots = [plane.dots([(at, p)], ERROR, radius=0.17) for at, p in ((even, 0.5), (even + 1, after))]
        ratio = float(np.exp(tumours.by_radius()[1]))
        tags = [
            Tag(plane.label(even, 0.5, "odds 1", LEFT, ERROR, 0.3, ink.POINT)),
            Tag(plane.label(even + 1, after, f"odds {ratio:.1f}", LEFT, ERROR, 0.3, ink.POINT)),
        ]
        law = words.headline(f"$e^(b_1) = {ratio:.1f}$", size=1.3 * BIG).move_to(squeeze)
        with self.beat(
            "Here the odds are one to one. One unit of radius more multiplies them by 2.8."
        ) as beat:
            self.play(FadeOut(squeeze, *rest), FadeIn(steps[0], dots[0], tags[0]), run_time=pace.BRISK)
            beat.over(self.frame.to(*dots, *tags, share=0.55), until="One unit", least=pace.CALM)
            beat.over(FadeIn(steps[1], dots[1]), until="multiplies")
            beat.over(FadeIn(tags[1]))
        with self.beat("So e to the power of a weight is an odds ratio.") as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(words.write(law))
        self.leave(steps, *dots, *tags, law)
