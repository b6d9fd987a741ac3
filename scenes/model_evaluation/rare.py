"""The precision-recall curve, and what it says where positives are rare."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    Group,
    ManimColor,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.frame import Sight
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.model_evaluation import humps as spread
from scenes.maths.model_evaluation import metrics
from scenes.model_evaluation.plates import gone, shown
from scenes.model_evaluation.stage import (
    AT,
    BIG,
    FP,
    NEGATIVE,
    POSITIVE,
    PRECISION,
    THICK,
    THRESHOLD,
    TP,
    WRONG,
    ModelEvaluationStage,
    lit,
    maths,
)
from scenes.model_evaluation.walk import POINT, square

RARE: Final = 0.01
"""Prevalence when eights have become rare."""
PULL: Final = 3.3
"""How near the camera is at first to the field of all copies."""


def slab(start: float, end: float, row: int) -> Floats:
    """Corners (4, 2) of a part of the bar of what is called, in the lower row (0) or the upper one."""
    return np.array([(start, row + 0.1), (end, row + 0.1), (end, row + 0.68), (start, row + 0.68)])


class Rare(ModelEvaluationStage):
    """The precision-recall curve, and what it says where positives are rare."""

    @chapter("Can its alarms be trusted?", "PR curve and why it differs")
    def when_positives_are_rare(self) -> None:
        self.untitled()
        left, right = self.shot(shot.split(titled=False, gap=0.5))
        self.precision_against_recall(left, right)
        self.let_eights_become_rare()

    def precision_against_recall(self, left: shot.Region, right: shot.Region) -> None:
        """ROC and precision-recall curve, first of the ten cards, then of all pictures."""
        roc = metrics.roc(self.all.positive, self.all.scores)
        hand = metrics.roc(self.ten.positive, self.ten.scores)
        self.first = first = square(left, "false positive rate", "true positive rate")
        self.second = second = square(right, "recall", "precision")
        ten = first.curve(hand.fpr, hand.tpr, ink.chalk, 1.4 * THICK)
        curve = first.curve(roc.fpr, roc.tpr, ink.chalk, 1.4 * THICK)
        areas = [metrics.auc(data.positive, data.scores) for data in (self.ten, self.all)]
        small, name = (first.label(0.62, 0.45, f"AUC {area:.2f}", UP, ink.chalk, 0.0, BIG) for area in areas)
        tags = [
            first.label(0.62, 0.2, f"{len(data):,} {noun}", UP, ink.quiet, 0.0, ink.POINT)
            for data, noun in ((self.ten, "cards"), (self.all, "digits"))
        ]
        share = float(self.ten.positive.mean())
        across, up = metrics.steps(hand.tpr[1:], hand.precision(share)[1:])
        steps = second.curve(across, up, PRECISION, 1.4 * THICK)
        rows = np.flatnonzero(np.diff(hand.tpr) > 0) + 1
        heights = hand.precision(share)[rows]
        each = 1 / len(rows)
        slabs = [
            second.polygon(
                [(k * each, 0), ((k + 1) * each, 0), ((k + 1) * each, h), (k * each, h)], PRECISION, fill=0.35
            )
            for k, h in enumerate(heights)
        ]
        labels = [
            second.label((k + 0.5) * each, h / 2, f"{k + 1}/{called}", np.zeros(3), ink.chalk, 0.0, BIG)
            for k, (h, called) in enumerate(zip(heights, rows, strict=True))
        ]
        start = second.dots([(hand.tpr[1], hand.precision(share)[1])], THRESHOLD, radius=POINT)
        with self.beat("A good ranking, then. But when it calls an eight, can you trust it?") as beat:
            self.add(first, ten)
            beat.over(FadeIn(small, tags[0]), until="But")
            beat.over(FadeIn(second))
        with self.beat("Precision answers. Take the cards once more, at every threshold.") as beat:
            self.play(FadeIn(start), run_time=pace.QUICK)
            path = Value(0.0)
            path.draws(lambda now: (steps.reveal(now), start.redraw([steps.tip(now)])), steps, start)
            self.add(steps, start)
            beat.over(path.to(1.0, rate_func=linear), least=pace.LONG)
        term = second.label(0.7, 0.86, "precision-recall\ncurve", np.zeros(3), PRECISION, 0.0, 44.0)
        with self.beat("Precision against recall: this is the precision-recall curve.") as beat:
            self.play(FadeOut(start), run_time=pace.QUICK)
            beat.over(lit(second.names[1]), until="recall")
            beat.over(lit(second.names[0]), until="precision-recall")
            beat.over(FadeIn(term))
        mean = second.label(
            0.74,
            0.88,
            f"average\nprecision {hand.average_precision(share):.2f}",
            np.zeros(3),
            PRECISION,
            0.0,
            46.0,
        )
        with self.beat(
            "Average precision averages the precisions, each weighted by the recall that it adds."
        ) as beat:
            for made, label, word in zip(slabs, labels, ("each", "recall", None), strict=True):
                beat.over(FadeIn(made, label), until=word, least=pace.BRISK)
            self.play(FadeOut(term), FadeIn(mean), run_time=pace.BRISK)
        self.prevalence = prevalence = Value(float(self.all.positive.mean()), log=True)
        xs, _ = metrics.steps(roc.tpr[1:], roc.precision(0.1)[1:])
        pr = second.curve(xs, xs, PRECISION, 1.4 * THICK)
        base = second.segment((0, 0), (1, 0), ink.quiet, THICK, dashed=True)

        def fall(share: float) -> list[object]:
            return [
                pr.redraw(xs, metrics.steps(roc.tpr[1:], roc.precision(share)[1:])[1]),
                base.redraw((0, share), (1, share)),
            ]

        prevalence.draws(fall, pr, base)
        value = Readout(
            prevalence.of(roc.average_precision),
            2,
            label="AP",
            color=PRECISION,
            size=BIG,
            digits=1,
        )
        value.move_to(second.at(0.98, 0.94), aligned_edge=RIGHT)
        guess = Readout(prevalence, 2, label="prevalence", color=ink.quiet, size=ink.AXIS, digits=1)
        guess.move_to(second.at(0.98, 0.83), aligned_edge=RIGHT)
        with self.beat("For the full data, average precision is 0.67.") as beat:
            self.play(FadeOut(*slabs, *labels, mean, steps, ten, small, tags[0]), run_time=pace.QUICK)
            pr.reveal(0.0)
            curve.reveal(0.0)
            self.add(pr, curve)
            beat.over(
                glide(pr.reveal, 0.0, 1.0), glide(curve.reveal, 0.0, 1.0), FadeIn(tags[1]), least=pace.SLOW
            )
            self.play(FadeIn(value, name), run_time=pace.QUICK)
        with self.beat("Guessing earns about the prevalence: the share of positives.") as beat:
            beat.over(FadeIn(base), until="share")
            beat.over(FadeIn(guess))
        self.both_curves = Group(first, second, curve, name, pr, base, value, guess)
        self.roc_parts, self.pr_parts, self.ap = VGroup(curve, name), VGroup(pr, base), value
        self.guess, self.many = guess, tags[1]

    def let_eights_become_rare(self) -> None:
        """All others are copied until one in a hundred is an eight; ROC stays, precision sinks."""
        self.shot(shot.wide())
        field, near, far = self.field_of_copies()
        plane = shot.bare()
        others = plane.cloud(field, NEGATIVE, 0.025, 0.9)
        eights = plane.cloud(near, POSITIVE, 0.05, 1.0)
        with self.beat("Now let eights become rare, as fraud and diseases are.") as beat:
            self.play(FadeOut(*self.both_curves, self.many), run_time=pace.QUICK)
            self.frame.look(Sight(0.0, 0.0, PULL))
            beat.over(FadeIn(others, eights), least=pace.BRISK)
        text = Tag(words.headline(f"1 in {1 / RARE:.0f}", POSITIVE, 1.3 * ink.HEADLINE), 0.94)
        shot.safe(titled=False).put(text, UP + LEFT)
        with self.beat(
            "The scores of each class stay. The others are copied, until one picture in a hundred is an eight."
        ) as beat:
            beat.over(
                self.frame.back(), glide(eights.redraw, near, far, eights), until="hundred", least=pace.LONG
            )
            beat.over(*shown(text))
        self.play(*gone(text), run_time=pace.QUICK)
        self.shot(shot.split(titled=False, gap=0.5))
        self.play(FadeOut(others, eights), FadeIn(*self.both_curves), run_time=pace.BRISK)
        with self.beat("Each ROC axis is a share within one class, so the curve does not move.") as beat:
            beat.over(lit(self.first.names[1]), until="within")
            beat.over(lit(self.first.names[0]), until="curve")
            beat.over(self.spotlight(self.first, self.roc_parts))
        self.play(self.lights_on(), run_time=pace.QUICK)
        with self.beat(
            "Precision mixes both classes. Average precision sinks to 0.28, and the guess sinks too."
        ) as beat:
            beat.over(lit(self.second.names[1]), until="sinks")
            beat.over(self.prevalence.to(RARE), least=pace.LONG)
            self.play(lit(self.guess), run_time=pace.BRISK)
        self.multiply_the_alarms()
        self.exchange(*self.both_curves, run_time=pace.BRISK)
        with self.beat("So when positives are rare, show the precision-recall curve beside ROC.") as beat:
            beat.over(self.spotlight(self.second, self.pr_parts, self.ap), until="beside", least=pace.CALM)
            self.play(self.lights_on(), run_time=pace.QUICK)
            beat.over(lit(self.roc_parts[1]))

    def multiply_the_alarms(self) -> None:
        """Why precision sinks: of what is called eight, hits stay, and copies multiply the false alarms."""
        at = self.counted(AT)
        times = spread.copies(at.positives, at.negatives, RARE)
        many = times * at.fp
        upper, lower = shot.safe(titled=False).rows(1, 2.1, gap=0.2)
        plane = lower.plane((0, at.tp + many), (0, 2), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        before = at.precision
        after = metrics.roc(self.all.positive, self.all.scores).precision_at(AT, RARE)
        head = f'"precision" = {TP} / ({TP} + {FP})'
        laws = [
            maths(f"{head} = {at.tp} / ({at.tp} + {round(alarms)}) = {value:.2f}", BIG)
            for alarms, value in ((at.fp, before), (many, after))
        ]
        law = maths(
            '"precision" = (pi {{ "TPR" : tp }}) / (pi {{ "TPR" : tp }} + (1 - pi) {{ "FPR" : fp }})'
            f" = {after:.2f}",
            BIG,
        )
        for each in (*laws, law):
            upper.put(each)
        prior = plane.label(at.tp + many, 1.2, f"prevalence π = {RARE:g}", LEFT, ink.quiet, 0.1, ink.POINT)
        first = [
            plane.polygon(slab(0, at.tp, 1), POSITIVE, fill=0.85),
            plane.polygon(slab(at.tp, at.tp + at.fp, 1), WRONG, fill=0.85),
        ]
        second = [
            plane.polygon(slab(0, at.tp, 0), POSITIVE, fill=0.85),
            plane.polygon(slab(at.tp, at.tp + at.fp, 0), WRONG, fill=0.85),
        ]

        def name(x: float, row: float, text: str, side: Floats, color: ManimColor) -> words.Words:
            return plane.label(x, row + 0.72, text, UP + side, color, 0.04, ink.POINT)

        names = [
            name(0, 1, f"{at.tp} hits", RIGHT, POSITIVE),
            plane.label(at.tp + at.fp, 1.4, f"{at.fp} false alarms", RIGHT, WRONG, 0.3, ink.POINT),
            name(0, 0, f"{at.tp} hits", RIGHT, POSITIVE),
            name(at.tp + many, 0, f"{many:.0f} false alarms", LEFT, WRONG),
        ]
        kinds = [
            plane.label(at.tp + many, 1.54, f"threshold {AT:g}", LEFT, THRESHOLD, 0.1, ink.POINT),
        ]
        with self.beat(
            "Why? Here is what it calls an eight: hits and false alarms. Precision: 0.75."
        ) as beat:
            self.exchange(first[0], kinds[0], run_time=pace.BRISK)
            self.play(FadeIn(names[0]), run_time=pace.QUICK)
            beat.over(FadeIn(first[1], names[1]), until="Precision")
            beat.over(FadeIn(laws[0]))
        with self.beat("Copies leave the hits alone, and multiply the false alarms: 0.22.") as beat:
            beat.over(FadeIn(*second, names[2]), until="multiply")
            beat.over(
                glide(
                    lambda end: second[1].redraw(slab(at.tp, end, 0)),
                    float(at.tp + at.fp),
                    float(at.tp + many),
                    second[1],
                ),
                least=pace.SLOW,
            )
            self.play(FadeIn(names[3]), run_time=pace.QUICK)
            self.play(FadeOut(laws[0]), FadeIn(laws[1]), run_time=pace.BRISK)
        with self.beat(
            "In rates, pi is the prevalence. When it is small, the false alarms outweigh the hits."
        ) as beat:
            self.play(FadeOut(laws[1]), FadeIn(law, prior), run_time=pace.BRISK)
            beat.over(lit(prior), until="When")
            beat.over(lit(law.part("fp")), lit(names[3]), until="outweigh")
            beat.over(lit(law.part("tp")), lit(names[2]), beyond=pace.CALM)

    def field_of_copies(self) -> tuple[Floats, Floats, Floats]:
        """Places (n, 2) of all pictures with copies, and of the eights (174, 2): in their midst, then strewn."""
        positives, negatives = int(self.all.positive.sum()), int((~self.all.positive).sum())
        count = positives + round(spread.copies(positives, negatives, RARE) * negatives)
        across = int(np.ceil(np.sqrt(count * ink.FRAME_WIDTH / ink.FRAME_HEIGHT)))
        down = -(-count // across)
        row, column = np.divmod(np.arange(across * down), across)
        x = ((column + 0.5) / across - 0.5) * ink.FRAME_WIDTH
        y = (0.5 - (row + 0.5) / down) * ink.FRAME_HEIGHT
        far = np.maximum(np.abs(x) / ink.FRAME_WIDTH, np.abs(y) / ink.FRAME_HEIGHT)
        places = np.column_stack([x, y])
        rng = np.random.default_rng(8)
        inner = np.argsort(far, kind="stable")[: len(self.all)]
        near = places[rng.permutation(inner)[:positives]]
        return places, near, places[rng.permutation(len(places))[:positives]]
