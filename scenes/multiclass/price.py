"""What each plan costs: models, rows of each, and measured time."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.maths.multiclass import cost, schemes
from scenes.multiclass.blocks import Blocks, grid, strip
from scenes.multiclass.stage import CURTAINS, FENCES, MulticlassStage, maths

CLASSES: Final = (3, 5, 10)
"""Numbers of classes that are counted."""
EACH: Final = 100
"""Rows of a class."""
MANY: Final = CLASSES[-1]


def ring(place: shot.Region, classes: int, share: float) -> np.ndarray:
    """Scene points (K, 2) of so many classes on a ring in a place."""
    turns = np.pi / 2 + 2 * np.pi * np.arange(classes) / classes
    radius = share * min(place.width, place.height) / 2
    return place.middle[:2] + radius * np.column_stack([np.cos(turns), np.sin(turns)])


def models(place: shot.Region, classes: int, *, rest: bool, share: float = 0.78) -> VGroup:
    """What each plan trains, and a dot a class: a ring a curtain (``rest``), or an edge a fence."""
    spots, ends = ring(place, classes, share), np.array(schemes.pairs(classes))
    plane = shot.bare()
    trained = (
        plane.dots(spots, CURTAINS, "ring", radius=0.42)
        if rest
        else plane.segment(spots[ends[:, 0]], spots[ends[:, 1]], FENCES, THIN)
    )
    return VGroup(trained, plane.dots(spots, ink.quiet, radius=0.2))


class Price(MulticlassStage):
    """The cost of one-vs-rest and of one-vs-one."""

    @chapter(
        "Count the models, then the rows",
        "K models against K(K−1)/2",
        "cost and data per model as classes grow",
    )
    def count_the_rows(self) -> None:
        self.untitled()
        self.count_models()
        self.lay_rows()
        self.law()
        self.timed()

    def count_models(self) -> None:
        """A ring for each curtain, an edge for each fence, as classes are added."""
        left, right = self.shot(shot.split(titled=False))
        heads = VGroup(
            words.headline("one-vs-rest (OvR)", CURTAINS, 0.85 * ink.POINT),
            words.headline("one-vs-one (OvO)", FENCES, 0.85 * ink.POINT),
        )
        for place, head in zip((left, right), heads, strict=True):
            place.put(head, UP + LEFT)
        pictures, counts = [], []
        for classes in CLASSES:
            parts, bills = VGroup(), (cost.rest(classes, EACH), cost.pairs(classes, EACH))
            for place, bill in zip((left, right), bills, strict=True):
                lower = shot.Region(place.left, place.bottom, place.right, place.top - 0.8)
                parts.add(*models(lower, classes, rest=place is left))
                count = words.headline(f"{bill.models}", CURTAINS if place is left else FENCES, ink.HEADLINE)
                count.next_to(heads[0] if place is left else heads[1], RIGHT, buff=0.5)
                counts.append(count)
            pictures.append(parts)
        with self.beat("How many models does each plan train? Watch both as classes are added.") as beat:
            self.play(FadeIn(heads, pictures[0], *counts[:2]), run_time=pace.QUICK)
            beat.until("Watch")
            beat.over(FadeOut(pictures[0], *counts[:2]), FadeIn(pictures[1], *counts[2:4]), least=pace.CALM)
        with self.beat("With ten equal classes there are as many curtains, but forty-five fences.") as beat:
            self.play(
                FadeOut(pictures[1], *counts[2:4]), FadeIn(*pictures[2][:2], pictures[2][3], counts[4]),
                run_time=pace.BRISK,
            )  # fmt: skip
            beat.over(Create(pictures[2][2]), until="forty-five", least=pace.SLOW)
            beat.over(FadeIn(counts[5], scale=1.5), least=pace.BRISK)
        with self.beat(
            "So one-vs-one must cost far more? Look at what each model has to learn from."
        ) as beat:
            self.play(FadeOut(counts[5], heads[1]), run_time=pace.QUICK)
            beat.over(words.light(pictures[2][0]), until="Look", least=pace.CALM)
            beat.over(words.light(pictures[2][3]), least=pace.SLOW)

    def lay_rows(self) -> None:
        """Rows of each model as bars, end to end, and squared."""
        self.shot(shot.wide())
        rest, pairs = cost.rest(MANY, EACH), cost.pairs(MANY, EACH)
        left, right = shot.safe(titled=False).columns(1, 1, gap=0.7)
        lower = [shot.Region(p.left, p.bottom, p.right, p.top - 1.0) for p in (left, right)]
        unit = left.width / rest.rows
        tall = Blocks(grid(lower[0], 1, rest.models, (rest.rows * unit, 0.42), rest.models), CURTAINS)
        short = Blocks(grid(lower[1], 5, 9, (0.9 * pairs.rows * unit, 0.42), pairs.models), FENCES)
        heads = [
            words.headline(f"{bill.models} models × {bill.rows:,} rows", color, ink.POINT)
            for bill, color in ((rest, CURTAINS), (pairs, FENCES))
        ]
        left.put(heads[0], UP)
        right.put(heads[1], UP)
        with self.beat(
            "A curtain is trained on all rows. A fence sees two of the classes, a fifth of the rows."
        ) as beat:
            self.exchange(tall, heads[0], run_time=pace.BRISK)
            beat.over("A fence", FadeIn(short, heads[1]), least=pace.BRISK)
        safe = shot.SAFE
        bare = shot.bare()
        scale = safe.width / rest.total
        lines = [
            (tall, grid(lower[0], 1, rest.models, (rest.rows * unit, 0.42), rest.models),
             strip(safe.left, 1.0, np.full(rest.models, rest.rows * scale), 1.5)),
            (short, grid(lower[1], 5, 9, (0.9 * pairs.rows * unit, 0.42), pairs.models),
             strip(safe.left, -2.2, np.full(pairs.models, pairs.rows * scale), 1.5)),
        ]  # fmt: skip
        names = VGroup(
            bare.label(safe.left, 3.0, f"$K n$ = {rest.total:,} rows", RIGHT, CURTAINS, 0.0, ink.HEADLINE),
            bare.label(
                safe.left, -0.2, f"$(K - 1) n$ = {pairs.total:,} rows", RIGHT, FENCES, 0.0, ink.HEADLINE
            ),
        )
        with self.beat(
            "Lay the rows end to end: nearly even. K times n, against K minus one times n.", pause=pace.CALM
        ) as beat:
            beat.over(
                *(glide(blocks.redraw, old, new) for blocks, old, new in lines), FadeOut(*heads),
                until="nearly", least=pace.SLOW,
            )  # fmt: skip
            beat.at("K times", FadeIn(names[0]))
            beat.at("against", FadeIn(names[1]))
        term = words.headline("training cost", ink.focus, ink.POINT)
        shot.SAFE.put(term, DOWN + LEFT)
        with self.beat(
            "The time that training takes is its training cost. If it grows in step with the rows, "
            "both plans cost about the same."
        ) as beat:
            beat.over(FadeIn(term), until="If", least=pace.BRISK)
            beat.over(words.light(names[0]), until="both", least=pace.CALM)
            beat.over(words.light(names[1]), least=pace.CALM)
            self.play(FadeOut(term), run_time=pace.QUICK)
        wide, narrow = shot.SAFE.columns(3, 1.05, gap=0.5)
        side = 0.94 * min(wide.width / 5, (wide.height - 1.2) / 2)
        places = [shot.Region(p.left, p.bottom, p.right, p.top - 1.2) for p in (wide, narrow)]
        small = side * pairs.rows / rest.rows
        squares = [
            (tall, lines[0][2], grid(places[0], 5, 2, (side, side), rest.models)),
            (short, lines[1][2], grid(places[1], 5, 9, (small, small), pairs.models)),
        ]
        ratio = rest.work(2) / pairs.work(2)
        told = [
            bare.label(
                wide.left, wide.top - 0.5, f"one-vs-rest: {ratio:.1f}", RIGHT, CURTAINS, 0.0, 0.9 * ink.POINT
            ),
            bare.label(narrow.left, narrow.top - 0.5, "one-vs-one: 1", RIGHT, FENCES, 0.0, 0.9 * ink.POINT),
        ]
        with self.beat("But with a kernel, time grows about with the square of the rows.") as beat:
            self.play(FadeOut(names), run_time=pace.QUICK)
            beat.over(*(glide(blocks.redraw, old, new) for blocks, old, new in squares), least=pace.LONG)
        with self.beat("Then one-vs-rest costs more than five times as much.", pause=pace.CALM) as beat:
            beat.over(FadeIn(*told), until="costs", least=pace.BRISK)
            beat.over(words.light(told[0]), least=pace.SLOW)

    def law(self) -> None:
        """The two counts and their ratio, as formulas."""
        (above, below) = self.shot(shot.formula(titled=False))
        rule = maths(
            '{{ (K (K - 1)) / 2 : models }} dot {{ (2 n) / K : rows }} = (K - 1) n', 1.3 * ink.HEADLINE,
            {"models": FENCES, "rows": ink.focus},
        )  # fmt: skip
        ratio = maths(
            "(K dot n^2) / ((K (K - 1)) / 2 dot (2 n \\/ K)^2) = K^2 / (2 (K - 1))", 0.95 * ink.HEADLINE
        )
        above.put(rule)
        below.put(ratio)
        with self.beat(
            "So many pairs, each with two classes' rows: K minus one times n.", pause=pace.CALM
        ) as beat:
            self.exchange(rule, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(words.light(rule.part("models")), until="each", least=pace.CALM)
            beat.over(words.light(rule.part("rows")), least=pace.CALM)
        with self.beat(
            "With squares the ratio is K squared, over two times K minus one: it grows with K.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.write(ratio), least=pace.SLOW)

    def timed(self) -> None:
        """CPU seconds by rows, on digits."""
        self.shot(shot.wide())
        times = cost.measured()
        chart = shot.chart(
            shot.SAFE, (800, 16000), (0.05, 4), log_x=True, log_y=True, x_ticks=[900, 1800, 3600, 7200],
            x_names={900: "900", 1800: "1,800", 3600: "3,600", 7200: "7,200"}, y_ticks=[0.1, 1],
            y_names={0.1: "0.1", 1: "1"}, x_label="rows, log scale: digits and shifted copies, RBF kernel",
            y_label="CPU seconds to train, log scale, best of five",
        )  # fmt: skip
        curves = [
            chart.curve(times.rows, values, color, 2 * LINE)
            for values, color in ((times.rest, CURTAINS), (times.pairs, FENCES))
        ]
        names = [
            chart.label(
                times.rows[-1],
                values[-1],
                name,
                RIGHT,
                color,
                size=ink.POINT,
                gap=0.2,
            )
            for name, values, color in (
                ("one-vs-rest", times.rest, CURTAINS),
                ("one-vs-one", times.pairs, FENCES),
            )
        ]
        gap = chart.segment((7200, times.pairs[-1]), (7200, times.rest[-1]), ink.focus, LINE, dashed=True)
        factor = chart.label(
            7400, 1.15, f"× {times.ratio[-1]:.1f}", RIGHT, ink.focus, size=ink.POINT, gap=0.2
        )
        with self.beat(
            "Measured on handwritten digits and shifted copies: with few rows about even."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(*map(Create, curves), least=pace.LONG)
        with self.beat(
            "At 7,200 rows, one-vs-rest takes nearly four times as long. A fence has few rows, and grows more slowly."
        ) as beat:
            self.play(FadeIn(*names), run_time=pace.QUICK)
            beat.over(Create(gap), until="takes", least=pace.BRISK)
            beat.over(FadeIn(factor), self.frame.to_region((-1.5, 7.1), (-1.74, 3.1)), least=pace.SLOW)
        self.advised()

    def advised(self) -> None:
        """The picture of the beginning again, with what follows for each plan."""
        left, right = self.shot(shot.split(titled=False))
        parts, notes = [], []
        for place, name, count, color, when in (
            (left, "one-vs-rest", cost.rest(MANY, EACH).models, CURTAINS, "very many classes: K models"),
            (right, "one-vs-one", cost.pairs(MANY, EACH).models, FENCES, "a kernel, many rows"),
        ):
            middle = shot.Region(place.left, place.bottom + 0.8, place.right, place.top - 0.8)
            head = place.put(words.headline(f"{name}: {count}", color, ink.POINT), UP)
            parts.append(VGroup(head, *models(middle, MANY, rest=place is left, share=0.86)))
            notes.append(place.put(words.headline(when, color, 0.8 * ink.POINT), DOWN))
        with self.beat(
            "To predict, pairs have more models to ask: with linear ones, that is more work."
        ) as beat:
            self.exchange(*parts, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(words.light(parts[1][1]), until="with", least=pace.SLOW)
            beat.over(words.light(parts[0][1]), least=pace.CALM)
        with self.beat(
            "So a kernel and many rows: pairs. Very many classes: one-vs-rest, since pairs grow with their square."
        ) as beat:
            beat.over(FadeIn(notes[1]), until="Very", least=pace.BRISK)
            beat.over(FadeIn(notes[0]), until="since", least=pace.BRISK)
            beat.over(words.light(parts[1][1]), least=pace.CALM)
