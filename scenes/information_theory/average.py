"""The average of all surprises: entropy as the level of bars whose areas are its terms."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.information_theory.prices import PriceChart
from scenes.information_theory.stage import (
    DOT,
    LARGE,
    LETTERS,
    InformationTheoryStage,
    maths,
    surprise_curve,
    surprise_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.information_theory import bits

ENTROPY: Final = "{{H(p) : whole}} = - scripts(sum)_x {{p(x) : share}} thin {{log_2 p(x) : price}}"
WITHIN: Final = 40.0
"""Pixels of the capitals of a product within a square."""
FLAT: Final = 0.03
"""Bits that a bar is high before it has a price."""


class Average(InformationTheoryStage):
    """Entropy: the average of all surprises."""

    @chapter("Entropy is the average surprise", "entropy", goes_on=True)
    def entropy_is_the_average_surprise(self) -> None:
        self.untitled()
        self.take_an_alphabet()
        self.level_the_bars()
        self.flatten_and_sharpen()

    def take_an_alphabet(self) -> None:
        """Four letters on the curve of surprise become bars."""
        self.shot(shot.wide())
        plane = surprise_plane()
        curve = surprise_curve(plane)
        self.add(plane, curve)
        self.chart = chart = PriceChart(heights=np.full(4, FLAT))
        shares, costs = np.array(bits.P), bits.surprisal(bits.P)
        dots = plane.dots(np.column_stack([shares, costs]), ink.truth, radius=DOT)
        names = [
            plane.label(x, y, text, UP + RIGHT, ink.truth, gap=0.3, size=ink.POINT)
            for x, y, text in zip(shares[:3], costs[:3], ("a: 1/2", "b: 1/4", "c, d: 1/8"), strict=True)
        ]
        with self.beat(
            "A whole alphabet has an average surprise. Take four letters and their probabilities."
        ) as beat:
            beat.over(words.tint(curve, ink.chalk), until="Take")
            beat.over(
                LaggedStart(
                    *(FadeIn(*dots[at : at + 1 + (at == 2)], names[at], scale=1.5) for at in range(3)),
                    lag_ratio=pace.LAG,
                ),
                least=pace.SLOW,
            )
        tops = chart.plane.at(np.column_stack([chart.bars.middles, costs]))
        with self.beat("Make each bar as wide as its probability, and as high as its bits.") as beat:
            self.play(FadeOut(plane, curve, *names), FadeIn(chart), run_time=pace.BRISK)
            self.add(dots)
            beat.over(glide(dots.put, (dots.centres, DOT), (tops, DOT)), until="high", least=pace.CALM)
            beat.over(glide(chart.bars.redraw, (shares, np.full(4, FLAT)), (shares, costs)), least=pace.SLOW)
        self.dots = dots

    def level_the_bars(self) -> None:
        """Areas are terms; levelled, they show the average."""
        chart, shares = self.chart, np.array(bits.P)
        costs = bits.surprisal(shares)
        # In one square each, off the seams.
        spots = chart.bars.middles - np.where(shares > 0.2, 1 / 16, 0.0)
        products = [
            words.label(text, ink.ground, WITHIN).move_to(chart.plane.at(spot, 0.5))
            for text, spot in zip(("1/2 · 1", "1/4 · 2", "1/8 · 3", "1/8 · 3"), spots, strict=True)
        ]
        with self.beat(
            "Look at b. Its area is probability times bits: what this letter adds to the average."
        ) as beat:
            self.play(FadeOut(self.dots), run_time=pace.QUICK)
            beat.over(
                self.frame.to(chart.bars[1], chart.feet[1], share=0.8),
                self.spotlight(chart.bars[1], chart.feet[1]),
                until="area",
                least=pace.SLOW,
            )
            beat.at("probability", FadeIn(products[1]))
            beat.until("what")
            beat.over(
                self.frame.back(),
                self.lights_on(),
                *(FadeIn(each) for at, each in enumerate(products) if at != 1),
                least=pace.SLOW,
            )
        average = bits.entropy(shares)
        line = chart.level(average)
        name = chart.level_name(f"entropy: {average:g} bits", average)
        with self.beat("Level them: 1.75 bits. Entropy is the average information content.") as beat:
            self.play(FadeOut(*products), chart.seams.animate.set_stroke(opacity=0.0), run_time=pace.QUICK)
            beat.over(
                glide(chart.bars.redraw, (shares, costs), (shares, np.full(4, average))),
                until="1.75",
                least=pace.SLOW,
            )
            beat.over(Create(line), until="Entropy")
            beat.over(words.write(name))
        rule = maths(ENTROPY, ink.HEADLINE)
        shot.safe(titled=False).put(rule, UP + RIGHT)
        with self.beat(
            "As a formula: each probability, times minus its logarithm, summed over all letters.",
        ) as beat:
            self.play(
                glide(chart.bars.redraw, (shares, np.full(4, average)), (shares, costs)),
                chart.seams.animate.set_stroke(opacity=1.0),
                run_time=pace.CALM,
            )
            beat.over(words.write(rule), until="times")
            beat.over(words.light(rule.part("price")), until="summed")
            beat.over(words.light(rule.part("share")))
        self.line, self.name, self.rule = line, name, rule

    def flatten_and_sharpen(self) -> None:
        """Entropy is largest for equal shares, and zero when one is certain."""
        chart, line = self.chart, self.line
        start, even = np.array(bits.P), np.full(4, 0.25)
        most = bits.entropy(even)

        def mix(p: Floats) -> object:
            prices = bits.surprisal(p)
            return chart.bars.redraw(p, np.where(p > 0, np.minimum(prices, 9.0), 0.0)), line.redraw(
                (0.0, bits.entropy(p / p.sum())), (1.0, bits.entropy(p / p.sum()))
            )

        bound = maths("0 <= H(p) <= log_2 {{n : many}}", ink.HEADLINE)
        bound.move_to(self.rule)
        bound.set_x(float(chart.plane.at(0.1, 0.0)[0]) + float(bound.width) / 2)
        quarters = VGroup(
            *(
                words.label(f"{name} 1/4", ink.truth, LARGE).next_to(
                    chart.plane.at(middle, 0.0), DOWN, buff=2 * words.GAP
                )
                for name, middle in zip(LETTERS, np.arange(0.125, 1, 0.25), strict=True)
            )
        )
        whole = words.label("a 1", ink.truth, LARGE).move_to(chart.plane.at(0.5, 0.0))
        whole.set_y(chart.feet[0].get_y())
        largest = chart.level_name(f"{most:g} bits = log₂ 4", most)
        with self.beat(
            "Entropy is largest when all are equally likely: two bits, the log of their number."
        ) as beat:
            self.play(FadeOut(self.name, chart.feet), run_time=pace.QUICK)
            beat.over(
                glide(mix, start, even, chart.bars, line), FadeIn(quarters), until="two", least=pace.SLOW
            )
            self.play(FadeIn(largest), run_time=pace.QUICK)
            beat.over(words.rewrite(self.rule, bound))
        sure = np.array([1.0, 0.0, 0.0, 0.0])
        none = chart.level_name("certain: 0 bits, as 0 · log 0 = 0", 0.0)
        with self.beat("It is zero when one letter is certain: nothing is left to ask.") as beat:
            self.play(FadeOut(largest, quarters), run_time=pace.QUICK)
            beat.over(
                glide(mix, even, sure, chart.bars, line), FadeIn(whole), until="nothing", least=pace.SLOW
            )
            self.play(FadeIn(none), run_time=pace.QUICK)
            beat.over(words.light(none, ink.chalk))
        coin = coin_plane()
        ps = np.linspace(0.0, 1.0, 201)
        tall = np.array([bits.entropy([p, 1 - p]) for p in ps])
        curve = coin.curve(ps, tall, ink.first, width=1.6 * LINE)
        bead = coin.dots([(0.05, bits.entropy([0.05, 0.95]))], ink.focus, radius=DOT)
        peak = coin.label(0.5, 1.0, "fair: 1 bit", UP, ink.focus, gap=0.3, size=ink.POINT)
        with self.beat("For a coin it rises from zero to one bit at a half, and falls alike.") as beat:
            self.play(
                FadeOut(none, whole, bound, chart.plane, chart.bars, chart.seams, line),
                FadeIn(coin),
                run_time=pace.QUICK,
            )
            self.play(FadeIn(bead), run_time=pace.QUICK)

            def toss(p: float) -> object:
                return bead.redraw([(p, bits.entropy([p, 1 - p]))])

            beat.over(glide(toss, 0.05, 0.5, bead), Create(curve), until="half", least=pace.CALM)
            self.play(FadeIn(peak), run_time=pace.QUICK)
            beat.over(glide(toss, 0.5, 0.95, bead), least=pace.CALM)
        back = chart.level_name(f"entropy: {bits.entropy(start):g} bits", bits.entropy(start))
        with self.beat("So entropy measures the uncertainty before the answer.") as beat:
            self.play(FadeOut(coin, curve, bead, peak), run_time=pace.QUICK)
            self.play(FadeIn(chart.plane, chart.bars, chart.seams, line), run_time=pace.QUICK)
            beat.over(glide(mix, sure, start, chart.bars, line), FadeIn(chart.feet), least=pace.LONG)
            self.play(FadeIn(back), run_time=pace.QUICK)


def coin_plane() -> Plane:
    """The probability of heads across, the entropy of the coin up."""
    return shot.safe(titled=False).plane(
        (0, 1),
        (0, 1.25),
        x_label="probability of heads",
        y_label="entropy (bits)",
        x_ticks=(0, 0.25, 0.5, 0.75, 1),
        y_ticks=(0, 0.5, 1),
        tick_size=ink.LABEL,
        name_size=LARGE,
    )
