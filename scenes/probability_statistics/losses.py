"""Losses: what a likelihood becomes when it is turned over."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE, Mark
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats, loops
from scenes.kit.plane import Plane
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
REACH: Final = 3.0
"""Misses that are drawn, in standard deviations."""
COST: Final = 4.6
"""Losses of a miss that are drawn."""
BELLS: Final = (4.4, 4.9, 5.4)
"""Sepal lengths (cm) at which the noise around the line is drawn."""
WIDE: Final = 0.24
"""How far a bell on the line reaches to the right, in cm of sepal length."""
FURTHER: Final = 12.0
"""Where the farthest of the five values goes."""
SQUARE: Final = 60.0
"""Mean squares that are drawn."""
DISTANT: Final = 9.0
"""Mean distances that are drawn."""
COUNTS: Final = (-0.6, 13.6)
"""Visits that are drawn."""


def coin_losses() -> tuple[Floats, Floats, Floats]:
    """Chances of heads, and what heads and tails cost there."""
    ps = np.linspace(0.001, 0.999, 400)
    return ps, fit.log_loss(1, ps), fit.log_loss(0, ps)


def with_farthest(far: float) -> Floats:
    """The five values, the largest of them moved to ``far``."""
    return np.array([*fit.FAMILY[:-1], far])


class Losses(ProbabilityStatisticsStage):
    """Squared error, log loss and absolute error, each with the noise that it assumes."""

    @chapter("A loss is a likelihood turned over", "losses as negative log-likelihoods", goes_on=True)
    def turn_the_likelihood_over(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.flip()
        self.price_a_coin()
        self.hang_the_gallery()
        self.square_the_misses()
        self.pull_the_mean()

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
        with self.beat("Software likes to minimise. So turn the hill over.") as beat:
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
        same = words.headline("[log loss:error] = [cross-entropy:error]", size=46.0)
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
            "With tails y is zero, and the first term goes. This is log loss, or cross-entropy.",
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

    # --- three noises

    def hang_the_gallery(self) -> None:
        """Above three models, below what each becomes."""
        cells = self.shot(shot.gallery(2, 3, titled=False))
        given, bars, price, branches = self.coin
        names = ("coin (Bernoulli)", "normal noise", "Laplace noise")
        costs = ("log loss", "squared error", "absolute error")
        heads = [words.headline(f"[{name}:fourth]", size=42.0) for name in names]
        feet = [words.headline(f"[{name}:error]", size=42.0) for name in costs]
        for cell, head in zip(cells[:3], heads, strict=True):
            cell.put(head, UP)
        for cell, foot in zip(cells[3:], feet, strict=True):
            cell.put(foot, DOWN)
            words.align_baseline(foot, feet[0])
        uppers = [cell.rows(1, 6, gap=0.1)[1] for cell in cells[:3]]
        lowers = [cell.rows(6, 1, gap=0.1)[0] for cell in cells[3:]]
        spans = ((-0.7, 1.7), (-REACH, REACH), (-REACH, REACH))
        tall = (1.1, 0.55, 0.55)
        above = [
            room.plane(span, (0, high), x_ticks=[], y_ticks=[], numbers=False)
            for room, span, high in zip(uppers, spans, tall, strict=True)
        ]
        below = [
            room.plane(span, (0, high), x_ticks=[], y_ticks=[], numbers=False)
            for room, span, high in zip(lowers, ((0, 1), *spans[1:]), (DEAREST, COST, COST), strict=True)
        ]
        chances = np.array([1 - SURE, SURE])
        ps, *both = coin_losses()
        small = above[0].bars([0, 1], chances, MODEL, thick=0.75)
        prices = [below[0].curve(ps, each, WRONG, THICK) for each in both]
        z = np.linspace(-REACH, REACH, 241)
        shapes = [
            above[1].curve(z, fit.normal(z), MODEL, THICK),
            above[2].curve(z, fit.laplace(z), MODEL, THICK),
        ]
        losses = [fit.squared(z, 0.0) - fit.squared(0.0, 0.0), fit.absolute(z, 0.0) - fit.absolute(0.0, 0.0)]
        valleys = [
            plane.curve(z, COST - loss, MODEL, THICK) for plane, loss in zip(below[1:], losses, strict=True)
        ]
        laws = [
            maths("frac((x - mu)^2, 2 sigma^2) + c", 44.0),
            maths("frac(abs(x - mu), b) + c", 44.0),
        ]
        for law, plane in zip(laws, below[1:], strict=True):
            law.move_to(plane.at(0, 0.74 * COST))

        with self.beat("So a coin, the Bernoulli model, gives log loss.") as beat:
            self.play(FadeOut(self.going, given, price, bars, *branches), run_time=pace.QUICK)
            self.play(FadeIn(above[0], below[0], small, *prices), run_time=pace.QUICK)
            beat.at("coin", FadeIn(heads[0]))
            beat.at("log loss", FadeIn(feet[0]))
            self.play(FadeIn(*above[1:], *heads[1:]), *(Create(each) for each in shapes), run_time=pace.CALM)
        for number, text, cue, mid in (
            (
                0,
                "A normal density: take the log, turn it over, and a parabola stands there: squared error.",
                "normal",
                "turn",
            ),
            (1, "Laplace's tent becomes a V: absolute error.", "tent", "becomes"),
        ):
            with self.beat(text, pause=pace.BRISK) as beat:
                beat.over(
                    cue,
                    words.light(heads[number + 1]),
                    words.light(shapes[number], ink.chalk),
                    until=mid,
                )
                self.play(FadeIn(below[number + 1], valleys[number]), run_time=pace.QUICK)
                beat.over(
                    glide(
                        valleys[number].redraw,
                        (z, COST - losses[number]),
                        (z, losses[number]),
                        valleys[number],
                    ),
                    until=costs[number + 1],
                )
                valleys[number].set_stroke(WRONG)
                beat.over(FadeIn(feet[number + 1], laws[number]))
        everything = [*above, *below, small, *prices, *shapes, *valleys, *laws, *heads, *feet]
        self.leave(*everything)

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
            up = slope * at + intercept + np.linspace(-REACH, REACH, 81) * sigma
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
            "A line of least squares has the maximum likelihood if the noise is normal, "
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

    # --- mean and median

    def pull_the_mean(self) -> None:
        """Five values: squares are least at the mean, distances at the median, and one value goes far."""
        five = Five()
        base, top, drops, squares, distances, ends, stems = (
            five.base,
            five.top,
            five.drops,
            five.squares,
            five.distances,
            five.ends,
            five.stems,
        )
        move, values = five.move, np.array(fit.FAMILY)
        names = [
            words.headline("[squared error:error], least at the [mean:focus]", size=46.0),
            words.headline("[absolute error:error], least at the [median:focus]", size=46.0),
        ]
        names[0].move_to(top.at(-0.4, 0.84 * SQUARE), aligned_edge=LEFT)
        names[1].move_to(base.at(-0.4, 0.87 * DISTANT), aligned_edge=LEFT)
        with self.beat(
            "Take five values. The squares are least at their mean, two; the absolute values at the median, one."
        ) as beat:
            self.play(FadeIn(base, drops), run_time=pace.BRISK)
            beat.over("squares", FadeIn(top), Create(squares), until="mean")
            beat.over("mean", FadeIn(ends[0], stems[0], names[0]), until="absolute")
            beat.over("absolute", Create(distances), until="median")
            beat.over(FadeIn(ends[1], stems[1], names[1]))
        with self.beat(
            "Let the largest go far out. The mean follows; the median stays. "
            "So for a centre that outliers hardly move, use absolute error."
        ) as beat:
            beat.over(
                glide(move, float(values[-1]), FURTHER, squares, distances, drops, *ends, *stems),
                until="median",
                least=pace.LONG,
            )
            beat.over(words.light(names[1]), words.light(ends[1], ink.chalk))


class Five:
    """Five values, and what a centre costs them: mean squares above, mean distances below, each with its least."""

    def __init__(self) -> None:
        upper, lower = shot.safe(titled=False).rows(1, 1.12, gap=0.3)
        self.base = chart(lower, COUNTS, (0, DISTANT), x_label="visits", x_ticks=(0, 1, 2, 3, 7, 12))
        box = self.base.box
        width = float(box[1, 0] - box[0, 0])
        self.top = Plane(COUNTS, (0, SQUARE), width, upper.height - 0.1, x_ticks=[], y_ticks=[])
        self.top.move_to(upper.middle)
        self.top.shift(RIGHT * (box[0, 0] - self.top.box[0, 0]))
        values = np.array(fit.FAMILY)
        heaped = np.array([(values[:row] == value).sum() for row, value in enumerate(values)], dtype=float)
        self._high = DISTANT * (0.05 + 0.1 * heaped)
        self.squares, self.distances = Curve(self.top, WRONG, THICK), Curve(self.base, WRONG, THICK)
        self.drops = self.base.dots(np.column_stack([values, self._high]), DATA, radius=0.17)
        self.ends = [each.dots([(0, 0)], MEAN, radius=0.17) for each in (self.top, self.base)]
        self.stems = [each.stems([0], 0, 0, MEAN, LINE) for each in (self.top, self.base)]
        self.move(float(values[-1]))

    def move(self, far: float) -> Changed:
        """The farthest of the values lies at ``far``."""
        now, centres = with_farthest(far), np.linspace(*COUNTS, 285)
        mean, median = float(now.mean()), float(np.median(now))
        low = float(fit.mean_squares(now, mean)), float(fit.mean_distances(now, median))
        self.squares.redraw(centres, fit.mean_squares(now, centres))
        self.distances.redraw(centres, fit.mean_distances(now, centres))
        self.drops.redraw(np.column_stack([now, self._high]))
        for end, stem, spot, height in zip(self.ends, self.stems, (mean, median), low, strict=True):
            end.redraw([(spot, height)])
            stem.redraw([spot], 0.0, height)
        return self.squares, self.distances, self.drops, *self.ends, *self.stems


def as_it_ends() -> VGroup:
    """The picture in which the chapter ends."""
    five = Five()
    five.move(FURTHER)
    return VGroup(five.base, five.top, five.squares, five.distances, *five.stems, five.drops, *five.ends)
