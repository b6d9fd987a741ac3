"""Masks that pick, and reductions that fold an axis away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.curved_arrow import CurvedArrow
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
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
CELL: Final = 1.64
"""Scene units of a cell of the block."""


class Masks(PythonMlStackStage):
    """Masks that pick, and reductions that fold an axis away."""

    @chapter("A comparison answers for each cell", "boolean masks", "axis reductions", goes_on=True)
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
                FadeIn(names[2]),
                self.frame.back(),
                until="seven",
                least=pace.SLOW,
            )
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
        other = words.code(snippets_numpy.COUNT, size=46.0)
        count = words.label(f"{int(mask.sum())}", ink.focus, size=ink.HEADLINE)
        rows[2].put(count)
        sides[2].put(other, LEFT)
        assign = words.code(snippets_numpy.ZERO, size=46.0)
        sides[0].put(assign, LEFT)
        with self.beat(
            "It counts: three are true. On the left of the equals sign, it writes into x itself: here, zero."
        ) as beat:
            self.play(FadeOut(picked, names[2], copied, jumps), FadeIn(count, other), run_time=pace.BRISK)
            beat.over(words.light(count), until="left")
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
        share = masks.bright(photo).mean()
        told = room.put(Tag(words.headline(f"true: {100 * share:.0f} %", ink.focus)), UP + LEFT)
        with self.beat("On the photograph: where is blue above 200?") as beat:
            self.exchange(window, first, credit)
            beat.over(
                drive(
                    lambda share: window.redraw(masks.shown(photo, round(share * len(photo)))),
                    rate_func=linear,
                ),
                least=pace.LONG,
            )
            self.play(FadeIn(told), run_time=pace.QUICK)
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
                "The rows are pressed into one, in the order of memory: four sums.",
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
        _, right = room.columns(1, 1, gap=0.8)
        block = self.block
        rows = block.mean(axis=1)
        left, _ = room.columns(1, 1, gap=0.8)
        fits = left.put(_shapes(block.shape, (None, block.shape[1])))
        first = left.put(words.code(snippets_numpy.CENTRE, size=42.0), UP)
        clash = _shapes(block.shape, (None, *rows.shape))
        kept = _shapes(block.shape, (*rows.shape, 1))
        codes = [
            first,
            *(
                right.put(words.code(text, size=42.0), UP)
                for text in (
                    snippets_numpy.CLASH,
                    snippets_numpy.KEEP.replace(", keep", ",\n    keep"),
                )
            ),
        ]
        right.put(clash)
        kept.shift(clash.rule.get_center() - kept.rule.get_center())
        line = fits.line(2)
        self.exchange(codes[0], also=[self.frame.to(codes[0], fits, share=0.86)])
        with self.beat("Subtract the mean of each column. Four faces four, so it fits.") as beat:
            beat.over(FadeIn(fits.line(0), fits.line(1), fits.rule), until="so")
            beat.over(FadeIn(line))
        home = VGroup(clash.digit(0, 0), clash.digit(1, 0))
        with self.beat("The mean of each row has shape three. Three against four: an error.") as beat:
            beat.over(
                FadeIn(codes[1], clash.line(0), clash.line(1), clash.rule),
                FadeOut(codes[0], fits.line(0), fits.line(1), fits.rule, line),
                self.frame.to(codes[1], codes[2], clash, share=0.84),
                until="Three",
            )
            home.set_color(ink.error)
            beat.over(jar(home))
        with self.beat("keepdims leaves a one in its place, so the result can broadcast back.") as beat:
            beat.over(
                words.rewrite(codes[1], codes[2]),
                clash.digit(1, 0).animate.move_to(kept.digit(1, 1)).set_color(ink.truth),
                clash.digit(0, 0).animate.set_color(ink.first),
                until="one",
                least=pace.CALM,
            )
            beat.over(FadeIn(kept.digit(1, 0)), until="broadcast")
            beat.over(FadeIn(kept.line(2)))
        square = compared(room)
        with self.beat(
            "On a square array no error is raised, but the rows do not sum to zero. So check the shapes."
        ) as beat:
            self.exchange(*square.left, square.made, also=[self.frame.back()])
            beat.over(words.light(square.left[0]), until="rows")
            beat.over(*(words.light(each.inside) for each in square.wrong.boxes), until="So")
            beat.over(FadeIn(*square.right))


@dataclass(frozen=True)
class Square:
    """What is left of a square array of which the means of rows are subtracted, by mistake and as it should be.

    ``left`` and ``right`` are each a line of code, the cells of its result, and the sums of their rows.
    """

    left: tuple[words.Words, ArrayCells, words.Words]
    right: tuple[words.Words, ArrayCells, words.Words]
    made: words.Words

    @property
    def wrong(self) -> ArrayCells:
        """The cells that the mistake gives."""
        return self.left[1]

    def all(self) -> VGroup:
        """All of it, as the chapter ends."""
        return VGroup(*self.left, *self.right, self.made)


def compared(room: shot.Region) -> Square:
    """A square array minus the means of its rows, twice: with them the one chapter ends and the next begins."""
    upper, foot = room.rows(1, 0.14, gap=0.2)
    sides = []
    for text, result, color, area in zip(
        (snippets_numpy.CLASH, snippets_numpy.KEEP.replace(", keep", ",\n    keep")),
        masks.centred_square(),
        (ink.error, ink.focus),
        upper.columns(1, 1, gap=0.8),
        strict=True,
    ):
        head, body, low = area.rows(0.3, 0.9, 0.16, gap=0.15)
        cells = ArrayCells([_signed(entry) for entry in result.ravel()], 1.7, 1.05, color)
        cells.put(cells.grid(len(result), body.middle))
        sums = "rows sum to " + ", ".join(_signed(each) for each in result.sum(axis=1))
        sides.append(
            (head.put(words.code(text, size=42.0)), cells, low.put(words.label(sums, color, size=44.0)))
        )
    return Square(sides[0], sides[1], foot.put(words.code(snippets_numpy.SQUARE, size=42.0)))


def _signed(entry: float) -> str:
    return f"{entry:.0f}".replace("-", "−")


def _shapes(one: Shape, other: Shape) -> Shapes:
    """The shape of an array and that of its means, large."""
    return Shapes(
        (one, other, one),
        (ink.first, ink.truth, ink.focus),
        names=("a", "mean", "result"),
        pitch=1.7,
        size=1.35 * ink.pixels(ink.HEADLINE),
    )


def _come(cells: ArrayCells, places: Floats, strength: float) -> ArrayCells:
    """``cells`` where they are by now, as bright as they are by now."""
    return cells.put(places).shade(strength)
