"""Many words at once: why they have to be taken one by one, and what one zero does."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.naive_bayes import hand, studies
from scenes.maths.naive_bayes.mails import split
from scenes.naive_bayes.balance import Balance
from scenes.naive_bayes.nine import Both
from scenes.naive_bayes.stage import BIG, HAM, HANG, ROOM, SPAM, WORD, WRONG, NaiveBayesStage, maths

DOUBLINGS: Final = 12
"""Words whose combinations are drawn."""
MANY: Final = 20
"""Words whose combinations are told."""
PAIR: Final = ("credit", "card")
"""Words that go together."""
CHANCE: Final = 0.15
"""Side of a row of the table, as a share of the room."""
HEAD, REST = ROOM.rows(1, 3, gap=0.3)


def doubled(count: int) -> tuple[Floats, Floats]:
    """Places and sizes (2^12, …) of squares of which 2^``count`` are seen, as large as fits."""
    total = 2**DOUBLINGS
    waffle = Waffle(shot.EDGES, 2**count)
    seen = np.minimum(np.arange(total), 2**count - 1)
    return waffle.places(seen), np.where(np.arange(total) < 2**count, waffle.half, 0.0)


def columns() -> tuple[Floats, Floats]:
    """The same squares as one row of as many as there are words."""
    total = 2**DOUBLINGS
    step = ROOM.width / DOUBLINGS
    number = np.arange(total) % DOUBLINGS
    x = ROOM.left + (number + 0.5) * step
    half = np.where(np.arange(total) < DOUBLINGS, 0.42 * step, 0.0)
    return np.column_stack([x, np.zeros(total)]), half


class Pretend(NaiveBayesStage):
    """The naive assumption, and smoothing."""

    @chapter(
        "Pretend that words do not know each other",
        "the conditional-independence assumption and what it buys",
    )
    def pretend_that_words_do_not_know_each_other(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.read_two_words()
        self.double_the_table()
        self.multiply_them()
        self.test_the_pretence()

    def read_two_words(self) -> None:
        """Both words among the nine mails: one mail is left."""
        group = Both(self.ground)
        with self.beat("Our mail has more than one word. Which of the nine say free, and offer as well?") as beat:
            beat.over(FadeIn(group.spam, group.ham, *group.tags), least=pace.CALM)
        with self.beat("Keep those: a single mail is left. Nobody learns a share from one.") as beat:
            beat.over(
                glide(group.keep, 0.0, 1.0, group.spam, group.ham, *group.tags),
                until="Nobody",
                least=pace.SLOW,
            )
            beat.over(self.frame.to(group.kept(), share=0.55))
        self.play(FadeOut(group.spam, group.ham, *group.tags), self.frame.back(), run_time=pace.BRISK)

    def double_the_table(self) -> None:
        """Each word doubles the combinations."""
        states = [doubled(count) for count in range(DOUBLINGS + 1)]
        squares = UnitChart(self.ground, *states[1], SPAM, 0.75)
        total = Tag(words.headline(f"{MANY} words: {2**MANY:,} rows", WORD))
        name = Tag(words.headline("joint probability", ink.chalk))
        ROOM.put(name, UP)

        with self.beat(
            "Each combination of words would need a joint probability: how often they occur together."
        ) as beat:
            beat.over(FadeIn(squares, name), until="how", least=pace.CALM)
            beat.over(glide(squares.redraw, states[1], states[2]))
        with self.beat("And each further word doubles the table. Twenty words: a million rows, for each class.") as beat:
            for number in range(2, 8):
                self.play(glide(squares.redraw, states[number], states[number + 1]), run_time=pace.QUICK)
            beat.over(glide(squares.redraw, states[8], states[10]), until="Twenty")
            beat.over(
                glide(squares.redraw, states[10], states[DOUBLINGS]), FadeOut(name), FadeIn(total), least=pace.CALM
            )
        self.squares, self.total = squares, total

    def multiply_them(self) -> None:
        """Within a class, the words one by one."""
        squares = self.squares
        law = maths('P(w_1, ..., w_n | c) = product_(i=1)^n P(w_i | c)', 1.15 * BIG)
        name = words.headline("conditional independence")
        HEAD.put(name)
        ROOM.put(law, DOWN)
        with self.beat(
            "So assume conditional independence: within a class, one word tells nothing about another.",
        ) as beat:
            beat.over(
                FadeOut(self.total), glide(squares.redraw, squares.state, columns()), until="within", least=pace.SLOW
            )
            beat.over(FadeIn(name), words.write(law), least=pace.CALM)
        parameter = Tag(words.headline("one parameter a word and class", WORD, 1.1 * ink.POINT))
        with self.beat(
            "Then single shares are multiplied. It buys a small model: one parameter a word and class.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.light(law.part("product")), until="It buys")
            beat.over(FadeOut(name), FadeIn(HEAD.put(parameter)), least=pace.CALM)
        self.leave(squares, law, parameter)

    def test_the_pretence(self) -> None:
        """Two words of spam: how often they should meet, and how often they do."""
        first, second = (studies.seen(word) for word in PAIR)
        both, spam = studies.seen(*PAIR).have[0], first.all[0]
        expected = round(spam * first.shares[0] * second.shares[0])
        left, right = ROOM.columns(1, 1, gap=0.7)
        waffle = Waffle(REST.columns(1, 1, gap=0.7)[1], both)
        sides = []
        for place, count, text, color in (
            (left, expected, f"assumed: {expected}", ink.quiet),
            (right, both, f"counted: {both}", SPAM),
        ):
            spots = waffle.places(np.arange(count)) + [place.middle[0] - right.middle[0], 0]
            title = words.headline(text, color)
            HEAD.columns(1, 1, gap=0.7)[int(place is right)].put(title)
            sides.append((UnitChart(self.ground, spots, waffle.half, color, 0.9), title))
        with self.beat(
            "Is it true? If credit and card did not know each other, twenty spam would say both."
        ) as beat:
            beat.over(FadeIn(*sides[0]), least=pace.CALM)
        with self.beat("Counted, it is four times as many. So the naive assumption is false, and it stays.") as beat:
            beat.over(FadeIn(*sides[1]), until="So", least=pace.CALM)
            beat.over(self.frame.to(*sides[1], share=0.95), least=pace.CALM)
        choice = maths(
            'hat(c) = op("argmax", limits: #true)_c thick [ log P(c) + sum_i log P(w_i | c) ]', 1.2 * BIG
        )
        name = words.headline("Naive Bayes", WORD)
        ROOM.put(VGroup(name, choice).arrange(DOWN, buff=0.8))
        self.play(
            FadeOut(*(part for side in sides for part in side)), self.frame.back(), run_time=pace.BRISK
        )
        with self.beat(
            "Naive Bayes adds up log prior and log shares for each class, and chooses the highest sum.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(name), words.write(choice), until="chooses", least=pace.CALM)
            beat.over(words.light(choice), least=pace.CALM)
        with self.beat("Little data, many features: a strong and simple start.") as beat:
            beat.over(words.light(name), self.frame.to(choice, share=1.0), least=pace.CALM)
        self.clear_stage()

    # --- one zero

    @chapter("One zero overrules everything", "Laplace smoothing and the zero that kills")
    def one_zero_overrules_everything(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.drop_the_zero()




    def drop_the_zero(self) -> None:
        """Four words deep on spam; then a word that no spam has shown."""
        values = [studies.prior_log_odds(), *map(studies.weight, studies.FOUR), -np.inf]
        names = ["prior", *studies.FOUR, "a new word"]
        scale = Balance(names, values, [(-HANG, HANG)] * len(values))
        there, gone = np.array([1.0] * 5 + [0.0]), np.array([1.0] * 5 + [0.0])
        scale.redraw(there, gone)
        with self.beat("Now count words, not mails. The four words of our mail weigh on the side of spam.") as beat:
            beat.over(FadeIn(scale), until="The four", least=pace.CALM)
            beat.over(*(words.light(block[1], ink.chalk) for block in scale.blocks[1:5]), least=pace.CALM)
        with self.beat(
            "A fifth word falls that no spam has shown so far. Its share is zero, the logarithm minus infinity."
        ) as beat:
            scale.redraw(there, np.ones(6))
            beat.over(glide(scale.redraw, there, np.ones(6)), until="logarithm", least=pace.SLOW)
            beat.over(self.frame.to(scale.blocks[5], scale.foot, share=0.8), least=pace.CALM)
        with self.beat("No other word matters any more.") as beat:
            beat.over(self.frame.back(), least=pace.CALM)
        known = split()
        spam = known.test_y == 1
        hit = known.test.sums(known.train.totals(known.train_y == 1) == 0)[spam] > 0
        order = np.argsort(~hit, kind="stable")
        waffle = Waffle(shot.EDGES, int(spam.sum()))
        places = waffle.places(np.arange(len(order)))
        marked, rest = places[: hit.sum()], places[hit.sum() :]
        charts = (
            UnitChart(self.ground, marked, waffle.half, WRONG, 0.9),
            UnitChart(self.ground, rest, waffle.half, SPAM, 0.9),
        )
        share = Tag(words.headline(f"{100 * studies.unseen_share(known):.0f} %", WRONG, 1.6 * ink.HEADLINE))
        ROOM.put(share)
        with self.beat("This is no rare case: it happens to 26 percent of the spam held out.") as beat:
            self.play(FadeOut(scale), FadeIn(charts[1]), run_time=pace.BRISK)
            beat.over(FadeIn(charts[0]), FadeIn(share), least=pace.CALM)
        self.clear_stage()
