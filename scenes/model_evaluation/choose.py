"""Prices choose the threshold, the task chooses the metric; and the end of the lesson."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, Group, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.model_evaluation import bill, metrics
from scenes.maths.model_evaluation import humps as spread
from scenes.model_evaluation.humps import SHOWN, Humps
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
MOST: Final = 1750.0
"""The highest bill that is shown."""
NAMED: Final = 56.0
"""Pixels of capitals of the names of metrics."""


class Choose(ModelEvaluationStage):
    """Prices choose the threshold, the task chooses the metric; and the end of the lesson."""

    @chapter("The task picks the metric", "choosing the right metric for a task")
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
        told.move_to(plane.at(MOST, SHOWN[1] - 0.5), aligned_edge=RIGHT)
        with self.beat("Now the full data: beside the humps, the bill at every threshold.") as beat:
            self.exchange(humps, plane, priced, run_time=pace.BRISK)
            curve.reveal(0.0)
            self.add(curve)
            beat.over(glide(curve.reveal, 0.0, 1.0), least=pace.SLOW)
        with self.beat("The lowest bill sets the threshold. The dearer a miss, the lower it lies.") as beat:
            beat.over(FadeIn(valley, line), FadeIn(told), until="The dearer")
            beat.over(miss.to(bill.MISS), least=pace.LONG)
        found = bill.halvings().mean(axis=0)
        number = VGroup(
            words.label(f"mean of {len(bill.halvings())} halvings", ink.quiet),
            words.headline(f"{found[0]:.0f}, not {found[1]:.0f}", ink.chalk, ink.POINT),
        )
        for text, up in zip(number, (-1.9, -3.8), strict=True):
            text.move_to(plane.at(MOST, up), aligned_edge=RIGHT)
        with self.beat("Choose it on validation data, pay on other data: 274, not 451.") as beat:
            beat.over(lit(told), until="pay")
            beat.over(FadeIn(number))

    def trust_the_scores(self) -> None:
        """Ten pictures that are scored 0.3; where three of them are eights, prices alone give the threshold."""
        self.shot(shot.formula(titled=False))
        upper, lower = shot.safe(titled=False).rows(1, 1, gap=0.3)
        plane = shot.bare()
        spots = [(upper.left + upper.width * (k + 0.5) / 10, upper.middle[1] - 0.2) for k in range(10)]
        row = plane.classes(spots, np.logical_not(bill.calibrated()), 0.42)
        scores = VGroup(
            *(
                words.label(f"{bill.SURE:g}", ink.quiet, ink.AXIS).next_to(each, DOWN, buff=0.25)
                for each in row
            )
        )
        head = upper.put(words.headline("calibrated", ink.chalk, ink.HEADLINE), UP)
        miss, both = round(bill.MISS), round(1 / bill.rule())
        law = maths(f't^* = c_"FP" / (c_"FP" + c_"FN") = 1 / (1 + {miss}) = 1 / {both}', 1.2 * BIG)
        lower.put(law)
        with self.beat(
            "Calibrated scores are true as probabilities: of those scored 0.3, thirty percent are positive."
        ) as beat:
            self.exchange(row, run_time=pace.BRISK)
            beat.over(FadeIn(head), until="of")
            beat.over(FadeIn(scores), until="thirty")
            beat.over(*(lit(each) for each in row[: sum(bill.calibrated())]))
        with self.beat(
            "Then prices alone give the threshold: that of a false alarm, over both together."
        ) as beat:
            beat.over(FadeIn(law), least=pace.SLOW, beyond=pace.SLOW)

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
        for number, (cell, name, task) in enumerate(zip((*cells, *cells), names, tasks, strict=True)):
            body, foot = cell.rows(3.7, 1.1, gap=0.1)
            pictures.append(small_picture(number, body.inset(0.15, 0.2)))
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
        with self.beat("Misses are costly: recall. False alarms are costly: precision.") as beat:
            beat.over(FadeIn(whole[1]), until="False")
            beat.over(FadeIn(whole[2]))
        with self.beat("One number for a rare class: F1, or average precision.") as beat:
            beat.over(FadeIn(whole[3]), until="or")
            beat.over(lit(heads[3][0]))
        with self.beat(
            "Ranking: AUC. Probabilities are used: log loss, which judges the probability itself."
        ) as beat:
            self.exchange(whole[4], run_time=pace.BRISK)
            beat.until("Probabilities")
            beat.over(FadeIn(whole[5]), until="judges")
            beat.over(lit(pictures[5]))
        with self.beat(
            "Predicted numbers: MAE. RMSE, the root mean squared error, weighs large errors more."
        ) as beat:
            beat.over(FadeIn(whole[6]), until="RMSE")
            beat.over(FadeIn(whole[7]), until="weighs")
            beat.over(lit(heads[7][1]))

    def outcomes_of(self, name: str, threshold: float) -> float:
        """How many decisions have the outcome of this ``name`` at a ``threshold``."""
        return float(getattr(self.counted(threshold), name))

    def end(self) -> None:
        """Humps, matrix, ROC and precision-recall curve under one threshold."""
        self.shot(shot.wide())
        whole = shot.safe(titled=False)
        left, rest = whole.columns(4.6, 8.4, gap=0.35)
        upper, lower = rest.rows(4.0, 2.6, gap=0.25)
        first, second = upper.columns(1, 1, gap=0.3)
        humps = Humps(left, name=36.0)
        roc = metrics.roc(self.all.positive, self.all.scores)
        share = float(self.all.positive.mean())
        options = {"x_ticks": [], "y_ticks": [], "name_size": ink.AXIS}
        curve_plane = first.plane((0, 1), (0, 1.02), x_label="FPR", y_label="TPR", **options)
        pr_plane = second.plane((0, 1), (0, 1.02), x_label="recall", y_label="precision", **options)
        xs, ys = metrics.steps(roc.tpr, roc.precision(share))
        curves = VGroup(
            curve_plane.curve(roc.fpr, roc.tpr, ink.chalk, THICK),
            pr_plane.curve(xs[1:], ys[1:], PRECISION, THICK),
        )
        points = [plane.dots([(0.0, 0.0)], THRESHOLD, radius=0.13) for plane in (curve_plane, pr_plane)]
        names = VGroup(
            curve_plane.label(0.55, 0.42, "ROC", UP, ink.chalk, 0.0, ink.POINT),
            pr_plane.label(0.3, 0.28, "PR", UP, PRECISION, 0.0, ink.POINT),
        )
        threshold = Value(0.999)
        board_of_four, formulas = lower.columns(4.9, 3.2, gap=0.3)
        cells = board_of_four.rows(1, 1, gap=0.05)
        pairs = [cell for row in cells for cell in row.columns(1, 1, gap=0.25)]
        rows = VGroup()
        for text, name, color, cell in zip(
            ("TP", "FN", "FP", "TN"),
            ("tp", "fn", "fp", "tn"),
            (POSITIVE, WRONG, WRONG, NEGATIVE),
            pairs,
            strict=True,
        ):
            reading = threshold.of(partial(self.outcomes_of, name))
            rows.add(cell.put(Readout(reading, 0, label=text, color=color, size=ink.POINT, digits=4), LEFT))
        plane = shot.bare()
        middle = board_of_four.middle
        cross = plane.segment(
            [(middle[0] - 0.1, lower.bottom), (lower.left, middle[1])],
            [(middle[0] - 0.1, lower.top), (board_of_four.right, middle[1])],
            ink.faint,
            THICK,
        )
        laws = VGroup(
            maths(f"{{{{ P : P }}}} = {TP} / ({TP} + {FP})", 42.0),
            maths(f"{{{{ R : R }}}} = {TP} / ({TP} + {FN})", 42.0),
        )
        for law, place in zip(laws, formulas.rows(1, 1, gap=0.05), strict=True):
            place.put(law, RIGHT)

        def move(t: float) -> list[object]:
            fpr, tpr = roc.at(t)
            row = max(int(np.sum(roc.thresholds >= t)) - 1, 1)
            return [
                humps.cut(t),
                points[0].redraw([(fpr, tpr)]),
                points[1].redraw([(float(roc.tpr[row]), float(roc.precision(share)[row]))]),
            ]

        threshold.draws(move, *humps.above, *humps.below, humps.line, *points)

        readers = [*humps.above, *humps.below, humps.line, *points, *rows]

        def slide(start: float, end: float) -> Animation:
            def show(at: float) -> list[Mobject]:
                return list(threshold.set(1 / (1 + np.exp(-at))))

            begin, goal = spread.log_odds([start, end])
            return glide(show, float(begin), float(goal), *readers)

        board = Group(humps, curve_plane, pr_plane, curves, names, cross, rows, laws, *points)
        with self.beat("Right nine times in ten, and useless: it never says eight.") as beat:
            self.exchange(board, run_time=pace.CALM)
            beat.over(lit(rows[0]), lit(rows[1]), lit(rows[3]), beyond=pace.BRISK)
        with self.beat("Ask which errors it makes, and at which threshold.") as beat:
            beat.over(slide(0.999, 0.1), least=pace.LONG)
        with self.beat("Precision: how many calls are right. Recall: how many positives are found.") as beat:
            beat.over(lit(laws[0]), lit(rows[0]), lit(rows[2]), until="Recall")
            beat.over(lit(laws[1]), lit(rows[1]))
        with self.beat("And ask: against which baseline, and on data that it has not seen?") as beat:
            beat.over(slide(0.1, 0.03), until="and on", least=pace.SLOW)
            beat.over(slide(0.03, AT), least=pace.SLOW)
        self.play(lit(names[0]), lit(names[1]), run_time=pace.SLOW)
        self.play(lit(laws), run_time=pace.LONG)


def small_picture(number: int, place: shot.Region) -> VGroup:
    """The picture of a metric of the gallery."""
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
        return VGroup(
            plane.polygon(corners(0.05, 0, 0.2, 0.9), PRECISION, fill=0.8),
            plane.polygon(corners(0.8, 0, 0.95, 0.5), RECALL, fill=0.8),
            plane.segment([(0.12, 0.9), (0.12, 0)], [(0.88, 0), (0.88, 0.5)], ink.quiet, THICK),
            plane.polygon(corners(0.55, 0, 0.7, 2 * 0.9 * 0.5 / 1.4), ink.chalk, fill=0.8),
        )
    if number == 4:
        stairs = np.array(
            [(0, 0), (0, 0.4), (0.15, 0.4), (0.15, 0.75), (0.45, 0.75), (0.45, 1), (1, 1), (1, 0)]
        )
        return VGroup(plane, plane.polygon(stairs, POSITIVE, THICK, fill=0.5))
    if number == 5:
        p = np.linspace(0.03, 1, 80)
        loss = bill.log_loss(True, p)
        return VGroup(plane, plane.curve(p, loss / loss.max(), WRONG, THICK))
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
