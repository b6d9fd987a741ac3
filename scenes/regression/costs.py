"""Log loss."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve, Stems
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.maths.regression import tumours
from scenes.regression.bend import RADII, SAMPLES, SPOT, THICK, bend_end, heights
from scenes.regression.stage import BIG, ERROR, FENCE, FINE, MODEL, TICK, WRONG, RegressionStage, maths

GIVEN: Final = (0.9, 0.01)
"""Probabilities given to the true class, by hand."""
DEAREST: Final = 5.0
"""Losses that are shown."""
TALLEST: Final = 4.2
"""Losses of tumours that are shown."""
STEPS: Final = 400
"""Steps of the descent."""
APART: Final = 1.5
"""Tumours nearer than this to even odds leave, so that a cut parts the rest."""
FAINT: Final = 0.65
"""Opacity of the losses of all tumours."""


class Strips:
    """The S above, and below it at each tumour's radius a strip as tall as its log loss."""

    def __init__(self) -> None:
        region = shot.safe(titled=False)
        inner = shot.Region(region.left, region.bottom + 0.6, region.right, region.top - 0.4)
        upper, lower = inner.rows(1, 1.1, gap=0.62)
        self.table = table = tumours.tumours()
        self.upper: Plane = chart(upper, RADII, (-0.12, 1.12), x_ticks=[], y_ticks=(0, 1))
        self.lower: Plane = chart(
            lower,
            RADII,
            (0.0, TALLEST),
            x_ticks=(10, 15, 20, 25),
            y_ticks=(0, 2, 4),
        )
        self.names = VGroup(
            self.upper.label(RADII[0], 1.12, "probability of malignant", UP + RIGHT, ink.quiet, 0.1, TICK),
            self.lower.label(RADII[0], TALLEST, "log loss", UP + RIGHT, ink.quiet, 0.12, TICK),
            self.lower.label(sum(RADII) / 2, 0.0, "mean radius of the nuclei", DOWN, ink.quiet, 0.65, TICK),
        )
        rng = np.random.default_rng(0)
        points = np.column_stack(
            [table.radius, table.malignant + rng.uniform(-0.06, 0.06, len(table.radius))]
        )
        self.ill = table.malignant == 1
        self.benign = self.upper.cloud(points[~self.ill], FINE, SPOT, 0.75)
        self.malignant = self.upper.cloud(points[self.ill], WRONG, SPOT, 0.75)
        self.xs: Floats = np.linspace(*RADII, SAMPLES)
        self.curve: Curve = self.upper.curve(self.xs, 0.5 + 0 * self.xs, MODEL, THICK)
        self.strips = [Stems(self.lower, color, LINE) for color in (FINE, WRONG)]
        for each in self.strips:
            each.set_stroke(opacity=FAINT)

    def lie(self, b: Floats) -> list[Curve | Stems]:
        """The S of intercept and weight ``b`` (2,), and the losses that it costs."""
        p = tumours.sigmoid(b[0] + b[1] * self.table.radius)
        losses = tumours.losses(self.table.malignant, p)
        for each, which in zip(self.strips, (~self.ill, self.ill), strict=True):
            each.redraw(self.table.radius[which], 0.0, np.minimum(losses[which], TALLEST))
        return [self.curve.redraw(self.xs, tumours.sigmoid(b[0] + b[1] * self.xs)), *self.strips]

    def mean(self, b: Floats) -> float:
        """The mean log loss of all tumours."""
        p = tumours.sigmoid(b[0] + b[1] * self.table.radius)
        return float(tumours.losses(self.table.malignant, p).mean())

    @property
    def parts(self) -> VGroup:
        """Everything, from behind."""
        return VGroup(
            self.names, self.upper, self.lower, self.benign, self.malignant, *self.strips, self.curve
        )


