"""The ROC curve, the area under it, and the precision-recall curve."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, Group, VGroup, linear

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
from scenes.maths.model_evaluation import metrics
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
CALLED: Final = 0.3
"""The threshold at which hits and false alarms are compared."""
PASSED: Final = 1
"""The other digit of the cards, counted from 0, at whose step it is told why the area counts pairs."""
BESIDE: Final = (-0.48, -0.43)
"""Where the cards at the left and the lower edge of the grid of pairs stand, in cells."""
PULL: Final = 3.3
"""How near the camera is at first to the field of all copies."""


def square(region: shot.Region, x: str, y: str) -> Plane:
    """A chart of two rates."""
    room = shot.Region(region.left, region.bottom + 0.12, region.right, region.top)
    return shot.chart(room, (0, 1), (0, 1), x_label=x, y_label=y, x_ticks=(0, 0.5, 1), y_ticks=(0, 0.5, 1))


class Walk(ModelEvaluationStage):
    """The ROC curve, the area under it, and the precision-recall curve."""

    @chapter("Moving the threshold draws a curve", "the threshold that walks the ROC curve")
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
        along.move_to(chart.at(0.69, 0.29))
        rest = chart.label(0.69, 0.08, "specificity = 1 − FPR", np.zeros(3), NEGATIVE, 0.0, ink.AXIS)
        eights, others = int(self.ten.positive.sum()), int((~self.ten.positive).sum())
        third = chart.label(0, 0.5 / eights, f"1/{eights}", RIGHT, POSITIVE, 0.25, ink.POINT)
        seventh = chart.label(0.5 / others, 1 / eights, f"1/{others}", UP, NEGATIVE, 0.2, ink.POINT)
        term = chart.label(0.5, 0.75, "ROC curve", RIGHT, ink.chalk, 0.0, ink.POINT)
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
            beat.over(words.light(chart.names[1], RECALL), until="recall")
            self.play(FadeIn(up), run_time=pace.QUICK)
            beat.over(words.light(up.part("tp")), words.light(third))
        with self.beat("The next is another digit: one step right, a seventh of the others.") as beat:
            beat.until("one")
            self.play(done.to(2), run_time=pace.SLOW)
            beat.over(FadeIn(seventh))
        with self.beat(
            "Right is the false positive rate: of the negatives, the share called positive."
        ) as beat:
            beat.over(words.light(chart.names[0]), words.light(seventh), until="share")
            self.play(FadeIn(along), run_time=pace.QUICK)
            beat.over(words.light(along.part("fp")), beyond=pace.BRISK)
        with self.beat("One minus it is the specificity: the negatives that are left in peace.") as beat:
            beat.over(words.light(along), until="specificity")
            self.play(FadeIn(rest), run_time=pace.QUICK)
            beat.over(words.light(rest))
        with self.beat("Walk on to the last card. The path is the ROC curve.") as beat:
            self.play(FadeOut(third, seventh), run_time=pace.QUICK)
            beat.over(done.to(count, rate_func=linear), until="ROC", least=pace.LONG)
            beat.over(FadeIn(term))
        with self.beat(
            "It is the true positive rate against the false positive rate, at every threshold."
        ) as beat:
            self.play(self.spotlight(chart, path, point), run_time=pace.QUICK)
            beat.over(words.light(chart.names[1]), until="against")
            beat.over(words.light(chart.names[0]), until="at")
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
        with self.beat("Now the full data: eights to the right, others to the left, by score.") as beat:
            threshold.set(0.98)
            humps.cut(0.98)
            self.play(
                FadeOut(self.staircase, self.path_of_ten, self.laws_of_rates),
                FadeIn(humps),
                point.animate.redraw([roc.at(0.98)]),
                run_time=pace.CALM,
            )
            beat.over(words.light(humps.names))
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
                show,
                float(begin),
                float(goal),
                *humps.above,
                *humps.below,
                humps.line,
                point,
                curve,
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
        guess = chart.label(0.62, 0.5, "guessing", RIGHT, ink.quiet, 0.0, ink.POINT)
        with self.beat("Guessing walks the diagonal. A perfect ranking goes up first, then right.") as beat:
            self.play(both(LOW, 0.0002), run_time=pace.SLOW)
            beat.over(FadeIn(diagonal, guess), until="perfect")
            self.play(FadeIn(ideal), run_time=pace.QUICK)
            beat.over(
                self.spotlight(chart, curve, point, diagonal, guess, ideal),
                self.frame.to(chart, share=1.0),
            )
        with self.beat("Each point is one threshold. So choose a point, not a curve.") as beat:
            self.play(self.lights_on(), self.frame.back(), run_time=pace.BRISK)
            beat.over(both(0.0002, LOW), least=pace.LONG)

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
        lines = plane.segment(
            [*((x, 0) for x in range(others + 1)), *((0, y) for y in range(eights + 1))],
            [*((x, eights) for x in range(others + 1)), *((others, y) for y in range(eights + 1))],
            ink.faint,
            2.0,
        )
        tiles = {
            (i, j): plane.polygon(tile(i, j), POSITIVE if margins[i, j] > 0 else WRONG, fill=0.5)
            for i in range(eights)
            for j in range(others)
        }
        won = [tiles[i, j] for j in range(others) for i in range(eights) if margins[i, j] > 0]
        lost = [tiles[i, j] for j in range(others) for i in range(eights) if margins[i, j] <= 0]
        with self.beat("Which of two curves ranks better? Look at the area under one.") as beat:
            self.add(path)
            self.play(FadeIn(cards), run_time=pace.BRISK)
            beat.over(FadeIn(lines), least=pace.CALM)
        with self.beat("Draw one eight and one other. Which scores higher?") as beat:
            beat.over(self.spotlight(cards.cards[1], cards.cards[eights + 1], lines), until="Which")
            beat.over(*(words.light(card.plate) for card in (cards.cards[1], cards.cards[eights + 1])))
        self.think(2.5)
        with self.beat("Here the eight: the pair is won. This other eight loses to both of these.") as beat:
            beat.over(FadeIn(tiles[1, 1]), until="This")
            beat.over(
                self.spotlight(cards.cards[2], *cards.cards[eights + 1 : eights + 3], lines, tiles[1, 1]),
                FadeIn(tiles[2, 1], tiles[2, 2]),
            )
        rest = [each for each in won if each is not tiles[1, 1]]
        missing = [each for each in lost if each not in (tiles[2, 1], tiles[2, 2])]
        number = Tag(words.headline(f"{len(won)} / {margins.size} won", ink.chalk, 1.2 * ink.HEADLINE), 0.9)
        number.move_to(plane.at(others - 2.2, 0.5))
        with self.beat(
            "Each cell is a pair. The won ones lie under the staircase: seventeen of twenty-one."
        ) as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            beat.over(FadeIn(*rest, lag_ratio=pace.LAG), FadeIn(*missing), until="seventeen", least=pace.LONG)
            beat.over(*shown(number), words.light(path))
        with self.beat(
            "Why? A step right passes one other. Below the path lie the eights that beat it."
        ) as beat:
            beaten = [i for i in range(eights) if margins[i, PASSED] > 0]
            passed = cards.cards[eights + PASSED]
            self.play(self.spotlight(passed, path), run_time=pace.BRISK)
            beat.over(words.light(passed.plate), until="Below")
            self.play(
                self.spotlight(
                    passed, path, *(cards.cards[i] for i in beaten), *(tiles[i, PASSED] for i in beaten)
                ),
                run_time=pace.BRISK,
            )
            beat.over(*(words.light(cards.cards[i].plate) for i in beaten))
        self.play(self.lights_on(), run_time=pace.QUICK)
        self.hand_grid = Group(lines, *tiles.values(), cards, number, path)

    def pair_all(self) -> None:
        """All pairs: the share of won ones is the area under the curve."""
        whole = shot.safe(titled=False)
        plane = shot.chart(
            whole,
            (0, 1),
            (0, 1),
            x_label=f"{int((~self.all.positive).sum()):,} others, the highest score first",
            y_label=f"{int(self.all.positive.sum())} eights",
            x_ticks=[],
            y_ticks=[],
        )
        roc = metrics.roc(self.all.positive, self.all.scores)
        odds = spread.log_odds(self.all.scores)
        field = DivergingMap(plane, metrics.duels(self.all.positive, odds), POSITIVE, WRONG, 9.0)
        curve = plane.curve(roc.fpr, roc.tpr, ink.chalk, THICK)
        law = Tag(maths('"ROC-AUC" = P(s^+ > s^-)', 0.85 * BIG), 0.9)
        law.plate.scale(1.12)
        law.move_to(plane.at(0.71, 0.33))
        area = metrics.auc(self.all.positive, self.all.scores)
        number = Tag(words.headline(f"{area:.2f}", ink.chalk, 1.5 * ink.HEADLINE), 0.9).move_to(
            plane.at(0.7, 0.14)
        )
        with self.beat("Now the pairs of the full data. Those above the curve are lost.") as beat:
            self.play(FadeOut(self.hand_grid), FadeIn(field, plane, curve), run_time=pace.SLOW)
            beat.until("Those")
            corner = plane.polygon([(0.01, 0.7), (0.21, 0.7), (0.21, 0.99), (0.01, 0.99)])
            beat.over(self.frame.to(corner, share=1.0), least=pace.SLOW)
        with self.beat(
            "ROC-AUC, the area under the curve, is the chance that a random positive outscores a random negative."
        ) as beat:
            beat.over(self.frame.back(), until="chance", least=pace.SLOW)
            beat.over(*shown(law), beyond=pace.LONG)
        with self.beat("Here it is 0.92, and with other shuffles it rounds to the same.") as beat:
            beat.over(*shown(number), until="with")
            beat.over(words.light(number.text))
        half = plane.segment((0, 0), (1, 1), ink.chalk, THICK, dashed=True)
        with self.beat("Guessing wins half. And no threshold is in it.") as beat:
            beat.over(FadeIn(half), until="And")
            beat.over(words.light(law.text))
        with self.beat(
            "So AUC compares rankings. It is silent about your threshold, and about probabilities."
        ) as beat:
            beat.over(words.light(number.text), until="silent", least=pace.CALM)
            beat.over(words.light(law.text))

    @chapter("Can its alarms be trusted?", "PR curve and why it differs")
    def when_positives_are_rare(self) -> None:
        self.untitled()
        left, right = self.shot(shot.split(titled=False, gap=0.5))
        self.precision_against_recall(left, right)
        self.let_eights_become_rare()

    def precision_against_recall(self, left: shot.Region, right: shot.Region) -> None:
        """The ten cards' precision-recall curve, and average precision as its area; then that of all pictures."""
        roc = metrics.roc(self.all.positive, self.all.scores)
        hand = metrics.roc(self.ten.positive, self.ten.scores)
        self.first = first = square(left, "false positive rate", "true positive rate")
        self.second = second = square(right, "recall", "precision")
        curve = first.curve(roc.fpr, roc.tpr, ink.chalk, 1.4 * THICK)
        area = metrics.auc(self.all.positive, self.all.scores)
        name = first.label(0.55, 0.45, f"AUC {area:.2f}", UP, ink.chalk, 0.0, BIG)
        share = float(self.ten.positive.mean())
        across, up = metrics.steps(hand.tpr, hand.precision(share))
        steps = second.curve(across[1:], up[1:], PRECISION, THICK)
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
        with self.beat("That area looks good. So, when it calls an eight, can you trust it?") as beat:
            self.add(first, curve)
            beat.over(FadeIn(name), until="So")
            beat.over(FadeIn(second))
        with self.beat("Precision answers. Take the cards once more, at every threshold.") as beat:
            steps.reveal(0.0)
            self.add(steps)
            beat.over(glide(steps.reveal, 0.0, 1.0, rate_func=linear), least=pace.LONG)
        term = second.label(0.7, 0.86, "precision-recall\ncurve", np.zeros(3), PRECISION, 0.0, 44.0)
        with self.beat("Precision against recall: this is the precision-recall curve.") as beat:
            beat.over(words.light(second.names[1]), until="recall")
            beat.over(words.light(second.names[0]), until="precision-recall")
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
            for slab, label, word in zip(slabs, labels, ("each", "recall", None), strict=True):
                beat.over(FadeIn(slab, label), until=word, least=pace.BRISK)
            self.play(FadeOut(term), FadeIn(mean), run_time=pace.BRISK)
        self.prevalence = prevalence = Value(float(self.all.positive.mean()), log=True)
        xs, _ = metrics.steps(roc.tpr, roc.precision(0.1))
        pr = second.curve(xs[1:], xs[1:], PRECISION, 1.4 * THICK)
        base = second.segment((0, 0), (1, 0), ink.quiet, THICK, dashed=True)

        def fall(share: float) -> list[object]:
            return [
                pr.redraw(xs[1:], metrics.steps(roc.tpr, roc.precision(share))[1][1:]),
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
        value.move_to(second.at(0.98, 0.92), aligned_edge=RIGHT)
        guess = second.label(
            0.03, float(self.all.positive.mean()), "prevalence", UP + RIGHT, ink.quiet, 0.06, ink.POINT
        )
        with self.beat("For the full data it is 0.67.") as beat:
            self.play(FadeOut(*slabs, *labels, mean, steps), run_time=pace.QUICK)
            pr.reveal(0.0)
            self.add(pr)
            beat.over(glide(pr.reveal, 0.0, 1.0), least=pace.SLOW)
            self.play(FadeIn(value), run_time=pace.QUICK)
        with self.beat("Guessing earns the prevalence: the share of positives, here about a tenth.") as beat:
            beat.over(FadeIn(base), until="share")
            beat.over(FadeIn(guess))
        self.both_curves = Group(first, second, curve, name, pr, base, value)
        self.roc_parts, self.pr_parts, self.ap = VGroup(curve, name), VGroup(pr, base), value
        self.guess = guess

    def let_eights_become_rare(self) -> None:
        """All others are copied until one in a hundred is an eight; ROC stays, precision sinks."""
        self.shot(shot.wide())
        field = self.field_of_copies()
        plane = shot.bare()
        clouds = [
            plane.cloud(field[~self.field_eights], NEGATIVE, 0.025, 0.9),
            plane.cloud(field[self.field_eights], POSITIVE, 0.034, 1.0),
        ]
        with self.beat("But what if eights become rare?") as beat:
            self.play(FadeOut(*self.both_curves, self.guess), run_time=pace.QUICK)
            self.frame.look(Sight(0.0, 0.0, PULL))
            beat.over(FadeIn(*clouds), least=pace.BRISK)
        text = Tag(words.headline(f"1 in {1 / RARE:.0f}", POSITIVE, 1.3 * ink.HEADLINE), 0.94)
        shot.safe(titled=False).put(text, UP + LEFT)
        with self.beat(
            "Same model, same humps. The others are copied until one picture in a hundred is an eight."
        ) as beat:
            beat.over(self.frame.back(), until="hundred", least=pace.LONG)
            beat.over(*shown(text))
        self.play(*gone(text), run_time=pace.QUICK)
        self.shot(shot.split(titled=False, gap=0.5))
        self.play(FadeOut(*clouds), FadeIn(*self.both_curves), run_time=pace.BRISK)
        with self.beat("Each ROC axis is a share within one class, so the curve does not move.") as beat:
            beat.over(words.light(self.first.names[1]), until="within")
            beat.over(words.light(self.first.names[0]), until="curve")
            beat.over(self.spotlight(self.first, self.roc_parts))
        self.play(self.lights_on(), run_time=pace.QUICK)
        with self.beat(
            "Precision mixes both classes. It sinks, and average precision with it, to 0.28."
        ) as beat:
            beat.over(words.light(self.ap), until="sinks")
            beat.over(self.prevalence.to(RARE), least=pace.LONG)
        self.multiply_the_alarms()
        self.exchange(*self.both_curves, run_time=pace.BRISK)
        with self.beat("So when positives are rare, show the precision-recall curve beside ROC.") as beat:
            beat.over(self.spotlight(self.second, self.pr_parts, self.ap), until="beside", least=pace.CALM)
            self.play(self.lights_on(), run_time=pace.QUICK)
            beat.over(words.light(self.roc_parts[1]))

    def multiply_the_alarms(self) -> None:
        """Why precision sinks: of what is called eight, hits stay, and copies multiply the false alarms."""
        at = self.counted(CALLED)
        positives, negatives = at.positives, at.negatives
        times = spread.copies(positives, negatives, RARE)
        upper, lower = shot.safe(titled=False).rows(1, 1.3, gap=0.2)
        plane = lower.plane((0, at.tp + times * at.fp), (0, 1), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        law = maths(
            '"precision" = (pi {{ "TPR" : tp }}) / (pi {{ "TPR" : tp }} + (1 - pi) {{ "FPR" : fp }})', BIG
        )
        upper.put(law)
        hits = plane.polygon(slab(0, at.tp), POSITIVE, fill=0.85)
        alarms = plane.polygon(slab(at.tp, at.tp + at.fp), NEGATIVE, fill=0.85)
        names = VGroup(
            plane.label(0, 0.66, f"hits {at.tp}", UP + RIGHT, POSITIVE, 0.06, ink.POINT),
            plane.label(at.tp + at.fp, 0.45, f"false alarms {at.fp}", RIGHT, NEGATIVE, 0.3, ink.POINT),
        )
        many = plane.label(
            at.tp + times * at.fp,
            0.66,
            f"false alarms {times * at.fp:.0f}",
            UP + LEFT,
            NEGATIVE,
            0.06,
            ink.POINT,
        )
        low = plane.label(
            0, 0.24, f"called eight, at a threshold of {CALLED:g}", DOWN + RIGHT, ink.quiet, 0.1, ink.AXIS
        )
        with self.beat("Why? Here is what is called an eight: hits, and false alarms.") as beat:
            near = self.frame.to(hits, alarms, names, low, share=0.88)
            self.exchange(hits, low, also=[near], run_time=pace.CALM)
            beat.over(FadeIn(names[0]), until="and")
            beat.over(FadeIn(alarms, names[1]))
        with self.beat("Copies leave the hits alone, and multiply the false alarms.") as beat:
            beat.until("multiply")
            self.play(FadeOut(names[1]), run_time=pace.QUICK)
            beat.over(
                glide(alarms.redraw, slab(at.tp, at.tp + at.fp), slab(at.tp, at.tp + times * at.fp)),
                self.frame.back(),
                least=pace.LONG,
            )
            self.play(FadeIn(many), run_time=pace.QUICK)
        with self.beat("With prevalence pi, a small share of a huge crowd buries the true ones.") as beat:
            beat.over(FadeIn(law), until="small")
            beat.over(words.light(law.part("fp")), words.light(many), until="buries")
            beat.over(words.light(law.part("tp")), beyond=pace.SLOW)

    def field_of_copies(self) -> Floats:
        """Places (n, 2) of all pictures in the middle of the frame, and of copies of the others around them."""
        positives, negatives = int(self.all.positive.sum()), int((~self.all.positive).sum())
        count = positives + round(spread.copies(positives, negatives, RARE) * negatives)
        across = int(np.ceil(np.sqrt(count * ink.FRAME_WIDTH / ink.FRAME_HEIGHT)))
        down = -(-count // across)
        row, column = np.divmod(np.arange(across * down), across)
        x = ((column + 0.5) / across - 0.5) * ink.FRAME_WIDTH
        y = (0.5 - (row + 0.5) / down) * ink.FRAME_HEIGHT
        far = np.maximum(np.abs(x) / ink.FRAME_WIDTH, np.abs(y) / ink.FRAME_HEIGHT)
        order = np.argsort(far, kind="stable")
        inner = order[: len(self.all)]
        eights = np.zeros(len(order), dtype=bool)
        chosen = np.random.default_rng(8).permutation(len(inner))[:positives]
        eights[chosen] = True
        self.field_eights = eights
        return np.column_stack([x, y])[order]


def slab(start: float, end: float) -> Floats:
    """Corners (4, 2) of a part of the bar of what is called."""
    return np.array([(start, 0.28), (end, 0.28), (end, 0.64), (start, 0.64)])


def tile(row: int, column: int) -> Floats:
    """Corners (4, 2) of a cell of the grid of pairs."""
    return np.array([(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)], dtype=float)
