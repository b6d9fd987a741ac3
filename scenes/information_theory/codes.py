"""Where KL enters the VAE: what an encoder's bell costs under the prior, and what the ELBO weighs against it."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, Group, LaggedStart, VGroup

from scenes.information_theory.shared import PixelScores
from scenes.information_theory.stage import InformationTheoryStage, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
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
HAND: Final = Bell(2.0, 1.0)
"""Of one latent variable, worked by hand."""
NARROW: Final = Bell(2.0, 0.5)
"""The same, narrower."""
PRIOR: Final = Bell(0.0, 1.0)
ACROSS: Final = np.linspace(-4, 5, 451)
EIGHT: Final = tuple(int(np.flatnonzero(mutual.kinds() == kind)[0]) for kind in (0, 1, 3, 4, 2, 6, 7, 9))
"""The first image of eight classes."""
ORIGINALS: Final = (0, 1, 2, 3, 8, 9, 10, 11)
COPIES: Final = (4, 5, 6, 7, 12, 13, 14, 15)
"""Numbers of both on the wall of pictures."""
PRICED: Final = (3.6, 1.4, 1.1)
"""Heights of a bell, of its price, and of that price worked by hand."""
BOUND_OVER_CODES: Final = (1.75, 4.9)
"""Heights of the ELBO and of the picture below it."""
ASTRAY: Final = (0.4, 0.35, 0.38)
"""How far from the true posterior a bell begins, in both directions, and its standard deviations."""
ASTRAY_BY: Final = 1.5
THIN: Final = 0.2
"""How much farther and narrower the bells are without a KL."""
STEPS: Final = 121
"""Bells on that way."""
MAP: Final = (12, 5)
REACH: Final = (2.75, 1.8)
"""Columns and rows of the decoded plane, and how far it reaches."""
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
        self.show_the_prior()
        self.shot(shot.wide())
        self.price_one_bell()

    @chapter("The ELBO weighs copies against the KL", "where KL enters the VAE", goes_on=True)
    def the_elbo_weighs_copies_against_bits(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.spread_all_codes()
        self.write_the_bound()
        self.close_the_gap()
        self.draw_from_the_prior()
        self.turn_the_weight()

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
        name = words.label("latent variable $z$", ink.focus, size=NAME)
        name.next_to(self.codes.box[[2, 3]].mean(axis=0), UP, buff=0.15)
        with self.beat(
            "The encoder turns the image into a distribution: a bell in the plane of codes. "
            "The hidden code is the latent variable z."
        ) as beat:
            beat.over(FadeIn(encoder), Create(arrows[0]), until="turns")
            # Small first: so it passes between the numbers of the plane.
            self.play(token.animate.scale(0.04), run_time=pace.BRISK)
            beat.over(token.animate.move_to(self.codes.at(*self.mean)), until="bell", least=pace.CALM)
            self.remove(token)
            beat.over(FadeIn(self.bell, scale=0.3), until="codes")
            beat.over(
                LaggedStart(*(words.light(ring) for ring in self.bell), lag_ratio=pace.LAG), until="latent"
            )
            beat.over(FadeIn(name))
        self.said_of_it = Group(*names, encoder, arrows[0], name)

    def decode_a_code(self) -> None:
        """Codes drawn from the bell, each decoded."""
        steps = np.random.default_rng(0).normal(size=(REDRAWN, vae.LATENTS))
        spots = self.mean + steps @ np.linalg.cholesky(vae.encode().covariance).T
        dot = self.codes.dots(spots[:1], ink.focus, radius=0.12)
        with self.beat(
            "Draw a code from the bell, and the decoder makes a copy from it. Each draw gives another one."
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

    def show_the_prior(self) -> None:
        """Where codes are before an image is seen."""
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
            "Before any image is seen, codes follow the prior: one wide bell around zero."
        ) as beat:
            self.play(
                FadeOut(self.dot, self.image, self.copy, self.decoder, self.said_of_it), run_time=pace.BRISK
            )
            beat.over(self.frame.to(self.codes, share=1.0), until="codes", least=pace.CALM)
            beat.over(FadeIn(drawn), FadeIn(prior), until="one", least=pace.CALM)
            beat.over(FadeIn(rings, scale=0.3))
        with self.beat(
            "The encoder's bell, q, is elsewhere and narrower. It costs its KL from the prior."
        ) as beat:
            beat.over(FadeOut(drawn), FadeIn(encoded), words.light(self.bell[0]), until="costs")
            beat.over(*(words.light(ring) for ring in rings), words.light(prior))
        self.rings, self.bell_name = rings, VGroup(prior, encoded)

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
        top.put(cost, LEFT).shift(words.GAP * 2 * RIGHT)
        formula = low.put(maths(BILL, 50.0))
        worked = foot.put(maths("1/2 (4 + 1 - 1 - 0) = 2", 50.0))

        def grow(share: float) -> None:
            tall = share * PRIOR.density(ACROSS)
            prior.redraw(ACROSS, 0, tall)
            rim.redraw(ACROSS, tall)

        grow(0.02)
        gone = Group(self.codes, self.bell, self.rings, self.bell_name)
        with self.beat(
            "Take one latent variable and its prior. Move the bell away from it, and the KL grows."
        ) as beat:
            self.play(FadeOut(gone), self.frame.back(), run_time=pace.CALM)
            self.play(FadeIn(plane, prior, rim), run_time=pace.QUICK)
            beat.over(glide(grow, 0.02, 1.0, prior, rim), until="Move", least=pace.CALM)
            self.play(FadeIn(area, line, cost), run_time=pace.QUICK)
            beat.over(mu.to(HAND.mu), least=pace.SLOW)
        with self.beat(
            "It has a closed form: the mean squared, the variance, minus one, minus its logarithm; half of that."
        ) as beat:
            picture = VGroup(plane, prior, rim, area, line)
            share = top.height / float(plane.height)
            self.play(
                picture.animate.stretch(share, 1).move_to(top.middle),
                run_time=pace.CALM,
            )
            self.shot(shot.formula(titled=False))
            beat.over(words.write(formula), until="mean", least=pace.CALM)
            beat.over(words.light(formula.part("far")), until="variance")
            beat.over(words.light(formula.part("wide")), until="minus one")
            beat.over(words.light(formula.part("one")), until="logarithm")
            beat.over(words.light(formula.part("slim")))
        which = words.label("$mu = 2$, $sigma = 1$", ink.second, size=NAME)
        top.put(which, UP + RIGHT)
        with self.beat("For a mean of two and a width of one, that is two nats.") as beat:
            beat.over(FadeIn(which), until="width", least=pace.BRISK)
            beat.over(words.write(worked), until="nats", least=pace.CALM)
            beat.over(words.light(cost))
        with self.beat("Make the bell narrow, and it costs more.") as beat:
            self.play(FadeOut(worked, which), run_time=pace.QUICK)
            beat.over(sigma.to(NARROW.sigma), words.light(formula.part("slim")), least=pace.CALM)
        with self.beat(
            "A bell that is the prior itself is free, but carries no information about the image."
        ) as beat:
            beat.over(glide_to(mu, sigma, PRIOR), least=pace.SLOW)

    @staticmethod
    def density_plane() -> Plane:
        """The plane of the bells of one latent variable, before it makes room for the formula."""
        return shot.safe(titled=False).plane((-4, 5), (0, 0.95), x_ticks=[], y_ticks=[])

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
        second = Group(*(self.wall.images[at] for at in COPIES))
        with self.beat("Here are the codes of the digits in the data, with the bells of eight.") as beat:
            beat.over(FadeOut(bell), FadeIn(self.codes, self.rings), until="digits", least=pace.BRISK)
            self.play(self.frame.to(self.codes, share=0.98), run_time=pace.CALM)
            beat.over(
                FadeIn(self.cloud),
                LaggedStart(*(FadeIn(each, scale=0.2) for each in self.bells), lag_ratio=pace.LAG),
            )
        with self.beat("Teal frames hold those eight, orange ones their copies.") as beat:
            beat.over(self.frame.back(), FadeIn(first), until="orange", least=pace.CALM)
            beat.over(FadeIn(second))

    def write_the_bound(self) -> None:
        """The ELBO, part by part."""
        steps = [maths(" ".join(BOUND[: count + 1]), 46.0) for count in range(len(BOUND))]
        law = self.head.rows(1.0, 0.75, gap=0.0)[0].put(steps[-1])
        for step in steps[:-1]:
            words.align_baseline(step.align_to(law, LEFT), law)
        self.law = law
        self.under = shot.Region(shot.SAFE.left, self.head.bottom, shot.SAFE.right, self.head.bottom + 0.75)
        told = words.label("reconstruction term", ink.second, size=40.0).move_to(self.under.middle)
        told.set_x(float(law.part("told").get_center()[0]))
        with self.beat(
            "Training raises the evidence lower bound, the ELBO: a reconstruction term, minus that KL."
        ) as beat:
            beat.over("evidence", words.write(steps[0]), until="ELBO")
            beat.over(words.rewrite(steps[0], steps[1]), FadeIn(told), until="minus", least=pace.CALM)
            beat.over(words.rewrite(steps[1], steps[2]), least=pace.CALM)
        with self.beat("The reconstruction term asks how probable the decoder finds the image.") as beat:
            beat.over(words.light(steps[2].part("told")), words.light(told), until="image")
            beat.over(*(words.light(self.wall.images[at].frame) for at in ORIGINALS))
        with self.beat("The difference is at most the log-probability of the image: the evidence.") as beat:
            beat.over(words.rewrite(steps[2], law), until="image", least=pace.CALM)
            beat.over(words.light(law.part("evidence")))
        self.told_words = told

    def close_the_gap(self) -> None:
        """A bell beside the true posterior of one image, and by how much its ELBO misses the evidence."""
        head, low = shot.safe(titled=False).rows(*BOUND_OVER_CODES, gap=0.15)
        left, right = low.columns(8.0, 4.6, gap=0.4)
        ground, nearer = bare(shot.EDGES), Value(0.0)
        exact, evidence = vae.encode(), float(vae.elbo()[IMAGE])
        plane = left.plane(
            (-2.0, 2.0), (-2.6, 0.05), equal=True, x_ticks=[-1, 0, 1], y_ticks=[-2, -1], tick_size=ink.LABEL
        )
        true = VGroup(
            *(
                plane.polygon(ellipse(exact.means[IMAGE], exact.spreads, r), ink.truth, LINE, 0.2)
                for r in RINGS
            )
        )
        mine = [plane.polygon(ellipse(*bell_at(0.0), r), ink.second, LINE, 0.2) for r in RINGS]
        for outline, reach in zip(mine, RINGS, strict=True):
            nearer.draws(partial(redrawn, outline, reach), outline)
        above, chart, feet = right.rows(0.7, 3.2, 0.85, gap=0.1)
        whole, part = chart.columns(1, 1, gap=0.5)
        unit = chart.height / evidence

        def slab(cell: shot.Region, start: float, end: float) -> Floats:
            low_y, high_y = cell.bottom + unit * start, cell.bottom + unit * end
            return np.array(
                [(cell.left, low_y), (cell.right, low_y), (cell.right, high_y), (cell.left, high_y)]
            )

        def missed(share: float) -> float:
            return vae.gap(IMAGE, *bell_at(share))

        bars = [
            ground.polygon(slab(whole, 0.0, evidence), ink.truth, 0.0, 0.9),
            ground.polygon(slab(part, 0.0, evidence - missed(0.0)), ink.second, 0.0, 0.9),
            ground.polygon(slab(part, evidence - missed(0.0), evidence), ink.error, 0.0, 0.9),
        ]
        nearer.draws(lambda share: bars[1].redraw(slab(part, 0.0, evidence - missed(share))), bars[1])
        nearer.draws(lambda share: bars[2].redraw(slab(part, evidence - missed(share), evidence)), bars[2])
        gone = words.Readout(nearer.of(missed), 1, "nats", color=ink.error, size=NAME)
        shot.Region(part.left, above.bottom, part.right, above.top).put(gone)
        names = [
            shot.Region(cell.left, feet.bottom, cell.right, feet.top).put(maths(source, NAME), UP)
            for cell, source in ((whole, "log p(x)"), (part, '"ELBO"'))
        ]
        gap = head.put(maths(GAP, 50.0))
        q_name = plane.label(0.0, -0.35, "approximate posterior $q(z | x)$", UP, ink.second, size=38.0)
        p_name = plane.label(0.0, -2.55, "true posterior $p(z | x)$", UP, ink.truth, size=38.0)
        old = Group(self.codes, self.cloud, self.rings, *self.bells, self.wall, self.law, self.told_words)
        self.shot(shot.split(titled=False))
        with self.beat(
            "For one zero: q is an approximate posterior. It stands in for the true one, p of z given the image."
        ) as beat:
            self.play(FadeOut(old), FadeIn(plane), run_time=pace.BRISK)
            beat.over(FadeIn(*mine, q_name), until="true")
            beat.over(FadeIn(true, p_name))
        with self.beat(
            "What the ELBO misses is q's KL from the true posterior: q first, the reverse kind."
        ) as beat:
            beat.over(FadeIn(*bars, *names), FadeIn(gone), until="KL")
            beat.over(words.write(gap), until="reverse")
            beat.over(words.light(gap.part("gap")))
        with self.beat("As q comes nearer, the gap closes.") as beat:
            beat.over(nearer.to(1.0), least=pace.SLOW)
        self.gap_picture = Group(plane, true, *mine, *bars, gone, *names, gap, q_name, p_name)

    def bill(self, weight: float) -> VGroup:
        """What stands under the formula for a ``weight`` on the KL."""
        nats = float(vae.encode(weight).kl.mean() * np.log(2))
        told = words.label(
            f"error {vae.errors(weight).mean():.1f}, mean digit {vae.flat_error():.1f}", ink.second, size=40.0
        ).move_to(self.under.middle)
        told.set_x(float(self.law.part("told").get_center()[0]))
        cost = words.label(f"{nats:.1f} nats", ink.error, size=ink.POINT).move_to(self.under.middle)
        cost.set_x(float(self.law.part("bill").get_center()[0]))
        mark = words.label(f"KL × {weight:g}", ink.focus, size=40.0).move_to(self.under.middle)
        mark.set_x(shot.SAFE.right - float(mark.width) / 2)
        return VGroup(told, cost, mark)

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

    def scatter(self, start: float, end: float, thinner: float) -> Animation:
        """The eight bells from ``start`` to ``end`` times their distance from zero, and ``thinner`` times as wide.

        Without the KL nothing holds either: a decoder whose weights are as much smaller makes the same copies.
        """
        found = vae.encode()
        before = 1.0 if thinner < 1 else THIN

        def put(away: float, wide: float) -> list[object]:
            return [
                bell.redraw(ellipse(away * found.means[row], wide * found.spreads, RINGS[1]))
                for bell, row in zip(self.bells, EIGHT, strict=True)
            ]

        return glide(put, (start, before), (end, before * thinner), *self.bells)

    def draw_from_the_prior(self) -> None:
        """Why the KL is there: draws from the prior fall among the codes.  Then the whole plane, decoded."""
        self.shot(shot.wide())
        dots = self.codes.dots(vae.fresh(PRIOR_DRAWS)[0], ink.truth, radius=0.09)
        with self.beat(
            "Why pay the KL? Without it, codes scatter, and draws from the prior fall into gaps. "
            "With it, they fall among codes."
        ) as beat:
            self.play(FadeOut(self.gap_picture), run_time=pace.QUICK)
            self.play(FadeIn(self.codes, self.rings, *self.bells), self.frame.to(self.codes, share=0.98))
            beat.over("Without", self.scatter(1.0, ASTRAY_BY, THIN), until="draws", least=pace.CALM)
            beat.over(FadeIn(dots), until="With it", least=pace.CALM)
            beat.over(self.scatter(ASTRAY_BY, 1.0, 1 / THIN), FadeIn(self.cloud), least=pace.CALM)
        wall, line = shot.safe(titled=False).rows(5.6, 0.8, gap=0.15)
        across, up = np.meshgrid(
            np.linspace(-REACH[0], REACH[0], MAP[0]), np.linspace(REACH[1], -REACH[1], MAP[1])
        )
        spots = np.column_stack([across.ravel(), up.ravel()])
        decoded = ImageGrid(pictures(vae.decoder().decode(spots)), width=wall.width, height=wall.height)
        decoded.redraw(decoded.grid(columns=MAP[0]))
        wall.put(decoded)
        self.allow(decoded, "faint", "the ground of an image of a digit is black")
        name = line.put(
            words.label(
                f"decoded: $z_1$ from −{REACH[0]:g} to {REACH[0]:g}, $z_2$ from −{REACH[1]:g} to {REACH[1]:g}",
                size=NAME,
            )
        )
        self.shot(shot.gallery(MAP[1], MAP[0], titled=False))
        with self.beat("Decode the plane: digits run into each other, and the middle is a blur.") as beat:
            self.play(FadeOut(dots, self.codes, self.cloud, self.rings, *self.bells), run_time=pace.QUICK)
            self.play(self.frame.back(), run_time=pace.QUICK)
            beat.over(FadeIn(decoded), until="digits", least=pace.CALM)
            middle = [
                decoded.images[at] for at in np.flatnonzero((np.abs(spots) < np.array(REACH) / 2).all(axis=1))
            ]
            beat.over(self.frame.to(*middle, share=0.8), least=pace.CALM)
            self.play(self.frame.back(), run_time=pace.BRISK)
            beat.over(FadeIn(name))
        self.decoded = Group(decoded, name)

    def turn_the_weight(self) -> None:
        """A KL that counts more, and what both terms pay; then posterior collapse."""
        self.shot(shot.wide())
        _, one, heavy = vae.WEIGHTS
        self.weight = one
        now, then, last = (self.bill(weight) for weight in (one, heavy, HEAVIEST))
        with self.beat(
            "Keep the decoder, and let the KL count more. It falls from 2.5 nats to 0.5: the bells "
            "widen, the copies blur."
        ) as beat:
            self.play(FadeOut(self.decoded), run_time=pace.QUICK)
            self.play(
                FadeIn(self.codes, self.cloud, self.rings, *self.bells, self.wall, self.law, now),
                run_time=pace.QUICK,
            )
            beat.until("to 0.5")
            beat.over(FadeOut(now), self.weighed(heavy), until="bells", least=pace.SLOW)
            beat.over(FadeIn(then), until="copies")
            beat.over(*(words.light(self.wall.images[at].frame) for at in COPIES))
        with self.beat("Their squared error is 4.2 now; the mean digit alone has 4.7.") as beat:
            beat.over(words.light(then[0]), until="mean")
            beat.over(words.light(then[0], ink.chalk))
        with self.beat(
            "Far more, and each bell becomes the prior. Copies turn random: posterior collapse."
        ) as beat:
            beat.over(FadeOut(then), self.weighed(HEAVIEST), until="posterior", least=pace.LONG)
            beat.over(FadeIn(last))


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
