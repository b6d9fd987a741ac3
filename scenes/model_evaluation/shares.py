"""Accuracy and its baseline, then precision and recall."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.card import Cards
from scenes.kit.contact_sheet import Signs, Stamps
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.model_evaluation import digits, intervals, metrics
from scenes.model_evaluation.areas import RADIUS, Areas
from scenes.model_evaluation.matrix import COLORS, UNEVEN, cells
from scenes.model_evaluation.outcome import DIM, PITCH, SPECK
from scenes.model_evaluation.plates import gone, shown
from scenes.model_evaluation.stage import (
    AT,
    BIG,
    FN,
    FP,
    HIGH,
    LOW,
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

NONE: Final = 1.0
"""A threshold that no score reaches."""
DULL: Final = blend(ink.ground, ink.faint, 0.85)
"""Of bars on which numbers stand."""
APART: Final = 1.2
"""Scene units between two numbers side by side."""
NEAR: Final = (13, 7)
"""Columns and rows of the wall that the camera sees as stamps turn into words."""
COLUMN: Final = 3.7
"""Scene units of formulas beside the matrix of the cards."""
SMALL: Final = 0.71
"""Width of a card in it."""


class Shares(ModelEvaluationStage):
    """Accuracy and its baseline, then precision and recall."""

    @chapter("What is nine times in ten worth?", "accuracy and its trap under imbalance")
    def accuracy_and_its_baseline(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.spread_the_matrix()
        self.raise_the_threshold()
        self.turn_the_stamps()
        self.beside_the_baseline()

    def spread_the_matrix(self) -> None:
        """The four numbers become areas; accuracy grows out of two of them."""
        whole = shot.safe(titled=False)
        counts = self.counted(AT)
        found = cells(whole, counts, split=UNEVEN)
        so, called = self.all.positive, self.all.scores >= AT
        starts = np.zeros((len(self.all), 2))
        for cell, group in zip(
            found.places, (so & called, ~so & called, so & ~called, ~so & ~called), strict=True
        ):
            rows = np.flatnonzero(group)
            starts[rows] = found.wall(cell, self.all.pictures[rows], PITCH, POSITIVE).spots()[:, :2]
        high, low = whole.rows(0.55, 6.3, gap=0.1)
        self.areas = areas = Areas(self.all, low)
        areas.cut(AT)
        goals = areas.goals.copy()
        areas.move(starts, SPECK)
        numbers = found.counted(counts)
        around = VGroup(found.columns, found.rows, found.upright, found.level, *found.names, numbers)
        self.add(*areas.clouds, around)
        names = self.area_names(counts, high, areas)
        with self.beat("Four numbers. Can one number say how good it is?") as beat:
            beat.over(*(lit(each) for each in numbers))
        with self.beat(
            "Give each picture the same area: eights above, each class by score. The threshold parts both."
        ) as beat:
            self.play(FadeOut(around), run_time=pace.BRISK)
            beat.over(
                glide(areas.move, (starts, SPECK), (goals, RADIUS), *areas.clouds),
                until="The threshold",
                least=pace.LONG,
            )
            beat.over(FadeIn(areas.missed, areas.alarmed, areas.line), *shown(names))
        law = maths(f'"accuracy" = ({TP} + {TN}) / n', BIG)
        self.law = rule = Tag(areas.lower.rows(3, 2)[0].put(law), 1.0)
        threshold = Value(AT)
        threshold.draws(areas.cut, areas.missed, areas.alarmed, areas.line)
        self.threshold = threshold
        value = Readout(
            threshold.of(lambda t: 100 * self.counted(t).accuracy), 1, "%", size=1.2 * ink.HEADLINE, digits=2
        )
        self.value = plate = Tag(value.next_to(rule, DOWN, buff=0.35), 1.0)
        with self.beat("Accuracy is the share of decisions that are right.") as beat:
            beat.over(*shown(rule), until="right")
            beat.over(lit(law.part("tp")), lit(law.part("tn")))
        with self.beat("Two areas over the whole: 93.5 percent. That sounds good.") as beat:
            beat.over(lit(names[0]), lit(self.rightly_left), until="over")
            beat.over(*shown(plate))
        self.names = names

    def area_names(self, counts: metrics.Counts, head: shot.Region, areas: Areas) -> VGroup:
        """Names with numbers of the four areas: those of eights above them, those of others on them."""
        texts = ("TP", "FP", "FN", "TN")
        values = (counts.tp, counts.fp, counts.fn, counts.tn)
        made = [
            words.label(f"{text} {value:,}", color, ink.POINT)
            for text, value, color in zip(texts, values, COLORS, strict=True)
        ]
        self.rightly_left = made[3]
        head.put(made[0], LEFT)
        made[2].move_to((areas.ends[0], head.middle[1], 0.0), aligned_edge=LEFT)
        corner = np.array([areas.ends[1] + 0.3, areas.lower.bottom + 0.55, 0.0])
        tags = [made[0], Tag(made[1].move_to(corner, aligned_edge=LEFT), 1.0), made[2]]
        corner = np.array([areas.lower.right - 0.3, areas.lower.bottom + 0.55, 0.0])
        tags.append(Tag(made[3].move_to(corner, aligned_edge=RIGHT), 1.0))
        return VGroup(*tags)

    def raise_the_threshold(self) -> None:
        """The threshold goes to one: nothing is called, and accuracy hardly moves."""
        areas, threshold = self.areas, self.threshold
        new = self.area_names(self.counted(NONE), shot.safe(titled=False).rows(0.55, 6.3, gap=0.1)[0], areas)
        new[2].next_to(new[0], RIGHT, buff=APART)
        law = self.law.text
        value = self.value
        with self.beat("Now raise the threshold, until nothing is called an eight.") as beat:
            self.play(*gone(self.names, value), run_time=pace.QUICK)
            beat.over(threshold.to(NONE), until="eight", least=pace.LONG)
            self.play(*shown(new), run_time=pace.BRISK)
        with self.beat("What does that do to the accuracy?") as beat:
            beat.over(lit(law.part("tp")), lit(new[2]))
        self.think(2.5)
        with self.beat("Every eight is missed. The accuracy is still 90.3 percent.") as beat:
            beat.over(lit(new[2]), until="accuracy")
            beat.over(*shown(value))
        with self.beat("So a high accuracy does not show that a detector works.") as beat:
            beat.over(lit(value.text))
        self.names = new

    def turn_the_stamps(self) -> None:
        """The stamps of the opening turn round: each of them says no."""
        wall = self.wall(ink.chalk, DIM)
        ticks = Stamps(wall, np.flatnonzero(~self.all.positive), "tick", ink.chalk, 2.2, 0.55)
        crosses = Stamps(wall, np.flatnonzero(self.all.positive), "cross", WRONG, 5.0, 0.8)
        row, column = divmod(digits.CARDS[0], wall.columns)
        across, down = NEAR
        seen = [
            number
            for number in range(len(self.all))
            if abs(number // wall.columns - row) <= down // 2 + 1
            and abs(number % wall.columns - column) <= across // 2 + 1
        ]
        so = self.all.positive[seen]
        said = VGroup(
            Signs(wall, np.array(seen)[~so], "no", ink.chalk), Signs(wall, np.array(seen)[so], "no", WRONG)
        )
        stamped = VGroup(
            Stamps(wall, np.array(seen)[~so], "tick", ink.chalk, 2.6, 0.6),
            Stamps(wall, np.array(seen)[so], "cross", WRONG, 5.0, 0.8),
        )
        near = wall.place(digits.CARDS[0], ink.focus, 6.6)
        around = self.around(wall, digits.CARDS[0], (across // 2, down // 2))
        with self.beat("This is the detector of the first picture. Look at what its stamps say.") as beat:
            self.exchange(wall, ticks, crosses, run_time=pace.CALM)
            self.play(
                FadeOut(ticks, crosses),
                glide(wall.redraw, (ink.chalk, DIM), (ink.chalk, around)),
                run_time=pace.QUICK,
            )
            self.play(self.frame.to(near, share=0.95), run_time=pace.LONG)
            beat.over(FadeIn(*stamped), glide(wall.redraw, (ink.chalk, around), (ink.chalk, 0.9)))
        with self.beat("It never says eight.") as beat:
            beat.over(
                FadeOut(*stamped),
                FadeIn(said),
                glide(wall.redraw, (ink.chalk, 0.9), (ink.chalk, 0.25)),
                least=pace.SLOW,
            )
        with self.beat(
            "Classes are imbalanced when one of them is rare. Here nine pictures in ten are other digits."
        ) as beat:
            self.play(FadeOut(said), run_time=pace.QUICK)
            term = words.headline("class imbalance", ink.chalk, 1.2 * ink.HEADLINE)
            plate = Tag(shot.safe(titled=False).put(term), 0.94)
            self.pin(plate)
            plain = [ink.chalk] * len(self.tints)
            self.play(glide(wall.redraw, (plain, 0.25), (self.tints, around)), run_time=pace.BRISK)
            self.play(self.frame.back(), run_time=pace.LONG)
            self.play(glide(wall.redraw, (self.tints, around), (self.tints, 0.8)), run_time=pace.QUICK)
            beat.over(*shown(plate))
        self.background = VGroup(plate)
        self.tinted = wall

    def beside_the_baseline(self) -> None:
        """Two bars: what the majority-class baseline reaches, and what the detector adds to it."""
        region = shot.safe(titled=False)
        plane = region.plane((0, 100), (-2, 0), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        values = [100 * self.counted(NONE).accuracy, 100 * self.counted(AT).accuracy]
        rows = [-0.62, -1.62]
        bars = [
            plane.polygon(box(0, row, value), color, fill=0.85)
            for row, value, color in zip(rows, values, (DULL, DULL), strict=True)
        ]
        names = [
            plane.label(0, row + 0.36, text, RIGHT, ink.chalk, 0.0, ink.POINT)
            for row, text in zip(
                rows, ("majority-class baseline", f"our detector, threshold {AT:g}"), strict=True
            )
        ]
        numbers = [
            words.headline(f"{value:.1f}%", ink.chalk, 1.2 * ink.HEADLINE).move_to(
                plane.at(values[0] - 1, row), aligned_edge=RIGHT
            )
            for row, value in zip(rows, values, strict=True)
        ]
        more = plane.label(
            values[1],
            rows[1] + 0.36,
            f"+ {values[1] - values[0]:.0f} points",
            LEFT,
            ink.chalk,
            0.0,
            ink.POINT,
        )
        gain = plane.polygon(box(values[0], rows[1], values[1]), ink.chalk, fill=1.0)

        def grow(which: int, value: float) -> object:
            return bars[which].redraw(box(0, rows[which], value))

        with self.beat(
            "The majority-class baseline ignores the picture and always says the common class."
        ) as beat:
            bars[0].redraw(box(0, rows[0], 0.5))
            ground = VGroup(*(plane.polygon(box(0, row, 100), ink.faint, 2.0) for row in rows))
            self.play(
                *gone(*self.background),
                FadeOut(self.tinted),
                FadeIn(*names, bars[0], ground),
                run_time=pace.CALM,
            )
            beat.over(glide(partial(grow, 0), 0.5, values[0], bars[0]), least=pace.SLOW)
            self.play(FadeIn(numbers[0]), run_time=pace.QUICK)
        with self.beat("Our model adds three points to it.") as beat:
            bars[1].redraw(box(0, rows[1], 0.5))
            self.play(FadeIn(bars[1]), run_time=pace.QUICK)
            beat.over(glide(partial(grow, 1), 0.5, values[1], bars[1]), until="three", least=pace.CALM)
            beat.over(FadeIn(gain, numbers[1], more))
        with self.beat("Under class imbalance, quote accuracy beside its baseline.") as beat:
            beat.over(lit(numbers[0]), until="beside")
            beat.over(lit(names[0]))

    @chapter("What does accuracy hide?", "precision and recall")
    def two_questions_about_eights(self) -> None:
        self.untitled()
        picture, column = self.shot(shot.picture_and_column(COLUMN, titled=False))
        self.ask_apart(picture, column)
        self.move_between()
        self.over_all_thresholds()

    def ask_apart(self, picture: shot.Region, column: shot.Region) -> None:
        """The column of what is called gives precision, the row of eights gives recall."""
        counts = self.called(AT)
        self.found = found = cells(picture, counts, ("TP", "FP", "FN", "TN"), across=4, step=0.75, side=2.25)
        cards = self.new_cards()
        so, called = self.ten.positive, self.ten.scores >= AT
        cards.put(found.homes(so, called), SMALL)
        self.rim_the_wrong(cards, AT)
        numbers = VGroup(*found.numbers)
        self.add(found.columns, found.rows, found.upright, found.level, *found.names, numbers, cards)
        plane = shot.bare()
        tp, fp, fn, _ = found.places
        standing = plane.polygon(
            corners(tp.left + 0.05, fp.bottom + 0.07, tp.right - 0.05, tp.top - 0.02), PRECISION, THICK
        )
        lying = plane.polygon(
            corners(tp.left + 0.12, tp.bottom + 0.07, fn.right - 0.05, tp.top - 0.1), RECALL, THICK
        )
        upper, lower, foot = column.rows(3, 3, 0.9, gap=0.1)
        heads = [
            words.headline("precision", PRECISION, ink.POINT),
            words.headline("recall", RECALL, ink.POINT),
        ]
        for place, head in zip((upper, lower), heads, strict=True):
            place.put(head, UP + LEFT)
        self.heads = heads
        hand = [
            self.beside(0, maths(f"{counts.tp} / {counts.called}", BIG, PRECISION)),
            self.beside(1, maths(f"{counts.tp} / {counts.positives}", BIG, RECALL)),
        ]
        laws = list(self.laws(counts))
        with self.beat(
            "Accuracy hides the eights among the others. Ask two questions about eights alone."
        ) as beat:
            beat.over(lit(found.rows[0]), until="questions")
            beat.over(lit(found.columns[0]))
        with self.beat("Of those called eight, how many are? Two of four.") as beat:
            self.play(FadeIn(standing), run_time=pace.QUICK)
            beat.over(
                self.spotlight(cards.subset(np.flatnonzero(called)), standing, found.columns[0]), until="Two"
            )
            beat.over(FadeIn(hand[0]))
        with self.beat("Precision: of those called positive, the share that is positive.") as beat:
            self.play(FadeIn(heads[0]), run_time=pace.QUICK)
            beat.over(words.rewrite(hand[0], laws[0]), until="share")
            beat.over(lit(laws[0].part("tp")), beyond=pace.CALM)
        with self.beat("Of all eights, how many were called? Two of three.") as beat:
            self.play(FadeIn(lying), run_time=pace.QUICK)
            beat.over(
                self.spotlight(cards.subset(np.flatnonzero(so)), lying, found.rows[0]),
                until="Two",
            )
            beat.over(FadeIn(hand[1]))
        with self.beat("Recall, or sensitivity: of the positives, the share that was found.") as beat:
            self.play(FadeIn(heads[1]), run_time=pace.QUICK)
            beat.over(words.rewrite(hand[1], laws[1]), until="share")
            beat.over(lit(laws[1].part("tp")), beyond=pace.CALM)
        with self.beat("Precision asks: can a call be trusted? Recall asks: how many are missed?") as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            beat.over(lit(heads[0]), lit(found.columns[0]), until="Recall")
            beat.over(lit(heads[1]), lit(found.rows[0]), beyond=pace.SLOW)
        self.cards, self.shown, self.foot = cards, VGroup(*laws), foot

    def beside(self, which: int, made: words.Words) -> words.Words:
        """``made`` under the name of precision (0) or recall (1)."""
        return made.next_to(self.heads[which], DOWN, buff=0.4, aligned_edge=LEFT)

    def laws(self, now: metrics.Counts) -> tuple[words.Words, words.Words]:
        """The formulas of precision and recall with the figures of ``now``."""
        return (
            self.beside(0, maths(f"{TP} / ({TP} + {FP}) = {now.tp} / {now.called}")),
            self.beside(1, maths(f"{TP} / ({TP} + {FN}) = {now.tp} / {now.positives}")),
        )

    def rim_the_wrong(self, cards: Cards, threshold: float) -> None:
        """Give the cards that are wrong at a ``threshold`` a red rim."""
        wrong = self.ten.positive != (self.ten.scores >= threshold)
        cards.rim(np.flatnonzero(~wrong), None).rim(np.flatnonzero(wrong), WRONG)

    def move_between(self) -> None:
        """A lower threshold, then a higher one: cards change columns, and both shares follow."""
        found, cards = self.found, self.cards
        threshold = Value(AT)
        told = Readout(threshold, 2, label="threshold", color=THRESHOLD, size=ink.POINT)
        self.foot.put(told, LEFT)
        numbers = VGroup(*found.numbers)

        shown = self.shown
        texts = (
            (LOW, "Lower the threshold: recall rises to one, and precision stays as it was.", "recall"),
            (HIGH, "Raise it: precision rises to one, and recall falls.", "precision"),
        )
        self.play(FadeIn(told), run_time=pace.BRISK)
        for at, text, word in texts:
            figures, shares = found.counted(self.called(at)), VGroup(*self.laws(self.called(at)))
            with self.beat(text) as beat:
                self.play(FadeOut(numbers, shown), run_time=pace.QUICK)
                self.rim_the_wrong(cards, at)
                beat.over(
                    cards.to(found.homes(self.ten.positive, self.ten.scores >= at), SMALL),
                    threshold.to(at),
                    until=word,
                    least=pace.SLOW,
                )
                self.play(FadeIn(figures, shares), run_time=pace.BRISK)
                beat.over(*(lit(each) for each in shares), least=pace.CALM, beyond=pace.CALM)
            numbers, shown = figures, shares

    def over_all_thresholds(self) -> None:
        """Both shares of all pictures over the threshold."""
        self.shot(shot.wide())
        walk = metrics.roc(self.all.positive, self.all.scores)
        prevalence = float(self.all.positive.mean())
        plane = shot.chart(
            shot.safe(titled=False),
            (0, 1),
            (0, 1.03),
            x_label="threshold",
            x_ticks=(0, 0.5, 1),
            y_ticks=(0, 0.5, 1),
        )
        xs = walk.thresholds[1:]
        curves = [
            plane.curve(xs, walk.precision(prevalence)[1:], PRECISION, THICK),
            plane.curve(xs, walk.tpr[1:], RECALL, THICK),
        ]
        names = [
            plane.label(0.905, 0.66, "precision", UP, PRECISION, 0.02, ink.POINT),
            plane.label(0.9, 0.22, "recall", UP, RECALL, 0.02, ink.POINT),
        ]
        line = plane.stems([AT], 0, 1, THRESHOLD, THICK)
        now = self.counted(AT)
        spots = plane.dots([(AT, now.precision), (AT, now.recall)], THRESHOLD, radius=0.13)
        numbers = [
            plane.label(AT, now.precision, f"{now.precision:.2f}", UP + LEFT, PRECISION, 0.1, ink.POINT),
            plane.label(AT, now.recall, f"{now.recall:.2f}", UP + RIGHT, RECALL, 0.12, ink.POINT),
        ]
        ranges = [
            words.label(f"{low:.2f} to {high:.2f}", color, ink.LABEL)
            for (low, high), color in (
                (intervals.interval("precision"), PRECISION),
                (intervals.interval("recall"), RECALL),
            )
        ]
        ranges[0].next_to(numbers[0], UP, buff=0.12, aligned_edge=RIGHT)
        ranges[1].next_to(numbers[1], UP, buff=0.12, aligned_edge=LEFT)
        highest = float(self.all.scores.max())
        top = plane.segment((highest, 0), (highest, 1), ink.quiet, THICK, dashed=True)
        none = plane.label(0.97, 0.5, "no call: 0/0", LEFT, PRECISION, 0.1, ink.POINT)
        with self.beat("Now the full data. As the threshold goes down, recall never falls.") as beat:
            self.exchange(plane, run_time=pace.CALM)
            curves[1].reveal(0.0)
            self.add(curves[1])
            beat.over(glide(curves[1].reveal, 0.0, 1.0, rate_func=by_threshold(xs)), least=pace.LONG)
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
        with self.beat(
            "Precision usually falls meanwhile. With no call it is zero over zero: undefined."
        ) as beat:
            curves[0].reveal(0.0)
            self.add(curves[0])
            beat.over(
                glide(curves[0].reveal, 0.0, 1.0, rate_func=by_threshold(xs)), until="With", least=pace.LONG
            )
            self.play(FadeIn(names[0], top), run_time=pace.QUICK)
            beat.over(FadeIn(none), least=pace.BRISK)
        with self.beat("At our first threshold: precision 0.75, recall 0.49.") as beat:
            self.play(FadeIn(line), FadeOut(none, top), run_time=pace.QUICK)
            near = plane.polygon(corners(0.22, 0.36, 0.78, 0.92))
            beat.over(FadeIn(numbers[0], spots[0]), self.frame.to(near, share=0.95), until="recall")
            beat.over(FadeIn(numbers[1], spots[1]))
        with self.beat(
            "Other pictures would give other shares. Small: the range of 95 percent of a thousand redraws."
        ) as beat:
            beat.over(FadeIn(ranges[0]), until="percent")
            beat.over(FadeIn(ranges[1]))
        with self.beat("So quote both, and the threshold beside them.") as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(*(lit(each) for each in numbers), until="threshold", least=pace.CALM)
            beat.over(lit(line))


def box(left: float, row: float, right: float) -> np.ndarray:
    """Corners (4, 2) of a lying bar around ``row``."""
    return corners(left, row - 0.24, right, row + 0.2)


def corners(left: float, bottom: float, right: float, top: float) -> np.ndarray:
    """Corners (4, 2) of an upright box."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])


def by_threshold(falling: np.ndarray) -> Callable[[float], float]:
    """A rate at which a curve over ``falling`` thresholds (m,) is drawn evenly along the axis."""
    rows = np.linspace(0.0, 1.0, len(falling))
    return lambda share: float(np.interp(share, 1 - falling[::1], rows))
