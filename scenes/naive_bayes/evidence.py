"""The question, Bayes' theorem as areas, and the same in odds and log-odds."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.mosaic import Mosaic
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.review_hints import backdrop
from scenes.kit.unit_chart import UnitChart
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.naive_bayes import bayes, hand, studies
from scenes.naive_bayes.balance import Balance
from scenes.naive_bayes.stage import BIG, HAM, HANG, SPAM, WORD, Field, NaiveBayesStage, cards, maths

NINE: Final = 0.62
"""Half the side of one of nine mails."""
STEP: Final = 1.62
"""From one of them to the next."""
READ: Final = "free"
"""The word of the first chapters."""
RARE: Final = 0.05
"""Another prior."""


def nine(high: float = 0.6) -> tuple[Floats, Floats]:
    """Places of three spam, in a row on the right, and of six ham in two rows on the left."""
    spam = np.array([(2.6, high + way * STEP) for way in (1, 0, -1)])
    ham = np.array([(-2.6 - STEP * column, high + way * STEP) for way in (1, 0, -1) for column in (0, 1)])
    return spam, ham


class Nine:
    """Nine mails as squares, with the word on those that have it."""

    def __init__(self, lesson: NaiveBayesStage) -> None:
        plane = lesson.ground
        self.spots = nine()
        self.spam = UnitChart(plane, self.spots[0], NINE, SPAM, 0.9)
        self.ham = UnitChart(plane, self.spots[1], NINE, HAM, 0.9)
        have = hand.HAVE[READ]
        self.tags = [
            [words.label(READ, ink.ground, ink.AXIS).move_to((*spot, 0.0)) for spot in spots[:count]]
            for spots, count in zip(self.spots, have, strict=True)
        ]
        self.names = VGroup(
            words.headline("spam", SPAM).move_to((2.6, 3.05, 0.0)),
            words.headline("ham", HAM).move_to((-2.6 - STEP / 2, 3.05, 0.0)),
        )

    def keep(self, share: float) -> tuple[UnitChart, UnitChart]:
        """Those without the word shrink away, and those with it move together, ``share`` of the way."""
        have = hand.HAVE[READ]
        goals = [np.array([(1.0, 0.4), (3.0, 0.4)]), np.array([(-1.0, 0.4)])]
        for chart, spots, goal, count, tags in zip(
            (self.spam, self.ham), self.spots, goals, have, self.tags, strict=True
        ):
            places = spots.copy()
            places[:count] += share * (goal[:count] - spots[:count])
            half = np.where(np.arange(len(spots)) < count, NINE * (1 + 0.45 * share), NINE * (1 - share))
            chart.redraw(places, half)
            for tag, place in zip(tags, places, strict=False):
                tag.move_to((*place, 0.0))
        return self.spam, self.ham


def slabs() -> Mosaic:
    """The mails that are learned from, by class and by whether they have the word."""
    pair = studies.seen(READ)
    table = [[pair.have[side], pair.all[side] - pair.have[side]] for side in (1, 0)]
    square = Mosaic(
        table,
        ["ham", "spam"],
        [READ, "without"],
        width=6.6,
        height=5.15,
        colors=(HAM, SPAM),
        numbers="within",
        size=ink.AXIS,
    )
    return shot.safe(titled=False).put(square, LEFT)


def with_prior(prior: float) -> Floats:
    """The mosaic's table for another prior."""
    one, other = studies.seen(READ).shares
    return np.array([[(1 - prior) * other, (1 - prior) * (1 - other)], [prior * one, prior * (1 - one)]])


