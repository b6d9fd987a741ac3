"""A table: named columns, labelled rows, and cells in which nothing was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

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
    VGroup,
)
from manim import linear as evenly
from numpy.typing import NDArray

from scenes.kit import ink, pace, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.nullity_matrix import NullityMatrix
from scenes.kit.path import Floats
from scenes.kit.shot import Region, bare
from scenes.kit.table import Table
from scenes.maths.python_ml_stack import data, labelled, snippets_numpy
from scenes.python_ml_stack.flock import raised
from scenes.python_ml_stack.masks import Kept
from scenes.python_ml_stack.stage import PythonMlStackStage

if TYPE_CHECKING:
    import pandas as pd

NAMES: Final = ("species", "island", "bill\nlength", "bill\ndepth", "flipper", "mass", "sex", "year")
"""What stands over the columns, in their order."""
FIRST: Final = 5
"""Rows that are read one by one."""
SHOWN: Final = ("species", "body_mass_g", "sex")
"""Columns of the rows that are selected."""
ASKED: Final = 3
"""The label, and the position, that is asked for."""
ASIDE: Final = 2.6
"""Scene units left of the table for the positions."""
SPLIT: Final = (1.0, 2.1)
"""Heights of the code and of the table below it."""


class Labelled(PythonMlStackStage):
    """A table: named columns, labelled rows, and cells in which nothing was recorded."""

    @chapter("A table is labelled columns", "index, dtypes and missing values of a DataFrame", goes_on=True)
    def a_table_is_labelled_columns(self) -> None:
        self.untitled()
        self.let_the_rows_in()
        self.read_the_first_rows()
        self.align_by_label()
        self.average_with_a_hole()
        self.count_the_holes()
        self.choose_what_to_do()
        self.select_a_row()

    def let_the_rows_in(self) -> None:
        """344 rows fill the frame, and each column tells its dtype."""
        (room,) = self.shot(shot.headline())
        self.build_stripes(room)
        before = Kept(room).all()
        code = self.code_below(snippets_numpy.READ)
        self.add(before)
        for each in before:
            self.allow(each, "unread", "it is read as the chapter before ends")
        self.stripes.reveal(0.0)
        with self.beat("Here are 344 penguins in eight columns: words, numbers, and holes.") as beat:
            self.exchange(self.stripes, self.heads, code)
            beat.over(
                drive(self.stripes.reveal, rate_func=evenly),
                until="words",
                least=pace.LONG,
            )
            beat.over("holes", glide(self.stripes.glow, 0.0, 1.0))
        term = words.label("[DataFrame:focus]: table\n[Series:focus]: column", size=ink.POINT)
        self.under.put(term, RIGHT)
        kinds = [_kind(self.birds[name]) for name in self.birds]
        told = VGroup(
            *(
                words.label(kind, ink.first if kind[0] in "if" else ink.chalk, size=40.0).move_to(
                    np.array([head.get_x(), self.foot.middle[1], 0.0])
                )
                for kind, head in zip(kinds, self.heads, strict=True)
            )
        )
        with self.beat(
            "pandas calls it a DataFrame. Each column is a Series of one dtype: strings, floats, or integers."
        ) as beat:
            beat.over(glide(self.stripes.glow, 1.0, 0.0), words.write(term), until="strings")
            for word, which in (("strings", (0, 1, 6)), ("floats", (2, 3, 4, 5)), ("integers", (7,))):
                beat.at(word, *(FadeIn(told[number]) for number in which), run_time=pace.QUICK)
            beat.over(*(words.light(each) for each in told))

    def build_stripes(self, room: Region) -> None:
        """The table seen from far, the names of its columns, and room below it."""
        head = Region(room.left, room.top - 1.15, room.right, room.top)
        self.under = Region(room.left, room.bottom, room.right, room.bottom + 1.15)
        self.foot = Region(room.left, self.under.top + 0.1, room.right, self.under.top + 0.7)
        body = Region(room.left, self.foot.top + 0.1, room.right, head.bottom - 0.1)
        colors = [ink.chalk if _kind(self.birds[name]) == "str" else ink.first for name in self.birds]
        self.stripes = NullityMatrix(labelled.shades(), body, colors)
        self.heads = VGroup(
            *(
                cell.put(words.label(name, size=40.0), DOWN)
                for name, cell in zip(NAMES, head.columns(*[1] * len(NAMES), gap=0.1), strict=True)
            )
        )
        level = self.heads[0]
        for each, name in zip(self.heads, NAMES, strict=True):
            if "\n" not in name:
                words.align_baseline(each, level)  # type: ignore[arg-type]

    def code_below(self, text: str) -> words.Words:
        """A line of code under the table that is seen from far."""
        return self.under.put(words.code(text, size=42.0), LEFT)

    def read_the_first_rows(self) -> None:
        """The first rows, with their labels."""
        (room,) = self.shot(shot.headline())
        rows = self.birds.head(FIRST)
        table = first_rows(room, ["species", "bill_length_mm", "body_mass_g", "sex"], rows)
        labels = VGroup(*(row.index for row in table.rows if row.index is not None))
        with self.beat("The index holds the row labels; here they are plain numbers.") as beat:
            self.exchange(table)
            name = words.label("index", ink.focus, size=40.0)
            name.move_to(np.array([labels.get_x(), table.header[0].get_y(), 0.0])).align_to(table, LEFT)
            beat.over(words.write(name), *(words.tint(label, ink.focus) for label in labels), until="here")
            beat.over(LaggedStart(*map(words.light, labels), lag_ratio=pace.LAG))

    def align_by_label(self) -> None:
        """Two Series in another order are added: threads cross."""
        (room,) = self.shot(shot.headline())
        places = room.columns(1, 1, 1, gap=1.4)
        trio = [
            _Labelled(series, area, color)
            for series, area, color in zip(
                (labelled.one(), labelled.other(), labelled.aligned()),
                places,
                (ink.first, ink.truth, ink.focus),
                strict=True,
            )
        ]
        left, right, total = trio
        plus, equal = (
            words.headline(sign).move_to((a.get_right() + b.get_left()) / 2)
            for sign, a, b in (("+", left, right), ("=", right, total))
        )
        plus.next_to(VGroup(left, right), UP)
        ground = bare()
        threads = [
            ground.segment(
                left.right_of(row), right.left_of([*labelled.other().index].index(label)), ink.focus, LINE
            )
            for row, label in enumerate(labelled.one().index)
            if label in labelled.other().index
        ]
        self.exchange(left, plus, also=[self.frame.to(left, plus, right, share=0.87)])
        with self.beat("Add two Series whose labels stand in another order, with a d for the b.") as beat:
            beat.until("whose")
            beat.over(FadeIn(right))
        term = words.label("alignment", ink.focus, size=ink.POINT)
        room.put(term, DOWN)
        wrong = [ground.segment(left.right_of(row), right.left_of(row), ink.error, LINE) for row in range(3)]
        with self.beat("By position, the a would meet the c. Is that what pandas does?") as beat:
            beat.over("a", LaggedStart(*map(Create, wrong), lag_ratio=pace.LAG), until="Is")
            beat.over(words.light(left.labels.boxes[0].inside), words.light(right.labels.boxes[0].inside))
        self.think()
        with self.beat(
            "No: it matches by label, a with a. That is alignment, and it happens by itself."
        ) as beat:
            self.play(FadeOut(*wrong), self.frame.back(), run_time=pace.CALM)
            beat.over(LaggedStart(*map(Create, threads), lag_ratio=pace.LAG), until="That", least=pace.SLOW)
            beat.over(words.write(term), FadeIn(equal))
        with self.beat(
            "The result has the union of the labels. A label that one Series lacks gives NaN."
        ) as beat:
            beat.over("union", FadeIn(total), until="lacks")
            beat.over(*(words.light(total.values.boxes[row].inside) for row in total.empty))

    def average_with_a_hole(self) -> None:
        """Five masses, one of them missing: what the mean makes of it."""
        (room,) = self.shot(shot.headline())
        upper, lower = room.rows(1.25, 1.2, gap=0.4)
        masses = labelled.first_masses()
        texts = ["NaN" if np.isnan(mass) else f"{mass:.1f}" for mass in masses]
        cells = ArrayCells(texts, 2.6, 2.2, ink.first, size=58.0)
        hole = int(np.flatnonzero(masses.isna())[0])
        upper.put(cells, DOWN)
        cells.dye([hole], ink.focus)
        term = words.label("missing value (NaN)", ink.focus, size=60.0)
        term.next_to(cells, UP, buff=0.35)
        self.allow(cells, "contrast", "the cell that is skipped steps back")
        self.allow(cells, "digits", "masses as they were recorded")
        self.exchange(cells, also=[self.frame.to(cells, term, share=0.95)])
        with self.beat("A missing value, written NaN, marks a cell that holds no record.") as beat:
            beat.over(words.write(term), until="marks")
            beat.over(words.light(cells.boxes[hole].inside))
        answers = [words.code(text, size=44.0) for text in (snippets_numpy.PLAIN_MEAN, snippets_numpy.MEAN)]
        results = [
            words.headline("nan", ink.error),
            words.headline(f"{masses.mean():,.1f} g", ink.focus),
        ]
        self.allow(results[1], "digits", "it is spoken as it is computed")
        heads = VGroup()
        for side, answer, result, name in zip(
            lower.columns(1, 1), answers, results, ("NumPy array", "pandas Series"), strict=True
        ):
            area = side.rows(1, 1, 1.2, gap=0.1)
            heads.add(area[0].put(words.label(name, ink.quiet, size=44.0)))
            area[1].put(answer)
            area[2].put(result)
        with self.beat("In NumPy, the mean with one NaN is NaN. pandas skips it, and says 3,562.5.") as beat:
            self.play(self.frame.back(), run_time=pace.BRISK)
            beat.over(FadeIn(heads[0], answers[0], results[0]), until="pandas")
            beat.over(
                FadeIn(heads[1], answers[1]),
                cells.animate.shade(np.where(masses.isna(), 0.25, 1.0)),
                until="says",
            )
            beat.over(words.write(results[1]))

    def count_the_holes(self) -> None:
        """Holes are counted by column, and there are three ways on."""
        (room,) = self.shot(shot.headline())
        self.build_stripes(room)
        self.stripes.reveal(1.0)
        counts = labelled.missing()
        told = VGroup(
            *(
                words.label(str(count), ink.focus if count else ink.quiet, size=ink.POINT).move_to(
                    np.array([head.get_x(), self.foot.middle[1], 0.0])
                )
                for count, head in zip(counts, self.heads, strict=True)
            )
        )
        with self.beat("Count the holes in each column: two in each measure, eleven in sex.") as beat:
            self.exchange(self.stripes, self.heads, self.code_below(snippets_numpy.MISSING))
            beat.over(glide(self.stripes.glow, 0.0, 1.0), until="two")
            beat.over(LaggedStart(*map(FadeIn, told), lag_ratio=pace.LAG))

    def choose_what_to_do(self) -> None:
        """Drop, fill or keep: three copies of the same column."""
        (room,) = self.shot(shot.headline())
        masses = labelled.first_masses()
        hole = int(np.flatnonzero(masses.isna())[0])
        texts = ["NaN" if np.isnan(mass) else f"{mass:.1f}" for mass in masses]
        areas = room.columns(1, 1, 1, gap=1.0)
        names = [
            words.headline("drop"),
            words.headline("fill"),
            words.headline("keep"),
        ]
        calls = [words.code(text, size=42.0) for text in (snippets_numpy.DROP, snippets_numpy.FILL)]
        strips = [ArrayCells(texts, area.width, 0.88, ink.first) for area in areas]
        for name, strip, area in zip(names, strips, areas, strict=True):
            area.put(name, UP)
            middle = np.array([area.middle[0], raised(area).bottom + len(texts) * strip.tall / 2, 0.0])
            strip.put(strip.grid(len(texts), middle))
            strip.dye([hole], ink.focus)
        drop, fill, _ = strips
        for call, name in zip(calls, names, strict=False):
            call.next_to(name, DOWN, buff=0.2)
        filled = ArrayCells([f"{masses.mean():.1f}"], areas[1].width, 0.88, ink.truth)
        filled.put(fill.centres[hole : hole + 1])
        last = drop.boxes[-1]
        for each in (*strips, filled):
            self.allow(each, "digits", "masses as they were recorded")
        with self.beat("Drop the row, fill the hole, or keep it? First ask why it is missing.") as beat:
            self.exchange(*strips)
            beat.over(
                FadeIn(names[0], calls[0]),
                FadeOut(drop.boxes[hole]),
                last.animate.shift(drop.boxes[hole].get_center() - last.get_center()),
                until="fill",
            )
            beat.over(
                "fill", FadeIn(names[1], calls[1]), FadeOut(fill.boxes[hole]), FadeIn(filled), until="keep"
            )
            beat.over(FadeIn(names[2]), words.light(strips[2].boxes[hole].inside), until="First")
            beat.over(words.light(names[0]), words.light(names[1]), words.light(names[2]))
        with self.beat("Before you train a model, take the fill value from the training rows.") as beat:
            beat.over(words.light(names[1]), words.light(calls[1]), until="training")
            beat.over(words.light(filled.boxes[0].inside))

    def select_a_row(self) -> None:
        """The same number as a label, and as a position: two rows."""
        (room,) = self.shot(shot.headline())
        upper, _ = room.rows(*SPLIT, gap=0.5)
        table = chosen_rows(self.birds, room)
        ranks = mass_ranks(self.birds)
        sort = words.code(snippets_numpy.SORT, size=44.0)
        upper.put(sort, UP + LEFT)
        table.sit(np.arange(FIRST))
        positions = VGroup(
            *(
                words.label(str(number), ink.quiet, size=46.0).next_to(row, LEFT, buff=ASIDE / 2)
                for number, row in enumerate(table.rows)
            )
        )
        head = words.label("position", ink.quiet, size=46.0).next_to(positions, UP).match_y(table.header[0])
        name = words.label("label", ink.quiet, size=46.0)
        index = table.rows[0].index
        assert index is not None
        name.next_to(index, UP, aligned_edge=RIGHT).match_y(head)
        self.allow(table, table, "rows pass one another while they are sorted")
        with self.beat("Sort the rows by mass, and each takes its label along.") as beat:
            self.exchange(table, sort, positions, head, name)
            beat.over(
                glide(table.sit, np.arange(FIRST, dtype=float), ranks.astype(float), table), until="label"
            )
            beat.over(*(words.light(row.index) for row in table.rows if row.index is not None))
        codes = [words.code(text, size=ink.POINT) for text in (snippets_numpy.LOC, snippets_numpy.ILOC)]
        told = [words.label(text, ink.focus, size=ink.POINT) for text in ("by label", "by position")]
        for side, code, text in zip((LEFT, RIGHT), codes, told, strict=True):
            upper.put(VGroup(code, text).arrange(RIGHT, buff=0.5), DOWN + side)
        fourth = int(np.flatnonzero(ranks == ASKED)[0])
        with self.beat(
            "Then loc takes the row with label three; iloc takes position three, the fourth row."
        ) as beat:
            beat.over(
                FadeIn(codes[0], told[0]),
                glide(partial(table.light, row=ASKED), 0.0, 1.0, table),
                until="iloc",
            )
            self.play(FadeIn(codes[1], told[1]), run_time=pace.BRISK)
            beat.over(
                words.light(positions[ASKED]),
                glide(partial(table.light, row=ASKED), 1.0, 0.0, table),
                glide(partial(table.light, row=fourth), 0.0, 1.0, table),
            )
        self.play(
            FadeOut(sort, *codes, *told, positions, head, name),
            glide(partial(table.light, row=fourth), 1.0, 0.0, table),
            run_time=pace.BRISK,
        )


def first_rows(area: Region, columns: Sequence[str], rows: pd.DataFrame) -> Table:
    """Some columns of some rows, with their labels, as a table that fills ``area``."""
    table = Table(
        {name: [None if entry != entry else entry for entry in rows[name].tolist()] for name in columns},
        index=[str(label) for label in rows.index],
        decimals={name: 1 for name in columns if name in data.MEASURES},
        width=area.width,
        row_height=area.height / (len(rows) + 1),
        bullets=True,
        size=46.0,
    )
    return area.put(table)


def chosen_rows(birds: data.Birds, room: Region) -> Table:
    """The rows of which one is selected, sorted by mass, in the lower part of ``room``."""
    lower = room.rows(*SPLIT, gap=0.5)[1]
    area = Region(lower.left + ASIDE, lower.bottom, lower.right, lower.top)
    table = first_rows(area, SHOWN, birds.head(FIRST))
    return table.sit(mass_ranks(birds).astype(float))


def mass_ranks(birds: data.Birds) -> NDArray[np.intp]:
    """(5,): the positions of the first rows when they are sorted by mass, the one that was not weighed last."""
    order = [*birds.head(FIRST).sort_values("body_mass_g").index]
    return np.array([order.index(label) for label in range(FIRST)])


class _Labelled(VGroup):
    """A Series: its labels, and beside them its values."""

    def __init__(self, series: pd.Series[int], area: Region, color: ManimColor) -> None:
        count = len(series)
        tall = 1.42
        self.labels = ArrayCells(list(series.index), 1.1, tall, ink.quiet, size=ink.HEADLINE, fill=0.08)
        values = ["NaN" if np.isnan(value) else str(value) for value in series.tolist()]
        self.empty = np.flatnonzero(series.isna()).tolist()
        self.values = ArrayCells(values, area.width - 1.1, tall, color, size=ink.HEADLINE)
        middle = self.labels.step(area.middle, 0.0, -0.2)
        self.labels.put(self.labels.grid(count, middle + (self.values.wide / 2) * LEFT))
        self.values.put(self.values.grid(count, self.labels.step(middle, 0.5)))
        super().__init__(self.labels, self.values)

    def left_of(self, row: int) -> Floats:
        """Where a thread ends at a row's label."""
        return np.asarray(self.labels.boxes[row].outline.get_left()[:2])

    def right_of(self, row: int) -> Floats:
        """Where a thread begins at a row's value."""
        return np.asarray(self.values.boxes[row].outline.get_right()[:2])


def _kind(column: pd.Series[float]) -> str:
    return str(column.dtype)
