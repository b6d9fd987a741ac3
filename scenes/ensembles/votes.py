"""Three models of ten cases: when a vote helps, and when it harms."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.ensembles.stage import ENSEMBLE, WRONG, EnsemblesStage
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.maths.ensembles import voting

COUNTS = tuple(range(1, 22, 2))
"""Models of a vote."""
SURE, WEAK = 0.7, 0.4
"""Chances of one model to be right."""


class Votes(EnsemblesStage):
    """The opening question."""

    @chapter("Three models, seven of ten", "diversity and why errors must disagree")
    def three_models(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        ground = shot.bare()
        right = 10 - voting.marks(voting.SAME).sum(axis=1)
        scores = VGroup(
            *(
                ground.label(
                    self.sides[1],
                    self.models.middles[10 * row, 1],
                    f"{right[row]} of 10",
                    RIGHT,
                    size=ink.AXIS,
                )
                for row in range(3)
            )
        )
        with self.beat("Three models, each right seven times in ten.") as beat:
            beat.over(FadeIn(self.models), FadeIn(self.names, lag_ratio=pace.LAG), least=pace.SLOW)
            self.play(FadeIn(scores, lag_ratio=pace.LAG), run_time=pace.CALM)
        with self.beat("Can their vote be better than each of them?") as beat:
            beat.over("vote", FadeIn(self.vote, self.voted, shift=place.NUDGE * UP), least=pace.SLOW)
        self.think()
        named = words.label("ensemble = base learners + a rule", ENSEMBLE, ink.POINT)
        shot.SAFE.put(named, np.array([0.0, -1.0, 0.0]))
        with self.beat("Several base learners that answer together are an ensemble.") as beat:
            self.play(FadeOut(self.vote, self.voted), run_time=pace.QUICK)
            beat.over(*(words.light(name) for name in self.names), until="ensemble", least=pace.CALM)
            beat.over(FadeIn(named), least=pace.BRISK)
        rule = words.label("majority vote (hard voting)", ENSEMBLE, ink.POINT)
        shot.SAFE.put(rule, np.array([0.0, -1.0, 0.0]))
        with self.beat(
            "For classes they take a majority vote, or hard voting; for numbers, they average."
        ) as beat:
            beat.over(FadeOut(named), FadeIn(rule), until="numbers", least=pace.SLOW)
            self.play(FadeOut(rule), FadeIn(self.vote, self.voted), run_time=pace.BRISK)
        same, apart, pairs = (
            voting.marks(wrong).astype(float) for wrong in (voting.SAME, voting.APART, voting.PAIRS)
        )
        failed = [voting.vote_fails(errs.astype(bool))[None].astype(float) for errs in (same, apart, pairs)]
        told = [self.counts(int(10 - fails.sum())) for fails in failed]
        nothing = 0.0 * same
        column = VGroup(*(ground.circle(self.models.middles[row], 0.45) for row in (0, 10, 20)))
        column.add(ground.circle(self.vote.middles[0], 0.45))
        column.set_stroke(opacity=0)
        with self.beat("Suppose that the three are wrong on the same cases, here in red.") as beat:
            beat.over("wrong", glide(self.models.redraw, nothing, same, self.models), least=pace.SLOW)
        with self.beat("Look at one case: three wrong answers, so the vote is wrong as well.") as beat:
            beat.over(self.frame.to(column, share=0.95), until="so", least=pace.SLOW)
            beat.over(glide(self.vote.redraw, 0 * failed[0], failed[0], self.vote), least=pace.CALM)
        with self.beat("Such a vote is as good as one model: seven right.") as beat:
            beat.over(self.frame.back(), until="seven", least=pace.SLOW)
            beat.over(FadeIn(told[0]), least=pace.BRISK)
        with self.beat(
            "Now no two are wrong together. The two right ones outvote the third: ten right."
        ) as beat:
            self.play(FadeOut(told[0]), run_time=pace.QUICK)
            beat.over(glide(self.models.redraw, same, apart, self.models), until="outvote", least=pace.SLOW)
            self.play(glide(self.vote.redraw, failed[0], failed[1], self.vote), run_time=pace.CALM)
            beat.over(FadeIn(told[1]), least=pace.BRISK)
        with self.beat(
            "But let them err in pairs, and four cases are lost: six right, worse than each.",
            pause=pace.SLOW + pace.BRISK,
        ) as beat:
            self.play(FadeOut(told[1]), run_time=pace.QUICK)
            beat.over(glide(self.models.redraw, apart, pairs, self.models), until="lost", least=pace.SLOW)
            self.play(glide(self.vote.redraw, failed[1], failed[2], self.vote), run_time=pace.CALM)
            beat.over(FadeIn(told[2]), least=pace.BRISK)
        name = words.label("diversity: errors on different cases", WRONG, ink.POINT)
        shot.SAFE.put(name, np.array([0.0, -1.0, 0.0]))
        with self.beat(
            "So it matters where they err. Errors that fall on different cases: that is diversity.",
            pause=pace.SLOW + pace.BRISK,
        ) as beat:
            self.play(FadeOut(told[2], self.vote, self.voted), run_time=pace.QUICK)
            beat.over(glide(self.models.redraw, pairs, apart, self.models), until="that", least=pace.SLOW)
            beat.over(FadeIn(name), least=pace.BRISK)
        self.independent()

    def independent(self) -> None:
        """Chance that the vote is right, by the number of models, with independent errors."""
        plane = shot.chart(
            shot.safe(titled=False), (0, 27), (0, 1.04), x_ticks=[1, 3, 11, 21], y_ticks=[0, 0.5, 1],
            x_label="models in the vote, errors independent", y_label="chance that the vote is right",
        )  # fmt: skip
        good = np.array([(count, voting.independent(count, SURE)) for count in COUNTS])
        bad = np.array([(count, voting.independent(count, WEAK)) for count in COUNTS])
        dots, poor = plane.dots(good, ENSEMBLE, radius=0.15), plane.dots(bad, WRONG, radius=0.15)
        ends = VGroup(
            plane.label(3, good[1, 1], f"{100 * good[1, 1]:.0f} %", UP, ENSEMBLE, gap=0.3, size=ink.POINT),
            plane.label(
                21, good[-1, 1], f"{100 * good[-1, 1]:.0f} %", RIGHT, ENSEMBLE, gap=0.3, size=ink.POINT
            ),
        )
        with self.beat(
            "If their errors were independent, three would be right in seventy-eight percent."
        ) as beat:
            self.exchange(plane, *dots[:2], run_time=pace.BRISK)
            beat.over("seventy-eight", FadeIn(ends[0]), least=pace.BRISK)
        with self.beat("And twenty-one of them in ninety-seven percent.") as beat:
            beat.over(FadeIn(*dots[2:], lag_ratio=pace.LAG), until="ninety-seven", least=pace.SLOW)
            beat.over(FadeIn(ends[1]))
        low = plane.label(21, bad[-1, 1], f"each: {100 * WEAK:.0f} %", RIGHT, WRONG, gap=0.3, size=ink.AXIS)
        with self.beat(
            "That holds if each is right more often than not. Otherwise the vote gets worse."
        ) as beat:
            beat.until("Otherwise")
            beat.over(FadeIn(*poor, lag_ratio=pace.LAG), FadeIn(low), least=pace.SLOW)
        with self.beat("Before you combine models, compare where they err, not only how often.") as beat:
            self.models.redraw(voting.marks(voting.SAME).astype(float))
            self.exchange(self.models, self.names, run_time=pace.BRISK)
            same, apart = (voting.marks(wrong).astype(float) for wrong in (voting.SAME, voting.APART))
            beat.over("where", glide(self.models.redraw, same, apart, self.models), least=pace.SLOW)
