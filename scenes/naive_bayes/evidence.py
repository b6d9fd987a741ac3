"""The question, and Bayes' theorem as areas."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.mosaic import Mosaic
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.naive_bayes import hand, studies
from scenes.naive_bayes.nine import NINE, Nine
from scenes.naive_bayes.stage import BIG, HAM, ROOM, SPAM, WORD, Field, NaiveBayesStage, balance, cards, maths

READ: Final = "free"
"""The word of the first chapters."""
RARE: Final = 0.05
"""Another prior."""
WIDE: Final = 10.6
"""Scene units that the square of all mails is wide."""
HEAD, REST = ROOM.rows(2, 5, gap=0.3)


def slabs() -> Mosaic:
    """The mails that are learned from, by class and by whether they have the word."""
    pair = studies.seen(READ)
    table = [[pair.have[side], pair.all[side] - pair.have[side]] for side in (1, 0)]
    square = Mosaic(
        table,
        ["ham", "spam"],
        [READ, "without"],
        width=WIDE,
        height=3.8,
        colors=(HAM, SPAM),
        numbers="within",
        size=ink.POINT,
    )
    return REST.put(square, DOWN)


class Evidence(NaiveBayesStage):
    """The question, and Bayes' theorem."""

    @chapter("Keep what fits, and count again", "Bayes' theorem for classes")
    def keep_what_fits_and_count_again(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.pose()
        self.count_nine()
        self.stack_slabs()
        self.drag_the_prior()

    def pose(self) -> None:
        """The four cards above a level balance, and all mails."""
        field = self.field = Field(self.ground)
        scale, hanging = balance([], [], []), cards()
        with self.beat("You see four words of a mail. Is it junk, and how sure may you be?") as beat:
            beat.over(FadeIn(hanging, shift=place.NUDGE * DOWN), until="Is")
            beat.over(FadeIn(scale), until="how sure")
            beat.over(*(words.light(word, ink.chalk) for word in hanging.words))
        self.think()
        near = ROOM.inset(ROOM.width / 3, ROOM.height / 3)
        with self.beat("5,917 real mails shall teach us. Junk is called spam, the rest ham.") as beat:
            self.play(FadeOut(hanging, scale), FadeIn(*field.charts), run_time=pace.CALM)
            self.play(
                self.frame.to_region((near.left, near.right), (near.bottom, near.top)), run_time=pace.CALM
            )
            beat.over(self.frame.back(), until="spam", least=pace.CALM)
            names = VGroup(
                *(
                    Tag(words.headline(text, color, 1.5 * ink.HEADLINE))
                    for text, color in (("spam", SPAM), ("ham", HAM))
                )
            )
            for name, cell in zip(names, reversed(ROOM.columns(1, 1)), strict=True):
                cell.put(name)
            beat.at("spam", FadeIn(names[0]))
            beat.at("ham", FadeIn(names[1]))
        self.field_names = names

    def count_nine(self) -> None:
        """Nine mails by hand: prior, likelihood, posterior."""
        group, field = Nine(self.ground), self.field
        goals = []
        for chart, spots in zip(field.charts, group.spots, strict=True):
            start, half = chart.state
            near = np.argsort(((start - spots.mean(axis=0)) ** 2).sum(axis=1))[: len(spots)]
            places, halves = start.copy(), np.zeros(len(start))
            places[near], halves[near] = spots, NINE
            goals.append(((start, half), (places, halves)))
        with self.beat("First, nine mails to count by hand: three are spam, six are ham.") as beat:
            self.play(FadeOut(self.field_names), run_time=pace.QUICK)
            beat.over(
                *(glide(chart.redraw, *goal) for chart, goal in zip(field.charts, goals, strict=True)),
                until="three",
                least=pace.SLOW,
            )
            self.remove(*field.charts)
            self.add(group.spam, group.ham)
            beat.over(FadeIn(group.names[0]), until="six")
            beat.over(FadeIn(group.names[1]))
        spam, ham = hand.MAILS
        prior = maths(f"{spam} / {spam + ham}", BIG, color=SPAM).next_to(group.spam, DOWN, buff=0.2)
        told = words.headline("prior", SPAM).next_to(prior, LEFT, buff=0.4)
        with self.beat("Before we read a word, three of nine are spam: the prior.", pause=pace.CALM) as beat:
            beat.over(words.light(group.names[0], ink.chalk), FadeIn(prior), until="the prior")
            beat.over(FadeIn(told))
        likely = VGroup(
            *(
                maths(f"{have} / {count}", BIG, color=color).next_to(chart, DOWN, buff=0.2)
                for have, count, color, chart in zip(
                    hand.HAVE[READ], hand.MAILS, (SPAM, HAM), (group.spam, group.ham), strict=True
                )
            )
        )
        name = words.headline("likelihood", WORD).move_to(likely)
        with self.beat(
            "How often does each class say free? Two of three spam, one of six ham: the likelihood."
        ) as beat:
            beat.over(FadeOut(prior, told), *(FadeIn(tag) for tag in group.tags[0]), until="Two of")
            beat.over(FadeIn(likely[0]), until="one of")
            beat.over(FadeIn(*group.tags[1], likely[1]), until="likelihood")
            beat.over(FadeIn(name))
        one, other = hand.HAVE[READ]
        after = maths(f"{one} / {one + other}", 1.5 * BIG, color=SPAM)
        said = words.headline("posterior", SPAM, 1.2 * ink.HEADLINE)
        ROOM.put(VGroup(after, said).arrange(RIGHT, buff=0.5), DOWN)
        with self.beat("Keep the mails that say free. Two of these three are spam: the posterior.") as beat:
            beat.over(
                FadeOut(likely, name, group.names),
                *group.keeping(),
                until="Two of",
                least=pace.SLOW,
            )
            beat.over(FadeIn(after), until="posterior")
            beat.over(FadeIn(said), least=pace.CALM)
        self.clear_stage()

    def stack_slabs(self) -> None:
        """The same with the mails that are learned from, as areas, with the theorem above them."""
        square = self.square = slabs()
        law = self.law = maths(
            '{{ P("spam" | "free") : after }} = '
            '({{ P("free" | "spam") : likely }} dot {{ P("spam") : prior }}) / {{ P("free") : evidence }}',
            BIG,
            {"after": SPAM, "likely": WORD, "prior": SPAM, "evidence": ink.chalk},
        )
        HEAD.put(law)
        names = {
            text: HEAD.put(words.headline(text, color), side)
            for text, color, side in (
                ("prior", SPAM, LEFT),
                ("likelihood", WORD, ORIGIN),
                ("evidence", ink.chalk, RIGHT),
            )
        }
        theorem = self.theorem = words.headline("Bayes' theorem").next_to(law, DOWN, buff=0.5)
        step = partial(square.given, READ)
        with self.beat(
            "Now the real mails; a part of them is held back for tests. The width of spam is the prior."
        ) as beat:
            beat.over(FadeIn(square), until="The width", least=pace.CALM)
            beat.over(
                FadeIn(names["prior"]),
                square.animate.pull("spam", None, (0.35, 0.0)),
                least=pace.CALM,
            )
        with self.beat(
            "The height of free within it is the likelihood. Their product is an area: spam that says free."
        ) as beat:
            beat.over(
                FadeIn(names["likelihood"]),
                square.animate.pull("spam", "without", (0.0, 0.0)),
                until="Their",
            )
            beat.over(words.light(square.tile("spam", READ).number), least=pace.CALM)
        with self.beat("Keep all that says free. That is the evidence: how often any mail says it.") as beat:
            beat.over(
                square.animate.pull("spam", READ, (0.0, 0.0)),
                glide(step, 0.0, 1.0),
                until="That is",
            )
            beat.over(glide(step, 1.0, 2.0), FadeIn(names["evidence"]), least=pace.SLOW)
        with self.beat(
            "Bayes' theorem: the posterior is prior times likelihood, divided by the evidence.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeOut(*names.values()), FadeIn(theorem), words.write(law), until="prior")
            beat.over(
                words.light(law.part("prior"), ink.chalk), words.light(law.part("likely")), until="divided"
            )
            beat.over(words.light(law.part("evidence")), least=pace.SLOW)
        with self.beat(
            "Read it in the picture: the orange part of the strip, over the whole strip.", pause=pace.LONG
        ) as beat:
            beat.over(words.light(square.tile("spam", READ).number), until="over")
            beat.over(*(words.light(square.tile(side, READ).number) for side in ("ham", "spam")))
        with self.beat(
            "What is kept fills the whole: 59 percent are spam, where 31 were before.", pause=pace.CALM
        ) as beat:
            beat.over(FadeOut(self.theorem), glide(step, 2.0, 3.0), until="59", least=pace.SLOW)
            beat.over(words.light(law.part("after"), ink.chalk), least=pace.CALM)

    def drag_the_prior(self) -> None:
        """Another prior, another answer."""
        square, pair = self.square, studies.seen(READ)
        share = Value(pair.prior)
        share.draws(lambda prior: square.redraw(pair.joint(prior)), square)
        prior = Readout(share.of(lambda p: 100 * p), 0, "%", "prior", ink.chalk, ink.HEADLINE)
        after = Readout(share.of(lambda p: 100 * pair.posterior(p)), 0, "%", "posterior", SPAM, ink.HEADLINE)
        HEAD.put(prior, LEFT)
        HEAD.put(after, RIGHT)
        with self.beat("Where five percent are spam, the same word leaves fifteen.") as beat:
            self.play(FadeOut(self.law), FadeIn(prior, after), run_time=pace.BRISK)
            beat.over(share.to(RARE), until="leaves", least=pace.SLOW)
            beat.over(words.light(after, ink.chalk))
        with self.beat(
            "So set the prior of the very place where you use the model, not that of the collection it has learned "
            "from."
        ) as beat:
            beat.over(share.to(pair.prior), least=pace.SLOW)
        self.clear_stage()
