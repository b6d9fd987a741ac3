"""A loop in Python, and one expression for the whole array."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Succession,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.bar_chart import BarChart
from scenes.kit.box import Box
from scenes.kit.curved_arrow import CurvedArrow
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.kit.tag import Tag
from scenes.kit.viewport import Crop, Viewport
from scenes.maths.python_ml_stack import brighten, data, layout, snippets_numpy, timing
from scenes.python_ml_stack.flock import spot
from scenes.python_ml_stack.stage import PythonMlStackStage

WHOLE: Final = Crop(190.0, 320.0, 360.0)
"""What of the photograph fills the frame."""
NEAR: Final = Crop(101.5, 204.0, 3.375)
"""Where its pixels are squares: six of them across."""
DIP: Final = 0.45
"""How far the photograph is dimmed on the way to its pixels and back: what rushes past is not to flash."""
BY_HAND: Final = (1.0, 2.0, 3.0, 4.0)
"""Floats, as those of which the loop is timed."""
SIDE: Final = 1.4
"""Scene units of a cell of the arrays that are multiplied by hand."""
RAISED: Final = 0.75
"""Scene units by which the wrapped numbers stand above the boxes of the list."""
LIST: Final = "over a list"
LOOP: Final = "over an array"
LINE_OF_CODE: Final = snippets_numpy.ONE_LINE
LARGER: Final = 1.4
"""How much larger than usual the names and numbers of a chart are, to be read on a phone."""
CELL: Final = 1.08
"""Scene units of a cell of the strip of memory."""


def strip_of_memory(room: shot.Region) -> ArrayCells:
    """Twelve numbers side by side at the foot of ``room``: with them the one chapter ends and the next begins."""
    _, lower = room.rows(3.6, 1, gap=0.3)
    return lower.put(ArrayCells(layout.block().ravel(), CELL, 1.0))


def by_hand() -> list[float]:
    """The numbers by hand, times what the photograph is multiplied by."""
    return [value * timing.FACTOR for value in BY_HAND]


class Speed(PythonMlStackStage):
    """A loop in Python, and one expression for the whole array."""

    @chapter("One rule, two speeds", "vectorised operations against the Python loop")
    def one_rule_two_speeds(self) -> None:
        self.untitled()
        self.brighten_both_halves()
        self.dive_to_the_pixels()
        self.open_the_boxes()
        self.sweep_the_array()
        self.measure_them()

    def brighten_both_halves(self) -> None:
        """The left half brightens pixel by pixel, the right one at once, both slowed alike."""
        (frame,) = self.shot(shot.wide())
        self.took = timing.read()
        dark = brighten.darkened(self.photo_bytes)
        self.window = window = Viewport(dark, frame, WHOLE)
        rows = slice(round(WHOLE.row - WHOLE.rows / 2), round(WHOLE.row + WHOLE.rows / 2))
        middle = self.photo_bytes.shape[1] // 2
        lines = [Tag(words.code(text, size=44.0)) for text in (snippets_numpy.LOOP, LINE_OF_CODE)]
        left, right = shot.safe(titled=False).columns(1, 1)
        for line, half in zip(lines, (left, right), strict=True):
            half.put(line, DOWN)
            line.align_to(lines[0], UP)
        credit = shot.SAFE.put(
            Tag(words.label(f"{data.CREDIT}, darkened; time slowed", ink.quiet)), UP + RIGHT
        )
        wall = bare().segment((0.0, frame.bottom), (0.0, frame.top), ink.chalk, LINE)

        def run(share: float) -> Viewport:
            return window.redraw(brighten.halfway(dark, rows, middle, share, self.took.gain))

        self.add(window, wall)
        with self.beat("Both sides of this photograph are brightened by the same rule.") as beat:
            self.play(FadeIn(credit), run_time=pace.QUICK)
            beat.over(FadeIn(lines[0], lines[1]), until="brightened")
            first = beat.fill(least=pace.LONG)
            self.play(glide(run, 0.0, 0.3, window, rate_func=linear), run_time=first)
        with self.beat("Why does the loop on the left take hundreds of times as long?") as beat:
            beat.over(glide(run, 0.3, 1.0, window, rate_func=linear), least=pace.LONG)
        self.play(FadeOut(*lines, credit, wall), run_time=pace.QUICK)

    def dive_to_the_pixels(self) -> None:
        """The photograph comes near, until pixels are squares of three numbers."""
        self.shot(shot.close_up())
        window = self.window
        bright = brighten.brightened(brighten.darkened(self.photo_bytes))

        def dive(crop: Crop, share: float) -> Viewport:
            light = 1 - DIP * min(1.0, 4 * share, 4 * (1 - share))
            window.crop = crop
            return window.redraw(np.rint(light * bright).astype(np.uint8))

        with self.beat("A photograph is numbers: red, green and blue for each pixel.") as beat:
            beat.over(glide(dive, (WHOLE, 0.0), (NEAR, 1.0), window), until="red", least=pace.LONG)
            cells = window.whole_pixels()
            colors = (ink.error, ink.third, ink.first)
            columns = VGroup()
            for row, column in cells:
                numbers = VGroup(
                    *(
                        words.label(str(value), color, size=ink.POINT)
                        for value, color in zip(bright[row, column], colors, strict=True)
                    )
                ).arrange(DOWN, buff=0.12, aligned_edge=RIGHT)
                columns.add(Tag(numbers.move_to(window.at(row + 0.5, column + 0.5)), 0.95))
            beat.over(LaggedStart(*map(FadeIn, columns), lag_ratio=pace.LAG))
        many = Tag(words.headline(f"{self.took.numbers:,} numbers"))
        many.move_to(shot.safe(titled=False).middle)
        with self.beat("This one has 820 thousand of them.") as beat:
            self.play(FadeOut(columns), run_time=pace.QUICK)
            beat.over(glide(dive, (NEAR, 1.0), (WHOLE, 0.0), window), until="thousand", least=pace.LONG)
            beat.over(FadeIn(many))

    def open_the_boxes(self) -> None:
        """A list: addresses in a row, and each number in a box somewhere else."""
        (room,) = self.shot(shot.headline())
        upper, lower = room.rows(1.15, 1)
        self.upper, self.lower = upper, lower
        slots = ArrayCells(["•"] * len(BY_HAND), SIDE, 0.8, ink.quiet)
        name = words.label("list", size=ink.HEADLINE)
        upper.put(slots, UP)
        name.next_to(slots, LEFT, buff=0.5)
        boxes = [_object(value) for value in BY_HAND]
        spots = upper.cells(1, len(boxes))
        order = (2, 0, 3, 1)
        for box, seat, tall in zip(boxes, order, (0.0, 0.5, 0.1, 0.4), strict=True):
            spots[seat].put(box, DOWN)
            box.shift(tall * UP)
        hops = [
            CurvedArrow(slot.get_center(), box.outline.get_top(), color=ink.quiet)
            for slot, box in zip(slots.boxes, boxes, strict=True)
        ]
        results = [_object(value, ink.focus) for value in by_hand()]
        for box, made in zip(boxes, results, strict=True):
            made.next_to(box, DOWN, buff=0.15)
        for hop in hops:
            self.allow(hop, slots, "an arrow begins at the address that it shows")
        self.exchange(name, slots, also=[self.frame.to(name, slots, *boxes, *results, share=0.92)])
        with self.beat(
            "Take four numbers, times one and a half. A list holds addresses; each number sits in a box."
        ) as beat:
            beat.over("addresses", *map(Create, hops), until="each")
            beat.over(
                LaggedStart(*(FadeIn(box, shift=place.NUDGE * DOWN) for box in boxes), lag_ratio=pace.LAG)
            )
        with self.beat(
            "A loop opens one box, asks its type, multiplies, boxes the result, and goes to the next."
        ) as beat:
            each = beat.fill() / len(boxes) / 2
            for hop, box, made in zip(hops, boxes, results, strict=True):
                self.play(
                    hop.animate.set_stroke(ink.focus),
                    box.outline.animate.set_stroke(ink.focus),
                    run_time=each,
                )
                self.play(FadeIn(made, shift=place.NUDGE * DOWN), run_time=each)
        self.boxes, self.results, self.listed = boxes, results, VGroup(name, slots, *hops)

    def sweep_the_array(self) -> None:
        """An array: the numbers themselves, side by side, multiplied in one sweep."""
        lower = self.lower
        strip = ArrayCells(map(str, BY_HAND), SIDE, 1.1)
        lower.put(strip, UP)
        strip.set_x(float(self.listed[1].get_x()))
        name = words.label("[array:first]\n(ndarray)", size=ink.POINT)
        name.next_to(strip, LEFT, buff=0.5)
        ends = strip.centres
        places = np.array([box.outline.get_center() for box in self.boxes])
        level = np.zeros(len(places))
        for box in self.boxes:
            self.allow(strip, box, "numbers leave their boxes for the strip")
        self.allow(strip, strip, "numbers pass one another on their way to the strip")
        self.add(strip.put(places).shade(level))

        def come(number: int, place_now: Floats, strength: float) -> ArrayCells:
            places[number], level[number] = place_now, strength
            return strip.put(places).shade(level)

        moves = [
            glide(partial(come, number), (begin, 0.0), (end, 1.0), strip)
            for number, (begin, end) in enumerate(zip(places.copy(), ends, strict=True))
        ]
        made = lower.put(words.code(snippets_numpy.CREATE, size=ink.POINT), DOWN + LEFT)
        with self.beat("An array keeps numbers of one kind side by side, in one block of memory.") as beat:
            self.play(FadeOut(*self.results), self.frame.back(), run_time=pace.BRISK)
            beat.over(Succession(*moves), FadeIn(made), until="in one", least=pace.LONG)
            beat.over(words.write(name))
        kind = words.label("dtype [float64:first]\n(data type)\n8 bytes each", size=ink.POINT)
        kind.next_to(strip, RIGHT, buff=0.5)
        with self.beat(
            "Its dtype says what kind they are and how many bytes each takes: here eight."
        ) as beat:
            beat.over("dtype", words.write(kind), until="eight")
            beat.over(LaggedStart(*(words.light(box.inside) for box in strip.boxes), lag_ratio=pace.LAG))
        tens = ArrayCells(map(str, by_hand()), SIDE, 1.1, ink.focus)
        tens.put(tens.grid(1, tens.step(strip.get_center(), 0.0, 1.6)))
        code = words.code(LINE_OF_CODE, size=ink.POINT)
        code.next_to(tens, RIGHT, buff=0.5)
        term = words.label("vectorised\noperation", ink.focus, size=ink.POINT)
        term.next_to(tens, LEFT, buff=0.5)
        with self.beat(
            "A vectorised operation is one expression for the whole array; its loop runs in compiled code, "
            "translated in advance."
        ) as beat:
            self.play(FadeOut(made), run_time=pace.QUICK)
            beat.over(words.write(code), words.write(term), until="whole")
            tens.shade(0.0)
            self.add(tens)
            beat.over(
                drive(lambda share: tens.shade(np.clip(5 * share - np.arange(4), 0, 1)), rate_func=linear),
                until="its",
            )
            beat.over(words.light(code), words.light(term))
        wraps = [_object(value, ink.error, "float64", "\n") for value in BY_HAND]
        row = (
            VGroup(*wraps)
            .arrange(RIGHT, buff=0.35)
            .match_x(strip)
            .match_y(self.boxes[0])
            .shift(spot(0.0, RAISED))
        )
        times = VGroup(
            *(words.label(f"× {timing.FACTOR}", ink.error, size=ink.POINT).next_to(each, UP) for each in row)
        )
        loop = words.code(snippets_numpy.LOOP, size=ink.HEADLINE)
        loop.move_to(tens).align_to(tens, UP)
        with self.beat("So does NumPy make your loop fast?"):
            self.play(
                FadeOut(*self.boxes, *self.listed, code, term, tens),
                FadeIn(loop),
                self.frame.to(name, strip, kind, loop, *wraps, times, share=0.92),
                run_time=pace.SLOW,
            )
        self.think()
        threads = [
            CurvedArrow(cell.get_top(), wrap.outline.get_bottom(), color=ink.error)
            for wrap, cell in zip(wraps, strip.boxes, strict=True)
        ]
        with self.beat(
            "No. Each visit wraps the bytes in an object, and arithmetic on that object is slow."
        ) as beat:
            beat.over(
                "Each",
                LaggedStart(
                    *(
                        LaggedStart(Create(thread), FadeIn(wrap, shift=place.NUDGE * UP), lag_ratio=pace.LAG)
                        for thread, wrap in zip(threads, wraps, strict=True)
                    ),
                    lag_ratio=pace.LAG,
                ),
                until="arithmetic",
                least=pace.LONG,
            )
            for each, wrap in zip(times, wraps, strict=True):
                self.play(
                    FadeIn(each, shift=place.NUDGE * DOWN), words.light(wrap.inside), run_time=pace.BRISK
                )

    def measure_them(self) -> None:
        """Three times in true proportion."""
        (room,) = self.shot(shot.headline())
        took = self.took
        seconds = np.array([took.list_loop, took.array_loop, took.one_line])
        names = (LIST, LOOP, LINE_OF_CODE)
        head, body = room.rows(0.16, 1, gap=0.2)
        chart = BarChart(
            names,
            1000 * seconds,
            (0.0, 1000 * 1.02 * float(seconds.max())),
            body.width / LARGER,
            body.height / LARGER,
            colors=(ink.quiet, ink.error, ink.focus),
            decimals=1,
        )
        body.put(chart.scale(LARGER))
        code = words.code(" ".join(snippets_numpy.LOOP.split()), size=44.0)
        head.put(code, LEFT)
        told = words.label(
            f"ms for {took.numbers:,} float64;\nfastest of {timing.RUNS} runs\n"
            f"({LINE_OF_CODE}: of {timing.QUICK});\nNumPy {took.numpy}, {took.machine_name}",
            ink.quiet,
            size=40.0,
        )
        body.put(told, RIGHT).match_y(chart.row(0))
        full = 1000 * seconds
        shown = np.zeros(3)
        chart.redraw(shown).shade([1.0, 1.0, 0.0])

        def grow(which: int, share: float) -> BarChart:
            return chart.redraw(
                np.where(np.arange(3) == which, share * full, np.where(np.arange(3) < which, full, 0))
            )

        self.play(self.frame.back(), run_time=pace.CALM)
        self.exchange(chart, told, code)
        with self.beat(
            "Measured: this loop over a list, and the same loop over an array, more than five times as long."
        ) as beat:
            beat.over(drive(lambda share: grow(0, share)), words.light(code), until="same")
            beat.over(drive(lambda share: grow(1, share)))
        with self.beat(
            "The one line is this hair: about 250 times faster than the array's loop, "
            "almost 50 times than the list's."
        ) as beat:
            self.play(glide(chart.shade, np.array([1.0, 1.0, 0.0]), np.ones(3)), run_time=pace.QUICK)
            beat.over(drive(lambda share: grow(2, share)), until="hair")
            self.play(self.spotlight(chart.row(2)), run_time=pace.QUICK)
            beat.over(self.frame.to(chart.row(2), share=0.9), until="faster", least=pace.LONG)
            beat.over(words.light(chart.names[2]))
        with self.beat("Other machines and formulas give other ratios.") as beat:
            beat.over(self.frame.back(), self.lights_on(), least=pace.LONG)
        self.step_and_sweep(room)

    def step_and_sweep(self, room: shot.Region) -> None:
        """A strip of numbers, one by one in a loop, and all at once."""
        strip = strip_of_memory(room)
        loop, line = (
            words.code(text, size=size)
            for text, size in ((snippets_numpy.LOOP, ink.POINT), (LINE_OF_CODE, 1.2 * ink.HEADLINE))
        )
        upper, _ = room.rows(3.6, 1, gap=0.3)
        left, right = upper.columns(1.8, 1)
        left.put(loop)
        right.put(line)
        count = len(strip.boxes)

        def visit(share: float) -> ArrayCells:
            return strip.shade(np.where(np.arange(count) == min(int(share * count), count - 1), 1.0, 0.3))

        self.allow(strip, "contrast", "numbers that are not visited are dim")
        self.allow(loop, "contrast", "the loop steps back for the one line")
        with self.beat("When you loop over an array in Python, look for the one line.") as beat:
            self.exchange(strip, loop)
            beat.over(drive(visit, rate_func=linear), until="one", least=pace.LONG)
            beat.over(FadeIn(line), glide(strip.shade, 0.3, 1.0), loop.animate.set_opacity(0.3))
        self.play(FadeOut(loop, line), run_time=pace.BRISK)


def _object(
    value: float, color: ManimColor = ink.quiet, kind: str = "float", gap: str = " ", size: float = 48.0
) -> Box:
    """A number as Python keeps it: its type, then after a ``gap`` its value."""
    return Box(words.label(f"[{kind}:quiet]{gap}{value}", size=size), color, room=(0.22, 0.2))
