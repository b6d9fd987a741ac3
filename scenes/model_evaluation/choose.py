"""Prices choose the threshold, the task chooses the metric; and the end of the lesson."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Group, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.contact_sheet import Stamps
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.model_evaluation import bill, digits
from scenes.maths.model_evaluation import humps as spread
from scenes.model_evaluation.humps import SHOWN, Humps
from scenes.model_evaluation.plates import gone, shown
from scenes.model_evaluation.stage import (
    AT,
    BIG,
    FN,
    FP,
    LOW,
    NEGATIVE,
    POSITIVE,
    PRECISION,
    RECALL,
    THICK,
    THRESHOLD,
    TP,
    WRONG,
    ModelEvaluationStage,
    lit,
    maths,
)

CARD: Final = 1.02
LIES: Final = (0.08, 0.5)
"""From where to where in its row a bar lies."""
HEAD: Final = 0.85
"""Scene units above pictures for the price."""
DEAREST: Final = 620.0
"""The highest bill of a half that is shown."""
DIM: Final = 0.55
"""Strength of the wall under its stamps."""
MOST: Final = 1750.0
"""The highest bill that is shown."""
NAMED: Final = 56.0
"""Pixels of capitals of the names of metrics."""


class Choose(ModelEvaluationStage):
    """Prices choose the threshold, the task chooses the metric; and the end of the lesson."""

    @chapter("Which metric does the task need?", "choosing the right metric for a task")
    def the_task_picks_the_metric(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.price_the_cards()
        self.find_the_valley()
        self.trust_the_scores()
        self.hang_the_gallery()
        self.end()

    def price_the_cards(self) -> None:
        """A miss costs ten, a false alarm one: the ten cards at two thresholds."""
        stairs = self.stairs(shot.safe(titled=False), CARD)
        cards, plane = stairs.cards, stairs.plane

        def tags(at: float) -> VGroup:
            wrong = np.flatnonzero(self.ten.positive != (self.ten.scores >= at))
            made = VGroup()
            for row in wrong:
                price = bill.MISS if self.ten.positive[row] else 1.0
                text = words.headline(f"{price:.0f}", WRONG, ink.HEADLINE)
                made.add(text.next_to(stairs.spots[row] + 0.5 * CARD * (UP + RIGHT), RIGHT, buff=0.05))
            return made

        totals = [
            words.headline(
                f"bill: {self.called(at).bill(bill.MISS):.0f}", ink.chalk, 1.4 * ink.HEADLINE
            ).move_to(plane.at(stairs.right - 0.2, 0.9), aligned_edge=RIGHT)
            for at in (AT, LOW)
        ]
        first, second = tags(AT), tags(LOW)
        self.add(stairs.plane, stairs.line, stairs.name, cards)
        with self.beat("Which threshold, then? Put a price on each error.") as beat:
            wrong = np.flatnonzero(self.ten.positive != (self.ten.scores >= AT))
            beat.until("Put")
            cards.rim(wrong, WRONG)
            self.play(self.spotlight(cards.subset(wrong), stairs.line), run_time=pace.QUICK)
            beat.over(self.frame.to(cards.subset(wrong), first, share=0.8), least=pace.SLOW)
        with self.beat("Say a miss costs ten, a false alarm one. Add them up.") as beat:
            beat.over(FadeIn(first[-1]), until="a false")
            beat.over(FadeIn(*first[:-1]), until="Add")
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(FadeIn(totals[0]))
        with self.beat("Lower the threshold: three false alarms, no miss. The bill is three.") as beat:
            self.play(FadeOut(first, totals[0]), self.lights_on(), run_time=pace.QUICK)
            beat.over(stairs.threshold.to(LOW), until="no", least=pace.SLOW)
            cards.rim(wrong, None).rim(np.flatnonzero(self.ten.positive != (self.ten.scores >= LOW)), WRONG)
            beat.over(FadeIn(second), until="bill")
            beat.over(FadeIn(totals[1]))

    def find_the_valley(self) -> None:
        """Humps and the bill at every threshold, on one upright axis; the dearer a miss, the lower the valley."""
        left, right = self.shot(shot.split(titled=False, gap=0.4))
        head = shot.Region(right.left, right.top - HEAD, right.right, right.top)
        left, right = (
            shot.Region(each.left, each.bottom, each.right, each.top - HEAD) for each in (left, right)
        )
        humps = Humps(left)
        low, high = humps.plane.at(0, SHOWN[0]), humps.plane.at(0, SHOWN[1])
        plane = Plane(
            (0, MOST),
            SHOWN,
            right.width - 0.5,
            float(high[1] - low[1]),
            x_ticks=(0, 500, 1000, 1500),
            y_ticks=[],
            tick_size=ink.AXIS,
            name_size=ink.AXIS,
        )
        plane.shift((right.left - float(plane.box[0][0])) * RIGHT + float(low[1] - plane.box[0][1]) * UP)
        priced = plane.label(0.1 * MOST, SHOWN[0] + 0.8, "bill", RIGHT, ink.chalk, 0.0, ink.POINT)
        miss = Value(1.0, log=True)
        thresholds, _ = bill.bills(self.all.positive, self.all.scores)
        heights = spread.log_odds(np.minimum(thresholds[1:], 1 - 1e-9))
        curve = plane.curve(heights, heights, ink.chalk, THICK)
        line = plane.segment((0, 0), (MOST, 0), THRESHOLD, THICK)
        valley = plane.dots([(0.0, 0.0)], THRESHOLD, radius=0.15)

        def price(each: float) -> list[object]:
            _, costs = bill.bills(self.all.positive, self.all.scores, each)
            best = bill.best(self.all.positive, self.all.scores, each)
            at = float(spread.log_odds(best))
            return [
                curve.redraw(costs[1:], heights),
                line.redraw((0, at), (MOST, at)),
                valley.redraw([(float(costs.min()), at)]),
                humps.cut(best),
            ]

        miss.draws(price, curve, line, valley, *humps.above, *humps.below, humps.line)
        told = Readout(miss, 0, label="price of a miss", color=WRONG, size=ink.POINT, digits=2)
        head.put(told, RIGHT)
        with self.beat("Now the full data: the bill at every threshold, at first with equal prices.") as beat:
            self.exchange(humps, plane, priced, told, run_time=pace.BRISK)
            curve.reveal(0.0)
            self.add(curve)
            beat.over(glide(curve.reveal, 0.0, 1.0), least=pace.SLOW)
        with self.beat("The lowest bill sets the threshold. The dearer a miss, the lower it lies.") as beat:
            beat.over(FadeIn(valley, line), until="The dearer")
            beat.over(miss.to(bill.MISS), least=pace.LONG)
        self.priced = Group(plane, priced, curve, line, valley)
        self.pay_on_the_other_half(right, told)

    def pay_on_the_other_half(self, right: shot.Region, told: Readout) -> None:
        """Bills of the half that had no part in the choice: at the threshold chosen on the other half, and at 0.5."""
        found = bill.halvings()
        plane = shot.chart(
            right,
            (0, DEAREST),
            (0, 2),
            x_label=f"bill of one half, {len(found)} halvings",
            x_ticks=(0, 200, 400),
            y_ticks=[],
        )
        rows, rng = [], np.random.default_rng(1)
        for column, height, text in ((1, 1, f"threshold {AT:g}"), (0, 0, "chosen on the other half")):
            mean = float(found[:, column].mean())
            bar = plane.polygon(corners(0, height + LIES[0], mean, height + LIES[1]), THRESHOLD, fill=0.25)
            ys = height + 0.29 + 0.13 * (2 * rng.permutation(len(found)) / len(found) - 1)
            dots = plane.dots(np.column_stack([found[:, column], ys]), ink.chalk, radius=0.06)
            name = plane.label(0, height + 0.72, text, RIGHT, THRESHOLD, 0.1, ink.AXIS)
            number = plane.label(DEAREST, height + 0.29, f"{mean:.0f}", LEFT, ink.chalk, 0.05, BIG)
            rows.append((bar, (dots, name, number), height, mean))
        with self.beat(
            "Choose it on validation data, pay on other data: 274. Our first one pays 451."
        ) as beat:
            self.play(FadeOut(self.priced), FadeIn(plane), lit(told), run_time=pace.CALM)
            for which, until in ((1, "Our"), (0, None)):
                bar, (dots, name, number), height, mean = rows[which]
                self.play(FadeIn(name), run_time=pace.QUICK)
                beat.over(
                    glide(partial(lie, bar, height), 1.0, mean, bar),
                    FadeIn(dots, lag_ratio=pace.LAG),
                    FadeIn(number),
                    until=until,
                    least=pace.CALM,
                )

    def trust_the_scores(self) -> None:
        """Ten pictures that are scored 0.3, three of them eights; ours by tenths; then prices give the threshold."""
        left, right = self.shot(shot.split(titled=False))
        plane = shot.chart(
            left,
            (0, 1),
            (0, 1),
            x_label="score",
            y_label="share of eights",
            x_ticks=(0, bill.SURE, 1),
            y_ticks=(0, bill.SURE, 1),
        )
        upper, lower, foot = right.rows(3.2, 2.4, 0.9, gap=0.2)
        spots = [cell.middle[:2] for cell in upper.cells(2, 5, gap=0.1)]
        ground = shot.bare()
        row = ground.classes(
            [(x, y + 0.2) for x, y in spots], np.logical_not(bill.calibrated()), min(0.42, upper.width / 14)
        )
        scores = VGroup(
            *(
                words.label(f"{bill.SURE:g}", ink.quiet, ink.AXIS).next_to(each, DOWN, buff=0.18)
                for each in row
            )
        )
        line = plane.curve([0.0, 1.0], [0.0, 1.0], ink.quiet, THICK, dashed=True)
        spot = plane.dots([(bill.SURE, float(np.mean(bill.calibrated())))], POSITIVE, radius=0.2)
        head = plane.label(0.05, 0.9, "calibrated", RIGHT, ink.chalk, 0.0, ink.POINT)
        ours = plane.dots(np.column_stack(bill.reliability()), ink.chalk, radius=0.12)
        named = plane.label(0.98, 0.2, "ours, by tenths", LEFT, ink.chalk, 0.0, ink.POINT)
        miss, both = round(bill.MISS), round(1 / bill.rule())
        law = lower.put(maths(f't^* = c_"FP" / (c_"FP" + c_"FN") = 1 / (1 + {miss}) = 1 / {both}', 42.0))
        paid = foot.put(
            words.headline(f"bill of a half: {bill.halvings().mean(axis=0)[2]:.0f}", ink.chalk, ink.POINT)
        )
        with self.beat(
            "Calibrated scores are true as probabilities: of those scored 0.3, thirty percent are positive."
        ) as beat:
            self.exchange(plane, row, run_time=pace.BRISK)
            line.reveal(0.0)
            self.add(line)
            beat.over(FadeIn(head), glide(line.reveal, 0.0, 1.0), until="of")
            beat.over(FadeIn(scores), until="thirty")
            beat.over(FadeIn(spot), *(lit(each) for each in row[: sum(bill.calibrated())]))
        with self.beat("Ours are roughly so.") as beat:
            beat.over(FadeIn(ours, lag_ratio=pace.LAG), FadeIn(named), FadeOut(spot), least=pace.CALM)
        with self.beat(
            "Then prices alone give the threshold: that of a false alarm, over both together."
        ) as beat:
            beat.over(FadeIn(law), until="over", least=pace.SLOW)
            beat.over(FadeIn(paid), beyond=pace.SLOW)

    def hang_the_gallery(self) -> None:
        """Eight metrics, each with its picture: four of decisions, then four of scores and of numbers."""
        cells = self.shot(shot.gallery(1, 4, titled=False, gap=0.35))
        names = ("accuracy", "recall", "precision", "F1, AP", "ROC-AUC", "log loss", "MAE", "RMSE")
        tasks = (
            "balanced",
            "misses cost",
            "alarms cost",
            "a rare class",
            "ranking",
            "probabilities",
            "numbers",
            "large errors hurt",
        )
        pictures, heads = [], []
        sure = float(self.all.scores[digits.LIKE_A_ONE].round(3))
        for number, (cell, name, task) in enumerate(zip((*cells, *cells), names, tasks, strict=True)):
            body, foot = cell.rows(3.7, 1.1, gap=0.1)
            pictures.append(small_picture(number, body.inset(0.15, 0.2), sure))
            text = words.headline(name, ink.chalk, NAMED)
            below = words.label(task, ink.quiet, ink.AXIS)
            over, under = foot.rows(1, 0.8, gap=0.05)
            over.put(text)
            under.put(below)
            heads.append(VGroup(text, below))

        whole = [Group(picture, head) for picture, head in zip(pictures, heads, strict=True)]

        with self.beat("Which metric, then? Balanced classes and equal costs: accuracy.") as beat:
            self.exchange(whole[0], run_time=pace.CALM)
            beat.over(lit(heads[0][0]))
        with self.beat(
            "Misses are costly: recall, at a precision you can afford. "
            "False alarms are costly: precision, at a recall you need."
        ) as beat:
            beat.over(FadeIn(whole[1]), until="False")
            beat.over(FadeIn(whole[2]))
        with self.beat("One number for a rare class: F1, or average precision.") as beat:
            beat.over(FadeIn(whole[3]), until="or")
            beat.over(lit(heads[3][0]))
        with self.beat(
            "Ranking: AUC. Probabilities are used: log loss, in which a sure mistake is dear."
        ) as beat:
            self.exchange(whole[4], run_time=pace.BRISK)
            beat.until("Probabilities")
            beat.over(FadeIn(whole[5]), until="sure")
            beat.over(lit(pictures[5]))
        with self.beat(
            "Predicted numbers: MAE. RMSE, the root mean squared error, weighs large errors more."
        ) as beat:
            beat.over(FadeIn(whole[6]), until="RMSE")
            beat.over(FadeIn(whole[7]), until="weighs")
            beat.over(lit(heads[7][1]))

    def end(self) -> None:
        """The opening wall once more: what never says eight, then the four outcomes at the threshold of the prices."""
        self.shot(shot.wide())
        truth, cut = self.all.positive, bill.rule()
        called, now = self.all.scores >= cut, self.counted(cut)
        never = self.counted(float(np.nextafter(self.all.scores.max(), 2)))
        wall = self.wall(ink.chalk, DIM)
        first = VGroup(
            Stamps(wall, np.flatnonzero(~truth), "tick", ink.chalk, 2.2, 0.55),
            Stamps(wall, np.flatnonzero(truth), "cross", WRONG, 5.0, 0.8),
        )
        last = VGroup(
            Stamps(wall, np.flatnonzero(truth & called), "tick", ink.chalk, 4.0, 0.8),
            Stamps(wall, np.flatnonzero(truth != called), "cross", WRONG, 5.0, 0.8),
        )
        whole = shot.safe(titled=False)
        opened = Tag(
            words.headline(f"{100 * never.accuracy:.1f}% right", ink.chalk, 1.3 * ink.HEADLINE), 0.94
        )
        whole.put(opened)
        corners_of = {"tp": UP + LEFT, "fn": UP + RIGHT, "fp": DOWN + LEFT, "tn": DOWN + RIGHT}
        cells = [
            whole.put(Tag(words.headline(f"{name.upper()} {getattr(now, name):,}", color), 0.94), side)
            for (name, side), color in zip(
                corners_of.items(), (POSITIVE, WRONG, WRONG, NEGATIVE), strict=True
            )
        ]
        top = Tag(words.headline(f"threshold 1/{round(1 / cut)}", THRESHOLD), 0.94)
        whole.put(top, UP)
        middle = whole.inset(0.0, 1.05)
        laws = [
            Tag(maths(text), 0.94)
            for text in (
                f'"precision" = {TP} / ({TP} + {FP}) = {now.precision:.2f}',
                f'"recall" = {TP} / ({TP} + {FN}) = {now.recall:.2f}',
            )
        ]
        asked = Tag(words.headline(f"baseline {100 * never.accuracy:.1f}%, unseen data", ink.chalk), 0.94)
        for law, place in zip((*laws, asked), middle.rows(1, 1, 0.6, gap=0.15), strict=True):
            place.put(law)
        tints = [POSITIVE if is_so else NEGATIVE for is_so in truth]
        shades = np.where(called | truth, 1.0, 0.3)
        plain = ([ink.chalk] * len(tints), np.full(len(tints), DIM))
        with self.beat("Right nine times in ten, and useless: it never says eight.") as beat:
            self.exchange(wall, first, run_time=pace.CALM)
            beat.over(*shown(opened), until="useless")
            beat.over(lit(first[1], ink.chalk))
        with self.beat("Ask which errors it makes, and at which threshold.") as beat:
            self.play(FadeOut(first), *gone(opened), run_time=pace.QUICK)
            beat.over(
                glide(wall.redraw, plain, (tints, shades)), FadeIn(last), *shown(*cells), until="threshold"
            )
            beat.over(*shown(top))
        with self.beat("Precision: how many calls are right. Recall: how many positives are found.") as beat:
            beat.over(*shown(laws[0]), lit(cells[0].text), lit(cells[2].text), until="Recall")
            beat.over(*shown(laws[1]), lit(cells[0].text), lit(cells[1].text))
        with self.beat("And ask: against which baseline, and on data that it has not seen?") as beat:
            beat.over(*shown(asked), until="and on")
            beat.over(lit(asked.text))
        self.play(*(lit(law.text) for law in laws), run_time=pace.LONG)


def lie(bar: Polygon, row: int, end: float) -> Polygon:
    """Let a bar of a ``row`` end there."""
    return bar.redraw(corners(0, row + LIES[0], end, row + LIES[1]))


def small_picture(number: int, place: shot.Region, sure: float) -> VGroup:
    """The picture of a metric of the gallery; ``sure`` is the score of an eight that was surely called none."""
    plane = place.plane((0, 1), (0, 1), x_ticks=[], y_ticks=[], numbers=False)
    if number < 3:
        plane.frame.set_stroke(opacity=0)
    if number == 0:
        return VGroup(
            plane.polygon(corners(0, 0.52, 1, 1), POSITIVE, fill=0.7),
            plane.polygon(corners(0, 0, 1, 0.48), NEGATIVE, fill=0.7),
        )
    if number in (1, 2):
        dots = plane.classes([(0.25, 0.72), (0.75, 0.72), (0.25, 0.28), (0.75, 0.28)], [0, 0, 1, 1], 0.24)
        frame = corners(0.03, 0.52, 0.97, 0.97) if number == 1 else corners(0.03, 0.03, 0.47, 0.97)
        return VGroup(dots, plane.polygon(frame, RECALL if number == 1 else PRECISION, THICK))
    if number == 3:
        upper, lower = place.rows(1, 1, gap=0.25)
        one, two = (
            each.plane((0, 1), (0, 1), x_ticks=[], y_ticks=[], numbers=False) for each in (upper, lower)
        )
        falling = np.array(
            [(0, 0), (0, 1), (0.35, 1), (0.35, 0.67), (0.65, 0.67), (0.65, 0.45), (1, 0.45), (1, 0)]
        )
        return VGroup(
            one,
            one.polygon(corners(0.05, 0, 0.2, 0.9), PRECISION, fill=0.8),
            one.polygon(corners(0.8, 0, 0.95, 0.5), RECALL, fill=0.8),
            one.segment([(0.12, 0.9), (0.12, 0)], [(0.88, 0), (0.88, 0.5)], ink.quiet, THICK),
            one.polygon(corners(0.55, 0, 0.7, 2 * 0.9 * 0.5 / 1.4), ink.chalk, fill=0.8),
            two,
            two.polygon(falling, PRECISION, THICK, fill=0.4),
        )
    if number == 4:
        stairs = np.array(
            [(0, 0), (0, 0.4), (0.15, 0.4), (0.15, 0.75), (0.45, 0.75), (0.45, 1), (1, 1), (1, 0)]
        )
        return VGroup(plane, plane.polygon(stairs, POSITIVE, THICK, fill=0.5))
    if number == 5:
        p = np.geomspace(sure, 1, 120)
        loss = bill.log_loss(True, p)
        spot = plane.dots([(sure, 1.0)], WRONG, radius=0.14)
        named = plane.label(0.1, 0.93, f"{sure:.3f}:\n{loss.max():.1f}", DOWN + RIGHT, WRONG, 0.1, ink.POINT)
        return VGroup(plane, plane.curve(p, loss / loss.max(), WRONG, THICK), spot, named)
    xs, low = np.array([0.15, 0.4, 0.65, 0.9]), np.array([0.2, 0.35, 0.3, 0.6])
    up = low + np.array([0.18, -0.12, 0.42, -0.15])
    curve = plane.curve([0.0, 1.0], [0.15, 0.65], ink.chalk, THICK)
    low = 0.15 + 0.5 * xs
    dots = plane.dots(np.column_stack([xs, up]), ink.quiet, radius=0.1)
    if number == 6:
        return VGroup(plane, curve, plane.stems(xs, low, up, WRONG, 2 * THICK), dots)
    ratio = place.height / place.width
    squares = VGroup(
        *(
            plane.polygon(
                corners(x - abs(b - a) * ratio * 0.5, min(a, b), x + abs(b - a) * ratio * 0.5, max(a, b)),
                WRONG,
                fill=0.5,
            )
            for x, a, b in zip(xs, low, up, strict=True)
        )
    )
    return VGroup(plane, curve, squares, dots)


def corners(left: float, bottom: float, right: float, top: float) -> Floats:
    """Corners (4, 2) of an upright box."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
