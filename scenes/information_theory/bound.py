"""Where KL enters the VAE: the ELBO, why it is a bound, what its KL is for, and what too much of it does."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, Group, VGroup

from scenes.information_theory.codes import (
    IMAGE,
    NAME,
    PRIOR_DRAWS,
    REDRAWN,
    RINGS,
    ellipse,
    free_bell,
    pictures,
)
from scenes.information_theory.stage import InformationTheoryStage, maths
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.kit.value import Value
from scenes.maths.information_theory import mutual, vae

WHOLE: Final = shot.safe(titled=False)
EIGHT: Final = tuple(int(np.flatnonzero(mutual.kinds() == kind)[0]) for kind in (0, 1, 3, 4, 2, 6, 7, 9))
"""The first image of eight classes."""
TRADE: Final = (1.25, 4.1, 0.75, 0.6)
"""Heights of the ELBO, of the pictures below it, and of what they cost."""
HELD: Final = (1.2, 2.05, 3.4)
"""Heights of the sum, of its bars, and of the bells that it is about."""
ASTRAY: Final = (0.4, 0.35, 0.38)
"""How far from the true posterior a bell begins, in both directions, and its standard deviations."""
ASTRAY_BY: Final = 2.0
THIN: Final = 0.2
"""How much farther and narrower the bells are without a KL."""
STEPS: Final = 121
"""Bells on that way."""
NEAR: Final = ((-3.5, 3.5), (-2.25, -0.4))
"""What is seen of the latent plane around one bell."""
LOWEST: Final = -1.9
"""Where the dots of it end: captions stand below."""
FAR: Final = ((-4.2, 4.2), (-2.9, 2.9))
"""What is seen of it with all bells."""
LAW: Final = 56.0
"""Pixels of the capitals of the ELBO."""
SMALL: Final = 40.0
"""Pixels of the capitals of what is read beside a number."""
BOUND: Final = (
    '{{ "ELBO" : elbo }}',
    "= {{ EE_(q) [log p(x | z)] : told }}",
    '- {{ D_"KL" (q(z | x) ∥ p(z)) : bill }}',
)
"""The ELBO in the order in which it is told."""
WEIGHED: Final = (
    '{{ EE_(q) [log p(x | z)] : told }} - {{ beta : weight }} thin {{ D_"KL" (q(z | x) ∥ p(z)) : bill }}'
)
GAP: Final = '{{ log p(x) : evidence }} = {{ "ELBO" : elbo }} + {{ D_"KL" (q(z | x) ∥ p(z | x)) : gap }}'


def rings(plane: Plane, strength: float) -> VGroup:
    """The prior on a latent ``plane``: its outlines at one and two standard deviations."""
    return VGroup(
        *(plane.polygon(ellipse(np.zeros(2), np.ones(2), r), ink.truth, LINE, strength) for r in RINGS)
    )


class Trade(Group):
    """An image, a copy, and the latent plane with its bell, for a ``weight`` on the KL that moves.

    ``costs`` are the readouts below: the weight, the mean squared error and the mean KL of all digits.
    """

    def __init__(self, weight: float = 1.0) -> None:
        self.head, middle, upper, lower = WHOLE.rows(*TRADE, gap=0.07)
        left, centre, right = middle.columns(4.1, 4.1, 4.6, gap=0.2)
        self.weight = Value(weight, log=True)
        self.image = left.put(
            ImageGrid(pictures(vae.images()[[IMAGE]]), width=left.height, height=left.height)
        )
        self.copy_of_it = centre.put(ImageGrid(self.copied(weight), width=left.height, height=left.height))
        self.image.frame((0,), ink.truth)
        self.copy_of_it.frame((0,), ink.second)
        self.plane = right.plane(
            (-2.9, 2.9), (-2.6, 2.6), equal=True, x_ticks=[-2, 0, 2], y_ticks=[-2, 0, 2], tick_size=ink.LABEL
        )
        self.rings = rings(self.plane, 0.12)
        found = vae.encode(weight)
        self.bell = VGroup(
            *(self.plane.polygon(ellipse(np.zeros(2), np.ones(2), r), ink.second, LINE, 0.2) for r in RINGS)
        )
        self.cloud = self.plane.cloud(found.means, ink.quiet, radius=0.03, opacity=0.5)
        self.weight.draws(self.show, self.copy_of_it, self.cloud, *self.bell)
        under = [cell.columns(4.1, 4.1, 4.6, gap=0.2) for cell in (upper, lower)]
        numbers = (
            words.Readout(self.weight, 0, label="$beta$ =", color=ink.focus, size=ink.POINT, digits=2),
            words.Readout(
                self.weight.of(lambda now: float(vae.errors(now).mean())),
                1,
                label="error",
                color=ink.second,
                size=ink.POINT,
            ),
            words.Readout(self.weight.of(vae.nats), 1, "nats", label="KL", color=ink.error, size=ink.POINT),
        )
        notes = ("weight of the KL", "squared, of 64 pixels", "means of 1,797 digits")
        self.costs = VGroup(
            *(cell.put(each) for cell, each in zip(under[0], numbers, strict=True)),
            *(
                cell.put(words.label(text, color, size=SMALL))
                for cell, text, color in zip(under[1], notes, (ink.focus, ink.second, ink.quiet), strict=True)
            ),
        )
        super().__init__(
            self.image, self.copy_of_it, self.plane, self.rings, self.cloud, self.bell, self.costs
        )

    @staticmethod
    def copied(weight: float, number: int = 0) -> Floats:
        """A copy (1, 8, 8) of the image, decoded from the drawn point of that ``number``."""
        return pictures(vae.draws(weight, (IMAGE,) * REDRAWN)[[number]])

    def show(self, weight: float) -> None:  # type: ignore[override]
        """Copy, means and bell as the best VAE for ``weight`` has them."""
        found = vae.encode(weight)
        self.copy_of_it.redraw(images=self.copied(weight))
        self.cloud.redraw(found.means)
        for outline, reach in zip(self.bell, RINGS, strict=True):
            outline.redraw(ellipse(found.means[IMAGE], found.spreads, reach))


class Bound(InformationTheoryStage):
    """What a VAE is trained for."""

    @chapter("The ELBO weighs copies against the KL", goes_on=True)
    def the_elbo_weighs_copies_against_bits(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.want_two_things()
        self.see_why_it_is_a_bound()
        self.draw_from_the_prior()
        self.turn_the_weight()

    def want_two_things(self) -> None:
        """A good copy and a bell near the prior: the two terms of the ELBO."""
        self.trade = trade = Trade()
        for image in (trade.image, trade.copy_of_it):
            self.allow(image, "faint", "the ground of an image of a digit is black")
        bell = free_bell()
        self.add(bell)
        steps = [maths(" ".join(BOUND[: count + 1]), LAW) for count in range(len(BOUND))]
        law = trade.head.put(steps[-1])
        for step in steps[:-1]:
            words.align_baseline(step.align_to(law, LEFT), law)
        told = words.label("reconstruction term", ink.second, size=NAME)
        told.next_to(trade.copy_of_it, DOWN, buff=0.25)
        with self.beat(
            "Training raises one number, the evidence lower bound, or ELBO: a reconstruction term, minus that KL."
        ) as beat:
            self.play(
                FadeOut(bell),
                FadeIn(trade.image, trade.copy_of_it, trade.plane, trade.rings, trade.bell),
                run_time=pace.BRISK,
            )
            beat.over("evidence", words.write(steps[0]), until="ELBO")
            beat.over(words.rewrite(steps[0], steps[1]), FadeIn(told), until="minus", least=pace.CALM)
            beat.over(words.rewrite(steps[1], steps[2]), words.light(trade.bell[1]), least=pace.CALM)
        with self.beat(
            "The reconstruction term is the average log-likelihood of the image, "
            "over points drawn from q. It says how good the copies are."
        ) as beat:
            beat.over(words.light(law.part("told")), words.light(told), until="over")
            for number in range(1, REDRAWN):
                self.play(
                    trade.copy_of_it.animate.redraw(images=Trade.copied(1.0, number)), run_time=pace.BRISK
                )
            self.play(trade.copy_of_it.animate.redraw(images=Trade.copied(1.0)), run_time=pace.BRISK)
            beat.over(
                words.light(trade.copy_of_it.images[0].frame, ink.chalk),
                words.light(trade.image.images[0].frame, ink.chalk),
            )
        self.law, self.told_term = law, told

    def see_why_it_is_a_bound(self) -> None:
        """The evidence as a bar, the ELBO as a shorter one, and their difference: a KL."""
        head, bars_at, low = WHOLE.rows(*HELD, gap=0.1)
        upper, lower = bars_at.rows(1, 1, gap=0.15)
        ground, nearer = bare(shot.EDGES), Value(0.0)
        exact, evidence = vae.encode(), float(vae.elbo()[IMAGE])
        plane = low.plane(*NEAR, equal=True, x_ticks=[], y_ticks=[])
        plane.frame.set_stroke(opacity=0)
        true = VGroup(
            *(
                plane.polygon(ellipse(exact.means[IMAGE], exact.spreads, r), ink.truth, LINE, 0.2)
                for r in RINGS
            )
        )
        mine = [plane.polygon(ellipse(*bell_at(0.0), r), ink.second, LINE, 0.2) for r in RINGS]
        for outline, reach in zip(mine, RINGS, strict=True):
            nearer.draws(partial(redrawn, outline, reach), outline)
        unit = WHOLE.width / evidence

        def slab(cell: shot.Region, start: float, end: float) -> Floats:
            # A log density has no zero to start from: the bars come from beyond the frame, and their gap is to scale.
            left = cell.left + unit * start if start else shot.EDGES.left
            right = cell.left + unit * end
            return np.array([(left, cell.bottom), (right, cell.bottom), (right, cell.top), (left, cell.top)])

        def missed(share: float) -> float:
            return vae.gap(IMAGE, *bell_at(share))

        reached = evidence - missed(0.0)
        whole = ground.polygon(slab(upper, 0.0, evidence), ink.truth, 0.0, 0.9)
        mine_bar = ground.polygon(slab(lower, 0.0, reached), ink.second, 0.0, 0.9)
        gap_bar = ground.polygon(slab(lower, reached, evidence), ink.error, 0.0, 0.9)
        nearer.draws(lambda share: mine_bar.redraw(slab(lower, 0.0, evidence - missed(share))), mine_bar)
        nearer.draws(lambda share: gap_bar.redraw(slab(lower, evidence - missed(share), evidence)), gap_bar)
        names = [
            cell.inset(0.3, 0.0).put(words.label(text, ink.ground, ink.POINT), LEFT)
            for cell, text in ((upper, "evidence: a log density"), (lower, "ELBO"))
        ]
        missing = words.Readout(nearer.of(missed), 1, "nats", color=ink.ground, size=NAME)
        lower.inset(0.2, 0.0).put(missing, RIGHT)
        gap = head.put(maths(GAP, LAW))
        first = maths("{{ log p(x) : evidence }}", LAW)
        words.align_baseline(first.align_to(gap, LEFT), gap)
        drawn = vae.fresh(10 * PRIOR_DRAWS)[0]
        seen = (np.abs(drawn[:, 0]) < NEAR[0][1]) & (drawn[:, 1] > LOWEST) & (drawn[:, 1] < NEAR[1][1])
        dots = plane.dots(drawn[seen], ink.quiet, radius=0.06)
        every = plane.label(-3.4, -0.7, "every $z$?", RIGHT, ink.chalk, size=ink.POINT)
        q_name = plane.label(
            1.0,
            -0.85,
            "approximate posterior\n$q(z | x)$, moved\noff on purpose",
            RIGHT,
            ink.second,
            size=SMALL,
        )
        p_name = plane.label(-0.85, -1.75, "true posterior $p(z | x)$", LEFT, ink.truth, size=SMALL)
        trade = self.trade
        old = Group(
            trade.image, trade.copy_of_it, trade.plane, trade.rings, trade.bell, self.law, self.told_term
        )
        self.shot(shot.split(titled=False))
        with self.beat(
            "Why a bound? The evidence, log p of x, is the log density that the model gives this image. "
            "But it averages over the whole plane of z: usually out of reach."
        ) as beat:
            self.play(FadeOut(old), FadeIn(whole, names[0]), run_time=pace.BRISK)
            beat.over("log", words.write(first), until="But")
            beat.over(FadeIn(plane), FadeIn(dots), FadeIn(every), until="usually", least=pace.CALM)
            beat.over(words.light(every), words.light(dots, ink.chalk))
        with self.beat(
            "With q, an approximate posterior, we get the ELBO. "
            "It misses another KL: that of q from the true posterior, p of z given x."
        ) as beat:
            self.play(FadeOut(dots, every), FadeIn(*mine, q_name), run_time=pace.BRISK)
            beat.over(FadeIn(mine_bar, names[1]), until="misses")
            beat.over(FadeIn(gap_bar, missing), until="true")
            beat.over(FadeIn(true, p_name), words.rewrite(first, gap))
        with self.beat("A KL is never negative: so the ELBO is a lower bound on the evidence.") as beat:
            beat.over(words.light(gap_bar, ink.chalk), words.light(gap.part("gap")), until="lower")
            beat.over(words.light(mine_bar, ink.chalk))
        with self.beat("Raise the ELBO, and q nears the true posterior: here the gap can close.") as beat:
            self.play(FadeOut(q_name), run_time=pace.QUICK)
            beat.over(nearer.to(1.0), least=pace.SLOW)
        self.gap_picture = Group(plane, true, *mine, whole, mine_bar, gap_bar, missing, *names, gap, p_name)

    def draw_from_the_prior(self) -> None:
        """Why the KL is there: draws from the prior fall among the bells."""
        self.shot(shot.wide())
        plane = WHOLE.plane(*FAR, x_ticks=[], y_ticks=[])
        plane.frame.set_stroke(opacity=0)
        found = vae.encode()
        circles = rings(plane, 0.12)
        cloud = plane.cloud(found.means, ink.quiet, radius=0.04, opacity=0.6)
        bells = [
            plane.polygon(ellipse(found.means[row], found.spreads, RINGS[1]), ink.second, LINE, 0.2)
            for row in EIGHT
        ]

        def scatter(start: float, end: float, wide: float, wider: float) -> Animation:
            """The bells from ``start`` to ``end`` times their distance from zero; without a KL nothing holds them.

            A decoder whose weights are as much smaller makes the same copies.
            """

            def put(away: float, width: float) -> list[object]:
                cloud.redraw(away * found.means)
                return [
                    bell.redraw(ellipse(away * found.means[row], width * found.spreads, RINGS[1]))
                    for bell, row in zip(bells, EIGHT, strict=True)
                ]

            return glide(put, (start, wide), (end, wider), *bells, cloud)

        dots = plane.dots(vae.fresh(PRIOR_DRAWS)[0], ink.truth, radius=0.1)
        name = WHOLE.put(words.label("prior $p(z)$", ink.truth, size=ink.POINT), UP + LEFT)
        bell_name = WHOLE.put(words.label("eight bells $q(z | x)$", ink.second, size=ink.POINT), UP + RIGHT)
        sketch = WHOLE.put(words.label("spread by hand: a sketch", ink.second, size=ink.POINT), UP + RIGHT)
        for each in (sketch, bell_name, name):
            for under in (cloud, *bells):
                self.allow(each, under, "codes and bells pass under the name as they scatter")
        with self.beat(
            "Why pay the KL? Without it, in a sketch, bells scatter, and draws from the prior fall into gaps. "
            "With it, among codes."
        ) as beat:
            self.play(FadeOut(self.gap_picture), FadeIn(plane, circles, name), run_time=pace.BRISK)
            self.play(FadeIn(cloud, *bells, bell_name), run_time=pace.QUICK)
            beat.at("Without", FadeOut(bell_name), FadeIn(sketch), run_time=pace.QUICK)
            beat.over(scatter(1.0, ASTRAY_BY, 1.0, THIN), until="draws", least=pace.CALM)
            self.play(FadeIn(dots), self.frame.to(circles[0], share=0.9), run_time=pace.BRISK)
            beat.until("With it")
            self.play(FadeOut(sketch), FadeIn(bell_name), run_time=pace.QUICK)
            beat.over(self.frame.back(), scatter(ASTRAY_BY, 1.0, THIN, 1.0), least=pace.CALM)
        self.all_bells = Group(plane, circles, cloud, *bells, dots, name, bell_name)

    def turn_the_weight(self) -> None:
        """A KL that counts more, what both terms pay, and posterior collapse."""
        self.shot(shot.wide())
        trade, (_, heavy, heaviest) = self.trade, vae.WEIGHTS
        law = trade.head.put(maths(WEIGHED, LAW))
        beta, error, cost, *notes = trade.costs
        with self.beat(
            "Weigh the KL by beta. At one, it is 2.5 nats, and a copy's squared error 3.5."
        ) as beat:
            self.play(FadeOut(self.all_bells), run_time=pace.QUICK)
            self.play(
                FadeIn(trade.image, trade.copy_of_it, trade.plane, trade.rings, trade.cloud, trade.bell),
                run_time=pace.QUICK,
            )
            beat.over(words.write(law), FadeIn(beta, notes[0]), until="it is")
            beat.over(FadeIn(cost, notes[2]), until="squared")
            beat.over(FadeIn(error, notes[1]))
        with self.beat("Raise beta and train anew: the bell widens, and the copy blurs.") as beat:
            beat.over(trade.weight.to(heavy), least=pace.SLOW)
            beat.over(words.light(error))
        with self.beat(
            "In this linear VAE, from thirteen on, the KL is zero: each bell is the prior, and z says nothing. "
            "The decoder draws the mean digit, error 4.7: posterior collapse."
        ) as beat:
            beat.over(trade.weight.to(heaviest), until="decoder", least=pace.LONG)
            self.play(
                trade.copy_of_it.animate.redraw(images=Trade.copied(heaviest, 1)),
                run_time=pace.BRISK,
            )
            beat.over(words.light(error), words.light(trade.copy_of_it.images[0].frame))


@cache
def way() -> Floats:
    """Means and spreads (n, 4) of bells on their way to the true posterior of IMAGE."""
    exact = vae.encode()
    end = np.concatenate([exact.means[IMAGE], exact.spreads])
    begin = np.concatenate([exact.means[IMAGE] + np.array(ASTRAY[:2]), np.full(2, ASTRAY[2])])
    return np.linspace(begin, end, STEPS)


def bell_at(share: float) -> tuple[Floats, Floats]:
    """Mean (2,) and spreads (2,) of a bell that has come ``share`` of the way to the true posterior of IMAGE."""
    now = way()[round(share * (STEPS - 1))]
    return now[:2], now[2:]


def redrawn(outline: Polygon, reach: float, share: float) -> object:
    """The outline at ``reach`` standard deviations of the bell at ``share`` of its way."""
    return outline.redraw(ellipse(*bell_at(share), reach))
