"""A trend that turns round, and the end of the lesson."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.viewport import Viewport
from scenes.maths.python_ml_stack import brighten, data, groups, looks, snippets, snippets_numpy
from scenes.python_ml_stack.ending import BILLS, End, Ready
from scenes.python_ml_stack.figures import FLIPPERS, flippers_and_masses
from scenes.python_ml_stack.flock import NUMBERED, SPECIES_SHAPES, groups_of, raised, species_of, spot
from scenes.python_ml_stack.pairs import FALLING, SPECK, Tiles
from scenes.python_ml_stack.speed import WHOLE
from scenes.python_ml_stack.stage import SPECIES_COLORS, PythonMlStackStage

LARGE: Final = 42.0
"""Pixels of capitals of words in the picture."""
DOT: Final = 0.1
"""Radius of a bird, in scene units."""
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
        self.check_the_flippers()
        self.ready_for_a_model()
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
        self.fall = plane.segment(start, start, ink.negative, 8.0)
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
        mark, bracket = self.interval(0, whole, "all", ink.negative)
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
            "Bill length across, bill depth up. Through all birds the fitted line falls: r is minus 0.24."
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
        beside = column + (0.3 if told.r < 0 else 0.0)  # clear of the axis line
        number = scale.label(beside, told.high if column == 2 else told.low, text, side, color, 0.16, LARGE)
        if name == "all":
            number = VGroup(  # type: ignore[assignment]
                number, scale.label(column - 0.4, max(told.high, 0.0), name, UP, color, 0.16, LARGE)
            )
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
        with self.beat("Colour the birds by species.") as beat:
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
        with self.beat(
            "Each bracket, a 95 percent confidence interval, tells where r may lie for such birds. "
            "None holds zero."
        ) as beat:
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
        self.coloured, self.leaving = told, VGroup(big, lines, called, title, marks)

    def check_the_flippers(self) -> None:
        """The correlation of the chapter before, species by species."""
        birds, told = groups.measured(), self.coloured
        names = species_of(birds)
        x, y = flippers_and_masses()
        plane = self.picture.plane(
            *FLIPPERS,
            x_ticks=[180, 200, 220],
            y_ticks=[3, 4, 5, 6],
            x_label="flipper length (mm)",
            y_label="body mass (kg)",
            tick_size=NUMBERED,
            name_size=NUMBERED,
        )
        marks, brackets = VGroup(), VGroup()
        pairs = [(x, y, ink.positive, "all")] + [
            (x[each], y[each], SPECIES_COLORS[name], name)
            for name, each in zip(data.SPECIES, groups_of(birds), strict=True)
        ]
        for number, (across, up, color, name) in enumerate(pairs):
            mark, bracket = self.interval(number, looks.correlation(across, up), name, color)
            marks.add(mark)
            brackets.add(bracket)
        home = told.centres
        with self.beat(
            "So check flipper and mass again: inside each species r is smaller, but it stays positive."
        ) as beat:
            self.play(
                FadeOut(self.leaving, self.plane, self.fall, self.whole, *self.brackets, self.spread),
                FadeIn(plane),
                glide(told.shade, np.full(len(names), 0.25), np.ones(len(names)), told),
                run_time=pace.BRISK,
            )
            beat.over(
                glide(told.put, (home, DOT), (plane.at(np.column_stack([x, y])), DOT), told),
                until="inside",
                least=pace.SLOW,
            )
            self.play(FadeIn(marks[0], brackets[0]), run_time=pace.QUICK)
            self.play(
                LaggedStart(
                    *(FadeIn(*each) for each in zip(marks[1:], brackets[1:], strict=True)), lag_ratio=pace.LAG
                ),
                run_time=pace.SLOW,
            )
            beat.over(words.light(marks[0]), until="positive")
            beat.over(words.light(self.zero, ink.focus))
        members = groups_of(birds)
        call = words.code(snippets.HUE, size=40.0)
        corner = spot(float(plane.box[0][0]) + 0.25, float(plane.box[2][1]) - 0.15)
        call.move_to(corner, aligned_edge=UP + LEFT)
        with self.beat(
            "So colour by groups you know, in Seaborn with hue, before you read a correlation."
        ) as beat:
            beat.at("Seaborn", FadeIn(call))
            beat.over(
                LaggedStart(
                    *(words.light(told.subset(each), ink.chalk) for each in members), lag_ratio=pace.LAG
                ),
                LaggedStart(*(words.light(each, ink.chalk) for each in marks[1:]), lag_ratio=pace.LAG),
            )

    def ready_for_a_model(self) -> None:
        """The table as a model takes it: an array of features and one of targets."""
        ready = Ready(shot.safe(titled=False))
        with self.beat("For a model, X holds the features: a row for each bird.") as beat:
            self.exchange(ready.features, ready.heads, also=[FadeIn(*ready.before, ready.codes[0])])
            beat.over(glide(ready.features.reveal, 0.0, 1.0), least=pace.SLOW)
            self.play(FadeIn(ready.shapes[0]), run_time=pace.QUICK)
        with self.beat("And y holds the target, here the species.") as beat:
            self.play(FadeIn(ready.codes[1], ready.name), run_time=pace.QUICK)
            beat.over(
                "target",
                LaggedStart(*(FadeIn(each) for each in ready.targets), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )
            self.play(FadeIn(ready.shapes[1]), run_time=pace.QUICK)
            beat.rest()

    def end(self) -> None:
        """The photograph brightens in one line; beside it come the table and its plot."""
        frame = shot.EDGES
        dark = brighten.darkened(self.photo_bytes)
        bright = brighten.brightened(dark)
        room = shot.safe(titled=False)
        window = Viewport(dark, frame, WHOLE)
        code = Tag(words.code(snippets_numpy.BRIGHTEN, size=1.3 * ink.HEADLINE), 0.97)
        code.plate.stretch_to_fit_width(code.plate.width + 0.4).stretch_to_fit_height(code.plate.height + 0.4)
        room.put(code, DOWN)
        credit = room.put(Tag(words.label(data.CREDIT, ink.quiet)), UP + RIGHT)
        stations = End(bright, room)

        def light(share: float) -> Viewport:
            return window.redraw(brighten.between(dark, bright, share))

        with self.beat("So why was one line faster?") as beat:
            self.exchange(window, credit, code)
            beat.over(words.light(code.text))
        with self.beat(
            "It says once what happens to the whole array, and compiled code runs the loop."
        ) as beat:
            beat.over(drive(light), until="compiled", least=pace.LONG)
            beat.over(words.light(code.text))
        with self.beat("The same holds for a table: say once what happens to a column or a group.") as beat:
            self.exchange(stations.photo, *stations.words[0])
            beat.at("table", FadeIn(stations.table, *stations.words[1]))
            beat.at("once", *(words.light(each) for each in (stations.words[0][1], stations.words[1][1])))
            beat.over("group", *(words.light(each, ink.chalk) for each in stations.table.targets))
        with self.beat("And look at plots before you model.", pause=pace.BRISK) as beat:
            beat.at("look", FadeIn(stations.figure, *stations.words[2]))
            beat.over(words.light(stations.words[2][1], ink.chalk))
            names = [words.light(each[0], ink.chalk) for each in stations.words]
            self.play(LaggedStart(*names, lag_ratio=pace.LAG), run_time=pace.LONG)
