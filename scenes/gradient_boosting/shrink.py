"""Small steps, and stop in time: learning rate, overfitting, early stopping."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut

from scenes.gradient_boosting.stage import (
    HAND_EDGES,
    MODEL,
    NEXT,
    RESIDUAL,
    UNSEEN,
    GradientBoostingStage,
    at_spot,
    drops,
    hand_dots,
    hand_plane,
    maths,
    span,
    stair,
    told,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.gradient_boosting import rates, stairs

HALF: Final = 0.5
"""The learning rate by hand."""
PARTS: Final = (0.6, 0.2, 0.2)
"""Shares of the rows for fitting, validation and test."""
NEAR: Final = ((18.0, 160.0), (55.0, 64.0))
"""Part of the chart in which the stop is seen."""


def rate_chart() -> Plane:
    """Errors over the number of trees."""
    return shot.chart(
        shot.safe(titled=False), (1, 640), (38, 88), log_x=True, x_ticks=[1, 10, 100, 600],
        x_names={1: "1", 10: "10", 100: "100", 600: "600"}, y_ticks=[40, 50, 60, 70, 80], x_label="trees",
        y_label="error (RMSE) in the progression of diabetes, 442 patients",
    )  # fmt: skip


class Shrink(GradientBoostingStage):
    """Learning rate and early stopping."""

    @chapter("Small steps, and stop in time", "shrinkage", "early stopping")
    def small_steps(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.half_a_stump()
        plane = rate_chart()
        trees = np.arange(1.0, rates.TREES + 1)
        courses = {rate: rates.course(rate) for rate in rates.RATES}
        mean = plane.segment((1, rates.guessing()), (640, rates.guessing()), ink.quiet, LINE, dashed=True)
        named = plane.label(
            1.1, rates.guessing(), "predicting the mean", UP + RIGHT, ink.quiet, size=ink.AXIS
        )
        full = plane.curve(trees, courses[1.0].unseen.mean(axis=0), UNSEEN, 2 * LINE)
        fit = plane.curve(trees, courses[1.0].fitted.mean(axis=0), MODEL, 2 * LINE)
        with self.beat(
            "Do small steps pay? Predict how diabetes progresses, in patients who were not fitted."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(Create(mean), until="patients", least=pace.CALM)
            beat.over(FadeIn(named, shift=place.NUDGE * UP), least=pace.CALM)
        tail = plane.label(45, 82, "unseen, η = 1", LEFT, UNSEEN, size=ink.AXIS)
        with self.beat(
            "With eta one, the lowest error comes at once. After 600 trees it is worse than predicting the mean."
        ) as beat:
            beat.over(glide(full.reveal, 0.0, 1.0, full), until="worse", least=pace.LONG)
            beat.over(FadeIn(tail), words.light(named), least=pace.CALM)
        low = plane.label(20, 44, "fitted rows, η = 1", RIGHT, MODEL, size=ink.AXIS)
        over = told("overfitting", UP + LEFT, RESIDUAL, ink.HEADLINE)
        over.move_to(plane.at(3.2, 70))
        with self.beat("Training error falls while unseen error rises: overfitting.") as beat:
            beat.over(glide(fit.reveal, 0.0, 1.0, fit), FadeIn(low), until="overfitting", least=pace.LONG)
            beat.over(FadeIn(over))
        with self.beat("The trees have begun to fit the noise of their own rows.") as beat:
            beat.over(words.light(fit), until="noise", least=pace.CALM)
            beat.over(words.light(full), least=pace.CALM)
        slow = plane.curve(trees, courses[0.1].unseen.mean(axis=0), UNSEEN, 2.5 * LINE)
        tenth = plane.label(50, 53.0, "unseen, η = 0.1: lowest 56.6", DOWN, UNSEEN, size=ink.AXIS)
        with self.beat(
            "With a rate of 0.1 the unseen error comes down to 56.6, and there it turns too."
        ) as beat:
            self.play(FadeOut(fit, low, over), run_time=pace.BRISK)
            beat.over(glide(slow.reveal, 0.0, 1.0, slow), until="turns", least=pace.LONG)
            beat.over(FadeIn(tenth))
        self.three_sets()
        self.stop()
        self.slower(courses)

    def half_a_stump(self) -> None:
        """By hand: half of the first stump."""
        plane = hand_plane(shot.safe(titled=False))
        xs, y = stairs.HAND_X, stairs.HAND_Y
        flat = stairs.by_hand().at(xs, 0)
        whole, half = (stairs.by_hand(rate).at(xs, 1) for rate in (1.0, HALF))
        dots, sticks = hand_dots(plane), drops(plane, flat)
        model = plane.curve(*stair(HAND_EDGES, flat), MODEL, 2.5 * LINE)
        ghost = plane.curve(*stair(HAND_EDGES, flat), NEXT, LINE, dashed=True)
        with self.beat("Full steps soon fit the noise in the rows. So take a part of each.") as beat:
            self.play(FadeIn(plane, sticks, model, dots), run_time=pace.QUICK)
            beat.over(
                glide(model.redraw, stair(HAND_EDGES, flat), stair(HAND_EDGES, whole)),
                glide(sticks.redraw, (xs, flat, y), (xs, whole, y)),
                glide(ghost.redraw, stair(HAND_EDGES, flat), stair(HAND_EDGES, whole), ghost),
                until="So",
                least=pace.SLOW,
            )
            beat.over(
                glide(model.redraw, stair(HAND_EDGES, whole), stair(HAND_EDGES, flat)),
                glide(sticks.redraw, (xs, whole, y), (xs, flat, y)),
                least=pace.CALM,
            )
        name = at_spot(plane, 0.55, 13.0, "learning rate η: shrinkage", NEXT, ink.AXIS)
        with self.beat("Each tree is multiplied by a learning rate, eta, below one: shrinkage.") as beat:
            beat.over(
                glide(model.redraw, stair(HAND_EDGES, flat), stair(HAND_EDGES, half)),
                glide(sticks.redraw, (xs, flat, y), (xs, half, y)),
                until="learning",
                least=pace.SLOW,
            )
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.over(self.frame.to(dots, name, share=0.92), least=pace.SLOW)
        law = maths(
            "F_m = F_(m-1) + {{ eta f_m : step }}, quad 0 < eta <= 1", 1.1 * ink.HEADLINE, {"step": NEXT}
        )
        shot.safe(titled=False).put(law)
        with self.beat(
            "With a rate of one half the step is smaller, and the next trees do the rest.",
            pause=pace.CALM,
        ) as beat:
            self.exchange(law, also=[self.frame.back()], run_time=pace.BRISK)
            self.shot(shot.formula(titled=False))
            beat.over(words.light(law.part("step")), until="next", least=pace.CALM)
            beat.rest()

    def three_sets(self) -> None:
        """442 rows are dealt to three sets."""
        self.shot(shot.headline())
        room = shot.safe(titled=False)
        count = len(rates.patients()[1])
        whole = Waffle(room, count)
        edges = np.round(np.cumsum((0.0, *PARTS)) * count).astype(int)
        order = np.lexsort(whole.places(np.arange(count)).T[::-1])
        groups = [order[one:two] for one, two in itertools.pairwise(edges)]
        columns = room.columns(*PARTS, gap=0.7)
        names, colors = ("fit the trees", "validation set", "test set"), (MODEL, UNSEEN, ink.quiet)
        charts, moves, tags = [], [], []
        for group, column, name, color in zip(groups, columns, names, colors, strict=True):
            head, body = column.rows(0.55, 5.6, gap=0.2)
            goal = Waffle(body, len(group))
            chart = UnitChart(self.ground, whole.places(group), whole.half, color)
            charts.append(chart)
            moves.append(
                glide(
                    chart.redraw,
                    (whole.places(group), np.full(len(group), whole.half)),
                    (self.by_columns(goal, len(group)), np.full(len(group), goal.half)),
                )
            )
            tags.append(head.put(words.label(name, color, ink.AXIS), DOWN))
        with self.beat("Rows kept out of the fit, to choose settings by: the validation set.") as beat:
            self.exchange(*charts, run_time=pace.BRISK)
            beat.over(*moves, until="validation", least=pace.SLOW)
            beat.over(FadeIn(*tags), least=pace.CALM)

    @staticmethod
    def by_columns(waffle: Waffle, count: int) -> Floats:
        """Places (count, 2), column by column."""
        spots = waffle.places(np.arange(count))
        return np.asarray(spots[np.lexsort(spots.T[::-1])])

    def stop(self) -> None:
        """Early stopping on the validation error of one shuffle."""
        self.shot(shot.wide())
        plane = rate_chart()
        errors = rates.course(0.1).unseen[0]
        best, end = rates.stopped(errors)
        trees = np.arange(1.0, rates.TREES + 1)
        curve = plane.curve(trees[:end], errors[:end], UNSEEN, 2.5 * LINE)
        walker = plane.dots([(1.0, errors[0])], NEXT, radius=0.16)
        name = at_spot(plane, 80, 74, "early stopping", NEXT)

        def walk(share: float) -> object:
            here = share * (end - 1)
            curve.reveal(share)
            return walker.redraw([(1 + here, float(np.interp(here, np.arange(end), errors[:end])))])

        low = plane.dots([(best, errors[best - 1])], UNSEEN, "ring", radius=0.3)
        wall = plane.segment((end, 38), (end, 84), NEXT, 2 * LINE)
        with self.beat(
            "Watch its error. Stop when it has not improved for some rounds: early stopping."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(drive(walk, curve, walker), until="not", least=pace.SLOW)
            self.play(self.frame.to_region(*span(plane, *NEAR)), run_time=pace.SLOW)
            beat.over(FadeIn(low, scale=1.5), until="early", least=pace.BRISK)
            self.pin(name)
            beat.over(Create(wall), FadeIn(name), least=pace.CALM)
        with self.beat("Then go back to the number of trees with the lowest error.") as beat:
            beat.over(
                glide(
                    walker.redraw, np.array([(end, errors[end - 1])]), np.array([(best, errors[best - 1])])
                ),
                until="trees",
                least=pace.CALM,
            )
            beat.over(self.frame.back(), least=pace.SLOW)

    def slower(self, courses: dict[float, rates.Course]) -> None:
        """A smaller rate needs more trees."""
        plane = rate_chart()
        trees = np.arange(1.0, rates.TREES + 1)
        slow, third = (
            plane.curve(trees, courses[rate].unseen.mean(axis=0), color, 2.5 * LINE)
            for rate, color in ((0.1, UNSEEN), (0.03, NEXT))
        )
        names = [
            plane.label(11, 59.4, "η = 0.1", LEFT + DOWN, UNSEEN, size=ink.AXIS),
            plane.label(40, 65.5, "η = 0.03", RIGHT + UP, NEXT, size=ink.AXIS),
        ]
        ends = [
            plane.segment(
                (float(np.median(courses[rate].best)), 38),
                (float(np.median(courses[rate].best)), 56.6),
                color,
                LINE,
                dashed=True,
            )
            for rate, color in ((0.1, UNSEEN), (0.03, NEXT))
        ]
        with self.beat(
            "A rate of 0.03 needs about four times the trees, and reaches the same error."
        ) as beat:
            self.exchange(plane, slow, names[0], run_time=pace.BRISK)
            beat.over(
                glide(third.reveal, 0.0, 1.0, third), FadeIn(names[1]), until="reaches", least=pace.LONG
            )
            beat.over(*map(Create, ends), least=pace.CALM)
        with self.beat(
            "The price is time: each of these trees has to be fitted after the one before."
        ) as beat:
            beat.over(words.light(third), until="these", least=pace.CALM)
            beat.over(words.light(ends[1], ink.chalk), least=pace.CALM)
        with self.beat(
            "So fix a small rate, let early stopping choose the trees, and report on the test set."
        ) as beat:
            beat.over(words.light(third), until="let", least=pace.CALM)
            beat.over(
                words.light(slow, ink.chalk),
                words.light(ends[0]),
                words.light(ends[1]),
                until="report",
                least=pace.CALM,
            )
            beat.over(self.frame.to_region(*span(plane, (14, 420), (52, 66))), least=pace.SLOW)
