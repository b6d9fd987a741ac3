"""The ROC curve, the area under it, and the precision-recall curve."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    ManimColor,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.card import Cards
from scenes.kit.frame import Sight
from scenes.kit.glide import glide
from scenes.kit.heat_map import DivergingMap
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.model_evaluation import humps as spread
from scenes.maths.model_evaluation import intervals, metrics
from scenes.model_evaluation.humps import Humps
from scenes.model_evaluation.plates import gone, shown
from scenes.model_evaluation.stage import (
    AT,
    BIG,
    FN,
    FP,
    NEGATIVE,
    POSITIVE,
    PRECISION,
    RECALL,
    THICK,
    THRESHOLD,
    TN,
    TP,
    WRONG,
    ModelEvaluationStage,
    lit,
    maths,
)

CARD: Final = 0.54
"""Width of a card on the staircase beside the square."""
POINT: Final = 0.14
"""Radius of the point that walks."""
ABOVE: Final = 1.05
"""A threshold above all scores."""
LOW: Final = 0.1
"""The threshold to which all pictures are called."""
RARE: Final = 0.01
"""Prevalence when eights have become rare."""
PAIRED: Final = 1.12
"""Width of a card at the edges of the grid of pairs."""
PASSED: Final = 1
"""The other digit of the cards, counted from 0, at whose step it is told why the area counts pairs."""
BESIDE: Final = (-0.48, -0.43)
"""Where the cards at the left and the lower edge of the grid of pairs stand, in cells."""
PAIRS: Final = 40
"""Pairs that are drawn at random."""
PULL: Final = 3.3
"""How near the camera is at first to the field of all copies."""


def square(region: shot.Region, x: str, y: str) -> Plane:
    """A chart of two rates."""
    room = shot.Region(region.left, region.bottom + 0.12, region.right, region.top)
    return shot.chart(room, (0, 1), (0, 1), x_label=x, y_label=y, x_ticks=(0, 0.5, 1), y_ticks=(0, 0.5, 1))


class Walk(ModelEvaluationStage):
    """The ROC curve, the area under it, and the precision-recall curve."""

    @chapter("Can we see every threshold at once?", "the threshold that walks the ROC curve")
    def the_threshold_walks_the_roc_curve(self) -> None:
        self.untitled()
        left, right = self.shot(shot.split(titled=False, gap=0.5))
        self.walk_the_cards(left, right)
        self.climb_with_all(left, right)

    def walk_the_cards(self, left: shot.Region, right: shot.Region) -> None:
        """The threshold walks down the ten cards: an eight is one step up, another digit one step right."""
        stairs = self.stairs(left, CARD, ABOVE, 0.3)
        stairs.scores.set_opacity(0)
        roc = metrics.roc(self.ten.positive, self.ten.scores)
        chart = square(right, "false positive rate", "true positive rate")
        path = chart.curve(roc.fpr, roc.tpr, ink.chalk, 1.4 * THICK, share=0.0)
        point = chart.dots([(0.0, 0.0)], THRESHOLD, radius=POINT)
        done = Value(0)
        heights = np.append(ABOVE, self.ten.scores)
        count = len(self.ten)

        def go(now: float) -> list[object]:
            stairs.threshold.set(float(np.interp(now, np.arange(count + 1), heights)))
            path.reveal(now / count)
            return [path, point.redraw([path.tip(now / count)]), stairs.line, stairs.name]

        done.draws(go, path, point, stairs.line)
        up, along = (
            maths(f'"TPR" = {TP} / ({TP} + {FN})', 46.0),
            maths(f'"FPR" = {FP} / ({FP} + {TN})', 46.0),
        )
        up.move_to(chart.at(0.69, 0.56))
        along.move_to(chart.at(0.69, 0.31))
        rest = chart.label(0.69, 0.08, "specificity = 1 − FPR", np.zeros(3), NEGATIVE, 0.0, ink.AXIS)
        eights, others = int(self.ten.positive.sum()), int((~self.ten.positive).sum())
        third = chart.label(0, 0.5 / eights, f"1/{eights}", RIGHT, POSITIVE, 0.25, ink.POINT)
        seventh = chart.label(0.5 / others, 1 / eights, f"1/{others}", UP, NEGATIVE, 0.2, ink.POINT)
        term = chart.label(0.5, 0.87, "ROC curve", RIGHT, ink.chalk, 0.0, ink.POINT)
        with self.beat("F1 still needs one threshold. Can we see all thresholds at once?") as beat:
            self.play(FadeIn(stairs.plane, stairs.cards), run_time=pace.BRISK)
            beat.over(FadeIn(chart, stairs.line, point), least=pace.CALM)
            self.add(path, point)
        with self.beat(
            "Walk it down the cards. The first is an eight: one step up, a third of the eights."
        ) as beat:
            beat.until("one")
            self.play(done.to(1), run_time=pace.SLOW)
            beat.over(FadeIn(third))
        with self.beat("Up is the true positive rate, which is recall.") as beat:
            beat.over(lit(chart.names[1], RECALL), until="recall")
            self.play(FadeIn(up), run_time=pace.QUICK)
            beat.over(lit(up.part("tp")), lit(third))
        with self.beat("The next is another digit: one step right, a seventh of the others.") as beat:
            beat.until("one")
            self.play(done.to(2), run_time=pace.SLOW)
            beat.over(FadeIn(seventh))
        with self.beat(
            "Right is the false positive rate: of the negatives, the share called positive."
        ) as beat:
            beat.over(lit(chart.names[0]), lit(seventh), until="share")
            self.play(FadeIn(along), run_time=pace.QUICK)
            beat.over(lit(along.part("fp")), beyond=pace.BRISK)
        with self.beat("One minus it is the specificity: of the negatives, the share not called.") as beat:
            beat.over(lit(along), until="specificity")
            self.play(FadeIn(rest), run_time=pace.QUICK)
            beat.over(lit(rest))
        with self.beat("Walk on to the last card. The path is the ROC curve.") as beat:
            self.play(FadeOut(third, seventh), run_time=pace.QUICK)
            beat.over(done.to(count, rate_func=linear), until="ROC", least=pace.LONG)
            beat.over(FadeIn(term))
        with self.beat(
            "It is the true positive rate against the false positive rate, at every threshold."
        ) as beat:
            self.play(self.spotlight(chart, path, point), run_time=pace.QUICK)
            beat.over(lit(chart.names[1]), until="against")
            beat.over(lit(chart.names[0]), until="at")
            beat.over(done.to(4), least=pace.SLOW)
        self.chart, self.path_of_ten, self.point = chart, VGroup(path), point
        self.staircase = Group(stairs.plane, stairs.cards, stairs.line)
        self.laws_of_rates = VGroup(up, along, rest, term)

    def climb_with_all(self, left: shot.Region, right: shot.Region) -> None:
        """All pictures as two humps; as the threshold falls through them, the point climbs."""
        chart, point = self.chart, self.point
        roc = metrics.roc(self.all.positive, self.all.scores)
        humps = Humps(left)
        curve = chart.curve(roc.fpr, roc.tpr, ink.chalk, 1.4 * THICK)
        threshold = Value(0.98)

        def climb(t: float) -> list[object]:
            place = roc.at(t)
            return [humps.cut(t), point.redraw([place])]

        self.play(self.lights_on(), run_time=pace.QUICK)
        with self.beat(
            "Now the full data: eights right, others left. The axis is stretched; both humps have the same area."
        ) as beat:
            threshold.set(0.98)
            humps.cut(0.98)
            self.play(FadeOut(self.staircase, self.path_of_ten, self.laws_of_rates), FadeIn(humps),
                point.animate.redraw([roc.at(0.98)]), run_time=pace.CALM,)  # fmt: skip
            beat.over(lit(humps.names), until="axis")
            beat.over(lit(humps.plane.numbers), until="both")
            beat.over(lit(humps.above), lit(humps.below))
        threshold.draws(climb, *humps.above, *humps.below, humps.line, point)
        trace = Value(0.0)
        curve.reveal(0.0)
        self.add(curve, point)
        trace.draws(curve.reveal, curve)

        def both(start: float, end: float) -> Animation:
            def show(at: float) -> list[object]:
                t = 1 / (1 + np.exp(-at))
                threshold.set(t)
                trace.set(max(trace.value, float(np.sum(roc.thresholds >= t) - 1) / (len(roc.fpr) - 1)))
                return [*humps.above, *humps.below, humps.line, point, curve]

            begin, goal = spread.log_odds([start, end])
            return glide(
                show, float(begin), float(goal), *humps.above, *humps.below, humps.line, point, curve
            )

        first = roc.at(AT)
        told = VGroup(
            chart.label(*first, f"({first[0]:.2f}, {first[1]:.2f})", RIGHT, THRESHOLD, 0.25, ink.POINT)
        )
        with self.beat("At this line, 0.49 of the eights lie above, and 0.02 of the others.") as beat:
            beat.over(both(0.98, AT), until="and", least=pace.LONG)
            self.play(FadeIn(told), run_time=pace.QUICK)
        with self.beat("Lower it, and both grow.") as beat:
            beat.over(both(AT, LOW), FadeOut(told), least=pace.SLOW)
        diagonal = chart.segment((0, 0), (1, 1), ink.quiet, THICK, dashed=True)
        ideal = chart.segment([(0, 0), (0, 1)], [(0, 1), (1, 1)], ink.quiet, THICK, dashed=True)
        perfect = chart.label(0.015, 0.985, "perfect", DOWN + RIGHT, ink.quiet, 0.03, 0.9 * ink.AXIS)
        corner = chart.polygon([(-0.16, 0.55), (0.55, 0.55), (0.55, 1.04), (-0.16, 1.04)])
        guess = chart.label(0.48, 0.3, "guessing", RIGHT, ink.quiet, 0.0, ink.POINT)
        with self.beat("Guessing walks the diagonal. A perfect ranking goes up first, then right.") as beat:
            self.play(both(LOW, 0.0002), run_time=pace.SLOW)
            beat.over(FadeIn(diagonal, guess), until="perfect")
            self.play(FadeIn(ideal), humps.names.animate.set_opacity(0), guess.animate.set_opacity(0),
                run_time=pace.QUICK,)  # fmt: skip
            beat.over(FadeIn(perfect), self.frame.to(corner, share=0.95))
        self.play(self.frame.back(), run_time=pace.CALM)
        self.play(humps.names.animate.set_opacity(1), guess.animate.set_opacity(1), run_time=pace.QUICK)
        with self.beat("Each point is one threshold. So say at which point you work.") as beat:
            beat.over(both(0.0002, AT), least=pace.LONG)

    @chapter("What does the area say?", "ROC-AUC as a ranking probability")
    def the_area_counts_won_pairs(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.pair_the_cards()
        self.pair_all()

    def pair_the_cards(self) -> None:
        """Each cell of a grid is a pair of an eight and another digit; won ones lie under the staircase."""
        margins = metrics.duels(self.ten.positive, self.ten.scores)
        eights, others = margins.shape
        whole = shot.safe(titled=False)
        box = shot.Region(whole.left + 1.5, whole.bottom + 1.45, whole.right, whole.top)
        plane = box.plane((0, others), (0, eights), x_ticks=[], y_ticks=[], numbers=False)
        rows = [np.flatnonzero(self.ten.positive), np.flatnonzero(~self.ten.positive)]
        order = np.concatenate(rows)
        cards = Cards(self.ten.pictures[order], self.ten.positive[order])
        low = plane.at(np.column_stack([np.arange(others) + 0.5, np.full(others, BESIDE[1])]))
        side = plane.at(np.column_stack([np.full(eights, BESIDE[0]), np.arange(eights) + 0.5]))
        cards.put(np.concatenate([side, low]), PAIRED)
        roc = metrics.roc(self.ten.positive, self.ten.scores)
        path = plane.curve(others * roc.fpr, eights * roc.tpr, ink.chalk, 1.4 * THICK)
        lines = plane.segment([*((x, 0) for x in range(others + 1)), *((0,
            y) for y in range(eights + 1))], [*((x, eights) for x in range(others + 1)), *((others,
            y) for y in range(eights + 1))], ink.faint, 2.0,)  # fmt: skip
        tiles = {(i, j): plane.polygon(tile(i, j), POSITIVE if margins[i, j] > 0 else WRONG, fill=0.5)
            for i in range(eights) for j in range(others)}  # fmt: skip
        lost_by_one = [tiles[2, j] for j in range(others) if margins[2, j] <= 0]
        won = [tiles[i, j] for j in range(others) for i in range(eights) if margins[i, j] > 0]
        lost = [tiles[i, j] for j in range(others) for i in range(eights) if margins[i, j] <= 0]
        with self.beat(
            "A point needs its threshold. Has the curve a number of its own? Look at the area under it."
        ) as beat:
            self.add(path)
            self.play(FadeIn(cards), run_time=pace.BRISK)
            beat.over(FadeIn(lines), least=pace.CALM)
        with self.beat("Draw one eight and one other. Which scores higher?") as beat:
            beat.over(self.spotlight(cards.cards[1], cards.cards[eights + 1], lines), until="Which")
            beat.over(*(lit(card.plate) for card in (cards.cards[1], cards.cards[eights + 1])))
        self.think(2.5)
        with self.beat("Here the eight: the pair is won. This other eight loses three pairs.") as beat:
            beat.over(FadeIn(tiles[1, 1]), until="This")
            beat.over(
                self.spotlight(cards.cards[2], *cards.cards[eights : eights + 3], lines, tiles[1, 1]),
                FadeIn(*lost_by_one, lag_ratio=pace.LAG),
            )
        rest = [each for each in won if each is not tiles[1, 1]]
        missing = [each for each in lost if each not in lost_by_one]
        number = Tag(words.headline(f"{len(won)} / {margins.size} won", ink.chalk, 1.2 * ink.HEADLINE), 0.9)
        number.move_to(plane.at(others - 2.2, 0.5))
        with self.beat(
            "Each cell is a pair. The won ones lie under the staircase: seventeen of twenty-one."
        ) as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            beat.over(FadeIn(*rest, lag_ratio=pace.LAG), FadeIn(*missing), until="seventeen", least=pace.LONG)
            beat.over(*shown(number), lit(path))
        with self.beat(
            "Why? A step right passes one other. Below the path lie the eights that beat it."
        ) as beat:
            beaten = [i for i in range(eights) if margins[i, PASSED] > 0]
            passed = cards.cards[eights + PASSED]
            self.play(self.spotlight(passed, path), run_time=pace.BRISK)
            beat.over(lit(passed.plate), until="Below")
            self.play(self.spotlight(passed, path, *(cards.cards[i] for i in beaten), *(tiles[i,
                PASSED] for i in beaten)), run_time=pace.BRISK,)  # fmt: skip
            beat.over(*(lit(cards.cards[i].plate) for i in beaten))
        self.play(self.lights_on(), run_time=pace.QUICK)
        self.hand_grid, self.hand_path = Group(lines, *tiles.values(), cards, number), path
        self.hand_plane, self.hand_roc = plane, roc

    def pair_all(self) -> None:
        """All pairs: the share of won ones is the area under the curve."""
        whole = shot.safe(titled=False)
        plane = shot.chart(whole, (0, 1), (0, 1),
            x_label=f"{int((~self.all.positive).sum()):,} others, the highest score first",
            y_label=f"{int(self.all.positive.sum())} eights", x_ticks=[], y_ticks=[],)  # fmt: skip
        roc = metrics.roc(self.all.positive, self.all.scores)
        odds = spread.log_odds(self.all.scores)
        field = DivergingMap(plane, metrics.duels(self.all.positive, odds), POSITIVE, WRONG, 9.0)
        curve = plane.curve(roc.fpr, roc.tpr, ink.chalk, THICK)
        begin = evenly(self.hand_roc)
        begin = self.hand_plane.at(begin * (self.hand_plane.limits[1]))[:, :2]
        end = plane.at(evenly(roc))[:, :2]
        moving = shot.bare().curve(begin[:, 0], begin[:, 1], ink.chalk, 1.4 * THICK)
        law = Tag(maths('"ROC-AUC" = "Pr"({{ s_"eight" : tp }} > {{ s_"other" : tn }})', 0.85 * BIG), 0.95)
        law.plate.scale(1.12)
        law.move_to(plane.at(0.67, 0.34))
        area = metrics.auc(self.all.positive, self.all.scores)
        number = Tag(words.headline(f"{area:.2f}", ink.chalk, 1.4 * ink.HEADLINE), 0.95).move_to(
            plane.at(0.71, 0.185)
        )
        rng = np.random.default_rng(2)
        drawn = plane.dots(rng.uniform(0.02, 0.98, (PAIRS, 2)), ink.chalk, radius=0.08)
        rain = LaggedStart(*(FadeIn(each) for each in drawn), lag_ratio=pace.LAG)
        low, high = intervals.interval("auc")
        spread_of = Tag(words.label(f"95% of redraws: {low:.2f} to {high:.2f}", ink.chalk, ink.AXIS), 0.95)
        spread_of.move_to(plane.at(0.71, 0.06))
        with self.beat("Now the pairs of the full data. Those above the curve are lost.") as beat:
            self.remove(self.hand_path)
            self.add(moving)
            self.play(
                FadeOut(self.hand_grid),
                glide(lambda spots: moving.redraw(spots[:, 0], spots[:, 1]), begin, end, moving),
                run_time=pace.SLOW,
            )
            self.play(FadeIn(field, plane, curve), FadeOut(moving), run_time=pace.BRISK)
            corner = plane.polygon([(0.0, 0.7), (0.3, 0.7), (0.3, 1.0), (0.0, 1.0)])
            beat.over(self.frame.to(corner, share=0.9), least=pace.SLOW)
        with self.beat(
            "ROC-AUC, the area under the curve, is the chance that a random positive outscores a random negative."
        ) as beat:
            beat.over(self.frame.back(), until="is", least=pace.SLOW)
            beat.over(rain, until="random positive", least=pace.SLOW)
            beat.over(*shown(law), until="random negative")
            beat.over(lit(law.text.part("tp")), lit(law.text.part("tn")), beyond=pace.BRISK)
        with self.beat(
            "Here it is 0.92. Other shuffles of the folds agree; redraws of the pictures spread more."
        ) as beat:
            beat.over(*shown(number), FadeOut(drawn), until="redraws")
            beat.over(*shown(spread_of))
        half = plane.curve([0.0, 1.0], [0.0, 1.0], ink.chalk, THICK, dashed=True)
        with self.beat("Guessing wins half. And a threshold has no part in it.") as beat:
            half.reveal(0.0)
            self.add(half)
            beat.over(glide(half.reveal, 0.0, 1.0), until="And", least=pace.CALM)
            beat.over(lit(law.text))
        with self.beat(
            "So AUC compares rankings. It is silent about your threshold, and about probabilities."
        ) as beat:
            beat.over(lit(number.text), until="silent", least=pace.CALM)
            beat.over(lit(law.text))

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
        slabs = [second.polygon([(k * each, 0), ((k + 1) * each, 0), ((k + 1) * each, h), (k * each,
            h)], PRECISION, fill=0.35) for k, h in enumerate(heights)]  # fmt: skip
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
        mean = second.label(0.74, 0.88, f"average\nprecision {hand.average_precision(share):.2f}",
            np.zeros(3), PRECISION, 0.0, 46.0,)  # fmt: skip
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
            prevalence.of(roc.average_precision), 2, label="AP", color=PRECISION, size=BIG, digits=1
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
        kinds = [plane.label(at.tp + many, 1.54, f"threshold {AT:g}", LEFT, THRESHOLD, 0.1, ink.POINT)]
        with self.beat(
            "Why? Here is what it calls an eight: hits and false alarms. Precision: 0.75."
        ) as beat:
            self.exchange(first[0], kinds[0], run_time=pace.BRISK)
            self.play(FadeIn(names[0]), run_time=pace.QUICK)
            beat.over(FadeIn(first[1], names[1]), until="Precision")
            beat.over(FadeIn(laws[0]))
        with self.beat("Copies leave the hits alone, and multiply the false alarms: 0.22.") as beat:
            beat.over(FadeIn(*second, names[2]), until="multiply")
            beat.over(glide(lambda end: second[1].redraw(slab(at.tp, end, 0)), float(at.tp + at.fp),
                float(at.tp + many), second[1],), least=pace.SLOW,)  # fmt: skip
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


def slab(start: float, end: float, row: int) -> Floats:
    """Corners (4, 2) of a part of the bar of what is called, in the lower row (0) or the upper one."""
    return np.array([(start, row + 0.1), (end, row + 0.1), (end, row + 0.68), (start, row + 0.68)])


def evenly(walk: metrics.Curve, count: int = 1200) -> Floats:
    """Points (count, 2) of a staircase, evenly along it, so that one staircase can become another."""
    corners_x = np.repeat(walk.fpr, 2)[1:]
    corners_y = np.repeat(walk.tpr, 2)[:-1]
    along = corners_x + corners_y
    kept = np.append(True, np.diff(along) > 0)
    asked = np.linspace(0.0, 2.0, count)
    across = np.interp(asked, along[kept], corners_x[kept])
    return np.column_stack([across, asked - across])


def tile(row: int, column: int) -> Floats:
    """Corners (4, 2) of a cell of the grid of pairs."""
    return np.array([(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)], dtype=float)
