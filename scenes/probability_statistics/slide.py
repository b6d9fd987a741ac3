"""Likelihood: a curve slides under the data, and the heights above them are multiplied."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.frame import Sight
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import bare
from scenes.kit.value import Value
from scenes.maths.probability_statistics import fit, processes
from scenes.probability_statistics import bells
from scenes.probability_statistics.pile import Pile
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MODEL,
    ProbabilityStatisticsStage,
    chart,
    maths,
)

BIG: Final = 1.3 * ink.POINT
"""Pixels of the capitals of formulas that are the point."""
THICK: Final = 1.5 * LINE
SEPALS: Final = (3.9, 6.6)
"""Sepal lengths that are drawn (cm)."""
BINS: Final = np.arange(SEPALS[0] - 0.05, SEPALS[1] + 0.1, 0.1)
"""Edges of bins around each millimetre."""
TALLEST: Final = 1.28
"""Densities that are drawn, per cm."""
HIGHEST: Final = 1.68
"""Densities that are drawn where the flowers are counted in bins."""
SEARCH: Final = (4.5, 5.5)
"""Means of the curve, in cm, between which it slides."""
TRACED: Final = (4.4, 5.62)
"""Means over which the log-likelihood is drawn."""
DEEPEST: Final = -84.0
"""Log-likelihoods that are drawn."""
HALF: Final = 0.5
"""A fair coin's chance of heads."""
FAR: Final = 0.9
"""A chance of heads at which the data are less probable again."""
DISC: Final = 0.62
"""Radius of a coin in scene units."""
ASIDE: Final = 0.009
"""How far (cm) the stems of equal flowers stand from each other."""
DOT: Final = 0.085
"""Radius of a flower in scene units."""


def stacked(values: Floats) -> Floats:
    """How many (n,) of the values before each are equal to it."""
    return np.array([(values[:row] == value).sum() for row, value in enumerate(values)])


def bell_over(plane: Plane, mu: float, sigma: float) -> Curve:
    """A normal density across the whole of ``plane``."""
    curve = Curve(plane, MODEL, THICK)
    slide_to(curve, mu, sigma)
    return curve


def slide_to(curve: Curve, mu: float, sigma: float) -> Curve:
    """The bell stands around another mean."""
    (left, _), (right, _) = curve.plane.limits
    xs = np.linspace(left, right, 241)
    return curve.redraw(xs, fit.normal(xs, mu, sigma))


