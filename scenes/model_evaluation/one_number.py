"""F1: one number that needs precision and recall both, and its averages over classes."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.plane import Plane
from scenes.maths.model_evaluation import metrics
from scenes.model_evaluation.stage import (
    AT,
    BIG,
    FN,
    FP,
    HIGH,
    NEGATIVE,
    POSITIVE,
    PRECISION,
    RECALL,
    THICK,
    THRESHOLD,
    TP,
    ModelEvaluationStage,
    lit,
    maths,
)

LEFT_POLE: Final = 0.1
RIGHT_POLE: Final = 0.9
HALF: Final = 0.035
"""Half the width of a pole, where the frame is 1 wide."""
LAW: Final = "F_1 = (2 {{ P : P }} {{ R : R }}) / ({{ P : P }} + {{ R : R }})"
FOOT: Final = -0.12
TOP: Final = 1.08


class Poles:
    """Precision and recall as two poles on a ``plane``, ladders between them, and F1 where these cross."""

    def __init__(self, plane: Plane, p: float, r: float) -> None:
        self.plane = plane
        self.poles = [plane.polygon(np.zeros((4, 2)), color, fill=0.9) for color in (PRECISION, RECALL)]
        self.ladders = Segments(plane, ink.quiet, THICK)
        self.half = plane.polygon(np.zeros((4, 2)), ink.chalk, fill=0.9)
        self.full = plane.polygon(np.zeros((4, 2)), ink.chalk, THICK, fill=0.25)
        self.mean = Segments(plane, ink.quiet, THICK, dashed=True)
        self.state = (p, r)
        self.redraw(p, r)

    def redraw(self, p: float, r: float) -> list[object]:
        """Stand as high as ``p`` and ``r``."""
        self.state = (p, r)
        for pole, x, height in zip(self.poles, (LEFT_POLE, RIGHT_POLE), (p, r), strict=True):
            pole.redraw(upright(x, height))
        span = RIGHT_POLE - LEFT_POLE
        self.ladders.redraw([(LEFT_POLE, p), (LEFT_POLE, 0.0)], [(RIGHT_POLE, 0.0), (RIGHT_POLE, r)])
        cross, x = p * r / (p + r), LEFT_POLE + span * p / (p + r)
        self.half.redraw(upright(x, cross))
        self.full.redraw(upright(x, 2 * cross))
        middle = (p + r) / 2
        self.mean.redraw((LEFT_POLE, middle), (RIGHT_POLE, middle))
        return [*self.poles, self.ladders, self.half, self.full, self.mean]

    @property
    def crossing(self) -> tuple[float, float]:
        """Where the ladders cross, in data units."""
        p, r = self.state
        return LEFT_POLE + (RIGHT_POLE - LEFT_POLE) * p / (p + r), p * r / (p + r)


class OneNumber(ModelEvaluationStage):
    """F1: one number that needs precision and recall both, and its averages over classes."""

    @chapter("Can one number need both?", "F1")
    def one_number_that_needs_both(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.cross_the_ladders()
        self.shrink_one()
        self.swap_the_classes()

    def cross_the_ladders(self) -> None:
        """Two poles of the ten cards; ladders cross at half of F1."""
        now = self.called(AT)
        region = shot.safe(titled=False)
        self.plane = plane = shot.chart(region, (0, 1), (FOOT, TOP), x_ticks=[], y_ticks=(0, 0.5, 1))
        self.poles = poles = Poles(plane, now.precision, now.recall)
        floor = plane.segment((0, 0), (1, 0), ink.faint, THICK)
        names = VGroup(
            plane.label(LEFT_POLE, 0, "precision", DOWN, PRECISION, 0.15, ink.POINT),
            plane.label(RIGHT_POLE, 0, "recall", DOWN, RECALL, 0.15, ink.POINT),
        )
        names[0].align_to(plane.at(0.01, 0), LEFT)
        shares = VGroup(
            plane.label(LEFT_POLE, now.precision, fraction(now.precision), UP, PRECISION, 0.15, BIG),
            plane.label(RIGHT_POLE, now.recall, fraction(now.recall), UP, RECALL, 0.15, BIG),
        )
        flat = (0.001, 0.001)
        end = poles.state
        with self.beat("Two numbers again. Can one number ask for both?") as beat:
            poles.redraw(*flat)
            self.add(plane, floor, *poles.poles)
            beat.over(glide(poles.redraw, flat, end, *poles.poles), least=pace.SLOW)
            self.play(FadeIn(names, shares), run_time=pace.QUICK)
        self.think(2.5)
        with self.beat("Lean a ladder from the top of each pole to the foot of the other.") as beat:
            low = [(LEFT_POLE, end[0]), (LEFT_POLE, 0.0)]
            self.add(poles.ladders)
            beat.over(
                glide(
                    poles.ladders.redraw,
                    (low, [(LEFT_POLE + 0.01, end[0]), (LEFT_POLE + 0.01, 0.0)]),
                    (low, [(RIGHT_POLE, 0.0), (RIGHT_POLE, end[1])]),
                ),
                least=pace.LONG,
            )
        across, height = poles.crossing
        value = plane.label(across, 2 * height, fraction(now.f1), UP, ink.chalk, 0.15, BIG)
        term = plane.label(across, 0, "F1 score", DOWN, ink.chalk, 0.15, ink.POINT)
        mean_name = plane.label(0.69, 0.76, "harmonic mean", np.zeros(3), ink.chalk, 0.0, ink.POINT)
        with self.beat("Twice the height at which they cross is the harmonic mean.") as beat:
            beat.over(FadeIn(poles.half), until="harmonic")
            beat.over(FadeIn(poles.full, value, mean_name))
        self.f1_law = maths(LAW)
        self.f1_law.move_to(plane.at(0.5, 0.95))
        with self.beat("The F1 score is the harmonic mean of precision and recall.") as beat:
            beat.over(FadeIn(self.f1_law, term), until="precision")
            beat.over(lit(self.f1_law.part("P")), lit(names[0]), until="recall")
            beat.over(lit(self.f1_law.part("R")), lit(names[1]), beyond=pace.CALM)
        with self.beat("The lower pole pulls the crossing down. So one good number is not enough.") as beat:
            beat.over(lit(shares[0]), lit(names[0]), until="So")
            beat.over(lit(value), beyond=pace.SLOW)
        self.hand_words = VGroup(shares, value, term, mean_name)

    def shrink_one(self) -> None:
        """Recall shrinks, and F1 sinks with it; the plain mean stays up."""
        plane, poles = self.plane, self.poles
        now = self.counted(HIGH)
        begin, end = poles.state, (now.precision, now.recall)
        at = plane.label(0.97, 1.0, f"threshold {HIGH:g}", LEFT, THRESHOLD, 0.0, ink.POINT)
        with self.beat("Why not the plain mean? On the full data, take a threshold of 0.9.") as beat:
            self.play(FadeOut(self.hand_words), run_time=pace.QUICK)
            beat.over(FadeIn(poles.mean), until="take")
            beat.over(
                glide(
                    poles.redraw, begin, end, *poles.poles, poles.ladders, poles.half, poles.full, poles.mean
                ),
                FadeOut(self.f1_law),
                FadeIn(at),
                least=pace.LONG,
            )
        across, height = poles.crossing
        mean = sum(end) / 2
        numbers = VGroup(
            plane.label(LEFT_POLE, end[0], f"{end[0]:.2f}", UP, PRECISION, 0.12, BIG),
            plane.label(RIGHT_POLE + 0.025, end[1], f"{end[1]:.2f}", UP, RECALL, 0.12, BIG),
        )
        averages = VGroup(
            plane.label(0.66, mean, f"plain mean {mean:.2f}", UP, ink.quiet, 0.12, ink.POINT),
            plane.label(across, 2 * height, f"F1\n{now.f1:.2f}", UP, ink.chalk, 0.15, BIG),
        )
        with self.beat("Its few calls are nearly always right. But most eights are missed.") as beat:
            beat.over(FadeIn(numbers[0]), until="But")
            low = plane.polygon(np.array([(0.6, 1.3 * FOOT), (1.0, 1.3 * FOOT), (1.0, 0.36), (0.6, 0.36)]))
            beat.over(FadeIn(numbers[1]), self.frame.to(low, share=1.0), least=pace.CALM)
        with self.beat(
            "The plain mean still says 0.53. F1 says 0.19: it sides with the smaller one."
        ) as beat:
            beat.over(FadeIn(averages[0]), until="F1")
            beat.over(FadeIn(averages[1]), self.frame.back(), until="sides")
            beat.over(lit(numbers[1]))
        counted = maths(f"{LAW} = (2 {TP}) / (2 {TP} + {FP} + {FN})")
        counted.move_to(plane.at(0.62, 0.8))
        with self.beat("In counts, F1 has no true negatives in it.") as beat:
            beat.over(FadeIn(counted), until="true")
            beat.over(lit(counted.part("fp")), lit(counted.part("fn")), beyond=pace.SLOW)

    def swap_the_classes(self) -> None:
        """F1 of eights, of all others, and both averages of the two."""
        now = self.counted(AT)
        values = (now.f1, now.swapped.f1, metrics.macro_f1(now), metrics.micro_f1(now))
        names = ("eights", "others", "macro\naverage", "micro\naverage")
        region = shot.safe(titled=False)
        plane = region.plane((0, 4), (-0.4, 1.12), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        colors = (POSITIVE, NEGATIVE, ink.chalk, ink.chalk)
        bars, texts, numbers = [], [], []
        for place, (value, name, color) in enumerate(zip(values, names, colors, strict=True)):
            bars.append(plane.polygon(pillar(place + 0.5, 0.001), color, fill=0.8))
            texts.append(plane.label(place + 0.5, 0, name, DOWN, color, 0.2, ink.POINT))
            numbers.append(plane.label(place + 0.5, value, f"{value:.2f}", UP, color, 0.15, BIG))

        texts[2].align_to(texts[3], DOWN)
        inside = [
            words.label(text, ink.ground, ink.LABEL).move_to(plane.at(place, 0.4))
            for text, place in (
                (f"({values[0]:.2f} +\n{values[1]:.2f}) / 2", 2.5),
                (f"{now.tp + now.tn:,} right\nof {now.total:,}:\naccuracy\n{100 * now.accuracy:.1f}%", 3.5),
            )
        ]
        cut = plane.label(0.14, 1.05, f"threshold {AT:g}", RIGHT, THRESHOLD, 0.0, ink.POINT)

        def grow(which: int) -> object:
            return glide(
                lambda height: bars[which].redraw(pillar(which + 0.5, height)),
                0.001,
                values[which],
                bars[which],
            )

        with self.beat(
            "So it changes when you swap the positive class. At our first threshold: 0.60 for eights."
        ) as beat:
            base = plane.segment((0, 0), (4, 0), ink.faint, THICK)
            self.exchange(base, cut, run_time=pace.BRISK)
            beat.over(grow(0), FadeIn(texts[0]), least=pace.CALM)
            self.play(FadeIn(numbers[0]), run_time=pace.QUICK)
        with self.beat("For the others, at the same threshold, it is far higher.") as beat:
            beat.over(grow(1), FadeIn(texts[1]), least=pace.CALM)
            self.play(FadeIn(numbers[1]), run_time=pace.QUICK)
        with self.beat("With several classes, the macro average is the plain mean of their F1.") as beat:
            beat.over(grow(2), FadeIn(texts[2]), least=pace.CALM)
            self.play(FadeIn(numbers[2], inside[0]), run_time=pace.QUICK)
        with self.beat(
            "The micro average pools their counts first. With one label each it is the accuracy, and its trap."
        ) as beat:
            beat.over(grow(3), FadeIn(texts[3]), until="With", least=pace.CALM)
            beat.over(FadeIn(numbers[3], inside[1]))
        with self.beat("Say which class is positive, and which average you took.") as beat:
            beat.over(*(lit(each) for each in texts[:2]), until="and", least=pace.BRISK)
            beat.over(*(lit(each) for each in texts[2:]), least=pace.CALM)


def fraction(share: float) -> str:
    """A share of a few cards, as a fraction."""
    return str(Fraction(share).limit_denominator(10))


def upright(x: float, height: float) -> np.ndarray:
    """Corners (4, 2) of a pole."""
    return np.array([(x - HALF, 0), (x + HALF, 0), (x + HALF, height), (x - HALF, height)])


def pillar(x: float, height: float) -> np.ndarray:
    """Corners (4, 2) of a bar of a chart of four."""
    return np.array([(x - 0.36, 0), (x + 0.36, 0), (x + 0.36, height), (x - 0.36, height)])
