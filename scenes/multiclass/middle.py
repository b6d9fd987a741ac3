"""The class in the middle: what one-vs-rest with straight lines makes of versicolor."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Transform, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.maths.multiclass import flowers, regions
from scenes.multiclass.stage import (
    CURTAINS,
    DIM,
    DOT,
    IRISES,
    KINDS,
    REST,
    MulticlassStage,
    dyed,
    iris_names,
    iris_plane,
    panes,
    said,
    scatter,
    span,
)

CHANCE: Final = 1 / len(IRISES)
"""Accuracy of guessing among kinds of the same number."""


class Middle(MulticlassStage):
    """One-vs-rest on the irises."""

    @chapter("A class between two others")
    def class_in_the_middle(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = iris_plane()
        whole = scatter(plane, self.petals, self.species)
        dots = whole.copy()
        names = iris_names(plane)
        weights, offset = flowers.street()
        street = plane.band(weights, offset, 1.0, ink.chalk, 0.12)
        with self.beat("Back to the irises. What drew our lines is a support vector machine.") as beat:
            self.play(FadeIn(plane, dots, names), run_time=pace.QUICK)
            beat.over(Transform(dots, dyed(whole, self.species, [0])), until="support", least=pace.CALM)
            beat.over(Create(street[-1]), FadeOut(names), least=pace.CALM)
        term = said(plane, "support vector\nmachine (SVM)", size=ink.POINT)
        term.shift(plane.at(4.75, 0) - plane.at(2.75, 0.0))
        with self.beat(
            "A support vector machine draws the boundary with the widest margin between two classes."
        ) as beat:
            self.play(FadeIn(term), run_time=pace.QUICK)
            beat.over(
                glide(street.redraw, (weights, offset, 0.001), (weights, offset, 1.0)),
                least=pace.LONG,
            )  # fmt: skip
        turning = plane.line((1.0, 2.0), -6.9, color=ink.chalk, width=1.5 * LINE)

        def sweep(share: float) -> object:
            angle = 0.46 * np.pi + 1.0 * np.pi * share
            normal = np.array([np.cos(angle) / 2.2, np.sin(angle)])
            return turning.redraw(normal, -float(normal @ (4.3, 1.33)))

        sweep(0.0)
        with self.beat(
            "Now ask for versicolor. Turn a line as you like: some of the rest stays on its side."
        ) as beat:
            self.play(
                Transform(dots, dyed(whole, self.species, [1])), FadeOut(street, term), FadeIn(turning),
                run_time=pace.CALM,
            )  # fmt: skip
            beat.over(drive(sweep, turning, rate_func=linear), least=pace.LONG)
        parted = said(plane, "not linearly\nseparable")
        parted.shift(plane.at(4.9, 0) - plane.at(2.75, 0.05))
        with self.beat(
            "Two groups that one straight line can part are linearly separable. These are not.",
            pause=pace.CALM,
        ) as beat:
            beat.over(glide(sweep, 1.0, 1.5, turning), until="linearly", least=pace.SLOW)
            beat.over(FadeIn(parted))
        self.says_no(plane)
        self.bends(plane)

    def says_no(self, plane: Plane) -> None:
        """The machine's answer on all flowers, and what its scores are worth all the same."""
        whole = scatter(plane, self.petals, self.species)
        lit = dyed(whole, self.species, [1])
        yes = int((flowers.rest().scores(self.petals)[:, 1] > 0).sum())
        answer = said(plane, f"says yes to {yes} of {len(self.petals)}", KINDS[1])
        with self.beat(
            "So this machine says no to all hundred and fifty, and is right for two in three."
        ) as beat:
            self.exchange(plane, lit, run_time=pace.QUICK)
            beat.over(Transform(lit, dyed(whole, self.species, [])), until="and is", least=pace.CALM)
            beat.over(
                FadeIn(answer), self.frame.to_region(*span(plane, (2.4, 7.0), (0.1, 2.6))), least=pace.SLOW
            )
        lengths, scores = flowers.profile()
        chart = shot.chart(
            shot.SAFE, (1, 7), (-4, 4), x_ticks=[1, 3, 5, 7], y_ticks=[-4, 0, 4],
            x_label="petal length (cm), petals of usual width", y_label="score f",
        )  # fmt: skip
        zero = chart.segment((1, 0), (7, 0), ink.faint, LINE / 2)
        curves = [chart.curve(lengths, scores[:, each], KINDS[each], 2 * LINE) for each in range(3)]
        tags = [
            chart.label(x, y, name, side, KINDS[number], size=ink.POINT)
            for number, (name, (x, y, side)) in enumerate(
                zip(IRISES, ((1.75, 1.4, RIGHT), (6.95, -0.95, DOWN + LEFT), (5.6, 2.1, LEFT)), strict=True)
            )
        ]
        with self.beat("Its score is flat, near minus one. What does the argmax make of that?") as beat:
            self.exchange(chart, zero, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(Create(curves[1]), FadeIn(tags[1]), until="What", least=pace.CALM)
            beat.over(Create(curves[0]), Create(curves[2]), FadeIn(tags[0], tags[2]), least=pace.SLOW)
        wins = lengths[scores.argmax(axis=1) == 1][[0, -1]]
        window = chart.area(wins, -4.0, 4.0, KINDS[1], 0.2)
        with self.beat("Between the others both score lower still. So versicolor wins there.") as beat:
            beat.over(
                self.frame.to_region(*span(chart, (2.2, 5.6), (-3.0, 1.2))), until="So", least=pace.SLOW
            )
            beat.over(FadeIn(window), self.frame.back(), least=pace.CALM)
        self.stripe(plane)

    def stripe(self, plane: Plane) -> None:
        """Where versicolor has the highest score, on the map; the flowers outside of it are missed."""
        lit = dyed(scatter(plane, self.petals, self.species), self.species, [1])
        lines = flowers.rest()
        own = self.species == flowers.MIDDLE
        held = lines.scores(self.petals).argmax(axis=1) == flowers.MIDDLE
        top = regions.largest(lines.weights, lines.offsets, plane.corners)[flowers.MIDDLE]
        glass = panes(plane, [(top, KINDS[1], 0.3)])
        missed = plane.dots(self.petals[own & ~held], ink.error, "ring", radius=2.2 * DOT)
        missed.set_z_index(2)
        count = said(plane, f"{(own & held).sum()} of {own.sum()}", KINDS[1])
        fresh = said(
            plane, f"on unseen flowers: {100 * flowers.unseen('rest')[1]:.0f} %", size=ink.POINT, line=1
        )
        with self.beat(
            "On the map that is a stripe. It holds 39 of the fifty, and misses those near its edges."
        ) as beat:
            self.exchange(plane, lit, run_time=pace.BRISK)
            beat.over(FadeIn(glass), until="holds", least=pace.CALM)
            beat.over(FadeIn(count, fresh), until="misses", least=pace.BRISK)
            beat.over(FadeIn(missed, scale=1.6), least=pace.CALM)

    def bends(self, plane: Plane) -> None:
        """Squares, or a kernel, and what they are worth on flowers that no fit has seen."""
        whole = scatter(plane, self.petals, self.species)
        dots = dyed(whole, self.species, [1])
        mesh = plane.mesh(136, 72)
        squared = plane.contour(flowers.squares(mesh), 0.0, KINDS[1], 1.5 * LINE)
        wrapped = plane.contour(flowers.bent(mesh), 0.0, ink.chalk, 1.5 * LINE)
        names = (
            plane.label(2.3, 2.1, "squares, products", UP, KINDS[1], size=ink.POINT),
            plane.label(5.9, 1.02, "kernel", RIGHT, ink.chalk, size=ink.POINT),
        )
        with self.beat(
            "Give it squares and products as well, and its boundary closes around the middle class."
        ) as beat:
            self.exchange(plane, dots, run_time=pace.BRISK)
            beat.over("its boundary", Create(squared), FadeIn(names[0]), least=pace.SLOW)
        with self.beat(
            "Or give it a kernel, here RBF: it replaces the dot product, so that the boundary can bend."
        ) as beat:
            beat.over(FadeIn(names[1]), until="replaces", least=pace.BRISK)
            beat.over(Create(wrapped), least=pace.LONG)
        rows = [
            ("guessing", CHANCE), ("linear SVM, C = 1", flowers.unseen("rest")[0]),
            (f"linear SVM, C = {flowers.DEAR:g}", flowers.unseen("rest dear")[0]),
            ("SVM + squares", flowers.unseen("squares")[0]), ("SVM + kernel", flowers.unseen("kernel")[0]),
            ("logistic regression", flowers.unseen("rest logistic")[0]),
        ]  # fmt: skip
        values = np.array([value for _, value in rows])
        (room,) = shot.headline().places
        bars = BarChart(
            [name for name, _ in rows], 0 * values, (0, 1), room.width, room.height, decimals=2,
            colors=[REST, *[CURTAINS] * 5],
            label="one-vs-rest, accuracy on unseen flowers, mean of ten shuffles",
        )  # fmt: skip
        room.put(bars)
        self.shot(shot.headline())
        with self.beat("On unseen flowers, accuracy rises from 0.92 to 0.96.") as beat:
            self.exchange(bars, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(bars.change(values), least=pace.SLOW)
        strong = np.array([*[DIM] * 5, 1.0])
        with self.beat(
            "Logistic regression weighs each point, so plain lines do: the scheme alone is not to blame."
        ) as beat:
            beat.over(glide(bars.shade, np.ones(6), strong), until="plain", least=pace.CALM)
            beat.over(words.light(bars.row("logistic regression"), ink.chalk), least=pace.SLOW)
        with self.beat(
            "So before one-vs-rest with a linear SVM, look for a class between others, and try a higher C."
        ) as beat:
            weak = np.array([DIM, 1.0, DIM, DIM, DIM, DIM])
            beat.over(glide(bars.shade, strong, weak), until="and try", least=pace.CALM)
            beat.over(glide(bars.shade, weak, np.array([DIM, 1.0, 1.0, DIM, DIM, DIM])), least=pace.SLOW)
