"""Payments that are ordinary for all and odd for one."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.anomaly_detection.stage import (
    ALARM,
    ODD,
    PLAIN,
    RULER,
    TRUE,
    AnomalyDetectionStage,
    maths,
    quiet_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.anomaly_detection import cases, isolation, neighbours

PAYMENT: Final = 0.036
"""Radius of an honest payment."""
BODY: Final = shot.Region(shot.SAFE.left, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top - 1.25)
"""Below what is said in words."""
THEFT: Final = 0.12
"""Of a stolen one."""


def amounts_plane() -> Plane:
    """Amounts by powers of ten, and a row for each customer."""
    return shot.chart(
        BODY, (0.9, 900), (-2, 102), log_x=True, x_ticks=[1, 10, 100], y_ticks=[],
        x_names={1: "1", 10: "10", 100: "100"}, x_label="amount, dollars"
    )  # fmt: skip


def own_plane() -> Plane:
    """Payments by their customer's own measure."""
    return shot.chart(
        BODY, (-4.5, 9.5), (-2, 102), x_ticks=[-3, 0, 3, 6, 9], y_ticks=[],
        x_label="robust z-score, by the customer's own payments"
    )  # fmt: skip


def rows_of(paid: cases.Payments) -> Floats:
    """(3000,): the row of each payment's customer, those who spend little at the bottom."""
    medians = np.array([np.median(paid.logs[paid.who == person]) for person in range(cases.PEOPLE)])
    order = np.empty(cases.PEOPLE)
    order[np.argsort(medians)] = np.arange(cases.PEOPLE)
    return np.asarray(order[paid.who])


