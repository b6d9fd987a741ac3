"""One step cannot draw a year; and what is left over, by hand."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.gradient_boosting.stage import (
    EDGES,
    HAND_EDGES,
    LABEL,
    MODEL,
    NEXT,
    POINT,
    RESIDUAL,
    GradientBoostingStage,
    at_spot,
    drops,
    hand_dots,
    hand_plane,
    maths,
    months_of,
    numbers,
    raised,
    rest_plane,
    sea_spots,
    signed,
    span,
    stair,
    told,
    year_values,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve, Segments, Stems
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.gradient_boosting import stairs

WIDE: Final = 2.5 * LINE
"""Width of a staircase."""
CUT: Final = 4.5
"""The best first cut of the year: between May and June."""


def steps_of_cuts() -> Floats:
    """(11, 12): what the model with one step says of each month, cut by cut."""
    data = stairs.sea()
    mean = data.warmth.mean()
    return np.array(
        [
            mean + stairs.stump_at(data.month, data.warmth - mean, cut).at(np.arange(12.0))
            for cut in stairs.cuts(data.month)
        ]
    )


class Remainder(GradientBoostingStage):
    """The question, boosting on residuals, and the answer."""

    @chapter("One step cannot draw a year")
    def one_step(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane, dots, coming = self.dots_come()
        spots = sea_spots()
        flat, tries = year_values(0), steps_of_cuts()
        model = plane.curve(*stair(EDGES, flat), MODEL, WIDE)
        model.set_z_index(1)
        cuts = stairs.cuts(stairs.sea().month)
        with self.beat("Twenty years of sea temperature off Peru. Each dot is one month.") as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(coming, least=pace.LONG)
        with self.beat("Your model may draw one step: flat, a jump, and flat again.") as beat:
            beat.over(Create(model), until="jump", least=pace.CALM)
            beat.over(glide(model.redraw, stair(EDGES, flat), stair(EDGES, tries[7])), least=pace.CALM)
        with self.beat("No single step fits the year. How do many weak steps learn the curve?") as beat:
            here = tries[7]
            for number in (1, 4):
                self.play(
                    glide(model.redraw, stair(EDGES, here), stair(EDGES, tries[number])), run_time=pace.SLOW
                )
                here = tries[number]
            beat.rest()
        self.think()
        mean = plane.stems(spots[:, 0], flat[0], flat[0], RESIDUAL, LINE / 2)
        with self.beat("Start without any step, at the mean. Each drop is what it misses.") as beat:
            beat.over(
                glide(model.redraw, stair(EDGES, here), stair(EDGES, flat)), until="drop", least=pace.CALM
            )
            self.add(mean, model, dots)
            beat.over(
                glide(mean.redraw, (spots[:, 0], flat[0], flat[0]), (spots[:, 0], flat[0], spots[:, 1])),
                least=pace.SLOW,
            )
        start = told(f"mean squared error {stairs.errors()[0]:.1f} °C²", UP + RIGHT, RESIDUAL)
        with self.beat("Square the drops and average them: a mean squared error of 5.1.") as beat:
            beat.over(words.light(mean, ink.chalk), until="error", least=pace.CALM)
            beat.over(FadeIn(start), least=pace.BRISK)
        sweep = ParameterSweep(cuts)
        readout = words.Readout(
            sweep.score(stairs.errors_of_cuts()), 1, "°C²", "mean squared error", RESIDUAL, ink.POINT
        )
        error = raised(shot.safe(titled=False).put(Tag(readout), UP + RIGHT))
        with self.beat(
            "Now try a step between each two months. Each side says the mean of its own dots."
        ) as beat:
            self.play(
                glide(model.redraw, stair(EDGES, flat), stair(EDGES, tries[0])),
                glide(
                    mean.redraw,
                    (spots[:, 0], months_of(flat), spots[:, 1]),
                    (spots[:, 0], months_of(tries[0]), spots[:, 1]),
                ),
                FadeOut(start),
                run_time=pace.BRISK,
            )
            self.play(FadeIn(error), run_time=pace.QUICK)
            sweep.draws(
                lambda _: (
                    model.redraw(*stair(EDGES, sweep.mix(tries))),
                    mean.redraw(spots[:, 0], months_of(sweep.mix(tries)), spots[:, 1]),
                )
            )
            beat.over(sweep.to(cuts[-1]), least=pace.LONG)
        best = plane.segment((CUT, 18.6), (CUT, 29.8), NEXT, LINE, dashed=True)
        with self.beat("The best cut, between May and June, leaves 1.9.") as beat:
            beat.over(sweep.to(CUT), until="leaves", least=pace.SLOW)
            beat.over(Create(best), least=pace.BRISK)
        name = at_spot(plane, CUT + 0.35, 28.3, "stump: a weak learner", NEXT)
        with self.beat("A tree with one cut is a stump: a weak learner.") as beat:
            beat.over(FadeOut(error), FadeIn(name, shift=place.NUDGE * UP), until="weak", least=pace.CALM)
            beat.over(words.light(model, NEXT), least=pace.CALM)
        with self.beat(
            "Better than the mean, but look along the months: it misses the rise and the fall within each part."
        ) as beat:
            self.play(FadeOut(best, name), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region(*span(plane, (-0.6, 5.0), (22.0, 29.8))), until="misses", least=pace.SLOW
            )
            beat.over(self.frame.to_region(*span(plane, (6.0, 11.6), (18.6, 26.4))), least=pace.SLOW)

    # --- by hand

    @chapter("Fit what is left over", "boosting on residuals")
    def what_is_left(self) -> None:
        self.untitled()
        left, right = self.shot(shot.split(titled=False))
        plane, rest = hand_plane(left), rest_plane(right)
        xs, y = stairs.HAND_X, stairs.HAND_Y
        states = [stairs.by_hand().at(xs, steps) for steps in range(stairs.HAND_STEPS + 1)]
        dots = hand_dots(plane)
        model = plane.curve(*stair(HAND_EDGES, states[0]), MODEL, WIDE)
        sticks = drops(plane, states[0])
        wide = hand_plane(shot.safe(titled=False))
        points = np.column_stack([xs, y])
        far_dots = self.ground.dots(wide.at(points)[:, :2], LABEL, radius=POINT)
        far_dots.set_z_index(2)
        far_model = self.ground.curve(*self.placed(wide, stair(HAND_EDGES, states[0])), MODEL, WIDE)
        ends = [np.stack([each.at(xs, states[0])[:, :2], each.at(xs, y)[:, :2]]) for each in (wide, plane)]
        far_sticks = self.ground.segment(ends[0][0], ends[0][0], RESIDUAL, 2 * LINE)
        with self.beat("By hand, then: four points, and a model that starts as their mean, ten.") as beat:
            self.play(FadeIn(wide), run_time=pace.QUICK)
            beat.over(FadeIn(*far_dots, lag_ratio=pace.LAG), until="model", least=pace.CALM)
            beat.over(Create(far_model), least=pace.SLOW)
        with self.beat("Truth minus prediction is the residual: what is left over.") as beat:
            beat.over(
                glide(far_sticks.redraw, (ends[0][0], ends[0][0]), (ends[0][0], ends[0][1]), far_sticks),
                until="residual",
                least=pace.SLOW,
            )
            term = at_spot(wide, 0.6, 16.8, "residual = y − F", RESIDUAL, ink.HEADLINE)
            beat.over(FadeIn(term, shift=place.NUDGE * UP), least=pace.CALM)
        bars = rest.stems(xs, 0 * y, y - states[0], RESIDUAL, 3 * LINE)
        zero = rest.segment((0.4, 0), (4.6, 0), ink.faint, LINE)
        flying = self.ground.segment(
            plane.at(xs, states[0])[:, :2], plane.at(xs, y)[:, :2], RESIDUAL, 2 * LINE
        )
        said = numbers(rest, signed(y - states[0]))
        with self.beat(
            "Give the residuals a picture of their own. Two are below zero, and two above."
        ) as beat:
            self.play(
                FadeOut(wide, term),
                FadeIn(plane, rest, zero),
                glide(far_dots.redraw, wide.at(points)[:, :2], plane.at(points)[:, :2]),
                glide(
                    far_model.redraw,
                    self.placed(wide, stair(HAND_EDGES, states[0])),
                    self.placed(plane, stair(HAND_EDGES, states[0])),
                ),
                glide(far_sticks.redraw, (ends[0][0], ends[0][1]), (ends[1][0], ends[1][1])),
                run_time=pace.SLOW,
            )
            sticks.redraw(xs, states[0], y)
            self.add(sticks, model, dots)
            self.remove(far_dots, far_model, far_sticks)
            self.allow(rest, flying, "the residuals fly from one picture to the other")
            beat.over(
                glide(
                    flying.redraw,
                    (plane.at(xs, states[0])[:, :2], plane.at(xs, y)[:, :2]),
                    (rest.at(xs, 0 * y)[:, :2], rest.at(xs, y - states[0])[:, :2]),
                    flying,
                ),
                until="below",
                least=pace.SLOW,
            )
            self.play(FadeOut(flying), FadeIn(bars), run_time=pace.QUICK)
            beat.over(FadeIn(*said, lag_ratio=pace.LAG), least=pace.CALM)
        stump = self.try_cuts(rest, y - states[0], said)
        added, flight = self.flies(
            rest, stair(HAND_EDGES, states[1] - states[0]), plane, stair(HAND_EDGES, states[1])
        )
        with self.beat("Add this stump to the model: the flat line becomes a step.") as beat:
            self.allow(rest, added, "the stump flies from one picture to the other")
            self.play(FadeOut(stump, said), run_time=pace.QUICK)
            beat.over(flight, until="line", least=pace.SLOW)
            beat.over(
                glide(model.redraw, stair(HAND_EDGES, states[0]), stair(HAND_EDGES, states[1])),
                glide(sticks.redraw, (xs, states[0], y), (xs, states[1], y)),
                FadeOut(added),
                least=pace.SLOW,
            )
        said = self.remains(rest, bars, states[0], states[1])
        said = self.again(plane, rest, model, sticks, bars, said, states)
        self.errors_fall(rest, zero, bars, said)
        self.sum_of_four(states)
        self.recipe()

    def try_cuts(self, rest: Plane, residuals: Floats, said: VGroup) -> Curve:
        """The three cuts, and what each leaves; the stump of the best one."""
        cuts = stairs.cuts(stairs.HAND_X)
        tried = [stairs.stump_at(stairs.HAND_X, residuals, cut) for cut in cuts]
        values = np.array([stump.at(stairs.HAND_X) for stump in tried])
        stump = rest.curve(*stair(HAND_EDGES, values[0]), NEXT, WIDE)
        stump.set_z_index(1)
        costs = [stairs.error(residuals, row) for row in values]
        boards = [
            at_spot(rest, 1.8, -7.6, f"cut at {cut:g}: error {cost:.1f}", RESIDUAL, ink.AXIS)
            for cut, cost in zip(cuts, costs, strict=True)
        ]
        with self.beat("Now fit a stump to the residuals, not to the labels.") as beat:
            beat.over(Create(stump), until="not", least=pace.SLOW)
            beat.over(words.light(stump, ink.chalk), least=pace.CALM)
        with self.beat("Try all three cuts, and see how large an error each of them leaves.") as beat:
            self.play(FadeIn(boards[0]), run_time=pace.QUICK)
            for one, two in ((0, 2), (2, 1)):
                self.play(
                    glide(stump.redraw, stair(HAND_EDGES, values[one]), stair(HAND_EDGES, values[two])),
                    FadeOut(boards[one]),
                    run_time=pace.SLOW,
                )
                self.play(FadeIn(boards[two]), run_time=pace.QUICK)
            beat.rest()
        means = [
            rest.label(1.5, values[1, 0], signed(values[1, :1])[0], DOWN, NEXT, size=ink.HEADLINE),
            rest.label(3.5, values[1, 3], signed(values[1, 3:])[0], UP, NEXT, size=ink.HEADLINE),
        ]
        with self.beat(
            "The middle cut is best. Each side says its mean residual: minus five, and plus five."
        ) as beat:
            beat.over(words.light(stump, ink.chalk), until="minus", least=pace.CALM)
            self.play(FadeOut(boards[1]), FadeIn(means[0], scale=1.2), run_time=pace.BRISK)
            beat.over(FadeIn(means[1], scale=1.2), until="five", least=pace.QUICK)
            beat.over(words.light(said[0]), words.light(said[3]), least=pace.CALM)
        self.play(FadeOut(*means), run_time=pace.QUICK)
        return stump

    def remains(self, rest: Plane, bars: Stems, before: Floats, after: Floats) -> VGroup:
        """The residuals shrink by what the stump has taken."""
        xs, y = stairs.HAND_X, stairs.HAND_Y
        new = numbers(rest, signed(y - after))
        with self.beat("Now something else is left over: new, smaller residuals.") as beat:
            beat.over(
                glide(bars.redraw, (xs, 0 * y, y - before), (xs, 0 * y, y - after)),
                until="smaller",
                least=pace.SLOW,
            )
            beat.over(FadeIn(*new, lag_ratio=pace.LAG), least=pace.CALM)
        return new

    def again(
        self,
        plane: Plane,
        rest: Plane,
        model: Curve,
        sticks: Stems,
        bars: Stems,
        said: VGroup,
        states: list[Floats],
    ) -> VGroup:
        """Rounds two and three."""
        xs, y = stairs.HAND_X, stairs.HAND_Y
        for number, text in (
            (1, "So the next stump is fitted to these, and added."),
            (2, "And a third one, fitted to what those two have left."),
        ):
            old, new = states[number], states[number + 1]
            stump = rest.curve(*stair(HAND_EDGES, new - old), NEXT, WIDE)
            stump.set_z_index(1)
            flying, flight = self.flies(rest, stair(HAND_EDGES, new - old), plane, stair(HAND_EDGES, new))
            after = numbers(rest, signed(y - new))
            with self.beat(text) as beat:
                self.allow(rest, flying, "the stump flies from one picture to the other")
                self.play(Create(stump), run_time=pace.SLOW)
                self.play(flight, FadeOut(stump, said), run_time=pace.SLOW)
                beat.over(
                    glide(model.redraw, stair(HAND_EDGES, old), stair(HAND_EDGES, new)),
                    glide(sticks.redraw, (xs, old, y), (xs, new, y)),
                    glide(bars.redraw, (xs, 0 * y, y - old), (xs, 0 * y, y - new)),
                    FadeOut(flying),
                    least=pace.SLOW,
                )
                self.play(FadeIn(after), run_time=pace.QUICK)
            said = after
        return said

    def errors_fall(self, rest: Plane, zero: Segments, bars: Stems, said: VGroup) -> None:
        """Thirty, five, two, one."""
        _, right = shot.split(titled=False).places
        fall = stairs.hand_errors()
        chart = shot.chart(
            right, (-0.6, 3.6), (0, 33), x_ticks=[0, 1, 2, 3], y_ticks=[0, 10, 20, 30], x_label="stumps",
            y_label="mean squared error",
        )  # fmt: skip
        columns = [chart.bars([number], [0.0], RESIDUAL, 0.6) for number in range(len(fall))]
        names = [
            chart.label(number, height, f"{height:.0f}", UP, RESIDUAL, size=ink.POINT)
            for number, height in enumerate(fall)
        ]
        with self.beat("The mean squared error falls with each stump: thirty, five, two, one.") as beat:
            self.play(*(FadeOut(each) for each in (rest, zero, bars, said)), run_time=pace.QUICK)
            self.play(FadeIn(chart), run_time=pace.QUICK)
            for column, name, height, word in zip(
                columns, names, fall, ("thirty", "five", "two", "one"), strict=True
            ):
                beat.until(word)
                self.play(glide(column.redraw, 0.0, float(height), column), FadeIn(name), run_time=pace.QUICK)
            beat.rest()

    def sum_of_four(self, states: list[Floats]) -> None:
        """A constant and three stumps, side by side, then added up."""
        head, body, foot = shot.safe(titled=False).rows(0.9, 5.4, 0.6, gap=0.15)
        self.shot(shot.gallery(1, 4, titled=False))
        planes = [
            cell.plane((0.4, 4.6), (-6, 18), x_ticks=[], y_ticks=[0], numbers=False)
            for cell in body.columns(1, 1, 1, 1, gap=0.75)
        ]
        terms = [states[0], *(two - one for one, two in itertools.pairwise(states))]
        curves = [
            plane.curve(*stair(HAND_EDGES, term), MODEL if number == 0 else NEXT, WIDE)
            for number, (plane, term) in enumerate(zip(planes, terms, strict=True))
        ]
        zeros = [plane.segment((0.4, 0), (4.6, 0), ink.faint, LINE) for plane in planes]
        names = [
            cell.put(words.label(text, MODEL if number == 0 else NEXT, ink.POINT))
            for number, (cell, text) in enumerate(
                zip(
                    foot.columns(1, 1, 1, 1, gap=0.75), ("mean", "stump 1", "stump 2", "stump 3"), strict=True
                )
            )
        ]
        signs = [
            words.headline("+").move_to((one.box[1] + two.box[3]) / 2)
            for one, two in itertools.pairwise(planes)
        ]
        name = head.put(words.headline("boosting: an additive model", NEXT))
        with self.beat(
            "Boosting builds an additive model: weak learners, each fitted to what the sum still gets wrong."
        ) as beat:
            self.exchange(*planes, *zeros, curves[0], names[0], run_time=pace.BRISK)
            beat.over(FadeIn(name), until="weak", least=pace.QUICK)
            for number in (1, 2, 3):
                self.play(
                    Create(curves[number]), FadeIn(names[number], signs[number - 1]), run_time=pace.CALM
                )
            beat.rest()
        whole = body.plane((0.4, 4.6), (-1, 18), x_ticks=[], y_ticks=[], numbers=False)
        dots = hand_dots(whole)
        total = whole.curve(*stair(HAND_EDGES, states[0]), MODEL, WIDE)
        with self.beat(
            "Their sum is the model. Old trees stay as they are, and the next learns the remainder."
        ) as beat:
            moving = [
                self.flies(plane, stair(HAND_EDGES, term), whole, stair(HAND_EDGES, state))
                for plane, term, state in zip(planes[1:], terms[1:], states[1:], strict=True)
            ]
            start, come = self.flies(
                planes[0], stair(HAND_EDGES, states[0]), whole, stair(HAND_EDGES, states[0])
            )
            start.set_stroke(MODEL)
            self.add(start, *(curve for curve, _ in moving))
            self.remove(*curves)
            self.play(
                come, *(FadeOut(each) for each in (*planes, *zeros, *names, *signs)), run_time=pace.CALM
            )
            self.add(total)
            self.remove(start)
            self.play(FadeIn(dots), run_time=pace.QUICK)
            for (curve, flight), (one, two) in zip(moving, itertools.pairwise(states), strict=True):
                self.play(flight, run_time=pace.CALM)
                self.play(
                    glide(total.redraw, stair(HAND_EDGES, one), stair(HAND_EDGES, two)), FadeOut(curve),
                    run_time=pace.BRISK,
                )  # fmt: skip
            beat.over(FadeOut(name), self.frame.to(dots, share=0.92), least=pace.CALM)

    def recipe(self) -> None:
        """The three lines of the algorithm, one after the other."""
        self.shot(shot.formula(titled=False))
        lines = (
            "{{ F_0 : start }} &= overline(y)",
            "{{ r_i : rest }} &= y_i - F_(m-1)(x_i)",
            "{{ F_m : sum }} &= F_(m-1) + f_m",
        )
        steps = [maths(" \\ ".join(lines[:count]), 1.4 * ink.HEADLINE) for count in (1, 2, 3)]
        for step in steps:
            shot.safe(titled=False).put(step)
        with self.beat("In symbols: F starts as the mean of y.") as beat:
            self.exchange(steps[0], also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(words.light(steps[0].part("start")), least=pace.CALM)
        with self.beat("For row i, the residual r is y minus the sum so far.") as beat:
            beat.over(words.rewrite(steps[0], steps[1]), until="minus", least=pace.CALM)
            beat.over(words.light(steps[1].part("rest")), least=pace.CALM)
        with self.beat(
            "The tree f, number m, is fitted to the residuals, and added.", pause=pace.SLOW
        ) as beat:
            beat.over(words.rewrite(steps[1], steps[2]), until="fitted", least=pace.CALM)
            beat.over(words.light(steps[2].part("sum")), least=pace.CALM)
