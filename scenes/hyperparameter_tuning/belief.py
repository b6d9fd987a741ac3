"""A Gaussian process as the surrogate of the score, and the acquisition functions that pick the next trial."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
from manim import DEGREES, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.hyperparameter_tuning.stage import (
    GRID,
    LAND,
    MODEL,
    RANDOM,
    HyperparameterTuningStage,
    come,
    glow,
    maths,
    plain_of,
    raised,
    span,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN, OnPlane
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.maths.hyperparameter_tuning import chances, search, surrogate
from scenes.maths.hyperparameter_tuning.landscape import COSTS, GAMMAS, Floats, landscape
from scenes.maths.hyperparameter_tuning.surrogate import Belief

FIRST: Final = 6
"""Row of the landscape of the one trial by hand: it scores 0.90."""
PRIOR: Final = 0.5
"""Mean of the score before any trial, by hand."""
THREADS: Final = 7
"""Functions that are drawn from the process."""
HAND_A: Final = (0.90, 0.94, 0.98)
HAND_B: Final = (0.955,)
HAND_BEST: Final = 0.95
RUN: Final = 10
"""Trials along the slice."""
MAP_SEED: Final = 0
TICKS: Final = {-6: "$10^(-6)$", -4: "$10^(-4)$", -2: "$10^(-2)$"}


def outcomes() -> Floats:
    """Scores that place A may have, equally likely, (3,)."""
    return np.array(HAND_A)


class Doubt(OnPlane, VGroup):
    """A surrogate over a plane: its mean as a curve, and a band of two standard deviations to both sides."""

    def __init__(self, plane: Plane, belief: Belief, width: float = 1.5 * LINE, fill: float = 0.28) -> None:
        super().__init__()
        self.plane = plane
        self.band = plane.area(GAMMAS, 0.0, 1.0, MODEL, fill)
        self.middle = plane.curve(GAMMAS, 0 * GAMMAS, MODEL, width)
        self.add(self.band, self.middle)
        self.redraw(belief.mean, belief.deviation)

    def redraw(self, mean: Floats, deviation: Floats) -> Self:
        """Take on another mean and another deviation, (81,)."""
        self.band.redraw(GAMMAS, mean - 2 * deviation, mean + 2 * deviation)
        self.middle.redraw(GAMMAS, mean)
        return self


def parts(belief: Belief) -> tuple[Floats, Floats]:
    """What a band is redrawn with."""
    return belief.mean, belief.deviation


class Surrogate(HyperparameterTuningStage):
    """One, two, three trials along C = 10."""

    def slice_chart(self, place: shot.Region = shot.SAFE) -> Plane:
        """Score against gamma, at C = 10."""
        return shot.chart(
            place, (-6, -1), (-0.75, 1.55), x_names=TICKS, y_names={0: "0", 0.5: "0.5", 1: "1"},
            x_label="gamma, at C = 10", y_label="accuracy",
        )  # fmt: skip

    @chapter("A surrogate guesses, with error bars", "Bayesian optimisation with a Gaussian process")
    def error_bars(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.before_any_trial()
        self.kernel_by_hand()
        self.more_trials()

    def before_any_trial(self) -> None:
        """The slice, one trial, and the prior."""
        scores = self.land.scores[:, search.SLICE]
        plane = self.slice_plane = self.slice_chart()
        curve = plane.curve(GAMMAS, scores, LAND, 1.5 * LINE)
        term = told("Bayesian optimisation", UP + RIGHT, MODEL, ink.HEADLINE)
        with self.beat(
            "Random search forgets. Bayesian optimisation uses the past trials to choose the next one."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(Create(curve), until="Bayesian", least=pace.SLOW)
            beat.over(FadeIn(term), least=pace.BRISK)
        dot = plane.dots([(GAMMAS[FIRST], scores[FIRST])], ink.focus, radius=0.2)
        paid = plane.label(
            GAMMAS[FIRST], scores[FIRST], f"one trial: {scores[FIRST]:.2f}", RIGHT, ink.focus, 0.35, ink.POINT
        )
        with self.beat(
            "Fix C, and look along gamma. Put out the light: we have paid for one trial, not for the curve."
        ) as beat:
            beat.over(FadeOut(term), glow(curve), until="Put", least=pace.CALM)
            beat.over(FadeOut(curve), until="paid", least=pace.SLOW)
            beat.over(
                FadeIn(dot, paid),
                self.frame.to_region(*span(plane, (-6.3, -2.9), (-0.35, 1.45))),
                least=pace.SLOW,
            )
        term = told("surrogate model: a cheap guess", UP + RIGHT, MODEL, ink.HEADLINE)
        flat = Belief(np.full(len(GAMMAS), PRIOR), np.full(len(GAMMAS), surrogate.SPREAD))
        doubt = Doubt(plane, flat)
        with self.beat(
            "A surrogate model guesses the score at any setting, cheaply, from the trials so far."
        ) as beat:
            beat.over(self.frame.back(), FadeOut(dot, paid), until="at any", least=pace.SLOW)
            beat.over(FadeIn(doubt.middle), FadeIn(term), least=pace.CALM)
        prior = raised(Tag(words.headline(f"{PRIOR} ± {surrogate.SPREAD}", MODEL), 1.0)).move_to(
            plane.at(-3.5, 0.95)
        )
        band = plane.label(
            -3.5, -0.52, "band: two standard deviations to each side", UP, MODEL, -0.2, ink.POINT
        )
        with self.beat(
            "Before any trial it says 0.5 at any setting, with a standard deviation of 0.4. "
            "The band shows two of them.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(term), run_time=pace.QUICK)
            beat.over(glow(doubt.middle), until="with", least=pace.CALM)
            beat.over(FadeIn(prior), until="The band", least=pace.BRISK)
            beat.over(FadeIn(doubt.band, band), least=pace.CALM)
        self.leave(prior, band, run_time=pace.QUICK)
        rng = np.random.default_rng(6)
        draws = rng.standard_normal((THREADS, len(GAMMAS)))
        ways = surrogate.samples(np.zeros((0, 1)), np.zeros(0), GAMMAS[:, None], draws, mean=PRIOR)
        threads = VGroup(*(plane.curve(GAMMAS, way, ink.chalk, THIN) for way in ways))
        bells = VGroup(*(self.bell(plane, x, PRIOR, surrogate.SPREAD) for x in (-5.0, -3.6, -2.2)))
        term = told("Gaussian process: a distribution over functions", UP + RIGHT, MODEL, 1.15 * ink.LABEL)
        with self.beat(
            "Ours is a Gaussian process: a distribution over functions. "
            "These are some; it does not know that accuracy ends at one."
        ) as beat:
            beat.over(FadeIn(term), until="These", least=pace.CALM)
            beat.over(*(Create(thread) for thread in threads), least=pace.LONG)
        with self.beat("At each setting it has a bell curve, with mean and standard deviation.") as beat:
            beat.over(FadeOut(threads), Create(bells[0]), until="bell", least=pace.CALM)
            beat.over(Create(bells[1]), Create(bells[2]), least=pace.SLOW)
        self.leave(bells, term, run_time=pace.QUICK)
        self.doubt, self.flat, self.dot = doubt, flat, dot

    def bell(self, plane: Plane, x: float, mean: float, deviation: float) -> VGroup:
        """A bell curve that lies on its side, at a setting."""
        ys = np.linspace(mean - 3 * deviation, mean + 3 * deviation, 80)
        heights = 0.7 * np.exp(-0.5 * ((ys - mean) / deviation) ** 2)
        return VGroup(
            plane.curve(np.full(2, x), ys[[0, -1]], ink.quiet, THIN),
            plane.curve(x + heights, ys, ink.focus, LINE),
        )

    def kernel_by_hand(self) -> None:
        """One trial, and how far it is heard."""
        plane, doubt = self.slice_plane, self.doubt
        length = surrogate.LENGTH
        score = float(self.land.scores[FIRST, search.SLICE])
        at = float(GAMMAS[FIRST])
        once = surrogate.one_trial(GAMMAS - at, score, PRIOR, surrogate.SPREAD)
        far = surrogate.one_trial(np.array([length]), score, PRIOR, surrogate.SPREAD)
        rho = maths("rho = e^(-d^2 \\/ 2 ell^2)", 1.3 * ink.HEADLINE)
        whole = maths(
            "rho = e^(-d^2 \\/ 2 ell^2) \\ {{ mu = m + rho (y_1 - m) : mean }} \\ "
            "{{ sigma = s sqrt(1 - rho^2) : spread }}",
            1.1 * ink.HEADLINE,
        )
        plates = [
            raised(Tag(each, 1.0).move_to(plane.at(-1.0, height), aligned_edge=RIGHT))
            for each, height in ((rho, 1.02), (whole, 0.6))
        ]
        term = raised(Tag(words.label("kernel = covariance function", MODEL, ink.POINT))).move_to(
            plane.at(-2.75, -0.55)
        )
        with self.beat("The kernel says how much a trial tells about settings some distance away.") as beat:
            beat.over(FadeIn(self.dot, scale=2), FadeIn(term), until="how", least=pace.BRISK)
            beat.over(glide(doubt.redraw, parts(self.flat), parts(once)), least=pace.LONG)
        ruler = plane.segment((at, score), (at + length, score), ink.focus, 2 * LINE)
        name = VGroup(
            maths("ell", ink.HEADLINE, color=ink.focus), words.label("length scale", ink.focus, ink.LABEL)
        ).arrange(RIGHT, buff=0.2)
        name.next_to(plane.at(at, score), UP + RIGHT, buff=0.2)
        with self.beat(
            "Rho is the correlation, d the distance. At one length scale, ell, it has fallen to 0.61.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(plates[0]), until="At", least=pace.BRISK)
            beat.over(Create(ruler), FadeIn(name), least=pace.SLOW)
        spot = plane.dots([(at + length, far.mean[0])], ink.focus, "ring", radius=0.2)
        tag = raised(Tag(words.headline(f"{far.mean[0]:.2f} ± {far.deviation[0]:.2f}", ink.focus), 0.85))
        tag.next_to(plane.at(at + length, far.mean[0]), RIGHT, buff=0.3)
        mean = raised(Tag(words.headline(f"{far.mean[0]:.2f}", ink.focus, ink.LABEL), 0.85))
        mean.next_to(plane.at(at + length, far.mean[0]), RIGHT, buff=0.3)
        whisker = plane.segment(
            (at + length, far.mean[0] - far.deviation[0]),
            (at + length, far.mean[0] + far.deviation[0]),
            ink.focus,
            LINE,
        )
        with self.beat(
            "Our trial scored 0.90. One length scale away it lifts the mean from m to 0.74."
        ) as beat:
            self.play(FadeOut(plates[0], term), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region(*span(plane, (-6.4, -3.9), (0.0, 1.5))), until="One", least=pace.SLOW
            )
            beat.over(FadeIn(spot, mean), least=pace.CALM)
        with self.beat(
            "And the standard deviation shrinks, from s to 0.32. Far away both are as before.",
            pause=pace.CALM,
        ) as beat:
            beat.over(Create(whisker), until="from s", least=pace.CALM)
            self.play(FadeOut(mean), self.frame.back(), run_time=pace.SLOW)
            beat.over(FadeIn(tag), least=pace.CALM)
        with self.beat(
            "Mu, the mean: a share rho of the surprise. Sigma: what rho leaves open.", pause=pace.SLOW
        ) as beat:
            beat.over(
                FadeOut(tag, whisker, spot),
                FadeIn(plates[1]),
                glow(whole.part("mean")),
                until="Sigma",
                least=pace.CALM,
            )
            beat.over(glow(whole.part("spread")), least=pace.CALM)

        def reach(longer: float) -> None:
            """The surrogate with another length scale, and the ruler."""
            other = surrogate.one_trial(GAMMAS - at, score, PRIOR, surrogate.SPREAD, longer)
            doubt.redraw(*parts(other))
            ruler.redraw((at, score), (at + longer, score))

        with self.beat(
            "A longer length scale carries the news farther. Ours is set by hand; libraries fit it to the trials."
        ) as beat:
            self.play(FadeOut(plates[1]), run_time=pace.QUICK)
            beat.over(glide(reach, length, 2.5 * length, doubt, ruler), until="Ours", least=pace.SLOW)
            beat.over(glide(reach, 2.5 * length, length, doubt, ruler), until="libraries", least=pace.CALM)
            beat.over(glow(ruler), glow(name), least=pace.CALM)
        self.leave(ruler, name, run_time=pace.QUICK)
        self.once = once

    def more_trials(self) -> None:
        """Two, three trials, and functions that pass through them."""
        plane, doubt = self.slice_plane, self.doubt
        scores = self.land.scores[:, search.SLICE]
        rows = search.nearest(search.PICKED)
        second = surrogate.posterior(GAMMAS[rows[:2], None], scores[rows[:2]], GAMMAS[:, None], mean=PRIOR)
        third = search.belief_on_slice(rows)
        dots = plane.dots(np.column_stack([GAMMAS[rows[1:]], scores[rows[1:]]]), ink.focus, radius=0.2)
        with self.beat("A second trial, and one more: at each trial the band closes.") as beat:
            beat.over(
                glide(doubt.redraw, parts(self.once), parts(second)), FadeIn(dots[0], scale=2), until="and one",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(
                glide(doubt.redraw, parts(second), parts(third)), FadeIn(dots[1], scale=2), least=pace.SLOW
            )
        draws = np.random.default_rng(3).standard_normal((THREADS, len(GAMMAS)))
        ways = surrogate.samples(GAMMAS[rows, None], scores[rows], GAMMAS[:, None], draws)
        threads = VGroup(*(plane.curve(GAMMAS, way, ink.chalk, THIN) for way in ways))
        with self.beat(
            "The functions that are left pass near the trials, and part between them: there we are unsure."
        ) as beat:
            beat.over(*(Create(thread) for thread in threads), until="part", least=pace.SLOW)
            beat.over(self.frame.to_region(*span(plane, (-5.6, -1.9), (-0.3, 1.45))), least=pace.SLOW)
        with self.beat("Such a model pays where a trial costs far more than a guess.") as beat:
            beat.over(FadeOut(threads), self.frame.back(), until="costs", least=pace.SLOW)
            beat.over(glow(doubt.middle), least=pace.CALM)


class Acquisition(Surrogate):
    """The next trial, and the next."""

    @chapter("Expected improvement picks the next trial", "acquisition function")
    def next_trial(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.where_to()
        self.hand()
        self.closed_form()
        self.run()
        self.bound()
        self.whole_map()

    def linked(self) -> tuple[Plane, Plane]:
        """The surrogate above, the acquisition function below."""
        upper, lower = shot.SAFE.rows(1.75, 1, gap=0.15)
        above = shot.chart(
            upper, (-6, -1), (-0.45, 1.65), x_ticks=[], y_names={0: "0.0", 1: "1.0"}, y_label="accuracy"
        )
        below = shot.chart(
            lower, (-6, -1), (0, 0.2), x_names=TICKS, y_ticks=[0.1], y_names={0.1: "0.1"}, x_label="gamma, at C = 10",
        )  # fmt: skip
        return above, below

    def where_to(self) -> None:
        """Three trials, and a curve whose top is the next one."""
        above, below = self.linked()
        self.above, self.below = above, below
        scores = self.land.scores[:, search.SLICE]
        rows = search.along_slice(RUN)
        self.rows = rows
        beliefs = [search.belief_on_slice(rows[:count]) for count in range(3, RUN + 1)]
        gains = [
            surrogate.expected_improvement(belief, float(scores[rows[:count]].max()))
            for count, belief in zip(range(3, RUN + 1), beliefs, strict=True)
        ]
        self.beliefs, self.gains = beliefs, gains
        self.doubt = Doubt(above, beliefs[0])
        self.dots = above.dots(np.column_stack([GAMMAS[rows], scores[rows]]), ink.focus, radius=0.18)
        self.gain = below.area(GAMMAS, 0.0, gains[0], ink.focus, 0.75)
        with self.beat(
            "Three trials. Where should the fourth be: where the mean is high, or where the band is wide?"
        ) as beat:
            self.play(FadeIn(above, below, self.doubt.middle, self.dots[:3]), run_time=pace.QUICK)
            beat.over(glow(self.doubt.middle), until="or", least=pace.CALM)
            beat.over(FadeIn(self.doubt.band), least=pace.CALM)
        term = raised(Tag(words.label("acquisition function", ink.focus, ink.POINT), 0.85))
        term.move_to(below.at(-4.6, 0.155))
        top = int(gains[0].argmax())
        needle = below.segment((GAMMAS[top], 0.0), (GAMMAS[top], 0.2), ink.chalk, LINE)
        with self.beat(
            "An acquisition function says how worthwhile a trial at each place would be. Its top is the next trial."
        ) as beat:
            beat.over(FadeIn(term), until="how", least=pace.BRISK)
            beat.over(FadeIn(self.gain), until="Its", least=pace.SLOW)
            beat.over(Create(needle), least=pace.CALM)
        self.term, self.needle = term, needle

    def hand(self) -> None:
        """Two places by hand: one sure, one not."""
        left, right = shot.split(titled=False).places
        planes = [
            shot.chart(place, (0, 1), (0.885, 1.0), x_ticks=[], y_ticks=[], x_label=name)
            for place, name in ((left, "place A"), (right, "place B"))
        ]
        level = [
            plane.segment((0, HAND_BEST), (1, HAND_BEST), ink.focus, LINE, dashed=True) for plane in planes
        ]
        name = planes[0].label(
            0.02, HAND_BEST, f"best so far {HAND_BEST}", UP + RIGHT, ink.focus, 0.1, ink.POINT
        )
        spots = [
            planes[0].dots([(0.35 + 0.25 * at, y) for at, y in enumerate(HAND_A)], MODEL, radius=0.24),
            planes[1].dots([(0.5, HAND_B[0])], MODEL, radius=0.24),
        ]
        written = VGroup(
            *(
                planes[0].label(0.35 + 0.25 * at, y, f"{y:.2f}", LEFT, MODEL, 0.4, ink.POINT)
                for at, y in enumerate(HAND_A)
            ),
            planes[1].label(0.5, HAND_B[0], f"{HAND_B[0]}", LEFT, MODEL, 0.4, ink.POINT),
        )
        gains = VGroup(
            planes[0].segment((0.94, HAND_BEST), (0.94, HAND_A[2]), ink.chalk, 4 * LINE),
            planes[1].segment((0.6, HAND_BEST), (0.6, HAND_B[0]), ink.chalk, 4 * LINE),
        )
        sums = VGroup(
            planes[0].label(0.5, 0.994, "(0 + 0 + 0.03) / 3 = 0.010", UP, ink.chalk, -0.2, ink.POINT),
            planes[1].label(0.5, 0.994, "gain 0.005", UP, ink.chalk, -0.2, ink.POINT),
        )
        with self.beat(
            "By hand: the best so far is 0.95. Place A has three outcomes, equally likely."
        ) as beat:
            self.exchange(*planes, spots[1], written[3], run_time=pace.BRISK)
            beat.over(Create(level[0]), Create(level[1]), FadeIn(name), until="Place", least=pace.CALM)
            beat.over(FadeIn(spots[0], written[:3], lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("A miss counts zero; one outcome gains 0.03. On average that is 0.01.") as beat:
            beat.over(glow(spots[0][0]), glow(spots[0][1]), until="one", least=pace.CALM)
            beat.over(Create(gains[0]), until="On", least=pace.CALM)
            beat.over(FadeIn(sums[0]), least=pace.BRISK)
        with self.beat("Place B surely gains a little: less. So A wins, with the lower mean.") as beat:
            beat.over(glow(spots[1]), Create(gains[1]), FadeIn(sums[1]), until="So", least=pace.CALM)
            beat.over(self.frame.to(planes[0], share=0.9), until="with", least=pace.SLOW)
            beat.over(self.frame.back(), least=pace.SLOW)

    def closed_form(self) -> None:
        """The shaded part of the bell above the best, and the formula."""
        safe = shot.SAFE
        low, high, mean, deviation = 0.84, 1.04, 0.94, 0.03
        chart = shot.chart(
            safe, (low, high), (0, 1.85), x_ticks=[0.9, HAND_BEST, 1], x_names={0.9: "0.9", HAND_BEST: "$f^+$", 1: "1"},
            y_ticks=[], x_label="what the trial may score",
        )  # fmt: skip
        xs = np.linspace(low, high, 301)
        over = np.linspace(HAND_BEST, high, 200)
        bell = chart.curve(xs, 0 * xs, MODEL, 1.8 * LINE)
        part = chart.area(over, 0.0, 0 * over, ink.focus, 0.75)

        def stand(middle: float, wide: float) -> None:
            """The bell with another mean and another width, and its part above the best."""
            tall = deviation / wide / surrogate.bell(0.0)
            bell.redraw(xs, tall * surrogate.bell((xs - middle) / wide))
            part.redraw(over, 0.0, tall * surrogate.bell((over - middle) / wide))

        stand(mean, deviation)
        wall = chart.segment((HAND_BEST, 0), (HAND_BEST, 1.1), ink.focus, LINE, dashed=True)
        rule = maths('"EI" = {{ EE[max(0, f(lambda) - f^+)] : gain }}', ink.HEADLINE)
        whole = maths(
            '"EI" = {{ EE[max(0, f(lambda) - f^+)] : gain }} \\ '
            "= {{ (mu - f^+) Phi(z) : high }} + {{ sigma phi.alt(z) : wide }}, quad z = (mu - f^+) / sigma",
            ink.POINT,
        )
        plates = [raised(shot.SAFE.put(Tag(each, 0.9), UP)) for each in (rule, whole)]
        letters = words.label("$Phi$: area,\n$phi.alt$: height of\na standard bell", ink.quiet, ink.LABEL)
        letters.move_to(chart.at(1.015, 0.72))
        with self.beat(
            "That is expected improvement: by how much a trial beats the best, on average, a miss counting zero."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(Create(bell), Create(wall), until="by how", least=pace.CALM)
            beat.over(FadeIn(part), until="on average", least=pace.CALM)
            beat.over(FadeIn(plates[0]), least=pace.CALM)
        with self.beat(
            "For a bell curve the sum has a closed form: one term for a high mean, one for a wide bell.",
            pause=pace.SLOW,
        ) as beat:
            self.shot(shot.formula(titled=False))
            beat.over(FadeOut(plates[0]), FadeIn(plates[1], letters), until="one term", least=pace.BRISK)
            beat.over(
                glow(whole.part("high")), glide(stand, (mean, deviation), (mean + 0.02, deviation), bell, part),
                until="one for", least=pace.CALM,
            )  # fmt: skip
            self.play(
                glide(stand, (mean + 0.02, deviation), (mean, deviation), bell, part), run_time=pace.BRISK
            )
            beat.over(
                glow(whole.part("wide")), glide(stand, (mean, deviation), (mean, 1.6 * deviation), bell, part),
                least=pace.CALM,
            )  # fmt: skip
            self.play(
                glide(stand, (mean, 1.6 * deviation), (mean, deviation), bell, part), run_time=pace.CALM
            )

    def run(self) -> None:
        """Pick, pay, refit, seven times."""
        above, below = self.above, self.below
        terms = [words.headline(name, ink.focus, ink.HEADLINE) for name in ("exploitation", "exploration")]
        for tag, spot in zip(terms, ((-1.85, 1.52), (-3.9, 0.2)), strict=True):
            tag.move_to(above.at(*spot))
        with self.beat(
            "Going where the mean is high is exploitation; where the uncertainty is high, exploration."
        ) as beat:
            self.exchange(above, below, self.doubt, self.dots[:3], self.gain, run_time=pace.BRISK)
            self.shot(shot.split(titled=False))
            beat.over(
                FadeIn(terms[0]),
                glow(self.doubt.middle),
                until="where the uncertainty",
                least=pace.CALM,
            )
            beat.over(FadeIn(terms[1]), glow(self.doubt.band), least=pace.CALM)
        self.leave(*terms, run_time=pace.QUICK)
        with self.beat("Take the top, pay for the trial, refit the surrogate, and pick again.") as beat:
            self.step(3, beat.fill("refit") / 2)
            self.step(4, pace.CALM)
            self.step(5, pace.BRISK)
            self.step(6, pace.BRISK)
        with self.beat("Here it explores the edge, finds 0.37, and does not come back.") as beat:
            beat.over(
                self.frame.to_region(*span(above, (-6.1, -4.0), (-0.2, 1.3))), until="finds", least=pace.SLOW
            )
            self.step(7, pace.CALM)
            low = above.label(-6, 0.365, "0.37", RIGHT, ink.focus, 0.35, ink.POINT)
            self.play(FadeIn(low), run_time=pace.QUICK)
            beat.over(self.frame.back(), least=pace.SLOW)
        best = told("best 0.982; highest on this slice 0.983", UP + RIGHT, ink.focus)
        with self.beat(
            "Refit, and pick. In the end its best lies one digit below the highest of this slice."
        ) as beat:
            self.step(8, pace.CALM)
            self.step(9, pace.CALM)
            beat.over(FadeIn(best), least=pace.CALM)
        self.best, self.low = best, low

    def step(self, number: int, seconds: float) -> None:
        """Pay for trial ``number`` and refit."""
        before, now = number - 3, number - 2
        self.play(FadeIn(self.dots[number], scale=2.5), run_time=pace.QUICK)
        self.play(
            glide(self.doubt.redraw, parts(self.beliefs[before]), parts(self.beliefs[now])),
            glide(
                self.gain.redraw, (GAMMAS, 0.0, np.minimum(self.gains[before], 0.2)),
                (GAMMAS, 0.0, np.minimum(self.gains[now], 0.2)),
            ),
            run_time=max(seconds, pace.QUICK),
        )  # fmt: skip

    def bound(self) -> None:
        """The upper confidence bound."""
        above = self.above
        belief = self.beliefs[0]
        upper = above.curve(GAMMAS, belief.mean, ink.focus, 1.5 * LINE)

        def bound(kappa: float) -> None:
            """The bound with another kappa."""
            upper.redraw(GAMMAS, np.minimum(surrogate.upper_bound(belief, kappa), 1.64))

        rule = maths('"UCB" = {{ mu : mean }} + {{ kappa sigma : wide }}', ink.HEADLINE)
        plate = raised(Tag(rule, 0.9)).move_to(self.below.at(-3.5, 0.1))
        with self.beat(
            "A simpler choice is the upper confidence bound: mean plus kappa standard deviations.",
            pause=pace.CALM,
        ) as beat:
            self.play(
                FadeOut(self.best, self.low, self.gain, self.dots[3:]),
                glide(self.doubt.redraw, parts(self.beliefs[-1]), parts(belief)),
                run_time=pace.BRISK,
            )
            beat.over(FadeIn(plate), until="mean", least=pace.CALM)
            beat.over(Create(upper), until="kappa", least=pace.BRISK)
            beat.over(glow(rule.part("wide")), glide(bound, 0.0, surrogate.KAPPA, upper), least=pace.SLOW)

    def whole_map(self) -> None:
        """Both hyperparameters: the mean as a sheet, the doubt above it; and the score of nine trials."""
        cells = search.paths("gaussian", chances.TRIALS)[MAP_SEED]
        table = landscape().scores.ravel()
        places, shape = search.PLACES, (len(GAMMAS), len(COSTS))
        states = []
        for count in (3, 6, 9):
            belief = surrogate.posterior(places[cells[:count]], table[cells[:count]], places, search.LENGTHS)
            mean, deviation = (each.reshape(shape).T[:, ::2] for each in (belief.mean, belief.deviation))
            states.append((np.clip(mean, 0, 1.78), np.clip(mean + 2 * deviation, 0, 1.78)))
        tall = plain_of(high=4.6, reach=1.8)
        floor = backdrop(tall.floor(), stands_back=False)
        sheet = tall.surface(states[0][0], MODEL, 0.3, 2)
        fog = tall.surface(states[0][1], ink.chalk, 0.1, 4)
        lights = VGroup(*(tall.lights([divmod(int(cell), shape[1])], ink.focus, 0.16) for cell in cells))
        tall.look(tilt=62 * DEGREES, turn=18 * DEGREES, lift=1.0, zoom=1.12)

        def refit(mean: Floats, top: Floats) -> None:
            sheet.redraw(mean)
            fog.redraw(top)

        with self.beat(
            "With both hyperparameters the mean is a sheet, and the doubt a fog above it."
        ) as beat:
            self.shot(shot.wide())
            self.exchange(floor, sheet, lights[:3], run_time=pace.BRISK)
            beat.over(FadeIn(fog), until="above", least=pace.SLOW)
            beat.over(tall.orbit(-8 * DEGREES), least=pace.BRISK)
        with self.beat("Where a light goes on, the fog sinks. Nine trials, and the ridge is found.") as beat:
            self.play(FadeIn(lights[3:6], lag_ratio=pace.LAG), run_time=pace.CALM)
            self.play(glide(refit, states[0], states[1], sheet, fog), run_time=pace.SLOW)
            self.play(FadeIn(lights[6:], lag_ratio=pace.LAG), run_time=pace.CALM)
            self.play(glide(refit, states[1], states[2], sheet, fog), run_time=pace.SLOW)
        values = 100 * np.array([chances.grid_hits(), chances.random_hits(), search.hits("gaussian")])
        (room,) = shot.headline().places
        bars = BarChart(
            ["grid", "random", "Gaussian process"], values, (0, 100), room.width, room.height, decimals=0,
            colors=[GRID, RANDOM, MODEL], label="percent within 0.005 of the best; nine trials; model ± 3",
        )  # fmt: skip
        room.put(bars)
        bars.shade([0.0, 0.0, 1.0])
        with self.beat(
            "Over many random starts, 78 percent come within 0.005 of the best. Random search had 55."
        ) as beat:
            self.exchange(bars, run_time=pace.BRISK)
            self.shot(shot.headline())
            beat.over(glow(bars.row(2), MODEL), until="come", least=pace.CALM)
            beat.over(glow(bars.bars[2], MODEL), until="Random", least=pace.CALM)
            beat.over(come(bars, [0, 0, 1], [0.75, 1, 1]), least=pace.CALM)
        with self.beat("So when trials are slow and few, let a model choose, one after another.") as beat:
            beat.over(come(bars, [0.75, 1, 1], [0.75, 0.75, 1]), until="one after", least=pace.SLOW)
            beat.over(glow(bars.bars[2]), least=pace.CALM)
