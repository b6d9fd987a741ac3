"""A mosaic in motion: the prior is cut by the likelihood, and what is kept fills the square."""

from functools import partial

from manim import FadeIn

from scenes.kit import shot
from scenes.kit.glide import glide
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.mosaic import Mosaic

FREE = [[2, 1], [1, 5]]
"""Spam that says free and that does not, and ham: nine mails."""


class Bayes(Lesson):
    """As *naive-bayes*, chapter 1, has it by hand: nine mails, three of them spam, and one word."""

    @chapter("Keep what fits, and count again", "Bayes' theorem for classes")
    def keep_what_fits_and_count_again(self) -> None:
        self.shot(shot.wide())
        room = shot.safe()
        prior = [[sum(column), 0] for column in FREE]
        mosaic = Mosaic(
            prior, ["spam", "ham"], ["free", "not free"], width=room.width - 2.0, height=room.height - 1.1
        )
        room.put(mosaic)
        keep = partial(mosaic.given, "free")

        with self.beat("Of nine mails, three are spam: the prior.") as beat:
            beat.over(FadeIn(mosaic.column("spam")), until="three")
            beat.over(FadeIn(mosaic.column("ham")))
        with self.beat("Two of them say free, and one of the six others: the likelihood.") as beat:
            beat.over(FadeIn(*mosaic.row_names), until="say")
            self.add(mosaic)
            beat.over(mosaic.animate.redraw(FREE), until="likelihood")
        with self.beat("Keep the mails that say free, and pool them: the evidence.") as beat:
            beat.over(self.spotlight(mosaic.row("free"), *mosaic.names), until="say")
            beat.over(glide(keep, 0.0, 1.0), until="pool")
            beat.over(self.lights_on(), glide(keep, 1.0, 2.0))
        with self.beat("Let them fill the square: two in three are spam, the posterior.") as beat:
            beat.over(glide(keep, 2.0, 3.0), until="two")
            beat.over(self.spotlight(mosaic.tile("spam", "free"), mosaic.names[0]))