class Context(AnomalyDetectionStage):
    """Fraud."""

    @chapter("Odd for whom?", "fraud as a worked case")
    def odd_for_whom(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.by_amount()
        self.by_customer()
        self.three_kinds()

    def by_amount(self) -> None:
        """All payments on one axis of amounts."""
        paid = cases.payments()
        plane = amounts_plane()
        scattered = np.random.default_rng(2).uniform(0, 100, len(paid.logs))
        spots = np.column_stack([paid.amounts, scattered])
        honest = plane.cloud(spots[~paid.stolen], PLAIN, PAYMENT, 0.75)
        stolen = plane.dots(spots[paid.stolen], PLAIN, radius=PAYMENT)
        with self.beat(
            "What if the score ranks badly? Simulated card payments, a few of them stolen."
        ) as beat:
            flat = spots * [1.0, 0.04] + [0.0, 48.0]
            kind = paid.stolen
            self.play(
                FadeIn(plane, honest.redraw(flat[~kind]), stolen.redraw(flat[kind])), run_time=pace.QUICK
            )
            beat.over(
                glide(honest.redraw, flat[~kind], spots[~kind]),
                glide(stolen.redraw, flat[kind], spots[kind]),
                least=pace.LONG,
            )
        share = 100 * (1 - paid.stolen.mean())
        accuracy = words.label(f"“all honest”: accuracy {share:.1f} %, thefts found: 0", RULER, ink.POINT)
        shot.SAFE.put(accuracy, UP)
        with self.beat("Call each one honest: 99.5 percent accurate, and no theft is found.") as beat:
            beat.over(FadeIn(accuracy), words.light(honest, RULER), least=pace.LONG)
        with self.beat("When anomalies are rare, accuracy misleads.", pause=pace.CALM) as beat:
            beat.over(stolen.animate.redraw(radius=THEFT).set_fill(TRUE), least=pace.LONG)
        top = np.sort(paid.amounts)[-cases.STOLEN]
        line = plane.segment((top, -2), (top, 102), ALARM, 1.5 * LINE)
        right = int(paid.stolen[np.argsort(-paid.amounts)[: cases.STOLEN]].sum())
        told = words.label(f"{right} of the {cases.STOLEN} largest: stolen", TRUE, ink.POINT)
        shot.SAFE.put(told, UP + RIGHT)
        with self.beat("Rank them by amount: the largest are mostly honest ones, of big spenders.") as beat:
            beat.over(Create(line), FadeOut(accuracy), until="largest", least=pace.SLOW)
            beat.over(FadeIn(told), least=pace.LONG)
        self.scattered, self.leaving = spots, VGroup(line, told)
        self.payments = (plane, honest, stolen)

    def by_customer(self) -> None:
        """Each payment in its customer's row, then in its customer's measure."""
        paid = cases.payments()
        plane, honest, stolen = self.payments
        rows = rows_of(paid)
        placed = np.column_stack([paid.amounts, rows])
        kind = paid.stolen
        with self.beat("Odd for whom? Give each customer a row, the small spenders at the bottom.") as beat:
            self.play(FadeOut(self.leaving), run_time=pace.QUICK)
            beat.over(
                glide(honest.redraw, self.scattered[~kind], placed[~kind]),
                glide(stolen.redraw, self.scattered[kind], placed[kind]),
                least=pace.LONG,
            )
        named = plane.label(190, 15, "contextual\nanomaly", RIGHT, TRUE, gap=0.0)
        with self.beat(
            "Ordinary among the rest, odd for this customer: a contextual anomaly.", pause=pace.CALM
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, (2.0, 800.0), (-2.0, 66.0))),
                until="contextual",
                least=pace.LONG,
            )
            beat.over(FadeIn(named))
        own = own_plane()
        measured = np.column_stack([cases.own_z(paid), rows])
        end = plane.inverse(own.at(measured))
        rule = maths('z = ("log amount" - "own median") / (1.4826 dot "own MAD")', 0.85 * ink.POINT)
        shot.SAFE.put(rule, UP)
        self.allow(rule, "digits", "the factor that makes the MAD of a bell its standard deviation")
        near = plane.inverse(own.at(np.column_stack([cases.own_distance(paid), rows])))
        with self.beat("Subtract the customer's own median, so that the rows line up.") as beat:
            self.play(FadeOut(named), self.frame.back(), run_time=pace.CALM)
            beat.over(
                glide(honest.redraw, placed[~kind], near[~kind]),
                glide(stolen.redraw, placed[kind], near[kind]),
                FadeOut(plane),
                least=pace.LONG,
            )
        with self.beat(
            "Divide by the median absolute deviation, scaled to match a bell: a robust z-score.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(
                glide(honest.redraw, near[~kind], end[~kind]),
                glide(stolen.redraw, near[kind], end[kind]),
                FadeIn(own, rule),
                until="a robust",
                least=pace.LONG,
            )
            beat.over(words.light(rule), least=pace.SLOW)
        before, after = cases.thefts().mean(axis=0)
        luck = cases.STOLEN / len(paid.stolen)
        line_at = np.sort(measured[:, 0])[-cases.STOLEN]
        line = own.segment((line_at, -2), (line_at, 102), ALARM, 1.5 * LINE)
        told = words.label(
            f"precision at {cases.STOLEN}, mean of {cases.DRAWS} draws:\n"
            f"amount {100 * before:.0f} %, own z {100 * after:.0f} %, luck {100 * luck:.1f} %",
            TRUE, ink.LABEL,
        )  # fmt: skip
        shot.SAFE.put(told, UP)
        with self.beat(
            "Over twenty draws, precision at the top goes from 12 to 86 percent.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(rule), run_time=pace.QUICK)
            beat.over(Create(line), until="precision", least=pace.CALM)
            beat.over(FadeIn(told), words.light(stolen, TRUE), least=pace.SLOW)

    def three_kinds(self) -> None:
        """Point, collective and contextual anomalies side by side."""
        paid = cases.payments()
        left, middle, right = shot.safe(titled=False).columns(1, 1, 1, gap=0.35)
        panes = VGroup()
        limits = ((-3.6, 4.4), (-3.4, 3.9))
        for place, points, heap, color in (
            (left, self.points, [isolation.LONE], PLAIN),
            (middle, neighbours.joined(), list(range(isolation.CROWD, len(neighbours.joined()))), PLAIN),
        ):
            plane = quiet_plane(*limits, shot.Region(place.left, place.bottom, place.right, place.top - 0.9))
            odd = np.isin(np.arange(len(points)), heap)
            panes.add(
                VGroup(plane.cloud(points[~odd], color, 0.055, 1.0), plane.cloud(points[odd], ODD, 0.08, 1.0))
            )
        plane = quiet_plane(
            (0.8, 6.6), (-2, 102), shot.Region(right.left, right.bottom, right.right, right.top - 0.9)
        )
        spots = np.column_stack([paid.logs, rows_of(paid)])
        panes.add(
            VGroup(
                plane.cloud(spots[~paid.stolen], PLAIN, 0.025, 0.8),
                plane.cloud(spots[paid.stolen], ODD, 0.08, 1.0),
            )
        )
        names = VGroup()
        for place, name in zip((left, middle, right), ("point", "collective", "contextual"), strict=True):
            names.add(place.put(words.label(name, ODD, ink.HEADLINE * 0.8), UP))
        with self.beat("So anomalies are of several kinds: point, collective, contextual.") as beat:
            self.exchange(*panes, run_time=pace.BRISK)
            for word, head in zip(("point", "collective", "contextual"), names, strict=True):
                beat.at(word, FadeIn(head), run_time=pace.QUICK)
        with self.beat("Before you pick a detector, ask: odd compared with what?", pause=pace.CALM) as beat:
            beat.over(self.spotlight(panes[2], names[2]), least=pace.SLOW)