class Evidence(NaiveBayesStage):
    """The question, Bayes' theorem, odds and log-odds."""

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
        field = Field(self.ground)
        scale, hanging = Balance([], [], []), cards()
        for chart in (field.spam, field.ham):
            backdrop(chart)
        with self.beat("You see four words of a mail. Is it junk, and how sure may you be?") as beat:
            beat.over(FadeIn(hanging, shift=0.3 * DOWN), until="Is")
            beat.over(FadeIn(scale), until="how sure")
            beat.over(*(words.light(box, ink.chalk) for box in hanging.boxes))
        self.think()
        places = [chart.state for chart in (field.spam, field.ham)]
        spread = [(1.6 * spots, half) for spots, half in places]
        with self.beat(
            "5,917 real mails shall teach us, collected around 2002. Junk is called spam, all other mail ham."
        ) as beat:
            self.add(field.spam, field.ham)
            beat.over(
                FadeOut(hanging, scale),
                *(
                    glide(chart.redraw, far, near)
                    for chart, far, near in zip((field.spam, field.ham), spread, places, strict=True)
                ),
                until="Junk",
            )
            names = self.named(field)
            beat.at("spam", FadeIn(names[0]))
            beat.at("ham", FadeIn(names[1]))
        self.field, self.field_names = field, names

    def named(self, field: Field) -> VGroup:
        """What the colours mean, on plates."""
        return VGroup(
            *(
                VGroup(backdrop(plate), text)
                for plate, text in (
                    _plate(words.headline("spam", SPAM), 2.2),
                    _plate(words.headline("ham", HAM), -2.2),
                )
            )
        )

    def count_nine(self) -> None:
        """Nine mails by hand: prior, likelihood, posterior."""
        group, field = Nine(self), self.field
        counts = len(group.spots[0]), len(group.spots[1])
        goals = []
        for chart, spots, count in zip((field.spam, field.ham), group.spots, counts, strict=True):
            start, half = chart.state
            near = np.argsort(((start - spots.mean(axis=0)) ** 2).sum(axis=1))[:count]
            places, halves = start.copy(), np.zeros(len(start))
            places[near], halves[near] = spots, NINE
            goals.append(((start, half), (places, halves)))
        with self.beat("First, nine mails to count by hand: three are spam, six are ham.") as beat:
            beat.over(
                FadeOut(self.field_names),
                *(
                    glide(chart.redraw, *goal)
                    for chart, goal in zip((field.spam, field.ham), goals, strict=True)
                ),
                until="three",
                least=pace.SLOW,
            )
            self.remove(field.spam, field.ham)
            self.add(group.spam, group.ham)
            beat.over(FadeIn(group.names[0]), until="six")
            beat.over(FadeIn(group.names[1]))
        foot = -2.55
        prior = maths("{{ 3/9 : n }} quad", BIG, {"n": SPAM}).move_to((2.2, foot, 0.0))
        told = words.headline("prior", SPAM).next_to(prior, RIGHT, buff=0.2)
        with self.beat("Before we read a word, three of nine are spam: the prior.") as beat:
            beat.over(words.light(group.names[0], ink.chalk), FadeIn(prior), until="the prior")
            beat.over(FadeIn(told))
        likely = VGroup(
            maths("2/3", BIG, color=SPAM).move_to((2.6, foot, 0.0)),
            maths("1/6", BIG, color=HAM).move_to((-2.6 - STEP / 2, foot, 0.0)),
        )
        name = words.headline("likelihood", WORD).move_to((0.0, foot, 0.0))
        with self.beat(
            "How often does each class say free? Two of three spam, one of six ham: the likelihood."
        ) as beat:
            beat.over(FadeOut(prior, told), *(FadeIn(tag) for tag in group.tags[0]), until="Two of")
            beat.over(FadeIn(likely[0]), until="one of")
            beat.over(FadeIn(*group.tags[1], likely[1]), until="likelihood")
            beat.over(FadeIn(name))
        after = maths("2/3 quad", 1.4 * BIG, color=SPAM).move_to((0.6, -1.9, 0.0))
        said = words.headline("posterior", SPAM).next_to(after, RIGHT, buff=0.25)
        tags = [tag for each in group.tags for tag in each]
        with self.beat(
            "Keep only the mails that say free. Two of these three are spam: the posterior.", pause=pace.CALM
        ) as beat:
            beat.over(
                FadeOut(likely, name, group.names),
                glide(group.keep, 0.0, 1.0, group.spam, group.ham, *tags),
                until="Two of",
                least=pace.SLOW,
            )
            beat.over(FadeIn(after), until="posterior")
            beat.over(FadeIn(said))
        self.leave(group.spam, group.ham, *tags, after, said)

    def stack_slabs(self) -> None:
        """The same with the mails that are learned from, as areas, with the theorem beside them."""
        square = slabs()
        x = 3.75
        left = maths('{{ P("spam" | "free") : after }} =', BIG, {"after": SPAM}).move_to((x, 2.5, 0.0))
        law = maths(
            '({{ P("free" | "spam") : likely }} dot {{ P("spam") : prior }}) / {{ P("free") : evidence }}',
            BIG,
            {"likely": WORD, "prior": SPAM, "evidence": ink.chalk},
        ).move_to((x, 0.85, 0.0))
        parts = {
            name: _lines(law, name) if name != "after" else left.part("after")
            for name in ("likely", "prior", "evidence")
        }
        names = {
            text: words.headline(text, color, ink.POINT).move_to((x, y, 0.0))
            for text, color, y in (
                ("prior", SPAM, -0.75),
                ("likelihood", WORD, -1.55),
                ("evidence", ink.chalk, -2.35),
            )
        }
        step = partial(square.given, READ)
        with self.beat("Now 4,141 of the real mails. The width of spam is the prior.") as beat:
            self.play(FadeIn(square), run_time=pace.CALM)
            beat.over(words.light(square.names[1], ink.chalk), FadeIn(names["prior"]), least=pace.BRISK)
        with self.beat("The height of free within it is the likelihood. Their product is an area.") as beat:
            beat.over(FadeIn(names["likelihood"]), until="Their")
            beat.over(square.animate.pull("spam", READ, (0.35, 0.0)))
        with self.beat("Keep all that says free. Together that is the evidence: its share of all mails.") as beat:
            beat.over(square.animate.pull("spam", READ, (0.0, 0.0)), glide(step, 0.0, 1.0), until="Together")
            beat.over(glide(step, 1.0, 2.0), FadeIn(names["evidence"]), least=pace.SLOW)
        with self.beat(
            "Bayes' theorem: the posterior is prior times likelihood, divided by the evidence.",
            pause=pace.LONG,
        ) as beat:
            theorem = words.headline("Bayes' theorem", size=ink.POINT).move_to((x, 3.25, 0.0))
            beat.over(FadeIn(left, theorem), until="prior")
            beat.over(FadeIn(law), words.light(parts["prior"], ink.chalk), until="divided")
            beat.over(words.light(parts["evidence"], WORD))
        pair = studies.seen(READ)
        after = f"{100 * pair.posterior():.0f} %"
        with self.beat(f"What is kept fills the whole: {after[:2]} percent are spam, where 31 were before.") as beat:
            beat.over(
                FadeOut(*names.values()), glide(step, 2.0, 3.0), until=after[:2], least=pace.SLOW
            )
            beat.over(words.light(square.tile("spam", READ).number, ink.ground))
        self.square, self.theorem = square, VGroup(theorem, left, law)

    def drag_the_prior(self) -> None:
        """Another prior, another answer."""
        square, pair = self.square, studies.seen(READ)
        share = Value(pair.prior)
        share.draws(lambda prior: square.redraw(with_prior(prior)), square)
        prior = Readout(share.of(lambda p: 100 * p), 0, "%", "prior", SPAM, ink.HEADLINE)
        after = Readout(share.of(lambda p: 100 * pair.posterior(p)), 0, "%", "posterior", SPAM, ink.HEADLINE)
        prior.move_to((3.75, -1.1, 0.0))
        after.move_to((3.75, -2.3, 0.0))
        with self.beat("Where only five percent are spam, the same word leaves fifteen.") as beat:
            self.play(FadeIn(prior, after), run_time=pace.BRISK)
            beat.over(share.to(RARE), until="leaves", least=pace.SLOW)
            beat.over(words.light(after, ink.chalk))
        with self.beat("So set the prior of the place where you will use the model.") as beat:
            beat.over(words.light(prior, ink.chalk), words.light(self.theorem, WORD))


def _plate(text: Words, x: float) -> tuple[VGroup, Words]:
    from scenes.kit.tag import Tag  # noqa: PLC0415

    text.move_to((x, 0.0, 0.0))
    return Tag(text).plate, text  # type: ignore[return-value]


def _lines(law: Words, name: str):  # type: ignore[no-untyped-def]
    return law.part(name)


__all__ = ["HANG", "LINE", "UP", "Create", "appear", "bayes"]
