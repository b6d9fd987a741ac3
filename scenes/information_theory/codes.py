"""Where KL enters the VAE: what an encoder's bell costs under the prior."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, Group, LaggedStart, Mobject, VGroup

from scenes.information_theory.shared import LetterBefore
from scenes.information_theory.stage import InformationTheoryStage
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.kit.value import Reading, Source, Value
from scenes.maths.information_theory import mutual, vae
from scenes.maths.information_theory.fits import Bell

NAME: Final = 44.0
"""Pixels of the capitals of names."""
IMAGE: Final = int(np.flatnonzero(mutual.kinds() == 0)[0])
"""The first zero of the data: the image that is looked at."""
REDRAWN: Final = 5
"""Points drawn from one bell."""
PRIOR_DRAWS: Final = 40
"""Points drawn from the prior, to show where it has them."""
TURN: Final = np.linspace(0, 2 * np.pi, 61)
RINGS: Final = (1.0, 2.0)
"""Standard deviations at which a bell is outlined."""
HAND: Final = Bell(2.0, 1.0)
"""Of one latent variable, worked by hand."""
PRIOR: Final = Bell(0.0, 1.0)
ACROSS: Final = np.linspace(-4, 5, 451)


def ellipse(middle: Floats, spreads: Floats, reach: float = 1.0) -> Floats:
    """Outline (61, 2) at ``reach`` standard deviations of an upright bell of ``spreads`` (2,)."""
    return np.asarray(middle + reach * spreads * np.column_stack([np.cos(TURN), np.sin(TURN)]))


def pictures(pixels: Floats) -> Floats:
    """Images (n, 8, 8) of ``pixels`` (n, 64), cut to what can be shown."""
    return np.clip(pixels, 0, 1).reshape(-1, 8, 8)


class Codes(InformationTheoryStage):
    """Where KL enters the VAE."""

    @chapter("An encoder's bell has a price", "where KL enters the VAE", goes_on=True)
    def an_encoders_bell_has_a_price(self) -> None:
        self.untitled()
        self.shot(shot.gallery(1, 3, titled=False))
        self.encode_an_image()
        self.decode_a_code()
        self.show_the_prior()
        self.shot(shot.wide())
        self.price_one_bell()

    def encode_an_image(self) -> None:
        """An image, and the bell that it is turned into."""
        _, body = shot.safe(titled=False).rows(0.6, 6.0, gap=0.1)
        left, middle, right = body.columns(3.3, 6.4, 3.3, gap=0.1)
        ground = bare(shot.EDGES)
        low = body.middle[1] - left.width / 2 - 1.2
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
            ground.vector((side.left + 0.1, low), (side.right - 0.1, low), ink.second)
            for side in (left, right)
        ]
        encoder, decoder = (
            words.label(text, ink.second, size=NAME).next_to(arrow, UP, buff=0.15)
            for text, arrow in zip(("encoder", "decoder"), arrows, strict=True)
        )
        self.image, self.copy_name, self.decoder = image, names[1], VGroup(arrows[1], decoder)
        left_over = LetterBefore()
        self.add(left_over)
        with self.beat(
            "Letters have prices. What does an image cost? "
            "A variational autoencoder, a VAE, squeezes it into a few numbers, and rebuilds it."
        ) as beat:
            beat.over(FadeOut(left_over), FadeIn(image, names[0]), until="What")
            beat.over(self.frame.to(image, names[0], share=0.75), until="few", least=pace.SLOW)
            beat.at("few", FadeIn(self.codes), self.frame.back(), run_time=pace.BRISK)
            beat.at("rebuilds", FadeIn(self.copy, names[1], shift=place.NUDGE * RIGHT), run_time=pace.BRISK)
        token = ImageGrid(pictures(vae.images()[[IMAGE]]), width=left.width, height=left.width)
        left.put(token)
        name = words.label("latent variable $z$", ink.focus, size=NAME)
        name.next_to(self.codes.box[[2, 3]].mean(axis=0), UP, buff=0.15)
        with self.beat(
            "The encoder turns the image into a distribution: here, a bell in a plane. "
            "A point of that plane is the latent variable, z."
        ) as beat:
            beat.over(FadeIn(encoder), Create(arrows[0]), until="turns")
            # Small first: so it passes between the numbers of the plane.
            self.play(token.animate.scale(0.04), run_time=pace.BRISK)
            beat.over(token.animate.move_to(self.codes.at(*self.mean)), until="bell", least=pace.CALM)
            self.remove(token)
            beat.over(FadeIn(self.bell, scale=0.3), until="plane")
            beat.over(
                LaggedStart(*(words.light(ring) for ring in self.bell), lag_ratio=pace.LAG), until="latent"
            )
            beat.over(FadeIn(name))
        self.said_of_it = Group(*names, encoder, arrows[0], name)

    def decode_a_code(self) -> None:
        """Points drawn from the bell, each decoded."""
        steps = np.random.default_rng(0).normal(size=(REDRAWN, vae.LATENTS))
        spots = self.mean + steps @ np.linalg.cholesky(vae.encode().covariance).T
        dot = self.codes.dots(spots[:1], ink.focus, radius=0.12)
        with self.beat(
            "Draw a point from the bell, and the decoder makes a copy from it, each time another."
        ) as beat:
            beat.over(FadeIn(dot, scale=3), until="decoder")
            beat.over(FadeIn(self.decoder[1]), Create(self.decoder[0]), until="copy")
            beat.over(words.light(self.copy_name), words.light(dot), until="each")
            for spot, pixels in zip(spots[1:], self.copies[1:], strict=True):
                self.play(
                    dot.animate.redraw(spot[None]),
                    self.copy.animate.redraw(images=pictures(pixels[None])),
                    run_time=pace.BRISK,
                )
        self.dot = dot

    def show_the_prior(self) -> None:
        """Where points are before an image is seen."""
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
        encoded = words.label("$q(z | x)$", ink.second, size=38.0).next_to(
            self.codes.at(float(self.mean[0]) + 0.8, float(self.mean[1]) - 0.5), RIGHT, buff=0
        )
        with self.beat(
            "Before any image is seen, points follow the prior: one wide bell around zero."
        ) as beat:
            self.play(
                FadeOut(self.dot, self.image, self.copy, self.decoder, self.said_of_it), run_time=pace.BRISK
            )
            beat.over(self.frame.to(self.codes, share=1.0), until="points", least=pace.CALM)
            beat.over(FadeIn(drawn), FadeIn(prior), until="one", least=pace.CALM)
            beat.over(FadeIn(rings, scale=0.3))
        with self.beat(
            "So far p was the data and q the model. Now p is the model's prior and decoder, q its encoder."
        ) as beat:
            beat.over(FadeOut(drawn), until="Now")
            beat.over(words.light(prior), *(words.light(ring) for ring in rings), until="q its")
            beat.over(FadeIn(encoded), words.light(self.bell[0]))
        with self.beat(
            "The encoder's bell is narrower. To code its points at the prior's prices costs extra: "
            "a KL with q first, the reverse kind."
        ) as beat:
            beat.over(words.light(self.bell[0]), words.light(self.bell[1]), until="prices")
            beat.over(*(words.light(ring) for ring in rings), words.light(prior), until="KL")
            beat.over(words.light(encoded))
        self.rings, self.bell_name = rings, VGroup(prior, encoded)

    def price_one_bell(self) -> None:
        """One latent variable: its bell beside the prior's, and the KL between them."""
        plane = density_plane()
        mu, sigma = Value(PRIOR.mu), Value(PRIOR.sigma, log=True)
        bell = Reading(Bell, mu, sigma)
        prior = plane.area(ACROSS, 0, PRIOR.density(ACROSS), ink.truth, 0.35)
        rim = plane.curve(ACROSS, PRIOR.density(ACROSS), ink.truth)
        area = plane.area(ACROSS, 0, PRIOR.density(ACROSS), ink.second, 0.25)
        line = plane.curve(ACROSS, PRIOR.density(ACROSS), ink.second, width=6.0)
        bell.draws(lambda now: area.redraw(ACROSS, 0, now.density(ACROSS)), area)
        bell.draws(lambda now: line.redraw(ACROSS, now.density(ACROSS)), line)
        cost = price_of(bell)

        def grow(share: float) -> None:
            tall = share * PRIOR.density(ACROSS)
            prior.redraw(ACROSS, 0, tall)
            rim.redraw(ACROSS, tall)

        grow(0.02)
        gone = Group(self.codes, self.bell, self.rings, self.bell_name)
        with self.beat(
            "Take one latent variable and its prior. Move the bell two away from it: the KL grows to two nats."
        ) as beat:
            self.play(FadeOut(gone), self.frame.back(), run_time=pace.CALM)
            self.play(FadeIn(plane, prior, rim), run_time=pace.QUICK)
            beat.over(glide(grow, 0.02, 1.0, prior, rim), until="Move", least=pace.CALM)
            self.play(FadeIn(area, line), run_time=pace.QUICK)
            beat.over(mu.to(HAND.mu), least=pace.SLOW)
        with self.beat(
            "A bell that is the prior itself is free, but carries no information about the image."
        ) as beat:
            beat.over(glide_to(mu, sigma, PRIOR, area, line, cost), until="carries", least=pace.SLOW)
            beat.over(words.light(rim, ink.chalk))


