"""Claims mended: Platt scaling and isotonic regression; and the answer to the question."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.tag import Tag
from scenes.maths.naive_bayes import bayes, calibration, studies
from scenes.maths.naive_bayes.mails import split
from scenes.naive_bayes.facts import BINS, diagram
from scenes.naive_bayes.stage import BIG, FACT, HAM, ROOM, SPAM, WORD, WRONG, NaiveBayesStage, hung, maths

FAR: Final = (-160.0, 60.0)
"""Log-odds that are drawn."""
LOOSE: Final = (0.0, 0.02, 0.1, 0.5, 0.9, 0.98, 1.0)
"""Edges of claims that have been mended."""
NAMES: Final = ("as it is", "Platt", "isotonic")


class Mending(NaiveBayesStage):
    """Calibration, and the end."""

    @chapter("Re-label the ruler, keep the order", "probability calibration")
    def relabel_the_ruler_keep_the_order(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.fit_two_curves()
        self.move_the_claims()
        self.count_the_gain()
        self.end()

    def fit_two_curves(self) -> None:
        """The S-curve and the rising steps over the log-odds of mails that each model has not seen."""
        part = split()
        z = calibration.out_of_fold(part.train, part.train_y)
        plane = shot.chart(
            ROOM, FAR, (-0.08, 1.08), x_label="log-odds, mails the model has not seen", y_label="spam",
            x_ticks=(-150, -100, -50, 0, 50), y_ticks=(0, 0.5, 1),
        )  # fmt: skip
        jitter = np.random.default_rng(1).uniform(-0.06, 0.06, len(z))
        inside = (z > FAR[0]) & (z < FAR[1])
        clouds = [
            plane.cloud(
                np.column_stack([z, kind + jitter])[inside & (part.train_y == kind)], color, 0.05, 0.6
            )
            for kind, color in enumerate((HAM, SPAM))
        ]
        sigmoid, steps = studies.curves()
        x = np.linspace(*FAR, 1400)
        curves = [
            plane.curve(x, curve.p(bayes.sigmoid(x)), color, 3 * LINE, share=0.0)
            for curve, color in ((sigmoid, WORD), (steps, FACT))
        ]
        names = [
            plane.label(*spot, text, side, color, 0.2, ink.HEADLINE)
            for spot, text, side, color in (
                ((FAR[0], 0.62), "Platt scaling", RIGHT, WORD),
                ((FAR[0], 0.42), "isotonic regression", RIGHT, FACT),
            )
        ]
        with self.beat(
            "Its order is good, its numbers are not. So keep the order, and give it new numbers."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.BRISK)
            beat.over(FadeIn(*clouds), least=pace.SLOW)
        with self.beat(
            "Fit a curve from claims to facts, on mails that the model has not learned from."
        ) as beat:
            beat.over(words.light(plane.names[0]), words.light(plane.names[1]), least=pace.CALM)
        with self.beat(
            "Platt scaling fits an S-curve to the claims. It has two numbers, so a few examples will do."
        ) as beat:
            self.add(curves[0])
            beat.over(FadeIn(names[0]), glide(curves[0].reveal, 0.0, 1.0), least=pace.LONG)
        with self.beat(
            "Isotonic regression fits steps that only rise. It is free, and needs many examples."
        ) as beat:
            self.add(curves[1])
            beat.over(FadeIn(names[1]), glide(curves[1].reveal, 0.0, 1.0), least=pace.LONG)
        with self.beat("Both keep the order of the mails, ties aside.") as beat:
            low, high = plane.at(-60, -0.28), plane.at(20, 0.5)
            self.play(FadeOut(*names), run_time=pace.QUICK)
            beat.over(self.frame.to_region((low[0], high[0]), (low[1], high[1])), least=pace.SLOW)
        self.play(FadeOut(plane, *clouds, *curves), self.frame.back(), run_time=pace.BRISK)

    def move_the_claims(self) -> None:
        """The bins go back to the diagonal."""
        plane = diagram(ROOM)
        line = plane.segment((0, 0), (1, 1), ink.chalk, LINE, dashed=True)
        y = split().test_y
        raw, _, steps = studies.mended()
        before, after = calibration.bins(y, raw, BINS), calibration.bins(y, steps, LOOSE)
        shown = []
        for bins, color in ((before, WRONG), (after, FACT)):
            size = 0.13 + 0.06 * np.log10(bins.n)
            dots = plane.dots(np.column_stack([bins.claimed, bins.observed]), color, radius=size)
            low, high = bins.interval()
            shown.append((VGroup(*dots), plane.stems(bins.claimed, low, high, color, 2 * LINE)))
        names = [
            Tag(words.headline(text, color)).move_to(plane.at(0.75, 0.3))
            for text, color in (("before", WRONG), ("after isotonic", FACT))
        ]
        with self.beat("The bins of the mails held out, before, and after isotonic regression.") as beat:
            self.play(FadeIn(plane, line, *shown[0], names[0]), run_time=pace.BRISK)
            beat.over("after", FadeOut(*shown[0], names[0]), FadeIn(*shown[1], names[1]), least=pace.CALM)
        with self.beat("Now they lie near the diagonal, as far as so few mails can tell.") as beat:
            beat.over(words.light(line), words.light(shown[1][1], ink.chalk), least=pace.CALM)
        self.leave(plane, line, *shown[1], names[1])

    def count_the_gain(self) -> None:
        """Log loss before and after, and our four words."""
        left, right = ROOM.columns(1, 1, gap=0.9)
        losses = np.append(studies.scores()[:, 0], studies.guess()[1])
        bars = left.put(
            BarChart(
                [*NAMES, "guess"],
                losses,
                (0, 1.08),
                left.width,
                left.height,
                upright=True,
                decimals=2,
                colors=[WRONG, WORD, FACT, ink.quiet],
                label="log loss, mails held out",
            )
        )
        z = studies.tipped(*studies.FOUR)
        p = bayes.sigmoid(z)
        sigmoid, steps = studies.curves()
        claims = (
            f"{100 * p:.2f} %",
            f"{100 * float(sigmoid.p(p)):.1f} %",
            f"{100 * float(steps.p(p)):.0f} %",
        )
        rows = VGroup(
            words.headline("our four words", ink.chalk),
            *(
                words.headline(f"{name}: {claim}", color)
                for name, claim, color in zip(NAMES, claims, (WRONG, WORD, FACT), strict=True)
            ),
        ).arrange(DOWN, buff=0.75)
        right.put(rows)
        with self.beat(
            "Log loss falls to 0.10 by Platt, 0.07 by isotonic regression. Before, guessing the prior was "
            "cheaper."
        ) as beat:
            beat.over(glide(bars.redraw, 0 * losses, losses), FadeIn(rows[0]), least=pace.LONG)
        with self.beat(
            "Our four words: 99.99 percent becomes 98.5 by Platt, and 96 by isotonic regression."
        ) as beat:
            beat.over(FadeIn(rows[1]), until="98.5")
            beat.over(FadeIn(rows[2]), until="96")
            beat.over(FadeIn(rows[3]))
        with self.beat(
            "So take Naive Bayes for text with many features and little data. Calibrate it, or use just the "
            "side."
        ) as beat:
            beat.over(self.frame.to(bars, rows, share=0.95), least=pace.SLOW)
        self.play(FadeOut(bars, rows), self.frame.back(), run_time=pace.BRISK)

    def end(self) -> None:
        """The answer, on the balance of the opening question."""
        self.shot(shot.wide())
        scale = hung(studies.FOUR)
        law = maths("z = log P(s) / P(h) + sum_i log P(w_i | s) / P(w_i | h)", 0.85 * BIG)
        ROOM.put(law, UP + LEFT)
        steps = studies.curves()[1]
        z = studies.tipped(*studies.FOUR)
        sure = words.headline(f"{100 * float(steps.p(bayes.sigmoid(z))):.0f} %, calibrated", FACT)
        sure.next_to(law, DOWN, buff=0.45, aligned_edge=LEFT)
        with self.beat(
            "Is it junk? Yes: prior and likelihoods, as log-odds, add up on the side of spam."
        ) as beat:
            self.play(FadeIn(scale), run_time=pace.QUICK)
            for number in range(len(scale.blocks)):
                self.play(scale.drop(number), run_time=pace.BRISK)
            beat.over(FadeIn(law))
        with self.beat("How sure? Less than the posterior says: the words are not independent.") as beat:
            beat.over(words.light(law.part("z")), until="Less")
            beat.over(FadeIn(sure), least=pace.CALM)
        with self.beat(
            "Weigh every word, smooth every zero, and check the claim against the facts.", pause=pace.LONG
        ) as beat:
            beat.over(*scale.lit(), until="smooth")
            beat.over(words.light(sure, ink.chalk), least=pace.SLOW)
