"""Leaves that hold a number: a regression tree, and what it cannot do."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.decision_trees import scores
from scenes.decision_trees.growing import as_left
from scenes.decision_trees.shaken import wine_map
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.decision_trees import steps

PLACES: Final = np.array([3.0, 9.0, 15.0, 21.0])
"""Where they stand, in the units of their size, so that squares have room."""
READ: Final = 44.0
"""Pixels of the capitals of a mean's name."""
GRID: Final = 800
"""Places at which a staircase is drawn."""
YEARS: Final = (1956.5, 2016.0)
LEVELS: Final = (311.0, 376.0)
"""What is seen of the record, in parts per million."""


class Steps(DecisionTreesStage):
    """Leaves that hold a number: a regression tree, and what it cannot do."""

    @chapter("A leaf can hold a number", goes_on=True)
    def a_leaf_can_hold_a_number(self) -> None:
        self.untitled()
        self.square_the_errors()
        self.climb_the_record()
        self.walk_off_the_data()

    def square_the_errors(self) -> None:
        """Four numbers, their mean with its squared errors, and the split that takes them away."""
        (frame,) = self.shot(shot.headline())
        plane = frame.plane((0, 26.4), (-0.3, 12.8), y_ticks=(), x_ticks=(), equal=True)
        dots = plane.dots(np.column_stack([PLACES, steps.NUMBERS]), ink.chalk, radius=0.2)
        names = [
            plane.label(x, y, f"{y:g}", LEFT, gap=0.3, size=ink.POINT)
            for x, y in zip(PLACES, steps.NUMBERS, strict=True)
        ]
        at = steps.best_division(steps.NUMBERS)
        parted = steps.divide(steps.NUMBERS, at)
        mean = steps.NUMBERS.mean()
        wall = (PLACES[at - 1] + PLACES[at]) / 2 + 0.5
        leaf = [plane.segment((0.4, mean), (26, mean), ink.focus, width=LINE) for _ in range(2)]
        squares = [plane.polygon([(0, 0)] * 4, ink.error, fill=0.25) for _ in steps.NUMBERS]

        def draw(level: float, answers: Floats) -> tuple[Polygon, ...]:
            for square, x, y, answer in zip(squares, PLACES, steps.NUMBERS, answers, strict=True):
                side = level * abs(y - answer)
                square.redraw([(x, y), (x + side, y), (x + side, answer), (x, answer)])
            return tuple(squares)

        one, two = np.full(len(steps.NUMBERS), mean), np.repeat(parted.means, (at, len(steps.NUMBERS) - at))
        whole = plane.label(0.4, mean, f"mean [{mean:g}:focus]", UP + RIGHT, gap=0.12, size=READ)
        before = plane.label(
            0.4, 12, f"squared error [{steps.squared_error(steps.NUMBERS):g}:error]", RIGHT, size=ink.POINT
        )
        after = plane.label(0.4, 12, f"squared error [{parted.error:g}:error]", RIGHT, size=ink.POINT)
        pair, told = as_left(self)
        self.add(pair.rooms, pair.yard, pair.tree, told)
        with self.beat("So far a leaf names a class. It can hold a number as well.") as beat:
            leaves = list(told)[len(pair.grown.questions) :]
            beat.over(*(words.light(name) for name in leaves), until="It")
            self.exchange(dots)
            beat.over(LaggedStart(*(FadeIn(name) for name in names), lag_ratio=pace.LAG))
        with self.beat("Take these four. One leaf answers each with their mean.") as beat:
            beat.over("One", *map(Create, leaf), until="mean")
            beat.at("mean", words.write(whole))
        draw(0.0, one)
        with self.beat("Each square is one squared error. Together they are 53.") as beat:
            beat.over("square", glide(draw, (0.0, one), (1.0, one), *squares), until="Together")
            beat.over(words.write(before))

        ends = ((0.4, wall), (wall, 26.0))
        lift = [
            glide(
                line.redraw,
                (np.array([start, mean]), np.array([stop, mean])),
                (np.array([start, own]), np.array([stop, own])),
            )
            for line, (start, stop), own in zip(leaf, ends, parted.means, strict=True)
        ]
        stroke = plane.segment((wall, -0.2), (wall, 12.4), ink.chalk, width=LINE)
        answers = [
            plane.label(
                0.4, parted.means[0], f"mean [{parted.means[0]:g}:focus]", UP + RIGHT, gap=0.12, size=READ
            ),
            plane.label(
                26, parted.means[1], f"mean [{parted.means[1]:g}:focus]", DOWN + LEFT, gap=0.12, size=READ
            ),
        ]
        with self.beat(
            "Split in the middle. Each side answers with its own mean, and the squares nearly vanish."
        ) as beat:
            beat.over(Create(stroke), FadeOut(whole), until="Each")
            for line, name in zip(leaf, names[1:3], strict=True):
                self.allow(line, name, "a mean passes the number on the way to its own place")
            beat.over(
                "Each",
                *lift,
                glide(draw, (1.0, one), (1.0, two), *squares),
                until="squares",
                least=pace.SLOW,
            )
            beat.over(FadeIn(*answers), words.rewrite(before, after))
        name = words.headline("[regression tree:focus]", size=ink.POINT)
        name.move_to(after, aligned_edge=LEFT + UP)
        with self.beat("Splits now cut squared error, and leaves hold means: a regression tree.") as beat:
            beat.over("squared", *(words.light(square, ink.chalk) for square in squares), until="means")
            beat.over("means", *(words.light(each) for each in answers), until="regression")
            beat.over("regression", words.rewrite(after, name))

    def climb_the_record(self) -> None:
        """A staircase on the yearly means of carbon dioxide, one split after the other."""
        (frame,) = self.shot(shot.headline())
        self.data = steps.record()
        self.chart = chart = frame.plane(
            YEARS,
            LEVELS,
            x_names={year: f"{year}" for year in (1960, 1980, 2000)},
            y_names={level: f"{level}" for level in (320, 340, 360)},
            y_label="carbon dioxide at Mauna Loa, yearly mean (parts per million)",
            tick_size=scores.TICKED,
        )
        self.learnt = self.data.learnt
        year, level = self.data.year[self.learnt], self.data.level[self.learnt]
        dots = chart.dots(np.column_stack([year, level]), ink.chalk, radius=0.085)
        self.grid = np.linspace(YEARS[0], steps.LAST_LEARNT + 0.5, GRID)
        heights = [np.full(GRID, level.mean())]
        heights += [
            steps.staircase(year, level, leaves).answer(self.grid) for leaves in range(2, steps.LEAVES + 1)
        ]
        self.stair = chart.curve(self.grid, heights[0], ink.focus, width=1.5 * LINE)
        with self.beat("Now a real record: carbon dioxide in the air, a mean for each year.") as beat:
            self.exchange(chart)
            beat.over(LaggedStart(*(FadeIn(dot, scale=2) for dot in dots), lag_ratio=pace.LAG))
        with self.beat(
            "One leaf is flat. Each split adds a step, where it cuts most squared error: eight leaves, up to 1990."
        ) as beat:
            beat.over(Create(self.stair), until="Each")
            pairs = list(pairwise(heights))
            few, rest = pairs[:3], pairs[3:]
            for lot, until, least in ((few, "eight", pace.CALM), (rest, None, pace.BRISK)):
                for row, (low, high) in enumerate(lot):
                    move = glide(self.stair.redraw, (self.grid, low), (self.grid, high))
                    self.play(move, run_time=max(beat.fill(until) / (len(lot) - row), least))

    def walk_off_the_data(self) -> None:
        """The years after the last one that was learnt: the staircase stays flat."""
        chart, data = self.chart, self.data
        unseen = ~self.learnt
        ahead = steps.look_ahead(data)
        fresh = chart.dots(
            np.column_stack([data.year[unseen], data.level[unseen]]), ink.truth, "diamond", radius=0.11
        )
        last = float(data.year[-1])
        flat = float(ahead.tree[-1])
        edge = chart.segment(
            (steps.LAST_LEARNT + 0.5, LEVELS[0]), (steps.LAST_LEARNT + 0.5, LEVELS[1]), ink.quiet, dashed=True
        )
        side = chart.label(steps.LAST_LEARNT + 0.5, 314, "learnt", LEFT, ink.quiet, gap=0.25, size=READ)
        beyond = chart.label(steps.LAST_LEARNT + 0.5, 314, "not seen", RIGHT, ink.quiet, gap=0.25, size=READ)
        onward = chart.curve(
            [steps.LAST_LEARNT + 0.5, last + 0.5], [flat, flat], ink.focus, width=1.5 * LINE, share=0.0
        )
        with self.beat("Then the next years come. The last step just runs on, flat.") as beat:
            self.play(Create(edge), FadeIn(side, beyond), run_time=pace.BRISK)
            beat.over(LaggedStart(*(FadeIn(dot, scale=2) for dot in fresh), lag_ratio=pace.LAG), until="last")
            beat.over(glide(onward.reveal, 0.0, 1.0, rate_func=linear), least=pace.SLOW)
        near = VGroup(*list(fresh)[-4:], onward)
        values = [
            chart.label(
                last, data.level[-1], f"truth [{data.level[-1]:.0f}:truth]", RIGHT, gap=0.3, size=READ
            ),
            chart.label(last, flat, f"tree [{flat:.0f}:focus]", RIGHT, gap=0.3, size=READ),
        ]
        with self.beat("In the last year the truth is 371. The tree says 353.") as beat:
            self.play(FadeOut(side, beyond), run_time=pace.QUICK)
            beat.over(self.frame.to(near, *values, share=0.85), until="truth", least=pace.SLOW)
            beat.at("truth", words.write(values[0]))
            beat.at("tree", words.write(values[1]))
        with self.beat(
            "A mean cannot lie above what it has seen: trees are no good at extrapolation."
        ) as beat:
            name = chart.label(2015.5, 344.5, "[no extrapolation:focus]", LEFT, size=ink.POINT)
            beat.over(self.frame.back(), until="extrapolation", least=pace.SLOW)
            beat.over(words.write(name))
        with self.beat("So trends are not for trees: let them learn the change from year to year.") as beat:
            beat.over("trends", words.light(fresh), until="let")
            self.exchange(*self.yearly_changes())
            beat.rest()
        self.exchange(wine_map(self.points, self.labels))

    def yearly_changes(self) -> tuple[Plane, VGroup]:
        """What is learnt instead: how much the record rises from each year to the next."""
        (frame,) = self.shot(shot.headline())
        data = self.data
        rises = np.diff(data.level)
        chart = frame.plane(
            (YEARS[0], 2003.0),
            (-0.4, 3.2),
            x_names={year: f"{year}" for year in (1960, 1980, 2000)},
            y_names={rise: f"{rise}" for rise in (0, 1, 2, 3)},
            y_label="change from the year before (parts per million)",
            tick_size=scores.TICKED,
        )
        stems = VGroup()
        for which, color in ((self.learnt[1:], ink.chalk), (~self.learnt[1:], ink.truth)):
            years = data.year[1:][which]
            stems.add(chart.stems(years, 0 * years, rises[which], color, width=LINE))
            stems.add(chart.dots(np.column_stack([years, rises[which]]), color, radius=0.085))
        return chart, stems