def density_plane() -> Plane:
    """The plane of the bells of one latent variable."""
    return shot.safe(titled=False).plane((-4, 5), (0, 0.5), x_ticks=[], y_ticks=[])


def price_of(bell: Source[Bell]) -> words.Readout:
    """The KL of a ``bell`` from the prior, as a live number."""
    cost = words.Readout(
        bell.of(lambda now: float(vae.gaussian_kl(now.mu, now.sigma))),
        2,
        "nats",
        label="KL",
        color=ink.error,
        size=ink.HEADLINE,
    )
    return shot.safe(titled=False).inset(0.3, 0.2).put(cost, UP + LEFT)


def free_bell() -> VGroup:
    """What the chapter before ends on: the bell that is the prior itself."""
    plane = density_plane()
    tall = PRIOR.density(ACROSS)
    return VGroup(
        plane,
        plane.area(ACROSS, 0, tall, ink.truth, 0.35),
        plane.curve(ACROSS, tall, ink.truth),
        plane.area(ACROSS, 0, tall, ink.second, 0.25),
        plane.curve(ACROSS, tall, ink.second, width=6.0),
        price_of(Reading(Bell, Value(PRIOR.mu), Value(PRIOR.sigma, log=True))),
    )


def glide_to(mu: Value, sigma: Value, bell: Bell, *changed: Mobject) -> Animation:
    """Both numbers go to those of ``bell`` together; ``changed`` show them."""

    def state(now: Bell) -> None:
        mu.set(now.mu)
        sigma.set(now.sigma)

    return glide(state, Bell(mu.value, sigma.value), bell, *changed)
