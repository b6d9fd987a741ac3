"""Do not look at your own answer; and the next tree needs honest residuals."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, VGroup, VMobject

from scenes.gradient_boosting.stage import (
    LABEL,
    MODEL,
    NEXT,
    RESIDUAL,
    UNSEEN,
    GradientBoostingStage,
    at_spot,
    maths,
    told,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.table import Table
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.gradient_boosting import ordered, rates, runs, stairs

OWN: Final = "target statistic"
QUEUE: Final = "ordered target statistic"
TALL: Final = 0.8
"""Height of a row."""
ALONE: Final = 3
"""The row of the shop that has no other."""
LAST: Final = 6
"""The row whose code is computed aloud."""
REACH: Final = 190.0
"""Largest residual of the picture, in units of the progression."""
STEPS: Final = 3
"""Stumps of each model of the twelve rows."""


def shops() -> list[str]:
    """The names of the shops, row by row."""
    return [ordered.NAMES[shop] for shop in ordered.HAND_SHOPS]


def codes(kind: str) -> Floats:
    """(7,): the codes of the rows, by their own labels too or in order."""
    if kind == OWN:
        return ordered.greedy(ordered.HAND_SHOPS, ordered.HAND_LABELS)
    return ordered.in_order(ordered.HAND_SHOPS, ordered.HAND_LABELS, ordered.hand_order())


def places() -> tuple[shot.Region, shot.Region, shot.Region]:
    """Where rows, codes, and what is said of them stand."""
    left, middle, right = shot.safe(titled=False).columns(4.0, 4.0, 5.2, gap=0.1)
    return left, middle, right


def rows_table() -> Table:
    """Seven rows: a shop and a label."""
    left, _, _ = places()
    table = Table(
        {"shop": shops(), "label y": ordered.HAND_LABELS}, index=[str(row + 1) for row in range(len(shops()))],
        decimals={"label y": 0}, width=left.width, row_height=TALL, size=ink.AXIS,
    )  # fmt: skip
    return left.put(table)


def codes_table(kind: str, room: shot.Region) -> Table:
    """Seven codes, in line with the rows; at first they are holes."""
    table = Table({kind: codes(kind)}, decimals={kind: 3}, width=room.width, row_height=TALL, size=ink.AXIS)
    room.put(table)
    return table.redraw({kind: [None] * len(shops())})


def lit(table: Table, *rows: int, start: float = 0.0, end: float = 1.0) -> list[Animation]:
    """Rows of a table light up, or go out."""
    return [glide(partial(table.light, row=row), start, end, table.row(row)) for row in rows]


class Honest(GradientBoostingStage):
    """What CatBoost does: codes and residuals that have not seen the row."""

    @chapter("Do not look at your own answer", "CatBoost's ordered target statistics")
    def own_answer(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.leaking_codes()
        self.coin_flips()
        self.codes_in_order()

    def leaking_codes(self) -> None:
        """Names become means of labels, and one of them gives its label away."""
        _, middle, right = places()
        rows, coded = rows_table(), codes_table(OWN, middle)
        found = codes(OWN)
        wide = shot.Region(middle.left + 0.4, middle.bottom, right.right, middle.top)
        name = wide.put(words.headline("categorical\nfeature", NEXT))
        with self.beat(
            "A tree cuts numbers. Here is a column of names, not of quantities: a categorical feature."
        ) as beat:
            self.play(FadeIn(rows), run_time=pace.BRISK)
            beat.over(
                glide(partial(rows.light, column="shop", color=NEXT), 0.0, 1.0, rows),
                until="categorical",
                least=pace.CALM,
            )
            beat.over(FadeIn(name), least=pace.CALM)
        mean = right.put(words.headline("mean label\nof the shop", NEXT))
        prior = right.put(words.label("shop A:", NEXT, ink.POINT), UP)
        sums = right.put(
            maths("{{ (3 + {{ 1/2 : prior }}) / (4 + {{ 1 : one }}) : sum }} = 0.7", 1.3 * ink.POINT)
        )
        with self.beat("Replace a category by the mean label of its rows: a target statistic.") as beat:
            self.play(
                FadeOut(name), FadeIn(coded), FadeIn(mean),
                glide(partial(rows.light, column="shop", color=NEXT), 1.0, 0.0, rows),
                run_time=pace.BRISK,
            )  # fmt: skip
            for shop in np.unique(ordered.HAND_SHOPS):
                mine = np.flatnonzero(shop == ordered.HAND_SHOPS)
                self.play(*lit(rows, *mine), run_time=pace.QUICK)
                self.play(
                    *(coded.change(int(row), OWN, float(found[row])) for row in mine),
                    run_time=pace.BRISK,
                )
                self.play(*lit(rows, *mine, start=1.0, end=0.0), run_time=pace.QUICK)
            beat.rest()
        own = [int(row) for row in np.flatnonzero(ordered.HAND_SHOPS == 0)]
        with self.beat(
            "One extra row, the prior, holds back shops with few rows. Its label is one half."
        ) as beat:
            self.play(FadeOut(mean), FadeIn(prior), FadeIn(sums), *lit(rows, *own), run_time=pace.BRISK)
            beat.over(words.light(sums.part("one")), until="Its", least=pace.CALM)
            beat.over(words.light(sums.part("prior")), least=pace.CALM)
            self.play(*lit(rows, *own, start=1.0, end=0.0), run_time=pace.QUICK)
        single = right.put(words.label("shop C:", NEXT, ink.POINT), UP)
        one, zero = (
            right.put(maths(f"({label} + 1/2) / (1 + 1) = {code}", 1.3 * ink.POINT))
            for label, code in ((1, "0.75"), (0, "0.25"))
        )
        with self.beat(
            "Shop C has a single row. With label one its code is 0.75, with label zero 0.25."
        ) as beat:
            self.play(
                FadeOut(prior), FadeOut(sums), FadeIn(single), *lit(rows, ALONE), *lit(coded, ALONE),
                run_time=pace.BRISK,
            )  # fmt: skip
            beat.over(FadeIn(one), until="zero", least=pace.CALM)
            self.play(
                FadeOut(one), FadeIn(zero), rows.change(ALONE, "label y", 0.0), coded.change(ALONE, OWN, 0.25),
                run_time=pace.BRISK,
            )  # fmt: skip
            beat.over(*lit(coded, ALONE, start=1.0, end=0.4), least=pace.QUICK)
        leak = right.put(words.headline("target\nleakage", NEXT))
        with self.beat(
            "So the code gives the label away. Target leakage: a feature that contains the answer."
        ) as beat:
            self.play(
                FadeOut(zero), FadeOut(single), FadeIn(leak), run_time=pace.BRISK,
            )  # fmt: skip
            self.play(
                rows.change(ALONE, "label y", 1.0), coded.change(ALONE, OWN, float(found[ALONE])),
                run_time=pace.CALM,
            )  # fmt: skip
            beat.over(
                self.spotlight(rows.row(ALONE), coded.row(ALONE), leak), until="contains", least=pace.BRISK
            )
            beat.over(words.light(leak, ink.chalk), least=pace.CALM)

    def strip(self) -> tuple[Plane, list[VGroup]]:
        """Areas under the curve of twenty draws: with the own label, of new rows, in order."""
        plane = shot.chart(
            shot.safe(titled=False), (0.44, 0.84), (0.2, 3.9), x_ticks=[0.5, 0.6, 0.7, 0.8], y_ticks=[],
            x_label="AUC of the code, coin-flip labels; 20 draws",
        )  # fmt: skip
        kinds = (("own label inside", ink.chalk), ("the same, new rows", UNSEEN), ("in order", NEXT))
        rows = []
        for number, (scores, (name, color)) in enumerate(zip(ordered.scores().T, kinds, strict=True)):
            level = 3.1 - 1.15 * number
            lift = 0.24 * np.tile((-1.0, 0.0, 1.0), len(scores))[: len(scores)]
            dots = plane.dots(np.column_stack([np.sort(scores), level + lift]), color, radius=0.17)
            at = float(scores.max()) if number else float(scores.min())
            text = f"{name}: {scores.mean():.2f}"
            label = plane.label(
                at, level, text, RIGHT if number else LEFT, color, gap=0.6, size=1.15 * ink.POINT
            )
            rows.append(VGroup(dots, label))
        return plane, rows

    def coin_flips(self) -> None:
        """Labels without a signal, and what the codes make of them."""
        labels = ordered.flips(0).labels
        waffle = Waffle(shot.safe(titled=False), len(labels))
        spots = waffle.places(np.arange(len(labels)))
        sides = [
            (UnitChart(self.ground, spots[labels == side], 0.0, color), spots[labels == side])
            for side, color in ((1, LABEL), (0, ink.faint))
        ]

        def flip(share: float) -> tuple[object, ...]:
            edge = shot.SAFE.left + share * shot.SAFE.width
            return tuple(
                chart.redraw(where, np.where(where[:, 0] <= edge, waffle.half, 0.0)) for chart, where in sides
            )

        with self.beat(
            "How bad is it? Let the labels be coin flips, and the shops random, so that no code can help."
        ) as beat:
            self.exchange(*(chart for chart, _ in sides), also=[self.lights_on()], run_time=pace.BRISK)
            beat.over(drive(flip, *(chart for chart, _ in sides)), until="random", least=pace.LONG)
            beat.over(words.light(sides[0][0], ink.chalk), least=pace.CALM)
        plane, (own, new, _) = self.strip()
        guess = plane.segment((0.5, 0.2), (0.5, 3.9), ink.quiet, LINE, dashed=True)
        named = plane.label(0.5, 3.62, "guessing", RIGHT, ink.quiet, gap=0.2, size=ink.POINT)
        self.allow(guess, "faint", "the line of guessing runs behind the dots")
        with self.beat(
            "AUC, a score for rankings, is one half for guessing. These codes reach 0.78 on their own rows."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            self.play(Create(guess), FadeIn(named), run_time=pace.BRISK)
            beat.over(FadeIn(*own[0], lag_ratio=pace.LAG), until="own", least=pace.SLOW)
            self.play(FadeIn(own[1]), run_time=pace.BRISK)
        with self.beat(
            "On new rows it is a guess. The tree would trust a column that knows nothing."
        ) as beat:
            beat.over(FadeIn(*new[0], lag_ratio=pace.LAG), until="tree", least=pace.CALM)
            self.play(FadeIn(new[1]), run_time=pace.QUICK)
            beat.over(self.frame.to(own, new, share=0.95), least=pace.SLOW)

    def codes_in_order(self) -> None:
        """Each row uses the rows before it."""
        _, _, right = places()
        middle = places()[1]
        wide = shot.Region(middle.left, middle.bottom, middle.left + 5.3, middle.top)
        rows, coded = rows_table(), codes_table(QUEUE, wide)
        found = codes(QUEUE)
        side = shot.Region(wide.right + 0.2, right.bottom, right.right, right.top)
        early = side.put(words.headline("earlier\nrows", NEXT))
        with self.beat(
            "So put the rows in a random order, and let each use those before it: ordered target statistics."
        ) as beat:
            self.exchange(rows, coded, early, also=[self.frame.back()], run_time=pace.CALM)
            for row in range(LAST):
                self.play(*lit(rows, row), coded.change(row, QUEUE, float(found[row])), run_time=pace.BRISK)
                self.play(*lit(rows, row, start=1.0, end=0.0), run_time=pace.QUICK)
            beat.rest()
        before = [int(row) for row in np.flatnonzero(ordered.HAND_SHOPS[:LAST] == ordered.HAND_SHOPS[LAST])]
        sums = side.put(maths("(2 + 1/2) / (3 + 1)", 1.25 * ink.POINT))
        with self.beat(
            "Row seven sees three earlier rows of shop A. Two of them have label one; its own label is hidden."
        ) as beat:
            self.play(*lit(rows, LAST), rows.change(LAST, "label y", None), run_time=pace.BRISK)
            beat.over(*lit(rows, *before), until="Two", least=pace.CALM)
            self.play(FadeOut(early), FadeIn(sums), run_time=pace.BRISK)
            beat.over(coded.change(LAST, QUEUE, float(found[LAST])), least=pace.CALM)
            self.play(*lit(coded, LAST), run_time=pace.QUICK)
        self.shot(shot.formula(titled=False))
        law = maths(
            '"code"_i = ({{ sum_(j "before" i) y_j : sum }} + {{ p : prior }}) / ({{ n_i : count }} + {{ 1 : one }})',
            1.5 * ink.HEADLINE,
        )
        shot.safe(titled=False).put(law)
        with self.beat(
            "In symbols: earlier labels y of its category, plus the prior p; over their count n, plus one.",
            pause=pace.SLOW,
        ) as beat:
            self.exchange(law, run_time=pace.BRISK)
            beat.over(words.light(law.part("sum")), until="plus", least=pace.CALM)
            beat.over(words.light(law.part("prior")), until="over", least=pace.BRISK)
            beat.over(words.light(law.part("count")), until="one", least=pace.BRISK)
            beat.over(words.light(law.part("one")), least=pace.BRISK)
        self.shot(shot.wide())
        plane, (own, new, queue) = self.strip()
        guess = plane.segment((0.5, 0.2), (0.5, 3.9), ink.quiet, LINE, dashed=True)
        self.allow(guess, "faint", "the line of guessing runs behind the dots")
        with self.beat("Now the AUC is that of guessing, as it should be for coin flips.") as beat:
            self.exchange(plane, guess, own, new, run_time=pace.BRISK)
            beat.over(FadeIn(*queue[0], lag_ratio=pace.LAG), until="should", least=pace.CALM)
            beat.over(FadeIn(queue[1]), least=pace.BRISK)
        with self.beat(
            "CatBoost does this for you. Elsewhere, encode inside the folds, without the row's own label."
        ) as beat:
            beat.over(self.frame.to(queue, new, share=0.95), until="Elsewhere", least=pace.SLOW)
            beat.over(self.frame.back(), until="without", least=pace.SLOW)
            beat.over(words.light(queue[1], ink.chalk), least=pace.CALM)

    # --- residuals

    @chapter("The next tree needs honest residuals", "ordered boosting")
    def honest_residuals(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.too_small()
        self.shot(shot.wide())
        self.in_order()
        self.no_better_here()

    def too_small(self) -> None:
        """Residuals of the same patients, fitted and unseen."""
        rooms = shot.split(titled=False).places
        kinds = rates.residuals()
        along = np.arange(len(kinds[0]), dtype=float)
        names = ("fitted", "unseen")
        planes = [
            shot.chart(
                room, (0, len(along)), (-REACH, REACH), x_ticks=[], y_ticks=[-100, 0, 100], x_label="442 patients",
                y_label=f"residuals, {name}",
            )
            for room, name in zip(rooms, names, strict=True)
        ]  # fmt: skip
        sorted_ = [np.sort(each) for each in kinds]
        sticks = [plane.stems(along, 0 * along, 0 * along, RESIDUAL, LINE / 2) for plane in planes]
        spreads = [
            at_spot(plane, 20, 130, f"RMSE {np.sqrt((each**2).mean()):.0f}", color)
            for plane, each, color in zip(planes, kinds, (MODEL, UNSEEN), strict=True)
        ]
        with self.beat(
            "Residuals leak as well. Here are those of patients to whom the model was fitted."
        ) as beat:
            self.play(FadeIn(planes[0]), FadeIn(planes[1]), run_time=pace.QUICK)
            beat.over(
                glide(
                    sticks[0].redraw, (along, 0 * along, 0 * along), (along, 0 * along, sorted_[0]), sticks[0]
                ),
                until="fitted",
                least=pace.LONG,
            )
            beat.over(FadeIn(spreads[0]), least=pace.BRISK)
        with self.beat(
            "And the same patients, in a model that has not seen them: the residuals are longer."
        ) as beat:
            beat.over(
                glide(
                    sticks[1].redraw, (along, 0 * along, 0 * along), (along, 0 * along, sorted_[1]), sticks[1]
                ),
                until="longer",
                least=pace.LONG,
            )
            beat.over(FadeIn(spreads[1]), least=pace.BRISK)
        name = at_spot(planes[0], 110, -135, "prediction shift", NEXT)
        with self.beat(
            "A tree that fits the first kind learns from errors that are too small: prediction shift.",
            pause=pace.CALM,
        ) as beat:
            beat.over(self.frame.to(planes[0], share=0.92), until="learns", least=pace.SLOW)
            beat.over(self.frame.back(), until="prediction", least=pace.SLOW)
            beat.over(FadeIn(name), least=pace.BRISK)

    def in_order(self) -> None:
        """For each row, the model of the rows before it."""
        x, y, order = ordered.line()
        plane = shot.chart(
            shot.safe(titled=False), (0, 10), (-0.6, 11.2), x_ticks=[0, 2, 4, 6, 8, 10], y_ticks=[0, 5, 10],
            x_label="x", y_label="label y",
        )  # fmt: skip
        grid = np.linspace(0, 10, 1201)
        dots = plane.dots(np.column_stack([x, y]), ink.faint, radius=0.2)
        fits = [stairs.boost(x[order[:count]], y[order[:count]], STEPS) for count in range(2, len(order))]
        model = plane.curve(grid, fits[0].at(grid), MODEL, 2.5 * LINE)
        model.set_z_index(1)
        seen = plane.dots(np.column_stack([x, y]), LABEL, radius=0.2)
        seen.set_z_index(2)
        name = told("ordered boosting", UP + RIGHT, NEXT, ink.HEADLINE)
        stick: Curve | None = None
        with self.beat("Residuals come from a model that has not seen the row: ordered boosting.") as beat:
            self.exchange(plane, dots, run_time=pace.BRISK)
            self.play(*(FadeIn(seen[int(row)]) for row in order[:2]), Create(model), run_time=pace.CALM)
            stick = self.next_row(plane, fits[0], int(order[2]), None)
            self.play(FadeIn(name), FadeIn(seen[int(order[2])]), run_time=pace.BRISK)
            beat.rest()
        with self.beat(
            "The rows stand in a random order. The model of the earlier rows gives the next residual."
        ) as beat:
            for number in range(1, len(fits)):
                row = int(order[number + 2])
                self.play(
                    self.refit(model, grid, fits[number - 1], fits[number]),
                    *([FadeOut(stick)] if stick is not None else []), run_time=pace.QUICK,
                )  # fmt: skip
                stick = self.next_row(plane, fits[number], row, seen[row])
            beat.rest()

    @staticmethod
    def refit(model: Curve, grid: Floats, old: stairs.Stairs, new: stairs.Stairs) -> Animation:
        """The model of one more row."""
        return glide(model.redraw, (grid, old.at(grid)), (grid, new.at(grid)))

    def next_row(self, plane: Plane, fit: stairs.Stairs, row: int, dot: VMobject | None) -> Curve:
        """The residual of a row that the model has not seen; then the row is seen."""
        x, y, _ = ordered.line()
        foot = float(fit.at(x[row : row + 1])[0])
        stick = plane.curve([x[row], x[row]], [foot, y[row]], RESIDUAL, 3 * LINE)
        come = [Create(stick), *([FadeIn(dot)] if dot is not None else [])]
        self.play(*come, run_time=pace.QUICK)
        return stick

    def no_better_here(self) -> None:
        """CatBoost, plain and ordered, on the patients."""
        plain, honest = runs.plain_and_ordered()
        plane = shot.chart(
            shot.safe(titled=False), (-0.25, 1.35), (55, 57.4), x_ticks=[0, 1], x_names={0: "plain", 1: "ordered"},
            y_ticks=[55, 56, 57], y_label="CatBoost's lowest unseen error (RMSE), three shuffles",
        )  # fmt: skip
        lines = [
            plane.segment((0, one), (1, two), UNSEEN, 2 * LINE)
            for one, two in zip(plain, honest, strict=True)
        ]
        ends = plane.dots(
            [(side, value) for side, values in enumerate((plain, honest)) for value in values],
            UNSEEN,
            radius=0.16,
        )
        with self.beat("Its authors recommend it for small data sets, and it takes longer.") as beat:
            self.exchange(plane, run_time=pace.BRISK)
            beat.over(FadeIn(*ends[:3], lag_ratio=pace.LAG), until="takes", least=pace.CALM)
            beat.over(*map(Create, lines), least=pace.CALM)
            self.play(FadeIn(*ends[3:]), run_time=pace.QUICK)
        with self.beat("On our patients it was not better than plain boosting. So try both.") as beat:
            beat.over(*(words.light(line) for line in lines), until="So", least=pace.CALM)
            beat.over(words.light(ends, ink.chalk), least=pace.CALM)
