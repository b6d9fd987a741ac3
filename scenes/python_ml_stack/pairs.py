"""Pairs of columns: a scatter matrix, the correlation and a heat map."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Cloud, Dots
from scenes.kit.frame import SAFE, Sight
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.maths.python_ml_stack import data, groups, looks, snippets
from scenes.python_ml_stack.column import boxed, boxed_line
from scenes.python_ml_stack.figures import LOOK, flippers, flippers_and_masses
from scenes.python_ml_stack.flock import groups_of, raised, spot
from scenes.python_ml_stack.sheet import corners
from scenes.python_ml_stack.stage import SPECIES_COLORS, PythonMlStackStage

LARGE: Final = 42.0
"""Pixels of capitals of words in the picture."""
NAMES: Final = ("bill length", "bill depth", "flipper", "mass")
"""The columns, in the order of ``data.MEASURES``."""
HEAT: Final = 0.75
"""Share of the full colour at r = 1, on which figures can be read."""
HEAD: Final = 1.05
"""Scene units above the tiles, for what they are called."""
CLOSE: Final = 0.9
"""Share of the frame that a tile fills when the camera has entered it."""
SPECK: Final = 0.022
"""Radius of a bird in a tile."""
PAIR: Final = (2, 3)
"""The columns of the scatter plot that becomes a tile: flipper length across, body mass up."""
FALLING: Final = (0, 1)
"""The columns whose correlation turns round: bill length across, bill depth up."""
EXAMPLE: Final = (-1.2, 1.2)
"""Limits of both axes of a small cloud that shows a value of r."""
FORMULA: Final = (
    "r = {{sum (x - overline(x)) (y - overline(y)) : up}} "
    "/ {{sqrt(sum (x - overline(x))^2 thin sum (y - overline(y))^2) : down}}"
)
"""Pearson's."""


def limits(values: Floats) -> tuple[float, float]:
    """Limits of an axis with a little room around ``values``."""
    low, high = float(values.min()), float(values.max())
    return low - 0.06 * (high - low), high + 0.06 * (high - low)


class Tiles:
    """A scatter matrix of the four measures: a tile for each pair, and the names on its diagonal."""

    def __init__(self) -> None:
        columns = [looks.column(name) for name in data.MEASURES]
        self.r = looks.matrix()
        room = shot.safe(titled=False)
        self.places = raised(room, HEAD).cells(4, 4, gap=0.12)
        ground = bare()
        self.planes = [
            Plane(
                limits(columns[across]),
                limits(columns[up]),
                cell.width,
                cell.height,
                x_ticks=[],
                y_ticks=[],
                numbers=False,
            ).move_to(cell.middle)
            for (up, across), cell in zip(np.ndindex(4, 4), self.places, strict=True)
        ]
        for plane in self.planes:
            plane.frame.set_stroke(opacity=0)
        self.grounds = VGroup(
            *(ground.polygon(corners(cell), ink.faint, 2.0, 1.0).set_fill(ink.ground) for cell in self.places)
        )
        self.clouds: dict[int, Cloud] = {}
        self.names = VGroup()
        self.values = VGroup()
        for number, (up, across) in enumerate(np.ndindex(4, 4)):
            cell = self.places[number]
            if up == across:
                self.names.add(words.label(NAMES[up], size=LARGE).move_to(cell.middle))
                continue
            points = np.column_stack([columns[across], columns[up]])
            self.clouds[number] = self.planes[number].cloud(points, ink.chalk, SPECK, 0.9)
            figure = f"{self.r[up, across]:.2f}".replace("-", "−")
            self.values.add(words.headline(figure, size=ink.POINT).move_to(cell.middle))

    def number(self, pair: tuple[int, int]) -> int:
        """The tile in which the first of the columns lies across and the second up."""
        return 4 * pair[1] + pair[0]

    def near(self, number: int) -> Sight:
        """What the camera sees when it has entered a tile."""
        tile = self.places[number]
        (left, right), (bottom, top) = SAFE
        zoom = CLOSE * min((right - left) / tile.width, (top - bottom) / tile.height)
        middle = float(tile.middle[0]), float(tile.middle[1])
        return Sight(0.0, 0.0, zoom).lying(*middle, ((left + right) / 2, (bottom + top) / 2))

    def heat(self, share: float) -> VGroup:
        """The tiles of pairs take the colour of their r by ``share`` of the way."""
        for number, (tile, value) in enumerate(zip(self.grounds, self.r.ravel(), strict=True)):
            if number in self.clouds:
                tile.set_fill(ink.signed(HEAT * share * float(value)), 1.0)
                tile.set_stroke(blend(ink.faint, ink.signed(float(np.sign(value))), share))
        return self.grounds


