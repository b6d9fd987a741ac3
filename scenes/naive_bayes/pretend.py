"""Many words at once: why they have to be taken one by one, and what one zero does."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.naive_bayes import bayes, hand, studies
from scenes.maths.naive_bayes.classifiers import multinomial
from scenes.maths.naive_bayes.mails import split
from scenes.naive_bayes.nine import Both
from scenes.naive_bayes.stage import BIG, HANG, ROOM, SPAM, WORD, WRONG, NaiveBayesStage, balance, maths

DOUBLINGS: Final = 11
"""Words whose combinations are drawn."""
MANY: Final = 20
"""Words whose combinations are told."""
PAIR: Final = ("credit", "card")
"""Words that go together."""
HEAD, REST = ROOM.rows(1, 3, gap=0.3)


def doubled(count: int) -> tuple[Floats, Floats]:
    """Places and sizes (2^11, …) of squares of which 2^``count`` are seen, as large as fits."""
    total = np.arange(2**DOUBLINGS)
    across, down = 2 ** ((count + 1) // 2), 2 ** (count // 2)
    pitch = min(ink.FRAME_WIDTH / across, ink.FRAME_HEIGHT / down)
    row, column = np.divmod(np.minimum(total, 2**count - 1), across)
    spots = pitch * np.column_stack([column - (across - 1) / 2, (down - 1) / 2 - row])
    return spots, np.where(total < 2**count, 0.4 * pitch, 0.0)


def table_rows() -> int:
    """Combinations of as many words as are told."""
    return int(2**MANY)


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
        with self.beat(
            "Our mail has more than one word. Which of the nine say free, and offer as well?"
        ) as beat:
            self.play(FadeIn(group.spam, group.ham), run_time=pace.CALM)
            beat.over(FadeIn(*group.tags, lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("Keep those: a single mail is left. It is too few to learn a share from.") as beat:
            beat.over(
                *group.keeping(),
                until="It is",
                least=pace.SLOW,
            )
            beat.over(self.frame.to(group.kept(), share=0.2))
        self.play(FadeOut(group.spam, group.ham, group.kept()), self.frame.back(), run_time=pace.BRISK)

    def double_the_table(self) -> None:
        """Each word doubles the combinations."""
        states = [doubled(count) for count in range(DOUBLINGS + 1)]
        squares = UnitChart(self.ground, *states[1], SPAM, 0.6)
        total = Tag(words.headline(f"{MANY} words: {table_rows():,} rows", WORD))
        name = Tag(words.headline("joint probability", ink.chalk))
        ROOM.put(name, UP)

        with self.beat(
            "Each combination of words would need a joint probability: how often they occur together."
        ) as beat:
            beat.over(FadeIn(squares, name), until="how", least=pace.CALM)
            self.play(glide(squares.redraw, states[1], states[2]), run_time=pace.CALM)
            beat.over(glide(squares.redraw, states[2], states[3]))
        with self.beat(
            "And each further word doubles the table. Twenty words: about a million rows, for each class."
        ) as beat:
            self.play(glide(squares.redraw, states[3], states[5]), run_time=pace.SLOW)
            beat.over(glide(squares.redraw, states[5], states[8]), until="Twenty", least=pace.SLOW)
            beat.over(
                glide(squares.redraw, states[8], states[DOUBLINGS]),
                FadeOut(name),
                FadeIn(total),
                least=pace.CALM,
            )
        self.squares, self.total = squares, total

    def multiply_them(self) -> None:
        """Within a class, the words one by one."""
        squares = self.squares
        law = maths("P(w_1, ..., w_n | c) = product_(i=1)^n P(w_i | c)", 1.15 * BIG)
        name = words.headline("conditional independence")
        HEAD.put(name)
        ROOM.put(law, DOWN)
        with self.beat(
            "So assume conditional independence: within a class, knowing one word does not change the share "
            "of another."
        ) as beat:
            beat.over(
                FadeOut(self.total),
                glide(squares.redraw, squares.state, columns()),
                until="within",
                least=pace.SLOW,
            )
            beat.over(FadeIn(name), words.write(law), least=pace.CALM)
        parameter = Tag(words.headline("one parameter a word and class", WORD, 1.1 * ink.POINT))
        with self.beat(
            "Then single shares are multiplied. It buys a small model: one parameter a word and class.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.light(law.part("product")), until="It buys")
            beat.over(FadeOut(name), FadeIn(HEAD.put(parameter)), least=pace.CALM)
        with self.beat("Each has a count of its own, so one pass over the mails is enough to learn.") as beat:
            beat.over(glide(self.sweep, 0.0, 1.0, squares), least=pace.LONG)
        self.leave(squares, law, parameter)

    def sweep(self, share: float) -> UnitChart:
        """A wave runs along the row of words."""
        places, half = columns()
        lift = np.exp(-(((places[:, 0] - ROOM.left) / ROOM.width - 1.4 * share + 0.2) ** 2) / 0.005)
        return self.squares.redraw(places + np.outer(lift, [0.0, 0.25]), half)

    def test_the_pretence(self) -> None:
        """Two words of spam: how often they should meet, and how often they do."""
        both, expected = studies.seen(*PAIR).have[0], round(studies.expected(*PAIR))
        left, right = ROOM.columns(1, 1, gap=0.7)
        waffle = Waffle(REST.columns(1, 1, gap=0.7)[1], both)
        sides = []
        for place, count, text, color in (
            (left, expected, f"assumed: {expected}", ink.quiet),
            (right, both, f"counted: {both}", SPAM),
        ):
            spots = waffle.places(np.arange(count)) + (place.middle - right.middle)[:2] * [1, 0]
            title = words.headline(text, color)
            HEAD.columns(1, 1, gap=0.7)[int(place is right)].put(title)
            sides.append((UnitChart(self.ground, spots, waffle.half, color, 0.9), title))
        with self.beat(
            "But is it true? If credit and card did not know each other, twenty spam would say both."
        ) as beat:
            self.play(FadeIn(sides[0][1]), run_time=pace.BRISK)
            beat.over(FadeIn(sides[0][0]), least=pace.CALM)
        with self.beat(
            "Counted, it is about four times as many. So the naive assumption is false. What that costs, we shall "
            "see."
        ) as beat:
            beat.over(FadeIn(*sides[1]), until="So", least=pace.CALM)
            beat.over(self.frame.to(*sides[0], *sides[1], share=0.92), least=pace.CALM)
        choice = maths(
            'hat(c) = op("argmax", limits: #true)_c thick [ log P(c) + sum_i log P(w_i | c) ]', 1.02 * BIG
        )
        name = words.headline("Naive Bayes", WORD)
        ROOM.put(VGroup(name, choice).arrange(DOWN, buff=0.8))
        self.play(FadeOut(*(part for side in sides for part in side)), self.frame.back(), run_time=pace.BRISK)
        with self.beat(
            "Naive Bayes adds up log prior and log shares for each class, and chooses the highest sum.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(name), words.write(choice), until="chooses", least=pace.CALM)
            beat.over(words.light(choice), least=pace.CALM)
        with self.beat(
            "With little data and many features it is a strong and simple start. That is the whole method.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.light(name), self.frame.to(choice, name, share=0.93), least=pace.CALM)
        self.clear_stage()

    # --- one zero

    @chapter("One zero overrules everything", "Laplace smoothing and the zero that kills")
    def one_zero_overrules_everything(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.drop_the_zero()
        self.count_the_bag()
        self.judge_by_log_loss()

    def drop_the_zero(self) -> None:
        """Four words deep on spam; then a word that no spam has shown."""
        values = [studies.prior_log_odds(), *map(studies.weight, studies.FOUR), -np.inf]
        names = ["prior", *studies.FOUR, "a new word"]
        scale = balance(names, values, [(-HANG, HANG)] * len(values))
        there = np.array([1.0] * 5 + [0.0])
        scale.redraw(there, there)
        with self.beat(
            "Now count words, not mails. The four words of our mail weigh on the side of spam."
        ) as beat:
            beat.over(FadeIn(scale), until="The four", least=pace.CALM)
            beat.over(*scale.lit(1, 2, 3, 4), least=pace.CALM)
        with self.beat(
            "Now a word falls that no spam has shown so far. Its share is zero, the logarithm minus infinity."
        ) as beat:
            beat.over(scale.drop(5), until="logarithm", least=pace.SLOW)
            beat.over(self.frame.to(scale.blocks[5], scale.sides[0], share=0.72), least=pace.CALM)
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

    def count_the_bag(self) -> None:
        """Six words of spam by hand: counted shares, and with one added to each count."""
        before, after = (np.array([*hand.shares(alpha).values()]) for alpha in (0.0, hand.ALPHA))
        bars = BarChart(
            [*hand.BAG], before, (0, 0.58), REST.width, REST.height, upright=True, colors=SPAM, decimals=2
        )
        REST.put(bars)
        name = HEAD.put(words.headline("maximum likelihood estimate"))
        total, size = sum(hand.BAG.values()), len(hand.BAG)
        law = maths(
            "theta_(w c) = (N_(w c) + alpha) / (N_c + alpha V)"
            f" quad quad (0 + 1) / ({total} + {size}) = 1 / {total + size}",
            BIG,
        )
        smooth = words.headline("Laplace smoothing", WORD, ink.POINT)
        with self.beat(
            "By hand: six words of spam. Free three times, offer twice, buy once, lunch not at all."
        ) as beat:
            beat.over(glide(bars.redraw, 0 * before, before), least=pace.SLOW)
        with self.beat(
            "Counted shares make the seen words most probable: the maximum likelihood estimate. Lunch gets "
            "zero."
        ) as beat:
            beat.over(FadeIn(name), until="Lunch", least=pace.BRISK)
            beat.over(glide(bars.shade, np.ones(size), np.array([0.6] * (size - 1) + [1.0])))
        with self.beat(
            "Laplace smoothing adds alpha to each count. V is the number of different words, so shares still "
            "sum to one.",
            pause=pace.CALM,
        ) as beat:
            HEAD.put(law)
            smooth.next_to(law, DOWN, buff=0.25).align_to(law, RIGHT)
            beat.over(FadeOut(name), words.write(law), FadeIn(smooth), until="V", least=pace.CALM)
            beat.over(glide(bars.shade, np.array([0.6] * (size - 1) + [1.0]), np.ones(size)))
        with self.beat("With alpha one, lunch gets a share too, and has no veto any more.") as beat:
            beat.over(bars.change(after), until="and", least=pace.SLOW)
            beat.over(words.light(bars.row("lunch")[0]))
        self.clear_stage()

    def judge_by_log_loss(self) -> None:
        """Log loss on the mails held out, by alpha, and what guessing costs."""
        known = split()
        losses = [
            bayes.log_loss(known.test_y, multinomial(known.train, known.train_y, alpha).log_odds(known.test))
            for alpha in studies.ALPHAS
        ]
        values = np.array([*losses, studies.guess()[1]])
        bars = BarChart(
            ["α = 10⁻¹⁰", "α = 0.1", "α = 1", "guess the prior"],
            values, (0, 3.6), ROOM.width, ROOM.height, colors=[WRONG, WORD, WORD, ink.quiet], decimals=2,
            label="log loss on mails held out",
        )  # fmt: skip
        ROOM.put(bars)
        with self.beat(
            "How good is a claim? Log loss: minus the logarithm of the probability given to the truth, "
            "averaged."
        ) as beat:
            beat.over(glide(bars.redraw, 0 * values, values), least=pace.LONG)
        with self.beat(
            "Alpha is a setting to be tuned: with nearly none the loss is 3.18, with one 0.79."
        ) as beat:
            beat.over(glide(bars.shade, np.ones(4), np.array([1, 0.6, 1, 0.6])), until="with one")
            beat.over(words.light(bars.row("α = 1")[0]))
        with self.beat(
            "But who just guesses the prior has 0.62. Something else is wrong with our claims."
        ) as beat:
            beat.over(
                glide(bars.shade, np.array([1, 0.6, 1, 0.6]), np.array([0.6, 0.6, 1, 1])), until="Something"
            )
            beat.over(
                *(words.light(bars.row(name)[0]) for name in ("α = 1", "guess the prior")), least=pace.CALM
            )
        self.clear_stage()
