"""Where KL enters the VAE: what an encoder's bell costs under the prior, and what the ELBO weighs against it."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, Group, LaggedStart, VGroup

from scenes.information_theory.shared import PixelScores
from scenes.information_theory.stage import InformationTheoryStage, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.kit.value import Reading, Value
from scenes.maths.information_theory import mutual, vae
from scenes.maths.information_theory.fits import Bell

NAME: Final = 44.0
"""Pixels of the capitals of names."""
IMAGE: Final = int(np.flatnonzero(mutual.kinds() == 0)[0])
"""The first zero of the data: the image whose code is looked at."""
REDRAWN: Final = 5
"""Codes drawn from one bell."""
PRIOR_DRAWS: Final = 40
"""Codes drawn from the prior, to show where it has them."""
TURN: Final = np.linspace(0, 2 * np.pi, 61)
RINGS: Final = (1.0, 2.0)
"""Standard deviations at which a bell is outlined."""
HAND: Final = Bell(1.5, 0.5)
"""Of one latent variable, worked by hand."""
PRIOR: Final = Bell(0.0, 1.0)
ACROSS: Final = np.linspace(-4, 4, 401)
EIGHT: Final = tuple(int(np.flatnonzero(mutual.kinds() == kind)[0]) for kind in (0, 1, 3, 4, 2, 6, 7, 9))
"""The first image of eight classes."""
ORIGINALS: Final = (0, 1, 2, 3, 8, 9, 10, 11)
COPIES: Final = (4, 5, 6, 7, 12, 13, 14, 15)
"""Numbers of both on the wall of pictures."""
PRICED: Final = (3.6, 1.4, 1.1)
"""Heights of a bell, of its price, and of that price worked by hand."""
BOUND_OVER_CODES: Final = (1.75, 4.9)
"""Heights of the ELBO and of the picture below it."""
HEAVIEST: Final = 100.0
"""Weight on the KL at which the code goes unused."""
BILL: Final = (
    '{{ D_"KL" (cal(N)(mu, sigma^2) ∥ cal(N)(0, 1)) : name }} = 1/2 ( {{ mu^2 : far }} + {{ sigma^2 : wide }} '
    "{{ - 1 : one }} {{ - ln sigma^2 : slim }} )"
)
BOUND: Final = (
    '{{ "ELBO" : elbo }}',
    "= {{ EE_(q) [log p(x | z)] : told }}",
    '- {{ D_"KL" (q(z | x) ∥ p(z)) : bill }}',
    "{{ <= log p(x) : evidence }}",
)
"""The ELBO in the order in which it is told."""
GAP: Final = 'log p(x) - "ELBO" = {{ D_"KL" (q(z | x) ∥ p(z | x)) : gap }}'


def ellipse(middle: Floats, spreads: Floats, reach: float = 1.0) -> Floats:
    """Outline (61, 2) at ``reach`` standard deviations of an upright bell of ``spreads`` (2,)."""
    return np.asarray(middle + reach * spreads * np.column_stack([np.cos(TURN), np.sin(TURN)]))


def pictures(pixels: Floats) -> Floats:
    """Images (n, 8, 8) of ``pixels`` (n, 64), cut to what can be shown."""
    return np.clip(pixels, 0, 1).reshape(-1, 8, 8)


class Codes(InformationTheoryStage):
    """Where KL enters the VAE."""

    weight: float
    """On the KL, for the codes that are drawn."""

    @chapter("An encoder's bell has a price", "where KL enters the VAE", goes_on=True)
    def an_encoders_bell_has_a_price(self) -> None:
        self.untitled()
        self.shot(shot.gallery(1, 3, titled=False))
        self.encode_an_image()
        self.decode_a_code()
        self.name_both_bells()
        self.shot(shot.wide())
        self.price_one_bell()

    @chapter("The ELBO weighs copies against bits", "where KL enters the VAE", goes_on=True)
    def the_elbo_weighs_copies_against_bits(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.spread_all_codes()
        self.write_the_bound()
        self.turn_the_weight()
        self.draw_from_the_prior()
        self.let_the_code_go_unused()

    def encode_an_image(self) -> None:
        """An image, and the bell that it is turned into."""
        _, body, foot = shot.safe(titled=False).rows(0.55, 5.0, 0.95, gap=0.1)
        left, middle, right = body.columns(4.0, 4.9, 4.0, gap=0.1)
        ground = bare(shot.EDGES)
        low = foot.bottom + 0.2
        image = ImageGrid(pictures(vae.images()[[IMAGE]]), width=left.width, height=left.width)
        left.put(image)
        self.allow(image, "faint", "the ground of an image of a digit is black")
        self.codes = middle.plane(
            (-3, 3), (-3, 3), equal=True, x_ticks=[-2, 0, 2], y_ticks=[-2, 0, 2], tick_size=ink.LABEL
        )
        found = vae.encode()
        self.mean, self.spreads = found.means[IMAGE], found.spreads
        self.bell = VGroup(
            *(
                self.codes.polygon(ellipse(self.mean, self.spreads, reach), ink.second, LINE, 0.35)
                for reach in RINGS
            )
        )
        rebuilt = vae.draws(1.0, (IMAGE,) * REDRAWN)
        self.copies = rebuilt
        self.copy = ImageGrid(pictures(rebuilt[:1]), width=right.width, height=right.width)
        right.put(self.copy)
        self.allow(self.copy, "faint", "the ground of an image of a digit is black")
        names = [
            words.label(text, size=NAME).next_to(cell.middle + UP * cell.width / 2, UP, buff=0.2)
            for text, cell in (("image $x$", left), ("copy", right))
        ]
        arrows = [
            ground.vector((start.middle[0], low), (end.middle[0], low), ink.second)
            for start, end in ((left, middle), (middle, right))
        ]
        encoder, decoder = (
            words.label(text, ink.second, size=NAME).next_to(arrow, UP, buff=0.15)
            for text, arrow in zip(("encoder", "decoder"), arrows, strict=True)
        )
        self.image, self.copy_name, self.decoder = image, names[1], VGroup(arrows[1], decoder)
        scores = PixelScores()
        self.add(scores)
        with self.beat("A variational autoencoder, a VAE, rebuilds an image from a short code.") as beat:
            self.play(FadeOut(scores), run_time=pace.BRISK)
            self.play(FadeIn(image, names[0]), run_time=pace.BRISK)
            beat.at("rebuilds", FadeIn(self.copy, names[1], shift=place.NUDGE * RIGHT), run_time=pace.BRISK)
            beat.at("short", FadeIn(self.codes), run_time=pace.BRISK)
        token = ImageGrid(pictures(vae.images()[[IMAGE]]), width=left.width, height=left.width)
        left.put(token)
        with self.beat(
            "The encoder turns the image into a distribution: a bell in the plane of codes, z."
        ) as beat:
            beat.over(FadeIn(encoder), Create(arrows[0]), until="turns")
            # Small first: so it passes between the numbers of the plane.
            self.play(token.animate.scale(0.04), run_time=pace.BRISK)
            beat.over(token.animate.move_to(self.codes.at(*self.mean)), until="bell", least=pace.CALM)
            self.remove(token)
            beat.over(FadeIn(self.bell, scale=0.3), until="codes")
            z = words.label("code $z$", size=NAME).next_to(self.codes.box[[2, 3]].mean(axis=0), UP, buff=0.15)
            beat.over(FadeIn(z))
        with self.beat("The code is not observed, so z is called a latent variable.") as beat:
            name = words.label("latent variable $z$", ink.focus, size=NAME)
            name.next_to(self.codes.box[[2, 3]].mean(axis=0), UP, buff=0.15)
            beat.over(LaggedStart(*(words.light(ring) for ring in self.bell), lag_ratio=pace.LAG), until="so")
            self.play(FadeOut(z), FadeIn(name), run_time=pace.BRISK)
            beat.over(words.light(name, ink.chalk), words.light(self.bell[0]))
        self.said_of_it = Group(*names, encoder, arrows[0], name)

    def decode_a_code(self) -> None:
        """Codes drawn from the bell, each decoded."""
        steps = np.random.default_rng(0).normal(size=(REDRAWN, vae.LATENTS))
        spots = self.mean + steps @ np.linalg.cholesky(vae.encode().covariance).T
        dot = self.codes.dots(spots[:1], ink.focus, radius=0.12)
        with self.beat(
            "Draw a code from the bell, and the decoder makes a copy of the image from it. "
            "Each new draw gives a slightly different copy."
        ) as beat:
            beat.over(FadeIn(dot, scale=3), until="decoder")
            beat.over(FadeIn(self.decoder[1]), Create(self.decoder[0]), until="copy")
            beat.over(words.light(self.copy_name), words.light(dot), until="Each")
            for spot, pixels in zip(spots[1:], self.copies[1:], strict=True):
                self.play(
                    dot.animate.redraw(spot[None]),
                    self.copy.animate.redraw(images=pictures(pixels[None])),
                    run_time=pace.BRISK,
                )
        self.dot = dot

    def name_both_bells(self) -> None:
        """The prior, and the approximate posterior."""
        rings = VGroup(
            *(
                self.codes.polygon(ellipse(np.zeros(2), np.ones(2), reach), ink.truth, LINE, 0.14)
                for reach in RINGS
            )
        )
        drawn = self.codes.dots(vae.fresh(PRIOR_DRAWS)[0], ink.truth, radius=0.07)
        prior = words.label("prior $p(z)$", ink.truth, size=38.0).next_to(
            self.codes.at(1.7, 1.5), RIGHT, buff=0
        )
        after = words.label("approximate\nposterior $q(z | x)$\n$approx p(z | x)$", ink.second, size=36.0)
        after.next_to(self.codes.at(float(self.mean[0]) + 1.5, float(self.mean[1])), RIGHT, buff=0)
        with self.beat(
            "Before any image is seen, codes follow the prior: one wide bell around zero."
        ) as beat:
            self.play(
                FadeOut(self.dot, self.image, self.copy, self.decoder, self.said_of_it), run_time=pace.BRISK
            )
            beat.over(self.frame.to(self.codes, share=1.0), until="codes", least=pace.CALM)
            beat.over(FadeIn(drawn), FadeIn(prior), until="one", least=pace.CALM)
            beat.over(FadeIn(rings, scale=0.3))
        with self.beat(
            "The encoder's bell is the approximate posterior, q. "
            "It stands for the true one: p of z, given the image."
        ) as beat:
            beat.over(
                FadeOut(drawn, prior),
                self.frame.to(self.bell, after, share=0.75),
                until="approximate",
                least=pace.CALM,
            )
            self.play(FadeIn(after), run_time=pace.BRISK)
            beat.over(words.light(self.bell[0]), until="true")
            beat.over(words.light(after))
        self.rings, self.bell_name = rings, after

    def price_one_bell(self) -> None:
        """One latent variable: its bell beside the prior's, and the closed form of the KL."""
        top, low, foot = shot.safe(titled=False).rows(*PRICED, gap=0.15)
        plane = self.density_plane()
        mu, sigma = Value(PRIOR.mu), Value(PRIOR.sigma, log=True)
        bell = Reading(Bell, mu, sigma)
        prior = plane.area(ACROSS, 0, PRIOR.density(ACROSS), ink.truth, 0.35)
        rim = plane.curve(ACROSS, PRIOR.density(ACROSS), ink.truth)
        area = plane.area(ACROSS, 0, PRIOR.density(ACROSS), ink.second, 0.25)
        line = plane.curve(ACROSS, PRIOR.density(ACROSS), ink.second, width=6.0)
        bell.draws(lambda now: area.redraw(ACROSS, 0, now.density(ACROSS)), area)
        bell.draws(lambda now: line.redraw(ACROSS, now.density(ACROSS)), line)
        cost = words.Readout(
            bell.of(lambda now: float(vae.gaussian_kl(now.mu, now.sigma))),
            2,
            "nats",
            color=ink.error,
            size=ink.HEADLINE,
        )
        cost.next_to(plane.at(-3.9, 0.7), RIGHT, buff=0)
        formula = low.put(maths(BILL, 50.0))
        far, wide, slim = HAND.mu**2, HAND.sigma**2, -np.log(HAND.sigma**2)
        total = float(vae.gaussian_kl(HAND.mu, HAND.sigma))
        worked = foot.put(maths(f"1/2 ({far:.2f} + {wide:.2f} - 1 + {slim:.2f}) = {total:.2f}", 50.0))

        def grow(share: float) -> None:
            tall = share * PRIOR.density(ACROSS)
            prior.redraw(ACROSS, 0, tall)
            rim.redraw(ACROSS, tall)

        grow(0.02)
        gone = Group(self.codes, self.bell, self.rings, self.bell_name)
        with self.beat(
            "What does such a bell cost? Take one latent variable of the two, and its prior."
        ) as beat:
            self.play(FadeOut(gone), self.frame.back(), run_time=pace.CALM)
            self.play(FadeIn(plane, prior, rim), run_time=pace.QUICK)
            beat.over(glide(grow, 0.02, 1.0, prior, rim), until="prior", least=pace.SLOW)
            beat.over(words.light(rim))
        with self.beat(
            "Move the bell away from zero, and make it narrow: the KL from the prior grows."
        ) as beat:
            self.play(FadeIn(area, line, cost), run_time=pace.QUICK)
            beat.over(mu.to(HAND.mu), until="narrow", least=pace.SLOW)
            beat.over(sigma.to(HAND.sigma), least=pace.SLOW)
        with self.beat(
            "It has a closed form: the mean squared, the variance, minus one, minus its logarithm; half of that."
        ) as beat:
            picture = VGroup(plane, prior, rim, area, line)
            share = top.height / float(plane.height)
            self.play(
                picture.animate.stretch(share, 1).move_to(top.middle),
                cost.animate.set_y(top.middle[1] + 0.25 * top.height),
                run_time=pace.CALM,
            )
            self.shot(shot.formula(titled=False))
            beat.over(words.write(formula), until="mean", least=pace.CALM)
            beat.over(words.light(formula.part("far")), until="variance")
            beat.over(words.light(formula.part("wide")), until="minus one")
            beat.over(words.light(formula.part("one")), until="logarithm")
            beat.over(words.light(formula.part("slim")))
        which = words.label("$mu = 1.5$\n$sigma = 0.5$", ink.second, size=NAME)
        which.next_to(plane.at(2.5, 0.62), RIGHT, buff=0)
        with self.beat("For a mean of 1.5 and a width of one half, it comes to 1.44 nats.") as beat:
            beat.over(FadeIn(which), until="width", least=pace.BRISK)
            beat.over(words.write(worked), until="1.44", least=pace.LONG)
            beat.over(words.light(cost))
        with self.beat(
            "A bell that is the prior itself is free, but carries no information about the image."
        ) as beat:
            self.play(FadeOut(worked, which), run_time=pace.QUICK)
            beat.over(glide_to(mu, sigma, PRIOR), least=pace.SLOW)

    @staticmethod
    def density_plane() -> Plane:
        """The plane of the bells of one latent variable, before it makes room for the formula."""
        return shot.safe(titled=False).plane((-4, 4), (0, 0.95), x_ticks=[], y_ticks=[])

    # The second chapter

    def free_bell(self) -> VGroup:
        """What the chapter before ends on: the bell that is the prior itself."""
        top, *_ = shot.safe(titled=False).rows(*PRICED, gap=0.15)
        plane = self.density_plane()
        tall = PRIOR.density(ACROSS)
        picture = VGroup(
            plane,
            plane.area(ACROSS, 0, tall, ink.truth, 0.35),
            plane.curve(ACROSS, tall, ink.truth),
            plane.area(ACROSS, 0, tall, ink.second, 0.25),
            plane.curve(ACROSS, tall, ink.second, width=6.0),
        )
        return picture.stretch(top.height / float(plane.height), 1).move_to(top.middle)

    def spread_all_codes(self) -> None:
        """The plane of codes with all digits, and copies of eight of them."""
        self.head, _ = shot.safe(titled=False).rows(*BOUND_OVER_CODES, gap=0.15)
        picture = CodeMap()
        self.codes, self.cloud, self.rings = picture.codes, picture.cloud, picture.rings
        self.bells, self.wall, self.wall_room = picture.bells, picture.wall, picture.wall_room
        first = Group(*(self.wall.images[at] for at in ORIGINALS))
        bell = self.free_bell()
        self.add(bell)
        with self.beat(
            "Here are the codes of the digits in the data, and the bells of eight of them."
        ) as beat:
            beat.over(FadeOut(bell), FadeIn(self.codes, self.rings), until="digits", least=pace.BRISK)
            self.play(self.frame.to(self.codes, share=0.98), run_time=pace.CALM)
            beat.over(
                FadeIn(self.cloud),
                LaggedStart(*(FadeIn(each, scale=0.2) for each in self.bells), lag_ratio=pace.LAG),
            )
        with self.beat(
            "On the right are images, framed in green, and under each its copy in orange."
        ) as beat:
            second = Group(*(self.wall.images[at] for at in COPIES))
            beat.over(self.frame.back(), FadeIn(first), until="framed", least=pace.CALM)
            beat.over(*(words.light(self.wall.images[at].frame) for at in ORIGINALS), until="under")
            beat.over(FadeIn(second))

    def write_the_bound(self) -> None:
        """The ELBO, part by part."""
        steps = [maths(" ".join(BOUND[: count + 1]), 46.0) for count in range(len(BOUND))]
        law = self.head.rows(1.0, 0.75, gap=0.0)[0].put(steps[-1])
        for step in steps[:-1]:
            words.align_baseline(step.align_to(law, LEFT), law)
        self.law = law
        with self.beat("Training raises the evidence lower bound, the ELBO.") as beat:
            beat.over("evidence", words.write(steps[0]), until="ELBO")
            beat.over(words.light(steps[0]))
        under = shot.Region(shot.SAFE.left, self.head.bottom, shot.SAFE.right, self.head.bottom + 0.75)
        told = words.label("reconstruction term", ink.second, size=40.0).move_to(under.middle)
        told.set_x(float(law.part("told").get_center()[0]))
        with self.beat(
            "Its reconstruction term asks how probable the decoder finds the image. From that the KL is taken off."
        ) as beat:
            beat.over(words.rewrite(steps[0], steps[1]), FadeIn(told), until="how", least=pace.CALM)
            beat.over(words.light(steps[1].part("told")), until="From")
            self.play(words.rewrite(steps[1], steps[2]), run_time=pace.CALM)
            beat.over(words.light(steps[2].part("bill")))
        with self.beat("The difference is at most the log-probability of the image: the evidence.") as beat:
            beat.over(words.rewrite(steps[2], law), until="image", least=pace.CALM)
            beat.over(words.light(law.part("evidence")))
        self.told_words, self.under = told, under

    def bill(self, weight: float) -> VGroup:
        """What stands under the formula for a ``weight`` on the KL."""
        cost = words.label(f"{vae.encode(weight).kl.mean():.1f} bits", ink.error, size=ink.POINT).move_to(
            self.under.middle
        )
        cost.set_x(float(self.law.part("bill").get_center()[0]))
        mark = words.label(f"KL × {weight:g}", ink.focus, size=40.0).move_to(self.under.middle)
        mark.set_x(shot.SAFE.right - float(mark.width) / 2)
        return VGroup(cost, mark)

    def weighed(self, weight: float) -> Animation:
        """Bells and copies become those of another ``weight``."""
        start, end = self.weight, weight
        old, new = vae.encode(start), vae.encode(end)
        before = shown_copies(start)
        after = shown_copies(end)

        self.weight = weight
        return glide(
            self.show_codes,
            (old.means, old.spreads, before),
            (new.means, new.spreads, after),
            *self.bells,
            self.cloud,
            self.wall,
        )

    def show_codes(self, means: Floats, spreads: Floats, images: Floats) -> None:
        """Bells at ``means`` (n, 2) of ``spreads`` (2,), and other ``images`` on the wall."""
        for bell, row in zip(self.bells, EIGHT, strict=True):
            bell.redraw(ellipse(means[row], spreads, RINGS[1]))
        self.cloud.redraw(means)
        self.wall.redraw(images=images)

    def turn_the_weight(self) -> None:
        """Three weights, and what each pays."""
        self.weight = 1.0
        light, one, heavy = vae.WEIGHTS
        now = self.bill(one)
        with self.beat("On average, these codes cost 3.6 bits an image.") as beat:
            beat.over(FadeIn(now), until="bits")
            beat.over(words.light(now[0]), words.light(self.law.part("bill")))
        then = self.bill(light)
        with self.beat(
            "Let the KL count less, which is no bound any more: the bells turn narrow, and the bill rises to 7."
        ) as beat:
            self.play(self.law.part("evidence").animate.set_fill(opacity=0.0), run_time=pace.QUICK)
            beat.over(FadeOut(now), self.weighed(light), until="bill", least=pace.LONG)
            beat.over(FadeIn(then))
        last = self.bill(heavy)
        with self.beat(
            "Let it count more: the bells widen, the copies blur, and the bill falls to 0.8 bits."
        ) as beat:
            beat.over(
                FadeOut(then),
                self.law.part("evidence").animate.set_fill(opacity=1.0),
                self.weighed(heavy),
                until="bill",
                least=pace.LONG,
            )
            beat.over(FadeIn(last))
        self.billed = last

    def draw_from_the_prior(self) -> None:
        """Why the KL is there: fresh draws fall among the codes, though two latents make blurred images of them."""
        spots, fresh = vae.fresh(16)
        dots = self.codes.dots(spots, ink.truth, radius=0.13)
        drawn = ImageGrid(pictures(fresh), width=self.wall_room.width, height=self.wall_room.height)
        drawn.redraw(drawn.grid(columns=4)).frame(None, ink.second)
        self.wall_room.put(drawn)
        back = self.bill(1.0)
        with self.beat(
            "Why pay? The KL keeps the codes near the prior, so fresh draws fall among them. "
            "Decoded, most are blurred."
        ) as beat:
            beat.over(FadeOut(self.billed), self.weighed(1.0), until="near", least=pace.CALM)
            beat.over(words.light(self.rings[0]), FadeIn(back), FadeOut(*self.bells), until="so")
            beat.over(
                LaggedStart(*(FadeIn(dot, scale=2) for dot in dots), lag_ratio=pace.LAG),
                until="Decoded",
                least=pace.LONG,
            )
            beat.over(FadeOut(self.wall), FadeIn(drawn), least=pace.CALM)
        self.dots, self.billed, self.drawn = dots, back, drawn

    def let_the_code_go_unused(self) -> None:
        """Reverse KL, and posterior collapse."""
        last = self.bill(HEAVIEST)
        gap = self.head.rows(1.0, 0.75, gap=0.0)[0].put(maths(GAP, 46.0))
        with self.beat(
            "What the ELBO misses is q's KL from the true posterior: q first, the reverse kind."
        ) as beat:
            self.play(FadeOut(self.law, self.told_words), run_time=pace.QUICK)
            beat.over(words.write(gap), until="true", least=pace.CALM)
            beat.over(words.light(gap.part("gap")))
        with self.beat(
            "Too heavy a KL, and each bell becomes the prior. The code goes unused: posterior collapse."
        ) as beat:
            self.play(
                FadeOut(self.dots, self.billed, self.drawn, gap),
                FadeIn(*self.bells, self.wall, self.law, self.told_words),
                run_time=pace.BRISK,
            )
            beat.over(self.weighed(HEAVIEST), until="posterior", least=pace.LONG)
            beat.over(FadeIn(last))


