"""The ROC curve, and the area under it."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.card import Cards
from scenes.kit.glide import glide
from scenes.kit.heat_map import DivergingMap
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.model_evaluation import humps as spread
from scenes.maths.model_evaluation import intervals, metrics
from scenes.model_evaluation.humps import Humps
from scenes.model_evaluation.plates import shown
from scenes.model_evaluation.stage import (
    AT,
    BIG,
    FN,
    FP,
    NEGATIVE,
    POSITIVE,
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
PAIRED: Final = 1.12
"""Width of a card at the edges of the grid of pairs."""
PASSED: Final = 1
"""The other digit of the cards, counted from 0, at whose step it is told why the area counts pairs."""
BESIDE: Final = (-0.48, -0.43)
"""Where the cards at the left and the lower edge of the grid of pairs stand, in cells."""
PAIRS: Final = 40
"""Pairs that are drawn at random."""


def square(region: shot.Region, x: str, y: str) -> Plane:
    """A chart of two rates."""
    room = shot.Region(region.left, region.bottom + 0.12, region.right, region.top)
    return shot.chart(room, (0, 1), (0, 1), x_label=x, y_label=y, x_ticks=(0, 0.5, 1), y_ticks=(0, 0.5, 1))


class Walk(ModelEvaluationStage):
    """The ROC curve, and the area under it."""

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
            self.play(
                FadeOut(self.staircase, self.path_of_ten, self.laws_of_rates),
                FadeIn(humps),
                point.animate.redraw([roc.at(0.98)]),
                run_time=pace.CALM,
            )
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
        perfect = chart.label(0.015, 0.985, "perfect", DOWN + RIGHT, ink.quiet, 0.03, 0.9 * ink.AXIS)
        corner = chart.polygon([(-0.16, 0.55), (0.55, 0.55), (0.55, 1.04), (-0.16, 1.04)])
        guess = chart.label(0.48, 0.3, "guessing", RIGHT, ink.quiet, 0.0, ink.POINT)
        with self.beat("Guessing walks the diagonal. A perfect ranking goes up first, then right.") as beat:
            self.play(both(LOW, 0.0002), run_time=pace.SLOW)
            beat.over(FadeIn(diagonal, guess), until="perfect")
            self.play(
                FadeIn(ideal),
                humps.names.animate.set_opacity(0),
                guess.animate.set_opacity(0),
                run_time=pace.QUICK,
            )
            beat.over(
                FadeIn(perfect),
                self.frame.to(corner, share=0.95),
            )
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
            self.play(
                self.spotlight(
                    passed, path, *(cards.cards[i] for i in beaten), *(tiles[i, PASSED] for i in beaten)
                ),
                run_time=pace.BRISK,
            )
            beat.over(*(lit(cards.cards[i].plate) for i in beaten))
        self.play(self.lights_on(), run_time=pace.QUICK)
        self.hand_grid, self.hand_path = Group(lines, *tiles.values(), cards, number), path
        self.hand_plane, self.hand_roc = plane, roc

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