def picked(x: Floats, y: Floats) -> tuple[int, int]:
    """Two birds whose products show well: a large one above zero, and the least of all."""
    products = looks.products(x, y)
    return int(np.argsort(products)[-len(x) // 20]), int(np.argmin(products))


def example_clouds(region: shot.Region) -> VGroup:
    """Three small clouds with their r: on a falling line, in a lattice, on a rising line."""
    steps = np.linspace(-1.0, 1.0, 9)
    across, along = np.meshgrid(np.linspace(-1.0, 1.0, 6), np.linspace(-1.0, 1.0, 4))
    clouds = (steps, -steps), (across.ravel(), along.ravel()), (steps, steps)
    drawn = VGroup()
    for (x, y), cell in zip(clouds, region.columns(1, 1, 1, gap=0.5), strict=True):
        text = f"r = {looks.pearson(x, y):.0f}".replace("-0", "0").replace("-", "−")
        name = words.label(text, ink.focus, LARGE)
        name.move_to(spot(cell.middle[0], cell.bottom), aligned_edge=DOWN)
        box = shot.Region(cell.left, cell.bottom + 0.55, cell.right, cell.top)
        plane = Plane(EXAMPLE, EXAMPLE, box.width, box.height, x_ticks=[], y_ticks=[], numbers=False).move_to(
            box.middle
        )
        drawn.add(VGroup(plane, plane.dots(np.column_stack([x, y]), ink.chalk, radius=0.07), name))
    return drawn


class Pairs(PythonMlStackStage):
    """Pairs of columns: a scatter matrix, the correlation and a heat map."""

    @chapter(
        "Two columns at once: scatter first, then r",
        "scatter matrix and correlation heat map",
        goes_on=True,
    )
    def two_columns_at_once(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.each_with_each_other()
        self.add_up_products()
        self.colour_the_tiles()

    def each_with_each_other(self) -> None:
        """One scatter plot becomes a tile among twelve."""
        room = shot.safe(titled=False)
        x, y = flippers_and_masses()
        self.wide = flippers(room)
        self.tiles = tiles = Tiles()
        home = tiles.number(PAIR)
        plot = boxed(room).redraw(gathered=1.0)
        line = boxed_line(room)
        self.add(plot, line)
        for each in (line, *plot.names, plot.axis_name):
            self.allow(each, "unread", "it is read as the chapter before ends")
        order = np.argsort(x)
        with self.beat("Now two columns at once. Birds with longer flippers are heavier, as a rule.") as beat:
            loose = boxed(room).redraw(gathered=0.0)
            seats = np.zeros((len(x), 3))
            for members, dots in zip(groups_of(groups.measured()), loose.dots, strict=True):
                seats[members] = dots.centres
            colors = [SPECIES_COLORS[name] for name in groups.measured()["species"]]
            self.dots = Dots(self.wide, self.wide.inverse(seats), colors, radius=plot.radius)
            self.play(FadeOut(plot, line), FadeIn(self.dots), run_time=pace.SLOW)
            beat.over(
                glide(
                    self.dots.put,
                    (seats, plot.radius),
                    (self.wide.at(np.column_stack([x, y])), LOOK),
                    self.dots,
                ),
                FadeIn(self.wide),
                until="longer",
                least=pace.SLOW,
            )
            self.play(*(dot.animate.set_fill(ink.chalk) for dot in self.dots), run_time=pace.QUICK)
            beat.over(
                LaggedStart(
                    *(words.light(self.dots[int(number)], ink.focus) for number in order[::6]),
                    lag_ratio=pace.LAG,
                ),
            )
        self.called = words.headline("scatter matrix", ink.focus, ink.POINT)
        self.warm = words.headline("heat map", ink.focus, ink.POINT)
        self.matrix_line = room.put(words.code(snippets.PAIRED, size=38.0), UP + RIGHT)
        for each in (self.called, self.warm):
            room.put(each, UP + LEFT)
        there = tiles.planes[home].at(np.column_stack([looks.column(data.MEASURES[each]) for each in PAIR]))
        others = [cloud for number, cloud in tiles.clouds.items() if number != home]
        with self.beat(
            "A scatter matrix plots each pair of columns. Seaborn, built on Matplotlib, draws it in one line."
        ) as beat:
            self.play(FadeOut(self.wide), run_time=pace.QUICK)
            self.remove(self.dots)
            self.add(tiles.grounds.set_opacity(0), self.dots)
            beat.over(
                "matrix",
                glide(self.dots.put, (self.dots.centres, LOOK), (there, 1.3 * SPECK), self.dots),
                tiles.grounds.animate.set_stroke(opacity=1.0).set_fill(ink.ground, 1.0),
                until="pair",
            )
            self.play(FadeIn(self.called), run_time=pace.QUICK)
            beat.at("Seaborn", FadeIn(self.matrix_line))
            beat.over(
                LaggedStart(*(FadeIn(each) for each in (*tiles.names, *others)), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )
        self.there = there

    def add_up_products(self) -> None:
        """How closely two columns follow a line: products of deviations, blue or red."""
        self.shot(shot.formula(titled=False))
        tiles, room = self.tiles, shot.safe(titled=False)
        x, y = (looks.column(data.MEASURES[number]) for number in PAIR)
        below = raised(room, 2.3)
        plane = below.plane(limits(x), limits(y), x_ticks=[], y_ticks=[], numbers=False)
        ends = plane.at(np.column_stack([x, y]))
        name = words.headline("correlation r", ink.focus, ink.POINT)
        name.move_to(spot(room.left, room.top - 0.75), aligned_edge=LEFT)
        examples = example_clouds(shot.Region(0.0, room.top - 1.85, room.right, room.top))
        ruler = words.label("from −1 to 1", size=LARGE).next_to(name, DOWN, buff=0.3, aligned_edge=LEFT)
        with self.beat(
            "How closely do two columns follow a straight line? The correlation, r, tells it, from minus one to one."
        ) as beat:
            others = [each for number, each in tiles.clouds.items() if number != tiles.number(PAIR)]
            self.play(
                FadeOut(tiles.grounds, tiles.names, self.called, self.matrix_line, *others),
                run_time=pace.BRISK,
            )
            beat.over(
                glide(self.dots.put, (self.there, 1.3 * SPECK), (ends, LOOK), self.dots),
                FadeIn(plane),
                until="The correlation",
                least=pace.SLOW,
            )
            self.play(FadeIn(name), run_time=pace.BRISK)
            beat.at("from", FadeIn(ruler))
            self.play(LaggedStart(*(FadeIn(each) for each in examples), lag_ratio=pace.LAG))
        mean = np.array([x.mean(), y.mean()])
        (x0, y0), (x1, y1) = plane.limits
        cross = VGroup(
            plane.segment((mean[0], y0), (mean[0], y1), ink.focus, dashed=True),
            plane.segment((x0, mean[1]), (x1, mean[1]), ink.focus, dashed=True),
        )
        bars = VGroup(
            self.bar("x").next_to(plane.at(mean[0], y0), UP + RIGHT, buff=0.12),
            self.bar("y").next_to(plane.at(x1, mean[1]), UP + LEFT, buff=0.12),
        )
        positive = looks.products(x, y) > 0
        formula = words.formula(FORMULA, size=1.15 * ink.POINT, symbols={})
        formula.move_to(spot(room.right, room.top - 0.95), aligned_edge=RIGHT)
        up, down = (formula.part(each) for each in ("up", "down"))
        shown = [self.product(plane, mean, (x[bird], y[bird])) for bird in picked(x, y)]
        with self.beat(
            "Measure each bird from both means, with a sign. Multiply its two distances.", pause=pace.SLOW
        ) as beat:
            beat.at("each", words.light(self.dots[picked(x, y)[0]], ink.focus))
            beat.at("means", FadeIn(cross, bars))
            beat.at("Multiply", FadeIn(shown[0]), run_time=pace.CALM)
            beat.rest()
        with self.beat(
            "Both above, or both below: the product is positive, blue. One above, one below: negative, red."
        ) as beat:
            for which, color, word in (
                (positive, ink.positive, "Both"),
                (~positive, ink.negative, "One above"),
            ):
                beat.until(word)
                self.play(
                    *(self.dots[int(number)].animate.set_fill(color) for number in np.flatnonzero(which)),
                    *([FadeOut(shown[0]), FadeIn(shown[1])] if word == "One above" else []),
                    run_time=pace.CALM,
                )
            beat.rest()
            self.play(FadeOut(shown[1]), run_time=pace.QUICK)
        value = looks.pearson(x, y)
        result = words.headline(f"r = {value:.2f}", ink.focus, ink.HEADLINE)
        result.move_to(plane.at(x1, y0) + spot(-0.3, 0.35), aligned_edge=RIGHT + DOWN)
        call = words.code(snippets.PEARSON, size=LARGE).next_to(result, UP, buff=0.25, aligned_edge=RIGHT)
        with self.beat(
            "Add the products, and divide by the root of both sums of squares: the units cancel.",
            pause=pace.BRISK,
        ) as beat:
            down.set_opacity(0)
            beat.at("Add", FadeOut(examples), FadeIn(formula))
            beat.over("products", words.light(up), until="divide")
            self.play(glide(down.set_opacity, 0.0, 1.0, formula), run_time=pace.BRISK)
            beat.over(words.light(down), until="the units")
            beat.over(words.light(up, ink.chalk), words.light(down, ink.chalk))
        with self.beat("That is r. Here, with the species together: 0.87.", pause=pace.SLOW) as beat:
            beat.over(words.light(formula), until="Here")
            beat.at("together", FadeIn(call), FadeIn(result, scale=1.2), run_time=pace.BRISK)
            beat.over(words.light(result, ink.chalk))
        bowl = looks.bowl(len(x))
        curve = plane.at(
            np.column_stack(
                [mean[0] + 0.88 * bowl[:, 0] * (x1 - mean[0]), y0 + (0.08 + 0.8 * bowl[:, 1]) * (y1 - y0)]
            )
        )
        order = np.argsort(np.argsort(x, kind="stable"))
        none = words.headline(f"r = {abs(looks.pearson(*bowl.T)):.2f}", ink.focus, ink.HEADLINE).move_to(
            result
        )
        with self.beat(
            "An r near zero means no straight-line trend. A curve may still be there.", pause=pace.SLOW
        ) as beat:
            beat.over(
                "no",
                glide(self.dots.put, (ends, LOOK), (curve[order], LOOK), self.dots),
                FadeOut(cross, bars, call),
                words.rewrite(result, none),
                least=pace.SLOW,
            )
            self.play(*(dot.animate.set_fill(ink.chalk) for dot in self.dots), run_time=pace.BRISK)
        self.leaving = VGroup(plane, formula, none, name, ruler)
        self.curve = curve[order]

    def product(self, plane: Plane, mean: Floats, bird: tuple[float, float]) -> VGroup:
        """A bird's distances from both means as the sides of a rectangle, blue or red by the sign of its area."""
        x, y = bird
        positive = (x - mean[0]) * (y - mean[1]) > 0
        edges = np.array([(mean[0], mean[1]), (x, mean[1]), (x, y), (mean[0], y)])
        drawn = VGroup(plane.polygon(edges, ink.positive if positive else ink.negative, 5.0, 0.3))
        if positive:  # beside the other, birds stand
            across, along = (words.label(f"distance in {each}", ink.focus, LARGE) for each in "xy")
            across.next_to(plane.at((x + mean[0]) / 2, y), UP, buff=0.14)
            along.next_to(plane.at(mean[0], (y + mean[1]) / 2), LEFT, buff=0.2)
            drawn.add(across, along)
        return drawn

    def bar(self, symbol: str) -> words.Words:
        """A mean: the letter with a bar."""
        return words.formula(f"overline({symbol})", size=ink.POINT, color=ink.focus, symbols={})

    def colour_the_tiles(self) -> None:
        """Each tile takes the colour of its r, and the camera enters a red one."""
        self.shot(shot.wide())
        tiles = self.tiles
        call = shot.safe(titled=False).put(words.code(snippets.HEAT, size=39.0), UP + RIGHT)
        with self.beat(
            "A heat map turns each r into a colour: blue for plus, red for minus.", pause=pace.SLOW
        ) as beat:
            self.play(
                FadeOut(self.leaving),
                glide(self.dots.put, (self.curve, LOOK), (self.there, 1.3 * SPECK), self.dots),
                run_time=pace.CALM,
            )
            tiles.grounds.set_opacity(1.0).set_fill(ink.ground)
            self.play(
                FadeOut(self.dots),
                FadeIn(tiles.grounds, tiles.names, *tiles.clouds.values()),
                run_time=pace.QUICK,
            )
            beat.over(
                "colour",
                glide(tiles.heat, 0.0, 1.0, tiles.grounds),
                FadeOut(*tiles.clouds.values()),
                FadeIn(tiles.values, self.warm, call),
                least=pace.SLOW,
            )
        here = tiles.number(FALLING)
        with self.beat("Scatter first, then r. Now enter a red one.") as beat:
            beat.over(
                LaggedStart(*(words.light(each, ink.focus) for each in tiles.names), lag_ratio=pace.LAG),
                until="Now",
            )
            falling = VGroup(tiles.grounds[here])
            self.play(FadeOut(tiles.values), FadeIn(*tiles.clouds.values()), run_time=pace.BRISK)
            points = np.column_stack([looks.column(data.MEASURES[each]) for each in FALLING])
            birds = tiles.planes[here].dots(points, ink.chalk, radius=SPECK)
            beat.over(
                self.frame.to(falling, share=CLOSE),
                FadeOut(tiles.clouds[here], tiles.names),
                FadeIn(birds),
                least=pace.SLOW,
            )
