"""Target encoding: the mean that knows the answer, and the mean of the other folds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup

from scenes.feature_engineering.stage import (
    BIG,
    FIT,
    HELD,
    LEAK,
    SOUND,
    TRAIN,
    FeatureEngineeringStage,
    maths,
    percent,
    site,
    way,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.heat_map import HeatMap
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.shot import Region
from scenes.kit.tag import Tag
from scenes.maths.feature_engineering import categories, target

TALL: Final = 0.98
"""Height of a row of the example by hand, in scene units."""
CELL: Final = 1.5
LONG: Final = 6.6
"""Length of a code of one."""
FRACTIONS: Final = {Fraction(3, 4): "¾", Fraction(1, 2): "½"}
AT: Final = (1.0, 2.3, 3.6)
"""Where the three groups of dots stand."""


class Shops(FeatureEngineeringStage):
    """Target encoding, and how it leaks."""

    # --- the leak

    @chapter("The mean that knows your answer", "how target encoding leaks")
    def the_mean_that_knows(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.grow_too_wide()
        hand = Hand()
        self.encode_by_hand(hand)
        self.score_the_leak(hand)

    def grow_too_wide(self) -> None:
        """One-hot columns of 150 shops: nearly all zeros."""
        data = target.useless()
        rows = data.shop[data.train][:60]
        safe = shot.safe(titled=False)
        area = Region(shot.EDGES.left, safe.bottom, shot.EDGES.right, safe.top)
        wall = HeatMap(np.zeros((len(rows), target.SHOPS)), area).dyes([FIT] * len(rows))
        full = 0.1 + 0.9 * categories.one_hot(rows, target.SHOPS)
        wall.redraw(full, dye=categories.one_hot(rows, target.SHOPS))
        narrow = np.full(target.SHOPS, 1e-6)
        narrow[:3] = 1.0
        term = Tag(words.headline("high cardinality", FIT, size=1.3 * ink.HEADLINE)).move_to(area.middle)
        with self.beat(
            "Three categories made three columns. A hundred and fifty shops make a wall of them, "
            "nearly all zeros. So many categories are called high cardinality."
        ) as beat:
            wall.redraw(widths=narrow)
            self.play(FadeIn(wall), run_time=pace.QUICK)
            beat.over(drive(partial(widen, wall, narrow), wall), until="So many", least=pace.LONG)
            beat.at("high", FadeIn(term))

    def encode_by_hand(self, hand: Hand) -> None:
        """Codes are means of labels, and each row's own label is in them."""
        with self.beat(
            "Target encoding keeps one column: in the place of a shop stands the mean label of its rows."
        ) as beat:
            self.exchange(hand.heads[0], hand.heads[1], hand.heads[2])
            cells = [VGroup(*pair) for pair in zip(hand.shops.boxes, hand.labels.boxes, strict=True)]
            beat.over(
                LaggedStart(*(FadeIn(pair, shift=place.NUDGE * DOWN) for pair in cells), lag_ratio=pace.LAG),
                until="mean",
                least=pace.CALM,
            )
            self.remove(*cells)
            self.add(hand.shops, hand.labels)
            beat.over(drive(hand.grow, *hand.bars), FadeIn(hand.axis), least=pace.SLOW)
        with self.beat(
            "Shop A: three of four labels are one, so each of its rows gets three quarters."
        ) as beat:
            beat.over(
                LaggedStart(*(words.light(hand.labels.boxes[row]) for row in range(4)), lag_ratio=pace.LAG),
                until="each",
            )
            beat.at("three quarters", FadeIn(VGroup(*hand.codes[:4]), shift=place.NUDGE * RIGHT))
        with self.beat(
            "Shop B has a single row. Its label is one, so its code is one. Its code is its label.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(words.light(hand.labels.boxes[4]), until="so its")
            beat.at("code is one", FadeIn(hand.codes[4], shift=place.NUDGE * RIGHT))
            beat.over(words.light(hand.codes[4], LEAK), words.light(hand.labels.boxes[4], LEAK))
        with self.beat(
            "That is the leak of the noise once more: in each row's code sits the row's own label."
        ) as beat:
            beat.over("leak", drive(hand.own, *hand.shares), until="sits", least=pace.SLOW)
            self.play(*(words.light(each, ink.chalk) for each in hand.shares), run_time=pace.CALM)

    def score_the_leak(self, hand: Hand) -> None:
        """Training rows look fine, new rows suffer."""
        strips = Strips.of_useless(folded=False)
        with self.beat("Now simulate shops that have no effect, beside one honest column.") as beat:
            self.exchange(strips.plane, strips.guess)
            beat.over(words.light(strips.guess), least=pace.CALM)
        with self.beat(
            "On the training rows the model is 80 percent right, on new rows 59. "
            "Without the shops it does better, in each simulation."
        ) as beat:
            beat.over(deal(strips.spots[0]), until="80", least=pace.CALM)
            beat.at("80", FadeIn(strips.ends[0], scale=1.2))
            beat.over("on new", deal(strips.spots[1]), until="59", least=pace.CALM)
            self.play(FadeIn(strips.ends[1], scale=1.2), run_time=pace.BRISK)
            beat.over(
                "Without", deal(strips.spots[2]), FadeIn(strips.ends[2]), until="in each", least=pace.CALM
            )
            beat.over(words.light(strips.ends[2]))
        with self.beat(
            "The model trusted a column that had told it the answers. The fewer rows a category has, "
            "the larger is the share of the own label."
        ) as beat:
            beat.over(words.light(strips.ends[0], ink.chalk), until="The fewer")
            self.exchange(*hand.picture)
            beat.over(words.light(VGroup(*hand.shares[:4]), ink.chalk), until="share", least=pace.BRISK)
            beat.over(words.light(hand.shares[4], ink.chalk))

    # --- out of fold

    @chapter("Count from the other folds", "target encoding out of fold")
    def count_from_the_other_folds(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        hand = Hand()
        hand.grow(1.0)
        hand.own(1.0)
        self.add(*hand.picture)
        with self.beat(
            "How can the row's own label be kept out? Out-of-fold: a row's code is counted on the other folds only."
        ) as beat:
            beat.over(words.light(VGroup(*hand.shares), LEAK), until="Out")
            term = words.headline("out-of-fold", FIT, size=BIG)
            term.move_to(hand.heads[2]).align_to(hand.heads[2], LEFT)
            self.play(FadeOut(hand.heads[2], *hand.codes), FadeIn(term), run_time=pace.BRISK)
            beat.over(drive(hand.part, hand.shops, hand.labels), until="other", least=pace.SLOW)
            beat.over(FadeOut(*hand.shares), least=pace.CALM)
        with self.beat(
            "Shop A: the first two rows take the mean of the last two, one. The last two take one half."
        ) as beat:
            beat.over(words.light(VGroup(*hand.labels.boxes[2:4])), until="one")
            self.play(drive(hand.refill([0, 1]), *hand.bars), run_time=pace.CALM)
            self.play(FadeIn(*hand.folded[:2]), run_time=pace.QUICK)
            beat.over(
                "The last", words.light(VGroup(*hand.labels.boxes[:2])), until="one half", least=pace.QUICK
            )
            self.play(drive(hand.refill([2, 3]), *hand.bars), run_time=pace.CALM)
            self.play(FadeIn(*hand.folded[2:4]), run_time=pace.QUICK)
        formula = maths(
            "(n {{ macron(y)_c : mean }} + m {{ macron(y) : overall }}) / (n + m)",
            2.6 * ink.POINT,
            {"mean": FIT, "overall": SOUND},
        )
        with self.beat(
            "Shop B has a single row: it takes the overall mean. Rare shops are not trusted alone: "
            "smoothing pulls a small mean towards the overall mean, as if m more rows had it.",
            pause=pace.SLOW,
        ) as beat:
            self.play(drive(hand.drop, *hand.bars), run_time=pace.QUICK)
            beat.at("overall", FadeIn(hand.folded[4]))
            safe = shot.safe(titled=False)
            smoothing = words.headline("smoothing", FIT, size=1.7 * ink.HEADLINE)
            smoothing.move_to(site(safe.middle[0], safe.top - 0.6))
            formula.move_to(safe.middle + way(DOWN, 0.2))
            beat.until("smoothing")
            self.shot(shot.formula(titled=False))
            self.exchange(smoothing, formula)
            beat.at("small", words.light(formula.part("mean"), ink.chalk))
            beat.at("overall mean as", words.light(formula.part("overall"), ink.chalk))
        strips = Strips.of_useless(folded=True)
        with self.beat(
            "In the simulation the useless code falls flat. Training rows hardly look better than new ones, "
            "and new rows do as well as without it."
        ) as beat:
            self.shot(shot.wide())
            self.exchange(strips.plane, strips.guess)
            beat.over(deal(strips.spots[0]), until="hardly", least=pace.CALM)
            self.play(FadeIn(strips.ends[0], scale=1.2), run_time=pace.BRISK)
            beat.over(deal(strips.spots[1]), FadeIn(strips.ends[1]), until="new rows", least=pace.CALM)
            beat.over(deal(strips.spots[2]), FadeIn(strips.ends[2]), least=pace.CALM)
        useful = Strips.of_useful()
        with self.beat(
            "Where shops do matter, the encoded column lifts new rows from 65 percent to 72. "
            "That one column does about as well as a one-hot column for each shop."
        ) as beat:
            self.exchange(useful.plane, useful.guess)
            beat.over(deal(useful.spots[0]), FadeIn(useful.ends[0]), until="72", least=pace.CALM)
            beat.over(deal(useful.spots[1]), FadeIn(useful.ends[1]), until="That one", least=pace.CALM)
            beat.over(deal(useful.spots[2]), FadeIn(useful.ends[2]), least=pace.CALM)
        with self.beat(
            "New rows take codes that were counted on the training rows: fit, then transform."
        ) as beat:
            beat.over(
                words.light(useful.ends[1], ink.chalk),
                glide(useful.spots[0].shade, 1.0, 0.4),
                least=pace.CALM,
            )
            self.play(glide(useful.spots[0].shade, 0.4, 1.0), run_time=pace.CALM)


class Hand:
    """Five rows by hand: shop, label, and a code drawn as a bar of which a part is the row's own."""

    def __init__(self) -> None:
        safe = shot.safe(titled=False)
        shop, label, fold = target.hand()
        self.fold = fold
        code, count = target.means(shop, label, 2)
        self.code: Floats = code[shop]
        self.share: Floats = label / count[shop]
        self.later = target.out_of_fold(shop, label, fold)
        top = safe.top - 1.15
        self.left = safe.left + 2 * CELL + 2.0
        self.y = np.array([top - TALL * (row + 0.5) for row in range(len(shop))])
        self.shops = ArrayCells(target.HAND_SHOPS, CELL, 0.86 * TALL, ink.quiet, fill=0.12)
        self.shops.put([(safe.left + CELL / 2, y, 0) for y in self.y])
        self.labels = ArrayCells(label, CELL, 0.86 * TALL, ink.chalk, fill=0.12)
        self.labels.put([(safe.left + 1.5 * CELL + 0.6, y, 0) for y in self.y])
        ground = shot.bare()
        self.bars = [Polygon(ground, color=FIT, width=LINE, fill=0.5) for _ in shop]
        self.shares = [Polygon(ground, color=LEAK, width=LINE, fill=0.85) for _ in shop]
        self.axis = ground.segment((self.left, top), (self.left, top - TALL * len(shop)), ink.quiet, LINE)
        self.codes = [
            words.headline(text, FIT, size=BIG).move_to(
                site(self.left + LONG * length + 0.25, y), aligned_edge=LEFT
            )
            for text, length, y in zip(map(told, self.code), self.code, self.y, strict=True)
        ]
        texts = (*map(told, self.later[:4]), "the overall mean")
        lengths = [*self.later[:4], 0.0]
        self.folded = [
            words.headline(text, FIT, size=BIG).move_to(
                site(self.left + LONG * length + 0.25, y), aligned_edge=LEFT
            )
            for text, length, y in zip(texts, lengths, self.y, strict=True)
        ]
        heads = ("shop", "label y", "target encoding")
        self.heads = VGroup(
            *(
                words.headline(text, color, size=BIG).move_to(site(x, safe.top - 0.45), aligned_edge=edge)
                for text, color, x, edge in zip(
                    heads,
                    (ink.quiet, ink.chalk, FIT),
                    (safe.left + CELL / 2, safe.left + 1.5 * CELL + 0.6, self.left),
                    (ORIGIN, ORIGIN, LEFT),
                    strict=True,
                )
            )
        )
        self.picture = (
            self.shops,
            self.labels,
            self.heads,
            self.axis,
            *self.bars,
            *self.shares,
            *self.codes,
        )
        self.lengths = np.zeros(len(shop))
        self.grow(0.0)
        self.own(0.0)

    def bar(self, row: int, begin: float, end: float) -> Floats:
        """Corners (4, 2) of a bar of a row, between two codes."""
        half = 0.32 * TALL
        x0, x1 = self.left + LONG * begin, self.left + LONG * max(end, begin + 1e-4)
        y = self.y[row]
        return np.array([[x0, y - half], [x1, y - half], [x1, y + half], [x0, y + half]])

    def draw(self) -> list[Polygon]:
        """Bars as long as they are now."""
        for row, each in enumerate(self.bars):
            each.redraw(self.bar(row, 0.0, float(self.lengths[row])))
        return self.bars

    def grow(self, share: float) -> list[Polygon]:
        """The bars reach a ``share`` of their codes."""
        self.lengths = share * self.code
        return self.draw()

    def own(self, share: float) -> list[Polygon]:
        """The part of each row's own label is red."""
        for row, each in enumerate(self.shares):
            end = float(self.code[row])
            each.redraw(self.bar(row, end - share * float(self.share[row]), end))
            each.set_opacity(1.0 if share * self.share[row] > 0 else 0.0)
            each.set_fill(opacity=0.85 if share * self.share[row] > 0 else 0.0)
        return self.shares

    def drop(self, share: float) -> list[Polygon]:
        """The code of the last row goes."""
        self.lengths[-1] = self.code[-1] - share * self.code[-1]
        return self.draw()

    def refill(self, rows: list[int]) -> Callable[[float], list[Polygon]]:
        """A path: the codes of ``rows`` out of fold."""
        before = self.lengths.copy()

        def path(share: float) -> list[Polygon]:
            for row in rows:
                self.lengths[row] = blend(float(before[row]), float(self.later[row]), share)
            return self.draw()

        return path

    def part(self, share: float) -> list[ArrayCells]:
        """The rows take the colours of their two folds."""
        for cells in (self.shops, self.labels):
            for row, box in enumerate(cells.boxes):
                color = (TRAIN, HELD)[self.fold[row]]
                box.outline.set_stroke(blend(ink.chalk, color, share), width=2 * LINE)
                box.outline.set_fill(blend(ink.chalk, color, share), opacity=0.12 + 0.2 * share)
        return [self.shops, self.labels]


class Strips:
    """Accuracies of twenty simulations, three groups of dots beside each other, and their means."""

    def __init__(
        self,
        rows: Sequence[Floats],
        names: Sequence[str],
        colors: Sequence[ManimColor],
        guess: float,
        what: str,
    ) -> None:
        self.plane = shot.chart(
            shot.safe(titled=False),
            (0.45, AT[-1] + 1.2),
            (0.44, 0.9),
            x_names=dict(zip(AT, names, strict=True)),
            y_ticks=(0.5, 0.7, 0.9),
            y_names={0.5: "50 %", 0.7: "70 %", 0.9: "90 %"},
            y_label=f"right, mean and 20 simulations: {what}",
        )
        self.guess = VGroup(
            self.plane.segment((0.45, guess), (AT[-1] + 1.2, guess), ink.quiet, LINE, dashed=True),
            self.plane.label(AT[-1] + 1.2, guess, "guessing", DOWN + LEFT, ink.quiet, 0.1, ink.AXIS),
        )
        self.spots = [self.strip(at, row, color) for at, row, color in zip(AT, rows, colors, strict=True)]
        self.ends = [
            self.plane.label(
                at + 0.18, row.mean(), percent(row.mean()), RIGHT, color, 0.1, 1.2 * ink.HEADLINE
            )
            for at, row, color in zip(AT, rows, colors, strict=True)
        ]

    @classmethod
    def of_useless(cls, *, folded: bool) -> Strips:
        """Shops without effect, encoded on all training rows or out of fold."""
        runs = target.runs()
        return cls(
            (
                runs.folded_train if folded else runs.naive_train,
                runs.folded_new if folded else runs.naive_new,
                runs.honest,
            ),
            ("with the code,\ntraining rows", "with the code,\nnew rows", "without it,\nnew rows"),
            (SOUND, SOUND, ink.chalk) if folded else (LEAK, HELD, ink.chalk),
            float(runs.guess.mean()),
            f"{target.ROWS} rows, {target.SHOPS} shops without effect",
        )

    @classmethod
    def of_useful(cls) -> Strips:
        """Shops that matter: without them, one encoded column, and one-hot columns."""
        *rows, guess = target.useful_runs().T
        return cls(
            rows,
            ("without shops", "one column,\nout of fold", f"{target.USEFUL} one-hot\ncolumns"),
            (ink.chalk, SOUND, HELD),
            float(guess.mean()),
            f"new rows, {target.USEFUL} shops with effects",
        )

    def strip(self, at: float, row: Floats, color: ManimColor) -> Dots:
        """Twenty dots beside each other."""
        spread = at + 0.12 * np.sin(2.4 * np.arange(len(row)))
        return self.plane.dots(np.column_stack([spread, row]), color, radius=0.1)


def told(value: float) -> str:
    """A code as a fraction."""
    share = Fraction(value).limit_denominator(8)
    return FRACTIONS.get(share, str(share))


def widen(wall: HeatMap, narrow: Floats, share: float) -> HeatMap:
    """The columns that are ``narrow`` come to full width by a ``share``, ever faster."""
    return wall.redraw(widths=blend(narrow, np.ones(len(narrow)), share**3))


def deal(dots: Dots) -> LaggedStart:
    """The dots come one after the other."""
    return LaggedStart(*(FadeIn(dot, shift=place.NUDGE * DOWN) for dot in dots), lag_ratio=pace.LAG)
