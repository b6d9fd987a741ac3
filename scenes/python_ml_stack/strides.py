"""One strip of memory, read as rows and columns: shape, strides, views."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, Line, VGroup, linear
from numpy.typing import NDArray

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.maths.python_ml_stack import data, layout, snippets_numpy, timing
from scenes.python_ml_stack.cells import Cells, Hop
from scenes.python_ml_stack.speed import WHOLE
from scenes.python_ml_stack.stage import PythonMlStackStage
from scenes.python_ml_stack.window import Part, Window

CELL: Final = 1.08
"""Scene units of a cell of the tape."""
SEAM: Final = Part(427.0, 320.0, 360.0)
"""Where the photograph ends and its mirrored view begins."""
ALL: Final = Part(427.0, 320.0, 880.0)
PATCH: Final = (slice(60, 130), slice(440, 545))
"""What is painted, in the mirrored view: rows and columns."""
SHOWN: Final = (150, slice(200, 204))
"""Pixels of which the bytes are read."""
ADDRESS: Final = '"address" = "start" + {{ 1920 i : row }} + {{ 3 j : column }} + {{ c : color }}'


class Strides(PythonMlStackStage):
    """One strip of memory, read as rows and columns: shape, strides, views."""

    @chapter("Rows and columns out of one strip", "memory layout and strides")
    def rows_and_columns_out_of_one_strip(self) -> None:
        self.untitled()
        self.fold_the_tape()
        self.store_by_rows()
        self.address_a_byte()
        self.see_the_lake()
        self.write_into_the_view()
        self.fetch_neighbours()

    def fold_the_tape(self) -> None:
        """Twelve numbers on a tape, lifted to three rows of four."""
        (room,) = self.shot(shot.headline())
        self.room = room
        block = self.block = layout.block()
        upper, lower = room.rows(3.6, 1, gap=0.3)
        tape = self.tape = Cells(block.ravel(), CELL, 1.0)
        lower.put(tape)
        grid = self.grid = Cells(block.ravel(), 1.6, 1.35)
        start = tape.centres
        aim = self.aim = grid.grid(layout.ROWS, upper.columns(1.15, 1)[0].middle)
        side = self.side = upper.columns(1.15, 1)[1]
        with self.beat("Memory is one long strip. How can it hold rows and columns?") as beat:
            self.add(tape)
            self.play(self.frame.to(VGroup(*tape.boxes[:5]), share=1.0), run_time=pace.QUICK)
            beat.over(self.frame.to(VGroup(*tape.boxes[7:]), share=1.0), until="How", least=pace.SLOW)
            beat.over(self.frame.back(), least=pace.SLOW)
        grid.put(start)
        self.add(grid)
        shape = self.shape_label = words.label(f"shape {block.shape}", size=ink.HEADLINE)
        side.inset(0.0, ink.MARGIN).put(shape, UP + LEFT)
        with self.beat("The shape counts the entries in each direction: three rows, four columns.") as beat:
            beat.over(glide(grid.put, start, aim), until="three", least=pace.SLOW)
            beat.over(words.write(shape))
        hops = [
            Hop(grid.step(aim[0], 0.0, -0.26), grid.step(aim[1], 0.0, -0.26), 0.0, ink.focus),
            Hop(tape.boxes[0].get_top(), tape.boxes[1].get_top(), 0.35, ink.focus),
            Hop(
                grid.step(aim[0], -0.25),
                grid.step(aim[4], -0.25),
                0.0,
                ink.truth,
            ),
            Hop(tape.boxes[0].get_bottom(), tape.boxes[4].get_bottom(), -0.13, ink.truth),
        ]
        self.hops = VGroup(*hops)
        strides = self.strides_label = words.label(
            f"strides ([{block.strides[0]}:truth], [{block.strides[1]}:focus])", size=ink.HEADLINE
        )
        strides.next_to(shape, DOWN, buff=0.5, aligned_edge=LEFT)
        with self.beat("A stride is how many bytes to jump to the next entry in one direction.") as beat:
            beat.over("jump", Create(hops[0]), Create(hops[1]))
        with self.beat("To the right that is eight bytes. Down, it is a whole row: 32.") as beat:
            beat.over(words.light(hops[1]), words.light(hops[0]), until="Down")
            beat.over("Down", Create(hops[2]), Create(hops[3]), until="32", least=pace.CALM)
            beat.over(words.write(strides))

    def store_by_rows(self) -> None:
        """Rows one after another, or columns; then the transpose, for which nothing moves on the tape."""
        tape, grid = self.tape, self.grid
        order = words.label("row-major order\n(C order)", ink.first, size=ink.POINT)
        order.next_to(self.strides_label, DOWN, buff=0.6, aligned_edge=LEFT)
        spots = tape.centres
        places = np.empty_like(spots)
        places[layout.column_major(self.block.shape)] = spots

        def march(share: float) -> tuple[Cells, Cells]:
            lit = np.where(np.arange(12) // layout.COLUMNS == min(int(3 * share), 2), 1.0, 0.35)
            lit = lit if share < 1 else np.ones(12)
            return grid.shade(lit), tape.shade(lit)

        with self.beat("This is row-major order: one row after another on the strip.") as beat:
            self.play(FadeOut(self.hops), words.write(order), run_time=pace.BRISK)
            beat.over(drive(march, rate_func=linear), least=pace.LONG)
        other = words.label("column-major order", ink.first, size=ink.POINT)
        other.move_to(order, aligned_edge=UP + LEFT)
        with self.beat("Column-major order would store one column after another.") as beat:
            beat.over(words.rewrite(order, other), glide(tape.put, spots, places), least=pace.SLOW)
        self.play(glide(tape.put, places, spots), FadeOut(other), run_time=pace.CALM)
        turned = self.block.T
        flat = Cells(turned.ravel(), 1.6, 1.02)
        goal = flat.grid(turned.shape[0], np.mean(self.aim, axis=0))
        aims = np.empty_like(self.aim)
        aims[turned.ravel()] = goal
        shape = words.label(f"shape {turned.shape}", size=ink.HEADLINE)
        shape.move_to(self.shape_label, aligned_edge=UP + LEFT)
        strides = words.label(
            f"strides ([{turned.strides[0]}:focus], [{turned.strides[1]}:truth])", size=ink.HEADLINE
        )
        strides.move_to(self.strides_label, aligned_edge=UP + LEFT)
        code = words.code(snippets_numpy.TURN, size=ink.HEADLINE)
        code.next_to(strides, DOWN, buff=0.6, aligned_edge=LEFT)
        tall = self.grid.tall

        def turn(places: Floats, height: float) -> Cells:
            grid.put(places)
            for box, at in zip(grid.boxes, places, strict=True):
                box.outline.stretch_to_fit_height(height).move_to(at)
            return grid

        with self.beat("Transpose it: shape and strides swap, and the strip stands still.") as beat:
            beat.over(
                glide(turn, (self.aim, tall), (aims, flat.tall)),
                words.rewrite(self.shape_label, shape),
                words.write(code),
                until="strides",
                least=pace.SLOW,
            )
            beat.over(words.rewrite(self.strides_label, strides), until="strip")
            beat.over(LaggedStart(*(words.light(box.inside) for box in tape.boxes), lag_ratio=pace.LAG))

    def address_a_byte(self) -> None:
        """The photograph, and where each of its bytes lies."""
        (frame,) = self.shot(shot.wide())
        photo = self.photo_bytes
        window = self.window = Window(layout.lake(photo), frame, WHOLE)
        room = shot.safe(titled=False)
        colors = (ink.error, ink.third, ink.first)
        tape = Cells(["…", *photo[SHOWN].ravel(), "…"], 0.92, 0.9, ink.quiet, size=40.0, fill=0.25)
        for number in range(photo[SHOWN].size):
            tape.dye([number + 1], colors[number % 3])
        low = VGroup(Tag(VGroup(tape), 0.85))
        room.put(low, DOWN)
        credit = room.put(Tag(words.label(data.CREDIT, ink.quiet)), UP + RIGHT)
        with self.beat(
            "The photograph is such a strip: red, green, blue, pixel by pixel, row by row."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(window), run_time=pace.BRISK)
            self.add(credit)
            tape.shade(0.0)
            self.add(low)
            beat.over(drive(lambda share: tape.shade(np.clip(16 * share - np.arange(14), 0, 1))))
        law = words.formula(
            ADDRESS, {"row": ink.truth, "column": ink.focus, "color": ink.error}, size=ink.HEADLINE
        )
        top = Tag(law, 0.85)
        room.put(top, UP)
        row, column = float(SHOWN[0]), float(SHOWN[1].start)
        across = Line(LEFT, RIGHT, color=ink.truth, stroke_width=LINE)
        up = Line(UP, DOWN, color=ink.focus, stroke_width=LINE)

        def point(at: Floats) -> tuple[Line, Line]:
            y, x = at
            corner, here = window.at(WHOLE.row - WHOLE.rows / 2, 0), window.at(y, x)
            across.put_start_and_end_on(
                np.array([frame.left, here[1], 0.0]), np.array([here[0], here[1], 0.0])
            )
            up.put_start_and_end_on(
                np.array([here[0], corner[1], 0.0]), np.array([here[0], here[1] - 1e-3, 0.0])
            )
            return across, up

        point(np.array([40.0, 600.0]))
        with self.beat("Where is the byte of row i, column j, colour c?") as beat:
            self.play(FadeOut(credit), FadeIn(across, up), run_time=pace.QUICK)
            self.play(glide(point, np.array([40.0, 600.0]), np.array([60.0, 520.0])), run_time=pace.SLOW)
        with self.beat(
            "At the start, plus i rows of 1,920 bytes, plus three bytes for each pixel, plus c."
        ) as beat:
            beat.at("start", FadeIn(top))
            beat.over(
                "plus",
                glide(point, np.array([60.0, 520.0]), np.array([row, 520.0])),
                words.light(law.part("row"), ink.truth),
                until="three",
            )
            beat.over(
                glide(point, np.array([row, 520.0]), np.array([row, column])),
                words.light(law.part("column"), ink.focus),
                until="c",
            )
            beat.over(words.light(law.part("color"), ink.error))
        self.law, self.low, self.top, self.cross = law, low, top, VGroup(across, up)

    def see_the_lake(self) -> None:
        """The row stride turned: the mirrored picture."""
        window = self.window
        turned = words.formula(
            ADDRESS.replace('"start"', '{{ "last row" : begin }}').replace("+ {{ 1920 i", "{{ - 1920 i"),
            {"row": ink.truth, "column": ink.focus, "color": ink.error, "begin": ink.chalk},
            size=ink.HEADLINE,
        )
        plate = Tag(turned, 0.85)
        shot.safe(titled=False).put(plate, UP)
        with self.beat("Now start at the last row, and turn the sign of the row stride.") as beat:
            self.play(FadeOut(self.cross), run_time=pace.QUICK)
            beat.over(FadeOut(self.top), FadeIn(plate), until="turn", least=pace.CALM)
            beat.over(words.light(turned.part("row"), ink.truth))
        with self.beat("What will you see?"):
            pass
        self.think()
        room = shot.safe(titled=False)
        left = shot.Region(room.left, room.bottom, -3.2, room.top)
        right = shot.Region(3.2, room.bottom, room.right, room.top)
        mirror = self.photo_bytes[::-1]
        code = left.put(words.code(snippets_numpy.LAKE, size=44.0), DOWN)
        told = right.put(
            words.label(f"strides\n{mirror.strides}".replace("-", "−"), ink.truth, size=44.0), DOWN
        )
        with self.beat("The temple, in a lake. No byte has moved.") as beat:
            self.play(FadeOut(plate, self.low), run_time=pace.QUICK)
            beat.over(glide(window.look, WHOLE, SEAM), until="lake", least=pace.LONG)
            beat.over(glide(window.look, SEAM, ALL), least=pace.LONG)
            self.play(FadeIn(code, told), run_time=pace.BRISK)
        self.code, self.told_strides = code, told

    def write_into_the_view(self) -> None:
        """A view shares its memory: what is painted below is painted above."""
        window, photo = self.window, self.photo_bytes
        rows, columns = PATCH
        room = shot.safe(titled=False)
        left = shot.Region(room.left, room.bottom, -3.2, room.top)
        right = shot.Region(3.2, room.bottom, room.right, room.top)
        names = [
            left.put(words.label("[view:focus]:\nthe same\nmemory", size=ink.POINT), UP),
            right.put(words.label("copy:\nits own\nmemory", size=ink.POINT), UP),
        ]
        with self.beat(
            "That is a view: the same memory, other strides. A copy has memory of its own."
        ) as beat:
            beat.over(words.write(names[0]), until="other")
            beat.over(words.light(self.told_strides), until="A copy")
            beat.over(words.write(names[1]))

        def paint(share: float) -> Window:
            painted = photo.copy()
            view = painted[::-1]
            stop = rows.start + round(share * (rows.stop - rows.start))
            view[rows.start : stop, columns] = ink.error.to_int_rgb()
            return window.show(layout.lake(painted))

        with self.beat("Write into the view, and the original changes as well.") as beat:
            beat.over(drive(paint, rate_func=linear), until="well", least=pace.LONG)
        with self.beat("Slices and transposes are views. Call copy when you need your own.") as beat:
            beat.over(words.light(names[0]), until="Call")
            beat.over(words.light(names[1]))

    def fetch_neighbours(self) -> None:
        """What comes from memory comes with its neighbours: rows use them, columns do not."""
        (room,) = self.shot(shot.headline())
        upper, lower = room.rows(3.6, 1, gap=0.3)
        tape = Cells(self.block.ravel(), CELL, 1.0)
        lower.put(tape)
        left, right = upper.columns(1.15, 1)
        grid = Cells(self.block.ravel(), 1.6, 1.35)
        grid.put(grid.grid(layout.ROWS, left.middle))
        piece = layout.COLUMNS
        told = words.label("along a row:\none piece", size=ink.HEADLINE)
        other = words.label(
            "down a column:\nthree pieces,\nmost of it [wasted:error]", size=0.85 * ink.HEADLINE
        )
        for each in (told, other):
            right.put(each)

        def lit(wanted: NDArray[Any]) -> Floats:
            level = np.full(12, 0.25)
            for number in layout.fetched(np.asarray(wanted, dtype=np.intp), piece):
                level[number * piece : (number + 1) * piece] = 0.6
            level[wanted] = 1.0
            return level

        def light(level: Floats) -> tuple[Cells, Cells]:
            return tape.shade(level), grid.shade(level)

        row, column = self.block[0], self.block[:, 0]
        with self.beat(
            "Order matters for speed. Memory comes in pieces of neighbours: a row needs them all."
        ) as beat:
            self.exchange(tape, grid)
            beat.over("pieces", glide(light, np.ones(12), lit(row)), words.write(told))
        with self.beat("Down a column, most of each piece is wasted.") as beat:
            beat.over(glide(light, lit(row), lit(column)), words.rewrite(told, other), until="wasted")
            tape.dye(column.tolist(), ink.focus)
            grid.dye(column.tolist(), ink.focus)
            beat.over(
                LaggedStart(
                    *(words.light(tape.boxes[number].inside) for number in column), lag_ratio=pace.LAG
                )
            )
        took = timing.read()
        times = 1000 * np.array([took.row_sums, took.column_sums])
        chart = BarChart(
            ("row sums", "column sums"),
            np.zeros(2),
            (0.0, 1.02 * float(times.max())),
            room.width,
            room.height,
            colors=(ink.focus, ink.error),
            decimals=0,
            label=f"milliseconds for {timing.SUMS:,} sums of {timing.SIDE:,} numbers, row-major",
        )
        room.put(chart)
        with self.beat(
            "Measured: the column sums take more than eight times as long as the row sums."
        ) as beat:
            self.play(FadeOut(tape, grid, other), FadeIn(chart), run_time=pace.BRISK)
            beat.over(glide(chart.redraw, np.zeros(2), times), least=pace.LONG)
        with self.beat("So go through an array in the order in which it lies.") as beat:
            beat.over(words.light(chart.names[0]), until="order")
            beat.over(words.light(chart.names[1]))
