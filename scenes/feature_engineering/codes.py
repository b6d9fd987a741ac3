"""Words as numbers: ordinal, one-hot and cyclic encoding."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.feature_engineering.stage import (
    BIG,
    FIT,
    HELD,
    LEAK,
    SOUND,
    TRAIN,
    FeatureEngineeringStage,
    percent,
    site,
    way,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import Region, bare
from scenes.kit.solid import SolidDots
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.maths.feature_engineering import categories, pipe

STEPS: Final = (-0.6, 2.6)
SPOT: Final = 0.26
DEGREES_SHOWN: Final = (17.0, 30.5)
RING: Final = 2.25
"""Radius of the ring of months, in scene units."""
FOOT: Final = 0.6
"""Scene units under the chart for the months."""
IN_LINE: Final = np.array([[0.5, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.5, 0.0]])
"""Where the three categories stand before they go to corners."""
SPREAD: Final = 0.22
"""How far a month's dots lie beside each other."""


class Codes(FeatureEngineeringStage):
    """Categories become numbers."""

    @chapter("Words are not numbers", "one-hot and ordinal encoding")
    def words_are_not_numbers(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.count_in_order()
        self.give_each_a_corner()
        self.compare_months()
        self.close_the_year()

    def count_in_order(self) -> None:
        """Sizes fit a line of steps, species do not."""
        line = Steps(categories.SIZES)
        species = Steps(pipe.SPECIES)
        with self.beat(
            "Some columns hold words. Sizes have an order: they are ordinal. "
            "Ordinal encoding counts along it: zero, one, two."
        ) as beat:
            self.play(FadeIn(line.axis), run_time=pace.QUICK)
            beat.over(
                LaggedStart(
                    *(FadeIn(each, shift=place.NUDGE * DOWN) for each in line.marks), lag_ratio=pace.LAG
                ),
                until="ordinal",
            )
            name = words.headline("ordinal", ink.chalk).move_to(line.head)
            self.play(FadeIn(name), run_time=pace.BRISK)
            longer = words.headline("ordinal encoding", FIT).move_to(line.head)
            beat.at("Ordinal encoding", FadeOut(name), FadeIn(longer))
            beat.at("zero", LaggedStart(*(FadeIn(each) for each in line.numbers), lag_ratio=pace.LAG))
        with self.beat(
            "Species are nominal: names without an order. Counted like this, the second would lie "
            "between the others, and the last be twice as far. The data did not say so."
        ) as beat:
            nominal = words.headline("nominal", ink.chalk).move_to(line.head)
            self.play(FadeOut(line.marks, longer), FadeIn(species.marks, nominal), run_time=pace.CALM)
            beat.over(
                LaggedStart(*(words.light(each) for each in species.names), lag_ratio=pace.LAG),
                until="between",
            )
            beat.over(FadeIn(species.spans[0]), words.light(species.names[1], HELD), until="twice")
            beat.over(FadeIn(species.spans[1]), words.light(species.names[2], HELD), until="did not")
            beat.over("did not", words.light(species.spans, LEAK))

    def give_each_a_corner(self) -> None:
        """Three categories at three corners, each as far from the others."""
        safe = shot.safe(titled=False)
        plane = safe.inset(1.2, 0.5).plane((0, 1.0), (0, 1.0), x_ticks=[], y_ticks=[], equal=True)
        plane.frame.set_stroke(opacity=0)
        space = Space(plane, (0, 1.0), height=float(np.linalg.norm(plane.box[1] - plane.box[0])))
        space.look(tilt=64 * DEGREES, turn=-205 * DEGREES, lift=1.0, zoom=0.7)
        axes = space.curve(
            np.array([[1, 0, 0], [0, 0, 0], [0, 1, 0], [np.nan] * 3, [0, 0, 0], [0, 0, 1.0]]), ink.faint, LINE
        )
        corners = np.eye(3)
        edges = space.curve(corners[[0, 1, 2, 0]], SOUND, 1.5 * LINE)
        dots = space.dots(corners, ink.chalk, radius=SPOT)
        grow = space.drive(partial(part, dots, corners))
        hot = OneHot()
        with self.beat(
            "One-hot encoding gives each category a column of its own: one where it holds, zero elsewhere."
        ) as beat:
            self.exchange(hot.names, hot.term)
            beat.over(
                LaggedStart(
                    *(FadeIn(each, shift=place.NUDGE * DOWN) for each in hot.heads), lag_ratio=pace.LAG
                ),
                until="one where",
                least=pace.CALM,
            )
            beat.over("one where", FadeIn(*hot.ones), until="zero", least=pace.BRISK)
            beat.over("zero", FadeIn(*hot.zeros), least=pace.BRISK)
        with self.beat(
            "Each row of the table is a corner now, and each is equally far from the others."
        ) as beat:
            self.exchange(axes, dots)
            beat.over(grow, until="corner", least=pace.CALM)
            term = words.headline("one-hot encoding", FIT)
            term.move_to(site(safe.left, safe.top - 0.4), aligned_edge=LEFT)
            beat.over(space.orbit(70 * DEGREES), until="equally", least=pace.SLOW)
            self.play(FadeIn(term, edges), run_time=pace.BRISK)
            tags: list[Tag] = []
            for number, name in enumerate(pipe.SPECIES):
                code = " ".join(str(int(each)) for each in corners[number])
                at = space.at(corners[number : number + 1])[0]
                side = RIGHT if number == 2 or at[0] > plane.box.mean(axis=0)[0] else LEFT
                tags.append(Tag(words.caption(at, f"{name}\n{code}", side, ink.chalk, 0.4, ink.POINT), 0.0))
            beat.over(LaggedStart(*map(FadeIn, tags), lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("The price: as many columns as there are categories.") as beat:
            beat.over(
                LaggedStart(*(words.light(each.text, FIT) for each in tags), lag_ratio=pace.LAG),
                least=pace.CALM,
            )

    def compare_months(self) -> None:
        """A linear model of the sea temperature, by three codes of the month."""
        chart = Months()
        with self.beat(
            "Other data: sea temperatures off Peru, month by month. In the order of the alphabet, "
            "a line explains nine percent of their variance, each year held out in turn."
        ) as beat:
            self.exchange(chart.plane)
            beat.over(
                LaggedStart(
                    *(FadeIn(dot, shift=place.NUDGE * DOWN) for dot in chart.dots), lag_ratio=pace.LAG
                ),
                until="In the order",
                least=pace.SLOW,
            )
            beat.over(
                LaggedStart(*map(FadeIn, chart.names[0]), lag_ratio=pace.LAG), until="line", least=pace.CALM
            )
            beat.over("line", glide(chart.lines[0].reveal, 0.0, 1.0), until="nine", least=pace.CALM)
            beat.at("nine", FadeIn(chart.told[0], scale=1.2))
        with self.beat(
            "In the order of the calendar, 47. With one-hot columns each month has a level of its own: 74."
        ) as beat:
            self.play(FadeOut(chart.lines[0], chart.told[0], chart.names[0]), run_time=pace.QUICK)
            beat.over(glide(chart.dots.redraw, (chart.at(0),), (chart.at(1),)), until="47", least=pace.CALM)
            self.play(FadeIn(chart.names[1], chart.lines[1], chart.told[1]), run_time=pace.BRISK)
            beat.at("one-hot", FadeOut(chart.lines[1], chart.told[1]), FadeIn(chart.lines[2]))
            beat.at("74", FadeIn(chart.told[2], scale=1.2))
        self.chart = chart

    def close_the_year(self) -> None:
        """The axis of months bends into a ring."""
        chart = self.chart
        ground = bare()
        months = np.arange(12)
        middle = np.array([-3.05, 0.0])
        # January stands on top, and the year runs as a clock does: the sine across, the cosine up.
        spots = middle + RING * categories.cyclic(months, 12)[:, ::-1]
        fine = middle + RING * categories.cyclic(np.linspace(0, 12, 121), 12)[:, ::-1]
        ring = ground.curve(fine[:, 0], fine[:, 1], SOUND, 1.5 * LINE)
        flat = np.column_stack([np.linspace(-6, 6, 12), np.full(12, -2.4)])
        dots = ground.dots(flat, FIT, radius=0.16)
        names, around = (
            [Tag(words.headline(name, ink.chalk, size=ink.POINT), 0.0) for name in categories.MONTHS]
            for _ in range(2)
        )
        for name, flat_at in zip(names, flat, strict=True):
            name.move_to(ground.at(*flat_at)).shift(way(UP, 0.6))
        for name, ring_at in zip(around, spots, strict=True):
            out = (ring_at - middle) / RING
            name.move_to(ground.at(*(ring_at + out * np.array([0.85, 0.5]))))
        codes = Cycle(("Nov", "Dec", "Jan", "Feb"))
        with self.beat(
            "Yet the months have an order, one that closes: December is beside January. "
            "Cyclic encoding takes sine and cosine of the angle."
        ) as beat:
            self.exchange(dots, *names)
            beat.until("closes")
            self.play(FadeOut(*names), run_time=pace.QUICK)
            beat.over(glide(dots.redraw, (flat,), (spots,)), until="Cyclic", least=pace.SLOW)
            self.play(FadeIn(*around), run_time=pace.QUICK)
            beat.at("Cyclic", FadeIn(ring, codes.term))
            beat.at("sine", FadeIn(codes.heads[0]))
            self.play(FadeIn(codes.heads[1]), run_time=pace.QUICK)
            self.play(
                LaggedStart(
                    *(FadeIn(row, shift=place.NUDGE * DOWN) for row in codes.rows), lag_ratio=pace.LAG
                ),
                run_time=pace.CALM,
            )
            beat.over(
                words.light(around[0].text),
                words.light(around[11].text),
                words.light(VGroup(*codes.rows[1:3])),
            )
        with self.beat(
            "Two columns, and they explain about as much: 73. "
            "Nominal: one-hot. Ordered: ordinal. A circle: sine and cosine."
        ) as beat:
            self.exchange(chart.plane, chart.dots, chart.names[1])
            beat.over(glide(chart.lines[3].reveal, 0.0, 1.0), until="73", least=pace.CALM)
            self.play(FadeIn(chart.told[3], scale=1.2), run_time=pace.BRISK)
            beat.over(words.light(chart.lines[3], ink.chalk))


class Steps:
    """Three categories on a line of steps, as wide as the frame."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.plane: Plane = shot.safe(titled=False).plane(STEPS, (-1.5, 2.0), x_ticks=[], y_ticks=[])
        self.plane.frame.set_stroke(opacity=0)
        self.axis = self.plane.segment((STEPS[0], 0), (STEPS[1], 0), ink.faint, LINE)
        dots = self.plane.dots([(step, 0) for step in range(3)], ink.chalk, radius=SPOT)
        self.names = [
            self.plane.label(step, 0, name, UP, ink.chalk, 0.45, BIG) for step, name in enumerate(names)
        ]
        for name_words in self.names[1:]:
            words.align_baseline(name_words, self.names[0])
        self.marks = VGroup(*(VGroup(dots[step], self.names[step]) for step in range(3)))
        self.numbers = VGroup(
            *(self.plane.label(step, 0, str(step), DOWN, FIT, 0.45, 1.3 * ink.HEADLINE) for step in range(3))
        )
        self.spans = VGroup(*(self.span(0, 1, 1.15), self.span(0, 2, 1.55)))
        self.head = self.plane.at(1, -1.15)

    def span(self, start: int, stop: int, height: float) -> VGroup:
        """A distance above the line, with its number."""
        bar = self.plane.segment((start, height), (stop, height), HELD, 2 * LINE)
        ends = self.plane.stems([start, stop], height - 0.08, height + 0.08, HELD, 2 * LINE)
        told = Tag(self.plane.label((start + stop) / 2, height, str(stop - start), UP, HELD, 0.1, BIG), 0.0)
        return VGroup(bar, ends, told)


class OneHot:
    """The species as a table: a column for each, with a one where it holds."""

    def __init__(self) -> None:
        safe = shot.safe(titled=False)
        size = len(pipe.SPECIES)
        left, tall = safe.left + 3.4, 1.45
        wide = (safe.right - left) / size
        top = safe.top - 2.0
        across = [left + wide * (column + 0.5) for column in range(size)]
        down = [top - tall * (row + 0.5) for row in range(size)]
        self.term = words.headline("one-hot encoding", FIT)
        self.term.move_to(site(safe.left, safe.top - 0.4), aligned_edge=LEFT)
        self.names = VGroup(
            *(
                words.headline(name, ink.chalk, size=BIG).move_to(site(safe.left, y), aligned_edge=LEFT)
                for name, y in zip(pipe.SPECIES, down, strict=True)
            )
        )
        self.heads = [
            words.headline(f"{name}?", FIT, size=BIG).move_to(site(x, top + 0.45))
            for name, x in zip(pipe.SPECIES, across, strict=True)
        ]
        for head in self.heads[1:]:
            words.align_baseline(head, self.heads[0])
        table = categories.one_hot(np.arange(size), size).astype(int)
        cells = ArrayCells(table.ravel(), 0.94 * wide, 0.88 * tall, ink.quiet, size=BIG, fill=0.08)
        cells.put([(x, y, 0.0) for y in down for x in across])
        self.ones = [box for box, one in zip(cells.boxes, table.ravel(), strict=True) if one]
        self.zeros = [box for box, one in zip(cells.boxes, table.ravel(), strict=True) if not one]
        for box in self.ones:
            box.outline.set_stroke(FIT, 2 * LINE).set_fill(FIT, opacity=0.35)


class Cycle:
    """The codes of some months: a sine and a cosine."""

    def __init__(self, months: tuple[str, ...]) -> None:
        safe = shot.safe(titled=False)
        across = (safe.right - 5.9, safe.right - 2.6, safe.right)
        self.term = words.headline("cyclic encoding", FIT)
        self.term.move_to(site(safe.right, safe.top - 0.5), aligned_edge=RIGHT)
        self.heads = VGroup(
            *(
                words.headline(name, SOUND, size=BIG).move_to(site(x, safe.top - 1.7), aligned_edge=RIGHT)
                for name, x in zip(("sine", "cosine"), across[1:], strict=True)
            )
        )
        self.rows = VGroup()
        for number, name in enumerate(months):
            y = safe.top - 2.8 - 1.05 * number
            cosine, sine = categories.cyclic(np.array([categories.MONTHS.index(name)]), 12)[0]
            row = VGroup(
                words.headline(name, ink.chalk, size=BIG).move_to(site(across[0], y), aligned_edge=LEFT)
            )
            for value, x in zip((sine, cosine), across[1:], strict=True):
                row.add(
                    words.headline(signed(value), ink.chalk, size=BIG).move_to(site(x, y), aligned_edge=RIGHT)
                )
            self.rows.add(row)


class Months:
    """Sea temperatures over the month, and what linear models of four codes say."""

    def __init__(self) -> None:
        sea = categories.sea()
        self.sea = sea
        safe = shot.safe(titled=False)
        self.plane = shot.chart(
            Region(safe.left, safe.bottom + FOOT, safe.right, safe.top),
            (-0.7, 14.5),
            DEGREES_SHOWN,
            x_ticks=[],
            y_ticks=(20, 25, 30),
            y_label="sea temperature (°C)",
        )
        self.orders = [np.asarray(order, float) for order in (categories.alphabet(), np.arange(12))]
        self.shift = SPREAD * np.linspace(-1, 1, len(np.unique(sea.year)))[sea.year - sea.year.min()]
        self.dots = self.plane.dots(self.at(0), TRAIN, radius=0.055)
        self.names = [self.row(order) for order in self.orders]
        levels = categories.fitted("one-hot")
        fine = np.linspace(-0.4, 11.4, 200)
        alphabetical = categories.fitted("alphabetical")[np.argsort(self.orders[0])]
        straight = self.plane.curve(np.arange(12), alphabetical, LEAK, 2 * LINE)
        calendar = self.plane.curve(np.arange(12), categories.fitted("calendar"), HELD, 2 * LINE)
        months = np.arange(12)
        steps = self.plane.segment(
            np.column_stack([months - 0.4, levels]), np.column_stack([months + 0.4, levels]), FIT, 2.5 * LINE
        )
        wave = self.plane.curve(fine, categories.fitted("cyclic", fine), SOUND, 2 * LINE)
        self.lines = [straight, calendar, steps, wave]
        self.told = []
        for coding, color in zip(categories.CODINGS, (LEAK, HELD, FIT, SOUND), strict=True):
            end = {"alphabetical": alphabetical[-1], "calendar": categories.fitted("calendar")[-1]}.get(
                coding, float(levels[-1])
            )
            number = words.headline(percent(categories.r_squared(coding)), color, size=1.2 * ink.HEADLINE)
            number.move_to(self.plane.at(11.7, float(end)), aligned_edge=LEFT)
            self.told.append(number)

    def at(self, order: int) -> Floats:
        """Where the dots lie in one of the two orders."""
        return np.column_stack([self.orders[order][self.sea.month] + self.shift, self.sea.degrees])

    def row(self, order: Floats) -> VGroup:
        """The months under the axis."""
        return VGroup(
            *(
                self.plane.label(int(spot), DEGREES_SHOWN[0], name, DOWN, ink.chalk, 0.2, ink.LABEL)
                for name, spot in zip(categories.MONTHS, order, strict=True)
            )
        )


def signed(value: float) -> str:
    """Two decimals with a true minus sign; a zero has none."""
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")


def part(dots: SolidDots, corners: Floats, share: float) -> SolidDots:
    """Three categories between the line and their corners."""
    return dots.redraw(blend(IN_LINE, corners, share))