class Costs(RegressionStage):
    """Log loss."""

    @chapter("Sure and wrong costs most", "log loss", goes_on=True)
    def sure_and_wrong_costs_most(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.price_by_hand()
        self.slide_the_s()
        self.find_the_costliest()
        self.write_it()

    def price_by_hand(self) -> None:
        """What the truth costs, by the probability that it was given."""
        picture = bend_end()
        self.add(picture.parts)
        plane = chart(
            shot.safe(titled=False),
            (0.0, 1.04),
            (0.0, DEAREST),
            x_label="probability given to the true class",
            y_label="log loss",
            x_ticks=(0.01, 0.9),
            y_ticks=(1, 2, 3, 4, 5),
        )
        ps = np.linspace(0.004, 1, 500)
        curve = plane.curve(ps, tumours.losses(1, ps), ERROR, THICK)
        term = words.headline("log loss", ERROR).move_to(plane.at(0.7, 4.4))
        rule = maths('-log p_"true"', BIG, {"p": MODEL}).next_to(term, DOWN, buff=0.5)
        stems, tags = [], []
        for given in GIVEN:
            loss = float(tumours.losses(1, given))
            stem = plane.stems([given], 0.0, loss, ERROR, 2.5 * LINE)
            side = RIGHT if given < 0.1 else UP
            stems.append(stem)
            text = f"{loss:.2f}" if side is UP else f"p = {given:g}: {loss:.2f}"
            tags.append(plane.label(given, loss, text, side, ERROR, 0.3, ink.HEADLINE))
        b1, even = float(tumours.by_radius()[1]), tumours.even()

        def slide(shift: float) -> Curve:
            return picture.curve.redraw(picture.xs, tumours.sigmoid(b1 * (picture.xs - even - shift)))

        with self.beat("Which S is right? Give each tumour a price.") as beat:
            beat.over(glide(slide, 0.0, 5.0, picture.curve), until="Give", least=pace.CALM)
            beat.over(glide(slide, 5.0, -2.5, picture.curve), least=pace.CALM)
        with self.beat(
            "Log loss, or cross-entropy, is minus the natural logarithm of the probability given to the true class."
        ) as beat:
            self.play(FadeOut(picture.parts), FadeIn(plane, term), run_time=pace.BRISK)
            beat.over(Create(curve, rate_func=linear), words.write(rule), least=pace.LONG)
        with self.beat("By hand: give the truth a probability of 0.9, and it costs little: 0.11.") as beat:
            beat.over(Create(stems[0]), until="costs")
            beat.over(FadeIn(tags[0]))
        with self.beat("Be sure and wrong, and it costs 4.61.") as beat:
            beat.over(Create(stems[1]), until="costs")
            beat.over(FadeIn(tags[1]))
        square = plane.segment([(0.03, 1), (0.5, 0)], [(0.5, 1), (1, 0)], ink.chalk, THICK)
        named = Tag(words.headline("counting errors: a step", ink.chalk, ink.POINT), 0.0)
        named.move_to(plane.at(0.62, 1.75))
        with self.beat("Why not count errors? A step is flat: no slope to walk down.") as beat:
            beat.over(Create(square), FadeIn(named), until="flat")
            beat.over(words.light(square), words.light(named.text))
        self.previous = VGroup(plane, curve, square, named, term, rule, *stems, *tags)

    def slide_the_s(self) -> None:
        """Descent on the mean log loss; all strips change together."""
        self.strips = picture = Strips()
        way = tumours.descend(STEPS)
        step = ParameterSweep(np.arange(len(way)))
        here = step.mixed(way)
        here.draws(picture.lie, picture.curve, *picture.strips)
        shown = Readout(here.of(picture.mean), 3, label="mean log loss", color=ERROR, size=ink.POINT)
        shown.move_to(picture.lower.at(23.6, 3.2))
        self.mean_loss = shown
        with self.beat("Now the tumours: below each dot a strip, as tall as its log loss.") as beat:
            self.play(
                FadeOut(self.previous),
                FadeIn(picture.upper, picture.names[0], picture.benign, picture.malignant, picture.curve),
                run_time=pace.BRISK,
            )
            beat.over("below", FadeIn(picture.lower, *picture.names[1:], *picture.strips), FadeIn(shown))
        step_law = Tag(
            maths("b <- b + {{ eta : rate }} / n thin X^T (y - {{ p : p }})", ink.POINT).move_to(
                picture.upper.at(23.4, 0.5)
            ),
            1.0,
        )
        with self.beat(
            "There is no closed form, but log loss is convex too, so we descend. "
            "The step is the one you know, with p for y hat."
        ) as beat:
            beat.over(words.light(shown, ink.chalk), until="so we")
            beat.over(step.to(10, rate_func=linear), FadeIn(step_law), until="with p")
            beat.over(words.light(step_law.text), least=pace.BRISK)
        with self.beat("The S slides and tilts until the mean is least.") as beat:
            beat.over(step.to(STEPS, rate_func=quick_first), least=pace.LONG)
        self.step_law = step_law
        fresh = Tag(
            words.label(f"unseen, 5 folds:  {tumours.unseen('radius')[:, 1].mean():.2f}", ERROR, ink.POINT)
        )
        fresh.next_to(shown, DOWN, buff=0.3, aligned_edge=RIGHT)
        with self.beat(
            "It comes to 0.29, on unseen tumours as well. The same guess for each costs more than twice that."
        ) as beat:
            beat.over(words.light(shown, ink.chalk), until="unseen")
            beat.over(FadeIn(fresh), until="The same")
            guess = tumours.guess()[1]
            flat = Tag(
                words.label(
                    f"always {100 * tumours.tumours().malignant.mean():.0f} %:  {guess:.2f}",
                    ink.chalk,
                    ink.POINT,
                )
            )
            flat.move_to(fresh, aligned_edge=RIGHT)
            beat.over(FadeOut(fresh), FadeIn(flat))
        self.guess_line = flat

    def find_the_costliest(self) -> None:
        """The camera goes to the tallest strip."""
        picture = self.strips
        number = tumours.costliest()
        table = tumours.tumours()
        radius = float(table.radius[number])
        p = float(tumours.probability(radius))
        loss = float(tumours.losses(1, p))
        strip = picture.lower.stems([radius], 0.0, loss, WRONG, 2.2 * LINE)
        dot = picture.upper.dots([(radius, 1.0)], WRONG, radius=0.16)
        tag = Tag(
            picture.lower.label(radius, loss, f"p = {p:.2f}: {loss:.1f}", RIGHT, WRONG, 0.25, ink.POINT)
        )
        with self.beat("One towers: malignant, with small nuclei. The model was sure, and wrong.") as beat:
            self.play(
                FadeOut(self.mean_loss, self.guess_line, self.step_law, picture.names),
                FadeIn(strip, dot, tag),
                run_time=pace.QUICK,
            )
            beat.over(
                self.frame.to(strip, dot, share=0.85),
                self.spotlight(strip, dot, tag),
                least=pace.SLOW,
            )
        self.play(self.lights_on(), self.frame.back(), FadeOut(dot, strip, tag), run_time=pace.SLOW)
        self.play(FadeIn(picture.names[0]), run_time=pace.QUICK)

    def write_it(self) -> None:
        """The mean as one formula, and what goes wrong where a cut parts the classes."""
        picture = self.strips
        self.play(FadeOut(picture.lower, *picture.strips), run_time=pace.QUICK)
        self.shot(shot.formula(titled=False))
        place = shot.safe(titled=False).rows(1, 1.1, gap=0.2)[1]
        law = place.put(
            maths(
                "-1/n sum_i [ {{ y_i log p_i : one }} + {{ (1 - y_i) log (1 - p_i) : zero }} ]",
                1.45 * ink.POINT,
            )
        )
        likely = words.headline(
            'likelihood: $p_"true"$ of all tumours, multiplied', ERROR, size=46.0
        ).next_to(law, DOWN, buff=0.2)
        with self.beat(
            "In one formula. Adding logs multiplies probabilities: the least loss is the greatest likelihood.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.write(law), until="Adding")
            beat.over(
                words.light(law.part("one")),
                picture.malignant.animate.set_stroke(opacity=1),
                until="multiplies",
            )
            beat.over(words.light(law.part("zero")), until="the least")
            beat.over(FadeIn(likely), until="greatest")
            beat.over(words.light(likely, ink.chalk))
        self.run_off(VGroup(law, likely))

    def run_off(self, law: VGroup) -> None:
        """With a gap in the data a cut parts the classes: the S stands up to a step, until a penalty holds it."""
        end, table = bend_end(), tumours.tumours()
        even, b1 = tumours.even(), float(tumours.by_radius()[1])
        points, ill = np.column_stack([table.radius, heights()]), table.malignant == 1
        left = tumours.parted(APART)
        apart = [
            end.plane.cloud(points[which], color, SPOT, 0.75)
            for which, color in ((left & ~ill, FINE), (left & ill, WRONG))
        ]
        b0, steeper = tumours.penalised(APART)
        told = words.headline(f"a gap was made:\n{left.sum()} of {len(left)} left", ERROR, ink.POINT)
        told.move_to(end.plane.at(24.2, 0.62))
        held = words.headline("penalised", FENCE, ink.POINT).move_to(end.plane.at(24.2, 0.3))

        def steepen(factor: float) -> Curve:
            return end.curve.redraw(end.xs, tumours.sigmoid(factor * b1 * (end.xs - even)))

        def settle(slope: float, middle: float) -> Curve:
            return end.curve.redraw(end.xs, tumours.sigmoid(slope * (end.xs - middle)))

        before = self.strips
        with self.beat(
            "Make a gap in the data, and a cut parts the classes: the weights run off to infinity."
        ) as beat:
            self.play(
                FadeOut(law, before.names[0], before.upper, before.benign, before.malignant, before.curve),
                FadeIn(end.plane, end.levels, *apart, end.curve, told),
                run_time=pace.BRISK,
            )
            beat.over(glide(steepen, 1.0, 40.0, end.curve), least=pace.LONG)
        with self.beat("So keep a small penalty.") as beat:
            beat.over(
                glide(settle, (40.0 * b1, even), (float(steeper), float(-b0 / steeper)), end.curve),
                FadeIn(held),
                least=pace.SLOW,
            )
        self.play(
            FadeOut(*apart, told, held),
            FadeIn(end.benign, end.malignant),
            glide(settle, (float(steeper), float(-b0 / steeper)), (b1, even), end.curve),
            run_time=pace.CALM,
        )


def quick_first(share: float) -> float:
    """Few steps at first, many at the end: the first ones move most."""
    return float(share**3)
