"""Which line to trust, the margin that grows from it, and the three points that hold the widest one."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear, there_and_back

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import StraightLine
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.readout import Readout
from scenes.kit.review_hints import backdrop
from scenes.kit.value import Value
from scenes.maths.svm import margin, svm
from scenes.svm.meadow import IRISES, PAIR, InnerAxes, Meadow, View, as_seen, iris_axes, plate
from scenes.svm.stage import SvmStage

Bools = npt.NDArray[np.bool_]

NEW_FLOWER: Final = np.array([2.42, 2.62])
"""Petal length and sepal width (cm) of a flower whose class each line guesses anew."""
STOPS: Final = (-50.0, -18.0, 0.0, 15.0, 34.0)
"""Degrees of the five lines that are asked, as those of their normals; the one at :data:`FIRST` is kept."""
ASKED: Final = (34.0, 0.0, -18.0, -50.0, 15.0)
"""In the order in which they are asked."""
GREY: Final = 0.12
"""Share of the frame that the grey flower takes when the camera is at it."""
FIRST: Final = 15.0
"""Degrees of the line that is grown into a street: a poor tilt that separates all the same."""


def five_lines(meadow: Meadow) -> tuple[StraightLine, ...]:
    """Those of :data:`ASKED`, faint."""
    streets = margin.tilted(meadow.points_now, meadow.sides, np.array(ASKED))
    lines = [meadow.plane.line(each.w, each.b, color=ink.quiet) for each in streets]
    return tuple(backdrop(line.set_stroke(opacity=0.5)) for line in lines)


def swell(meadow: Meadow, which: Bools) -> Drive:
    """An animation: the chosen flowers grow, and return to their size."""
    size = meadow.view.radius

    def grow(share: float) -> Dots:
        return meadow.flowers.redraw(radius=np.where(which, size * (1 + 0.7 * share), size))

    return drive(grow, rate_func=there_and_back)


class Margin(SvmStage):
    """Which line to trust, the margin that grows from it, and the three points that hold the widest one."""

    edition = 2

    # --- one of many lines

    @chapter("Which line would you trust?")
    def which_line_would_you_trust(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        meadow = Meadow(self.points, self.sides, self.fit.street, IRISES)
        plane, flowers = meadow.plane, meadow.flowers
        axes = iris_axes(plane)
        line = plane.line(self.fit.street.w, self.fit.street.b, width=1.5 * LINE)
        sides = plane.field(np.zeros((54, 96)), largest=0.25, opacity=0.25)
        grey = plane.dots([NEW_FLOWER], ink.quiet, "diamond", radius=0.21)

        low, high = svm.separating_range(self.points, self.sides)
        middle, swing = (low + high) / 2, (high - low) / 2 - 1.5
        phase = Value(np.arcsin((FIRST - middle) / swing) / (2 * np.pi))
        judged = Value(0)

        def lie(street: svm.Street) -> Changed:
            line.redraw(street.w, street.b)
            sides.redraw(street.level(plane.mesh(96, 54)) * street.width / 2)
            kind = ink.second if street.level(NEW_FLOWER) > 0 else ink.first
            grey.set_fill(kind if judged.value else ink.quiet)
            return line, sides, grey

        def rock(turns: float) -> Changed:
            tilt = middle + swing * np.sin(2 * np.pi * turns)
            return lie(svm.street_at(self.points, self.sides, float(tilt)))

        phase.draws(rock)
        self.add(sides, line, axes, flowers)

        with self.beat(
            "Each of these lines parts the flowers without an error. "
            "Which one would you trust with the next flower?"
        ) as beat:
            beat.over(phase.to(phase.value + 1, rate_func=linear), until="trust")
            beat.over(phase.to(phase.value + 0.5, rate_func=linear), until="next")
            grey.set_fill(ink.quiet)
            self.play(FadeIn(grey, scale=2), run_time=pace.QUICK)
            beat.over(phase.to(phase.value + 0.5))
        self.think()

        across, up = axes.across, axes.up
        setosa = plane.label(0.9, 3.4, "setosa", LEFT)
        versicolor = plane.label(4.35, 3.5, "versicolor")
        judged.set(1)
        with self.beat(
            "These are a hundred real irises. Across is petal length, up is sepal width. "
            "Discs are setosa, squares are versicolor."
        ) as beat:
            beat.over(phase.to(phase.value + 0.5), until="Across")
            beat.over("Across", words.write(across), phase.to(phase.value - 0.14), until="up")
            beat.over("up", words.write(up), phase.to(phase.value - 0.04), until="Discs")
            beat.over("Discs", FadeIn(setosa, shift=place.NUDGE * LEFT), swell(meadow, self.sides < 0))
            beat.over("squares", FadeIn(versicolor, shift=place.NUDGE * UP), swell(meadow, self.sides > 0))

        kept = svm.street_at(self.points, self.sides, FIRST)
        boundary = plane.label(2.15, 4.4, "[decision boundary:focus]", RIGHT)
        flat = plane.label(2.25, 4.0, "[hyperplane:focus], in a plane a line", RIGHT)
        with self.beat(
            "Where the answer changes is the decision boundary. "
            "A flat one is a hyperplane: in a plane, a line."
        ) as beat:
            beat.over(phase.to(phase.value - 0.32), FadeOut(versicolor, up, setosa), until="decision")
            beat.at("decision", line.animate.set_stroke(ink.focus, width=2 * LINE), words.write(boundary))
            beat.over("hyperplane", words.write(flat), until="in a")
            beat.over("in a", line.animate.set_stroke(ink.chalk, width=1.5 * LINE))

        parted = plane.label(2.35, 3.6, "[linearly separable:focus] classes", RIGHT)
        with self.beat("Classes that one hyperplane parts are linearly separable.") as beat:
            beat.over(swell(meadow, np.abs(self.sides) > 0), until="linearly")
            beat.over("linearly", words.write(parted))

        sweep = ParameterSweep(STOPS, value=FIRST)
        sweep.draws(lambda tilt: lie(svm.street_at(self.points, self.sides, tilt)))
        right = [len(self.points) - margin.errors(street, self.points, self.sides)
                 for street in margin.tilted(self.points, self.sides, sweep.stops)]
        count = Readout(sweep.score(right), 0, f"of {len(self.points)} right")
        count.next_to(plane.at(5.9, 4.05), LEFT)
        rivals = five_lines(meadow)
        with self.beat("Stop it in five places. Each time it parts the flowers without an error.") as beat:
            self.play(FadeOut(boundary, flat, parted), FadeIn(count), run_time=pace.BRISK)
            for tilt, rival in zip(ASKED, rivals, strict=True):
                self.play(sweep.to(tilt), run_time=pace.CALM)
                self.play(Create(rival), words.light(count), run_time=pace.BRISK)
        with self.beat("But the grey flower changes its class.") as beat:
            beat.over(FadeOut(count), until="grey")
            beat.over("grey", self.frame.to(grey, share=GREY), sweep.to(-50), until="changes")
            self.play(sweep.to(34), words.light(grey), run_time=pace.LONG)
        with self.beat(
            "None of these lines makes an error, so training error cannot choose. "
            "Zero training error does not tell which boundary to keep."
        ) as beat:
            beat.over(sweep.to(FIRST), self.frame.back(), until="makes")
            zero = plane.label(5.9, 4.05, "training error 0:\nfive times", LEFT)
            beat.at("makes", words.write(zero))
            beat.over("training", *(words.light(each, run_time=pace.LONG) for each in rivals), until="Zero")
            beat.over("Zero", words.light(zero), swell(meadow, np.abs(self.sides) > 0))
