"""Measured features: a bell for each class, the decision boundary, and two features as hills."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.histogram import Histogram
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.maths.naive_bayes import hand, tumours
from scenes.naive_bayes.stage import BIG, HAM, ROOM, SPAM, WORD, NaiveBayesStage, maths

COLORS: Final = (SPAM, HAM)
"""Malignant and benign."""
KINDS: Final = ("malignant", "benign")
RADII: Final = (5.0, 30.0)
TEXTURES: Final = (1.0, 40.0)
EDGES: Final = np.arange(*RADII, 1.0)
MESH: Final = (121, 81)
"""Samples of the hills, across and up."""
LEAST: Final = 0.02
"""Lower parts of the hills, as shares of the higher top, are left out."""
TALL: Final = 5.5
"""Scene units of the higher hill."""


def ways(grid: Floats) -> list[Floats]:
    """Every second row and every fourth column of ``grid`` (ny, nx, 3), as lines of points."""
    return [*grid[::2], *grid.transpose(1, 0, 2)[::4]]


def radius_plane() -> Plane:
    """Counts of tumours by their radius."""
    return shot.chart(
        ROOM, RADII, (0, 85), x_label="mean radius (the file gives no unit)", y_label="tumours",
        x_ticks=(5, 10, 15, 20, 25), y_ticks=(0, 40, 80),
    )  # fmt: skip


class Bells(NaiveBayesStage):
    """Gaussian Naive Bayes."""

    @chapter("A bell for each measured feature", "Gaussian Naïve Bayes")
    def a_bell_for_each_measured_feature(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.pile_them_up()
        self.compare_by_hand()
        self.find_the_boundary()
        self.raise_two_hills()

    def pile_them_up(self) -> None:
        """569 tumours by radius; a bell fits each class."""
        table, y = tumours.tumours()
        plane = self.plane = radius_plane()
        pile = self.pile = Histogram(plane, table[:, 0], EDGES, y, colors=COLORS)
        pile.redraw(0.0, 0.0, 1.0)
        known = tumours.bells()
        curves = self.curves = [
            pile.fit(partial(known.density, kind), kind, color, width=3 * LINE).reveal(0.0)
            for kind, color in enumerate((ink.chalk, ink.chalk))
        ]
        names = VGroup(
            plane.label(21.5, 34, "malignant", RIGHT, SPAM, size=ink.HEADLINE),
            plane.label(9.3, 62, "benign", LEFT, HAM, size=ink.HEADLINE),
        )
        with self.beat(
            "Not all features are words. Other data now: 569 tumours, each with a measured radius."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(glide(pile.redraw, (0.0, 0.0, 1.0), (1.0, 0.0, 1.0)), FadeIn(names), least=pace.LONG)
        title = Tag(words.headline("Gaussian Naive Bayes", WORD))
        ROOM.put(title, UP + RIGHT)
        with self.beat(
            "Gaussian Naive Bayes keeps two numbers for each class and feature: the mean and the variance."
        ) as beat:
            beat.over(glide(pile.redraw, (1.0, 0.0, 1.0), (1.0, 1.0, 1.0)), FadeIn(title), least=pace.CALM)
        with self.beat("They draw a bell, which is the likelihood of a measurement.") as beat:
            self.add(*curves)
            beat.over(*(glide(curve.reveal, 0.0, 1.0) for curve in curves), least=pace.SLOW)
        law = Tag(maths("P(bold(x) | c) = product_j cal(N)(x_j; mu_(c j), sigma_(c j)^2)", 0.78 * BIG))
        law.next_to(title, DOWN, buff=0.4, aligned_edge=RIGHT)
        with self.beat(
            "With more features, the bells are multiplied, as words were.", pause=pace.CALM
        ) as beat:
            beat.over(FadeOut(names[0]), FadeIn(law), least=pace.CALM)
        self.play(FadeOut(pile, plane, names[1], title, law, *curves), run_time=pace.BRISK)

    def compare_by_hand(self) -> None:
        """Two bells of one width, and a measurement between their means."""
        low, high = hand.BELLS
        plane = shot.chart(ROOM, (-3, 7), (0, 0.5), x_ticks=(-2, 0, 2, 4, 6), y_ticks=())
        x = np.linspace(-3, 7, 201)
        bells = [
            plane.area(x, 0.0, hand.bell(x, mean), color, 0.5)
            for mean, color in zip(hand.BELLS, COLORS[::-1], strict=True)
        ]
        at = hand.AT
        mark = plane.dots([(at, 0.0)], WORD, radius=0.22)
        ways = [
            plane.segment((at, y), (mean, y), color, 3 * LINE)
            for mean, y, color in ((low, 0.16, HAM), (high, 0.08, SPAM))
        ]
        told = [
            plane.label((at + mean) / 2, y, f"{abs(at - mean):.0f}", UP, ink.chalk, 0.15, ink.HEADLINE)
            for mean, y in ((low, 0.16), (high, 0.08))
        ]
        sum_ = maths(
            f"({abs(at - high):.0f}^2 - {abs(at - low):.0f}^2) / 2 = {float(hand.bell_log_ratio()):.0f}",
            1.2 * BIG,
        )
        ROOM.put(sum_, UP)
        with self.beat("By hand: bells of width one, at zero and at four, and a measurement at one.") as beat:
            beat.over(FadeIn(plane, *bells), until="and a", least=pace.CALM)
            beat.over(FadeIn(*mark))
        with self.beat("It lies one width from the left bell, three from the right one.") as beat:
            beat.over(FadeIn(ways[0], told[0]), until="three")
            beat.over(FadeIn(ways[1], told[1]))
        with self.beat(
            "A bell falls by half the squared distance: nine minus one, halved, is a log ratio of four."
        ) as beat:
            beat.over(FadeIn(sum_), words.light(told[0]), words.light(told[1]), least=pace.SLOW)
        self.play(FadeOut(plane, *bells, *mark, *ways, *told, sum_), run_time=pace.BRISK)

    def find_the_boundary(self) -> None:
        """Where both posteriors are one half."""
        plane, pile = self.plane, self.pile
        (_, at) = tumours.bells().crossings()
        line = plane.segment((at, 0), (at, 85), WORD, 2 * LINE)
        name = plane.label(at, 74, f"decision boundary {at:.1f}", RIGHT, WORD, 0.3, 1.1 * ink.POINT)
        with self.beat(
            "Back to the tumours. Where prior times bell is equal for both, the posterior is a half."
        ) as beat:
            beat.over(FadeIn(plane, pile, *self.curves), until="Where", least=pace.CALM)
            beat.over(FadeIn(line), least=pace.CALM)
        with self.beat("That is the decision boundary, here at 15.1: right of it we say malignant.") as beat:
            beat.over(FadeIn(name), until="right")
            beat.over(words.light(name, ink.chalk), self.frame.to(pile, name, share=0.92), least=pace.CALM)
        self.play(FadeOut(plane, pile, line, name, *self.curves), self.frame.back(), run_time=pace.BRISK)

    def raise_two_hills(self) -> None:
        """Radius and texture together: two hills, whose boundary bends."""
        table, y = tumours.tumours()
        plane = shot.EDGES.inset(1.2, 0.6).plane(
            RADII, TEXTURES, x_label="radius", y_label="texture", x_ticks=[], y_ticks=[], name_size=ink.AXIS
        )
        known = tumours.bells(2)

        grid = plane.mesh(*MESH)
        hills = [
            known.prior[kind] * known.density(kind, grid[..., 0]) * known.density(kind, grid[..., 1], 1)
            for kind in (0, 1)
        ]
        top = float(max(each.max() for each in hills))
        space = Space(plane, (0, 1.05 * top), TALL)
        floor = space.floor()
        drawn = [
            space.curve(line[line[:, 2] > LEAST * top], color, LINE)
            for heights, color in zip(hills, COLORS, strict=True)
            for line in ways(np.dstack([grid, heights]))
            if (line[:, 2] > LEAST * top).sum() > 1
        ]
        space.look(tilt=60 * DEGREES, turn=-18 * DEGREES, lift=1.0, zoom=1.1)
        with self.beat("Add a second feature, texture: each class is a hill.") as beat:
            self.play(FadeIn(floor, *drawn), run_time=pace.CALM)
            beat.over(space.orbit(22 * DEGREES), least=pace.SLOW)
        with self.beat("By independence the hills stay parallel to the axes: they never tilt.") as beat:
            beat.over(space.orbit(14 * DEGREES), least=pace.LONG)
        odds = known.log_odds(plane.mesh(81, 81).reshape(-1, 2)).reshape(81, 81)
        with self.beat(
            "From above: different variances bend the boundary; equal ones leave it straight."
        ) as beat:
            self.play(space.turning(tilt=0.0, turn=0.0, lift=0.0, zoom=1.0), run_time=pace.SLOW)
            dots = [plane.cloud(table[y == kind], color, radius=0.07) for kind, color in enumerate(COLORS)]
            border = plane.contour(odds, 0.0, WORD, 2 * LINE)
            beat.over(FadeOut(floor, *drawn), FadeIn(plane, *dots, border), until="equal", least=pace.CALM)
            beat.over(words.light(border, ink.chalk))
        with self.beat("So look at the histograms first: what is skewed wants a logarithm.") as beat:
            beat.over(self.frame.to(plane, share=0.95), least=pace.SLOW)
        self.play(FadeOut(plane, *dots, border), self.frame.back(), run_time=pace.BRISK)