class Slide(ProbabilityStatisticsStage):
    """Likelihood and maximum likelihood, by hand and by sliding a curve."""

    @chapter("Slide the curve under the data", "MLE as sliding a curve under the data", goes_on=True)
    def slide_the_curve(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.sepals = np.sort(fit.sepals())
        self.mu, self.sigma = fit.fitted(self.sepals)
        self.turn_it_round()
        self.toss_three()
        self.climb_the_likelihood()
        self.stand_on_stems()
        self.slide()
        self.fit_badly()

    # --- the question

    def turn_it_round(self) -> None:
        """Data rain from a bell; then the data stand, and the bell has to be found."""
        plane = chart(
            shot.safe(titled=False), SEPALS, (0, HIGHEST), x_label="sepal length (cm)", x_ticks=(4, 5, 6)
        )
        bell = bell_over(plane, 4.4, 0.5)
        order = np.random.default_rng(4).permutation(self.sepals)
        pile = Pile(plane, order, BINS, DATA, density=True)
        rows = processes.ROWS
        pegs = chart(
            shot.safe(titled=False),
            (-0.6, rows + 0.6),
            (0, 0.3),
            x_label="right turns",
            x_ticks=range(rows + 1),
        )
        known = Pile(pegs, processes.turns().sum(axis=1), np.arange(-0.5, rows + 1), DATA)
        outline = known.outline(processes.binomial(rows, processes.FAIR), MODEL, THICK)
        before = bells.as_it_ends()
        self.add(before)
        with self.beat("Where a distribution is known, data rain from it.") as beat:
            self.play(FadeOut(before), FadeIn(pegs, outline), run_time=pace.BRISK)
            beat.over(appear(known), glide(known.redraw, 0.0, 1.0, rate_func=linear), least=pace.LONG)
        with self.beat("Turn it round: fifty irises are measured. Which bell suits them?") as beat:
            self.play(FadeOut(pegs, known, outline), FadeIn(plane), run_time=pace.QUICK)
            beat.over(
                appear(pile), glide(pile.redraw, 0.0, 1.0, rate_func=linear), until="Which", least=pace.SLOW
            )
            self.play(Create(bell), run_time=pace.QUICK)
            self.play(glide(slide_to, (bell, 4.4, 0.5), (bell, 5.7, 0.42), bell), run_time=pace.BRISK)
            beat.over(glide(slide_to, (bell, 5.7, 0.42), (bell, 5.2, 0.6), bell))
        self.leave(plane, bell, pile)

    # --- a coin

    def toss_three(self) -> None:
        """Two heads and a tail, and a factor for each."""
        heads, tails = fit.TOSSES
        stage = bare(shot.safe(titled=False))
        faces = "H" * heads + "T" * tails
        spots = [(4.4 * (number - (len(faces) - 1) / 2), 1.0) for number in range(len(faces))]
        discs = stage.dots(spots, DATA, radius=2.6 * DISC)
        names = [
            words.headline(face, ink.ground, 1.6 * ink.HEADLINE).move_to(disc)
            for face, disc in zip(faces, discs, strict=True)
        ]
        factors = [
            words.headline(
                "[$p$:fourth]" if face == "H" else "$1 -$ [$p$:fourth]", size=1.6 * ink.POINT
            ).next_to(disc, DOWN, buff=0.25)
            for face, disc in zip(faces, discs, strict=True)
        ]
        with self.beat(
            "By hand: two heads, one tail. If heads have probability p, how probable is just this?"
        ) as beat:
            coins = [VGroup(disc, name) for disc, name in zip(discs, names, strict=True)]
            beat.over(
                LaggedStart(*(FadeIn(coin, scale=0.5) for coin in coins), lag_ratio=pace.LAG),
                until="If",
            )
            beat.over("heads have", *(words.light(disc, ink.chalk) for disc in discs[:heads]), until="how")
            beat.over(words.light(discs[-1], ink.chalk))
        product = maths("{{ p : one }} dot {{ p : two }} dot {{ (1 - p) : three }}", 1.6 * ink.POINT)
        shot.safe(titled=False).rows(3, 1)[1].put(product)
        with self.beat("The tosses are independent, so multiply: p, times p, times one minus p.") as beat:
            beat.at("multiply", FadeIn(factors[0]))
            beat.at("times p", FadeIn(factors[1]))
            beat.at("one minus", FadeIn(factors[2]))
            parts = [product.part(name) for name in ("one", "two", "three")]
            moves = [factor.animate.move_to(part) for factor, part in zip(factors, parts, strict=True)]
            beat.over(*moves, least=pace.CALM)
            self.play(FadeOut(*factors), FadeIn(product), run_time=pace.QUICK)
        self.coins, self.product = VGroup(discs, *names), product

    def climb_the_likelihood(self) -> None:
        """The product as a function of p, its top, and its area."""
        plane = chart(
            shot.safe(titled=False),
            (0, 1),
            (0, 0.18),
            x_label="$p$",
            x_ticks=(0, 0.5, 1),
            x_names={0: "0", 0.5: "½", 1: "1"},
        )
        ps = np.linspace(0, 1, 201)
        curve = plane.curve(ps, fit.coin(ps), MODEL, THICK)
        p = Value(0.0)
        bead = plane.dots([(0, 0)], ink.chalk, radius=0.17)
        stem = plane.stems([0.0], 0.0, 0.0, ink.chalk, LINE)
        p.draws(
            lambda now: (
                bead.redraw([(now, float(fit.coin(now)))]),
                stem.redraw([now], 0.0, float(fit.coin(now))),
            ),
            bead,
            stem,
        )
        read = VGroup(
            Readout(p, 2, "", "$p =$", size=ink.POINT, digits=1),
            Readout(p.of(lambda now: float(fit.coin(now))), 3, "", "$L =$", MODEL, ink.POINT, digits=1),
        ).arrange(DOWN, buff=0.25, aligned_edge=RIGHT)
        read.move_to(plane.at(0.02, 0.087), aligned_edge=LEFT)
        name = words.headline("[likelihood:fourth] $L(p)$", size=ink.POINT)
        name.move_to(plane.at(0.02, 0.171), aligned_edge=LEFT)
        small = maths("p dot p dot (1 - p)", ink.POINT).next_to(name, DOWN, buff=1.25, aligned_edge=LEFT)
        with self.beat(
            "For each p, that is the likelihood: the probability, or density, of the data, "
            "seen as a function of the parameters."
        ) as beat:
            self.play(
                self.coins.animate.scale(0.32).next_to(small, UP, buff=0.12).align_to(small, LEFT),
                self.product.animate.scale(1 / 1.6).move_to(small),
                FadeIn(plane),
                run_time=pace.CALM,
            )
            beat.over("likelihood", words.write(name), until="probability")
            beat.over(Create(curve, rate_func=linear), until="function", least=pace.SLOW)
            beat.over(words.light(plane.names[0]) if len(plane.names) else words.light(name))
        share = fit.share()
        peak = plane.stems([share], 0.0, float(fit.coin(share)), MEAN, LINE, dashed=True)
        told = plane.label(
            share, float(fit.coin(share)), "$2/3$: the share of heads", UP + RIGHT, MEAN, size=ink.POINT
        )
        told.next_to(plane.at(share, float(fit.coin(share))), UP, buff=0.2)
        with self.beat("At one half it is 0.125.") as beat:
            beat.over(appear(bead, stem, read), p.to(HALF), least=pace.SLOW)
        with self.beat("It is highest at two thirds, the share of heads.") as beat:
            beat.over(p.to(FAR), until="two", least=pace.BRISK)
            beat.over(p.to(share), until="share", least=pace.BRISK)
            beat.over(FadeIn(told), Create(peak), least=pace.BRISK)
        under = plane.area(ps, 0.0, fit.coin(ps), MODEL, 0.35)
        area = words.headline("area 0.083, not 1", size=ink.POINT)
        area.move_to(plane.at(0.6, 0.05))
        with self.beat(
            "It is no distribution over p, for p is not random here; nor need its area be one."
        ) as beat:
            self.play(FadeOut(read, told, peak, stem, bead), run_time=pace.QUICK)
            beat.over(FadeIn(under), until="area")
            beat.over(FadeIn(area))
        self.leave(plane, curve, under, area, name, self.product, self.coins)

    # --- fifty flowers

    def stand_on_stems(self) -> None:
        """A stem for each flower up to the bell, and the sum of their logarithms."""
        room = shot.safe(titled=False)
        upper, lower = room.rows(1, 1.25, gap=0.15)
        self.below = chart(lower, SEPALS, (0, TALLEST), x_label="sepal length (cm)", x_ticks=(4, 5, 6))
        box = self.below.box
        self.above = Plane(
            SEPALS,
            (DEEPEST, 0),
            float(box[1, 0] - box[0, 0]),
            upper.height - 0.2,
            x_ticks=[],
            y_ticks=[],
        )
        self.above.move_to(upper.middle).align_to(self.below, LEFT)
        self.above.shift(RIGHT * (box[0, 0] - self.above.box[0, 0]))
        ups = stacked(self.sepals)
        self.flowers = self.below.dots(np.column_stack([self.sepals, np.zeros(50)]), DATA, radius=DOT)
        centres = self.flowers.centres + UP * (ups * 1.75 * DOT + 1.2 * DOT)[:, None]
        self.flowers.put(centres, DOT)
        self.centre = Value(SEARCH[0])
        self.bell = bell_over(self.below, SEARCH[0], self.sigma)
        # Equal flowers have their stems side by side, so that there are fifty.
        again = np.array([(self.sepals == each).sum() for each in self.sepals])
        self.across = self.sepals + ASIDE * (ups - 0.5 * (again - 1))
        stems = self.below.stems(self.across, 0.0, 0.0, MODEL, 3.0)

        def grow(share: float) -> Changed:
            return (
                stems.redraw(
                    self.across, 0.0, share * fit.normal(self.across, self.centre.value, self.sigma)
                ),
            )

        self.stems = stems
        with self.beat(
            "Now the irises, and a normal curve. Each flower has a stem up to the curve: its density."
        ) as beat:
            (left, bottom, _), (right, top, _) = self.below.at(SEPALS[0], 0), self.below.at(6.2, TALLEST)
            self.frame.look(Sight(0.5 * (left + right), 0.5 * (bottom + top) - 0.6, 1.17))
            self.play(FadeIn(self.below, self.flowers), run_time=pace.CALM)
            beat.over(Create(self.bell), until="Each")
            beat.over(appear(stems), glide(grow, 0.0, 1.0, stems), least=pace.SLOW)
        product = maths("L(theta) = product_i f(x_i mid(|) theta)", BIG)
        logs = maths("ell(theta) = sum_i log f(x_i mid(|) theta)", BIG)
        for each in (product, logs):
            upper.put(each, UP)
        name = words.headline("[log-likelihood:fourth]", size=ink.POINT)
        with self.beat("Independent data: multiply all heights. Theta stands for the parameters.") as beat:
            beat.over(self.frame.back(), until="Theta", least=pace.CALM)
            beat.over(words.write(product), least=pace.SLOW)
        name.next_to(logs, DOWN, buff=0.4)
        with self.beat(
            "Its logarithm, the log-likelihood, turns the product into a sum. "
            "It rises where the product rises, so the top stays in place.",
            pause=pace.BRISK,
        ) as beat:
            beat.over(words.rewrite(product, logs), until="log-likelihood", least=pace.CALM)
            beat.over("log-likelihood", words.write(name), until="It rises")
            beat.over(words.light(logs))
        self.logs, self.name = logs, name
        self.upper = upper

    def slide(self) -> None:
        """The bell slides, and the sum traces a hill."""
        corner = shot.safe(titled=False)
        small = maths("ell(theta) = sum_i log f(x_i mid(|) theta)", 44.0)
        corner.put(small, UP + RIGHT)
        total = Value(0.0)
        sums = np.concatenate([[0.0], np.cumsum(np.log(fit.normal(self.sepals, SEARCH[0], self.sigma)))])
        column = self.above.stems([SEARCH[0]], 0.0, 0.0, MODEL, 14.0)
        bead = self.above.dots([(SEARCH[0], 0.0)], MEAN, radius=0.15)
        done = np.linspace(0, 1, len(sums))
        passed = self.below.stems([], 0.0, 0.0, MEAN, 3.0)
        self.allow(passed, "pop", "a stem lights up as its logarithm is counted")
        zero = words.label("0", ink.quiet, size=40.0).move_to(self.above.at(SEPALS[0] + 0.05, -7))

        def add_up(share: float) -> Changed:
            now = float(np.interp(share, done, sums))
            count = int(share * len(self.sepals) + 1e-9)
            seen = self.across[:count]
            passed.redraw(seen, 0.0, fit.normal(seen, SEARCH[0], self.sigma))
            return (
                column.redraw([SEARCH[0]], 0.0, now),
                bead.redraw([(SEARCH[0], now)]),
                passed,
                *total.set(now),
            )

        read = Readout(total, 1, "", "log-likelihood", MODEL, 44.0, digits=3)
        read.next_to(small, DOWN, buff=0.35, aligned_edge=RIGHT)
        with self.beat("Stem by stem, the logs add up to one column.") as beat:
            self.play(
                words.rewrite(self.logs, small),
                FadeOut(self.name),
                appear(self.above, column, bead, passed),
                FadeIn(read, zero),
                run_time=pace.CALM,
            )
            beat.over(glide(add_up, 0.0, 1.0, column, bead, passed, rate_func=linear), least=pace.LONG)
        mus = np.linspace(*TRACED, 161)
        trail = Curve(self.above, MODEL, LINE)
        link = self.below.stems([SEARCH[0]], 0.0, TALLEST, MEAN, 2.0, dashed=True)
        far = [SEARCH[0]]

        def go(mu: float) -> Changed:
            far[0] = max(far[0], mu)
            height = float(fit.log_likelihood(self.sepals, mu, self.sigma))
            slide_to(self.bell, mu, self.sigma)
            self.stems.redraw(self.across, 0.0, fit.normal(self.across, mu, self.sigma))
            link.redraw([mu], 0.0, TALLEST)
            column.redraw([mu], 0.0, height)
            bead.redraw([(mu, height)])
            seen = mus[(mus >= SEARCH[0]) & (mus <= far[0])]
            seen = np.append(seen, far[0])
            trail.redraw(seen, fit.log_likelihood(self.sepals, seen, self.sigma))
            total.set(height)
            return self.bell, self.stems, link, column, bead, trail

        self.centre.draws(go)
        with self.beat("Slide the curve, sigma held fixed: the column's tip traces a hill.") as beat:
            self.play(FadeOut(passed), appear(link, trail), run_time=pace.QUICK)
            beat.over(self.centre.to(SEARCH[1], rate_func=linear), least=pace.LONG + pace.SLOW)
        name = words.headline("[maximum likelihood\nestimate (MLE):focus] $hat(theta)$", size=ink.POINT)
        name.move_to((corner.right, self.below.at(0, TALLEST)[1], 0.0), aligned_edge=RIGHT + UP)
        mean = self.below.label(
            self.mu - 0.22, TALLEST, f"$hat(mu) = {self.mu:.3f}$", LEFT + DOWN, MEAN, 0.1, ink.POINT
        )
        with self.beat(
            "The maximum likelihood estimate is the parameter at which the likelihood is highest: theta hat. "
            "For the normal's mu it is the sample mean, 5.006."
        ) as beat:
            self.play(words.write(name), run_time=pace.BRISK)
            beat.over(self.centre.to(self.mu), until="highest")
            beat.over("highest", words.light(name, ink.chalk), until="sample", least=pace.CALM)
            beat.over("sample", FadeIn(mean))
        self.hill = VGroup(
            small,
            zero,
            read,
            name,
            mean,
            self.above,
            column,
            bead,
            link,
            trail,
            self.below,
            self.stems,
            self.bell,
            self.flowers,
        )

    def fit_badly(self) -> None:
        """The best normal curve for the petals of three species."""
        plane, pile, bell = bad_fit()
        name = words.headline("highest likelihood,\nand still a bad fit", MODEL, ink.POINT)
        name.move_to(plane.at(5.2, 0.76))
        with self.beat(
            "So state a model, then maximise. But three species' petals under one normal curve: "
            "the highest likelihood, and a bad fit.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(self.hill), FadeIn(plane), run_time=pace.BRISK)
            beat.over(
                appear(pile),
                glide(pile.redraw, 0.0, 1.0, rate_func=linear),
                until="under",
                least=pace.LONG,
            )
            beat.over("under", Create(bell), until="highest", least=pace.SLOW)
            beat.over(FadeIn(name))


def bad_fit() -> tuple[Plane, Pile, Curve]:
    """The best normal curve for the petals of three species: chart, pile and bell."""
    petals = np.random.default_rng(2).permutation(fit.petals())
    plane = chart(
        shot.safe(titled=False),
        (0, 8),
        (0, 0.92),
        x_label="petal length, three species (cm)",
        x_ticks=(1, 3, 5, 7),
    )
    pile = Pile(plane, petals, np.arange(0.875, 7.2, 0.25), DATA, density=True)
    return plane, pile, bell_over(plane, *fit.fitted(petals))


def as_it_ends() -> VGroup:
    """The picture in which the chapter ends."""
    plane, pile, bell = bad_fit()
    return VGroup(plane, pile.redraw(1.0), bell)
