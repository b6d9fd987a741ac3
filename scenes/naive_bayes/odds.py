"""The same in odds and in log-odds, and a balance that adds these."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.evidence_balance import signed
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.unit_chart import UnitChart
from scenes.maths.naive_bayes import bayes, hand, studies
from scenes.naive_bayes.evidence import READ
from scenes.naive_bayes.stage import BIG, HAM, HANG, ROOM, SPAM, WORD, NaiveBayesStage, balance, box, maths

TOP, FEET = ROOM.rows(5, 3, gap=0.25)
SIDE: Final = 0.42
"""Half the side of a mail among the odds."""
REACH: Final = 2.0
"""The log-odds that the ruler shows to either side of even."""
FAR: Final = 6.0
"""The same of the sigmoid."""


def counted(plane: Plane, region: shot.Region, spam: int, ham: int) -> VGroup:
    """``spam`` and ``ham`` mails as two rows in the middle of ``place``."""
    step = 2.2 * SIDE
    rows = VGroup()
    for count, color, up in ((spam, SPAM, 0.7), (ham, HAM, -0.7)):
        across = np.minimum(np.arange(count), count)
        x = region.middle[0] + step * (across % 3 - (min(count, 3) - 1) / 2)
        y = region.middle[1] + up - step * (across // 3)
        rows.add(UnitChart(plane, np.column_stack([x, y]), SIDE, color, 0.9))
    return rows


class Odds(NaiveBayesStage):
    """Odds, the likelihood ratio, log-odds and the balance."""

    @chapter("Odds multiply, log-odds add")
    def odds_multiply_log_odds_add(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.multiply_odds()
        self.lay_on_a_ruler()
        self.tip_the_beam()
        self.bend_it_back()

    def multiply_odds(self) -> None:
        """Prior odds, likelihood ratio and posterior odds of the nine mails, side by side."""
        tops, feet = TOP.columns(1, 1.2, 1), FEET.columns(1, 1.2, 1)
        spam, ham = (int(each) for each in hand.MAILS)
        one, other = (int(each) for each in hand.HAVE[READ])
        before = counted(self.ground, tops[0], spam, ham)
        after = counted(self.ground, tops[2], one, other)
        high = np.array([other / ham, one / spam])
        plane = box(tops[1], (-1, 2), (0, 0.75))
        bars = VGroup(*(plane.bars([x], high[x], color) for x, color in ((0, HAM), (1, SPAM))))
        odds = maths(f"{spam} : {ham} = 1 : {ham / spam:.0f}", BIG)
        ratio = maths(f"({one} \\/ {spam}) / ({other} \\/ {ham}) = {hand.ratio(READ):.0f}", BIG, color=WORD)
        result = maths(f"{one} : {other}", BIG)
        names = [
            words.headline(text, color, ink.POINT)
            for text, color in (("odds", ink.chalk), ("likelihood ratio", WORD), ("posterior odds", SPAM))
        ]
        for foot, formula, name in zip(feet, (odds, ratio, result), names, strict=True):
            foot.put(formula, UP)
            foot.put(name, DOWN)

        def grow(heights: object) -> VGroup:
            for bar, height in zip(bars, np.asarray(heights), strict=True):
                bar.redraw(height)
            return bars

        with self.beat(
            "The theorem divides both classes by the same evidence. Can we do without it?"
        ) as beat:
            self.play(FadeIn(before), run_time=pace.CALM)
            beat.over(self.frame.to(before, odds, names[0], share=0.9), least=pace.CALM)
        with self.beat("Compare the classes with each other. Odds are spam against ham: one to two.") as beat:
            beat.over(*(words.light(chart) for chart in before), until="Odds")
            beat.over(FadeIn(odds, names[0]), least=pace.CALM)
        with self.beat(
            "How much more often does spam say free? Two thirds against one sixth: the likelihood ratio is "
            "four."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(glide(grow, 0 * high, high, bars), until="the likelihood")
            beat.over(FadeIn(ratio, names[1]), least=pace.CALM)
        with self.beat(
            "Odds times ratio: two to one. That is two thirds again. The evidence has cancelled."
        ) as beat:
            beat.over(FadeIn(after, result, names[2]), until="The evidence")
            beat.over(*(words.light(name) for name in names), least=pace.CALM)
        self.clear_stage()

    def lay_on_a_ruler(self) -> None:
        """The same three numbers as lengths: products have become sums."""
        head = ROOM.rows(1, 2.2, gap=0.3)[0].inset(0.2)
        chart = shot.chart(
            ROOM, (-REACH, REACH), (0, 4.9), x_label="log-odds", x_ticks=(-2, -1, 0, 1, 2), y_ticks=()
        )
        start, step = np.log(hand.prior_odds()), np.log(hand.ratio(READ))
        rows = (
            (0.0, start, 2.2, HAM, f"prior {signed(start)}"),
            (start, start + step, 1.2, SPAM, f"{READ} {signed(step)}"),
            (0.0, start + step, 0.2, WORD, f"posterior {signed(start + step)}"),
        )
        strips = [
            chart.polygon([(a, y), (b, y), (b, y + 0.8), (a, y + 0.8)], color, LINE, 0.9)
            for a, b, y, color, _ in rows
        ]
        names = [
            chart.label(max(a, b), y + 0.4, text, RIGHT, color, 0.25, ink.POINT)
            for a, b, y, color, text in rows
        ]
        even = chart.segment((0, 0), (0, 3.2), ink.chalk, LINE)
        law = maths(
            'underbrace(log P("spam" | w) / P("ham" | w), z) = '
            'log P("spam") / P("ham") + log P(w | "spam") / P(w | "ham")',
            0.83 * BIG,
        )
        head.put(law)

        with self.beat(
            "A product of hundreds of small numbers underflows to zero on a computer. Logarithms add instead."
        ) as beat:
            self.play(FadeIn(chart), run_time=pace.BRISK)
            beat.over(Create(even), until="Logarithms", least=pace.CALM)
            beat.over(words.light(chart.names[0]))
        with self.beat("Log-odds: zero is even, right of it is spam. The prior begins on the left.") as beat:
            beat.over(words.light(chart.names[0]), until="The prior")
            beat.over(FadeIn(strips[0], names[0], shift=place.NUDGE * LEFT))
        with self.beat("The word moves it to the right by the logarithm of its ratio.") as beat:
            beat.over(
                FadeIn(strips[1], names[1], shift=place.NUDGE * RIGHT), until="logarithm", least=pace.CALM
            )
            beat.over(FadeIn(strips[2], names[2]), least=pace.BRISK)
        with self.beat(
            "Prior log-odds plus the logarithm of the likelihood ratio: that is the whole sum.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.write(law), least=pace.SLOW)
        self.clear_stage()

    def tip_the_beam(self) -> None:
        """A balance of log-odds, with the real mails."""
        pair = studies.seen(READ)
        values = [bayes.log_odds(pair.prior), np.log(pair.shares[0] / pair.shares[1])]
        scale = balance(["prior", READ], values, [(-HANG, HANG), (HANG, HANG)], unit=1.9)
        scale.redraw(np.zeros(2), np.zeros(2))
        told = [
            ROOM.put(words.headline(f"z = {signed(float(z))}", color, 1.3 * ink.HEADLINE), UP)
            for z, color in zip(np.cumsum(values), (HAM, SPAM), strict=True)
        ]
        with self.beat(
            "So the log-odds are a balance. With the real mails the prior weighs on ham's side."
        ) as beat:
            beat.over(FadeIn(scale), until="With")
            beat.over(scale.drop(0), FadeIn(told[0]), least=pace.SLOW)
        with self.beat("Then free falls on the other side, and tips it over to spam.") as beat:
            beat.over(scale.drop(1), FadeOut(told[0]), FadeIn(told[1]), least=pace.SLOW)
        with self.beat("Each word has a weight that you can read: the model explains itself.") as beat:
            beat.over(*scale.lit(), least=pace.SLOW)
        self.play(FadeOut(scale, told[1]), run_time=pace.BRISK)

    def bend_it_back(self) -> None:
        """From log-odds back to a probability."""
        chart = shot.chart(
            ROOM, (-FAR, FAR), (0, 1.05), x_label="log-odds z", y_label="P(spam | w)",
            x_ticks=(-6, -3, 0, 3, 6), y_ticks=(0, 0.5, 1),
        )  # fmt: skip
        z = np.linspace(-FAR, FAR, 241)
        curve = chart.curve(z, bayes.sigmoid(z), ink.chalk, 2 * LINE, share=0.0)
        pair = studies.seen(READ)
        at, p = float(bayes.log_odds(pair.posterior())), pair.posterior()
        dot = chart.dots([(at, p)], SPAM, radius=0.2)
        stem = chart.segment((at, 0), (at, p), SPAM, LINE, dashed=True)
        name = chart.label(at, p, f"{at:.2f}: {100 * p:.0f} %", RIGHT, SPAM, 0.45, ink.HEADLINE)
        law = chart.label(-FAR, 0.93, "$P = 1 / (1 + e^(-z))$", RIGHT, ink.chalk, 0.4, ink.HEADLINE)
        with self.beat("Back to a probability leads the sigmoid: an S-shaped curve, even at zero.") as beat:
            self.play(FadeIn(chart), run_time=pace.QUICK)
            self.add(curve)
            beat.over(glide(curve.reveal, 0.0, 1.0), FadeIn(law), least=pace.SLOW)
        with self.beat("Our 0.36 is 59 percent, as before.") as beat:
            beat.over(FadeIn(stem, *dot, name), least=pace.CALM)
        self.clear_stage()