class CodeMap(Group):
    """The plane of codes for a ``weight`` on the KL, with the bells of eight digits, and a wall of these and copies.

    ``codes`` is the plane; ``cloud`` has the means of all codes, ``rings`` outline the prior, ``bells`` are of EIGHT;
    the ``wall`` stands in ``wall_room``.
    """

    def __init__(self, weight: float = 1.0) -> None:
        _, low = shot.safe(titled=False).rows(*BOUND_OVER_CODES, gap=0.15)
        left, self.wall_room = low.columns(7.5, 5.2, gap=0.4)
        self.codes = left.plane(
            (-3.9, 3.9), (-2.6, 2.6), equal=True, x_ticks=[-3, 0, 3], y_ticks=[-2, 0, 2], tick_size=ink.LABEL
        )
        found = vae.encode(weight)
        self.cloud = self.codes.cloud(found.means, ink.quiet, radius=0.03, opacity=0.5)
        self.rings = VGroup(
            *(
                self.codes.polygon(ellipse(np.zeros(2), np.ones(2), reach), ink.truth, LINE, 0.12)
                for reach in RINGS
            )
        )
        self.bells = [
            self.codes.polygon(ellipse(found.means[row], found.spreads, RINGS[1]), ink.second, LINE, 0.16)
            for row in EIGHT
        ]
        self.wall = ImageGrid(shown_copies(weight), width=self.wall_room.width, height=self.wall_room.height)
        self.wall.redraw(self.wall.grid(columns=4)).frame(ORIGINALS, ink.truth)
        self.wall.frame(COPIES, ink.second)
        self.wall_room.put(self.wall)
        super().__init__(self.codes, self.rings, self.cloud, *self.bells, self.wall)


def shown_copies(weight: float) -> Floats:
    """All sixteen images (16, 8, 8) of the wall: four digits over their copies, twice."""
    originals = pictures(vae.images()[list(EIGHT)])
    one, two = pictures(vae.draws(weight, EIGHT[:4])), pictures(vae.draws(weight, EIGHT[4:], 1))
    return np.concatenate([originals[:4], one, originals[4:], two])


def glide_to(mu: Value, sigma: Value, bell: Bell) -> Animation:
    """Both numbers go to those of ``bell`` together."""
    return glide(lambda now: (*mu.set(now.mu), *sigma.set(now.sigma)), Bell(mu.value, sigma.value), bell)
