"""Broadcasting: a size of one stretches over the other."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.viewport import Viewport
from scenes.maths.python_ml_stack import broadcast, data, layout, snippets_numpy
from scenes.python_ml_stack.jar import jar
from scenes.python_ml_stack.shapes import Shapes
from scenes.python_ml_stack.speed import WHOLE
from scenes.python_ml_stack.stage import PythonMlStackStage
from scenes.python_ml_stack.strides import strip_and_table

WIDE: Final = 1.62
TALL: Final = 1.3
"""Scene units of a cell of the table."""
HALF: Final = 0.23
"""Boxes from a cell's middle to where one of its two numbers stands, aside and up or down."""
SHEET: Final = (0.86, 0.68)
"""Width and height of a cell of either sheet that slides over the other."""
BLOCK: Final = (1.45, 1.5)
"""Width and height of a cell where the vector does not fit."""
COLORS: Final = (ink.first, ink.truth, ink.focus)
"""The column, the row, and what comes out."""


class Stretch(PythonMlStackStage):
    """Broadcasting: a size of one stretches over the other."""

    @chapter("A one stretches over the other", "broadcasting rules", goes_on=True)
    def a_one_stretches_over_the_other(self) -> None:
        self.untitled()
        self.write_the_shapes()
        self.pull_them_out()
        self.refuse()
        self.let_dusk_fall()

    def write_the_shapes(self) -> None:
        """A column of three and a row of four, and their shapes from the right."""
        (room,) = self.shot(shot.headline())
        picture, side = room.columns(1.95, 1)
        self.side = side
        column, row = broadcast.column(), broadcast.row()
        self.total = ArrayCells(broadcast.total().ravel(), WIDE, TALL, ink.focus)
        middle = self.total.step(picture.middle, 0.55, 0.55)
        self.goal = self.total.grid(3, middle)
        self.thin_column = ArrayCells(column.ravel(), WIDE, TALL, COLORS[0])
        self.thin_column.put(self.total.step(self.goal[::4], -1.15))
        self.thin_row = ArrayCells(row.ravel(), WIDE, TALL, COLORS[1])
        self.thin_row.put(self.total.step(self.goal[:4], 0.0, -1.15))
        self.shapes = Shapes(
            (column.shape, row.shape, broadcast.total().shape),
            COLORS,
            names=("column", "row", "sum"),
            pitch=1.1,
            size=1.2 * ink.HEADLINE,
        )
        head = words.label("shapes, from the right", ink.quiet, size=40.0)
        side.put(head, UP)
        self.shapes.next_to(head, DOWN, buff=0.45)
        self.head = head
        tape, grid = strip_and_table(room)
        seats = ArrayCells(broadcast.total().ravel(), WIDE, TALL, ink.faint, fill=0.08).put(self.goal)
        for box in seats.boxes:
            box.inside.set_opacity(0.0)
        self.outlines = VGroup(*(box.outline for box in seats.boxes))
        with self.beat("A column of three, and a row of four. Can they be added?") as beat:
            self.add(tape, grid)
            near = self.frame.to(self.thin_column, self.thin_row, self.outlines, share=0.95)
            self.play(FadeOut(tape, grid), FadeIn(self.thin_column), near, run_time=pace.CALM)
            beat.over("row", FadeIn(self.thin_row, shift=place.NUDGE * RIGHT), until="Can")
            beat.over(LaggedStart(*map(FadeIn, self.outlines), lag_ratio=pace.LAG))
        with self.beat(
            "Write their shapes one under the other, from the right: three, one; and one, four."
        ) as beat:
            self.play(self.frame.back(), FadeIn(head), run_time=pace.SLOW)
            beat.over("three", FadeIn(self.shapes.line(0)), until="and")
            beat.over(FadeIn(self.shapes.line(1), self.shapes.rule))

    def pull_them_out(self) -> None:
        """Both thin sides pull out over the table, and entry meets entry."""
        goal, shapes = self.goal, self.shapes
        across = ArrayCells(np.repeat(broadcast.TENS, 4), *SHEET, COLORS[0], size=46.0, fill=0.3)
        down = ArrayCells(np.tile(broadcast.ONES, 3), *SHEET, COLORS[1], size=46.0, fill=0.3)
        starts = [np.repeat(self.thin_column.centres, 4, axis=0), np.tile(self.thin_row.centres, (3, 1))]
        ends = [self.total.step(goal, side * HALF, side * HALF) for side in (-1, 1)]
        across.put(starts[0])
        down.put(starts[1])
        term = words.label("broadcasting", ink.focus, size=ink.POINT)
        term.next_to(shapes, DOWN, buff=0.45)
        with self.beat(
            "Broadcasting compares axis by axis: equal sizes fit, and a size of one stretches to the other."
        ) as beat:
            beat.over(words.write(term), words.light(shapes.axis(0)), until="equal")
            beat.over(words.light(shapes.axis(1)), until="stretches")
            beat.over(
                "stretches",
                LaggedStart(
                    *(FadeIn(each) for each in (shapes.digit(2, 0), shapes.digit(2, 1), shapes.names[2])),
                    lag_ratio=pace.LAG,
                ),
            )
        self.add(across.shade(0.0), down.shade(0.0))
        self.allow(across, self.thin_column, "copies are pulled out of the side that stretches")
        self.allow(across, down, "one sheet slides over the other to its half of each cell")

        def pull(cells: ArrayCells, places: Floats, strength: float) -> ArrayCells:
            return cells.put(places).shade(strength)

        with self.beat("One faces four, so the column stretches to the right.") as beat:
            beat.over(words.light(shapes.axis(0)), until="column")
            beat.over(
                FadeOut(self.outlines),
                glide(partial(pull, across), (starts[0], 0.0), (ends[0], 1.0), across),
                least=pace.SLOW,
            )
        with self.beat("Three faces one, so the row stretches down.") as beat:
            beat.over(words.light(shapes.axis(1)), until="row")
            beat.over(glide(partial(pull, down), (starts[1], 0.0), (ends[1], 1.0), down), least=pace.SLOW)
        strides = [view.strides for view in broadcast.stretched()]
        zero = words.label(
            "strides\n"
            f"[({strides[0][0]}, {strides[0][1]}):first] and [({strides[1][0]}, {strides[1][1]}):truth]",
            size=44.0,
        )
        zero.next_to(term, DOWN, buff=0.35)
        with self.beat("Nothing is copied: along a stretched axis the stride is zero.") as beat:
            beat.over(
                LaggedStart(*(words.light(box.inside) for box in across.boxes), lag_ratio=pace.LAG),
                until="along",
            )
            beat.over(words.write(zero))
        total = self.total.put(goal).shade(0.0)
        self.add(total)

        def add(share: float) -> tuple[ArrayCells, ...]:
            level = np.clip((15 * share - np.arange(12)) / 4, 0, 1)
            return total.shade(level), across.shade(1 - level), down.shade(1 - level)

        with self.beat("Entry meets entry. The sum is new: three rows, four columns.") as beat:
            beat.over(drive(add), until="three", least=pace.LONG)
            beat.over(words.light(shapes.line(2)))
        self.remove(across, down)

    def refuse(self) -> None:
        """Three against four: no fit, until a one is put on the right."""
        (room,) = self.shot(shot.headline())
        picture, side = room.columns(1.3, 1)
        block = layout.block()
        vector = block[:, 0]
        big = 1.7 * ink.pixels(ink.HEADLINE)
        shapes, full, cured = (
            Shapes((block.shape, one, block.shape), COLORS, names=("a", "v", "sum"), pitch=1.9, size=big)
            for one in ((None, len(vector)), (1, len(vector)), (len(vector), 1))
        )
        side.inset(0.0, ink.MARGIN / 2).put(cured, DOWN)
        for each in (shapes, full):
            each.shift(cured.rule.get_center() - each.rule.get_center())
        code = words.code(snippets_numpy.REFUSED, size=ink.HEADLINE)
        side.put(code, UP)
        grid = ArrayCells(block.ravel(), *BLOCK, COLORS[0])
        grid.put(grid.grid(layout.ROWS, grid.step(picture.middle, 0.66, -0.64)))
        spots = grid.centres
        thin = ArrayCells(vector, *BLOCK, COLORS[1])
        lying = grid.step(spots[9:], 0.0, 1.36)
        upright = grid.step(spots[::4], -1.14)
        thin.put(lying)
        gap = ArrayCells(["?"], *BLOCK, ink.error)
        gap.put(grid.step(spots[8:9], 0.0, 1.36))
        self.allow(thin, grid, "the vector is stood up beside the array")
        self.allow(thin, thin, "its entries pass one another as it is stood up")
        with self.beat("Now three by four, plus a vector of three.") as beat:
            self.exchange(grid, shapes.line(0), shapes.rule)
            beat.until("plus")
            beat.over(FadeIn(thin, shapes.line(1), code))
        with self.beat("Will it fit?"):
            self.play(words.light(shapes.line(1)), run_time=pace.BRISK)
        self.think()
        with self.beat("A missing axis counts as a one, on the left. So three faces four.") as beat:
            beat.over("one", FadeIn(full.digit(1, 1), shift=place.NUDGE * RIGHT), until="So")
            beat.over(words.light(shapes.axis(0), ink.error), FadeIn(gap))
        wrong = words.label("ValueError", ink.error, size=ink.HEADLINE)
        wrong.move_to(cured.line(2))
        edge = VGroup(shapes.digit(0, 0), shapes.digit(1, 0), gap)
        with self.beat("They are not equal, and neither is a one. NumPy refuses.") as beat:
            edge[:2].set_color(ink.error)
            beat.over(jar(edge), until="NumPy")
            beat.over(words.write(wrong))
        fix = words.code(snippets_numpy.CURE, size=0.8 * ink.HEADLINE)
        fix.move_to(code, aligned_edge=UP)
        with self.beat(
            "Insert a one on the right instead. Three faces three, one faces four: it fits."
        ) as beat:
            beat.over(
                FadeOut(wrong),
                words.rewrite(code, fix),
                FadeOut(full.digit(1, 1), shift=place.NUDGE * LEFT),
                shapes.digit(1, 0).animate.move_to(cured.digit(1, 1)).set_color(COLORS[1]),
                shapes.digit(0, 0).animate.set_color(COLORS[0]),
                FadeIn(cured.digit(1, 0)),
                FadeOut(gap),
                glide(thin.put, lying, upright),
                until="Three",
                least=pace.CALM,
            )
            ghosts = ArrayCells(np.repeat(vector, layout.COLUMNS), *BLOCK, COLORS[1], fill=0.0)
            for box in ghosts.boxes:
                box.inside.set_opacity(0.0)
            begin = np.repeat(upright, layout.COLUMNS, axis=0)
            for cells in (grid, thin):
                self.allow(ghosts, cells, "the column is pulled out over the array")

            def draw_out(places: Floats, strength: float) -> ArrayCells:
                for box in ghosts.put(places).boxes:
                    box.outline.set_stroke(opacity=strength)
                return ghosts

            self.add(draw_out(begin, 0.0))
            beat.over(FadeIn(cured.digit(2, 1)), words.light(shapes.digit(0, 1)), until="one")
            beat.over(
                glide(draw_out, (begin, 0.0), (spots, 1.0), ghosts), FadeIn(cured.digit(2, 0), cured.names[2])
            )

    def let_dusk_fall(self) -> None:
        """The photograph times three numbers."""
        (frame,) = self.shot(shot.wide())
        photo = self.photo_bytes
        window = Viewport(photo, frame, WHOLE)
        room = shot.safe(titled=False)
        shapes = Shapes(
            (photo.shape, (None, None, 3), photo.shape), (ink.first, ink.truth, ink.focus), pitch=1.9
        )
        plate = Tag(shapes, 0.93)
        plate.plate.stretch_to_fit_height(plate.plate.height + 0.3).stretch_to_fit_width(
            plate.plate.width + 0.3
        )
        room.put(plate, UP + RIGHT)
        code = Tag(words.code(snippets_numpy.DUSK, size=44.0), 0.85)
        clipped = Tag(words.code(snippets_numpy.CLIP, size=44.0), 0.85)
        room.put(VGroup(code, clipped).arrange(DOWN, buff=0.1, aligned_edge=LEFT), DOWN + LEFT)
        credit = room.put(Tag(words.label(data.CREDIT, ink.quiet)), UP + LEFT)
        line = shapes.line(2)
        shapes.remove(*line)
        with self.beat("Now the whole photograph, times three numbers: for red, green and blue.") as beat:
            self.exchange(window, credit)
            beat.over(FadeIn(plate), until="times")
            beat.over(FadeIn(code))
        with self.beat("Three faces three; rows and columns stretch. Dusk falls on every pixel.") as beat:
            beat.over(words.light(shapes.axis(0)), until="rows")
            beat.over(FadeIn(line), until="Dusk")
            beat.over(
                drive(lambda share: window.redraw(broadcast.at_dusk(photo, share))),
                FadeIn(clipped),
                least=pace.LONG,
            )
        left = float(plate.get_left()[0]) - ink.MARGIN
        near = (left, frame.right), (frame.top - (frame.right - left) / 2, frame.top - ink.MARGIN / 2)
        with self.beat("So write the shapes from the right before you run the line.") as beat:
            self.play(FadeOut(clipped, code, credit), run_time=pace.QUICK)
            beat.over("shapes", self.frame.to_region(*near), until="right", least=pace.SLOW)
            beat.over(words.light(VGroup(*shapes.line(0), *shapes.line(1))))
        self.play(self.frame.back(), FadeOut(plate, line), run_time=pace.BRISK)
