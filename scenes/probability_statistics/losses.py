"""Losses: what a likelihood becomes when it is turned over."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, Mark
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats, loops
from scenes.kit.tag import Tag
from scenes.maths.probability_statistics import fit
from scenes.probability_statistics import slide
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MODEL,
    WRONG,
    ProbabilityStatisticsStage,
    chart,
    maths,
)

BIG: Final = 1.2 * ink.POINT
THICK: Final = 1.5 * LINE
MEANS: Final = (4.4, 5.62)
"""Means (cm) over which the log-likelihood is drawn."""
SURE: Final = 0.9
"""What the model by hand gives heads."""
DEAREST: Final = 4.4
"""Losses of a coin that are drawn."""
GONE: Final = 0.2
"""Opacity of a term that is multiplied by zero."""
REACH: Final = 3.9
"""Distances from the mean that are drawn, in standard deviations."""
DEEP: Final = 7.8
"""Losses of a miss that are drawn, below and above zero."""
SHALLOW: Final = 0.6
"""What is drawn below zero where no logarithm is."""
PEAK: Final = 0.54
"""Densities that are drawn on the whole height of the same chart."""
ABSOLUTE: Final = ink.second
"""The V, beside the parabola."""
TOUCH: Final = 0.9
"""Half the length of a tangent, in scene units."""
OUTLIER: Final = 3.5
"""Where a value far out lies."""
BELLS: Final = (4.4, 4.9, 5.4)
"""Sepal lengths (cm) at which the noise around the line is drawn."""
WIDE: Final = 0.24
"""How far a bell on the line reaches to the right, in cm of sepal length."""


def coin_losses() -> tuple[Floats, Floats, Floats]:
    """Chances of heads, and what heads and tails cost there."""
    ps = np.linspace(0.001, 0.999, 400)
    return ps, fit.log_loss(1, ps), fit.log_loss(0, ps)


class Losses(ProbabilityStatisticsStage):
    """Squared error, log loss and absolute error, each with the noise that it assumes."""

    @chapter("A loss is a likelihood turned over", "losses as negative log-likelihoods", goes_on=True)
    def turn_the_likelihood_over(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.flip()
        self.price_a_coin()
        self.turn_a_density_over()
        self.square_the_misses()
        self.turn_a_tent_over()

    def flip(self) -> None:
        """The hill becomes a valley."""
        sepals = fit.sepals()
        mu, sigma = fit.fitted(sepals)
        plane = chart(shot.safe(titled=False), MEANS, (-88, 88), x_label="$mu$", x_ticks=(), y_ticks=(0,))
        mus = np.linspace(*MEANS, 161)
        level = fit.log_likelihood(sepals, mus, sigma)
        top = float(fit.log_likelihood(sepals, mu, sigma))
        ground = plane.segment((MEANS[0], 0), (MEANS[1], 0), ink.faint)
        curve = plane.curve(mus, level, MODEL, THICK)
        bead = plane.dots([(mu, top)], MEAN, radius=0.17)
        name = words.headline("[log-likelihood $ell$:fourth]", size=ink.POINT)
        name.move_to(plane.at(mu, -62))
        below = words.headline("[negative log-likelihood:error]\n$-ell$: a [loss:error]", size=ink.POINT)
        below.move_to(plane.at(4.74, 66), aligned_edge=LEFT)

        def turn(share: float) -> Changed:
            sign = 1 - 2 * share
            return curve.redraw(mus, sign * level), bead.redraw([(mu, sign * top)])

        before = slide.as_it_ends()
        self.add(before)
        ghost = plane.curve(mus, level, MODEL, LINE)
        high = plane.dots([(mu, top)], MODEL, radius=0.12)
        link = plane.segment((mu, top), (mu, -top), ink.quiet, dashed=True)
        with self.beat("Software minimises. So turn the hill over.") as beat:
            self.play(FadeOut(before), FadeIn(plane, ground, curve, bead, name), run_time=pace.CALM)
            beat.over(words.light(name), until="turn")
            beat.over(
                "turn",
                appear(ghost, high),
                glide(turn, 0.0, 1.0, curve, bead),
                glide(curve.set_stroke, MODEL, WRONG, curve),
                least=pace.SLOW,
            )
        with self.beat(
            "The negative log-likelihood is a loss: it is lowest where the likelihood is highest."
        ) as beat:
            beat.over(words.write(below), until="lowest")
            beat.over("lowest", words.light(bead, ink.chalk), Create(link), until="highest")
            beat.over("highest", words.light(high, ink.chalk), words.light(name))
        self.leave(plane, ground, curve, bead, below, ghost, high, link, name)

    # --- a coin

    def price_a_coin(self) -> None:
        """What heads and tails cost a model that gives heads 0.9."""
        self.shot(shot.split(titled=False))
        narrow, broad = shot.safe(titled=False).columns(1, 2, gap=0.8)
        given = chart(narrow, (-0.7, 1.7), (0, 1.18), x_names={0: "tails", 1: "heads"}, x_ticks=(0, 1))
        bars = given.bars([0, 1], [0, 0], MODEL, thick=0.75)
        price = chart(
            broad,
            (0, 1),
            (0, DEAREST),
            x_label="$p$, given to heads",
            x_ticks=(0, 0.5, 1),
            x_names={0: "0", 0.5: "½", 1: "1"},
        )
        ps, heads, tails = coin_losses()
        branches = [price.curve(ps, each, WRONG, THICK) for each in (heads, tails)]
        chances = np.array([1 - SURE, SURE])
        numbers = [
            given.label(spot, float(chance), f"{chance:.1f}", UP, MODEL, size=ink.POINT)
            for spot, chance in enumerate(chances)
        ]
        costs = [float(fit.log_loss(y, SURE)) for y in (1, 0)]
        beads = [price.dots([(SURE, cost)], DATA, radius=0.17) for cost in costs]
        at = price.stems([SURE], 0.0, costs[1], ink.faint, LINE, dashed=True)
        told = [
            Tag(
                price.label(
                    SURE, cost, f"$-log {chance:.1f} = {cost:.2f}$", LEFT, ink.chalk, 0.35, ink.POINT
                ),
                1.0,
            )
            for cost, chance in zip(costs, chances[::-1], strict=True)
        ]
        # Between both curves, without a plate that would cut them.
        near = told[0].text.move_to(price.at(0.515, 1.76))
        leader = price.segment((0.68, 1.5), (SURE - 0.015, costs[0] + 0.12), ink.quiet, dashed=True)
        with self.beat("By hand: a coin. A model gives heads 0.9, and tails the rest.") as beat:
            self.play(FadeIn(given, price), run_time=pace.QUICK)
            beat.over(
                "heads", appear(bars), glide(bars.redraw, 0.0 * chances, chances, bars), FadeIn(*numbers)
            )
        with self.beat("Heads come: the loss is minus the natural log of that, 0.11.") as beat:
            beat.over(Create(branches[0], rate_func=linear), words.light(numbers[1]), until="minus")
            beat.over(FadeIn(at, beads[0]), FadeIn(near, leader))
        with self.beat("Tails come, hardly expected: minus the log of what they were given, 2.30.") as beat:
            beat.over(Create(branches[1], rate_func=linear), words.light(numbers[0]), until="minus")
            beat.over(FadeIn(beads[1], told[1]))
        law = maths("- [ {{ y log p : yes }} + {{ (1 - y) log (1 - p) : no }} ]", 50.0)
        law.move_to(price.at(0.5, 3.9))
        same = words.headline("[log loss:error]", size=1.2 * ink.POINT)
        same.move_to(price.at(0.5, 3.1))
        cases = [maths(f"y = {y}", 60.0) for y in (1, 0)]
        for case in cases:
            case.next_to(law, DOWN, buff=0.4)
        yes, no = law.part("yes"), law.part("no")
        with self.beat(
            "Both in one line. If heads come, y is one: the second term is multiplied by zero."
        ) as beat:
            self.play(FadeOut(near, told[1], leader), run_time=pace.QUICK)
            beat.over(words.write(law), until="If heads")
            beat.over(FadeIn(cases[0]), words.light(beads[0], ink.chalk), until="the second")
            beat.over(no.animate.set_opacity(GONE), words.light(yes, ink.chalk))
        with self.beat(
            "With tails y is zero, and the first term goes. This is log loss.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(cases[0]), FadeIn(cases[1]), no.animate.set_opacity(1.0), run_time=pace.QUICK)
            beat.over(
                yes.animate.set_opacity(GONE),
                words.light(beads[1], ink.chalk),
                until="This",
                least=pace.BRISK,
            )
            self.play(FadeOut(cases[1]), yes.animate.set_opacity(1.0), run_time=pace.QUICK)
            beat.over(words.write(same))
        self.coin = (given, bars, price, branches)
        self.going = VGroup(*numbers, *beads, at, law, same)

    # --- noise

    def turn_a_density_over(self) -> None:
        """A normal density, its logarithm, and that turned over: a parabola."""
        self.shot(shot.wide())
        noise = Noise()
        plane, ground, squared = noise.plane, noise.ground, noise.losses[0]
        density, log, loss = noise.shapes(fit.normal(noise.z))
        squared.redraw(noise.z, density)
        squared.set_stroke(MODEL)
        laws = [
            maths("f(x) = c thin e^(- {{ (x - mu)^2 / (2 sigma^2) : square }})", BIG),
            words.label("$log f(x) = log c - (x - mu)^2 / (2 sigma^2)$", size=BIG),
            maths("- log f(x) = {{ (x - mu)^2 / (2 sigma^2) : square }} - log c", BIG),
        ]
        calm = shot.safe(titled=False).inset(0.35, 0.5)
        calm.put(laws[0], UP + LEFT)
        laws[1].move_to(plane.at(0, 0.6 * DEEP))
        laws[2].move_to(plane.at(0, -0.55 * DEEP))
        name = words.headline("[normal noise:fourth]", size=ink.POINT)
        calm.put(name, UP + RIGHT)
        told = words.headline("[squared error:error]").move_to(plane.at(0, 0.82 * DEEP))
        given, price, bars, branches = self.coin
        with self.beat(
            "Now measured values, with noise around their mean mu. "
            "Normal noise: a constant times e to the minus squared distance."
        ) as beat:
            self.play(FadeOut(self.going, given, price, bars, *branches), run_time=pace.QUICK)
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(Create(squared), until="a constant", least=pace.BRISK)
            beat.over(words.write(laws[0]), FadeIn(name), until="squared")
            beat.over(words.light(laws[0].part("square")))
        with self.beat(
            "Take the log, and the square stands alone. Turn it over: a parabola, the squared error."
        ) as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.over(
                words.rewrite(laws[0], laws[1]),
                glide(squared.redraw, (noise.z, density), (noise.z, log), squared),
                FadeIn(ground),
                until="Turn",
                least=pace.CALM,
            )
            beat.over(
                words.rewrite(laws[1], laws[2]),
                glide(squared.redraw, (noise.z, log), (noise.z, loss), squared),
                until="squared",
                least=pace.BRISK,
            )
            squared.set_stroke(WRONG)
            beat.over(FadeIn(told), words.light(laws[2].part("square")))
        self.leave(plane, ground, squared, laws[2], told)

    def turn_a_tent_over(self) -> None:
        """A Laplace density becomes a V, under which far values cost less than under the parabola."""
        noise = Noise(SHALLOW)
        plane, ground, losses = noise.plane, noise.ground, noise.losses
        shapes = [noise.shapes(density(noise.z)) for density in (fit.normal, fit.laplace)]
        for curve, shape in zip(losses, shapes, strict=True):
            curve.redraw(noise.z, shape[0]).set_stroke(MODEL)
        losses[0].set_stroke(opacity=0.4)
        name = words.headline("[Laplace noise:fourth]", size=ink.POINT)
        shot.safe(titled=False).inset(0.35, 0.5).put(name, UP + RIGHT)
        with self.beat(
            "Laplace noise has a sharper peak and heavier tails. The same steps make a V: absolute error."
        ) as beat:
            self.play(FadeIn(plane, losses[0]), run_time=pace.QUICK)
            beat.over(Create(losses[1]), FadeIn(name), until="The same", least=pace.BRISK)
            moves = [
                glide(curve.redraw, (noise.z, shape[0]), (noise.z, shape[2]), curve)
                for curve, shape in zip(losses, shapes, strict=True)
            ]
            beat.over(*moves, FadeOut(name), FadeIn(ground), until="absolute", least=pace.CALM)
            for curve, color in zip(losses, (WRONG, ABSOLUTE), strict=True):
                curve.set_stroke(color, opacity=1.0)
            beat.over(FadeIn(*noise.names), least=pace.BRISK)
        with self.beat(
            "The parabola's slope grows with distance, the V's does not: so under the V outliers pull less."
        ) as beat:
            beat.over(
                glide(noise.put_outlier, 1.0, OUTLIER, noise.outlier, *noise.costs, *noise.slopes),
                until="so",
                least=pace.SLOW,
            )
            beat.over(*(words.light(each, ink.chalk) for each in noise.names))

    # --- a line

    def square_the_misses(self) -> None:
        """Bells on a line, and the misses as squares."""
        self.shot(shot.wide())
        points = fit.sepal_pairs()
        slope, intercept = fit.line(points)
        sigma = float(fit.misses(points).std())
        plane = chart(
            shot.safe(titled=False),
            (4.1, 6.0),
            (2.2, 4.6),
            x_label="sepal length (cm)",
            y_label="sepal width (cm)",
            x_ticks=(4.5, 5, 5.5),
            y_ticks=(3, 4),
        )
        dots = plane.dots(points, DATA, radius=0.11)
        ends = np.array([4.15, 5.95])
        line = plane.curve(ends, slope * ends + intercept, MODEL, THICK)
        bells = []
        for at in BELLS:
            up = slope * at + intercept + np.linspace(-3.0, 3.0, 81) * sigma
            out = at + WIDE * fit.normal((up - slope * at - intercept) / sigma) / fit.normal(0.0)
            bells.append(plane.curve(out, up, MODEL, THICK))
            bells.append(plane.curve([at, at], [up[0], up[-1]], ink.faint, LINE))
        on_line = plane.at(np.column_stack([points[:, 0], slope * points[:, 0] + intercept]))
        side = plane.at(points) - on_line

        def squares(share: float) -> Changed:
            across = -np.abs(side[:, 1]) * share
            right = np.column_stack([across, np.zeros((len(side), 2))])
            boxes.draw(
                loops(np.stack([on_line, on_line + side, on_line + side + right, on_line + right], axis=1))
            )
            return (boxes,)

        boxes = Mark(plane, color=WRONG, width=3.0, fill=0.15)
        squares(0.0)
        with self.beat(
            "So a line of least squares has the maximum likelihood, if the noise is normal, "
            "independent, and of constant width."
        ) as beat:
            self.play(FadeIn(plane, dots), run_time=pace.QUICK)
            beat.over(Create(line), until="least")
            low, high = plane.at(4.5, 2.75), plane.at(5.6, 4.2)
            beat.over(
                "least",
                appear(boxes),
                glide(squares, 0.0, 1.0, boxes),
                self.frame.to_region((float(low[0]), float(high[0])), (float(low[1]), float(high[1]))),
                until="noise",
            )
            beat.over(
                "noise",
                FadeOut(boxes),
                self.frame.back(),
                *(Create(bell) for bell in bells),
                least=pace.SLOW,
            )
        self.leave(plane, dots, line, *bells)


class Noise:
    """Two losses of a miss on one chart, the parabola and the V, and what a value far out costs under each."""

    def __init__(self, low: float = DEEP) -> None:
        self._low = low
        self.plane = chart(
            shot.safe(titled=False),
            (-REACH, REACH),
            (-low, DEEP),
            x_label="distance from the mean",
            x_ticks=range(-3, 4),
        )
        self.z = np.linspace(-REACH, REACH, 321)
        self.ground = self.plane.segment((-REACH, 0), (REACH, 0), ink.faint, LINE)
        self.losses = [
            self.plane.curve(self.z, self.shapes(noise(self.z))[2], color, THICK)
            for noise, color in ((fit.normal, WRONG), (fit.laplace, ABSOLUTE))
        ]
        self.names = [
            self.plane.label(-2.9, 0.85 * DEEP, "squared error", RIGHT, WRONG, 0.0, 1.2 * ink.POINT),
            self.plane.label(-3.95, 0.1 * DEEP, "absolute error", RIGHT, ABSOLUTE, 0.0, ink.POINT),
        ]
        self.outlier = self.plane.dots([(0, 0)], DATA, radius=0.18)
        self.costs = [self.plane.dots([(0, 0)], ink.chalk, radius=0.15) for _ in self.losses]
        self.slopes = [self.plane.segment((0, 0), (1, 0), ink.chalk, LINE) for _ in self.losses]
        self.put_outlier(OUTLIER)

    def shapes(self, density: Floats) -> tuple[Floats, Floats, Floats]:
        """A density on the whole height of the chart, its logarithm below its top, and that turned over."""
        log = np.log(density / density.max())
        return density / PEAK * (self._low + DEEP) - self._low, log, -log

    def put_outlier(self, at: float) -> Changed:
        """The value lies at ``at``, and a dot on each loss above it, with the slope there."""
        self.outlier.redraw([(at, 0.0)])
        ends = np.array([-1.0, 1.0])
        for dots, touch, loss, slope in zip(
            self.costs, self.slopes, (0.5 * at**2, at), (at, 1.0), strict=True
        ):
            dots.redraw([(at, loss)])
            # Equally long on the screen, so that only the slopes differ.
            (across, up) = self.plane.at(1.0, slope)[:2] - self.plane.at(0.0, 0.0)[:2]
            run = TOUCH / float(np.hypot(across, up)) * ends
            touch.redraw(*((at + each, loss + slope * each) for each in run))
        return self.outlier, *self.costs, *self.slopes


def as_it_ends() -> VGroup:
    """The picture in which the chapter ends."""
    noise = Noise(SHALLOW)
    return VGroup(
        noise.plane, noise.ground, *noise.losses, *noise.names, noise.outlier, *noise.costs, *noise.slopes
    )
