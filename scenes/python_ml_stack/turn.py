"""A trend that turns round, and the end of the lesson."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, ORIGIN, RIGHT, UP, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.python_ml_stack import data, groups, looks
from scenes.python_ml_stack.ending import BILLS, End
from scenes.python_ml_stack.flock import NUMBERED, SPECIES_SHAPES, raised, species_of, spot
from scenes.python_ml_stack.pairs import FALLING, SPECK, Tiles
from scenes.python_ml_stack.stage import SPECIES_COLORS, PythonMlStackStage

LARGE: Final = 42.0
"""Pixels of capitals of words in the picture."""
DOT: Final = 0.1
"""Radius of a bird, in scene units."""
LARGER: Final = 1.6
"""How much larger the one line of code is before it goes to its place."""
SCALE: Final = (-0.5, 1.0)
"""Limits of r beside the falling cloud."""


class Turn(PythonMlStackStage):
    """A trend that turns round, and the end of the lesson."""

    @chapter("Split, and the trend turns round", "from a raw table to a first insight", goes_on=True)
    def the_trend_turns_round(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.one_line_falls()
        self.three_lines_rise()
        self.end()

    def line(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Both ends (2,) of the least-squares line over the range of ``x``."""
        slope, start = looks.line(x, y)
        ends = np.array([x.min(), x.max()])
        points = np.column_stack([ends, start + slope * ends])
        return points[0], points[1]

    def one_line_falls(self) -> None:
        """All birds in one colour: longer bills seem to go with shallower ones."""
        room = shot.safe(titled=False)
        self.picture, self.column = room.columns(2.1, 1, gap=0.35)
        length, depth = looks.bills()
        self.plane = plane = self.picture.plane(
            *BILLS,
            x_ticks=[35, 45, 55],
            y_ticks=[14, 18, 22],
            x_label="bill length (mm)",
            y_label="bill depth (mm)",
            tick_size=NUMBERED,
            name_size=NUMBERED,
        )
        self.cloud = plane.dots(np.column_stack([length, depth]), ink.chalk, radius=DOT)
        start, end = self.ends = self.line(length, depth)
        self.fall = plane.segment(start, start, ink.error, 8.0)
        whole = looks.correlation(length, depth)
        self.scale = Plane(
            (-1.0, 3.55),
            SCALE,
            self.column.width - 1.0,
            self.column.height - 1.3,
            x_ticks=[],
            y_ticks=[0, 1],
            tick_size=NUMBERED,
        )
        raised(self.column).put(self.scale, DOWN)
        self.zero = self.scale.segment((-1.0, 0.0), (3.55, 0.0), ink.quiet, 2.5, dashed=True)
        self.heading = words.label("r", ink.focus, ink.POINT).next_to(self.scale, UP, buff=0.2)
        self.spread = self.scale.label(2.35, 0.38 * SCALE[0], "95 %\nintervals", ORIGIN, size=LARGE)
        mark, bracket = self.interval(0, whole, "all", ink.error)
        tiles = Tiles()
        tiles.heat(1.0)
        tile = tiles.number(FALLING)
        start_at, home = tiles.planes[tile].at(np.column_stack([length, depth])), self.cloud.centres
        around = VGroup(tiles.grounds, *(each for number, each in tiles.clouds.items() if number != tile))
        self.cloud.put(start_at, SPECK)
        self.add(around, self.cloud)
        self.frame.look(tiles.near(tile))
        self.count = words.label(f"{len(length)} birds", size=LARGE)
        self.count.move_to(spot(float(plane.box[1][0]), self.picture.top), aligned_edge=UP + RIGHT)
        with self.beat(
            "Bill length across, bill depth up. Through all birds the line falls: r is minus 0.24."
        ) as beat:
            self.play(
                self.frame.back(),
                glide(self.cloud.put, (start_at, SPECK), (home, DOT), self.cloud),
                FadeOut(around),
                FadeIn(plane, self.count),
                run_time=pace.LONG,
            )
            self.add(self.fall)
            beat.over(
                glide(self.fall.redraw, (start, start), (start, end), self.fall),
                until="r",
                least=pace.CALM,
            )
            self.play(FadeIn(self.scale, self.zero, self.heading, mark), run_time=pace.QUICK)
        order = np.argsort(length)[::6]
        with self.beat("Do longer bills go with shallower ones?") as beat:
            beat.over(
                LaggedStart(
                    *(words.light(self.cloud[int(number)], ink.focus) for number in order), lag_ratio=pace.LAG
                )
            )
        self.think()
        self.whole = mark
        self.brackets = [bracket]

    def interval(
        self, column: int, told: looks.Correlation, name: str, color: ManimColor
    ) -> tuple[VGroup, Segments]:
        """The place of r on the scale with its number, and the bracket of its interval."""
        scale = self.scale
        dot = scale.dots([(column, told.r)], color, radius=0.17)
        text = f"{told.r:.2f}".replace("-", "−")
        side = UP if column == 2 else DOWN
        number = scale.label(column, told.high if column == 2 else told.low, text, side, color, 0.16, LARGE)
        half = 0.26
        bracket = Segments(scale, color, 5.0).redraw(
            [(column, told.low), (column - half, told.low), (column - half, told.high)],
            [(column, told.high), (column + half, told.low), (column + half, told.high)],
        )
        return VGroup(dot, number), bracket

    def three_lines_rise(self) -> None:
        """In the colours of the species three lines rise."""
        birds, plane = groups.measured(), self.plane
        names = species_of(birds)
        colours = [SPECIES_COLORS[each] for each in names]
        told = Dots(plane, self.cloud.values, colours, [SPECIES_SHAPES[each] for each in names], DOT)
        lines, starts, ends, marks = VGroup(), [], [], VGroup()
        for number, name in enumerate(data.SPECIES):
            start, end = self.line(*looks.bills(name))
            starts.append(start)
            ends.append(end)
            lines.add(plane.segment(start, start, SPECIES_COLORS[name], 9.0))
            mark, bracket = self.interval(
                number + 1, looks.correlation(*looks.bills(name)), name, SPECIES_COLORS[name]
            )
            marks.add(mark)
            self.brackets.append(bracket)
        called = VGroup(
            *(
                Tag(plane.label(*spot, name, ORIGIN, SPECIES_COLORS[name], size=LARGE))
                for name, spot in zip(data.SPECIES, ((35.6, 14.7), (57.0, 21.2), (55.5, 13.4)), strict=True)
            )
        )
        with self.beat("Colour the birds by species, and look again.") as beat:
            beat.at("Colour", FadeIn(told), FadeOut(self.count), run_time=pace.CALM)
            self.cloud.shade(0.0)
            self.remove(self.cloud)
            beat.over(LaggedStart(*(FadeIn(each) for each in called), lag_ratio=pace.LAG))
        with self.beat("Inside each species the line rises: longer bills tend to be deeper.") as beat:
            self.add(lines)
            beat.over(
                "line",
                *(
                    glide(line.redraw, (start, start), (start, end), line)
                    for line, start, end in zip(lines, starts, ends, strict=True)
                ),
                glide(self.fall.set_stroke, {"opacity": 1.0}, {"opacity": 0.35}, self.fall),
                least=pace.SLOW,
            )
            self.play(LaggedStart(*(FadeIn(each) for each in marks), lag_ratio=pace.LAG), run_time=pace.CALM)
        with self.beat("Brackets show 95 percent confidence intervals. None of them holds zero.") as beat:
            self.play(
                LaggedStart(*(FadeIn(each) for each in self.brackets), lag_ratio=pace.LAG), run_time=pace.SLOW
            )
            self.play(FadeIn(self.spread), run_time=pace.QUICK)
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in marks), lag_ratio=pace.LAG),
                until="None",
            )
            beat.over("zero", words.light(self.zero, ink.focus))
        title = words.headline("Simpson's paradox", ink.focus, ink.POINT)
        title.move_to(self.count, aligned_edge=UP + RIGHT)
        members = [np.flatnonzero(np.array(names) == name) for name in data.SPECIES]
        with self.beat(
            "A trend that turns round when the data are split into groups is Simpson's paradox."
        ) as beat:
            self.play(
                glide(self.fall.redraw, (self.ends[0], self.ends[0]), self.ends, self.fall),
                glide(self.fall.set_stroke, {"opacity": 0.35}, {"opacity": 1.0}, self.fall),
                run_time=pace.BRISK,
            )
            beat.over(
                "turns",
                *(
                    glide(line.redraw, (one, one), (one, other), line)
                    for line, one, other in zip(lines, starts, ends, strict=True)
                ),
                glide(self.fall.set_stroke, {"opacity": 1.0}, {"opacity": 0.35}, self.fall),
                until="groups",
            )
            beat.at("Simpson's", FadeIn(title))
            beat.over(
                LaggedStart(
                    *(words.light(told.subset(each), ink.chalk) for each in members), lag_ratio=pace.LAG
                ),
            )
        middles = [np.array([each.mean() for each in looks.bills(name)]) for name in data.SPECIES]
        big = VGroup(
            *(
                plane.dots([middle], SPECIES_COLORS[name], SPECIES_SHAPES[name], 0.36)
                for middle, name in zip(middles, data.SPECIES, strict=True)
            )
        )
        for each in big:
            each[0].set_stroke(ink.ground, 6.0)
        with self.beat("The line through all birds mostly compared the species with each other.") as beat:
            self.play(
                glide(told.shade, np.ones(len(names)), np.full(len(names), 0.25), told),
                lines.animate.set_stroke(opacity=0.25),
                glide(self.fall.set_stroke, {"opacity": 0.35}, {"opacity": 1.0}, self.fall),
                run_time=pace.BRISK,
            )
            beat.over(
                LaggedStart(*(FadeIn(each, scale=2) for each in big), lag_ratio=pace.LAG),
                until="compared",
                least=pace.CALM,
            )
            beat.over(words.light(self.fall, ink.focus))
        with self.beat("So colour by group before you believe a correlation.") as beat:
            self.play(
                FadeOut(big),
                glide(told.shade, np.full(len(names), 0.25), np.ones(len(names)), told),
                lines.animate.set_stroke(opacity=1.0),
                glide(self.fall.set_stroke, {"opacity": 1.0}, {"opacity": 0.35}, self.fall),
                run_time=pace.CALM,
            )
            beat.over(
                LaggedStart(
                    *(words.light(told.subset(each), ink.chalk) for each in members), lag_ratio=pace.LAG
                ),
                LaggedStart(*(words.light(each, ink.chalk) for each in marks), lag_ratio=pace.LAG),
            )

    def end(self) -> None:
        """One stream: photograph, tape, grid, mask, table, groups, figure."""
        room = shot.safe(titled=False)
        upper, middle, lower = room.rows(1.0, 1.35, 1.0, gap=0.2)
        stations = End(self.photo_bytes, upper, middle, lower)
        with self.beat("So why was one line faster?") as beat:
            stations.photo.points = stations.large
            home = stations.code.get_center()
            stations.code.scale(LARGER).move_to(spot(0.0, float(stations.large[2, 1] + room.bottom) / 2))
            credit = words.label(data.CREDIT, ink.quiet)
            room.put(credit, DOWN + RIGHT)
            self.exchange(stations.photo, credit)
            beat.over(words.write(stations.code))
        with self.beat(
            "It says once what happens to the whole array, and compiled code runs the loop."
        ) as beat:
            self.play(
                glide(stations.place, stations.large, stations.small, stations.photo),
                stations.code.animate.scale(1 / LARGER).move_to(home),
                FadeOut(credit),
                run_time=pace.CALM,
            )
            beat.at("once", FadeIn(stations.tape, stations.names[0], stations.names[1]))
            self.add(stations.lie(stations.starts, 0.0))
            beat.over(
                "whole",
                glide(stations.lie, (stations.starts, 0.0), (stations.ends, 1.0), stations.grid),
                FadeIn(stations.names[3]),
                until="compiled",
                least=pace.CALM,
            )
            beat.over(
                words.light(stations.code),
                LaggedStart(*(words.light(each) for each in stations.grid), lag_ratio=pace.LAG),
            )
        with self.beat(
            "Masks, columns and groups follow the same thought; plots show what came of it."
        ) as beat:
            beat.at("Masks", FadeIn(stations.mask, stations.names[2]), run_time=pace.QUICK)
            beat.at("columns", FadeIn(stations.table, stations.names[4]), run_time=pace.BRISK)
            beat.at("groups", FadeIn(stations.crowds, stations.names[5]), run_time=pace.BRISK)
            beat.at("plots", FadeIn(stations.figure, stations.names[6]), run_time=pace.BRISK)
            beat.over(LaggedStart(*(words.light(each) for each in stations.names), lag_ratio=pace.LAG))
        with self.beat("And look at plots before you model.", pause=pace.SLOW) as beat:
            beat.over("look", words.light(stations.figure), words.light(stations.names[6], ink.chalk))
