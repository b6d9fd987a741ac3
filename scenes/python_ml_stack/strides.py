"""One strip of memory, read as rows and columns: shape, strides, views."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, Succession, VGroup, linear
from numpy.typing import NDArray

from scenes.kit import ink, pace, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.curved_arrow import CurvedArrow
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.kit.tag import Tag
from scenes.kit.viewport import Crop, Viewport
from scenes.maths.python_ml_stack import data, layout, snippets_numpy
from scenes.python_ml_stack.flock import raised
from scenes.python_ml_stack.speed import WHOLE, strip_of_memory
from scenes.python_ml_stack.stage import PythonMlStackStage

ALL: Final = Crop(427.0, 320.0, 880.0)
NEAR: Final = 5
"""Cells of the strip that are seen from near."""
ADDRESSED: Final = (1, 2)
"""Row and column of the entry of which the address is told."""
PATCH: Final = (slice(60, 130), slice(440, 545))
"""What is painted, in the mirrored view: rows and columns."""
SHOWN: Final = (150, slice(200, 204))
"""Pixels of which the bytes are read."""


class Strides(PythonMlStackStage):
    """One strip of memory, read as rows and columns: shape, strides, views."""

    @chapter("Rows and columns out of one strip", "memory layout and strides", goes_on=True)
    def rows_and_columns_out_of_one_strip(self) -> None:
        self.untitled()
        self.fold_the_tape()
        self.store_by_rows()
        self.read_the_photograph()
        self.see_the_lake()
        self.write_into_the_view()
        self.fetch_neighbours()

    def fold_the_tape(self) -> None:
        """Twelve numbers on a tape, lifted to three rows of four."""
        (room,) = self.shot(shot.headline())
        self.room = room
        block = self.block = layout.block()
        upper, _ = room.rows(3.6, 1, gap=0.3)
        tape = self.tape = strip_of_memory(room)
        grid = self.grid = ArrayCells(block.ravel(), 1.6, 1.35)
        start = tape.centres
        aim = self.aim = grid.grid(layout.ROWS, upper.columns(1.15, 1)[0].middle)
        side = self.side = upper.columns(1.15, 1)[1]
        seats = ArrayCells(block.ravel(), 1.6, 1.35, ink.faint, fill=0.08).put(aim)
        for box in seats.boxes:
            box.inside.set_opacity(0.0)
        with self.beat(
            "An array lies in memory as one long strip. How can it hold rows and columns?"
        ) as beat:
            self.add(tape)
            ends = VGroup(*tape.boxes[:NEAR]), VGroup(*tape.boxes[-NEAR:])
            self.play(self.frame.to(ends[0], share=0.95), run_time=pace.SLOW)
            beat.over(self.frame.to(ends[1], share=0.95, rate_func=linear), until="How", least=pace.LONG)
            beat.over(
                self.frame.back(),
                LaggedStart(*(FadeIn(box.outline) for box in seats.boxes), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )
        outlines = VGroup(*(box.outline for box in seats.boxes))
        self.add(grid.put(start).shade(0.0))
        self.allow(grid, outlines, "numbers come into the seats of the table")
        slim, full = (tape.wide, tape.tall, 0.0), (grid.wide, grid.tall, 1.0)
        level = np.zeros(len(grid.boxes))

        def rise(row: int, places: Floats, width: float, height: float, strength: float) -> ArrayCells:
            members = slice(row * layout.COLUMNS, (row + 1) * layout.COLUMNS)
            level[members] = strength
            for box, spot in zip(grid.boxes[members], places, strict=True):
                box.shift(spot - box.outline.get_center())
                box.outline.stretch_to_fit_width(width).stretch_to_fit_height(height).move_to(spot)
            return grid.shade(level)

        rows = [
            glide(partial(rise, row), (begin, *slim), (end, *full), grid)
            for row, (begin, end) in enumerate(
                zip(np.split(start, layout.ROWS), np.split(aim, layout.ROWS), strict=True)
            )
        ]

        shape = self.shape_label = words.label(f"shape {block.shape}", size=ink.HEADLINE)
        side.inset(0.0, ink.MARGIN).put(shape, UP + LEFT)
        with self.beat("The shape counts the entries in each direction: three rows, four columns.") as beat:
            beat.over(
                Succession(*rows),
                until="three",
                least=pace.LONG,
            )
            beat.over(FadeOut(outlines), words.write(shape))
        axes = words.label("[axis 0:truth]: down\n[axis 1:focus]: right", size=ink.HEADLINE)
        axes.next_to(shape, DOWN, buff=0.6, aligned_edge=LEFT)
        corner = grid.step(aim[0], -0.59, -0.6)
        ways = [
            CurvedArrow(corner, grid.step(aim[8], -0.59, 0.5), 0.0, ink.truth),
            CurvedArrow(corner, grid.step(aim[3], 0.5, -0.6), 0.0, ink.focus),
        ]
        with self.beat("Each direction is an axis. They are numbered from zero: down, then right.") as beat:
            beat.over(FadeIn(axes), until="zero")
            beat.over("down", Create(ways[0]), until="right")
            beat.over(Create(ways[1]))
        hops = [
            CurvedArrow(grid.step(aim[0], 0.0, -0.26), grid.step(aim[1], 0.0, -0.26), 0.0, ink.focus),
            CurvedArrow(tape.boxes[0].get_top(), tape.boxes[1].get_top(), 0.35, ink.focus),
            CurvedArrow(
                grid.step(aim[0], -0.25),
                grid.step(aim[4], -0.25),
                0.0,
                ink.truth,
            ),
            CurvedArrow(tape.boxes[0].get_bottom(), tape.boxes[4].get_bottom(), -0.13, ink.truth),
        ]
        self.hops = VGroup(*hops)
        strides = self.strides_label = words.label(
            f"strides ([{block.strides[0]}:truth], [{block.strides[1]}:focus])", size=ink.HEADLINE
        )
        strides.next_to(shape, DOWN, buff=0.5, aligned_edge=LEFT)
        with self.beat("A stride is how many bytes to jump to the next entry along an axis.") as beat:
            beat.over(FadeOut(axes, *ways), until="jump")
            beat.over(Create(hops[0]), Create(hops[1]))
        with self.beat("To the right that is eight bytes. Down, it is a whole row: 32.") as beat:
            beat.over(words.light(hops[1]), words.light(hops[0]), until="Down")
            beat.over("Down", Create(hops[2]), Create(hops[3]), until="32", least=pace.CALM)
            beat.over(words.write(strides))
        there = np.array(ADDRESSED)
        number = int(self.block[ADDRESSED])
        (row, column), (down, right) = there, self.block.strides
        address = words.label(
            f"a[{row}, {column}]:\n[{row} × {down}:truth] + [{column} × {right}:focus] = {there @ self.block.strides}",
            size=ink.POINT,
        )
        address.next_to(strides, DOWN, buff=0.6, aligned_edge=LEFT)
        with self.beat(
            "So row one, column two, from zero: one 32 and two eights, 48 bytes from the start."
        ) as beat:
            beat.over(words.light(grid.boxes[number].inside), FadeIn(address), until="one 32")
            beat.over(words.light(hops[3]), words.light(hops[2]), until="two eights")
            beat.over(words.light(hops[1]), words.light(hops[0]), until="48")
            beat.over(words.light(tape.boxes[number].inside), words.light(grid.boxes[number].inside))
        self.hops.add(address)

    def store_by_rows(self) -> None:
        """Rows one after another; a column of them; then the transpose, for which nothing moves on the tape."""
        tape, grid = self.tape, self.grid
        order = words.label("row-major order\n(C order)", ink.first, size=ink.POINT)
        order.next_to(self.strides_label, DOWN, buff=0.6, aligned_edge=LEFT)
        spots = tape.centres
        places = np.empty_like(spots)
        places[layout.column_major(self.block.shape)] = spots

        def march(share: float) -> tuple[ArrayCells, ArrayCells]:
            lit = np.where(np.arange(12) // layout.COLUMNS == min(int(3 * share), 2), 1.0, 0.35)
            lit = lit if share < 1 else np.ones(12)
            return grid.shade(lit), tape.shade(lit)

        for cells in (grid, tape):
            self.allow(cells, "contrast", "rows that are not spoken of are dim")
        with self.beat("This is row-major order: one row after another on the strip.") as beat:
            self.play(FadeOut(self.hops), words.write(order), run_time=pace.BRISK)
            beat.over(drive(march, rate_func=linear), least=pace.LONG)
        picked = self.block[:, 1]
        level = np.full(self.block.size, 0.3)
        level[picked] = 1.0
        first = words.label(f"shape {picked.shape}", size=ink.HEADLINE)
        first.move_to(self.shape_label, aligned_edge=UP + LEFT)
        step = words.label(f"strides ([{picked.strides[0]}:truth],)", size=ink.HEADLINE)
        step.move_to(self.strides_label, aligned_edge=UP + LEFT)
        column = words.code(snippets_numpy.COLUMN, size=ink.HEADLINE)
        column.next_to(step, DOWN, buff=0.6, aligned_edge=LEFT)
        leaps = VGroup(
            *(
                CurvedArrow(tape.boxes[one].get_top(), tape.boxes[two].get_top(), 0.13, ink.truth)
                for one, two in pairwise(picked)
            )
        )

        def light(level: Floats) -> tuple[ArrayCells, ArrayCells]:
            return grid.shade(level), tape.shade(level)

        whole = np.ones(self.block.size)
        with self.beat(
            "A slice takes part of it: a column starts at its first entry, and jumps by rows."
        ) as beat:
            beat.over(
                glide(light, whole, level, grid, tape),
                FadeOut(order),
                FadeIn(column),
                words.rewrite(self.shape_label, first),
                until="starts",
            )
            beat.over(words.light(tape.boxes[int(picked[0])].inside), until="jumps")
            beat.over(
                LaggedStart(*map(Create, leaps), lag_ratio=pace.LAG), words.rewrite(self.strides_label, step)
            )
        self.shape_label, self.strides_label = first, step
        self.allow(grid, grid, "entries pass one another while rows become columns")
        turned = self.block.T
        flat = ArrayCells(turned.ravel(), 1.6, 1.02)
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

        def turn(places: Floats, height: float, level: Floats) -> ArrayCells:
            light(level)
            grid.put(places)
            for box, at in zip(grid.boxes, places, strict=True):
                box.outline.stretch_to_fit_height(height).move_to(at)
            return grid

        with self.beat("Transpose it: shape and strides swap, and the strip stands still.") as beat:
            beat.over(
                glide(turn, (self.aim, tall, level), (aims, flat.tall, whole), grid, tape),
                FadeOut(leaps),
                words.rewrite(self.shape_label, shape),
                words.rewrite(column, code),
                until="strides",
                least=pace.SLOW,
            )
            beat.over(words.rewrite(self.strides_label, strides), until="strip")
            beat.over(LaggedStart(*(words.light(box.inside) for box in tape.boxes), lag_ratio=pace.LAG))

    def read_the_photograph(self) -> None:
        """The photograph is such a strip, of single bytes."""
        (frame,) = self.shot(shot.wide())
        photo = self.photo_bytes
        window = self.window = Viewport(layout.lake(photo), frame, WHOLE)
        room = shot.safe(titled=False)
        colors = (ink.error, ink.third, ink.first)
        tape = ArrayCells(["…", *photo[SHOWN].ravel(), "…"], 0.92, 0.9, ink.quiet, size=40.0, fill=0.25)
        for number in range(photo[SHOWN].size):
            tape.dye([number + 1], colors[number % 3])
        low = self.low = VGroup(Tag(VGroup(tape), 0.85))
        room.put(low, DOWN)
        credit = self.credit = room.put(Tag(words.label(data.CREDIT, ink.quiet)), UP + RIGHT)
        told = self.read_off = self.plate(photo)
        with self.beat(
            "The photograph is such a strip: red, green, blue, pixel by pixel, row by row. Here each takes one byte."
        ) as beat:
            self.play(FadeOut(*self.mobjects), FadeIn(window), run_time=pace.BRISK)
            tape.shade(0.0)
            self.play(FadeIn(credit, low), run_time=pace.QUICK)
            beat.over(
                drive(lambda share: tape.shade(np.clip(16 * share - np.arange(14), 0, 1)), rate_func=linear),
                until="Here",
            )
            beat.over(FadeIn(told))

    def plate(self, photo: NDArray[Any]) -> Tag:
        """The dtype and the strides of a photograph, in the upper left of the frame."""
        down, right, color = (f"{stride}".replace("-", "−") for stride in photo.strides)
        text = words.label(
            f"dtype [{photo.dtype}:first]\nstrides ([{down}:truth], [{right}:focus], [{color}:error])",
            size=ink.POINT,
        )
        return shot.safe(titled=False).put(Tag(text, 0.97), UP + LEFT)

    def see_the_lake(self) -> None:
        """The row stride turned: the mirrored picture."""
        window = self.window
        frame = shot.EDGES
        turned = self.plate(self.photo_bytes[::-1])
        high = WHOLE.row - 0.15 * WHOLE.rows
        low = WHOLE.row + WHOLE.rows * (0.5 - 2.4 * ink.CAPTION_BAND / ink.FRAME_HEIGHT)
        line = Segments(bare(), ink.truth, 2 * LINE)

        def start(row: float) -> Segments:
            y = float(window.at(row, 0.0)[1])
            return line.redraw((frame.left, y), (frame.right, y))

        start(high)
        with self.beat("Now start at the last row, and turn the sign of the row stride.") as beat:
            self.play(FadeIn(line), FadeOut(self.low, self.credit), run_time=pace.QUICK)
            beat.over(glide(start, high, low, line), until="turn", least=pace.CALM)
            beat.over(FadeOut(self.read_off), FadeIn(turned))
        with self.beat("What will you see?") as beat:
            beat.over(glide(start, low, high, line), least=pace.SLOW)
        self.think()
        room = raised(shot.safe(titled=False))
        left = shot.Region(room.left, room.bottom, -3.2, room.top)
        right = shot.Region(3.2, room.bottom, room.right, room.top)
        mirror = self.photo_bytes[::-1]
        code = left.put(words.code(snippets_numpy.LAKE, size=44.0), DOWN)
        told = right.put(
            words.label(f"strides\n{mirror.strides}".replace("-", "−"), ink.truth, size=44.0), DOWN
        )
        edge = -ink.FRAME_HEIGHT * self.photo_bytes.shape[1] / ALL.rows / 2
        halves = [
            Tag(words.code(text, size=44.0), 0.85).next_to(
                np.array([edge, 0.0, 0.0]), side + RIGHT, buff=0.12
            )
            for text, side in (("photo", UP), ("lake", DOWN))
        ]
        with self.beat("Drawn below the photo, it is a lake. No byte has moved.") as beat:
            self.play(FadeOut(turned, line), run_time=pace.QUICK)
            beat.over(glide(window.look, WHOLE, ALL), least=pace.LONG)
            self.play(FadeIn(code, told, *halves), run_time=pace.QUICK)
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
        low, high = (float(edge[1]) for edge in (self.told_strides.get_top(), names[1].get_bottom()))
        place = shot.Region(right.left, low + 0.2, right.right, high - 0.2)
        tall = place.width * photo.shape[0] / photo.shape[1]
        place = place.inset(0.0, max(0.0, (place.height - tall) / 2))
        own = Viewport(photo[::-1], place, Crop(photo.shape[0] / 2, photo.shape[1] / 2, photo.shape[0]))
        with self.beat(
            "That is a view: the same memory, other strides. A copy has memory of its own."
        ) as beat:
            beat.over(words.write(names[0]), until="other")
            beat.over(words.light(self.told_strides), until="A copy")
            beat.over(words.write(names[1]), FadeIn(own))

        def paint(share: float) -> Viewport:
            painted = photo.copy()
            view = painted[::-1]
            stop = rows.start + round(share * (rows.stop - rows.start))
            view[rows.start : stop, columns] = ink.error.to_int_rgb()
            return window.redraw(layout.lake(painted))

        with self.beat("Write into the view, and the original changes as well.") as beat:
            beat.over(drive(paint, rate_func=linear), until="well", least=pace.LONG)
        with self.beat("Slices and transposes are views. Call copy when you need your own.") as beat:
            beat.over(words.light(names[0]), until="Call")
            beat.over(words.light(names[1]))

    def fetch_neighbours(self) -> None:
        """What comes from memory comes with its neighbours: rows use them, columns do not."""
        (room,) = self.shot(shot.headline())
        tape, grid = strip_and_table(room)
        upper, _ = room.rows(3.6, 1, gap=0.3)
        _, right = upper.columns(1.15, 1)
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

        def light(level: Floats) -> tuple[ArrayCells, ArrayCells]:
            return tape.shade(level), grid.shade(level)

        row, column = self.block[0], self.block[:, 0]
        for cells in (tape, grid):
            self.allow(cells, "contrast", "what is not fetched is dim")
        self.exchange(tape, grid)
        with self.beat(
            "Order matters for speed. Memory comes in pieces of neighbours: a row needs them all."
        ) as beat:
            beat.over("pieces", glide(light, np.ones(12), lit(row)), words.write(told))
        with self.beat("Down a column, most of each piece is wasted.") as beat:
            self.play(glide(light, lit(row), lit(column)), FadeOut(told), FadeIn(other), run_time=pace.CALM)
            tape.dye(column.tolist(), ink.focus)
            grid.dye(column.tolist(), ink.focus)
            beat.over(
                LaggedStart(
                    *(words.light(tape.boxes[number].inside) for number in column), lag_ratio=pace.LAG
                ),
                least=pace.LONG,
            )
        tape, grid = strip_and_table(room)
        for cells in (tape, grid):
            self.allow(cells, "contrast", "what is still to come is dim")

        def walk(share: float) -> tuple[ArrayCells, ArrayCells]:
            count = len(tape.boxes)
            level = np.where(np.arange(count) <= int(share * count), 1.0, 0.35)
            return tape.shade(level), grid.shade(level)

        with self.beat("So go through an array in the order in which it lies.") as beat:
            walk(0.0)
            self.exchange(tape, grid)
            beat.over(drive(walk, rate_func=linear), until="which", least=pace.LONG)
            beat.over(words.write(right.put(words.label("row by row", ink.focus, size=ink.HEADLINE))))


def strip_and_table(room: shot.Region) -> tuple[ArrayCells, ArrayCells]:
    """The strip of memory, and above it on the left of ``room`` the table that it is read as."""
    block = layout.block()
    upper, _ = room.rows(3.6, 1, gap=0.3)
    grid = ArrayCells(block.ravel(), 1.6, 1.35)
    grid.put(grid.grid(layout.ROWS, upper.columns(1.15, 1)[0].middle))
    return strip_of_memory(room), grid
