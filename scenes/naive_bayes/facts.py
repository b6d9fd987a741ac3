"""Claims against facts: the reliability diagram, what one in a million comes to, and what it costs."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, Create, FadeIn, FadeOut

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.naive_bayes import bayes, hand, studies
from scenes.maths.naive_bayes.mails import split
from scenes.naive_bayes.stage import FACT, HAM, ROOM, SPAM, WORD, WRONG, NaiveBayesStage

BINS: Final = (0.0, studies.TINY, 0.001, 0.5, 0.999, 1 - studies.TINY, 1.0)
"""Edges of claimed probability."""


def diagram(place: shot.Region) -> Plane:
    """The plane of claims and facts."""
    return shot.chart(
        place, (-0.03, 1.03), (-0.03, 1.03), x_label="claimed probability of spam", y_label="observed share of spam",
        x_ticks=(0, 0.5, 1), y_ticks=(0, 0.5, 1),
    )  # fmt: skip


def straight(p: Floats) -> Floats:
    """Points of the diagonal at ``p`` (n,)."""
    return np.column_stack([p, p])


class Facts(NaiveBayesStage):
    """Claims against facts."""

    @chapter("Claims against facts", "reliability diagram and over-confidence")
    def claims_against_facts(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.call_ten_mails()
        self.draw_the_diagram()
        self.ask_one_in_a_million()
        self.pay_for_it()

    def call_ten_mails(self) -> None:
        """Ten mails that are called 80 percent spam."""
        upper, lower = ROOM.rows(1, 2.4, gap=0.4)
        step = lower.width / hand.CALLED * 2
        number = np.arange(hand.CALLED)
        row, column = np.divmod(number, hand.CALLED // 2)
        spots = lower.middle[:2] + np.column_stack(
            [(column - (hand.CALLED // 2 - 1) / 2) * step * 0.9, (0.5 - row) * step * 0.9]
        )
        half = 0.41 * step * 0.9
        spam = hand.called_spam()
        blank = UnitChart(self.ground, spots, half, ink.quiet, 0.6)
        true, false = (
            UnitChart(self.ground, spots[:spam], half, SPAM, 0.95),
            UnitChart(self.ground, spots[spam:], half, HAM, 0.95),
        )
        claim = upper.put(words.headline(f"claimed: {100 * hand.CLAIM:.0f} %", ink.chalk), LEFT)
        calibrated = upper.put(words.headline("calibrated", FACT), RIGHT)
        with self.beat(
            "How sure may we be? Ask the facts. By hand: these mails are called eighty percent spam."
        ) as beat:
            beat.over(FadeIn(blank), until="By", least=pace.CALM)
            beat.over(FadeIn(claim))
        with self.beat(
            "If that share of them is spam, the model is calibrated: its claims come true as often as it says."
        ) as beat:
            beat.over(FadeOut(blank), FadeIn(true, false), until="the model", least=pace.CALM)
            beat.over(FadeIn(calibrated), self.frame.to(true, false, claim, calibrated, share=0.9))
        self.play(FadeOut(true, false, claim, calibrated), self.frame.back(), run_time=pace.BRISK)

    def draw_the_diagram(self) -> None:
        """Bins of the mails held out rise from the diagonal to their observed share."""
        plane = diagram(ROOM)
        bins = studies.in_words(BINS)
        line = plane.segment((0, 0), (1, 1), ink.chalk, LINE, dashed=True)
        low, high = bins.interval()
        bars = plane.stems(bins.claimed, low, high, FACT, 2 * LINE)
        start, end = straight(bins.claimed), np.column_stack([bins.claimed, bins.observed])
        moving = plane.dots(start, FACT, radius=0.13 + 0.06 * np.log10(bins.n))
        name = Tag(words.headline("reliability\ndiagram", FACT))
        plane_name = plane.at(0.8, 0.35)
        name.move_to(plane_name)
        with self.beat(
            "Do so with all claims of our model: sort the mails held out into bins by what it claims."
        ) as beat:
            beat.over(FadeIn(plane), Create(line), until="sort", least=pace.CALM)
            beat.over(FadeIn(*moving), least=pace.CALM)
        with self.beat("Each bin moves to the share that is spam. This is the reliability diagram.") as beat:
            beat.over(glide(moving.redraw, start, end), until="This", least=pace.SLOW)
            beat.over(FadeIn(name, bars))
        right = plane.label(0.75, 0.75, "calibrated", DOWN + RIGHT, ink.chalk, 0.1, ink.POINT)
        with self.beat("On the diagonal a model would be calibrated.") as beat:
            beat.over(FadeIn(right), words.light(line), least=pace.CALM)
        with self.beat(
            "Ours is above it on the left and below it on the right: over-confident. Few mails lie between, "
            "so their intervals are long."
        ) as beat:
            beat.over(words.light(moving[0], WRONG), words.light(moving[1], WRONG), until="below")
            beat.over(words.light(moving[-1], WRONG), until="Few")
            beat.over(words.light(bars), least=pace.CALM)
        self.leave(plane, line, *moving, bars, name, right)

    def ask_one_in_a_million(self) -> None:
        """All mails below one in a million, with the spam among them."""
        p, y = bayes.sigmoid(studies.claims()), split().test_y
        called = y[p < studies.TINY]
        hits, count = int(called.sum()), len(called)
        waffle = Waffle(shot.EDGES, count)
        places = waffle.places(np.random.default_rng(2).permutation(count))
        ham = UnitChart(self.ground, places[hits:], waffle.half, HAM, 0.6)
        spam = UnitChart(self.ground, places[:hits], 1.25 * waffle.half, WRONG, 1.0)
        told = Tag(words.headline("claimed: over 1,000,000 : 1 for ham", ink.chalk))
        found = Tag(words.headline(f"spam: {hits} of {count:,}", WRONG))
        upper, lower = ROOM.rows(1, 1)
        upper.put(told)
        lower.put(found)
        with self.beat("Of most mails on the left it says: more than a million to one against spam.") as beat:
            beat.over(FadeIn(ham), FadeIn(told), least=pace.CALM)
        with self.beat("Twelve of these are spam. That is about one percent.") as beat:
            beat.over(FadeIn(spam), FadeIn(found), until="That", least=pace.CALM)
            self.pin(told, found)
            near = ROOM.inset(0.12 * ROOM.width, 0.12 * ROOM.height)
            beat.over(self.frame.to_region((near.left, near.right), (near.bottom, near.top)), least=pace.SLOW)
        self.play(FadeOut(ham, spam, told, found), self.frame.back(), run_time=pace.BRISK)

    def pay_for_it(self) -> None:
        """Brier score and log loss of one claim, by how it comes out."""
        plane = shot.chart(
            ROOM, (0, 1), (0, 3), x_label="claimed probability of spam", y_label="price if it is spam",
            x_ticks=(0, 0.5, 1), y_ticks=(1, 2, 3),
        )  # fmt: skip
        p = np.linspace(np.exp(-3), 1, 200)
        log = plane.curve(
            p,
            bayes.losses(np.ones(len(p)), bayes.log_odds(np.minimum(p, 1 - 1e-12))),
            WRONG,
            3 * LINE,
            share=0.0,
        )
        square = plane.curve(
            np.linspace(0, 1, 200), (1 - np.linspace(0, 1, 200)) ** 2, WORD, 3 * LINE, share=0.0
        )
        first = plane.label(0.12, 2.2, "log loss", RIGHT, WRONG, 0.2, ink.HEADLINE)
        second = plane.label(0.0, 0.3, "Brier score", RIGHT, WORD, 0.2, ink.POINT)
        law = plane.label(
            0.98, 2.4, '$"Brier" = 1/n sum_i (p_i - y_i)^2$', LEFT, WORD, 0.0, 0.85 * ink.HEADLINE
        )
        with self.beat(
            "Accuracy does not see that. Log loss does: the more sure and the more wrong, the dearer."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            self.add(log)
            beat.over(FadeIn(first), glide(log.reveal, 0.0, 1.0), least=pace.LONG)
        with self.beat(
            "So does the Brier score, the mean squared distance from a claim to what happened: zero or one.",
            pause=pace.CALM,
        ) as beat:
            self.add(square)
            beat.over(FadeIn(second), glide(square.reveal, 0.0, 1.0), until="distance", least=pace.CALM)
            beat.over(FadeIn(law), least=pace.CALM)
        with self.beat("Draw the diagram before you use a score as a probability.") as beat:
            beat.over(
                self.frame.to(plane, share=1.0),
                words.light(first, ink.chalk),
                words.light(second, ink.chalk),
                least=pace.CALM,
            )
        self.clear_stage()
