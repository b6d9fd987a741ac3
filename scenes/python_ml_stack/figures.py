"""Figures: what a Matplotlib figure is made of; a column as a histogram and as box plots."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, Mobject, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.box_plot import BoxPlot
from scenes.kit.dot import Dots
from scenes.kit.glide import blend, glide
from scenes.kit.histogram import Histogram
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.shot import bare
from scenes.maths.python_ml_stack import data, looks, snippets
from scenes.python_ml_stack.flock import NUMBERED, raised, spot
from scenes.python_ml_stack.groups import corners
from scenes.python_ml_stack.joins import Checked, Threads
from scenes.python_ml_stack.stage import SPECIES_COLORS, PythonMlStackStage

LARGE: Final = 42.0
"""Pixels of capitals of words in the picture."""
CODE: Final = 1.0
"""Scene units above the boxes for the line of code."""
DOT: Final = 0.07
"""Radius of a bird in one of two plots, in scene units."""
LOOK: Final = 0.1
"""Radius of a bird in a wide picture, in scene units."""
TILT: Final = np.array([[0.66, 0.3, 0.0], [0.0, 0.3, 0.0], [0.0, 0.0, 1.0]])
"""How a layer of the figure lies when the figure is taken apart."""
RISE: Final = 1.62
"""Scene units from layer to layer then."""
ASIDE: Final = np.array([-1.4, 0.1, 0.0])
"""How far the layers step aside then, for their names."""
BIGGER: Final = 1.6
"""How much larger the one line of code is before it goes to its place."""
LIMITS: Final = (45.0, 60.0)
"""Of the first Axes, when it has been told to zoom, in mm."""
BILLS: Final = ((30.0, 62.0), (12.5, 22.5))
"""Limits of bill length and bill depth at first, in mm."""
FLIPPERS: Final = ((168.0, 236.0), (2.4, 6.6))
"""Limits of flipper length in mm and of body mass in kg."""
COUNTS: Final = (80.0, 200.0)
"""Highest counts on the axes of nine bins and of four: ticks of both lie on the same heights."""
FEW: Final = 4
"""Bins that hide the humps."""
SMALL: Final = 24.0
"""Pixels of capitals of names that are seen from near."""
MASSES: Final = (2600.0, 6400.0)
"""Limits of the body masses in g."""


def halves(region: shot.Region) -> tuple[Plane, Plane]:
    """The planes of both Axes, side by side."""
    left, right = region.columns(1, 1, gap=0.7)
    style: dict[str, Any] = {"tick_size": ink.LABEL, "name_size": ink.LABEL}
    one = left.plane(
        *BILLS,
        x_ticks=[40, 50, 60],
        y_ticks=[15, 20],
        x_label="bill length (mm)",
        y_label="bill depth (mm)",
        **style,
    )
    other = right.plane(
        *FLIPPERS,
        x_ticks=[180, 200, 220],
        y_ticks=[3, 4, 5, 6],
        x_label="flipper length (mm)",
        y_label="body mass (kg)",
        **style,
    )
    return one, other


def flippers_and_masses() -> tuple[Floats, Floats]:
    """Flipper lengths in mm and body masses in kg, bird by bird."""
    return looks.column("flipper_length_mm"), looks.column("body_mass_g") / 1000


def flippers(room: shot.Region) -> Plane:
    """The plane of flipper length and body mass, through all of ``room``."""
    return room.plane(
        *FLIPPERS,
        x_ticks=[180, 200, 220],
        y_names={3: "3 kg", 4: "4 kg", 5: "5 kg", 6: "6 kg"},
        x_label="flipper length (mm)",
        tick_size=NUMBERED,
        name_size=NUMBERED,
    )


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


class Layers:
    """A figure in four layers: the sheet, the grounds of its Axes, their axis lines, and dots; ``words`` aside."""

    def __init__(self, region: shot.Region) -> None:
        self.sheet = backdrop(bare().polygon(corners(region), ink.faint, 3.0, 0.16))
        self.planes = halves(region.inset(0.35, 0.22))
        self.grounds = VGroup(
            *(
                backdrop(plane.polygon(plane.corners, ink.first, 3.0, 0.14).set_stroke(opacity=0.9))
                for plane in self.planes
            )
        )
        self.scales = VGroup(*(plane.frame for plane in self.planes))
        self.words = VGroup(*(VGroup(plane.numbers, plane.names) for plane in self.planes))
        one, other = self.planes
        self.dots = (
            one.dots(np.column_stack(looks.bills()), ink.chalk, radius=DOT),
            other.dots(
                np.column_stack(flippers_and_masses()),
                ink.chalk,
                radius=DOT,
            ),
        )
        self.layers: tuple[VGroup, ...] = (
            VGroup(self.sheet),
            self.grounds,
            self.scales,
            VGroup(*self.dots),
        )
        self.rests: list[list[tuple[Mobject, Floats]]] = []
        self.rest()

    def _leaves(self, layer: VGroup) -> list[tuple[Mobject, Floats]]:
        """What lies in a layer: each path with its points."""
        return [(leaf, leaf.points.copy()) for leaf in layer.family_members_with_points()]

    def risen(self, level: int) -> Floats:
        """How far (3,) a layer has moved when the figure is taken apart."""
        return np.asarray(ASIDE + np.array([0.0, (level - (len(self.layers) - 1) / 2) * RISE, 0.0]))

    def rest(self) -> None:
        """What is drawn now is where the layers lie together."""
        self.rests = [self._leaves(layer) for layer in self.layers]

    def part(self, share: float) -> tuple[VGroup, ...]:
        """Lie apart by ``share`` of the way: tilted, one layer above the other."""
        matrix = blend(np.eye(3), TILT, share)
        for level, leaves in enumerate(self.rests):
            offset = share * self.risen(level)
            for leaf, points in leaves:
                leaf.points = points @ matrix.T + offset
        return self.layers


class Figures(PythonMlStackStage):
    """Figures: what a Matplotlib figure is made of; a column as a histogram and as box plots."""

    @chapter(
        "A figure is objects inside objects", "anatomy of a Matplotlib figure and its axes", goes_on=True
    )
    def objects_inside_objects(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.build()
        self.take_apart()
        self.zoom_one()

    def build(self) -> None:
        """A sheet, two plots on it, and every bird in both."""
        room = shot.safe(titled=False)
        code = self.code = words.code(snippets.SUBPLOTS, size=LARGE)
        room.put(code, UP + LEFT)
        figure = self.figure = Layers(raised(room, 0.75))
        count = len(figure.dots[0])
        ends = [dots.centres for dots in figure.dots]
        starts = []
        for dots, plane in zip(figure.dots, figure.planes, strict=True):
            high = dots.centres
            high[:, 1] = float(plane.box[1][1])
            starts.append(high)

        def drop(number: int, places: Floats, strength: float) -> Dots:
            return figure.dots[number].put(places, DOT).shade(np.full(count, strength))

        sheet_name = words.headline("Figure", ink.focus, ink.POINT).move_to(spot(0.0, 1.2))
        names = VGroup(
            *(
                VGroup(
                    words.headline("Axes", ink.focus, ink.POINT),
                    words.code(f"ax[{number}]", size=LARGE),
                )
                .arrange(DOWN, buff=1.3)
                .move_to(plane.box.mean(axis=0) + spot(0.0, 0.1))
                for number, plane in enumerate(figure.planes)
            )
        )
        zipped = Threads()
        checked = Checked(zipped).all()
        self.add(zipped.teeth, zipped.roots, checked)
        for each in checked:
            self.allow(each, "unread", "it is read as the chapter before ends")
        with self.beat("Now look at the birds. One line of Matplotlib makes two things.") as beat:
            self.play(FadeOut(zipped.roots, checked), run_time=pace.CALM)
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in zipped.teeth), lag_ratio=pace.LAG),
                until="One",
            )
            home = code.get_center()
            code.scale(BIGGER).move_to(spot(0.0, 0.0))
            beat.over(words.write(code))
        with self.beat("The Figure is the whole sheet.") as beat:
            beat.until("Figure")
            self.play(
                FadeIn(figure.sheet, sheet_name),
                FadeOut(zipped.teeth),
                code.animate.scale(1 / BIGGER).move_to(home),
                run_time=pace.CALM,
            )
            beat.rest()
        with self.beat(
            "An Axes is one plot on the sheet, with its own x-axis and y-axis. Here are two: ax zero and ax one."
        ) as beat:
            self.play(FadeOut(sheet_name), run_time=pace.QUICK)
            beat.until("Axes")
            self.play(FadeIn(figure.grounds), FadeIn(names), run_time=pace.BRISK)
            beat.at("with", self.frame.to(figure.planes[0], share=0.9), run_time=pace.CALM)
            beat.at("x-axis", FadeIn(figure.scales[0], figure.words[0]))
            beat.until("Here")
            self.play(self.frame.back(), run_time=pace.SLOW)
            self.play(FadeIn(figure.scales[1], figure.words[1]), run_time=pace.QUICK)
            beat.over(*(words.light(part, ink.chalk) for each in names for part in each))
        scatter = words.code(snippets.SCATTER, size=LARGE).move_to(code, aligned_edge=LEFT)
        second = words.code(snippets.SECOND, size=LARGE).move_to(code, aligned_edge=LEFT)
        with self.beat("A method of each Axes draws the birds: a scatter of dots.") as beat:
            self.play(
                FadeOut(*(part for each in names for part in each)),
                FadeOut(code),
                FadeIn(scatter),
                run_time=pace.BRISK,
            )
            for number in range(2):
                self.add(drop(number, starts[number], 0.0))
            first, other = (
                glide(partial(drop, number), (starts[number], 0.0), (ends[number], 1.0), figure.dots[number])
                for number in range(2)
            )
            beat.over(first, until="scatter", least=pace.SLOW)
            self.play(words.rewrite(scatter, second), other, run_time=pace.SLOW)
        self.code = second

    def take_apart(self) -> None:
        """The layers part, and are named."""
        figure, room = self.figure, shot.safe(titled=False)
        figure.rest()
        called = ("Figure", "Axes", "axis lines", "dots")
        names = VGroup()
        for level, text in enumerate(called):
            y = float((figure.sheet.get_center() @ TILT.T + figure.risen(level))[1])
            names.add(words.label(text, ink.focus, LARGE).move_to(spot(0.0, y), aligned_edge=LEFT))
        names.move_to(spot(room.right, float(names.get_center()[1])), aligned_edge=RIGHT)
        with self.beat(
            "Take the figure apart: the sheet, its two plots, their axis lines, and the dots."
        ) as beat:
            self.play(FadeOut(self.code, figure.words), run_time=pace.QUICK)
            beat.over(glide(figure.part, 0.0, 1.0, *figure.layers), until="sheet", least=pace.SLOW)
            for each, word in zip(names, ("sheet", "plots", "axis", "dots"), strict=True):
                beat.at(word, FadeIn(each, shift=place.NUDGE * LEFT), run_time=pace.QUICK)
            beat.rest()
        with self.beat("What is drawn is an object, called an Artist, that you can take and change.") as beat:
            artist = words.headline("Artist", ink.focus, ink.POINT)
            room.put(artist, UP + RIGHT)
            beat.at("Artist", FadeIn(artist))
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in names), lag_ratio=pace.LAG),
            )
        self.apart = VGroup(names, artist)

    def zoom_one(self) -> None:
        """One Axes gets other limits, and the other does not move."""
        figure = self.figure
        one, dots = figure.planes[0], figure.dots[0]
        code = words.code(snippets.LIMITS, size=LARGE).move_to(self.code, aligned_edge=LEFT)
        length, depth = looks.bills()

        def limited(low: float, high: float) -> Dots:
            x = BILLS[0][0] + (length - low) / (high - low) * (BILLS[0][1] - BILLS[0][0])
            dots.redraw(np.column_stack([x, depth]), DOT)
            dots.shade(np.where((length >= low) & (length <= high), 1.0, 0.0))
            return dots

        spots = (45, 50, 55, 60)
        share = [(spot - LIMITS[0]) / (LIMITS[1] - LIMITS[0]) for spot in spots]
        numbers = VGroup(
            *(
                words.tick(f"{spot}", size=ink.LABEL).next_to(
                    one.at(BILLS[0][0] + part * (BILLS[0][1] - BILLS[0][0]), BILLS[1][0]), DOWN, buff=0.15
                )
                for spot, part in zip(spots, share, strict=True)
            )
        )
        old = VGroup(*one.numbers[:3])
        around = [plane.polygon(plane.corners, ink.focus, 7.0) for plane in figure.planes]
        with self.beat(
            "Put it together, and give one Axes other limits: it zooms, and its neighbour stays."
        ) as beat:
            beat.over(
                glide(figure.part, 1.0, 0.0, *figure.layers),
                FadeOut(self.apart),
                until="give",
                least=pace.SLOW,
            )
            self.play(FadeIn(figure.words, code), run_time=pace.BRISK)
            beat.over(
                "zooms",
                glide(limited, BILLS[0], LIMITS, dots),
                FadeOut(old),
                FadeIn(numbers),
                least=pace.SLOW,
            )
            self.play(FadeIn(around[1]), run_time=pace.BRISK)
            one.numbers.remove(*old)
        with self.beat("So call the methods of an Axes: then you know which plot you change.") as beat:
            self.play(FadeOut(around[1]), FadeIn(around[0]), run_time=pace.CALM)
            beat.until("then")
            last, scatter = figure.dots[1], flippers(shot.safe(titled=False))
            ends = scatter.at(np.column_stack(flippers_and_masses()))
            leaving = (
                figure.sheet,
                figure.grounds,
                figure.scales,
                figure.words,
                around[0],
                dots,
                numbers,
                code,
            )
            beat.over(
                FadeOut(*leaving),
                FadeIn(scatter),
                glide(last.put, (last.centres, DOT), (ends, LOOK), last),
                least=pace.SLOW,
            )

    # --- one column

    @chapter(
        "One column: bins and boxes",
        "histogram, box plot, scatter matrix and correlation heat map",
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
            "A histogram cuts the range into bins. It counts how many values fall into each, and draws a bar as high."
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
        peaks = [int(each) for each in (np.argmax(many.counts()), 6)]
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
        with self.beat("With four bins the second hump is gone. So try several numbers of bins.") as beat:
            beat.at("four", FadeOut(humps, many, charts[0], fine), FadeIn(charts[1], few, wide))
            beat.over(words.light(wide), until="So")
            self.play(
                FadeOut(few, charts[1], wide),
                FadeIn(charts[0], many, fine),
                run_time=pace.CALM,
            )
            beat.over(words.light(fine))
        self.leaving = VGroup(charts[0], name, fine)
        self.histogram = many

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
            beat.at("box", FadeOut(self.leaving, self.histogram), FadeIn(name))
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
        reach = Segments(bare(), ink.quiet, 4.0, dashed=True).redraw(
            np.array([at(told.third, -0.2)[:2]]),
            np.array([at(told.third + looks.REACH * told.iqr, -0.2)[:2]]),
        )
        far = named(told.third + looks.REACH * told.iqr, f"{looks.REACH:g} × IQR", UP, -0.2)
        with self.beat(
            "Whiskers go to the last points within one and a half of that from the box. "
            "What lies beyond is drawn as an outlier."
        ) as beat:
            beat.over(
                "Whiskers",
                glide(plot.redraw, {"gathered": 0.5}, {"gathered": 1.0}, plot),
                until="one",
                least=pace.CALM,
            )
            self.play(FadeIn(reach, far), run_time=pace.BRISK)
            outlier = named(told.outliers[0], "outlier", DOWN, 0.1)
            whisker = named(told.high, "whisker", DOWN, 0.12)
            self.play(FadeIn(whisker), run_time=pace.QUICK)
            beat.at("beyond", FadeIn(outlier))
            beat.over(words.light(plot.beyond(0), ink.focus))

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
        with self.beat("Adelies and Chinstraps share a median, 3,700 grams. The Gentoos have 5,000.") as beat:
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
                    for number, sample in enumerate(samples)
                )
            )
            beat.at("3,700", FadeIn(tags[:2]))
            beat.over(*(words.light(each, ink.chalk) for each in tags[:2]), until="Gentoos")
            beat.at("Gentoos", FadeIn(tags[2]))
            beat.over(words.light(tags[2], ink.chalk))
        hump, single = self.hidden_humps(room)
        with self.beat(
            "But a box hides humps: both humps of the flippers lie in one box. So look at the dots as well."
        ) as beat:
            self.exchange(single)
            beat.over("both", FadeIn(hump), until="So")
            beat.over(glide(single.redraw, {"gathered": 1.0}, {"gathered": 0.0}, single), least=pace.SLOW)
        with self.beat("So for one column take a histogram, and for groups side by side, box plots.") as beat:
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
        plot.redraw(gathered=1.0)
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
        return VGroup(chart, bars), plot
