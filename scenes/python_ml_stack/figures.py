"""Figures: what a Matplotlib figure is made of."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, Mobject, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.shot import bare
from scenes.maths.python_ml_stack import looks, snippets
from scenes.python_ml_stack.flock import NUMBERED, raised, spot
from scenes.python_ml_stack.joins import Checked, Threads
from scenes.python_ml_stack.sheet import corners
from scenes.python_ml_stack.stage import PythonMlStackStage

LARGE: Final = 42.0
"""Pixels of capitals of words in the picture."""
DOT: Final = 0.075
"""Radius of a bird in one of two plots, in scene units."""
LOOK: Final = 0.1
"""Radius of a bird in a wide picture, in scene units."""
TILT: Final = np.array([[0.66, 0.3, 0.0], [0.0, 0.36, 0.0], [0.0, 0.0, 1.0]])
"""How a layer of the figure lies when the figure is taken apart."""
RISE: Final = 1.5
"""Scene units from layer to layer then."""
ASIDE: Final = np.array([-1.4, -0.1, 0.0])
"""How far the layers step aside then, for their names."""
AXIS: Final = 4.5
"""Stroke of the axis lines."""
BIGGER: Final = 1.6
"""How much larger the one line of code is before it goes to its place."""
LIMITS: Final = (45.0, 60.0)
"""Of the first Axes, when it has been told to zoom, in mm."""
BILLS: Final = ((30.0, 62.0), (12.5, 22.5))
"""Limits of bill length and bill depth at first, in mm."""
FLIPPERS: Final = ((168.0, 236.0), (2.4, 6.6))
"""Limits of flipper length in mm and of body mass in kg."""


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
        self.scales = VGroup(*(plane.frame.set_stroke(ink.chalk, AXIS) for plane in self.planes))
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
        """Lie apart by ``share`` of the way: tilted, one layer above the other; dots stay round."""
        matrix = blend(np.eye(3), TILT, share)
        for level, leaves in enumerate(self.rests):
            offset = share * self.risen(level)
            for leaf, points in leaves:
                middle = points.mean(axis=0)
                inner = points - middle if level == len(self.rests) - 1 else (points - middle) @ matrix.T
                leaf.points = inner + middle @ matrix.T + offset
        return self.layers


class Figures(PythonMlStackStage):
    """Figures: what a Matplotlib figure is made of."""

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
        with self.beat("Now plot the birds. One call of Matplotlib, subplots, makes two things.") as beat:
            self.play(FadeOut(zipped.roots, checked), run_time=pace.CALM)
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in zipped.teeth), lag_ratio=pace.LAG),
                until="One",
            )
            home = code.get_center()
            code.scale(BIGGER).move_to(spot(0.0, 0.0))
            needed = words.code(snippets.PLT, size=LARGE).next_to(code, UP, buff=0.5, aligned_edge=LEFT)
            self.play(FadeIn(needed), run_time=pace.QUICK)
            beat.over(words.write(code))
        with self.beat("The Figure is the whole sheet.") as beat:
            beat.until("Figure")
            self.play(
                FadeIn(figure.sheet, sheet_name),
                FadeOut(zipped.teeth, needed),
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
        with self.beat("A method of each Axes draws the birds: scatter.") as beat:
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
        with self.beat(
            "What is drawn is an object, called an Artist; the Figure and each Axes too. Recolour one plot's dots."
        ) as beat:
            artist = words.headline("Artist", ink.focus, ink.POINT)
            call = words.code(snippets.RECOLOUR, size=LARGE)
            room.put(artist, UP + RIGHT)
            room.put(call, UP + LEFT)
            side = float(names.get_left()[0]) - 0.3
            high, low = float(names.get_top()[1]), float(names.get_bottom()[1])
            bracket = Segments(bare(), ink.focus, 5.0).redraw(
                [(side, low), (side, low), (side, high)],
                [(side, high), (side + 0.18, low), (side + 0.18, high)],
            )
            beat.at("Artist", FadeIn(artist, bracket))
            beat.over(
                LaggedStart(*(words.light(each, ink.chalk) for each in names), lag_ratio=pace.LAG),
                until="Recolour",
            )
            self.play(words.light(names[-1], ink.chalk), run_time=pace.BRISK)
            self.play(FadeIn(call), run_time=pace.QUICK)
            self.play(*(dot.animate.set_fill(ink.focus) for dot in figure.dots[0]), run_time=pace.BRISK)
        self.apart = VGroup(names, artist, bracket, call)

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
        with self.beat("So call methods of an Axes: you know which plot you change.") as beat:
            self.play(FadeOut(around[1]), FadeIn(around[0]), run_time=pace.CALM)
            beat.until("you")
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
