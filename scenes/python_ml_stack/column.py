"""One column: its values as a histogram, and groups of them as box plots."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.box_plot import BoxPlot
from scenes.kit.glide import glide
from scenes.kit.histogram import Histogram
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.maths.python_ml_stack import data, looks, snippets
from scenes.python_ml_stack.figures import FLIPPERS, LARGE, LOOK, flippers, flippers_and_masses
from scenes.python_ml_stack.flock import NUMBERED, raised, spot
from scenes.python_ml_stack.stage import SPECIES_COLORS, PythonMlStackStage

CODE: Final = 1.0
"""Scene units above the boxes for the line of code."""
COUNTS: Final = (80.0, 200.0)
"""Highest counts on the axes of nine bins and of four: ticks of both lie on the same heights."""
FEW: Final = 4
"""Bins that hide the humps."""
SECOND: Final = 6
"""The bin of the second hump, of nine."""
SMALL: Final = 24.0
"""Pixels of capitals of names that are seen from near."""
MASSES: Final = (2600.0, 6400.0)
"""Limits of the body masses in g."""


def boxed(room: shot.Region) -> BoxPlot:
    """The body masses of each species, as dots that can be gathered into boxes."""
    below = shot.Region(room.left, room.bottom, room.right, room.top - CODE)
    plot = BoxPlot(
        data.SPECIES,
        [looks.column("body_mass_g", name) for name in data.SPECIES],
        MASSES,
        below.width,
        below.height - 0.3,
        colors=[SPECIES_COLORS[name] for name in data.SPECIES],
        label="body mass (g)",
        ticks=[3000, 4000, 5000, 6000],
    )
    below.put(plot, UP)
    for number in plot.numbers:
        number.scale(NUMBERED / ink.SMALL, about_edge=UP)
    plot.axis_name.scale(NUMBERED / ink.LABEL).next_to(plot.numbers, DOWN, buff=0.2)
    return plot


def boxed_line(room: shot.Region) -> words.Words:
    """The line of code above the boxes."""
    return room.put(words.code(snippets.BOXES, size=LARGE), UP + LEFT)


class Column(PythonMlStackStage):
    """One column: its values as a histogram, and groups of them as box plots."""

    @chapter(
        "One column: bins and boxes",
        "histogram and box plot",
        goes_on=True,
    )
    def one_column(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.fall_into_bins()
        self.box_by_hand()
        self.squeeze_into_boxes()

    def fall_into_bins(self) -> None:
        """The dots of a scatter plot fall into bins; other bins tell another story."""
        room = shot.safe(titled=False)
        x, mass = flippers_and_masses()
        style: dict[str, Any] = {"tick_size": NUMBERED, "name_size": NUMBERED}
        scatter = flippers(room)
        charts = [
            room.plane(
                FLIPPERS[0],
                (0, top),
                x_ticks=[180, 200, 220],
                y_ticks=ticks,
                x_label="flipper length (mm)",
                y_label="birds",
                **style,
            )
            for top, ticks in zip(COUNTS, ([20, 40, 60], [50, 100, 150]), strict=True)
        ]
        histograms = [
            Histogram(chart, x, looks.edges(x, count), colors=[ink.first]).redraw(fallen=1.0)
            for chart, count in zip(charts, (None, FEW), strict=True)
        ]
        many, few = histograms
        dots = self.dots = scatter.dots(np.column_stack([x, mass]), ink.chalk, radius=LOOK)
        self.add(scatter, dots)
        with self.beat("Each dot is a bird. Forget the mass, and look at one column alone.") as beat:
            beat.over(
                LaggedStart(
                    *(words.light(dots[number], ink.focus) for number in range(0, len(dots), 7)),
                    lag_ratio=pace.LAG,
                ),
                until="Forget",
            )
            masses = VGroup(*scatter.numbers[3:])
            self.play(FadeOut(masses), run_time=pace.BRISK)
            scatter.numbers.remove(*masses)
            beat.over(LaggedStart(*(words.light(each) for each in scatter.numbers), lag_ratio=pace.LAG))
        seats = charts[0].at(many.seats())
        with self.beat(
            "A histogram cuts the range into bins. It counts the values in each, and draws a bar as high."
        ) as beat:
            cuts = charts[0].stems(many.edges, 0.0, 62.0, ink.faint)
            name = words.headline("histogram", ink.focus, ink.POINT)
            room.put(name, UP + RIGHT)
            beat.at("histogram", FadeIn(name))
            beat.at("bins", FadeIn(cuts), run_time=pace.QUICK)
            beat.over(
                glide(dots.put, (dots.centres, LOOK), (seats, many.dots.radii), dots),
                until="each",
                least=pace.SLOW,
            )
            fine = words.code(snippets.HIST, size=LARGE)
            fine.next_to(name, DOWN, buff=0.3, aligned_edge=RIGHT)
            self.play(
                FadeOut(scatter, cuts),
                FadeIn(charts[0], fine),
                *(dot.animate.set_fill(ink.first) for dot in dots),
                run_time=pace.BRISK,
            )
            self.add(many)
            self.remove(dots)
            self.play(glide(many.redraw, {"solid": 0.0}, {"solid": 1.0}), run_time=pace.CALM)
        peaks = [int(each) for each in (np.argmax(many.counts()), SECOND)]
        humps = VGroup(
            *(
                charts[0].label(
                    float(many.edges[peak : peak + 2].mean()),
                    float(many.counts()[peak]),
                    text,
                    UP,
                    ink.focus,
                    size=LARGE,
                )
                for peak, text in zip(peaks, ("one hump", "two"), strict=True)
            )
        )
        with self.beat("Two humps: perhaps two crowds. Would you trust them?") as beat:
            self.play(FadeIn(humps[0], shift=place.NUDGE * UP), run_time=pace.BRISK)
            self.play(FadeIn(humps[1], shift=place.NUDGE * UP), run_time=pace.BRISK)
            beat.over(LaggedStart(*(words.light(each, ink.chalk) for each in humps), lag_ratio=pace.LAG))
        self.think()
        wide = words.code(snippets.FEWER, size=LARGE).next_to(name, DOWN, buff=0.3, aligned_edge=RIGHT)
        few.redraw(solid=1.0)
        flat = COUNTS[0] / COUNTS[1]
        low = charts[0].at(FLIPPERS[0][0], 0.0)
        with self.beat(
            "With four bins, a bar counts more birds, so take a longer scale. The second hump is gone."
        ) as beat:
            beat.at("four", FadeOut(humps, fine), FadeIn(wide), run_time=pace.QUICK)
            beat.over(LaggedStart(*(words.light(each) for each in many.bars), lag_ratio=pace.LAG), until="so")
            self.play(
                many.animate.stretch(flat, 1, about_point=low),
                FadeOut(charts[0]),
                FadeIn(charts[1]),
                run_time=pace.CALM,
            )
            beat.over(words.light(wide, ink.chalk), until="second")
            beat.over("second", FadeOut(many), FadeIn(few), least=pace.SLOW)
        with self.beat("So try several numbers of bins.") as beat:
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in few), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )
        self.leaving = VGroup(charts[1], few, name, wide)

    def box_by_hand(self) -> None:
        """Nine numbers become a box with whiskers, and one outlier."""
        room = shot.safe(titled=False)
        nine = looks.NINE
        plot = BoxPlot(
            ["nine\nnumbers"],
            [nine],
            (0, 22),
            room.width,
            room.height - 1.0,
            colors=ink.first,
            ticks=[],
            radius=0.25,
        )
        raised(room).put(plot, DOWN)
        told, dots = looks.box(nine), plot.dots[0]
        name = words.headline("box plot", ink.focus, ink.POINT)
        room.put(name, UP + RIGHT)
        code = words.code(snippets.BOXED, size=38.0)
        room.put(code, UP + LEFT)
        texts = VGroup(
            *(
                words.label(f"{value:g}", size=LARGE).next_to(dot, UP, buff=0.15)
                for value, dot in zip(nine, dots, strict=True)
            )
        )

        def at(value: float, side: float) -> Floats:
            return np.asarray(plot.spot([value], side)[0])

        def named(value: float, text: str, side: Floats, far: float) -> words.Words:
            return words.caption(at(value, far), text, side, ink.focus, 0.2, LARGE)

        with self.beat("To compare groups, take a box plot. First by hand: nine numbers in a row.") as beat:
            rest = VGroup(*(each for each in plot.submobjects if each is not dots))
            beat.at("box", FadeOut(self.leaving), FadeIn(name))
            beat.at("hand", FadeIn(rest, code))
            beat.over(
                "nine",
                LaggedStart(
                    *(FadeIn(VGroup(dot, text)) for dot, text in zip(dots, texts, strict=True)),
                    lag_ratio=pace.LAG,
                ),
                least=pace.SLOW,
            )
            self.add(plot)

        def tied(value: float, text: str, side: Floats, far: float) -> VGroup:
            """A name, and a line from it to the dot that it names."""
            near = at(value, 0.14 * far / abs(far))
            line = bare().segment(near[:2], at(value, far)[:2], ink.focus, 3.0, dashed=True)
            return VGroup(named(value, text, side, far), line)

        middle = tied(told.median, "median", DOWN, 0.26)
        ends = VGroup(
            tied(told.first, "first\nquartile", DOWN + spot(-0.6, 0.0), 0.3),
            tied(told.third, "third\nquartile", DOWN + spot(0.6, 0.0), 0.3),
        )
        half = np.arange(len(nine)) < len(nine) // 2
        with self.beat("The median is the middle one: seven. As many are smaller as are larger.") as beat:
            beat.at("median", FadeIn(middle), words.light(VGroup(dots[4], texts[4])))
            beat.over("smaller", *(words.light(dots[int(k)]) for k in np.flatnonzero(half)), until="larger")
            beat.over(*(words.light(dots[int(k)]) for k in np.flatnonzero(~half)[1:]))
        with self.beat(
            "The quartiles are the middles of both sides, the median counted in each: five, and ten."
        ) as beat:
            for word, until, side in (("middles", "median", dots[:5]), ("median", "five", dots[4:])):
                beat.over(
                    word, LaggedStart(*(words.light(each) for each in side), lag_ratio=pace.LAG), until=until
                )
            beat.at("five", FadeIn(ends[0]), words.light(VGroup(dots[2], texts[2])))
            beat.at("ten", FadeIn(ends[1]), words.light(VGroup(dots[6], texts[6])))
        span = Segments(bare(), ink.focus, 6.0).redraw(at(told.first, -0.33)[:2], at(told.third, -0.33)[:2])
        iqr = words.caption(
            at((told.first + told.third) / 2, -0.33), f"IQR = {told.iqr:g}", UP, ink.focus, 0.15, LARGE
        )
        with self.beat(
            "Between them lies the box, the middle of the data. Its length is the interquartile range, IQR: five."
        ) as beat:
            self.play(FadeOut(texts, middle), run_time=pace.QUICK)
            beat.over(
                glide(plot.redraw, {"gathered": 0.0}, {"gathered": 0.5}, plot),
                until="Its",
                least=pace.SLOW,
            )
            self.play(FadeIn(span), run_time=pace.BRISK)
            beat.at("interquartile", FadeIn(iqr))
            beat.over(words.light(iqr, ink.chalk), words.light(span, ink.chalk))
        limit = told.third + looks.REACH * told.iqr
        reach = Segments(bare(), ink.quiet, 4.0, dashed=True).redraw(
            np.array([at(told.third, -0.2)[:2]]),
            np.array([at(limit, -0.2)[:2]]),
        )
        wall = Segments(bare(), ink.focus, 4.0, dashed=True).redraw(at(limit, -0.33)[:2], at(limit, 0.3)[:2])
        far = named((told.third + limit) / 2, f"{looks.REACH:g} × IQR", UP, -0.2)
        border = named(limit, f"limit {limit:g}", DOWN, 0.3)
        whisker = named(told.high, f"whisker\nto {told.high:g}", RIGHT, 0.0)
        outlier = named(told.outliers[0], f"outlier {told.outliers[0]:g}", UP, -0.08)
        with self.beat("Whiskers go to the last points within one and a half IQR of the box.") as beat:
            beat.over(
                "Whiskers",
                glide(plot.redraw, {"gathered": 0.5}, {"gathered": 1.0}, plot),
                until="one",
                least=pace.CALM,
            )
            self.play(FadeOut(span, iqr), FadeIn(reach, far), run_time=pace.BRISK)
            self.play(FadeIn(wall), run_time=pace.QUICK)
            beat.over(words.light(far, ink.chalk))
        with self.beat(
            "Here the limit is 17.5: the whisker ends at twelve, and twenty is drawn as an outlier."
        ) as beat:
            beat.at("limit", FadeIn(border))
            beat.at("whisker", FadeIn(whisker))
            beat.at("twenty", FadeIn(outlier), words.light(plot.beyond(0), ink.focus))
            beat.over(words.light(outlier, ink.chalk))

    def squeeze_into_boxes(self) -> None:
        """Masses, species by species."""
        room = shot.safe(titled=False)
        samples = [looks.column("body_mass_g", name) for name in data.SPECIES]
        plot = boxed(room)
        row = plot.number_of("Chinstrap")
        told = plot.summary(row)
        with self.beat("Now the same for real: the body mass of each species, dot by dot.") as beat:
            grouped = {*plot.names, *plot.boxes, *plot.whiskers, *plot.medians, *plot.dots}
            axis = VGroup(*(each for each in plot.submobjects if each not in grouped))
            line = boxed_line(room)
            self.exchange(axis, line)
            beat.over(
                LaggedStart(*(FadeIn(plot.group(number)) for number in range(3)), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )
            self.add(plot)
        spots = [
            np.asarray(plot.spot([told.low - 330], row - 0.62)[0]),
            np.asarray(plot.spot([told.high + 520], row + 0.62)[0]),
        ]
        outer = VGroup(plot.numbers, plot.axis_name, plot.names[2], line)
        window = VGroup(bare().segment(spots[0][:2], spots[1][:2], ink.ground, 0.0))
        with self.beat(
            "The dots close up into boxes. Go nearer: two Chinstraps lie beyond the whiskers."
        ) as beat:
            beat.over(
                glide(plot.redraw, {"gathered": 0.0}, {"gathered": 1.0}, plot), until="Go", least=pace.SLOW
            )
            self.play(glide(outer.set_opacity, 1.0, 0.0, outer), run_time=pace.QUICK)
            self.play(self.frame.to(window, share=0.98), run_time=pace.SLOW)
            names = VGroup(
                *(
                    words.caption(
                        np.asarray(plot.spot([value], row - 0.16)[0]), "outlier", side, ink.focus, 0.08, SMALL
                    )
                    for value, side in zip(looks.box(samples[row]).outliers, (UP + RIGHT, UP), strict=True)
                )
            )
            self.play(FadeIn(names), words.light(plot.beyond(row), ink.focus), run_time=pace.CALM)
        with self.beat("Two species share a median, 3,700 grams. The Gentoos lie higher.") as beat:
            self.play(FadeOut(names), self.frame.back(), run_time=pace.SLOW)
            self.play(glide(outer.set_opacity, 0.0, 1.0, outer), run_time=pace.QUICK)
            tags = VGroup(
                *(
                    words.caption(
                        np.asarray(plot.spot([looks.box(sample).median], number - 0.3)[0]),
                        f"{looks.box(sample).median:,.0f} g",
                        UP,
                        ink.focus,
                        0.08,
                        LARGE,
                    )
                    for number, sample in enumerate(samples[:2])
                )
            )
            beat.at("3,700", FadeIn(tags))
            beat.over(*(words.light(each, ink.chalk) for each in tags), until="Gentoos")
            beat.over("Gentoos", words.light(plot.medians[2], ink.focus))
        hump, single = self.hidden_humps(room)
        peaks = VGroup(*(words.label("hump", ink.focus, LARGE) for _ in range(2)))
        for peak, where in zip(peaks, self.tops, strict=True):
            peak.next_to(where, UP, buff=0.12)
        with self.beat(
            "But a box hides humps: the bars show two, the box of the same birds shows no hump. So look at both."
        ) as beat:
            self.exchange(single)
            beat.at("bars", FadeIn(hump, peaks), run_time=pace.BRISK)
            beat.over(
                "the box of",
                glide(single.redraw, {"gathered": 0.0}, {"gathered": 1.0}, single),
                until="So",
                least=pace.SLOW,
            )
            beat.over(*(words.light(each, ink.chalk) for each in peaks))
        with self.beat("So take a histogram for one column, and box plots for groups side by side.") as beat:
            beat.over(
                "histogram",
                LaggedStart(*(words.light(each, ink.chalk) for each in self.bars), lag_ratio=pace.LAG),
                until="groups",
            )
            self.exchange(plot.redraw(gathered=0.0), line)
            beat.over(
                "groups", glide(plot.redraw, {"gathered": 0.0}, {"gathered": 1.0}, plot), least=pace.SLOW
            )

    def hidden_humps(self, room: shot.Region) -> tuple[VGroup, BoxPlot]:
        """All flipper lengths as a histogram, and under it in one box."""
        x = looks.column("flipper_length_mm")
        plot = BoxPlot(
            ["all\nflippers"], [x], FLIPPERS[0], room.width, 2.7, colors=ink.first, ticks=[180, 200, 220]
        )
        raised(room).put(plot, DOWN)
        for number in plot.numbers:
            number.scale(NUMBERED / ink.SMALL, about_edge=UP)
        left, right = (float(plot.spot([end], 0)[0][0]) for end in FLIPPERS[0])
        chart = Plane(
            FLIPPERS[0],
            (0, COUNTS[0]),
            right - left,
            room.top - float(plot.get_top()[1]) - 0.5,
            x_ticks=[],
            y_ticks=[20, 40, 60],
            tick_size=NUMBERED,
        )
        chart.shift(spot(left, float(plot.get_top()[1]) + 0.25) - spot(*chart.at(FLIPPERS[0][0], 0.0)[:2]))
        bars = self.bars = Histogram(chart, x, looks.edges(x), colors=[ink.first]).redraw(
            fallen=1.0, solid=1.0
        )
        counts, middles = bars.counts(), (bars.edges[:-1] + bars.edges[1:]) / 2
        self.tops = [chart.at(middles[each], counts[each]) for each in (int(np.argmax(counts)), SECOND)]
        return VGroup(chart, bars), plot
