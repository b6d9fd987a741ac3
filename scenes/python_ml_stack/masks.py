"""Masks that pick, and reductions that fold an axis away."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.curved_arrow import CurvedArrow
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import BeatClock, chapter
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.viewport import Viewport
from scenes.maths.python_ml_stack import broadcast, data, layout, masks, snippets_numpy
from scenes.python_ml_stack.jar import jar
from scenes.python_ml_stack.shapes import Shape, Shapes
from scenes.python_ml_stack.speed import WHOLE
from scenes.python_ml_stack.stage import PythonMlStackStage

WIDE: Final = 2.1
"""Scene units of a cell of the array that is compared by hand."""
TALL: Final = 1.55
PRESSED: Final = 1.5
BLOCK: Final = (1.35, 1.35)
"""Width and height of a cell of which the mean is subtracted."""
CELL: Final = 1.64
"""Scene units of a cell of the block."""


class Masks(PythonMlStackStage):
    """Masks that pick, and reductions that fold an axis away."""

    @chapter("A comparison answers for each cell", "boolean masks and axis reductions", goes_on=True)
    def a_comparison_answers_for_each_cell(self) -> None:
        self.untitled()
        self.turn_back_to_day()
        self.compare_by_hand()
        self.paint_the_sky()
        self.fold_an_axis()
        self.keep_a_one()

    def turn_back_to_day(self) -> None:
        """The dusk lifts, and a question is asked of the picture."""
        (frame,) = self.shot(shot.wide())
        photo = self.photo_bytes
        window = self.window = Viewport(broadcast.at_dusk(photo), frame, WHOLE)
        self.add(window)
        with self.beat("How do you change the bright sky, and leave the temple alone?") as beat:
            beat.over(
                drive(lambda share: window.redraw(broadcast.at_dusk(photo, 1 - share))), least=pace.LONG
            )

    def compare_by_hand(self) -> None:
        """Four numbers, four answers; they pick, count and assign."""
        (room,) = self.shot(shot.headline())
        picture, side = room.columns(8.5, 4.2)
        rows = picture.rows(1, 1, 1, gap=0.35)
        numbers = ArrayCells(masks.HAND, WIDE, TALL, ink.first, size=ink.HEADLINE)
        mask = masks.hand_mask()
        answers = ArrayCells(mask, WIDE, TALL, ink.quiet, size=ink.POINT)
        answers.dye(np.flatnonzero(mask).tolist(), ink.focus)
        chosen = np.flatnonzero(mask)
        picked = ArrayCells(masks.HAND[mask], WIDE, TALL, ink.truth, size=ink.HEADLINE)
        zeros = ArrayCells(np.where(mask, 0, masks.HAND), WIDE, TALL, ink.first, size=ink.HEADLINE)
        for cells, row in zip((numbers, answers, picked, zeros), (*rows, rows[0]), strict=True):
            cells.put(cells.grid(1, row.middle))
        names = [
            words.code(text, size=ink.POINT)
            for text in (snippets_numpy.NUMBERS, snippets_numpy.ABOVE, snippets_numpy.PICK)
        ]
        sides = side.rows(1, 1, 1, gap=0.35)
        for name, row in zip(names, sides, strict=True):
            row.put(name, LEFT)
        near = self.frame.to(numbers, names[0], share=0.93)
        self.play(FadeOut(self.window), FadeIn(numbers, names[0]), near, run_time=pace.CALM)
        with self.beat("Take four numbers, and ask: which are above four?") as beat:
            beat.over(LaggedStart(*(words.light(box.inside) for box in numbers.boxes), lag_ratio=pace.LAG))
        term = words.label("boolean mask", ink.focus, size=ink.POINT)
        term.next_to(names[1], DOWN, buff=0.3, aligned_edge=LEFT)
        drop = glide(partial(_come, answers), (numbers.centres, 0.0), (answers.centres, 1.0), answers)
        with self.beat(
            "The comparison answers for each: a boolean mask, an array of true and false."
        ) as beat:
            self.add(_come(answers, numbers.centres, 0.0))
            two = self.frame.to(numbers, answers, *names[:2], term, share=0.95)
            beat.over(drop, FadeIn(names[1]), two, until="boolean", least=pace.SLOW)
            beat.over(words.write(term))
        goal = picked.centres
        begin = numbers.centres[chosen]
        self.allow(picked, answers, "what is picked comes down through the mask")
        with self.beat("It picks the entries where it is true: seven, nine and eight.") as beat:
            self.add(_come(picked, begin, 0.0))
            beat.over(
                glide(partial(_come, picked), (begin, 0.0), (goal, 1.0), picked),
                self.frame.back(),
                until="seven",
                least=pace.SLOW,
            )
            self.play(FadeIn(names[2]), run_time=pace.QUICK)
            beat.over(LaggedStart(*(words.light(box.inside) for box in picked.boxes), lag_ratio=pace.LAG))
        jumps = VGroup(
            *(
                VGroup(
                    CurvedArrow(start, end, bow, ink.truth),
                    words.caption((start + end) / 2, f"{size} bytes", UP, ink.truth, 0.4, 40.0),
                )
                for start, end, size, bow in zip(
                    (answers.boxes[number].get_top() for number in chosen[:-1]),
                    (answers.boxes[number].get_top() for number in chosen[1:]),
                    masks.hand_jumps(),
                    (0.16, 0.08),
                    strict=True,
                )
            )
        )
        with self.beat(
            "From true to true there is no fixed jump, so no stride can reach them: this is a copy."
        ) as beat:
            beat.over(LaggedStart(*map(FadeIn, jumps), lag_ratio=pace.LAG), until="so", least=pace.SLOW)
            copied = words.label("copy", ink.focus, size=ink.POINT)
            copied.next_to(names[2], DOWN, buff=0.3, aligned_edge=LEFT)
            beat.at("copy", FadeIn(copied))
            beat.over(LaggedStart(*(words.light(box.inside) for box in picked.boxes), lag_ratio=pace.LAG))
        other = words.code(snippets_numpy.COUNT, size=ink.POINT)
        count = words.label(f"{int(mask.sum())}", ink.focus, size=ink.HEADLINE)
        rows[2].put(count)
        sides[2].put(other, LEFT)
        assign = words.code(snippets_numpy.ZERO, size=ink.POINT)
        sides[0].put(assign, LEFT)
        with self.beat("It counts: three are true.") as beat:
            self.play(FadeOut(picked, names[2], copied, jumps), FadeIn(count, other), run_time=pace.BRISK)
            beat.over(*(words.light(answers.boxes[number].inside) for number in chosen), words.light(count))
        with self.beat("On the left of the equals sign, it writes into x itself: here, zero.") as beat:
            self.play(FadeOut(count, other), run_time=pace.QUICK)
            beat.over(FadeOut(names[0]), FadeIn(assign), until="itself")
            beat.over("itself", FadeOut(numbers), FadeIn(zeros))

    def paint_the_sky(self) -> None:
        """The mask runs over the photograph, and a colour is assigned through it."""
        (frame,) = self.shot(shot.wide())
        photo = self.photo_bytes
        window = Viewport(photo, frame, WHOLE)
        room = shot.safe(titled=False)
        first, second = (
            Tag(words.code(text, size=44.0), 0.85) for text in (snippets_numpy.MASK, snippets_numpy.ASSIGN)
        )
        room.put(VGroup(first, second).arrange(DOWN, buff=0.1, aligned_edge=LEFT), DOWN + LEFT)
        credit = room.put(Tag(words.label(data.CREDIT, ink.quiet)), UP + RIGHT)
        with self.beat("On the photograph: where is blue above 200?") as beat:
            self.exchange(window, first, credit)
            beat.over(
                drive(
                    lambda share: window.redraw(masks.shown(photo, round(share * len(photo)))),
                    rate_func=linear,
                ),
                least=pace.LONG,
            )
        with self.beat(
            "Assign through it: sky and bright water turn blue. It knows colour, not sky."
        ) as beat:
            beat.over(FadeIn(second), until="sky")
            beat.over(drive(lambda share: window.redraw(masks.painted(photo, share))), least=pace.LONG)

    def fold_an_axis(self) -> None:
        """Rows are pressed into one, or columns: the axis that is named leaves the shape."""
        (room,) = self.shot(shot.headline())
        picture, side = room.columns(2.1, 1)
        block = self.block = layout.block()
        cells = ArrayCells(block.ravel(), CELL, PRESSED, ink.first)
        home = cells.grid(3, cells.step(picture.middle, -0.56, -0.64))
        centred = cells.grid(3, picture.middle)
        cells.put(centred)
        shape = Shapes((block.shape,), (ink.first,), pitch=2.0, size=2 * ink.HEADLINE)
        shape.remove(shape.rule)
        side.put(shape)
        word = words.label("shape", ink.quiet, size=44.0)
        word.next_to(shape, UP, buff=0.4)
        term = words.label("reduction", ink.focus, size=ink.POINT)
        side.put(term, UP)
        self.exchange(cells, shape, word)
        with self.beat("A reduction, such as a sum or a mean, folds the axis that you name.") as beat:
            beat.over(words.write(term), until="folds")
            beat.over(words.light(shape))
        for axis, sentence, word_at, code_text in (
            (
                0,
                "The rows are pressed into one: four sums.",
                "pressed",
                snippets_numpy.SUM_0,
            ),
            (
                1,
                "Along axis one, each row is pressed into one number: the axis you name leaves the shape.",
                "pressed",
                snippets_numpy.SUM_1,
            ),
        ):
            sums = block.sum(axis=axis)
            result = ArrayCells(sums, CELL, PRESSED, ink.focus)
            spots = result.step(home[8:], 0.0, 1.4) if axis == 0 else result.step(home[3::4], 1.19)
            result.put(spots)
            index = np.indices(block.shape)[1 - axis].ravel()
            aims = spots[index]
            code = words.code(code_text, size=ink.POINT)
            side.put(code, DOWN)
            moving = ArrayCells(block.ravel(), CELL, PRESSED, ink.first).put(home)
            digit = shape.digit(0, 1 - axis)
            if axis == 0:
                with self.beat("Sum along axis zero. Which shape is left?") as beat:
                    beat.over(FadeIn(code), glide(cells.put, centred, home), until="Which")
                    beat.over(words.light(shape))
                self.think()
            with self.beat(sentence) as beat:
                if axis:
                    beat.over(FadeIn(code), until=word_at)
                self.add(_come(moving, home, 0.0))
                for against in (cells, moving, "contrast"):
                    self.allow(moving, against, "entries are pressed together along the axis")
                beat.over(
                    glide(partial(_come, moving), (home, 0.0), (aims, 1.0), moving),
                    digit.animate.set_opacity(0.0),
                    until="into",
                    least=pace.SLOW,
                )
                if axis:
                    self.play(FadeOut(moving), FadeIn(result), run_time=pace.BRISK)
                    beat.over(words.light(code), words.light(shape.digit(0, 1)))
                else:
                    beat.over(FadeOut(moving), FadeIn(result))
            if axis == 0:
                self.allow(result, "contrast", "the sums of before step back")
                self.play(
                    glide(result.shade, 1.0, 0.35),
                    FadeOut(code),
                    digit.animate.set_opacity(1.0),
                    run_time=pace.BRISK,
                )

    def keep_a_one(self) -> None:
        """Means of columns fit as they are; means of rows need their one kept."""
        (room,) = self.shot(shot.headline())
        end = Kept(room)
        block, grid = self.block, end.grid
        spots = grid.centres
        start = ArrayCells(block.ravel(), *BLOCK, ink.first).put(spots)
        columns, rows = block.mean(axis=0), block.mean(axis=1)
        fits = end.facing(_shapes(block.shape, (None, len(columns))))
        clash = end.facing(_shapes(block.shape, (None, len(rows))))
        first, second = end.coded(snippets_numpy.CENTRE), end.coded(snippets_numpy.CLASH)
        lying = ArrayCells(map(_signed, columns), *BLOCK, ink.truth)
        foot = grid.step(spots[8:], 0.0, 1.2)
        lying.put(foot)
        made = ArrayCells(map(_signed, masks.centred(0).ravel()), *BLOCK, ink.focus).put(spots)
        wrong = ArrayCells(map(_signed, rows), *BLOCK, ink.truth).put(foot[1:])
        gap = ArrayCells(["?"], *BLOCK, ink.error).put(foot[:1])
        for cells in (lying, end.means):
            for against in (start, cells, made, grid, "contrast"):
                self.allow(cells, against, "means are laid over the array from which they are taken")
        for against in (start, made, wrong, "contrast"):
            self.allow(grid, against, "the result takes the place of the array")
            self.allow(made, against, "the result takes the place of the array")
        for against in (start, "contrast"):
            self.allow(wrong, against, "its entries pass over the array as it is stood up")
        self.allow(wrong, wrong, "its entries pass one another as it is stood up")
        self.exchange(start, first)
        with self.beat("Subtract the mean of each column. Four faces four, so it fits.") as beat:
            beat.over(FadeIn(lying, fits.line(0), fits.line(1), fits.rule), until="so")
            copies = self.laid_over(beat, lying, np.tile(foot, (3, 1)), spots, start, made)
            self.play(FadeOut(copies, start), FadeIn(made, fits.line(2)), run_time=pace.BRISK)
        home = VGroup(clash.digit(0, 0), clash.digit(1, 0), gap)
        with self.beat("The mean of each row has shape three. Three against four: an error.") as beat:
            beat.over(
                FadeOut(made, lying, fits.line(0), fits.line(1), fits.line(2), fits.rule),
                FadeIn(start, wrong, clash.line(0), clash.line(1), clash.rule),
                words.rewrite(first, second),
                until="Three",
            )
            self.play(FadeIn(gap), run_time=pace.QUICK)
            home[:2].set_color(ink.error)
            beat.over(jar(home))
        kept, means = end.shapes, end.means
        upright = means.centres
        with self.beat("keepdims leaves a one in its place, so the result can broadcast back.") as beat:
            beat.over(
                words.rewrite(second, end.code),
                FadeOut(gap),
                clash.digit(1, 0).animate.move_to(kept.digit(1, 1)).set_color(ink.truth),
                clash.digit(0, 0).animate.set_color(ink.first),
                glide(wrong.put, foot[1:], upright, wrong),
                until="one",
                least=pace.CALM,
            )
            beat.over(FadeIn(kept.digit(1, 0)), until="broadcast")
            self.add(means)
            self.remove(wrong)
            copies = self.laid_over(beat, means, np.repeat(upright, 4, axis=0), spots, start, grid, wrong)
            self.play(FadeOut(copies, start), FadeIn(grid), run_time=pace.BRISK)
        with self.beat("Now each row sums to zero. To compute on with a mean, keep its one.") as beat:
            beat.over(FadeIn(kept.line(2)), *(words.light(box.inside) for box in grid.boxes), until="To")
            beat.over(words.light(end.code), words.light(kept.digit(1, 0)))
        self.remove(clash, *clash.submobjects, kept, *kept.submobjects)
        self.add(kept)

    def laid_over(
        self, beat: BeatClock, means: ArrayCells, starts: Floats, ends: Floats, *under: ArrayCells
    ) -> ArrayCells:
        """Frames of the ``means`` that slide over the array; they stand on the stage afterwards."""
        count = len(ends) // len(means.boxes)
        frames = ArrayCells(["0"] * (count * len(means.boxes)), means.wide, means.tall, ink.truth, fill=0.0)

        def slide(places: Floats, strength: float) -> ArrayCells:
            for box in frames.put(places).shade(strength).boxes:
                box.inside.set_opacity(0.0)
                box.outline.set_fill(opacity=0.0)
            return frames

        self.add(slide(starts, 0.0))
        for against in (frames, means, *under):
            self.allow(frames, against, "frames are pulled out of the means, over the array")
        beat.over(glide(slide, (starts, 0.0), (ends, 1.0), frames), least=pace.SLOW)
        return frames


class Kept:
    """The block minus the means of its rows, which kept their one: with it the one chapter ends and the next begins."""

    def __init__(self, room: shot.Region) -> None:
        picture, self.side = room.columns(1.3, 1)
        block = layout.block()
        self.grid = ArrayCells(map(_signed, masks.centred(1).ravel()), *BLOCK, ink.focus)
        self.grid.put(self.grid.grid(layout.ROWS, self.grid.step(picture.middle, 0.6, -0.5)))
        means = block.mean(axis=1, keepdims=True)
        self.means = ArrayCells(map(_signed, means.ravel()), *BLOCK, ink.truth)
        self.means.put(self.grid.step(self.grid.centres[::4], -1.14))
        self.shapes = self.side.put(_shapes(block.shape, means.shape), DOWN)
        self.code = self.coded(snippets_numpy.KEEP.replace("mean(axis=1, keep", "mean(\n  axis=1,\n  keep"))

    def coded(self, text: str) -> words.Words:
        """A line of code where this one stands."""
        return self.side.put(words.code(text, size=46.0), UP + LEFT)

    def facing(self, shapes: Shapes) -> Shapes:
        """Other shapes, where these are."""
        return shapes.shift(self.shapes.rule.get_center() - shapes.rule.get_center())

    def all(self) -> VGroup:
        """All of it, as the chapter ends."""
        return VGroup(self.grid, self.means, self.code, self.shapes)


def _signed(entry: float) -> str:
    return f"{entry:g}".replace("-", "−")


def _shapes(one: Shape, other: Shape) -> Shapes:
    """The shape of an array and that of its means, large."""
    return Shapes(
        (one, other, one),
        (ink.first, ink.truth, ink.focus),
        names=("a", "mean", "result"),
        pitch=1.5,
        size=1.2 * ink.pixels(ink.HEADLINE),
    )


def _come(cells: ArrayCells, places: Floats, strength: float) -> ArrayCells:
    """``cells`` where they are by now, as bright as they are by now."""
    return cells.put(places).shade(strength)
